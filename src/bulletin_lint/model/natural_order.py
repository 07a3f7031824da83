"""The order in which people count files: 第8期, 第9期, 第10期, as file managers show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bulletin_lint.model.numerals import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Item = TypeVar("_Item")

_NUMBER = r"([0-9０-９]{1,18}|(?<=第)[〇零一二两三四五六七八九十百]{1,9}(?=[期号]))"
"""A number in a name. A longer row of digits is taken in pieces: no number of issues is as long."""


def natural_key(name: str) -> tuple[object, ...]:
    """What a name is sorted by: its numbers by their value, all else by code points.

    Numbers are those in figures, and Chinese numerals where they count issues (第十一期). Two names whose
    numbers are of one value (7, 07) have different keys.
    """
    split = re.split(_NUMBER, name)
    # Texts and numbers take turns, so that only like is compared with like; the figure stands for the number
    # among other characters, so that a.md comes before a1.md.
    texts = [f"{text}0" for text in split[0:-1:2]]
    numbers = [parse_number(figures) or 0 for figures in split[1::2]]
    pairs = [each for pair in zip(texts, numbers, strict=True) for each in pair]
    return (*pairs, split[-1], name)


def in_natural_order(items: Iterable[_Item], name: Callable[[_Item], str]) -> list[_Item]:
    """Items sorted by their names' `natural_key`."""
    found = list(items)
    # One file is the usual run of a hook, and needs no pattern compiled.
    return sorted(found, key=lambda item: natural_key(name(item))) if len(found) > 1 else found
