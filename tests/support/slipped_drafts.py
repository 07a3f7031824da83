"""Small bulletins in which each part may hold a slip.

Towns, offices, people and numbers are invented.
"""

from __future__ import annotations

import random

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
OFFICES = (
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
        self.office = rng.choice(OFFICES)
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


def where_title(draft: Draft) -> None:
    draft.title = f"‹{draft.title}›"
