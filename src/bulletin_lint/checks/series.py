"""Checks across the issues of a series: numbers without gap or repetition, dates in order.

Judged from `IssueRecord` alone, so that an issue whose file was not parsed in this run (it is in a
cache or in a register) counts like any other. Each fault is reported on the issue that breaks the
series, and names its neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Finding, SeriesCheck, Verdict
from bulletin_lint.model.violation import CannotAssess, Match, Outcome, Value
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord, conflicts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.structure.presence import Required
    from bulletin_lint.series.ordering import Series


class AcrossIssues(SeriesCheck):
    """One property of the numbering of a series."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "fault": Parameter(
            "choice",
            "Which fault of a series is the violation.",
            required=True,
            choices=("gap", "repeat", "offset", "date-order", "year-start", "missing", "register"),
        ),
        "number": Parameter(
            "choice",
            "The number that the fault is one of.",
            default="issue",
            choices=("issue", "cumulative"),
        ),
        "field": Parameter(
            "string",
            "For `missing`: the name by which the configuration's `required` list asks for the number. The "
            "rule applies only where it is listed, and then to a document by itself too.",
        ),
        "unless": Parameter(
            "selector",
            "With `field`: the part that may stand for the number. A document that has it is judged in its "
            "series only: the number is missed where as many issues at least have it.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._fault = str(parameters["fault"])
        self._number = str(parameters["number"])
        if self._fault == "register":
            self.outcome_alone = "not-applicable"
        self._field: str | None = parameters.get("field")
        self._alone: Required | None = None
        if self._field is not None:
            from bulletin_lint.checks.structure.presence import Required

            self._alone = Required(parameters, resources)
            self.settles_alone = True

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        common = {"found", "expected", "neighbour", "neighbour_number", "missing", "culprit"}
        return frozenset({*common, "what"} if parameters.get("fault") == "register" else common)

    def run(self, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        """A single document says nothing of its series, but a number that is configured as required."""
        if self._alone is not None:
            return self._run_alone(self._alone, context)
        part = f"{self._number}_number"
        if not self.needs_document(context.required):
            return self.outcome_alone
        masthead = context.bulletin.child("masthead")
        if masthead is None or masthead.child(part) is not None:
            return []
        return [Match(masthead.fields["anchor"], self._values_alone(), part=f"masthead.{part}")]

    def _run_alone(self, alone: Required, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        if not self.applies(context.required):
            return "not-applicable"
        found = alone.run(context)
        if found == "not-applicable":
            # Its series tells whether what it has stands for the number.
            return "cannot-assess"
        if isinstance(found, list):
            return [match._replace(values=self._values_alone()) for match in found]
        return found

    def _values_alone(self) -> dict[str, Value]:
        source = Wording("配置（required）", "the configuration (required)")
        return {**dict.fromkeys(self.placeholders({}), ""), "neighbour": source}

    def applies(self, required: Collection[str]) -> bool:
        """What is told under the name of a field is asked for by that name."""
        return self._field is None or self._field in required

    def needs_document(self, required: Collection[str]) -> bool:
        """What the settings require is missed in a document by itself."""
        return self._fault == "missing" and self._field is None and f"{self._number}_number" in required

    def outcome_from(self, issue: IssueRecord, required: Collection[str]) -> Outcome | None:
        """A record tells that a number is there, or another one in its stead."""
        if self._field is None:
            return self.outcome_alone
        if not self.applies(required):
            return "not-applicable"
        if self._number in issue.places:
            return "pass"
        return "cannot-assess" if _OTHER[self._number] in issue.places else None

    def judges_alone(self, issue: IssueRecord) -> bool:
        """A supplement is numbered apart; an issue of the register is compared with its entry there."""
        return issue.supplement or issue.registered is not None

    def judge(self, series: Sequence[Series]) -> Verdict:
        """The faults of some series, each judged by itself."""
        judges: dict[str, Callable[[Series], tuple[list[Finding], set[str]]]] = {
            "gap": self._gaps,
            "repeat": self._repeats,
            "offset": _offsets,
            "date-order": _dates,
            "year-start": _year_starts,
            "missing": self._missing,
            "register": _conflicts,
        }
        findings: list[Finding] = []
        outcomes: dict[str, Outcome] = {}
        for each in series:
            outcomes.update(dict.fromkeys((issue.name for issue in each.supplements), "not-applicable"))
            if len(each.issues) < 2 and self._fault != "register":
                continue
            found, assessed = judges[self._fault](each)
            findings.extend(found)
            outcomes.update(dict.fromkeys(assessed, "pass"))
        outcomes.update(dict.fromkeys((finding.issue.name for finding in findings), "fail"))
        return Verdict(findings, outcomes)

    def _gaps(self, series: Series) -> tuple[list[Finding], set[str]]:
        return self._faulty(series, "gap")

    def _repeats(self, series: Series) -> tuple[list[Finding], set[str]]:
        return self._faulty(series, "repeat")

    def _faulty(self, series: Series, kind: str) -> tuple[list[Finding], set[str]]:
        """The issues whose number does not follow; one mistyped number is blamed once, at its own issue."""
        from bulletin_lint.series.ordering import missing_wording

        number = self._number
        findings: list[Finding] = []
        assessed: set[str] = set()
        for run in series.runs(number):
            assessed.update(issue.name for issue in run.issues)
            for fault in run.faults:
                if fault.kind != kind:
                    continue
                issue, near = run.issues[fault.at], run.issues[fault.near]
                if kind == "repeat" and _fits_better(issue, near, run.issues):
                    # Of two with one number that one has it wrongly whose other number does not go with it.
                    issue, near = near, issue
                unknown = series.unknown(number, issue, fault.missing)
                if fault.missing:
                    if not unknown:
                        continue
                    if series.unnumbered_between(number, near, issue) == sum(map(len, fault.missing)):
                        # The issues are there; that they lack the number is said at each of them.
                        continue
                expected = unknown[0].start if unknown else fault.expected
                shown = _NOTHING_MISSING
                if unknown and not fault.is_slip:
                    shown = _with_candidates(missing_wording(unknown), series.may_be_missing(near, issue))
                findings.append(_finding(issue, number, near, number, expected=str(expected), missing=shown))
        return findings, assessed

    def _missing(self, series: Series) -> tuple[list[Finding], set[str]]:
        having = next((issue for issue in series.issues if getattr(issue, self._number) is not None), None)
        if having is None:
            return [], set()
        lacking = [
            issue
            for issue in series.issues
            # What the register leaves open is no mistake of the issue.
            if issue.line is None
            and getattr(issue, self._number) is None
            and self._number not in issue.places
        ]
        assessed = {issue.name for issue in series.issues}
        if self._field is not None:
            assessed.difference_update(issue.name for issue in lacking)
            # One that has neither number is told by itself.
            other = _OTHER[self._number]
            lacking = [
                issue for issue in lacking if getattr(issue, other) is not None or other in issue.places
            ]
            if len(lacking) > len(assessed):
                return [], assessed
        return [_finding(issue, "anchor", having, self._number) for issue in lacking], assessed


_OTHER = {"issue": "cumulative", "cumulative": "issue"}


def _fits_better(issue: IssueRecord, other: IssueRecord, issues: Sequence[IssueRecord]) -> bool:
    """Whether more issues of the year have the difference of the two numbers that one issue has than the
    other's.
    """
    offsets = [
        each.cumulative - each.issue
        for each in issues
        if each.cumulative is not None and each.issue is not None and each.year == issue.year
    ]
    return offsets.count(_difference(issue)) > offsets.count(_difference(other)) > 0


def _difference(issue: IssueRecord) -> int:
    return (issue.cumulative or 0) - (issue.issue or 0)


_NAMED = 3
"""So many files are named that may be what is missing."""
_NOTHING_MISSING = Wording("无，疑为号码写错", "none, the number seems mistyped")


def _with_candidates(missing: Wording, paths: Sequence[str]) -> Wording:
    """The missing numbers, with the files that may be among them for all that is known."""
    if not paths:
        return missing
    shown, more = paths[:_NAMED], len(paths) > _NAMED
    return Wording(
        f"{missing.zh}（{'、'.join(shown)}{' 等' * more} 看不出期号，可能就是）",
        f"{missing.en} ({', '.join(shown)}{', …' * more} shows no number and may be it)",
    )


def _finding(issue: IssueRecord, fact: str, neighbour: IssueRecord, number: str, **values: Value) -> Finding:
    """A finding, with what every message may ask for; `number` is the one that neighbours have."""
    own, theirs = getattr(issue, number), getattr(neighbour, number)
    return Finding(
        issue,
        fact,
        neighbour,
        {
            "found": str(own) if own is not None else "",
            "neighbour": neighbour.name,
            "neighbour_number": str(theirs) if theirs is not None else "",
            "expected": "",
            "missing": "",
            "culprit": "",
            **values,
        },
    )


def _conflicts(series: Series) -> tuple[list[Finding], set[str]]:
    """An issue's numbers and date are those of its entry in the register."""
    findings: list[Finding] = []
    assessed: set[str] = set()
    for issue in (*series.issues, *series.supplements):
        entry = issue.registered
        if entry is None:
            continue
        assessed.add(issue.name)
        findings += [
            _finding(
                issue,
                fact,
                entry,
                "issue",
                found=str(getattr(issue, fact)),
                expected=str(getattr(entry, fact)),
                what=_FACTS[fact],
            )
            for fact in conflicts(issue)
        ]
    return findings, assessed


_FACTS = {
    "issue": Wording("期号", "issue number"),
    "cumulative": Wording("总期号", "cumulative number"),
    "date": Wording("编发日期", "issue date"),
}


def _offsets(series: Series) -> tuple[list[Finding], set[str]]:
    """Cumulative minus issue number is the same for all issues of a year."""
    findings: list[Finding] = []
    assessed: set[str] = set()
    for issues in series.by_year("issue", "cumulative").values():
        if len(issues) < 2:
            continue
        assessed.update(issue.name for issue in issues)
        written = [(issue.cumulative or 0) - (issue.issue or 0) for issue in issues]
        # A number that was left out on purpose moves one of the two; where both were, neither moves.
        counted = []
        for issue, offset in zip(issues, written, strict=True):
            ours = series.left_out("issue", issue)
            theirs = series.left_out("cumulative", issue) - series.left_out("cumulative", issues[0])
            counted.append(offset if ours and theirs else offset + ours - theirs)
        usual, usual_counted = _usual(written), _usual(counted)
        right = [
            index
            for index in range(len(issues))
            if written[index] == usual or counted[index] == usual_counted
        ]
        for index in sorted(set(range(len(issues))).difference(right)):
            near = min(right, key=lambda at: (abs(at - index), at))
            findings.append(_offset(index, issues, issues[near], usual))
    return findings, assessed


def _usual(offsets: Sequence[int]) -> int:
    """The commonest offset; of two that are as common, the one that comes first."""
    counts = Counter(offsets)
    return max(counts, key=counts.__getitem__)


def _offset(at: int, issues: Sequence[IssueRecord], neighbour: IssueRecord, usual: int) -> Finding:
    """An issue whose two numbers do not go together; it stands on the one that is probably wrong, the one
    that the issues beside it do not go on from.
    """
    issue = issues[at]
    beside = [issues[other] for other in (at - 1, at + 1) if 0 <= other < len(issues)]
    fits_issue = any(abs((other.issue or 0) - (issue.issue or 0)) == 1 for other in beside)
    fits_cumulative = any(abs((other.cumulative or 0) - (issue.cumulative or 0)) == 1 for other in beside)
    cumulative, number = (issue.issue or 0) + usual, (issue.cumulative or 0) - usual
    if fits_cumulative and not fits_issue:
        culprit = Wording(
            f"期号可能有误，按总期号应为第{number}期",
            f"the issue number is probably wrong, by the cumulative number it should be {number}",
        )
    elif fits_issue and not fits_cumulative:
        culprit = Wording(
            f"总期号可能有误，按期号应为总第{cumulative}期",
            f"the cumulative number is probably wrong, by the issue number it should be {cumulative}",
        )
    else:
        culprit = Wording(
            f"按期号应为总第{cumulative}期，两个号码至少有一个有误",
            f"by the issue number it should be {cumulative}; at least one of the two numbers is wrong",
        )
    is_issue = fits_cumulative and not fits_issue
    return _finding(
        issue,
        "issue" if is_issue else "cumulative",
        neighbour,
        "cumulative",
        expected=str(number if is_issue else cumulative),
        culprit=culprit,
    )


def _dates(series: Series) -> tuple[list[Finding], set[str]]:
    """In the order of the numbers dates never go back; the fewest issues are blamed."""
    numbered = [
        issue
        for issue in series.issues
        if issue.date is not None and (issue.cumulative is not None or issue.issue is not None)
    ]
    by_cumulative = all(issue.cumulative is not None for issue in numbered)
    if not by_cumulative:
        numbered = [issue for issue in numbered if issue.issue is not None and issue.year is not None]
    # A number known to be wrong says nothing of the order of dates.
    mistyped = series.mistyped()
    numbered = [issue for issue in numbered if issue.name not in mistyped]
    if len(numbered) < 2:
        return [], set()
    numbered.sort(key=lambda issue: issue.cumulative if by_cumulative else (issue.year, issue.issue))  # type: ignore[arg-type,return-value]
    from bulletin_lint.series.counting import longest_rise

    kept = sorted(longest_rise([str(issue.date) for issue in numbered]))
    findings: list[Finding] = []
    position = 0
    for index, issue in enumerate(numbered):
        while position < len(kept) and kept[position] < index:
            position += 1
        if position < len(kept) and kept[position] == index:
            continue
        # The dates that are kept rise: if any contradicts this one, the nearest on its side does.
        before = numbered[kept[position - 1]] if position else None
        neighbour = before if before is not None and str(before.date) > str(issue.date) else None
        if neighbour is None:
            neighbour = numbered[kept[position]]
        number = "issue" if issue.issue is not None else "cumulative"
        findings.append(
            _finding(issue, "date", neighbour, number, found=str(issue.date), expected=str(neighbour.date))
        )
    return findings, {issue.name for issue in numbered}


def _year_starts(series: Series) -> tuple[list[Finding], set[str]]:
    """The first issue of every year but the first known one is number 1."""
    if not series.restarts:
        return [], set()
    from bulletin_lint.series.ordering import missing_wording

    by_year = series.by_year("issue")
    runs = {run.issues[0].year: run for run in series.runs("issue")}
    findings: list[Finding] = []
    assessed: set[str] = set()
    for year, following in pairwise(by_year):
        first = min(by_year[following], key=lambda issue: issue.issue or 0)
        last = max(by_year[year], key=lambda issue: issue.issue or 0)
        assessed.update(issue.name for issue in by_year[following])
        # Where the year's first number is mistyped, that is said of it, and the second begins no year.
        begins = runs[following].first if following in runs else first.issue or 0
        if min(begins, first.issue or 0) == 1 or following != year + 1:
            continue
        unknown = series.unknown("issue", first, [range(1, first.issue or 0)])
        if not unknown:
            continue
        both = first.cumulative is not None and last.cumulative is not None
        if both and (first.cumulative or 0) - (last.cumulative or 0) == first.issue:
            # The issues in between exist and are only not here: that is a gap, said elsewhere.
            continue
        findings.append(
            _finding(first, "issue", last, "issue", expected="1", missing=missing_wording(unknown))
        )
    return findings, assessed
