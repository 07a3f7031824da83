"""Which file a path means, what is said where it cannot be written, and what the new file takes over from the old."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.model.atomic_write import (
    ANYTHING,
    ChangedMeanwhile,
    LeadsElsewhere,
    encoded,
    is_within,
    reason,
    replace_file,
    target_of,
)

needs_posix = pytest.mark.skipif(os.name == "nt", reason="a thing of POSIX")


@pytest.mark.parametrize(
    ("path", "folder", "within"),
    [
        ("/a/b", "/a", True),
        ("/a/b/c", "/a", True),
        ("/a/b", "/a/", True),
        ("/a", "/a", False),
        ("/ab", "/a", False),
        ("/b/a", "/a", False),
        ("/a", "/a/b", False),
        ("/a", "/", True),
    ],
)
@needs_posix
def test_a_file_is_within_a_folder_or_below_it(path: str, folder: str, *, within: bool) -> None:
    assert is_within(path, folder) is within


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, beside another one; a link in it leads to a file there."""
    folder, other = tmp_path / "here", tmp_path / "there"
    folder.mkdir()
    other.mkdir()
    (other / "key").write_bytes(b"old")
    (folder / "out").symlink_to(other / "key")
    (folder / "in").symlink_to(folder / "1.md")
    (folder / "folder").symlink_to(other)
    monkeypatch.chdir(folder)
    return folder


@needs_posix
@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("1.md", "here/1.md"),
        ("in", "here/1.md"),
        ("./1.md", "here/1.md"),
        ("sub/1.md", "here/sub/1.md"),
        # Who writes out the way out means it.
        ("../there/key", "there/key"),
        ("../there/new", "there/new"),
    ],
)
def test_a_path_means_the_file_that_it_leads_to(here: Path, path: str, target: str) -> None:
    assert target_of(path) == str(here.parent / target)


@needs_posix
def test_a_whole_path_means_a_file_of_its_folder_wherever_that_is(here: Path) -> None:
    assert target_of(str(here / "folder" / "new")) == str(here.parent / "there" / "new")


@needs_posix
@pytest.mark.parametrize("path", ["out", "folder/new", "folder/key"])
def test_no_link_leads_out_of_the_current_folder(here: Path, path: str) -> None:
    with pytest.raises(LeadsElsewhere) as caught:
        target_of(path)

    there = here.parent / "there" / ("new" if path.endswith("new") else "key")
    assert (caught.value.filename, caught.value.target, caught.value.errno) == (path, str(there), errno.ELOOP)


@needs_posix
def test_the_home_decides_out_of_which_folder_no_link_leads(here: Path) -> None:
    there, above = str(here.parent / "there"), str(here.parent)

    assert target_of("out", there) == target_of("out", above) == os.path.join(there, "key")
    assert target_of(".", str(here)) == str(here)
    with pytest.raises(LeadsElsewhere):
        target_of("1.md", there)
    replace_file("out", b"new", home=above)
    assert (here.parent / "there" / "key").read_bytes() == b"new"


def test_a_path_with_a_nul_is_none() -> None:
    with pytest.raises(OSError, match=os.strerror(errno.EINVAL)) as caught:
        target_of("a\0b")

    assert (caught.value.errno, caught.value.filename) == (errno.EINVAL, "a\0b")


def test_why_a_file_cannot_be_written_is_said_in_both_languages() -> None:
    assert reason(OSError(errno.ENOSPC, "disk full")) == (f"错误 {errno.ENOSPC}", "disk full")
    link = reason(LeadsElsewhere("1.md", "/there/key"))
    assert "/there/key" in link.zh
    assert "/there/key" in link.en


def test_a_file_that_changed_says_which_it_is(tmp_path: Path) -> None:
    path = str(tmp_path / "1.md")
    with pytest.raises(ChangedMeanwhile) as caught:
        replace_file(path, b"new", expected=b"old")

    assert (caught.value.filename, caught.value.errno) == (path, errno.EBUSY)


