"""An issue that has a cumulative number and no issue number: its series says whether that is a slip (ISS001)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from harness import Command
from series_generator import TITLES, Issue, content_of, series

SETTINGS = 'bulletins: ["**/*.md"]\nselect: [ISS]\n'
ISSUES = series(TITLES[0], [(2020, 6)], folder="zw", before=900)
ASKED_FOR_NO_NUMBER = "required: [title, date]\n"


class Office(NamedTuple):
    """A folder of issues, and the command."""

    folder: Path
    command: Command

    def write(self, *, without: tuple[int, ...] = (), settings: str = "") -> None:
        """All issues, those at some places without their issue number."""
        (self.folder / "bulletin-lint.yaml").write_text(SETTINGS + settings, encoding="utf-8")
        for at, issue in enumerate(ISSUES):
            text = content_of(issue).decode()
            if at in without:
                number = f"第{issue.issue}期"
                assert number in text
                text = text.replace(number, "", 1)
            path = self.folder / issue.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def said(self, *words: str) -> list[tuple[str, str]]:
        """The path and code of every violation."""
        outcome = self.command("check", *words, "--format", "json")
        assert "" == outcome.err
        return [(each["path"], each["code"]) for each in json.loads(outcome.out)["violations"]]

    def outcome(self, issue: Issue) -> str:
        """What is said of ISS001 in one issue."""
        (document,) = json.loads(self.command("check", issue.path, "--format", "json").out)["documents"]
        return str(document["outcomes"]["ISS001"])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> Office:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "office"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Office(folder, command)


@pytest.mark.parametrize("words", [(), ("--series",), ("--no-cache",), (ISSUES[3].path,)])
def test_it_is_missed_where_the_other_issues_have_one(office: Office, words: tuple[str, ...]) -> None:
    office.write(without=(3,))

    for _ in ("cold", "warm"):
        # ISS014 is its advice, folded into it.
        assert [(ISSUES[3].path, "ISS001")] == office.said(*words)
    assert "fail" == office.outcome(ISSUES[3])
    assert "pass" == office.outcome(ISSUES[2])


def test_a_neighbour_that_is_checked_says_nothing_of_it(office: Office) -> None:
    office.write(without=(3,))

    assert [] == office.said(ISSUES[4].path)


def test_a_series_of_cumulative_numbers_alone_is_advised_only(office: Office) -> None:
    office.write(without=(0, 1, 2, 4, 5))

    advised = [(ISSUES[at].path, "ISS014") for at in (0, 1, 2, 4, 5)]
    assert advised == office.said()
    assert [] == office.said("--series")


def test_alone_it_is_not_known(office: Office) -> None:
    office.write(without=(3,))
    for at in (0, 1, 2, 4, 5):
        (office.folder / ISSUES[at].path).unlink()

    assert [(ISSUES[3].path, "ISS014")] == office.said()
    assert "cannot-assess" == office.outcome(ISSUES[3])


@pytest.mark.parametrize("words", [(), ("--series",)])
def test_a_house_that_asks_for_no_issue_number_misses_none(office: Office, words: tuple[str, ...]) -> None:
    office.write(without=(3,), settings=ASKED_FOR_NO_NUMBER)

    for _ in ("cold", "warm"):
        assert [] == office.said(*words)
    assert "not-applicable" == office.outcome(ISSUES[3])


def test_the_register_shows_it(office: Office) -> None:
    office.write(without=(3,))
    assert "ISS001" in office.command("register", "show").out

    office.write(without=(3,), settings=ASKED_FOR_NO_NUMBER)
    assert "ISS001" not in office.command("register", "show").out
