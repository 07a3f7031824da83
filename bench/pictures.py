"""`python bench pictures`: the pictures of the README, made anew in a headless browser.

The page of `serve` with a bulletin dropped on it, and the sign-off sheet of the same bulletin, one of the
fixtures. Needs the system's Chromium, and Chinese fonts.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BULLETIN = ROOT / "fixtures" / "producers" / "faulty-typst.pdf"
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000
"""Bytes of a picture."""
_SIZE = {"width": 1180, "height": 900}
_SHEET = {"x": 0, "y": 0, "width": 1180, "height": 1900}
_COLOURS = 48
"""As many as a page of text with a few marks needs."""


def _written(name: str, png: bytes) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / name
    small.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size / 1000:.0f} KB")
    if size > LARGEST:
        sys.exit(f"larger than {LARGEST / 1000:.0f} KB")


def run(words: Sequence[str]) -> None:
    """Makes the pictures, and says how large they are."""
    from playwright.sync_api import sync_playwright

    if words:
        sys.exit("bench pictures takes no words")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("there is no chromium")
    program = [sys.executable, "-m", "bulletin_lint"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bulletin = Path(folder, "第15期.pdf")
        shutil.copy(BULLETIN, bulletin)
        sheet = Path(folder, "签发单.html")
        # 1 where the bulletin has errors, which it has.
        day = "1528156800"  # that of the bulletin, so that the picture stays the same
        environment = {**os.environ, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": day}
        signoff = [*program, "signoff", "--isolated", bulletin.name, "-o", str(sheet)]
        subprocess.run(signoff, check=False, env=environment, cwd=folder)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport=_SIZE, device_scale_factor=0.75)
        page.goto(sheet.as_uri())
        _written("sheet.png", page.screenshot(full_page=True, clip=_SHEET))
        serve = [*program, "serve", "--isolated", "--no-browser", "--port", "8769"]
        with subprocess.Popen(serve, env=environment, stderr=subprocess.PIPE, text=True) as serving:
            assert serving.stderr is not None
            address = serving.stderr.readline().rpartition("：")[2].strip()
            page.goto(address)
            page.locator("#files").set_input_files(str(bulletin))
            page.locator("#status", has_text="检查完").wait_for()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            _written("page.png", page.screenshot())
            serving.terminate()
        browser.close()
