"""The series register: a table of issues that an office keeps in a spreadsheet.

``register.csv`` in UTF-8 with a byte order mark, so that spreadsheets show Chinese; what a spreadsheet
makes of it (GB18030, semicolons, 2020/3/6) is read too. Columns may be named in Chinese or English and
stand in any order; columns of the office's own and the comments are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.config.side_files import read_side_file, reason_of
from bulletin_lint.model.atomic_write import ChangedMeanwhile, reason, replace_file
from bulletin_lint.model.dates import is_date, iso
from bulletin_lint.model.errors import DefinitionError, DefinitionErrors, SourceError
from bulletin_lint.model.location import Location
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.series.issue import FieldPlace, IssueRecord

COLUMNS: Mapping[str, Wording] = {
    "title": Wording("刊名", "title"),
    "year": Wording("年份", "year"),
    "issue": Wording("期号", "issue"),
    "cumulative": Wording("总期号", "cumulative"),
    "date": Wording("编发日期", "date"),
    "supplement": Wording("增刊", "supplement"),
    "file": Wording("文件", "file"),
    "comments": Wording("备注", "comments"),
}
"""The columns that are understood, in the order in which a new register has them."""

_ALSO = {
    "日期": "date",
    "年": "year",
    "年度": "year",
    "期数": "issue",
    "总期数": "cumulative",
    "说明": "comments",
}
_YES = frozenset({"是", "增刊", "yes", "true", "1", "y", "√"})
_NO = frozenset({"", "否", "no", "false", "0", "n"})
_NUMBER = re.compile("(?:总第|第)?([1-9][0-9]{0,6})期?")
_DATE = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_SIZE_LIMIT = 32 * 1024 * 1024
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A spreadsheet would run what begins so; an apostrophe makes it text."""


class RegisterRow(NamedTuple):
    """One issue of the register."""

    cells: tuple[str, ...]
    """As they stand in the file, one for each column of the header."""
    facts: IssueRecord
    file: str
    """Relative to the register's folder, "" where none is named."""


class Register(NamedTuple):
    """A register as it stands in its file."""

    path: str
    """As it is shown."""
    header: tuple[str, ...]
    rows: tuple[RegisterRow, ...]
    content: bytes | None = None
    """What the file holds; None where there is none yet."""


def empty_register(path: str, language: Language) -> Register:
    """A register without rows, its columns named in a language."""
    return Register(path, tuple(name.in_language(language) for name in COLUMNS.values()), ())


def read_register(path: str) -> Register:
    """The register in a file.

    Raises:
        SourceError: there is no such file, or it is no text.
        DefinitionError: it has no column that is known, or a row that cannot be understood.
    """
    from bulletin_lint.readers.text.encoding import decode

    try:
        content = read_side_file(path, _SIZE_LIMIT)
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise SourceError(
            path,
            Wording(
                f"登记表无法读取（{reason.zh}）；请检查配置 series.register。",
                f"the register cannot be read ({reason.en}); check series.register in the settings.",
            ),
        ) from None
    text = decode(path, content).text if content else ""
    return _parsed(path, text, content)


def _parsed(path: str, text: str, content: bytes) -> Register:
    import csv
    import io

    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda each: (first.count(each), each == ","))
    if not first.count(delimiter):
        delimiter = ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    mistakes: list[DefinitionError] = []
    rows: list[RegisterRow] = []
    header: tuple[str, ...] = ()
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not header:
                header = tuple(cell.strip() for cell in cells)
                names = [column_of(cell) for cell in header]
                _check_header(path, header, names)
            elif any(cell.strip() for cell in cells):
                padded = (*cells, *("" for _ in range(len(header) - len(cells))))
                rows.append(_row(path, line, names, padded[: len(header)], mistakes))
                if any(cell.strip() for cell in padded[len(header) :]):
                    mistakes.append(
                        _mistake(
                            path, line, len(header) + 1, "比表头多出一栏", "has more cells than the header"
                        )
                    )
            line = reader.line_num + 1
    except csv.Error as error:
        mistakes.append(
            _mistake(
                path, line, 1, f"不是逗号分隔的表格（{error}）", f"not a comma-separated table ({error})"
            )
        )
    if not header:
        raise _mistake(path, 1, 1, f"登记表是空的，{_wanted().zh}", f"the register is empty; {_wanted().en}")
    if mistakes:
        raise DefinitionErrors(mistakes)
    return Register(path, header, tuple(rows), content)


def column_of(name: str) -> str:
    """Which column a heading names, "" for one of the office's own."""
    compact = "".join(name.split()).casefold()
    for column, wording in COLUMNS.items():
        if compact in (wording.zh, wording.en):
            return column
    return _ALSO.get(compact, "")


