"""The words of a masthead's line, parted where wide space parts them."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled

SPACE = " \u3000\t"
WIDE_SPACE = compiled("[\u3000\t]|  ")
_EDGES = "（()）【】[]，,、·•—－-|｜/／：: \u3000"
_BRACKETS = "（）()〔〕[]【】《》"


def chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words between numbers, parted where wide space parts them."""
    chunks: list[tuple[int, int]] = []
    position = start
    while position < end:
        while position < end and text[position] in SPACE:
            position += 1
        stop = position
        while (wide := WIDE_SPACE.search(text, stop, end)) is not None:
            stop = wide.start()
            # 简　报 is one word set wide, 办公室　　2026年 are two.
            if not (stop - position <= 1 and stop + 1 < end and text[stop + 1] not in SPACE):
                break
            stop += 1
        else:
            stop = end
        tail = position + len(text[position:stop].rstrip(SPACE))
        if tail > position:
            chunks.append((position, tail))
        position = stop + 1
    return chunks


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of a stretch stand without the brackets and marks around them."""
    words = text[start:end]
    start = end - len(words.lstrip(_EDGES))
    return start, start + len(words.strip(_EDGES))


def is_ornament(words: str) -> bool:
    """Whether nothing but marks is left of a line."""
    return all(character in _BRACKETS + "，,、·•—-－/／|｜" + SPACE for character in words)
