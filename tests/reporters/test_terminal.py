"""Widths on a terminal are those of a width library, which the program would take 38 ms to import."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from bulletin_lint.model.visible import visible
from bulletin_lint.reporters.terminal import char_width, clip, display_width, pad
from harness import FIXTURES

WRITTEN = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0300),  # Latin, phonetic letters (ɑ ɡ of pinyin)
    range(0x0300, 0x0370),  # combining marks: a tone mark set by itself
    range(0x0370, 0x0530),  # Greek, Cyrillic
    range(0x1E00, 0x2000),  # more Latin and Greek
    range(0x2000, 0x2028),  # spaces, dashes, quotation marks, zero width characters
    range(0x202A, 0x2070),  # bidirectional controls, primes, word joiner
    range(0x2070, 0x2630),  # ² ₂ € ℃ № Ⅳ ① ⑴ → ≥ ─ ■ ▲ ★
    range(0x2638, 0x268A),
    range(0x2690, 0x2C00),  # ♀ ✓ ❶ ➀
    range(0x2E80, 0x302E),  # radicals, ideographic description, 、。《》〇
    range(0x3030, 0x3130),  # kana, bopomofo
    range(0x3190, 0x4DC0),  # ㈠ ㎡ ㏄, extension A
    range(0x4E00, 0xA000),  # ideographs
    range(0xAC00, 0xD7A4),  # Hangul syllables
    range(0xE000, 0xFB00),  # private use, compatibility ideographs
    range(0xFE00, 0xFE70),  # variation selectors, vertical forms, small forms
    range(0xFEFF, 0xFFA0),  # byte order mark, full-width and half-width forms
    range(0xFFE0, 0xFFFE),  # ￥ and the replacement character
    range(0x1F000, 0x1F1E6),  # tiles and cards, 🈚 🆗
    range(0x1F200, 0x1FB00),  # emoji
    range(0x20000, 0x323B0),  # extensions B to H, compatibility supplement
    range(0xE0100, 0xE01F0),  # variation selectors of ideographs
)
"""What bulletins in Chinese are written with, and what their extraction puts in."""

UNLIKE = {
    range(
        0x2028, 0x202A
    ): "line and paragraph separator: a line never holds one, and none is ever shown as it is",
    range(0x2630, 0x2638): "trigrams, wide since Unicode 16; the interpreter's own tables may be older",
    range(0x268A, 0x2690): "monograms and digrams, likewise",
    range(0x4DC0, 0x4E00): "hexagrams, likewise",
    range(0x302E, 0x3030): "Hangul tone marks: UAX 11 has them wide, the library has them combining",
    range(
        0x3164, 0x3165
    ): "Hangul filler: UAX 11 has it wide, the library counts what cannot be seen as nothing",
    range(
        0x1F1E6, 0x1F200
    ): "regional indicators: UAX 11 has one as neutral, two of them make a flag of two columns",
}
"""Where the two differ on purpose, next to what bulletins are written with."""


def assigned(characters: range) -> list[str]:
    """Those that the interpreter knows: of others it has no width, and the library may know a later Unicode."""
    return [chr(code) for code in characters if unicodedata.category(chr(code)) != "Cn"]


@pytest.mark.parametrize("characters", WRITTEN, ids=lambda each: f"{each.start:04x}")
def test_a_character_is_as_wide_as_the_library_says(characters: range) -> None:
    unlike = {char: (char_width(char), wcwidth(char)) for char in assigned(characters)}
    assert {char: widths for char, widths in unlike.items() if widths[0] != widths[1]} == {}


@pytest.mark.parametrize(
    ("char", "width", "of_the_library"),
    [("\u2028", 1, 0), ("\u302e", 2, 0), ("\u3164", 2, 0), ("\U0001f1e8", 1, 2)],
)
def test_where_the_two_differ_ours_is_that_of_the_annex(char: str, width: int, of_the_library: int) -> None:
    assert any(ord(char) in each for each in UNLIKE)
    assert (char_width(char), wcwidth(char)) == (width, of_the_library)


@pytest.mark.parametrize("char", ["☰", "⚌", "䷀"])
def test_signs_of_the_book_of_changes_follow_the_tables_of_the_interpreter(char: str) -> None:
    assert any(ord(char) in each for each in UNLIKE)
    version = int(unicodedata.unidata_version.partition(".")[0])
    assert char_width(char) == (2 if version >= 16 else 1)


def test_bulletins_are_written_with_these() -> None:
    texts = [
        path.read_text("utf-8")
        for path in [*(FIXTURES / "bulletins").rglob("*.md"), *(FIXTURES / "producers").glob("*.md")]
    ]
    assert len(texts) > 60
    covered = {code for each in (*WRITTEN, *UNLIKE) for code in each}
    assert {char for text in texts for char in text if ord(char) not in covered} - set("\t\n") == set()


WORDS = st.text(
    st.sampled_from(
        "，。、；：？！“”‘’（）《》〈〉【】—…·～％℃①②㈠ⅣⅡ　 AaZz09.,:/-%中文简报第一期总编辑審覈龘𠮷がハ한￥＋－０９ＡＺ"
    )
)


@given(WORDS)
def test_a_text_is_as_wide_as_the_library_says(text: str) -> None:
    assert display_width(text) == wcswidth(text)


@given(WORDS, st.integers(1, 30))
def test_what_is_clipped_fits(text: str, width: int) -> None:
    shown = clip(text, width)
    assert wcswidth(shown) <= width
    if shown != text:
        # Only a wide character that does not fit leaves a column free before the ellipsis.
        assert shown.endswith("…")
        assert wcswidth(shown) >= width - 1
        assert text.startswith(shown[:-1])


@given(WORDS, st.integers(0, 60))
def test_what_is_padded_ends_at_the_column(text: str, width: int) -> None:
    assert wcswidth(pad(text, width)) == max(width, wcswidth(text))


@given(st.text())
def test_what_is_printed_steers_no_terminal(text: str) -> None:
    """The library says -1 of what moves the cursor; nothing of that is left."""
    assert all(wcwidth(char) >= 0 for char in visible(text))


def test_emoji_of_several_characters_count_each_of_them() -> None:
    """Terminals do not agree on a family joined of three; the sum is what those show that do not join it, and
    too many columns only leave a line shorter.
    """
    assert display_width("👨\u200d👩\u200d👧") == 6
    assert wcswidth("👨\u200d👩\u200d👧") == 2
    # With a selector after it a sign becomes an emoji: wide for the library, and narrow on many terminals.
    assert display_width("☎\ufe0f") == 1
    assert wcswidth("☎\ufe0f") == 2
