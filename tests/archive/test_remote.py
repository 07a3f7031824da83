"""Archives that fsspec reaches: sources and answers by URL, here in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import Command

fsspec = pytest.importorskip("fsspec")

TINY = ("--part", "0.05")


@pytest.fixture
def bucket(archive: Path) -> Iterator[str]:
    """The archive as objects; their paths are those from its folder."""
    system = fsspec.filesystem("memory")
    for path in sorted((archive / "issues").rglob("*.*")):
        system.pipe_file(
            f"/bucket/issues/{path.relative_to(archive / 'issues').as_posix()}", path.read_bytes()
        )
    # Not looked at: hidden, of Word's own, in a form that is not read.
    for name in (".git/第1期.md", "甲/.第1期.md", "甲/~$1.docx", "甲/第1期.xlsx"):
        system.pipe_file(f"/bucket/issues/{name}", b"x")
    yield "memory://bucket/issues"
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_the_report_is_that_of_check(
    archive: Path, bucket: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `check .` says it in a folder with the same files; nothing is written here."""
    before = sorted(path.as_posix() for path in archive.rglob("*"))
    done = command("archive", bucket, "--out", "memory://answers/one", *TINY)
    shown = command("archive", "report", "memory://answers/one", "--format", "json")
    assert sorted(path.as_posix() for path in archive.rglob("*")) == before
    monkeypatch.chdir(archive / "issues")
    checked = command("check", ".", "--format", "json")

    assert done.code == checked.code == 2
    assert shown.raw == checked.raw


def test_what_changes_is_done_again_and_answers_may_lie_here(
    archive: Path, bucket: str, command: Command
) -> None:
    assert command("archive", bucket, "--out", "out", *TINY).code == 2
    before = {path.name for path in Path("out", "parts").iterdir()}
    again = command("archive", bucket, "--out", "out", *TINY, "--lang", "en")
    assert " 0 of them done now" in again.err
    system = fsspec.filesystem("memory")
    name = next(path for path in system.find("/bucket/issues/乙") if path.endswith("期.txt"))
    system.pipe_file(name, system.cat_file(name) + b"\n")
    again = command("archive", bucket, "--out", "out", *TINY, "--lang", "en")
    assert " 1 of them done now" in again.err
    assert len({path.name for path in Path("out", "parts").iterdir()} - before) == 1


def test_one_object(archive: Path, bucket: str, command: Command) -> None:
    system = fsspec.filesystem("memory")
    name = next(path for path in system.find("/bucket/issues/甲") if path.endswith("第2期.md"))
    Path("one").mkdir()
    path = Path("one", name.rpartition("/")[2])
    path.write_bytes(system.cat_file(name))

    done = command("archive", f"memory:/{name}", "--out", "out")

    assert done.code == command("check", path).code
    assert "1 份文件，检查了 1 份" in done.out


def test_a_file_that_cannot_be_fetched_costs_itself(
    archive: Path, bucket: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was listed and has gone, or the network fails; one that is too large is not fetched."""
    system = fsspec.filesystem("memory")
    fetch = type(system).cat_file
    names = sorted(
        path for path in system.find("/bucket/issues/甲") if path.endswith("期.md") and "/." not in path
    )

    def fails(self: object, path: str, *words: object, **named: object) -> bytes:
        if path.endswith(names[0]):
            raise FileNotFoundError(path)
        if path.endswith(names[1]):
            raise RuntimeError("the connection broke")
        content: bytes = fetch(self, path, *words, **named)
        return content

    system.pipe_file(names[2], b"a" * (33 * 2**20))
    monkeypatch.setattr(type(system), "cat_file", fails)
    done = command("archive", bucket, "--out", "out", *TINY, "--lang", "en")

    assert done.code == 2
    failed = done.out.partition("Not checked")[2]
    assert "the file has gone since it was listed" in failed
    assert "RuntimeError: the connection broke" in failed
    assert "the file is larger than" in failed
    assert "20 files, 15 checked" in done.out


def test_settings_say_what_is_looked_at(archive: Path, bucket: str, command: Command) -> None:
    Path("bulletin-lint.yaml").write_text(
        'extends: [wording]\nbulletins: ["甲/**/*.md", "丙/**/*.md"]\nexclude: ["丙/2021/**"]\n',
        encoding="utf-8",
    )
    done = command("archive", bucket, "--out", "out")
    files = [path for folder in ("甲", "丙") for path in (archive / "issues" / folder).rglob("*.md")]
    kept = [path for path in files if path.parent.name != "2021" or "甲" in path.parts]

    assert f"{len(kept)} 份文件" in done.out
    assert 0 < len(kept) < len(files)


def test_what_is_wrong_is_said(archive: Path, bucket: str, command: Command) -> None:
    system = fsspec.filesystem("memory")
    system.pipe_file("/bucket/empty/a.xlsx", b"x")
    for source, out, said in (
        ("memory://bucket/none", "out", "no such file or folder"),
        ("memory://bucket/empty", "out", "nothing to check in this folder: looked for"),
        ("nothing://bucket/a", "out", "cannot reach nothing://"),
        ("issues", "nothing://bucket/a", "cannot reach nothing://"),
        (bucket, f"{bucket}/out", "put it elsewhere"),
    ):
        outcome = command("archive", source, "--out", out, "--lang", "en")
        assert outcome.code == 2, source
        assert said in outcome.err, source
        assert "Traceback" not in outcome.err


def test_without_fsspec_it_is_said_what_to_install(
    archive: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    outcome = command("archive", "s3://bucket/a", "--out", "out", "--lang", "en")
    assert outcome.code == 2
    assert "bulletin-lint[archive]" in outcome.err
    outcome = command("archive", "issues", "--out", "out", "--on", "tcp://127.0.0.1:1", "--lang", "en")
    assert outcome.code == 2
    assert "bulletin-lint[archive]" in outcome.err
    # A folder of this machine needs neither.
    assert command("archive", "issues/乙", "--out", "out", *TINY).code in (0, 1)
