"""Reports written where they were asked for: on standard output, in files, on the pages of GitHub Actions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from bulletin_lint._typing import NamedTuple, TextIO
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.report import Report
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters import ReporterInfo, in_pieces, load, reporter_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.reporters.terminal import Detail

_DEFAULT_WIDTH = 100
"""Columns, where no terminal says how many it has."""


class Output(NamedTuple):
    """A format and the file it goes to, None for standard output."""

    format: str
    info: ReporterInfo
    path: str | None


class Outputs(NamedTuple):
    """All that is to be written of a report."""

    reports: tuple[Output, ...]
    has_statistics: bool = False
    """Whether the count of each rule is to be shown: below a report for people, on standard error beside one
    for programs."""
    is_default: bool = False
    """Nothing in particular was asked for."""

    @property
    def needs_rules(self) -> bool:
        """Whether a format describes the rules, so that the report has to know them."""
        return any(output.info.needs_rules for output in self.reports)


class OutputStyle(NamedTuple):
    """How a report speaks to its reader."""

    language: Language
    detail: Detail = "normal"
    color: str = "auto"
    """always, never, or auto: on a terminal, unless NO_COLOR asks for none."""


def outputs_of(asked: Sequence[str], *, has_statistics: bool, file: str | None = None) -> Outputs:
    """What is to be written where, of the ``FORMAT`` and ``FORMAT=FILE`` asked for; what has no file of its
    own goes to `file`, where one is given.

    Raises:
        UsageError: there is no such format or folder, or two formats go to one place.
    """
    reports = [_output(word) for word in asked]
    if file is not None:
        _require_folder("--output-file", file)
        if not reports:
            reports.append(_output("full"))
        if all(output.path is not None for output in reports):
            raise UsageError(
                Wording(
                    "--output-file：每种格式都已用 FORMAT=FILE 写明文件",
                    "--output-file: every format has a file of its own, by FORMAT=FILE",
                )
            )
        reports = [output if output.path else output._replace(path=file) for output in reports]
    paths = [output.path for output in reports]
    # out.json and ./out.json are one place.
    places = [path if path is None else os.path.realpath(path) for path in paths]
    twice = next((path for path, place in zip(paths, places, strict=True) if places.count(place) > 1), "")
    if twice != "":
        shown = Wording("标准输出", "standard output") if twice is None else Wording(twice, twice)
        raise UsageError(
            Wording(
                f"--format：两种格式都写到{shown.zh}；请用 FORMAT=FILE 分开",
                f"--format: two formats go to {shown.en}; give one a file with FORMAT=FILE",
            )
        )
    is_default = not reports and not has_statistics
    if is_default:
        reports.append(_output("full"))
    return Outputs(tuple(reports), has_statistics, is_default)


def _output(word: str) -> Output:
    name, _, path = word.partition("=")
    info = reporter_info(name)
    if path:
        _require_folder("--format", path)
    return Output(name, info, None if path in ("", "-") else path)


def _require_folder(option: str, path: str) -> None:
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise UsageError(Wording(f"{option}：没有文件夹 {folder}", f"{option}: there is no folder {folder}"))


def write(report: Report, outputs: Outputs, stream: TextIO, style: OutputStyle) -> None:
    """Writes a report in every format asked for; what has no file of its own goes to `stream`.

    Raises:
        UsageError: a file cannot be written.
    """
    from bulletin_lint.reporters.inert import shielded

    has_color, width = _has_color(style.color, stream), _width(stream)
    for output in outputs.reports:
        to_terminal = output.path is None
        pieces = in_pieces(
            output.info,
            report,
            language=style.language,
            color=to_terminal and has_color,
            width=width if to_terminal else _DEFAULT_WIDTH,
            detail=style.detail,
        )
        if output.path is None:
            if output.info.is_prose:
                stream.writelines(map(shielded, pieces))
            else:
                from bulletin_lint.reporters.utf8 import in_utf8

                in_utf8(stream).writelines(pieces)
        else:
            # It may be the same place under another name (/dev/stdout).
            stream.flush()
            _write_file(output.path, pieces)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _tell_github(report, stream, style.language, annotates=outputs.is_default)
    if outputs.has_statistics:
        from bulletin_lint.reporters.statistics import render

        counts = render(report, language=style.language, color=has_color, width=width, detail=style.detail)
        shown = [output.info for output in outputs.reports if output.path is None]
        if all(info.is_prose for info in shown):
            stream.write(shielded(f"\n{counts}" if counts and shown else counts))
        else:
            # A person reads the counts below a report; a program would not.
            sys.stderr.write(shielded(counts))
    stream.flush()


def _width(stream: TextIO) -> int:
    if not stream.isatty():
        return _DEFAULT_WIDTH
    from bulletin_lint.reporters.terminal import terminal_width

    return terminal_width(stream) or _DEFAULT_WIDTH


def _tell_github(report: Report, stream: TextIO, language: Language, *, annotates: bool) -> None:
    """Adds annotations to the default format, and a summary to the page of the run."""
    if annotates:
        annotations = load(reporter_info("github"))
        stream.write(annotations.render(report, language=language, color=False, width=_DEFAULT_WIDTH))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        from bulletin_lint.reporters.step_summary import render

        text = render(report, language=language, color=False, width=_DEFAULT_WIDTH)
        _append(summary, text)


def _has_color(when: str, stream: TextIO) -> bool:
    if when != "auto":
        return when == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write_file(path: str, pieces: Iterable[str]) -> None:
    """Writes a report whole: a reader of the file, or the next step of a CI, never sees half of one."""
    # Few runs write a file.
    from bulletin_lint.model.atomic_write import encoded, replace_file

    try:
        replace_file(path, encoded(pieces))
    except OSError as error:
        raise _unwritable(path, error) from None


def _append(path: str, text: str) -> None:
    """Adds to a page that the CI opened for all steps."""
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: str, error: OSError) -> UsageError:
    from bulletin_lint.model.atomic_write import reason

    why = reason(error)
    return UsageError(
        Wording(
            f"报告无法写入 {path}（{why.zh}）",
            f"the report cannot be written to {path} ({why.en})",
        )
    )
