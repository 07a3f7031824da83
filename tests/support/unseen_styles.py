"""Bulletins in styles that nobody tunes to: what `bench anatomy` says of them is what strangers' bulletins get.

No weight, form or rule is ever made to suit them, and no test looks at a single one. An article is about one matter:
its title, text and sub-headings share words, as in written text. Twelve styles differ in everything that tells parts
apart: masthead, contents, columns, how titles, sub-headings, captions and attributions are set, imprint; as many more as
one likes are drawn from their habits, others for every seed.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from unseen_matters import MATTERS, PEOPLE, TOWNS, Matter, filled


class Line(NamedTuple):
    """A line and what it is; without a label it is empty or a rule between parts."""

    text: str = ""
    label: str = ""
    inline: bool = False


class Made(NamedTuple):
    """A bulletin, line by line; `style` is its file's name."""

    style: str
    lines: list[Line]


class Look(NamedTuple):
    """How an office sets its bulletin. `{}` stands for the words."""

    name: str
    masthead: tuple[str, ...]
    """Lines with {title}, {issue}, {total}, {year}, {office}, {date}."""
    gap: str = "all"
    """Empty lines: all (between any two blocks), parts (before titles, columns, imprint), none."""
    indent: str = ""
    wrap: int = 0
    title: str = "{}"
    column: str = ""
    heads: tuple[str, ...] = ("{}",)
    """How unnumbered sub-headings are set, one form an article."""
    sections: str = "han"
    signed: str = "（{unit}）"
    """An attribution: {unit}, {person}, {other}. With a newline it is an office and a date; `+` before it
    means at the end of the paragraph."""
    captions: tuple[str, ...] = ("图为{}。",)
    credit: str = ""
    """A photo credit behind a caption."""
    contents: tuple[str, str] = ("", "")
    """Its heading and an entry; an entry without heading is a list that names itself no list."""
    note: str = ""
    box: str = ""
    imprint: tuple[str, ...] = ("责任编辑：{a}　审核：{b}　电话：{phone}",)
    distribution: tuple[str, ...] = ("报：市委办公室、市政府办公室", "送：市直各单位")
    rule: str = ""
    signs: str = "mostly"
    """mostly (some are forgotten in a third of the issues), never."""


