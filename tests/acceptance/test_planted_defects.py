"""Clean bulletins of many houses stay silent; one planted defect is reported once, where it stands.

The bulletins come from `bulletin_generator`; what is expected comes from the product's specification. Each
defect is planted alone at a seeded place of a clean bulletin of every style in which it makes sense.
"""

from __future__ import annotations

import calendar
import datetime
import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bulletin_generator import (
    STYLES,
    WEEKDAYS,
    Article,
    Block,
    Bulletin,
    Paragraph,
    Place,
    Prose,
    Rendered,
    Section,
    Style,
    Table,
    counted_opening,
    enumerated,
    generate,
    han_number,
    han_of_count,
    items,
    kept,
    marked,
    marker_of,
    mixed_style,
    promise_title,
    render,
    sections,
    shown,
)
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from harness import Command
from verdicts import rulebook, told

HEADS = (
    "摸清底数，建好工作台账", "分片包干，责任落实到人", "流程再造，提速审批服务", "群众评议，结果公开透明",
    "常态巡查，守护一方平安", "人才下乡，技术扎根田野",
)  # fmt: skip
TAILS = (
    "党建引领，织密网络",
    "问题导向，补齐短板",
    "多方联动，汇聚合力",
    "源头预防，化解纠纷",
    "精准施策，提质增效",
    "典型带动，营造氛围",
)
LEADS = (
    "发出一封公开信。",
    "组建一支帮办队。",
    "编印一本口袋书。",
    "开好一场院坝会。",
    "建立一套台账。",
    "拍摄一部微短片。",
)
MARKED = "marked"
CLEAN_SEEDS = range(24)
PLANT_SEEDS = range(2)
"""Each style has one of them, so that a defect is drawn anew for every style and every house."""
MIXED_STYLES = 100


# --- the linter ----------------------------------------------------------------------------------------


@cache
def linter() -> Linter:
    return Linter(rulebook(), rulebook().select(), required=Settings().required)


def source_of(path: str) -> SourceFile:
    return SourceFile(path, "text", explicit=True)


def result_of(rendered: Rendered) -> FileResult:
    result = linter().lint(source_of(rendered.path), rendered.text.encode()).result
    assert result.error is None
    assert () == result.failures
    return result


def grave(violations: Sequence[Violation]) -> list[Violation]:
    return [violation for violation in violations if violation.severity != "info"]


# --- planting ------------------------------------------------------------------------------------------


class Expected(NamedTuple):
    """What planting a defect lets one expect."""

    where: str | tuple[str, ...] = MARKED
    """MARKED: within marked characters. Else the lines of parts: "imprint first", "article0 last"; any."""
    instead: tuple[str, ...] = ()
    """Codes that may be reported in its place."""
    companions: tuple[str, ...] = ()
    """Codes that may be reported beside it, once each: another name of the same defect."""
    missing: bool = False


class Field(NamedTuple):
    """The bulletin a planter works on, and what it draws from."""

    bulletin: Bulletin
    rng: random.Random
    prose: Prose

    @property
    def style(self) -> Style:
        return self.bulletin.style

    @property
    def year(self) -> int:
        return self.bulletin.day.year

    def mark(self, text: str) -> str:
        """Text in the house's spacing, marked as wrong."""
        return marked(shown(self.style, text))

    def insert(self, *sentences: str) -> None:
        """Puts sentences in at seeded places of the articles and the note."""
        for sentence in sentences:
            places: list[list[str]] = [self.bulletin.note] if self.bulletin.note else []
            for article in self.bulletin.articles:
                for block in article.blocks:
                    if isinstance(block, Paragraph):
                        places.append(block.sentences)
                    elif isinstance(block, Section) and block.body:
                        places.append(block.body)
            chosen = self.rng.choice(places)
            chosen.insert(self.rng.randint(0, len(chosen)), self.prose.fill(sentence))

    def article(self) -> int:
        """A seeded article, by index."""
        return self.rng.randrange(len(self.bulletin.articles))

    def rebuilt(self) -> tuple[int, Article]:
        """A seeded article stripped to its first paragraph and a title that promises nothing."""
        index = self.article()
        article = self.bulletin.articles[index]
        taken = {other.title for other in self.bulletin.articles}
        while article.title in taken:
            article.title = self.prose.choice(("{who}{aim}", "{deed} {aim}"))
        article.promise = ""
        article.blocks = [Paragraph(self.prose.sentences(1, 2))]
        return index, article


Planter = Callable[[Field], Expected | None]
PLANTS: dict[str, list[tuple[str, Planter]]] = {}
"""Code to its variants: a name and what plants it (None: makes no sense in this style)."""


def plant(code: str, variant: str) -> Callable[[Planter], Planter]:
    """Registers a planter."""

    def register(planter: Planter) -> Planter:
        PLANTS.setdefault(code, []).append((variant, planter))
        return planter

    return register


def in_prose(code: str, variant: str, template: str, wrong: Callable[[Field], str], **expected: Any) -> None:
    """A planter of a sentence; 〈〉 in the template is what is wrong."""

    def planter(field: Field) -> Expected:
        text = wrong(field)
        # A year in characters is not spaced, whatever the house does with figures.
        field.insert(template.replace("〈〉", marked(text) if code == "NUM015" else field.mark(text)))
        return Expected(**expected)

    plant(code, variant)(planter)


def full_date(field: Field, *, form: str = "{y}年{m}月{d}日") -> str:
    date = field.prose.date()
    return form.format(
        y=date.year,
        m=date.month,
        d=date.day,
        yy=f"{date.year % 100:02d}",
        mm=f"{date.month:02d}",
        dd=f"{date.day:02d}",
    )


def small_date(field: Field, form: str) -> str:
    """A date whose month and day have one digit each."""
    month = field.rng.randint(1, max(1, min(9, field.bulletin.day.month - 1)))
    day = field.rng.randint(1, 9)
    return form.format(
        y=field.year, yy=f"{field.year % 100:02d}", m=month, d=day, mm=f"0{month}", dd=f"0{day}"
    )


# Issue numbers and the masthead.


@plant("ISS001", "no number at all")
def _(field: Field) -> Expected:
    field.bulletin.issue = field.bulletin.year = field.bulletin.cumulative = None
    return Expected(("title first",))


@plant("ISS001", "number left blank")
def _(field: Field) -> Expected:
    # Whether a blank is a missing number or a malformed one is for the linter to say.
    field.bulletin.issue = marked("第　期")
    return Expected(("number first", "title first"), instead=("ISS002",))


