"""The words and forms that parts are known by, as the packs give them."""

from __future__ import annotations

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import item_number
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing.cell_bars import CellBars
from bulletin_lint.parsing.entry_forms import EntryForms
from bulletin_lint.parsing.label_set import LabelSet
from bulletin_lint.parsing.structure import LINE_FORMS, Structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_LONGEST_COLUMN = 24
_LINE_LABELS = ("distribution", "imprint", "copies", "masthead", "attribution")
_LABEL_LIMIT = 16
"""Characters within which a label at the start of a line ends."""
_LAYOUT_SPACE = " \u3000\t"
_CREDIT_ENDS = "。）)"
_LONGEST_CREDIT = 16
_LONGEST_CAPTION = 90
_ITEM_SPACE = " \u3000"
_ITEM_MARKS = "，、,：:"


class Marker(NamedTuple):
    """A section's marker at the start of a block."""

    text: str
    number: int | None
    level: int
    style: str
    end: int
    """The offset in the block after the marker."""


class Enumeration(NamedTuple):
    """How the items of one style begin inside a paragraph."""

    style: str
    pattern: Pattern
    after: Pattern | None
    """The mark that an item stands after, white space left out, where it does not begin a block."""

    def item(self, text: str, start: int, match: Any) -> Span | None:
        """The item that a match in the block from `start` is, without white space and mark around it."""
        begin, end = match.span()
        if self.after is not None:
            before = begin
            while before > start and text[before - 1] in _ITEM_SPACE:
                before -= 1
            if before > start and self.after.fullmatch(text[before - 1]) is None:
                return None
        while text[begin] in _ITEM_SPACE:
            begin += 1
        while text[end - 1] in _ITEM_MARKS:
            end -= 1
        return Span(begin, end)


class _MarkerStyle(NamedTuple):
    """How the markers of one style look."""

    level: int
    style: str
    pattern: Pattern
    starts: Pattern | None
    """The first character, if the pack says which."""
    in_run: bool
    """Whether it is a marker only beside the number before or after it."""


