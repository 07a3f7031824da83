"""The list of contents: where it ends and the body begins."""

from __future__ import annotations

from bulletin_lint.parsing.blocks import Blocks, normalised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Node


_HEAD_OF_BODY = 4
"""Blocks within which the title comes that a list of one entry announces."""


def parse_contents(sheet: Blocks, start: int, stop: int) -> tuple[list[Node], int]:
    """The list of contents, where there is one, and the index of the first block after it."""
    if start >= stop or not sheet.grammar.is_contents_heading(sheet.texts[start]):
        return [], start
    prose = start + 1
    while prose < stop and (not sheet.is_prose[prose] or _is_entry_of_list(sheet, prose)):
        prose += 1
    is_note = prose < stop and sheet.grammar.note_start(sheet.texts[prose]) is not None
    body = prose if is_note else prose - 1
    while (
        not is_note
        and body > start + 1
        and (
            sheet.markers[body] is not None
            or sheet.is_bold_start(body)
            or sheet.grammar.note_start(sheet.texts[body]) is not None
        )
    ):
        body -= 1
    while body - 1 > start + 1 and sheet.blocks[body - 1].heading and not sheet.blocks[start + 1].heading:
        # Entries are no headings; a column and the first lines of a title are.
        body -= 1
    while body - 1 > start + 1 and sheet.blocks[body - 1].size > 1.1 * sheet.blocks[start + 1].size > 0:
        # Entries are set as text; the first lines of a title are larger.
        body -= 1
    if prose >= stop:
        body = stop
    repeated = _first_repeated(sheet, start + 1, body)
    if repeated is not None:
        body = repeated
    if start + 1 < body <= stop and _is_first_column(sheet, start + 1, body):
        body -= 1
    entries = [
        sheet.node(f"contents[{number}]", index)
        for number, index in enumerate(range(start + 1, max(body, start + 1)))
    ]
    return entries, max(body, start + 1)


def _is_first_column(sheet: Blocks, first: int, body: int) -> bool:
    """Whether the block above the first title is its column, and not the list's last entry (· 标题)."""
    last = sheet.texts[body - 1]
    if not sheet.is_column[body - 1]:
        return False
    if body - 1 > first:
        return last[0] != sheet.texts[first][0]
    return normalised(last) not in map(normalised, sheet.texts[body : body + _HEAD_OF_BODY])


def _is_entry_of_list(sheet: Blocks, index: int) -> bool:
    text = sheet.texts[index]
    return ("……" in text or "...." in text) and text.rstrip()[-1:].isdigit()


def _first_repeated(sheet: Blocks, start: int, stop: int) -> int | None:
    seen: set[str] = set()
    for index in range(start, stop):
        words = normalised(sheet.texts[index])
        # A title on two lines is one entry.
        both = words + normalised(sheet.texts[index + 1]) if index + 1 < len(sheet) else words
        is_title = words in seen or (both in seen and not sheet.is_prose[index])
        if is_title and len(words) >= 4 and not _is_entry_of_list(sheet, index):
            return index
        seen.add(words)
    return None
