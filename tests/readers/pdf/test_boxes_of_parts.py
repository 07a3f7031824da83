"""The boxes of a part hold the part's characters and no others, as another library finds them on the page."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pdfplumber
import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import walk
from harness import FIXTURES

LEFT_OUT = {
    # Two columns: the box of a line that goes on in the other one holds what stands between.
    "layout.pdf",
    # Its fonts say other characters than they show, and pdfplumber believes them.
    "lualatex.pdf",
    # Their fonts say radicals or other shapes of a character (⼾, 戶), which are read as the character.
    "classic-chromium.pdf",
    "classic-qt.pdf",
    *(f"dense-{maker}.pdf" for maker in ("cairo", "chromium", "qt", "reportlab-stsong", "reportlab")),
    *(f"dense-{maker}.pdf" for maker in ("typst", "weasyprint", "xelatex")),
    "qpdf.pdf",
    "wkhtmltopdf.pdf",
    # A stop and the bracket behind it share the width of one character.
    "spaced-typst.pdf",
    # Nothing is drawn, or nothing may be read.
    "scanned.pdf",
    "truncated.pdf",
    "user-password.pdf",
}
FILES = sorted(
    path
    for folder in ("pdf", "producers", "world")
    for path in (FIXTURES / folder).glob("*.pdf")
    if path.name not in LEFT_OUT
)
_NEAR = 0.1
"""Points by which the middle of a character may stand out of its line's box."""


def characters(text: str) -> set[str]:
    """Those of a text, blanks left out; what a file draws twice, for bold, is there once."""
    return set("".join(unicodedata.normalize("NFKC", text).split()))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.name, marks=[pytest.mark.slow] if path.parent.name == "producers" else [])
        for path in FILES
    ],
)
def test_the_boxes_of_a_part_hold_its_characters_and_no_others(path: Path) -> None:
    document = parse(path.read_bytes(), path.name, cache=False)
    looked = 0
    with pdfplumber.open(path) as pdf:
        drawn = {
            number: [(c["text"], (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2) for c in page.chars]
            for number, page in enumerate(pdf.pages, 1)
        }
    for part in walk(document.bulletin):
        if part is document.bulletin or part.span.start == part.span.end or part.path.startswith("furniture"):
            continue
        found = ""
        for place in document.place(part.span).location.boxes:
            x0, top, x1, bottom = place.box
            found += "".join(
                text
                for text, x, y in drawn[place.page]
                if x0 - _NEAR <= x <= x1 + _NEAR and top - _NEAR <= y <= bottom + _NEAR
            )
        looked += 1
        assert characters(found) == characters(document.text[part.span.start : part.span.end]), part.path
    assert looked > 10
