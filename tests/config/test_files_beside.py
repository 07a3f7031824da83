"""Reading files that lie beside the bulletins, and why one could not be read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bulletin_lint._digest import digest
from bulletin_lint.config.side_files import LARGEST, RefusedFile, Unsaved, read_side_file, reason_of
from bulletin_lint.config.store import file_input, folder_input
from bulletin_lint.model.wording import Wording

MIB = 1024 * 1024


def test_a_file_may_have_just_so_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * MIB)
    assert read_side_file(str(path), MIB) == b"x" * MIB
    with pytest.raises(RefusedFile) as caught:
        read_side_file(str(path), MIB - 1)
    assert caught.value.filename == str(path)
    assert caught.value.errno == errno.EINVAL
    path.write_bytes(b"x" * (3 * MIB + 1))
    with pytest.raises(RefusedFile) as caught:
        read_side_file(str(path), 3 * MIB)
    assert caught.value.wording == Wording("文件大于 3 MiB", "the file is larger than 3 MiB")
    assert reason_of(caught.value) == caught.value.wording


def test_eight_mebibytes_are_read_where_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch()
    os.truncate(path, 8 * MIB)
    assert LARGEST == 8 * MIB == len(read_side_file(str(path)))
    os.truncate(path, 8 * MIB + 1)
    with pytest.raises(RefusedFile, match="larger than 8 MiB"):
        read_side_file(str(path))


def test_what_an_editor_holds_is_read_while_it_holds_it(tmp_path: Path) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_bytes(b"saved")
    other.write_bytes(b"other")
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    with Unsaved(str(path), b"unsaved"):
        assert read_side_file(str(path)) == b"unsaved"
        assert read_side_file(str(link)) == b"unsaved"
        assert read_side_file(str(other)) == b"other"
    assert read_side_file(str(path)) == b"saved"
    with Unsaved(str(link), b""):
        assert read_side_file(str(path)) == b""


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        (errno.EACCES, "没有读取权限"),
        (errno.EPERM, "没有读取权限"),
        (errno.EISDIR, "这是文件夹"),
        (errno.ELOOP, "符号链接成了循环"),
        (errno.ENAMETOOLONG, "路径太长"),
        (errno.ENOENT, "没有这个文件"),
        (errno.ENOTDIR, "没有这个文件"),
        (errno.EIO, f"错误 {errno.EIO}"),
    ],
)
def test_why_the_system_refused_a_file_is_said(code: int, zh: str) -> None:
    assert reason_of(OSError(code, os.strerror(code), "a")) == Wording(zh, os.strerror(code))


def test_a_path_that_is_none_is_said_to_be() -> None:
    assert reason_of(ValueError("embedded null byte")) == Wording("路径无效", "embedded null byte")
    assert reason_of(OSError("gone")) == Wording("路径无效", "gone")
    assert reason_of(ValueError()).en == "unreadable"


def test_what_a_load_depended_on_is_known_by_its_content() -> None:
    file = file_input("/a.yaml", b"select: []\n")
    assert (file.path, file.size, file.names) == ("/a.yaml", 11, None)
    assert file.digest == digest(b"select: []\n", size=20)
    assert file.digest != file_input("/a.yaml", b"select: [].").digest
    folder = folder_input("/packs", iter(["b.yaml", "a.yaml"]))
    assert folder == ("/packs", 0, "", ("b.yaml", "a.yaml"))
