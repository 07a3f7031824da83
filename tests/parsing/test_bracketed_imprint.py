"""An imprint in brackets: the one that closes it is no part of its last value."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Node
from bulletin_lint.model.source import SourceFile

ABOVE = (
    "松岭县林业简报\n第6期（总第30期）\n松岭县林业局    2025年4月8日\n\n"
    "县局开展春季造林\n\n4月2日，县局开展春季造林，干部职工栽下香樟三百株。\n（县造林站）\n\n"
)


@pytest.mark.parametrize(
    ("imprint", "phone"),
    [
        ("（责编：甲文/核稿：乙武/电话：0571-55550100）", "0571-55550100"),
        ("（责编：甲文　核稿：乙武　电话：（0571）55550100）", "（0571）55550100"),
        ("（责编：甲文/核稿：乙武/电话：55550100（夜间））", "55550100（夜间）"),
        ("【责编：甲文\n核稿：乙武\n电话：0571-55550100】", "0571-55550100"),
        ("（责编：甲文）（核稿：乙武）（电话：0571-55550100）。", "0571-55550100"),
        # What was never opened is a slip.
        ("责编：甲文/核稿：乙武/电话：0571-55550100）", "0571-55550100）"),
    ],
)
def test_the_bracket_around_an_imprint_ends_its_last_value(linter: Linter, imprint: str, phone: str) -> None:
    document = linter.read(
        SourceFile("6.txt", "text", explicit=True), f"{ABOVE}{imprint}\n\n（报：县委办公室）\n".encode()
    )

    found = document.bulletin.child("imprint")
    assert found is not None
    for name, value in {"editor": "甲文", "reviewer": "乙武", "phone": phone}.items():
        field = found.child(name)
        assert isinstance(field, Node)
        assert value == field.fields["value"]
    (recipients,) = document.bulletin.list("distribution")
    assert "县委办公室" == recipients.fields["value"]
