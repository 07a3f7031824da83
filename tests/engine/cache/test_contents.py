"""What was made of contents is found again for every file that has them, whatever became of the others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bulletin_lint.engine.cache import contents
from bulletin_lint.engine.cache.contents import ContentCache, NewEntry, digest, digest_of, stamps_of
from bulletin_lint.engine.cache.database import NAME
from bulletin_lint.model.source import SourceFile


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    office = tmp_path / "office"
    office.mkdir()
    for number in range(1, 6):
        (office / f"{number}.md").write_text(f"第{number}期\n", "utf-8")
    return office


def sources_in(folder: Path) -> list[SourceFile]:
    return [SourceFile(str(folder / f"{number}.md"), "text", explicit=True) for number in range(1, 6)]


def keep(folder: Path, maker: str = "maker") -> None:
    sources = sources_in(folder)
    stamps = stamps_of(sources)
    ContentCache("results", maker).store(
        NewEntry(source, stamps[source.path], digest_of(source) or "", source.path[-4:-3].encode())
        for source in sources
    )


def recalled(folder: Path, maker: str = "maker", *, only_recorded: bool = False) -> dict[str, bytes]:
    sources = sources_in(folder)
    found = ContentCache("results", maker).recall(sources, stamps_of(sources), only_recorded=only_recorded)
    return {path[-4:-3]: entry.body for path, entry in found.items()}


WHOLE = {str(number): str(number).encode() for number in range(1, 6)}


def test_all_is_found_again_and_by_its_maker_alone(folder: Path) -> None:
    assert recalled(folder) == {}
    keep(folder)
    assert recalled(folder) == recalled(folder, only_recorded=True) == WHOLE
    assert recalled(folder, "another") == {}


@pytest.mark.parametrize("number", range(1, 6))
def test_a_file_that_went_or_changed_hides_no_other(folder: Path, number: int) -> None:
    """Wherever it stands among them."""
    keep(folder)
    others = {name: body for name, body in WHOLE.items() if name != str(number)}
    path = folder / f"{number}.md"
    path.write_text("另一期，内容不同\n", "utf-8")
    assert recalled(folder) == others
    assert recalled(folder, only_recorded=True) == others
    path.unlink()
    assert recalled(folder) == recalled(folder, only_recorded=True) == others


def test_a_copy_of_a_file_that_is_known_is_known_too_unless_only_records_are_asked_for(folder: Path) -> None:
    keep(folder)
    (folder / "2.md").write_text("第1期\n", "utf-8")

    assert "2" not in recalled(folder, only_recorded=True)
    assert recalled(folder)["2"] == b"1"


@pytest.mark.parametrize("number", range(1, 6))
def test_a_row_that_is_damaged_is_not_believed_and_hides_no_other(folder: Path, number: int) -> None:
    keep(folder)
    content = digest_of(sources_in(folder)[number - 1])
    (path,) = (folder.parent / "cache").rglob(NAME)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET body = ? WHERE digest = ?", (b"x", content))
    database.close()

    assert recalled(folder) == {name: body for name, body in WHOLE.items() if name != str(number)}


def test_what_is_too_long_is_not_kept_and_hides_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "_LONGEST_BODY", 2)
    sources = sources_in(folder)
    stamps = stamps_of(sources)
    bodies = [b"a", b"aaa", b"aa", b"", b"a"]
    ContentCache("results", "maker").store(
        NewEntry(source, stamps[source.path], digest_of(source) or "", body)
        for source, body in zip(sources, bodies, strict=True)
    )

    assert recalled(folder) == {"1": b"a", "3": b"aa", "4": b"", "5": b"a"}


def test_a_file_that_changed_while_it_was_read_is_not_taken_for_what_was_read(folder: Path) -> None:
    sources = sources_in(folder)
    stamps = stamps_of(sources)
    (folder / "1.md").write_text("改过了的一期\n", "utf-8")
    old = digest(sources[0], "第1期\n".encode())
    ContentCache("results", "maker").store([NewEntry(sources[0], stamps[sources[0].path], old, b"old")])

    assert recalled(folder) == {}


def test_one_content_is_another_as_another_kind_of_text() -> None:
    names = ["1.md", "2.MD", "1.txt", "1.unknown", "1"]
    found = {name: digest(SourceFile(name, "text", explicit=True), b"a") for name in names}

    assert found["1.md"] == found["2.MD"]
    assert found["1.unknown"] == found["1"]
    assert len(set(found.values())) == 3
    assert digest(SourceFile("1.md", "text", explicit=True), b"b") != found["1.md"]
