"""Forms that packs give to words and lines, asked of a grammar of a few words: edges, and what lacks a form."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.location import Span
from bulletin_lint.parsing.grammar import Grammar, Marker

FORMS: dict[str, Any] = {
    "unit_endings": ["局", "办公室"],
    "office_endings": ["办"],
    "title_endings": ["简报"],
    "post_endings": ["书记"],
    "in_no_name": "走进",
    "marks": "★●",
    "column": ["【[^】]+】", "★.+"],
    "column_word": ["动态"],
    "caption_word": ["合影"],
    "caption_endings": ["摄"],
    "caption": ["图[0-9]"],
    "brief_word": ["简讯"],
    "contents": "本期目录|目录.*",
    "note": "编者按[:：】]?[ \u3000]*",
    "printed": "印发$",
    "masthead_end": "[日期]",
    "annex": "附件[0-9]",
    "annex_list": "附件：",
    "edition": "专刊",
    "lead": ["近日"],
    "attribution": {
        "roles": "记者$",
        "aside": "完|摄$",
        "text_role": "文",
        "part": "(?P<bare>.*?)(?:(?P<picture>摄)|供稿)",
    },
    "markers": [
        {"level": 1, "style": "han", "pattern": "(?P<n>[一二三])、", "starts": "[一二三]"},
        {"level": 3, "style": "arabic", "pattern": "(?P<n>[0-9]+)、", "in_run": True},
        {"level": 4, "style": "plain", "pattern": "(?P<n>[0-9]+)\\."},
    ],
    "enumerations": [
        {"style": "behind", "pattern": "[ \u3000]?(?P<n>[一二])是[，、]?", "after": "[。；]"},
        {"style": "free", "pattern": "[ ]?第(?P<n>[一二])，?"},
    ],
}
LABELS = {
    "imprint": {"editor": {"words": ["责编"]}, "phone": {"words": ["电话"]}},
    "copies": {"copies": {"words": ["印数"]}},
    "distribution": {"report": {"words": ["报"]}},
}
FULL = Grammar(
    {"forms": FORMS, "labels": LABELS, "structure": {"labels": {"T": {"zh": "标题", "en": "title"}}}}
)
EMPTY = Grammar({})


def filled(ending: str, length: int) -> str:
    return ending.rjust(length, "甲")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("甲局", True),
        ("局", False),
        ("甲 局", True),
        ("甲办公室", True),
        (filled("局", 40), True),
        (filled("局", 41), False),
        ("甲局长", False),
        ("走进甲局", False),
        ("甲办", False),
        ("", False),
    ],
)
def test_a_unit_is_known_by_its_ending_and_tells_nothing(text: str, *, unit: bool) -> None:
    assert FULL.is_unit(text) is unit
    assert not EMPTY.is_unit(text)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("甲办", True),
        ("办", False),
        ("甲 办", True),
        (filled("办", 40), True),
        (filled("办", 41), False),
        ("走进甲办", False),
        ("甲局", False),
        ("甲办 ", False),
        ("", False),
    ],
)
def test_an_office_is_known_by_its_last_character(text: str, *, office: bool) -> None:
    assert FULL.is_office(text) is office
    assert not EMPTY.is_office(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("甲简报", True),
        ("简报", True),
        ("简　报", True),
        ("《甲简报》", True),
        ("“甲简报”", True),
        (filled("简报", 40), True),
        (filled("简报", 41), False),
        ("甲简报社", False),
        ("", False),
    ],
)
def test_a_series_title_is_known_by_its_ending(text: str, *, title: bool) -> None:
    assert FULL.is_title_like(text) is title
    assert not EMPTY.is_title_like(text)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("【甲】", True),
        ("★甲", True),
        (f"【{'甲' * 22}】", True),
        (f"【{'甲' * 23}】", False),
        ("【甲】乙", False),
        ("甲", False),
    ],
)
def test_a_column_has_one_of_its_forms_from_end_to_end(text: str, *, column: bool) -> None:
    assert FULL.is_column(text) is column
    assert not EMPTY.is_column(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("目录", True),
        ("本期目录", True),
        (f"目录{'甲' * 14}", True),
        (f"目录{'甲' * 15}", False),
        ("本期目录一", False),
    ],
)
def test_the_heading_of_the_contents_is_short(text: str, *, heading: bool) -> None:
    assert FULL.is_contents_heading(text) is heading
    assert not EMPTY.is_contents_heading(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("编者按：甲", 4),
        ("编者按:甲", 4),
        ("编者按】甲", 4),
        ("编者按： 甲", 5),
        # Wide space, or nothing at all, may stand for the colon.
        ("编者按　甲", 4),
        ("编者按", 3),
        ("编者按：", 4),
        ("编者按甲", None),
        ("甲编者按：", None),
    ],
)
def test_a_note_begins_behind_its_word(text: str, start: int | None) -> None:
    assert FULL.note_start(text) == start
    assert EMPTY.note_start(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("责编：甲", True),
        ("印数:60", True),
        ("报：甲局", True),
        ("责编 甲", False),
        ("甲：乙", False),
        # Within sixteen characters.
        (f"责{' ' * 13}编：甲", True),
        (f"责{' ' * 14}编：甲", False),
        (f"责{' ' * 6}编：甲", True),
        (f"责编 {'甲' * 13}：乙", False),
        ("", False),
    ],
)
def test_a_line_begins_with_the_label_of_a_field(text: str, *, label: bool) -> None:
    assert FULL.has_label(text) is label
    assert not EMPTY.has_label(text)


@pytest.mark.parametrize(
    ("words", "label"),
    [("责编", True), ("印数", True), ("报", True), ("甲", False), ("责编甲", False), ("", False)],
)
def test_labels_of_the_end_are_those_of_three_groups(words: str, *, label: bool) -> None:
    assert FULL.is_end_label(words) is label
    assert not EMPTY.is_end_label(words)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("图1 甲", True),
        ("甲乙摄", True),
        ("（甲乙摄）", True),
        ("甲乙摄。", True),
        # Behind a sentence, a short credit; in a bracket it is an aside.
        ("甲说。乙摄", True),
        (f"甲说。{'乙' * 14}摄", True),
        (f"甲说。{'乙' * 15}摄", False),
        ("甲说。（乙摄）", False),
        (filled("摄", 90), True),
        (filled("摄", 91), False),
        (f"图1{'甲' * 89}", False),
        ("甲", False),
    ],
)
def test_a_caption_begins_or_ends_as_one(text: str, *, caption: bool) -> None:
    assert FULL.is_caption(text) is caption


@pytest.mark.parametrize(
    ("method", "text", "holds"),
    [
        ("ends_as_caption", "三人合影", True),
        ("ends_as_caption", "三人合影。）", True),
        ("ends_as_caption", "合影三人", False),
        ("ends_as_column", "工作动态", True),
        ("ends_as_column", "【工作动态】", True),
        ("ends_as_column", "工作动态 ★", True),
        ("ends_as_column", "工作动态。", False),
        ("names_briefs", "一周简讯", True),
        ("names_briefs", "简讯一周", False),
        ("ends_as_post", "村书记", True),
        ("ends_as_post", "书记员", False),
        ("is_printed", "甲办2025年印发", True),
        ("is_printed", "印发甲办", False),
        ("ends_masthead", "2025年3月6日", True),
        ("ends_masthead", "第4期", True),
        ("ends_masthead", "甲办", False),
        ("has_role", "甲记者", True),
        ("has_role", "甲记者。", True),
        ("has_role", "甲记者;", True),
        ("has_role", "记者甲", False),
        ("is_aside", "完", True),
        ("is_aside", "甲　摄", True),
        ("is_aside", "甲文　乙摄", False),
        ("is_aside", "甲", False),
    ],
)
def test_a_form_holds_of_its_words_and_of_no_others(method: str, text: str, *, holds: bool) -> None:
    assert getattr(FULL, method)(text) is holds


@pytest.mark.parametrize(
    ("method", "text"),
    [("is_printed", "印发"), ("ends_masthead", "6日"), ("has_role", "甲记者"), ("is_aside", "完")],
)
def test_without_a_form_it_holds_of_nothing(method: str, text: str) -> None:
    assert not getattr(EMPTY, method)(text)


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [("annex", "附件2", True), ("annex", "附件2甲", False), ("edition", "专刊", True), ("edition", "本专刊", False),
     ("unit_in_column", "【甲局】", False)],
)  # fmt: skip
def test_some_forms_are_of_the_whole_line(name: str, text: str, *, whole: bool) -> None:
    assert FULL.is_whole(name, text) is whole
    assert not EMPTY.is_whole(name, text)


@pytest.mark.parametrize(
    ("name", "text", "begins"),
    [("annex_list", "附件：甲", True), ("annex_list", "见附件：甲", False), ("lead", "近日，甲", True),
     ("lead", "甲近日", False), ("caption", "图1", True), ("directive", "近日", False), ("remark", "近日", False)],
)  # fmt: skip
def test_others_are_of_its_beginning(name: str, text: str, *, begins: bool) -> None:
    assert FULL.begins(name, text) is begins
    assert not EMPTY.begins(name, text)


@pytest.mark.parametrize(
    ("part", "kind", "bare"),
    [
        ("甲摄", "picture", "甲"),
        ("甲供稿", "role", "甲"),
        ("供稿", "role", ""),
        ("摄", "picture", ""),
        ("甲", "", "甲"),
    ],
)
def test_a_word_has_a_part_and_what_is_left(part: str, kind: str, bare: str) -> None:
    assert FULL.role_of(part) == (kind, bare)
    assert EMPTY.role_of(part) == ("", part)


def test_brackets_and_marks_frame_a_line() -> None:
    assert FULL.without_frame("★【甲·乙】●：") == "甲·乙"
    assert FULL.without_frame("—甲—") == "甲"
    assert EMPTY.without_frame("★甲") == "★甲"


def test_people_call_a_label_by_its_name_or_by_itself() -> None:
    assert FULL.label_name("T") == ("标题", "title")
    assert FULL.label_name("P") == ("P", "P")


@pytest.mark.parametrize(
    ("text", "in_run", "marker"),
    [
        ("一、甲", False, Marker("一、", 1, 1, "han", 2)),
        ("三、", False, Marker("三、", 3, 1, "han", 2)),
        ("四、甲", False, None),
        ("甲一、", False, None),
        ("12.甲", False, Marker("12.", 12, 4, "plain", 3)),
        ("12、甲", False, None),
        ("12、甲", True, Marker("12、", 12, 3, "arabic", 3)),
        ("一、甲", True, None),
        ("12.甲", True, None),
        ("", False, None),
        ("", True, None),
    ],
)
def test_a_marker_stands_at_the_start_and_some_only_among_others(
    text: str, marker: Marker | None, *, in_run: bool
) -> None:
    assert FULL.marker(text, in_run=in_run) == marker
    assert EMPTY.marker(text, in_run=in_run) is None


@pytest.mark.parametrize(
    ("style", "text", "words"),
    [
        (0, "一是甲", "一是"),
        (0, "一是，甲", "一是"),
        (0, "甲。一是乙", "一是"),
        (0, "甲；　一是，乙", "一是"),
        (0, "甲一是乙", None),
        (0, "甲，一是乙", None),
        (0, " 一是甲", "一是"),
        (1, "甲第一，乙", "第一"),
        (1, "甲 第二，乙", "第二"),
    ],
)
def test_an_item_stands_behind_a_mark_or_begins_a_block(style: int, text: str, words: str | None) -> None:
    enumeration = FULL.enumerations[style]
    match = enumeration.pattern.search(text)
    assert match is not None
    span = enumeration.item(text, 0, match)

    assert (None if span is None else text[slice(*span)]) == words
    # The block may begin amid the text.
    shifted = "甲\n" + text
    behind = enumeration.pattern.search(shifted)
    assert behind is not None
    assert enumeration.item(shifted, 2, behind) == (
        None if span is None else Span(span.start + 2, span.end + 2)
    )
