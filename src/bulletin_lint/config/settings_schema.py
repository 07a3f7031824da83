"""The keys of bulletin-lint.yaml and of waivers.yaml. What holds where a key is left out is in `Settings`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin_lint._typing import Any
from bulletin_lint.config.globs import NEGATION, problem_of
from bulletin_lint.config.shapes import (
    SEVERITY,
    WORDS,
    Choice,
    Deferred,
    Field,
    ListOf,
    MapOf,
    OrNull,
    Record,
    Scope,
    Shape,
    Text,
    refuse,
)
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText


class Name(Text):
    """Text that is no truth value, and no number unless it `may_be_number`, as a folder's 2019 is. In
    quotation marks either is a name.
    """

    __slots__ = ("_may_be_number",)

    def __init__(self, *, may_be_number: bool = False) -> None:
        super().__init__()
        self._may_be_number = may_be_number

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if _is_truth(node) or (not self._may_be_number and _is_number(node)):
            return refuse(node, scope, *_NAME)
        return super().read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"] if self._may_be_number else "string"}


class ListOfNames(ListOf):
    """A list of names, or one name; a number by itself is neither."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        return refuse(node, scope, *_NAMES) if _is_number(node) else super().read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "array", "items": self.item.json_schema()}, {"type": "string"}]}


def _is_number(node: YamlNode) -> bool:
    """Whether a value is a number and stands in no quotation marks."""
    return isinstance(node, YamlText) and node.is_plain and re.fullmatch(_NUMBER, node.value) is not None


def _is_truth(node: YamlNode) -> bool:
    """Whether a value is true or false and stands in no quotation marks."""
    return isinstance(node, YamlText) and node.is_plain and node.value.lower() in ("true", "false")


class Gaps(Shape):
    """Issues that never appeared: ``{2020: 3-5, cumulative: 118}``, or a list of such texts."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlList):
            return [text for item in node.items for text in self.read(item, scope) or ()]
        if isinstance(node, YamlText):
            found = re.fullmatch(f"({_GAP_SCOPE}) ?[:：] ?({_NUMBERS})", node.value)
            if found and _are_numbers(found[2]):
                return [f"{found[1]}: {found[2]}"]
            return [node.value] if _are_numbers(node.value) else refuse(node, scope, *_GAPS)
        assert isinstance(node, YamlMap)
        texts: list[str] = []
        for name, key, value in node:
            if not re.fullmatch(_GAP_SCOPE, name):
                refuse(key, scope, *_GAPS)
                continue
            numbers = value.items if isinstance(value, YamlList) else [value]
            for each in numbers:
                if isinstance(each, YamlText) and _are_numbers(each.value):
                    texts.append(f"{name}: {each.value}")
                else:
                    refuse(each, scope, *_NUMBER_OR_RANGE)
            if not numbers:
                refuse(value, scope, *_NUMBER_OR_RANGE)
        return texts if texts else refuse(node, scope, *_GAPS) if not node.entries else None

    def json_schema(self) -> dict[str, Any]:
        number = {"type": "integer", "minimum": 1, "maximum": 9_999_999}
        numbers = {"anyOf": [number, {"type": "string", "pattern": f"^(?:{_NUMBERS})$"}]}
        by_year = {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{_GAP_SCOPE})$"},
            "additionalProperties": {"anyOf": [numbers, {"type": "array", "items": numbers}]},
        }
        text = {"type": "string", "pattern": f"^(?:(?:{_GAP_SCOPE}) ?[:：] ?)?(?:{_NUMBERS})$"}
        return {
            "anyOf": [by_year, text, numbers, {"type": "array", "items": {"anyOf": [text, numbers, by_year]}}]
        }


class Glob(Name):
    """A glob pattern of files."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(may_be_number=True)

    def read(self, node: YamlNode, scope: Scope) -> Any:
        found = super().read(node, scope)
        if isinstance(node, YamlText) and found is not None:
            _require_glob(node, scope, node.value)
        return found


class ClosedGlob(Glob):
    """A glob pattern in which every bracket is closed: who means one by itself says so."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        last = node.value.rpartition("[") if isinstance(node, YamlText) else ("", "", "")
        if last[1] and "]" not in last[2]:
            scope.mistakes.add(
                node,
                "文件模式的方括号没有闭合；若文件名里有 [，请写 [[]",
                "file pattern: a bracket is not closed; for a [ in a name, write [[]",
            )
            return None
        return super().read(node, scope)


class FilesGlob(ClosedGlob):
    """A glob pattern of files that are looked for: a mere number is the name of none."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        if isinstance(node, YamlText) and re.fullmatch(r"[0-9.]+/?", node.value):
            return refuse(
                node, scope, "文件的模式，如 2020/**/*.md", "a pattern of files, such as 2020/**/*.md"
            )
        return super().read(node, scope)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "not": {"pattern": "^[0-9.]+/?$"}}


