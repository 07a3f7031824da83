"""What the parts of a masthead say: numbers, double numbers, years, dates, marks, and what running heads repeat."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing import parse
from hand_made import NoPlaces
from laid_out import grammar

TITLE, OFFICE = "云岭镇工作简报", "云岭镇党政办公室"
ARTICLE = ("镇里开展春季植树", "3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。", "（镇林业站）")


def read(
    *lines: str, furniture: tuple[tuple[str, str], ...] = (), places: Any = None, **more: Any
) -> Document:
    """Lines set apart, and behind them those of headers and footers, each with its kind."""
    text = "\n".join([*lines, *(line for line, _ in furniture)])
    made: list[Line] = []
    start = 0
    for line in lines:
        made.append(Line(((start, start + len(line)),), gap=bool(made)))
        start += len(line) + 1
    for line, kind in furniture:
        made.append(Line(((start, start + len(line)),), "furniture", furniture=kind, page=2))
        start += len(line) + 1
    return parse("4.txt", Reading("text", text, tuple(made), places or NoPlaces(), **more), grammar())


def masthead(*lines: str) -> Node:
    found = read(*lines, *ARTICLE).bulletin.child("masthead")
    assert found is not None
    return found


def part(node: Node, name: str) -> str | None:
    child = node.child(name)
    return None if child is None else child.text


def fields(node: Node, name: str, *names: str) -> tuple[Any, ...] | None:
    child = node.child(name)
    return None if child is None else tuple(dict(child.fields)[each] for each in names)


@pytest.mark.parametrize(
    ("line", "number", "last", "figures", "form"),
    [
        ("第4期", 4, None, "4", "第4期"),
        ("第四期", 4, None, "四", "第四期"),
        ("第十二期", 12, None, "十二", "第十二期"),
        ("第１２期", 12, None, "１２", "第１２期"),
        ("2025年第4期", 4, None, "4", "2025年第4期"),
        ("第4、5期", 4, 5, "4", "第4、5期"),
        # Twelve issues at most are put into one, and figures go up.
        ("第4、15期", 4, 15, "4", "第4、15期"),
        ("第4、16期", 4, None, "4", "第4、16期"),
        ("第5、4期", 5, None, "5", "第5、4期"),
        ("第5、5期", 5, None, "5", "第5、5期"),
    ],
)
def test_the_issue_number_has_its_value_and_how_it_is_written(
    line: str, number: int, last: int | None, figures: str, form: str
) -> None:
    node = masthead(TITLE, line, f"{OFFICE}　　2025年3月6日")

    assert fields(node, "issue_number", "value", "last", "figures", "form") == (number, last, figures, form)
    assert fields(node, "issue_number", "supplement") == (False,)
    assert part(node, "title") == TITLE
    assert part(node, "office") == OFFICE


@pytest.mark.parametrize(
    ("line", "year", "text"),
    [
        ("2025年第4期", 2025, "2025年"),
        ("2025年 第4期", 2025, "2025年"),
        ("〔2025〕第4期", 2025, "2025"),
        ("二〇二五年第四期", 2025, "二〇二五年"),
        ("第4期", None, None),
    ],
)
def test_the_year_beside_the_number_is_a_part_with_its_word(
    line: str, year: int | None, text: str | None
) -> None:
    node = masthead(TITLE, line, f"{OFFICE}　　2025年3月6日")

    assert fields(node, "issue_year", "value") == (None if year is None else (year,))
    assert part(node, "issue_year") == text
    assert fields(node, "issue_number", "value") == (4,)


@pytest.mark.parametrize(
    ("line", "number", "last"),
    [
        ("第4期（总第40期）", 40, None),
        ("第4期　总第40期", 40, None),
        ("第4期（总第四十期）", 40, None),
        ("第4、5期（总第40、41期）", 40, 41),
        ("第4、5期（总第40、52期）", 40, None),
        ("第4期", None, None),
    ],
)
def test_the_cumulative_number_stands_beside_the_issue_s(
    line: str, number: int | None, last: int | None
) -> None:
    node = masthead(TITLE, line, f"{OFFICE}　　2025年3月6日")

    expected = None if number is None else (number, last)
    assert fields(node, "cumulative_number", "value", "last") == expected
    assert fields(node, "issue_number", "value") == (4,)


def test_a_cumulative_number_may_be_the_only_one() -> None:
    node = masthead(TITLE, "总第40期", f"{OFFICE}　　2025年3月6日")

    assert fields(node, "cumulative_number", "value", "figures") == (40, "40")
    assert node.child("issue_number") is None


def test_a_number_left_blank_has_no_value_and_is_a_part_all_the_same() -> None:
    node = masthead(TITLE, "第　　期", f"{OFFICE}　　2025年3月6日")

    assert fields(node, "issue_number", "value", "last", "figures", "supplement") == (None, None, "", False)


@pytest.mark.parametrize(
    ("date", "value", "year", "month", "day"),
    [
        ("2025年3月6日", "2025-03-06", 2025, 3, 6),
        ("2024年2月29日", "2024-02-29", 2024, 2, 29),
        ("2025年2月29日", None, 2025, 2, 29),
        ("2025年13月6日", None, 2025, 13, 6),
        ("二〇二五年三月六日", "2025-03-06", 2025, 3, 6),
        ("２０２５年３月６日", "2025-03-06", 2025, 3, 6),
        ("25年3月6日", None, None, 3, 6),
        ("2025年12月31日", "2025-12-31", 2025, 12, 31),
    ],
)
def test_a_date_has_its_day_if_the_calendar_has_it(
    date: str, value: str | None, year: int | None, month: int, day: int
) -> None:
    node = masthead(TITLE, "第4期", f"{OFFICE}　　{date}")

    assert fields(node, "date", "value", "year", "month", "day") == (value, year, month, day)
    assert part(node, "date") == date


@pytest.mark.parametrize("above", [("内部资料",), ("秘密",), ("机密", "000012"), ("秘密　　000012",)])
def test_marks_above_the_title_are_parts_of_their_own(above: tuple[str, ...]) -> None:
    node = masthead(*above, TITLE, "第4期", f"{OFFICE}　　2025年3月6日")
    words = [piece for line in above for piece in line.split("　　")]

    if words[0] != "内部资料":
        assert part(node, "classification") == words[0]
    assert part(node, "copy_number") == (words[1] if len(words) > 1 else None)
    assert part(node, "title") == TITLE


@pytest.mark.parametrize(
    ("lines", "title", "office"),
    [
        ((TITLE, "第4期", OFFICE, "2025年3月6日"), TITLE, OFFICE),
        ((TITLE, OFFICE, "第4期", "2025年3月6日"), TITLE, OFFICE),
        ((f"{TITLE}　第4期", f"{OFFICE}　　2025年3月6日"), TITLE, OFFICE),
        ((TITLE, "第4期", f"{OFFICE}编　　2025年3月6日"), TITLE, OFFICE),
        ((TITLE, f"第4期　　{OFFICE}　　2025年3月6日"), TITLE, OFFICE),
        ((TITLE, "第4期", f"编发单位：{OFFICE}", "编发日期：2025年3月6日"), TITLE, OFFICE),
        ((TITLE, "第4期", f"主办：{OFFICE}　　编发日期：2025年3月6日"), TITLE, OFFICE),
        (("《云岭镇工作简报》", "第4期", f"{OFFICE}　　2025年3月6日"), "《云岭镇工作简报》", OFFICE),
        (("云岭镇", "工作简报", "第4期", f"{OFFICE}　　2025年3月6日"), None, OFFICE),
    ],
)
def test_title_and_office_are_told_by_where_they_stand(
    lines: tuple[str, ...], title: str | None, office: str
) -> None:
    node = masthead(*lines)

    if title is not None:
        assert part(node, "title") == title
        assert fields(node, "title", "value") == (title.strip("《》"),)
    assert part(node, "office") == office
    assert fields(node, "office", "value") == (OFFICE,)
    assert fields(node, "date", "value") == ("2025-03-06",)
    assert fields(node, "issue_number", "value") == (4,)


@pytest.mark.parametrize("line", ["增刊第1期", "第1期（增刊）"])
def test_a_supplement_says_so_beside_its_number(line: str) -> None:
    node = masthead(TITLE, line, f"{OFFICE}　　2025年3月6日")

    assert fields(node, "issue_number", "value", "supplement") == (1, True)


def test_a_bulletin_without_a_masthead_has_none_of_its_parts() -> None:
    node = masthead()

    assert not any(node.children.values())
    assert node.span.start == node.span.end == 0


# --- Running heads -------------------------------------------------------------------------------------


HEAD = (TITLE, "第4期（总第40期）", f"{OFFICE}　　2025年3月6日", *ARTICLE)
Numbers = tuple[int | None, int | None, int | None]


def said(
    line: str, *more: str, kind: str = "running-head", head: tuple[str, ...] = HEAD
) -> list[Numbers | None]:
    """Of each line of furniture issue number, year and cumulative number; None where it says none."""
    document = read(*head, furniture=tuple((each, kind) for each in (line, *more)))
    found = document.bulletin.list("furniture")
    assert [node.text for node in found] == [line, *more]
    assert [node.path for node in found] == [f"furniture[{number}]" for number in range(len(found))]
    return [
        (node.fields["issue_number"], node.fields["issue_year"], node.fields["cumulative_number"])
        if "issue_number" in node.fields
        else None
        for node in found
    ]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        (f"{TITLE}　第5期", (5, None, None)),
        (f"{TITLE} 2025年第5期", (5, 2025, None)),
        (f"《{TITLE}》·第5期", (5, None, None)),
        ("第5期", (5, None, None)),
        ("工作简报　第5期", (5, None, None)),
        (f"{TITLE}　第5期（总第41期）", (5, None, 41)),
        (f"{TITLE}　总第41期", (None, None, 41)),
        (f"{TITLE}　2025年3月7日", (None, 2025, None)),
        # The head counts through, as the masthead's other number does.
        (f"{TITLE}　第40期", (None, None, 40)),
        (f"{TITLE}　第4期", (4, None, None)),
        # Other words, or too many.
        ("春季植树　第5期", None),
        (f"{TITLE}春季植树　第5期", None),
        (f"{TITLE}{'　' * 51}第5期", None),
        (f"{TITLE}{'　' * 50}第5期", (5, None, None)),
        # Numbers of several issues are no one's.
        (f"{TITLE}　第5、6期", (None, None, None)),
    ],
)
def test_a_running_head_says_the_numbers_of_its_issue(line: str, numbers: Numbers | None) -> None:
    assert said(line) == [numbers]


def test_a_running_head_says_them_once() -> None:
    one, other = f"{TITLE}　第5期", f"{TITLE}　第6期"

    assert said(one, one, other, one) == [(5, None, None), None, (6, None, None), None]


@pytest.mark.parametrize("kind", ["page-number", "watermark", "stamp", "note"])
def test_other_lines_of_the_page_say_nothing(kind: str) -> None:
    assert said(f"{TITLE}　第5期", kind=kind) == [None]


def test_a_line_of_the_page_without_a_kind_is_a_running_head() -> None:
    (node,) = read(*HEAD, furniture=((f"{TITLE}　第5期", ""),)).bulletin.list("furniture")

    assert (node.fields["kind"], node.fields["page"], node.fields["issue_number"]) == ("running-head", 2, 5)


def test_of_a_double_issue_a_head_may_say_either_number() -> None:
    head = (TITLE, "第4、5期（总第40、41期）", *HEAD[2:])

    assert said(f"{TITLE}　第5期", head=head) == [None]


def test_without_a_title_a_head_has_no_words_of_its_own() -> None:
    assert said("第5期", head=HEAD[1:]) == [(5, None, None)]


# --- Headers and footers of a Word file ----------------------------------------------------------------


class Stories:
    """The lines behind some offset stand in a header or a footer."""

    def __init__(self, text: str, start: int, stories: list[str]) -> None:
        self._starts = [start]
        for line in text[start:].split("\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._stories = stories

    def locate(self, start: int, end: int) -> Location:
        number = max((index for index, at in enumerate(self._starts) if at <= start), default=-1)
        story = self._stories[number] if number >= 0 else "body"
        return Location(1, start + 1, 1, end + 1, (), StoryPlace(story, "/p[1]"))

    def line_text(self, line: int) -> str:
        return ""


def framed(
    lines: tuple[str, ...], frames: tuple[tuple[str, str], ...], kind: str = "running-head"
) -> Document:
    """Lines of the body, and of headers and footers, as a Word file has them."""
    start = sum(len(line) + 1 for line in lines)
    text = "\n".join([*lines, *(line for line, _ in frames)])
    places = Stories(text, start, [story for _, story in frames])
    furniture = tuple((line, kind) for line, _ in frames)
    return read(*lines, furniture=furniture, places=places, lines_are="document")


IMPRINT = "责编：甲文　　核稿：乙武"
BODY = (*ARTICLE, *ARTICLE[1:2])


def issue_of(document: Document) -> int | None:
    node = document.bulletin.child("masthead")
    assert node is not None
    found = fields(node, "issue_number", "value")
    value: int | None = found[0] if found is not None else None
    return value


def editor_of(document: Document) -> str | None:
    node = document.bulletin.child("imprint")
    assert node is not None
    return part(node, "editor")


@pytest.mark.parametrize(
    ("lines", "frames", "number"),
    [
        (BODY, (("云岭镇工作简报　第4期", "header"),), 4),
        # Each section has the header again.
        (BODY, (("云岭镇工作简报　第4期", "header"), ("云岭镇工作简报 第4期", "header")), 4),
        # Two numbers, a footer's, or one in the text itself.
        (BODY, (("云岭镇工作简报　第4期", "header"), ("云岭镇工作简报　第5期", "header")), None),
        (BODY, (("云岭镇工作简报　第4期", "footer"),), None),
        (BODY, (("云岭镇工作简报", "header"),), None),
        ((TITLE, "第9期", *BODY), (("云岭镇工作简报　第4期", "header"),), 9),
    ],
)
def test_a_header_with_one_number_is_the_masthead_of_a_text_without(
    lines: tuple[str, ...], frames: tuple[tuple[str, str], ...], number: int | None
) -> None:
    document = framed(lines, frames)

    assert issue_of(document) == number
    is_taken = number == 4
    assert len(document.bulletin.list("furniture")) == len(frames) - (1 if is_taken else 0)


@pytest.mark.parametrize(
    ("lines", "frames", "editor"),
    [
        (BODY, ((IMPRINT, "footer"),), "责编：甲文"),
        (BODY, ((IMPRINT.replace("：", ":"), "footer"),), "责编:甲文"),
        (BODY, ((IMPRINT, "header"),), None),
        (BODY, (("云岭镇工作简报", "footer"),), None),
        ((*BODY, "责编：丙元　　核稿：丁亨"), ((IMPRINT, "footer"),), "责编：丙元"),
    ],
)
def test_a_footer_with_labels_is_the_imprint_of_a_text_without(
    lines: tuple[str, ...], frames: tuple[tuple[str, str], ...], editor: str | None
) -> None:
    assert editor_of(framed(lines, frames)) == editor


def test_only_running_heads_of_documents_are_masthead_or_imprint() -> None:
    frames = (("云岭镇工作简报　第4期", "header"), (IMPRINT, "footer"))

    assert (issue_of(framed(BODY, frames)), editor_of(framed(BODY, frames))) == (4, "责编：甲文")
    watermarks = framed(BODY, frames, kind="watermark")
    assert (issue_of(watermarks), editor_of(watermarks)) == (None, None)
    # Pages have their running heads where the reader found them.
    source = read(*BODY, furniture=tuple((line, "running-head") for line, _ in frames))
    assert (issue_of(source), editor_of(source)) == (None, None)
