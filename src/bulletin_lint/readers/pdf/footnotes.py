"""Footnotes: small type at the foot of a page, begun by a mark, that is none of the text above it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.pdf.page import Page, Row

SMALL = 0.9
"""Of the body's size: a footnote is no larger."""
RAISED = 0.75
"""Of its line's size: the figure that calls a footnote is no larger."""
SHORT = 0.5
"""Of the text's width: the rule above footnotes is no longer."""
APART = 2.5
"""In ems of the body: without a rule footnotes stand so far below the text."""
_MARK = compiled(r"([①-⑳*＊※†]|[\[［〔][0-9]{1,2}[\]］〕]|[0-9]{1,2}(?![0-9年月日时分期%,，:：]|[.．][0-9]))")


def mark_footnotes(pages: Sequence[Page], rows: Sequence[Row], body_size: float) -> None:
    """Marks the rows that are footnotes as furniture; page numbers are marked already."""
    called = {
        run.text.strip()
        for row in rows
        if row.kind == "text" and len(row.runs) > 1
        for run in row.runs
        if run.face.size <= RAISED * max(row.size, body_size)
    }
    of_page: dict[int, list[Row]] = {page.number: [] for page in pages}
    for row in rows:
        if row.kind != "furniture":
            of_page[row.page].append(row)
    for drawn in of_page.values():
        texts = [row for row in drawn if row.kind == "text"]
        if len(texts) < 2 or texts[-1].size > SMALL * body_size or drawn[-1].kind == "table":
            continue
        for row in texts[_first_note(drawn, texts, body_size, called) :]:
            row.kind, row.furniture = "furniture", "note"


def _first_note(drawn: Sequence[Row], texts: Sequence[Row], body_size: float, called: Set[str]) -> int:
    """Where the footnotes of a page begin among its lines of text; behind the last one where it has none.

    `called` are the small figures in lines of text, which call footnotes.
    """
    first = len(texts)
    left, right = min(row.x0 for row in texts), max(row.x1 for row in texts)
    for index in range(len(texts) - 1, 0, -1):
        row, above = texts[index], texts[index - 1]
        if row.size > SMALL * body_size:
            break
        mark = _MARK.match(row.text)
        if mark is None:
            continue
        is_ruled = any(
            other.kind == "rule"
            and above.baseline < other.baseline < row.baseline
            and other.x1 - other.x0 <= SHORT * (right - left)
            and other.x0 - left < body_size
            for other in drawn
        )
        is_called = row.baseline - above.baseline >= APART * body_size and mark[1] in called
        if is_ruled or is_called:
            first = index
    return first
