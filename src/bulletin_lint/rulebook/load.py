"""The rules that settings ask for: loaded, selected, and ignored in single files."""

from __future__ import annotations

import os

from bulletin_lint.config.globs import NEGATION, globs_of
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.rulebook.compiled import stored
from bulletin_lint.rulebook.rulebook import Catalogue, Rule, Rulebook, unknown_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.config.store import Input, Store
    from bulletin_lint.config.yaml import YamlMap, YamlNode, YamlText
    from bulletin_lint.rulebook.merge import MergedPacks

    Known = dict[tuple[str, ...], Rulebook]
    """Rulebooks by the packs that they are made of."""


def load_rulebook(settings: Settings, store: Store | None = None) -> Rulebook:
    """The rulebook that settings ask for. Without a store all packs are read.

    Raises:
        DefinitionError: a pack, an override, or a name in the settings is wrong.
    """
    if store is None:
        return Rulebook(merged_packs(settings).compiled)
    key = rulebook_key(settings)
    kept = store.load(key)
    if kept is not None:
        try:
            return Rulebook(kept, store)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass
    merged = merged_packs(settings)
    store.store(key, stored(merged.compiled), merged.inputs)
    return Rulebook(merged.compiled, store)


def load_shared(settings: Settings, store: Store | None, known: Known) -> Rulebook:
    """As `load_rulebook`, for one of many settings: those that change nothing in packs of no folder have one
    rulebook, which is kept in `known`.

    Raises:
        DefinitionError: as `load_rulebook`.
    """
    packs = as_packs_are(settings)
    if packs is settings:
        return load_rulebook(settings, store)
    try:
        rulebook = known.get(packs.extends) or load_rulebook(packs, store)
    except DefinitionError:
        # By the file that names it, what is wrong has a place.
        return load_rulebook(settings, store)
    known[packs.extends] = rulebook
    ignored = [word for words in settings.per_file_ignores.values() for word in words]
    words = (*(settings.select or ()), *settings.ignore, *ignored)
    if all(map(rulebook.has_word, words)) and _parts_by_name(rulebook).keys() >= set(settings.required):
        return rulebook
    return load_rulebook(settings, store)


def as_packs_are(settings: Settings) -> Settings:
    """Settings of no file that make the same rules, where some change nothing in packs of no folder; else
    they themselves.
    """
    if settings.rules or settings.house or not all(map(_is_of_no_folder, settings.extends)):
        return settings
    from bulletin_lint.config.settings import Settings

    return Settings(extends=settings.extends)


def load_catalogue(settings: Settings) -> Catalogue:
    """The rulebook that settings ask for, with why, norms and examples, read from the YAML.

    Raises:
        DefinitionError: a pack, an override, or a name in the settings is wrong.
    """
    merged = merged_packs(settings)
    return Catalogue(Rulebook(merged.compiled), merged.sources, merged.titles)


def rulebook_key(settings: Settings) -> str:
    """What tells the rulebook that settings ask for from others."""
    folder = os.path.abspath(settings.folder)
    if settings.path is None:
        if not settings.rules and all(map(_is_of_no_folder, settings.extends)):
            # The same wherever it is asked for: every folder of bulletins without settings shares it.
            folder = ""
        return repr(("rulebook", settings.extends, settings.rules, settings.house, folder))
    return repr(("rulebook of", settings.path, settings.extends, folder))


def _is_of_no_folder(pack: str) -> bool:
    """Whether a name is that of a built-in pack, or of none: not that of a file or folder."""
    return not ("/" in pack or os.sep in pack or pack.endswith((".yaml", ".yml")))


def merged_packs(settings: Settings) -> MergedPacks:
    """What the settings extend, merged, their file read again so that mistakes have a place; that file is
    among the inputs.

    Raises:
        DefinitionError: a pack, an override, or a name in the settings is wrong.
    """
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.settings import read_nodes
    from bulletin_lint.config.yaml import YamlMap, YamlText, from_plain, texts
    from bulletin_lint.rulebook.merge import assemble

    mistakes = Diagnostics()
    rules: YamlNode | None = from_plain(settings.rules, "rules") if settings.rules else None
    house: YamlNode | None = from_plain(settings.house, "house") if settings.house else None
    packs = [YamlText("", 1, 1, name) for name in settings.extends]
    inputs: list[Input] = []
    nodes = None
    if settings.path is not None:
        nodes = read_nodes(settings.path, mistakes, inputs)
    if nodes is not None:
        rules, house = nodes.get("rules"), nodes.get("house")
        written = texts(nodes.get("extends"))
        if [name.value for name in written] == list(settings.extends):
            packs = written
    rules = rules if isinstance(rules, YamlMap) else None
    merged = assemble(packs, os.path.abspath(settings.folder), mistakes, rules=rules, house=house)
    if nodes is not None:
        rulebook = _as_it_stands(merged, packs, settings.folder, is_wrong=bool(len(mistakes)))
        _check_names(nodes, rulebook, mistakes)
    mistakes.raise_any()
    return merged._replace(inputs=(*inputs, *merged.inputs))


