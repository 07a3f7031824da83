"""The view of a text without the blanks of a house: which blanks those are, and every place there and back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import SolidMatch, SolidText, is_han, set_like, solid_matches, solid_text


def view_of(written: str) -> SolidText:
    view = solid_text(written)
    assert view is not None
    return view


@pytest.mark.parametrize("character", ["0", "9", "A", "Z", "a", "z", "%", "％", "‰", "℃"])
def test_a_blank_behind_a_figure_a_letter_or_a_sign_and_before_chinese_is_left_out(character: str) -> None:
    assert view_of(f"{character} 户").text == f"{character}户"


@pytest.mark.parametrize("character", ["0", "9", "A", "Z", "a", "z", "¥", "￥", ".5"])
def test_a_blank_behind_chinese_and_before_a_figure_a_letter_or_a_sign_is_left_out(character: str) -> None:
    assert view_of(f"户 {character}").text == f"户{character}"


@pytest.mark.parametrize("han", ["\u3400", "\u9fff", "一"])
def test_chinese_is_every_ideograph(han: str) -> None:
    assert view_of(f"3 {han}").text == f"3{han}"
    assert view_of(f"{han} 3").text == f"{han}3"
    assert is_han(han)


@pytest.mark.parametrize("other", ["\u33ff", "\ua000", "，", "（", "é", "Ａ", "３", "\u3000", "\t"])
def test_beside_other_characters_a_blank_stays(other: str) -> None:
    assert solid_text(f"3 {other}") is None
    assert solid_text(f"{other} 3") is None
    assert not is_han(other)


def test_the_zero_in_words_is_chinese_where_words_are_set() -> None:
    assert is_han("〇")
    assert set_like("3〇") == "3 〇"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "户",
        "3",
        "3  户",
        "户  3",
        " 3",
        "3 ",
        " 户",
        "户 ",
        "户 %",
        "户 ℃",
        "￥ 户",
        ". 户",
        "户 .",
        "户 .甲",
        "甲 乙",
        "3 4",
        "户\n3",
    ],
)
def test_where_there_is_nothing_to_leave_out_there_is_no_view(written: str) -> None:
    assert solid_text(written) is None


@pytest.mark.parametrize(
    ("written", "solid", "blanks", "seams"),
    [
        ("共 3 户", "共3户", (1, 3), (1, 2)),
        ("共 3 户，4  户", "共3户，4  户", (1, 3), (1, 2)),
        ("a 户 b", "a户b", (1, 3), (1, 2)),
        ("  3 户 ", "  3户 ", (3,), (3,)),
        ("共\u00a03 户", "共3户", (1, 3), (1, 2)),
        ("共 .5 户 . 完", "共.5户 . 完", (1, 4), (1, 3)),
    ],
)
def test_a_view_knows_its_blanks_and_its_seams(
    written: str, solid: str, blanks: tuple[int, ...], seams: tuple[int, ...]
) -> None:
    view = view_of(written)

    assert (view.text, view.blanks, view.seams) == (solid, blanks, seams)
    assert view.set_solid(written) == solid
    assert view.set_solid("".join(map(str, range(len(written))))[: len(written)]) == "".join(
        str(at)[-1] for at in range(len(written)) if at not in blanks
    )


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        # 共 3 户 以: of the view 共0 3 1 户2 以3.
        (0, 0, (0, 0)),
        (0, 1, (0, 1)),
        (0, 2, (0, 3)),
        (0, 4, (0, 6)),
        (1, 1, (2, 2)),
        (1, 2, (2, 3)),
        (1, 3, (2, 5)),
        (2, 3, (4, 5)),
        (2, 2, (4, 4)),
        (3, 2, (5, 5)),
        (4, 4, (6, 6)),
    ],
)
def test_a_stretch_of_the_view_has_its_place_without_blanks_at_its_ends(
    start: int, end: int, span: tuple[int, int]
) -> None:
    assert view_of("共 3 户以").written_span(start, end) == Span(*span)


@pytest.mark.parametrize(("written", "solid"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4)])
def test_an_offset_of_the_text_has_its_place_in_the_view_or_the_next(written: int, solid: int) -> None:
    assert view_of("共 3 户以").solid_offset(written) == solid


@pytest.mark.parametrize(("solid", "written"), [(0, 0), (1, 2), (2, 4), (3, 5), (4, 6)])
def test_an_offset_of_the_view_has_its_place_in_the_text(solid: int, written: int) -> None:
    assert view_of("共 3 户以").written_offset(solid) == written


def found(pattern: str, written: str) -> SolidMatch:
    view = view_of(written)
    (match,) = solid_matches([re.search(pattern, view.text)], view)
    assert isinstance(match, SolidMatch)
    return match


def test_a_match_tells_places_of_the_text_and_words_of_the_view() -> None:
    match = found("(?P<number>[0-9]+)(?P<unit>户)(?P<rest>x)?", "共 30 户")

    assert (match.span(), match.start(), match.end()) == (Span(2, 6), 2, 6)
    assert (match.span("number"), match.start(1), match.end(1)) == (Span(2, 4), 2, 4)
    assert (match.span("unit"), match.start("unit"), match.end("unit")) == (Span(5, 6), 5, 6)
    assert (match.span("rest"), match.start("rest")) == (Span(-1, -1), -1)
    assert (match[0], match["number"], match[2], match["rest"]) == ("30户", "30", "户", None)
    assert match.groupdict() == {"number": "30", "unit": "户", "rest": None}
    assert match.re.pattern.startswith("(?P<number>")


@pytest.mark.parametrize(
    ("pattern", "template", "made"),
    [
        # Where the text has blanks in what is replaced, so has what is put there.
        ("([0-9]+)户", r"\1个村", "30 个村"),
        ("共([0-9]+)", r"约\1", "约 30"),
        # Where it has none there, none.
        ("[0-9]+", "5个", "5个"),
        ("户", "A户", "A户"),
    ],
)
def test_a_replacement_is_set_as_what_it_replaces(pattern: str, template: str, made: str) -> None:
    assert found(pattern, "共 30 户").expand(template) == made


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("", ""),
        ("户", "户"),
        ("3户", "3 户"),
        ("户3", "户 3"),
        ("3%以上", "3% 以上"),
        ("户￥3", "户 ￥3"),
        ("户.5", "户.5"),
        ("户%", "户%"),
        ("a户b", "a 户 b"),
        ("3，户", "3，户"),
        ("3 户", "3 户"),
        ("\n3户", "\n3 户"),
    ],
)
def test_words_are_set_with_a_blank_between_figures_and_chinese(written: str, made: str) -> None:
    assert set_like(written) == made


def test_nothing_found_is_nothing_in_the_text() -> None:
    none: list[Any] = []

    assert solid_matches(none, view_of("共 3 户")) == []
