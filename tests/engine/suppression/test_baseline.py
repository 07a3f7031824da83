"""A baseline: old violations are known, only new ones fail, and it never grows stale in silence."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from harness import Command

PLACES = ("松湖", "沿河", "东桥", "南坡", "云溪", "青石", "柳营", "北塘")
ACTS = ("召开部署会", "开展清理", "举办讲座", "组织走访", "完成验收")


class Run(NamedTuple):
    code: int
    violations: list[dict[str, Any]]
    summary: dict[str, Any]
    err: str

    @property
    def new(self) -> list[dict[str, Any]]:
        return [each for each in self.violations if each["waived"] is None]


class Archive:
    """A folder of bulletins in which only zero-padded dates and half-width marks are looked for."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.folder = folder
        self._command = command
        self.baseline = folder / "baseline.jsonl"
        (folder / "bulletin-lint.yaml").write_text("select: [DAT002, PUN002, WVR]\n", encoding="utf-8")

    def write(self, name: str, lines: Sequence[str]) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        head, tail = ("# 松湖区情况简报", "", "第1期", "", "## 各区动态", ""), ("", "责编：王某", "")
        path.write_text("\n".join([*head, *lines, *tail]), encoding="utf-8")

    def check(self, *options: str, paths: Sequence[str] = ("",)) -> Run:
        outcome = self._command(
            "check",
            *(self.folder / path for path in paths),
            *("--format", "json", "--fail-level", "warning", "--baseline", self.baseline, *options),
        )
        report = json.loads(outcome.out)
        return Run(outcome.code, report["violations"], report["summary"], outcome.err)

    def entries(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.baseline.read_text("utf-8").splitlines()]


@pytest.fixture
def archive(tmp_path: Path, command: Command) -> Archive:
    return Archive(tmp_path, command)


def dated(day: int, place: str = "松湖", act: str = "召开部署会") -> str:
    return f"2020年03月{day}日，{place}区{act}。"


def test_of_500_known_violations_only_the_new_one_is_left(archive: Archive) -> None:
    """500 violations, baseline written, 3 lines inserted, one file renamed, one new defect: one new."""
    chance = random.Random(6)
    bulletins = {}
    for number in range(1, 51):
        # Ten in each file, and on purpose some alike in one file and between files.
        lines = [dated(chance.randint(10, 13), chance.choice(PLACES), ACTS[0]) for _ in range(10)]
        bulletins[f"2020/{number:02}.md"] = [part for line in lines for part in (line, "")]
    for name, lines in bulletins.items():
        archive.write(name, lines)

    written = archive.check("--write-baseline")

    assert written.code == 0
    assert len(written.violations) == 500
    assert written.summary["waived"] == 500
    assert len(archive.entries()) == 500

    bulletins["2020/07.md"][4:4] = ["新添一行。", "再添一行。", ""]
    (archive.folder / "2020" / "08.md").rename(archive.folder / "2020" / "renamed.md")
    bulletins["2020/09.md"][10:10] = [dated(28, "北塘", "举办讲座"), ""]
    archive.write("2020/07.md", bulletins["2020/07.md"])
    archive.write("2020/09.md", bulletins["2020/09.md"])
    after = archive.check()

    assert after.code == 1
    assert [(Path(each["path"]).name, each["line"]) for each in after.new] == [("09.md", 17)]
    assert len(after.violations) == 501
    assert after.summary["warning"] == 1
    assert "基线" not in after.err


def test_written_again_it_holds_the_new_path(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.check("--write-baseline")
    (archive.folder / "2020" / "1.md").rename(archive.folder / "2020" / "01.md")

    assert archive.check().new == []

    archive.check("--write-baseline")

    assert [each["path"] for each in archive.entries()] == ["2020/01.md"]


def test_a_copy_of_an_old_defect_in_another_file_is_new(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.check("--write-baseline")
    archive.write("2020/2.md", [dated(11)])

    assert [Path(each["path"]).name for each in archive.check().new] == ["2.md"]


def test_the_same_defect_once_more_in_one_file_is_new(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.check("--write-baseline")
    archive.write("2020/1.md", [dated(11), "", dated(11)])

    assert len(archive.check().new) == 1


def test_what_no_longer_fits_is_reported_and_pruned_when_asked(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11), "", dated(12)])
    archive.write("2020/2.md", [dated(13)])
    archive.check("--write-baseline")
    archive.write("2020/1.md", [dated(12), "", dated(14)])
    (archive.folder / "2020" / "2.md").unlink()

    after = archive.check("--lang", "en")

    assert "2 entries no longer fit anything; remove with --prune-baseline" in after.err
    assert "2020/1.md: DAT002" in after.err
    assert "2020/2.md: DAT002" in after.err
    assert len(archive.entries()) == 3
    assert len(after.new) == 1

    pruned = archive.check("--prune-baseline")

    # What is new is still new.
    assert pruned.code == 1
    assert [each["path"] for each in archive.entries()] == ["2020/1.md"]
    assert "不再" not in archive.check().err


def test_a_run_over_some_files_says_nothing_of_the_others(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.write("2020/2.md", [dated(12)])
    archive.check("--write-baseline")
    archive.write("2020/1.md", ["会议开了。"])
    (archive.folder / "2020" / "2.md").unlink()

    some = archive.check("--prune-baseline", paths=["2020/1.md"])

    assert "2.md" not in some.err
    assert [each["path"] for each in archive.entries()] == ["2020/2.md"]


def test_rules_that_did_not_run_leave_their_entries(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11), "", "课表贴到门,效果好。"])
    archive.check("--write-baseline")

    assert len(archive.entries()) == 2

    archive.check("--write-baseline", "--select", "PUN002")

    assert len(archive.entries()) == 2


