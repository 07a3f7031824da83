"""Each feature of a line holds where its words say so, and not in a twin that lacks just that."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.decoder import LARGEST_ISSUE
from bulletin_lint.parsing.features import Evidence
from bulletin_lint.parsing.first_look import look
from bulletin_lint.parsing.structure import FEATURES
from bulletin_lint.readers import read
from harness import FIXTURES
from laid_out import grammar

HEAD = "云岭镇工作简报\n第4期（总第40期）\n云岭镇党政办公室　　2025年3月6日\n\n"
TAIL = "\n责编：甲文　　核稿：乙武\n电话：0571-55550100\n报：县委办公室。\n发：各村、各站所。\n"
TEXT = "　　3月1日，镇机关干部到东山植树，栽下香樟三百株，又栽下桂花五十株，都浇了水。\n"
MORE = "　　3月2日，供水站更换老旧水表四百块，水表都能远程抄读，各户不再等人上门。\n"
TITLE = "镇里开展春季植树\n\n"
SIGNED = "（镇林业站）\n\n"
ARTICLE = TITLE + TEXT + SIGNED
SHARES = {"echo", "rel_echo", "shift", "kin", "joined_echo"}
"""Features that tell how far something holds."""


def evidence_of(name: str, data: bytes) -> tuple[Blocks, Evidence]:
    source = SourceFile(name, "text", explicit=True, data=data)
    sheet = Blocks(parse(name, read(source), grammar()), grammar())
    evidence = look(sheet).evidence
    evidence.scores()
    return sheet, evidence


def at_mark(body: str) -> tuple[dict[str, float], set[str]]:
    """The features and labels of the line behind the mark »; the bulletin around it has masthead and imprint, but for a masthead
    where it begins with =.
    """
    whole = body[1:] if body[0] == "=" else HEAD + body
    whole += "" if "责编" in body else TAIL
    marked = next(line for line in whole.split("\n") if "»" in line)
    # The same line may stand there twice: as many above it are passed over.
    bare = marked.replace("»", "").strip().lstrip("#").strip().strip("*")
    above = whole.partition("»")[0].split("\n")[:-1]
    nth = sum(line.strip().lstrip("#").strip() == bare for line in above)
    sheet, evidence = evidence_of("4.md", whole.replace("»", "").encode())
    at = [index for index, text in enumerate(sheet.texts) if text == bare]
    return evidence.facts[at[nth]], evidence.labels[at[nth]]


def facts_at_mark(body: str) -> dict[str, float]:
    return at_mark(body)[0]


CASES = [
    # Where a line stands.
    ("beside_head", "»镇里开展春季植树\n\n" + TEXT, "镇里开展春季植树\n\n" + TEXT + "»山脚补种\n\n" + TEXT),
    ("beside_head", "要闻\n»镇里开展春季植树\n\n" + TEXT, "要闻\n简讯\n»镇里开展春季植树\n\n" + TEXT),
    ("after_prose", TITLE + TEXT + "»云岭镇林业站\n", "»镇里开展春季植树\n\n" + TEXT),
    ("prose", TITLE + "»" + TEXT, "»镇里开展春季植树\n\n" + TEXT),
    # How it begins.
    ("marker", TITLE + TEXT + "»一、抓好造林\n" + MORE, TITLE + TEXT + "»抓好造林\n" + MORE),
    (
        "note",
        "»编者按：镇林业站的做法很好，现予编发。\n\n" + ARTICLE,
        "»镇林业站的做法很好，现予编发。\n\n" + ARTICLE,
    ),
    ("annex", TITLE + TEXT + "»附件：植树名单\n", TITLE + TEXT + "»名单：植树名单\n"),
    ("after_annex", TITLE + TEXT + "附件：1.植树名单\n»2.浇水名单\n", TITLE + TEXT + "»2.浇水名单\n"),
    ("contents_heading", "»目录\n镇里开展春季植树\n\n" + ARTICLE, "»植树\n镇里开展春季植树\n\n" + ARTICLE),
    (
        "said_again",
        "目录\n»镇里开展春季植树\n\n" + ARTICLE,
        "目录\n镇里开展春季植树\n\n»镇里开展春季植树\n\n" + TEXT,
    ),
    (
        "listed",
        "目录\n镇里开展春季植树\n\n»镇里开展春季植树\n\n" + TEXT,
        "目录\n镇里开展夏季防汛\n\n»镇里开展春季植树\n\n" + TEXT,
    ),
    ("item_mark", "目录\n»1.镇里开展春季植树\n\n" + ARTICLE, "目录\n»镇里开展春季植树\n\n" + ARTICLE),
    ("page_tail", "目录\n»镇里开展春季植树……1\n\n" + ARTICLE, "目录\n»镇里开展春季植树\n\n" + ARTICLE),
    ("caption", TITLE + TEXT + "»图为植树现场\n", TITLE + TEXT + "»植树的现场\n"),
    ("caption_word", TITLE + TEXT + "»植树情况统计表\n", TITLE + TEXT + "»植树情况很好\n"),
    ("pictured", TITLE + TEXT + "»▲图为植树现场\n", TITLE + TEXT + "»图为植树现场\n"),
    # Its own words.
    ("len1", TITLE + TEXT + "»补种了\n" + MORE, TITLE + TEXT + "»山脚补种\n" + MORE),
    ("len2", TITLE + TEXT + "»山脚补种\n" + MORE, TITLE + TEXT + "»补种了\n" + MORE),
    ("len2", TITLE + TEXT + "»山脚再补种\n" + MORE, TITLE + TEXT + "»山脚又再补种了\n" + MORE),
    ("len3", TITLE + TEXT + "»山脚又再补种了\n" + MORE, TITLE + TEXT + "»山脚再来补种\n" + MORE),
    ("len4", TITLE + TEXT + "»山脚和东山一起补种了\n" + MORE, TITLE + TEXT + "»山脚和东山都补种\n" + MORE),
    ("colon", TITLE + TEXT + "»各村补种如下：\n" + MORE, TITLE + TEXT + "»各村补种如下\n" + MORE),
    ("comma_end", TITLE + TEXT + "»各村都来补种，\n" + MORE, TITLE + TEXT + "»各村都来补种\n" + MORE),
    ("has_comma", TITLE + TEXT + "»各村补种，山脚浇水\n" + MORE, TITLE + TEXT + "»各村补种山脚浇水\n" + MORE),
    ("open_end", TITLE + TEXT + "»谁来给树浇水？\n" + MORE, TITLE + TEXT + "»村里给树浇水\n" + MORE),
    ("dash", "镇里开展植树\n»——东山见闻\n" + TEXT, "镇里开展植树\n»东山的见闻\n" + TEXT),
    ("bracketed", TITLE + TEXT + "»（镇林业站）\n", TITLE + TEXT + "»镇林业站\n"),
    ("wide", TITLE + TEXT + "»香樟 桂花 松\n", TITLE + TEXT + "»香樟和桂花\n"),
    ("figures", TITLE + TEXT + "»1234\n", TITLE + TEXT + "»第12批\n"),
    ("mark", TITLE + TEXT + "»●补种香樟\n" + MORE, TITLE + TEXT + "»补种香樟\n" + MORE),
    ("column", "»【工作动态】\n\n" + ARTICLE, "»工作开展\n\n" + ARTICLE),
    ("column_word", "»【工作动态】\n\n" + ARTICLE, "»【工作植树】\n\n" + ARTICLE),
    (
        "date_only",
        TITLE + TEXT + "云岭镇林业站\n»2025年3月5日\n",
        TITLE + TEXT + "»云岭镇林业站\n2025年3月5日\n",
    ),
    (
        "office_only",
        TITLE + TEXT + "»云岭镇党政办公室\n2025年3月5日\n",
        TITLE + TEXT + "»山脚又补种香樟\n2025年3月5日\n",
    ),
    ("next_date", TITLE + TEXT + "»云岭镇林业站\n2025年3月5日\n", TITLE + TEXT + "»云岭镇林业站\n山脚补种\n"),
    ("same_office", TITLE + TEXT + "»云岭镇党政办公室\n", TITLE + TEXT + "»云岭镇林业站\n"),
    # Who wrote it.
    ("names", TITLE + TEXT + "»（镇林业站）\n", TITLE + TEXT + "»（植树）\n"),
    ("named_role", TITLE + TEXT + "»（镇林业站供稿）\n", TITLE + TEXT + "»（镇林业站）\n"),
    ("label_source", TITLE + TEXT + "»供稿：镇林业站\n", TITLE + TEXT + "»供水：镇林业站\n"),
    ("dash_unit", TITLE + TEXT + "»——镇林业站\n", TITLE + TEXT + "»——东山植树\n"),
    ("inline", TITLE + "»" + TEXT.strip() + "（镇林业站）\n", TITLE + "»" + TEXT),
    ("flush", TITLE + TEXT + "        »山脚补种\n", TITLE + TEXT + "       »山脚补种\n"),
    ("flush_unit", TITLE + TEXT + "        »云岭镇林业站\n", TITLE + TEXT + "»云岭镇林业站\n"),
    # What stands beside it.
    ("next_prose", "»镇里开展春季植树\n\n" + TEXT, "»镇里开展春季植树\n山脚补种\n" + TEXT),
    ("next_head", "»要闻传递\n镇里开展春季植树\n\n" + TEXT, "»镇里开展春季植树\n\n" + TEXT),
    (
        "no_prose_next",
        TITLE + TEXT + "»山脚补种\n东山补种\n西山补种\n" + TEXT,
        TITLE + TEXT + "»山脚补种\n东山补种\n" + TEXT,
    ),
    ("dash_below", "»镇里开展植树\n——东山见闻\n" + TEXT, "»镇里开展植树\n东山的见闻\n" + TEXT),
    ("next_mark", "»镇里开展植树\n●东山补种\n" + TEXT, "»●镇里开展植树\n●东山补种\n" + TEXT),
    ("next_item", "»镇里开展植树\n●东山补种，山脚浇水。\n" + TEXT, "»镇里开展植树\n●东山补种\n" + TEXT),
    ("colon_above", "镇里开展植树：\n»山脚补种香樟\n" + TEXT, "镇里开展植树\n»山脚补种香樟\n" + TEXT),
    (
        "lead",
        "»镇里开展春季植树\n\n" + TEXT,
        "»镇里开展春季植树\n\n　　镇机关干部到东山植树，又栽下桂花五十株，都浇了水。\n",
    ),
    ("run", TITLE + TEXT + "»东山\n西山\n南山\n北山\n" + MORE, TITLE + TEXT + "»东山\n西山\n南山\n" + MORE),
    (
        "run_long",
        TITLE + TEXT + "»东山\n西山\n南山\n北山\n一百\n二百\n三百\n四百\n" + MORE,
        TITLE + TEXT + "»东山\n西山\n南山\n北山\n一百\n二百\n三百\n" + MORE,
    ),
    ("row", TITLE + TEXT + "»东山 12 30 45\n" + MORE, TITLE + TEXT + "»东山 12 株\n" + MORE),
    (
        "next_row",
        TITLE + TEXT + "»村名 香樟 桂花\n东山 12 30 45\n",
        TITLE + TEXT + "»村名 香樟 桂花\n东山有树\n",
    ),
    (
        "beside_row",
        TITLE + TEXT + "»村名 香樟 桂花\n东山 12 30 45\n",
        TITLE + TEXT + "»村名\n东山 12 30 45\n",
    ),
    (
        "said_elsewhere",
        ARTICLE + "供水站换表\n\n»主要做法\n" + MORE + "\n主要做法\n" + TEXT,
        ARTICLE + "供水站换表\n\n»主要做法\n" + MORE,
    ),
    (
        "unmarked",
        TITLE + TEXT + SIGNED + "»供水站换表\n" + MORE + "●主要做法\n" + TEXT,
        TITLE + TEXT + SIGNED + "供水站换表\n" + MORE + "»●主要做法\n" + TEXT,
    ),
    (
        "stopped",
        TITLE + TEXT + SIGNED + "»供水站更换老旧水表。\n\n" + MORE,
        TITLE + TEXT + SIGNED + "»供水站更换老旧水表\n\n" + MORE,
    ),
    (
        "stopped",
        TITLE + TEXT + SIGNED + "»供水站更换老旧水表。\n\n" + MORE,
        TITLE + TEXT + SIGNED + "»供水站，更换老旧水表。\n\n" + MORE,
    ),
    (
        "broken_off",
        TITLE + TEXT + SIGNED + "»供水站换表、\n\n" + MORE,
        TITLE + TEXT + SIGNED + "»供水站换表\n\n" + MORE,
    ),
    (
        "over_title",
        "»要闻传递\n●镇里开展春季植树\n" + TEXT + SIGNED + "●供水站换表\n" + MORE + "（镇供水站）\n",
        "要闻传递\n»●镇里开展春季植树\n" + TEXT + SIGNED + "●供水站换表\n" + MORE + "（镇供水站）\n",
    ),
    (
        "axis_below",
        "            »镇里开展植树\n            东山的见闻事\n" + TEXT,
        "            »镇里开展植树\n    东山的见闻事\n" + TEXT,
    ),
    (
        "axis_above",
        "            镇里开展植树\n            »东山的见闻事\n" + TEXT,
        "            镇里开展植树\n    »东山的见闻事\n" + TEXT,
    ),
    (
        "axis_above",
        "            镇里开展植树\n            »东山的见闻事\n" + TEXT,
        "            镇里开展植树\n\n            »东山的见闻事\n" + TEXT,
    ),
    (
        "md_column",
        "## »要闻\n\n### 镇里开展植树\n\n"
        + TEXT
        + SIGNED
        + "### 供水站换表\n\n"
        + MORE
        + SIGNED
        + "## 简讯\n\n### 镇里修路\n\n"
        + TEXT
        + SIGNED,
        "## 要闻\n\n### »镇里开展植树\n\n"
        + TEXT
        + SIGNED
        + "### 供水站换表\n\n"
        + MORE
        + SIGNED
        + "## 简讯\n\n### 镇里修路\n\n"
        + TEXT
        + SIGNED,
    ),
    (
        "gap_wanted",
        (TITLE.strip() + "\n" + TEXT + MORE + SIGNED) * 3 + "供水站换表\n" + MORE + "»主要做法\n" + MORE,
        (TITLE.strip() + "\n" + TEXT + MORE + SIGNED) * 3 + "供水站换表\n" + MORE + "\n»主要做法\n" + MORE,
    ),
    (
        "no_gap",
        (TITLE.strip() + "\n" + TEXT + MORE + SIGNED) * 2 + "供水站换表\n" + MORE + "»主要做法\n" + MORE,
        (TITLE.strip() + "\n" + TEXT + MORE + SIGNED) * 2 + "供水站换表\n" + MORE + "\n»主要做法\n" + MORE,
    ),
    # A list of what is attached is over with its line where a title stands below it, over text.
    (
        "after_annex",
        TITLE + TEXT + "附件：植树名单\n»浇水名单\n",
        TITLE + TEXT + "附件：植树名单\n»浇水名单\n" + MORE,
    ),
    # What a table within the text is called.
    (
        "caption",
        TITLE + TEXT + "»附件1\n东山 12 30 45\n西山 10 20 30\n" + MORE + SIGNED,
        TITLE + TEXT + SIGNED + "»附件1\n东山 12 30 45\n西山 10 20 30\n" + MORE,
    ),
    # Numbers of sections.
    ("in_sections", TITLE + "一、造林\n" + TEXT + "»山脚补种\n" + MORE, TITLE + TEXT + "»山脚补种\n" + MORE),
    (
        "amid",
        TITLE + "一、造林\n" + TEXT + "»山脚补种\n" + MORE + "二、浇水\n" + TEXT,
        TITLE + "一、造林\n" + TEXT + "»山脚补种\n" + MORE + "三、浇水\n" + TEXT,
    ),
    (
        "restart",
        TITLE + "一、造林\n" + TEXT + "二、浇水\n" + TEXT + "»供水站换表\n" + MORE + "一、换表\n" + TEXT,
        TITLE + "一、造林\n" + TEXT + "»供水站换表\n" + MORE + "二、换表\n" + TEXT,
    ),
    # Levels of Markdown.
    ("md", "## »镇里开展春季植树\n\n" + TEXT, "»镇里开展春季植树\n\n" + TEXT),
    (
        "md_deeper",
        "## 镇里开展春季植树\n\n" + TEXT + SIGNED + "## 供水站换表\n\n" + MORE + "\n### »主要做法\n\n" + TEXT,
        "## 镇里开展春季植树\n\n" + TEXT + SIGNED + "## 供水站换表\n\n" + MORE + "\n## »主要做法\n\n" + TEXT,
    ),
    (
        "md_same",
        "## 镇里开展春季植树\n\n" + TEXT + SIGNED + "## 供水站换表\n\n" + MORE + "\n## »主要做法\n\n" + TEXT,
        "## 镇里开展春季植树\n\n" + TEXT + SIGNED + "## 供水站换表\n\n" + MORE + "\n### »主要做法\n\n" + TEXT,
    ),
    (
        "md_none",
        "## 镇里开展春季植树\n\n" + TEXT + SIGNED + "## 供水站换表\n\n" + MORE + "\n»主要做法\n\n" + TEXT,
        "镇里开展春季植树\n\n" + TEXT + SIGNED + "供水站换表\n" + MORE + "\n»主要做法\n\n" + TEXT,
    ),
    # The end.
    ("imprint", ARTICLE + "»责编：甲文\n", ARTICLE + "责编：甲文\n»镇里开展植树\n"),
    ("labels2", ARTICLE + "»责编：甲文　　核稿：乙武\n", ARTICLE + "»责编：甲文\n"),
    (
        "distribution",
        ARTICLE + "责编：甲文\n»报：县委办公室。\n",
        ARTICLE + "»责编：甲文\n报：县委办公室。\n",
    ),
    ("tail", ARTICLE + "»责编：甲文\n报：县委办公室。\n", TITLE + "»" + TEXT + SIGNED + "责编：甲文\n"),
    ("copies", ARTICLE + "责编：甲文\n»（共印50份）\n", ARTICLE + "责编：甲文\n»（共有50株）\n"),
    (
        "printed",
        ARTICLE + "责编：甲文\n»云岭镇党政办公室　　2025年3月6日印发\n",
        ARTICLE + "责编：甲文\n»云岭镇党政办公室　　2025年3月6日\n",
    ),
    (
        "first",
        "=»镇里开展春季植树\n\n" + TEXT,
        "=镇里开展春季植树\n»东山的见闻\n" + TEXT,
    ),
    (
        "head",
        "=云岭镇工作简报\n第4期\n»2025年3月6日\n\n" + ARTICLE,
        "=云岭镇工作简报\n第4期\n2025年3月6日\n\n»" + ARTICLE,
    ),
    # Remarks and what a list of contents has.
    (
        "directive",
        "【领导批示】\n\n　　»副县长批示：“做法很好，请各镇学习。”\n\n" + ARTICLE,
        "【领导批示】\n\n　　»做法很好，请各镇学习，把树种好，把水浇好。\n\n" + ARTICLE,
    ),
    (
        "box",
        "»领导批示\n\n　　做法很好，请各镇学习。\n\n" + ARTICLE,
        "»领导植树\n\n　　做法很好，请各镇学习。\n\n" + ARTICLE,
    ),
    (
        "entry_mark",
        "目录\n»▲镇里开展春季植树\n▲供水站换表\n\n" + ARTICLE,
        "目录\n»镇里开展春季植树\n供水站换表\n\n" + ARTICLE,
    ),
    (
        "joined_listed",
        "目录\n镇里开展春季植树东山补种香樟\n\n镇里开展春季植树\n»东山补种香樟\n\n" + TEXT,
        "目录\n镇里开展春季植树\n\n镇里开展春季植树\n»东山补种香樟\n\n" + TEXT,
    ),
    (
        "title_mark",
        "»●镇里开展春季植树\n" + TEXT + SIGNED + "●供水站换表\n" + MORE + "（镇供水站）\n",
        "»镇里开展春季植树\n" + TEXT + SIGNED + "供水站换表\n" + MORE + "（镇供水站）\n",
    ),
    (
        "title_number",
        "1.镇里开展春季植树\n"
        + TEXT
        + SIGNED
        + "»2.供水站换表\n"
        + MORE
        + "（镇供水站）\n\n3.镇里修路\n"
        + TEXT
        + SIGNED,
        "镇里开展春季植树\n"
        + TEXT
        + SIGNED
        + "»供水站换表\n"
        + MORE
        + "（镇供水站）\n\n镇里修路\n"
        + TEXT
        + SIGNED,
    ),
    # Gaps and indents, compared with prose.
    ("gap_above", TITLE + TEXT + "\n»山脚补种\n" + MORE, TITLE + TEXT + "»山脚补种\n" + MORE),
    (
        "gap_alone",
        TITLE + TEXT + MORE + "\n»山脚补种\n" + MORE,
        TITLE + TEXT + "\n" + MORE + "\n»山脚补种\n\n" + MORE,
    ),
    ("indent_like_prose", TITLE + TEXT + "　　»山脚补种\n" + MORE, TITLE + TEXT + "»山脚补种\n" + MORE),
    ("not_indented", TITLE + TEXT + "»山脚补种\n" + MORE, TITLE + TEXT + "　　»山脚补种\n" + MORE),
    # Forms of sources and of other lines.
    ("aside", TITLE + TEXT + "»（本文有删节）\n", TITLE + TEXT + "»（镇林业站）\n"),
    ("could_name", TITLE + TEXT + "»（甲文）\n", TITLE + TEXT + "»（镇林业站供稿）\n"),
    ("unit_column", TITLE + TEXT + "»【镇林业站】\n", TITLE + TEXT + "»【工作动态】\n"),
    ("unit_person", TITLE + TEXT + "»镇林业站　甲文\n", TITLE + TEXT + "»镇林业站\n"),
    ("framed", "»★ 要闻传递 ★\n\n" + ARTICLE, "»要闻传递\n\n" + ARTICLE),
    ("addressee", TITLE + "»各村、各站所：\n" + TEXT, TITLE + "»补种情况如下：\n" + TEXT),
    (
        "habit",
        TITLE
        + TEXT
        + "»（植树）\n\n供水站换表\n\n"
        + MORE
        + "（镇供水站）\n\n镇里修路\n\n"
        + TEXT
        + SIGNED
        + "镇里清渠\n\n"
        + MORE
        + SIGNED,
        TITLE + TEXT + "»（植树）\n\n供水站换表\n\n" + MORE,
    ),
    ("byline", "镇里开展春季植树\n»镇林业站　甲文\n" + TEXT, TITLE + TEXT + "»镇林业站　甲文\n"),
    ("long", "»" + "镇里开展春季植树" * 8 + "\n\n" + TEXT, "»" + "镇里开展春季植树" * 7 + "\n\n" + TEXT),
    ("bold", TITLE + TEXT + "»**山脚补种**\n\n" + MORE, TITLE + TEXT + "»山脚补种\n\n" + MORE),
]


@pytest.mark.parametrize(
    ("feature", "holds", "lacks"), CASES, ids=[f"{number}-{case[0]}" for number, case in enumerate(CASES)]
)
def test_a_feature_holds_where_the_words_say_so_and_not_in_the_twin(
    feature: str, holds: str, lacks: str
) -> None:
    assert feature in FEATURES
    assert facts_at_mark(holds).get(feature) == 1.0
    assert feature not in facts_at_mark(lacks)


PLAIN = "　　水表都能远程抄读，各户不再等人上门，抄表的人也不再走夜路。\n"
"""A paragraph that does not begin as news does, and says nothing of what stands above it."""
EDGES = [
    # A unit alone, set right: so long, and so far.
    (
        "flush_unit",
        TITLE + TEXT + "        »" + "山" * 21 + "林业站\n",
        TITLE + TEXT + "        »" + "山" * 22 + "林业站\n",
    ),
    ("flush_unit", TITLE + TEXT + "     »云岭镇林业站\n", TITLE + TEXT + "    »云岭镇林业站\n"),
    (
        "office_only",
        TITLE + TEXT + "»" + "山" * 27 + "办公室\n",
        TITLE + TEXT + "»" + "山" * 28 + "办公室\n",
    ),
    (
        "caption_word",
        TITLE + TEXT + "»" + "植" * 27 + "统计表\n",
        TITLE + TEXT + "»" + "植" * 28 + "统计表\n",
    ),
    ("caption_word", TITLE + TEXT + "»植树情况统计表\n", TITLE + TEXT + "【动态】\n»植树情况统计表\n" + MORE),
    (
        "printed",
        ARTICLE + "责编：甲文\n»" + "山" * 38 + "办公室　　2025年3月6日印发\n",
        ARTICLE + "责编：甲文\n»" + "山" * 45 + "办公室　　2025年3月6日印发\n",
    ),
    ("long", "»" + "山" * 61 + "\n\n" + TEXT, "»" + "山" * 60 + "\n\n" + TEXT),
    ("beside_head", "镇里植树\n»东山的见闻\n" + TEXT, "镇里植树\n东山的见闻\n»西山的见闻\n" + TEXT),
    # A stop behind a title, right below a column; below a source a gap or other words must show it.
    (
        "stopped",
        TITLE + TEXT + SIGNED + "【工作动态】\n»供水站更换设备。\n\n" + PLAIN,
        TITLE + TEXT + SIGNED + "【工作动态】\n\n镇里修路\n»供水站更换设备。\n\n" + PLAIN,
    ),
    (
        "stopped",
        TITLE + TEXT + SIGNED + "\n»供水站更换设备。\n\n" + PLAIN,
        TITLE + TEXT + SIGNED.strip() + "\n»供水站更换设备。\n\n" + PLAIN,
    ),
    (
        "broken_off",
        TITLE + TEXT + SIGNED + "»供水站换表、\n\n更换老旧设备\n\n" + MORE,
        TITLE + TEXT + SIGNED + "»供水站换表、\n\n更换老旧设备\n\n东山的见闻\n\n" + MORE,
    ),
    # Of two lines below.
    (
        "no_prose_next",
        TITLE + TEXT + "»东山的树\n\n西山的树\n\n南山的树\n\n" + MORE,
        TITLE + TEXT + "»东山的树\n\n西山的树\n\n" + MORE,
    ),
    (
        "brief",
        "【简讯】\n\n»●" + MORE.strip() + "\n\n●" + TEXT.strip() + "\n",
        "【简讯】\n\n»●" + MORE.strip() + "\n\n" + TITLE + TEXT,
    ),
    (
        "over_briefs",
        "»【简讯】\n\n●" + MORE.strip() + "\n\n●" + TEXT.strip() + "\n",
        "»【讲话】\n\n●" + MORE.strip() + "\n\n●" + TEXT.strip() + "\n",
    ),
    # Two units sign together above a date.
    (
        "next_date",
        TITLE + TEXT + "»云岭镇林业站\n云岭镇水利站\n2025年3月5日\n",
        TITLE + TEXT + "»云岭镇林业站\n山脚补种\n2025年3月5日\n",
    ),
]


@pytest.mark.parametrize(
    ("feature", "holds", "lacks"), EDGES, ids=[f"{number}-{case[0]}" for number, case in enumerate(EDGES)]
)
def test_a_feature_holds_up_to_its_edge(feature: str, holds: str, lacks: str) -> None:
    assert facts_at_mark(holds).get(feature) == 1.0
    assert feature not in facts_at_mark(lacks)


FAR = TITLE + TEXT * 12
"""So far behind the masthead stands neither note nor remark."""
LABELS = [
    # Beside the masthead a line may belong to it, further below it may not.
    ("M", "要闻\n简讯\n»2025年3月5日\n" + TEXT, "要闻\n简讯\n通知\n»2025年3月5日\n" + TEXT),
    ("CH", "»目录\n镇里开展春季植树\n\n" + ARTICLE, "»植树\n镇里开展春季植树\n\n" + ARTICLE),
    ("CE", "目录\n»镇里修路\n\n" + ARTICLE, "»镇里修路\n\n" + ARTICLE),
    ("CE", "目录\n镇里修路\n»镇里清渠\n\n" + ARTICLE, "目录\n\n" + TITLE + MORE + "»镇里清渠\n\n" + ARTICLE),
    ("N", TITLE + "»" + TEXT + SIGNED, FAR + "»" + MORE + SIGNED),
    (
        "N",
        FAR + "　　»编者按：镇林业站的做法很好，现予编发，供各村学习。\n",
        FAR + "　　»镇林业站的做法很好，现予编发，供各村学习。\n",
    ),
    (
        "NB",
        "»【领导批示】\n\n　　做法很好，请各镇学习。\n\n" + ARTICLE,
        "»领导来到镇里\n\n　　做法很好，请各镇学习。\n\n" + ARTICLE,
    ),
    ("NL", TITLE + "»" + TEXT + SIGNED, FAR + "»" + MORE + SIGNED),
    ("K", "»【工作动态】\n\n" + ARTICLE, "»镇里修路\n\n" + ARTICLE),
    ("T", TITLE + TEXT + "»山脚补种\n" + MORE, TITLE + TEXT + "»一、山脚补种了香樟。\n" + MORE),
    ("T", TITLE + TEXT + "»（植树的见闻）\n" + MORE, TITLE + TEXT + "»（镇林业站）\n"),
    ("H", TITLE + TEXT + "»山脚补种\n" + MORE, TITLE + TEXT + "»种\n" + MORE),
    ("T2", "镇里开展植树\n»山脚补种香樟\n" + TEXT, "=»镇里开展植树\n山脚补种香樟\n" + TEXT),
    ("T2", "## 镇里开展植树\n## »山脚补种香樟\n\n" + TEXT, "## 镇里开展植树\n### »山脚补种香樟\n\n" + TEXT),
    (
        "T2",
        "## 镇里开展植树\n### »——山脚补种香樟\n\n" + TEXT,
        "## 镇里开展植树\n### »山脚补种香樟\n\n" + TEXT,
    ),
    ("CP", TITLE + TEXT + "»图为植树现场\n", TITLE + TEXT + "»植树很热闹\n"),
    ("CP", TITLE + TEXT + "»植树情况统计表\n", TITLE + TEXT + "附件1\n»植树情况统计表\n"),
    ("R", TITLE + TEXT + "»东山 12 30 45\n" + MORE, TITLE + TEXT + "»东山有树\n" + MORE),
    ("PA", TITLE + "»" + TEXT.strip() + "（镇林业站）\n", TITLE + "»" + TEXT),
    ("S", TITLE + TEXT + "»一、抓好造林\n" + MORE, TITLE + TEXT + "»抓好造林\n" + MORE),
    ("A", TITLE + TEXT + "»（镇林业站）\n", TITLE + TEXT + "»山脚补种\n"),
    (
        "SG",
        TITLE + TEXT + "»" + "山" * 40 + "\n2025年3月5日\n",
        TITLE + TEXT + "»" + "山" * 41 + "\n2025年3月5日\n",
    ),
    ("SG", TITLE + TEXT + "»云岭镇党政办公室\n", TITLE + TEXT + "»山脚补种\n"),
    ("SD", TITLE + TEXT + "云岭镇林业站\n»2025年3月5日\n", TITLE + TEXT + "»云岭镇林业站\n2025年3月5日\n"),
    ("X", TITLE + TEXT + "»附件：植树名单\n", TITLE + TEXT + "»名单：植树名单\n"),
    ("X", TITLE + TEXT + "附件：1.植树名单\n»2.浇水名单\n", TITLE + TEXT + "»2.浇水名单\n"),
    ("I", ARTICLE + "»责编：甲文\n", "»镇里修路\n\n" + TEXT),
    ("D", ARTICLE + "责编：甲文\n»报：县委办公室。\n", ARTICLE + "»报县委办公室\n" + TEXT),
    # A short sentence may be a line, also one that ends in a colon; a longer one is a paragraph.
    ("T", FAR + "　　»" + "山" * 23 + "。\n" + MORE, FAR + "　　»" + "山" * 24 + "。\n" + MORE),
    ("T", FAR + "　　»" + "山" * 39 + "：\n" + MORE, FAR + "　　»" + "山" * 40 + "：\n" + MORE),
]


@pytest.mark.parametrize(
    ("label", "may", "may_not"), LABELS, ids=[f"{number}-{case[0]}" for number, case in enumerate(LABELS)]
)
def test_a_line_may_have_a_label_that_its_twin_may_not(label: str, may: str, may_not: str) -> None:
    assert label in at_mark(may)[1]
    assert label not in at_mark(may_not)[1]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("»" + MORE, {"P"}),
        ("　　»一、" + "镇机关干部到东山植树，栽下香樟三百株，" * 5 + "都浇了水。\n", {"S"}),
        (
            "　　»镇机关干部到东山植树，栽下香樟三百株，又栽下桂花五十株，都浇了水。（镇林业站）\n",
            {"P", "PA"},
        ),
    ],
)
def test_prose_amid_the_text_may_be_little_else(line: str, labels: set[str]) -> None:
    assert at_mark(FAR + line + TEXT * 16)[1] == labels


def blocks_of_fixtures() -> list[tuple[Path, Evidence]]:
    folders = (FIXTURES / "structure", FIXTURES / "bulletins" / "clean")
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".md", ".txt"))
    return [(path, evidence_of(path.name, path.read_bytes())[1]) for path in paths]


def test_what_holds_counts_one_and_a_share_counts_what_it_is() -> None:
    """And each is a feature to which a pack can give points."""
    found: set[str] = set()
    for path, evidence in blocks_of_fixtures():
        assert len(evidence.facts) < LARGEST_ISSUE
        for facts, labels in zip(evidence.facts, evidence.labels, strict=True):
            assert facts.keys() <= FEATURES, path
            assert labels, path
            assert {name for name, value in facts.items() if value != 1.0} <= SHARES, path
            assert -0.3 <= facts.get("echo", 0) <= 0.6
            assert -0.3 <= facts.get("rel_echo", 0) <= 0.3
            assert -0.06 <= facts.get("shift", 0) <= 0.12
            assert facts.get("kin", 0) == 0 or 0.15 < facts["kin"] < 0.8
            assert 0 <= facts.get("joined_echo", 0) <= 0.7
            found |= facts.keys()
    assert found > SHARES
