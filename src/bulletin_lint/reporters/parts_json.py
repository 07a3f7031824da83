"""The parts of a bulletin as they were read, for programs: ``extract --format json``."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_lint._typing import Any
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Location
from bulletin_lint.model.parts import MASTHEAD
from bulletin_lint.model.violation import Violation
from bulletin_lint.reporters.standing import for_programs

_SCHEMA_VERSION = 1
_ALWAYS_SHOWN = ("editor", "reviewer", "phone", "fax", "email")
"""Fields of the imprint that are shown, as absent, even where they are absent."""


def render(document: Document, damage: tuple[Violation, ...] = ()) -> str:
    """The parts as JSON text; `damage` is what extraction did to them."""
    import json

    return json.dumps(as_json(document, damage), ensure_ascii=False, indent=1) + "\n"


def as_json(document: Document, damage: tuple[Violation, ...] = ()) -> dict[str, Any]:
    """The parsed bulletin as the product contract lays it out."""
    root = document.bulletin
    masthead, imprint = root.child("masthead"), root.child("imprint")
    return {
        "schema_version": _SCHEMA_VERSION,
        "path": document.path,
        "kind": document.kind,
        "pages": document.reading.pages,
        "encoding": document.reading.encoding,
        "masthead": {
            name: _part(document, masthead.child(name) if masthead is not None else None, "value")
            for name in MASTHEAD
        },
        "contents": [_part(document, entry) for entry in root.list("contents")],
        "note": _part(document, root.child("note")),
        "remarks": [_part(document, entry) for entry in root.list("remarks")],
        "articles": [_article(document, article) for article in root.list("articles")],
        "imprint": dict(_imprint(document, imprint)),
        "distribution": [
            _part(document, entry, "role", "label", "value") for entry in root.list("distribution")
        ],
        "copies": _part(document, root.child("copies"), "value"),
        "printed": _part(document, root.child("printed")),
        "other": [_part(document, entry) for entry in root.list("other")],
        "furniture": [_part(document, entry, "kind") for entry in root.list("furniture")],
        "structure": _structure(document),
        "damage": [
            {"code": violation.code, "name": violation.name, **_place(violation.location)}
            for violation in damage
        ],
    }


def _structure(document: Document) -> dict[str, Any]:
    """How each block was labelled, and where another label is about as good."""
    decided = document.structure

    def place(block: int) -> dict[str, int]:
        location = document.locate(document.blocks[block].span)
        return {"line": location.line, "end_line": location.end_line}

    return {
        "house": decided.house,
        "labels": [{"label": label, **place(block)} for block, label in enumerate(decided.labels)],
        "doubts": [
            {
                "label": doubt.label,
                "other": doubt.other,
                "margin": round(doubt.margin, 2),
                **place(doubt.block),
            }
            for doubt in sorted(decided.doubts, key=lambda doubt: doubt.block)
        ],
    }


def _place(location: Location) -> dict[str, Any]:
    place: dict[str, Any] = {
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "page": location.page,
        "bbox": [round(value, 2) for value in location.boxes[0].box] if location.boxes else None,
    }
    if location.story is not None:
        place["location"] = for_programs(location.story)
    if len(location.boxes) > 1:
        place["bboxes"] = [[round(value, 2) for value in found.box] for found in location.boxes]
        place["bbox_pages"] = [found.page for found in location.boxes]
    return place


def _part(document: Document, node: Node | None, *fields: str) -> dict[str, Any] | None:
    if node is None:
        return None
    shown = {name: node.fields.get(name) for name in fields}
    return {"text": node.text, **shown, **_place(document.locate(node.span))}


def _article(document: Document, article: Node) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for node in article.list("blocks"):
        kind = node.fields["kind"]
        place = _place(document.locate(node.span))
        if kind == "table":
            blocks.append({"kind": kind, "rows": node.fields["rows"], **place})
            continue
        fields = {"section": ("marker", "number", "level"), "lead-in": ("lead",)}.get(kind, ())
        shown = {name: node.fields.get(name) for name in fields}
        blocks.append({"kind": kind, **shown, "text": node.text, **place})
    attributions = article.list("attributions")
    entry: dict[str, Any] = {
        "column": _part(document, article.child("column")),
        "title": _part(document, article.child("title")),
        "blocks": blocks,
        "attribution": _part(document, attributions[0] if attributions else None, "value"),
    }
    if len(attributions) > 1:
        entry["more_attributions"] = [_part(document, node, "value") for node in attributions[1:]]
    return entry


def _imprint(document: Document, imprint: Node | None) -> Iterator[tuple[str, Any]]:
    children = imprint.children if imprint is not None else {}
    for name in dict.fromkeys((*_ALWAYS_SHOWN, *children)):
        nodes = imprint.list(name) if imprint is not None else []
        if nodes:
            entry = _part(document, nodes[0], "label", "value")
            if entry is not None and len(nodes) > 1:
                entry["more"] = [_part(document, node, "label", "value") for node in nodes[1:]]
            yield name, entry
        elif name in _ALWAYS_SHOWN:
            yield name, None
