from __future__ import annotations

import pytest

from bulletin_lint.model.document import Block, Document, Node
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.reading import Line, Reading

SOURCE = "## 一二三\n甲\n乙" + "丙" * 100


class CountedPlaces:
    """Places of `SOURCE`, two lines joined to one block after its heading."""

    def __init__(self) -> None:
        self.lines_read: list[int] = []

    def locate(self, start: int, end: int) -> Location:
        def position(offset: int) -> tuple[int, int]:
            line = SOURCE.count("\n", 0, offset) + 1
            return line, offset - (SOURCE.rfind("\n", 0, offset) + 1) + 1

        return Location(*position(start), *position(end))

    def line_text(self, line: int) -> str:
        self.lines_read.append(line)
        return SOURCE.split("\n")[line - 1]


@pytest.fixture
def places() -> CountedPlaces:
    return CountedPlaces()


@pytest.fixture
def document(places: CountedPlaces) -> Document:
    text = "一二三\n甲乙" + "丙" * 100
    blocks = [
        Block(span, lines, 0, (), 0, gap=False, page=None, size=0.0, centred=False)
        for span, lines in ((Span(0, 3), (0, 0)), (Span(4, 106), (1, 2)))
    ]
    reading = Reading("text", SOURCE, (Line(((0, len(SOURCE)),)),), places)
    made = Document("a.md", reading, text, blocks, [(0, 3), (4, 7), (5, 9)], [5], [])
    made.bulletin.children = {
        "title": Node("title", Span(0, 3), "一二三"),
        "body": Node("body", Span(4, 106), text[4:]),
    }
    return made


def test_a_span_is_placed_with_all_that_a_report_says(document: Document) -> None:
    placed = document.place(Span(1, 3))

    assert placed.location == Location(1, 5, 1, 7)
    assert placed.sources == (Span(4, 6),)
    assert placed.line_text == "## 一二三"
    assert placed.part == "title"
    assert placed.excerpt == "一二三"


def test_a_part_that_is_known_is_kept(document: Document) -> None:
    assert document.place(Span(1, 3), "masthead.title").part == "masthead.title"


def test_a_span_over_a_seam_has_two_sources(document: Document) -> None:
    placed = document.place(Span(4, 6))

    assert placed.sources == (Span(7, 8), Span(9, 10))
    assert placed.location == Location(2, 1, 3, 2)
    assert placed.line_text == "甲"


def test_an_excerpt_of_a_long_block_is_a_window(document: Document) -> None:
    assert document.excerpt(Span(4, 5)) == f"甲乙{'丙' * 38}…"
    # Ten characters before the words, forty in all.
    assert document.excerpt(Span(14, 15)) == f"甲乙{'丙' * 38}…"
    assert document.excerpt(Span(15, 16)) == f"…乙{'丙' * 39}…"
    assert document.excerpt(Span(105, 106)) == f"…{'丙' * 40}"


def test_a_line_is_read_once_however_many_spans_stand_on_it(
    document: Document, places: CountedPlaces
) -> None:
    long = [document.place(Span(at, at + 1)).line_text for at in range(5, 100)]
    document.place(Span(0, 1))
    again = document.place(Span(50, 51)).line_text

    assert places.lines_read == [3, 1]
    assert all(text is again for text in long)
