"""A judged archive as two Parquet tables, for whoever asks questions of it: files, and violations."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from bulletin_lint._typing import Any
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.fingerprint import fingerprints
from bulletin_lint.model.violation import SEVERITIES
from bulletin_lint.model.wording import Wording

FILES, VIOLATIONS = "files.parquet", "violations.parquet"
_ROWS = 20_000
"""Rows that are held, and written, together."""
_TEXT, _NUMBER, _FLAG = "string", "int32", "bool_"

FILE_COLUMNS = {
    **dict.fromkeys(("path", "kind"), _TEXT),
    "pages": _NUMBER,
    "title": _TEXT,
    **dict.fromkeys(("year", "issue", "cumulative"), _NUMBER),
    "date": _TEXT,
    **dict.fromkeys(("supplement", "skipped"), _FLAG),
    **dict.fromkeys((*SEVERITIES, "waived"), _NUMBER),
    **dict.fromkeys(("problem_zh", "problem_en"), _TEXT),
}
"""Name to type. The problem is why a file could not be checked, or not wholly."""
VIOLATION_COLUMNS = {
    **dict.fromkeys(("path", "title"), _TEXT),
    "year": _NUMBER,
    **dict.fromkeys(("code", "name", "severity"), _TEXT),
    **dict.fromkeys(("line", "column", "end_line", "end_column", "page"), _NUMBER),
    **dict.fromkeys(("part", "excerpt", "message_zh", "message_en", "fingerprint"), _TEXT),
    "waived": _FLAG,
    "reason": _TEXT,
}
"""Name to type. Lines and columns are 1-based; the reason is that of a waiver."""


def write_tables(results: Iterable[LintResult], folder: str) -> None:
    """Writes both tables into a folder of this machine, whole or not at all.

    Raises:
        UsageError: what writes them is not installed, or the folder cannot be written to.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            Wording(
                "要写 Parquet 请运行 pip install 'bulletin-lint[parquet]'",
                "for Parquet run pip install 'bulletin-lint[parquet]'",
            )
        ) from None
    columns = {FILES: FILE_COLUMNS, VIOLATIONS: VIOLATION_COLUMNS}
    paths = {name: os.path.join(folder, name) for name in columns}
    half = {name: os.path.join(folder, f".{name}.{os.urandom(8).hex()}.tmp") for name in columns}
    try:
        os.makedirs(folder, exist_ok=True)
        schemas = {
            name: pyarrow.schema([(each, getattr(pyarrow, kind)()) for each, kind in kinds.items()])
            for name, kinds in columns.items()
        }
        with (
            parquet.ParquetWriter(half[FILES], schemas[FILES], compression="zstd") as files,
            parquet.ParquetWriter(half[VIOLATIONS], schemas[VIOLATIONS], compression="zstd") as violations,
        ):
            left = iter(results)
            while some := list(islice(left, _ROWS // 4)):
                files.write_table(_table(pyarrow, map(_file_row, some), schemas[FILES]))
                rows = (row for linted in some for row in _violation_rows(linted))
                while held := list(islice(rows, _ROWS)):
                    violations.write_table(_table(pyarrow, held, schemas[VIOLATIONS]))
        for name, path in paths.items():
            os.replace(half[name], path)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            Wording(f"无法写入 {folder}（{why}）", f"cannot write to {folder} ({why})")
        ) from None
    finally:
        for path in half.values():
            if os.path.exists(path):
                os.unlink(path)


def _table(pyarrow: Any, rows: Iterable[dict[str, Any]], schema: Any) -> Any:
    return pyarrow.Table.from_pylist(
        [{name: _sound(each) for name, each in row.items()} for row in rows], schema
    )


def _sound(value: Any) -> Any:
    """Text without lone surrogates, which UTF-8 does not have."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _file_row(linted: LintResult) -> dict[str, Any]:
    result, record = linted.result, linted.facts
    complaints = result.complaints
    severities = [violation.severity for violation in result.violations]
    row: dict[str, Any] = {
        "path": result.path,
        "kind": result.kind,
        "pages": result.pages,
        "skipped": result.skipped,
        "waived": len(result.waived),
        "problem_zh": " ".join(each.zh for each in complaints) or None,
        "problem_en": " ".join(each.en for each in complaints) or None,
        **{severity: severities.count(severity) for severity in SEVERITIES},
    }
    if record is not None:
        row.update(
            title=record.title,
            year=record.year,
            issue=record.issue,
            cumulative=record.cumulative,
            date=record.date,
            supplement=record.supplement,
        )
    return row


def _violation_rows(linted: LintResult) -> Iterator[dict[str, Any]]:
    result, record = linted.result, linted.facts
    both = [*result.violations, *result.waived]
    for violation, mark in zip(both, fingerprints(both), strict=True):
        where = violation.location
        yield {
            "path": result.path,
            "title": None if record is None else record.title,
            "year": None if record is None else record.year,
            "code": violation.code,
            "name": violation.name,
            "severity": violation.severity,
            "line": where.line,
            "column": where.column,
            "end_line": where.end_line,
            "end_column": where.end_column,
            "page": where.page,
            "part": violation.part,
            "excerpt": violation.excerpt,
            "message_zh": violation.message.zh,
            "message_en": violation.message.en,
            "fingerprint": mark,
            "waived": violation.waived is not None,
            "reason": None if violation.waived is None else violation.waived.reason,
        }
