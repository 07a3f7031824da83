"""Documents made by hand for tests of single checks: one block for each line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.model.document import Block, Damage, Document, Node
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.model.violation import CannotAssess, Match, Outcome

MASKS = {
    "url": r"https?://[A-Za-z0-9./?=&_,-]+",
    "email": r"[A-Za-z0-9.]+@[A-Za-z0-9.-]+",
    "quoted": "“[^“”\n]*”",
    "date": "[0-9]{1,4}年[0-9]{1,2}月[0-9]{1,2}日",
}


class NoPlaces:
    """Places for a document that is never reported on."""

    def locate(self, start: int, end: int) -> Location:
        return Location(1, start + 1, 1, end + 1)

    def line_text(self, line: int) -> str:
        return ""


def document(
    text: str,
    *,
    seams: Sequence[int] = (),
    date: str | None = None,
    damage: Sequence[Damage] = (),
    joins_final: bool = False,
) -> Document:
    """A bulletin of one article, each line of `text` one of its paragraphs, issued on `date`."""
    blocks = []
    paragraphs = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        span = Span(start, start + len(line))
        blocks.append(Block(span, (number, number), 0, (), 0, gap=False, page=None, size=0.0, centred=False))
        paragraphs.append(Node(f"articles[0].paragraphs[{number}]", span, line, {"kind": "paragraph"}))
        start = span.end + 1
    lines = (Line(((0, len(text)),)),)
    reading = Reading("text", text, lines, NoPlaces(), joins_final=joins_final)
    made = Document("made.md", reading, text, blocks, [(0, 0)], seams, damage)
    article = Node(
        "articles[0]",
        Span(0, len(text)),
        text,
        children={"paragraphs": [*paragraphs], "blocks": [*paragraphs]},
    )
    masthead = Node("masthead", Span(0, 0), "", children={"date": None})
    if date is not None:
        masthead.children["date"] = Node("masthead.date", Span(0, 0), date, {"value": date})
    made.bulletin.children = {"masthead": masthead, "articles": [article]}
    return made


def run(
    name: str,
    text: str | Document,
    *,
    tables: Mapping[str, Mapping[str, str]] | None = None,
    trusted: bool = True,
    **parameters: Any,
) -> list[Match] | Outcome | CannotAssess:
    """What a kind of check says of a text, with `parameters` and otherwise its defaults."""
    cls = kind(name)
    given = {each: parameter.default for each, parameter in cls.parameters.items()}
    given["on"] = ["articles.paragraphs"]
    given.update(parameters)
    resources = Resources(trusted=trusted, tables=tables or {}, masks=MASKS, aliases={})
    made = document(text) if isinstance(text, str) else text
    result: list[Match] | Outcome | CannotAssess = cls(given, resources).run(CheckContext(made))
    return result


def matches(name: str, text: str | Document, **parameters: Any) -> list[Match]:
    """The matches of a check that could look."""
    found = run(name, text, **parameters)
    assert isinstance(found, list), found
    return found


def found(name: str, text: str | Document, **parameters: Any) -> list[str]:
    """The words that the matches stand on."""
    whole = text if isinstance(text, str) else text.text
    return [whole[match.span.start : match.span.end] for match in matches(name, text, **parameters)]


def mended(text: str, violations: list[Match]) -> str:
    """The text with all edits made."""
    edits = sorted((edit for match in violations for edit in match.edits), reverse=True)
    for edit in edits:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def make_section(node: Node, level: int, style: str, marker: re.Match[str]) -> None:
    """Makes a paragraph a numbered section; the marker's first group is its number."""
    start = node.span.start
    node.fields.update(
        {
            "kind": "section",
            "level": level,
            "style": style,
            "number": parse_number(marker[1]),
            "marker": marker[0],
            "marker_span": Span(start, start + marker.end()),
        }
    )
