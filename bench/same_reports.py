"""`python bench same-reports`: the reports of the working tree are, byte for byte, those of another revision.

Both programs run over copies of the same files, each in a folder of its own, and everything they print or
write is compared: JSON with all outcomes first of all. What may differ is `EXCEPTIONS`, and nothing else.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import report_inputs
from report_runs import Answer, Group, Side, Task, answers, groups, rule_codes

ROOT = Path(__file__).resolve().parents[1]
GONGWEN = "extends: [jianbao, gongwen]\n"
_DIFFERENCES_SHOWN = 3
_AROUND = 60


# --- What may differ ------------------------------------------------------------------------------------

UNDECIDED = ("pass", "cannot-assess", "not-applicable")


class Exceptions(NamedTuple):
    """Differences that are meant. A violation is never one of them."""

    outcomes: frozenset[str] = frozenset({"REF010", "REF012"})
    """Rules whose outcome may be another of `UNDECIDED`; the counts of outcomes in the summary follow."""
    keys: tuple[str, ...] = ("reasons",)
    """Keys of a document in the JSON report, beside `outcomes`, that only one side may have."""
    version: re.Pattern[str] = re.compile(
        r'("name": "bulletin-lint",\s*"version": ")[^"]*(",(?:\s*"semanticVersion": ")?)?[0-9.]*'
    )
    """The version of the program, in the formats that tell it."""
    clock: re.Pattern[str] = re.compile(r'(?<= timestamp=")[0-9T:-]+(?=")')
    """When the run was, which JUnit's format wants to know."""


EXCEPTIONS = Exceptions()
OF_PLAIN_MODE = EXCEPTIONS._replace(outcomes=frozenset())
"""Without its short cuts the program is the same program."""


_COUNTS_IN_SARIF = re.compile(
    r'(?<="outcomes": \{)\s+"pass": (\d+),\s+("fail": \d+),\s+"cannot-assess": (\d+),\s+"not-applicable": (\d+)\s+(?=\})'
)
"""SARIF tells of a whole run only how often each outcome was, not which rule had it."""


def _together(counts: re.Match[str]) -> str:
    return f"{counts[2]}, undecided: {int(counts[1]) + int(counts[3]) + int(counts[4])}"


def comparable(text: str, side: Side, exceptions: Exceptions) -> str:
    """A report without what may differ, and without where the side's files and program are."""
    text = text.replace(str(side.inputs), "<inputs>").replace(str(side.tree), "<tree>")
    text = exceptions.clock.sub("", exceptions.version.sub(r"\1\2", text))
    if exceptions.outcomes:
        text = _COUNTS_IN_SARIF.sub(_together, text)
    lost: Counter[str] = Counter()
    lines = [
        _document(line, exceptions, lost) if '"outcomes": {' in line else line
        for line in text.splitlines(keepends=True)
    ]
    return "".join(_summary(line, lost) if line.startswith('  "summary": ') else line for line in lines)


def _document(line: str, exceptions: Exceptions, lost: Counter[str]) -> str:
    """A document's line without the excepted keys and outcomes; what was taken out is counted in `lost`."""
    if line.startswith('  "summary": '):
        return line
    for key in exceptions.keys:
        # A quotation mark within a string has a backslash before it, so this is a key.
        found = re.search(rf'(?<!\\)(, )?"{key}": ', line)
        if found:
            _, end = json.JSONDecoder().raw_decode(line, found.end())
            line = (
                line[: found.start()]
                + line[end if found[1] else re.compile("(, )?").match(line, end).end() :]
            )  # type: ignore[union-attr]
    for code in sorted(exceptions.outcomes):

        def hidden(match: re.Match[str]) -> str:
            lost[match[2]] += 1
            return f"{match[1]}<excepted>"

        line = re.sub(rf'("{code}": ")({"|".join(UNDECIDED)})(?=")', hidden, line)
    return line


def _summary(line: str, lost: Counter[str]) -> str:
    """The summary's line, its counts of outcomes without those that were taken out."""
    return re.sub(
        rf'("({"|".join(UNDECIDED)})": )([0-9]+)',
        lambda match: f"{match[1]}{int(match[3]) - lost[match[2]]}",
        line,
    )


# --- Comparing ------------------------------------------------------------------------------------------


