"""Documents that have the parts a test gives them and no others."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.decoder import Doubt
from bulletin_lint.readers.text.reader import read_text
from laid_out import grammar


class Decided(NamedTuple):
    """How the blocks of a document were read."""

    labels: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    house: str = "some"


def with_parts(path: str, children: dict[str, Any], *doubts: Doubt) -> Document:
    """A document of three lines, each a paragraph, with these parts."""
    made = parse(path, read_text(path, "甲\n\n乙\n\n丙\n".encode()), grammar())
    made.bulletin.children = children
    made.structure = Decided(made.structure.labels, doubts)
    return made


def node(text: str, line: int = 1, children: dict[str, Any] | None = None, **fields: Any) -> Node:
    """A part that stands on one of those lines."""
    start = 2 * (line - 1)
    return Node("x", Span(start, start + 1), text, cast("Any", fields), children=children or {})
