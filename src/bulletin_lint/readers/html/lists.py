"""The numbers that a browser writes before the items of a list: they stand in no text."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint.model.numerals import chinese_number
from bulletin_lint.readers.html.styles import declarations

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_HAN = frozenset(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"))
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class NumberedList:
    """A list that is open."""

    __slots__ = ("_next", "_style")

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._style = _style(attributes) or ("decimal" if tag == "ol" else "none")
        start = _number(attributes.get("start", ""))
        self._next = 1 if start is None else start

    def label(self, attributes: Mapping[str, str]) -> str:
        """What stands before the next item; nothing for a bullet."""
        value = _number(attributes.get("value", ""))
        number = self._next if value is None else value
        self._next = number + 1
        return _label(number, _style(attributes) or self._style)


def _style(attributes: Mapping[str, str]) -> str:
    said = declarations(attributes.get("style", ""))
    for name in ("list-style-type", "list-style"):
        if said.get(name):
            return said[name].split()[0]
    return _TYPES.get(attributes.get("type", ""), "")


def _number(value: str) -> int | None:
    digits = value.strip()
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= 6 else None


def _label(number: int, style: str) -> str:
    if style in ("decimal", "decimal-leading-zero"):
        return f"{number}."
    if style in _HAN:
        return f"{chinese_number(number)}、" if 0 < number < 10_000 else f"{number}、"
    if style in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin"):
        letter = chr(ord("a") + (number - 1) % 26)
        return f"{letter.upper() if style.startswith('upper') else letter}."
    if style in ("lower-roman", "upper-roman"):
        roman = _roman(number)
        return f"{roman.upper() if style.startswith('upper') else roman}."
    return ""


def _roman(number: int) -> str:
    parts: list[str] = []
    for value, letters in _ROMAN:
        while number >= value and len(parts) < 60:
            parts.append(letters)
            number -= value
    return "".join(parts)
