"""Patterns whose time once grew faster than the text no longer do, and the measure tells such patterns."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bulletin_lint.checks.structure import relations
from bulletin_lint.checks.text import spacing
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.suppression import comments
from bulletin_lint.parsing import tail
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook
from harness import ROOT

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="a pattern that hangs is interrupted by a timer of POSIX"
)

# The time per character of a linear pattern is the same at every length, that of a quadratic one eight times as much
# at eight times the length. Whatever else the machine does, one stays below this and the other above.
_BETWEEN = 3.0


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield importlib.import_module("regex_growth")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Settings(extends=("jianbao",)))


def _ratio(bench: Any, source: str, method: str, flags: int = re.MULTILINE) -> float:
    found = bench.worst(bench.Named("", source, flags, (method,)))
    assert found is not None
    return float(found.ratio)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "parameter", "method"),
    [
        ("ATT002", "advice", "fullmatch"),
        ("CHR001", "except", "finditer"),
        ("CHR013", "except", "finditer"),
        ("CNS001", "part", "finditer"),
        ("CNS001", "patterns", "finditer"),
        ("DAT007", "except", "finditer"),
        ("DAT016", "advice", "fullmatch"),
        ("FLD004", "allow", "fullmatch"),
        ("FLD005", "advice", "fullmatch"),
        ("FLD005", "allow", "fullmatch"),
        ("ISS002", "advice", "fullmatch"),
        ("ISS002", "replacements", "finditer"),
        ("ISS002", "skip", "fullmatch"),
        ("MIX006", "pattern", "finditer"),
        ("NUM016", "pattern", "finditer"),
        ("NUM020", "variants", "finditer"),
        ("NUM027", "pattern", "finditer"),
        ("PUN003", "variants", "finditer"),
        ("PUN039", "variants", "finditer"),
        ("REF011", "variants", "finditer"),
        ("SEC003", "begun_by", "finditer"),
        ("TAIL010", "variants", "finditer"),
    ],
)
def test_a_mended_pattern_takes_time_in_proportion(
    bench: Any, rulebook: Rulebook, code: str, parameter: str, method: str
) -> None:
    value = rulebook.rules[code].parameters[parameter]
    sources = [value] if isinstance(value, str) else value
    sources = [each if isinstance(each, str) else each["pattern"] for each in sources]

    assert [] == [source for source in sources if _ratio(bench, source, method) > _BETWEEN]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "method"),
    [
        ("annex", "fullmatch"),
        ("copies", "finditer"),
        ("copy_number", "fullmatch"),
        ("cumulative_number", "finditer"),
        ("date_only", "match"),
        ("issue_number", "finditer"),
    ],
)
def test_a_mended_form_takes_time_in_proportion(
    bench: Any, rulebook: Rulebook, form: str, method: str
) -> None:
    value = rulebook.grammar["forms"][form]
    sources = [value] if isinstance(value, str) else value
    sources = [each if isinstance(each, str) else each["pattern"] for each in sources]

    assert [] == [source for source in sources if _ratio(bench, source, method) > _BETWEEN]


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (comments._BEGINNING, "match"),
        (comments._WAIVER, "fullmatch"),
        (comments._OPTION, "match"),
        (relations._PAGE, "finditer"),
        (spacing._DECIMALS, "finditer"),
        (spacing._RUNS, "finditer"),
        (tail.UNKNOWN_LABEL, "finditer"),
        (tail._UNKNOWN_FIELDS, "fullmatch"),
    ],
)
def test_a_pattern_of_the_program_takes_time_in_proportion(
    bench: Any, pattern: re.Pattern[str], method: str
) -> None:
    assert _ratio(bench, pattern.pattern, method, pattern.flags) < _BETWEEN


@pytest.mark.parametrize(
    ("source", "method"),
    [
        # Each start of a run goes through the rest of it.
        ("[0-9]+件", "finditer"),
        # Each letter that the first part may end at is followed by all that comes after.
        pytest.param("[^\n]*[sz][^\n]*", "fullmatch", marks=pytest.mark.slow),
        # The same for one start in a search.
        pytest.param('"[^"\n]*[一-龥][^"\n]*"', "finditer", marks=pytest.mark.slow),
        # Ever more ways to divide the same text.
        pytest.param("(?:[0-9]{5}(?: [0-9]{1,6})?(?: |$))+", "fullmatch", marks=pytest.mark.slow),
    ],
)
def test_a_superlinear_pattern_is_told(bench: Any, source: str, method: str) -> None:
    assert _ratio(bench, source, method) > _BETWEEN


def test_strings_are_made_of_the_pattern_and_as_long_as_asked(bench: Any) -> None:
    found = bench.regex_strings.recipes("总(?P<n>[0-9]{2,})号+")
    pumps = {recipe.pump for recipe in found}

    assert {"0", "号", "总", "总00"} <= pumps
    assert any(recipe.head == "总00" and recipe.pump == "号" for recipe in found)
    assert all(990 <= len(recipe.text(1_000)) <= 1_010 for recipe in found)
