"""Lines and paragraphs from made-up glyphs: A4 pages, a body 28 characters of 16 points wide."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.reading import Line
from bulletin_lint.readers.pdf.lines import arrange
from bulletin_lint.readers.pdf.page import Face, Grid, Page, Ruling, Run
from bulletin_lint.readers.pdf.rows import by_baseline

LEFT = 80.0
SIZE = 16.0
LEADING = 28.0
WIDTH = 28
RIGHT = LEFT + WIDTH * SIZE
SENTENCE = "今年以来各区各部门认真学习贯彻落实上级部署要求扎实做好各项工作"


def typed(
    text: str,
    x: float,
    baseline: float,
    *,
    size: float = SIZE,
    font: str = "SimSun",
    shade: float = 0.0,
    turned: bool = False,
) -> list[Run]:
    """A string set from `x` on: Chinese characters are one em wide, others half."""
    runs = []
    for character in text:
        width = size / 2 if character < "\u0300" else size
        runs.append(Run(character, (x,), x + width, baseline, Face(font, size, shade, turned)))
        x += width
    return runs


def right_aligned(text: str, baseline: float) -> list[Run]:
    return typed(text, RIGHT - SIZE * len(text), baseline)


def centred(text: str, baseline: float, *, size: float = SIZE) -> list[Run]:
    return typed(text, LEFT + (WIDTH * SIZE - size * len(text)) / 2, baseline, size=size)


def page(
    *lines: Sequence[Run], number: int = 1, rulings: Sequence[Ruling] = (), grids: Sequence[Grid] = ()
) -> Page:
    return Page(number, 595.0, 842.0, [run for line in lines for run in line], rulings, grids)


def words(count: int) -> str:
    return (SENTENCE * 2)[:count]


def full(row: int, *, indent: int = 0) -> list[Run]:
    return typed(words(WIDTH - indent), LEFT + indent * SIZE, 200 + row * LEADING)


def part(row: int, text: str, *, indent: int = 0) -> list[Run]:
    return typed(text, LEFT + indent * SIZE, 200 + row * LEADING)


def read(*pages: Page) -> tuple[str, list[Line]]:
    text, lines, _ = arrange(pages)
    return text, list(lines)


def texts(*pages: Page) -> list[str]:
    text, lines = read(*pages)
    return ["".join(text[start:end] for start, end in line.pieces) for line in lines]


def joins(*pages: Page) -> list[bool | None]:
    return [line.joins for line in read(*pages)[1] if line.kind == "text"]


def test_glyphs_are_read_by_place_and_not_in_the_order_drawn() -> None:
    first, second = part(0, "第一行"), part(1, "第二行")
    assert ["第一行", "第二行"] == texts(page(second[::-1], first[::-1]))


def test_no_space_is_made_of_a_gap_that_letters_may_have() -> None:
    assert ["共12个"] == texts(page(typed("共", 80, 200), typed("12", 100, 200), typed("个", 120, 200)))


def test_a_wide_gap_becomes_one_space() -> None:
    assert ["办公室 3月6日"] == texts(page(typed("办公室", 80, 200), typed("3月6日", 400, 200)))


def test_a_gap_that_stands_out_becomes_one_space() -> None:
    first = typed("责编：甲乙丙", 80, 200)
    assert ["责编：甲乙丙 核稿：丁戊己"] == texts(page(first, typed("核稿：丁戊己", 80 + 7 * SIZE, 200)))
    # Set apart a little, as Chinese and Latin are.
    assert ["责编：甲乙丙abcdef"] == texts(page(first, typed("abcdef", 80 + 6.5 * SIZE, 200)))


def test_a_gap_with_a_space_glyph_gets_no_other() -> None:
    assert ["办公室 3月6日"] == texts(page(typed("办公室 ", 80, 200), typed("3月6日", 400, 200)))


def test_letter_spaced_words_stay_one_word() -> None:
    spread = [
        run for index, character in enumerate("情况简报") for run in typed(character, 100 + 90 * index, 100)
    ]
    assert ["情况简报"] == texts(page(spread))


def test_double_and_ideographic_spaces_are_kept() -> None:
    assert ["抄　送：各  区"] == texts(page(part(0, "抄　送：各  区")))


def test_spaces_at_the_ends_are_outside_the_line() -> None:
    text, (line,) = read(page(part(0, "　　全市 ")))
    assert "　　全市 \n" == text
    assert ((2, 4),) == line.pieces


def test_a_line_of_spaces_is_no_line() -> None:
    assert ["第一行", "第二行"] == texts(page(part(0, "第一行"), part(1, "  "), part(2, "第二行")))


def test_a_raised_figure_belongs_to_its_line() -> None:
    raised = typed("2", 112, 194, size=9)
    assert ["面积2大"] == texts(page(typed("面积", 80, 200), raised, typed("大", 117, 200)))


def test_a_small_line_below_a_large_one_is_its_own() -> None:
    assert ["标题", "副题"] == texts(page(typed("标题", 80, 200, size=40), typed("副题", 80, 216, size=14)))


def test_text_drawn_twice_is_bold_and_read_once() -> None:
    text, (line,) = read(page(part(0, "加粗字体"), typed("加粗", LEFT + 0.4, 200.2)))
    assert "加粗字体\n" == text
    assert ((0, 2),) == line.bold


def test_doubled_narrow_letters_are_not_a_copy() -> None:
    assert ["ill"] == texts(page(part(0, "ill")))


def test_bold_and_black_type_beside_another_body_is_bold() -> None:
    line = (
        typed("一要 ", 80, 200, font="SimHei") + typed("快，", 120, 200, font="SimHei") + part(1, words(20))
    )
    text, lines = read(page(line, typed("然后", 152, 200)))
    assert ["一要 快，"] == [text[start:end] for start, end in lines[0].bold]


def test_paragraphs_begin_with_an_indent() -> None:
    first = page(full(0, indent=2), full(1), part(2, "工作。"), full(3, indent=2), part(4, "工作。"))
    assert [False, True, True, False, True] == joins(first)


def test_a_full_line_that_ends_a_sentence_does_not_end_an_indented_paragraph() -> None:
    ended = part(1, words(WIDTH - 1) + "。")
    lines = page(full(0, indent=2), ended, part(2, "工作。"), full(3, indent=2), part(4, "完。"))
    assert [False, True, True, False, True] == joins(lines)


def test_a_paragraph_goes_on_over_a_page() -> None:
    first = page(full(0, indent=2), full(1), full(2, indent=2), full(3))
    second = page(part(0, words(WIDTH)[::-1]), part(1, "工作。"), number=2)
    assert [False, True, False, True, True, True] == joins(first, second)
    assert [False, False, False, False, True, False] == [line.gap for line in read(first, second)[1]]


def test_a_line_drawn_on_both_sides_of_a_page_break_goes_on() -> None:
    first = page(full(0, indent=2), part(1, words(WIDTH)[::-1]))
    # What the edge of the page cuts stands higher than lines do.
    second = page(typed(words(WIDTH)[::-1], LEFT, 60), full(0), part(1, "工作。"), number=2)
    assert [False, True, True, True, True] == joins(first, second)


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = words(13), words(13)[::-1]
    wide = [part(0, words(WIDTH), indent=2), part(1, words(9))]
    both = [
        [*part(2, left), *typed(right, LEFT + 15 * SIZE, 200 + 2 * LEADING)],
        [*part(3, "各单位。"), *typed("各部门。", LEFT + 15 * SIZE, 200 + 3 * LEADING)],
    ]
    assert [words(WIDTH), words(9), left, "各单位。", right, "各部门。"] == texts(page(*wide, *both))
    assert [False, True, False, True, False, True] == joins(page(*wide, *both))


def test_columns_whose_paragraphs_begin_with_an_indent_are_read_one_after_the_other() -> None:
    far = LEFT + 15 * SIZE
    left = [part(0, words(11), indent=2), *[part(row, words(13)) for row in (1, 2)], part(3, words(5) + "。")]
    right = [
        typed(words(13)[::-1], far, 200),
        typed("办好了。", far, 200 + LEADING),
        typed(words(11)[::-1], far + 2 * SIZE, 200 + 2 * LEADING),
        typed(words(13)[::-1], far, 200 + 3 * LEADING),
    ]
    below = typed("责编：甲", LEFT, 200 + 6 * LEADING)
    wide = [part(-row, words(WIDTH - 2), indent=2) for row in (3, 2)]

    assert joins(page(*wide, *left, *right, below))[2:] == [
        *[False, True, True, True],
        # Without an indent, below a line that is not full: a paragraph all the same.
        *[False, True, False, True],
        False,
    ]
    assert texts(page(*left, *right, below)) == [
        *[words(11), words(13), words(13), words(5) + "。"],
        *[words(13)[::-1], "办好了。", words(11)[::-1], words(13)[::-1]],
        "责编：甲",
    ]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    far = LEFT + 15 * SIZE
    left = [part(0, words(11), indent=2), *[part(row, words(13)) for row in (1, 2, 3)]]
    right = [
        typed(words(13)[::-1], far, 200),
        typed("办好了。", far, 200 + LEADING),
        typed(words(11)[::-1], far + 2 * SIZE, 200 + 2 * LEADING),
        typed(words(13)[::-1], far, 200 + 3 * LEADING),
    ]

    assert [False, True, True, True, True, True, False, True] == joins(page(*left, *right))


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    far = LEFT + 560
    left = [full(0, indent=2), *[full(row) for row in (1, 2, 3)], typed("— 1 —", 250, 790)]
    right = [
        typed(words(WIDTH), far, 207),
        typed("工作。", far, 207 + LEADING),
        typed(words(WIDTH - 2), far + 2 * SIZE, 207 + 2 * LEADING),
        *[typed(words(WIDTH), far, 207 + row * LEADING) for row in (3, 4)],
        typed("— 2 —", far + 250, 790),
    ]
    sheet = page(*left, *right)._replace(width=1190.0)

    assert [False, True, True, True, True, True, False, True, True] == joins(sheet)
    assert [words(WIDTH), "— 1 —", words(WIDTH), "工作。"] == texts(sheet)[3:7]


def test_fields_side_by_side_are_no_columns() -> None:
    fields = [
        [*part(2, "责编：甲"), *typed("审核：乙", LEFT + 15 * SIZE, 200 + 2 * LEADING)],
        [*part(3, "电话：一"), *typed("传真：二", LEFT + 15 * SIZE, 200 + 3 * LEADING)],
    ]
    assert ["责编：甲 审核：乙", "电话：一 传真：二"] == texts(page(full(0), full(1), *fields))[2:]


def test_a_paragraph_goes_on_over_facing_pages_with_margins_of_their_own() -> None:
    first = page(full(0, indent=2), full(1), full(2, indent=2), full(3))
    shifted = [typed(words(WIDTH), LEFT + 30, 200 + row * LEADING) for row in (0, 1)]
    assert [True, True] == joins(first, page(*shifted, number=2))[-2:]


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    lines = page(
        full(0, indent=2), full(1), part(2, "工作。", indent=2), part(3, "责编：甲"), part(4, "核稿：乙")
    )
    assert [False, True, False, False, False] == joins(lines)


def test_a_line_that_breaks_early_behind_a_comma_goes_on() -> None:
    ragged = page(
        part(0, words(14) + "，", indent=2),
        part(1, words(WIDTH - 4)),
        part(2, "工作。"),
        part(3, "加强领导", indent=2),
        part(4, "责编：甲"),
        full(5, indent=2),
        full(6),
    )

    assert [False, True, True, False, False, False, True] == joins(ragged)


def test_a_line_broken_before_a_long_word_goes_on() -> None:
    address = "jianbao.toutiao@wenming.yunxi.example.cn"
    before = part(1, words(12))
    assert [False, True, True] == joins(
        page(full(0, indent=2), before, part(2, address), full(4, indent=2), full(6, indent=2))
    )[:3]


def test_a_right_aligned_line_is_not_gone_on_from() -> None:
    lines = page(
        full(0, indent=2), full(1, indent=2), right_aligned("（区文明办）", 256), part(3, "责编：甲")
    )
    assert [False, False, False, False] == joins(lines)


def test_recipients_hang_below_the_words_after_their_label() -> None:
    lines = [
        full(0, indent=2),
        full(1, indent=2),
        part(3, "报：" + words(WIDTH - 2)),
        full(4, indent=2),
        part(5, "各单位。", indent=2),
        part(6, "送：各区。"),
    ]
    assert [False, False, False, True, True, False] == joins(page(*lines))


def test_without_indents_paragraphs_are_told_by_distance() -> None:
    ended = part(1, words(WIDTH - 1) + "。")
    second = [typed(words(WIDTH), LEFT, 270.0), typed("完。", LEFT, 298.0), typed(words(9), LEFT, 340.0)]
    assert [False, True, False, True, False] == joins(page(full(0), ended, *second))


def test_without_indent_or_distance_the_place_does_not_say() -> None:
    ended = part(1, words(WIDTH - 1) + "。")
    assert [False, True, None, True] == joins(page(full(0), ended, full(2), part(3, "完。")))


def test_a_wrapped_title_is_one_and_masthead_lines_are_not() -> None:
    lines = [
        centred("第十一期", 100),
        centred("（总第二千期）", 128),
        centred("松湖区组织开展系列志愿活动", 170, size=22),
        centred("把晚间课堂办到居民楼下", 206, size=22),
    ]
    body = [full(2, indent=2), full(3), part(4, words(9))]
    assert [False, False, False, True, False, True, True] == joins(page(*lines, *body))
    assert [True, True, True, True] == [line.centred for line in read(page(*lines, *body))[1][:4]]


def test_a_rule_parts_paragraphs_and_two_close_ones_are_one() -> None:
    rules = [Ruling(LEFT, RIGHT, 206), Ruling(LEFT, RIGHT, 209), Ruling(LEFT, LEFT + 60, 236)]
    _, lines = read(page(full(0, indent=2), full(1), full(2), full(3, indent=2), rulings=rules))
    assert ["text", "rule", "text", "text", "text"] == [line.kind for line in lines]
    assert [False, False, False, True, False] == [line.joins for line in lines]
    assert lines[2].gap


def furniture(*pages: Page) -> list[tuple[int | None, str]]:
    return [(line.page, line.furniture) for line in read(*pages)[1] if line.kind == "furniture"]


@pytest.mark.parametrize("form", ["— 2 —", "- 2 -", "2", "第2页 共4页", "·2·", "2/4", "第 2 页"])
def test_page_numbers_in_the_margin_are_furniture(form: str) -> None:
    assert [(1, "page-number")] == furniture(page(full(0), full(1), typed(form, 280, 800, size=12)))


def test_page_numbers_elsewhere_are_text() -> None:
    assert [] == furniture(page(full(0), full(1), typed("— 2 —", 280, 500, size=12), full(12)))


def test_a_figure_that_ends_a_paragraph_at_the_foot_is_text() -> None:
    body = [typed(words(WIDTH), LEFT, 800 - row * LEADING) for row in range(1, 5)]
    assert [] == furniture(page(*body, typed("55", LEFT, 800)))


def test_heads_that_return_are_furniture_with_their_rules() -> None:
    pages = [
        page(
            typed("工作简报", 260, 60, size=10),
            full(0),
            full(1),
            number=number,
            rulings=[Ruling(LEFT, RIGHT, 66)],
        )
        for number in (1, 2, 3)
    ]
    assert [(number, "running-head") for number in (1, 2, 3)] == furniture(*pages)
    assert "rule" not in [line.kind for line in read(*pages)[1]]


def test_feet_that_differ_by_their_page_only_return() -> None:
    pages = [
        page(full(0), full(1), typed(f"市文明办编 总第{number}页", 260, 800, size=10), number=number)
        for number in (1, 2)
    ]
    assert [(1, "running-head"), (2, "running-head")] == furniture(*pages)


def test_the_title_is_not_the_running_head_that_repeats_it() -> None:
    first = page(centred("工作简报", 80, size=30), full(0), full(1))
    second = page(centred("工作简报", 50, size=10), full(0), full(1), number=2)
    assert [(2, "running-head")] == furniture(first, second)


def test_a_stamp_beside_the_text_is_taken_out_of_it() -> None:
    stamp = [run for row in range(5) for run in typed("归档材料章"[row], 560, 200 + 17 * row, size=14)]
    found = texts(page(full(0), full(1), stamp))
    assert words(WIDTH) in found
    assert "归档材料章" in found


def test_three_labels_below_each_other_are_no_stamp() -> None:
    assert [] == furniture(page(*(typed("报送发"[row], 80, 200 + 17 * row) for row in range(3))))


def test_pale_and_turned_text_is_a_watermark() -> None:
    slanted = typed("机密", 200, 400, size=60, shade=0.8, turned=True)
    level = typed("草稿", 200, 600, size=60, shade=0.85)
    assert [(1, "watermark"), (1, "watermark")] == furniture(page(full(0), full(1), slanted, level))


def test_a_table_takes_its_glyphs_out_of_the_text() -> None:
    grid = Grid(
        (80, 300, 280, 360), (((80, 300, 180, 330), (180, 300, 280, 330)), ((80, 330, 280, 360), None))
    )
    cells = [typed("甲", 90, 320), typed("乙", 190, 320), typed("合计", 90, 350)]
    text, lines = read(page(full(0), *cells, full(9), grids=[grid]))
    assert ["text", "table", "table", "text"] == [line.kind for line in lines]
    assert [["甲", "乙"], ["合计"]] == [
        [text[start:end] for start, end in line.cells] for line in lines if line.kind == "table"
    ]


def test_nothing_at_all_is_no_lines() -> None:
    assert ("", []) == read(page())


@given(
    st.lists(
        st.tuples(
            st.sampled_from("文明实践，。 12a—“"),
            st.floats(0, 595),
            st.floats(0, 842),
            st.sampled_from([10, 16, 30]),
        ),
        max_size=40,
    )
)
def test_every_offset_has_a_place_however_glyphs_are_strewn(
    drawn: list[tuple[str, float, float, int]],
) -> None:
    text, lines, places = arrange([page(*(typed(word, x, y, size=size) for word, x, y, size in drawn))])
    assert len(places) == len(text)
    assert text.count("\n") == len(lines)
    for line in lines:
        for start, end in line.pieces:
            assert text[start:end].strip() == text[start:end] != ""
            assert places.locate(start, end).boxes


def test_a_row_of_a_table_knows_where_it_stands() -> None:
    grid = Grid((LEFT, 220, 400, 270), (((LEFT, 220, 240, 270), (240, 220, 400, 270)),))
    cells = [*typed("项目", 90, 240), *typed("数量", 250, 240)]
    _, lines, _ = arrange([page(full(0), cells, full(9), grids=[grid])])
    (table,) = [line for line in lines if line.kind == "table"]

    # Four characters of 16 pt, the last from 266 to 282; em boxes from 0.88 above the baseline to 0.12 below.
    assert table.box == pytest.approx((90, 240 - 0.88 * SIZE, 282, 240 + 0.12 * SIZE), abs=0.01)


def test_marks_and_a_space_of_one_object_leave_its_room_to_the_words_within() -> None:
    """“甲乙 丙丁” whose marks and space are drawn at once: the space reaches up to 丙, not up to ”."""
    face = Face("Song", 10.0, 0.0, turned=False)
    marks = Run("“ ”", (50.0, 75.0, 100.0), 105.0, 700.0, face)
    words = [Run("甲乙", (55.0, 65.0), 75.0, 700.0, face), Run("丙丁", (80.0, 90.0), 100.0, 700.0, face)]

    (line,) = by_baseline([marks, *words])

    assert "“甲乙 丙丁”" == "".join(run.text for run in line)
    assert [(run.left, run.right) for run in line] == [
        (50.0, 55.0),
        (55.0, 65.0),
        (65.0, 75.0),
        (75.0, 80.0),
        (80.0, 90.0),
        (90.0, 100.0),
        (100.0, 105.0),
    ]
