"""Strict YAML: a tree of nodes that know their file, line and column, and whose scalars stay text.

A clause ``1.10``, a date ``2020-03-04``, a number ``011`` and a word ``no`` are what the author wrote;
only a schema that asks for a number or a truth value turns them into one. What would lose something
in silence is refused: duplicate keys, a second document, aliases and tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bulletin_lint._typing import Any
from bulletin_lint.config.diagnostics import Diagnostics

DEEPEST_NESTING = 40
"""Levels of nesting that a file may have; a rule needs about eight."""


class YamlNode:
    """A piece of a YAML file: `line` and `column` are 1-based code points, `path` is the file."""

    __slots__ = ("column", "line", "path")

    def __init__(self, path: str, line: int, column: int) -> None:
        self.path = path
        self.line = line
        self.column = column


class YamlText(YamlNode):
    """A scalar, as written. `is_plain` tells ``~`` and ``off`` from ``'~'`` and ``'off'``."""

    __slots__ = ("is_plain", "value")

    def __init__(self, path: str, line: int, column: int, value: str, *, is_plain: bool = True) -> None:
        super().__init__(path, line, column)
        self.value = value
        self.is_plain = is_plain

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or ``~`` or ``null``."""
        return self.is_plain and self.value in ("", "~", "null", "Null", "NULL")


class YamlList(YamlNode):
    """A sequence."""

    __slots__ = ("items",)

    def __init__(self, path: str, line: int, column: int, items: Iterable[YamlNode] = ()) -> None:
        super().__init__(path, line, column)
        self.items = list(items)


class YamlMap(YamlNode):
    """A mapping in the order written: key text to (key, value)."""

    __slots__ = ("entries",)

    def __init__(
        self,
        path: str,
        line: int,
        column: int,
        entries: dict[str, tuple[YamlText, YamlNode]] | None = None,
    ) -> None:
        super().__init__(path, line, column)
        self.entries = entries if entries is not None else {}

    def get(self, name: str) -> YamlNode | None:
        """The value of a key, None where the key is absent."""
        entry = self.entries.get(name)
        return entry[1] if entry is not None else None

    def key(self, name: str) -> YamlText:
        """The key itself, for its place."""
        return self.entries[name][0]

    def __iter__(self) -> Iterator[tuple[str, YamlText, YamlNode]]:
        for name, (key, value) in self.entries.items():
            yield name, key, value


def plain(node: YamlNode) -> Any:
    """The node as lists, dictionaries and text; what is null is None."""
    if isinstance(node, YamlText):
        return None if node.is_null else node.value
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    assert isinstance(node, YamlMap)
    return {name: plain(value) for name, _, value in node}


def texts(node: YamlNode | None) -> list[YamlText]:
    """The scalars of a list, or the one scalar; anything else is left out."""
    items = node.items if isinstance(node, YamlList) else [node]
    return [item for item in items if isinstance(item, YamlText) and not item.is_null]


def from_plain(value: Any, path: str = "") -> YamlNode:
    """Nodes for data that stands in no YAML file; all at line 1, column 1 of `path`."""
    if isinstance(value, Mapping):
        pairs = {
            str(name): (YamlText(path, 1, 1, str(name)), from_plain(each, path))
            for name, each in value.items()
        }
        return YamlMap(path, 1, 1, pairs)
    if isinstance(value, (list, tuple)):
        return YamlList(path, 1, 1, [from_plain(each, path) for each in value])
    if value is None:
        return YamlText(path, 1, 1, "")
    if isinstance(value, bool):
        return YamlText(path, 1, 1, "true" if value else "false")
    return YamlText(path, 1, 1, str(value), is_plain=False)


# Control characters that YAML forbids, found here because the parser tells only a byte offset.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def parse_yaml(path: str, data: bytes, mistakes: Diagnostics) -> YamlMap | None:
    """The mapping that a YAML file holds; an empty file holds an empty one.

    `path` is the name to show. Diagnostics are added to `mistakes`; None means that the file could not
    be read as a mapping at all.
    """
    top = parse_node(path, data, mistakes)
    if top is None:
        return None
    if isinstance(top, YamlText) and top.is_null:
        return YamlMap(path, 1, 1)
    if not isinstance(top, YamlMap):
        mistakes.add(top, "文件最外层应是“键: 值”", "the top of the file must be a mapping of keys to values")
        return None
    return top