def _assert_sound(task: Task, answer: Answer) -> None:
    """Ends the run where an answer says that the bench itself is at fault; two such answers are alike too."""
    words = " ".join(task.arguments)[:200]
    if answer.code not in (0, 1, 2) or "Traceback" in answer.err or "No module named" in answer.err:
        sys.exit(f"in {task.folder}: {words} ended with {answer.code}: {answer.err[-2000:]}")
    if task.files:
        summary = json.loads(answer.out)["summary"]
        read = summary["documents"] + summary["skipped_documents"]
        if read != task.files:
            sys.exit(f"in {task.folder}: {words} read {read} files of {task.files}")


def _differences(label: str, old: str, new: str) -> Iterator[str]:
    """The first lines that differ, cut to what is around the first difference."""
    before, after = old.splitlines(), new.splitlines()
    if len(before) != len(after):
        yield f"    {label}: {len(before)} lines became {len(after)}"
    if before == after:
        yield f"    {label}: other line ends"
    shown = 0
    for number, (left, right) in enumerate(zip(before, after, strict=False), 1):
        if left != right:
            at = next(
                (index for index, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
                min(len(left), len(right)),
            )
            cut = slice(max(0, at - _AROUND), at + _AROUND)
            yield f"    {label}, line {number}, column {at + 1}\n      - {left[cut]}\n      + {right[cut]}"
            shown += 1
            if shown == _DIFFERENCES_SHOWN:
                return


def _compared(
    group: Group, sides: tuple[Side, Side], exceptions: Exceptions, pool: ThreadPoolExecutor
) -> bool:
    """Runs a group on both sides at once and says whether all answers are the same."""
    start = time.perf_counter()
    old, new = pool.map(answers, sides, (group, group))
    differing: list[tuple[Task, list[str]]] = []
    size = excepted = 0
    for task, first, second in zip(group.tasks, old, new, strict=True):
        size += len(first.out.encode()) + len(first.err.encode())
        _assert_sound(task, first)
        said: list[str] = []
        if first.code != second.code:
            said.append(f"    exit code {first.code} became {second.code}")
        for label, left, right in (("output", first.out, second.out), ("errors", first.err, second.err)):
            if left == right:
                continue
            one, other = (
                comparable(left, sides[0], exceptions),
                comparable(right, sides[1], exceptions),
            )
            if one != other:
                said += _differences(label, one, other)
            else:
                excepted += 1
        if said:
            differing.append((task, said))
    verdict = (
        f"DIFFERENT in {len(differing)}"
        if differing
        else f"same ({excepted} but for exceptions)"
        if excepted
        else "same"
    )
    files = sum(task.files for task in group.tasks)
    _say(
        group.name,
        len(group.tasks),
        f"{files:5,} files" if files else "",
        size,
        time.perf_counter() - start,
        verdict,
    )
    for task, said in differing[:_DIFFERENCES_SHOWN]:
        print(f"  in {task.folder}: {' '.join(task.arguments)[:150]}")
        print("\n".join(said))
    return not differing


def _say(name: str, runs: int, files: str, size: int, seconds: float, verdict: str) -> None:
    print(
        f"same-reports  {name:36} {runs:4} runs {files:11} {size:12,} bytes {seconds:5.1f} s  {verdict}",
        flush=True,
    )


def _written(sides: tuple[Side, Side]) -> bool:
    """Whether the inputs, some of which were written to, are alike afterwards."""
    trees = [
        {
            path.relative_to(side.inputs).as_posix(): path.read_bytes()
            for path in side.inputs.rglob("*")
            if path.is_file()
        }
        for side in sides
    ]
    differing = sorted(
        name for name in trees[0].keys() | trees[1].keys() if trees[0].get(name) != trees[1].get(name)
    )
    size = sum(map(len, trees[0].values()))
    _say(
        "files afterwards",
        1,
        f"{len(trees[0]):5,} files",
        size,
        0,
        f"DIFFERENT in {len(differing)}" if differing else "same",
    )
    for name in differing[:_DIFFERENCES_SHOWN]:
        texts = [tree.get(name, b"").decode("utf-8", "backslashreplace") for tree in trees]
        print("\n".join(_differences(name, *texts)))
    return not differing


# --- The whole ------------------------------------------------------------------------------------------


def _checkout(revision: str, folder: Path) -> Path:
    """The tree of a revision, without a trace in the repository."""
    done = subprocess.run(["git", "archive", "--format=tar", revision], cwd=ROOT, capture_output=True)
    if done.returncode:
        sys.exit(f"there is no revision {revision}: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _assert_program(side: Side) -> None:
    """That a side runs the program of its own tree."""
    code = "import bulletin_lint; print(bulletin_lint.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=side.inputs, env=side.environment(), capture_output=True, text=True
    )
    if not Path(found.stdout.strip() or "/").is_relative_to(side.tree):
        sys.exit(
            f"{side.name} would run {found.stdout.strip() or found.stderr}, not the program in {side.tree}"
        )


def _make_inputs(tree: Path, shared: Path, inputs: Path, *, quick: bool) -> None:
    """The files that both sides read, generators and fixtures taken from one tree."""
    inputs.mkdir(parents=True)
    report_inputs.copy_fixtures(tree, inputs)
    if not quick:
        report_inputs.copy_shared(shared, inputs)
    count = 60 if quick else 300
    drawn = report_inputs.write_bulletins(tree, inputs / "generated", count)
    print(f"same-reports  {count} bulletins made as text, {drawn} of them as PDF too")
    report_inputs.write_series(tree, inputs / "series")
    # Only its whole code wakes a rule that is off.
    every = f"{GONGWEN}select: [{', '.join(rule_codes(tree))}]\n"
    (inputs / "gongwen.yaml").write_text(GONGWEN, encoding="utf-8")
    (inputs / "every-rule.yaml").write_text(every, encoding="utf-8")
    (inputs / "bad-settings").mkdir()
    for path in sorted((inputs / "fixtures" / "bad-packs").glob("*.yaml")):
        pack = f"extends: [../fixtures/bad-packs/{path.name}]\n"
        (inputs / "bad-settings" / path.name).write_text(pack, encoding="utf-8")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python bench same-reports", description=__doc__)
    parser.add_argument(
        "--against", metavar="REV", default="HEAD", help="the revision to compare with (HEAD)"
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="compare the working tree with itself under BULLETIN_LINT_PLAIN=1",
    )
    parser.add_argument(
        "--quick", action="store_true", help="clean and faulty fixtures, 60 bulletins, the formats"
    )
    parser.add_argument(
        "--every-code", action="store_true", help="explain every rule (minutes), not one in five"
    )
    parser.add_argument(
        "--shared",
        metavar="DIR",
        type=Path,
        default=ROOT.parent / "shared",
        help="the folder of corpus and sample",
    )
    parser.add_argument(
        "--keep", metavar="DIR", type=Path, help="keep inputs and answers of both sides in this new folder"
    )
    return parser.parse_args(arguments)


def run(arguments: Sequence[str]) -> None:
    """Compares, and ends with exit code 1 on a difference that is not excepted."""
    options = _options(arguments)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        place: Path = (options.keep or Path(temporary, "sides")).resolve()
        if place.exists():
            sys.exit(f"{place} is there already; --keep takes the name of a new folder")
        tree = ROOT if options.plain else _checkout(options.against, Path(temporary, "tree").resolve())
        plain = {"BULLETIN_LINT_PLAIN": "1"} if options.plain else {}
        sides = Side("old", tree, place / "old"), Side("new", ROOT, place / "new", plain)
        _make_inputs(tree, options.shared.resolve(), sides[0].inputs, quick=options.quick)
        shutil.copytree(sides[0].inputs, sides[1].inputs)
        for side in sides:
            _assert_program(side)
        exceptions = OF_PLAIN_MODE if options.plain else EXCEPTIONS
        codes = rule_codes(tree)
        if not options.every_code:
            codes = codes[:: len(codes) // (6 if options.quick else 48)]
        with ThreadPoolExecutor(2) as pool:
            todo = groups(sides[0].inputs, codes, quick=options.quick)
            same = [_compared(group, sides, exceptions, pool) for group in todo]
        same.append(_written(sides))
    against = "itself in plain mode" if options.plain else options.against
    print(
        f"same-reports  {same.count(True)} of {len(same)} groups are the same as of {against}; {time.perf_counter() - start:.0f} s"
    )
    if not all(same):
        sys.exit(1)
