"""What a document shows before its structure is decided: where masthead and imprint seem to be, and more."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing.features import Evidence
from bulletin_lint.parsing.last_source import after_last_source
from bulletin_lint.parsing.masthead import Masthead, parse_masthead
from bulletin_lint.parsing.tail import annexes_behind, find_tail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks


class Found(NamedTuple):
    """What is seen of a document before its structure is decided."""

    evidence: Evidence
    masthead: Masthead
    """Where it seems to be: a hint among others, like where the imprint seems to begin."""
    is_single: bool
    """It is an article rather than an issue, for it has no number."""


def look(sheet: Blocks) -> Found:
    """What the blocks of a document show."""
    end = annexes_behind(sheet)
    tail = find_tail(sheet, end)
    # Where no imprint stands above them, they are annexes as others are.
    end = end if tail < end else len(sheet)
    tail = after_last_source(sheet, tail if tail < end else len(sheet))
    found = parse_masthead(sheet, tail)
    masthead, head, _ = found
    is_single = not (masthead.list("issue_number") or masthead.list("cumulative_number"))
    if is_single and masthead.child("date") is None:
        head = 0
    return Found(Evidence(sheet, masthead, head, tail, end), found, is_single)
