"""Columns of short news: a heading such as 简讯 over items that need no titles."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.parsing.attributions import Attribution
    from bulletin_lint.parsing.blocks import Blocks

_LONGEST_HEADING = 8
"""Characters, without space, brackets and marks."""
_SHORTEST_ITEM = 12
_LEAST_ITEMS = 2
_DOTS = "·•"


def brief_columns(
    sheet: Blocks, head: int, tail: int, inline: Sequence[Attribution | None]
) -> tuple[set[int], set[int]]:
    """The headings of columns of short news, and the items below them: several with one mark before each;
    without a mark, paragraphs that each begin as news does, one of which is signed above the last.
    """
    headings: set[int] = set()
    items: set[int] = set()
    for index in range(head, min(tail, len(sheet))):
        if _is_heading(sheet, index):
            below = _items(sheet, index + 1, tail)
            is_marked = bool(below) and sheet.texts[below[0]][0] in sheet.grammar.marks + _DOTS
            is_signed = any(inline[item] is not None for item in below[:-1])
            if len(below) >= _LEAST_ITEMS and (is_marked or is_signed):
                headings.add(index)
                items.update(below)
    return headings, items


def _is_heading(sheet: Blocks, index: int) -> bool:
    words = sheet.words[index]
    if words.is_prose or words.marker is not None or sheet.blocks[index].table:
        return False
    bare = "".join(sheet.grammar.without_frame(words.text).split())
    return len(bare) <= _LONGEST_HEADING and sheet.grammar.names_briefs(bare)


def _items(sheet: Blocks, start: int, tail: int) -> list[int]:
    """The blocks from `start` on that tell news behind the mark that the first of them has, or none."""
    found: list[int] = []
    mark = ""
    for index in range(start, min(tail, len(sheet))):
        text = sheet.texts[index]
        first = text[0] if text[0] in sheet.grammar.marks + _DOTS else ""
        mark = first if index == start else mark
        is_news = sheet.words[index].is_prose or "，" in text
        if first != mark or not is_news or len(text) < _SHORTEST_ITEM:
            break
        if not mark and not sheet.grammar.begins("lead", text):
            break
        found.append(index)
    return found
