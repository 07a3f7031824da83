"""Small bulletins with one slip each in an article: source, sections, annexes, tables.

How the slip is marked: `slip_marks`. Towns, offices, people and numbers are invented.
"""

from __future__ import annotations

import random

from slip_marks import Maker, Makers
from slipped_drafts import HAN, OFFICES, Draft
from unseen_matters import TOWNS, filled

MAKERS: Makers[Maker] = Makers()
"""By the code of the rule."""
of = MAKERS.of


@of("DAT013")
def _event_later(rng: random.Random) -> str:
    draft = Draft(rng)
    month, day = draft.month, draft.day
    done = rng.choice(("，现场清运完毕。", "，两处堤段合龙。", "，新泵房通水。"))
    return draft.with_part(f"⟦{month + 1}月{day}日¦{month - 1}月{day}日⟧{done}")


@of("DAT020")
def _signed_later(rng: random.Random) -> str:
    draft = Draft(rng)
    matter = draft.matters[0]
    signed = f"{draft.year}年⟦{draft.month + 1}¦{draft.month - 1}⟧月{draft.day}日"
    where = f"‹{signed}›"
    draft.articles = [
        f"{draft.heading(matter.titles[0])}\n\n{draft.body(matter)}\n\n{draft.office}\n\n{where}"
    ]
    return draft.text()


@of("ATT001")
def _no_source(rng: random.Random) -> str:
    draft = Draft(rng)
    at = rng.randrange(2)
    text, _, source = draft.articles[at].rpartition("。\n\n")
    draft.articles[at] = f"{text}‹。›⟦¦\n\n{source}⟧"
    return draft.text()


@of("ATT002")
def _malformed_source(rng: random.Random) -> str:
    draft = Draft(rng)
    at = rng.randrange(2)
    source = draft.sources[at]
    wrong = rng.choice((f"（{source})", f"({source}）", f"（{source}", f"（{source}。）", f"{source}）"))
    draft.articles[at] = draft.articles[at].replace(f"（{source}）", f"⟦{wrong}¦（{source}）⟧")
    return draft.text()


@of("ATT003")
def _source_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    at = rng.randrange(2)
    draft.articles[at] += f"⟦\n\n‹（{rng.choice((draft.sources[at], rng.choice(OFFICES)))}）›¦⟧"
    return draft.text()


@of("CNS006")
def _paragraph_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    matter = draft.matters[0]
    drawn = [filled(rng, sentence) for sentence in matter.sentences]
    paragraph = matter.lead + "".join(drawn[:5])
    between = f"{drawn[5]}\n\n" if rng.random() < 0.5 else ""
    body = f"{paragraph}\n\n{between}⟦‹{paragraph}›\n\n¦⟧{drawn[6]}"
    draft.articles[0] = f"{draft.heading(matter.titles[0])}\n\n{body}\n\n（{draft.sources[0]}）"
    return draft.text()


@of("CNS010")
def _title_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second = (matter.titles[0] for matter in draft.matters)
    draft.articles[1] = draft.articles[1].replace(second, f"⟦{first}¦{second}⟧", 1)
    return draft.text()


def _section(draft: Draft, scheme: str, number: int, head: str) -> str:
    marker = {
        "han": f"{HAN[number]}、", "bracketed": f"（{HAN[number]}）", "figure": f"{number}.",
        "round": f"（{number}）",
    }[scheme]  # fmt: skip
    return f"{marker}|{head}|{draft.sentence()}"


def _sections(draft: Draft, numbers: list[int], scheme: str) -> list[list[str]]:
    """Marker, head and text of sections with these numbers."""
    heads = draft.rng.sample(draft.matters[0].heads, len(numbers))
    return [_section(draft, scheme, *each).split("|") for each in zip(numbers, heads, strict=True)]


def _with_sections(draft: Draft, parts: list[list[str]], *, run_in: bool) -> str:
    shown = [
        f"{marker}{head}。{text}" if run_in else f"{marker}{head}\n\n{text}" for marker, head, text in parts
    ]
    matter = draft.matters[0]
    lead = f"{matter.lead}{draft.sentence()}"
    title = draft.heading(matter.titles[0])
    draft.articles[0] = "\n\n".join((title, lead, *shown, f"（{draft.sources[0]}）"))
    return draft.text()


