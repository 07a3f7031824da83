"""The same bulletin as a text and as web pages of seven makers: the same parts, the same rule codes."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import reader_of
from bulletin_lint.reporters.parts_json import as_json
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES, Command

PAGES = sorted(path.name for path in (FIXTURES / "html").iterdir() if path.suffix in (".html", ".mht"))
MAKERS = {"archive", "article", "breaks", "libreoffice", "sheet", "site", "word"}


@cache
def linter() -> Linter:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Linter(rulebook, rulebook.select(), required=Settings().required)


@cache
def lint(path: Path) -> LintResult:
    return linter().lint(SourceFile(str(path), reader_of(path.name), explicit=True, data=None))


def parts(path: Path) -> dict[str, Any]:
    """The words of every part, spaces included."""
    document = lint(path).document
    assert document is not None, lint(path).result.error
    shown = as_json(document)

    def words(part: Any) -> str | None:
        return part["text"] if isinstance(part, dict) else None

    return {
        "masthead": {name: words(part) for name, part in shown["masthead"].items()},
        "contents": [words(entry) for entry in shown["contents"]],
        "note": words(shown["note"]),
        "articles": [
            {
                "column": words(article["column"]),
                # A text has a title of two lines as two headings.
                "title": (words(article["title"]) or "").replace(" ", ""),
                "blocks": [(block["kind"], block.get("rows") or words(block)) for block in article["blocks"]],
                "attribution": words(article["attribution"]),
            }
            for article in shown["articles"]
        ],
        "imprint": {name: words(part) for name, part in shown["imprint"].items()},
        "distribution": [words(entry) for entry in shown["distribution"]],
        "copies": words(shown["copies"]),
    }


def twin(name: str) -> Path:
    return FIXTURES / "producers" / f"{name.partition('-')[0]}.md"


def test_every_maker_made_every_bulletin() -> None:
    styles = {path.stem for path in (FIXTURES / "producers").glob("*.md")} - {"README"}
    assert {Path(name).stem for name in PAGES} == {f"{style}-{maker}" for style in styles for maker in MAKERS}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_parts_and_the_codes_of_its_text(name: str) -> None:
    page = FIXTURES / "html" / name
    assert parts(page) == parts(twin(name))
    assert codes(page) == codes(twin(name))


def codes(path: Path) -> Counter[str]:
    return Counter(violation.code for violation in lint(path).result.violations)


def test_every_violation_of_a_page_stands_on_its_words() -> None:
    document, result = read_with_result("faulty-site.html")
    for violation in result.result.violations:
        where = violation.location
        line = document.line_text(where.line)
        assert violation.line_text == line
        if where.line == where.end_line:
            assert line[where.column - 1 : where.end_column - 1][:20] in violation.excerpt


def read_with_result(name: str) -> tuple[Document, LintResult]:
    result = lint(FIXTURES / "html" / name)
    assert result.document is not None
    return result.document, result


def test_people_and_programs_are_told_where_it_stands(tmp_path: Path, command: Command) -> None:
    page = tmp_path / "3.html"
    page.write_text(
        "<h1>情况简报</h1><p>第3期</p><hr><p>————————</p><div><h3>城北办起食堂</h3><p>甲乙。</p>"
        "<p>食堂天天开门,大家高兴。</p></div><table><tr><td>类别<td>件数<tr><td>红,黄<td>3</table>",
        "utf-8",
    )
    report = json.loads(command("check", str(page), "--select", "PUN002", "--format", "json").out)
    assert [(found["line"], found["location"]) for found in report["violations"]] == [
        (5, {"story": "body", "path": "div[1]/p[2]", "heading": "城北办起食堂"})
    ]
    shown = command("check", str(page), "--select", "PUN002", "--lang", "zh", "--format", "full").out
    assert "第 5 段 · 在“城北办起食堂”下" in shown


def test_what_a_site_adds_is_furniture_and_what_is_not_shown_is_not_read() -> None:
    document, _ = read_with_result("classic-site.html")
    furniture = [node.text for node in document.bulletin.list("furniture")]
    assert furniture == [
        "首页",
        "新闻",
        "当前位置：首页 >> 简报",
        "打印 关闭窗口",
        "版权所有：市政府办公室 备案号",
    ]
    for words in ("脚本写出的话", "看不见的话", "注释里的话"):
        assert words not in document.text


def test_a_page_is_not_edited_and_it_is_said(tmp_path: Path, command: Command) -> None:
    page = tmp_path / "11.html"
    content = (FIXTURES / "html" / "faulty-site.html").read_bytes()
    page.write_bytes(content)
    outcome = command("check", str(page), "--fix", "--lang", "zh")
    assert page.read_bytes() == content
    assert outcome.code == 1
    assert f"{page}：网页不能自动修复" in outcome.err
    assert "a web page is not mended" in command("check", str(page), "--fix", "--lang", "en").err
    assert "不能自动修复" not in command("check", str(page)).err


def test_folders_are_searched_for_pages(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("classic-site.html", "dense-archive.mht"):
        (tmp_path / name).write_bytes((FIXTURES / "html" / name).read_bytes())
    (tmp_path / "about.htm").write_text("<p>本站介绍</p>", "utf-8")
    (tmp_path / "numbers.html").write_text(
        '<meta name="generator" content="bulletin-lint"><h1>情况简报</h1><p>第3期<p>责编：甲乙', "utf-8"
    )
    outcome = command("check", ".", "--verbose", "--lang", "en", "--fail-level", "error")
    assert outcome.code == 0, outcome.out + outcome.err
    assert "classic-site.html: web page, encoding gb18030" in outcome.out
    assert "dense-archive.mht: web page, encoding utf-8" in outcome.out
    # Neither a page of the site nor a report of this program is a bulletin.
    assert "about.htm: skipped" in outcome.out
    assert "numbers.html: skipped" in outcome.out
