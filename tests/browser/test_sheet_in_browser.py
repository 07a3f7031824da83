"""The sheet in a real browser: nothing runs, nothing is asked for, it fits, and it can be used with keys."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsers import Watched
from bulletin_lint.cli.main import main
from harness import FIXTURES

pytestmark = pytest.mark.slow

HOSTILE_NAME = "<img src=x onerror=alert(1)>.md"
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\u202e甲\u200b"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sheets of a faulty PDF, of a text and of a hostile text."""
    folder = tmp_path_factory.mktemp("sheets")
    text = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
    (folder / HOSTILE_NAME).write_text(text.replace("文化馆教师", HOSTILE + "3月05日"), encoding="utf-8")
    sources = {
        "pages": FIXTURES / "producers" / "faulty-typst.pdf",
        "text": FIXTURES / "commands" / "wrong.md",
        "hostile": folder / HOSTILE_NAME,
    }
    made = {}
    for name, path in sources.items():
        made[name] = folder / f"{name}.html"
        assert main(["signoff", str(path), "-o", str(made[name]), "--isolated"]) == 1
    return made


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    page = Watched(browser, viewport={"width": 1366, "height": 768})
    yield page
    page.close()


@pytest.mark.parametrize("name", ["pages", "text", "hostile"])
def test_nothing_runs_and_nothing_is_asked_for(name: str, sheets: dict[str, Path], watched: Watched) -> None:
    watched.page.goto(sheets[name].as_uri())

    outside = [url for url in watched.requests if not url.startswith("data:")]
    assert outside == [sheets[name].as_uri()]
    assert watched.dialogs == []
    assert watched.said == []
    assert watched.page.locator("script, img, iframe, object").count() == 0
    # The style sheet came through the policy.
    assert watched.page.locator(".verdict h1").evaluate("node => getComputedStyle(node).fontSize") != "32px"


@pytest.mark.parametrize("name", ["pages", "text"])
def test_a_mark_leads_to_its_entry_and_back_by_keys(
    name: str, sheets: dict[str, Path], watched: Watched
) -> None:
    page = watched.page
    page.goto(sheets[name].as_uri())
    page.locator("#m2").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#v2")
    assert page.locator("#v2").evaluate("node => node.matches(':target')")
    page.locator("#v2 a").focus()
    assert page.locator("#v2 a").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith("#m2")


@pytest.mark.parametrize("name", ["pages", "text", "hostile"])
def test_it_is_accessible_and_fits(name: str, sheets: dict[str, Path], watched: Watched) -> None:
    watched.page.goto(sheets[name].as_uri())
    for width in (1366, 683, 640):
        watched.page.set_viewport_size({"width": width, "height": 768})
        assert not watched.overflows(), width


@pytest.mark.parametrize("name", ["pages", "text"])
def test_axe_finds_nothing(name: str, sheets: dict[str, Path], browser: Any) -> None:
    # The script of axe is not let in by the sheet's own policy.
    watched = Watched(browser, bypass_csp=True)
    watched.page.goto(sheets[name].as_uri())
    assert watched.axe() == []
    watched.close()


def test_printed_it_has_room_for_names_on_its_first_page(sheets: dict[str, Path], watched: Watched) -> None:
    from pypdf import PdfReader

    watched.page.goto(sheets["pages"].as_uri())
    printed = PdfReader(io.BytesIO(watched.page.pdf(prefer_css_page_size=True)))

    # Chromium maps glyphs to radicals where those share them.
    first = unicodedata.normalize("NFKC", printed.pages[0].extract_text())
    assert all(word in first for word in ("责编", "核稿", "签发", "日期", "处错误"))
    assert len(printed.pages) <= 5
    assert round(float(printed.pages[0].mediabox.width)) == 595
    # No picture is cut: each of the two pages stands on one sheet, as one image.
    assert sorted(len(page.images) for page in printed.pages if len(page.images)) == [1, 1]
