"""The last article's source, which may stand right above the imprint and look like a field of it."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.parsing.tail import is_field_too

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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
    if first is None:
        return start
    labels = [
        _label_of(sheet, index, sources) if sheet.words[index].has_colon else None for index in range(start)
    ]
    used = _labels_used(sheet, labels)
    is_alone = used is None and _is_alone_below_text(sheet, start)
    own = sheet.texts[start][first.span.start : first.span.end]
    is_asked = used is not None or is_field_too(sheet, start)
    if is_asked and not (is_alone or (used and own in used)):
        # Where the other articles have sources of another form, this is a field of the imprint.
        return start
    # 供稿单位：某处　撰稿：某人: which labels follow the first is another matter at each article.
    several = {
        found[0]
        for index, known in enumerate(labels)
        if known is not None and len(found := _labels_of(sheet, index)) > 1
    }
    # 供稿：某庭, and 撰稿：某 right below it, in an article above.
    pairs = set(pairwise(labels[:-1]))
    label: str | None = None
    while start < len(sheet):
        word = _label_of(sheet, start, sources)
        # The same label again is the same source again, said twice.
        is_again = label in (None, word) or (label, word) in pairs
        is_several = len(_labels_of(sheet, start)) > 1 and word not in several and not is_alone
        if word is None or not is_again or is_several:
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


def _label_of(sheet: Blocks, index: int, sources: LabelSet) -> str | None:
    """The label of a source that a block begins with."""
    text = sheet.texts[index]
    label = sources.at_start(text)
    return None if label is None else text[label.span.start : label.span.end]


def _labels_of(sheet: Blocks, index: int) -> list[str]:
    text = sheet.texts[index]
    return [text[slice(*label.span)] for label in sheet.words[index].end_labels]


def _labels_used(sheet: Blocks, labels: Sequence[str | None]) -> set[str] | None:
    """The labels of the sources above, empty where they stand in brackets; None where there are none."""
    words: set[str] = set()
    has_bracketed = False
    for index, label in enumerate(labels):
        text = sheet.texts[index]
        if index == 0 or len(text) > 40:
            continue
        if text[0] in "（(" and text[-1] in "）)" and sheet.is_prose[index - 1]:
            # A photo credit or （完） says nothing of how sources are written.
            has_bracketed = has_bracketed or not sheet.grammar.is_aside(text.strip("（）()"))
        if label is not None:
            words.add(label)
    return words if words or has_bracketed else None
