"""Every module of a hundred lines has a test file of its own name, or is named here with the file that tests it."""

from __future__ import annotations

from pathlib import Path

from harness import ROOT

PACKAGE = ROOT / "src" / "bulletin_lint"
TESTS = ROOT / "tests"
LONG = 100
"""Lines from which on a module's tests are looked for under its name."""

TESTED_BY: dict[str, tuple[str, ...]] = {
    # What the program is to other programs.
    "api/test_api.py": ("api",),
    "project/test_architecture.py": ("_typing",),
    # Kinds of check are tested by the examples of the rules that are of them: good and bad, with places and messages.
    "language/test_rule_examples.py": (
        "checks/spans",
        "checks/structure/listed",
        "checks/structure/presence",
        "checks/structure/relations",
        "checks/structure/sequences",
        "checks/structure/siblings",
        "checks/structure/tables",
        "checks/text/arithmetic",
        "checks/text/consistency",
        "checks/text/format",
        "checks/text/lexicon",
        "engine/rule_tests",
    ),
    "checks/structure/test_counted_titles.py": ("checks/structure/counting",),
    "checks/structure/test_promised_enumerations.py": (
        "checks/structure/enumerations",
        "checks/structure/promises",
    ),
    "checks/test_table.py": ("checks/__init__", "checks/protocols"),
    "checks/test_gates.py": ("engine/linter",),
    # An archive, here and on many machines.
    "archive/test_local.py": (
        "archive/judging",
        "archive/run",
        "archive/stored",
        "cli/commands/archive",
        "reporters/archive_text",
    ),
    "archive/test_parts.py": ("archive/listing", "archive/rows"),
    "archive/test_remote.py": ("archive/storage",),
    # Commands, as they are typed.
    "cli/test_main.py": (
        "cli/check_options",
        "cli/commands/check",
        "cli/commands/rules",
        "cli/option_conflicts",
        "cli/options",
        "cli/parser",
    ),
    "cli/test_annotate.py": ("cli/annotating", "desk/marking", "engine/annotate"),
    "cli/commands/test_init.py": ("cli/commands/init/observe", "cli/commands/init/templates"),
    "cli/test_watch.py": ("cli/watching",),
    "cli/test_output_targets.py": ("reporters/output",),
    "desk/server/test_service.py": ("cli/commands/serve", "desk/server/app"),
    "desk/server/test_threats.py": (
        "desk/server/answers",
        "desk/server/guard",
        "desk/server/memory",
        "desk/server/queue",
    ),
    "desk/server/test_connections.py": ("desk/server/run",),
    "desk/test_comparison.py": (
        "desk/comparison/compare",
        "desk/comparison/differences",
    ),
    "acceptance/test_end_to_end.py": ("cli/fixes", "engine/run"),
    # Settings and packs, as they are written.
    "config/test_mistakes_in_order.py": ("config/diagnostics",),
    "config/test_settings.py": ("cli/commands/config", "config/settings_schema"),
    "rulebook/test_packs.py": ("rulebook/merge", "rulebook/names", "rulebook/rule_reader"),
    "rulebook/test_rulebook.py": ("rulebook/compiled",),
    "language/test_schema.py": ("rulebook/forms_schema", "rulebook/schema"),
    "language/test_rule_pages.py": ("rulebook/pages",),
    # A run.
    "engine/test_discovery.py": (
        "engine/gitignore",
        "readers/__init__",
        "readers/reader_info",
    ),
    "engine/test_series_scope.py": ("engine/series_run",),
    "engine/test_reasons.py": ("checks/context",),
    "api/test_engine.py": ("engine/plain_forms",),
    "engine/cache/test_folder.py": ("engine/cache/database",),
    "engine/suppression/test_waivers.py": ("engine/suppression/__init__",),
    "cli/test_ruff_options.py": ("engine/suppression/added_waivers",),
    "engine/workers/test_dispatch.py": ("engine/workers/losses", "engine/workers/process"),
    "engine/workers/test_pool.py": ("engine/workers/launcher", "engine/workers/started", "readers/specimens"),
    # What everything speaks of.
    "acceptance/test_planted_defects.py": (
        "cli/commands/extract",
        "reporters/parts_json",
        "reporters/parts_tree",
    ),
    "model/test_document.py": ("model/reading",),
    "reporters/test_reporters.py": (
        "reporters/__init__",
        "reporters/full",
    ),
    "series/test_register.py": (
        "series/reconciliation",
        "reporters/register_page",
        "reporters/register_table",
    ),
    "reporters/test_sheet.py": ("reporters/sheet/sheet", "reporters/sheet/text_marks"),
    # The structure of a bulletin is decided as a whole, and tested as a whole.
    "parsing/test_structure.py": (
        "parsing/__init__",
        "parsing/attributions",
        "parsing/body",
        "parsing/grammar",
        "parsing/looks",
        "parsing/surroundings",
    ),
    "parsing/test_tail.py": ("parsing/last_source",),
    "parsing/test_paragraphs.py": ("parsing/assembly", "parsing/blocks", "parsing/line_widths"),
    "parsing/test_labels_without_colon.py": ("parsing/label_set",),
    "parsing/test_ends_in_tables.py": ("parsing/label_tables",),
    "parsing/test_masthead_office_and_date.py": ("parsing/masthead", "parsing/masthead_numbers"),
    # Documents, read from whole files or such as show one construct.
    "readers/docx/test_constructs.py": (
        "readers/docx/body",
        "readers/docx/drawings",
        "readers/docx/elements",
        "readers/docx/lines",
        "readers/docx/reader",
        "readers/docx/story",
        "readers/docx/styles",
    ),
    "readers/docx/test_document_copy.py": (
        "readers/docx/byte_places",
        "readers/docx/comments",
        "readers/docx/package_writer",
        "readers/docx/refusals",
        "readers/docx/splices",
    ),
    "readers/html/test_reader.py": (
        "readers/html/page",
        "readers/html/paragraphs",
        "readers/html/styles",
        "readers/html/tables",
    ),
    "readers/office/test_conversion.py": ("readers/office/convert", "readers/office/program"),
    "readers/pdf/test_columns_of_pages.py": ("readers/pdf/side_by_side",),
    "readers/pdf/test_engines.py": ("readers/pdf/plumber", "readers/pdf/tables"),
    "readers/pdf/test_lines.py": (
        "readers/pdf/bands",
        "readers/pdf/body_layout",
        "readers/pdf/columns",
        "readers/pdf/furniture",
        "readers/pdf/page",
        "readers/pdf/places",
    ),
    "readers/pdf/test_pdfium.py": ("readers/pdf/pdfium_buffers",),
    "readers/pdf/test_reader.py": ("readers/pdf/characters", "readers/pdf/origins"),
    "readers/pdf/test_stand_in_font.py": ("readers/pdf/pdfium_library", "readers/pdf/pdfium_stand_in"),
    "readers/pdf/test_seen.py": ("readers/pdf/pdfium_drawing", "readers/pdf/pdfium_notes"),
    "readers/pdf/test_unread_pages.py": ("readers/pdf/unread",),
}
"""Of each test file the modules that it tests and that are not of its name."""
WITHOUT = {
    "desk/language_server/answers",
    "desk/language_server/projects",
    "desk/language_server/server",
    "desk/language_server/told",
}
"""Modules that no test file is named for: a debt, to be paid and not to grow."""


