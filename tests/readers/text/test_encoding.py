"""The encoding of a text: what is believed, what is refused, and where a bad byte stands."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.location import Location
from bulletin_lint.readers.text.reader import read_text
from text_readings import PARAGRAPH, error_of


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        ("第 11 期".encode(), "utf-8", False),
        (codecs.BOM_UTF8 + "第 11 期".encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + "第 11 期".encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + "第 11 期".encode("utf-16-be"), "utf-16-be", True),
        ("第 11 期".encode("gb18030"), "gb18030", False),
        ("\ufeff第 11 期".encode("gb18030"), "gb18030", True),
        (b"No. 11", "utf-8", False),
    ],
)
def test_encodings(data: bytes, encoding: str, bom: bool) -> None:  # noqa: FBT001
    reading = read_text("11.md", data)
    assert (encoding, bom) == (reading.encoding, reading.bom)
    assert reading.text in ("第 11 期", "No. 11")
    # The mark is outside the columns.
    assert Location(1, 1, 1, 2) == reading.places.locate(0, 1)


@given(
    st.text(st.sampled_from("甲乙丙丁第期年月日，。、 1\n")).map(lambda tail: "简报" + tail),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]),
    st.booleans(),
)
def test_bytes_can_be_made_again_from_what_was_read(text: str, encoding: str, bom: bool) -> None:  # noqa: FBT001
    mark = "\ufeff" if bom or encoding.startswith("utf-16") else ""
    data = (mark + text).encode(encoding)
    reading = read_text("11.md", data)
    assert text == reading.text
    assert reading.encoding is not None
    assert data == (("\ufeff" if reading.bom else "") + reading.text).encode(reading.encoding)


def test_gb18030_with_rare_names_is_believed() -> None:
    # 玥, 垚 and 骉 are outside GB2312's first level; a few of them are what names are made of.
    text = f"责任编辑：刘玥、王垚、马骉\n{PARAGRAPH}\n"
    assert read_text("11.txt", text.encode("gb18030")).text == text


@pytest.mark.parametrize("seed", range(20))
def test_utf8_with_a_bad_byte_is_not_taken_for_gb18030(seed: int) -> None:
    chooser = random.Random(seed)
    data = bytearray((PARAGRAPH * 5).encode())
    data[chooser.randrange(len(data))] = chooser.choice([0x80, 0xC0, 0xE5, 0xFF])
    try:
        data.decode()
    except UnicodeDecodeError:
        assert "invalid UTF-8 at line 1" in str(error_of(bytes(data)))


def test_a_bad_byte_has_a_line_and_a_byte() -> None:
    data = f"{PARAGRAPH}\r\n{PARAGRAPH}\r第".encode() + b"\xff" + f"期\n{PARAGRAPH}".encode()
    error = error_of(data)
    assert error.describe("en") == (
        "2020/11.md: invalid UTF-8 at line 3, byte 4 (0xFF); save the file as UTF-8."
    )
    assert error.describe("zh") == "2020/11.md: UTF-8 编码无效：第 3 行第 4 个字节（0xFF）；请另存为 UTF-8。"


def test_a_bad_byte_in_gb18030_is_said_of_gb18030() -> None:
    data = PARAGRAPH.encode("gb18030") + b"\n\xff\n" + PARAGRAPH.encode("gb18030")
    assert "invalid GB18030 at line 2, byte 1 (0xFF)" in str(error_of(data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("雲溪市精神文明工作簡報，各區文明辦開展活動。".encode("big5"), id="big5"),
        pytest.param("café crème à la française".encode("latin-1"), id="latin-1"),
        pytest.param(codecs.BOM_UTF8 + "第".encode()[:2], id="cut after a BOM"),
    ],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    assert "save the file as UTF-8" in str(error_of(data))


def test_cut_utf16_is_refused() -> None:
    error = error_of(codecs.BOM_UTF16_LE + "第期".encode("utf-16-le")[:-1])
    assert str(error) == "invalid UTF-16 at byte 5 of the file; save the file as UTF-8."


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_utf32_is_refused_by_name(codec: str) -> None:
    assert "UTF-32 is not supported" in str(error_of("\ufeff第11期".encode(codec)))
