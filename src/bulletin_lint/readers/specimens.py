"""Small files of our own, to be linted before the first that anybody sends: what they need is loaded."""

from __future__ import annotations

from bulletin_lint.model.source import SourceFile

_TEXT = """\
# 平安建设工作简报

2023年第34期（总第118期）

安和市委平安办　2023年9月15日

目　录

1．凤岭区“三色预警”化解矛盾纠纷
2．石门县做实校园周边“护学岗”

## 凤岭区“三色预警”化解矛盾纠纷

近日，凤岭区把矛盾纠纷按紧急程度分为红、黄、蓝3色，分级预警、分类处置，今年1月至8月，全区刑事警情同比下降18.4%，\
信访总量同比下降23.7个百分点，投入资金1,200万元，覆盖3—5平方公里。

### 一、分级预警

一是由村（社区）网格员当场调解。二是由镇（街道）综治中心会同司法所调处，7日内办结。三是由区级领导包案。\
依据《重大矛盾纠纷领导包案办法（试行）》（安办发〔2023〕12号），32件已化解30件，其余2件均已稳控。“以前要跑三四趟。”群众说。

（一）每天上午7:10至8:00，42所学校门口都有护学队员。详见附件1。

| 类别 | 件数 | 占比 |
|---|---|---|
| 黄色 | 340 | 97.6% |

第一章 总则

全区共排查纠纷340件，其中劳资112件、物业86件，已化解300件，还有40件正在办理。（二）下午15:30，**会议**强调：“一个案件、\
一名领导。”各部门(单位)参加了《平安条例》主题活动(总第118期),\
二〇二3年第5届、第十届，由三4名同志负责；贰件（ ）待办。

1.联系电话：13800138000，邮箱：pa@example.cn，网址：https://example.cn/a。TODO：××月××日前补齐……

【来源：安和日报】

——凤岭区委政法委

（凤岭区委政法委　张某某　0375-2196300）。

附件：1．化解矛盾纠纷情况表

责任编辑：于佳音　校对：封小雷

报送：省委平安办，市委常委。

分送：市直各有关单位。

共印120份
"""


def _pdf() -> bytes:
    """One page with one line."""
    content = b"BT /F 12 Tf 72 700 Td (Issue 9) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data = b"%PDF-1.7\n"
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    size = len(objects) + 1
    return data + b"xref\n0 %d\n%s" % (size, table) + trailer % (size, len(data))


def _docx() -> bytes:
    """One paragraph in a list, and a style."""
    import io
    import zipfile

    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def relations(*kinds: tuple[str, str]) -> str:
        rows = "".join(
            f'<Relationship Id="r{number}" Type="{office}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(kinds)
        )
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'<Relationships xmlns="{package}">{rows}</Relationships>'

    def part(name: str, inner: str) -> str:
        return f'<w:{name} xmlns:w="{word}">{inner}</w:{name}>'

    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>'
    members = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "word/document.xml": part("document", f"<w:body><w:p>{listed}<w:r><w:t>9</w:t></w:r></w:p></w:body>"),
        "word/styles.xml": part("styles", ""),
        "word/numbering.xml": part(
            "numbering",
            f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def own_files() -> list[SourceFile]:
    """A bulletin with something of everything, a PDF and a Word document."""
    return [
        SourceFile("own.md", "text", explicit=True, data=_TEXT.encode()),
        SourceFile("own.pdf", "pdf", explicit=True, data=_pdf()),
        SourceFile("own.docx", "docx", explicit=True, data=_docx()),
    ]
