"""Where the picture of a series draws what: months, years, dots, numbers, holes and the legend."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.timeline import draw
from bulletin_lint.series.holes import Hole
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = 64.0, 844.0
"""Where the first day of a year stands, and where its last ends."""
BASE = 94.24
"""The line of the first year; that of each other is 52 below."""
LEGEND = ("文件", "只在登记表", "增刊", "有问题", "缺期")


def x_of(day: str) -> float:
    """Where a day stands: every year is as long as a leap year."""
    date = datetime.date.fromisoformat(f"2020-{day}")
    return LEFT + (date - datetime.date(2020, 1, 1)).days * (RIGHT - LEFT) / 366


def issue(number: int | None, day: str | None, **fields: Any) -> IssueRecord:
    made = IssueRecord(f"{number}.md", "简报", int(day[:4]) if day else None, number, None, day)
    return made._replace(**fields)


class Picture:
    def __init__(
        self,
        *issues: IssueRecord,
        holes: Sequence[Hole] = (),
        problems: Mapping[str, Sequence[str]] | None = None,
        language: Language = "zh",
        title: str = "简报",
    ) -> None:
        series = Series(title, issues, {"restarts": "yearly"})
        self.root = ElementTree.fromstring(draw(series, holes, problems or {}, language))

    def shapes(self, tag: str) -> list[ElementTree.Element]:
        """The shapes of a kind that are drawn on the plot."""
        return self.root.findall(f"{SVG}{tag}")

    def titled(self) -> list[ElementTree.Element]:
        """The dots, and lines of holes, in the order in which they are drawn."""
        return [each for each in self.root if each.find(f"{SVG}title") is not None]

    def text(self, words: str) -> ElementTree.Element:
        (found,) = [each for each in self.shapes("text") if each.text == words]
        return found

    def small(self) -> list[ElementTree.Element]:
        """The labels at dots and holes."""
        return [each for each in self.shapes("text") if each.get("font-size") == "10"]

    def colour(self, name: str) -> str:
        """The colour that the legend gives to something."""
        for entry in self.root.iter(f"{SVG}g"):
            shape, label = entry
            if label.text == name:
                fill = shape.get("fill") or ""
                return (shape.get("stroke") or "") if fill in ("", "#ffffff") else fill
        raise KeyError(name)


def at(shape: ElementTree.Element, *names: str) -> list[float]:
    return [float(shape.get(name, "nan")) for name in names]


def close(*values: float) -> Any:
    """Places are written to a tenth."""
    return pytest.approx(list(values), abs=0.051)


@pytest.mark.parametrize(
    ("days", "years"),
    [
        ([], []),
        ([None], []),
        (["2021-03-01"], [2021]),
        (["2021-03-01", "2021-12-31"], [2021]),
        (["2021-03-01", "2019-12-31"], [2019, 2020, 2021]),
    ],
)
def test_every_year_from_the_first_to_the_last_has_a_row(days: list[str | None], years: list[int]) -> None:
    picture = Picture(*(issue(number, day) for number, day in enumerate(days, 1)))
    height = 62 + 52 * len(years) + 34

    assert picture.root.get("viewBox") == f"0 0 1080 {height}"
    assert at(picture.root, "width", "height") == [1080, height]
    ground = picture.shapes("rect")[0]
    assert (at(ground, "width", "height"), ground.get("fill")) == ([1080, height], "#ffffff")
    lines = picture.shapes("line")
    assert [at(line, "x1", "x2") for line in lines] == [[LEFT, RIGHT]] * len(years)
    assert [at(line, "y1", "y2") for line in lines] == [
        close(BASE + 52 * row, BASE + 52 * row) for row in range(len(years))
    ]
    for row, year in enumerate(years):
        label = picture.text(str(year))
        assert (at(label, "x", "y"), label.get("text-anchor")) == (close(52, BASE + 52 * row + 4), "end")


@pytest.mark.parametrize(
    ("days", "rows"), [([None], 0), (["2021-03-01"], 1), (["2021-03-01", "2022-03-01"], 2)]
)
def test_months_stand_above_the_years_and_every_second_is_shaded(days: list[str | None], rows: int) -> None:
    picture = Picture(*(issue(number, day) for number, day in enumerate(days, 1)))
    starts = [x_of(f"{month:02}-01") for month in range(1, 13)] + [RIGHT]
    shades = picture.shapes("rect")[1:7]

    assert [at(shade, "x", "width") for shade in shades] == [
        close(starts[month], starts[month + 1] - starts[month]) for month in range(0, 12, 2)
    ]
    assert {tuple(at(shade, "y", "height")) for shade in shades} == {(40, 52 * rows + 22)}
    for month in range(1, 13):
        label = picture.shapes("text")[month]
        assert label.text == str(month)
        assert at(label, "x", "y") == close((starts[month - 1] + starts[month]) / 2, 54)
        assert label.get("text-anchor") == "middle"


def test_a_dot_has_the_colour_of_its_kind_in_the_legend() -> None:
    made = [
        issue(1, "2021-02-01"),
        issue(2, "2021-03-01", path="register.csv", line=7),
        issue(3, "2021-04-01", path="z.md", supplement=True),
        issue(4, "2021-05-01"),
        issue(5, "2021-06-01", path="register.csv", line=8),
        issue(6, "2021-07-01", path="y.md", supplement=True),
    ]
    wrong = {"4.md": ["错"], "register.csv:8": ["错"], "y.md": ["错"]}
    picture = Picture(*made, problems=wrong)
    good, listed, extra, bad, _ = (picture.colour(name) for name in LEGEND)
    dots = picture.titled()

    assert len({good, listed, extra, bad}) == 4
    assert all(re.fullmatch("#[0-9a-f]{6}", each) for each in (good, listed, extra, bad))
    assert [dot.tag.removeprefix(SVG) for dot in dots] == [
        "circle",
        "rect",
        "circle",
        "circle",
        "rect",
        "circle",
    ]
    assert [dot.get("fill") for dot in dots] == [good, listed, "#ffffff", bad, bad, "#ffffff"]
    assert [dot.get("stroke") for dot in dots] == [good, None, extra, bad, None, bad]
    assert [dot.get("r") for dot in dots] == ["4.5", None, "4.5", "6.0", None, "6.0"]
    for dot, record in zip(dots, made, strict=True):
        x = x_of((record.date or "")[5:])
        if record.line is None:
            assert at(dot, "cx", "cy") == close(x, BASE)
        else:
            assert at(dot, "x", "y", "width", "height") == close(x - 4, BASE - 4, 8, 8)


def test_a_dot_says_numbers_day_file_and_what_is_wrong() -> None:
    picture = Picture(
        issue(1, "2021-02-01", cumulative=9), issue(2, "2021-03-01"), problems={"2.md": ["甲<", "乙"]}
    )

    assert [dot.findtext(f"{SVG}title") for dot in picture.titled()] == [
        "第1期（总第9期）  2021-02-01  1.md",
        "第2期  2021-03-01  2.md\n甲<\n乙",
    ]


def test_issues_of_one_day_are_drawn_above_each_other_up_to_four() -> None:
    picture = Picture(*(issue(number, "2021-02-01") for number in (4, 2, 5, 1, 3)), issue(6, "2021-02-02"))
    dots = picture.titled()

    assert [(dot.findtext(f"{SVG}title") or "")[:3] for dot in dots] == [f"第{n}期" for n in range(1, 7)]
    assert [BASE - y for dot in dots for y in at(dot, "cy")] == close(0, 7.65, 15.3, 22.95, 22.95, 0)


def test_a_dot_stands_in_the_row_of_its_year() -> None:
    dots = Picture(issue(1, "2021-02-01"), issue(1, "2023-01-01", path="b.md")).titled()

    assert [at(dot, "cx", "cy") for dot in dots] == [
        close(x_of("02-01"), BASE),
        close(LEFT, BASE + 104),
    ]


@pytest.mark.parametrize(
    ("days", "wrong", "labels"),
    [
        # The first and the last are numbered.
        (["02-01", "03-01", "04-01"], [], [("1", 12, False), ("3", 12, False)]),
        (["02-01"], [], [("1", 12, False)]),
        # What is wrong is numbered too, and first.
        (["02-01", "03-01", "04-01"], [2], [("2", 12, True), ("1", 12, False), ("3", 12, False)]),
        # One above another dot: above that, but not upon the label of the other.
        (["02-01"] * 2, [], [("1", 12, False), ("2", 22, False)]),
        (["02-01"] * 2, [2], [("2", 20, True), ("1", 22, False)]),
        (["02-01"] * 3, [], [("1", 12, False), ("3", 28, False)]),
        # There is room for two lines.
        (["02-01"] * 3, [1, 2, 3], [("1", 12, True), ("2", 22, True)]),
        # A figure is six wide, and two are left free on either side: five days are eleven, four are nine.
        (["02-01", "02-06"], [], [("1", 12, False), ("2", 12, False)]),
        (["02-01", "02-05"], [], [("1", 12, False), ("2", 22, False)]),
    ],
)
def test_numbers_stand_above_their_dots(
    days: list[str], wrong: list[int], labels: list[tuple[str, int, bool]]
) -> None:
    made = [issue(number, f"2021-{day}") for number, day in enumerate(days, 1)]
    picture = Picture(*made, problems={f"{number}.md": ["错"] for number in wrong})
    found = picture.small()

    assert [label.text for label in found] == [text for text, _, _ in labels]
    assert [BASE - y for label in found for y in at(label, "y")] == close(*(above for _, above, _ in labels))
    for label, (text, _, is_wrong) in zip(found, labels, strict=True):
        assert at(label, "x") == close(x_of(days[int(text) - 1]))
        assert label.get("text-anchor") == "middle"
        assert (label.get("fill") == picture.colour("有问题"), label.get("font-weight")) == (
            is_wrong,
            "600" if is_wrong else None,
        )


@pytest.mark.parametrize(("day", "above"), [("02-07", 22), ("02-08", 12)])
def test_two_figures_take_twice_the_room(day: str, above: int) -> None:
    """Half of six and half of twelve and two on either side are 13: six days are less, seven are more."""
    first, last = Picture(issue(9, "2021-02-01"), issue(10, f"2021-{day}")).small()

    assert [BASE - at(each, "y")[0] for each in (first, last)] == close(12, above)


def test_an_issue_without_an_issue_number_is_numbered_by_the_other() -> None:
    picture = Picture(
        issue(None, "2021-02-01", cumulative=11),
        issue(0, "2021-03-01", cumulative=12),
        issue(None, "2021-04-01"),
    )

    assert [label.text for label in picture.small()] == ["11"]


@pytest.mark.parametrize(
    ("made", "zh", "en"),
    [
        ([issue(3, "2021-02-01")], "期号 3 · 1 期", "No. 3 · 1"),
        (
            [issue(3, "2021-02-01", cumulative=8), issue(1, "2021-03-01", cumulative=9)],
            "期号 1–3 · 总 8–9 · 2 期",
            "No. 1–3 · cum. 8–9 · 2",
        ),
        ([issue(None, "2021-02-01", cumulative=8)], "总 8 · 1 期", "cum. 8 · 1"),
        ([issue(2, "2021-02-01", cumulative=8, supplement=True)], "1 期", "1"),
    ],
)
def test_beside_a_year_stands_which_numbers_it_has(made: list[IssueRecord], zh: str, en: str) -> None:
    label = Picture(*made).text(zh)

    assert at(label, "x", "y") == close(858, BASE + 4)
    assert en in [each.text for each in Picture(*made, language="en").shapes("text")]


def hole(before: IssueRecord, after: IssueRecord) -> Hole:
    return Hole((range(2, 3),), "issue", before, after)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("2021-03-01", "2021-06-01", (x_of("03-01") + 6.5, x_of("06-01") - 7.5)),
        # Less than a year ago and yet in another row, or not known, or later: it begins shortly before.
        ("2020-12-01", "2021-06-01", (x_of("06-01") - 33.5, x_of("06-01") - 7.5)),
        (None, "2021-06-01", (x_of("06-01") - 33.5, x_of("06-01") - 7.5)),
        ("2021-07-01", "2021-06-01", (x_of("06-01") - 33.5, x_of("06-01") - 7.5)),
        # But in the year.
        ("2020-12-01", "2021-01-12", (LEFT + 6.5, x_of("01-12") - 7.5)),
        # Seven days are 14.9, and 14 are not drawn upon.
        ("2021-03-01", "2021-03-08", (x_of("03-01") + 6.5, x_of("03-08") - 7.5)),
        ("2021-03-01", "2021-03-07", None),
    ],
)
def test_a_hole_is_a_line_between_two_dots(
    before: str | None, after: str, line: tuple[float, float] | None
) -> None:
    first, last = issue(1, before), issue(3, after, path="b.md")
    picture = Picture(first, last, holes=[hole(first, last)])
    y = BASE + 52 * (before is not None and before < "2021")
    lines = [each for each in picture.titled() if each.tag == f"{SVG}line"]
    (label,) = [each for each in picture.small() if each.text == "缺 第2期"]

    assert [at(each, "x1", "x2", "y1", "y2") for each in lines] == (
        [close(*line, y, y)] if line is not None else []
    )
    assert [each.findtext(f"{SVG}title") for each in lines] == (["缺 第2期"] if line is not None else [])
    assert {each.get("stroke") for each in lines} <= {picture.colour("缺期")}
    assert (label.get("fill"), label.get("text-anchor")) == (picture.colour("缺期"), "middle")
    assert at(label, "y") == close(y + 15)
    if line is not None and before != "2020-12-01":
        assert at(label, "x") == close(sum(line) / 2 + 0.5)


@pytest.mark.parametrize(
    ("before", "after", "middle"),
    [
        # The words are 42 wide: three Han characters of ten, a space and a figure of six.
        ("2020-12-20", "2021-01-03", LEFT + 21),
        ("2021-12-25", "2021-12-31", RIGHT - 21),
        ("2021-01-20", "2021-02-20", (x_of("01-20") + x_of("02-20")) / 2),
    ],
)
def test_words_of_a_hole_stay_within_the_year(before: str, after: str, middle: float) -> None:
    first, last = issue(1, before), issue(3, after, path="b.md")
    (label,) = [
        each for each in Picture(first, last, holes=[hole(first, last)]).small() if each.text == "缺 第2期"
    ]

    assert at(label, "x") == close(middle)


def test_words_of_holes_side_by_side_go_a_line_further_and_a_third_are_left_out() -> None:
    made = [issue(number, f"2021-03-{number:02}") for number in (1, 3, 5, 7)]
    holes = [hole(*pair) for pair in pairwise(made)]
    words = [each for each in Picture(*made, holes=holes).small() if each.text == "缺 第2期"]

    assert [at(each, "y") for each in words] == [close(BASE + 15), close(BASE + 26)]


def test_holes_of_two_years_do_not_crowd_each_other_and_one_without_a_day_is_not_drawn() -> None:
    made = [issue(1, f"{year}-03-{day:02}", path=f"{year}{day}") for year in (2020, 2021) for day in (1, 20)]
    undated = issue(9, None)
    holes = [hole(made[0], made[1]), hole(made[2], made[3]), hole(made[3], undated)]
    words = [each for each in Picture(*made, undated, holes=holes).small() if each.text == "缺 第2期"]

    assert [at(each, "y") for each in words] == [close(BASE + 15), close(BASE + 67)]


def test_in_english_a_hole_is_missing() -> None:
    first, last = issue(1, "2021-03-01"), issue(3, "2021-06-01")
    picture = Picture(first, last, holes=[hole(first, last)], language="en")

    assert "missing No. 2" in [each.text for each in picture.small()]


@pytest.mark.parametrize(
    ("language", "names", "undated"),
    [
        ("zh", LEGEND, "另有 2 期没有日期"),
        ("en", ("file", "register only", "supplement", "at fault", "missing"), "2 without a date"),
    ],
)
def test_the_legend_stands_below_in_one_line(language: Language, names: Sequence[str], undated: str) -> None:
    picture = Picture(
        issue(1, "2021-02-01"), issue(2, None), issue(3, None, supplement=True), language=language
    )
    entries = picture.shapes("g")

    assert [entry.get("transform") for entry in entries] == [
        f"translate({72 + 108 * index},134)" for index in range(5)
    ]
    assert [entry[1].text for entry in entries] == list(names)
    assert [at(entry[1], "x", "y") for entry in entries] == [[14, 0]] * 5
    label = picture.text(undated)
    assert (at(label, "x", "y"), label.get("text-anchor")) == ([RIGHT, 134], "end")


@pytest.mark.parametrize(
    ("title", "language", "shown"),
    [
        ("甲<报", "zh", "甲<报　2 期"),
        ("甲<报", "en", "甲<报  2 issues"),
        ("", "zh", "（没有刊名）　2 期"),
        ("", "en", "(no title)  2 issues"),
    ],
)
def test_the_title_counts_all_issues(title: str, language: Language, shown: str) -> None:
    made = issue(1, "2021-02-01"), issue(2, None, supplement=True)
    picture = Picture(*made, title=title, language=language)

    assert picture.root.get("aria-label") == shown
    assert at(picture.text(shown), "x", "y") == [LEFT, 22]


def test_an_address_is_written_as_an_attribute() -> None:
    series = Series("简报", [issue(1, "2021-02-01"), issue(2, "2021-03-01")], {})
    root = ElementTree.fromstring(draw(series, [], {}, "zh", {"2.md": 'a&b"'}))
    (link,) = root.iter(f"{SVG}a")

    assert link.get("href") == 'a&b"'
    assert (link[0].findtext(f"{SVG}title") or "").startswith("第2期")
