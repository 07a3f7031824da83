"""Numbers in Word's forms, read back: by the program's own reading of numerals, by what Unicode says of a character."""

from __future__ import annotations

import unicodedata

import pytest

from bulletin_lint.model.numerals import parse_number
from bulletin_lint.readers.docx.number_forms import FORMS, written

NUMBERS = (*range(1, 1001), 1005, 1010, 1050, 1100, 1101, 2030, 5678, 9000, 9009, 9999)
SIMPLE = {
    ord("仟"): "千",
    ord("阡"): "千",
    ord("弐"): "二",
    ord("貳"): "二",
    ord("壱"): "一",
    ord("參"): "三",
}
SIMPLE |= {ord("参"): "三", ord("陸"): "六", ord("○"): "〇"}


@pytest.mark.parametrize(
    "form",
    [
        "japaneseCounting",
        "chineseCounting",
        "taiwaneseCounting",
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "taiwaneseDigital",
        "chineseLegalSimplified",
        "ideographLegalTraditional",
        "japaneseLegal",
        "decimal",
        "decimalFullWidth",
    ],
)
def test_a_number_in_chinese_is_read_as_what_it_was(form: str) -> None:
    """And no two numbers are written alike."""
    found = {number: written(number, form) for number in NUMBERS}

    assert {number: parse_number(text.translate(SIMPLE)) for number, text in found.items()} == {
        number: number for number in NUMBERS
    }
    assert len(set(found.values())) == len(NUMBERS)


@pytest.mark.parametrize(
    "form", ["chineseCountingThousand", "chineseLegalSimplified", "ideographLegalTraditional"]
)
def test_a_number_in_words_has_at_most_one_zero_where_places_are_left_out(form: str) -> None:
    for number in NUMBERS:
        text = written(number, form)
        assert text.count("零") == sum(1 for run in str(number).strip("0").split("0") if run) - 1, number
        assert "零零" not in text
        assert not text.endswith("零")


@pytest.mark.parametrize(
    ("form", "last"),
    [
        ("decimalEnclosedCircle", 50),
        ("decimalEnclosedCircleChinese", 50),
        ("decimalEnclosedParen", 20),
        ("decimalEnclosedFullstop", 20),
        ("ideographEnclosedCircle", 10),
    ],
)
def test_a_number_that_is_one_character_is_what_unicode_says_it_is(form: str, last: int) -> None:
    for number in range(1, last + 1):
        assert unicodedata.numeric(written(number, form)) == number
    for number in (last + 1, last + 2, 300):
        assert str(number) in written(number, form)


def test_zero_has_a_circle_and_no_brackets() -> None:
    assert [written(0, form) for form in ("decimalEnclosedCircle", "decimalEnclosedParen", "upperRoman")] == [
        "⓪",
        "(0)",
        "0",
    ]
    assert [
        written(0, form) for form in ("chineseCountingThousand", "chineseCounting", "ideographDigital")
    ] == [
        "零",
        "○",
        "〇",
    ]


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> int:
    values = [ROMAN[letter] for letter in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def test_roman_numbers_are_read_as_what_they_were() -> None:
    found = {number: written(number, "upperRoman") for number in range(1, 4000)}

    assert all(read_roman(text) == number for number, text in found.items())
    assert all(written(number, "lowerRoman") == text.lower() for number, text in found.items())
    # None stands four times, and what is written once is not written twice.
    assert not any(letter * 4 in text for text in found.values() for letter in "IXC")
    assert not any(letter * 2 in text for text in found.values() for letter in "VLD")
    assert written(4000, "upperRoman") == "4000"


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "ZZ"), (53, "AAA"), (780, "Z" * 30), (781, "781"), (0, "0")],
)
def test_letters_are_doubled_and_trebled(number: int, letters: str) -> None:
    assert written(number, "upperLetter") == letters
    assert written(number, "lowerLetter") == letters.lower()


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimalZero", 9, "09"),
        ("decimalZero", 10, "10"),
        ("decimalZero", 100, "100"),
        ("decimalHalfWidth", 12, "12"),
        ("decimalFullWidth", 1234567890, "１２３４５６７８９０"),
        ("decimalFullWidth2", 12, "１２"),
        ("hex", 255, "FF"),
        ("none", 7, ""),
        ("numberInDash", 7, "- 7 -"),
        ("unheardOf", 12, "12"),
        ("japaneseCounting", 1000, "千"),
        ("japaneseCounting", 1001, "千一"),
        ("japaneseLegal", 1000, "壱阡"),
        ("chineseCountingThousand", 10_000, "一万"),
        ("chineseCountingThousand", 10_001, "一万零一"),
        ("chineseCountingThousand", 11_000, "一万一千"),
        ("chineseCountingThousand", 10_999, "一万零九百九十九"),
        ("chineseCountingThousand", 320_000, "三十二万"),
        ("chineseCountingThousand", 100_000_000, "100000000"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一○○"),
    ],
)
def test_a_number_in_a_form(form: str, number: int, text: str) -> None:
    assert written(number, form) == text


@pytest.mark.parametrize("number", [1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 111, 112, 113, 121])
def test_english_ordinals(number: int) -> None:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    assert written(number, "ordinal") == f"{number}{ending}"


def test_stems_and_branches_go_round() -> None:
    stems = [written(number, "ideographTraditional") for number in range(1, 11)]
    branches = [written(number, "ideographZodiac") for number in range(1, 13)]
    cycle = [written(number, "ideographZodiacTraditional") for number in range(1, 61)]

    assert "".join(stems) == "甲乙丙丁戊己庚辛壬癸"
    assert "".join(branches) == "子丑寅卯辰巳午未申酉戌亥"
    assert cycle == [stems[at % 10] + branches[at % 12] for at in range(60)]
    assert [
        written(number, form) for form, number in (("ideographTraditional", 11), ("ideographZodiac", 13))
    ] == [
        "11",
        "13",
    ]
    assert written(61, "ideographZodiacTraditional") == "61"


def test_every_form_writes_something_of_every_number_but_the_one_that_writes_none() -> None:
    for form in FORMS:
        for number in (0, 1, 10, 99, 100, 32_767):
            assert bool(written(number, form)) is (form != "none"), (form, number)
