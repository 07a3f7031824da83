"""The version that the program says is the one that its users read of."""

from __future__ import annotations

import re

from bulletin_lint import __version__
from harness import ROOT


def test_the_newest_heading_of_the_changelog_is_the_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__
