"""What each block of a document shows of what it may be: features, and the labels that it may have.

Prose and blocks with a marker have two or three labels and are looked at briefly; a short line is asked for
everything, but what it has in common with the text around it only where title and sub-heading are close.
"""

from __future__ import annotations

from bulletin_lint.parsing import structure as label
from bulletin_lint.parsing.decoder import LARGEST_ISSUE
from bulletin_lint.parsing.neighbours import NEAR_HEAD
from bulletin_lint.parsing.sources import may_tell
from bulletin_lint.parsing.surroundings import FLUSH, Surroundings
from bulletin_lint.parsing.tail import is_field_too, names_office
from bulletin_lint.parsing.title_numbers import is_in_list
from bulletin_lint.parsing.words import LONGEST_ENTRY, LONGEST_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint.model.document import Node
    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.words import Words

_NOTE_REACH, _REMARKS_REACH, _ENTRY_REACH = 6, 8, 30
"""Blocks behind the masthead among which a note, a leader's remarks, a list of contents begin."""
_REMARKS = 3
"""Remarks below one heading."""
_LONGEST_HEADING = 80
_LONGEST_OFFICE = 30
_LONGEST_SENTENCE, _SHORTEST_TEXT = 40, 24
"""Characters up to which a sentence is asked as a line is: where it ends in a colon, and otherwise."""
_ENTRY_FORMS = ("page_tail", "item_mark")
_END_FACTS = frozenset(("imprint", "distribution", "copies", "printed"))
_CELL_FACTS = frozenset(("wide", "row", "run", "beside_row"))
_END_REACH = 15
"""Blocks before the end among which print run and print line stand."""
_USUAL_BYLINES = 3
"""Bylines from which an issue has them below its titles."""


