"""Files linted in other processes: the same report whatever the number, and a run that nothing stops."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import InProcess, LocalProcesses, Scheduler, apart, lint_files
from bulletin_lint.engine.workers.limits import Limits, limits_of
from bulletin_lint.engine.workers.losses import FULL_SHARE, Loss
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import same
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES
from hostile_pdfs import MADE
from processes import PATIENCE, session, wait_until, wait_until_gone
from started import new_environment, started

PDF = FIXTURES / "pdf"
KILLER = "crash.pdf"


def start(*words: object, folder: Path, **given: Any) -> subprocess.Popen[bytes]:
    """The command in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bulletin_lint", *map(str, words)],
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given},
        cwd=folder,
        env=new_environment(),
        start_new_session=True,
    )


def run(*words: object, folder: Path, stdin: bytes | None = None) -> tuple[int, str, str]:
    """The command's exit code and what it wrote."""
    return started(*words, folder=folder, stdin=stdin or b"")[:3]


def archive(folder: Path) -> Path:
    """Texts and PDFs, good and bad, in one folder."""
    bulletins = FIXTURES / "bulletins"
    texts = [*sorted((bulletins / "clean").iterdir())[:20], *sorted(bulletins.glob("faulty/*/*.md"))[:20]]
    for source in texts:
        if source.suffix in (".md", ".txt"):
            shutil.copy(source, folder)
    for name in ("bulletin-reportlab", "damaged-typst", "scanned", "truncated", "user-password"):
        shutil.copy(PDF / f"{name}.pdf", folder)
    return folder


def test_the_report_is_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    archive(tmp_path)
    one, *others = (
        run("check", ".", "--isolated", "--jobs", jobs, "--format", "json", folder=tmp_path)
        for jobs in (1, 2, 4)
    )
    assert 2 == one[0]
    assert 3 == one[2].count("错误：")
    assert all(one == other for other in others)


def test_a_program_with_threads_gets_the_same_report(tmp_path: Path) -> None:
    archive(tmp_path)
    # What happens on systems where nothing is forked.
    script = (
        "import sys, bulletin_lint.engine.workers.dispatch as w\n"
        "w.start_method = lambda: 'start'\n"
        "from bulletin_lint.cli.main import main\n"
        "sys.exit(main(['check', '.', '--isolated', '--jobs', '2', '--format', 'json']))\n"
    )
    (tmp_path / "spawning.py").write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, "spawning.py"], cwd=tmp_path, env=new_environment(), capture_output=True, check=False
    )
    expected = run("check", ".", "--isolated", "--jobs", "1", "--format", "json", folder=tmp_path)
    assert expected == (done.returncode, done.stdout.decode(), done.stderr.decode())


def crashing(source: SourceFile) -> LintResult:
    """Lints nothing, and takes its process with it at one file."""
    if source.path == KILLER:
        os.abort()
    return LintResult(FileResult(source.path, source.kind), None)


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("kind", ["pdf", "text"])
def test_one_crash_is_one_message_and_the_order_stays(kind: Any, jobs: int) -> None:
    if (kind, jobs) == ("text", 1):
        pytest.skip("with one job texts are linted in this process")
    counted: list[str] = []
    names = ["a.md", "b.md", "c.pdf", KILLER, *(f"{number}.md" for number in range(40))]
    files = [
        SourceFile(name, kind if name == KILLER else "pdf" if name.endswith("pdf") else "text", explicit=True)
        for name in names
    ]

    found = lint_files(crashing, files, jobs, done=lambda linted: counted.append(linted.result.path))

    assert names == [linted.result.path for linted in found]
    failed = [linted.result for linted in found if linted.result.error is not None]
    assert [KILLER] == [result.path for result in failed]
    error = failed[0].error
    assert error is not None
    assert "SIGABRT" in error.zh
    assert "SIGABRT" in error.en
    assert len(names) == len(counted)


