"""Which files an archive has, here and where fsspec reaches, and what is known of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.archive import listing as module
from bulletin_lint.archive.listing import ListedFile, Listing, in_natural_order, listing_of
from bulletin_lint.archive.stamps import stamp_of_content, stamp_of_path
from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers import reader_info

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


NAMES = (
    "第10期.md", "第9期.md", "a.TXT", "a.pdf", "a.docx", "a.html", "a.xlsx", "a.doc", "b/第1期.md", "b/.c/1.md",
    ".d/1.md", "b/.1.md", "b/~$1.docx", "old/1.md", "b/old.md",
)  # fmt: skip


def put(memory: Any, *names: str) -> None:
    for name in names:
        memory.pipe_file(f"/bucket/in/{name}", name.encode())


def remote(settings: Settings | None = None, below: str = "") -> Listing:
    return listing_of(f"memory://bucket/in{below}", settings or Settings())


def paths(listing: Listing) -> list[str]:
    return [entry.path for entry in listing.entries]


def test_the_files_of_a_url_are_those_that_a_search_finds(memory: Any) -> None:
    put(memory, *NAMES)
    found = remote()
    kept = paths(found)
    assert found.files == len(kept)
    assert {"第10期.md", "第9期.md", "a.TXT", "a.pdf", "a.docx", "b/第1期.md", "old/1.md", "b/old.md"} <= set(
        kept
    )
    assert not {"a.xlsx", "b/.c/1.md", ".d/1.md", "b/.1.md", "b/~$1.docx"} & set(kept)
    assert kept.index("第9期.md") < kept.index("第10期.md")
    assert (found.refused, found.unread, found.is_single, found.nearer) == ((), (), False, ())


def test_globs_and_exclusions_of_the_settings_count(memory: Any) -> None:
    put(memory, *NAMES)
    assert paths(remote(Settings(bulletins=("b/*",)))) == ["b/old.md", "b/第1期.md"]
    # What the globs name is taken whatever its form.
    assert paths(remote(Settings(bulletins=("*.xlsx",)))) == ["a.xlsx"]
    without = paths(remote(Settings(exclude=("old", "*.txt"))))
    assert "old/1.md" not in without
    assert {"b/old.md", "a.TXT"} <= set(without)


def test_each_file_has_its_kind_its_size_and_a_stamp(memory: Any) -> None:
    put(memory, "1.md", "2.pdf", "3.odd")
    found = {entry.path: entry for entry in remote(Settings(bulletins=("*",))).entries}
    assert found["1.md"] == ListedFile("1.md", "text", 4, stamp_of_content(lambda: b"1.md"), explicit=False)
    assert found["2.pdf"].kind == "pdf"
    assert found["3.odd"].kind == "text"


def test_of_what_is_larger_than_anybody_reads_nothing_is_fetched(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = reader_info("text").size_limit
    put(memory, "1.md", "2.md")
    whole = type(memory).info
    sizes = {"1.md": limit, "2.md": limit + 1}
    monkeypatch.setattr(
        type(memory), "ls",
        lambda self, path, detail: [
            {"name": f"/bucket/in/{name}", "type": "file", "size": size} for name, size in sizes.items()
        ],
    )  # fmt: skip
    monkeypatch.setattr(type(memory), "info", lambda self, path: whole(self, path))
    first, second = remote().entries
    assert (first.stamp, first.size) == (stamp_of_content(lambda: b"1.md"), limit)
    assert (second.stamp, second.size) == ("", limit + 1)


def test_a_single_file_was_named_by_itself(memory: Any) -> None:
    put(memory, "b/第1期.md")
    found = remote(below="/b/第1期.md")
    (entry,) = found.entries
    assert (entry.path, entry.kind, entry.explicit) == ("第1期.md", "text", True)
    assert entry.stamp == stamp_of_content(lambda: "b/第1期.md".encode())
    assert (found.files, found.is_single) == (1, True)


def test_a_url_of_this_machine_has_the_stamps_of_this_machine(office: Path) -> None:
    (office / "in" / "b").mkdir(parents=True)
    (office / "in" / "b" / "1.md").write_bytes(b"abc")
    limit = reader_info("text").size_limit
    stamp = stamp_of_path(str(office / "in" / "b" / "1.md"), limit)
    (entry,) = listing_of(f"file://{office}/in", Settings()).entries
    assert entry == ListedFile("b/1.md", "text", *stamp)
    (entry,) = listing_of(f"file://{office}/in/b/1.md", Settings()).entries
    assert entry == ListedFile("1.md", "text", *stamp, explicit=True)


def refusals(listing: Listing) -> list[tuple[str, str]]:
    return [(error.path, error.describe("en")) for error in listing.refused]


def test_where_there_is_nothing_it_is_said_what_was_looked_for(memory: Any) -> None:
    put(memory, "a.xlsx")
    ((path, said),) = refusals(remote())
    assert path == "memory://bucket/in"
    assert "nothing to check in this folder: looked for *.docm, *.docx, " in said
    assert ", *.md, " in said
    assert remote().files == 0
    assert paths(remote()) == []
    ((_, said),) = refusals(remote(Settings(bulletins=("x/*", "y"))))
    assert "looked for x/*, y, leaving out" in said


def test_what_is_not_there_or_cannot_be_listed_is_said(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError) as caught:
        remote()
    assert caught.value.describe("en") == "memory://bucket/in: no such file or folder."
    assert caught.value.describe("zh") == "memory://bucket/in: 没有这个文件或文件夹。"
    for error, why in (
        (RuntimeError("away"), "RuntimeError: away"),
        (PermissionError(13, "denied"), "denied"),
    ):

        def breaks(*_: object, _error: Exception = error, **__: object) -> None:
            raise _error

        monkeypatch.setattr(type(memory), "info", breaks)
        with pytest.raises(SourceError) as caught:
            remote()
        assert f"its files cannot be listed ({why})" in caught.value.describe("en")
        assert f"（{why}）" in caught.value.describe("zh")


def test_a_folder_of_this_machine_is_searched_as_check_does(office: Path) -> None:
    for name in ("第10期.md", "第9期.md", "note.xlsx", "old/1.md", ".d/1.md", "空.doc"):
        (office / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (office / "in" / name).write_bytes(name.encode())
    found = listing_of("in", Settings(exclude=("old",)))
    entries = list(found.entries)
    assert [entry.path for entry in entries] == ["in/第9期.md", "in/第10期.md"]
    assert (found.files, found.refused, found.is_single, found.nearer) == (2, (), False, ())
    limit = reader_info("text").size_limit
    assert entries[0] == ListedFile("in/第9期.md", "text", *stamp_of_path("in/第9期.md", limit))
    (entry,) = listing_of("in/old/1.md", Settings()).entries
    assert (entry.path, entry.explicit) == ("in/old/1.md", True)
    nothing = listing_of("none", Settings())
    assert (list(nothing.entries), nothing.files) == ([], 0)
    assert [error.path for error in nothing.refused] == ["none"]


def test_settings_that_are_nearer_are_noted_where_the_run_s_were_looked_for(office: Path) -> None:
    (office / "in" / "a").mkdir(parents=True)
    (office / "in" / "a" / "1.md").write_bytes(b"x")
    (office / "in" / "a" / "bulletin-lint.yaml").write_bytes(b"")
    nearer = str(office / "in" / "a" / "bulletin-lint.yaml")
    assert listing_of("in", load_settings()).nearer == (nearer,)
    assert listing_of("in", load_settings(isolated=True)).nearer == ()
    assert listing_of("in/a/1.md", load_settings()).nearer == ()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7])
def test_however_many_wait_on_disk_none_is_lost(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RUN", 3)
    given = [
        ListedFile(f"{number}.md", "text", number, f"s{number}", bool(number % 2)) for number in range(count)
    ]
    found, told = in_natural_order(reversed(given))
    assert (list(found), told) == (given, count)
