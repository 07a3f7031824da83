"""Documents in old forms (.doc, .wps, .odt, .rtf) to a `Reading`: that of the copy that was made of each."""

from __future__ import annotations

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.source import SourceFile, read_bytes
from bulletin_lint.readers.office.convert import NOT_INSTALLED
from bulletin_lint.readers.office.forms import ODT, encrypted, form_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.readers.reader_info import ReadOptions

_MANIFEST = "META-INF/manifest.xml"
_LONGEST_MANIFEST = 1024 * 1024


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The characters and lines of a document, by its copy, which whoever reads it has had made
    (`ReadOptions.conversion`); the numbers of lists may be others than in the document.

    Raises:
        SourceError: the file is no document, or there is no copy of it that can be read.
    """
    form = form_of(path, data)
    conversion = options.conversion
    if conversion is None or conversion.path is None:
        if form is ODT and _is_encrypted(data):
            raise encrypted(path)
        why = NOT_INSTALLED if conversion is None or conversion.why is None else conversion.why
        raise SourceError(path, why)
    from bulletin_lint.readers import reader_info
    from bulletin_lint.readers.docx.reader import read_docx

    copy = SourceFile(conversion.path, "docx", explicit=True)
    reading = read_docx(path, read_bytes(copy, reader_info("docx").size_limit))
    return reading._replace(kind="office", is_converted=True)


def _is_encrypted(data: bytes) -> bool:
    """Whether an OpenDocument text has a password."""
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(data)) as package, package.open(_MANIFEST) as manifest:
            return b":encryption-data" in manifest.read(_LONGEST_MANIFEST)
    except (BadZipFile, KeyError, OSError, RuntimeError, ValueError, NotImplementedError):
        return False
