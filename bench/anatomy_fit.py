"""The points by which the parts of a bulletin are told apart, fitted to labelled bulletins.

An averaged perceptron that begins at the points of the YAML. Where the best reading of a bulletin is wrong, what it
rests on is worth a little less afterwards and what the right one rests on a little more. Only points that the YAML
has are moved, those of features and those of moves; what hardly moved is put back, the rest rounded to a tenth.

Never give it bulletins that something is to be measured on.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from anatomy import Truth, labelled

WEIGHTS = Path(__file__).resolve().parents[1] / "rules" / "bulletin" / "structure.yaml"
RATE = 0.05
PASSES = 6
FAVOUR = 0.6
"""Points that every wrong label is given while fitting, so that the right reading comes to win clearly."""
LEAST = 0.05
"""A change below this is undone."""
_ROW = re.compile(r"^    (?P<name>\w+): \{(?P<values>[^}]*)\}$")
_SIGNED = {"A", "PA", "SG", "SD", "CPx"}
"""Behind these a caption is one behind an article."""

_TABLES = ("emit", "move")

Points = dict[str, dict[str, Any]]


class Bulletin(NamedTuple):
    """A labelled bulletin as the decoder sees it."""

    name: str
    evidence: Any
    facts: list[dict[str, float]]
    """By block, as they are before anything is compared with the text around it."""
    single: bool
    right: list[str | None]
    """By block: its label; None where a block holds lines of several."""


class Fitted(NamedTuple):
    """What fitting came to."""

    emit: Points
    move: Points
    mistakes: tuple[int, ...]
    """By pass: bulletins that were not wholly right, wrong labels being favoured."""


def bulletins(folders: Iterable[Path], grammar: Any) -> Iterator[Bulletin]:
    """The labelled bulletins of some folders."""
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.first_look import look
    from bulletin_lint.parsing.paragraphs import assemble
    from bulletin_lint.readers import ReadOptions, read

    for path, truth in labelled(folders):
        source = SourceFile(str(path), "text", explicit=True)
        document = assemble(str(path), read(source, ReadOptions(None), None), grammar)
        sheet = Blocks(document, grammar)
        found = look(sheet)
        right = list(_right(document, len(sheet), truth))
        facts = copy.deepcopy(found.evidence.facts)
        yield Bulletin(truth.name, found.evidence, facts, found.is_single, right)


def _right(document: Any, count: int, truth: Truth) -> Iterator[str | None]:
    above = ""
    for block in document.blocks[:count]:
        place = document.locate(block.span)
        lines = range(place.line, place.end_line + 1)
        labels = {truth.labels[line] for line in lines if line in truth.labels}
        label = labels.pop() if len(labels) == 1 else None
        if label == "P" and not truth.inline.isdisjoint(lines):
            label = "PA"
        elif label == "CP" and above in _SIGNED:
            label = "CPx"
        above = label or above
        yield label


def fit(given: Sequence[Bulletin], grammar: Any, definition: dict[str, Any]) -> Fitted:
    """The points that tell the given bulletins' parts apart best, beginning at those of a definition."""
    points = {name: copy.deepcopy(definition[name]) for name in _TABLES}
    total = {
        name: {label: dict.fromkeys(row, 0.0) for label, row in points[name].items()} for name in _TABLES
    }
    mistakes = []
    for _ in range(PASSES):
        wrong = 0
        for bulletin in given:
            wrong += _learn(bulletin, grammar, definition, points)
            _add(total, points)
        mistakes.append(wrong)
    steps = PASSES * len(given)
    emit, move = (_settled(definition[name], total[name], steps) for name in _TABLES)
    return Fitted(emit, move, tuple(mistakes))


