"""Layouts that examples describe: what stands where, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings import Settings
from bulletin_lint.config.shapes import Scope, read_record
from bulletin_lint.config.yaml import parse_yaml
from bulletin_lint.engine.rule_tests import Case, run_examples
from bulletin_lint.model.reading import Reading
from bulletin_lint.rulebook.example_layout import refuse_misset, shown, typeset
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.schema import LAYOUT

POINT = 25.4 / 72
"""Millimetres in a point."""


def read(text: str) -> dict[str, Any]:
    """A layout as the loader reads it."""
    mistakes = Diagnostics()
    node = parse_yaml("layout.yaml", text.encode(), mistakes)
    assert node is not None
    found = read_record(node, LAYOUT, Scope(mistakes))
    refuse_misset(node, found, mistakes)
    mistakes.raise_any()
    return found


def set_up(text: str) -> Reading:
    return typeset(read(text))


def millimetres(box: Any) -> list[float]:
    return [round(side * POINT, 2) for side in box]


def test_a_line_stands_where_the_layout_says() -> None:
    reading = set_up("lines: [{x: 28, baseline: 42, size: 16, font: FangSong, text: 甲乙ab}]")
    (line,) = reading.lines

    # Two characters of 16 pt and two letters of 8 are 48 pt, or 16.93 mm; 16 pt are 5.644 mm.
    assert [28.0, round(42 - 0.88 * 5.6444, 2), 44.93, round(42 + 0.12 * 5.6444, 2)] == millimetres(line.box)
    assert ("甲乙ab\n", "FangSong", 16.0, 1) == (reading.text, line.font, line.size, line.page)
    assert 42 == pytest.approx(line.baseline * POINT)
    assert [(1, 210.0, 297.0)] == [
        (page.number, round(page.width * POINT, 2), round(page.height * POINT, 2)) for page in reading.layouts
    ]


def test_a_paragraph_goes_down_by_its_leading_and_over_to_the_next_page() -> None:
    reading = set_up(
        "pages: [210x297, 297x210]\n"
        "lines:\n"
        '  - {x: 28, baseline: 42, size: 16, leading: 29, indent: 2, text: "甲乙\\n丙"}\n'
        "  - {page: 2, baseline: 42, joins: true, text: 丁}\n"
        "  - {text: 戊}\n"
        "  - {page: 4, x: 98, baseline: 280, furniture: page-number, text: — 4 —}\n"
    )
    step = 29 * POINT

    assert [42, 42 + step, 42, 42 + step, 280] == pytest.approx(
        [line.baseline * POINT for line in reading.lines]
    )
    assert [False, True, True, False, False] == [line.joins for line in reading.lines]
    assert [1, 1, 2, 2, 4] == [line.page for line in reading.lines]
    assert [4, 0, 0, 0] == [line.indent for line in reading.lines[:4]]
    assert ["text"] * 4 + ["furniture"] == [line.kind for line in reading.lines]
    # The last size holds for the pages that follow.
    assert [210, 297, 297, 297] == [round(page.width * POINT) for page in reading.layouts]


def test_repeated_lines_and_empty_ones_take_their_height() -> None:
    reading = set_up('lines: [{x: 28, baseline: 42, size: 16, leading: 29, repeat: 2, text: "甲\\n\\n乙"}]')

    assert ["甲", "乙", "甲", "乙"] == reading.text.split()
    assert [0, 2, 3, 5] == [round((line.baseline * POINT - 42) / (29 * POINT)) for line in reading.lines]


def test_characters_have_boxes_line_by_line() -> None:
    reading = set_up('lines: [{x: 28, baseline: 42, size: 16, pitch: 15, leading: 29, text: "甲乙丙\\n丁"}]')
    place = reading.places.locate(1, 5)

    first, second = place.boxes

    assert [28 + 15 * POINT, 28 + 45 * POINT] == pytest.approx([side * POINT for side in first.box[::2]])
    assert [28, 28 + 15 * POINT] == pytest.approx([side * POINT for side in second.box[::2]])
    assert (1, 1) == (first.page, second.page)


def test_a_line_in_the_middle_is_centred_and_one_from_the_edge_is_not() -> None:
    # Four characters of 22 pt are 31.04 mm: in the middle of 210 mm they begin at 89.48.
    reading = set_up(
        "lines:\n"
        "  - {x: 89.5, baseline: 50, size: 22, text: 云溪简报}\n"
        "  - {x: 28, baseline: 70, size: 16, text: 各社区组织志愿者清扫楼道整理车棚慰问独居老人帮办各项事务。}\n"
    )

    assert [True, False] == [line.centred for line in reading.lines]


def test_a_layout_is_shown_line_by_line() -> None:
    layout = read(
        "lines:\n"
        '  - {x: 28, baseline: 42.5, size: 16, leading: 29, font: FangSong, repeat: 2, text: "甲\\n乙"}\n'
        "  - {page: 2, baseline: 50, text: 丙}\n"
    )

    assert ["p1 28,42.5 mm 16 pt FangSong ×4: 甲", "p2 28,50 mm 16 pt FangSong: 丙"] == list(shown(layout))


RULE = """\
rules:
  HB-01:
    name: small-body
    check: type-size
    on: articles.paragraphs
    expected: 16
    below: 1
    above: 1
    message: {zh: "{found}磅", en: "{found} pt"}
    examples:
      bad:
        - layout: {lines: [{x: 28, baseline: 60, size: 12, text: 居民见了面都要聊上几句。}]}
          at: AT
          message: MESSAGE
      good:
        - layout: {lines: [{x: 28, baseline: 60, size: SIZE, text: 居民见了面都要聊上几句。}]}
"""


def cases(tmp_path: Path, *, at: str = "1:1-1:13", message: str = "12磅", size: str = "16") -> list[Case]:
    pack = RULE.replace("AT", f'"{at}"').replace("MESSAGE", message).replace("SIZE", size)
    (tmp_path / "house.yaml").write_text(pack, encoding="utf-8")
    catalogue = load_catalogue(Settings(extends=("jianbao", "./house.yaml"), folder=str(tmp_path)))
    return run_examples(catalogue, Settings().required, ["./house.yaml", "house.yaml"])


def test_examples_of_a_layout_are_tests_as_those_of_a_text_are(tmp_path: Path) -> None:
    assert ["reported", "validated"] == [case.result for case in cases(tmp_path)]
    assert ["wrong", "validated"] == [case.result for case in cases(tmp_path, at="1:1-1:12")]
    assert ["wrong", "validated"] == [case.result for case in cases(tmp_path, message="13磅")]
    assert ["reported", "noisy"] == [case.result for case in cases(tmp_path, size="12")]
