"""What comes from outside does nothing but be read, on a terminal and in the log of a CI."""

from __future__ import annotations

import io
import json
import unicodedata
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.errors import DefinitionError, DefinitionErrors
from bulletin_lint.model.visible import visible, visible_lines, visible_patch
from bulletin_lint.model.wording import same
from bulletin_lint.reporters import REPORTERS
from bulletin_lint.reporters.inert import escaped, say, shielded

CONTROL = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
BIDIRECTIONAL = [*"\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
READERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")


@pytest.fixture(params=READERS)
def ci(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each CI in turn runs this."""
    monkeypatch.setenv(request.param, "true")
    return str(request.param)


def harmful(text: str) -> list[str]:
    """The characters of a text that a terminal obeys; line feeds are none."""
    return [
        char
        for char in text
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in BIDIRECTIONAL
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第11期", "第11期"),
        ("全角　空格\u00a0", "全角　空格\u00a0"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("a\x00\x07\x08\x7f\x9bz", "a\\x00\\x07\\x08\\x7f\\x9bz"),
        ("a\u202eb\u2066\u061c", "a\\u202eb\\u2066\\u061c"),
        ("a\nb\tc\rd", "a↵b c\\x0dd"),
        ("\udcff.md", "\\udcff.md"),
        ("\u2028\u2029", "\\u2028\\u2029"),
    ],
)
def test_a_value_is_shown_in_one_style(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_whatever_a_value_holds_a_line_of_it_does_no_harm(text: str) -> None:
    assert harmful(visible(text)) == []
    assert visible(visible(text)) == visible(text)
    assert set(harmful(visible_lines(text))) <= {"\n", "\t"}
    visible(text).encode("utf-8")


def test_every_character_that_steers_is_shown() -> None:
    assert len(CONTROL) == 65
    for char in (*CONTROL, *BIDIRECTIONAL):
        assert harmful(visible(f"甲{char}乙")) == []


def test_a_patch_keeps_the_ends_of_its_lines() -> None:
    assert visible_patch("-甲\r\n+乙\r\n") == "-甲\r\n+乙\r\n"
    assert visible_patch("-甲\rb\x1b\r\n") == "-甲\\x0db\\x1b\r\n"


COMMANDS = [
    ("::error file=a::X", "\\x3a:error file=a::X"),
    ("a\n  ::set-env name=X::y\n", "a\n  \\x3a:set-env name=X::y\n"),
    ("\u3000\x1b[1m::warning::x", "\u3000\x1b[1m\\x3a:warning::x"),
    ("甲 ##[add-mask]x", "甲 \\x23#[add-mask]x"),
    ("a ##vso[task.setvariable variable=x]y", "a \\x23#vso[task.setvariable variable=x]y"),
    ("##teamcity[buildStop]", "\\x23#teamcity[buildStop]"),
    ("###[group]", "#\\x23#[group]"),
]


@pytest.mark.parametrize(("text", "shown"), COMMANDS)
def test_where_a_ci_reads_a_line_is_no_command(ci: str, text: str, shown: str) -> None:
    assert shielded(text) == shown


def test_what_is_no_command_stays(ci: str) -> None:
    for text in ("11.md:3:2: 甲::乙", "## 标题", "# [链接](x)", ":", "a: :b"):
        assert shielded(text) == text


@pytest.mark.parametrize(("text", "shown"), COMMANDS)
def test_elsewhere_it_is_just_text(monkeypatch: pytest.MonkeyPatch, text: str, shown: str) -> None:
    for name in READERS:
        monkeypatch.delenv(name, raising=False)
    assert shielded(text) == text


def test_shielding_takes_time_in_proportion(ci: str) -> None:
    """Blank lines and signs without end; were each place looked at from every other, this would not end."""
    text = "\n" * 200_000 + "#" * 200_000 + " " * 200_000 + "::"
    assert shielded(text) == text


def test_what_is_said_is_both(ci: str) -> None:
    out = io.StringIO()
    say(out, "::a\x1b\n##[b]\n")
    assert out.getvalue() == "\\x3a:a\\x1b\n\\x23#[b]\n"


@given(st.text())
def test_json_says_the_same_and_holds_no_harm(text: str) -> None:
    written = escaped(json.dumps({"text": text}, ensure_ascii=False, indent=2), "json")

    assert set(harmful(written)) <= {"\n"}
    assert json.loads(written) == {"text": text}


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=0x20)))
def test_xml_says_the_same_and_holds_no_harm(text: str) -> None:
    element = Xml.Element("a", {"b": text})
    element.text = text
    written = escaped(Xml.tostring(element, encoding="unicode"), "xml")

    assert harmful(written) == []
    read = Xml.fromstring(written)
    assert (read.text or "", read.attrib["b"]) == (text, text)


def test_machines_read_the_same_where_a_ci_reads_too(ci: str) -> None:
    text = "##[group]甲 ##vso[x]"
    written = escaped(json.dumps(text, ensure_ascii=False), "json")
    assert "##" not in written
    assert json.loads(written) == text
    assert escaped(f"<a>{text}</a>", "xml") == "<a>&#x23;#[group]甲 &#x23;#vso[x]</a>"


def test_every_format_is_for_people_or_says_how_it_escapes() -> None:
    """That of GitHub is neither: its lines are commands, what is in them is made visible there."""
    neither = [name for name, info in REPORTERS.items() if not info.is_prose and info.syntax is None]
    assert neither == ["github"]


def test_an_error_in_a_settings_file_is_one_line() -> None:
    first = DefinitionError("a\nb.yaml", 1, 2, same("没有“x\n::error::y\x1b”这一项"))
    second = DefinitionError("c.yaml", 3, 4, same("二"))

    assert DefinitionErrors([first, second]).describe("zh") == (
        "a↵b.yaml:1:2: 没有“x↵::error::y\\x1b”这一项\nc.yaml:3:4: 二"
    )
