"""Why a Word document is not read, and what to do: told in one place, for people."""

from __future__ import annotations

from bulletin_lint.model.wording import Wording


class DocxError(Exception):
    """A document that cannot be read, or not be written into; `wording` says why, and what to do."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.en)
        self.wording = wording


EMPTY = Wording(
    "文件是空的（0 字节）。请重新保存后再检查。",
    "the file is empty (0 bytes). Save it again.",
)
NOT_DOCX = Wording(
    "不是 .docx 文件：内容不是 Word 的打包格式。请确认扩展名与内容相符，或用 Word、WPS 打开后另存为 .docx。",
    "this is no .docx file: it is not packed as one. Check its extension, or open it in Word or WPS and save "
    "it as .docx.",
)
OLD_DOC = Wording(
    "扩展名是 .docx，内容却是旧格式的 .doc。请用 Word 或 WPS 打开，另存为 .docx。",
    "by its name a .docx, by its content an old .doc. Open it in Word or WPS and save it as .docx.",
)
ENCRYPTED = Wording(
    "文档已加密，须有密码才能打开。请在 Word 或 WPS 里取消“用密码进行加密”，另存后再检查。",
    "the document is encrypted. Remove the password in Word or WPS and save it again.",
)
DAMAGED = Wording(
    "文档已损坏或不完整，无法读取。请用 Word 或 WPS 打开修复后另存一份。",
    "the document is damaged or incomplete. Open it in Word or WPS, let it be repaired, and save a copy.",
)
NO_TEXT = Wording(
    "文档中没有文字。请确认文件没有放错。",
    "the document holds no text. Check that it is the right file.",
)
ONLY_PICTURES = Wording(
    "文档中没有文字，只有图片（扫描件？）。请先做文字识别（OCR），或改用原稿。",
    "the document holds no text, only pictures (a scan, it seems). Run OCR on it first, or use the "
    "manuscript.",
)
DOCTYPE = Wording(
    "文档里有 DOCTYPE 声明，Word 和 WPS 都不写它，疑为有意损坏，不读取。请用 Word 或 WPS 另存一份。",
    "the document declares a DOCTYPE, which neither Word nor WPS writes: made to do harm, it seems, and not "
    "read. Save a copy of it from Word or WPS.",
)
TOO_DEEP = Wording(
    "文档的结构嵌套过深，不像是简报，不读取。请用 Word 或 WPS 另存一份。",
    "the document is nested too deeply for a bulletin and is not read. Save a copy of it from Word or WPS.",
)
TOO_LARGE = Wording(
    "文档解压后过大，不像是简报（疑为压缩炸弹），不读取。请拆分，或用 Word、WPS 另存一份。",
    "unpacked the document is too large for a bulletin (a bomb, it seems) and is not read. Split it, or save "
    "a copy of it from Word or WPS.",
)
TOO_MANY = Wording(
    "文档里的部件过多，不像是简报，不读取。请用 Word 或 WPS 另存一份。",
    "the document has too many parts for a bulletin and is not read. Save a copy of it from Word or WPS.",
)
MANY_MAIN = Wording(
    "文档里有不止一个正文部件，不知道该读哪一个。请用 Word 或 WPS 另存一份。",
    "the document has more than one main part, and nobody knows which to read. Save a copy of it from Word "
    "or WPS.",
)


def other_form(what: Wording) -> Wording:
    """What to say of a package that holds something else than a Word document."""
    return Wording(
        f"扩展名是 .docx，内容却是{what.zh}。请用 Word 或 WPS 打开，另存为 .docx。",
        f"by its name a .docx, by its content {what.en}. Open it with its own program and save it as .docx.",
    )


def twice(name: str) -> Wording:
    """What to say of a member that is there twice."""
    return Wording(
        f"文档里有两个部件同名（{name}），只读了第一个，另一个没有检查。请用 Word 或 WPS 另存一份",
        f"the document has two parts of one name ({name}); only the first was read. Save a copy of it from "
        "Word or WPS",
    )


SIGNED = Wording(
    "文档带有数字签名，写入批注会使签名失效，没有写。请先去除签名，或在未签名的稿子上批注",
    "the document is signed, and a mark would break the signature: nothing was written. Remove the "
    "signature, or annotate the draft",
)
PROTECTED = Wording(
    "文档设有编辑限制，批注可能要先“停止保护”才能处理",
    "editing of the document is restricted; protection may have to be stopped before comments can be dealt "
    "with",
)
READS_OTHERWISE = Wording(
    "写入批注后读出来的文字与原来不同，没有写。请连同文件报告此问题",
    "with the comments the document reads otherwise than before: nothing was written. Please report this "
    "with the file",
)
NO_PREFIX = Wording(
    "文档的 XML 写法特殊（没有命名空间前缀），没有写入批注。请用 Word 或 WPS 另存一份再试",
    "the XML of the document is written in an unusual way (without a prefix): nothing was written. Save a "
    "copy of it from Word or WPS, and try again",
)
UNCLOSED_FIELD = Wording(
    "有一个域没有结束标记，其后的文字可能没有读到。请在 Word 或 WPS 里更新或删去这个域，另存一份",
    "a field has no end, and text after it may not have been read. Update or delete the field in Word or "
    "WPS, and save a copy",
)
ANOTHER_DOCUMENT = Wording(
    "正文里插着另一份文档（插入的文件或子文档），其中的文字没有读到。请在 Word 里打开、展开后另存一份，或"
    "单独检查那份文档",
    "another document stands in the text (an inserted file or a subdocument) and was not read. Open the "
    "document in Word, expand it and save a copy, or check the other one by itself",
)
DRAWN_PAGE = Wording(
    "有整页或比正文还多的内容是图片、图表或嵌入的对象，没有读到（扫描件？）。请做文字识别（OCR），或改用原稿",
    "a page of it, or more than its text, is a picture, a chart or an object and was not read (a scan, it "
    "seems). Run OCR on it, or use the manuscript",
)
