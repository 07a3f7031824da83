"""Words that passages with a slip are made of; the examples of the rules do not have them."""

from __future__ import annotations

import random

from slip_marks import Maker, Makers
from unseen_matters import MATTERS, filled

HAN = "零一二三四五六七八九十"
PLACES = ("溪口镇", "松柏村", "桃园社区", "石桥街道", "云台县", "江湾区", "柳林乡", "双河口村")
BODIES = ("民政所", "水利站", "卫生院", "派出所", "司法所", "图书馆", "供电所", "护林站")
VERBS = ("检修", "登记", "清理", "排查", "培训", "慰问", "巡查", "宣传", "整改", "评比")
THINGS = ("水渠", "路灯", "果园", "井盖", "护栏", "课桌", "门牌", "泵站", "茶园", "渡口")
NOUNS = (
    "措施",
    "设备",
    "资料",
    "服务",
    "环境",
    "制度",
    "秩序",
    "技术",
    "课程",
    "图书",
    "粮食",
    "蔬菜",
    "农机",
    "水质",
)
UNITS = {
    "户": "农户",
    "家": "商铺",
    "处": "隐患",
    "件": "来件",
    "名": "队员",
    "条": "建议",
    "场": "讲座",
    "棵": "果树",
}


class Phrases(Makers[Maker]):
    """Makers of which some fill templates with drawn words."""

    def phrase(self, code: str, *templates: str) -> None:
        """Registers templates in which {p}, {b}, {v}, {t}, {w} are drawn words, {n} is a number of two figures, {k} of
        one, {h} one in characters and {i} the next; {u} is a unit and {c} what it counts.
        """

        def make(rng: random.Random) -> str:
            low = rng.randint(2, 8)
            unit = rng.choice(sorted(UNITS))
            first, second, third = rng.sample(NOUNS, 3)
            return rng.choice(templates).format(
                p=rng.choice(PLACES), b=rng.choice(BODIES), v=rng.choice(VERBS), t=rng.choice(THINGS),
                w=first, x=second, y=third, n=rng.randint(21, 89), m=rng.randint(21, 89), k=low, j=low + 1, h=HAN[low],
                i=HAN[low + 1], u=unit, c=UNITS[unit], d=rng.randint(11, 28), q=rng.randint(0, 9),
            )  # fmt: skip

        self[code] = make


def text(rng: random.Random) -> str:
    """Two sentences of a paragraph that has nothing to do with the slip."""
    matter = rng.choice(MATTERS)
    return matter.lead + filled(rng, rng.choice(matter.sentences))


def paragraph(rng: random.Random) -> str:
    return text(rng) + text(rng)
