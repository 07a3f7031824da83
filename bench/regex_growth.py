"""Whether the time that a pattern takes grows faster than the text: every pattern of the packs and of the program,
tried with adversarial strings of 1,000, 8,000 and 64,000 characters.

The engine of the packs' patterns, `re`, counts no steps. What is measured is processor time of this thread, the
least of several runs, of a method of the pattern on the whole string. Needs a POSIX system: `re` takes no time
limit, so a timer of the process interrupts it.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import regex_strings
from regex_strings import Recipe

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "fixtures"
_ALONE = ("--isolated", "--jobs", "1")
SIZES = (1_000, 8_000, 64_000)
LIMIT = 1.3
"""How many times the time per character may be, at the longest against the shortest."""
FLOOR = 20e-9
"""Seconds a character below which nothing grows: that is the noise of the clock."""
PATIENCE = 2.0
"""Processor seconds after which a run is given up."""
_LONG = 0.1
"""Seconds of a run that no noise distorts: one is enough."""
_SUSPECTS = 4
"""Strings of a pattern that go on to the full length: those that took longest, where none stands out."""
_PLAIN = 3
"""How many times the time per character grows where there is no need to look for a worse string."""
_AGAIN = 4
"""How often a growth that may be noise is measured anew; the least counts."""
_METHODS: Mapping[str, Callable[[Any, str], object]] = {
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}
"""`search`, `sub`, `split` and `findall` do what `finditer` does, or the first part of it."""


class Named(NamedTuple):
    """A pattern that the program uses."""

    label: str
    """The rule and parameter, the mask, the form, or the module it comes from."""
    source: str
    flags: int
    methods: tuple[str, ...]
    """Which of `_METHODS` it is tried with."""
    examples: tuple[str, ...] = ()


class Growth(NamedTuple):
    """How the time of one method on one string grows."""

    method: str
    recipe: Recipe
    ratio: float
    """Time per character at the longest string against that at the shortest; infinite where patience ended."""
    seconds: float
    """That the longest run took, at most `PATIENCE`."""


class _TooLong(Exception):
    """A run is given up."""


def _give_up(*_: object) -> None:
    raise _TooLong


def _seconds(call: Callable[[], object], runs: int) -> float:
    """The least processor seconds of some runs; `PATIENCE` where one was given up."""
    least = PATIENCE
    before = signal.signal(signal.SIGVTALRM, _give_up)
    try:
        for _ in range(runs):
            signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
            start = time.thread_time()
            call()
            least = min(least, time.thread_time() - start)
            if least > _LONG:
                break
    except _TooLong:
        least = PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return least


def _per_character(pattern: Any, method: str, text: str, runs: int) -> float:
    call = _METHODS[method]
    # A short run is repeated, for the clock's sake.
    times = max(1, 3_000 // len(text))

    def several() -> None:
        for _ in range(times):
            call(pattern, text)

    return _seconds(several, runs) / times / len(text)


def growth(pattern: Any, method: str, recipe: Recipe, runs: int = 5) -> Growth:
    """How the time that a compiled pattern takes for a string grows from the first of `SIZES` to the last.

    Growth shows between any two sizes if there is any. A pattern that looks ahead to a distance has
    reached its full cost at the middle size, so the lesser of both ratios is the one that counts.
    """
    first, middle = (_per_character(pattern, method, recipe.text(size), runs) for size in SIZES[:2])
    whole = middle * SIZES[1]
    if whole >= PATIENCE or first * SIZES[0] >= PATIENCE:
        return Growth(method, recipe, float("inf"), PATIENCE)
    if middle > _PLAIN * first and whole * (SIZES[2] / SIZES[1]) ** 2 > PATIENCE:
        # The longest string would only say the same, in minutes.
        return Growth(method, recipe, middle / first, whole)
    last = _per_character(pattern, method, recipe.text(SIZES[2]), max(2, runs // 2))
    ratio = 1.0 if last < FLOOR else min(last / first, last / middle)
    return Growth(method, recipe, ratio, last * SIZES[-1])


def worst(named: Named) -> Growth | None:
    """The greatest growth of a pattern over all strings made from it; None where there is nothing to try."""
    pattern = re.compile(named.source, named.flags)
    tried = regex_strings.recipes(named.source, named.flags, named.examples)
    found: list[Growth] = []
    for method in named.methods:
        slow: list[tuple[float, Recipe]] = []
        suspects: list[tuple[float, Recipe]] = []
        for recipe in tried:
            at = _per_character(pattern, method, recipe.text(SIZES[1]), 1)
            slow.append((at, recipe))
            if at < FLOOR:
                continue
            if at * SIZES[1] >= PATIENCE:
                return Growth(method, recipe, float("inf"), PATIENCE)
            times = at / _per_character(pattern, method, recipe.text(SIZES[0]), 1)
            if times > LIMIT:
                suspects.append((at, recipe))
            # The first of all is slow by itself: once more, before the other strings are not tried.
            if times > _PLAIN and growth(pattern, method, recipe, 3).ratio > _PLAIN:
                break
        for each in (suspects, slow):
            each.sort(key=lambda pair: pair[0], reverse=True)
        chosen = dict.fromkeys(recipe for _, recipe in suspects[:_SUSPECTS] + slow[:2])
        for recipe in chosen:
            measured = growth(pattern, method, recipe, 3)
            for _ in range(_AGAIN):
                if not LIMIT < measured.ratio < _PLAIN:
                    break
                measured = min(measured, growth(pattern, method, recipe, 7), key=lambda each: each.ratio)
            found.append(measured)
            if measured.ratio > LIMIT:
                break
    return max(found, key=lambda each: each.ratio, default=None)


class _Recorded:
    """A compiled pattern of the program that notes which methods are called."""

    def __init__(self, pattern: re.Pattern[str], methods: set[str]) -> None:
        self._pattern = pattern
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        if name in ("match", "fullmatch", "search", "finditer", "sub", "subn", "split", "findall"):
            self._methods.add(name if name in _METHODS else "finditer")
        return getattr(self._pattern, name)


class _Recorder:
    """Stands between the program and `re`: notes every pattern that a module of the program compiles."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], tuple[str, set[str]]] = {}
        self._compile = re._compile  # type: ignore[attr-defined]

    def start(self) -> None:
        """From now on; the program must not have been imported."""
        assert "bulletin_lint.matching.patterns" not in sys.modules
        re._compile = self._noted  # type: ignore[attr-defined]
        patterns = importlib.import_module("bulletin_lint.matching.patterns")
        made: dict[tuple[str, int], Any] = {}

        def compiled(source: str, flags: int = 0) -> Any:
            if (source, flags) not in made:
                made[source, flags] = self._noted(source, flags)
            return made[source, flags]

        patterns.compiled = compiled  # type: ignore[attr-defined]

    def stop(self) -> None:
        """No longer."""
        re._compile = self._compile  # type: ignore[attr-defined]

    def _noted(self, source: Any, flags: int = 0) -> Any:
        if isinstance(source, _Recorded):
            return source
        pattern = self._compile(source, flags)
        module = _module()
        if module is None or not isinstance(pattern.pattern, str):
            return pattern
        key = (pattern.pattern, pattern.flags & ~re.UNICODE)
        _, methods = self.found.setdefault(key, (module, set()))
        return _Recorded(pattern, methods)


