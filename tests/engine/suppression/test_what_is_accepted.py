"""What waivers silence and what is wrong with them, folding, added entries and baselines, on reports given as data."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import (
    BASELINE,
    Waivers,
    baseline,
    hold_against_baseline,
    waivers_of,
)
from bulletin_lint.engine.suppression.added_waivers import Added, add_waivers
from bulletin_lint.engine.suppression.comments import read_waivers
from bulletin_lint.engine.suppression.folding import fold, folded
from bulletin_lint.engine.suppression.waivers import apply_waivers
from bulletin_lint.engine.suppression.waivers_file import find_waivers
from bulletin_lint.model.atomic_write import ChangedMeanwhile
from bulletin_lint.model.errors import DefinitionError, UsageError
from bulletin_lint.model.fingerprint import fingerprints
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import RelatedPlace, Severity, Violation, Waived
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook

TODAY = "2024-05-06"


@cache
def rulebook() -> Rulebook:
    return load_rulebook(Settings(), CompiledStore())


def at(
    line: int,
    column: int = 1,
    end: int = 2,
    *,
    code: str = "DAT002",
    end_line: int | None = None,
    text: str = "甲乙丙丁",
    path: str = "a.md",
    severity: Severity = "warning",
    message: str = "m",
) -> Violation:
    where = Location(line, column, end_line or line, end)
    excerpt = text[column - 1 : end - 1]
    return Violation(path, where, code, "n", severity, same(message), "", excerpt, line_text=text)


def waiver(*codes: str, **fields: Any) -> Waiver:
    plain = Waiver("a.md", Location(1, 1, 1, 5), "写明", "整行", codes or ("DAT002",), "照录", lines=(1, 1))
    return plain._replace(**fields)


def entry(*codes: str, **fields: Any) -> Waiver:
    plain: dict[str, Any] = {"path": "waivers.yaml", "lines": None, "is_inline": False}
    return waiver(*codes, **{**plain, **fields})


def applied(
    *violations: Violation,
    waivers: tuple[Waiver, ...] = (),
    entries: tuple[Waiver, ...] = (),
    folder: str = ".",
    outcomes: dict[str, Any] | None = None,
    path: str = "a.md",
) -> Report:
    if outcomes is None:
        outcomes = {f"WVR00{number}": "not-applicable" for number in range(1, 7)}
        outcomes["DAT002"] = "fail" if violations else "pass"
    document = FileResult(path, "text", outcomes=outcomes, violations=violations, waivers=waivers)
    rules = [rule for code, rule in rulebook().rules.items() if code.startswith("WVR")]
    return apply_waivers(Report((document,)), rulebook(), rules, entries, folder, today=TODAY)


def summed(report: Report) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Code and line of what counts, and of what does not."""
    return (
        [(each.code, each.location.line) for each in report.violations],
        [(each.code, each.location.line) for each in report.waived],
    )


# --- which places a waiver speaks of -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "first", "last", "silenced"),
    [
        ((3, 3), 3, 3, True),
        ((3, 3), 2, 2, False),
        ((3, 3), 4, 4, False),
        ((3, 3), 2, 3, True),
        ((3, 3), 3, 4, True),
        ((3, 3), 1, 9, True),
        ((3, 5), 5, 5, True),
        ((3, 5), 6, 6, False),
        ((3, 5), 1, 2, False),
        ((0, 0), 1, 1, False),
        (None, 1, 1, True),
    ],
)
def test_a_comment_silences_what_touches_its_lines(
    lines: tuple[int, int] | None, first: int, last: int, *, silenced: bool
) -> None:
    report = applied(at(first, end_line=last), waivers=(waiver(lines=lines),))

    counted, waived = summed(report)
    assert waived == ([("DAT002", first)] if silenced else [])
    assert ("DAT002", first) in counted or silenced


@pytest.mark.parametrize(
    ("excerpt", "silenced"),
    [
        ("", True),
        ("乙丙", True),
        ("乙 丙", True),
        ("乙丙…", True),
        ("…丁", True),
        ("戊", False),
        ("乙戊", False),
    ],
)
def test_an_entry_silences_the_lines_that_have_its_words(excerpt: str, *, silenced: bool) -> None:
    report = applied(at(1), entries=(entry(excerpt=excerpt),))

    assert bool(report.waived) is silenced


