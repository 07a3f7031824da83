"""The readers' table: a new kind of input is one file and one row, from a folder to a report."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bulletin_lint
from bul_reader import BUL, CRASH, written
from bulletin_lint.engine.workers import dispatch
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import HEAD, READERS, kind_by_content, read, reader_of, searched_suffixes
from bulletin_lint.readers.reader_info import ReaderInfo
from harness import FIXTURES, ROOT, SUPPORT, Command, syntax_tree

PACKAGE = ROOT / "src" / "bulletin_lint"

TEXT = (FIXTURES / "bulletins" / "clean" / "chinese-issue-number.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(params=[False, True], ids=["here", "isolated"])
def row(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ReaderInfo:
    """The made-up kind, in the table."""
    info = BUL._replace(is_isolated=request.param)
    put(monkeypatch, info)
    return info


def put(monkeypatch: pytest.MonkeyPatch, info: ReaderInfo) -> None:
    assert isinstance(READERS, dict)
    monkeypatch.setitem(READERS, "bul", info)
    # A process that is started anew knows only rows that stand in a file; a forked one has this one too.
    monkeypatch.setattr(dispatch, "start_method", lambda: "fork")


def faulty() -> str:
    """The clean bulletin, with its first comma of half the width: PUN002, which has a safe fix."""
    return TEXT.replace("，", ",", 1)


def report(command: Command, *arguments: object) -> dict[str, Any]:
    outcome = command("check", *arguments, "--format", "json", "--no-cache")
    assert outcome.err == ""
    return dict(json.loads(outcome.out))


def kinds(shown: dict[str, Any]) -> dict[str, str]:
    return {document["path"]: document["kind"] for document in shown["documents"]}


# The table


def test_every_reader_has_a_row_and_every_row_a_reader() -> None:
    files = {path.parent.name for path in (PACKAGE / "readers").glob("*/reader.py")}
    assert files == set(READERS)
    assert {f"bulletin_lint.readers.{kind}.reader:read" for kind in files} == {
        info.module for info in READERS.values()
    }


def test_rows_do_not_contradict_one_another() -> None:
    suffixes = [suffix for info in READERS.values() for suffix in info.suffixes]
    assert len(suffixes) == len(set(suffixes))
    for kind, info in READERS.items():
        assert set(info.searched) <= set(info.suffixes)
        assert info.signature_within <= HEAD
        # What is kept of a content is kept under its kind's name.
        assert kind.isascii()
        assert len(kind) <= 16


def test_a_row_says_of_lines_what_its_readings_say() -> None:
    for path in (
        "bulletins/clean/chinese-issue-number.md",
        "pdf/bulletin-typst.pdf",
        "html/classic-site.html",
    ):
        source = SourceFile(str(FIXTURES / path), reader_of(path), explicit=True)
        reading = read(source)
        assert reading.kind == source.kind
        assert reading.lines_are == READERS[source.kind].lines_are


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("1.md", b"", "text"),
        ("1.MARKDOWN", b"%PDF-1.7", "text"),
        ("1.pdf", b"x", "pdf"),
        ("bulletin", b"x" * 1019 + b"%PDF-", "pdf"),
        ("bulletin", b"x" * 1020 + b"%PDF-", "text"),
        ("1.docx", b"", "docx"),
        ("1.DOCM", b"", "docx"),
        ("bulletin", b"PK\x03\x04", "docx"),
        ("bulletin", b" PK\x03\x04", "text"),
        ("bulletin", b"", "text"),
        ("", b"", "text"),
    ],
)
def test_a_kind_is_told_by_name_then_by_content(name: str, head: bytes, kind: str) -> None:
    assert reader_of(name, head) == kind


# A kind of its own, in the table


def test_a_new_kind_is_checked_like_any_other(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "1.bul").write_bytes(written(faulty()))
    (folder / "1.md").write_text(faulty(), "utf-8")
    ours, theirs = report(command, "1.bul"), report(command, "1.md")

    assert kinds(ours) == {"1.bul": "bul"}
    (mine,), (other,) = ours["violations"], theirs["violations"]
    assert mine["code"] == "PUN002"
    assert {name: mine[name] for name in ("message", "part", "excerpt")} == {
        name: other[name] for name in ("message", "part", "excerpt")
    }
    assert ours["documents"][0]["outcomes"] == theirs["documents"][0]["outcomes"]
    # Its lines are those of the document, which has no empty ones.
    assert mine["line"] == 1 + sum(map(bool, faulty().splitlines()[: other["line"] - 1]))


def test_a_folder_is_searched_for_it(row: ReaderInfo, folder: Path, command: Command) -> None:
    for name in ("1.bul", "2.lub", "3.md"):
        (folder / name).write_bytes(TEXT.encode() if name == "3.md" else written(TEXT))
    assert kinds(report(command, ".")) == {"1.bul": "bul", "3.md": "text"}
    # Of a kind that has no such folder the message says what was looked for.
    (folder / "empty").mkdir()
    looked_for = ", ".join(sorted(f"*{suffix}" for suffix in searched_suffixes()))
    assert "*.bul" in looked_for
    assert looked_for in command("check", "empty", "--lang", "en").err


def test_its_signature_tells_it_without_a_suffix(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "bulletin").write_bytes(written(TEXT))
    (folder / "other").write_bytes(b"\n" + written(TEXT))
    assert kinds(report(command, "bulletin")) == {"bulletin": "bul"}
    # A signature that does not lie within its bytes is none.
    assert kind_by_content(b"\n" + written(TEXT)) == "text"


def test_standard_input_is_taken_for_it(row: ReaderInfo, command: Command) -> None:
    outcome = command("check", "-", "--format", "json", stdin=written(TEXT))
    (document,) = json.loads(outcome.out)["documents"]
    assert (document["path"], document["kind"]) == ("<stdin>", "bul")


def test_its_parts_are_extracted(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "1.bul").write_bytes(written(TEXT))
    (folder / "1.md").write_text(TEXT, "utf-8")
    ours, theirs = command("extract", "1.bul").out, command("extract", "1.md").out
    assert "1.bul  倒排本" == ours.splitlines()[0]
    # The lines of the document, which has no empty ones; the words are those of the text.
    assert [line[6:] for line in ours.splitlines()[1:]] == [line[6:] for line in theirs.splitlines()[1:]]
    assert json.loads(command("extract", "1.bul", "--format", "json").out)["kind"] == "bul"


def test_people_are_told_what_it_is(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "1.bul").write_bytes(written(TEXT))
    (folder / "1.ofd").touch()
    assert command("check", "1.bul", "--verbose", "--lang", "en").out.startswith(
        "1.bul: BUL file\n  cannot assess "
    )
    assert command("check", "1.bul", "--verbose", "--lang", "zh").out.startswith("1.bul: 倒排本\n")
    others = [suffix for suffix in searched_suffixes() if suffix != ".bul"]
    assert f"{', '.join(others)} and .bul are read" in command("check", "1.ofd", "--lang", "en").err
    assert f"能读 {'、'.join(others)} 和 .bul；" in command("check", "1.ofd", "--lang", "zh").err


def test_sarif_has_its_media_type_and_no_region_of_a_file_without_lines(
    row: ReaderInfo, folder: Path, command: Command
) -> None:
    (folder / "1.bul").write_bytes(written(faulty()))
    (run,) = json.loads(command("check", "1.bul", "--format", "sarif").out)["runs"]
    assert run["artifacts"][0]["mimeType"] == "application/x-bul"
    place = run["results"][0]["locations"][0]
    assert "region" not in place["physicalLocation"]
    assert place["properties"]["extractedText"]["startLine"] >= 1


def test_it_is_not_edited(row: ReaderInfo, folder: Path, command: Command) -> None:
    content = written(faulty())
    (folder / "1.bul").write_bytes(content)
    (violation,) = report(command, "1.bul")["violations"]
    assert violation["fix"]["applicability"] == "manual"
    command("check", "1.bul", "--fix", "--unsafe-fixes")
    assert (folder / "1.bul").read_bytes() == content


def test_what_is_too_large_is_refused_unread(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "1.bul").write_bytes(written(TEXT).ljust(BUL.size_limit + 1))
    outcome = command("check", "1.bul", "--lang", "en")
    assert outcome.code == 2
    assert "the file is larger than 1 MiB" in outcome.err


def test_what_its_reader_refuses_is_a_message(row: ReaderInfo, folder: Path, command: Command) -> None:
    (folder / "1.bul").write_text("plain", "utf-8")
    (folder / "2.bul").write_bytes(written(TEXT))
    assert "1.bul: this is no BUL file." in command("check", "1.bul", "--lang", "en").err
    outcome = command("check", "2.bul", "--password", "wrong", "--lang", "en")
    assert (outcome.code, "the password is wrong" in outcome.err) == (2, True)


def test_an_isolated_reader_that_crashes_costs_its_file_alone(
    folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, BUL._replace(is_isolated=True))
    (folder / "1.bul").write_bytes(CRASH)
    (folder / "2.bul").write_bytes(written(TEXT))
    outcome = command("check", "1.bul", "2.bul", "--format", "json", "--lang", "en")
    assert outcome.code == 2
    assert "the BUL file made the program that reads it crash (SIGABRT)" in outcome.err
    assert "Save a copy of it from a BUL machine" in outcome.err
    by_path = {document["path"]: document for document in json.loads(outcome.out)["documents"]}
    assert (by_path["1.bul"]["kind"], by_path["2.bul"]["kind"]) == ("bul", "bul")
    assert "这份倒排本使读取它的程序崩溃" in command("check", "1.bul", "--lang", "zh").err


# A kind that an installed package brings

_SCRIPT = """
import sys
from bulletin_lint.cli.main import main
code = main(sys.argv[1:])
print("looked" if "importlib.metadata" in sys.modules else "did not look", file=sys.stderr)
sys.exit(code)
"""


def install(folder: Path, value: str) -> Path:
    """A folder as pip leaves it after installing a package that has the made-up reader."""
    site = folder / "site"
    information = site / "bul_reader-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: bul-reader\nVersion: 1.0\n", "utf-8")
    (information / "entry_points.txt").write_text(f"[bulletin_lint.readers]\nbul = {value}\n", "utf-8")
    shutil.copy(SUPPORT / "bul_reader.py", site)
    return site


def run_with(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(bulletin_lint.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, *arguments],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), source])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_an_installed_package_adds_a_kind(tmp_path: Path) -> None:
    site = install(tmp_path, "bul_reader:BUL")
    (tmp_path / "1.bul").write_bytes(written(faulty()))
    (tmp_path / "2.md").write_text(TEXT, "utf-8")
    for _ in range(2):
        # The second time what an earlier run has kept is there.
        finished = run_with(site, "check", "1.bul", "2.md", "--format", "json")
        shown = json.loads(finished.stdout)
        assert kinds(shown) == {"1.bul": "bul", "2.md": "text"}
        assert ("1.bul", "PUN002") in {(each["path"], each["code"]) for each in shown["violations"]}
        assert finished.stderr == "looked\n"
    extracted = run_with(site, "extract", "1.bul")
    assert extracted.stdout.startswith("1.bul  倒排本\n")


def test_installed_packages_are_looked_up_only_for_a_suffix_of_theirs(tmp_path: Path) -> None:
    site = install(tmp_path, "nowhere:BUL")
    for name in ("1.md", "bulletin", "1.bul"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    for path in ("1.md", "bulletin", "."):
        finished = run_with(site, "check", path)
        assert (finished.returncode, finished.stderr) == (0, "did not look\n")


@pytest.mark.parametrize(
    ("value", "reason"),
    [("nowhere:BUL", "ModuleNotFoundError"), ("bul_reader:read", "not a ReaderInfo")],
)
def test_an_installed_reader_that_is_broken_is_named(tmp_path: Path, value: str, reason: str) -> None:
    site = install(tmp_path, value)
    (tmp_path / "1.bul").write_bytes(written(TEXT))
    finished = run_with(site, "check", "1.bul", "--lang", "en")
    assert finished.returncode == 2
    assert f"the installed reader bul ({value}) cannot be loaded: {reason}" in finished.stderr
    assert "Traceback" not in finished.stderr


# Nobody but the readers asks which kind it is

FOR_PEOPLE = {
    "checks/text/damage.py": 1,
    "checks/text/forbidden.py": 1,
    "cli/check_options.py": 4,
    "cli/commands/compare.py": 2,
    "cli/commands/extract.py": 2,
    "desk/server/app.py": 1,
    "engine/discovery.py": 2,
    "engine/unread_files.py": 2,
    "rulebook/rule_reader.py": 2,
    "rulebook/schema.py": 1,
}
"""Modules to the texts in them that speak to people of PDF."""


def texts_of(tree: ast.AST) -> Iterator[str]:
    """The texts of a module that are no descriptions of what stands beside them."""
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def test_no_other_package_tells_pdf_from_text() -> None:
    found: dict[str, int] = {}
    names: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module.startswith("readers/"):
            continue
        tree = syntax_tree(path)
        texts = [text for text in texts_of(tree) if "pdf" in text.lower()]
        assert [text for text in texts if "pdf" in text] == [], module
        if texts:
            found[module] = len(texts)
        for node in ast.walk(tree):
            given = [getattr(node, field, None) for field in ("id", "attr", "arg", "name")]
            if any(isinstance(name, str) and "pdf" in name.lower() for name in given):
                names.add(module)
    assert found == FOR_PEOPLE
    # What an example of a rule lays out is by its meaning a page of a PDF.
    assert names == {"rulebook/example_layout.py"}
