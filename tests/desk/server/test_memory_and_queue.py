"""What the page keeps and takes in: to the byte, to the second, and the share of each client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bulletin_lint.desk.looking import Judged, Looked
from bulletin_lint.desk.server.memory import MOST_BYTES, MOST_SECONDS, Entry, Memory
from bulletin_lint.desk.server.queue import (
    LARGEST,
    MOST_FILES,
    SHARE,
    NotTaken,
    Queue,
    announced,
    taken,
    too_large,
)
from bulletin_lint.desk.server.queue import MOST_BYTES as MOST_QUEUED
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.location import Location
from bulletin_lint.model.page_view import PagePicture
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import same


def entry(size: int = 100, lines: tuple[str, ...] = (), violations: int = 0, waived: int = 0) -> Entry:
    one = Violation("1.md", Location(1, 1, 1, 2), "A", "n", "error", same("m"), "", "")
    result = FileResult("1.md", "text", violations=(one,) * violations, waived=(one,) * waived)
    source = SourceFile("1.md", "text", explicit=True, data=b"")
    return Entry(Looked(source, size, "", LintResult(result, None), lines), Judged(Report(()), ()))


def test_a_file_weighs_its_bytes_its_pictures_its_text_and_its_places() -> None:
    assert entry(100).weight == 100
    assert entry(100, ("ab", "c", "")).weight == 112
    assert entry(100, violations=2).weight == 100 + 2 * 2048
    assert entry(100, violations=1, waived=2).weight == 100 + 3 * 2048
    drawn = entry(100)
    drawn.pictures = {1: PagePicture(1, 1.0, 1.0, "", b"x" * 7), 2: PagePicture(2, 1.0, 1.0, "", b"y")}
    assert drawn.weight == 108


def test_nobody_can_guess_a_name() -> None:
    names = {entry().id for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {32}


class Clock:
    """The time that a test says."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def memory(most_bytes: int = 250, most_seconds: float = 60.0) -> tuple[Memory, Clock]:
    clock = Clock()
    return Memory(most_bytes, most_seconds, clock), clock


def test_what_is_kept_is_found_by_its_name() -> None:
    kept, _ = memory()
    one, other = entry(), entry()
    kept.add(one)
    kept.add(other)
    assert (kept.get(one.id), kept.get(other.id), kept.get("none")) == (one, other, None)
    assert len(kept) == 2
    kept.remove(one.id)
    kept.remove(one.id)
    assert (kept.get(one.id), list(kept)) == (None, [other])
    kept.clear()
    assert len(kept) == 0


def test_the_oldest_goes_when_all_together_weigh_too_much() -> None:
    kept, _ = memory(250)
    one, two, three = entry(100), entry(100), entry(50)
    for each in (one, two, three):
        kept.add(each)
    # Just so much is not too much.
    assert list(kept) == [one, two, three]
    four = entry(1)
    kept.add(four)
    assert list(kept) == [two, three, four]
    # What was asked for is the youngest.
    kept.get(two.id)
    kept.add(five := entry(100))
    assert list(kept) == [four, two, five]


def test_the_last_stays_however_much_it_weighs() -> None:
    kept, _ = memory(250)
    kept.add(entry(100))
    kept.add(large := entry(1000))
    assert list(kept) == [large]


def test_what_was_not_asked_for_too_long_goes() -> None:
    kept, clock = memory()
    kept.add(one := entry(10))
    clock.now += 30
    kept.add(two := entry(10))
    clock.now += 30
    kept.shrink()
    assert list(kept) == [one, two]
    kept.get(one.id)
    clock.now += 31
    kept.shrink()
    assert list(kept) == [one]
    clock.now += 30
    kept.shrink()
    assert list(kept) == []
    assert (MOST_BYTES, MOST_SECONDS) == (256 * 2**20, 3600.0)


def refused(take: Callable[[], object]) -> int:
    with pytest.raises(NotTaken) as caught:
        take()
    return caught.value.status


def test_so_many_files_are_in_the_queue() -> None:
    queue = Queue()
    for _ in range(MOST_FILES):
        queue.enter("a", 1)
    assert (MOST_FILES, SHARE) == (32, 16)
    assert refused(lambda: queue.enter("b", 1)) == 429
    queue.leave("a", 1)
    queue.enter("b", 1)


def test_so_many_bytes_are_in_the_queue() -> None:
    queue = Queue()
    assert (MOST_QUEUED, LARGEST) == (256 * 2**20, 32 * 2**20)
    for _ in range(7):
        queue.enter("a", LARGEST)
    assert refused(lambda: queue.enter("a", LARGEST + 1)) == 429
    queue.enter("a", LARGEST)
    assert refused(lambda: queue.enter("a", 1)) == 429
    queue.enter("a", 0)
    queue.leave("a", LARGEST)
    queue.enter("b", LARGEST)


def test_a_client_has_its_share_and_others_theirs() -> None:
    queue = Queue(2)
    queue.enter("a", 1)
    queue.enter("a", 1)
    assert refused(lambda: queue.enter("a", 1)) == 429
    queue.enter("b", 1)
    queue.leave("a", 1)
    queue.enter("a", 1)
    assert refused(lambda: queue.enter("a", 1)) == 429


@pytest.mark.parametrize(
    ("length", "size"),
    [(None, LARGEST), ("0", 0), ("7", 7), (str(LARGEST), LARGEST), ("000000000007", 7)],
)
def test_how_large_a_file_will_be(length: str | None, size: int) -> None:
    assert announced(length) == size


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", 400),
        ("x", 400),
        ("-1", 400),
        ("1.5", 400),
        ("１", 400),
        (str(LARGEST + 1), 413),
        ("0000000000007", 413),
    ],
)
def test_what_is_no_length_or_too_large(length: str, status: int) -> None:
    assert refused(lambda: announced(length)) == status


async def pieces(*sizes: int, pause: float = 0.0) -> AsyncIterator[bytes]:
    for size in sizes:
        await asyncio.sleep(pause)
        yield b"x" * size


def test_a_file_is_taken_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletin_lint.desk.server.queue.LARGEST", 10)
    assert asyncio.run(taken(pieces(1, 0, 2))) == b"xxx"
    assert asyncio.run(taken(pieces())) == b""
    assert len(asyncio.run(taken(pieces(5, 5)))) == 10
    assert refused(lambda: asyncio.run(taken(pieces(5, 5, 1)))) == 413
    assert refused(lambda: asyncio.run(taken(pieces(1, 1, pause=5.0), 0.01))) == 408


def test_a_file_that_is_too_large_is_no_bulletin() -> None:
    assert too_large().status == 413
    assert too_large().wording.en == "the file is larger than 32 MB, hardly a bulletin."
