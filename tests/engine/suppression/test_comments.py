"""Which lines comments speak of, and how often a text is looked at for it."""

from __future__ import annotations

from typing import Any

from bulletin_lint.engine.suppression.comments import read_waivers
from bulletin_lint.readers.text.reader import read_text

COMMENT = "<!-- bulletin-lint: ignore-next-line[SEC001] 照录来文 -->"


class Watched(str):
    """A text that counts how often one of its characters is asked for."""

    __slots__ = ()
    looks = 0

    def __getitem__(self, index: Any) -> str:
        Watched.looks += 1
        return super().__getitem__(index)


def lines_of(text: str) -> list[tuple[int, int] | None]:
    """The lines that each waiver of a text speaks of."""
    reading = read_text("1.md", text.encode())
    return [waiver.lines for waiver in read_waivers("1.md", reading)]


def looks_at(count: int) -> int:
    """How often characters are looked at for so many comments one below the other."""
    reading = read_text("1.md", f"第1期\n{f'{COMMENT}{chr(10)}' * count}甲乙\n".encode())
    Watched.looks = 0
    read_waivers("1.md", reading._replace(text=Watched(reading.text)))
    return Watched.looks


def test_comments_in_a_row_speak_of_the_one_line_below_them() -> None:
    text = f"第1期\n{COMMENT}\n\n{COMMENT} {COMMENT}\n \t\n甲乙\n{COMMENT}\n丙丁\n"
    assert [(6, 6), (6, 6), (6, 6), (8, 8)] == lines_of(text)


def test_a_line_with_comments_and_words_is_one_with_content() -> None:
    assert [(3, 3), (4, 4)] == lines_of(f"第1期\n{COMMENT}\n{COMMENT}甲乙\n丙丁\n")


def test_below_the_last_comments_there_may_be_none() -> None:
    assert [(0, 0), (0, 0)] == lines_of(f"第1期\n{COMMENT}\n{COMMENT}\n\n")


def test_twice_as_many_comments_in_a_row_are_twice_as_much_work() -> None:
    few = looks_at(200)
    assert few > 0
    assert looks_at(400) <= 2 * few + 10
