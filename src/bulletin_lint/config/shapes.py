"""The shape of packs and settings, declared once.

A shape reads a YAML node, says what is wrong with it at the very place, and writes its own JSON
Schema; so what the program accepts and what an editor underlines cannot drift apart. `PACK`, `RULE`
and `SETTINGS` are the tables; the parameters of a rule come from its kind of check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bulletin_lint import checks
from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.config.yaml import Diagnostics, YamlList, YamlMap, YamlNode, YamlText, did_you_mean
from bulletin_lint.model.parts import selectable, selectable_lists
from bulletin_lint.model.violation import SEVERITIES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PARTS: Mapping[str, Any] = selectable()
"""The parts that a selector may name. Those of the imprint are the labels that the packs define."""
_LISTS = frozenset(selectable_lists())

CODE_FORM = r"[A-Z][A-Z0-9]*-?\d{1,4}"
"""Codes of house rules; the built-in packs keep to `BUILTIN_CODE_FORM`."""
BUILTIN_CODE_FORM = r"[A-Z]{2,5}\d{3}"
_WORD_FORM = r"[a-z][a-z0-9_-]*"


class Scope:
    """What surrounds a value that is read: where mistakes go, and what its words may refer to.

    This one knows no pack and takes every pattern and name as it stands.
    """

    def __init__(self, mistakes: Diagnostics) -> None:
        self.mistakes = mistakes

    def pattern(self, node: YamlText) -> str | None:
        """The pattern with its fragments filled in; None, and a mistake noted, if it is none."""
        return node.value

    def selector(self, node: YamlText) -> str | None:
        """The selector, if it names a part or an alias."""
        return node.value

    def mask(self, node: YamlText) -> str | None:
        """The name of a mask."""
        return node.value

    def table(self, node: YamlText) -> str | None:
        """The name of a character table."""
        return node.value

    def lexicon(self, node: YamlText) -> str | None:
        """The name of a lexicon."""
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


class KindName(Shape):
    """A kind of check, of the program's own or of an installed package."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText) and not node.is_null:
            try:
                checks.kind(node.value)
            except KeyError:
                pass
            except checks.KindError as error:
                scope.mistakes.add(node, error.wording.zh, error.wording.en)
                return None
            else:
                return node.value
        return Choice(checks.KIND_NAMES, "检查种类", "check kind").read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(checks.KIND_NAMES)}


class PatternText(Shape):
    """A regular expression."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "正则表达式", "a regular expression")
        return scope.pattern(node)

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"]}


class Selector(Shape):
    """A part of the bulletin, or an alias for several."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "选择器", "a selector")
        return scope.selector(node)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[a-z_]+(?:\[\*\])?(?:\.(?:[A-Za-z0-9_-]+|\*)(?:\[\*\])?)*$"}


class MaskName(Shape):
    """The name of a mask."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "遮盖名", "the name of a mask")
        return scope.mask(node)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}


class TableName(Shape):
    """The name of a character table."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "字表名", "the name of a table")
        return scope.table(node)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}


class LexiconName(Shape):
    """The name of a lexicon."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if not isinstance(node, YamlText) or node.is_null:
            return refuse(node, scope, "词表名", "the name of a lexicon")
        return scope.lexicon(node)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}


class ListOf(Shape):
    """A list; a single value counts as a list of one."""

    __slots__ = ("_item",)

    def __init__(self, item: Shape) -> None:
        self._item = item

    def read(self, node: YamlNode, scope: Scope) -> Any:
        items = node.items if isinstance(node, YamlList) else [node]
        return [self._item.read(item, scope) for item in items]

    def json_schema(self) -> dict[str, Any]:
        item = self._item.json_schema()
        return {"anyOf": [{"type": "array", "items": item}, item]}


class MapOf(Shape):
    """A mapping whose keys the author chooses."""

    __slots__ = ("_en", "_form", "_item", "_zh")

    def __init__(self, item: Shape, form: str = _WORD_FORM, zh: str = "名称", en: str = "name") -> None:
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


class Gaps(Shape):
    """Issues that never appeared: ``{2020: 3-5, cumulative: 118}``, or a list of such texts."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlList):
            return [text for item in node.items for text in self.read(item, scope) or ()]
        if isinstance(node, YamlText):
            pairs = [("", node)] if _are_numbers(node.value) else []
            found = re.fullmatch(f"({_GAP_SCOPE}) ?[:：] ?({_NUMBERS})", node.value)
            if found and _are_numbers(found[2]):
                return [f"{found[1]}: {found[2]}"]
        else:
            assert isinstance(node, YamlMap)
            pairs = []
            for name, key, value in node:
                if not re.fullmatch(_GAP_SCOPE, name):
                    return refuse(key, scope, *_GAPS)
                numbers = value.items if isinstance(value, YamlList) else [value]
                pairs += [(f"{name}: ", each) for each in numbers if isinstance(each, YamlText)]
        if not pairs or not all(_are_numbers(each.value) for _, each in pairs):
            return refuse(node, scope, *_GAPS)
        return [name + each.value for name, each in pairs]

    def json_schema(self) -> dict[str, Any]:
        numbers = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^(?:{_NUMBERS})$"}]}
        by_year = {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{_GAP_SCOPE})$"},
            "additionalProperties": {"anyOf": [numbers, {"type": "array", "items": numbers}]},
        }
        text = {"type": "string", "pattern": f"^(?:(?:{_GAP_SCOPE}) ?[:：] ?)?(?:{_NUMBERS})$"}
        return {"anyOf": [by_year, text, {"type": "array", "items": {"anyOf": [text, numbers, by_year]}}]}


