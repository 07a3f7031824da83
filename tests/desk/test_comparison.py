"""Two forms of one issue compared: each planted difference is found alone, at its place; changes of form are silent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.desk.comparison.compare import Comparing, compare
from bulletin_lint.desk.looking import Desk
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.comparison import Comparison
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from docx_made import docx, p
from harness import FIXTURES

PRODUCERS = FIXTURES / "producers"
PAIRS = sorted(
    (path.name.partition("-")[0], path.name)
    for path in PRODUCERS.glob("*-*.pdf")
    if (PRODUCERS / f"{path.name.partition('-')[0]}.md").exists()
)
LOST = {"weekly-libreoffice.pdf": [("missing", "warning", "，", "")]}
"""A comma that hangs over the end of a justified line is not in that PDF at all: fixtures/producers has it."""
DENSE = (PRODUCERS / "dense.md").read_text("utf-8")
DENSE_PDFS = [name for stem, name in PAIRS if stem == "dense"]


@cache
def desk() -> Desk:
    return Desk(Settings(), Waivers(), store=CompiledStore())


def text(content: str, name: str = "source.md") -> SourceFile:
    return SourceFile(name, "text", explicit=True, data=content.encode())


def pdf(name: str) -> SourceFile:
    return SourceFile(str(PRODUCERS / name), "pdf", explicit=True)


def compared(left: SourceFile, right: SourceFile, *, is_strict: bool = False) -> Comparison:
    """In this process: the files are our own."""
    found = Comparing(desk().linter, left, right, is_strict=is_strict)(right)
    assert found.error is None, found.error
    assert found.comparison is not None
    return found.comparison


def told(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(each.kind, each.severity, each.left.text, each.right.text) for each in found.differences]


def swapped(old: str, new: str, content: str = DENSE) -> str:
    assert content.count(old) == 1, old
    return content.replace(old, new)


@pytest.mark.parametrize(("stem", "name"), PAIRS)
def test_a_manuscript_and_its_pdf_say_the_same_whoever_made_it(stem: str, name: str) -> None:
    found = compared(text((PRODUCERS / f"{stem}.md").read_text("utf-8")), pdf(name))

    assert found.is_one_text
    assert told(found) == LOST.get(name, [])


def test_there_are_pairs_of_nine_producers() -> None:
    assert len(PAIRS) == 54
    assert len(DENSE_PDFS) == 9


PLANTED = [
    ("12.6%", "12.7%", ("changed", "error", "12.7", "12.6")),
    ("3.4倍", "34倍", ("changed", "error", "34", "3.4")),
    ("走访了全县13个乡镇", "走访了全县十三个乡镇", ("changed", "error", "十三", "13")),
    ("何秋水", "何秋冰", ("changed", "error", "冰", "水")),
    ("2019年10月9日", "2019年10月19日", ("changed", "error", "19", "9")),
    ("12.6%", "12.6‰", ("changed", "error", "12.6‰", "12.6%")),
    ("健康养生", "健康养身", ("changed", "error", "身", "生")),
    ("种植、养殖", "种植，养殖", ("changed", "info", "，", "、")),
    ("不到三成，有15家", "不到三成。有15家", ("changed", "warning", "。", "，")),
    ("不少年轻人则希望", "年轻人则希望", ("added", "error", "", "不少")),
    ("与之形成对比的是，", "与之形成鲜明对比的是，", ("missing", "error", "鲜明", "")),
]


@pytest.mark.parametrize("name", DENSE_PDFS)
def test_each_planted_difference_is_found_alone_and_at_its_box(name: str) -> None:
    for old, new, difference in PLANTED:
        found = compared(text(swapped(old, new)), pdf(name))

        assert told(found) == [difference], (old, new)
        (each,) = found.differences
        source = swapped(old, new).split("\n")[each.left.location.line - 1]
        at = slice(each.left.location.column - 1, each.left.location.end_column - 1)
        assert source[at] == difference[2]
        assert each.right.location.page is not None
        if difference[3]:
            assert each.boxes


def test_all_planted_differences_together_are_told_one_by_one_and_the_other_way_round() -> None:
    content = DENSE
    # Of those that change the same words, one.
    chosen = [each for number, each in enumerate(PLANTED) if number != 5]
    for old, new, _ in chosen:
        content = swapped(old, new, content)

    there = compared(text(content), text(DENSE, "b.md"))
    back = compared(text(DENSE, "b.md"), text(content))

    expected = sorted(difference for _, _, difference in chosen)
    assert sorted(told(there)) == expected
    other = {"missing": "added", "added": "missing", "changed": "changed"}
    assert sorted((other[kind], severity, b, a) for kind, severity, a, b in told(back)) == expected


def test_a_sentence_that_is_missing_is_told_whole() -> None:
    sentence = "岭后村书屋的管理员翻出一本《番茄栽培手册》，书里介绍的品种早就没有人种了。"
    (each,) = compared(text(swapped(sentence, "")), pdf("dense-typst.pdf")).differences

    assert (each.kind, each.severity) == ("added", "error")
    # Where two neighbours begin alike nobody can say which character belongs to which.
    assert len(each.right.text) == len(sentence)


def test_a_paragraph_in_another_place_is_one_move() -> None:
    paragraphs = DENSE.split("\n\n")
    at = next(number for number, each in enumerate(paragraphs) if each.startswith("一位看了一辈子戏"))
    moved = [*paragraphs[: at - 1], paragraphs[at], paragraphs[at - 1], *paragraphs[at + 1 :]]

    (each,) = compared(text("\n\n".join(moved)), pdf("dense-typst.pdf")).differences

    assert (each.kind, each.severity) == ("moved", "error")
    # Of two that changed places the shorter one has moved.
    assert "以前是演什么看什么" in each.left.text
    assert "以前是演什么看什么" in each.right.text


FORMS = [
    lambda content: content.replace("，", ", "),
    lambda content: content.replace("“", '"').replace("”", '"'),
    lambda content: re.sub(r"(\d+)", r" \1 ", content),
    lambda content: content.replace("（", "(").replace("）", ")"),
    lambda content: content.replace("12.6%", "１２.６％"),
    lambda content: content.replace("管理员", "管\u200b理员"),
    lambda content: content.replace("\n\n", "\n\n\n\n"),
]


@pytest.mark.parametrize("changed", FORMS)
def test_changes_of_form_are_counted_and_not_told_unless_asked_for(changed: object) -> None:
    assert callable(changed)
    content = changed(DENSE)
    assert content != DENSE
    found = compared(text(content), pdf("dense-typst.pdf"))

    assert found.is_one_text
    assert told(found) == []


def test_strict_tells_of_forms_too() -> None:
    content = swapped("种植、养殖的实用技术", "种植、养殖的 实用技术").replace(
        "（梨花乡文化站）", "(梨花乡文化站）"
    )

    found = compared(text(content), text(DENSE, "b.md"), is_strict=True)

    assert [(each.kind, each.severity) for each in found.differences] == [("form", "info")] * 2
    assert found.noise == {"form": 1, "space": 1}
    assert told(compared(text(content), text(DENSE, "b.md"))) == []


def test_two_texts_are_no_forms_of_one() -> None:
    found = compared(text((PRODUCERS / "classic.md").read_text("utf-8")), pdf("dense-typst.pdf"))

    assert not found.is_one_text
    assert found.similarity < 0.2
    assert found.differences == ()


def test_cells_of_a_table_are_compared_in_order() -> None:
    source = (FIXTURES / "pdf" / "source" / "table.md").read_text("utf-8")
    right = SourceFile(str(FIXTURES / "pdf" / "table-typst.pdf"), "pdf", explicit=True)
    assert told(compared(text(source), right)) == []
    row = next(line for line in source.split("\n") if re.search(r"\| *\d+", line))
    number = re.search(r"\d+", row)
    assert number is not None
    other = str(int(number[0]) + 1)

    found = compared(text(source.replace(row, row.replace(number[0], other, 1))), right)

    assert told(found) == [("changed", "error", other, number[0])]


def test_a_word_document_is_compared_with_either() -> None:
    """As it would be written: paragraphs, without the marks of Markdown."""
    paragraphs = [line.lstrip("# ") for line in DENSE.splitlines() if line.strip(" -")]
    word = SourceFile("b.docx", "docx", explicit=True, data=docx("".join(p(each) for each in paragraphs)))
    assert told(compared(text(DENSE), word)) == []
    assert told(compared(word, pdf("dense-typst.pdf"))) == []

    other = [each.replace("12.6%", "12.7%") for each in paragraphs]
    changed = word._replace(data=docx("".join(p(each) for each in other)))
    assert told(compared(changed, pdf("dense-typst.pdf"))) == [("changed", "error", "12.7", "12.6")]


def test_a_dash_of_another_length_is_a_form_but_a_missing_one_between_numbers_is_not() -> None:
    base = "# 甲县简报\n\n第1期\n\n三至五月——即3—5月——降雨12—15毫米，比去年同期多出一成，各地水库蓄水正常。\n"
    same = base.replace("——", "—").replace("—5", "-5")
    other = base.replace("12—15", "1215")

    assert told(compared(text(base), text(same, "b.md"))) == []
    ((kind, severity, _, _),) = told(compared(text(base), text(other, "b.md")))
    assert (kind, severity) == ("missing", "error") or (kind, severity) == ("changed", "error")


def test_long_texts_are_compared_in_no_time() -> None:
    long = DENSE * 40
    changed = long[: len(long) // 2] + "增补" + long[len(long) // 2 :]

    (each,) = compared(text(long), text(changed, "b.md")).differences

    assert each.right.text == "增补"


def test_what_cannot_be_read_is_said_with_its_path(tmp_path: Path) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7\n%%EOF\n")

    with pytest.raises(SourceError) as caught:
        compare(desk().linter, text(DENSE), SourceFile(str(broken), "pdf", explicit=True))
    assert caught.value.path == str(broken)
    # Apart from this process, as the command does it.
    found = compare(desk().linter, text(DENSE), pdf("dense-typst.pdf"))
    assert found.comparison is not None
    assert found.comparison.differences == ()
    assert found.pages == 3 or found.pages == 2
