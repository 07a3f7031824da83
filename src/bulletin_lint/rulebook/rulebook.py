"""The rules of a run: which there are, which are selected, and the checks built from them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from bulletin_lint._digest import digest
from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks import kind
from bulletin_lint.checks.context import Resources
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.engine.cache import compiled as pack_cache
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.violation import Applicability
from bulletin_lint.model.wording import Wording, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.matching.candidates import Candidates
    from bulletin_lint.matching.prefilter import Query
    from bulletin_lint.rulebook.merge import MergedPacks
    from bulletin_lint.rulebook.rule_reader import RuleSource

ALL = "ALL"


class Rule(NamedTuple):
    """One rule, merged over all packs and validated."""

    code: str
    name: str
    severity: str
    """error, warning, info; or off: it runs only when selected by its whole code."""
    selected_severity: str
    """The severity it has when selected although it is off: that before it was switched off, or info."""
    kind: str
    on: tuple[str, ...]
    on_missing: str
    """violation, cannot-assess or skip."""
    message: Wording
    fix: Applicability
    parameters: Mapping[str, Any]
    """Those of the kind, validated, defaults filled in, and `on`."""
    trusted: bool
    """Whether its patterns run by `re`; those of a house run by `regex` with a time limit."""
    pack: str
    """The pack that defines it; another one may have changed it."""
    aliases: tuple[str, ...]
    """Codes it had before."""
    waivable: bool
    gate: Gate | None = None
    """What a text must have for the rule to be run on it; None: any text is looked at."""


class Catalogue:
    """All that people read about rules; made of the YAML each time.

    `sources` is by code; `titles` is pack name to what the pack is called, in the order merged.
    """

    __slots__ = ("rulebook", "sources", "titles")

    def __init__(
        self, rulebook: Rulebook, sources: Mapping[str, RuleSource], titles: Mapping[str, Wording]
    ) -> None:
        self.rulebook = rulebook
        self.sources = sources
        self.titles = titles


class _Stored(Mapping[str, Any]):
    """A mapping kept packed until somebody asks: of two hundred rules most find nothing to look at."""

    __slots__ = ("_packed", "_value")

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._value: Mapping[str, Any] | None = None

    def _loaded(self) -> Mapping[str, Any]:
        if self._value is None:
            self._value = pack_cache.unpacked(self._packed)
        return self._value

    def __getitem__(self, name: str) -> Any:
        return self._loaded()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def __reduce__(self) -> tuple[Any, ...]:
        return _Stored, (self._packed,)


def stored(compiled: Mapping[str, Any]) -> dict[str, Any]:
    """Compiled packs as the cache keeps them: what only some runs need stays packed until they do."""
    import json

    packed = pack_cache.packed
    parameters, gate = -6, -1
    rows = []
    for row in compiled["rules"]:
        kept = list(row)
        kept[parameters] = packed(kept[parameters])
        if kept[gate] is not None:
            literals, outcome = kept[gate]
            kept[gate] = _BETWEEN.join((outcome, *literals))
        rows.append(kept)
    return {
        **compiled,
        "rules": rows,
        "tables": {name: packed(table) for name, table in compiled["tables"].items()},
        "lexicons": {name: packed({"rows": rows}) for name, rows in compiled["lexicons"].items()},
        # Not of what is packed: the same data may be packed in several ways.
        "digest": digest(json.dumps(compiled, ensure_ascii=False, separators=(",", ":")).encode(), size=16),
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    return _Stored(value) if isinstance(value, bytes) else value


_BETWEEN = "\x00"
"""No pattern asks for this character."""


class Rulebook:
    """The merged rules of some packs.

    `rules` are in the order of their codes; `grammar` has the keys labels, forms, masks, house_masks
    (the names of those that a house gives) and trusted (false when a house gives forms), every pattern
    with its fragments filled in.
    """

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        self.compiled = compiled
        self.grammar: Mapping[str, Any] = compiled["anatomy"]
        self.rules: dict[str, Rule] = {}
        self._former: dict[str, str] = {}
        self._aliases: Mapping[str, Sequence[str]] = compiled["aliases"]
        self._tables: Mapping[str, Mapping[str, str]] = {
            name: _mapping(table) for name, table in compiled["tables"].items()
        }
        self._lexicons: Mapping[str, Any] = {
            name: _mapping(rows) for name, rows in compiled["lexicons"].items()
        }
        self.is_kept = False
        """Whether what is worked out of it may be kept in the cache."""
        self._checks: dict[str, Check] = {}
        self._resources: dict[bool, Resources] = {}
        for row in compiled["rules"]:
            (
                code,
                name,
                severity,
                selected,
                check,
                on,
                missing,
                zh,
                en,
                fix,
                given,
                trusted,
                pack,
                old,
                waivable,
                gate,
            ) = row
            message = Wording(zh, en)
            if gate is not None:
                told: Any = gate.split(_BETWEEN) if isinstance(gate, str) else (gate[1], *gate[0])
                gate = Gate(tuple(told[1:]), told[0])
            self.rules[code] = Rule(
                code, name, severity, selected, check, tuple(on), missing,
                message, fix, _mapping(given), trusted, pack, tuple(old), waivable, gate,
            )  # fmt: skip
            for former in old:
                self._former[former] = code

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process builds its own checks.
        return _rulebook, (self.compiled, self.is_kept)

    @property
    def digest(self) -> str:
        """What tells these rules, with all their data, from others."""
        kept: Any = self.compiled.get("digest") or stored(self.compiled)["digest"]
        return str(kept)

    def code(self, name: str) -> str | None:
        """The code that a code, a former code or a rule's name stands for; None for none of them."""
        if name in self.rules:
            return name
        if name in self._former:
            return self._former[name]
        return next((rule.code for rule in self.rules.values() if rule.name == name), None)

    def table(self, name: str) -> Mapping[str, str]:
        """A character table of the packs; empty where no pack has it."""
        return self._tables.get(name, {})

    def selectors(self, names: Sequence[str]) -> tuple[str, ...]:
        """Selectors with their aliases resolved."""
        return self._lend(trusted=True).selectors(names)

    def field_name(self, name: str) -> Wording:
        """What the packs call a labelled field or a class of recipients; its own name where they don't."""
        return self._lend(trusted=True).field_names.get(name, same(name))

    def check(self, code: str) -> Check:
        """The check of a rule, built when first asked for."""
        if code not in self._checks:
            rule = self.rules[code]
            self._checks[code] = kind(rule.kind)(rule.parameters, self._lend(trusted=rule.trusted))
        return self._checks[code]

    def queries(self, rules: Iterable[Rule]) -> dict[str, Query]:
        """What some rules look for, and under another name what masks cover.

        Worked out when it is first asked for, which only a run of many files does, and then kept.
        """
        from bulletin_lint.matching.prefilter import Query

        house = self.grammar["house_masks"]
        masks = {source: False for name, source in self.grammar["masks"].items() if name not in house}
        sought: dict[str, Mapping[str, bool]] = {"masks": masks}
        chosen = list(rules)
        for rule in chosen:
            if rule.trusted:
                sought[rule.code] = kind(rule.kind).sought(rule.parameters, self._tables)
        known = self._candidates(
            {source: is_rare for each in sought.values() for source, is_rare in each.items()}
        )
        found = {"masks": Query(None, {each: known[each] for each in masks if each in known}, is_all=False)}
        for rule in chosen:
            patterns = sought.get(rule.code, {})
            if patterns or rule.gate is not None:
                is_all = bool(patterns) and kind(rule.kind).only_patterns and known.keys() >= patterns.keys()
                own = {source: known[source] for source in patterns if source in known}
                found[rule.code] = Query(None if rule.gate is None else rule.gate.literals, own, is_all)
        return found

    def _candidates(self, sought: Mapping[str, bool]) -> dict[str, Candidates]:
        from bulletin_lint.matching import candidates

        # Two sets of patterns that share a number are told apart when they are compared.
        key = f"footholds {crc32(repr(sorted(sought)).encode('utf-8', 'replace')):08x}"
        stored = pack_cache.load(key) if self.is_kept else None
        if isinstance(stored, dict) and stored.get("sought") == dict(sought):
            return candidates.from_rows(stored["rows"])
        known = {
            source: candidates.of_rare(source) if is_rare else candidates.candidates_of(source)
            for source, is_rare in sought.items()
        }
        if self.is_kept:
            pack_cache.store(key, {"sought": sought, "rows": candidates.rows(known)}, ())
        return {source: each for source, each in known.items() if each is not None}

    def _lend(self, *, trusted: bool) -> Resources:
        if trusted not in self._resources:
            self._resources[trusted] = Resources(
                trusted=trusted,
                tables=self._tables,
                masks=self.grammar["masks"],
                aliases=self._aliases,
                lexicons=self._lexicons,
                house_masks=self.grammar["house_masks"],
                field_names={
                    name: Wording(entry["name"]["zh"], entry["name"]["en"])
                    for group in ("distribution", "attribution", "copies", "masthead", "imprint")
                    for name, entry in self.grammar["labels"].get(group, {}).items()
                },
            )
        return self._resources[trusted]

    def select(
        self,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
    ) -> tuple[Rule, ...]:
        """The rules to run.

        Words are codes, former codes, prefixes of codes, or ALL; without `select` all rules are
        meant. Of the words that fit a rule the longest decides, and of two alike `ignore`. A rule
        that is off runs only when selected by its whole code, with its `selected_severity`.

        Raises:
            UsageError: a word fits no rule.
        """
        wanted = [self._word(word) for word in ([ALL] if select is None else select)]
        wanted += [self._word(word) for word in extend_select]
        unwanted = [self._word(word) for word in ignore]
        chosen: list[Rule] = []
        for code, rule in self.rules.items():
            taken = _longest(code, wanted)
            if taken < 0 or taken <= _longest(code, unwanted):
                continue
            if rule.severity != "off":
                chosen.append(rule)
            elif code in wanted:
                chosen.append(rule._replace(severity=rule.selected_severity))
        return tuple(chosen)

    def covered(self, words: Iterable[str]) -> frozenset[str]:
        """The codes that codes, former codes, prefixes or ALL stand for; unknown words for none."""
        known = [self._word(word) for word in words if self.has_word(word)]
        return frozenset(code for code in self.rules if _longest(code, known) >= 0)

    def has_word(self, word: str) -> bool:
        """Whether a word of select or ignore fits a rule."""
        return bool(word) and (
            word == ALL or word in self._former or any(code.startswith(word) for code in self.rules)
        )

    def _word(self, word: str) -> str:
        if not self.has_word(word):
            raise UsageError(unknown_word(word, self))
        if word == ALL or any(code.startswith(word) for code in self.rules):
            return word
        return self._former[word]


