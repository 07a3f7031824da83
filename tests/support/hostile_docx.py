"""Word documents that are made to do harm, are no documents, or hide what is in them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from docx_made import HEAD, W, docx, in_list, members_of, p, packed, r, relations, root, run

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_HEAD = p("平安简报") + p("第 8 期") + p("甲县修好了桥，群众满意。")


def _with(name: str, content: str | bytes, body: str = _HEAD, parts: dict[str, str] | None = None) -> bytes:
    """A document of which a member is another, or one more."""
    members = members_of(body, parts)
    if name in [each for each, _ in members]:
        return packed([(each, content if each == name else old) for each, old in members])
    return packed([*members, (name, content)])


def _main_xml(inner: str) -> bytes:
    return _with("word/document.xml", inner)


def _doctype(declarations: str, text: str) -> str:
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    return f"{HEAD}<!DOCTYPE w:document [{declarations}]>{body}"


def _laughs() -> str:
    entities = '<!ENTITY a0 "哈">' + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12)
    )
    return _doctype(entities, "&a11;")


def _archive(*members: tuple[str, str]) -> bytes:
    return packed(list(members))


def _patched(
    data: bytes, change: Callable[[bytearray, int], None], signature: bytes = b"PK\x01\x02"
) -> bytes:
    """An archive with the directory's entry (or the header) of document.xml changed."""
    made = bytearray(data)
    at = 0
    while True:
        at = made.index(signature, at)
        length, name_at = (28, 46) if signature == b"PK\x01\x02" else (26, 30)
        (size,) = struct.unpack_from("<H", made, at + length)
        if made[at + name_at : at + name_at + size] == b"word/document.xml":
            change(made, at)
            return bytes(made)
        at += 4


def _lying_size(made: bytearray, at: int) -> None:
    struct.pack_into("<I", made, at + 24, 40)


def _wrong_sum(made: bytearray, at: int) -> None:
    struct.pack_into("<I", made, at + 16, 0xDEADBEEF)


def _encrypted_flag(made: bytearray, at: int) -> None:
    made[at + 8] |= 1


def _other_method(made: bytearray, at: int) -> None:
    struct.pack_into("<H", made, at + 10, 99)


def _doubled() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, content in [*members_of(_HEAD), *members_of(p("另一份"))[2:3]]:
                archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _many_members(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members_of(_HEAD):
            archive.writestr(zipfile.ZipInfo(name), content)
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"x/{number}"), b"")
    return stream.getvalue()


def _bomb() -> bytes:
    body = root("document", "<w:body>{}</w:body>").replace("{}", _HEAD + " " * (70 * 1024 * 1024))
    return _main_xml(body)


def _picture() -> str:
    return run(
        "<w:drawing><wp:inline><wp:extent cx='5400000' cy='7200000'/><a:graphic><a:graphicData "
        "uri='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphic></wp:inline></w:drawing>"
    )


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "0 字节"),
    "random bytes": (lambda: bytes(range(256)) * 9, "不是 .docx 文件"),
    "a text": (lambda: "平安简报\n第 8 期\n".encode(), "不是 .docx 文件"),
    "an old document": (lambda: _COMPOUND + b"\0" * 512, "旧格式的 .doc"),
    "an encrypted document": (lambda: _COMPOUND + "EncryptedPackage".encode("utf-16-le"), "已加密"),
    "half an archive": (lambda: docx(_HEAD)[:900], "已损坏"),
    "two bytes": (lambda: b"PK", "已损坏"),
    "an archive of anything": (lambda: _archive(("1.txt", "甲")), "普通压缩包"),
    "a workbook": (
        lambda: _archive(
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", relations({"a": ("officeDocument", "xl/workbook.xml")})),
        ),
        "Excel",
    ),
    "a presentation": (
        lambda: _archive(("_rels/.rels", relations({"a": ("officeDocument", "ppt/presentation.xml")}))),
        "PowerPoint",
    ),
    "an OpenDocument file": (
        lambda: _archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")),
        "OpenDocument",
    ),
    "an OFD document": (lambda: _archive(("OFD.xml", "<a/>")), "OFD"),
    "no main part": (lambda: _with("_rels/.rels", relations({})), "已损坏"),
    "two main parts": (
        lambda: _with(
            "_rels/.rels",
            relations({"a": ("officeDocument", "word/document.xml"), "b": ("officeDocument", "word/2.xml")}),
        ),
        "不止一个正文部件",
    ),
    "a main part that is not there": (
        lambda: _with("_rels/.rels", relations({"a": ("officeDocument", "word/no.xml")})),
        "已损坏",
    ),
    "a main part outside of the package": (
        lambda: _with("_rels/.rels", relations({"a": ("officeDocument", "../../../../etc/passwd")})),
        "已损坏",
    ),
    "XML that ends too soon": (lambda: _main_xml(root("document", "<w:body>")[:-20]), "已损坏"),
    "another root": (lambda: _main_xml(f'{HEAD}<html xmlns="http://www.w3.org/1999/xhtml"/>'), "已损坏"),
    "a character that XML does not have": (
        lambda: _main_xml(root("document", f"<w:body>{p('&#0;')}</w:body>")),
        "已损坏",
    ),
    "UTF-16 with an odd byte": (
        lambda: _with("word/document.xml", root("document", "<w:body/>").encode("utf-16") + b"\xd8"),
        "已损坏",
    ),
    "entities of entities": (lambda: _main_xml(_laughs()), "DOCTYPE"),
    "an entity from outside": (
        lambda: _main_xml(_doctype('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;")),
        "DOCTYPE",
    ),
    "a DOCTYPE in the styles": (
        lambda: _with(
            "word/styles.xml",
            f'{HEAD}<!DOCTYPE w:styles [<!ENTITY a "b">]><w:styles xmlns:w="{W}"/>',
            parts={"styles": ""},
        ),
        "DOCTYPE",
    ),
    "content controls in one another": (
        lambda: docx("<w:sdt><w:sdtContent>" * 200 + _HEAD + "</w:sdtContent></w:sdt>" * 200),
        "嵌套过深",
    ),
    "a hundred thousand elements in one another": (
        lambda: docx(_HEAD + "<w:p>" + "<w:x>" * 100_000 + "</w:x>" * 100_000 + "</w:p>"),
        "嵌套过深",
    ),
    "tables in one another": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 100 + _HEAD + "</w:tc></w:tr></w:tbl>" * 100),
        "嵌套过深",
    ),
    "what is passed over, in one another": (
        lambda: docx(_HEAD + "<w:p><w:del>" + "<w:r>" * 300 + "</w:r>" * 300 + "</w:del></w:p>"),
        "嵌套过深",
    ),
    "seventy MiB of space": (_bomb, "压缩炸弹"),
    "a size that is a lie": (lambda: _patched(docx(_HEAD), _lying_size), "已损坏"),
    "a wrong sum": (lambda: _patched(docx(_HEAD), _wrong_sum), "已损坏"),
    "an encrypted member": (lambda: _patched(docx(_HEAD), _encrypted_flag), "已加密"),
    "a method that nobody knows": (lambda: _patched(docx(_HEAD), _other_method), "已损坏"),
    "more than ten thousand members": (lambda: _many_members(10_001), "部件过多"),
    "thirty thousand members": (lambda: _many_members(30_000), "部件过多"),
    "only a picture": (lambda: docx(p(_picture())), "只有图片"),
    "only a picture in VML": (
        lambda: docx(p(run('<w:pict><v:shape><v:imagedata r:id="i"/></v:shape></w:pict>'))),
        "只有图片",
    ),
    "only another document": (lambda: docx('<w:altChunk r:id="x"/>'), "没有文字"),
    "no text": (lambda: docx(p() + p("　")), "没有文字"),
    "two members of one name": (_doubled, "两个部件同名"),
    "a field without an end": (
        lambda: docx(_HEAD + p(run('<w:fldChar w:fldCharType="begin"/>'), r("藏起来的话"))),
        "没有结束标记",
    ),
}
"""What to make, and a word of the message with which it is refused, or what of it is."""

