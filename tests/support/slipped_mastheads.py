"""Small bulletins with one slip each in the masthead: numbers, date, office, contents.

How the slip is marked: `slip_marks`. Towns, offices, people and numbers are invented.
"""

from __future__ import annotations

import random

from slip_marks import Maker, Makers
from slipped_drafts import HAN, Draft, where_title
from unseen_matters import MATTERS

MAKERS: Makers[Maker] = Makers()
"""By the code of the rule."""
of = MAKERS.of


@of("ISS001")
def _no_number(rng: random.Random) -> str:
    draft = Draft(rng)
    where_title(draft)
    draft.number = f"⟦¦{draft.number}⟧"
    return draft.text()


@of("ISS002")
def _malformed_number(rng: random.Random) -> str:
    draft = Draft(rng)
    issue, year = draft.issue, draft.year
    wrong, right = rng.choice(
        (
            (f"第0{issue}期", f"第{issue}期"),
            (f"{year}第{issue}期", f"{year}年第{issue}期"),
            (f"{year}年{issue}期", f"{year}年第{issue}期"),
            (f"[{year}]第{issue}期", f"〔{year}〕第{issue}期"),
            (f"（{year}）第{issue}期", f"〔{year}〕第{issue}期"),
            (f"第{rng.choice('lI')}{issue % 10}期", f"第1{issue % 10}期"),
            (f"第{issue}O期", f"第{issue}0期"),
        )
    )
    draft.number = f"⟦{wrong}¦{right}⟧"
    return draft.text()


@of("ISS004")
def _malformed_total(rng: random.Random) -> str:
    draft = Draft(rng)
    total = draft.total
    wrong = rng.choice(
        (
            f"（总{total}期）",
            f"（总第0{total}期）",
            f"（总第{total}期",
            f"(总第{total}期）",
            f"（总第{total}期)",
        )
    )
    draft.number = f"第{draft.issue}期⟦{wrong}¦（总第{total}期）⟧"
    return draft.text()


@of("ISS012")
def _another_year(rng: random.Random) -> str:
    draft = Draft(rng)
    other = draft.year - rng.randint(1, 2)
    form = rng.choice(("{}年第{}期", "〔{}〕第{}期", "{}年第{}期（总第" + str(draft.total) + "期）"))
    draft.number = form.format(f"⟦{other}¦{draft.year}⟧", draft.issue)
    return draft.text()


@of("ISS014")
def _total_only(rng: random.Random) -> str:
    draft = Draft(rng)
    where_title(draft)
    draft.number = f"⟦¦第{draft.issue}期⟧（总第{draft.total}期）"
    return draft.text()


