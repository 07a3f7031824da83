"""``check --fix`` and ``--diff``: the files of a run mended, or shown as they would be."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from bulletin_lint._typing import NamedTuple, TextIO
from bulletin_lint.cli.parser import print_note
from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE, Fixed, Lint, Made, fix_files, fixed_wording
from bulletin_lint.engine.text_diff import diff
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.visible import visible, visible_patch
from bulletin_lint.model.wording import Language, Wording, set_off
from bulletin_lint.readers import reader_info
from bulletin_lint.reporters.inert import shielded

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


class FixResult(NamedTuple):
    """What became of the files of a run."""

    files: list[SourceFile]
    """All of them, with the content they have now where that was given."""
    fixed: list[Fixed]
    """Those that changed, or would."""
    failed: dict[str, Wording]
    """Path to the reason why a file could not be mended."""


def fix_and_show(
    files: Sequence[SourceFile],
    report: Report,
    lint: Callable[[SourceFile], Lint],
    args: argparse.Namespace,
    language: Language,
    out: TextIO,
) -> FixResult:
    """Mends what the report says can be mended, and says what was not; `lint` is as `fix_files` takes it."""
    result = FixResult([], [], {})
    shown: list[tuple[str, Made]] = []
    wanted = SAFE_AND_UNSAFE if args.unsafe_fixes else SAFE
    searched = [path for path in args.paths or ["."] if os.path.isdir(path)]
    for source, fixed, error, note in fix_files(
        files,
        report.documents,
        lint,
        applicabilities=wanted,
        writes=not args.diff,
        searched=searched,
        time_limit=args.time_limit,
    ):
        result.files.append(source)
        if note is not None:
            print_note(Wording(f"{source.path}：{note.zh}", f"{source.path}: {note.en}"), language)
        for refused in fixed.refused if fixed is not None else ():
            print_note(refused.wording(source.path), language)
        if error is not None:
            result.failed[source.path] = error
            continue
        if fixed is not None and args.diff:
            _show(diff(visible(source.path), fixed.text_before, fixed.text_after), source.path, language, out)
        if fixed is not None and fixed.changed:
            result.fixed.append(fixed)
            if args.show_fixes:
                shown += [(source.path, made) for made in fixed.made]
        if source.data is not None and not args.diff:
            # Standard input was given: its mended content is what standard output is for.
            out.flush()
            out.buffer.write(source.data)
            out.buffer.flush()
    for document in report.documents:
        wording = _uneditable(document)
        if wording is not None:
            print_note(wording, language)
    if result.fixed or args.diff:
        print_note(fixed_wording(result.fixed, is_written=not args.diff), language)
    for path, made in shown:
        print_note(made.wording(path), language)
    return result


def _uneditable(document: FileResult) -> Wording | None:
    """What to say of a file that has something to mend and is of a kind that is not written."""
    if not any(violation.fix is not None for violation in document.violations):
        return None
    info = reader_info(document.kind)
    if info.is_editable or info.copier:
        return None
    path, name = visible(document.path), info.name
    article = "an" if name.en[0].lower() in "aeiou" else "a"
    return Wording(
        f"{path}：{set_off(name.zh)}不能自动修复；请照报告里的“参考改法”在原稿里改。",
        f"{path}: {article} {name.en} is not mended; do in the manuscript what the report suggests.",
    )


def _show(patch: str, path: str, language: Language, out: TextIO) -> None:
    """Shows a patch. Where it holds characters that would steer a terminal or a CI, they are escaped wherever
    it goes, and it is said that it cannot be applied.
    """
    inert = shielded(visible_patch(patch))
    out.write(inert)
    if inert != patch:
        print_note(
            Wording(
                f"{path}：改动里有终端或 CI 会当作指令的字符，已转义显示，不能当作补丁应用；请用 --fix。",
                f"{path}: a terminal or CI would obey characters of this change; they are shown escaped, "
                "so that it is no patch to apply: use --fix.",
            ),
            language,
        )
