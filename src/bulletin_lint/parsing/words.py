"""What the words of a block say by themselves, whatever stands around them.

A house's title, office, columns and labels are the same in each of its issues: what has been asked of such
a line is remembered (`words_of`).
"""

from __future__ import annotations

from functools import cached_property

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.parsing import structure as label
from bulletin_lint.parsing.sources import source_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.parsing.label_set import Label


LONGEST_LINE, LONGEST_ENTRY = 60, 90
"""Characters of a line that may be a source, and of one that may be an entry of the contents."""
_LONGEST_HEADING = 80
_LONGEST_SENTENCE = 40
"""Characters up to which a sentence is asked for the forms of lines."""
_LONGEST_OFFICE = 30
_LONGEST_SOURCE = 47
_LONGEST_EXCLAMATION = 30
"""Characters of a heading that is a question or an exclamation; a longer one is a sentence."""
_OPENING, _CLOSING = frozenset("（(【"), frozenset("）)】")
_PROSE_ENDS = frozenset("。；;.：:")
_CLOSERS = "”’」』）)"
_EXCLAMATIONS = "！？!?"
_OPEN_ENDS = "…—！？!?"
_FIGURES = frozenset("0123456789０１２３４５６７８９.,%％-")
_FIGURES_IN_A_ROW = compiled("[0-9][ \\u3000\\t]+[0-9][0-9.,]*[%％]?[ \\u3000\\t]+[0-9]")
"""Three figures that only space parts: a row of a table that lost its cells."""
_WORD = compiled("[\u3400-\u9fff]+")
_SENTENCE_MARKS = frozenset("，。！？：；“”0123456789")
_SHORTEST_CLAUSES = 28
"""Characters of a line of three clauses from which it is a sentence that lacks its stop, and no title."""
_FORMS = ("addressee", "box", "contact", "date_only", "docno", "first_item", "framed", "spread")
"""Forms that are features of the line which has them."""
_LENGTHS = ((4, "len1"), (7, "len2"), (10, "len3"), (41, "len4"), (61, "len5"))


class LineFacts(NamedTuple):
    """The features that a short line has by its own words, and the labels that it may have by them."""

    facts: Mapping[str, float]
    labels: Set[str]


