"""The last article's source, which may stand right above the imprint and look like a field of it."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.parsing.tail import is_field_too

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.blocks import Blocks
    from bulletin_lint.parsing.label_set import LabelSet

_FIGURE = compiled("[0-9@]")


def after_last_source(sheet: Blocks, start: int) -> int:
    """The start of the tail without the last article's source (供稿：…), which may stand right above it."""
    sources = sheet.grammar.labels.get("attribution")
    if sources is None or not 0 < start < len(sheet):
        return start
    above = sheet.texts[start - 1]
    is_bracketed = above[-1] in "）)】" or (above[0] in "（(【" and len(above) <= 40)
    if is_bracketed and not (above[0] in "（(" and sheet.grammar.is_aside(above.strip("（）()"))):
        return start
    first = sources.at_start(sheet.texts[start])
    used = _labels_used(sheet, start, sources)
    is_alone = first is not None and used is None and _is_alone_below_text(sheet, start)
    if first is not None and (used is not None or is_field_too(sheet, start)):
        own = sheet.texts[start][first.span.start : first.span.end]
        # Where the other articles have sources of another form, this is a field of the imprint.
        first = first if is_alone or (used and own in used) else None
    label = None
    several = _several_labels(sheet, start, sources) if first is not None else ()
    body = start
    while first is not None and start < len(sheet):
        text = sheet.texts[start]
        own_labels = _labels_of(sheet, start)
        found = sources.at_start(text)
        word = text[found.span.start : found.span.end] if found is not None else None
        # The same label again is the same source again, said twice.
        is_again = label in (None, word) or _follows_above(sheet, body, sources, (label, word))
        if word is None or not is_again or (len(own_labels) > 1 and word not in several and not is_alone):
            break
        label = word
        start += 1
    return start


def _is_alone_below_text(sheet: Blocks, index: int) -> bool:
    """Whether a line that names writer and reviewer at most stands directly below the text, parted from the
    distribution, and no other field is below it: 撰稿：某　　审核：某.
    """
    if index + 1 >= len(sheet) or not sheet.is_prose[index - 1] or _FIGURE.search(sheet.texts[index]):
        return False
    receivers = sheet.grammar.labels.get("distribution")
    if receivers is None or receivers.at_start(sheet.texts[index + 1]) is None:
        return False
    if any(label.field != "reviewer" for label in sheet.words[index].end_labels[1:]) or any(
        label.field != "copies" for words in sheet.words[index + 2 :] for label in words.end_labels
    ):
        return False
    above, below = _has_rule_above(sheet, index), _has_rule_above(sheet, index + 1)
    blocks = sheet.blocks
    return (below and not above) or (above == below and not blocks[index].gap and blocks[index + 1].gap)


def _has_rule_above(sheet: Blocks, index: int) -> bool:
    """Whether a rule is drawn between a block and the one above it."""
    first, stop = sheet.blocks[index - 1].lines[1], sheet.blocks[index].lines[0]
    return any(line.kind == "rule" for line in sheet.document.reading.lines[first + 1 : stop])


def _follows_above(
    sheet: Blocks, stop: int, sources: LabelSet, labels: tuple[str | None, str | None]
) -> bool:
    """Whether a source with the second label stands right below one with the first in an article above:
    供稿：某庭, 撰稿：某.
    """
    found = [
        text[label.span.start : label.span.end]
        if sheet.words[index].has_colon and (label := sources.at_start(text)) is not None
        else None
        for index, text in enumerate(sheet.texts[: stop - 1])
    ]
    return labels in pairwise(found)


def _several_labels(sheet: Blocks, stop: int, sources: LabelSet) -> set[str]:
    """The first labels of the sources above that have more than one: 供稿单位：某处　撰稿：某人. Which others
    follow is another matter at each article.
    """
    return {
        labels[0]
        for index in range(stop)
        if sheet.words[index].has_colon
        and sources.at_start(sheet.texts[index]) is not None
        and len(labels := _labels_of(sheet, index)) > 1
    }


def _labels_of(sheet: Blocks, index: int) -> list[str]:
    text = sheet.texts[index]
    return [text[slice(*label.span)] for label in sheet.words[index].end_labels]


def _labels_used(sheet: Blocks, stop: int, sources: LabelSet) -> set[str] | None:
    """The labels of the sources above, empty where they stand in brackets; None where there are none."""
    words: set[str] = set()
    has_bracketed = False
    for index in range(1, stop):
        text = sheet.texts[index]
        if len(text) > 40:
            continue
        if text[0] in "（(" and text[-1] in "）)" and sheet.is_prose[index - 1]:
            # A photo credit or （完） says nothing of how sources are written.
            has_bracketed = has_bracketed or not sheet.grammar.is_aside(text.strip("（）()"))
        label = sources.at_start(text) if "：" in text or ":" in text else None
        if label is not None:
            words.add(text[label.span.start : label.span.end])
    return words if words or has_bracketed else None
