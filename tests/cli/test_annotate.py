"""`check --annotate`: a marked copy beside the report, and never anything in place of the file."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from harness import FIXTURES, Command

FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"
WRONG = FIXTURES / "commands" / "wrong.md"


def count(path: Path) -> int:
    return sum(len(page.get("/Annots", [])) for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def test_the_copy_holds_what_the_report_says(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    outcome = command("check", FAULTY, "--annotate", out, "--isolated", "--format", "json")
    report = json.loads(outcome.out)

    assert outcome.code == 1
    marked = [each for each in report["violations"] if each["severity"] != "info"]
    assert count(out) == sum(len(each.get("bboxes", [each["bbox"]])) for each in marked)
    again = json.loads(command("check", out, "--isolated", "--format", "json").out)
    assert [each["code"] for each in again["violations"]] == [each["code"] for each in report["violations"]]


@pytest.mark.parametrize("link", ["same", "symbolic", "hard"])
def test_the_file_itself_is_never_written(link: str, command: Command, tmp_path: Path) -> None:
    path, out = tmp_path / "a.pdf", tmp_path / "out.pdf"
    shutil.copy(FAULTY, path)
    if link == "same":
        out = path
    elif link == "symbolic":
        out.symlink_to(path)
    else:
        os.link(path, out)

    outcome = command("check", path, "--annotate", out, "--isolated")

    assert outcome.code == 2
    assert "--annotate" in outcome.err
    assert path.read_bytes() == FAULTY.read_bytes()


def test_a_text_is_refused_with_what_to_use_instead(command: Command, tmp_path: Path) -> None:
    outcome = command("check", WRONG, "--annotate", tmp_path / "out.pdf", "--isolated")

    assert outcome.code == 2
    assert "signoff" in outcome.err
    assert list(tmp_path.iterdir()) == []


def contents(path: Path) -> list[str]:
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    return [str(note.get_object()["/Contents"]) for page in reader.pages for note in page.get("/Annots", [])]


def test_a_mark_says_how_grave_it_is_what_to_do_and_by_which_norm(command: Command, tmp_path: Path) -> None:
    found = {}
    for level in ("error", "warning", "info"):
        out = tmp_path / f"{level}.pdf"
        command("check", FAULTY, "--annotate", out, "--annotate-level", level, "--isolated", "--lang", "zh")
        found[level] = contents(out)
    assert set(found["error"]) < set(found["warning"]) <= set(found["info"])
    assert all(" 错误：" in said for said in found["error"])
    assert all("\r改法：" in said for said in found["info"])
    assert any("\r依据：" in said for said in found["info"])


def test_of_an_old_form_it_is_said_how_it_can_be_marked(command: Command, tmp_path: Path) -> None:
    path = FIXTURES / "office" / "faulty.doc"
    outcome = command("check", path, "--annotate", tmp_path / "out.docx", "--isolated", "--lang", "zh")
    assert outcome.code == 2
    assert "另存为 .docx" in outcome.err


def test_of_a_folder_every_file_that_holds_marks_gets_a_copy(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(FAULTY, folder / "a.pdf")
    shutil.copy(FIXTURES / "producers" / "classic-typst.pdf", folder / "b.pdf")
    shutil.copy(WRONG, folder / "c.md")

    assert command("check", folder, "--annotate-dir", tmp_path / "out", "--isolated").code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.pdf", "b.pdf"]
    assert command("check", folder, "--annotate", tmp_path / "one.pdf", "--isolated").code == 2
    assert not (tmp_path / "one.pdf").exists()


def test_where_no_copy_could_be_made_that_is_a_failure(command: Command, tmp_path: Path) -> None:
    path = FIXTURES / "pdf" / "owner-password.pdf"
    outcome = command("check", path, "--annotate", tmp_path / "out.pdf", "--isolated")

    assert outcome.code == 2
    assert "加密" in outcome.err
    assert not (tmp_path / "out.pdf").exists()


def test_a_file_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    missing = tmp_path / "nosuch.docx"
    alone = command("check", missing, "--annotate", tmp_path / "out.docx", "--isolated")
    among = command("check", missing, WRONG, "--annotate", tmp_path / "out.docx", "--isolated")

    assert (2, 2) == (alone.code, among.code)
    assert [f"错误：{missing}: 没有这个文件或文件夹。", "错误：没有写副本。"] == alone.err.splitlines()
    first, second = among.err.splitlines()
    assert f"错误：{missing}: 没有这个文件或文件夹。" == first
    assert "signoff" in second
    assert not (tmp_path / "out.docx").exists()


def test_options_that_do_not_go_together(command: Command, tmp_path: Path) -> None:
    both = command("check", FAULTY, "--annotate", "a.pdf", "--annotate-dir", "b")
    assert both.code == 2
    (tmp_path / "x").mkdir()
    for folder in (tmp_path, tmp_path / "x"):
        shutil.copy(FAULTY, folder / "a.pdf")
    twice = command("check", tmp_path, "--annotate-dir", tmp_path / "out", "--isolated")
    assert twice.code == 2
    assert "a.pdf" in twice.err
