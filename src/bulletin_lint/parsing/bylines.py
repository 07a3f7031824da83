"""Who wrote an article, told between its title and its text, as studies and magazines have it, or on two
lines below the text.
"""

from __future__ import annotations

from bulletin_lint.parsing.line_widths import columns_of
from bulletin_lint.parsing.sources import (
    is_post_with_people,
    is_source,
    is_unit_over_people,
    is_unit_with_people,
    may_tell,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_lint.parsing.blocks import Blocks

_LONGEST = 40
"""Characters of a byline; without brackets or label so many: a longer line is a title's."""
_LONGEST_BARE = 24
_RAGGED = 2
"""Columns that lines set right may begin or end apart."""
_SHORTEST_TITLE = 6
"""Characters; less is a cell of a table that lost its lines."""
_LEAST = 2
"""Bylines of an issue from which also such count that have neither brackets nor a label nor a writer's word
(课题组): a unit's name alone is a title's second line."""


def bylines(
    sheet: Blocks, is_short: Sequence[bool], sources: Sequence[tuple[str, ...]], head: int, tail: int
) -> list[int]:
    """The blocks that are one, in order: a source by its words, or a unit's name, below what may be a title,
    or its second line behind a dash, and above text. `sources` are the features by which lines are sources.
    """
    found: list[int] = []
    bare: list[int] = []
    for index in range(max(head, 0) + 1, min(tail, len(sheet)) - 1):
        # A source below prose, the usual one, is asked no further.
        # Below a number stands a label: ## 一、题, 来源：某局
        may_have_number = sheet.words[index].has_source_label and not sheet.is_prose[index - 1]
        if (
            not is_short[index]
            or is_short[index + 1]
            or not (is_short[index - 1] or may_have_number)
            or is_source(sources[index - 1])
            or not _is_below_title(sheet, index, head)
        ):
            continue
        words = sheet.words[index]
        if len(words.text) > _LONGEST or sheet.blocks[index].table or sheet.is_row[index] or words.is_caption:
            continue
        if is_source(sources[index]):
            # What may tell something is a byline where the issue has more of them.
            is_named = sources[index] != ("could_name",) or not may_tell(words.text)
            (found if is_named else bare).append(index)
        elif len(words.text) <= _LONGEST_BARE and _names_author(sheet, words.text):
            is_sure = sheet.grammar.has_role(words.text) or is_post_with_people(words.text, sheet.grammar)
            (found if is_sure else bare).append(index)
    return sorted([*found, *bare]) if len(found) + len(bare) >= _LEAST else found


def _is_below_title(sheet: Blocks, index: int, head: int) -> bool:
    above, texts = index - 1, sheet.texts
    if texts[index][0] == "—":
        return False
    if texts[above][0] == "—":
        above -= 1
    return (
        above >= head
        and len(texts[above]) >= _SHORTEST_TITLE
        and (sheet.is_heading_like[above] or sheet.words[above].marker is not None)
        and not sheet.words[above].is_caption
        # Of a list of people each line is one.
        and not is_post_with_people(texts[above], sheet.grammar)
    )


def _names_author(sheet: Blocks, text: str) -> bool:
    """Whether a line is a unit, units with people, or a post with people, behind a sign or not: □ 某局　某人,
    人大代表、某村书记　某人.
    """
    grammar = sheet.grammar
    bare = text.lstrip(f"{grammar.marks} \u3000")
    return bool(bare) and (
        grammar.is_unit(bare) or is_unit_with_people(bare, grammar) or is_post_with_people(bare, grammar)
    )


def units_over_writers(
    sheet: Blocks, is_short: Sequence[bool], head: int, tail: int, least: int
) -> Iterator[int]:
    """The lines below text that name a unit, with people on the line below, both set right at the same column
    and no less than `least` columns: a source on two lines.
    """
    for index in range(max(head, 1), tail - 1):
        unit, people = sheet.blocks[index], sheet.blocks[index + 1]
        if not (
            is_short[index]
            and is_short[index + 1]
            and min(unit.indent, people.indent) >= least
            and people.gap <= unit.gap
            and not (unit.heading or people.heading)
            and is_below_text(sheet, index)
        ):
            continue
        begin = people.indent - unit.indent
        end = begin + columns_of(sheet.texts[index + 1]) - columns_of(sheet.texts[index])
        if min(abs(begin), abs(end)) <= _RAGGED and is_unit_over_people(
            sheet.texts[index], sheet.texts[index + 1], sheet.grammar
        ):
            yield index


def is_below_text(sheet: Blocks, index: int) -> bool:
    """Whether a paragraph, a caption or a table stands above a line."""
    above = index - 1
    return (
        sheet.is_prose[above]
        or sheet.words[above].is_caption
        or sheet.blocks[above].table
        or sheet.is_row[above]
    )
