"""Thirty small bulletins with one or two planted defects: of the PDF the same rules are broken as of its text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from producer_scores import LAYOUT_FAMILIES, lint_file
from set_bulletins import Block, as_pages, as_text
from set_pdfs import set_pdf

SHEEP = [
    Block("title", "养殖技术信息"),
    Block("number", "第7期（总第61期）"),
    Block("sides", "白石县畜牧中心\t2025年4月15日"),
    Block("article", "白石县抓好春季羊群防疫"),
    Block(
        "paragraph",
        "入春以来，白石县畜牧中心组织技术员进村入户，为全县4.6万只羊逐只打防疫针，防疫率达到98.7%，比去年同期提高3个百分点。",
    ),
    Block("section", "一、登记造册"),
    Block(
        "paragraph", "技术员每到一户，先数清羊的只数，再登记耳标号，做到一只不漏。全县共登记养羊户2340户。"
    ),
    Block("section", "二、分片包干"),
    Block("paragraph", "中心把36名技术员分成9个小组，每个小组包2个乡镇，当天任务当天完成，不留尾巴。"),
    Block("source", "（白石县畜牧中心）"),
    Block("line", "责任编辑：石青　核稿：云起　电话：0577-6120345"),
    Block("line", "报：市畜牧中心，县政府。"),
    Block("line", "发：各乡镇畜牧站。"),
]
LAMPS = [
    Block("title", "社区建设简讯"),
    Block("number", "第7期"),
    Block("sides", "东湖街道办事处\t2025年4月15日"),
    Block("article", "老街装上新路灯"),
    Block(
        "paragraph",
        "东湖街道的老街长1.2公里，住着460户人家，过去晚上出门要打手电筒。今年春天，街道筹资18.5万元，安装路灯64盏，老街亮了98.7%。",
    ),
    Block("paragraph", "居民们说，灯亮了，心里也亮堂了。傍晚时分，老人在灯下下棋，孩子在灯下跳绳。"),
    Block("source", "（东湖街道办事处）"),
    Block("article", "议事亭里议出好办法"),
    Block("section", "一、大家出题"),
    Block("paragraph", "每月15日，居民到议事亭里提问题，街道干部当场登记，已收到问题127件。"),
    Block("section", "二、大家答题"),
    Block("paragraph", "停车难怎么办？居民提出错时停车，附近单位晚上让出车位83个，难题解开了。"),
    Block("source", "（东湖街道办事处）"),
    Block("line", "责任编辑：石青　核稿：云起　电话：0577-6120345"),
    Block("line", "报：区委、区政府。"),
]
BASES = {"sheep": SHEEP, "lamps": LAMPS}
DEFECTS = {
    "padded number": ("第7期", "第07期"),
    "padded date": ("2025年4月15日", "2025年04月15日"),
    "no such day": ("2025年4月15日", "2025年4月31日"),
    "mark twice": ("，", "，，"),
    "half-width comma": ("，", ","),
    "open bracket": ("当场登记，", "（当场登记，"),
    "open bracket in a line": ("逐只打防疫针", "（逐只打防疫针"),
    "number left out": ("二、", "三、"),
    "no source": ("（白石县畜牧中心）", None),
    "no source of the first": ("（东湖街道办事处）", None),
    "empty field": ("0577-6120345", ""),
    "short telephone": ("0577-6120345", "0577-61203"),
    "space before %": ("98.7%", "98.7 %"),
    "no full stop": ("。", ""),
    "no title": ("社区建设简讯", None),
    "no number": ("第7期", None),
}


def planted(blocks: list[Block], name: str) -> list[Block] | None:
    """The bulletin with that defect in the first block where it can be; None where it cannot."""
    words, instead = DEFECTS[name]
    for at, block in enumerate(blocks):
        in_text = block.kind == "paragraph" or words not in "，。"
        if words in block.text and in_text:
            if instead is None:
                return [*blocks[:at], *blocks[at + 1 :]]
            changed = block._replace(text=block.text.replace(words, instead, 1))
            return [*blocks[:at], changed, *blocks[at + 1 :]]
    return None


def trials() -> list[tuple[str, tuple[str, ...]]]:
    """Every defect alone, and after it some with another one, thirty in all."""
    alone = [(base, (name,)) for base in BASES for name in DEFECTS if planted(BASES[base], name) is not None]
    both = [
        (base, (first, second))
        for base in BASES
        for first, second in zip(list(DEFECTS)[::2], list(DEFECTS)[5:] + list(DEFECTS)[:5], strict=False)
        if first != second
        and (once := planted(BASES[base], first)) is not None
        and planted(once, second) is not None
    ]
    return [*alone[: 30 - min(len(both), 8)], *both[:8]]


def codes(path: Path) -> Counter[str]:
    found = Counter(violation.code for violation in lint_file(path).result.violations)
    return Counter({code: count for code, count in found.items() if not code.startswith(LAYOUT_FAMILIES)})


def test_there_are_thirty() -> None:
    assert 30 == len(trials())
    assert 8 == sum(len(names) == 2 for _, names in trials())


@pytest.mark.parametrize(("base", "names"), trials())
def test_of_the_pdf_the_same_rules_are_broken(base: str, names: tuple[str, ...], tmp_path: Path) -> None:
    blocks = BASES[base]
    for name in names:
        changed = planted(blocks, name)
        assert changed is not None
        blocks = changed
    text, pdf, clean = tmp_path / "7.md", tmp_path / "7.pdf", tmp_path / "clean.md"
    text.write_text(as_text(blocks), "utf-8")
    pdf.write_bytes(set_pdf(as_pages(blocks)))
    clean.write_text(as_text(BASES[base]), "utf-8")

    assert codes(text) == codes(pdf)
    assert codes(text) - codes(clean)


@pytest.mark.parametrize("base", BASES)
def test_without_defects_nothing_is_broken(base: str, tmp_path: Path) -> None:
    pdf = tmp_path / "7.pdf"
    pdf.write_bytes(set_pdf(as_pages(BASES[base])))

    assert not codes(pdf)
