"""The cache of facts: what is believed, what is not, and that nothing wrong with it does harm."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.engine.cache import contents
from bulletin_lint.engine.cache.contents import Stamp, digest, stamp
from bulletin_lint.engine.cache.issues import CachedIssue, RecordCache
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import FieldPlace, IssueRecord, from_plain, to_plain

ANATOMY: dict[str, object] = {"labels": {"imprint": {}}}
TITLE = "临江市政务服务简报"
HOUR_NS = 3600 * 10**9


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(folder))
    return folder


def issue_of(path: str, number: int = 11) -> IssueRecord:
    where = Location(3, 6, 3, 10, (PageBox(1, (72.0, 90.5, 130.25, 104.0)),))
    places = {"issue": FieldPlace(f"第{number}期", where, f"2020年第{number}期", "masthead.issue_number")}
    return IssueRecord(path, TITLE, 2020, number, number + 100, "2020-03-06", places=places)


def written(folder: Path, name: str, text: str = "第11期") -> SourceFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return SourceFile(path.as_posix(), "text", explicit=False)


def long_ago(source: SourceFile) -> Stamp:
    """The stamp of a file as though it had been read an hour after it was written."""
    found = stamp(source.path)
    assert found is not None
    return found._replace(asked_ns=found.mtime_ns + HOUR_NS)


def keep(cache: RecordCache, source: SourceFile, *, at: Stamp | None = None, number: int = 11) -> None:
    content = digest(source, Path(source.path).read_bytes())
    cache.store([(source, at or long_ago(source), content, CachedIssue(issue_of(source.path, number)))])


def recalled(cache: RecordCache, *sources: SourceFile) -> dict[str, CachedIssue]:
    stamps = {source.path: stamp(source.path) for source in sources}
    return cache.recall(sources, {path: each for path, each in stamps.items() if each is not None})


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files whose content was looked at."""
    paths: list[str] = []
    whole = contents.digest_of

    def spy(source: SourceFile) -> str | None:
        paths.append(source.path)
        return whole(source)

    monkeypatch.setattr(contents, "digest_of", spy)
    return paths


def test_what_was_kept_is_known_without_reading_the_file(tmp_path: Path, hashed: list[str]) -> None:
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)

    assert {source.path: CachedIssue(issue_of(source.path))} == recalled(cache, source)
    assert [] == hashed


def test_a_file_that_was_read_as_soon_as_written_is_read_again(tmp_path: Path, hashed: list[str]) -> None:
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    # Within the tick of the file system's clock a second change would leave no trace in the status.
    keep(cache, source, at=stamp(source.path))

    assert [source.path] == list(recalled(cache, source))
    assert [source.path] == hashed