@pytest.mark.parametrize("expected", [None, ANYTHING])
def test_a_file_may_be_asked_to_be_new_or_to_be_anything(tmp_path: Path, expected: Any) -> None:
    path = tmp_path / "1.md"
    replace_file(str(path), b"new", expected=expected)

    assert path.read_bytes() == b"new"


def test_what_it_must_hold_may_be_nothing(tmp_path: Path) -> None:
    path = tmp_path / "1.md"
    path.write_bytes(b"")
    replace_file(str(path), b"new", expected=b"")

    assert path.read_bytes() == b"new"


@needs_posix
def test_a_file_that_may_not_be_written_is_left_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.md"
    path.write_bytes(b"old")
    asked: list[int] = []

    def access(_: str, mode: int) -> bool:
        asked.append(mode)
        return False

    monkeypatch.setattr(os, "access", access)
    with pytest.raises(PermissionError) as caught:
        replace_file(str(path), b"new")

    assert (caught.value.errno, caught.value.filename, asked) == (errno.EACCES, str(path), [os.W_OK])
    assert path.read_bytes() == b"old"
    # A new file has nothing to be kept.
    replace_file(str(tmp_path / "2.md"), b"new")


@needs_posix
def test_the_owner_is_taken_over_before_the_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the owner takes set-user-ID bits away."""
    path = tmp_path / "1.md"
    path.write_bytes(b"old")
    path.chmod(0o4750)
    status = path.stat()
    done: list[tuple[str, tuple[int, ...]]] = []
    chmod = os.fchmod

    def fchown(_: int, *owner: int) -> None:
        done.append(("owner", owner))
        # Only root may give files away.
        raise PermissionError

    def fchmod(handle: int, mode: int) -> None:
        done.append(("mode", (mode,)))
        chmod(handle, mode)

    monkeypatch.setattr(os, "fchown", fchown)
    monkeypatch.setattr(os, "fchmod", fchmod)
    replace_file(str(path), b"new")

    assert done == [("owner", (status.st_uid, status.st_gid)), ("mode", (0o4750,))]
    assert stat.S_IMODE(path.stat().st_mode) == 0o4750


@needs_posix
def test_while_it_is_written_nobody_else_reads_what_takes_the_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.md"
    path.write_bytes(b"old")
    path.chmod(0o600)
    modes: list[int] = []
    opened = os.open

    def seen(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            modes.append(mode)
        return opened(name, flags, mode)

    monkeypatch.setattr(os, "open", seen)
    replace_file(str(path), b"new")
    replace_file(str(tmp_path / "2.md"), b"new")
    replace_file(str(tmp_path / "3.md"), b"new", mode=0o640)

    assert modes == [0o600, 0o666, 0o640]


@needs_posix
@pytest.mark.parametrize("name", ["abc", "", "-1", "1x", "１"])
def test_what_is_no_number_names_no_descriptor(name: str) -> None:
    with pytest.raises(OSError, match=r"."):
        replace_file(f"/dev/fd/{name}", b"new")


@needs_posix
@pytest.mark.parametrize("folder", ["/dev/fd/", "/proc/self/fd/"])
def test_an_open_file_gets_what_is_written_and_stays_open(folder: str) -> None:
    reading, writing = os.pipe()
    try:
        replace_file(f"{folder}{writing}", [b"n", b"ew"])
        os.write(writing, b".")
        assert os.read(reading, 10) == b"new."
    finally:
        os.close(reading)
        os.close(writing)


@needs_posix
def test_a_long_name_has_a_short_one_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    replace_file(str(path), b"new")

    assert path.read_bytes() == b"new"


def test_what_is_no_character_is_escaped() -> None:
    assert list(encoded(["甲", "", "\udcff"])) == ["甲".encode(), b"", b"\\udcff"]
