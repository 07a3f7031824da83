"""The words and forms that parts are known by, as the packs give them."""

from __future__ import annotations

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.matching.patterns import Pattern, compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


NOTE_STARTS = frozenset("【[〔（(编按案")
"""The first characters of blocks that may be an editor's note."""
LONGEST_COLUMN = 24
_COLONS = "：:"
_COLON = compiled("[：:]")
_LABEL_END = compiled("[：:】]")
_LABEL_LEADS = frozenset(" \u3000（(【[")
"""What may stand before a label at the start of a line."""
_LAYOUT_SPACE = " \u3000\t"
_LINE_LABELS = ("distribution", "imprint", "copies", "masthead", "attribution")
_LABEL_LIMIT = 16
"""Characters within which a label at the start of a line ends."""
_LABEL_JOINTS = "、/和／"
_JOINED = compiled(rf"[{_LABEL_JOINTS}\s]")
_ITEM_SPACE = " \u3000"
_ITEM_MARKS = "，、,：:"


class Label(NamedTuple):
    """A label found in a line: the field it names and where label and colon stand."""

    field: str
    span: Span
    """The label's own characters."""
    value_start: int
    """Where the value begins: after the colon, or after the space that stands for one."""
    fields: tuple[str, ...]
    """Every field that a joint label (文字、编辑：) names."""


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


