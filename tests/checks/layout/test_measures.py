"""Every measure of a page, from one tenth to the next: what is still right, what is wrong, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.checks.layout.geometry import is_chinese, is_wide, millimetres, number, usual_value
from bulletin_lint.model.document import Document
from bulletin_lint.model.wording import Wording
from laid_out import FIRST, FULL, OTHER, PARAGRAPH, POINTS, only, pages, run, words

AGAIN = {"page": 2, "baseline": 42.0, **PARAGRAPH}


def numbered(*texts: str, x: float = 100.0, **more: Any) -> Document:
    """Pages of one paragraph each with their numbers below."""
    lines: list[dict[str, Any]] = []
    for page, text in enumerate(texts, 1):
        lines.append({**PARAGRAPH, "page": page, "baseline": 42.0, "x": 28.0})
        if text:
            lines.append({"baseline": 271.0, "x": x, "furniture": "page-number", "text": text, **more})
    return pages(*lines)


@pytest.mark.parametrize(
    ("texts", "count"), [(("",), None), (("", ""), 2), (("", "", ""), 3), (("— 1 —", ""), 0), (("1", "2"), 0)]
)
def test_several_pages_have_numbers(texts: tuple[str, ...], count: int | None) -> None:
    found = run("page-number", numbered(*texts), **{"assert": "present"})
    if not count:
        assert found == ("not-applicable" if count is None else [])
    else:
        assert only(found).values == {"count": count}


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        (("— 1 —", "— 2 —"), []),
        (("— 1 —", "2", "3"), ["2", "3"]),
        (("1", "— 2 —"), ["1"]),
        (("第1页", "— 2 —"), []),
    ],
)
def test_numbers_have_one_of_some_forms(texts: tuple[str, ...], wrong: list[str]) -> None:
    document = numbered(*texts)
    given: dict[str, Any] = {"assert": "form", "allow": ["— [0-9] —", "第[0-9]页"]}
    found = run("page-number", document, **given)
    if not wrong:
        assert found == []
        return
    match = only(found)
    assert (match.values["found"], match.values["count"]) == (wrong[0], len(wrong))
    assert words(document, match) == wrong[0]
    assert len(match.related) == len(wrong) - 1
    assert len(match.places) == (len(wrong) if len(wrong) > 1 else 0)


def test_without_numbers_only_that_can_be_said() -> None:
    for asserted in ("form", "sequence", "side", "height"):
        given: dict[str, Any] = {"assert": asserted, "allow": ["1"], "expected": 1.0}
        assert run("page-number", numbered("", ""), **given) == "cannot-assess"
    assert run("page-number", numbered("— 1 —", "甲"), **{"assert": "sequence"}) == "cannot-assess"


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [("1 2 3", None), ("5 6 7", None), ("1 1 2", "1"), ("1 3 4", "3"), ("1 2 2", "2"), ("3 2 1", "2")],
)
def test_numbers_count_the_pages(shown: str, wrong: str | None) -> None:
    document = numbered(*shown.split())
    found = run("page-number", document, **{"assert": "sequence"})
    if wrong is None:
        assert found == []
    else:
        at = 2 if shown == "1 2 2" else 1
        before = int(shown.split()[at - 1])
        assert only(found).values == {"found": wrong, "expected": before + 1, "page": at + 1}


@pytest.mark.parametrize(
    ("middle", "text", "side"),
    [
        # The middle of a page is a tenth of it wide on either side; odd numbers belong on the right.
        (0.39, "1", "left"),
        (0.41, "1", "middle"),
        (0.59, "1", "middle"),
        (0.61, "1", None),
        (0.39, "2", None),
        (0.41, "2", "middle"),
        (0.61, "2", "right"),
        (0.9, "甲", None),
        (0.1, "甲", "left"),
    ],
)
def test_numbers_stand_on_the_outer_side(middle: float, text: str, side: str | None) -> None:
    # A figure of 16 pt is 8 pt wide, a character 15.79.
    width = 15.79 if text == "甲" else 8
    document = numbered(text, x=210 * middle - width / 2 / POINTS)
    found = run("page-number", document, **{"assert": "side"})
    if side is None:
        assert found == []
        return
    shown, expected = only(found).values["found"], only(found).values["expected"]
    assert isinstance(shown, Wording)
    assert isinstance(expected, Wording)
    assert shown.en.endswith(side)
    assert expected.en.endswith("left" if text == "2" else "right")


@pytest.mark.parametrize(
    ("expected", "tolerance", "said"),
    [
        # The middle of the figures lies 0.36 of their size above the baseline, which is at 271 mm.
        (270.0, 1.1, None),
        (270.0, 0.9, "269"),
        (268.0, 0.9, "269"),
        (268.0, 1.1, None),
    ],
)
def test_numbers_stand_at_a_height(expected: float, tolerance: float, said: str | None) -> None:
    document = numbered("— 1 —", size=16.0)
    given: dict[str, Any] = {"assert": "height", "expected": expected, "tolerance": tolerance}
    found = run("page-number", document, **given)
    # 271 mm less 5.76 pt are 268.97 mm.
    if said is None:
        assert found == []
    else:
        assert (only(found).values["found"], only(found).values["expected"]) == (said, f"{expected:g}")


@pytest.mark.parametrize(
    ("measure", "expected", "below", "above", "said"),
    [
        ("left", 29.0, 1.01, 0.0, None),
        ("left", 29.0, 0.99, 0.0, "28"),
        ("left", 27.0, 0.0, 1.01, None),
        ("left", 27.0, 0.0, 0.99, "28"),
        # 42 mm less 0.88 of 16 pt: 37.03 mm.
        ("top", 38.0, 0.98, 0.0, None),
        ("top", 38.0, 0.96, 0.0, "37"),
        ("top", 36.0, 0.0, 1.04, None),
        ("top", 36.0, 0.0, 1.02, "37"),
        # 28 characters of 15.79 pt and 0.42 pt of the indent: 156.12 mm.
        ("width", 157.0, 0.9, 0.0, None),
        ("width", 157.0, 0.8, 0.0, "156.1"),
        ("width", 155.0, 0.0, 1.2, None),
        ("width", 155.0, 0.0, 1.1, "156.1"),
    ],
)
def test_a_measure_of_the_type_area_has_bounds(
    measure: str, expected: float, below: float, above: float, said: str | None
) -> None:
    given: dict[str, Any] = {"measure": measure, "expected": expected, "below": below, "above": above}
    found = run("type-area", pages(PARAGRAPH), **given)
    if said is None:
        assert found == []
    else:
        assert (only(found).values["found"], only(found).values["expected"]) == (said, f"{expected:g}")


FULL_PAGE = {"indent": 2.0, "text": f"{FIRST}\n{FULL}\n{FULL}\n{FULL}"}
REST = {"page": 2, "baseline": 42.0, "joins": True, "text": f"{OTHER}\n册。"}


@pytest.mark.parametrize(
    ("expected", "below", "above", "said"),
    [
        # Three leadings of 29 pt and a line of 16 pt: 36.34 mm.
        (37.0, 0.7, 0.0, None),
        (37.0, 0.6, 0.0, "36.3"),
        (36.0, 0.0, 0.4, None),
        (36.0, 0.0, 0.3, "36.3"),
    ],
)
def test_the_height_is_that_of_a_page_that_is_surely_full(
    expected: float, below: float, above: float, said: str | None
) -> None:
    given: dict[str, Any] = {"measure": "height", "expected": expected, "below": below, "above": above}
    found = run("type-area", pages(FULL_PAGE, REST), **given)
    assert (found == []) if said is None else (only(found).values["found"] == said)
    assert run("type-area", pages(PARAGRAPH), **given) == "cannot-assess"


@pytest.mark.parametrize(
    ("first", "second", "opposite", "wrong"),
    [
        (28.0, 28.0, None, []),
        (28.0, 26.0, None, [2]),
        (28.0, 26.0, 26.0, []),
        # Only the back of a sheet is mirrored, and only where it is another than the front.
        (26.0, 28.0, 26.0, [1]),
        (26.0, 26.0, 26.0, [1, 2]),
        (26.0, 25.4, 25.4, [1]),
        (28.0, 24.0, 26.0, [2]),
    ],
)
def test_the_back_of_a_sheet_may_be_mirrored(
    first: float, second: float, opposite: float | None, wrong: list[int]
) -> None:
    document = pages({**PARAGRAPH, "x": first}, {**AGAIN, "x": second})
    given: dict[str, Any] = {"measure": "left", "expected": 28.0, "below": 0.5, "above": 0.5}
    found = run("type-area", document, **given, opposite=opposite)
    if not wrong:
        assert found == []
        return
    match = only(found)
    assert match.values["count"] == len(wrong)
    assert len(match.related) == len(wrong) - 1
    assert [box.page for box in document.locate(match.span).boxes] == [wrong[0]]


@pytest.mark.parametrize(
    ("height", "lines"),
    [
        # Four lines, of which two more may have been left free, as far as there is room.
        (37.0, 4),
        (46.0, 4),
        (47.0, 5),
        (57.0, 6),
        (225.0, 6),
    ],
)
def test_how_many_lines_a_full_page_holds(height: float, lines: int) -> None:
    document = pages(FULL_PAGE, REST)
    given: dict[str, Any] = {"count": "lines", "height": height}
    assert run("page-grid", document, expected=lines, **given) == []
    assert only(run("page-grid", document, expected=lines - 1, **given)).values["found"] == lines
    assert only(run("page-grid", document, expected=lines + 1, **given)).values["found"] == lines


@pytest.mark.parametrize(("height", "lines"), [(225.0, 22), (100.0, 10), (5.7, 1), (15.5, 1), (16.0, 2)])
def test_where_no_page_is_full_lines_are_reckoned(height: float, lines: int) -> None:
    given: dict[str, Any] = {"count": "lines", "height": height}
    assert run("page-grid", pages(PARAGRAPH), expected=lines, **given) == []
    match = only(run("page-grid", pages(PARAGRAPH), expected=lines + 1, **given))
    assert match.values == {"found": lines, "expected": lines + 1, "step": "29"}


@pytest.mark.parametrize(
    ("expected", "below", "above", "is_right"),
    [
        (28, 0, 0, True),
        (29, 1, 0, True),
        (29, 0, 0, False),
        (27, 0, 1, True),
        (27, 0, 0, False),
        (30, 1, 0, False),
    ],
)
def test_how_many_characters_a_line_holds(expected: int, below: int, above: int, *, is_right: bool) -> None:
    given: dict[str, Any] = {"count": "characters", "expected": expected, "below": below, "above": above}
    found = run("page-grid", pages(PARAGRAPH), **given)
    if is_right:
        assert found == []
    else:
        assert only(found).values == {"found": 28, "expected": expected, "step": "15.8"}


def test_of_few_full_lines_it_is_not_known() -> None:
    few = {"indent": 2.0, "text": f"{FIRST}\n{FULL}\n册。"}
    enough = {"indent": 2.0, "text": f"{FIRST}\n{FULL}\n{FULL}\n册。"}
    for document, is_known in ((pages(few), False), (pages(enough), True)):
        for name, given in (
            ("page-grid", {"count": "characters", "expected": 28}),
            ("type-area", {"measure": "width", "expected": 156.1, "below": 1.0, "above": 1.0}),
            ("within-type-area", {"tolerance": 1.5}),
        ):
            assert run(name, document, **given) == ([] if is_known else "cannot-assess")


@pytest.mark.parametrize(
    ("width", "height", "tolerance", "wrong"),
    [
        (210.0, 297.0, 0.01, False),
        (297.0, 210.0, 0.01, False),
        (211.0, 297.0, 1.01, False),
        (211.0, 297.0, 0.99, True),
        (210.0, 296.0, 0.99, True),
        (210.0, 296.0, 1.01, False),
    ],
)
def test_a_page_has_its_size(width: float, height: float, tolerance: float, *, wrong: bool) -> None:
    given: dict[str, Any] = {"width": width, "height": height, "tolerance": tolerance, "called": "A4"}
    found = run("page-size", pages(PARAGRAPH, AGAIN), **given)
    if not wrong:
        assert found == []
        return
    match = only(found)
    assert (match.values["found"], match.values["expected"]) == ("210×297", f"{width:g}×{height:g}")
    assert (match.values["called"], match.values["count"]) == ("A4", 2)


def test_only_the_pages_of_another_size_are_wrong() -> None:
    document = pages(PARAGRAPH, AGAIN, {**AGAIN, "page": 3}, sizes=("210x297", "200x290.5", "210x297"))
    match = only(run("page-size", document, width=210.0, height=297.0, tolerance=2.0))

    assert (match.values["found"], match.values["count"]) == ("200×290.5", 1)
    assert [box.page for box in document.locate(match.span).boxes][:1] == [2]


@pytest.mark.parametrize(
    ("expected", "below", "above", "said"),
    [
        (16.0, 0.0, 0.0, None),
        (17.0, 1.0, 0.0, None),
        (17.0, 0.9, 0.0, "16"),
        (15.0, 0.0, 1.0, None),
        (15.0, 0.0, 0.9, "16"),
    ],
)
def test_type_has_a_size(expected: float, below: float, above: float, said: str | None) -> None:
    given: dict[str, Any] = {"expected": expected, "below": below, "above": above}
    found = run("type-size", pages(PARAGRAPH), **given, called={"zh": "三号", "en": "size 3"})
    if said is None:
        assert found == []
        return
    values = only(found).values
    assert (values["found"], values["expected"], values["count"]) == (said, f"{expected:g}", 5)
    assert values["called"] == Wording("三号", "size 3")


@pytest.mark.parametrize(("share", "is_told"), [(0, True), (16, True), (17, False), (100, False)])
def test_in_prose_a_few_lines_may_stand_out(share: int, *, is_told: bool) -> None:
    # One line of six, which is 16.7 per cent.
    document = pages(PARAGRAPH, {"size": 12.0, "indent": 2.0, "text": "居民见了面都要聊上几句。"})
    found = run("type-size", document, expected=16.0, below=1.0, above=1.0, share=share)
    assert [each.values["found"] for each in found if not isinstance(each, str)] == ["12"] * is_told
    assert not is_told or only(found).values["called"] == ""


def test_the_commonest_wrong_size_is_told() -> None:
    small = {"size": 12.0, "indent": 2.0, "text": "居民见了面都要聊上几句。"}
    large = {"size": 20.0, "indent": 2.0, "text": "居民见了面都要聊上几句话。"}
    document = pages(PARAGRAPH, small, large, {"text": "大家都说这样的好事要多办。"})
    values = only(run("type-size", document, expected=16.0, below=1.0, above=1.0)).values
    assert (values["found"], values["count"]) == ("20", 2)


@pytest.mark.parametrize(
    ("given", "is_looked_at"), [({"kind": "page-number"}, True), ({"kind": "scan"}, False), ({}, True)]
)
def test_only_parts_of_a_kind_are_looked_at(given: dict[str, Any], *, is_looked_at: bool) -> None:
    document = numbered("— 1 —", size=14.0)
    found = run("type-size", document, "furniture", expected=16.0, **given)
    assert (found == "cannot-assess") is not is_looked_at


@pytest.mark.parametrize(
    ("fonts", "said"),
    [
        (["FangSong", "FangSong"], None),
        (["FangSong", "SimSun"], "SimSun"),
        (["F1", "FangSong"], "cannot-assess"),
        (["F1", "F2"], "cannot-assess"),
        (["", "SimSun"], "cannot-assess"),
    ],
)
def test_faces_are_told_by_the_names_of_fonts(fonts: list[str], said: str | None) -> None:
    lines = [{**PARAGRAPH, "text": f"{FIRST}\n册。", "font": font} for font in fonts]
    found = run("typeface", pages(*lines), allow=["Fang"], unnamed=["F[0-9]"])
    if said is None or said == "cannot-assess":
        assert found == (said or [])
    else:
        assert (only(found).values["found"], only(found).values["count"]) == (said, 2)


def titled(x: float) -> Document:
    """A bulletin with a title of eight characters of 22 pt, 62.09 mm, that begins at `x`."""
    return pages(
        {"x": 76.8, "baseline": 60.0, "size": 40.0, "pitch": 40.0, "text": "云溪简报"},
        {"x": 99.4, "baseline": 75.0, "size": 16.0, "text": "第3期"},
        {"x": x, "size": 22.0, "pitch": 22.0, "baseline": 100.0, "text": "云溪区推行互助值"},
        {"x": 28.0, "baseline": 130.0, "size": 16.0, "pitch": 15.79, **PARAGRAPH},
    )


@pytest.mark.parametrize(
    ("x", "tolerance", "said"),
    [
        (73.96, 0.1, None),
        # The middle of the type area, 28 mm and half of 156.12, is as good.
        (75.02, 0.1, None),
        (76.96, 2.0, None),
        (76.96, 1.9, ("1.9", "right")),
        (72.0, 2.0, None),
        (72.0, 1.9, ("2", "left")),
    ],
)
def test_a_title_stands_in_the_middle(x: float, tolerance: float, said: tuple[str, str] | None) -> None:
    found = run("centred", titled(x), "articles.title", tolerance=tolerance)
    if said is None:
        assert found == []
        return
    values = only(found).values
    side = values["side"]
    assert isinstance(side, Wording)
    assert (values["found"], side.en, values["count"]) == (*said, 1)


@pytest.mark.parametrize(
    ("indent", "text", "characters", "tolerance", "said"),
    [
        (2.0, FIRST, 2.0, 0.1, None),
        (2.0, FIRST, 2.5, 0.51, None),
        (2.0, FIRST, 2.5, 0.49, "2"),
        (2.0, FIRST, 1.5, 0.49, "2"),
        (2.0, FIRST, 1.5, 0.51, None),
        (0.0, FULL, 2.0, 0.4, "0"),
        # An opening mark set half as wide begins half a character earlier.
        (1.5, f"“{FIRST[1:]}", 2.0, 0.1, None),
        (1.5, FIRST, 2.0, 0.1, "1.5"),
    ],
)
def test_a_paragraph_begins_further_in(
    indent: float, text: str, characters: float, tolerance: float, said: str | None
) -> None:
    document = pages({"indent": indent, "text": f"{text}\n{FULL}\n{FULL}\n{FULL}\n册。"})
    found = run("first-line-indent", document, characters=characters, tolerance=tolerance)
    if said is None:
        assert found == []
    else:
        values = only(found).values
        assert (values["found"], values["expected"]) == (said, number(characters))
        assert (values["count"], values["total"]) == (1, 1)


def test_a_paragraph_of_one_line_shows_no_indent() -> None:
    assert run("first-line-indent", pages({"text": "册。"}), characters=2.0, tolerance=0.4) == "cannot-assess"


@pytest.mark.parametrize(("page", "said"), [(1, None), (2, None), (3, 1)])
def test_one_part_begins_on_a_page(page: int, said: int | None) -> None:
    found = run("on-page", pages(PARAGRAPH, AGAIN), page=page)
    assert (found == []) if said is None else (only(found).values == {"page": said})


@pytest.mark.parametrize(
    ("rest", "stranded", "said"),
    [
        ("册。", "last-line", "册。"),
        (f"{OTHER}\n册。", "last-line", None),
        ("册。", "character", "册。"),
        ("册", "character", "册"),
        ("册。”", "character", "册。”"),
        ("册子。", "character", None),
        (f"{OTHER}\n册。", "character", "册。"),
    ],
)
def test_what_stands_alone_at_the_top_of_a_page(rest: str, stranded: str, said: str | None) -> None:
    document = pages(FULL_PAGE, {**REST, "text": rest})
    found = run("page-break", document, stranded=stranded)
    if said is None:
        assert found == []
    else:
        assert (only(found).values["found"], only(found).values["count"]) == (said, 1)
        assert words(document, only(found)) == said
    assert run("page-break", document, "articles.title", stranded=stranded) == "cannot-assess"


@pytest.mark.parametrize(
    ("first", "second", "given", "said"),
    [
        (FULL, OTHER, {"parted": ["—", "…"]}, None),
        (f"{FULL[:27]}—", f"—{OTHER}", {"parted": ["—", "…"]}, "—"),
        (f"{FULL[:27]}…", f"—{OTHER}", {"parted": ["—", "…"]}, None),
        (f"{FULL[:27]}—", f"—{OTHER}", {"start": "[。—]"}, "—"),
        (f"{FULL[:27]}—", f"—{OTHER}", {"start": "。"}, None),
        (f"{FULL[:26]}10", f"％{OTHER}", {"start": "[％%]"}, "％"),
        (f"{FULL[:26]}《《", OTHER, {"end": "[《（]+"}, "《《"),
        (f"{FULL[:26]}《甲", OTHER, {"end": "[《（]+"}, None),
        (FULL, OTHER, {"start": "x*"}, None),
    ],
)
def test_what_a_line_must_not_begin_or_end_with(
    first: str, second: str, given: dict[str, Any], said: str | None
) -> None:
    document = pages({"indent": 2.0, "text": f"{FIRST}\n{first}\n{second}\n册。"})
    found = run("line-break", document, "raw", **given)
    if said is None:
        assert found == []
    else:
        match = only(found)
        assert (match.values["found"], words(document, match), match.values["count"]) == (said, said, 1)


@pytest.mark.parametrize(
    ("values", "usual"),
    [
        ([], None),
        ([5.0], 5.0),
        ([1.0, 5.0, 5.5, 9.0], 5.5),
        ([5.0, 5.8, 9.0], 5.8),
        ([5.0, 5.9, 9.0, 9.1], 9.1),
        # Of two stretches as dense the first.
        ([1.0, 1.1, 9.0, 9.1], 1.1),
        ([9.0, 1.0, 1.2, 1.4], 1.2),
    ],
)
def test_the_usual_value_is_the_middle_of_the_densest_stretch(
    values: list[float], usual: float | None
) -> None:
    assert usual_value(values) == usual


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("甲", True), ("甲a", True), ("甲ab", False), ("甲乙abc", False), ("", False), ("ab", False), ("\u3400\u9fff", True), ("\u33ff\ua000", False)],
)  # fmt: skip
def test_a_line_is_chinese_where_half_of_it_is(text: str, *, is_one: bool) -> None:
    assert is_chinese(text) is is_one


@pytest.mark.parametrize(
    ("character", "wide"), [("甲", True), ("\u2e80", True), ("\u2e7f", False), ("a", False), *[(each, True) for each in "“”‘’…—"]]
)  # fmt: skip
def test_which_characters_are_one_em_wide(character: str, *, wide: bool) -> None:
    assert is_wide(character) is wide


def test_lengths_are_told_to_a_tenth() -> None:
    assert [number(each) for each in (1.0, 1.04, 1.06, 0.0, 10.0)] == ["1", "1", "1.1", "0", "10"]
    assert millimetres(72.0) == "25.4"


@pytest.mark.parametrize(("count", "related"), [(2, 1), (11, 10), (12, 10)])
def test_ten_other_places_are_named_at_most(count: int, related: int) -> None:
    document = numbered(*["甲"] * count)
    given: dict[str, Any] = {"assert": "form", "allow": ["1"]}
    match = only(run("page-number", document, **given))
    assert (len(match.related), match.values["count"], len(match.places)) == (related, count, count)


def standing_out(x: float, text: str) -> Document:
    """Ragged lines of 28 characters, 156.12 mm from 28 mm on, and one line apart of 16 pt type that begins at `x`."""
    return pages(PARAGRAPH, {"x": x, "baseline": 120.0, "text": text})


@pytest.mark.parametrize(
    ("x", "count", "tolerance", "said"),
    [
        # To the left of the edge by 3 mm.
        (25.0, 5, 2.9, ("3", "left")),
        (25.0, 5, 3.1, None),
        (28.0, 5, 0.1, None),
        # Of ragged text a line may be one character longer; beyond that, 31 characters of 15.79 pt are 172.69 mm.
        (28.0, 28, 0.1, None),
        (28.0, 29, 0.1, None),
        (28.0, 31, 10.8, ("16.6", "right")),
        (28.0, 31, 11.0, None),
    ],
)
def test_no_line_stands_out_of_the_type_area(
    x: float, count: int, tolerance: float, said: tuple[str, str] | None
) -> None:
    text = (FULL + OTHER)[:count]
    document = standing_out(x, text)
    found = run("within-type-area", document, tolerance=tolerance)
    if said is None:
        assert found == []
        return
    match = only(found)
    side = match.values["side"]
    assert isinstance(side, Wording)
    assert (match.values["found"], side.en, match.values["count"]) == (*said, 1)
    assert words(document, match) == text


@pytest.mark.parametrize(
    ("x", "text", "is_wrong"),
    [
        # An opening mark may hang by half a character, 2.82 mm, and a closing one by a whole one.
        (25.0, "“居民说好", False),
        (25.0, "居民都说好", True),
        (24.0, "“居民说好", True),
        (28.0, f"{FULL}居，", False),
        (28.0, f"{FULL}居民", True),
        (28.0, f"{FULL}居民，", True),
    ],
)
def test_marks_may_hang_at_the_ends_of_a_line(x: float, text: str, *, is_wrong: bool) -> None:
    found = run("within-type-area", standing_out(x, text), tolerance=1.0)
    assert (found != []) is is_wrong
