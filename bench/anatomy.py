"""How well bulletins are taken apart: titles, attributions, every line, and what ATT001 says for it.

A labelled bulletin is a text NAME and NAME.json beside it: `labels` gives each line that is not blank (1-based)
its label, `inline` the lines on which a paragraph ends in an attribution. What the labels mean, and how they are
written, stands in fixtures/README.md; the truth is never taken from what the program reads.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures" / "structure"
SHARED = ROOT.parent / "shared" / "structure"
"""Further labelled bulletins, measured where they are at hand."""
UNSEEN, SEED = 200, 1
"""How many bulletins of styles that nobody tunes to, and the seed they are drawn with."""

COARSE = {
    "CH": "C", "CE": "C", "NB": "N", "NL": "N", "T2": "T", "S": "P", "PA": "P", "SG": "A", "D": "I", "CPx": "CP",
}  # fmt: skip
"""Labels that a reader who does not know the finer ones has as one."""
_ENDS = ("T", "K", "I", "D", "CH", "NB")
"""What the article above a line ends at."""
_BLOCK_LABELS = {
    "section": "S", "heading": "H", "table": "R", "caption": "CP", "signature": "SG", "signed_date": "SD",
    "annex": "X",
}  # fmt: skip
_MARGINS = (0.5, 1.0, 2.0)
"""Where the distances to the next best reading are parted; from the last one on a reading is sure."""


class Article(NamedTuple):
    """An article's lines, the end exclusive, and whether it says who supplied it."""

    start: int
    stop: int
    signed: bool


class Truth(NamedTuple):
    """What a labelled bulletin holds."""

    name: str
    labels: dict[int, str]
    inline: frozenset[int]

    @property
    def titles(self) -> set[int]:
        """The lines on which titles begin."""
        return {line for line, label in self.labels.items() if label == "T"}

    @property
    def attributions(self) -> set[int]:
        """The lines on which attributions stand."""
        # Several that sign together, a line each, are one source, and so are an office and who wrote there.
        return {
            line
            for line, label in self.labels.items()
            if label in ("A", "SG") and self.labels.get(line - 1) != label
        } | self.inline

    @property
    def articles(self) -> list[Article]:
        """The articles, in order; each ends at the next title, column or imprint."""
        found, signed = [], self.attributions
        for start in sorted(self.titles):
            later = (line for line, label in self.labels.items() if line > start and label in _ENDS)
            stop = min(later, default=max(self.labels) + 1)
            found.append(Article(start, stop, any(start <= line < stop for line in signed)))
        return found


class Answer(NamedTuple):
    """What the program reads in a bulletin and says of its attributions."""

    titles: set[int]
    attributions: set[int]
    labels: dict[int, str]
    said: tuple[int, ...]
    """The lines of ATT001."""
    doubted: tuple[int, ...]
    """Lines of which it says that another reading is about as good; line 0 where it doubts all attributions."""
    margins: dict[int, float] | None
    """Line to the distance of a reading in which an article begins there and in this not, or the other way
    round: of the doubtful ones. None for a reader that knows no doubt.
    """
    seconds: float
    """For reading the parts."""


class Score(NamedTuple):
    """One bulletin's truth and answer."""

    truth: Truth
    answer: Answer

    @property
    def wrong_boundaries(self) -> set[int]:
        """Lines that begin an article in one of the two only."""
        return self.truth.titles ^ self.answer.titles

    @property
    def is_right(self) -> bool:
        """Whether every title and attribution stands where it should."""
        return not self.wrong_boundaries and self.truth.attributions == self.answer.attributions

    @property
    def wrong_lines(self) -> list[tuple[int, str, str]]:
        """Lines with another label than they should have: line, the right one, the one read."""
        read = self.answer.labels
        found = ((line, label, read.get(line, "-")) for line, label in self.truth.labels.items())
        return [each for each in found if _coarse(each[1]) != _coarse(each[2])]

    def attribution_rule(self) -> Counter[str]:
        """What ATT001 makes of the articles: missing, found, cannot-assess, silent, false."""
        counts: Counter[str] = Counter()
        missing = [article for article in self.truth.articles if not article.signed]
        for start, stop, _ in missing:
            if any(start <= line < stop for line in self.answer.said):
                outcome = "found"
            elif any(line == 0 or start <= line <= stop for line in self.answer.doubted):
                outcome = "cannot-assess"
            else:
                outcome = "silent"
            counts[outcome] += 1
        counts["missing"] = len(missing)
        counts["false"] = sum(
            not any(start <= line < stop for start, stop, _ in missing) for line in self.answer.said
        )
        return counts


