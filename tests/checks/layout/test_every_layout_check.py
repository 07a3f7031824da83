"""What holds of every check of layout: when it says that it cannot tell, and that nothing breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks import kind
from bulletin_lint.parsing import parse
from bulletin_lint.readers.text.reader import read_text
from laid_out import FIRST, FULL, OTHER, PARAGRAPH, grammar, pages, run

LAYOUT_KINDS = (
    ("page-size", {"width": 210.0, "height": 297.0, "tolerance": 2.0}),
    ("type-area", {"measure": "left", "expected": 28.0, "below": 1.0, "above": 1.0}),
    ("within-type-area", {"tolerance": 1.5}),
    ("page-grid", {"count": "lines", "expected": 22, "below": 1, "above": 1}),
    ("type-size", {"expected": 16.0, "below": 1.0, "above": 1.0}),
    ("typeface", {"allow": ["Fang"]}),
    ("centred", {"tolerance": 2.0}),
    ("first-line-indent", {"characters": 2.0, "tolerance": 0.4}),
    ("page-number", {"assert": "sequence"}),
    ("on-page", {"page": 1}),
    ("page-break", {"stranded": "heading"}),
    ("line-break", {"start": "，"}),
)


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_a_text_has_no_layout_that_could_be_judged(name: str, parameters: dict[str, Any]) -> None:
    reading = read_text("made.md", "各社区组织志愿者清扫楼道。\n\n— 1 —\n".encode())

    assert run(name, parse("made.md", reading, grammar()), **parameters) == "not-applicable"


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_pages_without_places_cannot_be_assessed(name: str, parameters: dict[str, Any]) -> None:
    """A reader that knows the pages and not where their lines stand."""
    given_pages = pages(PARAGRAPH)
    bare = tuple(line._replace(box=None) for line in given_pages.reading.lines)
    document = parse("made.pdf", given_pages.reading._replace(lines=bare), grammar())

    # The page's size needs no line.
    assert run(name, document, **parameters) == ([] if name == "page-size" else "cannot-assess")


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_an_empty_page_breaks_no_check(name: str, parameters: dict[str, Any]) -> None:
    document = pages({"text": " "})

    assert run(name, document, **parameters) in ([], "cannot-assess", "not-applicable")


@pytest.mark.parametrize(
    ("name", "parameters", "key"),
    [
        ("page-number", {"assert": "form", "allow": []}, "assert"),
        ("page-number", {"assert": "height", "expected": None}, "assert"),
        ("line-break", {"start": None, "end": None, "parted": []}, "check"),
    ],
)
def test_parameters_that_do_not_agree_are_refused(name: str, parameters: dict[str, Any], key: str) -> None:
    assert [key] == [each for each, _ in kind(name).mistakes(parameters)]


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(
                [FIRST, FULL, "，册。", "第2页", "一、坚持导向", "abc 12", "“", f"{FULL}\n{OTHER}\n册。"]
            )
        },
        optional={
            "x": st.floats(0, 250),
            "baseline": st.floats(0, 320),
            "size": st.sampled_from([1.0, 9.0, 16.0, 22.0, 72.0]),
            "leading": st.floats(0, 60),
            "font": st.sampled_from(["", "FangSong", "F1"]),
            "furniture": st.sampled_from(["page-number", "running-head"]),
            "joins": st.booleans(),
            "indent": st.floats(0, 6),
        },
    ),
    min_size=1,
    max_size=12,
)


@given(LINES, st.integers(1, 3))
def test_no_layout_breaks_a_check_and_every_match_lies_in_the_text(
    lines: list[dict[str, Any]], every: int
) -> None:
    for number, line in enumerate(lines):
        line["page"] = 1 + number // every
        line.setdefault("baseline", 20.0 + 10 * number)
    document = pages(*lines)
    for name, parameters in LAYOUT_KINDS:
        for on in ("articles.paragraphs", "raw", "furniture"):
            found = run(name, document, on, **parameters)
            if isinstance(found, str):
                assert found in ("cannot-assess", "not-applicable")
                continue
            for match in found:
                spans = [match.span, *(each.span for each in match.related)]
                assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)
                assert all(document.locate(span) for span in spans)
                assert set(match.values) <= kind(name).placeholders(parameters)
