"""The picture of a series: its labels do not touch, and its dots lead to the files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from bulletin_lint.reporters.register_page import addresses, page
from bulletin_lint.reporters.register_table import RegisterView, SeriesView
from bulletin_lint.reporters.timeline import draw
from bulletin_lint.series.holes import holes, rows
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series

SVG = "{http://www.w3.org/2000/svg}"


def weekly(numbers: list[int], year: int = 2021) -> Series:
    """Issues with these numbers, number n in the n-th of 48 weeks."""
    issues = [
        IssueRecord(
            f"第{n}期.md", "沿河简报", year, n, None, f"{year}-{(n - 1) // 4 + 1:02}-{(n - 1) % 4 * 7 + 1:02}"
        )
        for n in numbers
    ]
    return Series("沿河简报", issues, {"restarts": "yearly"})


def boxes(picture: str) -> list[tuple[str, float, float, float, float]]:
    """Of each small label its text and about what it takes: left, top, right, bottom."""
    found = []
    for label in ElementTree.fromstring(picture).iter(f"{SVG}text"):
        if label.get("font-size") != "10":
            continue
        words = label.text or ""
        width = sum(6 if char.isascii() else 10 for char in words)
        x, y = float(label.get("x", "")), float(label.get("y", ""))
        found.append((words, x - width / 2, y - 9, x + width / 2, y + 1))
    return found


@pytest.mark.parametrize(
    "numbers", [list(range(1, 48, 2)), list(range(1, 48, 3)), [1, 5, 6, 40, 47], [1, 2, 3, 47, 48]]
)
@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_no_label_touches_another_or_leaves_the_plot(numbers: list[int], wrong: int) -> None:
    series = weekly(numbers)
    # None, every second, or all of the issues at fault.
    names = [f"第{n}期.md" for n in numbers]
    problems = {name: ["期号不连续"] for name in (names[::2] if wrong == 1 else names if wrong else [])}

    found = boxes(draw(series, holes(series), problems, "zh"))

    assert any("缺" in words for words, *_ in found)
    for at, (_, left, top, right, bottom) in enumerate(found):
        assert left >= 50
        assert right <= 64 + 780 + 8
        for _, other_left, other_top, other_right, other_bottom in found[at + 1 :]:
            assert right <= other_left or left >= other_right or bottom <= other_top or top >= other_bottom, (
                found
            )


def test_the_first_and_the_last_issue_of_a_year_are_numbered_and_supplements_are_not() -> None:
    series = weekly([3, 9, 20, 31])
    supplement = series.issues[0]._replace(path="增刊.md", issue=1, supplement=True, date="2021-12-28")

    picture = draw(Series(series.title, [*series.issues, supplement], {"restarts": "yearly"}), [], {}, "zh")

    assert {text for text, *_ in boxes(picture) if text.isdecimal()} == {"3", "31"}


def test_a_hole_whose_label_has_no_room_is_still_said() -> None:
    series = weekly(list(range(1, 48, 2)))

    picture = draw(series, holes(series), {}, "zh")

    titles = [title.text for title in ElementTree.fromstring(picture).iter(f"{SVG}title")]
    assert [f"缺 第{n}期" for n in range(2, 47, 2)] == [text for text in titles if text and "缺" in text]


def test_the_page_leads_to_the_files_from_where_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "简报 2021"
    folder.mkdir()
    names = ["第1期.md", "a:第2期#.md"]
    issues = []
    for at, name in enumerate(names, 1):
        (folder / name).write_text("", encoding="utf-8")
        issues.append(IssueRecord(str(folder / name), "沿河简报", 2021, at, None, f"2021-0{at}-01"))
    only_registered = IssueRecord("register.csv", "沿河简报", 2021, 3, None, "2021-03-01", line=4)
    series = Series("沿河简报", [*issues, only_registered], {})
    view = RegisterView([SeriesView(series, rows(series), holes(series))], {}, None)

    (tmp_path / "out").mkdir()
    shown = page(view._replace(links=addresses(series.issues, str(tmp_path / "out"))), "zh")

    links = re.findall(r'<a href="([^"]*)"', shown)
    # Of each file one in the picture, one in the table.
    assert len(links) == 4
    for link in links:
        assert ":" not in link
        assert os.path.exists(tmp_path / "out" / unquote(link))
    assert 'name="viewport"' in shown
