"""Which literals a pattern requires, by what it is made of, and how rare words cost, by what a text is cut into."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.literals import required_literals, united
from bulletin_lint.matching.vocabulary import Vocabulary

EIGHT, MORE = "甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未"
HAN = [chr(0x4E00 + number) for number in range(200)]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("鑫", {"鑫"}),
        ("(疑似)病例", {"疑似病例"}),
        ("疑似(病)例", {"疑似病例"}),
        ("(?i:疑似者)病例", {"病例"}),
        ("(?s-i:疑似者)病例", {"病例"}),
        ("(?-s:疑似者)病例", {"病例"}),
        # What is repeated stands there once at the least, or perhaps not at all.
        ("(?:疑似){2,3}病例", {"疑似病例"}),
        ("疑似(?:病例){0,2}", {"疑似"}),
        ("疑似(?:病例)+", {"疑似病例"}),
        ("疑似+病例", {"似病例"}),
        ("疑似(?:病例者)?", {"疑似"}),
        ("(?:疑似者.)+病例", {"疑似者"}),
        ("(?:疑似者.)+?病例", {"疑似者"}),
        ("(?:疑似者.)++病例", {"疑似者"}),
        ("(?:疑似者.)*病例", {"病例"}),
        ("(?:疑似者.)*?病例", {"病例"}),
        ("(?:疑似者.)*+病例", {"病例"}),
        ("疑+?似病例", {"疑似病例"}),
        ("(?:^疑)+似", {"疑似"}),
        ("(?:(?=疑)疑)+似", {"疑似"}),
        ("(?:(?!似)疑)+似", {"疑似"}),
        ("疑++似病例", {"疑似病例"}),
        # Of no width: the neighbours stay neighbours.
        (r"疑似\b病例", {"疑似病例"}),
        ("(?:疑似$\n)+病例", {"疑似\n"}),
        ("疑似(?!者)病例", {"疑似病例"}),
        ("疑似(?<!甲)病例", {"疑似病例"}),
        ("(?:疑似(?!者)(?=病)(?<!甲)病)+例", {"疑似病"}),
        ("疑(?=病例组)似", {"病例组"}),
        ("疑(?<=病例疑)似", {"病例疑"}),
        ("疑似者(?!病例组别)", {"疑似者"}),
        # Whatever is in it: it may not stand there.
        (".(?!病例组别)", None),
        ("(?>疑似者.)病例", {"疑似者"}),
        ("(?>疑似.)病例组", {"病例组"}),
        ("疑似病例|确诊|死亡", {"疑似病例", "确诊", "死亡"}),
        ("疑似病例|疑似症", {"疑似病例", "疑似症"}),
        ("(?:甲.骨文|铭文)字", {"骨文", "铭文"}),
        ("(?:甲.|铭文)", {"甲", "铭文"}),
        ("(?:的.|铭文)", None),
        ("(?:.|铭文)", None),
        ("(?:甲.|铭文)鑫淼", {"鑫淼"}),
        ("的|鑫淼", None),
        ("[一-七]骨文", {"一骨文", "丁骨文", "丂骨文", "七骨文"}),
        ("[一-丂甲]骨文", {"一骨文", "丁骨文", "丂骨文", "甲骨文"}),
        ("[^甲]骨文", {"骨文"}),
        (r"[\d甲]骨文", {"骨文"}),
        (".骨文", {"骨文"}),
        # Longer ones say more, and of equal length fewer do; from three characters on they are long enough.
        ("甲骨[^。]*[乙丙]鑫", {"甲骨"}),
        ("[乙丙]鑫[^。]*甲骨", {"甲骨"}),
        ("甲骨[^。]*[乙丙]鑫淼", {"乙鑫淼", "丙鑫淼"}),
        ("甲骨[^。]*鑫淼焱", {"鑫淼焱"}),
        ("甲骨文[^。]*鑫淼焱垚", {"甲骨文"}),
        ("鑫[^。]*的，", {"的，"}),
        ("(?:鑫|甲骨)[^。]*[乙丙丁]鑫", {"乙鑫", "丙鑫", "丁鑫"}),
        (f"[{EIGHT[1:]}][{MORE}]", {a + b for a in EIGHT[1:] for b in MORE}),
        (f"[{EIGHT}][{MORE}]骨文", {f"{b}骨文" for b in MORE}),
        (f"(?:[{EIGHT}][{MORE}]){{1,2}}骨文", {"骨文"}),
        (f"(?:[{EIGHT[1:]}][{MORE}]){{1,2}}", {a + b for a in EIGHT[1:] for b in MORE}),
        ("()鑫", {"鑫"}),
        ("(", None),
        ("", None),
        ("^$", None),
    ],
)
def test_what_every_match_has(pattern: str, literals: set[str] | None) -> None:
    found = required_literals(pattern)
    assert (None if found is None else set(found)) == literals


@pytest.mark.parametrize("character", "，。、的一是在和有了 \n0189年月日：（）第个人件名各")
def test_usual_characters_say_nothing(character: str) -> None:
    assert required_literals(character.replace("(", "\\(")) is None


def test_literals_are_told_in_order() -> None:
    assert required_literals("丙鑫|甲鑫|乙鑫") == tuple(sorted(("丙鑫", "甲鑫", "乙鑫")))
    assert united([("丙", "乙"), ("乙", "甲")]) == tuple(sorted("甲乙丙"))


@pytest.mark.parametrize(("count", "is_told"), [(59, True), (60, True), (61, False)])
def test_more_than_sixty_literals_are_no_quicker_to_look_for(count: int, *, is_told: bool) -> None:
    words = [a + b for a, b in zip(HAN[10:], HAN[100:], strict=False)][:count]
    assert len(set(words)) == count

    for found in (
        united([(word,) for word in words]),
        required_literals("|".join(words)),
        required_literals("|".join(f"{word}." for word in words)),
    ):
        assert (found is not None and len(found) == count) is is_told
        assert (found is None) is not is_told


@pytest.mark.parametrize(("count", "is_told"), [(23, True), (24, True), (25, False)])
def test_a_class_of_more_than_two_dozen_is_not_taken_apart(count: int, *, is_told: bool) -> None:
    expected = {f"{first}骨文" for first in HAN[:count]} if is_told else {"骨文"}

    for source in (f"[一-{HAN[count - 1]}]骨文", f"[{''.join(HAN[:count][::-1])}]骨文"):
        assert set(required_literals(source) or ()) == expected


WORDS = Vocabulary(
    "".join(
        f"{line}\n"
        for line in sorted(
            [
                "!1o",
                "一1o",
                "丁1o",
                "一丁Zn",
                "施Pv",
                "措Zv",
                "措施Gn",
                "措施措施9n",
                "措施措施措1n",
                "七七七5n",
                ".o1",
                "a.1o",
            ]
        )
    ).encode()
)


@pytest.mark.parametrize(
    ("text", "half_bits"),
    [
        ("", 0),
        # A character of no word costs as much as the rarest.
        ("龘", 48),
        ("龘龘", 96),
        ("龘措施", 48 + 23),
        ("措施龘", 23 + 48),
        ("措", 42),
        ("施施", 64),
        ("施措", 74),
        # Two common characters are likelier than the rare word of them.
        ("一丁", 2),
        ("措施措施", 9),
        # Words of five characters are not looked for.
        ("措施措施措", 9 + 42),
        ("七七七", 5),
        ("七七七七", 48 + 5),
        ("七七", 96),
    ],
)
def test_a_text_is_cut_into_its_likeliest_words(text: str, half_bits: int) -> None:
    assert WORDS.half_bits(text) == half_bits


@pytest.mark.parametrize(
    ("character", "beginning", "ending"),
    [("措", 3, 1), ("施", 0, 2), ("七", 1, 1), ("龘", 0, 0), (".", 0, 1), ("一", 1, 0)],
)
def test_how_many_words_begin_and_end_with_a_character(character: str, beginning: int, ending: int) -> None:
    for _ in range(2):
        assert WORDS.beginning_with(character) == beginning
        assert WORDS.ending_with(character) == ending


@pytest.mark.parametrize("size", range(1, 8))
def test_in_a_list_of_any_length_each_word_is_found(size: int) -> None:
    words = ["一", "丁", "丂丂丂", "七七", "丈", "三三", "上"][:size]
    found = Vocabulary("".join(f"{word}{'0123456'[at]}n\n" for at, word in enumerate(words)).encode())

    assert [found.find(word) for word in words] == [(at, "n") for at in range(size)]
    assert found.find("龘") is None
    assert found.find("\x01") is None
    assert found.find("七") is None
