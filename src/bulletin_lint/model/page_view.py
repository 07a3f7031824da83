"""A bulletin as people look at it: its pages as pictures or its lines as text, and the marks on either.

Plain data, made where the file was read, so that whoever shows it (the sign-off sheet, the page in the
browser) needs neither the document nor an engine.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class PagePicture(NamedTuple):
    """A page as it is shown: cropped and turned."""

    number: int
    """1-based."""
    width: float
    height: float
    """Points."""
    media_type: str = ""
    data: bytes = b""
    """The picture; empty where the page was not drawn."""


class PageView(NamedTuple):
    """What there is to be shown of one file."""

    name: str
    kind: str
    """The name of its kind of input."""
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal, of the very bytes that were read."""
    lines: tuple[str, ...] = ()
    """The lines that places count, the first is line 1."""
    pages: tuple[PagePicture, ...] = ()
    """Empty for a kind that has no pages."""
    undrawn: Wording | None = None
    """Why pages are there without a picture: a clause that ends in a full stop."""


class NumberedMark(NamedTuple):
    """A violation with the number by which the page and the list know it."""

    number: int
    """From 1, in reading order."""
    violation: Violation
    places: tuple[Location, ...]
    """Where it stands: more than one where it is told once for many places."""
    note: str = ""
    """What a mark in the file itself says besides its number, in lines; empty: message and code."""

    @property
    def severity(self) -> Severity:
        """That of its violation."""
        return self.violation.severity

    @property
    def boxes(self) -> tuple[PageBox, ...]:
        """The boxes of all its places."""
        return tuple(box for place in self.places for box in place.boxes)


def marks_of(violations: Sequence[Violation]) -> tuple[NumberedMark, ...]:
    """The violations of a file, numbered in reading order."""
    ordered = sorted(violations, key=Violation.sort_key)
    return tuple(
        NumberedMark(number, violation, tuple(place.location for place in violation.places))
        for number, violation in enumerate(ordered, start=1)
    )
