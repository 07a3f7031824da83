"""GitHub: annotations and a summary, and no command that a bulletin says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bulletin_lint.model.location import Location
from bulletin_lint.model.wording import same
from bulletin_lint.reporters import step_summary
from harness import Command
from told_in_formats import Office, report, violation


def test_github_columns_are_left_out_where_lines_differ() -> None:
    from bulletin_lint.reporters import github

    long = violation("a.md", "甲乙", 2, 3)._replace(location=Location(1, 2, 3, 4))

    expected = "::warning file=a.md,line=1,endLine=3,title=DAT002 a-name::m\n"
    assert expected == github.render(report(long), language="zh", color=False, width=80)


def test_github_commands_are_not_broken_by_what_a_bulletin_says() -> None:
    from bulletin_lint.reporters import github

    evil = violation("a,b:c%.md", "甲", 1, 2, message=same("100%\n::error::x"))

    expected = (
        "::warning file=a%2Cb%3Ac%25.md,line=1,col=1,endLine=1,endColumn=2,title=DAT002 a-name::"
        "100%25↵::error::x\n"
    )
    assert expected == github.render(report(evil), language="zh", color=False, width=80)


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What GitHub Actions sets; the file of the step's summary."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    return summary


def test_under_actions_the_default_format_adds_annotations_and_a_summary(
    office: Office, command: Command, actions: Path
) -> None:
    plain = office.show("full")
    actions.unlink()
    outcome = command("check", ".")

    assert outcome.out == plain + office.show("github")
    text = actions.read_text("utf-8")
    assert "| 错误 | FLD007 |" in text
    assert "已豁免：本期无核稿（王某）" in text
    assert "**empty.md**" in text


def test_under_actions_another_format_stays_what_it_is(office: Office, actions: Path) -> None:
    assert "::" not in office.show("concise")
    assert json.loads(office.show("json"))
    assert actions.exists()


def test_under_actions_words_of_a_bulletin_are_no_commands(
    tmp_path: Path, command: Command, actions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("::set-env name=X::y.md").write_text("会议于2020年03月06日召开。\n", encoding="utf-8")

    out = command("check", ".", "--select", "DAT002", "--format", "full", "--isolated").out
    named = command("check", "::set-env name=X::y.md", "--select", "DAT002", "--isolated").out

    assert "set-env" not in out
    # The first line of the report is the name; the annotation that follows is our own.
    assert named.startswith("\\x3a:set-env name=X::y.md:1:")
    assert [
        line for line in named.splitlines() if re.match(r"\s*::(?!(error|warning|notice) file=)", line)
    ] == []


def test_without_actions_nothing_is_added(office: Office, command: Command) -> None:
    assert "::" not in command("check", ".").out


def test_in_a_subfolder_paths_are_those_of_the_checkout(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))

    assert f"file={tmp_path.name}/empty.md" in office.show("github")
    assert f"{tmp_path.name}/empty.md" in [each["location"]["path"] for each in office.read("gitlab")]
    # The report for programs speaks of paths as they were given.
    assert "empty.md" in [each["path"] for each in office.read("json")["documents"]]


def test_the_summary_is_bounded_and_harmless() -> None:
    many = [
        violation("a.md", "<img>|x", 1, 2, number, message=same("<b>|[x](y)")) for number in range(1, 150)
    ]
    text = step_summary.render(report(*many), language="en", color=False, width=80)
    rows = [line for line in text.splitlines() if line.startswith("| warning")]

    assert len(rows) == 100
    assert "And 49 more, in the log." in text
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert "<b>" not in text
