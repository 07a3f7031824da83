"""Bytes to a `Reading`: the kinds of input, one row each, its module imported when a file of it is read.

Whatever others have to know of a kind they ask its row: which files are of it, how large they may be, whether
they are read in a process of their own. What a source can say of itself the `Reading` says.

A package that is installed may add kinds by entry points of the group ``bulletin_lint.readers``: the name is
the kind's, the object a `ReaderInfo`. They are looked up only for a suffix that no row here names, for that
takes 50 ms; so a folder is not searched for theirs unless a glob asks for them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module

from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.source import KindNote, SourceFile, read_bytes
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers.reader_info import Annotator, Drawer
from bulletin_lint.readers.reader_info import Reader as Reader
from bulletin_lint.readers.reader_info import ReaderInfo as ReaderInfo
from bulletin_lint.readers.reader_info import ReadOptions as ReadOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.page_view import NumberedMark, PagePicture

GROUP = "bulletin_lint.readers"
"""The entry points of installed readers."""


FALLBACK = "text"
"""The kind of what is told neither by its name nor by its content."""
PDF = "pdf"
"""The kind whose pages an example of a rule describes."""
HEAD = 1024
"""The bytes at the start of a file in which signatures are looked for."""
TIME_LIMIT = 4.0
"""Seconds of processor time that a file of an isolated kind may take: a PDF of 300 pages takes two or
three."""
_NO_OPTIONS = ReadOptions()

READERS: Mapping[str, ReaderInfo] = {
    FALLBACK: ReaderInfo(
        "bulletin_lint.readers.text.reader:read",
        Wording("文本", "text"),
        suffixes=(".txt", ".md", ".markdown", ".text"),
        searched=(".txt", ".md", ".markdown", ".text"),
        # A bulletin has some thousands.
        size_limit=2 * 1024 * 1024,
        is_editable=True,
        program=Wording("文本编辑器", "a text editor"),
        media_types={"": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"},
    ),
    PDF: ReaderInfo(
        "bulletin_lint.readers.pdf.reader:read",
        Wording("PDF", "PDF"),
        suffixes=(".pdf",),
        searched=(".pdf",),
        size_limit=256 * 1024 * 1024,
        signature=b"%PDF-",
        # Where a header may stand: ISO 32000-1, implementation note 13.
        signature_within=1024,
        is_isolated=True,
        counts_pages=True,
        weight=8,
        lines_are="document",
        program=Wording("PDF 阅读器", "a PDF viewer"),
        media_types={"": "application/pdf"},
        draws="bulletin_lint.readers.pdf.pictures:draw",
        annotates="bulletin_lint.readers.pdf.annotations:annotate",
    ),
    "docx": ReaderInfo(
        "bulletin_lint.readers.docx.reader:read",
        Wording("Word 文档", "Word document"),
        suffixes=(".docx", ".docm"),
        searched=(".docx", ".docm"),
        size_limit=128 * 1024 * 1024,
        signature=b"PK\x03\x04",
        signature_within=4,
        # Native it is not, but made to hurt it may be.
        is_isolated=True,
        weight=3,
        copier="bulletin_lint.readers.docx.document_copy:DocxCopy",
        lines_are="document",
        program=Wording("Word 或 WPS", "Word or WPS"),
        media_types={
            "": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docm": "application/vnd.ms-word.document.macroEnabled.12",
        },
    ),
    "html": ReaderInfo(
        "bulletin_lint.readers.html.reader:read",
        Wording("网页", "web page"),
        suffixes=(".html", ".htm", ".xhtml", ".mht", ".mhtml"),
        searched=(".html", ".htm", ".xhtml", ".mht", ".mhtml"),
        # Pages are saved with their pictures in them.
        size_limit=32 * 1024 * 1024,
        is_isolated=True,
        weight=2,
        lines_are="document",
        program=Wording("浏览器", "a browser"),
        media_types={
            "": "text/html",
            ".xhtml": "application/xhtml+xml",
            ".mht": "multipart/related",
            ".mhtml": "multipart/related",
        },
    ),
    "office": ReaderInfo(
        "bulletin_lint.readers.office.reader:read",
        Wording("旧格式文档", "document in an old form"),
        suffixes=(".doc", ".wps", ".odt", ".rtf"),
        # Seconds a file: only what is named or asked for by a glob.
        searched=(),
        size_limit=64 * 1024 * 1024,
        is_isolated=True,
        weight=3,
        converter="bulletin_lint.readers.office.convert:convert",
        lines_are="document",
        program=Wording("Word 或 WPS", "Word or WPS"),
        media_types={
            "": "application/msword",
            ".odt": "application/vnd.oasis.opendocument.text",
            ".rtf": "application/rtf",
            ".wps": "application/vnd.ms-works",
        },
    ),
}
"""The kinds of input that come with the program, by name: up to 16 ASCII characters."""

UNREAD_FORMS: Mapping[str, Wording] = {
    ".doc": Wording("Word 文档", "Word document"),
    ".wps": Wording("WPS 文档", "WPS document"),
    ".ofd": Wording("OFD 版式文件", "OFD document"),
    ".odt": Wording("OpenDocument 文档", "OpenDocument text"),
    ".rtf": Wording("RTF 文档", "RTF document"),
}
"""Forms in which people keep bulletins, by suffix, and what they call them. One for which a row above has
folders searched no longer counts here.
"""


def reader_info(kind: str) -> ReaderInfo:
    """The row of a kind.

    Raises:
        KeyError: there is no such kind.
        BulletinLintError: an installed reader cannot be loaded.
    """
    info = READERS.get(kind)
    return _installed()[kind] if info is None else info


def searched_suffixes() -> tuple[str, ...]:
    """The suffixes for which folders are searched."""
    return tuple(suffix for info in READERS.values() for suffix in info.searched)


def kind_by_name(name: str) -> str | None:
    """The kind that a file's name says, None where it says none.

    Raises:
        BulletinLintError: an installed reader cannot be loaded.
    """
    suffix = os.path.splitext(name)[1].lower()
    if not suffix:
        return None
    found = _with_suffix(READERS, suffix)
    return _with_suffix(_installed(), suffix) if found is None else found


def unread_form(name: str) -> Wording | None:
    """What people call a file that by its name may hold a bulletin in a form for which folders are not
    searched."""
    suffix = os.path.splitext(name)[1].lower()
    form = UNREAD_FORMS.get(suffix)
    return form if suffix not in searched_suffixes() else None


def kind_by_content(head: bytes) -> str:
    """The kind of a file by its first bytes, of which `HEAD` are enough."""
    for kind, info in READERS.items():
        if info.signature and info.signature in head[: info.signature_within]:
            return kind
    return FALLBACK


def reader_of(name: str, head: bytes = b"") -> str:
    """The kind of a file by its name, else by its first bytes.

    Raises:
        BulletinLintError: an installed reader cannot be loaded.
    """
    return kind_by_name(name) or kind_by_content(head)


def content_of(source: SourceFile) -> bytes:
    """The bytes of a file.

    Raises:
        SourceError: the file cannot be read, is no regular file, or is larger than its kind may be.
    """
    return read_bytes(source, reader_info(source.kind).size_limit)


def read(source: SourceFile, options: ReadOptions = _NO_OPTIONS, data: bytes | None = None) -> Reading:
    """The characters and lines of a file; `data` is its content where that was read already.

    Raises:
        SourceError: the file cannot be read as text.
    """
    info = reader_info(source.kind)
    content = read_bytes(source, info.size_limit) if data is None else data
    module, _, attribute = info.module.partition(":")
    reader: Reader = getattr(import_module(module), attribute)
    if source.conversion is not None:
        options = options._replace(conversion=source.conversion)
    return reader(source.path, content, options)


def draw(
    source: SourceFile, numbers: Collection[int], options: ReadOptions = _NO_OPTIONS
) -> tuple[PagePicture, ...]:
    """The pages of a file, those of `numbers` (1-based) with a picture; none for a kind without pages.

    Raises:
        SourceError: the file cannot be read, or not be opened for drawing.
    """
    info = reader_info(source.kind)
    if not info.draws:
        return ()
    module, _, attribute = info.draws.partition(":")
    drawer: Drawer = getattr(import_module(module), attribute)
    return drawer(source.path, read_bytes(source, info.size_limit), options, numbers)


def annotate(
    source: SourceFile,
    marks: Sequence[NumberedMark],
    language: Language,
    options: ReadOptions = _NO_OPTIONS,
    *,
    is_signed_allowed: bool = False,
) -> bytes:
    """A copy of a file with marks in it.

    Raises:
        SourceError: its kind holds no marks, it cannot be read or marked, or it is signed and
            `is_signed_allowed` is not set.
    """
    info = reader_info(source.kind)
    if info.converter:
        raise SourceError(
            source.path,
            Wording(
                f"{info.name.zh}里不能加批注；请在 Word 或 WPS 里另存为 .docx 再加，"
                "或用 bulletin-lint signoff 写签发单。",
                f"no marks can be put into a file of the kind {info.name.en}; save it as .docx for that, or "
                "write a sheet with bulletin-lint signoff.",
            ),
        )
    if not info.annotates:
        raise SourceError(
            source.path,
            Wording(
                f"{info.name.zh}里不能加批注；请用 bulletin-lint signoff 写签发单。",
                f"no marks can be put into a file of the kind {info.name.en}; write a sheet with "
                "bulletin-lint signoff.",
            ),
        )
    module, _, attribute = info.annotates.partition(":")
    annotator: Annotator = getattr(import_module(module), attribute)
    data = read_bytes(source, info.size_limit)
    return annotator(source.path, data, options, marks, language, is_signed_allowed=is_signed_allowed)


def kind_notes(kinds: Iterable[str]) -> dict[str, KindNote]:
    """What reports say of some kinds; of those that have no row nothing."""
    infos = {kind: READERS.get(kind) or _installed().get(kind) for kind in kinds}
    return {
        kind: KindNote(info.name, info.media_types, has_lines=info.lines_are == "source")
        for kind, info in infos.items()
        if info is not None
    }


def _with_suffix(infos: Mapping[str, ReaderInfo], suffix: str) -> str | None:
    return next((kind for kind, info in infos.items() if suffix in info.suffixes), None)


@cache
def _installed() -> Mapping[str, ReaderInfo]:
    """The kinds that installed packages add; a name that is taken stays with its row."""
    from importlib.metadata import entry_points

    found: dict[str, ReaderInfo] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            info = point.load()
        except Exception as error:
            raise _unloadable(point.name, point.value, f"{type(error).__name__}: {error}") from error
        if not isinstance(info, ReaderInfo):
            raise _unloadable(point.name, point.value, "not a ReaderInfo")
        if point.name not in READERS:
            found.setdefault(point.name, info)
    return found


def _unloadable(name: str, value: str, reason: str) -> BulletinLintError:
    return BulletinLintError(
        Wording(
            f"已安装的读取器 {name}（{value}）无法加载：{reason}。请升级或卸载提供它的软件包。",
            f"the installed reader {name} ({value}) cannot be loaded: {reason}. "
            "Upgrade or uninstall the package that it comes with.",
        )
    )
