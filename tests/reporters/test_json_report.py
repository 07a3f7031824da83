"""Every format has the findings of the JSON report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.wording import Wording
from told_in_formats import NAME, PDF, Office, xml


class Finding(NamedTuple):
    """A violation as far as every format can tell it; of a PDF no line."""

    path: str
    code: str
    place: tuple[int, ...]
    """Line and column, end line and end column in code points; as far as the format has them."""
    level: str
    """error, warning, info; waived."""


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


READERS: dict[str, Callable[[Office], list[Finding]]] = {
    "github": as_github,
    "gitlab": as_gitlab,
    "junit": as_junit,
    "rdjson": as_rdjson,
    "sarif": as_sarif,
}


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


NOTHING: Sequence[str] = ("github", "gitlab", "junit", "rdjson", "sarif")


@pytest.mark.parametrize("format", NOTHING)
def test_an_error_of_a_document_is_in_the_language_asked_for(format: str) -> None:
    from bulletin_lint.reporters import REPORTERS, load

    render = load(REPORTERS[format]).render

    failed = Report((FileResult("a.pdf", "pdf", error=Wording("文件已加密", "the file is encrypted")),))

    assert "文件已加密" in render(failed, language="zh", color=False, width=80)
    assert "the file is encrypted" in render(failed, language="en", color=False, width=80)
