"""What each block of a document shows of what it may be: features, and the labels that it may have.

Prose and blocks with a marker have two or three labels and are looked at briefly; a short line is asked for
everything, but what it has in common with the text around it only where title and sub-heading are close.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing import structure as label
from bulletin_lint.parsing.decoder import LARGEST_ISSUE
from bulletin_lint.parsing.grammar import NOTE_STARTS
from bulletin_lint.parsing.masthead import Masthead, parse_masthead
from bulletin_lint.parsing.neighbours import LONGEST_ENTRY, LONGEST_LINE, NEAR_HEAD
from bulletin_lint.parsing.surroundings import SHORTEST_TEXT, Surroundings
from bulletin_lint.parsing.tail import after_last_source, find_tail, is_field_too

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint.model.document import Node
    from bulletin_lint.parsing.blocks import Blocks

_NOTE_REACH, _REMARKS_REACH, _ENTRY_REACH = 6, 8, 30
"""Blocks behind the masthead among which a note, a leader's remarks, a list of contents begin."""
_LONGEST_HEADING = 80
_LONGEST_CELL = 18
_LONGEST_OFFICE = 30
_LINE_FORMS = ("addressee", "box", "contact", "date_only", "docno", "first_item")
_ENTRY_FORMS, _MARKED, _DATE, _BROKEN = (
    ("page_tail", "item_mark"),
    ("item_mark",),
    ("date_only",),
    ("broken_above",),
)
_END_FACTS = frozenset(("imprint", "distribution", "copies", "printed"))
_CELL_FACTS = frozenset(("wide", "row", "run", "beside_row"))
_END_REACH = 15
"""Blocks before the end among which print run and print line stand."""
_OPEN_ENDS = "…—！？!?"
_FIGURES = frozenset("0123456789０１２３４５６７８９.,%％-")


