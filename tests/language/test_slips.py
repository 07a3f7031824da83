"""Slips that a machine makes in sentences of other words are found where they are, in houses of both kinds."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook
from harness import ROOT

COUNT = 50
"""Sentences for a rule; `python bench/slips.py` takes two hundred."""


@pytest.fixture(scope="module")
def slips() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield importlib.import_module("slips")


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Settings())


@pytest.mark.parametrize("spaced", [False, True], ids=["solid", "spaced"])
def test_slips_are_placed_and_right_sentences_are_not_reported(
    slips: Any, rulebook: Rulebook, *, spaced: bool
) -> None:
    poor = []
    for name, (codes, make) in slips.MAKERS.items():
        found, false, missed = slips.placed(rulebook, codes, slips.made(name, make, COUNT), spaced=spaced)
        if found < 0.98 * COUNT or false:
            poor.append((name, found, false, missed[:3]))

    assert [] == poor