def long_modules() -> dict[str, Path]:
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix(): path
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.read_text("utf-8").count("\n") >= LONG
    }


def own_test(module: str) -> Path:
    """Where the tests of a module are looked for first."""
    folder, _, name = module.rpartition("/")
    if name == "__init__":
        folder, _, name = folder.rpartition("/")
    return TESTS / folder / f"test_{name}.py"


def told() -> list[str]:
    return [*WITHOUT, *(module for modules in TESTED_BY.values() for module in modules)]


def test_the_tests_of_a_module_are_found_by_its_name() -> None:
    unknown = [module for module in long_modules() if not own_test(module).exists() and module not in told()]
    assert unknown == [], "give it a test file of its name, or say in TESTED_BY which file tests it"


def test_what_is_told_of_tests_is_so() -> None:
    assert [name for name in TESTED_BY if not (TESTS / name).is_file()] == []
    assert sorted(told()) == sorted(set(told()))
    # What has a file of its own by now needs no word here, nor what is gone.
    assert [
        each for each in told() if not (PACKAGE / f"{each}.py").is_file() or own_test(each).exists()
    ] == []


def test_a_module_of_the_program_is_in_its_folder_of_tests() -> None:
    """Files of tests for packages that are no more would not be found again."""
    others = {"acceptance", "api", "browser", "language", "project", "support"}
    folders = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")}
    assert folders - others <= {path.name for path in PACKAGE.iterdir() if path.is_dir()}
