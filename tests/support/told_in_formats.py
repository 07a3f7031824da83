"""An office whose bulletins are told in every format, and what each format tells of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import same
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


def xml(text: str) -> Any:
    from xml.etree import ElementTree

    return ElementTree.fromstring(text)


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
