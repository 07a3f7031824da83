"""Characters that are a number with its circle, brackets or point."""

from __future__ import annotations

import pytest

from bulletin_lint.model.numerals import like, parse_number


@pytest.mark.parametrize(
    ("character", "number"),
    [("①", 1), ("⑳", 20), ("⑴", 1), ("⒇", 20), ("⒈", 1), ("⒛", 20), ("㈠", 1), ("㈩", 10)],
)
def test_they_are_read(character: str, number: int) -> None:
    assert number == parse_number(character)


@pytest.mark.parametrize(
    ("sample", "number", "written"),
    [("①", 3, "③"), ("⑵", 3, "⑶"), ("⒉", 3, "⒊"), ("㈡", 3, "㈢"), ("㈡", 11, "11"), ("⒉", 21, "21")],
)
def test_others_are_written_like_them(sample: str, number: int, written: str) -> None:
    assert written == like(sample, number)


def test_what_stands_beside_the_rows_is_none() -> None:
    assert parse_number("㈪") is None
    assert parse_number("⓪") is None
