"""What every kind of check says of its parameters: each has a type that the loader knows, words, a fit default."""

from __future__ import annotations

import pytest

from bulletin_lint.checks import KIND_NAMES, kind
from bulletin_lint.checks.parameters import Parameter

TYPES = {
    *("boolean", "choice", "integer", "lexicon", "masks", "number", "pattern", "patterns", "replacements"),
    *("selector", "selectors", "string", "strings", "table", "variants", "wording"),
}
MANY = {"patterns", "strings", "masks", "selectors", "variants", "replacements"}
PARAMETERS = [
    pytest.param(parameter, id=f"{name} {each}")
    for name in KIND_NAMES
    for each, parameter in kind(name).parameters.items()
]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_has_a_type_and_is_told_in_a_sentence(parameter: Parameter) -> None:
    assert parameter.type in TYPES
    assert parameter.doc.endswith(".")
    assert (parameter.type == "choice") is bool(parameter.choices)
    assert "" not in parameter.choices


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_default_is_of_the_type_and_what_is_required_has_none(parameter: Parameter) -> None:
    default = parameter.default
    if parameter.required:
        assert default is None
    elif parameter.type in MANY:
        assert default is None or isinstance(default, (tuple, list))
    elif parameter.type == "boolean":
        assert default is None or isinstance(default, bool)
    elif parameter.type in ("integer", "number"):
        assert default is None or isinstance(default, (int, float))
    elif parameter.type == "choice":
        assert default is None or default in parameter.choices
    elif parameter.type in ("string", "pattern"):
        assert default is None or isinstance(default, str)


@pytest.mark.parametrize("name", KIND_NAMES)
def test_the_names_of_parameters_are_words_nothing_else(name: str) -> None:
    assert all(each.isidentifier() for each in kind(name).parameters)
