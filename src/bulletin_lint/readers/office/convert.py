"""Documents in old forms to copies in the new one, many at one start of the office program."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import Conversion, SourceFile, read_bytes
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.office.forms import form_of
from bulletin_lint.readers.office.program import office_program, start
from bulletin_lint.readers.reader_info import ConvertOptions

START_SECONDS = 60.0
"""On the clock, for a start: it takes three to seven on a busy machine, more the first time."""
FILE_SECONDS = 15.0
"""More for each file."""
MOST_AT_ONCE = 100
"""Files of one start."""

NOT_INSTALLED = Wording(
    "不能直接读旧格式。请在 Word 或 WPS 里另存为 .docx；或安装 LibreOffice 后再试。",
    "old forms cannot be read as they are. Save it as .docx in Word or WPS; or install LibreOffice and try "
    "again.",
)
_SWITCHED_OFF = Wording(
    "按要求没有转换（--no-convert）。请在 Word 或 WPS 里另存为 .docx。",
    "not converted, as asked (--no-convert). Save it as .docx in Word or WPS.",
)
_FAILED = Wording(
    "LibreOffice 没能转换这份文档：已损坏，或设有打开密码。请在 Word 或 WPS 里打开，另存为 .docx。",
    "LibreOffice could not convert the document: it is damaged, or has a password. Open it in Word or WPS "
    "and save it as .docx.",
)
_TOO_LONG = Wording(
    "LibreOffice 没有在限定的时间里转换完这份文档，已中止。请在 Word 或 WPS 里打开，另存为 .docx。",
    "LibreOffice did not convert the document in time and was ended. Open it in Word or WPS and save it as "
    ".docx.",
)
_CANNOT_START = Wording(
    "LibreOffice 无法启动。请检查它的安装，或在 Word 或 WPS 里另存为 .docx。",
    "LibreOffice cannot be started. Look at its installation, or save the document as .docx in Word or WPS.",
)


def convert(
    sources: Sequence[SourceFile], size_limit: int, folder: str, options: ConvertOptions
) -> list[Conversion]:
    """What became of each file; `folder` is empty, and the copies stay in it. What is not of a form that can
    be converted is not given to the office program; its reader says why.

    Raises:
        UsageError: the settings name a program that may not be started.
    """
    program = office_program(options.command, options.folder) if options.is_on else None
    if program is None:
        why = NOT_INSTALLED if options.is_on else _SWITCHED_OFF
        return [Conversion(why=why) for _ in sources]
    given = os.path.join(folder, "in")
    os.makedirs(given)
    os.makedirs(os.path.join(folder, "out"))
    found = [Conversion() for _ in sources]
    wanted: dict[int, str] = {}
    for number, source in enumerate(sources):
        try:
            data = read_bytes(source, size_limit)
            # Numbers for names: those of the files are a stranger's, and two may be the same.
            path = os.path.join(given, f"{number:06}{form_of(source.path, data).suffix}")
        except SourceError:
            continue
        with open(path, "wb") as copy:
            copy.write(data)
        wanted[number] = path
    numbers = list(wanted)
    for first in range(0, len(numbers), MOST_AT_ONCE):
        _convert_some(program, {n: wanted[n] for n in numbers[first : first + MOST_AT_ONCE]}, folder, found)
    return found


def _convert_some(program: str, wanted: dict[int, str], folder: str, found: list[Conversion]) -> None:
    """Converts some files together; those of which nothing came each by itself, for one may have kept the
    others from being done.
    """
    try:
        is_whole = _start(program, list(wanted.values()), folder)
        left = _take(wanted, folder, found, is_whole=is_whole)
        if len(wanted) == 1:
            left = _give_up(left, found, is_whole=is_whole)
        for number in left:
            alone = {number: wanted[number]}
            is_whole = _start(program, [wanted[number]], folder)
            _give_up(_take(alone, folder, found, is_whole=is_whole), found, is_whole=is_whole)
    except OSError:
        for number in wanted:
            if found[number].path is None:
                found[number] = Conversion(why=_CANNOT_START)


def _start(program: str, files: list[str], folder: str) -> bool:
    return start(program, files, folder, START_SECONDS + FILE_SECONDS * len(files))


def _give_up(numbers: Sequence[int], found: list[Conversion], *, is_whole: bool) -> list[int]:
    for number in numbers:
        found[number] = Conversion(why=_FAILED if is_whole else _TOO_LONG)
    return []


def _take(wanted: dict[int, str], folder: str, found: list[Conversion], *, is_whole: bool) -> list[int]:
    """Notes the copies that are there; gives the files of which there is none. Where the program was ended,
    the copy that it wrote last may be half of one, and does not count.
    """
    copies: dict[int, str] = {}
    for number in wanted:
        path = os.path.join(folder, "out", f"{number:06}.docx")
        if os.path.isfile(path) and os.path.getsize(path):
            copies[number] = path
    if copies and not is_whole:
        last = max(copies, key=lambda number: os.stat(copies[number]).st_mtime_ns)
        os.remove(copies.pop(last))
    for number, path in copies.items():
        found[number] = Conversion(path)
    return [number for number in wanted if number not in copies]
