"""An engine judges the same here and elsewhere, and what it says crosses a queue whole."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from bulletin_lint import (
    Engine,
    EnginePool,
    IssueRecord,
    Result,
    check,
    load_settings,
    record_from_plain,
    record_to_plain,
    result_from_plain,
    result_to_plain,
)
from harness import FIXTURES, SUPPORT
from hostile_pdfs import MADE
from processes import wait_until_gone
from started import new_environment

WRONG = FIXTURES / "commands" / "wrong.md"
GOOD_PDF = FIXTURES / "pdf" / "bulletin-reportlab.pdf"
DAMAGED_PDF = FIXTURES / "pdf" / "damaged-typst.pdf"
GAP = FIXTURES / "bulletins" / "faulty" / "issue-numbers" / "series-gap"

TEXTS = sorted(
    path
    for suffix in ("md", "txt")
    for path in (FIXTURES / "bulletins").rglob(f"*.{suffix}")
    if path.is_file()
)
PDFS = sorted((FIXTURES / "pdf").glob("*.pdf"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def hurried(engine: Engine) -> Engine:
    """A second is enough for the good files."""
    return Engine(select=["EXT", "PUN"], time_limit=1)


def codes(result: Result) -> list[str]:
    return [each.code for each in result.file.violations]


def through_json(result: Result) -> Result:
    return result_from_plain(json.loads(json.dumps(result_to_plain(result))))


# --- lint ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [WRONG, DAMAGED_PDF, FIXTURES / "bulletins" / "clean" / "gb18030.txt"])
def test_a_path_and_a_name_with_bytes_give_the_same(engine: Engine, path: Path) -> None:
    by_path = engine.lint(path)

    assert by_path == engine.lint(str(path)) == engine.lint((str(path), path.read_bytes()))
    assert by_path.file.error is None
    assert by_path.document is None


def test_the_result_says_what_the_rules_found_and_what_the_issue_is(engine: Engine) -> None:
    result = engine.lint(("11.md", WRONG.read_bytes()))

    assert ["DAT002", "SEC001", "PUN002"] == codes(result)
    assert result.record is not None
    assert ("11.md", 11, 1864, "2020-03-06") == (
        result.record.path,
        result.record.issue,
        result.record.cumulative,
        result.record.date,
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_whatever_is_wrong_with_a_file_is_what_check_says_of_it(engine: Engine, tmp_path: Path) -> None:
    for name, data in (("letter.docx", b"PK"), ("empty.md", b""), ("torn.pdf", b"%PDF-1.7 nothing")):
        (tmp_path / name).write_bytes(data)
    shutil.copy(FIXTURES / "pdf" / "user-password.pdf", tmp_path)
    # Whoever opens one of these waits for ever.
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "pipe")
    names = ["letter.docx", "empty.md", "torn.pdf", "user-password.pdf", "pipe.md", "pipe", "nowhere.md"]

    for path in (str(tmp_path / name) for name in names):
        result = engine.lint(path)
        assert result.file.error is not None
        assert result.record is None
        assert [result.file.error] == [document.error for document in check(path, cache=False).documents]


def test_a_folder_or_an_impossible_name_is_no_file(engine: Engine, tmp_path: Path) -> None:
    assert engine.lint(tmp_path).file.error is not None
    assert engine.lint("a\0b").file.error is not None


def test_a_file_that_is_named_is_judged_whatever_it_is(engine: Engine, tmp_path: Path) -> None:
    """Notes that lie in a folder of bulletins are passed over, but not where somebody asks for them."""
    path = tmp_path / "notes.txt"
    path.write_text("买墨盒。\n", "utf-8")

    for source in (path, ("notes.txt", path.read_bytes())):
        result = engine.lint(source)
        assert not result.file.skipped
        assert "pass" in result.file.outcomes.values()


def test_the_kind_of_a_file_without_a_known_ending_is_told_by_its_content(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "9"
    path.write_bytes(b"%PDF-1.7 torn")

    assert engine.lint(path).file.kind == engine.lint(("9", path.read_bytes())).file.kind == "pdf"


def test_a_password_opens_here_and_from_a_pickle(engine: Engine) -> None:
    path = FIXTURES / "pdf" / "user-password.pdf"
    knowing = Engine(password="yunxi")

    assert engine.lint(path).file.error is not None
    assert knowing.lint(path).file.error is None
    assert knowing.lint(path) == pickle.loads(pickle.dumps(knowing)).lint(path)


def test_a_pdf_that_takes_its_reader_down_costs_itself_alone(hurried: Engine) -> None:
    killer = hurried.lint(("killer.pdf", MADE["operators-million"]()))

    assert killer.file.error is not None
    assert "within 1 s" in killer.file.error.en
    assert hurried.lint(GOOD_PDF).file.error is None
    judged = hurried.judge((), [killer, hurried.lint(DAMAGED_PDF), hurried.lint(WRONG)])
    assert ["killer.pdf"] == [document.path for document in judged.failed]
    assert {str(DAMAGED_PDF), str(WRONG)} == {each.path for each in judged.violations}


# --- Elsewhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [WRONG, DAMAGED_PDF])
def test_an_engine_that_was_pickled_says_the_same(engine: Engine, path: Path) -> None:
    again = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(engine))))

    assert engine.lint(path) == again.lint(path)
    assert engine.judge((), [engine.lint(path)]) == again.judge((), [again.lint(path)])


def test_a_pickled_engine_needs_nothing_of_the_disk_that_it_comes_from(tmp_path: Path) -> None:
    """Neither pack nor settings nor waivers."""
    office = tmp_path / "office"
    shutil.copytree(FIXTURES / "packs" / "house", office)
    (office / "waivers.yaml").write_text(
        "waivers:\n- rule: HOUSE-003\n  path: bad.md\n  reason: 照录\n", "utf-8"
    )
    path = office / "bad.md"
    data = path.read_bytes()
    first = Engine(load_settings(start=str(office)), ignore=["PUN"])
    here = first.judge((), [first.lint((str(path), data))])
    sent = pickle.dumps(first)
    shutil.rmtree(office)

    again = pickle.loads(sent)

    assert here == again.judge((), [again.lint((str(path), data))])
    assert ["HOUSE-003"] == [each.code for each in here.waived]
    assert {"HOUSE-001", "HOUSE-002"} <= {each.code for each in here.violations}
    assert not any(code.startswith("PUN") for code in here.documents[0].outcomes)


@pytest.mark.parametrize("path", [*TEXTS, *PDFS], ids=lambda path: str(path.relative_to(FIXTURES)))
def test_every_result_crosses_whole(engine: Engine, path: Path) -> None:
    """As a pickle and as JSON, and is judged alike from there."""
    result = engine.lint(path)

    for again in (pickle.loads(pickle.dumps(result)), through_json(result)):
        assert result == again
        # A tuple equals one of another class.
        assert repr(result.file) == repr(again.file)
    assert engine.judge((), [result]) == engine.judge((), [through_json(result)])
    record = result.record
    if record is not None:
        assert record == record_from_plain(json.loads(json.dumps(record_to_plain(record))))


def test_waivers_cross_with_the_result_that_they_stand_in(engine: Engine) -> None:
    text = WRONG.read_text("utf-8").replace(
        "2020年03", "<!-- bulletin-lint: ignore-next-line[DAT002] 照录 -->\n2020年03"
    )
    result = engine.lint(("11.md", text.encode()))

    # Until it is judged it counts.
    assert ["DAT002", "SEC001", "PUN002"] == codes(result)
    for each in (result, through_json(result)):
        report = engine.judge((), [each])
        assert [("DAT002", "照录", "inline")] == [
            (one.code, one.waived.reason, one.waived.kind) for one in report.waived if one.waived
        ]
        assert ["SEC001", "PUN002"] == [one.code for one in report.violations]


@pytest.mark.parametrize("stored", [[], [1, 2, 3], list(range(16)), [None] * 16, ["a.md"]])
def test_what_is_no_plain_form_is_refused(stored: list[object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, IndexError, AttributeError)):
        result_from_plain(stored)
    with pytest.raises((ValueError, TypeError, AttributeError)):
        record_from_plain(stored)


# --- judge ---------------------------------------------------------------------------------------------

SAID = [("12.md", 3, "ISS005"), ("12.md", 3, "ISS007")]
"""Between 第10期（总第110期） and 第12期（总第112期） one is missing, of both numbers."""


def said(
    engine: Engine, records: Sequence[IssueRecord], results: Sequence[Result]
) -> list[tuple[str, int, str]]:
    report = engine.judge(records, results)
    return [(each.path, each.location.line, each.code) for each in report.violations]


def test_a_gap_is_seen_between_results_of_two_engines(engine: Engine) -> None:
    other = pickle.loads(pickle.dumps(engine))
    first = engine.lint(("10.md", (GAP / "10.md").read_bytes()))
    second = through_json(other.lint(("12.md", (GAP / "12.md").read_bytes())))

    assert [] == codes(first) == codes(second)
    assert SAID == said(engine, [], [first, second]) == said(other, [], [second, first])


def test_a_gap_is_seen_to_an_issue_of_which_only_the_record_is_kept(engine: Engine) -> None:
    first = engine.lint(("10.md", (GAP / "10.md").read_bytes()))
    second = engine.lint(("12.md", (GAP / "12.md").read_bytes()))
    assert first.record is not None
    assert second.record is not None
    kept = record_from_plain(json.loads(json.dumps(record_to_plain(first.record))))
    later = record_from_plain(record_to_plain(second.record))

    assert SAID == said(engine, [kept], [second])
    # Of one that is known by its record alone nothing is said, whatever is wrong with it.
    assert [] == said(engine, [later], [first])
    assert ["10.md"] == [document.path for document in engine.judge([later], [first]).documents]
    # A result stands for its issue also where an older record of it is given.
    assert SAID == said(engine, [kept, later, later._replace(issue=11)], [second])


def test_one_issue_alone_cannot_be_compared_and_says_so(engine: Engine) -> None:
    alone = engine.judge((), [engine.lint(GAP / "12.md")]).documents[0]

    assert "cannot-assess" == alone.outcomes["ISS005"]
    assert "没有同刊的其他期，所以不知道" == alone.reasons["ISS005"].zh


def test_judging_says_of_a_folder_what_check_says_in_whatever_order(tmp_path: Path) -> None:
    shutil.copytree(GAP, tmp_path / "river")
    shutil.copy(WRONG, tmp_path / "11.md")
    (tmp_path / "bulletin-lint.yaml").write_text("series: {known-gaps: {cumulative: 111}}\n", "utf-8")
    (tmp_path / "waivers.yaml").write_text(
        "waivers:\n- rule: DAT002\n  path: 11.md\n  reason: 照录\n", "utf-8"
    )
    engine = Engine(load_settings(start=str(tmp_path)))
    report = check(tmp_path)
    results = [engine.lint(document.path) for document in report.documents]
    chance = random.Random(7)

    for _ in range(3):
        chance.shuffle(results)
        assert report == engine.judge((), results)
    assert ["SEC001", "PUN002", "ISS005"] == [each.code for each in report.violations]
    assert ["DAT002"] == [each.code for each in report.waived]


# --- A pool --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool(hurried: Engine) -> Iterator[EnginePool]:
    with hurried.pool(2) as pool:
        pool.start()
        yield pool


def test_a_pool_says_what_the_engine_says(pool: EnginePool, hurried: Engine, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK")
    sources: list[Path | str | tuple[str, bytes]] = [
        WRONG,
        ("11.md", WRONG.read_bytes()),
        DAMAGED_PDF,
        str(tmp_path / "letter.docx"),
        "nowhere.pdf",
    ]

    futures = [pool.submit(source) for source in sources]

    assert [hurried.lint(source) for source in sources] == [future.result() for future in futures]


def test_in_a_pool_too_a_pdf_that_takes_its_reader_down_costs_itself_alone(pool: EnginePool) -> None:
    killer = MADE["operators-million"]()
    futures = [
        pool.submit(each) for each in (("killer.pdf", killer), DAMAGED_PDF, ("killer.pdf", killer), WRONG)
    ]

    errors = [future.result().file.error for future in futures]

    assert [True, False, True, False] == [error is not None and "within 1 s" in error.en for error in errors]


def test_the_limit_of_one_bulletin_may_be_another(pool: EnginePool) -> None:
    error = pool.submit(("killer.pdf", MADE["operators-million"]()), time_limit=0.5).result().file.error

    assert error is not None
    assert "within 0.5 s" in error.en


def test_a_closed_pool_takes_nothing(hurried: Engine) -> None:
    with hurried.pool(1) as pool:
        last = pool.submit(WRONG)
    assert ["PUN002"] == codes(last.result())
    with pytest.raises(RuntimeError):
        pool.submit(WRONG)


def test_a_pool_that_is_closed_at_once_answers_or_cancels(hurried: Engine) -> None:
    pool = hurried.pool(1)
    futures = [pool.submit(WRONG) for _ in range(4)]
    pool.close(wait=False)

    for future in futures:
        assert future.done()
        try:
            result = future.result()
        except CancelledError:
            continue
        assert result.file.error is not None or codes(result) == ["PUN002"]


# --- Below daemons and without a guard -----------------------------------------------------------------

SCRIPT = f"""\
import multiprocessing, sys, threading
sys.path.insert(0, {str(SUPPORT)!r})
from hostile_pdfs import MADE
from bulletin_lint import Engine, check

