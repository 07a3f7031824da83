"""What each shape accepts at its edges, what it says in Chinese, and its schema to the letter."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings_schema import (
    HOUSE,
    REQUIRABLE,
    SETTINGS,
    WAIVER,
    ClosedGlob,
    FilesGlob,
    Gaps,
    Glob,
    GlobsTo,
    ListOfNames,
    Name,
)
from bulletin_lint.config.shapes import (
    SEVERITY,
    WORDING,
    WORDS,
    Boolean,
    Choice,
    Deferred,
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
    ReferenceKind,
    Scope,
    Shape,
    Text,
)
from bulletin_lint.config.yaml import YamlMap, YamlText, parse_yaml


def read(shape: Shape, written: str, scope: type[Scope] = Scope) -> tuple[Any, list[str], list[str]]:
    """The value, and what is wrong with it in Chinese and English, each at its place."""
    mistakes = Diagnostics()
    top = parse_yaml("a.yaml", f"k: {written}\n".encode(), mistakes)
    assert top is not None
    value = shape.read(top.entries["k"][1], scope(mistakes))
    errors = mistakes._errors
    zh = [f"{error.line}:{error.column} {error.wording.zh}" for error in errors]
    return value, zh, [f"{error.line}:{error.column} {error.wording.en}" for error in errors]


@pytest.mark.parametrize(
    ("shape", "written", "value"),
    [
        (Integer(), "0", 0),
        (Integer(), "9", 9),
        (Integer(), "10", 10),
        (Integer(), "999999999", 999_999_999),
        (Integer(), "-999999999", -999_999_999),
        (Integer(), "'12'", 12),
        (Number(), "0", 0.0),
        (Number(), "0.123456", 0.123456),
        (Number(), "999999999", 999_999_999.0),
        (Number(), "10.05", 10.05),
        (Boolean(), "TRUE", True),
        (Boolean(), "False", False),
        (Boolean(), "'true'", True),
        (Text(), "' '", " "),
        (Text("a+"), "aaa", "aaa"),
        (Choice(("a", "b")), "b", "b"),
        (ListOf(Integer()), "[3, 1, 2]", [3, 1, 2]),
        (ListOf(Integer()), "5", [5]),
        (MapOf(Integer()), "{a: 1, b-2_c: 3}", {"a": 1, "b-2_c": 3}),
        (MapOf(Integer(), ""), "{A b: 1}", {"A b": 1}),
        (OrNull(Text()), "'~'", "~"),
        (OrNull(Text()), "NULL", None),
        (Either(text=Text()), "x", "x"),
        (Either(items=ListOf(Integer())), "7", [7]),
        (Either(text=Integer(), mapping=MapOf(Integer())), "{a: 1}", {"a": 1}),
        (Either(items=ListOf(Text()), mapping=MapOf(Integer())), "x", ["x"]),
        (Name(), "x1", "x1"),
        (Name(), "'1'", "1"),
        (Name(), "'true'", "true"),
        (Name(may_be_number=True), "1", "1"),
        (Name(may_be_number=True), "-1.5e3", "-1.5e3"),
        (ListOfNames(Name()), "x", ["x"]),
        (ListOfNames(Name(may_be_number=True)), "[1, x]", ["1", "x"]),
        (ListOfNames(Name()), "'1'", ["1"]),
        (Gaps(), "7", ["7"]),
        (Gaps(), "3-3", ["3-3"]),
        (Gaps(), "'3,5-7'", ["3,5-7"]),
        (Gaps(), "'3， 5'", ["3， 5"]),
        (Gaps(), "9999999", ["9999999"]),
        (Gaps(), "'2020:3'", ["2020: 3"]),
        (Gaps(), "'2020 : 3'", ["2020: 3"]),
        (Gaps(), "'总：3'", ["总: 3"]),
        (Gaps(), "'cumulative: 3-5'", ["cumulative: 3-5"]),
        (Gaps(), "{总: 3}", ["总: 3"]),
        (Gaps(), "[]", []),
        (Glob(), "2020", "2020"),
        (FilesGlob(), "'*.md'", "*.md"),
        (FilesGlob(), "2020a", "2020a"),
        (FilesGlob(), "2020/1", "2020/1"),
        (GlobsTo(ListOf(Text()), ""), "{'!a': x}", {"!a": ["x"]}),
        (HOUSE, "signs", "signs"),
        (HOUSE, "some", "some"),
        (HOUSE, "never", "never"),
        (SEVERITY, "warning", "warning"),
    ],
)
def test_what_is_right_is_read_as_it_is_meant(shape: Shape, written: str, value: object) -> None:
    found, zh, en = read(shape, written)
    assert (found, zh, en) == (value, [], [])
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("shape", "written", "zh", "en"),
    [
        (
            Integer(),
            "1234567890",
            "1:4 应是整数，写的是“1234567890”",
            "1:4 must be a whole number; found '1234567890'",
        ),
        (Integer(), "01", "1:4 应是整数，写的是“01”", "1:4 must be a whole number; found '01'"),
        (Integer(), "+1", "1:4 应是整数，写的是“+1”", "1:4 must be a whole number; found '+1'"),
        (Number(), "1.", "1:4 应是数，写的是“1.”", "1:4 must be a number; found '1.'"),
        (Number(), "[1]", "1:4 应是数，写的是列表", "1:4 must be a number; found a list"),
        (Boolean(), "on", "1:4 应是 true 或 false，写的是“on”", "1:4 must be true or false; found 'on'"),
        (
            Boolean(),
            "[true]",
            "1:4 应是 true 或 false，写的是列表",
            "1:4 must be true or false; found a list",
        ),
        (
            Text("a+", "几个 a", "some a"),
            "ab",
            "1:4 应是几个 a，写的是“ab”",
            "1:4 must be some a; found 'ab'",
        ),
        (
            Text("a+", "几个 a", "some a"),
            "",
            "1:3 应是几个 a，没有填写",
            "1:3 must be some a; nothing is written",
        ),
        (Choice(("a", "b")), "[a]", "1:4 应是a、b 之一，写的是列表", "1:4 must be one of a, b; found a list"),
        (
            Choice(("ab", "cd")),
            "xx",
            "1:4 不认识的值“xx”；可用：ab、cd",
            "1:4 unknown value 'xx'; known: ab, cd",
        ),
        (Choice(("a",), "词", "word"), "b", "1:4 不认识的词“b”；可用：a", "1:4 unknown word 'b'; known: a"),
        (
            PatternText(),
            "",
            "1:3 应是正则表达式，没有填写",
            "1:3 must be a regular expression; nothing is written",
        ),
        (MapOf(Integer()), "[a]", "1:4 应是“键: 值”，写的是列表", "1:4 must be a mapping; found a list"),
        (
            MapOf(Integer(), "[a-z]", "词", "word"),
            "{A: 1}",
            "1:5 词“A”的写法不对，应合 [a-z]",
            "1:5 bad word 'A', it must match [a-z]",
        ),
        (Record({}), "x", "1:4 应是“键: 值”，写的是“x”", "1:4 must be a mapping; found 'x'"),
        (
            WORDING,
            "x",
            "1:4 应是中英文两句 {zh: …, en: …}，写的是“x”",
            "1:4 must be text in both languages, {zh: …, en: …}; found 'x'",
        ),
        (WORDING, "{zh: 甲}", "1:4 缺少“en”", "1:4 'en' is missing"),
        (WORDING, "{en: A}", "1:4 缺少“zh”", "1:4 'zh' is missing"),
        (
            Name(),
            "5",
            "1:4 应是文字（数、true、false 作名字须加引号），写的是“5”",
            "1:4 must be text (a number, true or false that is a name goes in quotes); found '5'",
        ),
        (
            Name(may_be_number=True),
            "True",
            "1:4 应是文字（数、true、false 作名字须加引号），写的是“True”",
            "1:4 must be text (a number, true or false that is a name goes in quotes); found 'True'",
        ),
        (
            ListOfNames(Name(may_be_number=True)),
            "5",
            "1:4 应是列表或文字（数作名字须加引号），写的是“5”",
            "1:4 must be a list or text (a number that is a name goes in quotes); found '5'",
        ),
        (
            Gaps(),
            "0",
            "1:4 应是“年份: 期号”或“总: 总期号”，如 {2020: 3-5}，写的是“0”",
            "1:4 must be year or cumulative to numbers, such as {2020: 3-5}; found '0'",
        ),
        (
            Gaps(),
            "{2020: 5-3}",
            "1:11 应是期号，如 7 或 3-5，写的是“5-3”",
            "1:11 must be a number or a range that goes up, such as 7 or 3-5; found '5-3'",
        ),
        (
            Gaps(),
            "{2020: []}",
            "1:11 应是期号，如 7 或 3-5，写的是列表",
            "1:11 must be a number or a range that goes up, such as 7 or 3-5; found a list",
        ),
        (
            Gaps(),
            "{20: 3}",
            "1:5 应是“年份: 期号”或“总: 总期号”，如 {2020: 3-5}，写的是“20”",
            "1:5 must be year or cumulative to numbers, such as {2020: 3-5}; found '20'",
        ),
        (
            Gaps(),
            "{}",
            "1:4 应是“年份: 期号”或“总: 总期号”，如 {2020: 3-5}，写的是“键: 值”",
            "1:4 must be year or cumulative to numbers, such as {2020: 3-5}; found a mapping",
        ),
        (
            ClosedGlob(),
            "'a[b'",
            "1:4 文件模式的方括号没有闭合；若文件名里有 [，请写 [[]",
            "1:4 file pattern: a bracket is not closed; for a [ in a name, write [[]",
        ),
        (
            Glob(),
            "'[b-a]'",
            "1:4 文件模式方括号里的范围 b-a 倒了",
            "1:4 file pattern: the range b-a in brackets is reversed",
        ),
        (
            GlobsTo(Integer(), ""),
            "{'[b-a]': 1}",
            "1:5 文件模式方括号里的范围 b-a 倒了",
            "1:5 file pattern: the range b-a in brackets is reversed",
        ),
        (
            FilesGlob(),
            "5.",
            "1:4 应是文件的模式，如 2020/**/*.md，写的是“5.”",
            "1:4 must be a pattern of files, such as 2020/**/*.md; found '5.'",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place_in_both_languages(
    shape: Shape, written: str, zh: str, en: str
) -> None:
    _, said_zh, said_en = read(shape, written)
    assert (said_zh, said_en) == ([zh], [en])


@pytest.mark.parametrize(
    "written", ["3,", "3-", "-3", "3--5", "3-5-7", "12345678", "2020-3", "3，5-4", "a", "'2020: 5-4'"]
)
def test_what_is_no_gap(written: str) -> None:
    assert len(read(Gaps(), written)[2]) == 1


@pytest.mark.parametrize("written", ["3-5", "3-12", "99-100", "3,2", "3-4,6-9"])
def test_ranges_go_up_as_numbers_and_not_as_text(written: str) -> None:
    assert read(Gaps(), written)[0] == [written]


@pytest.mark.parametrize("written", ["1_000", ".5", "1.5", "+5", "-5", "1e5", "5E-3", "1.", "1.5e+3"])
def test_each_form_of_a_number_is_none_of_a_name(written: str) -> None:
    assert read(Name(), written)[0] is None
    assert read(Name(may_be_number=True), written)[0] == written
    assert read(Name(), f"'{written}'")[0] == written


@pytest.mark.parametrize("written", ["1x", "x1", "1e", "e5", "1-2", "..", "v1.5", "_1"])
def test_what_is_no_number_is_a_name(written: str) -> None:
    assert read(Name(), written)[0] == written


@pytest.mark.parametrize("kind", ["lexicon", "mask", "selector", "table"])
def test_a_reference_is_taken_as_it_stands_and_has_to_be_there(kind: ReferenceKind) -> None:
    words = {
        "lexicon": ("词表名", "the name of a lexicon"),
        "mask": ("遮盖名", "the name of a mask"),
        "selector": ("选择器", "a selector"),
        "table": ("字表名", "the name of a table"),
    }
    zh, en = words[kind]
    assert read(Reference(kind), "x")[0] == "x"
    assert read(Reference(kind), "[x]")[1:] == (
        [f"1:4 应是{zh}，写的是列表"],
        [f"1:4 must be {en}; found a list"],
    )
    assert read(Reference(kind), "~")[2] == [f"1:4 must be {en}; nothing is written"]
    form = Reference(kind).json_schema()
    assert form["type"] == "string"
    assert ("pattern" in form) == (kind == "selector")


class OtherScope(Scope):
    """A scope that knows which groups a pattern has, and no such thing as y."""

    def pattern(self, node: YamlText) -> str | None:
        return None if node.value == "bad" else f"<{node.value}>"

    def missing_groups(self, pattern: str, groups: Any) -> list[str]:
        return [group for group in groups if group not in pattern]

    def reference(self, kind: ReferenceKind, node: YamlText) -> str | None:
        return f"{kind} {node.value}"


def test_patterns_and_names_are_what_the_scope_makes_of_them() -> None:
    assert read(PatternText(), "ab", OtherScope)[0] == "<ab>"
    assert read(PatternText("a", "b"), "ab", OtherScope) == ("<ab>", [], [])
    assert read(PatternText("a", "c", "d"), "ab", OtherScope)[1:] == (
        ["1:4 正则里少了命名组 (?P<c>…) (?P<d>…)"],
        ["1:4 the pattern lacks the named group (?P<c>…) (?P<d>…)"],
    )
    assert read(PatternText("c"), "bad", OtherScope) == (None, [], [])
    assert read(Reference("mask"), "x", OtherScope)[0] == "mask x"


def test_the_scope_of_settings_knows_no_pack() -> None:
    scope = Scope(Diagnostics())
    assert scope.pattern(YamlText("a", 1, 1, "(")) == "("
    assert scope.missing_groups("(", ["a"]) == []
    assert scope.reference("table", YamlText("a", 1, 1, "x")) == "x"
    assert scope.has_mask("x") is True


FIELDS = {
    "a": Field(Integer(), "A.", required=True),
    "b": Field(Text(), "B.", default="x"),
    "c": Field(Text(), "C."),
}


def test_a_record_fills_in_what_is_left_out_and_a_sparse_one_does_not() -> None:
    assert read(Record(FIELDS), "{a: 1}")[0] == {"a": 1, "b": "x", "c": None}
    assert read(Record(FIELDS, sparse=True), "{b: y, a: 1}")[0] == {"b": "y", "a": 1}
    assert read(Record(FIELDS), "{}")[2] == ["1:4 'a' is missing"]
    assert read(Record(FIELDS), "{a: 1, bb: y, d: z}")[2] == [
        "1:11 unknown key 'bb'; did you mean 'b'?",
        "1:18 unknown key 'd'; known: a, b, c",
    ]
    assert read(Record(FIELDS), "{a: 1, d: z}")[1] == ["1:11 不认识的键“d”；可用：a、b、c"]
    # A key that is there and wrong is not one that is missing.
    assert read(Record(FIELDS), "{a: x}")[2] == ["1:8 must be a whole number; found 'x'"]


def test_one_of_two_keys_is_asked_for_and_the_second_told() -> None:
    shape = OneOf(
        ("a", "b"), {"a": Field(Integer(), "A."), "b": Field(Integer(), "B."), "c": Field(Text(), "C.")}
    )
    assert read(shape, "{a: 1, c: x}") == ({"a": 1, "b": None, "c": "x"}, [], [])
    assert read(shape, "{b: 1}")[2] == []
    assert read(shape, "{b: 1, a: 2}")[2] == ["1:5 'a' and 'b' exclude each other"]
    assert read(shape, "{a: 1, b: 2}")[1] == ["1:11 “a”和“b”只能写一个"]
    assert read(shape, "{c: x}")[1] == ["1:4 缺少“a”或“b”"]
    assert read(shape, "x")[2] == ["1:4 must be a mapping; found 'x'"]


def test_every_bad_key_and_value_of_a_mapping_is_told() -> None:
    value, _, en = read(MapOf(Integer()), "{A: 1, b: x, c: 2}")
    assert value == {"A": 1, "b": None, "c": 2}
    assert en == [
        "1:5 bad name 'A', it must match [a-z][a-z0-9_-]*",
        "1:14 must be a whole number; found 'x'",
    ]


def test_what_is_read_later_stays_a_node() -> None:
    shape = Deferred(lambda: {"$ref": "#/x"})
    assert isinstance(read(shape, "{a: 1}")[0], YamlMap)
    assert shape.json_schema() == {"$ref": "#/x"}


@pytest.mark.parametrize(
    ("shape", "schema"),
    [
        (Text(), {"type": ["string", "number", "boolean"]}),
        (Text("a|b"), {"type": "string", "pattern": "^(?:a|b)$"}),
        (Boolean(), {"enum": [True, False, "true", "false"]}),
        (Choice(("a", "b")), {"enum": ["a", "b"]}),
        (Choice(("on", "off")), {"enum": ["on", "off", False]}),
        (PatternText(), {"type": ["string", "number", "boolean"]}),
        (Reference("mask"), {"type": "string"}),
        (ListOf(Choice(("a",))), {"anyOf": [{"type": "array", "items": {"enum": ["a"]}}, {"enum": ["a"]}]}),
        (
            MapOf(Choice(("a",)), "x"),
            {
                "type": "object",
                "additionalProperties": {"enum": ["a"]},
                "propertyNames": {"pattern": "^(?:x)$"},
            },
        ),
        (MapOf(Choice(("a",)), ""), {"type": "object", "additionalProperties": {"enum": ["a"]}}),
        (Either(items=Choice(("a",)), text=Choice(("b",))), {"anyOf": [{"enum": ["b"]}, {"enum": ["a"]}]}),
        (OrNull(Choice(("a",))), {"anyOf": [{"type": "null"}, {"enum": ["", "null", "~"]}, {"enum": ["a"]}]}),
        (
            Record({"a": Field(Choice(("x",)), "A.", required=True), "b": Field(Choice(("y",)), "B.")}),
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "a": {"description": "A.", "enum": ["x"]},
                    "b": {"description": "B.", "enum": ["y"]},
                },
                "required": ["a"],
            },
        ),
        (Record({}), {"type": "object", "additionalProperties": False, "properties": {}}),
        (Name(), {"type": "string"}),
        (Name(may_be_number=True), {"type": ["string", "number"]}),
        (Glob(), {"type": ["string", "number"]}),
        (FilesGlob(), {"type": "string", "not": {"pattern": "^[0-9.]+/?$"}}),
        (
            ListOfNames(Name()),
            {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]},
        ),
    ],
)
def test_the_schema_of_a_shape(shape: Shape, schema: dict[str, Any]) -> None:
    assert shape.json_schema() == schema


def test_a_field_is_optional_and_has_no_default_unless_it_is_said() -> None:
    field = Field(Integer(), "A.")
    assert (field.required, field.default) == (False, None)


def test_the_keys_of_the_settings_and_their_defaults() -> None:
    assert list(SETTINGS) == [
        "extends", "select", "ignore", "per-file-ignores", "rules", "required", "house", "bulletins", "series",
        "convert", "annotate", "exclude", "language", "fail-level",
    ]  # fmt: skip
    assert {name: field.default for name, field in SETTINGS.items() if field.default is not None} == {
        "per-file-ignores": {},
        "rules": {},
    }
    assert not any(field.required for field in SETTINGS.values())
    assert all(field.doc.endswith(".") for field in (*SETTINGS.values(), *WAIVER.values()))


def test_the_keys_of_a_waiver() -> None:
    assert list(WAIVER) == ["rule", "path", "fingerprint", "excerpt", "reason", "by", "until"]
    assert [name for name, field in WAIVER.items() if field.required] == ["rule"]


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("rule", "PUN001", ["PUN001"]),
        ("rule", "[PUN001, PUN002]", ["PUN001", "PUN002"]),
        ("path", "2020/*.md", "2020/*.md"),
        ("path", "2020", "2020"),
        ("fingerprint", "0123456789abcdef", "0123456789abcdef"),
        ("excerpt", "三、", "三、"),
        ("reason", "~", None),
        ("reason", "照录", "照录"),
        ("by", "", None),
        ("until", "2020-01-02", "2020-01-02"),
        ("until", "~", None),
    ],
)
def test_the_values_of_a_waiver(name: str, written: str, value: object) -> None:
    assert read(WAIVER[name].shape, written) == (value, [], [])


@pytest.mark.parametrize(
    "written", ["0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "0123456789abcdeg"]
)
def test_a_fingerprint_has_sixteen_digits(written: str) -> None:
    assert read(WAIVER["fingerprint"].shape, f"'{written}'")[2] == [
        f"1:4 must be a fingerprint of 16 hexadecimal digits; found '{written}'"
    ]


@pytest.mark.parametrize(("written", "is_right"), [
    ("1", True), ("2119", True), ("9999999", True), ("2020-1", True), ("2020-9999", True), ("0", False),
    ("10000000", False), ("2020-0", False), ("2020-10000", False), ("20-1", False), ("2020-", False), ("x", False),
])  # fmt: skip
def test_where_a_series_starts(written: str, *, is_right: bool) -> None:
    series = SETTINGS["series"].shape
    assert isinstance(series, Record)
    value, _, en = read(series.fields["start"].shape, written)
    assert (value == written, not en) == (is_right, is_right)
    if en:
        assert "a cumulative number (2119) or year-issue (2020-10)" in en[0]


def test_what_may_be_required_and_what_editors_call_it() -> None:
    assert dict(REQUIRABLE) == {
        "title": "刊名",
        "issue_number": "期号",
        "cumulative_number": "总期号",
        "office": "编发单位",
        "date": "日期",
        "contact": "联系方式",
        "distribution": "发送栏",
        "copies": "印数",
        "attribution": "署名",
        "classification": "密级",
        "copy_number": "份号",
    }


def test_words_of_a_list_of_words_are_text() -> None:
    assert read(WORDS, "[1, true, x]")[0] == ["1", "true", "x"]
    assert read(WORDS, "[[x]]")[2] == ["1:5 must be text; found a list"]