def malformed_issue(variant: str, wrong: Callable[[Field, int], str]) -> None:
    def planter(field: Field) -> Expected:
        field.bulletin.issue = field.mark(wrong(field, field.bulletin.issue_value))
        return Expected()

    plant("ISS002", variant)(planter)


malformed_issue("padded with a zero", lambda field, number: f"第0{number}期")
malformed_issue("l for 1", lambda field, number: f"第l{number % 10}期")
malformed_issue("I for 1", lambda field, number: f"第{number % 10}I期")
malformed_issue("O for 0", lambda field, number: f"第{number % 9 + 1}O期")
malformed_issue("without 第", lambda field, number: f"{number}期")
malformed_issue("No.", lambda field, number: f"No.{number}")


@plant("ISS002", "without 年")
def _(field: Field) -> Expected | None:
    if field.style.number not in ("year", "year-space", "han"):
        return None
    field.bulletin.issue = field.mark(f"{field.year}第{field.bulletin.issue_value}期")
    field.bulletin.year = None
    return Expected()


def malformed_cumulative(variant: str, wrong: Callable[[int], str]) -> None:
    def planter(field: Field) -> Expected | None:
        if field.bulletin.cumulative_value is None:
            return None
        field.bulletin.cumulative = field.mark(wrong(field.bulletin.cumulative_value))
        return Expected()

    plant("ISS004", variant)(planter)


malformed_cumulative("without 第", lambda number: f"总{number}期")
malformed_cumulative("padded with a zero", lambda number: f"总第0{number}期")
malformed_cumulative("l for 1", lambda number: f"总第l{number}期")
malformed_cumulative("O for 0", lambda number: f"总第{number}O期")
malformed_cumulative("without 期", lambda number: f"总第{number}")


@plant("ISS012", "last year's")
def _(field: Field) -> Expected | None:
    if field.bulletin.year is None:
        return None
    year = field.bulletin.year.replace(str(field.year), str(field.year - 1))
    field.bulletin.year = field.mark(year)
    return Expected()


@plant("DAT015", "no date")
def _(field: Field) -> Expected:
    field.bulletin.date = None
    return Expected(("title first",))


def masthead_date(
    code: str,
    variant: str,
    form: str | Callable[[datetime.date], str],
    *,
    instead: tuple[str, ...] = (),
    companions: tuple[str, ...] = (),
) -> None:
    def planter(field: Field) -> Expected:
        day = field.bulletin.day
        if callable(form):
            text = form(day)
        else:
            text = form.format(y=day.year, m=day.month, d=day.day, yy=f"{day.year % 100:02d}")
        # It may be before or behind the day of printing, which would be another fault.
        field.bulletin.printed = ""
        # A date in characters is not spaced, whatever the house does with figures.
        field.bulletin.date = marked(text) if code == "NUM015" else field.mark(text)
        return Expected(instead=instead, companions=companions)

    plant(code, variant)(planter)


def characters_date(day: datetime.date, *, zero: str = "〇") -> str:
    year = "".join(zero if figure == "0" else han_number(int(figure)) for figure in str(day.year))
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


masthead_date("DAT016", "no day", "{y}年{m}月")
masthead_date("DAT016", "no year", "{m}月{d}日")
masthead_date("DAT016", "in characters", characters_date)
# A date that is written wrongly is not a full Arabic date either: both codes say the same thing.
masthead_date("DAT016", "two-digit year", "{yy}年{m}月{d}日", instead=("DAT001",), companions=("DAT001",))
masthead_date("DAT016", "dots", "{y}.{m}.{d}", instead=("DAT003",), companions=("DAT003",))
masthead_date("DAT016", "slashes", "{y}/{m}/{d}", instead=("DAT003",), companions=("DAT003",))
masthead_date(
    "DAT002",
    "masthead",
    lambda day: f"{day.year}年0{day.month % 9 + 1}月0{day.day % 9 + 1}日",
    instead=("DAT016",),
    companions=("DAT016",),
)
masthead_date(
    "DAT004",
    "masthead",
    lambda day: f"{day.year}-{day.month % 9 + 1}-{day.day % 9 + 1}",
    instead=("DAT016",),
    companions=("DAT016",),
)
masthead_date("DAT005", "masthead", lambda day: f"{day.year}年2月30日", companions=("DAT016",))
masthead_date(
    "NUM014",
    "masthead date",
    lambda day: f"{day.year}年{chr(0xFF10 + day.month % 9 + 1)}月{day.day}日",
    companions=("DAT016",),
)
masthead_date("NUM015", "masthead date", lambda day: characters_date(day, zero="零"), companions=("DAT016",))
masthead_date(
    "NUM015", "masthead date, ASCII zero", lambda day: characters_date(day, zero="0"), companions=("DAT016",)
)


@plant("NUM014", "masthead number")
def _(field: Field) -> Expected:
    wide = "".join(chr(0xFF10 + int(figure)) for figure in str(field.bulletin.issue_value))
    space = " " if field.style.spaced else ""
    field.bulletin.issue = marked(f"第{space}{wide}{space}期")
    # Full-width figures are one way of writing the number wrongly.
    return Expected(companions=("ISS002",))


@plant("FLD008", "no office")
def _(field: Field) -> Expected:
    field.bulletin.office = None
    return Expected(("title first",))


@plant("FLD009", "no title")
def _(field: Field) -> Expected:
    field.bulletin.title = None
    return Expected(("top",))


# Dates and numerals in prose.

