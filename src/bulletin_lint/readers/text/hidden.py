"""What a text hides from its readers: front matter, comments, fenced code, the targets of its links."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_HIDDEN = r"(?m)<!--|^[ \t]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,4}(?!~)).*$"
"""Tildes are fences in threes and fours only: longer ones are drawn as a rule."""
_TO_US = r"<!--\s*+bulletin-lint\s*+[:：]"
_PRINTED = (".txt", ".text")
_DEFINITION = (
    r"(?m)^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]{1,200})\]:[ \t]*(?P<url><[^<>\n]{0,500}>|[^\s<>]{1,500})"
    r"(?:[ \t]+(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|\([^()\n]{0,200}\)))?[ \t]*$"
)
_PREFORMATTED = r"<pre(?:\s[^<>]*)?>"
_REFERENCE = r"\[(?P<text>[^\[\]\n]{1,200})\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?![(:\[])"
URL_CHARACTERS = frozenset("/.:#@?")
"""What an address has one of: ``[附件](a.docx)`` is a link, ``[2020](11)`` is not."""
_FRONT_MATTER_LINE = r"(?P<key>[^\s:：#-][^:：]*:(?:\s.*)?)|\s.*|#.*|-\s.*|"
_TOML_LINE = r"(?P<key>[\w.\"'-]+\s*=\s*\S.*)|\s.*|#.*|\[.*\]\s*|[\]}],?|"
_JSON_LINE = r"\s*(?P<key>\"[^\"]+\"\s*:.*)|\s.*|[\]}],?|"
_FRONT_MATTER = {"---": _FRONT_MATTER_LINE, "+++": _TOML_LINE, "{": _JSON_LINE}
_FRONT_MATTER_ENDS = {"---": ("---", "..."), "+++": ("+++",), "{": ("}",)}
_FRONT_MATTER_LIMIT = 200
_VALUE = {"---": r"[^:：]*:\s+(.*)", "+++": r"[^=]*=\s*(.*)"}
_CLOSED_STRING = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?:^|(?<=\s))#.*"
"""A string that ends on its line, or a comment: brackets in them are none."""


def without_front_matter(work: str) -> str:
    """Blots out YAML between ``---``, TOML between ``+++`` or JSON in braces, at the very top, if there is
    nothing else in it.
    """
    if work[:1] not in "-+{":
        return work
    lines = work.split("\n", _FRONT_MATTER_LIMIT)
    fence = lines[0].rstrip()
    if fence not in _FRONT_MATTER:
        return work
    end = _end_of_front_matter(lines, fence) or _end_of_front_matter(lines, fence, spanning=True)
    if end is None:
        return work
    length = sum(map(len, lines[: end + 1])) + end
    return _blank(work[:length], " ") + work[length:]


def _end_of_front_matter(lines: list[str], fence: str, *, spanning: bool = False) -> int | None:
    """The line that ends it, None where something else stands in it. `spanning`: values may span lines that
    do not look like lines of it, strings between three quotes say.
    """
    is_line = compiled(_FRONT_MATTER[fence]).fullmatch
    keys = 0
    open_value = ""
    for number, line in enumerate(lines[1:_FRONT_MATTER_LIMIT], 1):
        if open_value:
            open_value = _still_open(open_value, line)
            continue
        if line.rstrip() in _FRONT_MATTER_ENDS[fence]:
            return number if keys else None
        match = is_line(line.rstrip("\r"))
        if match is None:
            return None
        keys += match["key"] is not None
        if spanning and match["key"] is not None and fence in _VALUE:
            value = compiled(_VALUE[fence]).match(match["key"])
            open_value = _opened(value[1]) if value is not None else ""
    return None


def _opened(value: str) -> str:
    """What a value has opened and not closed on its line: its quotes, or a bracket for each that is open."""
    for quotes in ('"""', "'''", '"', "'"):
        if value.startswith(quotes):
            return "" if quotes in value[len(quotes) :] else quotes
    return _still_open("", value) if value[:1] in "[{" else ""


