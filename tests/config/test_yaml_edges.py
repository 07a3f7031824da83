"""Edges of the strict YAML reader: what is null, how deep, which characters, and what is said of each slip."""

from __future__ import annotations

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.yaml import (
    DEEPEST_NESTING,
    YamlList,
    YamlMap,
    YamlNode,
    YamlText,
    from_plain,
    parse_node,
    parse_yaml,
    plain,
    texts,
)
from bulletin_lint.model.errors import DefinitionError


def read(text: str) -> YamlMap:
    mistakes = Diagnostics()
    node = parse_yaml("a.yaml", text.encode(), mistakes)
    mistakes.raise_any()
    assert node is not None
    return node


def refused(data: str | bytes, language: str = "en") -> list[str]:
    mistakes = Diagnostics()
    parse_yaml("a.yaml", data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), mistakes)
    with pytest.raises(DefinitionError) as caught:
        mistakes.raise_any()
    return caught.value.describe("en" if language == "en" else "zh").splitlines()


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_each_word_for_nothing_is_null_unless_it_is_quoted(written: str) -> None:
    assert YamlText("a", 1, 1, written).is_null
    assert not YamlText("a", 1, 1, written, is_plain=False).is_null
    assert plain(read(f"a: {written}\n")) == {"a": None}
    assert plain(read(f"a: '{written}'\n")) == {"a": written}
    assert plain(read(f'a: "{written}"\n')) == {"a": written}


@pytest.mark.parametrize("written", ["nULL", "none", "nil", "no", "0"])
def test_other_words_are_not_null(written: str) -> None:
    assert not YamlText("a", 1, 1, written).is_null


@pytest.mark.parametrize(
    ("written", "is_plain"),
    [("x", True), ("'x'", False), ('"x"', False), ("|\n  x", False), (">\n  x", False)],
)
def test_a_scalar_is_plain_where_nothing_is_around_it(written: str, *, is_plain: bool) -> None:
    value = read(f"a: {written}\n").get("a")
    assert isinstance(value, YamlText)
    assert value.is_plain is is_plain


def test_a_mapping_gives_keys_values_and_their_order() -> None:
    node = read("b: 1\na: [x, {c: y}]\n")
    assert [name for name, _, _ in node] == ["b", "a"]
    assert node.get("c") is None
    assert (node.key("a").value, node.key("a").line) == ("a", 2)
    assert plain(node) == {"b": "1", "a": ["x", {"c": "y"}]}
    assert list(YamlMap("a", 1, 1)) == []
    assert YamlList("a", 1, 1).items == []


def test_texts_are_the_scalars_that_say_something() -> None:
    node = read("a: [x, ~, [y], {z: 1}, '']\nb: x\nc:\nd: {e: f}\n")
    assert [each.value for each in texts(node.get("a"))] == ["x", ""]
    assert [each.value for each in texts(node.get("b"))] == ["x"]
    assert texts(node.get("c")) == texts(node.get("d")) == texts(node.get("none")) == []


def test_data_from_elsewhere_becomes_nodes_at_the_top_of_its_path() -> None:
    node = from_plain({1: (True, False, None, "off", 2.5), "b": []}, "p.toml")
    assert isinstance(node, YamlMap)
    assert plain(node) == {"1": ["true", "false", None, "off", "2.5"], "b": []}
    inner = node.get("1")
    assert isinstance(inner, YamlList)
    # A word that was text stays text, whatever YAML would make of it.
    assert [isinstance(each, YamlText) and each.is_plain for each in inner.items] == [
        True,
        True,
        True,
        False,
        False,
    ]
    nodes: list[YamlNode] = [node, node.key("1"), inner, *inner.items]
    assert {(each.path, each.line, each.column) for each in nodes} == {("p.toml", 1, 1)}
    assert from_plain("x").path == ""


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_nesting_may_be_just_so_deep(opening: str) -> None:
    """The top is a level, too."""
    inner = DEEPEST_NESTING - 1
    closing = "]" if opening == "[" else "}"
    assert read(f"a: {opening * inner}{closing * inner}\n").get("a") is not None
    said = refused(f"a: {opening * (inner + 1)}{closing * (inner + 1)}\n")
    assert said == [f"a.yaml:1:{4 + inner * len(opening)}: nested deeper than 40 levels"]