in_prose(
    "DAT001",
    "with month and day",
    "自〈〉起，{who}{doing}。",
    lambda f: full_date(f, form="{yy}年{m}月{d}日"),
)
in_prose("DAT001", "with month", "〈〉，{who}{doing}。", lambda f: full_date(f, form="{yy}年{m}月"))
in_prose("DAT001", "apostrophe", "该项目自〈〉启动，{result}。", lambda f: f"’{f.year % 100 - 1:02d}年")
in_prose("DAT002", "both", "〈〉，{who}{doing}，{result}。", lambda f: small_date(f, "{y}年{mm}月{dd}日"))
in_prose("DAT002", "month", "{who}于〈〉{doing}。", lambda f: small_date(f, "{y}年{mm}月{d}日"))
in_prose("DAT002", "day without year", "{who}自〈〉起{doing}。", lambda f: small_date(f, "{m}月{dd}日"))
in_prose("DAT003", "dots", "〈〉，{who}{doing}。", lambda f: full_date(f, form="{y}.{m}.{d}"))
in_prose("DAT003", "slashes", "〈〉，{who}{doing}，{closing}。", lambda f: full_date(f, form="{y}/{m}/{d}"))
in_prose("DAT003", "middle dots", "（〈〉）{who}{doing}。", lambda f: full_date(f, form="{y}·{m}·{d}"))
in_prose("DAT003", "commas", "〈〉，{who}{doing}。", lambda f: full_date(f, form="{y}、{m}、{d}"))
in_prose("DAT004", "one-digit parts", "填报日期为〈〉，{closing}。", lambda f: small_date(f, "{y}-{m}-{d}"))
in_prose("DAT004", "one-digit day", "填报日期为〈〉，{closing}。", lambda f: small_date(f, "{y}-{mm}-{d}"))
in_prose("DAT004", "month only", "统计时段为〈〉，{result}。", lambda f: small_date(f, "{y}-{m}"))
in_prose("DAT005", "30 February", "〈〉，{who}{doing}。", lambda f: f"{f.year}年2月30日")
in_prose(
    "DAT005",
    "without year",
    "〈〉，{who}{doing}，{result}。",
    lambda f: f"{f.rng.choice((4, 6, 9, 11))}月31日",
)
in_prose(
    "DAT005", "month 13", "{who}于〈〉{doing}。", lambda f: f"{f.year - 1}年13月{f.rng.randint(1, 28)}日"
)
in_prose("DAT005", "29 February", "〈〉，{who}{doing}。", lambda f: f"{_common_year(f.year - 1)}年2月29日")


def _common_year(year: int) -> int:
    return year - 1 if calendar.isleap(year) else year


def wrong_weekday(field: Field, form: str) -> str:
    date = field.prose.date()
    weekday = WEEKDAYS[(date.weekday() + field.rng.randint(1, 6)) % 7]
    return f"{date.year}年{date.month}月{date.day}日" + form.format(weekday)


in_prose("DAT006", "in brackets", "〈〉，{who}{doing}。", lambda f: wrong_weekday(f, "（星期{}）"))
in_prose("DAT006", "short", "〈〉，{who}{doing}，{result}。", lambda f: wrong_weekday(f, "（周{}）"))
in_prose("DAT006", "bare", "〈〉，{who}{doing}，{closing}。", lambda f: wrong_weekday(f, "星期{}"))
in_prose(
    "DAT007",
    "full-width colon",
    "活动于上午〈〉开始，{result}。",
    lambda f: f"{f.rng.randint(8, 11)}：{f.rng.choice((15, 30, 45))}",
)
in_prose("DAT008", "hour", "{who}于〈〉召开调度会，{closing}。", lambda f: f"下午{f.rng.randint(13, 18)}时")
in_prose("DAT008", "clock", "{who}于〈〉召开调度会，{closing}。", lambda f: f"下午{f.rng.randint(13, 18)}:30")
in_prose("DAT009", "clock, hyphen", "大厅〈〉开放，{result}。", lambda f: f"{f.rng.randint(8, 9)}:30-12:00")
in_prose("DAT009", "clock, tilde", "大厅〈〉开放，{result}。", lambda f: f"{f.rng.randint(8, 9)}:00~11:30")
in_prose(
    "DAT009",
    "days, hyphen",
    "〈〉，{who}{doing}。",
    lambda f: small_date(f, "{m}月{d}日-") + f"{f.rng.randint(10, 12)}日",
)
in_prose(
    "DAT010",
    "Arabic century",
    "这批管网建于〈〉，{who}{doing}。",
    lambda f: f"20世纪{f.rng.choice('六七八九')}十年代",
)
in_prose(
    "DAT010",
    "Chinese century",
    "这批管网建于〈〉，{who}{doing}。",
    lambda f: f"二十世纪{f.rng.choice('6789')}0年代",
)
in_prose("DAT011", "dash", "〈〉，{who}连续{doing}。", lambda f: f"{f.year - 3}—{f.year % 100 - 1:02d}年")
in_prose("DAT011", "wave", "〈〉，{who}连续{doing}。", lambda f: f"{f.year - 3}～{f.year % 100 - 1:02d}年")


def always(text: str) -> Callable[[Field], str]:
    return lambda _: text


for _word in ("昨日", "日前", "近日", "前不久"):
    in_prose("DAT012", _word, "〈〉，{who}{doing}，{result}。", always(_word))


@plant("DAT013", "full date")
def _(field: Field) -> Expected:
    later = field.bulletin.day + datetime.timedelta(days=field.rng.randint(2, 20))
    # Told as done: a date to come may stand in a notice.
    date = field.mark(f"{later.year}年{later.month}月{later.day}日")
    field.insert(date + "，{who}已办结群众诉求{nnn}件，{closing}。")
    return Expected()


@plant("DAT013", "without year")
def _(field: Field) -> Expected:
    later = field.bulletin.day + datetime.timedelta(days=field.rng.randint(2, 20))
    date = field.mark(f"{later.month}月{later.day}日")
    field.insert(date + "，{who}召开了现场推进会，{closing}。")
    return Expected()


in_prose("DAT014", "day", "〈〉，{result}。", lambda f: f"截止{full_date(f, form='{m}月{d}日')}")
in_prose("DAT014", "now", "〈〉，{result}，{closing}。", lambda f: "截止目前")
in_prose("DAT014", "full date", "〈〉，{result}。", lambda f: f"截止{full_date(f)}")


@plant("NUM014", "prose")
def _(field: Field) -> Expected:
    figures = "".join(chr(0xFF10 + field.rng.randint(1, 9)) for _ in range(field.rng.randint(1, 3)))
    space = " " if field.style.spaced else ""
    field.insert(f"{{who}}新招募志愿者{space}{marked(figures)}{space}名，{{closing}}。")
    return Expected()


def founded(zero: str) -> Callable[[Field], str]:
    """A year of this century in characters, its zeros written in some other way than 〇."""
    return lambda f: f"二〇{f.rng.choice(('一二', '一五', '〇八', '一六'))}年".replace("〇", zero)


for _zero, _name in (("零", "零"), ("○", "circle"), ("0", "ASCII zero"), ("O", "letter O")):
    in_prose("NUM015", _name, "该站〈〉建成，{result}。", founded(_zero))


# Imprint and distribution.


def without_fields(code: str, *names: str) -> None:
    @plant(code, "absent")
    def _(field: Field) -> Expected:
        field.bulletin.imprint = [item for item in field.bulletin.imprint if item.name not in names]
        return Expected(("imprint first",))


without_fields("FLD001", "editor")
without_fields("FLD002", "reviewer")
without_fields("FLD003", "phone", "fax", "email")


def blank_field(name: str) -> None:
    @plant("FLD004", name)
    def _(field: Field) -> Expected | None:
        for item in field.bulletin.imprint:
            if item.name == name:
                item.label, item.value = marked(item.label), ""
                return Expected()
        return None


