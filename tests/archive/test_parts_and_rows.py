"""Where parts end and what names them; what a row of a part keeps of a result."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from bulletin_lint.archive import parts as parts_module
from bulletin_lint.archive import rows as rows_module
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.archive.parts import PART_SECONDS, ArchivePart, cut, halves, part_of
from bulletin_lint.archive.records import RecordStore
from bulletin_lint.archive.rows import FORMAT, BrokenPart, Sharing, Slim, packed, unpacked
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import Outcome, Severity, Violation, Waived
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.readers import reader_info
from bulletin_lint.series.issue import FieldPlace, IssueRecord

TEXT = ListedFile("2020/第1期.md", "text", 100, "stamp")


def files(count: int, kind: str = "text", size: int = 100) -> list[ListedFile]:
    return [ListedFile(f"{number}.md", kind, size, "") for number in range(count)]


def sizes(entries: list[ListedFile], seconds: float) -> list[int]:
    return [len(part.entries) for part in cut(entries, "rules", seconds)]


def test_of_nothing_there_are_no_parts_and_the_rest_is_one() -> None:
    assert list(cut([], "rules")) == []
    (part,) = cut([TEXT], "rules")
    assert part == part_of([TEXT], "rules")
    assert (part.entries, part.whole, part.start) == ((TEXT,), part.name, 0)
    assert PART_SECONDS == 20.0


def test_a_part_is_named_by_all_that_it_depends_on() -> None:
    names = {
        part_of(entries, digest).name
        for entries, digest in (
            ([TEXT], "rules"),
            ([TEXT], "others"),
            ([TEXT, TEXT], "rules"),
            ([TEXT._replace(path="2020/第2期.md")], "rules"),
            ([TEXT._replace(kind="docx")], "rules"),
            ([TEXT._replace(size=101)], "rules"),
            ([TEXT._replace(stamp="other")], "rules"),
            ([TEXT._replace(explicit=True)], "rules"),
            ([TEXT._replace(path="a\udcff.md")], "rules"),
        )
    }
    assert len(names) == 9
    assert part_of([TEXT], "rules").name == part_of(iter([TEXT]), "rules").name
    assert {len(name) for name in names} == {32}


def test_no_part_takes_more_than_three_times_as_long_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text takes six thousandths of a second; here no path ever ends a part."""
    monkeypatch.setattr(parts_module, "_chance", lambda _: 9.0)
    assert sizes(files(10), 0.008) == [4, 4, 2]
    assert sizes(files(9), 0.006) == [3, 3, 3]
    # Up to a quarter of a mebibyte a file takes as long as any; twice as large it takes twice as long.
    assert sizes(files(6, size=256 * 1024), 0.006) == [3, 3]
    assert sizes(files(6, size=384 * 1024), 0.006) == [2, 2, 2]
    assert sizes(files(6, size=768 * 1024), 0.006) == [1] * 6
    weight = reader_info("pdf").weight
    assert sizes(files(6, "pdf"), 0.006 * weight) == [3, 3]


def test_a_path_ends_a_part_as_often_as_its_file_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    chances = {"0.md": 0.5, "1.md": 0.2, "2.md": 0.19, "3.md": 0.9, "4.md": 0.0}
    monkeypatch.setattr(parts_module, "_chance", chances.__getitem__)
    # A fifth of what is asked for: just so much is not less.
    assert sizes(files(5), 0.03) == [3, 2]


def test_chances_are_spread_and_always_the_same() -> None:
    counts = sizes(files(2000), 0.6)
    assert counts == sizes(files(2000), 0.6)
    assert 10 <= len(counts) <= 35
    assert sum(counts) == 2000


@pytest.mark.parametrize(("count", "first", "second"), [(2, 1, 1), (3, 1, 2), (4, 2, 2), (7, 3, 4)])
def test_halves_know_where_they_begin(count: int, first: int, second: int) -> None:
    whole = part_of(files(count), "rules")._replace(start=10, whole="w")
    one, other = halves(whole, "rules")
    assert (len(one.entries), len(other.entries)) == (first, second)
    assert (one.start, other.start) == (10, 10 + first)
    assert (one.whole, other.whole) == ("w", "w")
    assert one.name == part_of(files(count)[:first], "rules").name
    assert other.name == part_of(files(count)[first:], "rules").name