class GlobsTo(MapOf):
    """A mapping whose keys are glob patterns of files; ``!`` before one means all files but these."""

    __slots__ = ()

    def read(self, node: YamlNode, scope: Scope) -> Any:
        for _, key, _ in node if isinstance(node, YamlMap) else ():
            _require_glob(key, scope, key.value.removeprefix(NEGATION))
        return super().read(node, scope)


def _require_glob(node: YamlText, scope: Scope, pattern: str) -> None:
    problem = problem_of(pattern)
    if problem is not None:
        scope.mistakes.add(node, f"文件模式{problem.zh}", f"file pattern: {problem.en}")


def _are_numbers(text: str) -> bool:
    """Whether a text is numbers and ranges that go up: 2026-3 is meant for an issue of 2026, and is none."""
    ends = [part.partition("-") for part in re.split("[,，]", text)]
    return re.fullmatch(_NUMBERS, text) is not None and all(
        not last or int(first) <= int(last) for first, _, last in ends
    )


_NUMBER = r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_NAME = (
    "文字（数、true、false 作名字须加引号）",
    "text (a number, true or false that is a name goes in quotes)",
)
_NAMES = ("列表或文字（数作名字须加引号）", "a list or text (a number that is a name goes in quotes)")
_GAP_SCOPE = r"\d{4}|总|cumulative"
_NUMBERS = r"[1-9]\d{0,6}(?:-[1-9]\d{0,6})?(?:[,，] ?[1-9]\d{0,6}(?:-[1-9]\d{0,6})?)*"
_GAPS = ("“年份: 期号”或“总: 总期号”，如 {2020: 3-5}", "year or cumulative to numbers, such as {2020: 3-5}")

_NUMBER_OR_RANGE = ("期号，如 7 或 3-5", "a number or a range that goes up, such as 7 or 3-5")

_ISSUE = Text(
    r"[1-9]\d{0,6}|\d{4}-[1-9]\d{0,3}",
    "总期号（2119）或“年-期号”（2020-10）",
    "a cumulative number (2119) or year-issue (2020-10)",
)

HOUSE = Choice(("signs", "some", "never"), "署名习惯", "way of signing")
"""Whether the articles of a house say who supplied them: all of them, some, or none."""

_WORDS = ListOfNames(Name(may_be_number=True))

SETTINGS: Mapping[str, Field] = {
    "extends": Field(_WORDS, "Packs: built-in names, or paths relative to this file."),
    "select": Field(_WORDS, "Codes, prefixes or ALL: the rules to run, all that are not off by default."),
    "ignore": Field(_WORDS, "Codes, prefixes or ALL: the rules not to run."),
    "per-file-ignores": Field(
        GlobsTo(_WORDS, "", "文件模式", "file pattern"),
        "Globs of files to the codes ignored in them; ! before a glob: in all files but these.",
        default={},
    ),
    "rules": Field(
        Deferred(lambda: {"$ref": "#/$defs/rules"}), "Overrides and rules, as in a pack.", default={}
    ),
    "required": Field(
        _WORDS,
        "Parts that a bulletin must have.",
    ),
    "house": Field(
        HOUSE,
        "Whether the articles say who supplied them; found from each issue where left out.",
    ),
    "bulletins": Field(ListOf(FilesGlob()), "Globs of the files that make up the series."),
    "series": Field(
        Record(
            {
                "register": Field(
                    Name(), "CSV file of issues whose files are elsewhere, relative to this file."
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
    "convert": Field(
        Record(
            {
                "command": Field(
                    Name(),
                    "LibreOffice's soffice: an absolute path, outside the folder of the bulletins; where "
                    "left out it is looked for.",
                ),
            }
        ),
        "How documents in old forms (.doc, .wps, .odt, .rtf) are converted.",
    ),
    "annotate": Field(
        Record(
            {
                "author": Field(
                    Name(),
                    "Whose comments and tracked changes ours are in Word documents; what has this author is "
                    "written anew each time. `bulletin-lint` where left out.",
                ),
            }
        ),
        "How what is found is written into Word documents.",
    ),
    "exclude": Field(ListOfNames(ClosedGlob()), "Globs of files and folders not looked at."),
    "language": Field(Choice(("zh", "en")), "Language of messages; that of the locale where left out."),
    "fail-level": Field(SEVERITY, "The lowest severity that makes the run fail."),
}
"""The keys of bulletin-lint.yaml and of [tool.bulletin-lint]."""

WAIVER: Mapping[str, Field] = {
    "rule": Field(WORDS, "Codes of rules, former codes or names.", required=True),
    "path": Field(Glob(), "The file, or a glob of files, relative to waivers.yaml."),
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

REQUIRABLE: Mapping[str, str] = {
    "title": "刊名",
    "issue_number": "期号",
    "cumulative_number": "总期号",
    "office": "编发单位",
    "date": "日期",
    "contact": "联系方式",
    "distribution": "发送栏",
    "copies": "印数",
    "attribution": "署名",
    "classification": "密级",
    "copy_number": "份号",
}
"""Parts that `required` may name besides the imprint labels that the packs define, each with what editors
call it."""
