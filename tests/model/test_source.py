"""Files to check: how large they are, up to which size they are read, and what is said of those that cannot be."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile, read_bytes, size_of, unreadable

MIB = 1024 * 1024


def given(data: bytes) -> SourceFile:
    return SourceFile("1.md", "text", explicit=True, data=data)


def lying(path: Path) -> SourceFile:
    return SourceFile(str(path), "text", explicit=True)


@pytest.mark.parametrize("size", [0, 1, 7])
def test_the_size_of_a_file_is_that_of_its_content(size: int, tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(b"a" * size)

    assert size_of(given(b"a" * size)) == size_of(lying(tmp_path / "1.md")) == size


@pytest.mark.parametrize("name", ["nowhere.md", "a\0b"])
def test_of_a_file_that_is_not_there_nobody_knows_a_size(name: str, tmp_path: Path) -> None:
    assert size_of(lying(tmp_path / name)) == 0


def test_a_file_is_read_up_to_its_limit_and_not_beyond(tmp_path: Path) -> None:
    path = tmp_path / "1.md"
    for size in (0, 3 * MIB - 1, 3 * MIB):
        data = b"a" * size
        path.write_bytes(data)
        assert read_bytes(given(data), 3 * MIB) == read_bytes(lying(path), 3 * MIB) == data
    path.write_bytes(b"a" * (3 * MIB + 1))
    for source in (given(path.read_bytes()), lying(path)):
        with pytest.raises(SourceError) as caught:
            read_bytes(source, 3 * MIB)
        assert "larger than 3 MiB" in caught.value.wording.en
        assert caught.value.path == source.path


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_bytes(lying(tmp_path), MIB)
    assert "not a regular file" in caught.value.wording.en


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOENT, ""), "no such file or folder."),
        (OSError(errno.ENOTDIR, ""), "no such file or folder."),
        (OSError(errno.EACCES, ""), "permission denied."),
        (OSError(errno.EPERM, ""), "permission denied."),
        (OSError(errno.ELOOP, ""), "the symbolic links lead in a circle."),
        (OSError(errno.ENAMETOOLONG, ""), "the path is too long."),
        (OSError(errno.EIO, ""), f"cannot be read ({os.strerror(errno.EIO)})."),
        (ValueError("embedded null byte"), "not a valid path."),
    ],
)
def test_what_the_system_says_is_said_in_words(error: OSError | ValueError, said: str) -> None:
    found = unreadable("nowhere.md", error)

    assert (found.path, found.wording.en) == ("nowhere.md", said)


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need leave on this system")
def test_a_link_that_leads_nowhere_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "1.md").symlink_to(tmp_path / "gone.md")

    with pytest.raises(SourceError) as caught:
        read_bytes(lying(tmp_path / "1.md"), MIB)
    assert caught.value.wording.en == "the symbolic link leads to no file."
