"""Files as issues of a series: paths, what is known of others, whose faults count; and what is not told for want of sureness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.checks.protocols import Finding, Verdict
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine import series_scope
from bulletin_lint.engine.cache.issues import CachedIssue
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.lost_characters import but_for_holes
from bulletin_lint.engine.new_file import would_be_found
from bulletin_lint.engine.series_run import known_of, report_of
from bulletin_lint.engine.series_scope import AffectedIssues, NewEntry, SeriesScope, Surveyed
from bulletin_lint.engine.unread_files import unread_wording
from bulletin_lint.model.document import LOST
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Span
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import CannotAssess, Match
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series
from hand_made import document


def issue(path: str, number: int = 1, **fields: Any) -> IssueRecord:
    return IssueRecord(path, "简报", 2020, number, None, f"2020-01-{number:02}")._replace(**fields)


def source(path: str, **fields: Any) -> SourceFile:
    return SourceFile(path, "text", explicit=True)._replace(**fields)


# --- paths ---------------------------------------------------------------------------------------------


def test_a_path_in_the_working_directory_is_shown_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    assert series_scope.shown_path(str(tmp_path / "here" / "in" / "a.md")) == "in/a.md"
    assert series_scope.shown_path(str(tmp_path / "a.md")) == str(tmp_path / "a.md")
    assert series_scope.shown_path("in/../a.md") == "a.md"


def test_issues_have_paths_from_the_folder_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = series_scope.paths_from(
        [issue("in/a.md"), issue("in/b/c.md"), issue("d.md"), issue("inner/e.md")], f"{tmp_path}/in"
    )

    assert found == {
        "in/a.md": "a.md",
        "in/b/c.md": "b/c.md",
        "d.md": "../d.md",
        "inner/e.md": "../inner/e.md",
    }
    assert series_scope.paths_from([issue("a.md")], "/") == {"a.md": f"{tmp_path}/a.md"[1:]}


# --- what others say of themselves ---------------------------------------------------------------------


class Kept:
    """A cache that knows some files, and may learn others from somebody else."""

    def __init__(self, known: dict[str, CachedIssue], later: dict[str, CachedIssue] | None = None) -> None:
        self.known = known
        self.later = later or {}
        self.stored: list[str] = []

    def recall(
        self, files: Sequence[SourceFile], stamps: object, *, only_recorded: bool = False
    ) -> dict[str, CachedIssue]:
        known = self.later if only_recorded else self.known
        return {each.path: known[each.path] for each in files if each.path in known}

    def store(self, rows: Iterator[tuple[SourceFile, object, str, CachedIssue]]) -> None:
        self.stored += [each[0].path for each in rows]


def cached(path: str) -> CachedIssue:
    return CachedIssue(issue(path), None, None, "utf-8", True)  # noqa: FBT003 - by position, as it is kept


def asked_of(kept: Kept | None, count: int) -> tuple[dict[str, CachedIssue], list[list[str]]]:
    """What is known of so many files, and which were read together."""
    portions: list[list[str]] = []

    def read(files: Sequence[SourceFile]) -> Iterator[NewEntry]:
        portions.append([each.path for each in files])
        for each in files:
            yield each, None if each.path == "0.md" else "digest", cached(each.path)

    others = [source(f"{number}.md") for number in range(count)]
    return series_scope.facts_of_others(others, kept, read), portions  # type: ignore[arg-type]


def test_what_the_cache_knows_is_not_read_again() -> None:
    kept = Kept({"1.md": cached("known")})
    found, portions = asked_of(kept, 3)

    assert sorted(found) == ["0.md", "1.md", "2.md"]
    assert found["1.md"] == cached("known")
    assert portions == [["0.md", "2.md"]]
    # What could not be taken the digest of is not kept.
    assert kept.stored == ["2.md"]


def test_many_files_are_read_in_portions_and_each_once() -> None:
    for count, sizes in ((24, [24]), (25, [24, 1]), (480, [30] * 16)):
        found, portions = asked_of(Kept({}), count)
        assert [len(each) for each in portions] == sizes
        assert len(found) == count
        assert sorted(path for each in portions for path in each) == sorted(found)


def test_what_another_process_read_meanwhile_is_not_read() -> None:
    every = {f"{number}.md": cached(f"{number}.md") for number in range(30)}
    found, portions = asked_of(Kept({}, every), 30)

    assert [len(each) for each in portions] == [24]
    assert len(found) == 30


def test_without_a_cache_all_are_read() -> None:
    found, portions = asked_of(None, 30)

    assert (len(found), [len(each) for each in portions]) == (30, [30])


def test_files_that_could_not_be_read_are_counted_and_the_first_is_named() -> None:
    unread = [SourceError("b.pdf", Wording("坏", "broken")), SourceError("c.pdf", same("x"))]

    assert series_scope.unread_wording(unread).en == (
        "2 of the series' files cannot be read and do not count in its numbering: b.pdf: broken"
    )


def test_the_series_is_what_was_given_and_what_is_known_of_the_others() -> None:
    settings = Settings()
    given = {"a.md": issue("a.md"), "b.md": None, "outside.md": issue("outside.md")}
    scope = SeriesScope(
        settings, [source("a.md"), source("b.md")], [source("c.md"), source("d.md"), source("e.md")]
    )
    known = {
        "c.md": cached("c.md"),
        "d.md": CachedIssue(None, same("坏"), None, None, True),  # noqa: FBT003
    }
    found = series_scope.gather(settings, given, scope, known)

    assert [each.path for each in found.issues] == ["a.md", "c.md"]
    assert (found.given, found.is_whole) == (frozenset({"a.md"}), False)
    assert [each.path for each in found.unread] == ["d.md"]
    assert found.register is None
    alone = series_scope.gather(settings, given, SeriesScope(settings, [source("a.md")]), {})
    assert alone.is_whole


# --- whose faults count --------------------------------------------------------------------------------


def surveyed(*issues: IssueRecord, given: Sequence[str] = ()) -> AffectedIssues:
    return AffectedIssues(Surveyed(tuple(issues), frozenset(given), False, (), {}, None), {})  # noqa: FBT003


def test_a_series_concerns_a_run_that_was_given_one_of_its_issues() -> None:
    one, other = Series("甲", [issue("a.md")], {}), Series("乙", [issue("b.md", supplement=True)], {})

    assert surveyed(given=["a.md"]).concerned([one, other]) == [one]
    assert surveyed(given=["b.md"]).concerned([one, other]) == [other]
    assert surveyed().concerned([one, other]) == []


def test_a_fault_pertains_to_those_who_take_part_in_it_or_cause_it() -> None:
    a, b, c, d = (issue(f"{name}.md", number) for number, name in enumerate("abcd", 1))
    own, beside, caused, anyway = (
        Finding(a, "issue", b, {}),
        Finding(b, "issue", a, {}),
        Finding(c, "issue", d, {}),
        Finding(d, "issue", c, {}),
    )
    judged: list[list[str]] = []

    def judge(groups: Sequence[Series]) -> Verdict:
        judged.append([each.path for group in groups for each in group.issues])
        return Verdict([anyway], {})

    affected = surveyed(a, b, c, d, given=["a.md"])
    assert affected.pertinent([own, beside], judge) == [own, beside]
    assert judged == []
    assert affected.pertinent([own, caused, anyway], judge) == [own, caused]
    assert affected.pertinent([anyway._replace(fact="date")], judge) == [anyway._replace(fact="date")]
    assert judged == [["b.md", "c.md", "d.md"]] * 2


# --- what is known of a file, and reports --------------------------------------------------------------


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("failures", [(), (same("漏"),)])
def test_only_a_bulletin_is_an_issue(failures: tuple[Wording, ...], *, shows: bool) -> None:
    result = FileResult("a.md", "text", pages=3, encoding="utf-8", failures=failures)
    found = known_of(LintResult(result, issue("a.md"), shows_bulletin=shows))

    assert found == CachedIssue(issue("a.md") if shows else None, None, 3, "utf-8", not failures)


def test_a_report_is_in_the_natural_order_of_paths() -> None:
    results = {path: FileResult(path, "pdf") for path in ("第10期.pdf", "第2期.pdf")}
    told = report_of(results, (same("注"),))

    assert [each.path for each in told.documents] == ["第2期.pdf", "第10期.pdf"]
    assert told.notes == (same("注"),)
    assert {"pdf", "text"} <= set(told.kinds)


# --- files ---------------------------------------------------------------------------------------------


def test_a_file_that_is_to_be_written_would_be_found_or_not(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    (root / ".gitignore").write_text("ignored.md\n", encoding="utf-8")
    (root / "in" / ".gitignore").write_text("own.md\n", encoding="utf-8")
    (root / ".git").mkdir()

    def found(name: str, *exclude: str, globs: Sequence[str] = ("**/*.md",)) -> bool:
        return would_be_found(str(root / name), globs, exclude, str(root))

    assert found("a.md")
    assert found("in/a.md")
    assert found("a.md", globs=["*.md"])
    assert not found("a.txt")
    assert not found("a.md", "a.md")
    assert not found("in/a.md", "in")
    assert not found("in/own.md")
    assert found("own.md")
    assert not found("ignored.md")
    assert not found("in/ignored.md")
    assert not found(".a.md")
    assert not found(".in/a.md")
    assert not found("~$a.md")
    assert not found("node_modules/a.md")
    assert found("node_modules.md")
    assert not would_be_found(str(tmp_path / "a.md"), ["**/*.md"], [], str(root))


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("第1期", "Did you mean 第1期.md or 第1期.pdf?"),
        ("第1期.txt", "Did you mean 第1期.md or 第1期.pdf?"),
        ("第2期", "Did you mean 第2期.doc?"),
        ("第3期", None),
        ("第1", None),
        ("*.odd", "no file fits this pattern"),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_those_near_it(
    given: str, near: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("第1期.md", "第1期.pdf", "第1期.odd", "第2期.doc", "第3期.odd", "第10期.md"):
        Path(name).write_bytes(b"x")
    (failure,) = discover([given]).failures

    assert failure.path == given
    assert ("Did you mean" in failure.wording.en or "pattern" in failure.wording.en) is (near is not None)
    assert near is None or near in failure.wording.en


@pytest.mark.parametrize(
    ("paths", "en"),
    [
        (["b.ofd"], "1 OFD document was not checked: b.ofd. What is in a form"),
        (["b.ofd", "a.ofd"], "2 OFD documents were not checked: a.ofd, b.ofd. What is in a form"),
        (
            [f"{at}.ofd" for at in range(5)],
            "5 OFD documents were not checked: 0.ofd, 1.ofd, 2.ofd, 3.ofd, 4.ofd. What",
        ),
        (
            [f"{at}.ofd" for at in range(6)],
            "6 OFD documents were not checked: 0.ofd, 1.ofd, 2.ofd, 3.ofd, 4.ofd, …. What",
        ),
        (["a.doc"], "1 Word document was not checked: a.doc. Old forms have to be converted"),
        (
            ["a.ofd", "b.doc"],
            "1 Word document was not checked: b.doc; 1 OFD document was not checked: a.ofd. What is in a form",
        ),
    ],
)
def test_files_in_forms_that_are_not_read_are_counted_and_named(paths: list[str], en: str) -> None:
    told = unread_wording(paths)

    assert told.en.startswith(en)
    assert not told.zh.startswith("另有 ")
    assert unread_wording(paths, besides=True).zh == f"另有 {told.zh}"
    assert ("Old forms" in told.en) is any(path.endswith(".doc") for path in paths)


# --- what is not known ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("甲乙丙", True),
        (f"甲乙{LOST}", False),
        (f"{LOST}，甲乙", False),
        (f"{LOST}。甲乙", True),
        (f"甲乙。{LOST}", True),
        (f"{LOST}！甲乙？{LOST}", True),
        (f"{LOST}；甲乙；{LOST}", True),
        (f"{LOST}\n甲乙\n{LOST}", True),
        (f"甲乙丙{LOST}。", False),
    ],
)
def test_in_a_clause_that_lost_a_character_nothing_is_told(text: str, *, is_sure: bool) -> None:
    at = text.index("甲乙")
    match = Match(Span(at, at + 2))
    found = but_for_holes([match], document(text))

    if is_sure:
        assert found == [match]
    else:
        assert isinstance(found, CannotAssess)


def test_of_several_matches_the_sure_ones_are_told() -> None:
    text = f"甲。{LOST}甲。甲"
    matches = [Match(Span(at, at + 1)) for at, character in enumerate(text) if character == "甲"]

    assert but_for_holes(matches, document(text)) == [matches[0], matches[2]]
