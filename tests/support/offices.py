"""Folders of bulletins as an office keeps them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bulletin_generator import STYLES, Numbers, Style, generate, render

TITLE = "云溪市文明建设简报"


def fortnights(first: datetime.date, count: int) -> list[datetime.date]:
    return [first + datetime.timedelta(days=14 * number) for number in range(count)]


def write(folder: Path, style: Style, days: Sequence[datetime.date], *, first: int = 1) -> None:
    """Clean bulletins of a style, one a day given, numbered from `first` within each year."""
    numbers: Counter[int] = Counter()
    folder.mkdir(parents=True, exist_ok=True)
    for count, day in enumerate(days, 1):
        numbers[day.year] += 1
        issue = numbers[day.year] + (first - 1 if day.year == days[0].year else 0)
        numbered = Numbers(issue, 40 + count, day, TITLE)
        made = render(generate(style, count, small=True, numbers=numbered))
        (folder / f"{day.year}-{issue:02}.{style.suffix}").write_text(made.text, encoding="utf-8")


TEN = fortnights(datetime.date(2021, 1, 8), 10)


def style(name: str) -> Style:
    return next(each for each in STYLES if each.name == name)