def _rulebook(compiled: Mapping[str, Any], is_kept: bool) -> Rulebook:  # noqa: FBT001 - called by pickle
    rulebook = Rulebook(compiled)
    rulebook.is_kept = is_kept
    return rulebook


def _longest(code: str, words: Iterable[str]) -> int:
    return max(
        (0 if word == ALL else len(word) for word in words if word == ALL or code.startswith(word)),
        default=-1,
    )


def unknown_word(word: str, rulebook: Rulebook) -> Wording:
    """What to say of a code or prefix that fits no rule."""
    from bulletin_lint.config.yaml import did_you_mean

    named = rulebook.code(word.lower())
    families = {
        "".join(letter for letter in code if not letter.isdigit()).rstrip("-") for code in rulebook.rules
    }
    if named is not None:
        zh, en = f"；是不是“{named}”？", f"; did you mean '{named}'?"
    else:
        zh, en = did_you_mean(word, [*rulebook.rules, *families, ALL])
    return Wording(f"没有规则或前缀“{word}”{zh}", f"there is no rule or prefix '{word}'{en}")


def load_rulebook(
    packs: Sequence[str],
    overrides: Mapping[str, Any] = {},
    *,
    base: str = ".",
    cache: bool = True,
) -> Rulebook:
    """The rules of some packs with overrides on top.

    `packs` are names of built-in packs or paths relative to `base`; `overrides` is by code, as in a
    pack's `rules`. With `cache` a compiled copy is used and kept.

    Raises:
        DefinitionError: a pack or an override is wrong.
    """
    key = cache_key(packs, overrides, base)
    if cache:
        rulebook = from_cache(key)
        if rulebook is not None:
            return rulebook
    assembly = _assemble(packs, overrides, base)
    if cache:
        pack_cache.store(key, stored(assembly.compiled), assembly.inputs)
    rulebook = Rulebook(assembly.compiled)
    rulebook.is_kept = cache
    return rulebook


