"""A fix, a baseline, a register and a report, with an error or the end at each call to the system.

Whatever goes wrong, the file that was to be written holds the old content or the new, whole; an error is told
and leaves nothing behind, and so does a signal that can be answered.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from harness import SUPPORT
from started import started
from write_faults import SIGNALS, Fault

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

BULLETIN = "# 松湖区情况简报\n\n第1期\n\n2020年03月06日\n\n## 各区动态\n\n责编：王某\n"
"""It has one fault that can be fixed: the zeros of the date."""


class Kind(NamedTuple):
    """Something that is written."""

    words: tuple[str, ...]
    target: str
    old: str | None


KINDS = {
    "fix": Kind(("check", "--fix", "--fail-level", "info", "a.md"), "a.md", BULLETIN),
    "baseline": Kind(
        ("check", "--baseline", "old.jsonl", "--write-baseline", "--fail-level", "info", "a.md"),
        "old.jsonl",
        "",
    ),
    "register": Kind(("register", "update", "a.md"), "register.csv", "期号,编发日期\r\n2,2020-03-20\r\n"),
    "report": Kind(("check", "--format", "json=out.json", "a.md"), "out.json", '{"of": "the run before"}\n'),
    "first report": Kind(("check", "--format", "json=out.json", "a.md"), "out.json", None),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "office"
    here.mkdir()
    (here / "a.md").write_text(BULLETIN, encoding="utf-8")
    (here / "bulletin-lint.yaml").write_text("select: [DAT002]\n", encoding="utf-8")
    return here


def put(folder: Path, kind: Kind) -> None:
    path = folder / kind.target
    if kind.old is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(kind.old.encode())


def faults_of(folder: Path, kind: Kind) -> list[Fault]:
    asked = {"folder": str(folder), "words": kind.words, "target": kind.target, "old": kind.old}
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "write_faults.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Fault(**each) for each in json.loads(done.stdout)]


@pytest.mark.parametrize(
    "name", [name if name == "fix" else pytest.param(name, marks=pytest.mark.slow) for name in KINDS]
)
def test_an_error_or_the_end_at_each_call(name: str, folder: Path) -> None:
    kind = KINDS[name]
    put(folder, kind)

    faults = faults_of(folder, kind)

    # A new file, its content, the mode of an old one, the disk (the file, then its folder), the name.
    wanted = {("open", 1), ("write", 1), ("fsync", 1), ("fsync", 2), ("replace", 1)}
    if kind.old is not None:
        wanted.add(("fchmod", 1))
    assert wanted <= {(fault.call, fault.number) for fault in faults}
    assert [fault for fault in faults if fault.content == "other"] == []
    for fault in faults:
        is_named = (fault.call, fault.number) == ("fsync", 2) or (fault.call, fault.how) == (
            "replace",
            "after SIGKILL",
        )
        assert fault.content == ("new" if is_named else "old"), fault
        assert "Traceback" not in fault.err, fault
        assert "内部出错" not in fault.err, fault
        if fault.how.endswith("SIGKILL"):
            assert fault.code == -signal.SIGKILL, fault
            continue
        assert fault.left == [], fault
        if fault.how in SIGNALS:
            # As a shell says it.
            assert fault.code == 128 + getattr(signal, fault.how), fault
        else:
            assert fault.code == 2, fault
            assert kind.target in fault.err, fault


# --- the same from outside, where no call is overlooked ------------------------------------------------------

STRACED = ("write", "fsync", "fchmod", "rename")


def strace(log: Path, words: list[str], folder: Path, *options: str) -> int:
    """Runs the program under strace and gives its exit code."""
    # The program stops at the calls that are asked for, and at no others.
    quick = ("-f", "--seccomp-bpf", "-qq", "-o", str(log))
    command = ["strace", *quick, *options, sys.executable, "-m", "bulletin_lint", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.fixture(scope="module")
def has_strace(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    log = tmp_path_factory.mktemp("probe") / "log"
    probe = ["strace", "-f", "--seccomp-bpf", "-o", str(log), sys.executable, "-c", ""]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        pytest.skip("strace may not look at programs here")


@pytest.mark.slow
@pytest.mark.usefixtures("has_strace")
@pytest.mark.parametrize("name", ["fix", "baseline", "register", "report"])
def test_an_error_or_the_end_at_each_system_call(name: str, folder: Path) -> None:
    kind, log = KINDS[name], folder.parent / "log"
    words, target = list(kind.words), folder / kind.target
    # The first run fills the cache, so that those that follow make the same calls.
    put(folder, kind)
    strace(log, words, folder, "-e", "trace=none")
    put(folder, kind)
    files = set(os.listdir(folder)) | {kind.target}
    strace(log, words, folder, "-e", "trace=/^(write|fsync|fchmod|rename(at2?)?)$")
    old, new = (kind.old or "").encode(), target.read_bytes()
    assert old != new
    made = Counter(re.findall(r"^\d+ +(write|fsync|fchmod|rename)\w*\(", log.read_text("utf-8"), re.M))
    assert set(made) == set(STRACED)

    seen = Counter[str]()
    for call in STRACED:
        for number in range(1, made[call] + 1):
            for how in ("error=ENOSPC", "error=EIO", "signal=SIGKILL"):
                put(folder, kind)
                calls = "/^rename(at2?)?$" if call == "rename" else call
                strace(
                    log, words, folder, "-e", f"trace={calls}", "-e", f"inject={calls}:{how}:when={number}"
                )
                now = target.read_bytes()
                left = set(os.listdir(folder)) - files
                where = (call, number, how)
                assert now in (old, new), where
                assert not left or how == "signal=SIGKILL", where
                seen[f"{call} {'old' if now == old else 'new'}"] += 1
                for each in left:
                    (folder / each).unlink()

    # The faults were met: each of these calls can keep the new content from getting its name.
    assert all(seen[f"{call} old"] for call in STRACED), seen


@pytest.mark.slow
def test_eight_runs_at_once_write_one_baseline(folder: Path) -> None:
    """Each checks a bulletin of its own; the baseline then knows all of them."""
    # Eight at once on an empty cache are another test's (`tests/engine/cache/test_together.py`).
    started("check", "--exit-zero", "a.md", folder=folder)
    names = [f"{number}.md" for number in range(1, 9)]
    for name in names:
        (folder / name).write_text(BULLETIN, encoding="utf-8")
    runs = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bulletin_lint",
                "check",
                "--baseline",
                "all.jsonl",
                "--write-baseline",
                name,
            ],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for name in names
    ]
    for run in runs:
        said, _ = run.communicate()
        assert run.returncode == 0, said.decode()

    lines = [json.loads(line) for line in (folder / "all.jsonl").read_text("utf-8").splitlines()]
    assert [line["path"] for line in lines] == names
    assert sorted(os.listdir(folder)) == sorted([*names, "a.md", "all.jsonl", "bulletin-lint.yaml"])