class Evidence(Surroundings):
    """The features of every block and the labels that it may have."""

    def __init__(self, sheet: Blocks, masthead: Node, head: int, tail: int, end: int) -> None:
        super().__init__(sheet, masthead, head, tail)
        self._end = end
        """Where the imprint is over, and annexes stand behind it."""
        self._receivers = self._grammar.labels.get("distribution")
        self._last_remark = 0
        """The last block that may be a leader's remark below the heading that stands above."""
        self._last_entry = -1
        """The last line of the contents that has the mark of the first one."""
        self.facts: list[dict[str, float]] = []
        self.labels: list[set[str]] = []
        for index, words in enumerate(sheet.words):
            facts: dict[str, float] = {}
            labels: set[str] = set()
            self.facts.append(facts)
            self.labels.append(labels)
            self._look(index, words, facts, labels)

    def scores(self) -> list[Mapping[str, float]]:
        """The points of the labels that each block may have."""
        judged = self._grammar.structure.judged
        found: list[Mapping[str, float]] = []
        for index, (facts, labels) in enumerate(zip(self.facts, self.labels, strict=True)):
            points, is_close = judged(facts, labels)
            if is_close and index < LARGEST_ISSUE:
                more = self._echoes.facts(index)
                if more:
                    if "unlike" in facts or "no_gap" in facts:
                        more["kin"] = self._echoes.kin(index, self._first_title)
                    if label.TITLE_LINE in labels and self._is_short[index - 1]:
                        more["joined_echo"] = self._echoes.joined(index)
                    facts.update(more)
                    points = self._grammar.structure.likely(facts, labels)
            found.append(points)
        return found

    def _look(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        is_prose = words.is_prose
        if index < self._head:
            facts["head"] = 1.0
            labels.add(label.MASTHEAD)
            if not is_prose:
                return
        elif self._blocks[index].table:
            # A masthead may be a ruled table.
            facts["table"] = 1.0
            labels.add(label.ROW)
            return
        if is_prose:
            facts["prose"] = 1.0
            if words.marker is None:
                labels.add(label.PARAGRAPH)
                if self._is_plain(index, words):
                    return
        if self.inline[index] is not None:
            facts["inline"] = 1.0
            labels.add(label.SIGNED_PARAGRAPH)
        self._add_place(index, words, facts, labels)
        self._add_start(index, words, facts, labels)
        if self._is_in_tail(index) and not _END_FACTS.isdisjoint(facts):
            if self._is_source[index] and not is_field_too(self._sheet, index):
                facts.update(dict.fromkeys(self._sources[index], 1.0))
                labels.add(label.SOURCE)
            return
        if index in self._brief_items:
            facts["brief"] = 1.0
        length = len(words.text)
        if index >= self._head and length <= LONGEST_ENTRY:
            self._add_caption(index, words, facts, labels)
        if not is_prose or (
            length <= _LONGEST_SENTENCE
            and (
                words.text[-1] in "：:"
                or ((length <= _SHORTEST_TEXT or index in self._due) and words.marker is None)
            )
        ):
            self._add_line(index, words, facts, labels)
        if not labels:
            labels.add(label.PARAGRAPH)

    def _is_in_tail(self, index: int) -> bool:
        return self._tail <= index < self._end

    def _add_caption(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """Whether a line is the caption of a picture or a table, by its form or by how it ends."""
        text, grammar = words.text, self._grammar
        if self._is_marked_entry(index):
            self._last_entry = index
            if self._next_first(index) == text[0] or not grammar.ends_as_column(text):
                facts["entry_mark"] = 1.0
        elif words.is_caption and text[0] not in self._title_marks:
            # 摄影：… at the end is a field of the imprint.
            facts["caption"] = 1.0
            bare = text.lstrip(grammar.marks + " \u3000")
            if bare != text and (grammar.is_caption(bare) or grammar.ends_as_caption(text)):
                facts["pictured"] = 1.0
            labels.add(label.CAPTION)
        elif (
            len(text) <= _LONGEST_OFFICE
            and not words.is_prose
            and grammar.ends_as_caption(text)
            # Below 附件1 that is the annex's title, below a column an article's.
            and not (index and (self._words[index - 1].is_annex or self._words[index - 1].is_column))
        ):
            facts["caption_word"] = 1.0
            labels.add(label.CAPTION)

    def _is_marked_entry(self, index: int) -> bool:
        """Whether a line of the contents has the mark that their first entry has: ▲ is no caption there."""
        if index == 0 or self._texts[index][0] not in self._grammar.marks or self._words[index].is_prose:
            return False
        if label.CONTENTS_HEADING in self.labels[index - 1]:
            return True
        return self._last_entry == index - 1 and self._goes_on_as_above(index)

    def _is_plain(self, index: int, words: Words) -> bool:
        """Whether a paragraph is one of the body and can be nothing else: most are."""
        text, is_below_byline = words.text, index - 1 in self._bylines
        if (
            not (is_below_byline or max(self._head + _REMARKS_REACH, self._last_remark + 1) <= index)
            or index >= self._tail
            or self.inline[index] is not None
            or words.is_annex
            or self._grammar.note_start(text) is not None
            or (self._receivers is not None and self._receivers.may_begin(text))
        ):
            return False
        if len(text) > LONGEST_ENTRY:
            return True
        is_line = (not is_below_byline and len(text) <= _LONGEST_SENTENCE) and (
            text[-1] in "：:"
            or len(text) <= _SHORTEST_TEXT
            or index >= self._size - _END_REACH
            or index in self._due
        )
        return not (is_line or text[0] in ">＞" or words.is_caption or self._repeated.below(index))

    def _add_place(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """Where the block stands: beside the masthead, at the end, and what only that has."""
        if self._head <= index <= self._head + 1 and self._head:
            facts["beside_head"] = 1.0
        if index == 0:
            facts["first"] = 1.0
        is_last = self._end - _END_REACH <= index < self._end
        if self._is_in_tail(index):
            facts["tail"] = 1.0
            labels.update((label.IMPRINT, label.DISTRIBUTION))
        elif not (words.has_colon or (is_last and len(words.text) <= 40)):
            return
        self._add_end(index, words, facts, labels)
        if is_last:
            self._add_print(words, facts, labels)

    def _add_end(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """The labels of imprint and distribution."""
        text = words.text
        bare = text.lstrip(">＞ ") if text[0] in ">＞" else text
        known = self._receivers
        if known is not None and known.at_start(bare) is not None and (words.has_colon or len(text) <= 60):
            facts["distribution"] = 1.0
            labels.add(label.DISTRIBUTION)
        if not words.is_prose or self._is_in_tail(index):
            has_several = (words.has_colon or self._is_in_tail(index)) and len(words.end_labels) >= 2
            if has_several:
                facts["labels2"] = 1.0
            if (
                has_several
                or self._grammar.tail_labels.at_start(text) is not None
                or (self._is_in_tail(index) and names_office(self._sheet, index))
            ):
                facts["imprint"] = 1.0
                labels.add(label.IMPRINT)

    def _add_print(self, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """Print line and print run."""
        grammar, length = self._grammar, len(words.text)
        if not words.is_prose and length <= 60 and grammar.is_printed(words.compact):
            facts["printed"] = 1.0
            labels.add(label.DISTRIBUTION)
        if length <= 30 and grammar.copies is not None and grammar.copies.search(words.text) is not None:
            facts["copies"] = 1.0
            labels.add(label.DISTRIBUTION)

    def _add_start(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """What a block says of itself by how it begins: section, note, annex, entry of the contents."""
        text, grammar = words.text, self._grammar
        is_prose, behind = words.is_prose, index - self._head
        if words.marker is not None:
            facts["marker"] = 1.0
            labels.add(label.SECTION)
            if len(text) <= 80 and behind >= 0 and "item_mark" in words.forms:
                facts["item_mark"] = 1.0
                labels.add(label.CONTENTS_ENTRY)
            if index and (self._words[index - 1].is_annex or "after_annex" in self.facts[index - 1]):
                facts["after_annex"] = 1.0
                labels.add(label.ANNEX)
        if grammar.note_start(text) is not None:
            facts["note"] = 1.0
            labels.add(label.NOTE)
        if is_prose and behind >= 0 and (behind < _REMARKS_REACH or index <= self._last_remark):
            labels.add(label.BOX_TEXT)
            if behind < _NOTE_REACH and index - 1 not in self._bylines:
                labels.add(label.NOTE)
            if grammar.begins("directive", text):
                facts["directive"] = 1.0
        if 0 <= behind < _REMARKS_REACH and index in self._due and grammar.begins("remark", text):
            facts["remark"] = 1.0
            labels.add(label.BOX_TEXT)
        if words.is_annex and self._is_over_table_amid(index):
            facts["caption"] = 1.0
            labels.add(label.CAPTION)
        elif words.is_annex:
            facts["annex"] = 1.0
            labels.add(label.ANNEX)
        if grammar.is_contents_heading(text):
            facts["contents_heading"] = 1.0
            labels.add(label.CONTENTS_HEADING)
        if behind < NEAR_HEAD and len(text) <= (LONGEST_LINE if is_prose else LONGEST_ENTRY):
            self._add_entry(index, words, facts, labels)

    def _add_entry(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """What makes a line an entry of the contents."""
        behind = index - self._head
        if self._repeated.below(index):
            facts["said_again"] = 1.0
            labels.add(label.CONTENTS_ENTRY)
        if not words.is_prose:
            if 0 <= behind < _ENTRY_REACH:
                for name in _ENTRY_FORMS:
                    if name in words.forms:
                        facts[name] = 1.0
                        labels.add(label.CONTENTS_ENTRY)
            above = self.labels[index - 1] if behind > 0 else ()
            if label.CONTENTS_HEADING in above or label.CONTENTS_ENTRY in above:
                labels.add(label.CONTENTS_ENTRY)
                if words.is_column and self._is_over_entry(index):
                    # A column's name among the entries.
                    facts["entry_mark"] = 1.0
        if len(words.text) > LONGEST_LINE:
            facts["long"] = 1.0

    def _add_line(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """What a short line is asked: what its own words say, and what stands beside it."""
        own, own_labels = words.line
        facts.update(own)
        if "box" in own:
            self._last_remark = index + _REMARKS
        labels.update(own_labels)
        if "colon" in own:
            facts.pop("prose", None)
        sources = self._sources[index]
        if sources:
            facts.update(dict.fromkeys(sources, 1.0))
            labels.add(label.SOURCE if self._is_source[index] else label.CAPTION)
            if "could_name" in sources and "names" not in sources and may_tell(words.text):
                labels.add(label.CAPTION)
        if self._blocks[index].indent >= FLUSH:
            facts["flush"] = 1.0
        if index in self._brief_columns:
            facts["over_briefs"] = 1.0
            labels.add(label.COLUMN)
        self._add_signature(index, words, facts, labels)
        self._add_cell(index, facts, labels)
        above = self._words[index - 1]
        # A line below a list of annexes that is over with its line is the title of what follows.
        is_over = above.names_annex and index + 1 < self._size and self._prose[index + 1]
        if index and above.is_annex and not is_over:
            facts["after_annex"] = 1.0
            labels.add(label.ANNEX)
        if "bracketed" in own and "names" in facts:
            labels.difference_update((label.ROW, label.BOX, label.COLUMN, label.HEADING))
        elif 2 <= len(words.text) <= _LONGEST_HEADING or "said_again" in facts:
            labels.update((label.TITLE, label.HEADING))
            if index and "caption" not in facts and not self._is_of_other_level(index):
                labels.add(label.TITLE_LINE)
            self._add_heading(index, facts)
            slip = self._slip(index, has_lead="lead" in facts) if index in self._due else ""
            if slip:
                facts[slip] = 1.0

    def _add_signature(self, index: int, words: Words, facts: dict[str, float], labels: set[str]) -> None:
        """Office and date, of a masthead or below an article."""
        behind = index - self._head
        if behind < 3 and (
            "date_only" in facts
            or (
                0 <= behind < 2
                and self._is_short[index]
                and (self._is_head_open(index) if self._head else self._grammar.is_title_like(words.text))
            )
        ):
            labels.add(label.MASTHEAD)
        if words.compact == self._office:
            facts["same_office"] = 1.0
            labels.add(label.SIGNATURE)
        if self._is_over_date(index):
            facts["next_date"] = 1.0
            if len(words.text) <= 40:
                labels.add(label.SIGNATURE)
                if self._grammar.is_unit(words.text):
                    facts["office_only"] = 1.0
        if index and self._prose[index - 1]:
            facts["after_prose"] = 1.0

    def _add_cell(self, index: int, facts: dict[str, float], labels: set[str]) -> None:
        """Whether a line is a row of a table, or a cell of one."""
        is_row, after = self._sheet.is_row, index + 1
        if is_row[index]:
            facts["row"] = 1.0
        if self._runs[index] >= 4:
            facts["run"] = 1.0
            if self._runs[index] >= 8:
                facts["run_long"] = 1.0
        is_above = after < self._size and is_row[after]
        if is_above or (after < self._size and self._blocks[after].table):
            facts["next_row"] = 1.0
        # A table that has cells of its own says nothing of the lines beside it.
        if (is_above or (index and is_row[index - 1])) and len(self._texts[index].split(None, 1)) > 1:
            facts["beside_row"] = 1.0
        if not _CELL_FACTS.isdisjoint(facts):
            labels.add(label.ROW)

    def _add_heading(self, index: int, facts: dict[str, float]) -> None:
        """What tells a title from a sub-heading."""
        self._add_below(index, facts)
        facts.update(dict.fromkeys(self._looks.facts(index), 1.0))
        if self._blocks[index].heading in self._column_levels or self._is_listed_column(index):
            facts["md_column"] = 1.0
            self.labels[index].add(label.COLUMN)
        repeated = self._repeated
        if repeated.is_listed(index) or repeated.is_listed_with_next(index):
            facts["listed"] = 1.0
        if repeated.is_said_elsewhere(index):
            facts["said_elsewhere"] = 1.0
        if index:
            if index not in self._bylines and repeated.is_listed_with_last(index):
                facts["joined_listed"] = 1.0
            self._add_above(index, facts)
        if self._has_marked_headings and "mark" not in facts:
            facts["unmarked"] = 1.0
        marker = self._words[index].marker
        if self._texts[index][0] in self._title_marks:
            facts["title_mark"] = 1.0
            facts.pop("bracketed", None)
        elif marker is not None and marker.style in self._title_numbers:
            if "said_again" not in facts and not is_in_list(self._sheet, index):
                facts["title_number"] = 1.0
        elif marker is not None and marker.style in self._column_numbers:
            facts["column_number"] = 1.0
            self.labels[index].add(label.COLUMN)
        if self._above[index] or self._below[index]:
            facts.update(dict.fromkeys(self._number_facts(index), 1.0))

    def _add_below(self, index: int, facts: dict[str, float]) -> None:
        """What stands in the two blocks below."""
        after = index + 1
        if False not in self._is_short[after : after + 2]:
            facts["no_prose_next"] = 1.0
        lead = self._leads[index]
        if lead is not None and self._grammar.begins("lead", self._texts[lead]):
            facts["lead"] = 1.0
        if after < self._size:
            if self._prose[after]:
                facts["next_prose"] = 1.0
            elif self._sheet.is_heading_like[after]:
                facts["next_head"] = 1.0
            mark = self._texts[after][0]
            if mark == "—" and not self._prose[after]:
                facts["dash_below"] = 1.0
            if (mark in self._grammar.marks or mark == "·") and mark != self._texts[index][0]:
                facts["next_mark"] = 1.0
                if self._prose[after]:
                    facts["next_item"] = 1.0
            if not self._prose[index] and self._is_over_title(index) and not self._may_close(index, facts):
                facts["over_title"] = 1.0
                self.labels[index].add(label.COLUMN)
            if self._looks.share_axis(index) and not self._looks.share_axis(index - 1):
                facts["axis_below"] = 1.0
            if after in self._bylines:
                facts["over_byline"] = 1.0
            elif len(self._bylines) >= _USUAL_BYLINES and after + 1 not in self._bylines:
                facts["no_byline"] = 1.0

    def _add_above(self, index: int, facts: dict[str, float]) -> None:
        """How the block above ends and is set."""
        above, last = index - 1, self._texts[index - 1][-1:]
        if self._looks.share_axis(above):
            facts["axis_above"] = 1.0
        elif (
            self._looks.indent + 2 > self._blocks[index].indent >= 2 > self._blocks[above].indent
            and self._texts[index][0] != "—"
        ):
            facts["deeper"] = 1.0
        if last in "，、":
            facts["comma_above"] = 1.0
        elif last in "：:":
            facts["colon_above"] = 1.0
        elif (
            above >= self._head
            and self._sheet.is_heading_like[above]
            and "broken_above" in self._words[above].forms
        ):
            facts["broken_above"] = 1.0
