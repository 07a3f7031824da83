"""Slips that a hand makes in texts of other words are found where they are, in houses of both kinds, and mended."""

from __future__ import annotations

import random

import pytest

import slip_trial
from bulletin_lint.config.settings import Settings
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue
from slip_marks import slipped

COUNT = 6
"""Texts for a rule in each house; `python bench slips` takes two hundred."""
WITHOUT_SLIPS = {
    "EXT005": "a page of a PDF that is a picture: nothing of it is text",
    "EXT006": "an object in a file of Word: the text around it is right",
    "EXT007": "told of the program that wrote the file, by how it maps its glyphs; the text is read aright",
    "EXT008": "told of the program that read the pictures of pages; no character of it is known to be wrong",
}
"""Rules that no slip in a text breaks, each with the reason. Layouts in their own examples show them."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


@pytest.mark.parametrize("spaced", [False, True], ids=["solid", "spaced"])
def test_slips_are_placed_and_mended_and_right_texts_are_not_reported(
    catalogue: Catalogue, *, spaced: bool
) -> None:
    poor = []
    for code in slip_trial.codes_with_slips():
        result = slip_trial.tried(catalogue.rulebook, code, slip_trial.slips(code, COUNT, spaced=spaced))
        if result.missed or result.flagged or result.unrestored:
            poor.append((code, result.missed[:2], result.flagged[:2], result.unrestored[:2]))

    assert [] == poor


def test_every_rule_has_slips_or_a_reason_why_not(catalogue: Catalogue) -> None:
    have, without = set(slip_trial.codes_with_slips()), set(WITHOUT_SLIPS)

    assert set(catalogue.rulebook.rules) == have | without
    assert set() == have & without


def test_slips_are_made_of_other_words_than_the_examples(catalogue: Catalogue) -> None:
    same = []
    for code in slip_trial.codes_with_slips():
        source = catalogue.sources[code]
        shown = {
            line
            for example in (*source.bad, *source.good)
            for line in example.text.split("\n")
            if len(line) > 12
        }
        made = {
            line for slip in slip_trial.slips(code, 4, spaced=False) for line in slip.text.wrong.split("\n")
        }
        same += [(code, line) for line in shown & made]

    assert [] == same


def test_a_slip_that_nothing_tells_of_is_missed(catalogue: Catalogue) -> None:
    text = slipped("各村⟦修筑¦修整⟧了水渠。")
    result = slip_trial.tried(catalogue.rulebook, "NUM008", [slip_trial.Slip(text)])

    assert (0, [text]) == (result.placed, result.missed)


def test_a_right_text_that_is_reported_is_told(catalogue: Catalogue) -> None:
    text = slipped("各村⟦.5¦.6⟧吨。")
    result = slip_trial.tried(catalogue.rulebook, "NUM008", [slip_trial.Slip(text)])

    assert (["各村.6吨。"], [("各村0.5吨。", "各村.6吨。")]) == (result.flagged, result.unrestored)


@pytest.mark.parametrize(
    ("template", "right", "wrong", "spans", "spaced_spans"),
    [
        ("修⟦捌¦8⟧户", "修8户", "修捌户", ((1, 2),), ((1, 2),)),
        ("修⟦8，¦8⟧户", "修8户", "修8，户", ((1, 3),), ((2, 4),)),
        ("‹第3期›⟦¦好⟧", "第3期好", "第3期", ((0, 3),), ((0, 5),)),
        ("第⟦3¦4⟧期⟦第3¦第4⟧期", "第4期第4期", "第3期第3期", ((1, 2), (3, 5)), ((2, 3), (5, 8))),
    ],
)
def test_a_template_holds_both_texts_and_the_place(
    template: str,
    right: str,
    wrong: str,
    spans: tuple[tuple[int, int], ...],
    spaced_spans: tuple[tuple[int, int], ...],
) -> None:
    assert (right, wrong, spans) == slipped(template)
    assert spaced_spans == slipped(template, spaced=True).spans


def test_slips_are_the_same_each_time_and_not_all_alike() -> None:
    codes = random.Random(3).sample(slip_trial.codes_with_slips(), 12)
    for code in codes:
        first = slip_trial.slips(code, 12, spaced=False)
        assert first == slip_trial.slips(code, 12, spaced=False)
        assert len({slip.text.wrong for slip in first}) > 6