def test_a_status_that_a_program_can_set_back_is_not_believed(
    tmp_path: Path, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On FAT and exFAT there is no time of change: what is read for it is the time of the last writing, in tens
    of milliseconds or in seconds, and that can be set."""
    source = written(tmp_path, "11.md", "第11期")
    real = os.stat

    def stat_of_fat(path: str, **how: Any) -> os.stat_result:
        found = real(path, **how)
        if path != source.path:
            return found
        when = 1_583_452_800
        return os.stat_result(
            [*found[:7], when, when, when, *found[10:]],
            {"st_mtime_ns": when * 10**9, "st_ctime_ns": when * 10**9},
        )

    monkeypatch.setattr(os, "stat", stat_of_fat)
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)
    Path(source.path).write_text("第12期", encoding="utf-8")

    assert {} == recalled(cache, source)
    assert [source.path] == hashed


def test_a_change_is_seen_although_size_and_time_are_as_before(tmp_path: Path) -> None:
    source = written(tmp_path, "11.md", "第11期")
    before = os.stat(source.path)
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)

    Path(source.path).write_text("第12期", encoding="utf-8")
    os.utime(source.path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert before.st_mtime_ns == os.stat(source.path).st_mtime_ns
    assert {} == recalled(cache, source)


def test_a_file_that_changed_while_it_was_read_has_no_stamp_on_record(
    tmp_path: Path, hashed: list[str]
) -> None:
    source = written(tmp_path, "11.md", "第11期")
    before, content = long_ago(source), digest(source, "第11期".encode())
    Path(source.path).write_text("第12期", encoding="utf-8")
    cache = RecordCache(ANATOMY, {})
    cache.store([(source, before, content, CachedIssue(issue_of(source.path)))])

    assert {} == recalled(cache, source)
    assert [source.path] == hashed


def test_a_renamed_file_is_known_by_its_content(tmp_path: Path) -> None:
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)
    moved = tmp_path / "2020-11.md"
    Path(source.path).rename(moved)
    renamed = source._replace(path=moved.as_posix())

    assert {moved.as_posix(): CachedIssue(issue_of(moved.as_posix()))} == recalled(cache, renamed)


def test_the_same_bytes_as_another_kind_of_file_are_not_the_same(tmp_path: Path) -> None:
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)

    assert {} == recalled(cache, written(tmp_path, "11.pdf")._replace(kind="pdf"))


@pytest.mark.parametrize("other", [{"labels": {}}, {**ANATOMY, "forms": {"date": ["x"]}}])
def test_other_labels_or_forms_make_other_facts(tmp_path: Path, other: dict[str, object]) -> None:
    source = written(tmp_path, "11.md")
    keep(RecordCache(ANATOMY, {}), source)

    assert {} == recalled(RecordCache(other, {}), source)
    assert {} == recalled(RecordCache(ANATOMY, {"⼀": "一"}), source)
    assert [source.path] == list(recalled(RecordCache(ANATOMY, {}), source))


def test_why_a_file_cannot_be_read_is_known_too(tmp_path: Path) -> None:
    source = written(tmp_path, "11.pdf", "%PDF-1.4")
    refused = CachedIssue(None, Wording("文件损坏。", "the file is damaged."))
    cache = RecordCache(ANATOMY, {})
    cache.store([(source, long_ago(source), digest(source, b"%PDF-1.4"), refused)])

    assert {source.path: refused} == recalled(cache, source)


def database(folder: Path) -> Path:
    (path,) = folder.glob("cache-*.sqlite3")
    return path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def scribble(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xa5" * (len(content) - 100))


def not_a_database(path: Path) -> None:
    path.write_text("no database\n" * 1000)


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE facts (x)")
    connection.close()


def without_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE facts")
    connection.close()


def other_body(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET body = replace(CAST(body AS TEXT), '111', '112')")
    connection.close()


def odd_values(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET body = 'x', checksum = 'y', used = 'z'")
        connection.execute("UPDATE files SET read_ns = 'never'")
    connection.close()


@pytest.mark.parametrize(
    "harm", [cut, scribble, not_a_database, foreign, without_tables, other_body, odd_values]
)
def test_a_damaged_or_foreign_cache_is_a_miss_and_then_a_cache(
    tmp_path: Path, own_cache: Path, harm: object
) -> None:
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)
    assert callable(harm)
    harm(database(own_cache))

    assert {} == recalled(cache, source)
    keep(cache, source)
    assert {source.path: CachedIssue(issue_of(source.path))} == recalled(cache, source)


def test_no_place_for_a_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    source = written(tmp_path, "11.md")
    cache = RecordCache(ANATOMY, {})
    keep(cache, source)

    assert {} == recalled(cache, source)


def test_what_nobody_used_for_long_is_forgotten(
    tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = RecordCache(ANATOMY, {})
    for number in range(40):
        keep(cache, written(tmp_path, f"{number}.md", f"第{number}期"), number=number)
    later = time.time() + 200 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    for number in range(100, 140):
        keep(cache, written(tmp_path, f"{number}.md", f"第{number}期"), number=number)

    connection = sqlite3.connect(database(own_cache))
    ((files,),) = connection.execute("SELECT count(*) FROM files").fetchall()
    ((facts,),) = connection.execute("SELECT count(*) FROM facts").fetchall()
    connection.close()
    assert (40, 40) == (files, facts)


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import test_issues as made
folder = Path(sys.argv[2])
cache = made.RecordCache(made.ANATOMY, {})
for number in range(int(sys.argv[3]), int(sys.argv[3]) + 25):
    made.keep(cache, made.written(folder, f"{number}.md", f"第{number}期"), number=number)
"""


def test_several_processes_keep_facts_at_the_same_time(tmp_path: Path) -> None:
    words = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(tmp_path)]
    writers = [subprocess.Popen([*words, str(first)]) for first in range(0, 100, 25)]
    assert [0, 0, 0, 0] == [writer.wait() for writer in writers]

    sources = [
        SourceFile((tmp_path / f"{number}.md").as_posix(), "text", explicit=False) for number in range(100)
    ]
    found = recalled(RecordCache(ANATOMY, {}), *sources)
    assert {
        source.path: CachedIssue(issue_of(source.path, number)) for number, source in enumerate(sources)
    } == found


def test_a_log_that_another_run_makes_meanwhile_is_no_flaw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = written(tmp_path, "11.md"), written(tmp_path, "12.md", "第12期")
    cache = RecordCache(ANATOMY, {})
    keep(cache, first)
    real, looks = os.stat, []

    def stat_as_the_log_comes(path: Any, **how: Any) -> os.stat_result:
        if str(path).endswith("-wal"):
            looks.append(path)
            if len(looks) == 1:
                raise FileNotFoundError(path)
            return real(first.path)
        return real(path, **how)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", stat_as_the_log_comes)
        keep(cache, second, number=12)

    assert looks
    assert [first.path, second.path] == list(recalled(cache, first, second))


NUMBERS = st.none() | st.integers(1, 10**6)
TEXTS = st.none() | st.text(st.characters(codec="utf-8"), min_size=1)
PLACES = st.dictionaries(
    st.sampled_from(["title", "issue", "cumulative", "date", "anchor"]),
    st.builds(
        FieldPlace,
        st.text(),
        st.builds(
            Location,
            st.integers(1),
            st.integers(1),
            st.integers(1),
            st.integers(1),
            st.lists(
                st.builds(PageBox, st.integers(1), st.tuples(*[st.floats(0, 2000)] * 4)), max_size=3
            ).map(tuple),
        ),
        st.text(),
        st.text(),
    ),
)


@given(
    st.builds(
        IssueRecord,
        st.just("a.md"),
        TEXTS,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        TEXTS,
        st.booleans(),
        PLACES,
        st.none(),
        st.none(),
    )
)
def test_facts_come_back_as_they_were(facts: IssueRecord) -> None:
    import json

    assert facts == from_plain(json.loads(json.dumps(to_plain(facts))), "a.md")
