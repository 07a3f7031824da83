"""Fixes applied to text sources: whole or not at all, and never at the bulletin's cost.

A fix is kept only if the mended text reads back, in the same encoding, as a bulletin of the same
shape. Bytes outside the edits stay as they are: encoding, byte order mark and line breaks included.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.applied_fixes import applied_fixes
from bulletin_lint.engine.fixed_file import leads_out, other_names, write_mended
from bulletin_lint.engine.own_time import TimeUp, within
from bulletin_lint.engine.workers.limits import limits_for
from bulletin_lint.model.document import Node
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Applicability, Edit, Fix, Violation
from bulletin_lint.model.wording import Wording, plural
from bulletin_lint.readers import TIME_LIMIT, content_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.engine.linter import Linter

_LINTS = 10
"""So many times as long as linting a file may mending it take, which is linting it again and again."""
ROUNDS = 10
"""How often a file is looked at again after a fix. Rules that undo each other would go on for ever."""

SAFE: frozenset[Applicability] = frozenset({"safe"})
SAFE_AND_UNSAFE: frozenset[Applicability] = frozenset({"safe", "unsafe"})

Lint = Callable[[bytes], tuple[Reading, Sequence[Violation], object]]
"""Reads and judges the content of one file: its reading, its violations, and its shape (`shape_of`), which
must be the same after a fix. Raises SourceError where the content cannot be read."""


class Refused(NamedTuple):
    """A fix that was not made."""

    code: str
    line: int
    reason: Wording

    def wording(self, path: str) -> Wording:
        """What to say of it; `path` is the file's."""
        return Wording(
            f"{path}:{self.line}：{self.code} 未修复：{self.reason.zh}",
            f"{path}:{self.line}: {self.code} not fixed: {self.reason.en}",
        )


class Made(NamedTuple):
    """A fix that was made."""

    code: str
    line: int
    """In the text as it was in that round."""
    message: Wording
    """What was wrong."""

    def wording(self, path: str) -> Wording:
        """What to say of it; `path` is the file's."""
        zh, en = self.message
        return Wording(f"{path}:{self.line}：{self.code} {zh}", f"{path}:{self.line}: {self.code} {en}")


class Fixed(NamedTuple):
    """What became of one file."""

    before: bytes
    after: bytes
    text_before: str
    text_after: str
    applied: int
    """Fixes made, over all rounds."""
    refused: tuple[Refused, ...]
    made: tuple[Made, ...] = ()
    """The same, in the order in which they were made."""

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


class FixedSource(NamedTuple):
    """What became of one file of a run."""

    source: SourceFile
    """With its content after the fixes, where the content was given and not read from a file."""
    fixed: Fixed | None = None
    """None where no fix was wanted, or the file could not be read again."""
    error: Wording | None = None
    """Why the fixes are not in the file."""
    note: Wording | None = None
    """What is to be known of the file: that it is a link and was left alone, or that it has other names."""


def fix_files(
    files: Sequence[SourceFile],
    documents: Sequence[FileResult],
    lint: Callable[[SourceFile], Lint],
    *,
    applicabilities: frozenset[Applicability] = SAFE,
    writes: bool = True,
    searched: Sequence[str] = (),
    time_limit: float = TIME_LIMIT,
) -> Iterator[FixedSource]:
    """Mends the files of a run one after the other, those too of which there is nothing to mend.

    `documents` are what the run found; `lint` makes for a file what judges its content. With `writes` the
    mended content is put into the file at once; what was given as content (standard input) is never written.
    `searched` are the folders in which files were found: one that a link leads out of them to is left alone,
    because nobody named it. To mend a file may take `_LINTS` times as long as to lint it, which is
    `time_limit` seconds of processor time where it is of ordinary size.
    """
    folders = [os.path.realpath(folder) for folder in searched]
    found = {document.path: document for document in documents}
    for source in files:
        document = found.get(source.path)
        if document is None or not _fixable(document.violations, applicabilities):
            yield FixedSource(source)
            continue
        if source.data is None and not source.explicit:
            outside = leads_out(source.path, folders)
            if outside is not None:
                yield FixedSource(source, note=outside)
                continue
        fixed = note = None
        try:
            before = content_of(source)
            fixed = _in_time(source, before, lint(source), applicabilities, time_limit)
            if source.data is not None:
                source = source._replace(data=fixed.after)
            elif writes and fixed.changed:
                note = other_names(source.path)
                write_mended(source.path, fixed.after, expected=before, searched=folders)
        except SourceError as error:
            yield FixedSource(source, fixed, error.wording)
        else:
            yield FixedSource(source, fixed, note=note)


