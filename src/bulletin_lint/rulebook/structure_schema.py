"""The keys of a pack's `structure`: what tells the parts of a bulletin apart, in points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bulletin_lint._typing import Any
from bulletin_lint.config.shapes import Field, Record, Scope, Shape, Text, refuse
from bulletin_lint.config.yaml import YamlNode, YamlText
from bulletin_lint.parsing import structure


class Points(Shape):
    """A score, with at most two decimals."""

    __slots__ = ()

    _FORM = r"-?(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?"

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText) and re.fullmatch(self._FORM, node.value):
            points = float(node.value)
            if abs(points) <= _MOST_POINTS:
                return points
        return refuse(node, scope, "-20 到 20 之间的分值", "points between -20 and 20")

    def json_schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "number", "minimum": -_MOST_POINTS, "maximum": _MOST_POINTS},
                {"type": "string", "pattern": f"^{self._FORM}$"},
            ]
        }


class Move(Points):
    """A score, or the name of one of the house's."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText) and node.value in structure.HOUSE_VALUES:
            return node.value
        return super().read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [super().json_schema(), {"enum": list(structure.HOUSE_VALUES)}]}


_MOST_POINTS = 20


def _points(names: Iterable[str], shape: Shape, doc: str) -> Record:
    """A mapping of known names, none of which need be there."""
    return Record({name: Field(shape, doc) for name in names}, sparse=True)


STRUCTURE: Mapping[str, Field] = {
    "labels": Field(
        _points(
            structure.LABELS,
            Record({name: Field(Text(), "The name.") for name in ("zh", "en")}),
            "What people call it.",
        ),
        "What the labels are called.",
    ),
    "emit": Field(
        _points(structure.LABELS, _points(structure.FEATURES, Points(), "Points."), "Points by feature."),
        "What a line's features say for each label.",
    ),
    "move": Field(
        _points(
            (*structure.LABELS, structure.START),
            _points((*structure.LABELS, structure.END), Move(), "Points."),
            "Points by the next label; one that is not named cannot follow.",
        ),
        "What one label says for the next.",
    ),
    "house": Field(
        _points(structure.HOUSES, _points(structure.HOUSE_VALUES, Points(), "Points."), "Its values."),
        "How houses sign their articles.",
    ),
    "heads": Field(_points(structure.HEADS, Points(), "Points."), "The end of an article with sub-headings."),
    "single": Field(_points(structure.SINGLE, Points(), "Points."), "A document without an issue number."),
}
"""What tells the parts of a bulletin apart. A pack's points are merged one by one with those before."""
