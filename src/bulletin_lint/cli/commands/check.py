"""``bulletin-lint check``: find, lint, fix, report."""

from __future__ import annotations

import os
import sys
from functools import partial
from time import perf_counter

from bulletin_lint.cli import check_options
from bulletin_lint.cli.option_conflicts import check_combination
from bulletin_lint.cli.options import declare, declare_groups
from bulletin_lint.cli.parser import print_error, print_note, print_settings_note
from bulletin_lint.config.settings import Settings, load_settings, with_options
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.discovery import Discovery
from bulletin_lint.engine.glob_arguments import STDIN, expanded
from bulletin_lint.engine.run import run as run_rules
from bulletin_lint.engine.series_run import is_series_rule
from bulletin_lint.engine.settings_groups import Group, Groups, find, group_of
from bulletin_lint.engine.suppression import BASELINE, Waivers, hold_against_baseline, waivers_of
from bulletin_lint.model.errors import BulletinLintError, DefinitionError, UsageError
from bulletin_lint.model.report import Report
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.readers import reader_info
from bulletin_lint.readers.text.hidden import is_printed
from bulletin_lint.reporters.output import Outputs, OutputStyle, outputs_of, write
from bulletin_lint.rulebook.load import further_mistakes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bulletin_lint._typing import TextIO
    from bulletin_lint.cli.annotating import Copies
    from bulletin_lint.cli.output_targets import Target
    from bulletin_lint.cli.progress import Progress
    from bulletin_lint.engine.fix import Fixed, Lint
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.reporters.terminal import Detail
    from bulletin_lint.rulebook.load import Known

