"""Text layers with a space after every character, as programs that recognise characters write them."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.pdf.page import Page, Run

FEWEST = 40
"""Ideographs beside one another, from which on the share of those set apart means something."""
MOST_APART = 0.6
"""The share of ideographs with a space before the next one, beyond which no author typed them."""

_APART = compiled("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_BESIDE = compiled("(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_FIGURES_APART = compiled("(?<=[0-9]) (?=[0-9])")
_FIGURES_BESIDE = compiled("(?<=[0-9])(?=[0-9])")


def are_spaced(pages: Sequence[Page]) -> bool:
    """Whether most ideographs of a document have a space between them."""
    apart = beside = 0
    for page in pages:
        # A page with few spaces need not be looked through.
        text = "".join([run.text for run in page.runs])
        if 4 * text.count(" ") < len(text):
            beside += len(text)
            continue
        apart += sum(1 for _ in _APART.finditer(text))
        beside += sum(1 for _ in _BESIDE.finditer(text))
    return apart + beside >= FEWEST and apart > MOST_APART * (apart + beside)


def without_spaces(line: Sequence[Run]) -> list[Run]:
    """A line without the spaces beside a Chinese character or mark; if the figures of the line are set apart
    too, without those between other characters either.
    """
    text = "".join([run.text for run in line])
    every = any(_FIGURES_APART.finditer(text)) and not any(_FIGURES_BESIDE.finditer(text))
    kept: list[Run] = []
    at = 0
    for run in line:
        stays = [
            character != " "
            or not (every or _is_wide(text, at + index - 1) or _is_wide(text, at + index + 1))
            for index, character in enumerate(run.text)
        ]
        at += len(run.text)
        if all(stays):
            kept.append(run)
        elif any(stays):
            kept.append(_kept(run, stays))
    return kept or list(line)


def _is_wide(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index] > "\u2e7f"


def _kept(run: Run, stays: Sequence[bool]) -> Run:
    """The characters of a run that stay; each of them reaches to the next one."""
    pairs = [
        (character, left) for character, left, stay in zip(run.text, run.lefts, stays, strict=True) if stay
    ]
    text = "".join(character for character, _ in pairs)
    return Run(text, [left for _, left in pairs], run.right, run.baseline, run.face)