def _wanted() -> Wording:
    zh = "、".join(wording.zh for wording in COLUMNS.values())
    en = ", ".join(wording.en for wording in COLUMNS.values())
    return Wording(f"第一行应是栏目名：{zh}", f"its first line should name the columns: {en}")


def _check_header(path: str, header: Sequence[str], names: Sequence[str]) -> None:
    wanted = _wanted()
    if not {"issue", "cumulative"} & set(names):
        raise _mistake(
            path, 1, 1, f"登记表没有期号一栏；{wanted.zh}", f"the register has no issue column; {wanted.en}"
        )
    for index, name in enumerate(names):
        if name and name in names[:index]:
            raise _mistake(
                path, 1, index + 1, f"栏目“{header[index]}”重复", f"'{header[index]}' occurs twice"
            )


def _mistake(path: str, line: int, column: int, zh: str, en: str) -> DefinitionError:
    """A mistake in the register. Its column is that of the table: the cell, counted from one."""
    return DefinitionError(path, line, column, Wording(zh, en))


def _row(
    path: str, line: int, names: Sequence[str], cells: Sequence[str], mistakes: list[DefinitionError]
) -> RegisterRow:
    given: dict[str, Any] = {}
    for index, (name, cell) in enumerate(zip(names, cells, strict=True)):
        if not name:
            continue
        try:
            given[name] = _value(name, _plain(cell))
        except ValueError:
            zh, en = _EXPECTED[name]
            mistakes.append(
                _mistake(
                    path,
                    line,
                    index + 1,
                    f"{COLUMNS[name].zh}应是{zh}，写的是“{cell.strip()}”",
                    f"{name} must be {en}; found '{cell.strip()}'",
                )
            )
    date = given.get("date")
    year = given.get("year") or (int(date[:4]) if date else None)
    text = "，".join(cell.strip() for cell in cells if cell.strip())
    place = FieldPlace(text, Location(line, 1, line, 2), text, "register")
    known = [name for name in ("title", "issue", "cumulative", "date") if given.get(name)]
    facts = IssueRecord(
        path,
        given.get("title") or None,
        year,
        given.get("issue"),
        given.get("cumulative"),
        date,
        bool(given.get("supplement")),
        dict.fromkeys([*known, "anchor"], place),
        line,
    )
    return RegisterRow(tuple(cells), facts, given.get("file") or "")


_EXPECTED = {
    "year": ("四位数的年份", "a year of four figures"),
    "issue": ("大于 0 的整数", "a whole number above 0"),
    "cumulative": ("大于 0 的整数", "a whole number above 0"),
    "date": ("日期，如 2020-03-06", "a date such as 2020-03-06"),
    "supplement": ("“是”或空", "yes or nothing"),
}


def _plain(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:2] in _FORMULA_STARTS else text


def _value(name: str, text: str) -> Any:
    """What a cell says.

    Raises:
        ValueError: it cannot be understood.
    """
    if name == "file":
        return text.replace("\\", "/").removeprefix("./")
    if name in ("title", "comments"):
        return text
    compact = "".join(text.split()).translate(_FOLDED).casefold()
    if name == "supplement":
        if compact in _YES or compact in _NO:
            return compact in _YES
        raise ValueError(text)
    if not compact:
        return None
    if name == "date":
        date = _DATE.fullmatch(compact)
        if date is None or not is_date(*map(int, date.groups())):
            raise ValueError(text)
        return iso(*map(int, date.groups()))
    number = _NUMBER.fullmatch(compact.removesuffix("年") if name == "year" else compact)
    if number is None or (name == "year" and not 1900 <= int(number[1]) <= 2999):
        raise ValueError(text)
    return int(number[1])


_FOLDED = {0xFF10 + figure: ord("0") + figure for figure in range(10)}


def table_bytes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A register as its file holds it: UTF-8 with a byte order mark, lines as spreadsheets end them."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe_cell(text: str) -> str:
    """A cell as a spreadsheet will show it and not run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_register(path: str, content: bytes, *, expected: bytes | None) -> None:
    """Puts a register into its file, so that a crash leaves the old or the new one, whole.

    `expected` is what the file must still hold, None where there must be none.

    Raises:
        SourceError: the file changed in the meantime, or cannot be written.
    """
    try:
        replace_file(path, content, expected=expected)
    except ChangedMeanwhile:
        raise SourceError(
            path,
            Wording(
                "更新期间登记表被改动，未写入；请重新运行。",
                "the register changed while it was brought up to date: not written; run again.",
            ),
        ) from None
    except OSError as error:
        why = reason(error)
        raise SourceError(
            path,
            Wording(
                f"登记表无法写入（{why.zh}）；若正在表格软件中打开，请先关闭，并检查写入权限。",
                f"the register cannot be written ({why.en}); close it if a spreadsheet has it open, "
                "and check the permissions.",
            ),
        ) from None
