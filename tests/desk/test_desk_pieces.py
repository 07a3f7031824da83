"""Pieces of the desk by themselves: what is drawn, marked and shown beside an issue, and when it was."""

from __future__ import annotations

import hashlib
import re
import time

import pytest

from bulletin_lint.desk.looking import (
    MOST_DRAWN,
    Drawing,
    Judged,
    Looked,
    content_view,
    drawings,
    looked_at,
    pages_to_draw,
    refused,
)
from bulletin_lint.desk.looking import Viewed as ViewedFile
from bulletin_lint.desk.marking import MOST_COMMENTS, noted_marks, remarks_of
from bulletin_lint.desk.sheets import beside, result_in, time_now
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import series_by_title


def violation(code: str, severity: Severity = "error", line: int = 1, page: int = 0) -> Violation:
    boxes = (PageBox(page, (1.0, 1.0, 2.0, 2.0)),) if page else ()
    place = Location(line, 1, line, 2, boxes)
    return Violation("1.pdf", place, code, "n", severity, Wording("误", "wrong"), "", "x", line_text="x")


# --- Issues around one -----------------------------------------------------------------------------------


def judged(*numbers: int) -> Judged:
    records = [IssueRecord(f"{n}.md", "云岭简报", 2020, n, None, f"2020-01-{n:02}") for n in numbers]
    return Judged(Report(()), tuple(series_by_title(records, {})))


@pytest.mark.parametrize(
    ("numbers", "this", "around"),
    [
        ((1, 2, 3, 4, 5, 6, 7), 4, [2, 3, 4, 5, 6]),
        ((1, 2, 3, 4, 5, 6, 7), 1, [1, 2, 3]),
        ((1, 2, 3, 4, 5, 6, 7), 2, [1, 2, 3, 4]),
        ((1, 2, 3, 4, 5, 6, 7), 6, [4, 5, 6, 7]),
        ((1, 2, 3, 4, 5, 6, 7), 7, [5, 6, 7]),
        ((3, 1, 2), 2, [1, 2, 3]),
        ((1,), 1, [1]),
        ((1, 2), 9, []),
        ((), 1, []),
    ],
)
def test_two_issues_before_and_two_after_are_shown(
    numbers: tuple[int, ...], this: int, around: list[int]
) -> None:
    record = IssueRecord(f"{this}.md", "云岭简报", 2020, this, None, None)
    assert [each.issue for each in judged(*numbers).around(record)] == around
    assert judged(*numbers).around(None) == ()


# --- Pages -----------------------------------------------------------------------------------------------


def test_all_pages_of_a_file_are_drawn_up_to_three_hundred() -> None:
    marked = FileResult("1.pdf", "pdf", violations=(violation("A", page=400), violation("B")))
    assert MOST_DRAWN == 300
    assert pages_to_draw(marked, 0) == ()
    assert pages_to_draw(marked, 2) == (1, 2)
    assert pages_to_draw(marked, 300) == tuple(range(1, 301))
    assert pages_to_draw(marked, 301) == tuple(range(1, 301))
    assert pages_to_draw(marked, 400) == (*range(1, 300), 400)


def test_pages_are_drawn_in_portions_of_forty() -> None:
    numbers = tuple(range(5, 86))
    assert [len(each.numbers) for each in drawings(numbers, None)] == [40, 40, 1]
    assert tuple(number for each in drawings(numbers, None) for number in each.numbers) == numbers
    assert [each.numbers for each in drawings((7,), None)] == [(7,)]
    assert list(drawings((), None)) == []


def test_each_page_may_take_a_quarter_of_a_second_more() -> None:
    assert Drawing((), None).time_limit(4.0) == 4.0
    assert Drawing((1,), None).time_limit(4.0) == 4.25
    assert Drawing(range(40), None).time_limit(1.5) == 11.5


def test_what_cannot_be_drawn_is_told_with_the_reason() -> None:
    source = SourceFile("1.pdf", "pdf", explicit=True, data=b"%PDF-1.7 nothing")
    found = Drawing((1,), None)(source)
    assert isinstance(found, Wording)
    assert Drawing((1,), None).of(None, source) == found


def test_a_file_is_known_by_its_bytes() -> None:
    source = SourceFile("1.md", "text", explicit=True, data=b"abc")
    view = content_view(source)
    assert (view.name, view.kind, view.size, view.sha256) == (
        "1.md",
        "text",
        3,
        hashlib.sha256(b"abc").hexdigest(),
    )
    assert (view.lines, view.pages, view.undrawn) == ((), (), None)
    nothing = content_view(source._replace(data=None))
    assert (nothing.size, nothing.sha256) == (0, hashlib.sha256(b"").hexdigest())
    linted = LintResult(FileResult("1.md", "text"), None)
    looked = looked_at(source, ViewedFile(linted, ("a", "b"), ((1.0, 2.0),)))
    assert looked == Looked(source, 3, view.sha256, linted, ("a", "b"), ((1.0, 2.0),))


