"""What running heads say of the issue: mostly the title and the number, as the masthead has them."""

from __future__ import annotations

from bulletin_lint.model.document import Node
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.parsing.masthead_numbers import group, scan_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_lint._typing import Any
    from bulletin_lint.model.document import Document
    from bulletin_lint.parsing.grammar import Grammar

_LONGEST = 60
_MARKS = ' \u3000\t·•|｜—-–《》“”"〈〉【】（）()，,：:'


def furniture_of(document: Document, masthead: Node, grammar: Grammar) -> Iterator[Node]:
    """The lines that are the pages' and not the bulletin's."""
    said: set[str] = set()
    title = masthead.child("title")
    words = title.text.strip() if title is not None else ""
    through = masthead.child("cumulative_number")
    whole = through.fields.get("value") if through is not None else None
    # Of a double issue, a head may name one number or the other.
    is_one = all(node.fields.get("last") is None for node in masthead.list("issue_number"))
    for number, block in enumerate(document.blocks[document.furniture_start :]):
        line = document.reading.lines[block.lines[0]]
        text = document.text[block.span.start : block.span.end]
        node = Node(
            f"furniture[{number}]",
            block.span,
            text,
            {"kind": line.furniture or "running-head", "page": block.page},
        )
        if node.fields["kind"] == "running-head" and len(text) <= _LONGEST and text not in said and is_one:
            said.add(text)
            _add_numbers(node, words, grammar)
            if (
                node.fields.get("issue_number") == whole is not None
                and node.fields["cumulative_number"] is None
            ):
                # The head counts through: 第58期 for 总第58期.
                node.fields["issue_number"], node.fields["cumulative_number"] = None, whole
        yield node


def _add_numbers(node: Node, title: str, grammar: Grammar) -> None:
    """The numbers of a running head that has no other words than the masthead's title."""
    text = node.text
    found = scan_numbers(grammar, text)
    if found.issue is None and title and title in text:
        # A number that is one where it stands alone: 〔2026〕8号.
        text = text.replace(title, "").strip()
        found = scan_numbers(grammar, text)
    rest = _bare("".join(text[start:end] for start, end in found.rest))
    if rest not in _bare(title):
        return
    issue, year, cumulative = None, None, None
    if found.issue is not None and not _is_several(found.issue):
        issue = parse_number(group(found.issue, "number") or "")
        figures = group(found.issue, "year") or group(found.issue, "year2") or ""
        year = parse_number(figures) if len(figures) == 4 else None
    if year is None and found.date is not None:
        figures = group(found.date, "year") or ""
        year = parse_number(figures) if len(figures) == 4 else None
    if found.cumulative is not None and not _is_several(found.cumulative):
        figures = group(found.cumulative, "number") or group(found.cumulative, "number2") or ""
        cumulative = parse_number(figures)
    node.fields["issue_number"] = issue
    node.fields["issue_year"] = year
    node.fields["cumulative_number"] = cumulative


def _is_several(match: Any) -> bool:
    return bool(group(match, "last"))


def _bare(words: str) -> str:
    return "".join(character for character in words if character not in _MARKS)
