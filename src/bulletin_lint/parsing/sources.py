"""Sources of articles by their words alone: brackets, labels, people and units."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.numerals import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.parsing.grammar import Grammar

_PERSON = compiled("[\u3400-\u9fff]{2,4}")
_COULD_NAME = compiled("[^，。；：！？《》0-9]{1,20}")
"""Short words that may be people, or a unit with an ending of its own."""
_ROUND = "（("
_SQUARE = "【〔［[〖"
OPENING, CLOSING = _ROUND + _SQUARE, "）)】〕］]〗"
_JOINT = compiled(r"[\s（(【〔［\[〖/／·・、丨]")
"""What parts units and people on a line; a colon alone parts a unit and a title too (某局：某事)."""
_PADDED = compiled("(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]{1,4}([\u3400-\u9fff])(?![\u3400-\u9fff])")
"""A name of two characters, set apart so that it is as long as one of three: 某　某."""
PERSON = compiled("[\u3400-\u9fff]{2,3}")
"""A name as nearly all are; four characters alone on a line are rather a column's."""
_LONGEST_NAME = 6
"""Characters of a person's name and the brackets around it."""
_POST = compiled(r"((?:(?![的了])[\u3400-\u9fff、（）]){3,})(?:[ \u3000]+[\u3400-\u9fff]{2,3}){1,4}")
_PART = compiled(r"[^\s（）()【】〔〕［］\[\]〖〗《》/／·・、:：|｜丨;；—*_]+")


def source_facts(text: str, grammar: Grammar, *, is_column: bool, has_marker: bool) -> tuple[str, ...] | None:
    """The features by which a line of its own is a source, or a bracket that is none (aside); None for words
    that have neither brackets nor the label of a source, nor parts that are units and people.
    """
    if text[0] in grammar.marks and grammar.has_role(text):
        text = text.lstrip(f"{grammar.marks} \u3000")
    is_opened = text[0] in OPENING or text[0] == "—"
    # 撰稿：某人（某单位） ends in a bracket and is none.
    labels = (
        None if is_opened or ("：" not in text and ":" not in text) else grammar.labels.get("attribution")
    )
    if labels is not None and labels.at_start(text) is not None:
        return () if text[-1] == "。" else ("label_source",)
    # A stop behind the bracket is a fault of its own.
    last = text.rstrip("。.；;")[-1:]
    if has_marker and last not in CLOSING:
        return ()
    if labels is not None and (value := own_line_value(grammar, text)) is not None:
        # 发布时间：2025年3月4日　来源：某局
        return _value_facts(text, last, value, grammar)
    if is_opened or text[-1] in CLOSING:
        value = None if is_column else own_line_value(grammar, text)
        if value is not None:
            return _value_facts(text, last, value, grammar)
        return _part_facts(text, grammar, is_column=is_column)
    if text[-1] in "。：；" or (_JOINT.search(text) is None and not grammar.has_role(text)):
        return None
    if grammar.has_label(text):
        return None
    return _part_facts(text, grammar, is_column=is_column) or None


def is_source(facts: Sequence[str]) -> bool:
    """Whether these features make a line a source."""
    return bool(facts) and facts[0] != "aside"


def may_tell(text: str) -> bool:
    """Whether words in brackets are too long for one person, too close for several: （居民体验逃生帐篷）."""
    return len(text) > _LONGEST_NAME and len(text.split()) == 1


def _value_facts(text: str, last: str, value: str, grammar: Grammar) -> tuple[str, ...]:
    """What the words show that a form of attributions says are the source."""
    # A stop within the bracket is a fault of its own.
    first, value = text[0], value.rstrip("。.；;")
    has_role = grammar.has_role(value) or grammar.has_role(text) or without_label(value, grammar) is not value
    if grammar.is_aside(value):
        # Behind a dash stands a title's second line: ——2280户居民拿到房本.
        return ("aside",) if first != "—" else ()
    found = []
    # A label in a bracket, and the value behind it.
    is_labelled = first == "【" or (first in _SQUARE and last not in CLOSING)
    if has_role or is_labelled or names_source(grammar, value):
        found.append("names")
    if has_role:
        found.append("named_role")
    elif first in _ROUND and last in CLOSING and _COULD_NAME.fullmatch("".join(value.split())):
        found.append("could_name")
    if first == "—" and grammar.is_unit(value):
        found.append("dash_unit")
    return tuple(found)


