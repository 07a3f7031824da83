"""``bulletin-lint check``: find, lint, mend, report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence

from bulletin_lint._typing import Any, NamedTuple, TextIO
from bulletin_lint.cli.parser import add_time_limit, print_error, print_note
from bulletin_lint.config.settings import (
    Settings,
    load_settings,
    selected_rules,
    settings_rulebook,
    with_options,
)
from bulletin_lint.engine.discovery import STDIN, Discovery, discover
from bulletin_lint.engine.linter import Linter, is_series_rule
from bulletin_lint.engine.linter import run as run_rules
from bulletin_lint.engine.scheduler import TIME_LIMIT
from bulletin_lint.engine.suppression import BASELINE, Waivers, hold_against_baseline, waivers_of
from bulletin_lint.model.document import Reading
from bulletin_lint.model.errors import BulletinLintError, DefinitionError, SourceError, UsageError
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import SEVERITIES, Violation
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import content_of, reader_info, reader_of
from bulletin_lint.reporters import REPORTERS, in_pieces, reporter
from bulletin_lint.reporters.terminal import Detail, terminal_width
from bulletin_lint.rulebook.rulebook import Rule, Rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from bulletin_lint.cli.progress import Progress
    from bulletin_lint.engine.fix import Fixed, Lint

CLEAN, FOUND, FAILED = 0, 1, 2
_DEFAULT_WIDTH = 100
"""Columns, where no terminal says how many it has."""


EPILOG = Wording(
    """\
示例：
  bulletin-lint check 第11期.md                    检查一期
  bulletin-lint check 2020年 --fail-level warning  检查一年的简报，有警告也算失败
  bulletin-lint check . --diff                     只看可以自动修复什么
  bulletin-lint check . --baseline bulletin-lint-baseline.jsonl
                                                   旧问题已登记，只管新问题
  bulletin-lint check . --format full --format sarif=bulletin-lint.sarif
                                                   在屏幕上显示，另写一份 SARIF

退出码：0 没有达到失败级别的问题；1 有问题；2 未能完成检查。""",
    """\
Examples:
  bulletin-lint check 11.md                        check one issue
  bulletin-lint check 2020 --fail-level warning    check a year's issues; warnings fail too
  bulletin-lint check . --diff                     see what could be mended
  bulletin-lint check . --baseline bulletin-lint-baseline.jsonl
                                                   old violations are known, only new ones count
  bulletin-lint check . --format full --format sarif=bulletin-lint.sarif
                                                   show the report, and write it as SARIF