def test_what_the_caller_holds_is_not_what_a_file_needed() -> None:
    # A worker is a copy: it begins with all that its caller has in memory.
    ballast = b"1" * (500 << 20)

    (found,) = lint_files(crashing, [SourceFile(KILLER, "pdf", explicit=True)], 1)

    assert len(ballast) > FULL_SHARE * limits_of(1).memory
    error = found.result.error
    assert error is not None
    assert "SIGABRT" in error.en


def rules() -> Linter:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Linter(rulebook, rulebook.select(["EXT", "SEC"]))


def test_what_is_said_in_another_process_is_what_would_be_said_here() -> None:
    path = PDF / "damaged-typst.pdf"
    linter, source = rules(), SourceFile(str(path), "pdf", explicit=True)
    here = linter.lint(source)._replace(document=None)
    (there,) = lint_files(linter.lint, [source])
    assert here == there
    assert here.result.violations


def test_an_exception_in_another_process_is_no_crash_of_the_pdf() -> None:
    with pytest.raises(SourceError) as caught:
        apart(broken, SourceFile("a.pdf", "pdf", explicit=True))
    assert "ZeroDivisionError: odd" in caught.value.wording.zh
    assert "internal error" in caught.value.wording.en


def broken(*_: object) -> Reading:
    raise ZeroDivisionError("odd")


def test_want_of_memory_is_not_taken_for_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(path: str, *_: object) -> Reading:
        raise MemoryError

    def hidden(path: str, *_: object) -> Reading:
        # An engine wraps what it meets, and the reader wraps that.
        wrapped = ValueError()
        wrapped.__cause__ = MemoryError()
        raise SourceError(path, same("damaged")) from wrapped

    for reader in (greedy, hidden):
        monkeypatch.setattr("bulletin_lint.readers.pdf.reader.read_pdf", reader)
        with pytest.raises(MemoryError):
            rules().lint(SourceFile("a.pdf", "pdf", explicit=True, data=b"%PDF-"))


def test_a_reader_that_breaks_is_a_message_for_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletin_lint.readers.pdf.reader.read_pdf", broken)
    error = rules().lint(SourceFile("a.pdf", "pdf", explicit=True, data=b"%PDF-")).result.error
    assert error is not None
    assert "ZeroDivisionError" in error.zh
    assert __name__ in error.en