def _as_it_stands(
    merged: MergedPacks, packs: Sequence[YamlText], folder: str, *, is_wrong: bool
) -> Rulebook | None:
    """The rules that settings name, also where their own overrides are wrong; None where a pack is: then half
    of the names would be unknown.
    """
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.rulebook.merge import assemble

    if is_wrong:
        of_packs = Diagnostics()
        merged = assemble(packs, os.path.abspath(folder), of_packs)
        if len(of_packs):
            return None
    return Rulebook(merged.compiled)


def _check_names(nodes: YamlMap, rulebook: Rulebook | None, mistakes: Diagnostics) -> None:
    """Notes codes and parts that the settings name and no pack has."""
    if rulebook is None:
        return
    from bulletin_lint.config.diagnostics import did_you_mean
    from bulletin_lint.config.yaml import YamlMap, texts

    words: list[YamlText] = [*texts(nodes.get("select")), *texts(nodes.get("ignore"))]
    per_file = nodes.get("per-file-ignores")
    for _, _, value in per_file if isinstance(per_file, YamlMap) else ():
        words += texts(value)
    for word in words:
        if not rulebook.has_word(word.value):
            mistakes.add(word, *unknown_word(word.value, rulebook))
    parts = _parts_by_name(rulebook)
    for part in texts(nodes.get("required")):
        if part.value not in parts:
            meant = _part_called(part.value, rulebook)
            zh, en = did_you_mean(meant or part.value, parts)
            if zh.endswith(names := "、".join(sorted(parts))):
                # Nothing is near: editors know none of the names by themselves.
                called = "、".join(f"{name}（{parts[name]}）" for name in sorted(parts))
                zh = f"{zh.removesuffix(names)}{called}"
            mistakes.add(part, f"没有“{part.value}”这一项{zh}", f"there is no part '{part.value}'{en}")


def _parts_by_name(rulebook: Rulebook) -> dict[str, str]:
    """The parts that `required` may name, each with what editors call it."""
    from bulletin_lint.config.settings_schema import REQUIRABLE

    labels = rulebook.grammar["labels"].get("imprint", {})
    return {**{part: str(label["name"]["zh"]) for part, label in labels.items()}, **REQUIRABLE}


def _part_called(word: str, rulebook: Rulebook) -> str | None:
    """The part that an editor calls by a word (责编, 报送), None where it is none's."""
    parts = _parts_by_name(rulebook)
    named = next((part for part, name in parts.items() if word == name), None)
    if named is not None:
        return named
    for group, labels in rulebook.grammar["labels"].items():
        for part, label in labels.items():
            if word in label["words"] and (part in parts or group in parts):
                return str(part if part in parts else group)
    return None


def further_mistakes(path: str, mistakes: Diagnostics) -> None:
    """Notes what else is wrong with a settings file that cannot be used as it is: names that no pack has, and
    what is wrong with its packs and rules. As `load_settings` takes it.
    """
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.settings import Settings, read_nodes
    from bulletin_lint.config.yaml import YamlMap, YamlText, texts
    from bulletin_lint.rulebook.merge import assemble

    nodes = read_nodes(path, Diagnostics(), [])
    if nodes is None:
        return
    packs = texts(nodes.get("extends")) or [YamlText("", 1, 1, name) for name in Settings().extends]
    rules = nodes.get("rules")
    rules = rules if isinstance(rules, YamlMap) else None
    before, folder = len(mistakes), os.path.dirname(path)
    merged = assemble(packs, folder, mistakes, rules=rules, house=nodes.get("house"))
    rulebook = _as_it_stands(merged, packs, folder, is_wrong=len(mistakes) > before)
    _check_names(nodes, rulebook, mistakes)


def selected_rules(settings: Settings, rulebook: Rulebook) -> tuple[Rule, ...]:
    """The rules that the settings select.

    Raises:
        UsageError: a code or prefix fits no rule.
    """
    return rulebook.select(settings.select, settings.ignore, settings.extend_select)


def ignored_codes(settings: Settings, rulebook: Rulebook, path: str) -> frozenset[str]:
    """The codes that `per-file-ignores` silences in one file; `path` may be relative to the working
    directory.
    """
    codes: set[str] = set()
    if not settings.per_file_ignores:
        return frozenset()

    try:
        relative = os.path.relpath(path, settings.folder).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        relative = path.replace(os.sep, "/")
    for glob, words in settings.per_file_ignores.items():
        # As with ruff: ``!2020/**`` stands for every file but these.
        is_negated = glob.startswith(NEGATION)
        if globs_of(glob.removeprefix(NEGATION)).covers(relative) != is_negated:
            codes.update(rulebook.covered(words))
    return frozenset(codes)
