"""The rules' own examples are tests, and every rule has enough of them."""

from __future__ import annotations

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.rule_tests import Case, run_examples
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue

FAMILIES = ("ISS", "DAT", "FLD", "SEC", "ATT", "SPC", "EXT")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


@pytest.fixture(scope="module")
def cases(catalogue: Catalogue) -> list[Case]:
    return run_examples(catalogue, Settings().required)


def test_every_example_comes_out_as_it_says(cases: list[Case]) -> None:
    assert [] == [case for case in cases if not case.is_good]


def test_every_rule_has_two_bad_and_two_good_examples(catalogue: Catalogue) -> None:
    few = [code for code, source in catalogue.sources.items() if len(source.bad) < 2 or len(source.good) < 2]

    assert [] == few


def test_every_bad_example_says_where_and_what(catalogue: Catalogue) -> None:
    vague = [
        f"{example.path}:{example.line}"
        for source in catalogue.sources.values()
        for example in source.bad
        if not example.at or not example.messages
    ]

    assert [] == vague


def test_every_rule_says_why_and_by_which_norm(catalogue: Catalogue) -> None:
    silent = [
        code
        for code, source in catalogue.sources.items()
        if source.why is None or source.remedy is None or not source.references
    ]

    assert [] == silent


def test_the_six_families_and_extraction_are_complete(catalogue: Catalogue) -> None:
    wanted = {
        *(f"ISS{number:03}" for number in range(1, 13)),
        *(f"DAT{number:03}" for number in range(1, 17)),
        *(f"FLD{number:03}" for number in range(1, 10)),
        *(f"SEC{number:03}" for number in range(1, 8)),
        *(f"ATT{number:03}" for number in range(1, 4)),
        *(f"SPC{number:03}" for number in range(1, 5)),
        *(f"EXT{number:03}" for number in range(1, 5)),
        *("PUN001", "PUN002", "NUM014", "NUM015", "CHR001", "CHR002", "CHR003"),
    }

    assert set() == wanted - set(catalogue.rulebook.rules)


def test_safe_and_unsafe_fixes_are_shown(catalogue: Catalogue) -> None:
    """A rule that mends has an example of the mended text."""
    unshown = [
        code
        for code, rule in catalogue.rulebook.rules.items()
        if rule.fix != "manual" and not any(example.fixed for example in catalogue.sources[code].bad)
    ]

    assert [] == unshown
