"""Columns of an editor, held against the codecs of Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from bulletin_lint.desk.language_server.positions import Lines
from bulletin_lint.model.location import LineIndex
from editor import edited, offset

TEXTS = st.text(st.sampled_from("aé中𠮷😀\u2028\x0c\r\n"), max_size=30)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS, st.data())
def test_a_place_of_ours_is_the_same_place_for_an_editor(
    text: str, encoding: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    if text[at - 1 : at + 1] == "\r\n" or (text[at : at + 1] == "\n" and text[at - 1 : at] == "\r"):
        # Between the two halves of a line's end no editor has a place.
        at -= 1
    line, column = LineIndex(text).position(at)
    assert offset(text, Lines(text, encoding).position(line, column), encoding) == at


@given(TEXTS, TEXTS, ENCODINGS)
def test_edits_make_the_other_text(text: str, other: str, encoding: str) -> None:
    edits = Lines(text, encoding).edits_to(other)
    assert edited(text, types.WorkspaceEdit({"a": edits}), encoding) == other


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_of_a_line_only_what_changed_is_edited(encoding: str) -> None:
    (edit,) = Lines("一\r\n𠮷03月\r\n二", encoding).edits_to("一\r\n𠮷3月\r\n二")
    before = {"utf-8": 4, "utf-16": 2, "utf-32": 1}[encoding]
    assert (edit.range.start, edit.range.end) == (types.Position(1, before), types.Position(1, before + 1))
    assert edit.new_text == ""


def test_what_is_beyond_the_text_is_at_its_end() -> None:
    lines = Lines("一\n二三", "utf-16")
    assert lines.position(9, 9) == types.Position(1, 2)
    assert lines.position(1, 9) == types.Position(0, 1)


def test_a_word_reaches_from_before_its_first_character_to_behind_its_last() -> None:
    lines = Lines("𠮷 SEC001 二", "utf-16")
    found = [lines.word_at(types.Position(0, at), re.compile("[A-Z]{3}[0-9]{3}")) for at in range(2, 11)]
    assert [each is not None for each in found] == [False, *[True] * 7, False]
    assert lines.word_at(types.Position(1, 0), re.compile(".")) is None
