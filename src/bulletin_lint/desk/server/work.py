"""What the page has done to files, each in a process of its own: read, drawn, mended, marked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bulletin_lint._typing import Any
from bulletin_lint.desk.looking import (
    Desk,
    Drawing,
    Judged,
    Looked,
    Viewed,
    content_view,
    drawings,
    looked_at,
    pages_to_draw,
    refused,
    viewed,
)
from bulletin_lint.desk.marking import Annotating, Commenting, noted_marks, remarks_of
from bulletin_lint.desk.server.memory import Entry
from bulletin_lint.desk.sheets import SheetMaker, result_in, time_now
from bulletin_lint.engine.annotate import TIMES
from bulletin_lint.engine.fix import fix_file, lint_with
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.engine.workers.pool import Pool
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import PagePicture
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import content_of, reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.series.issue import IssueRecord

_PORTION = 8
"""Pages that are drawn together when one of them is asked for."""


class Fixing:
    """Makes of a file what `check --fix` would, where the file may be read."""

    def __init__(self, waivers: Waivers) -> None:
        self._waivers = waivers

    def of(self, linter: Linter, source: SourceFile) -> bytes | Wording:
        """The bytes after all that is safe to mend is mended, or why there are none."""

        def waive(report: Report) -> Report:
            return self._waivers.apply(report, linter.rulebook, linter.rules)

        try:
            return fix_file(content_of(source), lint_with(linter, source, waive)).after
        except SourceError as error:
            return error.wording


class Worker:
    """Does what is asked for, one file a process, as many at a time as the machine deserves."""

    def __init__(
        self, desk: Desk, maker: SheetMaker, jobs: int | None, others: Sequence[IssueRecord] = ()
    ) -> None:
        """`others` are the issues of the folder that the page was started for."""
        self.desk = desk
        self.maker = maker
        self._others = tuple(others)
        warm = Drawing((1,), None)
        self._pool = Pool(desk.linter, jobs, warm=(viewed, warm.of))

    def start(self) -> None:
        """Has processes started."""
        self._pool.start()

    @property
    def is_ready(self) -> bool:
        """Whether a file that comes now is begun at once."""
        return self._pool.is_ready

    def close(self) -> None:
        """Ends all processes at once."""
        self._pool.close(wait=False)

    async def look(self, source: SourceFile) -> Looked:
        """Reads and judges a file by itself; what is wrong with it stands in its result."""
        try:
            seen: Viewed = await self._call(viewed, source, self.desk.time_limit)
        except SourceError as error:
            seen = Viewed(refused(source, error), ())
        return looked_at(source, seen)

    async def judge(self, looked: Sequence[Looked]) -> Judged:
        """Files judged among each other and among the issues of the folder."""
        return await asyncio.to_thread(self.desk.judge, looked, self._beside(looked))

    def _beside(self, looked: Sequence[Looked]) -> list[IssueRecord]:
        """The issues of the folder but for those that were dropped, as the same file or as another."""
        names = {each.source.path.rpartition("/")[2] for each in looked}
        known = {_said(each.linted.facts) for each in looked if each.linted.facts is not None}
        return [
            other
            for other in self._others
            if other.path.rpartition("/")[2] not in names and _said(other) not in known
        ]

    async def picture(self, entry: Entry, number: int) -> PagePicture | None:
        """The picture of a page; None where the page cannot be drawn."""
        if number not in entry.pictures:
            first = (number - 1) // _PORTION * _PORTION + 1
            count = entry.looked.linted.result.pages or 0
            if not 1 <= number <= count or not reader_info(entry.looked.source.kind).draws:
                return None
            if first not in entry.drawing:
                numbers = range(first, min(first + _PORTION, count + 1))
                entry.drawing[first] = asyncio.ensure_future(self._draw(entry, tuple(numbers)))
            # Whoever asks may go away; the others still want it.
            await asyncio.shield(entry.drawing[first])
        found = entry.pictures.get(number)
        return found if found is not None and found.data else None

    async def _draw(self, entry: Entry, numbers: tuple[int, ...]) -> Wording | None:
        """Draws some pages of a file; gives why they are not drawn."""
        for drawing in drawings(numbers, self.desk.password):
            limit = drawing.time_limit(self.desk.time_limit)
            try:
                found: tuple[PagePicture, ...] | Wording = await self._call(
                    drawing.of, entry.looked.source, limit
                )
            except SourceError as error:
                return error.wording
            if isinstance(found, Wording):
                return found
            entry.pictures.update({page.number: page for page in found if page.number in drawing.numbers})
        return None

    async def fixed(self, entry: Entry) -> bytes | Wording:
        """What `check --fix` makes of a file."""
        if not reader_info(entry.looked.source.kind).is_editable:
            return Wording("这种文件不能直接修复。", "files of this kind are not mended.")
        return await self._made(Fixing(self.desk.waivers).of, entry)

    async def marked(self, entry: Entry) -> bytes | Wording:
        """A copy with marks."""
        result = result_in(entry.judged, entry.looked)
        language = self.maker.language
        # Advice stays on the page.
        if reader_info(entry.looked.source.kind).copier:
            remarks = remarks_of(result, "warning", self.maker.rules.notes, language)
            return await self._made(Commenting(remarks).of, entry, TIMES * self.desk.time_limit)
        marks = noted_marks(result, "warning", self.maker.rules.notes, language)
        work = Annotating(marks, language, self.desk.password, is_signed_allowed=False)
        return await self._made(work.of, entry)

    async def sheet(self, entry: Entry) -> str:
        """The sign-off sheet."""
        looked = entry.looked
        result = result_in(entry.judged, looked)
        view = content_view(looked.source)._replace(lines=looked.lines)
        if result.error is None and reader_info(looked.source.kind).draws:
            wanted = pages_to_draw(result, result.pages or 0)
            missing = tuple(number for number in wanted if number not in entry.pictures)
            undrawn = await self._draw(entry, missing) if missing else None
            sizes = enumerate(looked.sizes, start=1)
            view = view._replace(
                pages=tuple(
                    entry.pictures.get(number) or PagePicture(number, *size) for number, size in sizes
                ),
                undrawn=undrawn,
            )
        return await asyncio.to_thread(self.maker.sheet, looked, entry.judged, view, time=time_now())

    async def _made(self, work: Any, entry: Entry, limit: float | None = None) -> bytes | Wording:
        seconds = self.desk.time_limit if limit is None else limit
        try:
            made: bytes | Wording = await self._call(work, entry.looked.source, seconds)
        except SourceError as error:
            return error.wording
        return made

    async def _call(self, work: Any, source: SourceFile, limit: float) -> Any:
        return await asyncio.wrap_future(self._pool.call(work, source, time_limit=limit))


def _said(record: IssueRecord) -> tuple[Any, ...]:
    """What an issue says of itself, by which two files are known as one issue."""
    return record.title, record.year, record.issue, record.cumulative, record.date
