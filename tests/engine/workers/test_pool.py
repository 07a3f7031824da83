"""A pool that stays: every file answered once, whatever became of its process, of the launcher or of the pool."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.workers.pool import Pool
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES, SUPPORT
from processes import children, session, wait_until, wait_until_gone
from started import new_environment
from strange_linters import Strange, size_of

METHODS = ("fork", "start")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc what is running")


def file(path: str, data: bytes = b"") -> SourceFile:
    return SourceFile(path, "pdf" if path.endswith("pdf") else "text", explicit=True, data=data)


def linter() -> Linter:
    rulebook = load_rulebook(Settings())
    return Linter(rulebook, rulebook.select(["EXT", "PUN", "DAT", "NUM"]))


@pytest.fixture(scope="module", params=METHODS)
def strange(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """A pool of one process, in which many things go wrong."""
    folder = tmp_path_factory.mktemp("trap") / "sprung"
    with Pool(Strange(str(folder)), 1, method=request.param) as pool:
        yield pool
    assert not folder.exists()


@pytest.mark.parametrize("method", METHODS)
def test_what_a_pool_says_is_what_would_be_said_here(method: Any) -> None:
    pdf, source = FIXTURES / "pdf" / "damaged-typst.pdf", FIXTURES / "pdf" / "source" / "damaged.md"
    files = [
        SourceFile(str(pdf), "pdf", explicit=True),
        SourceFile(str(source), "text", explicit=True),
        file("given.pdf", pdf.read_bytes()),
        file("given.md", source.read_bytes()),
        file("broken.pdf", b"%PDF-1.7 nothing"),
        SourceFile("nowhere.md", "text", explicit=True),
    ]
    rules = linter()
    with Pool(rules, 2, method=method) as pool:
        found = [future.result() for future in [pool.submit(each) for each in files]]
    assert found == [rules.lint(each)._replace(document=None) for each in files]
    assert all(one.result.violations for one in found[:4])
    assert all(one.result.error is not None for one in found[4:])


@pytest.mark.slow
def test_each_of_many_texts_from_many_threads_is_answered_once_and_right() -> None:
    text = (FIXTURES / "pdf" / "source" / "damaged.md").read_text("utf-8")
    # Another number of faults in each, so that no answer could pass for that of another file.
    files = [
        file(f"{n}.md", (text + "\n\n今年共有３人。" * (n % 7) + f"\n\n第{n}件。\n").encode())
        for n in range(200)
    ]
    rules = linter()
    answered: list[str] = []
    with Pool(rules, 2) as pool:

        def submit(source: SourceFile) -> LintResult:
            future = pool.submit(source)
            future.add_done_callback(lambda done: answered.append(done.result().result.path))
            return future.result()

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(submit, files))
    assert found == [rules.lint(source)._replace(document=None) for source in files]
    assert sorted(answered) == sorted(source.path for source in files)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("abort.pdf", "SIGABRT"),
        ("abort.md", "SIGABRT"),
        ("exit.pdf", "exit 0"),
        ("raise.md", "ZeroDivisionError: odd"),
        ("refuse.pdf", "BulletinLintError"),
        ("spin.pdf", "within 0.2 s"),
        ("sleep.pdf", "within 0.2 s"),
        ("spin.md", "the file was not checked within 0.2 s"),
        # What the process of a hostile file may write.
        ("trap.pdf", "not an answer"),
        ("endless.pdf", "within 0.2 s"),
        ("huge.pdf", "not an answer"),
        ("rubbish.pdf", "not an answer"),
    ],
)
def test_what_ends_badly_costs_its_own_result_only(strange: Pool, name: str, said: str) -> None:
    names = ["a.md", name, "b.pdf", "c.md"]
    futures = [strange.submit(file(each), time_limit=0.2 if each == name else 4) for each in names]
    results = [future.result(120).result for future in futures]
    assert names == [result.path for result in results]
    lost = results.pop(1)
    assert lost.error is not None
    assert said in lost.error.en
    assert lost.error.zh != lost.error.en
    assert [None] * 3 == [result.error for result in results]


def test_where_it_forks_every_file_has_a_process_of_its_own() -> None:
    with Pool(Strange(), 1, method="fork") as pool:
        ids = [pool.submit(file(f"{number}.md")).result().result.encoding for number in range(5)]
    assert 5 == len(set(ids))


def test_something_else_can_be_made_of_a_file(strange: Pool) -> None:
    assert ("a.md", 3) == strange.call(size_of, file("a.md", b"abc")).result()
    with pytest.raises(SourceError, match="SIGABRT"):
        strange.call(size_of, file("abort.pdf")).result()


def test_a_path_begins_where_the_caller_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with Pool(linter(), 1) as pool:
        pool.start()
        monkeypatch.chdir(tmp_path)
        Path("here.md").write_text("第１期", "utf-8")
        found = pool.submit(SourceFile("here.md", "text", explicit=True)).result().result
    assert ("here.md", None) == (found.path, found.error)


@pytest.mark.parametrize("method", METHODS)
def test_a_launcher_that_is_ended_is_replaced(method: Any) -> None:
    with Pool(Strange(), 1, method=method) as pool:
        before = children(os.getpid())
        pool.submit(file("a.md")).result()
        (launcher,) = set(children(os.getpid())) - set(before)
        workers = children(launcher)
        futures = [pool.submit(file(name)) for name in ("doze.md", "b.md", "c.md", "d.md")]
        os.kill(launcher, signal.SIGKILL)
        found = [future.result(60).result for future in futures]
        assert [("doze.md", None), *((f"{name}.md", None) for name in "bcd")] == [
            (result.path, result.error) for result in found
        ]
        (second,) = set(children(os.getpid())) - set(before)
        assert second != launcher
    # Those of the first saw that nobody gives them anything to do any more.
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_no_process_at_all_is_a_result_that_says_so_and_later_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Pool(Strange(), 1) as pool:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "/nowhere/python")
            error = pool.submit(file("a.md")).result(60).result.error
        assert error is not None
        assert "cannot start a process that reads files" in error.en
        assert pool.submit(file("b.md")).result(60).result.error is None


def test_a_launcher_that_cannot_begin_is_not_started_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pool(Strange(), 1) as pool:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "/bin/false")
            errors = [pool.submit(file(f"{n}.md")) for n in range(5)]
            assert all(future.result(60).result.error is not None for future in errors)
        assert pool.submit(file("b.md")).result(60).result.error is None


def test_closing_waits_for_what_was_submitted() -> None:
    before = children(os.getpid())
    pool = Pool(Strange(), 1)
    futures = [pool.submit(file(name)) for name in ("doze.md", "a.md", "b.md")]
    pool.close()
    assert all(future.done() and future.result().result.error is None for future in futures)
    assert before == children(os.getpid())
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(file("c.md"))
    pool.close()


def test_closing_at_once_gives_up_what_is_not_done() -> None:
    before = children(os.getpid())
    pool = Pool(Strange(), 1)
    pool.submit(file("a.md")).result()
    busy, *others = [
        pool.submit(file(name), time_limit=60) for name in ("sleep.md", "b.md", "c.md", "d.md", "e.md")
    ]
    assert wait_until(busy.running)
    pool.close(wait=False)
    error = busy.result(60).result.error
    assert error is not None
    assert "closed" in error.en
    assert others[-1].cancelled()
    assert all(future.done() for future in others)
    assert before == children(os.getpid())


def test_a_file_that_waits_can_be_cancelled() -> None:
    with Pool(Strange(), 1) as pool:
        futures = [pool.submit(file(name)) for name in ("doze.md", "doze.md", "abort.md", "a.md")]
        # The launcher has two.
        assert futures[2].cancel()
        with pytest.raises(CancelledError):
            futures[2].result()
        assert futures[3].result().result.error is None


SCRIPT = """\
import multiprocessing, os, sys, threading
sys.path.insert(0, {support!r})
METHOD = {method!r}
from bulletin_lint.model.source import SourceFile
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import apart, lint_files
from bulletin_lint.engine.workers.pool import Pool
from bulletin_lint.rulebook.load import load_rulebook
from hostile_pdfs import MADE
from processes import session
from strange_linters import Strange

