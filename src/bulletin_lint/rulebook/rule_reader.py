"""Reading one rule: its keys against its kind, its message against what the kind supplies, its examples."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bulletin_lint import checks
from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks.protocols import Check
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.shapes import read_record
from bulletin_lint.config.yaml import YamlList, YamlMap, YamlNode, YamlText
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.compiled import ROW
from bulletin_lint.rulebook.example_layout import refuse_misset
from bulletin_lint.rulebook.names import Names, groups_of, is_template
from bulletin_lint.rulebook.packs import Pack
from bulletin_lint.rulebook.schema import RULE, rule_fields

_PATTERN_TYPES = ("pattern", "patterns", "replacements", "variants")
"""Types of parameters whose values are patterns, or hold them."""


class Example(NamedTuple):
    """A text, or the layout of a PDF, with which a rule is tested."""

    text: str
    """Empty where the example is a layout."""
    path: str
    line: int
    """Where the example stands, for whoever reports that it fails."""
    at: tuple[tuple[int, int, int, int], ...] = ()
    """line, column, end line, end column; 1-based, the end exclusive."""
    messages: tuple[Wording, ...] = ()
    """What is said at each place; `en` is empty where the example gives Chinese only."""
    fixed: str | None = None
    register: tuple[Mapping[str, Any], ...] = ()
    layout: Mapping[str, Any] | None = None
    """See `rulebook.schema.LAYOUT`."""


class NormReference(NamedTuple):
    """A norm behind a rule."""

    norm: str
    clause: str | None = None
    note: str | None = None


class RuleSource(NamedTuple):
    """What a rule says beyond what `check` needs."""

    code: str
    path: str
    line: int
    pack: str
    why: Wording | None
    remedy: Wording | None
    references: tuple[NormReference, ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


class RuleEntry(NamedTuple):
    """A rule before it is read: its keys from every pack that speaks of it."""

    key: YamlText
    pack: Pack
    body: YamlMap
    enabled: str | None
    """The severity before a later pack said `off`."""


class RuleReader:
    """Reads rules against all that the packs define.

    `house_files` are the paths of the files that are not the program's own, in the order in which they were
    merged: patterns in them are not trusted.
    """

    def __init__(self, mistakes: Diagnostics, scope: Names, house_files: Collection[str]) -> None:
        self._mistakes = mistakes
        self._scope = scope
        self._house_files = house_files

    def read(self, code: str, entry: RuleEntry) -> tuple[list[Any] | None, RuleSource | None]:
        """A rule as `ROW` has it, and what people read about it; None for both where it is wrong, which is
        then noted.
        """
        mistakes, scope = self._mistakes, self._scope
        noted = len(mistakes)
        key = entry.key
        body = YamlMap(key.path, key.line, key.column, entry.body.entries)
        check = body.get("check")
        name = RULE["check"].shape.read(check, scope) if check is not None else None
        if name is None:
            # Without a kind nobody knows the parameters; the common keys can still be read.
            known = {each: pair for each, pair in body.entries.items() if each in RULE and each != "check"}
            common = {each: field for each, field in RULE.items() if each != "check"}
            read_record(YamlMap(key.path, key.line, key.column, known), common, scope)
            return None, None
        kind = checks.kind(name)
        scope.trusted = self._is_trusted(entry, kind)
        record = read_record(body, rule_fields(kind), scope)
        parameters = {each: record[each] for each in kind.parameters}
        for each, parameter in kind.parameters.items():
            if parameter.type == "masks" and each not in body.entries:
                parameters[each] = [mask for mask in parameters[each] if scope.has_mask(mask)]
        parameters["on"] = record["on"]
        self._check_parts(key, body, name)
        if len(mistakes) == noted:
            self._check_replacements(body, scope)
            for each, wording in kind.mistakes(parameters):
                mistakes.add(body.get(each) or body, wording.zh, wording.en)
        if len(mistakes) == noted:
            self._check_message(body, kind.placeholders(parameters))
        self._check_examples(body, record)
        if len(mistakes) != noted:
            return None, None
        severity = record["severity"]
        row = {
            "code": code,
            "name": record["name"],
            "severity": severity,
            "selected_severity": severity if severity != "off" else entry.enabled or "info",
            "kind": name,
            "on": record["on"],
            "on_missing": record["on_missing"],
            "structural": record["structural"],
            "zh": record["message"]["zh"],
            "en": record["message"]["en"],
            "fix": record["fix"],
            "parameters": parameters,
            "trusted": scope.trusted,
            "pack": entry.pack.name,
            "aliases": record["aliases"],
            "waivable": record["waivable"],
            "explains": record["explains"],
            "gate": kind.gate(parameters, scope.lexicons) if scope.trusted else None,
        }
        return [row[column] for column in ROW], self._source(code, entry, body, record)

    def _is_trusted(self, entry: RuleEntry, kind: type[Check]) -> bool:
        """Whether all of a rule's patterns are those of a built-in pack."""
        if entry.pack.is_house:
            return False
        return not any(
            value.path in self._house_files
            for name, _, value in entry.body
            if name in kind.parameters and kind.parameters[name].type in _PATTERN_TYPES
        )

    def _check_parts(self, key: YamlText, body: YamlMap, kind: str) -> None:
        """Notes a rule that says nowhere what it looks at, and one to which no part can be missing."""
        parts = body.get("on")
        if checks.needs_parts(kind) and (parts is None or (isinstance(parts, YamlList) and not parts.items)):
            self._mistakes.add(
                parts or key,
                f"检查“{kind}”要写 on：查哪些部分，如“on: prose”（正文）或“on: masthead.date”",
                f"the check '{kind}' needs 'on', the parts to look at: on: prose, or on: masthead.date, say",
            )
        missing = body.get("on_missing")
        if (
            isinstance(missing, YamlText)
            and missing.value == "violation"
            and checks.judges(kind) != "document"
        ):
            self._mistakes.add(
                missing,
                f"检查“{kind}”不看单份文件的部分，on_missing 不能是“violation”；"
                "查缺不缺一个部分请用 check: required",
                f"the check '{kind}' looks at no part of one document, so on_missing cannot be violation; "
                "of a part that must be there say check: required",
            )

    def _check_replacements(self, body: YamlMap, scope: Names) -> None:
        """Notes a replacement that cannot be filled in from what its pattern matches, or that speaks of a
        group which the pattern does not have.
        """
        for pattern, replacement in _replacements(body):
            text = scope.interpolate(pattern)[0] if pattern is not None else None
            groups = groups_of(text or "", trusted=scope.trusted)
            unknown = [
                name for name in re.findall(r"\\g<([A-Za-z_]\w*)>", replacement.value) if name not in groups
            ]
            for name in unknown:
                zh, en = did_you_mean(name, filter(None, groups))
                self._mistakes.add(
                    replacement, f"正则里没有组“{name}”{zh}", f"the pattern has no group '{name}'{en}"
                )
            if not unknown and not is_template(groups, replacement.value, trusted=scope.trusted):
                self._mistakes.add(
                    replacement,
                    r"替换文字有误：组写成 \g<名称>，反斜杠写成 \\",
                    r"bad replacement: a group is written \g<name>, a backslash \\",
                )

    def _check_message(self, body: YamlMap, supplied: frozenset[str]) -> None:
        message = body.get("message")
        if not isinstance(message, YamlMap):
            return
        used: dict[str, set[str]] = {}
        for language in ("zh", "en"):
            node = message.get(language)
            assert isinstance(node, YamlText)
            names = placeholders(node.value)
            if names is None:
                self._mistakes.add(
                    node,
                    "占位符应写成 {名称}；要写花括号本身请写 {{ 或 }}",
                    "placeholders are written {name}; write {{ or }} for a brace itself",
                )
                return
            for name in sorted(names - supplied):
                zh, en = did_you_mean(name, supplied)
                self._mistakes.add(
                    node,
                    f"检查不提供占位符 {{{name}}}{zh}",
                    f"the check does not supply the placeholder {{{name}}}{en}",
                )
            used[language] = names
        differing = sorted(used["zh"] ^ used["en"])
        if differing:
            shown_names = "、".join(f"{{{name}}}" for name in differing)
            english = ", ".join(f"{{{name}}}" for name in differing)
            texts = [node for node in (message.get("en"), message.get("zh")) if node is not None]
            self._mistakes.add(
                max(texts, key=self._recency),
                f"中英文的占位符不一致：{shown_names}",
                f"the placeholders of zh and en differ: {english}",
            )

    def _recency(self, node: YamlNode) -> int:
        """Which of the files of houses a node stands in, 0 for one of the program's own: who changes one text
        of a rule sees his own file named.
        """
        files = list(self._house_files)
        return files.index(node.path) + 1 if node.path in files else 0

    def _check_examples(self, body: YamlMap, record: Mapping[str, Any]) -> None:
        for group in ("bad", "good"):
            for node, example in _example_nodes(body, record, group):
                layout = node.get("layout")
                if isinstance(layout, YamlMap) and example["layout"] is not None:
                    refuse_misset(layout, example["layout"], self._mistakes)
                if layout is not None and example.get("fixed") is not None:
                    self._mistakes.add(
                        node.get("fixed") or node,
                        "PDF 不能修改，版面示例的 fixed 只能是 null",
                        "a PDF is not mended, so the 'fixed' of a layout can only be null",
                    )
        for node, example in _example_nodes(body, record, "bad"):
            at, messages = example["at"] or [], _as_list(example["message"])
            if messages and at and len(messages) != len(at):
                self._mistakes.add(
                    node.get("message") or node,
                    f"at 有 {len(at)} 处，message 有 {len(messages)} 条，应一一对应",
                    f"{len(at)} places in 'at' but {len(messages)} in 'message'; one for each",
                )
            if record["fix"] in ("safe", "unsafe") and "fixed" not in node.entries:
                self._mistakes.add(
                    node,
                    "规则带修复，反例缺少 fixed（修复后的文字；没有可改的写 null）",
                    "the rule has a fix, so a bad example needs 'fixed' (the text after it, or null)",
                )

    def _source(self, code: str, entry: RuleEntry, body: YamlMap, record: Mapping[str, Any]) -> RuleSource:
        return RuleSource(
            code,
            entry.key.path,
            entry.key.line,
            entry.pack.name,
            wording(record["why"]) if record["why"] else None,
            wording(record["remedy"]) if record["remedy"] else None,
            tuple(NormReference(each["norm"], each["clause"], each["note"]) for each in record["ref"]),
            tuple(_example(*each) for each in _example_nodes(body, record, "bad")),
            tuple(_example(*each) for each in _example_nodes(body, record, "good")),
        )


