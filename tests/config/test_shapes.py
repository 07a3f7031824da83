"""What a shape accepts and what its JSON Schema accepts are the same, and what it refuses is said in words."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings_schema import ClosedGlob, FilesGlob, Gaps, Glob, GlobsTo
from bulletin_lint.config.shapes import (
    SEVERITY,
    WORDS,
    Boolean,
    Choice,
    Either,
    Field,
    Integer,
    ListOf,
    MapOf,
    Number,
    OneOf,
    OrNull,
    PatternText,
    Record,
    Reference,
    Scope,
    Shape,
    Text,
)
from bulletin_lint.config.yaml import parse_yaml

SHAPES: dict[str, Shape] = {
    "text": Text(),
    "form": Text("[a-z]{2}"),
    "integer": Integer(),
    "number": Number(),
    "boolean": Boolean(),
    "severity": SEVERITY,
    "choice": Choice(("on", "off")),
    "pattern": PatternText(),
    "selector": Reference("selector"),
    "table": Reference("table"),
    "words": WORDS,
    "integers": ListOf(Integer()),
    "map": MapOf(Integer()),
    "open map": MapOf(Integer(), ""),
    "record": Record({"a": Field(Integer(), "A.", required=True), "b": Field(Text(), "B.", default="x")}),
    "sparse": Record({"a": Field(Integer(), "A."), "b": Field(Text(), "B.", default="x")}, sparse=True),
    "one of": OneOf(("a", "b"), {"a": Field(Integer(), "A."), "b": Field(Integer(), "B.")}),
    "either": Either(text=Text("[a-z]{2}"), items=ListOf(Integer()), mapping=MapOf(Integer())),
    "text or map": Either(text=Text("[a-z]{2}"), mapping=MapOf(Integer())),
    "or null": OrNull(Integer()),
    "gaps": Gaps(),
}
SAMPLES = (
    "ab", "abc", "AB", "第3期", "error", "info", "off", "true", "False", "yes",
    "0", "7", "-7", "07", "1.5", "1.", "-1.5", "1.1234567", "1234567890", "999999999",
    "3-5", "5-3", "'2020: 3-5'", "'2020: 3,7-9'", "2020", "'总: 118'", "'cumulative: 118'", "'202: 3'",
    "articles", "'articles[*].title'", "articles title", "'masthead.*'", "Articles",
    "[]", "[1, 2]", "[ab, cd]", "[1, x]", "[[1]]", "['2020: 3', 7, {2021: 4}]",
    "{}", "{a: 1}", "{b: 1}", "{a: 1, b: 2}", "{a: x}", "{c: 1}", "{A: 1}", "{a: [1]}",
    "{2020: 3-5}", "{2020: [3, 5-7]}", "{cumulative: 118}", "{202: 3}", "{2020: []}", "{2020: x}",
)  # fmt: skip


def read(shape: Shape, written: str) -> tuple[Any, list[str]]:
    """The value and what is wrong with it."""
    mistakes = Diagnostics()
    top = parse_yaml("a.yaml", f"key: {written}\n".encode(), mistakes)
    assert top is not None
    ((_, _, node),) = top
    value = shape.read(node, Scope(mistakes))
    return value, [error.wording.en for error in mistakes._errors]


class EditorLoader(yaml.SafeLoader):
    """Scalars as YAML 1.2 reads them, as editors do: on and off are words."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_json(value: Any) -> Any:
    """A value with its keys as text, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): as_json(each) for key, each in value.items()}
    return [as_json(each) for each in value] if isinstance(value, list) else value


LOOSER = {
    # A schema cannot say that a range goes up, nor that there is something in the mapping.
    "gaps": ("5-3", "{}", "{2020: []}", "07", "1."),
    # An editor's parser has made a number of what is written, of which the schema cannot ask how it was.
    "integer": ("07", "1.", "1234567890"),
    "integers": ("07", "1.", "1234567890"),
    "or null": ("07", "1.", "1234567890"),
    "number": ("07", "1.", "1.1234567", "1234567890"),
    # A single value may be the only one of a list.
    "either": ("0", "7", "-7", "07", "1.", "2020", "1234567890", "999999999"),
    # In a parser of YAML 1.1 it is the word off.
    "choice": ("False",),
}
"""What a schema accepts and the program refuses: the program sees more."""


@pytest.mark.parametrize("name", sorted(SHAPES.keys() - {"selector", "table"}))
def test_a_shape_and_its_schema_accept_the_same(name: str) -> None:
    shape = SHAPES[name]
    validator = Draft202012Validator(shape.json_schema())
    Draft202012Validator.check_schema(shape.json_schema())
    accepted = 0
    for written in SAMPLES:
        _, mistakes = read(shape, written)
        fits = validator.is_valid(as_json(yaml.load(written, EditorLoader)))
        if written in LOOSER.get(name, ()):
            assert fits, (name, written)
            assert mistakes, (name, written)
            continue
        # Lists in a list of gaps are read as one, and no editor need propose that.
        assert fits == (not mistakes) or (name, written) == ("gaps", "[[1]]"), (name, written, mistakes)
        accepted += fits
    assert 0 < accepted < len(SAMPLES)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("text", "007", "007"),
        ("integer", "-7", -7),
        ("number", "1.5", 1.5),
        ("boolean", "False", False),
        ("boolean", "true", True),
        ("choice", "off", "off"),
        ("words", "ab", ["ab"]),
        ("words", "[ab, 7]", ["ab", "7"]),
        ("integers", "[]", []),
        ("map", "{a: 1, b: 2}", {"a": 1, "b": 2}),
        ("record", "{a: 1}", {"a": 1, "b": "x"}),
        ("record", "{a: 1, b: y}", {"a": 1, "b": "y"}),
        ("sparse", "{a: 1}", {"a": 1}),
        ("sparse", "{}", {}),
        ("one of", "{b: 2}", {"b": 2, "a": None}),
        ("either", "ab", "ab"),
        ("either", "[1]", [1]),
        ("either", "{a: 1}", {"a": 1}),
        ("or null", "~", None),
        ("or null", "null", None),
        ("or null", "", None),
        ("or null", "7", 7),
        ("gaps", "3-5", ["3-5"]),
        ("gaps", "'2020 ：3'", ["2020: 3"]),
        ("gaps", "{2020: [3, 5-7], 总: 118}", ["2020: 3", "2020: 5-7", "总: 118"]),
        ("gaps", "['2020: 3', 7, {2021: 4}]", ["2020: 3", "7", "2021: 4"]),
    ],
)
def test_what_is_accepted_is_read(name: str, written: str, value: object) -> None:
    assert read(SHAPES[name], written) == (value, [])


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("text", "", ["must be text; nothing is written"]),
        ("text", "[a]", ["must be text; found a list"]),
        ("text", "{a: 1}", ["must be text; found a mapping"]),
        ("form", "abc", ["must be text; found 'abc'"]),
        ("integer", "", ["must be a whole number; nothing is written"]),
        ("integer", "1.5", ["must be a whole number; found '1.5'"]),
        ("number", "-1", ["must be a number; found '-1'"]),
        ("boolean", "yes", ["must be true or false; found 'yes'"]),
        ("severity", "", ["must be one of error, warning, info; nothing is written"]),
        ("severity", "eror", ["unknown severity 'eror'; did you mean 'error'?"]),
        ("pattern", "[a]", ["must be a regular expression; found a list"]),
        ("selector", "", ["must be a selector; nothing is written"]),
        ("table", "", ["must be the name of a table; nothing is written"]),
        ("map", "x", ["must be a mapping; found 'x'"]),
        ("map", "{A: 1}", ["bad name 'A', it must match [a-z][a-z0-9_-]*"]),
        ("record", "{b: y}", ["'a' is missing"]),
        ("one of", "{}", ["'a' or 'b' is missing"]),
        ("one of", "{a: 1, b: 2}", ["'a' and 'b' exclude each other"]),
        ("integers", "[1, x, y]", ["must be a whole number; found 'x'", "must be a whole number; found 'y'"]),
        ("text or map", "[abc]", ["must be text; found a list"]),
    ],
)
def test_what_is_refused_is_said_with_what_is_wanted(name: str, written: str, said: list[str]) -> None:
    assert read(SHAPES[name], written)[1] == said


def test_a_refusal_is_said_in_chinese_too() -> None:
    mistakes = Diagnostics()
    top = parse_yaml("a.yaml", b"a:\nb: x\nc: []\nd: {}\n", mistakes)
    assert top is not None
    for _, _, node in top:
        Integer().read(node, Scope(mistakes))

    assert [(error.line, error.wording.zh) for error in mistakes._errors] == [
        (1, "应是整数，没有填写"),
        (2, "应是整数，写的是“x”"),
        (3, "应是整数，写的是列表"),
        (4, "应是整数，写的是“键: 值”"),
    ]


@pytest.mark.parametrize(
    ("shape", "written", "accepted"),
    [
        (Glob(), "'a[.md'", True),
        (ClosedGlob(), "'a[.md'", False),
        (ClosedGlob(), "'a[[].md'", True),
        (ClosedGlob(), "'a[0-9].md'", True),
        (ClosedGlob(), "'a[0-9][.md'", False),
        (FilesGlob(), "2020", False),
        (FilesGlob(), "2020/", False),
        (FilesGlob(), "'2020.1'", False),
        (FilesGlob(), "2020/*.md", True),
        (FilesGlob(), "'a[.md'", False),
        (GlobsTo(Integer()), "{'*.md': 1}", False),
        (GlobsTo(Integer(), ""), "{'*.md': 1, '!b/*': 2}", True),
    ],
)
def test_patterns_of_files(shape: Shape, written: str, *, accepted: bool) -> None:
    assert (read(shape, written)[1] == []) is accepted
