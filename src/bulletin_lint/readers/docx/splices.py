"""Marks and changes put among the bytes of a document's body; all other bytes stay as they are.

A mark within a run closes the run and opens it again with the same properties. At the edge of a run it goes
outside, and the run is not cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.violation import Edit
from bulletin_lint.readers.docx.byte_places import (
    ParagraphBytes,
    RunBytes,
    TextBytes,
    keeps_space,
    offsets,
    origin_of,
    tag_end,
)
from bulletin_lint.readers.docx.story import TextPiece

_PRESERVE = b' xml:space="preserve"'


class PartNames(NamedTuple):
    """How a part writes the names of its own namespace."""

    element: bytes
    """The prefix of elements, a colon behind it; empty for the default namespace."""
    attribute: bytes
    """That of attributes, which is never empty."""


class Author(NamedTuple):
    """Who makes tracked changes."""

    name: str
    first_id: int
    """The identifier of the first change; those of the others follow."""


class Splices:
    """What is to be put into a body, collected and then made at once."""

    def __init__(self, data: bytes, pieces: Sequence[tuple[int, TextPiece]], names: PartNames) -> None:
        self._data = data
        self._pieces = pieces
        self._starts = [start for start, _ in pieces]
        self._names = names
        self._outside: dict[int, list[tuple[int, bytes]]] = {}
        self._cuts: dict[RunBytes, dict[int, list[tuple[int, bytes]]]] = {}
        self._deleted: dict[RunBytes, dict[tuple[int, int], bytes]] = {}
        self._cut_texts: dict[RunBytes, dict[int, tuple[TextBytes, int, int]]] = {}
        self._in_paragraphs: dict[ParagraphBytes, list[bytes]] = {}
        self._changes = 0

    def piece_at(self, offset: int) -> int | None:
        """The index of the piece that a character of the text is in, if its bytes are known."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        start, piece = self._pieces[index]
        return index if offset < start + len(piece.text) and origin_of(piece) is not None else None

    def put_outside(self, at: int, order: int, mark: bytes) -> None:
        """Puts a mark between two elements."""
        self._outside.setdefault(at, []).append((order, mark))

    def put_in_paragraph(self, paragraph: ParagraphBytes, mark: bytes) -> None:
        """Puts a mark at the end of a paragraph."""
        self._in_paragraphs.setdefault(paragraph, []).append(mark)

    def put_before(self, offset: int, order: int, mark: bytes) -> None:
        """Puts a mark before a character, whose bytes are known; lower orders come first where many meet."""
        self._put(offset, order, mark, after=False)

    def put_after(self, offset: int, order: int, mark: bytes) -> None:
        """Puts a mark behind a character, whose bytes are known."""
        self._put(offset, order, mark, after=True)

    def _put(self, offset: int, order: int, mark: bytes, *, after: bool) -> None:
        index = self.piece_at(offset)
        assert index is not None
        start, piece = self._pieces[index]
        text = origin_of(piece)
        assert text is not None
        run = text.run
        if run is None:
            self.put_outside(text.end if after else text.start, order, mark)
            return
        at = self._byte(text, offset - start + after, len(piece.text), after=after)
        if at is None or at <= run.content or at >= run.content_end:
            is_behind = after if at is None else at >= run.content_end
            self.put_outside(run.end if is_behind else run.start, order, mark)
        else:
            self._cuts.setdefault(run, {}).setdefault(at, []).append((order, mark))

    def _byte(self, text: TextBytes, index: int, length: int, *, after: bool) -> int | None:
        """The offset of the byte where a character of an element begins or ends; None where its run is not
        to be cut.
        """
        if text.start < 0:
            return None
        if index == 0:
            return text.start
        if index >= length:
            return text.end
        found = offsets(self._data, text, length)
        if found is None or text.run is None:
            return text.end if after else text.start
        self._cut_texts.setdefault(text.run, {})[text.start] = (text, found[0], found[-1])
        return found[index]

    # Changes

    def can_edit(self, edit: Edit) -> bool:
        """Whether an edit of the text can be made in the runs: not in the result of a field, not in what
        somebody inserted, not across paragraphs, tabs or breaks.
        """
        if "\n" in edit.text or "\t" in edit.text:
            return False
        first, last = edit.span
        if first == last:
            # It goes behind the character before it, or before the first.
            return any(self._is_editable(at) for at in (first - 1, first) if at >= 0)
        return all(self._is_editable(at) for at in range(first, last))

    def _is_editable(self, offset: int) -> bool:
        index = self.piece_at(offset)
        if index is None:
            return False
        _, piece = self._pieces[index]
        text = origin_of(piece)
        return (
            text is not None
            and text.run is not None
            and text.is_text
            and text.start >= 0
            and not text.is_in_field
            and not text.is_changed
            and offsets(self._data, text, len(piece.text)) is not None
        )

    def edit(self, edit: Edit, author: Author | None) -> None:
        """Makes an edit that can be made, as tracked changes of an author, or without a trace."""
        first, last = edit.span
        if first == last:
            after = first > 0 and self._is_editable(first - 1)
            at = first - 1 if after else first
            run = self._run_at(at)
            (self.put_after if after else self.put_before)(at, 0, self._inserted(run, edit.text, author))
            return
        portions = self._portions(first, last)
        for number, (text, begin, end, low, high) in enumerate(portions):
            run = text.run
            assert run is not None
            found = b""
            if author is not None:
                found = self._removed(run, self._data[low:high], author)
            if number == len(portions) - 1:
                found += self._inserted(portions[0][0].run, edit.text, author)
            self._deleted.setdefault(run, {})[begin, end] = found

    def _run_at(self, offset: int) -> RunBytes | None:
        index = self.piece_at(offset)
        text = origin_of(self._pieces[index][1]) if index is not None else None
        return text.run if text is not None else None

    def _portions(self, first: int, last: int) -> list[tuple[TextBytes, int, int, int, int]]:
        """What of each element of text a span covers: where it is cut, and the bytes of its characters."""
        found: list[tuple[TextBytes, int, int, int, int]] = []
        position = first
        while position < last:
            index = self.piece_at(position)
            assert index is not None
            start, piece = self._pieces[index]
            text = origin_of(piece)
            assert text is not None
            assert text.run is not None
            length = len(piece.text)
            stop = min(last, start + length)
            known = offsets(self._data, text, length)
            assert known is not None
            low, high = position - start, stop - start
            if low or high < length:
                self._cut_texts.setdefault(text.run, {})[text.start] = (text, known[0], known[-1])
            begin = known[low] if low else text.start
            end = known[high] if high < length else text.end
            found.append((text, begin, end, known[low], known[high]))
            position = stop
        return found

    def _change(self, kind: bytes, author: Author, inner: bytes) -> bytes:
        element, attribute = self._names
        number = author.first_id + self._changes
        self._changes += 1
        name = escape(author.name, {'"': "&quot;"}).encode()
        return b'<%s%s %sid="%d" %sauthor="%s">%s</%s%s>' % (
            element, kind, attribute, number, attribute, name, inner, element, kind
        )  # fmt: skip

    def _run(self, run: RunBytes | None, inner: bytes) -> bytes:
        element = self._names.element
        return b"<%sr>%s%s</%sr>" % (element, self._properties(run), inner, element)

    def _properties(self, run: RunBytes | None) -> bytes:
        properties = run.properties if run is not None else None
        return b"" if properties is None else self._data[properties[0] : properties[1]]

    def _text(self, kind: bytes, content: bytes) -> bytes:
        element = self._names.element
        return b"<%s%s%s>%s</%s%s>" % (element, kind, _PRESERVE, content, element, kind)

    def _removed(self, run: RunBytes, content: bytes, author: Author) -> bytes:
        return self._change(b"del", author, self._run(run, self._text(b"delText", content)))

    def _inserted(self, run: RunBytes | None, text: str, author: Author | None) -> bytes:
        if not text:
            return b""
        inner = self._run(run, self._text(b"t", escape(text).encode()))
        return inner if author is None else self._change(b"ins", author, inner)

    # The whole

    def made(self) -> bytes:
        """The body with all that was put into it."""
        cut = {**dict.fromkeys(self._cuts), **dict.fromkeys(self._deleted)}
        replaced = [
            *((run.start, run.end, self._rewritten(run)) for run in cut),
            *((at, at, _joined(marks)) for at, marks in self._outside.items()),
        ]
        for paragraph, inner in self._in_paragraphs.items():
            mark = b"".join(inner)
            end = paragraph.end
            if paragraph.end == paragraph.start:
                # It is empty, in one tag.
                end = tag_end(self._data, paragraph.start)
                tag = self._data[paragraph.start : end]
                mark = tag[:-2].rstrip() + b">" + mark + b"</%sp>" % self._names.element
            replaced.append((paragraph.end, end, mark))
        out: list[bytes] = []
        position = 0
        # What is put before a run comes before the run, what is put behind the one above it, too.
        for start, end, new in sorted(replaced, key=lambda each: (each[0], each[1])):
            out.append(self._data[position:start])
            out.append(new)
            position = end
        out.append(self._data[position:])
        return b"".join(out)

    def _rewritten(self, run: RunBytes) -> bytes:
        element = self._names.element
        cuts = {at: _joined(marks) for at, marks in self._cuts.get(run, {}).items()}
        deleted = self._deleted.get(run, {})
        bounds = sorted({run.content, run.content_end, *cuts, *(each for pair in deleted for each in pair)})
        out: list[bytes] = []
        is_open, is_first = False, True
        close = b"</%sr>" % element
        for start, end in pairwise(bounds):
            new = deleted.get((start, end))
            if is_open and (start in cuts or new is not None):
                out.append(close)
                is_open = False
            out.append(cuts.get(start, b""))
            if new is not None:
                out.append(new)
                continue
            if not is_open:
                again = b"<%sr>%s" % (element, self._properties(run))
                out.append(self._data[run.start : run.content] if is_first else again)
                is_open, is_first = True, False
            out.append(self._segment(run, start, end))
        if is_open:
            out.append(close)
        return b"".join(out)

    def _segment(self, run: RunBytes, start: int, end: int) -> bytes:
        """The bytes of a run between two cuts, with the elements of text closed and opened that are cut."""
        data, element = self._data, self._names.element
        out: list[bytes] = []
        position = start
        for text, first, last in sorted(self._cut_texts.get(run, {}).values(), key=lambda each: each[1]):
            if text.end <= start or text.start >= end:
                continue
            out.append(data[position : max(position, text.start)])
            if start <= text.start:
                tag = data[text.start : tag_end(data, text.start)]
                out.append(tag if keeps_space(data, text) else tag[:-1] + _PRESERVE + b">")
            else:
                out.append(b"<%st%s>" % (element, _PRESERVE))
            out.append(data[max(start, first) : min(end, last)])
            out.append(b"</%st>" % element)
            position = min(end, text.end)
        out.append(data[position:end])
        return b"".join(out)


def _joined(marks: Sequence[tuple[int, bytes]]) -> bytes:
    return b"".join([mark for _, mark in sorted(marks, key=lambda each: each[0])])
