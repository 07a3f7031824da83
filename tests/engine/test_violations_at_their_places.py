"""What a violation says of its place is what stands there: the line, the words, and what a fix takes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.api import Engine
from bulletin_lint.matching.patterns import compiled
from harness import FIXTURES

TEXTS = sorted(
    path
    for path in (FIXTURES / "bulletins" / "faulty").glob("*/*")
    if path.suffix in (".txt", ".md") and b"\r" not in path.read_bytes() and path.read_bytes()[:1] != b"\xff"
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_violation_quotes_its_line_and_its_words(path: Path, engine: Engine) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    violations = engine.lint((path.name, path.read_bytes())).file.violations
    for violation in violations:
        for place in violation.places:
            where = place.location
            assert place.line_text == lines[where.line - 1], violation.code
            if where.line == where.end_line:
                words = lines[where.line - 1][where.column - 1 : where.end_column - 1]
                shown = "".join(place.excerpt.split())
                if compiled("[\u2e80-\u2fdf]").search(words) is None:
                    # Radicals are shown as the characters that they stand for.
                    assert "".join(words.split()) in shown, violation.code


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_two_forms_of_an_edit_say_the_same(path: Path, engine: Engine) -> None:
    """One counts in the text that was judged, one in the file; what they put in is alike, and each fits."""
    length = len(path.read_text(encoding="utf-8"))
    for violation in engine.lint((path.name, path.read_bytes())).file.violations:
        if violation.fix is None:
            continue
        assert [edit.text for edit in violation.fix.edits] == [
            edit.text for edit in violation.fix.source_edits
        ]
        for edit in violation.fix.source_edits:
            assert 0 <= edit.span.start <= edit.span.end <= length
