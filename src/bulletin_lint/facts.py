"""What a series needs to know of one issue: its numbers, its date, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint.document import Document, Node
from bulletin_lint.location import Location
from bulletin_lint.typed import NamedTuple

_PARTS = {
    "title": "title",
    "issue": "issue_number",
    "cumulative": "cumulative_number",
    "date": "date",
}


class FactPlace(NamedTuple):
    """Where a fact stands in its file."""

    text: str
    location: Location
    line_text: str
    part: str


class IssueFacts(NamedTuple):
    """One issue of a series. A number that is not there, or cannot be read, is None."""

    path: str
    title: str | None
    year: int | None
    """The calendar year the issue number counts in: the one beside it, else the date's."""
    issue: int | None
    cumulative: int | None
    date: str | None
    """YYYY-MM-DD."""
    supplement: bool = False
    places: Mapping[str, FactPlace] = {}
    """Fact name to place; ``anchor`` is where a missing number should stand."""


def facts_of(document: Document) -> IssueFacts | None:
    """The facts of a bulletin, None where its masthead has no number, no date and no title."""
    masthead = document.bulletin.child("masthead")
    if masthead is None:
        return None
    parts = {name: masthead.child(part) for name, part in _PARTS.items()}
    if not any(parts.values()):
        return None
    year_node, date = masthead.child("issue_year"), parts["date"]
    year = year_node.fields.get("value") if year_node is not None else None
    if year is None and date is not None:
        year = date.fields.get("year")
    issue = parts["issue"]
    places = {name: _place(document, node) for name, node in parts.items() if node is not None}
    anchor = masthead.fields.get("anchor")
    if anchor is not None:
        text = document.text[anchor.start : anchor.end]
        places["anchor"] = _place(document, Node("masthead", anchor, text))
    return IssueFacts(
        document.path,
        _value(parts["title"]),
        year if isinstance(year, int) and 1900 <= year <= 2999 else None,
        _number(issue),
        _number(parts["cumulative"]),
        _value(date),
        bool(issue is not None and issue.fields.get("supplement")),
        places,
    )


def _place(document: Document, node: Node) -> FactPlace:
    location = document.locate(node.span)
    return FactPlace(node.text, location, document.line_text(location.line), node.path)


def _value(node: Node | None) -> str | None:
    value = node.fields.get("value") if node is not None else None
    return value if isinstance(value, str) else None


def _number(node: Node | None) -> int | None:
    value = node.fields.get("value") if node is not None else None
    return value if isinstance(value, int) else None
