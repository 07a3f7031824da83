"""The dates that a text writes, and the weekdays beside them.

Here stand the characters that dates are written with. Which words around one tell something about it is a
rule's.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.dates import is_date
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
# What stands before 月 is read backwards from it: 月 is rare, so the search starts there.
_BEFORE_MONTH = compiled(
    r"(?:(?P<year>(?<!\d)\d{4,6}|(?<![一二三四五六七八九〇○零])[一二][一二三四五六七八九〇○零]{3})"
    r"[ ]?年[ ]?)?"
    rf"(?<![\d.一二三四五六七八九十])(?P<month>{_NUMBER})[ ]?$"
)
MONTHS = 12
_FIGURES = frozenset("0123456789")
_BESIDE_MONTH = frozenset("0123456789一二三四五六七八九十 .年")
_DAY = compiled(rf"[ ]?(?P<day>{_NUMBER})[ ]?[日号]")
_NEXT_DAY = compiled(rf"(?:[ ]?(?:[—～~－-]{{1,2}}|[至到、和及与])[ ]?)(?P<day>{_NUMBER})[ ]?[日号]")
SPAN = compiled(r"[ ]?(?:[—～~－-]{1,2}|[至到])[ ]?")
"""What stands between the two dates of a span."""
_WEEKDAY = compiled(
    r"(?:[上下中]午|晚上?|早上|凌晨)?[ ]?[（(，,][ ]?"
    r"(?P<bracketed>(?P<word>星期|周|礼拜)[一二三四五六日天])(?=[）)，, 上下中晚早])"
    # In a masthead wide spaces stand between the two.
    r"|[ \u3000\t]{0,4}(?P<bare>(?P<bare_word>星期|周|礼拜)[一二三四五六日天])"
)
_SET_OFF = compiled(r"[，,。；;、：:）)— \u3000\t\n上下中晚早]|$")
"""What stands behind a weekday without brackets that nothing else can be."""
_TWO_WEEKDAYS = compiled(
    r"[ ]?[（(](?P<first>(?P<word>星期|周|礼拜)[一二三四五六日天])(?P<joint>[至到—～~－、和-]{1,2})"
    r"(?P<second>(?:星期|周|礼拜)?[一二三四五六日天])[）)]"
)
_WEEKDAY_BEFORE = compiled(r"(?P<weekday>(?P<word>星期|周|礼拜)[一二三四五六日天])[ ]?[（(，,]?[ ]?$")
_ISO = compiled(r"-(?<=(?<!\d)\d{4}-)(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])")
_ENDS_WEEKDAY = frozenset("一二三四五六日天（(，, ")
_BEGINS_WEEKDAY = frozenset("（(，, \u3000\t星周礼上下中晚早凌")
_BEFORE_NEXT_DAY = frozenset("—～~－-至到、和及与 ")
_SHORT = "周"
"""Of the words for a weekday the one that may begin another word, or a name."""
WEEKDAY_WORDS = ("星期", _SHORT, "礼拜")
WEEKDAYS_ZH = "一二三四五六日"


class Weekday(NamedTuple):
    """A weekday as written beside a date."""

    span: Span
    word: str
    number: int
    """Monday is 0."""
    is_set_off: bool = True
    """Whether brackets, a mark, a space or a part of the day set it off from the words around."""


class Mention(NamedTuple):
    """A date as the text writes it. What is not written is None."""

    span: Span
    year: int | None
    month: int
    day: int | None
    weekday: Weekday | None = None


def mentions(text: str) -> Iterator[Mention]:
    """The dates in a text: 2026年3月5日, 3月5日, 2026年3月, 二〇二六年三月五日, 2026-03-05.

    In ``2月27日至30日`` the second day is a date of the same month. A bare ``3月`` is none, and ``18月`` may
    be one.
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
        if year is not None or month > MONTHS:
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
        is_behind = beside is not None and beside.span.start >= end
        if beside is not None and is_behind and (beside.is_set_off or beside.word != _SHORT):
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


def _is_beside_month(character: str) -> bool:
    """Whether a character may belong to the year or the month before 月."""
    return character in _BESIDE_MONTH or character.isdecimal()


def _weekday_after(text: str, end: int) -> Weekday | None:
    if text[end : end + 1] not in _BEGINS_WEEKDAY:
        return None
    match = _WEEKDAY.match(text, end)
    if match is None:
        return None
    if match["bracketed"]:
        written, word, is_set_off = "bracketed", match["word"], True
    else:
        written, word = "bare", match["bare_word"]
        is_set_off = _SET_OFF.match(text, match.end()) is not None
    return Weekday(Span(*match.span(written)), word, _weekday_number(match[written][-1]), is_set_off)


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
    return 6 if char == "天" else WEEKDAYS_ZH.index(char)


def _number(written: str) -> int | None:
    """The value of ``12`` or ``十二``; None for ``一二``, which says about one or two."""
    if len(written) > 1 and not written.isdigit() and "十" not in written:
        return None
    return parse_number(written)


def exists(mention: Mention) -> bool:
    """Whether the calendar has a date."""
    if mention.year is not None and not 1000 <= mention.year <= 9999:
        return False
    # Without a year the 29th of February is possible.
    return is_date(mention.year or 2000, mention.month, 1 if mention.day is None else mention.day)
