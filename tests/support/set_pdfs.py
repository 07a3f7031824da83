"""PDFs of Chinese text set by hand: each piece of text where a test wants it, in a font that is named only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text on a page: left end and baseline in points from the page's top left corner."""

    x: float
    baseline: float
    text: str
    size: float = 16.0
    more: str = ""
    """Operators before it, such as a colour."""


Pages = Sequence[Sequence[Piece]]


def set_pdf(
    pages: Pages,
    *,
    named: Mapping[str, str] | None = None,
    drawn: str = "",
    sheet: tuple[int, int] = (595, 842),
    with_map: bool = True,
) -> bytes:
    """A PDF with such pages. `named` are characters that the font's map says are others; `drawn` are operators
    that draw on the first page, in points from its bottom left corner; the font W there is Times New Roman.
    """
    width, height = sheet
    count = len(pages)
    bodies: list[str | tuple[str, bytes]] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{7 + number} 0 R' for number in range(count))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] "
        + ("/ToUnicode 6 0 R >>" if with_map else ">>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 800 /StemV 80 >>",
        ("", _map(named or {})),
    ]
    bodies += [
        f"<< /Type /Page /Parent 2 0 R /Contents {7 + count + number} 0 R /MediaBox [0 0 {width} {height}] "
        "/Resources << /Font << /F 3 0 R /W << /Type /Font /Subtype /TrueType /BaseFont /TimesNewRoman "
        "/Encoding /WinAnsiEncoding >> >> >> >>"
        for number in range(count)
    ]
    for number, pieces in enumerate(pages):
        content = f"{drawn}\n" if not number else ""
        content += "".join(
            f"q {piece.more} BT /F {piece.size} Tf 1 0 0 1 {piece.x} {height - piece.baseline} Tm "
            f"<{piece.text.encode('utf-16-be').hex()}> Tj ET Q\n"
            for piece in pieces
        )
        bodies.append(("", content.encode()))
    return _file(bodies)


def _map(named: Mapping[str, str]) -> bytes:
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    portions = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    cmap = "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    for each in portions:
        cmap += f"{len(each)} beginbfrange\n" + "\n".join(each) + "\nendbfrange\n"
    if named:
        cmap += f"{len(named)} beginbfchar\n"
        cmap += "".join(f"<{ord(drawn):04x}> <{ord(said):04x}>\n" for drawn, said in named.items())
        cmap += "endbfchar\n"
    return (cmap + "endcmap end").encode()


def _file(bodies: Sequence[str | tuple[str, bytes]]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        if isinstance(body, tuple):
            head, stream = body
            made = f"<< {head}/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream"
        else:
            made = body.encode()
        out += f"{number} 0 obj\n".encode() + made + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(bodies) + 1
    tail = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return out + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


def bulletin(*, paragraphs: Sequence[str] = (), x: float = 80.0, top: float = 300.0) -> list[Piece]:
    """A whole small bulletin, one line for each paragraph."""
    pieces = [
        Piece(180, 130, "云溪镇工作动态", 34),
        Piece(276, 170, "第7期"),
        Piece(x, 220, "云溪镇党政办公室", 14),
        Piece(390, 220, "2026年3月5日", 14),
        Piece(212, 262, "护好一渠春水", 20),
    ]
    baseline = top
    for text in paragraphs or ["开春以来，全镇疏通沟渠12处，修补闸门3座，群众用水更便利。"]:
        pieces.append(Piece(x + 32, baseline, text))
        baseline += 28
    pieces.append(Piece(390, baseline, "（云溪镇水利站）"))
    imprint = ["责编：林小溪", "核稿：周望川", "电话：0571-55550188", "报：县政府办公室。"]
    return pieces + [Piece(x, baseline + 40 + 28 * row, text) for row, text in enumerate(imprint)]