for _name in ("editor", "reviewer", "phone", "fax", "email", "writer", "approver"):
    blank_field(_name)


@plant("FLD004", "distribution")
def _(field: Field) -> Expected:
    line = field.rng.choice(field.bulletin.distribution)
    line.label, line.value = marked(line.label), ""
    return Expected()


def wrong_value(code: str, variant: str, names: tuple[str, ...], value: str) -> None:
    @plant(code, variant)
    def _(field: Field) -> Expected | None:
        fitting = [item for item in field.bulletin.imprint if item.name in names]
        if not fitting:
            return None
        field.rng.choice(fitting).value = marked(value)
        return Expected()


wrong_value("FLD005", "too short", ("phone", "fax"), "010-88421")
wrong_value("FLD005", "too long", ("phone", "fax"), "0571-8842136907")
wrong_value("FLD005", "letter O", ("phone", "fax"), "8842O136")
wrong_value("FLD005", "mobile of ten digits", ("phone",), "1391234567")
wrong_value("FLD005", "mobile of twelve digits", ("phone",), "139123456789")
wrong_value("FLD006", "no @", ("email",), "jianbao.163.com")
wrong_value("FLD006", "no domain", ("email",), "jianbao@163")
wrong_value("FLD006", "two @", ("email",), "jianbao@@163.com")
wrong_value("FLD006", "comma for dot", ("email",), "jianbao@163,com")
wrong_value("FLD006", "full-width dot", ("email",), "jianbao@163。com")


@plant("FLD007", "absent")
def _(field: Field) -> Expected:
    field.bulletin.distribution, field.bulletin.copies, field.bulletin.printed = [], None, ""
    # "where it should be": after the imprint; "a missing field on the imprint's first line".
    return Expected(("imprint first", "imprint last"))


@plant("FLD007", "absent, number of copies given")
def _(field: Field) -> Expected | None:
    if field.bulletin.copies is None:
        return None
    field.bulletin.distribution = []
    return Expected(("imprint first", "imprint last", "copies first"))


# Sections.

SCHEMES = ("han", "bracketed", "arabic", "parenthesised", "circled")


def numbered(field: Field, scheme: str, numbers: Sequence[int], wrong: int, *, nested: bool = False) -> bool:
    """Builds an article of sections so numbered, the one at index `wrong` marked."""
    _, article = field.rebuilt()
    heads = field.rng.sample(HEADS, len(numbers))
    if nested:
        outer = sections(
            field.style, field.prose, field.rng, heads=field.rng.sample(TAILS, 2), scheme="han", nested=False
        )
        inner = sections(field.style, field.prose, field.rng, heads=heads, scheme=scheme, nested=False)
        second = [index for index, block in enumerate(outer) if isinstance(block, Section)][1]
        blocks = [*outer[:second], *inner, *outer[second:]] if field.rng.random() < 0.5 else [*outer, *inner]
    else:
        inner = sections(field.style, field.prose, field.rng, heads=heads, scheme=scheme, nested=False)
        blocks = inner
    for index, (section, number) in enumerate(
        zip([block for block in inner if isinstance(block, Section)], numbers, strict=True)
    ):
        section.number = number
        if index == wrong:
            section.marker = marked(marker_of(scheme, number))
    article.blocks += blocks
    return True


def listed(field: Field, form: str, numbers: Sequence[int], wrong: int, layout: str) -> None:
    """Builds an article with 一是… or 第一，… so numbered, in a sentence, sentences or paragraphs."""
    _, article = field.rebuilt()
    texts = items(field.prose, len(numbers))
    if layout == "paragraphs":
        for index, (number, text) in enumerate(zip(numbers, texts, strict=True)):
            whole = enumerated(form, [number], [text], "", wrong=0 if index == wrong else -1)
            article.blocks.append(Paragraph([whole]))
        return
    stop = "；" if layout == "sentence" else "。"
    article.blocks.append(Paragraph([enumerated(form, numbers, texts, "", wrong=wrong, stop=stop)]))


def wrong_numbers(code: str, variant: str, pick: Callable[[random.Random], tuple[list[int], int]]) -> None:
    for scheme in SCHEMES:

        @plant(code, f"{scheme}: {variant}")
        def _(field: Field, scheme: str = scheme) -> Expected:
            numbered(field, scheme, *pick(field.rng))
            return Expected()

    for scheme in ("bracketed", "arabic"):

        @plant(code, f"{scheme} within han: {variant}")
        def _(field: Field, scheme: str = scheme) -> Expected:
            numbered(field, scheme, *pick(field.rng), nested=True)
            return Expected()

    for form in ("是", "第"):
        for layout in ("sentence", "sentences", "paragraphs"):

            @plant(
                code, f"一{form} in {layout}: {variant}" if form == "是" else f"第一 in {layout}: {variant}"
            )
            def _(field: Field, form: str = form, layout: str = layout) -> Expected:
                listed(field, form, *pick(field.rng), layout)
                return Expected()


def gap(rng: random.Random) -> tuple[list[int], int]:
    count = rng.randint(3, 5)
    at = rng.randint(1, count - 1)
    return [*range(1, at + 1), *range(at + 2, count + 2)], at


def repeat(rng: random.Random) -> tuple[list[int], int]:
    """一、二、二、三: all that follow are one too low."""
    count = rng.randint(3, 5)
    at = rng.randint(1, count - 1)
    return [*range(1, at + 1), *range(at, count)], at


def slip(rng: random.Random) -> tuple[list[int], int]:
    """一、二、二、四: one number was not changed."""
    count = rng.randint(3, 5)
    at = rng.randint(1, count - 1)
    numbers = list(range(1, count + 1))
    numbers[at] -= 1
    return numbers, at


def late_start(rng: random.Random) -> tuple[list[int], int]:
    count = rng.randint(2, 4)
    return list(range(2, count + 2)), 0


wrong_numbers("SEC001", "gap", gap)
wrong_numbers("SEC002", "repeated, the rest one too low", repeat)
wrong_numbers("SEC002", "repeated, the rest right", slip)
wrong_numbers("SEC003", "starts at two", late_start)


def inverted(outer: str, inner: str) -> None:
    @plant("SEC004", f"{inner} within {outer}")
    def _(field: Field) -> Expected:
        _, article = field.rebuilt()
        blocks = sections(
            field.style, field.prose, field.rng, heads=field.rng.sample(HEADS, 3), scheme=outer, nested=False
        )
        within = sections(
            field.style, field.prose, field.rng, heads=field.rng.sample(TAILS, 2), scheme=inner, nested=False
        )
        first = within[0]
        assert isinstance(first, Section)
        first.marker = marked(marker_of(inner, 1))
        second = [index for index, block in enumerate(blocks) if isinstance(block, Section)][1]
        article.blocks += [*blocks[:second], *within, *blocks[second:]]
        return Expected()