def _replacements(body: YamlMap) -> Iterator[tuple[YamlText | None, YamlText]]:
    """Each pattern, None for plain words, with the replacement that is filled in where it matches."""
    own = body.get("replacement")
    for name in ("pattern", "words"):
        pattern = body.get(name)
        if pattern is not None and isinstance(own, YamlText):
            yield (pattern if name == "pattern" and isinstance(pattern, YamlText) else None), own
    for several in (body.get("variants"), body.get("replacements")):
        for item in several.items if isinstance(several, YamlList) else [several]:
            if not isinstance(item, YamlMap):
                continue
            pattern, replacement = item.get("pattern"), item.get("replacement") or own
            if isinstance(pattern, YamlText) and isinstance(replacement, YamlText):
                yield pattern, replacement


def placeholders(message: str) -> set[str] | None:
    """The names in braces; None where a brace stands alone or holds more than a name."""
    rest = message.replace("{{", "").replace("}}", "")
    names = set(re.findall(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", rest))
    if re.search(r"[{}]", re.sub(r"\{[A-Za-z_][A-Za-z0-9_]*\}", "", rest)):
        return None
    return names


def wording(record: Mapping[str, Any]) -> Wording:
    """A text in both languages, empty where one is not given."""
    return Wording(record["zh"] or "", record["en"] or "")


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _example_nodes(
    body: YamlMap, record: Mapping[str, Any], group: str
) -> list[tuple[YamlMap, Mapping[str, Any]]]:
    """Each example as written and as read; those that are no mapping are left out."""
    examples = body.get("examples")
    written = examples.get(group) if isinstance(examples, YamlMap) else None
    nodes = written.items if isinstance(written, YamlList) else [written]
    read = (record["examples"] or {}).get(group) or []
    return [
        (node, example)
        for node, example in zip(nodes, read, strict=False)
        if isinstance(node, YamlMap) and example is not None
    ]


def _example(node: YamlMap, example: Mapping[str, Any]) -> Example:
    at = []
    for place in example.get("at") or ():
        numbers = [int(number) for number in re.split("[:-]", place)]
        at.append((numbers[0], numbers[1], numbers[2], numbers[3]))
    messages = [
        Wording(message, "") if isinstance(message, str) else wording(message)
        for message in _as_list(example.get("message"))
    ]
    return Example(
        example["text"] or "",
        node.path,
        node.line,
        tuple(at),
        tuple(messages),
        example.get("fixed"),
        tuple(example["register"] or ()),
        example["layout"],
    )
