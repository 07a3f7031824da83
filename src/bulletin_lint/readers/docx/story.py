"""What a part of a document holds: paragraphs and tables, each with what it says of itself and its place."""

from __future__ import annotations

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.readers.docx.styles import ParagraphProperties, RunLook

BREAK = "\n"
"""The text of a piece that is a line break within its paragraph."""


class ElementPath:
    """An element that holds paragraphs, as places name it: ``body``, ``tbl``, ``tr``, ``tc`` …"""

    __slots__ = ("counts", "name", "number", "parent")

    def __init__(self, name: str, parent: ElementPath | None = None, number: int | None = None) -> None:
        self.name = name
        self.parent = parent
        self.number = number if number is not None else 0 if parent is None else parent.count(name)
        self.counts: dict[str, int] | None = None

    def count(self, name: str) -> int:
        """The number of the next element of a name in this one, from 1."""
        if self.counts is None:
            self.counts = {}
        number = self.counts[name] = self.counts.get(name, 0) + 1
        return number

    def path(self) -> str:
        """The way to it from the part's root."""
        steps: list[str] = []
        holder: ElementPath | None = self
        while holder is not None:
            steps.append(f"{holder.name}[{holder.number}]" if holder.number else holder.name)
            holder = holder.parent
        return "/".join(reversed(steps))


class TextPiece(NamedTuple):
    """Text of a paragraph that looks alike."""

    text: str
    look: RunLook
    origin: Any = None
    """Where its bytes are, while marks are to be written; else None."""


class WordParagraph:
    """A paragraph as it is seen: the text that is there if all changes are accepted."""

    __slots__ = (
        "boxes",
        "element",
        "holder",
        "is_hidden",
        "is_struck",
        "number",
        "origin",
        "pieces",
        "properties",
        "style",
        "unread",
    )

    def __init__(self, holder: ElementPath, number: int, element: str = "p") -> None:
        self.element = element
        """``p``, or what stands in the place of one."""
        self.holder = holder
        self.number = number
        """Which paragraph of its holder it is, from 1, those that are not seen counted."""
        self.style: str | None = None
        self.properties = ParagraphProperties()
        self.pieces: list[TextPiece] = []
        self.boxes: list[TextBox] = []
        self.unread: list[str] = []
        """What it holds and nobody can read here: ``object``, ``chart``, ``picture``, ``document``."""
        self.is_struck = False
        """Its end is deleted: it goes on with the next one, whose properties win."""
        self.is_hidden = False
        """Its end is hidden."""
        self.origin: Any = None
        """Where its bytes are, while marks are to be written; else None."""

    def path(self) -> str:
        """The way to it from the part's root."""
        return f"{self.holder.path()}/{self.element}[{self.number}]"


class TableCell:
    """A cell of a table."""

    __slots__ = ("goes_on", "is_gone", "items")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.goes_on = False
        """It is one with the cell above."""
        self.is_gone = False


class TableRow:
    """A row of a table."""

    __slots__ = ("cells", "is_gone")

    def __init__(self) -> None:
        self.cells: list[TableCell] = []
        self.is_gone = False


class WordTable:
    """A table, be it for data or for layout."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[TableRow] = []


Item = WordParagraph | WordTable


class TextBox(NamedTuple):
    """A text box."""

    items: list[Item]
    top: tuple[float, float] | None
    """How far down it stands, where that is known."""


class HeaderReference(NamedTuple):
    """A header or footer that a section names."""

    kind: str
    """``header`` or ``footer``."""
    relation: str
    """The identifier of a relationship."""
