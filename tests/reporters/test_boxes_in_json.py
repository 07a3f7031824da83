"""The place of a violation in JSON: one box is a box, several are a list beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness import Command
from series_generator import pdf_of

LINES = [
    "松湖区情况简报",
    "第1期",
    "各区动态",
    "松湖区于2020年03月11日召开部署会，各村都有人参加。",
    "责编：王某",
]


def violation(command: Command, folder: Path, name: str, content: bytes) -> dict[str, Any]:
    """The one zero-padded date of a bulletin, as the report has it."""
    (folder / name).write_bytes(content)
    outcome = command("check", folder / name, "--isolated", "--select", "DAT002", "--format", "json")
    assert "" == outcome.err
    (found,) = json.loads(outcome.out)["violations"]
    assert isinstance(found, dict)
    return found


def test_words_on_one_line_of_a_page_have_one_box(command: Command, tmp_path: Path) -> None:
    found = violation(command, tmp_path, "1.pdf", pdf_of(LINES))

    # 03月 are the tenth to twelfth characters, all 14 points wide and high. The line's baseline is 670
    # points above the foot of a page of 842, the font reaches 0.88 of its size above that.
    left, top = 72 + 9 * 14, 842 - 670 - 0.88 * 14
    assert (4, 10, 4, 13) == tuple(found[name] for name in ("line", "column", "end_line", "end_column"))
    assert (1, [left, round(top, 2), left + 3 * 14, round(top + 14, 2)]) == (found["page"], found["bbox"])
    assert not {"bboxes", "bbox_pages"} & set(found)


def test_words_of_a_text_have_none(command: Command, tmp_path: Path) -> None:
    found = violation(command, tmp_path, "1.txt", "\n".join(LINES).encode())

    assert (None, None) == (found["page"], found["bbox"])
    assert not {"bboxes", "bbox_pages"} & set(found)
