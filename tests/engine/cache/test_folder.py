"""The cache folder is used only where nobody but the user can have written what it holds."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin_lint.engine.cache import folder as cache_of_user
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.cache.database import NAME, Database
from bulletin_lint.engine.cache.folder import CacheFolder, cache_folder, forget_refusal, refusal
from harness import FIXTURES, Command

WRONG = FIXTURES / "commands" / "wrong.md"
CHECK = ("check", "--isolated", "--jobs", "1", "--format", "concise", str(WRONG), str(WRONG.parent))

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The cache folder of the test, not there yet; it is run elsewhere."""
    place = tmp_path / "cache"
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(place))
    forget_refusal()
    yield place
    forget_refusal()


def reason() -> str | None:
    said = refusal()
    return None if said is None else said.en


def shared_folder(place: Path, _: pytest.MonkeyPatch) -> None:
    place.chmod(0o770)


def folder_of_all(place: Path, _: pytest.MonkeyPatch) -> None:
    place.chmod(0o1777)


def folder_of_another(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)


def link_to_a_folder(place: Path, _: pytest.MonkeyPatch) -> None:
    place.rename(place.with_name("real"))
    place.symlink_to("real")


def no_folder(place: Path, _: pytest.MonkeyPatch) -> None:
    place.rename(place.with_name("real"))
    place.write_bytes(b"")


def in_a_work_tree(place: Path, _: pytest.MonkeyPatch) -> None:
    (place.parent / ".git").mkdir()


