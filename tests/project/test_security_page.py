"""The page on security claims nothing that no test holds, and its limits are those of the program."""

from __future__ import annotations

import re

import pytest

from bulletin_lint.config.side_files import LARGEST
from bulletin_lint.config.yaml import DEEPEST_NESTING
from bulletin_lint.engine.violations import MOST_TOLD
from bulletin_lint.engine.workers.limits import limits_of
from bulletin_lint.matching.patterns import HOUSE_TIME_LIMIT
from bulletin_lint.readers import TIME_LIMIT, reader_info
from bulletin_lint.readers.pdf.reader import MOST_PAGES
from harness import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
MIB = 1024 * 1024


def named_tests() -> list[str]:
    return sorted({*re.findall(r"`(test_\w+)`", PAGE)})


def test_claims_name_tests() -> None:
    assert len(named_tests()) >= 15


@pytest.mark.parametrize("name", named_tests())
def test_a_test_that_holds_a_claim_is_there(name: str) -> None:
    found = [
        path for path in (ROOT / "tests").rglob("test_*.py") if f"def {name}(" in path.read_text("utf-8")
    ]
    assert found


def row(start: str) -> str:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {start} |")]
    return line


def test_the_limits_are_those_of_the_program() -> None:
    assert f" {reader_info('text').size_limit // MIB} MiB " in row("a text bulletin")
    assert f" {reader_info('pdf').size_limit // MIB} MiB, {MOST_PAGES:,} pages " in row("a PDF")
    limits, text = limits_of(TIME_LIMIT), reader_info("text").size_limit
    assert f" {limits.cpu:g} s " in row("reading one PDF")
    assert f" {limits.memory // MIB} MiB " in row("reading one PDF")
    assert limits.for_pages(50) == limits
    assert limits.for_pages(100).cpu == 2 * limits.cpu
    assert f" {limits.for_pages(MOST_PAGES).cpu:g} s at most" in row("reading one PDF")
    assert limits_of(TIME_LIMIT, 256 * 1024) == limits
    assert f" {limits_of(TIME_LIMIT, text).cpu:g} s for {text // MIB} MiB " in row("linting one text")
    assert f" {MOST_TOLD:,} are told " in row("violations of one rule in one document")
    assert f" {HOUSE_TIME_LIMIT:g} s " in row("a pattern of a house rule on one bulletin")
    assert f" {LARGEST // MIB} MiB, " in row("settings, packs, waivers, baseline")
    assert f" {DEEPEST_NESTING} levels " in row("nesting in a settings file or pack")