inverted("arabic", "bracketed")
inverted("circled", "arabic")
inverted("bracketed", "han")
inverted("bracketed", "parenthesised")


def wrong_marker(variant: str, scheme: str, form: str) -> None:
    @plant("SEC005", variant)
    def _(field: Field) -> Expected:
        _, article = field.rebuilt()
        count = field.rng.randint(3, 4)
        blocks = sections(
            field.style,
            field.prose,
            field.rng,
            heads=field.rng.sample(HEADS, count),
            scheme=scheme,
            nested=False,
        )
        chosen = field.rng.choice([block for block in blocks if isinstance(block, Section)])
        chosen.marker = marked(form.format(han_number(chosen.number)))
        article.blocks += blocks
        return Expected()


wrong_marker("一.", "han", "{}.")
wrong_marker("一．", "han", "{}．")
wrong_marker("一，", "han", "{}，")
wrong_marker("（一）、", "bracketed", "（{}）、")


for _scheme in SCHEMES:

    @plant("SEC006", _scheme)
    def _(field: Field, scheme: str = _scheme) -> Expected:
        numbered(field, scheme, [1], 0)
        return Expected()


@plant("SEC006", "bracketed within han")
def _(field: Field) -> Expected:
    numbered(field, "bracketed", [1], 0, nested=True)
    return Expected()


for _form in ("是", "第"):

    @plant("SEC006", f"一{_form}" if _form == "是" else "第一")
    def _(field: Field, form: str = _form) -> Expected:
        listed(field, form, [1], 0, "sentence")
        return Expected()


def broken_promise(kind: str, where: str, change: int) -> None:
    """Sections or lead-ins, `change` more than promised; the promise in title, opening or both."""

    @plant("SEC007", f"{kind} in {where}, {'one too many' if change > 0 else 'one too few'}")
    def _(field: Field) -> Expected | None:
        style, prose, rng = field.style, field.prose, field.rng
        if kind == "leads" and not (style.bold and style.suffix == "md"):
            return None
        _, article = field.rebuilt()
        count = rng.randint(3, 5)
        if kind == "leads":
            promise = f"{han_number(count)}个一"
            leads = rng.sample(LEADS, count + change)
            blocks: list[Block] = [Paragraph(prose.sentences(1, 2), lead) for lead in leads]
        else:
            verb = rng.choice(("坚持", "强化", "聚焦", "突出", "注重"))
            promise = f"{han_of_count(count)}个{verb}"
            heads = [f"{verb}{tail}" for tail in rng.sample(TAILS, count + change)]
            blocks = sections(style, prose, rng, heads=heads, nested=False)
        promised = f"“{marked(promise)}”"
        if where in ("title", "title and opening"):
            article.title = promise_title(prose, promised)
        if where in ("opening", "title and opening"):
            article.blocks = [
                Paragraph(
                    [prose.fill("{who}认真落实" + promised + "要求，{result}。"), *prose.sentences(0, 1)]
                )
            ]
        article.blocks += blocks
        return Expected()


for _kind in ("sections", "leads"):
    for _where in ("title", "opening", "title and opening"):
        for _change in (-1, 1):
            broken_promise(_kind, _where, _change)


def broken_count(form: str, change: int) -> None:
    @plant("SEC007", f"things told by {form}, {'one too many' if change > 0 else 'one too few'}")
    def _(field: Field) -> Expected:
        _, article = field.rebuilt()
        count = field.rng.randint(3, 4)
        texts = items(field.prose, count + change)
        opening = marked(counted_opening(field.rng, count))
        article.blocks.append(
            Paragraph([enumerated(form, list(range(1, count + change + 1)), texts, opening)])
        )
        return Expected()


for _form in ("是", "第"):
    for _change in (-1, 1):
        broken_count(_form, _change)


# Attributions.


def last_line(index: int) -> Expected:
    return Expected((f"article{index} last",))


@plant("ATT001", "absent")
def _(field: Field) -> Expected:
    index = field.article()
    field.bulletin.articles[index].attributions = []
    return last_line(index)


@plant("ATT001", "an aside in its place")
def _(field: Field) -> Expected:
    index = field.article()
    article = field.bulletin.articles[index]
    article.blocks.append(Paragraph([field.prose.fill("全年发放补贴{wan}元（含上年结转）。")]))
    article.attributions = []
    return last_line(index)


@plant("ATT001", "a photo credit in its place")
def _(field: Field) -> Expected:
    index = field.article()
    left, right = field.style.brackets
    field.bulletin.articles[index].attributions = [f"{left}{field.prose.person()} 摄{right}"]
    return Expected((f"article{index} last", f"text{index} last"))


@plant("ATT001", "（完） in its place")
def _(field: Field) -> Expected:
    index = field.article()
    left, right = field.style.brackets
    field.bulletin.articles[index].attributions = [f"{left}完{right}"]
    return Expected((f"article{index} last", f"text{index} last"))


def malformed_attribution(variant: str, form: str, *, companions: tuple[str, ...] = ()) -> None:
    @plant("ATT002", variant)
    def _(field: Field) -> Expected | None:
        style = field.style
        if style.attribution == "supplied":
            return None
        article = field.bulletin.articles[field.article()]
        left, right = style.brackets
        other = "）" if right == ")" else ")"
        article.attributions = [marked(form.format(left=left, right=right, other=other, unit=article.source))]
        return Expected(companions=companions)


# An unpaired bracket is what is malformed here, and PUN001 is the rule of unpaired brackets.
malformed_attribution("not closed", "{left}{unit}", companions=("PUN001",))
malformed_attribution("widths differ", "{left}{unit}{other}", companions=("PUN001", "PUN002"))
malformed_attribution("a stop within", "{left}{unit}供稿。{right}")


@plant("ATT003", "the same again")
def _(field: Field) -> Expected:
    article = field.bulletin.articles[field.article()]
    article.attributions.append(marked(article.attributions[0]))
    return Expected()


@plant("ATT003", "another unit")
def _(field: Field) -> Expected | None:
    if field.style.attribution == "supplied":
        return None
    article = field.bulletin.articles[field.article()]
    left, right = field.style.brackets
    article.attributions.append(marked(f"{left}区融媒体中心{right}"))
    return Expected()


# Spacing.


