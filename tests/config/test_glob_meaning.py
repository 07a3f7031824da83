"""Patterns of files against a plain account of what they mean, and the limits of what a pattern may be."""

from __future__ import annotations

import random
import re

import pytest

from bulletin_lint.config.globs import (
    LONGEST_PATTERN,
    MOST_ALTERNATIVES,
    Globs,
    PlainGlob,
    glob_of,
    globs_of,
    problem_of,
)
from bulletin_lint.model.errors import UsageError


def means(pattern: str, path: str) -> bool:
    """Whether a pattern without braces means a path: tried out character by character."""
    body = pattern.removeprefix("./").rstrip("/")
    if "/" not in body:
        return any(
            rest_means(body, path[at:]) for at in range(len(path) + 1) if at == 0 or path[at - 1] == "/"
        )
    return rest_means(body.lstrip("/"), path)


def rest_means(pattern: str, path: str) -> bool:
    if not pattern:
        return not path
    if pattern.startswith("**/"):
        folder, slash, below = path.partition("/")
        return rest_means(pattern[3:], path) or bool(folder and slash and rest_means(pattern, below))
    if pattern.startswith("**"):
        return any(rest_means(pattern[2:], path[at:]) for at in range(len(path) + 1))
    if pattern[0] == "*":
        name = path.partition("/")[0]
        return any(rest_means(pattern[1:], path[at:]) for at in range(len(name) + 1))
    if not path:
        return False
    if (found := re.match(r"\[(!?)(.[^]]*)\]", pattern)) is not None:
        is_one = path[0] != "/" and (path[0] in found[2]) != (found[1] == "!")
        return is_one and rest_means(pattern[found.end() :], path[1:])
    return (path[0] != "/" if pattern[0] == "?" else path[0] == pattern[0]) and rest_means(
        pattern[1:], path[1:]
    )


PIECES = ("a", "b", "/", "*", "**", "/**/", "**/", "?", "[ab]", "[!a]")
PATHS = (
    "a",
    "b",
    "ab",
    "ba",
    "aab",
    "a/b",
    "b/a",
    "a/a",
    "ab/b",
    "a/b/a",
    "b/a/b",
    "a/a/b",
    "a/b/a/b",
    "bb/ab/a",
)


