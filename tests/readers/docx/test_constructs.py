"""What Word and WPS write, construct by construct, and the lines that are read from it."""

from __future__ import annotations

import pytest

from bulletin_lint.model.reading import Reading
from bulletin_lint.readers.docx.reader import read_docx
from docx_made import abstract, docx, in_list, level, num, p, r, run, table


def reading_of(body: str, parts: dict[str, str] | None = None, *, strict: bool = False) -> Reading:
    return read_docx("1.docx", docx(body, parts, strict=strict))


def shown(reading: Reading) -> list[str]:
    """The words of each line; ``|`` between cells, ``↵`` before what goes on, the kind of furniture first."""
    found = []
    for line in reading.lines:
        bounds = line.cells or line.pieces
        words = "|".join(reading.text[start:end].replace("\n", "") for start, end in bounds)
        if line.kind == "furniture":
            words = f"{line.furniture}: {words}"
        found.append(f"↵{words}" if line.joins else words)
    return found


def field(instruction: str, *result: str, separated: bool = True) -> str:
    """A field of runs, as Word writes one."""
    parts = [
        run('<w:fldChar w:fldCharType="begin"/>'),
        run(f'<w:instrText xml:space="preserve">{instruction}</w:instrText>'),
    ]
    if separated:
        parts.append(run('<w:fldChar w:fldCharType="separate"/>'))
    parts += [each if each.startswith("<") else r(each) for each in result]
    return "".join([*parts, run('<w:fldChar w:fldCharType="end"/>')])


