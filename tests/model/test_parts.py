"""Parsing sets the parts and fields that `model/parts` declares, and nobody asks for others."""

from __future__ import annotations

import ast
import json
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import bulletin_lint
from bulletin_lint.checks import kind
from bulletin_lint.config.settings import Settings
from bulletin_lint.model import parts
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.parts import ARTICLE, BLOCKS, MASTHEAD, PARTS, PartInfo
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.readers.pdf.reader import read_pdf
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.packs import builtin_packs
from bulletin_lint.rulebook.rulebook import Rulebook
from harness import FIXTURES, Command, syntax_nodes

SOURCE = Path(bulletin_lint.__file__).parent

BULLETIN = """\
秘密
000012

# 青石街道工作简报

2026年第11期（总第123期）

青石街道党政办　　2026年3月6日

目录

志愿者上门服务

按语：这项工作值得推广。

【领导批示】

副区长批示：“此做法值得借鉴，请各街道学习。”

【来信照登】

【基层动态】

## 志愿者上门服务

一、主要做法

**登门问需。**志愿者一是测量血压，二是讲解政策。

### 主要成效

志愿者三个月里登门十二户，测量血压二十次，居民都说方便。

| 社区 | 户数 |
| --- | --- |
| 青石 | 12 |

图1　志愿者上门测量血压

（街道团工委）

## 夜间巡逻有回音

巡逻队三个月里劝散噪音十二起，居民都说夜里安静多了。

青石街道平安办公室

2026年3月5日

责编：甲文　核稿：乙武

报：区委办公室。

共印50份

青石街道党政办　2026年3月6日印发
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Settings(extends=builtin_packs()))


@pytest.fixture(scope="module")
def grammar(rulebook: Rulebook) -> Grammar:
    fold = rulebook.grammar.get("forms", {}).get("fold")
    return Grammar(rulebook.grammar, rulebook.table(fold) if fold else None)


def declared(form: type) -> dict[str, object]:
    """The fields of a part with their types."""
    return typing.get_type_hints(form)


def every_form(table: Mapping[str, PartInfo] = PARTS) -> Iterator[type]:
    for part in table.values():
        yield from (*part.fields, *part.others)
        yield from every_form(part.parts)


ALL_FIELDS = {name for form in every_form() for name in declared(form)}
ALL_PARTS = {*PARTS, *MASTHEAD, *ARTICLE}


def fits(value: object, wanted: object) -> bool:
    if typing.get_origin(wanted) is list:
        (inner,) = typing.get_args(wanted)
        return isinstance(value, list) and all(fits(each, inner) for each in value)
    if typing.get_args(wanted):
        return any(fits(value, each) for each in typing.get_args(wanted))
    # A truth value is no number here.
    return type(value) is wanted if wanted is int else isinstance(value, typing.cast("type", wanted))


def mistakes(node: Node, part: PartInfo) -> Iterator[str]:
    """Where a part of a document is other than declared."""
    own = dict(node.fields)
    forms = [declared(form) for form in part.fields] or [{}]
    if not any(
        own.keys() == form.keys() and all(fits(own[name], form[name]) for name in own) for form in forms
    ):
        yield f"{node.path or node.text!r} has {own}"
    yield from children_mistakes(node, part.parts, part.others)


def children_mistakes(node: Node, table: Mapping[str, PartInfo], others: tuple[type, ...]) -> Iterator[str]:
    other = PartInfo(Wording("", ""), others) if others else None
    for name, child in node.children.items():
        part = table.get(name, other)
        if part is None:
            yield f"{node.path} has a part {name}"
            continue
        if part is not other and part.is_list != isinstance(child, list):
            yield f"{node.path}.{name} is a list: {not part.is_list}"
        for each in child if isinstance(child, list) else [child] if child is not None else []:
            yield from mistakes(each, part)


def departures(document: Document) -> list[str]:
    missing = [f"there is no {name}" for name in PARTS.keys() - document.bulletin.children.keys()]
    return [*missing, *children_mistakes(document.bulletin, PARTS, ())]


def test_every_part_of_a_bulletin_is_as_declared(grammar: Grammar) -> None:
    document = parse("11.md", read_text("11.md", BULLETIN.encode()), grammar)

    assert [] == departures(document)
    root, articles = document.bulletin, document.bulletin.list("articles")
    # The bulletin has all that is declared, else the first assertion would say little.
    masthead = root.child("masthead")
    assert masthead is not None
    assert [] == [name for name in MASTHEAD if masthead.child(name) is None]
    assert [] == [name for name in ARTICLE if not any(article.list(name) for article in articles)]
    assert [] == [name for name in PARTS if not root.list(name) and name != "furniture"]


@pytest.mark.slow
def test_every_part_of_every_fixture_is_as_declared(grammar: Grammar) -> None:
    texts = [path for path in sorted((FIXTURES / "bulletins").rglob("*")) if path.suffix in (".md", ".txt")]
    sheets = sorted((FIXTURES / "producers").glob("*.pdf"))
    documents = [
        *(parse(path.name, read_text(path.name, path.read_bytes()), grammar) for path in texts),
        *(parse(path.name, read_pdf(path.name, path.read_bytes()), grammar) for path in sheets),
    ]

    assert len(documents) > 100
    assert [] == [f"{each.path}: {said}" for each in documents for said in departures(each)]


def test_the_fields_of_any_part_are_those_of_all_parts_together() -> None:
    together: dict[str, set[object]] = {}
    for form in every_form():
        for name, wanted in declared(form).items():
            together.setdefault(name, set()).update(alternatives(wanted))

    assert together == {name: alternatives(wanted) for name, wanted in declared(parts.Fields).items()}


def alternatives(wanted: object) -> set[object]:
    """The types of which a value may be one."""
    is_union = isinstance(wanted, types.UnionType)
    return set(typing.get_args(wanted)) if is_union else {wanted}


def calls(name: str) -> Iterator[tuple[str, str]]:
    """Every literal that is first among what a method of that name is given, with its place."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in syntax_nodes(path):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if node.func.attr == name and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{path.relative_to(SOURCE)}:{node.lineno}"


