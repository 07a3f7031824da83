"""Bulletins given as lines, as far as the parser needs them before it decides."""

from __future__ import annotations

from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.readers import read
from laid_out import grammar


def sheet_of(*lines: str) -> Blocks:
    """Each line a block; as Markdown, so that # is a heading."""
    source = SourceFile("1.md", "text", explicit=True, data="\n\n".join(lines).encode())
    sheet = Blocks(parse("1.md", read(source), grammar()), grammar())
    assert len(sheet) == len(lines), sheet.texts
    return sheet
