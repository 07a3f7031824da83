"""Numbers as bulletins write them: Arabic, full-width, Chinese, and circled figures."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "壹": 1,
    "二": 2,
    "两": 2,
    "贰": 2,
    "三": 3,
    "叁": 3,
    "四": 4,
    "肆": 4,
    "五": 5,
    "伍": 5,
    "六": 6,
    "陆": 6,
    "七": 7,
    "柒": 7,
    "八": 8,
    "捌": 8,
    "九": 9,
    "玖": 9,
}
_UNITS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000}
_WHOLE = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}
"""The first of each row of characters that are a number with its circle, brackets or point, and how many."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = 26
_PLAIN = "〇一二三四五六七八九"
_CHINESE = f"{_PLAIN}○零十"


@lru_cache(maxsize=1024)  # The same few numbers count the items of every bulletin.
def parse_number(text: str) -> int | None:
    """The whole number that `text` writes, or None where it writes none.

    Reads 11, １１, 十一, 一百零五, 二〇二六 (positional) and ①; spaces are ignored.

    >>> parse_number("二十一"), parse_number("二〇二六"), parse_number("⑫"), parse_number("1l")
    (21, 2026, 12, None)
    >>> parse_number("卅一"), parse_number("廿")
    (31, 20)
    """
    compact = "".join(text.split())
    if not compact:
        return None
    if compact.isdecimal():
        return int(compact)
    if len(compact) == 1 and (first := _first_of(compact)):
        return ord(compact) - ord(first) + 1
    if all(character in _DIGITS for character in compact):
        return int("".join(str(_DIGITS[character]) for character in compact))
    total = 0
    digit: int | None = None
    for character in compact:
        if character in _UNITS:
            # 十五 leaves the one unsaid.
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0)


def in_arabic(text: str) -> str:
    """A text with its numbers in Chinese, up to the tens or of figures in a row, in Arabic figures.

    >>> in_arabic("二〇二六年第十二期")
    '2026年第12期'
    """
    written = ""
    for is_figures, run in groupby(text, _CHINESE.__contains__):
        characters = "".join(run)
        number = parse_number(characters) if is_figures else None
        written += characters if number is None else str(number)
    return written


def item_number(text: str) -> int | None:
    """The place of an item in its list, by what it is marked with: a number as `parse_number` reads it, one
    letter (A is 1), or one of the ten stems (甲 is 1); None where it says none.

    >>> item_number("十一"), item_number("C"), item_number("ｂ"), item_number("丙"), item_number("AB")
    (11, 3, 2, 3, None)
    """
    number = parse_number(text)
    if number is not None:
        return number
    mark = text.strip()
    if len(mark) != 1:
        return None
    if mark in _STEMS:
        return _STEMS.index(mark) + 1
    row = _letters_of(mark)
    return ord(mark) - ord(row) + 1 if row else None


def _letters_of(character: str) -> str:
    """The first letter of the alphabet that a letter is in, "" where it is in none."""
    return next((row for row in "AaＡａ" if 0 <= ord(character) - ord(row) < _LETTERS), "")


def _first_of(character: str) -> str:
    """The first character of the row of whole numbers that a character is in, "" where it is in none."""
    return next(
        (row for row, size in _WHOLE.items() if character and 0 <= ord(character) - ord(row) < size), ""
    )


def chinese_number(number: int) -> str:
    """A number from 1 to 9999 in Chinese characters, as section numbers write it.

    >>> chinese_number(3), chinese_number(12), chinese_number(20), chinese_number(105)
    ('三', '十二', '二十', '一百零五')
    """
    parts: list[str] = []
    skipped = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            if skipped and parts:
                parts.append("零")
            parts.append(_PLAIN[digit] + name)
            skipped = False
        else:
            skipped = True
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def like(sample: str, number: int) -> str:
    """`number` in the manner of `sample`: circled, Chinese, full-width or Arabic, a letter or a stem."""
    first = sample.strip()[:1]
    row = _first_of(first)
    if row and 1 <= number <= _WHOLE[row]:
        return chr(ord(row) + number - 1)
    if first in _DIGITS or first in _UNITS:
        return chinese_number(number)
    if first and first in _STEMS and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    letters = _letters_of(first) if first else ""
    if letters and 1 <= number <= _LETTERS:
        return chr(ord(letters) + number - 1)
    if "０" <= first <= "９":
        return "".join(chr(ord(figure) + 0xFEE0) for figure in str(number))
    return str(number)
