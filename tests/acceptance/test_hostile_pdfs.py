"""PDFs that are broken or meant to do harm: each ends with a message or a reading, and the run goes on."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import bulletin_lint
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import lint_files
from bulletin_lint.engine.workers.limits import limits_for
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES
from hostile_pdfs import MADE, MIB, bomb, make_all, zeros
from processes import session, wait_until_gone

GOOD = ("bulletin-reportlab.pdf", "damaged-typst.pdf")
SECONDS = 2.0
"""The time limit of the tests: enough for the good files, some of the bad ones use it up."""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the system what was used")


class Run(NamedTuple):
    """One run over the whole folder."""

    code: int
    report: dict[str, Any]
    err: str
    memory: int
    """The most bytes that one of its processes had in memory."""
    left: list[int]
    """Processes that it left behind."""


SOME = (
    *("array-huge", "bomb-contents", "code-map-long", "dictionaries-nested", "flipped-1", "headers-only"),
    *("kids-circle", "letters-stacked", "parent-self", "rotated-absurdly", "string-nested"),
    *("truncated-1", "truncated-5", "truncated-9"),
)
"""Of each way to be bad one, two that are given up among them: what the usual run has."""


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.slow)])
def names(request: pytest.FixtureRequest) -> set[str]:
    """Of the bad files."""
    return set(MADE if request.param == "all" else SOME)


@pytest.fixture(scope="module")
def folder(names: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bad files and two good ones."""
    made = tmp_path_factory.mktemp("hostile")
    make_all(made, names)
    for name in GOOD:
        shutil.copy(FIXTURES / "pdf" / name, made)
    return made


def check(folder: Path, *words: str) -> Run:
    """Runs the command in a folder, in a session of its own."""
    with open(folder / "out.json", "wb") as out, open(folder / "err.log", "wb") as err:
        command = ["check", "--isolated", "--format", "json", "--time-limit", str(SECONDS), *words]
        process = subprocess.Popen(
            [sys.executable, "-m", "bulletin_lint", *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(bulletin_lint.__file__).parents[1])},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        # What it and the processes it waited for have used.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    left = wait_until_gone(process.pid) if session(process.pid) else []
    report = json.loads((folder / "out.json").read_text("utf-8"))
    return Run(
        process.returncode, report, (folder / "err.log").read_text("utf-8"), usage.ru_maxrss * 1024, left
    )


@pytest.fixture(scope="module")
def whole(folder: Path) -> Run:
    return check(folder, "--jobs", "2", ".")


def test_there_are_enough_of_them() -> None:
    assert len(MADE) >= 40


def test_a_bomb_unpacks_to_what_it_says() -> None:
    assert b"<abababab>" == zlib.decompress(bomb(b"ab", 4, b"<", b">"))
    assert bytes(3 * MIB) == zlib.decompress(zeros(3 * MIB))


def test_every_file_has_a_reading_or_a_message(whole: Run, names: set[str]) -> None:
    documents = {document["path"]: document for document in whole.report["documents"]}
    assert {*GOOD, *(f"{name}.pdf" for name in names)} == documents.keys()
    for path, document in documents.items():
        if document["error"] is None:
            assert document["pages"] >= 1, path
        else:
            assert document["error"].endswith("。"), path
            assert "内部错误" not in document["error"], path
    failed = [path for path, document in documents.items() if document["error"] is not None]
    read_in_part = [path for path, document in documents.items() if document.get("failures")]
    assert len({*failed, *read_in_part}) == whole.report["summary"]["failed_documents"]
    truncated = {f"truncated-{tenths}" for tenths in range(1, 10)} & names
    assert len(truncated) >= 3
    assert {f"{name}.pdf" for name in truncated} <= {*failed}


def test_the_run_ends_with_2_and_says_no_more_than_its_messages(whole: Run) -> None:
    assert 2 == whole.code
    lines = whole.err.splitlines()
    assert whole.report["summary"]["failed_documents"] == len(lines)
    assert all(line.startswith("错误：") for line in lines)


def test_the_good_files_are_checked_as_if_alone(whole: Run, folder: Path) -> None:
    alone = check(folder, "--jobs", "1", *GOOD).report
    assert [*GOOD] == [document["path"] for document in alone["documents"]]

    def of(report: dict[str, Any], part: str) -> list[Any]:
        return [each for each in report[part] if each["path"] in GOOD]

    assert alone["violations"]
    assert of(alone, "violations") == of(whole.report, "violations")
    # In the folder the bad files, read or not, are other issues of no series.
    assert of(alone, "documents") == of(whole.report, "documents")


def test_no_process_takes_a_gigabyte_and_none_stays(whole: Run) -> None:
    assert whole.memory < 1000 * 1000 * 1000
    assert [] == whole.left


def test_what_is_given_up_is_given_up_in_time_and_said_in_both_languages(whole: Run, folder: Path) -> None:
    """One after the other, so that the time of each is known; the others ended of themselves before that."""
    given_up = [each["path"] for each in whole.report["documents"] if "已中止" in (each["error"] or "")]
    assert "bomb-contents.pdf" in given_up
    rulebook = load_rulebook(Settings(), CompiledStore())
    linter = Linter(rulebook, rulebook.select(["EXT"]))
    for path in given_up:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        source = SourceFile(str(folder / path), "pdf", explicit=True)
        (linted,) = lint_files(linter.lint, [source], time_limit=SECONDS / 2)
        error = linted.result.error
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # The more pages a file has, the longer it may take; none of these has many.
        allowed = limits_for(source, SECONDS / 2).cpu + SECONDS / 2
        assert after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime < allowed + 1, path
        if error is not None:
            assert error.zh.endswith("。")
            assert error.en.endswith(".")
    assert TIME_LIMIT < 6