def _learn(bulletin: Bulletin, grammar: Any, definition: dict[str, Any], points: dict[str, Points]) -> bool:
    """Reads a bulletin by some points, and moves them where the reading is wrong; whether it was."""
    from bulletin_lint.parsing.decoder import decode
    from bulletin_lint.parsing.structure import END, START, Structure

    grammar.structure = Structure({**definition, **points})
    bulletin.evidence.facts = copy.deepcopy(bulletin.facts)
    scores = [dict(own) for own in bulletin.evidence.scores()]
    for own, label in zip(scores, bulletin.right, strict=True):
        for other in own:
            own[other] += 0.0 if label in (other, None) else FAVOUR
    read = list(decode(scores, grammar.structure, single=bulletin.single).labels)
    right = [label or other for label, other in zip(bulletin.right, read, strict=True)]
    for facts, label, other in zip(bulletin.evidence.facts, right, read, strict=True):
        if label != other:
            for name, value in {"bias": 1.0, **facts}.items():
                _shift(points["emit"], label, name, RATE * value)
                _shift(points["emit"], other, name, -RATE * value)
    ways = (itertools.pairwise([START, *labels, END]) for labels in (right, read))
    for pair, other in zip(*ways, strict=True):
        if pair != other:
            _shift(points["move"], *pair, RATE)
            _shift(points["move"], *other, -RATE)
    return right != read


def _add(total: dict[str, Points], points: dict[str, Points]) -> None:
    for name, table in points.items():
        for label, row in table.items():
            for feature, value in row.items():
                total[name][label][feature] += value if _is_score(value) else 0.0


def _is_score(value: Any) -> bool:
    """Whether it is points, and not the name of a value of the house's."""
    return isinstance(value, (int, float))


def _shift(table: Points, label: str, name: str, points: float) -> None:
    """Moves a score that the table has. A caption behind an article shows what any caption shows."""
    row = table.get("CP" if label == "CPx" and label not in table else label, {})
    if _is_score(row.get(name)):
        row[name] += points


def _settled(before: Points, total: Points, steps: int) -> Points:
    after: Points = {}
    for label, row in before.items():
        after[label] = {}
        for name, value in row.items():
            mean = total[label][name] / steps
            is_moved = _is_score(value) and abs(mean - value) >= LEAST
            after[label][name] = round(mean, 1) if is_moved else value
    return after


def written(text: str, fitted: Fitted) -> str:
    """The YAML with the points put in; all else stays as it is."""
    lines, table = [], None
    for line in text.split("\n"):
        if line.startswith("  ") and not line.startswith("   ") and line.endswith(":"):
            table = {"emit": fitted.emit, "move": fitted.move}.get(line.strip(" :"))
        row = _ROW.match(line)
        if table is not None and row is not None and row["name"] in table:
            own = table[row["name"]]
            pairs = (pair.split(": ") for pair in row["values"].split(", "))
            values = ", ".join(f"{name}: {_shown(own.get(name, value))}" for name, value in pairs)
            line = f"    {row['name']}: {{{values}}}"
        lines.append(line)
    return "\n".join(lines)


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def run(folders: Sequence[Path], path: Path = WEIGHTS) -> str:
    """Fits the points of a YAML file to labelled bulletins and writes them into it; says what moved."""
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.parsing import Grammar
    from bulletin_lint.rulebook.load import load_rulebook

    rulebook = load_rulebook(Settings())
    forms = rulebook.grammar
    fold = forms["forms"].get("fold")
    grammar = Grammar(forms, rulebook.table(fold) if fold else None)
    fitted = fit(list(bulletins(folders, grammar)), grammar, forms["structure"])
    moved = [
        f"{label}.{name} {before:g} → {table[label][name]:g}"
        for title, table in (("emit", fitted.emit), ("move", fitted.move))
        for label, row in forms["structure"][title].items()
        for name, before in row.items()
        if table[label][name] != before
    ]
    path.write_text(written(path.read_text(encoding="utf-8"), fitted), encoding="utf-8")
    passes = ", ".join(map(str, fitted.mistakes))
    return f"bulletins not wholly right, by pass: {passes}\n{len(moved)} points moved: {', '.join(moved)}"