def _numbered(rng: random.Random, right: list[int], wrong: list[int]) -> str:
    draft = Draft(rng)
    scheme = rng.choice(("han", "bracketed", "figure", "round"))
    parts = _sections(draft, right, scheme)
    for part, number in zip(parts, wrong, strict=True):
        other = _section(draft, scheme, number, "").split("|")[0]
        if other != part[0]:
            part[0] = f"⟦{other}¦{part[0]}⟧"
    return _with_sections(draft, parts, run_in=rng.random() < 0.5)


@of("SEC001")
def _gap(rng: random.Random) -> str:
    return _numbered(
        rng, *rng.choice((([1, 2, 3], [1, 2, 4]), ([1, 2, 3, 4], [1, 2, 3, 5]), ([1, 2], [1, 3])))
    )


@of("SEC002")
def _repeat(rng: random.Random) -> str:
    return _numbered(
        rng, *rng.choice((([1, 2, 3], [1, 2, 2]), ([1, 2, 3, 4], [1, 2, 3, 3]), ([1, 2], [1, 1])))
    )


@of("SEC003")
def _start(rng: random.Random) -> str:
    draft = Draft(rng)
    scheme = rng.choice(("han", "bracketed", "figure", "round"))
    parts = _sections(draft, [2, 3], scheme)
    first = _section(draft, scheme, 1, draft.matters[1].heads[0]).split("|")
    run_in = rng.random() < 0.5
    parts[0][0] = f"‹{parts[0][0]}›"
    text = _with_sections(draft, [first, *parts], run_in=run_in)
    lost = f"{first[0]}{first[1]}。{first[2]}" if run_in else f"{first[0]}{first[1]}\n\n{first[2]}"
    return text.replace(f"{lost}\n\n", f"⟦¦{lost}\n\n⟧", 1)


@of("SEC010")
def _twice(rng: random.Random) -> str:
    draft = Draft(rng)
    parts = _sections(draft, [1, 2, 3], rng.choice(("han", "bracketed", "round")))
    at = rng.randrange(3)
    parts[at][0] = f"⟦{parts[at][0] * 2}¦{parts[at][0]}⟧"
    return _with_sections(draft, parts, run_in=rng.random() < 0.5)


@of("SEC004")
def _levels(rng: random.Random) -> str:
    """The second level of a text is written as the third, or the first."""
    draft = Draft(rng)
    outer, right, wrong = rng.choice((("bracketed", "figure", "round"), ("figure", "round", "bracketed")))
    top = _sections(draft, [1, 2], outer)
    inner = [
        _section(draft, right, number, f"{head}。").split("|")
        for number, head in enumerate(draft.matters[1].heads[:2], 1)
    ]
    others = [_section(draft, wrong, number, "").split("|")[0] for number in (1, 2)]
    # Where the second is wrong as well, the first says so for both.
    shown = [f"⟦{bad}¦{each[0]}⟧{each[1]}{each[2]}" for bad, each in zip(others, inner, strict=True)]
    text = _with_sections(draft, top, run_in=False)
    head = f"{top[0][0]}{top[0][1]}\n\n"
    return text.replace(head, f"{head}{shown[0]}\n\n{shown[1]}\n\n", 1)


@of("SEC006")
def _lone(rng: random.Random) -> str:
    draft = Draft(rng)
    scheme = rng.choice(("han", "bracketed"))
    parts = _sections(draft, [1, 2], scheme)
    parts[0][0] = f"‹{parts[0][0]}›"
    text = _with_sections(draft, parts, run_in=False)
    lost = f"{parts[1][0]}{parts[1][1]}\n\n{parts[1][2]}\n\n"
    return text.replace(lost, f"⟦¦{lost}⟧", 1)


@of("SEC008")
def _unlike(rng: random.Random) -> str:
    draft = Draft(rng)
    parts = _sections(draft, [1, 2, 3], rng.choice(("han", "bracketed")))
    part = rng.choice(parts)
    part[1] = f"{part[1][:-1]}‹{part[1][-1]}⟦：¦⟧›"
    return _with_sections(draft, parts, run_in=False)


