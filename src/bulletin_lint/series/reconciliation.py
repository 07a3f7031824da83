"""The issues that files hold and the entries of a register brought together, and what the register lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.series.issue import IssueRecord, series_title
from bulletin_lint.series.register import Register, RegisterRow, column_of, safe_cell, table_bytes


def joined(
    issues: Sequence[IssueRecord],
    register: Register,
    aliases: Mapping[str, Sequence[str]],
    files: Mapping[str, str],
) -> list[IssueRecord]:
    """The issues of a series: those that files hold, each with its entry in the register, and those that
    only the register has.

    `files` is an issue's path to its file as the register would name it. An entry belongs to the file
    that it names; one that names none, or one that is not there, to the file with the same number.
    """
    titles = {series_title(issue.title, aliases) for issue in issues if issue.title}
    only = titles.pop() if len(titles) == 1 else ""
    entries = _Entries(register, aliases, only)
    found: dict[str, RegisterRow] = {}
    for issue in issues:
        row = entries.of_file(files.get(issue.path, ""))
        if row is not None:
            found[issue.path] = row
    present = set(files.values())
    for issue in sorted(issues, key=lambda each: (each.date or "", each.path)):
        if issue.path not in found:
            row = entries.of_number(issue, present)
            if row is not None:
                found[issue.path] = row
    known = [
        issue._replace(registered=found[issue.path].facts if issue.path in found else None)
        for issue in issues
    ]
    return [*known, *(row.facts for row in entries.left())]


class _Entries:
    """The rows of a register, each given away once."""

    def __init__(self, register: Register, aliases: Mapping[str, Sequence[str]], only: str) -> None:
        self._aliases = aliases
        self._only = only
        self._left = dict.fromkeys(range(len(register.rows)))
        self._rows = register.rows
        self._files: dict[str, int] = {}
        self._numbers: dict[tuple[Any, ...], list[int]] = {}
        for index, row in enumerate(register.rows):
            if row.file:
                self._files.setdefault(row.file, index)
            for key in self._keys(row.facts):
                self._numbers.setdefault(key, []).append(index)

    def _keys(self, facts: IssueRecord) -> list[tuple[Any, ...]]:
        title = series_title(facts.title, self._aliases) or self._only
        keys: list[tuple[Any, ...]] = []
        if facts.year is not None and facts.issue is not None:
            keys.append((title, facts.supplement, facts.year, facts.issue))
        if facts.cumulative is not None:
            keys.append((title, facts.supplement, facts.cumulative))
        return keys

    def of_file(self, file: str) -> RegisterRow | None:
        index = self._files.get(file) if file else None
        return self._take(index) if index is not None and index in self._left else None

    def of_number(self, issue: IssueRecord, present: set[str]) -> RegisterRow | None:
        for key in self._keys(issue):
            for index in self._numbers.get(key, ()):
                row = self._rows[index]
                if index not in self._left or row.file in present:
                    continue
                if len(key) == 3 and row.facts.date != issue.date:
                    # Only the cumulative number is the same: another issue that repeats it.
                    continue
                return self._take(index)
        return None

    def _take(self, index: int) -> RegisterRow:
        del self._left[index]
        return self._rows[index]

    def left(self) -> list[RegisterRow]:
        return [self._rows[index] for index in self._left]


class Updated(NamedTuple):
    """A register brought up to date."""

    content: bytes
    added: int
    completed: int
    """Entries of which an empty cell was filled in."""


def updated(register: Register, issues: Sequence[IssueRecord], files: Mapping[str, str]) -> Updated:
    """The register with the issues of files added that it lacks, and what it left open filled in.

    `issues` are as `joined` gives them. What a person wrote stays as written, comments and columns of
    the office's own included; rows are sorted by title, date and number.
    """
    names = [column_of(name) for name in register.header]
    by_line = {issue.registered.line: issue for issue in issues if issue.registered is not None}
    completed = 0
    rows: list[tuple[IssueRecord, Sequence[str]]] = []
    for row in register.rows:
        issue = by_line.get(row.facts.line)
        cells = list(row.cells)
        if issue is not None:
            for index, cell in enumerate(_cells(names, issue, files)):
                if cell and not cells[index].strip() and names[index] not in ("supplement", "year"):
                    cells[index] = cell
            completed += tuple(cells) != row.cells
        rows.append((row.facts, cells))
    fresh = [issue for issue in issues if issue.line is None and issue.registered is None and is_known(issue)]
    rows += [(issue, _cells(names, issue, files)) for issue in fresh]
    rows.sort(key=lambda row: _order(row[0]))
    return Updated(table_bytes(register.header, [cells for _, cells in rows]), len(fresh), completed)


def is_known(issue: IssueRecord) -> bool:
    """Whether an issue shows a number by which it can be entered."""
    return issue.issue is not None or issue.cumulative is not None


def _cells(names: Sequence[str], issue: IssueRecord, files: Mapping[str, str]) -> list[str]:
    values = {
        "title": issue.title,
        "year": issue.year,
        "issue": issue.issue,
        "cumulative": issue.cumulative,
        "date": issue.date,
        "supplement": "是" if issue.supplement else "",
        "file": files.get(issue.path, ""),
    }
    return [safe_cell(str(values.get(name) if values.get(name) is not None else "")) for name in names]


def _order(facts: IssueRecord) -> tuple[Any, ...]:
    return (
        facts.title or "",
        facts.date or (f"{facts.year:04d}" if facts.year else "9999"),
        facts.cumulative or 0,
        facts.issue or 0,
        facts.supplement,
        facts.line or 0,
        facts.path,
    )
