"""Cells of tables are judged by what holds in a cell, whatever the table comes from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from docx_made import docx, p, table
from harness import Command
from set_pdfs import Piece, bulletin, set_pdf

ROWS = (
    ("项目", "进度"),
    ("望溪泵站2026年2月30日投用", "如期峻工"),
    ("供水、、供电检修", "功率60KW"),
    ("走访农户", "已访300户"),
)
EXPECTED = {"DAT005", "WRD019", "PUN010", "UNI004"}
"""A day that is not, a misspelt word, a doubled mark, a unit: what holds in a cell as in a sentence."""
OF_SENTENCES = {"PUN051", "SEC001", "ATT001", "CNS006", "SEQ007"}
BEFORE = "各街道进度见下表，由街道按月填报。"
AFTER = "以上数据由各街道汇总后报送。"


def markdown() -> bytes:
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    return "\n".join([BEFORE, "", rows[0], "|---|---|", *rows[1:], "", AFTER, ""]).encode()


def tabs() -> bytes:
    return "\n".join([BEFORE, "", *("\t".join(row) for row in ROWS), "", AFTER, ""]).encode()


def html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>表</title></head><body>"
        f"<p>{BEFORE}</p><table>{rows}</table><p>{AFTER}</p></body></html>"
    ).encode()


def word() -> bytes:
    return docx(p(BEFORE) + table(*ROWS) + p(AFTER))


def pdf() -> bytes:
    title, *others = bulletin(paragraphs=[BEFORE], top=260)
    pieces = [
        Piece(x, 420 + 28 * number, cell, 12)
        for number, row in enumerate(ROWS)
        for x, cell in zip((100, 320), row, strict=True)
    ]
    top, left, middle, right = 842 - 402, 90, 310, 500
    lines = [f"{left} {top - 28 * number} m {right} {top - 28 * number} l S" for number in range(5)]
    lines += [f"{x} {top} m {x} {top - 28 * 4} l S" for x in (left, middle, right)]
    return set_pdf([[title, *others, *pieces]], drawn=" ".join(lines))


@pytest.mark.parametrize(
    ("name", "made"),
    [("a.md", markdown), ("a.txt", tabs), ("a.html", html), ("a.docx", word), ("a.pdf", pdf)],
)
def test_a_cell_is_judged_by_what_holds_in_a_cell(
    tmp_path: Path, command: Command, name: str, made: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(made())
    report = json.loads(command("check", "--isolated", "--format", "json", path).out)
    found = {each["code"] for each in report["violations"]}

    assert found >= EXPECTED
    assert not found & (OF_SENTENCES - {"ATT001"})


def test_a_table_alone_gives_sentences_nothing_to_judge(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(table(*ROWS)))
    outcomes = json.loads(command("check", "--isolated", "--format", "json", path).out)["documents"][0][
        "outcomes"
    ]

    assert "pass" != outcomes["SEQ007"]
    assert "fail" == outcomes["PUN010"]