@pytest.mark.parametrize("seed", range(6))
def test_a_pattern_means_what_it_plainly_says(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        pattern = "".join(chance.choices(PIECES, k=chance.randint(1, 6)))
        globs = Globs([pattern])
        for path in PATHS:
            assert globs.matches(path) == means(pattern, path), (pattern, path)
            folders = [path[:at] for at, each in enumerate(path) if each == "/"]
            covered = any(means(pattern, each) for each in (*folders, path))
            assert globs.covers(path) == covered, (pattern, path)


@pytest.mark.parametrize("seed", range(3))
def test_several_patterns_mean_what_one_of_them_does(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        patterns = ["".join(chance.choices(PIECES, k=chance.randint(2, 6))) for _ in range(4)]
        globs = Globs(patterns)
        for path in PATHS:
            assert globs.matches(path) == any(means(each, path) for each in patterns), (patterns, path)


@pytest.mark.parametrize("stars", ["", "*a*"])
@pytest.mark.parametrize(
    ("pattern", "path", "is_meant"),
    [
        ("[a-c]", "a", True),
        ("[a-c]", "c", True),
        ("[a-c]", "d", False),
        ("[!a-c]", "d", True),
        ("[!a-c]", "b", False),
        ("[^a-c]", "d", True),
        ("[^a-c]", "b", False),
        # A stroke at an edge is itself, and so is a bracket that stands first.
        ("[a-]", "-", True),
        ("[a-]", "b", False),
        ("[-a]", "-", True),
        ("[]a]", "]", True),
        ("[!]a]", "b", True),
        ("[!]a]", "]", False),
        ("[^]a]", "a", False),
        ("[ac-e]", "d", True),
        ("[a-ce]", "e", True),
        ("[a-ce]", "d", False),
        ("[ab", "[ab", True),
        ("[]", "[]", True),
        ("[^]", "[^]", True),
        ("[^]", "^", False),
        ("?", "甲", True),
        (".", "x", False),
        ("a+", "a+", True),
    ],
)
def test_sets_and_single_characters(pattern: str, path: str, stars: str, *, is_meant: bool) -> None:
    """By itself, and behind so many stars that no regular expression is made of it."""
    before = "xax" if stars else ""
    assert Globs([f"{stars}.{pattern}"]).matches(f"{before}.{path}") is is_meant


@pytest.mark.parametrize("pattern", ["[!b]", "[!-~]", "[.-0]", "?", "*"])
@pytest.mark.parametrize("stars", ["", "*x*"])
def test_one_character_is_never_a_slash(pattern: str, stars: str) -> None:
    assert not Globs([f"{stars}a/a{pattern}c"]).matches(f"{'x' * bool(stars)}a/a/c")
    assert Globs([f"{stars}a/a{pattern}c"]).matches(f"{'x' * bool(stars)}a/a.c") or pattern == "[!-~]"


@pytest.mark.parametrize(
    ("pattern", "path", "is_meant"),
    [
        ("/a.md", "a.md", True),
        ("/a.md", "x/a.md", False),
        ("./a.md", "x/a.md", True),
        ("./x/a.md", "x/a.md", True),
        ("a/", "a", True),
        ("a/", "x/a", True),
        ("a\\b.md", "a/b.md", True),
        ("a\\b.md", "x/a/b.md", False),
        ("a/***", "a/b/c", True),
        ("***", "a/b/c", True),
        ("a/**/**/b", "a/b", True),
        ("a/**/**/b", "a/x/y/b", True),
        ("a**b", "a/x/b", True),
        ("a*b", "a/x/b", False),
        ("**", "a", True),
        ("A.md", "a.md", False),
    ],
)
def test_slashes_and_stars(pattern: str, path: str, *, is_meant: bool) -> None:
    assert Globs([pattern]).matches(path) is is_meant


@pytest.mark.parametrize(
    ("pattern", "meant", "others"),
    [
        ("{a,b}{1,2}", ("a1", "a2", "b1", "b2"), ("a", "1", "a3", "{a,b}1")),
        ("{a}", ("{a}",), ("a",)),
        ("{a,}b", ("ab", "b"), ("a",)),
        ("{a,{b,c}d}", ("a", "bd", "cd"), ("b", "d", "ad")),
        ("{}", ("{}",), ("",)),
        ("a,b", ("a,b",), ("a", "b")),
    ],
)
def test_braces_stand_for_each_of_what_is_in_them(
    pattern: str, meant: tuple[str, ...], others: tuple[str, ...]
) -> None:
    globs = Globs([pattern])
    assert [path for path in (*meant, *others) if globs.matches(path)] == list(meant)


def test_in_an_ignore_file_braces_are_themselves() -> None:
    assert PlainGlob("{a,b}").matches("{a,b}")
    assert not PlainGlob("{a,b}").matches("a")
    assert not PlainGlob("a").matches("a/b")


def test_of_many_patterns_each_counts() -> None:
    names = [f"{number:03}.md" for number in range(120)]
    globs = Globs(names)
    assert all(globs.matches(name) for name in names)
    assert all(globs.covers(f"{name}/x") for name in names)
    assert not globs.matches("120.md")
    assert globs.patterns == tuple(names)


def test_a_set_of_none_is_empty_and_means_nothing() -> None:
    assert not Globs([])
    assert Globs(["a"])
    assert not Globs([]).matches("a")
    assert not Globs([]).covers("a")


def test_what_is_covered_begins_at_a_slash() -> None:
    globs = Globs(["a", "*x*y*"])
    assert [path for path in ("a", "a/b", "c/a/b", "ab", "ab/c", "xy", "xy/z", "x/y") if globs.covers(path)] == [
        "a", "a/b", "c/a/b", "xy", "xy/z",
    ]  # fmt: skip
    assert [path for path in ("a", "a/b", "c/a", "xy", "xy/z") if globs.matches(path)] == ["a", "c/a", "xy"]


def test_a_pattern_may_have_just_so_many_characters() -> None:
    assert problem_of("a" * LONGEST_PATTERN) is None
    problem = problem_of("a" * (LONGEST_PATTERN + 1))
    assert problem is not None
    assert (problem.zh, problem.en) == ("超过 1000 个字符", "longer than 1000 characters")


def test_braces_may_stand_for_just_so_many_patterns() -> None:
    names = ",".join(map(str, range(MOST_ALTERNATIVES)))
    # One of three characters, in pairs that together are a thousand.
    assert problem_of("{0,1,2,3,4,5,6,7,8,9}" * 3) is None
    assert len(names) > LONGEST_PATTERN
    problem = problem_of("{0,1,2,3,4,5,6,7,8,9}" * 2 + "{0,1,2,3,4,5,6,7,8,9,x}")
    assert problem is not None
    assert "more than 1000 patterns" in problem.en
    assert "超过 1000 个模式" in problem.zh


def test_a_range_may_be_of_one_and_must_go_up() -> None:
    assert problem_of("[a-a]") is None
    assert problem_of("[a-b]") is None
    for pattern in ("[b-a]", "x/[!b-a].md", "{a,[b-a]}", "[xb-a]"):
        problem = problem_of(pattern)
        assert problem is not None, pattern
        assert "the range b-a in brackets is reversed" in problem.en
        assert "b-a" in problem.zh


@pytest.mark.parametrize("pattern", ["!a", "!"])
def test_only_ignores_of_single_files_know_all_but_these(pattern: str) -> None:
    problem = problem_of(pattern)
    assert problem is not None
    assert "must not begin with !" in problem.en
    assert "不能以 ! 开头" in problem.zh
    assert problem_of("a!") is None


def test_all_patterns_together_stand_for_just_so_many() -> None:
    thousand = "{0,1,2,3,4,5,6,7,8,9}" * 3
    assert Globs([thousand] * 20).matches("000")
    with pytest.raises(UsageError) as caught:
        Globs([*[thousand] * 20, "a"])
    assert caught.value.describe("en") == "file pattern a: the patterns stand for over 20000."
    assert caught.value.describe("zh") == "文件模式 a：这些文件模式合起来超过 20000 个。"


@pytest.mark.parametrize(("length", "shown"), [(60, "a" * 59 + "!"), (61, "a" * 57 + "…")])
def test_of_a_long_pattern_that_is_refused_the_beginning_is_told(length: int, shown: str) -> None:
    pattern = "a" * (length - 1) + "!"
    with pytest.raises(UsageError) as caught:
        Globs(["[b-a]" + pattern[5:]])
    assert caught.value.describe("en").startswith(f"file pattern [b-a]{shown[5:]}: the range")


@pytest.mark.parametrize(
    "path",
    ["a.md", "a*b.md", "a?b", "a[1].md", "!a.md", "a{b,c}.md", "{a}", "x/[!y]/z", "*", "简报/第1期 [终].md"],
)
def test_a_path_can_be_meant_whatever_stands_in_it(path: str) -> None:
    pattern = glob_of(path)
    assert problem_of(pattern) is None
    assert Globs([pattern]).matches(path)
    # Where something else may stand, it is for a brace or an exclamation mark only.
    assert not Globs([pattern]).matches(f"{path}x")
    assert not Globs([pattern]).matches(path.replace("a", "b").replace("y", "u").replace("*", "s") + "-")


def test_characters_of_patterns_are_themselves_in_a_path() -> None:
    assert glob_of("a*b?[c].md") == "a[*]b[?][[]c].md"
    assert glob_of("!a{b\\") == "?a?b?"
    assert glob_of("a!b") == "a!b"


def test_the_set_of_one_pattern_is_made_once() -> None:
    assert globs_of("once/*.md") is globs_of("once/*.md")
    assert globs_of("once/*.md").matches("once/a.md")
    assert not globs_of("twice/*.md").matches("once/a.md")
    with pytest.raises(UsageError, match="reversed"):
        globs_of("[z-a]")
