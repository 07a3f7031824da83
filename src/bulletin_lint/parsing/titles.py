"""Which blocks of the body are the titles of articles."""

from __future__ import annotations

from bulletin_lint.parsing.attributions import Attribution, attribution_at_end
from bulletin_lint.parsing.blocks import Blocks, normalised
from bulletin_lint.parsing.grammar import NOTE_STARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


_SHORTEST_TITLE = 10
"""Characters from which a lone heading in the middle of an article may be the next one's title."""
_REACH = 100
"""Blocks before and behind a line in which the numbers that it stands amid are looked for; keeps long texts
linear."""


def titles_of(
    sheet: Blocks, start: int, stop: int, listed: set[str], own_lines: Mapping[int, Attribution]
) -> set[int]:
    """The blocks that are article titles.

    A heading-like block is a title where an article must begin: at the start of the body, after a
    column heading, after an attribution, or when the contents list it. A lone heading inside an
    article is the title of the next one, whose predecessor lost its attribution; several are the
    article's own sub-headings, for an editor who forgets one attribution does not forget them all.
    Across a title numbers do not go on: a line between 一、 and 二、 is a paragraph that lost its stop, one
    before 二、 alone may be 一、 that lost its mark. Behind an annex what leads to an attribution is a title.
    """
    found: set[int] = set()
    expecting = True
    is_annexed = False
    inside: list[int] = []

    def settle() -> None:
        strong = [number for number in inside if _is_strong(sheet, number)]
        if len(inside) == 1 and strong:
            found.update(inside)
        inside.clear()

    for index in range(start, stop):
        text = sheet.texts[index]
        is_annexed = is_annexed or sheet.is_annex[index]
        if sheet.is_column[index] or index in own_lines:
            settle()
            expecting = True
        elif listed and normalised(text) in listed and sheet.is_heading_like[index]:
            settle()
            found.add(index)
            expecting = False
        elif not sheet.is_heading_like[index] or sheet.is_bold_start(index):
            if text[:1] not in NOTE_STARTS or sheet.grammar.note_start(text) is None:
                expecting = attribution_at_end(sheet, index) is not None
                if expecting:
                    settle()
        elif expecting or (
            is_annexed
            and not sheet.is_annex[index - 1]
            and _leads_to_attribution(sheet, index, stop, own_lines)
        ):
            found.add(index)
            expecting = False
            # An annex where a title must be leaves the next one as it was.
            is_annexed = sheet.is_annex[index]
        elif text[0] == "—" and index - 1 in found:
            continue
        elif (
            index - 1 not in found
            and index + 1 < stop
            and not sheet.is_heading_like[index + 1]
            and not _is_amid_numbers(sheet, index, range(start, stop), own_lines)
        ):
            inside.append(index)
    settle()
    return found


def _leads_to_attribution(sheet: Blocks, index: int, stop: int, own_lines: Mapping[int, Attribution]) -> bool:
    """Whether an attribution stands before the next heading: behind an annex the line begins an article."""
    for following in range(index + 1, min(index + 1 + _REACH, stop)):
        if following in own_lines or attribution_at_end(sheet, following) is not None:
            return True
        if sheet.is_column[following] or sheet.is_heading_like[following]:
            return False
    return False


def _is_amid_numbers(sheet: Blocks, index: int, body: range, own_lines: Mapping[int, Attribution]) -> bool:
    """Whether the numbers of the sections that follow show that no article begins with this block: they go
    on from one before, or the first is not one and none is before.
    """

    def markers(blocks: range) -> dict[str, int]:
        """The first number of each style in some blocks, up to a column or an attribution."""
        found: dict[str, int] = {}
        for other in blocks[:_REACH]:
            if sheet.is_column[other] or other in own_lines:
                break
            marker = sheet.markers[other]
            if marker is not None and marker.number is not None:
                found.setdefault(marker.style, marker.number)
        return found

    following = {
        style: number for style, number in markers(range(index + 1, body.stop)).items() if number > 1
    }
    if not following:
        return False
    before = markers(range(index - 1, body.start - 1, -1))
    return any(before.get(style, number - 1) == number - 1 for style, number in following.items())


def _is_strong(sheet: Blocks, index: int) -> bool:
    block = sheet.blocks[index]
    compact = "".join(sheet.texts[index].split())
    return len(compact) >= _SHORTEST_TITLE and compact[-1] not in "：:" and not block.table
