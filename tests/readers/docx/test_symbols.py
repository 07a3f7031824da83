"""Characters of symbol fonts: each number is one character, and numbers in a row are characters in a row."""

from __future__ import annotations

import unicodedata

import pytest

from bulletin_lint.readers.docx.symbols import UNKNOWN, symbol

FONTS = ("Wingdings", "Wingdings 2", "Wingdings 3", "Symbol")


def known(font: str) -> dict[int, str]:
    found = {code: symbol(font, f"{code:X}") for code in range(0x20, 0x100)}
    return {code: character for code, character in found.items() if character != UNKNOWN}


@pytest.mark.parametrize(("font", "least"), list(zip(FONTS, (60, 20, 8, 75), strict=True)))
def test_every_number_is_one_character_that_is_a_sign(font: str, least: int) -> None:
    assert len(known(font)) >= least
    for character in known(font).values():
        assert len(character) == 1
        assert unicodedata.category(character)[0] in "SNLP"


@pytest.mark.parametrize("font", FONTS)
def test_a_number_is_the_same_in_the_private_area_and_in_whatever_case(font: str) -> None:
    for code, character in known(font).items():
        assert symbol(f" {font.upper()} ", f"F0{code:02x}") == character
        assert symbol(font, f"{code:04X}") == character


@pytest.mark.parametrize(
    ("font", "first", "values"),
    [("Wingdings", 0x80, range(11)), ("Wingdings", 0x8B, range(11)), ("Wingdings 2", 0x6A, range(11))],
)
def test_figures_in_circles_stand_in_a_row(font: str, first: int, values: range) -> None:
    found = [symbol(font, f"{first + value:X}") for value in values]
    figures = [unicodedata.numeric(character, None) for character in found]

    # Wingdings has a zero before the one.
    assert figures in ([*values], [*range(1, len(values)), None])


GREEK = {
    "A": "ALPHA", "B": "BETA", "C": "CHI", "D": "DELTA", "E": "EPSILON", "F": "PHI", "G": "GAMMA", "H": "ETA",
    "I": "IOTA", "K": "KAPPA", "L": "LAMDA", "M": "MU", "N": "NU", "O": "OMICRON", "P": "PI", "Q": "THETA",
    "R": "RHO", "S": "SIGMA", "T": "TAU", "U": "UPSILON", "W": "OMEGA", "X": "XI", "Y": "PSI", "Z": "ZETA",
}  # fmt: skip
"""Where the letters of Symbol stand: on those that sound or look alike."""


@pytest.mark.parametrize("letter", GREEK)
def test_greek_letters_of_symbol_stand_on_those_that_sound_alike(letter: str) -> None:
    capital = symbol("Symbol", f"{ord(letter):X}")
    small = symbol("Symbol", f"{ord(letter.lower()):X}")

    assert unicodedata.name(capital) == f"GREEK CAPITAL LETTER {GREEK[letter]}"
    # Of the small phi Symbol has both forms, as of the theta.
    assert unicodedata.name(small) in (f"GREEK SMALL LETTER {GREEK[letter]}", f"GREEK {GREEK[letter]} SYMBOL")


@pytest.mark.parametrize(
    ("font", "number", "character"),
    [
        ("Wingdings", "FC", "✓"),
        ("Wingdings", "FB", "✗"),
        ("Wingdings", "FE", "☑"),
        ("Wingdings", "FD", "☒"),
        ("Wingdings", "A8", "□"),
        ("Wingdings", "6C", "●"),
        ("Wingdings", "6E", "■"),
        ("Wingdings", "75", "◆"),
        ("Wingdings", "AB", "★"),
        ("Wingdings", "28", "☎"),
        ("Wingdings", "46", "☞"),
        ("Wingdings", "E0", "→"),
        ("Wingdings", "DF", "←"),
        ("Wingdings", "E1", "↑"),
        ("Wingdings", "E2", "↓"),
        ("Wingdings 2", "50", "✓"),
        ("Wingdings 2", "52", "☑"),
        ("Wingdings 2", "A3", "□"),
        ("Symbol", "B0", "°"),
        ("Symbol", "B1", "±"),
        ("Symbol", "B4", "×"),
        ("Symbol", "B8", "÷"),
        ("Symbol", "A3", "≤"),
        ("Symbol", "B3", "≥"),
        ("Symbol", "B9", "≠"),
        ("Symbol", "D6", "√"),
        ("Symbol", "A5", "∞"),
        ("Symbol", "2B", "+"),
        ("Symbol", "25", "%"),
        # Of other fonts a number is the character that it is, but for those that each font has of its own.
        ("SimSun", "4E00", "一"),
        ("SimSun", "20", " "),
        ("SimSun", "1F", UNKNOWN),
        ("SimSun", "10FFFF", "\U0010ffff"),
        ("SimSun", "110000", UNKNOWN),
        ("SimSun", "D7FF", "\ud7ff"),
        ("SimSun", "D800", UNKNOWN),
        ("SimSun", "DFFF", UNKNOWN),
        ("SimSun", "E000", UNKNOWN),
        ("SimSun", "F8FF", UNKNOWN),
        ("SimSun", "F900", "\uf900"),
        # What is no number, and what no font has.
        ("Wingdings", "", UNKNOWN),
        ("Wingdings", "XY", UNKNOWN),
        ("Wingdings", "4E00", UNKNOWN),
        ("Wingdings", "1FC", UNKNOWN),
        ("Wingdings", "21", UNKNOWN),
    ],
)
def test_a_number_in_a_font_is_the_character_that_it_shows(font: str, number: str, character: str) -> None:
    assert symbol(font, number) == character
