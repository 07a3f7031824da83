"""Pages are drawn in portions, once for all who ask, and none that a file does not have."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bulletin_lint.desk.server.memory import Entry
from bulletin_lint.desk.server.work import Worker
from bulletin_lint.model.page_view import PagePicture
from bulletin_lint.model.source import SourceFile


class Drawn(Worker):
    """Draws nothing, and notes which pages it was to draw."""

    def __init__(self, *, blank: int = 0) -> None:
        self.asked: list[tuple[int, ...]] = []
        self._blank = blank

    async def _draw(self, entry: Entry, numbers: tuple[int, ...]) -> None:
        self.asked.append(numbers)
        await asyncio.sleep(0)
        for number in numbers:
            data = b"" if number == self._blank else b"picture"
            entry.pictures[number] = PagePicture(number, 595.0, 842.0, "image/png", data)


def entry(pages: int | None, kind: str = "pdf") -> Entry:
    looked: Any = SimpleNamespace(
        source=SourceFile(f"1.{kind}", kind, explicit=True),
        linted=SimpleNamespace(result=SimpleNamespace(pages=pages)),
    )
    return cast(Entry, SimpleNamespace(looked=looked, pictures={}, drawing={}))


@pytest.mark.parametrize(
    ("pages", "number", "portion"),
    [
        (1, 1, (1,)),
        (3, 2, (1, 2, 3)),
        (8, 8, tuple(range(1, 9))),
        (20, 1, tuple(range(1, 9))),
        (20, 8, tuple(range(1, 9))),
        (20, 9, tuple(range(9, 17))),
        (20, 20, (17, 18, 19, 20)),
    ],
)
def test_the_pages_of_a_portion_are_drawn_together(pages: int, number: int, portion: tuple[int, ...]) -> None:
    worker = Drawn()
    found = asyncio.run(worker.picture(entry(pages), number))

    assert found is not None
    assert (found.number, worker.asked) == (number, [portion])


@pytest.mark.parametrize(
    ("pages", "kind", "number"),
    [(3, "pdf", 0), (3, "pdf", 4), (3, "pdf", -1), (None, "pdf", 1), (3, "text", 1)],
)
def test_a_page_that_is_not_there_is_not_drawn(pages: int | None, kind: str, number: int) -> None:
    worker = Drawn()

    assert asyncio.run(worker.picture(entry(pages, kind), number)) is None
    assert worker.asked == []


def test_who_asks_while_a_page_is_drawn_waits_for_it_and_who_asks_later_has_it() -> None:
    worker, given = Drawn(), entry(10)

    async def ask() -> list[PagePicture | None]:
        found = await asyncio.gather(*(worker.picture(given, number) for number in (1, 2, 9, 1)))
        return [*found, await worker.picture(given, 3)]

    numbers = [each and each.number for each in asyncio.run(ask())]
    assert numbers == [1, 2, 9, 1, 3]
    assert sorted(worker.asked) == [tuple(range(1, 9)), (9, 10)]


def test_a_page_that_could_not_be_drawn_has_no_picture() -> None:
    assert asyncio.run(Drawn(blank=2).picture(entry(3), 2)) is None
