"""Hostile names, settings, side files, texts and packs: no run hangs, breaks, harms, or passes what it did not look at.

The cases are made of seeds (`hostile_cases`); a fault is repeated by
``python tests/support/hostile_inputs.py SEED``, which shows the folder, the command line and what it said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import bulletin_lint
from harness import SUPPORT
from hostile_cases import TOPICS, Case, Entry, case_of
from hostile_inputs import Fault, judge
from hostile_kinds import kinds_of, new_kinds
from hostile_runs import AFRESH, Ran, Running, lay_out, tree_of

CASES = 1000
SOME = 60
"""So many of them are run every time: a dozen of every topic."""
GOOD = Case(
    seed=0,
    topic="texts",
    entries=(Entry("file", "11.md", b"# x\n"),),
    arguments=("check", "11.md"),
    stdin=b"",
    environment={},
    output="file",
    writes={},
    mends=False,
    is_gate=False,
    must_refuse=False,
    named=("11.md",),
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the system what runs")


def faults_of(first: int, last: int) -> tuple[list[str], dict[str, int]]:
    """What is wrong with the runs of these seeds, and how often which topic ended in which exit code.

    In a process of its own: every run is a fork of it, which must have one thread only.
    """
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "hostile_inputs.py"), str(first), str(last)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(bulletin_lint.__file__).parents[1]), str(SUPPORT)]),
        },
        capture_output=True,
        check=False,
    )
    assert done.stderr == b"", done.stderr.decode("utf-8", "backslashreplace")
    *faults, summary = [json.loads(line) for line in done.stdout.splitlines()]
    assert last - first == summary["cases"] == sum(summary["codes"].values())
    shown = [
        f"seed {fault['seed']}: {fault['kind']}: {fault['detail']} {fault['arguments']!a}" for fault in faults
    ]
    return shown, summary["codes"]


def assert_all_kinds(codes: dict[str, int], least: int) -> None:
    """Of every topic there are runs that refused, and enough that did their work."""
    for topic in TOPICS:
        ends = Counter(
            {key.rpartition(" ")[2]: count for key, count in codes.items() if key.startswith(topic)}
        )
        assert ends["2"] >= least, topic
        assert ends["0"] + ends["1"] >= least, topic


def test_some_hostile_inputs_do_no_harm() -> None:
    faults, codes = faults_of(0, SOME)
    assert [] == faults
    assert_all_kinds(codes, 2)


@pytest.mark.slow
def test_a_thousand_hostile_inputs_do_no_harm() -> None:
    faults, codes = faults_of(0, CASES)
    assert [] == faults
    assert_all_kinds(codes, 5)


def test_cases_that_are_left_out_hold_nothing_new() -> None:
    seeds = list(new_kinds(range(60)))
    run = {kind for seed in seeds for kind in kinds_of(case_of(seed))}
    assert run == {kind for seed in range(60) for kind in kinds_of(case_of(seed))}
    # Whatever is there for the first time is run.
    assert 0 == seeds[0]
    assert [] == list(new_kinds([seeds[0]] * 2))[1:]


def test_every_topic_is_among_the_cases_that_are_started_afresh() -> None:
    assert set(range(len(TOPICS))) == {seed % len(TOPICS) for seed in range(AFRESH - 1, CASES, AFRESH)}


def test_a_case_is_made_of_its_seed_alone() -> None:
    for seed in range(40):
        assert case_of(seed) == case_of(seed)
        assert case_of(seed).topic == TOPICS[seed % 5]
    assert len({case_of(seed).arguments for seed in range(200)}) > 150


class Staged(Running):
    """A run that never took place: what it is said to have done is put there by a test."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case = case
        self.folder = folder
        self.inside = lay_out(case, folder / "case")
        self.before = tree_of(folder / "case")
        self.arguments = list(case.arguments)


RIGHT = Ran(
    code=1,
    is_hung=False,
    out="11.md:1:1 错\n".encode(),
    err=b"",
    report=None,
    left=[],
    temporary=[],
    reached=[],
)
REPORT: dict[str, Any] = {
    "documents": [{"path": "11.md", "error": None, "skipped": False, "outcomes": {"SEC001": "pass"}}]
}


def kinds(run: Staged, ran: Ran) -> list[str]:
    return [fault.kind for fault in judge(run, ran)]


def test_the_judge_finds_nothing_wrong_with_a_run_that_did_its_work(tmp_path: Path) -> None:
    run = Staged(GOOD, tmp_path)
    assert [] == list(judge(run, RIGHT))
    assert [] == list(judge(run, RIGHT._replace(code=0, report=json.dumps(REPORT).encode())))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"is_hung": True, "code": -9}, "hang"),
        ({"code": -11}, "crash"),
        ({"code": 3}, "exit"),
        ({"err": b"Traceback (most recent call last):\n"}, "internal error"),
        ({"err": "错误：程序内部出错，不是您的".encode()}, "internal error"),
        ({"out": "内部错误（ValueError, x:1：y）".encode()}, "internal error"),
        ({"out": b"a\x1b[31mb"}, "raw control"),
        ({"out": b"a\rb"}, "raw control"),
        ({"err": "a\u202eb".encode()}, "raw control"),
        ({"err": b"a\x9bb"}, "raw control"),
        ({"left": [1]}, "process left"),
        ({"reached": ["socket.connect"]}, "reached out"),
        ({"temporary": ["x"]}, "temporary left"),
        ({"code": 0, "report": b'{"documents": []}'}, "unlooked"),
    ],
)
def test_the_judge_sees(changes: dict[str, Any], expected: str, tmp_path: Path) -> None:
    assert expected in kinds(Staged(GOOD, tmp_path), RIGHT._replace(**changes))


