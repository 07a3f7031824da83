"""Settings: where they are found, what they hold, and how mistakes in them are told."""

from __future__ import annotations

import io
import json
import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from jsonschema import Draft202012Validator

from bulletin_lint.cli.commands import config as config_command
from bulletin_lint.cli.commands import explain as explain_command
from bulletin_lint.cli.commands import rules as rules_command
from bulletin_lint.config.near_names import near_note
from bulletin_lint.config.settings import (
    Settings,
    find_settings,
    load_settings,
    register_path,
    with_options,
)
from bulletin_lint.config.settings_schema import SETTINGS
from bulletin_lint.config.shapes import Record
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import BulletinLintError, DefinitionError, UsageError
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.terminal import display_width
from bulletin_lint.rulebook.json_schema import settings_schema
from bulletin_lint.rulebook.load import ignored_codes, load_catalogue, load_rulebook, selected_rules
from bulletin_lint.rulebook.pages import explain

PACK = """\
labels: {imprint: {editor: {words: [责编], name: {zh: 责任编辑, en: editor}}}}
rules:
  SEC001:
    name: one
    check: forbidden
    on: raw
    pattern: 甲
    message: {zh: '“{found}”有误', en: "'{found}' is wrong"}
    why: {zh: 甲不好, en: 甲 is bad}
    remedy: {zh: 改成乙, en: write 乙}
    ref: {norm: GB/T 1-2020, clause: 1.10}
    examples:
      bad: [{text: 甲。, at: 1:1-1:2, message: “甲”有误}]
      good: [{text: 乙。}]
  SEC002:
    name: two
    check: forbidden
    on: raw
    pattern: 乙
    fix: safe
    replacement: 丙
    waivable: false
    message: {zh: 不用乙, en: no 乙}
"""


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    Path("pack.yaml").write_text(PACK, encoding="utf-8")


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.absolute()


def load(text: str, name: str = "bulletin-lint.yaml") -> Settings:
    write(name, text)
    return load_settings()


def mistakes(text: str, name: str = "bulletin-lint.yaml") -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load_rulebook(load(text, name))
    return caught.value.describe("en").splitlines()


def test_an_empty_file_means_the_same_as_no_file(tmp_path: Path) -> None:
    bare = load_settings(isolated=True)
    empty = load("# nothing yet\n")

    assert Settings(folder=str(tmp_path)) == bare
    assert bare == empty._replace(path=None, is_nearest=False)
    # Only those that somebody named hold for all that lies below.
    assert (bare.is_nearest, empty.is_nearest) == (False, True)
    assert not load_settings(str(empty.path)).is_nearest


def test_attributions_are_not_asked_of_a_house_that_never_signs() -> None:
    usual = Settings().required
    never = load("language: zh\nhouse: never\n")

    assert (*never.required[:8], "attribution") == usual
    # Whoever wonders where it went is led to the line.
    assert never.origin("required") == never.origin("house") == "bulletin-lint.yaml:2"
    assert load("house: some\n").required == usual
    assert load("required: [editor]\nhouse: never\n").required == ("editor",)


