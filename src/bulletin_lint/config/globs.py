"""Glob patterns of the configuration: which paths they mean.

As in ruff and .gitignore: a pattern without a slash is the name of a file or folder at any depth,
one with a slash is a path from the configuration's folder; ``**`` stands for any folders, none
included, and ``{md,txt}`` for either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


class Globs:
    """A set of glob patterns, matched against paths relative to the configuration's folder, with
    ``/`` between their parts.
    """

    __slots__ = ("_covered", "_exact", "_expanded", "patterns")

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._expanded = [part for pattern in patterns for part in _alternatives(pattern)]
        self._exact: re.Pattern[str] | None = None
        self._covered: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def matches(self, path: str) -> bool:
        """Whether a pattern means this very path."""
        if self._exact is None:
            self._exact = self._compile("")
        return self._exact.fullmatch(path) is not None

    def covers(self, path: str) -> bool:
        """Whether a pattern means this path or a folder above it."""
        if self._covered is None:
            self._covered = self._compile("(?:/.*)?")
        return self._covered.fullmatch(path) is not None

    def _compile(self, tail: str) -> re.Pattern[str]:
        sources = [_expression(pattern) for pattern in self._expanded]
        return re.compile(f"(?s:(?:{'|'.join(sources) or '(?!)'}){tail})")


def _alternatives(pattern: str) -> list[str]:
    """The patterns that braces stand for."""
    match = re.search(r"\{([^{}]*,[^{}]*)\}", pattern)
    if match is None:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [made for option in match[1].split(",") for made in _alternatives(before + option + after)]


def _expression(pattern: str) -> str:
    pattern = pattern.replace("\\", "/").removeprefix("./")
    body = pattern.rstrip("/")
    anywhere = "/" not in body
    body = body.lstrip("/")
    parts: list[str] = ["(?:.*/)?"] if anywhere else []
    position = 0
    while position < len(body):
        if body.startswith("**/", position):
            parts.append("(?:[^/]+/)*")
            position += 3
        elif body.startswith("**", position):
            parts.append(".*")
            position += 2
        else:
            part, position = _single(body, position)
            parts.append(part)
    return "".join(parts)


def _single(body: str, position: int) -> tuple[str, int]:
    """The expression of one character of a pattern, or of one ``[…]`` set."""
    character = body[position]
    if character == "*":
        return "[^/]*", position + 1
    if character == "?":
        return "[^/]", position + 1
    close = body.find("]", position + 2) if character == "[" else -1
    if close == -1:
        return re.escape(character), position + 1
    members = body[position + 1 : close]
    negated = members[0] in "!^"
    members = (members[1:] if negated else members).replace("\\", "").replace("[", r"\[").replace("^", r"\^")
    return f"(?!/)[{'^' if negated else ''}{members}]", close + 1
