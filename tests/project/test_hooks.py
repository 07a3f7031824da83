"""The hooks' manifest: a suffix in capitals, or a longer one, does not keep a file from being checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from identify import identify

from bulletin_lint.readers import READERS
from harness import ROOT

HOOKS: dict[str, Any] = {
    each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
# Saved pages and old forms are in repositories for other reasons, too; the guide says how to name them.
CHECKED = [suffix for kind in ("text", "pdf", "docx") for suffix in READERS[kind].suffixes]
MENDED = READERS["text"].suffixes


@pytest.mark.parametrize("hook", ["bulletin-lint", "bulletin-lint-fix", "bulletin-lint-series"])
def test_every_suffix_is_looked_at_however_it_is_written(hook: str, tmp_path: Path) -> None:
    suffixes = MENDED if hook == "bulletin-lint-fix" else CHECKED
    for suffix in suffixes:
        for name in (f"第11期{suffix}", f"第11期{suffix.upper()}"):
            assert re.search(HOOKS[hook]["files"], f"2026/{name}"), name
            if "types_or" not in HOOKS[hook]:
                continue
            path = tmp_path / name
            path.write_bytes(b"PK\x03\x04\0" if suffix.startswith(".doc") else "第11期\n".encode())
            assert identify.tags_from_path(str(path)) & set(HOOKS[hook]["types_or"]), name


def test_other_files_are_not(tmp_path: Path) -> None:
    for name in ("11.xlsx", "11.md.bak", "text", "notes.mdx"):
        assert not re.search(HOOKS["bulletin-lint"]["files"], name), name
