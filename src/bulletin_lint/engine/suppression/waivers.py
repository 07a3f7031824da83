"""Waivers applied to a report: what they silence is kept and no longer counts.

Runs when every rule, those of the series included, has spoken. What is wrong with the waivers
themselves becomes violations of the rules whose kind judges waivers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks import judges
from bulletin_lint.checks.protocols import WaiverCheck
from bulletin_lint.config.globs import globs_of
from bulletin_lint.engine.suppression.looked import has_looked
from bulletin_lint.engine.violations import waiver_violation
from bulletin_lint.model.fingerprint import fingerprints_of_places, squeezed
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.report import WAIVERS, FileResult, Report
from bulletin_lint.model.violation import Occurrence, Outcome, Violation, Waived
from bulletin_lint.model.waiver import Waiver, WaiverFault
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.rulebook import Rule, Rulebook


def apply_waivers(
    report: Report,
    rulebook: Rulebook,
    rules: Sequence[Rule],
    entries: Sequence[Waiver] = (),
    folder: str = ".",
    *,
    today: str,
) -> Report:
    """The report with waived violations set apart and faulty waivers reported.

    `entries` are those of waivers.yaml, whose globs start at `folder`; `today` is YYYY-MM-DD.
    """
    if not entries and not any(document.waivers for document in report.documents):
        return report
    pass_ = WaiverPass(rulebook, rules, folder, today)
    documents = [pass_.judge(document, entries) for document in report.documents]
    documents += pass_.judge_entries(entries)
    return report._replace(documents=tuple(in_natural_order(documents, lambda each: each.path)))


class _Standing(NamedTuple):
    """A waiver weighed: the codes that it silences, and what is wrong with it."""

    codes: frozenset[str]
    faults: tuple[tuple[WaiverFault, Mapping[str, Any]], ...]


class WaiverPass:
    """One pass over the documents of a report, keeping what the waivers of the file have silenced."""

    def __init__(self, rulebook: Rulebook, rules: Sequence[Rule], folder: str, today: str) -> None:
        """`folder` is what the globs of waivers.yaml start at; `today` is YYYY-MM-DD."""
        judging = [(rule, rulebook.check(rule.code)) for rule in rules if judges(rule.kind) == "waivers"]
        self._rulebook = rulebook
        self._judges = {check.fault: rule for rule, check in judging if isinstance(check, WaiverCheck)}
        self._folder = folder
        self._today = today
        self._standings: dict[Waiver, _Standing] = {}
        self._used: dict[Waiver, set[str]] = {}
        self._looked: dict[Waiver, set[str]] = {}
        """Of waivers in the file: the codes whose rules looked at a document that it speaks of."""
        self._line = ("", "")
        self._names: frozenset[str] | None = None

    def judge(self, document: FileResult, entries: Sequence[Waiver]) -> FileResult:
        """A document with its waived violations set apart, and its own waivers judged."""
        speaking = [entry for entry in entries if self._speaks_of(entry, document.path)]
        waivers = [*document.waivers, *speaking]
        if not waivers or not document.is_bulletin:
            return document
        looked = {
            code for code, outcome in document.outcomes.items() if has_looked(self._rulebook, code, outcome)
        }
        for entry in speaking:
            self._looked.setdefault(entry, set()).update(looked)
        marks: Sequence[Sequence[str]] = ()
        if any(entry.fingerprint for entry in speaking):
            marks = fingerprints_of_places([*document.violations, *document.waived])
        counted: list[Violation] = []
        waived: list[Violation] = list(document.waived)
        for index, violation in enumerate(document.violations):
            by_waiver: dict[Waiver | None, list[Occurrence]] = {}
            for number, place in enumerate(violation.places):
                mark = marks[index][number] if marks else ""
                silencing = [
                    waiver for waiver in waivers if self._silences(waiver, violation.code, place, mark)
                ]
                for waiver in silencing:
                    self._used.setdefault(waiver, set()).add(violation.code)
                by_waiver.setdefault(silencing[0] if silencing else None, []).append(place)
            for first, places in by_waiver.items():
                told = violation.at(places)
                if first is None:
                    counted.append(told)
                else:
                    waived.append(told._replace(waived=_why(first)))
        outcomes = dict(document.outcomes)
        if document.waivers:
            self._settle(outcomes, [])
        for waiver in document.waivers:
            found = self._violations(waiver, looked, outcomes)
            self._settle(outcomes, found)
            counted += found
        return document._replace(
            violations=tuple(sorted(counted, key=Violation.sort_key)),
            waived=tuple(sorted(waived, key=Violation.sort_key)),
            outcomes=outcomes,
        )

    def judge_entries(self, entries: Sequence[Waiver]) -> list[FileResult]:
        """The files of waivers that are themselves at fault."""
        found: dict[str, list[Violation]] = {}
        for entry in entries:
            looked = self._looked.get(entry, set())
            if entry not in self._looked and self._leads_nowhere(entry):
                looked = set(self._standing(entry).codes)
            violations = self._violations(entry, looked, None)
            if violations:
                found.setdefault(entry.path, []).extend(violations)
        return [
            FileResult(
                path,
                WAIVERS,
                encoding="utf-8",
                violations=tuple(sorted(violations, key=Violation.sort_key)),
            )
            for path, violations in found.items()
        ]

    def _settle(self, outcomes: dict[str, Outcome], found: Sequence[Violation]) -> None:
        """The outcomes of the rules that judge waivers, once there are waivers to judge."""
        failed = {violation.code for violation in found}
        for rule in self._judges.values():
            if rule.code in failed:
                outcomes[rule.code] = "fail"
            elif outcomes.get(rule.code) == "not-applicable":
                outcomes[rule.code] = "pass"

    def _violations(
        self, waiver: Waiver, looked: set[str], selected: Mapping[str, Outcome] | None
    ) -> list[Violation]:
        """What is wrong with a waiver; `selected` holds the rules that run on its document."""
        standing = self._standing(waiver)
        faults = list(standing.faults)
        used = self._used.get(waiver, set())
        idle = sorted(code for code in standing.codes & looked if code not in used)
        # In the file one entry may speak of many documents: it is needed if one of its rules needs it.
        if idle and (waiver.is_inline or not used):
            faults.append(("unused", {"codes": _list(idle)}))
        found = []
        for fault, values in faults:
            rule = self._judges.get(fault)
            if rule is not None and (selected is None or rule.code in selected):
                text = waiver.text if len(waiver.text) <= 60 else f"{waiver.text[:59]}…"
                plain = {"found": text, "codes": "", "until": _day(waiver.until), "hint": ""}
                found.append(waiver_violation(rule, waiver, {**plain, **values}))
        return found

    def _standing(self, waiver: Waiver) -> _Standing:
        if waiver not in self._standings:
            self._standings[waiver] = self._weigh(waiver)
        return self._standings[waiver]

    def _weigh(self, waiver: Waiver) -> _Standing:
        if waiver.flaw == "malformed":
            return _Standing(frozenset(), (("malformed", {}),))
        codes: set[str] = set()
        faults: list[tuple[WaiverFault, Mapping[str, Any]]] = []
        if waiver.flaw is not None:
            faults.append((waiver.flaw, {"codes": _list(waiver.codes)}))
        refused: list[str] = []
        for word in waiver.codes:
            code = self._rulebook.code(word)
            if code is None:
                faults.append(("unknown-rule", {"codes": word, "hint": self._hint(word)}))
            elif not self._rulebook.rules[code].waivable:
                refused.append(code)
            else:
                codes.add(code)
        if refused:
            faults.append(("not-waivable", {"codes": _list(refused)}))
        if waiver.until is not None and waiver.until < self._today:
            faults.append(("expired", {"codes": _list(waiver.codes)}))
            codes.clear()
        return _Standing(frozenset(codes if waiver.flaw is None else ()), tuple(faults))

    def _hint(self, word: str) -> Wording:
        from bulletin_lint.config.diagnostics import did_you_mean

        return Wording(*did_you_mean(word, self._rulebook.rules))

    def _silences(self, waiver: Waiver, code: str, place: Occurrence, fingerprint: str) -> bool:
        if code not in self._standing(waiver).codes:
            return False
        if waiver.lines is not None:
            first, last = waiver.lines
            return place.location.line <= last and first <= place.location.end_line
        if waiver.fingerprint and waiver.fingerprint != fingerprint:
            return False
        words = squeezed(waiver.excerpt.strip("…"))
        return words in self._squeezed(place.line_text) or words in squeezed(place.excerpt)

    def _squeezed(self, line: str) -> str:
        # The violations of one line ask for it again and again.
        if self._line[0] != line:
            self._line = line, squeezed(line)
        return self._line[1]

    def _speaks_of(self, entry: Waiver, path: str) -> bool:
        if not entry.glob:
            return True
        try:
            relative = os.path.relpath(path, self._folder).replace(os.sep, "/")
        except ValueError:  # another drive of Windows
            relative = path.replace(os.sep, "/")
        return globs_of(entry.glob).covers(relative)

    def _leads_nowhere(self, entry: Waiver) -> bool:
        """Whether an entry names one file, and there is no such file."""
        glob = entry.glob
        if not glob or set(glob) & set("*?[{") or os.path.exists(os.path.join(self._folder, glob)):
            return False
        # A name without a slash means files and folders at any depth.
        return "/" in glob.rstrip("/") or glob.rstrip("/") not in self._names_below()

    def _names_below(self) -> frozenset[str]:
        """The names of all files and folders below the folder; looked up for the first waiver that asks."""
        if self._names is None:
            found: set[str] = set()
            for _, folders, files in os.walk(self._folder):
                found.update(folders, files)
                folders[:] = [name for name in folders if name != ".git"]
            self._names = frozenset(found)
        return self._names


def _why(waiver: Waiver) -> Waived:
    return Waived(
        "inline" if waiver.is_inline else "file",
        waiver.reason,
        waiver.path,
        waiver.location.line,
        waiver.by,
        waiver.until,
    )


def _day(until: str | None) -> Wording:
    """A day as people write it."""
    if until is None:
        return Wording("", "")
    year, month, day = map(int, until.split("-"))
    return Wording(f"{year}年{month}月{day}日", until)


def _list(words: Sequence[str]) -> Wording:
    return Wording("、".join(words), ", ".join(words))