@plant("SPC001", "after the number")
def _(field: Field) -> Expected:
    field.insert(
        "{who}{doing}，{result}。", "{when}，{who}{doing}，发放礼包{k}份。", "共有{n}个站点、{nn}名队员。"
    )
    text = marked("有 6个站") if field.style.spaced else marked("有6 个站")
    field.insert(f"辖区另{text}点常年值守，{{closing}}。")
    return Expected()


@plant("SPC001", "before the number")
def _(field: Field) -> Expected:
    field.insert(
        "{who}{doing}，{result}。", "{when}，{who}{doing}，发放礼包{k}份。", "共有{n}个站点、{nn}名队员。"
    )
    text = marked("有6 个站") if field.style.spaced else marked("有 6个站")
    field.insert(f"辖区另{text}点常年值守，{{closing}}。")
    return Expected()


def units(variant: str, unit: str) -> None:
    @plant("SPC002", variant)
    def _(field: Field) -> Expected:
        space, other = (" ", "") if field.style.spaced else ("", " ")
        for number in (12, 38, 45, 60):
            field.insert(f"{{who}}投用设备，规格为{kept(f'{number}{space}{unit}')}，{{closing}}。")
        field.insert(f"{{who}}更换设备，规格为{marked(f'75{other}{unit}')}，{{closing}}。")
        # In a house that spaces figures, what stands before them is spaced as ever.
        return Expected()


units("kilometres", "km")
units("kilowatts", "kW")
units("kilograms", "kg")


in_prose("SPC003", "per cent", "{who}{doing}，办结率升至〈〉。", lambda f: f"{f.rng.randint(51, 98)} %")
in_prose("SPC003", "degrees", "当日最高气温为〈〉，{who}{doing}。", lambda f: f"{f.rng.randint(21, 38)} ℃")
in_prose(
    "SPC004",
    "count",
    "{who}走访群众〈〉，{closing}。",
    lambda f: f"{f.rng.randint(11, 98)} {f.rng.randint(1, 9)}户",
)
in_prose(
    "SPC004", "year", "〈〉，{who}{doing}。", lambda f: f"20 {f.year % 100 - 1}年{f.rng.randint(1, 12)}月"
)
in_prose(
    "SPC004",
    "decimal",
    "{who}争取资金〈〉，{closing}。",
    lambda f: f"{f.rng.randint(11, 98)}. {f.rng.randint(1, 9)}万元",
)

CODES = (
    "ISS001", "ISS002", "ISS004", "ISS012",
    *(f"DAT{number:03d}" for number in range(1, 17)), "NUM014", "NUM015",
    *(f"FLD{number:03d}" for number in range(1, 10)),
    *(f"SEC{number:03d}" for number in range(1, 8)),
    *(f"ATT{number:03d}" for number in range(1, 4)),
    *(f"SPC{number:03d}" for number in range(1, 5)),
)  # fmt: skip


def test_every_code_of_the_six_families_is_planted() -> None:
    assert sorted(CODES) == sorted(PLANTS)


class Case(NamedTuple):
    """A planted bulletin and what is expected of it."""

    rendered: Rendered
    expected: Expected


def planted(style: Style, code: str, variant: str, seed: object, *, small: bool = False) -> Case | None:
    """A clean bulletin with one defect, None where it makes no sense."""
    planter = dict(PLANTS[code])[variant]
    bulletin = generate(style, f"{code}/{variant}/{seed}", small=small)
    rng = random.Random(f"plant/{style.name}/{code}/{variant}/{seed}")
    expected = planter(Field(bulletin, rng, Prose(rng, bulletin.day)))
    return None if expected is None else Case(render(bulletin), expected)


def complaints(case: Case, code: str) -> list[str]:
    """What is not as expected of a planted bulletin; empty where all is."""
    rendered, expected = case
    found = result_of(rendered).violations
    accepted = (code, *expected.instead)
    hits = [violation for violation in found if violation.code in accepted]
    said: list[str] = []
    codes = [violation.code for violation in hits]
    if code not in codes and not (set(codes) & set(expected.instead)) and not is_doubted(case, code):
        said.append("missed")
    said += [
        f"{name} reported {codes.count(name)} times" for name in sorted(set(codes)) if codes.count(name) > 1
    ]
    for violation in found:
        if violation.code in accepted:
            if not _stands(violation, rendered, expected):
                said.append(f"misplaced: {told(violation)}")
        elif violation.severity != "info" and violation.code not in expected.companions:
            said.append(f"besides: {told(violation)}")
    return said


def is_doubted(case: Case, code: str) -> bool:
    """Whether a rule says that it cannot know, for a line may begin an article or be a sub-heading."""
    result = result_of(case[0])
    reason = dict(result.reasons).get(code)
    return result.outcomes[code] == "cannot-assess" and reason is not None and "可能是" in reason.zh


def _stands(violation: Violation, rendered: Rendered, expected: Expected) -> bool:
    where = violation.location
    if expected.where == MARKED:
        assert rendered.places
        found = Place(where.line, where.column, where.end_line, where.end_column)
        return any(_within(found, place, rendered.text) for place in rendered.places)
    return where.line in expected_lines(rendered, expected)


def expected_lines(rendered: Rendered, expected: Expected) -> list[int]:
    """The lines that a missing part may be reported on."""
    lines: list[int] = []
    for name in expected.where:
        part, _, end = name.partition(" ")
        if part == "top":
            lines.append(1)
        else:
            lines.append(rendered.lines[part][end == "last"])
    return lines


def _within(found: Place, place: Place, text: str) -> bool:
    """Whether a violation lies within marked characters, a bracket or quote round them included."""
    end = found.end_column
    if found.line == found.end_line:
        # The blank after a label may be part of what is wrong.
        words = text.split("\n")[found.line - 1][found.column - 1 : end - 1]
        end -= len(words) - len(words.rstrip(" 　/"))
    return (
        (place.line, place.column - 1) <= (found.line, found.column)
        and (found.end_line, end) <= (place.end_line, place.end_column + 1)
        and (found.line, found.column) < (found.end_line, end)
    )


READ_OTHERWISE = {
    # The next title is set as ### below a title set as #: by Markdown it is a heading within the article.
    ("journal", "ATT001", "an aside in its place", 1),
}


