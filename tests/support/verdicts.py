"""What is said of a bulletin, as lines that a test compares."""

from __future__ import annotations

from functools import cache

from bulletin_lint.config.settings import Settings
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook


@cache
def rulebook() -> Rulebook:
    return load_rulebook(Settings())


def told(violation: Violation) -> str:
    where = violation.location
    place = f"{where.line}:{where.column}-{where.end_line}:{where.end_column}"
    return f"{violation.code} {violation.severity} {place} {violation.message.zh}"
