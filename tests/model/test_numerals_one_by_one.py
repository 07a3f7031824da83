"""Each character that writes a number by itself, and where rows of letters, stems and figures begin and end."""

from __future__ import annotations

import pytest

from bulletin_lint.model.numerals import chinese_number, in_arabic, item_number, like, parse_number

DIGITS = ["〇○零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
UNITS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000}


@pytest.mark.parametrize(
    ("digit", "number"), [(each, number) for number, row in enumerate(DIGITS) for each in row]
)
def test_each_digit_has_its_value_alone_and_among_others(digit: str, number: int) -> None:
    assert parse_number(digit) == number
    assert parse_number(f"二{digit}") == 20 + number
    assert parse_number(f"十{digit}") == 10 + number
    assert parse_number(f"{digit}十") == 10 * number
    # An item is numbered like another one with its digit.
    assert like(digit, 12) == "十二"


@pytest.mark.parametrize(("unit", "number"), UNITS.items())
def test_each_unit_counts_once_alone_and_as_often_as_the_digit_before_it_says(unit: str, number: int) -> None:
    assert parse_number(unit) == number
    assert parse_number(f"{unit}五") == number + 5
    assert parse_number(f"三{unit}") == 3 * number
    assert parse_number(f"三{unit}五") == 3 * number + 5
    assert like(unit, 3) == "三"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三千二百一十五", 3215),
        ("一千零五", 1005),
        ("百零五", 105),
        ("〇〇五", 5),
        ("一〇〇", 100),
        ("007", 7),
        ("二 十\u3000一", 21),
        ("十个", None),
        ("十a", None),
        ("①②", None),
        ("1①", None),
        ("½", None),
        ("²", None),
    ],
)
def test_numbers_of_several_characters(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("row", "first"), [("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "A"), ("甲乙丙丁戊己庚辛壬癸", "甲")]
)
def test_letters_and_stems_count_from_one_in_their_order(row: str, first: str) -> None:
    assert [item_number(each) for each in row] == list(range(1, len(row) + 1))
    assert [like(first, number) for number in range(1, len(row) + 1)] == list(row)
    assert (like(first, 0), like(first, len(row) + 1)) == ("0", str(len(row) + 1))


@pytest.mark.parametrize("character", ["@", "[", "`", "{", "＠", "［", "｀", "｛", "丑", "寅"])
def test_what_stands_beside_the_letters_and_stems_counts_nothing(character: str) -> None:
    assert item_number(character) is None
    assert like(character, 3) == "3"


@pytest.mark.parametrize(
    ("sample", "number", "written"),
    [
        ("①", 0, "0"),
        ("㈠", 10, "㈩"),
        ("㈠", 11, "11"),
        ("０", 305, "３０５"),
        ("９", 7, "７"),
        ("／", 7, "7"),
        ("：", 7, "7"),
        ("  ", 7, "7"),
        ("a", 1, "a"),
        ("Ａ", 2, "Ｂ"),
    ],
)
def test_where_a_manner_cannot_write_a_number_figures_do(sample: str, number: int, written: str) -> None:
    assert like(sample, number) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(13, "十三"), (30, "三十"), (99, "九十九"), (111, "一百一十一"), (210, "二百一十"), (1020, "一千零二十"),
     (2002, "二千零二"), (5000, "五千"), (6070, "六千零七十"), (8888, "八千八百八十八")],
)  # fmt: skip
def test_numbers_are_written_as_sections_write_them(number: int, written: str) -> None:
    assert chinese_number(number) == written
    assert parse_number(written) == number


@pytest.mark.parametrize(
    ("text", "arabic"),
    [("十", "10"), ("零五", "5"), ("○", "0"), ("第十期至第二十期", "第10期至第20期"), ("一、二、三", "1、2、3"), ("甲乙", "甲乙"),
     ("廿一", "廿1"), ("两千", "两千")],
)  # fmt: skip
def test_numbers_up_to_the_tens_are_put_in_figures(text: str, arabic: str) -> None:
    assert in_arabic(text) == arabic


@pytest.mark.parametrize(
    ("text", "number"), [(" A ", 1), ("\u3000甲", 1), ("A B", None), ("十 一", 11), ("Z", 26), ("z", 26)]
)
def test_space_around_the_mark_of_an_item_is_none_of_it(text: str, number: int | None) -> None:
    assert item_number(text) == number
