"""Writing to a file that exists: the old or the new stands there, never a part of one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bulletin_lint.engine.atomic_write import write_atomically
from bulletin_lint.model.errors import SourceError


def test_writing_keeps_the_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o640)

    write_atomically(str(path), b"new", expected=b"old")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.md"]


def test_writing_follows_a_symbolic_link(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    target.write_bytes(b"old")
    link = tmp_path / "link.md"
    link.symlink_to(target)

    write_atomically(str(link), b"new", expected=b"old")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"newer")

    with pytest.raises(SourceError, match="changed while it was checked"):
        write_atomically(str(path), b"new", expected=b"old")

    assert path.read_bytes() == b"newer"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_crash_before_the_end_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(str(path), b"new", expected=b"old")

    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be written"):
        write_atomically(str(tmp_path / "gone" / "a.md"), b"new", expected=b"old")
