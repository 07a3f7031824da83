"""One text that holds a right one and the same with a slip.

`走访⟦捌¦8⟧户`: a careless hand wrote 捌 for 8. What is reported is the wrong words, or where nothing is there to be
reported, the words between ‹ and ›: `‹第3期›` of a masthead that lacks a title. A mark holds a ¦ or is no slip.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from bulletin_lint.model.solid_text import set_like

_SLIP = re.compile("⟦([^⟦⟧¦]*)¦([^⟦⟧¦]*)⟧")
_PLACE = re.compile("[‹›]")
_WIDE = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
_TWO_PLACES = re.compile("([‹›])")


class Slipped(NamedTuple):
    """A text with a slip, the same without, and where the slip is to be reported, in offsets."""

    right: str
    wrong: str
    spans: tuple[tuple[int, int], ...]


def slipped(template: str, *, spaced: bool = False) -> Slipped:
    """Both texts of a template, as a house sets them that spaces figures, or one that does not."""
    right = _PLACE.sub("", _SLIP.sub(lambda slip: slip[2], template))
    if "‹" in template:
        marked = _SLIP.sub(lambda slip: slip[1], template)
    else:
        marked = _SLIP.sub(lambda slip: f"‹{slip[1]}›", template)
    wrong, marks = "", []
    for piece in _TWO_PLACES.split(marked):
        if piece in ("‹", "›"):
            marks.append(len(wrong))
        else:
            wrong += piece
    spans = tuple(zip(marks[::2], marks[1::2], strict=True))
    assert spans, template
    if not spaced:
        return Slipped(right, wrong, spans)
    shown = _set_like(wrong)
    moved = _offsets(wrong, shown)
    return Slipped(
        _set_like(right), shown, tuple((moved[start], moved[max(start, end - 1)] + 1) for start, end in spans)
    )


def _set_like(text: str) -> str:
    """Set by the blanks of a house that spaces figures, those of the other width and those without a nought, too."""
    folded = text.translate(_WIDE)
    shown = "\n".join(map(set_like, folded.split("\n")))
    shown = re.sub(r"(?<=[\u4e00-\u9fff])(?=\.[0-9])", " ", shown)
    places = dict(zip(_offsets(folded, shown), text, strict=False))
    return "".join(places.get(at, blank) for at, blank in enumerate(shown))


def _offsets(written: str, shown: str) -> list[int]:
    """Where each character of a text stands in the same text with blanks put in; the end at last."""
    offsets, at = [], 0
    for character in written:
        while shown[at] != character:
            at += 1
        offsets.append(at)
        at += 1
    return [*offsets, at]


Maker = Callable[[random.Random], str]
"""Draws the template of a slip."""


AnyMaker = TypeVar("AnyMaker")


class Makers(dict[str, AnyMaker]):
    """What makes slips, by the code of the rule."""

    def of(self, code: str) -> Callable[[AnyMaker], AnyMaker]:
        """Registers what makes slips for a rule."""

        def registered(make: AnyMaker) -> AnyMaker:
            self[code] = make
            return make

        return registered