def test_every_key_is_read() -> None:
    settings = load(
        "extends: [jianbao, ./pack.yaml]\n"
        "select: [ALL]\n"
        "ignore: SEC001\n"
        "per-file-ignores: {'old/**': [SEC], draft.md: ALL}\n"
        "rules: {SEC001: off, SEC002: {severity: info}}\n"
        "required: [title, editor]\n"
        "house: some\n"
        "bulletins: ['**/*.md']\n"
        "series: {register: register.csv, start: 2119, known-gaps: {2020: [3-5, 7], cumulative: 118},"
        " restarts: yearly, aliases: {新简报: [旧简报]}}\n"
        "exclude: build\n"
        "language: zh\n"
        "fail-level: warning\n"
    )

    assert ("jianbao", "./pack.yaml") == settings.extends
    assert ("ALL",) == settings.select
    assert ("SEC001",) == settings.ignore
    assert {"old/**": ("SEC",), "draft.md": ("ALL",)} == settings.per_file_ignores
    assert {"SEC001": "off", "SEC002": {"severity": "info"}} == settings.rules
    assert ("title", "editor") == settings.required
    assert "some" == settings.house
    assert ("**/*.md",) == settings.bulletins
    assert {
        "register": "register.csv",
        "start": "2119",
        "known-gaps": ["2020: 3-5", "2020: 7", "cumulative: 118"],
        "restarts": "yearly",
        "aliases": {"新简报": ["旧简报"]},
    } == settings.series
    assert ("build",) == settings.exclude
    assert ("zh", "warning") == (settings.language, settings.fail_level)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("['2020: 3-5']", ["2020: 3-5"]),
        ("[2020: 3-5]", ["2020: 3-5"]),
        ("['总: 118']", ["总: 118"]),
        ("118", ["118"]),
    ],
)
def test_known_gaps_may_be_a_list(written: str, expected: list[str]) -> None:
    assert expected == load(f"series: {{known-gaps: {written}}}\n").series["known-gaps"]


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    outer = write("bulletin-lint.yaml", "")
    project = write("a/pyproject.toml", "[tool.bulletin-lint]\n")
    inner = write("a/b/bulletin-lint.yaml", "")
    Path("a/b/c").mkdir()
    Path("a/d").mkdir()

    assert str(inner) == find_settings("a/b/c")
    assert str(project) == find_settings("a/d")
    assert str(outer) == find_settings(".")
    assert str(tmp_path / "a") == load_settings(start="a/d").folder


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\ndependencies = ['bulletin-lint']\n",
        "[tool.bulletin-linter]\n",
        "# [tool.bulletin-lint]\n",
        "[tool.other]\nx = '''\nbulletin-lint\n'''\n",
        "bulletin-lint = ",
    ],
)
def test_a_project_file_without_our_table_is_passed_by(text: str) -> None:
    outer = write("bulletin-lint.yaml", "")
    write("a/pyproject.toml", text)

    assert str(outer) == find_settings("a")


@pytest.mark.parametrize(
    "text",
    [
        "[tool.bulletin-lint]\nselect = ['SEC']\n",
        "[tool]\nbulletin-lint = {select = ['SEC']}\n",
        "tool.bulletin-lint.select = ['SEC']\n",
        "[ tool . 'bulletin-lint' ]\nselect = 'SEC'\n",
    ],
)
def test_every_way_to_write_the_table_counts(text: str) -> None:
    write("pyproject.toml", text)

    assert ("SEC",) == load_settings().select


def test_beside_each_other_the_yaml_file_wins() -> None:
    write("pyproject.toml", "[tool.bulletin-lint]\nselect = ['SEC']\n")

    assert load("ignore: SEC001\n").select is None


def test_a_file_that_is_named_counts_and_must_be_there() -> None:
    write("bulletin-lint.yaml", "select: SEC001\n")
    other = write("other/name.yaml", "select: SEC002\n")

    assert ("SEC002",) == load_settings(str(other)).select
    with pytest.raises(UsageError) as caught:
        load_settings("nowhere.yaml")
    assert "没有配置文件 nowhere.yaml" == caught.value.describe("zh")


def test_isolated_reads_no_file() -> None:
    write("bulletin-lint.yaml", "rubbish: [\n")

    assert load_settings(isolated=True).path is None


