"""Parquet tables: each column of a row by itself, and files in groups of any size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.archive import tables
from bulletin_lint.archive.tables import FILE_COLUMNS, FILES, VIOLATION_COLUMNS, VIOLATIONS, write_tables
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import Severity, Violation, Waived
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord

parquet = pytest.importorskip("pyarrow.parquet")


def violation(code: str, severity: Severity = "error") -> Violation:
    place = Location(1, 2, 3, 4, (PageBox(7, (0.0, 0.0, 1.0, 1.0)),))
    return Violation("1.md", place, code, f"n-{code}", severity, Wording("误", "wrong"), "part", f"x{code}")


def rows(folder: Path, *results: LintResult) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    write_tables(iter(results), str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [FILES, VIOLATIONS]
    files: list[dict[str, Any]] = parquet.read_table(folder / FILES).to_pylist()
    violations: list[dict[str, Any]] = parquet.read_table(folder / VIOLATIONS).to_pylist()
    return files, violations


def test_the_names_of_the_columns() -> None:
    assert list(FILE_COLUMNS) == [
        "path", "kind", "pages", "title", "year", "issue", "cumulative", "date", "supplement", "skipped",
        "error", "warning", "info", "waived", "problem_zh", "problem_en",
    ]  # fmt: skip
    assert list(VIOLATION_COLUMNS) == [
        "path", "title", "year", "code", "name", "severity", "line", "column", "end_line", "end_column", "page",
        "part", "excerpt", "message_zh", "message_en", "fingerprint", "waived", "reason",
    ]  # fmt: skip
    assert (FILES, VIOLATIONS) == ("files.parquet", "violations.parquet")


def test_a_file_of_which_all_is_known(tmp_path: Path) -> None:
    result = FileResult(
        "1.pdf",
        "pdf",
        9,
        failures=(Wording("第2页", "page 2"), Wording("第3页", "page 3")),
        violations=(violation("A"), violation("B"), violation("C", "warning"), violation("D", "info")),
        waived=(violation("E")._replace(waived=Waived("file", "照录", "w.yaml", 1)),),
    )
    record = IssueRecord("1.pdf", "云岭简报", 2020, 3, 103, "2020-01-02", supplement=True)
    files, violations = rows(tmp_path / "t", LintResult(result, record))
    assert files == [
        {
            "path": "1.pdf", "kind": "pdf", "pages": 9, "title": "云岭简报", "year": 2020, "issue": 3,
            "cumulative": 103, "date": "2020-01-02", "supplement": True, "skipped": False, "error": 2,
            "warning": 1, "info": 1, "waived": 1, "problem_zh": "第2页 第3页", "problem_en": "page 2 page 3",
        }
    ]  # fmt: skip
    assert [each["code"] for each in violations] == ["A", "B", "C", "D", "E"]
    first, last = violations[0], violations[-1]
    assert len(first.pop("fingerprint")) == 16
    assert first == {
        "path": "1.pdf", "title": "云岭简报", "year": 2020, "code": "A", "name": "n-A", "severity": "error",
        "line": 1, "column": 2, "end_line": 3, "end_column": 4, "page": 7, "part": "part", "excerpt": "xA",
        "message_zh": "误", "message_en": "wrong", "waived": False, "reason": None,
    }  # fmt: skip
    assert (last["waived"], last["reason"]) == (True, "照录")


def test_a_file_of_which_nothing_is_known(tmp_path: Path) -> None:
    skipped = LintResult(FileResult("1.md", "text", skipped=True), None)
    broken = LintResult(
        FileResult("2.md", "text", violations=(violation("A"),), error=Wording("坏", "broken")), None
    )
    files, violations = rows(tmp_path, skipped, broken)
    nothing = ("pages", "title", "year", "issue", "cumulative", "date", "supplement")
    assert [[each[name] for name in nothing] for each in files] == [[None] * 7] * 2
    assert [(each["skipped"], each["problem_zh"], each["problem_en"]) for each in files] == [
        (True, None, None),
        (False, "坏", "broken"),
    ]
    assert [(each["title"], each["year"]) for each in violations] == [(None, None)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_files_and_violations_of_any_number_are_all_there(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_ROWS", 8)
    results = [
        LintResult(
            FileResult(f"{n}.md", "text", violations=tuple(violation(f"A{m}") for m in range(5))), None
        )
        for n in range(count)
    ]
    files, violations = rows(tmp_path, *results)
    assert [each["path"] for each in files] == [f"{n}.md" for n in range(count)]
    assert [(each["path"], each["code"]) for each in violations] == [
        (f"{n}.md", f"A{m}") for n in range(count) for m in range(5)
    ]


def test_tables_that_are_there_are_replaced_and_stay_when_writing_fails(tmp_path: Path) -> None:
    one = LintResult(FileResult("1.md", "text"), None)
    rows(tmp_path, one)
    files, _ = rows(tmp_path, one, one)
    assert len(files) == 2

    def breaks() -> Any:
        yield one
        raise OSError(28, "No space left on device")

    with pytest.raises(UsageError) as caught:
        write_tables(breaks(), str(tmp_path))
    assert caught.value.describe("en") == f"cannot write to {tmp_path} (No space left on device)"
    assert caught.value.describe("zh") == f"无法写入 {tmp_path}（No space left on device）"
    # Nothing half written is left, and what was whole is.
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILES, VIOLATIONS]
    assert len(parquet.read_table(tmp_path / FILES).to_pylist()) == 2
