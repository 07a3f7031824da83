"""`bulletin-lint config`: the settings in force and where each came from; the JSON Schemas."""

from __future__ import annotations

import argparse
import json
import os

from bulletin_lint._typing import Any, TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.cli.parser import print_settings_note
from bulletin_lint.config.settings import DEFAULT, Settings, load_settings, start_for
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.inert import escaped, say
from bulletin_lint.reporters.utf8 import in_utf8
from bulletin_lint.rulebook.load import further_mistakes, load_rulebook, selected_rules

ACTIONS = ("show", "schema")
"""What the command can do; the first where none is said."""
_SHOW_OPTIONS = (
    Option(
        "file",
        "optional argument",
        Wording(
            "一份文件或一个文件夹，看它按哪份配置；默认当前文件夹",
            "a file or folder: the settings that it goes by; by default the current folder",
        ),
        metavar="PATH",
    ),
    *SETTINGS,
)
_SCHEMA_OPTIONS = (
    Option(
        "of",
        "optional argument",
        Wording("规则包的，还是配置的", "of packs, or of settings"),
        metavar="pack|config",
        choices=("pack", "config"),
        default="config",
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    actions = parser.add_subparsers(dest="action", metavar="show|schema")
    show = Wording("显示生效的设置及其来处", "show the settings in force and where each came from")
    declare(actions.add_parser("show", help=show.in_language(language)), _SHOW_OPTIONS, language)
    schema = Wording("输出 JSON Schema", "print a JSON Schema")
    declare(actions.add_parser("schema", help=schema.in_language(language)), _SCHEMA_OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints the settings, or a schema.

    Raises:
        BulletinLintError: the settings or a pack are wrong.
    """
    if args.action == "schema":
        from bulletin_lint.rulebook.json_schema import pack_schema, settings_schema

        schema = pack_schema() if args.of == "pack" else settings_schema()
        json.dump(schema, in_utf8(out), ensure_ascii=False, indent=2)
        out.write("\n")
        return 0
    store = CompiledStore()
    file = getattr(args, "file", None)
    settings = load_settings(
        getattr(args, "config", None),
        "." if file is None else _start(file),
        isolated=getattr(args, "isolated", False),
        store=store,
        further=further_mistakes,
    )
    print_settings_note(settings, language)
    rulebook = load_rulebook(settings, store)
    say(out, show_settings(settings, language))
    count = len(selected_rules(settings, rulebook))
    total = Wording(f"# 启用 {count} 条规则\n", f"# {count} rules selected\n")
    out.write(total.in_language(language))
    return 0


def _start(path: str) -> str:
    """The folder from which the settings of a file or folder are looked for.

    Raises:
        UsageError: there is no such file or folder.
    """
    if not os.path.exists(path):
        raise UsageError(Wording(f"没有 {path}", f"there is no {path}"))
    return start_for([path])


def show_settings(settings: Settings, language: Language) -> str:
    """The settings as YAML, each with its origin behind it."""
    values: dict[str, Any] = {
        "extends": list(settings.extends),
        "select": list(settings.select) if settings.select is not None else None,
        "extend-select": list(settings.extend_select),
        "ignore": list(settings.ignore),
        "per-file-ignores": {glob: list(words) for glob, words in settings.per_file_ignores.items()},
        "rules": settings.rules,
        "required": list(settings.required),
        "house": settings.house,
        "bulletins": list(settings.bulletins),
        "series": settings.series,
        "convert": settings.convert,
        "annotate": settings.annotate,
        "exclude": list(settings.exclude),
        "language": settings.language,
        "fail-level": settings.fail_level,
    }
    if not settings.extend_select:
        # Only the command line has it.
        del values["extend-select"]
    lines = []
    for name, value in values.items():
        origin = settings.origin(name)
        if origin == DEFAULT:
            origin = Wording("默认", "default").in_language(language)
        # JSON is YAML, and says for certain what is text.
        shown = escaped(json.dumps(value, ensure_ascii=False), "json")
        lines.append(f"{name}: {shown}  # {visible(origin)}")
    return "\n".join([*lines, ""])
