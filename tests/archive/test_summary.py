"""What the summary of an archive counts."""

from __future__ import annotations

import json

from bulletin_lint.archive.summary import OTHER_REASONS, Tally, summary_from_plain
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.archive_summary import ArchiveSummary, GroupCount, SeverityCounts
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import WAIVERS, FileResult, RuleNote
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.series.issue import IssueRecord
from summaries import SUMMARY

SPACING: tuple[str, Severity] = ("SPC001", "info")
MARK: tuple[str, Severity] = ("PUN002", "warning")
SOURCE: tuple[str, Severity] = ("ATT001", "error")


def violation(code: str, severity: Severity) -> Violation:
    words = same(code)
    return Violation("", Location(1, 1, 1, 2, ()), code, f"name-of-{code}", severity, words, "", "")


def linted(
    path: str,
    *found: tuple[str, Severity],
    waived: int = 0,
    title: str | None = None,
    year: int | None = None,
    date: str | None = None,
    error: Wording | None = None,
    failures: tuple[Wording, ...] = (),
) -> LintResult:
    result = FileResult(
        path,
        "text",
        error=error,
        failures=failures,
        violations=tuple(violation(*each) for each in found),
        waived=(violation(*MARK),) * waived,
    )
    record = IssueRecord(path, title, year, None, None, date) if error is None else None
    return LintResult(result, record)


def summary_of(
    *results: LintResult, notes: tuple[RuleNote, ...] = (), **aliases: tuple[str, ...]
) -> ArchiveSummary:
    tally = Tally(aliases)
    for each in results:
        tally.add(each)
    return tally.summary("甲", "2026-11-30", notes, parts=1, lost_parts=0)


def test_only_files_of_the_archive_are_files_of_it() -> None:
    """Waivers that are at fault and an issue that stands outside are told of, and counted among none."""
    tally = Tally({})
    for result in (
        FileResult("甲/第1期.md", "text"),
        FileResult("甲/第2期.md", "text", error=Wording("读不了。", "it cannot be read.")),
        FileResult("甲/封面.md", "text", skipped=True),
        FileResult("waivers.yaml", WAIVERS),
        FileResult("乙/第3期.md", "text", beside=True),
    ):
        tally.add(LintResult(result, None))

    assert (tally.checked, tally.unchecked) == (1, 1)
    summary = tally.summary("甲", "2026-11-30", (), parts=1, lost_parts=0)
    assert (summary.files, summary.skipped) == (3, 1)


def test_a_year_and_a_series_count_their_files_and_those_without_errors_and_warnings() -> None:
    """Advice leaves a file clean; one that could not be read belongs to no year."""
    summary = summary_of(
        linted("1.md", SPACING, title="云岭简报", year=2024, date="2024-02-03"),
        linted("2.md", MARK, SPACING, title="云岭简报", year=2024, date="2024-01-30"),
        linted("3.md", SOURCE, SOURCE, title="云岭简报", date="2023-12-31"),
        linted("4.md", title="石桥动态", year=2024),
        linted("5.md", error=same("broken")),
    )

    assert summary.years == (
        GroupCount("2023", 1, 0, SeverityCounts(error=2), "2023-12-31", "2023-12-31"),
        GroupCount("2024", 3, 2, SeverityCounts(warning=1, info=2), "2024-01-30", "2024-02-03"),
    )
    assert summary.series == (
        GroupCount("云岭简报", 3, 1, SeverityCounts(2, 1, 2), "2023-12-31", "2024-02-03"),
        GroupCount("石桥动态", 1, 1, SeverityCounts()),
    )
    assert (summary.series_in_all, summary.files, summary.checked, summary.unchecked) == (2, 5, 4, 1)
    assert summary.violations == SeverityCounts(2, 1, 2)


def test_a_series_is_named_by_its_title_of_today() -> None:
    """The settings say which titles it had before."""
    summary = summary_of(
        linted("1.md", title="云岭信息"), linted("2.md", title="云岭简报"), 云岭简报=("云岭信息",)
    )
    assert [(group.name, group.files) for group in summary.series] == [("云岭简报", 2)]


