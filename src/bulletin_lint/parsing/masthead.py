"""The masthead: series title, issue number, cumulative number, office, date."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.label_set import UNKNOWN_LABEL, Label
from bulletin_lint.parsing.masthead_context import (
    LONGEST_LINE,
    has_words_alone,
    is_beside_title,
    is_edition_above_title,
    is_mark,
    leads_to_numbers,
    tells_nothing,
    title_below,
    without_suffix,
)
from bulletin_lint.parsing.masthead_numbers import (
    FoundNumbers,
    MastheadParts,
    first_match,
    group,
    say_again,
    scan_numbers,
    take_bare_number,
    take_date,
    take_numbers,
)
from bulletin_lint.parsing.masthead_words import SPACE, WIDE_SPACE, bare, chunks, is_ornament

_LONGEST_OFFICE = 30
_LONGEST_MOTTO = 30
"""Characters of a line of the masthead that is none of its parts."""


_NAMES = "title issue_number cumulative_number issue_year office date classification copy_number"
_PARTS = tuple(_NAMES.split())
"""As `model.parts.MASTHEAD` has them, which need not be loaded to read a bulletin."""


class Masthead(NamedTuple):
    """The masthead, the index of the first block after it, and the lines in it that hold labels."""

    node: Node
    end: int
    label_lines: list[int]


def parse_masthead(sheet: Blocks, stop: int) -> Masthead:
    """The masthead among the first `stop` blocks."""
    parts = MastheadParts(dict.fromkeys(_PARTS))
    label_lines: list[int] = []
    end = 0
    index = 0
    while index < stop:
        if not (
            _is_masthead_line(sheet, index, stop, parts, label_lines)
            or _is_above_numbers(sheet, index, stop, parts)
            or _is_joined_above_title(sheet, index, stop, parts)
        ):
            break
        index += 1
        end = index
    if not any(parts.values()):
        return Masthead(Node("masthead", Span(0, 0), "", None, parts), 0, [])
    first = sheet.blocks[0].span.start
    last = sheet.blocks[end - 1].span.end
    _mark_supplement(sheet, end, parts["issue_number"])
    node = Node("masthead", Span(first, last), sheet.document.text[first:last], None, parts)
    return Masthead(node, end, label_lines)


def _mark_supplement(sheet: Blocks, end: int, number: Node | None) -> None:
    """A line of the masthead that says so makes the issue a supplement, as the number's own does."""
    supplement = sheet.grammar.supplement
    if number is not None and supplement is not None:
        lines = [text for text in sheet.texts[:end] if sheet.grammar.is_whole("edition", text)]
        number.fields["supplement"] |= any(map(supplement.search, lines))


def _is_masthead_line(
    sheet: Blocks,
    index: int,
    stop: int,
    parts: MastheadParts,
    label_lines: list[int],
) -> bool:
    text = sheet.texts[index]
    grammar = sheet.grammar
    if (
        (sheet.blocks[index].table and not _is_masthead_row(sheet, index, stop, parts))
        or len(text) > LONGEST_LINE
        or text[-1] in "。；"
        or grammar.is_contents_heading(text)
        or grammar.note_start(text) is not None
    ):
        return False
    if _take_marks(sheet, index, parts) or take_bare_number(sheet, index, parts):
        return True
    found = scan_numbers(sheet.grammar, text)
    numbered = any(part is not None for part in (found.issue, found.cumulative, found.blank))
    is_column = sheet.words[index].is_column
    if not numbered and (parts["title"] is not None or is_column) and grammar.is_whole("edition", text):
        # 专刊 below the title, above the number or behind it; 【特刊】 is no column.
        is_set_apart = is_column or text[0] in "（(《"
        return (_is_numbered(parts) and is_set_apart) or leads_to_numbers(sheet, index, stop)
    if not numbered and (is_column or sheet.words[index].marker is not None):
        # Words between signs above all others: ★仅供参阅★, ★某某简讯★.
        if not is_column or index or not leads_to_numbers(sheet, index, stop):
            return False
        _take_marked_title(sheet, index, parts)
        return True
    if not numbered and _take_labels(sheet, index, parts, label_lines):
        return True
    if not numbered and found.date is None:
        # The whole line may be taken for an office of any name.
        return _take_office_and_field(sheet, index, found.rest, parts, label_lines) or _take_words(
            sheet, index, stop, parts
        )
    words = [bare(text, start, end) for start, end in found.rest if not is_ornament(text[start:end])]
    # 某专班　编　2023-03-20
    words = [each for each in words if not (each[0] and tells_nothing(sheet, text[slice(*each)]))]
    labelled = [each for each in words if any(parts.values()) and _is_labelled(sheet, text[slice(*each)])]
    words = [each for each in words if each not in labelled]
    is_row = numbered and sheet.blocks[index].table and parts["issue_number"] is None
    may_be_office = is_row or (not numbered and _is_numbered(parts))
    if may_be_office and _leads_to_date(sheet, text, words, labelled, found):
        # Under the numbers, or in a ruled row between them and the date, that is the office, whatever its
        # name ends in: 某学区　　2026年3月6日
        take_numbers(sheet, index, found, parts)
        if parts.wants_office:
            _take_office(sheet, index, words[0][0], text[slice(*words[0])], parts)
        label_lines.extend([index] * bool(labelled))
        return True
    if not numbered and not all(_is_known_word(sheet, text[start:end], parts) for start, end in words):
        return False
    is_second = parts["issue_number"] is not None and found.issue is not None
    if is_second and (words or not say_again(sheet, index, found.issue, parts)):
        # A second number is an article's business (第3期培训班), not the masthead's; the same one again, with
        # nothing beside it, is a slip.
        return False
    take_numbers(sheet, index, found, parts)
    label_lines.extend([index] * bool(labelled))
    if found.issue is not None and found.cumulative is not None and words:
        # A number once more behind the cumulative one, the same or another.
        shift = words[-1][0]
        again = first_match(sheet.grammar.issue_numbers, text[slice(*words[-1])], [])
        is_behind = found.issue.end() <= found.cumulative.start() < shift
        if again is not None and is_behind and again.end() == words[-1][1] - shift:
            say_again(sheet, index, again, parts, shift)
    for start, end in words:
        _take_word(sheet, index, start, end, parts, is_beside_number=numbered)
    return True


