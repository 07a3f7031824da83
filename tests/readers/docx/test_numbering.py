"""Lists as Word defines them, and the numbers that it draws."""

from __future__ import annotations

import pytest

from bulletin_lint.readers.docx.reader import read_docx
from docx_made import abstract, docx, level, num, p

Item = tuple[int | None, int] | str
"""A paragraph: its list and level, or the name of its style."""

FORMS = [
    ("decimal", {1: "1", 10: "10", 105: "105"}),
    ("decimalZero", {1: "01", 9: "09", 10: "10"}),
    ("decimalFullWidth", {1: "１", 23: "２３"}),
    ("upperRoman", {1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 99: "XCIX"}),
    ("lowerRoman", {3: "iii", 8: "viii"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"}),
    ("lowerLetter", {2: "b", 28: "bb"}),
    ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 22: "22nd", 113: "113th"}),
    ("japaneseCounting", {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "百", 111: "百十一"}),
    ("chineseCounting", {1: "一", 10: "十", 15: "十五", 20: "二十", 99: "九十九", 100: "一\u25cb\u25cb", 105: "一\u25cb五"}),
    ("taiwaneseCounting", {10: "十", 31: "三十一", 120: "一二\u25cb"}),
    (
        "chineseCountingThousand",
        {1: "一", 10: "十", 12: "十二", 30: "三十", 100: "一百", 101: "一百零一", 110: "一百一十", 111: "一百一十一", 1005: "一千零五", 1050: "一千零五十"},
    ),
    ("taiwaneseCountingThousand", {7: "七", 19: "十九", 100: "一百", 205: "二百零五"}),
    ("decimalEnclosedCircle", {1: "①", 10: "⑩", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
    ("decimalEnclosedCircleChinese", {3: "③"}),
    ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "(21)"}),
    ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21."}),
    ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "(11)"}),
    ("chineseLegalSimplified", {1: "壹", 6: "陆", 10: "壹拾", 12: "壹拾贰", 20: "贰拾", 101: "壹佰零壹"}),
    ("ideographLegalTraditional", {2: "貳", 6: "陸", 10: "壹拾"}),
    ("japaneseLegal", {1: "壱", 3: "参", 10: "壱拾"}),
    ("ideographDigital", {1: "一", 10: "一〇", 20: "二〇"}),
    ("japaneseDigitalTenThousand", {10: "一〇"}),
    ("taiwaneseDigital", {10: "一\u25cb"}),
    ("ideographTraditional", {1: "甲", 2: "乙", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
    ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
    ("numberInDash", {1: "- 1 -"}),
    ("none", {1: ""}),
    ("hebrew1", {1: "1", 12: "12"}),
]  # fmt: skip
"""Forms by the names of ISO/IEC 29500-1, 17.18.59."""


def labels(items: list[Item], definitions: str, styles: str = "") -> list[str]:
    """What stands before the words of each paragraph."""
    paragraphs = []
    for item in items:
        if isinstance(item, str):
            paragraphs.append(p("\u00a7", properties=f'<w:pStyle w:val="{item}"/>'))
            continue
        number, depth = item
        listed = (
            ""
            if number is None
            else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        )
        paragraphs.append(p("\u00a7", properties=listed))
    reading = read_docx("1.docx", docx("".join(paragraphs), {"numbering": definitions, "styles": styles}))
    return [
        reading.text[start:end].partition("\u00a7")[0]
        for ((start, end),) in (each.pieces for each in reading.lines)
    ]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [(form, number, expected) for form, pairs in FORMS for number, expected in pairs.items()],
)
def test_a_number_in_a_form(form: str, number: int, expected: str) -> None:
    definitions = abstract(1, level(0, "第%1条", form, start=number)) + num(1, 1)
    assert [f"第{expected}条"] == labels([(1, 0)], definitions)


