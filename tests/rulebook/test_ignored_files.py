"""Which codes a file goes without, and which code a mistyped one is."""

from __future__ import annotations

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.rulebook.load import ignored_codes, load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook, unknown_word


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Settings())


@pytest.mark.parametrize(
    ("glob", "path", "ignored"),
    [
        ("old/**", "old/1.md", {"DAT002"}),
        ("old/**", "new/1.md", set()),
        ("!old/**", "old/1.md", set()),
        ("!old/**", "new/1.md", {"DAT002"}),
    ],
)
def test_an_exclamation_mark_means_all_other_files(
    glob: str, path: str, ignored: set[str], rulebook: Rulebook
) -> None:
    settings = Settings(per_file_ignores={glob: ("DAT002",)})
    assert ignored == set(ignored_codes(settings, rulebook, path))


@pytest.mark.parametrize(
    ("word", "meant"), [("DAT0O2", "DAT002"), ("SECOO1", "SEC001"), ("FLDOl3", "FLD013")]
)
def test_a_letter_for_a_figure_in_a_code_is_told(word: str, meant: str, rulebook: Rulebook) -> None:
    if meant in rulebook.rules:
        assert f"“{meant}”" in unknown_word(word, rulebook).zh
    else:
        assert f"“{meant}”" not in unknown_word(word, rulebook).zh
