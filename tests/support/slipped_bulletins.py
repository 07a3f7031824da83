"""Small bulletins with one slip each, for rules of the parts of a bulletin: masthead, articles, imprint, distribution.

How the slip is marked: `slip_marks`. Towns, offices, people and numbers are invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from slip_marks import Maker
from unseen_matters import MATTERS, PEOPLE, TOWNS, Matter, filled

HAN = "零一二三四五六七八九十"
_SERIES = (
    "河湖长制简报",
    "防火动态",
    "营商环境信息",
    "招商工作简报",
    "社区治理快讯",
    "森林防火简报",
    "妇儿工作信息",
)
_OFFICES = (
    "市河长办",
    "县应急管理局",
    "区政务服务中心",
    "镇党政综合办",
    "市住建局办公室",
    "县妇联",
    "区民政局",
)
_RECIPIENTS = (
    "市委宣传部",
    "县财政局",
    "区审计局",
    "各村委会",
    "市农科所",
    "县司法局",
    "各乡镇",
    "区编办",
    "市信访局",
)
MAKERS: dict[str, Maker] = {}
"""By the code of the rule."""


def of(code: str) -> Callable[[Maker], Maker]:
    """Registers what makes slips for a rule."""

    def registered(make: Maker) -> Maker:
        MAKERS[code] = make
        return make

    return registered


class Draft:
    """What a bulletin is put together from; every part may hold a slip, and one that is "" is left out."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.markdown = rng.random() < 0.5
        self.year, self.month, self.day = rng.randint(2014, 2025), rng.randint(3, 11), rng.randint(3, 26)
        self.issue, self.total = rng.randint(2, 48), rng.randint(60, 900)
        town = rng.choice(TOWNS)
        self.above = ""
        self.title = town + rng.choice(("县", "市", "区")) + rng.choice(_SERIES)
        self.number = rng.choice(
            (
                f"第{self.issue}期",
                f"{self.year}年第{self.issue}期",
                f"第{self.issue}期（总第{self.total}期）",
                f"〔{self.year}〕第{self.issue}期",
            )
        )
        self.office = rng.choice(_OFFICES)
        self.date = f"{self.year}年{self.month}月{self.day}日"
        self.contents = ""
        self.matters = rng.sample(MATTERS, 2)
        self.sources = [rng.choice(matter.units) for matter in self.matters]
        self.articles = [self.article(*each) for each in zip(self.matters, self.sources, strict=True)]
        editor, reviewer = rng.sample(PEOPLE, 2)
        self.editor, self.reviewer = (
            f"责任编辑：{editor}",
            f"{rng.choice(('审核', '核稿', '校对'))}：{reviewer}",
        )
        self.phone_number = f"0{rng.randint(310, 990)}-{rng.randint(2, 8)}{rng.randint(100000, 999999)}"
        self.phone = f"{rng.choice(('联系电话', '电话', '值班电话'))}：{self.phone_number}"
        self.more = ""
        self.recipients = rng.sample(_RECIPIENTS, 6)
        first, second, third, fourth = self.recipients[:4]
        self.distribution = [f"报：{first}。", f"送：{second}，{third}。", f"发：{fourth}。"]
        self.end = ""

    def heading(self, text: str) -> str:
        """The title of an article as the house sets it."""
        return f"## {text}" if self.markdown else text

    def sentence(self, matter: Matter | None = None) -> str:
        """A sentence of an article."""
        return filled(self.rng, self.rng.choice((matter or self.matters[0]).sentences))

    def body(self, matter: Matter, *more: str) -> str:
        """The text of an article: a paragraph, other paragraphs, and a last one."""
        first, *others = self.rng.sample(matter.sentences, 5)
        text = filled(self.rng, matter.lead + first + others[0])
        return "\n\n".join((text, *more, filled(self.rng, "".join(others[1:]))))

    def article(self, matter: Matter, source: str, *more: str) -> str:
        """A title, text, and the unit that supplied it."""
        return f"{self.heading(matter.titles[0])}\n\n{self.body(matter, *more)}\n\n（{source}）"

    def with_part(self, *paragraphs: str) -> str:
        """The bulletin with paragraphs put into its first article."""
        self.articles[0] = self.article(self.matters[0], self.sources[0], *paragraphs)
        return self.text()

    def text(self) -> str:
        """The whole."""
        title = f"# {self.title}" if self.markdown and self.title else self.title
        byline = f"{self.office}　　{self.date}" if self.office and self.date else self.office or self.date
        imprint = [self.editor, self.reviewer, self.phone, self.more]
        parts = [self.above, title, self.number, byline, self.contents, *self.articles, *imprint]
        return "\n\n".join(part for part in (*parts, *self.distribution, self.end) if part) + "\n"


