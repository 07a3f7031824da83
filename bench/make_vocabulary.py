"""Makes the vocabulary that the check `doubled` asks: `python bench/make_vocabulary.py DICT`.

DICT is `dict.txt` of jieba (MIT, https://github.com/fxsjy/jieba), lines of a word, how often it was counted, and
its part of speech. Kept are all single characters, the words of two and three characters that are no rarity,
and the words that hold a character twice in a row; names of persons are left out.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "bulletin_lint" / "matching" / "vocabulary.txt"
LEAST = {2: 20, 3: 40}
"""How often a word of so many characters was counted at the least."""
_HAN = re.compile("[\u4e00-\u9fff]{1,4}")
_TWICE = re.compile(r"(.)\1")
_NOUNS = ("n", "s", "t", "j", "g")
_RARE = 32
"""Half bits of a word whose count says nothing."""

ADDED = Path(__file__).with_name("vocabulary-additions.txt")
"""Words of office texts and of laws that the dictionary is too old for, or counts as rare."""
_ADDED = 28
"""Half bits of those."""


def part_of_speech(tag: str) -> str:
    """n, v, w for a verb that is a noun as well, o for all else."""
    if tag == "vn":
        return "w"
    if tag.startswith("v"):
        return "v"
    return "n" if tag.startswith(_NOUNS) else "o"


def entries(lines: list[str]) -> dict[str, tuple[int, str]]:
    """The words kept, each with its count (0: unknown) and part of speech."""
    kept: dict[str, tuple[int, str]] = {}
    for line in lines:
        word, times, tag = line.split()
        count, size = int(times), len(word)
        if not _HAN.fullmatch(word) or (tag.startswith("nr") and size > 1):
            continue
        if size == 1 or (size in LEAST and count >= LEAST[size]):
            kept[word] = count, part_of_speech(tag)
        elif _TWICE.search(word):
            kept[word] = max(count, 1), part_of_speech(tag)
    return kept


def main(source: str) -> None:
    """Writes the vocabulary: a word, its cost in half bits as one character, its part of speech; in order."""
    kept = entries(Path(source).read_text(encoding="utf-8").splitlines())
    total = sum(count for count, _ in kept.values())
    lines = []
    added = frozenset(ADDED.read_text(encoding="utf-8").split())
    for word in sorted(added.union(kept)):
        count, tag = kept.get(word, (0, "n"))
        half_bits = round(2 * math.log2(total / count)) if count else _RARE
        if word in added:
            half_bits = min(half_bits, _ADDED)
        lines.append(f"{word}{chr(48 + min(half_bits, 60))}{tag}\n")
    OUT.write_text("".join(lines), encoding="utf-8")
    print(f"{OUT}: {len(lines)} words, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
