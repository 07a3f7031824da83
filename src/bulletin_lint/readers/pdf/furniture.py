"""Page numbers and running heads: told from the text by where they stand and that they return."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.furniture import is_page_number
from bulletin_lint.readers.pdf.page import Furniture, Page, Row

MARGIN = 0.12
"""The part of a page's height, at the top and at the bottom, in which furniture stands."""
_SAME_HEIGHT = 4.0
"""Points within which a head stands at the same height on every page."""
_LONGEST_HEAD = 60
_ENDS = frozenset("。！？；：…”’）)》】")
_BEGINNINGS = frozenset("一二三四五六七八九十（(【")
"""A line that begins so may be a section's."""
SMALL = 0.8
"""The size of a head that shows once, of the body's."""
SMALLER = 0.95
"""The same of one that stands well above the text in the midst of a sentence."""
_COUNTED = compiled(r"([0-9]{1,3})\s*[/／]\s*([0-9]{1,3})")


def mark_page_furniture(pages: Sequence[Page], rows: Sequence[Row], body_size: float) -> list[Row]:
    """The rows, with page numbers, running heads and feet marked and the rules under heads left out."""
    texts: dict[int, list[Row]] = {page.number: [] for page in pages}
    rules: list[Row] = []
    for row in rows:
        if row.kind == "text":
            texts[row.page].append(row)
        elif row.kind == "rule":
            rules.append(row)
    outer = {id(row): zone for page in pages for row, zone in _outer_rows(page, texts[page.number])}
    returning = _returning([row for row in rows if id(row) in outer and row.size < 1.2 * body_size], outer)
    heights = {page.number: page.height for page in pages}
    first = {row.text: row.size for row in rows if rows and row.page == rows[0].page and row.kind == "text"}
    kept: list[Row] = []
    before: Row | None = None
    for row in rows:
        if kept and kept[-1].page != row.page:
            before = next((each for each in reversed(kept) if each.kind == "text"), None)
        if row.kind == "rule":
            if not _rule_returns(row, rules, heights[row.page]):
                kept.append(row)
            continue
        if row.kind == "text" and id(row) in outer:
            text = row.text
            kind: Furniture = ""
            if _is_page_number(text, row, texts[row.page], body_size) or _counts(row, len(pages)):
                kind = "page-number"
            elif id(row) in returning or (
                # A document of two pages shows its running head once, below its own title.
                row.page != rows[0].page
                and outer[id(row)] == "top"
                and (
                    first.get(text, 0.0) > 1.1 * row.size
                    or _is_small_head(row, texts[row.page], body_size, before)
                )
            ):
                kind = "running-head"
            if kind:
                row.kind, row.furniture = "furniture", kind
        kept.append(row)
    return kept


def _outer_rows(page: Page, text: Sequence[Row]) -> list[tuple[Row, str]]:
    """The two outermost lines of text at either end of a page, as far as they stand in its margins."""
    high, low = MARGIN * page.height, (1 - MARGIN) * page.height
    found: list[tuple[Row, str]] = []
    for half in (0, 1, 2):
        rows = [row for row in text if row.half == half]
        found += [(row, "top") for row in rows[:2] if row.baseline - 0.5 * row.size < high]
        found += [(row, "bottom") for row in rows[-2:] if row.baseline - 0.5 * row.size > low]
    return found


def _is_page_number(text: str, row: Row, rows: Sequence[Row], body_size: float) -> bool:
    if is_page_number(text):
        return True
    if not (text.isdecimal() and len(text) <= 3):
        return False
    # A bare figure the size of the text, a line's distance from it, is the paragraph's last line.
    near = min(
        (abs(other.baseline - row.baseline) for other in rows if other is not row),
        default=1e9,
    )
    return row.size < 0.95 * body_size or near > 2 * body_size


def _counts(row: Row, pages: int) -> bool:
    """Whether a line is its page's number and how many there are: 1 / 1 on the only one."""
    match = _COUNTED.fullmatch(row.text)
    return match is not None and int(match[1]) == row.page and int(match[2]) == pages


def _is_small_head(row: Row, rows: Sequence[Row], body_size: float, before: Row | None) -> bool:
    """Whether a line stands alone above its page's text, in smaller type; `before` is the last line of text
    on the pages before, which a line set like it may only go on from.
    """
    if row is not rows[0] or row.size > SMALLER * body_size:
        return False
    if before is not None and abs(before.size - row.size) < 0.3 and abs(before.x0 - row.x0) < row.size:
        return False
    if row.size <= SMALL * body_size:
        return len(rows) == 1 or rows[1].baseline - row.baseline > 2 * max(row.size, rows[1].size)
    if len(rows) == 1 or rows[1].baseline - row.baseline <= 2.5 * body_size:
        return False
    # In the midst of a sentence it is no heading.
    return before is not None and before.text[-1] not in _ENDS and rows[1].text[0] not in _BEGINNINGS


def _returning(rows: Sequence[Row], outer: dict[int, str]) -> set[int]:
    """Lines in the margins that stand with the same words at the same height on other pages."""
    groups: dict[tuple[str, str, float], list[Row]] = {}
    for row in rows:
        words = "".join("#" if character.isdecimal() else character for character in row.text)
        if len(words) <= _LONGEST_HEAD:
            groups.setdefault((outer[id(row)], words, row.size), []).append(row)
    found: set[int] = set()
    for group in groups.values():
        for row in group:
            if any(
                other.page != row.page and abs(other.baseline - row.baseline) < _SAME_HEIGHT
                for other in group
            ):
                found.add(id(row))
    return found


def _rule_returns(rule: Row, rules: Sequence[Row], height: float) -> bool:
    """Whether a rule belongs to the heads or feet: it stands in the margin, on other pages too."""
    if MARGIN * height < rule.baseline < (1 - MARGIN) * height:
        return False
    return any(
        other.page != rule.page and abs(other.baseline - rule.baseline) < _SAME_HEIGHT for other in rules
    )