def _part_facts(text: str, grammar: Grammar, *, is_column: bool) -> tuple[str, ...]:
    """What a line shows that is nothing but units, people and words of their part in the text."""
    if is_column:
        # 【市妇联】, 【市妇联　某人】 behind an article; 【工作动态】 is a column.
        is_unit = grammar.is_whole("unit_in_column", text) or is_unit_with_people(text, grammar)
        return ("unit_column",) if is_unit and not grammar.ends_as_column(text) else ()
    kinds = {kind for kind, _ in named_parts(text, grammar)}
    is_marked = "role" in kinds or text[0] in OPENING or text[-1] in CLOSING
    if is_marked and len(kinds) > 1:
        return ("names", "named_role") if "role" in kinds else ("names",)
    return ("unit_person",) if is_unit_with_people(text, grammar) else ()


def is_unit_with_people(text: str, grammar: Grammar) -> bool:
    """Whether a line is a unit and people, or several units."""
    parts = named_parts(text, grammar)
    return (
        len(parts) > 1
        and "unit" in (parts[0][0], parts[-1][0])
        # 案例二　一条河带活一个镇: a number is no name's end.
        and parse_number(parts[0][1][-1]) is None
        and all(kind == "unit" or (kind == "person" and len(part) < 4) for kind, part in parts)
    )


def is_unit_over_people(unit: str, people: str, grammar: Grammar) -> bool:
    """Whether two lines are a unit and who wrote there, neither the name of a column or a series."""
    words = "".join(people.split())
    if not grammar.is_unit(unit) or grammar.ends_as_column(words) or grammar.is_title_like(words):
        return False
    parts = named_parts(people, grammar)
    return bool(parts) and all(kind == "person" and PERSON.fullmatch(part) for kind, part in parts)


def is_post_with_people(text: str, grammar: Grammar) -> bool:
    """Whether a line is a post and, apart from it, what may be people: 人大代表、某村书记　甲某某."""
    match = _POST.fullmatch(_PADDED.sub(r"\1\2", text))
    return match is not None and any(map(grammar.ends_as_post, match[1].split("、")))


def named_parts(text: str, grammar: Grammar) -> list[tuple[str, str]]:
    """The parts of a line with the kind of each: unit, person, role, picture; none where one is nothing of
    these, or where the line is the credit of a picture.
    """
    found: list[tuple[str, str]] = []
    if "，" in text or "。" in text.rstrip("。"):
        # A sentence may end a line as a unit's name ends: …召开院坝会
        return found
    for part in _PART.findall(_PADDED.sub(r"\1\2", text)):
        kind, bare = ("", part) if grammar.is_unit(part) else grammar.role_of(part)
        if kind:
            found.append((kind, part))
        if grammar.is_unit(bare):
            found.append(("unit", bare))
        elif bare:
            if _PERSON.fullmatch(bare) is None:
                return []
            found.append(("person", bare))
    return [] if _is_picture_credit([kind for kind, _ in found], text) else found


def _is_picture_credit(kinds: Sequence[str], text: str) -> bool:
    """Whether words say who made a picture and not who wrote the text: 甲　摄, 摄影：甲."""
    if "picture" not in kinds or "role" in kinds:
        return False
    # In 某局　甲　摄影：乙 those before the label wrote.
    return "picture" in (kinds[0], kinds[-1]) or ("：" not in text and ":" not in text)


def without_label(value: str, grammar: Grammar) -> str:
    """The words behind the label of a source and its colon (供稿：某局), all where there is not one."""
    labels = grammar.labels.get("attribution") if "：" in value or ":" in value else None
    label = labels.at_start(value) if labels is not None else None
    words = value[label.value_start :].strip() if label is not None else ""
    return value if not words or "：" in words or ":" in words else words


def own_line_value(grammar: Grammar, text: str) -> str | None:
    """What a form of attributions says is the source, on a line of its own."""
    for pattern in grammar.own_line_attributions:
        match = pattern.fullmatch(text)
        if match:
            return str(match["value"]).strip()
    return None


def names_source(grammar: Grammar, value: str) -> bool:
    """Whether words in brackets name a unit, a person in a role, or an outlet."""
    if grammar.has_role(value):
        return True
    compact = "".join(value.split()).rstrip("。.；;").strip("《》")
    halves = compact.split("，")
    if len(halves) == 2 and any(
        PERSON.fullmatch(who) and grammar.is_unit(where) for who, where in (halves, halves[::-1])
    ):
        return True
    if any(mark in compact for mark in "，。；：！？"):
        return False
    return grammar.is_unit(compact) or any(kind == "unit" for kind, _ in named_parts(value, grammar))
