"""Files of office programs are told by their content; what is none of them is refused with a reason."""

from __future__ import annotations

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers.office.forms import DOC, ODT, RTF, OfficeForm, form_of
from office_files import RTF as RTF_FILE
from office_files import compound, open_document


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (compound("Root", "WordDocument", "1Table"), DOC),
        (RTF_FILE, RTF),
        (open_document(), ODT),
        (open_document(encrypted=True), ODT),
    ],
)
def test_a_form_is_told_by_its_content(data: bytes, form: OfficeForm) -> None:
    assert form_of("a.wps", data) is form


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (compound("EncryptedPackage", "EncryptionInfo"), "打开密码", "has a password"),
        (compound("WordDocument", encrypted=True), "打开密码", "has a password"),
        (compound("Workbook"), "不是 Word 或 WPS 文字文档", "no document of Word or WPS Writer"),
        # The name alone, where no entry of a directory is, makes no document.
        (
            compound("Workbook") + b"x" + "WordDocument".encode("utf-16-le") + b"\0" * 200,
            "不是 Word 或 WPS 文字文档",
            "no document of Word or WPS Writer",
        ),
        (b"PK\x03\x04" + b"\0" * 60, "改为 .docx", "rename it to end in .docx"),
        (b"%PDF-1.7\n", "改为 .pdf", "rename it to end in .pdf"),
        (b"<html><body>", "改为 .html", "rename it to end in .html"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "改为 .html", "rename it to end in .html"),
        (b"MIME-Version: 1.0\r\n", "改为 .mht", "rename it to end in .mht"),
        (b"\x8f\x01random\x00bytes", "或已损坏", "or damaged"),
        ("情况简报\n第3期".encode(), "改为 .txt", "end in .txt"),
        (b"", "是空的", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不是 Word 或 WPS 文字文档", "no document of Word"),
    ],
)
def test_what_is_no_document_that_can_be_converted_is_refused(data: bytes, zh: str, en: str) -> None:
    with pytest.raises(SourceError) as refused:
        form_of("a.doc", data)
    assert zh in refused.value.wording.zh
    assert en in refused.value.wording.en
