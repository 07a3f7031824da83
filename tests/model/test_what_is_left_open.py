"""What is so where nobody says otherwise, and levels and tellings of documents that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.model.archive_summary import GroupCount, SeverityCounts
from bulletin_lint.model.comparison import Comparison, Difference, Side
from bulletin_lint.model.document import Block, Damage, Document, Node
from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.natural_order import in_natural_order, natural_key
from bulletin_lint.model.page_view import PagePicture, PageView
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.source import Conversion, KindNote, SourceFile, read_bytes, require_regular
from bulletin_lint.model.violation import Fix, Match, Occurrence, Related, Severity, Telling, Value, Violation
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording, same
from hand_made import NoPlaces

HERE = Location(1, 1, 1, 2)


def test_of_a_line_a_reading_and_a_file_nothing_more_is_known() -> None:
    line, reading = Line(((0, 1),)), Reading("text", "甲", (), NoPlaces())

    assert (line.kind, line.heading, line.bold, line.indent, line.gap, line.joins) == (
        "text",
        0,
        (),
        0,
        False,
        None,
    )
    assert (line.page, line.size, line.centred, line.furniture, line.cells) == (None, 0.0, False, "", ())
    assert (line.box, line.baseline, line.font, line.closed) == (None, 0.0, "", False)
    assert (reading.encoding, reading.bom, reading.pages, reading.layouts) == (None, False, None, ())
    assert (reading.unread_pages, reading.unread_parts, reading.spaces_known) == ((), (), True)
    assert (reading.recognised, reading.lines_are, reading.joins_known, reading.joins_final) == (
        None,
        "source",
        False,
        False,
    )
    assert (reading.automatic, reading.is_converted, reading.unsure, reading.verbatim) == ((), False, (), ())
    source = SourceFile("1.md", "text", explicit=True)
    assert (source.data, source.conversion, Conversion()) == (None, None, (None, None))
    assert KindNote(same("n"), {"": "a/b"}).has_lines


def test_of_parts_of_a_document_and_matches_nothing_more_is_known() -> None:
    block = Block(Span(0, 1), (0, 0), 0, (), 0, gap=False, page=None, size=0.0, centred=False)
    match = Match(Span(0, 1))

    assert (block.table, block.cells) == (False, ())
    assert Damage("cut", Span(0, 1), "").page is None
    assert (HERE.boxes, HERE.story) == ((), None)
    assert StoryPlace("body", "/p[1]") == ("body", "/p[1]", "", 0, 0, False)
    assert (match.values, match.edits, match.related, match.part, match.severity, match.places) == (
        {},
        (),
        (),
        "",
        None,
        (),
    )
    assert Related(Span(0, 0), same("n")) == (Span(0, 0), same("n"), None, None)
    assert Fix("safe", ()) == ("safe", (), (), False)


def test_of_a_waiver_a_report_and_a_summary_nothing_more_is_known() -> None:
    waiver = Waiver("1.md", HERE, "t", "l", ("A",), "r")
    result, report = FileResult("1.md", "text"), Report(())

    assert waiver[6:] == (None, None, None, None, True, "", "", "")
    assert (waiver.by, waiver.until, waiver.flaw, waiver.lines, waiver.is_inline) == (
        None,
        None,
        None,
        None,
        True,
    )
    assert (result.pages, result.encoding, result.error, result.skipped, result.outcomes) == (
        None,
        None,
        None,
        False,
        {},
    )
    assert (result.violations, result.beside, result.failures, result.waivers) == ((), False, (), ())
    assert (result.waived, result.lines, result.reasons, result.complaints) == ((), {}, {}, ())
    assert (report.notes, report.fail_level, report.fail_levels, report.rules) == ((), "error", {}, ())
    assert (report.kinds, report.unread, report.fails) == ({}, (), False)
    assert RuleNote("A", "n", "error", same("s"))[4:] == (None, None, ())
    assert SeverityCounts() == (0, 0, 0)
    assert GroupCount("2024", 1, 1, SeverityCounts())[4:] == (None, None)
    assert PagePicture(1, 2.0, 3.0)[3:] == ("", b"")
    assert PageView("n", "text", 0, "")[4:] == ((), (), None)


def test_a_difference_stands_on_the_pages_of_the_second() -> None:
    box = PageBox(2, (0.0, 0.0, 1.0, 1.0))
    sides = [Side("甲", "", "", place) for place in (HERE, HERE._replace(boxes=(box,)))]

    assert Difference(1, "changed", "error", sides[0], sides[1]).boxes == (box,)
    assert Difference(1, "changed", "error", sides[1], sides[0]).boxes == ()
    assert Comparison("a", "b", 1.0, is_one_text=True)[4:] == ((), {})


# --- Levels --------------------------------------------------------------------------------------------


def violation(severity: Severity, path: str = "1.md") -> Violation:
    return Violation(path, HERE, "PUN002", "n", severity, same("m"), "", "")


@pytest.mark.parametrize(
    ("level", "own", "fails"),
    [
        ("error", {}, False),
        ("warning", {}, True),
        ("info", {}, True),
        ("error", {"1.md": "warning"}, True),
        ("error", {"1.md": "info"}, True),
        ("info", {"1.md": "error"}, False),
        # What another document's settings say.
        ("error", {"2.md": "info"}, False),
    ],
)
def test_a_run_fails_where_a_document_reaches_its_own_level(
    level: Severity, own: dict[str, Severity], *, fails: bool
) -> None:
    document = FileResult("1.md", "text", violations=(violation("warning"),))
    report = Report((document,), fail_level=level, fail_levels=own)

    assert report.fails is fails
    assert report.reaches_in("1.md") is fails
    assert report.fail_level_of(document) == own.get("1.md", level)
    assert not report.reaches_in("2.md")


def test_a_waived_violation_fails_nothing() -> None:
    report = Report((FileResult("1.md", "text", waived=(violation("error"),)),), fail_level="info")

    assert not report.fails
    assert not report.reaches("info")
    assert len(report.waived) == 1


# --- Tellings ------------------------------------------------------------------------------------------


def place(line: int, page: int | None = None, **values: Value) -> Occurrence:
    boxes = (PageBox(page, (0.0, 0.0, 1.0, 1.0)),) if page is not None else ()
    return Occurrence(Location(line, 1, line, 2, boxes), "", "", "", values)


def test_a_telling_has_the_first_place_s_values_and_counts_those_that_are_numbers() -> None:
    telling = Telling(Wording("{what}{count}", "{what} {count}"), ())

    assert telling.wording([place(1, what="甲", count=2), place(2, what="乙", count=3)]) == ("甲5", "甲 5")
    assert telling.wording([place(1, what="甲", count="两"), place(2, what="乙")]) == ("甲2", "甲 2")


def test_a_telling_of_places_without_pages_leaves_the_pages_that_it_was_given() -> None:
    telling = Telling(Wording("{pages}", "{pages}"), ())

    assert telling.wording([place(1, pages="p")]) == ("p", "p")
    assert telling.wording([place(1, 4, pages="p"), place(2), place(3, 2)]) == ("第2、4页", "pages 2, 4")


def test_of_a_rest_one_place_says_what_it_says_alone() -> None:
    telling = Telling(Wording("{count}", "{count}"), (), is_rest=True)

    assert telling.wording([place(1, count=2)]) == ("2", "2")
    both = telling.wording([place(1, count=2), place(2, count=3)])
    assert both.zh.startswith("2（")
    assert "2 处" in both.zh
    assert "the 2 from here" in both.en


# --- Files ---------------------------------------------------------------------------------------------


def test_a_regular_file_is_read_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "1.md"
    path.write_bytes(b"a")
    require_regular(str(path), path.stat())

    assert read_bytes(SourceFile(str(path), "text", explicit=True), 1) == b"a"


def test_names_are_sorted_by_numbers_and_texts_in_turn() -> None:
    assert natural_key("第9期.md") < natural_key("第10期.md") < natural_key("第十一期.md")
    # Chinese numerals that count no issues are text.
    assert in_natural_order(["一月2.md", "一月10.md", "七月1.md"], str) == [
        "一月2.md",
        "一月10.md",
        "七月1.md",
    ]
    assert in_natural_order(["第十号", "第九号"], str) == ["第九号", "第十号"]
    assert in_natural_order([], str) == []
    assert in_natural_order(["b"], str) == ["b"]
    assert in_natural_order([3, 1, 2], lambda number: f"{10 * number}.md") == [1, 2, 3]
    assert natural_key("7") != natural_key("07")


def test_a_document_without_verbatim_stretches_and_parts_is_asked_all_the_same() -> None:
    bare = Document("1.md", Reading("text", "", (), NoPlaces()), "", (), (), (), [])

    assert (bare.verbatim, bare.seams, bare.damage, bare.structure) == ((), frozenset(), [], None)
    assert bare.part_index.innermost(Span(0, 0)) == ""
    assert Node("a", Span(0, 0), "").fields == {}
