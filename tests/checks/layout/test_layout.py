"""Checks of layout, on pages given as data: what they measure, and when they say that they cannot."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.layout.geometry import Geometry, usual_value
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.document import Document
from bulletin_lint.model.violation import CannotAssess, Match, Outcome
from bulletin_lint.model.wording import page_list
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.rulebook.example_layout import typeset
from bulletin_lint.rulebook.load import load_rulebook

POINTS = 72 / 25.4
FIRST = "今年以来云溪市各区各街道组织志愿者走进社区清扫楼道整"  # 26 characters, two fewer than a line holds
FULL = "理车棚慰问独居老人受到居民普遍欢迎各社区还把经验都写成手"  # 28
OTHER = "册发给新来的志愿者让好做法一茬接着一茬传下去越做越见实效"  # 28
LAYOUT_KINDS = (
    ("page-size", {"width": 210.0, "height": 297.0, "tolerance": 2.0}),
    ("type-area", {"measure": "left", "expected": 28.0, "below": 1.0, "above": 1.0}),
    ("within-type-area", {"tolerance": 1.5}),
    ("page-grid", {"count": "lines", "expected": 22, "below": 1, "above": 1}),
    ("type-size", {"expected": 16.0, "below": 1.0, "above": 1.0}),
    ("typeface", {"allow": ["Fang"]}),
    ("centred", {"tolerance": 2.0}),
    ("first-line-indent", {"characters": 2.0, "tolerance": 0.4}),
    ("page-number", {"assert": "sequence"}),
    ("on-page", {"page": 1}),
    ("page-break", {"stranded": "heading"}),
    ("line-break", {"start": "，"}),
)


@cache
def grammar() -> Grammar:
    return Grammar(load_rulebook(Settings(), CompiledStore()).grammar)


def pages(*lines: dict[str, Any], sizes: tuple[str, ...] = ("210x297",)) -> Document:
    """A document of body text as the norm has it, as far as a line does not say otherwise."""
    usual = {"x": 28.0, "baseline": 42.0, "size": 16.0, "pitch": 15.79, "leading": 29.0, "font": "FangSong"}
    reading = typeset({"pages": list(sizes), "lines": [{**usual, **lines[0]}, *lines[1:]]})
    return parse("made.pdf", reading, grammar())


def run(
    name: str, document: Document, on: str = "articles.paragraphs", **parameters: Any
) -> list[Match] | Outcome:
    cls = kind(name)
    given_all = {each: parameter.default for each, parameter in cls.parameters.items()}
    resources = Resources(trusted=True, tables={}, masks={}, aliases={})
    found = cls({**given_all, "on": [on], **parameters}, resources).run(CheckContext(document))
    assert not isinstance(found, CannotAssess)
    return found


def only(found: list[Match] | Outcome) -> Match:
    assert isinstance(found, list), found
    match: Match
    (match,) = found
    return match


def words(document: Document, match: Match) -> str:
    return document.text[match.span.start : match.span.end]


PARAGRAPH = {"indent": 2.0, "text": f"{FIRST}\n{FULL}\n{FULL}\n{FULL}\n册。"}


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_a_text_has_no_layout_that_could_be_judged(name: str, parameters: dict[str, Any]) -> None:
    reading = read_text("made.md", "各社区组织志愿者清扫楼道。\n\n— 1 —\n".encode())

    assert run(name, parse("made.md", reading, grammar()), **parameters) == "not-applicable"


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_pages_without_places_cannot_be_assessed(name: str, parameters: dict[str, Any]) -> None:
    """A reader that knows the pages and not where their lines stand."""
    given_pages = pages(PARAGRAPH)
    bare = tuple(line._replace(box=None) for line in given_pages.reading.lines)
    document = parse("made.pdf", given_pages.reading._replace(lines=bare), grammar())

    # The page's size needs no line.
    assert run(name, document, **parameters) == ([] if name == "page-size" else "cannot-assess")


@pytest.mark.parametrize(("name", "parameters"), LAYOUT_KINDS)
def test_an_empty_page_breaks_no_check(name: str, parameters: dict[str, Any]) -> None:
    document = pages({"text": " "})

    assert run(name, document, **parameters) in ([], "cannot-assess", "not-applicable")


def test_geometry_knows_edges_leading_and_size() -> None:
    geometry = Geometry(pages(PARAGRAPH))

    assert geometry.size == 16
    assert geometry.left(1) == pytest.approx(28 * POINTS)
    assert geometry.left(2) == pytest.approx(28 * POINTS)
    # The first line's indent is two characters of 16 pt, 0.42 more than two of 15.79.
    assert geometry.width == pytest.approx(28 * 15.79 + 0.42)
    assert geometry.leading == pytest.approx(29)
    # Lines that are equally long by nature do not show that they were made so.
    assert not geometry.is_justified
    assert [26, 28, 28, 28] == [len(line.text) for line in geometry.full]


def test_a_page_number_does_not_part_a_paragraph() -> None:
    document = pages(
        {"indent": 2.0, "baseline": 250.0, "text": f"{FIRST}\n{FULL}"},
        {"baseline": 271.0, "furniture": "page-number", "text": "— 1 —"},
        {"page": 2, "baseline": 42.0, "joins": True, "text": f"{OTHER}\n册。"},
    )
    geometry = Geometry(document)

    assert [(1, 0), (1, 1), (2, 2), (2, 3)] == [(line.page, line.number) for line in geometry.lines]
    assert ["— 1 —"] == [line.text for line in geometry.furniture]
    assert geometry.goes_on(1)
    assert not geometry.goes_on(2)


def test_facing_pages_have_edges_of_their_own() -> None:
    left = {"measure": "left", "expected": 28.0, "below": 1.0, "above": 1.0, "opposite": 26.0}

    def judged(*edges: float) -> list[Match] | Outcome:
        lines = [{**PARAGRAPH, "page": page, "x": x, "baseline": 42.0} for page, x in enumerate(edges, 1)]
        return run("type-area", pages(*lines), "articles.paragraphs", **left)

    assert [] == judged(28, 26, 28, 26)
    assert [] == judged(28, 28, 28)
    assert "第3页" == getattr(only(judged(28, 26, 26, 26, 28)).values["pages"], "zh", None)
    # The same edge on both sides is no mirrored one.
    assert "第1—3页" == getattr(only(judged(25.5, 25.5, 25.5)).values["pages"], "zh", None)


def test_a_line_drawn_on_both_sides_of_a_pages_end_shows_no_margin() -> None:
    """As Qt does, the second time above the type area, where its window does not show it."""
    document = pages(
        {"indent": 2.0, "baseline": 230.0, "text": f"{FIRST}\n{FULL}\n{OTHER}"},
        {"page": 2, "baseline": 30.0, "joins": True, "text": OTHER},
        {"baseline": 42.0, "joins": True, "text": f"{FULL}\n册。"},
    )
    top = {"measure": "top", "expected": 37.0, "below": 1.0, "above": 5.0}

    assert [] == run("type-area", document, "articles.paragraphs", **top)
    assert [2, 2] == [line.page for line in Geometry(document).lines if line.page == 2]


def test_lines_side_by_side_show_no_edge() -> None:
    """Two columns of 13 characters: the right one does not stand out of the left one's width."""
    left = {"indent": 2.0, "text": f"{FIRST[:11]}\n{FULL[:13]}\n{FULL[:13]}\n{FULL[:13]}\n册。"}
    right = {
        "x": 110.0,
        "baseline": 42.0,
        "indent": 2.0,
        "text": f"{OTHER[:11]}\n{OTHER[:13]}\n{OTHER[:13]}\n话。",
    }
    document = pages(left, right)

    assert {1} == Geometry(document).columned
    assert "cannot-assess" == run("within-type-area", document, tolerance=1.5)
    assert "cannot-assess" == run("first-line-indent", document, characters=2.0, tolerance=0.4)


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        (
            "LAY107",
            [
                "FangSong",
                "FangSong_GB2312",
                "SimFang",
                "STFangsong",
                "FZFSK--GBK1-0",
                "FZFangSong-Z02S",
                "仿宋_GB2312",
            ],
            ["SimSun", "STSong-Light", "FZXBSJW--GB1-0", "KaiTi", "FangZhengShuSong"],
        ),
        (
            "LAY109",
            ["FZXBSJW--GB1-0", "FZXiaoBiaoSong-B05S", "方正小标宋简体"],
            ["SimHei", "STZhongsong", "SimSun"],
        ),
        (
            "LAY012",
            ["SimHei", "STHeiti", "FZHTK--GBK1-0", "NotoSansCJKsc-Regular"],
            ["MicrosoftYaHei", "FangSong"],
        ),
        ("LAY112", ["KaiTi_GB2312", "STKaiti", "FZKTK--GBK1-0", "楷体"], ["SimHei", "FangSong"]),
        (
            "LAY223",
            ["SimSun", "NSimSun", "STSong-Light", "宋体", "NotoSerifCJKsc-Regular"],
            ["FangSong", "STZhongsong"],
        ),
    ],
)
def test_fonts_are_known_by_the_names_that_makers_give_them(
    code: str, right: list[str], wrong: list[str]
) -> None:
    rule = load_rulebook(Settings(extends=("gongwen",)), CompiledStore()).rules[code]
    patterns = [re.compile(pattern) for pattern in rule.parameters["allow"]]

    assert right == [name for name in [*right, *wrong] if any(each.search(name) for each in patterns)]


