"""Bulletins in six styles by nine producers: what was typeset is what is read.

`producer_scores` compares; run it as a script to see what was missed.
"""

from __future__ import annotations

import re

import pytest

from bulletin_lint.readers.pdf.pdfium import PdfiumDocument
from producer_scores import FOLDER, PRODUCERS, STYLES, Item, compared_spaces, lint, score, truth

LEAST = {"paragraphs": 0.98, "anatomy": 0.99, "tables": 0.98}


def items(producer: str, aspect: str) -> list[Item]:
    """What all bulletins of a producer hold of that aspect."""
    return [item for style in STYLES for item in score(style, producer) if item.aspect == aspect]


def misses(found: list[Item]) -> list[Item]:
    return [item for item in found if not item.exact]


def test_every_producer_set_every_style() -> None:
    files = {path.stem for path in FOLDER.glob("*.pdf")}

    assert len(PRODUCERS) >= 6
    assert len(STYLES) >= 4
    assert files == {f"{style}-{producer}" for style in STYLES for producer in PRODUCERS}


@pytest.mark.parametrize("style", STYLES)
def test_the_truth_is_what_the_text_says(style: str) -> None:
    """The truth is made from the source alone; the reader of text finds all of it."""
    found = score(style, "text")

    assert {"paragraphs", "anatomy"} <= {item.aspect for item in found}
    assert not misses(found)


def test_the_defects_that_were_planted_are_found() -> None:
    codes = {violation.code for violation in lint("faulty.md").result.violations}

    planted = {
        "ISS002",
        "ISS004",
        "DAT002",
        "SPC003",
        "SPC001",
        "SEC001",
        "ATT001",
        "PUN001",
        "DAT005",
        "FLD002",
    }
    assert planted | {"FLD005"} == codes


@pytest.mark.parametrize(
    ("found", "seams", "same"),
    [
        ("共 12 人，5 月", set(), True),
        ("共 12 人，5月", set(), False),  # a space lost
        ("共 12 人， 5 月", set(), False),  # one invented
        ("共 12人，5 月", {4}, True),  # lost at a line's end, where nobody can tell
        ("共 12 人， 5 月", {7}, True),  # and one too many there
        ("共 12人，5 月", {2}, False),
    ],
)
def test_spaces_are_compared_within_lines(found: str, seams: set[int], same: object) -> None:
    expected, compared = compared_spaces("共 12 人，5 月", found, seams)

    assert (expected == compared) is same


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("aspect", sorted(LEAST))
def test_what_was_typeset_is_read(producer: str, aspect: str) -> None:
    found = items(producer, aspect)
    missed = misses(found)

    assert found
    assert len(found) - len(missed) >= LEAST[aspect] * len(found), missed


@pytest.mark.parametrize("producer", PRODUCERS)
def test_spaces_are_those_of_the_source(producer: str) -> None:
    """No space is taken from a gap, none is lost; the end of a line and files without space glyphs aside."""
    found = items(producer, "spaces")

    assert len(found) - len(misses(found)) >= 0.98 * len(found), misses(found)


def has_chinese_font() -> bool:
    """Whether this machine has glyphs for a Chinese font that a file names and does not bring."""
    data = (FOLDER / "dense-reportlab-stsong.pdf").read_bytes()
    with PdfiumDocument(data) as document, document.page(0) as page:
        return not page.is_flat(page.columns().drawn)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_furniture_is_in_the_model_and_not_in_the_text(producer: str) -> None:
    found = items(producer, "furniture")
    missed = misses(found)
    if producer == "reportlab-stsong" and not has_chinese_font():
        # Its files leave the font to the machine; without one the letters of a stamp have no extent.
        missed = [item for item in missed if not re.fullmatch("stamp .* in the model", item.name)]

    assert found
    assert not missed


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("style", STYLES)
def test_the_same_codes_are_reported(style: str, producer: str) -> None:
    (codes,) = (item for item in score(style, producer) if item.aspect == "codes")

    assert codes.expected == codes.found


@pytest.mark.parametrize("style", STYLES)
def test_the_text_says_no_furniture(style: str) -> None:
    """The furniture of the truth is told from the text by its words, so the text must not hold them."""
    running_head = truth(style)["furniture"]["running_head"]

    assert not running_head or running_head not in (FOLDER / f"{style}.md").read_text("utf-8")
