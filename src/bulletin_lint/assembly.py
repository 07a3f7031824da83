"""Merging packs into the data that a rulebook runs on.

Packs are taken depth first, an extended pack before the one that extends it, and what comes later
wins: rules by code and then by key, labels and forms by field with their lists joined, the rest by
name. A pack sees the fragments of the packs before it, never of those after, so that a house cannot
change a built-in pattern without naming it.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint import checks
from bulletin_lint.pack import Input, Loader, Pack
from bulletin_lint.schema import (
    BUILTIN_CODE_FORM,
    CODE_FORM,
    FORMS,
    LEXICON_ENTRY,
    PACK,
    RULE,
    ListOf,
    MapOf,
    PatternText,
    Record,
    Scope,
    Selector,
    read_record,
    rule_fields,
    unknown_part,
)
from bulletin_lint.typed import Any, NamedTuple
from bulletin_lint.typesetting import refuse_misset
from bulletin_lint.wording import Wording
from bulletin_lint.yaml_nodes import Mistakes, YamlList, YamlMap, YamlNode, YamlText, did_you_mean


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
    """See `schema.LAYOUT`."""


class Reference(NamedTuple):
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
    references: tuple[Reference, ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


class Assembly(NamedTuple):
    """Merged packs: the data a rulebook runs on, and what people read about its rules."""

    compiled: dict[str, Any]
    """JSON-able; see `rulebook.Rulebook`."""
    sources: dict[str, RuleSource]
    titles: dict[str, Wording]
    """Pack name to what the pack is called, in the order merged."""
    inputs: tuple[Input, ...]


class _PackScope(Scope):
    """What the words of merged packs refer to.

    `trusted` says which engine a pattern must compile with; it is set for each rule.
    """

    def __init__(self, mistakes: Mistakes) -> None:
        super().__init__(mistakes)
        self.trusted = True
        self.fragments: dict[str, dict[str, str]] = {}
        self.aliases: dict[str, Any] = {}
        self.tables: dict[str, dict[str, str]] = {}
        self.lexicons: dict[str, list[list[Any]]] = {}
        self.masks: dict[str, str] = {}
        self.labels: dict[str, Any] = {}
        self._compiled: dict[tuple[str, bool], bool] = {}

    def pattern(self, node: YamlText) -> str | None:
        text, pieces = self.interpolate(node)
        if text is None:
            return None
        known = (text, self.trusted)
        if known not in self._compiled:
            self._compiled[known] = self._compiles(node, text, pieces)
        return text

    def interpolate(self, node: YamlText) -> tuple[str | None, list[tuple[int, int, str]]]:
        """A pattern with its fragments filled in, and where each one went: start, end, name."""
        own = self.fragments.get(node.path, {})
        parts: list[str] = []
        pieces: list[tuple[int, int, str]] = []
        length = position = 0
        for found in _FRAGMENT.finditer(node.value):
            name = found[1]
            if name not in own:
                zh, en = did_you_mean(name, own)
                self.mistakes.add(node, f"没有片段“{name}”{zh}", f"there is no fragment '{name}'{en}")
                return None, []
            before = node.value[position : found.start()]
            parts += [before, own[name]]
            length += len(before)
            pieces.append((length, length + len(own[name]), name))
            length += len(own[name])
            position = found.end()
        parts.append(node.value[position:])
        return "".join(parts), pieces

    def _compiles(self, node: YamlText, text: str, pieces: list[tuple[int, int, str]]) -> bool:
        problem = _pattern_problem(text, trusted=self.trusted)
        if problem is None:
            return True
        zh, en, position = problem
        where_zh = where_en = ""
        if position is not None:
            inside = next((name for start, end, name in pieces if start <= position < end), None)
            if inside is not None:
                where_zh, where_en = f"（在片段“{inside}”里）", f" (in the fragment '{inside}')"
            else:
                shift = sum(end - start - len(name) - 3 for start, end, name in pieces if end <= position)
                number = position - shift + 1
                where_zh, where_en = f"（第 {number} 个字符）", f" (character {number})"
        self.mistakes.add(node, f"正则有误：{zh}{where_zh}", f"bad pattern: {en}{where_en}")
        return False

    def selector(self, node: YamlText) -> str | None:
        problem = unknown_part(node.value, list(self.labels.get("imprint", {})), list(self.aliases))
        if problem is not None:
            _, near = problem
            zh, en = did_you_mean(node.value, near)
            self.mistakes.add(
                node, f"不认识的选择器“{node.value}”{zh}", f"unknown selector '{node.value}'{en}"
            )
        return node.value

    def mask(self, node: YamlText) -> str | None:
        if node.value not in self.masks:
            zh, en = did_you_mean(node.value, self.masks)
            self.mistakes.add(node, f"没有遮盖“{node.value}”{zh}", f"there is no mask '{node.value}'{en}")
        return node.value

    def table(self, node: YamlText) -> str | None:
        if node.value not in self.tables:
            zh, en = did_you_mean(node.value, self.tables)
            self.mistakes.add(node, f"没有字表“{node.value}”{zh}", f"there is no table '{node.value}'{en}")
        return node.value

    def lexicon(self, node: YamlText) -> str | None:
        if node.value not in self.lexicons:
            zh, en = did_you_mean(node.value, self.lexicons)
            self.mistakes.add(node, f"没有词表“{node.value}”{zh}", f"there is no lexicon '{node.value}'{en}")
            return None
        return node.value

    def has_mask(self, name: str) -> bool:
        return name in self.masks


_ALIASES = MapOf(ListOf(Selector()), r"[a-z][a-z0-9_]*", "别名", "alias")
_MASKS = MapOf(PatternText(), zh="遮盖名", en="mask name")
_FORMS = Record(FORMS)
_FRAGMENT = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_-]*)\}")


def _pattern_problem(text: str, *, trusted: bool) -> tuple[str, str, int | None] | None:
    """Why a pattern does not compile: in Chinese, in English, and at which offset."""
    try:
        if trusted:
            with warnings.catch_warnings():
                warnings.simplefilter("error", FutureWarning)
                re.compile(text, re.MULTILINE)
        else:
            import regex

            try:
                regex.compile(text, regex.MULTILINE)
            except regex.error as error:
                problem: Any = error
                return (*_in_both(str(problem.msg)), problem.pos)
    except re.error as error:
        return (*_in_both(error.msg), error.pos)
    except FutureWarning:
        return (
            "方括号里的 [ 或成对符号请加反斜杠",
            "put a backslash before [ and doubled marks in a set",
            None,
        )
    except (OverflowError, RecursionError, ValueError):
        return "太大或嵌套太深", "too large, or nested too deeply", None
    return None


def _is_template(pattern: str, replacement: str, *, trusted: bool) -> bool:
    """Whether a replacement can be filled in from a match of the pattern."""
    try:
        if trusted:
            re.compile(pattern, re.MULTILINE).sub(replacement, "")
        else:
            import regex

            try:
                regex.compile(pattern, regex.MULTILINE).sub(replacement, "")
            except regex.error:
                return False
    except (re.error, IndexError):
        return False
    return True


def _in_both(message: str) -> tuple[str, str]:
    zh = next((zh for words, zh in _PATTERN_PROBLEMS if words in message), "写法不合正则语法")
    return zh, message


# What `re` and `regex` say of a pattern, in Chinese.
_PATTERN_PROBLEMS = (
    ("missing )", "缺少右括号"),
    ("unbalanced parenthesis", "多了右括号"),
    ("unterminated character set", "方括号没有闭合"),
    ("nothing to repeat", "重复号前面没有内容"),
    ("multiple repeat", "重复号连用"),
    ("bad character range", "字符范围颠倒"),
    ("look-behind requires fixed-width", "后顾断言的长度必须固定"),
    ("bad escape", "不认识的转义"),
    ("incomplete escape", "转义不完整"),
    ("unknown group name", "引用了没有的组名"),
    ("undefined group name", "引用了没有的组名"),
    ("invalid group reference", "引用了没有的组号"),
    ("unknown group", "引用了没有的组"),
    ("redefinition of group name", "组名重复"),
    ("duplicate group", "组名重复"),
    ("bad character in group name", "组名只能用字母、数字和下划线"),
    ("missing group name", "缺少组名"),
    ("unknown extension", "不认识的 (?… 写法"),
    ("unknown flag", "不认识的标志"),
    ("global flags not at the start", "标志必须写在最前面"),
    ("min repeat greater than max", "重复次数下限大于上限"),
    ("unknown property", "不认识的字符类别"),
    ("cannot refer to an open group", "不能引用还没结束的组"),
)


class _RuleEntry(NamedTuple):
    """A rule before it is read: its keys from every pack that speaks of it."""

    key: YamlText
    pack: Pack
    body: YamlMap
    enabled: str | None
    """The severity before a later pack said `off`."""


class Merger:
    """Merges packs in order, then reads the rules against all that the packs define."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._scope = _PackScope(mistakes)
        self._visible: dict[str, str] = {}
        self._forms: dict[str, Any] = {}
        self._house_forms = False
        self._house_masks: set[str] = set()
        self._alias_nodes: dict[str, tuple[YamlText, YamlNode]] = {}
        self._rules: dict[str, _RuleEntry] = {}
        self._house_files: set[str] = set()
        self._titles: dict[str, Wording] = {}

    def take(self, pack: Pack, loader: Loader) -> None:
        """Merges one pack onto those before it."""
        scope = self._scope
        scope.trusted = not pack.is_house
        records = []
        for file in pack.files:
            if pack.is_house:
                self._house_files.add(file.path)
            records.append((file, read_record(file, PACK, scope)))
        self._take_fragments(pack)
        seen: dict[tuple[str, str], YamlText] = {}
        for file, record in records:
            if record["title"] is not None:
                self._titles[pack.name] = _wording(record["title"])
            for section in ("aliases", "tables", "lexicons", "masks", "rules"):
                self._refuse_repeats(file, section, seen)
            self._take_tables(file, record["tables"], pack, loader)
            self._take_lexicons(file, record["lexicons"], pack, loader)
            self._take_labels(record["labels"])
        self._titles.setdefault(pack.name, Wording(pack.name, pack.name))
        for file, _ in records:
            self._take_masks(file, pack)
            self._take_forms(file, pack)
            aliases = file.get("aliases")
            if isinstance(aliases, YamlMap):
                self._alias_nodes.update(aliases.entries)
            elif aliases is not None:
                _ALIASES.read(aliases, scope)
            self._take_rules(file.get("rules"), pack)

    def _refuse_repeats(self, file: YamlMap, section: str, seen: dict[tuple[str, str], YamlText]) -> None:
        """Notes what two files of one pack both define."""
        found = file.get(section)
        for name, key, _ in found if isinstance(found, YamlMap) else ():
            first = seen.setdefault((section, name), key)
            if first is not key:
                self._mistakes.add(
                    key,
                    f"“{name}”重复，第一次在 {first.path} 第 {first.line} 行",
                    f"duplicate '{name}', first in {first.path} on line {first.line}",
                )

    def _take_fragments(self, pack: Pack) -> None:
        own: dict[str, YamlText] = {}
        for file in pack.files:
            section = file.get("fragments")
            for name, key, value in section if isinstance(section, YamlMap) else ():
                if not isinstance(value, YamlText):
                    continue
                if name in own:
                    first = own[name]
                    self._mistakes.add(
                        key,
                        f"“{name}”重复，第一次在 {first.path} 第 {first.line} 行",
                        f"duplicate '{name}', first in {first.path} on line {first.line}",
                    )
                own[name] = value
        visible = dict(self._visible)
        for name in own:
            visible.pop(name, None)
        done: dict[str, str] = {}

        def fill(name: str, way: tuple[str, ...]) -> str:
            if name in done:
                return done[name]
            if name in way:
                ring = " → ".join([*way[way.index(name) :], name])
                self._mistakes.add(own[name], f"片段成环：{ring}", f"fragments go in a circle: {ring}")
                done[name] = ""
                return ""
            node = own[name]
            for used in _FRAGMENT.findall(node.value):
                if used in own:
                    fill(used, (*way, name))
            self._scope.fragments[node.path] = {**visible, **done}
            if name in done:
                return done[name]
            text, _ = self._scope.interpolate(node)
            done[name] = text or ""
            return done[name]

        for name in own:
            fill(name, ())
        self._visible = {**visible, **done}
        for file in pack.files:
            self._scope.fragments[file.path] = self._visible

    def _take_lexicons(self, file: YamlMap, lexicons: Any, pack: Pack, loader: Loader) -> None:
        nodes = file.get("lexicons")
        for name, lexicon in (lexicons or {}).items():
            node = nodes.get(name) if isinstance(nodes, YamlMap) else None
            if not isinstance(node, YamlMap) or lexicon is None or lexicon["file"] is None:
                continue
            place = node.get("file")
            words = loader.read_file(os.path.realpath(os.path.join(pack.folder, lexicon["file"])), place)
            rows = self._scope.lexicons[name] = []
            for word, key, value in words or ():
                if isinstance(value, YamlMap):
                    entry = read_record(value, LEXICON_ENTRY, self._scope)
                    rows.append([word, entry["to"], entry["unless"], entry["after"], entry["before"]])
                elif isinstance(value, YamlText) and word and not value.is_null:
                    rows.append([word, value.value, [], None, None])
                else:
                    self._mistakes.add(
                        key,
                        "词表每项应是“错词: 正词”，或带 to 的“键: 值”",
                        "an entry of a lexicon is 'word: correction', or a mapping with 'to'",
                    )

    def _take_tables(self, file: YamlMap, tables: Any, pack: Pack, loader: Loader) -> None:
        nodes = file.get("tables")
        for name, table in (tables or {}).items():
            node = nodes.get(name) if isinstance(nodes, YamlMap) else None
            if not isinstance(node, YamlMap) or table is None:
                continue
            if (table["file"] is None) == (table["from"] is None or table["to"] is None):
                self._mistakes.add(
                    node,
                    "字表要么写 file，要么写 from 和 to",
                    "a table has either 'file', or 'from' and 'to'",
                )
            elif table["file"] is None:
                if len(table["from"]) == len(table["to"]):
                    self._scope.tables[name] = dict(zip(table["from"], table["to"], strict=True))
                else:
                    self._mistakes.add(
                        node, "from 与 to 的字数不同", "'from' and 'to' are not of the same length"
                    )
            else:
                place = node.get("file")
                assert place is not None
                rows = loader.read_file(os.path.realpath(os.path.join(pack.folder, table["file"])), place)
                self._scope.tables[name] = {}
                for character, key, value in rows or ():
                    if len(character) == 1 and isinstance(value, YamlText):
                        self._scope.tables[name][character] = value.value
                    else:
                        self._mistakes.add(
                            key,
                            "字表的每一行是“一个字: 替换成的字”",
                            "a table maps one character to its replacement",
                        )

    def _take_masks(self, file: YamlMap, pack: Pack) -> None:
        masks = file.get("masks")
        if masks is not None:
            found = _MASKS.read(masks, self._scope) or {}
            self._scope.masks.update({name: text for name, text in found.items() if text is not None})
            if pack.is_house:
                self._house_masks.update(found)
            else:
                self._house_masks.difference_update(found)

    def _take_labels(self, labels: Any) -> None:
        for group, fields in (labels or {}).items():
            merged = self._scope.labels.setdefault(group, {})
            for name, entry in (fields or {}).items():
                if entry is None:
                    continue
                before = merged.get(name, {"words": [], "name": {"zh": name, "en": name}})
                words = entry["words"] or []
                if isinstance(words, dict):
                    words, kept = words["replace"] or [], []
                else:
                    kept = before["words"]
                for other in merged.values():
                    # The later pack says what a word means; the earlier meaning goes.
                    other["words"] = [word for word in other["words"] if word not in words or other is before]
                merged[name] = {
                    "words": list(dict.fromkeys([*kept, *words])),
                    "name": entry["name"] or before["name"],
                }

    def _take_forms(self, file: YamlMap, pack: Pack) -> None:
        forms = file.get("forms")
        if forms is None:
            return
        found = _FORMS.read(forms, self._scope) or {}
        self._house_forms = self._house_forms or pack.is_house
        self._forms = _merge_forms(self._forms, found)

    def _take_rules(self, rules: YamlNode | None, pack: Pack) -> None:
        if rules is None:
            return
        if not isinstance(rules, YamlMap):
            _ALIASES.read(rules, self._scope)
            return
        form, sample = (CODE_FORM, "AB-01") if pack.is_house else (BUILTIN_CODE_FORM, "ABC001")
        for code, key, value in rules:
            if not re.fullmatch(form, code):
                self._mistakes.add(
                    key,
                    f"规则编号“{code}”写法不对，应为大写字母加数字，如 {sample}",
                    f"bad rule code '{code}'; write capitals and digits, such as {sample}",
                )
                continue
            self._take_rule(code, key, value, pack)

    def _take_rule(self, code: str, key: YamlText, value: YamlNode, pack: Pack) -> None:
        before = self._rules.get(code)
        if isinstance(value, YamlText) and value.value == "off":
            value = YamlMap(
                value.path,
                value.line,
                value.column,
                {"severity": (YamlText(key.path, key.line, key.column, "severity"), value)},
            )
        if not isinstance(value, YamlMap):
            self._mistakes.add(
                value,
                "规则应写成“键: 值”，或 off；改级别请写 {severity: warning}",
                "a rule is a mapping or off; write {severity: warning} to change the severity",
            )
            return
        if "check" in value.entries:
            self._rules[code] = _RuleEntry(key, pack, value, None)
        elif before is None:
            zh, en = did_you_mean(code, self._rules)
            self._mistakes.add(
                key,
                f"没有规则 {code} 可以改写（新规则要写 check）{zh}",
                f"there is no rule {code} to override (a new rule needs 'check'){en}",
            )
        else:
            enabled, later = before.enabled, value.get("severity")
            if isinstance(later, YamlText) and later.value == "off":
                earlier = before.body.get("severity")
                if not isinstance(earlier, YamlText):
                    enabled = RULE["severity"].default
                elif earlier.value != "off":
                    enabled = earlier.value
            self._rules[code] = before._replace(body=_merge_maps(before.body, value), enabled=enabled)

    def finish(self, inputs: Sequence[Input]) -> Assembly:
        """Reads aliases and rules, now that every name is known."""
        scope = self._scope
        scope.aliases = dict.fromkeys(self._alias_nodes)
        aliases = _ALIASES.read(YamlMap("", 1, 1, self._alias_nodes), scope)
        self._refuse_alias_rings(aliases)
        rules: list[list[Any]] = []
        sources: dict[str, RuleSource] = {}
        for code in sorted(self._rules):
            row, source = self._read_rule(code, self._rules[code])
            if row is not None and source is not None:
                rules.append(row)
                sources[code] = source
        self._refuse_shared_names(sources, rules)
        compiled = {
            "rules": rules,
            "anatomy": {
                "labels": scope.labels,
                "forms": self._forms,
                "masks": scope.masks,
                "house_masks": sorted(self._house_masks),
                "trusted": not self._house_forms,
            },
            "aliases": aliases,
            "tables": scope.tables,
            "lexicons": scope.lexicons,
        }
        return Assembly(compiled, sources, self._titles, tuple(inputs))

    def _refuse_alias_rings(self, aliases: Mapping[str, Any]) -> None:
        told: set[str] = set()

        def visit(name: str, way: tuple[str, ...]) -> None:
            if name in way:
                ring = way[way.index(name) :]
                if told.isdisjoint(ring):
                    shown = " → ".join([*ring, name])
                    self._mistakes.add(
                        self._alias_nodes[name][0], f"别名成环：{shown}", f"aliases go in a circle: {shown}"
                    )
                told.update(ring)
                return
            for target in aliases[name] or ():
                if target in aliases and target not in told:
                    visit(target, (*way, name))

        for name in aliases:
            if name not in told:
                visit(name, ())

    def _refuse_shared_names(self, sources: Mapping[str, RuleSource], rules: Sequence[Sequence[Any]]) -> None:
        """Notes a rule's name or former code that another rule has too."""
        names: dict[str, str] = {}
        former: dict[str, str] = {}
        for row in rules:
            rule = dict(zip(ROW, row, strict=True))
            code, name = rule["code"], rule["name"]
            body = self._rules[code].body
            other = names.setdefault(name, code)
            if other != code:
                self._mistakes.add(
                    body.get("name") or body,
                    f"名称“{name}”已是规则 {other} 的",
                    f"the name '{name}' is that of rule {other}",
                )
            for old in rule["aliases"]:
                other = old if old in sources else former.setdefault(old, code)
                if other != code:
                    self._mistakes.add(
                        body.get("aliases") or body,
                        f"旧编号 {old} 已被规则 {other} 使用",
                        f"the former code {old} belongs to rule {other}",
                    )

    def _read_rule(self, code: str, entry: _RuleEntry) -> tuple[list[Any] | None, RuleSource | None]:
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
        if len(mistakes) == noted:
            self._check_groups(body, scope)
            for each, wording in getattr(kind, "mistakes", _no_mistakes)(parameters):
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
            "zh": record["message"]["zh"],
            "en": record["message"]["en"],
            "fix": record["fix"],
            "parameters": parameters,
            "trusted": scope.trusted,
            "pack": entry.pack.name,
            "aliases": record["aliases"],
            "waivable": record["waivable"],
            "gate": self._gate(kind, parameters) if scope.trusted else None,
        }
        return [row[column] for column in ROW], self._source(code, entry, body, record)

    def _gate(self, kind: Any, parameters: Mapping[str, Any]) -> list[str] | None:
        """The literals one of which a text must have for the rule to find anything; None for any text."""
        gate = getattr(kind, "gate", None)
        found: list[str] | None = gate(parameters, self._scope.lexicons) if gate is not None else None
        return found

    def _is_trusted(self, entry: _RuleEntry, kind: Any) -> bool:
        """Whether all of a rule's patterns are those of a built-in pack."""
        if entry.pack.is_house:
            return False
        return not any(
            value.path in self._house_files
            for name, _, value in entry.body
            if name in kind.parameters and kind.parameters[name].type in ("pattern", "patterns", "variants")
        )

    def _check_groups(self, body: YamlMap, scope: _PackScope) -> None:
        """Notes a replacement that speaks of a group which its pattern does not have."""
        variants = body.get("variants")
        holders = [body]
        if variants is not None:
            items = variants.items if isinstance(variants, YamlList) else [variants]
            holders += [item for item in items if isinstance(item, YamlMap)]
        for holder in holders:
            pattern, replacement = holder.get("pattern"), holder.get("replacement")
            if not isinstance(pattern, YamlText) or not isinstance(replacement, YamlText):
                continue
            text, _ = scope.interpolate(pattern)
            groups = re.findall(r"\(\?P<(\w+)>", text or "")
            unknown = [
                name for name in re.findall(r"\\g<([A-Za-z_]\w*)>", replacement.value) if name not in groups
            ]
            for name in unknown:
                zh, en = did_you_mean(name, groups)
                self._mistakes.add(
                    replacement, f"正则里没有组“{name}”{zh}", f"the pattern has no group '{name}'{en}"
                )
            if not unknown and not _is_template(text or "", replacement.value, trusted=scope.trusted):
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
            self._mistakes.add(
                message.get("en") or message,
                f"中英文的占位符不一致：{shown_names}",
                f"the placeholders of zh and en differ: {english}",
            )

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

    def _source(self, code: str, entry: _RuleEntry, body: YamlMap, record: Mapping[str, Any]) -> RuleSource:
        return RuleSource(
            code,
            entry.key.path,
            entry.key.line,
            entry.pack.name,
            _wording(record["why"]) if record["why"] else None,
            _wording(record["remedy"]) if record["remedy"] else None,
            tuple(Reference(each["norm"], each["clause"], each["note"]) for each in record["ref"]),
            tuple(_example(*each) for each in _example_nodes(body, record, "bad")),
            tuple(_example(*each) for each in _example_nodes(body, record, "good")),
        )


