"""Globs mean what .gitignore means by them, take time that grows with path and pattern only, and have a place
when they are wrong.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bulletin_lint.config.globs import Globs
from bulletin_lint.config.settings import load_settings
from bulletin_lint.engine.suppression.waivers_file import load_waivers
from bulletin_lint.model.errors import DefinitionError, UsageError


@pytest.mark.parametrize(
    ("pattern", "path", "is_meant"),
    [
        ("*.md", "a/b.md", True),
        ("*.md", "a.md/b", False),
        ("a/*.md", "a/b.md", True),
        ("a/*.md", "x/a/b.md", False),
        ("**/a/*.md", "a/b.md", True),
        ("**/a/*.md", "x/y/a/b.md", True),
        ("a/**", "a/b/c", True),
        ("{a,b}.{md,txt}", "b.txt", True),
        ("[!a]?.md", "ba.md", True),
        ("[!a]?.md", "aa.md", False),
        ("[a-c]1", "d1", False),
        # Brackets around nothing but a negation are characters.
        ("[!].md", "[!].md", True),
        ("[!].md", "!.md", False),
        # Of several stars in one segment, and of several ``**``.
        ("*a*b*", "xaxbx", True),
        ("*a*b*", "xbxa", False),
        ("*a*b", "xa/b", False),
        ("**/a/**/b", "x/a/y/z/b", True),
        ("**/a/**/b", "a/b", True),
        ("**/a/**/b", "x/a/y/bb", False),
        ("**/*a?[0-9]*/c", "x/yab3z/c", True),
        ("**/*a?[0-9]*/c", "x/ya/3z/c", False),
    ],
)
def test_what_a_pattern_means(pattern: str, path: str, is_meant: bool) -> None:  # noqa: FBT001
    assert is_meant == Globs([pattern]).matches(path)


def test_a_pattern_covers_what_is_below() -> None:
    assert Globs(["*a*b*"]).covers("xaxb/c/d")
    assert not Globs(["*a*b*"]).matches("xaxb/c/d")
    assert Globs(["**/a/**/b"]).covers("a/b/c")
    assert not Globs(["**/a/**/b"]).covers("a/bc")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 2_000),
        ("**/a/" * 30 + "b", "a/" * 1_000 + "c"),
        ("a**" * 30 + "b", "a" * 2_000),
    ],
)
def test_a_pattern_of_many_stars_takes_no_longer_than_it_is(pattern: str, path: str) -> None:
    start = time.process_time()
    assert not Globs([pattern]).covers(path)
    # Some milliseconds; backtracking takes longer than the world has stood.
    assert time.process_time() - start < 5


def test_braces_stand_for_a_thousand_patterns_at_most() -> None:
    assert Globs(["{0,1,2,3,4,5,6,7,8,9}" * 3]).matches("907")
    with pytest.raises(UsageError, match="more than 1000 patterns"):
        Globs(["{a,b}" * 60])
    with pytest.raises(UsageError, match="longer than 1000"):
        Globs(["a" * 1_001])
    with pytest.raises(UsageError, match="range z-a in brackets is reversed"):
        Globs(["[z-a]"])


@pytest.mark.parametrize(
    ("settings", "line", "column"),
    [
        ("select: [ALL]\nexclude: ['a', '{BRACES}']\n", 2, 16),
        ("bulletins: '[z-a].md'\n", 1, 12),
        ("bulletins: ['*.md', '[*.md']\n", 1, 21),
        ("exclude: 'old[1'\n", 1, 10),
        # Only per-file-ignores knows all but these; elsewhere nothing would be meant by it.
        ("bulletins: '!old/*.md'\n", 1, 12),
        ("exclude: ['old', '!old/1.md']\n", 1, 18),
        ("per-file-ignores:\n  'x{BRACES}': [ALL]\n", 2, 3),
    ],
)
def test_a_wrong_pattern_in_the_settings_has_a_place(
    tmp_path: Path, settings: str, line: int, column: int
) -> None:
    path = tmp_path / "bulletin-lint.yaml"
    path.write_text(settings.replace("{BRACES}", "{a,b}" * 40), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_settings(str(path))
    assert (line, column) == (raised.value.line, raised.value.column)
    assert "file pattern" in raised.value.wording.en


def test_a_year_is_the_name_of_a_folder_and_a_bracket_in_a_set_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "bulletin-lint.yaml"
    path.write_text("exclude: [2019, '[[]old].md']\n", encoding="utf-8")

    assert ("2019", "[[]old].md") == load_settings(str(path)).exclude


def test_a_wrong_pattern_in_a_waiver_has_a_place(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("- {rule: PUN001, path: '[z-a]', reason: x}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_waivers(str(path))
    assert (1, 24) == (raised.value.line, raised.value.column)
