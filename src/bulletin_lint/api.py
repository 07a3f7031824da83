"""What programs may rely on: checking, parsing and fixing from Python, an engine for servers and clusters.

`bulletin_lint` offers the names of `__all__` without importing this module before one is asked for. They keep
to the versioning promise; all else in the package is internal. docs/python.md shows each at work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.config.settings import Settings as Settings
from bulletin_lint.config.settings import load_settings as load_settings
from bulletin_lint.config.settings import named, start_for, with_options
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.cache.regexes import keep_regexes, use_kept_regexes
from bulletin_lint.engine.discovery import known_kind
from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE, fix_file, lint_with
from bulletin_lint.engine.fix import Fixed as Fixed
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.plain_forms import record_from_plain as record_from_plain
from bulletin_lint.engine.plain_forms import record_to_plain as record_to_plain
from bulletin_lint.engine.plain_forms import result_from_plain as result_from_plain
from bulletin_lint.engine.plain_forms import result_to_plain as result_to_plain
from bulletin_lint.engine.run import run
from bulletin_lint.engine.scheduler import TIME_LIMIT, lint_files
from bulletin_lint.engine.series_run import judge_series, report_of
from bulletin_lint.engine.settings_groups import Group, Groups, find, group_of
from bulletin_lint.engine.suppression import Waivers, waivers_of
from bulletin_lint.engine.suppression.folding import fold
from bulletin_lint.model.document import Document as Document
from bulletin_lint.model.errors import BulletinLintError as BulletinLintError
from bulletin_lint.model.errors import DefinitionError as DefinitionError
from bulletin_lint.model.errors import SourceError as SourceError
from bulletin_lint.model.errors import UsageError as UsageError
from bulletin_lint.model.report import FileResult as FileResult
from bulletin_lint.model.report import Report as Report
from bulletin_lint.model.source import SourceFile, require_regular
from bulletin_lint.model.violation import Violation as Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import HEAD, content_of, kind_by_content, reader_info, reader_of
from bulletin_lint.rulebook.load import load_rulebook as load_rulebook_of
from bulletin_lint.rulebook.load import selected_rules
from bulletin_lint.rulebook.rulebook import Rulebook as Rulebook
from bulletin_lint.series.issue import IssueRecord as IssueRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import Future

    from bulletin_lint.engine.workers.pool import Pool
    from bulletin_lint.rulebook.load import Known

Result = LintResult
"""What the rules said of one bulletin by itself: its `file` and the `record` of its issue."""

Source = str | os.PathLike[str] | tuple[str, bytes]
"""A file: its path, or a name and the bytes that it holds, which then are not looked for on disk."""


def check(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    settings: Settings | None = None,
    *,
    jobs: int | None = 1,
    cache: bool = True,
    password: str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Report:
    """Checks files and folders, or one of them, as `bulletin-lint check` does, series and waivers included.

    `settings` hold for all files. By default each goes by those that the command would find: the nearest
    upward from it; without any, the nearest waivers.yaml counts all the same. `jobs` is the
    number of processes, None for as many as the work deserves; whatever the number, a PDF is read in a
    process of its own and may take `time_limit` seconds of processor time. Without `cache` nothing is kept on
    disk.
    A file that could not be checked says why in its `error`; it is not an exception.

    Raises:
        DefinitionError: the settings, a pack or the waivers are wrong.
        UsageError: the settings select no rule.
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    names = [os.fspath(path) for path in given]
    store = CompiledStore() if cache else None
    if cache:
        use_kept_regexes()
    start = start_for(names)
    known = load_settings(start=start, store=store) if settings is None else named(settings)
    found = find(names, known, start, lambda folder: load_settings(start=folder, store=store))

    def group(own: Settings, known: Known | None) -> Group:
        waivers = Waivers()
        if settings is None or own.path is not None:
            waivers = waivers_of(own.folder, upward=own.path is None, store=store)
        return group_of(own, waivers, store=store, known=known)

    def judge(group: Group, files: Sequence[SourceFile]) -> Report:
        return run(
            files,
            group.rulebook,
            group.settings,
            rules=group.rules,
            jobs=jobs,
            password=password,
            time_limit=time_limit,
            cache=cache,
        )

    groups = Groups(known, found.shares, group)
    report = groups.folded(groups.lint(found.discovery.files, judge))
    if cache:
        keep_regexes()
    return report