def _are_numbers(text: str) -> bool:
    """Whether a text is numbers and ranges that go up: 2026-3 is meant for an issue of 2026, and is none."""
    ends = [part.partition("-") for part in re.split("[,，]", text)]
    return re.fullmatch(_NUMBERS, text) is not None and all(
        not last or int(first) <= int(last) for first, _, last in ends
    )


_GAP_SCOPE = r"\d{4}|总|cumulative"
_NUMBERS = r"[1-9]\d{0,6}(?:-[1-9]\d{0,6})?(?:[,，] ?[1-9]\d{0,6}(?:-[1-9]\d{0,6})?)*"
_GAPS = ("“年份: 期号”或“总: 总期号”，如 {2020: 3-5}", "year or cumulative to numbers, such as {2020: 3-5}")


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


_WORDS = ListOf(Text())
_PATTERNS = ListOf(PatternText())
WORDING = Record(
    {
        "zh": Field(Text(), "The Chinese text.", required=True),
        "en": Field(Text(), "The English text.", required=True),
    },
    zh="中英文两句 {zh: …, en: …}",
    en="text in both languages, {zh: …, en: …}",
)
_CODE = Text(CODE_FORM, "规则编号", "a rule code")
_SEVERITY = Choice(SEVERITIES, "级别", "severity")
_SEVERITY_OR_OFF = Choice((*SEVERITIES, "off"), "级别", "severity")

AT_FORM = r"[1-9]\d*:[1-9]\d*-[1-9]\d*:[1-9]\d*"

_REGISTER = ListOf(
    Record(
        {
            "issue": Field(Integer(), "Issue number."),
            "cumulative": Field(Integer(), "Cumulative number."),
            "year": Field(Integer(), "Calendar year; that of the date where left out."),
            "date": Field(
                Text(r"\d{4}-\d{2}-\d{2}", "日期 YYYY-MM-DD", "a date YYYY-MM-DD"), "Date of issue."
            ),
            "title": Field(Text(), "Title of the series."),
            "path": Field(Text(), "File of the issue; without one it stands in the register."),
        }
    )
)

_PAGE_SIZE = r"[1-9]\d{0,4}(?:\.\d+)?x[1-9]\d{0,4}(?:\.\d+)?"

LAYOUT_LINE: Mapping[str, Field] = {
    "text": Field(Text(), "What stands there, each printed line on a line of its own.", required=True),
    "page": Field(Integer(), "The page, 1 the first; that of the lines before where left out."),
    "x": Field(Number(), "The left end in millimetres from the page's left edge."),
    "baseline": Field(
        Number(), "The first line's baseline in millimetres from the page's top; else one `leading` further."
    ),
    "size": Field(Number(), "The type size in points."),
    "font": Field(Text(), "The font's name."),
    "leading": Field(Number(), "The distance from line to line in points."),
    "pitch": Field(Number(), "The distance from character to character in points; the size where left out."),
    "indent": Field(Number(), "How many characters the first line stands in."),
    "repeat": Field(Integer(), "How many times the lines are set, as one paragraph."),
    "joins": Field(Boolean(), "Whether it goes on with the paragraph before, from the page before say."),
    "furniture": Field(
        Choice(("page-number", "running-head", "scan")), "What it is, if not the bulletin's text."
    ),
}
"""One paragraph, heading or page number of an example's layout. `page`, `x`, `size`, `font`, `leading` and
`pitch` hold for the lines that follow until they are given anew."""