def test_packs_are_relative_to_the_file() -> None:
    write("project/house.yaml", "extends: ../pack.yaml\n")
    write("project/bulletin-lint.yaml", "extends: ./house.yaml\n")

    assert ["SEC001", "SEC002"] == list(load_rulebook(load_settings(start="project"), CompiledStore()).rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selekt: [SEC]\n", "1:1: unknown key 'selekt'; did you mean 'select'?"),
        ("fail-on: error\n", "1:1: unknown key 'fail-on'; did you mean 'fail-level'?"),
        ("fail_level: error\n", "1:1: unknown key 'fail_level'; did you mean 'fail-level'?"),
        ("fail-level: warn\n", "1:13: unknown severity 'warn'; did you mean 'warning'?"),
        ("select: {a: b}\n", "1:9: must be text; found a mapping"),
        ("series: {restart: yearly}\n", "1:10: unknown key 'restart'; did you mean 'restarts'?"),
        ("series: {restarts: always}\n", "1:20: unknown value 'always'; known: auto, never, yearly"),
        (
            "series: {known-gaps: {20: 3}}\n",
            "1:23: must be year or cumulative to numbers, such as {2020: 3-5}; found '20'",
        ),
        (
            'series: {known-gaps: ["2026-3"]}\n',
            "1:23: must be year or cumulative to numbers, such as {2020: 3-5}; found '2026-3'",
        ),
        (
            "series: {known-gaps: {2020: [3, some]}}\n",
            "1:33: must be a number or a range that goes up, such as 7 or 3-5; found 'some'",
        ),
        (
            "series:\n  known-gaps:\n    2020: 3-5\n    2021: x\n",
            "4:11: must be a number or a range that goes up, such as 7 or 3-5; found 'x'",
        ),
        (
            "series: {known-gaps: {2020: []}}\n",
            "1:29: must be a number or a range that goes up, such as 7 or 3-5; found a list",
        ),
        (
            "series: {known-gaps: {}}\n",
            "1:22: must be year or cumulative to numbers, such as {2020: 3-5}; found a mapping",
        ),
        ("bulletins: [5]\n", "1:13: must be a pattern of files, such as 2020/**/*.md; found '5'"),
        ("bulletins: 2020/\n", "1:12: must be a pattern of files, such as 2020/**/*.md; found '2020/'"),
        ("rules: [SEC001]\n", "1:8: must be a mapping of rule codes; found a list"),
        ("language: en\nlanguage: zh\n", "2:1: duplicate key 'language', first on line 1"),
        (
            "extends: ./pack.yaml\nselect: [SEC, SEX]\n",
            "2:15: there is no rule or prefix 'SEX'; did you mean 'SEC'?",
        ),
        (
            "extends: ./pack.yaml\nper-file-ignores:\n  '*.md': [SEC003]\n",
            "3:12: there is no rule or prefix 'SEC003'; did you mean 'SEC002'?",
        ),
        (
            "extends: ./pack.yaml\nrequired: [edtor]\n",
            "2:12: there is no part 'edtor'; did you mean 'editor'?",
        ),
        (
            "extends: ./pack.yaml\nrules:\n  SEC003: off\n",
            "3:3: there is no rule SEC003 to override (a new rule needs 'check'); did you mean 'SEC002'?",
        ),
        (
            "extends: ./pack.yaml\nrules:\n  SEC001: {severity: fatal}\n",
            "3:22: unknown severity 'fatal'; known: error, info, off, warning",
        ),
        ("house: nevr\n", "1:8: unknown way of signing 'nevr'; did you mean 'never'?"),
        ("house: [never]\n", "1:8: must be one of signs, some, never; found a list"),
        (
            "required: [title, attribution]\nhouse: never\n",
            "1:19: house: never says that no article is signed, and required asks for attribution; take out one of them",
        ),
        ("extends: [jianbo]\n", "1:11: there is no pack named 'jianbo'; did you mean 'jianbao'?"),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, said: str) -> None:
    assert [f"bulletin-lint.yaml:{said}"] == mistakes(text)


