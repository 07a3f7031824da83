"""Runs the cases of the hostile generator and judges what each run did.

``python tests/support/hostile_inputs.py SEED`` shows one case, runs it, and says what is wrong with it; with
``FIRST LAST`` it runs many, two at a time, and prints a line of JSON for each fault; with ``--new-kinds FIRST LAST``
those only that hold a kind of thing that none before them does. ``--keep FOLDER SEED`` lays the case out in a folder.

Every run is a fork of this process, which has loaded the program before: a thousand take minutes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import warm
from harness import FIXTURES
from hostile_cases import Case, case_of
from hostile_kinds import new_kinds
from hostile_runs import LIMIT, Ran, Running, Tree, lay_out, tree_of

EXIT_CODES = {0, 1, 2, 130, 141}

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\udc80-\udcff]"
)
_INTERNAL = re.compile(
    r"Traceback \(most recent|内部错误（|程序内部出错|an internal error, no fault|internal error \(|[A-Z][A-Za-z]+Error: "
)
_SHIELDED = re.compile(r"^::stop-commands::(\w+)$.*?(?:^::\1::$|\Z)", re.DOTALL | re.MULTILINE)
_COMMANDS = re.compile(
    r"^\s*::(?!(?:error|warning|notice) (?:file|title)=)[^\n]*planted|##\[error\]planted", re.MULTILINE
)


class Fault(NamedTuple):
    """Something that a run must not do."""

    seed: int
    kind: str
    detail: str
    arguments: tuple[str, ...]


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
            yield fault(
                "internal error", f"{name}: {shown[max(0, internal.start() - 60) : internal.end() + 160]}"
            )
        # Mended text is given back as it is: it is what was asked for.
        is_text = name == "stdout" and "--fix" in case.arguments and "-" in case.arguments
        plain = _COLOURS.sub("", shown) if "--color" in case.arguments else shown
        if "--diff" in case.arguments and name == "stdout":
            # The lines of a patch end as those of the file do.
            plain = plain.replace("\r\n", "\n")
        if not is_text and (raw := _RAW.search(plain)):
            around = plain[max(0, raw.start() - 40) : raw.end() + 20]
            yield fault("raw control", f"{name}: {around!a}")
        if (
            case.environment.get("GITHUB_ACTIONS")
            and not is_text
            and (command := _COMMANDS.search(_SHIELDED.sub("", shown)))
        ):
            yield fault("workflow command", f"{name}: {command[0]!a}")
    yield from (fault(*each) for each in _harm(case, running.before, tree_of(running.folder / "case")))
    for reached in ran.reached:
        yield fault("reached out", reached)
    if ran.left:
        yield fault("process left", len(ran.left))
    if ran.temporary and not ran.is_hung:
        yield fault("temporary left", ran.temporary)
    if case.must_refuse and ran.code in (0, 1):
        yield fault("settings passed over", f"{ran.code}, although they cannot be read")
    if ran.code == 0 and case.arguments[:1] == ("check",):
        yield from (fault(*each) for each in _unlooked(case, ran))


def _harm(case: Case, before: Tree, after: Tree) -> Iterator[tuple[str, str]]:
    """Files that are lost, changed, new or broken without having been asked for."""
    writes = dict(case.writes)
    for entry in case.entries:
        # A link to another file of its folder is followed, unless the run reads that file.
        if entry.kind == "link" and entry.name in writes and entry.target not in case.named:
            writes.setdefault(entry.target, writes[entry.name])
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        inner = name.removeprefix("in/")
        if inner.endswith("/register.csv"):
            # It lies beside the settings, or in the folder that was named.
            inner = "register.csv"
        if inner in writes and name.startswith("in/") and now is not None:
            if now[0] == "file" and not _is_whole(now[1], writes[inner]):
                yield "not whole", f"{inner!a} as {writes[inner]}"
        elif was is None:
            yield "file left", f"{name!a}"
        elif now is None:
            yield "file lost", f"{name!a}"
        elif not (
            case.mends
            and name.startswith("in/")
            # A file that is named is a bulletin whatever its name ends in.
            and (name.lower().endswith((".md", ".txt")) or inner in case.arguments)
            and _is_mended(was, now)
        ):
            yield "file changed", f"{name!a}: {was[1][:60]!a} → {now[1][:60]!a}"


def _is_mended(was: tuple[str, bytes], now: tuple[str, bytes]) -> bool:
    """Whether a bulletin still holds about as much, in an encoding that reads as well as before."""
    if was[0] != "file" or now[0] != "file":
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
        if (
            name not in told
            and shown not in told
            and not any(ord(each) < 32 or ord(each) > 126 for each in name)
        ):
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

    warm.remember()
    warm.load()
    before = dict(os.environ)
    os.environ["BULLETIN_LINT_CACHE_DIR"] = str(cache)
    here, shown, said = os.getcwd(), sys.stdout, sys.stderr
    os.chdir(FIXTURES / "bulletins" / "clean")
    try:
        with open(os.devnull, "w", encoding="utf-8") as sys.stdout:
            sys.stderr = sys.stdout
            main(["check", "five-articles.md", "--isolated", "--diff"])
            for format_name in ("full", "json", "sarif", "junit"):
                main(
                    ["check", "five-articles.md", "--isolated", "--format", f"{format_name}={root / 'warm'}"]
                )
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
            content = (
                f"{entry.content[:300]!a}{'…' * (len(entry.content) > 300)} ({len(entry.content)} bytes)"
            )
            print(f"  {entry.kind} {entry.name!a} {f'→ {entry.target!a}' if entry.target else content}")
        print("  bulletin-lint", *(f"{word!a}" for word in running.arguments))
        print(
            f"  may write {sorted(case.writes)}{', may mend' * case.mends}{', must not end in 0' * case.is_gate}"
        )
        print(f"exit code {ran.code}{', hung' * ran.is_hung}")
        print(f"stdout: {ran.out[:3000].decode('utf-8', 'surrogateescape')!a}")
        print(f"stderr: {ran.err[:3000].decode('utf-8', 'surrogateescape')!a}")
        for fault in faults:
            print(f"FAULT {fault.kind}: {fault.detail}")
        return 1 if faults else 0
    return 0


def _run_many(seeds: Iterable[int]) -> int:
    """Runs cases and prints their faults, then how many runs ended in which way, and
    the most that one took, with its seed: seconds of processor time, KiB of memory, bytes on both streams.
    """
    codes: Counter[str] = Counter()
    most: dict[str, tuple[float, int]] = {}
    count = 0
    for running, ran, faults in run_cases(seeds):
        codes[f"{running.case.topic}: {'hung' if ran.is_hung else ran.code}"] += 1
        for name, value in (
            ("seconds", round(ran.seconds, 1)),
            ("memory", ran.memory),
            ("output", len(ran.out) + len(ran.err)),
        ):
            most[name] = max(most.get(name, (0, 0)), (value, running.case.seed))
        for fault in faults:
            count += 1
            print(json.dumps(fault._asdict()), flush=True)
    print(
        json.dumps(
            {"cases": codes.total(), "faults": count, "most": most, "codes": dict(sorted(codes.items()))}
        ),
        flush=True,
    )
    return 1 if count else 0


def program(arguments: list[str]) -> int:
    """One seed is shown; two are the first and the one past the last of those that are run."""
    if arguments[0] == "--keep":
        print(lay_out(case_of(int(arguments[2])), Path(arguments[1])))
        return 0
    if len(arguments) == 1:
        return _show(int(arguments[0]))
    if arguments[0] == "--new-kinds":
        return _run_many(new_kinds(range(int(arguments[1]), int(arguments[2]))))
    return _run_many(range(int(arguments[0]), int(arguments[1])))


if __name__ == "__main__":
    sys.exit(program(sys.argv[1:]))
