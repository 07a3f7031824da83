"""What a line has in common with the words around it, and how it is set beside the others."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.echoes import Echoes
from bulletin_lint.parsing.looks import Looks
from bulletin_lint.parsing.neighbours import leads
from bulletin_lint.readers import read
from laid_out import grammar
from sheets import sheet_of


def echoes_of(*lines: str, titles: tuple[int, ...] = ()) -> Echoes:
    sheet = sheet_of(*lines)
    return Echoes(sheet, 0, leads(sheet), titles)


TITLE, OTHER = "东山开展春季植树", "供水站更换老旧水表"
TEXT = "三月一日，东山开展春季植树，镇机关干部栽下香樟三百株，又栽下桂花五十株，都浇了水，群众也自带铁锹到山脚来补种，一天里把去年的空地都补齐了，各村还派了人看护，秋后再看成活了多少。"
MORE = "三月二日，镇上的人到渠边，把淤泥挑走，把闸门换新，又把护坡补齐，下午验收，渠水当天就通到了最远的田，群众都说今年春灌不用再等，各村也定下了轮流看护的日子，到秋天再清一次。"


def test_a_title_is_said_again_below_it_and_a_stranger_is_not() -> None:
    """A line all of whose pairs of characters stand below has the most echo that there is."""
    echo = {line: echoes_of(line, TEXT).facts(0)["echo"] for line in (TITLE, "东山开展冬季防火", OTHER)}

    assert echo[TITLE] > echo["东山开展冬季防火"] > echo[OTHER] == 0.0
    # Half the weight, for no certain title tells what it means here.
    assert echo[TITLE] == 0.5 * 0.6


def test_what_stands_above_too_is_no_echo_of_the_text_below() -> None:
    above = echoes_of(TEXT, TITLE, TEXT).facts(1)["echo"]
    alone = echoes_of(MORE, TITLE, TEXT).facts(1)["echo"]

    assert above < alone
    assert echoes_of(TEXT, TITLE, MORE).facts(1)["echo"] < 0


def test_without_text_below_nothing_is_compared() -> None:
    assert echoes_of(TEXT, TITLE).facts(1) == {}
    assert echoes_of(TITLE, "第二行", "第三行", TEXT).facts(0) == {}


def test_certain_titles_tell_what_an_echo_means() -> None:
    telling = echoes_of(TITLE, TEXT, "东山开展冬季植树", TEXT, titles=(0,)).facts(2)
    silent = echoes_of(OTHER, TEXT, TITLE, TEXT, titles=(0,)).facts(2)

    assert {"echo", "rel_echo"} <= telling.keys()
    # Where titles are never said again nothing follows from an echo.
    assert silent == {}


def test_the_words_of_the_masthead_are_no_echo() -> None:
    sheet = sheet_of(TITLE, TITLE, TEXT)
    found = Echoes(sheet, 1, leads(sheet), ()).facts(1)

    assert "echo" not in found


@pytest.mark.parametrize(
    ("line", "kin"),
    [
        # All of it is the title's entry again, half of it a sub-heading's, nothing of it the next title.
        (TITLE, False),
        ("东山春季植树做法", True),
        (OTHER, False),
    ],
)
def test_a_sub_heading_has_some_words_of_its_title(line: str, *, kin: bool) -> None:
    echoes = echoes_of(TITLE, TEXT, line, MORE, titles=(0,))
    echoes.facts(2)

    assert (echoes.kin(2, None) > 0) is kin
    assert (echoes.kin(2, 0) > 0) is kin
    assert echoes.kin(0, None) == 0.0


def test_without_certain_titles_the_first_line_is_the_one_to_compare_with() -> None:
    echoes = echoes_of(TITLE, TEXT, "东山春季植树做法", MORE)
    echoes.facts(2)

    assert echoes.kin(2, None) == 0.0
    assert echoes.kin(2, 0) > 0
    assert echoes.kin(2, 2) == echoes.kin(2, 3) == 0.0


def test_two_lines_of_a_title_are_told_together_below() -> None:
    whole = echoes_of("东山开展", "春季植树", TEXT)
    other = echoes_of("供水站", "更换水表", TEXT)
    for echoes in (whole, other):
        echoes.facts(1)

    assert whole.joined(1) == pytest.approx(0.7 * 0.5)
    assert other.joined(1) == 0.0


# --- How lines are set ---------------------------------------------------------------------------------


def looks_of(*lines: str, titles: tuple[int, ...] = (), others: tuple[int, ...] = ()) -> Looks:
    source = SourceFile("1.md", "text", explicit=True, data="\n".join(lines).encode())
    sheet = Blocks(parse("1.md", read(source), grammar()), grammar())
    looks = Looks(sheet, 0, len(sheet))
    looks.compare_with(titles, others)
    return looks


PROSE = f"　　{TEXT}"


@pytest.mark.parametrize(
    ("lines", "indent"),
    [
        ([TITLE, PROSE], 4),
        ([TITLE, TEXT], 0),
        ([TITLE, PROSE, "", PROSE, "", TEXT], 4),
        # Short sentences say nothing of it where there are long ones.
        ([TITLE, "  植树。", "", "  植树。", "", PROSE], 4),
        ([TITLE, "  植树。"], 2),
        ([TITLE], 0),
    ],
)
def test_the_indent_of_prose_is_that_of_most_paragraphs(lines: list[str], indent: int) -> None:
    assert looks_of(*lines).indent == indent


@pytest.mark.parametrize(
    ("lines", "gaps"),
    [
        ([TITLE, PROSE, PROSE, PROSE], 0.0),
        ([TITLE, PROSE, "", PROSE, "", PROSE], 1.0),
        ([TITLE, PROSE, "", PROSE, PROSE], 0.5),
        ([TITLE, "", PROSE], 1.0),
        ([TITLE, PROSE], 0.0),
    ],
)
def test_the_share_of_paragraphs_that_a_gap_sets_apart(lines: list[str], gaps: float) -> None:
    assert looks_of(*lines).gaps == gaps


def test_a_line_is_like_certain_titles_if_it_is_set_as_most_of_them_are() -> None:
    lines = [TITLE, PROSE, "", "镇里修路", PROSE, "", "镇里清渠", PROSE, "山脚补种", PROSE]
    looks = looks_of(*lines, titles=(0, 2, 4), others=(0, 2, 4, 6))

    assert "like" in looks.facts(4)
    # No gap stands above it: that is one thing of seven.
    assert "like" in looks.facts(6)
    assert "no_gap" in looks.facts(6)
    assert "gap_alone" in looks.facts(4)
    deeper: Any = [*lines[:8], "### **山脚补种**", PROSE]
    assert "unlike" in looks_of(*deeper, titles=(0, 2, 4), others=(0, 2, 4, 6)).facts(6)