NUMBER, NOTHING, TRUTH, LIST, MAPPING = "5", "", "true", "[a]", "{a: b}"
KEYS_AND_WHAT_THEY_CANNOT_BE = {
    "extends": (NUMBER, NOTHING, TRUTH, MAPPING, "[[a]]", "[~]", "[true]", "[{a: b}]"),
    "select": (NUMBER, NOTHING, TRUTH, MAPPING, "[[SEC]]", "[~]", "[true]", "[{a: b}]"),
    "ignore": (NUMBER, NOTHING, TRUTH, MAPPING, "[[SEC]]", "[~]", "[true]", "[{a: b}]"),
    "per-file-ignores": (NUMBER, NOTHING, TRUTH, LIST, "a", "{a: 5}", "{a: }", "{a: true}", "{a: {b: SEC}}"),
    "rules": (NUMBER, NOTHING, TRUTH, LIST, "a", "{SEC001: 5}", "{SEC001: true}", "{SEC001: [off]}"),
    "required": (NUMBER, NOTHING, TRUTH, MAPPING, "[[title]]", "[~]", "[true]", "[{a: b}]"),
    "house": (NUMBER, NOTHING, TRUTH, "[never]", MAPPING),
    "bulletins": (NUMBER, NOTHING, TRUTH, MAPPING, "[[a]]", "[~]", "[5]", "[true]", "[{a: b}]"),
    "series": (NUMBER, NOTHING, TRUTH, LIST, "a"),
    "series/register": (NUMBER, NOTHING, TRUTH, LIST, MAPPING),
    "series/start": ("-5", NOTHING, TRUTH, "[5]", MAPPING),
    "series/known-gaps": ("-5", NOTHING, TRUTH, LIST, MAPPING, "{2020: true}", "{2020: }"),
    "series/restarts": (NUMBER, NOTHING, TRUTH, "[never]", MAPPING),
    "series/aliases": (NUMBER, NOTHING, TRUTH, LIST, "a", "{a: 5}", "{a: }", "{a: true}", "{a: {b: c}}"),
    "convert": (NUMBER, NOTHING, TRUTH, LIST, "a"),
    "convert/command": (NUMBER, NOTHING, TRUTH, LIST, MAPPING),
    "annotate": (NUMBER, NOTHING, TRUTH, LIST, "a"),
    "annotate/author": (NUMBER, NOTHING, TRUTH, LIST, MAPPING),
    "exclude": (NUMBER, NOTHING, TRUTH, MAPPING, "2.5", "[[a]]", "[~]", "[true]", "[{a: b}]"),
    "language": (NUMBER, NOTHING, TRUTH, "[zh]", MAPPING),
    "fail-level": (NUMBER, NOTHING, TRUTH, "[error]", MAPPING),
}


def test_every_key_of_the_settings_is_in_the_table_of_what_it_cannot_be() -> None:
    nested = {f"{name}/{inner}" for name in ("series", "convert", "annotate") for inner in inner_keys(name)}
    assert set(SETTINGS) | nested == set(KEYS_AND_WHAT_THEY_CANNOT_BE)


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    return Draft202012Validator(settings_schema())


def inner_keys(name: str) -> list[str]:
    shape = SETTINGS[name].shape
    assert isinstance(shape, Record)
    return list(shape.fields)


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, values in KEYS_AND_WHAT_THEY_CANNOT_BE.items() for value in values],
)
def test_a_value_of_another_kind_is_refused_where_it_stands(
    schema: Draft202012Validator, key: str, value: str
) -> None:
    above, _, name = key.rpartition("/")
    text = f"extends: ./pack.yaml\n{above}: {{{name}: {value}}}\n" if above else f"{name}: {value}\n"
    first, column = 1 + bool(above), len(f"{above}: {{{name}:" if above else f"{name}:")

    for told in mistakes(text):
        path, line, at, _ = told.split(":", 3)
        assert ("bulletin-lint.yaml", first) == (path, int(line))
        # Where nothing is written, the place is that of the end of the key.
        assert int(at) >= column
    # An editor underlines it too.
    assert not schema.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("exclude = 5", "2:11"),
        ("exclude = true", "2:11"),
        ("exclude = [true]", "2:12"),
        ("select = 5.5", "2:10"),
        ("series.register = 5", "2:19"),
        ("annotate = {author = 5}", "2:22"),
        ("convert.command = false", "2:19"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_a_project_file_too(text: str, place: str) -> None:
    (told,) = mistakes(f"[tool.bulletin-lint]\n{text}\n", "pyproject.toml")
    assert told.startswith(f"pyproject.toml:{place}: must be ")


def test_a_number_in_quotation_marks_or_in_a_list_is_a_name() -> None:
    settings = load("exclude: [2019, '5', 'true']\nannotate: {author: '5'}\nseries: {register: '5'}\n")
    assert ("2019", "5", "true") == settings.exclude
    assert ({"author": "5"}, "5") == (settings.annotate, settings.series["register"])
    assert ("5",) == load("exclude: '5'\n").exclude


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.bulletin-lint]\nselekt = []\n", "2:1: unknown key 'selekt'; did you mean 'select'?"),
        (
            "[tool.bulletin-lint]\nfail-level = 'warn'\n",
            "2:14: unknown severity 'warn'; did you mean 'warning'?",
        ),
        (
            "[tool.bulletin-lint]\nextends = './pack.yaml'\n\n[tool.bulletin-lint.rules.SEC001]\n"
            "severity = 'x'\n",
            "5:12: unknown severity 'x'; known: error, info, off, warning",
        ),
        (
            "[tool.bulletin-lint]\nextends = ['./pack.yaml']\nselect = [\n  'SEC',\n  'SEX',\n]\n",
            "5:3: there is no rule or prefix 'SEX'; did you mean 'SEC'?",
        ),
        (
            "[tool.bulletin-lint]\nseries.restart = 1\n",
            "2:1: unknown key 'restart'; did you mean 'restarts'?",
        ),
        ("[tool.bulletin-lint\n", "1:20: invalid TOML: Expected ']' at the end of a table declaration"),
    ],
)
def test_a_mistake_in_a_project_file_has_its_place_too(text: str, said: str) -> None:
    assert [f"pyproject.toml:{said}"] == mistakes(text, "pyproject.toml")


