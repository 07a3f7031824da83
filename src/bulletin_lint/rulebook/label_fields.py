"""Which fields the labels of a pack may speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.yaml import YamlMap

_OPEN_GROUP = "imprint"
"""The group to which a pack may add fields; what the others hold, the parser knows."""


def refuse_unknown_labels(
    files: Sequence[tuple[YamlMap, Mapping[str, Any]]],
    before: Mapping[str, Mapping[str, Any]],
    mistakes: Diagnostics,
) -> None:
    """Notes the label fields of a pack that no pack before it has, unless they are new ones with a name.

    `files` are those of the pack, as written and as read; `before` are the fields of the packs
    before, by group.
    """
    for group in {name for _, record in files for name in record["labels"] or {}}:
        known = before.get(group, {})
        named = _named(files, group) if group == _OPEN_GROUP else set()
        if not known and group != _OPEN_GROUP:
            # A pack that builds on none says what there is.
            continue
        for file, _ in files:
            labels = file.get("labels")
            fields = labels.get(group) if isinstance(labels, YamlMap) else None
            for name, key, _ in fields if isinstance(fields, YamlMap) else ():
                if name in known or name in named:
                    continue
                zh, en = did_you_mean(name, {*known, *named})
                if group == _OPEN_GROUP:
                    mistakes.add(
                        key,
                        f"没有栏目“{name}”（新的栏目要写 name）{zh}",
                        f"there is no field '{name}' (a new one needs 'name'){en}",
                    )
                else:
                    mistakes.add(key, f"{group} 没有“{name}”{zh}", f"{group} has no '{name}'{en}")


def _named(files: Sequence[tuple[YamlMap, Mapping[str, Any]]], group: str) -> set[str]:
    """The fields that a pack gives a name."""
    return {
        name
        for _, record in files
        for name, entry in ((record["labels"] or {}).get(group) or {}).items()
        if entry is not None and entry["name"] is not None
    }
