"""What a later pack says over what an earlier one said."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint._typing import Any
from bulletin_lint.config.yaml import YamlMap


def merge_maps(before: YamlMap, later: YamlMap) -> YamlMap:
    """The keys of both, the later's winning; the two languages of a text are merged one by one."""
    entries = dict(before.entries)
    for name, key, value in later:
        old = entries.get(name)
        is_text = name in ("message", "why", "remedy")
        if is_text and old and isinstance(old[1], YamlMap) and isinstance(value, YamlMap):
            value = merge_maps(old[1], value)
        entries[name] = (key, value)
    return YamlMap(before.path, before.line, before.column, entries)


def merge_forms(before: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Lists joined, the later's first; mappings merged; anything else replaced."""
    merged = dict(before)
    for name, value in later.items():
        old = merged.get(name)
        if value is None:
            continue
        if isinstance(old, list) and isinstance(value, list):
            value = [*value, *(item for item in old if item not in value)]
        elif isinstance(old, dict) and isinstance(value, dict):
            value = merge_forms(old, value)
        merged[name] = value
    return {name: value for name, value in merged.items() if value is not None}