def test_words_that_only_the_violation_has_count_too() -> None:
    report = applied(at(1)._replace(excerpt="戊己"), entries=(entry(excerpt="戊 己"),))

    assert summed(report) == ([], [("DAT002", 1)])


def test_words_are_looked_for_in_the_line_of_each_violation() -> None:
    report = applied(at(1), at(2, text="戊己"), at(3), entries=(entry(excerpt="甲乙"),))

    assert summed(report) == ([("DAT002", 2)], [("DAT002", 1), ("DAT002", 3)])


def test_an_entry_silences_the_one_that_has_its_fingerprint() -> None:
    each = (at(1), at(2))
    report = applied(*each, entries=(entry(fingerprint=fingerprints(each)[1]),))

    assert summed(report) == ([("DAT002", 1)], [("DAT002", 2)])


@pytest.mark.parametrize(
    ("glob", "silenced"),
    [
        ("", True),
        ("a.md", True),
        ("in/a.md", True),
        ("in", True),
        ("*.md", True),
        ("b.md", False),
        ("out/a.md", False),
    ],
)
def test_an_entry_speaks_of_the_files_below_its_folder(tmp_path: Path, glob: str, *, silenced: bool) -> None:
    path = str(tmp_path / "in" / "a.md")
    report = applied(at(1, path=path), entries=(entry(glob=glob),), folder=str(tmp_path), path=path)

    assert bool(report.waived) is silenced


def test_the_first_of_several_waivers_is_named_and_all_are_used() -> None:
    comment = waiver(reason="甲", by="王某", until="2030-01-02", location=Location(7, 1, 7, 2))
    report = applied(at(1), waivers=(comment, waiver(reason="乙", lines=None)), entries=(entry(reason="丙"),))

    assert [each.waived for each in report.waived] == [
        Waived("inline", "甲", "a.md", 7, "王某", "2030-01-02")
    ]
    assert report.violations == ()
    from_file = applied(at(1), entries=(entry(location=Location(4, 1, 4, 2)),))
    assert [each.waived for each in from_file.waived] == [Waived("file", "照录", "waivers.yaml", 4)]


# --- what is wrong with a waiver -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "codes", "silences"),
    [
        ({}, [], True),
        ({"codes": ("DAT002", "DAT002")}, [], True),
        ({"flaw": "malformed", "codes": ()}, ["WVR002"], False),
        ({"flaw": "malformed"}, ["WVR002"], False),
        ({"flaw": "no-reason", "reason": ""}, ["WVR001"], False),
        ({"codes": ("DAT999",)}, ["WVR003"], False),
        ({"codes": ("DAT999", "DAT002")}, ["WVR003"], True),
        ({"codes": ("WVR001",)}, ["WVR004"], False),
        ({"until": "2024-05-05"}, ["WVR005"], False),
        ({"until": "2024-05-06"}, [], True),
        ({"until": "2024-05-07"}, [], True),
        ({"lines": (2, 2)}, ["WVR006"], False),
        # Of a rule that did not look nothing is known.
        ({"codes": ("DAT001",)}, [], False),
        ({"codes": ("DAT999", "WVR001"), "until": "2024-05-05"}, ["WVR003", "WVR004", "WVR005"], False),
    ],
)
def test_a_waiver_is_judged_by_what_it_says_and_does(
    fields: dict[str, Any], codes: list[str], *, silences: bool
) -> None:
    report = applied(at(1), waivers=(waiver(**fields),))

    assert sorted(each.code for each in report.violations if each.code != "DAT002") == codes
    assert bool(report.waived) is silences
    outcomes = report.documents[0].outcomes
    assert {code: outcome for code, outcome in outcomes.items() if code.startswith("WVR")} == {
        f"WVR00{number}": "fail" if f"WVR00{number}" in codes else "pass" for number in range(1, 7)
    }


def test_a_fault_is_told_with_what_it_is_about() -> None:
    report = applied(
        at(1),
        waivers=(
            waiver("WVR001", "WVR002", text="字" * 61, location=Location(5, 2, 5, 9)),
            waiver("DAT002", until="2024-01-09", location=Location(6, 1, 6, 9)),
            waiver(flaw="no-reason", reason="", text="字" * 60, location=Location(7, 1, 7, 9)),
        ),
    )
    first, second, third = (each for each in report.violations if each.code != "DAT002")

    assert (first.code, first.location.line, first.location.column) == ("WVR004", 5, 2)
    assert (first.message.zh, first.message.en) == (
        "规则 WVR001、WVR002 不允许豁免",
        "WVR001, WVR002 cannot be waived",
    )
    assert second.message.zh == "对 DAT002 的豁免已于2024年1月9日到期，不再起作用"
    assert second.message.en == "the waiver of DAT002 ended on 2024-01-09 and no longer counts"
    assert third.message.zh.endswith("：" + "字" * 60)
    shortened = applied(waivers=(waiver(flaw="no-reason", text="字" * 61),)).violations[0]
    assert shortened.message.zh.endswith("：" + "字" * 59 + "…")
    assert shortened.line_text == "整行"


