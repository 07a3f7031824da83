"""`archive` on this machine: what it says is what `check` says, whenever it was interrupted."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.archive.local import LocalMachine
from bulletin_lint.archive.stamps import stamp_of_path
from harness import FIXTURES, Command

TINY = ("--part", "0.03")
"""Parts of a handful of files."""


def report(command: Command, out: str = "out") -> bytes:
    return command("archive", "report", out, "--format", "json").raw


def parts(out: str = "out") -> set[str]:
    return {path.name for path in Path(out, "parts").glob("part-*")}


def test_the_report_is_that_of_check(archive_with_pdfs: Path, command: Command) -> None:
    """With broken files, what is no bulletin, a waiver in a bulletin, one in a file, and a hole in a series."""
    issues = sorted(Path("issues").rglob("第*期.md"))
    issues[3].write_text(
        issues[3].read_text("utf-8") + "\n<!-- bulletin-lint: ignore[PUN002] 照录 -->\n", encoding="utf-8"
    )
    command("archive", "issues", "--out", "out", *TINY)
    before = parts()
    Path("bulletin-lint.yaml").write_text('per-file-ignores:\n  "issues/丙/**": [DAT]\n', encoding="utf-8")
    Path("waivers.yaml").write_text(
        "- {rule: ISS005, path: issues/甲/**, reason: 当时没有编, by: 王某}\n"
        "- {rule: FLD002, path: issues/none/a.md, reason: 没有这一份, by: 王某}\n",
        encoding="utf-8",
    )

    done = command("archive", "issues", "--out", "out", *TINY)
    checked = command("check", "issues", "--format", "json")

    assert done.code == checked.code == 2
    # By other rules than before all is done anew, and of what was judged only one report is kept.
    assert len(parts()) > 3
    assert before.isdisjoint(parts() - before)
    assert len(parts()) == 2 * len(before)
    assert len(list(Path("out").glob("judged-*"))) == 1
    assert report(command) == checked.raw
    sarif = command("archive", "report", "out", "--format", "sarif").out
    assert sarif == command("check", "issues", "--format", "sarif").out
    found = json.loads(checked.raw)
    assert {each["waived"]["kind"] for each in found["violations"] if each["waived"]} >= {"file"}
    assert any(each["code"].startswith("WVR") for each in found["violations"])
    assert found["summary"]["failed_documents"] == 3
    assert found["summary"]["skipped_documents"] == 1


def test_the_register_is_taken_in(archive: Path, command: Command) -> None:
    """An entry that contradicts a file; what settings and register say of series changes no part."""
    (archive / "issues" / "甲" / "truncated.docx").unlink()
    Path("bulletin-lint.yaml").write_text('bulletins: ["issues/**/*.md"]\n', encoding="utf-8")
    assert command("register", "update").code == 0
    assert command("archive", "issues", "--out", "out", *TINY).code in (0, 1)
    before = report(command)
    lines = Path("register.csv").read_text("utf-8-sig").splitlines()
    lines[2] = lines[2].replace("2020-12", "2020-10")
    del lines[8]
    Path("register.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    done = command("archive", "issues", "--out", "out", *TINY, "--lang", "en")
    checked = command("check", "issues", "--format", "json")

    assert done.code == checked.code
    assert " 0 of them done now" in done.err
    assert any(
        "register.csv" in json.dumps(each["message"]) for each in json.loads(checked.raw)["violations"]
    )
    assert before != report(command) == checked.raw


def test_what_is_done_is_not_done_again(archive: Path, command: Command) -> None:
    assert command("archive", "issues", "--out", "out", *TINY).code == 2
    first, before = report(command), parts()
    times = {name: os.stat(Path("out", "parts", name)).st_mtime_ns for name in before}

    again = command("archive", "issues", "--out", "out", *TINY, "--lang", "en")

    assert f"{len(before)} parts, 0 of them done now" in again.err
    assert report(command) == first
    # One file changes, and one that was never there comes: two parts at most are others, and a cut is.
    changed = sorted(Path("issues").rglob("第*期.md"))[4]
    changed.write_text(changed.read_text("utf-8") + "\n", encoding="utf-8")
    Path("issues", "乙", "2021", "第90期.md").write_text(changed.read_text("utf-8"), encoding="utf-8")
    command("archive", "issues", "--out", "out", *TINY)
    assert 1 <= len(parts() - before) <= 3
    assert {name: os.stat(Path("out", "parts", name)).st_mtime_ns for name in before} == times
    assert report(command) == command("check", "issues", "--format", "json").raw


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_an_interrupted_run_goes_on(archive: Path, command: Command, number: signal.Signals) -> None:
    words = [sys.executable, "-m", "bulletin_lint", "archive", "issues", "--out", "out", "--part", "0.01"]
    process = subprocess.Popen([*words, "--lang", "en"], stderr=subprocess.PIPE, start_new_session=True)
    while process.poll() is None and len(parts()) < 2:
        time.sleep(0.05)
    os.killpg(process.pid, number)
    _, said = process.communicate()
    there = parts()
    # A part that was being renamed when the end came.
    Path("out", "parts", ".part-0.abc.tmp").write_bytes(b"half")

    assert process.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 130)
    if number == signal.SIGINT:
        assert b"the same command goes on" in said
    assert b"Traceback" not in said
    unfinished = command("archive", "report", "out", "--lang", "en")
    assert unfinished.code == 2
    assert "not finished" in unfinished.err
    command("archive", "issues", "--out", "out", "--part", "0.01")
    assert there < parts()
    assert report(command) == command("check", "issues", "--format", "json").raw


def test_one_file(archive: Path, command: Command) -> None:
    path = sorted(Path("issues").rglob("第*期.md"))[0]
    done = command("archive", path, "--out", "out")
    assert done.code == command("check", path).code
    assert report(command) == command("check", path, "--format", "json").raw


def test_the_summary(archive: Path, command: Command) -> None:
    done = command("archive", "issues", "--out", "out", *TINY)
    shown = command("archive", "report", "out")

    assert done.out == shown.out
    assert shown.code == 2
    assert "issues: 20 份文件，检查了 18 份，1 份看不出是简报，1 份没有查成或没有查完" in shown.out
    assert "云溪甲区工作简报  6 份" in shown.out
    assert "  2020  " in shown.out
    assert "truncated.docx" in shown.out.partition("没有查成的")[2]
    english = command("archive", "report", "out", "--lang", "en").out
    assert "20 files, 18 checked, 1 no bulletins, 1 not checked" in english
    assert "half-width" in english


def test_what_is_wrong_is_said(archive: Path, command: Command) -> None:
    """Place, what is wrong, what to do; exit code 2; nothing is written."""
    for words, said in (
        ((), "name one folder or URL"),
        (("issues",), "--out"),
        (("issues", "--out", "issues/out"), "put it elsewhere"),
        (("issues", "--out", "issues"), "put it elsewhere"),
        (("none", "--out", "out"), "no such file or folder"),
        (("issues", "--out", "out", "--format", "json"), "goes together with report"),
        (("report", "none"), "no folder that archive has written"),
        (("report", "issues"), "no folder that archive has written"),
        (("report", "out", "--format", "nothing"), "there is no format"),
    ):
        outcome = command("archive", *words, "--lang", "en")
        assert outcome.code == 2, words
        assert said in outcome.err, words
        assert not Path("out").exists()


def test_damage_is_said(archive: Path, command: Command) -> None:
    command("archive", "issues", "--out", "out", *TINY)
    index = Path("out", "archive.json")
    part = next(Path("out", "parts").iterdir())
    whole = part.read_bytes()
    for broken in (
        b"",
        whole[: len(whole) // 2],
        gzip.compress(b'{"format": 99, "codes": []}\n'),
        gzip.compress(b'{"format": 1}\n' + b"[" * 100_000 + b"\n"),
    ):
        part.write_bytes(broken)
        index.unlink(missing_ok=True)
        outcome = command("archive", "issues", "--out", "out", *TINY, "--lang", "en")
        # The archive has a file that cannot be read.
        assert outcome.code == 2
        assert f"{part.name} was damaged, and is done again" in outcome.err
        assert f"{len(parts())} parts, 1 of them done now" in outcome.err
        assert part.read_bytes() == whole
    judged = next(next(Path("out").glob("judged-*")).glob("part-*"))
    judged.write_bytes(gzip.compress(b'{"format": 1}\n' + b"[" * 100_000 + b"\n"))
    outcome = command("archive", "report", "out", "--format", "json", "--lang", "en")
    assert outcome.code == 2
    assert f"{judged.name} is missing or damaged" in outcome.err
    assert "remove archive.json and run archive again" in outcome.err


@pytest.mark.parametrize("content", ['{"format": 0}', "[" * 100_000, "[1]", '{"format": 1}'])
def test_a_damaged_index_is_said(tmp_path: Path, command: Command, content: str) -> None:
    index = tmp_path / "out" / "archive.json"
    index.parent.mkdir()
    index.write_text(content, encoding="utf-8")
    outcome = command("archive", "report", tmp_path / "out", "--lang", "en")
    assert outcome.code == 2
    assert "is damaged, or was not written by this version; remove it" in outcome.err


@pytest.mark.parametrize("how", ["another folder", "time set back", "moved to its place"])
def test_another_content_of_the_same_name_size_and_time_is_checked(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """An answer is never given for a file that was not read."""
    clean = (FIXTURES / "commands" / "clean.md").read_bytes()
    here, there = tmp_path / "p", tmp_path / "q"
    wrong = re.sub(rb"\d(?=\xe6\x9c\x88\d\d?\xe6\x97\xa5)", b"0", clean, count=1)
    assert wrong != clean
    for folder, content in ((here, clean), (there, wrong)):
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "1.md").write_bytes(content)
        os.utime(folder / "in" / "1.md", (1.6e9, 1.6e9))
    monkeypatch.chdir(here)
    words = ("in", "--isolated", "--out", tmp_path / "out", "--lang", "en")
    assert command("archive", *words).code == 0
    if how == "another folder":
        monkeypatch.chdir(there)
        words = ("in", "--isolated", "--out", tmp_path / "out", "--lang", "en")
        (tmp_path / "out" / "archive.json").unlink()
    elif how == "time set back":
        (here / "in" / "1.md").write_bytes(wrong)
        os.utime(here / "in" / "1.md", (1.6e9, 1.6e9))
    else:
        os.replace(there / "in" / "1.md", here / "in" / "1.md")

    again = command("archive", *words)

    assert " 1 of them done now" in again.err
    assert again.code == command("check", "in", "--isolated").code == 1


@pytest.mark.parametrize("time_ns", [1_600_000_000_000_000_000, 1_600_000_000_250_000_000])
def test_where_no_time_of_change_tells_the_content_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time_ns: int
) -> None:
    """FAT and Windows have none: of equal status only the content is looked at."""
    path = tmp_path / "1.md"
    whole = os.stat

    def coarse(name: object, **words: object) -> object:
        status = whole(name, **words)  # type: ignore[arg-type]
        if name != str(path):
            return status
        return SimpleNamespace(st_size=status.st_size, st_mtime_ns=time_ns, st_ctime_ns=time_ns, st_ino=7)

    monkeypatch.setattr(os, "stat", coarse)
    path.write_bytes(b"one")
    first = stamp_of_path(str(path), 100)
    path.write_bytes(b"two")
    second = stamp_of_path(str(path), 100)
    path.write_bytes(b"one")

    assert first != second
    assert stamp_of_path(str(path), 100) == first
    # Nobody reads what is larger than its kind may be.
    assert stamp_of_path(str(path), 2)[1] == f"{time_ns} {time_ns} 7"
    path.unlink()
    assert stamp_of_path(str(path), 100) != stamp_of_path(str(path), 100)


def test_the_answers_on_one_source_are_not_replaced_by_those_on_another(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = (FIXTURES / "commands" / "clean.md").read_bytes()
    for name in ("p", "q"):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "1.md").write_bytes(clean)
    monkeypatch.chdir(tmp_path / "p")
    assert command("archive", "in", "--isolated", "--out", "../out").code == 0
    index = (tmp_path / "out" / "archive.json").read_bytes()
    # The same folder under another name.
    assert command("archive", tmp_path / "p" / "in", "--isolated", "--out", "../out").code == 0
    index = (tmp_path / "out" / "archive.json").read_bytes()
    monkeypatch.chdir(tmp_path / "q")

    run = command("archive", "in", "--isolated", "--out", "../out", "--lang", "en")

    assert run.code == 2
    assert f"../out holds the answers on {tmp_path / 'p' / 'in'}" in run.err
    assert (tmp_path / "out" / "archive.json").read_bytes() == index


def test_a_folder_of_somebody_else_is_not_written_over(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of its own name, and folders that only begin as its own do."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.md").write_bytes((FIXTURES / "commands" / "clean.md").read_bytes())
    out = tmp_path / "out"
    (out / "judged-2020").mkdir(parents=True)
    (out / "report.html").write_text("<p>mine", encoding="utf-8")
    words = ("archive", tmp_path / "in", "--isolated", "--out", out, "--lang", "en")

    run = command(*words)

    assert run.code == 2
    assert "report.html is there already" in run.err
    assert [path.name for path in sorted(out.iterdir())] == ["judged-2020", "report.html"]
    (out / "report.html").unlink()
    assert [command(*words).code, command(*words).code] == [0, 0]
    assert (out / "judged-2020").is_dir()


@pytest.mark.parametrize(
    "name",
    [
        "in/1.md",
        "in/2.odd",
        "linked",
        "out/archive.json",
        "out/report.html",
        "bulletin-lint.yaml",
        "parts",
        "new",
    ],
)
def test_a_report_goes_over_nothing_that_was_read_or_answered(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    clean = (FIXTURES / "commands" / "clean.md").read_bytes()
    (tmp_path / "in").mkdir()
    for each in ("1.md", "2.odd"):
        (tmp_path / "in" / each).write_bytes(clean)
    (tmp_path / "bulletin-lint.yaml").write_text('bulletins: ["in/*"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert command("archive", "in", "--out", "out").code in (0, 1)
    os.link("in/2.odd", "linked")
    part = next(Path("out", "parts").iterdir())
    target = part if name == "parts" else Path(name)
    before = target.read_bytes() if target.exists() else None
    monkeypatch.chdir(tmp_path / "in" if name == "in/2.odd" else tmp_path)

    run = command("archive", "report", tmp_path / "out", "--format", f"json={tmp_path / target}")

    # Two files of one issue are told.
    assert run.code == (2 if before is not None else 1)
    if before is not None:
        assert "不覆盖" in run.err
        assert (tmp_path / target).read_bytes() == before


def test_an_archive_of_one_damaged_part_is_done_again(archive: Path, command: Command) -> None:
    command("archive", "issues", "--out", "out")
    (part,) = Path("out", "parts").iterdir()
    whole = part.read_bytes()
    part.write_bytes(whole[: len(whole) // 2])
    # As the message about a damaged part of a report says.
    Path("out", "archive.json").unlink()

    outcome = command("archive", "issues", "--out", "out", "--lang", "en")

    assert "was damaged, and is done again" in outcome.err
    assert "not of archive's making" not in outcome.err
    assert part.read_bytes() == whole


class Told:
    """In place of a part's work: what is asked of it, in its order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def warm(self) -> None:
        self.asked.append("warm")

    def __call__(self, part: str, jobs: int) -> str:
        self.asked.append(f"{part} {jobs}")
        return part


@pytest.mark.parametrize(
    ("method", "parts_and_before"), [("fork", ["warm", "甲 3", "乙 3"]), ("start", ["甲 3", "乙 3"])]
)
def test_what_forked_processes_need_is_loaded_once_before_the_first_of_them(
    method: str, parts_and_before: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that start anew load for themselves, and a run that has nothing to do loads nothing."""
    monkeypatch.setattr("bulletin_lint.engine.workers.process.start_method", lambda: method)
    work: Any = Told()
    none: Any = Told()

    parts: Any = ["甲", "乙"]
    done = [part for part, _ in LocalMachine(3).do(work, parts, "", ())]

    assert done == parts
    assert work.asked == parts_and_before
    assert [] == list(LocalMachine(3).do(none, [], "", ()))
    assert none.asked == []
