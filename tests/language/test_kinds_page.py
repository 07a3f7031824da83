"""The page that shows every kind of check at work: its packs are read and their examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bulletin_lint.checks import KINDS
from harness import ROOT, Command

PAGE = (ROOT / "docs" / "kinds.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"(?ms)^## `([a-z-]+)`\n(.*?)(?=^## |\Z)", PAGE))


def blocks(kind: str) -> dict[str, str]:
    """The files that a section shows, by name."""
    return dict(re.findall(r"(?ms)^```yaml\n# (\S+)\n(.*?)^```", SECTIONS[kind]))


def test_every_kind_has_an_example() -> None:
    assert list(SECTIONS) == sorted(KINDS)


@pytest.mark.parametrize("kind", sorted(SECTIONS))
def test_an_example_is_of_its_kind_and_shows_what_is_right_and_what_is_wrong(kind: str) -> None:
    pack = yaml.safe_load(blocks(kind)["house.yaml"])
    ((code, rule),) = pack["rules"].items()

    assert re.fullmatch(r"HB-\d\d", code)
    assert rule["check"] == kind
    assert rule["examples"]["bad"]
    assert rule["examples"]["good"]


def test_the_examples_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    """All as one pack of many files: that loads the built-in packs once."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house").mkdir()
    for kind in SECTIONS:
        for name, text in blocks(kind).items():
            where = f"house/{kind}.yaml" if name == "house.yaml" else name
            # What a pack names beside itself lies beside its folder's files.
            (tmp_path / where).write_text(text.replace("file: ", "file: ../"), encoding="utf-8")
    (tmp_path / "bulletin-lint.yaml").write_text("extends: [./house]\n", encoding="utf-8")

    outcome = command("test", "./house")

    assert outcome.code == 0, outcome.out + outcome.err
    # A bad and a good one of each.
    assert outcome.out.startswith(f"{len(KINDS)} 条规则，{2 * len(KINDS)} 个示例")
