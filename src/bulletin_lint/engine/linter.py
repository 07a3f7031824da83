"""A run: every file read, judged by every selected rule, then the series judged across files.

Violations are built here and nowhere else: a check says where and with which values, the runner adds
the rule's code, severity and message, and the place as the source's reader sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

from bulletin_lint._typing import Any
from bulletin_lint.checks import SERIES_KINDS
from bulletin_lint.checks.context import Check, CheckContext
from bulletin_lint.config.settings import Settings, ignored_codes, register_path
from bulletin_lint.engine.scheduler import TIME_LIMIT, lint_files
from bulletin_lint.matching.prefilter import Prefilter, Prefiltered
from bulletin_lint.model.document import Document, Node, Reading, walk
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.report import LintResult as LintResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import (
    Applicability,
    Edit,
    Fix,
    Match,
    Outcome,
    PlacedEdit,
    RelatedPlace,
    Severity,
    Violation,
)
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.parsing import Grammar, is_bulletin, parse
from bulletin_lint.readers import (
    READERS,
    ReadOptions,
    content_of,
    kind_notes,
    read,
    reader_info,
    reader_of,
)
from bulletin_lint.rulebook.rulebook import Rule, Rulebook
from bulletin_lint.series.issue import FieldPlace, IssueRecord, record_of
from bulletin_lint.series.ordering import series_by_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.engine.cache.issues import CachedIssue, RecordCache
    from bulletin_lint.engine.cache.results import ResultRow, ResultsCache
    from bulletin_lint.engine.series_scope import AffectedIssues, NewEntry, Read, Surveyed

_LONGEST_EXCERPT = 40
LintAll = Callable[["Linter", Sequence[SourceFile]], Sequence[LintResult]]
"""Lints files, in the order given."""
_KEPT_AT_ONCE = 500
"""Files whose facts or results are put into the cache together."""
_FEW_FILES = 8
"""So many texts are linted about as soon as a database is opened."""


class Linter:
    """The rules of a run, ready to judge documents one by one."""

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        *,
        required: Sequence[str] = (),
        settings: Settings | None = None,
        password: str | None = None,
        takes_digests: bool = False,
    ) -> None:
        self._rulebook = rulebook
        self._rules = tuple(rules)
        self._required = tuple(required)
        self._settings = settings
        self._password = password
        self._takes_digests = takes_digests
        fold = rulebook.grammar.get("forms", {}).get("fold")
        self._prefilter = Prefilter(
            {rule.code: rule.gate for rule in self._rules if rule.gate is not None},
            lambda: rulebook.queries(self._rules),
        )
        self._by_selectors: dict[tuple[str, ...], list[str]] = {}
        for rule in self._rules:
            self._by_selectors.setdefault(rulebook.selectors(rule.on), []).append(rule.code)
        self._by_code = {rule.code: rule for rule in self._rules}
        self._checks: dict[str, Check] = {}
        self._passed: dict[str, Outcome] = {rule.code: "pass" for rule in self._rules}
        self._grammar = Grammar(rulebook.grammar, rulebook.table(fold) if fold else None)

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process builds its own checks.
        given = (self._rulebook, self._rules, self._required, self._settings, self._password)
        return _linter, (*given, self._takes_digests)

    @property
    def has_rules(self) -> bool:
        """Whether it judges what it reads."""
        return bool(self._rules)

    def without_rules(self) -> Linter:
        """A linter that reads the same and judges nothing."""
        return Linter(self._rulebook, (), password=self._password, takes_digests=self._takes_digests)

    def read(self, source: SourceFile, data: bytes | None = None) -> Document:
        """The parsed bulletin of a file.

        Raises:
            SourceError: the file cannot be read as a bulletin.
        """
        return parse(source.path, read(source, ReadOptions(self._password), data), self._grammar)

    def lint(self, source: SourceFile, data: bytes | None = None) -> LintResult:
        """Reads and judges one file; what is wrong with the file itself becomes part of the result.

        Raises:
            MemoryError: there is not enough memory for the file.
        """
        try:
            return self._lint(source, data)
        except SourceError as error:
            if _is_for_memory(error):
                # To the reader it was one failure of its engine among others.
                raise MemoryError from None
            return LintResult(FileResult(source.path, source.kind, error=error.wording), None)
        except (BulletinLintError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - reported with its file, exit code 2
            return LintResult(FileResult(source.path, source.kind, error=_internal(error)), None)

    def _lint(self, source: SourceFile, data: bytes | None) -> LintResult:
        content = content_of(source) if data is None else data
        digest = None
        if self._takes_digests and source.kind in READERS:
            from bulletin_lint.engine.cache.contents import digest as digest_of

            digest = digest_of(source.kind, content)
        document = self.read(source, content)
        shows_bulletin = is_bulletin(document)
        if not source.explicit and not shows_bulletin:
            return LintResult(
                FileResult(
                    source.path,
                    source.kind,
                    document.reading.pages,
                    document.reading.encoding,
                    skipped=True,
                ),
                None,
                digest=digest,
            )
        return LintResult(self._judge(document), record_of(document), document, digest, shows_bulletin)

    def lint_reading(self, path: str, reading: Reading) -> LintResult:
        """Judges what a reader delivered, as `lint` does a file that was named."""
        document = parse(path, reading, self._grammar)
        return LintResult(self._judge(document), record_of(document), document)

    def _closed(self, context: CheckContext, prefiltered: Prefiltered, raw: Prefiltered) -> set[str]:
        """The rules that cannot find anything in a document, though it has the parts that they look at."""
        closed = prefiltered.shut if prefiltered is raw else set(prefiltered.shut)
        for selectors, codes in self._by_selectors.items():
            if "raw" in selectors:
                if prefiltered is not raw:
                    closed.difference_update(codes)
                    closed.update(raw.shut.intersection(codes))
            elif not context.has(selectors):
                closed.difference_update(codes)
        return closed

    def _judge(self, document: Document) -> FileResult:
        prefiltered = raw = self._prefilter.apply(document.text)
        if document.source_text != document.text:
            raw = self._prefilter.apply(document.source_text)
        context = CheckContext(document, self._required, prefiltered, raw)
        closed = self._closed(context, prefiltered, raw)
        outcomes = dict(self._passed)
        violations: list[Violation] = []
        failures: list[Wording] = []
        settings, path = self._settings, document.path
        ignored = ignored_codes(settings, self._rulebook, path) if settings is not None else frozenset()
        for code in ignored:
            outcomes.pop(code, None)
        checks = self._checks
        for code, rule in self._by_code.items():
            if code in closed or code in ignored:
                continue
            try:
                check = checks.get(code)
                if check is None:
                    check = checks[code] = self._rulebook.check(code)
                found = check.run(context)
            except BulletinLintError as error:
                failures.append(_failed(rule, error.wording))
                del outcomes[rule.code]
                continue
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - reported with its rule, exit code 2
                # A rule that breaks must not take the other rules and documents with it.
                failures.append(_failed(rule, _internal(error)))
                del outcomes[rule.code]
                continue
            if isinstance(found, str):
                outcome: Outcome = found
                if found == "cannot-assess" and rule.on_missing == "skip":
                    outcome = "not-applicable"
                elif found == "cannot-assess" and rule.on_missing == "violation":
                    outcome = "fail"
                    violations.append(_stamp(rule, _missing_match(document), document))
                outcomes[rule.code] = outcome
                continue
            if found:
                outcomes[rule.code] = "fail"
                violations.extend(_stamp(rule, match, document) for match in found)
        return FileResult(
            document.path,
            document.kind,
            document.reading.pages,
            document.reading.encoding,
            outcomes=outcomes,
            violations=tuple(sorted(violations, key=Violation.sort_key)),
            failures=tuple(failures),
            waivers=_waivers(document),
            lines=_further_lines(violations, document),
        )


def _linter(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    required: Sequence[str],
    settings: Settings | None,
    password: str | None,
    takes_digests: bool,  # noqa: FBT001 - called by pickle
) -> Linter:
    return Linter(
        rulebook,
        rules,
        required=required,
        settings=settings,
        password=password,
        takes_digests=takes_digests,
    )


def run(
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    settings: Settings,
    *,
    rules: Sequence[Rule],
    jobs: int | None = None,
    password: str | None = None,
    progress: Callable[[], None] | None = None,
    time_limit: float = TIME_LIMIT,
    cache: bool = True,
) -> Report:
    """Checks files and the series they make.

    The series is larger than the files where the settings name globs or a register: a file then is
    judged among all its issues, whose facts come from a cache with `cache`; from there also come the
    results of files that an earlier run linted by the same rules, if there are many. `jobs` is the number of
    processes, None for as many as the work deserves; the report is the same whatever the number. A PDF
    is always read in a process other than this one, and may take `time_limit` seconds of processor
    time. `progress` is called after each file.

    Raises:
        BulletinLintError: no process can be started; the register that the settings name cannot be
            read or understood.
    """
    has_series_rules = any(is_series_rule(rule) for rule in rules)
    has_neighbours = has_series_rules and bool(settings.bulletins or register_path(settings))
    keeps_results = cache and _keeping_pays(files)
    linter = Linter(
        rulebook,
        rules,
        required=settings.required,
        settings=settings,
        password=password,
        takes_digests=cache and (has_neighbours or keeps_results),
    )
    results_cache: ResultsCache | None = None
    shown = progress or _nothing

    def lint_all(linter: Linter, files: Sequence[SourceFile]) -> list[LintResult]:
        nonlocal results_cache
        if not linter.has_rules:
            return lint_files(linter.lint, files, jobs, time_limit=time_limit)
        if not keeps_results:
            return lint_files(linter.lint, files, jobs, done=lambda linted: shown(), time_limit=time_limit)
        if results_cache is None:
            results_cache = _results_cache_of(rulebook, rules, settings, password)
        return _lint_what_changed(linter, files, results_cache, jobs, shown, time_limit)

    if has_neighbours:
        kept = facts_cache_of(rulebook, password) if cache else None
        return _run_among_neighbours(linter, files, rulebook, settings, rules, lint_all, kept)
    linted = lint_all(linter, files)
    results = {item.result.path: item.result for item in linted}
    facts = [item.facts for item in linted if item.facts is not None]
    judged = judge_series(rulebook, rules, facts, settings.series, results)
    return _report(judged)


def _nothing() -> None:
    """Shows no progress."""


def _keeping_pays(files: Sequence[SourceFile]) -> bool:
    """Whether asking a cache for results takes less time than linting: a few texts are linted sooner."""
    return len(files) > _FEW_FILES or any(reader_info(source.kind).weight > 1 for source in files)


def _results_cache_of(
    rulebook: Rulebook, rules: Sequence[Rule], settings: Settings, password: str | None
) -> ResultsCache:
    from bulletin_lint.engine.cache.results import ResultsCache

    return ResultsCache(
        rulebook, rules, settings.required, password, partial(ignored_codes, settings, rulebook)
    )


class _Keeping:
    """Lints a file and makes what is kept of it; in a worker, so that it is shared out like the linting."""

    def __init__(self, linter: Linter, cache: ResultsCache) -> None:
        self._linter = linter
        self._cache = cache

    def __call__(self, source: SourceFile) -> LintResult:
        linted = self._linter.lint(source)
        return linted._replace(kept=self._cache.kept(source, linted))


def _lint_what_changed(
    linter: Linter,
    files: Sequence[SourceFile],
    cache: ResultsCache,
    jobs: int | None,
    shown: Callable[[], None],
    time_limit: float,
) -> list[LintResult]:
    """Lints files, but for those whose content an earlier run linted by the same rules."""
    from bulletin_lint.engine.cache.contents import stamps_of

    sources = {source.path: source for source in files}
    stamps = stamps_of(files)
    found = cache.recall(files, stamps)
    rows: list[ResultRow] = []

    def keep(linted: LintResult) -> None:
        row = cache.row(sources[linted.result.path], linted, stamps)
        if row is not None:
            rows.append(row)
        shown()

    lint = _Keeping(linter, cache)
    for _ in found:
        shown()
    left = [source for source in files if source.path not in found]
    # In portions, so that little is lost if the run is stopped.
    for start in range(0, len(left), _KEPT_AT_ONCE):
        portion = left[start : start + _KEPT_AT_ONCE]
        linted = lint_files(lint, portion, jobs, done=keep, time_limit=time_limit)
        cache.store(rows)
        rows.clear()
        found.update((item.result.path, item._replace(kept=None)) for item in linted)
    return [found[source.path] for source in files]


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
    groups = series_by_title(facts, settings)
    around: AffectedIssues | None = None
    if series is not None and not series.is_whole:
        from bulletin_lint.engine.series_scope import AffectedIssues

        around = AffectedIssues(series, settings)
        groups = around.concerned(groups)
    outcomes: dict[str, dict[str, Outcome]] = {}
    violations: dict[str, list[Violation]] = {}
    for rule in rules:
        if not is_series_rule(rule):
            continue
        judge = rulebook.check(rule.code).judge_series  # type: ignore[attr-defined]
        verdict = judge(groups)
        for path, outcome in verdict.outcomes.items():
            if path in results and rule.code in results[path].outcomes:
                outcomes.setdefault(path, {})[rule.code] = outcome
        findings = verdict.findings if around is None else around.pertinent(verdict.findings, judge)
        for finding in findings:
            path = finding.issue.path
            place = finding.issue.places.get(finding.fact) or finding.issue.places.get("anchor")
            if place is None or (path, rule.code) in said:
                # Nowhere to say it, or said already by the document itself.
                continue
            if path in results:
                if rule.code not in results[path].outcomes:
                    continue
            elif series is None or rule.code in ignored(path):
                continue
            outcomes.setdefault(path, {})[rule.code] = "fail"
            violations.setdefault(path, []).append(_series_violation(rule, path, place, finding))
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
    return judged


def _run_among_neighbours(
    linter: Linter,
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    settings: Settings,
    rules: Sequence[Rule],
    lint_all: LintAll,
    cache: RecordCache | None,
) -> Report:
    from bulletin_lint.engine import series_scope
    from bulletin_lint.engine.cache.contents import stamps_of

    membership = series_scope.SeriesScope(settings, files)
    sources = {source.path: source for source in files}
    stamps = stamps_of(files) if cache is not None else {}
    results: dict[str, FileResult] = {}
    facts: dict[str, IssueRecord | None] = {}
    if cache is not None and _needs_facts_alone(rulebook, rules, settings):
        for path, known in cache.recall(files, stamps).items():
            result = _result_of(sources[path], known, rulebook, rules)
            if result is not None:
                results[path], facts[path] = result, known.facts
        files = [source for source in files if source.path not in results]
    read: set[str] = set()
    # In portions, so that little is lost if the run is stopped.
    for start in range(0, len(files), _KEPT_AT_ONCE):
        made: list[NewEntry] = []
        for item in lint_all(linter, files[start : start + _KEPT_AT_ONCE]):
            path = item.result.path
            results[path] = item.result
            read.add(path)
            known = _known(item)
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
    return _report(judged, notes)


def _report(judged: Mapping[str, FileResult], notes: tuple[Wording, ...] = ()) -> Report:
    documents = tuple(judged[path] for path in sorted(judged))
    kinds = kind_notes({*READERS, *(document.kind for document in documents)})
    return Report(documents, notes, kinds=kinds)


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


def is_series_rule(rule: Rule) -> bool:
    """Whether a rule judges the issues of a series, from what is known of each."""
    return rule.kind in SERIES_KINDS


def _needs_facts_alone(rulebook: Rulebook, rules: Sequence[Rule], settings: Settings) -> bool:
    """Whether no rule looks into the documents, so that one whose facts are known need not be read."""
    return not settings.per_file_ignores and all(
        is_series_rule(rule)
        and rule.on_missing != "violation"
        # What the settings require is missed in a document by itself.
        and not (
            rule.parameters["fault"] == "missing"
            and f"{rule.parameters['number']}_number" in settings.required
        )
        for rule in rules
    )


def _result_of(
    source: SourceFile, known: CachedIssue, rulebook: Rulebook, rules: Sequence[Rule]
) -> FileResult | None:
    """What a run says of a file that it did not read; None where the file must be read for that."""
    if source.data is not None or known.error is not None:
        return None
    if known.facts is None:
        if source.explicit:
            return None
        return FileResult(source.path, source.kind, known.pages, known.encoding, skipped=True)
    outcomes: dict[str, Outcome] = {}
    for rule in rules:
        alone = rulebook.check(rule.code).alone  # type: ignore[attr-defined]
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
            yield source, item.digest or digest_of(source), _known(item)

    return read


def facts_cache_of(rulebook: Rulebook, password: str | None) -> RecordCache:
    """The cache of the facts that the labels and forms of a rulebook make."""
    from bulletin_lint.engine.cache.issues import RecordCache

    fold = rulebook.grammar["forms"].get("fold")
    return RecordCache(rulebook.grammar, rulebook.table(fold) if fold else {}, password or "")


def _known(item: LintResult) -> CachedIssue:
    from bulletin_lint.engine.cache.issues import CachedIssue

    result = item.result
    facts = item.facts if item.shows_bulletin else None
    return CachedIssue(facts, result.error, result.pages, result.encoding)


def _series_violation(rule: Rule, path: str, place: FieldPlace, finding: Any) -> Violation:
    neighbour = finding.neighbour
    theirs = neighbour.places.get(finding.fact) or neighbour.places.get("issue")
    theirs = theirs or neighbour.places.get("cumulative") or neighbour.places.get("anchor")
    related: tuple[RelatedPlace, ...] = ()
    if theirs is not None:
        related = (
            RelatedPlace(
                neighbour.path,
                theirs.location.line,
                theirs.location.column,
                theirs.location.page,
                Wording(f"相邻的一期：{theirs.text}", f"the neighbouring issue: {theirs.text}"),
            ),
        )
    return Violation(
        path,
        place.location,
        rule.code,
        rule.name,
        _severity(rule),
        _message(rule, finding.values),
        place.part,
        place.text[:_LONGEST_EXCERPT],
        None,
        related,
        place.line_text,
    )


def waiver_violation(rule: Rule, waiver: Waiver, values: Mapping[str, Any]) -> Violation:
    """What a rule says of a waiver."""
    return Violation(
        waiver.path,
        waiver.location,
        rule.code,
        rule.name,
        _severity(rule),
        _message(rule, values),
        "",
        waiver.text[:_LONGEST_EXCERPT],
        line_text=waiver.line_text,
    )


def _further_lines(violations: Sequence[Violation], document: Document) -> dict[int, str]:
    """The lines that violations and edits touch besides those that the violations start on."""
    if document.reading.lines_are != "source":
        return {}
    lines = {
        line
        for violation in violations
        for line in (
            violation.location.end_line,
            *(
                line
                for edit in (violation.fix.edits if violation.fix else ())
                for line in (edit.line, edit.end_line)
            ),
        )
        if line != violation.location.line
    }
    return {line: document.line_text(line) for line in sorted(lines)}


def _waivers(document: Document) -> tuple[Waiver, ...]:
    if document.reading.lines_are != "source" or "bulletin-lint" not in document.reading.text:
        return ()
    from bulletin_lint.engine.suppression.comments import read_waivers

    return read_waivers(document.path, document.reading)


def _stamp(rule: Rule, match: Match, document: Document) -> Violation:
    location = document.locate(match.span)
    return Violation(
        document.path,
        location,
        rule.code,
        rule.name,
        match.severity or _severity(rule),
        _message(rule, match.values),
        match.part or _part_at(document, match.span),
        _excerpt(document, match.span),
        _fix(rule.fix, match.edits, document),
        tuple(_related(item, document) for item in match.related),
        document.line_text(location.line),
    )


def _severity(rule: Rule) -> Severity:
    assert rule.severity != "off"
    return rule.severity  # type: ignore[return-value]


def _message(rule: Rule, values: Mapping[str, Any]) -> Wording:
    def filled(template: str, language: Language) -> str:
        return template.format_map(
            {
                name: value.in_language(language) if isinstance(value, Wording) else str(value)
                for name, value in values.items()
            }
        )

    return Wording(filled(rule.message.zh, "zh"), filled(rule.message.en, "en"))


def _related(item: Any, document: Document) -> RelatedPlace:
    location: Location = item.location or document.locate(item.span)
    return RelatedPlace(item.path or document.path, location.line, location.column, location.page, item.note)


def _fix(applicability: Applicability, edits: Sequence[Edit], document: Document) -> Fix | None:
    """The edits as places in the source; none where one of them spans what extraction joined."""
    if not edits:
        return None
    is_editable = reader_info(document.kind).is_editable
    placed: list[PlacedEdit] = []
    source: list[Edit] = []
    for edit in edits:
        spans = document.source_spans(edit.span)
        if len(spans) != 1 and is_editable:
            return None
        location = document.locate(edit.span)
        placed.append(
            PlacedEdit(location.line, location.column, location.end_line, location.end_column, edit.text)
        )
        source.append(Edit(Span(spans[0].start, spans[0].end), edit.text))
    if not is_editable:
        # What the words should be is shown.
        return Fix("manual", tuple(placed))
    return Fix(applicability, tuple(placed), tuple(source))


def _excerpt(document: Document, span: Span) -> str:
    block = document.blocks[document.block_at(span.start)].span if document.blocks else Span(0, 0)
    if block.end - block.start <= _LONGEST_EXCERPT:
        return document.text[block.start : block.end]
    start = max(block.start, min(span.start - 10, block.end - _LONGEST_EXCERPT))
    end = min(block.end, start + _LONGEST_EXCERPT)
    before = "…" if start > block.start else ""
    after = "…" if end < block.end else ""
    return f"{before}{document.text[start:end]}{after}"


def _part_at(document: Document, span: Span) -> str:
    best: Node | None = None
    for node in walk(document.bulletin):
        if node.path and node.span.start <= span.start and span.end <= node.span.end:
            size = node.span.end - node.span.start
            if best is None or size <= best.span.end - best.span.start:
                best = node
    return best.path if best is not None else ""


def _missing_match(document: Document) -> Match:
    masthead = document.bulletin.child("masthead")
    anchor = masthead.fields.get("anchor") if masthead is not None else None
    return Match(anchor if anchor is not None else Span(0, 0))


def _is_for_memory(error: BaseException) -> bool:
    """Whether an error came of another one, and that of another, for want of memory."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, MemoryError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _failed(rule: Rule, wording: Wording) -> Wording:
    return Wording(f"规则 {rule.code}：{wording.zh}", f"rule {rule.code}: {wording.en}")


def _internal(error: Exception) -> Wording:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    kind = type(error).__name__
    if trace is not None:
        # For whoever mends it: the module and line it came from.
        kind += f", {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return Wording(
        f"内部错误（{kind}：{error}）；请连同文件报告此问题。",
        f"internal error ({kind}: {error}); please report this with the file.",
    )