def test_names_that_drivers_give_say_nothing() -> None:
    (unnamed,) = (
        load_rulebook(Settings(extends=("gongwen",)), CompiledStore()).rules["LAY107"].parameters["unnamed"]
    )
    names = ["CIDFont+F1", "F3", "TT2", "Font12", "GlyphLessFont", "SimSun", "FangSong", "Hei", "XBS"]

    assert names[:5] == [name for name in names if re.fullmatch(unnamed, name)]


def test_a_list_that_hangs_does_not_move_the_edge_of_its_page() -> None:
    """One paragraph on the last page whose second line stands two characters in."""
    hanging = {"page": 2, "baseline": 42.0, "text": f"一是{FIRST}"}
    below = {"x": 28 + 32 / POINTS, "joins": True, "text": "册发给新来的志愿者。"}
    document = pages({**PARAGRAPH, "text": PARAGRAPH["text"]}, hanging, below)

    assert Geometry(document).left(2) == pytest.approx(28 * POINTS)
    assert [] == run("within-type-area", document, tolerance=1.5)


def test_a_stranded_heading_is_shown_whole() -> None:
    heading = {"size": 22.0, "pitch": 22.0, "leading": 33.0, "text": "松湖区推行邻里互助错峰值班\n制度"}
    document = pages(
        {"x": 76.8, "baseline": 60.0, "size": 40.0, "pitch": 40.0, "text": "云溪简报"},
        {"x": 99.4, "baseline": 75.0, "size": 16.0, "text": "第3期"},
        {"x": 54.5, "baseline": 240.0, **heading},
        {"page": 2, "x": 28.0, "size": 16.0, "pitch": 15.79, "leading": 29.0, "baseline": 42.0, **PARAGRAPH},
    )
    match = only(run("page-break", document, "articles.title", stranded="heading"))

    assert "松湖区推行邻里互助错峰值班制度" == match.values["found"] == words(document, match)
    assert [1, 1] == [box.page for box in document.locate(match.span).boxes]


