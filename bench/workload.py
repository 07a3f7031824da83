"""Bulletins to measure with: as long as real ones, no two alike, some mistakes in each."""

from __future__ import annotations

import datetime
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from bulletin_generator import STYLES, Numbers, Style, generate, render  # noqa: E402

LENGTH = 2_200
"""Characters of a bulletin, about."""
_A_YEAR = 40
_SLIPS = (
    ("，", ","),
    ("。", "。。"),
    ("“", '"'),
    ("截至", "截止"),
    ("的", "的的"),
    ("（", "("),
    ("，", "，，"),
    ("年", "年 "),
    ("%", "％"),
    ("、", "，、"),
)
"""What is written and what a careless hand writes; a few are made in each bulletin."""


def write_bulletins(folder: Path, count: int) -> int:
    """Writes a series of bulletins and returns how many bytes they have."""
    folder.mkdir(parents=True)
    size = 0
    for number in range(count):
        text = bulletin(number)
        path = folder / f"{number:05}.{_style(number).suffix}"
        path.write_text(text, encoding="utf-8")
        size += path.stat().st_size
    return size


def bulletin(number: int) -> str:
    """One issue, the same for the same number."""
    style = _style(number)
    rng = random.Random(f"workload/{number}")
    year, issue = 2000 + number // _A_YEAR, number % _A_YEAR + 1
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=9 * issue)
    numbers = Numbers(issue, number + 1, day, "望川县工作简报")
    made = generate(style, f"{number}/0", numbers=numbers)
    more = 1
    while len(render(made).text) < LENGTH - 100:
        made.articles += generate(style, f"{number}/{more}", small=more > 4, numbers=numbers).articles[:1]
        more += 1
    return _with_slips(render(made).text, rng)


def long_bulletin(size: int) -> str:
    """One issue of about so many bytes of UTF-8: as many articles as that takes, no two alike."""
    style = STYLES[0]._replace(articles=(1, 1), contents="")
    numbers = Numbers(7, 307, datetime.date(2024, 4, 12), "望川县工作简报")
    made = generate(style, "long/0", numbers=numbers)
    while (lacking := size - len(render(made).text.encode("utf-8"))) > 0:
        # About 500 bytes each; so that not each of thousands is written out again for the next.
        for _ in range(max(1, lacking // 1_000)):
            made.articles += generate(style, f"long/{len(made.articles)}", numbers=numbers).articles[:1]
    return _with_slips(render(made).text, random.Random("long"))


def _style(number: int) -> Style:
    return STYLES[number % len(STYLES)]._replace(articles=(2, 2), contents="")


def _with_slips(text: str, rng: random.Random) -> str:
    for right, wrong in rng.sample(_SLIPS, 4):
        places = [at for at in range(len(text)) if text.startswith(right, at)]
        if places:
            at = rng.choice(places)
            text = text[:at] + wrong + text[at + len(right) :]
    return text
