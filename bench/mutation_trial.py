"""`python bench mutants`: would the tests notice? Small changes of the program, drawn by a seed, and the tests run on each.

Nothing is changed in the checkout: the tests run in copies of it. The tests of a changed line are those that ran it when
all were measured (`--collect`); those of the package's own folder run first, of each test function one before
any its second, the fastest before others.
"""

from __future__ import annotations

import argparse
import collections
import functools
import hashlib
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import covering_tests
from covering_tests import PACKAGE, ROOT, Evidence, Run
from mutations import Mutation, is_sound, mutations

KNOWN = Path(__file__).with_name("mutants-known.json")
"""Changes that an earlier trial has made: tests were written for them, so they say nothing of the others."""
EACH_PACKAGE = 5
FIRST_BATCH = 8.0
"""Seconds of tests that run before all others: most changes are noticed by them."""
_ALSO = dict.fromkeys(("checks", "matching", "parsing", "rulebook"), ("tests/language/",))
"""By package, folders of tests that are its own as well: the examples of the rules are the tests of the checks."""
_PATIENCE, _LEAST_PATIENCE = 10, 30.0
"""A test is hung after so many times its usual seconds, and not before so many seconds."""
_WIDTH = 150


class Tried(NamedTuple):
    """A change and what came of it."""

    mutation: Mutation
    before: str
    after: str
    verdict: str
    """noticed, survived or equivalent."""
    by: str
    """The test that noticed it, and how."""
    run: int
    """Tests that ran."""
    left: int
    """Tests that would have run with a larger budget."""
    seconds: float

    def entry(self) -> dict[str, Any]:
        """For a JSON file; such an entry may stand in a list of known or equivalent changes."""
        shown = {
            name: getattr(self.mutation, name) for name in ("package", "module", "line", "function", "kind")
        }
        others = {name: getattr(self, name) for name in self._fields if name != "mutation"}
        return {**shown, **others}


class Changes:
    """A list of changes, each known by its lines before and after and its function.

    A list outlives a move of the module, so the place is no part of it. Where an entry leaves out `function` or
    `after`, it stands for all of them.
    """

    def __init__(self, entries: Iterable[dict[str, Any]] = ()) -> None:
        self._entries: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
        for entry in entries:
            self._entries[entry["before"]].append(entry)

    @classmethod
    def of(cls, path: Path) -> Changes:
        """Reads a JSON list of entries, or the survivors of what `--out` writes."""
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            found = [entry for entry in found["changes"] if entry["verdict"] == "survived"]
        return cls(found)

    def has(self, function: str, before: str, after: str) -> bool:
        """Whether a change is in the list."""
        return any(
            entry.get("after", after) == after and entry.get("function", function) == function
            for entry in self._entries.get(before, ())
        )


