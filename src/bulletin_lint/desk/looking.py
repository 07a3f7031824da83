"""What an editor's desk needs: a bulletin's bytes judged among the issues around it, its pages drawn.

For the sign-off sheet and for the page in the browser. A file is read once; what was read is what is hashed,
judged and drawn. Nothing of it is kept on disk.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import TIME_LIMIT, apart
from bulletin_lint.engine.series_run import facts_cache_of, facts_reader, judge_series, report_of
from bulletin_lint.model.errors import BulletinLintError, SourceError, UsageError
from bulletin_lint.model.page_view import PagePicture, PageView
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording, plural
from bulletin_lint.readers import content_of, reader_info
from bulletin_lint.readers import draw as draw_pages
from bulletin_lint.readers.reader_info import ReadOptions
from bulletin_lint.rulebook.load import ignored_codes, load_rulebook, selected_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bulletin_lint.config.settings import Settings
    from bulletin_lint.config.store import Store
    from bulletin_lint.engine.cache.issues import CachedIssue
    from bulletin_lint.engine.series_scope import SeriesScope, Surveyed
    from bulletin_lint.engine.suppression import Waivers
    from bulletin_lint.model.document import Document
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook
    from bulletin_lint.series.issue import IssueRecord
    from bulletin_lint.series.ordering import Series

MOST_DRAWN = 300
"""Pages of one file that are drawn: those with marks first."""
_AT_ONCE = 40
"""Pages that are drawn together: their pictures cross a pipe, and a message has a largest size."""
_SECONDS_A_PAGE = 0.25
"""Processor time that drawing a page may take, beyond what reading the file may."""
_BESIDE = 2
"""Issues before a bulletin, and after it, that are shown with it."""


class Viewed(NamedTuple):
    """A file as it comes from where it was read."""

    linted: LintResult
    """Without its document."""
    lines: tuple[str, ...]
    """Those that places count."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, in points."""


