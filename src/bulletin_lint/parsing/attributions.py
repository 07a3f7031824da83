"""Attributions: who sent an article in, on a line of its own or at the end of its last paragraph."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.parsing.words import Words


_PERSON_LENGTHS = range(2, 5)
_LONGEST_SOURCE = 50
_LONGEST_UNIT = 24
_SET_RIGHT = 4
"""Columns of indent from which a unit's name alone is set right."""
_OPENING, _CLOSING = "（(【", "）)】"


class Attribution(NamedTuple):
    """An attribution in a block: where, and the source it names."""

    start: int
    end: int
    value: str


def source_facts(words: Words) -> tuple[str, ...] | None:
    """The features by which a line of its own is a source, or a bracket that is none (aside); None for words
    that have neither brackets nor the label of a source.
    """
    text, labels = words.text, words.grammar.labels.get("attribution")
    is_opened = text[0] in _OPENING or text[0] == "—"
    # 撰稿：某人（某单位） ends in a bracket and is none.
    if not is_opened and words.has_colon and labels is not None and labels.at_start(text) is not None:
        return () if text[-1] == "。" else ("label_source",)
    return _bracket_facts(words) if is_opened or text[-1] in _CLOSING else None


def is_set_right(sheet: Blocks, index: int, usual_indent: int) -> bool:
    """Whether a line is a unit's name alone, set right: it needs neither bracket nor label to be a source."""
    block, text = sheet.blocks[index], sheet.texts[index]
    return (
        block.indent >= max(_SET_RIGHT, usual_indent + 1)
        and block.heading == 0
        and len(text) <= _LONGEST_UNIT
        and sheet.grammar.is_unit(text)
    )


def _bracket_facts(words: Words) -> tuple[str, ...]:
    text, grammar = words.text, words.grammar
    # A stop behind the bracket is a fault of its own.
    first, last = text[0], text.rstrip("。.；;")[-1:]
    if words.marker is not None and last not in _CLOSING:
        return ()
    if first == "【" and words.is_column:
        # 【市妇联】 behind an article; 【工作动态】 is a column.
        return ("unit_column",) if grammar.is_unit_in_column(text) else ()
    value = _own_line_value(grammar, text)
    if value is None:
        return ()
    # A stop within the bracket is a fault of its own.
    value = value.rstrip("。.；;")
    has_role = grammar.has_role(value)
    if grammar.is_aside(value):
        return ("aside",)
    found = []
    if has_role or _names_source(grammar, value) or first == "【":
        found.append("names")
    if has_role:
        found.append("named_role")
    elif first in _OPENING and last in _CLOSING and _could_name(value):
        found.append("could_name")
    if first == "—" and grammar.is_unit(value):
        found.append("dash_unit")
    return tuple(found)


def _own_line_value(grammar: Grammar, text: str) -> str | None:
    """What a form of attributions says is the source, on a line of its own."""
    for pattern in grammar.own_line_attributions:
        match = pattern.fullmatch(text)
        if match:
            return str(match["value"]).strip()
    return None


def attribution_on_line(sheet: Blocks, index: int) -> Attribution:
    """The attribution that a block is, known to be one."""
    text = sheet.texts[index]
    value = (
        _own_line_value(sheet.grammar, text)
        if text[0] in _OPENING or text[-1] in _CLOSING or text[0] == "—"
        else None
    )
    if value is None:
        labels = sheet.grammar.labels.get("attribution")
        label = labels.at_start(text) if labels is not None else None
        value = text[label.value_start :].strip() if label is not None else text.strip("（）()【】—")
        if label is None and sheet.grammar.is_unit(value):
            value = "".join(value.split())
    return Attribution(0, len(text), value)


def attribution_at_end(sheet: Blocks, index: int) -> Attribution | None:
    """The attribution that a paragraph ends in: …氛围。（校团委 刘青）"""
    text = sheet.texts[index]
    end = text[-_LONGEST_SOURCE:]
    if "（" not in end and "(" not in end and "【" not in end:
        return None
    grammar = sheet.grammar
    pattern = grammar.closing_attribution
    if pattern is None or sheet.blocks[index].table:
        return None
    start = max(text.rfind(mark, -_LONGEST_SOURCE) for mark in _OPENING)
    # A bracket at the end, closed or not: what is in it decides.
    while start > 0 and text[start - 1] in " \u3000\t":
        # It may be set flush right, wide apart from the sentence.
        start -= 1
    match = pattern.search(text, start) if start > 0 else None
    if match is None:
        return None
    group = "value" if match["value"] else "open"
    value = (match[group] or "").strip()
    judged = sheet.spaced(index, *match.span(group)).strip() if match[group] else ""
    parts = judged.split()
    if grammar.is_aside(judged):
        return None
    is_person = bool(parts) and _are_names(grammar, parts)
    if is_person or _names_source(grammar, value) or _names_source(grammar, judged):
        start, end = match.span("whole")
        return Attribution(start, end, value)
    return None


def _names_source(grammar: Grammar, value: str) -> bool:
    """Whether words in brackets name a unit, a person in a role, or an outlet."""
    if grammar.has_role(value):
        return True
    compact = "".join(value.split()).rstrip("。.；;").strip("《》")
    if any(mark in compact for mark in "，。；：！？"):
        return False
    parts = value.split()
    is_unit_and_people = len(parts) > 1 and grammar.is_unit(parts[0]) and _are_names(grammar, parts)
    return is_unit_and_people or grammar.is_unit(compact)


def _are_names(grammar: Grammar, parts: list[str]) -> bool:
    """Whether words set apart by spaces are people or units: 校团委  刘青"""
    return all((len(part) in _PERSON_LENGTHS and _is_han(part)) or grammar.is_unit(part) for part in parts)


def _could_name(value: str) -> bool:
    """Whether short words could be a name: people, or a unit with an ending of its own."""
    compact = "".join(value.split())
    return len(compact) <= 20 and not any(mark in compact for mark in "，。；：！？《》0123456789")


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "·" for character in text)