@pytest.mark.parametrize(
    "number",
    [0, 1, 8, 0xB, 0xC, 0xE, 0x1F, 0x7F, 0xFFFE, 0xFFFF],
)
def test_each_forbidden_character_is_told_by_its_number(number: int) -> None:
    assert refused(f"a: 1\r\n甲: x{chr(number)}\n") == [
        f"a.yaml:2:5: YAML allows no control character U+{number:04X}"
    ]
    assert refused(f"a: 1\r\n甲: x{chr(number)}\n", "zh") == [
        f"a.yaml:2:5: YAML 不允许控制字符 U+{number:04X}"
    ]


@pytest.mark.parametrize("text", ["a: x\ty", "a: \ue000", "a: \ufffd", "a: ' '", "a: \U00010000"])
def test_neighbours_of_forbidden_characters_are_allowed(text: str) -> None:
    assert list(read(text + "\n").entries) == ["a"]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a\xff", 1, 2),
        (b"a: 1\n\xff", 2, 1),
        (b"a: 1\r\nb\xff", 2, 2),
        (b"a: 1\rb\xff", 2, 2),
        ("甲乙".encode() + b"\xff", 1, 3),
        (b"\xef\xbb\xbfa\xff", 1, 2),
    ],
)
def test_bytes_that_are_no_utf_8_have_a_place(data: bytes, line: int, column: int) -> None:
    assert refused(data) == [f"a.yaml:{line}:{column}: the file is not UTF-8; save it as UTF-8"]
    assert refused(data, "zh") == [f"a.yaml:{line}:{column}: 文件不是 UTF-8 编码，请另存为 UTF-8"]


@pytest.mark.parametrize(
    ("text", "place", "en", "zh"),
    [
        ('a: "\\d"\n', "1:5", "a backslash escapes inside double quotes", "双引号里的反斜杠是转义"),
        ('a: "x\n', "1:4", "a quotation mark is not closed", "引号没有闭合"),
        ("a: [x\nb: y\n", None, "a bracket is not closed", "方括号没有闭合"),
        ("a: {x: 1\nb: y]\n", None, "a brace is not closed", "花括号没有闭合"),
        ("a: 1\nb\nc: 2\n", None, "a key lacks its colon", "键后缺少冒号"),
        ("a: `x`\n", "1:4", "a value cannot begin with this character", "这个字符不能开头"),
        ("a: %x\n", "1:4", "a value cannot begin with this character", "这个字符不能开头"),
        ("a:\n  - x\n - y\n", "3:2", "", ""),
        ("a: 'x' y\n", "1:8", "a key was expected; nothing may follow a closing quote", "此处应是键"),
        ("a: x: y\n", "1:5", "': ' is not allowed here", "这里不能出现“: ”"),
        ("a:\n\t- x\n", "2:1", "indent with spaces, not with tabs", "缩进只能用空格"),
        ("%YAML 9.0\n---\na: 1\n", None, "this version of YAML is not supported", "不支持这个 YAML 版本"),
    ],
)
def test_each_slip_is_explained_in_both_languages(text: str, place: str | None, en: str, zh: str) -> None:
    (said,), (gesagt,) = refused(text), refused(text, "zh")
    if place is not None:
        assert said.startswith(f"a.yaml:{place}: ")
    assert en in said.partition("invalid YAML: ")[2] or not en
    assert zh in gesagt.partition("YAML 语法错误：")[2] or not zh
    assert "invalid YAML: " in said


def test_what_was_opened_and_never_closed_is_told_where_it_was_opened() -> None:
    assert refused("a: 1\nb: [x,\n  y\nc: z\n")[0].startswith("a.yaml:2:4: ")
    assert refused("a: 1\nb: 'x\nc: d\n")[0].startswith("a.yaml:2:4: ")


def test_a_selector_in_a_bracketed_list_is_explained() -> None:
    (said,) = refused("a: 1\nb: [x, articles[*].title]\n")
    assert said.startswith("a.yaml:2:")
    assert "leave out the [*] of a selector" in said
    assert "[*] 要去掉" in refused("b: [articles[*].title]\n", "zh")[0]
    assert "[*]" not in refused("a: x: y\nb: '[*]'\n")[0]


def test_the_top_of_a_file_that_is_no_mapping() -> None:
    assert refused("[a]\n") == ["a.yaml:1:1: the top of the file must be a mapping of keys to values"]
    assert refused("\n\n  x\n", "zh") == ["a.yaml:3:3: 文件最外层应是“键: 值”"]
    assert refused("''\n") == ["a.yaml:1:1: the top of the file must be a mapping of keys to values"]


