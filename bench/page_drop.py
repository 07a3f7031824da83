"""From dropping a file on the page of `serve` to its list, in the system's Chromium."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdf_reading

ROOT = Path(__file__).resolve().parents[1]
TWO_PAGES = ROOT / "fixtures" / "producers" / "faulty-typst.pdf"
RUNS = 12

# The clock is the page's own: from the event of the drop to the frame after the one in which the list is there.
_WATCH = """
() => {
  const at = {};
  window.taken = new Promise((done) => {
    addEventListener("drop", () => { at.drop = performance.now(); }, { capture: true, once: true });
    const list = document.querySelector("#list");
    const seen = () => {
      if (at.drop === undefined || !list.querySelector("li")) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - at.drop)));
    };
    const watcher = new MutationObserver(seen);
    watcher.observe(list, { childList: true, subtree: true });
  });
}
"""


@contextmanager
def _served(program: Sequence[str], environment: dict[str, str]) -> Iterator[str]:
    """The address of a page that the command serves."""
    command = [*program, "serve", "--no-browser", "--lang", "zh"]
    with subprocess.Popen(
        [*command, "--port", "8769"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as serving:
        try:
            assert serving.stdout is not None
            for line in serving.stdout:
                if found := re.search(r"http://\S+", line):
                    yield found[0]
                    break
            else:
                sys.exit("the page did not begin")
        finally:
            serving.terminate()


def _drop(context: Any, page: Any, path: Path) -> float:
    """Seconds from the drop to the list."""
    page.evaluate(_WATCH)
    session = context.new_cdp_session(page)
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 250, "data": data})
    return float(page.evaluate("window.taken")) / 1000


def run(names: Sequence[str]) -> None:
    """A PDF of two pages dropped a dozen times, in turn with `check` on the command line; medians."""
    from playwright.sync_api import sync_playwright

    path = Path(names[0]).resolve() if names else TWO_PAGES
    program = [sys.executable, "-m", "bulletin_lint"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        with _served(program, environment) as address:
            dropped, checked = [], []
            for turn in range(RUNS + 1):
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                page = context.new_page()
                page.goto(address)
                page.locator("h1").wait_for()
                if not turn:
                    time.sleep(5)  # the rules load
                taken = _drop(context, page, path)
                pdf_reading.forget_results(environment)
                start = time.perf_counter()
                subprocess.run([*program, "check", str(path)], env=environment, capture_output=True)
                if turn:
                    dropped.append(taken)
                    checked.append(time.perf_counter() - start)
                context.close()
        browser.close()
    median, command = statistics.median(dropped), statistics.median(checked)
    print(
        f"page-drop   {median:.2f} s from the drop to the list (slowest {max(dropped):.2f} s), "
        f"{median / command:.2f} x the command line ({command:.2f} s)"
    )


def _chromium() -> str:
    from shutil import which

    return which("chromium") or which("chromium-browser") or sys.exit("no Chromium on this machine")
