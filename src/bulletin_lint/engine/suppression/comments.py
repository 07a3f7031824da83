"""Waivers inside a bulletin: ``<!-- bulletin-lint: ignore[SEC001] reason -->``.

``ignore`` speaks of the line it stands on, ``ignore-next-line`` of the next line with content,
``ignore-file`` of the whole file. Between brackets and reason may stand ``until=YYYY-MM-DD`` and
``by=NAME``. Brackets, commas and the colon may be full-width, as a Chinese keyboard makes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin_lint.model.dates import is_iso_date
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.readers.text.hidden import hidden, is_printed

WORD = "bulletin-lint"
"""A text without it holds no waiver."""

_BEGINNING = re.compile(rf"<!--\s*+{WORD}\s*+[:：]\s*+")
_VERBS = ("ignore", "ignore-next-line", "ignore-file")
_WAIVER = re.compile(r"(?P<verb>[A-Za-z-]++)\s*+[\[［](?P<codes>[^\]］]*+)[\]］](?P<rest>.*)", re.DOTALL)
_OPTION = re.compile(r"\s*+(?P<name>until|by)\s*+=\s*+(?P<value>[^\s，,]++)[，,]?")
_SEPARATORS = re.compile(r"[,，、\s]+")
_BEFORE_A_REASON = " \t\r\n\u3000:：,，;；-—–"


def read_waivers(path: str, reading: Reading) -> tuple[Waiver, ...]:
    """The waivers of a text source, in its order; `path` is the bulletin's."""
    # Each CRLF becomes a space and a line feed, so that offsets stay.
    text = reading.text
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    stretches = list(hidden(text, is_printed=is_printed(path)))
    comments = {each.start: each.end for each in stretches if each.is_comment}
    next_lines = _NextLines(reading, text, comments)
    found = []
    for start, end, is_comment in stretches:
        beginning = _BEGINNING.match(text, start, end) if is_comment else None
        if beginning is not None:
            found.append(_waiver(path, reading, text, next_lines, (start, beginning.end(), end)))
    return tuple(found)


def _waiver(
    path: str, reading: Reading, text: str, next_lines: _NextLines, at: tuple[int, int, int]
) -> Waiver:
    start, inside, end = at
    location = reading.places.locate(start, end)
    plain = Waiver(
        path,
        location,
        " ".join(text[start:end].split()),
        reading.places.line_text(location.line),
        (),
        "",
    )
    match = _WAIVER.fullmatch(text, inside, end - len("-->"))
    if match is None or match["verb"] not in _VERBS:
        return plain._replace(flaw="malformed")
    codes = tuple(word for word in _SEPARATORS.split(match["codes"]) if word)
    rest, read, options = match["rest"], 0, {}
    while (option := _OPTION.match(rest, read)) is not None:
        options[option["name"]] = option["value"]
        read = option.end()
    until = options.get("until")
    if not codes or (until is not None and not is_iso_date(until)):
        return plain._replace(flaw="malformed")
    lines: tuple[int, int] | None = None
    if match["verb"] == "ignore":
        lines = (location.line, location.end_line)
    elif match["verb"] == "ignore-next-line":
        line = next_lines.after(location.end_line, end)
        lines = (line, line)
    reason = " ".join(rest[read:].strip(_BEFORE_A_REASON).split())
    return plain._replace(
        codes=codes,
        reason=reason,
        by=options.get("by"),
        until=until,
        flaw=None if reason else "no-reason",
        lines=lines,
    )


class _NextLines:
    """The lines that come next after comments: a text is gone over once, however many there are."""

    def __init__(self, reading: Reading, text: str, comments: Mapping[int, int]) -> None:
        self._reading = reading
        self._text = text
        self._comments = comments
        """Their ends by their starts."""
        self._contents: dict[int, int] = {}
        """Of comments that were passed: the offset of the first content behind them."""
        self._by_line: dict[int, int] = {}

    def after(self, line: int, end: int) -> int:
        """The number of the first line after `line`, in which a comment ends at an offset, that holds more
        than comments; 0 for none.
        """
        if line not in self._by_line:
            self._by_line[line] = self._line_of_content(self._text.find("\n", end))
        return self._by_line[line]

    def _line_of_content(self, at: int) -> int:
        if at < 0:
            return 0
        text, passed = self._text, []
        while at < len(text):
            known = self._contents.get(at)
            if known is not None:
                at = known
                break
            if at in self._comments:
                passed.append(at)
                at = self._comments[at]
            elif text[at].isspace():
                at += 1
            else:
                break
        self._contents.update(dict.fromkeys(passed, at))
        return self._reading.places.locate(at, at).line if at < len(text) else 0