def test_a_part_by_itself_is_no_piece() -> None:
    assert (ArchivePart("a", ()).whole, ArchivePart("a", ()).start) == ("", 0)


def violation(code: str, severity: Severity = "error", line: int = 1) -> Violation:
    return Violation("1.md", Location(line, 1, line, 2), code, "n", severity, same("m"), "", "")


WHY, OTHER = Wording("没有日期", "there is no date"), Wording("没有期号", "there is no number")
OUTCOMES: dict[str, Outcome] = {
    "A1": "pass", "B1": "fail", "C1": "cannot-assess", "D1": "not-applicable", "E1": "cannot-assess",
}  # fmt: skip
FULL = FileResult(
    "1.md",
    "text",
    3,
    "utf-8",
    outcomes=OUTCOMES,
    violations=(violation("B1"),),
    failures=(same("page 2"),),
    waived=(violation("D1")._replace(waived=Waived("inline", "照录", "1.md", 3, "王某", "2030-01-01")),),
    reasons={"C1": WHY, "E1": WHY},
)


@pytest.mark.parametrize(
    "result",
    [
        FULL,
        FULL._replace(outcomes={}, reasons={}, waived=()),
        FULL._replace(reasons={"C1": WHY, "E1": OTHER}),
        FULL._replace(
            violations=(), waived=(violation("X")._replace(waived=Waived("file", "r", "w.yaml", 1)),)
        ),
        FileResult("2.md", "text", skipped=True),
        FileResult("3.pdf", "pdf", error=Wording("坏了。", "broken.")),
        FileResult("4.md", "text", beside=True),
        FileResult("a\udcff\u2028.md", "text"),
    ],
)
def test_a_result_comes_back_as_it_was(result: FileResult) -> None:
    (back,) = unpacked(packed([LintResult(result, None)]), Sharing())
    assert back.result == result
    assert list(back.result.outcomes) == list(result.outcomes)
    assert back.facts is None


def test_results_come_back_in_their_order_whichever_rules_ran() -> None:
    """Codes stand once in a part."""
    plain: list[dict[str, Outcome]] = [{"A1": "pass"}, {"B1": "fail"}, {"A1": "fail"}, {}, {"B1": "pass"}]
    results = [LintResult(FileResult(f"{n}.md", "text", outcomes=each), None) for n, each in enumerate(plain)]
    data = packed(results)
    assert [each.result.outcomes for each in unpacked(data, Sharing())] == plain
    rows = [json.loads(line) for line in gzip.decompress(data).splitlines()]
    assert rows[0] == {"format": FORMAT}
    assert [row[1] for row in rows[1:]] == ["A1", "B1", 0, "", 1]
    assert [row[2] for row in rows[1:]] == ["p", "f", "f", "", "p"]
    assert list(unpacked(packed([]), Sharing())) == []


def test_the_same_results_are_the_same_bytes() -> None:
    assert packed([LintResult(FULL, None)]) == packed(iter([LintResult(FULL, None)]))


def test_what_many_files_have_in_common_is_one_object() -> None:
    sharing = Sharing()
    one, other = sharing.same_outcomes(OUTCOMES), sharing.same_outcomes(dict(OUTCOMES))
    assert one is other
    assert one == OUTCOMES
    assert sharing.same_outcomes({**OUTCOMES, "A1": "fail"}) is not one
    assert sharing.same_outcomes({"A1": "pass"}) != sharing.same_outcomes({"A2": "pass"})
    assert sharing.same_outcomes({}) == {}
    reasons = sharing.same_reasons({"C1": WHY, "E1": OTHER, "F1": WHY})
    assert reasons == {"C1": WHY, "E1": OTHER, "F1": WHY}
    assert reasons is sharing.same_reasons({"C1": WHY, "E1": OTHER, "F1": WHY})
    assert sharing.same_reasons({}) == {}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['{"format": 2}'], "format 2"),
        (['{"format": 0}'], "format 0"),
        (["{}"], "KeyError: 'format'"),
        (["[]"], "TypeError"),
        ([], "JSONDecodeError"),
        ([f'{{"format": {FORMAT}}}', "[]"], "ValueError"),
        ([f'{{"format": {FORMAT}}}', "5"], "TypeError"),
        ([f'{{"format": {FORMAT}}}', '[[], 0, "", [], [], []]'], "IndexError"),
        ([f'{{"format": {FORMAT}}}', '[[], "A1", "pp", [], [], []]'], "Error"),
    ],
)
def test_what_is_no_part_is_refused_with_its_reason(lines: list[str], said: str) -> None:
    data = gzip.compress("".join(f"{line}\n" for line in lines).encode())
    with pytest.raises(BrokenPart, match=said):
        list(unpacked(data, Sharing()))