LOOKS: tuple[Look, ...] = (
    Look(
        "prefecture.txt", ("　　　　{title}", "　　{year}年第{issue}期（总第{total}期）", "{office}　　　　　　　　{date}"),
        gap="parts", indent="　　", title="　　　　　　{}", column="【{}】", signed="　　　　　　　　　　　　　　（{unit}）",
        heads=("　　{}", "　　◆{}"), contents=("　　　　　　本 期 目 录", "{number}. {title}"), rule="━━━━━━━━━━━━━━━━",
    ),
    Look(
        "department.md", ("# {title}", "第 {issue} 期", "（总第 {total} 期）", "{office}", "{date}"),
        title="### {}", column="## {}", heads=("#### {}", "**{}**"), sections="bracketed", captions=("图{number}　{}",),
        imprint=("责编：{a}", "核稿：{b}", "邮箱：{mail}"), rule="---",
    ),
    Look(
        "bold.md", ("**{title}**", "**第 {issue} 期**　{date}", "{office}主办"),
        title="**{}**", heads=("● {}", "▪ {}"), column="【{}】", signed="（{unit} {person}）", captions=("（图为{}）",),
        contents=("**目录**", "- {title}"), imprint=("编辑：{a}　校对：{b}　联系电话：{phone}",),
    ),
    Look(
        "dense.txt", ("{title}", "〔{year}〕第{issue}期", "{office}", "{date}"),
        gap="none", indent="　　", signed="+（{unit}）", heads=("　　{}",), sections="arabic",
        contents=("", "{title}"), imprint=("编辑：{a}　核校：{b}　值班电话：{phone}",),
        distribution=("抄报：县委、县政府领导", "抄送：县直各部门"),
    ),
    Look(
        "airy.txt", ("{title}", "第{issue}期", "总第{total}期", "主办单位：{office}", "编发日期：{date}"),
        signed="供稿：{unit}", heads=("{}", "■ {}"), captions=("{}　　{person}　摄", "图为{}"), note="【编者按】",
        column="★ {}", imprint=("责任编辑：{a}", "审　　核：{b}", "联系电话：{phone}", "投稿邮箱：{mail}"),
    ),
    Look(
        "signed.txt", ("{title}", "（第{issue}期）", "{office}　　{date}"),
        gap="parts", indent="　　", signed="　　　　　　　　　　　　{unit}\n　　　　　　　　　　　　{date}", heads=("　　{}",),
        box="【领导批示】", distribution=("报：{town}市委，{town}市人大、政府、政协", "发：各县（市、区）"),
    ),
    Look(
        "wrapped.txt", ("　　　　　　　　{title}", "　　　　　　　　第{issue}期", "{office}　　　　{date}"),
        gap="parts", indent="　　", wrap=38, title="　　　　　　{}", column="★ {}", signed="（{unit}）",
        contents=("目　　录", "{title}………………………{number}"), heads=("　　● {}",),
        imprint=("责编：{a}", "核稿：{b}", "电话：{phone}"),
    ),
    Look(
        "reporter.txt", ("{title}", "{year}年第{issue}期　总第{total}期", "{office}　{date}"),
        signed="（通讯员 {person} {other}）", heads=("{}", "◎{}"), captions=("{}　{person} 摄", "{}（{person}/摄）"),
        column="※{}※", imprint=("本期编辑：{a}　　审核：{b}　　投稿邮箱：{mail}",),
    ),
    Look(
        "bracket.txt", ("{title}", "第{issue}期", "{office}", "{date}"),
        gap="parts", indent="　　", signed="【{unit}】", heads=("　　{}", "　　▲{}"), note="编者按：",
        imprint=("责编：{a}　核稿：{b}　传真：{phone}",),
    ),
    Look(
        "letter.md", ("# {title}", "第 {issue} 期 · {date}", "{office}"),
        title="## {}", heads=("### {}",), signed="——{unit}", captions=("▲{}",), contents=("## 本期导读", "{number}. {title}"),
        imprint=("责编：{a} / 核稿：{b} / 电话：{phone} / 邮箱：{mail}",), rule="***",
    ),
    Look(
        "unsigned.txt", ("{title}", "第{issue}期（总第{total}期）", "{office}", "{date}"),
        gap="parts", indent="　　", column="■ {}", heads=("　　{}",), captions=("图为{}。",), signs="never",
    ),
    Look(
        "label.txt", ("{title}", "{year}年{issue}期", "编发单位：{office}　　　日期：{date}"),
        signed="来源：{unit}", heads=("{}",), sections="bracketed", contents=("【本期要目】", "○ {title}"),
        note="编者按　", imprint=("（责编：{a}　审核：{b}　电话：{phone}）",),
    ),
)  # fmt: skip


class _Article(NamedTuple):
    matter: Matter
    title: str
    second: str
    lines: list[Line]


_COLUMNS = ("一线传真", "经验交流", "工作部署", "政策速递", "他山之石", "基层之声")
_MARKERS: dict[str, Callable[[int], str]] = {
    "han": lambda number: f"{'一二三四五'[number]}、",
    "bracketed": lambda number: f"（{'一二三四五'[number]}）",
    "arabic": lambda number: f"{number + 1}．",
}


