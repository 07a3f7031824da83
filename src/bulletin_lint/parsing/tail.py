"""The end of a bulletin: imprint, distribution list, print run."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.label_set import UNKNOWN_LABEL, Label
from bulletin_lint.parsing.masthead_context import is_office_with_suffix
from bulletin_lint.parsing.sources import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_LABEL_LINE = 160
_MOST_CONTINUATIONS = 3
_LONGEST_CONTINUATION = 80
_NAME = "(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][ \u3000]{1,4}[\u4e00-\u9fff])(?![：:\u4e00-\u9fff])"
_PEOPLE = _NAME + "(?:[、 \u3000]+" + _NAME + "){0,3}"
_UNKNOWN_FIELDS = compiled(
    "(?:[\u4e00-\u9fff]{2,5}(?:[：:]| ?[/／|｜] ?)[ \u3000\t]*" + _PEOPLE + "(?:[ \u3000\t]+|$)){1,6}"
)
"""Lines of the imprint that no pack knows: each field with people (分析：某某; 版式 / 某某)."""
_DATE_APART = compiled("[^ \u3000\t](?=[ \u3000\t]+[（(]?(?:19|20)[0-9]{2}[ \u3000]?年)")
"""A date that stands apart ends the value before it: 签发：某　　2026年6月30日, in a masthead."""
_OFFICE_AND_DATE = compiled(
    "[^，。；：、（）()0-9\n]{2,30}[ \u3000\t]+[12][0-9]{3} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日"
)
"""Below the distribution list the line of printing, though 印发 was left out."""
_SEPARATORS = " \u3000\t/／|｜；;，,"
_OPENING, _CLOSING = "（(【［[〔", "）)】］]〕"
_BEHIND_BRACKET = f"。.{_OPENING}{_SEPARATORS}"
"""What may follow the bracket that closes the imprint or a field: a stop, the next field's bracket."""


class Tail(NamedTuple):
    """The parts after the body."""

    imprint: Node
    distribution: list[Node]
    copies: Node | None
    printed: Node | None
    """Office and date of printing: 某办公室　2022年3月15日印发."""
    first_line: Node | None
    """The imprint's first line, where a missing field is reported."""


def annexes_behind(sheet: Blocks) -> int:
    """The index of the first block of annexes behind the imprint, on pages of their own; the number of blocks
    if there are none.
    """
    for index in range(1, len(sheet)):
        if sheet.words[index].is_annex and sheet.grammar.is_whole("annex", sheet.texts[index]):
            above = sheet.words[index - 1]
            if _is_tail_line(sheet, index - 1) and not above.has_source_label:
                return index
    return len(sheet)


def find_tail(sheet: Blocks, stop: int) -> int:
    """The index of the first block of imprint and distribution, `stop` if there is none before that.

    Found from the end upwards: short labels such as 发： occur in prose too, so what counts is that
    nothing but label lines, distribution lines and their continuations follows.
    """
    start, pending = stop, 0
    index = stop - 1
    while index >= 0:
        # What no pack knows, and an office, stand right above the rest.
        is_in_tail = start < stop and not pending
        if _is_tail_line(sheet, index) or (
            is_in_tail and (names_office(sheet, index) or _is_unknown_field(sheet, index))
        ):
            if pending and is_source(sheet.words[index].source or ()):
                # 供稿：甲 may end an article: what follows it is the next one's title.
                break
            start = index
            pending = 0
        else:
            pending += 1
            if pending > _MOST_CONTINUATIONS or not _may_continue(sheet, index):
                break
        index -= 1
    return start


def _is_unknown_field(sheet: Blocks, index: int) -> bool:
    """Whether a line above the imprint's is fields of it that no pack knows, each with people: 分析：某某."""
    words = sheet.words[index]
    return not words.is_prose and _UNKNOWN_FIELDS.fullmatch(words.text) is not None


def is_field_too(sheet: Blocks, index: int) -> bool:
    """Whether a block begins with a label of sources that names a field of the imprint too: 撰稿：甲."""
    sources = sheet.grammar.labels.get("attribution")
    label = sources.at_start(sheet.texts[index]) if sources is not None else None
    return label is not None and label.field in sheet.grammar.fields.get("imprint", ())


