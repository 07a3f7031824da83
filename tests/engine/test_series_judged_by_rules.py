"""What series rules say, put into the results of files: by rules that say what they are told to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.checks.protocols import (
    NO_OTHER_ISSUE,
    NOTHING_TO_COMPARE,
    Finding,
    SeriesCheck,
    Verdict,
)
from bulletin_lint.engine.series_run import applicable, is_series_rule, judge_series
from bulletin_lint.engine.series_scope import Surveyed
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.series.issue import FieldPlace, IssueRecord
from bulletin_lint.series.ordering import Series

CODE = "ISS001"


class Told(SeriesCheck):
    """Says what it is told to, and notes which issues it was asked about."""

    def __init__(
        self, findings: Sequence[Finding] = (), outcomes: dict[str, Any] | None = None, **more: Any
    ) -> None:
        self._verdict = Verdict(list(findings), outcomes or {})
        self._alone = more.pop("alone", True)
        self._needs = more.pop("needs", None)
        self.settles_alone = more.pop("settles", False)
        self.asked: list[list[list[str]]] = []

    @staticmethod
    def placeholders(parameters: Any) -> frozenset[str]:
        return frozenset()

    def run(self, context: Any) -> Any:
        raise AssertionError("documents are not asked about")

    def judges_alone(self, issue: IssueRecord) -> bool:
        return bool(self._alone)

    def applies(self, required: Collection[str]) -> bool:
        return self._needs is None or self._needs in required

    def judge(self, series: Sequence[Series]) -> Verdict:
        self.asked.append([[issue.path for issue in each.issues] for each in series])
        return self._verdict


def rule(code: str = CODE, kind: str = "series") -> Any:
    return SimpleNamespace(
        code=code, kind=kind, name=f"name-of-{code}", severity="warning", message=same("{number} breaks")
    )


def book(**checks: Any) -> Any:
    return SimpleNamespace(check=checks.__getitem__)


def place(line: int, text: str = "第1期") -> FieldPlace:
    return FieldPlace(text, Location(line, 1, line, 4), f"line {line}", "masthead.issue_number")


def issue(path: str, *, title: str = "云岭简报", **places: Any) -> IssueRecord:
    return IssueRecord(path, title, 2020, 1, None, "2020-01-06", places=places)


def finding(of: IssueRecord, neighbour: IssueRecord | None = None, fact: str = "issue") -> Finding:
    return Finding(of, fact, neighbour or issue("n.md"), {"number": 7})


def result(path: str, outcome: Any = "cannot-assess", **more: Any) -> FileResult:
    return FileResult(path, "text", outcomes={CODE: outcome}, **more)


def results(*all_: FileResult) -> dict[str, FileResult]:
    return {each.path: each for each in all_}


def violation(line: int, code: str = "PUN001", severity: Severity = "error") -> Violation:
    return Violation("1.md", Location(line, 1, line, 2), code, code, severity, same(""), "", "")


def surveyed(*issues: IssueRecord, given: Collection[str] = (), is_whole: bool = False) -> Surveyed:
    return Surveyed(tuple(issues), frozenset(given), is_whole, (), {}, None)


ONE = issue("1.md", issue=place(5))
TWO = issue("2.md", issue=place(3, "第2期"))


# --- Which rules are asked, and about what ---------------------------------------------------------------


def test_only_rules_of_series_are_asked_and_each_about_every_series() -> None:
    check = Told()
    other = issue("3.md", title="石桥动态")
    judge_series(book(ISS001=check), [rule(), rule("PUN001", "forbidden")], [TWO, ONE, other], {}, {})
    assert check.asked == [[["1.md", "2.md"], ["3.md"]]]
    assert (is_series_rule(rule()), is_series_rule(rule("PUN001", "forbidden"))) == (True, False)


def test_settings_of_the_series_count() -> None:
    check = Told()
    aliases = {"aliases": {"云岭简报": ["石桥动态"]}}
    judge_series(book(ISS001=check), [rule()], [ONE, issue("3.md", title="石桥动态")], aliases, {})
    assert check.asked == [[["1.md", "3.md"]]]


@pytest.mark.parametrize(
    ("facts", "series", "alone", "is_asked"),
    [
        ([ONE], None, True, True),
        ([ONE], None, False, False),
        ([ONE, TWO], None, False, True),
        ([ONE], surveyed(ONE, given=["1.md"]), False, True),
        ([], None, False, True),
    ],
)
def test_a_rule_that_says_nothing_of_one_issue_is_asked_only_of_several(
    facts: list[IssueRecord], series: Surveyed | None, *, alone: bool, is_asked: bool
) -> None:
    check = Told(alone=alone)
    judge_series(book(ISS001=check), [rule()], facts, {}, {}, series)
    assert bool(check.asked) == is_asked


@pytest.mark.parametrize(
    ("settles", "outcomes", "is_asked"),
    [
        (True, ["not-applicable", "pass"], False),
        (True, ["pass", "not-applicable"], False),
        (True, ["pass", "cannot-assess"], True),
        (True, [], True),
        (False, ["not-applicable", "not-applicable"], True),
    ],
)
def test_one_document_may_tell_that_a_rule_applies_to_none(
    outcomes: list[str], *, settles: bool, is_asked: bool
) -> None:
    check = Told(settles=settles)
    given = results(*(result(f"{number}.md", each) for number, each in enumerate(outcomes)))
    judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given)
    assert bool(check.asked) == is_asked


def test_rules_apply_by_what_is_required() -> None:
    checks = {"ISS001": Told(), "ISS002": Told(needs="date"), "ISS003": object()}
    rules = [rule("ISS001"), rule("ISS002"), rule("ISS003"), rule("PUN001", "forbidden")]
    for required, codes in (((), ["ISS001"]), (("date",), ["ISS001", "ISS002"])):
        assert [each.code for each in applicable(rules, book(**checks), required)] == codes


# --- What is said of the files of a run ------------------------------------------------------------------


def test_a_finding_stands_where_its_fact_does_among_what_is_said_already() -> None:
    neighbour = issue("2.md", issue=place(3, "第2期"), anchor=place(1))
    given = results(result("1.md", "pass", violations=(violation(2), violation(9))))
    check = Told([finding(ONE, neighbour)], {"1.md": "pass"})
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given)["1.md"]
    assert judged.outcomes == {CODE: "fail"}
    assert [each.location.line for each in judged.violations] == [2, 5, 9]
    made = judged.violations[1]
    assert (made.path, made.code, made.name, made.severity) == ("1.md", CODE, "name-of-ISS001", "warning")
    assert (made.message, made.part, made.excerpt, made.line_text, made.fix) == (
        same("7 breaks"),
        "masthead.issue_number",
        "第1期",
        "line 5",
        None,
    )
    (related,) = made.related
    assert related[:3] == ("2.md", 3, 1)
    assert related.note == Wording("相邻的一期：第2期", "the neighbouring issue: 第2期")


@pytest.mark.parametrize(
    ("places", "line"),
    [
        ({"date": place(1), "issue": place(2), "cumulative": place(3), "anchor": place(4)}, 1),
        ({"issue": place(2), "cumulative": place(3), "anchor": place(4)}, 2),
        ({"cumulative": place(3), "anchor": place(4)}, 3),
        ({"anchor": place(4)}, 4),
        ({"title": place(5)}, None),
    ],
)
def test_the_neighbour_is_shown_by_the_same_fact_or_by_its_numbers(
    places: dict[str, FieldPlace], line: int | None
) -> None:
    of = issue("1.md", date=place(8))
    check = Told([finding(of, issue("2.md")._replace(places=places), "date")])
    judged = judge_series(book(ISS001=check), [rule()], [of, TWO], {}, results(result("1.md")))
    (made,) = judged["1.md"].violations
    assert made.location.line == 8
    assert [each.line for each in made.related] == ([] if line is None else [line])


@pytest.mark.parametrize(
    ("places", "line"), [({"issue": place(5), "anchor": place(2)}, 5), ({"anchor": place(2)}, 2), ({}, None)]
)
def test_what_has_no_place_is_said_where_it_should_stand_or_nowhere(
    places: dict[str, FieldPlace], line: int | None
) -> None:
    of = issue("1.md")._replace(places=places)
    judged = judge_series(
        book(ISS001=Told([finding(of)])), [rule()], [of, TWO], {}, results(result("1.md", "pass"))
    )["1.md"]
    assert [each.location.line for each in judged.violations] == ([] if line is None else [line])
    assert judged.outcomes == {CODE: "pass" if line is None else "fail"}


def test_outcomes_are_told_of_the_files_of_the_run_that_the_rule_looked_at() -> None:
    check = Told(outcomes={"1.md": "pass", "2.md": "not-applicable", "3.md": "pass", "9.md": "pass"})
    given = results(result("1.md"), result("2.md"), FileResult("3.md", "text", outcomes={"PUN001": "pass"}))
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given)
    assert {path: each.outcomes for path, each in judged.items()} == {
        "1.md": {CODE: "pass"},
        "2.md": {CODE: "not-applicable"},
        "3.md": {"PUN001": "pass"},
    }
    # What was given is as it was.
    assert given["1.md"].outcomes == {CODE: "cannot-assess"}


def test_what_a_document_has_said_its_series_does_not_say_again() -> None:
    said = result("1.md", "fail", violations=(violation(2, CODE),))
    check = Told([finding(ONE)], {"1.md": "pass"})
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, results(said))
    assert judged == results(said)
    # Another rule may have said something at the same place.
    other = result("1.md", "pass", violations=(violation(5, "PUN001"),))
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, results(other))
    assert sorted(each.code for each in judged["1.md"].violations) == [CODE, "PUN001"]


def test_a_rule_that_was_not_run_on_a_file_says_nothing_of_it() -> None:
    given = results(FileResult("1.md", "text", outcomes={"PUN001": "pass"}))
    assert judge_series(book(ISS001=Told([finding(ONE)])), [rule()], [ONE, TWO], {}, given) == given


@pytest.mark.parametrize(
    ("fact", "failures", "is_said"),
    [
        ("anchor", (same("page 3"),), False),
        ("anchor", (), True),
        ("issue", (same("page 3"),), True),
    ],
)
def test_what_was_not_read_in_whole_is_not_said_to_lack_a_number(
    fact: str, failures: tuple[Wording, ...], *, is_said: bool
) -> None:
    of = issue("1.md", issue=place(5), anchor=place(2))
    given = results(result("1.md", "cannot-assess", failures=failures))
    check = Told([finding(of, fact=fact)], {"1.md": "fail"})
    judged = judge_series(book(ISS001=check), [rule()], [of, TWO], {}, given)["1.md"]
    assert bool(judged.violations) == is_said
    assert judged.outcomes[CODE] == ("fail" if is_said else "cannot-assess")


# --- Files beside those of the run -----------------------------------------------------------------------


def test_of_a_file_that_was_not_given_something_is_said_only_where_the_series_is_known() -> None:
    check = Told([finding(TWO, ONE)])
    given = results(result("1.md", "pass"))
    assert judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given) == given
    series = surveyed(ONE, TWO, given=["1.md"])
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given, series)
    assert list(judged) == ["1.md", "2.md"]
    beside = judged["2.md"]
    assert (beside.beside, beside.kind, beside.outcomes) == (True, "text", {CODE: "fail"})
    assert [each.location.line for each in beside.violations] == [3]
    ignored = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given, series, lambda path: [CODE])
    assert ignored == given
    silent_elsewhere = judge_series(
        book(ISS001=check), [rule()], [ONE, TWO], {}, given, series, lambda path: [CODE] * (path == "1.md")
    )
    assert silent_elsewhere == judged


@pytest.mark.parametrize("is_whole", [True, False])
def test_series_that_no_file_of_the_run_belongs_to_are_judged_where_all_were_given(*, is_whole: bool) -> None:
    check = Told()
    other = issue("3.md", title="石桥动态")
    series = surveyed(ONE, other, given=["1.md"], is_whole=is_whole)
    judge_series(book(ISS001=check), [rule()], [ONE, other], {}, {}, series)
    assert check.asked == ([[["1.md"], ["3.md"]]] if is_whole else [[["1.md"]]])


# --- Reasons ---------------------------------------------------------------------------------------------


def test_why_a_rule_could_not_be_assessed_is_said_by_whether_there_are_others() -> None:
    alone = issue("3.md", title="石桥动态")
    given = results(
        result("1.md"),
        result("2.md", "pass"),
        result("3.md"),
        FileResult("4.md", "text", outcomes={CODE: "cannot-assess", "PUN001": "cannot-assess"}),
    )
    given["4.md"] = given["4.md"]._replace(reasons={"PUN001": same("no text"), CODE: same("old")})
    judged = judge_series(book(ISS001=Told()), [rule()], [ONE, TWO, alone], {}, given)
    assert {path: each.reasons for path, each in judged.items()} == {
        "1.md": {CODE: NOTHING_TO_COMPARE},
        "2.md": {},
        "3.md": {CODE: NO_OTHER_ISSUE},
        "4.md": {"PUN001": same("no text"), CODE: NO_OTHER_ISSUE},
    }


def test_what_has_been_assessed_after_all_has_no_reason_any_more() -> None:
    given = results(result("1.md", reasons={CODE: same("alone")}))
    check = Told(outcomes={"1.md": "pass"})
    judged = judge_series(book(ISS001=check), [rule()], [ONE, TWO], {}, given)["1.md"]
    assert (judged.outcomes, judged.reasons) == ({CODE: "pass"}, {})


def test_without_rules_of_series_results_are_as_they_were() -> None:
    given = results(FileResult("1.md", "text", outcomes={"PUN001": "cannot-assess"}))
    given["1.md"] = given["1.md"]._replace(reasons={"PUN002": same("old")})
    assert judge_series(book(), [rule("PUN001", "forbidden")], [ONE, TWO], {}, given) == given
