"""``check --annotate``: copies of the files of a run with what was found in them as marks."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.cli.output_targets import Target
from bulletin_lint.cli.parser import print_note
from bulletin_lint.engine.discovery import Discovery
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.atomic_write import reason, replace_file
from bulletin_lint.model.errors import SourceError, UsageError
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.readers import annotate, reader_info
from bulletin_lint.readers.reader_info import ReadOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


class Annotating:
    """Marks a copy of a file, in this process or another."""

    def __init__(
        self,
        marks: Sequence[NumberedMark],
        language: Language,
        password: str | None = None,
        *,
        is_signed_allowed: bool,
    ) -> None:
        self._marks = tuple(marks)
        self._language: Language = language
        self._password = password
        self._is_signed_allowed = is_signed_allowed

    def __call__(self, source: SourceFile) -> bytes | Wording:
        """The marked copy, or why there is none."""
        try:
            return annotate(
                source,
                self._marks,
                self._language,
                ReadOptions(self._password),
                is_signed_allowed=self._is_signed_allowed,
            )
        except SourceError as error:
            # An exception does not cross a pipe as what it is.
            return error.wording


def targets_of(args: argparse.Namespace, found: Discovery) -> dict[str, Target]:
    """Where the marked copy of each file goes, by its path; empty where none is asked for.

    Raises:
        UsageError: one file was named for several copies.
    """
    if args.in_place:
        return _in_place(args, found)
    if args.annotate_dir is not None:
        names = [os.path.basename(source.path) for source in found.files]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise UsageError(
                Wording(
                    f"--annotate-dir：有两份文件都叫 {twice}，副本会互相覆盖；请分次运行",
                    f"--annotate-dir: two files are called {twice}, one copy would go over the other; run "
                    "once for each",
                )
            )
        targets = {
            source.path: Target("--annotate-dir", os.path.join(args.annotate_dir, name))
            for source, name in zip(found.files, names, strict=True)
        }
        for target in targets.values():
            _require_closed(target.path)
        return targets
    if args.annotate is None:
        return {}
    if len(found.files) > 1:
        raise UsageError(
            Wording(
                "--annotate 一次只批注一份文件；多份请用 --annotate-dir",
                "--annotate marks one file at a time; use --annotate-dir for several",
            )
        )
    for source in found.files:
        _require_name(args.annotate, source)
    _require_closed(args.annotate)
    return {source.path: Target("--annotate", args.annotate) for source in found.files}


def _in_place(args: argparse.Namespace, found: Discovery) -> dict[str, Target]:
    """The documents themselves, into which their comments go."""
    documents = [source for source in found.files if reader_info(source.kind).copier]
    if not documents:
        raise UsageError(
            Wording(
                "--in-place：没有可以写批注的文档（.docx）",
                "--in-place: there is no document to annotate (.docx)",
            )
        )
    for source in documents:
        named = args.annotate
        if named is not None and os.path.realpath(named) != os.path.realpath(source.path):
            raise UsageError(
                Wording(
                    f"--in-place 写进原文件，不能同时用 --annotate 写到别的文件（{named}）",
                    f"--in-place writes into the file itself; --annotate names another one ({named})",
                )
            )
        _require_closed(source.path)
    return {source.path: Target("--in-place", source.path) for source in documents}


def _require_name(path: str, source: SourceFile) -> None:
    """Refuses a name under which the program of the documents would not open the copy."""
    info = reader_info(source.kind)
    if info.copier and not path.lower().endswith(info.suffixes):
        suffix = info.suffixes[0]
        raise UsageError(
            Wording(
                f"--annotate：{path} 不以 {suffix} 结尾，{info.program.zh} 打不开；请改名",
                f"--annotate: {path} does not end in {suffix}, and {info.program.en} would not open it; give "
                "another name",
            )
        )


def _require_closed(path: str) -> None:
    """Refuses a file that a program has open which keeps it in memory."""
    folder, name = os.path.split(path)
    for mark in (f"~${name}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}"):
        if os.path.exists(os.path.join(folder, mark)):
            raise UsageError(
                Wording(
                    f"{path} 正在 Word 或 WPS 里打开（旁边有 {mark}）；请先关闭",
                    f"{path} is open in Word or WPS (beside it there is {mark}); close it first",
                )
            )


def refuse_other_kinds(args: argparse.Namespace, found: Discovery) -> None:
    """Makes sure, before anything is checked, that a file that was named can hold marks.

    Raises:
        SourceError: it cannot.
    """
    if args.annotate is None:
        return
    for source in found.files:
        info = reader_info(source.kind)
        if not (info.annotates or info.copier):
            annotate(source, (), "zh")


def annotate_files(
    found: Discovery,
    report: Report,
    targets: dict[str, Target],
    args: argparse.Namespace,
    language: Language,
) -> Report:
    """Writes a marked copy of each file that was checked; of a folder those of kinds that hold marks.

    The report then says of which files there is none, and why.
    """
    documents = {document.path: document for document in report.documents}
    failed: dict[str, Wording] = {}
    written = 0
    for source in found.files:
        document = documents.get(source.path)
        if document is None or document.error is not None or document.skipped:
            continue
        if not reader_info(source.kind).annotates:
            continue
        work = Annotating(
            marks_of(document.violations),
            language,
            args.password,
            is_signed_allowed=args.annotate_signed,
        )
        try:
            made: bytes | Wording = apart(work, source, time_limit=args.time_limit)
            if isinstance(made, bytes):
                write_copy(targets[source.path].path, made)
                written += 1
            else:
                failed[source.path] = made
        except SourceError as error:
            failed[source.path] = error.wording
    if written:
        name = visible(args.annotate or args.annotate_dir)
        print_note(
            Wording(
                f"已写 {written} 份批注副本：{name}",
                f"{plural(written, 'marked copy', 'marked copies')}: {name}",
            ),
            language,
        )
    kept = [
        document._replace(failures=(*document.failures, failed[document.path]))
        if document.path in failed
        else document
        for document in report.documents
    ]
    return report._replace(documents=tuple(kept))


def write_copy(path: str, data: bytes) -> None:
    """Writes a copy, and the folder that it goes into where there is none yet.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(
                f"批注副本无法写入 {path}（{why.zh}）", f"cannot write the marked copy to {path} ({why.en})"
            )
        ) from None


def refuse_fix_alone(files: Sequence[SourceFile]) -> Wording | None:
    """Where files are to be mended: refuses a document that was named, for what is found in it is written
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
        f"{count} Word document(s) not mended; with --annotate-dir DIR fixes become tracked changes.",
    )
