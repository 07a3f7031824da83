"""The files of a run judged as issues of their series, among those of it that the run was not given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bulletin_lint.checks import judges
from bulletin_lint.checks.protocols import NO_OTHER_ISSUE, NOTHING_TO_COMPARE, SeriesCheck
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import lint_files
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Outcome, Violation
from bulletin_lint.readers import READERS, kind_notes, reader_info, reader_of
from bulletin_lint.rulebook.load import ignored_codes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint._typing import Any
    from bulletin_lint.checks.protocols import Verdict
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.cache.issues import CachedIssue, RecordCache
    from bulletin_lint.engine.series_scope import AffectedIssues, NewEntry, Read, Surveyed
    from bulletin_lint.model.wording import Wording
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook
    from bulletin_lint.series.issue import IssueRecord
    from bulletin_lint.series.ordering import Series


LintAll = Callable[[Linter, Sequence[SourceFile]], Sequence[LintResult]]
"""Lints files, in the order given."""
KEPT_AT_ONCE = 500
"""Files whose facts or results are put into the cache together."""


def judge_series(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    facts: Sequence[IssueRecord],
    settings: Mapping[str, Any],
    results: Mapping[str, FileResult],
    series: Surveyed | None = None,
    ignored: Callable[[str], Collection[str]] = lambda path: (),
) -> dict[str, FileResult]:
    """The results with what the series rules say of them added.

    `series` is given where `facts` are of more issues than those of the run. What is wrong with an
    issue that the run was not given is then said if one that it was given causes it or takes part in
    it; `ignored` are the codes that the settings silence in such an issue's file.
    """
    said = {(path, item.code) for path, result in results.items() for item in result.violations}
    series_rules = [rule for rule in rules if is_series_rule(rule)]
    checks = [pair for pair in _series_checks(rulebook, series_rules) if not _is_settled(*pair, results)]
    if series is None and len(facts) == 1:
        checks = [(rule, check) for rule, check in checks if check.judges_alone(facts[0])]
    groups: list[Series] = []
    if checks:
        from bulletin_lint.series.ordering import series_by_title

        groups = series_by_title(facts, settings)
    around: AffectedIssues | None = None
    if series is not None and not series.is_whole:
        from bulletin_lint.engine.series_scope import AffectedIssues

        around = AffectedIssues(series, settings)
        groups = around.concerned(groups)
    outcomes: dict[str, dict[str, Outcome]] = {}
    violations: dict[str, list[Violation]] = {}
    for rule, check in checks:
        verdict = check.judge(groups)
        silent = _unread(verdict, results)
        for path, outcome in verdict.outcomes.items():
            if path in silent or (path, rule.code) in said:
                continue
            if path in results and rule.code in results[path].outcomes:
                outcomes.setdefault(path, {})[rule.code] = outcome
        findings = verdict.findings if around is None else around.pertinent(verdict.findings, check.judge)
        for finding in findings:
            path = finding.issue.path
            place = finding.issue.places.get(finding.fact) or finding.issue.places.get("anchor")
            if place is None or (path, rule.code) in said or path in silent:
                # Nowhere to say it, or said already by the document itself.
                continue
            if path in results:
                if rule.code not in results[path].outcomes:
                    continue
            elif series is None or rule.code in ignored(path):
                continue
            from bulletin_lint.engine.violations import series_violation

            outcomes.setdefault(path, {})[rule.code] = "fail"
            violations.setdefault(path, []).append(series_violation(rule, path, place, finding))
    judged = dict(results)
    # Outcomes that are alike are one object: each document has two hundred.
    shared: dict[tuple[Any, ...], Mapping[str, Outcome]] = {}
    for path, changed in outcomes.items():
        result = results.get(path)
        if result is None:
            result = FileResult(path, reader_of(path), beside=True)
        together = {**result.outcomes, **changed}
        judged[path] = result._replace(
            violations=tuple(sorted((*result.violations, *violations.get(path, ())), key=Violation.sort_key)),
            outcomes=shared.setdefault((*together, *together.values()), together),
        )
    compared = {issue.name for group in groups if len(group.issues) > 1 for issue in group.issues}
    _give_reasons(judged, [rule.code for rule in series_rules], compared)
    return judged


def _is_settled(rule: Rule, check: SeriesCheck, results: Mapping[str, FileResult]) -> bool:
    """Whether a document told that a rule applies to none of the run."""
    return check.settles_alone and any(
        result.outcomes.get(rule.code) == "not-applicable" for result in results.values()
    )


def _unread(verdict: Verdict, results: Mapping[str, FileResult]) -> Collection[str]:
    """The documents that are said to lack a number and were not read in whole: it may stand in the rest."""
    lacking = {finding.issue.path for finding in verdict.findings if finding.fact == "anchor"}
    return {path for path in lacking if path in results and results[path].failures}


def _give_reasons(judged: dict[str, FileResult], codes: Sequence[str], compared: Collection[str]) -> None:
    """Says of each file why series rules could not be assessed; `compared` are those with other issues beside
    them, to which the reason that a file gives by itself does not apply.
    """
    if not codes:
        return
    shared: dict[tuple[Any, ...], Mapping[str, Wording]] = {}
    for path, result in judged.items():
        outcomes = result.outcomes
        why = NOTHING_TO_COMPARE if path in compared else NO_OTHER_ISSUE
        unknown = [code for code in codes if outcomes.get(code) == "cannot-assess"]
        if not unknown and not result.reasons:
            continue
        reasons = {
            code: each for code, each in result.reasons.items() if outcomes.get(code) == "cannot-assess"
        }
        reasons.update(dict.fromkeys(unknown, why))
        judged[path] = result._replace(reasons=shared.setdefault(tuple(reasons.items()), reasons))


def run_among_neighbours(
    linter: Linter,
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    settings: Settings,
    rules: Sequence[Rule],
    lint_all: LintAll,
    cache: RecordCache | None,
) -> Report:
    """Checks files each among all issues of its series, which the settings' globs and the register give."""
    from bulletin_lint.engine import series_scope
    from bulletin_lint.engine.cache.contents import stamps_of

    membership = series_scope.SeriesScope(settings, files)
    sources = {source.path: source for source in files}
    stamps = stamps_of(files) if cache is not None else {}
    results: dict[str, FileResult] = {}
    facts: dict[str, IssueRecord | None] = {}
    if cache is not None and _needs_facts_alone(rulebook, rules, settings):
        for path, known in cache.recall(files, stamps).items():
            result = _result_of(sources[path], known, rulebook, rules, settings.required)
            if result is not None:
                results[path], facts[path] = result, known.facts
        files = [source for source in files if source.path not in results]
    read: set[str] = set()
    # In portions, so that little is lost if the run is stopped.
    for start in range(0, len(files), KEPT_AT_ONCE):
        made: list[NewEntry] = []
        for item in lint_all(linter, files[start : start + KEPT_AT_ONCE]):
            path = item.result.path
            results[path] = item.result
            read.add(path)
            known = known_of(item)
            facts[path] = known.facts
            if not item.recalled:
                made.append((sources[path], item.digest, known))
        if cache is not None:
            series_scope.keep(cache, made, stamps)
    others = series_scope.facts_of_others(membership.others, cache, facts_reader(linter, lint_all))
    series = series_scope.gather(settings, facts, membership, others)
    judged = judge_series(
        rulebook,
        rules,
        series.issues,
        settings.series,
        results,
        series,
        lambda path: ignored_codes(settings, rulebook, path),
    )
    _add_waivers(judged, [*sources.values(), *membership.others], read, linter, lint_all)
    notes = (series_scope.unread_wording(series.unread),) if series.unread else ()
    return report_of(judged, notes)


