"""Parts of a bulletin asked for by name, walked through, and the heading that a place of a Word file stands under."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bulletin_lint.model.document import Block, Document, Node, walk
from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.reading import Line, PageLayout, Reading
from bulletin_lint.model.violation import Occurrence, Telling, Violation
from bulletin_lint.model.wording import same

ONE, TWO = Node("a[0]", Span(0, 1), "甲"), Node("a[1]", Span(1, 2), "乙")
SINGLE = Node("b", Span(2, 3), "丙", {"value": "丙", "value_span": Span(7, 9)})
WHOLE = Node("", Span(0, 3), "甲乙丙", children={"a": [ONE, TWO], "b": SINGLE, "c": None, "d": []})


@pytest.mark.parametrize(
    ("name", "child"), [("a", None), ("b", SINGLE), ("c", None), ("d", None), ("e", None)]
)
def test_a_single_part_is_got_by_its_name(name: str, child: Node | None) -> None:
    assert WHOLE.child(name) is child


@pytest.mark.parametrize(
    ("name", "parts"), [("a", [ONE, TWO]), ("b", [SINGLE]), ("c", []), ("d", []), ("e", [])]
)
def test_one_part_or_several_are_got_as_a_list(name: str, parts: list[Node]) -> None:
    assert WHOLE.list(name) == parts


def test_a_field_without_a_span_of_its_own_has_that_of_its_part() -> None:
    assert (SINGLE.field_span("value"), SINGLE.field_span("label")) == (Span(7, 9), Span(2, 3))
    assert (ONE.fields, ONE.children) == ({}, {})


def test_a_walk_meets_every_part_once_the_outer_first() -> None:
    deep = Node("e", Span(0, 3), "", children={"whole": WHOLE, "end": Node("f", Span(3, 3), "")})

    assert [node.path for node in walk(deep)] == ["e", "", "a[0]", "a[1]", "b", "f"]


def test_a_part_shows_its_path_span_and_words() -> None:
    assert repr(SINGLE) == "Node('b', (2, 3), '丙')"


# --- Places of a Word file -----------------------------------------------------------------------------


class WordPlaces:
    """Each character stands in a paragraph of the body, or of another story."""

    def __init__(self, story: str = "body") -> None:
        self.story = story

    def locate(self, start: int, end: int) -> Location:
        return Location(1, start + 1, 1, end + 1, (), StoryPlace(self.story, "/p[1]"))

    def line_text(self, line: int) -> str:
        return f"line {line}"


LINES = (
    "简报",
    "第一篇标题",
    "导语。",
    "一、小节",
    "正文。",
    "第二篇的标题恰有二十个字那么长长长长长",
    "正文。",
    "报送各局",
    "编辑某",
)


def word(lines: Sequence[str] = LINES, story: str = "body") -> Document:
    """A bulletin of two articles, the first with a section, and an imprint; one block a line."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    blocks = [
        Block(span, (index, index), 0, (), 0, gap=False, page=None, size=0.0, centred=False)
        for index, span in enumerate(spans)
    ]
    reading = Reading("docx", text, (Line(((0, len(text)),)),), WordPlaces(story), lines_are="document")
    made = Document("1.docx", reading, text, blocks, [(0, 0)], (), [])

    def node(path: str, index: int) -> Node:
        return Node(path, spans[index], lines[index])

    first, second = node("articles[0]", 1), node("articles[1]", 5)
    first.children = {"title": node("articles[0].title", 1), "sections": [node("articles[0].sections[0]", 3)]}
    second.children = {"title": node("articles[1].title", 5), "sections": []}
    last = len(lines) - 1
    imprint = node("imprint", last)
    imprint.children = {"editor": node("imprint.editor", last), "phone": None}
    made.bulletin.children = {
        "articles": [first, second],
        "distribution": [node("distribution[0]", last - 1)],
        "copies": None,
        "imprint": imprint,
    }
    return made


def story_of(document: Document, line: int) -> StoryPlace:
    story = document.locate(document.blocks[line].span).story
    assert story is not None
    return story


@pytest.mark.parametrize(
    ("line", "heading", "is_imprint"),
    [
        (0, "", False),
        (1, "第一篇标题", False),
        (2, "第一篇标题", False),
        # A section's heading stands below the title itself, what follows it below the section.
        (3, "第一篇标题", False),
        (4, "一、小节", False),
        (5, LINES[5], False),
        (6, LINES[5], False),
        (7, "", True),
        (8, "", True),
    ],
)
def test_a_place_in_a_word_file_tells_the_heading_it_stands_under(
    line: int, heading: str, *, is_imprint: bool
) -> None:
    story = story_of(word(), line)

    assert (story.heading, story.is_imprint) == (heading, is_imprint)


LEVELS = ("简报", "标题", "一、甲", "（一）乙", "（二）丙", "二、丁", "正文。", "（一）戊")


@pytest.mark.parametrize(
    ("line", "heading"),
    [(2, "标题"), (3, "一、甲"), (4, "一、甲"), (5, "标题"), (6, "二、丁"), (7, "二、丁")],
)
def test_a_section_s_heading_stands_below_the_level_above_its_own(line: int, heading: str) -> None:
    text = "\n".join(LEVELS)
    starts = [sum(len(line) + 1 for line in LEVELS[:index]) for index in range(len(LEVELS))]
    made = word(LEVELS)
    article = made.bulletin.list("articles")[0]
    article.children["sections"] = [
        Node(
            f"articles[0].sections[{at}]",
            Span(starts[index], starts[index] + len(LEVELS[index])),
            LEVELS[index],
            {"level": 2 if LEVELS[index][0] == "（" else 1},
        )
        for at, index in enumerate((2, 3, 4, 5, 7))
    ]
    made.bulletin.children |= {"articles": [article], "distribution": [], "imprint": None}

    assert (made.text, story_of(made, line).heading) == (text, heading)


