"""Lines of a text file with the marks of Markdown and HTML taken off.

Not a Markdown parser: a bulletin has no lists within lists, and text taken from a PDF breaks
Markdown's own rules (``**甲。**乙`` is bold here, four spaces are an indent and not code). What is
asked of every character is only whether it is content or a mark. A mark without its partner is
content, so that nothing a writer typed is hidden from the checks.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.reading import Line
from bulletin_lint.readers.furniture import LONGEST_PAGE_NUMBER, is_page_number
from bulletin_lint.readers.text.hidden import (
    preformatted,
    without_definitions,
    without_front_matter,
    without_hidden,
)
from bulletin_lint.readers.text.inline import INLINE, Pair, find_marks, pieces_between

_NUMBER_STARTS = frozenset("第共Pp0123456789０１２３４５６７８９·•―")
"""What a page number begins with that begins no other structure."""
_SIGNS = frozenset("＊★☆·•・◆◇●▲△※＋◎⊙❖…▬▔〓█▓▒░")
_FRAMES = frozenset("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯")
"""Corners and joints of the lines that typists draw round tables."""
_STRUCTURE_STARTS = frozenset("#>-*+|_=━─═—–－＿~～★＝┄┅┈┉﹍﹎﹏▁\0") | _NUMBER_STARTS | _SIGNS | _FRAMES
"""A line that begins otherwise is text, without looking further."""

_RULE_CHARACTERS = frozenset("-*_=~━─═—–－＿～★―＝┄┅┈┉﹍﹎﹏▁ \t\u3000") | _FRAMES
_SHORT_RULE, _LONG_RULE = 3, 5
"""Strokes of one sign, and of several."""
_BLANKS = frozenset(" \t\u3000")
_ONE_SIGN = (_RULE_CHARACTERS | _SIGNS) - _BLANKS

_WIDE_SPACES = {"\t": 4, "\u3000": 2, "\u2003": 2, "\0": 0}
_WIDE_ENTITIES = r"&(?:emsp|#12288|#x3000|#8195);"


_HAN = "[一-鿿]"
_DELIMITER_ROW = r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?"
_PIPE = r"(?<!\\)\|"


def read_lines(text: str, *, is_printed: bool = False) -> tuple[list[Line], list[int], list[Pair]]:
    """The non-blank lines of a text, the indices of those that are a bare number, and in order the stretches
    that are to be left letter by letter. Of a text that is printed as it stands nothing is hidden but
    waivers.
    """
    reader = _LineReader(text, is_printed=is_printed)
    reader.read_all()
    if "<pre" in reader.work and not is_printed:
        blocks = preformatted(reader.work)
        ends = [end for _, end in blocks]
        # What is marked within a block is kept with it.
        for start, end in reader.verbatim:
            at = bisect_right(ends, start)
            if at == len(ends) or start < blocks[at][0]:
                blocks.append((start, end))
        reader.verbatim = blocks
    return reader.lines, reader.bare_numbers, sorted(reader.verbatim)


class _LineReader:
    """The lines so far. `work` is the text with its line breaks made LF and hidden stretches
    blotted out; it is as long as the text, so that its offsets are the text's.
    """

    # fmt: off
    __slots__ = (
        "_gap", "_has_blots", "_in_table", "_is_printed", "_next_mark", "_quoted", "bare_numbers", "lines",
        "verbatim", "work",
    )
    # fmt: on

    def __init__(self, text: str, *, is_printed: bool) -> None:
        work = text
        if "\r" in work:
            work = work.replace("\r\n", " \n").replace("\r", "\n")
        if not is_printed:
            work = without_front_matter(work)
        if "<!--" in work or "```" in work or "~~~" in work:
            work = without_hidden(work, is_printed=is_printed)
        if "]:" in work and not is_printed:
            work = without_definitions(work)
        self.work = work
        self._is_printed = is_printed
        self.lines: list[Line] = []
        self.bare_numbers: list[int] = []
        self.verbatim: list[Pair] = []
        self._gap = False
        self._quoted = False
        """Whether the last line that is not blank stands in a quotation."""
        self._in_table = False
        self._has_blots = "\0" in work
        self._next_mark = -1
        """Where the first mark stands that is not before the lines read last."""

    def read_all(self) -> None:
        """Takes every line of the text."""
        position = 0
        work, add = self.work, self.lines.append
        has_pages = "\f" in work
        # A row of a table may begin with anything, and a line behind a comment is shorter than it seems.
        is_intricate = self._has_blots or "|" in work
        for raw in work.split("\n"):
            content = raw.strip()
            if has_pages and "\f" in raw:
                self._read_pages(raw, position)
            elif not content:
                self._gap = True
                self._in_table = False
            elif (
                is_intricate
                or self._quoted
                or (
                    (first := content[0]) in _STRUCTURE_STARTS
                    and (
                        len(content) <= LONGEST_PAGE_NUMBER
                        or first not in _NUMBER_STARTS
                        # ········ is a rule.
                        or content[1] == first
                    )
                )
            ):
                self._read(raw, position)
            else:
                # Nearly every line is one of plain text.
                start, indent = position, 0
                if len(content) < len(raw) and raw[0] != first:
                    leading = raw.find(first)
                    start += leading
                    indent = _columns(raw[:leading])
                end = start + len(content)
                if self._has_marks(start, end):
                    self._add_content(start, end, indent)
                else:
                    add(Line(((start, end),), "text", 0, (), indent, self._gap))
                    self._gap = self._in_table = False
            position += len(raw) + 1

    def _read(self, raw: str, position: int) -> None:
        """Takes the next source line, which begins at `position` of the text."""
        content = raw.strip()
        if not content:
            self._gap = True
            self._in_table = False
            return
        leading = raw.find(content[0])
        indent = _columns(raw[:leading]) if leading else 0
        start = position + leading
        if content[0] in _STRUCTURE_STARTS or self._quoted or "|" in content:
            self._read_structure(start, start + len(content), indent)
        else:
            self._add_content(start, start + len(content), indent)

    def _read_pages(self, raw: str, position: int) -> None:
        for number, part in enumerate(raw.split("\f")):
            if number:
                self._add_furniture((), "page-break", 0)
            if part.strip():
                self._read(part, position)
            position += len(part) + 1

    def _has_marks(self, start: int, end: int) -> bool:
        """Whether there is a mark in a stretch of the text; stretches are asked about from left to right."""
        if self._next_mark < start:
            # One search over what lies before the next mark serves all lines up to it.
            found = compiled(INLINE).search(self.work, start)
            self._next_mark = len(self.work) if found is None else found.start()
        return self._next_mark < end

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        self._gap = False

    def _add_rule(self) -> None:
        self._add(Line((), kind="rule", joins=False, gap=self._gap))
        self._gap = True
        self._in_table = False

    def _add_furniture(self, pieces: tuple[Pair, ...], furniture: str, indent: int) -> None:
        self._add(Line(pieces, kind="furniture", furniture=furniture, indent=indent, gap=self._gap))
        self._gap = True
        self._in_table = False

    def _read_structure(self, start: int, end: int, indent: int) -> None:
        work = self.work
        if self._has_blots:
            start, end, indent = _without_blots(work, start, end, indent)
            if start == end:
                # A comment on a line of its own is as good as not there.
                return
        content = work[start:end]
        if content.isdecimal() and len(content) <= 3:
            self.bare_numbers.append(len(self.lines))
        elif is_page_number(content):
            self._add_furniture(((start, end),), "page-number", indent)
            return
        elif is_rule(content):
            self._add_rule()
            return
        joins = None
        if self._quoted or content[0] == ">":
            inside = start
            while inside < end and _is_quote_mark(work, inside, end):
                inside, indent = _after_mark(work, inside + 1, end, indent)
            is_quoted = inside > start
            # A line right below a quotation may still be of it, one below a gap is not.
            if is_quoted != self._quoted and (is_quoted or self._gap):
                joins = False
            self._quoted = is_quoted
            start = inside
        first = work[start : start + 1] if start < end else ""
        heading = _heading_level(work[start:end]) if first == "#" else 0
        if heading:
            start, _ = _after_mark(work, start + heading, end, 0)
            end = _before_closing_marks(work, start, end)
            joins = False
        elif first in ("-", "*", "+") and _is_list_mark(work, start, end):
            start, _ = _after_mark(work, start + 1, end, 0)
            joins = False
        if start == end:
            self._gap = True
        elif heading or "|" not in work[start:end] or not self._read_row(start, end):
            self._add_content(start, end, indent, heading, joins=joins)

    def _read_row(self, start: int, end: int) -> bool:
        """Takes a line with a bar in it, if it belongs to a table."""
        content = self.work[start:end]
        if self._is_below_table_head(content):
            return True
        if self._in_table or (content[0] == "|" and len(compiled(_PIPE).findall(content)) > 1):
            self._in_table = True
            self._add_row(start, end, may_have_marks=self._has_marks(start, end))
            return True
        return False

    def _is_below_table_head(self, content: str) -> bool:
        """Whether the line is the ``---|---`` of a table; what stands above it becomes a row."""
        if compiled(_DELIMITER_ROW).fullmatch(content) is None:
            return False
        if self._in_table:
            return True
        head = self.lines[-1] if self.lines and not self._gap else None
        if head is None or head.kind != "text":
            return False
        start, end = head.pieces[0][0], head.pieces[-1][1]
        if "|" not in self.work[start:end]:
            return False
        del self.lines[-1]
        self._gap = head.gap
        self._in_table = True
        self._add_row(start, end, may_have_marks=True)
        return True

    def _add_row(self, start: int, end: int, *, may_have_marks: bool) -> None:
        bars = [start + bar.start() for bar in compiled(_PIPE).finditer(self.work[start:end])]
        if bars[:1] != [start]:
            bars.insert(0, start - 1)
        if bars[-1] != end - 1:
            bars.append(end)
        pieces: list[Pair] = []
        cells: list[Pair] = []
        bold: list[Pair] = []
        for bar, stop in pairwise(bars):
            cuts: list[Pair] = []
            if may_have_marks:
                marks = find_marks(self.work, bar + 1, stop)
                cuts = marks.cuts
                bold += marks.bold
                self.verbatim += marks.verbatim
            inside = pieces_between(self.work, bar + 1, stop, cuts)
            cells.append(_cell(inside, bar + 1))
            pieces += inside
        self._add(
            Line(
                tuple(pieces),
                kind="table",
                bold=tuple(bold),
                gap=self._gap,
                joins=False,
                cells=tuple(cells),
            )
        )

    def _add_content(
        self, start: int, end: int, indent: int, heading: int = 0, *, joins: bool | None = None
    ) -> None:
        self._in_table = False
        if not self._has_marks(start, end):
            self.lines.append(Line(((start, end),), "text", heading, (), indent, self._gap, joins))
            self._gap = False
            return
        marks = find_marks(self.work, start, end)
        if self._is_printed:
            # What is set in words is read where it is printed: a link's address, a picture's description.
            marks.cuts = [cut for cut in marks.cuts if not compiled(_HAN).search(self.work, *cut)]
        self.verbatim += marks.verbatim
        if not (marks.breaks or marks.cells):
            pieces = pieces_between(self.work, start, end, marks.cuts)
            if pieces:
                indent += _entity_columns(self.work[start : pieces[0][0]])
                closed = self.work.startswith("](", pieces[-1][1])
                bold = tuple(marks.bold)
                line = Line(tuple(pieces), "text", heading, bold, indent, self._gap, joins, closed=closed)
                self.lines.append(line)
                self._gap = False
            else:
                self._gap = self._gap or marks.images
            return
        for segment in marks.segments(start, end):
            if segment.rule:
                self._add_rule()
            pieces = pieces_between(self.work, segment.start, segment.end, segment.cuts)
            if not pieces:
                # Two breaks with nothing between them are a blank line; a picture is one too.
                self._gap = self._gap or segment.blank
                continue
            cells = tuple(
                _cell(pieces_between(self.work, *cell, segment.cuts), cell[0]) for cell in segment.cells
            )
            self._add(
                Line(
                    tuple(pieces),
                    kind="table" if cells else "text",
                    heading=heading or segment.heading,
                    bold=segment.bold,
                    indent=indent + _entity_columns(self.work[segment.start : pieces[0][0]]),
                    gap=self._gap,
                    joins=False if cells or segment.begins_block else joins,
                    cells=cells,
                )
            )
            indent = 0


def _cell(inside: list[Pair], empty_at: int) -> Pair:
    return (inside[0][0], inside[-1][1]) if inside else (empty_at, empty_at)


@lru_cache(maxsize=64)
def _columns(space: str) -> int:
    return sum(_WIDE_SPACES.get(character, 1) for character in space)


def _entity_columns(space: str) -> int:
    return space.count("&") + len(compiled(_WIDE_ENTITIES).findall(space)) if "&" in space else 0


def _without_blots(work: str, start: int, end: int, indent: int) -> tuple[int, int, int]:
    """The line without comments at its ends, and its indent with the space after them."""
    begin = start
    while start < end and (work[start] == "\0" or work[start].isspace()):
        start += 1
    while end > start and (work[end - 1] == "\0" or work[end - 1].isspace()):
        end -= 1
    return start, end, indent + _columns(work[begin:start])


def _after_mark(work: str, start: int, end: int, indent: int) -> tuple[int, int]:
    """Where content begins after a mark, and the indent: one space belongs to the mark."""
    begin = start
    while start < end and work[start].isspace():
        start += 1
    return start, indent + _columns(work[begin + 1 : start])


def _heading_level(content: str) -> int:
    level = len(content) - len(content.lstrip("#"))
    return level if level <= 6 and (level == len(content) or content[level].isspace()) else 0


def _before_closing_marks(work: str, start: int, end: int) -> int:
    content = work[start:end]
    bare = content.rstrip("#")
    return start + len(bare.rstrip()) if not bare or bare[-1].isspace() else end


def _is_list_mark(work: str, start: int, end: int) -> bool:
    """Whether the sign that a line begins with makes it an item; `* 要闻 *` is a heading between signs."""
    is_between_signs = work[end - 1] == work[start] and work[end - 2].isspace() and end - start > 3
    return work[start + 1 : start + 2].isspace() and not is_between_signs


def _is_quote_mark(work: str, at: int, end: int) -> bool:
    # ``>50%`` and ``>=3`` compare; they quote nothing.
    following = work[at + 1] if at + 1 < end else " "
    return work[at] == ">" and following != "=" and not (following.isascii() and following.isalnum())


def is_rule(content: str) -> bool:
    """Whether a whole line, without white space at its ends, is a rule drawn of characters."""
    strokes = set(content) - _BLANKS
    if len(strokes) == 1 and strokes <= _ONE_SIGN:
        # Two ellipses on a line of their own stand for paragraphs that are left out (GB/T 15834-2011, 4.11).
        return content.count(content[0]) >= (_LONG_RULE if "…" in strokes else _SHORT_RULE)
    if content[0] not in _RULE_CHARACTERS or not _RULE_CHARACTERS.issuperset(content):
        return False
    return sum(character not in _BLANKS and character != "★" for character in content) >= _LONG_RULE
