"""The JSON Schemas say what the loader says, as far as a schema can."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bulletin_lint import checks
from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.config.settings_schema import SETTINGS
from bulletin_lint.config.shapes import Field
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml, plain
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.rulebook.forms_schema import FORMS
from bulletin_lint.rulebook.json_schema import pack_schema, settings_schema
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook
from bulletin_lint.rulebook.packs import builtin_folder
from bulletin_lint.rulebook.schema import LAYOUT, LAYOUT_LINE, PACK, RULE, parameter_field, rule_fields
from bulletin_lint.rulebook.selectors import PARTS, unknown_part
from harness import FIXTURES, ROOT

BAD_PACKS = FIXTURES / "packs" / "bad"

# Diagnostics that need the other files, the engine of the patterns or the order of things.
BEYOND_A_SCHEMA = {
    "bad-pattern",
    "bad-placeholder",
    "bad-replacement",
    "bad-table",
    "circles",
    "differing-placeholders",
    "duplicate-code",
    "extends-cycle",
    "fix-without-fixed",
    "layout-out-of-bounds",
    "layout-page-back",
    "layout-with-fix",
    "layout-without-place",
    "missing-pack",
    "missing-rule",
    "place-without-message",
    "rule-without-parts",
    "selector-within",
    "unknown-fragment",
    "unknown-label",
    "unknown-mask",
    "unknown-selector",
    "unknown-table",
    "unsupplied-placeholder",
}


@pytest.fixture(scope="module")
def pack_validator() -> Draft202012Validator:
    return Draft202012Validator(pack_schema())


def contents(path: Path) -> Any:
    """A pack as the loader sees it, None where it is not the YAML that packs are written in."""
    mistakes = Diagnostics()
    node = parse_yaml(path.name, path.read_bytes(), mistakes)
    return None if node is None or len(mistakes) else plain(node)


# That of packs has every kind of check in it, and is looked through as a whole.
@pytest.mark.parametrize("schema", [pytest.param(pack_schema, marks=pytest.mark.slow), settings_schema])
def test_a_schema_is_a_schema(schema: Any) -> None:
    Draft202012Validator.check_schema(schema())


def resolved(node: YamlNode) -> Any:
    """A node as a parser of YAML 1.2 resolves it: 7.3 is a number, true a truth value."""
    if isinstance(node, YamlMap):
        return {name: resolved(value) for name, _, value in node}
    if isinstance(node, YamlList):
        return [resolved(item) for item in node.items]
    assert isinstance(node, YamlText)
    if not node.is_plain:
        return node.value
    if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?|null|~|true|false|", node.value):
        return yaml.safe_load(node.value)
    return node.value


def builtin_files() -> list[Path]:
    return sorted(Path(builtin_folder()).glob("*/*.yaml"))


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: path.stem)
def test_the_builtin_packs_are_valid(path: Path, pack_validator: Draft202012Validator) -> None:
    assert [] == [error.message for error in pack_validator.iter_errors(contents(path))]


@pytest.mark.parametrize("path", builtin_files(), ids=lambda path: path.stem)
def test_they_are_valid_too_as_an_editor_reads_them(path: Path, pack_validator: Draft202012Validator) -> None:
    node = parse_yaml(path.name, path.read_bytes(), Diagnostics())
    assert node is not None
    assert [] == [error.message for error in pack_validator.iter_errors(resolved(node))]


@pytest.mark.parametrize("path", sorted(BAD_PACKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_bad_pack_is_refused_where_a_schema_can_see_it(
    path: Path, pack_validator: Draft202012Validator
) -> None:
    read = contents(path)
    if read is None:
        return

    assert (path.stem in BEYOND_A_SCHEMA) == pack_validator.is_valid(read)


def test_every_kind_is_in_the_schema_with_its_parameters() -> None:
    definitions = pack_schema()["$defs"]
    for name in checks.KIND_NAMES:
        assert set(checks.kind(name).parameters) == set(definitions[f"check-{name}"]["properties"])
    assert set(RULE) == set(definitions["common"]["properties"])


def test_no_kind_takes_a_common_key_for_a_parameter() -> None:
    # `on` alone may be both: a kind says so where it needs it.
    for name in checks.KIND_NAMES:
        assert set(checks.kind(name).parameters) & set(RULE) <= {"on"}, name


def test_every_key_has_a_sentence() -> None:
    for fields in [
        RULE,
        SETTINGS,
        FORMS,
        LAYOUT,
        LAYOUT_LINE,
        *(rule_fields(checks.kind(name)) for name in checks.KIND_NAMES),
    ]:
        for name, field in fields.items():
            assert field.doc.endswith("."), (name, field.doc)


def test_an_overriding_rule_may_have_any_key_and_no_unknown_one(pack_validator: Draft202012Validator) -> None:
    def is_valid(rule: Any) -> bool:
        return bool(pack_validator.is_valid({"rules": {"SEC001": rule}}))

    assert is_valid("off")
    assert is_valid({"severity": "info", "needs": ["x"]})
    assert not is_valid("warning")
    assert not is_valid({"severty": "info"})
    assert not is_valid({"check": "forbidden", "severity": "info"})
    assert not is_valid(
        {"check": "calendar", "name": "a", "message": {"zh": "甲", "en": "a"}, "pattern": "x"}
    )


def test_settings_are_valid_or_not() -> None:
    validator = Draft202012Validator(settings_schema())
    good = {
        "extends": ["jianbao", "./house.yaml"],
        "select": "ALL",
        "per-file-ignores": {"old/**": ["SEC"]},
        "rules": {"SEC001": "off", "SEC002": {"severity": "info"}},
        "series": {"start": "2020-10", "known-gaps": {"2020": "3-5"}, "restarts": "yearly"},
        "fail-level": "warning",
    }

    assert [] == [error.message for error in validator.iter_errors(good)]
    wrong: dict[str, Any]
    for wrong in (
        {"selekt": []},
        {"fail-level": "fatal"},
        {"series": {"restarts": "always"}},
        {"series": {"known-gaps": {"20": 3}}},
        {"rules": {"SEC001": {"severty": "info"}}},
    ):
        assert not validator.is_valid(wrong), wrong


def test_every_key_of_the_settings_is_a_setting_and_has_its_default_there() -> None:
    assert {name.replace("-", "_") for name in SETTINGS} <= set(Settings._fields)
    assert Settings(folder=os.getcwd()) == load_settings(isolated=True)


def test_every_form_of_the_schema_is_one_that_the_parsers_take() -> None:
    taken: set[str] = set()

    class Watched(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            taken.add(key)
            return super().get(key, default)

    Grammar({"labels": {}, "forms": Watched()})

    # `fold` is looked up by whoever builds the anatomy, as it names a table.
    assert set(FORMS) - {"fold"} == taken - {"fold"}


@pytest.mark.parametrize(
    ("selector", "is_known"),
    [
        ("raw", True),
        ("prose", True),
        ("note", True),
        ("articles.title", True),
        ("articles[*].title", True),
        ("articles[*].sections[*]", True),
        ("imprint.editor", True),
        ("imprint.*", True),
        ("masthead.*", True),
        ("distribution[*]", True),
        ("articles.*", True),
        ("articles[0].title", False),
        ("articles.title[*]", False),
        ("masthead[*]", False),
        ("imprint.editr", False),
        ("title", False),
        ("articles.title.x", False),
        ("*", False),
        ("", False),
        (".", False),
    ],
)
def test_a_selector_is_known_by_the_shape_of_a_bulletin(selector: str, is_known: bool) -> None:  # noqa: FBT001
    assert is_known == (unknown_part(selector, ["editor"], ["prose"]) is None)


def test_an_unknown_step_offers_the_parts_that_stand_there() -> None:
    assert ("titel", ["masthead.title"]) == (
        (found := unknown_part("masthead.titel", [], [])) and found[0],
        [near for near in (found[1] if found else []) if near.endswith(".title")],
    )
    assert {"articles", "raw", "prose", *PARTS} <= set(
        (unknown_part("artikles", [], ["prose"]) or ("", []))[1]
    )


def key_table(fields: Mapping[str, Field]) -> list[str]:
    lines = ["| key | | default |", "|---|---|---|"]
    for name, field in fields.items():
        words = ", ".join(f"`{word}`" for word in choices(field))
        says = f"{field.doc} One of {words}." if words else field.doc
        default = "required" if field.required else shown(field.default)
        lines.append(f"| `{name}` | {says} | {default} |")
    return lines


def settings_table() -> list[str]:
    """The keys of the settings with what holds where they are left out."""
    bare = Settings()
    fields = {}
    for name, field in SETTINGS.items():
        default = getattr(bare, name.replace("-", "_"))
        fields[name] = field._replace(default=list(default) if isinstance(default, tuple) else default)
    return key_table(fields)


def choices(field: Field) -> list[str]:
    schema = field.shape.json_schema()
    found: list[Any] = schema.get("enum", [])
    words = [word for word in found if isinstance(word, str) and word not in ("true", "false")]
    return [] if set(words) == set(checks.KIND_NAMES) else words


def shown(default: Any) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, dict) or default in (None, []):
        return ""
    return "`" + (" ".join(map(str, default)) if isinstance(default, list) else str(default)) + "`"


def kind_tables() -> list[str]:
    lines = []
    for name in checks.KIND_NAMES:
        kind = checks.kind(name)
        summary = " ".join((kind.__doc__ or "").strip().split("\n\n")[0].split())
        lines += ["", f"### `{name}`", "", summary]
        own = {each: parameter_field(parameter) for each, parameter in kind.parameters.items()}
        if own:
            lines += ["", *key_table(own)]
        names = sorted(kind.placeholders({each: field.default for each, field in own.items()}))
        lines += ["", "In messages: " + " ".join(f"`{{{each}}}`" for each in names)]
    return lines


def layout_rules() -> list[str]:
    """The rules of the pack `gongwen`, with the requirement that each decides."""
    catalogue = load_catalogue(Settings(extends=("gongwen",)))
    lines = ["| rule | requirement | severity | says |", "|---|---|---|---|"]
    for code, rule in catalogue.rulebook.rules.items():
        source = catalogue.sources[code]
        if source.pack == "gongwen":
            notes = " ".join(reference.note or "" for reference in source.references)
            requirement = re.search("(?:FMT|PUN)-[0-9]{3}", notes)
            norm = source.references[0]
            cited = f"{requirement[0] if requirement else ''}, {norm.norm} {norm.clause or ''}".rstrip()
            lines.append(f"| {code} `{rule.name}` | {cited} | {rule.severity} | {rule.message.zh} |")
    return lines


def alias_table() -> list[str]:
    """The names for lists of parts that the built-in packs give."""
    text = (ROOT / "rules" / "bulletin" / "fragments.yaml").read_text(encoding="utf-8")
    aliases = yaml.safe_load(text)["aliases"]
    rows = [f"| `{name}` | {' '.join(f'`{part}`' for part in aliases[name])} |" for name in sorted(aliases)]
    return ["| | |", "|---|---|", *rows]


def label_table() -> list[str]:
    """The fields that labels may mean, with what people call them and their words."""
    groups = load_rulebook(Settings()).grammar["labels"]
    return ["| group | field | called | words |", "|---|---|---|---|"] + [
        f"| `{group}` | `{field}` | {entry['name']['zh']} | {' '.join(f'`{word}`' for word in entry['words'])} |"
        for group, fields in groups.items()
        for field, entry in fields.items()
    ]


GENERATED: Mapping[tuple[str, str], Callable[[], list[str]]] = {
    ("rule-language.md", "pack"): lambda: key_table(PACK),
    ("rule-language.md", "rule"): lambda: key_table(RULE),
    ("rule-language.md", "kinds"): kind_tables,
    ("rule-language.md", "layout"): lambda: key_table({**LAYOUT, **LAYOUT_LINE}),
    ("rule-language.md", "aliases"): alias_table,
    ("rule-language.md", "labels"): label_table,
    ("rule-language.md", "forms"): lambda: key_table(FORMS),
    ("gongwen.md", "rules"): layout_rules,
    ("configuration.md", "settings"): settings_table,
}


@pytest.mark.parametrize(("document", "section"), sorted(GENERATED))
def test_the_tables_of_the_documentation_are_those_of_the_program(document: str, section: str) -> None:
    """With BULLETIN_LINT_WRITE_DOCS set the tables are written instead."""
    path = ROOT / "docs" / document
    text = path.read_text(encoding="utf-8")
    before, mark, rest = text.partition(f"<!-- generated: {section} -->\n")
    written, end, after = rest.partition("<!-- /generated -->")
    assert mark
    assert end
    expected = "\n".join([*GENERATED[document, section](), ""])
    if os.environ.get("BULLETIN_LINT_WRITE_DOCS"):
        path.write_text(before + mark + expected + end + after, encoding="utf-8")
        return

    assert expected == written


def test_the_pack_of_the_documentation_is_right(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "rule-language.md").read_text(encoding="utf-8")
    (tmp_path / "house.yaml").write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    catalogue = load_catalogue(Settings(extends=("./house.yaml",), folder=str(tmp_path)))

    assert 2 == len(catalogue.sources["HB-01"].bad)
    assert "off" == catalogue.rulebook.rules["SEC003"].severity


def test_the_settings_of_the_documentation_are_right(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    (tmp_path / "house.yaml").write_text("", encoding="utf-8")
    blocks = {"bulletin-lint.yaml": "```yaml\n", "pyproject.toml": "```toml\n"}
    for name, mark in blocks.items():
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / "house.yaml").write_text("", encoding="utf-8")
        (folder / name).write_text(text.split(mark)[1].split("```")[0], encoding="utf-8")
        settings = load_settings(start=str(folder))

        assert ("SPC",) == settings.ignore
        assert "off" == load_rulebook(settings).rules["SEC003"].severity


def test_what_two_kinds_take_alike_is_said_once_of_an_override() -> None:
    """Their sentences differ, and no value can be right by one of them and wrong by the other."""
    for name, shape in pack_schema()["$defs"]["override"]["properties"].items():
        shapes = shape.get("anyOf", [shape])
        assert all("description" not in each for each in shapes), name
        assert len({repr(sorted(each.items(), key=str)) for each in shapes}) == len(shapes), name
