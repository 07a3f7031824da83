"""What a reader is, and what the readers' table says of a kind of input."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple, Protocol
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bulletin_lint.model.page_view import NumberedMark, PagePicture
    from bulletin_lint.model.reading import Reading
    from bulletin_lint.model.source import Conversion, LinesAre, SourceFile
    from bulletin_lint.model.violation import Edit
    from bulletin_lint.model.wording import Language


class ReadOptions(NamedTuple):
    """What a reader is told besides the file."""

    password: str | None = None
    """For a file that is encrypted."""
    conversion: Conversion | None = None
    """For a kind that has a converter: what that made of the file."""


class ConvertOptions(NamedTuple):
    """How files are converted that cannot be read as they are."""

    command: str | None = None
    """The program, as the settings have it; None for the one that is found."""
    folder: str = "."
    """The folder of the settings."""
    is_on: bool = True


class Reader(Protocol):
    """What a row's `module` names: a function, or an object that can be called like one."""

    def __call__(self, path: str, data: bytes, options: ReadOptions) -> Reading:
        """The characters and lines of a file; `path` is for messages only.

        Raises:
            SourceError: the file cannot be read as text.
        """


class Drawer(Protocol):
    """What a row's `draws` names."""

    def __call__(
        self, path: str, data: bytes, options: ReadOptions, numbers: Collection[int]
    ) -> tuple[PagePicture, ...]:
        """The pages of a file, those of `numbers` with a picture; `path` is for messages only.

        Raises:
            SourceError: the file cannot be opened for drawing.
        """


class Annotator(Protocol):
    """What a row's `annotates` names."""

    def __call__(
        self,
        path: str,
        data: bytes,
        options: ReadOptions,
        marks: Sequence[NumberedMark],
        language: Language,
        *,
        is_signed_allowed: bool,
    ) -> bytes:
        """A copy of a file with marks in it that its own program shows; `path` is for messages only.

        Raises:
            SourceError: it cannot be marked; or it is signed, and `is_signed_allowed` is not set.
        """


class Remark(NamedTuple):
    """What is to be written beside words of a document."""

    start: int
    """The words, by offsets in the reading's text; they may be empty."""
    end: int
    text: str
    """A line feed between paragraphs."""


class AnnotatedCopy(Protocol):
    """What a row's `copier` names: made of a path, for messages, and of a file's content, which it does not
    change. Making one raises SourceError where it cannot be read, or not be written into.
    """

    reading: Reading

    def __init__(self, path: str, data: bytes) -> None:
        """Reads the file.

        Raises:
            SourceError: it cannot be read, or not be written into.
        """

    @property
    def notes(self) -> Sequence[Wording]:
        """What is to be known of the copy, each without its last full stop."""

    def can_edit(self, edit: Edit) -> bool:
        """Whether an edit of the reading's text can be made."""

    def edited(self, edits: Sequence[Edit], author: str | None = None) -> bytes:
        """A copy with edits made, as tracked changes of an author or without a trace.

        Raises:
            SourceError: it cannot be made.
        """

    def commented(self, remarks: Sequence[Remark], author: str, initials: str) -> bytes:
        """A copy with remarks as comments of an author, whose earlier ones are taken out.

        Raises:
            SourceError: it cannot be made, or would read otherwise than the original.
        """

    def verify(self, made: bytes, text: str) -> None:
        """Makes sure that a copy reads as a text.

        Raises:
            SourceError: it does not.
        """


class Converter(Protocol):
    """What a row's `converter` names."""

    def __call__(
        self, sources: Sequence[SourceFile], size_limit: int, folder: str, options: ConvertOptions
    ) -> list[Conversion]:
        """What became of each file, the copies in `folder`, which is empty at first; it raises no
        `SourceError`.

        Raises:
            UsageError: the settings do not let anything be converted.
        """


class ReaderInfo(NamedTuple):
    """A kind of input."""

    module: str
    """``package.module:name`` of its `Reader`."""
    name: Wording
    """What people call such a file."""
    suffixes: tuple[str, ...]
    """Lower case, with the dot. A file that is named and has one of them is of this kind."""
    searched: tuple[str, ...]
    """Those of the suffixes for which folders are searched."""
    size_limit: int
    """Bytes; what is larger is no bulletin, and is refused unread."""
    signature: bytes = b""
    """What tells a file without such a suffix: it stands in the file's first bytes. Empty for none."""
    signature_within: int = 0
    """The bytes at the start of a file that hold the whole signature, up to `HEAD`."""
    is_isolated: bool = False
    """Native or hostile: never read in the process that reports, and within limits of time and memory."""
    counts_pages: bool = False
    """Its reader says how many pages a file has before it reads them (`page_count`): they, not the bytes,
    tell how long it may take."""
    weight: int = 1
    """How many texts one takes as long as."""
    is_editable: bool = False
    """Fixes can be written back: the file is the reading's text in the reading's encoding."""
    copier: str = ""
    """``package.module:name`` of the `AnnotatedCopy` that writes what is found into a copy of the file:
    comments, and fixes as tracked changes. Empty where there is none."""
    converter: str = ""
    """``package.module:name`` of the `Converter` without which files of this kind cannot be read; empty for
    none."""
    lines_are: LinesAre = "source"
    """Whose lines its readings' places count, as `Reading.lines_are` has it."""
    program: Wording = Wording("原来的程序", "the program it comes from")
    """With what people open such a file and save it anew."""
    media_types: Mapping[str, str] = {"": "application/octet-stream"}
    """The media type (RFC 6838) by suffix; under the empty one that of all others."""
    draws: str = ""
    """``package.module:name`` of its `Drawer`; empty for a kind that has no pages to be drawn."""
    annotates: str = ""
    """``package.module:name`` of its `Annotator`; empty for a kind that cannot hold marks."""
