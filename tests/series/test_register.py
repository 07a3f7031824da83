"""The register: read as spreadsheets leave it, brought up to date without touching what people wrote."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bulletin_lint.model.errors import DefinitionError, SourceError
from bulletin_lint.series.register import read_register
from harness import Command
from series_generator import TITLES, Issue, changed, series, write

ISSUES = series(TITLES[0], [(2019, 4), (2020, 3)], folder="zw", before=100)
SETTINGS = 'bulletins: ["**/*.{md,txt,pdf}"]\n'
HEADER = "刊名,年份,期号,总期号,编发日期,增刊,文件,备注"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings and seven issues, the working directory."""
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    write(folder, ISSUES)
    monkeypatch.chdir(folder)
    return folder


def row(issue: Issue, comments: str = "", file: str | None = None) -> str:
    extra = "是" if issue.supplement else ""
    where = issue.path if file is None else file
    return (
        f"{issue.title},{issue.year},{issue.issue},{issue.cumulative},{issue.date},{extra},{where},{comments}"
    )


def lines(folder: Path) -> list[str]:
    return (folder / "register.csv").read_bytes().decode("utf-8-sig").split("\r\n")


READ = [
    HEADER.encode("utf-8-sig") + "\r\n临江市政务服务简报,2020,11,120,2020-03-06,,11.md,\r\n".encode(),
    "备注;日期;期号;刊名;总期号;归档盒\n;2020/3/6;第11期;临江市政务服务简报;总第120期;三盒\n".encode(),
    "title\tissue\tcumulative\tdate\n临江市政务服务简报\t１１\t120\t2020年3月6日\n".encode(),
    "刊名,期号,总期号,编发日期,备注\n\n临江市政务服务简报,11,120,2020.3.6,甲乙丙丁各一份存档\n,,,,\n".encode(
        "gb18030"
    ),
]


