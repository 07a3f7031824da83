"""What the words of packs refer to, what is said of those that refer to nothing, and how packs are put together."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from bulletin_lint.checks.protocols import Gate
from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText, from_plain, plain
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook import compiled
from bulletin_lint.rulebook.compiled import ROW, fields_of, packed, stored, unpacked
from bulletin_lint.rulebook.explaining import refuse_bad_explanations
from bulletin_lint.rulebook.label_fields import refuse_unknown_labels
from bulletin_lint.rulebook.later_over_earlier import merge_forms, merge_maps
from bulletin_lint.rulebook.lexicons import lexicon_rows
from bulletin_lint.rulebook.names import Names, groups_of, is_template
from bulletin_lint.rulebook.selectors import unknown_part


def said(mistakes: Diagnostics, language: Any = "en") -> list[str]:
    try:
        mistakes.raise_any()
    except DefinitionError as error:
        return error.describe(language).splitlines()
    return []


def text(value: str, path: str = "a.yaml") -> YamlText:
    return YamlText(path, 3, 5, value)


def mapping(value: Any) -> YamlMap:
    node = from_plain(value, "a.yaml")
    assert isinstance(node, YamlMap)
    return node


@pytest.fixture
def names() -> Names:
    found = Names(Diagnostics())
    found.fragments["a.yaml"] = {"digit": "[0-9]", "open": "(甲", "empty": ""}
    found.masks["url"] = "https?:"
    found.tables["wide"] = {"Ａ": "A"}
    found.lexicons["slips"] = [["甲", "乙", [], None, None]]
    found.labels["imprint"] = {"editor": {}, "phone": {}}
    found.aliases["prose"] = None
    return found


@pytest.mark.parametrize(
    ("pattern", "filled", "pieces"),
    [
        ("甲", "甲", []),
        ("${digit}年", "[0-9]年", [(0, 5, "digit")]),
        ("第${digit}+${digit}期", "第[0-9]+[0-9]期", [(1, 6, "digit"), (7, 12, "digit")]),
        ("a${empty}b${digit}", "ab[0-9]", [(1, 1, "empty"), (2, 7, "digit")]),
        # Without braces, or with what is no name in them, it is a pattern like any other.
        ("$digit", "$digit", []),
        ("${1}", "${1}", []),
    ],
)
def test_fragments_are_filled_in(
    names: Names, pattern: str, filled: str, pieces: list[tuple[int, int, str]]
) -> None:
    assert names.interpolate(text(pattern)) == (filled, pieces)
    assert said(names.mistakes) == []


def test_a_fragment_that_is_not_there_is_told_once(names: Names) -> None:
    assert names.interpolate(text("${digits}")) == (None, [])
    assert names.pattern(text("${digit}")) == "[0-9]"
    assert names.pattern(text("${digit}", "b.yaml")) is None
    assert said(names.mistakes) == [
        "a.yaml:3:5: there is no fragment 'digits'; did you mean 'digit'?",
        "b.yaml:3:5: there is no fragment 'digit'",
    ]


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("甲(", " (character 2)"),
        ("(甲", " (character 1)"),
        # What is wrong behind a fragment is told by its place in what the author wrote.
        ("${digit}(甲", " (character 9)"),
        ("${digit}${digit}甲(", " (character 18)"),
        ("(${digit}", " (character 1)"),
        ("${open}", " (in the fragment 'open')"),
        ("甲${open}", " (in the fragment 'open')"),
        ("${digit}${open}甲", " (in the fragment 'open')"),
    ],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_bad_pattern_is_told_by_the_place_in_it(
    names: Names, pattern: str, place: str, *, trusted: bool
) -> None:
    names.trusted = trusted
    names.pattern(text(pattern))
    (line,) = said(names.mistakes)

    assert line.startswith("a.yaml:3:5: bad pattern: missing )")
    if trusted:
        assert line.endswith(place)


PROBLEMS = {
    "(": "缺少右括号",
    ")": "多了右括号",
    "[甲": "方括号没有闭合",
    "*": "重复号前面没有内容",
    "甲**": "重复号连用",
    "[乙-一]": "字符范围颠倒",
    "(?<=甲+)乙": "后顾断言的长度必须固定",
    "\\q": "不认识的转义",
    "\\x1": "转义不完整",
    "(?P=甲)": "引用了没有的组名",
    "\\3": "引用了没有的组号",
    "(?P<a>甲)(?P<a>乙)": "组名重复",
    "(?P<a-b>甲)": "组名只能用字母、数字和下划线",
    "(?P<>甲)": "缺少组名",
    "(?@甲)": "不认识的 (?… 写法",
    "(?iz)": "不认识的标志",
    "甲(?i)": "标志必须写在最前面",
    "甲{3,2}": "重复次数下限大于上限",
    "(甲\\1)": "不能引用还没结束的组",
    "[[甲]]": "方括号里的 [ 或成对符号请加反斜杠",
    "[甲||乙]": "方括号里的 [ 或成对符号请加反斜杠",
    "甲{99999999999}": "太大或嵌套太深",
}


@pytest.mark.parametrize("pattern", PROBLEMS)
def test_what_is_wrong_with_a_pattern_is_said_in_chinese(names: Names, pattern: str) -> None:
    assert names.pattern(text(pattern)) == pattern
    (line,) = said(names.mistakes, "zh")
    assert line.startswith("a.yaml:3:5")
    assert f"正则有误：{PROBLEMS[pattern]}" in line


HOUSE_PROBLEMS = {
    "\\p{Nonsense}": "不认识的字符类别",
    "(?P=甲)": "引用了没有的组",
    "[甲": "方括号没有闭合",
    "*": "重复号前面没有内容",
}


@pytest.mark.parametrize("pattern", HOUSE_PROBLEMS)
def test_so_it_is_of_a_pattern_of_a_house(names: Names, pattern: str) -> None:
    names.trusted = False
    names.pattern(text(pattern))
    (line,) = said(names.mistakes, "zh")
    assert f"正则有误：{HOUSE_PROBLEMS[pattern]}" in line


def test_one_pattern_is_told_of_where_it_first_stands_for_each_engine(names: Names) -> None:
    for trusted in (True, True, False):
        names.trusted = trusted
        names.pattern(text("(甲"))
    assert len(names.mistakes) == 2


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("甲", []),
        ("(甲)", [None]),
        ("(?P<a>甲)(乙)(?P<b>丙)", ["a", None, "b"]),
        ("(甲)(?P<a>乙)", [None, "a"]),
        ("(?:甲)", []),
    ],
)
def test_which_groups_a_pattern_has(pattern: str, groups: list[str | None], *, trusted: bool) -> None:
    assert groups_of(pattern, trusted=trusted) == groups


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    ("replacement", "is_right"),
    [
        ("甲", True),
        (r"\g<a>", True),
        (r"\g<2>", True),
        (r"\2\1", True),
        (r"\\", True),
        (r"\g<3>", False),
        (r"\g<b>", False),
        (r"\g<a", False),
        ("\\q", False),
    ],
)
def test_whether_a_replacement_can_be_filled_in(replacement: str, *, is_right: bool, trusted: bool) -> None:
    assert is_template(["a", None], replacement, trusted=trusted) is is_right


def test_missing_groups_are_asked_of_patterns_that_compile(names: Names) -> None:
    names.pattern(text("(?P<a>甲)"))
    names.pattern(text("(?P<a>甲"))
    assert names.missing_groups("(?P<a>甲)", ["a", "b", "c"]) == ["b", "c"]
    assert names.missing_groups("(?P<a>甲", ["a", "b"]) == []
    assert names.missing_groups("never seen", ["a"]) == []
    names.trusted = False
    assert names.missing_groups("(?P<a>甲)", ["b"]) == []


def test_masks_tables_and_word_lists_are_known_by_name(names: Names) -> None:
    names.kept_as["lexicon", "a.yaml"] = {"mine": "mine (a)"}
    for kind, name, kept in (
        ("mask", "url", "url"),
        ("table", "wide", "wide"),
        ("lexicon", "slips", "slips"),
        ("lexicon", "mine", "mine (a)"),
        ("selector", "prose", "prose"),
        ("selector", "imprint.editor", "imprint.editor"),
    ):
        assert names.reference(kind, text(name)) == kept  # type: ignore[arg-type]
    assert said(names.mistakes) == []
    assert names.has_mask("url")
    assert not names.has_mask("wide")

    # Each kind has names of its own, and each file its own lists.
    assert names.reference("lexicon", text("mine", "b.yaml")) is None
    assert names.reference("table", text("mine")) is None
    for kind in ("mask", "table", "lexicon"):
        assert names.reference(kind, text("nothing")) is None  # type: ignore[arg-type]
    assert len(names.mistakes) == 5


@pytest.mark.parametrize(
    ("kind", "name", "zh", "en"),
    [
        ("mask", "urls", "没有遮盖“urls”；是不是“url”？", "there is no mask 'urls'; did you mean 'url'?"),
        (
            "table",
            "wider",
            "没有字表“wider”；是不是“wide”？",
            "there is no table 'wider'; did you mean 'wide'?",
        ),
        (
            "lexicon",
            "slip",
            "没有词表“slip”；是不是“slips”？",
            "there is no lexicon 'slip'; did you mean 'slips'?",
        ),
        (
            "selector",
            "sections",
            "不认识的选择器“sections”；是不是“articles.sections”？",
            "unknown selector 'sections'; did you mean 'articles.sections'?",
        ),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    names: Names, kind: Any, name: str, zh: str, en: str
) -> None:
    assert names.reference(kind, text(name)) is None
    assert said(names.mistakes) == [f"a.yaml:3:5: {en}"]
    assert said(names.mistakes, "zh")[0].endswith(zh)


def test_a_later_mask_takes_the_place_of_an_earlier_one(names: Names) -> None:
    names.take_mask("file", {"pattern": "[.]pdf", "begins": "[a-z]+", "standing": True})
    names.take_mask("code", {"pattern": "X", "begins": None, "standing": False})
    assert (names.masks["file"], names.mask_beginnings, names.standing_masks) == (
        "[.]pdf",
        {"file": "[a-z]+"},
        ["file"],
    )
    names.take_mask("file", {"pattern": "[.]doc", "begins": None, "standing": True})
    assert (names.masks["file"], names.mask_beginnings, names.standing_masks) == ("[.]doc", {}, ["file"])
    names.take_mask("file", "[.]txt")
    assert (names.masks["file"], names.standing_masks) == ("[.]txt", ["file"])
    # What could not be read changes nothing.
    names.take_mask("file", None)
    names.take_mask("file", {"pattern": None, "begins": "a", "standing": False})
    assert (names.masks["file"], names.mask_beginnings) == ("[.]txt", {})


@pytest.mark.parametrize(
    "selector",
    [
        "raw",
        "prose",
        "masthead",
        "masthead.date",
        "masthead.*",
        "articles",
        "articles[*]",
        "articles.title",
        "articles[*].title",
        "articles.*",
        "imprint.editor",
        "imprint.*",
    ],
)
def test_selectors_of_parts_are_right(selector: str) -> None:
    assert unknown_part(selector, ["editor"], ["prose"]) is None


@pytest.mark.parametrize(
    ("selector", "step", "near"),
    [
        ("imprint.phone", "phone", ["imprint.editor"]),
        ("masthead[*]", "masthead[*]", ["masthead"]),
        ("masthead[*].date", "masthead[*]", ["masthead.date"]),
        ("articles.title[*]", "title[*]", ["articles.title"]),
        ("sections", "sections", ["articles.sections"]),
    ],
)
def test_an_unknown_step_is_told_with_what_it_could_be(selector: str, step: str, near: list[str]) -> None:
    assert unknown_part(selector, ["editor"], ["prose"]) == (step, near)


@pytest.mark.parametrize(
    ("selector", "step", "among"),
    [
        ("*", "*", ["masthead", "articles", "prose", "raw"]),
        ("articles.titel", "titel", ["articles.title", "articles.sections"]),
        ("article.title", "article", ["articles.title", "masthead.title", "prose", "raw"]),
        ("masthed", "masthed", ["masthead", "prose", "raw"]),
        ("pros", "pros", ["masthead", "prose", "raw"]),
        ("masthead.date.day", "day", []),
        ("articles.*.nothing", "nothing", []),
    ],
)
def test_what_is_near_is_offered(selector: str, step: str, among: list[str]) -> None:
    found = unknown_part(selector, ["editor"], ["prose"])

    assert found is not None
    assert found[0] == step
    assert set(among) <= set(found[1])


@pytest.mark.parametrize(
    ("before", "later", "merged"),
    [
        ({}, {"a": 1}, {"a": 1}),
        ({"a": 1, "b": 2}, {"a": 3}, {"a": 3, "b": 2}),
        # Lists are joined, the later first, each member once.
        ({"a": ["x", "y"]}, {"a": ["z", "x"]}, {"a": ["z", "x", "y"]}),
        ({"a": ["x"]}, {"a": "y"}, {"a": "y"}),
        ({"a": "y"}, {"a": ["x"]}, {"a": ["x"]}),
        ({"a": {"b": ["x"], "c": 1}}, {"a": {"b": ["y"], "d": 2}}, {"a": {"b": ["y", "x"], "c": 1, "d": 2}}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({"a": 2}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        # What is not given leaves what was, also behind it.
        ({"a": 1, "b": 1}, {"a": None, "b": 2}, {"a": 1, "b": 2}),
        ({"a": None, "b": 1}, {}, {"b": 1}),
    ],
)
def test_forms_of_a_later_pack(before: dict[str, Any], later: dict[str, Any], merged: dict[str, Any]) -> None:
    given = dict(before)
    assert merge_forms(before, later) == merged
    assert before == given


@pytest.mark.parametrize(
    ("before", "later", "merged"),
    [
        ({"a": "1", "b": "2"}, {"b": "3", "c": "4"}, {"a": "1", "b": "3", "c": "4"}),
        *[
            ({name: {"zh": "甲", "en": "a"}}, {name: {"zh": "乙"}}, {name: {"zh": "乙", "en": "a"}})
            for name in ("message", "why", "remedy")
        ],
        # Of any other mapping the later one stands alone.
        ({"examples": {"bad": "a"}}, {"examples": {"good": "b"}}, {"examples": {"good": "b"}}),
        ({"why": "甲"}, {"why": {"zh": "乙"}}, {"why": {"zh": "乙"}}),
        ({"why": {"zh": "乙"}}, {"why": "甲"}, {"why": "甲"}),
        ({}, {"why": {"zh": "乙"}}, {"why": {"zh": "乙"}}),
    ],
)
def test_keys_of_a_later_rule(before: Any, later: Any, merged: Any) -> None:
    first = mapping(before)
    assert plain(merge_maps(first, mapping(later))) == merged
    assert plain(first) == before


@pytest.mark.parametrize(
    ("explains", "wrong"),
    [
        ({"AB001": None, "AB002": None}, []),
        ({"AB001": ["AB002"], "AB002": None}, []),
        ({"AB001": "AB002", "AB002": None}, []),
        ({"AB001": ["AB001"]}, ["rules explain each other: AB001 → AB001"]),
        (
            {"AB001": ["AB002"], "AB002": ["AB001"]},
            [
                "rules explain each other: AB001 → AB002 → AB001",
                "rules explain each other: AB002 → AB001 → AB002",
            ],
        ),
        (
            {"AB001": ["AB002"], "AB002": ["AB003"], "AB003": ["AB001"], "AB004": ["AB001"]},
            [
                "rules explain each other: AB001 → AB002 → AB003 → AB001",
                "rules explain each other: AB002 → AB003 → AB001 → AB002",
                "rules explain each other: AB003 → AB001 → AB002 → AB003",
            ],
        ),
        # Two ways to one rule are no ring.
        ({"AB001": ["AB002", "AB003"], "AB002": ["AB004"], "AB003": ["AB004"], "AB004": None}, []),
    ],
)
def test_no_two_rules_explain_each_other(explains: Mapping[str, Any], wrong: list[str]) -> None:
    mistakes = Diagnostics()
    nodes = {code: None if value is None else from_plain(value, code) for code, value in explains.items()}
    refuse_bad_explanations(nodes, (), mistakes)
    assert [line.split(": ", 1)[1] for line in said(mistakes)] == wrong


@pytest.mark.parametrize(("path", "is_told"), [("house.yaml", True), ("builtin.yaml", False)])
def test_a_house_explains_only_rules_that_there_are(path: str, *, is_told: bool) -> None:
    mistakes = Diagnostics()
    node: YamlNode = YamlList(path, 2, 1, [text("AB999"), text("AB002")])
    refuse_bad_explanations({"AB001": node, "AB002": None}, ("house.yaml",), mistakes)
    expected = ["house.yaml:2:1: there is no rule AB999; did you mean 'AB002'?"]
    assert len(said(mistakes)) == is_told
    assert not is_told or said(mistakes)[0].startswith(expected[0][:40])


def labels(group: str, **fields: Any) -> list[tuple[YamlMap, Mapping[str, Any]]]:
    entries = {name: {"words": None, "name": None, **(entry or {})} for name, entry in fields.items()}
    return [(mapping({"labels": {group: fields}}), {"labels": {group: entries}})]


@pytest.mark.parametrize(
    ("group", "fields", "known", "wrong"),
    [
        ("imprint", {"editor": {}}, ["editor"], []),
        (
            "imprint",
            {"edtior": {}},
            ["editor"],
            ["there is no field 'edtior' (a new one needs 'name'); did you mean 'editor'?"],
        ),
        ("imprint", {"print": {"name": {"zh": "印数", "en": "copies"}}}, ["editor"], []),
        # Only the imprint is open: what the other groups hold the parser knows.
        ("masthead", {"office": {}}, ["office"], []),
        (
            "masthead",
            {"offices": {"name": {"zh": "单位", "en": "office"}}},
            ["office"],
            ["masthead has no 'offices'; did you mean 'office'?"],
        ),
        # A pack that builds on none says what there is; but not of the imprint.
        ("masthead", {"anything": {}}, [], []),
        ("imprint", {"anything": {}}, [], ["there is no field 'anything' (a new one needs 'name')"]),
    ],
)
def test_labels_are_of_fields_that_there_are(
    group: str, fields: dict[str, Any], known: list[str], wrong: list[str]
) -> None:
    mistakes = Diagnostics()
    refuse_unknown_labels(labels(group, **fields), {group: dict.fromkeys(known)}, mistakes)
    assert [line.split(": ", 1)[1] for line in said(mistakes)] == wrong


def test_one_file_of_a_pack_may_name_the_field_of_another() -> None:
    mistakes = Diagnostics()
    files = [*labels("imprint", print={}), *labels("imprint", print={"name": {"zh": "印数", "en": "copies"}})]
    refuse_unknown_labels(files, {"imprint": {"editor": {}}}, mistakes)
    assert said(mistakes) == []


def test_a_pack_without_labels_names_none() -> None:
    mistakes = Diagnostics()
    refuse_unknown_labels([(mapping({}), {"labels": None})], {"imprint": {"editor": {}}}, mistakes)
    assert said(mistakes) == []


def test_entries_of_a_word_list(names: Names) -> None:
    words = mapping(
        {
            "按装": "安装",
            "甲": {"to": "乙", "unless": ["甲骨"], "after": "${digit}", "before": "丙"},
            "丁": {"to": "戊"},
        }
    )
    assert lexicon_rows(words, names) == [
        ["按装", "安装", [], None, None],
        ["甲", "乙", ["甲骨"], "[0-9]", "丙"],
        ["丁", "戊", [], None, None],
    ]
    assert lexicon_rows(None, names) == []
    assert said(names.mistakes) == []


@pytest.mark.parametrize("entry", [{"甲": ["乙"]}, {"": "乙"}, {"甲": None}])
def test_what_is_no_entry_of_a_word_list_is_told(names: Names, entry: Any) -> None:
    assert lexicon_rows(mapping(entry), names) == []
    (line,) = said(names.mistakes)
    assert line.endswith("an entry of a lexicon is 'word: correction', or a mapping with 'to'")


class Word(str):
    """A text that is more than a text."""

    __slots__ = ()


class Count(int):
    """A number that is more than a number."""


SIMPLE: list[Any] = ["甲", b"a", 1, 1.5, True, None, [], {}]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        *zip(SIMPLE, SIMPLE, strict=True),
        ((1, ("甲", [2])), [1, ["甲", [2]]]),
        ({"a": (1, 2), "b": {"c": [None]}}, {"a": [1, 2], "b": {"c": [None]}}),
        (MappingProxyType({"a": (1,)}), {"a": [1]}),
        (Word("甲"), "甲"),
        ([Word("甲"), Count(3)], ["甲", 3]),
        ({Word("甲"): Count(3)}, {"甲": 3}),
    ],
)
def test_data_is_kept_plain(value: Any, kept: Any) -> None:
    found = compiled.plain(value)
    assert found == kept
    assert marshal.loads(marshal.dumps(found)) == kept
    assert unpacked(packed(value)) == kept


def test_subclasses_have_no_form_of_their_own() -> None:
    (word, count), pairs = compiled.plain([Word("甲"), Count(3)]), compiled.plain({Word("a"): Word("b")})
    assert (type(word), type(count)) == (str, int)
    assert [(type(name), type(value)) for name, value in pairs.items()] == [(str, str)]


@pytest.mark.parametrize("value", [{1, 2}, object(), [object()], {"a": {1}}, 1j])
def test_anything_else_is_no_plain_data(value: Any) -> None:
    with pytest.raises(TypeError, match="is no plain data"):
        packed(value)


def row(**changed: Any) -> list[Any]:
    values: dict[str, Any] = {
        "code": "AB001",
        "name": "a-name",
        "severity": "error",
        "selected_severity": "error",
        "kind": "forbidden",
        "on": ["raw"],
        "on_missing": "skip",
        "structural": False,
        "zh": "甲",
        "en": "a",
        "fix": "safe",
        "parameters": {"pattern": "甲", "on": ["raw"]},
        "trusted": True,
        "pack": "p",
        "aliases": ["AB000"],
        "waivable": True,
        "explains": ["AB002"],
        "gate": None,
    }
    values.update(changed)
    return [values[name] for name in ROW]


GATES = [None, Gate(("甲", "乙")), Gate((), "not-applicable")]


@pytest.mark.parametrize("gate", GATES)
def test_a_row_is_the_same_rule_kept_or_not(gate: Any) -> None:
    given = row(gate=None if gate is None else [list(gate[0]), gate[1]])
    data: dict[str, Any] = {
        "rules": [given],
        "tables": {"t": {"a": "b"}},
        "lexicons": {"l": [["甲", "乙"]]},
        "aliases": {},
    }
    kept = stored(data)

    assert data["rules"][0] is given
    assert given[ROW.index("parameters")] == {"pattern": "甲", "on": ["raw"]}
    for each in (given, marshal.loads(marshal.dumps(kept))["rules"][0]):
        fields = fields_of(each)
        assert fields[5] == ("raw",)
        assert fields[8] == Wording("甲", "a")
        assert fields[9] == "safe"
        assert dict(fields[10]) == {"pattern": "甲", "on": ["raw"]}
        assert fields[13:15] == [("AB000",), True]
        assert fields[15] == ("AB002",)
        assert fields[16] == gate
        assert len(fields) == len(ROW) - 1
    assert unpacked(kept["tables"]["t"]) == {"a": "b"}
    assert unpacked(kept["lexicons"]["l"]) == {"rows": [["甲", "乙"]]}
    assert kept["aliases"] == {}


def test_what_is_no_row_is_refused() -> None:
    for wrong in (row()[:-1], [*row(), 1], []):
        with pytest.raises(ValueError, match="no row"):
            fields_of(wrong)


def test_the_digest_tells_data_apart_and_nothing_else() -> None:
    data: dict[str, Any] = {"rules": [row()], "tables": {}, "lexicons": {}}
    digest = stored(data)["digest"]

    assert stored({"rules": [row()], "tables": {}, "lexicons": {}})["digest"] == digest
    assert stored({**data, "rules": [row(severity="info")]})["digest"] != digest
    assert stored({**data, "tables": {"a": {"b": "c"}}})["digest"] != digest


def test_a_packed_mapping_is_one_like_any_other() -> None:
    value = {"a": 1, "b": [2]}
    found = compiled.mapping(packed(value))

    assert compiled.mapping(value) is value
    for each in (found, pickle.loads(pickle.dumps(found))):
        assert len(each) == 2
        assert list(each) == ["a", "b"]
        assert each["b"] == [2]
        assert dict(each) == value
        with pytest.raises(KeyError):
            each["c"]
