"""Fixes: what is changed, what is left alone, what is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.fix import (
    ROUNDS,
    SAFE_AND_UNSAFE,
    Lint,
    fix_file,
    fix_files,
    shape_of,
    with_failures,
)
from bulletin_lint.engine.text_diff import diff
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Applicability, Edit, Fix, Violation
from bulletin_lint.model.wording import same
from bulletin_lint.readers.text.reader import read_text


def fix(*edits: tuple[int, int, str], applicability: Applicability = "safe") -> Fix:
    return Fix(applicability, (), tuple(Edit(Span(start, end), text) for start, end, text in edits))


def violation(repair: Fix, code: str = "CHR001", line: int = 1) -> Violation:
    return Violation("a.md", Location(line, 1, line, 2), code, "n", "error", same("m"), "", "", repair)


def replacing(
    *pairs: tuple[str, str], shape: str = "", applicability: Applicability = "safe", code: str = "CHR001"
) -> Lint:
    """A linter that wants every match of a pattern replaced; the shape is how often `shape` matches."""

    def lint(data: bytes) -> tuple[Reading, Sequence[Violation], object]:
        reading = read_text("a.md", data)
        found = [
            violation(
                fix((*match.span(), match.expand(replacement)), applicability=applicability),
                code,
                reading.text.count("\n", 0, match.start()) + 1,
            )
            for pattern, replacement in pairs
            for match in re.finditer(pattern, reading.text)
        ]
        return reading, found, len(re.findall(shape, reading.text)) if shape else 0

    return lint


def test_edits_are_made_at_their_places() -> None:
    assert apply_fixes("2020年03月06日", [fix((8, 9, "")), fix((5, 6, ""))]) == ("2020年3月6日", 2)


def test_a_fix_is_made_whole() -> None:
    brackets = fix((0, 1, "（"), (2, 3, "）"))

    assert apply_fixes("(甲)", [brackets]) == ("（甲）", 1)


def test_of_overlapping_fixes_the_first_is_made_and_the_other_left_out_whole() -> None:
    first = fix((0, 2, "甲"))
    other = fix((1, 3, "乙"), (4, 5, "丙"))

    assert apply_fixes("abcde", [other, first]) == ("甲cde", 1)


def test_adjacent_fixes_are_both_made() -> None:
    assert apply_fixes(",,", [fix((0, 1, "，")), fix((1, 2, "。"))]) == ("，。", 2)


def test_two_insertions_at_one_place_are_not() -> None:
    assert apply_fixes("ab", [fix((1, 1, "二")), fix((1, 1, "一"))]) == ("a一b", 1)


def test_an_insertion_inside_a_replacement_is_left_out() -> None:
    assert apply_fixes("abc", [fix((0, 3, "x")), fix((1, 1, "y"))]) == ("x", 1)


def test_a_fix_that_changes_nothing_does_not_count() -> None:
    assert apply_fixes("abc", [fix((0, 1, "a"))]) == ("abc", 0)


def test_a_fix_whose_own_edits_overlap_is_left_out() -> None:
    assert apply_fixes("abc", [fix((0, 2, "x"), (1, 3, "y"))]) == ("abc", 0)


def test_a_fix_that_reaches_into_the_second_place_of_another_is_left_out() -> None:
    brackets = fix((0, 1, "（"), (4, 5, "）"))
    assert apply_fixes("(甲乙丙)", [fix((3, 5, "丁")), brackets]) == ("（甲乙丙）", 1)
    assert apply_fixes("(甲乙丙)", [fix((3, 4, "丁")), brackets]) == ("（甲乙丁）", 2)


@st.composite
def texts_and_fixes(draw: st.DrawFn) -> tuple[str, list[Fix]]:
    text = draw(st.text("甲乙,.( ", min_size=1, max_size=20))
    edit = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.text("，。（", max_size=2)).map(
        lambda each: (min(each[:2]), max(each[:2]), each[2])
    )
    fixes = draw(st.lists(st.lists(edit, min_size=1, max_size=3).map(lambda edits: fix(*edits)), max_size=6))
    return text, fixes


@given(texts_and_fixes(), st.randoms(use_true_random=False))
def test_the_order_in_which_fixes_are_given_does_not_matter(
    given_: tuple[str, list[Fix]], random: Random
) -> None:
    text, fixes = given_
    shuffled = list(fixes)
    random.shuffle(shuffled)

    assert apply_fixes(text, fixes) == apply_fixes(text, shuffled)


@given(texts_and_fixes())
def test_text_outside_every_edit_is_untouched(given_: tuple[str, list[Fix]]) -> None:
    text, fixes = given_
    spans = [edit.span for each in fixes for edit in each.source_edits]
    touched = {index for span in spans for index in range(span.start, span.end)}
    outside = [char for index, char in enumerate(text) if index not in touched]

    changed, _ = apply_fixes(text, fixes)

    # What replaces is made of other characters, so that the rest can be told apart.
    kept = iter(char for char in changed if char not in "，。（")
    assert all(char in kept for char in outside)


@given(texts_and_fixes())
def test_at_least_one_fix_is_made_if_any_would_change_something(given_: tuple[str, list[Fix]]) -> None:
    text, fixes = given_
    possible = [each for each in fixes if apply_fixes(text, [each])[1]]

    _, count = apply_fixes(text, fixes)

    assert (count > 0) == bool(possible)
    assert count <= len(possible)


def test_a_file_is_mended_until_nothing_changes() -> None:
    # ",," → "，," → "，，" → "，": the second rule sees its case only when the first is done.
    result = fix_file("甲,,乙".encode(), replacing((",", "，"), ("，，", "，")))

    assert (result.text_after, result.applied, result.refused) == ("甲，乙", 3, ())
    assert result.after == "甲，乙".encode()


@given(st.text("甲乙,.，。 \n", min_size=1).filter(lambda text: bool(text.strip())))
def test_mending_twice_is_mending_once(text: str) -> None:
    lint = replacing((",", "，"), (r"\.", "。"), ("，，+", "，"), (" (?=[甲乙])", ""))

    once = fix_file(text.encode(), lint).after

    assert not fix_file(once, lint).changed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_breaks_stay(encoding: str, newline: str) -> None:
    text = newline.join(["第一行,有逗号的一行文字", "第二行没有改动的文字，完全保留", "\t最后一行"])
    before = text.encode(encoding)

    result = fix_file(before, replacing((",", "，")))

    assert result.after == text.replace(",", "，").encode(encoding)


def test_a_line_break_in_a_fix_is_written_as_the_file_writes_them() -> None:
    result = fix_file("甲，乙\r\n丙".encode(), replacing(("，", "\n")))

    assert result.after == "甲\r\n乙\r\n丙".encode()


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    lint = replacing((",", "，"), applicability="unsafe")

    assert not fix_file(b",", lint).changed
    assert fix_file(b",", lint, applicabilities=SAFE_AND_UNSAFE).text_after == "，"


def test_manual_fixes_are_never_made() -> None:
    lint = replacing((",", "，"), applicability="manual")

    assert not fix_file(b",", lint, applicabilities=SAFE_AND_UNSAFE).changed


def test_a_fix_that_changes_the_shape_is_refused_and_the_others_made() -> None:
    # The heading is a part of the bulletin; without its mark it is none.
    lint = replacing((",", "，"), ("# ", ""), shape="(?m)^# ")

    result = fix_file("甲,乙\n# 丙,丁\n".encode(), lint)

    assert result.text_after == "甲，乙\n# 丙，丁\n"
    assert [(refused.code, refused.line) for refused in result.refused] == [("CHR001", 2)]
    assert result.applied == 2


def test_fixes_that_change_the_shape_only_together_are_all_refused() -> None:
    lint = replacing(("甲", "乙"), ("丙", "乙"), shape="乙乙")

    result = fix_file("甲丙".encode(), lint)

    assert not result.changed
    assert len(result.refused) == 2


def test_a_fix_after_which_the_file_cannot_be_read_is_refused() -> None:
    result = fix_file("甲".encode(), replacing(("甲", "")))

    assert not result.changed
    assert len(result.refused) == 1


def test_rules_that_undo_each_other_leave_the_file_alone() -> None:
    result = fix_file("甲,".encode(), replacing((",", "，"), ("，", ",")))

    assert not result.changed
    assert str(ROUNDS) in result.refused[0].reason.en


def test_a_file_that_would_not_encode_back_is_left_alone() -> None:
    def lint(data: bytes) -> tuple[Reading, Sequence[Violation], object]:
        reading, found, shape = replacing((",", "，"))(data)
        return reading._replace(encoding="utf-16-le"), found, shape

    result = fix_file(b"abc,", lint)

    assert not result.changed
    assert len(result.refused) == 1


def test_the_shape_is_which_parts_there_are_and_not_what_they_say() -> None:
    def bulletin(issue: str, sections: int) -> Node:
        number = Node("masthead.issue_number", Span(0, 3), issue)
        masthead = Node("masthead", Span(0, 3), issue, {}, {"issue_number": number, "date": None})
        article = Node("articles[0]", Span(3, 9), "", {}, {"sections": [number] * sections})
        return Node("", Span(0, 9), "", {}, {"masthead": masthead, "articles": [article]})

    assert shape_of(bulletin("第011期", 2)) == shape_of(bulletin("第11期", 2))
    assert shape_of(bulletin("第11期", 2)) != shape_of(bulletin("第11期", 1))


def test_the_diff_is_unified_and_keeps_lines_as_they_are() -> None:
    expected = (
        "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n 甲\r\n-乙,\x0c丙\r\n+乙，\x0c丙\r\n 丁\n"
        "\\ No newline at end of file\n"
    )

    assert expected == diff("a.md", "甲\r\n乙,\x0c丙\r\n丁", "甲\r\n乙，\x0c丙\r\n丁")
    assert diff("a.md", "甲", "甲") == ""


def source(tmp_path: Path, name: str, content: bytes) -> SourceFile:
    (tmp_path / name).write_bytes(content)
    return SourceFile(str(tmp_path / name), "text", explicit=True)


def of_commas(path: SourceFile) -> FileResult:
    """A file of a run in which a half-width comma was found, to be made a full-width one."""
    edit = fix((1, 2, "，"))
    return FileResult(path.path, "text", violations=(violation(edit),))


def test_only_files_with_fixes_that_were_asked_for_are_written(tmp_path: Path) -> None:
    wrong, clean = source(tmp_path, "1.md", "甲,乙".encode()), source(tmp_path, "2.md", "丙,丁".encode())
    lint = replacing((",", "，"))
    files = list(
        fix_files([wrong, clean], [of_commas(wrong), FileResult(clean.path, "text")], lambda _: lint)
    )

    assert [each.fixed is not None for each in files] == [True, False]
    assert (tmp_path / "1.md").read_text("utf-8") == "甲，乙"
    # Nothing was found in it: nobody reads it again.
    assert (tmp_path / "2.md").read_text("utf-8") == "丙,丁"


def test_a_run_that_is_not_to_write_tells_what_would_change(tmp_path: Path) -> None:
    wrong = source(tmp_path, "1.md", "甲,乙".encode())
    (result,) = fix_files([wrong], [of_commas(wrong)], lambda _: replacing((",", "，")), writes=False)

    assert result.fixed is not None
    assert (result.fixed.text_before, result.fixed.text_after) == ("甲,乙", "甲，乙")
    assert (tmp_path / "1.md").read_text("utf-8") == "甲,乙"


def test_what_was_given_as_content_comes_back_as_content() -> None:
    given = SourceFile("<stdin>", "text", data="甲,乙".encode(), explicit=True)
    (result,) = fix_files([given], [of_commas(given)], lambda _: replacing((",", "，")))

    assert result.source.data == "甲，乙".encode()


def test_a_file_that_cannot_be_mended_keeps_no_other_from_it(tmp_path: Path) -> None:
    gone, wrong = source(tmp_path, "1.md", b""), source(tmp_path, "2.md", "甲,乙".encode())
    os.unlink(gone.path)
    lint = replacing((",", "，"))
    first, second = fix_files([gone, wrong], [of_commas(gone), of_commas(wrong)], lambda _: lint)

    assert first.error is not None
    assert first.fixed is None
    assert second.error is None
    assert (tmp_path / "2.md").read_text("utf-8") == "甲，乙"
    report = with_failures(Report((of_commas(gone), of_commas(wrong))), {gone.path: first.error})
    assert [document.path for document in report.failed] == [gone.path]
