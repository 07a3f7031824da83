"""A baseline: the violations that an archive already had, so that only new ones fail.

One JSON object on each line, sorted, with no line about the whole: two branches that both add to it
merge line by line, and a line that comes in twice counts once. Paths are relative to the baseline's
own folder. An entry fits a violation of the same rule and fingerprint in the same file; if that file
is gone, in whatever file has it now.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.side_files import MIB, RefusedFile, read_side_file
from bulletin_lint.engine.suppression.looked import has_looked
from bulletin_lint.model.atomic_write import ChangedMeanwhile, encoded, reason, replace_file
from bulletin_lint.model.errors import DefinitionError, UsageError
from bulletin_lint.model.fingerprint import LENGTH, fingerprints_of_places
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Occurrence, Outcome, Violation, Waived
from bulletin_lint.model.wording import Wording, plural, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.rulebook.rulebook import Rulebook

_SHOWN = 10
_LARGEST = 64 * MIB
"""Bytes of a baseline: some 400,000 entries."""
"""Stale entries that a note lists."""


class BaselineEntry(NamedTuple):
    """One known violation."""

    path: str
    """Relative to the baseline's folder, ``/`` between its parts."""
    code: str
    fingerprint: str
    excerpt: str
    """For people who read the file; nothing is compared with it."""
    line: int = 0
    """In the baseline; 0 where it is not written yet."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two entries one and the same, and their order."""
        return (self.path, self.code, self.fingerprint)


class Compared(NamedTuple):
    """A report held against a baseline."""

    report: Report
    known: tuple[BaselineEntry, ...]
    """Those that were found again, at the path where they are now."""
    stale: tuple[BaselineEntry, ...]
    """Those whose rule looked and did not find them, or whose file is gone."""
    unjudged: tuple[BaselineEntry, ...]
    """Those of files or rules that this run did not look at."""


def read_baseline(path: str) -> list[BaselineEntry]:
    """The entries of a baseline, each once.

    Raises:
        UsageError: there is no such file, or it cannot be read.
        DefinitionError: a line of it is no entry.
    """
    try:
        text = read_side_file(path, _LARGEST).decode("utf-8-sig")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        raise DefinitionError(path, 1, 1, Wording("文件不是 UTF-8 编码", "the file is not UTF-8")) from None
    except RefusedFile as error:
        why = error.wording
        raise UsageError(
            Wording(f"--baseline：无法读取 {path}：{why.zh}。", f"--baseline: cannot read {path}: {why.en}.")
        ) from None
    except OSError as error:
        raise UsageError(
            Wording(
                f"--baseline：无法读取 {path}；要新建请加 --write-baseline",
                f"--baseline: cannot read {path} ({error.strerror}); add --write-baseline to make it",
            )
        ) from None
    found: dict[tuple[str, str, str], BaselineEntry] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            entry = _entry(path, number, line)
            found.setdefault(entry.key, entry)
    return list(found.values())


def _entry(path: str, number: int, line: str) -> BaselineEntry:
    try:
        row = json.loads(line)
        entry = BaselineEntry(
            row["path"], row["code"], row["fingerprint"], str(row.get("excerpt", "")), number
        )
        is_right = all(isinstance(each, str) for each in entry[:3]) and len(entry.fingerprint) == LENGTH
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_right = False
    if is_right:
        return entry
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        wording = Wording(
            "合并冲突还没有解决；删去标记行即可，两边的条目都可以留下",
            "a merge conflict is not resolved; delete the marker lines, the entries of both sides may stay",
        )
    else:
        wording = Wording(
            "不是基线的条目（应有 path、code、fingerprint）；可用 --write-baseline 重新生成",
            "not an entry of a baseline (path, code, fingerprint); make it anew with --write-baseline",
        )
    raise DefinitionError(path, number, 1, wording)


