"""What a value in a pack or in the settings may look like.

A shape reads a YAML node, says what is wrong with it at the very place, and writes its own JSON
Schema; so what the program accepts and what an editor underlines cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from bulletin_lint._typing import Any, Literal, NamedTuple, Protocol
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText
from bulletin_lint.model.violation import SEVERITIES

WORD_FORM = r"[a-z][a-z0-9_-]*"
"""Names that a pack's author chooses."""

ReferenceKind = Literal["lexicon", "mask", "selector", "table"]
"""What a name may stand for; ``selector`` is a part of the bulletin, or an alias for several."""

_REFERENCES: Mapping[ReferenceKind, tuple[str, str]] = {
    "lexicon": ("词表名", "the name of a lexicon"),
    "mask": ("遮盖名", "the name of a mask"),
    "selector": ("选择器", "a selector"),
    "table": ("字表名", "the name of a table"),
}


class Scope:
    """What surrounds a value that is read: where mistakes go, and what its words may refer to.

    This one knows no pack and takes every pattern and name as it stands.
    """

    def __init__(self, mistakes: Diagnostics) -> None:
        self.mistakes = mistakes

    def pattern(self, node: YamlText) -> str | None:
        """The pattern with its fragments filled in; None, and a mistake noted, if it is none."""
        return node.value

    def missing_groups(self, pattern: str, groups: Collection[str]) -> list[str]:
        """Those of some groups that a pattern does not have; none where it does not compile."""
        return []

    def reference(self, kind: ReferenceKind, node: YamlText) -> str | None:
        """The name of something of a kind; None, and a mistake noted, if the packs have no such thing."""
        return node.value

    def has_mask(self, name: str) -> bool:
        """Whether the packs define a mask."""
        return True


def refuse(node: YamlNode, scope: Scope, zh: str, en: str) -> None:
    """Notes that a value is not what it should be: `zh` and `en` say what that is."""
    if isinstance(node, YamlText) and node.is_null:
        found_zh, found_en = "没有填写", "nothing is written"
    elif isinstance(node, YamlText):
        found_zh, found_en = f"写的是“{node.value}”", f"found '{node.value}'"
    elif isinstance(node, YamlList):
        found_zh, found_en = "写的是列表", "found a list"
    else:
        found_zh, found_en = "写的是“键: 值”", "found a mapping"
    scope.mistakes.add(node, f"应是{zh}，{found_zh}", f"must be {en}; {found_en}")


class Shape(Protocol):
    """What a value may look like."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        """The value as plain data; None where a mistake was noted instead."""
        ...

    def json_schema(self) -> dict[str, Any]:
        """The same as JSON Schema.

        Scalars are text in a pack, whatever YAML 1.1 would make of them, so a schema of text
        accepts the numbers and truth values that an editor's parser reads.
        """
        ...


class Text(Shape):
    """Characters as written, of a form if one is given."""

    __slots__ = ("_en", "_form", "_zh")

    def __init__(self, form: str = "", zh: str = "文字", en: str = "text") -> None:
        self._form = form
        self._zh = zh
        self._en = en

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, self._zh, self._en)
        if self._form and not re.fullmatch(self._form, node.value):
            return refuse(node, scope, self._zh, self._en)
        return node.value

    def json_schema(self) -> dict[str, Any]:
        if self._form:
            return {"type": "string", "pattern": f"^(?:{self._form})$"}
        return {"type": ["string", "number", "boolean"]}


class Integer(Shape):
    """A whole number."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or not re.fullmatch("-?(?:0|[1-9][0-9]{0,8})", node.value):
            return refuse(node, scope, "整数", "a whole number")
        return int(node.value)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?(?:0|[1-9][0-9]{0,8})$"}]}


class Number(Shape):
    """A number, whole or with a decimal point; none is below zero."""

    __slots__ = ()

    _FORM = r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?"

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or not re.fullmatch(self._FORM, node.value):
            return refuse(node, scope, "数", "a number")
        return float(node.value)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^{self._FORM}$"}]}


