"""Bold type by HTML tags and by runs of four stars, as the parts of a bulletin show it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command

REST = "各村走访了老人，共走访三次。"


def article(command: Command, folder: Path, *blocks: str) -> dict[str, Any]:
    """The article that some blocks below a masthead are; the first of them stands on line 5."""
    path = folder / "1.md"
    lines = ["# 松湖区情况简报", "第1期", *blocks, "（青石镇）", "责编：王某"]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    outcome = command("extract", path, "--format", "json")
    assert (0, "") == (outcome.code, outcome.err)
    (found,) = json.loads(outcome.out)["articles"]
    assert isinstance(found, dict)
    return found


def place(part: dict[str, Any]) -> tuple[int, int, int]:
    """Line, first column and the column after the last one."""
    assert part["line"] == part["end_line"]
    return part["line"], part["column"], part["end_column"]


@pytest.mark.parametrize("tag", ["b", "strong", "B"])
def test_a_tag_for_bold_type_makes_a_lead_in(command: Command, tmp_path: Path, tag: str) -> None:
    found = article(command, tmp_path, "## 各区动态", f"<{tag}>甲村先行。</{tag}>{REST}")

    (block,) = found["blocks"]
    assert ("lead-in", "甲村先行。", f"甲村先行。{REST}") == (block["kind"], block["lead"], block["text"])


@pytest.mark.parametrize("tag", ["i", "u", "span"])
def test_another_tag_makes_none(command: Command, tmp_path: Path, tag: str) -> None:
    found = article(command, tmp_path, "## 各区动态", f"<{tag}>甲村先行。</{tag}>{REST}")

    (block,) = found["blocks"]
    assert ("paragraph", f"甲村先行。{REST}") == (block["kind"], block["text"])


@pytest.mark.parametrize("text", [f"甲村先行。</b>{REST}", f"</b>甲村先行。{REST}", f"<b>甲村先行。{REST}"])
def test_a_tag_without_its_partner_makes_none(command: Command, tmp_path: Path, text: str) -> None:
    found = article(command, tmp_path, "## 各区动态", text)

    assert [("paragraph", f"甲村先行。{REST}")] == [(each["kind"], each["text"]) for each in found["blocks"]]


@pytest.mark.parametrize("tag", ["b", "strong"])
def test_a_tag_for_bold_type_makes_a_title(command: Command, tmp_path: Path, tag: str) -> None:
    found = article(command, tmp_path, f"<{tag}>东湖街道举办邻里节</{tag}>", REST)

    assert "东湖街道举办邻里节" == found["title"]["text"]
    # Nine characters right behind the tag.
    first = len(f"<{tag}>") + 1
    assert (5, first, first + 9) == place(found["title"])


def test_four_stars_between_two_bold_runs_close_and_open(command: Command, tmp_path: Path) -> None:
    """Bold all over: both runs touch, and what follows them is the rest of a lead-in."""
    found = article(command, tmp_path, "## 各区动态", f"**乙村****跟上。**{REST}")

    (block,) = found["blocks"]
    assert ("lead-in", "乙村跟上。", f"乙村跟上。{REST}") == (block["kind"], block["lead"], block["text"])


@pytest.mark.parametrize("before", ["", f"{REST}　", REST], ids=["alone", "behind space", "behind words"])
def test_four_stars_that_only_close_leave_none(command: Command, tmp_path: Path, before: str) -> None:
    """Two within two, at the end of a line: nothing follows that they could open."""
    found = article(command, tmp_path, "## 各区动态", REST, f"{before}****丁村跟上，全村参加。****")

    assert f"{before}丁村跟上，全村参加。" == found["blocks"][1]["text"]


def test_four_stars_that_only_open_close_nothing(command: Command, tmp_path: Path) -> None:
    """Behind white space a run closes nothing, and what it opens is never closed here."""
    text = f"**甲村先行 ****乙村跟上。{REST}"
    found = article(command, tmp_path, "## 各区动态", text)

    assert [("paragraph", text)] == [(each["kind"], each["text"]) for each in found["blocks"]]
