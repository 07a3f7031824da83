"""Patterns kept over runs match as those that `re` compiles, and what is kept badly is not believed."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from bulletin_lint.matching import regex_store
from bulletin_lint.matching.regex_store import RegexStore, parsed

SOURCE = "(?P<year>[0-9]{4})年(?:(?P<month>1?[0-9])月)?|第[一二三]期"
TEXT = "2021年3月，第二期，2022年"


def keeping(rows: Mapping[str, Any] | None = None) -> RegexStore:
    store = RegexStore()
    store.keep(lambda: rows)
    return store


def kept(source: str = SOURCE, flags: int = 0) -> dict[str, Any]:
    """The rows that a run leaves which needed one pattern."""
    store = keeping()
    store.compiled(source, flags)
    rows = store.rows()
    assert rows is not None
    return dict(rows)


@pytest.fixture
def without_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter in which `re` is made otherwise."""
    monkeypatch.delattr("re._parser")
    monkeypatch.setitem(sys.modules, "re._parser", None)


@pytest.mark.parametrize("flags", [0, re.MULTILINE, re.IGNORECASE])
def test_a_kept_pattern_is_that_of_re(flags: int) -> None:
    store = keeping(kept(flags=flags))
    pattern = store.compiled(SOURCE, flags)
    expected = re.compile(SOURCE, flags)

    assert store.rows() is None, "compiled again although it was kept"
    assert pattern.pattern == expected.pattern
    assert pattern.flags == expected.flags
    assert pattern.groupindex == expected.groupindex
    found = [match.groupdict() for match in pattern.finditer(TEXT)]
    assert found == [
        {"year": "2021", "month": "3"},
        {"year": None, "month": None},
        {"year": "2022", "month": None},
    ]


def test_flags_tell_patterns_apart() -> None:
    store = keeping({**kept("^乙"), **kept("^乙", re.MULTILINE)})

    assert store.compiled("^乙").search("甲\n乙") is None
    assert store.compiled("^乙", re.MULTILINE).search("甲\n乙") is not None


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        [],
        [0, b"\x01\x02\x03", 0, {}],
        [0, b"\xff" * 64, 0, {}],
        [0, b"", 0, {}],
        [32, "text", 2, {"year": 9}],
        ["flags", b"\x00" * 8, -5, {}],
    ],
)
def test_a_damaged_row_is_compiled_anew(row: object) -> None:
    store = keeping({f"0:{SOURCE}": row})

    assert [match[0] for match in store.compiled(SOURCE).finditer(TEXT)] == ["2021年3月", "第二期", "2022年"]
    assert store.rows() == kept()


ODD_PARTS = {
    "more groups than parentheses": (2, 1000),
    "fewer groups than none": (2, -1),
    "groups that are no number": (2, True),
    "flags of bytes": (0, 32 | re.LOCALE.value),
    "flags beyond all": (0, 1 << 20 | 32),
    "code of half a number": (1, b"\x01\x00"),
    "code that is a list": (1, [1, 2, 3]),
    "no code": (1, b""),
    "a name of no group": (3, {"year": 1, "month": 7}),
    "one group with two names": (3, {"year": 1, "month": 1}),
    "a name that is not in the source": (3, {"year": 1, "day": 2}),
    "a name that is no text": (3, {"year": 1, 5: 2}),
    "a group that is no number": (3, {"year": 1, "month": "2"}),
    "names that are a list": (3, [["year", 1]]),
}


@pytest.mark.parametrize("odd", ODD_PARTS)
def test_a_row_with_one_odd_part_never_reaches_the_engine(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine takes the number of groups and the flags as they are: such a row ends the interpreter."""
    rows = kept()
    row = list(rows[f"0:{SOURCE}"])
    place, value = ODD_PARTS[odd]
    row[place] = value
    real = regex_store._from_row
    taken: list[Any] = []

    def spy(source: str, row: Any) -> re.Pattern[str]:
        taken.append(row)
        return real(source, row)

    monkeypatch.setattr(regex_store, "_from_row", spy)
    store = keeping({f"0:{SOURCE}": row})

    assert [match[0] for match in store.compiled(SOURCE).finditer(TEXT)] == ["2021年3月", "第二期", "2022年"]
    assert taken == [rows[f"0:{SOURCE}"]], "the odd row, and not the one compiled anew"
    assert store.rows() == rows


def test_a_row_of_another_flag_is_not_taken() -> None:
    rows = keeping({f"8:{SOURCE}": kept()[f"0:{SOURCE}"]})
    assert rows.compiled(SOURCE, re.MULTILINE).flags & re.MULTILINE
    assert rows.rows() is not None


def test_what_is_no_pattern_is_the_error_of_re() -> None:
    with pytest.raises(re.error):
        keeping().compiled("(甲")
    with pytest.raises(re.error):
        RegexStore().compiled("(甲")


def test_nothing_is_noted_down_where_nothing_is_kept() -> None:
    store = RegexStore()
    store.compiled(SOURCE)
    assert store.rows() is None
    assert store.take_new() is None


def test_each_row_goes_to_another_process_once() -> None:
    worker, own = keeping(), keeping()
    worker.compiled("甲")
    first = worker.take_new()
    assert first is not None
    assert list(first) == ["0:甲"]
    assert worker.take_new() is None
    worker.compiled("乙")
    second = worker.take_new()
    assert second is not None
    assert list(second) == ["0:乙"]

    own.compiled("丙")
    for news in (first, second, None):
        own.add(news)
    rows = own.rows()
    assert rows is not None
    assert set(rows) == {"0:甲", "0:乙", "0:丙"}


def test_rows_hold_for_one_interpreter() -> None:
    import _sre  # type: ignore[import-not-found]

    key = RegexStore().key
    assert f"{sys.hexversion:x}" in key.split()
    assert str(_sre.MAGIC) in key.split()
    assert sys.implementation.name in key.split()


def test_an_interpreter_that_names_no_magic_number_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("_sre.MAGIC")
    store = RegexStore()
    asked: list[int] = []

    def load() -> Mapping[str, Any]:
        asked.append(1)
        return {}

    store.keep(load)
    assert store.key == ""
    assert store.compiled(SOURCE).search(TEXT) is not None
    assert asked == []
    assert store.rows() is None


@pytest.mark.usefixtures("without_parser")
def test_an_interpreter_that_parses_otherwise_compiles_all_the_same() -> None:
    store = keeping()
    assert [match[0] for match in store.compiled(SOURCE).finditer(TEXT)] == ["2021年3月", "第二期", "2022年"]
    assert store.rows() is None
    assert parsed(SOURCE) is None


def test_in_plain_mode_patterns_are_those_of_re(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = kept()
    monkeypatch.setattr(regex_store, "IS_PLAIN", True)
    store = keeping(rows)
    assert store.compiled(SOURCE) is re.compile(SOURCE), "not from the cache of `re`"
    assert store.rows() is None
    assert parsed(SOURCE) is None


def test_how_wide_a_pattern_is() -> None:
    pattern = parsed("甲{2,3}(?:乙|丙丁)")
    assert pattern is not None
    assert pattern.width() == (3, 5)
    assert pattern.width(list(pattern.items)[:1]) == (2, 3)
    assert parsed("(甲") is None
