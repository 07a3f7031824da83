"""The words and forms that parts are known by, as the packs give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint.location import Span
from bulletin_lint.numerals import parse_number
from bulletin_lint.patterns import Pattern, compiled
from bulletin_lint.typed import Any, NamedTuple

_COLONS = "：:"
_LAYOUT_SPACE = " \u3000\t"
_LABEL_JOINTS = "、/和／"
_OPENING = " \u3000（(【["
"""What may stand before a label."""
_LABEL_END = compiled(f"[{_COLONS}】]")


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


class LabelSet:
    """Label words of one group, found by the colon they stand before."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._fields = dict(words)
        self._longest = max((len(word) for word in words), default=0)

    def at_start(self, text: str) -> Label | None:
        """The label that the line begins with: before a colon, or alone, or before wide space."""
        offset = len(text) - len(text.lstrip(_OPENING))
        found = _LABEL_END.search(text, offset)
        if (
            found is not None
            and found.group() == "】"
            and not text[offset : found.start()].strip(_LAYOUT_SPACE)
        ):
            # A bracket closes a label only where there is one.
            found = _LABEL_END.search(text, found.end())
        if found is not None:
            end, value = found.span()
            spaces = sum(map(text[offset:end].count, _LAYOUT_SPACE))
            fields = self._names(text[offset:end]) if end - offset - spaces <= self._longest + 5 else ()
            if fields:
                if text[end] == "】" and text[value : value + 1] in ("：", ":"):
                    value += 1
                return Label(fields[0], Span(offset, _rstrip(text, offset, end)), value, fields)
        return self._without_colon(text, offset)

    def _without_colon(self, text: str, offset: int) -> Label | None:
        word = text[offset:].split(None, 1)[:1]
        field = self._fields.get(word[0]) if word else None
        if field is None:
            return None
        end = offset + len(word[0])
        return Label(field, Span(offset, end), end, (field,))

    def all_in(self, text: str) -> list[Label]:
        """Every label before a colon in the line, from left to right."""
        found: list[Label] = []
        floor = 0
        for position, character in enumerate(text):
            if character not in _COLONS:
                continue
            label = self._before(text, position, floor)
            if label is not None:
                found.append(label)
                floor = position + 1
        if not found:
            first = self._without_colon(text, len(text) - len(text.lstrip(" \u3000（(【")))
            if first is not None:
                found.append(first)
        return found

    def _before(self, text: str, colon: int, floor: int) -> Label | None:
        """The longest label that ends right before a colon, spaces inside it ignored."""
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
            fields = self._names(letters)
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


class Anatomy:
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
            (int(entry["level"]), str(entry["style"]), Pattern(entry["pattern"], trusted=trusted))
            for entry in forms.get("markers", ())
        )
        self.enumerations = tuple(
            (str(entry["style"]), Pattern(entry["pattern"], trusted=trusted))
            for entry in forms.get("enumerations", ())
        )

    def marker(self, text: str) -> Marker | None:
        """The section marker that a block begins with."""
        if not text or text[0] not in _MARKER_STARTS:
            return None
        for level, style, pattern in self._markers:
            match = pattern.match(text)
            if match:
                end = match.end()
                return Marker(match.group(), parse_number(match["n"]), level, style, end)
        return None

    def is_column(self, text: str) -> bool:
        """Whether a block is a heading over several articles (【工作交流】)."""
        if len(text) > 24:
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

    def note_start(self, text: str) -> int | None:
        """The offset after 编者按：, None where the block is no editor's note."""
        if self.note is None or text[:1] not in "【[〔（(编按案":
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


_REMEMBERED = 4_000
"""Short blocks of which it is remembered whether they are columns: each is asked about several times."""

_MARKER_STARTS = frozenset("一二三四五六七八九十百（(0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _LAYOUT_SPACE:
        end -= 1
    return end
