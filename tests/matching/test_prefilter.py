"""The prefilter closes rules whose literals a text lacks, and builds its automaton for many texts only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.matching import prefilter as prefilter_module
from bulletin_lint.matching.prefilter import Prefilter, Query
from harness import FIXTURES, ROOT, syntax_nodes

GATES = {"A": ("公分", "英寸"), "B": ("锟斤拷",), "C": ("甲",)}
QUERIES = {
    "A": Query(("公分", "英寸"), {"[0-9]公分|英寸": False}, is_all=True),
    "B": Query(("锟斤拷",), {}, is_all=False),
    "C": Query(("甲",), {}, is_all=False),
    "D": Query(None, {"[\ue000-\uf8ff]": True}, is_all=True),
}
MANY = 7
"""From this text on an automaton looks for all literals at once."""

RUN = """
import sys
from bulletin_lint.cli.main import main
main(["check", "--no-cache", "--jobs", "1", "--format", "concise", *sys.argv[1:]])
print(*[name for name in ("bulletin_lint.matching.candidates", "ahocorasick_rs") if name in sys.modules],
      file=sys.stderr)
"""


class Memory:
    """A store of what was worked out, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.loaded: list[str] = []

    def load(self, key: str) -> Any:
        self.loaded.append(key)
        return self.kept.get(key)

    def store(self, key: str, value: Any, inputs: Iterable[Sequence[Any]]) -> None:
        assert list(inputs) == []
        self.kept[key] = value


def seen_before(prefilter: Prefilter, count: int) -> Prefilter:
    for _ in range(count):
        prefilter.apply("")
    return prefilter


@pytest.mark.parametrize("before", [0, MANY - 1])
@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("", {"A", "B", "C"}),
        ("长12公分", {"B", "C"}),
        ("锟斤", {"A", "B", "C"}),
        ("锟斤拷", {"A", "C"}),
        ("甲，英寸", {"B"}),
    ],
)
def test_a_rule_is_shut_where_none_of_its_literals_stands(before: int, text: str, shut: set[str]) -> None:
    prefilter = seen_before(Prefilter(GATES, lambda: QUERIES), before)
    assert prefilter.apply(text).shut - {"D"} == shut


def test_a_rule_for_rare_characters_is_shut_without_them() -> None:
    prefilter = seen_before(Prefilter(GATES, lambda: QUERIES), MANY - 1)
    assert "D" in prefilter.apply("长12公分").shut
    assert "D" not in prefilter.apply("\ue123").shut


def test_patterns_are_asked_for_at_the_seventh_text() -> None:
    asked: list[int] = []

    def queries() -> Mapping[str, Query]:
        asked.append(1)
        return QUERIES

    prefilter = seen_before(Prefilter(GATES, queries), MANY - 1)
    assert asked == []
    prefilter.apply("")
    prefilter.apply("")
    assert asked == [1]


def test_what_was_worked_out_is_kept_for_the_next_run() -> None:
    memory = Memory()
    text = "长12公分，宽3公分"
    first = seen_before(Prefilter(GATES, lambda: QUERIES, memory), MANY - 1).apply(text)
    kept = dict(memory.kept)
    assert len(kept) == 1

    second = seen_before(Prefilter(GATES, lambda: QUERIES, memory), MANY - 1).apply(text)
    assert memory.kept == kept
    assert first.shut == second.shut
    assert first.starts("[0-9]公分|英寸") == second.starts("[0-9]公分|英寸")


def test_of_other_patterns_nothing_kept_is_taken() -> None:
    memory = Memory()
    seen_before(Prefilter(GATES, lambda: QUERIES, memory), MANY)
    (key,) = memory.kept
    # As if two sets of patterns had one number.
    memory.kept[key] = {"sought": {"另一个": False}, "rows": {}}
    prefilter = seen_before(Prefilter(GATES, lambda: QUERIES, memory), MANY - 1)
    assert prefilter.apply("锟斤拷，甲").shut == {"A", "D"}


@pytest.mark.parametrize("before", [0, MANY - 1])
def test_in_plain_mode_all_is_looked_at(monkeypatch: pytest.MonkeyPatch, before: int) -> None:
    monkeypatch.setattr(prefilter_module, "IS_PLAIN", True)
    seen = seen_before(Prefilter(GATES, lambda: QUERIES), before).apply("乙")
    assert seen.shut == set()
    assert seen.starts("[0-9]公分|英寸") is None
    assert seen.has("[0-9]公分|英寸")


@pytest.mark.parametrize(
    ("count", "loaded"), [(MANY - 1, []), (MANY, ["bulletin_lint.matching.candidates", "ahocorasick_rs"])]
)
def test_the_automaton_is_loaded_for_seven_texts(count: int, loaded: list[str]) -> None:
    texts = sorted((FIXTURES / "bulletins" / "clean").glob("*.md"))[:count]
    assert len(texts) == count
    run = subprocess.run([sys.executable, "-c", RUN, *map(str, texts)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stderr.splitlines()[-1].split() == loaded


def test_only_the_prefilter_knows_candidates() -> None:
    package = ROOT / "src" / "bulletin_lint"

    def imported(path: Path) -> set[str]:
        found: set[str] = set()
        for node in syntax_nodes(path):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                found.update({f"{node.module}.{alias.name}" for alias in node.names}, {str(node.module)})
        return found

    knowing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for name in imported(path)
        if name == "bulletin_lint.matching.candidates"
    }
    assert knowing == {"matching/prefilter.py"}
