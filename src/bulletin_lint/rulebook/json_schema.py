"""JSON Schemas of packs and settings, for editors."""

from __future__ import annotations

from bulletin_lint import checks
from bulletin_lint._typing import Any
from bulletin_lint.config.settings_schema import SETTINGS
from bulletin_lint.config.shapes import record_schema
from bulletin_lint.rulebook.schema import CODE_FORM, PACK, RULE, parameter_field

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def pack_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a pack file."""
    return {
        "$schema": DIALECT,
        "title": "bulletin-lint pack",
        **record_schema(PACK),
        "$defs": _rule_definitions(),
    }


def settings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of bulletin-lint.yaml."""
    return {
        "$schema": DIALECT,
        "title": "bulletin-lint settings",
        **record_schema(SETTINGS),
        "$defs": _rule_definitions(),
    }


def _rule_definitions() -> dict[str, Any]:
    """A new rule has `check` and is complete; an override has any of the keys."""
    common = record_schema(RULE)
    parameters: dict[str, list[dict[str, Any]]] = {}
    kinds: dict[str, dict[str, Any]] = {}
    for name in checks.KIND_NAMES:
        given = checks.kind(name).parameters
        own = record_schema({each: parameter_field(parameter) for each, parameter in given.items()})
        del own["additionalProperties"]
        kinds[f"check-{name}"] = own
        for each, schema in own["properties"].items():
            bare = {word: part for word, part in schema.items() if word != "description"}
            if bare not in parameters.setdefault(each, []):
                parameters[each].append(bare)
    return {
        "rules": {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{CODE_FORM})$"},
            "additionalProperties": {
                "if": {"type": "object"},
                "then": {
                    "if": {"required": ["check"]},
                    "then": {"$ref": "#/$defs/rule"},
                    "else": {"$ref": "#/$defs/override"},
                },
                # A YAML 1.1 parser reads a bare `off` as false.
                "else": {"enum": ["off", False]},
            },
        },
        "rule": {
            "$ref": "#/$defs/common",
            "required": common["required"],
            "allOf": [
                {
                    "if": {"required": ["check"], "properties": {"check": {"const": name}}},
                    "then": {"$ref": f"#/$defs/check-{name}"},
                }
                for name in checks.KIND_NAMES
            ],
            "unevaluatedProperties": False,
        },
        "override": {
            "$ref": "#/$defs/common",
            "properties": {
                each: schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
                for each, schemas in parameters.items()
            },
            "unevaluatedProperties": False,
        },
        "common": {"type": "object", "properties": common["properties"]},
        **kinds,
    }