def wps_box(*paragraphs: str, top: int | None = None) -> str:
    """A text box as DrawingML has it."""
    place = (
        ""
        if top is None
        else (f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>')
    )
    return (
        f"<w:drawing><wp:anchor>{place}<wp:extent cx='10' cy='10'/><a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing>"
    )


def vml_box(*paragraphs: str, style: str = "") -> str:
    """A text box as VML has it."""
    return (
        f'<w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{"".join(paragraphs)}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict>"
    )


def either(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


LIST = abstract(1, level(0, "%1、", "japaneseCounting")) + num(1, 1)
HIDING = '<w:style w:type="character" w:styleId="藏"><w:rPr><w:vanish/></w:rPr></w:style>'
CONSTRUCTS: dict[str, tuple[str, dict[str, str], list[str]]] = {
    "a number that Word counts": (
        p("加强领导", properties=in_list(1)) + p("形成合力", properties=in_list(1)),
        {"numbering": LIST},
        ["一、加强领导", "二、形成合力"],
    ),
    "a number without words behind it": (p(properties=in_list(1)), {"numbering": LIST}, ["一、"]),
    "runs cut anywhere": (
        p("第", r("1"), '<w:proofErr w:type="spellStart"/>', r("2"), '<w:bookmarkStart w:id="0" w:name="b"/>', r("期")),
        {},
        ["第12期"],
    ),
    "an alternative that is known": (
        p(run(either(wps_box(p("框")), vml_box(p("框")))), "文"), {}, ["框", "文"]
    ),
    "an alternative that is not known": (
        p(run(either(wps_box(p("新")), vml_box(p("旧")), requires="x99"))), {}, ["旧"]
    ),
    "an alternative that asks for two, one not known": (
        p(run(either(wps_box(p("新")), vml_box(p("旧")), requires="wps x99"))), {}, ["旧"]
    ),
    "an alternative without fallback": (
        p(
            run(
                '<mc:AlternateContent><mc:Choice Requires="x99"><w:t>甲</w:t></mc:Choice>'
                '<mc:Choice Requires="w14"><w:t>乙</w:t></mc:Choice>'
                '<mc:Choice Requires="wps"><w:t>丙</w:t></mc:Choice></mc:AlternateContent>'
            )
        ),
        {},
        ["乙"],
    ),
    "a text box of VML alone": (p(run(vml_box(p("平安简报"))), "第一段。"), {}, ["平安简报", "第一段。"]),
    "a text box comes before the paragraph it hangs on": (
        p("前。") + p("后", run(wps_box(p("框一"), p("框二"))), "。"), {}, ["前。", "框一", "框二", "后。"]
    ),
    "text boxes in the order in which they stand": (
        p(run(wps_box(p("下"), top=900)), run(wps_box(p("上"), top=100))), {}, ["上", "下"]
    ),
    "text boxes of VML in the order in which they stand": (
        p(run(vml_box(p("下"), style="margin-top:90.5pt;z-index:1")), run(vml_box(p("上"), style="margin-top:-3pt"))),
        {},
        ["上", "下"],
    ),
    "text boxes of which one says no height stay": (
        p(run(wps_box(p("下"), top=900)), run(wps_box(p("不知")))), {}, ["下", "不知"]
    ),
    "a text box in a text box": (
        p(run(wps_box(p("外", run(vml_box(p("内"))))))), {}, ["内", "外"]
    ),
    "a table of one row": (
        table(["第 8 期", "2023年5月6日"]), {}, ["第 8 期", "2023年5月6日"]
    ),
    "a table of one column": (table(["平安简报"], ["第 8 期"]), {}, ["平安简报", "第 8 期"]),
    "a table of labels": (
        table(["报：市委办", ""], ["送：各县委", "发：各部门"]), {}, ["报：市委办", "送：各县委", "发：各部门"]
    ),
    "two tables of labels that were made one, and the print run": (
        table(["责编：甲", "电话：1"], ["报：乙", "送：丙"], ["共印90份"]), {}, ["责编：甲", "电话：1", "报：乙", "送：丙", "共印90份"]
    ),
    "a table of data with a label in it": (
        table(["项目", "说明"], ["修桥", "注：已完工"]), {}, ["项目|说明", "修桥|注：已完工"]
    ),
    "a table of data": (table(["县", "件"], ["甲", "8"]), {}, ["县|件", "甲|8"]),
    "a table of data with an empty cell": (table(["县", "件"], ["", "8"]), {}, ["县|件", "|8"]),
    "a table with times is no table of labels": (
        table(["8:30", "报到"], ["9:00", "开会"]), {}, ["8:30|报到", "9:00|开会"]
    ),
    "merged cells once": (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
        + p("甲")
        + "</w:tc><w:tc>"
        + p("1")
        + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
        + p("甲")
        + "</w:tc><w:tc>"
        + p("2")
        + "</w:tc></w:tr></w:tbl>",
        {},
        ["甲|1", "|2"],
    ),
    "paragraphs of a cell": (
        table(["项目", "日期"], [p("修桥") + p("铺路"), p("8") + p("9")]), {}, ["项目|日期", "修桥铺路|8 9"]
    ),
    "a table within a cell": (
        table(["甲", "乙"], [p("丙"), table(["丁", "戊"]) + p("己")]), {}, ["甲|乙", "丙|丁戊己"]
    ),
    "numbers in a table": (
        table([p("项", properties=in_list(1)), "甲"], [p(properties=in_list(1)), "乙"]),
        {"numbering": LIST},
        ["一、项|甲", "二、|乙"],
    ),
    "a tab": (p("市委办", run("<w:tab/>"), "2023年5月6日"), {}, ["市委办\t2023年5月6日"]),
    "a tab stop is no tab": (p("甲", properties='<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>'), {}, ["甲"]),
    "a tab to a margin": (p("甲", run('<w:ptab w:alignment="right"/>'), "乙"), {}, ["甲\t乙"]),
    "inserted text is there, deleted is not": (
        p("共", f'<w:ins w:id="1" w:author="张某">{r("八")}</w:ins>', f'<w:del w:id="2">{run("<w:delText>九</w:delText>")}</w:del>', r("件")),
        {},
        ["共八件"],
    ),
    "moved text is where it came to": (
        p(f'<w:moveFrom w:id="1">{r("从前")}</w:moveFrom>', r("起")) + p(f'<w:moveTo w:id="2">{r("从前")}</w:moveTo>'),
        {},
        ["起", "从前"],
    ),
    "text in a deletion that says it is text": (p("甲", f'<w:del w:id="2">{r("乙")}</w:del>'), {}, ["甲"]),
    "the end of a paragraph is deleted": (
        p("上半", mark='<w:del w:id="1"/>', properties='<w:jc w:val="center"/>') + p("下半"), {}, ["上半下半"]
    ),
    "the end of the last paragraph is deleted": (p("甲") + p("乙", mark='<w:del w:id="1"/>'), {}, ["甲", "乙"]),
    "a numbered paragraph whose end is deleted": (
        p("甲", properties=in_list(1), mark='<w:del w:id="1"/>') + p("乙") + p("丙", properties=in_list(1)),
        {"numbering": LIST},
        ["甲乙", "一、丙"],
    ),
    "a paragraph deleted with its end": (
        p(f'<w:del w:id="1">{run("<w:delText>没了</w:delText>")}</w:del>', mark='<w:del w:id="2"/>') + p("还在"),
        {},
        ["还在"],
    ),
    "a deleted row": (
        "<w:tbl><w:tr><w:tc>" + p("县") + "</w:tc><w:tc>" + p("件") + "</w:tc></w:tr>"
        "<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>" + p("甲") + "</w:tc><w:tc>" + p("1") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + p("乙") + "</w:tc><w:tc>" + p("2") + "</w:tc></w:tr></w:tbl>",
        {},
        ["县|件", "乙|2"],
    ),
    "a deleted cell": (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>" + p("甲") + "</w:tc><w:tc>" + p("乙")
        + "</w:tc></w:tr></w:tbl>",
        {},
        ["乙"],
    ),
    "what properties were before a change": (
        p(
            "甲",
            properties=f'<w:pPrChange w:id="1"><w:pPr>{in_list(1)}<w:jc w:val="center"/></w:pPr></w:pPrChange>',
        )
        + p(run("<w:rPr><w:rPrChange w:id='2'><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>乙</w:t>")),
        {"numbering": LIST},
        ["甲", "乙"],
    ),
    "hidden text": (p("明", r("暗", "<w:vanish/>"), r("亮")), {}, ["明亮"]),
    "text hidden by its style": (
        p("明", r("暗", '<w:rStyle w:val="藏"/>'), r("现", '<w:rStyle w:val="藏"/><w:vanish w:val="0"/>')),
        {"styles": HIDING},
        ["明现"],
    ),
    "a hidden paragraph counts for no number": (
        p(properties=in_list(1), mark="<w:vanish/>") + p("甲", properties=in_list(1)),
        {"numbering": LIST},
        ["一、甲"],
    ),
    "a field": (p("见第", field(" PAGEREF a ", "12"), "页"), {}, ["见第12页"]),
    "a field without a result": (p("甲", field(" TC x ", "乙", separated=False), "丙"), {}, ["甲丙"]),
    "a field in a field's instructions": (
        p(field(f' IF {field("PAGE", "1")} = 1 ', "甲"), "乙"), {}, ["甲乙"]
    ),
    "text among the instructions of a field": (
        p(
            run('<w:fldChar w:fldCharType="begin"/>'),
            r("IF "),
            field("PAGE", "7"),
            run('<w:fldChar w:fldCharType="separate"/>'),
            r("甲"),
            run('<w:fldChar w:fldCharType="end"/>'),
        ),
        {},
        ["甲"],
    ),
    "a field over paragraphs": (
        p(run('<w:fldChar w:fldCharType="begin"/>'), run("<w:instrText>TOC</w:instrText>"), run('<w:fldChar w:fldCharType="separate"/>'), "一")
        + p("二", run('<w:fldChar w:fldCharType="end"/>')),
        {},
        ["一", "二"],
    ),
    "a simple field": (p('<w:fldSimple w:instr=" DATE ">' + r("5月6日") + "</w:fldSimple>"), {}, ["5月6日"]),
    "contents": (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent>" + p("目录") + p("修桥", run("<w:tab/>"), field("PAGEREF a", "2")) + "</w:sdtContent></w:sdt>",
        {},
        ["目录", "修桥\t2"],
    ),
    "content controls, links and tags": (
        "<w:sdt><w:sdtPr><w:alias w:val='刊名'/></w:sdtPr><w:sdtContent>" + p("平安") + "</w:sdtContent></w:sdt>"
        + "<w:customXml w:element='e'>" + p("甲") + "</w:customXml>"
        + p("一", f'<w:sdt><w:sdtPr/><w:sdtContent>{r("二")}</w:sdtContent></w:sdt>', f'<w:hyperlink w:anchor="a">{r("三")}</w:hyperlink>', f'<w:smartTag w:element="e">{r("四")}</w:smartTag>'),
        {},
        ["平安", "甲", "一二三四"],
    ),
    "a placeholder is seen": (
        p(f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r("单击此处输入文字。")}</w:sdtContent></w:sdt>'),
        {},
        ["单击此处输入文字。"],
    ),
    "header and footer": (
        p("文。")
        + '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>',
        {"header": p("平安简报"), "footer": p("— ", field("PAGE", "1"), " —")},
        ["文。", "running-head: 平安简报", "page-number: — 1 —"],
    ),
    "a header of two sections once": (
        p("一。", properties='<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>')
        + p("二。")
        + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>',
        {"header": p("简报")},
        ["一。", "二。", "running-head: 简报"],
    ),
    "a header of first pages that are none": (
        p("文。")
        + '<w:sectPr><w:headerReference w:type="first" r:id="header"/>'
        '<w:headerReference w:type="default" r:id="header2"/></w:sectPr>',
        {"header": p("首页"), "header2": p("各页")},
        ["文。", "running-head: 各页"],
    ),
    "a header of first pages": (
        p("文。") + '<w:sectPr><w:headerReference w:type="first" r:id="header"/><w:titlePg/></w:sectPr>',
        {"header": p("首页")},
        ["文。", "running-head: 首页"],
    ),
    "a watermark": (
        p("文。") + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>',
        {"header": p(run('<w:pict><v:shape><v:textpath string="送审稿"/></v:shape></w:pict>'))},
        ["文。", "watermark: 送审稿"],
    ),
    "notes": (
        p("甲", run('<w:footnoteReference w:id="2"/>'), "乙", run('<w:endnoteReference w:id="1"/>')),
        {
            "footnotes": '<w:footnote w:type="separator" w:id="0">' + p("—") + "</w:footnote>"
            '<w:footnote w:id="3">' + p("没人提到") + '</w:footnote><w:footnote w:id="2">' + p("脚注。") + "</w:footnote>",
            "endnotes": '<w:endnote w:id="1">' + p("尾注。") + "</w:endnote>",
        },
        ["甲乙", "note: 脚注。", "note: 尾注。"],
    ),
    "comments of others": (
        p('<w:commentRangeStart w:id="0"/>', r("甲"), '<w:commentRangeEnd w:id="0"/>', run('<w:commentReference w:id="0"/>')),
        {"comments": '<w:comment w:id="0">' + p("这里不对") + "</w:comment>"},
        ["甲"],
    ),
    "a broken line that has not ended": (p("关于修桥的", run("<w:br/>"), "通知"), {}, ["关于修桥的", "↵通知"]),
    "a broken line that has ended": (p("修好了。", run("<w:br/>"), "又修路"), {}, ["修好了。", "又修路"]),
    "a broken line in the middle": (
        p("修好了。", run("<w:br/>"), "又修路", properties='<w:jc w:val="center"/>'), {}, ["修好了。", "↵又修路"]
    ),
    "a carriage return": (p("甲", run("<w:cr/>"), "乙"), {}, ["甲", "↵乙"]),
    "a page break cuts nothing": (p("上", run('<w:br w:type="page"/>'), "下"), {}, ["上下"]),
    "a rendered page break cuts nothing": (p("上", run("<w:lastRenderedPageBreak/>"), "下"), {}, ["上下"]),
    "hyphens": (p("A", run("<w:noBreakHyphen/>"), "B", run("<w:softHyphen/>"), "C"), {}, ["A-BC"]),
    "symbols": (
        p(
            run('<w:sym w:font="Wingdings" w:char="F0FE"/>'),
            run('<w:sym w:font="Wingdings 2" w:char="F0A3"/>'),
            run('<w:sym w:font="Symbol" w:char="F0B0"/>'),
            run('<w:sym w:font="某字体" w:char="F041"/>'),
            run('<w:sym w:font="宋体" w:char="2605"/>'),
        ),
        {},
        ["☑□°\ufffc★"],
    ),
    "ruby": (
        p(run(f'<w:ruby><w:rubyPr><w:rubyAlign w:val="center"/></w:rubyPr><w:rt>{r("mò")}</w:rt><w:rubyBase>{r("墨")}</w:rubyBase></w:ruby>')),
        {},
        ["墨"],
    ),
    "widened and fitted text": (
        p(r("简报", '<w:spacing w:val="400"/>'), r("编辑", '<w:fitText w:val="900"/>')), {}, ["简报编辑"]
    ),
    "names typed wide": (p("　　张　三"), {}, ["张　三"]),
    "two lines in one": (p(r("甲乙", '<w:eastAsianLayout w:combine="1"/>'), "丙"), {}, ["甲乙丙"]),
    "raised figures": (
        p("8m", r("2", '<w:vertAlign w:val="superscript"/>'), "、km", r("3", '<w:vertAlign w:val="superscript"/>'), "，注", r("12", '<w:vertAlign w:val="superscript"/>')),
        {},
        ["8m²、km³，注12"],
    ),
    "white space that is not kept": (
        p(run("<w:t> 甲 </w:t>"), run("<w:t>　乙　</w:t>"), run("<w:t>丙\n丁</w:t>"), run('<w:t xml:space="preserve">\n戊</w:t>')),
        {},
        ["甲　乙　丙 丁 戊"],
    ),
    "a formula": (p("长", "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", r("米")), {}, ["长x+1米"]),
    "a document in the document": (p("甲") + '<w:altChunk r:id="c"/>', {}, ["甲", "unread: \ufffc"]),
    "a document of a master document": (p("甲") + '<w:subDoc r:id="c"/>', {}, ["甲", "unread: \ufffc"]),
    "the same in a paragraph": (p("甲", '<w:subDoc r:id="c"/>'), {}, ["甲", "unread: \ufffc"]),
    "words that are drawn": (
        p("甲", run('<w:pict><v:shape><v:textpath string="乙"/></v:shape></w:pict>')),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "a picture as large as a page, as WPS has it": (
        p("甲", run('<w:pict><v:shape style="width:420pt;height:600pt"><v:imagedata r:id="i"/></v:shape></w:pict>')),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "an object as large as a page": (
        p(
            "甲",
            run(
                '<w:object><v:shape style="width:15cm;height:21cm"><v:imagedata r:id="i"/></v:shape>'
                '<o:OLEObject ProgID="Word.Document.12"/></w:object>'
            ),
        ),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "an object": (
        p("甲", run('<w:object><v:shape><v:imagedata r:id="i"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>')),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "a chart": (
        p("甲", run("<w:drawing><wp:inline><wp:extent cx='9' cy='9'/><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'/></a:graphic></wp:inline></w:drawing>")),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "a picture as large as a page, and a small one": (
        p(
            "甲",
            *(
                run(
                    f"<w:drawing><wp:inline><wp:extent cx='{cx}' cy='{cy}'/><a:graphic><a:graphicData "
                    "uri='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphic></wp:inline></w:drawing>"
                )
                for cx, cy in ((5_400_000, 7_200_000), (3_600_000, 2_400_000))
            ),
        ),
        {},
        ["甲", "unread: \ufffc"],
    ),
    "a bullet": (
        p("甲", properties=in_list(1)),
        {"numbering": abstract(1, level(0, "", "bullet")) + num(1, 1)},
        ["甲"],
    ),
    "empty paragraphs": (p("甲") + p() + p("　 ") + p("乙"), {}, ["甲", "乙"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_construct_is_read_as_it_is_seen(name: str) -> None:
    body, parts, expected = CONSTRUCTS[name]
    assert expected == shown(reading_of(body, parts))


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_strict_namespace_says_the_same(name: str) -> None:
    body, parts, expected = CONSTRUCTS[name]
    assert expected == shown(reading_of(body, parts, strict=True))


def test_prefixes_are_what_they_are_declared_to_be() -> None:
    data = docx(p("甲"))
    other = data_with(data, lambda xml: xml.replace("w:", "z:").replace("xmlns:w=", "xmlns:z="))
    assert ["甲"] == shown(read_docx("1.docx", other))


def test_a_part_in_utf_16() -> None:
    data = data_with(docx(p("简报")), lambda xml: xml.replace("UTF-8", "UTF-16"), encoding="utf-16")
    assert ["简报"] == shown(read_docx("1.docx", data))


def data_with(data: bytes, change: object, encoding: str = "utf-8") -> bytes:
    """A document whose text is changed."""
    import io
    import zipfile

    from docx_made import packed

    assert callable(change)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    return packed(
        [
            (name, str(change(content.decode())).encode(encoding) if name == "word/document.xml" else content)
            for name, content in members
        ]
    )


# What lines say besides their words

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/>'
    '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="强"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="环"><w:basedOn w:val="圈"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="圈"><w:basedOn w:val="环"/></w:style>'
)


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("paragraph", "what", "expected"),
    [
        (p("甲"), "size", 16.0),
        (p("甲", r("乙", '<w:sz w:val="24"/>'), r(" ", '<w:sz w:val="90"/>')), "size", 16.0),
        (p("甲", properties=style("1")), "size", 22.0),
        (p("甲", properties=style("1")), "centred", True),
        (p("甲", properties=style("1") + '<w:jc w:val="both"/>'), "centred", False),
        (p("甲", properties=style("1")), "heading", 1),
        (p("甲", properties=style("2")), "heading", 0),
        (p("甲", properties='<w:outlineLvl w:val="2"/>'), "heading", 3),
        (p("甲", properties=style("环")), "centred", False),
        (p("甲", properties='<w:ind w:firstLineChars="200" w:firstLine="640"/>'), "indent", 4),
        (p("甲", properties='<w:ind w:firstLine="640"/>'), "indent", 4),
        (p("　　甲"), "indent", 4),
        (p("　甲", properties='<w:ind w:firstLineChars="100"/>'), "indent", 4),
        (p("甲", properties='<w:jc w:val="right"/>'), "indent", 20),
        (p("甲", properties='<w:jc w:val="end"/>'), "indent", 20),
        (p() + p("甲"), "gap", True),
        (p("甲"), "gap", False),
        (p("甲", properties='<w:spacing w:before="120"/>'), "gap", True),
        (p("甲", properties='<w:spacing w:after="120"/>'), "gap", False),
        (p("甲", properties='<w:spacing w:beforeLines="50"/>'), "gap", True),
        (p("甲"), "joins", False),
        (p("甲"), "page", None),
    ],
)
def test_a_line_says_how_it_stands(paragraph: str, what: str, expected: object) -> None:
    (line,) = reading_of(paragraph, {"styles": STYLES}).lines
    assert expected == getattr(line, what)


@pytest.mark.parametrize(
    ("paragraph", "bold"),
    [
        (p(r("甲", "<w:b/>"), "乙"), ["甲"]),
        (p(r("甲", "<w:b/>"), r("乙", '<w:b w:val="true"/>'), "丙"), ["甲乙"]),
        (p(r("甲", '<w:b w:val="0"/>')), []),
        (p("甲", r("乙", '<w:b w:val="off"/>'), properties=style("1")), ["甲"]),
        (p(r("甲", '<w:rStyle w:val="强"/>'), "乙"), ["甲"]),
        # Two styles that both turn it on turn it off again.
        (p(r("甲", '<w:rStyle w:val="强"/>'), "乙", properties=style("1")), ["乙"]),
        (p("甲", r("　乙　", "<w:b/>")), ["　乙"]),
        (p("甲", mark="<w:b/>"), []),
    ],
)
def test_bold_stretches(paragraph: str, bold: list[str]) -> None:
    reading = reading_of(paragraph, {"styles": STYLES})
    (line,) = reading.lines
    assert bold == [reading.text[start:end] for start, end in line.bold]


def test_a_number_is_bold_with_the_words_behind_it() -> None:
    reading = reading_of(p(r("甲", "<w:b/>"), "乙", properties=in_list(1)), {"numbering": LIST})
    (line,) = reading.lines
    assert ["一、甲"] == [reading.text[start:end] for start, end in line.bold]
    assert ((0, 2),) == reading.automatic
    assert () == reading.unsure


def test_a_document_has_no_pages_and_its_paragraphs_are_final() -> None:
    reading = reading_of(p("甲"))
    assert (None, (), True, "document", True) == (
        reading.pages, reading.layouts, reading.spaces_known, reading.lines_are, reading.joins_final
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        (p("甲") + p() + p("乙"), ["body/p[1]", "body/p[3]"]),
        (table(["县", "件"], ["甲", "8"]), ["body/tbl[1]/tr[1]/tc[1]/p[1]", "body/tbl[1]/tr[2]/tc[1]/p[1]"]),
        (
            "<w:sdt><w:sdtContent>" + p("甲") + "</w:sdtContent></w:sdt>" + p("乙"),
            ["body/sdt[1]/sdtContent[1]/p[1]", "body/p[1]"],
        ),
        (
            p("一", run(vml_box(p(), p("框")))),
            ["body/p[1]/txbxContent[1]/p[2]", "body/p[1]"],
        ),
        (p("甲", mark="<w:del/>") + p("乙") + p("丙"), ["body/p[1]", "body/p[3]"]),
    ],
)
def test_paths_lead_through_the_xml(body: str, paths: list[str]) -> None:
    reading = reading_of(body)
    found = [reading.places.locate(*line.pieces[0]).story for line in reading.lines]
    assert paths == [place.path for place in found if place is not None]


def test_stories_rows_and_tables_are_told() -> None:
    body = (
        p("甲", run(vml_box(p("框"))), run('<w:footnoteReference w:id="1"/>'))
        + table(["报：甲"])
        + table(["县", "件"], ["甲", "8"])
        + '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    )
    reading = reading_of(
        body, {"header": p("眉"), "footnotes": '<w:footnote w:id="1">' + p("注") + "</w:footnote>"}
    )
    found = [reading.places.locate(*line.pieces[0]).story for line in reading.lines]
    assert [
        ("box", 0, 0), ("body", 0, 0), ("body", 0, 0), ("body", 1, 1), ("body", 1, 2),
        ("footnotes", 0, 0), ("header", 0, 0),
    ] == [(place.story, place.table, place.row) for place in found if place is not None]  # fmt: skip


def picture(width: float, height: float) -> str:
    """A picture of so many centimetres."""
    return run(
        f"<w:drawing><wp:inline><wp:extent cx='{width * 360_000:.0f}' cy='{height * 360_000:.0f}'/><a:graphic>"
        "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'/></a:graphic>"
        "</wp:inline></w:drawing>"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("甲" * 900) + '<w:altChunk r:id="c"/>', "另一份文档"),
        (p("甲" * 900) + '<w:subDoc r:id="c"/>', "另一份文档"),
        # A page of text has about 600 characters.
        (p("甲" * 900) + p(picture(15, 21)), "整页"),
        (p("甲" * 900) + p(picture(15, 12)), None),
        (p("甲" * 900) + p(*[picture(15, 14)] * 3), "整页"),
        (p("甲" * 200) + p(picture(15, 12)), "整页"),
        (p("甲" * 200) + p(picture(10, 8)), None),
        (p("甲" * 900), None),
    ],
)
def test_what_may_be_a_page_of_text_is_like_an_unread_page(body: str, said: str | None) -> None:
    """Whatever rules are selected: an inserted document, or a picture of a page or of more than the text."""
    found = [part.wording().zh for part in reading_of(body, {}).unread_parts]
    assert len(found) == (said is not None)
    assert said is None or said in found[0]
