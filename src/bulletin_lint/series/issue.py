"""What a series needs to know of one issue: its numbers, its date, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Location, PageBox, StoryPlace

_PARTS = {
    "title": "title",
    "issue": "issue_number",
    "cumulative": "cumulative_number",
    "date": "date",
}


class FieldPlace(NamedTuple):
    """Where a fact stands in its file."""

    text: str
    location: Location
    line_text: str
    part: str


class IssueRecord(NamedTuple):
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
    places: Mapping[str, FieldPlace] = {}
    """Fact name to place; ``anchor`` is where a missing number should stand."""
    line: int | None = None
    """The line of the register, for an issue that is known only from there."""
    registered: IssueRecord | None = None
    """What the register says of this very issue; None where it has no entry."""
    last_issue: int | None = None
    """Of a double issue (第12、13期) the last number; `issue` is the first."""
    last_cumulative: int | None = None

    def last(self, number: str) -> int:
        """The last of an issue's numbers of one kind, which it has."""
        last = self.last_issue if number == "issue" else self.last_cumulative
        return int(getattr(self, number)) if last is None else last

    @property
    def name(self) -> str:
        """What people are told the issue is: its file, or its line in the register. No two share one."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


def conflicts(issue: IssueRecord) -> list[str]:
    """The facts in which an issue and its entry in the register disagree: issue, cumulative or date.
    What one of the two leaves open is no conflict.
    """
    entry = issue.registered
    if entry is None:
        return []
    pairs = {
        "issue": (issue.issue, entry.issue),
        "cumulative": (issue.cumulative, entry.cumulative),
        "date": (issue.date, entry.date),
    }
    return [
        fact
        for fact, (ours, theirs) in pairs.items()
        if ours is not None and theirs is not None and ours != theirs
    ]


def series_title(title: str | None, aliases: Mapping[str, Sequence[str]]) -> str:
    """The title that a series goes by now, "" for none; `aliases` is a title to those it had before."""
    compact = "".join((title or "").split())
    for now, before in aliases.items():
        if any("".join(name.split()) == compact for name in before):
            return "".join(now.split())
    return compact


def to_plain(facts: IssueRecord) -> list[Any]:
    """The facts without their path as JSON-able lists, for `from_plain`."""
    places = {
        name: [
            place.text,
            [
                *place.location[:4],
                [[box.page, *box.box] for box in place.location.boxes],
                *([place.location.story] if place.location.story is not None else []),
            ],
            place.line_text,
            place.part,
        ]
        for name, place in facts.places.items()
    }
    return [
        facts.title,
        facts.year,
        facts.issue,
        facts.cumulative,
        facts.date,
        facts.supplement,
        places,
        facts.last_issue,
        facts.last_cumulative,
    ]


def from_plain(stored: Sequence[Any], path: str) -> IssueRecord:
    """The facts that `to_plain` wrote, as those of a file.

    Raises:
        ValueError, TypeError, AttributeError: it is something else.
    """
    title, year, issue, cumulative, date, supplement, places, *lasts = stored
    last_issue, last_cumulative = lasts
    if not all(text is None or isinstance(text, str) for text in (title, date)):
        raise TypeError("not the facts of an issue")
    if not all(number is None or type(number) is int for number in (year, issue, cumulative, *lasts)):
        raise TypeError("not the facts of an issue")
    return IssueRecord(
        path,
        title,
        year,
        issue,
        cumulative,
        date,
        bool(supplement),
        _StoredPlaces(dict(places)),
        last_issue=last_issue,
        last_cumulative=last_cumulative,
    )


class _StoredPlaces(Mapping[str, FieldPlace]):
    """Places as they were stored, made when asked for: of ten thousand issues few are reported on."""

    __slots__ = ("_stored",)

    def __init__(self, stored: Mapping[str, Sequence[Any]]) -> None:
        self._stored = stored

    def __getitem__(self, name: str) -> FieldPlace:
        text, (line, column, end_line, end_column, boxes, *story), line_text, part = self._stored[name]
        pages = tuple(PageBox(page, (x0, top, x1, bottom)) for page, x0, top, x1, bottom in boxes)
        standing = StoryPlace(*story[0]) if story else None
        return FieldPlace(
            text, Location(line, column, end_line, end_column, pages, standing), line_text, part
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)

    def __contains__(self, name: object) -> bool:
        return name in self._stored


def record_of(document: Document) -> IssueRecord | None:
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
    issue, cumulative = parts["issue"], parts["cumulative"]
    places = {name: _place(document, node) for name, node in parts.items() if node is not None}
    anchor = masthead.fields.get("anchor")
    if anchor is not None:
        text = document.text[anchor.start : anchor.end]
        places["anchor"] = _place(document, Node("masthead", anchor, text))
    return IssueRecord(
        document.path,
        _value(parts["title"]),
        year if isinstance(year, int) and 1900 <= year <= 2999 else None,
        _number(issue),
        _number(parts["cumulative"]),
        _value(date),
        bool(issue is not None and issue.fields.get("supplement")),
        places,
        last_issue=issue.fields.get("last") if issue is not None else None,
        last_cumulative=cumulative.fields.get("last") if cumulative is not None else None,
    )


def _place(document: Document, node: Node) -> FieldPlace:
    location = document.locate(node.span)
    return FieldPlace(node.text, location, document.line_text(location.line), node.path)


def _value(node: Node | None) -> str | None:
    value = node.fields.get("value") if node is not None else None
    return value if isinstance(value, str) else None


def _number(node: Node | None) -> int | None:
    value = node.fields.get("value") if node is not None else None
    return value if isinstance(value, int) else None


def date_order(issue: IssueRecord) -> tuple[Any, ...]:
    """Sorts issues by date, those of one day by number."""
    return (
        issue.date or (f"{issue.year:04d}" if issue.year else "9999"),
        issue.cumulative if issue.cumulative is not None else 0,
        issue.issue if issue.issue is not None else 0,
        issue.path,
        issue.line or 0,
    )
