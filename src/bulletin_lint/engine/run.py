"""A run: every file linted, or known from an earlier run, then the series judged across files."""

from __future__ import annotations

from functools import partial

from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import lint_files
from bulletin_lint.engine.series_run import (
    KEPT_AT_ONCE,
    facts_cache_of,
    is_series_rule,
    judge_series,
    report_of,
    run_among_neighbours,
)
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.report import FileResult
from bulletin_lint.readers import TIME_LIMIT, reader_info, reader_of
from bulletin_lint.rulebook.load import ignored_codes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bulletin_lint.engine.cache.contents import Stamp
    from bulletin_lint.engine.cache.issues import RecordCache
    from bulletin_lint.engine.cache.results import ResultRow, ResultsCache
    from bulletin_lint.engine.lint_result import LintResult
    from bulletin_lint.model.errors import SourceError
    from bulletin_lint.model.report import Report
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook


_FEW_FILES = 8
"""So many texts are linted about as soon as a database is opened."""


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
    is always read in a process other than this one. No file may take more than `time_limit` seconds of
    processor time, a large one in proportion. `progress` is called after each file.

    Raises:
        BulletinLintError: no process can be started; the register that the settings name cannot be
            read or understood.
    """
    has_series_rules = any(is_series_rule(rule) for rule in rules)
    has_neighbours = has_series_rules and bool(settings.bulletins or register_path(settings))
    keeps_results = cache and _keeping_pays(files)
    # What looks at the series next, the register say, then need not read the files again.
    keeps_facts = cache and has_series_rules and len(files) > 1
    linter = Linter(
        rulebook,
        rules,
        required=settings.required,
        settings=settings,
        password=password,
        takes_digests=cache and (has_neighbours or keeps_results or keeps_facts),
    )
    results_cache: ResultsCache | None = None
    shown = progress or _nothing

    def lint_all(linter: Linter, files: Sequence[SourceFile]) -> list[LintResult]:
        nonlocal results_cache
        if not linter.has_rules:
            return lint_files(linter.lint, files, jobs, time_limit=time_limit, settings=settings)
        if not keeps_results:
            return lint_files(
                linter.lint,
                files,
                jobs,
                done=lambda linted: shown(),
                time_limit=time_limit,
                settings=settings,
            )
        if results_cache is None:
            results_cache = _results_cache_of(rulebook, rules, settings, password)
        return _lint_what_changed(linter, files, results_cache, jobs, shown, time_limit, settings)

    if has_neighbours:
        kept = facts_cache_of(rulebook, password) if cache else None
        return run_among_neighbours(linter, files, rulebook, settings, rules, lint_all, kept)
    stamps = _stamps(files) if keeps_facts else {}
    linted = lint_all(linter, files)
    if keeps_facts:
        _keep_facts(files, linted, stamps, facts_cache_of(rulebook, password))
    results = {item.result.path: item.result for item in linted}
    facts = [item.facts for item in linted if item.facts is not None]
    judged = judge_series(rulebook, rules, facts, settings.series, results)
    return report_of(judged)


def _stamps(files: Sequence[SourceFile]) -> dict[str, Stamp]:
    from bulletin_lint.engine.cache.contents import stamps_of

    return stamps_of(files)


def _keep_facts(
    files: Sequence[SourceFile],
    linted: Sequence[LintResult],
    stamps: Mapping[str, Stamp],
    cache: RecordCache,
) -> None:
    """Keeps what the files that were read say of themselves as issues; `stamps` are from before."""
    from bulletin_lint.engine.series_run import known_of
    from bulletin_lint.engine.series_scope import keep

    made = [
        (source, item.digest, known_of(item))
        for source, item in zip(files, linted, strict=True)
        if not item.recalled and item.result.error is None
    ]
    for start in range(0, len(made), KEPT_AT_ONCE):
        keep(cache, made[start : start + KEPT_AT_ONCE], stamps)


def with_refused(report: Report, failures: Iterable[SourceError]) -> Report:
    """The report with the paths that led to no file to check, each with its reason."""
    refused = [FileResult(error.path, reader_of(error.path), error=error.wording) for error in failures]
    documents = in_natural_order((*report.documents, *refused), lambda document: document.path)
    return report._replace(documents=tuple(documents))


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
    settings: Settings,
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
    for start in range(0, len(left), KEPT_AT_ONCE):
        portion = left[start : start + KEPT_AT_ONCE]
        linted = lint_files(lint, portion, jobs, done=keep, time_limit=time_limit, settings=settings)
        cache.store(rows)
        rows.clear()
        found.update((item.result.path, item._replace(kept=None)) for item in linted)
    return [found[source.path] for source in files]