class Words:
    """The words of a block, and the answers to what is asked of them."""

    def __init__(self, text: str, grammar: Grammar, *, in_run: bool = False) -> None:
        self.text = text
        self.grammar = grammar
        bare = text.rstrip(_CLOSERS) if text[-1:] in _CLOSERS else text
        length, last = len(bare), bare[-1:]
        self.is_prose = (
            last in _PROSE_ENDS
            or "。" in bare
            or length > (_LONGEST_EXCLAMATION if last in _EXCLAMATIONS else _LONGEST_HEADING)
        )
        """Whether it is running text: it ends a sentence, or is too long for a heading."""
        self.is_column = grammar.is_column(text)
        """Whether it is a heading over several articles."""
        self.marker = grammar.marker(text, in_run=in_run)
        """The section marker that it begins with."""
        if self.marker is None and length >= _SHORTEST_CLAUSES and bare.count("，") > 1:
            # A heading that has a number may be as long.
            self.is_prose = True
        may_run = self.marker is None and text[:1].isdecimal()
        self.run_marker = grammar.marker(text, in_run=True) if may_run else None
        """One that is a marker only among others: 1、12个镇."""
        bars = grammar.bars
        self.cells_between_bars = bars.drawn_cells(text) if bars.are_drawn(text) else []
        """Those of a row whose cells are parted by drawn lines."""
        self.is_row = not self.is_prose and (
            _FIGURES_IN_A_ROW.search(text) is not None or len(self.cells_between_bars) > 1
        )
        """Whether it is a row of a table that nothing but space parts into cells."""
        is_wide = not self.is_prose and (
            "\u3000\u3000" in text or "  " in text or "\t" in text or bars.are_typed(text)
        )
        self.cells = bars.pieces(text) if is_wide and "：" not in text and ":" not in text else 0
        """Its pieces set wide apart: as many as the line beside it has, they are cells."""
        lists_annexes = grammar.begins("annex_list", text)
        self.is_annex = lists_annexes or grammar.is_whole("annex", text)
        """Whether it lists what is attached to an article, or is the heading of an annex."""
        self.names_annex = lists_annexes and text[-1] not in "：:"
        """Whether it lists them and has a name behind the label."""
        self.is_heading_like = (
            not self.is_prose
            and self.marker is None
            and not self.is_column
            and not self.is_row
            and not lists_annexes
            and 2 <= len(text) <= _LONGEST_HEADING
            and text[-1] not in "，、,"
        )
        """Whether it could be a title: short, no sentence, no label, no marker."""
        self.has_colon = "：" in text or ":" in text
        """Whether a label may stand in it."""
        self.is_bracketed = text[:1] in _OPENING and text[-1:] in _CLOSING
        """Whether brackets stand around the whole."""
        self.is_caption = grammar.is_caption(text)
        """Whether it is the caption of a picture or a table, or a credit."""
        self.source = (
            source_facts(text, grammar, is_column=self.is_column, has_marker=self.marker is not None)
            if 0 < len(text) <= LONGEST_LINE
            else None
        )
        """The features by which it is an article's source; None where it has not even the form of one."""

    @property
    def has_source_label(self) -> bool:
        """Whether it begins with the label of a source: 来源：某局."""
        return self.source == ("label_source",)

    @cached_property
    def row(self) -> list[str]:
        """The cells of a row of a table."""
        bars = self.grammar.bars
        if bars.are_typed(self.text):
            return bars.typed_cells(self.text)
        return self.cells_between_bars or self.text.split()

    @cached_property
    def compact(self) -> str:
        """The words without white space."""
        return "".join(self.text.split())

    @cached_property
    def frame(self) -> str:
        """What a line is without its words: （x x）; nothing of a caption, and of one word in brackets."""
        is_told = self.is_caption or len(self.text) > LONGEST_LINE or self.source == ("aside",)
        frame = "" if is_told else _WORD.sub("x", self.text)
        is_form = frame.count("x") > 1 or frame == "x" or frame.startswith("—")
        return frame if is_form and _SENTENCE_MARKS.isdisjoint(frame) else ""

    @cached_property
    def is_phrase(self) -> bool:
        """Whether it is no longer than a source in brackets and has no mark that parts clauses."""
        return len(self.text) <= _LONGEST_SOURCE and "；" not in self.text and "，" not in self.text

    @cached_property
    def end_labels(self) -> list[Label]:
        """The labels of imprint and print run, from left to right."""
        return self.grammar.tail_labels.all_in(self.text)

    @cached_property
    def forms(self) -> list[str]:
        """The forms of short lines that it has; a longer sentence has none."""
        longest = _LONGEST_SENTENCE if self.is_prose else LONGEST_ENTRY
        return self.grammar.forms_of(self.text) if len(self.text) <= longest else []

    @cached_property
    def line(self) -> LineFacts:
        """What a short line shows: how long it is, how it ends, whose form it has."""
        facts = dict.fromkeys(self._shape(), 1.0)
        labels = {label.PARAGRAPH}
        for name in self.forms:
            if name in _FORMS:
                facts[name] = 1.0
                if name in _LABEL_OF_FORM:
                    labels.add(_LABEL_OF_FORM[name])
        self._add_office(facts, labels)
        self._add_column(facts, labels)
        if self.is_bracketed:
            facts["bracketed"] = 1.0
            if not self.is_column:
                labels.add(label.SOURCE)
        elif "spread" not in facts and len(self.text.split(None, 2)) > 2:
            facts["wide"] = 1.0
        if _FIGURES.issuperset(self.text):
            facts["figures"] = 1.0
        return LineFacts(facts, frozenset(labels))

    def _shape(self) -> list[str]:
        """How long it is and how it ends."""
        text, length, last = self.text, len(self.text), self.text[-1]
        found = [next((name for limit, name in _LENGTHS if length < limit), "len6")]
        if last in "：:":
            found.append("colon")
        elif last in "，、,":
            found.append("comma_end")
        if "，" in text or "," in text:
            found.append("has_comma")
        if last in _OPEN_ENDS:
            found.append("open_end")
        if text[0] == "—":
            found.append("dash")
        return found

    def _add_office(self, facts: dict[str, float], labels: set[str]) -> None:
        """Whether it names an office, or several."""
        is_office, words = self.grammar.is_office, self.text.split()
        if is_office(self.compact) or (len(words) > 1 and all(map(is_office, words))):
            facts["office"] = 1.0
            if len(self.text) <= _LONGEST_OFFICE:
                facts["office_only"] = 1.0
                labels.add(label.SIGNATURE)

    def _add_column(self, facts: dict[str, float], labels: set[str]) -> None:
        """Whether it has the form of a column, or ends as one."""
        first = self.text[0]
        is_marked = first in self.grammar.marks
        if is_marked:
            facts["mark"] = 1.0
        if self.is_column:
            facts["column"] = 1.0
            labels.update((label.COLUMN, label.BOX))
            if is_marked or first == "·":
                facts["mark_column"] = 1.0
                labels.add(label.HEADING)
        if self.grammar.ends_as_column(self.text):
            facts["column_word"] = 1.0


_LABEL_OF_FORM = {
    "box": label.BOX,
    "spread": label.COLUMN,
    "date_only": label.SIGNED_DATE,
    "docno": label.MASTHEAD,
}
_NEAR_ITEM = 3
"""Blocks within which the next item of a list stands."""
_REMEMBERED = 4_000
"""Short blocks of which the words are remembered."""


def with_runs(found: list[Words]) -> list[Words]:
    """The words of blocks, those among them read anew whose numbers are markers because they run on from one
    block to the next: 1、12个镇… above 2、3座…
    """
    last, position = 0, -_NEAR_ITEM - 1
    for index, words in enumerate(found):
        marker = words.marker or words.run_marker
        number = marker.number if marker is not None and marker.style == "arabic" else None
        if number is None:
            continue
        if words.run_marker is not None:
            goes_on = number == last + 1 and index - position <= _NEAR_ITEM
            if not goes_on and (number != 1 or _next_number(found, index) != 2):
                continue
            found[index] = Words(words.text, words.grammar, in_run=True)
        last, position = number, index
    return found


def _next_number(found: list[Words], index: int) -> int | None:
    """The number that the next block near by has."""
    for words in found[index + 1 : index + 1 + _NEAR_ITEM]:
        marker = words.marker or words.run_marker
        if marker is not None:
            return marker.number
    return None


def words_of(text: str, grammar: Grammar) -> Words:
    """The words of a block; those of a short one are remembered, with all that they have been asked."""
    known: Words | None = grammar.remembered.get(text)
    if known is None:
        known = Words(text, grammar)
        if len(text) <= LONGEST_ENTRY:
            if len(grammar.remembered) > _REMEMBERED:
                grammar.remembered.clear()
            grammar.remembered[text] = known
    return known
