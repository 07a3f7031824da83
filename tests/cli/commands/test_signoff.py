"""`signoff`: what is written where, and what the command ends with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from harness import FIXTURES, Command

WRONG = FIXTURES / "commands" / "wrong.md"
CLEAN = FIXTURES / "commands" / "clean.md"
FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"


def test_frames_are_where_the_report_has_them_and_each_violation_is_there_once(
    command: Command, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.html"
    outcome = command("signoff", FAULTY, "-o", sheet, "--isolated")
    report = json.loads(command("check", FAULTY, "--isolated", "--format", "json").out)
    html = sheet.read_text("utf-8")

    assert outcome.code == 1
    boxes = sorted(
        tuple(round(side, 2) for side in box)
        for violation in report["violations"]
        for box in violation.get("bboxes") or [violation["bbox"]]
    )
    frames = sorted(
        (float(x), float(y), round(float(x) + float(width), 2), round(float(y) + float(height), 2))
        for x, y, width, height in re.findall(
            r'<rect class="frame \w+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', html
        )
    )
    # To a hundredth of a point; what is narrower than two points is drawn two wide.
    assert len(frames) == len(boxes)
    for frame, box in zip(frames, boxes, strict=True):
        assert frame == pytest.approx((*box[:2], max(box[2], box[0] + 2), max(box[3], box[1] + 2)), abs=0.021)
    numbers = [str(number) for number in range(1, len(report["violations"]) + 1)]
    assert sorted(re.findall(r'id="v(\d+)"', html), key=int) == numbers
    assert sorted(re.findall(r'id="m(\d+)"', html), key=int) == numbers


def test_exit_codes_are_those_of_check(command: Command, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n%%EOF\n")

    assert command("signoff", CLEAN, "-o", good, "--isolated").code == 0
    assert "可以签发" in good.read_text("utf-8")
    assert command("signoff", WRONG, "-o", bad, "--isolated").code == 1
    assert bad.exists()
    refused = command("signoff", broken, "-o", tmp_path / "none.html", "--isolated")
    assert refused.code == 2
    assert "broken.pdf" in refused.err
    assert not (tmp_path / "none.html").exists()
    assert command("signoff", tmp_path / "not-there.md").code == 2


def test_the_same_input_makes_the_same_bytes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    command("signoff", FAULTY, "-o", first, "--isolated")
    command("signoff", FAULTY, "-o", second, "--isolated", "--no-cache")

    assert first.read_bytes() == second.read_bytes()
    assert "<time>2020-09-13 12:26:40 UTC</time>" in first.read_text("utf-8")


def test_an_altered_byte_is_another_fingerprint(command: Command, tmp_path: Path) -> None:
    text = CLEAN.read_bytes()
    found = set()
    for number, data in enumerate((text, text.replace(b"260", b"261"))):
        (tmp_path / "a.md").write_bytes(data)
        command("signoff", tmp_path / "a.md", "-o", tmp_path / f"{number}.html", "--isolated")
        found.add(re.findall("SHA-256 ([0-9a-f]{64})", (tmp_path / f"{number}.html").read_text("utf-8"))[0])
    assert len(found) == 2


def test_what_stands_there_is_not_written_over(command: Command, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    sheet.write_text("mine", encoding="utf-8")

    refused = command("signoff", CLEAN, "-o", sheet, "--isolated")

    assert refused.code == 2
    assert "--force" in refused.err
    assert sheet.read_text("utf-8") == "mine"
    assert command("signoff", CLEAN, "-o", sheet, "--isolated", "--force").code == 0
    # The same sheet at another time is the same sheet.
    assert command("signoff", CLEAN, "-o", sheet, "--isolated").code == 0
    assert list(tmp_path.iterdir()) == [sheet]


def test_a_sheet_never_goes_over_the_bulletin(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    shutil.copy(CLEAN, path)

    assert command("signoff", path, "-o", path, "--force", "--isolated").code == 2
    assert path.read_bytes() == CLEAN.read_bytes()


def test_a_folder_gets_a_sheet_for_each_bulletin_and_an_index(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "2020").mkdir(parents=True)
    shutil.copy(CLEAN, folder / "2020" / "a b#.md")
    shutil.copy(WRONG, folder / "w.md")
    (folder / "README.md").write_text("# notes\n\nnone\n", encoding="utf-8")

    outcome = command("signoff", folder, "-o", tmp_path / "out", "--isolated")

    assert outcome.code == 1
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.html")}
    assert written == {"index.html", "2020/a b#.md.html", "w.md.html"}
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert 'href="2020/a%20b%23.md.html"' in index
    assert index.count("<tr><td>") == 2


def test_of_a_folder_one_file_that_cannot_be_read_is_named_and_the_others_are_done(
    command: Command, tmp_path: Path
) -> None:
    shutil.copy(CLEAN, tmp_path / "a.md")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")

    outcome = command("signoff", tmp_path, "-o", tmp_path / "out", "--isolated")

    assert outcome.code == 2
    assert "b.pdf" in outcome.err
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "未能检查" in index
    assert (tmp_path / "out" / "a.md.html").exists()
    assert not (tmp_path / "out" / "b.pdf.html").exists()


def test_an_empty_folder_is_no_pass(command: Command, tmp_path: Path) -> None:
    assert command("signoff", tmp_path).code == 2
    (tmp_path / "README.md").write_text("# notes\n\nnone\n", encoding="utf-8")
    assert command("signoff", tmp_path, "-o", tmp_path / "out").code == 2
    assert not (tmp_path / "out").exists()


def test_waivers_count_unless_they_are_to_be_ignored(command: Command, tmp_path: Path) -> None:
    text = WRONG.read_text("utf-8").replace(
        "### 三、", "<!-- bulletin-lint: ignore-next-line[SEC001] 领导审定 -->\n### 三、"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    sheet = tmp_path / "a.html"

    assert command("signoff", tmp_path / "a.md", "-o", sheet, "--isolated").code == 0
    assert "领导审定" in sheet.read_text("utf-8")
    assert (
        command("signoff", tmp_path / "a.md", "-o", sheet, "--isolated", "--force", "--ignore-waivers").code
        == 1
    )


def test_in_word_places_are_paragraphs_below_their_headings(command: Command, tmp_path: Path) -> None:
    """Nobody counts lines in Word; `check` says 第 2 段 of the number written 第015期 below the title."""
    sheet = tmp_path / "sheet.html"
    command("signoff", FIXTURES / "docx" / "faulty-word.docx", "-o", sheet, "--isolated")

    text = sheet.read_text("utf-8")
    assert "第 2 段</p>" in text
    assert "段 · 在“一、查用电，改乱拉乱接”下</p>" in text
    assert "<h2>原文 第 1 至" in text
    assert not re.search("第 [0-9]+ 行|至 [0-9]+ 行", text)
