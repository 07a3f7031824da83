"""Numbers that run through an issue from title to title or from column to column, and those of sections."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.grammar import Marker

_SHORTEST_TITLE = 8
"""Characters behind the number that most titles have; most headings of a report's sections have fewer."""


class Numbered(NamedTuple):
    """A line with a number."""

    block: int
    marker: Marker
    is_due: bool
    """Whether it stands where a title must, below a column or a source, or the contents list it."""


def title_styles(
    sheet: Blocks,
    numbered: Mapping[str, Sequence[Numbered]],
    lines: Sequence[int],
    due: Set[int],
    head: int,
    columns: Set[int],
) -> set[str]:
    """The styles of numbers that titles have.

    Args:
        sheet: The document's blocks.
        numbered: By style of number: the lines over a paragraph that have it.
        lines: Lines without number that may be titles or sub-headings.
        due: Blocks where a title must stand.
        head: The first block behind the masthead.
        columns: Lines with a number over a line with another one: below them numbers may begin anew.
    """
    counted = {style: found for style, found in numbered.items() if _count_up(found, columns)}
    if counted:
        # The masthead's date may stand last in it, and 本期内容 above the contents, 领导批示 above remarks.
        lines = [
            index
            for index in lines
            if not {"date_only", "box"} & set(sheet.words[index].forms)
            and not sheet.grammar.is_contents_heading(sheet.texts[index])
        ]
    return {style for style, found in counted.items() if _are_titles(sheet, found, lines, due, head)}


def styles_over_bylines(numbered: Mapping[str, Sequence[Numbered]], bylines: Set[int]) -> set[str]:
    """The styles of numbers most of whose lines stand over who wrote the text: 一、题 over 来源：某局."""
    return {
        style
        for style, found in numbered.items()
        if _count_up(found) and 2 * sum(each.block + 1 in bylines for each in found) > len(found)
    }


def column_styles(sheet: Blocks, numbered: Mapping[str, Sequence[Numbered]], head: int) -> set[str]:
    """The styles of numbers that columns have: 一、要闻 over a title, behind the source of the article above.

    The last one may hold news without titles. Where nobody signs, an issue is no report in sections if it has
    no title above the first number.
    """
    return {
        style
        for style, found in numbered.items()
        if _count_up(found)
        and all(_is_over_line(sheet, each) for each in found[:-1])
        and (
            2 * sum(each.is_due for each in found[1:]) >= len(found) - 1
            or (head > 0 and _is_over_line(sheet, found[-1]) and not _has_title(sheet, head, found[0].block))
        )
    }


def is_in_list(sheet: Blocks, index: int) -> bool:
    """Whether the line above or below has the number before or behind, in the same style: of titles each
    stands over its text, of the contents one entry over the next, though a title may say something else.
    """
    own = sheet.words[index].marker
    near = ((step, sheet.words[index + step].marker) for step in (-1, 1) if 0 <= index + step < len(sheet))
    return own is not None and any(
        other is not None and other.style == own.style and other.number == (own.number or 0) + step
        for step, other in near
    )


def _is_over_line(sheet: Blocks, numbered: Numbered) -> bool:
    """Whether a line that may be a title stands below a number; behind a dash that line goes on, and behind a
    label is who wrote it.
    """
    below = numbered.block + 1
    return (
        below < len(sheet)
        and sheet.is_heading_like[below]
        and sheet.texts[below][0] != "—"
        and not sheet.words[below].has_source_label
    )


def _has_title(sheet: Blocks, start: int, end: int) -> bool:
    """Whether a line among some blocks may be a title."""
    return True in sheet.is_heading_like[start:end]


def _are_titles(
    sheet: Blocks, found: Sequence[Numbered], lines: Sequence[int], due: Set[int], head: int
) -> bool:
    """Whether lines whose numbers count up through the issue are its titles."""
    are_due = _are_due(found)
    if are_due and found[0].marker.level > 1:
        # Below numbered columns: 一、某类 1.某事
        return True
    if are_due and due.isdisjoint(lines):
        # Below sources stand these alone: lines without number over text are sub-headings.
        lines = [index for index in lines if not _is_amid(sheet, found, index)]
    return _stand_alone(sheet, found, lines, head) and (are_due or _tell_news(sheet, found))


def _is_amid(sheet: Blocks, found: Sequence[Numbered], index: int) -> bool:
    """Whether a line stands over text behind the first number."""
    return index > found[0].block and index + 1 < len(sheet) and sheet.is_prose[index + 1]


def _count_up(found: Sequence[Numbered], columns: Set[int] = frozenset()) -> bool:
    """Whether numbers count up by one and do not begin anew but right below a column, as those of sections do
    in each article. Where each of several stands where a title must, one may be wrong.
    """
    jumps, due = 0, 1
    for each in found:
        number = each.marker.number or 0
        jumps += number != due and (number != 1 or each.block - 1 not in columns)
        due = number + 1
    others = sum(each.marker.number != place for place, each in enumerate(found, 1))
    may_be_wrong = len(found) > 2 and all(each.is_due for each in found[1:])
    return len(found) > 1 and min(jumps, others) <= may_be_wrong


def _are_due(found: Sequence[Numbered]) -> bool:
    """Whether most stand where a title must: those of sections stand amid an article."""
    due = sum(each.is_due for each in found[1:])
    return due > 1 and 2 * due >= len(found)


def _stand_alone(sheet: Blocks, found: Sequence[Numbered], lines: Sequence[int], head: int) -> bool:
    """Whether the issue has no other titles: between the masthead and the first number stands nothing but
    columns, contents, a leader's remarks and an editor's note, and behind it no line over prose is without
    number, but where gaps set the numbered ones apart and no other.
    """
    first, numbered = found[0].block, {each.block for each in found}
    text = next((index for index in range(head, first) if sheet.is_prose[index]), None)
    columns = [index for index in lines if index + 1 in numbered]
    others = [index for index in lines if index + 1 not in numbered]
    amid = [index for index in others if _is_amid(sheet, found, index)]
    return (
        head > 0
        and (
            text is None
            or sheet.grammar.note_start(sheet.texts[text]) is not None
            or any("box" in sheet.words[index].forms for index in (text - 1, text))
        )
        # One line over the first number is the title of an article in sections.
        and len(columns) != 1
        and not any(index < first for index in others)
        and (not amid or _are_set_apart(sheet, found, amid))
    )


def _are_set_apart(sheet: Blocks, found: Sequence[Numbered], others: Sequence[int]) -> bool:
    """Whether a gap stands above each numbered line, and above none of the others."""
    blocks = sheet.blocks
    return all(blocks[each.block].gap for each in found) and not any(blocks[index].gap for index in others)


def _tell_news(sheet: Blocks, found: Sequence[Numbered]) -> bool:
    """Whether the words behind numbers are titles of news, and not what a report's sections are called."""
    words = [sheet.texts[each.block][each.marker.end :].strip() for each in found]
    called = [sheet.grammar.begins("section_heading", each) for each in words]
    long = sum(len(each) >= _SHORTEST_TITLE for each in words)
    # A report begins with what is the case and ends with what is to be done.
    return not (called[0] or called[-1]) and 3 * sum(called) < len(words) < 2 * long
