"""Eight runs at once on one cache: each is right, and so is what they leave."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest

from bulletin_lint.engine.cache.database import NAME
from started import copied, waited_for

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="runs are copies of this process")

RUNS = 8
COUNT = 30
"""Of bulletins: enough for results to be kept."""
BULLETIN = """\
# 望川县工作简报

第 {number} 期（总第 {total} 期）

望川县人民政府办公室　　2020年3月6日

# 全县部署春耕备耕

县农业农村局召开会议,安排农资储备和农机检修。会议于2020年03月05日结束。

编辑：李明　审核：王芳　电话：0571-88776655
"""


class Run:
    """A run of the program that has begun."""

    def __init__(self, folder: Path, cache: Path, *words: str) -> None:
        self._files = (open(os.devnull, "rb"), tempfile.TemporaryFile(), tempfile.TemporaryFile())  # noqa: SIM115
        self._pid = copied(
            *("check", "--jobs", "1", "--format", "json", *words),
            folder=folder,
            streams=(self._files[0].fileno(), self._files[1].fileno(), self._files[2].fileno()),
            environment={"BULLETIN_LINT_CACHE_DIR": str(cache)},
        )

    def ended(self) -> tuple[bytes, bytes, int]:
        """What it wrote, and its exit code."""
        code = waited_for(self._pid)
        written = []
        for file in self._files:
            file.seek(0)
            written.append(file.read())
            file.close()
        return written[1], written[2], code


def test_eight_runs_at_once_on_one_empty_cache(tmp_path: Path) -> None:
    folder, cache = tmp_path / "office", tmp_path / "cache"
    folder.mkdir()
    for number in range(1, COUNT + 1):
        text = BULLETIN.format(number=number, total=100 + number)
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text('extends: [jianbao]\nbulletins: ["*.md"]\n', encoding="utf-8")
    expected, said, _ = Run(folder, cache, "--no-cache").ended()
    assert said == b""
    assert not cache.exists()
    assert expected.count(b'"DAT002"') >= COUNT

    running = [Run(folder, cache) for _ in range(RUNS)]
    outcomes = [run.ended() for run in running]

    assert [(out == expected, err, code) for out, err, code in outcomes] == [(True, b"", 1)] * RUNS
    # Nothing half made is left, and what is kept holds together and is used.
    assert [path.name for path in cache.iterdir() if path.name.endswith((".tmp", "-journal"))] == []
    connection = sqlite3.connect(cache / NAME)
    ((whole,),) = connection.execute("PRAGMA integrity_check").fetchall()
    ((results,),) = connection.execute("SELECT count(*) FROM results").fetchall()
    connection.close()
    assert (whole, results) == ("ok", COUNT)
    before = {path.name: path.stat().st_mtime_ns for path in cache.glob("rulebook-*")}
    out, err, _ = Run(folder, cache).ended()
    assert (out, err) == (expected, b"")
    assert {path.name: path.stat().st_mtime_ns for path in cache.glob("rulebook-*")} == before
