"""What formats for people say: places, fixes, summaries, tables of issues and archives, marks on texts and pages."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.location import Box, Location, PageBox, Span, StoryPlace
from bulletin_lint.model.page_view import NumberedMark
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.violation import (
    Applicability,
    Edit,
    Fix,
    Occurrence,
    PlacedEdit,
    RelatedPlace,
    Severity,
    Telling,
    Waived,
)
from bulletin_lint.model.wording import Language, Wording, same
from bulletin_lint.reporters import full, grouped, statistics
from bulletin_lint.reporters.archive_text import counts_wording, headline, render_archive
from bulletin_lint.reporters.comment_text import comment_text, more_text
from bulletin_lint.reporters.inert import escaped, is_read_by_a_ci, shielded
from bulletin_lint.reporters.mending import mending
from bulletin_lint.reporters.output import Outputs, OutputStyle, outputs_of, write
from bulletin_lint.reporters.register_page import page, svg
from bulletin_lint.reporters.register_table import RegisterView, SeriesView, as_json, cells, heading, table
from bulletin_lint.reporters.sheet.page_marks import framed, on_page
from bulletin_lint.reporters.sheet.sheet import verdict
from bulletin_lint.reporters.sheet.shown import inert, parts_of, shown
from bulletin_lint.reporters.sheet.text_marks import sections
from bulletin_lint.reporters.standing import for_programs, place_words, standing, words_in_place
from bulletin_lint.reporters.terminal import clip, pad, paint, terminal_width, window, wrap
from bulletin_lint.reporters.timeline import draw, number_wording
from bulletin_lint.reporters.utf8 import in_utf8
from bulletin_lint.series.holes import holes, rows
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series
from summaries import SUMMARY
from told_in_formats import report, violation

PAGED = Location(3, 2, 3, 4, (PageBox(2, (1.0, 2.0, 3.0, 4.0)),))


# --- places --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "zh", "en"),
    [
        (StoryPlace("body", "1"), "第 12 段", "paragraph 12"),
        (StoryPlace("box", "1"), "第 12 段 · 文本框", "paragraph 12 · text box"),
        (StoryPlace("header", "1"), "第 12 段 · 页眉", "paragraph 12 · header"),
        (StoryPlace("footer", "1"), "第 12 段 · 页脚", "paragraph 12 · footer"),
        (StoryPlace("footnotes", "1"), "第 12 段 · 脚注", "paragraph 12 · footnote"),
        (StoryPlace("endnotes", "1"), "第 12 段 · 尾注", "paragraph 12 · endnote"),
        (StoryPlace("body", "1", "一、总则"), "第 12 段 · 在“一、总则”下", "paragraph 12 · below “一、总则”"),
        (StoryPlace("body", "1", table=2, row=3), "第 12 段 · 表 2 第 3 行", "paragraph 12 · table 2, row 3"),
        (StoryPlace("body", "1", is_imprint=True), "第 12 段 · 版记", "paragraph 12 · imprint"),
        (
            StoryPlace("box", "1", "甲", 2, 3, is_imprint=True),
            "第 12 段 · 表 2 第 3 行 · 文本框 · 版记 · 在“甲”下",
            "paragraph 12 · table 2, row 3 · text box · imprint · below “甲”",
        ),
    ],
)
def test_a_place_in_a_document_is_told_in_words(story: StoryPlace, zh: str, en: str) -> None:
    where = Location(12, 1, 12, 2, (), story)

    assert standing(where) == place_words(where) == (zh, en)
    assert for_programs(story) == {"story": story.story, "path": "1", "heading": story.heading}


def test_other_places_are_pages_or_lines() -> None:
    assert standing(PAGED) is standing(Location(3, 2, 3, 4)) is None
    assert place_words(PAGED) == ("第 2 页", "page 2")
    assert place_words(Location(3, 2, 3, 4)) == ("第 3 行第 2 列", "line 3, column 2")


LONG = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


@pytest.mark.parametrize(
    ("column", "end", "end_line", "line", "words"),
    [
        (1, 2, 1, LONG, "一二三四五六七…"),
        (8, 9, 1, LONG, f"…{LONG[1:14]}…"),
        (1, 25, 1, LONG, LONG),
        (1, 24, 1, LONG, f"{LONG[:29]}…"),
        (30, 31, 1, LONG, f"…{LONG[23:]}"),
        (1, 1, 2, LONG, LONG),
        (40, 41, 1, LONG, f"…{LONG[24:]}"),
        (1, 2, 1, "甲  乙   ", "甲 乙"),
        (9, 10, 1, "        甲乙", "甲乙"),
        (1, 1, 1, "", ""),
    ],
)
def test_words_on_a_page_are_found_by_their_neighbours(
    column: int, end: int, end_line: int, line: str, words: str
) -> None:
    each = violation("a.pdf", line, column, end, location=Location(1, column, end_line, end))

    assert words_in_place(each) == words


# --- fixes ---------------------------------------------------------------------------------------------


def fix(
    applicability: Applicability = "safe", *, count: int = 1, tracked: bool = False, has_source: bool = True
) -> Fix:
    edits = tuple(PlacedEdit(1, at, 1, at + 1, "丙") for at in range(1, count + 1))
    source = tuple(Edit(Span(at - 1, at), "丙") for at in range(1, count + 1)) if has_source else ()
    return Fix(applicability, edits, source, is_tracked=tracked)


@pytest.mark.parametrize(
    ("made", "zh", "en"),
    [
        (fix(), "可用 --fix 自动修复：「甲」改为「丙」", "fixable with --fix: `甲` becomes `丙`"),
        (
            fix("unsafe"),
            "可用 --fix --unsafe-fixes 修复，请核对是否改变原意：「甲」改为「丙」",
            "fixable with --fix --unsafe-fixes, check that the sense stays: `甲` becomes `丙`",
        ),
        (fix("manual"), "参考改法：「甲」改为「丙」", "suggestion: `甲` becomes `丙`"),
        (fix(has_source=False), "参考改法：「甲」改为「丙」", "suggestion: `甲` becomes `丙`"),
        (
            fix(tracked=True),
            "可用 --fix --annotate 以修订方式修改：「甲」改为「丙」",
            "a tracked change with --fix --annotate: `甲` becomes `丙`",
        ),
        (
            fix("unsafe", tracked=True),
            "可用 --fix --unsafe-fixes --annotate 以修订方式修改：「甲」改为「丙」",
            "a tracked change with --fix --unsafe-fixes --annotate: `甲` becomes `丙`",
        ),
        (fix(count=2), "可用 --fix 自动修复：共改 2 处", "fixable with --fix: 2 edits"),
        (Fix("safe", ()), "", ""),
        (None, "", ""),
    ],
)
def test_what_can_be_done_is_told_below_the_line(made: Fix | None, zh: str, en: str) -> None:
    each = violation("a.md", "甲乙", 1, 2, fix=made)
    for language, said in (("zh", zh), ("en", en)):
        told = full.render(
            report(each), language="zh" if language == "zh" else "en", color=False, width=80, detail="quiet"
        )
        assert told.splitlines()[3:] == ([f"  = {said}"] if said else [])


@pytest.mark.parametrize(
    ("edit", "zh"),
    [
        (PlacedEdit(1, 1, 1, 2, "丙"), "「甲」改为「丙」"),
        (PlacedEdit(1, 2, 1, 2, "丙"), "补上「丙」"),
        (PlacedEdit(1, 1, 1, 2, ""), "删去「甲」"),
        (PlacedEdit(2, 1, 2, 2, "丙"), "改为「丙」"),
        (PlacedEdit(1, 1, 2, 2, "丙"), "改为「丙」"),
        (PlacedEdit(1, 1, 1, 2, " "), "「甲」改为空格"),
        (PlacedEdit(1, 1, 1, 2, "  "), "「甲」改为2个空格"),
        (PlacedEdit(1, 1, 1, 2, "字" * 40), f"「甲」改为「{'字' * 40}」"),
        (PlacedEdit(1, 1, 1, 2, "字" * 41), f"「甲」改为「{'字' * 39}…」"),
    ],
)
def test_an_edit_is_told_in_words(edit: PlacedEdit, zh: str) -> None:
    said = mending(violation("a.md", "甲乙", 1, 2, fix=Fix("safe", (edit,))), None)

    assert said is not None
    assert said.zh == zh


# --- the full format -----------------------------------------------------------------------------------


def summed(told: Report, language: Language = "zh") -> list[str]:
    return full.summary_line(told, language, color=False).splitlines()


@pytest.mark.parametrize(
    ("fixes", "zh", "en"),
    [
        ([], "没有发现问题。", "No violations."),
        (
            [None],
            "发现 1 处问题：错误 0，警告 1，建议 0。",
            "Found 1 violation: 0 errors, 1 warning, 0 info.",
        ),
        (
            [fix(), fix("manual"), fix(has_source=False)],
            "发现 3 处问题：错误 0，警告 3，建议 0；1 处可用 --fix 自动修复。",
            "Found 3 violations: 0 errors, 3 warnings, 0 info; 1 fixable with --fix.",
        ),
        (
            [fix("unsafe")],
            "发现 1 处问题：错误 0，警告 1，建议 0；1 处可用 --fix --unsafe-fixes 修复。",
            "Found 1 violation: 0 errors, 1 warning, 0 info; 1 fixable with --fix --unsafe-fixes.",
        ),
        (
            [fix(tracked=True), fix("unsafe", tracked=True), fix("unsafe", tracked=True)],
            "发现 3 处问题：错误 0，警告 3，建议 0；1 处可用 --fix --annotate 改成修订；"
            "2 处可用 --fix --unsafe-fixes --annotate 改成修订。",
            "Found 3 violations: 0 errors, 3 warnings, 0 info; 1 tracked change with --fix --annotate; "
            "2 tracked changes with --fix --unsafe-fixes --annotate.",
        ),
    ],
)
def test_the_summary_counts_what_can_be_mended(fixes: Sequence[Fix | None], zh: str, en: str) -> None:
    each = [violation("a.md", LONG, at, at + 1, fix=made) for at, made in enumerate(fixes, 1)]
    document = FileResult("a.md", "text", violations=tuple(each), outcomes={"DAT002": "pass"})

    assert summed(Report((document,))) == [zh, "检查了 1 份文件。"]
    assert summed(Report((document,)), "en") == [en, "Checked 1 document."]


def test_the_summary_says_what_was_looked_at() -> None:
    inline, known = Waived("inline", "照录", "a.md", 1), Waived("baseline", "", "k", 1)
    waived = tuple(violation("a.md", "甲", 1, 2, waived=why) for why in (inline, inline, known))
    told = Report(
        (
            FileResult("a.md", "text", outcomes={"A": "pass", "B": "cannot-assess"}, waived=waived),
            FileResult("b.md", "text", skipped=True),
            FileResult("c.md", "text", error=same("坏")),
            FileResult("d.md", "text"),
        )
    )

    assert summed(told)[1] == (
        "检查了 1 份文件，跳过 1 份，1 份没有规则可用，1 份未能检查或未查完；2 处已豁免；1 处在基线内；有 1 项无法判断。"
    )
    assert summed(told, "en")[1] == (
        "Checked 1 document, skipped 1, no rule was left for 1, 1 could not be checked or not by every rule; "
        "2 waived; 1 in the baseline; 1 check could not be assessed."
    )
    # Where nothing was looked at, nothing is said of what was found.
    assert summed(Report(told.documents[1:2])) == ["检查了 0 份文件，跳过 1 份。"]


@pytest.mark.parametrize(
    ("reasons", "zh", "en"),
    [
        (["甲"], "甲", "en 甲"),
        (["甲", "甲", "乙"], "甲、乙", "en 甲; en 乙"),
        (["甲", "乙", "乙", "丙", "丙", "丙"], "丙、乙等", "en 丙; en 乙, and more"),
    ],
)
def test_the_summary_names_the_two_commonest_reasons(reasons: list[str], zh: str, en: str) -> None:
    codes = [f"A{number}" for number in range(len(reasons))]
    document = FileResult(
        "a.md",
        "text",
        outcomes=dict.fromkeys(codes, "cannot-assess"),
        reasons={
            code: Wording(f"{why}，所以不知道", f"en {why}, so this is not known")
            for code, why in zip(codes, reasons, strict=True)
        },
    )

    assert summed(Report((document,)))[1].endswith(f"；有 {len(reasons)} 项无法判断：{zh}。")
    assert summed(Report((document,)), "en")[1].endswith(f"could not be assessed: {en}.")


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (FileResult("a", "text", skipped=True), "skipped, shows no part of a bulletin"),
        (FileResult("a", "text", error=same("坏")), "could not be checked"),
        (FileResult("a", "text"), "not checked, every rule is ignored in it"),
        (FileResult("a", "text", beside=True), "only its place in the series was looked at"),
        (FileResult("a", "text", pages=1, outcomes={"A": "pass"}), "text, 1 page"),
        (FileResult("a", "text", pages=2, encoding="x", outcomes={"A": "pass"}), "text, 2 pages"),
        (FileResult("a", "text", encoding="utf-8", outcomes={"A": "pass"}), "text, encoding utf-8"),
        (FileResult("a", "text", outcomes={"A": "pass"}), "text"),
        (
            FileResult("a", "text", outcomes={"B": "cannot-assess", "A": "cannot-assess", "C": "pass"}),
            "text; rules that could not be assessed: A, B",
        ),
        (
            FileResult(
                "a",
                "text",
                outcomes=dict.fromkeys("BAC", "cannot-assess"),
                reasons=dict.fromkeys("BA", same("缺")),
            ),
            "text; rules that could not be assessed: C\n  cannot assess A, B: 缺",
        ),
    ],
)
def test_verbose_says_what_became_of_each_document(document: FileResult, state: str) -> None:
    told = full.render(Report((document,)), language="en", color=False, width=80, detail="verbose")

    assert told.startswith(f"a: {state}\n")


@pytest.mark.parametrize(
    ("waived", "said"),
    [
        (Waived("baseline", "", "k", 1), "在基线内"),
        (Waived("inline", "照录", "a.md", 1), "已豁免：照录"),
        (Waived("inline", "照录", "a.md", 1, "王某"), "已豁免：照录，王某"),
        (Waived("file", "照录", "a.md", 1, "王某", "2030-01-02"), "已豁免：照录，王某，至2030-01-02"),
    ],
)
def test_verbose_lists_what_is_waived(waived: Waived, said: str) -> None:
    each = violation("a.md", "甲乙", 2, 3, waived=waived)
    told = Report((FileResult("a.md", "text", waived=(each,)),))

    shown_ = full.render(told, language="zh", color=False, width=80, detail="verbose")
    assert shown_.splitlines()[0] == f"a.md:1:2 DAT002 m [{said}]"
    assert "DAT002" not in full.render(told, language="zh", color=False, width=80)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (RelatedPlace("b.md", 3, 4, None, same("注")), "另见 b.md:3:4：注"),
        (RelatedPlace("b.pdf", 3, 4, 5, same("注")), "另见 b.pdf 第 5 页：注"),
        (RelatedPlace("a.md", 3, 4, None, same("注"), "ABC001"), "同处另有 ABC001：注"),
    ],
)
def test_related_places_are_told_below_the_line(place: RelatedPlace, said: str) -> None:
    told = full.render(
        report(violation("a.md", "甲", 1, 2, related=(place,))),
        language="zh",
        color=False,
        width=80,
        detail="quiet",
    )

    assert told.splitlines() == ["a.md:1:1 DAT002 m [警告]", "1 | 甲", "  | ^^", f"  = {said}"]


def test_a_place_on_a_page_has_no_number_of_its_line() -> None:
    each = violation("a.pdf", "甲乙丙丁", 2, 4, location=PAGED, severity="info")
    told = full.render(report(each), language="zh", color=False, width=80, detail="quiet")

    assert told.splitlines() == ["a.pdf 第 2 页 “甲乙丙丁” DAT002 m [建议]", "  | 甲乙丙丁", "  |   ^^^^"]


@pytest.mark.parametrize(("severity", "colour"), [("error", "1;31"), ("warning", "1;33"), ("info", "1;34")])
def test_colours_are_those_of_the_severity(severity: Severity, colour: str) -> None:
    told = report(violation("a.md", "甲", 1, 2, severity=severity))

    for module in (full, grouped, statistics):
        assert f"\x1b[{colour}mDAT002\x1b[0m" in module.render(told, language="zh", color=True, width=80)
    assert "\x1b[1m" in full.summary_line(told, "zh", color=True)
    assert "\x1b[32m" in full.summary_line(
        Report((FileResult("a", "text", outcomes={"A": "pass"}),)), "zh", color=True
    )


def test_grouped_lines_up_places_and_codes() -> None:
    each = [
        violation("a.md", LONG, 2, 3, 9),
        violation("a.md", LONG, 12, 13, 10, code="LONG12"),
        violation("b.pdf", "甲乙丙丁", 2, 4, location=PAGED),
    ]
    told = grouped.render(report(*each), language="zh", color=False, width=80, detail="quiet")

    assert told == (
        "a.md:\n    9:2  DAT002  m\n  10:12  LONG12  m\n\nb.pdf:\n  第 2 页 “甲乙丙丁”  DAT002  m\n"
    )


@pytest.mark.parametrize(
    ("made", "mark"),
    [
        (fix(), "[*]"), (fix("unsafe"), "[ ]"), (fix(has_source=False), "[ ]"), (fix(tracked=True), "[ ]"), (None, "[ ]"),
    ],
)  # fmt: skip
def test_statistics_mark_what_is_mended(made: Fix | None, mark: str) -> None:
    each = [violation("a.md", LONG, at, at + 1, fix=made if at == 2 else None) for at in range(1, 11)]
    other = violation("a.md", LONG, 20, 21, code="AAA1", name="b-name")
    told = statistics.render(report(*each, other), language="zh", color=False, width=80)

    assert told == f"10  DAT002  {mark} a-name\n 1  AAA1    [ ] b-name\n"


# --- comments in a document ----------------------------------------------------------------------------


def test_a_comment_on_words_outside_of_the_body_quotes_them() -> None:
    note = RuleNote(
        "DAT002", "n", "error", same("s"), remedy=Wording("改正。", "mend."), references=("甲", "乙")
    )
    for story, quoted in (("body", False), ("footer", True)):
        where = Location(1, 1, 1, 2, (), StoryPlace(story, "1"))
        each = violation("a.docx", "甲乙", 1, 2, location=where, excerpt="甲", severity="info")
        lines = comment_text(each, each.places[0], note, "zh").splitlines()
        expected = ["DAT002 建议：m", *(["原文：“甲”"] if quoted else []), "改法：改正。", "依据：甲；乙"]
        assert lines == expected
    assert comment_text(each, each.places[0], None, "en").splitlines() == ["DAT002 info: m", "Words: “甲”"]
    assert more_text(3, "en").startswith("3 more violations have no comment")


def test_a_comment_on_one_of_many_places_says_how_many_there_are() -> None:
    places = tuple(Occurrence(Location(at, 1, at, 2), "", "甲", "甲乙", {"found": at}) for at in (1, 2))
    each = violation(
        "a.docx",
        "甲乙",
        1,
        2,
        telling=Telling(Wording("写了{found}{in_all}", "wrote {found}{in_all}"), places),
    )

    assert comment_text(each, places[1], None, "zh") == "DAT002 警告：写了2（全文共 2 处）"


# --- terminals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("甲乙", 4, "甲乙"),
        ("甲乙丙", 5, "甲乙…"),
        ("甲乙丙", 4, "甲…"),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("abcd", 1, "…"),
    ],
)
def test_a_text_is_clipped_to_its_columns(text: str, width: int, clipped: str) -> None:
    assert clip(text, width) == clipped
    assert pad("甲", 4) == "甲  "
    assert (paint("甲", "bold", color=True), paint("甲", "dim", color=False)) == ("\x1b[1m甲\x1b[0m", "甲")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("甲乙丙丁", 4, ["甲乙", "丙丁"]),
        ("甲乙丙丁", 5, ["甲乙", "丙丁"]),
        ("甲乙，丙丁", 4, ["甲乙，", "丙丁"]),
        ("ab cd ef", 5, ["ab cd", "ef"]),
        ("ab cd ef", 4, ["ab", "cd", "ef"]),
        ("甲ab乙", 4, ["甲ab", "乙"]),
        ("甲\n\n乙", 4, ["甲", "", "乙"]),
        ("", 4, [""]),
        ("abcdef", 3, ["abcdef"]),
    ],
)
def test_a_text_is_wrapped_between_its_pieces(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("line", "start", "end", "width", "text", "caret_start", "caret_width"),
    [
        ("abc", 1, 2, 20, "abc", 1, 1),
        ("abc", 3, 3, 20, "abc", 3, 1),
        ("abc", 9, 12, 20, "abc", 3, 1),
        ("abc", 2, 1, 20, "abc", 2, 1),
        ("abcdefghijklmnop", 8, 9, 10, "…efghijkl…", 5, 1),
        ("abcdefghijklmnop", 0, 16, 10, "abcdefgh…", 0, 8),
        ("abcdefghijklmnop", 15, 16, 10, "…ijklmnop", 8, 1),
        ("abcdefghijklmnop", 0, 1, 3, "abcdefgh…", 0, 1),
        ("a\tb", 2, 3, 20, "a   b", 4, 1),
        ("a\tb", 1, 2, 20, "a   b", 1, 3),
        ("甲乙", 1, 2, 20, "甲乙", 2, 2),
    ],
)
def test_a_window_shows_the_place_and_what_is_about_it(
    line: str, start: int, end: int, width: int, text: str, caret_start: int, caret_width: int
) -> None:
    assert window(line, start, end, width) == (text, caret_start, caret_width)


def test_what_is_no_terminal_has_no_width() -> None:
    assert terminal_width(io.StringIO()) is None
    with open("/dev/null", encoding="utf-8") as nothing:
        assert terminal_width(nothing) is None


def test_what_programs_read_is_utf_8() -> None:
    for encoding in ("gbk", "utf-8"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        assert in_utf8(stream) is stream
        assert stream.encoding == "utf-8"
    plain = io.StringIO()
    assert in_utf8(plain) is plain


@pytest.mark.parametrize("name", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
def test_a_ci_reads_what_is_printed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(each, raising=False)
    assert not is_read_by_a_ci()
    assert shielded("::x") == "::x"
    monkeypatch.setenv(name, "1")
    assert is_read_by_a_ci()
    assert [shielded(text) for text in ("::x", "甲\n  ::x", "甲::x", "##[x]", "a##vso[x]", "## x", "\x1b[1m::x")] == [
        "\\x3a:x", "甲\n  \\x3a:x", "甲::x", "\\x23#[x]", "a\\x23#vso[x]", "## x", "\x1b[1m\\x3a:x",
    ]  # fmt: skip
    assert (escaped("::x", "json"), escaped("::x", "xml")) == ("\\u003a:x", "&#x3a;:x")


@pytest.mark.parametrize(("syntax", "made"), [("json", "\\u202e"), ("xml", "&#x202e;")])
def test_an_odd_character_is_escaped_as_the_syntax_has_it(syntax: Any, made: str) -> None:
    assert escaped("甲\u202e乙\n", syntax) == f"甲{made}乙\n"


# --- outputs -------------------------------------------------------------------------------------------


def asked(*formats: str, statistics_: bool = False, file: str | None = None) -> list[tuple[str, str | None]]:
    found = outputs_of(formats, has_statistics=statistics_, file=file)
    assert found.has_statistics is statistics_
    return [(output.format, output.path) for output in found.reports]


def test_what_is_written_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert asked() == [("full", None)]
    assert asked(statistics_=True) == []
    assert asked("json", "sarif=a.sarif") == [("json", None), ("sarif", "a.sarif")]
    assert asked("json=-") == asked("json=") == [("json", None)]
    assert asked(file="a.txt") == [("full", "a.txt")]
    assert asked("json", "sarif=a.sarif", file="b.json") == [("json", "b.json"), ("sarif", "a.sarif")]
    assert outputs_of([], has_statistics=False).is_default
    assert not outputs_of(["full"], has_statistics=False).is_default
    assert not outputs_of([], has_statistics=True).is_default
    assert [outputs_of([name], has_statistics=False).needs_rules for name in ("json", "sarif")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("formats", "file", "said"),
    [
        (["json", "full"], None, "two formats go to standard output"),
        (["json=a", "sarif=./a"], None, "two formats go to a"),
        (["json=a"], "b", "every format has a file of its own"),
        (["json", "full"], "b", "two formats go to b"),
        (["odd"], None, "there is no format 'odd'"),
        (["json=no/a"], None, "--format: there is no folder no"),
        ([], "no/a", "--output-file: there is no folder no"),
    ],
)
def test_what_cannot_be_written_is_refused(
    formats: list[str], file: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as raised:
        outputs_of(formats, has_statistics=False, file=file)
    assert said in raised.value.wording.en


class Shown(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize(
    ("color", "is_terminal", "variables", "has_color"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_there_are_colours_where_they_are_wanted(
    color: str, variables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    *, is_terminal: bool, has_color: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = Shown(is_terminal=is_terminal)
    path = tmp_path / "a.txt"
    outputs = outputs_of(["full", f"concise={path}"], has_statistics=True)
    write(report(violation("a.md", "甲", 1, 2)), outputs, stream, OutputStyle("zh", color=color))

    assert ("\x1b[" in stream.getvalue()) is has_color
    assert "\x1b[" not in path.read_text("utf-8")
    # The counts stand below a report for people.
    assert "\n\n1  " in stream.getvalue().replace("\x1b[1;33m", "").replace("\x1b[0m", "")


def test_beside_a_report_for_programs_counts_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    stream = Shown(is_terminal=False)
    told = report(violation("a.md", "甲", 1, 2))
    write(told, outputs_of(["json"], has_statistics=True), stream, OutputStyle("zh"))

    assert json.loads(stream.getvalue())["summary"]["warning"] == 1
    assert capsys.readouterr().err == "1  DAT002  [ ] a-name\n"
    alone = Shown(is_terminal=False)
    write(told, outputs_of([], has_statistics=True), alone, OutputStyle("zh"))
    assert alone.getvalue() == "1  DAT002  [ ] a-name\n"
    write(told, Outputs(()), alone, OutputStyle("zh"))


# --- archives ------------------------------------------------------------------------------------------


def test_an_archive_is_told_as_far_as_there_is_something() -> None:
    bare = SUMMARY._replace(
        source="a", files=1, checked=1, skipped=0, unchecked=0, waived=0, rules=(), years=(), series=(), worst=(),
        failures=(), lost_parts=0,
    )  # fmt: skip

    assert headline(bare) == ("1 份文件，检查了 1 份", "1 file, 1 checked")
    assert render_archive(bare, "en") == "a: 1 file, 1 checked\nerror 7, warning 80, advice 900\n"
    assert render_archive(bare, "zh") == "a: 1 份文件，检查了 1 份\n错误 7，警告 80，建议 900\n"
    assert "waived" not in render_archive(bare, "en")
    assert counts_wording(SUMMARY.violations._replace(error=1234)).en == "error 1,234, warning 80, advice 900"


@pytest.mark.parametrize(("count", "head"), [(15, "By rule"), (16, "By rule (15 of 16)")])
def test_of_many_rules_fifteen_are_listed(count: int, head: str) -> None:
    text = render_archive(SUMMARY._replace(rules=SUMMARY.rules[:1] * count), "en").splitlines()

    assert head in text
    assert sum("AAA000" in line for line in text) == 15


@pytest.mark.parametrize(("files", "more"), [(2, False), (3, True)])
def test_more_files_than_are_named_are_hinted_at(files: int, *, more: bool) -> None:
    (group,) = SUMMARY.failures
    text = render_archive(
        SUMMARY._replace(failures=(group._replace(files=files, examples=("a", "b")),)), "en"
    )

    assert f"  {files}  broken.\n      a, b{' …' if more else ''}\n" in text


# --- registers -----------------------------------------------------------------------------------------


def issue(number: int | None, day: str | None, path: str = "", **fields: Any) -> IssueRecord:
    made = IssueRecord(path or f"{number}.md", "简报", int(day[:4]) if day else None, number, None, day)
    return made._replace(**fields)


FIRST, FIFTH = issue(1, "2021-01-04", cumulative=11), issue(5, "2021-03-01", cumulative=15)
EXTRA = issue(1, "2021-02-01", "z.md", supplement=True)
LISTED = issue(6, "2021-03-08", "register.csv", line=7)
WRONG = violation("5.md", "甲", 1, 2, code="ISS007", message=Wording("错", "wrong"))


def view(*issues: IssueRecord, title: str = "简报", **fields: Any) -> RegisterView:
    series = Series(title, issues, {"restarts": "yearly"})
    made = RegisterView(
        [SeriesView(series, rows(series), holes(series))], {"5.md": [WRONG, WRONG]}, "register.csv"
    )
    return made._replace(**fields)


def test_an_issue_is_a_row_of_the_table() -> None:
    told = view(FIRST, FIFTH)

    assert cells(told, FIRST) == ("1", "11", "2021-01-04", "1.md", "", "")
    assert cells(told, FIFTH) == ("5", "15", "2021-03-01", "5.md", "", "ISS007")
    assert cells(told, EXTRA) == ("增刊 1", "", "2021-02-01", "z.md", "", "")
    assert cells(told, EXTRA._replace(issue=None)) == ("增刊", "", "2021-02-01", "z.md", "", "")
    assert cells(told, LISTED) == ("6", "", "2021-03-08", "—", "7", "")
    assert cells(told, FIRST._replace(registered=LISTED)) == ("1", "11", "2021-01-04", "1.md", "7", "")
    assert cells(told, issue(None, None, "x.md")) == ("", "", "", "x.md", "", "")


def test_the_table_has_holes_where_they_are_and_faults_below() -> None:
    lines = table(view(FIRST, EXTRA, FIFTH), "en").splitlines()

    assert lines[0] == "简报: 3 issues, numbers begin anew each year"
    assert lines[1].split() == ["no.", "cum.", "date", "file", "register", "rules"]
    assert lines[4] == "  missing: 2–4" or lines[4].startswith("  missing: ")
    assert lines[5].split() == ["5", "15", "2021-03-01", "5.md", "ISS007"]
    assert lines[6:] == ["", "  5.md ISS007 wrong", "  5.md ISS007 wrong"]
    assert heading(Series("", [FIRST], {"restarts": "never"}), "zh") == "（没有刊名）：1 期，期号不逐年重编"


def test_the_register_as_json_has_what_is_known() -> None:
    told = json.loads(as_json(view(FIRST, EXTRA, FIFTH, LISTED)))
    (series,) = told["series"]

    assert (told["schema_version"], told["register"]) == (1, "register.csv")
    assert (series["title"], series["restarts"]) == ("简报", "yearly")
    assert series["missing"] == [{"number": "issue", "first": 2, "last": 4, "before": "5.md"}]
    first, extra, fifth, listed = series["issues"]
    assert first == {
        "path": "1.md", "year": 2021, "issue": 1, "cumulative": 11, "date": "2021-01-04", "supplement": False,
        "register_line": None, "violations": [],
    }  # fmt: skip
    assert (extra["supplement"], listed["path"], listed["register_line"]) == (True, None, 7)
    assert fifth["violations"] == [{"code": "ISS007", "message": {"zh": "错", "en": "wrong"}}] * 2
    nameless = json.loads(
        as_json(RegisterView([SeriesView(Series("", [], {"restarts": "never"}), [], [])], {}, None))
    )
    assert (nameless["series"][0]["title"], nameless["series"][0]["restarts"]) == (None, "never")


def test_the_page_counts_and_links_and_marks_what_is_wrong() -> None:
    told = view(FIRST, EXTRA, FIFTH, LISTED, links={"5.md": "../5.md"})
    made = page(told, "en")

    assert "<p>1 series, 4 issues, 2 violations</p>" in made
    assert made.count('<tr class="wrong">') == 1
    assert made.count('<tr class="hole"><td colspan="6">') == 1
    assert '<td><a href="../5.md">5.md</a></td>' in made
    assert "<td>1.md</td>" in made
    assert made.count("<li><code>") == 2
    assert '<html lang="en">' in made
    assert '<html lang="zh-CN">' in page(told, "zh")
    assert '<ul class="wrong">' not in page(view(FIRST, violations={}), "en")


def test_pictures_of_several_series_stand_below_one_another() -> None:
    one = view(FIRST, FIFTH)
    alone = svg(one, "zh")
    both = svg(one._replace(series=[*one.series, *one.series]), "zh")

    assert alone.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 148" width="1080" height="148"'
    )
    assert both.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="320"')
    assert ('<svg y="0" ' in both, '<svg y="160" ' in both) == (True, True)


@pytest.mark.parametrize(
    ("record", "zh", "en"),
    [
        (FIRST, "第1期（总第11期）", "No. 1 (11)"),
        (FIRST._replace(cumulative=None), "第1期", "No. 1"),
        (FIRST._replace(issue=None), "总第11期", "cumulative 11"),
        (EXTRA, "增刊第1期", "supplement No. 1"),
        (EXTRA._replace(issue=None), "增刊", "supplement"),
    ],
)
def test_an_issue_is_called_by_its_numbers(record: IssueRecord, zh: str, en: str) -> None:
    assert number_wording(record) == (zh, en)


def test_the_picture_has_a_dot_for_each_issue() -> None:
    undated = issue(9, None, "u.md")
    series = Series("简报", [FIRST, EXTRA, FIFTH, LISTED, undated], {"restarts": "yearly"})
    made = draw(series, [], {"5.md": ["错"]}, "en")

    assert made.count("<title>") == 4
    assert "No. 1 (11)  2021-01-04  1.md</title>" in made
    assert "No. 5 (15)  2021-03-01  5.md\n错</title>" in made
    assert made.count('r="6.0"') == 1
    assert "1 without a date" in made
    assert "No. 1–6 · cum. 11–15 · 4</text>" in made
    assert ">2021</text>" in made
    assert 'aria-label="简报  5 issues"' in made
    assert 'role="img"' in made
    assert 'role="group"' in draw(series, [], {}, "en", {"5.md": "x"})
    assert "without a date" not in draw(Series("简报", [FIRST], {}), [], {}, "en")


# --- sheets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "level", "state"),
    [
        ([], "error", "good"),
        (["info"], "error", "good"),
        (["warning"], "error", "good"),
        (["warning"], "warning", "bad"),
        (["info"], "warning", "good"),
        (["info"], "info", "bad"),
        (["error"], "error", "bad"),
    ],
)
def test_a_bulletin_can_be_signed_below_the_fail_level(
    severities: list[Severity], level: Severity, state: str
) -> None:
    each = tuple(
        violation("a.md", LONG, at, at + 1, severity=severity) for at, severity in enumerate(severities, 1)
    )
    found = verdict(FileResult("a.md", "text", violations=each), level)

    assert found.state == state
    assert (
        found.details.zh
        == "，".join(
            f"{name} {[*map(str, severities)].count(severity)} 处"
            for name, severity in (("错误", "error"), ("警告", "warning"), ("建议", "info"))
        )
        + "。"
    )


def test_what_was_not_checked_cannot_be_signed() -> None:
    assert verdict(FileResult("a", "text", error=same("坏"))).state == "unknown"
    assert verdict(FileResult("a", "text", error=same("坏"))).details == same("坏")
    found = verdict(FileResult("a", "text", failures=(same("漏。"), same("缺。"))))
    assert (found.state, found.details.en) == ("unknown", "漏。 error 0, warning 0, advice 0.")


def mark(number: int, *places: tuple[int, int, int, int], severity: Severity = "error") -> NumberedMark:
    each = violation("a.md", "甲", 1, 2, severity=severity)
    return NumberedMark(number, each, tuple(Location(*place) for place in places))


def pieces(
    lines: Sequence[str], *marks: NumberedMark
) -> list[list[tuple[str, str | None, list[int], list[int]]]]:
    return [
        [
            (
                piece.text,
                piece.severity,
                [each.number for each in piece.begins],
                [each.number for each in piece.goes_on],
            )
            for piece in line.pieces
        ]
        for section in sections(lines, marks)
        for line in section.lines
    ]


def test_marks_cut_a_line_into_pieces() -> None:
    assert pieces(["甲乙丙丁"], mark(1, (1, 2, 1, 4))) == [
        [("甲", None, [], []), ("乙丙", "error", [1], []), ("丁", None, [], [])]
    ]
    assert pieces(
        ["甲乙丙"], mark(1, (1, 1, 1, 3), severity="info"), mark(2, (1, 2, 1, 4), severity="warning")
    ) == [[("甲", "info", [1], []), ("乙", "warning", [2], []), ("丙", "warning", [], [])]]
    # A further place, an empty one, one over lines, one that lies beyond the text.
    assert pieces(["甲乙"], mark(1, (1, 1, 1, 2), (1, 2, 1, 3))) == [
        [("甲", "error", [1], []), ("乙", "error", [], [1])]
    ]
    assert pieces(["甲乙"], mark(1, (1, 2, 1, 2))) == [[("甲", None, [], []), ("乙", None, [1], [])]]
    assert pieces(["甲乙"], mark(1, (1, 3, 1, 3))) == [[("甲乙", None, [], []), ("", None, [1], [])]]
    assert pieces(["甲乙", "丙丁"], mark(1, (1, 2, 2, 2))) == [
        [("甲", None, [], []), ("乙", "error", [1], [])],
        [("丙", "error", [], []), ("丁", None, [], [])],
    ]
    assert pieces(["甲"], mark(1, (9, 1, 9, 2))) == [[("甲", "error", [1], [])]]
    assert pieces([""]) == [[]]


def test_lines_make_sections_of_thirty_two_rows() -> None:
    found = sections(["字"] * 65, [mark(1, (33, 1, 33, 2)), mark(2, (1, 1, 1, 2))])

    assert [len(section.lines) for section in found] == [32, 32, 1]
    assert [[each.number for each in section.marks] for section in found] == [[2], [1], []]
    # A line of 34 characters takes two rows.
    assert [len(section.lines) for section in sections(["字" * 34] * 17, [])] == [16, 1]
    assert [len(section.lines) for section in sections(["字" * 33] * 17, [])] == [17]


@pytest.mark.parametrize(("count", "numbers"), [(2500, 2500), (2501, 12 + 13)])
def test_of_very_many_lines_the_head_and_what_is_about_marks_is_shown(count: int, numbers: int) -> None:
    lines = [
        line for section in sections(["字"] * count, [mark(1, (1000, 1, 1000, 2))]) for line in section.lines
    ]

    assert len(lines) == numbers
    assert [line.number for line in lines if line.is_after_gap] == ([994] if count > 2500 else [])


@pytest.mark.parametrize(
    ("length", "shown_", "left_out"), [(3000, [3000], 0), (3200, [3200], 0), (3201, [3000, 0], 201)]
)
def test_a_long_line_without_marks_is_shortened(length: int, shown_: list[int], left_out: int) -> None:
    (section,) = sections(["字" * length], [])

    assert [len(piece.text) for piece in section.lines[0].pieces] == shown_
    assert sum(piece.left_out for piece in section.lines[0].pieces) == left_out


def test_near_a_mark_of_a_long_line_what_stands_there_is_kept() -> None:
    (section,) = sections(["字" * 4000], [mark(1, (1, 2001, 1, 2002))])

    assert [(len(piece.text), piece.left_out) for piece in section.lines[0].pieces] == [
        (0, 0), (200, 1800), (1, 0), (200, 0), (0, 1799),
    ]  # fmt: skip


class Frames:
    """Something with a number and boxes."""

    def __init__(self, number: int, *boxes: tuple[int, float]) -> None:
        self.number = number
        self.boxes = tuple(PageBox(at, (10.0, top, 20.0, top + 10.0)) for at, top in boxes)


@pytest.mark.parametrize(
    ("tops", "labels"),
    [
        ([100.0], [105.0]),
        ([0.0], [7.5]),
        ([100.0, 100.0], [105.0, 120.0]),
        ([100.0, 110.0, 200.0], [105.0, 120.0, 205.0]),
        ([295.0], [292.5]),
        ([280.0, 290.0], [277.5, 292.5]),
    ],
)
def test_numbers_in_the_margin_keep_apart(tops: list[float], labels: list[float]) -> None:
    found = on_page([Frames(at, (1, top)) for at, top in enumerate(tops, 1)], 1, 300.0)

    assert [each.label for each in found] == labels


def test_a_page_has_the_marks_that_stand_on_it_from_top_to_bottom() -> None:
    low, high, over = Frames(1, (2, 50.0)), Frames(2, (2, 10.0)), Frames(3, (1, 5.0), (2, 70.0), (2, 90.0))
    found = on_page([low, high, over], 2, 300.0)

    assert [(each.mark.number, len(each.boxes), each.is_first) for each in found] == [
        (2, 1, True), (1, 1, True), (3, 2, False),
    ]  # fmt: skip
    assert found[2].anchor == 75.0
    assert on_page([low], 3, 300.0) == []


@pytest.mark.parametrize(
    ("box", "frame"),
    [((1, 2, 5, 9), (1, 2, 4, 7)), ((1, 2, 1, 2), (1, 2, 2, 2)), ((1, 2, 2.5, 4.5), (1, 2, 2, 2.5))],
)
def test_a_frame_is_seen_however_small_it_is(box: Box, frame: Box) -> None:
    assert framed(box) == frame


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x08",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x9f",
        "\xad",
        "\u200b",
        "\u202e",
        "\u2060",
        "\ufeff",
        "\u3164",
        "\ufff9",
        "\U000e0041",
    ],
)
def test_what_cannot_be_seen_is_told_by_its_code(character: str) -> None:
    code = f"U+{ord(character):04X}"

    assert inert(f"甲{character}乙") == f"甲[{code}]乙"
    assert shown(f"<{character}>") == f'&lt;<span class="unseen">{code}</span>&gt;'
    assert parts_of(f"甲{character}{character}乙") == [
        [False, "甲"],
        [True, code],
        [True, code],
        [False, "乙"],
    ]
    assert parts_of(character) == [[True, code]]


@pytest.mark.parametrize("text", ["", "甲\t乙\n", "\u3000é“”😀"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert (inert(text), str(shown(text)), parts_of(text)) == (text, text, [[False, text]] if text else [])
