"""The keys of packs, rules and layouts; the parameters of a rule come from its kind of check."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint import checks
from bulletin_lint._typing import Any
from bulletin_lint.checks.parameters import Parameter, ParameterType
from bulletin_lint.config.settings_schema import HOUSE
from bulletin_lint.config.shapes import (
    SEVERITY,
    WORDING,
    WORDS,
    Boolean,
    Choice,
    Deferred,
    Either,
    Field,
    Integer,
    ListOf,
    MapOf,
    Number,
    OneOf,
    OrNull,
    PatternText,
    Record,
    Reference,
    Scope,
    Shape,
    Text,
    record_schema,
)
from bulletin_lint.config.yaml import YamlNode, YamlText
from bulletin_lint.model.violation import SEVERITIES
from bulletin_lint.rulebook.forms_schema import FORMS, LABELS
from bulletin_lint.rulebook.structure_schema import STRUCTURE


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


CODE_FORM = r"[A-Z][A-Z0-9]*-?\d{1,4}"
"""Codes of house rules; the built-in packs keep to `BUILTIN_CODE_FORM`."""
BUILTIN_CODE_FORM = r"[A-Z]{2,5}\d{3}"
_CODE = Text(CODE_FORM, "规则编号", "a rule code")
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
        Choice(("page-number", "running-head", "scan", "unread")), "What it is, if not the bulletin's text."
    ),
}
"""A paragraph, heading or page number of an example; how it is set holds until it is said anew."""

LAYOUT: Mapping[str, Field] = {
    "pages": Field(
        ListOf(Text(_PAGE_SIZE, "“宽x高”（毫米）", "WIDTHxHEIGHT in millimetres")),
        "The pages' sizes in millimetres, the last one for those that follow.",
        default=["210x297"],
    ),
    "recognised": Field(
        Boolean(), "Whether a program recognised the text on pictures of the pages (OCR).", default=False
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
    "on": Field(ListOf(Reference("selector")), "The parts looked at: selectors or aliases.", default=[]),
    "on_missing": Field(
        Choice(("violation", "cannot-assess", "skip")),
        "What it means that `on` selects nothing.",
        default="cannot-assess",
    ),
    "structural": Field(
        Boolean(),
        "Whether it hangs on where articles begin and end: where that is doubtful it cannot be assessed.",
        default=False,
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
    "explains": Field(
        ListOf(_CODE),
        "Rules whose violations on the same words are folded into its own.",
        default=[],
    ),
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
    "severity": Field(SEVERITY, "A severity of its own."),
    "expected": Field(Either(text=Text(), mapping=WORDING), "What should stand there, for the message."),
    "on": Field(ListOf(Reference("selector")), "Those of the rule's parts in which it is looked for."),
}

LEXICON_ENTRY = {
    "to": Field(Text(), "What to write instead.", required=True),
    "unless": Field(WORDS, "Longer words that it is rightly part of.", default=[]),
    "after": Field(PatternText(), "What must end right before it."),
    "before": Field(PatternText(), "What must begin right after it."),
}
"""An entry of a lexicon that has conditions; one without is the word and what to write instead."""

_REPLACEMENT = {
    "pattern": Field(PatternText(), "The whole text, as it is wrongly written.", required=True),
    "replacement": Field(Text(), "What to put in its place.", required=True),
}

MASK = Either(
    text=PatternText(),
    mapping=Record(
        {
            "pattern": Field(PatternText(), "What is covered.", required=True),
            "begins": Field(PatternText(), "What is covered too where it stands right before that."),
            "standing": Field(
                Boolean(), "Whether it covers for every rule but those with an empty `mask`.", default=False
            ),
        }
    ),
)
"""A mask of a pack."""

PACK: Mapping[str, Field] = {
    "title": Field(WORDING, "What the pack is called."),
    "extends": Field(WORDS, "Packs to build on: built-in names, or paths relative to this file.", default=[]),
    "fragments": Field(
        MapOf(Text(), r"[A-Za-z][A-Za-z0-9_-]*", "片段名", "fragment name"),
        "Pieces of patterns, used as ${name}.",
        default={},
    ),
    "aliases": Field(
        Deferred(lambda: MapOf(ListOf(Reference("selector")), r"[a-z][a-z0-9_]*").json_schema()),
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
        Deferred(lambda: MapOf(MASK).json_schema()),
        "Named patterns that can be blotted out before a text is scanned.",
    ),
    "labels": Field(LABELS, "Which words mean which field."),
    "forms": Field(Deferred(lambda: record_schema(FORMS)), "How the parts look."),
    "house": Field(
        HOUSE, "Whether the articles say who supplied them; found from each issue where left out."
    ),
    "structure": Field(Deferred(lambda: record_schema(STRUCTURE)), "What tells the parts apart, in points."),
    "rules": Field(Deferred(lambda: {"$ref": "#/$defs/rules"}), "Rules, new ones and overrides, by code."),
}
"""The keys of a pack file."""

_SHAPES: Mapping[ParameterType, Shape] = {
    "boolean": Boolean(),
    "integer": Integer(),
    "lexicon": Reference("lexicon"),
    "masks": ListOf(Reference("mask")),
    "number": Number(),
    "pattern": PatternText(),
    "patterns": ListOf(PatternText()),
    "replacements": ListOf(Record(_REPLACEMENT, sparse=True)),
    "selector": Reference("selector"),
    "selectors": ListOf(Reference("selector")),
    "string": Text(),
    "strings": WORDS,
    "table": Reference("table"),
    "variants": ListOf(Record(_VARIANT, sparse=True)),
    "wording": WORDING,
}
"""The shape of each type of parameter whose values are not a closed list; that of ``choice`` always is."""


def parameter_field(parameter: Parameter) -> Field:
    """A kind's parameter as a key of a rule; a list that was left out is empty."""
    shape = Choice(parameter.choices) if parameter.choices else _SHAPES[parameter.type]
    is_list = isinstance(_SHAPES.get(parameter.type), ListOf)
    if is_list and parameter.choices:
        shape = ListOf(shape)
    default = parameter.default
    if is_list or isinstance(default, (tuple, list)):
        default = list(default or ())
    return Field(shape, parameter.doc, parameter.required, default)


def rule_fields(kind: Any) -> dict[str, Field]:
    """Every key that a rule of a kind (its class) may have."""
    return {**RULE, **{name: parameter_field(each) for name, each in kind.parameters.items()}}
