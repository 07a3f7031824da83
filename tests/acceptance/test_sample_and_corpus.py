"""The real bulletin and the published texts that the rules are measured on, where they are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness import ROOT, Command

SHARED = ROOT.parent / "shared"
SAMPLE = SHARED / "sample" / "capital-bulletin-2020-11.md"
CORPUS = SHARED / "corpus"

PART_FAMILIES = ("ISS", "FLD", "ATT", "HDR", "TAIL", "EXT")
"""The families that ask for the parts of a bulletin; the others speak of any text."""

CHARACTERS_FOR_ONE = 10_000
"""On edited text there is less than one error or warning in so many characters."""

needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample bulletin is not at hand")
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not at hand")


def violations(command: Command) -> list[dict[str, Any]]:
    outcome = command("check", "--isolated", "--format", "json", SAMPLE)
    found: list[dict[str, Any]] = json.loads(outcome.out)["violations"]
    assert 0 == outcome.code
    return found


@needs_sample
def test_sample_has_three_damages_that_are_reported_and_no_mistake(command: Command) -> None:
    serious = [(found["line"], found["code"]) for found in violations(command) if found["severity"] != "info"]
    # Two page breaks, and the widths that change at the second.
    assert [(19, "EXT001"), (43, "EXT001"), (45, "EXT003")] == serious


@needs_sample
def test_sample_has_its_repeated_character_as_advice(command: Command) -> None:
    advice = [(found["line"], found["code"]) for found in violations(command) if found["severity"] == "info"]
    assert (19, "EXT002") in advice


@needs_sample
def test_sample_is_taken_apart(command: Command) -> None:
    source = SAMPLE.read_text("utf-8")
    extracted = json.loads(command("extract", "--isolated", "--format", "json", SAMPLE).out)
    values = {name: part["value"] for name, part in extracted["masthead"].items() if part}
    assert {"title", "issue_number", "cumulative_number", "office", "date"} == set(values)
    assert (11, 2120, "2020-03-06") == tuple(
        values[name] for name in ("issue_number", "cumulative_number", "date")
    )
    first, second = extracted["articles"]
    headings = re.findall(r"(?m)^#+ (.+)$", source)
    # Title, column, the two articles, the second one's three sections.
    column, titles, sections = headings[1], [headings[2], headings[3]], headings[4:]
    assert titles == [article["title"]["text"] for article in (first, second)]
    assert [column, column] == [article["column"]["text"] for article in (first, second)]
    assert re.findall(r"(?m)^\((.+)\)$", source)[-2:] == [
        article["attribution"]["value"] for article in (first, second)
    ]
    leads = [block["lead"] for block in first["blocks"] if block["kind"] == "lead-in"]
    assert 5 == len(leads)
    assert re.findall(r"(?m)^\*\*(.+?)\*\*", source) == leads
    found = [block for block in second["blocks"] if block["kind"] == "section"]
    assert [("一、", 1), ("二、", 2), ("三、", 3)] == [(block["marker"], block["number"]) for block in found]
    assert sections == [block["text"] for block in found]
    assert ["report", "send", "issue"] == [entry["role"] for entry in extracted["distribution"]]


@needs_sample
def test_every_field_of_the_sample_has_its_value(command: Command) -> None:
    fields = {
        "editor": "责编",
        "reviewer": "核稿",
        "phone": "电话",
        "fax": "传真",
        "email": "邮箱",
    }
    lines = dict(
        line.split(":", 1) for line in SAMPLE.read_text("utf-8").splitlines() if re.match(r"..:\S", line)
    )
    imprint = json.loads(command("extract", "--isolated", "--format", "json", SAMPLE).out)["imprint"]
    assert {name: (label, lines[label]) for name, label in fields.items()} == {
        name: (field["label"], field["value"]) for name, field in imprint.items() if field
    }


@needs_sample
def test_cut_paragraphs_of_the_sample_are_whole(command: Command) -> None:
    extracted = json.loads(command("extract", "--isolated", "--format", "json", SAMPLE).out)
    texts = [block["text"] for article in extracted["articles"] for block in article["blocks"]]
    assert 1 == sum("仅四个小时,阅读量即突破" in text for text in texts)
    assert 1 == sum("参与疫情防控知识宣传普及" in text for text in texts)


@needs_corpus
def test_edited_text_has_next_to_no_errors_and_warnings(command: Command) -> None:
    files = sorted((*CORPUS.glob("*.txt"), *CORPUS.glob("laws/*.md")))
    assert 50 < len(files)
    characters = sum(len(file.read_text("utf-8")) for file in files)
    # Named one by one: a folder's files that are no bulletins would be passed over.
    outcome = command("check", "--isolated", "--jobs", "1", "--format", "json", *files)
    report = json.loads(outcome.out)
    assert len(files) == report["summary"]["documents"]
    found = [each for each in report["violations"] if not each["code"].startswith(PART_FAMILIES)]
    serious = [
        f"{Path(each['path']).name}:{each['line']}:{each['column']} {each['code']} {each['excerpt']}"
        for each in found
        if each["severity"] != "info"
    ]
    assert len(serious) * CHARACTERS_FOR_ONE < characters, "\n".join(serious)
    page = (ROOT / "docs" / "corpus.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z]+\d+) \| (\w+) \| (\d+) \|", page, re.MULTILINE)
    # `python bench corpus` writes the table; whoever changes it reads what is new.
    assert {(code, severity): int(number) for code, severity, number in rows} == Counter(
        (each["code"], each["severity"]) for each in found
    )
