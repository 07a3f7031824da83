"""The results of linting, kept between runs: of an archive only what has changed is linted again.

A result belongs to a content, not to a path, and to all that made it: the program, the rules that were
selected with all their data, what the settings require, and what they ignore in the file. The series is
judged anew in every run, and so are waivers and the baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.cache.contents import CachedEntry, ContentCache, NewEntry, Stamp, producer
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.plain_forms import Texts, plain_violation, violation_of, waiver_of
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import (
    OUTCOMES,
    Outcome,
)
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.rulebook import Rule, Rulebook
from bulletin_lint.series.issue import from_plain, to_plain

_LETTERS: Mapping[str, str] = {outcome: outcome[0] for outcome in OUTCOMES}
_OUTCOMES: Mapping[str, Outcome] = {letter: outcome for outcome, letter in _LETTERS.items()}  # type: ignore[misc]


class Circumstances(NamedTuple):
    """What else a result depends on than content and rules."""

    explicit: bool
    """A file that was named is linted though it looks like no bulletin."""
    ignored: frozenset[str]
    """The codes that the settings silence in the file."""


class ResultRow(NamedTuple):
    """One result as it is kept."""

    circumstances: Circumstances
    made: NewEntry


class ResultsCache:
    """The cache, for the results of some rules.

    `ignored` gives the codes that the settings silence in the file of a path.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        required: Sequence[str],
        password: str | None,
        ignored: Callable[[str], frozenset[str]],
    ) -> None:
        self._codes = [rule.code for rule in rules]
        self._ignored = ignored
        self._producer = producer(
            ("checks", "engine", "matching", "model", "parsing", "readers", "rulebook", "series"),
            rulebook.digest,
            [(rule.code, rule.severity) for rule in rules],
            list(required),
            password,
        )
        self._contents: dict[Circumstances, ContentCache] = {}
        self._outcomes: dict[tuple[str, Circumstances], dict[str, Outcome]] = {}

    def recall(self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp]) -> dict[str, LintResult]:
        """What linting files came to, by path; those of which nothing is known are left out.

        `stamps` are by path, those of files that are not there left out.
        """
        found: dict[str, LintResult] = {}
        groups: dict[Circumstances, list[SourceFile]] = {}
        for source in sources:
            if source.data is None:
                groups.setdefault(self._circumstances(source), []).append(source)
        for circumstances, group in groups.items():
            known = self._of(circumstances).recall(group, stamps)
            for source in group:
                if source.path in known:
                    linted = self._linted(source, known[source.path], circumstances)
                    if linted is not None:
                        found[source.path] = linted
        return found

    def kept(self, source: SourceFile, linted: LintResult) -> bytes | None:
        """What is kept of a file, None for what could not be done, which is tried again."""
        if source.data is not None or linted.digest is None:
            return None
        return self._body(linted, self._circumstances(source))

    def row(self, source: SourceFile, linted: LintResult, stamps: Mapping[str, Stamp]) -> ResultRow | None:
        """What to store of a file, None for nothing; `stamps` are from before it was linted."""
        if linted.kept is None or linted.digest is None:
            return None
        made = NewEntry(source, stamps.get(source.path), linted.digest, linted.kept)
        return ResultRow(self._circumstances(source), made)

    def store(self, rows: Iterable[ResultRow]) -> None:
        """Keeps what linting files came to."""
        groups: dict[Circumstances, list[NewEntry]] = {}
        for circumstances, made in rows:
            groups.setdefault(circumstances, []).append(made)
        for circumstances, group in groups.items():
            self._of(circumstances).store(group)

    def _circumstances(self, source: SourceFile) -> Circumstances:
        return Circumstances(source.explicit, self._ignored(source.path))

    def _of(self, circumstances: Circumstances) -> ContentCache:
        if circumstances not in self._contents:
            explicit, ignored = circumstances
            name = f"{self._producer} {explicit:d} {' '.join(sorted(ignored))}"
            self._contents[circumstances] = ContentCache("results", name)
        return self._contents[circumstances]

    def _codes_in(self, circumstances: Circumstances) -> list[str]:
        return [code for code in self._codes if code not in circumstances.ignored]

    def _body(self, linted: LintResult, circumstances: Circumstances) -> bytes | None:
        """A result as it is kept, None where it is not: something could not be done."""
        result = linted.result
        if result.complaints:
            return None
        if not result.skipped and list(result.outcomes) != self._codes_in(circumstances):
            return None
        texts = Texts()
        plain = [
            result.pages,
            result.encoding,
            result.skipped,
            linted.shows_bulletin,
            "".join(map(_LETTERS.__getitem__, result.outcomes.values())),
            [plain_violation(violation, texts) for violation in result.violations],
            # Tuples become lists; their paths are not read back.
            [
                waiver._replace(path="", line_text=texts.number(waiver.line_text))  # type: ignore[arg-type]
                for waiver in result.waivers
            ],
            texts.known,
            list(result.lines.items()),
            [(why, codes) for why, codes in _codes_by_reason(result.reasons).items()],
            None if linted.facts is None else to_plain(linted.facts),
        ]
        import json
        from zlib import compress

        try:
            return compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        except (ValueError, TypeError):
            return None

    def _linted(
        self, source: SourceFile, recalled: CachedEntry, circumstances: Circumstances
    ) -> LintResult | None:
        import json
        from zlib import decompress
        from zlib import error as ZlibError  # noqa: N812 - a class whose name says too little

        try:
            pages, encoding, skipped, shows, letters, violations, waivers, texts, lines, why, facts = (
                json.loads(decompress(recalled.body))
            )
            result = FileResult(
                source.path,
                source.kind,
                pages,
                encoding,
                skipped=skipped,
                outcomes=self._outcomes_of(letters, circumstances),
                violations=tuple(violation_of(plain, source.path, texts) for plain in violations),
                waivers=tuple(waiver_of(plain, source.path, texts) for plain in waivers),
                lines=dict(lines),
                reasons={code: Wording(*words) for words, codes in why for code in codes},
            )
            known = None if facts is None else from_plain(facts, source.path)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, ZlibError):
            return None
        return LintResult(result, known, None, recalled.digest, shows, recalled=True)

    def _outcomes_of(self, letters: str, circumstances: Circumstances) -> dict[str, Outcome]:
        """Outcomes as they were kept; of documents alike they are one object."""
        key = (letters, circumstances)
        if key not in self._outcomes:
            outcomes = map(_OUTCOMES.__getitem__, letters)
            codes = self._codes_in(circumstances) if letters else []
            self._outcomes[key] = dict(zip(codes, outcomes, strict=True))
        return self._outcomes[key]


def _codes_by_reason(reasons: Mapping[str, Wording]) -> dict[Wording, list[str]]:
    found: dict[Wording, list[str]] = {}
    for code, why in reasons.items():
        found.setdefault(why, []).append(code)
    return found
