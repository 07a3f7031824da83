"""Files of rules and settings in an editor: codes lead to their rules, examples are run where they stand."""

from __future__ import annotations

import os
import re

from lsprotocol import types
from pygls import uris

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.config.side_files import Unsaved
from bulletin_lint.desk.language_server.positions import Lines
from bulletin_lint.desk.language_server.projects import Project, is_pack, with_pack
from bulletin_lint.engine.rule_tests import Case, run_examples
from bulletin_lint.model.errors import BulletinLintError
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.rulebook.load import load_catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.rulebook.rulebook import Catalogue

CODE = re.compile(r"\b[A-Z]{2,}[0-9]{3,}\b")
"""What may be the code of a rule; whether it is one the rulebook knows."""


def code_at(project: Project, lines: Lines, position: types.Position) -> str | None:
    """The code of a rule that stands at a place, as it is called today."""
    word = lines.word_at(position, CODE)
    return project.desk.rulebook.code(word[0]) if word is not None else None


def rule_place(project: Project, code: str) -> types.Location | None:
    """Where a rule is written: in the pack that defines it, whatever others change of it."""
    source = project.catalogue.sources[code]
    uri = uris.from_fs_path(os.path.abspath(source.path))
    if uri is None:
        return None
    start = types.Position(max(0, source.line - 1), 0)
    return types.Location(uri, types.Range(start, start))


def lenses(path: str, data: bytes, language: Language) -> list[types.CodeLens]:
    """Over each rule of a pack, as the editor has it, how its examples come out; none where it is wrong."""
    if not is_pack(data):
        return []
    with Unsaved(path, data):
        try:
            settings = load_settings(start=os.path.dirname(path))
            catalogue = _with_file(settings, path)
        except BulletinLintError:
            # What is wrong is told elsewhere.
            return []
        own = {
            code: source.line
            for code, source in catalogue.sources.items()
            if os.path.realpath(source.path) == os.path.realpath(path)
        }
        cases = run_examples(catalogue, (*Settings().required, *settings.required), codes=own)
    return [
        _lens(line - 1, [case for case in cases if case.code == code], language) for code, line in own.items()
    ]


def _with_file(settings: Settings, path: str) -> Catalogue:
    catalogue = load_catalogue(settings)
    if any(os.path.realpath(each.path) == os.path.realpath(path) for each in catalogue.sources.values()):
        return catalogue
    return load_catalogue(with_pack(settings, path))


def _lens(line: int, cases: list[Case], language: Language) -> types.CodeLens:
    wrong = [case for case in cases if not case.is_good]
    good = sum(case.result == "validated" for case in cases)
    bad = sum(case.result == "reported" for case in cases)
    title = Wording(f"{good} 好 {bad} 坏", f"{good} good, {bad} bad").in_language(language)
    if wrong:
        failed = Wording(f"{len(wrong)} 例不对", f"{len(wrong)} wrong").in_language(language)
        title += f" ✗ {failed}: {wrong[0].detail.in_language(language)}"
    else:
        title += " ✓"
    start = types.Position(line, 0)
    return types.CodeLens(types.Range(start, start), types.Command(title, ""))
