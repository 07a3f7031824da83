"""Seals: letters turned round a ring, what stands level within it in their colour, a star over text."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Run

FEWEST = 4
"""So many letters, each turned by itself, are a ring; fewer are marks in a margin."""
COLOURED = 0.05
"""From this lightness on type is not black: black type within a seal is the text that it was put on."""
SAME = 0.02
"""Lightnesses of one colour differ by less."""
STARS = frozenset("★☆")


def with_seals_set_apart(runs: Sequence[Run]) -> Sequence[Run]:
    """The runs, with those of a seal as turned as the others of its ring: none of them is of a line."""
    if not any(run.face.turned or run.text in STARS for run in runs):
        return runs
    ring = [run for run in runs if run.face.turned and len(run.text.strip()) == 1]
    box = _around(ring)
    shades = {run.face.shade for run in ring if run.face.shade >= COLOURED}

    def is_of_seal(run: Run) -> bool:
        if run.text in STARS and _is_over_text(run, runs):
            return True
        if box is None or not (
            box[0] <= run.start and run.stop <= box[2] and box[1] <= run.baseline <= box[3]
        ):
            return False
        return any(abs(run.face.shade - shade) < SAME for shade in shades) or (
            len(run.text) == 1 and _is_alone(run, runs)
        )

    return [
        run.with_face(run.face._replace(turned=True)) if not run.face.turned and is_of_seal(run) else run
        for run in runs
    ]


def _around(letters: Sequence[Run]) -> tuple[float, float, float, float] | None:
    """The box of a ring, with room for the letter at its top, which is level."""
    if len(letters) < FEWEST:
        return None
    size = max(run.face.size for run in letters)
    return (
        min(run.left for run in letters) - size,
        min(run.baseline for run in letters) - 2 * size,
        max(run.right for run in letters) + size,
        max(run.baseline for run in letters) + size,
    )


def _is_alone(run: Run, runs: Sequence[Run]) -> bool:
    """Whether nothing stands beside a letter, as beside the one at the top of a ring."""
    size = run.face.size
    return not any(
        other is not run
        and abs(other.baseline - run.baseline) < 0.2 * size
        and other.left < run.right + size
        and other.right > run.left - size
        and not other.face.turned
        for other in runs
    )


def _is_over_text(run: Run, runs: Sequence[Run]) -> bool:
    """Whether a star lies over other characters: one that is typed stands beside them."""
    top, bottom = run.baseline - ASCENT * run.face.size, run.baseline + DESCENT * run.face.size
    inner = 0.2 * run.face.size
    return any(
        other.text not in STARS
        and other.left < run.right - inner
        and other.right > run.left + inner
        and other.baseline - ASCENT * other.face.size < bottom - inner
        and other.baseline + DESCENT * other.face.size > top + inner
        for other in runs
    )