def test_lines_are_counted_where_titles_stand_between_them() -> None:
    """24 lines and a half fit: a page with a title of another height holds no 25."""
    body = {"indent": 2.0, "leading": 26.0, "baseline": 42.0}
    document = pages(
        {**body, "text": f"{FIRST}\n" + f"{FULL}\n" * 10 + "册。"},
        {"indent": 2.0, "baseline": 42 + 298.5 / POINTS, "text": f"{FIRST}\n" + f"{FULL}\n" * 11 + FULL},
        {"page": 2, "baseline": 42.0, "joins": True, "text": f"{OTHER}\n册。"},
    )
    match = only(run("page-grid", document, count="lines", expected=22, below=1, above=1))

    # From 42 mm on: 298.5 pt and 12 lines of 26 pt, 610.5 pt, are 23.48 lines below the first.
    assert 24 == match.values["found"]


def test_one_report_names_the_other_pages_and_no_more_than_ten() -> None:
    narrow = [{**PARAGRAPH, "page": number, "baseline": 42.0} for number in range(1, 16)]
    match = only(run("type-size", pages(*narrow), expected=18.0, below=1.0))

    assert 15 * 5 == match.values["count"]
    assert "pages 1–15" == getattr(match.values["pages"], "en", None)
    assert 10 == len(match.related)


def justified(*more: dict[str, Any]) -> Document:
    """Full lines of 28 characters, one of 27 stretched to the same edge, and what follows."""
    stretched = {"joins": True, "pitch": 28 * 15.79 / 27, "text": OTHER[:27]}
    back = {"joins": True, "pitch": 15.79, "text": FULL}
    return pages({**PARAGRAPH, "text": f"{FIRST}\n{FULL}\n{FULL}"}, stretched, back, *more)


