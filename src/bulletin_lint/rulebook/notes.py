"""What is said of rules in reports that describe them: kept as the rulebook is, else read from the YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.config.settings import Settings
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.rulebook.load import merged_packs, rulebook_key
from bulletin_lint.rulebook.rulebook import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.store import Store
    from bulletin_lint.rulebook.rule_reader import RuleSource


_VALUE = re.compile(r"\{[^{}]*\}")
_ADVICE = re.compile(r"(?<=[”」']) ?\{[^{}]*\}$")
"""Behind the words found: what is wrong with them, in each place something else."""
_SHOULD = re.compile("应为|should be")
_WRONG = Wording("不合规范", " is not as it should be")


def summary(rule: Rule, language: Language) -> str:
    """The rule's message in one line, what is filled in left open."""
    said = rule.message.in_language(language)
    if found := _ADVICE.search(said):
        said = said[: found.start()]
        if not _SHOULD.search(said):
            said += _WRONG.in_language(language)
    return _VALUE.sub("××" if language == "zh" else "…", said).replace("\n", " ")


def norms_of(source: RuleSource) -> list[str]:
    """The norms of a rule with their clauses. Its notes on them are for those who keep the rules."""
    return list(
        dict.fromkeys(
            " ".join(part for part in (norm, clause) if part) for norm, clause, _ in source.references
        )
    )


def rule_notes(settings: Settings, rules: Sequence[Rule], store: Store | None = None) -> tuple[RuleNote, ...]:
    """A note on each rule of a run.

    Raises:
        DefinitionError: a pack, an override, or a name in the settings is wrong.
    """
    key = f"notes on rules of {rulebook_key(settings)}"
    notes = _notes(rules, store.load(key)) if store is not None else None
    if notes is None:
        merged = merged_packs(settings)
        said = {
            code: [
                source.why,
                source.remedy,
                norms_of(source),
            ]
            for code, source in merged.sources.items()
        }
        if store is not None:
            store.store(key, said, merged.inputs)
        notes = _notes(rules, said)
        assert notes is not None
    return notes


def _notes(rules: Sequence[Rule], said: Mapping[str, Sequence[Any]] | None) -> tuple[RuleNote, ...] | None:
    """Notes from why, remedy and norms by code; None where what was kept is something else."""
    if said is None:
        return None
    notes = []
    try:
        for rule in rules:
            why, remedy, norms = said[rule.code]
            notes.append(
                RuleNote(
                    rule.code,
                    rule.name,
                    rule.severity,  # type: ignore[arg-type]  # the rules of a run are never off
                    Wording(summary(rule, "zh"), summary(rule, "en")),
                    None if why is None else Wording(*why),
                    None if remedy is None else Wording(*remedy),
                    tuple(norms),
                )
            )
    except (KeyError, TypeError, ValueError):
        return None
    return tuple(notes)