Exit codes: 0 nothing at or above the fail level; 1 violations; 2 the job could not be done.""",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``check``."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say(
            "文件、文件夹，或 - 表示标准输入；默认为当前文件夹",
            "files, folders, or - for standard input; by default the current folder",
        ),
    )
    add = parser.add_argument_group(say("规则和配置：", "Rules and settings:")).add_argument
    add(
        "--config",
        metavar="FILE",
        help=say("使用这个配置文件，不再查找", "use this settings file and look for no other"),
    )
    add("--isolated", action="store_true", help=say("不读任何配置文件", "read no settings file"))
    add(
        "--select",
        action="append",
        metavar="CODES",
        help=say(
            "只用这些规则：编号或编号前缀，逗号分隔，或 ALL",
            "run these rules only: codes or prefixes of codes, separated by commas, or ALL",
        ),
    )
    add("--ignore", action="append", metavar="CODES", help=say("不用这些规则", "do not run these rules"))
    add(
        "--extend-select",
        action="append",
        metavar="CODES",
        help=say("除配置选定的规则外，再用这些", "run these rules as well as those that the settings select"),
    )
    add(
        "--series",
        action="store_true",
        help=say(
            "只用跨期规则（期号、总期号、日期的先后），不看各期内容",
            "run only the rules across issues (numbers, dates), not those of single bulletins",
        ),
    )
    files = parser.add_argument_group(say("检查哪些文件：", "Which files:")).add_argument
    files(
        "--exclude",
        action="append",
        metavar="GLOBS",
        help=say(
            "在文件夹中查找时排除这些路径，代替配置中的 exclude",
            "leave these paths out when searching folders, instead of those in the settings",
        ),
    )
    files(
        "--force-exclude",
        action="store_true",
        help=say("直接写出的文件也照样排除", "leave excluded files out even if they are named"),
    )
    add = parser.add_argument_group(say("修复：", "Mending:")).add_argument
    add("--fix", action="store_true", help=say("修复可以安全修复的问题", "mend what is safe to mend"))
    add(
        "--unsafe-fixes",
        action="store_true",
        help=say("连同可能改变原意的修复一起做", "with --fix or --diff: also mend what may change the sense"),
    )
    add(
        "--diff",
        action="store_true",
        help=say(
            "不写文件，只显示 --fix 会作的改动；有改动时退出码为 1",
            "write nothing, show what --fix would change; exit code 1 if there is anything",
        ),
    )
    report = parser.add_argument_group(say("报告：", "Report:")).add_argument
    report(
        "--format",
        action="append",
        metavar="FORMAT[=FILE]",
        help=say(
            f"报告的格式：{'、'.join(sorted(REPORTERS))}；默认 full；可多次使用，各写入自己的文件",
            f"format of the report: {', '.join(sorted(REPORTERS))}; by default full; can be given several "
            "times, each with a file of its own",
        ),
    )
    report(
        "--fail-level",
        choices=SEVERITIES,
        metavar="LEVEL",
        help=say(
            "达到这一级别即退出码为 1：error（默认）、warning 或 info",
            "exit code 1 from this level on: error (default), warning or info",
        ),
    )
    add = parser.add_argument_group(say("例外：", "Exceptions:")).add_argument
    add(
        "--baseline",
        metavar="FILE",
        help=say(
            "已知问题的清单：其中的问题不再算数，只有新问题算数",
            "a list of known violations: those in it no longer count, only new ones do",
        ),
    )
    add(
        "--write-baseline",
        action="store_true",
        help=say(
            f"把现有问题写入基线（未写 --baseline 时为 {BASELINE}），不再有对应问题的条目一并删去",
            f"write what is found to the baseline (without --baseline to {BASELINE}); what no longer fits "
            "is left out",
        ),
    )
    add(
        "--prune-baseline",
        action="store_true",
        help=say(
            "从基线中删去不再有对应问题的条目，不添新的",
            "remove from the baseline what no longer fits anything, and add nothing",
        ),
    )
    add(
        "--ignore-waivers",
        action="store_true",
        help=say(
            "不理会豁免（注释和 waivers.yaml），所有问题都算数",
            "let no waiver count, neither comments nor waivers.yaml",
        ),
    )
    report(
        "--exit-zero",
        action="store_true",
        help=say(
            "有问题时退出码也为 0；未能检查时仍为 2", "exit code 0 even with violations; never instead of 2"
        ),
    )
    report(
        "--statistics",
        action="store_true",
        help=say("显示每条规则的次数", "show how often each rule was broken"),
    )
    running = parser.add_argument_group(say("运行：", "Running:")).add_argument
    running(
        "--jobs",
        metavar="N",
        type=_job_count(language),
        help=say("进程数；默认按工作量而定", "number of processes; by default as the work deserves"),
    )
    running(
        "--no-cache",
        action="store_true",
        help=say(
            "不用缓存：规则、各期的号码和上次的结果",
            "use no cache: of rules, of issues' numbers, of earlier results",
        ),
    )
    report(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help=say(
            "颜色：auto（默认，在终端上）、always 或 never；尊重 NO_COLOR",
            "colours: auto (default: on a terminal), always or never; NO_COLOR is honoured",
        ),
    )
    report("-q", "--quiet", action="store_true", help=say("只显示问题", "show violations only"))
    report(
        "-v",
        "--verbose",
        action="store_true",
        help=say(
            "另外显示每份文件的编码、跳过的文件和用时",
            "also show every file's encoding, what was skipped, and timings",
        ),
    )
    files(
        "--stdin-filename",
        metavar="FILE",
        help=say("标准输入的文件名，用于报告和判断类型", "file name of standard input, for reports and kind"),
    )
    files(
        "--show-files",
        action="store_true",
        help=say("只列出会检查的文件", "only list the files that would be checked"),
    )
    files(
        "--password",
        metavar="PASSWORD",
        help=say("加密 PDF 的密码", "password of encrypted PDFs"),
    )
    add_time_limit(parser, language, TIME_LIMIT)


def _job_count(language: Language) -> Any:
    def job_count(text: str) -> int:
        import argparse

        if not text.isdecimal() or int(text) < 1:
            wording = Wording(f"“{text}”不是大于 0 的整数", f"'{text}' is not a whole number above 0")
            raise argparse.ArgumentTypeError(wording.in_language(language))
        return int(text)

    return job_count


class Output(NamedTuple):
    """A format and the file it goes to, None for standard output."""

    format: str
    path: str | None


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Runs the command and gives its exit code.

    Raises:
        BulletinLintError: the command line or the settings are wrong.
    """
    outputs = _outputs(args)
    _check_combination(args)
    paths: list[str] = args.paths or ["."]
    settings = with_options(
        load_settings(args.config, _start(paths, args), isolated=args.isolated, cache=not args.no_cache),
        select=_words(args.select),
        ignore=_words(args.ignore) or (),
        extend_select=_words(args.extend_select) or (),
        exclude=_words(args.exclude),
        language=args.lang,
        fail_level=args.fail_level,
    )
    try:
        return _Run(args, settings, settings.language or language, out, outputs).run(paths)
    except BulletinLintError as error:
        if settings.language is None or isinstance(error, DefinitionError):
            raise
        # The settings' language is known only here.
        print_error(error.describe(settings.language), settings.language)
        return FAILED