def test_a_warm_start_gives_the_same_settings_and_notices_a_change(tmp_path: Path) -> None:
    path = write("bulletin-lint.yaml", "extends: ./pack.yaml\nselect: SEC001\nseries: {restarts: never}\n")
    store = CompiledStore()
    cold, warm = load_settings(store=store), load_settings(store=store)
    rules = load_rulebook(cold, CompiledStore()).rules
    path.write_text(
        "extends: ./pack.yaml\nselect: SEC002\nrules: {SEC002: {severity: info}}\n", encoding="utf-8"
    )
    changed = load_settings(store=store)

    assert cold == warm
    assert "warning" == rules["SEC002"].severity
    assert ("SEC002",) == changed.select
    assert "info" == load_rulebook(changed, CompiledStore()).rules["SEC002"].severity
    assert "info" == load_rulebook(changed, CompiledStore()).rules["SEC002"].severity


def test_settings_made_by_hand_count_too() -> None:
    settings = Settings(extends=("./pack.yaml",), rules={"SEC001": "off"})
    for _ in range(2):
        assert "off" == load_rulebook(settings, CompiledStore()).rules["SEC001"].severity
    assert "warning" == load_rulebook(settings._replace(rules={}), CompiledStore()).rules["SEC001"].severity


def test_other_packs_may_be_asked_for_than_those_of_the_file() -> None:
    write("other.yaml", "extends: ./pack.yaml\nrules: {SEC002: off}\n")
    settings = load("extends: ./pack.yaml\n")
    load_rulebook(settings, CompiledStore())

    other = load_rulebook(settings._replace(extends=("./other.yaml",)), CompiledStore())
    assert "off" == other.rules["SEC002"].severity


def test_origins_say_where_a_setting_comes_from() -> None:
    settings = with_options(load("extends: ./pack.yaml\nignore: SEC001\n"), select=["SEC"], language="en")

    assert "bulletin-lint.yaml:2" == settings.origin("ignore")
    assert "--select" == settings.origin("select")
    assert "--lang" == settings.origin("language")
    assert "default" == settings.origin("exclude")


def codes(settings: Settings) -> str:
    return " ".join(rule.code for rule in selected_rules(settings, load_rulebook(settings)))


def test_the_command_line_replaces_select_and_adds_to_ignore() -> None:
    settings = load("extends: ./pack.yaml\nselect: SEC001\n")

    assert "SEC001" == codes(settings)
    assert "SEC002" == codes(with_options(settings, select=["SEC002"]))
    assert "SEC001 SEC002" == codes(with_options(settings, extend_select=["SEC002"]))
    assert "" == codes(with_options(settings, ignore=["SEC001"]))
    assert "SEC001" == codes(with_options(settings, select=["ALL"], ignore=["SEC002"]))


def test_what_the_command_line_selects_by_name_the_file_no_longer_ignores() -> None:
    settings = load("extends: ./pack.yaml\nignore: [SEC001]\n")

    assert "SEC002" == codes(settings)
    assert "SEC001" == codes(with_options(settings, select=["SEC001"]))
    assert "SEC002" == codes(with_options(settings, select=["SEC"]))
    assert "SEC001 SEC002" == codes(with_options(settings, extend_select=["SEC001"]))


