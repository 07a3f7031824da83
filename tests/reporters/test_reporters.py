"""What reports look like, given violations made by hand."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint import __version__
from bulletin_lint.model.location import Location, PageBox, Span
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Edit, Fix, Outcome, PlacedEdit, RelatedPlace, Violation
from bulletin_lint.model.wording import Language, Wording, same
from bulletin_lint.readers import READERS, kind_notes
from bulletin_lint.reporters import REPORTERS, concise, full, grouped, json_report, load, statistics
from bulletin_lint.reporters.standing import on_page
from bulletin_lint.reporters.terminal import Detail, display_width, window, wrap

LINE = "三、坚持科学引导"
GAP = Violation(
    "2020/11.md",
    Location(35, 1, 35, 3),
    "SEC001",
    "section-number-gap",
    "error",
    Wording("序号“三、”之前缺“二、”", "'三、' comes without '二、' before it"),
    "articles[1].sections[1]",
    LINE,
    Fix("safe", (PlacedEdit(35, 1, 35, 3, "二、"),), (Edit(Span(700, 702), "二、"),)),
    (),
    LINE,
)
DATE = Violation(
    "2020/11.md",
    Location(3, 2, 3, 4),
    "DAT002",
    "zero-padded-date",
    "warning",
    Wording("月份写作“03”", "month written 03"),
    "masthead.date",
    "年03月",
    None,
    (RelatedPlace("2020/10.md", 3, 2, None, Wording("上一期写作“3”", "the issue before writes 3")),),
    "年03月",
)
PDF = GAP._replace(
    path="2020/12.pdf",
    location=Location(9, 1, 9, 3, (PageBox(2, (72.0, 90.123456, 80.5, 100.0)), PageBox(3, (1, 2, 3, 4)))),
    fix=Fix("manual", (PlacedEdit(9, 1, 9, 3, "二、"),)),
)
REPORT = Report(
    (
        FileResult(
            "2020/11.md",
            "text",
            encoding="utf-8",
            outcomes={"SEC001": "fail", "DAT002": "fail", "ISS007": "cannot-assess", "ATT001": "pass"},
            violations=(DATE, GAP),
        ),
        FileResult("2020/12.pdf", "pdf", pages=4, outcomes={"SEC001": "fail"}, violations=(PDF,)),
        FileResult("2020/13.pdf", "pdf", error=Wording("文件已加密", "the file is encrypted")),
        FileResult("README.md", "text", encoding="utf-8", skipped=True),
    ),
    kinds=kind_notes(READERS),
)


def show(report: Report, *, language: Language = "zh", width: int = 80, detail: Detail = "normal") -> str:
    return full.render(report, language=language, color=False, width=width, detail=detail)


def single(violation: Violation) -> Report:
    return Report((FileResult(violation.path, "text", violations=(violation,)),))


def test_concise_is_one_line_for_each_violation_in_reading_order() -> None:
    expected = (
        "2020/11.md:3:2: DAT002 月份写作“03”\n"
        "2020/11.md:35:1: SEC001 序号“三、”之前缺“二、”\n"
        "2020/12.pdf:9:1: SEC001 序号“三、”之前缺“二、”（第 2 页 “三、坚持科学引导”）\n"
    )

    assert expected == concise.render(REPORT, language="zh", color=False, width=80)


def test_grouped_gives_the_page_and_the_words_of_a_pdf() -> None:
    shown = grouped.render(single(PDF), language="zh", color=False, width=80)

    assert "  第 2 页 “三、坚持科学引导”  SEC001  序号“三、”之前缺“二、”" in shown.splitlines()


@pytest.mark.parametrize(
    ("column", "end", "words"),
    [
        (1, 5, "全镇疏通沟渠12处，…"),
        (9, 11, "…疏通沟渠12处，修补闸门3座…"),
        (15, 17, "…处，修补闸门3座。"),
        (1, 18, "全镇疏通沟渠12处，修补闸门3座。"),
    ],
)
def test_words_on_a_page_have_a_few_on_either_side(column: int, end: int, words: str) -> None:
    line = "全镇疏通沟渠12处，修补闸门3座。"
    place = PDF.location._replace(column=column, end_column=end)

    found = on_page(PDF._replace(location=place, line_text=line))

    assert found is not None
    assert f"第 2 页 “{words}”" == found.zh


def test_a_long_stretch_of_a_page_is_found_by_its_first_words() -> None:
    line = "一二三四五六七八九十" * 6
    place = PDF.location._replace(column=1, end_column=61)

    found = on_page(PDF._replace(location=place, line_text=line))

    assert found is not None
    assert f"page 2 “{line[:30]}…”" == found.en


def test_concise_says_nothing_of_a_clean_run() -> None:
    assert concise.render(Report(()), language="zh", color=False, width=80) == ""


def test_a_message_cannot_break_the_line_or_steer_the_terminal() -> None:
    evil = GAP._replace(message=Wording("换\n行\x1b[2J", "x"), path="a\x1b[31m.md")

    expected = "a\\x1b[31m.md:35:1: SEC001 换↵行\\x1b[2J\n"

    assert expected == concise.render(single(evil), language="zh", color=False, width=80)


def test_full_shows_the_line_the_caret_the_neighbour_and_the_fix() -> None:
    expected = """\
