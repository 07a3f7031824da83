"""The view of a text without the blanks between figures and Chinese."""

from __future__ import annotations

import pytest

from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import SolidMatch, set_like, solid_text


@pytest.mark.parametrize(
    ("written", "solid"),
    [
        ("走访 30 户", "走访30户"),
        ("用 APP 办理", "用APP办理"),
        ("率为 95% 以上", "率为95%以上"),
        ("提高 .5 个百分点", "提高.5个百分点"),
        ("补贴 ￥100 元", "补贴￥100元"),
        ("走访\u00a030\u00a0户", "走访30户"),
    ],
)
def test_blanks_of_the_house_are_left_out(written: str, solid: str) -> None:
    view = solid_text(written)

    assert view is not None
    assert view.text == solid


@pytest.mark.parametrize(
    "text",
    ["走访30户", "陈 某", "A B", "12 300 份"[:6], "三、 四", "走访　30　户", "第1. 节", "\n 3 \n", "户 . 后"],
)
def test_other_blanks_stay(text: str) -> None:
    assert solid_text(text) is None


def test_places_lead_back_to_the_text_as_written() -> None:
    written = "共 30 户，其中 12 户"
    view = solid_text(written)
    assert view is not None

    # 30户 of the view is “30 户” of the text, with no blank at either end.
    at = view.text.index("30户")
    assert view.written_span(at, at + 3) == Span(2, 6)
    for offset, character in enumerate(view.text):
        assert written[view.written_offset(offset)] == character
        assert view.solid_offset(view.written_offset(offset)) == offset
    assert view.set_solid("￼" * len(written)) == "￼" * len(view.text)


def test_a_match_has_the_places_of_the_text_as_written() -> None:
    import re

    written = "共 30 户"
    view = solid_text(written)
    assert view is not None
    found = re.search(r"(?P<n>[0-9]+)(?P<u>户)(?P<no>x)?", view.text)

    match = SolidMatch(found, view)

    assert match.span() == (2, 6)
    assert match.span("u") == (5, 6)
    assert match.span("no") == (-1, -1)
    assert match["n"] == "30"
    # What is put in its place is set as the rest of the text is.
    assert match.expand(r"\g<n>个") == "30 个"


def test_words_are_set_as_a_spaced_house_does() -> None:
    assert set_like("约30户用APP，达95%。") == "约 30 户用 APP，达 95%。"
