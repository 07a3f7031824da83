"""Who may sign an article in brackets, and what such a bracket may say that names nobody."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile

HEAD = "沙坪县政务信息\n第9期\n沙坪县委办公室　　2025年5月6日\n\n"
SIGNED = "渡口改造完工\n\n　　5月2日，三处渡口改造完工，旧船全部换新。\n　　（县航运站）\n\n"
TAIL = "责编：甲文　　核稿：乙武　　电话：0571-55550100\n报：市委办公室。\n发：各乡镇。\n"
TITLE, TEXT = "青年突击队巡查河堤", "　　5月3日，青年突击队巡查河堤，排查隐患六处。"


def read(linter: Linter, body: str) -> Document:
    return linter.read(SourceFile("9.txt", "text", explicit=True), (HEAD + body + TAIL).encode())


def last(document: Document) -> Node:
    articles = document.bulletin.list("articles")
    titles = [article.child("title") for article in articles]
    assert [title.text if title is not None else "" for title in titles[-2:]] == ["渡口改造完工", TITLE]
    return articles[-1]


@pytest.mark.parametrize("apart", ["\n　　", ""])
@pytest.mark.parametrize(
    "unit",
    [
        "共青团沙坪县委员会",
        "共青团沙坪县委",
        "共青团沙坪县水利局委员会",
        "共青团沙坪中学委员会",
        "团县委",
        "县关工委",
        "县红十字会",
        "沙坪县文联",
        "沙坪县残联",
        "县总工会",
        "沙坪县科协",
        "沙坪县侨联",
        "沙坪县台联",
        "县人武部",
        "政协沙坪县委员会",
        "民革沙坪县支部",
        "沙坪县民建",
        "致公党沙坪县总支",
        "九三学社沙坪县委员会",
        "县纪委监委",
        "南岭派出所",
        "南岭供电所",
        "南岭镇卫生院",
        "南岭镇中心学校",
        "沙坪县第二小学",
        "沙坪县实验二小",
        "县青少年宫",
        "南岭镇基干民兵连",
        "南岭村“两委”",
        "沙坪县水务公司",
        "沙坪水务集团",
        "附属小学",
        "县师范附属医院",
        "县防汛抗旱指挥部",
        "指挥部办公室",
        "县见义勇为协会",
        "资料中心",
        "转运中心",
        "含山县教育局",
        "110指挥中心",
    ],
)
def test_units_of_all_kinds_sign(linter: Linter, unit: str, apart: str) -> None:
    article = last(read(linter, f"{SIGNED}{TITLE}\n\n{TEXT}{apart}（{unit}）\n\n"))
    source = article.child("attribution")

    assert source is not None
    assert source.fields["value"] == unit


@pytest.mark.parametrize("apart", ["\n　　", ""])
@pytest.mark.parametrize(
    "note",
    [
        "注：水位按上游标尺",
        "备注：工期含雨天，不含节假日",
        "说明：费用由县财政承担",
        "特别说明：渡口夜间停航",
        "附注：船票半价",
        "编者注：渡口建成三十年",
        "温馨提示：请穿救生衣",
        "名词解释：渡口指过河的码头",
        "注：渡船票价成人2.5元，学生1.2元；夜间加收0.5元，大风天停航，雨天照常开航，节假日增开两班",
        "上游水位以标尺读数为准，高出警戒线半米时停航；下游水位以浮标读数为准，低于两米时也停航",
        "共30个村",
        "含上游两个乡镇",
        "附件另发",
    ],
)
def test_notes_in_brackets_sign_nothing(linter: Linter, note: str, apart: str) -> None:
    """Not even where the house signs in the same brackets, article by article."""
    article = last(read(linter, f"{SIGNED}{SIGNED}{TITLE}\n\n{TEXT}{apart}（{note}）\n　　（县水利局）\n\n"))
    source = article.child("attribution")

    assert source is not None
    assert source.fields["value"] == "县水利局"


@pytest.mark.parametrize("label", ["来源", "供稿", "反映人", "供稿单位"])
@pytest.mark.parametrize("form", ["\n（{}：云岭县教育局）", "\n{}：云岭县教育局", "（{}：云岭县教育局）"])
def test_the_label_of_a_source_is_no_part_of_its_value(linter: Linter, label: str, form: str) -> None:
    (article,) = read(linter, f"{TITLE}\n\n{TEXT}{form.format(label)}\n\n").bulletin.list("articles")
    attribution = article.child("attribution")
    assert attribution is not None
    assert attribution.fields["value"] == "云岭县教育局"
