"""Small bulletins as text and as pages set by hand: the same words, lines broken as a program breaks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from set_pdfs import Piece

WIDTH, LEFT, TOP, FOOT = 432.0, 80.0, 100.0, 770.0
"""Points: the width of the text, and where it stands on its pages."""
SIZE, LEADING = 16.0, 28.0
_ATOMS = re.compile(r"[“‘（《【]*(?:[!-~]+|.)[，。、；：？！”’）》】％%]*")


class Block(NamedTuple):
    """One element: ``title``, ``number``, ``sides`` (two texts apart by a tab), ``article``, ``paragraph``,
    ``section``, ``source`` or ``line``.
    """

    kind: str
    text: str


def as_text(blocks: Sequence[Block]) -> str:
    """The bulletin as a text of the linter's."""
    marks = {"title": "# ", "article": "## ", "section": "### "}
    return "\n\n".join(marks.get(kind, "") + text.replace("\t", "　　") for kind, text in blocks) + "\n"


def as_pages(blocks: Sequence[Block]) -> list[list[Piece]]:
    """The bulletin as pages."""
    pages: list[list[Piece]] = [[]]
    baseline = TOP
    for kind, text in blocks:
        for x, words, size in _lines(kind, text):
            baseline += LEADING if size <= SIZE else 1.8 * size
            if baseline > FOOT:
                pages.append([])
                baseline = TOP
            pages[-1].append(Piece(x, baseline, words, size))
            if kind == "sides" and x == LEFT:
                baseline -= LEADING
    return pages


def _lines(kind: str, text: str) -> Iterator[tuple[float, str, float]]:
    if kind in ("title", "number", "article"):
        size = {"title": 32.0, "number": SIZE, "article": 22.0}[kind]
        for line in _broken(text, WIDTH / size, 0):
            yield LEFT + (WIDTH - _ems(line) * size) / 2, line, size
    elif kind == "sides":
        left, right = text.split("\t")
        yield LEFT, left, SIZE
        yield LEFT + WIDTH - _ems(right) * SIZE, right, SIZE
    elif kind == "source":
        yield LEFT + WIDTH - _ems(text) * SIZE, text, SIZE
    else:
        indent = 2 if kind in ("paragraph", "section") else 0
        for number, line in enumerate(_broken(text, WIDTH / SIZE, indent)):
            yield LEFT + (0 if number else indent * SIZE), line, SIZE


def _ems(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _broken(text: str, width: float, indent: float) -> Iterator[str]:
    """The text as lines of so many ems, the first one shorter by the indent."""
    room, line = width - indent, ""
    for atom in _ATOMS.findall(text):
        if line and _ems(line + atom.rstrip("，。、；：？！”’）》】 ")) > room:
            yield line.rstrip(" ")
            room, line = width, atom.lstrip(" ")
        else:
            line += atom
    if line:
        yield line.rstrip(" ")
