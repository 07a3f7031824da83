"""From physical lines to paragraphs: joins what a page or a column's width cut, and says so.

Extraction harms text in ways no author does: a page break in the middle of a paragraph becomes an
empty line, the character before it is set again after it. The text is repaired here, before
anything is judged, and each repair is recorded once.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise

from bulletin_lint.anatomy.forms import Anatomy
from bulletin_lint.document import Block, Damage, Document, Line, Reading
from bulletin_lint.location import Span
from bulletin_lint.patterns import compiled
from bulletin_lint.typed import NamedTuple

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
_RADICAL = compiled("[\u2e80-\u2fdf]")


class _Draft:
    """A block being put together."""

    __slots__ = ("cuts", "indent", "lines", "pieces", "seams", "text")

    def __init__(self, index: int, line: Line, source: str) -> None:
        self.lines = [index, index]
        self.indent = line.indent
        self.pieces = list(line.pieces)
        if len(line.pieces) == 1:
            self.text = source[line.pieces[0][0] : line.pieces[0][1]]
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


class _Layout(NamedTuple):
    spaced: bool
    """Paragraphs are set apart by empty lines."""
    widest: tuple[int, int]
    """Columns and characters of the widest line where all are as narrow as wrapped lines are, else 0."""
    wrapped: bool
    """Enough lines break at that width to say that the text is hard-wrapped."""

    def is_full(self, line: Line, text: str, following: str) -> bool:
        """Whether a line is as wide as a wrapped one, so that the next line's first word did not fit.

        Some programs count columns, some characters.
        """
        if not self.widest[0]:
            return False
        columns, characters = _width(line, text)
        word = _FIRST_WORD.match(following)
        length = len(word[0]) if word is not None else 0
        return self.widest[0] - columns <= max(_WRAP_SLACK, length) or self.widest[1] - characters <= max(
            _WRAP_SLACK // 2, length
        )


def assemble(path: str, reading: Reading, anatomy: Anatomy) -> Document:
    """The document's text and blocks, with cuts joined and every offset mapped to the source."""
    raw = reading.text
    # Folded before anything is judged: ⼆、 is a marker as 二、 is. Offsets stay what they are.
    reading = reading._replace(text=_fold(raw, anatomy))
    source = reading.text
    layout = _layout(reading)
    drafts: list[_Draft] = []
    furniture: list[_Draft] = []
    previous: Line | None = None
    turned_page = False
    for index, line in enumerate(reading.lines):
        if line.kind == "rule":
            previous = None
            continue
        if line.kind == "furniture":
            turned_page = turned_page or line.furniture in _PAGE_ENDS
            if line.pieces:
                furniture.append(_Draft(index, line, source))
            continue
        if not line.pieces:
            continue
        draft = _Draft(index, line, source)
        if turned_page and _is_running_head(draft.text, drafts):
            furniture.append(draft)
            continue
        joined = False
        if previous is not None and drafts and line.kind == "text" and previous.kind == "text":
            above = drafts[-2].text if len(drafts) > 1 else ""
            joined = _join(
                drafts[-1], previous, line, draft, layout, anatomy, reading, above, turned_page=turned_page
            )
        if not joined:
            drafts.append(draft)
        previous = line
        turned_page = False
    return _document(path, reading._replace(text=raw), drafts, furniture, anatomy)


def _is_running_head(text: str, drafts: list[_Draft]) -> bool:
    """Whether a line after a page number says the series title again, with or without its number."""
    title = "".join(drafts[0].text.split()) if drafts else ""
    compact = "".join(text.split())
    return len(title) >= 4 and compact.startswith(title) and len(compact) <= len(title) + 20


