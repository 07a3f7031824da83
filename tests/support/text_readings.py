"""Texts are read, and what is seen in a reading is told shortly."""

from __future__ import annotations

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers.text.reader import read_text

PARAGRAPH = "图书馆在少年宫旁装好了自助借书柜，供孩子们放学后借阅。"


def read(text: str) -> Reading:
    return read_text("2020/11.md", text.encode())


def content(reading: Reading, line: Line) -> str:
    return "".join(reading.text[start:end] for start, end in line.pieces)


def contents(text: str) -> list[str]:
    reading = read(text)
    return [content(reading, line) for line in reading.lines]


def only_line(text: str) -> Line:
    (line,) = read(text).lines
    return line


def error_of(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as raised:
        read_text("2020/11.md", data)
    assert raised.value.path == "2020/11.md"
    return raised.value
