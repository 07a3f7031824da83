"""A bulletin whose number cannot be read is neither passed over in the register nor told as a gap alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bulletin_generator import Style
from harness import Command
from offices import TEN, style, write


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made: Style = style("capital")
    write(tmp_path, made, TEN[:4])
    path = tmp_path / "2021-03.md"
    lines = path.read_text("utf-8").split("\n")
    kept = [line for line in lines if not ("第" in line and "期" in line and len(line) < 20)]
    assert len(kept) < len(lines)
    path.write_text("\n".join(kept), encoding="utf-8")
    return tmp_path


def test_a_file_that_may_be_what_is_missing_is_named_beside_it(office: Path, command: Command) -> None:
    shown = command("register", "show", ".").out
    (line,) = [line for line in shown.splitlines() if line.strip().startswith("缺")]
    assert "第3期" in line
    assert "2021-03.md" in line
    # With the file gone there is nothing to name.
    (office / "2021-03.md").unlink()
    shown = command("register", "show", ".").out
    assert "2021-03.md" not in shown
    assert "缺 第3期" in shown


def test_a_gap_names_the_file_that_may_be_missing(office: Path, command: Command) -> None:
    # Two are missing, and one file shows no number.
    write(office, style("capital"), TEN[:5])
    (office / "2021-04.md").unlink()
    path = office / "2021-03.md"
    lines = path.read_text("utf-8").split("\n")
    path.write_text(
        "\n".join(line for line in lines if not ("第" in line and "期" in line and len(line) < 20)),
        encoding="utf-8",
    )

    outcome = command("check", ".", "--select", "ISS005", "--format", "concise")

    (line,) = outcome.out.splitlines()
    assert line.startswith("2021-05.md:")
    assert line.endswith("缺：第3—4期（2021-03.md 看不出期号，可能就是）")


@pytest.mark.parametrize("settings", ["", 'bulletins: ["*.md"]\n'], ids=["without-settings", "with"])
def test_the_register_after_a_check_reads_no_file_again(
    office: Path, command: Command, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    if settings:
        (office / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    # The files are a moment old: their times say nothing yet, so that they would be hashed.
    monkeypatch.setattr("bulletin_lint.engine.cache.contents._RACY_NS", 0)
    assert command("check", ".").code < 2
    opened: list[str] = []
    is_watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if is_watching and event == "open" and str(arguments[0]).endswith(".md"):
            opened.append(str(arguments[0]))

    sys.addaudithook(watch)
    shown = command("register", "show")
    is_watching = False

    assert "2021-04.md" in shown.out
    assert opened == []


def test_what_is_left_out_of_the_register_is_named(office: Path, command: Command) -> None:
    updated = command("register", "update", ".")
    assert updated.code == 0
    assert "2021-03.md：看不出期号和总期号，没有登记" in updated.err
    assert "2021-03" not in (office / "register.csv").read_text("utf-8")
    assert command("register", "update", ".", "--strict").code == 1
    (office / "2021-03.md").unlink()
    assert command("register", "update", ".", "--strict").code == 0
