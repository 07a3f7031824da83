"""From physical lines to paragraphs: joins what a page or a column's width cut, and says so.

Extraction harms text in ways no author does: a page break in the middle of a paragraph becomes an
empty line, the character before it is set again after it. The text is repaired here, before
anything is judged, and each repair is recorded once.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.document import Block, Damage, Document, Line, LineKind, Reading
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.grammar import Grammar

_ENDS = frozenset("。！？…：；!?:;")
_CLOSERS = frozenset("”’」』）)】》〉\"'")
_OPEN_ENDS = frozenset("，、,（(“‘《〈")
_CANNOT_BEGIN = frozenset("，。、；：？！”’）》〉】」』,;:?!)")
_LONG = 24
"""Characters from which a line without an end mark may be a paragraph that was cut."""
_LONGEST_REPEAT = 60
_NARROWEST, _WIDEST = 40, 120
"""Columns between which text is wrapped by hand or by an extractor."""
_WRAP_SLACK = 6
"""Columns that a full line may lack: a number or a word that did not fit went to the next."""
_ENOUGH_LINES = 8
_LINES_AHEAD = 40
_DEEPEST_INDENT = 8
"""Columns; more is a centred line and no paragraph."""
_WIDE_MARKS = frozenset("“”‘’…—·")
_NARROW = compiled(f"[^\\u2e80-\U0010ffff{''.join(sorted(_WIDE_MARKS))}]")
_PAGE_ENDS = ("page-number", "page-break", "running-head")
_FIRST_WORD = compiled(r"[!-~]+")
_new = tuple.__new__
"""Makes a named tuple in a third of the time that its own constructor takes."""
_RADICAL = compiled("[\u2e80-\u2fdf]")


class _Draft:
    """A block being put together."""

    __slots__ = ("cuts", "first", "last", "line", "pieces", "seams", "text")

    def __init__(self, index: int, line: Line, source: str) -> None:
        self.line = line
        """The first one."""
        self.first = self.last = index
        if len(line.pieces) == 1:
            piece = line.pieces[0]
            self.pieces = [piece]
            self.text = source[piece[0] : piece[1]]
        else:
            self.pieces, self.text = _with_separators(line, source)
        self.seams: list[int] = []
        self.cuts: list[tuple[int, str, str, int | None]] = []

    def drop(self, count: int) -> None:
        """Takes the last `count` characters off the pieces."""
        self.text = self.text[: len(self.text) - count]
        while count:
            start, end = self.pieces.pop()
            if end - start > count:
                self.pieces.append((start, end - count))
                count = 0
            else:
                count -= end - start


def _with_separators(line: Line, source: str) -> tuple[list[tuple[int, int]], str]:
    """A line's pieces and text, with a tab between table cells and a space where an entity
    (``&nbsp;``) stood; each is anchored to the source character that it stands for.
    """
    pieces: list[tuple[int, int]] = []
    parts: list[str] = []
    cell_ends = [end for _, end in line.cells]
    for start, end in line.pieces:
        if pieces:
            before = pieces[-1][1]
            parted = any(before <= cell_end < start for cell_end in cell_ends)
            if parted or source[before:start].startswith("&"):
                pieces.append((before, before + 1))
                parts.append("\t" if parted else " ")
        pieces.append((start, end))
        parts.append(source[start:end])
    return pieces, "".join(parts)


class _Layout:
    """How the lines of a source are broken, where its reader has not said it of each line."""

    __slots__ = ("_lines", "_text", "_widths", "spaced", "widest", "wrapped")

    def __init__(self, reading: Reading) -> None:
        self._lines = reading.lines
        self._text = reading.text
        self._widths: dict[int, tuple[int, int]] = {}
        self.spaced = False
        """Paragraphs are set apart by empty lines."""
        self.widest = (0, 0)
        """Columns and characters of the widest line where all are as narrow as wrapped lines are, else 0."""
        self.wrapped = False
        """Enough lines break at that width to say that the text is hard-wrapped."""
        if not reading.joins_known:
            self._measure()

    def _measure(self) -> None:
        indices: list[int] = []
        may_be_wide: list[int] = []
        for index, line in enumerate(self._lines):
            if line.kind == "text" and (pieces := line.pieces):
                indices.append(index)
                if 2 * (pieces[-1][1] - pieces[0][0]) + line.indent > _WIDEST:
                    may_be_wide.append(index)
        lines = [self._lines[index] for index in indices]
        self.spaced = sum([line.gap for line in lines]) * 2 >= len(lines)
        wide: set[int] = set()
        for index in may_be_wide:
            if self.width(index)[0] > _WIDEST:
                wide.add(index)
                if len(wide) * 8 > len(lines):
                    # A line of labels may be wider than the text; paragraphs that are make it unwrapped.
                    return
        narrow = [self.width(index) for index in indices if index not in wide]
        widest = max((columns for columns, _ in narrow), default=0)
        if widest < _NARROWEST:
            return
        # Hard-wrapped text breaks its lines at one width, in the middle of sentences; a list of labels or
        # of short paragraphs does not.
        broken = [
            index
            for index, (line, following) in zip(indices, pairwise(lines), strict=False)
            if not following.gap
            and not line.heading
            and not following.heading
            and self.width(index)[0] * 2 >= widest
            and not _has_ended(self._text[line.pieces[0][0] : line.pieces[-1][1]])
        ]
        self.widest = (widest, max(length for _, length in narrow))
        if len(broken) >= _ENOUGH_LINES:
            # An address that could not be broken stands out; an eighth of the lines may.
            widths = [self.width(index) for index in broken]
            self.widest = (_usual(width[0] for width in widths), _usual(width[1] for width in widths))
        full = sum(self.is_full(index, "") for index in broken)
        self.wrapped = full >= 3 and full * 10 >= len(broken) * 4

    def width(self, index: int) -> tuple[int, int]:
        """The width of a line with its indent, in columns of a half-width character and in characters."""
        known = self._widths.get(index)
        if known is not None:
            return known
        line = self._lines[index]
        columns, characters = line.indent, line.indent // 2
        for start, end in line.pieces:
            characters += end - start
            columns += 2 * (end - start) - len(_NARROW.findall(self._text, start, end))
        width = self._widths[index] = (columns, characters)
        return width

    def is_full(self, index: int, following: str) -> bool:
        """Whether a line is as wide as a wrapped one, so that the next line's first word did not fit.

        Some programs count columns, some characters.
        """
        if not self.widest[0]:
            return False
        columns, characters = self.width(index)
        word = _FIRST_WORD.match(following)
        length = len(word[0]) if word is not None else 0
        return self.widest[0] - columns <= max(_WRAP_SLACK, length) or self.widest[1] - characters <= max(
            _WRAP_SLACK // 2, length
        )


def assemble(path: str, reading: Reading, grammar: Grammar) -> Document:
    """The document's text and blocks, with cuts joined and every offset mapped to the source."""
    # Folded before anything is judged: ⼆、 is a marker as 二、 is. Offsets stay what they are.
    folded = _fold(reading.text, grammar)
    joiner = _Joiner(reading if folded is reading.text else reading._replace(text=folded), grammar)
    drafts: list[_Draft] = []
    furniture: list[_Draft] = []
    previous: LineKind | None = None
    turned_page = False
    for index, line in enumerate(reading.lines):
        kind = line.kind
        if kind == "rule":
            previous = None
        elif kind == "furniture":
            turned_page = turned_page or line.furniture in _PAGE_ENDS
            if line.pieces:
                furniture.append(_Draft(index, line, folded))
        elif line.pieces:
            draft = _Draft(index, line, folded)
            if turned_page and _is_running_head(draft.text, drafts):
                furniture.append(draft)
                continue
            may_join = previous == kind == "text"
            if may_join and line.gap and not line.joins and drafts[-1].text[-1] in _ENDS:
                # Nearly every paragraph that is set apart.
                may_join = False
            if not (may_join and joiner.join(drafts, draft, turned_page=turned_page)):
                drafts.append(draft)
            previous = kind
            turned_page = False
    return _document(path, reading, folded, drafts, furniture, grammar)