def _coarse(label: str) -> str:
    return COARSE.get(label, label)


def labelled(folders: Iterable[Path]) -> Iterator[tuple[Path, Truth]]:
    """The labelled bulletins of folders, in the order of their names.

    Raises:
        SystemExit: a folder holds none, or a label stands on no line of text.
    """
    for folder in folders:
        found = [path for path in sorted(folder.rglob("*.json")) if path.with_suffix("").is_file()]
        if not found:
            sys.exit(f"{folder} holds no labelled bulletin (NAME beside NAME.json)")
        for path in found:
            yield path.with_suffix(""), truth_of(path)


def truth_of(path: Path) -> Truth:
    """The labels in a file NAME.json.

    Raises:
        SystemExit: its lines are not those of NAME that hold text.
    """
    given = json.loads(path.read_text(encoding="utf-8"))
    labels = {int(line): label for line, label in given["labels"].items()}
    lines = path.with_suffix("").read_text(encoding="utf-8").split("\n")
    texts = {number for number, text in enumerate(lines, 1) if text.strip() and not is_rule(text)}
    if wrong := sorted(texts ^ {line for line in labels if line in texts or line > len(lines)}):
        sys.exit(f"{path}: line {wrong[0]} of {path.stem} has text and no label, or the other way round")
    return Truth(path.stem, labels, frozenset(given.get("inline") or ()))


def is_rule(text: str) -> bool:
    """Whether a line is a rule between parts or between the cells of a table, which no part is made of."""
    signs = "".join(text.split())
    is_one_sign = len(signs) > 2 and len(set(signs)) == 1 and not signs[0].isalnum()
    return is_one_sign or set(signs) <= set("-—―─━═=＝*_＿~～|:")


class Reader:
    """The program, asked in this process: what it costs is parsing, not starting."""

    def __init__(self) -> None:
        from bulletin_lint.config.settings import Settings
        from bulletin_lint.engine.linter import Linter
        from bulletin_lint.rulebook.load import load_rulebook

        rulebook = load_rulebook(Settings())
        self._linter = Linter(rulebook, rulebook.select(), required=Settings().required)
        self._rulebook = rulebook

    def answer(self, path: Path) -> Answer:
        """What `extract` and `check` say of a file."""
        from bulletin_lint.model.source import SourceFile
        from bulletin_lint.reporters.parts_json import as_json

        linted = self._linter.lint(SourceFile(str(path), "text", explicit=True))
        if linted.document is None:
            sys.exit(f"{path} cannot be read: {linted.result.error}")
        shown = as_json(linted.document)
        places = [article["title"]["line"] for article in shown["articles"] if article["title"]]
        signed = [entry["attribution"]["line"] for entry in shown["articles"] if entry["attribution"]]
        decided = shown.get("structure")
        doubts = decided["doubts"] if decided else ()
        doubted = tuple(each["line"] for each in doubts)
        if linted.result.outcomes.get("ATT001") == "cannot-assess" and not doubted:
            doubted = (0,)
        return Answer(
            titles=set(places),
            attributions=set(signed),
            labels=labels_of(shown, path.read_text(encoding="utf-8")),
            said=tuple(v.location.line for v in linted.result.violations if v.code == "ATT001"),
            doubted=doubted,
            margins=_boundary_margins(doubts) if decided else None,
            seconds=self._seconds(path),
        )

    def _seconds(self, path: Path) -> float:
        from bulletin_lint.model.source import SourceFile
        from bulletin_lint.parsing import Grammar, parse
        from bulletin_lint.readers import ReadOptions, read

        source = SourceFile(str(path), "text", explicit=True)
        forms = self._rulebook.grammar
        fold = forms["forms"].get("fold")
        grammar = Grammar(forms, self._rulebook.table(fold) if fold else None)
        times = []
        for _ in range(3):
            reading = read(source, ReadOptions(None), None)
            start = time.process_time()
            parse(str(path), reading, grammar)
            times.append(time.process_time() - start)
        return min(times)