def test_a_rule_about_waivers_that_does_not_run_on_a_document_says_nothing() -> None:
    report = applied(at(1), waivers=(waiver("DAT999"),), outcomes={"DAT002": "fail"})

    assert summed(report) == ([("DAT002", 1)], [])
    assert report.documents[0].outcomes == {"DAT002": "fail"}


def test_an_entry_is_needed_if_one_of_its_rules_needs_it() -> None:
    outcomes = {"DAT002": "fail", "DAT001": "pass"}
    needed = applied(at(1), entries=(entry("DAT001", "DAT002"),), outcomes=outcomes)
    comment = applied(
        at(1),
        waivers=(waiver("DAT001", "DAT002"),),
        outcomes={**outcomes, "WVR006": "not-applicable"},
    )
    needless = applied(at(1), entries=(entry("DAT001", excerpt="戊"),), outcomes=outcomes)

    assert needed.violations == ()
    assert [each.code for each in comment.violations] == ["WVR006"]
    assert "DAT001" in comment.violations[0].message.en
    assert "DAT002" not in comment.violations[0].message.en
    assert [(each.path, each.code) for each in needless.violations] == [
        ("a.md", "DAT002"),
        ("waivers.yaml", "WVR006"),
    ]
    (own,) = (each for each in needless.documents if each.path == "waivers.yaml")
    assert (own.kind, own.encoding) == ("waivers", "utf-8")


def test_without_a_document_that_it_speaks_of_an_entry_is_not_needless(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"")
    report = applied(entries=(entry(glob="b.md"), entry(glob="*.pdf")), folder=str(tmp_path))
    gone = applied(entries=(entry(glob="c.md"), entry(glob="d/"), entry(glob="e/f.md")), folder=str(tmp_path))

    assert report.violations == ()
    assert [each.code for each in gone.violations] == ["WVR006"] * 3


def test_without_waivers_a_report_stays_the_same_object() -> None:
    report = Report((FileResult("a.md", "text", violations=(at(1),)),))

    assert apply_waivers(report, rulebook(), [], today=TODAY) is report
    assert Waivers().apply(report, rulebook(), []) is report
    assert Waivers((entry(),), is_on=False).apply(report, rulebook(), []) is report
    assert Waivers((entry(),)).apply(report, rulebook(), []).violations == ()


def test_a_file_of_waivers_is_no_document_that_is_waived() -> None:
    document = FileResult("w.yaml", "waivers", violations=(at(1),))
    report = apply_waivers(Report((document,)), rulebook(), [], (entry(),), today=TODAY)

    assert report.documents[0].violations == document.violations


def test_what_is_found_is_in_reading_order() -> None:
    report = applied(
        at(1), at(5), at(9), waivers=(waiver(lines=(5, 5)), waiver("DAT999", location=Location(3, 1, 3, 2)))
    )

    assert summed(report) == ([("DAT002", 1), ("WVR003", 3), ("DAT002", 9)], [("DAT002", 5)])


# --- the nearest file of waivers -----------------------------------------------------------------------


def test_the_file_of_waivers_is_looked_for_above_only_where_it_may_be(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "waivers.yaml").write_text("[]\n", encoding="utf-8")
    (tmp_path / "a" / "waivers.yaml").mkdir()

    assert find_waivers(str(tmp_path), upward=False) == f"{tmp_path}/waivers.yaml"
    assert find_waivers(str(inner), upward=False) is None
    # A folder of the name is no such file.
    assert find_waivers(str(inner), upward=True) == f"{tmp_path}/waivers.yaml"
    assert waivers_of(str(inner), upward=False, store=None) == Waivers((), ".", is_on=True)
    assert waivers_of(str(inner), upward=True, store=None) == Waivers((), str(tmp_path), is_on=True)