LAYOUT: Mapping[str, Field] = {
    "pages": Field(
        ListOf(Text(_PAGE_SIZE, "“宽x高”（毫米）", "WIDTHxHEIGHT in millimetres")),
        "The pages' sizes in millimetres, the last one for those that follow.",
        default=["210x297"],
    ),
    "lines": Field(ListOf(Record(LAYOUT_LINE, sparse=True)), "What stands on the pages.", required=True),
}
"""A PDF's pages as an example gives them."""

_GOOD_EXAMPLE = {
    "text": Field(Text(), "A whole little document, or a sentence."),
    "layout": Field(Record(LAYOUT), "The pages of a PDF, in place of the text."),
    "register": Field(_REGISTER, "The other issues of the series."),
    "note": Field(Text(), "Why the example is there; not tested."),
}

_BAD_EXAMPLE = {
    **_GOOD_EXAMPLE,
    "at": Field(
        ListOf(Text(AT_FORM, "“行:列-行:列”", "line:column-line:column")),
        "Where the violations stand, 1-based, the end exclusive.",
    ),
    "message": Field(
        Either(text=Text(), mapping=WORDING, items=ListOf(Either(text=Text(), mapping=WORDING))),
        "The message, in Chinese or both languages; a list when there are several violations.",
    ),
    "fixed": Field(
        OrNull(Text()), "The text after the fix; null where there is nothing to put in its place."
    ),
}

