"""The same bulletin as text and as PDF: the same parts, the same rule codes, boxes on the words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document
from bulletin_lint.model.source import SourceFile
from bulletin_lint.reporters.parts_json import as_json
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES

FOLDER = FIXTURES / "pdf"
PAIRS = [
    ("bulletin", "bulletin-typst.pdf"),
    ("bulletin", "bulletin-reportlab.pdf"),
    ("damaged", "damaged-typst.pdf"),
    ("damaged", "damaged-reportlab.pdf"),
    ("table", "table-typst.pdf"),
    ("table", "table-reportlab.pdf"),
]


@pytest.fixture(scope="module")
def linter() -> Linter:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Linter(rulebook, rulebook.select(), required=Settings().required)


def lint(linter: Linter, path: Path) -> LintResult:
    kind = "pdf" if path.suffix == ".pdf" else "text"
    return linter.lint(SourceFile(str(path), kind, explicit=True, data=None))


def codes(linted: LintResult) -> Counter[str]:
    assert linted.result.error is None
    return Counter(violation.code for violation in linted.result.violations)


@pytest.mark.parametrize(("source", "pdf"), PAIRS)
def test_the_same_codes_are_reported(linter: Linter, source: str, pdf: str) -> None:
    text = lint(linter, FOLDER / "source" / f"{source}.md")
    typeset = lint(linter, FOLDER / pdf)

    assert codes(text) == codes(typeset)


def test_the_damaged_bulletin_has_its_damage_and_nothing_else(linter: Linter) -> None:
    found = codes(lint(linter, FOLDER / "source" / "damaged.md"))

    assert Counter({"EXT001": 2, "EXT002": 1, "EXT003": 1}) == found


def facts(document: Document) -> dict[str, object]:
    """What must be the same whatever the bulletin was read from."""
    shown = as_json(document)

    def words(part: object) -> str:
        # A line break of the page may have swallowed the space that stood there.
        return "".join(str(part["text"]).split()) if isinstance(part, dict) else "none"

    return {
        "masthead": {name: words(part) for name, part in shown["masthead"].items()},
        "titles": [words(article["title"]) for article in shown["articles"]],
        "sections": [
            [words(block) for block in article["blocks"] if block["kind"] == "section"]
            for article in shown["articles"]
        ],
        "attributions": [words(article["attribution"]) for article in shown["articles"]],
        "imprint": {name: words(part) for name, part in shown["imprint"].items()},
        "distribution": [words(entry) for entry in shown["distribution"]],
    }


@pytest.mark.parametrize(("source", "pdf"), PAIRS)
def test_the_same_parts_are_found(linter: Linter, source: str, pdf: str) -> None:
    text = lint(linter, FOLDER / "source" / f"{source}.md").document
    typeset = lint(linter, FOLDER / pdf).document

    assert text is not None
    assert typeset is not None
    assert facts(text) == facts(typeset)


@pytest.mark.parametrize("pdf", sorted({pdf for _, pdf in PAIRS}))
def test_boxes_hold_the_words_of_their_violation(linter: Linter, pdf: str) -> None:
    """The characters that pdfplumber finds inside the boxes spell the violation's span."""
    import pdfplumber

    linted = lint(linter, FOLDER / pdf)
    document = linted.document
    assert document is not None
    with pdfplumber.open(FOLDER / pdf) as opened:
        for violation in linted.result.violations:
            assert violation.location.page is not None
            inside = ""
            for page, (x0, top, x1, bottom) in violation.location.boxes:
                inside += "".join(
                    char["text"]
                    for char in opened.pages[page - 1].chars
                    if x0 - 0.5 <= (char["x0"] + char["x1"]) / 2 <= x1 + 0.5
                    and top - 0.5 <= (char["top"] + char["bottom"]) / 2 <= bottom + 0.5
                )
            start = violation.location.column - 1
            line = document.line_text(violation.location.line)
            length = violation.location.end_column - violation.location.column
            expected = line[start : start + length]
            assert set(expected.split()) <= set(inside) | {expected} or expected in inside
            assert all(character in inside for character in expected if not character.isspace())