def _layout(reading: Reading) -> _Layout:
    nothing = _Layout(spaced=False, widest=(0, 0), wrapped=False)
    if reading.kind == "pdf":
        return nothing
    lines = [line for line in reading.lines if line.kind == "text" and line.pieces]
    layout = nothing._replace(spaced=sum(line.gap for line in lines) * 2 >= len(lines))
    widths = [_width(line, reading.text) for line in lines]
    narrow = [width for width in widths if width[0] <= _WIDEST]
    widest = max((columns for columns, _ in narrow), default=0)
    # A line of labels may be wider than the text; paragraphs that are make it unwrapped.
    if widest < _NARROWEST or (len(widths) - len(narrow)) * 8 > len(widths):
        return layout
    # Hard-wrapped text breaks its lines at one width, in the middle of sentences; a list of labels or
    # of short paragraphs does not.
    broken = [
        (line, width)
        for width, (line, following) in zip(widths, pairwise(lines), strict=False)
        if not following.gap
        and not line.heading
        and not following.heading
        and width[0] * 2 >= widest
        and not _has_ended(reading.text[line.pieces[0][0] : line.pieces[-1][1]])
    ]
    layout = layout._replace(widest=(widest, max(length for _, length in narrow)))
    if len(broken) >= _ENOUGH_LINES:
        # An address that could not be broken stands out; an eighth of the lines may.
        layout = layout._replace(
            widest=(_usual(width[0] for _, width in broken), _usual(width[1] for _, width in broken))
        )
    full = sum(layout.is_full(line, reading.text, "") for line, _ in broken)
    return layout._replace(wrapped=full >= 3 and full * 10 >= len(broken) * 4)


