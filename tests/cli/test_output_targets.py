"""What a command writes never lies over what it reads, and goes through no link that leads elsewhere."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from harness import FIXTURES, Command

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a permission on Windows")

BULLETIN = "# 松湖区情况简报\n\n第1期\n\n2020年03月06日\n\n## 各区动态\n\n责编：王某\n"
"""It has one fault that can be fixed: the zero of the month and of the day."""
SETTINGS = "select: [DAT002]\nseries: {register: register.csv}\n"
WAIVERS = "waivers: []\n"
REGISTER = "期号,编发日期\r\n2,2020-03-20\r\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    here.mkdir()
    (here / "a.md").write_text(BULLETIN, encoding="utf-8")
    (here / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    (here / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    (here / "register.csv").write_text(REGISTER, encoding="utf-8-sig", newline="")
    (here / "baseline.jsonl").write_bytes(b"")
    monkeypatch.chdir(here)
    return here


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


READ = ("a.md", "bulletin-lint.yaml", "waivers.yaml", "register.csv", "baseline.jsonl")


@pytest.mark.parametrize("by", ["name", "link", "hard link"])
@pytest.mark.parametrize("name", READ)
def test_a_report_does_not_go_over_what_is_read(folder: Path, command: Command, name: str, by: str) -> None:
    target = name
    if by != "name":
        target = "report.json"
        if by == "link":
            (folder / target).symlink_to(name)
        else:
            os.link(folder / name, folder / target)
    before = contents(folder)

    run = command("check", "--fix", "--baseline", "baseline.jsonl", "--format", f"json={target}", "a.md")

    assert run.code == 2
    assert f"{target} 就是" in run.err
    # Nothing at all: the fix, too, comes after.
    assert contents(folder) == before


@pytest.mark.parametrize("option", ["--write-baseline", "--prune-baseline"])
@pytest.mark.parametrize("name", ["a.md", "bulletin-lint.yaml", "waivers.yaml", "register.csv"])
def test_a_baseline_does_not_go_over_what_is_read(
    folder: Path, command: Command, name: str, option: str
) -> None:
    before = contents(folder)

    run = command("--lang", "en", "check", "--baseline", name, option, "a.md")

    assert run.code == 2
    assert f"--baseline: {name} is" in run.err
    assert contents(folder) == before


def test_a_report_over_a_file_that_cannot_be_read_is_refused_too(folder: Path, command: Command) -> None:
    (folder / "b.docx").write_bytes(b"PK")

    run = command("check", "--format", "json=b.docx", "b.docx", "a.md")

    assert run.code == 2
    assert (folder / "b.docx").read_bytes() == b"PK"


def test_a_report_of_its_own_name_is_written(folder: Path, command: Command) -> None:
    reports = ("--format", "json=out.json", "--format", "sarif=/dev/null", "--fail-level", "info")
    run = command("check", *reports, "a.md")

    assert run.code == 1, run.err
    assert [each["code"] for each in json.loads((folder / "out.json").read_text("utf-8"))["violations"]] == [
        "DAT002"
    ]
    # The report before is no obstacle.
    assert command("check", *reports, "a.md").code == 1
    assert (folder / "a.md").read_text("utf-8") == BULLETIN


def test_one_file_is_one_place_whatever_its_name(folder: Path, command: Command) -> None:
    run = command("check", "--format", "json=out.json", "--format", "sarif=./out.json", "a.md")

    assert run.code == 2
    assert "两种格式都写到out.json" in run.err
    assert not (folder / "out.json").exists()


def test_a_report_goes_through_no_link_that_leads_elsewhere(folder: Path, command: Command) -> None:
    elsewhere = folder.parent / "profile"
    elsewhere.write_bytes(b"mine")
    (folder / "out.json").symlink_to(elsewhere)

    run = command("check", "--format", "json=out.json", "a.md")

    assert run.code == 2
    assert f"符号链接，指向别处的 {elsewhere}" in run.err
    assert elsewhere.read_bytes() == b"mine"
    assert (folder / "out.json").is_symlink()


def test_a_baseline_goes_through_no_link_that_leads_elsewhere(folder: Path, command: Command) -> None:
    (folder / "new.jsonl").symlink_to(folder.parent / "profile")

    run = command("check", "--baseline", "new.jsonl", "--write-baseline", "a.md")

    assert run.code == 2
    assert "符号链接，指向别处" in run.err
    assert not (folder.parent / "profile").exists()


def test_a_register_goes_through_no_link_that_leads_elsewhere(folder: Path, command: Command) -> None:
    elsewhere = folder.parent / "elsewhere.csv"
    (folder / "register.csv").rename(elsewhere)
    (folder / "register.csv").symlink_to(elsewhere)
    before = elsewhere.read_bytes()

    run = command("register", "update", "a.md")

    assert run.code == 2
    assert "符号链接，指向别处" in run.err
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", ["a.md", "bulletin-lint.yaml", "waivers.yaml", "register.csv"])
def test_a_timeline_does_not_go_over_what_is_read(folder: Path, command: Command, name: str) -> None:
    before = contents(folder)

    run = command("register", "show", "--format", "html", "-o", name, "a.md")

    assert run.code == 2
    assert f"--output：{name} 就是" in run.err
    assert contents(folder) == before


def test_an_update_of_the_register_is_written(folder: Path, command: Command) -> None:
    assert command("register", "update", "a.md").code == 0
    lines = (folder / "register.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert "1,2020-03-06" in lines
    assert sorted(os.listdir(folder)) == sorted(READ)


def test_init_goes_through_no_link_that_leads_elsewhere(folder: Path, command: Command) -> None:
    elsewhere = folder.parent / "profile"
    elsewhere.write_bytes(b"mine")
    (folder / "bulletin-lint.yaml").unlink()
    (folder / "bulletin-lint.yaml").symlink_to(elsewhere)

    run = command("init", "--force", ".")

    assert run.code == 2
    assert "符号链接，指向别处" in run.err
    assert elsewhere.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["bulletin-lint.yaml", "house.yaml", ".pre-commit-config.yaml"])
@pytest.mark.parametrize("target", ["11.md", "nowhere"])
def test_init_writes_no_other_file_of_the_folder_through_a_link(
    name: str, target: str, folder: Path, command: Command
) -> None:
    (folder / "bulletin-lint.yaml").unlink()
    (folder / "11.md").write_text(BULLETIN, encoding="utf-8")
    (folder / name).symlink_to(target)
    before = sorted(os.listdir(folder))

    run = command("init", "--force", ".")

    if name == ".pre-commit-config.yaml" and target == "11.md":
        # There are hooks already; the other files are written.
        assert run.code == 0
    else:
        assert run.code == 2
        assert f"{name} 是符号链接" in run.err
        assert sorted(os.listdir(folder)) == before
    assert (folder / "11.md").read_text("utf-8") == BULLETIN
    assert not (folder / "nowhere").exists()


# --- fixes ------------------------------------------------------------------------------------------------


def test_a_link_out_of_the_folder_is_left_alone_and_named(folder: Path, command: Command) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text(BULLETIN, encoding="utf-8")
    (folder / "linked.md").symlink_to(outside)

    run = command("check", "--fix", "--fail-level", "info", ".")

    # The bulletin of the folder is mended; the other is as wrong as before, which the report says.
    assert run.code == 1
    assert f"linked.md：经符号链接指向所查文件夹之外的 {outside}，未修复" in run.err
    assert "a.md：" not in run.err
    assert outside.read_text("utf-8") == BULLETIN
    assert "2020年3月6日" in (folder / "a.md").read_text("utf-8")
    assert (folder / "linked.md").is_symlink()


def test_a_linked_folder_outside_is_left_alone_too(folder: Path, command: Command) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "b.md").write_text(BULLETIN, encoding="utf-8")
    (folder / "linked").symlink_to(outside)

    run = command("check", "--fix", "--fail-level", "info", ".")
    shown = command("check", "--diff", "--fail-level", "info", ".")

    assert "linked/b.md：经符号链接指向" in run.err
    assert "linked/b.md：经符号链接指向" in shown.err
    assert "b.md" not in shown.out
    assert (outside / "b.md").read_text("utf-8") == BULLETIN


def test_a_link_inside_the_folder_is_followed(folder: Path, command: Command) -> None:
    (folder / "x").mkdir()
    (folder / "y").mkdir()
    (folder / "a.md").rename(folder / "y" / "real.md")
    (folder / "x" / "link.md").symlink_to("../y/real.md")

    assert command("check", "--fix", "--fail-level", "info", str(folder)).code == 0

    assert "2020年3月6日" in (folder / "y" / "real.md").read_text("utf-8")
    assert (folder / "x" / "link.md").is_symlink()


def test_a_folder_that_is_named_by_a_link_is_the_folder(folder: Path, command: Command) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "b.md").write_text(BULLETIN, encoding="utf-8")
    (folder / "linked").symlink_to(outside)

    run = command("check", "--fix", "--fail-level", "info", "linked")

    assert run.code == 0, run.err
    assert "2020年3月6日" in (outside / "b.md").read_text("utf-8")


def test_a_named_link_that_leads_elsewhere_is_not_followed(folder: Path, command: Command) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text(BULLETIN, encoding="utf-8")
    (folder / "linked.md").symlink_to(outside)

    run = command("check", "--fix", "linked.md")

    # It was asked for and was not done.
    assert run.code == 2
    assert f"linked.md: 是符号链接，指向别处的 {outside}，不跟随" in run.err
    assert outside.read_text("utf-8") == BULLETIN


def test_a_file_with_two_names_is_mended_under_one_and_that_is_said(folder: Path, command: Command) -> None:
    snapshot = folder.parent / "snapshot.md"
    os.link(folder / "a.md", snapshot)

    run = command("check", "--fix", "a.md")

    assert run.code == 0
    assert "a.md：与另外 1 个文件名（硬链接）共用内容" in run.err
    assert "2020年3月6日" in (folder / "a.md").read_text("utf-8")
    assert snapshot.read_text("utf-8") == BULLETIN


def test_both_names_are_mended_where_both_are_checked(folder: Path, command: Command) -> None:
    os.link(folder / "a.md", folder / "b.md")

    run = command("--lang", "en", "check", "--fix", ".")

    assert run.code == 0
    assert "a.md: shared its content with 1 other name (hard links)" in run.err
    # By now it has one name only.
    assert "b.md: shared" not in run.err
    assert (folder / "a.md").read_bytes() == (folder / "b.md").read_bytes() != BULLETIN.encode()


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows extended attributes on Linux only")
def test_a_fix_keeps_extended_attributes(folder: Path, command: Command) -> None:
    try:
        os.setxattr(folder / "a.md", "user.origin", b"office")
    except OSError:
        pytest.skip("the file system has no extended attributes")

    assert command("check", "--fix", "a.md").code == 0

    assert os.getxattr(folder / "a.md", "user.origin") == b"office"


# --- What is there already --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("check", "a.md", "--format", "json=b.md"),
        ("check", "a.md", "--output-file", "b.md"),
        ("check", "a.md", "--format", "json=b.PDF"),
        ("check", "a.md", "--format", "json=b.wps"),
        ("check", "a.md", "--format", "json=b.bull"),
        ("check", "a.md", "--baseline", "b.bull", "--write-baseline"),
        ("check", "a.md", "--format", "json=b.html"),
        ("register", "show", "--format", "html", "-o", "b.html", "a.md"),
        ("register", "show", "--format", "json", "-o", "b.md", "a.md"),
        ("signoff", "a.md", "-o", "b.md", "--force"),
        ("compare", "a.md", "c.md", "-o", "b.md", "--force"),
    ],
)
def test_a_report_goes_over_no_file_that_may_be_a_bulletin(
    folder: Path, command: Command, words: tuple[str, ...]
) -> None:
    """A neighbour of the series, or what lies beside it in a form in which bulletins are kept."""
    (folder / "bulletin-lint.yaml").write_text('select: [DAT002]\nbulletins: ["*.bull"]\n', encoding="utf-8")
    for name in ("b.md", "b.PDF", "b.wps", "b.bull", "b.html", "c.md"):
        (folder / name).write_text(BULLETIN, encoding="utf-8")
    before = contents(folder)

    run = command(*words, "--lang", "en")

    assert run.code == 2
    assert "may be a bulletin: it is not overwritten" in run.err
    assert "delete it first" in run.err
    assert contents(folder) == before


def test_a_page_that_this_program_wrote_is_written_again(folder: Path, command: Command) -> None:
    words = ("register", "show", "--format", "html", "-o", "issues.html", "a.md")
    assert [command(*words).code, command(*words).code] == [0, 0]


@pytest.mark.parametrize("text", ["坝上3月06日放水。", "坝上3月6日放水。"])
@pytest.mark.parametrize("format_", ["full", "grouped"])
def test_a_report_that_this_program_wrote_is_written_again(
    folder: Path, command: Command, text: str, format_: str
) -> None:
    """`check . --output-file report.txt` day by day, whether something is found or nothing."""
    (folder / "a.md").write_text(BULLETIN + f"\n{text}\n", encoding="utf-8")
    words = ("check", "a.md", "--select", "DAT002", "--format", format_, "--output-file", "report.txt")
    first = command(*words)
    assert first.code in (0, 1)
    assert command(*words).code == first.code


def test_a_copy_with_comments_goes_over_no_neighbour(folder: Path, command: Command) -> None:
    """A copy is in the form of a bulletin: which files are bulletins the settings say."""
    document = (FIXTURES / "docx" / "classic-word.docx").read_bytes()
    for name in ("in.docx", "2.docx"):
        (folder / name).write_bytes(document)
    (folder / "copy.docx").write_bytes(b"an earlier copy")
    (folder / "bulletin-lint.yaml").write_text('bulletins: ["?.docx"]\n', encoding="utf-8")

    refused = command("check", "in.docx", "--annotate", "2.docx")
    written = command("check", "in.docx", "--annotate", "copy.docx")

    assert refused.code == 2
    assert "2.docx 已经存在，可能是一期简报，不覆盖" in refused.err
    assert (folder / "2.docx").read_bytes() == document
    assert written.code in (0, 1)
    assert (folder / "copy.docx").read_bytes() != b"an earlier copy"