ROW = (
    "code",
    "name",
    "severity",
    "selected_severity",
    "kind",
    "on",
    "on_missing",
    "zh",
    "en",
    "fix",
    "parameters",
    "trusted",
    "pack",
    "aliases",
    "waivable",
    "gate",
)
"""The columns of a compiled rule."""


def assemble(
    packs: Iterable[YamlText],
    folder: str,
    mistakes: Mistakes,
    *,
    rules: YamlMap | None = None,
) -> Assembly:
    """Reads and merges packs.

    `folder` is where relative paths start; `rules` are those of a settings file, merged last.
    Mistakes are added, not raised: with any, what comes back is incomplete.
    """
    loader = Loader(mistakes, folder)
    for name in packs:
        loader.load(name, folder)
    merger = Merger(mistakes)
    if not loader.is_complete:
        # What is missing would make half of the names in the other packs unknown.
        for pack in loader.packs:
            for file in pack.files:
                read_record(file, PACK, Scope(mistakes))
        return merger.finish(loader.inputs)
    for pack in loader.packs:
        merger.take(pack, loader)
    if rules is not None:
        key = YamlText(rules.path, rules.line, rules.column, "rules")
        file = YamlMap(rules.path, rules.line, rules.column, {"rules": (key, rules)})
        merger.take(Pack(rules.path, is_house=True, files=(file,), folder=folder), loader)
    return merger.finish(loader.inputs)


