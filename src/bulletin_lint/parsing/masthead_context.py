"""What stands near a line of the masthead: numbers below, larger type beside it, words behind an office."""

from __future__ import annotations

from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.masthead_numbers import scan_numbers
from bulletin_lint.parsing.masthead_words import SPACE, WIDE_SPACE, is_ornament

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks

LONGEST_LINE = 70
"""Characters of a line of the masthead."""
_NEAR = 4
"""Lines below one of the masthead in which its numbers follow: second office, title, motto may be between."""
_LONGEST_PLACE = 5
"""Characters of a place that is the first line of a series title: a longer line is a motto (建设美丽乡村)."""
_LONGEST_LABEL = 8
_SMALL = 0.45
"""The part of the series title's size below which a line beside it is none of it."""


def leads_to_numbers(sheet: Blocks, index: int, stop: int, *, alone: bool = False) -> bool:
    """Whether a number or a date, standing as in a masthead, follows within four lines; with `alone` one
    that has at most a date and an office beside it.
    """
    for following in range(index + 1, min(index + 1 + _NEAR, stop)):
        text = sheet.texts[following]
        is_text = sheet.is_prose[following] and not _is_empty_label(text)
        if len(text) > LONGEST_LINE or is_text or sheet.words[following].is_column:
            return False
        found = scan_numbers(sheet.grammar, text)
        is_beside_known = not alone or all(_is_beside_number(sheet, text[a:b]) for a, b in found.rest)
        if any(part is not None for part in (found.issue, found.cumulative, found.blank)):
            return is_beside_known
        if found.date is not None and not alone:
            return all(is_ornament(text[a:b]) or sheet.grammar.is_office(text[a:b]) for a, b in found.rest)
    return False


def _is_beside_number(sheet: Blocks, words: str) -> bool:
    """Whether words may stand beside an issue number: ornaments, an office, a weekday, the edition."""
    grammar, compact = sheet.grammar, "".join(words.split())
    return (
        is_ornament(words)
        or grammar.is_office(without_suffix(sheet, compact))
        or grammar.is_whole("edition", compact)
        or (grammar.date_words is not None and grammar.date_words.fullmatch(compact) is not None)
    )


def is_beside_title(sheet: Blocks, index: int, stop: int) -> bool:
    """Whether a line's type is so much smaller than another's near it that only the other is the title, and
    a number follows.
    """
    size = _size(sheet, index)
    near = range(max(0, index - 2), min(index + 3, stop))
    largest = max((_size(sheet, other) for other in near), default=0.0)
    return 0 < size < _SMALL * largest and leads_to_numbers(sheet, index, stop)


def has_words_alone(sheet: Blocks, index: int) -> bool:
    """Whether a line is no sentence, or labels with nothing behind them: 密级：　　份号："""
    return sheet.is_heading_like[index] or _is_empty_label(sheet.texts[index])


def _is_empty_label(text: str) -> bool:
    return all(words[-1] in "：:" and len(words) <= _LONGEST_LABEL for words in text.split())


def is_mark(sheet: Blocks, index: int) -> bool:
    """Whether a line is a field that no pack knows, or has a sign in it: 准印证号：…, 内部★6个月."""
    return sheet.words[index].has_colon or not set(sheet.grammar.marks).isdisjoint(sheet.texts[index])


def is_edition_above_title(sheet: Blocks, index: int, stop: int) -> bool:
    """Whether a line says what this one issue is, and the series title is yet to come: 某专刊, 某简报."""
    below = sheet.texts[index + 1 : min(index + 3, stop)]
    return sheet.grammar.is_whole("edition", sheet.texts[index]) and any(
        sheet.grammar.is_title_like(text) and not sheet.grammar.is_whole("edition", text) for text in below
    )


def title_below(sheet: Blocks, index: int, above: Node) -> Node:
    """The series title where a line ends as one does and other words stand above: the place it begins with
    (某县 ⏎ 某工作简报), what the issue is (送阅件), a motto; 会议简报 below a congress says less than they.
    """
    text, span = sheet.texts[index], sheet.blocks[index].span
    first, own = "".join(above.text.split()), "".join(text.split()).strip("《》【】")
    is_place = len(first) <= _LONGEST_PLACE and sheet.grammar.is_unit(first)
    if is_place and sheet.blocks[index - 1].span == above.span:
        whole = Span(above.span.start, span.end)
        return Node(above.path, whole, f"{above.text}{text}", {"value": f"{first}{own}"})
    if len(own) > len(first) or WIDE_SPACE.search(above.text):
        return Node(above.path, span, text, {"value": own})
    return above


def _size(sheet: Blocks, index: int) -> float:
    """The size of a block's type in points, 0 where it is not known."""
    return sheet.document.reading.lines[sheet.blocks[index].lines[0]].size


def without_suffix(sheet: Blocks, words: str) -> str:
    """An office's name without what follows it (编印); all words where nothing does."""
    pattern = sheet.grammar.office_suffix
    if pattern is not None:
        for match in pattern.finditer(words):
            if match.end() == len(words) and match.start() >= 2:
                return words[: match.start()].rstrip(SPACE)
    return words


def is_office_with_suffix(sheet: Blocks, words: str) -> bool:
    """Whether words are an office and what follows one: 某办公室编."""
    office = without_suffix(sheet, words)
    return office != words and sheet.grammar.is_office(office)


def tells_nothing(sheet: Blocks, words: str) -> bool:
    """Whether words beside others say nothing themselves: 编 behind an office, 编发日期 before the date."""
    own = sheet.grammar.labels.get("masthead")
    label = own.at_start(words) if own is not None else None
    is_label = label is not None and label.field == "date" and label.value_start >= len(words)
    return is_label or is_suffix(sheet, words)


def is_suffix(sheet: Blocks, words: str) -> bool:
    """Whether words are what follows an office alone: 编印."""
    pattern = sheet.grammar.office_suffix
    return pattern is not None and pattern.fullmatch(words) is not None
