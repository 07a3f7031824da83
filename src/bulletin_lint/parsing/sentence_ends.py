"""How words end: whether a paragraph is over with them, is prose that goes on, or may be either."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled

ENDS = frozenset("。！？…：；!?:;")
"""Marks that end a paragraph, or a line of its own."""
_CLOSERS = frozenset("”’」』）)】》〉\"'")
_QUOTE_CLOSERS = "”’\"'"
_LATIN_SENTENCE = compiled(
    r"(?<![A-Za-z])[A-Za-z]{2,40}[,;]? (?:[A-Za-z0-9'’,;()-]{1,40} ){0,12}[A-Za-z0-9'’)]{2,40}\.[”’\"']?$"
)
"""At the end of a text: two Latin words or more, and their full stop."""
_NOTED = compiled(r"[。！？；][”’」』）)]{0,3} ?(?:[\[［〔][0-9]{1,3}[\]］〕]|[①-⑳])$")
"""At the end of a text: its mark, and behind it the number of a note."""
_LATIN_LOOK = 80
"""Characters at the end of a text in which such words are looked for."""
_OPEN_ENDS = frozenset("，、,（(“‘《〈")
LONG = 24
"""Characters from which a line without an end mark may be a paragraph that was cut."""
_LONGEST_TITLE, _LONGEST_CLAUSES = 45, 28
"""Characters from which three clauses are no title, set apart from its text or not."""
_ENOUGH = 2_000
"""Characters at either end of a paragraph that show whether it is prose."""
_MOST_CLOSERS = 20
"""Closing marks that may stand together at an end."""


def ends_of(text: str) -> str:
    """A paragraph without what stands far from both of its ends: it is asked again with each line that joins
    it, and may have as many as the file has.
    """
    return text if len(text) <= 2 * _ENOUGH else text[:_ENOUGH] + text[-_ENOUGH:]


def is_still_open(text: str, *, has_gap: bool) -> bool:
    """Whether a block that has not ended is prose all the same; `has_gap` where a blank line follows, as it
    does below a title.
    """
    if text[-1] in _OPEN_ENDS:
        return True
    if len(text) < LONG:
        return False
    text = ends_of(text)
    if "。" in text or "；" in text:
        return True
    least = _LONGEST_TITLE if has_gap else _LONGEST_CLAUSES
    return len(text) >= least and text.count("，") + text.count(",") >= 2


def ends_paragraph(text: str) -> bool:
    """Whether a block ends as a whole paragraph or a line of its own does."""
    last = text[-1]
    if last in "." + _QUOTE_CLOSERS and _LATIN_SENTENCE.search(text, max(0, len(text) - _LATIN_LOOK)):
        return True
    if last in "]］〕" or "①" <= last <= "⑳":
        return _NOTED.search(text, max(0, len(text) - 12)) is not None
    if last in ENDS or last in "）)】":
        # （松湖区文明办） at the end of a paragraph closes it, whatever stands in the brackets.
        return True
    if last not in _CLOSERS:
        return False
    position = len(text) - 2
    first = max(0, position - _MOST_CLOSERS)
    while position > first and text[position] in _CLOSERS:
        position -= 1
    return position >= 0 and text[position] in ENDS


def is_clause_after_prose(above: str, before: str) -> bool:
    """Whether a block that has not ended may be the first clause of a paragraph: after a whole paragraph no
    title is so long, with a comma in it.
    """
    if len(before) < LONG + 4 or len(above) < LONG:
        return False
    before, above = ends_of(before), ends_of(above)
    if "，" not in before:
        return False
    return "。" in above and above[-1] not in "）)：" and ends_paragraph(above)