class Looked(NamedTuple):
    """A file that was read and judged by itself."""

    source: SourceFile
    size: int
    """Bytes."""
    sha256: str
    linted: LintResult
    lines: tuple[str, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()


class Judged(NamedTuple):
    """Some files judged among the issues of their series."""

    report: Report
    series: tuple[Series, ...]

    def around(self, record: IssueRecord | None) -> tuple[IssueRecord, ...]:
        """An issue between those before and after it in its series; none where it stands alone."""
        if record is None:
            return ()
        for series in self.series:
            names = [issue.name for issue in series.issues]
            if record.name in names:
                at = names.index(record.name)
                return tuple(series.issues[max(0, at - _BESIDE) : at + _BESIDE + 1])
        return ()


def viewed(linter: Linter, source: SourceFile) -> Viewed:
    """What a linter says of a file, and its lines; where the file may be read."""
    linted = linter.lint(source)
    document = linted.document
    if document is None:
        return Viewed(linted, ())
    sizes = tuple((page.width, page.height) for page in document.reading.layouts)
    return Viewed(linted._replace(document=None), lines_of(document), sizes)


def lines_of(document: Document) -> tuple[str, ...]:
    """The lines that the places of a document count."""
    if document.reading.lines_are == "document":
        return tuple(document.text[block.span.start : block.span.end] for block in document.blocks)
    text = document.reading.text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(text.removesuffix("\n").split("\n"))


class Neighbours(NamedTuple):
    """The other files of a series."""

    scope: SeriesScope
    facts: Mapping[str, CachedIssue]
    """What they say of themselves, by their paths."""


class Viewing:
    """Makes `Viewed` of a file, in this process or another."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter

    def __call__(self, source: SourceFile) -> Viewed:
        """What there is to be said of the file."""
        return viewed(self._linter, source)


class Drawing:
    """Draws pages of a file, in this process or another."""

    def __init__(self, numbers: Collection[int], password: str | None) -> None:
        self.numbers = tuple(numbers)
        self._password = password

    def __call__(self, source: SourceFile) -> tuple[PagePicture, ...] | Wording:
        """All pages, those asked for with a picture; or why there are none."""
        try:
            return draw_pages(source, self.numbers, ReadOptions(self._password))
        except SourceError as error:
            # An exception does not cross a pipe as what it is.
            return error.wording

    def of(self, linter: object, source: SourceFile) -> tuple[PagePicture, ...] | Wording:
        """The same, as a pool of processes calls it."""
        del linter
        return self(source)

    def time_limit(self, limit: float) -> float:
        """Seconds of processor time that it may take, where reading the file may take `limit`."""
        return limit + _SECONDS_A_PAGE * len(self.numbers)


class Desk:
    """Settings and rules, ready for bulletins one by one and for what they say of each other."""

    def __init__(
        self,
        settings: Settings,
        waivers: Waivers,
        *,
        store: Store | None = None,
        password: str | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """`store` keeps compiled rules, and the facts of a series' other issues, between runs.

        Raises:
            DefinitionError: a pack is wrong.
            UsageError: no rule is selected.
        """
        self.settings = settings
        self.rulebook: Rulebook = load_rulebook(settings, store)
        self.rules: tuple[Rule, ...] = selected_rules(settings, self.rulebook)
        if not self.rules:
            raise UsageError(Wording("没有选中任何规则。", "no rule is selected."))
        self.waivers = waivers
        self.password = password
        self.time_limit = time_limit
        self._has_store = store is not None
        self.linter = Linter(
            self.rulebook,
            self.rules,
            required=settings.required,
            settings=settings,
            password=password,
        )

    def look(self, source: SourceFile) -> Looked:
        """Reads and judges one file by itself; what is wrong with it stands in its result.

        Raises:
            BulletinLintError: no process can be started.
        """
        try:
            source = source._replace(data=content_of(source))
            seen: Viewed = apart(
                Viewing(self.linter), source, time_limit=self.time_limit, settings=self.settings
            )
        except SourceError as error:
            return looked_at(source, Viewed(refused(source, error), ()))
        return looked_at(source, seen)

    def judge(
        self,
        looked: Sequence[Looked],
        others: Sequence[IssueRecord] | None = None,
        neighbours: Neighbours | None = None,
    ) -> Judged:
        """What series and waivers say of some files. The settings' globs and register give further issues,
        unless those are given as `others`; the files of them were looked up before where they are given as
        `neighbours`.

        Raises:
            DefinitionError: a row of the register cannot be understood.
            SourceError: the register that the settings name cannot be read.
        """
        from bulletin_lint.series.ordering import series_by_title

        results = {each.source.path: each.linted.result for each in looked}
        given = {each.source.path: each.linted.facts for each in looked}
        if others is not None:
            known = self._among(given, others)
        else:
            known = self.surveyed([each.source for each in looked], given, neighbours)
        if known is None:
            facts = [record for record in given.values() if record is not None]
            judged = judge_series(self.rulebook, self.rules, facts, self.settings.series, results)
        else:
            facts = list(known.issues)
            judged = judge_series(
                self.rulebook,
                self.rules,
                facts,
                self.settings.series,
                results,
                known,
                lambda path: ignored_codes(self.settings, self.rulebook, path),
            )
        report = self.waivers.apply(report_of(judged), self.rulebook, self.rules)
        report = report._replace(fail_level=self.settings.fail_level)
        return Judged(report, tuple(series_by_title(facts, self.settings.series)))

    def _among(self, given: dict[str, IssueRecord | None], others: Sequence[IssueRecord]) -> Surveyed | None:
        from bulletin_lint.engine.series_scope import Surveyed

        if not others:
            return None
        own = [record for record in given.values() if record is not None]
        names = frozenset(record.name for record in own)
        return Surveyed((*own, *others), names, is_whole=False, unread=(), files={}, register=None)

    def surveyed(
        self,
        sources: Sequence[SourceFile],
        given: dict[str, IssueRecord | None],
        neighbours: Neighbours | None = None,
    ) -> Surveyed | None:
        """All issues that some files are judged among; None where the settings know of no others."""
        from bulletin_lint.engine import series_scope

        known = neighbours if neighbours is not None else self.neighbours(sources)
        return series_scope.gather(self.settings, given, *known) if known is not None else None

    def neighbours(self, sources: Sequence[SourceFile]) -> Neighbours | None:
        """The other files of the series of some, as they are now; None where the settings know of none."""
        from bulletin_lint.config.settings import register_path
        from bulletin_lint.engine import series_scope

        if not (self.settings.bulletins or register_path(self.settings)):
            return None
        scope = series_scope.SeriesScope(self.settings, sources)
        cache = facts_cache_of(self.rulebook, self.password) if self._has_store else None
        reader = self.linter
        if cache is not None:
            # What is kept belongs to a content.
            reader = Linter(self.rulebook, (), password=self.password, takes_digests=True)
        return Neighbours(scope, series_scope.facts_of_others(scope.others, cache, facts_reader(reader)))

    def view(self, looked: Looked, result: FileResult) -> PageView:
        """What there is to be shown of a file, its pages drawn; `result` is what was found in it.

        Raises:
            BulletinLintError: no process can be started.
        """
        source = looked.source
        if source.data is None:
            source = self._again(looked)
        view = content_view(source)._replace(size=looked.size, sha256=looked.sha256, lines=looked.lines)
        if result.error is not None or not reader_info(source.kind).draws:
            return view
        return self.drawn(source, view, pages_to_draw(result, result.pages or 0), result.pages or 0)

    def drawn(self, source: SourceFile, view: PageView, numbers: Sequence[int], count: int) -> PageView:
        """The view of a file of `count` pages with those of `numbers` drawn.

        Raises:
            BulletinLintError: no process can be started.
        """
        pages: dict[int, PagePicture] = {}
        try:
            for drawing in drawings(numbers, self.password):
                found: tuple[PagePicture, ...] | Wording = apart(
                    drawing, source, time_limit=drawing.time_limit(self.time_limit)
                )
                if isinstance(found, Wording):
                    return view._replace(pages=tuple(pages.values()), undrawn=found)
                pages.update({page.number: page for page in found if page.data or page.number not in pages})
        except SourceError as error:
            return view._replace(pages=tuple(pages.values()), undrawn=error.wording)
        return view._replace(
            pages=tuple(pages[number] for number in sorted(pages)),
            undrawn=_left_out(len(numbers), count),
        )

    def _again(self, looked: Looked) -> SourceFile:
        """The file with its content, where that was let go of; it must be what it was.

        Raises:
            SourceError: it cannot be read, or is another.
        """
        if looked.linted.result.error is not None:
            return looked.source
        source = looked.source._replace(data=content_of(looked.source))
        if looked_at(source, Viewed(looked.linted, ())).sha256 != looked.sha256:
            raise SourceError(
                source.path,
                Wording("文件在检查过程中被改动；请重新运行。", "the file was changed meanwhile; run again."),
            )
        return source


def content_view(source: SourceFile) -> PageView:
    """What there is to be shown of a file whose content is held, before it is read."""
    from hashlib import sha256

    data = source.data or b""
    return PageView(source.path, source.kind, len(data), sha256(data).hexdigest())


def looked_at(source: SourceFile, seen: Viewed) -> Looked:
    """A file whose content is held, with what was said of it."""
    view = content_view(source)
    return Looked(source, view.size, view.sha256, *seen)


def refused(source: SourceFile, error: BulletinLintError) -> LintResult:
    """The result for a file that could not be read."""
    return LintResult(FileResult(source.path, source.kind, error=error.wording), None)


def pages_to_draw(result: FileResult, count: int) -> tuple[int, ...]:
    """The pages of a file, of `count`, that are drawn: all, or of a long one those with marks first."""
    marked = {
        box.page
        for violation in result.violations
        for place in violation.places
        for box in place.location.boxes
    }
    by_need = sorted(range(1, count + 1), key=lambda number: (number not in marked, number))
    return tuple(sorted(by_need[:MOST_DRAWN]))


def drawings(numbers: Sequence[int], password: str | None) -> Iterator[Drawing]:
    """The pages asked for in portions that each can be drawn at once."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield Drawing(numbers[start : start + _AT_ONCE], password)


def _left_out(drawn: int, count: int) -> Wording | None:
    if drawn >= count:
        return None
    return Wording(
        f"全文 {count} 页，只画出 {drawn} 页：有标记的页优先。",
        f"of {plural(count, 'page')} {drawn} are drawn, those with marks first.",
    )