def look_of(number: int, seed: int) -> Look:
    """The styles take turns; every other bulletin is of a house whose habits are drawn from all of theirs."""
    if number % 2 == 0:
        return LOOKS[number // 2 % len(LOOKS)]
    rng = random.Random(f"look/{seed}/{number}")
    suffix = rng.choice(("md", "txt", "txt"))
    alike = [look for look in LOOKS if look.name.endswith(suffix)]
    drawn = {
        name: getattr(rng.choice(LOOKS), name)
        for name in ("sections", "captions", "note", "box", "imprint", "distribution")
    }
    # What only makes sense in a text or in Markdown, and what hangs together: a house's own way of setting.
    setting = rng.choice(alike)
    drawn |= {name: getattr(setting, name) for name in ("gap", "indent", "wrap", "title", "heads", "column")}
    drawn |= {name: getattr(rng.choice(alike), name) for name in ("masthead", "contents", "rule")}
    signed = rng.choice([look for look in LOOKS if look.signs != "never"]).signed
    return Look(name=f"drawn{number}.{suffix}", signed=signed, **drawn)


def bulletin(number: int, seed: int) -> Made:
    """A bulletin, the same for the same numbers."""
    look = look_of(number, seed)
    return Made(look.name, _Writer(look, random.Random(f"unseen/{seed}/{number}")).bulletin())


class _Writer:
    """Writes one bulletin of a look."""

    def __init__(self, look: Look, rng: random.Random) -> None:
        self._look = look
        self._rng = rng
        self._town = rng.choice(TOWNS)
        self._year, self._month, self._day = rng.randint(2016, 2026), rng.randint(2, 11), rng.randint(10, 28)
        self._pictures = 0

    def _date(self) -> str:
        return f"{self._year}年{self._month}月{self._day}日"

    def bulletin(self) -> list[Line]:
        rng, look = self._rng, self._look
        matters = rng.sample(MATTERS, rng.randint(3, 6))
        unsigned = self._unsigned(len(matters))
        articles = [
            self._article(matter, is_signed=index not in unsigned) for index, matter in enumerate(matters)
        ]
        lines = self._masthead(articles)
        names = iter(rng.sample(_COLUMNS, len(_COLUMNS)))
        has_columns = bool(look.column) and rng.random() < 0.7
        for index, article in enumerate(articles):
            if has_columns and (index == 0 or rng.random() < 0.4):
                lines += [*self._space("parts"), Line(look.column.format(next(names)), "K")]
            lines += [*self._space("parts"), Line(look.title.format(article.title), "T")]
            if article.second:
                lines.append(Line(look.title.format(article.second), "T2"))
            lines += article.lines
        return [*lines, *self._end()]

    def _unsigned(self, count: int) -> set[int]:
        """The articles without attribution."""
        rng = self._rng
        if self._look.signs == "never":
            return set(range(count))
        plan = rng.choice(("none",) * 5 + ("one", "two", "some", "all"))
        start = rng.randrange(count - 1)
        return {
            "none": set(),
            "one": {rng.randrange(count)},
            "two": {start, start + 1},
            "some": {index for index in range(count) if rng.random() < 0.4},
            "all": set(range(count)),
        }[plan]

    def _space(self, where: str = "all") -> list[Line]:
        gap = self._look.gap
        return [Line()] if gap == "all" or gap == where else []

    def _masthead(self, articles: list[_Article]) -> list[Line]:
        rng, look = self._rng, self._look
        words = {
            "title": f"{self._town}市{rng.choice(('政务', '工作', '情况', '民生'))}{rng.choice(('简报', '动态', '信息'))}",
            "issue": rng.randint(1, 48), "total": rng.randint(60, 900), "year": self._year,
            "office": f"{self._town}市{rng.choice(('人民政府办公室', '委办公室', '政务公开办公室'))}", "date": self._date(),
        }  # fmt: skip
        lines: list[Line] = []
        for index, form in enumerate(look.masthead):
            lines += [*(self._space() if index else []), Line(form.format(**words), "M")]
        if look.rule:
            lines += [*self._space(), Line(look.rule)]
        heading, entry = look.contents
        if entry and rng.random() < 0.8:
            lines += self._space("parts")
            if heading:
                lines += [Line(heading, "CH"), *self._space()]
            for number, article in enumerate(articles, 1):
                title = article.title + ("" if article.second.startswith("——") else article.second)
                lines.append(Line(entry.format(title=title, number=number), "CE"))
        if look.box and rng.random() < 0.5:
            remark = (
                f"市长{rng.choice(PEOPLE)}批示：{articles[0].matter.units[0]}的做法务实管用，请各地学习借鉴。"
            )
            lines += [*self._space("parts"), Line(look.box, "NB"), *self._space(), *self._prose(remark, "NL")]
        if look.note and rng.random() < 0.6:
            note = f"{look.note}本期编发{self._town}市各地近期的做法，供学习参考。"
            lines += [*self._space("parts"), *self._prose(note, "N")]
        return lines

    def _prose(self, text: str, label: str, *, inline: bool = False) -> list[Line]:
        look = self._look
        text = look.indent + text
        rows = textwrap.wrap(text, look.wrap, drop_whitespace=False) if look.wrap else [text]
        lines = [Line(row, label) for row in rows]
        lines[-1] = lines[-1]._replace(inline=inline)
        return lines

    def _article(self, matter: Matter, *, is_signed: bool) -> _Article:
        rng, look = self._rng, self._look
        title, second = filled(rng, rng.choice(matter.titles)), ""
        plan = rng.choice(("plain",) * 5 + ("sections", "heads", "heads", "cells"))
        if rng.random() < 0.15 and "　" in title:
            title, second = title.split("　")
        elif rng.random() < 0.08:
            second = f"——{rng.choice(matter.units)}工作侧记"
        title = title.replace("　", "，")
        sentences = [filled(rng, each) for each in rng.sample(matter.sentences, len(matter.sentences))]
        unit = rng.choice(matter.units)
        news = f"{rng.choice(('近日', '连日来', f'{self._month}月{rng.randint(1, 9)}日'))}，{filled(rng, matter.lead)}"
        paragraphs = [news + sentences.pop()]
        while sentences and len(paragraphs) < rng.randint(1, 3):
            paragraphs.append("".join(sentences.pop() for _ in range(min(2, len(sentences)))))
        lines: list[Line] = []
        at = rng.randrange(len(paragraphs)) if rng.random() < 0.25 else -1
        for index, text in enumerate(paragraphs):
            lines += [*self._space(), *self._prose(text, "P")]
            if index == at:
                lines += self._caption(matter)
        if plan == "sections":
            lines += self._parts(
                matter, [_MARKERS[look.sections](each) + "{}" for each in range(3)], "S", sentences
            )
        elif plan == "heads":
            lines += self._parts(matter, [rng.choice(look.heads)] * rng.randint(2, 3), "H", sentences)
        elif plan == "cells" and not look.wrap:
            lines += self._cells()
        if is_signed:
            self._sign(lines, unit)
        if rng.random() < 0.08:
            lines += self._caption(matter)
        if rng.random() < 0.06:
            lines += [
                *self._space(),
                Line(f"{look.indent}附件：{matter.units[0]}{matter.heads[0]}一览表", "X"),
            ]
        return _Article(matter, title, second, lines)

    def _parts(self, matter: Matter, forms: list[str], label: str, sentences: list[str]) -> list[Line]:
        lines: list[Line] = []
        heads = self._rng.sample(matter.heads, len(forms))
        for form, head in zip(forms, heads, strict=True):
            indent = self._look.indent if label == "S" else ""
            text = sentences.pop() if sentences else filled(self._rng, matter.lead) + "成效明显。"
            lines += [
                *self._space(),
                Line(indent + form.format(head), label),
                *self._space(),
                *self._prose(text, "P"),
            ]
        return lines

    def _cells(self) -> list[Line]:
        """A table with one cell a line, as a copy from a page leaves it."""
        rng = self._rng
        cells = ["单位", "数量", "进度"]
        for unit in rng.sample([each for matter in MATTERS for each in matter.units], 2):
            cells += [unit, str(rng.randint(3, 99)), f"{rng.randint(30, 99)}%"]
        closing = "表中未列的单位，进度另行通报。"
        return [
            *self._space(),
            *(Line(cell, "R") for cell in cells),
            *self._space(),
            *self._prose(closing, "P"),
        ]

    def _caption(self, matter: Matter) -> list[Line]:
        rng = self._rng
        self._pictures += 1
        words = rng.choice(self._look.captions).format(
            rng.choice(matter.captions), number=self._pictures, person=rng.choice(PEOPLE)
        )
        return [*self._space(), Line(words, "CP")]

    def _sign(self, lines: list[Line], unit: str) -> None:
        rng, look = self._rng, self._look
        person, other = rng.sample(PEOPLE, 2)
        words = look.signed.format(unit=unit, person=person, other=other, date=self._date())
        prose = next((index for index in range(len(lines) - 1, -1, -1) if lines[index].text), 0)
        if words.startswith("+") and lines[prose].label == "P":
            lines[prose] = lines[prose]._replace(text=lines[prose].text + words[1:], inline=True)
            return
        words = words.removeprefix("+")
        if "\n" in words:
            office, date = words.split("\n")
            lines += [*self._space(), Line(office, "SG"), Line(date, "SD")]
        else:
            lines += [*self._space(), Line(words, "A")]

    def _end(self) -> list[Line]:
        rng, look = self._rng, self._look
        a, b = rng.sample(PEOPLE, 2)
        digits = f"0{rng.randint(310, 998)}-5555{rng.randint(100, 199):04}"
        words = {
            "a": a,
            "b": b,
            "phone": digits,
            "mail": f"jb{rng.randint(1, 99)}@example.org.cn",
            "town": self._town,
        }
        lines = self._space("parts")
        if look.rule:
            lines += [Line(look.rule), *self._space()]
        for form in look.imprint:
            lines += [Line(form.format(**words), "I"), *self._space()]
        for form in look.distribution:
            lines += [Line(form.format(**words), "D"), *self._space()]
        if rng.random() < 0.4:
            lines.append(Line(f"（共印{rng.randint(30, 300)}份）", "D"))
        return lines
