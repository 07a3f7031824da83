"""Characters of symbol fonts as the characters that they show: ``w:sym`` gives a font and a number in it.

Sources: the tables of the fonts as Unicode took them up (Unicode 7.0, Dingbats and Miscellaneous Symbols for
Wingdings; Greek and Mathematical Operators for Symbol).
"""

from __future__ import annotations

UNKNOWN = "\ufffc"
"""Stands for a character that only its font knows."""

_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x36: "⌛", 0x46: "☞", 0x45: "☜",
    0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA2: "⭘",
    0xA7: "▪", 0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + number: character for number, character in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + number: character for number, character in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0xA2: "■", 0x97: "●",
    0x98: "●", 0x99: "○", **{0x6A + number: sign for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
}  # fmt: skip
_WINGDINGS_3 = {0x22: "↑", 0x23: "↓", 0x21: "→", 0x20: "←", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶"}
_GREEK = (
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
_SYMBOL = {
    **{0x41 + number: character for number, character in enumerate(_GREEK[0])},
    **{0x61 + number: character for number, character in enumerate(_GREEK[1])},
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBA: "≡", 0xBB: "≈", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD6: "√", 0xE5: "∑",
    0xA2: "′", 0xD7: "⋅", 0x2D: "−", 0x2B: "+", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x25: "%",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "symbol": _SYMBOL,
}


def symbol(font: str, number: str) -> str:
    """The character that a number (hexadecimal) stands for in a font."""
    try:
        code = int(number, 16)
    except ValueError:
        return UNKNOWN
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(code & 0xFF if code >= 0xF000 or code < 0x100 else code, UNKNOWN)
    is_private = 0xE000 <= code <= 0xF8FF
    if is_private or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    return chr(code)
