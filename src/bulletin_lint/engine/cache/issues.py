"""The facts of issues, kept between runs: a series of ten thousand costs one parse for one changed file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.engine.cache.contents import ContentCache, NewEntry, Stamp, producer
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord, from_plain, to_plain


class CachedIssue(NamedTuple):
    """What reading a file for its facts came to."""

    facts: IssueRecord | None
    """None where it is no bulletin, or could not be read."""
    error: Wording | None = None
    """Why it could not be read."""
    pages: int | None = None
    encoding: str | None = None
    is_whole: bool = True
    """False where something could not be done, which a run that is given the file must say."""


class RecordCache:
    """The cache, for facts that one reader makes."""

    def __init__(self, grammar: Mapping[str, Any], fold: Mapping[str, str], password: str = "") -> None:
        packages = ("matching", "model", "parsing", "readers", "series")
        self._contents = ContentCache("facts", producer(packages, grammar, dict(fold), password))

    def recall(
        self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp], *, only_recorded: bool = False
    ) -> dict[str, CachedIssue]:
        """What is known of files, by path, as `ContentCache.recall` has it."""
        import json

        found: dict[str, CachedIssue] = {}
        for path, recalled in self._contents.recall(sources, stamps, only_recorded=only_recorded).items():
            try:
                known = _known(json.loads(recalled.body), path)
            except (ValueError, TypeError, AttributeError, RecursionError):
                continue
            found[path] = known
        return found

    def store(self, made: Iterable[tuple[SourceFile, Stamp | None, str, CachedIssue]]) -> None:
        """Keeps what was made of files: of each its stamp from before it was read, the digest of what
        was read, and the facts.
        """
        import json

        rows: list[NewEntry] = []
        for source, before, content, known in made:
            stored = [
                to_plain(known.facts) if known.facts is not None else None,
                list(known.error) if known.error is not None else None,
                known.pages,
                known.encoding,
                known.is_whole,
            ]
            try:
                body = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
            except (ValueError, TypeError):
                continue
            rows.append(NewEntry(source, before, content, body))
        self._contents.store(rows)


def _known(stored: Any, path: str) -> CachedIssue:
    facts, error, pages, encoding, is_whole = stored
    return CachedIssue(
        from_plain(facts, path) if facts is not None else None,
        Wording(*error) if error is not None else None,
        pages,
        encoding,
        is_whole is True,
    )
