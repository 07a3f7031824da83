"""waivers.yaml: accepted violations of files that can hold no comment, or should not."""

from __future__ import annotations

import os

from bulletin_lint._typing import Any
from bulletin_lint.model.dates import is_iso_date
from bulletin_lint.model.location import Location
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.store import Input, Store
    from bulletin_lint.config.yaml import YamlMap, YamlNode

FILE_NAME = "waivers.yaml"
_KEY = "waivers"


def find_waivers(folder: str, *, upward: bool) -> str | None:
    """The file of waivers of a folder; None where there is none.

    With `upward`, where no settings file says which folder counts, also one in a folder above.
    """
    while True:
        path = os.path.join(folder, FILE_NAME)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if not upward or above == folder:
            return None
        folder = above


def load_waivers(path: str, store: Store | None = None) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order. With a store what was read is kept there.

    Raises:
        DefinitionError: the file is wrong.
    """
    key = f"waivers {path} {os.getcwd()}"
    rows = store.load(key) if store is not None else None
    if rows is None:
        inputs: list[Input] = []
        rows = _read(path, inputs)
        if store is not None:
            store.store(key, rows, inputs)
    return tuple(_waiver(row) for row in rows)


def _waiver(row: Any) -> Waiver:
    return Waiver(
        row["file"],
        Location(*row["place"]),
        row["text"],
        row["line"],
        tuple(row["rule"]),
        row["reason"],
        row["by"],
        row["until"],
        None if row["reason"] else "no-reason",
        is_inline=False,
        glob=row["path"],
        fingerprint=row["fingerprint"],
        excerpt=row["excerpt"],
    )


def _read(path: str, inputs: list[Input]) -> list[dict[str, Any]]:
    from bulletin_lint.config.diagnostics import Diagnostics, shown
    from bulletin_lint.config.side_files import read_side_file, reason_of
    from bulletin_lint.config.store import file_input
    from bulletin_lint.config.yaml import YamlList, YamlMap, YamlText, parse_node

    mistakes = Diagnostics()
    name = shown(path)
    try:
        data = read_side_file(path)
    except OSError as error:
        why = reason_of(error)
        mistakes.add_at(name, 1, 1, f"无法读取文件：{why.zh}", f"cannot read the file: {why.en}")
        mistakes.raise_any()
        return []
    inputs.append(file_input(path, data))
    top = parse_node(name, data, mistakes)
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if isinstance(top, YamlMap):
        top = _under_key(top, mistakes)
    rows = []
    if isinstance(top, YamlList):
        rows = [_row(item, lines, mistakes) for item in top.items]
    elif top is not None and not (isinstance(top, YamlText) and top.is_null):
        mistakes.add(top, "应是豁免的列表，每条以“- ”开头", "must be a list of waivers, each begun with '- '")
    mistakes.raise_any()
    return [row for row in rows if row is not None]


def _under_key(top: YamlMap, mistakes: Diagnostics) -> YamlNode | None:
    """The list that a mapping holds under its one key."""
    from bulletin_lint.config.diagnostics import did_you_mean

    for name, key, _ in top:
        if name != _KEY:
            zh, en = did_you_mean(name, [_KEY])
            mistakes.add(key, f"不认识的键“{name}”{zh}", f"unknown key '{name}'{en}")
    return top.get(_KEY)


def _row(item: YamlNode, lines: list[str], mistakes: Diagnostics) -> dict[str, Any] | None:
    from bulletin_lint.config.settings_schema import WAIVER
    from bulletin_lint.config.shapes import Scope, read_record, refuse
    from bulletin_lint.config.yaml import YamlMap, YamlText

    if not isinstance(item, YamlMap):
        refuse(item, Scope(mistakes), "“键: 值”（rule、path、reason 等）", "a mapping (rule, path, reason …)")
        return None
    before = len(mistakes)
    values = read_record(item, WAIVER, Scope(mistakes))
    until = item.get("until")
    if isinstance(until, YamlText) and not until.is_null and not is_iso_date(until.value):
        mistakes.add(
            until,
            f"应是日历上的日期 YYYY-MM-DD，写的是“{until.value}”",
            f"must be a day of the calendar, YYYY-MM-DD; found '{until.value}'",
        )
    if not any(values[name] for name in ("path", "fingerprint", "excerpt")):
        wording = Wording(
            "要写 path、fingerprint、excerpt 中的一项，说明豁免哪里",
            "say what is waived with path, fingerprint or excerpt",
        )
        mistakes.add(item, *wording)
    if len(mistakes) > before:
        return None
    line = lines[item.line - 1] if item.line <= len(lines) else ""
    return {
        "file": item.path,
        "place": [item.line, item.column, item.line, max(item.column, len(line.rstrip()) + 1)],
        "text": " ".join(line.strip().removeprefix("-").split()),
        "line": line,
        **{name: values[name] or "" for name in ("path", "fingerprint", "excerpt", "reason")},
        "rule": values["rule"],
        "by": values["by"],
        "until": values["until"],
    }
