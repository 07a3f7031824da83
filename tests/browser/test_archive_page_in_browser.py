"""The page of an archive in a real browser: nothing runs, it fits, axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsers import Watched
from bulletin_lint.reporters.sheet.archive_page import render_archive_page
from summaries import SUMMARY

pytestmark = pytest.mark.slow


def test_the_page_runs_nothing_fits_and_can_be_read_by_all(tmp_path: Path, browser: Any) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_archive_page(SUMMARY, [], "zh"), encoding="utf-8")
    watched = Watched(browser, viewport={"width": 1366, "height": 768})
    watched.page.goto(path.as_uri())

    assert watched.requests == [path.as_uri()]
    assert watched.dialogs == watched.said == []
    assert watched.page.locator("script, img, iframe, object").count() == 0
    for width in (1366, 640):
        watched.page.set_viewport_size({"width": width, "height": 768})
        assert not watched.overflows(), width
    watched.close()
    # The script of axe is not let in by the page's own policy.
    watched = Watched(browser, bypass_csp=True)
    watched.page.goto(path.as_uri())
    assert watched.axe() == []
    watched.close()