def check_bytes(data: bytes, name: str, settings: Settings | None = None, *, cache: bool = True) -> Report:
    """Checks one bulletin that is held in memory; `name` tells its kind, as 11.md or 11.pdf.

    The settings are those of a run without a file if none are given; none are looked for. The series is this
    one issue. With `cache` compiled rules are kept on disk, without which each call reads all packs anew;
    nothing of the bulletin ever is.

    Raises:
        DefinitionError: a pack or the waivers are wrong.
        UsageError: the settings select no rule.
    """
    engine = Engine(settings, cache=cache)
    return engine.judge((), [engine.lint((name, data))])


def parse(data: bytes, name: str, settings: Settings | None = None, *, cache: bool = True) -> Document:
    """The parts of a bulletin, without judging them; `name`, `settings` and `cache` as of `check_bytes`.

    It is read in this process: of a PDF from a stranger, ask an `Engine` instead, which risks another one.

    Raises:
        SourceError: it cannot be read.
    """
    return Engine(settings, cache=cache).parse(data, name)


def fix_bytes(
    data: bytes, name: str, settings: Settings | None = None, *, unsafe: bool = False, cache: bool = True
) -> Fixed:
    """What `--fix` would make of a bulletin: its bytes before and after, and what was refused, with reasons.

    With `unsafe` also what may change a meaning. A kind that cannot be written back, as PDF, stays as it is
    and is not even read. `name`, `settings` and `cache` as of `check_bytes`.

    Raises:
        SourceError: it cannot be read.
    """
    return Engine(settings, cache=cache).fix(data, name, unsafe=unsafe)


def load_rulebook(
    packs: Sequence[str] | None = None, settings: Settings | None = None, *, cache: bool = True
) -> Rulebook:
    """The rules of some packs, built-in ones by name and others by path; or those that settings ask for.
    With `cache` they are kept compiled on disk.

    Raises:
        DefinitionError: a pack is wrong.
    """
    known = settings if settings is not None else Settings()
    chosen = known if packs is None else known._replace(extends=tuple(packs))
    return load_rulebook_of(chosen, CompiledStore() if cache else None)


class Engine:
    """Settings and rules, ready to judge bulletins one by one, here or elsewhere.

    It can be pickled and holds nothing of the bulletins that it has seen. What it says of one is a `Result`,
    which is small, holds no document, and can be pickled or made plain; `judge` brings the results of many
    together, wherever they were made.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] = (),
        password: str | None = None,
        time_limit: float = TIME_LIMIT,
        cache: bool = True,
    ) -> None:
        """`settings` are those of a run without a file if none are given; `select` and `ignore` are words as
        on the command line. With `cache` compiled rules and patterns are kept on disk; nothing of a bulletin
        ever is.

        Raises:
            DefinitionError: a pack or the waivers are wrong.
            UsageError: no rule is selected, or a word fits none.
        """
        known = settings if settings is not None else Settings()
        self.settings = with_options(known, select=select, ignore=ignore)
        store = CompiledStore() if cache else None
        if cache:
            use_kept_regexes()
        self.rulebook = load_rulebook_of(self.settings, store)
        self.rules = selected_rules(self.settings, self.rulebook)
        if not self.rules:
            raise UsageError(Wording("没有选中任何规则。", "no rule is selected."))
        self._password = password
        self._time_limit = time_limit
        # A run without settings knows no folder whose waivers could be meant.
        self._waivers = (
            waivers_of(self.settings.folder, upward=False, store=store)
            if self.settings.path is not None
            else Waivers()
        )
        self._linter = Linter(
            self.rulebook,
            self.rules,
            required=self.settings.required,
            settings=self.settings,
            password=password,
        )

    def lint(self, source: Source) -> Result:
        """What the rules say of one bulletin by itself; its series and waivers are for `judge`.

        A text is judged in this process, a PDF in another, so that one that breaks its reader costs nothing
        but its own result. Whatever is wrong with the file stands in the result's `file.error`.

        Raises:
            BulletinLintError: no process can be started.
        """
        try:
            file = _file(source)
        except SourceError as error:
            return _refused(error)
        (linted,) = lint_files(self._linter.lint, [file], time_limit=self._time_limit, settings=self.settings)
        return linted

    def judge(self, records: Iterable[IssueRecord], results: Iterable[Result]) -> Report:
        """The report on bulletins: what was found in each, what their series says, and what is waived.

        `records` are what is known of further issues of the series, `Result.record` of earlier runs or of
        other machines; those of the results themselves are taken from there. Nothing is said of an issue of
        which there is no result.
        """
        files: dict[str, FileResult] = {}
        issues: dict[str, IssueRecord] = {record.name: record for record in records}
        for result in results:
            files[result.file.path] = result.file
            if result.record is not None:
                issues[result.record.name] = result.record
        judged = judge_series(self.rulebook, self.rules, list(issues.values()), self.settings.series, files)
        return self.waive(report_of(judged))

    def waive(self, report: Report) -> Report:
        """A report with what waivers silence set apart, those in the bulletins and the settings' own."""
        return fold(self._set_apart(report), self.rulebook)._replace(fail_level=self.settings.fail_level)

    def _set_apart(self, report: Report) -> Report:
        return self._waivers.apply(report, self.rulebook, self.rules)

    def parse(self, data: bytes, name: str) -> Document:
        """The parts of a bulletin, without judging them; read in this process.

        Raises:
            SourceError: it cannot be read.
        """
        return self._linter.read(_file((name, data)))

    def fix(self, data: bytes, name: str, *, unsafe: bool = False) -> Fixed:
        """What fixing makes of a bulletin, as `fix_bytes`; a text is read in this process, a PDF not at all.

        Raises:
            SourceError: it cannot be read.
        """
        source = _file((name, data))
        if not reader_info(source.kind).is_editable:
            return Fixed(data, data, "", "", 0, ())
        lint = lint_with(self._linter, source, self._set_apart)
        return fix_file(content_of(source), lint, applicabilities=SAFE_AND_UNSAFE if unsafe else SAFE)

    def pool(self, processes: int | None = None) -> EnginePool:
        """Processes that stay and lint for this engine, each bulletin in one of its own."""
        return EnginePool(self, processes)

    def __reduce__(self) -> tuple[Any, ...]:
        return _engine, (
            self.settings,
            self.rulebook,
            tuple(rule.code for rule in self.rules),
            self._waivers,
            self._password,
            self._time_limit,
        )