2020/11.md:3:2 DAT002 月份写作“03” [警告]
3 | 年03月
  |   ^^
  = 另见 2020/10.md:3:2：上一期写作“3”

2020/11.md:35:1 SEC001 序号“三、”之前缺“二、” [错误]
35 | 三、坚持科学引导
   | ^^^^
   = 可用 --fix 自动修复：「三、」改为「二、」

2020/12.pdf 第 2 页 “三、坚持科学引导” SEC001 序号“三、”之前缺“二、” [错误]
  | 三、坚持科学引导
  | ^^^^
  = 参考改法：「三、」改为「二、」

发现 3 处问题：错误 2，警告 1，建议 0；1 处可用 --fix 自动修复。
检查了 2 份文件，跳过 1 份，1 份未能检查或未查完；有 1 项无法判断。
"""

    assert expected == show(REPORT)


def test_full_in_english_has_no_chinese_but_what_it_quotes() -> None:
    expected = """\
2020/11.md:3:2 DAT002 month written 03 [warning]
3 | 年03月
  |   ^^
  = see 2020/10.md:3:2: the issue before writes 3

2020/11.md:35:1 SEC001 '三、' comes without '二、' before it [error]
35 | 三、坚持科学引导
   | ^^^^
   = fixable with --fix: `三、` becomes `二、`

2020/12.pdf page 2 “三、坚持科学引导” SEC001 '三、' comes without '二、' before it [error]
  | 三、坚持科学引导
  | ^^^^
  = suggestion: `三、` becomes `二、`

