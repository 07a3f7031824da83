"""A judged archive as Parquet: rows are those of the report, texts of any kind are taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint.archive import tables
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.wording import same
from harness import Command

pytest.importorskip("pyarrow")


def test_tables_hold_what_the_report_holds(
    archive: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import parquet

    # More than one group of rows.
    monkeypatch.setattr(tables, "_ROWS", 8)
    Path("waivers.yaml").write_text(
        "- {rule: ISS005, path: issues/甲/**, reason: 当时没有编, by: 王某}\n", encoding="utf-8"
    )
    command("archive", "issues", "--out", "out")
    made = command("archive", "report", "out", "--format", "json", "--parquet", "tables")
    found = json.loads(made.out)
    violations = parquet.read_table("tables/violations.parquet").to_pylist()
    files = parquet.read_table("tables/files.parquet").to_pylist()

    keys = ("path", "code", "line", "column", "fingerprint", "severity")
    # A violation of waivers.yaml is of no bulletin, but of the report.
    assert sorted(tuple(str(each[key]) for key in keys) for each in violations) == sorted(
        tuple(str(each[key]) for key in keys) for each in found["violations"]
    )
    assert {each["message_zh"] for each in violations} == {
        each["message"]["zh"] for each in found["violations"]
    }
    assert [each["reason"] for each in violations if each["waived"]] == ["当时没有编"]
    assert [each["path"] for each in files] == [each["path"] for each in found["documents"]]
    assert sum(each["error"] for each in files) == found["summary"]["error"]
    assert [each["path"] for each in files if each["problem_zh"]] == ["issues/甲/truncated.docx"]
    first = next(each for each in files if each["path"].endswith("乙/2020/第3期.txt"))
    assert (first["title"], first["year"], first["issue"], first["date"]) == (
        "云溪乙区工作简报",
        2020,
        3,
        "2020-12-21",
    )


def test_text_that_is_no_unicode_is_taken(tmp_path: Path) -> None:
    """A name with a lone surrogate, as Linux gives for bytes that are no UTF-8."""
    from pyarrow import parquet

    name = "a\udcff.md"
    tables.write_tables([LintResult(FileResult(name, "text", error=same("no")), None)], str(tmp_path / "new"))

    assert parquet.read_table(tmp_path / "new" / "files.parquet").to_pylist()[0]["path"] == "a?.md"
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "files.parquet",
        "violations.parquet",
    ]


def test_what_keeps_tables_from_being_written_is_said(
    archive: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    command("archive", "issues/乙", "--out", "out")
    Path("file").write_text("x", encoding="utf-8")
    outcome = command("archive", "report", "out", "--parquet", "file", "--lang", "en")
    assert outcome.code == 2
    assert "cannot write to file" in outcome.err
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    outcome = command("archive", "report", "out", "--parquet", "tables", "--lang", "en")
    assert outcome.code == 2
    assert "bulletin-lint[parquet]" in outcome.err
    assert not Path("tables").exists()