def _is_masthead_row(sheet: Blocks, index: int, stop: int, parts: MastheadParts) -> bool:
    """Whether a row of a table is a masthead's: a ruled one holds the numbers, the office and the date, maybe
    with rows of one cell for the title or the office.
    """
    text = sheet.texts[index]
    found = scan_numbers(sheet.grammar, text)
    if found.issue is not None or found.cumulative is not None:
        return True
    if "\t" not in text:
        if index == 0:
            following = min(1, stop - 1)
            return sheet.blocks[following].table and leads_to_numbers(sheet, index, stop)
        if _is_numbered(parts) and sheet.blocks[index - 1].table:
            is_date = parts["date"] is None and found.date is not None and not found.rest
            return is_date or (parts.wants_office and sheet.grammar.is_office("".join(text.split())))
    return (
        _is_numbered(parts) and parts["date"] is None and _leads_to_date(sheet, text, found.rest, [], found)
    )


def _is_numbered(parts: MastheadParts) -> bool:
    return parts["issue_number"] is not None or parts["cumulative_number"] is not None


def _is_above_numbers(sheet: Blocks, index: int, stop: int, parts: MastheadParts) -> bool:
    """Whether a short line stands above the masthead's numbers and is none of its parts: a motto."""
    text = sheet.texts[index]
    if _is_numbered(parts) or not any(parts.values()) or len(text) > _LONGEST_MOTTO:
        return False
    if sheet.is_prose[index] or sheet.blocks[index].table or sheet.words[index].marker is not None:
        return False
    if sheet.grammar.is_contents_heading(text) or sheet.grammar.note_start(text) is not None:
        return False
    return leads_to_numbers(sheet, index, stop, alone=True)


def _is_joined_above_title(sheet: Blocks, index: int, stop: int, parts: MastheadParts) -> bool:
    """Whether a line is joined to number and date, and a title may follow below a gap: 响应级别：Ⅳ级."""
    after = index + 1
    return (
        _is_numbered(parts)
        and parts["date"] is not None
        and after < stop
        and not sheet.blocks[index].gap
        and sheet.blocks[after].gap > 0
        and len(sheet.texts[index]) <= _LONGEST_MOTTO
        and sheet.words[index].has_colon
        and sheet.is_heading_like[index]
        and sheet.is_heading_like[after]
        and not _is_over_text(sheet, index)
    )


def _is_over_text(sheet: Blocks, index: int) -> bool:
    """Whether a paragraph or a title's second line follows a line."""
    following = index + 1
    return following < len(sheet) and (sheet.is_prose[following] or sheet.texts[following][0] == "—")


def _is_labelled(sheet: Blocks, words: str) -> bool:
    """Whether words are a field of the imprint with its value: 签发：某."""
    label = sheet.grammar.tail_labels.at_start(words) if "：" in words or ":" in words else None
    return label is not None and label.value_start < len(words)


