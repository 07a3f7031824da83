"""Documents that LibreOffice itself wrote as .doc, .rtf and .odt are read whole: the parts and the codes of their
texts. One form in the usual run, and only where LibreOffice is installed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.conversion import Converted
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.reporters.parts_json import as_json
from bulletin_lint.rulebook.load import load_rulebook
from docx_made import abstract as definition
from docx_made import docx, level, num, numbered, p
from harness import FIXTURES, Command

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

FORMS = ("doc", "rtf", "odt")
STYLES = ("classic", "faulty", "ragged", "weekly")
FOLDER = FIXTURES / "office"
_PARTS = ("masthead", "contents", "note", "articles", "imprint", "distribution", "copies")


def convert(form: str, folder: Path, *sources: Path) -> None:
    """Has LibreOffice write files in another form into a folder."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--convert-to", form, "--outdir", str(folder)),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


def words(part: Any) -> Any:
    """What a part says, without its places."""
    if isinstance(part, list):
        return [words(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "rows" in part:
        return part["rows"]
    if "text" in part:
        # A title of two lines is two headings in a text.
        return "".join(str(part["text"]).split())
    return {name: words(each) for name, each in part.items() if name not in ("column", "value")}


@pytest.mark.parametrize(
    "form", [form if form == "doc" else pytest.param(form, marks=pytest.mark.slow) for form in FORMS]
)
def test_a_document_in_an_old_form_is_read_whole(form: str) -> None:
    rulebook = load_rulebook(Settings(), CompiledStore())
    linter = Linter(rulebook, rulebook.select(), required=Settings().required)
    sources = [SourceFile(str(FOLDER / f"{style}.{form}"), "office", explicit=True) for style in STYLES]
    with Converted(sources) as converted:
        read = [linter.lint(source) for source in converted]
    for style, found in zip(STYLES, read, strict=True):
        twin = linter.lint(SourceFile(str(FIXTURES / "producers" / f"{style}.md"), "text", explicit=True))
        assert found.result.error is None
        assert parts(found) == parts(twin), style
        assert codes(found) == codes(twin), style


def codes(linted: LintResult) -> Counter[str]:
    return Counter(violation.code for violation in linted.result.violations)


def parts(linted: LintResult) -> dict[str, Any]:
    assert linted.document is not None
    shown = as_json(linted.document)
    return {part: words(shown[part]) for part in _PARTS}


@pytest.mark.slow
def test_automatic_numbers_come_through(tmp_path: Path, command: Command) -> None:
    """Numbers of a list are read as they are counted, whatever the form."""
    numbering = definition(0, level(0, "%1、", "japaneseCounting")) + num(1, 0)
    body = "".join(
        [p("平安建设简报"), p("第8期"), p("建成食堂"), *(numbered(each, 1) for each in ("建", "送"))]
    )
    source = tmp_path / "list.docx"
    source.write_bytes(docx(body, {"numbering": numbering}))
    # Its own .rtf it writes with a question mark for every mark of a number.
    for form in ("doc", "odt"):
        convert(form, tmp_path, source)
        shown = command("extract", tmp_path / f"list.{form}").out
        assert "一、建" in shown, form
        assert "二、送" in shown, form


@pytest.mark.slow
def test_a_text_that_is_called_a_document_is_not_converted(tmp_path: Path, command: Command) -> None:
    """LibreOffice itself makes a document of it without complaint."""
    path = tmp_path / "1.wps"
    path.write_text("平安建设简报\n第3期\n", "utf-8")
    convert("docx", tmp_path, path)
    assert (tmp_path / "1.docx").exists()
    outcome = command("check", path, "--lang", "en")
    assert outcome.code == 2
    assert "if it is text, rename it to end in .txt" in outcome.err
