"""Comments of a document by the bytes of their parts: which are ours, what goes with them, and how new ones are written."""

from __future__ import annotations

import pytest

from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.comments import (
    CommentsPart,
    OwnComment,
    answered,
    comment,
    marks,
    names_of,
    new_part,
    without_entries,
    without_marks,
)
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.splices import PartNames
from docx_made import STRICT, W

US = "bulletin-lint"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SPACES = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:x="urn:x"'


def part(inner: str, root: str = "comments") -> bytes:
    return f"<w:{root} {SPACES}>{inner}</w:{root}>".encode()


def said(number: int, *paragraphs: str, author: str = US) -> str:
    inner = "".join(
        f'<w:p w14:paraId="P{number}{at}"><w:r><w:t>{text}</w:t></w:r></w:p>'
        for at, text in enumerate(paragraphs)
    )
    return f'<w:comment w:id="{number}" w:author="{author}">{inner}</w:comment>'


def found(inner: str) -> list[tuple[str, str, list[str]]]:
    return [(each.id, each.text, sorted(each.paragraphs)) for each in CommentsPart(part(inner), US).own]


# --- ours ----------------------------------------------------------------------------------------------


def test_a_comment_is_ours_by_its_author() -> None:
    inner = said(1, "甲") + said(2, "乙", author="other") + said(3, "丙", "丁") + said(4, "戊", author="")

    assert found(inner) == [("1", "甲", ["P10"]), ("3", "丙\n丁", ["P30", "P31"])]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("", ""),
        ("<w:p/>", ""),
        ("<w:p/><w:p/>", "\n"),
        ("<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>", "甲乙"),
        ("<w:p>x<w:r>y<w:t>甲</w:t>z</w:r></w:p>", "甲"),
        ("<w:p><w:t>a&amp;b</w:t></w:p><w:p><w:t>丙</w:t></w:p>", "a&b\n丙"),
        # What stands in no paragraph, and elements of another namespace.
        ("<w:t>甲</w:t><w:p><w:t>乙</w:t></w:p>", "乙"),
        ("<x:p/><w:p><x:t>甲</x:t></w:p>", ""),
    ],
)  # fmt: skip
def test_what_a_comment_says_are_the_texts_of_its_paragraphs(inner: str, text: str) -> None:
    own = f'<w:comment w:id="1" w:author="{US}">{inner}</w:comment>'

    assert [each[1] for each in found(own)] == [text]
    # What others say before it and behind it is none of it.
    assert [each[1] for each in found(said(2, "前", author="a") + own + said(3, "后", author="b"))] == [text]


def test_comments_without_a_number_or_in_another_namespace() -> None:
    assert found(f'<w:comment w:author="{US}"><w:p/></w:comment>') == [("", "", [])]
    assert found(f'<x:comment x:author="{US}"/><w:comment x:author="{US}"/>') == []


def test_the_strict_namespace_has_comments_too() -> None:
    data = f'<s:comments xmlns:s="{STRICT}"><s:comment s:id="7" s:author="{US}"><s:p><s:t>甲</s:t></s:p></s:comment></s:comments>'

    assert [(each.id, each.text) for each in CommentsPart(data.encode(), US).own] == [("7", "甲")]


def test_a_part_without_some_comments_is_as_it_was_but_for_them() -> None:
    first, other, empty, last = (
        said(1, "甲"),
        said(2, "乙", author="x"),
        f'<w:comment w:id="3" w:author="{US}"/>',
        said(4, "丁"),
    )
    read = CommentsPart(part(f"{first} {other} {empty} {last}"), US)
    one, two, three = read.own

    assert read.without([]) == part(f"{first} {other} {empty} {last}")
    assert read.without([one]) == part(f" {other} {empty} {last}")
    assert read.without([two]) == part(f"{first} {other}  {last}")
    assert read.without([three]) == part(f"{first} {other} {empty} ")
    # In whatever order they are named, and one that is named twice.
    assert read.without([three, one, two, one]) == part(f" {other}  ")
    assert read.without([OwnComment("", "", frozenset(), 0, 0)]) == part(f"{first} {other} {empty} {last}")


