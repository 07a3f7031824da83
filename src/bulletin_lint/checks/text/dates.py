"""Dates that the calendar does not have, weekdays that are not theirs, and events after the issue."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Mask, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import is_inside, masked_text, part_at, reported
from bulletin_lint.checks.text.date_mentions import (
    MONTHS,
    SPAN,
    WEEKDAY_WORDS,
    WEEKDAYS_ZH,
    Mention,
    exists,
    mentions,
)
from bulletin_lint.model.dates import is_date, weekday
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

Day = tuple[int, int, int]
"""Year, month, day."""

_NEAR = 45
"""How many days ahead of the issue a date without a year still means the issue's year."""
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BEHIND, _AHEAD = 12, 24
"""Characters before a month, and behind one, that a rule's pattern sees."""


def _dates(context: CheckContext) -> list[Mention]:
    """The dates in a document."""
    found: list[Mention] = context.shared("dates", lambda: list(mentions(context.document.text)))
    return found


class Calendar(Check):
    """Dates must be ones that the calendar has, or must fall on the weekday beside them."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "assert": Parameter(
            "choice",
            "`exists`: the calendar has the date; `weekday`: it falls on the weekday beside it; `forward`: "
            "the end of a span is not before its beginning.",
            required=True,
            choices=("exists", "weekday", "forward"),
        ),
        "bare_month": Parameter(
            "pattern",
            "For `exists`: how a month is written that has neither year nor day beside it, the group `month` "
            "being its figures. Only where this says so is one wrong that no year has: 今年18月, not 24月龄.",
        ),
        "weekday_before": Parameter(
            "pattern",
            "For `weekday`: what one without brackets stands before, if no mark, space or part of the day "
            "sets it off (周五召开); before anything else it may be a part of another word (周一诺).",
        ),
        "issued": Parameter(
            "selector", "The part whose date gives the year of a date without one.", default="masthead.date"
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._assert: str = parameters["assert"]
        bare_month, before = parameters.get("bare_month"), parameters.get("weekday_before")
        self._bare_month = resources.pattern(bare_month) if bare_month else None
        self._weekday_before = resources.pattern(before) if before else None
        self._issued = resources.selectors([parameters.get("issued") or "masthead.date"])
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found; for `exists` year, month, day (empty where not written); for `weekday` date, expected; for
        `forward` date (the beginning).
        """
        return {
            "weekday": frozenset({"found", "date", "expected"}),
            "forward": frozenset({"found", "date"}),
        }.get(str(parameters.get("assert")), frozenset({"found", "year", "month", "day"}))

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        text = context.document.text
        if self._assert == "weekday" and not any(word in text for word in WEEKDAY_WORDS):
            return []
        if self._assert == "forward":
            matches = [
                match for pair in pairwise(_dates(context)) if (match := _backwards(text, *pair)) is not None
            ]
        else:
            judge = self._impossible if self._assert == "exists" else self._wrong_weekday
            matches = [match for mention in _dates(context) if (match := judge(context, mention)) is not None]
        return _visible(context, self._on, matches, self._masks, self._mask_names)

    def _impossible(self, context: CheckContext, mention: Mention) -> Match | None:
        if exists(mention) or self._is_other_month(context.document.text, mention):
            return None
        span = mention.span
        values: dict[str, Value] = {
            "found": context.document.text[span.start : span.end],
            "year": "" if mention.year is None else mention.year,
            "month": mention.month,
            "day": "" if mention.day is None else mention.day,
        }
        return Match(span, values)

    def _is_other_month(self, text: str, mention: Mention) -> bool:
        """Whether a month by itself that no year has may be a length of time, or a part of a word."""
        if mention.year is not None or mention.day is not None or mention.month <= MONTHS:
            return False
        if self._bare_month is None:
            return True
        start, end = mention.span
        around = self._bare_month.finditer(text, max(0, start - _BEHIND), end + _AHEAD)
        return all(match.start("month") != start for match in around)

    def _wrong_weekday(self, context: CheckContext, mention: Mention) -> Match | None:
        written = mention.weekday
        if written is None or not (written.is_set_off or self._is_weekday(context, written.span.end)):
            return None
        possible = _days(mention, _issue_date(context, self._issued))
        if not possible or any(weekday(*day) == written.number for day in possible):
            return None
        number = weekday(*possible[0])
        text = context.document.text
        values: dict[str, Value] = {
            "found": text[written.span.start : written.span.end],
            "date": text[mention.span.start : mention.span.end],
            "expected": Wording(written.word + WEEKDAYS_ZH[number], _WEEKDAYS_EN[number]),
        }
        return Match(written.span, values)

    def _is_weekday(self, context: CheckContext, end: int) -> bool:
        """Whether words that are set off by nothing are a weekday by what follows them."""
        if self._weekday_before is None:
            return False
        match = self._weekday_before.search(context.document.text, end, end + _AHEAD)
        return match is not None and match.start() == end


def _backwards(text: str, begin: Mention, end: Mention) -> Match | None:
    """The end of a span that is before its beginning. Without a year of its own it may be one of the next
    year: 12月28日至1月3日; within one month it is not.
    """
    if begin.day is None or end.day is None or not (exists(begin) and exists(end)):
        return None
    if SPAN.fullmatch(text, begin.span.end, end.span.start) is None:
        return None
    if end.year is not None and begin.year is not None:
        is_before = (end.year, end.month, end.day) < (begin.year, begin.month, begin.day)
    else:
        is_before = end.year is None and end.month == begin.month and end.day < begin.day
    if not is_before:
        return None
    values: dict[str, Value] = {
        "found": text[end.span.start : end.span.end],
        "date": text[begin.span.start : begin.span.end],
    }
    return Match(end.span, values)