def work():
    engine = Engine(select=["EXT", "PUN"], time_limit=1)
    sources = [{str(WRONG)!r}, ("killer.pdf", MADE["operators-million"]()), {str(DAMAGED_PDF)!r}]
    here = [engine.lint(source) for source in sources]
    with engine.pool(2) as pool:
        assert here == [future.result() for future in [pool.submit(source) for source in sources]]
    paths = [{str(WRONG)!r}, {str(DAMAGED_PDF)!r}]
    for jobs in (1, 2):
        assert not check(paths, jobs=jobs, time_limit=60).failed
    print([one.file.error is not None for one in here], [bool(one.file.violations) for one in here], flush=True)

def threaded():
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

"""
DAEMON = """\
process = multiprocessing.get_context({method!r}).Process(target={target}, daemon=True)
process.start()
process.join()
"""
WAYS = {
    "unguarded": "work()\n",
    "unguarded-threaded": "threaded()\n",
    "daemon-forked": DAEMON.format(method="fork", target="threaded"),
    "daemon-spawned": "if __name__ == '__main__':\n    "
    + DAEMON.format(method="spawn", target="threaded").replace("\nprocess", "\n    process"),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_engines_work_below_daemons_with_threads_and_without_a_guard(way: str, tmp_path: Path) -> None:
    if way == "daemon-forked" and "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot fork")
    (tmp_path / "script.py").write_text(SCRIPT + WAYS[way], "utf-8")

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

    assert (0, "") == (process.returncode, err.decode())
    assert "[False, True, False] [True, False, True]\n" == out.decode()
    if sys.platform.startswith("linux"):
        assert [] == wait_until_gone(process.pid)