def test_a_mark_may_hang_at_the_end_of_a_line_and_a_character_may_not() -> None:
    for text, wrong in ((f"{OTHER}，", False), (f"{OTHER}册", True)):
        document = justified({"joins": True, "text": f"{text}\n册。"})
        assert Geometry(document).is_justified
        found = run("within-type-area", document, tolerance=1.5)
        if wrong:
            # One character of 15.79 pt, 5.57 mm.
            assert (text, "5.6") == (words(document, only(found)), only(found).values["found"])
        else:
            assert [] == found


def test_lines_that_end_in_a_hanging_mark_do_not_widen_the_type_area() -> None:
    hanging = f"{FULL}，\n{OTHER}。\n{FULL}，\n{OTHER}，\n{FULL}\n{OTHER}\n{FULL}\n册。"

    assert Geometry(pages({"indent": 2.0, "text": hanging[2:]})).width == pytest.approx(28 * 15.79)


def test_a_title_that_ends_in_a_mark_may_count_it_half() -> None:
    """Eleven characters of 22 pt, the closing mark half as wide to the program that centred it."""
    for text, off in (("临江区做到“三个坚持”", None), ("临江区做到三个坚持了事", "1.9")):
        # Off the middle of the page, and further off that of the type area, by a quarter of 22 pt.
        x = 105 - 11 * 22 / 2 / POINTS + 5.5 / POINTS
        title = {"x": x, "size": 22.0, "pitch": 22.0, "baseline": 100.0, "text": text}
        head = {"x": 76.8, "baseline": 60.0, "size": 40.0, "pitch": 40.0, "text": "云溪简报"}
        number = {"x": 99.4, "baseline": 75.0, "size": 16.0, "text": "第3期"}
        body = {"x": 24.0, "baseline": 130.0, "size": 16.0, "pitch": 15.79, **PARAGRAPH}
        found = run("centred", pages(head, number, title, body), "articles.title", tolerance=1.8)
        assert (found == []) if off is None else (off == only(found).values["found"])


def test_of_ragged_lines_the_longest_shows_the_edge() -> None:
    """Lines that end anywhere: an attribution at the true edge is within the type area."""
    ragged = {**PARAGRAPH, "text": f"{FIRST[:24]}\n{FULL[:25]}\n{FULL[:27]}\n{FULL[:26]}\n册。"}
    source = {"x": 28 + 156 - 8 * 16 / POINTS, "pitch": 16.0, "text": "（松湖区文明办）"}

    assert [] == run("within-type-area", pages(ragged, source), tolerance=1.5)


def test_a_landscape_page_is_a4_as_well() -> None:
    document = pages(PARAGRAPH, {"page": 2, "baseline": 42.0, "text": "册。"}, sizes=("210x297", "297x210"))

    assert [] == run("page-size", document, width=210.0, height=297.0, tolerance=2.0)


def test_the_size_of_an_empty_page_is_reported_on_the_document() -> None:
    document = pages(PARAGRAPH, {"page": 2, "baseline": 42.0, "text": " "}, sizes=("210x297", "100x100"))
    match = only(run("page-size", document, width=210.0, height=297.0, tolerance=2.0))

    assert (0, 0) == match.span
    assert "100×100" == match.values["found"]


def test_a_font_without_a_name_says_nothing() -> None:
    for name in ("", "CIDFont+F1"):
        document = pages({**PARAGRAPH, "font": name})
        assert "cannot-assess" == run("typeface", document, allow=["Fang"], unnamed=["CIDFont.F[0-9]+"])


def test_latin_lines_say_nothing_of_chinese_type() -> None:
    address = {"size": 10.0, "font": "Times", "text": "https://www.volunteer.yunxi.example.cn/spring/"}

    assert [] == run("type-size", pages(PARAGRAPH, address), expected=16.0, below=1.0, above=1.0)


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (["— 1 —", "— 2 —", "— 3 —"], None),
        (["- 7 -", "- 8 -", "- 9 -"], None),
        (["第1页 共3页", "第2页 共3页", "第3页 共3页"], None),
        (["共3页 第1页", "共3页 第2页", "共3页 第3页"], None),
        (["1/3", "2/3", "3/3"], None),
        (["— 一 —", "— 二 —", "— 三 —"], None),
        (["— 1 —", "— 1 —", "— 2 —"], "— 1 —"),
        (["— 1 —", "— 3 —", "— 4 —"], "— 3 —"),
        (["共3页 第1页", "共3页 第3页", "共3页 第3页"], "共3页 第3页"),
    ],
)
def test_page_numbers_count_the_pages_in_whatever_form(texts: list[str], wrong: str | None) -> None:
    lines: list[dict[str, Any]] = []
    for number, text in enumerate(texts, 1):
        lines.append({**PARAGRAPH, "page": number, "baseline": 42.0})
        lines.append({"baseline": 271.0, "furniture": "page-number", "text": text})
    document = pages(*lines)
    found = run("page-number", document, **{"assert": "sequence"})

    if wrong is None:
        assert found == []
    else:
        match = only(found)
        assert (wrong, 2) == (words(document, match), match.values["page"])
        assert 1 == len(match.related)


