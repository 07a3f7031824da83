"""Marks inside a line: they go, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text_readings import content, contents, only_line, read


def bold(text: str) -> list[str]:
    reading = read(text)
    return [reading.text[start:end] for line in reading.lines for start, end in line.bold]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**甲。**乙", "甲。乙"),
        ("甲**乙**丙", "甲乙丙"),
        ("__甲__ 乙", "甲 乙"),
        ("*甲*", "甲"),
        ("***甲***", "甲"),
        ("**甲*乙*丙**", "甲乙丙"),
        ("**甲****乙**", "甲乙"),
        ("**“甲”**（乙）**丙**", "“甲”（乙）丙"),
        ("**甲*乙**", "甲*乙"),
        ("5*3=15，6*2=12", "5*3=15，6*2=12"),
        ("2**3**4", "2**3**4"),
        ("甲 * 乙 * 丙", "甲 * 乙 * 丙"),
        ("**甲", "**甲"),
        ("甲***乙", "甲***乙"),
        ("密码****，电话138****5678", "密码****，电话138****5678"),
        ("**** 甲", "**** 甲"),
        ("于____年__月__日", "于____年__月__日"),
        ("jian_bao_2020@163.com", "jian_bao_2020@163.com"),
        ("甲_乙_丙", "甲_乙_丙"),
        (r"\*甲\* \# \_", "*甲* # _"),
        ("甲\\", "甲"),
        (r"C:\简报", r"C:\简报"),
        ("`**甲**`", "**甲**"),
        ("`甲", "`甲"),
        ("``甲`*乙*`丙``丁", "甲`*乙*`丙丁"),
        ("``甲```", "``甲```"),
        ("[甲](http://a.cn/_x_y_) 乙", "甲 乙"),
        ('[甲](a.html "题") 乙', "甲 乙"),
        ("[**甲**](a.html)", "甲"),
        ("[2020](11)", "[2020](11)"),
        ("[甲](见附件)", "[甲](见附件)"),
        ("甲](a.b)", "甲](a.b)"),
        ("[甲]乙](a.b)", "[甲]乙](a.b)"),
        ("![图](a.png)甲", "甲"),
        ("[![图](a.png)甲](b.html)", "甲"),
        ("![图[乙](b.cn)](a.png)甲", "甲"),
        ('<img src="a.png">甲', "甲"),
        ("甲<专报>乙<foo>", "甲<专报>乙<foo>"),
        ("*甲 _乙* 丙_", "甲 _乙 丙_"),
        ("# 甲 <!-- 注 -->", "甲"),
        ("<https://a.cn/b_c_d>", "https://a.cn/b_c_d"),
        ("<jb@163.com>", "jb@163.com"),
        ("<u>甲</u><font color='red'>乙</font>", "甲乙"),
        ("3<5，甲<乙>", "3<5，甲<乙>"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("第&nbsp;11&nbsp;期", "第11期"),
        ("A&amp;B", "A&amp;B"),
        ("甲  ", "甲"),
        ("** 甲 **", "** 甲 **"),
        ("<b> 甲 </b>", "甲"),
    ],
)
def test_marks_inside_a_line(text: str, shown: str) -> None:
    assert [shown] == contents(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**甲。**乙", ["甲。"]),
        ("__甲__", ["甲"]),
        ("***甲***", ["甲"]),
        ("**甲 __乙__ 丙**", ["甲 __乙__ 丙"]),
        ("*甲*", []),
        ("**甲****乙**", ["甲", "乙"]),
        ("甲<strong>乙</strong><b>丙</b>", ["乙", "丙"]),
        ("**甲<br>乙**", ["甲", "乙"]),
        ("| **甲** | 乙 |", ["甲"]),
        ("丁**", []),
    ],
)
def test_bold(text: str, expected: list[str]) -> None:
    assert expected == bold(text)


def test_breaks_of_html_end_lines() -> None:
    assert ["第 11 期", "(总第 2120 期)"] == contents("第 11 期<br>(总第 2120 期)")
    assert [False, True] == [line.gap for line in read("甲<br><br/>乙").lines]
    lines = read("<p>甲</p><p>乙</p>").lines
    assert [False, False] == [line.joins for line in lines]
    assert ["甲", "乙"] == contents("<p>甲</p><p>乙</p>")


def test_space_by_entities_counts_as_indent() -> None:
    assert 5 == only_line("&emsp;&#12288;&nbsp;甲").indent
    assert ["甲", "乙"] == contents("甲&nbsp;\n&emsp;乙")


def test_a_picture_alone_is_a_gap() -> None:
    text = "甲\n![图](a.png)\n乙"
    assert (["甲", "乙"], True) == (contents(text), read(text).lines[1].gap)


def test_comments_are_as_good_as_not_there() -> None:
    text = (
        "甲\n<!-- bulletin-lint: ignore-next-line[SEC001] 原文如此 -->\n乙<!-- 一\n二 -->丙\n<!-- 完 --> # 丁"
    )
    assert ["甲", "乙", "丙", "丁"] == contents(text)
    assert [False, False, False, False] == [line.gap for line in read(text).lines]


def test_an_unclosed_comment_hides_nothing() -> None:
    assert ["甲", "<!-- 乙", "丙"] == contents("甲\n<!-- 乙\n丙")
    assert ["甲"] == contents("<!-->甲")


WORDS = st.text(st.sampled_from("甲乙丙𠮷。，“”123a"), min_size=1, max_size=4)
MARKED = st.one_of(
    WORDS.map(lambda word: (word, word)),
    WORDS.map(lambda word: (f"**甲{word}乙**", f"甲{word}乙")),
    WORDS.map(lambda word: (f"[甲{word}](http://a.cn/{len(word)})", f"甲{word}")),
    WORDS.map(lambda word: (f"<b>{word}</b>", word)),
    WORDS.map(lambda word: (f"`{word}`", word)),
    WORDS.map(lambda word: (f"<!-- {word} -->", "")),
    WORDS.map(lambda word: (f"\\*{word}", f"*{word}")),
)
PREFIXES = st.sampled_from(["", "# ", "### ", "- ", "> ", "> ## ", "　　", "  * "])


@given(PREFIXES, st.lists(MARKED, min_size=1, max_size=6))
def test_marks_go_and_nothing_else_does(prefix: str, parts: list[tuple[str, str]]) -> None:
    source = "第" + "".join(part[0] + "，" for part in parts)
    shown = "第" + "".join(part[1] + "，" for part in parts)
    reading = read(prefix + source)
    assert [shown] == [content(reading, line) for line in reading.lines]


def kept(text: str) -> list[str]:
    """The stretches that are left letter by letter."""
    reading = read(text)
    return [reading.text[start:end] for start, end in reading.verbatim]


def test_code_is_kept_however_it_is_marked() -> None:
    assert ["甲,`乙`(丙)"] == kept("键入``甲,`乙`(丙)``。")
    assert ["甲,乙"] == kept("<pre>甲,乙</pre>")
    assert ["\n甲,<code>乙</code>\n\n丙,丁\n"] == kept("<pre>\n甲,<code>乙</code>\n\n丙,丁\n</pre>\n\n`")


def test_a_target_on_a_line_of_its_own_belongs_to_the_link_that_names_it() -> None:
    text = '甲见[乙][丁]。\n\n丙见[丁]、[戊][]、![图][丁]\n\n[丁]: 附件/庚(2),己.pdf\n[戊]: <https://example.org/a b> "题"\n'

    assert ["甲见乙。", "丙见丁、戊、"] == contents(text)
    assert read("甲见[乙][丁]\n\n[丁]: a.pdf\n").lines[0].closed


@pytest.mark.parametrize(
    "text", ["[注]: 见附件", "[注]: https://example.org/a", "[注]：a.pdf，甲[注]", "甲[^1]\n\n[^1]: a.pdf"]
)
def test_what_no_link_names_is_text(text: str) -> None:
    assert text.split("\n\n") == contents(text)


@pytest.mark.parametrize("target", ["<a b.md>", "<b 2.md>", "<通知 2.md>"])
def test_a_target_in_angle_brackets_is_no_tag(target: str) -> None:
    assert ["见通知和附表。"] == contents(f"见[通知]({target})和<b>附表</b>。")
