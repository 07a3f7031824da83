"""A package is known by its members: which is the text, what another kind of file is, what stands there twice."""

from __future__ import annotations

import pytest

from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.package import Package, key_of
from bulletin_lint.readers.docx.reader import read_docx
from bulletin_lint.readers.docx.refusals import DocxError
from docx_made import HEAD, members_of, p, packed, relations

MAIN = ("_rels/.rels", relations({"rId1": ("officeDocument", "word/document.xml")}))
TYPES = ("[Content_Types].xml", "<Types/>")


def refusal(*members: tuple[str, str | bytes]) -> str:
    with pytest.raises(DocxError) as caught:
        Package(packed(members))
    return caught.value.wording.en


def main_in(folder: str) -> tuple[str, str]:
    return "_rels/.rels", relations({"rId1": ("officeDocument", f"{folder}/main.xml")})


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([main_in("xl")], "an Excel workbook"),
        ([main_in("XL")], "an Excel workbook"),
        ([main_in("ppt")], "a PowerPoint presentation"),
        ([main_in("visio")], "a Visio drawing"),
        ([("mimetype", ""), ("content.xml", "")], "an OpenDocument file"),
        ([("OFD.xml", "")], "an OFD document"),
        ([("1.txt", "")], "an ordinary archive"),
        # Half of what makes the other kind is not enough.
        ([("mimetype", "")], "an ordinary archive"),
        ([("content.xml", "")], "an ordinary archive"),
    ],
)
def test_a_package_of_another_kind_is_called_what_it_is(
    members: list[tuple[str, str | bytes]], said: str
) -> None:
    assert said in refusal(*members)


def test_a_package_without_a_text_is_damaged() -> None:
    assert refusal(TYPES) == refusals.DAMAGED.en


def test_of_two_texts_nobody_knows_which_is_meant() -> None:
    both = {"rId1": ("officeDocument", "word/a.xml"), "rId2": ("officeDocument", "word/b.xml")}
    assert refusal(("_rels/.rels", relations(both))) == refusals.MANY_MAIN.en
    same = {"rId1": ("officeDocument", "word/a.xml"), "rId2": ("officeDocument", "/word/../word/a.xml")}
    assert Package(packed([("_rels/.rels", relations(same))])).main == "word/a.xml"


def test_members_are_found_in_whatever_case_and_with_whatever_strokes() -> None:
    package = Package(packed([MAIN, ("Word/Document.xml", "<a/>")]))

    for name in ("word/document.xml", "/word\\DOCUMENT.xml"):
        assert package.has(name)
        assert package.read(name) == b"<a/>"
        assert package.member_name(name) == "Word/Document.xml"
        assert key_of(name) == "word/document.xml"
    assert not package.has("document.xml")
    with pytest.raises(DocxError):
        package.read("document.xml")


def test_a_member_that_stands_there_twice_is_told_once_and_if_it_is_read() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed([MAIN, ("a.xml", "<a/>"), ("a.xml", "<b/>"), ("c.xml", "<c/>")])
    package = Package(data)

    assert package.notes == []
    package.read("c.xml")
    assert package.notes == []
    assert package.read("a.xml") == package.read("A.xml") == b"<a/>"
    assert package.notes == [refusals.twice("a.xml")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_part_may_be_in_utf_16_with_or_without_a_mark_and_a_declaration(
    encoding: str, *, declared: bool
) -> None:
    members = dict(members_of(p("清渠")))
    body = str(members["word/document.xml"]).removeprefix(HEAD)
    head = '<?xml version="1.0" encoding="UTF-16"?>' if encoding.startswith("utf-16") else HEAD
    members["word/document.xml"] = ((head if declared else "") + body).encode(encoding)

    assert read_docx("1.docx", packed(list(members.items()))).text.strip() == "清渠"


def test_what_is_no_text_in_its_encoding_is_damaged() -> None:
    package = Package(packed([MAIN, ("a.xml", b"\xff\xfe\x00\xd8")]))

    with pytest.raises(DocxError) as caught:
        package.read_xml("a.xml")
    assert caught.value.wording == refusals.DAMAGED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", refusals.EMPTY),
        (b"plain", refusals.NOT_DOCX),
        (b"PK", refusals.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word", refusals.OLD_DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), refusals.ENCRYPTED),
    ],
)
def test_what_is_no_package_is_called_what_it_is(data: bytes, why: object) -> None:
    with pytest.raises(DocxError) as caught:
        Package(data)
    assert caught.value.wording == why


def test_relations_outside_of_the_package_are_none_and_names_may_be_escaped() -> None:
    outside = '<Relationship Id="r1" Type="x/image" Target="http://example.org/a.png" TargetMode="External"/>'
    inside = '<Relationship Id="r2" Type="x/image" Target="media/%E5%9B%BE.png"/>'
    above = '<Relationship Id="r3" Type="x/styles" Target="../styles.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    rows = f'{HEAD}<Relationships xmlns="{space}">{outside}{inside}{above}</Relationships>'
    package = Package(packed([MAIN, ("word/_rels/document.xml.rels", rows)]))

    assert {name: tuple(each) for name, each in package.relations("word/document.xml").items()} == {
        "r2": ("image", "word/media/图.png"),
        "r3": ("styles", "styles.xml"),
    }
    assert package.relations("word/other.xml") == {}
