"""An archive that was judged, as it lies in its folder: the summary, and the report, read as it is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.archive.judging import EXTRAS
from bulletin_lint.archive.rows import BrokenPart, Sharing, unpacked
from bulletin_lint.archive.storage import Storage
from bulletin_lint.archive.summary import summary_from_plain
from bulletin_lint.archive.work import file_name
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.archive_summary import ArchiveSummary
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.natural_order import natural_key
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import READERS, kind_notes
from bulletin_lint.rulebook.compiled import plain

INDEX = "archive.json"
"""Written last: what it names is there."""
PAGE = "report.html"
"""The report as a page, beside it."""
FORMAT = 1


class ArchiveIndex(NamedTuple):
    """What is known of a judged archive."""

    key: str
    """Stands for all that it was made of."""
    folder: str
    """With the judged parts."""
    parts: tuple[str, ...]
    """Their names, in the order of the report."""
    fail_level: Severity
    rules: tuple[RuleNote, ...]
    """Those that ran."""
    kinds: tuple[str, ...]
    """Of its files."""
    summary: ArchiveSummary
    real_source: str = ""
    """What was checked, by the one name that it has; empty where an earlier version wrote this."""

    def written(self) -> bytes:
        """As it is written."""
        content = {"format": FORMAT, **{name: plain(value) for name, value in self._asdict().items()}}
        return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"


def read_index(out: Storage, place: str) -> ArchiveIndex | None:
    """What is known of the archive in a folder, None where it was not judged yet.

    Raises:
        UsageError: the folder cannot be read, or what it holds is of another version.
    """
    try:
        content: Any = json.loads(out.read(INDEX).decode("utf-8", "surrogatepass"))
        if content.pop("format") != FORMAT:
            raise ValueError("format")
        index = ArchiveIndex(**content)
        return index._replace(
            parts=tuple(index.parts),
            kinds=tuple(index.kinds),
            rules=tuple(map(_note, index.rules)),
            summary=summary_from_plain(index.summary),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(Wording(f"{place} 无法读取（{why}）", f"{place} cannot be read ({why})")) from None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise UsageError(
            Wording(
                f"{place}/{INDEX} 已损坏，或不是这个版本写的；请删掉它，再运行一次 archive",
                f"{place}/{INDEX} is damaged, or was not written by this version; remove it and run archive "
                "again",
            )
        ) from None


def _note(stored: Sequence[Any]) -> RuleNote:
    code, name, severity, summary, why, remedy, references = stored
    return RuleNote(
        code,
        name,
        severity,
        Wording(*summary),
        None if why is None else Wording(*why),
        None if remedy is None else Wording(*remedy),
        tuple(references),
    )


class StoredResults:
    """The results of a judged archive in the order of a report; each time they are gone through they are read
    anew, a part at a time.
    """

    def __init__(self, out: Storage, index: ArchiveIndex) -> None:
        self._out = out
        self._index = index

    def __iter__(self) -> Iterator[LintResult]:
        sharing = Sharing()
        besides = list(self._part(EXTRAS, sharing))
        waiting = iter([(natural_key(each.result.path), each) for each in besides])
        beside = next(waiting, None)
        for part in self._index.parts:
            for linted in self._part(file_name(part), sharing):
                if beside is not None:
                    key = natural_key(linted.result.path)
                    while beside is not None and beside[0] < key:
                        yield beside[1]
                        beside = next(waiting, None)
                yield linted
        while beside is not None:
            yield beside[1]
            beside = next(waiting, None)

    def _part(self, name: str, sharing: Sharing) -> Iterator[LintResult]:
        path = f"{self._index.folder}/{name}"
        try:
            yield from unpacked(self._out.read(path), sharing)
        except (BrokenPart, OSError) as error:
            raise UsageError(
                Wording(
                    f"{path} 缺失或已损坏（{error}）；请删掉 {INDEX}，再运行一次 archive",
                    f"{path} is missing or damaged ({error}); remove {INDEX} and run archive again",
                )
            ) from None


class StoredDocuments:
    """The documents of a judged archive where a report has a tuple of them; they can be gone through again
    and again and are never all in memory.
    """

    def __init__(self, results: StoredResults) -> None:
        self._results = results

    def __iter__(self) -> Iterator[FileResult]:
        for linted in self._results:
            yield linted.result


def report_of_archive(out: Storage, index: ArchiveIndex) -> Report:
    """The report on a judged archive, as `check` would have it."""
    documents: Any = StoredDocuments(StoredResults(out, index))
    kinds = kind_notes({*READERS, *index.kinds})
    return Report(documents, fail_level=index.fail_level, rules=index.rules, kinds=kinds)
