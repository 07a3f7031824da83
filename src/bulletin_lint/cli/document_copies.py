"""Comments and tracked changes of what ``check`` found, in copies of documents or in themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint.cli.annotating import write_copy
from bulletin_lint.cli.output_targets import Target
from bulletin_lint.cli.parser import print_note
from bulletin_lint.engine.annotate import Annotated, PlacedRemark, commented
from bulletin_lint.engine.mended_file import write_mended
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.report import FileResult, Report, is_at_least
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.readers import content_of, reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.annotate import Waive
    from bulletin_lint.engine.cache.compiled import CompiledStore
    from bulletin_lint.engine.linter import Linter
    from bulletin_lint.model.report import RuleNote
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook

MOST_COMMENTS = 200
"""Comments in one document; nobody answers more."""


class DocumentCopies:
    """The copies of a run, from their plan to the files."""

    def __init__(
        self,
        files: Sequence[SourceFile],
        targets: Mapping[str, Target],
        args: argparse.Namespace,
        settings: Settings,
        language: Language,
        store: CompiledStore | None,
    ) -> None:
        from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE

        self._targets = [
            (source, targets[source.path].path)
            for source in files
            if source.path in targets and reader_info(source.kind).copier
        ]
        self._in_place: bool = args.in_place
        self._level: Severity = args.annotate_level
        self._applicabilities = SAFE_AND_UNSAFE if args.unsafe_fixes else SAFE
        self._time_limit: float = args.time_limit
        self._password: str | None = args.password
        self._is_quiet: bool = args.quiet
        self._settings = settings
        self._language: Language = language
        self._store = store
        self._changes: dict[str, Annotated] = {}
        self._failed: dict[str, Wording] = {}

    def changed(self, report: Report, linter: Linter, waive: Waive) -> dict[str, SourceFile]:
        """The documents in which fixes become tracked changes, by path, with their content then."""
        from bulletin_lint.engine.annotate import tracked

        by_path = {document.path: document for document in report.documents}
        for source, _ in self._targets:
            document = by_path.get(source.path)
            if document is None or not self._is_mendable(document):
                continue
            try:
                made = tracked(source, linter, waive, self._applicabilities, time_limit=self._time_limit)
            except SourceError as error:
                made = Annotated(error=error.wording)
            if made.error is not None:
                self._failed[source.path] = made.error
                continue
            for refused in made.refused:
                print_note(refused.wording(source.path), self._language)
            if made.applied:
                self._changes[source.path] = made
        sources = {source.path: source for source, _ in self._targets}
        return {path: sources[path]._replace(data=made.data) for path, made in self._changes.items()}

    def _is_mendable(self, document: FileResult) -> bool:
        return any(
            violation.fix is not None
            and violation.fix.is_tracked
            and violation.fix.applicability in self._applicabilities
            for violation in document.violations
        )

    def written(self, report: Report, rulebook: Rulebook, rules: Sequence[Rule]) -> Report:
        """Writes the copies of the documents that were checked; the report then says what failed."""
        from bulletin_lint.engine.fix import with_failures
        from bulletin_lint.engine.linter import Linter
        from bulletin_lint.rulebook.notes import rule_notes

        linter = Linter(rulebook, (), password=self._password)

        notes = {note.code: note for note in rule_notes(self._settings, rules, self._store)}
        checked = {document.path: document for document in report.checked}
        for source, path in self._targets:
            document = checked.get(source.path)
            if document is None or source.path in self._failed:
                continue
            try:
                self._write_copy(source, path, document, linter, notes)
            except SourceError as error:
                self._failed[source.path] = error.wording
        return with_failures(report, self._failed)

    def _write_copy(
        self,
        source: SourceFile,
        path: str,
        document: FileResult,
        linter: Linter,
        notes: Mapping[str, RuleNote],
    ) -> None:
        before = content_of(source)
        change = self._changes.get(source.path)
        remarks = _remarks(document, self._level, notes, self._language)
        given = source._replace(data=before if change is None else change.data)
        made = commented(given, linter, remarks, time_limit=self._time_limit)
        if made.error is not None:
            raise SourceError(source.path, made.error)
        if not self._in_place:
            write_copy(path, made.data)
        elif made.data != before:
            write_mended(path, made.data, expected=before)
        if not self._is_quiet:
            applied = 0 if change is None else change.applied
            print_note(_written(path, len(remarks), applied, made.notes), self._language)


def _written(path: str, comments: int, changes: int, notes: Sequence[Wording]) -> Wording:
    zh, en = f"已写 {path}：{comments} 条批注", f"wrote {path}: {plural(comments, 'comment')}"
    if changes:
        zh, en = f"{zh}，{changes} 处修订", f"{en}, {plural(changes, 'tracked change')}"
    return Wording(
        "。".join([zh, *(note.zh for note in notes)]) + "。",
        ". ".join([en, *(note.en for note in notes)]) + ".",
    )


def _remarks(
    document: FileResult, level: Severity, notes: Mapping[str, RuleNote], language: Language
) -> list[PlacedRemark]:
    """What is to be said in a document, in its order."""
    from bulletin_lint.reporters.comment_text import comment_text, more_text

    found = [
        PlacedRemark(place.location, comment_text(violation, place, notes.get(violation.code), language))
        for violation in document.violations
        if is_at_least(violation.severity, level)
        for place in violation.places
    ]
    found.sort(key=lambda remark: remark.location[:4])
    if len(found) > MOST_COMMENTS:
        rest = len(found) - MOST_COMMENTS
        more = PlacedRemark(found[MOST_COMMENTS].location, more_text(rest, language))
        found = [*found[:MOST_COMMENTS], more]
    return found