class Evidence(Surroundings):
    """The features of every block and the labels that it may have."""

    def __init__(self, sheet: Blocks, masthead: Node, head: int, tail: int) -> None:
        super().__init__(sheet, masthead, head, tail)
        self.facts: list[dict[str, float]] = []
        self.labels: list[set[str]] = []
        for index in range(self._size):
            self._look(index)

    def scores(self) -> list[Mapping[str, float]]:
        """The points of the labels that each block may have."""
        judged = self._grammar.structure.judged
        found: list[Mapping[str, float]] = []
        for index, (facts, labels) in enumerate(zip(self.facts, self.labels, strict=True)):
            points, is_close = judged(facts, labels)
            if is_close and index < LARGEST_ISSUE:
                more = self._echoes.facts(index)
                if more:
                    if label.TITLE_LINE in labels and self._is_short[index - 1]:
                        more["joined_echo"] = self._echoes.joined(index)
                    facts.update(more)
                    points = self._grammar.structure.likely(facts, labels)
            found.append(points)
        return found

    def _look(self, index: int) -> None:
        sheet, text = self._sheet, self._texts[index]
        is_prose, marker = sheet.is_prose[index], sheet.markers[index]
        facts: dict[str, float] = {}
        labels: set[str] = set()
        self.facts.append(facts)
        self.labels.append(labels)
        if index < self._head:
            facts["head"] = 1.0
            labels.add(label.MASTHEAD)
            if not is_prose:
                return
        elif sheet.blocks[index].table:
            # A masthead may be a ruled table.
            facts["table"] = 1.0
            labels.add(label.ROW)
            return
        if is_prose:
            facts["prose"] = 1.0
            if marker is None:
                labels.add(label.PARAGRAPH)
                if self._is_plain(index):
                    return
        if self.inline[index] is not None:
            facts["inline"] = 1.0
            labels.add(label.SIGNED_PARAGRAPH)
        self._add_place(index, facts, labels)
        self._add_start(index, facts, labels)
        length = len(text)
        is_end = index >= self._tail and not _END_FACTS.isdisjoint(facts)
        # 摄影：… is a field of the imprint there.
        if not is_end and index >= self._head and length <= LONGEST_ENTRY:
            if self._grammar.is_caption(text):
                facts["caption"] = 1.0
                labels.add(label.CAPTION)
            elif length <= _LONGEST_OFFICE and not is_prose and self._grammar.ends_as_caption(text):
                facts["caption_word"] = 1.0
                labels.add(label.CAPTION)
        if is_end:
            if self._is_source(index) and not is_field_too(self._sheet, index):
                facts.update(dict.fromkeys(self._sources[index], 1.0))
                labels.add(label.SOURCE)
            return
        if not is_prose or (
            length <= 40 and (text[-1] in "：:" or (length <= SHORTEST_TEXT and marker is None))
        ):
            self._add_line(index, facts, labels)
        if not labels:
            labels.add(label.PARAGRAPH)

    def _is_plain(self, index: int) -> bool:
        """Whether a paragraph is a long one of the body and can be nothing else."""
        text = self._texts[index]
        known = self._grammar.labels.get("distribution")
        return (
            len(text) > LONGEST_ENTRY
            and self._head + _REMARKS_REACH <= index < self._tail
            and self.inline[index] is None
            and not self._sheet.is_annex[index]
            and text[0] not in NOTE_STARTS
            and (known is None or not known.may_begin(text))
        )

    def _add_place(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """Where the block stands: beside the masthead, at the end, and what only that has."""
        text = self._texts[index]
        if self._head <= index <= self._head + 1 and self._head:
            facts["beside_head"] = 1.0
        if index == 0:
            facts["first"] = 1.0
        is_last = index >= self._size - _END_REACH
        if index >= self._tail:
            facts["tail"] = 1.0
            labels.update((label.IMPRINT, label.DISTRIBUTION))
        elif not ("：" in text or ":" in text or (is_last and len(text) <= 40)):
            return
        self._add_end(index, facts, labels)
        if is_last:
            self._add_print(text, facts, labels, is_prose=self._sheet.is_prose[index])

    def _add_end(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """The labels of imprint and distribution."""
        text, grammar = self._texts[index], self._grammar
        has_colon = "：" in text or ":" in text
        bare = text.lstrip(">＞ ") if text[0] in ">＞" else text
        known = grammar.labels.get("distribution")
        if known is not None and known.at_start(bare) is not None and (has_colon or len(text) <= 60):
            facts["distribution"] = 1.0
            labels.add(label.DISTRIBUTION)
        if not self._sheet.is_prose[index] or index >= self._tail:
            is_labelled = grammar.tail_labels.at_start(text) is not None
            if has_colon and len(self._sheet.end_labels(index)) >= 2:
                facts["labels2"] = 1.0
                is_labelled = True
            if is_labelled:
                facts["imprint"] = 1.0
                labels.add(label.IMPRINT)

    def _add_print(self, text: str, facts: dict[str, float], labels: set[str], *, is_prose: bool) -> None:
        """Print line and print run."""
        grammar = self._grammar
        if not is_prose and len(text) <= 60 and grammar.is_printed("".join(text.split())):
            facts["printed"] = 1.0
            labels.add(label.DISTRIBUTION)
        if len(text) <= 30 and grammar.copies is not None and grammar.copies.search(text) is not None:
            facts["copies"] = 1.0
            labels.add(label.DISTRIBUTION)

    def _add_start(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """What a block says of itself by how it begins: section, note, annex, entry of the contents."""
        sheet, text, grammar = self._sheet, self._texts[index], self._grammar
        is_prose, behind = sheet.is_prose[index], index - self._head
        if sheet.markers[index] is not None:
            facts["marker"] = 1.0
            labels.add(label.SECTION)
            if len(text) <= 80 and self._forms(index, _MARKED):
                facts["item_mark"] = 1.0
                labels.add(label.CONTENTS_ENTRY)
            if index and (sheet.is_annex[index - 1] or "after_annex" in self.facts[index - 1]):
                facts["after_annex"] = 1.0
                labels.add(label.ANNEX)
        if text[0] in NOTE_STARTS and grammar.note_start(text) is not None:
            facts["note"] = 1.0
            labels.add(label.NOTE)
        if is_prose and 0 <= behind < _REMARKS_REACH:
            labels.add(label.BOX_TEXT)
            if behind < _NOTE_REACH:
                labels.add(label.NOTE)
            if self._grammar.is_directive(text):
                facts["directive"] = 1.0
        if sheet.is_annex[index]:
            facts["annex"] = 1.0
            labels.add(label.ANNEX)
        if len(text) <= 16 and grammar.is_contents_heading(text):
            facts["contents_heading"] = 1.0
            labels.add(label.CONTENTS_HEADING)
        if behind < NEAR_HEAD and len(text) <= (LONGEST_LINE if is_prose else LONGEST_ENTRY):
            self._add_entry(index, facts, labels)

    def _add_entry(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """What makes a line an entry of the contents."""
        text, behind = self._texts[index], index - self._head
        if self._repeated.below(index):
            facts["said_again"] = 1.0
            labels.add(label.CONTENTS_ENTRY)
        if not self._sheet.is_prose[index]:
            if 0 <= behind < _ENTRY_REACH:
                for name in self._forms(index, _ENTRY_FORMS):
                    facts[name] = 1.0
                    labels.add(label.CONTENTS_ENTRY)
            if behind > 0 and not self.labels[index - 1].isdisjoint(
                (label.CONTENTS_HEADING, label.CONTENTS_ENTRY)
            ):
                labels.add(label.CONTENTS_ENTRY)
        if len(text) > LONGEST_LINE:
            facts["long"] = 1.0

    def _add_line(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """What a short line is asked: how it ends, whose form it has, what stands beside it."""
        sheet, text = self._sheet, self._texts[index]
        length = len(text)
        labels.add(label.PARAGRAPH)
        _add_shape(text, facts)
        is_bracketed, is_source = self._is_bracketed(index), self._is_source(index)
        for name in self._sources[index]:
            facts[name] = 1.0
        if is_bracketed:
            facts["bracketed"] = 1.0
        if is_source or (is_bracketed and not sheet.is_column[index]):
            labels.add(label.SOURCE)
        if "aside" in facts:
            labels.add(label.CAPTION)
        if sheet.blocks[index].indent >= 8:
            facts["flush"] = 1.0
        for name in self._forms(index, _LINE_FORMS):
            facts[name] = 1.0
        self._add_signature(index, facts, labels)
        self._add_column(index, facts, labels)
        self._add_cell(index, facts, labels, is_bracketed=is_bracketed)
        if index and sheet.is_annex[index - 1]:
            facts["after_annex"] = 1.0
            labels.add(label.ANNEX)
        if is_bracketed and "names" in facts:
            labels.difference_update((label.ROW, label.BOX, label.COLUMN, label.HEADING))
        elif 2 <= length <= _LONGEST_HEADING or "said_again" in facts:
            labels.update((label.TITLE, label.HEADING))
            if index and "caption" not in facts:
                labels.add(label.TITLE_LINE)
            self._add_heading(index, facts)

    def _add_signature(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """Office and date, of a masthead or below an article."""
        text, behind = self._texts[index], index - self._head
        length = len(text)
        is_beside = self._is_short[index] and 0 <= behind < 2
        if is_beside and (self._head > 0 or self._grammar.is_title_like(text)):
            labels.add(label.MASTHEAD)
        if "date_only" in facts:
            labels.add(label.SIGNED_DATE)
            if behind < 3:
                labels.add(label.MASTHEAD)
        words = text.split()
        compact = "".join(words)
        if self._grammar.is_office(compact) or (len(words) > 1 and all(map(self._grammar.is_office, words))):
            facts["office"] = 1.0
            if length <= _LONGEST_OFFICE:
                facts["office_only"] = 1.0
                labels.add(label.SIGNATURE)
        if compact == self._office:
            facts["same_office"] = 1.0
            labels.add(label.SIGNATURE)
        if index + 1 < self._size and self._forms(index + 1, _DATE):
            facts["next_date"] = 1.0
            if length <= 40:
                labels.add(label.SIGNATURE)
        if index and self._sheet.is_prose[index - 1]:
            facts["after_prose"] = 1.0
        if "docno" in facts:
            labels.add(label.MASTHEAD)

    def _add_column(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        text = self._texts[index]
        is_marked = text[0] in self._grammar.marks
        if is_marked:
            facts["mark"] = 1.0
        if self._sheet.is_column[index]:
            facts["column"] = 1.0
            labels.update((label.COLUMN, label.BOX))
            if is_marked or text[0] == "·":
                facts["mark_column"] = 1.0
                labels.add(label.HEADING)
        if "box" in facts:
            labels.add(label.BOX)
        if index >= self._head and self._grammar.ends_as_column(text):
            facts["column_word"] = 1.0

    def _add_cell(self, index: int, facts: dict[str, float], labels: set[str], *, is_bracketed: bool) -> None:
        """Whether a line is a row of a table, or a cell of one."""
        sheet, text = self._sheet, self._texts[index]
        if sheet.is_row[index]:
            facts["row"] = 1.0
        if not is_bracketed and len(text.split(None, 2)) > 2:
            facts["wide"] = 1.0
        if _FIGURES.issuperset(text):
            facts["figures"] = 1.0
        if self._runs[index] >= 4:
            facts["run"] = 1.0
            if self._runs[index] >= 8:
                facts["run_long"] = 1.0
        next_row = index + 1 < self._size and (sheet.is_row[index + 1] or sheet.blocks[index + 1].table)
        if next_row:
            facts["next_row"] = 1.0
        # A table that has cells of its own says nothing of the lines beside it.
        if (index + 1 < self._size and sheet.is_row[index + 1]) or (index and sheet.is_row[index - 1]):
            facts["beside_row"] = 1.0
        if not _CELL_FACTS.isdisjoint(facts):
            labels.add(label.ROW)

    def _add_heading(self, index: int, facts: dict[str, float]) -> None:
        """What tells a title from a sub-heading."""
        self._add_below(index, facts)
        for name in self._looks.facts(index):
            facts[name] = 1.0
        repeated = self._repeated
        if repeated.is_listed(index) or repeated.is_listed_with_next(index):
            facts["listed"] = 1.0
        if self._texts[index][0] == "—":
            facts["dash"] = 1.0
        if index:
            if repeated.is_listed_with_last(index):
                facts["joined_listed"] = 1.0
            self._add_above(index, facts)
        if self._has_marked_headings and "mark" not in facts:
            facts["unmarked"] = 1.0
        self._add_numbers(index, facts)

    def _add_below(self, index: int, facts: dict[str, float]) -> None:
        """What stands in the two blocks below."""
        prose, markers = self._sheet.is_prose, self._sheet.markers
        below = range(index + 1, min(index + 3, self._size))
        if True not in prose[index + 1 : index + 3] and not any(markers[index + 1 : index + 3]):
            facts["no_prose_next"] = 1.0
            lead = None
        else:
            lead = next((other for other in below if prose[other] and len(self._texts[other]) > 12), None)
        if lead is not None and self._grammar.is_lead(self._texts[lead]):
            facts["lead"] = 1.0
        if below:
            if prose[index + 1]:
                facts["next_prose"] = 1.0
            elif self._sheet.is_heading_like[index + 1]:
                facts["next_head"] = 1.0

    def _add_above(self, index: int, facts: dict[str, float]) -> None:
        """How the block above ends and is set."""
        sheet, last = self._sheet, self._texts[index - 1][-1]
        if sheet.blocks[index].indent >= 2 > sheet.blocks[index - 1].indent:
            facts["deeper"] = 1.0
        if last in "，、":
            facts["comma_above"] = 1.0
        elif last in "：:":
            facts["colon_above"] = 1.0
        elif sheet.is_heading_like[index - 1] and self._forms(index - 1, _BROKEN):
            facts["broken_above"] = 1.0

    def _add_numbers(self, index: int, facts: dict[str, float]) -> None:
        """Whether the numbers of sections go on across a line, or begin anew."""
        following, before = self._below[index], self._above[index]
        if before:
            facts["in_sections"] = 1.0
            if following and following.get(min(before)) == 1:
                facts["restart"] = 1.0
        if following and any(
            number > 1 and before.get(style, number - 1) == number - 1 for style, number in following.items()
        ):
            facts["amid"] = 1.0


def _add_shape(text: str, facts: dict[str, float]) -> None:
    """How long a line is and how it ends."""
    length, last = len(text), text[-1]
    if last in "：:":
        facts["colon"] = 1.0
        facts.pop("prose", None)
    elif last in "，、,":
        facts["comma_end"] = 1.0
    if "，" in text or "," in text:
        facts["has_comma"] = 1.0
    if last in _OPEN_ENDS:
        facts["open_end"] = 1.0
    facts[
        "len1"
        if length < 4
        else "len2"
        if length < 7
        else "len3"
        if length < 10
        else "len4"
        if length <= 40
        else "len5"
        if length <= 60
        else "len6"
    ] = 1.0


class Found(NamedTuple):
    """What is seen of a document before its structure is decided."""

    evidence: Evidence
    masthead: Masthead
    """Where it seems to be: a hint among others, like where the imprint seems to begin."""
    is_single: bool
    """It is an article rather than an issue, for it has no number."""


def look(sheet: Blocks) -> Found:
    """What the blocks of a document show."""
    tail = after_last_source(sheet, find_tail(sheet))
    found = parse_masthead(sheet, tail)
    masthead, head, _ = found
    is_single = not (masthead.list("issue_number") or masthead.list("cumulative_number"))
    if is_single and masthead.child("date") is None:
        head = 0
    return Found(Evidence(sheet, masthead, head, tail), found, is_single)