class Boolean(Shape):
    """true or false; yes, no, on and off are refused, as they are words in other places."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.value.lower() not in ("true", "false"):
            return refuse(node, scope, " true 或 false", "true or false")
        return node.value.lower() == "true"

    def json_schema(self) -> dict[str, Any]:
        return {"enum": [True, False, "true", "false"]}


class Choice(Shape):
    """One word of a closed list."""

    __slots__ = ("_choices", "_zh_en")

    def __init__(self, choices: Sequence[str], zh: str = "值", en: str = "value") -> None:
        self._choices = tuple(choices)
        self._zh_en = (zh, en)

    def read(self, node: YamlNode, scope: Scope) -> Any:
        choices = self._choices
        zh, en = self._zh_en
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, f"{'、'.join(choices)} 之一", f"one of {', '.join(choices)}")
        if node.value not in choices:
            zh_hint, en_hint = did_you_mean(node.value, choices)
            scope.mistakes.add(
                node, f"不认识的{zh}“{node.value}”{zh_hint}", f"unknown {en} '{node.value}'{en_hint}"
            )
            return None
        return node.value

    def json_schema(self) -> dict[str, Any]:
        # A YAML 1.1 parser reads a bare `off` as false.
        return {"enum": [*self._choices, *([False] if "off" in self._choices else [])]}


class PatternText(Shape):
    """A regular expression, with some named groups if they are said."""

    __slots__ = ("_groups",)

    def __init__(self, *groups: str) -> None:
        self._groups = groups

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "正则表达式", "a regular expression")
        text = scope.pattern(node)
        missing = scope.missing_groups(text, self._groups) if text is not None and self._groups else []
        if missing:
            wanted = " ".join(f"(?P<{name}>…)" for name in missing)
            scope.mistakes.add(
                node, f"正则里少了命名组 {wanted}", f"the pattern lacks the named group {wanted}"
            )
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


class Reference(Shape):
    """The name of something that the packs define or a bulletin has."""

    __slots__ = ("_kind",)

    def __init__(self, kind: ReferenceKind) -> None:
        self._kind = kind

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, *_REFERENCES[self._kind])
        return scope.reference(self._kind, node)

    def json_schema(self) -> dict[str, Any]:
        if self._kind == "selector":
            form = r"^[a-z_]+(?:\[\*\])?(?:\.(?:[A-Za-z0-9_-]+|\*)(?:\[\*\])?)*$"
            return {"type": "string", "pattern": form}
        return {"type": "string"}


class ListOf(Shape):
    """A list; a single value counts as a list of one."""

    __slots__ = ("item",)

    def __init__(self, item: Shape) -> None:
        self.item = item

    def read(self, node: YamlNode, scope: Scope) -> Any:
        items = node.items if isinstance(node, YamlList) else [node]
        return [self.item.read(item, scope) for item in items]

    def json_schema(self) -> dict[str, Any]:
        item = self.item.json_schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}


class MapOf(Shape):
    """A mapping whose keys the author chooses."""

    __slots__ = ("_en", "_form", "_item", "_zh")

    def __init__(self, item: Shape, form: str = WORD_FORM, zh: str = "名称", en: str = "name") -> None:
        self._item = item
        self._form = form
        self._zh = zh
        self._en = en

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlMap):
            return refuse(node, scope, "“键: 值”", "a mapping")
        found = {}
        for name, key, value in node:
            if self._form and not re.fullmatch(self._form, name):
                scope.mistakes.add(
                    key,
                    f"{self._zh}“{name}”的写法不对，应合 {self._form}",
                    f"bad {self._en} '{name}', it must match {self._form}",
                )
            found[name] = self._item.read(value, scope)
        return found

    def json_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "additionalProperties": self._item.json_schema()}
        if self._form:
            schema["propertyNames"] = {"pattern": f"^(?:{self._form})$"}
        return schema


class Field(NamedTuple):
    """One key of a record."""

    shape: Shape
    doc: str
    """One English sentence, for the JSON Schema and docs."""
    required: bool = False
    default: Any = None


class Record(Shape):
    """A mapping whose keys are known. A sparse one keeps no default for what was left out."""

    __slots__ = ("_en", "_sparse", "_zh", "fields")

    def __init__(
        self,
        fields: Mapping[str, Field],
        *,
        sparse: bool = False,
        zh: str = "“键: 值”",
        en: str = "a mapping",
    ) -> None:
        self.fields = fields
        self._sparse = sparse
        self._zh = zh
        self._en = en

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlMap):
            return refuse(node, scope, self._zh, self._en)
        found = read_record(node, self.fields, scope)
        return {name: found[name] for name in found if name in node.entries} if self._sparse else found

    def json_schema(self) -> dict[str, Any]:
        return record_schema(self.fields)


def read_record(node: YamlMap, fields: Mapping[str, Field], scope: Scope) -> dict[str, Any]:
    """The values of a mapping, the fields' defaults filled in."""
    found = {}
    for name, key, value in node:
        field = fields.get(name)
        if field is None:
            zh, en = did_you_mean(name, fields)
            scope.mistakes.add(key, f"不认识的键“{name}”{zh}", f"unknown key '{name}'{en}")
        else:
            found[name] = field.shape.read(value, scope)
    for name, field in fields.items():
        if name in node.entries:
            continue
        if field.required:
            scope.mistakes.add(node, f"缺少“{name}”", f"'{name}' is missing")
        found[name] = field.default
    return found


