"""Series of issues: clean ones stay silent; a planted break is reported in the file that breaks it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bulletin_generator import STYLES, Bulletin, Numbers, Rendered, Style, generate, render
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.run import run
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from verdicts import rulebook, told

STYLE = {style.name: style for style in STYLES}
CUMULATIVE = [STYLE[name] for name in ("capital", "gazette", "county", "terminal", "characters", "bare")]
"""Styles that count on over the years."""
YEARLY = [STYLE[name] for name in ("wrapped", "journal", "single")]
"""Styles that number within the year only."""
TITLE = "临江市政务服务简报"


class Issue(NamedTuple):
    """One issue of a series, by what its masthead says."""

    number: int
    cumulative: int | None
    date: str
    title: str = TITLE
    supplement: bool = False


def year_of(year: int, first: int, count: int, offset: int, title: str = TITLE) -> list[Issue]:
    """Issues that follow one another, a week apart; cumulative = number + offset."""
    start = datetime.date(year, 1, 8)
    return [
        Issue(
            number,
            number + offset,
            (start + datetime.timedelta(days=7 * (number - first))).isoformat(),
            title,
        )
        for number in range(first, first + count)
    ]


class Series(NamedTuple):
    """A series on disk, and what a run over all of it reports."""

    report: Report
    paths: tuple[str, ...]
    rendered: tuple[Rendered, ...]

    def found(self) -> list[tuple[int, str]]:
        """Index of the issue and code of every error and warning."""
        return [(self.paths.index(item.path), item.code) for item in self.grave()]

    def grave(self) -> list[Violation]:
        return [item for item in self.report.violations if item.severity != "info"]


def bulletin_of(style: Style, issue: Issue) -> Bulletin:
    numbers = Numbers(
        issue.number,
        issue.cumulative or 0,
        datetime.date.fromisoformat(issue.date),
        issue.title,
        issue.supplement,
    )  # fmt: skip
    bulletin = generate(style, f"{issue}", small=True, numbers=numbers)
    if issue.cumulative is None:
        bulletin.cumulative = None
    return bulletin


def series(folder: Path, style: Style, issues: Sequence[Issue], *, backwards: bool = False) -> Series:
    """Writes the issues and checks them in one run."""
    paths: list[str] = []
    rendered: list[Rendered] = []
    for index, issue in enumerate(issues):
        page = render(bulletin_of(style, issue))
        # The order of names is not the order of issues.
        name = f"{len(issues) - index:02d}" if backwards else f"{index:02d}"
        path = folder / issue.date[:4] / f"{name}-{'zk' if issue.supplement else 'jb'}.{style.suffix}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
        paths.append(path.as_posix())
        rendered.append(page)
    files = [SourceFile(path, "text", explicit=True) for path in paths]
    report = run(files, rulebook(), Settings(), rules=rulebook().select(), jobs=1)
    assert () == report.failed
    return Series(report, tuple(paths), tuple(rendered))


def both_ways(styles: Sequence[Style]) -> list[Any]:
    """Every style with files in the order of the issues and backwards; what is slow has the names of one style
    backwards in the usual run, for styles know nothing of names.
    """
    return [
        pytest.param(
            style,
            backwards,
            id=f"{style.name}-{'names backwards' if backwards else 'in order'}",
            marks=[pytest.mark.slow] if backwards and style is not styles[0] else [],
        )
        for style in styles
        for backwards in (False, True)
    ]


# --- clean series --------------------------------------------------------------------------------------

CLEAN: dict[str, list[Issue]] = {
    "a year": year_of(2019, 1, 12, 100),
    "from the middle of a year": year_of(2019, 7, 5, 100),
    "over New Year": [*year_of(2018, 9, 4, 60), *year_of(2019, 1, 4, 72)],
    "over two New Years": [*year_of(2017, 1, 3, 0), *year_of(2018, 1, 5, 3), *year_of(2019, 1, 2, 8)],
    "one issue": year_of(2020, 5, 1, 900),
    "several a day": [
        Issue(number, number + 40, "2020-02-03" if number < 4 else "2020-02-04") for number in range(1, 7)
    ],
    "two titles": [
        *year_of(2019, 1, 4, 100),
        *(issue for issue in year_of(2019, 5, 4, 730, "清河区水利建设简报")),
    ],
}


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize(("style", "backwards"), both_ways([*CUMULATIVE, *YEARLY]))
def test_clean_series_are_silent(tmp_path: Path, style: Style, name: str, backwards: bool) -> None:  # noqa: FBT001
    found = series(tmp_path, style, CLEAN[name], backwards=backwards)
    assert [] == [told(item) for item in found.grave()]


@pytest.mark.parametrize("style", YEARLY, ids=lambda style: style.name)
def test_a_series_that_never_restarts_is_silent(tmp_path: Path, style: Style) -> None:
    issues = [*year_of(2017, 301, 6, 0), *year_of(2018, 307, 6, 0), *year_of(2019, 313, 3, 0)]
    assert [] == [told(item) for item in series(tmp_path, style, issues).grave()]


@pytest.mark.parametrize("style", [*CUMULATIVE, *YEARLY], ids=lambda style: style.name)
def test_supplements_are_numbered_apart(tmp_path: Path, style: Style) -> None:
    issues = year_of(2019, 1, 6, 100)
    issues.insert(3, Issue(1, None, issues[2].date, supplement=True))
    issues.insert(6, Issue(2, None, issues[5].date, supplement=True))
    assert [] == [told(item) for item in series(tmp_path, style, issues).grave()]


def test_a_series_without_cumulative_numbers_needs_none(tmp_path: Path) -> None:
    issues = [issue._replace(cumulative=None) for issue in year_of(2019, 1, 5, 100)]
    assert [] == [told(item) for item in series(tmp_path, STYLE["gazette"], issues).grave()]


# --- broken series -------------------------------------------------------------------------------------


class Break(NamedTuple):
    """Issues with one break."""

    issues: list[Issue]
    at: int
    """The index of the issue that breaks the series."""
    codes: tuple[str, ...]
    """Each is reported once, in that file."""
    companions: tuple[str, ...] = ()
    """May be reported in that file, once each: other ways to tell the same break."""
    neighbours: tuple[int, ...] = ()
    """The issues of which one is named."""


def changed(issues: list[Issue], at: int, **values: object) -> list[Issue]:
    """The issues with one of them altered."""
    return [issue._replace(**values) if index == at else issue for index, issue in enumerate(issues)]  # type: ignore[arg-type]


def without(issues: list[Issue], at: int) -> list[Issue]:
    return [issue for index, issue in enumerate(issues) if index != at]


def shifted(issues: list[Issue], start: int, by: int) -> list[Issue]:
    """The cumulative numbers from an issue on are off."""
    return [
        issue._replace(cumulative=(issue.cumulative or 0) + by) if index >= start else issue
        for index, issue in enumerate(issues)
    ]


YEAR = year_of(2019, 1, 6, 100)
OVER = [*year_of(2018, 9, 4, 60), *year_of(2019, 1, 4, 72)]
# A number that is wrong by itself disagrees with its neighbours (a gap, a repeat) and with the other of
# the two numbers (ISS009): both may be said, in the one file that is wrong, and nothing in its neighbours.
BREAKS: dict[str, Break] = {
    "an issue is missing": Break(without(YEAR, 3), 3, ("ISS005", "ISS007"), neighbours=(2,)),
    "issue number jumps": Break(changed(YEAR, 3, number=9), 3, ("ISS009",), ("ISS005",), (2, 4)),
    "issue number goes back": Break(changed(YEAR, 4, number=2), 4, ("ISS006",), ("ISS005", "ISS009"), (1, 3)),
    "issue number repeated": Break(changed(YEAR, 3, number=3), 3, ("ISS006",), ("ISS009",), (2,)),
    "cumulative number repeated": Break(changed(YEAR, 3, cumulative=103), 3, ("ISS008",), ("ISS009",), (2,)),
    "cumulative number jumps": Break(changed(YEAR, 3, cumulative=140), 3, ("ISS007",), ("ISS009",), (2, 4)),
    "cumulative number goes back": Break(
        changed(YEAR, 3, cumulative=90), 3, ("ISS007",), ("ISS009",), (2, 4)
    ),
    "two figures exchanged": Break(
        changed(year_of(2019, 1, 6, 120), 3, cumulative=142), 3, ("ISS007",), ("ISS009",), (2, 4)
    ),
    "date before the issue before": Break(
        changed(YEAR, 3, date="2019-01-16"), 3, ("ISS010",), neighbours=(2,)
    ),
    "date of last year": Break(
        changed(YEAR, 4, date="2018-02-05"), 4, ("ISS010",), ("ISS005", "ISS009", "ISS011"), (3,)
    ),
    "the new year starts at two": Break(
        [*year_of(2018, 9, 4, 60), *year_of(2019, 2, 4, 71)], 4, ("ISS011",), neighbours=(3,)
    ),
    "the new year goes on": Break(
        [*year_of(2016, 1, 3, 0), *year_of(2017, 1, 4, 3), *year_of(2018, 5, 2, 3)],
        7,
        ("ISS011",),
        neighbours=(6,),
    ),
    "cumulative number gap over New Year": Break(shifted(OVER, 4, 2), 4, ("ISS007",), ("ISS009",), (3,)),
}
YEARLY_BREAKS: dict[str, Break] = {
    "an issue is missing": Break(without(YEAR, 3), 3, ("ISS005",), neighbours=(2,)),
    "several issues are missing": Break([*YEAR[:2], *YEAR[4:]], 2, ("ISS005",), neighbours=(1,)),
    # Without cumulative numbers only the date tells that it is the number that is wrong (ISS010).
    "issue number jumps": Break(changed(YEAR, 3, number=9), 3, ("ISS005",), ("ISS010",), (2, 4)),
    "issue number repeated": Break(changed(YEAR, 3, number=3), 3, ("ISS006",), neighbours=(2,)),
    "date before the issue before": Break(
        changed(YEAR, 3, date="2019-01-16"), 3, ("ISS010",), neighbours=(2,)
    ),
    "the new year starts at two": Break(
        [*year_of(2018, 9, 4, 60), *year_of(2019, 2, 4, 71)], 4, ("ISS011",), neighbours=(3,)
    ),
}


def judged(found: Series, broken: Break) -> list[str]:
    """What is not as expected of a broken series; empty where all is."""
    said: list[str] = []
    here: list[str] = []
    for item in found.grave():
        index = found.paths.index(item.path)
        if index != broken.at or item.code not in (*broken.codes, *broken.companions):
            said.append(f"besides, in issue {index}: {told(item)}")
            continue
        here.append(item.code)
        part = "date" if item.code == "ISS010" else "number"
        first, last = found.rendered[index].lines[part]
        if not first <= item.location.line <= last:
            said.append(f"misplaced: {told(item)}")
        # Any two issues of a year check each other's offset; else it is the one before or after.
        near = range(len(found.paths)) if item.code == "ISS009" else broken.neighbours
        names = [found.paths[neighbour] for neighbour in near if neighbour != broken.at]
        if item.code in broken.codes:
            nameless = [text for text in item.message if not any(name in text for name in names)]
            said += [f"names no neighbour: {text}" for text in nameless]
    said += [f"{code} {here.count(code)} times" for code in broken.codes if here.count(code) != 1]
    said += [f"{code} {here.count(code)} times" for code in broken.companions if here.count(code) > 1]
    return said


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize(("style", "backwards"), both_ways(CUMULATIVE))
def test_a_break_is_reported_in_the_file_that_breaks(
    tmp_path: Path,
    style: Style,
    name: str,
    backwards: bool,  # noqa: FBT001
) -> None:
    assert [] == judged(series(tmp_path, style, BREAKS[name].issues, backwards=backwards), BREAKS[name])


@pytest.mark.parametrize("name", YEARLY_BREAKS)
@pytest.mark.parametrize("style", YEARLY, ids=lambda style: style.name)
def test_a_break_of_a_yearly_series(tmp_path: Path, style: Style, name: str) -> None:
    assert [] == judged(series(tmp_path, style, YEARLY_BREAKS[name].issues), YEARLY_BREAKS[name])


@pytest.mark.parametrize("style", CUMULATIVE, ids=lambda style: style.name)
def test_a_cumulative_number_is_missing(tmp_path: Path, style: Style) -> None:
    found = series(tmp_path, style, changed(YEAR, 3, cumulative=None))
    assert [(3, "ISS003")] == found.found()
    lines = found.rendered[3].lines
    assert found.grave()[0].location.line in (lines["title"][0], *lines["number"])


@pytest.mark.parametrize("style", CUMULATIVE, ids=lambda style: style.name)
def test_two_issues_of_a_year_check_each_other(tmp_path: Path, style: Style) -> None:
    # Not neighbours: what lies between is missing, but the two numbers must still agree.
    found = series(tmp_path, style, [YEAR[0], YEAR[4]._replace(cumulative=107)])
    assert (1, "ISS009") in found.found()
    assert {1} == {index for index, _ in found.found()}


def test_two_titles_do_not_hide_a_break(tmp_path: Path) -> None:
    other = year_of(2019, 1, 4, 30, "清河区水利建设简报")
    found = series(tmp_path, STYLE["gazette"], [*YEAR, *without(other, 2)])
    assert [(8, "ISS005"), (8, "ISS007")] == sorted(found.found())
