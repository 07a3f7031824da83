"""Runs the cases of the hostile generator and judges what each run did.

``python tests/support/hostile_inputs.py SEED`` shows one case, runs it, and says what is wrong with it; with
``FIRST LAST`` it runs many, two at a time, and prints a line of JSON for each fault. ``--keep FOLDER SEED`` lays the
case out in a folder.

Every run is a fork of this process, which has loaded the program before: a thousand take minutes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import signal
import socket
import stat
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import hostile_words as words
from harness import FIXTURES
from hostile_cases import Case, case_of
from processes import session, wait_until_gone

LIMIT = 15.0
"""Seconds that a run may take, those in which it waited for a processor left out."""
PATIENCE = 6
"""Times as long, after which it is ended wherever the time went."""
MEMORY = 2 * 1024**3
OUTPUT = 64 * 1024**2
"""The most bytes that a run may write to a file."""
EXIT_CODES = {0, 1, 2, 130, 141}

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\udc80-\udcff]")
_INTERNAL = re.compile(r"Traceback \(most recent|内部错误（|程序内部出错|an internal error, no fault|internal error \(|[A-Z][A-Za-z]+Error: ")
_COMMANDS = re.compile(r"^\s*::(?!(?:error|warning|notice) (?:file|title)=)[^\n]*planted|##\[error\]planted", re.MULTILINE)


class Fault(NamedTuple):
    """Something that a run must not do."""

    seed: int
    kind: str
    detail: str
    arguments: tuple[str, ...]


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    """As a shell has it; negative for a signal, None's place taken by -9 where it was ended for its time."""
    is_hung: bool
    out: bytes
    err: bytes
    report: bytes | None
    """The JSON report that was asked for besides, of ``check``."""
    left: list[int]
    """Processes."""
    temporary: list[str]
    """What lies in the folder for temporary files."""


Tree = dict[str, tuple[str, bytes]]


def lay_out(case: Case, folder: Path) -> Path:
    """Makes what the case consists of; gives the folder that the command is run in."""
    inside, outside = folder / "in", folder / "out"
    inside.mkdir(parents=True)
    outside.mkdir()
    (outside / "kept.md").write_text(words.FAULTY, "utf-8")
    (outside / "kept.yaml").write_text("select: [SEC]\n", "utf-8")
    # Links last: they may lead to what comes after them.
    for entry in sorted(case.entries, key=lambda each: each.kind in ("link", "hard link")):
        path = os.path.join(str(inside), entry.name)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if entry.kind == "file":
                with open(path, "xb") as stream:
                    stream.write(entry.content)
            elif entry.kind == "folder":
                os.mkdir(path)
            elif entry.kind == "link":
                os.symlink(entry.target, path)
            elif entry.kind == "hard link":
                os.link(os.path.join(str(inside), entry.target), path)
            elif entry.kind == "pipe":
                os.mkfifo(path)
            else:
                _make_socket(path)
        except OSError:
            # Two names that are one here, or a name that this system does not take.
            continue
    return inside


