"""What kinds of things are in a hostile case, and which cases bring some that no earlier one had."""

from __future__ import annotations

import codecs
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations

from hostile_cases import COMMANDS, Case, Entry, case_of
from hostile_words import PIECES

_LONGEST = 30
"""Characters of a line by which it is known."""
_MANY = 9_000
"""Characters of a text that repeats something."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE)


def new_kinds(seeds: Iterable[int]) -> Iterator[int]:
    """Of some seeds, in order, those whose cases hold a kind of thing that those before them did not."""
    seen: set[Hashable] = set()
    for seed in seeds:
        kinds = set(kinds_of(case_of(seed)))
        if not kinds <= seen:
            seen |= kinds
            yield seed


def kinds_of(case: Case) -> Iterator[Hashable]:
    """The kinds of things in a case: its command for its topic, every argument and every two options together, what
    is written where, its streams and environment, each entry by name and kind, and what its contents are made of.
    """
    command = next((each for each in case.arguments if each in COMMANDS), "")
    yield "command", case.topic, command
    yield "output", case.output, command
    yield "environment", case.topic, *sorted(case.environment.items())
    yield from (("argument", each) for each in case.arguments)
    options = sorted({each for each in case.arguments if each.startswith("--")})
    yield from (("options", command, each) for each in options)
    yield from combinations(options, 2)
    yield from (("writes", command, *each) for each in case.writes.items())
    yield "must", case.mends, case.is_gate, case.must_refuse
    for entry in case.entries:
        yield "entry", entry.kind, entry.name
        yield "leads", entry.kind, entry.target
        yield from _kinds_of_content(entry)


def _kinds_of_content(entry: Entry) -> Iterator[Hashable]:
    if entry.kind != "file":
        return
    text = entry.content.decode("utf-8", "replace")
    is_damaged = "\ufffd" in text
    yield "size", len(text).bit_length()
    yield "newline", is_damaged, "\r\n" in text, "\n\r" in text
    yield from (("mark", mark) for mark in _MARKS if entry.content.startswith(mark))
    if entry.name.lower().endswith((".yaml", ".yml", ".toml", ".jsonl", ".csv")):
        # Of several bytes that belong to no encoding one is as good as another.
        lines = () if is_damaged else text[:_MANY].splitlines()
        yield from (("line", entry.name, line[:_LONGEST]) for line in lines)
        return
    yield from (("piece", number) for number, piece in enumerate(PIECES) if piece in text)
    if len(text) > _MANY:
        # What is repeated stands at the end.
        yield "end", text.strip()[-5:]
