"""Marks in a copy of a PDF: appended, replaced when made again, where the words are, and nothing else changed."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from bulletin_lint.config.settings import Settings
from bulletin_lint.desk.looking import Desk
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers.pdf.annotations import annotate
from bulletin_lint.readers.reader_info import ReadOptions
from harness import FIXTURES
from turned_pages import turned

FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"


@cache
def desk() -> Desk:
    return Desk(Settings(), Waivers(), store=CompiledStore())


def marks_in(data: bytes) -> tuple[NumberedMark, ...]:
    looked = desk().look(SourceFile("1.pdf", "pdf", explicit=True, data=data))
    assert looked.linted.result.error is None
    return marks_of(looked.linted.result.violations)


def marked(data: bytes, marks: tuple[NumberedMark, ...], *, is_signed_allowed: bool = False) -> bytes:
    return annotate("1.pdf", data, ReadOptions(), marks, "zh", is_signed_allowed=is_signed_allowed)


def notes_of(data: bytes) -> list[list[Any]]:
    """Those of each page."""
    return [
        [each.get_object() for each in page.get("/Annots", [])] for page in PdfReader(io.BytesIO(data)).pages
    ]


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_file_s_own_bytes_stand_first_and_its_content_is_the_same() -> None:
    data = FAULTY.read_bytes()
    marks = marks_in(data)
    copy = marked(data, marks)

    assert copy.startswith(data)
    assert len(copy) - len(data) < 25_000
    before, after = PdfReader(io.BytesIO(data)), PdfReader(io.BytesIO(copy))
    for old, new in zip(before.pages, after.pages, strict=True):
        assert old.get_contents().get_data() == new.get_contents().get_data()  # type: ignore[union-attr]
    assert marked(data, marks) == copy
    assert [mark.violation for mark in marks_in(copy)] == [mark.violation for mark in marks]


def test_what_a_mark_says() -> None:
    data = FAULTY.read_bytes()
    marks = marks_in(data)
    (first, *_), _ = notes_of(marked(data, marks))

    assert first["/Contents"] == f"1. {marks[0].violation.message.zh} [{marks[0].violation.code}]"
    assert (first["/T"], first["/Subj"], first["/F"]) == ("bulletin-lint", "错误", 4)
    assert first["/NM"] == f"bulletin-lint:{marks[0].violation.code}:1:1"
    assert sum(map(len, notes_of(marked(data, marks)))) == sum(len(mark.boxes) for mark in marks)


def test_marks_of_ours_are_replaced_and_those_of_others_stay() -> None:
    writer = PdfWriter(clone_from=PdfReader(FAULTY))
    theirs = FreeText(text="请核对", rect=(20, 20, 90, 40))
    writer.add_annotation(0, theirs)
    data = written(writer)
    marks = marks_in(data)

    once = marked(data, marks)
    twice = marked(once, marks[:3])

    assert notes_of(once)[0][0]["/Contents"] == "请核对"
    found = [note for page in notes_of(twice) for note in page]
    assert [note["/Contents"] for note in found if note.get("/T") != "bulletin-lint"] == ["请核对"]
    assert len([note for note in found if note.get("/T") == "bulletin-lint"]) == 3
    # Without any left, all of ours go.
    assert [len(page) for page in notes_of(marked(once, ()))] == [1, 0]


def by_pdfium(data: bytes) -> list[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=2).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def by_poppler(data: bytes, folder: Path) -> list[Any]:
    from PIL import Image

    path = folder / "in.pdf"
    path.write_bytes(data)
    for old in folder.glob("page*"):
        old.unlink()
    command = ["pdftoppm", "-r", "144", "-cropbox", "-png", str(path), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)
    return [Image.open(page).convert("RGB") for page in sorted(folder.glob("page*.png"))]


def assert_changed_only_in_marks(
    before: list[Any], after: list[Any], marks: tuple[NumberedMark, ...]
) -> None:
    from PIL import ImageChops, ImageDraw

    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        assert old.size == new.size
        difference = ImageChops.difference(old, new).convert("L")
        boxes = [box.box for mark in marks for box in mark.boxes if box.page == number]
        draw = ImageDraw.Draw(difference)
        for x0, top, x1, bottom in boxes:
            frame = (round(2 * x0 - 4), round(2 * top - 4), round(2 * x1 + 4), round(2 * bottom + 4))
            # Ink came to every frame.
            assert difference.crop(frame).getbbox() is not None, (number, frame)
        for x0, top, x1, bottom in boxes:
            # Two points for the frame, seven for the number above it and as many for two digits.
            draw.rectangle([2 * (x0 - 2), 2 * (top - 9), 2 * max(x1 + 2, x0 + 12), 2 * (bottom + 2)], fill=0)
        assert difference.getbbox() is None, number


@pytest.mark.parametrize(
    ("turn", "is_cropped"),
    [
        pytest.param(
            turn,
            is_cropped,
            # Drawn whole and looked at, a page takes seconds: one as it comes and one turned and cut in the usual run.
            marks=[] if (turn, is_cropped) in ((0, False), (90, True)) else [pytest.mark.slow],
            id=f"{turn}-{'cropped' if is_cropped else 'whole'}",
        )
        for turn in (0, 90, 180, 270)
        for is_cropped in (False, True)
    ],
)
def test_nothing_is_seen_to_change_but_where_marks_are(
    turn: int,
    is_cropped: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    data = turned(FAULTY, turn, is_cropped=is_cropped)
    marks = marks_in(data)
    copy = marked(data, marks)

    assert len(marks) == 14
    assert_changed_only_in_marks(by_pdfium(data), by_pdfium(copy), marks)
    if shutil.which("pdftoppm"):
        assert_changed_only_in_marks(by_poppler(data, tmp_path), by_poppler(copy, tmp_path), marks)


def test_a_signed_file_is_marked_only_if_that_is_asked_for() -> None:
    writer = PdfWriter(clone_from=PdfReader(FAULTY))
    form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    data = written(writer)
    marks = marks_in(data)

    with pytest.raises(SourceError) as caught:
        marked(data, marks)
    assert "--annotate-signed" in caught.value.wording.zh
    assert "--annotate-signed" in caught.value.wording.en
    assert marked(data, marks, is_signed_allowed=True).startswith(data)
    # A signature without a form is one too.
    with pytest.raises(SourceError, match="signed"):
        marked(FAULTY.read_bytes() + b"\n%/ByteRange [0 1 2 3]\n", marks)


def test_an_encrypted_file_is_refused_with_what_to_do_instead() -> None:
    writer = PdfWriter(clone_from=PdfReader(FAULTY))
    writer.encrypt(user_password="", owner_password="x")
    data = written(writer)

    with pytest.raises(SourceError) as caught:
        marked(data, marks_in(data))
    assert "signoff" in caught.value.wording.zh


def test_a_file_whose_table_of_objects_is_broken_is_marked_all_the_same() -> None:
    data = FAULTY.read_bytes()
    at = data.rindex(b"startxref\n") + len(b"startxref\n")
    broken = data[:at] + b"7" * data[at:].index(b"\n") + data[at:][data[at:].index(b"\n") :]
    marks = marks_in(broken)

    copy = marked(broken, marks)

    assert copy.startswith(broken)
    assert len(marks_in(copy)) == len(marks) == 14
    assert sum(map(len, notes_of(copy))) == sum(len(mark.boxes) for mark in marks)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"])
def test_what_is_no_document_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(SourceError, match="structure is damaged"):
        marked(data, ())
