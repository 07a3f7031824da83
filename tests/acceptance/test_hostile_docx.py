"""Word documents made to do harm: a message and exit 2, or what could not be read said; never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command, Outcome
from hostile_docx import FOREVER, READ, REFUSED


def checked(command: Command, folder: Path, data: bytes) -> Outcome:
    path = folder / "1.docx"
    path.write_bytes(data)
    outcome = command("check", path, "--isolated", "--lang", "zh", "--format", "json")
    assert "Traceback" not in outcome.err
    assert "内部错误" not in outcome.err
    return outcome


def test_there_are_enough() -> None:
    assert len(REFUSED) + len(READ) + len(FOREVER) >= 25


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_or_told(command: Command, tmp_path: Path, name: str) -> None:
    make, word = REFUSED[name]
    outcome = checked(command, tmp_path, make())
    assert (2, True) == (outcome.code, word in outcome.err), outcome.err


@pytest.mark.parametrize("name", READ)
def test_it_is_read_all_the_same(command: Command, tmp_path: Path, name: str) -> None:
    outcome = checked(command, tmp_path, READ[name]())
    assert outcome.code in (0, 1), outcome.err
    (document,) = json.loads(outcome.out)["documents"]
    assert document["outcomes"]
    # What writes into it holds out as well.
    copy = tmp_path / "out.docx"
    written = command("check", tmp_path / "1.docx", "--isolated", "--lang", "zh", "--annotate", copy)
    assert "内部错误" not in written.err
    assert copy.exists() == (written.code != 2)


@pytest.mark.slow
@pytest.mark.parametrize("name", FOREVER)
def test_what_takes_too_long_is_given_up(command: Command, tmp_path: Path, name: str) -> None:
    outcome = checked(command, tmp_path, FOREVER[name]())
    assert (2, True) == (outcome.code, "已中止" in outcome.err), outcome.err
