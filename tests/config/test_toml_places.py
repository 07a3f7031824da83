"""Where keys and values of a TOML file stand, however it is written; and where there is no telling, what is above."""

from __future__ import annotations

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.toml import parse_toml
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText


def table(text: str, *names: str) -> YamlMap:
    mistakes = Diagnostics()
    found = parse_toml("a.toml", text.encode(), names or ("t",), mistakes)
    assert len(mistakes) == 0
    assert found is not None
    return found


def places(node: YamlNode | None) -> list[tuple[str, int, int]]:
    """Values in their order, each with its line and column."""
    if isinstance(node, YamlList):
        return [each for item in node.items for each in places(item)]
    if isinstance(node, YamlMap):
        return [each for _, _, value in node for each in places(value)]
    assert isinstance(node, YamlText)
    return [(node.value, node.line, node.column)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[t]\na = 1\n", [("1", 2, 5)]),
        ("[t]\na=1\n", [("1", 2, 3)]),
        ("[t]\n  a = 'x'\n", [("x", 2, 7)]),
        ("[t]\na = 'x'\nb = 'x'\n", [("x", 2, 5), ("x", 3, 5)]),
        ("[t]\na = ['x', 'x']\n", [("x", 2, 6), ("x", 2, 11)]),
        ("[t]\na = ['xy', 'x', 'y']\n", [("xy", 2, 6), ("x", 2, 12), ("y", 2, 17)]),
        ("[t]\na = [\n  'x',\n  'y',\n]\n", [("x", 3, 3), ("y", 4, 3)]),
        ("[t]\na = true\nb = false\n", [("true", 2, 5), ("false", 3, 5)]),
        ("[t]\na = {b = 'x', c = 'x'}\n", [("x", 2, 10), ("x", 2, 19)]),
        ("a = 'x'\n[t]\na = 'y'\n", [("y", 3, 5)]),
        ("[s]\na = 'x'\n[t]\na = 'x'\n[u]\na = 'x'\n", [("x", 4, 5)]),
        ("[t.a]\nb = 'x'\n[t.c]\nb = 'x'\n", [("x", 2, 5), ("x", 4, 5)]),
        ("[t]\na.b = 'x'\na.c = 'y'\n", [("x", 2, 7), ("y", 3, 7)]),
        ("[t]\na . b = 'x'\n", [("x", 2, 9)]),
        ('[t]\n"a b" = "x"\n', [("x", 2, 9)]),
        ("[ t ]\na = 'x' # x\n", [("x", 2, 5)]),
        ("[t] # what follows\na = 'x'\n", [("x", 2, 5)]),
        ("t.a = 'x'\n", [("x", 1, 7)]),
        ("t = {a = 'x'}\n", [("x", 1, 10)]),
        ("[t]\r\na = 'x'\r\nb = 'y'\r\n", [("x", 2, 5), ("y", 3, 5)]),
        # Wide and rare characters are one column each.
        ("[t]\n'题' = '𠮷'\nb = ['𠮷', '甲']\n", [("𠮷", 2, 7), ("𠮷", 3, 6), ("甲", 3, 11)]),
    ],
)
def test_a_value_stands_at_its_quotation_mark_or_where_it_begins(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert places(table(text)) == expected


def test_a_value_that_is_written_otherwise_stands_at_its_key_s_end() -> None:
    """An escape, or another form of a number: what is meant does not stand there."""
    text = '[t]\na = "\\u7532"\nb = 0x1F\n\nc = "甲"\n'
    assert places(table(text)) == [("甲", 2, 4), ("31", 3, 4), ("甲", 5, 5)]


def test_a_value_is_not_looked_for_behind_an_empty_line() -> None:
    assert places(table('[t]\na = "\\u0078"\n\nb = "x"\n')) == [("x", 2, 4), ("x", 4, 5)]


def test_a_long_value_has_its_place_and_what_is_far_away_is_another() -> None:
    long = "x" * 30_000
    assert places(table(f"[t]\na = '{long}'\nb = 'y'\n")) == [(long, 2, 5), ("y", 3, 5)]
    filler = "#" * 10_001
    assert places(table(f"[t]\na = [ {filler}\n'x']\n")) == [("x", 2, 4)]
    filler = "#" * 9_000
    assert places(table(f"[t]\na = [ {filler}\n'x']\n")) == [("x", 3, 1)]


def test_keys_know_their_places() -> None:
    found = table('[x]\nb = 1\n[t]\n  a = 1\n"b" = 2\n[t.c]\nd.e = 3\nd.f = 4\n')
    assert [(name, key.line, key.column) for name, key, _ in found] == [("a", 4, 3), ("b", 5, 1), ("c", 6, 2)]
    inner = found.get("c")
    assert isinstance(inner, YamlMap)
    assert (inner.line, inner.column) == (6, 2)
    assert [(name, key.line, key.column) for name, key, _ in inner] == [("d", 7, 1)]


def test_only_text_in_quotation_marks_is_not_plain() -> None:
    found = table("[t]\na = 'x'\nb = 1\nc = true\nd = 1.5\ne = 2020-01-02\n")
    assert [isinstance(value, YamlText) and value.is_plain for _, _, value in found] == [
        False,
        True,
        True,
        True,
        True,
    ]
    assert [value for value, _, _ in places(found)] == ["x", "1", "true", "1.5", "2020-01-02"]


def test_tables_in_tables_are_found_by_their_names() -> None:
    text = "[a.b.c]\nd = 1\n[a.b]\ne = 2\n"
    assert [name for name, _, _ in table(text, "a", "b")] == ["c", "e"]
    assert [name for name, _, _ in table(text, "a", "b", "c")] == ["d"]
    assert list(table(text, "a", "x")) == []
    assert list(table(text, "x", "b")) == []
    assert list(table("a = 1\n", "a", "b")) == []


@pytest.mark.parametrize(
    ("text", "place"), [("[t]\na = [\n", (3, 1)), ("[t]\na = '", (2, 6)), ("a = 1\na = 2\n", (2, 6))]
)
def test_what_is_wrong_has_a_line_at_the_end_of_the_file_too(text: str, place: tuple[int, int]) -> None:
    mistakes = Diagnostics()
    assert parse_toml("a.toml", text.encode(), ("t",), mistakes) is None
    (error,) = mistakes._errors
    assert (error.line, error.column) == place or (error.line, error.column) == (text.count("\n") + 1, 1)
    assert error.path == "a.toml"
    assert error.wording.en.startswith("invalid TOML: ")
    assert "(at" not in error.wording.en
    assert error.wording.zh == "TOML 语法错误"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_key_in_quotes_stands_where_it_is_and_not_where_its_name_is_spoken_of(quote: str) -> None:
    found = table(f"[{quote}t{quote}]\nnote = 'a-b'\n{quote}a-b{quote} = 'x'\n")
    key, _ = found.entries["a-b"]
    assert (key.value, key.line, key.column) == ("a-b", 3, 1)
    assert places(found) == [("a-b", 2, 8), ("x", 3, 9)]