def _add_waivers(
    judged: dict[str, FileResult],
    sources: Sequence[SourceFile],
    read: Collection[str],
    linter: Linter,
    lint_all: LintAll,
) -> None:
    """Adds the waivers that stand in texts of which the facts alone were known: what they waive is waived
    whether or not this run had to read the file.
    """
    unread = [
        source._replace(explicit=True)
        for source in sources
        if reader_info(source.kind).lines_are == "source"
        and source.path not in read
        and source.path in judged
        and judged[source.path].violations
    ]
    for item in lint_all(linter.without_rules(), unread) if unread else ():
        path = item.result.path
        judged[path] = judged[path]._replace(waivers=item.result.waivers)


def report_of(judged: Mapping[str, FileResult], notes: tuple[Wording, ...] = ()) -> Report:
    """The results of a run in the natural order of their paths, with what is said of their kinds."""
    documents = tuple(judged[path] for path in in_natural_order(judged, str))
    kinds = kind_notes({*READERS, *(document.kind for document in documents)})
    return Report(documents, notes, kinds=kinds)


def is_series_rule(rule: Rule) -> bool:
    """Whether a rule judges the issues of a series, from what is known of each."""
    return judges(rule.kind) == "series"


def _series_checks(rulebook: Rulebook, rules: Sequence[Rule]) -> list[tuple[Rule, SeriesCheck]]:
    """The rules that judge series, each with its check."""
    found = [(rule, rulebook.check(rule.code)) for rule in rules if is_series_rule(rule)]
    return [(rule, check) for rule, check in found if isinstance(check, SeriesCheck)]


