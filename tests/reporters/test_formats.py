"""The formats for CI: each valid by a schema that is not ours, all with the same findings."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
import xmlschema
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker

from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Edit, Fix, PlacedEdit, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.reporters import rdjson, step_summary
from harness import FIXTURES, SUPPORT, Command

SCHEMAS = SUPPORT / "schemas"

# Byte order mark, CRLF, ideographic spaces, a character outside the basic plane.
TRICKY = (
    "\ufeff# 𠮷野区情况简报\r\n\r\n第1期\r\n\r\n𠮷野区文明办\r\n\r\n2020年3月6日\r\n\r\n## 松湖区办夜校\r\n\r\n"
    "\u3000\u3000𠮷野区于2020年03月06日开课,效果好。\r\n\r\n"
    "\u3000\u3000会议于2020年03月07日结束。<!-- bulletin-lint: ignore[DAT002] 照录: 来文, 100% -->\r\n\r\n"
    "（松湖区文明办）\r\n\r\n责编：王某\r\n\r\n电话：010-12345678\r\n"
)
NAME = "甲 100%,乙/期#1.md"
PDF = "破损.pdf"

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                # Relative to the repository, and not beginning with ./
                "properties": {"path": {"type": "string", "pattern": r"^(?!\.?/)"}},
                "oneOf": [
                    {
                        "required": ["lines"],
                        "properties": {
                            "lines": {
                                "required": ["begin"],
                                "properties": {"begin": {"type": "integer", "minimum": 1}},
                            }
                        },
                    },
                    {
                        "required": ["positions"],
                        "properties": {
                            "positions": {
                                "required": ["begin"],
                                "properties": {
                                    "begin": {
                                        "required": ["line"],
                                        "properties": {"line": {"type": "integer", "minimum": 1}},
                                    }
                                },
                            }
                        },
                    },
                ],
            },
        },
    },
}
"""GitLab's documentation, Code Quality, "Code Quality report format", as a schema."""


class Finding(NamedTuple):
    """A violation as far as every format can tell it; of a PDF no line."""

    path: str
    code: str
    place: tuple[int, ...]
    """Line and column, end line and end column in code points; as far as the format has them."""
    level: str
    """error, warning, info; waived."""


class Office:
    """A folder with a tricky text, a damaged PDF, a file that cannot be read and one that is no bulletin."""

    def __init__(self, folder: Path, command: Command) -> None:
        self._command = command
        (folder / NAME).parent.mkdir()
        (folder / NAME).write_bytes(TRICKY.encode("utf-8"))
        shutil.copy(FIXTURES / "pdf" / "damaged-reportlab.pdf", folder / PDF)
        (folder / "empty.md").write_bytes(b"")
        (folder / "README.md").write_text("# 说明\n", encoding="utf-8")
        settings = "select: [DAT002, PUN002, FLD, EXT, WVR]\nfail-level: warning\n"
        (folder / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
        waived = "- {rule: FLD002, path: '*.md', reason: 本期无核稿, by: 王某}\n"
        (folder / "waivers.yaml").write_text(waived, encoding="utf-8")

    def show(self, format: str, *options: str) -> str:
        outcome = self._command("check", ".", "--format", format, *options)
        assert outcome.code == 2  # for the empty file
        return outcome.out

    def read(self, format: str, *options: str) -> Any:
        return json.loads(self.show(format, *options))


@pytest.fixture
def office(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path, command)


def as_json(office: Office) -> list[Finding]:
    return [
        Finding(
            each["path"],
            each["code"],
            () if each["page"] else (each["line"], each["column"], each["end_line"], each["end_column"]),
            "waived" if each["waived"] else each["severity"],
        )
        for each in office.read("json")["violations"]
    ]


def as_sarif(office: Office) -> list[Finding]:
    levels = {"error": "error", "warning": "warning", "note": "info"}
    found = []
    for each in office.read("sarif")["runs"][0]["results"]:
        physical = each["locations"][0]["physicalLocation"]
        region = physical.get("region")
        place = (
            tuple(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))
            if region
            else ()
        )
        level = "waived" if "suppressions" in each else levels[each["level"]]
        found.append(Finding(unquote(physical["artifactLocation"]["uri"]), each["ruleId"], place, level))
    return found


def as_github(office: Office) -> list[Finding]:
    levels = {"error": "error", "warning": "warning", "notice": "info"}
    found = []
    for line in office.show("github").splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        pairs = (part.partition("=")[::2] for part in match[2].split(","))
        properties = {name: unquote(value) for name, value in pairs}
        if properties["title"] == "bulletin-lint":
            continue
        place = tuple(
            int(properties[key]) for key in ("line", "col", "endLine", "endColumn") if key in properties
        )
        level = "waived" if match[3].startswith("[已豁免") else levels[match[1]]
        found.append(Finding(properties["file"], properties["title"].split()[0], place, level))
    return found