def test_an_empty_page_has_no_number_and_may_be_counted_or_not() -> None:
    for last in ("— 2 —", "— 3 —"):
        document = pages(
            PARAGRAPH,
            {"baseline": 271.0, "furniture": "page-number", "text": "— 1 —"},
            {**PARAGRAPH, "page": 3, "baseline": 42.0},
            {"baseline": 271.0, "furniture": "page-number", "text": last},
        )
        assert [] == run("page-number", document, **{"assert": "sequence"}), last


def test_a_line_break_that_is_a_paragraphs_end_is_none() -> None:
    document = pages(PARAGRAPH, {"text": "，册。"})

    assert [] == run("line-break", document, on="raw", start="，")


def test_marks_stand_where_they_are_wrong() -> None:
    document = pages({**PARAGRAPH, "text": f"{FIRST[:25]}《\n手册》\n。居民说好"})

    start = only(run("line-break", document, on="raw", start="[。，]"))
    end = only(run("line-break", document, on="raw", end="[《（]"))
    assert ("。", "《") == (words(document, start), words(document, end))
    assert 3 == round(document.locate(start.span).boxes[0].box[1] / 29 - 104.9 / 29) + 1
    assert "cannot-assess" == run("line-break", document, on="articles.title", start="的")


def test_the_usual_value_is_that_of_the_crowd() -> None:
    assert usual_value([]) is None
    assert usual_value([79.4, 79.5, 79.3, 10.0, 111.0, 111.9]) == 79.4


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_the_usual_value_is_one_of_the_values_in_any_order(values: list[float]) -> None:
    found = usual_value(values)

    assert found in values
    assert found == usual_value(values[::-1])


def test_pages_are_listed_as_people_do() -> None:
    assert ("第2页", "page 2") == page_list([2])
    assert ("第1—3、5、7—8页", "pages 1–3, 5, 7–8") == page_list([8, 5, 1, 2, 3, 7, 1])


@pytest.mark.parametrize(
    ("name", "parameters", "key"),
    [
        ("page-number", {"assert": "form", "allow": []}, "assert"),
        ("page-number", {"assert": "height", "expected": None}, "assert"),
        ("line-break", {"start": None, "end": None, "parted": []}, "check"),
    ],
)
def test_parameters_that_do_not_agree_are_refused(name: str, parameters: dict[str, Any], key: str) -> None:
    assert [key] == [each for each, _ in kind(name).mistakes(parameters)]


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(
                [FIRST, FULL, "，册。", "第2页", "一、坚持导向", "abc 12", "“", f"{FULL}\n{OTHER}\n册。"]
            )
        },
        optional={
            "x": st.floats(0, 250),
            "baseline": st.floats(0, 320),
            "size": st.sampled_from([1.0, 9.0, 16.0, 22.0, 72.0]),
            "leading": st.floats(0, 60),
            "font": st.sampled_from(["", "FangSong", "F1"]),
            "furniture": st.sampled_from(["page-number", "running-head"]),
            "joins": st.booleans(),
            "indent": st.floats(0, 6),
        },
    ),
    min_size=1,
    max_size=12,
)


@given(LINES, st.integers(1, 3))
def test_no_layout_breaks_a_check_and_every_match_lies_in_the_text(
    lines: list[dict[str, Any]], every: int
) -> None:
    for number, line in enumerate(lines):
        line["page"] = 1 + number // every
        line.setdefault("baseline", 20.0 + 10 * number)
    document = pages(*lines)
    for name, parameters in LAYOUT_KINDS:
        for on in ("articles.paragraphs", "raw", "furniture"):
            found = run(name, document, on, **parameters)
            if isinstance(found, str):
                assert found in ("cannot-assess", "not-applicable")
                continue
            for match in found:
                spans = [match.span, *(each.span for each in match.related)]
                assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)
                assert all(document.locate(span) for span in spans)
                assert set(match.values) <= kind(name).placeholders(parameters)
