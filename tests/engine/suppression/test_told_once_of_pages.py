"""What is told once of the pages of a PDF counts page by page for waivers and the baseline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command
from made_pdfs import pdf_of

WORDS = ("What is on the first.", "What is on the second.", "What is on the third.")


class Office:
    """A folder with a PDF of three pages that are no A4."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.path = folder / "1.pdf"
        self.waivers = folder / "waivers.yaml"
        self.baseline = folder / "known.jsonl"
        self._command = command
        (folder / "bulletin-lint.yaml").write_text(
            "extends: [jianbao, gongwen]\nselect: [LAY001, WVR]\n", encoding="utf-8"
        )
        self.write(*WORDS)

    def write(self, *words: str) -> None:
        pages = (
            b"BT /F 10 Tf 50 700 Td (%s) Tj 0 -300 Td (Other words.) Tj ET" % each.encode() for each in words
        )
        self.path.write_bytes(pdf_of(*pages))

    def check(self, *options: object) -> list[tuple[int, str, str | None, list[int]]]:
        """Page, the pages of the message, the waiver's kind and the related pages of every violation."""
        outcome = self._command("check", self.path, "--format", "json", "--fail-level", "info", *options)
        report: dict[str, Any] = json.loads(outcome.out)
        return [
            (
                each["page"],
                each["message"]["en"].partition("): ")[2],
                each["waived"] and each["waived"]["kind"],
                [place["page"] for place in each.get("related", [])],
            )
            for each in report["violations"]
        ]


@pytest.fixture
def office(tmp_path: Path, command: Command) -> Office:
    return Office(tmp_path, command)


def test_all_pages_are_told_once(office: Office) -> None:
    assert [(1, "pages 1–3, 3 in all", None, [2, 3])] == office.check()


def test_a_waiver_silences_the_page_that_has_its_words(office: Office) -> None:
    office.waivers.write_text("- rule: LAY001\n  excerpt: on the second\n  reason: 附图\n", encoding="utf-8")

    assert [
        (1, "pages 1, 3, 2 in all", None, [3]),
        (2, "page 2, 1 in all", "file", []),
    ] == office.check()


def test_a_page_that_the_baseline_does_not_hold_is_new(office: Office) -> None:
    office.check("--baseline", office.baseline, "--write-baseline")
    assert 3 == len(office.baseline.read_text("utf-8").splitlines())
    office.write(*WORDS, "What is on the fourth.")

    found = office.check("--baseline", office.baseline)

    assert [(1, "pages 1–3, 3 in all", "baseline", [2, 3]), (4, "page 4, 1 in all", None, [])] == found
