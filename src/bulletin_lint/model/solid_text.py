"""A text as a house would set it that leaves no blank between figures or Latin letters and Chinese.

“走访 30 户” and “走访30户” say the same, and each house keeps to one of them. A pattern is written for the
second; of a text of the first kind it is given this view, and what it finds there has its place in the text.
"""

from __future__ import annotations

from bisect import bisect_right

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.location import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BLANKS = " \u00a0"
"""What a house sets between figures and Chinese. An ideographic space is no such blank."""
_BEFORE_HAN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%％‰℃")
_AFTER_HAN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz¥￥.")
_SET_OFF = _AFTER_HAN - {"."}


class SolidText(NamedTuple):
    """A text without those blanks, and the way back."""

    text: str
    blanks: tuple[int, ...]
    """The offsets in the text as written at which a blank was left out, in order."""
    seams: tuple[int, ...]
    """The offsets in the view before which that was."""

    def set_solid(self, written: str) -> str:
        """The same view of a text of the same length: of the text with masks blotted out, say."""
        # One slice begins behind each blank, and the last ends where the text does.
        starts = [0, *[blank + 1 for blank in self.blanks]]
        return "".join(map(written.__getitem__, map(slice, starts, (*self.blanks, None))))

    def written_offset(self, offset: int) -> int:
        """Where the character at an offset of the view stands in the text as written."""
        return offset + bisect_right(self.seams, offset)

    def written_span(self, start: int, end: int) -> Span:
        """Where a stretch of the view stands in the text as written; no blank at either end is part of it."""
        first = start + bisect_right(self.seams, start)
        if end <= start:
            return Span(first, first)
        return Span(first, end + bisect_right(self.seams, end - 1))

    def solid_offset(self, offset: int) -> int:
        """Where the view has what stands at an offset of the text as written, or next after it."""
        return offset - bisect_right(self.blanks, offset - 1)


def solid_text(text: str) -> SolidText | None:
    """The view of a text; None where it is the text itself."""
    if "\u00a0" in text:
        # Of the same length, and what stands between its blanks is the same.
        pieces = text.replace("\u00a0", " ").split(" ")
    else:
        pieces = text.split(" ")
    blanks: list[int] = []
    position = -1
    previous = ""
    for piece in pieces:
        if piece:
            first = piece[0]
            if previous and (
                (previous in _BEFORE_HAN and "\u3400" <= first <= "\u9fff")
                or (first in _AFTER_HAN and "\u3400" <= previous <= "\u9fff" and _opens_number(piece))
            ):
                blanks.append(position)
            previous = piece[-1]
        else:
            previous = ""
        position += len(piece) + 1
    if not blanks:
        return None
    seams = tuple([at - number for number, at in enumerate(blanks)])
    view = SolidText("", tuple(blanks), seams)
    return view._replace(text=view.set_solid(text))


def set_like(written: str) -> str:
    """Words as a house would write them that sets a blank between figures or Latin letters and Chinese."""
    pieces: list[str] = []
    for before, after in zip("\n" + written, written, strict=False):
        if (before in _BEFORE_HAN and is_han(after)) or (is_han(before) and after in _SET_OFF):
            pieces.append(" ")
        pieces.append(after)
    return "".join(pieces)


def is_han(character: str) -> bool:
    """Whether a character is Chinese: an ideograph, or the zero of figures in characters."""
    return "\u3400" <= character <= "\u9fff" or character == "〇"


def _opens_number(piece: str) -> bool:
    """Whether what follows a blank may be a number or a word: the point of .5 with its zero left out, but no
    mark of a list.
    """
    return piece[0] != "." or piece[1:2].isdigit()


class SolidMatch:
    """A match in a view, with the places that it has in the text as written.

    The texts of groups are those of the view, as the pattern saw them.
    """

    __slots__ = ("_match", "_view", "re")

    def __init__(self, match: Any, view: SolidText) -> None:
        self._match = match
        self._view = view
        self.re = match.re

    def __getitem__(self, group: int | str) -> Any:
        return self._match[group]

    def groupdict(self) -> dict[str, str | None]:
        """The texts of the named groups."""
        found: dict[str, str | None] = self._match.groupdict()
        return found

    def span(self, group: int | str = 0) -> Span:
        """Where a group stands in the text as written; (-1, -1) where it took no part."""
        start, end = self._match.span(group)
        return Span(-1, -1) if start < 0 else self._view.written_span(start, end)

    def start(self, group: int | str = 0) -> int:
        """Where a group begins in the text as written."""
        return self.span(group).start

    def end(self, group: int | str = 0) -> int:
        """Where a group ends in the text as written."""
        return self.span(group).end

    def expand(self, template: str) -> str:
        """A replacement, with blanks where the text as written has them in what is replaced."""
        made: str = self._match.expand(template)
        start, end = self.span()
        return set_like(made) if end - start > len(self._match[0]) else made


def solid_matches(found: Sequence[Any], view: SolidText) -> list[Any]:
    """Matches in a view with their places in the text."""
    return [SolidMatch(match, view) for match in found]
