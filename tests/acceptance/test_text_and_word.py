"""The same bulletin as a text and as Word files of ten makers: the same paragraphs, parts and rule codes."""

from __future__ import annotations

import io
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
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import reader_of
from bulletin_lint.readers.docx.document_copy import DocxCopy
from bulletin_lint.readers.docx.reader import read_docx
from bulletin_lint.readers.reader_info import Remark
from bulletin_lint.reporters.parts_json import as_json
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES

FILES = sorted(path.name for path in (FIXTURES / "docx").glob("*.docx"))
MAKERS = {
    "draft", "html-to-docx", "libreoffice", "npm-docx", "pandoc", "python-docx", "python-docx-styles", "strict",
    "word", "wps",
}  # fmt: skip


@cache
def linter() -> Linter:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Linter(rulebook, rulebook.select(), required=Settings().required)


@cache
def lint(path: Path) -> LintResult:
    return linter().lint(SourceFile(str(path), reader_of(path.name), explicit=True, data=None))


def twin(name: str) -> Path:
    return FIXTURES / "producers" / f"{name.partition('-')[0]}.md"


def bare(words: str | None) -> str | None:
    """Words without the space between what stands side by side, which makers set in their own ways."""
    return None if words is None else "".join(words.split())


def parts(path: Path) -> dict[str, Any]:
    """The words of every part."""
    document = lint(path).document
    assert document is not None, lint(path).result.error
    shown = as_json(document)

    def words(part: Any) -> str | None:
        return part["text"] if isinstance(part, dict) else None

    found: dict[str, Any] = {f"masthead.{name}": words(part) for name, part in shown["masthead"].items()}
    found |= {f"contents.{at}": words(entry) for at, entry in enumerate(shown["contents"])}
    found["note"] = words(shown["note"])
    for at, article in enumerate(shown["articles"]):
        found[f"article.{at}.column"] = words(article["column"])
        found[f"article.{at}.title"] = bare(words(article["title"]))
        found[f"article.{at}.attribution"] = words(article["attribution"])
        for number, block in enumerate(article["blocks"]):
            found[f"article.{at}.{number}"] = (block["kind"], block.get("rows") or words(block))
    found |= {f"imprint.{name}": words(part) for name, part in shown["imprint"].items()}
    found |= {f"distribution.{at}": words(entry) for at, entry in enumerate(shown["distribution"])}
    found["copies"] = words(shown["copies"])
    return found


def codes(path: Path) -> Counter[str]:
    return Counter(violation.code for violation in lint(path).result.violations)


def test_every_maker_made_every_bulletin() -> None:
    styles = {path.stem for path in (FIXTURES / "producers").glob("*.md")} - {"README"}
    assert {Path(name).stem for name in FILES} == {f"{style}-{maker}" for style in styles for maker in MAKERS}
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_its_paragraphs_are_those_of_the_truth(name: str) -> None:
    truth = json.loads((FIXTURES / "producers" / f"{name.partition('-')[0]}.truth.json").read_text("utf-8"))
    document = lint(FIXTURES / "docx" / name).document
    assert document is not None
    lines = set(document.text.split("\n"))
    assert [] == [each for each in truth["paragraphs"] if each not in lines]


@pytest.mark.parametrize("name", FILES)
def test_it_has_the_parts_of_its_text(name: str) -> None:
    ours, theirs = parts(FIXTURES / "docx" / name), parts(twin(name))
    assert {} == {
        key: (ours.get(key), theirs.get(key))
        for key in {**ours, **theirs}
        if ours.get(key) != theirs.get(key)
    }


@pytest.mark.parametrize("name", FILES)
def test_it_breaks_the_rules_that_its_text_breaks(name: str) -> None:
    assert codes(twin(name)) == codes(FIXTURES / "docx" / name)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("faulty-")])
def test_every_violation_stands_on_the_words_of_the_text(name: str) -> None:
    ours = lint(FIXTURES / "docx" / name).result.violations
    theirs = lint(twin(name)).result.violations

    def shown(result: Any) -> set[tuple[str, str]]:
        return {
            (each.code, each.line_text[each.location.column - 1 : each.location.end_column - 1])
            for each in result
        }

    assert shown(theirs) == shown(ours)


# What is written into them


def annotated(name: str, data: bytes | None = None) -> tuple[bytes, list[str]]:
    """A file with comments at words all over it, and the words of each."""
    copy = DocxCopy(name, (FIXTURES / "docx" / name).read_bytes() if data is None else data)
    text, automatic = copy.reading.text, copy.reading.automatic
    spans = [(start, start + 7) for start in range(0, len(text) - 7, 61)]
    typed = [
        (start, end) for start, end in spans if not any(low < end and start < high for low, high in automatic)
    ]
    remarks = [Remark(start, end, f"第{number}条") for number, (start, end) in enumerate(typed)]
    return copy.commented(remarks, "bulletin-lint", "BL"), [text[start:end] for start, end in typed]


@pytest.mark.parametrize("name", FILES)
def test_with_comments_it_reads_as_before_and_again_the_same(name: str) -> None:
    made, words = annotated(name)
    assert read_docx(name, (FIXTURES / "docx" / name).read_bytes()).lines == read_docx(name, made).lines
    assert len(words) > 5
    assert made == annotated(name, made)[0]


@pytest.mark.parametrize("name", [name for name in FILES if "strict" not in name])
def test_python_docx_opens_it_and_finds_every_comment(name: str) -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed")
    made, words = annotated(name)
    opened = library.Document(io.BytesIO(made))
    assert len(words) == len([each for each in opened.comments if each.author == "bulletin-lint"])


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_schema_finds_no_new_kind_of_error(name: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    found = []
    for content in ((FIXTURES / "docx" / name).read_bytes(), annotated(name)[0]):
        path = tmp_path / "1.docx"
        path.write_bytes(content)
        found.append({each.description for each in audit.OpenXmlValidator().validate(str(path)).errors})
    assert found[1] <= found[0]
