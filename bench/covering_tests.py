"""Which tests run which lines, how long each takes and whether it passes: found once, in a copy of the checkout."""

from __future__ import annotations

import ast
import contextlib
import functools
import hashlib
import json
import operator
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import coverage
from mutations import Mutation

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src", "bulletin_lint")
_PLUGIN = Path(__file__).with_name("mutation_plugin.py")
_FILE_LIMIT = 1800.0
"""Seconds for the tests of one file, measured; the slowest takes a few minutes."""


_FOUND = "found.json"
_SITE = """
import json, os
if "MUTATION_CHILD" in os.environ:
    import coverage
    data, source, context = json.loads(os.environ["MUTATION_CHILD"])
    coverage.Coverage(
        data_file=data, data_suffix=True, auto_data=True, config_file=False, context=context, source=[source],
        messages=False,
    ).start()
"""
"""For the processes that tests start: each measures itself, in the name of its test."""


class Run(NamedTuple):
    """What a run of pytest did."""

    outcomes: dict[str, str]
    """By test: passed, skipped, failed, or hung, where its time was over or the process died in it."""
    seconds: dict[str, float]
    """Of the processor, for each test that ended."""
    start: float
    """Processor seconds until the first test, which are spent again for each run of the file."""
    is_whole: bool
    """Whether all was collected and pytest came to its end in time, even if that was a test's failure."""
    text: str


