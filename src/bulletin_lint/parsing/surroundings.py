"""What is asked of all blocks of a document before each is looked at by itself."""

from __future__ import annotations

from bulletin_lint.parsing.attributions import attribution_at_end
from bulletin_lint.parsing.briefs import brief_columns
from bulletin_lint.parsing.bylines import bylines, is_below_text, units_over_writers
from bulletin_lint.parsing.echoes import Echoes
from bulletin_lint.parsing.line_widths import columns_of
from bulletin_lint.parsing.looks import Looks
from bulletin_lint.parsing.neighbours import Repetitions, cells, column_levels, leads, numbers
from bulletin_lint.parsing.sources import CLOSING, OPENING, PERSON, is_source, own_line_value
from bulletin_lint.parsing.title_numbers import Numbered, column_styles, styles_over_bylines, title_styles
from bulletin_lint.parsing.words import LONGEST_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulletin_lint.model.document import Node
    from bulletin_lint.parsing.blocks import Blocks

_LONGEST_UNIT, _SET_RIGHT = 24, 4
"""Characters of a unit's name, and columns of indent from which it is set right."""
FLUSH = 8
"""Columns of indent from which a line is set far to the right."""
_RAGGED = 2
"""Columns that lines set right may end apart."""
_MASTHEAD = 5
"""Lines of the masthead whose middles are compared."""
_SHORTEST_TITLE = 10
"""Characters of a title between brackets: most names of columns have fewer."""
_SAID_AGAIN = 0.15
"""Echo from which a line with a stop is said again below it as a title is."""
_SHORTEST_SIGNED = 24
"""Characters that a line without a stop has at least where a source may stand at its end."""