def placeholders(message: str) -> set[str] | None:
    """The names in braces; None where a brace stands alone or holds more than a name."""
    rest = message.replace("{{", "").replace("}}", "")
    names = set(re.findall(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", rest))
    if re.search(r"[{}]", re.sub(r"\{[A-Za-z_][A-Za-z0-9_]*\}", "", rest)):
        return None
    return names


def _no_mistakes(parameters: Mapping[str, Any]) -> tuple[tuple[str, Wording], ...]:
    return ()


def _wording(record: Mapping[str, Any]) -> Wording:
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
        Wording(message, "") if isinstance(message, str) else _wording(message)
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


def _merge_maps(before: YamlMap, later: YamlMap) -> YamlMap:
    """The keys of both, the later's winning; the two languages of a text are merged one by one."""
    entries = dict(before.entries)
    for name, key, value in later:
        old = entries.get(name)
        is_text = name in ("message", "why", "remedy")
        if is_text and old and isinstance(old[1], YamlMap) and isinstance(value, YamlMap):
            value = _merge_maps(old[1], value)
        entries[name] = (key, value)
    return YamlMap(before.path, before.line, before.column, entries)


def _merge_forms(before: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Lists joined, the later's first; mappings merged; anything else replaced."""
    merged = dict(before)
    for name, value in later.items():
        old = merged.get(name)
        if value is None:
            continue
        if isinstance(old, list) and isinstance(value, list):
            value = [*value, *(item for item in old if item not in value)]
        elif isinstance(old, dict) and isinstance(value, dict):
            value = _merge_forms(old, value)
        merged[name] = value
    return {name: value for name, value in merged.items() if value is not None}