@of("FMT028")
def _no_text(rng: random.Random) -> str:
    draft = Draft(rng)
    words = rng.choice(("（‹此页无正文›）", "‹此页无正文›"))
    draft.articles[1] += f"⟦\n\n{words}¦⟧"
    return draft.text()


@of("REF010")
def _other_annex(rng: random.Random) -> str:
    draft = Draft(rng)
    number = rng.randint(1, 4)
    word = rng.choice(("见", "详见", "参见"))
    annexes = "\n\n".join(f"附件{each}：{draft.matters[0].captions[0]}名册" for each in range(1, number + 1))
    draft.end = annexes
    return draft.with_part(f"名册{word}⟦附件{number + rng.randint(1, 3)}¦附件{number}⟧。")


@of("REF013")
def _later_document(rng: random.Random) -> str:
    draft = Draft(rng)
    year, number = int(draft.year), rng.randint(1, 90)
    wrong = f"⟦〔{year + rng.randint(1, 20)}〕{number}号¦〔{year}〕{number}号⟧"
    return draft.with_part(f"名册按照镇政发{wrong}文件编制。")


def _table(draft: Draft, rows: list[list[str]]) -> str:
    shown = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join((shown[0], "|" + "---|" * len(rows[0]), *shown[1:]))


@of("REF012")
def _other_table(rng: random.Random) -> str:
    draft = Draft(rng)
    rows = [["村组", "户数"], *([place, str(rng.randint(11, 99))] for place in rng.sample(TOWNS, 3))]
    caption = f"表1　{draft.matters[0].captions[0]}数"
    return draft.with_part(
        f"各组户数⟦{rng.choice(('见', '如'))}表{rng.randint(2, 7)}¦见表1⟧。", caption, _table(draft, rows)
    )


@of("TAB003")
def _table_gap(rng: random.Random) -> str:
    draft = Draft(rng)
    paragraphs = []
    count = rng.randint(2, 4)
    for number in range(1, count + 1):
        shown = f"⟦{number + rng.choice((-1, 1, 2))}¦{number}⟧" if number == count else str(number)
        paragraphs += [f"表{shown}　{draft.matters[0].captions[number % 3]}数量", draft.sentence()]
    return draft.with_part(*paragraphs)


@of("TAB005")
def _wrong_total(rng: random.Random) -> str:
    draft = Draft(rng)
    places = rng.sample(TOWNS, rng.randint(2, 5))
    counts = [rng.randint(12, 880) for _ in places]
    total = sum(counts)
    unit = rng.choice(("户", "处", "株"))
    others = [count - rng.randint(1, 9) for count in counts]
    rows = [["村组", f"应查（{unit}）", f"已查（{unit}）"]]
    rows += [list(map(str, row)) for row in zip(places, counts, others, strict=True)]
    wrong = total + rng.choice((-1, 1)) * rng.randint(1, 11)
    sums = [f"⟦{wrong}¦{total}⟧", str(sum(others))]
    if rng.random() < 0.5:
        sums = [str(total), f"⟦{sum(others) + 3}¦{sum(others)}⟧"]
    return draft.with_part(_table(draft, [*rows, [rng.choice(("合计", "总计", "共计")), *sums]]))


@of("TAB009")
def _miscounted_row(rng: random.Random) -> str:
    draft = Draft(rng)
    places = rng.sample(TOWNS, rng.randint(4, 6))
    at = rng.randint(1, len(places) - 2)
    rows = [["序号", "村组"]]
    for number, place in enumerate(places, 1):
        rows.append([f"⟦{number - 1}¦{number}⟧" if number == at + 1 else str(number), place])
    return draft.with_part(_table(draft, rows))


@of("TAB008")
def _wrong_share(rng: random.Random) -> str:
    draft = Draft(rng)
    places = rng.sample(TOWNS, rng.randint(4, 6))
    at = rng.randrange(len(places))
    rows = [["村组", "应修", "已修", rng.choice(("完成率", "占比"))]]
    for number, place in enumerate(places):
        whole = rng.randint(2, 9) * 100
        percent = rng.randint(11, 95)
        shown = f"⟦{percent + rng.choice((-7, 4, 9))}%¦{percent}%⟧" if number == at else f"{percent}%"
        rows.append([place, str(whole), str(whole * percent // 100), shown])
    return draft.with_part(_table(draft, rows))
