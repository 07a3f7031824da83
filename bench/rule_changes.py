"""Would the examples notice? Small changes of the rules' YAML, one at a time, each tried on the rule's own examples.

`python bench rule-mutants --seed 7 --count 100` draws kinds of change alike, then rules, then places; the change is
made to the rule in this process, and only that rule's examples are run. Lexicons are left
out: that a word is in one is data, not a rule.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.rule_tests import run_examples
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue, Rule, Rulebook

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "rules"
PAGES = ROOT / "docs" / "rules"
PACKS = ("jianbao", "gongwen")
NOT_PARAMETERS = {
    *(
        "name",
        "severity",
        "check",
        "message",
        "why",
        "remedy",
        "ref",
        "fix",
        "examples",
        "aliases",
        "explains",
    ),
    *("structural", "waivable", "needs"),
}
"""What of a rule is no parameter of its check, or (`needs`) speaks of speed alone."""
KINDS = ("alternative", "bound", "entry", "severity")
"""What a trial draws from; with `--kinds` also character, look-around, number and optional."""
_FRAGMENT = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_-]*)\}")
_BOUND = re.compile(r"\{(\d+)(,?)(\d*)\}")


class Change(NamedTuple):
    """One change of one rule."""

    code: str
    kind: str
    """alternative, character, look-around, entry, bound, optional, number, severity."""
    path: tuple[str | int, ...]
    """Where among the rule's parameters."""
    before: str
    after: Any
    """The whole value at the path; None where an entry is dropped."""


def rules_of_yaml() -> dict[str, dict[str, Any]]:
    """The rules as they are written, by code."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(RULES.glob("*/*.yaml")):
        found.update((yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("rules") or {})
    return found


def fragments() -> dict[str, str]:
    """The fragments of all packs, filled in."""
    found: dict[str, str] = {}
    for path in sorted(RULES.glob("*/*.yaml")):
        found.update((yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("fragments") or {})
    for _ in range(len(found)):
        found = {name: filled(text, found) for name, text in found.items()}
    return found


def filled(text: str, known: Mapping[str, str]) -> str:
    """A pattern with its fragments filled in; one that is not known stays."""
    return _FRAGMENT.sub(lambda match: known.get(match[1], match[0]), text)


def tokens(pattern: str) -> Iterator[tuple[int, int, bool]]:
    """The spans of a pattern's tokens (a character, an escape, a fragment), and whether each is in a set."""
    in_set = False
    at = first = 0
    while at < len(pattern):
        end = at + 1
        fragment = _FRAGMENT.match(pattern, at)
        if fragment:
            end = fragment.end()
        elif pattern[at] == "\\":
            end = at + (6 if pattern[at + 1 : at + 2] == "u" else 2)
        if not in_set and pattern[at] == "[":
            in_set, first = True, end + pattern.startswith("^", end)
            yield at, end, False
            at = first
            continue
        if in_set and pattern[at] == "]" and at > first:
            in_set = False
        yield at, end, in_set
        at = end


def changes_of_pattern(pattern: str) -> Iterator[tuple[str, str, str]]:
    """Kind, what is changed, and the pattern with it changed."""
    stack: list[tuple[int, list[int]]] = [(0, [])]
    spans = list(tokens(pattern))
    for number, (at, end, in_set) in enumerate(spans):
        text = pattern[at:end]
        if in_set:
            alone = "-" not in (pattern[at - 1], pattern[end : end + 1]) and text not in "-^"
            if alone and not (pattern[at - 1] in "[^" and pattern[end : end + 1] == "]"):
                yield "character", text, pattern[:at] + pattern[end:]
        elif text == "(":
            stack.append((at, []))
        elif text == "|":
            stack[-1][1].append(at)
        elif text == ")":
            start, bars = stack.pop()
            if pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), start):
                yield "look-around", pattern[start:end], pattern[:start] + pattern[end:]
            yield from _without_alternatives(pattern, _inside(pattern, start), at, bars)
        elif text == "?" and number and spans[number - 1][1] == at and pattern[at - 1] not in "(*+}?":
            yield "optional", pattern[max(0, at - 3) : end], pattern[:at] + pattern[end:]
        elif text == "{" and (bound := _BOUND.match(pattern, at)):
            for other in _other_bounds(bound):
                yield "bound", f"{bound[0]} → {other}", pattern[:at] + other + pattern[bound.end() :]
    yield from _without_alternatives(pattern, 0, len(pattern), stack[0][1])


def _inside(pattern: str, start: int) -> int:
    head = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|:|>|[a-z]+:))?").match(pattern, start)
    assert head is not None
    return head.end()


def _without_alternatives(
    pattern: str, start: int, end: int, bars: list[int]
) -> Iterator[tuple[str, str, str]]:
    edges = [start - 1, *bars, end]
    for left, right in itertools.pairwise(edges):
        if bars and right > left + 1:
            cut = (left + 1, right + 1) if right in bars else (left, right)
            yield "alternative", pattern[left + 1 : right], pattern[: cut[0]] + pattern[cut[1] :]


def _other_bounds(bound: re.Match[str]) -> list[str]:
    low, comma, high = int(bound[1]), bound[2], bound[3]
    if not comma:
        return [f"{{{low + 1}}}"]
    others = [f"{{{low + 1},{high}}}"] if not high or low < int(high) else []
    return [*others, f"{{{low},{int(high) - 1}}}"] if high and int(high) > max(low, 1) else others


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value of a rule's parameters, lists and maps among them, with its path."""
    if path:
        yield path, value
    rows: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in rows:
        yield from leaves(inner, (*path, key))


