"""A run over an archive, its parts done by a machine that only writes what it is told they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.archive.judging import DamagedPart, Judges, remove_damaged
from bulletin_lint.archive.listing import ListedFile, Listing
from bulletin_lint.archive.parts import ArchivePart, halves
from bulletin_lint.archive.rows import packed
from bulletin_lint.archive.run import Archived, ArchiveRun, digest_of, run_archive
from bulletin_lint.archive.storage import LocalFolder
from bulletin_lint.archive.stored import StoredResults
from bulletin_lint.archive.work import DonePart, LostPart, Outcomes, PartWork, file_name, parts_in
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.errors import SourceError, UsageError
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.violation import Outcome, Violation
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import same
from bulletin_lint.rulebook.load import load_rulebook, selected_rules
from bulletin_lint.rulebook.rulebook import Rulebook
from bulletin_lint.series.issue import FieldPlace, IssueRecord
from house_packs import SERIES_PACK

PACK = f"""\
{SERIES_PACK}  WVR006: {{name: unused, check: waiver, fault: unused, waivable: false, message: {{zh: 多余, en: unused}}}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pack of two rules, which is quick to load, and one of one."""
    path = tmp_path_factory.mktemp("packs")
    (path / "pack.yaml").write_text(PACK, "utf-8")
    (path / "other.yaml").write_text(PACK.partition("  PUN002")[0], "utf-8")
    return path


def loaded(folder: Path, name: str = "pack.yaml") -> Rulebook:
    return load_rulebook(Settings(extends=(f"./{name}",), folder=str(folder)))


@pytest.fixture(scope="module")
def rulebook(folder: Path) -> Rulebook:
    return loaded(folder)


def judges(rulebook: Rulebook, settings: Settings | None = None, waivers: Waivers | None = None) -> Judges:
    settings = settings or Settings()
    wanted = settings._replace(select=("ISS005", "PUN", "WVR"))
    return Judges(rulebook, selected_rules(wanted, rulebook), settings, waivers or Waivers())


def issue(number: int, *violations: Violation, error: str = "", title: str = "云岭简报") -> LintResult:
    """The result for an issue of a series."""
    path = f"{number}.md"
    if error:
        return LintResult(FileResult(path, "text", error=same(error)), None)
    outcomes: dict[str, Outcome] = {"ISS005": "pass", "PUN002": "fail" if violations else "pass"}
    place = FieldPlace(f"第{number}期", Location(3, 1, 3, 4), f"第{number}期", "masthead.issue_number")
    record = IssueRecord(
        path, title, 2020, number, None, f"2020-01-{number:02}", places={"issue": place, "anchor": place}
    )
    return LintResult(FileResult(path, "text", outcomes=outcomes, violations=violations), record)


def mark(path: str, line: int = 9) -> Violation:
    return Violation(
        path, Location(line, 1, line, 2), "PUN002", "n", "warning", same("m"), "", "x", line_text="x"
    )


class Writer:
    """A machine that has the result of each file at hand; some parts it loses, some it cuts."""

    def __init__(self, *results: LintResult, loses: Collection[str] = (), cuts: Collection[str] = ()) -> None:
        self._results = {each.result.path: each for each in results}
        self._loses, self._cuts = loses, cuts
        self.asked: list[list[str]] = []

    def do(
        self, work: PartWork, parts: Iterable[ArchivePart], digest: str, there: Collection[str]
    ) -> Outcomes:
        for part in parts:
            self.asked.append([entry.path for entry in part.entries])
            pieces = [part]
            if any(entry.path in self._cuts for entry in part.entries):
                # Whatever comes back last may come first in the archive.
                pieces = [*reversed(halves(part, digest))]
            yield from self._done(work, pieces)

    def _done(self, work: PartWork, pieces: Iterable[ArchivePart]) -> Iterator[Any]:
        for piece in pieces:
            if any(entry.path in self._loses for entry in piece.entries):
                yield piece, LostPart(piece.name, piece.entries, same("lost"))
                continue
            held = [self._results[entry.path] for entry in piece.entries]
            work.out.write(f"parts/{file_name(piece.name)}", packed(held))
            unchecked = sum(bool(each.result.complaints) for each in held)
            yield piece, DonePart(piece.name, len(held), unchecked, 0.0)

    def close(self) -> None:
        """Nothing is open."""


class Heard:
    """What a run told of itself."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def listed(self, files: int) -> None:
        self.said.append(("listed", files))

    def done(self, files: int, unchecked: int, *, is_new: bool) -> None:
        self.said.append((files, unchecked, is_new))

    def judging(self) -> None:
        self.said.append("judging")


NOTES = (RuleNote("ISS005", "issue-number-gap", "error", same("a gap")),)


def run_of(judged_by: Judges, out: Path, source: str = "in", **more: Any) -> ArchiveRun:
    return ArchiveRun(source, judged_by, LocalFolder(str(out)), "out", lambda: NOTES, **more)


def listing(*numbers: int, refused: tuple[SourceError, ...] = (), stamp: str = "1") -> Listing:
    entries = [ListedFile(f"{number}.md", "text", 10, stamp) for number in numbers]
    return Listing(iter(entries), len(entries), refused)


def run(
    given: ArchiveRun, files: Listing, machines: Writer, told: Heard | None = None, made: str = "today"
) -> Archived:
    return run_archive(given, files, machines, told or Heard(), made)


def results(given: ArchiveRun, archived: Archived) -> dict[str, FileResult]:
    found = [each.result for each in StoredResults(given.out, archived.archive)]
    assert [each.path for each in found] == sorted(
        (each.path for each in found), key=lambda path: (len(path), path)
    )
    return {each.path: each for each in found}


def codes(result: FileResult) -> list[str]:
    return [each.code for each in result.violations]


def test_series_are_judged_over_all_parts(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path, part_seconds=0.0001)
    issues = [issue(1), issue(2, mark("2.md")), issue(4, mark("4.md")), issue(5)]
    told = Heard()
    done = run(given, listing(1, 2, 4, 5), Writer(*issues), told)

    found = results(given, done)
    assert {path: codes(result) for path, result in found.items()} == {
        "1.md": [],
        "2.md": ["PUN002"],
        "4.md": ["ISS005", "PUN002"],
        "5.md": [],
    }
    assert found["4.md"].outcomes["ISS005"] == "fail"
    assert found["5.md"].outcomes["ISS005"] == "pass"
    assert (done.parts, done.new_parts) == (4, 4)
    assert told.said == [("listed", 4), *[(1, 0, True)] * 4, "judging"]
    summary = done.archive.summary
    assert (summary.files, summary.checked, summary.unchecked, summary.parts, summary.lost_parts) == (
        4,
        4,
        0,
        4,
        0,
    )
    assert (summary.source, summary.made) == ("in", "today")
    assert summary.violations == (1, 2, 0)
    assert (done.archive.rules, done.archive.kinds, done.archive.fail_level) == (NOTES, ("text",), "error")


def test_without_rules_of_series_no_series_is_judged(rulebook: Rulebook, tmp_path: Path) -> None:
    by = judges(rulebook)
    by = by._replace(rules=[rule for rule in by.rules if rule.code != "ISS005"])
    given = run_of(by, tmp_path)
    done = run(given, listing(1, 3), Writer(issue(1), issue(3, mark("3.md"))))
    assert {path: codes(result) for path, result in results(given, done).items()} == {
        "1.md": [],
        "3.md": ["PUN002"],
    }


def test_series_with_other_titles_are_others(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path)
    issues = [issue(1), issue(2, title="石桥动态"), issue(3), issue(4, title="石桥动态")]
    done = run(given, listing(1, 2, 3, 4), Writer(*issues))
    assert {path: codes(result) for path, result in results(given, done).items()} == {
        "1.md": [],
        "2.md": [],
        "3.md": ["ISS005"],
        "4.md": ["ISS005"],
    }


def test_titles_that_a_series_had_before_are_its_own(rulebook: Rulebook, tmp_path: Path) -> None:
    settings = Settings(series={"aliases": {"云岭简报": ["云岭信息"]}})
    given = run_of(judges(rulebook, settings), tmp_path)
    done = run(given, listing(1, 2, 3), Writer(issue(1), issue(2, title="云岭信息"), issue(3)))
    assert all(codes(result) == [] for result in results(given, done).values())
    assert [(group.name, group.files) for group in done.archive.summary.series] == [("云岭简报", 3)]


def test_what_is_done_is_not_done_again_and_what_was_judged_stays(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path)
    first = run(given, listing(1, 2), Writer(issue(1), issue(2)))
    machine, told = Writer(), Heard()
    again = run(given, listing(1, 2), machine, told, made="tomorrow")
    assert (machine.asked, again.new_parts, again.parts) == ([], 0, 1)
    assert told.said == [("listed", 2), (2, 0, False), "judging"]
    # Nothing has changed, and so the time has not either.
    assert again.archive == first.archive
    changed = run(given, listing(1, 2, stamp="2"), Writer(issue(1), issue(2)), made="tomorrow")
    assert changed.archive.summary.made == "tomorrow"
    assert changed.archive.folder != first.archive.folder
    assert LocalFolder(str(tmp_path)).folders() == sorted([changed.archive.folder, "parts"])
    assert len(parts_in(LocalFolder(str(tmp_path)).names("parts"))) == 2


def test_files_that_were_lost_are_told_in_their_place(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path, part_seconds=0.0001)
    told = Heard()
    done = run(given, listing(1, 2, 3), Writer(issue(1), issue(3), loses={"2.md"}), told)
    assert [(path, result.error) for path, result in results(given, done).items()] == [
        ("1.md", None),
        ("2.md", same("lost")),
        ("3.md", None),
    ]
    assert told.said == [("listed", 3), (1, 0, True), (1, 1, True), (1, 0, True), "judging"]
    summary = done.archive.summary
    assert (summary.unchecked, summary.parts, summary.lost_parts) == (1, 3, 1)


def test_the_pieces_of_a_part_come_in_the_order_of_its_files(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path, part_seconds=1000.0)
    machine = Writer(issue(1), issue(2), issue(3), issue(4, error="broken"), cuts={"1.md"}, loses={"3.md"})
    told = Heard()
    done = run(given, listing(1, 2, 3, 4), machine, told)
    found = results(given, done)
    assert list(found) == ["1.md", "2.md", "3.md", "4.md"]
    assert found["3.md"].error == found["4.md"].error == same("lost")
    assert told.said == [("listed", 4), (2, 2, True), (2, 0, True), "judging"]
    assert done.parts == 1
    assert done.archive.summary.parts == 2


def test_what_could_not_be_listed_is_in_the_report(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path)
    refused = (SourceError("2.md", same("gone")), SourceError("20.pdf", same("locked")))
    done = run(given, listing(1, 3, refused=refused), Writer(issue(1), issue(3)))
    found = results(given, done)
    assert list(found) == ["1.md", "2.md", "3.md", "20.pdf"]
    assert [(found[path].error, found[path].kind) for path in ("2.md", "20.pdf")] == [
        (same("gone"), "text"),
        (same("locked"), "pdf"),
    ]
    assert done.archive.summary.unchecked == 2


def entry(*codes: str, glob: str = "", reason: str = "照录", line: int = 1) -> Waiver:
    return Waiver(
        "waivers.yaml", Location(line, 1, line, 2), "", "- {}", codes, reason, is_inline=False, glob=glob
    )


def test_waivers_count_over_all_parts(rulebook: Rulebook, tmp_path: Path) -> None:
    waivers = Waivers(
        (entry("PUN002", glob="2.md"), entry("PUN002", glob="1.md", line=2)._replace(excerpt="别处")),
        str(Path.cwd()),
    )
    given = run_of(judges(rulebook, waivers=waivers), tmp_path)
    done = run(given, listing(1, 2), Writer(issue(1, mark("1.md")), issue(2, mark("2.md"))))
    found = {each.result.path: each.result for each in StoredResults(given.out, done.archive)}
    assert (codes(found["1.md"]), codes(found["2.md"])) == (["PUN002"], [])
    assert [each.code for each in found["2.md"].waived] == ["PUN002"]
    assert done.archive.summary.waived == 1
    # One that fits nothing in any part is at fault itself, and told of once.
    assert [(each.code, each.location.line) for each in found["waivers.yaml"].violations] == [("WVR006", 2)]
    assert done.archive.summary.violations.warning == 2
    assert done.archive.summary.files == 2


def test_a_damaged_part_is_told_and_can_be_removed(rulebook: Rulebook, tmp_path: Path) -> None:
    given = run_of(judges(rulebook), tmp_path, part_seconds=0.0001)
    run(given, listing(1, 2), Writer(issue(1), issue(2)))
    out = LocalFolder(str(tmp_path))
    assert remove_damaged(out) == []
    names = out.names("parts")
    out.write(f"parts/{names[1]}", b"x")
    out.remove_file("archive.json")
    with pytest.raises(DamagedPart) as caught:
        run(given, listing(1, 2), Writer())
    assert caught.value.describe("en").startswith(f"parts/{names[1]} is damaged (")
    assert "remove it and run again" in caught.value.describe("en")
    assert remove_damaged(out) == [f"parts/{names[1]}"]
    assert out.names("parts") == [names[0]]
    assert run(given, listing(1, 2), Writer(issue(1), issue(2))).new_parts == 1


def test_the_answers_on_another_source_or_of_another_hand_are_not_replaced(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    given = run_of(judges(rulebook), tmp_path)
    run(given, listing(1), Writer(issue(1)))
    other = given._replace(source="elsewhere")
    with pytest.raises(UsageError) as caught:
        run(other, listing(1), Writer(issue(1)))
    assert (
        f"out holds the answers on {Path('in').resolve()}, which are not replaced"
        in caught.value.describe("en")
    )
    page = tmp_path / "mine"
    page.mkdir()
    (page / "report.html").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"report\.html is there already in out"):
        run(run_of(judges(rulebook), page), listing(1), Writer(issue(1)))
    # With parts, or with what was judged, beside it, it is one of ours.
    (page / "judged-0123456789abcdef").mkdir()
    assert run(run_of(judges(rulebook), page), listing(1), Writer(issue(1))).parts == 1
    (page / "archive.json").unlink()
    assert run(run_of(judges(rulebook), page), listing(1), Writer()).new_parts == 0


def test_a_folder_that_cannot_be_written_is_told_with_the_reason(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "parts").write_bytes(b"")
    with pytest.raises(UsageError) as caught:
        run(run_of(judges(rulebook), tmp_path), listing(1), Writer(issue(1)))
    assert caught.value.describe("en").startswith("out cannot be read or written (")
    assert "run again to go on" in caught.value.describe("en")


def test_a_part_depends_on_all_that_what_it_holds_depends_on(
    rulebook: Rulebook, folder: Path, tmp_path: Path
) -> None:
    by = judges(rulebook)
    base = run_of(by, tmp_path)

    def changed(**settings: Any) -> ArchiveRun:
        return base._replace(judges=by._replace(settings=by.settings._replace(**settings)))

    others = [
        base._replace(source="elsewhere"),
        base._replace(password="x"),
        base._replace(time_limit=base.time_limit + 1),
        base._replace(judges=by._replace(rules=by.rules[1:])),
        base._replace(judges=by._replace(rules=[by.rules[0]._replace(severity="info"), *by.rules[1:]])),
        base._replace(judges=by._replace(rulebook=loaded(folder, "other.yaml"))),
        changed(required=("title",)),
        changed(convert={"command": "/x"}),
        changed(converts=False),
        changed(per_file_ignores={"a": ("PUN",)}),
        changed(per_file_ignores={"a": ("PUN",)}, folder="/elsewhere"),
    ]
    assert len({digest_of(each) for each in (base, *others)}) == len(others) + 1
    # Series and waivers are judged when the parts are done; a folder counts only for what goes by it.
    same_parts = [
        base,
        changed(folder="/elsewhere"),
        changed(series={"restarts": "never"}),
        changed(fail_level="info"),
        base._replace(judges=by._replace(waivers=Waivers((entry("PUN002"),)))),
        base._replace(part_seconds=1.0),
        base._replace(source=str(Path("in").resolve())),
    ]
    assert {digest_of(each) for each in same_parts} == {digest_of(base)}


def test_an_archive_is_judged_again_when_anything_that_judges_it_changes(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    by = judges(rulebook)
    register = tmp_path / "register.csv"
    out = tmp_path / "out"

    def key(refused: tuple[SourceError, ...] = (), waivers: Waivers | None = None, **settings: Any) -> str:
        own = by._replace(settings=by.settings._replace(**settings), waivers=waivers or Waivers())
        machine = Writer(issue(1), issue(2))
        return run(run_of(own, out), listing(1, 2, refused=refused), machine).archive.key

    keys = [
        key(),
        key(refused=(SourceError("3.md", same("gone")),)),
        key(refused=(SourceError("3.md", same("locked")),)),
        key(waivers=Waivers((entry("PUN002"),))),
        key(waivers=Waivers((entry("PUN002"),), "/elsewhere")),
        key(series={"restarts": "never"}),
        key(fail_level="info"),
    ]
    assert len(set(keys)) == len(keys)
    assert key(waivers=Waivers((), "/elsewhere")) == keys[0]
    head = "title,year,issue,cumulative,date,file\n"
    register.write_text(head, "utf-8")
    one = key(path=str(tmp_path / "bulletin-lint.yaml"), folder=str(tmp_path))
    register.write_text(head + "云岭简报,2019,1,,2019-01-02,old.md\n", "utf-8")
    other = key(path=str(tmp_path / "bulletin-lint.yaml"), folder=str(tmp_path))
    assert len({*keys, one, other}) == len(keys) + 2


def test_entries_of_the_register_are_judged_among_the_issues(rulebook: Rulebook, tmp_path: Path) -> None:
    """What is said of one stands in the report where its file is, once and whichever title it has."""
    here = tmp_path / "office"
    here.mkdir()
    (here / "register.csv").write_text(
        "刊名,年,期号,编发日期\n云岭简报,2020,4,2020-01-04\n云岭简报,2020,7,2020-01-07\n石桥动态,2020,3,2020-01-03\n"
        "石桥动态,2020,1,2020-01-01\n",
        "utf-8",
    )
    settings = Settings(path=str(here / "bulletin-lint.yaml"), folder=str(here))
    given = run_of(judges(rulebook, settings), tmp_path / "out")
    done = run(given, listing(1, 2, 3, 5), Writer(*(issue(number) for number in (1, 2, 3, 5))))
    found = {each.result.path: each.result for each in StoredResults(given.out, done.archive)}
    register = next(result for path, result in found.items() if path.endswith("register.csv"))
    assert [(each.code, each.location.line) for each in register.violations] == [("ISS005", 3), ("ISS005", 4)]
    assert register.beside
    # With the entry for the fourth nothing is missing before the fifth.
    assert [codes(found[f"{number}.md"]) for number in (1, 2, 3, 5)] == [[], [], [], []]
    assert done.archive.summary.files == 4


def test_globs_of_the_settings_mean_the_files_that_were_done(rulebook: Rulebook, tmp_path: Path) -> None:
    settings = Settings(bulletins=("*.md",), folder=str(tmp_path))
    given = run_of(judges(rulebook, settings), tmp_path / "out")
    done = run(given, listing(1, 3), Writer(issue(1), issue(3)))
    assert {path: codes(result) for path, result in results(given, done).items()} == {
        "1.md": [],
        "3.md": ["ISS005"],
    }
