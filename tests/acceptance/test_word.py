"""Word documents through the commands: every format, folders, the register, waivers and baselines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docx_made import abstract, docx, in_list, level, num, p, run, table
from harness import Command

TITLE = p("平安简报", properties='<w:jc w:val="center"/>')
HEAD = TITLE + p("第 8 期") + p("安和市委平安办", run("<w:tab/>"), "2023年5月6日")
TAIL = (
    p("（凤岭区委政法委）")
    + p("责任编辑：于佳音　校核：封小雷　电话：0375-2196300")
    + p("报：省委平安办")
    + p("送：各县（区）委政法委")
)
LIST = abstract(1, level(0, "%1、", "japaneseCounting")) + num(1, 1)


def bulletin(*, comma: str = "，", third: int = 1) -> bytes:
    """A bulletin with numbers that Word counts, a table, and what is wrong if it is asked for."""
    body = (
        HEAD
        + p("凤岭区把矛盾纠纷化解在村里", properties='<w:jc w:val="center"/>')
        + p("凤岭区今年排查矛盾纠纷，化解在村里，群众满意。")
        + p("分级预警", properties=in_list(1))
        + p(f"一般纠纷由网格员调解{comma}重大纠纷由区领导包案。")
        + p("联动处置", properties=in_list(third))
        + p("各村设调解室，每周开会一次。各村排查情况见下表。")
        + table(["村", "件数"], ["甲村", "12"])
        + TAIL
    )
    parts = LIST + num(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>')
    return docx(body, {"numbering": parts})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(command: Command, *arguments: object) -> dict[str, Any]:
    outcome = command("check", *arguments, "--format", "json", "--isolated")
    return dict(json.loads(outcome.out))


def test_a_clean_bulletin_has_nothing_to_report(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin())
    shown = report(command, "8.docx")
    assert [] == [each["code"] for each in shown["violations"] if each["severity"] != "info"]
    (document,) = shown["documents"]
    assert ("docx", None, False) == (document["kind"], document["pages"], document["skipped"])
    outcomes = document["outcomes"]
    assert ["not-applicable"] * 3 == [outcomes[code] for code in ("EXT001", "EXT002", "EXT003")]


def test_a_violation_says_where_it_stands(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin(comma=","))
    (violation,) = (each for each in report(command, "8.docx")["violations"] if each["code"] == "PUN002")
    assert (7, 11, 7, 12) == tuple(violation[name] for name in ("line", "column", "end_line", "end_column"))
    assert {"story": "body", "path": "body/p[7]", "heading": "一、分级预警"} == violation["location"]
    assert (None, None) == (violation["page"], violation["bbox"])
    assert "safe" == violation["fix"]["applicability"]
    shown = command("check", "8.docx", "--select", "PUN002", "--isolated", "--lang", "zh").out
    assert "[警告，第 7 段 · 在“一、分级预警”下]" in shown
    assert "可用 --fix --annotate 以修订方式修改：「,」改为「，」" in shown
    english = command("check", "8.docx", "--select", "PUN002", "--isolated", "--lang", "en").out
    assert "paragraph 7 · below “一、分级预警”" in english


def test_a_title_stands_in_its_own_article_and_the_imprint_below_all(folder: Path, command: Command) -> None:
    title = '<w:jc w:val="center"/>'
    body = (
        HEAD
        + p("凤岭区把矛盾纠纷化解在村里", properties=title)
        + p("凤岭区今年排查矛盾纠纷，群众满意。")
        + p("一、分级预警")
        + p("一般纠纷由网格员调解，群众满意。")
        + p("（凤岭区委政法委）")
        + p("湖东区“三个强化”抓好平安建设", properties=title)
        + p("湖东区今年抓好平安建设，群众满意。")
        + p("一、强化巡查")
        + p("各村每天巡查一次，群众满意。")
        + p("二、强化调解")
        + p("各村设调解室，每周开会一次。")
        + TAIL.replace("2196300", "219630")
    )
    (folder / "8.docx").write_bytes(docx(body))
    shown = command("check", "8.docx", "--select", "SEC007,FLD005", "--isolated", "--lang", "zh").out
    assert "[警告，第 9 段 · 在“湖东区“三个强化”抓好平安建设”下]" in shown
    assert "[错误，第 16 段 · 版记]" in shown
    english = command("check", "8.docx", "--select", "FLD005", "--isolated", "--lang", "en").out
    assert "paragraph 16 · imprint]" in english


def test_what_may_change_the_sense_is_counted_by_itself(folder: Path, command: Command) -> None:
    body = (
        HEAD + p("甲县修桥") + p("一、修桥") + p("今年修桥,又修路。") + p("三、修路") + p("群众满意。") + TAIL
    )
    (folder / "8.docx").write_bytes(docx(body))
    out = command("check", "8.docx", "--select", "PUN002,SEC001", "--isolated", "--lang", "zh").out
    assert "1 处可用 --fix --annotate 改成修订；1 处可用 --fix --unsafe-fixes --annotate 改成修订。" in out


def test_a_number_that_word_counts_has_no_fix_and_says_so(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin(third=2))
    (violation,) = (each for each in report(command, "8.docx")["violations"] if each["code"] == "SEC001")
    assert 8 == violation["line"]
    assert violation["message"]["zh"].endswith("（自动编号）")
    assert violation["fix"] is None


def test_of_a_number_in_an_unknown_form_nothing_is_said(folder: Path, command: Command) -> None:
    definitions = abstract(1, level(0, "%1、", "hebrew1")) + num(1, 1)
    definitions += num(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>')
    body = (
        HEAD
        + p("甲县修桥")
        + p("今年修桥。", properties=in_list(1))
        + p("又修路。", properties=in_list(2))
        + TAIL
    )
    (folder / "8.docx").write_bytes(docx(body, {"numbering": definitions}))
    shown = report(command, "8.docx")
    assert [] == [each for each in shown["violations"] if each["code"].startswith("SEC")]


@pytest.mark.parametrize("form", ["github", "gitlab", "rdjson", "junit", "sarif", "concise"])
def test_every_format_speaks_of_paragraphs(folder: Path, command: Command, form: str) -> None:
    (folder / "8.docx").write_bytes(bulletin(comma=","))
    out = command("check", "8.docx", "--select", "PUN002", "--isolated", "--format", form, "--lang", "zh").out
    place = "第 7 段 · 在“一、分级预警”下"
    if form == "github":
        assert out.startswith("::warning file=8.docx,title=")
        assert f"（{place} · “一般纠纷由网格员调解,重大纠纷由区领导包案。”）" in out
    elif form == "gitlab":
        (issue,) = json.loads(out)
        assert {"path": "8.docx", "lines": {"begin": 7}} == issue["location"]
        assert place in issue["description"]
    elif form == "rdjson":
        (diagnostic,) = json.loads(out)["diagnostics"]
        assert {"path": "8.docx", "range": {"start": {"line": 7}}} == diagnostic["location"]
        assert "suggestions" not in diagnostic
    elif form == "sarif":
        (run_,) = json.loads(out)["runs"]
        assert run_["artifacts"][0]["mimeType"].endswith("wordprocessingml.document")
        (result,) = run_["results"]
        where = result["locations"][0]
        assert 7 == where["physicalLocation"]["region"]["startLine"]
        assert "网格员调解,重大" in where["physicalLocation"]["region"]["snippet"]["text"]
        assert ("body/p[7]", place) == tuple(
            where["logicalLocations"][0][name] for name in ("fullyQualifiedName", "name")
        )
        assert "fixes" not in result
    elif form == "junit":
        assert place in out
    else:
        assert out.startswith("8.docx:7:11: PUN002 ")


def test_folders_are_searched_and_the_cache_keeps_the_place(folder: Path, command: Command) -> None:
    for number in range(1, 4):
        (folder / f"{number}.docx").write_bytes(bulletin(comma=","))
    (folder / "~$1.docx").write_bytes(b"owner")
    first = command("check", ".", "--format", "json", "--isolated")
    second = command("check", ".", "--format", "json", "--isolated")
    assert first.out == second.out
    places = [
        each["location"]["path"] for each in json.loads(second.out)["violations"] if each["code"] == "PUN002"
    ]
    assert ["body/p[7]"] * 3 == places
    assert 3 == len(json.loads(second.out)["documents"])


def test_a_baseline_and_a_waiver_hold_for_it(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin(comma=","))
    command(
        "check", "8.docx", "--select", "PUN002", "--isolated", "--baseline", "b.jsonl", "--write-baseline"
    )
    kept = command("check", "8.docx", "--select", "PUN002", "--isolated", "--baseline", "b.jsonl")
    assert 0 == kept.code
    (folder / "waivers.yaml").write_text(
        "waivers:\n- {rule: PUN002, path: 8.docx, excerpt: 网格员调解, reason: 照录}\n", "utf-8"
    )
    (folder / "bulletin-lint.yaml").write_text("select: [PUN002]\n", "utf-8")
    shown = json.loads(command("check", "8.docx", "--format", "json").out)
    assert [("PUN002", "照录")] == [(each["code"], each["waived"]["reason"]) for each in shown["violations"]]


def test_extract_shows_the_numbers(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin())
    out = command("extract", "8.docx", "--isolated", "--lang", "zh").out
    assert out.startswith("8.docx  Word 文档\n")
    assert "二、联动处置" in out
    assert "村 | 件数 ⏎ 甲村 | 12" in out
    shown = json.loads(command("extract", "8.docx", "--isolated", "--format", "json").out)
    assert ("docx", "body/p[1]") == (shown["kind"], shown["masthead"]["title"]["location"]["path"])


def test_fix_alone_is_refused_with_what_to_do(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(bulletin(comma=","))
    before = (folder / "8.docx").read_bytes()
    for option in ("--fix", "--diff"):
        outcome = command("check", "8.docx", option, "--isolated", "--lang", "zh")
        assert 2 == outcome.code
        assert "请加 --annotate OUT.docx" in outcome.err
    found = command("check", ".", "--fix", "--isolated", "--lang", "zh")
    assert "1 份 Word 文档没有修复" in found.err
    assert before == (folder / "8.docx").read_bytes()


def test_what_is_embedded_is_told(folder: Path, command: Command) -> None:
    (folder / "8.docx").write_bytes(docx(HEAD + p("甲县修桥") + '<w:altChunk r:id="x"/>' + TAIL))
    (violation,) = (each for each in report(command, "8.docx")["violations"] if each["code"] == "EXT006")
    assert "body/altChunk[1]" == violation["location"]["path"]
    assert "warning" == violation["severity"]


def test_the_series_knows_the_kind(folder: Path, command: Command) -> None:
    for number in (7, 8, 10):
        body = HEAD.replace("第 8 期", f"第 {number} 期").replace("5月6日", f"5月{number}日")
        (folder / f"{number}.docx").write_bytes(docx(body + p("甲县修桥") + p("修好了桥，群众满意。") + TAIL))
    found = [(each["path"], each["code"]) for each in report(command, ".")["violations"]]
    assert ("10.docx", "ISS007") in found or ("10.docx", "ISS005") in found