def test_the_judge_sees_what_became_of_files(tmp_path: Path) -> None:
    case = GOOD._replace(entries=(*GOOD.entries, Entry("file", "b.md", b"# y\n")), writes={"r.json": "json"})
    run = Staged(case, tmp_path)
    (run.inside / "11.md").write_bytes(b"")
    (run.inside / "b.md").unlink()
    (run.inside / "new").write_bytes(b"")
    (run.inside / "r.json").write_bytes(b'{"half')
    (tmp_path / "case" / "out" / "kept.md").write_bytes(b"changed")
    assert ["file changed", "file lost", "file left", "not whole", "file changed"] == kinds(run, RIGHT)


def test_mending_may_change_a_bulletin_but_not_empty_it(tmp_path: Path) -> None:
    run = Staged(GOOD._replace(mends=True), tmp_path)
    (run.inside / "11.md").write_bytes(b"# z\n")
    assert [] == kinds(run, RIGHT)
    (run.inside / "11.md").write_bytes(b"")
    assert ["file changed"] == kinds(run, RIGHT)


def test_a_link_to_a_file_that_is_read_is_no_way_to_write_it(tmp_path: Path) -> None:
    links = (Entry("link", "r.json", target="11.md"), Entry("link", "s.json", target="b.md"))
    case = GOOD._replace(entries=(*GOOD.entries, *links), writes={"r.json": "json", "s.json": "json"})
    run = Staged(case, tmp_path)
    (run.inside / "s.json").write_bytes(b"{}")
    assert [] == kinds(run, RIGHT)
    (run.inside / "r.json").write_bytes(b"{}")
    assert ["file changed"] == kinds(run, RIGHT)


def test_the_judge_sees_a_gate_that_was_switched_off(tmp_path: Path) -> None:
    run = Staged(GOOD._replace(is_gate=True), tmp_path)
    assert ["gate off"] == kinds(run, RIGHT._replace(code=0, report=json.dumps(REPORT).encode()))


def test_the_judge_sees_settings_that_were_passed_over(tmp_path: Path) -> None:
    run = Staged(GOOD._replace(must_refuse=True), tmp_path)
    assert ["settings passed over"] == kinds(run, RIGHT)
    assert [] == kinds(run, RIGHT._replace(code=2))


def test_the_judge_sees_commands_for_a_ci(tmp_path: Path) -> None:
    run = Staged(GOOD._replace(environment={"GITHUB_ACTIONS": "true"}), tmp_path)
    assert [] == kinds(run, RIGHT._replace(out=b"::error file=11.md,line=1::x ::error::planted\n"))
    shielded = b"::stop-commands::a1\n::error::planted ##[error]planted\n::a1::\n"
    assert [] == kinds(run, RIGHT._replace(out=shielded))
    assert ["workflow command"] == kinds(run, RIGHT._replace(out=shielded + b"::error::planted\n"))
    for planted in (b"\n::error::planted\n", b"x ##[error]planted", b"  ::stop-commands::planted"):
        assert ["workflow command"] == kinds(run, RIGHT._replace(out=planted))


def test_a_run_that_reaches_out_is_heard(tmp_path: Path) -> None:
    """In a process of its own: what listens to the interpreter stays for good."""
    script = f"""
import os, socket, subprocess, sys
from pathlib import Path
import hostile_runs
folder = Path({str(tmp_path)!r}, "run")
(folder / "case").mkdir(parents=True)
running = object.__new__(hostile_runs.Running)
running.folder = folder
running._watch(folder)
open(folder / "inside", "w").close()
open(folder.parent / "outside", "w").close()
os.rename(folder / "inside", folder.parent / "moved")
open(folder.parent / "outside").close()
subprocess.run([sys.executable, "-c", ""])
socket.socket(socket.AF_UNIX).connect_ex(str(folder / "nowhere"))
"""
    env = {**os.environ, "PYTHONPATH": str(SUPPORT)}
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], env=env, check=True)
    heard = [line.split()[0] for line in (tmp_path / "run" / "reached").read_text("ascii").splitlines()]
    assert ["open", "os.rename", "subprocess.Popen", "socket.connect"] == [
        event for event in heard if event != "os.posix_spawn"
    ]


def test_a_fault_says_how_to_repeat_it() -> None:
    assert ("seed", "kind", "detail", "arguments") == Fault._fields
