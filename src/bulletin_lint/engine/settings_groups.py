"""The files of a run in groups that go by the same settings, each judged by its own rules; one report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.run import with_refused
from bulletin_lint.engine.suppression.folding import explanations, fold, folded
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.load import as_packs_are, load_rulebook, load_shared, selected_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from bulletin_lint.config.near_names import NearName
    from bulletin_lint.config.nearer import SettingsTree
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.config.store import Store
    from bulletin_lint.engine.discovery import Discovery
    from bulletin_lint.engine.suppression import Waivers
    from bulletin_lint.model.errors import SourceError
    from bulletin_lint.model.report import RuleNote
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.rulebook.load import Known
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook

    Load = Callable[[Settings, Known | None], "Group"]
    _HasPath = TypeVar("_HasPath", SourceFile, FileResult)


class Share(NamedTuple):
    """What was found of one group."""

    settings: Settings
    files: tuple[SourceFile, ...]
    failures: tuple[SourceError, ...]


class Group(NamedTuple):
    """Settings, and all that judges the files that go by them."""

    settings: Settings
    rulebook: Rulebook
    rules: tuple[Rule, ...]
    waivers: Waivers

    def waive(self, report: Report) -> Report:
        """A report with what is waived set apart."""
        return self.waivers.apply(report, self.rulebook, self.rules)


class RunFiles(NamedTuple):
    """What the paths of a run mean, and by which settings it goes."""

    discovery: Discovery
    shares: list[Share]
    misnamed: tuple[NearName, ...]
    """What has nearly the name of settings on the ways to all that were met."""


def find(
    paths: Sequence[str],
    settings: Settings,
    start: str,
    load: Callable[[str], Settings],
    *,
    force_exclude: bool = False,
    stdin_filename: str | None = None,
) -> RunFiles:
    """Finds the files of a run and divides them by the settings nearest to each. `settings` are those of the
    run, found from the folder `start` or given; `load` gives those of a folder.

    Raises:
        BulletinLintError: an installed reader cannot be loaded, or nearer settings are wrong.
    """
    tree = _tree_below(settings, start, paths, load)
    found = discover(
        paths,
        globs=settings.bulletins,
        exclude=settings.exclude,
        force_exclude=force_exclude,
        stdin_filename=stdin_filename,
        root=settings.folder,
        nearest=None if tree is None else tree.met,
    )
    shares = _shares_of(found, settings, tree)
    return RunFiles(found, shares, settings.misnamed if tree is None else tuple(tree.misnamed))


def _tree_below(
    settings: Settings, start: str, paths: Sequence[str], load: Callable[[str], Settings]
) -> SettingsTree | None:
    """The settings below the folder `start`, of which some may be nearer to what paths lead to; None where
    none can be. `load` gives those of a folder.
    """
    # Those of one file are the nearest.
    if not settings.is_nearest or (len(paths) == 1 and not os.path.isdir(paths[0])):
        return None
    from bulletin_lint.config.nearer import SettingsTree

    return SettingsTree(settings, start, load)


def _shares_of(found: Discovery, settings: Settings, tree: SettingsTree | None) -> list[Share]:
    """What was found, divided by the settings that each file goes by; `settings` are those of the run, whose
    share comes first.

    Raises:
        BulletinLintError: nearer settings are wrong.
    """
    if tree is None:
        return [Share(settings, found.files, found.failures)]
    by_path: dict[str | None, tuple[Settings, list[SourceFile], list[SourceError]]] = {
        settings.path: (settings, [], [])
    }

    def own(path: str, *, is_named: bool) -> tuple[Settings, list[SourceFile], list[SourceError]]:
        nearest = tree.of(path, is_named=is_named)
        return by_path.setdefault(nearest.path, (nearest, [], []))

    for source in found.files:
        own(source.path, is_named=source.explicit)[1].append(source)
    for failure in found.failures:
        own(failure.path, is_named=False)[2].append(failure)
    shares = [Share(each, tuple(files), tuple(failures)) for each, files, failures in by_path.values()]
    return [share for share in shares if share.files or share.failures] or shares


def group_of(
    settings: Settings,
    waivers: Waivers,
    *,
    store: Store | None,
    known: Known | None = None,
    wanted: Callable[[Rule], bool] | None = None,
) -> Group:
    """A group with its rules, or those of them that are `wanted`. Groups whose settings change nothing in the
    packs share what is in `known`.

    Raises:
        DefinitionError: a pack is wrong.
        UsageError: no rule is selected, or a word fits none.
    """
    rulebook = load_rulebook(settings, store) if known is None else load_shared(settings, store, known)
    rules = selected_rules(settings, rulebook)
    if wanted is not None:
        rules = tuple(rule for rule in rules if wanted(rule))
    if not rules:
        raise UsageError(Wording("没有选中任何规则。", "no rule is selected."))
    return Group(settings, rulebook, rules, waivers)


class Groups:
    """The groups of a run, and the report on all of them."""

    def __init__(self, outermost: Settings, shares: Sequence[Share], load: Load) -> None:
        """`outermost` are the settings of the run, whether or not a file goes by them. `load` makes a group
        of settings, with what `group_of` takes as `known`.

        Raises:
            BulletinLintError: as `load`.
        """
        known: Known | None = {} if len(shares) > 1 else None
        self._outermost = outermost
        self._groups = [_loaded(share.settings, load, known) for share in shares]
        self._failures = [share.failures for share in shares]
        self._linters: dict[int, Linter] = {}
        self._noted: dict[int, Mapping[str, RuleNote]] = {}
        self._by_path: dict[str, Group] = {}
        self._by_place: dict[str, Group] = {}
        for share, group in zip(shares, self._groups, strict=True) if len(shares) > 1 else ():
            self._by_path.update((each.path, group) for each in share.files)
            self._by_path.update((each.path, group) for each in share.failures)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all groups, each once, in order of their codes."""
        if len(self._groups) == 1:
            return self._groups[0].rules
        by_code = {rule.code: rule for group in reversed(self._groups) for rule in group.rules}
        return tuple(by_code[code] for code in sorted(by_code))

    def of(self, path: str) -> Group:
        """The group of a document of the report."""
        return self._by_path.get(path, self._groups[0])

    def linter_of(self, path: str) -> Linter:
        """What judges a file by itself."""
        group = self.of(path)
        found = self._linters.get(id(group))
        if found is None:
            settings = group.settings
            found = Linter(group.rulebook, group.rules, required=settings.required, settings=settings)
            self._linters[id(group)] = found
        return found

    def rulebook_of(self, path: str) -> Rulebook:
        """The rules that hold for a file, by whatever path it is reached."""
        if len(self._groups) == 1:
            return self._groups[0].rulebook
        if not self._by_place:
            self._by_place = {os.path.realpath(name): group for name, group in self._by_path.items()}
        return self._by_place.get(os.path.realpath(path), self._groups[0]).rulebook

    def lint(
        self, files: Sequence[SourceFile], judge: Callable[[Group, Sequence[SourceFile]], Report]
    ) -> Report:
        """The report on files of all groups: `judge` gives what the rules of one find in its own."""
        reports = []
        for group, own, failures in zip(self._groups, self._divided(files), self._failures, strict=True):
            reports.append(group.waive(with_refused(judge(group, own), failures)))
        return reports[0] if len(reports) == 1 else self._joined(reports)

    def _joined(self, reports: Sequence[Report]) -> Report:
        by_path: dict[str, FileResult] = {}
        for group, report in zip(self._groups, reports, strict=True):
            for document in report.documents:
                # Neighbours, registers and waivers belong to the group that looked at them.
                self._by_path.setdefault(document.path, group)
                other = by_path.get(document.path)
                by_path[document.path] = document if other is None else _both(other, document)
        notes = dict.fromkeys(note for report in reports for note in report.notes)
        kinds = {name: kind for report in reports for name, kind in report.kinds.items()}
        documents = in_natural_order(by_path.values(), lambda document: document.path)
        return Report(tuple(documents), tuple(notes), kinds=kinds)

    def apart(self, report: Report) -> list[tuple[Group, Report]]:
        """A report on all groups, divided again."""
        if len(self._groups) == 1:
            return [(self._groups[0], report)]
        divided = self._divided(report.documents)
        return [
            (group, report._replace(documents=tuple(own)))
            for group, own in zip(self._groups, divided, strict=True)
        ]

    def _divided(self, items: Sequence[_HasPath]) -> list[list[_HasPath]]:
        """What has paths, by the groups that they belong to."""
        found: dict[int, list[_HasPath]] = {id(group): [] for group in self._groups}
        for each in items:
            found[id(self.of(each.path))].append(each)
        return list(found.values())

    def folded(self, report: Report) -> Report:
        """The report as it is told: with what explains other things, and the fail level of each document."""
        level = self._outermost.fail_level
        if len(self._groups) == 1:
            group = self._groups[0]
            return fold(report, group.rulebook)._replace(fail_level=group.settings.fail_level)
        levels = {each.path: self.of(each.path).settings.fail_level for each in report.documents}
        explains = {id(group): explanations(group.rulebook) for group in self._groups}
        return report._replace(
            documents=tuple(folded(each, explains[id(self.of(each.path))]) for each in report.documents),
            fail_level=level,
            fail_levels={path: own for path, own in levels.items() if own != level},
        )

    def rule_notes(self, store: Store | None) -> tuple[RuleNote, ...]:
        """A note on each rule of the run, as the first group that has it says.

        Raises:
            DefinitionError: as `rule_notes`.
        """
        if len(self._groups) == 1:
            return tuple(self._notes(self._groups[0], store).values())
        notes: dict[str, RuleNote] = {}
        for group in self._groups:
            notes = {**self._notes(group, store), **notes}
        return tuple(notes[code] for code in sorted(notes))

    def notes_of(self, path: str, store: Store | None) -> Mapping[str, RuleNote]:
        """Notes on rules by code, on those that hold for a document among others.

        Raises:
            DefinitionError: as `rule_notes`.
        """
        return self._notes(self.of(path), store)

    def _notes(self, group: Group, store: Store | None) -> Mapping[str, RuleNote]:
        from bulletin_lint.rulebook.notes import rule_notes

        known = self._noted.get(id(group.rulebook))
        if known is None:
            alike = [each for each in self._groups if each.rulebook is group.rulebook]
            rules = {rule.code: rule for each in reversed(alike) for rule in each.rules}
            settings = group.settings if len(alike) == 1 else as_packs_are(group.settings)
            known = {note.code: note for note in rule_notes(settings, tuple(rules.values()), store)}
            self._noted[id(group.rulebook)] = known
        return known


def _loaded(settings: Settings, load: Load, known: Known | None) -> Group:
    """A group; what its settings do not go together with is said with their name, where there are others."""
    try:
        return load(settings, known)
    except UsageError as error:
        path = settings.path
        if known is None or path is None:
            raise
        from bulletin_lint.config.diagnostics import shown

        zh, en = error.wording
        raise UsageError(Wording(f"{shown(path)}：{zh}", f"{shown(path)}: {en}")) from None


def _both(first: FileResult, second: FileResult) -> FileResult:
    """What two groups say of one file, a register that both have say."""
    own, other = (second, first) if first.beside and not second.beside else (first, second)
    new = [each for each in other.violations if each not in own.violations]
    failed = {code: outcome for code, outcome in other.outcomes.items() if outcome == "fail"}
    return own._replace(
        violations=tuple(sorted((*own.violations, *new), key=Violation.sort_key)),
        outcomes={**other.outcomes, **own.outcomes, **failed},
    )