def test_a_row_may_be_just_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed([LintResult(FileResult("1.md", "text"), None)])
    longest = max(map(len, gzip.decompress(data).splitlines(keepends=True)))
    monkeypatch.setattr(rows_module, "_LONGEST_ROW", longest)
    assert len(list(unpacked(data, Sharing()))) == 1
    monkeypatch.setattr(rows_module, "_LONGEST_ROW", longest - 1)
    with pytest.raises(BrokenPart, match="a row without end"):
        list(unpacked(data, Sharing()))


def test_what_a_series_says_of_a_file_is_put_into_its_result_in_reading_order() -> None:
    first, last = violation("A1", line=1), violation("B1", line=9)
    added = violation("C1", line=5)
    result = FileResult("1.md", "text", outcomes={"A1": "fail"}, violations=(first, last))
    outcomes: dict[str, Outcome] = {"A1": "fail", "C1": "fail"}
    bare = Slim(outcomes, {"C1": WHY}).put_into(result)
    assert bare == result._replace(outcomes=outcomes, reasons={"C1": WHY})
    full = Slim(outcomes, {}, (added,)).put_into(result)
    assert full == result._replace(outcomes=outcomes, violations=(first, added, last))


def record(path: str, **places: str) -> IssueRecord:
    found = {
        name: FieldPlace(text, Location(1, 2, 3, 4), f"line of {text}", "masthead")
        for name, text in places.items()
    }
    return IssueRecord(
        path, "云岭简报", 2020, 1, 101, "2020-01-06", supplement=True, places=found, last_issue=2
    )


def test_issues_keep_their_facts_and_their_places_wait() -> None:
    with RecordStore() as store:
        given = [record("1.md", issue="第1期", date="1月"), record("2.md"), record("3.md", issue="第3期")]
        kept = [store.keep(each) for each in given]
        # Asked for in another order than they were kept in, and between them more is kept.
        assert [each._replace(places={}) for each in kept] == [each._replace(places={}) for each in given]
        assert dict(kept[2].places) == dict(given[2].places)
        kept.append(store.keep(record("4.md", date="4月")))
        assert dict(kept[0].places) == dict(given[0].places)
        assert kept[3].places["date"].text == "4月"
        places = kept[0].places
        assert (list(places), len(places), len(kept[1].places)) == (["issue", "date"], 2, 0)
        assert "issue" in places
        assert "title" not in places
        assert places.get("title") is None
        with pytest.raises(KeyError):
            places["title"]
        nothing: Any = record("5.md")._replace(title=None, date=None)
        assert store.keep(nothing)._replace(places={}) == nothing
    with pytest.raises(ValueError, match="closed"):
        kept[0].places["issue"]


def test_more_issues_are_kept_after_places_of_any_of_them_were_asked_for() -> None:
    with RecordStore() as store:
        given = [record(f"{number}.md", issue=f"第{number}期" * (9 - 2 * number)) for number in range(1, 5)]
        kept = []
        for number, each in enumerate(given):
            kept.append(store.keep(each))
            # Places of the first are asked for while the others are still to come.
            assert dict(kept[0].places) == dict(given[0].places), number
        assert [dict(each.places) for each in kept] == [dict(each.places) for each in given]
