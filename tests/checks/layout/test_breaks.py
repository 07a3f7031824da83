"""Breaks of pages and lines: where they stand, and where they must not."""

from __future__ import annotations

from laid_out import FIRST, PARAGRAPH, only, pages, run, words


def test_a_stranded_heading_is_shown_whole() -> None:
    heading = {"size": 22.0, "pitch": 22.0, "leading": 33.0, "text": "松湖区推行邻里互助错峰值班\n制度"}
    document = pages(
        {"x": 76.8, "baseline": 60.0, "size": 40.0, "pitch": 40.0, "text": "云溪简报"},
        {"x": 99.4, "baseline": 75.0, "size": 16.0, "text": "第3期"},
        {"x": 54.5, "baseline": 240.0, **heading},
        {"page": 2, "x": 28.0, "size": 16.0, "pitch": 15.79, "leading": 29.0, "baseline": 42.0, **PARAGRAPH},
    )
    match = only(run("page-break", document, "articles.title", stranded="heading"))

    assert "松湖区推行邻里互助错峰值班制度" == match.values["found"] == words(document, match)
    assert [1, 1] == [box.page for box in document.locate(match.span).boxes]


def test_a_line_break_that_is_a_paragraphs_end_is_none() -> None:
    document = pages(PARAGRAPH, {"text": "，册。"})

    assert [] == run("line-break", document, on="raw", start="，")


def test_marks_stand_where_they_are_wrong() -> None:
    document = pages({**PARAGRAPH, "text": f"{FIRST[:25]}《\n手册》\n。居民说好"})

    start = only(run("line-break", document, on="raw", start="[。，]"))
    end = only(run("line-break", document, on="raw", end="[《（]"))
    assert ("。", "《") == (words(document, start), words(document, end))
    assert 3 == round(document.locate(start.span).boxes[0].box[1] / 29 - 104.9 / 29) + 1
    assert "cannot-assess" == run("line-break", document, on="articles.title", start="的")