def load_catalogue(packs: Sequence[str], overrides: Mapping[str, Any] = {}, *, base: str = ".") -> Catalogue:
    """The rules with why, norms and examples, read from the YAML.

    Raises:
        DefinitionError: a pack or an override is wrong.
    """
    return catalogue_of(_assemble(packs, overrides, base))


def catalogue_of(assembly: MergedPacks) -> Catalogue:
    """The catalogue of packs that are merged already."""
    return Catalogue(Rulebook(assembly.compiled), assembly.sources, assembly.titles)


def cache_key(packs: Sequence[str], overrides: Mapping[str, Any], base: str) -> str:
    """What tells one rulebook from another in the cache."""
    return repr(("rulebook", list(packs), overrides, os.path.abspath(base)))


def from_cache(key: str) -> Rulebook | None:
    """The rulebook stored under a key, None where there is none that still holds."""
    compiled = pack_cache.load(key)
    if compiled is None:
        return None
    try:
        rulebook = Rulebook(compiled)
        rulebook.is_kept = True
        return rulebook
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _assemble(packs: Sequence[str], overrides: Mapping[str, Any], base: str) -> MergedPacks:
    from bulletin_lint.config.yaml import Diagnostics, YamlMap, YamlText, from_plain
    from bulletin_lint.rulebook.merge import assemble

    mistakes = Diagnostics()
    names = [YamlText("", 1, 1, name) for name in packs]
    rules = from_plain(overrides, "<overrides>") if overrides else None
    assert rules is None or isinstance(rules, YamlMap)
    assembly = assemble(names, os.path.abspath(base), mistakes, rules=rules)
    mistakes.raise_any()
    return assembly
