"""The rules of prose, each on its own examples and on texts that must stay silent."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue

SHARED = os.path.join(os.path.dirname(__file__), "..", "..", "shared")
FAMILIES = ("CHR", "DAT", "EXT", "NUM", "PUN", "SPC")
CODES = (
    *(f"CHR{number:03d}" for number in range(1, 4)),
    *(f"DAT{number:03d}" for number in range(1, 15)),
    *(f"EXT{number:03d}" for number in range(1, 5)),
    "NUM014",
    "NUM015",
    "PUN001",
    "PUN002",
    *(f"SPC{number:03d}" for number in range(1, 5)),
)


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


@cache
def linter(*codes: str) -> Linter:
    rulebook = catalogue().rulebook
    return Linter(rulebook, [rulebook.rules[code] for code in codes])


def violations(text: str, *codes: str) -> list[Violation]:
    source = SourceFile("example.md", "text", explicit=True, data=None)
    result = linter(*codes).lint(source, text.encode()).result
    assert () == result.failures
    assert result.error is None
    return list(result.violations)


def place(violation: Violation) -> tuple[int, int, int, int]:
    where = violation.location
    return where.line, where.column, where.end_line, where.end_column


def fixed(text: str, found: list[Violation]) -> str:
    edits = sorted(
        {edit for violation in found if violation.fix for edit in violation.fix.source_edits}, reverse=True
    )
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def cases(part: str) -> list[Any]:
    sources = catalogue().sources
    return [
        pytest.param(code, example, id=f"{code}-{number}")
        for code in CODES
        for number, example in enumerate(getattr(sources[code], part))
    ]


def test_every_rule_of_the_families_is_here() -> None:
    present = {code for code in catalogue().rulebook.rules if code.startswith(FAMILIES)}
    # Others may add to the families; none of these may go.
    assert set(CODES) - present == set()


@pytest.mark.parametrize("code", CODES)
def test_a_rule_explains_itself(code: str) -> None:
    source = catalogue().sources[code]
    assert source.why is not None
    assert len(source.bad) >= 2
    assert len(source.good) >= 2


@pytest.mark.parametrize(("code", "example"), cases("bad"))
def test_bad_example(code: str, example: Any) -> None:
    found = violations(example.text, code)
    assert found, "missed"
    if example.at:
        assert list(example.at) == [place(violation) for violation in found]
    if example.messages:
        assert [message.zh for message in example.messages] == [violation.message.zh for violation in found]
    if catalogue().rulebook.rules[code].fix != "manual":
        assert example.fixed is not None
        mended = fixed(example.text, found)
        assert example.fixed == mended
        assert [] == violations(mended, code)


@pytest.mark.parametrize(("code", "example"), cases("good"))
def test_good_example(code: str, example: Any) -> None:
    assert [] == violations(example.text, code)


@pytest.mark.parametrize("code", CODES)
def test_messages_are_whole(code: str) -> None:
    for example in catalogue().sources[code].bad:
        for violation in violations(example.text, code):
            assert "{" not in violation.message.zh + violation.message.en


@pytest.mark.skipif(not os.path.isdir(SHARED), reason="the shared material is not here")
def test_the_sample_shows_only_its_damage() -> None:
    folder = os.path.join(SHARED, "sample")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".md"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as stream:
            found = violations(stream.read(), *CODES)
        assert [("EXT001", 19), ("EXT002", 19), ("EXT001", 43), ("EXT003", 45)] == [
            (violation.code, violation.location.line) for violation in found
        ]