def _leads_to_date(
    sheet: Blocks,
    text: str,
    words: list[tuple[int, int]],
    labelled: list[tuple[int, int]],
    found: FoundNumbers,
) -> bool:
    """Whether a line is a few words and, wide apart, in brackets or behind labels, a date with its year. Of
    what stands wide apart on a page a reader makes one space.
    """
    if len(words) != 1 or found.date is None or not group(found.date, "year"):
        return False
    ((start, end),) = words
    date, stop = found.date.span()
    between = text[end : min([date, *(at for at, _ in labelled if at >= end)])]
    is_apart = (sheet.document.reading.layouts and between.isspace()) or WIDE_SPACE.search(
        between
    ) is not None
    in_brackets = between.strip(SPACE) in ("（", "(") and text[stop:].strip(SPACE) in ("）", ")")
    return (
        end <= date
        and (in_brackets or (is_apart and not between.strip(SPACE) and not text[stop:].strip(SPACE)))
        and 2 <= end - start <= _LONGEST_OFFICE
        and not any(mark in text[start:end] for mark in "，。：；！？、“《")
    )


def _is_known_word(sheet: Blocks, words: str, parts: MastheadParts) -> bool:
    grammar = sheet.grammar
    compact = "".join(words.split())
    return (
        grammar.is_office(without_suffix(sheet, compact))
        or (parts["title"] is None and grammar.is_title_like(compact))
        or (grammar.date_words is not None and grammar.date_words.fullmatch(compact) is not None)
        or (grammar.classification is not None and grammar.classification.fullmatch(compact) is not None)
    )


def _take_marks(sheet: Blocks, index: int, parts: MastheadParts) -> bool:
    """Classification and copy number."""
    text = sheet.texts[index]
    patterns = {
        "classification": sheet.grammar.classification,
        "copy_number": sheet.grammar.copy_number,
    }
    stretches = [(0, len(text))]
    copy_number = patterns["copy_number"]
    if copy_number is not None and WIDE_SPACE.search(text) is not None:
        pieces = chunks(text, 0, len(text))
        if len(pieces) > 1 and copy_number.fullmatch(text[slice(*pieces[-1])]):
            # The copy number stands wide apart behind the classification.
            stretches = [(0, pieces[-2][1]), pieces[-1]]
    taken = [
        (name, start, end)
        for start, end in stretches
        for name, pattern in patterns.items()
        if parts[name] is None and pattern is not None and pattern.fullmatch(text[start:end])
    ]
    if len(taken) < len(stretches):
        return False
    for name, start, end in taken:
        parts[name] = sheet.node(f"masthead.{name}", index, start, end, value=text[start:end])
    return True


def _take_labels(
    sheet: Blocks,
    index: int,
    parts: MastheadParts,
    label_lines: list[int],
) -> bool:
    """Labelled lines: 编发单位：…, and the imprint of newsletters that set it under the masthead."""
    text = sheet.texts[index]
    if "：" not in text and ":" not in text:
        return False
    own = sheet.grammar.labels.get("masthead")
    label = own.at_start(text) if own is not None else None
    if own is not None and label is not None:
        _take_labelled(sheet, index, own.all_in(text) or [label], parts)
        return True
    if any(parts.values()) and sheet.grammar.tail_labels.at_start(text) is not None:
        label_lines.append(index)
        date = scan_numbers(sheet.grammar, text).date
        if date is not None and parts["date"] is None and _is_numbered(parts) and group(date, "day"):
            # 签发：某　　　　2025年7月8日
            take_date(sheet, index, date, parts)
        return True
    return False


def _take_labelled(sheet: Blocks, index: int, labels: list[Label], parts: MastheadParts) -> None:
    """The values of a line of labels: 主办：某办公室　　编发日期：2022年9月1日, the date's often left out."""
    text = sheet.texts[index]
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.span.start if following is not None else len(text)
        date = scan_numbers(sheet.grammar, text[label.value_start : stop]).date
        if date is not None:
            if parts["date"] is None:
                take_date(sheet, index, date, parts, shift=label.value_start)
            stop = label.value_start + date.start()
        unknown = UNKNOWN_LABEL.search(text, label.value_start, stop)
        if unknown is not None:
            # 主办：某局　　承办：某馆
            stop = unknown.start()
        value = text[label.value_start : stop]
        start = stop - len(value.lstrip(SPACE))
        end = start + len(value.strip(SPACE))
        if label.field != "date" and start < end and parts.get(label.field) is None:
            path = f"masthead.{label.field}"
            parts[label.field] = sheet.node(path, index, start, end, value=text[start:end])


