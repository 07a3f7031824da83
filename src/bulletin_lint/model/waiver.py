"""A waiver: which violations a person has accepted, why, and until when. Data only."""

from __future__ import annotations

from bulletin_lint._typing import Literal, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.location import Location


WaiverFlaw = Literal["malformed", "no-reason"]
WaiverFault = Literal["malformed", "no-reason", "unknown-rule", "not-waivable", "expired", "unused"]
"""What can be wrong with a waiver; the first two show when it is read."""

WAIVER_FAULTS: tuple[WaiverFault, ...] = (
    "malformed",
    "no-reason",
    "unknown-rule",
    "not-waivable",
    "expired",
    "unused",
)


class Waiver(NamedTuple):
    """One waiver, as it is written in a bulletin or in waivers.yaml."""

    path: str
    """The file it is written in."""
    location: Location
    text: str
    """As written, for messages."""
    line_text: str
    """The line it begins on."""
    codes: tuple[str, ...]
    """The rules' codes, former codes or names, as written."""
    reason: str
    by: str | None = None
    until: str | None = None
    """The last day it holds, YYYY-MM-DD."""
    flaw: WaiverFlaw | None = None
    """A waiver with a flaw silences nothing."""
    lines: tuple[int, int] | None = None
    """In a bulletin: the first and last line it speaks of, None for the whole file."""
    is_inline: bool = True
    glob: str = ""
    """In waivers.yaml: the files it speaks of, all where it is empty."""
    fingerprint: str = ""
    excerpt: str = ""
