"""Glob patterns of the configuration: which paths they mean.

As in ruff and .gitignore: a pattern without a slash is the name of a file or folder at any depth,
one with a slash is a path from the configuration's folder; ``**`` stands for any folders, none
included, and ``{md,txt}`` for either.

Whoever writes the settings of a branch may be a stranger, and so may be whoever names a file: the
time that a match takes grows with the path and the pattern, and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

NEGATION = "!"
"""Before a pattern of `per-file-ignores`: all files but these."""
LONGEST_PATTERN = 1_000
"""Characters of one pattern."""
MOST_ALTERNATIVES = 1_000
"""Patterns that the braces of one pattern may stand for."""
_MOST_IN_ALL = 20_000
"""Patterns that all of one set may stand for."""
_MOST_TOGETHER = 50
"""Patterns that one regular expression takes: each is tried in turn."""


class Globs:
    """A set of glob patterns, matched against paths relative to the configuration's folder, with
    ``/`` between their parts.

    Raises:
        UsageError: a pattern is none, or stands for too many.
    """

    __slots__ = ("_covered", "_exact", "_expanded", "patterns")

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._expanded: list[str] = []
        for pattern in patterns:
            problem = problem_of(pattern)
            if problem is None:
                self._expanded += _alternatives(pattern)
                if len(self._expanded) <= _MOST_IN_ALL:
                    continue
                problem = Wording(
                    f"这些文件模式合起来超过 {_MOST_IN_ALL} 个", f"the patterns stand for over {_MOST_IN_ALL}"
                )
            shown = pattern if len(pattern) <= 60 else pattern[:57] + "…"
            raise UsageError(
                Wording(f"文件模式 {shown}：{problem.zh}。", f"file pattern {shown}: {problem.en}.")
            )
        self._exact: _Matcher | None = None
        self._covered: _Matcher | None = None

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def matches(self, path: str) -> bool:
        """Whether a pattern means this very path."""
        if self._exact is None:
            self._exact = _Matcher(self._expanded, with_contents=False)
        return self._exact.matches(path)

    def covers(self, path: str) -> bool:
        """Whether a pattern means this path or a folder above it."""
        if self._covered is None:
            self._covered = _Matcher(self._expanded, with_contents=True)
        return self._covered.matches(path)


class PlainGlob:
    """One pattern in which braces mean themselves, as in .gitignore."""

    __slots__ = ("_matcher",)

    def __init__(self, pattern: str) -> None:
        self._matcher = _Matcher([pattern], with_contents=False)

    def matches(self, path: str) -> bool:
        """Whether the pattern means this very path."""
        return self._matcher.matches(path)


def problem_of(pattern: str) -> Wording | None:
    """What is wrong with a pattern, None where nothing is."""
    if pattern.startswith(NEGATION):
        return Wording(
            "不能以 ! 开头（只有 per-file-ignores 认得“除……以外”）；若文件名以 ! 开头，请用 ? 代替",
            "it must not begin with ! (only per-file-ignores knows 'all but these'); for a name that begins "
            "with !, write ? for it",
        )
    if len(pattern) > LONGEST_PATTERN:
        return Wording(f"超过 {LONGEST_PATTERN} 个字符", f"longer than {LONGEST_PATTERN} characters")
    alternatives = _alternatives(pattern)
    if len(alternatives) > MOST_ALTERNATIVES:
        return Wording(
            f"花括号展开后超过 {MOST_ALTERNATIVES} 个模式，请拆开或改用 *",
            f"its braces stand for more than {MOST_ALTERNATIVES} patterns; split it, or use *",
        )
    for each in alternatives:
        for token in _tokens(each):
            for low, high in token.ranges:
                if low > high:
                    return Wording(
                        f"方括号里的范围 {low}-{high} 倒了", f"the range {low}-{high} in brackets is reversed"
                    )
    return None


def _alternatives(pattern: str) -> list[str]:
    """The patterns that braces stand for; one more than `MOST_ALTERNATIVES` where there are too many."""
    done: list[str] = []
    left = [pattern]
    while left:
        pattern = left.pop()
        match = re.search(r"\{([^{},]*,[^{}]*)\}", pattern)
        if match is None:
            done.append(pattern)
        else:
            before, after = pattern[: match.start()], pattern[match.end() :]
            left += [before + option + after for option in reversed(match[1].split(","))]
        if len(done) + len(left) > MOST_ALTERNATIVES:
            return [pattern] * (MOST_ALTERNATIVES + 1)
    return done


class _Token(NamedTuple):
    """A piece of a pattern without braces."""

    kind: str
    """``one`` character of `ranges` (with `negated` of others, and never a slash); a ``literal`` one;
    any characters but slashes (``*``); any characters (``**``); any folders (``**/``); ``anywhere``: a
    folder at any depth, or none."""
    literal: str = ""
    ranges: tuple[tuple[str, str], ...] = ()
    negated: bool = False


def _tokens(pattern: str) -> list[_Token]:
    pattern = pattern.replace("\\", "/").removeprefix("./")
    body = pattern.rstrip("/")
    tokens = [] if "/" in body else [_Token("anywhere")]
    body = body.lstrip("/")
    position = 0
    while position < len(body):
        character = body[position]
        # A bracket that stands first in a set is a character of it.
        first = position + 1 + (body[position + 1 : position + 2] in ("!", "^"))
        close = body.find("]", first + 1) if character == "[" else -1
        if body.startswith("**/", position):
            token, position = _Token("**/"), position + 3
        elif body.startswith("**", position):
            token, position = _Token("**"), position + 2
        elif character == "*":
            token, position = _Token("*"), position + 1
        elif character == "?":
            token, position = _Token("one", negated=True), position + 1
        elif close != -1:
            token, position = _set(body[position + 1 : close]), close + 1
        else:
            token, position = _Token("literal", character), position + 1
        last = tokens[-1].kind if tokens else ""
        if token.kind in ("*", "**") and last in ("*", "**"):
            # Nothing is gained by two of them.
            tokens[-1] = token if last == "*" else tokens[-1]
        elif not (token.kind == last == "**/"):
            tokens.append(token)
    return tokens


def _set(members: str) -> _Token:
    """A set between brackets."""
    negated = members[0] in "!^"
    members = members[1:] if negated else members
    ranges = []
    position = 0
    while position < len(members):
        is_range = members[position + 1 : position + 2] == "-" and position + 2 < len(members)
        ranges.append((members[position], members[position + 2] if is_range else members[position]))
        position += 3 if is_range else 1
    return _Token("one", ranges=tuple(ranges), negated=negated)


class _Matcher:
    """Many patterns at once: those that `re` cannot be slow at by `re`, the others by an automaton."""

    __slots__ = ("_automaton", "_quick")

    def __init__(self, patterns: Iterable[str], *, with_contents: bool) -> None:
        """With `with_contents` what is below a path that is meant is meant, too."""
        quick: list[str] = []
        slow: list[list[_Token]] = []
        for pattern in dict.fromkeys(patterns):
            tokens = _tokens(pattern)
            if _is_quick(tokens):
                quick.append("".join(map(_expression, tokens)))
            else:
                slow.append(tokens)
        tail = "(?:/.*)?" if with_contents else ""
        self._quick = [
            re.compile(f"(?s:(?:{'|'.join(quick[start : start + _MOST_TOGETHER])}){tail})")
            for start in range(0, len(quick), _MOST_TOGETHER)
        ]
        self._automaton = _Automaton(slow, with_contents=with_contents) if slow else None

    def matches(self, path: str) -> bool:
        for pattern in self._quick:
            if pattern.fullmatch(path) is not None:
                return True
        return self._automaton is not None and self._automaton.matches(path)


def _is_quick(tokens: Sequence[_Token]) -> bool:
    """Whether there is one way at most to share out what stands between two slashes, so that `re`, which
    tries one way after another, is done in no time.
    """
    crossing = sum(token.kind in ("**", "**/", "anywhere") for token in tokens)
    stars = 0
    for token in tokens:
        if token.kind in ("*", "**"):
            stars += 1
            if stars > 1:
                return False
        elif token.kind == "**/" or token.literal == "/":
            stars = 0
    return crossing <= 1


def _expression(token: _Token) -> str:
    """The regular expression of a token."""
    if token.kind == "literal":
        return re.escape(token.literal)
    if token.kind == "one":
        members = "".join(f"{re.escape(low)}-{re.escape(high)}" for low, high in token.ranges)
        if not members:
            return "[^/]"
        return f"(?!/)[{'^' if token.negated else ''}{members}]"
    return {"*": "[^/]*", "**": ".*", "**/": "(?:[^/]+/)*", "anywhere": "(?:.*/)?"}[token.kind]


class _Automaton:
    """All that patterns can be at after so many characters of a path, as the bits of one number.

    A bit is a place before a token; tokens that stand for folders have a second one, inside a folder's name.
    """

    def __init__(self, patterns: Sequence[Sequence[_Token]], *, with_contents: bool) -> None:
        self._with_contents = with_contents
        self._start = self._end = 0
        self._any = self._segment = 0
        """Places that any character, or any but a slash, leaves as they are."""
        self._enter = self._leave = self._pass = 0
        """Places before a folder; inside one whose slash leads back before it; or leads beyond it."""
        self._skip_one = self._skip_two = 0
        """Places that are also one, or two, places further on."""
        self._literals: dict[str, int] = {}
        self._ones: list[tuple[_Token, int]] = []
        self._steps: dict[str, int] = {}
        place = 1
        for tokens in patterns:
            self._start |= place
            for token in tokens:
                place = self._add(token, place)
            self._end |= place
            place <<= 1
        self._start = self._closed(self._start)

    def _add(self, token: _Token, place: int) -> int:
        """Adds a token at a place and gives the place after it."""
        if token.kind == "literal":
            self._literals[token.literal] = self._literals.get(token.literal, 0) | place
        elif token.kind == "one":
            self._ones.append((token, place))
        elif token.kind == "anywhere":
            self._any |= place << 1
            self._pass |= place << 1
            self._skip_one |= place
            self._skip_two |= place
            return place << 2
        elif token.kind == "**/":
            self._enter |= place
            self._segment |= place << 1
            self._leave |= place << 1
            self._skip_two |= place
            return place << 2
        else:
            if token.kind == "**":
                self._any |= place
            else:
                self._segment |= place
            self._skip_one |= place
        return place << 1

    def _closed(self, places: int) -> int:
        before = -1
        while places != before:
            before = places
            places |= (places & self._skip_one) << 1 | (places & self._skip_two) << 2
        return places

    def _step(self, character: str) -> int:
        """The places from which a character leads to the next one."""
        known = self._steps.get(character)
        if known is None:
            known = self._literals.get(character, 0)
            if character != "/":
                for token, place in self._ones:
                    is_member = any(low <= character <= high for low, high in token.ranges)
                    known |= place if is_member != token.negated else 0
            self._steps[character] = known
        return known

    def matches(self, path: str) -> bool:
        places = self._start
        for character in path:
            following = (places & self._step(character)) << 1 | places & self._any
            if character == "/":
                if self._with_contents and places & self._end:
                    return True
                following |= (places & self._leave) >> 1 | (places & self._pass) << 1
            else:
                following |= places & self._segment | (places & self._enter) << 1
            if not following:
                return False
            places = self._closed(following)
        return bool(places & self._end)


_known: dict[str, Globs] = {}


def glob_of(path: str) -> str:
    """The pattern that means one path, whatever stands in it."""
    # Braces mean alternatives inside square brackets too.
    escaped = re.sub(r"[{\\]", "?", re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", path))
    return f"?{escaped[1:]}" if escaped.startswith(NEGATION) else escaped


def globs_of(pattern: str) -> Globs:
    """The set of one pattern, made once.

    Raises:
        UsageError: it is no pattern, or stands for too many.
    """
    found = _known.get(pattern)
    if found is None:
        found = _known[pattern] = Globs([pattern])
    return found
