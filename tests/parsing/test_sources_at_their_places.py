"""Sources on a line of their own and at the end of a paragraph, bylines, short news, and numbers that titles have."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.attributions import (
    Attribution,
    attribution_at_end,
    attribution_on_line,
    ends_in_attribution,
)
from bulletin_lint.parsing.blocks import Blocks, normalised
from bulletin_lint.parsing.briefs import brief_columns
from bulletin_lint.parsing.bylines import bylines
from bulletin_lint.parsing.title_numbers import Numbered, column_styles, title_styles
from laid_out import grammar
from sheets import sheet_of

TEXT = "3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("（镇林业站）", "镇林业站"),
        ("(镇林业站)", "镇林业站"),
        ("（镇林业站　甲文）", "镇林业站　甲文"),
        ("（供稿：镇林业站）", "镇林业站"),
        ("供稿：镇林业站", "镇林业站"),
        ("供稿: 镇林业站", "镇林业站"),
        ("供稿：镇林业站　　审核：甲文", "镇林业站"),
        ("供稿：镇林业站　撰稿：甲文", "镇林业站　撰稿：甲文"),
        ("——镇林业站", "镇林业站"),
        ("□ 镇林业站　甲文", "镇林业站 甲文"),
        ("□ 镇林业站", "镇林业站"),
        ("镇 林业站", "镇林业站"),
    ],
)
def test_a_line_that_is_a_source_names_who_wrote(line: str, value: str) -> None:
    sheet = sheet_of("镇里开展春季植树", TEXT, line)
    found = attribution_on_line(sheet, 2)

    assert (found.start, found.end) == (0, len(line))
    assert "".join(found.value.split()) == "".join(value.split())


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("（镇林业站）", "镇林业站"),
        ("(镇林业站)", "镇林业站"),
        ("【镇林业站】", "镇林业站"),
        ("（镇林业站 甲文）", "镇林业站 甲文"),
        ("　　（镇林业站）", "镇林业站"),
        ("（镇林业站）。", "镇林业站"),
        ("（供稿：镇林业站）", "镇林业站"),
        # A bracket that is not closed.
        ("（镇林业站", "镇林业站"),
        # Wide apart, without brackets.
        ("　　镇林业站", "镇林业站"),
        ("　镇林业站", None),
        # Something of the text, or nobody.
        ("（完）", None),
        ("（见下图）", None),
        ("（当天天气十分晴朗）", None),
        ("", None),
    ],
)
def test_a_paragraph_may_end_in_its_source(end: str, found: str | None) -> None:
    text = TEXT + end
    attribution = attribution_at_end(sheet_of("镇里开展春季植树", text), 1)

    if found is None:
        assert attribution is None
    else:
        assert attribution is not None
        assert attribution.value == found
        assert text[attribution.start : attribution.end] == end.strip()


def test_behind_a_comma_a_bracket_is_a_source_if_a_unit_begins_it() -> None:
    text = TEXT[:-1] + "，"

    assert attribution_at_end(sheet_of(f"{text}（镇林业站）"), 0) is not None
    assert attribution_at_end(sheet_of(f"{text}（甲文）"), 0) is None


def test_a_paragraph_that_is_all_bracket_ends_in_none() -> None:
    assert attribution_at_end(sheet_of("（镇林业站）"), 0) is None
    assert attribution_at_end(sheet_of(f"{TEXT}（镇林业站）{TEXT}"), 0) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (f"{TEXT}［镇林业站］", True),
        (f"{TEXT}[镇林业站]", True),
        (f"{TEXT}〔镇林业站〕", True),
        (f"{TEXT}（镇林业站）", False),
        (f"{TEXT}[1]", False),
        (f"{TEXT}[天气晴朗]", False),
        (f"{TEXT}[完]", False),
        (TEXT, False),
    ],
)
def test_a_text_ends_in_a_source_between_square_brackets(text: str, *, ends: bool) -> None:
    assert ends_in_attribution(text, grammar()) is ends


# --- Bylines -------------------------------------------------------------------------------------------


def found_bylines(*lines: str, sources: tuple[int, ...] = ()) -> list[int]:
    sheet = sheet_of(*lines)
    is_short = [not words.is_prose and words.marker is None for words in sheet.words]
    facts = [("names",) if index in sources else () for index in range(len(lines))]
    return bylines(sheet, is_short, facts, 0, len(lines))


TITLE, OTHER = "镇里开展春季植树", "供水站更换老旧水表"


@pytest.mark.parametrize(
    ("lines", "sources", "found"),
    [
        # A source by its words, between title and text.
        ((TITLE, "（镇林业站）", TEXT), (1,), [1]),
        ((TITLE, "——东山添绿", "（镇林业站）", TEXT), (2,), [2]),
        # Two units, each between title and text; one alone is the title's second line.
        ((TITLE, "镇林业站", TEXT, OTHER, "镇供水站", TEXT), (), [1, 4]),
        ((TITLE, "镇林业站", TEXT), (), []),
        ((TITLE, "（镇林业站）", TEXT, OTHER, "镇供水站", TEXT), (1,), [1, 4]),
        # Not above text, not below a title.
        ((TITLE, "（镇林业站）", "镇里的人"), (1,), []),
        ((TEXT, "（镇林业站）", TEXT), (1,), []),
        (("（镇林业站）", TEXT), (0,), []),
        ((TITLE, "（镇林业站）"), (1,), []),
        # A title has six characters at least.
        (("镇里植树忙", "（镇林业站）", TEXT), (1,), []),
        (("镇里春植树忙", "（镇林业站）", TEXT), (1,), [1]),
        # Words of others.
        ((TITLE, "东山添绿三百株", TEXT, OTHER, "水表换得快", TEXT), (), []),
        ((TITLE, "——镇林业站", TEXT), (1,), []),
    ],
)
def test_a_byline_stands_between_a_title_and_its_text(
    lines: tuple[str, ...], sources: tuple[int, ...], found: list[int]
) -> None:
    assert found_bylines(*lines, sources=sources) == found


def test_bylines_are_looked_for_behind_the_masthead_and_above_the_imprint() -> None:
    sheet = sheet_of(TITLE, "（镇林业站）", TEXT, OTHER, "（镇供水站）", TEXT)
    is_short = [not words.is_prose for words in sheet.words]
    sources = [("names",) if index in (1, 4) else () for index in range(6)]

    assert bylines(sheet, is_short, sources, 0, 6) == [1, 4]
    assert bylines(sheet, is_short, sources, 3, 6) == [4]
    assert bylines(sheet, is_short, sources, 1, 6) == [4]
    assert bylines(sheet, is_short, sources, 0, 5) == [1]
    assert bylines(sheet, is_short, sources, 0, 2) == []


# --- Short news ----------------------------------------------------------------------------------------


NEWS = "3月1日，镇机关干部到东山植树，栽下香樟三百株。"


def briefs(
    *lines: str, signed: tuple[int, ...] = (), head: int = 0, tail: int | None = None
) -> tuple[set[int], set[int]]:
    inline = [Attribution(0, 1, "镇林业站") if index in signed else None for index in range(len(lines))]
    return brief_columns(sheet_of(*lines), head, len(lines) if tail is None else tail, inline)


@pytest.mark.parametrize(
    ("lines", "signed", "found"),
    [
        (("【简讯】", f"●{NEWS}", f"●{NEWS}"), (), ({0}, {1, 2})),
        (("简讯", f"·{NEWS}", f"·{NEWS}", f"·{NEWS}"), (), ({0}, {1, 2, 3})),
        # One alone is no column of news.
        (("【简讯】", f"●{NEWS}"), (), (set(), set())),
        (("【简讯】", f"●{NEWS}", f"★{NEWS}"), (), (set(), set())),
        (("【简讯】", f"●{NEWS}", f"●{NEWS}", NEWS), (), ({0}, {1, 2})),
        # Without marks, where one above the last is signed.
        (("【简讯】", NEWS, NEWS), (1,), ({0}, {1, 2})),
        (("【简讯】", NEWS, NEWS), (2,), (set(), set())),
        (("【简讯】", NEWS, NEWS), (), (set(), set())),
        (("【简讯】", NEWS, "村民都来帮忙，忙了一整天，才下山回家。"), (1,), (set(), set())),
        # Other headings, and what is too short for news.
        (("【领导讲话】", f"●{NEWS}", f"●{NEWS}"), (), (set(), set())),
        (("【镇村各条战线上的简讯】", f"●{NEWS}", f"●{NEWS}"), (), (set(), set())),
        (("【简讯】", "●镇里植树，很忙", "●村里浇水，很忙"), (), (set(), set())),
        (("【简讯】", "●东山植树忙，大家都来", "●西山浇水忙，大家都来"), (), (set(), set())),
        (("【简讯】", "●东山植树忙，大家都来看", "●西山浇水忙，大家都来看"), (), ({0}, {1, 2})),
        (("【简讯】", "●镇机关干部到东山植树三百株", "●镇机关干部到西山浇水两天整"), (), (set(), set())),
    ],
)
def test_short_news_stand_below_their_heading_with_one_mark(
    lines: tuple[str, ...], signed: tuple[int, ...], found: tuple[set[int], set[int]]
) -> None:
    assert briefs(*lines, signed=signed) == found


def test_short_news_are_looked_for_between_masthead_and_imprint() -> None:
    lines = ("【简讯】", f"●{NEWS}", f"●{NEWS}")

    assert briefs(*lines, head=1) == (set(), set())
    assert briefs(*lines, tail=2) == (set(), set())
    assert briefs(*lines, tail=9) == ({0}, {1, 2})


# --- Numbers of titles and columns ---------------------------------------------------------------------


def numbered(sheet: Blocks, *due: int) -> dict[str, list[Numbered]]:
    found: dict[str, list[Numbered]] = {}
    for index, words in enumerate(sheet.words):
        if words.marker is not None and not words.is_prose:
            found.setdefault(words.marker.style, []).append(Numbered(index, words.marker, index in due))
    return found


HEAD = "云岭镇工作简报"


@pytest.mark.parametrize(
    ("lines", "due", "is_title"),
    [
        ((HEAD, f"一、{TITLE}", TEXT, f"二、{OTHER}", TEXT), (), True),
        # They count up from one.
        ((HEAD, f"一、{TITLE}", TEXT, f"三、{OTHER}", TEXT), (), False),
        ((HEAD, f"二、{TITLE}", TEXT, f"三、{OTHER}", TEXT), (), False),
        ((HEAD, f"一、{TITLE}", TEXT), (), False),
        # What a report calls its sections, at its beginning or its end.
        ((HEAD, "一、基本情况", TEXT, f"二、{OTHER}", TEXT), (), False),
        ((HEAD, f"一、{TITLE}", TEXT, "二、下步打算", TEXT), (), False),
        # Most titles have eight characters at least.
        ((HEAD, "一、镇里植树忙", TEXT, "二、水表换得快", TEXT), (), False),
        ((HEAD, "一、镇里植树忙", TEXT, f"二、{OTHER}", TEXT), (), False),
        # Text above the first number is an article's.
        ((HEAD, TEXT, f"一、{TITLE}", TEXT, f"二、{OTHER}", TEXT), (), False),
        ((HEAD, f"编者按：{TEXT}", f"一、{TITLE}", TEXT, f"二、{OTHER}", TEXT), (), True),
    ],
)
def test_numbers_that_run_through_an_issue_are_those_of_titles(
    lines: tuple[str, ...], due: tuple[int, ...], *, is_title: bool
) -> None:
    sheet = sheet_of(*lines)

    assert title_styles(sheet, numbered(sheet, *due), [], set(due), 1, frozenset()) == (
        {"han"} if is_title else set()
    )
    # Without a masthead they are an article's sections.
    assert title_styles(sheet, numbered(sheet, *due), [], set(due), 0, frozenset()) == set()


@pytest.mark.parametrize(
    ("lines", "due", "is_column"),
    [
        ((HEAD, "一、要闻", TITLE, TEXT, "二、动态", OTHER, TEXT), (1, 4), True),
        ((HEAD, "一、要闻", TITLE, TEXT, "二、动态", OTHER, TEXT), (), True),
        # The last one may stand over news without titles, if sources stand above.
        ((HEAD, "一、要闻", TITLE, TEXT, "二、动态", TEXT), (4,), True),
        ((HEAD, "一、要闻", TITLE, TEXT, "二、动态", TEXT), (), False),
        ((HEAD, "一、要闻", TEXT, "二、动态", OTHER, TEXT), (3,), False),
        ((HEAD, "一、要闻", TITLE, TEXT, "三、动态", OTHER, TEXT), (4,), False),
        # Behind a dash the number's own words go on.
        ((HEAD, "一、要闻", "——镇里植树", TEXT, "二、动态", OTHER, TEXT), (4,), False),
        # A title above the first makes a report of it.
        ((HEAD, OTHER, "一、要闻", TITLE, TEXT, "二、动态", OTHER, TEXT), (), False),
        ((HEAD, OTHER, "一、要闻", TITLE, TEXT, "二、动态", OTHER, TEXT), (5,), True),
    ],
)
def test_numbers_over_titles_are_those_of_columns(
    lines: tuple[str, ...], due: tuple[int, ...], *, is_column: bool
) -> None:
    sheet = sheet_of(*lines)

    assert column_styles(sheet, numbered(sheet, *due), 1) == ({"han"} if is_column else set())


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("镇里　植树", "镇里植树"),
        ("镇里：植树。", "镇里植树"),
        ("镇里—植树…", "镇里植树"),
        ("“镇里”植树12", "镇里植树"),
        ("镇里、植树", "镇里、植树"),
    ],
)
def test_a_title_is_compared_without_spaces_and_marks(words: str, same: str) -> None:
    assert normalised(words) == same


@pytest.mark.parametrize(
    ("line", "bold_start"),
    [
        ("**边栽**边浇水忙", True),
        ("**边**栽边浇水忙", False),
        ("**边栽边浇水忙**", False),
        ("边**栽边**浇水忙", False),
        ("边栽边浇水忙", False),
        (f"**{'栽' * 60}**浇水", True),
        (f"**{'栽' * 61}**浇水", False),
    ],
)
def test_a_block_may_begin_bold_and_go_on_otherwise(line: str, *, bold_start: bool) -> None:
    assert sheet_of(line).is_bold_start(0) is bold_start


def test_a_stretch_of_a_block_is_a_part_at_its_place() -> None:
    sheet = sheet_of(TITLE, TEXT)
    start = sheet.blocks[1].span.start
    node = sheet.node("note", 1, 2, 4, kind="paragraph")

    assert (node.path, node.text, node.span, node.fields) == (
        "note",
        TEXT[2:4],
        (start + 2, start + 4),
        {"kind": "paragraph"},
    )
    assert sheet.node("note", 1).text == TEXT
    assert sheet.node("note", 1, 3).text == TEXT[3:]
    assert sheet.span(1, 2, 4) == (start + 2, start + 4)
