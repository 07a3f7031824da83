"""What stands in a report of text from outside: it steers no terminal, and nothing of it is lost."""

from __future__ import annotations

import pytest

from bulletin_lint.model.visible import visible, visible_lines, visible_patch


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第三期　工作简报.md", "第三期　工作简报.md"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("a\x00b\x08c\x7fd\x9f", "a\\x00b\\x08c\\x7fd\\x9f"),
        # What turns the rest of a line round.
        ("甲\u202e乙\u2066丙\u200f丁\u061c", "甲\\u202e乙\\u2066丙\\u200f丁\\u061c"),
        ("甲\u2028乙\u2029", "甲\\u2028乙\\u2029"),
        # A name that is not text, as the system gives it.
        ("\udcff.md", "\\udcff.md"),
        ("\ud800\udfff", "\\ud800\\udfff"),
        ("甲\n乙\t丙\r", "甲↵乙 丙\\x0d"),
    ],
)
def test_a_value_stands_in_one_line(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_lines_and_patches_keep_what_makes_them() -> None:
    assert visible_lines("甲\n\t乙\x1b\r\n") == "甲\n\t乙\\x1b\\x0d\n"
    assert visible_patch("-甲\r\n+乙\x1b\r\n") == "-甲\r\n+乙\\x1b\r\n"