def _in_time(
    source: SourceFile, data: bytes, lint: Lint, applicabilities: frozenset[Applicability], time_limit: float
) -> Fixed:
    limits = limits_for(source, time_limit)
    try:
        fixed: Fixed = within(
            _LINTS * limits.cpu, lambda: fix_file(data, lint, applicabilities=applicabilities)
        )
    except TimeUp:
        raise SourceError(source.path, unmended(_LINTS * limits.cpu)) from None
    return fixed


def unmended(seconds: float) -> Wording:
    """What to say of a file that was not mended within so many seconds."""
    return Wording(
        f"{seconds:g} 秒内没有修复完这份文件，已中止，没有改动；请拆分文件，"
        "如果只是机器慢，请用 --time-limit 放宽。",
        f"the file was not mended within {seconds:g} s and is left as it is; split it, or, if the machine is "
        "slow, allow more with --time-limit.",
    )


def lint_with(linter: Linter, source: SourceFile, waive: Callable[[Report], Report]) -> Lint:
    """Judges whatever content a file is given; what `waive` takes out is not to be mended."""
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


def with_failures(report: Report, failed: Mapping[str, Wording]) -> Report:
    """The report with what became of files that could not be mended: path to reason."""
    return report._replace(
        documents=tuple(
            document._replace(failures=(*document.failures, failed[document.path]))
            if document.path in failed
            else document
            for document in report.documents
        )
    )


def fixed_wording(fixed: Sequence[Fixed], *, is_written: bool) -> Wording:
    """How much was mended, or would be."""
    count = sum(each.applied for each in fixed)
    if not is_written and not count:
        return Wording("没有可修复的问题。", "nothing to fix.")
    said = Wording("已修复", "fixed") if is_written else Wording("可修复", "would fix")
    files = len(fixed)
    return Wording(
        f"{said.zh} {count} 处（{files} 个文件）。",
        f"{said.en} {plural(count, 'violation')} in {plural(files, 'file')}.",
    )


def fix_file(
    data: bytes,
    lint: Lint,
    *,
    applicabilities: frozenset[Applicability] = SAFE,
    written: Callable[[str], bytes] | None = None,
) -> Fixed:
    """Mends the content of a text file: lints, applies, and begins again until nothing changes.

    `written` makes the content of a file that has a text, where it is not just the text in its encoding; it
    raises SourceError for a text that cannot be written.

    A fix after which the file would not read back as a bulletin of the same shape is refused. So are
    all of them where the file does not come to rest in `ROUNDS` rounds, or holds bytes that decoding
    and encoding would change.

    Raises:
        SourceError: the content cannot be read.
    """
    mending = _Mending(data, lint, applicabilities, written)
    if not mending.wanted():
        return mending.untouched()
    if not mending.encodes_back():
        encoding = mending.reading.encoding
        return mending.untouched(
            Wording(
                f"文件里有重新编码（{encoding}）后会变的字节，未作修改；请先另存为 UTF-8。",
                f"the file holds bytes that change when written again as {encoding}: left as it is; "
                "save it as UTF-8 first.",
            )
        )
    for _ in range(ROUNDS):
        if not mending.advance():
            return mending.finished()
    if not mending.apply(mending.wanted())[1]:
        return mending.finished()
    return mending.untouched(
        Wording(
            f"修复 {ROUNDS} 轮后仍在变动，可能有规则互相矛盾，未写入。",
            f"still changing after {ROUNDS} rounds, rules may contradict each other: not written.",
        )
    )


