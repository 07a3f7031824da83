"""The masthead's line of office and date: an office of any name, a date without its year, what stands behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint import parse
from harness import Command

OFFICE = "松湖驿站"
"""It ends in no word that offices end in."""
DATE = "2026年3月6日"


def extracted(command: Command, folder: Path, line: str, *, number: str = "第1期") -> dict[str, Any]:
    """The parts of a bulletin with such a line below its number, on line 5."""
    path = folder / "1.md"
    lines = [
        "# 松湖区情况简报",
        number,
        line,
        "## 各村走访老人",
        "各村走访了老人，共走访三次。",
        "责编：王某",
    ]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    outcome = command("extract", path, "--format", "json")
    assert (0, "") == (outcome.code, outcome.err)
    found = json.loads(outcome.out)
    assert isinstance(found, dict)
    return found


def place(part: dict[str, Any]) -> tuple[int, int, int]:
    """Line, first column and the column after the last one."""
    return part["line"], part["column"], part["end_column"]


@pytest.mark.parametrize("space", ["　　", "  ", "　"])
@pytest.mark.parametrize("after", ["", "　", "  "])
def test_words_wide_apart_before_the_date_are_the_office(
    command: Command, tmp_path: Path, space: str, after: str
) -> None:
    found = extracted(command, tmp_path, f"{OFFICE}{space}{DATE}{after}")

    office, date = found["masthead"]["office"], found["masthead"]["date"]
    assert (OFFICE, (5, 1, 5)) == (office["value"], place(office))
    first = 5 + len(space)
    assert (DATE, "2026-03-06", (5, first, first + len(DATE))) == (date["text"], date["value"], place(date))
    assert ["各村走访老人"] == [article["title"]["text"] for article in found["articles"]]


@pytest.mark.parametrize("after", ["　　小雪初晴", "　小雪初晴", "小雪初晴", "　　·", "）"])
def test_where_more_follows_the_date_they_are_none(command: Command, tmp_path: Path, after: str) -> None:
    """A title may begin with a name and a date too."""
    found = extracted(command, tmp_path, f"{OFFICE}　　{DATE}{after}")

    assert (None, None) == (found["masthead"]["office"], found["masthead"]["date"])


@pytest.mark.parametrize(
    "line",
    [
        f"{OFFICE} {DATE}",
        f"{OFFICE}{DATE}",
        f"{DATE}　　{OFFICE}",
        f"走访老人，送去棉衣　　{DATE}",
        f"《{OFFICE}》　　{DATE}",
        f"{'松湖' * 16}　　{DATE}",
    ],
    ids=["near", "beside it", "behind it", "a clause", "a book", "too long a name"],
)
def test_where_they_do_not_lead_to_it_they_are_none(command: Command, tmp_path: Path, line: str) -> None:
    assert extracted(command, tmp_path, line)["masthead"]["office"] is None


def test_what_follows_the_date_of_a_known_office_is_no_hindrance(command: Command, tmp_path: Path) -> None:
    masthead = extracted(command, tmp_path, f"松湖区政府办公室　　{DATE}　　印发")["masthead"]

    assert ("松湖区政府办公室", "2026-03-06") == (masthead["office"]["value"], masthead["date"]["value"])


@pytest.mark.parametrize("date", ["3月6日", "３月６日", "3 月 6 日"])
def test_a_date_without_its_year_is_the_masthead_s_and_has_no_value(
    command: Command, tmp_path: Path, date: str
) -> None:
    found = extracted(command, tmp_path, f"松湖区办公室　　{date}")["masthead"]["date"]

    assert (date, None) == (found["text"], found["value"])


def test_a_year_of_two_figures_is_not_taken_for_one(command: Command, tmp_path: Path) -> None:
    """Which century it is in the bulletin does not say."""
    found = extracted(command, tmp_path, "松湖区办公室　　26年3月6日")["masthead"]["date"]

    assert ("26年3月6日", None) == (found["text"], found["value"])


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("1899年12月31日", None),
        ("1900年1月1日", "1900-01-01"),
        ("2999年12月31日", "2999-12-31"),
        ("3000年1月1日", None),
        ("2026年2月29日", None),
        ("2024年2月29日", "2024-02-29"),
    ],
)
def test_a_date_that_no_bulletin_can_have_has_no_value(
    command: Command, tmp_path: Path, date: str, value: str | None
) -> None:
    found = extracted(command, tmp_path, f"松湖区办公室　　{date}")["masthead"]["date"]

    assert (date, value) == (found["text"], found["value"])


@pytest.mark.parametrize(
    "line",
    [
        f"云岭市水务局　　签发：何其　　{DATE}",
        f"云岭市水务局　　编辑：何其　　签发：方正　　{DATE}",
        f"云岭市水务局（{DATE}）",
        f"云岭市水务局办公室编  ({DATE})",
        f"{OFFICE}　　审核：方正　　{DATE}",
        f"{OFFICE}（{DATE}）",
    ],
)
def test_labels_and_brackets_do_not_part_office_and_date(command: Command, tmp_path: Path, line: str) -> None:
    found = extracted(command, tmp_path, line)

    office, date = found["masthead"]["office"], found["masthead"]["date"]
    assert (line[: len(office["value"])], "2026-03-06") == (office["value"], date["value"])


def test_the_approver_in_the_masthead_ends_before_the_date(command: Command, tmp_path: Path) -> None:
    found = extracted(command, tmp_path, f"云岭市水务局　　签发：何其　　{DATE}")

    assert "何其" == found["imprint"]["approver"]["value"]


@pytest.mark.parametrize(
    "edition",
    [
        "专刊",
        "（专刊）",
        "（增刊）",
        "（特刊）",
        "党建引领专辑",
        "（冬春火灾防控专刊）",
        "（内部资料　注意保存）",
        "内部刊物，请勿外传",
    ],
)
@pytest.mark.parametrize("office", ["云岭市水务局", f"{OFFICE}　　"])
def test_what_the_issue_is_called_is_no_office(
    command: Command, tmp_path: Path, edition: str, office: str
) -> None:
    path = tmp_path / "1.md"
    date = DATE if office.endswith("　") else f"\n\n{DATE}"
    lines = [
        "# 云岭水情",
        edition,
        "第 1 期",
        "（总第 31 期）",
        f"{office}{date}",
        "## 各村走访老人",
        "各村走访了老人，共走访三次。",
    ]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    masthead = json.loads(command("extract", path, "--format", "json").out)["masthead"]

    found = [
        masthead[name] and masthead[name]["value"] for name in ("title", "issue_number", "office", "date")
    ]
    assert ["云岭水情", 1, office.strip(), "2026-03-06"] == found


def test_a_name_between_title_and_number_is_the_office_where_no_other_is(
    command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "1.md"
    lines = ["# 云岭水情", OFFICE, "第1期", DATE, "## 各村走访老人", "各村走访了老人，共走访三次。"]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")

    assert (
        OFFICE == json.loads(command("extract", path, "--format", "json").out)["masthead"]["office"]["value"]
    )


@pytest.mark.parametrize("line", ["云岭市水务局　　2026年3月6号", "云岭市水务局　　2026 年 3 月 6 号"])
def test_a_day_with_the_spoken_word_is_the_date(command: Command, tmp_path: Path, line: str) -> None:
    masthead = extracted(command, tmp_path, line)["masthead"]

    assert ("云岭市水务局", "2026-03-06") == (masthead["office"]["value"], masthead["date"]["value"])


RULED = [
    ["松湖区情况简报"],
    ["第1期", "总第8期"],
    ["松湖区政府办公室", DATE],
]


@pytest.mark.parametrize(
    "rows",
    [
        RULED,
        [["松湖区情况简报"], ["第1期", "总第8期", DATE], ["松湖区政府办公室"]],
        [["松湖区情况简报"], ["第1期（总第8期）"], ["松湖区政府办公室"], [DATE]],
    ],
)
def test_a_ruled_masthead_may_have_rows_of_one_cell(
    command: Command, tmp_path: Path, rows: list[list[str]]
) -> None:
    path = tmp_path / "1.html"
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    body = "<h2>各村走访老人</h2><p>各村走访了老人，共走访三次。</p><p>责编：王某</p>"
    path.write_text(f"<meta charset=utf-8><table>{cells}</table>{body}", encoding="utf-8")

    found = json.loads(command("extract", path, "--format", "json").out)

    masthead = found["masthead"]
    assert ["松湖区情况简报", "松湖区政府办公室"] == [masthead[part]["text"] for part in ("title", "office")]
    values = [masthead[part]["value"] for part in ("issue_number", "cumulative_number", "date")]
    assert [1, 8, "2026-03-06"] == values
    assert ["各村走访老人"] == [article["title"]["text"] for article in found["articles"]]


def test_a_row_of_a_table_below_the_masthead_is_no_office(command: Command, tmp_path: Path) -> None:
    table = "| 松湖区政府办公室 |\n|---|\n| 三人 |"
    found = extracted(command, tmp_path, f"{OFFICE}　　{DATE}\n\n## 各村人手\n\n{table}")

    assert (OFFICE, 2) == (found["masthead"]["office"]["value"], len(found["articles"]))


@pytest.mark.parametrize(
    "number", ["第1期（3月1日—3月7日）", "第1期（3月1日至7日）", "2026年第1期（3月1日～3月7日）"]
)
def test_the_days_that_an_issue_covers_are_not_its_date(
    command: Command, tmp_path: Path, number: str
) -> None:
    masthead = extracted(command, tmp_path, f"松湖区办公室　　{DATE}", number=number)["masthead"]
    assert masthead["date"]["value"] == "2026-03-06"
    assert masthead["issue_number"]["value"] == 1


@pytest.mark.parametrize(
    ("lines", "office", "date"),
    [
        # Two offices that issue it together, the date below both.
        (["松湖区民政局", "松湖区财政局", DATE], "松湖区民政局", "2026-03-06"),
        # Who signed it, on the date's line or beside the office.
        (["松湖区民政局", f"签发：王某　　　　{DATE}"], "松湖区民政局", "2026-03-06"),
        (["松湖区民政局　　　　签发：王某", DATE], "松湖区民政局", "2026-03-06"),
        (["主办：松湖区民政局　　承办：松湖区社会福利院", DATE], "松湖区民政局", "2026-03-06"),
        (["松湖驿站编", DATE], "松湖驿站", "2026-03-06"),
    ],
)
def test_lines_below_the_number_name_office_and_date(
    command: Command, tmp_path: Path, lines: list[str], office: str, date: str
) -> None:
    found = extracted(command, tmp_path, "\n\n".join(lines))

    assert (office, date) == tuple(found["masthead"][name]["value"] for name in ("office", "date"))
    assert ["各村走访老人"] == [article["title"]["text"] for article in found["articles"]]


def test_a_month_that_names_the_issue_is_not_the_day_it_came_out(command: Command, tmp_path: Path) -> None:
    found = extracted(command, tmp_path, DATE, number="2026年3月号（第1期）")

    assert "2026-03-06" == found["masthead"]["date"]["value"]


@pytest.mark.parametrize(("line", "number"), [("（3）", 3), ("（十二）", 12)])
def test_a_number_alone_below_the_series_title_is_the_issue_s(line: str, number: int) -> None:
    head = f"松湖区第九届人民代表大会第二次会议\n会议简报\n{line}\n大会秘书处　　{DATE}\n\n"
    body = "各代表团审议报告\n\n各代表团审议了报告，提出意见三十条。\n（大会秘书处）\n"
    masthead = parse((head + body).encode(), "3.txt", cache=False).bulletin.child("masthead")

    assert masthead is not None
    numbers, date = masthead.child("issue_number"), masthead.child("date")
    assert numbers is not None
    assert date is not None
    assert (number, "2026-03-06") == (numbers.fields["value"], date.fields["value"])


def test_such_a_number_below_other_words_is_none() -> None:
    text = f"松湖区各村走访老人\n（3）\n大会秘书处　　{DATE}\n\n各村走访了老人，共走访三次。\n"
    masthead = parse(text.encode(), "3.txt", cache=False).bulletin.child("masthead")

    assert masthead is None or masthead.child("issue_number") is None


@pytest.mark.parametrize(
    "line",
    ["密级：内部", "编号：00012", "准印证号：松准字第0012号", "内部★6个月", "★内部文件★", "党纪学习教育专刊"],
)
def test_what_stands_above_the_series_title_is_neither_name_nor_office(line: str) -> None:
    """Two issues with the same number were of two series, for 编号：00012 was the name of one."""
    text = f"{line}\n松湖区情况简报\n第1期\n松湖区民政局　　{DATE}\n\n各村走访老人\n\n各村走访了老人，共走访三次。\n"
    masthead = parse(text.encode(), "1.txt", cache=False).bulletin.child("masthead")

    assert masthead is not None
    title, office = masthead.child("title"), masthead.child("office")
    assert title is not None
    assert office is not None
    assert ("松湖区情况简报", "松湖区民政局") == (title.fields["value"], office.fields["value"])
