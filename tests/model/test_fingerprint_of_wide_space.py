"""Fingerprints where a line is set wide: written down here, because baselines and waivers keep them."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bulletin_lint.model.fingerprint import LENGTH, fingerprints
from bulletin_lint.model.location import Location
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import same

BEFORE, AFTER = "甲乙丙丁戊己庚辛壬癸子丑寅卯", "天地玄黄宇宙洪荒日月盈昃辰宿"
"""Fourteen letters on either side of what is wrong."""


def fingerprint(line: str, found: str) -> str:
    """That of a violation on some words of a line."""
    start = line.index(found) + 1
    where = Location(7, start, 7, start + len(found))
    violation = Violation("1.md", where, "PUN002", "a-rule", "error", same("误"), "", line, line_text=line)
    (mark,) = fingerprints([violation])
    return mark


def expected(before: str, after: str) -> str:
    """The documented content: the words, and what stands on either side, without white space."""
    return sha256(f"{before}\t,\t{after}".encode()).hexdigest()[:LENGTH]


@pytest.mark.parametrize(
    ("gap", "kept"),
    [
        # Twelve characters of context, looked for among 48: with a gap of g they hold 48 / (g + 1) letters.
        (0, 12),
        (1, 12),
        (2, 12),
        (3, 12),
        (5, 8),
        (7, 6),
        (11, 4),
    ],
)
@pytest.mark.parametrize("space", [" ", "\u3000"])
def test_context_is_looked_for_so_far_and_no_farther(space: str, gap: int, kept: int) -> None:
    before = "".join(letter + space * gap for letter in BEFORE)
    after = "".join(space * gap + letter for letter in AFTER)

    assert expected(BEFORE[-kept:], AFTER[:kept]) == fingerprint(f"{before},{after}", ",")


def test_one_fingerprint_for_all_time() -> None:
    """`printf '戊己庚辛壬癸子丑\\t,\\t天地玄黄宇宙洪荒' | sha256sum`"""
    before = "".join(f"{letter}     " for letter in "甲乙丙丁戊己庚辛壬癸子丑")
    after = "".join(f"     {letter}" for letter in "天地玄黄宇宙洪荒日月盈昃")

    assert "ebd3ec40a46a82d8" == fingerprint(f"{before},{after}", ",")