def names_office(sheet: Blocks, index: int) -> bool:
    """Whether a line names the issuing office or the date as mastheads do (主办：某局; 某办公室编): above the
    imprint it belongs to that.
    """
    words = sheet.words[index]
    if words.is_heading_like and is_office_with_suffix(sheet, words.text):
        return True
    labels = sheet.grammar.labels.get("masthead") if words.has_colon and not words.is_prose else None
    return labels is not None and labels.at_start(words.text) is not None


def _is_tail_line(sheet: Blocks, index: int) -> bool:
    text = sheet.texts[index]
    grammar = sheet.grammar
    if sheet.blocks[index].heading and sheet.words[index].is_column:
        return False
    distribution = grammar.labels.get("distribution")
    label = distribution.at_start(text) if distribution is not None else None
    if label is not None:
        # 报 alone or before a space is a label; 发 before a sentence without colon is prose.
        return "：" in text or ":" in text or len(text) <= 60
    if len(text) > _LONGEST_LABEL_LINE:
        return False
    if grammar.tail_labels.at_start(text) is not None and (not _is_sentence(text) or _is_label_line(text)):
        return not (text[0] in "（(【" and text[-1] in "）)】")
    if not _is_sentence(text) and len(sheet.words[index].end_labels) >= 2:
        # A line of several labels, the first of which is none that the packs know.
        return True
    # Office, date and print run may share a line, set wide apart.
    compact = "".join(text.split())
    if (
        grammar.printed is not None
        and len(compact) <= 60
        and grammar.printed.search(_without_copies(sheet, text))
    ):
        return True
    return len(compact) <= 30 and grammar.copies is not None and _is_copies(sheet, text)


def _is_sentence(text: str) -> bool:
    return "。" in text.rstrip("。") or (len(text) > 60 and text.endswith("。"))


def _without_copies(sheet: Blocks, text: str) -> str:
    match = sheet.grammar.copies.search(text) if sheet.grammar.copies is not None else None
    return text if match is None else text[: match.start()].rstrip("（( \u3000\t，,")


def _is_label_line(text: str) -> bool:
    """Whether a line of labels is no prose although a full stop slipped into it (a@b。cn)."""
    return len(text) <= 80 and text.count("。") == 1 and "，" not in text


def _is_copies(sheet: Blocks, text: str) -> bool:
    match = sheet.grammar.copies.search(text) if sheet.grammar.copies is not None else None
    if match is None:
        return False
    rest = (text[: match.start()] + text[match.end() :]).strip("（）()。 \u3000")
    return len(rest) <= 2


def _is_note(sheet: Blocks, index: int) -> bool:
    """Whether a line in brackets says something of the whole bulletin: （此件公开发布）."""
    text = sheet.texts[index]
    return text[0] in "（(" and text[-1] in "）)" and sheet.grammar.is_aside(text[1:-1])


def _is_for_readers(sheet: Blocks, index: int) -> bool:
    """Whether a line in brackets says how far down the bulletin may go (（发至村级）): the distribution where
    no list names another.
    """
    text = sheet.texts[index]
    return text[0] in "（(" and text[-1] in "）)" and not sheet.words[index].has_colon


def _may_continue(sheet: Blocks, index: int) -> bool:
    """Whether a block without label may belong to a tail line above it."""
    text, block = sheet.texts[index], sheet.blocks[index]
    is_bracketed = text[0] in "（(【" and text[-1] in "）)】" and not _is_note(sheet, index)
    is_long = len(text) > _LONGEST_CONTINUATION or _is_sentence(text)
    return not (block.table or block.heading or is_long or is_bracketed)


