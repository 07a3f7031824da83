"""Page numbers count the pages, in whatever form."""

from __future__ import annotations

from typing import Any

import pytest

from laid_out import PARAGRAPH, only, pages, run, words


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], None),
        (["- 7 -", "- 8 -", "- 9 -"], None),
        (["第1页 共3页", "第2页 共3页", "第3页 共3页"], None),
        (["共3页 第1页", "共3页 第2页", "共3页 第3页"], None),
        (["1/3", "2/3", "3/3"], None),
        (["— 一 —", "— 二 —", "— 三 —"], None),
        (["— 1 —", "— 1 —", "— 2 —"], "— 1 —"),
        (["— 1 —", "— 3 —", "— 4 —"], "— 3 —"),
        (["共3页 第1页", "共3页 第3页", "共3页 第3页"], "共3页 第3页"),
    ],
)
def test_page_numbers_count_the_pages_in_whatever_form(texts: list[str], wrong: str | None) -> None:
    lines: list[dict[str, Any]] = []
    for number, text in enumerate(texts, 1):
        lines.append({**PARAGRAPH, "page": number, "baseline": 42.0})
        lines.append({"baseline": 271.0, "furniture": "page-number", "text": text})
    document = pages(*lines)
    where = "(?:第(?=[0-9]+页)|^(?!共).*?)(?P<n>[0-9一二三]+)"
    asserted: dict[str, Any] = {"assert": "sequence", "number": where}
    found = run("page-number", document, **asserted)

    if wrong is None:
        assert found == []
    else:
        match = only(found)
        assert (wrong, 2) == (words(document, match), match.values["page"])
        assert 1 == len(match.related)


def test_an_empty_page_has_no_number_and_may_be_counted_or_not() -> None:
    for last in ("— 2 —", "— 3 —"):
        document = pages(
            PARAGRAPH,
            {"baseline": 271.0, "furniture": "page-number", "text": "— 1 —"},
            {**PARAGRAPH, "page": 3, "baseline": 42.0},
            {"baseline": 271.0, "furniture": "page-number", "text": last},
        )
        assert [] == run("page-number", document, **{"assert": "sequence"}), last


@pytest.mark.parametrize(("number", "expected"), [(None, 5), ("之(?P<n>[0-9]+)", 2)])
def test_where_the_number_stands_says_the_rule(number: str | None, expected: int) -> None:
    lines: list[dict[str, Any]] = []
    for page, text in enumerate(["四页之1", "四页之3"], 1):
        lines.append({**PARAGRAPH, "page": page, "baseline": 42.0})
        lines.append({"baseline": 271.0, "furniture": "page-number", "text": text})
    asserted: dict[str, Any] = {"assert": "sequence", "number": number}
    found = run("page-number", pages(*lines), **asserted)

    # The first figures, which are the same on both pages, or those behind the word.
    assert expected == only(found).values["expected"]
