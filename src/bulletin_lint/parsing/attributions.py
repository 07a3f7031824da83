"""Attributions: who sent an article in, on a line of its own or at the end of its last paragraph."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks


_PERSON_LENGTHS = range(2, 5)
_LONGEST_SOURCE = 50
_LONGEST_OWN_LINE = 60


class Attribution(NamedTuple):
    """An attribution in a block: where, and the source it names."""

    start: int
    end: int
    value: str


def attributions_on_lines(sheet: Blocks, start: int, stop: int) -> dict[int, Attribution]:
    """The attributions on lines of their own, by the blocks that they are."""
    found: dict[int, Attribution] = {}
    for index, text in enumerate(sheet.texts[start:stop], start):
        if len(text) <= _LONGEST_OWN_LINE and not sheet.blocks[index].table:
            attribution = _own_line(sheet, index, stop)
            if attribution is not None:
                found[index] = attribution
    return found


def _own_line(sheet: Blocks, index: int, stop: int) -> Attribution | None:
    """The attribution that a block is, standing on a line of its own."""
    text = sheet.texts[index]
    grammar = sheet.grammar
    first, last = text[0], text[-1]
    if first in "（(【" or last in "）)】" or first == "—":
        if sheet.markers[index] is not None and last not in "）)】":
            return None
        for pattern in grammar.own_line_attributions:
            match = pattern.fullmatch(text)
            if match:
                value = match["value"].strip()
                if first == "【" and sheet.is_column[index]:
                    return None
                whole = first in "（(【" and last in "）)】"
                if (
                    _names_source(sheet, value)
                    or (whole and _could_name(sheet, value) and _at_boundary(sheet, index, stop))
                ) and (whole or _at_boundary(sheet, index, stop)):
                    return Attribution(0, len(text), value)
                return None
        return None
    labels = grammar.labels.get("attribution")
    label = labels.at_start(text) if labels is not None and ("：" in text or ":" in text) else None
    if label is not None and not text.endswith("。") and _at_boundary(sheet, index, stop):
        return Attribution(0, len(text), text[label.value_start :].strip())
    if (
        label is None
        and len(text) <= 24
        and sheet.blocks[index].indent >= 4
        and sheet.blocks[index].heading == 0
        and _follows_prose(sheet, index)
        and grammar.is_unit(text)
        and _at_boundary(sheet, index, stop)
    ):
        return Attribution(0, len(text), "".join(text.split()))
    return None


def attribution_at_end(sheet: Blocks, index: int) -> Attribution | None:
    """The attribution that a paragraph ends in: …氛围。（校团委 刘青）"""
    text = sheet.texts[index]
    end = text[-_LONGEST_SOURCE:]
    if "（" not in end and "(" not in end and "【" not in end:
        return None
    pattern = sheet.grammar.closing_attribution
    if pattern is None or sheet.blocks[index].table:
        return None
    start = max(text.rfind(mark, -_LONGEST_SOURCE) for mark in "（(【")
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
    is_person = _are_names(sheet, parts)
    aside = sheet.grammar.aside
    is_aside = aside is not None and aside.search("".join(parts)) is not None
    if _names_source(sheet, value) or _names_source(sheet, judged) or (is_person and not is_aside):
        start, end = match.span("whole")
        return Attribution(start, end, value)
    return None


def _follows_prose(sheet: Blocks, index: int) -> bool:
    return index > 0 and sheet.is_prose[index - 1]


def _at_boundary(sheet: Blocks, index: int, stop: int) -> bool:
    """Whether an article may end after a block: the body ends, or a heading or a column follows."""
    if index + 1 >= stop:
        return True
    following = index + 1
    text = sheet.texts[following]
    if text[0] in "（(【" and text[-1] in "）)】":
        return True
    return sheet.is_column[following] or (
        sheet.is_heading_like[following] and not sheet.is_bold_start(following)
    )


def _names_source(sheet: Blocks, value: str) -> bool:
    """Whether words in brackets name a unit, a person in a role, or an outlet."""
    grammar = sheet.grammar
    compact = "".join(value.split()).rstrip("。.；;").strip("《》")
    if grammar.aside is not None and grammar.aside.search(compact):
        return False
    if grammar.roles is not None and grammar.roles.search(compact):
        return True
    if any(mark in compact for mark in "，。；：！？"):
        return False
    parts = value.split()
    is_unit_and_people = len(parts) > 1 and grammar.is_unit(parts[0]) and _are_names(sheet, parts)
    return is_unit_and_people or grammar.is_unit(compact)


def _are_names(sheet: Blocks, parts: list[str]) -> bool:
    """Whether words set apart by spaces are people or units: 校团委  刘青"""
    return all(
        (len(part) in _PERSON_LENGTHS and _is_han(part)) or sheet.grammar.is_unit(part) for part in parts
    )


def _could_name(sheet: Blocks, value: str) -> bool:
    """Whether short words could be a name: people, or a unit with an ending of its own."""
    compact = "".join(value.split())
    if not compact:
        return True
    if sheet.grammar.aside is not None and sheet.grammar.aside.search(compact):
        return False
    return len(compact) <= 20 and not any(mark in compact for mark in "，。；：！？《》0123456789")


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "·" for character in text)
