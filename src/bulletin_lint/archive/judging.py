"""The series of an archive judged when its parts are done, and its waivers applied: what one run would say.

Parts are read twice, one at a time. First the issues are brought together: of each file what its series has
to know is held, and no more. Then every part is written again as the report has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.archive.records import RecordStore
from bulletin_lint.archive.rows import BrokenPart, Sharing, Slim, packed, unpacked
from bulletin_lint.archive.storage import Storage
from bulletin_lint.archive.work import PARTS, LostPart, file_name
from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.series_run import is_series_rule, judge_series
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.engine.suppression.folding import explanations, folded
from bulletin_lint.model.errors import BulletinLintError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.load import ignored_codes
from bulletin_lint.rulebook.rulebook import Rule, Rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.engine.series_scope import Surveyed
    from bulletin_lint.series.issue import IssueRecord


EXTRAS = "besides.jsonl.gz"
"""What the report has besides the files of parts: the register, waivers.yaml, what could not be read."""


class Judges(NamedTuple):
    """What judges an archive when its files are linted."""

    rulebook: Rulebook
    rules: Sequence[Rule]
    settings: Settings
    waivers: Waivers


Planned = str | LostPart
"""A part that was done, by its name, or one that was not."""


class Judging:
    """Judges the parts of an archive, in their order, and writes them into a folder of `out`."""

    def __init__(self, judges: Judges, out: Storage, folder: str, parts: Sequence[Planned]) -> None:
        self._judges = judges
        self._out = out
        self._folder = folder
        self._parts = parts
        self._sharing = Sharing()
        self._slim: dict[str, Slim] = {}
        self._beside: dict[str, FileResult] = {}
        """Files that are in no part and of which a series says something: the register."""

    def run(self, refused: Iterable[FileResult], told: Callable[[LintResult], None]) -> None:
        """Judges all; `refused` are files that were never in a part. `told` hears each result as it then is.

        Raises:
            BulletinLintError: a part is damaged, or the register cannot be read.
            OSError: a part cannot be read or written.
        """
        if any(is_series_rule(rule) for rule in self._judges.rules):
            self._judge_series()
        pass_ = self._judges.waivers.passing(self._judges.rulebook, self._judges.rules)
        entries = self._judges.waivers.entries
        explains = explanations(self._judges.rulebook)

        def final(linted: LintResult) -> LintResult:
            result = linted.result
            slim = self._slim.get(result.path)
            if slim is not None:
                result = slim.put_into(result)
            linted = linted._replace(result=folded(pass_.judge(result, entries), explains))
            told(linted)
            return linted

        for part in self._parts:
            name = part if isinstance(part, str) else part.name
            self._write(file_name(name), map(final, self._results(part)))
        besides = [final(LintResult(result, None)) for result in (*refused, *self._beside.values())]
        for result in pass_.judge_entries(entries):
            linted = LintResult(folded(result, explains), None)
            told(linted)
            besides.append(linted)
        self._write(EXTRAS, in_natural_order(besides, lambda each: each.result.path))

    def _write(self, name: str, results: Iterable[LintResult]) -> None:
        self._out.write(f"{self._folder}/{name}", packed(results))

    def _results(self, part: Planned) -> Iterator[LintResult]:
        if not isinstance(part, str):
            yield from part.results()
            return
        try:
            yield from unpacked(self._out.read(f"{PARTS}/{file_name(part)}"), self._sharing)
        except BrokenPart as error:
            raise DamagedPart(f"{PARTS}/{file_name(part)}", error) from None

    # --- Series -----------------------------------------------------------------------------------------

    def _judge_series(self) -> None:
        """Fills `_slim`, series by series."""
        from bulletin_lint.series.ordering import series_by_title

        settings = self._judges.settings
        codes = {rule.code for rule in self._judges.rules if is_series_rule(rule)}
        said: dict[str, FileResult] = {}
        with RecordStore() as store:
            records: list[IssueRecord] = []
            for part in self._parts:
                for linted in self._results(part):
                    self._take(linted, codes, said)
                    if linted.facts is not None:
                        records.append(store.keep(linted.facts))
            surveyed = _surveyed(settings, records)
            groups = _by_title(records if surveyed is None else surveyed.issues, settings.series)
            del records
            together: set[str] = set()
            while groups:
                # What was judged is let go of.
                for series in series_by_title(groups.pop(), settings.series):
                    members = [*series.issues, *series.supplements]
                    paths = [member.path for member in members]
                    together.update(paths)
                    self._judge(members, paths, said, surveyed)
            self._judge((), [path for path in self._slim if path not in together], said, None)

    def _take(self, linted: LintResult, codes: set[str], said: dict[str, FileResult]) -> None:
        result = linted.result
        self._slim[result.path] = Slim(result.outcomes, result.reasons)
        own = tuple(each for each in result.violations if each.code in codes)
        if own:
            # What a document has said already its series does not say again.
            said[result.path] = result._replace(violations=own, waivers=(), lines={})

    def _judge(
        self,
        members: Sequence[IssueRecord],
        paths: Sequence[str],
        said: Mapping[str, FileResult],
        surveyed: Surveyed | None,
    ) -> None:
        """Judges one series as `judge_series` does all: no rule looks from one to another."""
        judges = self._judges
        before: dict[str, FileResult] = {}
        for path in paths:
            slim = self._slim.get(path)
            if slim is not None:
                bare = said.get(path) or FileResult(path, "")
                before[path] = bare._replace(outcomes=slim.outcomes, reasons=slim.reasons)
        judged = judge_series(
            judges.rulebook,
            judges.rules,
            members,
            judges.settings.series,
            before,
            surveyed,
            lambda path: ignored_codes(judges.settings, judges.rulebook, path),
        )
        for path, result in judged.items():
            if path not in before:
                known = self._beside.get(path, result._replace(violations=()))
                both = sorted((*known.violations, *result.violations), key=Violation.sort_key)
                together = {**known.outcomes, **result.outcomes}
                self._beside[path] = known._replace(violations=tuple(both), outcomes=together)
                continue
            old = before[path].violations
            added = tuple(each for each in result.violations if each not in old)
            outcomes = result.outcomes
            if outcomes is not self._slim[path].outcomes:
                outcomes = self._sharing.same_outcomes(outcomes)
            reasons = self._sharing.same_reasons(result.reasons)
            self._slim[path] = Slim(outcomes, reasons, added)


def _by_title(issues: Iterable[IssueRecord], settings: Mapping[str, Any]) -> list[list[IssueRecord]]:
    """Issues that can be put in order apart from others, the first titles last; all together where one has
    no title, for its series is then found among all.
    """
    from bulletin_lint.series.issue import series_title

    aliases = settings.get("aliases") or {}
    groups: dict[str, list[IssueRecord]] = {}
    for issue in issues:
        groups.setdefault(series_title(issue.title, aliases), []).append(issue)
    if "" in groups:
        return [[issue for group in groups.values() for issue in group]]
    return [groups[title] for title in sorted(groups, reverse=True)]


def _surveyed(settings: Settings, records: Sequence[IssueRecord]) -> Surveyed | None:
    """The issues with their entries in the register; None where the settings name none and no series.

    Raises:
        DefinitionError: a row of the register cannot be understood.
        SourceError: the register cannot be read.
    """
    if not (settings.bulletins or register_path(settings)):
        return None
    from bulletin_lint.engine.cache.issues import CachedIssue
    from bulletin_lint.engine.series_scope import SeriesScope, gather

    known: dict[str, CachedIssue] = {}
    scope = SeriesScope(settings, (), ())
    scope.members = frozenset(record.path for record in records)
    return gather(settings, {record.path: record for record in records}, scope, known)


class DamagedPart(BulletinLintError):
    """A part that an earlier run wrote cannot be read."""

    def __init__(self, name: str, error: BrokenPart) -> None:
        super().__init__(
            Wording(
                f"{name} 已损坏（{error}）；请删掉它，再运行一次。",
                f"{name} is damaged ({error}); remove it and run again.",
            )
        )


def remove_damaged(out: Storage) -> list[str]:
    """Removes the parts that cannot be read, so that they are done again; gives their names.

    Raises:
        OSError: they cannot be listed or read.
    """
    found = []
    for name in out.names(PARTS):
        path = f"{PARTS}/{name}"
        try:
            for _ in unpacked(out.read(path), Sharing()):
                pass
        except BrokenPart:
            out.remove_file(path)
            found.append(path)
    return found
