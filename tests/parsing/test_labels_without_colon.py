"""A label before a space, without a colon, names its field as one with a colon does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command

ABOVE = ["# 松湖区情况简报", "第1期", "## 各区动态", "各村走访了老人，共走访三次。", "（青石镇）"]
LINE = 2 * len(ABOVE) + 1
"""The line on which the first block below them stands."""


def extracted(command: Command, folder: Path, *tail: str) -> dict[str, Any]:
    """The parts of a bulletin that ends in some lines."""
    path = folder / "1.md"
    path.write_text("\n\n".join([*ABOVE, *tail]) + "\n", encoding="utf-8")
    outcome = command("extract", path, "--format", "json")
    assert (0, "") == (outcome.code, outcome.err)
    found = json.loads(outcome.out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("space", ["\u3000", " ", "  ", "\u3000\u3000"])
@pytest.mark.parametrize("lead", ["", "（", "(", "【", "[", "\u3000\u3000"])
def test_a_label_before_space_names_its_field(
    command: Command, tmp_path: Path, lead: str, space: str
) -> None:
    found = extracted(command, tmp_path, f"{lead}主送{space}市委办公室", "责编：王某")

    (entry,) = found["distribution"]
    assert ("main", "主送", "市委办公室") == (entry["role"], entry["label"], entry["value"])
    # It stands from the label on; what leads to it is no part of it.
    first = len(lead) + 1
    assert (LINE, first, first + len(f"主送{space}市委办公室")) == (
        entry["line"],
        entry["column"],
        entry["end_column"],
    )


def test_the_tail_begins_at_such_a_label(command: Command, tmp_path: Path) -> None:
    """Neither line becomes a paragraph of the article."""
    found = extracted(command, tmp_path, "主送　市委办公室", "抄送　各镇政府")

    assert [("main", "市委办公室"), ("send", "各镇政府")] == [
        (entry["role"], entry["value"]) for entry in found["distribution"]
    ]
    (article,) = found["articles"]
    assert [ABOVE[3]] == [block["text"] for block in article["blocks"]]


@pytest.mark.parametrize("text", ["主送市委办公室", "主 送市委办公室", "发文　各村照办"])
def test_words_that_only_begin_like_a_label_are_none(command: Command, tmp_path: Path, text: str) -> None:
    assert [] == extracted(command, tmp_path, text, "责编：王某")["distribution"]


@pytest.mark.parametrize(
    ("text", "field", "label", "value"),
    [
        ("电话　0571-5550000", "phone", "电话", "0571-5550000"),
        ("责编　王某", "editor", "责编", "王某"),
        ("（责编　王某", "editor", "责编", "王某"),
        ("【核稿　吴某", "reviewer", "核稿", "吴某"),
    ],
)
def test_so_it_is_with_the_imprint(
    command: Command, tmp_path: Path, text: str, field: str, label: str, value: str
) -> None:
    entry = extracted(command, tmp_path, "报：区政府", text)["imprint"][field]

    assert (label, value) == (entry["label"], entry["value"])


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "责编：何其　　审核 方正　　电话：8213706",
            {"editor": "何其", "reviewer": "方正", "phone": "8213706"},
        ),
        ("责编：何其 核稿 方正", {"editor": "何其", "reviewer": "方正"}),
        (
            "签发：何其　　编辑　方正　　电话 8213706",
            {"approver": "何其", "editor": "方正", "phone": "8213706"},
        ),
    ],
)
def test_a_label_amid_others_may_lack_its_colon(
    command: Command, tmp_path: Path, line: str, fields: dict[str, str]
) -> None:
    imprint = extracted(command, tmp_path, line)["imprint"]

    assert fields == {name: imprint[name] and imprint[name]["value"] for name in fields}


def test_a_name_that_is_a_label_is_none_before_a_long_text(command: Command, tmp_path: Path) -> None:
    imprint = extracted(command, tmp_path, "责编：何其　　地址：青石镇 编辑部大楼三层东侧")["imprint"]

    assert "青石镇 编辑部大楼三层东侧" == imprint["address"]["value"]


def test_a_table_ends_the_tail_upwards(command: Command, tmp_path: Path) -> None:
    """A line of contacts above a list is the article's: what stands between it and the imprint is no part of a tail."""
    contact, table = "联系电话：0571-5550000", "| 村名 | 户数 |\n|---|---|\n| 柳湾村 | 30 |"
    found = extracted(command, tmp_path, "请各村报名。", contact, table, "责编：王某")

    assert found["imprint"]["editor"] is not None
    assert found["imprint"]["phone"] is None
    article = found["articles"][-1]
    assert contact in [block.get("text") for block in article["blocks"]]
