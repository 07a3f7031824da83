"""A judged archive as it lies in its folder: read as it was written, or refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.archive.judging import EXTRAS
from bulletin_lint.archive.rows import packed
from bulletin_lint.archive.storage import LocalFolder
from bulletin_lint.archive.stored import (
    INDEX,
    PAGE,
    ArchiveIndex,
    StoredResults,
    read_index,
    report_of_archive,
)
from bulletin_lint.archive.work import file_name
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.wording import Wording
from summaries import SUMMARY

NOTES = (
    RuleNote("A1", "a", "error", Wording("甲", "A")),
    RuleNote(
        "B1", "b", "info", Wording("乙", "B"), Wording("因", "why"), Wording("改", "mend"), ("GB/T 1", "2")
    ),
)
STORED = ArchiveIndex(
    "key", "judged-1", ("p1", "p2"), "warning", NOTES, ("pdf", "text"), SUMMARY, "/office/in"
)


@pytest.fixture
def out(tmp_path: Path) -> LocalFolder:
    return LocalFolder(str(tmp_path))


def test_an_index_is_read_as_it_was_written(out: LocalFolder) -> None:
    out.write(INDEX, STORED.written())
    assert read_index(out, "out") == STORED
    assert (INDEX, PAGE) == ("archive.json", "report.html")


def test_an_index_without_the_name_of_its_source_is_one(out: LocalFolder) -> None:
    content = json.loads(STORED.written())
    del content["real_source"]
    out.write(INDEX, json.dumps(content).encode())
    found = read_index(out, "out")
    assert found is not None
    assert found == STORED._replace(real_source="")


def test_where_nothing_was_judged_there_is_no_index(out: LocalFolder) -> None:
    assert read_index(out, "out") is None


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": 0},
        {"more": 1},
        {"rules": [["A1"]]},
        {"rules": 5},
        {"summary": []},
        {"parts": None},
        {"kinds": 3},
    ],
)
def test_an_index_of_another_form_is_refused(change: dict[str, Any], out: LocalFolder) -> None:
    out.write(INDEX, json.dumps({**json.loads(STORED.written()), **change}).encode())
    with pytest.raises(UsageError) as caught:
        read_index(out, "out")
    assert caught.value.describe("en") == (
        "out/archive.json is damaged, or was not written by this version; remove it and run archive again"
    )
    assert caught.value.describe("zh").startswith("out/archive.json 已损坏，或不是这个版本写的")


def test_an_index_that_cannot_be_read_is_told_with_the_reason(out: LocalFolder, tmp_path: Path) -> None:
    (tmp_path / INDEX).mkdir()
    with pytest.raises(UsageError) as caught:
        read_index(out, "out")
    assert caught.value.describe("en") == "out cannot be read (Is a directory)"


def write(out: LocalFolder, besides: list[str], *parts: list[str]) -> ArchiveIndex:
    def results(paths: list[str]) -> bytes:
        return packed(LintResult(FileResult(path, "text"), None) for path in paths)

    out.write(f"judged-1/{EXTRAS}", results(besides))
    for number, paths in enumerate(parts):
        out.write(f"judged-1/{file_name(f'p{number}')}", results(paths))
    return STORED._replace(parts=tuple(f"p{number}" for number in range(len(parts))))


@pytest.mark.parametrize(
    ("besides", "parts", "expected"),
    [
        ([], [["1", "2"], ["3"]], "1 2 3"),
        (["0", "2", "4"], [["1"], ["3"]], "0 1 2 3 4"),
        (["a", "b"], [], "a b"),
        (["1", "2"], [["3"]], "1 2 3"),
        (["8", "9"], [["3"], ["4"]], "3 4 8 9"),
        # By the value of their numbers; of two alike that of a part is first.
        (["9"], [["2", "10"]], "2 9 10"),
        (["2"], [["2", "3"]], "2 2 3"),
        ([], [[], ["1"]], "1"),
    ],
)
def test_what_is_besides_comes_in_its_place(
    besides: list[str], parts: list[list[str]], expected: str, out: LocalFolder
) -> None:
    results = StoredResults(out, write(out, besides, *parts))
    for _ in range(2):
        assert " ".join(each.result.path for each in results) == expected


def test_a_part_that_is_missing_or_damaged_is_told_with_what_to_do(out: LocalFolder, tmp_path: Path) -> None:
    index = write(out, [], ["1"])
    name = f"judged-1/{file_name('p0')}"
    for spoil in (lambda path: path.write_bytes(b"x"), Path.unlink):
        spoil(tmp_path / name)
        with pytest.raises(UsageError) as caught:
            list(StoredResults(out, index))
        assert caught.value.describe("en").startswith(f"{name} is missing or damaged (")
        assert "remove archive.json and run archive again" in caught.value.describe("en")
        assert name in caught.value.describe("zh")


def test_the_report_has_what_the_index_says(out: LocalFolder) -> None:
    report = report_of_archive(out, write(out, [], ["1", "2"]))
    assert [document.path for document in report.documents] == ["1", "2"]
    assert [document.path for document in report.documents] == ["1", "2"]
    assert (report.fail_level, report.rules) == ("warning", NOTES)
    assert {"text", "pdf"} <= set(report.kinds)
