"""Dates that the calendar does not have, weekdays that are not theirs, and events after the issue."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Mask, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import is_inside, masked_text, part_at, reported
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.dates import is_date, weekday
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
# What stands before 月 is read backwards from it: 月 is rare, so the search starts there.
_BEFORE_MONTH = compiled(
    r"(?:(?P<year>(?<!\d)\d{4,6}|(?<![一二三四五六七八九〇○零])[一二][一二三四五六七八九〇○零]{3})"
    r"[ ]?年[ ]?)?"
    rf"(?<![\d.一二三四五六七八九十])(?P<month>{_NUMBER})[ ]?$"
)
_FIGURES = frozenset("0123456789")
_BESIDE_MONTH = frozenset("0123456789一二三四五六七八九十 .年")
_DAY = compiled(rf"[ ]?(?P<day>{_NUMBER})[ ]?[日号]")
_NEXT_DAY = compiled(rf"(?:[ ]?(?:[—～~－-]{{1,2}}|[至到、和及与])[ ]?)(?P<day>{_NUMBER})[ ]?[日号]")
# 18月 and 1-18月, where a sentence begins or a year is named, are months that no year has: not 24月龄.
_HEAD = r"(?:^|[\n。；]|(?:[今去明当]|[0-9]{4}[ ]?)年|截[至止])[ \u3000]*|[，：](?=1[^0-9])"
_BEFORE_WRONG_MONTH = compiled(rf"(?:{_HEAD})(?P<since>1[ ]?月?[ ]?[-－—–~～至到]{{1,2}}[ ]?)?$")
_AFTER_WRONG_MONTH = compiled(r"(?![龄薪大以之内后前期婴幼儿嫂工供租不间余多的起产报饼季])[，,一-鿿]")
_SPAN = compiled(r"[ ]?(?:[—～~－-]{1,2}|[至到])[ ]?")
"""What stands between the two dates of a span."""
_WEEKDAY = compiled(
    r"(?:(?:[上下中]午|晚上?|早上|凌晨)?[ ]?[（(，,][ ]?"
    r"(?P<bracketed>(?P<word>星期|周|礼拜)[一二三四五六日天])(?=[）)，, 上下中晚早])"
    # In a masthead wide spaces stand between the two.
    r"|[ \u3000\t]{0,4}(?P<bare>(?P<bare_word>星期|周|礼拜)[一二三四五六日天])"
    r"(?=[，,。；;、：:）)— \u3000\t\n上下中晚早]|$"
    # 周一 may begin a name.
    r"|(?<=(?:星期|礼拜).)(?![报刊])|(?:召开|举行|举办|组织|开展|开[会幕工]|在)))"
)
_TWO_WEEKDAYS = compiled(
    r"[ ]?[（(](?P<first>(?P<word>星期|周|礼拜)[一二三四五六日天])(?P<joint>[至到—～~－、和-]{1,2})"
    r"(?P<second>(?:星期|周|礼拜)?[一二三四五六日天])[）)]"
)
_WEEKDAY_BEFORE = compiled(r"(?P<weekday>(?P<word>星期|周|礼拜)[一二三四五六日天])[ ]?[（(，,]?[ ]?$")
_ISO = compiled(r"-(?<=(?<!\d)\d{4}-)(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")
Day = tuple[int, int, int]
"""Year, month, day."""

_NEAR = 45
"""How many days ahead of the issue a date without a year still means the issue's year."""
_ENDS_WEEKDAY = frozenset("一二三四五六日天（(，, ")
_BEGINS_WEEKDAY = frozenset("（(，, \u3000\t星周礼上下中晚早凌")
_BEFORE_NEXT_DAY = frozenset("—～~－-至到、和及与 ")
_WEEKDAY_WORDS = ("星期", "周", "礼拜")
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Weekday(NamedTuple):
    """A weekday as written beside a date."""

    span: Span
    word: str
    number: int
    """Monday is 0."""


class Mention(NamedTuple):
    """A date as the text writes it. What is not written is None."""

    span: Span
    year: int | None
    month: int
    day: int | None
    weekday: Weekday | None = None


def mentions(text: str) -> Iterator[Mention]:
    """The dates in a text: 2026年3月5日, 3月5日, 2026年3月, 二〇二六年三月五日, 2026-03-05.

    In ``2月27日至30日`` the second day is a date of the same month. A bare ``3月`` is none, ``18月`` is.
    """
    position = text.find("月")
    while position != -1:
        yield from _around_month(text, position)
        position = text.find("月", position + 1)
    if "-" in text:
        for match in _ISO.finditer(text):
            start = match.start() - 4
            yield Mention(
                Span(start, match.end()),
                int(text[start : start + 4]),
                int(match["month"]),
                int(match["day"]),
            )


def _dates(context: CheckContext) -> list[Mention]:
    """The dates in a document."""
    found: list[Mention] = context.shared("dates", lambda: list(mentions(context.document.text)))
    return found


