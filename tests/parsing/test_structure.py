"""Bulletins whose parts only the whole document tells, and what is said where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile
from harness import FIXTURES, Command

HEAD = "云岭镇工作简报\n第4期（总第40期）\n云岭镇党政办公室　　2025年3月6日\n\n"
TAIL = "\n责编：甲文　　核稿：乙武　　电话：0571-55550100\n报：县委办公室。\n发：各村、各站所。\n"
FIRST = "镇里开展春季植树\n\n　　3月1日，镇机关干部到东山植树，栽下香樟三百株。\n"
SECOND = "供水站更换老旧水表\n\n　　3月2日，供水站更换老旧水表四百块，水表都能远程抄读。\n"
SIGNED = "（镇林业站）\n\n"


def read(linter: Linter, body: str) -> Document:
    return linter.read(SourceFile("4.txt", "text", explicit=True), (HEAD + body + TAIL).encode())


def titles(document: Document) -> list[str]:
    found = [article.child("title") for article in document.bulletin.list("articles")]
    return [title.text if title is not None else "" for title in found]


def kinds(article: Node) -> list[str]:
    return [block.fields["kind"] for block in article.list("blocks")]


def test_an_article_without_source_does_not_swallow_the_next(linter: Linter) -> None:
    document = read(linter, FIRST + "\n" + SECOND + "（镇供水站）\n\n")

    assert ["镇里开展春季植树", "供水站更换老旧水表"] == titles(document)


def test_a_caption_behind_a_source_is_no_article(linter: Linter) -> None:
    document = read(linter, FIRST + SIGNED + "图为植树现场。丙川　摄\n\n" + SECOND + "（镇供水站）\n\n")

    assert ["镇里开展春季植树", "供水站更换老旧水表"] == titles(document)
    assert ["paragraph", "caption"] == kinds(document.bulletin.list("articles")[0])


def test_office_and_date_below_an_article_sign_it(linter: Linter) -> None:
    document = read(linter, FIRST + "\n云岭镇林业站\n2025年3月5日\n\n")
    (article,) = document.bulletin.list("articles")
    source = article.child("attribution")

    assert ["paragraph", "signature", "signed_date"] == kinds(article)
    assert source is not None
    assert "云岭镇林业站" == source.fields["value"]


def test_lines_with_a_bullet_are_sub_headings_inside_an_article(linter: Linter) -> None:
    body = "镇里公开办事指南\n\n　　镇里印发办事指南，群众随时可查。\n●公开范围\n　　指南列出三十项业务。\n"
    document = read(linter, body + "●公开时限\n　　业务变动后五日内更新。\n（镇便民中心）\n\n")
    (article,) = document.bulletin.list("articles")

    assert ["paragraph", "heading", "paragraph", "heading", "paragraph"] == kinds(article)


def test_a_title_on_two_lines_is_one(linter: Linter) -> None:
    body = "关于开展春季植树活动的\n情况通报\n\n　　3月1日，镇机关干部到东山植树，栽下香樟三百株。\n"

    assert ["关于开展春季植树活动的情况通报"] == titles(read(linter, body + SIGNED))


def test_a_list_of_titles_without_heading_is_the_contents(linter: Linter) -> None:
    body = "1.镇里开展春季植树\n2.供水站更换老旧水表\n\n" + FIRST + SIGNED + SECOND + "（镇供水站）\n\n"
    document = read(linter, body)

    assert ["1.镇里开展春季植树", "2.供水站更换老旧水表"] == [
        entry.text for entry in document.bulletin.list("contents")
    ]
    assert 2 == len(document.bulletin.list("articles"))


def test_a_leaders_remarks_stand_in_a_part_of_their_own(linter: Linter) -> None:
    body = "【领导批示】\n\n　　副县长批示：“做法很好，请各镇学习。”\n\n编者按　现将有关做法编发。\n\n"
    root = read(linter, body + FIRST + SIGNED).bulletin

    assert 1 == len(root.list("remarks"))
    assert root.child("note") is not None
    assert 1 == len(root.list("articles"))


def test_a_unit_in_the_brackets_of_a_column_is_a_source(linter: Linter) -> None:
    document = read(linter, FIRST + "【镇林业站】\n\n" + SECOND + "【镇供水站】\n\n")
    sources = [article.child("attribution") for article in document.bulletin.list("articles")]

    assert ["镇林业站", "镇供水站"] == [source.fields["value"] for source in sources if source is not None]


def test_the_value_of_a_field_may_stand_on_the_next_line(linter: Linter) -> None:
    document = linter.read(
        SourceFile("4.txt", "text", explicit=True),
        (HEAD + FIRST + SIGNED + "责编：甲文\n邮箱：\nyunling@example.cn\n报：县委办公室。\n").encode(),
    )
    imprint = document.bulletin.child("imprint")
    assert imprint is not None
    mail = imprint.child("email")

    assert mail is not None
    assert "yunling@example.cn" == mail.fields["value"]


def test_what_only_a_doubtful_boundary_shows_cannot_be_assessed(linter: Linter) -> None:
    # The short line may be the title of a second article, above which a source is missing, or a sub-heading.
    body = "镇里开展春季植树\n\n　　东山栽下香樟三百株，山脚栽下桂花五十株。\n\n山脚补种\n\n"
    body += "　　群众自带铁锹到山脚补种，香樟和桂花都浇了水。\n（镇林业站）\n\n"
    result = linter.lint(SourceFile("4.txt", "text", explicit=True), (HEAD + body + TAIL).encode()).result

    assert () == result.violations
    assert "fail" != result.outcomes["ATT001"]


def test_the_same_text_has_the_same_reading(linter: Linter) -> None:
    body = FIRST + "\n" + SECOND + "（镇供水站）\n\n"

    one, other = (read(linter, body).structure for _ in range(2))
    assert (one.labels, one.totals, one.doubts) == (other.labels, other.totals, other.doubts)


@pytest.mark.parametrize(
    "path",
    sorted(path for path in (FIXTURES / "bulletins" / "clean").iterdir() if path.suffix in (".md", ".txt")),
    ids=lambda path: path.name,
)
def test_every_line_is_in_a_part(linter: Linter, path: Path) -> None:
    document = linter.read(SourceFile(str(path), "text", explicit=True))
    covered = bytearray(len(document.text))
    for child in document.bulletin.children.values():
        for node in child if isinstance(child, list) else [child] if child is not None else []:
            for part in (node, node.child("column")):
                if part is not None:
                    covered[part.span.start : part.span.end] = b"x" * (part.span.end - part.span.start)

    assert [] == [
        document.text[start:end]
        for (start, end), *_ in document.blocks
        if start < end and not any(covered[start:end])
    ]


def test_extract_says_why(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "4.txt"
    path.write_text(HEAD + FIRST + SIGNED + SECOND + "（镇供水站）\n" + TAIL, "utf-8")
    shown = command("extract", path, "--why", "10")
    labels = json.loads(command("extract", path, "--format", "json").out)["structure"]["labels"]

    assert 0 == shown.code, shown.err
    assert "供水站更换老旧水表" in shown.out
    assert "lead +" in shown.out
    assert {"label": "T", "line": 10, "end_line": 10} in labels


@pytest.mark.parametrize("line", ["9", "first"])
def test_extract_refuses_a_line_that_is_none(tmp_path: Path, command: Command, line: str) -> None:
    path = tmp_path / "4.txt"
    path.write_text(HEAD + FIRST + SIGNED + TAIL, "utf-8")

    assert 2 == command("extract", path, "--why", line).code
