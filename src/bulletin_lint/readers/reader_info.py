"""What a reader is, and what the readers' table says of a kind of input."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple, Protocol
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.model.reading import Reading
    from bulletin_lint.model.source import Conversion, LinesAre, SourceFile


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
    weight: int = 1
    """How many texts one takes as long as."""
    is_editable: bool = False
    """Fixes can be written back: the file is the reading's text in the reading's encoding."""
    is_annotated: bool = False
    """What is found can be written into a copy of the file: comments, and fixes as tracked changes."""
    converter: str = ""
    """``package.module:name`` of the `Converter` without which files of this kind cannot be read; empty for
    none."""
    lines_are: LinesAre = "source"
    """Whose lines its readings' places count, as `Reading.lines_are` has it."""
    program: Wording = Wording("原来的程序", "the program it comes from")
    """With what people open such a file and save it anew."""
    media_types: Mapping[str, str] = {"": "application/octet-stream"}
    """The media type (RFC 6838) by suffix; under the empty one that of all others."""