def lint():
    rulebook = load_rulebook(Settings())
    linter = Linter(rulebook, rulebook.select(["EXT", "PUN"]))
    pdf, text = {pdf!r}, {text!r}
    files = [
        SourceFile(text, "text", True),
        SourceFile("killer.pdf", "pdf", True, MADE["operators-million"]()),
        SourceFile(pdf, "pdf", True),
        SourceFile("empty.pdf", "pdf", True, b"%PDF-1.7"),
    ]
    here = lint_files(linter.lint, files, 2, time_limit=1)
    with Pool(linter, 2) as pool:
        pooled = [future.result() for future in [pool.submit(each, time_limit=1) for each in files]]
    assert pooled == here, (pooled, here)
    assert ["within 1 s" in (one.result.error.en if one.result.error else "") for one in here] == [0, 1, 0, 0]
    assert here[0].result.error is None and here[2].result.error is None
    assert here[0].result.violations and here[2].result.pages == 2
    assert apart(Strange().lint, SourceFile("a.pdf", "pdf", True)).result.path == "a.pdf"
    with Pool(Strange(), 2) as pool:
        names = ["a.pdf", "abort.pdf", "b.md"]
        found = [f.result().result for f in [pool.submit(SourceFile(n, "pdf", True, b"")) for n in names]]
    assert [one.error is not None for one in found] == [False, True, False]
    print("linted", len(session(os.getsid(0))), flush=True)

