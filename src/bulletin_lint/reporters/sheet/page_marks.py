"""Marks on the pictures of pages: a frame on the words, its number in the page's left margin."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint._typing import NamedTuple, Protocol
from bulletin_lint.model.location import Box, PageBox

MARGIN = 36.0
"""Points left of a page in which numbers stand: on the frames they would hide characters."""
_HEIGHT = 15.0
"""Points from one number to the next."""
_LEAST = 2.0
"""Points that a frame is wide and high at least: what stands on nothing is seen all the same."""


class Framed(Protocol):
    """What has a number and stands somewhere: a mark, or a difference."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def boxes(self) -> tuple[PageBox, ...]:
        """Where it stands."""


class MarkOnPage(NamedTuple):
    """A mark with its frames on one page."""

    mark: Framed
    boxes: tuple[Box, ...]
    """As the report has them."""
    label: float
    """Points from the top of the page to the middle of its number."""
    is_first: bool
    """The page is the first that the mark stands on: its entry in the list stands beside it."""

    @property
    def anchor(self) -> float:
        """Points from the top of the page to the middle of the first frame."""
        return (self.boxes[0][1] + self.boxes[0][3]) / 2


def on_page(marks: Sequence[Framed], number: int, height: float) -> list[MarkOnPage]:
    """The marks of a page, from top to bottom, with places for their numbers that do not meet."""
    found = []
    for mark in marks:
        boxes = tuple(box.box for box in mark.boxes if box.page == number)
        if boxes:
            found.append(MarkOnPage(mark, boxes, 0.0, mark.boxes[0].page == number))
    found.sort(key=lambda each: (each.anchor, each.mark.number))
    labels: list[float] = []
    for each in found:
        low = labels[-1] + _HEIGHT if labels else _HEIGHT / 2
        labels.append(max(each.anchor, low))
    # What was pushed over the lower edge pushes back.
    limit = max(height - _HEIGHT / 2, _HEIGHT / 2)
    for index in range(len(labels) - 1, -1, -1):
        labels[index] = min(labels[index], limit)
        limit = labels[index] - _HEIGHT
    return [each._replace(label=label) for each, label in zip(found, labels, strict=True)]


def framed(box: Box) -> Box:
    """x, y, width and height of a frame."""
    x0, top, x1, bottom = box
    return x0, top, max(x1 - x0, _LEAST), max(bottom - top, _LEAST)