def _boundary_margins(doubts: Iterable[dict[str, Any]]) -> dict[int, float]:
    return {each["line"]: each["margin"] for each in doubts if "T" in (each["label"], each["other"])}


def labels_of(shown: dict[str, Any], text: str) -> dict[int, str]:
    """The label of each line with text: as `extract` gives it, else that of the part which begins at or above it."""
    if decided := shown.get("structure"):
        return {
            line: block["label"]
            for block in decided["labels"]
            for line in range(block["line"], block["end_line"] + 1)
        }
    begun: dict[int, str] = {}
    for line, label in _parts(shown):
        begun.setdefault(line, label)
    labels, label = {}, "-"
    for number, line in enumerate(text.split("\n"), 1):
        label = begun.get(number, label)
        if line.strip() and not is_rule(line):
            labels[number] = label
    return labels


def _parts(shown: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The lines on which parts begin and what they are; the first to name a line is the one that counts."""
    for name, label in (("masthead", "M"), ("imprint", "I")):
        for part in shown[name].values():
            for each in [part, *part.get("more", ())] if part else ():
                yield each["line"], label
    for name, label in (("contents", "CE"), ("distribution", "D")):
        for part in shown[name]:
            yield part["line"], label
    for name, label in (("note", "N"), ("copies", "D"), ("printed", "D")):
        if shown[name]:
            yield shown[name]["line"], label
    for article in shown["articles"]:
        for name, label in (("column", "K"), ("title", "T")):
            if article[name]:
                yield article[name]["line"], label
        for block in article["blocks"]:
            yield block["line"], _BLOCK_LABELS.get(block["kind"], "P")
        signed = [article["attribution"], *article.get("more_attributions", ())]
        for part in filter(None, signed):
            yield part["line"], "A"


def f1(pairs: Iterable[tuple[set[Any], set[Any]]]) -> float:
    """Twice what two sets share over what both hold, over all pairs; 1 where there is nothing."""
    shared = both = 0
    for right, read in pairs:
        shared += len(right & read)
        both += len(right) + len(read)
    return 2 * shared / both if both else 1.0


def lines_of_report(name: str, scores: Sequence[Score]) -> list[str]:
    """The figures of some bulletins, one fact a line."""
    title = f1((each.truth.titles, each.answer.titles) for each in scores)
    signed = f1((each.truth.attributions, each.answer.attributions) for each in scores)
    count = len(scores)
    right = sum(each.is_right for each in scores)
    whole = sum(each.is_right and not each.wrong_lines for each in scores)
    wrong = Counter((label, read) for each in scores for _, label, read in each.wrong_lines)
    texts = sum(len(each.truth.labels) for each in scores)
    rule = sum((each.attribution_rule() for each in scores), Counter[str]())
    cost = statistics.mean(each.answer.seconds for each in scores) * 1000
    report = [
        f"{name}: {count} bulletins, {cost:.2f} ms each",
        f"  titles F1 {title:.1%}   attributions F1 {signed:.1%}   lines {1 - wrong.total() / texts:.1%}",
        f"  titles and attributions right {right} ({right / count:.1%}), every line too {whole} ({whole / count:.1%})",
        f"  ATT001: {rule['missing']} missing, {rule['found']} found, {rule['cannot-assess']} cannot-assess, "
        f"{rule['silent']} silent; {rule['false']} false",
    ]
    if wrong:
        pairs = ", ".join(f"{label}→{read} {times}" for (label, read), times in wrong.most_common(12))
        report.append(f"  lines read as something else: {pairs}")
    report += _by_margin(scores)
    return report


def _by_margin(scores: Sequence[Score]) -> Iterator[str]:
    """How many article boundaries are wrong at each distance to the next reading, where that is known."""
    known = [
        (each.answer.margins.get(line, float("inf")), line in each.wrong_boundaries)
        for each in scores
        if each.answer.margins is not None
        for line in each.truth.titles | each.answer.titles
    ]
    if not known:
        return
    bounds = (0.0, *_MARGINS, float("inf"))
    shown = []
    for low, high in itertools.pairwise(bounds):
        here = [is_wrong for margin, is_wrong in known if low <= min(margin, _MARGINS[-1]) < high]
        name = "sure" if low == _MARGINS[-1] else f"{low:g}–{high:g}"
        shown.append(f"{name}: {sum(here)} of {len(here)}")
    yield "  wrong boundaries by margin: " + ", ".join(shown)


def faults_of(score: Score) -> list[str]:
    """What is wrong with one bulletin, for a person who mends it."""
    faults = []
    for what, right, read in (
        ("titles", score.truth.titles, score.answer.titles),
        ("attributions", score.truth.attributions, score.answer.attributions),
    ):
        if right != read:
            faults.append(f"{what}: missed {sorted(right - read)}, invented {sorted(read - right)}")
    faults += [f"line {line}: {label} read as {read}" for line, label, read in score.wrong_lines]
    rule = score.attribution_rule()
    faults += [f"ATT001 {word} {rule[word]}" for word in ("silent", "false") if rule[word]]
    return faults


def measured(folders: Iterable[Path]) -> list[Score]:
    """The labelled bulletins of some folders, read."""
    reader = Reader()
    return [Score(truth, reader.answer(path)) for path, truth in labelled(folders)]


def generated(kind: str, folder: Path, count: int, seed: int) -> Path:
    """A folder of bulletins made for the occasion: of `houses` that the tests know, or of `unseen` ones."""
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    import labelled_bulletins

    return labelled_bulletins.write(folder / kind, count, seed, kind)


def run(arguments: Sequence[str]) -> None:
    """`python bench anatomy [--fit] [--show] [--seed N] [--count N] [DIR…]`."""
    parser = argparse.ArgumentParser(prog="bench anatomy", description=__doc__)
    parser.add_argument("--show", action="store_true", help="each bulletin that is not wholly right")
    parser.add_argument("--seed", type=int, default=SEED, help="of the generated bulletins")
    parser.add_argument("--count", type=int, default=UNSEEN, help="how many of each kind are generated")
    parser.add_argument("folders", type=Path, nargs="*", metavar="DIR", help="labelled bulletins; else all")
    parser.add_argument("--fit", action="store_true", help="fit the points of structure.yaml to DIR first")
    given = parser.parse_args(arguments)
    if given.fit:
        import anatomy_fit

        print(anatomy_fit.run(given.folders or [FIXTURES, *SHARED.glob("dev/")]))
    with tempfile.TemporaryDirectory() as name:
        folders = given.folders or [
            FIXTURES,
            *(each for each in sorted(SHARED.glob("*/")) if any(each.iterdir())),
        ]
        if not given.folders:
            folders += [generated(kind, Path(name), given.count, given.seed) for kind in ("houses", "unseen")]
        for folder in folders:
            scores = measured([folder])
            print("\n".join(lines_of_report(folder.name, scores)))
            for score in scores if given.show else ():
                for fault in faults_of(score):
                    print(f"    {score.truth.name}: {fault}")


if __name__ == "__main__":
    run(sys.argv[1:])
