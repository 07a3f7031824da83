"""One short bulletin by producers and in looks that the reader was not made on: all of it is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness import FIXTURES
from producer_scores import codes_of, compared, lint_file

FOLDER = FIXTURES / "world"
NAMES = sorted(path.stem for path in FOLDER.glob("*.pdf"))


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "brief.truth.json").read_text("utf-8"))
    return found


def test_the_text_is_the_truth(truth: dict[str, Any]) -> None:
    document = lint_file(FOLDER / "brief.md").document

    assert document is not None
    assert [] == [item for item in compared(document, truth) if item[2] != item[3]]


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_read(name: str, truth: dict[str, Any]) -> None:
    document = lint_file(FOLDER / f"{name}.pdf").document

    assert document is not None
    assert [] == [item for item in compared(document, truth) if item[2] != item[3]]


@pytest.mark.parametrize("name", NAMES)
def test_no_more_is_reported_than_of_the_text(name: str) -> None:
    assert codes_of(lint_file(FOLDER / "brief.md")) == codes_of(lint_file(FOLDER / f"{name}.pdf"))
