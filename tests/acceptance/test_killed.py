"""Killed at any moment, a run leaves a cache and a register that are whole, and the next run is right."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bulletin_lint.series.register import read_register
from series_generator import TITLES, content_of, series, write
from started import CAN_COPY, copied, kill, started

pytestmark = pytest.mark.skipif(not CAN_COPY, reason="runs are copies of this process")

ISSUES = series(TITLES[0], [(2018, 24), (2019, 24), (2020, 12)], folder="zw", before=100)


def finished(words: Sequence[str], folder: Path, cache: Path) -> tuple[int, str, str]:
    return started(*words, folder=folder, environment={"BULLETIN_LINT_CACHE_DIR": str(cache)})[:3]


def killed(words: Sequence[str], folder: Path, cache: Path, after: float) -> bool:
    """Kills a run and its workers after some seconds; whether it was still going on."""
    with open(os.devnull, "r+b") as nowhere:
        streams = (nowhere.fileno(),) * 3
        pid = copied(
            *words, folder=folder, streams=streams, environment={"BULLETIN_LINT_CACHE_DIR": str(cache)}
        )
    time.sleep(after)
    was_running = os.waitpid(pid, os.WNOHANG)[0] == 0
    if was_running:
        kill(pid)
        os.waitpid(pid, 0)
    return was_running


def is_whole(cache: Path) -> bool:
    """Whether the database, if there is one, holds together."""
    for path in cache.glob("cache-*.sqlite3"):
        connection = sqlite3.connect(path)
        found = connection.execute("PRAGMA integrity_check").fetchall()
        connection.close()
        if found != [("ok",)]:
            return False
    return True


@pytest.mark.slow
def test_killed_fifty_times(tmp_path: Path) -> None:
    be_killed(50, tmp_path)


def test_killed_eight_times(tmp_path: Path) -> None:
    be_killed(8, tmp_path)


def be_killed(times: int, tmp_path: Path) -> None:
    """Kills so many runs, each at some moment of its own, and looks at what they leave."""
    folder, cache = tmp_path / "office", tmp_path / "cache"
    folder.mkdir()
    (folder / "bulletin-lint.yaml").write_text('bulletins: ["**/*.md"]\nselect: [ISS]\n', encoding="utf-8")
    write(folder, [*ISSUES[:30], *ISSUES[31:]])
    check = ["check", "--format", "concise", "--jobs", "1", "."]
    start = time.monotonic()
    expected = finished(check, folder, tmp_path / "other")
    longest = time.monotonic() - start
    start = time.monotonic()
    assert expected == finished(check, folder, tmp_path / "other")
    usual = time.monotonic() - start
    assert (1, "") == (expected[0], expected[2])
    assert [(f"{ISSUES[31].path}:3:6", "ISS005"), (f"{ISSUES[31].path}:3:9", "ISS007")] == [
        (line.split(": ")[0], line.split()[1]) for line in expected[1].splitlines()
    ]
    comments = f"{TITLES[0]},2017,48,100,2017-12-30,,,存县档案馆"
    (folder / "register.csv").write_bytes(
        f"刊名,年份,期号,总期号,编发日期,增刊,文件,备注\r\n{comments}\r\n".encode("utf-8-sig")
    )

    rng = random.Random(4)
    in_the_middle = 0
    for turn in range(times):
        issue = ISSUES[turn % 30]
        # Something to learn, so that there is always something to write.
        (folder / issue.path).write_bytes(content_of(issue) + f"\n附：第{turn}稿。\n".encode())
        words = ["register", "update"] if turn % 3 == 0 else check
        if turn % 7 == 0:
            # Everything is to be learned again, which takes longest.
            shutil.rmtree(cache, ignore_errors=True)
        in_the_middle += killed(words, folder, cache, rng.uniform(0.01, longest if turn % 7 == 0 else usual))
        assert is_whole(cache), turn
        rows = read_register(str(folder / "register.csv")).rows
        assert len(rows) in (1, len(ISSUES)), turn
        assert comments in [",".join(row.cells) for row in rows], turn
        if turn % 10 == 9:
            assert expected == finished(check, folder, cache), turn

    # Some runs are over before their time.
    assert in_the_middle >= times // 5
    assert 0 == finished(["register", "update"], folder, cache)[0]
    assert len(ISSUES) == len(read_register(str(folder / "register.csv")).rows)
    assert expected == finished(check, folder, cache)