# --- comments ------------------------------------------------------------------------------------------


def read(comment: str, path: str = "a.md") -> Waiver:
    (found,) = read_waivers(path, read_text(path, f"第1期\n{comment}\n甲\n".encode()))
    return found


@pytest.mark.parametrize(
    ("words", "codes", "reason", "by", "until"),
    [
        ("ignore[DAT002] 照录", ("DAT002",), "照录", None, None),
        ("ignore [DAT002]照录", ("DAT002",), "照录", None, None),
        ("ignore［DAT002，SEC001］：照录", ("DAT002", "SEC001"), "照录", None, None),
        ("ignore[DAT002、SEC001 a-name,] 照录", ("DAT002", "SEC001", "a-name"), "照录", None, None),
        ("ignore[DAT002] by=王某 until=2030-01-02 照录 来文", ("DAT002",), "照录 来文", "王某", "2030-01-02"),
        ("ignore[DAT002] until = 2030-01-02，by=王某, 照录", ("DAT002",), "照录", "王某", "2030-01-02"),
        ("ignore[DAT002] —— 照录", ("DAT002",), "照录", None, None),
        ("ignore[DAT002] 照录 by=王某", ("DAT002",), "照录 by=王某", None, None),
    ],
)
def test_a_comment_says_which_rules_why_by_whom_and_until_when(
    words: str, codes: tuple[str, ...], reason: str, by: str | None, until: str | None
) -> None:
    found = read(f"<!-- bulletin-lint: {words} -->")

    assert (found.codes, found.reason, found.by, found.until) == (codes, reason, by, until)
    assert (found.flaw, found.lines, found.is_inline, found.path) == (None, (2, 2), True, "a.md")
    assert found.text == f"<!-- bulletin-lint: {' '.join(words.split())} -->"
    assert (found.location.line, found.location.column) == (2, 1)


@pytest.mark.parametrize(
    ("words", "flaw"),
    [
        ("ignore[DAT002]", "no-reason"),
        ("ignore[DAT002] ：——", "no-reason"),
        ("ignore[DAT002] by=王某", "no-reason"),
        ("ignore[] 照录", "malformed"),
        ("ignore[,、] 照录", "malformed"),
        ("ignore DAT002 照录", "malformed"),
        ("ignored[DAT002] 照录", "malformed"),
        ("ignore[DAT002] until=2030-02-30 照录", "malformed"),
        ("ignore[DAT002] until=明年 照录", "malformed"),
        ("", "malformed"),
    ],
)
def test_a_comment_written_wrongly_silences_nothing(words: str, flaw: str) -> None:
    found = read(f"<!-- bulletin-lint: {words} -->")

    assert found.flaw == flaw
    assert found.codes == (("DAT002",) if flaw == "no-reason" else ())


@pytest.mark.parametrize(
    ("verb", "lines"), [("ignore", (2, 2)), ("ignore-next-line", (3, 3)), ("ignore-file", None)]
)
def test_the_verb_says_which_lines_are_meant(verb: str, lines: tuple[int, int] | None) -> None:
    assert read(f"<!--bulletin-lint：{verb}[DAT002] 照录-->").lines == lines


def test_a_comment_over_lines_speaks_of_all_of_them() -> None:
    found = read("<!-- bulletin-lint: ignore[DAT002]\r\n照录\r\n来文 -->")

    assert (found.lines, found.reason) == ((2, 4), "照录 来文")


@pytest.mark.parametrize(
    "words", ["<!-- bulletin-lint ignore[DAT002] 照录 -->", "<!-- 见 bulletin-lint: x -->"]
)
def test_another_comment_is_no_waiver(words: str) -> None:
    assert read_waivers("a.md", read_text("a.md", f"第1期\n{words}\n".encode())) == ()


# --- folding -------------------------------------------------------------------------------------------

EXPLAINS = {"AAA001": ("BBB001",), "BBB001": ("CCC001",)}


def together(*violations: Violation, waived: tuple[Violation, ...] = ()) -> FileResult:
    return folded(FileResult("a.md", "text", violations=violations, waived=waived), EXPLAINS)


def test_what_another_explains_on_the_same_words_is_folded_into_it() -> None:
    cause = at(1, 2, 4, code="AAA001", severity="info")
    effect = at(1, 3, 5, code="BBB001", severity="error", message="效果")
    found = together(cause, effect)

    assert found.violations == (
        cause._replace(severity="error", related=(RelatedPlace("a.md", 1, 3, None, same("效果"), "BBB001"),)),
    )


