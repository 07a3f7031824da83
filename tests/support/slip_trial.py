"""Texts with one slip each, judged by the rule that is to tell of it: where it is told, and what its fix makes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import slipped_bulletins
import slipped_passages
import slipped_phrases
import slipped_sentences
import slipped_series
import slipped_waivers
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.series_run import judge_series
from bulletin_lint.engine.suppression.waivers import apply_waivers
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.rulebook import Rule, Rulebook
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.reconciliation import joined
from bulletin_lint.series.register import Register, RegisterRow
from slip_marks import Maker, Slipped, slipped

_PATH = "slips.md"
_SOURCE = SourceFile(_PATH, "text", explicit=True, data=None)
_TODAY = "2026-10-20"


class Slip(NamedTuple):
    """A text with a slip, and what else is known when it is judged."""

    text: Slipped
    others: tuple[IssueRecord, ...] = ()
    registered: IssueRecord | None = None


class Tried(NamedTuple):
    """What a rule said of some slips."""

    placed: int
    """Slips that are reported where they are."""
    restored: int | None
    """Slips whose text the fix makes what it was; None for a rule without safe fixes."""
    missed: list[Slipped]
    flagged: list[str]
    """Right texts that are reported."""
    unrestored: list[tuple[str, str]]
    """What a safe fix makes of a text, and what it was."""


@cache
def phrase_makers() -> Mapping[str, Maker]:
    """What `slipped_phrases` holds, each as a sentence or, where it begins with ^, a paragraph."""

    def maker(code: str) -> Maker:
        def make(rng: random.Random) -> str:
            right, wrong = slipped_phrases.filled(rng, *rng.choice(slipped_phrases.PHRASES[code]))
            whole = wrong.replace("«", "‹").replace("»", "›")
            if right.startswith("^"):
                return f"⟦{whole[1:]}¦{right[1:]}⟧"
            matter = rng.choice(slipped_bulletins.MATTERS)
            return f"{matter.lead}{rng.choice(matter.units)}说明，其中⟦{whole}¦{right}⟧。"

        return make

    return {code: maker(code) for code in slipped_phrases.PHRASES}


def codes_with_slips() -> list[str]:
    """The rules that there are slips for."""
    return sorted(
        {
            *phrase_makers(),
            *slipped_sentences.MAKERS,
            *slipped_passages.MAKERS,
            *slipped_bulletins.MAKERS,
            *slipped_series.MAKERS,
            *slipped_waivers.MAKERS,
        }
    )


def slips(code: str, count: int, *, spaced: bool) -> list[Slip]:
    """So many slips for a rule, the same each time, of all that is there to make them by turns."""
    spaced = spaced and code not in OF_SPACES
    if code in slipped_series.MAKERS:
        drawn = [slipped_series.MAKERS[code](random.Random(f"{code}/{number}")) for number in range(count)]
        return [Slip(slipped(each.template, spaced=spaced), each.others, each.registered) for each in drawn]
    sources = (phrase_makers(), slipped_sentences.MAKERS, slipped_passages.MAKERS, slipped_bulletins.MAKERS)
    makers = [source[code] for source in (*sources, slipped_waivers.MAKERS) if code in source]
    return [
        Slip(slipped(makers[number % len(makers)](random.Random(f"{code}/{number}")), spaced=spaced))
        for number in range(count)
    ]


OF_SPACES = {*slipped_passages.OF_SPACES, "CHR006", "PUN042", "REF001", "REF002", "SPC004", "UNI002"}
"""Rules of blanks, and of document numbers, which no house spaces: their texts stay as they are."""
TOLD_BY = {**slipped_sentences.TOLD_BY, **slipped_passages.TOLD_BY}


def tried(rulebook: Rulebook, code: str, chosen: Sequence[Slip]) -> Tried:
    """Judges each of some slips by a rule, and the same texts without them."""
    codes = TOLD_BY.get(code, (code,))
    rules = [_in_force(rulebook.rules[each]) for each in codes]
    is_safe = all(rule.fix == "safe" for rule in rules)
    linter = _linter(rulebook, rules)
    missed, flagged, unrestored = [], [], []
    for slip in chosen:
        text = slip.text
        found = violations(linter, rules, slip, text.wrong)
        if not is_placed(text, found):
            missed.append(text)
        elif is_safe:
            mended, _ = apply_fixes(text.wrong, [each.fix for each in found if each.fix is not None])
            if mended != text.right:
                unrestored.append((mended, text.right))
        if violations(linter, rules, slip, text.right):
            flagged.append(text.right)
    placed = len(chosen) - len(missed)
    return Tried(placed, placed - len(unrestored) if is_safe else None, missed, flagged, unrestored)


def _in_force(rule: Rule) -> Rule:
    return rule._replace(severity=rule.selected_severity) if rule.severity == "off" else rule


def _linter(rulebook: Rulebook, rules: Sequence[Rule]) -> Linter:
    if rules[0].kind == "waiver":
        # A waiver is judged by what the others find.
        rules = rulebook.select()
    return Linter(rulebook, rules, required=Settings().required)


def violations(linter: Linter, rules: Sequence[Rule], slip: Slip, text: str) -> list[Violation]:
    """What some rules say of a text, beside what else is known."""
    linted = linter.lint(_SOURCE, text.encode())
    result = linted.result
    assert () == result.failures
    if rules[0].kind == "series":
        facts = [linted.facts] if linted.facts is not None else []
        rows = [RegisterRow((), slip.registered, "")] if slip.registered is not None else []
        known = joined([*facts, *slip.others], Register("register.csv", (), tuple(rows)), {}, {})
        result = judge_series(linter.rulebook, rules, known, {}, {_PATH: result})[_PATH]
    elif rules[0].kind == "waiver":
        result = apply_waivers(Report((result,)), linter.rulebook, rules, today=_TODAY).documents[0]
    codes = {rule.code for rule in rules}
    return [each for each in result.violations if each.code in codes]


def is_placed(text: Slipped, found: Sequence[Violation]) -> bool:
    """Whether a place of a slip is among those that are reported."""
    starts = [0, *accumulate(len(line) + 1 for line in text.wrong.split("\n"))]
    places = [place.location for each in found for place in each.places or (each,)]
    reported = [
        (starts[at.line - 1] + at.column - 1, starts[at.end_line - 1] + at.end_column - 1) for at in places
    ]
    return any(
        low < max(end, start + 1) and max(high, low + 1) > start
        for start, end in text.spans
        for low, high in reported
    )
