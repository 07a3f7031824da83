"""Fitting the points of the structure: it learns from labelled bulletins, and changes nothing but points."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import Grammar, parse
from bulletin_lint.parsing.decoder import decode
from bulletin_lint.readers import ReadOptions, read
from harness import FIXTURES, ROOT
from verdicts import rulebook

YAML = """\
# What is said stays.
structure:
  emit:
    T: {bias: 0.3, echo: 2.5}  # not a row of points alone: left as it is
    H: {bias: -1, echo: -1.4}
  move:
    T: {P: 0.4, H: -2.2}
    P: {P: 0, T: lost}
  heads: {one: -1.2}
"""


@pytest.fixture(scope="module")
def fitting() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield importlib.import_module("anatomy_fit")


@pytest.fixture
def grammar() -> Grammar:
    forms = rulebook().grammar
    return Grammar(forms, rulebook().table(forms["forms"]["fold"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few labelled bulletins."""
    for name in ("unsigned-house", "plain-sub-headings", "two-unsigned-in-a-row", "signed-at-paragraph-end"):
        for path in (FIXTURES / "structure").glob(f"{name}.*"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_only_points_are_written(fitting: Any) -> None:
    emit = {"H": {"bias": -1.2, "echo": -1.4}, "T": {"bias": 9.0, "echo": 9.0}}
    move = {"T": {"P": 0.4, "H": -2.0}, "P": {"P": 0.1, "T": "lost"}}
    text = fitting.written(YAML, fitting.Fitted(emit, move, ()))

    changes = {"H: {bias: -1,": "H: {bias: -1.2,", "H: -2.2}": "H: -2}", "P: {P: 0,": "P: {P: 0.1,"}
    expected = YAML
    for before, after in changes.items():
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    assert text == expected


def test_points_that_did_not_move_leave_the_file_as_it_is(fitting: Any) -> None:
    text = fitting.WEIGHTS.read_text(encoding="utf-8")
    structure = rulebook().grammar["structure"]
    assert fitting.written(text, fitting.Fitted(structure["emit"], structure["move"], ())) == text

    # And every row of them can be written.
    moved = {
        name: {label: dict.fromkeys(row, 9.5) for label, row in structure[name].items()}
        for name in ("emit", "move")
    }
    after = fitting.written(text, fitting.Fitted(moved["emit"], moved["move"], ()))
    assert after.count(": 9.5") == sum(len(row) for table in moved.values() for row in table.values())


def test_a_spoilt_score_is_found_again(fitting: Any, grammar: Grammar, folder: Path) -> None:
    given = list(fitting.bulletins([folder], grammar))
    definition = copy.deepcopy(dict(rulebook().grammar["structure"]))
    # With so many points for sub-headings no second article is seen without an attribution above it.
    definition["emit"]["H"]["bias"] += 4
    fitted = fitting.fit(given, grammar, definition)

    assert fitted.mistakes[0] > fitted.mistakes[-1]
    assert fitted.emit["H"]["bias"] < definition["emit"]["H"]["bias"]
    # What no reading of these bulletins hangs on stays, and so do the names of the house's values.
    assert fitted.emit["NB"] == definition["emit"]["NB"]
    assert fitted.move["P"]["T"] == definition["move"]["P"]["T"] == "lost"
    for table, before in ((fitted.emit, definition["emit"]), (fitted.move, definition["move"])):
        assert {label: set(row) for label, row in table.items()} == {
            label: set(row) for label, row in before.items()
        }


def test_what_is_fitted_is_what_the_parser_sees(fitting: Any, grammar: Grammar, folder: Path) -> None:
    for bulletin in fitting.bulletins([folder], grammar):
        source = SourceFile(str(folder / bulletin.name), "text", explicit=True)
        document = parse(source.path, read(source, ReadOptions(None), None), grammar)
        decoded = decode(bulletin.evidence.scores(), grammar.structure, single=bulletin.single)
        assert decoded.labels == document.structure.labels


def test_a_block_has_the_label_of_its_lines(fitting: Any, grammar: Grammar, folder: Path) -> None:
    found = {each.name: each.right for each in fitting.bulletins([folder], grammar)}
    assert found["signed-at-paragraph-end.txt"].count("PA") == 3
    assert found["plain-sub-headings.txt"].count("H") == 3
    assert None not in found["unsigned-house.txt"]
