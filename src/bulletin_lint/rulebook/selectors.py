"""Selectors: which parts of a bulletin a rule may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any

PARTS: Mapping[str, Any] = {
    "masthead": {
        "title": {},
        "issue_number": {},
        "cumulative_number": {},
        "issue_year": {},
        "office": {},
        "date": {},
        "classification": {},
        "copy_number": {},
    },
    "contents": {},
    "note": {},
    "articles": {
        "column": {},
        "title": {},
        "blocks": {},
        "paragraphs": {},
        "sections": {},
        "lead_ins": {},
        "headings": {},
        "tables": {},
        "attribution": {},
        "attributions": {},
    },
    "imprint": {},
    "distribution": {},
    "copies": {},
    "printed": {},
    "furniture": {},
}
"""The parts that a selector may name. Those of the imprint are the labels that the packs define."""

_LISTS = {
    "articles",
    "articles.attributions",
    "articles.blocks",
    "articles.headings",
    "articles.lead_ins",
    "articles.paragraphs",
    "articles.sections",
    "articles.tables",
    "contents",
    "distribution",
    "furniture",
}


def unknown_part(
    selector: str, labels: Sequence[str], aliases: Sequence[str]
) -> tuple[str, list[str]] | None:
    """The step of a selector that names no part, and the selectors it could have been.

    `labels` are the imprint fields and `aliases` the selector aliases that the packs define. None
    means that the selector is right.
    """
    if selector == "raw" or selector in aliases:
        return None
    known: Mapping[str, Any] = {**PARTS, "imprint": {name: {} for name in labels}}
    steps = selector.split(".")
    done: list[str] = []
    for index, step in enumerate(steps):
        name = step.removesuffix("[*]")
        place = ".".join([*done, name])
        if name == "*" and step == name and index:
            known = {child: below for part in known.values() for child, below in part.items()}
            done.append(name)
            continue
        if name not in known:
            rest = steps[index + 1 :]
            near = [".".join([*steps[:index], candidate, *rest]) for candidate in known]
            return step, near if index else [*near, *aliases, "raw"]
        if step != name and place not in _LISTS:
            return step, [".".join([*steps[:index], name, *steps[index + 1 :]])]
        known = known[name]
        done.append(name)
    return None
