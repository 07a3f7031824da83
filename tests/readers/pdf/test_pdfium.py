"""What is called by its address stays behind one door, and gives in bulk what it would give one by one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bulletin_lint.readers.pdf.pdfium import PdfiumDocument
from harness import FIXTURES, ROOT, syntax_tree

PACKAGE = ROOT / "src" / "bulletin_lint"


def imported(path: str) -> set[str]:
    tree = syntax_tree(PACKAGE / path)
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_only_the_modules_of_pdfium_call_by_address() -> None:
    modules = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    assert {path for path in modules if "ctypes" in imported(path)} == {
        "readers/pdf/pdfium.py",
        "readers/pdf/pdfium_buffers.py",
        "readers/pdf/pdfium_drawing.py",
        "readers/pdf/pdfium_fonts.py",
        "readers/pdf/pdfium_library.py",
        "readers/pdf/pdfium_notes.py",
        "readers/pdf/pdfium_paths.py",
        "readers/pdf/pdfium_stand_in.py",
    }


@pytest.mark.parametrize("path", sorted((PACKAGE / "readers").rglob("*.py")), ids=lambda path: path.stem)
def test_every_module_of_the_readers_can_be_taken_in_at_once(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 450


@pytest.mark.parametrize("name", ["classic-qt", "classic-chromium", "classic-libreoffice"])
def test_styles_of_a_page_are_those_of_its_objects_one_by_one(name: str) -> None:
    data = (FIXTURES / "producers" / f"{name}.pdf").read_bytes()
    with PdfiumDocument(data) as document, document.page(0) as page:
        columns = page.columns()
        styles, places = page.styled(columns.starts, columns.drawn, tuple)
        alone = [
            page.styled([start], [drawn], tuple)
            for start, drawn in zip(columns.starts, columns.drawn, strict=True)
        ]

    assert styles == [found[0] for found, _ in alone]
    assert places == [at[0] for _, at in alone]
    assert len(set(styles)) > 1
