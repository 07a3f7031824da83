"""The version that the program says is the one that its users read of."""

from __future__ import annotations

import re

from bulletin_lint import __version__
from harness import ROOT


def test_the_newest_heading_of_the_changelog_is_the_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


def test_the_version_is_a_number_of_three_parts() -> None:
    # What is installed is called by it, and so are the results that a cache keeps.
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+(?:[a-z]+[0-9]+)?", __version__)
