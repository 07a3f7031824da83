"""What the cells of a register say, one kind of cell after the other, and how a register stands in its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bulletin_lint.model.errors import DefinitionError, DefinitionErrors, SourceError
from bulletin_lint.model.location import Location
from bulletin_lint.series.register import (
    COLUMNS,
    Register,
    column_of,
    empty_register,
    read_register,
    safe_cell,
    table_bytes,
    write_register,
)


def register(folder: Path, text: str) -> Register:
    path = folder / "register.csv"
    path.write_bytes(text.encode())
    return read_register(str(path))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("刊名", "title"),
        ("年份", "year"),
        ("年", "year"),
        ("年度", "year"),
        ("期号", "issue"),
        ("期数", "issue"),
        ("总期号", "cumulative"),
        ("总期数", "cumulative"),
        ("编发日期", "date"),
        ("日期", "date"),
        ("增刊", "supplement"),
        ("文件", "file"),
        ("备注", "comments"),
        ("说明", "comments"),
        ("title", "title"),
        ("Issue", "issue"),
        ("CUMULATIVE", "cumulative"),
        (" 期 号\u3000", "issue"),
        ("归档盒", ""),
        ("", ""),
        ("期号2", ""),
        ("期", ""),
    ],
)
def test_a_heading_names_a_column_in_either_language_however_it_is_spaced(heading: str, column: str) -> None:
    assert column_of(heading) == column


def test_an_empty_register_has_all_columns_in_their_order() -> None:
    chinese, english = empty_register("r.csv", "zh"), empty_register("r.csv", "en")

    assert chinese.header == ("刊名", "年份", "期号", "总期号", "编发日期", "增刊", "文件", "备注")
    assert english.header == (
        "title",
        "year",
        "issue",
        "cumulative",
        "date",
        "supplement",
        "file",
        "comments",
    )
    assert list(map(column_of, chinese.header)) == list(COLUMNS)
    assert (chinese.path, chinese.rows, chinese.content) == ("r.csv", (), None)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2020-03-06", "2020-03-06"),
        ("2020-3-6", "2020-03-06"),
        ("2020/3/6", "2020-03-06"),
        ("2020.3.6", "2020-03-06"),
        ("2020年3月6日", "2020-03-06"),
        ("2020年3月6", "2020-03-06"),
        (" 2020 - 12 - 31 ", "2020-12-31"),
        ("２０２０年３月６日", "2020-03-06"),
        ("2024-02-29", "2024-02-29"),
        ("", None),
        (" ", None),
    ],
)
def test_a_date_is_read_as_spreadsheets_and_people_write_it(
    tmp_path: Path, cell: str, date: str | None
) -> None:
    (row,) = register(tmp_path, f"期号,日期\n1,{cell}\n").rows

    assert row.facts.date == date
    assert row.facts.year == (int(date[:4]) if date else None)


@pytest.mark.parametrize(
    "cell",
    ["2020-03", "20-03-06", "2020-3-6-1", "2023-02-29", "2020-13-01", "2020-00-01", "昨天", "2020-123-1"],
)
def test_what_is_no_day_is_a_mistake_in_its_cell(tmp_path: Path, cell: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        register(tmp_path, f"刊名,期号,日期\n甲报,1,2020-01-01\n甲报,2,{cell}\n")

    assert (caught.value.path, caught.value.line, caught.value.column) == (
        str(tmp_path / "register.csv"),
        3,
        3,
    )
    assert cell in caught.value.wording.zh
    assert cell in caught.value.wording.en


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", 1),
        ("11", 11),
        ("9999999", 9_999_999),
        ("第11期", 11),
        ("总第11期", 11),
        ("第11", 11),
        ("11期", 11),
        ("１１", 11),
        (" 第 11 期 ", 11),
        ("", None),
    ],
)
@pytest.mark.parametrize("column", ["期号", "总期号"])
def test_a_number_may_stand_in_its_words(tmp_path: Path, column: str, cell: str, number: int | None) -> None:
    (row,) = register(tmp_path, f"刊名,{column},文件\n甲报,{cell},1.md\n").rows

    assert (row.facts.issue, row.facts.cumulative) == ((number, None) if column == "期号" else (None, number))
    assert row.facts.title == "甲报"


@pytest.mark.parametrize("cell", ["0", "011", "-1", "1.0", "10000000", "十一", "第期", "1号", "11 12a"])
@pytest.mark.parametrize("column", ["期号", "总期号"])
def test_what_is_no_number_is_a_mistake(tmp_path: Path, column: str, cell: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        register(tmp_path, f"{column}\n{cell}\n")

    assert (caught.value.line, caught.value.column) == (2, 1)


@pytest.mark.parametrize(
    ("cell", "year"), [("1900", 1900), ("2999", 2999), ("2020年", 2020), ("２０２０", 2020), ("", 2021)]
)
def test_a_year_is_the_one_beside_the_number_else_that_of_the_date(
    tmp_path: Path, cell: str, year: int
) -> None:
    (row,) = register(tmp_path, f"年份,期号,日期\n{cell},1,2021-01-02\n").rows

    assert row.facts.year == year


@pytest.mark.parametrize("cell", ["1899", "3000", "20", "2020期号", "去年", "年"])
def test_a_year_out_of_reach_is_a_mistake(tmp_path: Path, cell: str) -> None:
    with pytest.raises(DefinitionError):
        register(tmp_path, f"年份,期号\n{cell},1\n")


@pytest.mark.parametrize("column", ["期号", "总期号"])
def test_a_number_with_the_word_of_a_year_is_a_mistake(tmp_path: Path, column: str) -> None:
    with pytest.raises(DefinitionError):
        register(tmp_path, f"{column}\n2020年\n")


@pytest.mark.parametrize(
    ("cell", "is_supplement"),
    [
        *((cell, True) for cell in ("是", "增刊", "yes", "YES", "true", "1", "１", "y", "√", " 是 ")),
        *((cell, False) for cell in ("", "否", "no", "No", "false", "0", "n")),
    ],
)
def test_a_supplement_is_one_by_any_word_for_yes(tmp_path: Path, cell: str, *, is_supplement: bool) -> None:
    (row,) = register(tmp_path, f"期号,增刊\n1,{cell}\n").rows

    assert row.facts.supplement is is_supplement


@pytest.mark.parametrize(
    ("cell", "file"),
    [
        ("a/1.md", "a/1.md"),
        ("a\\b\\1.md", "a/b/1.md"),
        ("./1.md", "1.md"),
        (".\\1.md", "1.md"),
        ("", ""),
        (" 1.md ", "1.md"),
    ],
)
def test_a_file_is_named_from_the_folder_of_the_register(tmp_path: Path, cell: str, file: str) -> None:
    (row,) = register(tmp_path, f"期号,文件\n1,{cell}\n").rows

    assert row.file == file


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_an_apostrophe_that_makes_a_formula_text_is_none_of_it(tmp_path: Path, start: str) -> None:
    assert safe_cell(f"{start}报") == f"'{start}报"
    assert safe_cell(f"报{start}") == f"报{start}"
    (row,) = register(tmp_path, f"刊名,期号\n'{start}报,1\n").rows

    assert row.facts.title == f"{start}报"
    # In its file it stays.
    assert row.cells == (f"'{start}报", "1")


def test_any_other_apostrophe_belongs_to_its_cell(tmp_path: Path) -> None:
    (row,) = register(tmp_path, "刊名,期号\n'报,1\n").rows

    assert row.facts.title == "'报"
    assert (safe_cell("\t报"), safe_cell("报"), safe_cell("")) == ("'\t报", "报", "")


def test_a_row_says_what_it_is_where_it_stands_and_which_facts_it_has(tmp_path: Path) -> None:
    found = register(tmp_path, "刊名,期号,总期号,日期,归档盒\n甲报,3,,2020-03-06,三盒\n,,7,\n")
    first, second = found.rows

    assert first.cells == ("甲报", "3", "", "2020-03-06", "三盒")
    assert set(first.facts.places) == {"title", "issue", "date", "anchor"}
    place = first.facts.places["issue"]
    assert place.text == place.line_text == "甲报，3，2020-03-06，三盒"
    assert (place.location, place.part) == (Location(2, 1, 2, 2), "register")
    assert (first.facts.line, first.facts.path) == (2, found.path)
    # A short row has empty cells at its end.
    assert second.cells == ("", "", "7", "", "")
    assert (second.facts.title, second.facts.issue, second.facts.cumulative) == (None, None, 7)
    assert set(second.facts.places) == {"cumulative", "anchor"}
    assert (second.facts.line, second.facts.year, second.file) == (3, None, "")
    assert found.content == (tmp_path / "register.csv").read_bytes()


def test_rows_of_several_lines_count_them_and_empty_rows_are_none(tmp_path: Path) -> None:
    rows = register(tmp_path, '期号,备注\n1,"两\n行"\n\n , \n2,\n').rows

    assert [(row.facts.issue, row.facts.line) for row in rows] == [(1, 2), (2, 6)]


def test_cells_beyond_the_header_may_be_empty(tmp_path: Path) -> None:
    (row,) = register(tmp_path, "期号,备注\n1,a,, ,\n").rows

    assert row.cells == ("1", "a")


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        ("期号,日期", "1,2020-01-02", ("期号", "日期")),
        ("期号;日期", "1;2020-01-02", ("期号", "日期")),
        ("期号\t日期", "1\t2020-01-02", ("期号", "日期")),
        # As many of one as of the other: commas, as the register itself has them.
        ("期号,盒;架", "1,2", ("期号", "盒;架")),
        ("期号;盒,架;日期", "1;2;2020-01-02", ("期号", "盒,架", "日期")),
        ("期号", "1", ("期号",)),
        (" 期号 , 日期 ", "1,2020-01-02", ("期号", "日期")),
    ],
)
def test_cells_are_parted_by_what_parts_the_header(
    tmp_path: Path, header: str, row: str, names: tuple[str, ...]
) -> None:
    found = register(tmp_path, f"{header}\n{row}\n")

    assert found.header == names
    assert [(each.facts.issue, len(each.cells)) for each in found.rows] == [(1, len(names))]


def test_all_mistakes_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        register(tmp_path, "期号,日期\n0,gone\n1,2020-01-02,x\n2,2020-01-02\n3,never\n")

    assert [(each.line, each.column) for each in caught.value.errors] == [(2, 1), (2, 2), (3, 3), (5, 2)]
    assert {each.path for each in caught.value.errors} == {str(tmp_path / "register.csv")}


def test_a_cell_that_no_table_has_is_a_mistake_of_its_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        register(tmp_path, f"期号,备注\n1,a\n2,{'长' * 200_000}\n")

    (mistake,) = caught.value.errors
    assert (mistake.line, mistake.column) == (3, 1)
    assert "不是逗号分隔的表格" in mistake.wording.zh
    assert "not a comma-separated table" in mistake.wording.en


@pytest.mark.parametrize(
    ("header", "column"), [("期号,备注,期号", 3), ("期号,期数", 2), ("归档,期号,日期,编发日期", 4)]
)
def test_a_column_that_occurs_twice_is_told_where_it_is_again(
    tmp_path: Path, header: str, column: int
) -> None:
    with pytest.raises(DefinitionError) as caught:
        register(tmp_path, f"{header}\n")

    assert (caught.value.line, caught.value.column) == (1, column)
    assert header.split(",")[column - 1] in caught.value.wording.zh


@pytest.mark.parametrize("header", ["期号", "总期号", "归档,期号,归档", "总期号,期号"])
def test_either_number_is_enough_and_columns_of_the_office_may_repeat(tmp_path: Path, header: str) -> None:
    assert register(tmp_path, f"{header}\n").rows == ()


@pytest.mark.parametrize("header", ["刊名", "日期,文件", "归档"])
def test_without_a_column_of_numbers_it_is_no_register(tmp_path: Path, header: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        register(tmp_path, f"{header}\n")

    assert (caught.value.line, caught.value.column) == (1, 1)
    # All columns are named, so that a person knows what to write.
    assert all(
        name.zh in caught.value.wording.zh and name.en in caught.value.wording.en for name in COLUMNS.values()
    )


def test_a_register_is_written_as_spreadsheets_read_it() -> None:
    content = table_bytes(("期号", "备注"), [("1", "a,b"), ("2", 'say "x"'), ("3", "两\n行"), ("4", "")])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content[3:].decode() == '期号,备注\r\n1,"a,b"\r\n2,"say ""x"""\r\n3,"两\n行"\r\n4,\r\n'
    assert table_bytes(("\ud800",), []) == b"\xef\xbb\xbf?\r\n"


def test_a_register_that_changed_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"new")
    with pytest.raises(SourceError) as caught:
        write_register(str(path), b"mine", expected=b"old")

    assert caught.value.path == str(path)
    assert "changed" in caught.value.wording.en
    assert path.read_bytes() == b"new"
    write_register(str(path), b"mine", expected=b"new")
    assert path.read_bytes() == b"mine"


def test_a_new_register_is_written_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    write_register(str(path), b"mine", expected=None)

    assert path.read_bytes() == b"mine"
    with pytest.raises(SourceError):
        write_register(str(path), b"again", expected=None)


def test_a_register_that_cannot_be_written_or_read_is_told_with_its_path(tmp_path: Path) -> None:
    path = os.path.join(str(tmp_path), "nowhere", "register.csv")
    with pytest.raises(SourceError) as unwritten:
        write_register(path, b"mine", expected=None)
    with pytest.raises(SourceError) as unread:
        read_register(path)

    assert unwritten.value.path == unread.value.path == path
    assert "cannot be written" in unwritten.value.wording.en
    assert "cannot be read" in unread.value.wording.en