def _where_title(draft: Draft) -> None:
    draft.title = f"‹{draft.title}›"


# --- the masthead --------------------------------------------------------------------------------------


@of("ISS001")
def _no_number(rng: random.Random) -> str:
    draft = Draft(rng)
    _where_title(draft)
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
    _where_title(draft)
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
    _where_title(draft)
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
    _where_title(draft)
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
    _where_title(draft)
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


# --- articles ------------------------------------------------------------------------------------------


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
    draft.articles[at] += f"⟦\n\n‹（{rng.choice((draft.sources[at], rng.choice(_OFFICES)))}）›¦⟧"
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


# --- annexes and tables --------------------------------------------------------------------------------


@of("REF010")
def _other_annex(rng: random.Random) -> str:
    draft = Draft(rng)
    number = rng.randint(1, 4)
    word = rng.choice(("见", "详见", "参见"))
    annexes = "\n\n".join(f"附件{each}：{draft.matters[0].captions[0]}名册" for each in range(1, number + 1))
    draft.end = annexes
    return draft.with_part(f"名册{word}⟦附件{number + rng.randint(1, 3)}¦附件{number}⟧。")


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


# --- the imprint and the distribution ------------------------------------------------------------------


@of("FLD001")
def _no_editor(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.reviewer = f"⟦¦{draft.editor}⟧", f"‹{draft.reviewer}›"
    return draft.text()


@of("FLD002")
def _no_reviewer(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.reviewer = f"‹{draft.editor}›", f"⟦¦{draft.reviewer}⟧"
    return draft.text()


@of("FLD003")
def _no_contact(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.phone = f"‹{draft.editor}›", f"⟦¦{draft.phone}⟧"
    return draft.text()


@of("FLD004")
def _no_value(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, value = draft.reviewer.partition("：")
    blank = rng.choice(("", "　　", "×××", "____"))
    draft.reviewer = f"‹{label}：⟦{blank}¦{value}⟧›"
    return draft.text()


@of("FLD005")
def _malformed_phone(rng: random.Random) -> str:
    draft = Draft(rng)
    right = draft.phone_number
    label = rng.choice(("电话", "联系电话", "传真"))
    wrong = rng.choice(
        (right[:-2], right.replace("-", "－"), right + "34", right[:-1] + "O", right.replace("-", "~"))
    )
    draft.more, draft.phone = f"{label}：⟦{wrong}¦{right}⟧", "邮箱：zhb@songting.example.cn"
    return draft.text()


@of("FLD006")
def _malformed_email(rng: random.Random) -> str:
    draft = Draft(rng)
    name, host = (
        f"{rng.choice(('zhb', 'xxk', 'bgs'))}{rng.randint(1, 99)}",
        rng.choice(("baidu.example.cn", "weizhou.example.org")),
    )
    wrong = rng.choice(
        (
            f"{name}.{host}",
            f"{name}＠{host}",
            f"{name}@@{host}",
            f"{name}@{host.replace('.', '，', 1)}",
            f"{name}@",
        )
    )
    draft.more = f"{rng.choice(('邮箱', '电子邮箱', '电子信箱'))}：⟦{wrong}¦{name}@{host}⟧"
    return draft.text()


@of("FLD007")
def _no_distribution(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor = f"‹{draft.editor}›"
    lost = "\n\n".join(draft.distribution)
    draft.distribution = []
    draft.phone += f"⟦¦\n\n{lost}⟧"
    return draft.text()


@of("FLD010")
def _run_together(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, value = draft.reviewer.partition("：")
    draft.editor, draft.reviewer = f"{draft.editor}⟦¦　　⟧‹{label}›：{value}", ""
    return draft.text()


@of("FLD011")
def _label_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, _ = draft.reviewer.partition("：")
    draft.more = f"‹⟦{label}¦签发⟧›：{rng.choice(PEOPLE)}"
    return draft.text()


@of("WRD032")
def _label_slip(rng: random.Random) -> str:
    draft = Draft(rng)
    wrong, right = rng.choice(
        (
            ("责任编揖", "责任编辑"), ("责任偏辑", "责任编辑"), ("责壬编辑", "责任编辑"), ("联系电活", "联系电话"),
            ("联糸电话", "联系电话"), ("电诂", "电话"), ("审该", "审核"), ("核槁", "核稿"), ("效对", "校对"),
            ("传珍", "传真"), ("邮厢", "邮箱"), ("电子邮相", "电子邮箱"), ("责缉", "责编"), ("鉴发", "签发"),
        )
    )  # fmt: skip
    value = {"话": "0519-7654321", "真": "0519-7654322", "箱": "zhb@songting.example.cn"}.get(
        right[-1], rng.choice(PEOPLE)
    )
    draft.more = f"⟦{wrong}¦{right}⟧：{value}"
    return draft.text()


@of("TAIL001")
def _out_of_order(rng: random.Random) -> str:
    draft = Draft(rng)
    report, send, issue = draft.distribution
    upper, lower = rng.choice(((report, send), (send, issue), (report, issue)))
    draft.distribution = [f"⟦{lower}\n\n‹{upper[0]}›{upper[1:]}¦{upper}\n\n{lower}⟧"]
    return draft.text()


@of("TAIL002")
def _mixed_separators(rng: random.Random) -> str:
    draft = Draft(rng)
    mark, other = rng.sample("，、", 2)
    names = mark.join(draft.recipients[:4])
    draft.distribution = [f"送：{names}⟦{other}¦{mark}⟧{draft.recipients[4]}。"]
    return draft.text()


@of("TAIL003")
def _print_run(rng: random.Random) -> str:
    draft = Draft(rng)
    tens = rng.randint(2, 9)
    wrong = rng.choice((f"共印{HAN[tens]}十份", f"共印{tens}0分", "共印　　份"))
    left, right = rng.choice((("", ""), ("（", "）")))
    draft.end = f"{left}⟦{wrong}¦共印{tens}0份⟧{right}"
    return draft.text()


@of("TAIL004")
def _extra(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.end = f"⟦{rng.choice(('另发', '另送', '另发：'))}¦本期增发：⟧{draft.recipients[5]}。"
    return draft.text()


@of("TAIL006")
def _recipient_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second, third = draft.recipients[:3]
    draft.distribution = rng.choice(
        (
            [f"送：{first}，{second}，⟦{first}¦{third}⟧。"],
            [f"报：{first}。", f"送：⟦{first}¦{third}⟧，{second}。"],
            [f"送：{first}、{second}、⟦{second}¦{third}⟧。"],
        )
    )
    return draft.text()


@of("TAIL009")
def _half_colon(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second = draft.recipients[:2]
    draft.distribution = [f"{rng.choice(('抄送', '抄报'))}⟦:¦：⟧{first}，{second}。"]
    return draft.text()


@of("TAIL010")
def _no_printed(rng: random.Random) -> str:
    draft = Draft(rng)
    day = f"{draft.year}年{draft.month}月{draft.day}日"
    draft.end = f"{draft.office}　　{day}⟦{rng.choice(('印', '刊印', '编印', '付印'))}¦印发⟧"
    return draft.text()