def as_gitlab(office: Office) -> list[Finding]:
    levels = {"major": "error", "minor": "warning", "info": "info"}
    found = []
    for each in office.read("gitlab"):
        if each["severity"] == "blocker":
            continue
        where = each["location"]
        ends = [where["positions"][end] for end in ("begin", "end")] if "positions" in where else []
        place = tuple(end[key] for end in ends for key in ("line", "column"))
        level = "waived" if each["description"].startswith("[已豁免") else levels[each["severity"]]
        found.append(Finding(where["path"], each["check_name"], place, level))
    return found


def as_rdjson(office: Office) -> list[Finding]:
    """The byte columns are turned back into code points with the bytes of the file."""
    found = []
    for each in office.read("rdjson")["diagnostics"]:
        if "code" not in each:
            continue
        where = each["location"]
        place: tuple[int, ...] = ()
        if "range" in where:
            lines = Path(where["path"]).read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\r\n")
            for end in (where["range"]["start"], where["range"]["end"]):
                before = lines[end["line"] - 1][: end["column"] - 1]
                place += (end["line"], len(before.decode("utf-8")) + 1)
        level = "waived" if each["message"].startswith("[已豁免") else each["severity"].lower()
        found.append(Finding(where["path"], each["code"]["value"], place, level))
    return found


def as_junit(office: Office) -> list[Finding]:
    """Where a test begins; what is below the fail level passes, and is advice."""
    found = []
    for case in xml(office.show("junit")).iter("testcase"):
        code, _, rest = case.attrib["name"].partition(" ")
        if code == "bulletin-lint":
            continue
        line, column = map(int, rest.split()[0].split(":"))
        failure = case.find("failure")
        level = "info" if failure is None else failure.attrib["type"]
        if case.find("skipped") is not None:
            level = "waived"
        path = case.attrib["classname"]
        found.append(Finding(path, code, () if path.endswith(".pdf") else (line, column), level))
    return found


def xml(text: str) -> Any:
    from xml.etree import ElementTree

    return ElementTree.fromstring(text)


READERS: dict[str, Callable[[Office], list[Finding]]] = {
    "github": as_github,
    "gitlab": as_gitlab,
    "junit": as_junit,
    "rdjson": as_rdjson,
    "sarif": as_sarif,
}


# --- the same in all


@pytest.mark.parametrize("format", sorted(READERS))
def test_every_format_has_the_findings_of_json(office: Office, format: str) -> None:
    expected = as_json(office)
    found = READERS[format](office)
    if format == "junit":
        expected = [each._replace(place=each.place[:2]) for each in expected]

    assert sorted(found) == sorted(expected)


def test_the_findings_compared_are_those_that_were_planted(office: Office) -> None:
    """Counted by hand: two spaces, then 𠮷野区于2020年, eleven characters before the month."""
    text = [each for each in as_json(office) if each.path == NAME and each.code != "FLD008"]
    pdf = [each for each in as_json(office) if each.path == PDF]

    assert Finding(NAME, "DAT002", (11, 12, 11, 17), "warning") in text
    assert Finding(NAME, "PUN002", (11, 20, 11, 21), "warning") in text
    assert Finding(NAME, "DAT002", (13, 11, 13, 16), "waived") in text
    assert {"FLD002", "FLD007"} <= {each.code for each in text}
    assert [each.level for each in text if each.code == "FLD002"] == ["waived"]
    assert "EXT001" in {each.code for each in pdf}


def test_what_could_not_be_checked_is_in_every_format(office: Office) -> None:
    said = "empty.md"

    sarif = office.read("sarif")["runs"][0]["invocations"][0]
    assert not sarif["executionSuccessful"]
    place = sarif["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == said
    assert "::error file=empty.md,title=bulletin-lint::" in office.show("github")
    assert [e["location"]["path"] for e in office.read("gitlab") if e["severity"] == "blocker"] == [said]
    assert [e["location"]["path"] for e in office.read("rdjson")["diagnostics"] if "code" not in e] == [said]
    errors = [case.attrib["classname"] for case in xml(office.show("junit")).findall(".//error/..")]
    assert errors == [said]


# --- SARIF


@pytest.fixture(scope="module")
def sarif_validator() -> Draft4Validator:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema, format_checker=FormatChecker())


def test_the_sarif_schema_refuses_what_is_wrong(sarif_validator: Draft4Validator, office: Office) -> None:
    log = office.read("sarif")
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"] = {"startLine": 0}

    assert list(sarif_validator.iter_errors(log))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(office: Office, sarif_validator: Draft4Validator, language: str) -> None:
    log = office.read("sarif", "--lang", language)

    assert list(sarif_validator.iter_errors(log)) == []
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_sarif_of_an_empty_run_is_valid(sarif_validator: Draft4Validator) -> None:
    from bulletin_lint.reporters import sarif

    log = json.loads(sarif.render(Report(()), language="zh", color=False, width=80))

    assert list(sarif_validator.iter_errors(log)) == []


