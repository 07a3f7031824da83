"""What reads bulletins in the tests of their structure."""

from __future__ import annotations

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.rulebook.load import load_rulebook


@pytest.fixture(scope="module")
def linter() -> Linter:
    """One that asks of nothing but attributions."""
    rulebook = load_rulebook(Settings())
    rules = [rule for rule in rulebook.select() if rule.code == "ATT001"]
    return Linter(rulebook, rules, required=Settings().required)
