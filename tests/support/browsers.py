"""The system's Chromium, driven by Playwright: what a person's browser makes of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)


def chromium() -> str:
    """Where Chromium is. Without it a test is skipped, and fails in CI, which has to have it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: .ci/run should have installed it")
        pytest.skip("no Chromium on this machine")
    return found


@contextmanager
def launched() -> Iterator[Any]:
    """A running browser."""
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page, and all that it asked for, said and popped up."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def close(self) -> None:
        """Closes the page."""
        self.context.close()

    def overflows(self) -> bool:
        """Whether something is wider than the window."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        )

    def axe(self) -> list[str]:
        """What axe-core has against the page: rules with the elements that break them."""
        import axe_core_python

        script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text("utf-8")
        self.page.evaluate(script)
        result = self.page.evaluate("axe.run()")
        return [
            f"{violation['id']}: {[node['html'][:200] for node in violation['nodes'][:3]]}"
            for violation in result["violations"]
        ]
