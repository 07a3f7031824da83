"""Results in plain data: what is kept comes back whole, whatever of it there is."""

from __future__ import annotations

import json

import pytest

from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.plain_forms import (
    Texts,
    plain_violation,
    record_from_plain,
    record_to_plain,
    result_from_plain,
    result_to_plain,
    violation_of,
    waiver_of,
)
from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import (
    Edit,
    Fix,
    Occurrence,
    PlacedEdit,
    RelatedPlace,
    Telling,
    Violation,
)
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import FieldPlace, IssueRecord

PLAIN = Location(3, 1, 4, 2)
BOXED = Location(1, 2, 1, 3, (PageBox(1, (1.0, 2.0, 3.0, 4.0)), PageBox(2, (5.5, 6.5, 7.5, 8.5))))
TOLD = Location(12, 2, 12, 4, (), StoryPlace("footnotes", "1/2", "一、总则", 2, 3, is_imprint=True))
FIX = Fix(
    "unsafe",
    (PlacedEdit(3, 1, 3, 2, "甲"),),
    (Edit(Span(4, 5), "甲"), Edit(Span(7, 7), "乙")),
    is_tracked=True,
)
BARE = Violation("a.md", PLAIN, "ABC001", "a-name", "info", Wording("错", "wrong"), "note", "词")
FULL = BARE._replace(
    location=TOLD,
    severity="error",
    fix=FIX,
    related=(
        RelatedPlace("a.md", 1, 2, None, Wording("另", "other")),
        RelatedPlace("b.pdf", 3, 4, 5, Wording("他", "their"), "ABC002"),
    ),
    line_text="一行",
)
MANY = FULL._replace(
    location=BOXED,
    telling=Telling(
        Wording("错{count}", "wrong {count}"),
        (
            Occurrence(
                BOXED, "note", "词", "一行", {"count": 2, "words": Wording("词", "word"), "raw": "x"}, FIX
            ),
            Occurrence(PLAIN, "", "语", "另一行"),
        ),
        is_rest=True,
    ),
)
WAIVER = Waiver("a.md", PLAIN, "ignore[ABC001] 照录", "一行", ("ABC001", "b"), "照录")
WHOLE_WAIVER = WAIVER._replace(
    by="王某", until="2030-01-02", flaw="no-reason", lines=(3, 5), is_inline=False, glob="*.md",
    fingerprint="f" * 8, excerpt="词", line_text="第三行",
)  # fmt: skip
RECORD = IssueRecord(
    "a.md", "云岭简报", 2020, 3, 103, "2020-03-06", supplement=True,
    places={"issue": FieldPlace("第3期", PLAIN, "第3期", "masthead.issue_number")}, last_issue=4, last_cumulative=104,
)  # fmt: skip
RESULT = FileResult(
    "a.md",
    "text",
    7,
    "gb18030",
    Wording("坏", "bad"),
    skipped=True,
    outcomes={"ABC001": "fail", "ABC002": "cannot-assess"},
    violations=(BARE, FULL, MANY),
    beside=True,
    failures=(Wording("没查", "not done"), Wording("也没", "nor this")),
    waivers=(WAIVER, WHOLE_WAIVER),
    lines={4: "四", 9: "九"},
    reasons={"ABC002": Wording("缺", "none")},
)


def back(linted: LintResult) -> LintResult:
    """The result as it comes back from a file of JSON."""
    return result_from_plain(json.loads(json.dumps(result_to_plain(linted))))


@pytest.mark.parametrize(
    "result",
    [
        RESULT,
        FileResult("b.pdf", "pdf"),
        FileResult("b.pdf", "pdf", violations=(MANY._replace(path="b.pdf"),)),
        RESULT._replace(error=None, skipped=False, beside=False),
    ],
)
@pytest.mark.parametrize("shows", [True, False])
def test_a_result_comes_back_as_it_was(result: FileResult, *, shows: bool) -> None:
    found = back(LintResult(result, None, shows_bulletin=shows))

    assert found == LintResult(result, None, shows_bulletin=shows)
    assert all(type(each) is Violation for each in found.result.violations)


def test_types_come_back_too() -> None:
    one = back(LintResult(RESULT, None)).result.violations[2]

    assert one.telling is not None
    assert (type(one.telling), type(one.telling.places[0]), type(one.location.boxes[0])) == (
        Telling,
        Occurrence,
        PageBox,
    )
    assert type(one.telling.places[0].values["words"]) is Wording
    assert one.telling.places[0].values["raw"] == "x"
    assert one.fix is not None
    assert (type(one.fix.edits[0]), type(one.fix.source_edits[0].span)) == (PlacedEdit, Span)


def test_what_a_file_says_of_its_issue_comes_back() -> None:
    found = back(LintResult(FileResult("a.md", "text"), RECORD, shows_bulletin=True)).facts

    assert found is not None
    assert found._replace(places=dict(found.places)) == RECORD
    assert back(LintResult(FileResult("a.md", "text"), None)).facts is None

    alone = record_from_plain(json.loads(json.dumps(record_to_plain(RECORD))))
    assert alone._replace(places=dict(alone.places)) == RECORD


def test_a_violation_is_one_of_whatever_file_it_is_read_for() -> None:
    texts = Texts()
    kept = json.loads(json.dumps(plain_violation(FULL, texts)))
    moved = violation_of(kept, "moved.md", texts.known)

    assert moved.path == "moved.md"
    # What stands in the file itself moves with it, another file stays where it is.
    assert [each.path for each in moved.related] == ["moved.md", "b.pdf"]


def test_a_waiver_is_one_of_whatever_file_it_is_read_for() -> None:
    assert waiver_of([*WHOLE_WAIVER[:3], 1, *WHOLE_WAIVER[4:]], "moved.md", ["x", "第三行"]) == (
        WHOLE_WAIVER._replace(path="moved.md")
    )


def test_each_line_is_kept_once_in_the_order_in_which_it_came() -> None:
    texts = Texts()

    assert [texts.number(each) for each in ("甲", "乙", "甲", "", "乙")] == [0, 1, 0, 2, 1]
    assert texts.known == ["甲", "乙", ""]
