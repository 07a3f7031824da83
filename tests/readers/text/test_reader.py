"""Texts as they are read: refusals, places, and what holds of every text."""

from __future__ import annotations

import codecs
import pickle
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin_lint.model.location import Location
from bulletin_lint.model.reading import Line
from text_readings import content, error_of, read


@pytest.mark.parametrize("data", [b"", b" \n\t", "\u3000\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_files_are_refused(data: bytes) -> None:
    assert str(error_of(data)) == "the file is empty: nothing to check."


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\0\0", "第11期".encode("utf-16-le") + b"\0", codecs.BOM_UTF16_LE + b"a\0\0\0"]
)
def test_what_holds_nul_is_no_text(data: bytes) -> None:
    error = error_of(data)
    assert "not a text file (it holds NUL bytes)" in str(error)


@pytest.mark.parametrize(("data", "kind"), [(b"%PDF-1.7\n", "PDF"), (rb"{\rtf1 x}", "RTF")])
def test_another_kind_of_file_under_a_texts_name(data: bytes, kind: str) -> None:
    assert f"this is a{'n' if kind == 'RTF' else ''} {kind} file" in str(error_of(data))


@pytest.mark.parametrize("text", ["<!-- 只有注释 -->", "---\n", "— 1 —\f— 2 —\f", "```\n代码\n```"])
def test_a_file_without_text_is_refused(text: str) -> None:
    assert "the file has no text" in str(error_of(text.encode()))


def test_line_texts_have_no_line_break() -> None:
    places = read("甲\r\n乙\r\n\r\n丙\r丁\n\n戊").places
    assert ["甲", "乙", "", "丙", "丁", "", "戊"] == [places.line_text(line) for line in range(1, 8)]


def test_an_empty_span_has_a_place() -> None:
    assert Location(2, 2, 2, 2) == read("甲\n乙").places.locate(3, 3)


def test_a_reading_can_go_to_another_process() -> None:
    reading = read("甲\n乙")
    again = pickle.loads(pickle.dumps(reading))
    assert again.lines == reading.lines
    assert again.places.locate(2, 3) == reading.places.locate(2, 3)


def test_a_line_knows_how_it_stood() -> None:
    reading = read("　　甲\n\n \t 乙 \n丙")
    assert reading.lines == (
        Line(((2, 3),), indent=4),
        Line(((8, 9),), indent=6, gap=True),
        Line(((11, 12),)),
    )


WILD = st.text(st.sampled_from("甲乙𠮷1a。 \u3000\t#*_->|`[]()<>!&;\\—/.:\n\n\r\f=b\ufeff"), max_size=60)


@given(WILD)
@example("|`\n|\\|")
def test_pieces_lie_in_their_line_in_order(wild: str) -> None:
    reading = read("题\n" + wild)
    position = 0
    for line in reading.lines:
        for start, end in line.pieces:
            assert position <= start < end
            assert not re.search(r"[\n\r\f]", reading.text[start:end])
            position = end
        if line.pieces:
            first, last = line.pieces[0][0], line.pieces[-1][1]
            assert not reading.text[first].isspace()
            assert not reading.text[last - 1].isspace()
            assert reading.places.locate(first, last).line == reading.places.locate(first, last).end_line
            assert all(first <= start < end <= last for start, end in line.bold)
        assert (line.kind == "table") == bool(line.cells)
        for cell_start, cell_end in line.cells:
            inside = [piece for piece in line.pieces if cell_start <= piece[0] < cell_end]
            assert not inside or (cell_start, cell_end) == (inside[0][0], inside[-1][1])


@given(WILD)
def test_only_marks_and_space_are_left_out(wild: str) -> None:
    # Without tags, links and code every character that is dropped is a mark by itself.
    text = "题\n" + re.sub(r"[<`(]|&", "", wild)
    reading = read(text)
    kept = {offset for line in reading.lines for piece in line.pieces for offset in range(*piece)}
    dropped = {text[offset] for offset in range(len(text)) if offset not in kept}
    rules = "-—=" if any(line.kind == "rule" for line in reading.lines) else ""
    tables = "|-:" if any(line.kind == "table" for line in reading.lines) else ""
    assert not {character for character in dropped if not character.isspace()} - set(
        "#*_->\\+" + rules + tables
    )


@given(WILD, st.sampled_from(["\r\n", "\r"]))
def test_line_breaks_change_no_column(wild: str, newline: str) -> None:
    unix = "题\n" + wild.replace("\r", "")
    one, other = read(unix), read(unix.replace("\n", newline))
    assert [content(one, line) for line in one.lines] == [content(other, line) for line in other.lines]
    for left, right in zip(one.lines, other.lines, strict=True):
        assert left._replace(pieces=(), bold=(), cells=()) == right._replace(pieces=(), bold=(), cells=())
        for ours, theirs in zip(left.pieces, right.pieces, strict=True):
            assert one.places.locate(*ours) == other.places.locate(*theirs)


@given(WILD)
def test_places_grow_with_offsets(wild: str) -> None:
    reading = read("题\n" + wild)
    places = [reading.places.locate(offset, offset)[:2] for offset in range(len(reading.text) + 1)]
    assert sorted(set(places)) == places


@pytest.mark.parametrize(
    "unit",
    [
        "**甲",
        "*甲_乙",
        "[",
        "[a](",
        "](a.b",
        "`",
        "`` ` ",
        "<a ",
        "<b>",
        "<!--",
        "\\",
        "|",
        "&nbsp;",
        "<td>",
        "甲*",
        "![",
        "- ",
        "> ",
    ],
)
def test_long_lines_are_read_in_bounded_time(unit: str) -> None:
    text = "甲" + unit * (200_000 // len(unit))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "unit", ["```\n````\n", "<!--\n", "甲 | 乙\n", "1\n", "\f", "> \n", "---\n", "````x\n"]
)
def test_many_lines_are_read_in_bounded_time(unit: str) -> None:
    text = "甲\n" + unit * (200_000 // len(unit))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5
