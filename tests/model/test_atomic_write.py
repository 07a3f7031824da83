"""Writing a file: the old or the new stands there, never a part of one, and nothing is left behind."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin_lint.model.atomic_write import (
    ChangedMeanwhile,
    LeadsElsewhere,
    Terminable,
    encoded,
    reason,
    replace_file,
)
from bulletin_lint.model.errors import Terminated

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a permission on Windows")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="a thing of POSIX")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    return path


def only(path: Path) -> bool:
    return os.listdir(path.parent) == [path.name]


@needs_posix
def test_the_mode_of_the_old_file_is_kept(old: Path) -> None:
    old.chmod(0o640)

    replace_file(str(old), b"new")

    assert old.read_bytes() == b"new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert only(old)


@needs_posix
@pytest.mark.parametrize(("mode", "umask", "wanted"), [(0o666, 0o027, 0o640), (0o600, 0o022, 0o600)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(
    tmp_path: Path, mode: int, umask: int, wanted: int
) -> None:
    path = tmp_path / "a.json"
    before = os.umask(umask)
    try:
        replace_file(str(path), b"new", mode=mode)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == wanted
    assert only(path)


def test_pieces_are_written_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    # More than is written at once, and pieces that end in the middle of that.
    pieces = ["一二三" * 30_000, "", "四\udc80", "五" * 200_000]

    replace_file(str(path), encoded(pieces))

    assert path.read_bytes() == ("一二三" * 30_000 + "四\\udc80" + "五" * 200_000).encode()


def test_what_breaks_off_while_it_is_made_leaves_the_old(old: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"n" * 1_000_000
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_file(str(old), pieces())

    assert old.read_bytes() == b"old"
    assert only(old)


def test_two_writers_have_names_of_their_own_that_nobody_can_guess(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    opened = os.open

    def seen(path: str, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            names.append(os.path.basename(path))
            assert flags & os.O_EXCL
            assert flags & getattr(os, "O_NOFOLLOW", 0) == getattr(os, "O_NOFOLLOW", 0)
            assert os.path.dirname(path) == str(old.parent)
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", seen)
    replace_file(str(old), b"1")
    replace_file(str(old), b"2")

    first, second = (name.split(".") for name in names)
    assert first[:3] == second[:3] == ["", "a", "md"]
    # 64 bits in hexadecimal.
    assert len(first[3]) == len(second[3]) == 16
    assert first[3] != second[3]


# --- what fails ---------------------------------------------------------------------------------------


def failing(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "fchmod", "close", "replace"])
def test_a_call_that_fails_leaves_the_old(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    if not hasattr(os, call):
        pytest.skip(f"there is no os.{call} here")
    real_close = os.close

    def close(handle: int) -> None:
        real_close(handle)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, close if call == "close" else failing(number))
        with pytest.raises(OSError, match=os.strerror(number)) as raised:
            replace_file(str(old), b"new", expected=b"old")

    assert raised.value.errno == number
    assert old.read_bytes() == b"old"
    assert only(old)


@needs_posix
def test_a_disk_that_does_not_take_the_name_is_said_and_the_new_stands_there(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        synced(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        replace_file(str(old), b"new")

    assert old.read_bytes() == b"new"
    assert only(old)


@needs_posix
def test_a_file_system_that_syncs_no_folders_is_none_the_worse(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = os.fsync
    kinds: list[bool] = []

    def fsync(handle: int) -> None:
        kinds.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        if kinds[-1]:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        synced(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    replace_file(str(old), b"new")

    # The file first, then the folder.
    assert kinds == [False, True]
    assert old.read_bytes() == b"new"


@needs_posix
def test_a_disk_that_is_full_leaves_the_old(old: Path) -> None:
    """A limit of the system on the size of files, which ends a write in the middle as a full disk does."""
    program = """
import resource, signal, sys
from bulletin_lint.model.atomic_write import replace_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    replace_file(sys.argv[1], b"n" * 1_000_000)
except OSError as error:
    print(error.errno)
