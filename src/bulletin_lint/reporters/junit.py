"""JUnit XML, for the test tab of Jenkins, GitLab and the like.

A suite for each file. A violation at or above the fail level is a failed test, so that the tab is red
when the run fails; advice below it is a test that passes and bears the advice as its name. What is
waived is a skipped test.
Source: the Ant JUnit schema (JUnit.xsd of Windy Road).
"""

from __future__ import annotations

import re
from time import gmtime, strftime
from xml.etree import ElementTree as Xml

from bulletin_lint.model.report import FileResult, Report, is_at_least
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.terminal import Detail

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOOL = "bulletin-lint"


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """The whole report as one document."""
    root = Xml.Element("testsuites")
    stamp = strftime("%Y-%m-%dT%H:%M:%S", gmtime())
    for number, document in enumerate(report.documents):
        root.append(_suite(number, document, stamp, report.fail_level_of(document), language))
    Xml.indent(root)
    body = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(
    number: int, document: FileResult, stamp: str, fail_level: Severity, language: Language
) -> Xml.Element:
    cases = _cases(document, fail_level, language)
    attributes = {
        "name": _text(machine.path_in_repository(document.path)),
        "package": _TOOL,
        "id": str(number),
        "timestamp": stamp,
        "hostname": "localhost",
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        "time": "0",
    }
    suite = Xml.Element("testsuite", attributes)
    Xml.SubElement(suite, "properties")
    suite.extend(cases)
    Xml.SubElement(suite, "system-out")
    Xml.SubElement(suite, "system-err")
    return suite


def _cases(document: FileResult, fail_level: Severity, language: Language) -> list[Xml.Element]:
    def case(name: str) -> Xml.Element:
        path = machine.path_in_repository(document.path)
        return Xml.Element("testcase", {"name": _text(name), "classname": _text(path), "time": "0"})

    cases = []
    for violation in sorted([*document.violations, *document.waived], key=Violation.sort_key):
        where = violation.location
        message = machine.message(violation, language)
        made = case(f"{violation.code} {where.line}:{where.column} {message}")
        if violation.waived is not None:
            Xml.SubElement(made, "skipped", {"message": _text(machine.waiver(violation, language))})
        elif is_at_least(violation.severity, fail_level):
            failure = Xml.SubElement(made, "failure", {"type": violation.severity, "message": _text(message)})
            failure.text = _text(
                f"{document.path}:{where.line}:{where.column}: {violation.code} {message}\n"
                f"{violation.line_text}"
            )
        cases.append(made)
    for wording in document.complaints:
        made = case(_TOOL)
        said = _text(wording.in_language(language))
        Xml.SubElement(made, "error", {"type": "not-checked", "message": said}).text = said
        cases.append(made)
    if document.skipped or document.is_unjudged:
        made = case(_TOOL)
        why = (
            Wording("看不出是简报", "shows no part of a bulletin")
            if document.skipped
            else Wording("全部规则都被忽略，没有检查", "not checked: every rule is ignored in it")
        )
        Xml.SubElement(made, "skipped", {"message": why.in_language(language)})
        cases.append(made)
    return cases or [case(_TOOL)]


def _text(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_XML.sub(lambda found: visible(found[0]), text)