class Surroundings:
    """What stands around each block, and which lines are titles for sure."""

    def __init__(self, sheet: Blocks, masthead: Node, head: int, tail: int) -> None:
        self._sheet = sheet
        self._grammar = sheet.grammar
        self._head, self._tail, self._size = head, tail, len(sheet)
        office = masthead.child("office")
        is_numbered = any(map(masthead.child, ("issue_number", "cumulative_number")))
        self._is_head_whole = is_numbered and masthead.child("date") is not None
        self._office = "".join(str(office.fields.get("value", office.text)).split()) if office else ""
        self._words, self._texts, self._blocks = sheet.words, sheet.texts, sheet.blocks
        self._prose = sheet.is_prose
        self._is_short = [not words.is_prose and words.marker is None for words in sheet.words]
        self._looks = Looks(sheet, head, tail)
        self.inline = [
            attribution_at_end(sheet, index) if prose or len(text) > _SHORTEST_SIGNED else None
            for index, (text, prose) in enumerate(zip(self._texts, self._prose, strict=True))
        ]
        """The attribution that a block ends in."""
        self._set_right = max(_SET_RIGHT, self._looks.indent + 1)
        """Columns of indent from which a line is set right."""
        self._brief_columns, self._brief_items = brief_columns(sheet, head, tail, self.inline)
        self._sources = [self._alone(index) for index in range(self._size)]
        self._is_source = [is_source(found) for found in self._sources]
        for index in units_over_writers(sheet, self._is_short, head, min(tail, self._size), self._set_right):
            for line in (index, index + 1):
                self._sources[line] = ("unit_and_writer",)
                self._is_source[line] = True
        self._add_habits()
        self._bylines = frozenset(bylines(sheet, self._is_short, self._sources, head, min(tail, self._size)))
        """Sources between a title and its text."""
        for index in self._bylines:
            self._sources[index] = ("byline", *self._sources[index])
            if self._grammar.has_role(self._texts[index]):
                self._sources[index] += ("names", "named_role")
            self._is_source[index] = True
        self._repeated = Repetitions(sheet, self._is_short, head, tail)
        self._leads = leads(sheet)
        ends = [
            (found and index not in self._bylines) or self.inline[index] is not None
            for index, found in enumerate(self._is_source)
        ]
        self._column_levels = column_levels(sheet, head, tail, ends)
        self._title_marks: set[str] = set()
        """Marks of lines that mostly stand where a title must, over prose."""
        self._title_numbers: set[str] = set()
        """Styles of numbers that run through the issue from title to title."""
        self._column_numbers: set[str] = set()
        """Styles of numbers that columns have."""
        self._first_title: int | None = None
        self._due: set[int] = set()
        """Blocks where a title must stand."""
        self._echoes = Echoes(sheet, head, self._leads, self._certain_titles())
        self._runs = cells(sheet, self._is_short, head, gaps=self._looks.gaps >= 0.8)
        self._above, self._below = numbers(
            sheet,
            [found is not None for found in self.inline],
            [words.is_column or found for words, found in zip(sheet.words, self._is_source, strict=True)],
            self._title_numbers | self._column_numbers,
        )
        self._has_marked_headings = any(
            words.is_column and words.text[0] in set(self._grammar.marks) - self._title_marks and prose
            for words, prose in zip(sheet.words, self._prose[1:], strict=False)
        )

    def _alone(self, index: int) -> tuple[str, ...]:
        if index < self._head or len(self._texts[index]) > LONGEST_LINE or self._blocks[index].table:
            return ()
        found = self._words[index].source
        if found is not None:
            return found
        block, text = self._blocks[index], self._texts[index]
        if index and self._prose[index - 1]:
            value = own_line_value(self._grammar, text)
            if value is not None and self._grammar.is_unit(value):
                # Below a paragraph a unit with the date needs no bracket.
                return ("names", "named_role")
        is_right = block.indent >= self._set_right and block.heading == 0
        # A unit's name alone, set right, needs neither bracket nor label.
        is_unit = is_right and len(text) <= _LONGEST_UNIT and self._grammar.is_unit(text)
        # A centred title may end as a unit does: 某某进集市.
        is_unit = is_unit and not self._is_centred(index) and not self._is_over_line(index)
        is_unit = is_unit and not self._is_over_byline(index)
        return ("flush_unit",) if is_unit else ()

    def _add_habits(self) -> None:
        """A house signs in one form: lines below prose in the form of most sources are some too."""
        frames: dict[tuple[str, bool], list[int]] = {}
        for index in range(max(self._head, 1), self._size):
            words = self._words[index]
            if not (self._is_short[index] and is_below_text(self._sheet, index)):
                continue
            if "aside" in self._sources[index] or not (self._is_source[index] or words.is_phrase):
                # （完） stands where a source does, in the same brackets, and so may a sentence.
                continue
            is_flush = self._blocks[index].indent >= FLUSH
            # 某　某 is as much a person alone as 某某某.
            is_person = is_flush and words.frame and PERSON.fullmatch(words.compact) is not None
            frame = "x" if is_person else words.frame
            if words.text[0] in OPENING and words.text[-1] in CLOSING:
                # One part in a bracket (【某庭】) may be a column too, which ends as one does.
                is_column = frame.count("x") < 2 and self._grammar.ends_as_column(words.text)
                frame = "" if is_column else words.text[0]
            elif frame == "x" and not (
                is_flush and (self._stands_below(index) or not self._is_over_prose(index))
            ):
                # Words without a mark may be a title over its text.
                continue
            if frame:
                frames.setdefault((frame, is_flush), []).append(index)
        for (frame, is_flush), lines in frames.items():
            least = (0.7 if frame in OPENING else 0.5) * len(lines)
            if len(lines) > 1 and (
                sum(self._is_source[index] for index in lines) > least
                or (is_flush and (self._are_set_right(lines) or self._are_people(lines)))
            ):
                for index in lines:
                    if not self._tells_picture(index):
                        self._sources[index] = ("habit", *self._sources[index])
                        self._is_source[index] = True

    def _tells_picture(self, index: int) -> bool:
        """Whether words in brackets that name nobody for sure stand right above a source in such brackets."""
        below = index + 1
        return (
            self._sources[index] == ("could_name",)
            and self._words[index].text[0] in OPENING
            and below < self._size
            and self._words[below].text[0] == self._words[index].text[0]
            and self._is_source[below]
            and self._sources[below] != ("could_name",)
        )

    def _are_set_right(self, lines: Sequence[int]) -> bool:
        """Whether lines in brackets belong to what stands above them: they end at the same column, which
        lines round one middle do not, or a gap parts them from what follows alone.
        """
        blocks, texts = self._blocks, self._texts
        if not all(texts[index][0] in OPENING and texts[index][-1] in CLOSING for index in lines):
            return False
        widths = [columns_of(self._texts[index]) for index in lines]
        edges = [blocks[index].indent + width for index, width in zip(lines, widths, strict=True)]
        if max(widths) - min(widths) > 2 * _RAGGED:
            return max(edges) - min(edges) <= _RAGGED
        return all(map(self._stands_below, lines))

    def _are_people(self, lines: Sequence[int]) -> bool:
        """Whether lines set right may each be the name of a person alone: 　　　　　　某某某."""
        return all(
            PERSON.fullmatch(self._words[index].compact) is not None
            and (self._stands_below(index) or not self._is_centred(index))
            for index in lines
        )

    def _is_over_prose(self, index: int) -> bool:
        return index + 1 < self._size and self._prose[index + 1]

    def _stands_below(self, index: int) -> bool:
        """Whether a gap parts a line from what follows, and none from what stands above."""
        blocks, after = self._blocks, index + 1
        return not blocks[index].gap and (after >= min(self._tail, self._size) or blocks[after].gap > 0)

    def _is_numbered_column(self, index: int) -> bool:
        """Whether a line with a number stands over another line: 一、要闻."""
        return (
            self._words[index].marker is not None
            and True not in self._prose[index : index + 2]
            and self._next_first(index) != "—"
        )

    def _is_centred(self, index: int) -> bool:
        """Whether a line stands round the same middle as a line of the masthead that is set far in."""
        middle = 2 * self._blocks[index].indent + columns_of(self._texts[index])
        return any(
            self._blocks[other].indent >= FLUSH
            and abs(2 * self._blocks[other].indent + columns_of(self._texts[other]) - middle) <= 2 * _RAGGED
            for other in range(min(self._head, _MASTHEAD))
        )

    def _is_over_line(self, index: int) -> bool:
        """Whether a gap parts a line from what stands above and none from a short line below that is no date:
        whose title they are the first says, and the second what about.
        """
        after = index + 1
        return (
            self._blocks[index].gap
            and after < self._size
            and self._is_short[after]
            and not self._blocks[after].gap
            and "date_only" not in self._words[after].forms
        )

    def _is_over_byline(self, index: int) -> bool:
        """Whether a label with its source stands below a line, and text below that: the line is a title."""
        after = index + 1
        return self._is_over_prose(after) and self._words[after].has_source_label

    def _is_over_date(self, index: int) -> bool:
        """Whether a date stands below a line, or below it and another one where both are units that sign."""
        after, words, size = index + 1, self._words, self._size
        if after < size and "date_only" in words[after].forms:
            return True
        return (
            after + 1 < size
            and "date_only" in words[after + 1].forms
            and not self._blocks[after].gap
            and self._grammar.is_unit(self._texts[index])
            and self._grammar.is_unit(self._texts[after])
        )

    def _is_over_text(self, index: int) -> bool:
        """Whether a paragraph without the same mark stands below a line, or below its rest behind a dash."""
        below = index + 1
        if below < self._size and self._texts[below][0] == "—":
            below += 1
        if below >= self._size or not self._prose[below] or self._texts[below][0] in self._grammar.marks:
            return False
        # A column stands over a title that has a stop by mistake.
        after = below + 1
        return not (
            len(self._texts[below]) <= LONGEST_LINE
            and self._may_have_stop(below)
            and self._blocks[below].indent != self._blocks[after].indent
        )

    def _may_be_title(self, text: str) -> bool:
        """Whether words between brackets are as long as titles are, and end in no word of columns."""
        return text[0] in OPENING and len(text) >= _SHORTEST_TITLE and not self._grammar.ends_as_column(text)

    def _is_over_table_amid(self, index: int) -> bool:
        """Whether a table stands below a line, and around both an article that is signed below the
        table, if at all.
        """
        after = index + 1
        while after < self._tail and (self._sheet.is_row[after] or self._blocks[after].table):
            after += 1
        return (
            index + 1 < after < self._tail
            and (self._prose[after] or self._is_source[after])
            and self._prose[index - 1]
            and self.inline[index - 1] is None
            and not self._is_source[index - 1]
        )

    def _number_facts(self, index: int) -> Iterator[str]:
        """Whether the numbers of sections go on across a line, or begin anew."""
        following, before = self._below[index], self._above[index]
        if before:
            yield "in_sections"
            if following.get(min(before)) == 1:
                yield "restart"
        if any(
            number > 1 and before.get(style, number - 1) == number - 1 for style, number in following.items()
        ):
            yield "amid"

    def _is_listed_column(self, index: int) -> bool:
        """Whether the contents list a heading and the deeper one right below it too, which is the title."""
        after, own = index + 1, self._blocks[index].heading
        return (
            own > 0
            and after < self._size
            and self._blocks[after].heading > own
            and self._texts[after][0] != "—"
            and self._repeated.is_listed(index)
            and self._repeated.is_listed(after)
        )

    def _is_of_other_level(self, index: int) -> bool:
        """Whether two lines of an issue are headings of two levels, and no title on two lines."""
        above, own = self._blocks[index - 1].heading, self._blocks[index].heading
        return self._head > 0 and bool(above and own) and above != own and self._texts[index][0] != "—"

    def _next_first(self, index: int) -> str:
        """The first character of the block below, none below the last one."""
        return self._texts[index + 1][0] if index + 1 < self._size else ""

    def _is_over_entry(self, index: int) -> bool:
        """Whether the line below is an entry of the contents: it has a page, or is said again below."""
        after = index + 1
        return "page_tail" in self._forms_below(index) or (after < self._size and self._repeated.below(after))

    def _is_head_open(self, index: int) -> bool:
        """Whether the masthead may go on with a line: number or date are lacking, or no gap parts them."""
        return not (self._is_head_whole and self._blocks[index].gap)

    def _goes_on_as_above(self, index: int) -> bool:
        """Whether a line has the mark of the one above, and no gap that the one above has not: a column would
        begin there.
        """
        is_parted = self._blocks[index].gap and not self._blocks[index - 1].gap
        return self._texts[index][0] == self._texts[index - 1][0] and not is_parted

    def _forms_below(self, index: int) -> Sequence[str]:
        """The forms of the line below a block, none below the last one."""
        return self._words[index + 1].forms if index + 1 < self._size else ()

    def _may_close(self, index: int, facts: Mapping[str, float]) -> bool:
        """Whether a line may be the end of the article above: a credit, or behind a dash who wrote it."""
        return "caption" in facts or self._is_source[index] or self._texts[index][0] in "—（("

    def _slip(self, index: int, *, has_lead: bool) -> str:
        """Where a title must stand: whether a line is one with a stop behind it (stopped), or one with a
        comma, its second line or its text below (broken_off).
        """
        text, below = self._texts[index], index + 1
        if below == self._size:
            return ""
        if text[-1] in "，、":
            return "broken_off" if True in self._prose[below : below + 2] else ""
        if self._may_have_stop(index) and (
            has_lead
            or self._words[index - 1].is_column
            or (self._blocks[index].gap and self._blocks[index].indent != self._blocks[below].indent)
            or self._echoes.facts(index).get("echo", 0) > _SAID_AGAIN
        ):
            return "stopped"
        return ""

    def _may_have_stop(self, index: int) -> bool:
        """Whether a line is a phrase with a full stop, set apart from longer prose below it."""
        text, below = self._texts[index], index + 1
        if text[-1] != "。" or below >= self._size or not self._prose[below]:
            return False
        is_apart = self._blocks[below].gap or self._blocks[below].indent > self._blocks[index].indent
        is_longer = "，" in self._texts[below] or len(self._texts[below]) > len(text)
        return bool(is_apart) and is_longer and not any(mark in text[:-1] for mark in "。，；：")

    def _is_over_title(self, index: int) -> bool:
        """Whether the line below begins as titles do, with their sign or number, and this one does not."""
        first, below = self._texts[index][0], self._texts[index + 1][0]
        if below in self._title_marks:
            return below != first
        own, marker = self._words[index].marker, self._words[index + 1].marker
        is_title = marker is not None and marker.style in self._title_numbers
        return is_title and (own is None or marker is None or own.style != marker.style)

    def _is_only_mark(self, mark: str, lines: Sequence[int]) -> bool:
        """Whether all lines that stand over text begin with a mark: above the first stands no title."""
        return all(self._texts[index][0] == mark or not self._is_over_text(index) for index in lines)

    def _certain_titles(self) -> list[int]:
        """Titles for sure: lines that the contents list, or that stand below a column or an attribution."""
        sheet = self._sheet
        titles: list[int] = []
        lines: list[int] = []
        marked: dict[str, list[bool]] = {}
        numbered: dict[str, list[Numbered]] = {}
        is_due, is_first, marks = False, self._head > 0, self._grammar.marks
        has_contents = False
        for index in range(self._head, min(self._tail, self._size)):
            words = self._words[index]
            is_column = words.is_column or self._blocks[index].heading in self._column_levels
            first = words.text[0]
            has_contents = has_contents or sheet.grammar.is_contents_heading(words.text)
            # A title with a stop has one in the contents too.
            if is_due or is_first or (has_contents and words.is_prose and self._repeated.is_listed(index)):
                self._due.add(index)
            may_be_titles = first in marks or (is_column and self._may_be_title(words.text))
            if may_be_titles and not words.is_prose and self._is_over_text(index):
                marked.setdefault(first, []).append(is_due or is_first)
            marker = words.marker
            if marker is not None and not words.is_prose and not self._repeated.below(index):
                is_title = is_due or self._repeated.is_listed(index)
                numbered.setdefault(marker.style, []).append(Numbered(index, marker, is_title))
            if sheet.is_heading_like[index] and not is_column:
                # The same source stands above too.
                if (is_due or self._repeated.is_listed(index)) and not self._is_source[index]:
                    titles.append(index)
                if not words.is_bracketed and not words.is_caption:
                    lines.append(index)
            is_due = index not in self._bylines and (
                is_column
                or self._is_source[index]
                or self.inline[index] is not None
                or ((is_due or is_first) and self._is_numbered_column(index))
            )
            # An editor's note and a leader's remark stand above the first article.
            is_first = is_first and (
                self._grammar.note_start(words.text) is not None or self._grammar.begins("remark", words.text)
            )
        self._title_marks.update(
            mark
            for mark, due in marked.items()
            if 2 * sum(due) >= len(due) or (due[0] and self._is_only_mark(mark, lines))
        )
        self._column_numbers.update(column_styles(sheet, numbered, self._head))
        over_text = {
            style: [each for each in found if self._is_over_text(each.block)]
            for style, found in numbered.items()
        }
        # Over rows stands what a table is called; what is said again below is an entry of the contents.
        others = [
            index
            for index in lines
            if not self._is_source[index]
            and not (index + 1 < self._size and sheet.is_row[index + 1])
            and not self._repeated.below(index)
        ]
        columns = {each.block for found in numbered.values() for each in found} & {
            each.block - 1 for found in over_text.values() for each in found
        }
        self._title_numbers.update(title_styles(sheet, over_text, others, self._due, self._head, columns))
        self._title_numbers.update(styles_over_bylines(numbered, self._bylines))
        # Below the first may stand its second line, or a sub-heading.
        self._first_title = next((index for index in lines if self._leads[index] is not None), None)
        if not titles and self._first_title is not None:
            titles = [self._first_title]
        self._looks.compare_with(titles, lines)
        return titles
