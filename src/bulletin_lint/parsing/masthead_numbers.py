"""What a line of the masthead says in figures: issue number, cumulative number, year, date."""

from __future__ import annotations

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.dates import is_date, iso
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.masthead_words import SPACE, chunks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set

    from bulletin_lint.parsing.grammar import Grammar

_MOST_FIGURES = 7
"""So many characters write the number of an issue, in figures or in words."""


class FoundNumbers(NamedTuple):
    """What one line says of the masthead: matches by part, and the words left over."""

    cumulative: Any
    issue: Any
    blank: Any
    """A number left blank (第　　期): the line is the masthead's, the number is missing."""
    date: Any
    rest: list[tuple[int, int]]


class MastheadParts(dict[str, Any]):
    """The parts so far, None for those that are not there yet."""

    is_office_guessed = False
    """The office is what stands between title and number, whatever it ends in: one that is known for an
    office, or stands below the number, takes its place.
    """

    is_title_guessed = False
    """The series title is words that end as no title does: one that ends so may stand below."""

    @property
    def wants_office(self) -> bool:
        return self["office"] is None or self.is_office_guessed


def scan_numbers(grammar: Grammar, text: str) -> FoundNumbers:
    """What a line says as mastheads do."""
    taken: list[tuple[int, int]] = []
    cumulative = first_match(grammar.cumulative_numbers, text, taken)
    issue = first_match(grammar.issue_numbers, text, taken)
    blank = first_match(grammar.blank_numbers, text, taken) if issue is None else None
    date = first_match(grammar.dates, text, taken)
    if date is not None and "年" not in date[0] and _is_of_period(grammar.period_marks, text, *date.span()):
        # 第12期（3月18日—3月24日）: what the issue covers, not when it came out.
        date = None
    rest: list[tuple[int, int]] = []
    position = 0
    for start, end in [*sorted(taken), (len(text), len(text))]:
        rest.extend(chunks(text, position, start))
        position = max(position, end)
    return FoundNumbers(cumulative, issue, blank, date, rest)


def _is_of_period(marks: Set[str], text: str, start: int, end: int) -> bool:
    """Whether a day is the first or the last one of several: one of some marks stands between them."""
    before, after = text[:start].rstrip(SPACE)[-1:], text[end:].lstrip(SPACE)[:1]
    return before in marks or after in marks


def first_match(patterns: tuple[Any, ...], text: str, taken: list[tuple[int, int]]) -> Any:
    """The first match outside of what is taken, taken from then on; None where there is not one."""
    for pattern in patterns:
        position = 0
        while (match := pattern.search(text, position)) is not None:
            start, end = match.span()
            position = max((high for low, high in taken if start < high and low < end), default=0)
            if not position:
                taken.append((start, end))
                return match
    return None


def take_numbers(sheet: Blocks, index: int, found: FoundNumbers, parts: MastheadParts) -> None:
    """The numbers and the date of a line, as far as they are not there yet."""
    if found.cumulative is not None and parts["cumulative_number"] is None:
        figures = group(found.cumulative, "number") or group(found.cumulative, "number2") or ""
        parts["cumulative_number"] = sheet.node(
            "masthead.cumulative_number",
            index,
            *found.cumulative.span(),
            value=_number(figures),
            last=_last(found.cumulative, figures),
            figures=figures,
        )
    match = found.issue or found.blank
    if match is not None and parts["issue_number"] is None:
        figures = group(match, "number") or ""
        supplement = found.issue is not None and sheet.grammar.supplement
        parts["issue_number"] = sheet.node(
            "masthead.issue_number",
            index,
            *(match.span() if found.issue is None else match.span("core")),
            value=_number(figures),
            last=_last(match, figures),
            figures=figures,
            form=match.group().strip(),
            form_span=sheet.span(index, *(match.span() if found.issue is None else _form_span(match))),
            supplement=bool(supplement and supplement.search(sheet.texts[index])),
        )
        for name in ("year", "year2"):
            year = group(match, name)
            if year:
                low, high = match.span(name)
                text = sheet.texts[index]
                after = text[high:].lstrip(SPACE)
                if after.startswith("年"):
                    high = len(text) - len(after) + 1
                parts["issue_year"] = sheet.node(
                    "masthead.issue_year", index, low, high, value=parse_number(year)
                )
    known = parts["date"]
    # 2024年3月号 names the issue, the day it came out stands below.
    is_month = known is not None and known.fields["day"] is None and known.fields["month"] is not None
    if found.date is not None and (known is None or (is_month and group(found.date, "day"))):
        take_date(sheet, index, found.date, parts)


def take_bare_number(sheet: Blocks, index: int, parts: MastheadParts) -> bool:
    """Whether a line is an issue number without a word, right below one that ends as series titles do."""
    pattern, numbers = sheet.grammar.bare_number, (parts["issue_number"], parts["cumulative_number"])
    if pattern is None or index == 0 or parts["title"] is None or any(numbers):
        return False
    match = pattern.fullmatch(sheet.texts[index])
    if match is None or not sheet.grammar.is_title_like(sheet.texts[index - 1]):
        return False
    take_numbers(sheet, index, FoundNumbers(None, match, None, None, []), parts)
    return True


def say_again(sheet: Blocks, index: int, match: Any, parts: MastheadParts, shift: int = 0) -> bool:
    """Whether a line has the number that the masthead has already, or behind that, at `shift`, one more; its
    form is then that of both.
    """
    node = parts["issue_number"]
    is_same = (group(match, "number") or "") == node.fields["figures"]
    if not (is_same or shift) or not node.fields["figures"]:
        return False
    node.fields["form"] = f"{node.fields['form']} {match.group().strip()}"
    start, end = match.span("core")
    node.fields["form_span"] = sheet.span(index, start + shift, end + shift)
    return True


_MOST_NUMBERS = 12
"""So many issues at most are put into one."""


def _number(figures: str) -> int | None:
    """The number of an issue; None where the figures are none, or more than any series comes to."""
    return parse_number(figures) if len(figures) <= _MOST_FIGURES else None


def _last(match: Any, first: str) -> int | None:
    """The last number of an issue that has several, None where the figures do not go up from the first."""
    low, high = parse_number(first), parse_number(group(match, "last") or "")
    return high if low is not None and high is not None and low < high < low + _MOST_NUMBERS else None


def _form_span(match: Any) -> tuple[int, int]:
    """Where a malformed number is reported: without the year, where the year is written as it should be."""
    start, end = match.span("core")
    year = match.group()[: start - match.start()].strip()
    is_regular = not year or year.endswith("年") or (year[0] == "〔" and year[-1] == "〕")
    return (start, end) if is_regular else match.span()


def take_date(sheet: Blocks, index: int, match: Any, parts: MastheadParts, shift: int = 0) -> None:
    """A date as the masthead's, whether it is a day of the calendar or not."""
    year, month, day = (parse_number(group(match, name) or "") for name in ("year", "month", "day"))
    value = None
    if year is not None and year < 1000:
        # 20年3月6日: a rule says so; the year itself is not known.
        year = None
    if year is not None and month is not None and day is not None:
        value = iso(year, month, day) if 1900 <= year <= 2999 and is_date(year, month, day) else None
    start, end = match.span()
    parts["date"] = sheet.node(
        "masthead.date", index, start + shift, end + shift, value=value, year=year, month=month, day=day
    )


def group(match: Any, name: str) -> str | None:
    """A named group of a match, None too where the pattern has no such group."""
    try:
        found = match.group(name)
    except (IndexError, KeyError):
        return None
    return found if isinstance(found, str) else None
