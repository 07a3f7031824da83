"""Paragraphs that extraction or a page cut in two: what shows that a line is the rest of one, or is not."""

from __future__ import annotations

from bulletin_lint.parsing.sentence_ends import LONG
from bulletin_lint.parsing.sources import named_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.assembly import Draft
    from bulletin_lint.parsing.grammar import Grammar

_LONGEST_REPEAT = 60
_LONGEST_BRACKET = 45
_NO_SOURCE = frozenset("（）()【】，。；：！？0123456789")


def is_rest_of_word(before: str, text: str, grammar: Grammar) -> bool:
    """Whether a line begins with the rest of a word and a mark, below several clauses: 险工险 ⏎ 段，…"""
    return (
        (text[1:2] in ("，", "。", "；") or text[2:3] == "。")
        and "\u4e00" <= text[0] <= "\u9fff"
        and "，" in before[:LONG]
        and grammar.marker(text) is None
    )


def is_rest_of_bracket(before: str, text: str) -> bool:
    """Whether a line closes the bracket that is the line above, both of words alone: （某局　甲某 ⏎ 乙某）"""
    return (
        before[0] in "（("
        and text[-1] in "）)"
        and len(before) + len(text) <= _LONGEST_BRACKET
        and _NO_SOURCE.isdisjoint(before[1:])
        and _NO_SOURCE.isdisjoint(text[:-1])
    )


def stand_apart(before: str, text: str, grammar: Grammar) -> bool:
    """Whether the end of a line parts two units or people of a source, and no word."""
    last = before.split()[-1].lstrip("（(")
    return bool(named_parts(f"{before} {text}", grammar)) and (
        grammar.is_unit(last) or not grammar.is_unit(f"{last}{text[:-1]}")
    )


def is_set_off(draft: Draft) -> bool:
    """Whether a paragraph above a gap shows that it is whole: it is bold from end to end, or stands in
    quotation marks.
    """
    pieces, bold = draft.line.pieces, draft.line.bold
    if bold and draft.first == draft.last and bold[0][0] == pieces[0][0] and bold[-1][1] >= pieces[-1][1]:
        return True
    return draft.text[0] in "“《" and draft.text[-1] in "”》"


def is_one_phrase(draft: Draft, start: int) -> bool:
    """Whether a block is one short line without a mark before its last character."""
    text = draft.text
    return (
        draft.first == draft.last
        and len(text) <= LONG + 4
        and not any(mark in text[start:-1] for mark in "，、。；：！？")
    )


def drop_repeat(draft: Draft, repeat: int, new: Draft) -> None:
    """Takes out the characters before the join that are set again after it."""
    seam = len(draft.text) - len(new.text)
    kept = len(draft.pieces) - len(new.pieces)
    del draft.pieces[kept:]
    draft.text = draft.text[:seam]
    dropped = draft.text[-repeat:]
    draft.drop(repeat)
    draft.text += new.text
    draft.pieces.extend(new.pieces)
    draft.seams[-1] = seam - repeat
    draft.cuts.append((seam - repeat, "repeat", dropped, new.line.page))


def repeated(before: str, after: str) -> int:
    """How many characters at the end of a block are set again at the start of the next."""
    for length in range(min(len(before), len(after), _LONGEST_REPEAT), 0, -1):
        if before.endswith(after[:length]):
            return length if "\u3400" <= after[0] <= "\u9fff" or length >= 4 else 0
    return 0