@pytest.mark.parametrize(
    ("style", "code"),
    [
        pytest.param(
            style,
            code,
            id=f"{style.name}-{code}",
            # In the usual run every code in every other house, and in every house every other code.
            marks=[pytest.mark.slow] if (house + number) % 2 else [],
        )
        for house, style in enumerate(STYLES)
        for number, code in enumerate(CODES)
    ],
)
def test_a_planted_defect_is_reported_once_where_it_stands(style: Style, code: str) -> None:
    said: list[str] = []
    tried = 0
    for variant, _ in PLANTS[code]:
        seed = PLANT_SEEDS[STYLES.index(style) % len(PLANT_SEEDS)]
        case = planted(style, code, variant, seed)
        if case is None or (style.name, code, variant, seed) in READ_OTHERWISE:
            continue
        tried += 1
        said += [f"{variant}, seed {seed}: {complaint}" for complaint in complaints(case, code)]
    if not tried:
        pytest.skip("makes no sense in this style")
    assert "" == "\n".join(said)


def test_few_missing_attributions_are_only_doubted() -> None:
    """Where a title might be a sub-heading, ATT001 says so; that is to be one in ten, and ATT003 none."""
    planted_ones = [
        (code, case)
        for code in ("ATT001", "ATT003")
        for style in STYLES
        for variant, _ in PLANTS[code]
        for seed in PLANT_SEEDS
        if (case := planted(style, code, variant, seed)) is not None
    ]
    doubted = [code for code, case in planted_ones if is_doubted(case, code)]
    assert len(planted_ones) > 100
    assert len(doubted) <= len(planted_ones) / 10
    assert "ATT003" not in doubted


# --- clean bulletins -----------------------------------------------------------------------------------


def linted(rendered: Rendered) -> tuple[list[Violation], Document]:
    """The errors and warnings of a bulletin, and what it was understood to be."""
    lint = linter().lint(source_of(rendered.path), rendered.text.encode())
    assert lint.result.error is None
    assert () == lint.result.failures
    assert lint.document is not None
    return grave(lint.result.violations), lint.document


def value(node: Node | None, name: str = "value") -> Any:
    return None if node is None else node.fields.get(name)


def squeezed(text: str | None) -> str | None:
    """Without quotes of the name and space at the ends."""
    return None if text is None else text.strip("《》 　")


def seen(document: Document) -> dict[str, Any]:
    """The parts that the linter saw, in the form of `meant`."""
    masthead = document.bulletin.child("masthead")
    assert masthead is not None
    title, office = masthead.child("title"), masthead.child("office")
    note = document.bulletin.child("note")
    imprint = document.bulletin.child("imprint")
    copies = document.bulletin.child("copies")
    return {
        "title": squeezed(value(title)),
        "issue": value(masthead.child("issue_number")),
        "cumulative": value(masthead.child("cumulative_number")),
        "year": value(masthead.child("issue_year")),
        "office": squeezed(value(office) or (office.text if office else None)),
        "date": value(masthead.child("date")),
        "contents": len(document.bulletin.list("contents")),
        "note": note is not None,
        "articles": [
            {
                "title": squeezed(title.text) if (title := article.child("title")) is not None else None,
                "attributions": [value(node) for node in article.list("attributions")],
                "sections": [node.fields.get("marker") for node in article.list("sections")],
                "leads": [node.fields.get("lead") for node in article.list("lead_ins")],
                "tables": len(article.list("tables")),
            }
            for article in document.bulletin.list("articles")
        ],
        "imprint": {
            name: node.fields.get("value")
            for name, node in (imprint.children if imprint is not None else {}).items()
            # The line "某办公室　2022年3月15日印发" may be a field of any name.
            if isinstance(node, Node) and not node.text.endswith("印发")
        },
        "distribution": [
            (node.fields.get("role"), str(node.fields.get("value") or "").rstrip("。"))
            for node in document.bulletin.list("distribution")
        ],
        "copies": value(copies),
    }


def meant(bulletin: Bulletin) -> dict[str, Any]:
    """The parts that the generator put in."""
    style = bulletin.style

    def as_shown(text: str) -> str:
        return shown(style, text)

    def source(article: Article) -> list[str]:
        return [text.strip("()（）").removeprefix("供稿").lstrip(":：") for text in article.attributions]

    return {
        "title": bulletin.title,
        "issue": bulletin.issue_value,
        "cumulative": bulletin.cumulative_value,
        "year": bulletin.day.year if bulletin.year else None,
        "office": bulletin.office,
        "date": bulletin.day.isoformat(),
        "contents": len(bulletin.articles) if style.contents else 0,
        "note": bool(bulletin.note),
        "articles": [
            {
                "title": as_shown(article.title),
                "attributions": source(article),
                "sections": [block.shown_marker for block in article.blocks if isinstance(block, Section)],
                "leads": [
                    as_shown(block.lead)
                    for block in article.blocks
                    if isinstance(block, Paragraph) and block.lead
                ],
                "tables": sum(isinstance(block, Table) for block in article.blocks),
            }
            for article in bulletin.articles
        ],
        "imprint": {item.name: item.value for item in bulletin.imprint},
        "distribution": [(line.role, line.value.rstrip("。")) for line in bulletin.distribution],
        "copies": bulletin.copies,
    }


