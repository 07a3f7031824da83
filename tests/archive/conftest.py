"""An archive to check: three series over folders, with holes, broken files and waivers."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin_generator import Numbers, generate, render
from docx_made import docx, p
from harness import FIXTURES
from offices import style

COUNT = 18


def write_archive(folder: Path) -> Path:
    """Issues of three titles, a week apart; one number is left out, one date is no date."""
    for count in range(COUNT):
        title, number = "甲乙丙"[count % 3], count // 3 + 1
        day = datetime.date(2020, 11, 30) + datetime.timedelta(days=7 * number)
        # The fifth of the first title was never written.
        issue = number + (1 if title == "甲" and number >= 5 else 0)
        made = style(("capital", "single", "ward")[count % 3])
        text = render(
            generate(
                made, count, small=True, numbers=Numbers(issue, 200 + issue, day, f"云溪{title}区工作简报")
            )
        ).text
        if count == 7:
            text = text.replace("，", ",", 2)
        path = folder / title / str(day.year) / f"第{issue}期.{made.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # A Word document that is half there: quicker to refuse than a PDF.
    (folder / "甲" / "truncated.docx").write_bytes(docx(p("半份"))[:300])
    (folder / "乙" / "note.md").write_text("# 备忘\n\n下周开会。\n", encoding="utf-8")
    return folder


def add_pdfs(folder: Path) -> None:
    """A PDF that can be read, half of it, and one that asks for a password."""
    pdf = FIXTURES / "pdf" / "bulletin-reportlab.pdf"
    shutil.copy(pdf, folder / "甲")
    (folder / "甲" / "truncated.pdf").write_bytes(pdf.read_bytes()[: pdf.stat().st_size // 2])
    shutil.copy(FIXTURES / "pdf" / "user-password.pdf", folder / "丙" / "locked.pdf")


@pytest.fixture
def archive_with_pdfs(archive: Path) -> Path:
    """The same, with PDFs of three kinds, each of which takes as long as fifty texts."""
    add_pdfs(archive / "issues")
    return archive


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that an archive is in, and the working directory."""
    write_archive(tmp_path / "office" / "issues")
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def memory() -> Iterator[Any]:
    """The file system of fsspec in memory, empty before and after."""
    system = pytest.importorskip("fsspec").filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]
