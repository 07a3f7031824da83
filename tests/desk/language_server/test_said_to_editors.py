"""What editors are told of violations, how their messages are read, and what is logged."""

from __future__ import annotations

import io
import logging
import re
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from bulletin_lint.desk.language_server import wire
from bulletin_lint.desk.language_server.positions import Lines, overlap, units
from bulletin_lint.desk.language_server.told import (
    PlacedViolation,
    complaints,
    explained,
    quick_fix,
    told,
    waiver_edit,
)
from bulletin_lint.desk.language_server.wire import BoundedStream
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.violation import Applicability, Fix, PlacedEdit, RelatedPlace, Severity, Violation
from bulletin_lint.model.wording import Language, Wording

TEXT = Lines("第一行\n𠮷二行\n\n", "utf-16")


def violation(
    severity: Severity = "error", fix: Fix | None = None, related: tuple[RelatedPlace, ...] = ()
) -> Violation:
    place = Location(2, 2, 2, 3)
    return Violation(
        "1.md", place, "SEC001", "n", severity, Wording("误", "wrong"), "", "二", fix, related, "𠮷二行"
    )


def place(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


@pytest.mark.parametrize(("severity", "number"), [("error", 1), ("warning", 2), ("info", 3)])
@pytest.mark.parametrize(("language", "said"), [("zh", "误"), ("en", "wrong")])
def test_a_violation_is_a_diagnostic_at_its_place(
    severity: Severity, number: int, language: Language, said: str
) -> None:
    (found,) = told(
        FileResult("1.md", "text", violations=(violation(severity),)), TEXT, {}, language, "file:///1.md"
    )
    diagnostic = found.diagnostic
    assert diagnostic.range == place(1, 2, 3)
    assert (diagnostic.severity, diagnostic.message, diagnostic.code) == (number, said, "SEC001")
    assert (diagnostic.source, diagnostic.code_description, diagnostic.related_information) == (
        "bulletin-lint",
        None,
        None,
    )


def test_what_is_said_of_its_rule_has_an_address() -> None:
    result = FileResult("1.md", "text", violations=(violation(),))
    (found,) = told(result, TEXT, {"SEC001": "file:///rule.html", "SEC002": "x"}, "en", "file:///1.md")
    assert found.diagnostic.code_description == types.CodeDescription("file:///rule.html")


def test_places_that_a_violation_speaks_of(tmp_path: Path) -> None:
    note = Wording("见此", "see here")
    related = (
        RelatedPlace("1.md", 1, 2, None, note),
        RelatedPlace(str(tmp_path / "2.md"), 3, 5, None, note),
        RelatedPlace(str(tmp_path / "0.md"), 0, 1, None, note),
        # A place on a page has no line.
        RelatedPlace(str(tmp_path / "3.pdf"), 1, 1, 2, note),
    )
    result = FileResult("1.md", "text", violations=(violation(related=related),))
    (found,) = told(result, TEXT, {}, "en", "file:///1.md")
    places = found.diagnostic.related_information
    assert places is not None
    assert [(each.location.uri, each.location.range, each.message) for each in places] == [
        ("file:///1.md", place(0, 1, 1), "see here"),
        ((tmp_path / "2.md").as_uri(), place(2, 0, 0), "see here"),
        ((tmp_path / "0.md").as_uri(), place(0, 0, 0), "see here"),
    ]


def test_why_a_text_was_not_judged_stands_at_its_beginning() -> None:
    result = FileResult("1.md", "text", error=Wording("坏", "broken"), failures=(Wording("慢", "slow"),))
    found = list(complaints(result, "en"))
    assert [(each.message, each.severity, each.range, each.source) for each in found] == [
        ("broken", 1, place(0, 0, 0), "bulletin-lint"),
        ("slow", 1, place(0, 0, 0), "bulletin-lint"),
    ]
    assert list(complaints(FileResult("1.md", "text"), "en")) == []


def fixed(*texts: str, applicability: Applicability = "safe") -> PlacedViolation:
    edits = tuple(PlacedEdit(2, 2, 2, 3, text) for text in texts)
    each = violation(fix=Fix(applicability, edits))
    return PlacedViolation(each, types.Diagnostic(place(1, 2, 3), "m"))


@pytest.mark.parametrize(
    ("texts", "zh", "en"),
    [
        (("三",), "改为“三”（SEC001）", "Change to '三' (SEC001)"),
        (("",), "删去（SEC001）", "Delete (SEC001)"),
        (("a\nb",), "修复（SEC001）", "Fix SEC001"),
        (("a" * 30,), f"改为“{'a' * 30}”（SEC001）", f"Change to '{'a' * 30}' (SEC001)"),
        (("a" * 31,), "修复（SEC001）", "Fix SEC001"),
        (("a", "b"), "修复（SEC001）", "Fix SEC001"),
    ],
)
def test_what_mends_a_violation_says_what_it_does(texts: tuple[str, ...], zh: str, en: str) -> None:
    for language, title in (("zh", zh), ("en", en)):
        found = quick_fix(fixed(*texts), TEXT, language)  # type: ignore[arg-type]
        assert found is not None
        assert found == (title, [types.TextEdit(place(1, 2, 3), text) for text in texts], True)


def test_what_may_change_the_sense_is_to_be_read() -> None:
    for language, title in (
        ("zh", "改为“三”（SEC001）（改后请核对）"),
        ("en", "Change to '三' (SEC001) (read the change)"),
    ):
        found = quick_fix(fixed("三", applicability="unsafe"), TEXT, language)  # type: ignore[arg-type]
        assert found is not None
        assert (found[0], found[2]) == (title, False)


def test_what_only_a_person_can_mend_has_no_fix() -> None:
    assert quick_fix(fixed("三", applicability="manual"), TEXT, "en") is None
    assert quick_fix(fixed(), TEXT, "en") is None
    assert quick_fix(PlacedViolation(violation(), types.Diagnostic(place(1, 2, 3), "m")), TEXT, "en") is None


@pytest.mark.parametrize(
    ("text", "line", "at", "end"),
    [
        ("一\n二", 1, (0, 0), "\n"),
        ("一\n二", 2, (1, 0), "\n"),
        ("一\r\n二", 2, (1, 0), "\r\n"),
        ("\ufeff一\n二", 1, (0, 1), "\n"),
        ("\ufeff一\n二", 2, (1, 0), "\n"),
    ],
)
def test_a_waiver_stands_on_a_line_before(text: str, line: int, at: tuple[int, int], end: str) -> None:
    each = violation()._replace(location=Location(line, 1, line, 2))
    edit = waiver_edit(PlacedViolation(each, types.Diagnostic(place(0, 0, 0), "m")), Lines(text, "utf-16"))
    start = types.Position(*at)
    assert edit.range == types.Range(start, start)
    assert edit.new_text == f"<!-- bulletin-lint: ignore-next-line[SEC001] -->{end}"


def test_a_rule_is_explained_in_markdown() -> None:
    full = RuleNote(
        "SEC001",
        "n",
        "error",
        Wording("摘要", "sum_mary"),
        Wording("因", "why"),
        Wording("改", "mend"),
        ("GB/T 1", "B"),
    )
    assert explained(full, None, "en") == "**SEC001** sum\\_mary\n\nwhy\n\nTo mend it: mend\n\nBy: GB/T 1; B"
    assert explained(full, None, "zh") == "**SEC001** 摘要\n\n因\n\n怎样改：改\n\n依据：GB/T 1；B"
    bare = RuleNote("SEC001", "n", "error", Wording("摘要", "summary"))
    assert explained(bare, None, "en") == "**SEC001** summary"
    assert explained(bare, violation(), "en").startswith("**SEC001** wrong")


@pytest.mark.parametrize("character", "\\`*_{}[]<>#|~!&")
def test_each_character_of_markdown_is_itself(character: str) -> None:
    note = RuleNote("A1", "n", "error", Wording("", f"a{character}b"))
    assert explained(note, None, "en") == f"**A1** a\\{character}b"


def test_stretches_that_touch_have_something_in_common() -> None:
    one = types.Range(types.Position(1, 2), types.Position(2, 3))
    for start, end, is_common in (
        ((1, 0), (1, 2), True),
        ((1, 0), (1, 1), False),
        ((2, 3), (2, 9), True),
        ((2, 4), (2, 9), False),
        ((0, 0), (9, 0), True),
        ((1, 5), (1, 5), True),
        ((0, 9), (0, 9), False),
    ):
        other = types.Range(types.Position(*start), types.Position(*end))
        assert (overlap(one, other), overlap(other, one)) == (is_common, is_common), (start, end)


def test_lengths_in_the_units_of_an_encoding() -> None:
    assert [units("a中𠮷", encoding) for encoding in ("utf-8", "utf-16", "utf-32")] == [8, 4, 3]
    assert units("\ud800", "utf-8") == 3
    assert units("\uffff", "utf-16") == 1


def test_what_stands_beyond_or_before_a_text() -> None:
    lines = Lines("\ufeff一二\n三", "utf-16")
    assert lines.position(1, 1) == types.Position(0, 1)
    assert lines.position(1, 3) == types.Position(0, 3)
    assert lines.position(2, 1) == types.Position(1, 0)
    assert lines.position(2, 2) == types.Position(1, 1)
    assert lines.position(3, 1) == types.Position(1, 1)
    assert lines.range(1, 1, 2, 2) == types.Range(types.Position(0, 1), types.Position(1, 1))
    pattern = re.compile("[A-Z]+")
    assert lines.word_at(types.Position(2, 0), pattern) is None
    words = Lines("AB CD", "utf-16")
    found = [words.word_at(types.Position(0, at), pattern) for at in range(6)]
    assert [each and each[0] for each in found] == ["AB", "AB", "AB", "CD", "CD", "CD"]


def test_a_text_of_other_lines_is_replaced_whole() -> None:
    (edit,) = Lines("一\n二三", "utf-16").edits_to("一\n二\n三")
    assert (edit.range, edit.new_text) == (
        types.Range(types.Position(0, 0), types.Position(1, 2)),
        "一\n二\n三",
    )
    (edit,) = Lines("一\n二", "utf-16").edits_to("一\r\n二")
    assert edit.new_text == "一\r\n二"
    assert Lines("一\n二", "utf-16").edits_to("一\n二") == []
    edits = Lines("aXa\nb\ncc", "utf-16").edits_to("aa\nb\nccc")
    assert [(each.range, each.new_text) for each in edits] == [(place(0, 1, 2), ""), (place(2, 2, 2), "c")]


class Stream:
    """An end of a conversation that gives as many bytes as it has."""

    def __init__(self, left: int = 0, line: bytes = b"") -> None:
        self.left, self.line, self.asked = left, line, list[int]()

    def read(self, count: int) -> bytes:
        self.asked.append(count)
        given = min(count, self.left)
        self.left -= given
        return b"x" * given

    def readline(self, most: int) -> bytes:
        assert most == 65536
        return self.line


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (b"Content-Length: 12\r\n", b"Content-Length: 12\r\n"),
        (b"Content-Length: 123456789012\r\n", b"Content-Length: 123456789012\r\n"),
        (b"Content-Length: 1234567890123\r\n", b"Content-Length: 123456789012\r\n"),
        (b"Content-Length: 0001234567890123\r\n", b"Content-Length: 123456789012\r\n"),
        (b"Other: 1234567890123\r\n", b"Other: 1234567890123\r\n"),
        (b"", b""),
    ],
)
def test_a_length_that_is_too_long_is_shortened(line: bytes, given: bytes) -> None:
    assert BoundedStream(Stream(line=line)).readline() == given


