"""Where a match can start, told by the places of the literals that it contains or stands beside."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.candidates import ANYWHERE, Candidates, candidates_of, from_rows, of_rare, rows

DIGITS = "0123456789"


def starts(known: Candidates, text: str, *places: int) -> list[int]:
    return known.starts(text, places)


@pytest.mark.parametrize(
    ("distance", "places", "expected"),
    [
        (0, [0, 2], [0, 2]),
        (0, [2, 0], [0, 2]),
        # No match starts before the text does, nor behind it.
        (2, [1, 2, 3], [0, 1]),
        (-1, [0, 2, 3], [1, 3]),
        (-2, [0, 1, 2], [2, 3]),
        (0, [], []),
    ],
)
def test_at_a_known_distance_there_is_one_start(
    distance: int, places: list[int], expected: list[int]
) -> None:
    assert starts(Candidates(("甲",), distance, distance, ""), "甲乙丙丁", *places) == expected


@pytest.mark.parametrize(
    ("text", "places", "least", "most", "expected"),
    [
        ("甲\n  乙", [4], 0, 3, [2]),
        ("甲\n  乙", [4], 2, 2 + 1, [2]),
        ("甲\n  乙", [4], 3, 4, []),
        ("甲\n  乙", [4], 0, 2, [2]),
        ("甲\n  乙", [4], 0, 1, []),
        # The first line starts where the text does.
        (" 乙\n乙", [3, 1], 0, 1, [0, 3]),
        ("乙乙", [0, 1], 0, 1, [0]),
    ],
)
def test_where_a_line_begins_the_start_is_that_of_the_line(
    text: str, places: list[int], least: int, most: int, expected: list[int]
) -> None:
    known = Candidates(("乙",), least, most, " ", at_line=True)
    assert starts(known, text, *places) == expected


def test_a_match_over_several_lines_may_start_in_another_than_its_literal() -> None:
    known = Candidates(("乙",), 0, 8, " \n", at_line=True)
    assert starts(known, "甲 \n乙", 3) == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "places", "least", "most", "expected"),
    [
        ("甲甲乙丙", [2], 0, 2, [0, 1]),
        ("甲甲甲丙", [3], 2, 3, [0, 1]),
        ("甲甲甲丙", [3], 1, 2, [1, 2]),
        ("甲乙", [1], 0, 2, [0]),
        ("甲乙", [0], 0, 2, [0]),
        ("甲甲甲甲甲甲甲甲乙", [8], 1, 6, [2, 3, 4, 5, 6, 7]),
        ("甲甲甲甲甲甲甲甲乙", [8], 1, 7, [1, 2, 3, 4, 5, 6, 7]),
        ("甲丙甲丙甲丙甲丙乙", [8], 1, 7, [2, 4, 6]),
        # A start before two literals is told once.
        ("甲乙乙", [1, 2], 0, 2, [0]),
        ("丙甲丙丙丙丙丙丙丙乙乙", [9, 10], 0, 9, [1]),
    ],
)
def test_of_a_window_only_what_begins_rightly_is_tried(
    text: str, places: list[int], least: int, most: int, expected: list[int]
) -> None:
    assert starts(Candidates(("乙",), least, most, "", first="甲"), text, *places) == expected


@pytest.mark.parametrize(
    ("places", "least", "most", "expected"),
    [
        ([12], 0, 10, range(2, 13)),
        ([12], 3, 10, range(2, 10)),
        ([4], 0, 10, range(5)),
        ([0], 0, 10, range(1)),
        ([0], 1, 10, range(0)),
        ([8, 10], 0, 8, range(11)),
        ([10, 8], 0, 8, range(11)),
        ([3, 15], 1, 4, [0, 1, 2, 11, 12, 13, 14]),
        # What stands before a match may lie before its start.
        ([17], -5, 2, range(15, 20)),
        ([19], -5, 2, range(17, 20)),
    ],
)
def test_a_window_is_tried_place_by_place_and_once(
    places: list[int], least: int, most: int, expected: range | list[int]
) -> None:
    assert starts(Candidates(("乙",), least, most, ""), "丙" * 20, *places) == list(expected)


@pytest.mark.parametrize(
    ("text", "places", "least", "most", "expected"),
    [
        ("走12345公里", [6], 1, ANYWHERE, range(1, 6)),
        ("走12345公里", [6], 1, 3, range(3, 6)),
        ("走12345公里", [6], 2, ANYWHERE, range(1, 5)),
        ("走公里", [1], 1, ANYWHERE, range(0)),
        ("走公里", [1], 0, ANYWHERE, [1]),
        ("12公里", [2], 1, ANYWHERE, range(2)),
        ("走3公里，5公里", [2, 6], 1, ANYWHERE, [1, 5]),
        # As long a run as there is, whatever it is looked through by.
        ("走" + "1" * 99 + "公里", [100], 1, ANYWHERE, range(1, 100)),
        ("走" + "1" * 100 + "公里", [101], 1, ANYWHERE, range(1, 101)),
        ("走" + "1" * 250 + "公里", [251], 1, ANYWHERE, range(1, 251)),
        ("走" + "1" * 250 + "公里", [251], 1, 120, range(131, 251)),
        ("1" * 250 + "公里", [250], 1, ANYWHERE, range(250)),
    ],
)
def test_a_run_of_known_characters_is_tried_to_its_beginning(
    text: str, places: list[int], least: int, most: int, expected: range | list[int]
) -> None:
    assert starts(Candidates(("公里",), least, most, DIGITS), text, *places) == list(expected)


def test_in_a_run_only_what_begins_rightly_is_tried() -> None:
    known = Candidates(("公里",), 1, ANYWHERE, DIGITS, first="135")
    assert starts(known, "3走12345公里", 7) == [2, 4, 6]


@pytest.mark.parametrize(
    ("most", "over", "near"),
    [(0, "", True), (ANYWHERE - 1, "", True), (ANYWHERE, "", False), (ANYWHERE, "1", True)],
)
def test_literals_are_near_unless_anything_may_come_before_them(most: int, over: str, *, near: bool) -> None:
    assert Candidates(("甲",), 0, most, over).is_near is near


@pytest.mark.parametrize(
    ("pattern", "first", "leads"),
    [
        ("甲[^。]{2,5}鑫淼", "甲", True),
        ("(甲)[^。]{2,5}鑫淼", "甲", True),
        ("(?i:甲)[^。]{2,5}鑫淼", "", False),
        ("[乙甲][^。]{2,5}鑫淼", "乙甲", False),
        ("(?:[乙甲]|丙)[^。]{2,5}鑫淼", "丙乙甲", False),
        ("[乙甲]{1,2}[^。]{2,5}鑫淼", "乙甲", False),
        ("[乙甲]*[^。]{2,5}鑫淼", "", False),
        ("(?<!丁)(?!戊)甲[^。]{2,5}鑫淼", "甲", False),
        ("[^。]{2,5}鑫淼", "", False),
        # With one distance there is one start, and no need to tell how it begins.
        ("甲[^。]{3}鑫淼", "", False),
    ],
)
def test_what_a_match_begins_with(pattern: str, first: str, *, leads: bool) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert (set(first), leads) == (set(found.first), found.leads)
    assert found.first == "".join(sorted(found.first))


@pytest.mark.parametrize(
    ("pattern", "at_line"),
    [
        ("^甲鑫", True),
        ("(^甲)鑫", True),
        ("(?i:^甲)鑫淼", False),
        ("$\n甲鑫", False),
        (r"\A甲鑫", False),
        (r"\b甲鑫", False),
        ("甲^鑫", False),
        ("甲鑫", False),
    ],
)
def test_whether_a_match_starts_where_a_line_does(pattern: str, *, at_line: bool) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert found.at_line is at_line


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("^[,的]*[^。]", ""),
        ("^[，的].*", "，的"),
        ("^(?:(，)|的)[^。]", "，的"),
        ("^[^〇].*", ""),
        ("^.+", ""),
    ],
)
def test_lines_are_told_by_what_they_begin_with(pattern: str, first: str) -> None:
    found = candidates_of(pattern)

    # 的 stands everywhere: it is not looked for.
    assert found is not None
    assert (found.literals, found.at_line, found.first) == ((), True, "".join(sorted(first)))


# Each but the first character of a pair is a usual one of Chinese text, at the edge of a range of those.
RANGES = [
    ("\ua000-\uabff", "\u9fff-\uabff"),
    ("\ufb00-\ufeff", "\ufb00-\uff00"),
    ("\uff5f-\ufffb", "\uff5e-\ufffb"),
    ("\uff5f-\ufffb", "\uff5f-\ufffc"),
    ("\u2027-\u2fff", "\u2026-\u2fff"),
    ("\u2027-\u2fff", "\u2027-\u3000"),
    ("\xb8-\u200f", "\xb7-\u200f"),
    ("\xb8-\u200f", "\xb8-\u2010"),
    ("\x7f-\xb6\xb8-\u200f", "\x7e-\xb6\xb8-\u200f"),
    ("\x7f-\xb6\xb8-\u200f", "\x7f-\xb7\xb8-\u200f"),
    ("\x01-\x08\xb8-\u200f", "\x01-\x09\xb8-\u200f"),
]


@pytest.mark.parametrize(("rare", "usual"), RANGES)
@pytest.mark.parametrize("end", ["", "+", "{2,3}", "+?"])
def test_a_class_is_rare_that_has_none_of_the_usual_characters(rare: str, usual: str, end: str) -> None:
    found = candidates_of(f"[{rare}]{end}")

    assert found is not None
    assert (found.literals, found.least, found.most, found.at_line) == ((), 0, ANYWHERE, False)
    assert found.rare.startswith("[\\U")
    assert candidates_of(f"[{usual}]{end}") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "[^\ue000-\uf8ff]",
        r"[\d\ue000-\uf8ff]",
        "[\ue000-\uf8ff]?.",
        "(?:[\ue000-\uf8ff])*.",
        ".[\ue000-\uf8ff]",
    ],
)
def test_what_may_be_missing_or_is_another_class_is_not_rare(pattern: str) -> None:
    found = candidates_of(pattern)
    assert found is None or not found.rare


def test_one_rare_character_stands_beside_a_range_of_them() -> None:
    found = candidates_of("[\ue000-\uf8ff\ufeff]")

    assert found is not None
    assert found.rare == "[\\U0000e000-\\U0000f8ff\\U0000feff-\\U0000feff]"


def test_a_run_of_rare_characters_is_looked_for_by_one_of_them() -> None:
    assert of_rare("[\ue000-\uf8ff]+").rare == "[\ue000-\uf8ff]"
    found = of_rare("[\ue000-\uf8ff]")
    assert (found.literals, found.least, found.most, found.over) == ((), 0, ANYWHERE, "")
    assert found.rare == "[\ue000-\uf8ff]"
    assert not found.at_line


@pytest.mark.parametrize(
    ("pattern", "literals", "least", "most"),
    [
        # A repetition is looked at one by one: what is certain of it stands before what follows.
        ("鑫{3}", ("鑫鑫鑫",), 0, 0),
        ("鑫{8}", ("鑫" * 8,), 0, 0),
        ("鑫{2,4}淼焱", ("鑫淼焱",), 1, 3),
        ("[^。]{2}鑫淼", ("鑫淼",), 2, 2),
        ("[^。]{0,24}鑫淼", ("鑫淼",), 0, 24),
        ("[^。]{0,25}鑫淼", ("鑫淼",), 0, ANYWHERE),
        ("(?<=鑫淼)[^。]", ("鑫淼",), -2, -2),
        ("(?<=鑫淼.)[^。]", ("鑫淼",), -3, -3),
        ("[^。]{3}(?=鑫淼)", ("鑫淼",), 3, 3),
        ("[^。](?!甲)鑫淼", ("鑫淼",), 1, 1),
        ("(?>[^。].)鑫淼", ("鑫淼",), 2, 2),
        ("(?:[^。]|[^。]{3})鑫淼", ("鑫淼",), 1, 3),
        ("(?:一|三一)[^。]{3}鑫淼", ("鑫淼",), 4, 5),
        ("[一二][^。]{3}鑫淼", ("鑫淼",), 4, 4),
        # A letter may be a capital there.
        ("(?i:ab)鑫淼", ("鑫淼",), 2, 2),
        ("(?-s:焱)鑫淼", ("鑫淼",), 1, 1),
        ("(?:鑫淼.|.焱垚)", ("焱垚", "鑫淼"), 0, 1),
        ("[^。]$\n鑫淼", ("\n鑫淼",), 1, 1),
    ],
)
def test_how_far_from_the_start_a_literal_stands(
    pattern: str, literals: tuple[str, ...], least: int, most: int
) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert (literals, least, most) == (found.literals, found.least, found.most)


@pytest.mark.parametrize(
    ("pattern", "over"),
    [
        ("1[0-9]*鑫淼", DIGITS),
        ("1(?:[0-9]|[.])*鑫淼", DIGITS + "."),
        ("1(?>[0-9]*)鑫淼", DIGITS),
        ("1([0-9]*)鑫淼", DIGITS),
        (r"1[0-9]*(?!甲)(?<!乙)\b鑫淼", DIGITS),
        ("1[0-9]*[年月]*鑫淼", DIGITS + "年月"),
        ("1(?:[0-9]+|[^。])*鑫淼", ""),
        ("1(?i:a)*鑫淼", ""),
        ("1[0-9]*[^。]*鑫淼", ""),
        ("1[0-9]{0,5}鑫淼", ""),
    ],
)
def test_which_characters_may_stand_between(pattern: str, over: str) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert found.literals == ("鑫淼",)
    assert found.over == "".join(sorted(over))


@pytest.mark.parametrize("pattern", ["(?x)鑫 淼", "(?i)鑫淼", "鑫*", "鑫?(?=淼)", "\x00"])
def test_of_these_no_place_is_told(pattern: str) -> None:
    assert candidates_of(pattern) is None


def test_what_is_kept_as_data_is_the_same_again() -> None:
    sources = [
        "甲鑫|乙淼",
        "(?:第一|首先)，[^。]{2,200}其二",
        "[\ue000-\uf8ff]+",
        "^[一-龥]+$",
        "1[0-9]*鑫淼",
        ".*",
    ]
    known = {source: candidates_of(source) for source in sources}
    kept = rows(known)

    assert list(kept) == sources[:-1]
    assert from_rows(kept) == {source: known[source] for source in sources[:-1]}
