"""JUnit: valid by a schema that is not ours, and red where the run fails."""

from __future__ import annotations

from typing import Any

import pytest
import xmlschema

from bulletin_lint.model.wording import same
from told_in_formats import SCHEMAS, Office, report, violation, xml


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