def test_a_file_that_could_not_be_read_has_a_result() -> None:
    source = SourceFile("1.md", "text", explicit=True)
    assert refused(source, SourceError("1.md", same("gone"))) == LintResult(
        FileResult("1.md", "text", error=same("gone")), None
    )


# --- Marks -----------------------------------------------------------------------------------------------

NOTES = {"B": RuleNote("B", "n", "error", same("s"), references=("GB/T 1",))}


@pytest.mark.parametrize(("level", "numbers"), [("error", [2]), ("warning", [2, 3]), ("info", [1, 2, 3])])
def test_marks_keep_the_numbers_that_they_have_among_all(level: Severity, numbers: list[int]) -> None:
    result = FileResult(
        "1.pdf",
        "pdf",
        violations=(violation("C", "warning", 3), violation("A", "info", 1), violation("B", "error", 2)),
    )
    marks = noted_marks(result, level, NOTES, "en")
    assert [mark.number for mark in marks] == numbers
    assert all(mark.note.startswith(f"{mark.violation.code} ") for mark in marks)
    notes = {mark.violation.code: mark.note for mark in marks}
    assert notes["B"].splitlines() == ["B error: wrong", "Norm: GB/T 1"]
    assert "Norm" not in "".join(note for code, note in notes.items() if code != "B")
    assert noted_marks(result, level, NOTES, "zh")[-1].note.splitlines()[0].endswith("：误")


@pytest.mark.parametrize(("level", "codes"), [("error", "B"), ("warning", "BC"), ("info", "ABC")])
def test_remarks_come_in_the_order_of_the_document(level: Severity, codes: str) -> None:
    result = FileResult(
        "1.docx",
        "docx",
        violations=(violation("C", "warning", 3), violation("A", "info", 1), violation("B", "error", 2)),
    )
    remarks = remarks_of(result, level, NOTES, "en")
    assert "".join(remark.text[0] for remark in remarks) == codes
    assert [remark.location.line for remark in remarks] == [" ABC".index(code) for code in codes]


@pytest.mark.parametrize(("count", "last"), [(199, None), (200, None), (201, 1), (250, 50)])
def test_two_hundred_remarks_are_written_and_the_rest_counted(count: int, last: int | None) -> None:
    assert MOST_COMMENTS == 200
    result = FileResult(
        "1.docx", "docx", violations=tuple(violation("B", line=n) for n in range(count, 0, -1))
    )
    remarks = remarks_of(result, "error", {}, "en")
    assert len(remarks) == (count if last is None else 201)
    assert [remark.location.line for remark in remarks] == list(range(1, len(remarks) + 1))
    if last is not None:
        assert remarks[-1].text == f"{last} more violations have no comment; they are in the report."
    else:
        assert remarks[-1].text == "B error: wrong"


# --- Sheets ----------------------------------------------------------------------------------------------


def test_of_a_report_that_of_a_file_and_what_is_said_of_others_besides() -> None:
    one = FileResult("1.md", "text", violations=(violation("A"),))
    other = FileResult("2.md", "text", violations=(violation("B"), violation("C")), beside=True)
    third = FileResult("3.md", "text")
    found = Judged(Report((third, other, one)), ())
    looked = looked_at(
        SourceFile("1.md", "text", explicit=True, data=b""), ViewedFile(LintResult(one, None), ())
    )
    assert result_in(found, looked) is one
    assert [each.code for each in beside(found)] == ["B", "C"]
    assert beside(Judged(Report((one,)), ())) == ()


@pytest.mark.parametrize(
    ("epoch", "shown"),
    [
        ("0", "1970-01-01 00:00:00 UTC"),
        ("1600000000", "2020-09-13 12:26:40 UTC"),
        ("99999999999", "5138-11-16 09:46:39 UTC"),
    ],
)
def test_the_time_can_be_fixed(epoch: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert time_now() == shown


@pytest.mark.parametrize("epoch", ["", "x", "-1", "1.5", "１", "100000000000"])
def test_what_is_no_time_is_not_taken_for_one(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setattr(time, "strftime", lambda form, *when: form if not when else "fixed")
    assert time_now() == "%Y-%m-%d %H:%M:%S"
    assert re.fullmatch(r"[^U]*", time_now())
