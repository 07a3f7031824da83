"""A table of a TOML file as nodes that know their place.

TOML's parser tells no places, so keys and values are looked for in the text. A place that cannot be
found is that of the key or table above.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right

from bulletin_lint._typing import Any
from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText

_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$")
_HEADER = re.compile(r"^[ \t]*\[\[?([^\[\]\n]+)\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
_FARTHEST = 10_000
"""Characters from a key, or from the value before, in which a value is looked for."""
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"^[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART})*)[ \t]*=", re.MULTILINE)


def parse_toml(path: str, data: bytes, table: tuple[str, ...], mistakes: Diagnostics) -> YamlMap | None:
    """One table of a TOML file, empty where the file has none.

    `path` is the name to show, `table` the names from the top. Diagnostics are added to `mistakes`; None
    means that there is no reading the table.
    """
    mistakes.meet(path)
    try:
        text = data.decode("utf-8")
        value: Any = tomllib.loads(text)
    except UnicodeDecodeError:
        mistakes.add_at(
            path, 1, 1, "文件不是 UTF-8 编码，请另存为 UTF-8", "the file is not UTF-8; save it as UTF-8"
        )
        return None
    except RecursionError:
        mistakes.add_at(path, 1, 1, "嵌套太深", "nested too deeply")
        return None
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.match(str(error))
        line, column = (int(found[2]), int(found[3])) if found and found[2] else (text.count("\n") + 1, 1)
        mistakes.add_at(path, line, column, "TOML 语法错误", f"invalid TOML: {found[1] if found else error}")
        return None
    for name in table:
        value = value.get(name, {}) if isinstance(value, dict) else {}
    node = _Places(path, text).node(value, table, 0)
    if not isinstance(node, YamlMap):
        name = ".".join(table)
        mistakes.add(node, f"[{name}] 应是表", f"[{name}] must be a table")
        return None
    return node


class _Places:
    """Where the keys of a TOML file stand, by their path from the top."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text.replace("\r\n", "\n")
        self._keys: dict[tuple[str, ...], tuple[int, int]] = {}
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        headers = [(found.start(1), _key_path(found[1])) for found in _HEADER.finditer(self._text)]
        for start, name in headers:
            self._keys.setdefault(name, (start, start))
        starts = [start for start, _ in headers]
        for found in _KEY.finditer(self._text):
            number = bisect_left(starts, found.start())
            above = headers[number - 1][1] if number else ()
            self._keys.setdefault((*above, *_key_path(found[1])), (found.start(1), found.end()))

    def node(self, value: Any, path: tuple[str, ...], start: int) -> YamlNode:
        """Nodes for a value; `start` is an offset after which it stands."""
        _, start = self._keys.get(path, (start, start))
        if isinstance(value, dict):
            node = YamlMap(self._path, *self._position(start))
            for name, each in value.items():
                key, after = self._keys.get((*path, name), (self._find(name, start),) * 2)
                place = self._position(key)
                node.entries[name] = (
                    YamlText(self._path, *place, name),
                    self.node(each, (*path, name), after),
                )
            return node
        if isinstance(value, list):
            return YamlList(self._path, *self._position(start), self._items(value, start))
        text = str(value).lower() if isinstance(value, bool) else str(value)
        is_text = isinstance(value, str)
        return YamlText(self._path, *self._position(self._find(text, start)), text, is_plain=not is_text)

    def _items(self, values: list[Any], start: int) -> list[YamlNode]:
        """Nodes for the values of a list, each looked for after the one before."""
        nodes = []
        for value in values:
            nodes.append(self.node(value, (), start))
            if isinstance(value, str):
                quote = self._find(value, start)
                if self._text.startswith(value, quote + 1):
                    start = quote + 1 + len(value)
        return nodes

    def _find(self, text: str, start: int) -> int:
        """Where a value's text stands from an offset on, its quotation mark included."""
        limit = start + _FARTHEST + len(text)
        end = self._text.find("\n\n", start, limit)
        position = self._text.find(text, start, end if end != -1 else limit)
        if position == -1:
            return start
        return position - 1 if position and self._text[position - 1] in "\"'" else position

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def _key_path(written: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, written))