def _make_socket(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(os.path.dirname(path))
        try:
            made.bind(os.path.basename(path))
        finally:
            os.chdir(here)


def tree_of(folder: Path) -> Tree:
    """Everything below a folder: its kind, and its bytes or where it leads."""
    found: Tree = {}

    def walk(path: bytes) -> None:
        for entry in os.scandir(path):
            name = os.fsdecode(os.path.relpath(entry.path, os.fsencode(folder)))
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                found[name] = ("link", os.readlink(entry.path))
            elif stat.S_ISDIR(mode):
                found[name] = ("folder", b"")
                walk(entry.path)
            elif stat.S_ISREG(mode):
                found[name] = ("file", Path(os.fsdecode(entry.path)).read_bytes())
            else:
                found[name] = (f"special {stat.S_IFMT(mode):o}", b"")

    walk(os.fsencode(folder))
    return found


def _command_line(case: Case, report: str) -> list[str]:
    """The arguments, with a report besides that tells what was looked at."""
    arguments = list(case.arguments)
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if options[:1] == ["check"] and not {"--diff", "--show-files", "--help"} & set(options):
        besides = ["--format", f"json={report}"]
        if "--format" not in options and "--statistics" not in options:
            besides += ["--format", "full"]
        arguments[1:1] = besides
    return arguments


class Running:
    """A case that is being run in a process of its own."""

    def __init__(self, case: Case, folder: Path, cache: Path) -> None:
        self.case = case
        self.folder = folder
        self.inside = lay_out(case, folder / "case")
        self.before = tree_of(folder / "case")
        (folder / "tmp").mkdir()
        (folder / "stdin").write_bytes(case.stdin)
        self.arguments = _command_line(case, str(folder / "report.json"))
        self._started = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._become(cache)

    def _become(self, cache: Path) -> None:
        """Runs the program in the new process, as its own entry would."""
        code = 99
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.chdir(self.inside)
            for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
                os.environ.pop(name, None)
            os.environ.update(
                self.case.environment,
                HOME=str(self.folder / "tmp"),
                TMPDIR=str(self.folder / "tmp"),
                BULLETIN_LINT_CACHE_DIR=str(cache),
            )
            tempfile.tempdir = None
            self._redirect()
            from bulletin_lint.cli.main import main

            code = main(self.arguments)
            for stream in (sys.stdout, sys.stderr):
                if stream is not None and self.case.output == "file":
                    stream.flush()
        except BaseException:  # noqa: BLE001 - whatever it is, this process must end here
            import traceback

            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
            code = 99
        finally:
            os._exit(code)

    def _redirect(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(self.folder / "stdin", os.O_RDONLY), 0)
        os.dup2(os.open(self.folder / "err", flags, 0o600), 2)
        if self.case.output == "broken pipe":
            reader, writer = os.pipe()
            os.close(reader)
            os.dup2(writer, 1)
        else:
            os.dup2(os.open(self.folder / "out", flags, 0o600), 1)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)
        if self.case.output == "closed":
            # As Python starts with it where a shell said >&-
            os.close(1)
            sys.stdout = None  # type: ignore[assignment]

    def ended(self) -> Ran | None:
        """What it left, once it has ended or its time is over."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        is_hung = False
        if pid == 0:
            elapsed = time.monotonic() - self._started
            if elapsed < LIMIT or (elapsed - _waited(self.pid) < LIMIT and elapsed < PATIENCE * LIMIT):
                return None
            is_hung = True
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
        left = [] if is_hung else wait_until_gone(self.pid, 2) if session(self.pid) else []
        for process in session(self.pid):
            os.kill(process, signal.SIGKILL)
        return Ran(
            os.waitstatus_to_exitcode(status),
            is_hung,
            _bytes_of(self.folder / "out") or b"",
            _bytes_of(self.folder / "err") or b"",
            _bytes_of(self.folder / "report.json"),
            left,
            os.listdir(self.folder / "tmp"),
        )


def _waited(leader: int) -> float:
    """Seconds in which the processes of a session were ready to run and others had the processor."""
    waited = 0.0
    for process in session(leader):
        try:
            waited += int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[1]) / 1e9
        except (OSError, IndexError):
            continue
    return waited


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def judge(running: Running, ran: Ran) -> Iterator[Fault]:
    """What a run did that none may do."""
    case = running.case

    def fault(kind: str, detail: object) -> Fault:
        return Fault(case.seed, kind, str(detail)[:300], tuple(running.arguments))

    if ran.is_hung:
        yield fault("hang", f"more than {LIMIT:g} s")
    elif ran.code < 0:
        yield fault("crash", signal.Signals(-ran.code).name)
    elif ran.code not in EXIT_CODES:
        yield fault("exit", f"code {ran.code}")
    for name, data in (("stdout", ran.out), ("stderr", ran.err)):
        shown = data.decode("utf-8", "surrogateescape")
        if internal := _INTERNAL.search(shown):
            yield fault("internal error", f"{name}: {shown[max(0, internal.start() - 60) : internal.end() + 160]}")
        # Mended text is given back as it is: it is what was asked for.
        is_text = name == "stdout" and "--fix" in case.arguments and "-" in case.arguments
        plain = _COLOURS.sub("", shown) if "--color" in case.arguments else shown
        if not is_text and (raw := _RAW.search(plain)):
            around = plain[max(0, raw.start() - 40) : raw.end() + 20]
            yield fault("raw control", f"{name}: {around!a}")
        if case.environment.get("GITHUB_ACTIONS") and not is_text and (command := _COMMANDS.search(shown)):
            yield fault("workflow command", f"{name}: {command[0]!a}")
    yield from (fault(*each) for each in _harm(case, running.before, tree_of(running.folder / "case")))
    if ran.left:
        yield fault("process left", len(ran.left))
    if ran.temporary and not ran.is_hung:
        yield fault("temporary left", ran.temporary)
    if ran.code == 0 and case.arguments[:1] == ("check",):
        yield from (fault(*each) for each in _unlooked(case, ran))


def _harm(case: Case, before: Tree, after: Tree) -> Iterator[tuple[str, str]]:
    """Files that are lost, changed, new or broken without having been asked for."""
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        inner = name.removeprefix("in/")
        if inner in case.writes and name.startswith("in/") and now is not None:
            if now[0] == "file" and not _is_whole(now[1], case.writes[inner]):
                yield "not whole", f"{inner!a} as {case.writes[inner]}"
        elif was is None:
            yield "file left", f"{name!a}"
        elif now is None:
            yield "file lost", f"{name!a}"
        elif not (case.mends and name.startswith("in/") and _is_mended(name, was, now)):
            yield "file changed", f"{name!a}: {was[1][:60]!a} → {now[1][:60]!a}"


def _is_mended(name: str, was: tuple[str, bytes], now: tuple[str, bytes]) -> bool:
    """Whether a bulletin still holds about as much, in an encoding that reads as well as before."""
    if was[0] != "file" or now[0] != "file" or not name.lower().endswith((".md", ".txt")):
        return False
    if not len(was[1]) // 2 <= len(now[1]) <= 2 * len(was[1]) + 9:
        return False
    return not _decodes(was[1]) or _decodes(now[1])


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_whole(data: bytes, form: str) -> bool:
    """Whether a file that was written is of its form from beginning to end."""
    try:
        shown = data.decode("utf-8-sig")
        if form == "json":
            json.loads(shown)
        elif form == "xml":
            ElementTree.fromstring(shown)
        elif form == "lines":
            for line in shown.splitlines():
                json.loads(line)
        elif form == "csv":
            list(csv.reader(io.StringIO(shown)))
        elif form == "yaml":
            import yaml

            yaml.safe_load(shown)
    except (ValueError, csv.Error, ElementTree.ParseError):
        return False
    return form == "csv" or shown == "" or shown.endswith(("\n", "}", "]", ">"))


def _unlooked(case: Case, ran: Ran) -> Iterator[tuple[str, str]]:
    """Why a check that ended in 0 should not have."""
    if case.is_gate:
        yield "gate off", "0 with a faulty bulletin named"
    if ran.report is None:
        return
    report: dict[str, Any] = json.loads(ran.report)
    documents = report["documents"]
    looked = [each for each in documents if not each["error"] and not each["skipped"] and each["outcomes"]]
    said = ran.err.decode("utf-8", "replace")
    if not looked and "exclude" not in said and "all files named are excluded" not in said:
        yield "unlooked", f"0 and {len(documents)} documents, none looked at"
    if any(each["error"] for each in documents):
        yield "unlooked", "0 and a document that could not be read"
    told = {each["path"] for each in documents}
    for name in case.named:
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        if name not in told and shown not in told and not any(ord(each) < 32 or ord(each) > 126 for each in name):
            yield "unlooked", f"0 and no word of {name!a}"


def run_cases(seeds: Iterable[int], *, at_once: int = 2) -> Iterator[tuple[Running, Ran, list[Fault]]]:
    """Runs cases and gives each with what it left and what is wrong with it, as they end."""
    todo = iter(seeds)
    with tempfile.TemporaryDirectory(prefix="hostile-") as root:
        cache = Path(root, "cache")
        cache.mkdir(mode=0o700)
        _warm(Path(root), cache)
        busy: list[Running] = []
        is_over = False
        while True:
            while len(busy) < at_once and not is_over:
                seed = next(todo, None)
                if seed is None:
                    is_over = True
                else:
                    folder = Path(root, str(seed))
                    folder.mkdir()
                    busy.append(Running(case_of(seed), folder, cache))
            if not busy:
                return
            ended = [(running, ran) for running in busy if (ran := running.ended())]
            for running, ran in ended:
                busy.remove(running)
                yield running, ran, list(judge(running, ran))
                _remove(running.folder)
            if not ended:
                time.sleep(0.005)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(os.fsencode(folder), ignore_errors=True)


def _warm(root: Path, cache: Path) -> None:
    """Loads in this process what most runs need, and fills the cache, so that each copy begins from there."""
    from bulletin_lint.cli.main import main

    before = dict(os.environ)
    os.environ["BULLETIN_LINT_CACHE_DIR"] = str(cache)
    here, shown, said = os.getcwd(), sys.stdout, sys.stderr
    os.chdir(FIXTURES / "bulletins" / "clean")
    try:
        with open(os.devnull, "w", encoding="utf-8") as sys.stdout:
            sys.stderr = sys.stdout
            main(["check", "five-articles.md", "--isolated", "--diff"])
            for format_name in ("full", "json", "sarif", "junit"):
                main(["check", "five-articles.md", "--isolated", "--format", f"{format_name}={root / 'warm'}"])
    finally:
        sys.stdout, sys.stderr = shown, said
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def _show(seed: int) -> int:
    """Shows a case, what its run said, and what is wrong with it."""
    for running, ran, faults in run_cases([seed], at_once=1):
        case = running.case
        print(f"seed {seed}, about {case.topic}; {case.environment}; standard output: {case.output}")
        for entry in case.entries:
            content = f"{entry.content[:300]!a}{'…' * (len(entry.content) > 300)} ({len(entry.content)} bytes)"
            print(f"  {entry.kind} {entry.name!a} {f'→ {entry.target!a}' if entry.target else content}")
        print("  bulletin-lint", *(f"{word!a}" for word in running.arguments))
        print(f"  may write {sorted(case.writes)}{', may mend' * case.mends}{', must not end in 0' * case.is_gate}")
        print(f"exit code {ran.code}{', hung' * ran.is_hung}")
        print(f"stdout: {ran.out[:3000].decode('utf-8', 'surrogateescape')!a}")
        print(f"stderr: {ran.err[:3000].decode('utf-8', 'surrogateescape')!a}")
        for fault in faults:
            print(f"FAULT {fault.kind}: {fault.detail}")
        return 1 if faults else 0
    return 0


def _run_many(first: int, last: int) -> int:
    """Runs the cases from `first` up to `last` and prints their faults, then how many runs ended in which way."""
    codes: Counter[str] = Counter()
    count = 0
    for running, ran, faults in run_cases(range(first, last)):
        codes[f"{running.case.topic}: {'hung' if ran.is_hung else ran.code}"] += 1
        for fault in faults:
            count += 1
            print(json.dumps(fault._asdict()), flush=True)
    print(json.dumps({"cases": last - first, "faults": count, "codes": dict(sorted(codes.items()))}), flush=True)
    return 1 if count else 0


def program(arguments: list[str]) -> int:
    """One seed is shown; two are the first and the one past the last of those that are run."""
    if arguments[0] == "--keep":
        print(lay_out(case_of(int(arguments[2])), Path(arguments[1])))
        return 0
    if len(arguments) == 1:
        return _show(int(arguments[0]))
    return _run_many(int(arguments[0]), int(arguments[1]))


if __name__ == "__main__":
    sys.exit(program(sys.argv[1:]))
