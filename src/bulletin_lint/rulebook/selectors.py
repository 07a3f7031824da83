"""Selectors: which parts of a bulletin a rule may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.model.parts import selectable, selectable_lists

PARTS: Mapping[str, Any] = selectable()
"""The parts that a selector may name. Those of the imprint are the labels that the packs define."""
_LISTS = frozenset(selectable_lists())


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
            if not index:
                within = _within(name, known, aliases) if not rest else []
                return step, within or [*near, *aliases, "raw"]
            return step, near
        if step != name and place not in _LISTS:
            return step, [".".join([*steps[:index], name, *steps[index + 1 :]])]
        known = known[name]
        done.append(name)
    return None


def _within(name: str, known: Mapping[str, Any], aliases: Sequence[str]) -> list[str]:
    """The selectors of parts that are named so, or nearly, within another: of sections, articles.sections.

    None where a selector without a point is nearer.
    """
    from difflib import get_close_matches

    found: dict[str, list[str]] = {}
    for above, parts in known.items():
        for part in parts:
            found.setdefault(part, []).append(f"{above}.{part}")
    whole = [*known, *aliases]
    near = get_close_matches(name, [*whole, *found], n=1, cutoff=_NEAR)
    return [] if not near or near[0] in whole else found[near[0]]


_NEAR = 0.75
"""How alike two names are of which one may be meant by the other."""