@pytest.mark.parametrize(
    ("column", "end", "is_folded"),
    [
        (1, 2, False),
        (1, 3, True),
        (3, 4, True),
        (4, 5, False),
        (2, 2, True),
        (4, 4, True),
        (1, 1, False),
        (5, 5, False),
    ],
)
def test_words_are_the_same_where_they_share_a_character(column: int, end: int, *, is_folded: bool) -> None:
    found = together(at(1, 2, 4, code="AAA001"), at(1, column, end, code="BBB001"))

    assert len(found.violations) == (1 if is_folded else 2)


def test_on_other_lines_nothing_is_folded() -> None:
    assert len(together(at(1, code="AAA001"), at(2, code="BBB001")).violations) == 2
    assert len(together(at(1, code="AAA001", end_line=3), at(2, code="BBB001")).violations) == 1


def test_what_is_folded_brings_what_it_explains_itself() -> None:
    (found,) = together(
        at(1, code="AAA001"), at(1, code="BBB001"), at(1, code="CCC001", severity="error")
    ).violations

    assert [place.code for place in found.related] == ["BBB001", "CCC001"]
    assert found.severity == "error"


def test_a_waived_cause_takes_its_effects_along() -> None:
    cause = at(1, code="AAA001")._replace(waived=Waived("inline", "照录", "a.md", 1))
    found = together(at(1, code="BBB001"), waived=(cause,))

    assert found.violations == ()
    assert [[place.code for place in each.related] for each in found.waived] == [["BBB001"]]


def test_a_waived_effect_stays_where_it_is() -> None:
    effect = at(1, code="BBB001")._replace(waived=Waived("inline", "照录", "a.md", 1))
    found = together(at(1, code="AAA001"), waived=(effect,))

    assert (found.violations, found.waived) == ((at(1, code="AAA001"),), (effect,))


def test_an_effect_without_its_cause_is_told() -> None:
    for codes in (("BBB001",), ("BBB001", "BBB001"), ("CCC001", "AAA001")):
        found = together(*(at(number, code=code) for number, code in enumerate(codes, 1)))
        assert [each.code for each in found.violations] == list(codes)


def test_with_a_rulebook_its_own_rules_explain() -> None:
    code, explained = next(
        (rule.code, rule.explains[0]) for rule in rulebook().rules.values() if rule.explains
    )
    report = Report((FileResult("a.md", "text", violations=(at(1, code=explained), at(1, code=code))),))

    assert [each.code for each in fold(report, rulebook()).violations] == [code]


# --- entries that are added ----------------------------------------------------------------------------


def added(folder: Path, *violations: Violation, reason: str = "照录") -> Added:
    document = FileResult(str(folder / "in" / "a.md"), "text", violations=violations)
    settings = Settings(folder=str(folder), path=str(folder / "bulletin-lint.yaml"))
    return add_waivers(Report((document,)), rulebook(), settings, reason, "zh")