def relative(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", "../cache")


FLAWS: dict[Callable[[Path, pytest.MonkeyPatch], None], tuple[str, str]] = {
    shared_folder: ("others may write", "其他用户可以写入"),
    folder_of_all: ("others may write", "其他用户可以写入"),
    folder_of_another: ("belongs to another user", "不属于当前用户"),
    link_to_a_folder: ("it is a link", "是链接"),
    no_folder: ("it is no folder", "不是文件夹"),
    in_a_work_tree: ("git work tree", "git 工作区"),
    relative: ("not absolute", "不是绝对路径"),
}


@pytest.mark.parametrize("spoil", FLAWS)
def test_a_folder_that_others_may_have_filled_is_not_used(
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    cache: Path,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = command(*CHECK)
    CompiledStore().store("key", 5, [])
    with Database(create=True) as database:
        assert database.count("results") == 0
    assert expected.err.count("缓存") == 0
    spoil(cache, monkeypatch)
    before = sorted((path, path.stat().st_mtime_ns) for path in cache.parent.rglob("*"))

    assert CompiledStore().load("key") is None
    said = command(*CHECK)

    assert (said.code, said.out) == (expected.code, expected.out)
    assert said.err.count("不可信，未使用") == 1
    assert FLAWS[spoil][1] in said.err
    assert "BULLETIN_LINT_CACHE_DIR" in said.err
    assert sorted((path, path.stat().st_mtime_ns) for path in cache.parent.rglob("*")) == before
    english = command("check", "--lang", "en", *CHECK[1:])
    assert english.err.count("is not used: ") == 1
    assert FLAWS[spoil][0] in english.err.replace("other users may", "others may")


def test_without_a_cache_nothing_is_said_of_it(cache: Path, command: Command) -> None:
    cache.mkdir(mode=0o777)
    cache.chmod(0o777)
    assert "缓存" not in command(*CHECK, "--no-cache").err
    assert "缓存" in command(*CHECK).err
    cache.chmod(0o700)
    assert "缓存" not in command(*CHECK).err


def test_a_process_that_goes_on_for_long_notes_one_refusal(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    store = CompiledStore()
    assert store.load("key") is None
    first = refusal()
    for _ in range(50):
        store.load("key")

    assert refusal() is first
    assert len(cache_of_user._refusals) == 1


def test_links_on_the_way_to_the_folder_are_the_users_own(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "way").symlink_to("disk")
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "way" / "cache"))
    CompiledStore().store("key", 5, [])

    assert CompiledStore().load("key") == 5
    assert (tmp_path / "disk" / "cache").is_dir()
    assert reason() is None


def test_the_users_own_folder_may_lie_in_a_work_tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There are people who keep their home in git."""
    monkeypatch.delenv("BULLETIN_LINT_CACHE_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    assert cache_folder() == str(tmp_path / ".cache" / "bulletin-lint")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    assert cache_folder() == str(tmp_path / ".cache" / "bulletin-lint")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "build"))
    assert cache_folder() is None


def test_what_is_made_belongs_to_the_user_alone(cache: Path) -> None:
    before = os.umask(0)
    try:
        CompiledStore().store("key", 5, [])
        with Database(create=True) as database:
            database.write("INSERT INTO files VALUES (?, ?, ?, ?, ?)", [(b"a", "s", 1, "d", 1)])
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in cache.iterdir()}
    finally:
        os.umask(before)

    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert NAME in modes
    assert set(modes.values()) == {0o600}


def compiled(cache: Path) -> Path:
    (path,) = cache.glob("rulebook-*.data")
    return path


def link_to_a_file(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def file_of_all(path: Path) -> None:
    path.chmod(0o606)


def file_of_a_group(path: Path) -> None:
    path.chmod(0o660)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT = [link_to_a_file, file_of_all, file_of_a_group, pipe, folder]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_file_that_others_may_have_written_is_a_miss(cache: Path, spoil: Callable[[Path], None]) -> None:
    CompiledStore().store("key", 5, [])
    assert CompiledStore().load("key") == 5
    spoil(compiled(cache))

    assert CompiledStore().load("key") is None
    assert str(compiled(cache)) in str(reason())


def test_a_file_is_written_in_the_place_of_a_link_not_through_it(cache: Path) -> None:
    CompiledStore().store("key", 5, [])
    path = compiled(cache)
    link_to_a_file(path)
    there = (cache.parent / "elsewhere").read_bytes()
    CompiledStore().store("key", 6, [])

    assert CompiledStore().load("key") == 6
    assert not path.is_symlink()
    assert (cache.parent / "elsewhere").read_bytes() == there


@pytest.mark.parametrize("spoil", [link_to_a_file, file_of_all, file_of_a_group, pipe])
@pytest.mark.parametrize("ending", ["", "-wal"])
def test_a_database_that_others_may_have_written_is_not_opened(
    cache: Path, spoil: Callable[[Path], None], ending: str
) -> None:
    with Database(create=True) as database:
        database.write("INSERT INTO files VALUES (?, ?, ?, ?, ?)", [(b"a", "s", 1, "d", 1)])
        assert database.count("files") == 1
    path = cache / f"{NAME}{ending}"
    if ending:
        path.write_bytes(b"")
    spoil(path)
    before = sorted(each.name for each in cache.parent.rglob("*"))

    with Database(create=True) as database:
        assert database.count("files") == 0
        database.write("INSERT INTO files VALUES (?, ?, ?, ?, ?)", [(b"b", "s", 1, "d", 1)])
    assert str(path) in str(reason())
    assert sorted(each.name for each in cache.parent.rglob("*")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM results; END",
        "CREATE VIEW v AS SELECT 1",
        "ALTER TABLE files ADD COLUMN more",
    ],
)
def test_a_database_with_more_than_our_tables_is_not_ours(cache: Path, statement: str) -> None:
    with Database(create=True) as database:
        database.write("INSERT INTO files VALUES (?, ?, ?, ?, ?)", [(b"a", "s", 1, "d", 1)])
    with sqlite3.connect(cache / NAME) as connection:
        connection.execute(statement)
    connection.close()

    with Database() as database:
        assert database.count("files") == 0
    with Database(create=True) as database:
        database.write("INSERT INTO files VALUES (?, ?, ?, ?, ?)", [(b"b", "s", 1, "d", 1)])
        assert database.count("files") == 1


def test_a_database_runs_no_functions_of_its_schema(cache: Path) -> None:
    with Database(create=True) as database:
        found = database.select("SELECT trusted_schema FROM pragma_trusted_schema WHERE 1 IN ({})", [1])
    assert found == [(0,)]


def test_a_folder_put_in_the_place_of_an_open_one_is_noticed(cache: Path) -> None:
    CompiledStore().store("key", 5, [])
    name = compiled(cache).name
    with CacheFolder() as opened:
        assert opened.is_still_there()
        cache.rename(cache.with_name("gone"))
        cache.mkdir(mode=0o700)
        (cache / name).write_bytes(b"of another")
        assert not opened.is_still_there()
        content = opened.read(name)

    assert content is not None
    assert content.startswith(b"bulletin-lint cache ")
