"""The settings and rules that a file is judged by: those nearest to it, loaded again when they change.

Where they are wrong, those of before go on counting, and what is wrong with them is told at its place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.globs import globs_of
from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.config.side_files import Unsaved
from bulletin_lint.desk.looking import Desk, Neighbours, refused
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.fix import SAFE, Fixed, fix_file, lint_with
from bulletin_lint.engine.suppression import waivers_of
from bulletin_lint.engine.suppression.folding import fold
from bulletin_lint.model.errors import BulletinLintError, DefinitionError, DefinitionErrors, SourceError
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.load import further_mistakes, load_catalogue, load_rulebook
from bulletin_lint.rulebook.notes import norms_of, rule_notes, summary
from bulletin_lint.rulebook.packs import pack_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.rulebook.rulebook import Catalogue

_RULES = re.compile(rb"(?m)^rules:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+[A-Z]+[0-9]+:")
_Stamp = tuple[tuple[str, int, int], ...]
"""Paths of files with when they were changed and their sizes."""


class Mistake(NamedTuple):
    """Something wrong with a file of settings or rules; line and column count from 1."""

    path: str
    """Absolute; empty where it is nobody's file."""
    line: int
    column: int
    wording: Wording


class Project:
    """Bulletins of one folder: how they are judged."""

    def __init__(self, desk: Desk, notes: dict[str, RuleNote], stamp: _Stamp) -> None:
        self.desk = desk
        self.notes = notes
        self.stamp = stamp
        self._catalogue: Catalogue | None = None
        self._neighbours: dict[str, tuple[int, Neighbours | None]] = {}

    @property
    def settings(self) -> Settings:
        """Those that were loaded."""
        return self.desk.settings

    @property
    def catalogue(self) -> Catalogue:
        """All that there is to say of the rules."""
        if self._catalogue is None:
            self._catalogue = load_catalogue(self.settings)
        return self._catalogue

    def note(self, code: str) -> RuleNote:
        """What is said of a rule, be it switched off."""
        if code in self.notes:
            return self.notes[code]
        rule, source = self.desk.rulebook.rules[code], self.catalogue.sources[code]
        said = Wording(summary(rule, "zh"), summary(rule, "en"))
        return RuleNote(code, rule.name, "info", said, source.why, source.remedy, tuple(norms_of(source)))

    def excludes(self, path: str) -> bool:
        """Whether the settings leave a file out."""
        try:
            relative = os.path.relpath(path, self.settings.folder).replace(os.sep, "/")
        except ValueError:  # another drive of Windows
            return False
        return any(globs_of(glob).covers(relative) for glob in self.settings.exclude)

    def check(self, path: str, data: bytes, moment: int = 0) -> FileResult:
        """What `check` says of a text that is not saved: by itself and among the saved issues of its series,
        which are looked up once for each `moment`.

        As of a file that was found in a folder, nothing is said of a text that shows no part of a bulletin.
        """
        source = SourceFile(path, "text", explicit=False, data=data)
        if self.excludes(path):
            return FileResult(path, "text", skipped=True)
        try:
            looked = self.desk.look(source)
            judged = self.desk.judge([looked], neighbours=self._known_neighbours(source, moment))
        except BulletinLintError as error:
            return refused(source, error).result
        report = fold(judged.report, self.desk.rulebook)
        return next(each for each in report.documents if each.path == path)

    def _known_neighbours(self, source: SourceFile, moment: int) -> Neighbours | None:
        known = self._neighbours.get(source.path)
        if known is None or known[0] != moment:
            known = self._neighbours[source.path] = moment, self.desk.neighbours([source])
        return known[1]

    def fix(self, path: str, data: bytes) -> Fixed | None:
        """What `check --fix` makes of it; None where it cannot be read."""
        source = SourceFile(path, "text", explicit=True, data=data)
        try:
            return fix_file(data, lint_with(self.desk.linter, source, self._waived), applicabilities=SAFE)
        except SourceError:
            return None

    def _waived(self, report: Report) -> Report:
        return self.desk.waivers.apply(report, self.desk.rulebook, self.desk.rules)


