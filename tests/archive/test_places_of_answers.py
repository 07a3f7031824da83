"""Folders of this machine and those that fsspec reaches: what is written is there, whole and by its name."""

from __future__ import annotations

import itertools
import os
import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.archive.stamps import (
    never_again,
    stamp_of_content,
    stamp_of_information,
    stamp_of_path,
)
from bulletin_lint.archive.storage import (
    LocalFolder,
    RemoteFile,
    RemoteFolder,
    Storage,
    is_inside,
    is_url,
    real_place,
    storage_of,
)
from bulletin_lint.model.errors import UsageError

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(params=["path", "memory", "file"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, memory: Any) -> Storage:
    """A folder that is not there yet."""
    places = {"path": f"{tmp_path}/out", "memory": "memory://bucket/out", "file": f"file://{tmp_path}/out"}
    return storage_of(places[request.param])


def test_a_folder_that_is_not_there_holds_nothing(storage: Storage) -> None:
    assert storage.names("") == []
    assert storage.names("parts") == []
    assert storage.folders() == []
    with pytest.raises(FileNotFoundError):
        storage.read("archive.json")
    storage.remove("parts")
    storage.remove_file("archive.json")


def test_what_was_written_is_read_and_listed_by_its_name(storage: Storage) -> None:
    for name in ("parts/b", "parts/a", "judged-1/a", "archive.json", "report.html"):
        storage.write(name, name.encode())
    storage.write("parts/b", b"again")
    assert storage.read("parts/b") == b"again"
    assert storage.read("archive.json") == b"archive.json"
    assert storage.names("") == ["archive.json", "report.html"]
    assert storage.names("parts") == ["a", "b"]
    assert storage.folders() == ["judged-1", "parts"]
    storage.write("empty", b"")
    assert storage.read("empty") == b""


def test_what_is_removed_is_gone_and_nothing_else(storage: Storage) -> None:
    for name in ("parts/a", "parts/b", "judged-1/a", "judged-2/a"):
        storage.write(name, b"x")
    storage.remove_file("parts/a")
    storage.remove("judged-1")
    assert storage.names("parts") == ["b"]
    assert storage.names("judged-1") == []
    assert storage.folders() == ["judged-2", "parts"]


def test_a_storage_goes_along_to_other_processes(storage: Storage) -> None:
    storage.write("parts/a", b"x")
    other = pickle.loads(pickle.dumps(storage))
    assert type(other) is type(storage)
    assert other.read("parts/a") == b"x"


def test_a_place_is_a_folder_here_or_what_fsspec_reaches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(storage_of("out"), LocalFolder)
    assert isinstance(storage_of("memory://out"), RemoteFolder)
    assert [is_url(place) for place in ("s3://a/b", "out", "C:/out", "/out", "a:b")] == [True] + [False] * 4
    # Relative to where it was named, wherever the program goes then.
    here = storage_of("out")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    here.write("a", b"x")
    assert (tmp_path / "out" / "a").read_bytes() == b"x"


def test_objects_are_put_at_once_and_files_under_another_name_first(
    tmp_path: Path, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    local = fsspec.filesystem("file")
    for system in (type(memory), type(local)):
        whole = system.pipe_file

        def pipe(self: Any, path: str, value: bytes, _whole: Any = whole, **words: Any) -> Any:
            asked.append(path)
            return _whole(self, path, value, **words)

        monkeypatch.setattr(system, "pipe_file", pipe)
    RemoteFolder("memory://bucket/out").write("parts/a", b"x")
    RemoteFolder(f"file://{tmp_path}/out").write("parts/a", b"x")
    assert asked[0] == "/bucket/out/parts/a"
    assert asked[1].startswith(f"{tmp_path}/out/parts/.")
    assert asked[1].endswith(".tmp")
    assert [path.name for path in (tmp_path / "out" / "parts").iterdir()] == ["a"]


def test_whatever_goes_wrong_there_is_an_error_of_the_system(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> bytes:
        raise RuntimeError("the connection broke")

    def refuses(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "no")

    folder = RemoteFolder("memory://bucket/out")
    monkeypatch.setattr(type(memory), "cat_file", breaks)
    with pytest.raises(OSError, match="RuntimeError: the connection broke"):
        folder.read("a")
    monkeypatch.setattr(type(memory), "cat_file", refuses)
    with pytest.raises(PermissionError):
        folder.read("a")


def test_files_below_a_folder_are_listed_by_their_way_from_it(memory: Any) -> None:
    for path, content in (("1.md", b"a"), ("甲/2.md", b"bc"), ("甲/乙/3.md", b""), ("丙/4.md", b"d")):
        memory.pipe_file(f"/bucket/in/{path}", content)
    memory.pipe_file("/bucket/in-2/5.md", b"x")
    for url in ("memory://bucket/in", "memory://bucket/in/"):
        found = sorted(RemoteFolder(url).files())
        assert found == [
            RemoteFile("1.md", 1, ""),
            RemoteFile("丙/4.md", 1, ""),
            RemoteFile("甲/2.md", 2, ""),
            RemoteFile("甲/乙/3.md", 0, ""),
        ]


def test_a_place_may_be_a_file(memory: Any) -> None:
    memory.pipe_file("/bucket/in/甲/1.md", b"abc")
    assert RemoteFolder("memory://bucket/in/甲/1.md").size_of_file() == RemoteFile("1.md", 3, "")
    assert RemoteFolder("memory://bucket/in").size_of_file() is None
    with pytest.raises(FileNotFoundError):
        RemoteFolder("memory://bucket/none").size_of_file()


def test_the_place_itself_is_read_without_a_name(memory: Any) -> None:
    memory.pipe_file("/bucket/in/1.md", b"abc")
    assert RemoteFolder("memory://bucket/in/1.md").read("") == b"abc"


def test_where_a_folder_lies_on_this_machine(tmp_path: Path, memory: Any) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to("in")
    here = str((tmp_path / "in").resolve())
    assert RemoteFolder("memory://bucket/in").local_path is None
    for url in (f"file://{tmp_path}/in", f"file://{tmp_path}/in/", f"local://{tmp_path}/link"):
        assert RemoteFolder(url).local_path == here
    assert RemoteFolder(f"simplecache::file://{tmp_path}/link").local_path == here


def test_a_place_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to("in")
    monkeypatch.chdir(tmp_path)
    here = str((tmp_path / "in").resolve())
    for place in ("in", "./in/", "link", f"{tmp_path}/in", f"file://{tmp_path}/link"):
        assert real_place(place) == here
    assert real_place("memory://bucket/in/") == real_place("memory://bucket/in") == "memory://bucket/in"


@pytest.mark.parametrize(
    ("place", "source", "is_in"),
    [
        ("in", "in", True),
        ("in/out", "in", True),
        ("in/out/deep", "in", True),
        ("in-2", "in", False),
        ("in", "in/out", False),
        (".", "in", False),
        ("in", ".", True),
        ("file://{}/in/out", "in", True),
        ("in/out", "file://{}/in", True),
        ("file://{}/in-2", "file://{}/in", False),
        ("file://{}/in/out", "file://{}/in", True),
        ("memory://b/in/out", "memory://b/in", True),
        ("memory://b/in", "memory://b/in", True),
        ("memory://b/in-2", "memory://b/in", False),
        ("memory://b", "memory://b/in", False),
        ("memory://b/in", "in", False),
        ("in", "memory://b/in", False),
        ("memory://b/in", "/", False),
    ],
)
def test_what_lies_in_what(
    place: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_in: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_inside(place.format(tmp_path), source.format(tmp_path)) is is_in


def test_a_folder_holds_itself_and_what_is_below() -> None:
    outer = RemoteFolder("memory://b/in")
    assert outer.holds(RemoteFolder("memory://b/in"))
    assert outer.holds(RemoteFolder("memory://b/in/a"))
    assert not outer.holds(RemoteFolder("memory://b/in2"))
    assert not RemoteFolder("memory://b/in/a").holds(outer)
    # Of another system the same way leads elsewhere.
    assert not RemoteFolder("file:///b").holds(RemoteFolder("memory://b/in"))


def test_what_reaches_no_place_is_said_with_its_protocol() -> None:
    with pytest.raises(UsageError) as caught:
        RemoteFolder("nothing://a/b")
    assert caught.value.describe("en").startswith("cannot reach nothing://: ")
    assert caught.value.describe("zh").startswith("不能读写 nothing://：")


SURE = (
    "etag", "ETag", "version_id", "VersionId", "generation", "md5", "md5Hash", "content_md5", "checksum", "crc32c",
)  # fmt: skip


@pytest.mark.parametrize("name", SURE)
def test_each_sure_sign_is_believed_by_itself(name: str) -> None:
    assert stamp_of_information({name: "x", "mtime": 1}) == f"{name} x"
    # What is there and says nothing is no sign.
    assert stamp_of_information({name: "", "size": 3}) == stamp_of_information({name: None}) == ""


@pytest.mark.parametrize(("surer", "less"), [*itertools.pairwise(SURE)])
def test_the_surer_sign_is_taken(surer: str, less: str) -> None:
    assert stamp_of_information({less: "x", surer: "y"}) == f"{surer} y"
    assert stamp_of_information({surer: "", less: "x"}) == f"{less} x"


def test_what_cannot_be_told_is_like_nothing_else() -> None:
    def breaks() -> bytes:
        raise OSError

    stamps = {never_again(), never_again(), stamp_of_content(breaks), stamp_of_content(breaks)}
    assert len(stamps) == 4
    assert {stamp.partition(" ")[0] for stamp in stamps} == {"unknown"}
    assert stamp_of_content(lambda: b"a") == stamp_of_content(lambda: b"a") != stamp_of_content(lambda: b"b")


def test_a_file_of_this_machine_is_known_by_what_no_program_can_set(tmp_path: Path) -> None:
    path = tmp_path / "1.md"
    path.write_bytes(b"abc")
    size, stamp = stamp_of_path(str(path), 100)
    status = path.stat()
    assert size == 3
    if status.st_ctime_ns % 10_000_000:
        assert stamp == f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    for none in (str(tmp_path / "none.md"), "a\0b"):
        size, stamp = stamp_of_path(none, 100)
        assert (size, stamp.partition(" ")[0]) == (0, "unknown")


@pytest.mark.parametrize(("most", "is_read"), [(2, False), (3, True), (4, True)])
@pytest.mark.parametrize("change_ns", [10_000_000, 20_000_000, 7_000_000_000])
def test_of_what_is_not_too_large_the_content_tells_where_times_are_coarse(
    most: int, change_ns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_read: bool
) -> None:
    path, whole = tmp_path / "1.md", os.stat
    path.write_bytes(b"abc")

    def coarse(name: Any, **words: Any) -> Any:
        if name != str(path):
            return whole(name, **words)
        return SimpleNamespace(st_size=3, st_mtime_ns=5, st_ctime_ns=change_ns, st_ino=7)

    monkeypatch.setattr(os, "stat", coarse)
    expected = stamp_of_content(lambda: b"abc") if is_read else f"5 {change_ns} 7"
    assert stamp_of_path(str(path), most) == (3, expected)
    change_ns += 1
    assert stamp_of_path(str(path), most) == (3, f"5 {change_ns} 7")