def parse_node(path: str, data: bytes, mistakes: Diagnostics) -> YamlNode | None:
    """What a YAML file holds, of whatever form; None, and a mistake noted, if it cannot be read."""
    mistakes.meet(path)
    text = _decode(path, data, mistakes)
    return None if text is None else _Builder(path, text, mistakes).build()


def _decode(path: str, data: bytes, mistakes: Diagnostics) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from after the BOM, which the columns do not count either.
        before = data.removeprefix(b"\xef\xbb\xbf")[: error.start].decode("utf-8", "replace")
        line, column = _position(before)
        mistakes.add_at(
            path,
            line,
            column,
            "文件不是 UTF-8 编码，请另存为 UTF-8",
            "the file is not UTF-8; save it as UTF-8",
        )
        return None
    found = _FORBIDDEN.search(text)
    if found:
        line, column = _position(text[: found.start()])
        number = f"U+{ord(found.group()):04X}"
        mistakes.add_at(
            path, line, column, f"YAML 不允许控制字符 {number}", f"YAML allows no control character {number}"
        )
        return None
    return text


def _position(before: str) -> tuple[int, int]:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class _Builder:
    """Makes nodes of the parser's events, without recursion and without resolving any type."""

    def __init__(self, path: str, text: str, mistakes: Diagnostics) -> None:
        self._path = path
        self._text = text
        self._mistakes = mistakes
        self._open: list[YamlMap | YamlList] = []
        self._keys: list[YamlText | None] = []
        self._top: YamlNode | None = None

    def build(self) -> YamlNode | None:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        started = False
        try:
            for event in yaml.parse(self._text, Loader=loader):
                mark: Any = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if isinstance(event, yaml.ScalarEvent):
                    is_plain = not event.style
                    self._refuse_tag(event, line, column)
                    self._add(YamlText(self._path, line, column, event.value, is_plain=is_plain))
                elif isinstance(event, yaml.MappingStartEvent):
                    self._refuse_tag(event, line, column)
                    self._enter(YamlMap(self._path, line, column))
                elif isinstance(event, yaml.SequenceStartEvent):
                    self._refuse_tag(event, line, column)
                    self._enter(YamlList(self._path, line, column))
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._leave()
                elif isinstance(event, yaml.AliasEvent):
                    self._say(
                        line,
                        column,
                        f"不支持 YAML 引用（*{event.anchor}），请写全内容",
                        f"YAML aliases (*{event.anchor}) are not supported; write the value out",
                    )
                    stand_in = YamlText(self._path, line, column, "")
                    self._mistakes.close(stand_in)
                    self._add(stand_in)
                elif isinstance(event, yaml.DocumentStartEvent):
                    if started:
                        self._say(line, column, "一个文件只能有一份文档", "a file holds one document only")
                        return None
                    started = True
                if len(self._open) > DEEPEST_NESTING:
                    self._say_too_deep(line, column)
                    return None
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            return None
        except yaml.YAMLError:
            self._say(1, 1, "无法作为 YAML 读取", "cannot be read as YAML")
            return None
        if self._top is None:
            return YamlText(self._path, 1, 1, "")
        return self._top

    def _say(self, line: int, column: int, zh: str, en: str) -> None:
        self._mistakes.add_at(self._path, line, column, zh, en)

    def _say_too_deep(self, line: int, column: int) -> None:
        self._say(
            line, column, f"嵌套超过 {DEEPEST_NESTING} 层", f"nested deeper than {DEEPEST_NESTING} levels"
        )

    def _refuse_tag(self, event: Any, line: int, column: int) -> None:
        if event.tag is not None:
            self._say(
                line, column, f"不支持 YAML 标签 {event.tag}", f"YAML tags ({event.tag}) are not supported"
            )

    def _enter(self, node: YamlMap | YamlList) -> None:
        self._add(node)
        self._open.append(node)
        self._keys.append(None)

    def _leave(self) -> None:
        self._open.pop()
        self._keys.pop()

    def _add(self, node: YamlNode) -> None:
        if not self._open:
            self._top = node
            return
        holder = self._open[-1]
        if isinstance(holder, YamlList):
            holder.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._as_key(node)
            return
        self._keys[-1] = None
        if key.value in holder.entries:
            first = holder.key(key.value)
            self._mistakes.add(
                key,
                f"键“{key.value}”重复，第一次在第 {first.line} 行",
                f"duplicate key '{key.value}', first on line {first.line}",
            )
        else:
            holder.entries[key.value] = (key, node)

    def _as_key(self, node: YamlNode) -> YamlText:
        if not isinstance(node, YamlText):
            self._mistakes.add(node, "键应是一个词", "a key must be a word")
            # The value that follows has to go somewhere; a place makes the key unlike any other.
            return YamlText(self._path, node.line, node.column, f"\x00{node.line}:{node.column}")
        if node.is_plain and node.value == "<<":
            self._mistakes.add(node, "不支持 YAML 合并键（<<）", "YAML merge keys (<<) are not supported")
        return node

    def _explain(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        problem = str(error.problem or "")
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if "maximum nesting depth" in problem:
            # libyaml reads ahead, and newer versions give up by themselves on what is nested far too deeply.
            self._say_too_deep(line, column)
            return
        source = self._text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        here = source[line - 1] if line <= len(source) else ""
        if "\t" in here[: column + 1] and ("cannot start any token" in problem or "tab" in problem):
            column = here.index("\t") + 1
            zh, en = "缩进只能用空格，不能用制表符", "indent with spaces, not with tabs"
        elif "[*]" in here:
            zh = "方括号列表里的选择器，[*] 要去掉或给整个选择器加引号"
            en = "in a bracketed list leave out the [*] of a selector, or put the selector in quotes"
        else:
            zh, en = next(
                ((zh, en) for words, zh, en in _SYNTAX if words in problem),
                ("写法不合语法", "the syntax is wrong"),
            )
        if error.context_mark and ("end of stream" in problem or "expected ',' or" in problem):
            # What was opened and never closed is of more use than where the parser gave up.
            line, column = error.context_mark.line + 1, error.context_mark.column + 1
        self._say(line, column, f"YAML 语法错误：{zh}", f"invalid YAML: {en}")


# What the parsers (C and Python) say, and what it most often means in a rule file.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这里不能出现“: ”；值里有冒号时请加引号，并检查缩进",
        "': ' is not allowed here; quote a value that holds a colon, and check the indentation",
    ),
    (
        "unknown escape character",
        "双引号里的反斜杠是转义；正则请用单引号",
        "a backslash escapes inside double quotes; put patterns in single quotes",
    ),
    ("unexpected end of stream", "引号没有闭合", "a quotation mark is not closed"),
    ("expected ',' or ']'", "方括号没有闭合或缺逗号", "a bracket is not closed, or a comma is missing"),
    (
        "expected ',' or '}'",
        "花括号没有闭合或缺逗号；值里有冒号或花括号时请加引号",
        "a brace is not closed, or a comma is missing; quote a value that holds a colon or braces",
    ),
    ("expected ':'", "键后缺少冒号", "a key lacks its colon"),
    (
        "cannot start any token",
        "这个字符不能开头；值请加引号",
        "a value cannot begin with this character; put it in quotes",
    ),
    ("'-' indicator", "列表项缩进不一致", "the items of a list are not indented alike"),
    (
        "expected key",
        "此处应是键；引号后不能再跟内容，并检查缩进",
        "a key was expected; nothing may follow a closing quote, and check the indentation",
    ),
    (
        "expected <block end>",
        "此处应是键；引号后不能再跟内容，并检查缩进",
        "a key was expected; nothing may follow a closing quote, and check the indentation",
    ),
    ("node content", "括号没有闭合", "a bracket is not closed"),
    ("incompatible YAML document", "不支持这个 YAML 版本", "this version of YAML is not supported"),
)
