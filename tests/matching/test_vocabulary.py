"""The words of Chinese, found where they lie in a sorted list."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.vocabulary import Vocabulary, vocabulary

LINES = ["一@o", "工作<v", "工厂Fn", "施Pv", "措Zv", "措施Gn", "施肥Yv"]


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary("".join(f"{line}\n" for line in sorted(LINES)).encode())


@pytest.mark.parametrize("line", LINES)
def test_every_word_is_found(words: Vocabulary, line: str) -> None:
    found = words.find(line[:-2])

    assert found is not None
    assert found == (ord(line[-2]) - 48, line[-1])


@pytest.mark.parametrize("word", ["", "丁", "工", "工作者", "龘", "措施施", "\n"])
def test_no_other_word_is_found(words: Vocabulary, word: str) -> None:
    assert words.find(word) is None


def test_a_text_is_as_rare_as_its_likeliest_words(words: Vocabulary) -> None:
    """措施 + 施 is likelier than 措 + 施 + 施."""
    assert words.half_bits("措施施") == (ord("G") - 48) + (ord("P") - 48)
    assert words.half_bits("") == 0


@pytest.mark.parametrize(
    ("character", "beginning", "ending"), [("措", 1, 0), ("施", 1, 1), ("工", 2, 0), ("作", 0, 1)]
)
def test_a_character_by_itself_is_no_word_that_begins_or_ends_with_it(
    words: Vocabulary, character: str, beginning: int, ending: int
) -> None:
    assert (beginning, ending) == (words.beginning_with(character), words.ending_with(character))


def test_the_list_of_the_program_is_sorted_and_whole() -> None:
    from bulletin_lint.matching import vocabulary as module

    with open(module.__file__.replace(".py", ".txt"), encoding="utf-8") as lines:
        words = [line.rstrip("\n")[:-2] for line in lines]

    assert words == sorted(set(words))
    assert all(vocabulary().find(word) is not None for word in words[::997])
