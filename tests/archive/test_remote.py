"""Archives that fsspec reaches: sources and answers by URL, here in memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.archive.stamps import stamp_of_information
from harness import Command

fsspec = pytest.importorskip("fsspec")

TINY = ("--part", "0.05")


@pytest.fixture
def bucket(archive: Path, memory: Any) -> str:
    """The archive as objects; their paths are those from its folder."""
    for path in sorted((archive / "issues").rglob("*.*")):
        memory.pipe_file(
            f"/bucket/issues/{path.relative_to(archive / 'issues').as_posix()}", path.read_bytes()
        )
    # Not looked at: hidden, of Word's own, in a form that is not read.
    for name in (".git/第1期.md", "甲/.第1期.md", "甲/~$1.docx", "甲/第1期.xlsx"):
        memory.pipe_file(f"/bucket/issues/{name}", b"x")
    return "memory://bucket/issues"


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


def test_a_version_is_known_by_what_only_it_has(archive: Path, bucket: str, command: Command) -> None:
    """Here the content: in memory there is a time only, and any two files may have one time."""
    assert command("archive", bucket, "--out", "out", *TINY).code == 2
    system = fsspec.filesystem("memory")
    name = next(path for path in system.find("/bucket/issues/乙") if path.endswith("期.txt"))
    made, content = system.store[name].created, system.cat_file(name)
    system.pipe_file(name, content[:-1] + b" ")
    system.store[name].created = made
    again = command("archive", bucket, "--out", "out", *TINY, "--lang", "en")
    assert " 1 of them done now" in again.err


def test_the_surest_that_a_store_says_is_believed() -> None:
    assert stamp_of_information({"ETag": "a", "LastModified": 1}) == stamp_of_information(
        {"ETag": "a", "LastModified": 2}
    )
    assert stamp_of_information({"ETag": "a"}) != stamp_of_information({"ETag": "b"})
    assert stamp_of_information({"mtime": 1.0, "created": 1.0, "size": 3}) == ""


@pytest.mark.parametrize("form", ["file://{}", "local://{}", "file:///{}", "simplecache::file://{}"])
def test_a_url_of_this_machine_is_a_folder_of_it(archive: Path, command: Command, form: str) -> None:
    """Answers do not come to lie in what is checked, whichever of the two is written as a URL."""
    issues = (archive / "issues").as_posix()
    inside = f"{issues}/乙/../out"
    url, url_inside = form.format(issues), form.format(f"{issues}/out")
    before = sorted(path.as_posix() for path in archive.rglob("*"))
    for source, out in ((url, "issues/out"), (url, inside), ("issues", url_inside), (url, url_inside)):
        run = command("archive", source, "--out", out, "--lang", "en")
        assert run.code == 2, (source, out)
        assert "put it elsewhere" in run.err, (source, out)
    assert sorted(path.as_posix() for path in archive.rglob("*")) == before


def test_a_file_url_sees_a_change_whose_time_was_set_back(archive: Path, command: Command) -> None:
    words = ((archive / "issues").as_uri(), "--out", "out", *TINY, "--lang", "en")
    command("archive", *words)
    assert " 0 of them done now" in command("archive", *words).err
    path = sorted((archive / "issues" / "乙").rglob("第*期.txt"))[0]
    status = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert " 1 of them done now" in command("archive", *words).err