def _take_words(sheet: Blocks, index: int, stop: int, parts: MastheadParts) -> bool:
    """A line of words alone: the series title, or the office."""
    text = sheet.texts[index]
    grammar = sheet.grammar
    numbered = _is_numbered(parts)
    if not numbered and is_beside_title(sheet, index, stop):
        # 仅供领导参阅 above a title or at its side: of the masthead, and none of its parts.
        return True
    if not numbered and is_edition_above_title(sheet, index, stop):
        return True
    if parts["title"] is None and not numbered and grammar.is_title_like(text):
        parts["title"] = sheet.node("masthead.title", index, value=_title_value(text))
        return True
    if not numbered and index and grammar.is_title_like(text) and leads_to_numbers(sheet, index, stop):
        if parts.is_title_guessed:
            parts["title"] = title_below(sheet, index, parts["title"])
        return True
    # The office stands with the numbers; the same words later may be a title or a source.
    with_numbers = numbered or parts["date"] is not None or leads_to_numbers(sheet, index, stop)
    compact = "".join(text.split())
    office = without_suffix(sheet, compact)
    # 某驿站编 below the number is the office, whatever its name ends in; over its text a line is a title.
    is_office = grammar.is_office(office) or (
        office != compact and numbered and len(office) <= _LONGEST_OFFICE and not _is_over_text(sheet, index)
    )
    if parts.wants_office and is_office and with_numbers and not sheet.words[index].has_colon:
        _take_office(sheet, index, 0, text, parts)
        return True
    if not has_words_alone(sheet, index) or not leads_to_numbers(sheet, index, stop):
        return False
    if _is_second_office(sheet, index, stop, parts) or is_mark(sheet, index):
        return True
    if parts["title"] is None and not numbered:
        parts["title"] = sheet.node("masthead.title", index, value=_title_value(text))
        parts.is_title_guessed = True
        return True
    if parts["office"] is None:
        parts["office"] = sheet.node("masthead.office", index, value="".join(text.split()))
        parts.is_office_guessed = not numbered
        return True
    return False


def _take_marked_title(sheet: Blocks, index: int, parts: MastheadParts) -> None:
    """The series title between signs."""
    text, signs = sheet.texts[index], f"{sheet.grammar.marks} \u3000"
    start, end = len(text) - len(text.lstrip(signs)), len(text.rstrip(signs))
    if sheet.grammar.is_title_like(text[start:end]):
        parts["title"] = sheet.node("masthead.title", index, start, end, value=_title_value(text[start:end]))


def _is_second_office(sheet: Blocks, index: int, stop: int, parts: MastheadParts) -> bool:
    """Whether a line names another office that issues it: above the title, which is yet to come, or below the
    number and above the date.
    """
    words = "".join(sheet.texts[index].split())
    if _is_numbered(parts):
        return parts["date"] is None and sheet.grammar.is_office(without_suffix(sheet, words))
    if parts["title"] is not None or parts["office"] is None or not sheet.grammar.is_office(words):
        return False
    following = sheet.texts[index + 1] if index + 1 < stop else ""
    found = scan_numbers(sheet.grammar, following)
    return bool(following) and found.issue is None and found.cumulative is None and found.date is None


def _take_office_and_field(
    sheet: Blocks, index: int, words: list[tuple[int, int]], parts: MastheadParts, label_lines: list[int]
) -> bool:
    """A line of the office and, wide apart, a field of the imprint: 某办公室　　　签发：某."""
    text = sheet.texts[index]
    if len(words) != 2 or not any(parts.values()) or not _is_labelled(sheet, text[slice(*words[1])]):
        return False
    start, end = words[0]
    if not sheet.grammar.is_office(without_suffix(sheet, text[start:end])):
        return False
    _take_word(sheet, index, start, end, parts, is_beside_number=False)
    label_lines.append(index)
    return True


def _take_word(
    sheet: Blocks,
    index: int,
    start: int,
    end: int,
    parts: MastheadParts,
    *,
    is_beside_number: bool,
) -> None:
    text = sheet.texts[index]
    words = text[start:end]
    if not words:
        return
    grammar = sheet.grammar
    if parts["title"] is not None and grammar.is_whole("edition", words):
        return
    if parts["title"] is None and (
        grammar.is_title_like(words) or (is_beside_number and not grammar.is_office(words))
    ):
        parts["title"] = sheet.node("masthead.title", index, start, end, value=_title_value(words))
    elif parts.wants_office and grammar.is_office(without_suffix(sheet, words)):
        _take_office(sheet, index, start, words, parts)


def _take_office(sheet: Blocks, index: int, start: int, words: str, parts: MastheadParts) -> None:
    """The issuing office, without what follows it (编印)."""
    office = without_suffix(sheet, words)
    end = start + len(office)
    parts["office"] = sheet.node("masthead.office", index, start, end, value="".join(office.split()))
    parts.is_office_guessed = False


def _title_value(text: str) -> str:
    return "".join(text.split()).strip("《》【】")
