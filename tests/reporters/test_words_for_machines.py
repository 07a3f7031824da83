"""What formats for machines say of a violation: its message, its waiver, its place and its path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Edit, Fix, PlacedEdit, Severity, Violation, Waived
from bulletin_lint.model.wording import Language, Wording, same
from bulletin_lint.reporters import github, gitlab, jsonl, junit, machine, rdjson, step_summary
from told_in_formats import report, violation, xml

PAGED = Location(3, 2, 3, 4, (PageBox(2, (1.0, 2.0, 3.0, 4.0)),))
STORY = Location(12, 2, 12, 4, (), StoryPlace("body", "1/2"))
INLINE = Waived("inline", "照录", "a.md", 1)
BASELINE = Waived("baseline", "", "known.jsonl", 4)


def rendered(module: Any, told: Report, language: Language = "zh") -> str:
    text: str = module.render(told, language=language, color=False, width=80)
    return text


def failed(path: str, *failures: str, error: str | None = None) -> FileResult:
    why = Wording(error, f"en {error}") if error is not None else None
    return FileResult(
        path, "text", error=why, failures=tuple(Wording(each, f"en {each}") for each in failures)
    )


def waived(kind: Waived, **changes: Any) -> Violation:
    return violation("a.md", "甲乙丙丁", 2, 3, waived=kind, **changes)


def with_waived(*violations: Violation) -> Report:
    return Report((FileResult("a.md", "text", waived=violations),))


# --- the message ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "zh", "en"),
    [
        (Location(3, 2, 3, 4), "错", "wrong"),
        (STORY, "错（第 12 段 · “乙丙”）", "wrong (paragraph 12 · “乙丙”)"),
        (PAGED, "错（第 2 页 “甲乙丙丁”）", "wrong (page 2 “甲乙丙丁”)"),
    ],
)
def test_a_message_says_where_if_nobody_could_open_the_line(location: Location, zh: str, en: str) -> None:
    each = violation("a", "甲乙丙丁", 2, 4, location=location, message=Wording("错", "wrong"), excerpt="乙丙")

    assert machine.message(each, "zh") == zh
    assert machine.message(each, "en") == en


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (None, "", ""),
        (BASELINE, "在基线内", "in the baseline"),
        (BASELINE._replace(by="王某", until="2030-01-02"), "在基线内", "in the baseline"),
        (INLINE, "已豁免：照录", "waived: 照录"),
        (INLINE._replace(by="王某"), "已豁免：照录（王某）", "waived: 照录 (王某)"),
        (INLINE._replace(until="2030-01-02"), "已豁免：照录，至2030-01-02", "waived: 照录, until 2030-01-02"),
        (
            INLINE._replace(kind="file", by="王某", until="2030-01-02"),
            "已豁免：照录（王某），至2030-01-02",
            "waived: 照录 (王某), until 2030-01-02",
        ),
    ],
)
def test_a_waiver_is_told_with_who_and_until_when(kind: Waived | None, zh: str, en: str) -> None:
    each = violation("a.md", "甲", 1, 2, waived=kind)

    assert (machine.waiver(each, "zh"), machine.waiver(each, "en")) == (zh, en)


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_path_is_told_from_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "repo" / "sub").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repo" / "sub")
    monkeypatch.setenv(name, str(tmp_path / "repo"))

    assert machine.path_in_repository("a.md") == "sub/a.md"
    assert machine.path_in_repository(str(tmp_path / "repo" / "b.md")) == "b.md"
    # Standard input is in no checkout, and what lies outside keeps the path it was given by.
    assert machine.path_in_repository("<stdin>") == "<stdin>"
    assert machine.path_in_repository("../../c.md") == "../../c.md"
    assert machine.path_in_repository("../..hidden.md") == "..hidden.md"


def test_the_checkout_of_github_goes_before_that_of_gitlab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "sub"))

    assert machine.path_in_repository("a.md") == "sub/a.md"


def test_without_a_checkout_a_path_stays() -> None:
    assert machine.path_in_repository("./a/../b.md") == "./a/../b.md"


# --- github --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "said"), [("error", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_github_has_a_command_for_each_severity(severity: Severity, said: str) -> None:
    told = rendered(github, report(violation("a.md", "甲", 1, 2, severity=severity)))

    assert told == f"::{said} file=a.md,line=1,col=1,endLine=1,endColumn=2,title=DAT002 a-name::m\n"


def test_github_has_no_lines_where_the_file_has_none() -> None:
    told = rendered(
        github,
        report(
            violation("a.pdf", "甲乙丙丁", 2, 4, location=PAGED),
            violation("b.docx", "甲乙丙丁", 2, 4, location=STORY, excerpt="乙丙"),
        ),
    )

    assert told.splitlines() == [
        "::warning file=a.pdf,title=DAT002 a-name::m（第 2 页 “甲乙丙丁”）",
        "::warning file=b.docx,title=DAT002 a-name::m（第 12 段 · “乙丙”）",
    ]


def test_github_tells_waivers_as_notices_and_the_baseline_on_the_debug_log() -> None:
    told = rendered(github, with_waived(waived(INLINE, severity="error"), waived(BASELINE, severity="error")))

    assert told.splitlines() == [
        "::notice file=a.md,line=1,col=2,endLine=1,endColumn=3,title=DAT002 a-name::[已豁免：照录] m",
        "::debug::a.md:1:2: DAT002 [在基线内] m",
    ]


def test_github_tells_of_what_was_not_checked_at_the_end() -> None:
    told = rendered(github, Report((failed("a,b.md", "甲", "乙"),)), "en")

    assert told == (
        "::error file=a%2Cb.md,title=bulletin-lint::en 甲\n::error file=a%2Cb.md,title=bulletin-lint::en 乙\n"
    )


# --- gitlab --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "said"), [("error", "major"), ("warning", "minor"), ("info", "info")])
def test_gitlab_has_a_word_for_each_severity(severity: Severity, said: str) -> None:
    (issue,) = json.loads(rendered(gitlab, report(violation("a.md", "甲乙", 1, 2, 3, severity=severity))))

    assert issue["severity"] == said
    assert (issue["description"], issue["check_name"]) == ("m", "DAT002")
    assert issue["fingerprint"].startswith("DAT002-")
    assert issue["location"] == {
        "path": "a.md",
        "positions": {"begin": {"line": 3, "column": 1}, "end": {"line": 3, "column": 2}},
    }


@pytest.mark.parametrize(("location", "line"), [(PAGED, 1), (STORY, 12)])
def test_gitlab_has_a_line_to_begin_at_where_there_are_no_columns(location: Location, line: int) -> None:
    (issue,) = json.loads(rendered(gitlab, report(violation("a", "甲乙丙丁", 2, 4, location=location))))

    assert issue["location"] == {"path": "a", "lines": {"begin": line}}


def test_gitlab_shows_what_is_waived_as_info() -> None:
    (issue,) = json.loads(rendered(gitlab, with_waived(waived(INLINE, severity="error"))))

    assert (issue["severity"], issue["description"]) == ("info", "[已豁免：照录] m")


def test_gitlab_blocks_for_each_thing_that_was_not_done() -> None:
    told = json.loads(
        rendered(gitlab, Report((failed("a.md", "甲", "乙"), failed("b.md", error="丙"))), "en")
    )

    assert [(each["description"], each["fingerprint"]) for each in told] == [
        ("en 甲", "not-checked-a.md-0"),
        ("en 乙", "not-checked-a.md-1"),
        ("en 丙", "not-checked-b.md-0"),
    ]
    assert {(each["severity"], each["check_name"]) for each in told} == {("blocker", "bulletin-lint")}
    assert told[0]["location"] == {"path": "a.md", "lines": {"begin": 1}}


def test_gitlab_numbers_the_same_words_of_further_files() -> None:
    same_words = [violation(path, "甲乙", 1, 2) for path in ("a.md", "b.md", "c.md")]
    marks = [each["fingerprint"] for each in json.loads(rendered(gitlab, report(*same_words)))]

    assert marks == [marks[0], f"{marks[0]}-2", f"{marks[0]}-3"]


# --- reviewdog -----------------------------------------------------------------------------------------


def fixed(*, tracked: bool = False, has_source: bool = True) -> Fix:
    source = (Edit(Span(1, 2), "丙"),) if has_source else ()
    return Fix("safe", (PlacedEdit(1, 2, 1, 3, "丙"),), source, is_tracked=tracked)


@pytest.mark.parametrize(("severity", "said"), [("error", "ERROR"), ("warning", "WARNING"), ("info", "INFO")])
def test_rdjson_has_a_word_for_each_severity(severity: Severity, said: str) -> None:
    told = json.loads(rendered(rdjson, report(violation("a.md", "甲乙", 2, 3, severity=severity))))

    assert told["source"] == {"name": "bulletin-lint"}
    assert told["diagnostics"] == [
        {
            "message": "m",
            "location": {
                "path": "a.md",
                # 甲 takes three bytes.
                "range": {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 7}},
            },
            "severity": said,
            "code": {"value": "DAT002"},
            "source": {"name": "bulletin-lint"},
        }
    ]


def test_rdjson_has_as_much_of_a_place_as_a_file_has() -> None:
    told = json.loads(
        rendered(
            rdjson,
            report(
                violation("a.pdf", "甲乙丙丁", 2, 4, location=PAGED),
                violation("b.docx", "甲乙丙丁", 2, 4, location=STORY),
            ),
        )
    )

    assert [each["location"] for each in told["diagnostics"]] == [
        {"path": "a.pdf"},
        {"path": "b.docx", "range": {"start": {"line": 12}}},
    ]


def test_rdjson_leaves_out_a_column_in_a_line_that_it_does_not_know() -> None:
    over = violation("a.md", "甲乙", 2, 3, location=Location(1, 2, 4, 2))
    (told,) = json.loads(rendered(rdjson, report(over)))["diagnostics"]

    assert told["location"]["range"] == {"start": {"line": 1, "column": 4}, "end": {"line": 4}}


def test_rdjson_counts_a_line_break_beyond_the_line() -> None:
    beyond = violation("a.md", "甲乙", 3, 4)
    (told,) = json.loads(rendered(rdjson, report(beyond)))["diagnostics"]

    assert told["location"]["range"] == {
        "start": {"line": 1, "column": 7},
        "end": {"line": 1, "column": 8},
    }


@pytest.mark.parametrize(
    ("fix", "kind", "suggested"),
    [
        (fixed(), None, True),
        (fixed(), INLINE, False),
        (fixed(tracked=True), None, False),
        (fixed(has_source=False), None, False),
        (None, None, False),
    ],
)
def test_rdjson_suggests_what_the_fixer_would_write(
    fix: Fix | None, kind: Waived | None, *, suggested: bool
) -> None:
    each = violation("a.md", "甲乙", 2, 3, fix=fix, waived=kind, severity="error")
    told = Report(
        (FileResult("a.md", "text", violations=() if kind else (each,), waived=(each,) if kind else ()),)
    )
    (diagnostic,) = json.loads(rendered(rdjson, told))["diagnostics"]

    expected = {"range": {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 7}}, "text": "丙"}
    assert diagnostic.get("suggestions") == ([expected] if suggested else None)
    assert diagnostic["severity"] == ("INFO" if kind else "ERROR")
    assert diagnostic["message"] == ("[已豁免：照录] m" if kind else "m")


def test_rdjson_tells_in_reading_order_and_then_what_failed() -> None:
    first, second, third = (violation("a.md", "甲乙丙", at, at + 1) for at in (1, 2, 3))
    document = FileResult(
        "a.md",
        "text",
        violations=(third, first),
        waived=(second._replace(waived=INLINE),),
        failures=(Wording("没查完", "not done"),),
    )
    told = json.loads(rendered(rdjson, Report((document,)), "en"))["diagnostics"]

    assert [each["message"] for each in told] == ["m", "[waived: 照录] m", "m", "not done"]
    assert told[3] == {
        "message": "not done",
        "location": {"path": "a.md"},
        "severity": "ERROR",
        "source": {"name": "bulletin-lint"},
    }


# --- JSON lines ----------------------------------------------------------------------------------------


def test_json_lines_have_a_line_for_each_violation_waiver_and_failure() -> None:
    document = FileResult(
        "a.md",
        "text",
        violations=(violation("a.md", "甲乙", 1, 2),),
        waived=(waived(INLINE),),
        failures=(Wording("没查完", "not done"), Wording("也没", "nor this")),
    )
    lines = rendered(jsonl, Report((document,)), "en").split("\n")
    rows = [json.loads(line) for line in lines[:-1]]

    assert lines[-1] == ""
    assert [row["code"] for row in rows] == ["DAT002", "DAT002", None, None]
    assert [row.get("error") for row in rows] == [None, None, "not done", "nor this"]
    assert [row["path"] for row in rows] == ["a.md"] * 4
    assert rows[1]["waived"]["reason"] == "照录"


# --- JUnit ---------------------------------------------------------------------------------------------


def suites(told: Report, language: Language = "zh") -> list[Any]:
    return list(xml(rendered(junit, told, language)))


def test_junit_has_a_suite_for_each_file_with_what_it_counts() -> None:
    first = FileResult(
        "a.md",
        "text",
        violations=(
            violation("a.md", "甲乙", 1, 2, severity="error"),
            violation("a.md", "甲乙", 2, 3, severity="info"),
        ),
        waived=(waived(INLINE, severity="error", location=Location(2, 1, 2, 2)),),
    )
    second = failed("b.md", "甲", "乙")
    one, other = suites(Report((first, second)))

    counted = ("name", "id", "tests", "failures", "errors", "skipped", "package", "hostname", "time")
    assert [one.get(each) for each in counted] == [
        "a.md", "0", "3", "1", "0", "1", "bulletin-lint", "localhost", "0",
    ]  # fmt: skip
    assert [other.get(each) for each in counted[:6]] == ["b.md", "1", "2", "0", "2", "0"]
    assert [each.tag for each in one] == [
        "properties",
        "testcase",
        "testcase",
        "testcase",
        "system-out",
        "system-err",
    ]
    assert [each.get("name") for each in one.iter("testcase")] == [
        "DAT002 1:1 m",
        "DAT002 1:2 m",
        "DAT002 2:1 m",
    ]
    assert {each.get("classname") for each in one.iter("testcase")} == {"a.md"}
    (failure,) = one.iter("failure")
    assert (failure.get("type"), failure.get("message"), failure.text) == (
        "error",
        "m",
        "a.md:1:1: DAT002 m\n甲乙",
    )
    (skipped,) = one.iter("skipped")
    assert skipped.get("message") == "已豁免：照录"
    (error, _) = other.iter("error")
    assert (error.get("type"), error.get("message"), error.text) == ("not-checked", "甲", "甲")


@pytest.mark.parametrize(("level", "failures"), [("error", 1), ("warning", 2), ("info", 3)])
def test_junit_fails_from_the_fail_level_of_the_document_on(level: Severity, failures: int) -> None:
    each = [
        violation("a.md", "甲乙丙", at, at + 1, severity=severity)
        for at, severity in ((1, "error"), (2, "warning"), (3, "info"))
    ]
    (suite,) = suites(report(*each)._replace(fail_level="error", fail_levels={"a.md": level}))

    assert suite.get("failures") == str(failures)


@pytest.mark.parametrize(
    ("document", "zh", "en"),
    [
        (FileResult("a.md", "text", skipped=True), "看不出是简报", "shows no part of a bulletin"),
        (
            FileResult("a.md", "text"),
            "全部规则都被忽略，没有检查",
            "not checked: every rule is ignored in it",
        ),
    ],
)
def test_junit_skips_what_was_not_judged(document: FileResult, zh: str, en: str) -> None:
    for language, said in (("zh", zh), ("en", en)):
        (suite,) = suites(Report((document,)), "zh" if language == "zh" else "en")
        (case,) = suite.iter("testcase")
        assert case.get("name") == "bulletin-lint"
        assert [each.get("message") for each in case.iter("skipped")] == [said]


def test_junit_has_a_test_that_passes_for_a_clean_file() -> None:
    (suite,) = suites(Report((FileResult("a.md", "text", outcomes={"DAT002": "pass"}),)))
    (case,) = suite.iter("testcase")

    assert (suite.get("tests"), suite.get("skipped"), case.get("name"), list(case)) == (
        "1",
        "0",
        "bulletin-lint",
        [],
    )


# --- the page of a run on GitHub -----------------------------------------------------------------------


def test_the_summary_counts_each_kind_by_itself() -> None:
    severities: list[Severity] = ["error", "error", "error", "warning", "warning", "info"]
    first = FileResult(
        "a.md",
        "text",
        violations=tuple(
            violation("a.md", "甲乙丙丁戊己", at, at + 1, severity=severity)
            for at, severity in enumerate(severities, 1)
        ),
        waived=(waived(INLINE), waived(INLINE), waived(INLINE), *[waived(BASELINE)] * 4),
    )
    told = Report((first, failed("b.md", error="坏")))

    assert rendered(step_summary, told).splitlines()[:3] == [
        "## bulletin-lint",
        "",
        "检查 1 份：错误 3，警告 2，建议 1，已豁免 3，基线内 4，未能检查 1。",
    ]
    assert rendered(step_summary, told, "en").splitlines()[2] == (
        "Documents checked: 1; errors 3, warnings 2, info 1, waived 3, in the baseline 4, not checked 1."
    )
    assert "**b.md**: en 坏" in rendered(step_summary, told, "en").splitlines()
    assert rendered(step_summary, told).count("\n- ") == 3


def test_the_summary_has_the_gravest_first_and_each_in_its_row() -> None:
    light = violation("a.md", "甲乙", 1, 2, severity="info")
    grave = violation("a.md", "甲乙", 2, 3, severity="error")
    lines = rendered(step_summary, report(light, grave)).splitlines()

    assert lines[3:] == [
        "",
        "| 级别 | 规则 | 位置 | 问题 |",
        "|---|---|---|---|",
        "| 错误 | DAT002 | a.md:1:2 | m |",
        "| 建议 | DAT002 | a.md:1:1 | m |",
        "",
    ]


def test_the_summary_of_a_clean_run_is_but_the_count() -> None:
    assert rendered(step_summary, Report(())) == (
        "## bulletin-lint\n\n检查 0 份：错误 0，警告 0，建议 0，已豁免 0，基线内 0，未能检查 0。\n\n"
    )


@pytest.mark.parametrize(("count", "rest"), [(100, None), (101, "另有 1 处，见日志。")])
def test_the_summary_lists_a_hundred(count: int, rest: str | None) -> None:
    many = [violation("a.md", "甲", 1, 2, number) for number in range(1, count + 1)]
    lines = rendered(step_summary, report(*many)).splitlines()

    assert sum(line.startswith("| 警告 |") for line in lines) == 100
    assert [line for line in lines if "见日志" in line] == ([rest] if rest else [])


def test_the_summary_names_what_is_waived_in_the_reader_s_language() -> None:
    told = with_waived(waived(INLINE))

    assert "### 已豁免\n\n- a.md:1:2 DAT002：已豁免：照录\n" in rendered(step_summary, told)
    assert "### Waived\n\n- a.md:1:2 DAT002: waived: 照录\n" in rendered(step_summary, told, "en")
    assert "###" not in rendered(step_summary, with_waived(waived(BASELINE)))


@pytest.mark.parametrize("character", list("#@"))
def test_the_summary_makes_nothing_of_a_sign(character: str) -> None:
    told = rendered(step_summary, report(violation("a.md", "甲", 1, 2, message=same(f"甲{character}\n 乙"))))

    assert f"| 甲&#{ord(character)}; 乙 |" in told


@pytest.mark.parametrize(
    ("written", "cell"),
    [("甲<b>", "甲&#60;b&#62;"), ("#1", "&#35;1"), ("a|b", "a&#124;b"), ("[甲](乙)", "&#91;甲&#93;(乙)")],
)
def test_a_cell_on_the_page_of_a_run_holds_signs_as_they_are(written: str, cell: str) -> None:
    told = report(violation("a.md", "甲乙丙丁", 2, 3, message=Wording(written, written)))

    assert f"| {cell} |" in rendered(step_summary, told)
