"""The office whose bulletins are told in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Command
from told_in_formats import Office


@pytest.fixture
def office(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return Office(tmp_path, command)