class Projects:
    """The projects of all open files, each loaded once."""

    def __init__(self, config: str | None = None, *, isolated: bool = False) -> None:
        """`config` and `isolated` as on the command line."""
        self._config = config
        self._isolated = isolated
        self._store = CompiledStore()
        self._by_folder: dict[str, Project] = {}
        self.mistakes: dict[str, tuple[Mistake, ...]] = {}
        """By folder, what is wrong with the settings and rules that hold there; empty where nothing is."""

    def of(self, path: str) -> Project | None:
        """The project of a file; the last one that was right where the present one is wrong."""
        folder = os.path.dirname(os.path.abspath(path))
        try:
            settings = load_settings(
                self._config, folder, isolated=self._isolated, store=self._store, further=further_mistakes
            )
            known = self._known(settings, folder)
            self._by_folder[folder] = known
            self.mistakes[folder] = ()
        except BulletinLintError as error:
            self.mistakes[folder] = mistakes_of(error)
        return self._by_folder.get(folder)

    def _known(self, settings: Settings, folder: str) -> Project:
        stamp = _stamp(settings)
        for project in (self._by_folder.get(folder), *self._by_folder.values()):
            if project is not None and project.stamp == stamp and project.settings == settings:
                return project
        waivers = waivers_of(settings.folder, upward=settings.path is None, store=self._store)
        desk = Desk(settings, waivers, store=self._store)
        notes = rule_notes(settings, desk.rules, self._store)
        return Project(desk, {note.code: note for note in notes}, stamp)

    def mistakes_in(self, path: str, data: bytes) -> tuple[Mistake, ...]:
        """What is wrong with the settings and packs that hold where a file of them is, were it saved as the
        editor has it; with the file itself too, be it a pack that no settings extend yet.
        """
        folder = os.path.dirname(os.path.abspath(path))
        with Unsaved(path, data):
            try:
                settings = load_settings(
                    self._config, folder, isolated=self._isolated, further=further_mistakes
                )
                load_rulebook(settings)
                waivers_of(settings.folder, upward=settings.path is None, store=None)
            except BulletinLintError as error:
                return mistakes_of(error)
            is_loaded = os.path.realpath(path) in map(os.path.realpath, _files(settings))
            if is_loaded or not is_pack(data) or not os.path.isfile(path):
                return ()
            try:
                load_rulebook(with_pack(settings, path))
            except BulletinLintError as error:
                return tuple(each for each in mistakes_of(error) if each.path in ("", path))
        return ()


def mistakes_of(error: BulletinLintError) -> tuple[Mistake, ...]:
    """The mistakes of one load, each at its place."""
    if isinstance(error, DefinitionErrors):
        return tuple(each for one in error.errors for each in mistakes_of(one))
    if isinstance(error, DefinitionError):
        path = os.path.abspath(error.path) if error.path else ""
        return (Mistake(path, error.line, error.column, error.wording),)
    return (Mistake("", 1, 1, error.wording),)


def with_pack(settings: Settings, path: str) -> Settings:
    """Settings that extend one pack more, and change nothing that a pack says."""
    return Settings(extends=(*settings.extends, path), folder=settings.folder)


def is_pack(data: bytes) -> bool:
    """Whether a YAML file looks like one of a pack: a mapping of rules by their codes."""
    return _RULES.search(data) is not None


def _files(settings: Settings) -> Iterator[str]:
    """The files of settings, of the packs that are no built-in ones, and of the series."""
    if settings.path is not None:
        yield settings.path
    for name in settings.extends:
        path = os.path.join(settings.folder, name)
        if os.path.isdir(path):
            try:
                yield from (os.path.join(path, each) for each in pack_files(path))
            except OSError:
                continue
        elif os.path.isfile(path):
            yield path


def _stamp(settings: Settings) -> _Stamp:
    from bulletin_lint.engine.suppression.waivers_file import find_waivers

    waivers = find_waivers(settings.folder, upward=settings.path is None)
    found = []
    for path in (*_files(settings), *([waivers] if waivers is not None else [])):
        try:
            status = os.stat(path)
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(found)