# --- what else is said of comments ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "paragraphs"),
    [
        ('w15:paraId="A"', []),
        ('w15:paraId="A" w15:done="0"', []),
        ('w15:paraId="A" w15:done="1"', ["A"]),
        ('w15:paraId="A" w15:done="true"', ["A"]),
        ('w15:paraId="B" w15:paraIdParent="A"', ["A"]),
        ('w15:paraId="B" w15:paraIdParent="A" w15:done="1"', ["A", "B"]),
        ('w15:done="1"', [""]),
    ],
)
def test_a_comment_is_answered_that_is_done_or_another_belongs_to(entry: str, paragraphs: list[str]) -> None:
    for name, expected in (("commentEx", paragraphs), ("comment", [])):
        data = f'<w15:all xmlns:w15="urn:w15"><w15:commentEx w15:paraId="Z"/><w15:{name} {entry}/></w15:all>'
        assert sorted(answered(data.encode())) == expected


def test_entries_of_paragraphs_go_and_the_others_stay() -> None:
    def entries(*inner: str) -> bytes:
        return f'<e:all xmlns:e="urn:e">{"".join(inner)}</e:all>'.encode()

    one, two, three = '<e:x e:paraId="A" e:done="0"/>', '<e:x e:paraId="B"> </e:x>', '<e:x e:other="A"/>'

    assert without_entries(entries(one, two, three), {"A"}) == entries(two, three)
    assert without_entries(entries(one, two, three), {"A", "B"}) == entries(three)
    assert without_entries(entries(one, two, three), {"C"}) == entries(one, two, three)
    assert without_entries(entries(one, two, three), set()) == entries(one, two, three)


START, END = '<w:commentRangeStart w:id="{0}"/>', '<w:commentRangeEnd w:id="{0}"/>'
REFERENCE = '<w:r><w:rPr><w:rStyle w:val="x"/></w:rPr><w:commentReference w:id="{0}"/></w:r>'


def around(number: int, words: str) -> str:
    return (START + words + END + REFERENCE).format(number)


def test_marks_of_comments_go_with_the_runs_that_only_refer_to_them() -> None:
    one, two, words = around(1, "<w:r><w:t>甲</w:t></w:r>"), around(2, ""), "<w:r><w:t>甲</w:t></w:r>"
    whole = part(f"<w:p>{one}{two}</w:p>", "body")

    assert without_marks(whole, {"1"}) == part(f"<w:p>{words}{two}</w:p>", "body")
    assert without_marks(whole, {"2"}) == part(f"<w:p>{one}</w:p>", "body")
    assert without_marks(whole, {"1", "2"}) == part(f"<w:p>{words}</w:p>", "body")
    assert without_marks(whole, {"3"}) == without_marks(whole, set()) == whole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A run that holds something else keeps it.
        ('<w:r><w:t>甲</w:t><w:commentReference w:id="1"/></w:r>', "<w:r><w:t>甲</w:t></w:r>"),
        ('<w:r><w:commentReference w:id="1"/><w:tab/></w:r>', "<w:r><w:tab/></w:r>"),
        (
            '<w:r><w:commentReference w:id="1"/><w:commentReference w:id="2"/></w:r>',
            '<w:r><w:commentReference w:id="2"/></w:r>',
        ),
        ('<w:r><w:commentReference w:id="1"></w:commentReference></w:r>', ""),
        ('<w:r><w:rPr></w:rPr><w:commentReference w:id="1"/></w:r>', ""),
        # In no run, in a run in another, in a run that has nothing, and of another namespace.
        ('<w:commentReference w:id="1"/>', ""),
        ('<w:r><w:r><w:commentReference w:id="1"/></w:r></w:r>', "<w:r></w:r>"),
        ("<w:r></w:r>", "<w:r></w:r>"),
        ('<x:commentRangeStart w:id="1"/>', '<x:commentRangeStart w:id="1"/>'),
        ('<w:commentRangeStart x:id="1"/>', '<w:commentRangeStart x:id="1"/>'),
        ('<w:bookmarkStart w:id="1"/>', '<w:bookmarkStart w:id="1"/>'),
        ('<x:r><w:commentReference w:id="1"/></x:r>', "<x:r></x:r>"),
    ],
)
def test_nothing_but_marks_is_taken_out(before: str, after: str) -> None:
    assert without_marks(part(f"<w:p>{before}</w:p>", "body"), {"1"}) == part(f"<w:p>{after}</w:p>", "body")