class _Run:
    """One run of the command."""

    def __init__(
        self,
        args: argparse.Namespace,
        settings: Settings,
        language: Language,
        out: TextIO,
        outputs: Sequence[Output],
    ) -> None:
        self._args = args
        self._settings = settings
        self._language: Language = language
        self._out = out
        self._outputs = outputs
        self._waivers = Waivers(is_on=False)
        if not args.ignore_waivers:
            self._waivers = (
                Waivers()
                if args.isolated
                else waivers_of(settings.folder, upward=settings.path is None, cache=not args.no_cache)
            )

    def run(self, paths: Sequence[str]) -> int:
        """Finds, lints, mends and reports; gives the exit code."""
        args, settings = self._args, self._settings
        clock = _Clock()
        found = discover(
            paths,
            globs=settings.bulletins,
            exclude=settings.exclude,
            force_exclude=args.force_exclude,
            stdin_filename=args.stdin_filename,
            root=settings.folder,
        )
        if args.show_files:
            return self._show_files(found)
        rulebook = settings_rulebook(settings, cache=not args.no_cache)
        rules = selected_rules(settings, rulebook)
        if args.series:
            rules = tuple(rule for rule in rules if is_series_rule(rule))
        if not rules:
            raise UsageError(Wording("没有选中任何规则。", "no rule is selected."))
        clock.lap("prepare")
        report = self._lint(found, found.files, rulebook, rules)
        clock.lap("check")
        fixed: list[Fixed] = []
        if args.fix or args.diff:
            report, fixed = self._fix(found, report, rulebook, rules)
            clock.lap("fix")
        report, notes = hold_against_baseline(
            report,
            rulebook,
            args.baseline,
            write=args.write_baseline,
            prune=args.prune_baseline,
            searched=[path for path in paths if os.path.isdir(path)],
        )
        report = report._replace(fail_level=settings.fail_level)
        if not args.diff and any(output.format == "sarif" for output in self._outputs):
            from bulletin_lint.rulebook.notes import rule_notes

            report = report._replace(rules=rule_notes(settings, rules))
        if not args.diff:
            self._write(report, to_stderr=args.fix and list(paths) == [STDIN])
        self._complain(report)
        for note in notes:
            print_note(note, self._language)
        if args.verbose:
            print_note(clock.wording(len(rules)), self._language)
        return self._exit_code(found, report, fixed)

    def _show_files(self, found: Discovery) -> int:
        for source in found.files:
            self._out.write(f"{source.path}\n")
        for failure in found.failures:
            print_error(failure.describe(self._language), self._language)
        if found.files and not found.failures:
            return CLEAN
        return CLEAN if _all_excluded(found) else FAILED

    def _lint(
        self, found: Discovery, files: Sequence[SourceFile], rulebook: Rulebook, rules: Sequence[Rule]
    ) -> Report:
        progress = self._progress(files)
        try:
            report = run_rules(
                files,
                rulebook,
                self._settings,
                rules=rules,
                jobs=self._args.jobs,
                password=self._args.password,
                progress=progress,
                time_limit=self._args.time_limit,
                cache=not self._args.no_cache,
            )
        finally:
            if progress is not None:
                progress.close()
        failures = [_failure(error) for error in found.failures]
        documents = sorted((*report.documents, *failures), key=lambda document: document.path)
        return self._waivers.apply(report._replace(documents=tuple(documents)), rulebook, rules)

    def _progress(self, files: Sequence[SourceFile]) -> Progress | None:
        # For one text file nobody waits, and the module need not be loaded.
        is_slow = any(reader_info(source.kind).weight > 1 for source in files)
        if self._args.quiet or (len(files) == 1 and not is_slow):
            return None
        from bulletin_lint.cli.progress import progress_for

        return progress_for(len(files), is_slow=is_slow)

    def _fix(
        self, found: Discovery, report: Report, rulebook: Rulebook, rules: Sequence[Rule]
    ) -> tuple[Report, list[Fixed]]:
        """Mends the files that have something to mend; the report is then that of the mended files."""
        from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE, diff, fix_file, write_atomically

        args, language = self._args, self._language
        wanted = SAFE_AND_UNSAFE if args.unsafe_fixes else SAFE
        by_path = {document.path: document for document in report.documents}
        linter = Linter(
            rulebook,
            rules,
            required=self._settings.required,
            settings=self._settings,
        )
        files: list[SourceFile] = []
        fixed: list[Fixed] = []
        failed: dict[str, Wording] = {}
        for source in found.files:
            files.append(source)
            document = by_path.get(source.path)
            mendable = document is not None and any(
                violation.fix is not None
                and violation.fix.source_edits
                and violation.fix.applicability in wanted
                for violation in document.violations
            )
            content = source.data
            if mendable:
                try:
                    before = content_of(source)
                    lint = _lint_with(
                        linter, source, lambda report: self._waivers.apply(report, rulebook, rules)
                    )
                    result = fix_file(before, lint, applicabilities=wanted)
                    for refused in result.refused:
                        print_note(
                            _refusal(source.path, refused.line, refused.code, refused.reason), language
                        )
                    if args.diff:
                        self._out.write(diff(source.path, result.text_before, result.text_after))
                    elif result.changed and source.data is None:
                        write_atomically(source.path, result.after, expected=before)
                except SourceError as error:
                    failed[source.path] = error.wording
                    continue
                if result.changed:
                    fixed.append(result)
                    content = result.after if source.data is not None else None
            if source.data is not None and args.fix and not args.diff and content is not None:
                # Standard input was given: its mended content is what standard output is for.
                self._out.flush()
                self._out.buffer.write(content)
                self._out.buffer.flush()
                files[-1] = source._replace(data=content)
        if fixed or args.diff:
            count = sum(result.applied for result in fixed)
            print_note(_fixed_wording(count, len(fixed), is_diff=args.diff), language)
        if fixed and not args.diff:
            report = self._lint(found, files, rulebook, rules)
        return _with_failures(report, failed), fixed

    def _write(self, report: Report, *, to_stderr: bool) -> None:
        """Writes the report in every format asked for."""
        args = self._args
        detail: Detail = "quiet" if args.quiet else "verbose" if args.verbose else "normal"
        stream = sys.stderr if to_stderr else self._out
        for output in self._outputs:
            to_terminal = output.path is None
            pieces = in_pieces(
                output.format,
                report,
                language=self._language,
                color=to_terminal and _has_color(args.color, stream),
                width=_width(stream) if to_terminal else _DEFAULT_WIDTH,
                detail=detail,
            )
            if output.path is None:
                is_plain = output.format in ("full", "concise")
                stream.writelines(map(_without_commands, pieces) if is_plain else pieces)
            else:
                _write_file(output.path, pieces)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            self._tell_github(report, stream)
        if args.statistics:
            from bulletin_lint.reporters.statistics import render

            stream.write(
                render(
                    report,
                    language=self._language,
                    color=_has_color(args.color, stream),
                    width=_width(stream),
                    detail=detail,
                )
            )
        stream.flush()

    def _tell_github(self, report: Report, stream: TextIO) -> None:
        """Adds annotations to the default format, and a summary to the page of the run."""
        if not self._args.format and not self._args.statistics:
            annotations = reporter("github")
            stream.write(annotations(report, language=self._language, color=False, width=_DEFAULT_WIDTH))
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary:
            from bulletin_lint.reporters.step_summary import render

            text = render(report, language=self._language, color=False, width=_DEFAULT_WIDTH)
            _write_file(summary, [text], mode="a")

    def _complain(self, report: Report) -> None:
        for note in report.notes if not self._args.quiet else ():
            print_note(note, self._language)
        for document in report.documents:
            for wording in document.complaints:
                print_error(f"{document.path}: {wording.in_language(self._language)}", self._language)

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
        wrong = bool(fixed) if self._args.diff else report.reaches(self._settings.fail_level)
        return FOUND if wrong and not self._args.exit_zero else CLEAN