def test_per_file_ignores_are_relative_to_the_file() -> None:
    settings = load("extends: ./pack.yaml\nper-file-ignores: {'old/**': SEC, draft.md: SEC001, 2020: ALL}\n")
    rulebook = load_rulebook(settings, CompiledStore())

    def ignored(path: str) -> list[str]:
        return sorted(ignored_codes(settings, rulebook, path))

    assert ["SEC001", "SEC002"] == ignored("old/a/b.md")
    assert ["SEC001"] == ignored("x/draft.md")
    assert ["SEC001", "SEC002"] == ignored("2020/11.md")
    assert [] == ignored("b.md")
    assert [] == ignored("threshold/b.md")


def test_an_exclamation_mark_means_all_files_but_these() -> None:
    settings = load("extends: ./pack.yaml\nper-file-ignores: {'!new/**': SEC001, '!*.md': SEC002}\n")
    rulebook = load_rulebook(settings, CompiledStore())

    assert [] == sorted(ignored_codes(settings, rulebook, "new/a.md"))
    assert ["SEC001"] == sorted(ignored_codes(settings, rulebook, "old/a.md"))
    assert ["SEC001", "SEC002"] == sorted(ignored_codes(settings, rulebook, "old/a.txt"))


def test_codes_of_the_settings_may_be_small_letters() -> None:
    settings = load("extends: ./pack.yaml\nselect: [sec]\nignore: [sec002]\n")
    assert "SEC001" == codes(settings)
    # What the command line selects, the file no longer ignores.
    assert "SEC002" == codes(with_options(settings, select=["Sec002"]))


def output(command: ModuleType, *words: str, language: Language = "zh") -> str:
    parser = ArgumentParser()
    command.add_arguments(parser, language)
    out = io.StringIO()
    assert 0 == command.run(parser.parse_args(words), language, out)
    return out.getvalue()


def test_config_show_names_every_key_and_its_origin() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\nignore: [SEC001]\n")
    shown = output(config_command, "show")

    assert 'extends: ["./pack.yaml"]  # bulletin-lint.yaml:1' in shown.splitlines()
    assert "select: null  # 默认" in shown.splitlines()
    assert "# 启用 1 条规则" in shown.splitlines()
    assert "# 1 rules selected" in output(config_command, "show", language="en").splitlines()


def test_what_config_show_prints_can_be_read_back() -> None:
    write(
        "bulletin-lint.yaml",
        "extends: ./pack.yaml\nrules: {SEC001: off}\nseries: {known-gaps: {2020: 3}}\nlanguage: zh\n",
    )
    before = load_settings()
    lines = [line for line in output(config_command, "show").splitlines() if ": null" not in line]
    write("bulletin-lint.yaml", "\n".join(lines))

    assert before._replace(origins={}) == load_settings()._replace(origins={})


@pytest.mark.parametrize("of", ["pack", "config"])
def test_config_schema_prints_json(of: str) -> None:
    assert (
        "https://json-schema.org/draft/2020-12/schema"
        == json.loads(output(config_command, "schema", of))["$schema"]
    )


def test_rules_are_a_table_whose_columns_line_up() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\nrules: {SEC001: off}\n")
    lines = output(rules_command).splitlines()

    assert ["编号", "级别", "修复", "种类", "名称", "说明"] == lines[0].split()
    starts = {display_width(line[: line.index("forbidden")]) for line in lines if "forbidden" in line}
    assert 1 == len(starts)
    assert "SEC001  关闭" in lines[1]
    assert "“××”有误" in lines[1]
    assert "共 2 条规则，启用 1 条。" == lines[-1]


def test_rules_as_json() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\nignore: SEC001\n")
    rules = json.loads(output(rules_command, "--format", "json"))["rules"]

    assert [("SEC001", False), ("SEC002", True)] == [(rule["code"], rule["selected"]) for rule in rules]
    assert {"zh": "不用乙", "en": "no 乙"} == rules[1]["message"]


def test_explain_says_all_there_is() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\n")
    shown = output(explain_command, "sec001")

    for words in (
        "SEC001  one",
        "甲不好",
        "GB/T 1-2020 1.10",
        "改成乙",
        "| 甲。",
        "1:1 “甲”有误",
        "| 乙。",
        "ignore[SEC001]",
    ):
        assert words in shown
    assert "此规则不可豁免" in output(explain_command, "two")
    assert "--fix" in output(explain_command, "SEC002")