@pytest.mark.parametrize("data", [b"", b"<a>", b"<!DOCTYPE a><a/>"])
def test_parts_that_cannot_be_read_are_refused(data: bytes) -> None:
    for read in (
        lambda: CommentsPart(data, US),
        lambda: answered(data),
        lambda: without_entries(data, {"A"}),
        lambda: without_marks(data, {"1"}),
    ):
        with pytest.raises(DocxError):
            read()


# --- new ones ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "names"),
    [
        (f'<w:document xmlns:w="{W}">', ("w:", "w:")),
        (f"<?xml version='1.0'?><!-- x --><a:document xmlns:b='urn:b' xmlns:a = '{STRICT}'>", ("a:", "a:")),
        # Elements may be written without a prefix, attributes not.
        (f'<document xmlns="{W}" xmlns:q="{W}">', ("", "q:")),
        (f'<document xmlns:q="{W}" xmlns:s="{STRICT}" xmlns="{W}">', ("", "q:")),
        (f'<s:document xmlns:q="{W}" xmlns:s="{STRICT}">', ("s:", "s:")),
        (f'<x:document xmlns:x="urn:x" xmlns:q="{W}">', ("q:", "q:")),
        (f'<w:document xmlns:w="{W}"/>', ("w:", "w:")),
    ],
)
def test_names_are_written_as_the_root_declares(root: str, names: tuple[str, str]) -> None:
    data = root.encode() + b'<w:p xmlns:other="urn:o"/>'

    assert tuple(names_of(data)) == tuple(name.encode() for name in names)


def test_without_a_prefix_attributes_cannot_be_written() -> None:
    inner = f'<w:p xmlns:w="{W}"/>'.encode()
    for data, why in (
        (f'<document xmlns="{W}">'.encode() + inner, refusals.NO_PREFIX),
        (b'<x:document xmlns:x="urn:x">' + inner, refusals.NO_PREFIX),
        (b"<?xml version='1.0'?>", refusals.DAMAGED),
        (b"", refusals.DAMAGED),
    ):
        with pytest.raises(DocxError) as refused:
            names_of(data)
        assert refused.value.wording == why


NAMES = PartNames(b"", b"q:")


def test_a_comment_is_written_with_a_paragraph_for_each_line() -> None:
    made = comment(12, 'a<b>&"\x00\x0b\ufffe甲\t\n乙', 'A"B', "b&l", NAMES).decode()

    assert made == (
        '<comment q:id="12" q:author=\'A"B\' q:initials="b&amp;l">'
        '<p><r><t xml:space="preserve">a&lt;b&gt;&amp;"甲\t</t></r></p>'
        '<p><r><t xml:space="preserve">乙</t></r></p></comment>'
    )


def test_marks_stand_where_a_range_begins_and_ends() -> None:
    assert marks(3, NAMES) == (
        b'<commentRangeStart q:id="3"/>',
        b'<commentRangeEnd q:id="3"/><r><commentReference q:id="3"/></r>',
    )


def test_what_is_written_is_read_again_and_taken_out_again() -> None:
    names = PartNames(b"w:", b"w:")
    empty = new_part(W)
    assert (CommentsPart(empty, US).own, names_of(empty)) == ([], names)
    full = empty.replace(b"></w:comments>", b">" + comment(5, "甲\n乙", US, "bl", names) + b"</w:comments>")
    (own,) = CommentsPart(full, US).own
    start, end = marks(5, names)
    body = part("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "body")

    assert (own.id, own.text) == ("5", "甲\n乙")
    assert CommentsPart(full, US).without([own]) == empty
    assert (
        without_marks(body.replace(b"<w:r>", start + b"<w:r>").replace(b"</w:p>", end + b"</w:p>"), {"5"})
        == body
    )
