"""The same text in another dress, with other line ends, a mark before it or in another encoding, is the same bulletin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin_lint import Engine, parse
from bulletin_lint.model.document import Document, walk
from harness import FIXTURES

PATHS = [
    path
    for path in sorted((FIXTURES / "bulletins" / "faulty").glob("*/*.*"))
    if path.suffix in (".md", ".txt") and path.read_bytes()[:1] not in (b"\xff", b"\xef", b"\xfe")
]
TEXTS = {
    path: data.decode("utf-8")
    for path in PATHS
    for data in (path.read_bytes(),)
    if b"\r" not in data and b"\xef\xbf\xbd" not in data and b"\0" not in data
}
DRESSES: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "empty lines at the end": lambda text: f"{text}\n\n\n".encode(),
}
Part = tuple[str, str, tuple[int, int, int, int]]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def parts(document: Document) -> list[Part]:
    return [
        (part.path, part.text, tuple(document.locate(part.span)[:4]))  # type: ignore[misc]
        for part in walk(document.bulletin)
        if part.path
    ]


@pytest.mark.parametrize("dress", DRESSES)
def test_a_text_in_another_dress_has_the_same_parts_at_the_same_places(dress: str) -> None:
    assert len(TEXTS) > 40
    for path, text in list(TEXTS.items())[::10]:
        plain = parts(parse(text.encode(), path.name))
        assert parts(parse(DRESSES[dress](text), path.name)) == plain, path


def told(engine: Engine, name: str, data: bytes) -> list[tuple[object, ...]]:
    found = engine.lint((name, data)).file
    assert found.error is None
    return [
        (each.code, *each.location[:4], each.message, each.line_text, each.fix and each.fix.edits)
        for each in found.violations
    ]


@pytest.mark.parametrize("dress", DRESSES)
def test_a_text_in_another_dress_is_judged_alike(dress: str, engine: Engine) -> None:
    """Mixed line ends and marks are faults of the text, and these are none."""
    for path, text in list(TEXTS.items())[1::12]:
        assert told(engine, path.name, DRESSES[dress](text)) == told(engine, path.name, text.encode()), path


@pytest.mark.parametrize("path", list(TEXTS)[::12], ids=lambda path: path.name)
def test_empty_lines_before_a_text_move_its_places_and_nothing_else(path: Path, engine: Engine) -> None:
    text = TEXTS[path]
    moved = told(engine, path.name, f"\n\n\n{text}".encode())

    assert [(each[0], each[1], *each[4:7]) for each in moved] == [
        (each[0], int(str(each[1])) + 3, *each[4:7]) for each in told(engine, path.name, text.encode())
    ]