def test_an_entry_names_rule_file_fingerprint_and_reason(tmp_path: Path) -> None:
    violation = at(3, message="错了")
    found = added(tmp_path, violation, reason="  原稿如此 ")

    assert (found.path, found.entries, found.left) == (str(tmp_path / "waivers.yaml"), 1, 0)
    assert (tmp_path / "waivers.yaml").read_text("utf-8") == (
        "# 3: 错了\n"
        f'- {{rule: "DAT002", path: "in/a.md", fingerprint: "{fingerprints([violation])[0]}", '
        'reason: "原稿如此"}\n'
    )


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("", ""),
        ("# 说明\n", ""),
        ("- {rule: DAT001, path: b.md, reason: 旧}\n", ""),
        ("- {rule: DAT001, path: b.md, reason: 旧}", ""),
        ("waivers:\n  - {rule: DAT001, path: b.md, reason: 旧}\n", "  "),
        ("waivers:\n- {rule: DAT001, path: b.md, reason: 旧}\n", ""),
    ],
)
def test_entries_go_below_those_that_are_there(tmp_path: Path, before: str, lead: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(before, encoding="utf-8")
    added(tmp_path, at(1), at(2))
    text = path.read_text("utf-8")
    rest = text[len(before) :].removeprefix("" if not before or before.endswith("\n") else "\n")

    assert text.startswith(before)
    assert [line[: len(lead) + 2] for line in rest.splitlines()] == [f"{lead}# ", f"{lead}- "] * 2
    assert text.endswith("}\n")


def test_line_breaks_and_a_mark_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_bytes(b"\xef\xbb\xbf# x\r\n")
    added(tmp_path, at(1))
    content = path.read_bytes()

    assert content.startswith(b"\xef\xbb\xbf# x\r\n# 1: m\r\n- {")
    assert content.count(b"\n") == content.count(b"\r\n") == 3
    assert content.count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize(
    "before",
    ["[]\n", "waivers: []\n", "waivers:\n", "- {rule: DAT001, path: b.md, reason: 旧}\n...\n", "甲\n"],
)
def test_what_is_no_list_to_go_on_with_is_left_alone(tmp_path: Path, before: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(before, encoding="utf-8")

    with pytest.raises(UsageError) as raised:
        added(tmp_path, at(1))
    assert f"nothing can be added at the end of {path}" in raised.value.wording.en
    assert path.read_text("utf-8") == before


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_bytes("# 说明\n".encode("gb18030"))

    with pytest.raises(DefinitionError):
        added(tmp_path, at(1))


@pytest.mark.parametrize("reason", ["", " \t\n"])
def test_without_a_reason_nothing_is_accepted(tmp_path: Path, reason: str) -> None:
    with pytest.raises(UsageError):
        added(tmp_path, at(1), reason=reason)
    assert not (tmp_path / "waivers.yaml").exists()


def test_what_may_not_be_waived_is_left_and_counted(tmp_path: Path) -> None:
    found = added(tmp_path, at(1, code="WVR001"), at(2, code="XXX999"))

    assert (found.entries, found.left) == (0, 2)
    assert not (tmp_path / "waivers.yaml").exists()


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (Added("w", 1, 0), "w：新增 1 条豁免。", "w: 1 waiver added."),
        (Added("w", 0, 0), "w：新增 0 条豁免。", "w: 0 waivers added."),
        (
            Added("w", 2, 1),
            "w：新增 2 条豁免。另有 1 处的规则不可豁免，没有写入。",
            "w: 2 waivers added. 1 violation left: of rules that may not be waived.",
        ),
    ],
)
def test_what_was_added_is_told(found: Added, zh: str, en: str) -> None:
    assert found.wording == (zh, en)


# --- the baseline --------------------------------------------------------------------------------------

MARK = "0123456789abcdef"


def line_of(**fields: Any) -> str:
    return json.dumps({"path": "a.md", "code": "DAT002", "fingerprint": MARK, "excerpt": "甲", **fields})


def test_each_entry_counts_once_with_the_line_where_it_first_stands(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    lines = ["", line_of(), line_of(excerpt="乙"), "  ", line_of(path="b.md"), ""]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())

    assert baseline.read_baseline(str(path)) == [
        baseline.BaselineEntry("a.md", "DAT002", MARK, "甲", 2),
        baseline.BaselineEntry("b.md", "DAT002", MARK, "甲", 5),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "1",
        "{",
        '"a"',
        line_of(path=1),
        line_of(code=None),
        line_of(fingerprint=MARK[:-1]),
        line_of(fingerprint=f"{MARK}0"),
        json.dumps({"path": "a", "code": "b"}),
    ],
)
def test_a_line_that_is_no_entry_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(f"{line_of()}\n{line}\n", encoding="utf-8")

    with pytest.raises(DefinitionError) as raised:
        baseline.read_baseline(str(path))
    assert (raised.value.path, raised.value.line, raised.value.column) == (str(path), 2, 1)
    assert "not an entry of a baseline" in raised.value.wording.en


