"""Why a line was read as what it was: the points of its labels, feature by feature."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.first_look import look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Document
    from bulletin_lint.parsing.grammar import Grammar


class Sum(NamedTuple):
    """What a line's features say for one label."""

    label: str
    total: float
    parts: tuple[tuple[str, float], ...]
    """Each feature with its points, the largest first; `bias` is what the label has anyway."""


def sums(document: Document, block: int, grammar: Grammar) -> list[Sum]:
    """The labels that a block may have, the best first, with what speaks for each."""
    evidence = look(Blocks(document, grammar)).evidence
    evidence.scores()
    structure, facts = grammar.structure, evidence.facts[block]
    found = []
    for label in sorted(evidence.labels[block]):
        parts = [("bias", structure.biases[label])]
        for name, value in facts.items():
            points = dict(structure.weights[name]).get(label)
            if points:
                parts.append((name, points * value))
        parts.sort(key=lambda part: -abs(part[1]))
        found.append(Sum(label, sum(points for _, points in parts), tuple(parts)))
    return sorted(found, key=lambda one: -one.total)
