"""Packs: every mistake is told at its place, and packs merge as their authors expect."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing.structure import Structure
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook
from bulletin_lint.rulebook.packs import builtin_folder, builtin_packs
from bulletin_lint.rulebook.rulebook import Catalogue, Rulebook
from bulletin_lint.rulebook.schema import RULE
from harness import FIXTURES

BAD_PACKS = FIXTURES / "packs" / "bad"

COMMA = """\
    name: doubled-comma
    check: forbidden
    on: articles
    pattern: ',,'
    message: {zh: "“{found}”重复", en: "'{found}' is doubled"}
"""


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))


TRANSLATED = """\
    name: wide-letter
    check: forbidden
    on: articles
    translate: wide
    message: {zh: '“{found}”', en: '{found}'}
"""


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load(*packs: str, **overrides: Any) -> Rulebook:
    return load_rulebook(Settings(extends=packs, rules=overrides))


def catalogue(*packs: str) -> Catalogue:
    return load_catalogue(Settings(extends=packs))


def mistakes(*packs: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load(*packs)
    return caught.value.describe("en").splitlines()


@pytest.mark.parametrize("name", sorted(path.stem for path in BAD_PACKS.glob("*.yaml")))
def test_a_bad_pack_is_refused_with_its_message(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD_PACKS)
    with pytest.raises(DefinitionError) as caught:
        load(f"./{name}.yaml")

    expected = (BAD_PACKS / f"{name}.expected").read_text(encoding="utf-8")
    assert expected == f"{caught.value.describe('zh')}\n{caught.value.describe('en')}\n"


def test_every_bad_pack_has_an_expectation_and_every_expectation_a_pack() -> None:
    assert {path.stem for path in BAD_PACKS.glob("*.expected")} == {
        path.stem for path in BAD_PACKS.glob("*.yaml")
    }


def test_chinese_messages_have_no_english_sentences() -> None:
    for path in BAD_PACKS.glob("*.expected"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines[: len(lines) // 2]:
            assert any("\u4e00" <= char <= "\u9fff" for char in line), line
            assert " the " not in line, line


def test_the_builtin_packs_are_found() -> None:
    assert os.path.isdir(builtin_folder())
    assert "jianbao" in builtin_packs()


def test_packaged_rules_are_taken_before_those_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin_lint.rulebook import packs

    write("site/bulletin_lint/rules/jianbao/a.yaml", "")
    write("checkout/rules/other.yaml", "")
    monkeypatch.setattr(packs, "__file__", str(tmp_path / "site/bulletin_lint/rulebook/packs.py"))
    installed = builtin_packs()
    monkeypatch.setattr(packs, "__file__", str(tmp_path / "checkout/src/bulletin_lint/rulebook/packs.py"))

    assert ("jianbao",) == installed
    assert ("other",) == builtin_packs()


def test_a_rule_is_read_with_defaults_filled_in() -> None:
    write("a.yaml", f"fragments: {{two: '{{2}}'}}\nrules:\n  AB-01:\n{COMMA.replace(',,', ',${two}')}")
    rule = load("./a.yaml").rules["AB-01"]

    assert ("AB-01", "doubled-comma", "warning", "forbidden") == (*rule[:3], rule.kind)
    assert ("articles",) == rule.on
    assert "cannot-assess" == rule.on_missing
    assert Wording("“{found}”重复", "'{found}' is doubled") == rule.message
    assert "manual" == rule.fix
    assert ",{2}" == rule.parameters["pattern"]
    assert "run" == rule.parameters["each"]
    assert ["articles"] == rule.parameters["on"]
    assert not rule.trusted
    assert "a.yaml" == rule.pack
    assert rule.waivable


def test_a_default_mask_that_no_pack_defines_is_left_out() -> None:
    write("a.yaml", f"masks: {{email: '@'}}\nrules:\n  AB-01:\n{COMMA}")
    rulebook = load("./a.yaml")

    assert ["email"] == rulebook.rules["AB-01"].parameters["mask"]
    rulebook.check("AB-01")


def test_a_later_pack_changes_keys_and_languages_of_a_rule() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n{COMMA}")
    write(
        "b.yaml",
        "extends: ./a.yaml\nrules:\n  AB-01: {severity: error, message: {zh: '逗号连用“{found}”'}}\n",
    )
    rule = load("./b.yaml").rules["AB-01"]

    assert "error" == rule.severity
    assert Wording("逗号连用“{found}”", "'{found}' is doubled") == rule.message
    assert ",," == rule.parameters["pattern"]
    assert "a.yaml" == rule.pack


@pytest.mark.parametrize("off", ["off", "'off'", '"off"', "{severity: off}", "{severity: 'off'}"])
def test_off_works_quoted_or_not(off: str) -> None:
    write("a.yaml", f"rules:\n  AB-01:\n{COMMA}")
    write("b.yaml", f"extends: ./a.yaml\nrules:\n  AB-01: {off}\n")
    rule = load("./b.yaml").rules["AB-01"]

    assert ("off", "warning") == (rule.severity, rule.selected_severity)


def test_a_rule_that_is_off_from_the_start_is_advice_when_selected() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n    severity: off\n{COMMA}")

    assert "info" == load("./a.yaml").rules["AB-01"].selected_severity


def test_a_rule_with_a_check_replaces_the_one_before() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n    severity: error\n{COMMA}")
    write("b.yaml", f"extends: ./a.yaml\nrules:\n  AB-01:\n{COMMA}")
    rule = load("./b.yaml").rules["AB-01"]

    assert ("warning", "b.yaml") == (rule.severity, rule.pack)


def test_overrides_of_the_caller_come_last() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n{COMMA}")

    assert "off" == load("./a.yaml", **{"AB-01": "off"}).rules["AB-01"].severity
    assert "info" == load("./a.yaml", **{"AB-01": {"severity": "info"}}).rules["AB-01"].severity


def test_a_pack_that_is_extended_twice_is_merged_once_and_first() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n{COMMA}")
    write("b.yaml", "extends: ./a.yaml\nrules: {AB-01: {severity: error}}\n")
    write("c.yaml", "extends: [./b.yaml, ./a.yaml]\n")

    assert "error" == load("./c.yaml").rules["AB-01"].severity
    assert ["a.yaml", "b.yaml", "c.yaml"] == list(catalogue("./c.yaml").titles)


def test_a_folder_is_one_pack_whose_files_share_fragments() -> None:
    write("house/fragments.yaml", "fragments: {two: '{2}'}\n")
    write("house/a-rules.yaml", f"rules:\n  AB-01:\n{COMMA.replace(',,', ',${two}')}")
    write("house/notes.txt", "not a pack file")

    assert ",{2}" == load("./house").rules["AB-01"].parameters["pattern"]


def test_a_house_cannot_change_a_pattern_by_redefining_a_fragment() -> None:
    write("a.yaml", f"fragments: {{two: '{{2}}'}}\nrules:\n  AB-01:\n{COMMA.replace(',,', ',${two}')}")
    write("b.yaml", "extends: ./a.yaml\nfragments: {two: '{3}'}\nmasks: {m: 'x${two}'}\n")
    rulebook = load("./b.yaml")

    assert ",{2}" == rulebook.rules["AB-01"].parameters["pattern"]
    assert "x{3}" == rulebook.grammar["masks"]["m"]


def test_a_table_belongs_to_its_pack() -> None:
    write("a.yaml", f"tables: {{wide: {{from: Ａ, to: A}}}}\nrules:\n  AB-01:\n{TRANSLATED}")
    write(
        "b.yaml",
        f"extends: ./a.yaml\ntables: {{wide: {{from: Ｂ, to: B}}}}\nrules:\n"
        f"  AB-02:\n{TRANSLATED.replace('wide-letter', 'wide-letter-b')}",
    )
    rulebook = load("./b.yaml")

    first, second = (rulebook.rules[code].parameters["translate"] for code in ("AB-01", "AB-02"))
    assert {"Ａ": "A"} == rulebook.table(first)
    assert {"Ｂ": "B"} == rulebook.table(second)


def test_a_built_in_mask_is_not_replaced_by_a_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_lint.rulebook import packs

    write("rules/base.yaml", "masks: {email: '@'}\n")
    write("house.yaml", "extends: base\nmasks:\n  email: x\n  ours: y\n")
    write("ours.yaml", "extends: base\nmasks: {ours: y}\n")
    monkeypatch.setattr(packs, "builtin_folder", lambda: str(tmp_path / "rules"))

    assert "y" == load("./ours.yaml").grammar["masks"]["ours"]
    with pytest.raises(DefinitionError) as caught:
        load("./house.yaml")

    said = "遮盖“email”是内置规则包 base 的，本单位的请另起名字，如 house_email"
    assert f"house.yaml:3:3: {said}" == caught.value.describe("zh")


@pytest.mark.parametrize(
    ("form", "place", "group"),
    [
        ("markers: [{level: 1, style: article, pattern: '第.条'}]", "a.yaml:1:55", "n"),
        ("enumerations: [{style: step, pattern: '第.步'}]", "a.yaml:1:47", "n"),
        ("copies: '印.份'", "a.yaml:1:17", "number"),
    ],
)
def test_a_form_that_counts_says_where_its_number_is(form: str, place: str, group: str) -> None:
    write("a.yaml", f"forms: {{{form}}}\n")

    with pytest.raises(DefinitionError) as caught:
        load("./a.yaml")

    assert f"{place}: 正则里少了命名组 (?P<{group}>…)" == caught.value.describe("zh")


def test_label_words_are_added_or_replaced_and_mean_one_field() -> None:
    write(
        "a.yaml",
        "labels: {imprint: {editor: {words: [责编, 编辑], name: {zh: 编辑, en: editor}},"
        " phone: {words: [电话], name: {zh: 电话, en: phone}}}}\n",
    )
    write(
        "b.yaml",
        "extends: ./a.yaml\nlabels: {imprint: {editor: {words: 值班编辑}, phone: {words: {replace: [热线]}},"
        " writer: {words: [编辑], name: {zh: 撰稿人, en: writer}}}}\n",
    )
    labels = load("./b.yaml").grammar["labels"]["imprint"]

    assert ["责编", "值班编辑"] == labels["editor"]["words"]
    assert {"zh": "编辑", "en": "editor"} == labels["editor"]["name"]
    assert ["热线"] == labels["phone"]["words"]
    assert ["编辑"] == labels["writer"]["words"]


def test_paragraphs_is_a_selector_by_itself() -> None:
    write("house.yaml", f"extends: bulletin\nrules:\n  HB-01:\n{COMMA.replace('articles', 'paragraphs')}")

    rulebook = load("./house.yaml")

    assert ("paragraphs",) == tuple(rulebook.rules["HB-01"].on)
    assert ("articles.paragraphs",) == rulebook.selectors(["paragraphs"])


def test_a_label_of_a_house_becomes_a_selector() -> None:
    write(
        "a.yaml",
        "labels: {imprint: {duty: {words: [值班], name: {zh: 值班, en: duty}}}}\n"
        f"rules:\n  AB-01:\n{COMMA.replace('on: articles', 'on: imprint.duty')}",
    )

    assert ("imprint.duty",) == load("./a.yaml").rules["AB-01"].on


def test_how_a_house_signs_is_said_by_the_last_pack_or_the_settings() -> None:
    write("a.yaml", "house: signs\n")
    write("b.yaml", "extends: ./a.yaml\nhouse: never\n")
    write("c.yaml", f"extends: ./a.yaml\nrules:\n  AB-01:\n{COMMA}")
    write("d.yaml", f"rules:\n  AB-01:\n{COMMA}")
    found = {name: load(f"./{name}.yaml").grammar["house"] for name in "abcd"}

    assert {"a": "signs", "b": "never", "c": "signs", "d": None} == found
    given = load_rulebook(Settings(extends=("./b.yaml",), house="some"))
    assert "some" == given.grammar["house"]
    assert given.digest != load("./b.yaml").digest


def test_points_merge_one_by_one() -> None:
    write("a.yaml", "extends: bulletin\nstructure: {emit: {K: {mark_column: 2, box: -1}}}\n")
    write("b.yaml", "extends: ./a.yaml\nstructure: {emit: {K: {box: 1.5}}, house: {signs: {lost: -4}}}\n")
    own, builtin = (load(name).grammar["structure"] for name in ("./b.yaml", "bulletin"))

    assert {**builtin["emit"]["K"], "mark_column": 2.0, "box": 1.5} == own["emit"]["K"]
    assert {**builtin["house"]["signs"], "lost": -4.0} == own["house"]["signs"]
    assert {"T", "H", "K"} <= own["emit"].keys()
    assert all(builtin["emit"][label] == own["emit"][label] for label in own["emit"] if label != "K")
    assert builtin["move"] == own["move"]


def test_a_pack_of_a_house_says_what_its_columns_look_like() -> None:
    # ●-lines are sub-headings rather than columns, until a pack says that here they are none.
    write("a.yaml", "extends: bulletin\nstructure: {emit: {H: {mark_column: -4}, K: {mark_column: 4}}}\n")
    facts = {"mark": 1.0, "column": 1.0, "mark_column": 1.0, "next_prose": 1.0}
    own, builtin = (
        Structure(load(name).grammar["structure"]).points(facts, ("K", "H"))
        for name in ("./a.yaml", "bulletin")
    )

    assert builtin["K"] < builtin["H"]
    assert own["K"] > own["H"]


@pytest.mark.parametrize(
    ("points", "named"),
    [
        ("{emit: {Q: {bias: 1}}}", "Q"),
        ("{emit: {K: {sparkle: 1}}}", "sparkle"),
        ("{emit: {K: {column: 21}}}", "-20"),
        ("{move: {T: {P: lots}}}", "points"),
    ],
)
def test_points_of_what_there_is_none_of_are_refused(points: str, named: str) -> None:
    write("a.yaml", f"structure: {points}\n")

    (mistake,) = mistakes("./a.yaml")
    assert mistake.startswith("a.yaml:1:")
    assert named in mistake


def test_the_settings_file_says_how_a_house_signs() -> None:
    write("b.yaml", "house: never\n")
    write("bulletin-lint.yaml", "extends: [./b.yaml]\nhouse: signs\n")

    assert "signs" == load_rulebook(load_settings()).grammar["house"]


def test_a_way_of_signing_that_there_is_none_of_is_refused_where_it_stands() -> None:
    write("a.yaml", "title: {zh: 甲, en: a}\nhouse: always\n")

    assert ["a.yaml:2:8: unknown way of signing 'always'; known: never, signs, some"] == mistakes("./a.yaml")


def test_forms_of_a_house_are_tried_first() -> None:
    write(
        "a.yaml",
        "forms: {issue_number: ['第[0-9]+期'], supplement: 增刊,"
        " attribution: {roles: 供稿, own_line: [甲]}}\n",
    )
    write(
        "b.yaml",
        "extends: ./a.yaml\n"
        "forms: {issue_number: '[0-9]+号', supplement: 副刊, attribution: {own_line: 乙}}\n",
    )
    grammar = load("./b.yaml").grammar

    assert ["[0-9]+号", "第[0-9]+期"] == grammar["forms"]["issue_number"]
    assert "副刊" == grammar["forms"]["supplement"]
    assert {"roles": "供稿", "own_line": ["乙", "甲"]} == grammar["forms"]["attribution"]
    assert grammar["trusted"] is False


def test_tables_come_from_a_file_or_from_two_rows_of_characters() -> None:
    write("t.yaml", "甲: 乙\n丙: ''\n")
    write("a.yaml", "tables: {one: {file: t.yaml}, two: {from: ＡＢ, to: AB}}\n")
    rulebook = load("./a.yaml")

    assert {"甲": "乙", "丙": ""} == rulebook.table("one")
    assert {"Ａ": "A", "Ｂ": "B"} == rulebook.table("two")
    assert {} == rulebook.table("three")


def test_builtin_rules_are_trusted_until_a_house_gives_the_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin_lint.rulebook import packs

    write("rules/base.yaml", f"rules:\n  COM001:\n{COMMA}")
    write("severity.yaml", "extends: base\nrules: {COM001: {severity: error}}\n")
    write(
        "pattern.yaml", "extends: base\nrules: {COM001: {pattern: '，，'}}\nmasks: {m: x}\nforms: {date: x}\n"
    )
    monkeypatch.setattr(packs, "builtin_folder", lambda: str(tmp_path / "rules"))

    assert load("base").rules["COM001"].trusted
    assert load("./severity.yaml").rules["COM001"].trusted
    changed = load("./pattern.yaml")
    assert not changed.rules["COM001"].trusted
    assert "base" == changed.rules["COM001"].pack
    assert ["m"] == changed.grammar["house_masks"]
    assert not changed.grammar["trusted"]
    assert load("base").grammar["trusted"]


def test_builtin_codes_are_letters_and_three_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_lint.rulebook import packs

    write("rules/base.yaml", f"rules:\n  COM-01:\n{COMMA}")
    monkeypatch.setattr(packs, "builtin_folder", lambda: str(tmp_path / "rules"))

    assert ["rules/base.yaml:2:3: bad rule code 'COM-01'; write capitals and digits, such as ABC001"] == (
        mistakes("base")
    )


def test_a_pattern_that_only_one_engine_knows_must_suit_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin_lint.rulebook import packs

    possessive = COMMA.replace("',,'", r"'\p{Han}+'")
    write("rules/base.yaml", f"rules:\n  COM001:\n{possessive}")
    write("house.yaml", f"rules:\n  AB-01:\n{possessive}")
    monkeypatch.setattr(packs, "builtin_folder", lambda: str(tmp_path / "rules"))

    assert r"\p{Han}+" == load("./house.yaml").rules["AB-01"].parameters["pattern"]
    assert [r"rules/base.yaml:6:14: bad pattern: bad escape \p (character 1)"] == mistakes("base")


def test_the_place_in_a_pattern_is_counted_as_the_author_wrote_it() -> None:
    write(
        "a.yaml",
        "fragments: {long: 'xxxxxxxxxxxx', double: 'a**'}\n"
        "masks:\n  one: '${long}a**'\n  two: 'b${double}c'\n",
    )

    assert [
        "a.yaml:3:8: bad pattern: multiple repeat (character 10)",
        "a.yaml:4:8: bad pattern: multiple repeat (in the fragment 'double')",
    ] == mistakes("./a.yaml")


def test_examples_are_kept_for_whoever_runs_them() -> None:
    write(
        "a.yaml",
        "rules:\n  AB-01:\n    fix: safe\n    replacement: ','\n"
        f"{COMMA}"
        "    why: {zh: 多余, en: superfluous}\n"
        "    ref: {norm: GB/T 15834-2011, clause: 1.10, note: 待核}\n"
        "    examples:\n"
        "      bad:\n"
        "        - {text: '一,,二。', at: 1:2-1:4, message: '“,,”重复', fixed: '一,二。'}\n"
        "        - text: '一,,二,,三。'\n"
        "          at: ['1:2-1:4', '1:5-1:7']\n"
        "          message: [{zh: '“,,”重复', en: \"',,' is doubled\"}, '“,,”重复']\n"
        "          fixed: null\n"
        "          register: [{issue: 10, cumulative: 2119, year: 2020, date: 2020-03-04, path: a.md}]\n"
        "      good: [{text: 一。}]\n",
    )
    source = catalogue("./a.yaml").sources["AB-01"]
    first, second = source.bad

    assert Wording("多余", "superfluous") == source.why
    assert (("GB/T 15834-2011", "1.10", "待核"),) == source.references
    assert (((1, 2, 1, 4),), (Wording("“,,”重复", ""),), "一,二。") == (first.at, first.messages, first.fixed)
    assert ("a.yaml", 14) == (first.path, first.line)
    assert ((1, 2, 1, 4), (1, 5, 1, 7)) == second.at
    assert (Wording("“,,”重复", "',,' is doubled"), Wording("“,,”重复", "")) == second.messages
    assert second.fixed is None
    assert (10, 2119, "2020-03-04") == tuple(
        second.register[0][key] for key in ("issue", "cumulative", "date")
    )
    assert ["一。"] == [example.text for example in source.good]


def test_a_rule_without_examples_loads() -> None:
    write("a.yaml", f"rules:\n  AB-01:\n{COMMA}    examples: {{bad: [], good: []}}\n")

    assert () == catalogue("./a.yaml").sources["AB-01"].bad


def test_a_variant_keeps_only_what_was_written() -> None:
    write(
        "a.yaml",
        "rules:\n  AB-01:\n"
        + COMMA.replace(
            "pattern: ',,'", "replacement: ','\n    variants: [{pattern: ',,', severity: error}]"
        ),
    )

    variants = load("./a.yaml").rules["AB-01"].parameters["variants"]
    assert [{"pattern": ",,", "severity": "error"}] == variants


def test_a_table_or_pack_that_cannot_be_read_is_told_where_it_is_named() -> None:
    write("a.yaml", "tables: {t: {file: no.yaml}}\n")
    write("b.yaml", "extends: [folder]\n")
    Path("folder").mkdir()
    (table,) = mistakes("./a.yaml")

    assert table.startswith("a.yaml:1:20: cannot read no.yaml")
    assert ["b.yaml:1:11: there is no pack named 'folder'; write ./folder for a pack of your own"] == (
        mistakes("./b.yaml")
    )


def test_a_pack_that_is_asked_for_by_hand_has_no_place() -> None:
    assert ["there is no pack named 'jianbo'; did you mean 'jianbao'?"] == mistakes("jianbo")
    assert ["there is no pack ./no.yaml"] == mistakes("./no.yaml")


def test_a_pack_that_cannot_be_read_does_not_make_the_others_look_wrong() -> None:
    write("a.yaml", "rules: [\n")
    write("b.yaml", "extends: ./a.yaml\nrules: {AB-01: off}\ntitel: x\n")

    assert ["b.yaml", "a.yaml"] == [line.split(":")[0] for line in mistakes("./b.yaml")]


@pytest.mark.parametrize("section", ["aliases", "tables", "masks", "labels", "forms", "rules", "fragments"])
@pytest.mark.parametrize("value", ["x", "[x]", "{x: [[]]}", "{x: {y: {z: []}}}", "", "{A: }"])
def test_no_wrong_form_of_a_section_breaks_the_loader(section: str, value: str) -> None:
    write("a.yaml", f"{section}: {value}\n")
    with pytest.raises(DefinitionError):
        load("./a.yaml")


@pytest.mark.parametrize("key", [*RULE, "pattern", "words", "variants", "mask", "translate", "each"])
@pytest.mark.parametrize("value", ["[[x]]", "{x: y}", "", "[{x: 1}]", "{bad: x, good: [1]}"])
def test_no_wrong_form_of_a_key_breaks_the_loader(key: str, value: str) -> None:
    lines = [line for line in COMMA.splitlines() if not line.startswith(f"    {key}:")]
    write("a.yaml", "rules:\n  AB-01:\n" + "\n".join([*lines, f"    {key}: {value}", ""]))
    with pytest.raises(DefinitionError):
        load("./a.yaml")