def compare(
    report: Report,
    entries: Sequence[BaselineEntry],
    path: str,
    *,
    rulebook_of: Callable[[str], Rulebook],
    searched: Sequence[str] = (),
) -> Compared:
    """The report with what the baseline at `path` knows set apart.

    `rulebook_of` gives the rules that hold for a file, which know the codes of today for those of any time.
    `searched` are the folders that this run looked through: entries of files that are gone from there
    are stale.
    """
    folder = os.path.dirname(os.path.abspath(path))
    by_key: dict[tuple[str, str, str], BaselineEntry] = {}
    moved: dict[tuple[str, str], list[BaselineEntry]] = defaultdict(list)
    gone = {entry.path for entry in entries if not os.path.exists(os.path.join(folder, entry.path))}
    rulebooks = {entry.path: rulebook_of(os.path.join(folder, entry.path)) for entry in entries}
    for entry in sorted(entries, key=lambda each: each.key):
        code = rulebooks[entry.path].code(entry.code) or entry.code
        by_key[entry.path, code, entry.fingerprint] = entry
        if entry.path in gone:
            moved[code, entry.fingerprint].append(entry)
    used: set[BaselineEntry] = set()
    known: list[BaselineEntry] = []
    documents: list[FileResult] = []
    outcomes: dict[str, Mapping[str, Outcome]] = {}
    for document in report.documents:
        place = _relative(document.path, folder)
        if document.error is None and not document.skipped:
            outcomes[place] = document.outcomes
        marks = fingerprints_of_places([*document.violations, *document.waived])
        counted: list[Violation] = []
        waived = list(document.waived)
        for violation, own in zip(document.violations, marks, strict=False):
            new: list[Occurrence] = []
            old: list[Occurrence] = []
            line = 0
            for occurrence, mark in zip(violation.places, own, strict=True):
                found = by_key.get((place, violation.code, mark))
                if found is None or found in used:
                    others = moved.get((violation.code, mark), [])
                    found = next((each for each in others if each not in used), None)
                if found is None:
                    new.append(occurrence)
                    continue
                used.add(found)
                known.append(BaselineEntry(place, violation.code, mark, occurrence.excerpt))
                line = line or found.line
                old.append(occurrence)
            if new:
                counted.append(violation.at(new))
            if old:
                waived.append(violation.at(old)._replace(waived=Waived("baseline", "", path, line)))
        documents.append(
            document._replace(
                violations=tuple(sorted(counted, key=Violation.sort_key)),
                waived=tuple(sorted(waived, key=Violation.sort_key)),
            )
        )
    stale: list[BaselineEntry] = []
    unjudged: list[BaselineEntry] = []
    roots = [_relative(each, folder) for each in searched]
    for entry in entries:
        if entry in used:
            continue
        rulebook = rulebooks[entry.path]
        today = rulebook.code(entry.code)
        if entry.path in gone:
            is_stale = any(_is_below(entry.path, root) for root in roots)
        else:
            judged = outcomes.get(entry.path)
            is_stale = judged is not None and (
                today is None or has_looked(rulebook, today, judged.get(today))
            )
        (stale if is_stale else unjudged).append(entry)
    return Compared(report._replace(documents=tuple(documents)), tuple(known), tuple(stale), tuple(unjudged))


def entries_of(report: Report, path: str) -> list[BaselineEntry]:
    """What a report holds that counts, as entries of the baseline at `path`."""
    folder = os.path.dirname(os.path.abspath(path))
    found = []
    for document in report.documents:
        place = _relative(document.path, folder)
        marks = fingerprints_of_places([*document.violations, *document.waived])
        for violation, own in zip(document.violations, marks, strict=False):
            found += [
                BaselineEntry(place, violation.code, mark, occurrence.excerpt)
                for occurrence, mark in zip(violation.places, own, strict=True)
            ]
    return found


def content_of(path: str) -> bytes | None:
    """What the file of a baseline holds now, for `write_baseline`; None where none can be read."""
    try:
        # To open a pipe may wait for ever; `read_baseline` says what is wrong.
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            return stream.read()
    except (OSError, ValueError):
        return None


def write_baseline(path: str, entries: Iterable[BaselineEntry], *, expected: bytes | None) -> int:
    """Writes a baseline anew, and gives the number of its entries.

    `expected` is what the file held before the entries were made.

    Raises:
        ChangedMeanwhile: it holds something else by now.
        UsageError: it cannot be written.
    """
    ordered = {entry.key: entry for entry in sorted(entries, key=lambda each: each.key)}
    lines = [
        json.dumps(
            {
                "path": entry.path,
                "code": entry.code,
                "fingerprint": entry.fingerprint,
                "excerpt": entry.excerpt,
            },
            ensure_ascii=False,
        )
        for entry in ordered.values()
    ]
    try:
        replace_file(path, encoded(f"{line}\n" for line in lines), expected=expected)
    except ChangedMeanwhile:
        raise
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(
                f"基线无法写入 {path}（{why.zh}）",
                f"the baseline cannot be written to {path} ({why.en})",
            )
        ) from None
    return len(lines)


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return path.replace(os.sep, "/")


def _is_below(path: str, root: str) -> bool:
    return (root == "." and not path.startswith("../")) or path.startswith(f"{root}/")


def stale_notes(stale: Sequence[BaselineEntry], path: str, *, pruned: bool) -> list[Wording]:
    """What to say of entries that no longer fit anything, line by line."""
    listed = [same(f"  {entry.path}: {entry.code} {entry.excerpt}".rstrip()) for entry in stale[:_SHOWN]]
    rest = len(stale) - len(listed)
    more = [Wording(f"  … 另有 {rest} 条", f"  … and {rest} more")] if rest else []
    if pruned:
        zh, en = (
            f"已从基线 {path} 删去 {len(stale)} 条",
            f"removed {entries(len(stale))} from the baseline {path}",
        )
    else:
        zh = f"基线 {path} 中有 {len(stale)} 条已经没有对应的问题，可用 --prune-baseline 删去"
        en = (
            f"of the baseline {path} {entries(len(stale))} no longer fit anything; "
            "remove with --prune-baseline"
        )
    return [Wording(f"{zh}：", f"{en}:"), *listed, *more]


def entries(count: int) -> str:
    """The number of entries in English."""
    return plural(count, "entry", "entries")
