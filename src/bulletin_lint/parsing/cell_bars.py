"""What parts the cells of a row which is no row of a table to its reader: bars, tabs, wide space."""

from __future__ import annotations

import re

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any

_BLANKS = " \u3000\t"
_WIDE = "[ \\u3000\t]{2,}|\t"
_NONE = "(?!)"
_CELL = compiled("[^ \u3000\t\n]+(?:[ \u3000][^ \u3000\t\n]+)*")
"""Words with single blanks inside."""


def cells_apart(text: str, start: int, end: int) -> list[Span]:
    """The cells of a row that only tabs or wide space part, as offsets in the text that holds the row."""
    return [Span(*match.span()) for match in _CELL.finditer(text, start, end)]


class CellBars:
    """What typists draw between the cells of a row, and what they type there, as the packs' forms say."""

    def __init__(self, forms: Mapping[str, Any]) -> None:
        self._drawn, self._typed = str(forms.get("drawn_bars", "")), str(forms.get("typed_bars", ""))
        self._between_drawn, self._between_typed = (
            compiled(f"[{re.escape(bars)}]" if bars else _NONE) for bars in (self._drawn, self._typed)
        )
        self._set_apart = tuple(f" {bar} " for bar in self._typed)
        self._between = compiled("|".join((_WIDE, *map(re.escape, self._set_apart))))

    def are_drawn(self, text: str) -> bool:
        """Whether a line has bars that are drawn."""
        return any(map(text.__contains__, self._drawn))

    def are_typed(self, text: str) -> bool:
        """Whether a line has bars that are typed, each between spaces."""
        return any(map(text.__contains__, self._set_apart))

    def drawn_cells(self, text: str) -> list[str]:
        """The cells between drawn bars."""
        return [cell.strip(_BLANKS) for cell in self._between_drawn.split(text.strip(self._drawn + _BLANKS))]

    def typed_cells(self, text: str) -> list[str]:
        """The cells between typed bars."""
        return [cell.strip(_BLANKS) for cell in self._between_typed.split(text.strip(self._typed + _BLANKS))]

    def pieces(self, text: str) -> int:
        """How many pieces of a line wide space or typed bars part."""
        return len(self._between.split(text))
