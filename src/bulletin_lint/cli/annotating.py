"""What ``check`` writes into copies of the documents it read, and what it does not write into them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.cli import output_targets
from bulletin_lint.cli.parser import print_note
from bulletin_lint.desk.marking import remarks_of
from bulletin_lint.engine.annotate import AUTHOR, Annotated, commented
from bulletin_lint.model.errors import SourceError, UsageError
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.readers import READERS, annotate, content_of, reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from bulletin_lint.engine.cache.compiled import CompiledStore
    from bulletin_lint.engine.settings_groups import Groups


class CopyTarget(NamedTuple):
    """A document, and the file into which its copy goes."""

    source: SourceFile
    path: str
    is_in_place: bool


def refuse_fix_alone(files: Sequence[SourceFile]) -> Wording | None:
    """Where files are to be mended and no copies made: refuses a document that was named, for it is written
    into a copy only. Of those found in folders what is to be said.

    Raises:
        UsageError: such a document was named.
    """
    documents = [source for source in files if reader_info(source.kind).copier]
    named = [source.path for source in documents if source.explicit]
    if named:
        raise UsageError(
            Wording(
                f"--fix 不改写 {named[0]}：请加 --annotate OUT.docx，把可以修复的写成修订，由编辑逐条接受；"
                "多份文档用 --annotate-dir DIR。",
                f"--fix does not write into {named[0]}: with --annotate OUT.docx what can be mended becomes "
                "tracked changes, which an editor accepts one by one; for several documents use "
                "--annotate-dir DIR.",
            )
        )
    if not documents:
        return None
    count = len(documents)
    return Wording(
        f"{count} 份 Word 文档没有修复；用 --annotate-dir DIR 可把修复写成修订。",
        f"{plural(count, 'Word document')} not mended; with --annotate-dir DIR fixes become tracked changes.",
    )


def targets_of(args: argparse.Namespace, files: Sequence[SourceFile]) -> list[CopyTarget]:
    """The documents of which copies are to be made, empty where no option asks for any.

    Raises:
        UsageError: the options do not go together, or a copy would lie over what it must not.
    """
    if not (args.annotate or args.annotate_dir or args.in_place):
        return []
    if args.annotate and len(files) == 1 and not _holds_remarks(files[0]):
        # Says what to use instead.
        annotate(files[0], (), "zh")
    documents = [
        source
        for source in files
        if reader_info(source.kind).copier or (_holds_remarks(source) and not args.in_place)
    ]
    if not documents:
        raise UsageError(
            Wording(
                f"没有可以写批注的文件（{'、'.join(_suffixes(args))}）。",
                f"there is no file to annotate ({', '.join(_suffixes(args))}).",
            )
        )
    if args.annotate:
        targets = [_single(args, files, documents)]
    elif args.annotate_dir:
        targets = [
            CopyTarget(source, _below(args.annotate_dir, source.path), is_in_place=False)
            for source in documents
        ]
    else:
        targets = [CopyTarget(source, source.path, is_in_place=True) for source in documents]
    seen: dict[str, str] = {}
    for target in targets:
        other = seen.setdefault(os.path.realpath(target.path), target.source.path)
        if other != target.source.path:
            raise UsageError(
                Wording(
                    f"{other} 和 {target.source.path} 的副本同名（{target.path}）；请分次运行。",
                    f"the copies of {other} and {target.source.path} would have one name ({target.path}); "
                    "run them one by one.",
                )
            )
        _require_closed(target.path)
        if target.is_in_place and target.source.data is not None:
            raise UsageError(
                Wording("标准输入不能用 --in-place。", "standard input cannot be annotated in place.")
            )
    return targets


def _suffixes(args: argparse.Namespace) -> list[str]:
    """Those of the kinds that can be annotated as the options ask for."""
    rows = [row for row in READERS.values() if row.copier or (row.annotates and not args.in_place)]
    return [suffix for row in rows for suffix in row.searched]


def _holds_remarks(source: SourceFile) -> bool:
    info = reader_info(source.kind)
    return bool(info.copier or info.annotates)


def _single(
    args: argparse.Namespace, files: Sequence[SourceFile], documents: Sequence[SourceFile]
) -> CopyTarget:
    if len(files) != 1:
        raise UsageError(
            Wording(
                f"--annotate 一次写一份文档，这里有 {len(files)} 份文件；多份请用 --annotate-dir DIR。",
                f"--annotate writes one document, and there are {len(files)} files; for several use "
                "--annotate-dir DIR.",
            )
        )
    source, path = documents[0], args.annotate
    info = reader_info(source.kind)
    if not path.lower().endswith(info.suffixes):
        suffix, program = info.suffixes[0], info.program
        raise UsageError(
            Wording(
                f"--annotate：{path} 不以 {suffix} 结尾，{program.zh}打不开；请改名。",
                f"--annotate: {path} does not end in {suffix}, and {program.en} would not open it; give "
                "another name.",
            )
        )
    is_same = source.data is None and os.path.realpath(path) == os.path.realpath(source.path)
    if is_same and not args.in_place:
        raise UsageError(
            Wording(
                f"--annotate：{path} 就是要检查的文件；写到别的文件，或加 --in-place。",
                f"--annotate: {path} is the file to check; write into another one, or add --in-place.",
            )
        )
    if args.in_place and not is_same:
        raise UsageError(
            Wording(
                "--in-place 写进原文件，不能同时用 --annotate 写到别的文件。",
                "--in-place writes into the file itself; --annotate names another one.",
            )
        )
    return CopyTarget(source, path, is_same)


def _below(folder: str, path: str) -> str:
    """Where in a folder the copy of a document goes: under its own path, without what leads out."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    if path.startswith("/") or ".." in path.split("/"):
        parts = parts[-1:]
    return os.path.join(folder, *parts)


