"""Merging packs into the data that a rulebook runs on.

Packs are taken depth first, an extended pack before the one that extends it, and what comes later
wins: rules by code and then by key, labels and forms by field with their lists joined, the rest by
name. A pack sees the fragments of the packs before it, never of those after, so that a house cannot
change a built-in pattern without naming it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks import installed_files
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.shapes import ListOf, MapOf, Record, Reference, ReferenceKind, Scope, read_record
from bulletin_lint.config.store import Input, file_input
from bulletin_lint.config.yaml import YamlMap, YamlNode, YamlText
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.compiled import ROW
from bulletin_lint.rulebook.explaining import refuse_bad_explanations
from bulletin_lint.rulebook.forms_schema import FORMS
from bulletin_lint.rulebook.label_fields import refuse_unknown_labels
from bulletin_lint.rulebook.later_over_earlier import merge_forms, merge_maps
from bulletin_lint.rulebook.lexicons import lexicon_rows
from bulletin_lint.rulebook.names import FRAGMENT, Names
from bulletin_lint.rulebook.packs import Loader, Pack
from bulletin_lint.rulebook.rule_reader import RuleEntry, RuleReader, RuleSource, wording
from bulletin_lint.rulebook.schema import BUILTIN_CODE_FORM, CODE_FORM, MASK, PACK, RULE
from bulletin_lint.rulebook.structure_schema import STRUCTURE


class MergedPacks(NamedTuple):
    """Merged packs: the data a rulebook runs on, and what people read about its rules."""

    compiled: dict[str, Any]
    """JSON-able; see `rulebook.Rulebook`."""
    sources: dict[str, RuleSource]
    titles: dict[str, Wording]
    """Pack name to what the pack is called, in the order merged."""
    inputs: tuple[Input, ...]


_ALIASES = MapOf(ListOf(Reference("selector")), r"[a-z][a-z0-9_]*", "别名", "alias")
_MASKS = MapOf(MASK, zh="遮盖名", en="mask name")
_FORMS = Record(FORMS)
_STRUCTURE = Record(STRUCTURE, sparse=True)


class PackMerger:
    """Merges packs in order, then reads the rules against all that the packs define."""

    def __init__(self, mistakes: Diagnostics) -> None:
        self._mistakes = mistakes
        self._scope = Names(mistakes)
        self._visible: dict[str, str] = {}
        self._forms: dict[str, Any] = {}
        self._house_forms = False
        self._house: str | None = None
        self._structure: dict[str, Any] = {}
        self._house_masks: set[str] = set()
        self._builtin_masks: dict[str, str] = {}
        self._kept_as: dict[ReferenceKind, dict[str, str]] = {"lexicon": {}, "table": {}}
        self._alias_nodes: dict[str, tuple[YamlText, YamlNode]] = {}
        self._rules: dict[str, RuleEntry] = {}
        self._house_files: dict[str, None] = {}
        """In the order merged."""
        self._titles: dict[str, Wording] = {}

    def take(self, pack: Pack, loader: Loader) -> None:
        """Merges one pack onto those before it."""
        scope = self._scope
        scope.trusted = not pack.is_house
        records = []
        for file in pack.files:
            if pack.is_house:
                self._house_files[file.path] = None
            records.append((file, read_record(file, PACK, scope)))
        self._take_fragments(pack)
        refuse_unknown_labels(records, self._scope.labels, self._mistakes)
        seen: dict[tuple[str, str], YamlText] = {}
        for file, record in records:
            if record["title"] is not None:
                self._titles[pack.name] = wording(record["title"])
            for section in ("aliases", "tables", "lexicons", "masks", "rules"):
                self._refuse_repeats(file, section, seen)
            self._take_tables(file, record["tables"], pack, loader)
            self._take_lexicons(file, record["lexicons"], pack, loader)
            self._take_labels(record["labels"])
            self._house = record["house"] or self._house
        for kind, names in self._kept_as.items():
            self._scope.kept_as |= {(kind, file.path): dict(names) for file in pack.files}
        self._titles.setdefault(pack.name, Wording(pack.name, pack.name))
        for file, _ in records:
            self._take_masks(file, pack)
            self._take_forms(file, pack)
            self._take_structure(file)
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
            for used in FRAGMENT.findall(node.value):
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
            words = loader.read_beside(pack.folder, lexicon["file"], place)
            kept_as = self._own_name("lexicon", name, self._scope.lexicons, pack)
            self._scope.lexicons[kept_as] = lexicon_rows(words, self._scope)

    def _own_name(self, kind: ReferenceKind, name: str, known: Collection[str], pack: Pack) -> str:
        """The name under which a list of a pack is kept: a rule keeps what its own pack gives it, whatever
        another one calls its list.
        """
        kept_as = name if name not in known else f"{name} ({pack.name})"
        self._kept_as[kind][name] = kept_as
        return kept_as

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
                    kept_as = self._own_name("table", name, self._scope.tables, pack)
                    self._scope.tables[kept_as] = dict(zip(table["from"], table["to"], strict=True))
                else:
                    self._mistakes.add(
                        node, "from 与 to 的字数不同", "'from' and 'to' are not of the same length"
                    )
            else:
                place = node.get("file")
                assert place is not None
                rows = loader.read_beside(pack.folder, table["file"], place)
                kept_as = self._own_name("table", name, self._scope.tables, pack)
                rewritten: dict[str, str] = {}
                self._scope.tables[kept_as] = rewritten
                for character, key, value in rows or ():
                    if len(character) == 1 and isinstance(value, YamlText):
                        rewritten[character] = value.value
                    else:
                        self._mistakes.add(
                            key,
                            "字表的每一行是“一个字: 替换成的字”",
                            "a table maps one character to its replacement",
                        )

    def _take_masks(self, file: YamlMap, pack: Pack) -> None:
        masks = file.get("masks")
        if masks is None:
            return
        found = _MASKS.read(masks, self._scope) or {}
        for name, mask in found.items():
            other = self._builtin_masks.get(name)
            if pack.is_house and other is not None and isinstance(masks, YamlMap):
                # What it covers for the rules of the built-in packs they were tested with.
                zh = f"遮盖“{name}”是内置规则包 {other} 的，本单位的请另起名字，如 house_{name}"
                en = f"the mask '{name}' is that of the built-in pack {other}; call yours house_{name}, say"
                self._mistakes.add(masks.entries[name][0], zh, en)
                continue
            self._scope.take_mask(name, mask)
        if pack.is_house:
            self._house_masks.update(found)
        else:
            self._house_masks.difference_update(found)
            self._builtin_masks.update(dict.fromkeys(found, pack.name))

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
        self._forms = merge_forms(self._forms, found)

    def _take_structure(self, file: YamlMap) -> None:
        structure = file.get("structure")
        if structure is not None:
            self._structure = merge_forms(self._structure, _STRUCTURE.read(structure, self._scope) or {})

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
            self._rules[code] = RuleEntry(key, pack, value, None)
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
            self._rules[code] = before._replace(body=merge_maps(before.body, value), enabled=enabled)

    def finish(self, inputs: Sequence[Input]) -> MergedPacks:
        """Reads aliases and rules, now that every name is known."""
        scope = self._scope
        scope.aliases = dict.fromkeys(self._alias_nodes)
        aliases = _ALIASES.read(YamlMap("", 1, 1, self._alias_nodes), scope)
        self._refuse_alias_rings(aliases)
        rules: list[list[Any]] = []
        sources: dict[str, RuleSource] = {}
        reader = RuleReader(self._mistakes, scope, self._house_files)
        for code in sorted(self._rules):
            row, source = reader.read(code, self._rules[code])
            if row is not None and source is not None:
                rules.append(row)
                sources[code] = source
        self._refuse_shared_names(sources, rules)
        refuse_bad_explanations(
            {code: entry.body.get("explains") for code, entry in self._rules.items()},
            self._house_files,
            self._mistakes,
        )
        compiled = {
            "rules": rules,
            "anatomy": {
                "labels": scope.labels,
                "forms": self._forms,
                "masks": scope.masks,
                "mask_beginnings": scope.mask_beginnings,
                "standing_masks": scope.standing_masks,
                "house_masks": sorted(self._house_masks),
                "trusted": not self._house_forms,
                "house": self._house,
                "structure": self._structure,
            },
            "aliases": aliases,
            "tables": scope.tables,
            "lexicons": scope.lexicons,
        }
        return MergedPacks(compiled, sources, self._titles, (*inputs, *_installed_inputs()))

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


def assemble(
    packs: Iterable[YamlText],
    folder: str,
    mistakes: Diagnostics,
    *,
    rules: YamlMap | None = None,
    house: YamlNode | None = None,
) -> MergedPacks:
    """Reads and merges packs.

    `folder` is where relative paths start; `rules` and `house` are those of a settings file, merged last.
    Diagnostics are added, not raised: with any, what comes back is incomplete.
    """
    loader = Loader(mistakes, folder)
    for name in packs:
        loader.load(name, folder)
    merger = PackMerger(mistakes)
    if not loader.is_complete:
        # What is missing would make half of the names in the other packs unknown.
        for pack in loader.packs:
            for file in pack.files:
                read_record(file, PACK, Scope(mistakes))
        return merger.finish(loader.inputs)
    for pack in loader.packs:
        merger.take(pack, loader)
    for section, given in (("rules", rules), ("house", house)):
        if given is not None:
            word = YamlText(given.path, given.line, given.column, section)
            file = YamlMap(given.path, given.line, given.column, {section: (word, given)})
            merger.take(Pack(given.path, is_house=True, files=(file,), folder=folder), loader)
    return merger.finish(loader.inputs)


def _installed_inputs() -> Iterator[Input]:
    """The kinds of check of installed packages: what is compiled of rules depends on them too."""
    for path in installed_files():
        with open(path, "rb") as stream:
            yield file_input(path, stream.read())
