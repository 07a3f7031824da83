"""Text for people in two languages: whichever is asked for, counts with their nouns, and words set off."""

from __future__ import annotations

import pytest

from bulletin_lint.model.wording import Wording, page_list, plural, same, set_off


def test_a_sentence_is_told_in_the_language_that_is_asked_for() -> None:
    sentence = Wording("应为句号", "must be a stop")

    assert (sentence.in_language("zh"), sentence.in_language("en")) == ("应为句号", "must be a stop")
    assert same("1.md") == ("1.md", "1.md")


@pytest.mark.parametrize(
    ("count", "nouns", "told"),
    [
        (0, "", "0 files"),
        (1, "", "1 file"),
        (2, "", "2 files"),
        (0, "children", "0 children"),
        (1, "children", "1 file"),
        (2, "children", "2 children"),
    ],
)
def test_a_count_of_one_has_the_singular_and_every_other_the_plural(
    count: int, nouns: str, told: str
) -> None:
    assert plural(count, "file", nouns) == told


@pytest.mark.parametrize(
    ("words", "set_words"),
    [
        ("PDF", " PDF "),
        ("简报", "简报"),
        ("PDF简报", " PDF简报"),
        ("简报PDF", "简报PDF "),
        ("甲 a 乙", "甲 a 乙"),
    ],
)
def test_a_latin_letter_at_an_edge_is_set_off_by_a_space(words: str, set_words: str) -> None:
    assert set_off(words) == set_words


@pytest.mark.parametrize(
    ("pages", "zh", "en"),
    [
        ([1, 2], "第1—2页", "pages 1–2"),
        ([2, 1, 2, 1], "第1—2页", "pages 1–2"),
        ([1, 3, 5], "第1、3、5页", "pages 1, 3, 5"),
        ([7, 7, 7], "第7页", "page 7"),
        ([9, 10, 11, 13], "第9—11、13页", "pages 9–11, 13"),
    ],
)
def test_pages_in_a_row_are_one_range_each_told_once(pages: list[int], zh: str, en: str) -> None:
    assert page_list(pages) == (zh, en)
