"""From physical lines to paragraphs: joins what a page or a column's width cut, and says so.

Extraction harms text in ways no author does: a page break in the middle of a paragraph becomes an
empty line, the character before it is set again after it. The text is repaired here, before
anything is judged, and each repair is recorded once.
"""

from __future__ import annotations

from itertools import islice

from bulletin_lint.parsing.assembly import Draft, document_of, fold_radicals
from bulletin_lint.parsing.attributions import ends_in_attribution
from bulletin_lint.parsing.cut_paragraphs import (
    drop_repeat,
    is_one_phrase,
    is_rest_of_bracket,
    is_rest_of_word,
    is_set_off,
    repeated,
    stand_apart,
)
from bulletin_lint.parsing.label_tables import label_tables
from bulletin_lint.parsing.page_frames import with_frames
from bulletin_lint.parsing.sentence_ends import (
    ENDS,
    LONG,
    ends_of,
    ends_paragraph,
    is_clause_after_prose,
    is_still_open,
)
from bulletin_lint.parsing.sources import named_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Document
    from bulletin_lint.model.reading import LineKind, Reading
    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.parsing.line_widths import LineWidths

_CANNOT_BEGIN = frozenset("，。、；：？！”’）》〉】」』,;:?!)")
_DASHES = "—―"
_SLIPS = "，、,"
"""Marks that stand behind a title or a heading by mistake."""
_LONGEST_MASTHEAD = 6
"""Lines of a masthead, and the one below it."""
_LEADERS = frozenset(("……", "··", "..", "．．"))
_LINES_AHEAD = 40
_LONGEST_TITLE = 1_000
"""Characters of a series title, spaces between its characters included."""
_DEEPEST_INDENT = 8
"""Columns; more is a centred line and no paragraph."""
_PAGE_ENDS = ("page-number", "page-break", "running-head")


def assemble(path: str, reading: Reading, grammar: Grammar) -> Document:
    """The document's text and blocks, with cuts joined and every offset mapped to the source."""
    # Folded before anything is judged: ⼆、 is a marker as 二、 is. Offsets stay what they are.
    folded = fold_radicals(reading.text, grammar)
    joiner = _Joiner(reading if folded is reading.text else reading._replace(text=folded), grammar)
    drafts: list[Draft] = []
    furniture: list[Draft] = []
    previous: LineKind | None = None
    turned_page = False
    rows = label_tables(reading.lines, folded, grammar) if any(line.cells for line in reading.lines) else {}
    for index, line in enumerate(reading.lines):
        kind = line.kind
        if kind == "rule":
            previous = None
        elif kind == "furniture":
            turned_page = turned_page or line.furniture in _PAGE_ENDS
            if line.pieces:
                furniture.append(Draft(index, line, folded))
        elif index in rows:
            for pieces, joints in rows[index]:
                part = line._replace(pieces=pieces, kind="text", cells=(), joins=False)
                drafts.append(Draft(index, part, folded, joints))
            previous, turned_page = kind, False
        elif line.pieces:
            draft = Draft(index, line, folded)
            if turned_page and _is_running_head(draft.text, drafts):
                furniture.append(draft)
                continue
            may_join = previous == kind == "text"
            if may_join and line.gap and not line.joins and drafts[-1].text[-1] in ENDS:
                # Nearly every paragraph that is set apart.
                may_join = False
            if not (may_join and joiner.join(drafts, draft, turned_page=turned_page)):
                drafts.append(draft)
            previous = kind
            turned_page = False
    if furniture and reading.lines_are == "document":
        drafts, furniture = with_frames(reading, drafts, furniture, grammar)
    return document_of(path, reading, folded, drafts, furniture, grammar)


