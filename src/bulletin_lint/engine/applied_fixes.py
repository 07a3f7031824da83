"""Which fixes of one text can be made together, and the text with them made."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

from bulletin_lint.model.violation import Edit, Fix


def apply_fixes(text: str, fixes: Sequence[Fix]) -> tuple[str, int]:
    """The text with the fixes made, and how many were.

    In the order of their places, whatever order they are given in; a fix that overlaps one made
    before it is left out with all its edits. Of two insertions at one place only one is made.
    """
    changed, taken = applied_fixes(text, fixes)
    return changed, len(taken)


def applied_fixes(text: str, fixes: Sequence[Fix]) -> tuple[str, list[Fix]]:
    """The same with the fixes that were made."""
    taken = _compatible(text, fixes)
    pieces: list[str] = []
    position = 0
    for edit in sorted(edit for fix in taken for edit in fix.source_edits):
        pieces.append(text[position : edit.span.start])
        pieces.append(edit.text)
        position = edit.span.end
    pieces.append(text[position:])
    return "".join(pieces), taken


def _compatible(text: str, fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes that can be made together, those that change nothing left out."""
    taken: list[Fix] = []
    made: list[Edit] = []
    for edits, fix in sorted((sorted(fix.source_edits), fix) for fix in fixes):
        if all(text[edit.span.start : edit.span.end] == edit.text for edit in edits):
            continue
        if any(map(_overlap, edits, edits[1:])) or any(_collides(edit, made) for edit in edits):
            continue
        for edit in edits:
            insort(made, edit)
        taken.append(fix)
    return taken


def _collides(edit: Edit, made: Sequence[Edit]) -> bool:
    """Whether an edit overlaps one of those made, which are in order."""
    index = bisect_right(made, edit)
    return any(_overlap(before, edit) for before in made[max(0, index - 1) : index]) or any(
        _overlap(edit, after) for after in made[index : index + 1]
    )


def _overlap(first: Edit, second: Edit) -> bool:
    """Whether two edits, the first not after the second, touch the same characters or begin at one place."""
    return first.span.start == second.span.start or second.span.start < first.span.end
