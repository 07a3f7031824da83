"""Of one rule in one document so many violations are told, the rest as one; each of them counts all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.engine import violations
from harness import Command

HEAD = "# 松湖区情况简报\n\n第1期\n\n## 各区动态\n\n"
LINE = HEAD.count("\n") + 1
"""Of the first paragraph."""
COMMENT = "<!-- bulletin-lint: ignore[DAT003] 引自来函 -->"
Row = tuple[int, str, str | None]


class Office:
    """A folder with a bulletin of which each paragraph has a date with dots; two of them are told one by one."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.path = folder / "1.md"
        self.baseline = folder / "known.jsonl"
        self.command = command
        (folder / "bulletin-lint.yaml").write_text("select: [DAT003, WVR]\n", encoding="utf-8")

    def write(self, *paragraphs: str) -> None:
        body = "\n\n".join(paragraphs)
        self.path.write_text(f"{HEAD}{body}\n\n责编：王某\n", encoding="utf-8")

    def check(self, *options: object) -> tuple[int, list[Row]]:
        """The exit code; line, what follows on the rule's own words, and the waiver's kind of every violation."""
        outcome = self.command(
            "check", self.path, "--no-cache", "--fail-level", "info", "--format", "json", *options
        )
        report: dict[str, Any] = json.loads(outcome.out)
        return outcome.code, [
            (
                each["line"],
                each["message"]["zh"].partition("日”")[2],
                each["waived"] and each["waived"]["kind"],
            )
            for each in report["violations"]
        ]


@pytest.fixture
def office(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(violations, "MOST_TOLD", 2)
    return Office(tmp_path, command)


def dated(day: int) -> str:
    return f"桥西街道的积水点整治工程于2020.3.{day}办结，沿线居民雨天出行不再绕路。"


def rest(count: int) -> str:
    return f"（同类问题太多，从这里起的 {count} 处合为一条）"


def test_what_is_too_much_is_told_as_one_on_its_first_place(office: Office) -> None:
    office.write(*map(dated, range(1, 6)))

    assert (1, [(LINE, "", None), (LINE + 2, "", None), (LINE + 4, rest(3), None)]) == office.check()


def test_one_more_than_is_told_is_told_too(office: Office) -> None:
    office.write(*map(dated, range(1, 4)))

    assert [(LINE, "", None), (LINE + 2, "", None), (LINE + 4, "", None)] == office.check()[1]


def test_a_waiver_silences_its_own_line_of_the_rest(office: Office) -> None:
    office.write(dated(1), dated(2), dated(3), dated(4) + COMMENT, dated(5))

    assert (
        1,
        [(LINE, "", None), (LINE + 2, "", None), (LINE + 4, rest(2), None), (LINE + 6, "", "inline")],
    ) == office.check()


def test_the_rest_fails_a_run_whose_first_ones_are_waived(office: Office) -> None:
    office.write(dated(1) + COMMENT, dated(2) + COMMENT, dated(3), dated(4))

    assert (
        1,
        [(LINE, "", "inline"), (LINE + 2, "", "inline"), (LINE + 4, rest(2), None)],
    ) == office.check()


def test_a_baseline_holds_each_of_the_rest(office: Office) -> None:
    office.write(*map(dated, range(1, 6)))
    office.check("--baseline", office.baseline, "--write-baseline")
    assert 5 == len(office.baseline.read_text("utf-8").splitlines())
    office.write(*map(dated, range(1, 7)))

    code, found = office.check("--baseline", office.baseline)

    assert 1 == code
    assert [(LINE + 4, rest(3), "baseline"), (LINE + 10, "", None)] == found[2:]


def test_each_of_the_rest_is_mended_but_what_is_waived(office: Office) -> None:
    office.write(dated(1), dated(2), dated(3), dated(4) + COMMENT, dated(5))

    office.command("check", office.path, "--no-cache", "--fix", "--unsafe-fixes")

    mended = office.path.read_text("utf-8")
    assert 4 == mended.count("日办结，")
    assert dated(4) + COMMENT in mended


def test_a_thousand_stray_brackets_are_told_and_the_rest_is_counted(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "1.md"
    path.write_text(f"{HEAD}{'（' * 1500}\n", encoding="utf-8")

    outcome = command("check", path, "--isolated", "--select", "PUN001", "--format", "json", "--lang", "en")

    found = json.loads(outcome.out)["violations"]
    assert 1 == outcome.code
    assert [*range(1, 1002)] == [each["column"] for each in found]
    assert "the 500 from here on are told as one" in found[-1]["message"]["en"]
