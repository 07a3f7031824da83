"""Numbers in the forms in which Word counts: 一, ①, IV, 壹, 甲.

Source: ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat); [MS-DOCX] 2.4 and [MS-OI29500] where Word differs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DIGITS = "零一二三四五六七八九"
_UNITS = "十百千"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "〇壱弐参四伍六七八九"
_LEGAL_UNITS = "拾佰仟"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLE = "\u25cb"
"""The zero of the counting systems that Word has for Chinese."""


def _group(number: int, digits: str, units: str, *, names_one: bool, has_zero: bool) -> str:
    """A number below ten thousand, each digit with its unit."""
    written, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            is_gap = bool(written)
            continue
        if is_gap and has_zero:
            written += digits[0]
        is_gap = False
        if digit > 1 or not place or names_one:
            written += digits[digit]
        written += units[place - 1] if place else ""
    return written


def _spoken(
    number: int,
    digits: str,
    units: str,
    *,
    names_one: bool = True,
    names_ten: bool = False,
    zero: bool = True,
) -> str:
    """A number as it is spoken: 一百零五. `names_ten`: ten is 一十, `names_one`: a hundred is 一百."""
    if not 0 < number < 100_000_000:
        return digits[0] if not number else str(number)
    if 10 <= number < 20 and not names_ten:
        return units[0] + (digits[number % 10] if number % 10 else "")
    above, below = divmod(number, 10_000)
    written = ""
    if above:
        written = _group(above, digits, units, names_one=names_one, has_zero=zero) + "万"
        if below and below < 1000 and zero:
            written += digits[0]
    return written + _group(below, digits, units, names_one=names_one, has_zero=zero)


def _by_digits(number: int, zero: str) -> str:
    return "".join(zero if digit == "0" else _DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """Tens are spoken, from a hundred on digit stands by digit: 一○○."""
    return _spoken(number, _DIGITS, _UNITS) if 0 < number < 100 else _by_digits(number, _CIRCLE)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """A to Z, then AA to ZZ: the letter again, and not as columns of a table go on."""
    if not 0 < number <= 780:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _circled(number: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return "\u24ea" if not number else str(number)


def _from(code: int, last: int, otherwise: str) -> Callable[[int], str]:
    """Characters of their own up to a number, then a form."""
    return lambda number: chr(code + number - 1) if 1 <= number <= last else otherwise.format(number)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _sixty(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _japanese(number: int) -> str:
    return _spoken(number, "〇" + _DIGITS[1:], _UNITS, names_one=False, zero=False)


_THOUSAND: Callable[[int], str] = lambda number: _spoken(number, _DIGITS, _UNITS)  # noqa: E731
_DIGITAL: Callable[[int], str] = lambda number: _by_digits(number, "〇")  # noqa: E731

FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20, "({})"),
    "decimalEnclosedFullstop": _from(0x2488, 20, "{}."),
    "japaneseCounting": _japanese,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _THOUSAND,
    "taiwaneseCountingThousand": _THOUSAND,
    "ideographDigital": _DIGITAL,
    "japaneseDigitalTenThousand": _DIGITAL,
    "taiwaneseDigital": lambda number: _by_digits(number, _CIRCLE),
    "chineseLegalSimplified": lambda number: _spoken(number, _LEGAL_SIMPLIFIED, _LEGAL_UNITS, names_ten=True),
    "ideographLegalTraditional": lambda number: _spoken(
        number, _LEGAL_TRADITIONAL, _LEGAL_UNITS, names_ten=True
    ),
    "japaneseLegal": lambda number: _spoken(number, _LEGAL_JAPANESE, "拾百阡", names_ten=True, zero=False),
    # Word draws 1 in brackets of its own, and not in the circle that the name speaks of.
    "ideographEnclosedCircle": _from(0x3220, 10, "({})"),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "hex": lambda number: f"{number:X}",
    "none": lambda number: "",
}
"""How a number of zero or more is written, by the name of the form."""


def written(number: int, form: str) -> str:
    """A number in a form; in one that is not known as a decimal."""
    return FORMS.get(form, str)(number)
