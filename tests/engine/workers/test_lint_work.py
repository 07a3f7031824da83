"""What a pool's workers do with one file, asked in this process."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from bulletin_lint.api import Engine
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.workers.lint_work import LintWork, Task
from bulletin_lint.model.source import SourceFile

TEXT = "# 县工作简报\n\n第 3 期（总第 103 期）\n\n县政府办　　2020年3月6日\n\n# 部署春耕\n\n会上作了部署。\n"


@pytest.fixture
def linter() -> Linter:
    return Engine(cache=False)._linter


def name_of(linter: Linter, source: SourceFile) -> str:
    return f"{source.path} in {Path.cwd().name}"


def test_a_file_is_linted_and_its_document_stays_behind(linter: Linter) -> None:
    done = LintWork(linter)(Task(SourceFile("3.md", "text", explicit=True, data=TEXT.encode()), None, None))

    assert (done.result.path, done.result.error, done.document) == ("3.md", None, None)
    assert done.result.outcomes


def test_something_else_is_made_of_it_where_its_path_begins(
    linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(os.getcwd())
    (tmp_path / "office").mkdir()

    assert (
        LintWork(linter)(Task(SourceFile("3.md", "text", explicit=True), str(tmp_path / "office"), name_of))
        == "3.md in office"
    )


def test_it_does_the_same_on_the_other_side_of_a_pickle(linter: Linter) -> None:
    task = Task(SourceFile("3.md", "text", explicit=True, data=TEXT.encode()), None, None)
    there = pickle.loads(pickle.dumps(LintWork(linter)))

    assert there(task).result == LintWork(linter)(task).result