def threaded():
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    thread = threading.Thread(target=lint)
    thread.start()
    thread.join()

"""
# A daemon with threads stands for all in the usual run: nothing else has so much in its way.
WAYS = {
    "daemon": "process = multiprocessing.get_context('fork').Process(target=threaded, daemon=True)\nprocess.start()\nprocess.join()\n",
    "daemon-alone": "process = multiprocessing.get_context('fork').Process(target=lint, daemon=True)\nprocess.start()\nprocess.join()\n",
    "unguarded": "threaded()\n",
    "unguarded-spawn": "multiprocessing.set_start_method('spawn')\nthreaded()\n",
}


@pytest.mark.parametrize(
    "way", [way if way == "daemon" else pytest.param(way, marks=pytest.mark.slow) for way in WAYS]
)
def test_it_works_below_daemons_with_threads_and_without_a_guard(way: str, tmp_path: Path) -> None:
    script = SCRIPT.format(
        support=str(SUPPORT),
        method=way,
        pdf=str(FIXTURES / "pdf" / "damaged-typst.pdf"),
        text=str(FIXTURES / "pdf" / "source" / "damaged.md"),
    )
    (tmp_path / "script.py").write_text(script + WAYS[way], "utf-8")
    process = subprocess.Popen(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env=new_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    out, err = process.communicate(timeout=300)
    # Itself, and below a daemon its parent: nobody else is left after closing.
    left = 2 if way.startswith("daemon") else 1
    assert (0, f"linted {left}\n", "") == (process.returncode, out.decode(), err.decode())
    assert [] == wait_until_gone(process.pid)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("busy", ["sleep.md", "spin.pdf", "a.md"])
def test_nothing_is_left_when_the_caller_is_killed(method: str, busy: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(SUPPORT)!r})\n"
        "from bulletin_lint.model.source import SourceFile\n"
        "from bulletin_lint.engine.workers.pool import Pool\n"
        "from strange_linters import Strange\n"
        f"pool = Pool(Strange(), 2, method={method!r})\n"
        "pool.submit(SourceFile('a.md', 'text', True, b'')).result()\n"
        f"future = pool.submit(SourceFile({busy!r}, 'text', True, b''), time_limit=600)\n"
        "print('busy', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=new_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert b"busy\n" == process.stdout.readline()
    # The launcher and two workers, once the second is there too. One that has done its task makes room for the next,
    # so that a moment later there may be one less.
    assert wait_until(lambda: len(session(process.pid)) >= 4)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert [] == wait_until_gone(process.pid)


def test_a_copy_of_the_process_cannot_use_the_pool() -> None:
    code = (
        f"import os, sys; sys.path.insert(0, {str(SUPPORT)!r})\n"
        "from bulletin_lint.model.source import SourceFile\n"
        "from bulletin_lint.engine.workers.pool import Pool\n"
        "from strange_linters import Strange\n"
        "source = SourceFile('a.md', 'text', True, b'')\n"
        "with Pool(Strange(), 1) as pool:\n"
        "    if os.fork() == 0:\n"
        "        try: pool.submit(source)\n"
        "        except RuntimeError as error: print(error, flush=True)\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
        "    print(pool.submit(source).result().result.error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=new_environment(), capture_output=True, timeout=60, check=True
    )
    assert b"the pool was made in another process\nNone\n" == done.stdout