def test_explain_in_english_is_english() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\n")
    shown = output(explain_command, "SEC001", language="en")

    assert "How to mend it" in shown
    assert "为什么" not in shown
    assert "有误" not in shown


def test_explain_offers_the_nearest_rule() -> None:
    write("bulletin-lint.yaml", "extends: ./pack.yaml\n")
    with pytest.raises(BulletinLintError) as caught:
        output(explain_command, "SEC01")

    assert "there is no rule 'SEC01'; did you mean 'SEC001'?" == caught.value.describe("en")


def test_every_builtin_rule_can_be_explained_in_both_languages() -> None:
    catalogue = load_catalogue(load_settings(isolated=True))
    for code in catalogue.rulebook.rules:
        for language in ("zh", "en"):
            assert explain(catalogue, code, language).startswith(code)


def refusal(start: str = ".", config: str | None = None) -> str:
    """What is said of settings that are not to be had."""
    with pytest.raises(UsageError) as caught:
        load_settings(config, start)
    return caught.value.describe("zh")


@pytest.mark.parametrize("name", ["bulletin-lint.yaml", "pyproject.toml"])
def test_a_settings_file_that_is_a_broken_link_is_no_run_without_settings(name: str) -> None:
    Path("a").mkdir()
    Path("a", name).symlink_to("nowhere")

    assert f"配置文件 a/{name} 是链接，它所指的文件不存在或读不到；请改正或删去这个链接" == refusal("a")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
@pytest.mark.parametrize("name", ["bulletin-lint.yaml", "pyproject.toml"])
def test_a_settings_file_that_is_no_regular_file_is_refused_unopened(
    name: str, make: Callable[[Path], None]
) -> None:
    make(Path(name))

    assert f"配置文件 {name} 不是普通文件" in refusal()
    assert f"配置文件 {name} 不是普通文件" in refusal(config=name)


def test_a_link_to_settings_is_followed() -> None:
    write("shared.yaml", "select: [SEC]\n")
    Path("bulletin-lint.yaml").symlink_to("shared.yaml")

    assert ("SEC",) == load_settings().select


@pytest.mark.parametrize(
    "name",
    [
        "bulletin-lint.yml",
        ".bulletin-lint.yaml",
        ".bulletin-lint.yml",
        "bulletin-lint.yaml.txt",
        "bulletin-lint.toml",
        ".bulletinlint.yaml",
    ],
)
def test_a_file_with_nearly_the_right_name_is_named(name: str) -> None:
    write(f"a/{name}", "select: [SEC]\n")

    note = near_note(load_settings(start="a/b").misnamed)

    assert note is not None
    assert f"没有读取 a/{name}：配置文件的名字应是 bulletin-lint.yaml；若是配置，请改名。" == note.zh


@pytest.mark.parametrize("table", ["tool.bulletin_lint", "bulletin-lint", 'tool."bulletinlint"'])
def test_a_table_with_nearly_the_right_name_is_named(table: str) -> None:
    write("a/pyproject.toml", f"[project]\nname = 'bulletin_lint'\n\n[{table}.series]\nstart = '9'\n")

    note = near_note(load_settings(start="a/b").misnamed)

    assert note is not None
    assert (
        f"没有读取 a/pyproject.toml [{table}]：配置的表应是 [tool.bulletin-lint]；若是配置，请改名。"
        == note.zh
    )


@pytest.mark.parametrize("text", ["[tool . 'bulletin-lint']\n", "[tool.ruff]\n# [bulletin-lint]\n", "[bul"])
def test_a_table_with_another_name_is_none_of_ours(text: str) -> None:
    write("pyproject.toml", text)

    assert not load_settings().misnamed


def test_above_the_settings_that_count_nobody_looks_for_misnamed_ones() -> None:
    write("bulletin-lint.yml", "")
    write("a/bulletin-lint.yaml", "")

    assert near_note(load_settings(start="a").misnamed) is None
    assert near_note(load_settings(isolated=True).misnamed) is None


def test_a_register_that_is_a_broken_link_is_not_passed_by() -> None:
    write("bulletin-lint.yaml", "")
    Path("register.csv").symlink_to("nowhere.csv")

    assert register_path(load_settings()) == str(Path("register.csv").absolute())