def _around_month(text: str, position: int) -> Iterator[Mention]:
    start = position
    while start > 0 and text[start - 1] in _FIGURES:
        start -= 1
    year: int | None = None
    month: int | None
    if 1 <= position - start <= 2 and not _is_beside_month(text[start - 1 : start]):
        # 3月 without a year, as most are.
        month = int(text[start:position])
    elif not _is_beside_month(text[position - 1 : position]):
        return
    else:
        before = _BEFORE_MONTH.search(text, max(0, position - 16), position)
        if before is None:
            return
        start, month = before.start(), _number(before["month"])
        if month is None:
            return
        year = parse_number(before["year"]) if before["year"] else None
    following = _DAY.match(text, position + 1)
    if following is None:
        if year is not None or (month > 12 and _is_wrong_month(text, start, position + 1)):
            yield Mention(Span(start, position + 1), year, month, None)
        return
    ahead = _weekday_before(text, start)
    found: list[Mention] = []
    while following is not None:
        end = following.end()
        beside = ahead or _weekday_after(text, end)
        day = _number(following["day"])
        if day is not None:
            found.append(Mention(Span(start, end), year, month, day, beside))
        ahead = None
        if beside is not None and beside.span.start >= end:
            end = beside.span.end
            if text[end : end + 1] in ("）", ")"):
                end += 1
        following = _NEXT_DAY.match(text, end) if text[end : end + 1] in _BEFORE_NEXT_DAY else None
        if following is not None:
            start = following.start("day")
    yield from _with_two_weekdays(text, found)


def _with_two_weekdays(text: str, found: list[Mention]) -> list[Mention]:
    """Two days of a month with the weekdays that one bracket behind them has: 5月18日至19日（周六、周日）."""
    if len(found) != 2 or found[0].weekday or found[1].weekday:
        return found
    first, second = found
    pair = _TWO_WEEKDAYS.match(text, second.span.end)
    if pair is None or first.day is None or second.day is None:
        return found
    if pair["joint"] in "、和" and second.day != first.day + 1 and text[first.span.end] not in "、和及与":
        return found
    return [
        mention._replace(
            weekday=Weekday(Span(*pair.span(group)), pair["word"], _weekday_number(pair[group][-1]))
        )
        for mention, group in ((first, "first"), (second, "second"))
    ]


def _is_wrong_month(text: str, start: int, end: int) -> bool:
    before = _BEFORE_WRONG_MONTH.search(text, max(0, start - 12), start)
    after = _AFTER_WRONG_MONTH.match(text, end)
    return bool(before and after and (before["since"] is None or after[0] in "，,份"))


def _is_beside_month(character: str) -> bool:
    """Whether a character may belong to the year or the month before 月."""
    return character in _BESIDE_MONTH or character.isdecimal()


def _weekday_after(text: str, end: int) -> Weekday | None:
    if text[end : end + 1] not in _BEGINS_WEEKDAY:
        return None
    match = _WEEKDAY.match(text, end)
    if match is None:
        return None
    group = "bracketed" if match["bracketed"] else "bare"
    word = match["word"] or match["bare_word"]
    return Weekday(Span(*match.span(group)), word, _weekday_number(match[group][-1]))


def _weekday_before(text: str, start: int) -> Weekday | None:
    if not _may_end_weekday(text, start):
        return None
    match = _WEEKDAY_BEFORE.search(text, max(0, start - 8), start)
    if match is None:
        return None
    span = Span(*match.span("weekday"))
    return Weekday(span, match["word"], _weekday_number(match["weekday"][-1]))


def _may_end_weekday(text: str, at: int) -> bool:
    return text[at - 1 : at] in _ENDS_WEEKDAY


def _weekday_number(char: str) -> int:
    return 6 if char == "天" else _WEEKDAYS_ZH.index(char)


def _number(written: str) -> int | None:
    """The value of ``12`` or ``十二``; None for ``一二``, which says about one or two."""
    if len(written) > 1 and not written.isdigit() and "十" not in written:
        return None
    return parse_number(written)


def _exists(mention: Mention) -> bool:
    if mention.year is not None and not 1000 <= mention.year <= 9999:
        return False
    # Without a year the 29th of February is possible.
    return is_date(mention.year or 2000, mention.month, 1 if mention.day is None else mention.day)


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
        "issued": Parameter(
            "selector", "The part whose date gives the year of a date without one.", default="masthead.date"
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._assert: str = parameters["assert"]
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
        if self._assert == "weekday" and not any(word in text for word in _WEEKDAY_WORDS):
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
        if _exists(mention):
            return None
        span = mention.span
        values: dict[str, Value] = {
            "found": context.document.text[span.start : span.end],
            "year": "" if mention.year is None else mention.year,
            "month": mention.month,
            "day": "" if mention.day is None else mention.day,
        }
        return Match(span, values)

    def _wrong_weekday(self, context: CheckContext, mention: Mention) -> Match | None:
        written = mention.weekday
        if written is None:
            return None
        possible = _days(mention, _issue_date(context, self._issued))
        if not possible or any(weekday(*day) == written.number for day in possible):
            return None
        number = weekday(*possible[0])
        text = context.document.text
        values: dict[str, Value] = {
            "found": text[written.span.start : written.span.end],
            "date": text[mention.span.start : mention.span.end],
            "expected": Wording(written.word + _WEEKDAYS_ZH[number], _WEEKDAYS_EN[number]),
        }
        return Match(written.span, values)


def _backwards(text: str, begin: Mention, end: Mention) -> Match | None:
    """The end of a span that is before its beginning. Without a year of its own it may be one of the next
    year: 12月28日至1月3日; within one month it is not.
    """
    if begin.day is None or end.day is None or not (_exists(begin) and _exists(end)):
        return None
    if _SPAN.fullmatch(text, begin.span.end, end.span.start) is None:
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
    if mention.day is None or not _exists(mention):
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