def applicable(rules: Sequence[Rule], rulebook: Rulebook, required: Collection[str]) -> list[Rule]:
    """The series rules that apply where the settings require these parts."""
    return [rule for rule, check in _series_checks(rulebook, rules) if check.applies(required)]


def _needs_facts_alone(rulebook: Rulebook, rules: Sequence[Rule], settings: Settings) -> bool:
    """Whether no rule looks into the documents, so that one whose facts are known need not be read."""
    if settings.per_file_ignores or not all(map(is_series_rule, rules)):
        return False
    return not any(check.needs_document(settings.required) for _, check in _series_checks(rulebook, rules))


def _result_of(
    source: SourceFile,
    known: CachedIssue,
    rulebook: Rulebook,
    rules: Sequence[Rule],
    required: Sequence[str],
) -> FileResult | None:
    """What a run says of a file that it did not read; None where the file must be read for that."""
    if source.data is not None or known.error is not None or not known.is_whole:
        return None
    if known.facts is None:
        if source.explicit:
            return None
        return FileResult(source.path, source.kind, known.pages, known.encoding, skipped=True)
    outcomes: dict[str, Outcome] = {}
    for rule, check in _series_checks(rulebook, rules):
        alone = check.outcome_from(known.facts, required)
        if alone is None:
            return None
        outcomes[rule.code] = "not-applicable" if rule.on_missing == "skip" else alone
    return FileResult(source.path, source.kind, known.pages, known.encoding, outcomes=outcomes)


def facts_reader(linter: Linter, lint_all: LintAll | None = None) -> Read:
    """Reads files for their facts alone, judging nothing."""
    reader = linter.without_rules()

    def read(files: Sequence[SourceFile]) -> Iterator[NewEntry]:
        from bulletin_lint.engine.cache.contents import digest_of

        sources = {source.path: source for source in files}
        linted = lint_files(reader.lint, files) if lint_all is None else lint_all(reader, files)
        for item in linted:
            source = sources[item.result.path]
            # Also what brought its reader down is not tried again before it changes.
            # But for want of the program that converts it: that may be there the next time.
            is_kept = item.result.error is None or not reader_info(source.kind).converter
            yield source, (item.digest or digest_of(source)) if is_kept else None, known_of(item)

    return read


def facts_cache_of(rulebook: Rulebook, password: str | None) -> RecordCache:
    """The cache of the facts that the labels and forms of a rulebook make."""
    from bulletin_lint.engine.cache.issues import RecordCache

    fold = rulebook.grammar["forms"].get("fold")
    return RecordCache(rulebook.grammar, rulebook.table(fold) if fold else {}, password or "")


def known_of(item: LintResult) -> CachedIssue:
    """What reading a file told of it as an issue, as it is kept."""
    from bulletin_lint.engine.cache.issues import CachedIssue

    result = item.result
    facts = item.facts if item.shows_bulletin else None
    return CachedIssue(facts, result.error, result.pages, result.encoding, not result.failures)
