"""Attributions: who sent an article in, on a line of its own or at the end of its last paragraph."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing.label_set import UNKNOWN_LABEL
from bulletin_lint.parsing.sources import (
    CLOSING,
    OPENING,
    named_parts,
    names_source,
    own_line_value,
    without_label,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.parsing.label_set import Label, LabelSet

_LONGEST_SOURCE = 50
_SQUARE_CLOSING = "]］〕〗"


class Attribution(NamedTuple):
    """An attribution in a block: where, and the source it names."""

    start: int
    end: int
    value: str
    last: int = 0
    """The last block of a source on two lines, 0 of one on a single line."""


def attribution_on_line(sheet: Blocks, index: int) -> Attribution:
    """The attribution that a block is, known to be one."""
    text = sheet.texts[index]
    value = own_line_value(sheet.grammar, text)
    if value is not None:
        value = without_label(value, sheet.grammar)
    else:
        # A sign may stand before who wrote an article: □ 某局　某人.
        text = text.lstrip(f"{sheet.grammar.marks} \u3000")
        labels = sheet.grammar.labels.get("attribution")
        label = labels.at_start(text) if labels is not None else None
        names = [part for kind, part in named_parts(text, sheet.grammar) if kind in ("unit", "person")]
        value = " ".join(names)
        if labels is not None and label is not None:
            value = _value_behind(text, label, labels)
        value = value or text.strip("（）()【】—")
        if label is None and sheet.grammar.is_unit(value):
            value = "".join(value.split())
    return Attribution(0, len(sheet.texts[index]), value)


def _value_behind(text: str, label: Label, labels: LabelSet) -> str:
    """The value behind the label of a source, up to a label of something else: 供稿：某科　　审核：某."""
    other, end = UNKNOWN_LABEL.search(text, label.value_start), len(text)
    if other is not None and labels.at_start(text[other.start() :].lstrip()) is None:
        end = other.start()
    return text[label.value_start : end].strip()


def attribution_at_end(sheet: Blocks, index: int) -> Attribution | None:
    """The attribution that a paragraph ends in: …氛围。（校团委 刘青）"""
    text = sheet.texts[index]
    end = text[-_LONGEST_SOURCE:]
    grammar = sheet.grammar
    if end[-1] not in CLOSING and "（" not in end and "(" not in end:
        return _set_apart(sheet, index)
    pattern, start = grammar.closing_attribution, len(text) - len(end) + max(map(end.rfind, OPENING))
    if pattern is None or sheet.blocks[index].table:
        return None
    # A bracket at the end, closed or not: what is in it decides.
    while start > 0 and text[start - 1] in " \u3000\t":
        # It may be set flush right, wide apart from the sentence.
        start -= 1
    match = pattern.search(text, start) if start > 0 else None
    if match is None:
        return None
    group = "value" if match["value"] else "open"
    value = (match[group] or "").strip()
    judged = sheet.spaced(index, *match.span(group)).strip() if match[group] else ""
    if grammar.is_aside(judged):
        return None
    if text[match.start() - 1] == "，" and not _begins_with_unit(judged, grammar):
        return None
    if named_parts(judged, grammar) or names_source(grammar, value) or names_source(grammar, judged):
        start, end = match.span("whole")
        return Attribution(start, end, without_label(value, grammar))
    return None


def ends_in_attribution(text: str, grammar: Grammar) -> bool:
    """Whether a text ends in a source between square brackets: …氛围。[校团委 刘青] In such there may also be
    the number of a note, or a word of a sentence, which do not end a paragraph.
    """
    pattern = grammar.closing_attribution
    if pattern is None or text[-1] not in _SQUARE_CLOSING:
        return False
    match = pattern.search(text, max(0, len(text) - _LONGEST_SOURCE))
    value = str(match["value"] or "") if match is not None else ""
    return bool(value) and not grammar.is_aside(value) and names_source(grammar, value)


def _begins_with_unit(words: str, grammar: Grammar) -> bool:
    return [kind for kind, _ in named_parts(words, grammar)][:1] == ["unit"]


def _set_apart(sheet: Blocks, index: int) -> Attribution | None:
    """The unit that stands wide apart behind a paragraph's last sentence: …氛围。　　校团委 刘青"""
    text, pattern = sheet.texts[index], sheet.grammar.attribution_apart
    if pattern is None or text[-1] in "。！？…”；：" or sheet.blocks[index].table:
        return None
    match = pattern.search(text, max(0, len(text) - _LONGEST_SOURCE))
    if match is None:
        return None
    if not _begins_with_unit(match["value"], sheet.grammar):
        return None
    start, end = match.span("value")
    return Attribution(start, end, match["value"])