def test_a_form_that_is_not_known_is_said_to_be_unsure() -> None:
    definitions = abstract(1, level(0, "%1.", "hebrew1"), level(1, "%1%2", "decimal")) + num(1, 1)
    numbered = [
        p("甲", properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>') for at in (0, 1)
    ]
    reading = read_docx("1.docx", docx("".join(numbered), {"numbering": definitions}))
    assert ((0, 2), (4, 6)) == reading.unsure


THREE = abstract(
    1,
    level(0, "%1、", "japaneseCounting"),
    level(1, "（%2）", "japaneseCounting"),
    level(2, "%3.", "decimal"),
)
DECIMAL = abstract(1, level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3"))
A, B, C = 0, 1, 2


def override(depth: int, start: int | None = None, inner: str = "") -> str:
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{depth}">{begin}{inner}</w:lvlOverride>'


def style(name: str, properties: str, base: str | None = None, kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{based}<w:pPr>{properties}</w:pPr></w:style>'


def listed(number: int, depth: int | None = None) -> str:
    at = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>'


COUNTING: dict[str, tuple[list[Item], str, str, list[str]]] = {
    "one after the other": ([(1, A)] * 3, THREE + num(1, 1), "", ["一、", "二、", "三、"]),
    "levels": (
        [(1, A), (1, B), (1, B), (1, C), (1, A), (1, B)], THREE + num(1, 1), "",
        ["一、", "（一）", "（二）", "1.", "二、", "（一）"],
    ),
    "several numbers in one": (
        [(1, A), (1, B), (1, C), (1, C), (1, B), (1, C)], DECIMAL + num(1, 1), "",
        ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"],
    ),
    "a level above that was not used stands at its start": (
        [(1, C), (1, C), (1, B)], DECIMAL + num(1, 1), "", ["1.1.1", "1.1.2", "1.1"]
    ),
    "two lists of one definition go on counting": (
        [(1, A), (2, A), (1, A)], THREE + num(1, 1) + num(2, 1), "", ["一、", "二、", "三、"]
    ),
    "two lists of two definitions do not": (
        [(1, A), (2, A), (1, A)],
        THREE + abstract(2, level(0, "%1.")) + num(1, 1) + num(2, 2), "",
        ["一、", "1.", "二、"],
    ),
    "a list that starts anew does so once": (
        [(1, A), (1, A), (2, A), (2, A), (1, A)], THREE + num(1, 1) + num(2, 1, override(0, 1)), "",
        ["一、", "二、", "一、", "二、", "三、"],
    ),
    "a list that starts at another number": (
        [(2, A), (2, A)], THREE + num(1, 1) + num(2, 1, override(0, 5)), "", ["五、", "六、"]
    ),
    "a lower level that starts anew": (
        [(1, A), (1, B), (2, B), (2, B), (2, A), (2, B)], THREE + num(1, 1) + num(2, 1, override(1, 3)), "",
        ["一、", "（一）", "（三）", "（四）", "二、", "（一）"],
    ),
    "a list with a level of its own": (
        [(1, A), (2, A)], THREE + num(1, 1) + num(2, 1, override(0, None, level(0, "第%1条", "decimal"))), "",
        ["一、", "第2条"],
    ),
    "a level of its own has a start of its own": (
        [(2, A), (2, A)], THREE + num(2, 1, override(0, None, level(0, "%1)", "decimal", start=4))), "",
        ["4)", "5)"],
    ),
    "a level that never starts anew": (
        [(1, A), (1, B), (1, B), (1, A), (1, B)],
        abstract(1, level(0, "%1、"), level(1, "第%2条", more='<w:lvlRestart w:val="0"/>')) + num(1, 1), "",
        ["1、", "第1条", "第2条", "2、", "第3条"],
    ),
    "a level that only the first starts anew": (
        [(1, A), (1, B), (1, C), (1, B), (1, C), (1, A), (1, C)],
        abstract(1, level(0, "%1"), level(1, "%2"), level(2, "图%3", more='<w:lvlRestart w:val="1"/>')) + num(1, 1), "",
        ["1", "1", "图1", "2", "图2", "2", "图1"],
    ),
    "captions by chapter": (
        [(1, A), (1, B), (1, B), (1, A), (1, B)],
        abstract(1, level(0, "第%1章", "chineseCountingThousand"), level(1, "表%1-%2", more="<w:isLgl/>")) + num(1, 1), "",
        ["第一章", "表1-1", "表1-2", "第二章", "表2-1"],
    ),
    "a list that starts at nought": (
        [(1, A), (1, A)], abstract(1, level(0, "%1.", start=0)) + num(1, 1), "", ["0.", "1."]
    ),
    "a level that says no start starts at nought": (
        [(1, A)], abstract(1, level(0, "%1.", start=None)) + num(1, 1), "", ["0."]
    ),
    "a text that names a deeper level is ignored": (
        [(1, A), (1, A)], abstract(1, level(0, "%1.%2"), level(1, "%2")) + num(1, 1), "", ["", ""]
    ),
    "a text without a number": ([(1, A)], abstract(1, level(0, "附：")) + num(1, 1), "", ["附："]),
    "a text with a per cent sign": ([(1, A)], abstract(1, level(0, "5%、%1")) + num(1, 1), "", ["5%、1"]),
    "a space behind": (
        [(1, A)], abstract(1, level(0, "%1.", more='<w:suff w:val="space"/>')) + num(1, 1), "", ["1. "]
    ),
    "a tab behind adds nothing": (
        [(1, A)], abstract(1, level(0, "%1.", more='<w:suff w:val="tab"/>')) + num(1, 1), "", ["1."]
    ),
    "nothing behind": (
        [(1, A)], abstract(1, level(0, "%1.", more='<w:suff w:val="nothing"/>')) + num(1, 1), "", ["1."]
    ),
    "a bullet has none and counts": (
        [(1, A), (1, B), (1, A)],
        abstract(1, level(0, "\uf06c", "bullet"), level(1, "%1-%2")) + num(1, 1), "",
        ["", "-1", ""],
    ),
    "no list": ([(None, A), (0, A), (1, A)], THREE + num(1, 1), "", ["", "", "一、"]),
    "a list that is not there": ([(7, A), (1, A)], THREE + num(1, 1), "", ["", "一、"]),
    "a definition that is not there": ([(2, A), (1, A)], THREE + num(1, 1) + num(2, 9), "", ["", "一、"]),
    "a level that is not there": ([(1, 5), (1, A)], THREE + num(1, 1), "", ["", "一、"]),
    "a level beyond the last": ([(1, 9), (1, 40), (1, A)], THREE + num(1, 1), "", ["", "", "一、"]),
    "by a style": (
        ["条", "条", (1, A)], THREE + num(1, 1), style("条", listed(1, 0)), ["一、", "二、", "三、"]
    ),
    "by a style whose level names it": (
        ["款", "条", "款", "款"],
        abstract(1, level(0, "%1、", before=""), level(1, "（%2）", more='<w:pStyle w:val="款"/>')) + num(1, 1),
        style("款", listed(1)) + style("条", listed(1)),
        ["（1）", "1、", "（1）", "（2）"],
    ),
    "by the style that a style is based on": (
        ["子", "子"], THREE + num(1, 1), style("父", listed(1, 1)) + style("子", "", "父"), ["（一）", "（二）"]
    ),
    "a style that takes the list away": (
        ["子", "父"], THREE + num(1, 1), style("父", listed(1, 0)) + style("子", listed(0), "父"), ["", "一、"]
    ),
    "styles in a circle": (
        ["甲", (1, A)], THREE + num(1, 1), style("甲", "", "乙") + style("乙", "", "甲"), ["", "一、"]
    ),
    "a style of lists": (
        [(2, A), (1, A)],
        abstract(1, level(0, "%1、", "japaneseCounting"), more='<w:styleLink w:val="公文"/>')
        + abstract(2, more='<w:numStyleLink w:val="公文"/>') + num(1, 1) + num(2, 2),
        style("公文", listed(1), kind="numbering"),
        ["一、", "二、"],
    ),
    "a style of lists that leads to itself": (
        [(1, A)],
        abstract(1, more='<w:numStyleLink w:val="公文"/>') + num(1, 1),
        style("公文", listed(1), kind="numbering"),
        [""],
    ),
    "isLgl leaves the level itself": (
        [(1, A), (1, B)],
        abstract(1, level(0, "%1、", "japaneseCounting"), level(1, "%1.%2", "upperLetter", more="<w:isLgl/>")) + num(1, 1), "",
        ["一、", "1.A"],
    ),
    "isLgl that is off": (
        [(1, A), (1, B)],
        abstract(1, level(0, "%1、", "japaneseCounting"), level(1, "%1.%2", more='<w:isLgl w:val="0"/>')) + num(1, 1), "",
        ["一、", "一.1"],
    ),
    "a start that is absurd": (
        [(1, A), (1, A)], abstract(1, level(0, "%1.", start=99_999_999)) + num(1, 1), "", ["32767.", "32767."]
    ),
    "two definitions of one number": (
        [(1, A)], THREE + abstract(1, level(0, "%1.")) + num(1, 1) + num(1, 9), "", ["一、"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTING)
def test_lists_count_as_word_does(name: str) -> None:
    items, definitions, styles, expected = COUNTING[name]
    assert expected == labels(items, definitions, styles)


def test_there_are_cases_enough() -> None:
    assert len(COUNTING) + sum(len(pairs) for _, pairs in FORMS) >= 60


def test_an_empty_paragraph_of_a_list_counts() -> None:
    empty = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    reading = read_docx(
        "1.docx", docx(empty + p("甲", properties=listed(1, 0)), {"numbering": THREE + num(1, 1)})
    )
    assert "一、\n二、甲\n" == reading.text


def test_a_paragraph_that_only_says_its_level_is_in_the_list_of_its_style() -> None:
    body = p("甲", properties='<w:pStyle w:val="条"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
    parts = {"numbering": THREE + num(1, 1), "styles": style("条", listed(1, 0))}
    assert "（一）甲\n" == read_docx("1.docx", docx(body, parts)).text
