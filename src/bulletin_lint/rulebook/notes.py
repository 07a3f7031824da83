"""What is said of rules in reports that describe them; read from the YAML, so only where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin_lint.config.settings import Settings, settings_catalogue
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.rulebook.rulebook import Rule


def summary(rule: Rule, language: Language) -> str:
    """The rule's message in one line, what is filled in left open."""
    return re.sub(r"\{[^{}]*\}", "…", rule.message.in_language(language)).replace("\n", " ")


def rule_notes(settings: Settings, rules: Sequence[Rule]) -> tuple[RuleNote, ...]:
    """A note on each rule of a run."""
    sources = settings_catalogue(settings).sources
    return tuple(
        RuleNote(
            rule.code,
            rule.name,
            rule.severity,  # type: ignore[arg-type]  # the rules of a run are never off
            Wording(summary(rule, "zh"), summary(rule, "en")),
            sources[rule.code].why,
            sources[rule.code].remedy,
            tuple(" ".join(part for part in each if part) for each in sources[rule.code].references),
        )
        for rule in rules
    )