def _is_running_head(text: str, drafts: list[Draft]) -> bool:
    """Whether a line after a page number says the series title again, with or without its number."""
    if not drafts or len(drafts[0].text) > _LONGEST_TITLE:
        return False
    title = "".join(drafts[0].text.split())
    compact = "".join(text.split())
    return len(title) >= 4 and compact.startswith(title) and len(compact) <= len(title) + 20


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
        self._measured: LineWidths | None = None

    @property
    def _widths(self) -> LineWidths:
        # Where gaps part all lines it is never asked for.
        if self._measured is None:
            from bulletin_lint.parsing.line_widths import LineWidths

            self._measured = LineWidths(self._reading)
        return self._measured

    def join(self, drafts: list[Draft], new: Draft, *, turned_page: bool) -> bool:
        """Joins a line to the last block where it goes on from it; false where it begins a block."""
        draft = drafts[-1]
        line, text, before = new.line, new.text, ends_of(draft.text)
        if self._reading.joins_final and not line.joins:
            return False
        if not line.gap and self._join_by_words(draft, new, before):
            return True
        joins = line.joins
        if joins:
            previous = self._lines[draft.last]
            if self._begins_by_words(draft, before, text):
                return False
            across_page = line.page is not None and previous.page is not None and line.page != previous.page
            repeat = repeated(before, text) if across_page else 0
            self._extend(draft, new)
            if repeat:
                drop_repeat(draft, repeat, new)
            return True
        if line.heading or self._lines[draft.last].heading:
            return False
        if self._lines[draft.last].closed or (joins is False and not self._joins_known):
            # Marks of the source say where a paragraph ends, or that a list or a quotation begins.
            return False
        has_ended = ends_paragraph(before) or ends_in_attribution(before, self._grammar)
        if joins is None and not line.gap:
            if line.indent == 0 and not has_ended and self._is_rest_of_full_line(draft, text):
                # Whatever a line looks like (第 ⏎ 二，…), it is the rest of the full line above.
                self._extend(draft, new)
                return True
            if not self._joins_known and not turned_page:
                if has_ended and self._stands_alone(new):
                    return False
                soft = self._is_soft_wrap(draft, new, has_ended=has_ended)
                if soft and not self._begins_block(new):
                    self._extend(draft, new)
                    return True
                if soft is not None:
                    return False
        if has_ended:
            return False
        return self._join_cut(drafts, new, turned_page=turned_page)

    def _join_by_words(self, draft: Draft, new: Draft, before: str) -> bool:
        """Joins a line whose words end a bracket, or a field of a page or a Word document, begun above it.
        `before` is how that ends.
        """
        text = new.text
        if is_rest_of_bracket(draft.text, text):
            self._extend(draft, new, is_apart=stand_apart(draft.text, text, self._grammar))
        elif self._joins_known and _is_rest_of_field(before, text, self._grammar):
            self._extend(draft, new)
        else:
            return False
        return True

    def _is_phrase_above_text(self, drafts: list[Draft], text: str) -> bool:
        """Whether the last block is a heading or a title with a comma too many."""
        return self._is_heading(drafts) or self._is_title(drafts, text)

    def _is_heading(self, drafts: list[Draft]) -> bool:
        """Whether a numbered line is a heading with a comma too many: the next number, or the one before,
        stands over text of its own too.
        """
        marker = self._grammar.marker(drafts[-1].text)
        if marker is None or marker.number is None or not is_one_phrase(drafts[-1], marker.end):
            return False
        source = self._reading.text
        lines = islice(self._lines, drafts[-1].last + 1, drafts[-1].last + 1 + _LINES_AHEAD)
        ahead = ("".join([source[start:end] for start, end in line.pieces]) for line in lines)
        behind = (draft.text for draft in reversed(drafts[-1 - _LINES_AHEAD : -1]))
        for texts, number in ((ahead, marker.number + 1), (behind, marker.number - 1)):
            for text in texts:
                other = self._grammar.marker(text)
                if other is not None and other.style == marker.style:
                    if other.number == number and len(text) <= LONG and not ends_paragraph(text):
                        return True
                    break
        return False

    def _is_title(self, drafts: list[Draft], text: str) -> bool:
        """Whether a line is a title with a comma too many: below a source, a column or the masthead, and
        above a paragraph that begins as news does.
        """
        if len(drafts) < 2 or not is_one_phrase(drafts[-1], 0):
            return False
        above = drafts[-2].text
        is_source = above[0] in "（(【" and above[-1] in "）)】"
        return (
            (is_source or (len(drafts) <= _LONGEST_MASTHEAD and self._grammar.ends_masthead(above)))
            and self._grammar.begins("lead", text)
            and not self._grammar.begins("lead", drafts[-1].text)
        )

    def _begins_by_words(self, draft: Draft, before: str, text: str) -> bool:
        """Whether a line begins a field, a caption, or, below a block of one line, a title with its sign:
        office and date wide apart fill a line as prose does.
        """
        has_sign = text[0] in self._grammar.marks and not draft.seams
        return has_sign or _begins_field(before, text, self._grammar) or self._begins_appendage(before, text)

    def _begins_appendage(self, before: str, text: str) -> bool:
        """Whether a caption or a list of annexes begins below a whole paragraph."""
        is_form = self._grammar.begins("annex_list", text) or self._grammar.begins("caption", text)
        return is_form and ends_paragraph(before)

    def _stands_alone(self, new: Draft) -> bool:
        """Whether a line below a whole sentence is no rest of a paragraph: that would end as one does,
        and not leave room before the paragraph below.
        """
        following = new.first + 1
        if following >= len(self._lines) or new.line.indent or ends_paragraph(new.text):
            return False
        below = self._lines[following]
        is_followed = below.kind == "text" and below.indent >= 2 and not below.gap
        return is_followed and not self._widths.is_full(new.first, "")

    def _is_rest_of_full_line(self, draft: Draft, text: str) -> bool:
        """Whether hard-wrapped text goes on below a line that is full and not ended."""
        widths = self._widths
        return (
            widths.wrapped
            and not _is_set_wide(draft.text)
            and widths.is_full(draft.last, text)
            and not self._grammar.has_label(text)
            and not self._grammar.is_contents_heading(text)
        )

    def _join_cut(self, drafts: list[Draft], new: Draft, *, turned_page: bool) -> bool:
        """Joins a line to a block that has not ended, where extraction cut a paragraph between them."""
        draft, above = drafts[-1], drafts[-2].text if len(drafts) > 1 else ""
        line, text, before = new.line, new.text, ends_of(draft.text)
        if self._grammar.is_caption(before) or (
            before[-1] in _DASHES and (line.indent >= 2 or (line.gap and not turned_page))
        ):
            # 全文如下——
            return False
        if line.gap and not turned_page and is_set_off(draft):
            return False
        if before[-1] in _SLIPS and not turned_page and self._is_phrase_above_text(drafts, text):
            return False
        goes_on = len(before) >= 8 and (
            text[0] in _CANNOT_BEGIN or is_rest_of_word(before, text, self._grammar)
        )
        if not (goes_on or turned_page) and self._begins_as_paragraphs_do(draft, new):
            return False
        # A numbered heading may be as long as that, with a comma in it.
        is_numbered = self._grammar.marker(before) is not None
        is_open = is_still_open(before, has_gap=is_numbered or bool(line.gap))
        # Below a gap that is no page's end it may be a caption, too.
        is_clause = (
            is_clause_after_prose(above, before)
            and not is_numbered
            and (not line.gap or turned_page or line.page is not None)
        )
        if not (goes_on or is_open or is_clause) or self._begins_block(new):
            return False
        if not goes_on:
            # What goes on must itself end as prose does: a title, a source or a label line does not.
            if named_parts(text, self._grammar):
                return False
            whole = text + self._rest(new.first)
            has_ended = ends_paragraph(whole)
            has_stop = "。" in whole
            is_cut = is_open and (
                has_ended or has_stop or (len(whole) >= LONG and is_still_open(whole, has_gap=True))
            )
            if not is_cut and not (is_clause and has_stop and has_ended):
                return False
        # Below a line as wide as another that goes on it was wrapped; of pages the reader has told.
        is_wrapped = (
            line.page is None and not (line.gap or turned_page) and self._widths.breaks_as_another(draft.last)
        )
        seam = len(draft.text)
        repeat = repeated(before, text)
        self._extend(draft, new)
        if repeat:
            seam -= repeat
            drop_repeat(draft, repeat, new)
        if not is_wrapped:
            draft.cuts.append((seam, "cut", "", new.line.page))
        return True

    def _begins_as_paragraphs_do(self, draft: Draft, new: Draft) -> bool:
        """Whether a line has the indent that the block above begins with, where each paragraph is a
        line: what a cut parted from its beginning has none.
        """
        indent, is_parted = new.line.indent, bool(new.line.gap)
        return (
            not self._joins_known
            and new.line.page is None
            and 2 <= indent <= _DEEPEST_INDENT
            and (indent == draft.line.indent or (is_parted and not draft.line.indent))
            and not self._widths.wrapped
        )

    def _extend(self, draft: Draft, new: Draft, *, is_apart: bool = False) -> None:
        before, after = draft.text[-1:], new.text[:1]
        draft.seams.append(len(draft.text))
        if is_apart or (before.isascii() and after.isascii() and before.isalnum() and after.isalnum()):
            # Latin words or names on two lines: the line break stands for the space between them.
            source = self._reading.text
            end = draft.pieces[-1][1]
            if end < len(source) and source[end].isspace():
                draft.pieces.append((end, end + 1))
                draft.text += " "
        # Nobody else holds the text here: it grows where it is, however many lines are joined.
        text, draft.text = draft.text, ""
        text += new.text
        draft.text = text
        draft.pieces.extend(new.pieces)
        draft.last = new.first

    def _begins_block(self, new: Draft) -> bool:
        """Whether a line is by its own words the start of something."""
        text, grammar = new.text, self._grammar
        first = text[0]
        if first == "【" or first in grammar.marks or grammar.is_column(text):
            return True
        if first in "（(" and text[-1] in "）)" and len(text) <= 45:
            return True
        if grammar.marker(text) is not None or grammar.is_contents_heading(text):
            return True
        if grammar.note_start(text) is not None:
            return True
        if grammar.has_label(text) or grammar.begins("annex_list", text) or grammar.begins("caption", text):
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

    def _is_soft_wrap(self, draft: Draft, new: Draft, *, has_ended: bool) -> bool | None:
        """Whether adjacent lines are one paragraph: true, false, or None where it may be a cut."""
        text, indent, before = new.text, new.line.indent, ends_of(draft.text)
        if text[0] in _CANNOT_BEGIN:
            return True
        if indent >= 2 and indent != self._lines[draft.last].indent:
            return False
        if _is_set_wide(before):
            return False
        widths = self._widths
        is_open = not has_ended and is_still_open(before, has_gap=True)
        is_full = is_long = False
        if widths.widest[0]:
            is_full = widths.is_full(draft.last, text)
            # A number or a word that did not fit may leave a line well short of the full width.
            is_long = widths.width(draft.last)[0] * 10 >= widths.widest[0] * 6
        if not (is_full or is_open or is_long):
            return False if widths.wrapped else None
        # That a full line ends a sentence means nothing where prose follows; a bracket may be the source, and
        # words without a comma a title.
        is_prose_next = "，" in text or "。" in text
        may_end = has_ended and (before[-1] in "）)】" or not (widths.wrapped or is_prose_next))
        goes_on = (is_full and not may_end) or is_open
        is_indented = 2 <= draft.line.indent <= _DEEPEST_INDENT and any(
            mark in before for mark in "，。；、："
        )
        if is_indented and indent == 0 and (goes_on or (is_long and not has_ended)):
            # A paragraph began with an indent, this line has none: it goes on.
            return True
        if widths.wrapped:
            if widths.spaced:
                return goes_on or (is_long and not has_ended)
            return (is_full and not has_ended) or is_open
        if widths.spaced and (is_open or (is_full and not has_ended)):
            # Among paragraphs set apart by empty lines, adjacent lines are one paragraph.
            return True
        return None


def _is_set_wide(text: str) -> bool:
    """Whether words are set wide apart on one line, office and date of a masthead say, or dots lead to the
    number of a page: no prose.
    """
    text = ends_of(text)
    is_entry = text[-1:].isdigit() and text.rstrip("0123456789 ")[-2:] in _LEADERS
    return is_entry or "\u3000\u3000" in text or "   " in text or "\t" in text


def _begins_field(before: str, text: str, grammar: Grammar) -> bool:
    """Whether a field begins below another one, or below a paragraph, that happens to fill its line."""
    return grammar.has_label(text) and (ends_paragraph(before) or grammar.has_label(before))


def _is_rest_of_field(before: str, text: str, grammar: Grammar) -> bool:
    """Whether a line of fields was broken inside a label (E- ⏎ mail：) or after one (电话： ⏎ 55…)."""
    words = before.rsplit(None, 1)
    if len(words) < 2:
        return False
    last = words[-1]
    # Looking for a label takes longest, and few lines come so far.
    if (len(last) > 4 and last[-1] not in "：:") or not grammar.has_label(before):
        return False
    if not grammar.has_label(last):
        return len(last) <= 4 and grammar.has_label(last + text)
    return last[-1] in "：:" and not grammar.has_label(text)
