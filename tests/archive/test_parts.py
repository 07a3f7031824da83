"""How an archive is cut, in which order it is listed, and what a part holds."""

from __future__ import annotations

import gzip

import pytest

from bulletin_lint.archive import listing, rows
from bulletin_lint.archive.listing import ListedFile, in_natural_order
from bulletin_lint.archive.parts import cut, halves
from bulletin_lint.archive.rows import BrokenPart, Sharing, packed, unpacked
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.natural_order import natural_key
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_rulebook, selected_rules
from harness import FIXTURES


def entries(count: int) -> list[ListedFile]:
    return [ListedFile(f"{number // 50}/第{number}期.md", "text", 2000, "1") for number in range(count)]


def test_parts_hold_every_file_once_and_in_order() -> None:
    made = list(cut(entries(3000), "rules", 1.0))

    assert [entry for part in made for entry in part.entries] == entries(3000)
    assert len({part.name for part in made}) == len(made)
    # About as long as asked for, a hundred and sixty texts, and none much longer.
    assert 8 <= len(made) <= 40
    assert max(len(part.entries) for part in made) <= 3 * 170


def test_a_file_more_or_less_changes_the_part_that_it_is_in() -> None:
    before = {part.name for part in cut(entries(3000), "rules", 1.0)}
    less = entries(3000)
    del less[1500]
    later = [
        entry._replace(stamp="2") if entry.path.endswith("/第1500期.md") else entry for entry in entries(3000)
    ]

    assert len({part.name for part in cut(less, "rules", 1.0)} - before) <= 2
    assert len({part.name for part in cut(later, "rules", 1.0)} - before) == 1
    assert {part.name for part in cut(entries(3000), "others", 1.0)}.isdisjoint(before)


def test_large_files_make_small_parts() -> None:
    texts = entries(400)
    books = [entry._replace(size=20 * 2**20) for entry in texts]

    assert len(list(cut(books, "rules", 1.0))) > 10 * len(list(cut(texts, "rules", 1.0)))


def test_halves_are_the_whole_in_order() -> None:
    (part,) = cut(entries(5), "rules", 100.0)
    first, second = halves(part, "rules")
    third, fourth = halves(second, "rules")

    assert first.entries + second.entries == part.entries
    assert third.entries + fourth.entries == second.entries
    assert [each.start for each in (first, third, fourth)] == [0, 2, 3]
    assert {each.whole for each in (first, third, fourth)} == {part.name}
    assert len({each.name for each in (part, first, second, third, fourth)}) == 5


def test_more_files_than_are_held_come_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_RUN", 7)
    shuffled = sorted(entries(60), key=lambda entry: entry.path[::-1])

    found, count = in_natural_order(iter(shuffled))

    assert count == 60
    assert list(found) == sorted(shuffled, key=lambda entry: natural_key(entry.path))


def test_a_part_gives_back_what_was_put_in() -> None:
    rulebook = load_rulebook(Settings(), CompiledStore())
    linter = Linter(rulebook, selected_rules(Settings(), rulebook), settings=Settings())
    paths = [FIXTURES / "commands" / name for name in ("wrong.md", "clean.md", "not-a-bulletin.md")]
    sources = [SourceFile(path.as_posix(), "text", explicit=False) for path in paths]
    results = [linter.lint(source)._replace(document=None) for source in sources]
    results.append(linter.lint(SourceFile("none.md", "text", explicit=True)))

    sharing = Sharing()
    back = list(unpacked(packed(results), sharing))

    assert [each.result for each in back] == [each.result for each in results]
    for one, other in zip(back, results, strict=True):
        assert (one.facts is None) == (other.facts is None)
        if one.facts is not None and other.facts is not None:
            assert one.facts[:7] == other.facts[:7]
            assert dict(one.facts.places) == dict(other.facts.places)
    assert packed(results) == packed(results)
    # Outcomes alike are one object.
    twice = list(unpacked(packed([results[1], results[1]]), sharing))
    assert twice[0].result.outcomes is twice[1].result.outcomes is back[1].result.outcomes


@pytest.mark.parametrize("data", [b"", b"x", b"\x1f\x8b", packed([])[:-4]])
def test_a_part_that_is_none_is_told(data: bytes) -> None:
    with pytest.raises(BrokenPart):
        list(unpacked(data, Sharing()))


def test_a_row_without_end_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_LONGEST_ROW", 1000)
    made = gzip.compress(b'{"format": 1}\n[' + b"0," * 10_000_000 + b"0]\n")

    with pytest.raises(BrokenPart, match="without end"):
        list(unpacked(made, Sharing()))