def test_sarif_has_no_text_region_for_a_pdf_but_page_and_box(office: Office) -> None:
    run = office.read("sarif", "--lang", "en")["runs"][0]
    ours = {each["path"]: each for each in office.read("json")["violations"] if each["path"] == PDF}
    results = [
        each
        for each in run["results"]
        if unquote(each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == PDF
    ]

    assert results
    for result in results:
        location = result["locations"][0]
        assert "region" not in location["physicalLocation"]
        page = location["properties"]["page"]
        assert location["logicalLocations"][0]["name"] == f"page {page}"
        assert f" (page {page} “" in result["message"]["text"]
        assert result["message"]["text"].endswith("”)")
        assert len(location["properties"]["bbox"]) == 4
    assert results[-1]["locations"][0]["properties"]["bbox"] == ours[PDF]["bbox"]


def test_sarif_keeps_what_was_waived_with_the_reason(office: Office) -> None:
    results = office.read("sarif")["runs"][0]["results"]
    suppressions = {each["ruleId"]: each["suppressions"] for each in results if "suppressions" in each}

    inline, file = suppressions["DAT002"][0], suppressions["FLD002"][0]
    assert (inline["kind"], inline["justification"]) == ("inSource", "照录: 来文, 100%")
    assert (file["kind"], file["justification"], file["properties"]["by"]) == (
        "external",
        "本期无核稿",
        "王某",
    )


def test_sarif_describes_every_rule_that_ran(office: Office) -> None:
    driver = office.read("sarif", "--lang", "en")["runs"][0]["tool"]["driver"]
    rules = {rule["id"]: rule for rule in driver["rules"]}

    assert {"DAT002", "FLD001", "EXT004", "WVR006"} <= set(rules)
    assert "GB/T 9704-2012 7.3.5.4" in rules["DAT002"]["help"]["text"]
    assert rules["FLD001"]["shortDescription"]["text"]


def test_fingerprints_are_those_of_json(office: Office) -> None:
    ours = sorted((each["code"], each["fingerprint"]) for each in office.read("json")["violations"])
    results = office.read("sarif")["runs"][0]["results"]
    issues = [each for each in office.read("gitlab") if each["severity"] != "blocker"]

    for key in ("contentFingerprint/v1", "primaryLocationLineHash"):
        assert ours == sorted((each["ruleId"], each["partialFingerprints"][key]) for each in results)
    assert [f"{code}-{mark}" for code, mark in ours] == sorted(each["fingerprint"] for each in issues)


# --- GitLab


def test_gitlab_is_as_documented(office: Office) -> None:
    issues = office.read("gitlab")
    marks = [each["fingerprint"] for each in issues]

    assert list(Draft202012Validator(GITLAB).iter_errors(issues)) == []
    assert len(marks) == len(set(marks))


def violation(path: str, line: str, column: int, end: int, number: int = 1, **changes: Any) -> Violation:
    where = Location(number, column, number, end)
    made = Violation(path, where, "DAT002", "a-name", "warning", same("m"), "", line, line_text=line)
    return made._replace(**changes)


def report(*violations: Violation) -> Report:
    paths = sorted({each.path for each in violations})
    documents = [
        FileResult(path, "text", violations=tuple(each for each in violations if each.path == path))
        for path in paths
    ]
    return Report(tuple(documents))


def test_gitlab_fingerprints_differ_and_survive_a_renamed_file() -> None:
    from bulletin_lint.reporters import gitlab

    def marks(*paths: str) -> set[str]:
        found = report(*(violation(path, "于03月", 2, 4) for path in paths))
        issues = json.loads(gitlab.render(found, language="zh", color=False, width=80))
        return {each["fingerprint"] for each in issues}

    assert len(marks("a.md", "b.md", "c.md")) == 3
    assert marks("a.md", "b.md", "c.md") == marks("b.md", "c.md", "z.md")


# --- JUnit


@pytest.mark.parametrize("language", ["zh", "en"])
def test_junit_is_valid(office: Office, language: str) -> None:
    schema = xmlschema.XMLSchema(SCHEMAS / "JUnit.xsd")
    text = office.show("junit", "--lang", language)

    assert [error.reason for error in schema.iter_errors(text)] == []
    suites = xml(text).findall("testsuite")
    assert [each.attrib["id"] for each in suites] == [str(number) for number in range(len(suites))]
    for suite in suites:
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == len(suite.findall(f"testcase/{tag}"))
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))