CLEAN, FOUND, FAILED = 0, 1, 2
EPILOG = check_options.EPILOG


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, check_options.ARGUMENTS, language)
    declare_groups(parser, check_options.GROUPS, language)
    declare(parser, check_options.OTHERS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Runs the command and gives its exit code.

    Raises:
        BulletinLintError: the command line or the settings are wrong.
    """
    outputs = outputs_of(args.format or (), has_statistics=args.statistics, file=args.output_file)
    check_combination(args)
    args.fix = args.fix or args.fix_only
    args.is_watched_again = False
    if args.watch:
        return _watched(args, language, out, outputs)
    return _checked(args, language, out, outputs)


def _watched(args: argparse.Namespace, language: Language, out: TextIO, outputs: Outputs) -> int:
    """Checks until it is interrupted; settings are read, and patterns expanded, anew each time."""
    from bulletin_lint.cli.watching import watch
    from bulletin_lint.config.settings import find_settings, start_for

    paths = list(args.paths)

    def check() -> int:
        args.paths = paths
        try:
            return _checked(args, language, out, outputs)
        finally:
            # What lies there now is the report of this check.
            args.is_watched_again = True

    def places() -> list[str]:
        # Packs, waivers and the register lie beside the settings, or below them.
        named = expanded(paths) or ["."]
        starts = {start_for(each) for each in (named, *([path] for path in named))}
        found = [args.config] if args.config else [] if args.isolated else map(find_settings, sorted(starts))
        beside = dict.fromkeys(os.path.dirname(os.path.abspath(each)) for each in found if each)
        return [*named, *beside, *([args.baseline] if args.baseline else [])]

    watch(check, places, language, out, color=out.isatty())


def _checked(args: argparse.Namespace, language: Language, out: TextIO, outputs: Outputs) -> int:
    """One check; gives the exit code."""
    args.paths = expanded(args.paths)
    paths: list[str] = args.paths or ["."]
    start = check_options.settings_start(paths, args.stdin_filename)
    settings = _settings(args, start)
    try:
        return _Run(args, settings, settings.language or language, out, outputs).run(paths, start)
    except BulletinLintError as error:
        if settings.language is None or isinstance(error, DefinitionError):
            raise
        # The settings' language is known only here.
        print_error(error.describe(settings.language), settings.language)
        return FAILED


def _settings(args: argparse.Namespace, start: str) -> Settings:
    """The settings for the files in a folder, with what the command line says."""
    return with_options(
        load_settings(
            args.config, start, isolated=args.isolated, store=_store(args), further=further_mistakes
        ),
        select=check_options.words(args.select),
        ignore=check_options.words(args.ignore) or (),
        extend_select=check_options.words(args.extend_select) or (),
        exclude=check_options.words(args.exclude),
        extend_exclude=check_options.words(args.extend_exclude) or (),
        converts=not args.no_convert,
        language=args.lang,
        fail_level=args.fail_level,
    )


def _store(args: argparse.Namespace) -> CompiledStore | None:
    return None if args.no_cache else CompiledStore()


class _Run:
    """One run of the command."""

    def __init__(
        self,
        args: argparse.Namespace,
        settings: Settings,
        language: Language,
        out: TextIO,
        outputs: Outputs,
    ) -> None:
        self._args = args
        self._settings = settings
        self._language: Language = language
        self._out = out
        self._outputs = outputs

    def run(self, paths: Sequence[str], start: str) -> int:
        """Finds, lints, mends and reports; gives the exit code. Settings are looked for from `start` on."""
        args, settings = self._args, self._settings
        marks = [("", perf_counter())]
        found, shares, misnamed = find(
            paths,
            settings,
            start,
            partial(_settings, args),
            force_exclude=args.force_exclude,
            stdin_filename=args.stdin_filename,
        )
        print_settings_note(settings._replace(misnamed=misnamed), self._language)
        if args.show_files:
            return self._show_files(found)
        copies = self._copies(found)
        self._refuse_to_overwrite(
            found, [share.settings for share in shares], () if copies is None else copies.targets
        )
        groups = Groups(settings, shares, self._group)
        marks.append(("prepare", perf_counter()))
        report = self._lint(found.files, groups)
        marks.append(("check", perf_counter()))
        fixed: list[Fixed] = []
        if args.fix or args.diff:
            report, fixed = self._fix(found, report, groups, copies)
            marks.append(("fix", perf_counter()))
        report, notes = hold_against_baseline(
            report,
            groups.rulebook_of,
            args.baseline,
            write=args.write_baseline,
            prune=args.prune_baseline,
            searched=[path for path in paths if os.path.isdir(path)],
        )
        if args.add_waivers is not None:
            return self._add_waivers(report, groups)
        report = groups.folded(report)._replace(unread=found.unread)
        if copies is not None:
            report = copies.written(report, groups)
            marks.append(("annotate", perf_counter()))
        is_reported = not (args.diff or args.fix_only)
        if is_reported and self._outputs.needs_rules:
            report = report._replace(rules=groups.rule_notes(_store(args)))
        if is_reported:
            self._write(report, to_stderr=args.fix and list(paths) == [STDIN])
        self._complain(report)
        self._name_unread(found)
        if report.unjudged and report.checked:
            print_note(_unjudged(report), self._language)
        for note in notes:
            print_note(note, self._language)
        if args.verbose:
            from bulletin_lint.cli.stage_times import stage_times

            print_note(stage_times(marks, len(groups.rules)), self._language)
        return self._exit_code(found, report, fixed)

    def _copies(self, found: Discovery) -> Copies | None:
        """The copies that are to be made of documents, None where there are none."""
        args = self._args
        if not (args.fix or args.diff or args.annotate or args.annotate_dir or args.in_place):
            return None
        from bulletin_lint.cli.annotating import Copies, refuse_fix_alone, targets_of

        try:
            targets = targets_of(args, found.files)
        except BulletinLintError:
            # Which of the files were not there is said first: of them a copy was asked for too.
            for failure in found.failures:
                print_error(failure.describe(self._language), self._language)
            if found.failures and not found.files:
                raise UsageError(Wording("没有写副本。", "no copy was written.")) from None
            raise
        if targets:
            return Copies(targets, args, self._language, _store(args))
        note = refuse_fix_alone(found.files)
        if note is not None:
            print_note(note, self._language)
        return None

    def _refuse_to_overwrite(
        self, found: Discovery, settings: Sequence[Settings], copies: Sequence[Target]
    ) -> None:
        """Makes sure, before anything is written, that no report or baseline goes over what is read."""
        args, baseline = self._args, self._args.baseline or BASELINE
        reports = [output.path for output in self._outputs.reports if output.path is not None]
        is_written = args.write_baseline or args.prune_baseline
        if not (reports or is_written or copies):
            return
        from bulletin_lint.cli import output_targets
        from bulletin_lint.cli.output_targets import Kept, Target, refuse_bulletins, refuse_to_overwrite

        looked_at = [source.path for source in found.files if source.data is None]
        named = [*looked_at, *(failure.path for failure in found.failures), *found.excluded]
        kept = [
            *(Kept(path, output_targets.INPUT) for path in named),
            *(kept for each in settings for kept in output_targets.kept_of(each)),
        ]
        if is_written:
            refuse_to_overwrite([Target("--baseline", baseline)], kept)
        if is_written or args.baseline is not None:
            kept.append(Kept(baseline, output_targets.BASELINE))
        targets = [Target("--format", path) for path in reports]
        refuse_to_overwrite([*targets, *copies], kept)
        written = [*targets, *([Target("--baseline", baseline)] if is_written else [])]
        for each in settings:
            refuse_bulletins(copies, each, is_document=True)
            refuse_bulletins(() if args.is_watched_again else written, each)

    def _show_files(self, found: Discovery) -> int:
        from bulletin_lint.model.visible import visible
        from bulletin_lint.reporters.inert import say

        for source in found.files:
            say(self._out, f"{visible(source.path)}\n")
        for failure in found.failures:
            print_error(failure.describe(self._language), self._language)
        self._name_unread(found)
        if found.files and not found.failures:
            return CLEAN
        return CLEAN if _all_excluded(found) else FAILED

    def _group(self, settings: Settings, known: Known | None) -> Group:
        args = self._args
        waivers = Waivers(is_on=not args.ignore_waivers)
        if not (args.ignore_waivers or args.isolated):
            waivers = waivers_of(settings.folder, upward=settings.path is None, store=_store(args))
        wanted = is_series_rule if args.series else None
        return group_of(settings, waivers, store=_store(args), known=known, wanted=wanted)

    def _lint(self, files: Sequence[SourceFile], groups: Groups) -> Report:
        args, progress = self._args, self._progress(files)

        def judge(group: Group, own: Sequence[SourceFile]) -> Report:
            return run_rules(
                own,
                group.rulebook,
                group.settings,
                rules=group.rules,
                jobs=args.jobs,
                password=args.password,
                progress=progress,
                time_limit=args.time_limit,
                cache=not args.no_cache,
            )

        try:
            return groups.lint(files, judge)
        finally:
            if progress is not None:
                progress.close()

    def _progress(self, files: Sequence[SourceFile]) -> Progress | None:
        # For one text file nobody waits, and the module need not be loaded.
        is_slow = any(reader_info(source.kind).weight > 1 for source in files)
        if self._args.quiet or (len(files) == 1 and not is_slow):
            return None
        from bulletin_lint.cli.progress import progress_for

        return progress_for(len(files), is_slow=is_slow)

    def _fix(
        self, found: Discovery, report: Report, groups: Groups, copies: Copies | None
    ) -> tuple[Report, list[Fixed]]:
        """Mends the files that have something to mend; the report is then that of the mended files."""
        from bulletin_lint.cli.fixes import fix_and_show
        from bulletin_lint.engine.fix import lint_with, with_failures

        def lint(source: SourceFile) -> Lint:
            return lint_with(groups.linter_of(source.path), source, groups.of(source.path).waive)

        files, fixed, failed = fix_and_show(found.files, report, lint, self._args, self._language, self._out)
        is_changed = bool(fixed) and not self._args.diff
        if copies is not None:
            changed = copies.changed(report, groups)
            is_changed = is_changed or bool(changed)
            files = [changed.get(source.path, source) for source in files]
        if is_changed:
            report = self._lint(files, groups)
        return with_failures(report, failed), fixed

    def _write(self, report: Report, *, to_stderr: bool) -> None:
        args = self._args
        detail: Detail = "quiet" if args.quiet else "verbose" if args.verbose else "normal"
        style = OutputStyle(self._language, detail, args.color)
        write(report, self._outputs, sys.stderr if to_stderr else self._out, style)

    def _complain(self, report: Report) -> None:
        for note in report.notes if not self._args.quiet else ():
            print_note(note, self._language)
        printed = [] if self._args.quiet else _with_printed_waivers(report)
        if printed:
            print_note(_printed(printed), self._language)
        for document in report.documents:
            for wording in document.complaints:
                print_error(f"{document.path}: {wording.in_language(self._language)}", self._language)

    def _name_unread(self, found: Discovery) -> None:
        # Also where little is to be said: a gate never passes in silence what it did not look at.
        if found.emptied:
            from bulletin_lint.engine.nothing_found import emptied_wording

            print_note(emptied_wording(found.emptied), self._language)
        if found.unread:
            from bulletin_lint.engine.unread_files import unread_wording

            print_note(unread_wording(found.unread, besides=True), self._language)

    def _exit_code(self, found: Discovery, report: Report, fixed: Sequence[Fixed]) -> int:
        if report.failed:
            return FAILED
        if not report.checked:
            if _all_excluded(found):
                # Not nothing looked at by mistake: the user's settings said not to look.
                print_note(
                    Wording(
                        "所列文件都被 exclude 排除，未作检查。",
                        "all files named are excluded: nothing was checked.",
                    ),
                    self._language,
                )
                return CLEAN
            print_error(_nothing(report).in_language(self._language), self._language)
            return FAILED
        wrong = bool(fixed) if self._args.diff else report.fails
        return FOUND if wrong and not (self._args.exit_zero or self._args.fix_only) else CLEAN

    def _add_waivers(self, report: Report, groups: Groups) -> int:
        """Accepts what was found; gives the exit code."""
        from bulletin_lint.engine.suppression.added_waivers import add_waivers

        self._complain(report)
        if report.failed or not report.checked:
            if not report.failed:
                print_error(_nothing(report).in_language(self._language), self._language)
            return FAILED
        added = [
            add_waivers(own, group.rulebook, group.settings, self._args.add_waivers, self._language)
            for group, own in groups.apart(report)
        ]
        for each in [each for each in added if each.entries or each.left] or added[:1]:
            print_note(each.wording, self._language)
        return FOUND if any(each.left for each in added) else CLEAN


def _with_printed_waivers(report: Report) -> list[str]:
    """The plain texts that hold waivers as comments: in them nothing is hidden when they are printed."""
    return [
        document.path
        for document in report.documents
        if is_printed(document.path) and any(each.is_inline for each in document.waivers)
    ]


def _printed(names: Sequence[str]) -> Wording:
    shown, more = names[:_NAMED], len(names) > _NAMED
    return Wording(
        f"{'、'.join(shown)}{' 等' * more}：纯文本没有注释，里面的豁免会随正文印出；"
        "请改写进 waivers.yaml（--add-waivers 理由）。",
        f"{', '.join(shown)}{', …' * more}: plain text has no comments, the waivers in it are printed with "
        "the bulletin; write them into waivers.yaml instead (--add-waivers REASON).",
    )


def _all_excluded(found: Discovery) -> bool:
    return bool(found.excluded) and not found.files and not found.failures


_NAMED = 5
"""So many files are named of those for which no rule was left; the others are counted."""


def _unjudged(report: Report) -> Wording:
    names = [document.path for document in report.unjudged]
    shown, more = names[:_NAMED], len(names) > _NAMED
    return Wording(
        f"{len(names)} 份文件没有检查：per-file-ignores 对它们忽略了全部规则："
        f"{'、'.join(shown)}{' 等' * more}。"
        "若本不该检查，请改用 exclude。",
        f"{plural(len(names), 'file')} not checked, per-file-ignores leaves no rule for them: "
        f"{', '.join(shown)}{', …' * more}. Use exclude for what is not to be checked.",
    )


def _nothing(report: Report) -> Wording:
    if report.unjudged:
        return _unjudged(report)
    looked_at = len(report.documents)
    if not looked_at:
        return Wording("没有可检查的文件。", "there is nothing to check.")
    return Wording(
        f"看过 {looked_at} 个文件，都看不出是简报（没有期号、责编栏或发送栏）；"
        "如果确是简报，请在命令行上直接写出文件名。",
        f"{plural(looked_at, 'file')} looked at, none of them a bulletin (no number, imprint or distribution "
        "list); if one is, name it on the command line.",
    )