def test_a_list_may_be_the_top_where_a_mapping_need_not() -> None:
    mistakes = Diagnostics()
    node = parse_node("a.yaml", b"- x\n- y\n", mistakes)
    assert node is not None
    assert plain(node) == ["x", "y"]
    empty = parse_node("a.yaml", b"", mistakes)
    assert isinstance(empty, YamlText)
    assert (empty.is_null, empty.line, empty.column) == (True, 1, 1)
    assert parse_node("a.yaml", b"\xff", mistakes) is None
    assert len(mistakes) == 1


@pytest.mark.parametrize(
    ("text", "place", "tag"),
    [
        ("a: !x y\n", "1:4", "!x"),
        ("a: !x [y]\n", "1:4", "!x"),
        ("a: !x {y: z}\n", "1:4", "!x"),
        ("!x a: y\n", "1:1", "!x"),
    ],
)
def test_a_tag_is_refused_wherever_it_stands(text: str, place: str, tag: str) -> None:
    assert refused(text) == [f"a.yaml:{place}: YAML tags ({tag}) are not supported"]
    assert refused(text, "zh") == [f"a.yaml:{place}: 不支持 YAML 标签 {tag}"]


def test_of_an_alias_nothing_more_is_said_and_an_anchor_alone_is_nothing_wrong() -> None:
    mistakes = Diagnostics()
    node = parse_yaml("a.yaml", b"a: &x 1\nb: *x\nc: [*x]\n", mistakes)
    assert node is not None
    assert plain(node) == {"a": "1", "b": None, "c": [None]}
    value = node.get("b")
    assert value is not None
    mistakes.add(value, "缺", "missing")
    assert [(error.line, error.column) for error in mistakes._errors] == [(2, 4), (3, 5)]
    assert plain(read("a: &x 1\n")) == {"a": "1"}


def test_two_documents_are_one_too_many_and_two_marks_of_one_are_not() -> None:
    assert refused("---\na: 1\n---\nb: 1\n") == ["a.yaml:3:1: a file holds one document only"]
    assert refused("a: 1\n---\n", "zh") == ["a.yaml:2:1: 一个文件只能有一份文档"]
    assert plain(read("---\na: 1\n...\n")) == {"a": "1"}


def test_a_key_that_is_no_word_is_told_and_its_value_goes_somewhere() -> None:
    assert refused("? [a]\n: b\n? {c: d}\n: e\nf: g\n") == [
        "a.yaml:1:3: a key must be a word",
        "a.yaml:3:3: a key must be a word",
    ]
    assert refused("a:\n  ? [b]\n  : c\n", "zh") == ["a.yaml:2:5: 键应是一个词"]


def test_of_keys_alike_the_first_counts_and_each_further_one_is_told() -> None:
    mistakes = Diagnostics()
    node = parse_yaml("a.yaml", b"a: 1\nb: {a: 2}\na: 3\na: [4]\n", mistakes)
    assert node is not None
    assert plain(node) == {"a": "1", "b": {"a": "2"}}
    assert [(error.line, error.wording.zh) for error in mistakes._errors] == [
        (3, "键“a”重复，第一次在第 1 行"),
        (4, "键“a”重复，第一次在第 1 行"),
    ]


def test_a_merge_key_is_one_only_where_it_is_bare() -> None:
    assert refused("a: {<<: {b: 1}}\n") == ["a.yaml:1:5: YAML merge keys (<<) are not supported"]
    assert plain(read("a: {'<<': 1}\n")) == {"a": {"<<": "1"}}
    assert plain(read("a: <<\n")) == {"a": "<<"}


@pytest.mark.parametrize(("character", "name"), [("\x7f", "U+007F"), ("\x80", "U+0080"), ("\x9f", "U+009F")])
def test_a_control_character_is_named_at_its_place(character: str, name: str) -> None:
    assert refused(f"a: 1\nb: 甲{character}\n") == [f"a.yaml:2:5: YAML allows no control character {name}"]


def test_a_next_line_character_is_none_that_is_forbidden() -> None:
    """YAML counts U+0085 among the white space that text may hold."""
    assert plain(read('a: "甲\x85乙"\n')) == {"a": "甲 乙"}