class NotLater(Check):
    """Dates must not be later than the date of another part."""

    is_earlier_wrong: ClassVar[bool] = False

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "than": Parameter("selector", "The part whose date is the latest allowed.", default="masthead.date"),
        "unless": Parameter(
            "patterns",
            "Words in the same sentence that make a later date natural: a plan, a deadline.",
            default=(),
        ),
        "year_told": Parameter(
            "pattern",
            "How a paragraph tells its group `year`: a date behind it that has none is of the last one told.",
        ),
        "years": Parameter(
            "pattern", "Looked at in place of dates: words whose group `year` is no later than that date's."
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        years = parameters.get("years")
        self._years = resources.pattern(years) if years else None
        self._than = resources.selectors([parameters.get("than") or "masthead.date"])
        self._unless = [resources.pattern(source) for source in parameters.get("unless") or ()]
        year_told = parameters.get("year_told")
        self._year_told = resources.pattern(year_told) if year_told else None
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, than."""
        return frozenset({"found", "than"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        limit = _issue_date(context, self._than)
        if limit is None or not context.has(self._on):
            return "cannot-assess"
        text = context.document.text
        shown = context.select(self._than)[0].text
        if self._years is not None:
            late = [each for each in context.matches(self._years, text) if int(each["year"]) > limit[0]]
            found = [Match(reported(each), {"found": each[0], "than": shown}) for each in late]
            return _visible(context, self._on, found, self._masks, self._mask_names)
        matches = []
        for mention in _dates(context):
            possible = _days(mention, limit)
            if not possible:
                continue
            is_wrong = max(possible) < limit if self.is_earlier_wrong else min(possible) > limit
            if (
                is_wrong
                and not self._is_plan(text, mention.span)
                and not self._is_of_before(text, mention, limit)
            ):
                span = mention.span
                matches.append(Match(span, {"found": text[span.start : span.end], "than": shown}))
        return _visible(context, self._on, matches, self._masks, self._mask_names)

    def _is_plan(self, text: str, span: Span) -> bool:
        start = max(text.rfind(mark, 0, span.start) for mark in "。；\n") + 1
        stops = [found for mark in "。；\n" if (found := text.find(mark, span.end)) != -1]
        # With its mark: 收费自3月8日起。
        sentence = text[start : min(stops, default=len(text)) + 1]
        return any(pattern.search(sentence) is not None for pattern in self._unless)

    def _is_of_before(self, text: str, mention: Mention, limit: Day) -> bool:
        """Whether a date without a year is of an earlier one that its paragraph told."""
        if self._year_told is None or mention.year is not None:
            return False
        words = text[text.rfind("\n", 0, mention.span.start) + 1 : mention.span.start]
        told = [int(found["year"]) for found in self._year_told.finditer(words)]
        return bool(told) and told[-1] < limit[0]


class NotEarlier(NotLater):
    """Dates must not be earlier than the date of another part: nothing is printed before it is issued."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "than": Parameter(
            "selector", "The part whose date is the earliest allowed.", default="masthead.date"
        ),
        "unless": Parameter(
            "patterns", "Words in the same sentence that make an earlier date natural.", default=()
        ),
        "mask": MASK,
    }
    is_earlier_wrong: ClassVar[bool] = True


def _visible(
    context: CheckContext,
    selectors: tuple[str, ...],
    matches: list[Match],
    masks: tuple[Mask, ...],
    names: tuple[str, ...],
) -> list[Match]:
    """The matches in the selected parts that no mask covers, each with its part."""
    if not matches:
        return []
    masked = masked_text(context, masks, names)
    regions = context.regions(selectors)
    return [
        match._replace(part=part_at(context, selectors, match.span))
        for match in sorted(matches, key=lambda match: match.span)
        if is_inside(match.span, regions) and BLOT not in masked[match.span.start : match.span.end]
    ]


def _issue_date(context: CheckContext, selectors: tuple[str, ...]) -> Day | None:
    for node in context.select(selectors):
        value = node.fields.get("value")
        if isinstance(value, str):
            year, _, rest = value.partition("-")
            month, _, day = rest.partition("-")
            return int(year), int(month), int(day)
    return None


def _days(mention: Mention, issued: Day | None) -> list[Day]:
    """The days that a mention may mean, the likeliest first; none where nothing can be said.

    A date without a year is one of the issue's year; where that lies far ahead it may be one of the
    year before, where it lies far back one of the year after.
    """
    if mention.day is None or not exists(mention):
        return []
    if mention.year is not None:
        return [(mention.year, mention.month, mention.day)]
    if issued is None:
        return []
    ahead = 31 * (mention.month - issued[1]) + mention.day - issued[2]
    years = [issued[0]]
    if ahead > _NEAR:
        years.append(issued[0] - 1)
    elif ahead < _NEAR - 365:
        years.append(issued[0] + 1)
    return [(year, mention.month, mention.day) for year in years if is_date(year, mention.month, mention.day)]