@pytest.mark.parametrize("mark", ["<<<<<<< ours", "=======", ">>>>>>> theirs", "||||||| base"])
def test_an_open_conflict_is_told_as_one(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(f"{mark}\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"conflict"):
        baseline.read_baseline(str(path))


def test_an_entry_needs_no_words(tmp_path: Path) -> None:
    (tmp_path / "known.jsonl").write_text(
        json.dumps({"path": "a", "code": "b", "fingerprint": MARK}), encoding="utf-8"
    )

    assert [each.excerpt for each in baseline.read_baseline(str(tmp_path / "known.jsonl"))] == [""]


def test_a_baseline_is_written_sorted_each_entry_once(tmp_path: Path) -> None:
    entries = [baseline.BaselineEntry(path, code, MARK, "甲") for path, code in ("bB", "aB", "aA", "aB")]
    path = tmp_path / "known.jsonl"

    assert baseline.write_baseline(str(path), entries, expected=None) == 3
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(row["path"], row["code"]) for row in rows] == [("a", "A"), ("a", "B"), ("b", "B")]
    assert list(rows[0]) == ["path", "code", "fingerprint", "excerpt"]
    assert "甲" in path.read_text("utf-8")
    assert path.read_text("utf-8").endswith("}\n")
    with pytest.raises(ChangedMeanwhile):
        baseline.write_baseline(str(path), entries, expected=b"other")


def test_the_content_of_a_baseline_is_none_where_there_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "known.jsonl").write_bytes(b"x")

    assert baseline.content_of(str(tmp_path / "known.jsonl")) == b"x"
    assert baseline.content_of(str(tmp_path)) is None
    assert baseline.content_of(str(tmp_path / "gone")) is None
    assert baseline.content_of("\0") is None


def compared(
    folder: Path,
    entries: list[baseline.BaselineEntry],
    *documents: FileResult,
    searched: tuple[str, ...] = (),
) -> baseline.Compared:
    return baseline.compare(
        Report(documents),
        entries,
        str(folder / "known.jsonl"),
        rulebook_of=lambda path: rulebook(),
        searched=searched,
    )


def document(folder: Path, name: str, *violations: Violation, **fields: Any) -> FileResult:
    path = str(folder / name)
    outcomes = fields.pop("outcomes", {"DAT002": "fail" if violations else "pass"})
    own = tuple(each._replace(path=path) for each in violations)
    return FileResult(path, "text", violations=own, outcomes=outcomes, **fields)


def test_what_is_known_is_set_apart_and_the_rest_counts(tmp_path: Path) -> None:
    each = (at(1), at(2), at(3, text="戊己"))
    known = baseline.BaselineEntry("a.md", "DAT002", fingerprints(each)[1], "甲", 7)
    (tmp_path / "a.md").write_bytes(b"")
    found = compared(tmp_path, [known], document(tmp_path, "a.md", *each))

    assert summed(found.report) == ([("DAT002", 1), ("DAT002", 3)], [("DAT002", 2)])
    assert found.report.waived[0].waived == Waived("baseline", "", str(tmp_path / "known.jsonl"), 7)
    assert found.known == (known._replace(line=0),)
    assert (found.stale, found.unjudged) == ((), ())


@pytest.mark.parametrize(
    ("fields", "stale"),
    [
        ({}, True),
        ({"outcomes": {"DAT002": "cannot-assess"}}, False),
        ({"outcomes": {"DAT001": "pass"}}, False),
        ({"error": same("坏")}, False),
        ({"skipped": True}, False),
    ],
)
def test_an_entry_is_stale_where_its_rule_looked_and_did_not_find_it(
    tmp_path: Path, fields: dict[str, Any], *, stale: bool
) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    entry_ = baseline.BaselineEntry("a.md", "DAT002", MARK, "甲", 1)
    found = compared(tmp_path, [entry_], document(tmp_path, "a.md", **fields))

    assert (found.stale, found.unjudged) == (((entry_,), ()) if stale else ((), (entry_,)))


