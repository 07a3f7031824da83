"""What stands in a TOML file is told where it stands."""

from __future__ import annotations

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.toml import parse_toml
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText
from bulletin_lint.model.errors import DefinitionError

TABLE = ("tool", "bulletin-lint")
FILE = """\
[project]
select = ["elsewhere"]

[tool.bulletin-lint]
select = ["PUN", "UN", "UN", "N"]
"cache" = false
ignore = [
    "DAT001",  # the first
    'SEC',
]
series.start = 2119

[tool.bulletin-lint.per-file-ignores]
"2020/*.md" = ["SEC"]

[tool.bulletin-lint.labels]
imprint = { editor = "责任编审" }
"""


def read(text: str, table: tuple[str, ...] = TABLE) -> tuple[YamlMap | None, list[DefinitionError]]:
    mistakes = Diagnostics()
    found = parse_toml("pyproject.toml", text.encode(), table, mistakes)
    return found, list(mistakes._errors)


def plain(node: YamlNode) -> object:
    if isinstance(node, YamlText):
        return node.value
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    assert isinstance(node, YamlMap)
    return {name: plain(value) for name, _, value in node}


def texts(node: YamlNode) -> list[YamlText]:
    """All keys and values in their order."""
    if isinstance(node, YamlText):
        return [node]
    if isinstance(node, YamlList):
        return [text for item in node.items for text in texts(item)]
    assert isinstance(node, YamlMap)
    return [text for _, key, value in node for text in (key, *texts(value))]


def test_a_table_is_read_as_text_whatever_toml_makes_of_it() -> None:
    found, errors = read(FILE)

    assert errors == []
    assert found is not None
    assert plain(found) == {
        "select": ["PUN", "UN", "UN", "N"],
        "cache": "false",
        "ignore": ["DAT001", "SEC"],
        "series": {"start": "2119"},
        "per-file-ignores": {"2020/*.md": ["SEC"]},
        "labels": {"imprint": {"editor": "责任编审"}},
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_key_and_value_is_told_where_it_stands(newline: str) -> None:
    """At its quotation mark, where it has one; of values alike each at its own place."""
    found, _ = read(FILE.replace("\n", newline))
    assert found is not None
    lines = FILE.split("\n")
    places = []
    for text in texts(found):
        stands = lines[text.line - 1][text.column - 1 :].lstrip("\"'")
        # Of a dotted key, and of a table, the whole is told.
        above = ("", "series.", "tool.bulletin-lint.")
        assert stands.startswith(tuple(f"{each}{text.value}" for each in above)), text.value
        places.append((text.line, text.column))
    assert (found.line, found.column) == (4, 2)
    assert len(set(places)) == len(places) - 1, "but for series and start, which are one key"


def test_without_the_table_nothing_is_said_and_a_value_in_its_place_is_refused() -> None:
    found, errors = read("[project]\n")
    assert (found is not None and plain(found), errors) == ({}, [])
    found, errors = read("[tool]\nbulletin-lint = 3\n")
    assert found is None
    assert [(error.line, error.column, error.wording.en) for error in errors] == [
        (2, 17, "[tool.bulletin-lint] must be a table")
    ]
    assert read("tool = 3\n")[1] == []


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("[tool]\na = \n", 2, 5, "invalid TOML: Invalid value"),
        ("[tool]\na = [1\n", 3, 1, "invalid TOML: Unclosed array"),
        ("a = " + "[" * 100_000, 1, 1, "nested too deeply"),
    ],
)
def test_what_is_no_toml_is_told_where_it_ceases_to_be(text: str, line: int, column: int, said: str) -> None:
    found, (error,) = read(text)

    assert found is None
    assert (error.line, error.column) == (line, column)
    assert said in error.wording.en


def test_another_encoding_is_named() -> None:
    mistakes = Diagnostics()

    assert parse_toml("a.toml", "# 简报".encode("gb18030"), TABLE, mistakes) is None
    (error,) = mistakes._errors
    assert (error.line, error.column, "UTF-8" in error.wording.en) == (1, 1, True)