def at_path(value: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The same with another value at a path, without it where that is None."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        return {key: replaced(inner, rest, new) if key == step else inner for key, inner in value.items()}
    return type(value)(
        replaced(inner, rest, new) if number == step else inner
        for number, inner in enumerate(value)
        if rest or number != step or new is not None
    )


def changes(
    code: str, written: Mapping[str, Any], rule: Rule, known: Mapping[str, str], standing: Sequence[str]
) -> Iterator[Change]:
    """All changes of a rule that can be made to what the program has of it. That a rule names a mask that
    stands before every rule changes nothing.
    """
    if rule.severity != "off":
        for other in {"error": ("warning",), "warning": ("error", "info"), "info": ("warning",)}[
            rule.severity
        ]:
            yield Change(code, "severity", (), rule.severity, other)
    own = {key: value for key, value in written.items() if key not in NOT_PARAMETERS and key != "on"}
    for path, value in leaves(own):
        there = at_path(rule.parameters, path)
        if path[0] == "mask" and (value in standing or isinstance(value, list)):
            continue
        if isinstance(value, str) and there == filled(value, known):
            if isinstance(path[-1], int) and len(at_path(rule.parameters, path[:-1])) > 1:
                yield Change(code, "entry", path, value, None)
            if re.search(r"[\[({|\\]", value) and path[-1] not in ("replacement", "expected"):
                for kind, what, after in changes_of_pattern(value):
                    yield Change(code, kind, path, what, filled(after, known))
        elif isinstance(value, Mapping) and isinstance(path[-1], int) and there is not None:
            if len(at_path(rule.parameters, path[:-1])) > 1:
                yield Change(code, "entry", path, json.dumps(value, ensure_ascii=False), None)
        elif type(value) is int and there == value:
            yield Change(code, "number", path, str(value), value + 1)


def changed(rule: Rule, change: Change) -> Rule:
    """The rule with a change made, looked for everywhere."""
    if change.kind == "severity":
        return rule._replace(severity=change.after)
    parameters = replaced(rule.parameters, change.path, change.after)
    return rule._replace(parameters=parameters, gate=None)


def drawn(pool: Mapping[str, list[Change]], seed: int, count: int) -> list[Change]:
    """Changes of all kinds alike, then of all rules that have some, then of their places; none twice."""
    rng = random.Random(seed)
    by_kind: dict[str, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for code, changes_of_rule in sorted(pool.items()):
        for change in changes_of_rule:
            by_kind[change.kind][code].append(change)
    kinds = sorted(by_kind)
    taken: list[Change] = []
    while len(taken) < count:
        of_kind = by_kind[kinds[len(taken) % len(kinds)]]
        code = rng.choice(sorted(of_kind))
        taken.append(of_kind[code].pop(rng.randrange(len(of_kind[code]))))
        if not of_kind[code]:
            del of_kind[code]
    return taken


def is_noticed(catalogue: Catalogue, change: Change) -> bool:
    """Whether the rule's own examples come out otherwise; of a severity, whether the rule's page would."""
    book = catalogue.rulebook
    if change.kind == "severity":
        # The pages are compared with the rules by a test.
        return any(change.code in page.read_text(encoding="utf-8") for page in PAGES.glob("*.md"))
    other = Rulebook(book.compiled)
    other.rules = {change.code: changed(book.rules[change.code], change)}
    alone = Catalogue(other, catalogue.sources, catalogue.titles)
    try:
        cases = run_examples(alone, Settings().required)
    except (re.error, ValueError, KeyError, TypeError, IndexError):
        return True
    return any(not case.is_good for case in cases)


def run(arguments: list[str]) -> None:
    """Draws, tries and tells."""
    parser = argparse.ArgumentParser(prog="python bench rule-mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--only", metavar="CODE", nargs="*", help="all changes of these rules")
    parser.add_argument("--severities", metavar="SEVERITY", nargs="*", help="rules of these severities alone")
    parser.add_argument("--all", action="store_true", help="all changes, none drawn")
    parser.add_argument(
        "--kinds", metavar="KIND", nargs="*", help="changes of these kinds alone", default=KINDS
    )
    options = parser.parse_args(arguments)
    written, known = rules_of_yaml(), fragments()
    pool: dict[str, list[Change]] = {}
    catalogues: dict[str, Catalogue] = {}
    for pack in PACKS:
        catalogue = load_catalogue(Settings(extends=(pack,)))
        standing = catalogue.rulebook.grammar["standing_masks"]
        for code, rule in catalogue.rulebook.rules.items():
            severities = options.severities or (rule.severity,)
            if (
                code in pool
                or code not in written
                or rule.kind == "waiver"
                or rule.severity not in severities
            ):
                continue
            found = [
                change
                for change in changes(code, written[code], rule, known, standing)
                if change.kind in options.kinds
            ]
            if found:
                pool[code], catalogues[code] = found, catalogue
    if options.only or options.all:
        chosen = [change for code in options.only or pool for change in pool.get(code, ())]
    else:
        chosen = drawn(pool, options.seed, options.count)
    total, noticed = Counter[str](), Counter[str]()
    for change in chosen:
        total[change.kind] += 1
        if is_noticed(catalogues[change.code], change):
            noticed[change.kind] += 1
        else:
            where = ".".join(map(str, change.path))
            print(f"{change.code} {change.kind} {where}: {change.before}", flush=True)
    for kind, number in sorted(total.items()):
        print(f"{kind}: {noticed[kind]} of {number}", file=sys.stderr)
    print(f"noticed {noticed.total()} of {total.total()}", file=sys.stderr)


if __name__ == "__main__":
    run(sys.argv[1:])
