"""The type area: its edges, its lines, and what may stand out of it."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.checks.layout.geometry import Geometry
from bulletin_lint.model.document import Document
from laid_out import FIRST, FULL, OTHER, PARAGRAPH, POINTS, only, pages, run, words


def test_lines_are_counted_where_titles_stand_between_them() -> None:
    """24 lines and a half fit: a page with a title of another height holds no 25."""
    body = {"indent": 2.0, "leading": 26.0, "baseline": 42.0}
    document = pages(
        {**body, "text": f"{FIRST}\n" + f"{FULL}\n" * 10 + "册。"},
        {"indent": 2.0, "baseline": 42 + 298.5 / POINTS, "text": f"{FIRST}\n" + f"{FULL}\n" * 11 + FULL},
        {"page": 2, "baseline": 42.0, "joins": True, "text": f"{OTHER}\n册。"},
    )
    match = only(run("page-grid", document, count="lines", expected=22, below=1, above=1))

    # From 42 mm on: 298.5 pt and 12 lines of 26 pt, 610.5 pt, are 23.48 lines below the first.
    assert 24 == match.values["found"]


def justified(*more: dict[str, Any]) -> Document:
    """Full lines of 28 characters, one of 27 stretched to the same edge, and what follows."""
    stretched = {"joins": True, "pitch": 28 * 15.79 / 27, "text": OTHER[:27]}
    back = {"joins": True, "pitch": 15.79, "text": FULL}
    return pages({**PARAGRAPH, "text": f"{FIRST}\n{FULL}\n{FULL}"}, stretched, back, *more)


def test_a_mark_may_hang_at_the_end_of_a_line_and_a_character_may_not() -> None:
    for text, wrong in ((f"{OTHER}，", False), (f"{OTHER}册", True)):
        document = justified({"joins": True, "text": f"{text}\n册。"})
        assert Geometry(document).is_justified
        found = run("within-type-area", document, tolerance=1.5)
        if wrong:
            # One character of 15.79 pt, 5.57 mm.
            assert (text, "5.6") == (words(document, only(found)), only(found).values["found"])
        else:
            assert [] == found


def test_lines_that_end_in_a_hanging_mark_do_not_widen_the_type_area() -> None:
    hanging = f"{FULL}，\n{OTHER}。\n{FULL}，\n{OTHER}，\n{FULL}\n{OTHER}\n{FULL}\n册。"

    assert Geometry(pages({"indent": 2.0, "text": hanging[2:]})).width == pytest.approx(28 * 15.79)


def test_a_title_that_ends_in_a_mark_may_count_it_half() -> None:
    """Eleven characters of 22 pt, the closing mark half as wide to the program that centred it."""
    for text, off in (("临江区做到“三个坚持”", None), ("临江区做到三个坚持了事", "1.9")):
        # Off the middle of the page, and further off that of the type area, by a quarter of 22 pt.
        x = 105 - 11 * 22 / 2 / POINTS + 5.5 / POINTS
        title = {"x": x, "size": 22.0, "pitch": 22.0, "baseline": 100.0, "text": text}
        head = {"x": 76.8, "baseline": 60.0, "size": 40.0, "pitch": 40.0, "text": "云溪简报"}
        number = {"x": 99.4, "baseline": 75.0, "size": 16.0, "text": "第3期"}
        body = {"x": 24.0, "baseline": 130.0, "size": 16.0, "pitch": 15.79, **PARAGRAPH}
        found = run("centred", pages(head, number, title, body), "articles.title", tolerance=1.8)
        assert (found == []) if off is None else (off == only(found).values["found"])


def test_a_landscape_page_is_a4_as_well() -> None:
    document = pages(PARAGRAPH, {"page": 2, "baseline": 42.0, "text": "册。"}, sizes=("210x297", "297x210"))

    assert [] == run("page-size", document, width=210.0, height=297.0, tolerance=2.0)


def test_the_size_of_an_empty_page_is_reported_on_the_document() -> None:
    document = pages(PARAGRAPH, {"page": 2, "baseline": 42.0, "text": " "}, sizes=("210x297", "100x100"))
    match = only(run("page-size", document, width=210.0, height=297.0, tolerance=2.0))

    assert (0, 0) == match.span
    assert "100×100" == match.values["found"]