class EnginePool:
    """Processes that are ready, for as long as the pool is open; for servers and editors.

    Its program may have threads, may be a daemonic process of `multiprocessing`, and needs no guarded main
    module. Each bulletin, texts too, is read in a process of its own.
    """

    def __init__(self, engine: Engine, processes: int | None = None) -> None:
        """`processes` is how many bulletins are read at the same time, by default one a processor."""
        from bulletin_lint.engine.workers.pool import Pool

        self._time_limit = engine._time_limit
        self._pool: Pool = Pool(engine._linter, processes)

    def start(self) -> None:
        """Has processes started now and not when the first bulletin comes, which takes some seconds."""
        self._pool.start()

    def submit(self, source: Source, *, time_limit: float | None = None) -> Future[Result]:
        """Has a bulletin linted, as `Engine.lint`, in so many seconds of processor time.

        The future raises nothing but `CancelledError`: a bulletin that brought its process down gives a
        result that says so.

        Raises:
            RuntimeError: the pool was closed, or made in another process.
        """
        try:
            file = _file(source)
        except SourceError as error:
            from concurrent.futures import Future

            refused: Future[Result] = Future()
            refused.set_result(_refused(error))
            return refused
        limit = self._time_limit if time_limit is None else time_limit
        return self._pool.submit(file, time_limit=limit)

    def close(self, *, wait: bool = True) -> None:
        """Ends all processes, after what was submitted is done; with `wait` false at once."""
        self._pool.close(wait=wait)

    def __enter__(self) -> EnginePool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _engine(
    settings: Settings,
    rulebook: Rulebook,
    codes: Sequence[str],
    waivers: Waivers,
    password: str | None,
    time_limit: float,
) -> Engine:
    """An engine on the other side of a pickle: nothing is read from disk there."""
    engine = Engine.__new__(Engine)
    engine.settings = settings
    engine.rulebook = rulebook
    chosen = set(codes)
    engine.rules = tuple(rule for rule in selected_rules(settings, rulebook) if rule.code in chosen)
    engine._waivers = waivers
    engine._password = password
    engine._time_limit = time_limit
    engine._linter = Linter(
        rulebook, engine.rules, required=settings.required, settings=settings, password=password
    )
    return engine


def _file(source: Source) -> SourceFile:
    """The file that is meant.

    Raises:
        SourceError: it is of a kind that is known and not read, as the command says of it.
    """
    if isinstance(source, tuple):
        path, data = source
        return SourceFile(path, known_kind(path) or kind_by_content(data), explicit=True, data=data)
    path = os.fspath(source)
    return SourceFile(path, known_kind(path) or kind_by_content(_head(path)), explicit=True)


def _head(path: str) -> bytes:
    """The first bytes of a file; none where it cannot be read, which its reader then says."""
    try:
        # To open a pipe may wait for ever.
        require_regular(path, os.stat(path))
        with open(path, "rb") as stream:
            return stream.read(HEAD)
    except (OSError, ValueError, SourceError):
        return b""


def _refused(error: SourceError) -> Result:
    return LintResult(FileResult(error.path, reader_of(error.path), error=error.wording), None)
