"""A waiver, or an entry of a baseline, of a rule that finds nothing to judge any more is without use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.suppression.looked import has_looked
from bulletin_lint.model.violation import Outcome
from bulletin_lint.rulebook.load import load_rulebook
from harness import Command

SPACED = "# 松湖区情况简报\n\n第1期\n\n## 各区动态\n\n办结率为92.5 %。\n\n责编：王某\n"
WITHOUT_PERCENT = SPACED.replace("92.5 %", "九成")


def test_an_entry_whose_percentage_is_gone_is_pruned(tmp_path: Path, command: Command) -> None:
    path, baseline = tmp_path / "1.md", tmp_path / "known.jsonl"
    options = ("check", "--isolated", "--select", "SPC003", "--baseline", baseline)
    path.write_text(SPACED, encoding="utf-8")
    command(*options, "--write-baseline", path)
    assert '"SPC003"' in baseline.read_text("utf-8")
    path.write_text(WITHOUT_PERCENT, encoding="utf-8")

    command(*options, "--prune-baseline", path)

    assert "" == baseline.read_text("utf-8")


@pytest.mark.parametrize(("text", "expected"), [(SPACED, []), (WITHOUT_PERCENT, ["WVR006"])])
def test_a_waiver_whose_percentage_is_gone_is_needless(
    tmp_path: Path, command: Command, text: str, expected: list[str]
) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text("select: [SPC003, WVR]\n", encoding="utf-8")
    (tmp_path / "1.md").write_text(text, encoding="utf-8")
    (tmp_path / "waivers.yaml").write_text(
        "- rule: SPC003\n  path: 1.md\n  reason: 原稿如此\n", encoding="utf-8"
    )

    report = json.loads(command("check", "--format", "json", tmp_path / "1.md").out)

    assert expected == [each["code"] for each in report["violations"] if each["waived"] is None]


@pytest.mark.parametrize(
    ("code", "outcome", "expected"),
    [
        ("SPC003", "pass", True),
        ("SPC003", "not-applicable", True),
        ("SPC003", "cannot-assess", False),
        ("SPC003", None, False),
        # Alone an issue has no neighbours, and nobody knows.
        ("ISS007", "not-applicable", False),
    ],
)
def test_who_has_looked(code: str, outcome: Outcome | None, *, expected: bool) -> None:
    assert expected == has_looked(load_rulebook(Settings(), None), code, outcome)


def test_an_entry_of_a_rule_that_the_house_switched_off_is_said_and_pruned(
    tmp_path: Path, command: Command
) -> None:
    path, baseline = tmp_path / "1.md", tmp_path / "known.jsonl"
    settings = tmp_path / "bulletin-lint.yaml"
    path.write_text(SPACED, encoding="utf-8")
    settings.write_text("select: [SPC]\n", encoding="utf-8")
    command("check", path, "--baseline", baseline, "--write-baseline")
    assert '"SPC003"' in baseline.read_text("utf-8")

    # Not chosen this time: nobody knows.
    told = command("check", path, "--baseline", baseline, "--select", "ISS001")
    assert "没有对应的问题" not in told.err
    settings.write_text("select: [SPC]\nrules: {SPC003: off}\n", encoding="utf-8")

    told = command("check", path, "--baseline", baseline)
    assert "中有 1 条已经没有对应的问题" in told.err
    command("check", path, "--baseline", baseline, "--prune-baseline")
    assert "" == baseline.read_text("utf-8")
