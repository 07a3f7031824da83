"""What a run may say of a baseline's entries: only of folders that it searched and files that it read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command

HEAD = "# 松湖区情况简报\n\n第1期\n\n## 各区动态\n\n"
TAIL = "\n\n责编：王某\n"
PADDED = "2020年03月11日，松湖区召开部署会。"
RETIRED = "OLD001"
"""The code of a rule that is no more, and that no rule names as its former one."""


class Office:
    """Folders of bulletins in which only zero-padded dates are looked for, and a baseline."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.folder = folder
        self._command = command
        self.baseline = folder / "baseline.jsonl"
        (folder / "bulletin-lint.yaml").write_text("select: [DAT002]\n", encoding="utf-8")

    def write(self, name: str, body: str = PADDED) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEAD}{body}{TAIL}", encoding="utf-8")

    def check(self, *paths: str, option: str = "--prune-baseline") -> int:
        places = [self.folder / path for path in paths]
        return self._command("check", *places, "--baseline", self.baseline, option, "--quiet").code

    def enter(self, *rows: tuple[str, str]) -> None:
        """A baseline of such paths and codes."""
        lines = [
            json.dumps({"path": path, "code": code, "fingerprint": f"{number:016x}", "excerpt": ""})
            for number, (path, code) in enumerate(rows)
        ]
        self.baseline.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def entered(self) -> list[str]:
        """The paths that the baseline holds."""
        return [json.loads(line)["path"] for line in self.baseline.read_text("utf-8").splitlines()]


@pytest.fixture
def office(tmp_path: Path, command: Command) -> Office:
    return Office(tmp_path, command)


def test_a_file_that_is_gone_from_elsewhere_keeps_its_entry(office: Office) -> None:
    """`ab` begins with the name of the folder searched, and is another folder."""
    names = ["a/1.md", "a/2.md", "ab/3.md", "b/4.md"]
    for name in names:
        office.write(name)
    office.check("", option="--write-baseline")
    assert names == office.entered()
    for name in names[1:]:
        (office.folder / name).unlink()

    office.check("a")

    assert ["a/1.md", "ab/3.md", "b/4.md"] == office.entered()


def test_a_file_above_the_folder_that_holds_the_baseline_is_elsewhere(office: Office) -> None:
    office.write("a/1.md")
    office.write("2.md")
    office.baseline = office.folder / "a" / "baseline.jsonl"
    office.check("", option="--write-baseline")
    assert ["../2.md", "1.md"] == office.entered()
    (office.folder / "2.md").unlink()

    office.check("a")
    assert ["../2.md", "1.md"] == office.entered()

    # Whoever searches the folder above has looked there.
    office.check("")
    assert ["1.md"] == office.entered()


def test_an_entry_of_a_rule_that_is_no_more_goes_once_its_file_was_read(office: Office) -> None:
    office.write("1.md", "会议开了。")
    office.write("2.md", "会议开了。")
    office.enter(("1.md", RETIRED), ("2.md", RETIRED))

    office.check("1.md")

    assert ["2.md"] == office.entered()


def test_a_file_that_cannot_be_read_keeps_its_entries(office: Office) -> None:
    office.write("1.md")
    (office.folder / "2.md").write_bytes(b"")
    office.enter(("2.md", RETIRED), ("2.md", "DAT002"))

    assert 2 == office.check("")

    assert ["2.md", "2.md"] == office.entered()


def test_a_file_that_is_skipped_keeps_its_entries(office: Office) -> None:
    """What is found in a folder and shows no part of a bulletin is not looked at."""
    office.write("1.md")
    (office.folder / "2.md").write_text("本夹存放各区来稿。\n", encoding="utf-8")
    office.enter(("2.md", RETIRED), ("2.md", "DAT002"))

    office.check("")

    assert ["2.md", "2.md"] == office.entered()
