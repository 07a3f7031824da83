"""What two forms of a text have different, with what stands about it; and what counts for no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.desk.comparison import compare as module
from bulletin_lint.desk.comparison.compare import ComparedFiles, Comparing, compare
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.comparison import Comparison
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_rulebook
from house_packs import EDITOR_LABEL

FRAME = "全市各区认真落实会议精神，扎实做好各项工作。"


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> Linter:
    """A linter that reads and has no rules."""
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.yaml").write_text(EDITOR_LABEL, "utf-8")
    return Linter(load_rulebook(Settings(extends=("./pack.yaml",), folder=str(folder))), ())


def source(name: str, text: str) -> SourceFile:
    return SourceFile(name, "text", explicit=True, data=text.encode())


def files(linter: Linter, left: str, right: str, *, is_strict: bool = False) -> ComparedFiles:
    one, other = source("a.md", left), source("b.md", right)
    return Comparing(linter, one, other, is_strict=is_strict)(other)


def compared(linter: Linter, left: str, right: str, *, is_strict: bool = False) -> Comparison:
    found = files(linter, left, right, is_strict=is_strict)
    assert found.comparison is not None
    return found.comparison


def test_a_difference_is_told_with_what_stands_about_it(linter: Linter) -> None:
    left, right = f"{FRAME}\n\n{FRAME}增长一成左右。\n", f"{FRAME}\n\n{FRAME}增长两成左右。\n"
    found = compared(linter, left, right)
    assert (found.left, found.right, found.is_one_text) == ("a.md", "b.md", True)
    assert 0.3 < found.similarity < 1
    (one,) = found.differences
    assert (one.number, one.kind, one.severity) == (1, "changed", "error")
    assert (one.left.text, one.right.text) == ("一", "两")
    # Twelve characters on either side, and none beyond the paragraph.
    assert one.left.before == f"{FRAME}增长"[-12:]
    assert (one.left.after, one.right.after) == ("成左右。", "成左右。")
    assert (one.left.location.line, one.left.location.column) == (3, len(FRAME) + 3)
    assert found.noise == {}


def test_differences_are_numbered_in_the_order_of_the_first(linter: Linter) -> None:
    left = f"甲{FRAME}乙{FRAME}丙"
    found = compared(linter, left, left.replace("甲", "丁").replace("乙", "").replace("丙", "丙戊"))
    assert [(each.number, each.kind, each.left.text, each.right.text) for each in found.differences] == [
        (1, "changed", "甲", "丁"),
        (2, "missing", "乙", ""),
        (3, "added", "", "戊"),
    ]
    assert [each.left.before for each in found.differences[:1]] == [""]
    assert found.differences[2].right.after == ""


def test_of_two_texts_no_differences_are_told(linter: Linter) -> None:
    found = compared(linter, FRAME, "松湖区在沿河小区办起晚间课堂，方便上班居民来学习。")
    assert (found.is_one_text, found.differences, found.noise) == (False, (), {})
    assert found.similarity < 0.3


@pytest.mark.parametrize(
    ("left", "right", "noise", "told"),
    [
        ("“好”", '"好"', {"form": 2}, [("“", '"'), ("”", '"')]),
        ("共１２", "共12", {"form": 2}, [("１", "1"), ("２", "2")]),
        ("共 好", "共好", {"space": 1}, [("共 好", "共好")]),
        ("共好", "共 好", {"space": 1}, [("共好", "共 好")]),
        ("共  好", "共 好", {}, []),
        ("共 “好", '共"好', {"form": 1}, [("“", '"')]),
        ("好", "好", {}, []),
    ],
)
def test_what_differs_in_form_only_is_counted_and_told_where_that_is_asked_for(
    linter: Linter, left: str, right: str, noise: dict[str, int], told: list[tuple[str, str]]
) -> None:
    one, other = f"{FRAME}{left}{FRAME}\n", f"{FRAME}{right}{FRAME}\n"
    loose, strict = compared(linter, one, other), compared(linter, one, other, is_strict=True)
    assert (loose.differences, loose.noise, strict.noise) == ((), noise, noise)
    assert [(each.left.text, each.right.text) for each in strict.differences] == told
    assert {(each.kind, each.severity) for each in strict.differences} <= {("form", "info")}


def test_strict_differences_keep_the_order_of_the_first(linter: Linter) -> None:
    left = f"“{FRAME}一成{FRAME}１"
    found = compared(
        linter, left, left.replace("“", '"').replace("一", "两").replace("１", "1"), is_strict=True
    )
    assert [(each.number, each.left.text) for each in found.differences] == [(1, "“"), (2, "一"), (3, "１")]


@pytest.mark.parametrize(("most", "told"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_of_many_differences_the_first_are_told(
    linter: Linter, most: int, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module._MOST_TOLD == 1000
    monkeypatch.setattr(module, "_MOST_TOLD", most)
    left = f"甲{FRAME}乙{FRAME}丙"
    found = compared(linter, left, left.replace("甲", "丁").replace("乙", "戊").replace("丙", "己"))
    assert len(found.differences) == told


def test_the_lines_of_the_first_come_along(linter: Linter) -> None:
    found = files(linter, "一\r\n\r\n二\n", "一\n\n二\n")
    assert (found.left_lines, found.pages, found.error) == (("一", "", "二"), None, None)


def test_what_cannot_be_read_is_told_of_the_one_that_cannot(linter: Linter, tmp_path: Path) -> None:
    good = source("a.md", FRAME)
    for bad in (source("b.md", ""), SourceFile(str(tmp_path / "none.md"), "text", explicit=True)):
        for left, right in ((good, bad), (bad, good)):
            found = Comparing(linter, left, right, is_strict=False)(left)
            assert (found.path, found.comparison) == (bad.path, None)
            assert found.error is not None
    with pytest.raises(SourceError) as caught:
        compare(linter, good, source("b.md", ""))
    assert caught.value.path == "b.md"


def test_two_files_are_compared_apart(linter: Linter) -> None:
    found = compare(linter, source("a.md", FRAME), source("b.md", f"{FRAME}好"))
    assert found.comparison is not None
    assert [each.right.text for each in found.comparison.differences] == ["好"]