class LabelSet:
    """Label words of one group, found by the colon they stand before."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._fields = dict(words)
        self._longest = max((len(word) for word in words), default=0)
        self._at_start: dict[str, Label | None] = {}
        self._first_letters = frozenset(word[:1] for word in words)
        self._last_letters = frozenset(word[-1:] for word in words)

    def at_start(self, text: str) -> Label | None:
        """The label that the line begins with: before a colon, or alone, or before wide space."""
        if not self._may_begin(text):
            return None
        if len(text) > _LONGEST_REMEMBERED:
            return self._find_at_start(text)
        # The same line is asked about while the tail is looked for and when its parts are taken.
        if text in self._at_start:
            return self._at_start[text]
        if len(self._at_start) > _REMEMBERED:
            self._at_start.clear()
        label = self._at_start[text] = self._find_at_start(text)
        return label

    def _find_at_start(self, text: str) -> Label | None:
        offset = 0
        while offset < len(text) and text[offset] in _LABEL_LEADS:
            offset += 1
        end = self._end_of_label(text, offset)
        if end is not None:
            fields = self._names(text[offset:end])
            if fields:
                value = end + 1
                if text[end] == "】" and value < len(text) and text[value] in _COLONS:
                    value += 1
                return Label(fields[0], Span(offset, _rstrip(text, offset, end)), value, fields)
        return self._without_colon(text, offset)

    def _end_of_label(self, text: str, offset: int) -> int | None:
        """Where the mark stands that ends a label which begins at `offset`."""
        end = offset
        while (mark := _LABEL_END.search(text, end)) is not None:
            end = mark.start()
            stretch = text[offset:end]
            letters = len(stretch) - sum(map(stretch.count, _LAYOUT_SPACE))
            if letters > self._longest + 4:
                return None
            if letters or text[end] != "】":
                return end
            end += 1
        return None

    def _may_begin(self, text: str) -> bool:
        """Whether the first character is one that a line with a label at its start may have."""
        first = text[:1]
        return first in self._first_letters or first in _LABEL_LEADS or first.isspace()

    def _without_colon(self, text: str, offset: int) -> Label | None:
        words = text[offset:].split(None, 1)
        word = words[0] if words else ""
        field = self._fields.get(word)
        if field is None:
            return None
        end = offset + len(word)
        return Label(field, Span(offset, end), end, (field,))

    def all_in(self, text: str) -> list[Label]:
        """Every label before a colon in the line, from left to right."""
        found: list[Label] = []
        floor = 0
        for match in _COLON.finditer(text):
            position = match.start()
            label = self._before(text, position, floor)
            if label is not None:
                found.append(label)
                floor = position + 1
        if not found and self._may_begin(text):
            first = self._without_colon(text, len(text) - len(text.lstrip(" \u3000（(【")))
            if first is not None:
                found.append(first)
        return found

    def _before(self, text: str, colon: int, floor: int) -> Label | None:
        """The longest label that ends right before a colon, spaces inside it ignored."""
        if text[floor:colon].rstrip()[-1:] not in self._last_letters:
            return None
        letters = ""
        best: Label | None = None
        position = colon
        while position > floor and len(letters) < 2 * self._longest + 1:
            position -= 1
            character = text[position]
            if character in _LAYOUT_SPACE:
                if letters in self._fields:
                    # 文字：甲 摄影：乙 — the letters are a label: the space before them ends the value.
                    break
                continue
            letters = character + letters
            # Most words grow to no label: only a joint or odd space makes more of one than its letters say.
            fields = self._names(letters) if letters in self._fields or _JOINED.search(letters) else ()
            if fields:
                best = Label(fields[0], Span(position, _rstrip(text, position, colon)), colon + 1, fields)
        return best

    def _names(self, text: str) -> tuple[str, ...]:
        compact = "".join(text.split())
        field = self._fields.get(compact)
        if field is not None:
            return (field,)
        for joint in _LABEL_JOINTS:
            if joint in compact:
                fields = [self._fields.get(part) for part in compact.split(joint)]
                named = [name for name in fields if name is not None]
                if named and len(named) == len(fields):
                    return tuple(dict.fromkeys(named))
        return ()


class Grammar:
    """Labels and forms of the parts, ready for the parsers.

    Built from a rulebook's merged `labels` and `forms`; patterns compile when first used.
    """

    def __init__(self, definition: Mapping[str, Any], fold: Mapping[str, str] | None = None) -> None:
        labels = definition.get("labels", {})
        forms = definition.get("forms", {})
        trusted = bool(definition.get("trusted", True))
        self.labels = {
            group: LabelSet(
                {word: field for field, entry in fields.items() for word in entry.get("words", ())}
            )
            for group, fields in labels.items()
        }
        tail: dict[str, str] = {}
        for group in ("imprint", "copies"):
            for field, entry in labels.get(group, {}).items():
                tail.update(dict.fromkeys(entry.get("words", ()), field))
        self.tail_labels = LabelSet(tail)
        self._line_labels = tuple(self.labels[group] for group in _LINE_LABELS if group in self.labels)
        self.fields = {group: tuple(fields) for group, fields in labels.items()}
        self.title_endings: tuple[str, ...] = tuple(forms.get("title_endings", ()))
        self.unit_endings: tuple[str, ...] = tuple(forms.get("unit_endings", ()))
        self.office_endings: tuple[str, ...] = tuple(forms.get("office_endings", ()))
        self.fold: Mapping[str, str] = fold or {}

        def pattern(source: str | None) -> Pattern | None:
            return Pattern(source, trusted=trusted) if source else None

        def patterns(sources: Sequence[str]) -> tuple[Pattern, ...]:
            return tuple(Pattern(source, trusted=trusted) for source in sources)

        self.issue_numbers = patterns(forms.get("issue_number", ()))
        self.blank_numbers = patterns(forms.get("blank_number", ()))
        self.cumulative_numbers = patterns(forms.get("cumulative_number", ()))
        self.dates = patterns(forms.get("date", ()))
        self.supplement = pattern(forms.get("supplement"))
        self.classification = pattern(forms.get("classification"))
        self.copy_number = pattern(forms.get("copy_number"))
        self.contents = pattern(forms.get("contents"))
        self.note = pattern(forms.get("note"))
        self._annex_list = pattern(forms.get("annex_list"))
        self._annex = pattern(forms.get("annex"))
        self.columns = patterns(forms.get("column", ()))
        self.date_words = pattern(forms.get("date_words"))
        self.copies = pattern(forms.get("copies"))
        self.printed = pattern(forms.get("printed"))
        self.office_suffix = pattern(forms.get("office_suffix"))
        attribution = forms.get("attribution", {})
        self.own_line_attributions = patterns(attribution.get("own_line", ()))
        self.closing_attribution = pattern(attribution.get("at_end"))
        self.aside = pattern(attribution.get("aside"))
        self.roles = pattern(attribution.get("roles"))
        self._is_column: dict[str, bool] = {}
        self._markers = tuple(
            _MarkerStyle(
                int(entry["level"]),
                str(entry["style"]),
                Pattern(entry["pattern"], trusted=trusted),
                pattern(entry.get("starts")),
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

    def marker(self, text: str) -> Marker | None:
        """The section marker that a block begins with."""
        if not text:
            return None
        styles = self._markers_by_start.get(text[0])
        if styles is None:
            styles = self._markers_by_start[text[0]] = [
                style
                for style in self._markers
                if style.starts is None or style.starts.fullmatch(text[0]) is not None
            ]
        for level, style, pattern, _ in styles:
            match = pattern.match(text)
            if match:
                end = match.end()
                return Marker(match.group(), parse_number(match["n"]), level, style, end)
        return None

    def has_label(self, text: str) -> bool:
        """Whether a line begins with the label of a field."""
        start = text[:_LABEL_LIMIT]
        if "：" not in start and ":" not in start:
            return False
        return any(labels.at_start(text) is not None for labels in self._line_labels)

    def is_column(self, text: str) -> bool:
        """Whether a block is a heading over several articles (【工作交流】)."""
        if len(text) > LONGEST_COLUMN:
            return False
        known = self._is_column.get(text)
        if known is None:
            if len(self._is_column) > _REMEMBERED:
                self._is_column.clear()
            known = self._is_column[text] = any(pattern.fullmatch(text) for pattern in self.columns)
        return known

    def is_contents_heading(self, text: str) -> bool:
        """Whether a block is the heading of a list of contents."""
        return len(text) <= 16 and self.contents is not None and self.contents.fullmatch(text) is not None

    def is_annex_list(self, text: str) -> bool:
        """Whether a block lists what is attached to an article (附件：1.登记表)."""
        return self._annex_list is not None and self._annex_list.match(text) is not None

    def is_annex(self, text: str) -> bool:
        """Whether a block is the heading of an annex (附件2, 附件1：清单)."""
        return self._annex is not None and self._annex.fullmatch(text) is not None

    def note_start(self, text: str) -> int | None:
        """The offset after 编者按：, None where the block is no editor's note."""
        if self.note is None or text[:1] not in NOTE_STARTS:
            return None
        match = self.note.match(text)
        if match is None:
            return None
        closed = match.group().rstrip()[-1:] in "：:】]〕）)"
        return match.end() if closed or match.end() == len(text) else None

    def is_unit(self, text: str) -> bool:
        """Whether the words name an office, a unit or an outlet, by their ending."""
        compact = "".join(text.split())
        return 2 <= len(compact) <= 40 and compact.endswith(self.unit_endings)

    def is_office(self, text: str) -> bool:
        """Whether a masthead's words name the issuing office, by their ending."""
        compact = "".join(text.split())
        return 2 <= len(compact) <= 40 and compact.endswith(self.office_endings)

    def is_title_like(self, text: str) -> bool:
        """Whether the words end as series titles do (…简报)."""
        compact = "".join(text.split()).rstrip("》〉”」")
        return 2 <= len(compact) <= 40 and compact.endswith(self.title_endings)


_LONGEST_REMEMBERED = 200
_REMEMBERED = 4_000
"""Blocks of which it is remembered whether they are columns or begin with a label: each is asked about
several times.
"""


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _LAYOUT_SPACE:
        end -= 1
    return end