@pytest.mark.parametrize(
    ("command", "words"), [("check", ["--format", "concise"]), ("extract", []), ("check", ["--jobs", "2"])]
)
def test_a_pdf_that_takes_too_long_is_given_up(command: str, words: list[str], tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(MADE["operators-million"]())
    code, out, err = run(command, "long.pdf", *words, "--time-limit", "0.5", "--lang", "en", folder=tmp_path)
    assert 2 == code
    assert err.startswith("error: long.pdf: the PDF was not read within 0.5 s")
    assert 1 == len(err.splitlines())
    assert command == "check" or out == ""


@pytest.mark.parametrize("value", ["0", "-1", "nan", "x"])
def test_a_time_limit_is_a_number_above_0(value: str, tmp_path: Path) -> None:
    code, _, err = run("check", f"--time-limit={value}", folder=tmp_path)
    assert 2 == code
    assert f"--time-limit “{value}”不是大于 0 的秒数" in err


def test_a_pdf_on_standard_input_is_read(tmp_path: Path) -> None:
    data = (PDF / "bulletin-reportlab.pdf").read_bytes()
    code, out, _ = run("check", "-", "--isolated", "--format", "json", folder=tmp_path, stdin=data)
    assert code in (0, 1)
    (document,) = json.loads(out)["documents"]
    assert ("<stdin>", "pdf", None, 4) == tuple(document[key] for key in ("path", "kind", "error", "pages"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_that_is_called_a_pdf_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    shutil.copy(PDF / "bulletin-reportlab.pdf", tmp_path / "good.pdf")
    code, out, err = run("check", "pipe.pdf", "good.pdf", "--format", "json", folder=tmp_path)
    assert 2 == code
    assert "pipe.pdf: 不是普通文件" in err
    assert ["good.pdf", "pipe.pdf"] == [document["path"] for document in json.loads(out)["documents"]]
    # In a folder it is said, too: something that is named like a bulletin was not checked.
    code, _, err = run("check", ".", folder=tmp_path)
    assert 2 == code
    assert "pipe.pdf: 不是普通文件" in err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc what is running")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_everything_quietly(jobs: int, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(MADE["operators-million"]())
    process = start("check", "--jobs", jobs, "--time-limit", "30", ".", folder=tmp_path)
    assert wait_until(lambda: len(session(process.pid)) >= 1 + jobs)
    time.sleep(0.2)
    # As a terminal does it: to the workers too.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (130, b"", b"") == (process.returncode, out, err)
    assert [] == wait_until_gone(process.pid)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bar_counts_files_and_stays_out_of_the_report(jobs: int, tmp_path: Path) -> None:
    termios = pytest.importorskip("termios")
    archive(tmp_path)
    words = ("check", ".", "--isolated", "--jobs", jobs, "--format", "json")
    expected = run(*words, folder=tmp_path)
    ours, theirs = os.openpty()
    # One of no size has no room for a bar.
    termios.tcsetwinsize(theirs, (24, 80))
    shown = b""
    with start(*words, folder=tmp_path, stderr=theirs) as process:
        os.close(theirs)
        assert process.stdout is not None
        out = process.stdout.read()
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            # The other end is closed.
            pass
    os.close(ours)
    assert expected[:2] == (process.returncode, out.decode())
    total = len(json.loads(out)["documents"])
    text = shown.decode()
    counts = [int(count) for count in re.findall(rf"(\d+)/{total} ", text)]
    assert counts
    assert counts == sorted(counts)
    assert counts[-1] <= total
    # It is wiped out before the first message.
    bar, messages = text[: text.index("错误：")], text[text.index("错误：") :]
    assert bar.endswith("\r")
    assert f"/{total}" not in messages
    assert f"/{total}" not in expected[2]


def at_one(task: int) -> float:
    return 6 / task


def full(task: int) -> None:
    raise MemoryError


@pytest.mark.parametrize("limited", [True, False])
@pytest.mark.parametrize("scheduler", [InProcess(), LocalProcesses(1), LocalProcesses(2)])
def test_a_scheduler_answers_each_task_once(scheduler: Scheduler, limited: bool) -> None:  # noqa: FBT001
    tasks = [3, 0, 2, 6, 1]
    limits = Limits(5, 20, 2**28) if limited else None
    found = dict(scheduler.map(at_one, tasks, lambda task: limits))
    assert {3: 2, 2: 3, 6: 1, 1: 6} == {task: result for task, result in found.items() if task}
    assert Loss("exception", "ZeroDivisionError: division by zero") == found[0]
    assert [(3, Loss("memory"))] == list(scheduler.map(full, [3], lambda task: limits))


def test_files_are_linted_where_a_scheduler_does_its_tasks() -> None:
    class Far:
        """Somewhere else: what it is given and what comes back must cross."""

        seen: list[tuple[str, bool]] = []  # noqa: RUF012

        def map(self, work: Any, tasks: Any, limits: Any) -> Any:
            work = pickle.loads(pickle.dumps(work))
            self.seen += [(source.kind, limits((index, source)) is None) for index, source in tasks]
            for task, result in InProcess().map(work, pickle.loads(pickle.dumps(tasks)), limits):
                yield task, Loss("time") if task[0] == 2 else pickle.loads(pickle.dumps(result))

    linter, far = rules(), Far()
    text, pdf = FIXTURES / "pdf" / "source" / "damaged.md", PDF / "damaged-typst.pdf"
    files = [
        SourceFile(str(text), "text", explicit=True),
        SourceFile(str(pdf), "pdf", explicit=True),
        SourceFile("lost.pdf", "pdf", explicit=True, data=b"%PDF-"),
    ]
    found = lint_files(linter.lint, files, scheduler=far, time_limit=3)
    assert found[:2] == lint_files(linter.lint, files[:2])
    assert [("text", True), ("pdf", False), ("pdf", False)] == far.seen
    error = found[2].result.error
    assert error is not None
    assert "within 3 s" in error.en
