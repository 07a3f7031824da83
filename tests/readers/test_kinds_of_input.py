"""The readers' table: which kind a file is of, how large it may be, and what is said of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import (
    FALLBACK,
    READERS,
    UNREAD_FORMS,
    annotate,
    content_of,
    draw,
    kind_by_content,
    kind_by_name,
    kind_notes,
    read,
    reader_info,
    reader_of,
    searched_suffixes,
    unread_form,
)
from bulletin_lint.readers.furniture import PAGE_LENGTH, RUNNING_HEAD_LENGTH, is_page_number
from bulletin_lint.readers.page_count import PageCount
from bulletin_lint.readers.reader_info import ReaderInfo
from bulletin_lint.readers.specimens import own_files
from text_readings import contents
from text_readings import read as read_lines

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("kind", "suffixes", "searched", "limit"),
    [
        ("text", (".txt", ".md", ".markdown", ".text"), True, 2),
        ("pdf", (".pdf",), True, 256),
        ("docx", (".docx", ".docm"), True, 128),
        ("html", (".html", ".htm", ".xhtml", ".mht", ".mhtml"), True, 32),
        ("office", (".doc", ".wps", ".odt", ".rtf"), False, 64),
    ],
)
def test_each_kind_has_its_names_and_its_limit(
    kind: str, suffixes: tuple[str, ...], limit: int, *, searched: bool
) -> None:
    info = reader_info(kind)

    assert (info.suffixes, info.searched, info.size_limit) == (
        suffixes,
        suffixes if searched else (),
        limit * MIB,
    )
    assert [kind_by_name(f"第1期{suffix.upper()}") for suffix in suffixes] == [kind] * len(suffixes)
    assert all((suffix in searched_suffixes()) is searched for suffix in suffixes)


@pytest.mark.parametrize(
    ("kind", "isolated", "weight", "lines_are", "editable", "counts_pages"),
    [
        ("text", False, 1, "source", True, False),
        ("pdf", True, 8, "document", False, True),
        ("docx", True, 3, "document", False, False),
        ("html", True, 2, "document", False, False),
        ("office", True, 3, "document", False, False),
    ],
)
def test_each_kind_says_how_it_is_treated(
    kind: str, weight: int, lines_are: str, *, isolated: bool, editable: bool, counts_pages: bool
) -> None:
    info = reader_info(kind)

    assert (info.is_isolated, info.weight, info.lines_are) == (isolated, weight, lines_are)
    assert (info.is_editable, info.counts_pages) == (editable, counts_pages)


def test_what_a_row_need_not_say() -> None:
    info = ReaderInfo("a:b", READERS[FALLBACK].name, suffixes=(".a",), searched=(), size_limit=1)

    assert (info.is_isolated, info.is_editable, info.counts_pages, info.weight) == (False, False, False, 1)
    assert (info.signature, info.draws, info.annotates, info.copier, info.converter) == (b"", "", "", "", "")


@pytest.mark.parametrize("name", ["第1期", ".pdf", "a.", "dir.pdf/第1期"])
def test_a_name_without_a_suffix_says_nothing(name: str) -> None:
    assert kind_by_name(name) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b" " * 1019 + b"%PDF-", "pdf"),
        (b" " * 1020 + b"%PDF-", "text"),
        (b"PK\x03\x04", "docx"),
        (b" PK\x03\x04", "text"),
        (b"", "text"),
        (b"<html>", "text"),
    ],
)
def test_the_first_bytes_tell_the_kind_where_no_name_does(head: bytes, kind: str) -> None:
    assert kind_by_content(head) == kind
    assert reader_of("第1期", head) == kind
    assert reader_of("第1期.md", head) == "text"
    assert reader_of("第1期.odd") == "text"


def test_forms_that_folders_are_not_searched_for_have_a_name() -> None:
    assert sorted(UNREAD_FORMS) == [".doc", ".odt", ".ofd", ".rtf", ".wps"]
    assert [unread_form(name) for name in ("a.md", "a", "doc")] == [None] * 3
    form = unread_form("A.OFD")
    assert form is not None
    assert form.en == "OFD document"


def test_what_is_too_large_for_its_kind_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a" * (2 * MIB))
    source = SourceFile(str(path), "text", explicit=True)
    assert len(content_of(source)) == 2 * MIB
    path.write_bytes(b"a" * (2 * MIB + 1))
    with pytest.raises(SourceError):
        content_of(source)
    with pytest.raises(SourceError):
        read(source)


def test_given_content_is_read_and_not_the_file() -> None:
    source = SourceFile("gone.md", "text", explicit=True)

    assert read(source, data="甲".encode()).text == "甲"
    assert read(source._replace(data="乙".encode())).text == "乙"
    with pytest.raises(SourceError):
        read(source)


def test_only_kinds_that_can_be_are_drawn_or_marked() -> None:
    source = SourceFile("a.md", "text", explicit=True, data="甲".encode())

    assert draw(source, [1]) == ()
    for kind, said in (("text", "signoff"), ("office", "save it as .docx"), ("html", "signoff")):
        with pytest.raises(SourceError) as raised:
            annotate(source._replace(kind=kind), [], "zh")
        assert raised.value.path == "a.md"
        assert said in raised.value.wording.en


def test_reports_have_a_note_on_each_kind_that_they_have() -> None:
    notes = kind_notes(["text", "pdf", "waivers"])

    assert sorted(notes) == ["pdf", "text"]
    assert (notes["text"].has_lines, notes["pdf"].has_lines) == (True, False)
    assert [notes["text"].media_type(name) for name in ("a.md", "a.txt", "A.MARKDOWN")] == [
        "text/markdown",
        "text/plain",
        "text/markdown",
    ]
    assert notes["pdf"].media_type("a.pdf") == "application/pdf"


def test_pages_are_told_to_whoever_listens_and_once() -> None:
    count, heard = PageCount(), list[int]()
    count.tell(1)
    count.heard_by(heard.append)
    count.tell(2)
    count.tell(3)
    count.heard_by(heard.append)
    count.heard_by(None)
    count.tell(4)

    assert heard == [2]


def test_our_own_files_are_read() -> None:
    found = {source.path: read(source) for source in own_files()}

    assert list(found) == ["own.md", "own.pdf", "own.docx"]
    assert found["own.pdf"].text == "Issue 9\n"
    assert found["own.pdf"].pages == 1
    assert found["own.docx"].text == "1.9\n"
    assert [line.kind for line in found["own.md"].lines].count("table") == 2


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("- 2 -", True), ("— 2", False), ("2 —", False), ("第2页", True), ("第 二 页", True), ("第2", False),
        ("共4页 第2页", True), ("共4页", False), ("2/4", True), ("4/4", True), ("5/4", False), ("1/1", False),
        ("1/2", True), ("2/4页", True), ("２／４", True), ("Page 2", True), ("Pages", False), ("page 2/4", True),
        ("- 1000 -", False), ("----- 2 -----", False), ("---- 2 ----", True), ("·2·", True), ("2", False),
        ("第2页" + " " * 17 + "共4页", True), ("第2页" + " " * 19 + "共4页", False),
    ],
)  # fmt: skip
def test_a_page_number_is_told_by_its_form(text: str, *, is_number: bool) -> None:
    assert is_page_number(text) is is_number


@pytest.mark.parametrize(("length", "are_numbers"), [(PAGE_LENGTH - 2, True), (PAGE_LENGTH - 3, False)])
def test_bare_numbers_of_pages_stand_a_page_apart(length: int, *, are_numbers: bool) -> None:
    # Two line feeds are between them and the text.
    text = f"首\n1\n{'字' * length}\n2\n尾"

    assert (len([line for line in read_lines(text).lines if line.kind == "furniture"]) == 2) is are_numbers


@pytest.mark.parametrize(
    ("head", "times", "is_head"),
    [
        ("简报", 3, True),
        ("简报", 2, False),
        ("字" * RUNNING_HEAD_LENGTH, 3, True),
        ("字" * (RUNNING_HEAD_LENGTH + 1), 3, False),
    ],
)
def test_a_running_head_is_short_and_returns(head: str, times: int, *, is_head: bool) -> None:
    text = "首行是题。\n" + "".join(f"正文{number}。\f{head}\n" for number in range(times)) + "尾"
    found = [line.furniture for line in read_lines(text).lines if line.kind == "furniture"]

    assert found.count("running-head") == (times if is_head else 0)
    assert len(contents(text)) == 2 + 3 * times