@pytest.mark.parametrize("content", READ, ids=["as written", "semicolons", "tabs, English", "GB18030"])
def test_what_spreadsheets_make_of_it_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    (found,) = read_register(str(path)).rows

    facts = found.facts
    assert (TITLES[0], 2020, 11, 120, "2020-03-06") == facts[1:6]
    assert content.split(b"\n")[(facts.line or 0) - 1].strip(b",")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "1:1: 登记表是空的"),
        ("甲,乙\n1,2\n", "1:1: 登记表没有期号一栏"),
        ("期号,日期,期号\n", "1:3: 栏目“期号”重复"),
        ("期号,日期\n十一,2020-03-06\n", "2:1: 期号应是大于 0 的整数，写的是“十一”"),
        ("期号,日期\n11,2020-02-30\n", "2:2: 编发日期应是日期"),
        ("期号,增刊\n11,也许\n", "2:2: 增刊应是“是”或空"),
        ("期号,年份\n11,20\n", "2:2: 年份应是四位数的年份"),
        ('期号,备注\n1,"两\n行"\n0,\n', "4:1: 期号应是大于 0 的整数"),
        ("期号,备注\n1,a,b\n", "2:3: 比表头多出一栏"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_register(str(path))
    assert f"{path}:{said}" in caught.value.describe("zh")


def test_a_register_that_is_named_and_not_there_is_an_error(office: Path, command: Command) -> None:
    (office / "bulletin-lint.yaml").write_text(f"{SETTINGS}series: {{register: old.csv}}\n", encoding="utf-8")
    outcome = command("check", ISSUES[0].path)
    assert 2 == outcome.code
    assert "old.csv" in outcome.err
    with pytest.raises(SourceError):
        read_register("old.csv")


def test_update_writes_a_register_that_spreadsheets_open(office: Path, command: Command) -> None:
    extra = ISSUES[2]._replace(issue=1, cumulative=None, supplement=True, path="zw/2019/zk1.txt")
    write(office, [extra])

    outcome = command("register", "update")

    assert (0, "register.csv：新增 8 期，补全 0 行，原有 0 行。\n") == (outcome.code, outcome.err)
    assert (office / "register.csv").read_bytes().startswith(b"\xef\xbb\xbf\xe5\x88\x8a\xe5\x90\x8d,")
    expected = [row(each) for each in ISSUES]
    # Of one day the supplement, which has no cumulative number, comes first.
    expected.insert(2, row(extra).replace(",None,", ",,"))
    assert [HEADER, *expected, ""] == lines(office)
    assert 0 == command("check").code


def test_update_again_changes_nothing(office: Path, command: Command) -> None:
    command("register", "update")
    before = (office / "register.csv").stat()
    outcome = command("register", "update", "--lang", "en")

    assert "register.csv: 0 issues added, 0 rows completed, 7 were there.\n" == outcome.err
    assert before.st_mtime_ns == (office / "register.csv").stat().st_mtime_ns
    assert before.st_ino == (office / "register.csv").stat().st_ino


def test_what_people_wrote_stays(office: Path, command: Command) -> None:
    content = (
        "归档盒,备注,期号,刊名,总期号,日期\r\n"
        f'三盒,"补发,两份",第2期,{TITLES[0]},,2019/1/7\r\n'
        f"二盒,原件遗失,3,{TITLES[0]},99,2018/12/20\r\n"
    )
    (office / "register.csv").write_bytes(content.encode("gb18030"))

    outcome = command("register", "update")

    assert "register.csv：新增 6 期，补全 1 行，原有 2 行。\n" == outcome.err
    found = lines(office)
    assert "归档盒,备注,期号,刊名,总期号,日期" == found[0]
    # Of an issue of 2018 that no file holds nothing is known but this; the other one is completed.
    assert f"二盒,原件遗失,3,{TITLES[0]},99,2018/12/20" == found[1]
    assert f",,1,{TITLES[0]},101,2019-01-03" == found[2]
    assert f'三盒,"补发,两份",第2期,{TITLES[0]},102,2019/1/7' == found[3]
    assert 9 == len(found) - 1


def test_a_contradicted_entry_is_named_and_left(office: Path, command: Command) -> None:
    rows = [row(each) for each in ISSUES]
    rows[3] = row(ISSUES[3]._replace(cumulative=140), comments="据发文簿")
    content = "\r\n".join([HEADER, *rows, ""]).encode("utf-8-sig")
    (office / "register.csv").write_bytes(content)

    outcome = command("register", "update")

    assert 1 == outcome.code
    assert "register.csv:5：登记的是第4期（总第140期）" in outcome.err
    assert content == (office / "register.csv").read_bytes()
    report = json.loads(command("check", ISSUES[3].path, "--format", "json").out)
    (violation,) = report["violations"]
    assert ("ISS013", 3, 9) == (violation["code"], violation["line"], violation["column"])
    assert ("register.csv", 5) == (violation["related"][0]["path"], violation["related"][0]["line"])


def test_a_moved_file_keeps_its_entry(office: Path, command: Command) -> None:
    rows = [row(each, file=f"old/{each.issue}.doc") for each in ISSUES]
    (office / "register.csv").write_bytes("\r\n".join([HEADER, *rows, ""]).encode("utf-8-sig"))

    assert 0 == command("check").code
    assert "新增 0 期" in command("register", "update").err


def test_a_formula_in_a_title_is_text(office: Path, command: Command) -> None:
    write(office, [ISSUES[0]._replace(title="=1+1工作简报", path="x/1.txt")])
    command("register", "update")

    assert any(line.startswith("'=1+1工作简报,") for line in lines(office))
    assert "新增 0 期" in command("register", "update").err


def test_show_lists_issues_holes_and_faults(office: Path, command: Command) -> None:
    write(office, changed(ISSUES, 1, cumulative=120))
    os.unlink(office / ISSUES[5].path)
    (office / "register.csv").write_text(
        f"刊名,期号,总期号,编发日期\n{TITLES[0]},48,100,2018-12-28\n", encoding="utf-8"
    )
    shown = command("register", "show").out.splitlines()

    assert shown[0] == f"{TITLES[0]}：7 期，期号逐年从 1 编起"
    assert shown[2].split() == ["48", "100", "2018-12-28", "—", "2"]
    assert shown[4].split() == ["2", "120", "2019-01-07", "zw/2019/002.md", "ISS007", "ISS009"]
    assert "  缺 第2期" == shown[8]
    assert shown[9].split()[-2:] == ["ISS005", "ISS007"]
    assert any(line.startswith("  zw/2020/003.md ISS005 期号第3期与相邻的第1期") for line in shown)


def test_show_as_json_is_whole(office: Path, command: Command) -> None:
    os.unlink(office / ISSUES[5].path)
    shown = json.loads(command("register", "show", "--format", "json").out)

    (only,) = shown["series"]
    assert (TITLES[0], "yearly", 6) == (only["title"], only["restarts"], len(only["issues"]))
    assert [{"number": "issue", "first": 2, "last": 2, "before": "zw/2020/003.md"}] == only["missing"]
    assert ["ISS005", "ISS007"] == [item["code"] for item in only["issues"][-1]["violations"]]
    assert only["issues"][0] == {
        "path": "zw/2019/001.md",
        "year": 2019,
        "issue": 1,
        "cumulative": 101,
        "date": "2019-01-03",
        "supplement": False,
        "register_line": None,
        "violations": [],
    }


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_the_timeline_stands_alone_and_shows_every_issue(office: Path, command: Command, kind: str) -> None:
    write(office, [ISSUES[0]._replace(title="<b>工作简报", path="x/1.txt")])
    os.unlink(office / ISSUES[5].path)
    (office / "register.csv").write_text(
        f"刊名,期号,总期号,编发日期\n{TITLES[0]},48,100,2018-12-28\n", encoding="utf-8"
    )
    outcome = command("register", "show", "--format", kind, "-o", f"out.{kind}")
    assert (0, "") == (outcome.code, outcome.out)
    text = (office / f"out.{kind}").read_text("utf-8")

    assert not any(word in text for word in ("<b>", "<script", "<link", "url(", "src="))
    pictures = text.split("<svg")[1:]
    whole = "<svg" + "<svg".join(pictures)
    root = ElementTree.fromstring(
        whole[: whole.rindex("</svg>") + 6] if kind == "svg" else f"<a>{pieces(text)}</a>"
    )
    titles = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert 8 == len([title for title in titles if not title.startswith("缺")])
    assert sum("ISS005" in title for title in titles) == 1
    assert "缺 第2期" in "".join(root.itertext())


def pieces(page: str) -> str:
    """The pictures of a page."""
    return "".join(f"<svg{piece.split('</svg>')[0]}</svg>" for piece in page.split("<svg")[1:])


def test_nothing_to_show_is_an_error(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for action in ("show", "update"):
        outcome = command("register", action)
        assert 2 == outcome.code
        assert "没有找到一期简报" in outcome.err
    assert not (tmp_path / "register.csv").exists()


def test_show_takes_a_folder_without_settings(office: Path, command: Command) -> None:
    (office / "bulletin-lint.yaml").unlink()
    assert f"{TITLES[0]}：4 期" in command("register", "show", "zw/2019").out
    assert 2 == command("register", "show", "nowhere").code
    assert "新增 7 期" in command("register", "update").err
    assert "新增 0 期" in command("register", "update").err