def test_rules_are_told_by_how_often_they_are_broken_and_as_gravely_as_they_were() -> None:
    """Of two as frequent the code decides; the words are those of the rule's note, or else its name."""
    summary = summary_of(
        linted("1.md", MARK, MARK, ("SPC001", "info"), waived=2),
        linted("2.md", MARK, ("SPC001", "warning"), waived=1),
        linted("3.md", ("NUM002", "info"), ("NUM002", "info")),
        notes=(RuleNote("PUN002", "half-width-mark", "warning", Wording("半角标点", "half-width marks")),),
    )

    found = [(rule.code, rule.name, rule.severity, rule.violations, rule.files) for rule in summary.rules]
    assert found == [
        ("PUN002", "name-of-PUN002", "warning", 3, 2),
        ("NUM002", "name-of-NUM002", "info", 2, 1),
        ("SPC001", "name-of-SPC001", "warning", 2, 2),
    ]
    assert [rule.words.zh for rule in summary.rules] == ["半角标点", "name-of-NUM002", "name-of-SPC001"]
    assert summary.waived == 3


def test_the_worst_files_are_those_with_the_gravest_and_most_violations() -> None:
    """Errors weigh before warnings, those before advice; of two alike the first found stands first. Clean files
    are none of them; codes are those of errors and warnings, each once, and of advice only where there is no other.
    """
    summary = summary_of(
        linted("advice.md", SPACING, SPACING),
        linted("clean.md"),
        linted("many.md", *(MARK,) * 9),
        linted("grave.md", SPACING, SOURCE, MARK, MARK),
        linted("like-many.md", *(MARK,) * 9),
    )
    assert [(file.path, file.codes) for file in summary.worst] == [
        ("grave.md", ("ATT001", "PUN002")),
        ("many.md", ("PUN002",)),
        ("like-many.md", ("PUN002",)),
        ("advice.md", ("SPC001",)),
    ]
    assert summary.worst[0].violations == SeverityCounts(1, 2, 1)


def test_fifty_worst_files_are_kept_and_eight_codes_of_each() -> None:
    """Of sixty files the ten with the fewest violations are left out, whichever came first; one that is worse than
    the least of fifty alone takes its place.
    """
    evens = [linted(f"{count}.md", *(MARK,) * count) for count in range(2, 102, 2)]
    third = linted("3.md", *(MARK,) * 3)
    assert [file.path for file in summary_of(*evens, third).worst][-2:] == ["4.md", "3.md"]

    files = [linted(f"{count}.md", *(MARK,) * count) for count in (*range(31, 61), *range(1, 31))]
    many = linted("many.md", *((f"PUN{number:03}", "error") for number in range(1, 11)))
    summary = summary_of(*files, many)

    assert [file.path for file in summary.worst] == [
        "many.md",
        *(f"{count}.md" for count in range(60, 11, -1)),
    ]
    assert summary.worst[0].codes == tuple(f"PUN{number:03}" for number in range(1, 9))


def test_files_that_could_not_be_checked_are_told_by_their_reasons() -> None:
    """The most frequent reason first, with five examples; past a hundred reasons the rest are one."""
    rare = [linted(f"rare-{number}.md", error=same(f"reason {number:03}")) for number in range(101)]
    often = [linted(f"often-{number}.md", failures=(same("locked"),)) for number in range(7)]
    summary = summary_of(*often, *rare)

    assert summary.unchecked == 108
    assert summary.checked == 7, "what was checked in part was checked"
    locked, others, *_ = summary.failures
    assert (locked.why, locked.files) == (same("locked"), 7)
    assert locked.examples == tuple(f"often-{number}.md" for number in range(5))
    assert (others.why, others.files, others.examples) == (OTHER_REASONS, 2, ("rare-99.md", "rare-100.md"))
    assert len(summary.failures) == 101
    assert [group.why.en for group in summary.failures[2:4]] == ["reason 000", "reason 001"]


def test_of_reasons_and_series_alike_the_name_decides_and_two_hundred_series_are_told() -> None:
    """The rest of the series are counted only."""
    broken = [linted(f"{name}.md", error=same(name)) for name in ("b", "a")]
    issues = [linted(f"{number}.md", title=f"简报{number:03}") for number in range(201, 0, -1)]
    summary = summary_of(*broken, *issues)

    assert [group.why.en for group in summary.failures] == ["a", "b"]
    assert [group.name for group in summary.series] == [f"简报{number:03}" for number in range(1, 201)]
    assert summary.series_in_all == 201


def test_a_summary_that_was_written_is_read_as_it_was() -> None:
    """It is kept as JSON: lists for tuples, and no names."""
    assert summary_from_plain(json.loads(json.dumps(SUMMARY))) == SUMMARY
