"""What is told once a document counts place by place for waivers, the baseline and the fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command

HEAD = "# 松湖区情况简报\n\n第1期\n\n## 各区动态\n\n"
TAIL = "\n\n责编：王某\n"
FIRST, SECOND, THIRD = "松湖区修路,通车。", "白鸥街道挖渠,排水。", "城关镇植树,增绿。"
LINE = HEAD.count("\n") + 1
"""Of the first paragraph."""
COMMENT = "<!-- bulletin-lint: ignore[PUN002] 引自来函 -->"


class Office:
    """A folder with one bulletin in which half-width marks are looked for."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.path = folder / "1.md"
        self.baseline = folder / "known.jsonl"
        self._command = command
        (folder / "bulletin-lint.yaml").write_text("select: [PUN002, WVR]\n", encoding="utf-8")

    def write(self, *paragraphs: str) -> None:
        # Without full-width marks and with few half-width ones, none is taken for damage by extraction.
        body = "\n\n".join(paragraphs)
        self.path.write_text(f"{HEAD}{body}{TAIL}", encoding="utf-8")

    def check(self, *options: object) -> list[tuple[str, int, str, str | None]]:
        """Code, line, message and waiver's kind of every violation."""
        outcome = self._command("check", self.path, "--format", "json", *options)
        report: dict[str, Any] = json.loads(outcome.out)
        return [
            (each["code"], each["line"], each["message"]["zh"], each["waived"] and each["waived"]["kind"])
            for each in report["violations"]
        ]

    def mended(self) -> str:
        self._command("check", self.path, "--fix")
        return self.path.read_text("utf-8")


@pytest.fixture
def office(tmp_path: Path, command: Command) -> Office:
    return Office(tmp_path, command)


def told(count: int) -> str:
    several = f"（全文共 {count} 处）" if count > 1 else ""
    return f"汉字旁用了半角“,”，应为“，”{several}"


def test_three_marks_are_told_once(office: Office) -> None:
    office.write(FIRST, SECOND, THIRD)

    assert [("PUN002", LINE, told(3), None)] == office.check()


def test_a_waiver_on_the_first_line_silences_that_line_only(office: Office) -> None:
    office.write(FIRST + COMMENT, SECOND, THIRD)

    assert [("PUN002", LINE, told(1), "inline"), ("PUN002", LINE + 2, told(2), None)] == office.check()


def test_a_waiver_on_a_later_line_is_needed_and_its_words_stay(office: Office) -> None:
    office.write(FIRST, SECOND + COMMENT, THIRD)

    assert [("PUN002", LINE, told(2), None), ("PUN002", LINE + 2, told(1), "inline")] == office.check()
    mended = office.mended()
    assert SECOND + COMMENT in mended
    assert "松湖区修路，通车。" in mended
    assert "城关镇植树，增绿。" in mended


def test_a_waiver_of_the_whole_file_silences_all_as_one(office: Office) -> None:
    office.write("<!-- bulletin-lint: ignore-file[PUN002] 照录来文 -->", FIRST, SECOND)

    assert [("PUN002", LINE + 2, told(2), "inline")] == office.check()


def test_words_in_the_file_of_waivers_silence_the_places_that_have_them(office: Office) -> None:
    office.write(FIRST, SECOND, THIRD)
    office.path.with_name("waivers.yaml").write_text(
        "- rule: PUN002\n  excerpt: 白鸥街道挖渠\n  reason: 引自来函\n", encoding="utf-8"
    )

    assert [("PUN002", LINE, told(2), None), ("PUN002", LINE + 2, told(1), "file")] == office.check()


def test_a_mark_that_the_baseline_does_not_hold_is_new(office: Office) -> None:
    office.write(FIRST)
    office.check("--baseline", office.baseline, "--write-baseline")
    office.write(FIRST, SECOND, THIRD)

    found = office.check("--baseline", office.baseline)

    assert [("PUN002", LINE, told(1), "baseline"), ("PUN002", LINE + 2, told(2), None)] == found


def test_a_baseline_holds_every_place_and_loses_what_is_mended(office: Office) -> None:
    office.write(FIRST, SECOND, THIRD)
    office.check("--baseline", office.baseline, "--write-baseline")
    assert 3 == len(office.baseline.read_text("utf-8").splitlines())
    assert [("PUN002", LINE, told(3), "baseline")] == office.check("--baseline", office.baseline)
    office.write(FIRST, THIRD)

    office.check("--baseline", office.baseline, "--prune-baseline")

    assert 2 == len(office.baseline.read_text("utf-8").splitlines())


def test_what_is_kept_between_runs_has_its_places(office: Office, tmp_path: Path) -> None:
    office.write(FIRST, SECOND + COMMENT, THIRD)
    # So many files that their results are kept.
    for number in range(2, 12):
        (tmp_path / f"{number}.md").write_text(f"{HEAD}甲，乙。{TAIL}", encoding="utf-8")
    others = [tmp_path / f"{number}.md" for number in range(2, 12)]

    first, second = office.check(*others), office.check(*others)

    assert [("PUN002", LINE, told(2), None), ("PUN002", LINE + 2, told(1), "inline")] == first == second