def _is_running_head(text: str, drafts: list[_Draft]) -> bool:
    """Whether a line after a page number says the series title again, with or without its number."""
    title = "".join(drafts[0].text.split()) if drafts else ""
    compact = "".join(text.split())
    return len(title) >= 4 and compact.startswith(title) and len(compact) <= len(title) + 20


def _usual(widths: Iterable[int]) -> int:
    """The width that no more than an eighth of the lines exceed; the largest of a few."""
    ordered = sorted(widths, reverse=True)
    return ordered[len(ordered) // 8] if len(ordered) >= _ENOUGH_LINES else ordered[0]


class _Joiner:
    """Joins lines to the blocks that they go on from.

    Most lines are told by what is cheap to ask, a gap above and how the block above ends; only of those
    that may go on it is asked whether they begin something by their own words.
    """

    __slots__ = ("_grammar", "_joins_known", "_lines", "_measured", "_reading")

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        self._reading = reading
        self._grammar = grammar
        self._lines = reading.lines
        self._joins_known = reading.joins_known
        self._measured: _Layout | None = None

    @property
    def _layout(self) -> _Layout:
        # Where gaps part all lines it is never asked for.
        if self._measured is None:
            self._measured = _Layout(self._reading)
        return self._measured

    def join(self, drafts: list[_Draft], new: _Draft, *, turned_page: bool) -> bool:
        """Joins a line to the last block where it goes on from it; false where it begins a block."""
        draft = drafts[-1]
        line, text, before = new.line, new.text, draft.text
        if self._joins_known and not line.gap and _is_rest_of_field(before, text, self._grammar):
            self._extend(draft, new)
            return True
        joins = line.joins
        if joins:
            previous = self._lines[draft.last]
            if _begins_field(before, text, self._grammar):
                return False
            across_page = line.page is not None and previous.page is not None and line.page != previous.page
            repeat = _repeat(before, text) if across_page else 0
            self._extend(draft, new)
            if repeat:
                _drop_repeat(draft, repeat, new)
            return True
        if line.heading or self._lines[draft.last].heading:
            return False
        has_ended = _has_ended(before)
        if joins is None and not line.gap:
            if line.indent == 0 and not has_ended and self._is_rest_of_full_line(draft, text):
                # Whatever a line looks like (第 ⏎ 二，…), it is the rest of the full line above.
                self._extend(draft, new)
                return True
            if not self._joins_known and not turned_page:
                soft = self._is_soft_wrap(draft, new, has_ended=has_ended)
                if soft and not self._begins_block(new):
                    self._extend(draft, new)
                    return True
                if soft is not None:
                    return False
        if has_ended:
            return False
        return self._join_cut(drafts[-2].text if len(drafts) > 1 else "", draft, new)

    def _is_rest_of_full_line(self, draft: _Draft, text: str) -> bool:
        """Whether hard-wrapped text goes on below a line that is full and not ended."""
        layout = self._layout
        return (
            layout.wrapped
            and not _is_set_wide(draft.text)
            and layout.is_full(draft.last, text)
            and not self._grammar.has_label(text)
            and not self._grammar.is_contents_heading(text)
        )

    def _join_cut(self, above: str, draft: _Draft, new: _Draft) -> bool:
        """Joins a line to a block that has not ended, where extraction cut a paragraph between them."""
        text, before = new.text, draft.text
        goes_on = text[0] in _CANNOT_BEGIN and len(before) >= 8
        is_open = _is_still_open(before)
        # A numbered heading may be as long as that, with a comma in it.
        is_clause = _is_clause_after_prose(above, before) and self._grammar.marker(before) is None
        if not (goes_on or is_open or is_clause) or self._begins_block(new):
            return False
        if not goes_on:
            # What goes on must itself end as prose does: a title or a label line does not.
            whole = text + self._rest(new.first)
            has_ended = _has_ended(whole)
            has_stop = "。" in whole
            is_cut = is_open and (has_ended or has_stop or (len(whole) >= _LONG and _is_still_open(whole)))
            if not is_cut and not (is_clause and has_stop and has_ended):
                return False
        seam = len(before)
        repeat = _repeat(before, text)
        self._extend(draft, new)
        if repeat:
            seam -= repeat
            _drop_repeat(draft, repeat, new)
        draft.cuts.append((seam, "cut", "", new.line.page))
        return True

    def _extend(self, draft: _Draft, new: _Draft) -> None:
        before, after = draft.text[-1:], new.text[:1]
        draft.seams.append(len(draft.text))
        if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
            # Latin words on two lines: the line break stands for the space between them.
            source = self._reading.text
            end = draft.pieces[-1][1]
            if end < len(source) and source[end].isspace():
                draft.pieces.append((end, end + 1))
                draft.text += " "
        draft.text += new.text
        draft.pieces.extend(new.pieces)
        draft.last = new.first

    def _begins_block(self, new: _Draft) -> bool:
        """Whether a line is by its own words the start of something."""
        text, grammar = new.text, self._grammar
        first = text[0]
        if first in "【★◆●■▲※≡▶☆◇□":
            return True
        if first in "（(" and text[-1] in "）)" and len(text) <= 45:
            return True
        if grammar.marker(text) is not None or grammar.is_contents_heading(text):
            return True
        if grammar.note_start(text) is not None:
            return True
        if grammar.has_label(text):
            return True
        line = new.line
        return bool(line.bold) and line.bold[0][0] == line.pieces[0][0] and not line.joins

    def _rest(self, index: int) -> str:
        """What the lines below add to the paragraph that a line begins: its own words do not show its end."""
        source = self._reading.text
        parts: list[str] = []
        for line in islice(self._lines, index + 1, index + 1 + _LINES_AHEAD):
            if line.kind == "furniture":
                continue
            goes_on = line.joins if self._joins_known else not line.gap and line.joins is None
            if line.kind != "text" or not goes_on:
                break
            parts.extend(source[start:end] for start, end in line.pieces)
        return "".join(parts)

    def _is_soft_wrap(self, draft: _Draft, new: _Draft, *, has_ended: bool) -> bool | None:
        """Whether adjacent lines are one paragraph: true, false, or None where it may be a cut."""
        text, indent, before = new.text, new.line.indent, draft.text
        if text[0] in _CANNOT_BEGIN:
            return True
        if indent >= 2 and indent != self._lines[draft.last].indent:
            return False
        if _is_set_wide(before):
            return False
        layout = self._layout
        is_open = not has_ended and _is_still_open(before)
        is_full = is_long = False
        if layout.widest[0]:
            is_full = layout.is_full(draft.last, text)
            # A number or a word that did not fit may leave a line well short of the full width.
            is_long = layout.width(draft.last)[0] * 10 >= layout.widest[0] * 6
        if not (is_full or is_open or is_long):
            return False if layout.wrapped else None
        # That a full line ends a sentence means nothing where prose follows; a bracket may be the source, and
        # words without a comma a title.
        is_prose_next = "，" in text or "。" in text
        may_end = has_ended and (before[-1] in "）)】" or not (layout.wrapped or is_prose_next))
        goes_on = (is_full and not may_end) or is_open
        is_indented = 2 <= draft.line.indent <= _DEEPEST_INDENT and any(
            mark in before for mark in "，。；、："
        )
        if is_indented and indent == 0 and (goes_on or (is_long and not has_ended)):
            # A paragraph began with an indent, this line has none: it goes on.
            return True
        if layout.wrapped:
            if layout.spaced:
                return goes_on or (is_long and not has_ended)
            return (is_full and not has_ended) or is_open
        if layout.spaced and (is_open or (is_full and not has_ended)):
            # Among paragraphs set apart by empty lines, adjacent lines are one paragraph.
            return True
        return None


def _drop_repeat(draft: _Draft, repeat: int, new: _Draft) -> None:
    """Takes out the characters before the join that are set again after it."""
    seam = len(draft.text) - len(new.text)
    kept = len(draft.pieces) - len(new.pieces)
    del draft.pieces[kept:]
    draft.text = draft.text[:seam]
    dropped = draft.text[-repeat:]
    draft.drop(repeat)
    draft.text += new.text
    draft.pieces.extend(new.pieces)
    draft.seams[-1] = seam - repeat
    draft.cuts.append((seam - repeat, "repeat", dropped, new.line.page))


def _is_set_wide(text: str) -> bool:
    """Whether words are set wide apart on one line, office and date of a masthead say: no prose."""
    return "\u3000\u3000" in text or "   " in text or "\t" in text


def _begins_field(before: str, text: str, grammar: Grammar) -> bool:
    """Whether a field begins below another one, or below a paragraph, that happens to fill its line."""
    return grammar.has_label(text) and (_has_ended(before) or grammar.has_label(before))


def _is_rest_of_field(before: str, text: str, grammar: Grammar) -> bool:
    """Whether a line of fields was broken inside a label (E- ⏎ mail：) or after one (电话： ⏎ 55…)."""
    words = before.rsplit(None, 1)
    if len(words) < 2:
        return False
    last = words[-1]
    # Looking for a label takes longest, and few lines come so far.
    if (len(last) > 4 and last[-1] not in "：:") or not grammar.has_label(before):
        return False
    if len(last) <= 4 and grammar.has_label(last + text):
        return not grammar.has_label(last)
    return last[-1] in "：:" and grammar.has_label(last) and not grammar.has_label(text)


def _is_still_open(text: str) -> bool:
    """Whether a block that has not ended is prose all the same."""
    if text[-1] in _OPEN_ENDS:
        return True
    if len(text) < _LONG:
        return False
    if "。" in text or "；" in text:
        return True
    return len(text) >= 45 and text.count("，") + text.count(",") >= 2


def _has_ended(text: str) -> bool:
    last = text[-1]
    if last in _ENDS or last in "）)】":
        # （松湖区文明办） at the end of a paragraph closes it, whatever stands in the brackets.
        return True
    if last not in _CLOSERS:
        return False
    position = len(text) - 2
    while position > 0 and text[position] in _CLOSERS:
        position -= 1
    return position >= 0 and text[position] in _ENDS


def _is_clause_after_prose(above: str, before: str) -> bool:
    """Whether a block that has not ended may be the first clause of a paragraph: after a whole paragraph no
    title is so long, with a comma in it.
    """
    if len(before) < _LONG + 4 or "，" not in before or len(above) < _LONG:
        return False
    return "。" in above and above[-1] not in "）)：" and _has_ended(above)


def _repeat(before: str, after: str) -> int:
    """How many characters at the end of a block are set again at the start of the next."""
    for length in range(min(len(before), len(after), _LONGEST_REPEAT), 0, -1):
        if before.endswith(after[:length]):
            return length if "\u3400" <= after[0] <= "\u9fff" or length >= 4 else 0
    return 0


def _document(
    path: str,
    reading: Reading,
    folded: str,
    drafts: list[_Draft],
    furniture: list[_Draft],
    grammar: Grammar,
) -> Document:
    parts: list[str] = []
    anchors: list[tuple[int, int]] = []
    blocks: list[Block] = []
    seams: list[int] = []
    damage: list[Damage] = []
    offset = 0
    add_block, add_anchor = blocks.append, anchors.append
    for draft in [*drafts, *furniture]:
        start = offset
        first = draft.line
        end = 0
        for begin, end in draft.pieces:
            add_anchor((offset, begin))
            offset += end - begin
        # The line feed after the block stands for the source's own.
        add_anchor((offset, end))
        bold: tuple[Span, ...] = ()
        cells: tuple[Span, ...] = ()
        if draft.seams or first.bold or first.cells:
            bold, cells = _bold_and_cells(reading, draft, start)
            seams.extend(start + seam for seam in draft.seams)
            for seam, kind, found, page in draft.cuts:
                at = start + seam
                damage.append(Damage(kind, Span(max(start, at - 1), min(at + 1, offset)), found, page))
        parts.append(draft.text)
        add_block(
            _new(
                Block,
                (
                    _new(Span, (start, offset)),
                    (draft.first, draft.last),
                    first.heading,
                    bold,
                    first.indent,
                    first.gap,
                    first.page,
                    first.size,
                    first.centred,
                    first.kind == "table",
                    cells,
                ),
            )
        )
        offset += 1
    text = "\n".join(parts)
    return Document(
        path,
        reading,
        text,
        blocks,
        anchors,
        seams,
        damage,
        source_text=text if folded is reading.text else _unfolded(text, reading.text, anchors, grammar),
        furniture_start=len(drafts),
    )


def _bold_and_cells(reading: Reading, draft: _Draft, start: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The bold stretches and the cells of a block that begins at `start` of the document's text."""
    bold: list[Span] = []
    cells: list[Span] = []
    for line in reading.lines[draft.first : draft.last + 1]:
        if line.bold:
            bold.extend(_mapped(line.bold, draft.pieces, start))
        for cell in line.cells:
            # An empty cell has no characters, and is a cell all the same.
            cells.extend(_mapped((cell,), draft.pieces, start) or [Span(start, start)])
    return _merged(bold), tuple(cells)


def _unfolded(text: str, source: str, anchors: list[tuple[int, int]], grammar: Grammar) -> str:
    """The document's text with the characters that the source has where others were put for them."""
    parts: list[str] = []
    for (offset, at), (end, _) in pairwise([*anchors, (len(text), 0)]):
        stretch = text[offset:end]
        original = source[at : at + len(stretch)].ljust(len(stretch))
        parts.extend(
            before if grammar.fold.get(before) == after else after
            for before, after in zip(original, stretch, strict=True)
        )
    return "".join(parts)


def _mapped(spans: tuple[tuple[int, int], ...], pieces: list[tuple[int, int]], start: int) -> list[Span]:
    """Spans of the reading's text as spans of the document's, those that fall on pieces."""
    found: list[Span] = []
    for low, high in spans:
        offset = start
        first: int | None = None
        last = 0
        for piece_start, piece_end in pieces:
            overlap_start, overlap_end = max(low, piece_start), min(high, piece_end)
            if overlap_start < overlap_end:
                if first is None:
                    first = offset + overlap_start - piece_start
                last = offset + overlap_end - piece_start
            offset += piece_end - piece_start
        if first is not None:
            found.append(Span(first, last))
    return found


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Touching spans as one: a bold title over two lines is one bold stretch."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _fold(text: str, grammar: Grammar) -> str:
    """Radicals, which extraction puts for the ideographs they look like, as those ideographs."""
    if not grammar.fold or _RADICAL.search(text) is None:
        return text
    table = {ord(key): value for key, value in grammar.fold.items() if len(value) == 1}
    return text.translate(table)