def parse_tail(sheet: Blocks, lines: Sequence[int], label_lines: Sequence[int]) -> Tail:
    """The parts after the body, that some blocks make.

    `label_lines` are lines of the masthead that hold imprint fields.
    """
    grammar = sheet.grammar
    fields: dict[str, Node | list[Node] | None] = dict.fromkeys(grammar.fields.get("imprint", ()))
    imprint_lines: list[int] = []
    distribution: list[Node] = []
    copies: Node | None = None
    printed: Node | None = None
    open_distribution = False
    empty: Node | None = None
    depth = 0
    known = grammar.labels.get("distribution")
    has_list = known is not None and any(
        known.at_start(sheet.texts[index]) is not None and not _is_for_readers(sheet, index)
        for index in lines
    )
    for index in (*label_lines, *lines):
        text = sheet.texts[index]
        role = known.at_start(text) if known is not None else None
        if role is not None and has_list and _is_for_readers(sheet, index):
            empty, open_distribution = None, False
            continue
        if role is not None:
            # A value stands on the very next line, not below the distribution list.
            empty = None
            distribution.extend(_recipients(sheet, index, len(distribution)))
            open_distribution = True
            copies = copies or _copies_in(sheet, index)
            continue
        if not distribution and imprint_lines and (sentence := _in_one_sentence(sheet, index)):
            distribution.extend(sentence)
            open_distribution = True
            copies = copies or _copies_in(sheet, index)
            empty = None
            continue
        copies_here = _copies_in(sheet, index)
        labels = sheet.words[index].end_labels
        if empty is not None and _is_value(sheet, index, labels):
            # The value of a label that ends its line.
            empty.fields["value"], empty.fields["value_span"] = text, sheet.blocks[index].span
            empty.span = Span(empty.span.start, sheet.blocks[index].span.end)
            empty.text = sheet.document.text[empty.span.start : empty.span.end]
            imprint_lines.append(index)
            depth += _depth(text)
            empty = None
            continue
        empty = None
        if labels:
            empty = _take_fields(sheet, index, labels, fields, depth)
            if any(label.field != "copies" for label in labels):
                imprint_lines.append(index)
                depth += _depth(text)
            if copies is None and any(label.field == "copies" for label in labels):
                copies = copies_here or _labelled_copies(sheet, index, labels)
            open_distribution = False
        elif (grammar.printed is not None and grammar.printed.search(_without_copies(sheet, text))) or (
            distribution and _OFFICE_AND_DATE.fullmatch(text) is not None
        ):
            printed = printed or sheet.node("printed", index, value=text)
            open_distribution = False
        elif copies_here is not None or _is_note(sheet, index):
            open_distribution = False
        elif open_distribution and distribution:
            _continue_recipients(sheet, index, distribution)
        copies = copies or copies_here
    if imprint_lines:
        span = Span(sheet.blocks[imprint_lines[0]].span.start, sheet.blocks[imprint_lines[-1]].span.end)
    else:
        at = sheet.blocks[lines[0]].span.start if lines else len(sheet.document.text)
        span = Span(at, at)
    imprint = Node("imprint", span, sheet.document.text[span.start : span.end], None, fields)
    first_line = sheet.node("imprint", imprint_lines[0]) if imprint_lines else None
    return Tail(imprint, distribution, copies, printed, first_line)


def _take_fields(
    sheet: Blocks,
    index: int,
    labels: list[Label],
    fields: dict[str, Node | list[Node] | None],
    depth: int,
) -> Node | None:
    """Takes the fields of a line; the last of them where nothing stands behind its label. `depth` is how many
    brackets the imprint's lines above have left open.
    """
    text = sheet.texts[index]
    node: Node | None = None
    for position, label in enumerate(labels):
        stop = labels[position + 1].span.start if position + 1 < len(labels) else len(text)
        unknown = UNKNOWN_LABEL.search(text, label.value_start, stop)
        if unknown is not None:
            stop = unknown.start()
        copies = sheet.grammar.copies and sheet.grammar.copies.search(text, label.value_start, stop)
        if copies and text[copies.start() - 1].isspace():
            # 电话：65551234　共印80份
            stop = copies.start()
        dated = _DATE_APART.search(text, label.value_start, stop)
        low, high = _trimmed(text, label.value_start, stop if dated is None else dated.end())
        high = _before_bracket(text, low, high, depth + _depth(text[: label.span.start]))
        if stop < len(text):
            # The next label's bracket: 责编：甲　（电话：65551234）
            high = low + len(text[low:high].rstrip(_OPENING + _SEPARATORS))
        for name in label.fields:
            if name == "copies":
                continue
            node = sheet.node(
                f"imprint.{name}",
                index,
                label.span.start,
                max(high, label.value_start),
                label=text[label.span.start : label.span.end],
                label_span=sheet.span(index, *label.span),
                value=text[low:high],
                value_span=sheet.span(index, low, high),
            )
            known = fields.get(name)
            if known is None:
                fields[name] = node
            elif isinstance(known, list):
                known.append(node)
            else:
                fields[name] = [known, node]
    return node if node is not None and not node.fields["value"] else None