def _outputs(args: argparse.Namespace) -> list[Output]:
    """The formats asked for and where each goes.

    Raises:
        UsageError: there is no such format or folder, or two formats go to one place.
    """
    outputs: list[Output] = []
    for word in args.format or ():
        name, _, path = word.partition("=")
        if name not in REPORTERS:
            known = sorted(REPORTERS)
            raise UsageError(
                Wording(
                    f"--format：没有格式“{name}”，可用：{'、'.join(known)}",
                    f"--format: there is no format '{name}'; there are: {', '.join(known)}",
                )
            )
        folder = os.path.dirname(path) or "."
        if path and not os.path.isdir(folder):
            raise UsageError(
                Wording(f"--format：没有文件夹 {folder}", f"--format: there is no folder {folder}")
            )
        outputs.append(Output(name, None if path in ("", "-") else path))
    places = [output.path for output in outputs] + ([None] if args.statistics else [])
    twice = next((place for place in places if places.count(place) > 1), "")
    if twice != "":
        shown = Wording("标准输出", "standard output") if twice is None else Wording(twice, twice)
        raise UsageError(
            Wording(
                f"--format：两种格式都写到{shown.zh}；请用 FORMAT=FILE 分开",
                f"--format: two formats go to {shown.en}; give one a file with FORMAT=FILE",
            )
        )
    if not outputs and not args.statistics:
        outputs.append(Output("full", None))
    return outputs