Found 3 violations: 2 errors, 1 warning, 0 info; 1 fixable with --fix.
Checked 2 documents, skipped 1, 1 could not be checked or not by every rule; 1 check could not be \
assessed.
"""

    assert expected == show(REPORT, language="en")


def test_quiet_leaves_the_summary_out_and_a_clean_run_silent() -> None:
    assert show(Report(()), detail="quiet") == ""
    assert "发现" not in show(REPORT, detail="quiet")


def test_verbose_lists_documents_and_what_could_not_be_assessed() -> None:
    lines = show(REPORT, detail="verbose").splitlines()

    assert "2020/11.md: 文本，编码 utf-8；无法判断的规则：ISS007" in lines
    assert "2020/12.pdf: PDF，4 页" in lines
    assert "2020/13.pdf: 未能检查" in lines
    assert "README.md: 已跳过，看不出是简报" in lines


def test_a_clean_run_says_so() -> None:
    report = Report((FileResult("1.md", "text", outcomes={"SEC001": "pass"}),))

    assert show(report) == "没有发现问题。\n检查了 1 份文件。\n"
    assert show(report, language="en") == "No violations.\nChecked 1 document.\n"


@pytest.mark.parametrize(
    ("edit", "zh", "en"),
    [
        (PlacedEdit(35, 3, 35, 3, "，"), "补上「，」", "insert `，`"),
        (PlacedEdit(35, 1, 35, 3, ""), "删去「三、」", "delete `三、`"),
        (PlacedEdit(36, 1, 36, 3, "二、"), "改为「二、」", "write `二、`"),
        (PlacedEdit(35, 3, 35, 3, " "), "补上空格", "insert a space"),
    ],
)
def test_the_fix_is_told_in_words(edit: PlacedEdit, zh: str, en: str) -> None:
    violation = GAP._replace(fix=Fix("safe", (edit,), (Edit(Span(0, 0), edit.text),)))

    assert f"   = 可用 --fix 自动修复：{zh}\n" in show(single(violation))
    assert f"   = fixable with --fix: {en}\n" in show(single(violation), language="en")


def test_an_unsafe_fix_names_its_option() -> None:
    assert GAP.fix is not None
    violation = GAP._replace(fix=GAP.fix._replace(applicability="unsafe"))

    assert "可用 --fix --unsafe-fixes 修复，请核对是否改变原意" in show(single(violation))
    assert "；1 处可用 --fix --unsafe-fixes 修复。" in show(single(violation))


def test_colour_wraps_words_and_nothing_else_changes() -> None:
    plain = show(REPORT)
    coloured = full.render(REPORT, language="zh", color=True, width=80)
    for code in ("1", "2", "32", "1;31", "1;33", "1;34"):
        coloured = coloured.replace(f"\x1b[{code}m", "")

    assert plain == coloured.replace("\x1b[0m", "")


@pytest.mark.parametrize(
    ("line", "start", "end", "above", "carets"),
    [
        # Wide characters take two columns, half-width ones one, combining ones none.
        ("第11期", 1, 3, "第11期", "  ^^"),
        ("一二三", 1, 2, "一二三", "  ^^"),
        ("ＡＢ", 1, 2, "ＡＢ", "  ^^"),
        ("e\u0301一", 2, 3, "e\u0301一", " ^^"),
        # Something missing stands between two characters, or at the end.
        ("一二", 1, 1, "一二", "  ^"),
        ("一二", 2, 2, "一二", "    ^"),
        ("", 0, 0, "", "^"),
        # A tab goes to its stop; a control character is an escape of four columns.
        ("\t一", 1, 2, "    一", "    ^^"),
        ("a\tb", 2, 3, "a   b", "    ^"),
        ("\x07一", 1, 2, "\\x07一", "    ^^"),
        # Beyond the line's end, should a place and its line ever disagree.
        ("一", 5, 9, "一", "  ^"),
    ],
)
def test_carets_stand_below_the_words(line: str, start: int, end: int, above: str, carets: str) -> None:
    shown = window(line, start, end, 80)

    assert above == shown.text
    assert carets == " " * shown.caret_start + "^" * shown.caret_width


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "甲" * 200 + "错" + "乙" * 200

    shown = window(line, 200, 201, 22)

    # 22 columns less two for the ellipses hold ten wide characters.
    assert shown.text == "…" + "甲" * 5 + "错" + "乙" * 4 + "…"
    assert (shown.caret_start, shown.caret_width) == (11, 2)


def test_a_place_longer_than_the_window_is_shown_from_its_start() -> None:
    shown = window("头" + "错" * 100, 1, 101, 22)

    assert shown.text == "…" + "错" * 10 + "…"
    assert (shown.caret_start, shown.caret_width) == (1, 20)


def test_a_window_ends_before_what_does_not_fit() -> None:
    """Of eight columns one is left, too few for 议; the b behind it is not drawn up to it."""
    assert window("a会会会议b", 0, 6, 10).text == "a会会会…"


@given(st.text(max_size=60), st.integers(0, 70), st.integers(0, 70), st.integers(10, 60))
def test_a_window_fits_and_its_carets_stand_below_it(line: str, one: int, other: int, width: int) -> None:
    start, end = sorted((one, other))

    shown = window(line, start, end, width)

    assert display_width(shown.text) <= max(width, 10)
    assert shown.caret_width >= 1
    assert shown.caret_start + shown.caret_width <= max(display_width(shown.text), shown.caret_start + 1)
    assert "\n" not in shown.text
    assert "\x1b" not in shown.text


def test_widths_follow_uax_11() -> None:
    assert display_width("a") == 1
    assert display_width("中") == 2
    assert display_width("，") == 2
    assert display_width("\u3000") == 2
    assert display_width("“") == 1  # ambiguous
    assert display_width("e\u0301") == 1


def test_wrap_breaks_between_han_and_keeps_words_and_closing_marks() -> None:
    assert wrap("检查简报的全部格式。", 10) == ["检查简报的", "全部格式。"]
    assert wrap("检查简报的全部。", 14) == ["检查简报的全部。"]
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("", 8) == [""]


def loaded(report: Report, language: Language = "zh") -> Any:
    return json.loads(json_report.render(report, language=language, color=False, width=80))


def test_json_is_as_promised() -> None:
    expected = {
        "schema_version": 1,
        "tool": {"name": "bulletin-lint", "version": __version__},
        "violations": [
            {
                "path": "2020/11.md",
                "code": "SEC001",
                "name": "section-number-gap",
                "severity": "error",
                "message": {"zh": "序号“三、”之前缺“二、”", "en": "'三、' comes without '二、' before it"},
                "line": 35,
                "column": 1,
                "end_line": 35,
                "end_column": 3,
                "page": None,
                "bbox": None,
                "part": "articles[1].sections[1]",
                "excerpt": LINE,
                "fix": {
                    "applicability": "safe",
                    "edits": [{"line": 35, "column": 1, "end_line": 35, "end_column": 3, "text": "二、"}],
                },
                # The words and what stands beside them, hashed.
                "fingerprint": hashlib.sha256("\t三、\t坚持科学引导".encode()).hexdigest()[:16],
                "waived": None,
            }
        ],
        "documents": [
            {
                "path": "2020/11.md",
                "kind": "text",
                "pages": None,
                "error": None,
                "skipped": False,
                "outcomes": {"SEC001": "fail"},
                "reasons": {},
            }
        ],
        "summary": {
            "documents": 1,
            "error": 1,
            "warning": 0,
            "info": 0,
            "waived": 0,
            "failed_documents": 0,
            "skipped_documents": 0,
            "outcomes": {"pass": 0, "fail": 1, "cannot-assess": 0, "not-applicable": 0},
        },
    }
    report = Report((FileResult("2020/11.md", "text", outcomes={"SEC001": "fail"}, violations=(GAP,)),))

    assert expected == loaded(report)


def test_json_says_why_a_rule_could_not_be_assessed() -> None:
    why = Wording("没有总期号，所以不知道", "there is no cumulative number, so this is not known")
    outcomes: dict[str, Outcome] = {"ISS007": "cannot-assess", "ISS004": "cannot-assess", "SEC001": "pass"}
    result = FileResult("1.md", "text", outcomes=outcomes, reasons={"ISS007": why, "ISS004": why})

    reasons = loaded(Report((result,)))["documents"][0]["reasons"]
    assert reasons == {code: {"zh": why.zh, "en": why.en} for code in ("ISS004", "ISS007")}
    assert list(reasons) == ["ISS004", "ISS007"]


def test_verbose_groups_what_could_not_be_assessed_by_its_reason() -> None:
    number = Wording("没有总期号，所以不知道", "there is no cumulative number, so this is not known")
    other = Wording("没有同刊的其他期，所以不知道", "there is no other issue of its series")
    outcomes: dict[str, Outcome] = dict.fromkeys(("ISS004", "ISS005", "ISS006", "SEC001"), "cannot-assess")
    reasons = {"ISS006": other, "ISS004": number, "ISS005": other}
    report = Report((FileResult("1.md", "text", encoding="utf-8", outcomes=outcomes, reasons=reasons),))
    text = full.render(report, language="zh", color=False, width=80, detail="verbose")

    assert text.startswith(
        "1.md: 文本，编码 utf-8；无法判断的规则：SEC001\n"
        "  无法判断 ISS004：没有总期号，所以不知道\n"
        "  无法判断 ISS005、ISS006：没有同刊的其他期，所以不知道\n"
    )
    english = full.render(report, language="en", color=False, width=80, detail="verbose")
    assert "  cannot assess ISS005, ISS006: there is no other issue of its series\n" in english


def test_json_gives_every_box_of_a_pdf_and_its_page() -> None:
    found = loaded(REPORT)["violations"][2]

    assert found["page"] == 2
    assert found["bbox"] == [72.0, 90.12, 80.5, 100.0]
    assert found["bboxes"] == [[72.0, 90.12, 80.5, 100.0], [1, 2, 3, 4]]
    assert found["bbox_pages"] == [2, 3]


def test_json_gives_related_places() -> None:
    expected = [
        {
            "path": "2020/10.md",
            "line": 3,
            "column": 2,
            "page": None,
            "message": {"zh": "上一期写作“3”", "en": "the issue before writes 3"},
        }
    ]

    assert expected == loaded(REPORT)["violations"][0]["related"]
    assert "related" not in loaded(REPORT)["violations"][1]


def test_json_counts_what_failed_was_skipped_or_could_not_be_assessed() -> None:
    report = Report((*REPORT.documents, FileResult("z.md", "text", failures=(same("SEC001: x"),))))
    found = loaded(report, "en")

    assert found["documents"][2]["error"] == "the file is encrypted"
    assert found["documents"][3]["skipped"] is True
    assert found["documents"][4]["failures"] == ["SEC001: x"]
    assert found["summary"]["documents"] == 4
    assert found["summary"]["failed_documents"] == 2
    assert found["summary"]["skipped_documents"] == 1
    assert found["summary"]["outcomes"] == {"pass": 1, "fail": 3, "cannot-assess": 1, "not-applicable": 0}


def test_json_is_readable_and_ends_with_a_line_feed() -> None:
    text = json_report.render(REPORT, language="zh", color=False, width=80)

    assert "坚持科学引导" in text
    assert text.endswith("}\n")
    assert text == json_report.render(REPORT, language="zh", color=True, width=20)


def test_statistics_count_by_code_the_most_frequent_first() -> None:
    expected = "2  SEC001  [*] section-number-gap\n1  DAT002  [ ] zero-padded-date\n"

    assert expected == statistics.render(REPORT, language="zh", color=False, width=80)


def test_statistics_of_nothing_are_nothing() -> None:
    assert statistics.render(Report(()), language="zh", color=False, width=80) == ""


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_every_format_can_be_had_and_takes_an_empty_report(name: str) -> None:
    text = load(REPORTERS[name]).render(Report(()), language="en", color=False, width=80)

    assert text == "" or text.endswith("\n")
