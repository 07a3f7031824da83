"""A series surveyed: every issue that is known of it, and what the series rules say of each."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.settings import Settings
from bulletin_lint.config.store import Store
from bulletin_lint.engine import series_scope
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.series_run import applicable, facts_cache_of, facts_reader, judge_series
from bulletin_lint.engine.series_scope import Surveyed
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_rulebook, selected_rules
from bulletin_lint.series.ordering import Series, series_by_title


class Survey(NamedTuple):
    """All that is known of the series."""

    known: Surveyed
    series_by_title: tuple[Series, ...]
    violations: Mapping[str, Sequence[Violation]]
    """An issue's name to what the series rules say of it."""


def survey(settings: Settings, paths: Sequence[str], store: Store | None) -> Survey:
    """What is known of the issues in some paths; without paths of all that the settings mean.

    Raises:
        BulletinLintError: a path leads to nothing, or the register or a pack is wrong.
    """
    rulebook = load_rulebook(settings, store)
    others = None
    if paths or not settings.bulletins:
        found = discover(
            paths or [os.path.relpath(settings.folder)],
            globs=settings.bulletins,
            exclude=settings.exclude,
            root=settings.folder,
        )
        wrong = [failure for failure in found.failures if failure.path in paths]
        if wrong:
            raise wrong[0]
        others = found.files
    membership = series_scope.SeriesScope(settings, (), others)
    kept = facts_cache_of(rulebook, None) if store is not None else None
    linter = Linter(rulebook, (), takes_digests=store is not None)
    known = series_scope.facts_of_others(membership.others, kept, facts_reader(linter, None))
    series = series_scope.gather(settings, {}, membership, known)
    series = series._replace(given=frozenset(issue.name for issue in series.issues), is_whole=True)
    rules = applicable(selected_rules(settings, rulebook), rulebook, settings.required)
    judged = judge_series(rulebook, rules, series.issues, settings.series, {}, series)
    violations: dict[str, list[Violation]] = {}
    register = series.register.path if series.register is not None else None
    for path, result in judged.items():
        for violation in result.violations:
            name = f"{path}:{violation.location.line}" if path == register else path
            violations.setdefault(name, []).append(violation)
    return Survey(series, tuple(series_by_title(series.issues, settings.series)), violations)