def test_a_message_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wire.LARGEST == 64 * 2**20
    monkeypatch.setattr(wire, "LARGEST", 10)
    monkeypatch.setattr(wire, "_AT_ONCE", 4)
    whole = Stream(10)
    assert BoundedStream(whole).read(10) == b"x" * 10
    long = Stream(100)
    assert BoundedStream(long).read(11) == b"a message of too many bytes"
    assert (long.asked, long.left) == ([4, 4, 3], 89)
    torn = Stream(5)
    assert BoundedStream(torn).read(11) == b""


def logged(record: logging.LogRecord, monkeypatch: pytest.MonkeyPatch) -> str:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    root = logging.getLogger()
    before = list(root.handlers)
    wire.say_in_lines()
    (handler,) = [each for each in root.handlers if each not in before]
    root.removeHandler(handler)
    assert handler.level == logging.WARNING
    handler.emit(record)
    return out.getvalue()


@pytest.mark.parametrize(
    ("message", "error", "line"),
    [
        ("it broke", None, "bulletin-lint: it broke\n"),
        ("", None, "bulletin-lint: \n"),
        ("it broke\nTraceback\nValueError: no", None, "bulletin-lint: it broke (ValueError)\n"),
        ("it broke", KeyError("x"), "bulletin-lint: it broke (KeyError)\n"),
        ("it broke\nValueError: no", KeyError("x"), "bulletin-lint: it broke (KeyError)\n"),
        ("a" * 300, None, f"bulletin-lint: {'a' * 200}\n"),
        ("a\n" + "b" * 300, None, f"bulletin-lint: a ({'b' * 200})\n"),
    ],
)
def test_what_is_logged_is_one_line(
    message: str, error: Exception | None, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = (type(error), error, None) if error is not None else None
    record = logging.LogRecord("pygls", logging.ERROR, "", 1, message, None, info)
    assert logged(record, monkeypatch) == line
