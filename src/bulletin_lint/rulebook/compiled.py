"""The form in which merged packs are kept: plain data, what only some runs need packed until they do.

Python's own form for compiled modules is taken: with the `json` module, and what takes it longer to read, a
start would take a sixth more. Loading it makes values and runs nothing.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.checks.protocols import Gate
from bulletin_lint.model.wording import Wording

ROW = (
    "code",
    "name",
    "severity",
    "selected_severity",
    "kind",
    "on",
    "on_missing",
    "structural",
    "zh",
    "en",
    "fix",
    "parameters",
    "trusted",
    "pack",
    "aliases",
    "waivable",
    "explains",
    "gate",
)
"""The columns of a compiled rule: the fields of a `Rule`, its message in two."""

_ON, _ZH, _EN, _PARAMETERS, _ALIASES, _EXPLAINS, _GATE = map(
    ROW.index, ("on", "zh", "en", "parameters", "aliases", "explains", "gate")
)
_BETWEEN = "\x00"
"""No pattern asks for this character."""


def stored(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """Compiled packs as a store keeps them."""
    import json

    from bulletin_lint._digest import digest

    rows = []
    for row in compiled["rules"]:
        kept = list(row)
        kept[_PARAMETERS] = packed(kept[_PARAMETERS])
        if kept[_GATE] is not None:
            literals, outcome = kept[_GATE]
            kept[_GATE] = _BETWEEN.join((outcome, *literals))
        rows.append(kept)
    return {
        **compiled,
        "rules": rows,
        "tables": {name: packed(table) for name, table in compiled["tables"].items()},
        "lexicons": {name: packed({"rows": rows}) for name, rows in compiled["lexicons"].items()},
        # Not of what is packed: the same data may be packed in several ways.
        "digest": digest(json.dumps(compiled, ensure_ascii=False, separators=(",", ":")).encode(), size=16),
    }


def fields_of(row: Sequence[Any]) -> list[Any]:
    """The fields of a `Rule` from a row, be it `stored` or just compiled.

    Raises:
        ValueError: it is no row.
    """
    if len(row) != len(ROW):
        raise ValueError("no row of a rule")
    fields = list(row)
    fields[_ON] = tuple(row[_ON])
    fields[_PARAMETERS] = mapping(row[_PARAMETERS])
    fields[_ALIASES] = tuple(row[_ALIASES])
    fields[_EXPLAINS] = tuple(row[_EXPLAINS])
    gate = row[_GATE]
    if gate is not None:
        told: Any = gate.split(_BETWEEN) if isinstance(gate, str) else (gate[1], *gate[0])
        fields[_GATE] = Gate(tuple(told[1:]), told[0])
    fields[_ZH : _EN + 1] = [Wording(row[_ZH], row[_EN])]
    return fields


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping that may be `packed`."""
    return _Packed(value) if isinstance(value, bytes) else value


class _Packed(Mapping[str, Any]):
    """A mapping kept packed until somebody asks: of two hundred rules most find nothing to look at."""

    __slots__ = ("_packed", "_value")

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._value: Mapping[str, Any] | None = None

    def _loaded(self) -> Mapping[str, Any]:
        if self._value is None:
            self._value = unpacked(self._packed)
        return self._value

    def __getitem__(self, name: str) -> Any:
        return self._loaded()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def __reduce__(self) -> tuple[Any, ...]:
        return _Packed, (self._packed,)


_PLAIN = frozenset((str, bytes, int, float, bool, type(None)))


def packed(value: Any) -> bytes:
    """Data as it is kept, made `plain`.

    Raises:
        TypeError: there is something else in it.
    """
    return marshal.dumps(plain(value))


def unpacked(data: bytes) -> Any:
    """What was `packed`; a tuple or another sequence comes back as a list."""
    return marshal.loads(data)


def plain(value: Any) -> Any:
    """The same in mappings, lists, strings, bytes, numbers, truth values and None themselves: subclasses
    have no form of their own.

    Raises:
        TypeError: there is something else in it.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        # Nearly all that is in one is plain.
        return [each if type(each) in _PLAIN else plain(each) for each in value]
    if isinstance(value, Mapping):
        return {plain(name): plain(each) for name, each in value.items()}
    for kind in (str, int):
        if isinstance(value, kind):
            return kind(value)
    raise TypeError(f"{type(value).__name__} is no plain data")