def record_schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    """The JSON Schema of a mapping with these keys and no other."""
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": field.doc, **field.shape.json_schema()} for name, field in fields.items()
        },
    }
    required = [name for name, field in fields.items() if field.required]
    if required:
        schema["required"] = required
    return schema


class OneOf(Record):
    """A mapping that must have just one of some of its keys."""

    __slots__ = ("_alternatives",)

    def __init__(self, alternatives: tuple[str, str], fields: Mapping[str, Field]) -> None:
        super().__init__(fields)
        self._alternatives = alternatives

    def read(self, node: YamlNode, scope: Scope) -> Any:
        found = super().read(node, scope)
        if isinstance(node, YamlMap):
            one, other = self._alternatives
            given = [name for name in self._alternatives if name in node.entries]
            if not given:
                scope.mistakes.add(node, f"缺少“{one}”或“{other}”", f"'{one}' or '{other}' is missing")
            elif len(given) == 2:
                scope.mistakes.add(
                    node.entries[other][0],
                    f"“{one}”和“{other}”只能写一个",
                    f"'{one}' and '{other}' exclude each other",
                )
        return found

    def json_schema(self) -> dict[str, Any]:
        return {**super().json_schema(), "oneOf": [{"required": [name]} for name in self._alternatives]}


class Either(Shape):
    """A shape for each of the three forms a value can have: a scalar, a list, a mapping."""

    __slots__ = ("_items", "_map", "_text")

    def __init__(
        self, *, text: Shape | None = None, items: Shape | None = None, mapping: Shape | None = None
    ) -> None:
        self._text = text
        self._items = items
        self._map = mapping

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText):
            shape = self._text or self._items or self._map
        elif isinstance(node, YamlList):
            shape = self._items or self._text or self._map
        else:
            shape = self._map or self._text or self._items
        assert shape is not None
        return shape.read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        shapes = [shape for shape in (self._text, self._items, self._map) if shape is not None]
        return {"anyOf": [shape.json_schema() for shape in shapes]}


class OrNull(Shape):
    """A value, or a written ``null``."""

    __slots__ = ("_shape",)

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText) and node.is_null:
            return None
        return self._shape.read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "null"}, {"enum": ["", "null", "~"]}, self._shape.json_schema()]}


class Deferred(Shape):
    """A value that is read later, when all packs are merged; until then it stays a node."""

    __slots__ = ("_schema",)

    def __init__(self, schema: Callable[[], dict[str, Any]]) -> None:
        self._schema = schema

    def read(self, node: YamlNode, scope: Scope) -> Any:
        return node

    def json_schema(self) -> dict[str, Any]:
        return self._schema()


WORDS = ListOf(Text())
SEVERITY = Choice(SEVERITIES, "级别", "severity")
WORDING = Record(
    {
        "zh": Field(Text(), "The Chinese text.", required=True),
        "en": Field(Text(), "The English text.", required=True),
    },
    zh="中英文两句 {zh: …, en: …}",
    en="text in both languages, {zh: …, en: …}",
)
