"""Old forms go through an office program: told before, many at one start, within limits, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.conversion import Converted
from bulletin_lint.model.source import Conversion, SourceFile
from bulletin_lint.readers.office import convert as conversion
from bulletin_lint.readers.office import program
from docx_made import abstract, docx, level, num, numbered, p
from harness import Command
from office_files import RTF, FakeOffice, compound, open_document
from processes import wait_until, wait_until_gone
from started import copied, waited_for

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the program that stands for soffice is a script")

DOC = compound("WordDocument")
LINES = (
    *("平安建设简报", "第8期（总第108期）", "安和市委平安办　2023年9月15日", "城北建成社区食堂"),
    *("城北街道建成3个社区食堂,每天供应午餐两百余份。", "（城北街道办）"),
    *("责编：于佳音", "核稿：封小雷", "电话：0375-2196300", "报：市委办", "送：各单位"),
)
COPY = docx("".join(map(p, LINES)))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    """The program that is found, and a folder for files, which is the current one."""
    made = FakeOffice(tmp_path / "bin", COPY)
    monkeypatch.setenv("PATH", str(made.path.parent))
    monkeypatch.setenv("SECRET", "not for a program that reads a stranger's files")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "temporary").mkdir()
    (tmp_path / "files").mkdir()
    monkeypatch.chdir(tmp_path / "files")
    return made


def write(**files: bytes) -> list[str]:
    """Files of the current folder, by name; an underscore stands for the dot."""
    for name, content in files.items():
        Path(name.replace("_", ".")).write_bytes(content)
    return [name.replace("_", ".") for name in files]


def left() -> list[str]:
    return os.listdir(os.environ["TMPDIR"])


def test_old_forms_are_checked_and_named_as_they_are(office: FakeOffice, command: Command) -> None:
    names = write(a_doc=DOC, b_wps=DOC, c_rtf=RTF, d_odt=open_document())
    outcome = command("check", *names, "--select", "PUN002,ISS001", "--format", "json", "--no-cache")
    report = json.loads(outcome.out)
    assert [(each["path"], each["kind"], each["error"]) for each in report["documents"]] == [
        (name, "office", None) for name in names
    ]
    assert [(each["path"], each["code"], each["line"], each["column"]) for each in report["violations"]] == [
        (name, "PUN002", 5, 13) for name in names
    ]
    assert outcome.code == 0
    assert left() == []
    # Four files, one start, by names of the program's own.
    (words,) = office.starts
    files = [Path(word).name for word in words[words.index("--outdir") + 2 :]]
    assert files == ["000000.doc", "000001.doc", "000002.rtf", "000003.odt"]
    assert any(word.startswith("-env:UserInstallation=file:///") for word in words)


def test_it_is_extracted(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC)
    outcome = command("extract", "a.doc")
    assert outcome.out.startswith("a.doc  旧格式文档\n")
    assert json.loads(command("extract", "a.doc", "--format", "json").out)["kind"] == "office"


def test_folders_are_not_searched_for_old_forms_and_say_so(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC)
    outcome = command("check", ".", "--lang", "zh")
    assert outcome.code == 2
    assert "1 份 Word 文档没有检查：a.doc。旧格式要先转换，不在文件夹里自动检查" in outcome.err
    assert office.starts == []


def test_globs_of_the_settings_find_old_forms(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC)
    Path("bulletin-lint.yaml").write_text('bulletins: ["*.doc"]\n', "utf-8")
    assert command("check", ".", "--no-cache").code == 0
    assert len(office.starts) == 1


def test_a_second_run_converts_nothing(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC + b"first", b_doc=DOC + b"other")
    first = command("check", "a.doc", "b.doc", "--format", "json")
    second = command("check", "a.doc", "b.doc", "--format", "json")
    assert first.out == second.out
    assert len(office.starts) == 1


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.odt", "a.rtf"])
def test_without_the_program_there_is_advice(
    office: FakeOffice, command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(program, "_USUAL", ())
    monkeypatch.setenv("PATH", "bin:.")
    content = {"a.rtf": RTF, "a.odt": open_document()}.get(name, DOC)
    # Of its own, so that no other test has left a result of it.
    Path(name).write_bytes(content + name.encode())
    # A program of the current folder is a stranger's.
    Path("soffice").write_bytes(office.path.read_bytes())
    Path("soffice").chmod(0o755)
    for _ in range(2):
        outcome = command("check", name, "--lang", "zh")
        assert outcome.code == 2
        assert "请在 Word 或 WPS 里另存为 .docx；或安装 LibreOffice 后再试。" in outcome.err
    assert "install LibreOffice" in command("check", name, "--lang", "en").err
    assert office.starts == []
    # It is tried again when it is there.
    monkeypatch.setenv("PATH", str(office.path.parent))
    assert command("check", name).code == 0


def test_it_can_be_switched_off(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC)
    outcome = command("check", "a.doc", "--no-convert", "--no-cache", "--lang", "en")
    assert outcome.code == 2
    assert "not converted, as asked (--no-convert)" in outcome.err
    assert office.starts == []


def test_the_settings_say_which_program(office: FakeOffice, command: Command, tmp_path: Path) -> None:
    other = FakeOffice(tmp_path / "other", COPY)
    write(a_doc=DOC)
    Path("bulletin-lint.yaml").write_text(f"convert:\n  command: {other.path}\n", "utf-8")
    assert command("check", "a.doc", "--no-cache").code == 0
    assert (len(office.starts), len(other.starts)) == (0, 1)
    assert f'convert: {{"command": "{other.path}"}}' in command("config", "show").out


@pytest.mark.parametrize("kind", ["relative", "inside", "link", "shell", "missing"])
def test_settings_start_no_other_program(
    office: FakeOffice, command: Command, tmp_path: Path, kind: str
) -> None:
    inside = FakeOffice(Path("tools").resolve(), COPY)
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "soffice").symlink_to(inside.path)
    named = {
        "relative": "tools/soffice",
        "inside": str(inside.path),
        "link": str(tmp_path / "link" / "soffice"),
        "shell": "/bin/sh",
        "missing": "/nowhere/soffice",
    }[kind]
    write(a_doc=DOC)
    Path("bulletin-lint.yaml").write_text(f"convert:\n  command: {named}\n", "utf-8")
    outcome = command("check", "a.doc", "--no-cache", "--lang", "en")
    assert outcome.code == 2
    assert "convert.command" in outcome.err
    assert (office.starts, inside.starts) == ([], [])


def test_what_is_no_document_is_not_given_to_it(office: FakeOffice, command: Command) -> None:
    write(a_wps=b"\x8f\x01random", b_doc=DOC)
    outcome = command("check", "a.wps", "b.doc", "--lang", "en", "--no-cache")
    assert outcome.code == 2
    assert "a.wps: no document of Word, WPS" in outcome.err
    assert [len(words) - words.index("--outdir") - 2 for words in office.starts] == [1]


def test_a_program_that_writes_nothing_and_ends_in_0_is_noticed(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC + b"fail", b_doc=DOC, c_odt=open_document(encrypted=True) + b"fail")
    outcome = command("check", "a.doc", "b.doc", "c.odt", "--lang", "en", "--no-cache", "--format", "json")
    assert outcome.code == 2
    assert "a.doc: LibreOffice could not convert the document" in outcome.err
    assert "c.odt: the document has a password" in outcome.err
    assert "b.doc" not in outcome.err
    # All together, then each of those left alone.
    assert len(office.starts) == 3


def test_one_that_hangs_costs_itself_alone(
    office: FakeOffice, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "START_SECONDS", 1.0)
    monkeypatch.setattr(conversion, "FILE_SECONDS", 1.0)
    names = write(a_doc=DOC, b_doc=DOC, c_doc=DOC + b"hang", d_doc=DOC)
    outcome = command("check", *names, "--lang", "en", "--no-cache")
    assert outcome.code == 2
    assert [line for line in outcome.err.splitlines() if "d.doc" in line or "a.doc" in line] == []
    assert "c.doc: LibreOffice did not convert the document in time" in outcome.err
    assert all(wait_until_gone(int(words[0])) == [] for words in office.starts)
    assert left() == []


def test_one_that_crashes_costs_itself_alone(office: FakeOffice, command: Command) -> None:
    names = write(a_doc=DOC, b_doc=DOC + b"crash", c_doc=DOC)
    outcome = command("check", *names, "--lang", "en", "--no-cache")
    assert outcome.code == 2
    assert "b.doc: " in outcome.err
    assert "a.doc" not in outcome.err
    assert "c.doc" not in outcome.err


def test_what_it_started_ends_with_it(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC + b"stay")
    assert command("check", "a.doc", "--no-cache").code == 0
    (words,) = office.starts
    assert wait_until_gone(int(words[0])) == []


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the process is a copy of this one")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_leaves_nothing_behind(office: FakeOffice, number: signal.Signals) -> None:
    write(a_doc=DOC + b"hang")
    with open(os.devnull, "r+b") as nowhere:
        streams = (nowhere.fileno(),) * 3
        pid = copied("check", "a.doc", "--no-cache", folder=Path.cwd(), streams=streams)
    assert wait_until(lambda: bool(office.starts))
    os.kill(pid, number)
    assert waited_for(pid, 60) != 0
    (words,) = office.starts
    assert wait_until_gone(int(words[0])) == []
    assert left() == []


def test_copies_last_as_long_as_they_are_needed(office: FakeOffice) -> None:
    write(a_doc=DOC)
    sources = [SourceFile("a.doc", "office", explicit=True), SourceFile("b.md", "text", explicit=True)]
    with Converted(sources, Settings()) as (first, second):
        assert first.conversion is not None
        assert first.conversion.path is not None
        assert Path(first.conversion.path).read_bytes() == COPY
        assert second is sources[1]
    assert not os.path.exists(first.conversion.path)
    assert first.conversion != Conversion()


def test_content_that_was_given_is_converted_too(office: FakeOffice, command: Command) -> None:
    outcome = command("check", "-", "--stdin-filename", "a.doc", "--format", "json", stdin=DOC)
    (document,) = json.loads(outcome.out)["documents"]
    assert (document["path"], document["kind"], document["error"]) == ("a.doc", "office", None)


def test_it_is_not_written(office: FakeOffice, command: Command) -> None:
    write(a_doc=DOC)
    outcome = command("check", "a.doc", "--fix", "--lang", "zh")
    assert Path("a.doc").read_bytes() == DOC
    assert "a.doc：旧格式文档不能自动修复" in outcome.err


def test_numbers_that_were_counted_anew_are_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """A list that begins at three: an error in a document, in a converted one only something to compare."""
    numbering = abstract(0, level(0, "%1、", "japaneseCounting", start=3)) + num(1, 0)
    body = "".join(
        [
            *map(p, LINES[:4]),
            numbered("建设食堂", 1),
            p(LINES[4]),
            numbered("送餐到家", 1),
            *map(p, LINES[4:]),
        ]
    )
    copy = docx(body, {"numbering": numbering})
    office = FakeOffice(tmp_path / "bin", copy)
    monkeypatch.setenv("PATH", str(office.path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.doc").write_bytes(DOC)
    (tmp_path / "a.docx").write_bytes(copy)
    found = {}
    for name in ("a.doc", "a.docx"):
        report = json.loads(command("check", name, "--select", "SEC003", "--format", "json").out)
        (found[name],) = report["violations"]
    assert (found["a.docx"]["severity"], found["a.doc"]["severity"]) == ("error", "info")
    assert "自动编号" in found["a.docx"]["message"]["zh"]
    assert "编号可能与原件不同" in found["a.doc"]["message"]["zh"]
    assert "its numbers may be others" in found["a.doc"]["message"]["en"]
