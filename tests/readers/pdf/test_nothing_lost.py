"""No character that was read is lost: each stands in a part, in furniture, or in damage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.document import Document, Node
from bulletin_lint.parsing import Grammar, parse
from bulletin_lint.readers.pdf.reader import read_pdf
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES
from set_pdfs import Piece, bulletin, set_pdf

ODD = {
    "an empty label, then a line": [
        *bulletin(),
        Piece(80, 700, "联系人："),
        Piece(80, 728, "云溪镇水利站水利工程办公室"),
    ],
    "words behind the number": [
        *[piece for piece in bulletin() if piece.text != "第7期"],
        Piece(200, 170, "第7期 云溪水利专刊"),
    ],
    "small type beside the title": [Piece(450, 108, "仅供领导参阅", 12), *bulletin()],
    "figures of a form": [*bulletin(), Piece(80, 740, "序号 12 34 56")],
}
PRODUCED = sorted(path.name for path in (FIXTURES / "producers").glob("*.pdf"))[::3]


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Grammar(rulebook.grammar, rulebook.table("radicals"))


def parts(node: Node) -> Iterator[Node]:
    for child in node.children.values():
        for each in child if isinstance(child, list) else [child]:
            if each is not None:
                yield each
                yield from parts(each)


def lost(document: Document) -> list[str]:
    """What of the text stands nowhere, block by block."""
    held = bytearray(len(document.text))
    spans = [node.span for node in parts(document.bulletin)] + [noted.span for noted in document.damage]
    for span in spans:
        held[span.start : span.end] = b"\1" * (span.end - span.start)
    return [
        left
        for block in document.blocks
        if (
            left := "".join(
                document.text[at]
                for at in range(block.span.start, block.span.end)
                if not held[at] and not document.text[at].isspace()
            )
        )
    ]


@pytest.mark.parametrize("name", PRODUCED)
def test_nothing_of_what_producers_made_is_lost(name: str, grammar: Grammar) -> None:
    data = (FIXTURES / "producers" / name).read_bytes()

    assert [] == lost(parse(name, read_pdf(name, data), grammar))


@pytest.mark.parametrize("name", ODD)
def test_nothing_of_what_is_set_oddly_is_lost(name: str, grammar: Grammar) -> None:
    document = parse("x.pdf", read_pdf("x.pdf", set_pdf([ODD[name]])), grammar)

    assert [] == lost(document)
    drawn = "".join("".join(piece.text.split()) for piece in ODD[name])
    assert sorted(drawn) == sorted(character for character in document.text if not character.isspace())


def test_what_is_lost_is_found(tmp_path: Path, grammar: Grammar) -> None:
    document = parse("x.pdf", read_pdf("x.pdf", set_pdf([bulletin()])), grammar)
    document.bulletin.children["masthead"] = None

    assert "云溪镇工作动态" == lost(document)[0]