def _is_value(sheet: Blocks, index: int, labels: Sequence[Label]) -> bool:
    """Whether a line may be what an empty label above it names: it has no label of its own."""
    text, grammar = sheet.texts[index], sheet.grammar
    if labels or sheet.is_prose[index] or len(text) > _LONGEST_CONTINUATION:
        return False
    return _copies_in(sheet, index) is None and not grammar.is_printed(_without_copies(sheet, text))


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    words = text[start:stop]
    start = stop - len(words.lstrip(_SEPARATORS))
    return start, start + len(words.strip(_SEPARATORS))


def _before_bracket(text: str, low: int, high: int, depth: int) -> int:
    """Where a value ends, without the bracket opened before its label, as `depth` says that one was:
    （责编：甲/电话：65551234）
    """
    words = text[low:high].rstrip(_BEHIND_BRACKET)
    if words[-1:] in _CLOSING and _depth(words) < 0 < depth:
        return low + len(words[:-1].rstrip(_SEPARATORS))
    return high


def _depth(words: str) -> int:
    """How many brackets more are opened than closed."""
    return sum(map(words.count, _OPENING)) - sum(map(words.count, _CLOSING))


def _recipients(sheet: Blocks, index: int, count: int) -> list[Node]:
    """The distribution classes that one line names: usually one, sometimes 报：… 送：…"""
    text = sheet.texts[index]
    known = sheet.grammar.labels["distribution"]
    first = known.at_start(text)
    if first is None:
        return []
    labels = [first]
    for label in known.all_in(text):
        # Within a line a class must follow a space or the end of the class before.
        before = text[label.span.start - 1 : label.span.start]
        if label.span.start >= first.value_start and before in ("。", "；", ";", " ", "\u3000", "\t"):
            labels.append(label)
    return _classes(sheet, index, labels, count)


def _in_one_sentence(sheet: Blocks, index: int) -> list[Node]:
    """The distribution classes of a line below the imprint where none has a colon: 报市委，送各局，发各镇."""
    known = sheet.grammar.labels.get("distribution")
    labels = known.in_clauses(sheet.texts[index]) if known is not None else []
    is_list = len(labels) == len({label.field for label in labels}) > 2 and labels[0].span.start == 0
    return _classes(sheet, index, labels, 0) if is_list else []


def _classes(sheet: Blocks, index: int, labels: Sequence[Label], count: int) -> list[Node]:
    """A node for each distribution class that a line names, `count` stand before it."""
    text = sheet.texts[index]
    nodes: list[Node] = []
    for position, label in enumerate(labels):
        stop = labels[position + 1].span.start if position + 1 < len(labels) else len(text)
        low, high = _trimmed(text, label.value_start, stop)
        high = _before_bracket(text, low, high, _depth(text[: label.span.start]))
        nodes.append(
            sheet.node(
                f"distribution[{count + position}]",
                index,
                label.span.start,
                max(high, label.value_start),
                role=label.field,
                label=text[label.span.start : label.span.end],
                label_span=sheet.span(index, *label.span),
                value=text[low:high],
                value_span=sheet.span(index, low, high),
            )
        )
    return nodes


def _continue_recipients(sheet: Blocks, index: int, distribution: list[Node]) -> None:
    """A wrapped line of recipients goes on with the class above it."""
    last = distribution[-1]
    end = sheet.blocks[index].span.end
    last.span = Span(last.span.start, end)
    last.text = sheet.document.text[last.span.start : end]
    last.fields["value"] = f"{last.fields['value']}{sheet.texts[index]}"
    last.fields["value_span"] = Span(last.fields["value_span"].start, end)


def _copies_in(sheet: Blocks, index: int) -> Node | None:
    pattern = sheet.grammar.copies
    if pattern is None:
        return None
    text = sheet.texts[index]
    matches = list(pattern.finditer(text))
    if not matches:
        return None
    match = matches[-1]
    start, end = match.span()
    return sheet.node("copies", index, start, end, value=parse_number(match["number"] or ""))


def _labelled_copies(sheet: Blocks, index: int, labels: list[Label]) -> Node | None:
    text = sheet.texts[index]
    for label in labels:
        if label.field == "copies":
            low, high = _trimmed(text, label.value_start, len(text))
            figures = text[low:high].rstrip(sheet.grammar.copies_units)
            return sheet.node("copies", index, label.span.start, high, value=parse_number(figures))
    return None