def test_junit_is_red_only_when_the_run_fails(office: Office) -> None:
    strict = xml(office.show("junit", "--fail-level", "info"))
    lenient = xml(office.show("junit", "--fail-level", "error"))

    def failed(root: Any) -> set[str]:
        return {case.attrib["name"].split()[0] for case in root.findall(".//failure/..")}

    assert {"DAT002", "PUN002", "FLD007"} <= failed(strict)
    assert failed(lenient) == {"FLD007"}


def test_junit_holds_no_character_that_xml_does_not() -> None:
    from bulletin_lint.reporters import junit

    evil = violation("a\x1b.md", "x\x00\ufffe<&]]>", 1, 2, message=same("m\x08"))
    text = junit.render(report(evil), language="zh", color=False, width=80)

    schema = xmlschema.XMLSchema(SCHEMAS / "JUnit.xsd")
    assert list(schema.iter_errors(text)) == []


# --- rdjson


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


# --- GitHub


def test_github_columns_are_left_out_where_lines_differ() -> None:
    from bulletin_lint.reporters import github

    long = violation("a.md", "甲乙", 2, 3)._replace(location=Location(1, 2, 3, 4))

    expected = "::warning file=a.md,line=1,endLine=3,title=DAT002 a-name::m\n"
    assert expected == github.render(report(long), language="zh", color=False, width=80)


def test_github_commands_are_not_broken_by_what_a_bulletin_says() -> None:
    from bulletin_lint.reporters import github

    evil = violation("a,b:c%.md", "甲", 1, 2, message=same("100%\n::error::x"))

    expected = (
        "::warning file=a%2Cb%3Ac%25.md,line=1,col=1,endLine=1,endColumn=2,title=DAT002 a-name::"
        "100%25↵::error::x\n"
    )
    assert expected == github.render(report(evil), language="zh", color=False, width=80)


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What GitHub Actions sets; the file of the step's summary."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    return summary


def test_under_actions_the_default_format_adds_annotations_and_a_summary(
    office: Office, command: Command, actions: Path
) -> None:
    plain = office.show("full")
    actions.unlink()
    outcome = command("check", ".")

    assert outcome.out == plain + office.show("github")
    text = actions.read_text("utf-8")
    assert "| 错误 | FLD007 |" in text
    assert "已豁免：本期无核稿（王某）" in text
    assert "**empty.md**" in text


def test_under_actions_another_format_stays_what_it_is(office: Office, actions: Path) -> None:
    assert "::" not in office.show("concise")
    assert json.loads(office.show("json"))
    assert actions.exists()


def test_under_actions_words_of_a_bulletin_are_no_commands(
    tmp_path: Path, command: Command, actions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("::set-env name=X::y.md").write_text("会议于2020年03月06日召开。\n", encoding="utf-8")

    out = command("check", ".", "--select", "DAT002", "--format", "full", "--isolated").out
    named = command("check", "::set-env name=X::y.md", "--select", "DAT002", "--isolated").out

    assert "set-env" not in out
    # The first line of the report is the name; the annotation that follows is our own.
    assert named.startswith("\\x3a:set-env name=X::y.md:1:")
    assert [
        line for line in named.splitlines() if re.match(r"\s*::(?!(error|warning|notice) file=)", line)
    ] == []


def test_without_actions_nothing_is_added(office: Office, command: Command) -> None:
    assert "::" not in command("check", ".").out


def test_in_a_subfolder_paths_are_those_of_the_checkout(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))

    assert f"file={tmp_path.name}/empty.md" in office.show("github")
    assert f"{tmp_path.name}/empty.md" in [each["location"]["path"] for each in office.read("gitlab")]
    # The report for programs speaks of paths as they were given.
    assert "empty.md" in [each["path"] for each in office.read("json")["documents"]]


def test_the_summary_is_bounded_and_harmless() -> None:
    many = [
        violation("a.md", "<img>|x", 1, 2, number, message=same("<b>|[x](y)")) for number in range(1, 150)
    ]
    text = step_summary.render(report(*many), language="en", color=False, width=80)
    rows = [line for line in text.splitlines() if line.startswith("| warning")]

    assert len(rows) == 100
    assert "And 49 more, in the log." in text
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert "<b>" not in text


# --- all


NOTHING: Sequence[str] = ("github", "gitlab", "junit", "rdjson", "sarif")


@pytest.mark.parametrize("format", NOTHING)
def test_an_error_of_a_document_is_in_the_language_asked_for(format: str) -> None:
    from bulletin_lint.reporters import REPORTERS, load

    render = load(REPORTERS[format]).render

    failed = Report((FileResult("a.pdf", "pdf", error=Wording("文件已加密", "the file is encrypted")),))

    assert "文件已加密" in render(failed, language="zh", color=False, width=80)
    assert "the file is encrypted" in render(failed, language="en", color=False, width=80)