def _still_open(opened: str, line: str) -> str:
    """What is open behind a line."""
    if opened[:1] in ("'", '"'):
        return "" if opened in line else opened
    bare = compiled(_CLOSED_STRING).sub("", line)
    depth = len(opened) + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return "[" * depth


class Hidden(NamedTuple):
    """A stretch of a text that is no content: a comment, or code between fences."""

    start: int
    end: int
    is_comment: bool


def is_printed(path: str) -> bool:
    """Whether a text, by its name, is printed as it stands: nobody makes a page of it, as of Markdown."""
    return path.lower().endswith(_PRINTED)


def hidden(text: str, *, is_printed: bool = False) -> Iterator[Hidden]:
    """The HTML comments and fenced code of a text whose line breaks are LF; what is not closed hides
    nothing. Of one that is printed as it stands, the comments that speak to this program.
    """
    if is_printed:
        for ours in compiled(_TO_US).finditer(text):
            close = text.find("-->", ours.end())
            if close == -1:
                return
            yield Hidden(ours.start(), close + 3, is_comment=True)
        return
    position = 0
    shortest_unclosed = {"`": len(text), "~": len(text)}
    comments_close = True
    while (match := compiled(_HIDDEN).search(text, position)) is not None:
        start, position = match.span()
        fence = match["fence"]
        if fence is None:
            # From two characters back, so that ``<!-->`` closes itself as it does in HTML.
            close = text.find("-->", start + 2) if comments_close else -1
            comments_close = close != -1
            if comments_close:
                position = close + 3
                yield Hidden(start, position, is_comment=True)
            continue
        end = position
        stroke = fence[0]
        if len(fence) < shortest_unclosed[stroke]:
            closing = compiled(rf"(?m)^[ \t]*{stroke}{{{len(fence)},}}[ \t]*$").search(text, position)
            if closing is None:
                shortest_unclosed[stroke] = len(fence)
            else:
                end = closing.end()
        if stroke == "`" or end > position:
            # Tildes without their fellows are a rule.
            yield Hidden(start, end, is_comment=False)
        position = end


def without_hidden(work: str, *, is_printed: bool) -> str:
    """Blots out HTML comments and fenced code."""
    parts: list[str] = []
    done = 0
    for start, end, is_comment in hidden(work, is_printed=is_printed):
        parts += (work[done:start], _blank(work[start:end], "\0" if is_comment else " "))
        done = end
    return "".join(parts) + work[done:]


def without_definitions(work: str) -> str:
    """Blots out targets that stand on lines of their own, ``[m]: https://example.org/m``, and makes the links
    that name them, ``[手册][m]``, such as have their target beside them. What no link names is text.
    """
    defined = {
        _folded(match["label"]): match.span()
        for match in compiled(_DEFINITION).finditer(work)
        if not URL_CHARACTERS.isdisjoint(match["url"])
    }
    if not defined:
        return work
    named: set[str] = set()

    def targeted(match: re.Match[str]) -> str:
        text, label = match["text"], match["label"]
        folded = _folded(label or text)
        if folded not in defined:
            return match[0]
        named.add(folded)
        if label:
            return f"[{text}]({':' * len(label)})"
        return f"\0{text}".ljust(len(match[0]), "\0")

    # Nothing moves: what is put for a link is as long as the link.
    work = compiled(_REFERENCE).sub(targeted, work)
    parts: list[str] = []
    done = 0
    for start, end in sorted(defined[label] for label in named):
        parts += (work[done:start], _blank(work[start:end], "\0"))
        done = end
    return "".join(parts) + work[done:]


def preformatted(work: str) -> list[tuple[int, int]]:
    """What stands between ``<pre>`` and ``</pre>`` on several lines: content, but letter by letter."""
    found: list[tuple[int, int]] = []
    end = 0
    while (opening := compiled(_PREFORMATTED).search(work, end)) is not None:
        start = opening.end()
        end = work.find("</pre>", start)
        if end == -1:
            break
        if "\n" in work[start:end]:
            found.append((start, end))
    return found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _blank(stretch: str, filler: str) -> str:
    return "\n".join(filler * len(line) for line in stretch.split("\n"))