@of("HDR003")
def _total_below(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.number = f"第{draft.issue}期⟦（总第{rng.randint(1, draft.issue - 1)}期）¦（总第{draft.total}期）⟧"
    return draft.text()


@of("HDR013")
def _classification(rng: random.Random) -> str:
    draft = Draft(rng)
    degree, years = rng.choice(("秘密", "机密", "绝密")), rng.randint(2, 9)
    wrong = rng.choice((f"{degree}*{years}年", f"{degree}☆{years}年", f"{degree}★{HAN[years]}年"))
    draft.above = f"⟦{wrong}¦{degree}★{years}年⟧"
    return draft.text()


@of("HDR014")
def _no_copy_number(rng: random.Random) -> str:
    draft = Draft(rng)
    where_title(draft)
    mark = f"{rng.choice(('秘密', '机密'))}★{rng.randint(1, 20)}年"
    draft.above = f"⟦{mark}¦{rng.randint(1, 90):06}\n\n{mark}⟧"
    return draft.text()


@of("HDR016")
def _note(rng: random.Random) -> str:
    draft = Draft(rng)
    form = rng.choice(("⟦编者案¦编者按⟧：{}", "【⟦编者案¦编者按⟧】{}", "⟦案语¦按语⟧：{}"))
    draft.contents = form.format(draft.sentence())
    return draft.text()


def _contents(draft: Draft, entries: list[str]) -> None:
    draft.contents = "\n\n".join((draft.rng.choice(("本期要目", "目　录", "本期目录")), *entries))


@of("HDR017")
def _entry_differs(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second = (matter.titles[0] for matter in draft.matters)
    at = rng.randrange(1, len(first) - 1)
    other = rng.choice("与和并再".replace(first[at], ""))
    _contents(draft, [f"⟦{first[:at] + other + first[at + 1 :]}¦{first}⟧", second])
    return draft.text()


@of("HDR018")
def _entry_alone(rng: random.Random) -> str:
    draft = Draft(rng)
    others = [matter for matter in MATTERS if matter not in draft.matters]
    _contents(draft, [matter.titles[0] for matter in draft.matters])
    draft.contents += f"⟦\n\n‹{rng.choice(others).titles[0]}›¦⟧"
    return draft.text()


@of("SEC011")
def _entry_misnumbered(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second, third = rng.choice(
        (("一、", "二、", "三、"), ("1．", "2．", "3．"), ("（一）", "（二）", "（三）"))
    )
    titles = [matter.titles[0] for matter in draft.matters]
    _contents(draft, [f"{first}{titles[0]}", f"⟦{third}¦{second}⟧{titles[1]}"])
    return draft.text()


@of("HDR024")
def _entries_changed(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second = (matter.titles[0] for matter in draft.matters)
    _contents(draft, [f"⟦{second}\n\n‹{first}›¦{first}\n\n{second}⟧"])
    return draft.text()


@of("HDR023")
def _not_entered(rng: random.Random) -> str:
    draft = Draft(rng)
    matter = rng.choice([matter for matter in MATTERS if matter not in draft.matters])
    title = matter.titles[0]
    _contents(draft, [each.titles[0] for each in draft.matters])
    draft.contents += f"⟦¦\n\n{title}⟧"
    heading = draft.heading(title).replace(title, f"‹{title}›")
    draft.articles.append(f"{heading}\n\n{draft.body(matter)}\n\n（{draft.sources[0]}）")
    return draft.text()


@of("HDR019")
def _number_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.number = rng.choice(
        (
            f"⟦第{draft.issue}期第{draft.issue}期¦第{draft.issue}期⟧",
            f"⟦{draft.year}年{draft.year}年¦{draft.year}年⟧第{draft.issue}期",
            f"⟦〔{draft.year}〕〔{draft.year}〕¦〔{draft.year}〕⟧第{draft.issue}期",
        )
    )
    return draft.text()


@of("FLD008")
def _no_office(rng: random.Random) -> str:
    draft = Draft(rng)
    where_title(draft)
    draft.office = f"⟦¦{draft.office}⟧"
    return draft.text()


@of("FLD009")
def _no_title(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.markdown = False
    draft.title, draft.number = f"⟦¦{draft.title}⟧", f"‹{draft.number}›"
    draft.articles = [f"## {article}" for article in draft.articles]
    return draft.text()


@of("DAT015")
def _no_date(rng: random.Random) -> str:
    draft = Draft(rng)
    where_title(draft)
    draft.date = f"⟦¦{draft.date}⟧"
    return draft.text()


@of("DAT016")
def _incomplete_date(rng: random.Random) -> str:
    draft = Draft(rng)
    year, month, day = draft.year, draft.month, draft.day
    wrong = rng.choice(
        (
            f"{year}年{month}月", f"{month}月{day}日", f"{year}.{month}.{day}", f"{year}-{month:02}-{day:02}",
            f"{year % 100}年{month}月{day}日", f"{year}/{month}/{day}", f"{year}年{month}月{day}",
        )
    )  # fmt: skip
    draft.date = f"⟦{wrong}¦{draft.date}⟧"
    return draft.text()


def _with_running_head(draft: Draft, said: str) -> str:
    draft.articles[0] += f"\n\n— 1 —\n‹{draft.title}　{said}›"
    return draft.text()


@of("HDR020")
def _other_number_on_pages(rng: random.Random) -> str:
    draft = Draft(rng)
    year = f"{draft.year}年" if rng.random() < 0.5 else ""
    return _with_running_head(draft, f"{year}第⟦{draft.issue - 1}¦{draft.issue}⟧期")


@of("HDR021")
def _other_total_on_pages(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.number = f"第{draft.issue}期（总第{draft.total}期）"
    return _with_running_head(
        draft, f"第{draft.issue}期（总第⟦{draft.total - rng.randint(1, 3)}¦{draft.total}⟧期）"
    )


@of("HDR022")
def _other_year_on_pages(rng: random.Random) -> str:
    draft = Draft(rng)
    form = rng.choice(("{}年第{}期", "〔{}〕第{}期"))
    return _with_running_head(draft, form.format(f"⟦{draft.year - 1}¦{draft.year}⟧", draft.issue))
