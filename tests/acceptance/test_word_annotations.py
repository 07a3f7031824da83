"""``check --annotate`` and its like, from a document to the one that an editor opens."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from docx_made import docx, members_of, p, packed, r, run
from harness import Command

FAULTY = "社区开展走访,发放资料,登记信息。"
"""Two marks of half the width: PUN002, told once, with a safe fix."""


def bulletin(words: str = FAULTY) -> bytes:
    return docx(
        p("平安简报", properties='<w:jc w:val="center"/>')
        + p("第 8 期")
        + p("安和市委平安办", run("<w:tab/>"), "2023年5月6日")
        + p("凤岭区把矛盾化解在村里", properties='<w:jc w:val="center"/>')
        + p(words)
        + p("（凤岭区委政法委）")
        + p("责任编辑：于佳音　校核：封小雷　电话：0375-2196300")
        + p("报：省委平安办")
        + p("送：各县（区）委政法委")
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "8.docx").write_bytes(bulletin())
    return tmp_path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def check(command: Command, *arguments: object) -> tuple[int, str]:
    outcome = command("check", *arguments, "--isolated", "--select", "PUN002", "--lang", "zh")
    return outcome.code, outcome.err


def test_a_copy_has_the_comments_and_the_document_is_as_it_was(folder: Path, command: Command) -> None:
    before = (folder / "8.docx").read_bytes()
    code, said = check(command, "8.docx", "--annotate", "out/8.docx", "--fail-level", "warning")
    assert (1, "已写 out/8.docx：2 条批注。\n") == (code, said.replace("提示：", "").replace("注意：", ""))
    assert before == (folder / "8.docx").read_bytes()
    comments = part(folder / "out/8.docx", "word/comments.xml")
    assert 2 == comments.count("PUN002 警告：")
    assert "改法：「,」改为「，」" in comments
    assert "依据：GB/T 15834" in comments
    assert 2 == part(folder / "out/8.docx", "word/document.xml").count('<w:t xml:space="preserve">,</w:t>')


def test_again_the_same_bytes(folder: Path, command: Command) -> None:
    check(command, "8.docx", "--annotate", "a.docx")
    check(command, "a.docx", "--annotate", "b.docx")
    check(command, "b.docx", "--annotate", "b.docx", "--in-place")
    assert (folder / "a.docx").read_bytes() == (folder / "b.docx").read_bytes()


def test_with_fix_changes_are_tracked_and_the_report_is_of_the_mended_words(
    folder: Path, command: Command
) -> None:
    code, said = check(command, "8.docx", "--fix", "--annotate", "a.docx", "--fail-level", "warning")
    assert 0 == code
    assert "a.docx：0 条批注，1 处修订。" in said
    body = part(folder / "a.docx", "word/document.xml")
    assert (2, 2) == (body.count("<w:del "), body.count("<w:ins "))
    again = (folder / "a.docx").read_bytes()
    check(command, "a.docx", "--fix", "--annotate", "a.docx", "--in-place")
    assert again == (folder / "a.docx").read_bytes()


def test_what_cannot_be_tracked_is_named_and_becomes_a_comment(folder: Path, command: Command) -> None:
    inserted = f'<w:ins w:id="1" w:author="张某">{r(FAULTY)}</w:ins>'
    body = p("平安简报") + p("第 8 期") + p(inserted)
    (folder / "8.docx").write_bytes(docx(body))
    _, said = check(command, "8.docx", "--fix", "--annotate", "a.docx")
    assert "PUN002 未修复：不能写成修订" in said
    assert "a.docx：2 条批注。" in said
    assert '<w:ins w:id="1" w:author="张某"><w:r>' in part(folder / "a.docx", "word/document.xml")


def test_levels(folder: Path, command: Command) -> None:
    check(command, "8.docx", "--annotate", "a.docx", "--annotate-level", "error")
    assert (folder / "8.docx").read_bytes() == (folder / "a.docx").read_bytes()


def test_what_is_waived_has_no_comment(folder: Path, command: Command) -> None:
    check(command, "8.docx", "--write-baseline", "--baseline", "b.jsonl")
    _, said = check(command, "8.docx", "--baseline", "b.jsonl", "--annotate", "a.docx")
    assert "0 条批注" in said


def test_a_folder_into_a_folder(folder: Path, command: Command) -> None:
    (folder / "2023").mkdir()
    shutil.copy("8.docx", "2023/9.docx")
    (folder / "2023" / "10.md").write_text("# 平安简报\n\n第 10 期\n\n走访了社区。\n", "utf-8")
    _, said = check(command, ".", "--annotate-dir", "../answers", "--exclude", "answers")
    answers = folder.parent / "answers"
    assert {"8.docx", "2023/9.docx"} == {
        each.relative_to(answers).as_posix() for each in answers.rglob("*.*")
    }
    assert 2 == said.count("2 条批注")
    shutil.rmtree(answers)


def test_in_place(folder: Path, command: Command) -> None:
    check(command, "8.docx", "--in-place")
    assert 2 == part(folder / "8.docx", "word/comments.xml").count("PUN002")
    assert ["8.docx"] == os.listdir(folder)


def test_more_than_two_hundred(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin("走访了社区，，发放。" * 230))
    said = command(
        "check", "8.docx", "--annotate", "a.docx", "--isolated", "--select", "PUN010", "--lang", "zh"
    ).err
    assert "201 条批注" in said
    comments = part(folder / "a.docx", "word/comments.xml")
    assert (201, 1) == (comments.count("<w:comment "), comments.count("另有 30 处问题没有写成批注"))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["8.docx", "--annotate", "8.docx"], "加 --in-place"),
        (["8.docx", "--annotate", "a.txt"], "不以 .docx 结尾"),
        (["8.docx", "9.docx", "--annotate", "a.docx"], "--annotate-dir"),
        (["8.docx", "--annotate", "a.docx", "--in-place"], "写进原文件"),
        (["8.docx", "--annotate", "a.docx", "--annotate-dir", "b"], "不能与"),
        (["8.docx", "--annotate-dir", "b", "--in-place"], "不能与"),
        (["8.docx", "--annotate", "a.docx", "--diff"], "不能与"),
        (["10.md", "--annotate", "a.docx"], "文本里不能加批注"),
        (["8.docx", "../x/8.docx", "--annotate-dir", "b"], "同名"),
    ],
)
def test_what_does_not_go_together(folder: Path, command: Command, arguments: list[str], word: str) -> None:
    shutil.copy("8.docx", "9.docx")
    (folder / "10.md").write_text("# 平安简报\n\n第 10 期\n", "utf-8")
    other = folder.parent / "x"
    other.mkdir(exist_ok=True)
    shutil.copy("8.docx", other)
    code, said = check(command, *arguments)
    assert (2, True) == (code, word in said), said
    assert not (folder / "a.docx").exists()
    assert not (folder / "b").exists()


@pytest.mark.parametrize("mark", ["~$8.docx", "~$docx", ".~lock.8.docx#", ".~8.docx"])
def test_a_document_that_is_open_is_left_alone(folder: Path, command: Command, mark: str) -> None:
    (folder / mark).write_bytes(b"")
    code, said = check(command, "8.docx", "--in-place")
    assert (2, True) == (code, "请先关闭" in said)


def test_a_signed_document_is_exit_2_and_nothing_is_written(folder: Path, command: Command) -> None:
    body = p("平安简报") + p("第 8 期") + p(FAULTY)
    (folder / "8.docx").write_bytes(packed([*members_of(body), ("_xmlsignatures/sig1.xml", "<S/>")]))
    code, said = check(command, "8.docx", "--annotate", "a.docx")
    assert (2, True) == (code, "数字签名" in said)
    assert not (folder / "a.docx").exists()


def test_a_copy_that_cannot_be_written_is_exit_2(folder: Path, command: Command) -> None:
    (folder / "file").write_bytes(b"")
    code, said = check(command, "8.docx", "--annotate", "file/a.docx")
    assert (2, True) == (code, "批注写不进 file/a.docx" in said)


def test_standard_input_is_a_document_too(folder: Path, command: Command) -> None:
    outcome = command(
        "check", "-", "--stdin-filename", "8.docx", "--annotate", "a.docx", "--isolated", "--select", "PUN002",
        "--lang", "zh", stdin=(folder / "8.docx").read_bytes(),
    )  # fmt: skip
    assert "2 条批注" in outcome.err


# What others make of it


def test_python_docx_opens_it_and_finds_every_comment(folder: Path, command: Command) -> None:
    docx_library = pytest.importorskip("docx", reason="python-docx is not installed")
    check(command, "8.docx", "--annotate", "a.docx")
    opened = docx_library.Document(str(folder / "a.docx"))
    comments = list(opened.comments)
    assert ["bulletin-lint"] * 2 == [each.author for each in comments]
    assert all("PUN002" in each.text for each in comments)


def test_the_schema_finds_nothing_wrong(folder: Path, command: Command) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    before = _schema_errors(audit, folder / "8.docx")
    check(command, "8.docx", "--annotate", "a.docx")
    check(command, "8.docx", "--fix", "--annotate", "b.docx")
    assert before == _schema_errors(audit, folder / "a.docx") == _schema_errors(audit, folder / "b.docx")


def _schema_errors(audit: object, path: Path) -> set[str]:
    result = audit.OpenXmlValidator().validate(str(path))  # type: ignore[attr-defined]
    return {str(getattr(error, "description", error)) for error in result.errors}


@pytest.mark.slow
def test_libreoffice_finds_every_comment_on_its_words(folder: Path, command: Command, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    check(command, "8.docx", "--annotate", "a.docx")
    profile = tmp_path / "profile"
    subprocess.run(
        [soffice, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "odt",
         "--outdir", str(tmp_path / "odt"), "a.docx"],
        cwd=folder, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO((tmp_path / "odt" / "a.odt").read_bytes())) as archive:
        content = archive.read("content.xml").decode()
    # ODF puts the comment where its range begins, and marks where it ends.
    assert 2 == content.count("<office:annotation ")
    assert 2 == content.count("</office:annotation>,<office:annotation-end ")
