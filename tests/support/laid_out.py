"""Checks of layout run on pages given as data."""

from __future__ import annotations

from functools import cache
from typing import Any

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.document import Document
from bulletin_lint.model.violation import CannotAssess, Match, Outcome
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.rulebook.example_layout import typeset
from bulletin_lint.rulebook.load import load_rulebook

POINTS = 72 / 25.4
FIRST = "今年以来云溪市各区各街道组织志愿者走进社区清扫楼道整"  # 26 characters, two fewer than a line holds
FULL = "理车棚慰问独居老人受到居民普遍欢迎各社区还把经验都写成手"  # 28
OTHER = "册发给新来的志愿者让好做法一茬接着一茬传下去越做越见实效"  # 28


@cache
def grammar() -> Grammar:
    return Grammar(load_rulebook(Settings(), CompiledStore()).grammar)


def pages(*lines: dict[str, Any], sizes: tuple[str, ...] = ("210x297",)) -> Document:
    """A document of body text as the norm has it, as far as a line does not say otherwise."""
    usual = {"x": 28.0, "baseline": 42.0, "size": 16.0, "pitch": 15.79, "leading": 29.0, "font": "FangSong"}
    reading = typeset({"pages": list(sizes), "lines": [{**usual, **lines[0]}, *lines[1:]]})
    return parse("made.pdf", reading, grammar())


def run(
    name: str, document: Document, on: str = "articles.paragraphs", **parameters: Any
) -> list[Match] | Outcome:
    cls = kind(name)
    given_all = {each: parameter.default for each, parameter in cls.parameters.items()}
    resources = Resources(trusted=True, tables={}, masks={}, aliases={})
    found = cls({**given_all, "on": [on], **parameters}, resources).run(CheckContext(document))
    assert not isinstance(found, CannotAssess)
    return found


def only(found: list[Match] | Outcome) -> Match:
    assert isinstance(found, list), found
    match: Match
    (match,) = found
    return match


def words(document: Document, match: Match) -> str:
    return document.text[match.span.start : match.span.end]


PARAGRAPH = {"indent": 2.0, "text": f"{FIRST}\n{FULL}\n{FULL}\n{FULL}\n册。"}
