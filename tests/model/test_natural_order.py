from __future__ import annotations

import random

import pytest

from bulletin_lint.model.natural_order import in_natural_order


@pytest.mark.parametrize(
    "ordered",
    [
        ["第8期.docx", "第9期.docx", "第10期.docx", "第11期.docx"],
        ["第八期.docx", "第九期.docx", "第十期.docx", "第十一期.docx", "第二十期.docx"],
        ["2019年/第12期.md", "2020年/第1期.md", "2020年/第2期.md", "2020年/第10期.md"],
        ["简报２.txt", "简报１０.txt"],
        ["a.md", "a1.md", "b.md"],
        ["1", "9" * 5000],
    ],
)
def test_names_stand_as_people_count(ordered: list[str]) -> None:
    shuffled = list(ordered)
    random.Random(7).shuffle(shuffled)
    assert in_natural_order(shuffled, str) == ordered
    assert in_natural_order(reversed(ordered), str) == ordered


def test_names_of_one_value_have_one_order() -> None:
    assert in_natural_order(["7.md", "07.md"], str) == in_natural_order(["07.md", "7.md"], str)