def _require_closed(path: str) -> None:
    """Refuses a file that a program has open which keeps it in memory."""
    folder, name = os.path.split(path)
    for mark in (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}"):
        if os.path.exists(os.path.join(folder, mark)):
            raise UsageError(
                Wording(
                    f"{path} 正在 Word 或 WPS 里打开（旁边有 {mark}）；请先关闭。",
                    f"{path} is open in Word or WPS (beside it there is {mark}); close it first.",
                )
            )


class Copies:
    """The copies of a run, from their plan to the files."""

    def __init__(
        self,
        targets: Sequence[CopyTarget],
        args: argparse.Namespace,
        language: Language,
        store: CompiledStore | None,
    ) -> None:
        from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE

        self._targets = targets
        self._args = args
        self._level: Severity = args.annotate_level
        self._applicabilities = SAFE_AND_UNSAFE if args.unsafe_fixes else SAFE
        self._time_limit: float = args.time_limit
        self._password: str | None = args.password
        self._is_quiet: bool = args.quiet
        self._language: Language = language
        self._store = store
        self._changes: dict[str, Annotated] = {}
        self._failed: dict[str, Wording] = {}

    @property
    def targets(self) -> list[output_targets.Target]:
        """The files to be written that are not those to be checked."""
        option = "--annotate" if self._args.annotate else "--annotate-dir"
        return [output_targets.Target(option, each.path) for each in self._targets if not each.is_in_place]

    def changed(self, report: Report, groups: Groups) -> dict[str, SourceFile]:
        """The documents in which fixes become tracked changes, by path, with their content then."""
        from bulletin_lint.engine.annotate import tracked

        by_path = {document.path: document for document in report.documents}
        for target in self._targets:
            source = target.source
            document = by_path.get(source.path)
            if document is None or not reader_info(source.kind).copier or not self._is_mendable(document):
                continue
            try:
                made = tracked(
                    source,
                    groups.linter_of(source.path),
                    # It goes along to another process.
                    groups.of(source.path).waive,
                    self._applicabilities,
                    time_limit=self._time_limit,
                    author=_author(groups, source),
                )
            except SourceError as error:
                made = Annotated(error=error.wording)
            if made.error is not None:
                self._failed[source.path] = made.error
                continue
            for refused in made.refused:
                print_note(refused.wording(source.path), self._language)
            if made.applied:
                self._changes[source.path] = made
        sources = {target.source.path: target.source for target in self._targets}
        return {path: sources[path]._replace(data=made.data) for path, made in self._changes.items()}

    def _is_mendable(self, document: FileResult) -> bool:
        return any(
            violation.fix is not None
            and violation.fix.is_tracked
            and violation.fix.applicability in self._applicabilities
            for violation in document.violations
        )

    def written(self, report: Report, groups: Groups) -> Report:
        """Writes the copies of the documents that were checked; the report then says what failed."""
        from bulletin_lint.engine.fix import with_failures

        checked = {document.path: document for document in report.checked}
        for target in self._targets:
            document = checked.get(target.source.path)
            if document is None or target.source.path in self._failed:
                continue
            try:
                self._write_copy(target, document, groups)
            except SourceError as error:
                self._failed[target.source.path] = error.wording
        return with_failures(report, self._failed)

    def _write_copy(self, target: CopyTarget, document: FileResult, groups: Groups) -> None:
        from bulletin_lint.engine.linter import Linter

        source = target.source
        notes = groups.notes_of(source.path, self._store)
        before = content_of(source)
        if not reader_info(source.kind).copier:
            from bulletin_lint.cli.marked_copies import marked_copy

            data, count = marked_copy(source, document, self._args, notes, self._language)
            _write(target, data, before)
            if not self._is_quiet:
                print_note(_written(target.path, count, 0, ()), self._language)
            return
        change = self._changes.get(source.path)
        remarks = remarks_of(document, self._level, notes, self._language)
        given = source._replace(data=before if change is None else change.data)
        linter = Linter(groups.of(source.path).rulebook, (), password=self._password)
        author = _author(groups, source)
        made = commented(given, linter, remarks, time_limit=self._time_limit, author=author)
        if made.error is not None:
            raise SourceError(source.path, made.error)
        _write(target, made.data, before)
        if not self._is_quiet:
            applied = 0 if change is None else change.applied
            print_note(_written(target.path, len(remarks), applied, made.notes), self._language)


def _author(groups: Groups, source: SourceFile) -> str:
    """Whose comments and tracked changes ours are, in a document."""
    author: str = groups.of(source.path).settings.annotate.get("author", AUTHOR)
    return author


def _written(path: str, comments: int, changes: int, notes: Sequence[Wording]) -> Wording:
    zh, en = f"已写 {path}：{comments} 条批注", f"wrote {path}: {plural(comments, 'comment')}"
    if changes:
        zh, en = f"{zh}，{changes} 处修订", f"{en}, {plural(changes, 'tracked change')}"
    return Wording(
        "。".join([zh, *(note.zh for note in notes)]) + "。",
        ". ".join([en, *(note.en for note in notes)]) + ".",
    )


def _write(target: CopyTarget, data: bytes, before: bytes) -> None:
    from bulletin_lint.engine.fixed_file import write_mended
    from bulletin_lint.model.atomic_write import reason, replace_file

    if target.is_in_place:
        if data != before:
            write_mended(target.path, data, expected=before)
        return
    try:
        folder = os.path.dirname(target.path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        replace_file(target.path, [data])
    except OSError as error:
        why = reason(error)
        raise SourceError(
            target.path,
            Wording(f"批注写不进 {target.path}：{why.zh}。", f"cannot write {target.path}: {why.en}."),
        ) from None