def _check_combination(args: argparse.Namespace) -> None:
    """Refuses options that do not go together.

    Raises:
        UsageError: they do not.
    """
    pairs = (
        (args.config and args.isolated, "--config", "--isolated"),
        (args.quiet and args.verbose, "--quiet", "--verbose"),
        (args.diff and args.write_baseline, "--diff", "--write-baseline"),
        (args.write_baseline and args.prune_baseline, "--write-baseline", "--prune-baseline"),
        (args.diff and args.format, "--diff", "--format"),
        (args.diff and args.statistics, "--diff", "--statistics"),
    )
    for both, first, second in pairs:
        if both:
            raise UsageError(
                Wording(f"{first} 不能与 {second} 同用", f"{first} cannot go together with {second}")
            )
    if args.prune_baseline and not args.baseline:
        raise UsageError(
            Wording(
                "--prune-baseline 要与 --baseline FILE 同用",
                "--prune-baseline goes together with --baseline FILE",
            )
        )
    if STDIN in args.paths and len(args.paths) > 1:
        raise UsageError(
            Wording(
                "- （标准输入）不能与其他路径同用", "- (standard input) cannot go together with other paths"
            )
        )
    if args.stdin_filename and STDIN not in args.paths:
        raise UsageError(
            Wording("--stdin-filename 要与路径 - 同用", "--stdin-filename goes together with the path -")
        )


def _words(given: Sequence[str] | None) -> list[str] | None:
    """The words of an option that takes several, separated by commas or given again."""
    if given is None:
        return None
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def _start(paths: Sequence[str], args: argparse.Namespace) -> str:
    """The folder from which settings are looked for: the deepest that holds every path."""
    if STDIN in paths:
        return os.path.dirname(os.path.abspath(args.stdin_filename)) if args.stdin_filename else "."
    folders = [path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths]
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders])
    except ValueError:  # on two drives, or no path at all
        return "."


