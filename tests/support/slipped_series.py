"""Bulletins with one slip each that only the other issues of the series can tell of: numbers and dates."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from bulletin_lint.series.issue import IssueRecord
from slip_marks import Makers
from slipped_drafts import Draft


class SeriesSlip(NamedTuple):
    """The template of an issue with a slip, and what else is known of its series."""

    template: str
    others: tuple[IssueRecord, ...]
    """The issues beside it."""
    registered: IssueRecord | None = None
    """What the register says of it."""


SeriesMaker = Callable[[random.Random], SeriesSlip]
MAKERS: Makers[SeriesMaker] = Makers()
"""By the code of the rule."""
of = MAKERS.of


class _Issue:
    """An issue in the midst of its series: three went before it, a week from each other."""

    def __init__(self, rng: random.Random) -> None:
        self.draft = draft = Draft(rng)
        draft.issue = rng.randint(5, 40)
        draft.month, draft.day = rng.randint(4, 10), rng.randint(22, 28)
        draft.date = f"{draft.year}年{draft.month}月{draft.day}日"
        self.year_form = rng.choice(("", f"{draft.year}年"))
        self.has_total = rng.random() < 0.7

    def set_numbers(self, issue: str = "", total: str = "") -> None:
        """The line of numbers, with a slip in one."""
        shown = f"{self.year_form}第{issue or self.draft.issue}期"
        self.draft.number = shown + (
            f"（总第{total or self.draft.total}期）" if self.has_total or total else ""
        )

    def before(self, back: int) -> IssueRecord:
        """The issue so many before this one."""
        draft = self.draft
        day = f"{draft.year}-{draft.month:02}-{draft.day - 7 * back:02}"
        total = draft.total - back if self.has_total else None
        return IssueRecord(f"{back}.md", draft.title, draft.year, draft.issue - back, total, day)

    def slip(self, registered: IssueRecord | None = None) -> SeriesSlip:
        """What was made, beside the issues before it."""
        return SeriesSlip(self.draft.text(), (self.before(1), self.before(2), self.before(3)), registered)


@of("ISS003")
def _no_total(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    draft = issue.draft
    issue.has_total = True
    draft.title, draft.number = (
        f"‹{draft.title}›",
        f"{issue.year_form}第{draft.issue}期⟦¦（总第{draft.total}期）⟧",
    )
    slip = issue.slip()
    others = tuple(each._replace(title=draft.title.strip("‹›")) for each in slip.others)
    return slip._replace(others=others)


@of("ISS005")
def _gap(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    right = issue.draft.issue
    issue.set_numbers(issue=f"⟦{right + rng.randint(1, 3)}¦{right}⟧")
    return issue.slip()


@of("ISS006")
def _repeated(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    right = issue.draft.issue
    issue.set_numbers(issue=f"⟦{right - 1}¦{right}⟧")
    return issue.slip()


@of("ISS007")
def _total_gap(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    issue.has_total = True
    right = issue.draft.total
    issue.set_numbers(total=f"⟦{right + rng.randint(1, 4)}¦{right}⟧")
    return issue.slip()


@of("ISS008")
def _total_repeated(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    issue.has_total = True
    right = issue.draft.total
    issue.set_numbers(total=f"⟦{right - 1}¦{right}⟧")
    return issue.slip()


@of("ISS009")
def _offset(rng: random.Random) -> SeriesSlip:
    """Two figures of the total are exchanged."""
    issue = _Issue(rng)
    issue.has_total = True
    issue.draft.total = rng.choice((213, 324, 435, 546, 657, 768))
    figures = str(issue.draft.total)
    issue.set_numbers(total=f"⟦{figures[1] + figures[0] + figures[2]}¦{figures}⟧")
    return issue.slip()


@of("ISS010")
def _date_order(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    draft = issue.draft
    issue.set_numbers()
    draft.date = f"‹{draft.year}年⟦{rng.randint(1, draft.month - 1)}¦{draft.month}⟧月{draft.day}日›"
    return issue.slip()


@of("ISS011")
def _year_start(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    draft = issue.draft
    last = rng.randint(20, 48)
    draft.month, draft.day = 1, rng.randint(4, 20)
    draft.date = f"{draft.year}年1月{draft.day}日"
    issue.set_numbers(issue=f"⟦{rng.randint(2, 3)}¦1⟧")
    others = tuple(
        IssueRecord(
            f"{back}.md",
            draft.title,
            draft.year - 1,
            last - back,
            draft.total - 1 - back if issue.has_total else None,
            f"{draft.year - 1}-12-{29 - 7 * back:02}",
        )
        for back in range(3)
    )
    return SeriesSlip(draft.text(), others)


@of("ISS013")
def _registered_otherwise(rng: random.Random) -> SeriesSlip:
    issue = _Issue(rng)
    draft = issue.draft
    issue.has_total = True
    entry = issue.before(0)._replace(path="register.csv", line=2)
    if rng.random() < 0.5:
        issue.set_numbers(total=f"⟦{draft.total + rng.randint(2, 9)}¦{draft.total}⟧")
    else:
        issue.set_numbers()
        draft.date = f"‹{draft.year}年{draft.month}月⟦{draft.day - 1}¦{draft.day}⟧日›"
    return issue.slip()._replace(registered=entry, others=())
