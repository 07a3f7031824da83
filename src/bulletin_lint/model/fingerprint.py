"""What a violation is known by when lines have moved and files have been renamed.

The one definition, for waivers, baselines and every format that has a place for it: the words that
the violation stands on, with a little of the line on either side, and which of several alike in the
same document and of the same rule it is. Neither path, line number, message nor rule is in it, so
whoever compares fingerprints compares the rules' codes beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Occurrence, Violation

_CONTEXT = 12
"""Characters on either side, white space not counted: enough to tell 一是 from the next 一是, and few
enough that another change to a long paragraph leaves the fingerprint alone."""
_WINDOW = 4 * _CONTEXT
"""Characters among which the context is looked for, white space counted."""

LENGTH = 16
"""Hexadecimal digits, 64 bits."""


def fingerprints(violations: Sequence[Violation]) -> list[str]:
    """The fingerprints of all violations of one document, in the order given: each that of its first place.

    The waived ones must be among them: which of several alike one is depends on all.
    """
    return [marks[0] for marks in fingerprints_of_places(violations)]


def fingerprints_of_places(violations: Sequence[Violation]) -> list[list[str]]:
    """The same for every place of each violation."""
    from hashlib import sha256

    seen: dict[tuple[str, str], int] = {}
    places = [
        (place.location[:4], violation.code, index, number)
        for index, violation in enumerate(violations)
        for number, place in enumerate(violation.places)
    ]
    found = [[""] * len(violation.places) for violation in violations]
    for _, code, index, number in sorted(places):
        content = _content(violations[index].places[number])
        count = seen[code, content] = seen.get((code, content), 0) + 1
        whole = content if count == 1 else f"{content}\n{count}"
        found[index][number] = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
    return found


def fingerprinted(report: Report) -> Iterator[tuple[Violation, str]]:
    """Every violation of a report with its fingerprint, the waived ones too, in the order of the
    documents and in reading order."""
    for document in report.documents:
        violations = [*document.violations, *document.waived]
        marked = zip(violations, fingerprints(violations), strict=True)
        yield from sorted(marked, key=lambda each: each[0].sort_key())


def _content(place: Occurrence) -> str:
    line, where = place.line_text, place.location
    start = where.column - 1
    end = where.end_column - 1 if where.end_line == where.line else len(line)
    # Not the whole line: a book may stand in one, with a thousand violations.
    before = squeezed(line[max(0, start - _WINDOW) : start])[-_CONTEXT:]
    after = squeezed(line[end : end + _WINDOW])[:_CONTEXT]
    return f"{before}\t{squeezed(line[start:end])}\t{after}"


def squeezed(text: str) -> str:
    """The text without white space, which layout changes."""
    return "".join(text.split())