def test_an_entry_of_a_rule_that_nobody_has_is_stale(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    gone = baseline.BaselineEntry("a.md", "XXX999", MARK, "甲", 1)

    assert compared(tmp_path, [gone], document(tmp_path, "a.md")).stale == (gone,)
    assert compared(tmp_path, [gone]).unjudged == (gone,)


@pytest.mark.parametrize(
    ("searched", "stale"),
    [((), []), (("in",), ["in/a.md"]), (("",), ["in/a.md", "inner/a.md"]), (("other",), [])],
)
def test_entries_of_files_that_are_gone_are_stale_where_they_were_looked_for(
    tmp_path: Path, searched: tuple[str, ...], stale: list[str]
) -> None:
    entries = [baseline.BaselineEntry(f"{name}/a.md", "DAT002", MARK, "甲") for name in ("in", "inner")]
    outside = baseline.BaselineEntry("../a.md", "DAT002", MARK, "甲")
    folders = tuple(str(tmp_path / name) if name else str(tmp_path) for name in searched)
    found = compared(tmp_path, [*entries, outside], searched=folders)

    assert [each.path for each in found.stale] == stale
    assert outside in found.unjudged


def test_a_moved_file_takes_its_entries_along_each_for_one_place(tmp_path: Path) -> None:
    one = at(1)
    (mark,) = fingerprints([one])
    gone = baseline.BaselineEntry("old.md", "DAT002", mark, "甲", 3)
    (tmp_path / "b.md").write_bytes(b"")
    (tmp_path / "c.md").write_bytes(b"")
    found = compared(tmp_path, [gone], document(tmp_path, "b.md", one), document(tmp_path, "c.md", one))

    assert [(os.path.basename(each.path), each.location.line) for each in found.report.waived] == [
        ("b.md", 1)
    ]
    assert [os.path.basename(each.path) for each in found.report.violations] == ["c.md"]
    assert [each.path for each in found.known] == ["b.md"]
    assert found.stale == ()
    # A file that is still there keeps its own.
    (tmp_path / "old.md").write_bytes(b"")
    assert compared(tmp_path, [gone], document(tmp_path, "b.md", one)).known == ()


def test_entries_are_made_of_what_counts(tmp_path: Path) -> None:
    each = (at(1), at(2))
    accepted = at(3)._replace(waived=Waived("inline", "照录", "a.md", 1))
    found = baseline.entries_of(
        Report((document(tmp_path, "in/a.md", *each, waived=(accepted,)),)), str(tmp_path / "known.jsonl")
    )

    assert found == [
        baseline.BaselineEntry("in/a.md", "DAT002", mark, "甲")
        for mark in fingerprints([*each, accepted])[:2]
    ]


@pytest.mark.parametrize(
    ("count", "listed", "rest"), [(1, 1, None), (10, 10, None), (11, 10, 1), (12, 10, 2)]
)
def test_ten_stale_entries_are_listed(count: int, listed: int, rest: int | None) -> None:
    stale = [baseline.BaselineEntry(f"{number}.md", "DAT002", MARK, "") for number in range(count)]
    head, *lines = baseline.stale_notes(stale, "k", pruned=False)
    words = "1 entry" if count == 1 else f"{count} entries"

    assert head.en == f"of the baseline k {words} no longer fit anything; remove with --prune-baseline:"
    assert lines[0] == same("  0.md: DAT002")
    assert len(lines) == listed + (rest is not None)
    assert rest is None or lines[-1] == Wording(f"  … 另有 {rest} 条", f"  … and {rest} more")
    assert baseline.stale_notes(stale, "k", pruned=True)[0].en == f"removed {words} from the baseline k:"


def test_a_baseline_is_written_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(b"")
    report = Report((document(tmp_path, "a.md", at(1)),))

    def held(path: str | None, *, write: bool = False, prune: bool = False) -> tuple[int, int, list[str]]:
        found = hold_against_baseline(
            report, lambda path: rulebook(), path, write=write, prune=prune, searched=()
        )
        return len(found.report.violations), len(found.report.waived), [note.en for note in found.notes]

    assert held(None) == (1, 0, [])
    assert not (tmp_path / BASELINE).exists()
    said = f"the baseline {BASELINE} now holds 1 entry."
    assert held(None, write=True) == (0, 1, [said])
    assert held(BASELINE) == (0, 1, [])
    # Written again nothing is doubled, and nothing is lost by pruning.
    assert held(None, write=True) == (0, 1, [said])
    assert held(BASELINE, prune=True) == (0, 1, [said])
    report = Report((document(tmp_path, "a.md"),))
    zero, waived, (stale, *_) = held(BASELINE)
    assert (zero, waived) == (0, 0)
    assert "1 entry no longer fit" in stale
    assert held(BASELINE, prune=True)[2][:2] == [
        f"the baseline {BASELINE} now holds 0 entries.",
        f"removed 1 entry from the baseline {BASELINE}:",
    ]
    assert (tmp_path / BASELINE).read_bytes() == b""


@pytest.mark.parametrize("write", [True, False])
def test_a_baseline_that_is_not_there_is_missed_where_it_is_to_be_read(
    tmp_path: Path, *, write: bool
) -> None:
    path = str(tmp_path / "known.jsonl")

    def hold() -> None:
        hold_against_baseline(
            Report(()), lambda path: rulebook(), path, write=write, prune=not write, searched=()
        )

    if write:
        hold()
        assert os.path.exists(path)
    else:
        with pytest.raises(UsageError, match="write-baseline"):
            hold()
