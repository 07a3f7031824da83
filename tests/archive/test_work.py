"""What is done with a part: in portions, under the paths that reports show, and with a reason for each file that is lost."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bulletin_lint.archive import work
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.archive.parts import ArchivePart
from bulletin_lint.archive.rows import Sharing, unpacked
from bulletin_lint.archive.work import LostPart, PartWork, file_name, parts_in
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import RelatedPlace, Violation
from bulletin_lint.model.wording import same
from bulletin_lint.readers import reader_info
from bulletin_lint.series.issue import IssueRecord


class Disk:
    """Files that lie far away, by name; and what was written."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.asked: list[str] = []
        self.written: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        self.asked.append(name)
        if name not in self.files:
            raise FileNotFoundError(name)
        if not self.files[name]:
            raise PermissionError(13, "Permission denied")
        return self.files[name]

    def write(self, name: str, data: bytes) -> None:
        self.written[name] = data


class Counter:
    """A linter that notes what it is given."""

    def __init__(self) -> None:
        self.given: list[SourceFile] = []

    def lint(self, source: SourceFile) -> LintResult:
        self.given.append(source)
        return LintResult(FileResult(source.path, source.kind), None)


def part_work(linter: Any = None, out: Any = None, remote: Any = None, folder: str = "/office") -> PartWork:
    return PartWork(cast(Linter, linter), Settings(), out, remote=remote, folder=folder, time_limit=4.0)


def listed(path: str, size: int = 10) -> ListedFile:
    return ListedFile(path, "text", size, "1")


def test_warming_lints_as_many_texts_as_load_everything_and_no_kind_that_is_read_apart() -> None:
    """From the seventh text on rules are searched for otherwise."""
    linter = Counter()
    part_work(linter).warm()

    paths = [source.path for source in linter.given]
    assert paths
    assert min(map(paths.count, paths)) >= 7
    assert not any(reader_info(source.kind).is_isolated for source in linter.given)


def test_the_files_of_parts_are_known_by_their_names() -> None:
    assert parts_in([file_name("a1"), "summary.json", file_name("b2")]) == {"a1", "b2"}


@pytest.mark.parametrize(
    ("sizes", "portions"),
    [
        ([], [0]),
        ([5], [1]),
        ([50], [1]),
        ([5, 5], [2]),
        ([5, 6], [1, 1]),
        ([4, 4, 4, 4, 4], [2, 2, 1]),
        ([50, 1, 9, 1], [1, 2, 1]),
        # What fits with nothing stands alone.
        ([1, 50, 1], [1, 1, 1]),
    ],
)
def test_files_from_afar_are_held_up_to_ten_bytes_at_once(
    sizes: list[int], portions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_AT_ONCE", 10)
    entries = [listed(f"{index}.md", size) for index, size in enumerate(sizes)]

    found = list(part_work(remote=Disk())._portions(entries))

    assert [len(each) for each in found] == portions
    assert [entry for each in found for entry in each] == entries
    assert list(part_work()._portions(entries)) == [entries]


def results_of(disk: Disk, *entries: ListedFile) -> list[LintResult]:
    out = Disk()
    done = part_work(Counter(), out, disk)(ArchivePart("a1", entries, "a1"))
    ((name, data),) = out.written.items()
    results = list(unpacked(data, Sharing()))
    assert (name, done.name, done.files) == ("parts/part-a1.jsonl.gz", "a1", len(entries))
    assert done.unchecked == sum(each.result.error is not None for each in results)
    assert 0 <= done.seconds < 60
    return results


def test_a_file_that_is_gone_or_locked_costs_itself_and_keeps_its_place() -> None:
    disk = Disk(**{"1.md": b"a", "3.md": b"", "4.md": b"b"})
    found = results_of(disk, *(listed(f"{number}.md") for number in (1, 2, 3, 4)))

    assert [each.result.path for each in found] == ["1.md", "2.md", "3.md", "4.md"]
    assert [each.result.error.en if each.result.error else None for each in found] == [
        None,
        "the file has gone since it was listed.",
        "cannot be read (Permission denied).",
        None,
    ]


def test_where_nothing_can_be_read_nothing_is_linted() -> None:
    (only,) = results_of(Disk(), listed("1.md"))

    assert only.result.error is not None


def test_of_a_file_that_is_too_large_nothing_is_fetched() -> None:
    limit = reader_info("text").size_limit
    disk = Disk(**{"1.md": b"a", "2.md": b"a"})
    maker = part_work(remote=disk)

    assert maker._read(listed("1.md", limit)) == b"a"
    assert len(maker._read(listed("2.md", limit + 1))) == limit + 1
    assert disk.asked == ["1.md"]


def test_a_result_is_told_under_the_path_that_reports_show() -> None:
    """Other files that it speaks of keep theirs."""
    place = Location(1, 1, 1, 2)
    related = tuple(
        RelatedPlace(path, 1, 1, None, same("there")) for path in ("/office/1.md", "/office/0.md")
    )
    violation = Violation("/office/1.md", place, "PUN002", "n", "error", same("m"), "", "", related=related)
    result = FileResult("/office/1.md", "text", violations=(violation,))
    record = IssueRecord("/office/1.md", "云岭简报", 2024, 1, None, None)

    shown = work._shown(LintResult(result, record), "1.md")

    assert (shown.result.path, shown.facts and shown.facts.path) == ("1.md", "1.md")
    (told,) = shown.result.violations
    assert told.path == "1.md"
    assert [each.path for each in told.related] == ["1.md", "/office/0.md"]
    assert work._shown(LintResult(result, None), "1.md").facts is None


def test_a_part_that_was_lost_has_a_result_for_each_of_its_files() -> None:
    lost = LostPart("a1", (listed("1.md"), listed("2.md")), same("lost"))

    assert [
        (each.result.path, each.result.kind, each.result.error, each.facts) for each in lost.results()
    ] == [
        ("1.md", "text", same("lost"), None),
        ("2.md", "text", same("lost"), None),
    ]