class Grammar:
    """Labels and forms of the parts, ready for the parsers.

    Built from a rulebook's merged `labels` and `forms`; patterns compile when first used.
    """

    def __init__(self, definition: Mapping[str, Any], fold: Mapping[str, str] | None = None) -> None:
        labels = definition.get("labels", {})
        forms = definition.get("forms", {})
        trusted = bool(definition.get("trusted", True))
        joints = str(forms.get("label_joints", ""))
        self.labels = _label_sets(labels, joints, tuple(forms.get("bracket_labels", ())))
        tail: dict[str, str] = {}
        for group in ("imprint", "copies"):
            for field, entry in labels.get(group, {}).items():
                tail.update(dict.fromkeys(entry.get("words", ()), field))
        self.tail_labels = LabelSet(tail, joints)
        self._line_labels = tuple(self.labels[group] for group in _LINE_LABELS if group in self.labels)
        self.fields = {group: tuple(fields) for group, fields in labels.items()}
        self.title_endings: tuple[str, ...] = tuple(forms.get("title_endings", ()))
        self.post_endings: tuple[str, ...] = tuple(forms.get("post_endings", ()))
        self.unit_endings: tuple[str, ...] = tuple(forms.get("unit_endings", ()))
        self.office_endings: tuple[str, ...] = tuple(forms.get("office_endings", ()))
        self._office_ends = frozenset(ending[-1:] for ending in self.office_endings)
        self.fold: Mapping[str, str] = fold or {}

        def pattern(source: str | None) -> Pattern | None:
            return Pattern(source, trusted=trusted) if source else None

        def patterns(sources: Sequence[str]) -> tuple[Pattern, ...]:
            return tuple(Pattern(source, trusted=trusted) for source in sources)

        self._in_no_name = pattern(forms.get("in_no_name"))
        self.issue_numbers = patterns(forms.get("issue_number", ()))
        self.bare_number = pattern(forms.get("bare_number"))
        self.blank_numbers = patterns(forms.get("blank_number", ()))
        self.cumulative_numbers = patterns(forms.get("cumulative_number", ()))
        self.dates = patterns(forms.get("date", ()))
        self.supplement = pattern(forms.get("supplement"))
        self.classification = pattern(forms.get("classification"))
        self.copy_number = pattern(forms.get("copy_number"))
        self.contents = pattern(forms.get("contents"))
        self.note = pattern(forms.get("note"))
        self.date_words = pattern(forms.get("date_words"))
        self.copies = pattern(forms.get("copies"))
        self.printed = pattern(forms.get("printed"))
        self.office_suffix = pattern(forms.get("office_suffix"))
        attribution = forms.get("attribution", {})
        self.own_line_attributions = patterns(attribution.get("own_line", ()))
        self.closing_attribution = pattern(attribution.get("at_end"))
        self.attribution_apart = pattern(attribution.get("apart"))
        self._aside = pattern(attribution.get("aside"))
        self._roles = pattern(attribution.get("roles"))
        self._text_role = pattern(attribution.get("text_role"))
        self._part = pattern(attribution.get("part"))
        whole = {"unit_in_column": attribution.get("unit_in_column")}
        whole.update((name, forms.get(name)) for name in ("annex", "edition"))
        self._wholes = {name: pattern(source) for name, source in whole.items()}
        self._read_lines(forms, trusted=trusted)
        self.structure = Structure(definition.get("structure", {}), definition.get("house"))
        self.remembered: dict[str, Any] = {}
        """By text: what has been asked of short blocks; see `words`."""
        self._markers = tuple(
            _MarkerStyle(
                int(entry["level"]),
                str(entry["style"]),
                Pattern(entry["pattern"], trusted=trusted),
                pattern(entry.get("starts")),
                bool(entry.get("in_run")),
            )
            for entry in forms.get("markers", ())
        )
        self._markers_by_start: dict[str, list[_MarkerStyle]] = {}
        self.enumerations = tuple(
            Enumeration(
                str(entry["style"]),
                Pattern(entry["pattern"], trusted=trusted),
                pattern(entry.get("after")),
            )
            for entry in forms.get("enumerations", ())
        )

    def _read_lines(self, forms: Mapping[str, Any], *, trusted: bool) -> None:
        """Takes the forms of whole lines."""
        self.marks = str(forms.get("marks", ""))
        self.bars = CellBars(forms)
        self.entries = EntryForms(forms, trusted=trusted)
        self.period_marks = frozenset(forms.get("period_marks", ""))
        self.copies_units = str(forms.get("copies_units", ""))
        end = forms.get("masthead_end")
        self._masthead_end = Pattern(end, trusted=trusted) if end else None
        self._column_ends = f"】 \u3000{self.marks}"
        self._column = _one_of(forms.get("column"), trusted=trusted)
        self._caption_endings = tuple(forms.get("caption_endings", ()))
        self._caption_words = tuple(forms.get("caption_word", ()))
        self._column_words = tuple(forms.get("column_word", ()))
        self._brief_words = tuple(forms.get("brief_word", ()))
        begin = {
            name: forms.get(name) for name in ("caption", "lead", "directive", "remark", "section_heading")
        }
        begin["annex_list"] = [forms["annex_list"]] if forms.get("annex_list") else None
        self._beginnings = {name: _one_of(sources, trusted=trusted) for name, sources in begin.items()}
        self._line_forms = {
            name: form for name in LINE_FORMS if (form := _one_of(forms.get(name), trusted=trusted))
        }
        self._matchers: list[tuple[str, Any]] | None = None

    def marker(self, text: str, *, in_run: bool = False) -> Marker | None:
        """The section marker that a block begins with; `in_run` one that is one only among others."""
        if not text:
            return None
        styles = self._markers_by_start.get(text[0])
        if styles is None:
            styles = self._markers_by_start[text[0]] = [
                style
                for style in self._markers
                if style.starts is None or style.starts.fullmatch(text[0]) is not None
            ]
        for level, style, pattern, _, is_run in styles:
            match = pattern.match(text) if is_run == in_run else None
            if match:
                end = match.end()
                return Marker(match.group(), item_number(match["n"]), level, style, end)
        return None

    def has_label(self, text: str) -> bool:
        """Whether a line begins with the label of a field."""
        start = text[:_LABEL_LIMIT]
        if "：" not in start and ":" not in start:
            return False
        return any(labels.at_start(text) is not None for labels in self._line_labels)

    def is_end_label(self, words: str) -> bool:
        """Whether words are a label of imprint, print run or distribution, and no more."""
        receivers = self.labels.get("distribution")
        return self.tail_labels.names(words) or (receivers is not None and receivers.names(words))

    def ends_masthead(self, text: str) -> bool:
        """Whether a line ends as the last line of a masthead does."""
        return self._masthead_end is not None and self._masthead_end.fullmatch(text[-1:]) is not None

    def is_column(self, text: str) -> bool:
        """Whether a block is a heading over several articles (【工作交流】)."""
        if len(text) > _LONGEST_COLUMN or self._column is None:
            return False
        return self._column.fullmatch(text) is not None

    def is_contents_heading(self, text: str) -> bool:
        """Whether a block is the heading of a list of contents."""
        return len(text) <= 16 and self.contents is not None and self.contents.fullmatch(text) is not None

    def is_whole(self, name: str, text: str) -> bool:
        """Whether a block has the form `annex` (附件2), `edition` (专刊) or `unit_in_column` (【市妇联】)."""
        form = self._wholes[name]
        return form is not None and form.fullmatch(text) is not None

    def begins(self, name: str, text: str) -> bool:
        """Whether a block begins as a caption, news (lead), a leader's remarks (directive; remark without a
        heading above), a list of what is attached to an article (annex_list) or the name of a report's
        section (section_heading) does.
        """
        form = self._beginnings[name]
        return form is not None and form.match(text) is not None

    def note_start(self, text: str) -> int | None:
        """The offset after 编者按：, None where the block is no editor's note."""
        match = self.note.match(text) if self.note is not None else None
        if match is None:
            return None
        words = match.group().rstrip(_LAYOUT_SPACE)
        closed = words[-1:] in "：:】]］〕〗」』）)" or (len(words) > 1 and len(words) < match.end())
        return match.end() if closed or match.end() == len(text) else None

    def is_aside(self, value: str) -> bool:
        """Whether words in brackets say something of the text, and not who wrote it (完, 甲　摄)."""
        if self._aside is None or self._aside.search("".join(value.split())) is None:
            return False
        return self._text_role is None or self._text_role.search(value) is None

    def has_role(self, value: str) -> bool:
        """Whether words name a person's or unit's part in the text (记者 甲)."""
        return self._roles is not None and self._roles.search(value.rstrip("。.；;")) is not None

    def role_of(self, part: str) -> tuple[str, str]:
        """Whether a word names a part or has such a word at an end (role, picture), and what is left."""
        match = self._part.fullmatch(part) if self._part is not None else None
        if match is None or match["bare"] == part:
            return "", part
        return "picture" if match["picture"] else "role", match["bare"] or ""

    def forms_of(self, text: str) -> list[str]:
        """Those of `LINE_FORMS` that a line has."""
        if self._matchers is None:
            forms = self._line_forms.items()
            self._matchers = [
                (name, form.compiled.match if form.trusted else form.match) for name, form in forms
            ]
        return [name for name, match in self._matchers if match(text) is not None]

    def ends_as_caption(self, text: str) -> bool:
        """Whether a line ends as captions do that have no mark."""
        return text.rstrip(_CREDIT_ENDS).endswith(self._caption_words)

    def ends_as_column(self, text: str) -> bool:
        """Whether a line ends as columns do."""
        return text.rstrip(self._column_ends).endswith(self._column_words)

    def without_frame(self, text: str) -> str:
        """The words of a line without brackets and marks around them."""
        return text.strip(f"【】〖〗〔〕［］[]『』「」《》—·•: ：\u3000{self.marks}")

    def names_briefs(self, words: str) -> bool:
        """Whether words end as the headings of short news do."""
        return words.endswith(self._brief_words)

    def is_caption(self, text: str) -> bool:
        """Whether a line is the caption of a picture or a table, or a credit."""
        if len(text) > _LONGEST_CAPTION:
            return False
        bare = text.rstrip(_CREDIT_ENDS)
        is_credit = bare.endswith(self._caption_endings) and _is_credit(text, bare)
        return is_credit or self.begins("caption", text)

    def is_printed(self, text: str) -> bool:
        """Whether a line, spaces left out, ends as a print line does."""
        return self.printed is not None and self.printed.search(text) is not None

    def label_name(self, label: str) -> Wording:
        """What people call what a label stands for."""
        names = self.structure.names.get(label, {})
        return Wording(names.get("zh", label), names.get("en", label))

    def is_unit(self, text: str) -> bool:
        """Whether the words name an office, a unit or an outlet, by their ending."""
        compact = "".join(text.split())
        return 2 <= len(compact) <= 40 and compact.endswith(self.unit_endings) and not self._tells(compact)

    def ends_as_post(self, text: str) -> bool:
        """Whether the words end as a post does (…书记)."""
        return text.endswith(self.post_endings)

    def is_office(self, text: str) -> bool:
        """Whether a masthead's words name the issuing office, by their ending."""
        if text[-1:] not in self._office_ends:
            return False
        compact = "".join(text.split())
        return 2 <= len(compact) <= 40 and compact.endswith(self.office_endings) and not self._tells(compact)

    def _tells(self, words: str) -> bool:
        """Whether the words tell of something, so that they are no name: 志愿者走进了养老院."""
        return self._in_no_name is not None and self._in_no_name.search(words) is not None

    def is_title_like(self, text: str) -> bool:
        """Whether the words end as series titles do (…简报)."""
        compact = "".join(text.split()).rstrip("》〉”」")
        return 2 <= len(compact) <= 40 and compact.endswith(self.title_endings)


def _is_credit(text: str, bare: str) -> bool:
    """Whether a line is a credit of a picture; a bracket that ends a sentence is an aside."""
    stop = bare.rfind("。")
    return stop == -1 or (text[-1] not in "）)" and len(bare) - stop <= _LONGEST_CREDIT)


def _one_of(sources: Sequence[str] | None, *, trusted: bool) -> Pattern | None:
    """One pattern for several; none for none."""
    return Pattern("|".join(f"(?:{source})" for source in sources), trusted=trusted) if sources else None


def _label_sets(labels: Mapping[str, Any], joints: str, bracketed: Sequence[str]) -> dict[str, LabelSet]:
    """The labels of each group of fields."""
    return {
        group: LabelSet(
            {word: field for field, entry in fields.items() for word in entry.get("words", ())},
            joints,
            bracketed,
        )
        for group, fields in labels.items()
    }