@pytest.mark.parametrize(
    ("length", "told"), [(19, "题" * 19), (20, "题" * 20), (21, "题" * 19 + "…"), (40, "题" * 19 + "…")]
)
def test_a_heading_of_more_than_twenty_characters_is_cut(length: int, told: str) -> None:
    lines = list(LINES)
    lines[1] = "题" * length

    assert story_of(word(lines), 2).heading == told


@pytest.mark.parametrize("story", ["header", "footnotes", "box"])
def test_what_stands_outside_the_body_has_no_heading(story: str) -> None:
    found = story_of(word(story=story), 2)

    assert (found.story, found.heading, found.is_imprint) == (story, "", False)


def test_where_the_imprint_stands_above_the_articles_nothing_is_below_it() -> None:
    document = word()
    document.bulletin.children["distribution"] = [Node("distribution[0]", document.blocks[0].span, "简报")]
    document.bulletin.children["imprint"] = None

    assert not any(story_of(document, line).is_imprint for line in range(len(LINES)))


@pytest.mark.parametrize("name", ["distribution", "copies", "printed"])
def test_each_part_below_the_articles_begins_the_imprint(name: str) -> None:
    document = word()
    del document.bulletin.children["distribution"], document.bulletin.children["imprint"]
    document.bulletin.children[name] = Node(name, document.blocks[7].span, LINES[7])

    assert [story_of(document, line).is_imprint for line in (6, 7, 8)] == [False, True, True]


def test_other_parts_below_the_articles_begin_none() -> None:
    document = word()
    del document.bulletin.children["distribution"], document.bulletin.children["imprint"]
    document.bulletin.children["other"] = [Node("other[0]", document.blocks[7].span, LINES[7])]

    assert not any(story_of(document, line).is_imprint for line in range(len(LINES)))


def test_a_bulletin_without_articles_has_an_imprint_all_the_same() -> None:
    document = word()
    del document.bulletin.children["articles"]

    assert [story_of(document, line).is_imprint for line in (0, 6, 7, 8)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("layouts", "text", "has_holes"),
    [
        ((PageLayout(1, 1.0, 1.0),), "甲\ufffd", True),
        ((PageLayout(1, 1.0, 1.0),), "甲乙", False),
        # In a text file the sign stands there because somebody wrote it.
        ((), "甲\ufffd", False),
    ],
)
def test_characters_that_nobody_names_are_holes_of_pages(
    layouts: tuple[PageLayout, ...], text: str, *, has_holes: bool
) -> None:
    reading = Reading("pdf", text, (), WordPlaces(), layouts=layouts)

    assert Document("1.pdf", reading, text, (), (), (), []).has_holes is has_holes


def test_a_text_without_blanks_to_leave_out_has_no_solid_view() -> None:
    spaced, solid = (word([*LINES[:8], line]) for line in ("走访 30 户", "走访30户"))
    view = spaced.solid

    assert view is not None
    assert view.text.endswith("\n走访30户")
    assert spaced.solid is view
    assert solid.solid is None


def test_parts_that_are_others_now_are_asked_for_anew() -> None:
    document = word()
    span = document.blocks[2].span
    document.bulletin.children["note"] = Node("note", span, LINES[2])
    assert document.place(span).part == "note"

    document.bulletin.children["note"] = Node("remarks", span, LINES[2])
    assert document.place(span).part == "note"
    document.forget_parts()
    assert document.place(span).part == "remarks"


# --- Marks of a page -----------------------------------------------------------------------------------


def box(page: int) -> PageBox:
    return PageBox(page, (1.0, 2.0, 3.0, 4.0))


def at(line: int, *pages: int) -> Violation:
    where = Location(line, 1, line, 2, tuple(map(box, pages)))
    return Violation("1.pdf", where, "PUN002", "n", "warning", same("m"), "", "")


def test_marks_are_numbered_from_one_in_reading_order() -> None:
    late, early = at(9, 2), at(3, 1)

    assert marks_of([late, early]) == (
        NumberedMark(1, early, (early.location,)),
        NumberedMark(2, late, (late.location,)),
    )
    assert marks_of([]) == ()


def test_a_mark_has_the_boxes_of_all_places_and_its_violation_s_severity() -> None:
    places = tuple(
        Occurrence(at(line, *pages).location, "", "", "") for line, pages in ((3, (1, 2)), (5, (4,)))
    )
    (mark,) = marks_of([at(3, 1, 2)._replace(telling=Telling(same("m"), places))])

    assert mark.places == (places[0].location, places[1].location)
    assert mark.boxes == (box(1), box(2), box(4))
    assert (mark.severity, mark.note) == ("warning", "")


def test_the_page_of_a_place_is_that_of_its_first_box() -> None:
    assert (at(1, 3, 4).location.page, at(1).location.page) == (3, None)
    assert (at(1).location.has_lines, at(1, 1).location.has_lines) == (True, False)
    assert not Location(1, 1, 1, 2, (), StoryPlace("body", "/p[1]")).has_lines
