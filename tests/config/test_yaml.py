"""Strict YAML: what was written stays as written, and everything has a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.yaml import YamlMap, YamlText, from_plain, parse_yaml, plain, texts
from bulletin_lint.model.errors import DefinitionError, DefinitionErrors


def read(text: str) -> YamlMap:
    mistakes = Diagnostics()
    node = parse_yaml("x.yaml", text.encode(), mistakes)
    mistakes.raise_any()
    assert node is not None
    return node


def refused(data: str | bytes) -> str:
    mistakes = Diagnostics()
    parse_yaml("x.yaml", data if isinstance(data, bytes) else data.encode(), mistakes)
    with pytest.raises(DefinitionError) as caught:
        mistakes.raise_any()
    return caught.value.describe("en")


@pytest.mark.parametrize(
    "written", ["no", "off", "1.10", "2020-03-04", "011", "0x1F", "1_000", "NaN", "12:30:45", "true"]
)
def test_scalars_are_what_was_written(written: str) -> None:
    assert {"a": written} == plain(read(f"a: {written}\n"))


def test_the_words_for_nothing_are_null_only_when_bare() -> None:
    node = read("a:\nb: ~\nc: null\nd: '~'\ne: ''\n")

    assert {"a": None, "b": None, "c": None, "d": "~", "e": ""} == plain(node)


def test_keys_and_values_know_their_place_in_code_points() -> None:
    node = read("# 注释\n标题: {中文键: '值', b: [甲, 𠮷, 丙]}\n")
    inner = node.get("标题")

    assert (2, 1) == (node.key("标题").line, node.key("标题").column)
    assert isinstance(inner, YamlMap)
    assert (2, 6) == (inner.key("中文键").line, inner.key("中文键").column)
    value = inner.get("中文键")
    assert isinstance(value, YamlText)
    assert (2, 11, "x.yaml") == (value.line, value.column, value.path)
    assert [(2, 20), (2, 23), (2, 26)] == [(each.line, each.column) for each in texts(inner.get("b"))]


def test_a_bom_is_not_counted_and_crlf_is_one_line_break() -> None:
    node = parse_yaml("x.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", Diagnostics())

    assert node is not None
    assert (1, 1) == (node.key("a").line, node.key("a").column)
    assert (2, 1) == (node.key("b").line, node.key("b").column)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_holds_an_empty_mapping(text: str) -> None:
    assert {} == plain(read(text))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: duplicate key 'a', first on line 1"),
        ("a: {b: 1, b: 2}\n", "x.yaml:1:11: duplicate key 'b', first on line 1"),
        ("- a\n", "x.yaml:1:1: the top of the file must be a mapping of keys to values"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: a file holds one document only"),
        ("a: &x 1\nb: *x\n", "x.yaml:2:4: YAML aliases (*x) are not supported; write the value out"),
        ("a:\n  <<: {b: 1}\n", "x.yaml:2:3: YAML merge keys (<<) are not supported"),
        ("a: !!int 1\n", "x.yaml:1:4: YAML tags (tag:yaml.org,2002:int) are not supported"),
        ("? [a, b]\n: c\n", "x.yaml:1:3: a key must be a word"),
        ("a:\n\tb: 1\n", "x.yaml:2:1: invalid YAML: indent with spaces, not with tabs"),
        (
            "a: b: c\n",
            "x.yaml:1:5: invalid YAML: ': ' is not allowed here; quote a value that holds a colon, "
            "and check the indentation",
        ),
        (
            "a: [articles[*].title]\n",
            "x.yaml:1:15: invalid YAML: in a bracketed list leave out the [*] of a selector, "
            "or put the selector in quotes",
        ),
        ("a: 'x\n", "x.yaml:1:4: invalid YAML: a quotation mark is not closed"),
        ("a: @x\n", "x.yaml:1:4: invalid YAML: a value cannot begin with this character; put it in quotes"),
        ("甲: \x01\n", "x.yaml:1:4: YAML allows no control character U+0001"),
        (b"a: 1\nb: \xff\n", "x.yaml:2:4: the file is not UTF-8; save it as UTF-8"),
        (b"\xef\xbb\xbf\xe7\x94\xb2: \xff\n", "x.yaml:1:4: the file is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_refused_is_refused_where_it_stands(data: str | bytes, said: str) -> None:
    assert said == refused(data)


def test_deep_nesting_is_refused_and_not_followed() -> None:
    assert "nested deeper than 40 levels" in refused("a: " + "[" * 5000)


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    mistakes = Diagnostics()
    parse_yaml("b.yaml", b"a: 1\na: 2\nb: *x\n", mistakes)
    parse_yaml("a.yaml", b"a: 1\na: 2\n", mistakes)
    with pytest.raises(DefinitionErrors) as caught:
        mistakes.raise_any()

    expected = [("b.yaml", 2, 1), ("b.yaml", 3, 4), ("a.yaml", 2, 1)]
    assert expected == [(error.path, error.line, error.column) for error in caught.value.errors]
    assert 3 == len(caught.value.describe("zh").splitlines())


def test_a_near_name_is_offered_and_else_the_few_there_are() -> None:
    assert "; did you mean 'pattern'?" == did_you_mean("patern", ["pattern", "words"])[1]
    assert "; known: pattern, words" == did_you_mean("qqq", ["words", "pattern"])[1]
    assert ("", "") == did_you_mean("qqq", [])


def test_plain_data_becomes_nodes_and_back() -> None:
    data = {"a": ["x", None, {"b": "1.10"}]}

    assert data == plain(from_plain(data))


@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    mistakes = Diagnostics()
    node = parse_yaml("x.yaml", data, mistakes)

    assert node is not None or len(mistakes)


@given(st.text(st.sampled_from("ab甲: \n-[]{}'\"#&*!|>\t%@`?,"), max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    mistakes = Diagnostics()
    node = parse_yaml("x.yaml", text.encode(), mistakes)

    assert node is not None or len(mistakes)


@given(
    st.dictionaries(st.text("abc甲乙", min_size=1, max_size=4), st.text("01.:-甲 ", min_size=1), max_size=4)
)
def test_quoted_text_is_read_as_it_is(values: dict[str, str]) -> None:
    written = "".join(f"{key}: '{value}'\n" for key, value in values.items())

    assert values == plain(read(written))
