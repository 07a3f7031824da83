"""What a run says of its documents: which were checked, which were not, and how bad it is."""

from __future__ import annotations

import pytest

from bulletin_lint.model.location import Location
from bulletin_lint.model.report import WAIVERS, FileResult, Report, is_at_least
from bulletin_lint.model.source import KindNote
from bulletin_lint.model.violation import SEVERITIES, Severity, Violation
from bulletin_lint.model.wording import same


def violation(severity: Severity, line: int = 1, path: str = "1.md") -> Violation:
    return Violation(path, Location(line, 1, line, 2), "PUN002", "n", severity, same("m"), "", "")


ERROR, WARNING, INFO = violation("error"), violation("warning"), violation("info")
BARE = FileResult("1.md", "text")
PASSED = BARE._replace(outcomes={"PUN002": "pass"})


@pytest.mark.parametrize(
    ("result", "checked", "unjudged", "failed"),
    [
        (PASSED, True, False, False),
        (BARE._replace(violations=(ERROR,)), True, False, False),
        (BARE._replace(waived=(ERROR,)), True, False, False),
        # No rule was left.
        (BARE, False, True, False),
        # A part could not be done.
        (BARE._replace(failures=(same("f"),)), True, False, True),
        (PASSED._replace(failures=(same("f"),)), True, False, True),
        # Not at all.
        (BARE._replace(error=same("e")), False, False, True),
        # No bulletin, no file of the run, no file to be checked.
        (BARE._replace(skipped=True), False, False, False),
        (BARE._replace(beside=True), False, False, False),
        (PASSED._replace(beside=True), False, False, False),
        (FileResult("waivers.yaml", WAIVERS), False, False, False),
    ],
)
def test_a_document_is_checked_or_unjudged_or_failed(
    result: FileResult, *, checked: bool, unjudged: bool, failed: bool
) -> None:
    report = Report((result,))

    assert (report.checked == (result,)) is checked
    assert (report.unjudged == (result,)) is unjudged
    assert (report.failed == (result,)) is failed
    assert result.is_unjudged is unjudged
    assert bool(result.complaints) is failed
    assert result.is_bulletin is (result.kind != "waivers")


def test_all_that_could_not_be_done_is_complained_of_the_document_first() -> None:
    result = BARE._replace(error=same("e"), failures=(same("f"), same("g")))

    assert result.complaints == (same("e"), same("f"), same("g"))


def test_violations_stand_in_the_order_of_documents_and_places() -> None:
    late, early = violation("info", 9), violation("error", 2)
    other = violation("warning", 1, "2.md")
    documents = (BARE._replace(violations=(late, early)), FileResult("2.md", "text", violations=(other,)))

    assert Report(documents).violations == (early, late, other)
    waived = tuple(each._replace(violations=(), waived=each.violations) for each in documents)
    assert Report(waived).waived == (early, late, other)
    assert Report(waived).violations == ()
    assert [Report(documents).count(severity) for severity in SEVERITIES] == [1, 1, 1]
    assert Report((documents[0],)).count("warning") == 0


@pytest.mark.parametrize(
    ("found", "reached"),
    [((), 0), ((INFO,), 1), ((WARNING,), 2), ((ERROR,), 3), ((INFO, ERROR, INFO), 3), ((INFO, WARNING), 2)],
)
def test_a_level_is_reached_by_what_is_as_grave_or_graver(found: tuple[Violation, ...], reached: int) -> None:
    """Of error, warning and info so many are reached, from the last."""
    report = Report((BARE._replace(violations=found),))

    assert [report.reaches(level) for level in SEVERITIES] == [reached == 3, reached >= 2, reached >= 1]
    for level in SEVERITIES:
        assert report._replace(fail_level=level).reaches_in("1.md") is report.reaches(level)
        assert not report._replace(fail_level=level).reaches_in("2.md")


def test_a_document_fails_also_for_one_that_was_not_given() -> None:
    beside = FileResult("0.md", "text", violations=(ERROR,), beside=True)

    assert Report((beside, PASSED)).reaches_in("1.md")
    assert not Report((beside._replace(beside=False), PASSED)).reaches_in("1.md")


def test_severities_are_ordered() -> None:
    assert [[is_at_least(one, other) for other in SEVERITIES] for one in SEVERITIES] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]


def test_what_is_said_of_a_kind_is_what_the_run_knows_and_of_ours_that_it_is_a_text() -> None:
    note = KindNote(same("pages"), {"": "application/pdf"})
    report = Report((), kinds={"pdf": note})

    assert report.kind_of(FileResult("1.pdf", "pdf")) is note
    ours = report.kind_of(FileResult("waivers.yaml", WAIVERS))
    assert ours.name.en == "text"
    assert [ours.media_type(name) for name in ("1.txt", "1", "1.MD", "1.markdown")] == [
        "text/plain",
        "text/plain",
        "text/markdown",
        "text/markdown",
    ]
