"""What two forms of one issue, a manuscript and its PDF say, have different: data only."""

from __future__ import annotations

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.violation import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DifferenceKind = Literal["changed", "missing", "added", "moved", "form"]
"""Other words; words of the first that the second has not; the other way round; in another place; and what
counts for none: another width, quote, dash or space."""

NoiseKind = Literal["form", "space"]
"""Characters that are written in another way; spaces."""


class Side(NamedTuple):
    """A difference in one of the two."""

    text: str
    """The words there, empty where there are none."""
    before: str
    after: str
    """What stands about them, to find them by."""
    location: Location


class Difference(NamedTuple):
    """One difference."""

    number: int
    """From 1, in the order of the first."""
    kind: DifferenceKind
    severity: Severity
    left: Side
    right: Side

    @property
    def boxes(self) -> tuple[PageBox, ...]:
        """Where it stands in the second, if that has pages."""
        return self.right.location.boxes


class Comparison(NamedTuple):
    """Two forms of one issue held against each other."""

    left: str
    right: str
    """Their paths."""
    similarity: float
    """From 0 to 1: how many of their short stretches both have."""
    is_one_text: bool
    """Whether they are forms of one text at all; of two texts no differences are told."""
    differences: tuple[Difference, ...] = ()
    noise: Mapping[str, int] = {}
    """How often they differ in what counts for no difference, by `NoiseKind`."""