RULE: Mapping[str, Field] = {
    "name": Field(
        Text(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", "小写英文短横线名", "a kebab-case name"),
        "A noun phrase that names the defect.",
        required=True,
    ),
    "severity": Field(
        _SEVERITY_OR_OFF, "How grave it is; off: only when selected by its code.", default="warning"
    ),
    "check": Field(KindName(), "The kind of check.", required=True),
    "on": Field(ListOf(Selector()), "The parts looked at: selectors or aliases.", default=[]),
    "on_missing": Field(
        Choice(("violation", "cannot-assess", "skip")),
        "What it means that `on` selects nothing.",
        default="cannot-assess",
    ),
    "message": Field(WORDING, "What is said; {names} are filled in by the check.", required=True),
    "why": Field(WORDING, "What goes wrong, and for whom."),
    "remedy": Field(WORDING, "How to mend it."),
    "ref": Field(
        ListOf(
            Record(
                {
                    "norm": Field(Text(), "The norm, as cited.", required=True),
                    "clause": Field(Text(), "The clause."),
                    "note": Field(Text(), "A remark, such as 待核."),
                }
            )
        ),
        "The norms behind the rule.",
        default=[],
    ),
    "fix": Field(
        Choice(("safe", "unsafe", "manual")), "Whether its fix may be applied unasked.", default="manual"
    ),
    "aliases": Field(ListOf(_CODE), "Codes that the rule had before.", default=[]),
    "waivable": Field(Boolean(), "Whether a waiver may silence it.", default=True),
    "examples": Field(
        Record(
            {
                "bad": Field(
                    ListOf(OneOf(("text", "layout"), _BAD_EXAMPLE)), "Texts that break the rule.", default=[]
                ),
                "good": Field(
                    ListOf(OneOf(("text", "layout"), _GOOD_EXAMPLE)), "Texts that do not.", default=[]
                ),
            }
        ),
        "Texts with which the rule is tested.",
        default={"bad": [], "good": []},
    ),
}
"""The keys that every rule may have; the parameters of its kind stand beside them."""

_VARIANT = {
    "pattern": Field(PatternText(), "What is looked for.", required=True),
    "replacement": Field(Text(), "What to put in its place."),
    "severity": Field(_SEVERITY, "A severity of its own."),
    "expected": Field(Either(text=Text(), mapping=WORDING), "What should stand there, for the message."),
}

LEXICON_ENTRY = {
    "to": Field(Text(), "What to write instead.", required=True),
    "unless": Field(_WORDS, "Longer words that it is rightly part of.", default=[]),
    "after": Field(PatternText(), "What must end right before it."),
    "before": Field(PatternText(), "What must begin right after it."),
}
"""An entry of a lexicon that has conditions; one without is the word and what to write instead."""

_REPLACEMENT = {
    "pattern": Field(PatternText(), "The whole text, as it is wrongly written.", required=True),
    "replacement": Field(Text(), "What to put in its place.", required=True),
}

_LABELS = Record(
    {
        group: Field(
            MapOf(
                Record(
                    {
                        "words": Field(
                            Either(
                                items=_WORDS,
                                mapping=Record(
                                    {"replace": Field(_WORDS, "The words, and no others.", required=True)}
                                ),
                            ),
                            "Words that mean this field; added to those of the packs before.",
                        ),
                        "name": Field(WORDING, "The field's name for people."),
                    }
                )
            ),
            doc,
        )
        for group, doc in (
            ("imprint", "Labelled fields at the end: editor, phone, …"),
            ("distribution", "Classes of recipients: report, send, issue."),
            ("copies", "Labels of the print run."),
            ("masthead", "Labels in the masthead: office, date."),
            ("attribution", "Labels of an attribution: source."),
        )
    }
)

FORMS: Mapping[str, Field] = {
    "title_endings": Field(_WORDS, "How series titles end."),
    "unit_endings": Field(_WORDS, "How names of units end."),
    "office_endings": Field(_WORDS, "How names of issuing offices end."),
    "office_suffix": Field(PatternText(), "What follows the office in the masthead."),
    "cumulative_number": Field(_PATTERNS, "Cumulative numbers; group `number`."),
    "issue_number": Field(_PATTERNS, "Issue numbers; groups `core`, `number`, `year`."),
    "blank_number": Field(_PATTERNS, "Issue numbers that were never filled in."),
    "supplement": Field(PatternText(), "What marks a supplement."),
    "date": Field(_PATTERNS, "Dates of issue; groups `year`, `month`, `day`."),
    "date_words": Field(PatternText(), "What may stand beside the date: weekday, hour, 印发."),
    "classification": Field(PatternText(), "Classification lines."),
    "copy_number": Field(PatternText(), "Copy numbers."),
    "contents": Field(PatternText(), "Headings of the list of contents."),
    "note": Field(PatternText(), "How an editor's note begins."),
    "column": Field(_PATTERNS, "Headings over several articles."),
    "markers": Field(
        ListOf(
            Record(
                {
                    "level": Field(Integer(), "Level, 1 the highest.", required=True),
                    "style": Field(Text(_WORD_FORM, "名称", "a name"), "Name of the style.", required=True),
                    "pattern": Field(PatternText(), "The marker; group `n` is the number.", required=True),
                    "starts": Field(PatternText(), "The character that it begins with."),
                }
            )
        ),
        "Section markers.",
    ),
    "enumerations": Field(
        ListOf(
            Record(
                {
                    "style": Field(Text(_WORD_FORM, "名称", "a name"), "Name of the style.", required=True),
                    "pattern": Field(PatternText(), "The item; group `n` is the number.", required=True),
                    "after": Field(PatternText(), "The mark that it stands after, if it begins no block."),
                }
            )
        ),
        "Enumerations inside a paragraph.",
    ),
    "attribution": Field(
        Record(
            {
                "own_line": Field(_PATTERNS, "Attributions on a line of their own; group `value`."),
                "at_end": Field(PatternText(), "Attributions at the end of a paragraph; group `value`."),
                "aside": Field(PatternText(), "Brackets that are no attribution."),
                "roles": Field(PatternText(), "Words that name a part in the text."),
            }
        ),
        "Lines that say who sent an article in.",
    ),
    "annex_list": Field(PatternText(), "How a line begins that lists what is attached to an article."),
    "annex": Field(PatternText(), "The heading of an annex, a whole line."),
    "copies": Field(PatternText(), "Print runs; group `number`, absent where it was left blank."),
    "printed": Field(PatternText(), "How a print line ends."),
    "fold": Field(TableName(), "The table of characters that are folded before all else."),
}
"""How the parts of a bulletin look. A list of a house stands before that of the packs it extends."""

PACK: Mapping[str, Field] = {
    "title": Field(WORDING, "What the pack is called."),
    "extends": Field(
        _WORDS, "Packs to build on: built-in names, or paths relative to this file.", default=[]
    ),
    "fragments": Field(
        MapOf(Text(), r"[A-Za-z][A-Za-z0-9_-]*", "片段名", "fragment name"),
        "Pieces of patterns, used as ${name}.",
        default={},
    ),
    "aliases": Field(
        Deferred(lambda: MapOf(ListOf(Selector()), r"[a-z][a-z0-9_]*").json_schema()),
        "Names for lists of selectors.",
    ),
    "tables": Field(
        MapOf(
            Record(
                {
                    "file": Field(Text(), "A YAML mapping of characters, relative to this file."),
                    "from": Field(Text(), "Characters to replace."),
                    "to": Field(Text(), "As many characters to put in their place."),
                }
            ),
            zh="字表名",
            en="table name",
        ),
        "Character tables for `translate`.",
        default={},
    ),
    "lexicons": Field(
        MapOf(
            Record({"file": Field(Text(), "A YAML mapping of words, relative to this file.", required=True)}),
            zh="词表名",
            en="lexicon name",
        ),
        "Word lists for the check `lexicon`.",
        default={},
    ),
    "masks": Field(
        Deferred(lambda: MapOf(PatternText()).json_schema()),
        "Named patterns that can be blotted out before a text is scanned.",
    ),
    "labels": Field(_LABELS, "Which words mean which field."),
    "forms": Field(Deferred(lambda: record_schema(FORMS)), "How the parts look."),
    "rules": Field(Deferred(lambda: {"$ref": "#/$defs/rules"}), "Rules, new ones and overrides, by code."),
}
"""The keys of a pack file."""

_ISSUE = Text(
    r"[1-9]\d{0,6}|\d{4}-[1-9]\d{0,3}",
    "总期号（2119）或“年-期号”（2020-10）",
    "a cumulative number (2119) or year-issue (2020-10)",
)

SETTINGS: Mapping[str, Field] = {
    "extends": Field(_WORDS, "Packs: built-in names, or paths relative to this file.", default=["jianbao"]),
    "select": Field(_WORDS, "Codes, prefixes or ALL: the rules to run, all that are not off by default."),
    "ignore": Field(_WORDS, "Codes, prefixes or ALL: the rules not to run.", default=[]),
    "per-file-ignores": Field(
        MapOf(_WORDS, "", "文件模式", "file pattern"),
        "Globs of files to the codes ignored in them.",
        default={},
    ),
    "rules": Field(
        Deferred(lambda: {"$ref": "#/$defs/rules"}), "Overrides and rules, as in a pack.", default={}
    ),
    "required": Field(
        _WORDS,
        "Parts that a bulletin must have.",
        default=[
            "title",
            "issue_number",
            "office",
            "date",
            "editor",
            "reviewer",
            "contact",
            "distribution",
            "attribution",
        ],
    ),
    "bulletins": Field(_WORDS, "Globs of the files that make up the series.", default=[]),
    "series": Field(
        Record(
            {
                "register": Field(
                    Text(), "CSV file of issues whose files are elsewhere, relative to this file."
                ),
                "start": Field(_ISSUE, "The first issue looked at; earlier ones are not missed."),
                "known-gaps": Field(
                    Gaps(), "Issues that never appeared: year, or cumulative, to numbers (2020: 3-5)."
                ),
                "restarts": Field(Choice(("yearly", "never", "auto")), "Whether issue numbers begin anew."),
                "aliases": Field(
                    MapOf(_WORDS, "", "刊名", "title"),
                    "A series' title to the titles it had before.",
                    default={},
                ),
            }
        ),
        "The series that the bulletins belong to.",
    ),
    "exclude": Field(_WORDS, "Globs of files and folders not looked at.", default=[]),
    "language": Field(Choice(("zh", "en")), "Language of messages; that of the locale where left out."),
    "fail-level": Field(_SEVERITY, "The lowest severity that makes the run fail.", default="error"),
}
"""The keys of bulletin-lint.yaml and of [tool.bulletin-lint]."""

WAIVER: Mapping[str, Field] = {
    "rule": Field(_WORDS, "Codes of rules, former codes or names.", required=True),
    "path": Field(Text(), "The file, or a glob of files, relative to waivers.yaml."),
    "fingerprint": Field(
        Text(
            "[0-9a-f]{16}",
            "指纹（json 报告中的 fingerprint，16 位）",
            "a fingerprint of 16 hexadecimal digits",
        ),
        "The violation's fingerprint, as the json report has it.",
    ),
    "excerpt": Field(Text(), "Words of the line that the violation stands on."),
    "reason": Field(OrNull(Text()), "Why it is accepted."),
    "by": Field(OrNull(Text()), "Who accepted it."),
    "until": Field(OrNull(Text()), "The last day on which the waiver holds, YYYY-MM-DD."),
}
"""The keys of an entry of waivers.yaml."""

REQUIRABLE = (
    "title",
    "issue_number",
    "cumulative_number",
    "office",
    "date",
    "contact",
    "distribution",
    "copies",
    "attribution",
    "classification",
    "copy_number",
)
"""Parts that `required` may name besides the imprint labels that the packs define."""


_LIST_TYPES = ("masks", "patterns", "replacements", "selectors", "strings", "variants")


def parameter_field(parameter: Parameter) -> Field:
    """A kind's parameter as a key of a rule."""
    default = parameter.default
    if isinstance(default, (tuple, list)):
        default = list(default)
    shape: Shape
    match parameter.type:
        case "boolean":
            shape = Boolean()
        case "choice":
            shape = Choice(parameter.choices)
        case "integer":
            shape = Integer()
        case "lexicon":
            shape = LexiconName()
        case "masks":
            shape = ListOf(MaskName())
        case "number":
            shape = Number()
        case "pattern":
            shape = PatternText()
        case "patterns":
            shape = ListOf(PatternText())
        case "selector":
            shape = Selector()
        case "selectors":
            shape = ListOf(Selector())
        case "string":
            shape = Text()
        case "strings":
            shape = ListOf(Choice(parameter.choices) if parameter.choices else Text())
        case "table":
            shape = TableName()
        case "variants":
            shape = ListOf(Record(_VARIANT, sparse=True))
        case "replacements":
            shape = ListOf(Record(_REPLACEMENT, sparse=True))
        case "wording":
            shape = WORDING
    if default is None and parameter.type in _LIST_TYPES:
        default = []
    return Field(shape, parameter.doc, parameter.required, default)


def rule_fields(kind: Any) -> dict[str, Field]:
    """Every key that a rule of a kind (its class) may have."""
    fields = dict(RULE)
    for name, parameter in kind.parameters.items():
        fields[name] = parameter_field(parameter)
    return fields


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


def pack_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a pack file."""
    return {
        "$schema": DIALECT,
        "title": "bulletin-lint pack",
        **record_schema(PACK),
        "$defs": _rule_definitions(),
    }


def settings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of bulletin-lint.yaml."""
    return {
        "$schema": DIALECT,
        "title": "bulletin-lint settings",
        **record_schema(SETTINGS),
        "$defs": _rule_definitions(),
    }


def _rule_definitions() -> dict[str, Any]:
    """A new rule has `check` and is complete; an override has any of the keys."""
    common = record_schema(RULE)
    parameters: dict[str, list[dict[str, Any]]] = {}
    kinds: dict[str, dict[str, Any]] = {}
    for name in checks.KIND_NAMES:
        given = checks.kind(name).parameters
        own = record_schema({each: parameter_field(parameter) for each, parameter in given.items()})
        del own["additionalProperties"]
        kinds[f"check-{name}"] = own
        for each, schema in own["properties"].items():
            bare = {word: part for word, part in schema.items() if word != "description"}
            if bare not in parameters.setdefault(each, []):
                parameters[each].append(bare)
    return {
        "rules": {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{CODE_FORM})$"},
            "additionalProperties": {
                "if": {"type": "object"},
                "then": {
                    "if": {"required": ["check"]},
                    "then": {"$ref": "#/$defs/rule"},
                    "else": {"$ref": "#/$defs/override"},
                },
                # A YAML 1.1 parser reads a bare `off` as false.
                "else": {"enum": ["off", False]},
            },
        },
        "rule": {
            "$ref": "#/$defs/common",
            "required": common["required"],
            "allOf": [
                {
                    "if": {"required": ["check"], "properties": {"check": {"const": name}}},
                    "then": {"$ref": f"#/$defs/check-{name}"},
                }
                for name in checks.KIND_NAMES
            ],
            "unevaluatedProperties": False,
        },
        "override": {
            "$ref": "#/$defs/common",
            "properties": {
                each: schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
                for each, schemas in parameters.items()
            },
            "unevaluatedProperties": False,
        },
        "common": {"type": "object", "properties": common["properties"]},
        **kinds,
    }