def _lint_with(linter: Linter, source: SourceFile, waive: Callable[[Report], Report]) -> Lint:
    from bulletin_lint.engine.fix import shape_of

    # It was found to be a bulletin before; while it is mended nothing is skipped.
    named = source._replace(explicit=True, data=None)

    def lint(data: bytes) -> tuple[Reading, Sequence[Violation], object]:
        linted = linter.lint(named, data)
        document = linted.document
        if document is None:
            error = linted.result.error or Wording("无法读取", "cannot be read")
            raise SourceError(source.path, error)
        # What is waived is to stay as it is.
        judged = next(each for each in waive(Report((linted.result,))).documents if each.path == source.path)
        return document.reading, judged.violations, shape_of(document.bulletin)

    return lint


def _failure(error: SourceError) -> FileResult:
    return FileResult(error.path, reader_of(error.path), error=error.wording)


def _with_failures(report: Report, failed: dict[str, Wording]) -> Report:
    return report._replace(
        documents=tuple(
            document._replace(failures=(*document.failures, failed[document.path]))
            if document.path in failed
            else document
            for document in report.documents
        )
    )


def _all_excluded(found: Discovery) -> bool:
    return bool(found.excluded) and not found.files and not found.failures


def _refusal(path: str, line: int, code: str, reason: Wording) -> Wording:
    return Wording(
        f"{path}:{line}：{code} 未修复：{reason.zh}", f"{path}:{line}: {code} not fixed: {reason.en}"
    )


def _fixed_wording(count: int, files: int, *, is_diff: bool) -> Wording:
    if is_diff and not count:
        return Wording("没有可修复的问题。", "nothing to fix.")
    said = Wording("可修复", "would fix") if is_diff else Wording("已修复", "fixed")
    en_files = "1 file" if files == 1 else f"{files} files"
    en_count = "1 violation" if count == 1 else f"{count} violations"
    return Wording(f"{said.zh} {count} 处（{files} 个文件）。", f"{said.en} {en_count} in {en_files}.")


def _nothing(report: Report) -> Wording:
    looked_at = len(report.documents)
    if not looked_at:
        return Wording("没有可检查的文件。", "there is nothing to check.")
    en_files = "1 file" if looked_at == 1 else f"{looked_at} files"
    return Wording(
        f"看过 {looked_at} 个文件，都看不出是简报（没有期号、责编栏或发送栏）；"
        "如果确是简报，请在命令行上直接写出文件名。",
        f"{en_files} looked at, none of them a bulletin (no number, imprint or distribution list); "
        "if one is, name it on the command line.",
    )


def _has_color(when: str, stream: TextIO) -> bool:
    if when != "auto":
        return when == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width(stream: TextIO) -> int:
    return terminal_width(stream) or _DEFAULT_WIDTH


def _without_commands(text: str) -> str:
    """The text as GitHub Actions must read it: words of a bulletin are no workflow commands."""
    if os.environ.get("GITHUB_ACTIONS") != "true" or not ("::" in text or "##[" in text):
        return text
    token = os.urandom(16).hex()
    return f"::stop-commands::{token}\n{text}\n::{token}::\n"


def _write_file(path: str, pieces: Iterable[str], mode: str = "w") -> None:
    try:
        with open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise UsageError(
            Wording(
                f"报告无法写入 {path}（错误 {error.errno}）",
                f"the report cannot be written to {path} ({error.strerror})",
            )
        ) from None


class _Clock:
    """How long each stage took."""

    def __init__(self) -> None:
        from time import perf_counter

        self._now = perf_counter
        self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        now = self._now()
        self._laps[stage] = now - self._last
        self._last = now

    def wording(self, rules: int) -> Wording:
        """The stages in milliseconds."""
        names = {
            "prepare": Wording("准备", "prepare"),
            "check": Wording("检查", "check"),
            "fix": Wording("修复", "fix"),
        }
        times = {name: f"{seconds * 1000:.0f}" for name, seconds in self._laps.items()}
        return Wording(
            f"用了 {rules} 条规则；用时："
            + "，".join(f"{names[n].zh} {t} 毫秒" for n, t in times.items())
            + "。",
            f"{rules} rules; time: " + ", ".join(f"{names[n].en} {t} ms" for n, t in times.items()) + ".",
        )
