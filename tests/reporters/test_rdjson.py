"""rdjson: valid by a schema that is not ours, its columns in bytes."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft4Validator

from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Edit, Fix, PlacedEdit
from bulletin_lint.reporters import rdjson
from harness import Command
from told_in_formats import NAME, SCHEMAS, Office, violation


def test_rdjson_is_valid(office: Office) -> None:
    schema = json.loads((SCHEMAS / "rdjson-DiagnosticResult.json").read_text("utf-8"))

    assert list(Draft4Validator(schema).iter_errors(office.read("rdjson"))) == []


def test_rdjson_columns_are_utf_8_bytes(office: Office) -> None:
    """Two ideographic spaces 3+3, 𠮷 4, 野区于 9, 2020 4, 年 3: 26 bytes stand before the month."""
    ranges = {
        (each["code"]["value"], each["location"]["range"]["start"]["line"]): each["location"]["range"]
        for each in office.read("rdjson")["diagnostics"]
        if each["location"]["path"] == NAME
    }

    # 03月06 is 2+3+2 bytes; 日开课 are nine more before the comma.
    assert ranges["DAT002", 11] == {"start": {"line": 11, "column": 27}, "end": {"line": 11, "column": 34}}
    assert ranges["PUN002", 11] == {"start": {"line": 11, "column": 43}, "end": {"line": 11, "column": 44}}


def test_rdjson_suggestions_applied_to_the_bytes_do_what_fix_does(office: Office, command: Command) -> None:
    lines = Path(NAME).read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\r\n")
    edits = [
        (suggestion["range"], suggestion["text"])
        for each in office.read("rdjson")["diagnostics"]
        if each["location"]["path"] == NAME
        for suggestion in each.get("suggestions", ())
    ]
    for span, text in sorted(edits, key=lambda edit: edit[0]["start"]["column"], reverse=True):
        at = span["start"]["line"] - 1
        assert span["end"]["line"] == at + 1
        line = lines[at]
        lines[at] = line[: span["start"]["column"] - 1] + text.encode() + line[span["end"]["column"] - 1 :]

    command("check", NAME, "--fix")

    assert b"\xef\xbb\xbf" + b"\r\n".join(lines) == Path(NAME).read_bytes()


def test_rdjson_knows_the_lines_that_a_violation_only_ends_on() -> None:
    edits = (PlacedEdit(1, 2, 1, 3, "“"), PlacedEdit(3, 3, 3, 4, "”"))
    fix = Fix("safe", edits, (Edit(Span(1, 2), "“"), Edit(Span(9, 10), "”")))
    long = violation("a.md", '甲"乙', 2, 4)._replace(location=Location(1, 2, 3, 4), fix=fix)
    found = Report((FileResult("a.md", "text", violations=(long,), lines={3: '𠮷丙"丁'}),))

    diagnostic = json.loads(rdjson.render(found, language="zh", color=False, width=80))["diagnostics"][0]

    # 甲 is 3 bytes; 𠮷丙 are 7, and with the mark 8.
    assert diagnostic["location"]["range"] == {
        "start": {"line": 1, "column": 4},
        "end": {"line": 3, "column": 9},
    }
    assert diagnostic["suggestions"][1]["range"]["start"] == {"line": 3, "column": 8}