_LOOPS = (
    '<w:style w:type="paragraph" w:styleId="甲"><w:basedOn w:val="乙"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="乙"><w:basedOn w:val="甲"/></w:style>'
    '<w:style w:type="numbering" w:styleId="丙"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
_LOOP_LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="丙"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)

READ: dict[str, Callable[[], bytes]] = {
    "styles and lists in circles": lambda: docx(
        _HEAD + p("乙县", properties='<w:pStyle w:val="甲"/>'), {"styles": _LOOPS, "numbering": _LOOP_LIST}
    ),
    "a style on ten thousand others": lambda: docx(
        _HEAD + p("乙县", properties='<w:pStyle w:val="s9999"/>') * 500,
        {
            "styles": "".join(
                f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>'
                for n in range(10_000)
            )
        },
    ),
    "numbers beyond all measure": lambda: docx(
        _HEAD
        + p("乙县", properties=in_list(10**30, 10**40) + f'<w:ind w:firstLine="{10**400}"/>')
        + p(r("丙县", f'<w:sz w:val="{"9" * 5000}"/><w:sz w:val="nan"/>'))
    ),
    "a header outside of the package": lambda: _with(
        "word/_rels/document.xml.rels",
        relations({"header": ("header", "../../../etc/passwd")}).replace(
            "</Relationships>",
            '<Relationship Id="h2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'header" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>',
        ),
        _HEAD + '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:headerReference w:type="even" r:id="h2"/></w:sectPr>',
    ),
    "ten thousand ends of paragraphs deleted": lambda: docx(
        _HEAD + p("桥", mark="<w:del/>") * 10_000 + p("。")
    ),
    "elements where none belong": lambda: docx(
        _HEAD + "<w:tr/><w:tc>" + p("甲") + "</w:tc><w:t>乙</w:t><w:tbl><w:del/>" + p("丙") + "</w:tbl>"
        "<w:txbxContent>" + p("丁") + "</w:txbxContent><w:r><w:t>戊</w:t><w:tab/></w:r><w:vMerge/>"
        '<w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><mc:Choice Requires="wps"/>'
        "<mc:Fallback/><w:footnote/><w:sectPr/><w:pPr><w:jc/></w:pPr><w:sdtContent/>"
    ),
}
"""What is read all the same."""

FOREVER: dict[str, Callable[[], bytes]] = {
    "eight million empty paragraphs": lambda: docx(_HEAD + "<w:p/>" * 8_000_000),
    "eight million characters of a label": lambda: docx(
        _HEAD + "<w:p><w:r>" + "<w:tab/>" * 6_000_000 + "</w:r></w:p>"
    ),
}
"""What takes more time or memory than a file may."""
