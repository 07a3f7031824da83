"""The words of Chinese, and how rare each is: what tells a slip of the keyboard from two words that meet.

The list stands in `vocabulary.txt`, made of the dictionary of jieba by `bench/make_vocabulary.py`;
its licence is in `vocabulary-licence.txt`. It is searched where it lies, sorted, and never taken apart: most
texts ask for a few words or for none.
"""

from __future__ import annotations

import os
import re

from bulletin_lint._typing import NamedTuple

LONGEST = 4
"""Characters of the longest word."""
_UNKNOWN = 48
"""Half bits of a character that is in no word of the list."""


class Word(NamedTuple):
    """What is known of a word."""

    half_bits: int
    """How rare it is: twice the negative logarithm to base 2 of its share in running text."""
    part_of_speech: str
    """n: noun, v: verb, w: both, o: any other."""


class Vocabulary:
    """A list of words, sorted, in one string of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[str, Word | None] = {}
        self._ending: dict[str, int] = {}

    def find(self, word: str) -> Word | None:
        """What is known of a word, None where it is not in the list."""
        if word not in self._known:
            self._known[word] = self._searched(word.encode("utf-8"))
        return self._known[word]

    def beginning_with(self, character: str) -> int:
        """How many words of two characters and more begin with this one."""
        key = character.encode("utf-8")
        words = self._data.count(b"\n" + key) + self._data.startswith(key)
        return words - (self.find(character) is not None)

    def ending_with(self, character: str) -> int:
        """How many words of two characters and more end with this one."""
        if character not in self._ending:
            # Behind each word stand what it costs and its part of speech, one byte each.
            key = re.escape(character.encode("utf-8"))
            words = sum(1 for _ in re.finditer(key + rb"..\n", self._data))
            self._ending[character] = words - (self.find(character) is not None)
        return self._ending[character]

    def half_bits(self, text: str) -> int:
        """How rare a run of characters is, cut into words in the likeliest way."""
        best = [0]
        for end in range(1, len(text) + 1):
            least = best[end - 1] + self._cost(text[end - 1])
            for start in range(max(0, end - LONGEST), end - 1):
                word = self.find(text[start:end])
                if word is not None:
                    least = min(least, best[start] + word.half_bits)
            best.append(least)
        return best[-1]

    def _cost(self, character: str) -> int:
        word = self.find(character)
        return _UNKNOWN if word is None else word.half_bits

    def _searched(self, word: bytes) -> Word | None:
        data = self._data
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle, high)
            end = high if end < 0 else end
            here = data[start : end - 2]
            if here == word:
                return Word(data[end - 2] - 48, chr(data[end - 1]))
            if here < word:
                low = end + 1
            else:
                high = start
        return None


_vocabulary: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """That of this program, read when it is first asked for."""
    if not _vocabulary:
        with open(os.path.join(os.path.dirname(__file__), "vocabulary.txt"), "rb") as file:
            _vocabulary.append(Vocabulary(file.read()))
    return _vocabulary[0]
