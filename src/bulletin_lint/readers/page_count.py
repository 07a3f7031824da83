"""How many pages a file has, told by its reader as soon as it knows, for whoever limits its time."""

from __future__ import annotations

from collections.abc import Callable


class PageCount:
    """The way from a reader to whoever limits what it may use, in one process; nobody need be there."""

    def __init__(self) -> None:
        self._hear: Callable[[int], None] | None = None

    def heard_by(self, hear: Callable[[int], None] | None) -> None:
        """Says who is told of the next file's pages; None for nobody."""
        self._hear = hear

    def tell(self, pages: int) -> None:
        """Says how many pages there are, before they are read. For a file it counts once."""
        hear, self._hear = self._hear, None
        if hear is not None:
            hear(pages)


PAGE_COUNT = PageCount()