@pytest.mark.parametrize("method", ["child", "list"])
def test_nobody_asks_for_a_part_that_is_not_declared(method: str) -> None:
    asked = list(calls(method))

    assert asked
    assert [] == [(name, place) for name, place in asked if name not in ALL_PARTS]


def test_nobody_asks_for_the_place_of_a_field_that_has_none() -> None:
    asked = list(calls("field_span"))

    assert asked
    assert [] == [(name, place) for name, place in asked if f"{name}_span" not in ALL_FIELDS]


def test_rules_ask_for_fields_that_the_parts_they_look_at_have(rulebook: Rulebook) -> None:
    asked: list[tuple[str, str, str]] = []
    for code, rule in rulebook.rules.items():
        given = rule.parameters
        for parameter, selectors in (("field", rule.on), ("with_field", (given.get("with"),))):
            if rule.kind in ("required", "series") or parameter not in kind(rule.kind).parameters:
                # What these call a field is the word of the settings for a part.
                continue
            asked += [
                (code, step, given[parameter])
                for selector in rulebook.selectors([each for each in selectors if each])
                for step in [selector.replace("[*]", "")]
            ]

    assert asked
    assert [] == [
        (code, path, field)
        for code, path, field in asked
        if field != "text" and not any(field in declared(form) for form in forms_at(path))
    ]


def forms_at(path: str) -> tuple[type, ...]:
    """The kinds of fields that the parts of a selector have."""
    table, part = PARTS, PartInfo(Wording("", ""))
    for step in path.split("."):
        if step not in table:
            return part.others
        part = table[step]
        table = part.parts
    return part.fields


def test_every_kind_of_block_has_a_name(grammar: Grammar) -> None:
    document = parse("11.md", read_text("11.md", BULLETIN.encode()), grammar)
    blocks = [block for article in document.bulletin.list("articles") for block in article.list("blocks")]

    assert {block.fields["kind"] for block in blocks} == set(BLOCKS)


def test_extract_shows_every_part_of_the_masthead(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "11.md"
    path.write_text(BULLETIN, "utf-8")

    shown = json.loads(command("extract", path, "--format", "json").out)["masthead"]

    assert shown.keys() == MASTHEAD.keys()