"""
    done = subprocess.run([sys.executable, "-c", program, old], capture_output=True, text=True, check=True)

    assert done.stdout == f"{errno.EFBIG}\n"
    assert old.read_bytes() == b"old"
    assert only(old)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_not_replaced(old: Path) -> None:
    old.chmod(0o444)
    with pytest.raises(PermissionError):
        replace_file(str(old), b"new")
    assert old.read_bytes() == b"old"


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        replace_file(str(tmp_path), b"new")
    assert os.listdir(tmp_path) == []


def test_a_name_with_a_nul_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match=os.strerror(errno.EINVAL)):
        replace_file("a\0b", b"new")


def test_what_need_not_last_waits_for_no_disk(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    replace_file(str(old), b"new", is_durable=False)
    assert old.read_bytes() == b"new"
    assert only(old)


# --- what a file must hold ------------------------------------------------------------------------------


@pytest.mark.parametrize("expected", [b"older", None])
def test_a_file_that_holds_something_else_is_not_overwritten(old: Path, expected: bytes | None) -> None:
    with pytest.raises(ChangedMeanwhile):
        replace_file(str(old), b"new", expected=expected)
    assert old.read_bytes() == b"old"
    assert only(old)


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(ChangedMeanwhile):
        replace_file(str(tmp_path / "a.md"), b"new", expected=b"old")
    assert os.listdir(tmp_path) == []


@needs_posix
def test_of_writers_at_once_none_undoes_what_another_did(tmp_path: Path) -> None:
    """Eight add their letter, forty times each, to what they read; whoever was too late reads again."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"")

    def add(letter: bytes) -> None:
        for _ in range(40):
            while True:
                before = path.read_bytes()
                try:
                    replace_file(str(path), before + letter, expected=before)
                except ChangedMeanwhile:
                    continue
                break

    writers = [threading.Thread(target=add, args=(letter.to_bytes(1, "big"),)) for letter in b"abcdefgh"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(path.read_bytes()) == sorted(b"abcdefgh" * 40)
    assert only(path)


# --- links ----------------------------------------------------------------------------------------------


@needs_links
def test_a_link_to_another_file_of_its_folder_is_followed(old: Path) -> None:
    link = old.with_name("link.md")
    link.symlink_to(old.name)

    replace_file(str(link), b"new")

    assert link.is_symlink()
    assert old.read_bytes() == b"new"


@needs_links
@pytest.mark.parametrize("content", [[b"old"], []])
@pytest.mark.parametrize("is_relative", [True, False])
def test_a_link_that_leads_elsewhere_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: list[bytes], *, is_relative: bool
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    for piece in content:
        (there / "key").write_bytes(piece)
    (here / "report.json").symlink_to(there / "key")
    monkeypatch.chdir(here)

    with pytest.raises(LeadsElsewhere) as raised:
        replace_file("report.json" if is_relative else str(here / "report.json"), b"new")

    assert str(there / "key") in reason(raised.value).en
    assert str(there / "key") in reason(raised.value).zh
    assert [path.read_bytes() for path in there.iterdir()] == content
    assert os.listdir(here) == ["report.json"]


@needs_links
def test_a_folder_of_the_current_one_that_leads_elsewhere_is_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    (here / "out").symlink_to(there)
    monkeypatch.chdir(here)

    with pytest.raises(LeadsElsewhere):
        replace_file("out/report.json", b"new")
    assert os.listdir(there) == []

    # Who names the whole path, or one that leads out by itself, says where.
    replace_file(str(here / "out" / "whole.json"), b"new")
    replace_file("../there/up.json", b"new")
    assert sorted(os.listdir(there)) == ["up.json", "whole.json"]


@needs_links
def test_a_hard_link_keeps_the_old(old: Path) -> None:
    other = old.with_name("b.md")
    os.link(old, other)

    replace_file(str(old), b"new")

    assert (old.read_bytes(), other.read_bytes()) == (b"new", b"old")


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python knows no extended attributes here")
def test_extended_attributes_are_kept(old: Path) -> None:
    try:
        os.setxattr(old, "user.origin", "办公室".encode())
    except OSError:
        pytest.skip("the file system has no extended attributes")

    replace_file(str(old), b"new")

    assert os.getxattr(old, "user.origin") == "办公室".encode()
    assert old.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python knows no extended attributes here")
def test_an_attribute_that_cannot_be_kept_keeps_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "listxattr", lambda _: ["security.seal", "user.origin"])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")

    def refuse(handle: int, name: str, value: bytes) -> None:
        # What belongs to the system may be lost, what a person set may not.
        raise OSError(errno.EPERM if name == "security.seal" else errno.ENOSPC, name)

    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(OSError, match=r"user\.origin"):
        replace_file(str(old), b"new")
    assert old.read_bytes() == b"old"
    assert only(old)


# --- what is no regular file ----------------------------------------------------------------------------


@needs_posix
def test_the_null_device_takes_everything() -> None:
    replace_file("/dev/null", b"new")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@needs_posix
def test_a_pipe_with_a_name_gets_what_is_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()

    replace_file(str(pipe), b"new")

    reader.join()
    assert got == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@needs_posix
def test_standard_output_in_a_file_goes_on_where_it_was(tmp_path: Path) -> None:
    """``>> log``: what stands there stays, and what follows comes after."""
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    program = (
        "import os; from bulletin_lint.model.atomic_write import replace_file; "
        "replace_file('/dev/stdout', b'report\\n'); os.write(1, b'after\\n')"
    )
    with log.open("ab") as stream:
        subprocess.run([sys.executable, "-c", program], stdout=stream, check=True)

    assert log.read_bytes() == b"before\nreport\nafter\n"


@needs_posix
def test_a_descriptor_of_the_shell_gets_what_is_written() -> None:
    reading, writing = os.pipe()
    try:
        replace_file(f"/dev/fd/{writing}", b"new")
        assert os.read(reading, 10) == b"new"
    finally:
        os.close(reading)
        os.close(writing)


# --- signals --------------------------------------------------------------------------------------------


@needs_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_in_the_middle_leaves_the_old_and_nothing_else(old: Path, name: str) -> None:
    number = getattr(signal, name)

    def pieces() -> Iterator[bytes]:
        yield b"n" * 1_000_000
        assert len(os.listdir(old.parent)) == 2
        os.kill(os.getpid(), number)
        yield b"end"

    with pytest.raises(Terminated) as raised:
        replace_file(str(old), pieces())

    assert raised.value.number == number
    assert old.read_bytes() == b"old"
    assert only(old)
    # As it was before.
    assert signal.getsignal(number) is signal.SIG_DFL


def test_an_interruption_in_the_middle_leaves_the_old_and_nothing_else(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(str(old), b"new")

    assert old.read_bytes() == b"old"
    assert only(old)


@needs_posix
def test_a_signal_that_is_ignored_stays_so(old: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Terminable():
            os.kill(os.getpid(), signal.SIGHUP)
            replace_file(str(old), b"new")
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert old.read_bytes() == b"new"


@needs_posix
def test_where_one_signal_has_a_handler_the_other_still_ends_what_is_written(old: Path) -> None:
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    usual = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        with Terminable():
            os.kill(os.getpid(), signal.SIGTERM)
            with pytest.raises(Terminated):
                signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGHUP, usual)
