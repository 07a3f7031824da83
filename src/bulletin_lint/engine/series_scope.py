"""The series beyond the files of a run: every bulletin that the settings' globs match, and the register.

pre-commit hands over the changed files only, in batches and in parallel. What the other files say of
themselves comes from the cache; those that it does not know are read, and kept. Several processes that
fill an empty cache at the same time share the work: each begins at another place and looks, before
every portion, at what the others have done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks.protocols import Finding, Verdict
from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.cache.contents import Stamp, stamps_of
from bulletin_lint.engine.cache.issues import CachedIssue, RecordCache
from bulletin_lint.engine.discovery import discover
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series, series_by_title
from bulletin_lint.series.reconciliation import joined
from bulletin_lint.series.register import Register, read_register

_PORTION = 24
"""Files read between two looks at the cache; of a large archive a sixteenth, so that workers pay."""

NewEntry = tuple[SourceFile, str | None, CachedIssue]
"""A file that was read: the digest of what was read, and what it came to."""
Read = Callable[[Sequence[SourceFile]], Iterable[NewEntry]]


class Surveyed(NamedTuple):
    """All issues that the files of a run are judged among."""

    issues: tuple[IssueRecord, ...]
    given: frozenset[str]
    """The names of those that this run was given."""
    is_whole: bool
    """The run was given every file of the series."""
    unread: tuple[SourceError, ...]
    """Files of the series, not given, that cannot be read."""
    files: Mapping[str, str]
    """An issue's path to the path from the settings' folder."""
    register: Register | None


class SeriesScope:
    """Which files make up the series of some settings; looked up when it is first asked for.

    `given` are the files of the run, `others` those of the series that are not: looked for where they
    are not said, but not in folders with settings of their own. Where no globs are configured the files of
    the run are the series.
    """

    def __init__(
        self,
        settings: Settings,
        given: Sequence[SourceFile],
        others: Sequence[SourceFile] | None = None,
    ) -> None:
        self._settings = settings
        self._by_place = {os.path.abspath(source.path): source for source in given}
        self.others: tuple[SourceFile, ...] = tuple(others or ())
        self.members: frozenset[str] = frozenset(source.path for source in given)
        if settings.bulletins and others is None:
            self._look(given)

    def _look(self, given: Sequence[SourceFile]) -> None:
        settings = self._settings
        root = settings.folder
        if not given or not all(os.path.isabs(source.path) for source in given):
            try:
                root = os.path.relpath(root)
            except ValueError:  # another drive of Windows
                pass
        found = discover(
            [root],
            globs=settings.bulletins,
            exclude=settings.exclude,
            root=settings.folder,
            nearest=self._own_settings if settings.is_nearest else None,
        )
        places = {os.path.abspath(source.path): source for source in found.files}
        self.members = frozenset(
            source.path
            for place, source in self._by_place.items()
            if self._is_member(place, places) or self._is_new_member(place, source)
        )
        self.others = tuple(source for place, source in places.items() if place not in self._by_place)

    def _own_settings(self, folder: str) -> Settings | None:
        """None for a folder that has settings of its own: what lies in it makes up another series."""
        from bulletin_lint.config.nearer import own_settings

        return own_settings(self._settings, folder)

    @staticmethod
    def _is_member(place: str, places: Mapping[str, SourceFile]) -> bool:
        # A file may be reached by another name: a link, or a link above it.
        return place in places or os.path.realpath(place) in places

    def _is_new_member(self, place: str, source: SourceFile) -> bool:
        """Whether a text that was handed over will be a file of the series once it is written."""
        if source.data is None or os.path.lexists(place):
            return False
        from bulletin_lint.engine.new_file import would_be_found

        settings = self._settings
        return would_be_found(place, settings.bulletins, settings.exclude, settings.folder)


def gather(
    settings: Settings,
    given: Mapping[str, IssueRecord | None],
    membership: SeriesScope,
    known: Mapping[str, CachedIssue],
) -> Surveyed:
    """The series: the facts of the files given, by path, those known of the others, and the register.

    Raises:
        DefinitionError: a row of the register cannot be understood.
        SourceError: the register that the settings name cannot be read.
    """
    issues = [facts for path, facts in given.items() if facts is not None and path in membership.members]
    names = frozenset(facts.name for facts in issues)
    unread = []
    for source in membership.others:
        entry = known.get(source.path)
        if entry is None:
            continue
        if entry.error is not None:
            unread.append(SourceError(source.path, entry.error))
        elif entry.facts is not None:
            issues.append(entry.facts)
    path = register_path(settings)
    files = paths_from(issues, settings.folder) if path is not None else {}
    register = None
    if path is not None:
        register = read_register(shown_path(path))
        issues = joined(issues, register, settings.series.get("aliases") or {}, files)
    return Surveyed(tuple(issues), names, not membership.others, tuple(unread), files, register)


def shown_path(path: str) -> str:
    """A path as it is shown: from the working directory, if it lies in it."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return path
    return path if near.startswith("..") else near.replace(os.sep, "/")


