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


# --- Stretches that are left letter by letter ----------------------------------------------------------


def marked(document: Document, *stretches: tuple[int, int]) -> list[str]:
    document.reading = document.reading._replace(verbatim=stretches)
    return [document.text[start:end] for start, end in document.verbatim]


@pytest.mark.parametrize(
    ("stretch", "left"),
    [
        # In the source the heading stands at 3–6, 甲 at 7, 乙 at 9 and 丙 behind it.
        ((3, 6), ["一二三"]),
        ((4, 5), ["二"]),
        ((0, 4), ["一"]),
        ((0, 3), []),
        ((7, 8), ["甲"]),
        ((9, 11), ["乙丙"]),
        # Two source lines were joined: the stretch is in two pieces, the line break between in none.
        ((7, 10), ["甲", "乙"]),
        # A stretch over both blocks does not hold the end of the first one.
        ((5, 8), ["三", "甲"]),
        ((108, 200), ["丙丙"]),
    ],
)
def test_a_stretch_is_found_again_where_its_characters_are(
    document: Document, stretch: tuple[int, int], left: list[str]
) -> None:
    assert marked(document, stretch) == left


def test_several_stretches_are_told_in_order(document: Document) -> None:
    assert marked(document, (3, 4), (5, 6), (7, 8), (10, 12)) == ["一", "三", "甲", "丙丙"]


def test_nothing_is_left_where_the_source_marks_nothing(document: Document) -> None:
    assert document.verbatim == ()


# --- The way back --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offset", "source"), [(0, 3), (2, 5), (3, 6), (4, 7), (5, 9), (6, 10), (105, 109), (106, 110)]
)
def test_every_character_has_its_place_in_the_source(document: Document, offset: int, source: int) -> None:
    assert document.source_offset(offset) == source
    assert document.source_spans(Span(offset, offset)) == [Span(source, source)]


def test_what_has_no_source_stands_at_its_beginning() -> None:
    bare = Document("a.md", Reading("text", "", (), CountedPlaces()), "", (), (), (), [])

    assert (bare.source_offset(0), bare.block_at(0), bare.excerpt(Span(0, 0))) == (0, 0, "")
    assert (bare.furniture_start, bare.source_text, bare.bulletin.span) == (0, "", Span(0, 0))


@pytest.mark.parametrize(
    ("span", "sources"),
    [
        (Span(0, 3), [Span(3, 6)]),
        (Span(2, 4), [Span(5, 7)]),
        # Unbroken from the heading over its line break into the next line.
        (Span(0, 5), [Span(3, 8)]),
        (Span(4, 6), [Span(7, 8), Span(9, 10)]),
        (Span(0, 106), [Span(3, 8), Span(9, 110)]),
    ],
)
def test_a_span_covers_its_unbroken_runs(document: Document, span: Span, sources: list[Span]) -> None:
    assert document.source_spans(span) == sources


@pytest.mark.parametrize(("offset", "block"), [(0, 0), (3, 0), (4, 1), (105, 1), (400, 1)])
def test_an_offset_lies_in_the_block_that_begins_at_or_before_it(
    document: Document, offset: int, block: int
) -> None:
    assert document.block_at(offset) == block


def test_lines_may_be_those_of_the_text_itself(document: Document, places: CountedPlaces) -> None:
    document.reading = document.reading._replace(lines_are="document")

    assert document.locate(Span(1, 3)) == Location(1, 2, 1, 4)
    assert document.locate(Span(1, 4)) == Location(1, 2, 1, 5)
    assert document.locate(Span(1, 5)) == Location(1, 2, 2, 2)
    assert document.locate(Span(4, 4)) == Location(2, 1, 2, 1)
    assert document.line_text(2) == "甲乙" + "丙" * 100
    assert places.lines_read == []


def test_excerpts_of_forty_characters_are_whole_and_of_more_a_window() -> None:
    for length in (1, 39, 40, 41):
        text = "丙" * length
        block = Block(Span(0, length), (0, 0), 0, (), 0, gap=False, page=None, size=0.0, centred=False)
        reading = Reading("text", text, (Line(((0, length),)),), CountedPlaces())
        made = Document("a.md", reading, text, [block], [(0, 0)], (), [])
        assert made.excerpt(Span(0, 1)) == ("丙" * 40 + "…" if length > 40 else text)
        assert made.excerpt(Span(length - 1, length)) == ("…" + "丙" * 40 if length > 40 else text)