def copy_checkout(folder: Path, source: Path = ROOT) -> None:
    """Copies what git knows of, and new files that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=source, capture_output=True, check=True
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (source / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, folder / name)


def digests(folder: Path) -> tuple[str, dict[str, str]]:
    """Of the files in a checkout that all tests depend on, and of each test file."""
    common, tests = hashlib.sha256(), {}
    for part in ("src", "tests", "rules", "fixtures"):
        for path in sorted((folder / part).rglob("*")):
            if not path.is_file() or {"__pycache__", ".hypothesis"} & set(path.parts):
                continue
            name, data = path.relative_to(folder).as_posix(), path.read_bytes()
            if part == "tests" and path.match("test_*.py"):
                tests[name] = hashlib.sha256(data).hexdigest()
            else:
                common.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return common.hexdigest(), tests


def run_tests(
    tree: Path,
    files: Sequence[str],
    scratch: Path,
    plan: Mapping[str, Any],
    *,
    limit: float,
    options: Sequence[str] = (),
    site: Path | None = None,
) -> Run:
    """Runs pytest in a copy of the checkout, on so many files; `scratch` is a folder for this run alone.

    Whatever the tests have started and left behind ends with them.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    plugin = scratch / "plugin"
    plugin.mkdir(parents=True)
    shutil.copy(_PLUGIN, plugin)
    log, told = scratch / "log", scratch / "told"
    (scratch / "plan").write_text(json.dumps({**plan, "log": str(log)}), encoding="utf-8")
    folders = [tree / "src", plugin, *([site] if site else [])]
    environment = {
        **os.environ,
        # What tests of one process have in common is done by each: which of them run a line is asked here.
        "BULLETIN_LINT_TESTS_COLD": "1",
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MUTATION_PLAN": str(scratch / "plan"),
        "BULLETIN_LINT_CACHE_DIR": str(scratch / "cache"),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", _PLUGIN.stem]
    command += [f"--basetemp={scratch / 'base'}", *options, *files]
    with told.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=tree,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        has_ended = False
        try:
            process.wait(limit)
            has_ended = True
        except subprocess.TimeoutExpired:
            pass
        finally:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    run = _told(log, told, has_ended=has_ended)
    for part in ("base", "cache", "plugin"):
        shutil.rmtree(scratch / part, ignore_errors=True)
    return run


def _told(log: Path, told: Path, *, has_ended: bool) -> Run:
    outcomes: dict[str, str] = {}
    seconds: dict[str, float] = {}
    start, was_collected, is_broken = 0.0, False, False
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for line in lines:
        entry = json.loads(line)
        if entry["event"] == "collected":
            start, was_collected = entry["seconds"], True
        elif entry["event"] == "uncollected":
            is_broken = True
        elif entry["event"] == "start":
            # Until it is told that the test has ended.
            outcomes[entry["test"]] = "hung"
        else:
            outcomes[entry["test"]], seconds[entry["test"]] = entry["outcome"], entry["seconds"]
    is_whole = has_ended and was_collected and not is_broken
    return Run(outcomes, seconds, start, is_whole, told.read_text(encoding="utf-8", errors="replace"))


def in_parallel(jobs: int, tasks: Iterable[Callable[[int], None]]) -> None:
    """Does the tasks in so many threads, each told which of them it runs in; the first error ends all."""
    waiting: queue.SimpleQueue[Callable[[int], None]] = queue.SimpleQueue()
    for task in tasks:
        waiting.put(task)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        with contextlib.suppress(queue.Empty):
            while not errors:
                task = waiting.get_nowait()
                try:
                    task(number)
                except BaseException as error:  # noqa: BLE001 - raised again below
                    errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt as error:
        # What runs is awaited: its copy and its processes are put away by whoever started them.
        errors.append(error)
        for thread in threads:
            thread.join()
    if errors:
        raise errors[0]


def collect(cache: Path, jobs: int, under: Sequence[str] = ("tests",)) -> None:
    """Runs each test file in a process of its own, and keeps what was found in the folder `cache`.

    Each runs twice. Whether a test passes and what it costs is asked of the first run; which lines it runs, also in
    the processes that it starts, of the second: some tests look at what is imported or at how long something takes.
    What an earlier call has found is kept, where neither the file has changed since nor what all tests depend on.
    """
    common, wanted = digests(ROOT)
    wanted = {
        file: digest
        for file, digest in wanted.items()
        if any(Path(file).is_relative_to(folder) for folder in under)
    }
    tree, data, site = cache / "tree", cache / "data", cache / "site"
    files: dict[str, dict[str, Any]] = {}
    if (cache / _FOUND).exists():
        found = json.loads((cache / _FOUND).read_text(encoding="utf-8"))
        if found["digest"] == common:
            files = {
                file: each for file, each in found["files"].items() if wanted.get(file) == each["digest"]
            }
    shutil.rmtree(tree, ignore_errors=True)
    for folder in (tree, data, site):
        folder.mkdir(parents=True, exist_ok=True)
    for path in data.iterdir():
        if path.name.rpartition(".py.")[0].replace("+", "/") + ".py" not in files:
            path.unlink()
    copy_checkout(tree)
    (site / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    kept = threading.Lock()
    options = ("-m", "not slow")

    def measure(file: str, worker: int) -> None:
        folder = cache / f"run{worker}"
        run = run_tests(tree, [file], folder, {}, limit=_FILE_LIMIT, options=options)
        if not run.is_whole:
            sys.exit(f"mutants     {file} cannot be run without a change:\n{run.text}")
        name = str(data / file.replace("/", "+"))
        plan = {"coverage": f"{name}.own", "children": f"{name}.children", "source": str(tree / PACKAGE)}
        run_tests(tree, [file], folder, plan, limit=_FILE_LIMIT, options=options, site=site)
        passed = {test: run.seconds[test] for test, how in run.outcomes.items() if how == "passed"}
        left_out = {test: how for test, how in run.outcomes.items() if how not in ("passed", "skipped")}
        with kept:
            files[file] = {
                "digest": wanted[file],
                "start": run.start,
                "tests": passed,
                "left_out": left_out,
            }
            (cache / _FOUND).write_text(json.dumps({"digest": common, "files": files}), encoding="utf-8")
            seconds = sum(passed.values())
            print(f"mutants     measured {file}: {len(passed)} tests, {seconds:.1f} s", flush=True)
            for test, how in left_out.items():
                print(f"mutants     left out, for it {how} without a change: {test}", flush=True)

    in_parallel(jobs, [functools.partial(measure, file) for file in sorted(wanted) if file not in files])


class Evidence:
    """What `collect` has found.

    Sets of tests are numbers with a bit for each: there are as many sets as lines, and thousands of tests in many.

    Attributes:
        tests: Processor seconds of each test that passes without a change.
        files: Processor seconds that a test file needs before its first test.
        tree: The copy that was measured.
    """

    def __init__(self, cache: Path) -> None:
        found = json.loads((cache / _FOUND).read_text(encoding="utf-8"))
        self._digest: str = found["digest"]
        self._files: dict[str, dict[str, Any]] = found["files"]
        self.tests: dict[str, float] = {}
        for each in self._files.values():
            self.tests.update(each["tests"])
        self.files: dict[str, float] = {file: each["start"] for file, each in self._files.items()}
        self.tree = cache / "tree"
        self._bits = {test: 1 << number for number, test in enumerate(self.tests)}
        self._by_file: dict[str, int] = defaultdict(int)
        for test, bit in self._bits.items():
            self._by_file[test.partition("::")[0]] |= bit
        self._lines: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._in_children: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._imported: dict[str, set[int]] = defaultdict(set)
        for path in sorted((cache / "data").iterdir()):
            self._take(path, is_child=".children." in path.name)
        self._users = self._find_users()

    def is_current(self) -> bool:
        """Whether the checkout is still the one that was measured; says which test files were never measured."""
        common, tests = digests(ROOT)
        missing = sorted(tests.keys() - self._files.keys())
        if missing:
            print(
                f"mutants     {len(missing)} test files were not measured: {', '.join(missing[:3])}…",
                flush=True,
            )
        return common == self._digest and all(
            tests.get(file) == each["digest"] for file, each in self._files.items()
        )

    def _take(self, path: Path, *, is_child: bool) -> None:
        data = coverage.CoverageData(basename=str(path))
        try:
            data.read()
        except coverage.exceptions.DataError:
            # Of a process that was killed as it wrote.
            return
        for file in data.measured_files():
            module = Path(file).relative_to(self.tree / PACKAGE).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                lines = (self._in_children if is_child else self._lines)[module]
                for context in contexts:
                    lines[line] |= self._bits.get(context, 0)
                if not is_child and "" in contexts:
                    self._imported[module].add(line)
        data.close()

    def _find_users(self) -> dict[str, set[tuple[str, int]]]:
        """Where each name is used, for what is set outside functions."""
        users: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for path in (self.tree / PACKAGE).rglob("*.py"):
            module = path.relative_to(self.tree / PACKAGE).as_posix()
            for node in ast.walk(ast.parse(path.read_bytes())):
                name = getattr(node, "id", getattr(node, "attr", None))
                if isinstance(name, str) and isinstance(node, ast.expr):
                    users[name].add((module, node.lineno))
        return users

    def _set(self, tests: int) -> set[str]:
        return {test for test, bit in self._bits.items() if tests & bit}

    def is_run(self, mutation: Mutation) -> bool:
        """Whether some test runs the line, be it by importing the module or in a process that it starts."""
        module = mutation.module
        own, children, imported = self._lines[module], self._in_children[module], self._imported[module]
        lines = {mutation.line, mutation.statement[0]}
        return any(own.get(line) or children.get(line) or line in imported for line in lines)

    def tests_of(self, mutation: Mutation) -> list[set[str]]:
        """The tests that may notice the change, in groups, the likeliest first; none stands in two of them.

        First those that run the line, or use what it binds; then those whose processes run it. For what a process
        works out once and keeps there follow tests that run another line of the module, and all tests of the same
        files.
        """
        module = mutation.module
        own, children = self._lines[module], self._in_children[module]
        first = own.get(mutation.line, 0) or own.get(mutation.statement[0], 0)
        for user, line in (place for name in mutation.names for place in self._users[name]):
            first |= self._lines[user].get(line, 0)
        in_children = children.get(mutation.line, 0) or children.get(mutation.statement[0], 0)
        others = functools.reduce(operator.or_, [*own.values(), *children.values()], 0)
        files = {test.partition("::")[0] for test in self._set(first | others)}
        same_files = functools.reduce(operator.or_, (self._by_file[file] for file in files), 0)
        groups, seen = [], 0
        for group in (first, in_children, others, same_files):
            groups.append(self._set(group & ~seen))
            seen |= group
        return [group for group in groups if group]
