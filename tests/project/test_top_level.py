"""What lies at the top of the project: a list that somebody compared with is none of it."""

from __future__ import annotations

import subprocess

import pytest

from harness import ROOT

KNOWN = {
    ".ci", ".gitattributes", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "README.md", "bench", "docs", "fixtures", "pyproject.toml", "rules", "src", "tests",
}  # fmt: skip


def test_nothing_lies_at_the_top_that_nobody_put_there_on_purpose() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert {name.split("/")[0] for name in done.stdout.split("\0") if name} == KNOWN