class _Mending:
    """A file between two rounds: the text so far, and what is still wrong with it."""

    def __init__(
        self,
        data: bytes,
        lint: Lint,
        applicabilities: frozenset[Applicability],
        written: Callable[[str], bytes] | None = None,
    ) -> None:
        self._written = written
        self._data = data
        self._lint = lint
        self._applicabilities = applicabilities
        self.reading, self._first, self._shape = lint(data)
        self._text = self.reading.text
        self._violations = self._first
        self._made: list[Made] = []
        self._refused: dict[tuple[object, ...], Refused] = {}

    def wanted(self) -> list[Violation]:
        """The violations that have a fix to be made and not refused before."""
        return [
            item
            for item in _fixable(self._violations, self._applicabilities)
            if _key(item, self._text) not in self._refused
        ]

    def apply(self, items: Sequence[Violation]) -> tuple[str, list[Violation]]:
        """The text with the fixes of some violations, and those whose fixes could be made together."""
        fixes = _fixes(items, self._text)
        changed, taken = applied_fixes(self._text, fixes)
        made = set(map(id, taken))
        return changed, [item for item, fix in zip(items, fixes, strict=True) if id(fix) in made]

    def advance(self) -> bool:
        """One round; False where there was nothing to do."""
        wanted = self.wanted()
        changed, mended = self.apply(wanted)
        if not mended:
            return False
        found = self._look(changed)
        if found is None:
            harmless = self._harmless(wanted)
            changed, mended = self.apply(harmless)
            found = self._look(changed)
            if found is None:
                # Each by itself is harmless, together they are not.
                harmless, changed, mended, found = [], self._text, [], self._violations
            self._refuse(wanted, harmless)
        self._text, self._violations = changed, found
        self._made += [Made(item.code, item.location.line, item.message) for item in mended]
        return True

    def _harmless(self, items: list[Violation]) -> list[Violation]:
        """Those whose fixes leave the bulletin the same, found by halving: most of them mostly do."""
        if self._look(self.apply(items)[0]) is not None:
            return items
        middle = len(items) // 2
        if not middle:
            return []
        return [*self._harmless(items[:middle]), *self._harmless(items[middle:])]

    def _refuse(self, wanted: Sequence[Violation], harmless: Sequence[Violation]) -> None:
        kept = {_key(item, self._text) for item in harmless}
        for item in wanted:
            key = _key(item, self._text)
            if key not in kept:
                self._refused[key] = Refused(item.code, item.location.line, _OTHER_SHAPE)

    def _look(self, text: str) -> Sequence[Violation] | None:
        """The violations of a changed text; None if it is no longer the same bulletin."""
        try:
            reading, found, shape = self._lint(self._encoded(text))
        except (SourceError, UnicodeEncodeError):
            return None
        return found if shape == self._shape and reading.text == text else None

    def _encoded(self, text: str) -> bytes:
        if self._written is not None:
            return self._written(text)
        mark = "\ufeff" if self.reading.bom else ""
        return (mark + text).encode(self.reading.encoding or "utf-8")

    def encodes_back(self) -> bool:
        """Whether decoding and encoding leave every byte of the file as it is."""
        try:
            return self._encoded(self.reading.text) == self._data
        except UnicodeEncodeError:
            return False

    def finished(self) -> Fixed:
        """The mended file."""
        after = self._encoded(self._text) if self._made else self._data
        refused = tuple(self._refused.values())
        made = tuple(self._made)
        return Fixed(self._data, after, self.reading.text, self._text, len(made), refused, made)

    def untouched(self, reason: Wording | None = None) -> Fixed:
        """The file as it was; with a reason, every fix is refused for it."""
        text = self.reading.text
        items = _fixable(self._first, self._applicabilities) if reason is not None else []
        refused = tuple(
            Refused(item.code, item.location.line, reason) for item in items if reason is not None
        )
        return Fixed(self._data, self._data, text, text, 0, refused)


_OTHER_SHAPE = Wording(
    "修复后读出来的简报结构不同，未作此项修复；请人工修改。",
    "after this fix the file would read as a different bulletin: not made; mend it by hand.",
)


def _fixable(violations: Sequence[Violation], applicabilities: frozenset[Applicability]) -> list[Violation]:
    return [
        item
        for violation in violations
        # Of too many stray brackets, told as one, none can be mended: quick to see.
        if any(place.fix is not None for place in violation.places)
        for item in violation.separate()
        if item.fix is not None
        and item.fix.source_edits
        and not item.fix.is_tracked
        and item.fix.applicability in applicabilities
    ]


def _fixes(violations: Sequence[Violation], text: str) -> list[Fix]:
    """The fixes with their line breaks written as the text writes its own."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if ending == "\n":
        return [item.fix for item in violations if item.fix is not None]
    return [
        item.fix._replace(
            source_edits=tuple(
                Edit(edit.span, edit.text.replace("\r\n", "\n").replace("\n", ending))
                for edit in item.fix.source_edits
            )
        )
        for item in violations
        if item.fix is not None
    ]


def _key(violation: Violation, text: str) -> tuple[object, ...]:
    """What tells a fix from others in the next round too, when offsets have moved."""
    edits = violation.fix.source_edits if violation.fix is not None else ()
    changes = tuple((text[edit.span.start : edit.span.end], edit.text) for edit in edits)
    return violation.code, violation.location.line, changes


def shape_of(bulletin: Node) -> object:
    """Which parts a bulletin has and how many of each; two bulletins of one shape compare equal.

    What the parts say is not in it: that is what a fix changes.
    """
    return tuple(
        (
            name,
            tuple(shape_of(part) for part in found)
            if isinstance(found, list)
            else None
            if found is None
            else shape_of(found),
        )
        for name, found in sorted(bulletin.children.items())
    )
