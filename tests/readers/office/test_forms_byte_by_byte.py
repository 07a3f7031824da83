"""Where the bytes are that tell the form of a file of an office program, and that the ones beside them do not."""

from __future__ import annotations

import struct

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers.office.forms import DOC, ODT, form_of
from office_files import compound, open_document

SECTOR, ENTRY = 512, 128
DIRECTORY = 2 * SECTOR
"""Where it begins in a compound file with one stream."""


def changed(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    made = bytearray(data)
    for at, new in changes:
        made[at : at + len(new)] = new
    return bytes(made)


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        form_of("folder/a.doc", data)
    assert refused.value.path == "folder/a.doc"
    return refused.value.wording.en


WHOLE = compound("WordDocument")
LOCKED = compound("WordDocument", encrypted=True)
# As programs write it: sectors of 64 bytes for small streams.
MINI_SECTORS = (32, b"\x06\x00")


def test_the_size_of_sectors_stands_in_two_bytes_of_the_header() -> None:
    assert "has a password" in refusal(changed(LOCKED, MINI_SECTORS))
    assert form_of("a.doc", changed(WHOLE, MINI_SECTORS)) is DOC
    # What stands before them means nothing either.
    assert "has a password" in refusal(changed(LOCKED, (28, b"\xff\xff")))
    # Of another size than there is (MS-CFB 2.2) nothing is looked up.
    for shift in (b"\x0a\x00", b"\x00\x00", b"\x09\x01"):
        assert form_of("a.doc", changed(LOCKED, (30, shift))) is DOC


def test_sectors_may_be_eight_times_as_large() -> None:
    large = changed(LOCKED + bytes(3 * 4096), (30, b"\x0c\x00"))
    # Where the flags of the first small sector stand, large ones have none.
    assert form_of("a.doc", large) is DOC
    assert "has a password" in refusal(changed(large, (4096 + 10, b"\x00\x01")))
    assert form_of("a.doc", changed(large, (4096 + 12, b"\x00\x01"))) is DOC


@pytest.mark.parametrize(
    ("flags", "locked"),
    [(0x0100, True), (0xFFFF, True), (0x0101, True), (0xFEFF, False), (0x0200, False), (0x0001, False)],
)
def test_one_of_the_flags_says_that_a_document_is_encrypted(flags: int, *, locked: bool) -> None:
    data = changed(WHOLE, (SECTOR + 10, struct.pack("<H", flags)))
    # The bytes beside them say other things.
    data = changed(data, (SECTOR + 8, b"\xff\xff"), (SECTOR + 12, b"\xff\xff"))

    if locked:
        assert "has a password" in refusal(data)
    else:
        assert form_of("a.doc", data) is DOC


def test_the_flags_are_those_of_the_stream_itself() -> None:
    two = compound("1Table", "WordDocument")

    assert form_of("a.doc", changed(two, (SECTOR + 10, b"\x00\x01"))) is DOC
    assert "has a password" in refusal(changed(two, (2 * SECTOR + 10, b"\x00\x01")))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((DIRECTORY + 66, b"\x01"), id="a storage of that name"),
        pytest.param((DIRECTORY + 66, b"\x05"), id="the root of that name"),
        pytest.param((DIRECTORY + 64, struct.pack("<H", 28)), id="a longer name"),
        pytest.param((DIRECTORY + 64, struct.pack("<H", 24)), id="a shorter name"),
        pytest.param((DIRECTORY, "w".encode("utf-16-le")), id="other letters"),
        pytest.param((DIRECTORY + 24, "s".encode("utf-16-le")), id="a letter more"),
    ],
)
def test_an_entry_of_another_kind_or_name_makes_no_document(change: tuple[int, bytes]) -> None:
    assert "no document of Word or WPS Writer" in refusal(changed(WHOLE, change))


def test_an_entry_counts_only_as_a_whole() -> None:
    assert form_of("a.doc", WHOLE[: DIRECTORY + ENTRY]) is DOC
    assert "no document of Word or WPS Writer" in refusal(WHOLE[: DIRECTORY + ENTRY - 1])


def test_the_name_elsewhere_does_not_keep_the_entry_from_being_found() -> None:
    name = "WordDocument".encode("utf-16-le") + b"\0\0"
    within = changed(LOCKED, (SECTOR + 20, name), (SECTOR + ENTRY, name), (SECTOR + 2 * ENTRY + 1, name))

    assert "has a password" in refusal(within)
    # Of two entries the first is meant.
    entry = bytearray(LOCKED[DIRECTORY : DIRECTORY + ENTRY])
    struct.pack_into("<I", entry, 116, 1)
    assert "has a password" in refusal(changed(LOCKED, (DIRECTORY + ENTRY, bytes(entry))))


def test_a_package_that_is_encrypted_is_told_before_all_else() -> None:
    assert "has a password" in refusal(compound("WordDocument", "EncryptedPackage"))


def test_what_tells_an_open_document_stands_at_its_place() -> None:
    whole = open_document()

    assert form_of("a.odt", whole) is ODT
    assert "rename it to end in .docx" in refusal(whole[:4] + b"\0" + whole[4:])
    assert "rename it to end in .docx" in refusal(whole[:4] + whole[5:])
    assert "rename it to end in .docx" in refusal(
        whole.replace(b"opendocument.text", b"opendocument.tex_", 1)
    )


@pytest.mark.parametrize(
    ("head", "suffix"),
    [
        *((head, ".html") for head in ("<!doctype HTML>", "<HTML>", "<?xml version='1.0'?>", "<!-- -->")),
        *((head, ".html") for head in ("<head>", "<meta charset=gbk>", "<body>", "<div>", "<table>", "<p>")),
        *((head, ".html") for head in ("\r\n\t <p class=a>", "<P\n>")),
        *((head, ".mht") for head in ("MIME-Version: 1.0", "From: <x>", "content-type: text", "\r\nFrom: ")),
        *((head, "") for head in ("<pre>", "<span>", "甲<html>", "Subject: x", "From x", "{\\rt", "%PDF")),
        # Only the beginning is looked at.
        (" " * 1019 + "<html>", ".html"),
        (" " * 1020 + "<html>", ""),
    ],
)
def test_a_page_and_an_archive_are_told_by_how_they_begin(head: str, suffix: str) -> None:
    said = refusal(head.encode())

    assert (f"rename it to end in {suffix}." in said) if suffix else ("or damaged" in said)


@pytest.mark.parametrize("data", [b"", b"\r\n", b" \t\n"])
def test_white_space_is_nothing_to_check(data: bytes) -> None:
    assert "is empty" in refusal(data)
