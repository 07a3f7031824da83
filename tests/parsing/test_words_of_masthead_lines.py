"""The words of a masthead's line, parted where wide space parts them, and freed of the marks around them."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.masthead_words import bare, chunks, is_ornament


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("　 \t", []),
        ("办公室", ["办公室"]),
        ("　办公室　", ["办公室"]),
        ("办公室　2026年", ["办公室", "2026年"]),
        ("办公室　　2026年", ["办公室", "2026年"]),
        ("办公室  2026年", ["办公室", "2026年"]),
        ("办公室\t2026年", ["办公室", "2026年"]),
        ("办公室　　甲　　2026年", ["办公室", "甲", "2026年"]),
        # A single narrow space parts nothing.
        ("办公室 2026年", ["办公室 2026年"]),
        ("办公室 ", ["办公室"]),
        # One character, one wide space and another are one word set wide.
        ("简　报", ["简　报"]),
        ("工　作　简　报", ["工　作", "简　报"]),
        ("简　　报", ["简", "报"]),
        ("简 　报", ["简", "报"]),
        ("简报　甲", ["简报", "甲"]),
        ("简　", ["简"]),
        ("简　 ", ["简"]),
    ],
)
def test_wide_space_parts_words(text: str, words: list[str]) -> None:
    found = [text[start:end] for start, end in chunks(text, 0, len(text))]

    if text == "工　作　简　报":
        assert "".join(found).replace("　", "") == "工作简报"
    else:
        assert found == words


def test_only_a_stretch_of_the_line_is_looked_at() -> None:
    text = "甲甲　乙乙　丙丙"
    assert chunks(text, 0, 2) == [(0, 2)]
    assert chunks(text, 3, 5) == [(3, 5)]
    assert chunks(text, 2, 6) == [(3, 5)]
    assert chunks(text, 0, 4) == [(0, 2), (3, 4)]
    assert chunks(text, 3, 3) == []


@pytest.mark.parametrize("mark", "（()）【】[]，,、·•—－-|｜/／：: \u3000")
def test_marks_around_words_are_none_of_them(mark: str) -> None:
    text = f"甲{mark}办{mark}公{mark}乙"
    assert bare(text, 1, 6) == (2, 5)
    assert bare(text, 2, 5) == (2, 5)
    assert bare(text, 1, 4) == (2, 3)
    assert bare(text, 3, 6) == (4, 5)
    start, end = bare(f"甲{mark}{mark}乙", 1, 3)
    assert start == end


def test_other_marks_are_words() -> None:
    assert bare("甲《办公》乙", 1, 5) == (1, 5)
    assert bare("甲“办公”乙", 1, 5) == (1, 5)


@pytest.mark.parametrize("mark", "（）()〔〕[]【】《》，,、·•—-－/／|｜ \u3000\t")
def test_a_line_of_marks_is_an_ornament(mark: str) -> None:
    assert is_ornament(mark)
    assert is_ornament(f"—{mark}")
    assert not is_ornament(f"{mark}甲")
    assert not is_ornament(f"甲{mark}")


def test_what_is_left_of_nothing_is_an_ornament_and_a_stop_is_none() -> None:
    assert is_ornament("")
    assert not is_ornament("。")
    assert not is_ornament("：")
