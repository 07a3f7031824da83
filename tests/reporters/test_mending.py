"""What is to be done: the words known for this place, and never another's in their stead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bulletin_lint.config.settings import load_settings
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.violation import Fix, PlacedEdit, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.reporters.comment_text import comment_text
from bulletin_lint.reporters.mending import mending
from bulletin_lint.rulebook.load import load_catalogue
from harness import Command

NOTE = RuleNote(
    "ABC001", "abc", "error", same("…"), remedy=Wording("例如“甲”。", "as in 甲."), references=("N 1", "M")
)


def violation(*edits: PlacedEdit) -> Violation:
    fix = Fix("manual", edits) if edits else None
    at = Location(1, 1, 1, 3)
    return Violation("1.md", at, "ABC001", "abc", "error", same("错了"), "", "乙乙", fix, line_text="乙乙丙")


def test_the_words_known_for_a_place_go_before_what_a_rule_says() -> None:
    assert mending(violation(PlacedEdit(1, 1, 1, 3, "丁")), NOTE) == Wording(
        "「乙乙」改为「丁」", "`乙乙` becomes `丁`"
    )
    assert mending(violation(), NOTE) == NOTE.remedy
    assert mending(violation(), NOTE._replace(remedy=None)) is None


def test_of_several_changes_the_rule_speaks() -> None:
    several = violation(PlacedEdit(1, 1, 1, 2, "“"), PlacedEdit(1, 2, 1, 3, "”"))
    assert mending(several, NOTE) == NOTE.remedy
    assert mending(several, None) == Wording("共改 2 处", "2 edits")


def test_a_comment_says_what_is_wrong_what_to_do_and_by_which_norms() -> None:
    (place,) = (each := violation(PlacedEdit(1, 1, 1, 3, "丁"))).places
    assert (
        comment_text(each, place, NOTE, "zh") == "ABC001 错误：错了\n改法：「乙乙」改为「丁」\n依据：N 1；M"
    )


def remedies() -> Iterator[tuple[str, str]]:
    for code, source in sorted(load_catalogue(load_settings(isolated=True)).sources.items()):
        if source.remedy is not None:
            yield code, source.remedy.zh


def test_no_remedy_gives_an_example_as_an_order() -> None:
    named = re.compile(r"^(?:写作?|改写?为|写成)[“ ][^”]*(?:[0-9]|市|县|街道|节水办)")
    assert [code for code, said in remedies() if named.search(said)] == []


@pytest.mark.parametrize(
    ("line", "code", "mend"),
    [
        ("全镇有3千多万元投入。", "NUM012", "「3千多万」改为「3000多万」"),
        ("满意率由90%提高到95%，提高了5%。", "NUM018", "「5%」改为「5个百分点」"),
        ("依据清政办发[2024]9号文件。", "REF001", "「[2024]9号」改为「〔2024〕9号」"),
        ("咨询电话：010—55501234。", "CON001", "「010—55501234」改为「010-55501234」"),
    ],
)
def test_what_is_known_of_the_words_is_said(line: str, code: str, mend: str, command: Command) -> None:
    said = command(
        "check", "-", "--isolated", "--select", code, "--lang", "zh", stdin=f"{line}\n".encode()
    ).out
    assert mend in said


def test_a_wrong_number_is_not_to_be_deleted(command: Command) -> None:
    text = "县里办事。\n\n责编：王某\n\n电话：0739-123456　邮箱：qingyuan.example.cn\n"
    said = command(
        "check", "-", "--isolated", "--select", "FLD005,FLD006", "--lang", "zh", stdin=text.encode()
    ).out
    assert ("FLD005" in said, "FLD006" in said, "删去" in said) == (True, True, False)