def differences(expected: Any, actual: Any, path: str = "") -> list[str]:
    """Where two structures differ, one line each."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [
            line
            for key in {**expected, **actual}
            for line in differences(expected.get(key), actual.get(key), f"{path}.{key}")
        ]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [
            line
            for index, (left, right) in enumerate(zip(expected, actual, strict=True))
            for line in differences(left, right, f"{path}[{index}]")
        ]
    return [] if expected == actual else [f"{path}: expected {expected!r}, got {actual!r}"]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_clean_bulletins_are_silent_and_understood(style: Style) -> None:
    said: list[str] = []
    for seed in CLEAN_SEEDS:
        bulletin = generate(style, seed)
        found, document = linted(render(bulletin))
        said += [f"seed {seed}: {told(violation)}" for violation in found]
        said += [f"seed {seed}: {line}" for line in differences(meant(bulletin), seen(document))]
    assert "" == "\n".join(said)


NOT_UNDERSTOOD = {
    44: "a line breaks inside 第四，, so that the next begins like the section 四，; the issue has too few full lines to "
    "tell that its text is hard-wrapped, which alone would say that the line goes on",
}
"""Of the mixed houses those that are read wrongly today, and why. The test fails when one is read rightly, so
that it is struck off here."""


def marks_of(number: int) -> list[pytest.MarkDecorator]:
    known = NOT_UNDERSTOOD.get(number)
    marks = [] if known is None else [pytest.mark.xfail(reason=known, strict=True)]
    # Thirteen in a row have every defect between them.
    return marks if number < 26 else [*marks, pytest.mark.slow]


@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=marks_of(number)) for number in range(MIXED_STYLES)]
)
def test_a_house_of_any_habits(number: int) -> None:
    # Clean bulletins of it, and every thirteenth defect planted into another.
    style = mixed_style(number)
    said: list[str] = []
    for seed in range(3):
        bulletin = generate(style, seed)
        found, document = linted(render(bulletin))
        said += [f"clean, seed {seed}: {told(item)}" for item in found]
        said += [f"clean, seed {seed}: {line}" for line in differences(meant(bulletin), seen(document))]
    every = [(code, variant) for code in CODES for variant, _ in PLANTS[code]]
    for code, variant in every[number % 13 :: 13]:
        case = planted(style, code, variant, 0)
        if case is not None:
            said += [f"{code}, {variant}: {complaint}" for complaint in complaints(case, code)]
    assert "" == "\n".join(said)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_line_ends_change_nothing(style: Style, newline: str) -> None:
    bulletin = generate(style, "newline")
    found, document = linted(render(bulletin, newline=newline))
    assert [] == [told(violation) for violation in found]
    assert [] == differences(meant(bulletin), seen(document))


def test_an_imprint_that_is_not_there() -> None:
    for style in STYLES:
        bulletin = generate(style, "no imprint", small=True)
        bulletin.imprint = []
        rendered = render(bulletin)
        last = rendered.lines["body"][1]
        found = grave(result_of(rendered).violations)
        assert [("FLD001", last), ("FLD002", last), ("FLD003", last)] == sorted(
            (violation.code, violation.location.line) for violation in found
        ), style.name


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_two_sections_exchanged(style: Style, scheme: str) -> None:
    # 一、二、四、三、: out of order. Which of the two is called wrong is for the linter to say.
    bulletin = generate(style, f"exchanged/{scheme}", small=True)
    rng = random.Random(f"{style.name}/{scheme}")
    field = Field(bulletin, rng, Prose(rng, bulletin.day))
    numbered(field, scheme, [1, 2, 4, 3], -1)
    rendered = render(bulletin)
    lines = rendered.text.split("\n")
    wrong = [
        number
        for number, line in enumerate(lines, 1)
        if marker_of(scheme, 4) in line or marker_of(scheme, 3) in line
    ]
    found = grave(result_of(rendered).violations)
    assert {"SEC001"} == {violation.code for violation in found}
    assert {violation.location.line for violation in found} <= set(wrong)


# --- what the command says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "variant", "part"),
    [
        ("SEC001", "han: gap", r"articles\[\d+\]\.sections\[\d+\]"),
        ("ISS002", "padded with a zero", r"masthead\.issue_number"),
        ("ISS012", "last year's", r"masthead\.issue_(year|number)"),
        ("DAT002", "month", r"(articles\[\d+\]\.\w+\[\d+\]|note)"),
        ("DAT016", "no day", r"masthead\.date"),
        ("FLD005", "too short", r"imprint\.(phone|fax)"),
        ("FLD004", "reviewer", r"imprint\.reviewer"),
        ("ATT002", "a stop within", r"articles\[\d+\]\.attributions?(\[\d+\])?"),
        ("SEC007", "sections in title, one too few", r"articles\[\d+\]\.title"),
    ],
)
@pytest.mark.parametrize("style", ["gazette", "terminal", "folded"])
def test_json_carries_the_place(
    tmp_path: Path, command: Command, style: str, code: str, variant: str, part: str
) -> None:
    case = planted({item.name: item for item in STYLES}[style], code, variant, "json")
    if case is None:
        pytest.skip("makes no sense in this style")
    path = tmp_path / case.rendered.path
    path.write_text(case.rendered.text, encoding="utf-8")
    outcome = command("check", "--isolated", "--format", "json", path)
    told = json.loads(outcome.out)
    hits = [violation for violation in told["violations"] if violation["code"] == code]
    assert 1 == len(hits)
    violation = hits[0]
    assert (1 if violation["severity"] == "error" else 0) == outcome.code
    assert path.as_posix() == violation["path"]
    assert {"zh", "en"} == set(violation["message"])
    found = Place(*(violation[name] for name in ("line", "column", "end_line", "end_column")))
    assert any(_within(found, place, case.rendered.text) for place in case.rendered.places)
    assert violation["page"] is None
    assert violation["bbox"] is None
    assert re.fullmatch(part, violation["part"]), violation["part"]
    line = case.rendered.text.split("\n")[violation["line"] - 1]
    if violation["line"] == violation["end_line"]:
        assert line[violation["column"] - 1 : violation["end_column"] - 1] in violation["excerpt"]
    assert "fail" == told["documents"][0]["outcomes"][code]
    assert 1 == told["summary"]["documents"]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_extract_prints_what_is_there(tmp_path: Path, command: Command, style: Style) -> None:
    bulletin = generate(style, "extract")
    rendered = render(bulletin)
    path = tmp_path / rendered.path
    path.write_text(rendered.text, encoding="utf-8")
    outcome = command("extract", "--format", "json", path)
    assert 0 == outcome.code
    told = json.loads(outcome.out)
    expected = meant(bulletin)
    masthead = told["masthead"]
    lines = rendered.text.split("\n")
    for name in ("issue_number", "date", "office"):
        part = masthead[name]
        assert part["text"] == lines[part["line"] - 1][part["column"] - 1 : part["end_column"] - 1]
    assert expected["issue"] == masthead["issue_number"]["value"]
    assert expected["date"] == masthead["date"]["value"]
    assert expected["office"] == masthead["office"]["text"]
    assert expected["cumulative"] == (masthead["cumulative_number"] or {}).get("value")
    assert expected["contents"] == len(told["contents"])
    for article, truth, source in zip(told["articles"], expected["articles"], bulletin.articles, strict=True):
        assert truth["title"] == article["title"]["text"]
        assert truth["attributions"][0] == article["attribution"]["value"]
        assert truth["sections"] == [
            block["marker"] for block in article["blocks"] if block["kind"] == "section"
        ]
        assert truth["leads"] == [block["lead"] for block in article["blocks"] if block["kind"] == "lead-in"]
        tables = [block["rows"] for block in article["blocks"] if block["kind"] == "table"]
        assert [block.rows for block in source.blocks if isinstance(block, Table)] == tables
        # Every paragraph is whole: joined across lines, nothing lost.
        paragraphs = [
            shown(style, block.lead + "".join(block.sentences))
            for block in source.blocks
            if isinstance(block, Paragraph)
        ]
        seen_texts = [
            block["text"] for block in article["blocks"] if block["kind"] in ("paragraph", "lead-in")
        ]
        if style.attribution == "end":
            paragraphs[-1:] = [
                text for text in paragraphs[-1:] for text in (text, text + source.attributions[0])
            ]
        assert [] == [text for text in seen_texts if text not in paragraphs]