def test_it_is_sorted_and_two_branches_merge_line_by_line(archive: Archive) -> None:
    archive.write("2020/2.md", [dated(12)])
    archive.write("2020/1.md", [dated(11)])
    archive.check("--write-baseline")
    lines = archive.baseline.read_text("utf-8").splitlines()

    assert lines == sorted(lines)

    # As a union merge leaves it: out of order, and one line twice.
    archive.baseline.write_text("\n".join([lines[1], lines[0], lines[1]]) + "\n", encoding="utf-8")

    assert archive.check().code == 0

    archive.check("--write-baseline")

    assert archive.baseline.read_text("utf-8").splitlines() == lines


def test_a_rule_known_by_a_former_code_is_known(archive: Archive) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.check("--write-baseline")
    settings = "rules:\n  DAT002: {aliases: [OLD001]}\nselect: [DAT002]\n"
    (archive.folder / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    text = archive.baseline.read_text("utf-8")
    archive.baseline.write_text(text.replace("DAT002", "OLD001"), encoding="utf-8")

    assert archive.check().code == 0


def test_waived_violations_are_not_written(archive: Archive) -> None:
    archive.write("2020/1.md", [f"{dated(11)}<!-- bulletin-lint: ignore[DAT002] 照录来文 -->"])
    archive.check("--write-baseline")

    assert archive.entries() == []


def test_what_is_known_says_so(archive: Archive, command: Command) -> None:
    archive.write("2020/1.md", [dated(11)])
    known = archive.check("--write-baseline").violations[0]["waived"]

    assert known == {
        "kind": "baseline",
        "reason": "",
        "by": None,
        "until": None,
        "path": str(archive.baseline),
        "line": 1,
    }
    outcome = command("check", archive.folder, "--baseline", archive.baseline, "--verbose")
    assert "；1 处在基线内" in outcome.out
    assert "[在基线内]" in outcome.out


def test_where_no_file_is_named_it_goes_to_the_usual_one(
    archive: Archive, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("2020/1.md", [dated(11)])
    monkeypatch.chdir(archive.folder)

    outcome = command("check", ".", "--write-baseline", "--lang", "en")

    assert outcome.code == 0
    assert outcome.err == "the baseline bulletin-lint-baseline.jsonl now holds 1 entry.\n"
    row = json.loads((archive.folder / "bulletin-lint-baseline.jsonl").read_text("utf-8"))
    assert (row["path"], row["code"], row["excerpt"]) == ("2020/1.md", "DAT002", dated(11))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{}\n", ":1:1: 不是基线的条目"),
        ("\n[1]\n", ":2:1: 不是基线的条目"),
        ('{"path": "1.md", "code": "DAT002", "fingerprint": "12"}', ":1:1: 不是基线的条目"),
        ("<<<<<<< ours\n", ":1:1: 合并冲突还没有解决"),
        ("[" * 100000, ":1:1: 不是基线的条目"),
    ],
)
def test_a_line_that_is_no_entry_is_told(archive: Archive, command: Command, text: str, place: str) -> None:
    archive.write("2020/1.md", [dated(11)])
    archive.baseline.write_text(text, encoding="utf-8")

    outcome = command("check", archive.folder, "--baseline", archive.baseline)

    assert outcome.code == 2
    assert f"{archive.baseline}{place}" in outcome.err


@pytest.mark.parametrize(
    "options",
    [
        ("--baseline", "none.jsonl"),
        ("--prune-baseline",),
        ("--write-baseline", "--prune-baseline"),
        ("--write-baseline", "--diff"),
        ("--write-baseline", "--baseline", "no/such/folder.jsonl"),
    ],
)
def test_what_cannot_be_done_is_refused(archive: Archive, command: Command, options: tuple[str, ...]) -> None:
    archive.write("2020/1.md", [dated(11)])

    assert command("check", archive.folder, *options).code == 2
