"""A promised count is kept by the enumeration right behind it, and by no other after that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint.checks.structure import enumerations
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from harness import Command


def said(command: Command, folder: Path, *paragraphs: str) -> list[tuple[int, int, str]]:
    """Line, column and message of every broken promise; the first paragraph stands on line 7."""
    lines = ["# 松湖区情况简报", "第1期", "## 各区动态", *paragraphs, "责编：王某"]
    path = folder / "1.md"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    outcome = command("check", path, "--isolated", "--select", "SEC007", "--format", "json")
    assert "" == outcome.err
    return [
        (each["line"], each["column"], each["message"]["zh"])
        for each in json.loads(outcome.out)["violations"]
    ]


TWO = "街道做了两项工作：一是逐户登记；二是分批施工。"
"""The promise (两项工作) begins at the fifth character."""
MORE = "居民有两种意见：一是尽快完工；二是减少噪声。"
PLAIN = "镇里也这样做：一是逐户登记；二是分批施工。"


@pytest.mark.parametrize(
    "behind", [PLAIN, MORE], ids=["a list that promises nothing", "one that promises two"]
)
@pytest.mark.parametrize("between", ["", "\n\n"], ids=["in one paragraph", "in the next"])
def test_a_list_that_begins_anew_is_another_list(
    command: Command, tmp_path: Path, behind: str, between: str
) -> None:
    assert [] == said(command, tmp_path, f"{TWO}{between}{behind}")


@pytest.mark.parametrize("between", ["", "\n\n"], ids=["in one paragraph", "in the next"])
def test_another_list_does_not_make_up_for_what_is_missing(
    command: Command, tmp_path: Path, between: str
) -> None:
    """Four are promised, two kept; with the two of the next list it would be four."""
    four = TWO.replace("两项", "四项")

    expected = [(7, 5, "四项工作：应有 4 项，实有 2 项")]
    assert expected == said(command, tmp_path, f"{four}{between}{PLAIN}")


def test_each_promise_has_its_own_list(command: Command, tmp_path: Path) -> None:
    three = MORE.replace("两种", "三种")

    # 居民有 are three characters behind the 23 of the paragraph's first sentence.
    assert len(TWO) == 23
    assert [(7, 23 + 4, "三种意见：应有 3 项，实有 2 项")] == said(command, tmp_path, f"{TWO}{three}")


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("一是登记；二是施工；二是回访。", 3),
        ("一是登记；三是施工；四是回访。", 3),
        ("一是登记；二是施工。", 2),
    ],
)
def test_an_item_with_a_wrong_number_is_an_item(
    command: Command, tmp_path: Path, items: str, count: int
) -> None:
    expected = [] if count == 3 else [(7, 5, "三项工作：应有 3 项，实有 2 项")]

    assert expected == said(command, tmp_path, f"街道做了三项工作：{items}")


def test_items_may_stand_in_the_paragraphs_that_follow(command: Command, tmp_path: Path) -> None:
    """One for each paragraph; where one is left out, the list has ended."""
    first, second, third = "街道做了三项工作：一是逐户登记。", "二是分批施工。", "三是完工回访。"

    assert [] == said(command, tmp_path, first, second, third)
    assert [(7, 5, "三项工作：应有 3 项，实有 2 项")] == said(
        command, tmp_path, first, second, "居民表示满意。", third
    )


@pytest.mark.parametrize(
    ("text", "items", "rest"),
    [
        ("两项：（一）造林；（二）浇水。", 2, "浇水。\n下一段"),
        ("两项：（一）造林；（二）浇水；（三）看护。", 3, "看护。\n下一段"),
        # A number amid a clause is no item.
        ("两项：（一）造林，见（二）浇水。", 1, "造林，见（二）浇水。\n下一段"),
        ("两项：　（一）造林。", 1, "造林。\n下一段"),
    ],
)
def test_items_amid_a_paragraph_are_counted_with_what_follows_the_last(
    text: str, items: int, rest: str
) -> None:
    marker = Pattern("（[一二三]）", trusted=True)
    blocks: list[Node] = [Node("", Span(0, 0), words) for words in ("上一段", text, "下一段")]
    article = Node("articles[0]", Span(0, 0), "", children={"blocks": blocks})

    counted = enumerations._marked(article, enumerations.Lead(1, 3, is_open=True), marker)

    assert counted == enumerations.Counted(items, items, "（一）", rest)
    # Of the last paragraph nothing follows.
    article.children["blocks"] = blocks[:2]
    counted = enumerations._marked(article, enumerations.Lead(1, 3, is_open=True), marker)
    assert counted is not None
    assert counted.rest == rest.removesuffix("下一段")