def _module() -> str | None:
    """The module of the program that compiles a pattern now, without its package; None for another's."""
    frame = sys._getframe(2)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith("bulletin_lint.") and not name.endswith(".matching.patterns"):
            return name.removeprefix("bulletin_lint.")
        if frame.f_globals is not globals() and not name.startswith("bulletin_lint.") and name != "re":
            return None
        frame = frame.f_back  # type: ignore[assignment]
    return None


def _run_program() -> None:
    """Imports every module and reads the fixtures, so that patterns made late are made."""
    package = importlib.import_module("bulletin_lint")
    for module in pkgutil.walk_packages(package.__path__, "bulletin_lint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    main = importlib.import_module("bulletin_lint.cli.main").main
    import contextlib
    import io
    import os

    with tempfile.TemporaryDirectory() as folder:
        os.environ["BULLETIN_LINT_CACHE_DIR"] = folder
        for words in (
            ["check", str(FIXTURES / "bulletins"), str(FIXTURES / "pdf"), *_ALONE, "--format", "json"],
            ["check", str(FIXTURES / "bulletins" / "clean"), *_ALONE, "--format", "full"],
            # The rules' own examples have waivers, too.
            ["test"],
            ["test", "gongwen"],
        ):
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = main(words)
            # Fixtures that cannot be read make 2 of it.
            if code not in (0, 1, 2) or not said.getvalue():
                sys.exit(f"{' '.join(words)} ended with {code}")


def _sources(value: Any) -> Iterator[str]:
    """The patterns in a parameter: a pattern, a list of them, a list of mappings that have one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        if "pattern" in value:
            yield value["pattern"]
    elif value:
        for each in value:
            yield from _sources(each)


def _leaves(value: Any) -> Iterator[str]:
    """All strings in a form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _leaves(each)


def of_packs(called: Mapping[tuple[str, int], set[str]]) -> list[Named]:
    """Every pattern of all built-in packs, fragments filled in, named by where it stands.

    `called` are the methods that a run called, by source and flags. A pattern that was called by none is
    tried with all; `match` at places found before is `finditer`, but for the forms of a part's beginning.
    """
    from bulletin_lint import checks
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.matching import patterns
    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.rulebook.load import load_catalogue

    packs = tuple(sorted(path.parent.name for path in (ROOT / "rules").glob("*/pack.yaml")))
    catalogue = load_catalogue(Settings(extends=packs))
    rulebook = catalogue.rulebook
    labels: dict[str, str] = {}
    examples: dict[str, tuple[str, ...]] = {}
    for code, rule in rulebook.rules.items():
        source = catalogue.sources[code]
        for name, parameter in checks.kind(rule.kind).parameters.items():
            if parameter.type in ("pattern", "patterns", "replacements", "variants"):
                for each in _sources(rule.parameters[name]):
                    labels.setdefault(each, f"{code}.{name}")
                    examples[each] = tuple(example.text for example in source.bad[:2])
    for name, each in rulebook.grammar["masks"].items():
        labels.setdefault(each, f"mask {name}")
    for name, value in rulebook.grammar["forms"].items():
        for each in _leaves(value):
            labels.setdefault(each, f"form {name}")
    # What checks and the grammar put together themselves.
    made: list[str] = []
    initialise = patterns.Pattern.__init__

    def noted(self: Any, source: str, *, trusted: bool) -> None:
        made.append(source)
        initialise(self, source, trusted=trusted)

    patterns.Pattern.__init__ = noted  # type: ignore[method-assign]
    try:
        Grammar(rulebook.grammar)
        forms = set(made)
        for code in rulebook.rules:
            made.clear()
            rulebook.check(code)
            for each in made:
                labels.setdefault(each, f"{code} (made by its check)")
    finally:
        patterns.Pattern.__init__ = initialise  # type: ignore[method-assign]
    named = []
    for each, label in labels.items():
        if label.startswith("form ") and each not in forms:
            # A list of words.
            continue
        methods = called.get((each, int(re.MULTILINE)), set()) or {"finditer", "fullmatch"}
        if not label.startswith("form "):
            methods = {"finditer" if method == "match" else method for method in methods}
        named.append(Named(label, each, int(re.MULTILINE), tuple(sorted(methods)), examples.get(each, ())))
    return named


def collected() -> list[Named]:
    """Every pattern of the packs and of the program; the program must not have been imported before."""
    recorder = _Recorder()
    recorder.start()
    try:
        _run_program()
    finally:
        recorder.stop()
    packs = of_packs({key: methods for key, (_, methods) in recorder.found.items()})
    known = {named.source for named in packs}
    own = [
        Named(module, source, flags, tuple(sorted(methods)) or ("finditer",))
        for (source, flags), (module, methods) in recorder.found.items()
        if source not in known and not module.startswith("rulebook.names")
    ]
    return packs + own


def run(arguments: Sequence[str]) -> None:
    """`python bench regexes`: prints every pattern that is superlinear, with what shows it; exit code 1 if there are
    any.
    """
    parser = argparse.ArgumentParser(prog="python bench regexes", description=run.__doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="only patterns whose label has it")
    parser.add_argument(
        "--list", action="store_true", help="name the patterns, with the methods, and measure nothing"
    )
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT / "src"))
    chosen = [named for named in collected() if options.only in named.label]
    if options.list:
        for named in chosen:
            print(f"{named.label}  {'/'.join(named.methods)}  {named.source!r}")
        return
    start = time.process_time()
    superlinear = 0
    for named in chosen:
        found = worst(named)
        if found is not None and found.ratio > LIMIT:
            superlinear += 1
            print(
                f"{named.label}: {found.ratio:.1f} x per character by {found.method}, {found.seconds:.2f} s"
            )
            print(f"    pattern {named.source!r}\n    string  {found.recipe}", flush=True)
    print(
        f"regexes     {superlinear} of {len(chosen)} patterns superlinear "
        f"(above {LIMIT} x per character, {SIZES[0]:,} to {SIZES[-1]:,}); {time.process_time() - start:.0f} s"
    )
    sys.exit(1 if superlinear else 0)


if __name__ == "__main__":
    run(sys.argv[1:])
