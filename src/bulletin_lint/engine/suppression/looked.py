"""Whether a rule looked at a document: only then is a waiver or an entry of a baseline without use."""

from __future__ import annotations

from bulletin_lint.checks import judges
from bulletin_lint.model.violation import Outcome
from bulletin_lint.rulebook.rulebook import Rulebook


def has_looked(rulebook: Rulebook, code: str, outcome: Outcome | None) -> bool:
    """Whether a rule with such an outcome would have found what it finds; None: it was not run.

    One that is switched off finds nothing any more, whether or not this run selected others. Where nothing
    was there to be judged, nothing is wrong either. But a rule of a series, and one that passes over a part
    that is not there, says so too where it could not look.
    """
    rule = rulebook.rules.get(code)
    if outcome is None:
        return rule is not None and rule.severity == "off"
    if outcome != "not-applicable":
        return outcome in ("pass", "fail")
    return rule is not None and judges(rule.kind) == "document" and rule.on_missing != "skip"
