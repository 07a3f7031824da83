"""`check --watch`: what changes is checked again, by a program that runs until it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bulletin_lint.cli import watching
from bulletin_lint.cli.watching import snapshot
from harness import FIXTURES, ROOT, Command

WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
RIGHT = WRONG.replace("三、", "二、")
SETTINGS = "select: [SEC001]\n"


class Watched:
    """A program that watches, and what it says in each round."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bulletin_lint", "check", "--watch", "--format", "concise", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
            # Below a shell's background job interruptions are ignored, and children take that over.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        # Should it never say anything more the test fails instead of waiting.
        self._guard = threading.Timer(300, self._process.kill)
        self._guard.start()

    def round(self) -> list[str]:
        """What one round says, up to the line that says it is done."""
        said: list[str] = []
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "Ctrl-C" in line:
                return said
            said.append(line.rstrip("\n"))
        raise AssertionError(f"it ended with {self._process.wait()}: {said}")

    def interrupt(self) -> int:
        """Ends it as Ctrl-C does; gives its exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait()

    def close(self) -> None:
        self._guard.cancel()
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / ".cache"))
    (tmp_path / "11.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(office: Path) -> Iterator[Watched]:
    program = Watched(".")
    yield program
    program.close()


@pytest.mark.skipif(sys.platform == "win32", reason="interruptions are sent in another way there")
def test_files_and_settings_that_change_are_checked_again_until_interrupted(
    office: Path, watched: Watched
) -> None:
    assert watched.round() == []

    (office / "11.md").write_text(WRONG, encoding="utf-8")
    (said,) = watched.round()
    assert said.startswith("11.md:21:5: SEC001")

    # Another file, which was not there.
    (office / "12.md").write_text(WRONG, encoding="utf-8")
    assert [line.partition(":")[0] for line in watched.round()] == ["11.md", "12.md"]

    # A mistake in the settings is said, and the next change waited for.
    (office / "bulletin-lint.yaml").write_text("selct: [SEC001]\n", encoding="utf-8")
    (said,) = watched.round()
    assert said.startswith("bulletin-lint.yaml:1:1: ")

    (office / "bulletin-lint.yaml").write_text("select: [ISS001]\n", encoding="utf-8")
    assert watched.round() == []

    assert watched.interrupt() == 130


def test_a_file_that_grows_without_end_keeps_nobody_from_being_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = iter(range(100))
    monkeypatch.setattr(watching, "_next", lambda places: {"log.txt": (next(looks), 0)})
    seconds = count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))

    # It would go on until there is nothing more to look at.
    watching._wait_for_change(lambda: (), {"log.txt": (0, 0)})

    assert next(looks) < 20


def test_what_counts_as_a_file_to_look_at(office: Path) -> None:
    for name in ("out.json", "~$11.docx", ".hidden.md", "13.DOCX", "waivers.yaml"):
        (office / name).write_bytes(b"")
    (office / ".git").mkdir()
    (office / ".git" / "14.md").write_bytes(b"")
    (office / "15.md").mkdir()

    seen = snapshot([".", "none.md"])

    assert sorted(map(os.path.normpath, seen)) == ["11.md", "13.DOCX", "bulletin-lint.yaml", "waivers.yaml"]
    assert snapshot(["11.md"]) == {"11.md": seen[os.path.join(".", "11.md")]}


def test_another_size_or_time_is_a_change(office: Path) -> None:
    path = office / "11.md"
    before = snapshot(["11.md"])
    os.utime(path, ns=(1, 1))
    other_time = snapshot(["11.md"])
    path.write_bytes(b"")
    os.utime(path, ns=(1, 1))
    other_size = snapshot(["11.md"])
    path.unlink()

    assert len({str(each) for each in (before, other_time, other_size, snapshot(["11.md"]))}) == 4


@pytest.mark.parametrize(
    "option", ["-", "--diff", "--show-files", "--write-baseline", "--add-waivers=理由", "--annotate=a.docx"]
)
def test_what_is_done_once_cannot_be_watched(office: Path, command: Command, option: str) -> None:
    outcome = command("check", "--watch", option)

    assert outcome.code == 2
    assert f"--watch 不能与 {option.partition('=')[0]} 同用" in outcome.err


def test_settings_nearest_to_a_file_are_watched(office: Path) -> None:
    for name in ("a", "b"):
        (office / name).mkdir()
        (office / name / "1.md").write_text(WRONG, encoding="utf-8")
        (office / name / "bulletin-lint.yaml").write_text("select: [PUN002]\n", encoding="utf-8")
    program = Watched("a/1.md", "b/1.md")
    try:
        assert [" ".join(line.split()[:2]) for line in program.round()] == [
            "a/1.md:23:13: PUN002",
            "b/1.md:23:13: PUN002",
        ]
        (office / "b" / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
        assert [line.split()[1] for line in program.round()] == ["PUN002", "SEC001"]
    finally:
        program.close()