def _usual(widths: Iterable[int]) -> int:
    """The width that no more than an eighth of the lines exceed; the largest of a few."""
    ordered = sorted(widths, reverse=True)
    return ordered[len(ordered) // 8] if len(ordered) >= _ENOUGH_LINES else ordered[0]


def _width(line: Line, text: str) -> tuple[int, int]:
    """The width of a line with its indent, in columns of a half-width character and in characters."""
    columns, characters = line.indent, line.indent // 2
    for start, end in line.pieces:
        characters += end - start
        columns += 2 * (end - start) - len(_NARROW.findall(text, start, end))
    return columns, characters


def _join(
    draft: _Draft,
    previous: Line,
    line: Line,
    new: _Draft,
    layout: _Layout,
    anatomy: Anatomy,
    reading: Reading,
    above: str,
    *,
    turned_page: bool,
) -> bool:
    """Joins a line to the block before it where it goes on from it; false where it begins a block."""
    text = new.text
    if reading.kind == "pdf" and not line.gap and _is_rest_of_field(draft.text, text, anatomy):
        _extend(draft, new, reading)
        return True
    if line.joins and not _begins_field(draft.text, text, anatomy):
        across_page = line.page is not None and previous.page is not None and line.page != previous.page
        repeat = _repeat(draft.text, text) if across_page else 0
        _extend(draft, new, reading)
        if repeat:
            _drop_repeat(draft, repeat, new, line)
        return True
    if line.joins or line.heading or previous.heading or line.kind == "table":
        return False
    is_next_line = not line.gap and line.joins is None and line.indent == 0
    if (
        layout.wrapped
        and is_next_line
        and not _has_ended(draft.text)
        and not _is_set_wide(draft.text)
        and layout.is_full(previous, reading.text, text)
        and not (_has_label(text, anatomy) or anatomy.is_contents_heading(text))
    ):
        # Whatever a line looks like (第 ⏎ 二，…), it is the rest of the full line above.
        _extend(draft, new, reading)
        return True
    if _begins_block(text, line, anatomy):
        return False
    if reading.kind == "text" and not line.gap and line.joins is None and not turned_page:
        soft = _is_soft_wrap(draft, previous, line, text, layout, reading.text)
        if soft is not None:
            if soft:
                _extend(draft, new, reading)
            return soft
    if _has_ended(draft.text):
        return False
    whole = text + _rest(reading, new.lines[0])
    # A numbered heading may be as long as that, with a comma in it.
    may_be_clause = anatomy.marker(draft.text) is None
    if not _is_cut(draft.text, whole) and not (
        may_be_clause and _is_cut_before_first_stop(above, draft.text, whole)
    ):
        return False
    seam = len(draft.text)
    repeat = _repeat(draft.text, text)
    _extend(draft, new, reading)
    if repeat:
        seam -= repeat
        _drop_repeat(draft, repeat, new, line)
    draft.cuts.append((seam, "cut", "", line.page))
    return True


def _extend(draft: _Draft, new: _Draft, reading: Reading) -> None:
    before, after = draft.text[-1:], new.text[:1]
    draft.seams.append(len(draft.text))
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        # Latin words on two lines: the line break stands for the space between them.
        end = draft.pieces[-1][1]
        if end < len(reading.text) and reading.text[end].isspace():
            draft.pieces.append((end, end + 1))
            draft.text += " "
    draft.text += new.text
    draft.pieces.extend(new.pieces)
    draft.lines[1] = new.lines[0]


def _drop_repeat(draft: _Draft, repeat: int, new: _Draft, line: Line) -> None:
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
    draft.cuts.append((seam - repeat, "repeat", dropped, line.page))


def _begins_block(text: str, line: Line, anatomy: Anatomy) -> bool:
    """Whether a line is by its own words the start of something."""
    first = text[0]
    if first in "【★◆●■▲※≡▶☆◇□":
        return True
    if first in "（(" and text[-1] in "）)" and len(text) <= 45:
        return True
    if anatomy.marker(text) is not None or anatomy.is_contents_heading(text):
        return True
    if anatomy.note_start(text) is not None:
        return True
    if _has_label(text, anatomy):
        return True
    return bool(line.bold) and line.bold[0][0] == line.pieces[0][0] and not line.joins


def _is_set_wide(text: str) -> bool:
    """Whether words are set wide apart on one line, office and date of a masthead say: no prose."""
    return "\u3000\u3000" in text or "   " in text or "\t" in text


def _rest(reading: Reading, index: int) -> str:
    """What the lines below add to the paragraph that a line begins: its own words do not show its end."""
    parts: list[str] = []
    for line in islice(reading.lines, index + 1, index + 1 + _LINES_AHEAD):
        if line.kind == "furniture":
            continue
        goes_on = line.joins if reading.kind == "pdf" else not line.gap and line.joins is None
        if line.kind != "text" or not goes_on:
            break
        parts.extend(reading.text[start:end] for start, end in line.pieces)
    return "".join(parts)


def _has_label(text: str, anatomy: Anatomy) -> bool:
    """Whether a line begins with the label of a field."""
    if "：" not in text[:16] and ":" not in text[:16]:
        return False
    groups = ("distribution", "imprint", "copies", "masthead", "attribution")
    known = [anatomy.labels[group] for group in groups if group in anatomy.labels]
    return any(labels.at_start(text) is not None for labels in known)


def _begins_field(before: str, text: str, anatomy: Anatomy) -> bool:
    """Whether a field begins below another one, or below a paragraph, that happens to fill its line."""
    return _has_label(text, anatomy) and (_has_ended(before) or _has_label(before, anatomy))


def _is_rest_of_field(before: str, text: str, anatomy: Anatomy) -> bool:
    """Whether a line of fields was broken inside a label (E- ⏎ mail：) or after one (电话： ⏎ 55…)."""
    words = before.rsplit(None, 1)
    if len(words) < 2:
        return False
    last = words[-1]
    # Looking for a label takes longest, and few lines come so far.
    if (len(last) > 4 and last[-1] not in "：:") or not _has_label(before, anatomy):
        return False
    if len(last) <= 4 and _has_label(last + text, anatomy):
        return not _has_label(last, anatomy)
    return last[-1] in "：:" and _has_label(last, anatomy) and not _has_label(text, anatomy)


def _is_soft_wrap(
    draft: _Draft, previous: Line, line: Line, text: str, layout: _Layout, source: str
) -> bool | None:
    """Whether adjacent lines are one paragraph: true, false, or None where it may be a cut."""
    if text[0] in _CANNOT_BEGIN:
        return True
    if line.indent >= 2 and line.indent != previous.indent:
        return False
    if _is_set_wide(draft.text):
        return False
    is_full = layout.is_full(previous, source, text)
    has_ended = _has_ended(draft.text)
    # A number or a word that did not fit may leave a line well short of the full width.
    is_long = _width(previous, source)[0] * 10 >= layout.widest[0] * 6 > 0
    # That a full line ends a sentence means nothing where prose follows; a bracket may be the source, and
    # words without a comma a title.
    is_prose_next = "，" in text or "。" in text
    may_end = has_ended and (draft.text[-1] in "）)】" or not (layout.wrapped or is_prose_next))
    goes_on = (is_full and not may_end) or _is_open(draft.text)
    is_indented = 2 <= draft.indent <= _DEEPEST_INDENT and any(mark in draft.text for mark in "，。；、：")
    if is_indented and line.indent == 0 and (goes_on or (is_long and not has_ended)):
        # A paragraph began with an indent, this line has none: it goes on.
        return True
    if layout.wrapped:
        if layout.spaced:
            return goes_on or (is_long and not has_ended)
        return (is_full and not has_ended) or _is_open(draft.text)
    if layout.spaced and (_is_open(draft.text) or (is_full and not has_ended)):
        # Among paragraphs set apart by empty lines, adjacent lines are one paragraph.
        return True
    return None


def _is_open(text: str) -> bool:
    """Whether a block is prose that has not ended."""
    if _has_ended(text):
        return False
    if text[-1] in _OPEN_ENDS:
        return True
    if len(text) < _LONG:
        return False
    if "。" in text or "；" in text:
        return True
    return text.count("，") + text.count(",") >= 2 and len(text) >= 45


def _has_ended(text: str) -> bool:
    position = len(text) - 1
    while position > 0 and text[position] in _CLOSERS:
        position -= 1
    if text[position] in _ENDS:
        return True
    # （松湖区文明办） at the end of a paragraph closes it, whatever stands in the brackets.
    return text[-1] in "）)】"


def _is_cut(before: str, after: str) -> bool:
    """Whether extraction cut a paragraph between two blocks."""
    if after[0] in _CANNOT_BEGIN and not _has_ended(before) and len(before) >= 8:
        return True
    if not _is_open(before):
        return False
    # What goes on must itself end as prose does: a title or a label line does not.
    return _has_ended(after) or "。" in after or (len(after) >= _LONG and _is_open(after))


def _is_cut_before_first_stop(above: str, before: str, after: str) -> bool:
    """Whether a paragraph was cut in its first sentence: after a whole paragraph no title is so long,
    with a comma in it.
    """
    follows_prose = len(above) >= _LONG and "。" in above and _has_ended(above) and above[-1] not in "）)："
    is_clause = len(before) >= _LONG + 4 and "，" in before and not _has_ended(before)
    return follows_prose and is_clause and after.count("。") > 0 and _has_ended(after)


def _repeat(before: str, after: str) -> int:
    """How many characters at the end of a block are set again at the start of the next."""
    for length in range(min(len(before), len(after), _LONGEST_REPEAT), 0, -1):
        if before.endswith(after[:length]):
            return length if "\u3400" <= after[0] <= "\u9fff" or length >= 4 else 0
    return 0


def _document(
    path: str,
    reading: Reading,
    drafts: list[_Draft],
    furniture: list[_Draft],
    anatomy: Anatomy,
) -> Document:
    parts: list[str] = []
    anchors: list[tuple[int, int]] = []
    blocks: list[Block] = []
    seams: list[int] = []
    damage: list[Damage] = []
    offset = 0
    for draft in [*drafts, *furniture]:
        start = offset
        first = reading.lines[draft.lines[0]]
        bold: list[Span] = []
        cells: list[Span] = []
        for piece_start, piece_end in draft.pieces:
            anchors.append((offset, piece_start))
            offset += piece_end - piece_start
        if draft.seams:
            seams += [start + seam for seam in draft.seams]
        for line in reading.lines[draft.lines[0] : draft.lines[1] + 1]:
            if line.bold:
                bold.extend(_mapped(line.bold, draft.pieces, start))
            for cell in line.cells:
                # An empty cell has no characters, and is a cell all the same.
                cells.extend(_mapped((cell,), draft.pieces, start) or [Span(start, start)])
        for seam, kind, found, page in draft.cuts:
            at = start + seam
            damage.append(Damage(kind, Span(max(start, at - 1), min(at + 1, offset)), found, page))
        parts.append(draft.text)
        blocks.append(
            Block(
                Span(start, offset),
                (draft.lines[0], draft.lines[1]),
                first.heading,
                _merged(bold) if bold else (),
                first.indent,
                first.gap,
                first.page,
                first.size,
                first.centred,
                first.kind == "table",
                tuple(cells),
            )
        )
        # The line feed after the block stands for the source's own.
        anchors.append((offset, draft.pieces[-1][1]))
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
        source_text=_unfolded(text, reading.text, anchors, anatomy),
        furniture_start=len(drafts),
    )


def _unfolded(text: str, source: str, anchors: list[tuple[int, int]], anatomy: Anatomy) -> str:
    """The document's text with the characters that the source has where others were put for them."""
    if not anatomy.fold or _RADICAL.search(source) is None:
        return text
    parts: list[str] = []
    for (offset, at), (end, _) in pairwise([*anchors, (len(text), 0)]):
        stretch = text[offset:end]
        original = source[at : at + len(stretch)].ljust(len(stretch))
        parts.extend(
            before if anatomy.fold.get(before) == after else after
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


def _fold(text: str, anatomy: Anatomy) -> str:
    """Radicals, which extraction puts for the ideographs they look like, as those ideographs."""
    if not anatomy.fold or _RADICAL.search(text) is None:
        return text
    table = {ord(key): value for key, value in anatomy.fold.items() if len(value) == 1}
    return text.translate(table)
