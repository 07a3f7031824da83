"""The rules of a run: which there are, which are selected, and the checks built from them."""

from __future__ import annotations

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks import kind
from bulletin_lint.checks.context import Resources
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.rulebook.compiled import fields_of, mapping, stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletin_lint.checks.protocols import Check, Gate
    from bulletin_lint.config.store import Store
    from bulletin_lint.matching.prefilter import Prefilter, Query
    from bulletin_lint.model.violation import Applicability
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
    structural: bool
    """Whether what it says hangs on where articles begin and end."""
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
    explains: tuple[str, ...] = ()
    """Codes of the rules whose violations on the same words are folded into its own."""
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


class Rulebook:
    """The merged rules of some packs.

    `rules` are in the order of their codes; `grammar` has the keys labels, forms, masks, house_masks
    (the names of those that a house gives), trusted (false when a house gives forms) and house (whether
    its articles are signed: signs, some, never, or None where no pack says), every pattern with its
    fragments filled in. What is worked out of them is kept in `store`.
    """

    def __init__(self, compiled: Mapping[str, Any], store: Store | None = None) -> None:
        self.compiled = compiled
        self.grammar: Mapping[str, Any] = compiled["anatomy"]
        self.rules: dict[str, Rule] = {}
        self._former: dict[str, str] = {}
        self._aliases: Mapping[str, Sequence[str]] = compiled["aliases"]
        self._tables: Mapping[str, Mapping[str, str]] = {
            name: mapping(table) for name, table in compiled["tables"].items()
        }
        self._lexicons: Mapping[str, Any] = {
            name: mapping(rows) for name, rows in compiled["lexicons"].items()
        }
        self._store = store
        self._checks: dict[str, Check] = {}
        self._resources: dict[bool, Resources] = {}
        for row in compiled["rules"]:
            rule = Rule(*fields_of(row))
            self.rules[rule.code] = rule
            for former in rule.aliases:
                self._former[former] = rule.code

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process builds its own checks.
        return Rulebook, (self.compiled, self._store)

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

    def prefilter(self, rules: Sequence[Rule]) -> Prefilter:
        """Sifts texts for some rules."""
        from bulletin_lint.matching.prefilter import Prefilter

        gates = {rule.code: rule.gate.literals for rule in rules if rule.gate is not None}
        return Prefilter(gates, lambda: self.queries(rules), self._store)

    def queries(self, rules: Iterable[Rule]) -> dict[str, Query]:
        """What some rules look for, and under another name what masks cover."""
        from bulletin_lint.matching.prefilter import Query

        house = self.grammar["house_masks"]
        masks = {source: False for name, source in self.grammar["masks"].items() if name not in house}
        sought: dict[str, Mapping[str, bool]] = {"masks": masks}
        chosen = list(rules)
        for rule in chosen:
            if rule.trusted:
                sought[rule.code] = kind(rule.kind).sought(rule.parameters, self._tables)
        found = {"masks": Query(None, masks, is_all=False)}
        for rule in chosen:
            patterns = sought.get(rule.code, {})
            if patterns or rule.gate is not None:
                is_all = bool(patterns) and kind(rule.kind).only_patterns
                literals = None if rule.gate is None else rule.gate.literals
                is_raw = "raw" in self.selectors(rule.on)
                found[rule.code] = Query(literals, patterns, is_all, is_raw)
        return found

    def _lend(self, *, trusted: bool) -> Resources:
        if trusted not in self._resources:
            self._resources[trusted] = Resources(
                trusted=trusted,
                tables=self._tables,
                masks=self.grammar["masks"],
                aliases=self._aliases,
                lexicons=self._lexicons,
                house_masks=self.grammar["house_masks"],
                mask_beginnings=self.grammar["mask_beginnings"],
                standing_masks=self.grammar["standing_masks"],
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
        """Whether a word of select or ignore fits a rule; its letters may be small ones."""
        return self._fitting(word) is not None

    def _fitting(self, word: str) -> str | None:
        """The code, prefix or ALL that a word means; None where it means none."""
        for each in (word, word.upper()) if word else ():
            if each == ALL or any(code.startswith(each) for code in self.rules):
                return each
            if each in self._former:
                return self._former[each]
        return None

    def _word(self, word: str) -> str:
        found = self._fitting(word)
        if found is None:
            raise UsageError(unknown_word(word, self))
        return found


def _longest(code: str, words: Iterable[str]) -> int:
    """The length of the longest word that fits a code, 0 for ALL, -1 where none does."""
    longest = -1
    for word in words:
        if word == ALL:
            longest = max(longest, 0)
        elif len(word) > longest and code.startswith(word):
            longest = len(word)
    return longest


_LOOKALIKES = str.maketrans("OIL", "011")


def _as_seen(code: str) -> str:
    """A code as an eye may take it: the letter O for 0, I and l for 1."""
    return code.upper().translate(_LOOKALIKES)


def misread(word: str, codes: Iterable[str]) -> str | None:
    """The code that looks like a word, None where none does."""
    return next((code for code in codes if _as_seen(code) == _as_seen(word)), None)


def unknown_word(word: str, rulebook: Rulebook) -> Wording:
    """What to say of a code or prefix that fits no rule."""
    from bulletin_lint.config.diagnostics import did_you_mean

    named = rulebook.code(word.lower())
    families = {
        "".join(letter for letter in code if not letter.isdigit()).rstrip("-") for code in rulebook.rules
    }
    if named is None:
        named = misread(word, rulebook.rules)
    if named is not None:
        zh, en = f"；是不是“{named}”？", f"; did you mean '{named}'?"
    else:
        zh, en = did_you_mean(word, [*rulebook.rules, *families, ALL])
    return Wording(f"没有规则或前缀“{word}”{zh}", f"there is no rule or prefix '{word}'{en}")
