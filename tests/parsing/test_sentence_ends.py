"""How words end: with a paragraph, open, or with a clause of prose that goes on."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.line_widths import columns_of
from bulletin_lint.parsing.sentence_ends import (
    ends_of,
    ends_paragraph,
    is_clause_after_prose,
    is_still_open,
)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        *((f"都浇了水{mark}", True) for mark in "。！？…：；!?:;"),
        *((f"都浇了水{mark}", False) for mark in "，、,-—"),
        ("都浇了水", False),
        # What stands in brackets may be a source, whatever it is.
        ("（镇林业站）", True),
        ("(镇林业站)", True),
        ("【镇林业站】", True),
        # Behind the mark closing ones may stand, but not alone.
        ("他说“都浇了。”", True),
        ("他说“都浇了！”’", True),
        ("他说“都浇了”", False),
        ("印发《办法》", False),
        ("印发《办法。》", True),
        ("”", False),
        ("。" + "”" * 20, True),
        ("。" + "”" * 22, False),
        # The number of a note behind the mark.
        ("都浇了水。[1]", True),
        ("都浇了水。〔123〕", True),
        ("都浇了水。”［2］", True),
        ("都浇了水。 ①", True),
        ("都浇了水。⑳", True),
        ("都浇了水[1]", False),
        ("都浇了水。[1234]", False),
        ("都浇了水①", False),
        # A full stop ends two Latin words or more, and no number.
        ("They came to water.", True),
        ('They came to water."', True),
        ("见第3.", False),
        ("water.", False),
        ("e.g.", False),
    ],
)
def test_a_paragraph_ends_with_a_mark(text: str, *, ends: bool) -> None:
    assert ends_paragraph(text) is ends


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        *((f"浇水{mark}", True) for mark in "，、,（(“‘《〈"),
        ("浇水", False),
        # So long a text is prose if it has ended a sentence before, or has two commas.
        ("都浇了。" + "山" * 20, True),
        ("都浇了。" + "山" * 19, False),
        ("都浇了；" + "山" * 20, True),
        ("山" * 24, False),
        ("山，水，" + "山" * 41, True),
        ("山，水，" + "山" * 40, False),
        ("山，水," + "山" * 41, True),
        ("山，水" + "山" * 42, False),
    ],
)
def test_a_block_is_still_open_as_prose_is(text: str, *, is_open: bool) -> None:
    assert is_still_open(text, has_gap=True) is is_open


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        # Nothing parts a title from its text less than a line break, and three clauses of 28 are no title.
        ("山，水，" + "山" * 24, True),
        ("山，水，" + "山" * 23, False),
        ("山，水" + "山" * 25, False),
    ],
)
def test_a_block_right_above_another_is_open_from_fewer_characters_on(text: str, *, is_open: bool) -> None:
    assert is_still_open(text, has_gap=False) is is_open


ABOVE = "镇机关干部到东山植树，栽下香樟三百株，都浇了水。"


@pytest.mark.parametrize(
    ("above", "before", "clause"),
    [
        (ABOVE, "山" * 14 + "，" + "水" * 13, True),
        (ABOVE, "山" * 13 + "，" + "水" * 13, False),
        (ABOVE, "山" * 28, False),
        (ABOVE[-23:], "山" * 14 + "，" + "水" * 13, False),
        (ABOVE[:-1], "山" * 14 + "，" + "水" * 13, False),
        ("山" * 24, "山" * 14 + "，" + "水" * 13, False),
        (ABOVE + "（镇林业站）", "山" * 14 + "，" + "水" * 13, False),
        (ABOVE + "如下：", "山" * 14 + "，" + "水" * 13, False),
    ],
)
def test_a_long_clause_below_a_whole_paragraph_is_no_title(above: str, before: str, *, clause: bool) -> None:
    assert is_clause_after_prose(above, before) is clause


def test_of_a_long_paragraph_both_ends_are_kept() -> None:
    for length in (0, 1, 3999, 4000):
        assert ends_of("山" * length) == "山" * length
    assert ends_of("山" * 2000 + "水" + "土" * 2000) == "山" * 2000 + "土" * 2000


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("山水", 4),
        ("山a水", 5),
        ("“山”", 6),
        ("——…·", 8),
        ("，。", 4),
        ("１２", 4),
        ("\u3000山", 4),
        (" 山", 3),
    ],
)
def test_columns_of_a_text(text: str, columns: int) -> None:
    assert columns_of(text) == columns
    assert columns_of(f"a{text}山", 1, len(text) + 1) == columns
    assert columns_of(f"a{text}", 1) == columns
