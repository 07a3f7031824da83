"""Texts whose time once grew faster than their length no longer do, and the measure tells such texts."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from harness import ROOT

# The time per character of what is linear is the same at every length, that of what is quadratic eight times as
# much at eight times the length. Whatever else the machine does, one stays below this and the other above.
_BETWEEN = 3.0


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        patch.setattr("sys.dont_write_bytecode", True)
        module = importlib.import_module("text_growth")
        patch.setattr(module, "SIZES", (1_000, 4_000, 16_000))
        yield module


@pytest.fixture(scope="module")
def linter(bench: Any) -> Any:
    return bench.default_linter()


@pytest.mark.parametrize(
    "name",
    [
        "cells of one row",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in (
                "cells with bold words",
                "cells with brackets",
                "cells of HTML",
                "brackets opened, then others closed",
                "brackets nested",
                "two brackets nested",
                "brackets opened, then closed in lines",
                "lines that go on",
            )
        ),
    ],
)
def test_a_text_takes_as_long_as_it_is(bench: Any, linter: Any, name: str) -> None:
    bench._per_character(linter, bench.TEXTS[name], 1_000, 1)
    ratio, taken = bench.growth(linter, bench.TEXTS[name])
    assert ratio < _BETWEEN, taken


class _Linter:
    """Takes as long as it is told for a text of a length."""

    def __init__(self, power: int) -> None:
        self.power = power
        self.spent = 0.0

    def lint(self, source: SourceFile) -> LintResult:
        assert source.data is not None
        self.spent += 1e-5 * len(source.data.decode()) ** self.power
        return LintResult(FileResult(source.path, source.kind), None)


@pytest.mark.parametrize(("power", "times"), [(1, 1.0), (2, 4.0)])
def test_the_measure_tells_what_is_superlinear(
    bench: Any, monkeypatch: pytest.MonkeyPatch, power: int, times: float
) -> None:
    linter = _Linter(power)
    monkeypatch.setattr(bench.time, "thread_time", lambda: linter.spent)
    monkeypatch.setattr(bench, "PATIENCE", float("inf"))
    ratio, taken = bench.growth(linter, bench.repeated("甲"))
    # The lesser of sixteen times the time between the first and the last, and four times from the middle.
    assert ratio == pytest.approx(times)
    assert 3 == len(taken)


def test_what_would_take_too_long_is_not_tried(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    linter = _Linter(2)
    monkeypatch.setattr(bench.time, "thread_time", lambda: linter.spent)
    ratio, taken = bench.growth(linter, bench.repeated("甲"))
    assert 2 == len(taken)
    assert ratio == pytest.approx(4.0)


def test_texts_are_as_long_as_they_should_be(bench: Any) -> None:
    for (name, make), size in itertools.product(bench.TEXTS.items(), (1_000, 8_000)):
        # The masthead, and a unit that is begun.
        assert 0.9 * size <= len(make(size)) <= 1.1 * size + 200, name