def paths_from(issues: Sequence[IssueRecord], folder: str) -> dict[str, str]:
    """The issues' paths to those from a folder, with ``/`` between their parts."""
    prefix = folder.rstrip(os.sep) + os.sep
    found: dict[str, str] = {}
    for issue in issues:
        place = os.path.abspath(issue.path)
        inside = place[len(prefix) :] if place.startswith(prefix) else os.path.relpath(place, folder)
        found[issue.path] = inside.replace(os.sep, "/")
    return found


def facts_of_others(
    others: Sequence[SourceFile], cache: RecordCache | None, read: Read
) -> dict[str, CachedIssue]:
    """What the files of a series that were not given say of themselves, by path."""
    if cache is None:
        return {source.path: known for source, _, known in read(others)}
    stamps = stamps_of(others)
    found = cache.recall(others, stamps)
    left = [source for source in others if source.path not in found]
    if len(left) > _PORTION:
        start = os.getpid() * 7919 % len(left)
        left = left[start:] + left[:start]
    size = max(_PORTION, len(left) // 16)
    while left:
        portion, left = left[:size], left[size:]
        made = list(read(portion))
        found.update((source.path, known) for source, _, known in made)
        keep(cache, made, stamps)
        if left:
            found.update(cache.recall(left, stamps, only_recorded=True))
            left = [source for source in left if source.path not in found]
    return found


def keep(cache: RecordCache, made: Iterable[NewEntry], stamps: Mapping[str, Stamp]) -> None:
    """Keeps in the cache what reading files came to; `stamps` are from before."""
    cache.store(
        (source, stamps.get(source.path), digest, known)
        for source, digest, known in made
        if digest is not None
    )


def unread_wording(unread: Sequence[SourceError]) -> Wording:
    """What to say of files of the series that could not be read."""
    first = unread[0]
    return Wording(
        f"同刊有 {len(unread)} 份文件无法读取，判断连续性时未计入：{first.path}：{first.wording.zh}",
        f"{len(unread)} of the series' files cannot be read and do not count in its numbering: "
        f"{first.path}: {first.wording.en}",
    )


class AffectedIssues:
    """Of the faults of whole series those that the files of a run have to do with."""

    def __init__(self, series: Surveyed, settings: Mapping[str, Any]) -> None:
        self._series = series
        self._settings = settings
        self._without: list[Series] | None = None

    def concerned(self, groups: Sequence[Series]) -> list[Series]:
        """The series that a file of the run belongs to."""
        given = self._series.given
        return [
            group
            for group in groups
            if any(issue.name in given for issue in (*group.issues, *group.supplements))
        ]

    def pertinent(
        self, findings: Sequence[Finding], judge: Callable[[Sequence[Series]], Verdict]
    ) -> list[Finding]:
        """The faults of files of the run, those that name one of them, and those that would not be there
        without them.
        """
        given = self._series.given
        near = [finding.issue.name in given or finding.neighbour.name in given for finding in findings]
        if all(near):
            return list(findings)
        if self._without is None:
            left = [issue for issue in self._series.issues if issue.name not in given]
            self._without = series_by_title(left, self._settings)
        anyway = {(finding.issue.name, finding.fact) for finding in judge(self._without).findings}
        return [
            finding
            for finding, is_near in zip(findings, near, strict=True)
            if is_near or (finding.issue.name, finding.fact) not in anyway
        ]
