"""Sources of articles by their words alone: brackets, labels, people and units."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.grammar import Grammar

_PERSON_LENGTHS = range(2, 5)
OPENING, CLOSING = "（(【", "）)】"


def source_facts(text: str, grammar: Grammar, *, is_column: bool, has_marker: bool) -> tuple[str, ...] | None:
    """The features by which a line of its own is a source, or a bracket that is none (aside); None for words
    that have neither brackets nor the label of a source.
    """
    labels = grammar.labels.get("attribution")
    is_opened = text[0] in OPENING or text[0] == "—"
    # 撰稿：某人（某单位） ends in a bracket and is none.
    has_label = not is_opened and ("：" in text or ":" in text) and labels is not None
    if has_label and labels is not None and labels.at_start(text) is not None:
        return () if text[-1] == "。" else ("label_source",)
    if not is_opened and text[-1] not in CLOSING:
        return None
    return _bracket_facts(text, grammar, is_column=is_column, has_marker=has_marker)


def _bracket_facts(text: str, grammar: Grammar, *, is_column: bool, has_marker: bool) -> tuple[str, ...]:
    # A stop behind the bracket is a fault of its own.
    first, last = text[0], text.rstrip("。.；;")[-1:]
    if has_marker and last not in CLOSING:
        return ()
    if first == "【" and is_column:
        # 【市妇联】 behind an article; 【工作动态】 is a column.
        return ("unit_column",) if grammar.is_unit_in_column(text) else ()
    value = own_line_value(grammar, text)
    if value is None:
        return ()
    # A stop within the bracket is a fault of its own.
    value = value.rstrip("。.；;")
    has_role = grammar.has_role(value)
    if grammar.is_aside(value):
        return ("aside",)
    found = []
    if has_role or names_source(grammar, value) or first == "【":
        found.append("names")
    if has_role:
        found.append("named_role")
    elif first in OPENING and last in CLOSING and _could_name(value):
        found.append("could_name")
    if first == "—" and grammar.is_unit(value):
        found.append("dash_unit")
    return tuple(found)


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
    if any(mark in compact for mark in "，。；：！？"):
        return False
    parts = value.split()
    is_unit_and_people = len(parts) > 1 and grammar.is_unit(parts[0]) and are_names(grammar, parts)
    return is_unit_and_people or grammar.is_unit(compact)


def are_names(grammar: Grammar, parts: list[str]) -> bool:
    """Whether words set apart by spaces are people or units: 校团委  刘青"""
    return all((len(part) in _PERSON_LENGTHS and _is_han(part)) or grammar.is_unit(part) for part in parts)


def _could_name(value: str) -> bool:
    """Whether short words could be a name: people, or a unit with an ending of its own."""
    compact = "".join(value.split())
    return len(compact) <= 20 and not any(mark in compact for mark in "，。；：！？《》0123456789")


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "·" for character in text)