class _Drawing:
    """Draws changes: of a package its share, and of all kinds alike, however many there are of one."""

    def __init__(self, evidence: Evidence, random_source: random.Random, known: Changes) -> None:
        self._evidence = evidence
        self._random = random_source
        self._known = known
        self._sources: dict[str, bytes] = {}
        self._kinds: dict[str, dict[str, list[Mutation]]] = {}
        folder = evidence.tree / PACKAGE
        for path in sorted(folder.rglob("*.py")):
            module = path.relative_to(folder).as_posix()
            self._sources[module] = path.read_bytes()
            for each in mutations(module, self._sources[module]):
                if evidence.is_run(each):
                    kinds = self._kinds.setdefault(each.package, {})
                    kinds.setdefault(each.kind, []).append(each)

    def texts(self, mutation: Mutation) -> tuple[str, str]:
        return mutation.texts(self._sources[mutation.module])

    def shares(self, count: int) -> dict[str, int]:
        """How many changes each package gets: five or what it has, and of the rest a part by its size."""
        sizes = {package: sum(map(len, kinds.values())) for package, kinds in sorted(self._kinds.items())}
        least = min(EACH_PACKAGE, max(1, count // len(sizes)))
        shares = {package: min(least, size) for package, size in sizes.items()}
        total = sum(sizes.values())
        while sum(shares.values()) < min(count, total):
            # To whom most is wanting.
            package = max(sizes, key=lambda each: sizes[each] / total * count - shares[each])
            shares[package] += 1
        return shares

    def draw(self, count: int) -> list[Mutation]:
        """So many changes, no two of one function while there are others."""
        drawn: list[Mutation] = []
        for package, share in self.shares(count).items():
            kinds = {kind: list(found) for kind, found in sorted(self._kinds[package].items())}
            for found in kinds.values():
                self._random.shuffle(found)
            taken: set[tuple[str, str]] = set()
            chosen: list[Mutation] = []
            postponed: list[Mutation] = []
            while kinds and len(chosen) < share:
                kind = self._random.choice(sorted(kinds))
                mutation = kinds[kind].pop()
                if not kinds[kind]:
                    del kinds[kind]
                place = (mutation.module, mutation.function or str(mutation.line))
                if place in taken:
                    postponed.append(mutation)
                elif self._may_be_drawn(mutation):
                    taken.add(place)
                    chosen.append(mutation)
            more = [each for each in postponed[: share * 10] if self._may_be_drawn(each)]
            drawn += [*chosen, *more[: share - len(chosen)]]
        return drawn

    def listed(self, changes: Changes) -> list[Mutation]:
        """All changes in a list."""
        found = (each for kinds in self._kinds.values() for group in kinds.values() for each in group)
        return [
            each for each in found if changes.has(each.function, *self.texts(each)) and self._is_sound(each)
        ]

    def _is_sound(self, mutation: Mutation) -> bool:
        return is_sound(mutation, self._sources[mutation.module])

    def _may_be_drawn(self, mutation: Mutation) -> bool:
        return self._is_sound(mutation) and not self._known.has(mutation.function, *self.texts(mutation))


class _Trial:
    def __init__(self, evidence: Evidence, folder: Path, budget: float, seed: int) -> None:
        self._evidence = evidence
        self._folder = folder
        self._budget = budget
        self._seed = seed
        self._steady: dict[str, bool] = {}
        """Whether a test alone passes without a change."""
        self._lock = threading.Lock()

    def prepare(self, worker: int) -> None:
        """Makes the copy in which a worker changes things."""
        shutil.copytree(self._evidence.tree, self._folder / f"tree{worker}")

    def _batches(self, mutation: Mutation) -> tuple[list[list[str]], int]:
        """The tests to run, a few quick ones first, and how many the budget leaves out."""
        cost, seen = 0.0, set()
        batches: list[list[str]] = [[], []]
        left = 0
        for group in self._evidence.tests_of(mutation):
            for test in self._order(group, mutation.package):
                file = test.partition("::")[0]
                more = self._evidence.tests[test] + (0.0 if file in seen else self._evidence.files[file])
                if cost + more > self._budget and cost:
                    left += 1
                    continue
                seen.add(file)
                cost += more
                batches[cost > FIRST_BATCH].append(test)
        return [sorted(batch, key=lambda test: test.partition("::")[0]) for batch in batches if batch], left

    def _order(self, group: Iterable[str], package: str) -> list[str]:
        """Those written for the package first; of each test function its quickest example, then of each another, in a
        seeded order where it is no matter.
        """
        own = (f"tests/{package}/", *_ALSO.get(package, ()))
        functions: dict[str, list[str]] = collections.defaultdict(list)
        for test in sorted(
            group, key=lambda test: (round(self._evidence.tests[test], 1), self._shuffled(test))
        ):
            functions[test.partition("[")[0]].append(test)
        rounds = [
            (not name.startswith(own), number, test)
            for name, tests in functions.items()
            for number, test in enumerate(tests)
        ]
        seconds = self._evidence.tests
        rounds.sort(key=lambda each: (*each[:2], round(seconds[each[2]], 1), self._shuffled(each[2])))
        return [test for _, _, test in rounds]

    def _shuffled(self, test: str) -> str:
        return hashlib.sha256(f"{self._seed} {test}".encode()).hexdigest()

    def _run(self, worker: int, tests: Sequence[str]) -> Run:
        seconds = self._evidence.tests
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        usual = sum(seconds[test] for test in tests) + sum(self._evidence.files[file] for file in files)
        limits = {test: max(_LEAST_PATIENCE, _PATIENCE * seconds[test]) for test in tests}
        return covering_tests.run_tests(
            self._folder / f"tree{worker}",
            files,
            self._folder / f"run{worker}",
            {"tests": tests, "limits": limits},
            limit=2 * _LEAST_PATIENCE + _PATIENCE * usual,
            options=("-x",),
        )

    def attempt(self, mutation: Mutation, worker: int) -> tuple[str, str, int, int]:
        """Makes the change in the worker's copy and runs its tests: verdict, by what, tests run, tests left."""
        path = self._folder / f"tree{worker}" / PACKAGE / mutation.module
        source = path.read_bytes()
        changed = mutation.apply(source)
        batches, left = self._batches(mutation)
        run = 0
        try:
            for batch in batches:
                tests = [test for test in batch if self._steady.get(test, True)]
                while tests:
                    path.write_bytes(changed)
                    done = self._run(worker, tests)
                    failed = next(
                        (test for test, how in done.outcomes.items() if how in ("failed", "hung")), None
                    )
                    if failed is None and done.is_whole:
                        run += len(done.outcomes)
                        break
                    if failed is None:
                        path.write_bytes(source)
                        again = self._run(worker, tests)
                        if not again.is_whole:
                            sys.exit(
                                f"mutants     tests do not come to their end without a change either:\n{again.text}"
                            )
                        return "noticed", "the tests cannot be collected, or do not end", run, left
                    if self._is_the_change(worker, path, (source, changed), failed, list(done.outcomes)):
                        how = " (hung or died)" if done.outcomes[failed] == "hung" else ""
                        return "noticed", failed + how, run + len(done.outcomes), left
                    tests = [test for test in tests if test != failed]
        finally:
            path.write_bytes(source)
        return "survived", "", run, left

    def _is_the_change(
        self, worker: int, path: Path, texts: tuple[bytes, bytes], failed: str, before: Sequence[str]
    ) -> bool:
        """Whether a test fails for the change and not for company, order, chance or a busy machine.

        Alone it must fail with the change and pass without; or, where it fails in company alone, the same tests must
        pass without the change.
        """
        source, changed = texts
        path.write_bytes(changed)
        fails_alone = self._run(worker, [failed]).outcomes.get(failed) != "passed"
        path.write_bytes(source)
        if not fails_alone:
            return self._run(worker, before).outcomes.get(failed) == "passed"
        if failed not in self._steady:
            is_steady = self._run(worker, [failed]).outcomes.get(failed) == "passed"
            with self._lock:
                self._steady[failed] = is_steady
        return self._steady[failed]


def _try_all(
    drawn: Sequence[Mutation],
    drawing: _Drawing,
    trial: _Trial,
    equivalent: Changes,
    options: argparse.Namespace,
) -> list[Tried]:
    """Tries the changes in so many copies at once and tells of each as it is done."""
    results: dict[int, Tried] = {}
    lock = threading.Lock()

    def attempt(number: int, mutation: Mutation, worker: int) -> None:
        start = time.perf_counter()
        before, after = drawing.texts(mutation)
        if equivalent.has(mutation.function, before, after):
            outcome = ("equivalent", "", 0, 0)
        else:
            outcome = trial.attempt(mutation, worker)
        tried = Tried(mutation, before, after, *outcome, round(time.perf_counter() - start, 1))
        with lock:
            results[number] = tried
            print(f"mutants     {len(results):3}/{len(drawn)} {_line(tried)}", flush=True)
            if options.out:
                _write(options, [results[each] for each in sorted(results)])

    for worker in range(options.jobs):
        trial.prepare(worker)
    covering_tests.in_parallel(
        options.jobs, [functools.partial(attempt, number, each) for number, each in enumerate(drawn)]
    )
    return [results[number] for number in sorted(results)]


def _write(options: argparse.Namespace, results: Sequence[Tried]) -> None:
    report = {
        "seed": options.seed,
        "count": options.count,
        "budget": options.budget,
        "changes": [tried.entry() for tried in results],
    }
    options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _line(tried: Tried) -> str:
    mutation = tried.mutation
    change = f"{tried.before} → {tried.after}"
    if len(change) > _WIDTH:
        change = f"{_around(tried.before, tried.after)} → {_around(tried.after, tried.before)}"
    return f"{tried.verdict:10} {tried.seconds:5.1f} s  {mutation.module}:{mutation.line}  {change}"


def _around(text: str, other: str) -> str:
    """The part of a long line in which it differs from another."""
    same = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), 0)
    start = max(0, same - _WIDTH // 5)
    end = start + _WIDTH // 2
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _report(results: Sequence[Tried]) -> None:
    """The totals of each package, and the changes that nothing noticed, to be read."""
    print("\n| package | noticed | survived | equivalent | noticed of the others |\n|---|---|---|---|---|")
    groups: dict[str, list[Tried]] = collections.defaultdict(list)
    for tried in results:
        groups[tried.mutation.package or "(top)"].append(tried)
    for name, group in [*sorted(groups.items()), ("all", list(results))]:
        counts = collections.Counter(tried.verdict for tried in group)
        judged = counts["noticed"] + counts["survived"]
        share = f"{counts['noticed'] / judged:.0%}" if judged else "–"
        print(f"| {name} | {counts['noticed']} | {counts['survived']} | {counts['equivalent']} | {share} |")
    survivors = [tried for tried in results if tried.verdict == "survived"]
    print(f"\n{len(survivors)} changes that no test noticed:" if survivors else "\nAll changes were noticed.")
    for tried in survivors:
        mutation = tried.mutation
        budget = f"; the budget left out {tried.left}" if tried.left else ""
        print(
            f"\n{PACKAGE.as_posix()}/{mutation.module}:{mutation.line}  {mutation.function}  ({mutation.kind})"
        )
        print(f"  - {tried.before}\n  + {tried.after}\n  {tried.run} tests ran{budget}")


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python bench mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many changes (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="which changes (default: 1)")
    parser.add_argument("--jobs", type=int, default=2, help="copies in which tests run at once (default: 2)")
    parser.add_argument(
        "--budget", type=float, default=60.0, help="seconds of tests for a change, as measured (default: 60)"
    )
    parser.add_argument("--collect", action="store_true", help="first measure which tests run which lines")
    parser.add_argument(
        "--tests",
        nargs="+",
        default=["tests"],
        help="files and folders that --collect measures (default: tests)",
    )
    parser.add_argument(
        "--cache", type=Path, help="folder for what was measured (default: in that for temporary files)"
    )
    parser.add_argument(
        "--equivalent", type=Path, help="JSON list of changes that change nothing: counted apart"
    )
    parser.add_argument(
        "--known",
        type=Path,
        default=KNOWN,
        help="JSON list of changes that are not drawn (default: that beside this script)",
    )
    parser.add_argument(
        "--only", type=Path, help="draw none: try those of a JSON list, or the survivors of --out"
    )
    parser.add_argument("--out", type=Path, help="JSON file for the results, written after each change")
    parser.add_argument("--list", action="store_true", help="show what would be tried, and try nothing")
    options = parser.parse_args(words)
    if options.cache is None:
        checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        options.cache = Path(tempfile.gettempdir(), f"bulletin-lint-mutants-{checkout}")
    options.cache = options.cache.resolve()
    if options.cache.is_relative_to(ROOT):
        parser.error("--cache must be outside the checkout: test files are sought in it")
    return options


def main(words: Sequence[str] | None = None) -> None:
    """Measures where that is asked for, draws, tries and reports."""
    options = _options(words)
    if options.collect:
        covering_tests.collect(options.cache, options.jobs, options.tests)
    if not (options.cache / "found.json").exists():
        sys.exit("mutants     it is not known which tests run which lines; run with --collect")
    evidence = Evidence(options.cache)
    if not evidence.is_current():
        sys.exit(
            "mutants     the program or its tests are no longer those that were measured; run with --collect"
        )
    known = Changes.of(options.known) if options.known.exists() else Changes()
    equivalent = Changes.of(options.equivalent) if options.equivalent else Changes()
    drawing = _Drawing(evidence, random.Random(options.seed), known)
    drawn = drawing.listed(Changes.of(options.only)) if options.only else drawing.draw(options.count)
    print(f"mutants     seed {options.seed}: {len(drawn)} changes, {len(evidence.tests)} tests", flush=True)
    if options.list:
        for each in drawn:
            print(f"{each.module}:{each.line}  {' → '.join(drawing.texts(each))}")
        return
    with tempfile.TemporaryDirectory(prefix="bulletin-lint-mutants-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(evidence, Path(folder), options.budget, options.seed)
        results = _try_all(drawn, drawing, trial, equivalent, options)
    _report(results)


if __name__ == "__main__":
    main()
