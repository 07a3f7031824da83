"""Where the checkout's things lie, and what a run of the command leaves behind."""

from __future__ import annotations

import ast
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
SUPPORT = Path(__file__).resolve().parent
"""Modules that tests share; on the path of the modules when tests run."""


class Outcome(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str
    raw: bytes
    """Standard output as bytes."""


Command = Callable[..., Outcome]


class Stream(io.TextIOWrapper):
    """Standard output or error that may pass for a terminal."""

    is_terminal = False

    def isatty(self) -> bool:
        return self.is_terminal


@cache
def syntax_tree(path: Path) -> ast.Module:
    """A module of the program, parsed: to be looked at, not changed."""
    return ast.parse(path.read_text("utf-8"))


@cache
def syntax_nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a module of the program consists of, an element of the syntax each: walked through once for many tests."""
    return tuple(ast.walk(syntax_tree(path)))
