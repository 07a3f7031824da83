"""A mended text put into its file, patches of it, and what is said of files that are left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bulletin_lint.engine.annotate import differences
from bulletin_lint.engine.fix import Fixed, Made, Refused, fixed_wording, unmended, with_failures
from bulletin_lint.engine.fixed_file import leads_out, other_names, write_mended
from bulletin_lint.engine.text_diff import diff
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Span
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Edit
from bulletin_lint.model.wording import Wording


def test_the_content_is_put_into_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    write_mended(str(tmp_path / "a.md"), b"new", expected=b"old")

    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_a_file_that_holds_something_else_by_now_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"other")
    with pytest.raises(SourceError) as raised:
        write_mended(str(tmp_path / "a.md"), b"new", expected=b"old")

    assert raised.value.path == str(tmp_path / "a.md")
    assert "changed while it was checked" in raised.value.wording.en
    assert (tmp_path / "a.md").read_bytes() == b"other"


def test_a_link_is_followed_within_its_folder_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("in", "out", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_bytes(b"old")
    monkeypatch.chdir(tmp_path / "here")
    near, far, home = (tmp_path / "in" / name for name in ("near.md", "far.md", "home.md"))
    near.symlink_to("a.md")
    far.symlink_to(tmp_path / "out" / "a.md")
    home.symlink_to(tmp_path / "here" / "a.md")

    write_mended(str(near), b"new", expected=b"old")
    write_mended(str(home), b"new", expected=b"old")
    with pytest.raises(SourceError) as raised:
        write_mended(str(far), b"new", expected=b"old")

    assert raised.value.path == str(far)
    assert raised.value.wording.en.endswith(": fixes not written.")
    assert [(tmp_path / name / "a.md").read_bytes() for name in ("in", "here", "out")] == [
        b"new",
        b"new",
        b"old",
    ]
    assert near.is_symlink()

    write_mended(str(far), b"new", expected=b"old", searched=[str(tmp_path / "out")])
    assert (tmp_path / "out" / "a.md").read_bytes() == b"new"


def test_a_file_that_cannot_be_written_is_told_with_the_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(SourceError) as raised:
        write_mended(str(tmp_path / "a.md"), b"new", expected=b"old")

    assert raised.value.path == str(tmp_path / "a.md")
    assert raised.value.wording.en.startswith("fixes cannot be written (")
    assert "（错误 " in raised.value.wording.zh


def test_what_lies_in_a_searched_folder_leads_nowhere_else(tmp_path: Path) -> None:
    folders = [str(tmp_path / "one"), str(tmp_path / "two")]
    for folder in folders:
        os.mkdir(folder)
    (tmp_path / "out.md").write_bytes(b"")
    (tmp_path / "two" / "link.md").symlink_to(tmp_path / "out.md")
    (tmp_path / "two" / "a.md").write_bytes(b"")

    assert leads_out(f"{tmp_path}/two/a.md", folders) is None
    said = leads_out(f"{tmp_path}/two/link.md", folders)
    assert said is not None
    assert f"to {tmp_path}/out.md: not fixed" in said.en
    assert leads_out(f"{tmp_path}/two/a.md", folders[:1]) is not None
    assert leads_out(f"{tmp_path}/two/a.md", []) is not None


@pytest.mark.parametrize(("names", "said"), [(1, None), (2, "1 other name "), (3, "2 other names ")])
def test_further_names_of_a_file_are_counted(tmp_path: Path, names: int, said: str | None) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    for number in range(1, names):
        os.link(tmp_path / "a.md", tmp_path / f"{number}.md")
    found = other_names(str(tmp_path / "a.md"))

    assert (found is None) is (said is None)
    if found is not None and said is not None:
        assert said in found.en
        assert f"另外 {names - 1} 个文件名" in found.zh


def test_of_a_file_that_is_gone_no_names_are_known(tmp_path: Path) -> None:
    assert other_names(str(tmp_path / "gone.md")) is None


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("甲\n", "甲\n", []),
        ("", "", []),
        ("甲\n乙\n", "甲\n丙\n", [" 甲\n", "-乙\n", "+丙\n"]),
        # Form feeds break no lines.
        ("甲\x0c乙\n", "丙\x0c乙\n", ["-甲\x0c乙\n", "+丙\x0c乙\n"]),
        ("甲", "乙", ["-甲\n", "\\ No newline at end of file\n", "+乙\n", "\\ No newline at end of file\n"]),
        ("甲", "甲\n", ["-甲\n", "\\ No newline at end of file\n", "+甲\n"]),
    ],
)
def test_a_patch_has_the_lines_that_change(before: str, after: str, lines: list[str]) -> None:
    made = diff("a.md", before, after)
    head, at, rest = made.partition(" @@\n")

    assert rest == "".join(lines)
    assert bool(at) is bool(lines)
    if lines:
        assert head.startswith("--- a.md\n+++ a.md\n@@ -1")


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("", "", []),
        ("甲乙", "甲乙", []),
        ("甲,乙", "甲，乙", [(1, 2, "，")]),
        ("甲乙", "甲、乙", [(1, 1, "、")]),
        ("甲、乙", "甲乙", [(1, 2, "")]),
        # Of words alike only one is taken out, whichever.
        ("甲甲", "甲", [(1, 2, "")]),
        ("甲", "甲甲", [(1, 1, "甲")]),
        ("甲,乙\n丙.丁\n", "甲，乙\n丙。丁\n", [(1, 2, "，"), (5, 6, "。")]),
        ("甲,乙,丙", "甲，乙，丙", [(1, 2, "，"), (3, 4, "，")]),
        ("\n\n甲", "\n\n乙", [(2, 3, "乙")]),
        ("", "甲", [(0, 0, "甲")]),
    ],
)
def test_the_edits_between_two_texts_are_small(
    before: str, after: str, edits: list[tuple[int, int, str]]
) -> None:
    assert differences(before, after) == [Edit(Span(start, end), text) for start, end, text in edits]


def test_texts_of_other_lines_have_no_edits() -> None:
    with pytest.raises(ValueError, match="zip"):
        differences("甲", "甲\n")


def fixed(applied: int) -> Fixed:
    return Fixed(b"a", b"b", "a", "b", applied, ())


@pytest.mark.parametrize(
    ("each", "is_written", "en"),
    [
        ([], True, "fixed 0 violations in 0 files."),
        ([], False, "nothing to fix."),
        ([fixed(0)], False, "nothing to fix."),
        ([fixed(1)], True, "fixed 1 violation in 1 file."),
        ([fixed(1)], False, "would fix 1 violation in 1 file."),
        ([fixed(1), fixed(2)], True, "fixed 3 violations in 2 files."),
    ],
)
def test_how_much_was_mended_is_told(each: list[Fixed], en: str, *, is_written: bool) -> None:
    assert fixed_wording(each, is_written=is_written).en == en


def test_a_file_has_changed_where_its_bytes_are_others() -> None:
    assert fixed(0).changed
    assert not Fixed(b"a", b"a", "a", "a", 0, ()).changed


def test_fixes_made_and_refused_are_told_with_their_place() -> None:
    why = Wording("错", "wrong")

    assert Made("ABC001", 3, why).wording("a.md") == ("a.md:3：ABC001 错", "a.md:3: ABC001 wrong")
    assert Refused("ABC001", 3, why).wording("a.md") == (
        "a.md:3：ABC001 未修复：错",
        "a.md:3: ABC001 not fixed: wrong",
    )
    assert unmended(30.0).en.startswith("the file was not mended within 30 s ")
    assert unmended(2.5).zh.startswith("2.5 秒内")


def test_what_could_not_be_mended_is_added_to_what_failed() -> None:
    before = Wording("先", "before")
    report = Report((FileResult("a.md", "text", failures=(before,)), FileResult("b.md", "text")))
    why = Wording("后", "after")
    told = with_failures(report, {"a.md": why})

    assert [document.failures for document in told.documents] == [(before, why), ()]
