"""Whatever a part is, its text is what stands at its span, and its place in the source is where that text is written."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document, walk
from harness import FIXTURES


def _is_plain(path: Path) -> bool:
    """Whether a file's lines are what it shows: UTF-8, no pages, line ends of one kind."""
    data = path.read_bytes()
    return not (
        data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\f" in data or b"\r" in data or data[:1] == b"\xef"
    ) and (data.decode("utf-8", "replace").count("\ufffd") == 0)


BARS = dict.fromkeys(map(ord, "│┃║|｜"))
TEXTS = sorted(
    path
    for folder in ("structure", "bulletins")
    for path in (FIXTURES / folder).rglob("*")
    if path.suffix in (".txt", ".md") and _is_plain(path)
)


REFUSED = {"scanned.pdf", "truncated.pdf", "user-password.pdf"}
FILES = sorted(
    path
    for path in FIXTURES.rglob("*")
    if path.suffix in (".docx", ".docm", ".html", ".htm", ".mht", ".pdf") and path.name not in REFUSED
)


@functools.cache
def read(path: Path) -> Document:
    return parse(path.read_bytes(), path.name, cache=False)


@pytest.mark.parametrize("path", [*TEXTS, *FILES], ids=lambda path: path.name)
def test_the_text_of_a_part_stands_at_its_span(path: Path) -> None:
    document = read(path)
    parts = list(walk(document.bulletin))
    assert parts
    for part in parts:
        stands = document.text[part.span.start : part.span.end]
        if part.path.endswith(".title") and "\n" in stands:
            # Of a title on two lines the words, as they are read.
            assert "".join(part.text.split()) == "".join(stands.split())
        else:
            assert part.text == stands, part.path
        if part.fields.get("kind") == "table":
            cells = "".join(cell for row in part.fields["rows"] for cell in row)
            assert "".join(cells.split()) == "".join(stands.translate(BARS).split()), part.path


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_place_of_a_part_is_where_its_first_and_last_characters_are_written(path: Path) -> None:
    document = read(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for part in walk(document.bulletin):
        if part.span.start == part.span.end:
            continue
        where = document.place(part.span).location
        first, last = document.text[part.span.start], document.text[part.span.end - 1]
        assert lines[where.line - 1][where.column - 1] == first, part.path
        assert lines[where.end_line - 1][where.end_column - 2] == last, part.path


@pytest.mark.parametrize("path", [*TEXTS, *FILES], ids=lambda path: path.name)
def test_parts_of_a_part_lie_within_it_in_their_order(path: Path) -> None:
    """But for the column, which stands over several articles."""
    document = read(path)
    for part in walk(document.bulletin):
        for name, child in part.children.items():
            if not isinstance(child, list):
                continue
            spans = [each.span for each in child]
            assert spans == sorted(spans), f"{part.path}.{name}"
            if part.path.startswith("articles["):
                assert all(part.span.start <= span.start and span.end <= part.span.end for span in spans)
