"""What nobody used for long leaves the cache folder, at most once a day, and nothing else does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from bulletin_lint.engine.cache import contents
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.cache.contents import ContentCache, NewEntry
from bulletin_lint.engine.cache.database import NAME
from bulletin_lint.model.source import SourceFile

DAY = 86_400
MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(folder))
    return folder


def put(path: Path, *, days: float, size: int = 1) -> str:
    """A file that was last used some days ago."""
    path.touch(mode=0o600)
    os.truncate(path, size)
    when = time.time() - days * DAY
    os.utime(path, (when, when))
    return path.name


def left(cache: Path, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if (cache / name).exists())


def compiled(number: int) -> str:
    return f"rulebook-{number:016x}.data"


def test_compiled_files_are_dropped_after_ninety_days(cache: Path) -> None:
    ages = {89.0: compiled(1), 91.0: compiled(2), 400.0: compiled(3)}
    for days, name in ages.items():
        put(cache / name, days=days)
    CompiledStore().store("key", 5, [])

    assert left(cache, ages.values()) == [compiled(1)]
    assert CompiledStore().load("key") == 5


def test_the_oldest_are_dropped_where_they_are_many(cache: Path) -> None:
    # The one that is kept now is the newest and has a few bytes: three of 20 MB fit into 64 beside it.
    for number in range(6):
        put(cache / compiled(number), days=1 + number, size=20 * MEGABYTE)
    CompiledStore().store("key", 5, [])

    assert left(cache, map(compiled, range(6))) == [compiled(0), compiled(1), compiled(2)]
    assert CompiledStore().load("key") == 5


def test_what_killed_runs_and_other_versions_left_goes_and_nothing_of_others(cache: Path) -> None:
    gone = {
        "rulebook-0000000000000001.data.0123456789abcdef.tmp": 2,
        "rulebook-0000000000000001.data.815.tmp": 2,
        f"{NAME}.0123456789abcdef.tmp-wal": 2,
        "cache-1.sqlite3": 91,
        "cache-1.sqlite3-wal": 91,
    }
    kept = {
        "rulebook-0000000000000002.data.0123456789abcdef.tmp": 0.5,
        "cache-2.sqlite3": 89,
        NAME: 400,
        "notes.txt": 400,
        "rulebook-mine.data": 400,
        "holiday.tmp": 400,
    }
    for name, days in {**gone, **kept}.items():
        put(cache / name, days=days)
    (cache / "cache-0.sqlite3").mkdir()
    CompiledStore().store("key", 5, [])

    assert left(cache, [*gone, *kept]) == sorted(kept)
    assert (cache / "cache-0.sqlite3").is_dir()


def test_once_a_day_is_enough(cache: Path) -> None:
    CompiledStore().store("key", 5, [])
    put(cache / compiled(1), days=91)
    CompiledStore().store("another key", 5, [])
    assert left(cache, [compiled(1)]) == [compiled(1)]

    put(cache / "pruned", days=1.01)
    CompiledStore().store("key", 5, [])
    assert left(cache, [compiled(1)]) == []


def test_what_is_used_is_not_old(cache: Path) -> None:
    CompiledStore().store("key", 5, [])
    (path,) = cache.glob("rulebook-*.data")
    put(path, days=80, size=path.stat().st_size)
    assert CompiledStore().load("key") == 5
    put(cache / "pruned", days=2)
    CompiledStore().store("another key", 5, [])

    assert time.time() - path.stat().st_mtime < 7 * DAY


def fill(folder: Path, names: Iterable[str], *, size: int = 20_000) -> None:
    cache = ContentCache("results", "maker")
    cache.store(
        NewEntry(SourceFile(str(folder / name), "text", explicit=False), None, name, os.urandom(size))
        for name in names
    )


def known(names: Iterable[str]) -> list[str]:
    from bulletin_lint.engine.cache.database import Database

    with Database() as database:
        rows = database.select("SELECT digest FROM results WHERE digest IN ({})", list(names))
    return sorted(name for (name,) in rows)


def test_a_database_that_is_too_large_forgets_what_was_not_used_for_longest(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "_LARGEST", MEGABYTE)
    old, new = [f"old {number}" for number in range(40)], [f"new {number}" for number in range(40)]
    long_ago = time.time() - 20 * DAY
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: long_ago)
        fill(tmp_path, old)
    assert known(old) == sorted(old)
    # 80 of 20 KB are more than 1 MB, 40 are less.
    put(cache / "tidied", days=2)
    fill(tmp_path, new)

    assert known(old) == []
    assert known(new) == sorted(new)
    assert (cache / NAME).stat().st_size < MEGABYTE * 1.2


def test_the_database_is_tidied_once_a_day(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[object] = []
    monkeypatch.setattr(contents, "_forget_old", times.append)
    for number in range(20):
        fill(tmp_path, [f"{number}"], size=10)
    assert len(times) == 1
    put(cache / "tidied", days=1.01)
    for number in range(20):
        fill(tmp_path, [f"{number}"], size=10)

    assert len(times) == 2
