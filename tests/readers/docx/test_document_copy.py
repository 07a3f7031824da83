"""Comments and tracked changes among the bytes: on the exact words, and nothing else is another."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Edit
from bulletin_lint.readers.docx.document_copy import DocxCopy
from bulletin_lint.readers.docx.reader import read_docx
from bulletin_lint.readers.reader_info import Remark
from docx_made import abstract, docx, in_list, level, members_of, num, p, packed, r, root, run, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body_of(data: bytes) -> str:
    return part_of(data, "word/document.xml")


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def commented(data: bytes, *words: str, text: str = "这里不对") -> bytes:
    """The document with a comment on each of some words, the first time that they stand there."""
    copy = DocxCopy("1.docx", data)
    whole = copy.reading.text
    remarks = [
        Remark(whole.index(each), whole.index(each) + len(each), f"{text}{number}")
        for number, each in enumerate(words)
    ]
    return copy.commented(remarks, "bulletin-lint", "BL")


def edited(data: bytes, old: str, new: str, author: str | None = "bulletin-lint") -> bytes:
    copy = DocxCopy("1.docx", data)
    start = copy.reading.text.index(old)
    edit = Edit(Span(start, start + len(old)), new)
    assert copy.can_edit(edit)
    return copy.edited([edit], author)


START = '<w:commentRangeStart w:id="0"/>'
END = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
BOLD = "<w:rPr><w:b/></w:rPr>"


@pytest.mark.parametrize(
    ("paragraph", "words", "expected"),
    [
        # At the edges of a run it goes outside, and the run is not cut.
        ("<w:p><w:r><w:t>甲乙</w:t></w:r></w:p>", "甲乙", f"<w:p>{START}<w:r><w:t>甲乙</w:t></w:r>{END}</w:p>"),
        (
            f'<w:p><w:r w:rsidR="00A1">{BOLD}<w:t>甲乙丙</w:t></w:r></w:p>',
            "乙",
            f'<w:p><w:r w:rsidR="00A1">{BOLD}<w:t xml:space="preserve">甲</w:t></w:r>{START}<w:r>{BOLD}'
            f'<w:t xml:space="preserve">乙</w:t></w:r>{END}<w:r>{BOLD}<w:t xml:space="preserve">丙</w:t></w:r></w:p>',
        ),
        # Entities are one character each, and stay as they are written.
        (
            "<w:p><w:r><w:t>甲&amp;&#20057;丙</w:t></w:r></w:p>",
            "&乙",
            f'<w:p><w:r><w:t xml:space="preserve">甲</w:t></w:r>{START}<w:r><w:t xml:space="preserve">&amp;&#20057;</w:t></w:r>'
            f'{END}<w:r><w:t xml:space="preserve">丙</w:t></w:r></w:p>',
        ),
        # Space at the ends was not kept before, so it must not be kept now.
        (
            "<w:p><w:r><w:t> 甲乙 </w:t></w:r></w:p>",
            "甲",
            f'<w:p>{START}<w:r><w:t xml:space="preserve">甲</w:t></w:r>{END}<w:r><w:t xml:space="preserve">乙</w:t></w:r></w:p>',
        ),
        # A run of several elements is cut between them.
        (
            "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>",
            "乙",
            f"<w:p><w:r><w:t>甲</w:t><w:tab/></w:r>{START}<w:r><w:t>乙</w:t></w:r>{END}</w:p>",
        ),
        (
            "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>",
            "\t",
            f"<w:p><w:r><w:t>甲</w:t></w:r>{START}<w:r><w:tab/></w:r>{END}<w:r><w:t>乙</w:t></w:r></w:p>",
        ),
        # Properties that say nothing are kept as they are written.
        (
            "<w:p><w:r><w:rPr/><w:t>甲乙</w:t></w:r></w:p>",
            "乙",
            f'<w:p><w:r><w:rPr/><w:t xml:space="preserve">甲</w:t></w:r>{START}<w:r><w:rPr/><w:t xml:space="preserve">乙</w:t></w:r>{END}</w:p>',
        ),
        # Inside a link the mark stays inside.
        (
            '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>甲乙</w:t></w:r></w:hyperlink></w:p>',
            "甲",
            f'<w:p><w:hyperlink w:anchor="a">{START}<w:r><w:t xml:space="preserve">甲</w:t></w:r>{END}'
            '<w:r><w:t xml:space="preserve">乙</w:t></w:r></w:hyperlink></w:p>',
        ),
        # Text that is CDATA is not cut.
        (
            "<w:p><w:r><w:t><![CDATA[甲乙]]></w:t></w:r></w:p>",
            "乙",
            f"<w:p>{START}<w:r><w:t><![CDATA[甲乙]]></w:t></w:r>{END}</w:p>",
        ),
        # Nor is a formula, nor ruby.
        (
            "<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>",
            "+",
            f"<w:p>{START}<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>{END}</w:p>",
        ),
        (
            "<w:p><w:r><w:ruby><w:rubyBase><w:r><w:t>墨汁</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            "墨",
            f"<w:p>{START}<w:r><w:ruby><w:rubyBase><w:r><w:t>墨汁</w:t></w:r></w:rubyBase></w:ruby></w:r>{END}</w:p>",
        ),
    ],
)  # fmt: skip
def test_a_comment_stands_on_the_exact_words(paragraph: str, words: str, expected: str) -> None:
    made = commented(docx(paragraph), words)
    assert expected in body_of(made)
    assert "这里不对0" in part_of(made, "word/comments.xml")


def test_words_over_runs_and_paragraphs() -> None:
    data = docx(p("甲", r("乙", "<w:b/>")) + p("丙丁"))
    made = body_of(commented(data, "乙\n丙"))
    assert made.index(START) < made.index("乙") < made.index("丙") < made.index(END) < made.index("丁")


def test_comments_that_meet_close_before_they_open() -> None:
    made = body_of(commented(docx(p("甲乙")), "甲", "乙"))
    first = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:commentRangeStart w:id="1"/>'
    assert first in made


LIST = {"numbering": abstract(1, level(0, "%1、", "japaneseCounting")) + num(1, 1)}


def test_a_comment_on_a_number_that_word_counts_stands_on_the_first_words() -> None:
    data = docx(p("加强领导，落实责任，形成合力", properties=in_list(1)), LIST)
    made = body_of(commented(data, "一、"))
    assert f'{START}<w:r><w:t xml:space="preserve">加强领导，落实责任，</w:t></w:r>{END}' in made


@pytest.mark.parametrize(
    ("body", "parts", "words", "anchor"),
    [
        (p("文", run(f'<w:pict><v:shape><v:textbox><w:txbxContent>{p("框")}</w:txbxContent></v:textbox></v:shape></w:pict>')), {}, "框", "文"),
        (p("首") + p("文", run('<w:footnoteReference w:id="1"/>')), {"footnotes": '<w:footnote w:id="1">' + p("注") + "</w:footnote>"}, "注", "文"),
        (p("首") + p("次") + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>', {"header": p("眉")}, "眉", "首"),
    ],
)  # fmt: skip
def test_where_word_takes_no_comment_it_stands_on_the_paragraph_that_anchors(
    body: str, parts: dict[str, str], words: str, anchor: str
) -> None:
    made = body_of(commented(docx(body, parts), words))
    assert re.search(f"{re.escape(START)}<w:r><w:t[^>]*>{anchor}</w:t></w:r>{re.escape(END)}", made)


@pytest.mark.parametrize("empty", ["<w:p>{}</w:p>", "<w:p w:rsidR='1'><w:pPr/>{}</w:p>"])
def test_a_box_in_a_paragraph_without_words(empty: str) -> None:
    box = run(
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    made = body_of(commented(docx(empty.format(box) + p("文")), "框"))
    assert f"{START}{END}</w:p>{p('文')}" in made


def test_a_second_and_a_third_run_write_the_same_bytes() -> None:
    data = docx(p("甲乙丙", r("丁", "<w:b/>"), run("<w:tab/>"), "戊") + table(["己", "庚"], ["辛", "壬"]))
    first = commented(data, "乙", "丙丁", "\t", "庚")
    second = commented(first, "乙", "丙丁", "\t", "庚")
    assert first == second == commented(second, "乙", "丙丁", "\t", "庚")
    assert first != data


def test_of_our_earlier_comments_nothing_is_left() -> None:
    data = docx(p("甲乙丙"))
    made = commented(commented(data, "乙"), "丙", text="又")
    assert 1 == body_of(made).count("commentRangeStart")
    assert "这里不对" not in part_of(made, "word/comments.xml")
    assert "甲乙丙\n" == read_docx("1.docx", made).text
    none = commented(made)
    assert "comment" not in body_of(none).replace("comments", "")


OTHERS = (
    '<w:comment w:id="4" w:author="李某"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="7" w:author="bulletin-lint"><w:p w14:paraId="0A"><w:r><w:t>旧</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="8" w:author="bulletin-lint"><w:p w14:paraId="0B"><w:r><w:t>问</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="9" w:author="bulletin-lint"><w:p w14:paraId="0D"><w:r><w:t>毕</w:t></w:r></w:p></w:comment>'
)


def marked(number: int, words: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{r(words)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
    )


def with_others() -> bytes:
    """A document with a comment of somebody else and three of ours, one answered and one marked as done."""
    members = members_of(
        p(marked(4, "甲"), marked(7, "乙"), marked(8, "丙"), marked(9, "丁")), {"comments": OTHERS}
    )
    extended = root("commentsEx", (
        '<w15:commentEx w15:paraId="0A" w15:done="0"/><w15:commentEx w15:paraId="0B" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0C" w15:paraIdParent="0B" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0D" w15:done="1"/>'
    ))  # fmt: skip
    relations = next(content for name, content in members if name == "word/_rels/document.xml.rels")
    assert isinstance(relations, str)
    more = relations.replace(
        "</Relationships>",
        '<Relationship Id="x" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
        'Target="commentsExtended.xml"/></Relationships>',
    )
    return packed(
        [(name, more if name == "word/_rels/document.xml.rels" else content) for name, content in members]
        + [("word/commentsExtended.xml", extended)]
    )


def test_comments_of_others_and_those_that_were_answered_stay() -> None:
    made = commented(with_others(), "甲", text="新")
    comments, body = part_of(made, "word/comments.xml"), body_of(made)
    assert [("4", "请核"), ("8", "问"), ("9", "毕"), ("10", "新0")] == re.findall(
        r'w:id="(\d+)".*?<w:t[^>]*>(.*?)</w:t>', comments
    )
    assert {"4", "8", "9", "10"} == set(re.findall(r'commentReference w:id="(\d+)"', body))
    assert 'paraId="0A"' not in part_of(made, "word/commentsExtended.xml")
    assert 'paraId="0D"' in part_of(made, "word/commentsExtended.xml")


def test_what_stays_because_it_was_answered_is_not_said_again() -> None:
    copy = DocxCopy("1.docx", with_others())
    made = copy.commented([Remark(0, 1, "毕")], "bulletin-lint", "BL")
    assert 1 == part_of(made, "word/comments.xml").count("毕")


def test_parts_that_are_not_touched_are_as_they_were() -> None:
    members = [
        *members_of(p("甲"), {"styles": ""}),
        ("word/media/1.png", b"\x89PNG" * 99),
        ("word/vbaProject.bin", b"\0" * 9),
    ]
    made = commented(packed(members), "甲")
    with zipfile.ZipFile(io.BytesIO(packed(members))) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert [*before.namelist(), "word/comments.xml"] == after.namelist()
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"} == changed
        assert all(
            before.getinfo(name).date_time == after.getinfo(name).date_time for name in before.namelist()
        )


def test_a_strict_document_gets_a_strict_part() -> None:
    data = docx(p("甲"), strict=True)
    made = commented(data, "甲")
    assert "purl.oclc.org/ooxml/wordprocessingml" in part_of(made, "word/comments.xml")
    assert "purl.oclc.org/ooxml/officeDocument/relationships/comments" in part_of(
        made, "word/_rels/document.xml.rels"
    )
    assert made == commented(made, "甲")


def test_a_document_without_relationships_gets_some() -> None:
    members = [each for each in members_of(p("甲")) if each[0] != "word/_rels/document.xml.rels"]
    made = commented(packed(members), "甲")
    assert 'Target="comments.xml"' in part_of(made, "word/_rels/document.xml.rels")
    assert made == commented(made, "甲")


def test_nothing_to_say_leaves_every_byte() -> None:
    data = docx(p("甲"))
    assert data == commented(data)


def test_what_a_comment_says_is_text() -> None:
    made = commented(docx(p("甲")), "甲", text='<w:b/>&\x01"{}\n次行 ')
    comments = part_of(made, "word/comments.xml")
    assert '<w:t xml:space="preserve">&lt;w:b/&gt;&amp;"{}</w:t></w:r></w:p><w:p>' in comments
    assert 2 == comments.count("<w:p>")


# What is refused


def test_a_signed_document_is_refused() -> None:
    data = packed([*members_of(p("甲")), ("_xmlsignatures/sig1.xml", "<Signature/>")])
    with pytest.raises(SourceError, match="signed"):
        DocxCopy("1.docx", data)


def test_a_document_without_a_prefix_is_refused() -> None:
    data = docx(p("甲"))
    plain = body_of(data).replace("xmlns:w=", "xmlns=").replace("<w:", "<").replace("</w:", "</")
    members = [
        (name, plain if name == "word/document.xml" else content) for name, content in members_of(p("甲"))
    ]
    with pytest.raises(SourceError, match="without a prefix"):
        DocxCopy("1.docx", packed(members))


def test_protection_is_said() -> None:
    protected = {"settings": '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'}
    off = {"settings": '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>'}
    assert ["编辑限制" in note.zh for note in DocxCopy("1.docx", docx(p("甲"), protected)).notes] == [True]
    assert [] == DocxCopy("1.docx", docx(p("甲"), off)).notes


# Tracked changes


@pytest.mark.parametrize(
    ("paragraph", "old", "new", "expected"),
    [
        (
            f"<w:p><w:r>{BOLD}<w:t>甲,乙</w:t></w:r></w:p>", ",", "，",
            f'<w:p><w:r>{BOLD}<w:t xml:space="preserve">甲</w:t></w:r>'
            f'<w:del w:id="1" w:author="bulletin-lint"><w:r>{BOLD}<w:delText xml:space="preserve">,</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="bulletin-lint"><w:r>{BOLD}<w:t xml:space="preserve">，</w:t></w:r></w:ins>'
            f'<w:r>{BOLD}<w:t xml:space="preserve">乙</w:t></w:r></w:p>',
        ),
        # All of a run.
        (
            "<w:p><w:r><w:t>,</w:t></w:r></w:p>", ",", "，",
            '<w:p><w:del w:id="1" w:author="bulletin-lint"><w:r><w:delText xml:space="preserve">,</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="bulletin-lint"><w:r><w:t xml:space="preserve">，</w:t></w:r></w:ins></w:p>',
        ),
        # Two runs, each with its own properties; what is new has those of the first.
        (
            f"<w:p><w:r>{BOLD}<w:t>甲(</w:t></w:r><w:r><w:t>一)乙</w:t></w:r></w:p>", "(一)", "（一）",
            f'<w:p><w:r>{BOLD}<w:t xml:space="preserve">甲</w:t></w:r>'
            f'<w:del w:id="1" w:author="bulletin-lint"><w:r>{BOLD}<w:delText xml:space="preserve">(</w:delText></w:r></w:del>'
            '<w:del w:id="2" w:author="bulletin-lint"><w:r><w:delText xml:space="preserve">一)</w:delText></w:r></w:del>'
            f'<w:ins w:id="3" w:author="bulletin-lint"><w:r>{BOLD}<w:t xml:space="preserve">（一）</w:t></w:r></w:ins>'
            '<w:r><w:t xml:space="preserve">乙</w:t></w:r></w:p>',
        ),
        # A deletion alone, with an entity in it.
        (
            '<w:p><w:r><w:t>甲&amp;乙</w:t></w:r></w:p>', "&", "",
            '<w:p><w:r><w:t xml:space="preserve">甲</w:t></w:r><w:del w:id="1" w:author="bulletin-lint"><w:r>'
            '<w:delText xml:space="preserve">&amp;</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">乙</w:t></w:r></w:p>',
        ),
    ],
)  # fmt: skip
def test_a_change_is_tracked(paragraph: str, old: str, new: str, expected: str) -> None:
    data = docx(paragraph)
    made = edited(data, old, new)
    assert expected in body_of(made)
    assert read_docx("1.docx", data).text.replace(old, new) == read_docx("1.docx", made).text


def test_an_insertion_goes_behind_the_word_before_it() -> None:
    copy = DocxCopy("1.docx", docx(p("甲乙")))
    made = copy.edited([Edit(Span(1, 1), "<")], "bulletin-lint")
    assert "甲<乙\n" == read_docx("1.docx", made).text
    assert (
        '<w:ins w:id="1" w:author="bulletin-lint"><w:r><w:t xml:space="preserve">&lt;</w:t></w:r></w:ins>'
        in body_of(made)
    )
    first = copy.edited([Edit(Span(0, 0), "序")], "bulletin-lint")
    assert "序甲乙\n" == read_docx("1.docx", first).text


def test_identifiers_are_above_all_others() -> None:
    data = docx(p('<w:bookmarkStart w:id="41" w:name="a"/>', "甲,乙", '<w:bookmarkEnd w:id="41"/>'))
    assert '<w:del w:id="42"' in body_of(edited(data, ",", "，"))


def test_a_change_without_a_trace() -> None:
    made = edited(docx(p("甲,乙")), ",", "，", None)
    assert "<w:ins" not in body_of(made)
    assert "甲，乙\n" == read_docx("1.docx", made).text


@pytest.mark.parametrize(
    ("paragraph", "old", "new"),
    [
        (p('<w:fldSimple w:instr=" DATE ">' + r("5,6") + "</w:fldSimple>"), ",", "，"),
        (p(run('<w:fldChar w:fldCharType="begin"/>'), run('<w:fldChar w:fldCharType="separate"/>'), r("5,6"), run('<w:fldChar w:fldCharType="end"/>')), ",", "，"),
        (p(f'<w:ins w:id="1" w:author="张某">{r("5,6")}</w:ins>'), ",", "，"),
        (p(f'<w:moveTo w:id="1" w:author="张某">{r("5,6")}</w:moveTo>'), ",", "，"),
        (p("甲") + p("乙"), "甲\n乙", "甲"),
        (p("甲", run("<w:tab/>"), "乙"), "甲\t乙", "甲乙"),
        (p("甲", run("<w:br/>"), "乙"), "甲\n乙", "甲乙"),
        (p("甲乙"), "甲", "甲\n"),
        (p("甲乙"), "甲", "甲\t"),
        (p("加强", properties=in_list(1)), "一、", "二、"),
        (p(run(f'<w:pict><v:shape><v:textbox><w:txbxContent>{p("5,6")}</w:txbxContent></v:textbox></v:shape></w:pict>')), ",", "，"),
        (p(run("<w:t><![CDATA[5,6]]></w:t>")), ",", "，"),
        (p(run('<w:sym w:font="Wingdings" w:char="F0FE"/>')), "☑", "√"),
        (p("<m:oMath><m:r><m:t>5,6</m:t></m:r></m:oMath>"), ",", "，"),
    ],
)  # fmt: skip
def test_a_change_that_nobody_could_accept_is_not_made(paragraph: str, old: str, new: str) -> None:
    copy = DocxCopy("1.docx", docx(paragraph, LIST))
    start = copy.reading.text.index(old)
    assert not copy.can_edit(Edit(Span(start, start + len(old)), new))


# Whatever the runs

TEXT = st.text("甲乙，。 &<a1　", min_size=1, max_size=6)
WRAPPERS: list[Callable[[str], str]] = [
    lambda inner: inner,
    lambda inner: f'<w:hyperlink w:anchor="a">{inner}</w:hyperlink>',
    lambda inner: f'<w:ins w:id="90" w:author="张某">{inner}</w:ins>',
    lambda inner: f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
    lambda inner: f'<w:del w:id="91"><w:r><w:delText>没了</w:delText></w:r></w:del>{inner}',
]


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    from xml.sax.saxutils import escape

    runs = []
    for _ in range(draw(st.integers(1, 4))):
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            words = escape(draw(TEXT))
            keep = draw(st.sampled_from(["", ' xml:space="preserve"']))
            parts.append(
                draw(st.sampled_from([f"<w:t{keep}>{words}</w:t>", "<w:tab/>", "<w:noBreakHyphen/>"]))
            )
        properties = draw(st.sampled_from(["", "<w:b/>", '<w:sz w:val="32"/>']))
        runs.append(draw(st.sampled_from(WRAPPERS))(run("".join(parts), properties)))
    return f"<w:p>{''.join(runs)}</w:p>"


@given(st.lists(paragraphs(), min_size=1, max_size=3), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_marked_reads_as_before(made: list[str], data: st.DataObject) -> None:
    document = docx(p("首") + "".join(made))
    copy = DocxCopy("1.docx", document)
    length = len(copy.reading.text)
    remarks = []
    for number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, length - 1))
        remarks.append(Remark(start, data.draw(st.integers(start, length)), f"第{number}条"))
    marked_ = copy.commented(remarks, "bulletin-lint", "BL")
    again = DocxCopy("1.docx", marked_)
    assert copy.reading.text == again.reading.text
    assert copy.reading.lines == again.reading.lines
    assert marked_ == again.commented(remarks, "bulletin-lint", "BL")


@given(st.lists(paragraphs(), min_size=1, max_size=2), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_reads_as_the_change_says(made: list[str], data: st.DataObject) -> None:
    copy = DocxCopy("1.docx", docx(p("首") + "".join(made)))
    text = copy.reading.text
    edits: list[Edit] = []
    # The first character stays: a document without any text is none.
    position = 1
    while position < len(text) and len(edits) < 3:
        start = data.draw(st.integers(position, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 4)))
        edit = Edit(Span(start, end), data.draw(st.text("丙，&", max_size=3)))
        if copy.can_edit(edit) and (start < end or edit.text):
            edits.append(edit)
        position = end + 1
    expected = text
    for edit in sorted(edits, reverse=True):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    for author in ("bulletin-lint", None):
        assert _collapsed(expected) == _collapsed(read_docx("1.docx", copy.edited(edits, author)).text)


def _collapsed(text: str) -> str:
    """Without lines that an edit may have emptied."""
    return "".join(line.strip(" \t\u3000") for line in text.split("\n"))


def test_where_no_paragraph_has_words_the_first_that_is_empty_is_opened() -> None:
    box = run(
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    note = {"header": p("眉")}
    body = (
        "<w:p/>"
        + f"<w:p>{box}</w:p>"
        + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    )
    made = commented(docx(body, note), "框", "眉")
    assert "框\n眉\n" == read_docx("1.docx", made).text
    assert made == commented(made, "框", "眉")


def test_our_comment_in_one_tag_is_taken_out() -> None:
    data = docx(p(marked(3, "甲"), "乙"), {"comments": '<w:comment w:id="3" w:author="bulletin-lint"/>'})
    made = commented(data)
    assert "w:comment " not in part_of(made, "word/comments.xml")
    assert "commentReference" not in body_of(made)
