"""PDFs that are broken or meant to do harm, made here in code, the same each time.

None needs to be committed: the largest are larger than the rest of the repository. Each is built from a
few lines that say what is wrong with it; `MADE` names them all.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path

GOOD = Path(__file__).resolve().parents[2] / "fixtures" / "pdf" / "bulletin-reportlab.pdf"
MIB = 1024 * 1024

Objects = Mapping[int, bytes]

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
TEXT = b"BT /F 12 Tf 72 700 Td (Issue 9) Tj ET"


def page(
    extra: bytes = b"", resources: bytes = b"/Font << /F 5 0 R >>", box: bytes = b"0 0 595 842"
) -> bytes:
    """A page whose contents are object 4."""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Resources << " + resources + b" >> "
        b"/Contents 4 0 R " + extra + b" >>"
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object; `entries` are those of its dictionary besides the length."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data: bytes, entries: bytes = b"") -> bytes:
    """A stream of packed data."""
    return stream(data, b"/Filter /FlateDecode " + entries)


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A file of those objects over a catalogue, a page tree, one page, its text and its font."""
    whole = {1: CATALOG, 2: PAGES, 3: page(), 4: stream(TEXT), 5: FONT, **objects}
    pieces = [b"%PDF-1.7\n"]
    size = len(pieces[0])
    offsets: dict[int, int] = {}
    for number, body in sorted(whole.items()):
        offsets[number] = size
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        size += len(pieces[-1])
    last = max(whole)
    rows = [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(last + 1)
    ]
    pieces.append(b"xref\n0 %d\n%s" % (last + 1, b"".join(rows)))
    pieces.append(
        b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, size)
    )
    return b"".join(pieces)


def bomb(unit: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """What zlib makes of a text with `times` equal parts in it, without ever holding it unpacked."""
    packer = zlib.compressobj(9)
    pieces = []
    check = 1
    for part, count in ((before, 1), (unit, times), (after, 1)):
        # After a full flush equal text packs into equal bytes.
        pieces.append((packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)) * count)
        for _ in range(count):
            check = zlib.adler32(part, check)
    # The first piece has the header; the end is an empty block, and the sum.
    return b"".join(pieces) + b"\x03\x00" + check.to_bytes(4, "big")


@cache
def zeros(size: int) -> bytes:
    """What zlib makes of so many bytes of nothing (whole MiB)."""
    return bomb(bytes(MIB), size // MIB)


def truncated(tenths: int) -> bytes:
    data = GOOD.read_bytes()
    return data[: len(data) * tenths // 10]


def flipped(seed: int) -> bytes:
    """The good file with a few hundred bytes changed, spread over it or all within some stretch."""
    chance = random.Random(seed)
    data = bytearray(GOOD.read_bytes())
    start = chance.randrange(len(data) // 2)
    stop = len(data) if seed % 2 else min(len(data), start + 4000)
    for _ in range(20 * (seed % 5 + 1)):
        data[chance.randrange(start, stop)] = chance.randrange(256)
    return bytes(data)


def deep_tree(depth: int) -> bytes:
    nodes = {
        number: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1)
        for number in range(10, 10 + depth)
    }
    return pdf({2: b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>", **nodes, 10 + depth: page()})


def with_form(form: bytes, *, others: Objects | None = None) -> bytes:
    """A page that draws the form X, object 6."""
    resources = b"/Font << /F 5 0 R >> /XObject << /X 6 0 R >>"
    return pdf({3: page(resources=resources), 4: stream(TEXT + b" /X Do"), 6: form, **(others or {})})


def form(content: bytes, named: bytes) -> bytes:
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << %s >> >>" % named
    return stream(content, entries)


def doubling_forms(depth: int) -> bytes:
    """Each form draws the next one twice: 2 to the power of `depth` in all."""
    forms = {number: form(b"/X Do /X Do", b"/X %d 0 R" % (number + 1)) for number in range(6, 6 + depth)}
    last = stream(
        TEXT, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >>"
    )
    return with_form(forms.pop(6), others={**forms, 6 + depth: last})


def with_font(font: bytes, others: Objects | None = None, content: bytes = TEXT) -> bytes:
    return pdf({4: stream(content), 5: font, **(others or {})})


def composite(entries: bytes = b"", descendant: bytes = b"", others: Objects | None = None) -> bytes:
    """A font with two-byte codes."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] %s >>"
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /FontDescriptor 7 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> %s >>"
    )
    about = b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 >>"
    return with_font(
        font % entries,
        {6: below % descendant, 7: about, **(others or {})},
        b"BT /F 12 Tf 72 700 Td <00410042> Tj ET",
    )


def code_map(body: bytes) -> bytes:
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + body + b"\nendcmap end end"
    )


def object_stream(content: bytes, entries: bytes) -> bytes:
    """A file whose page is said to lie in the object stream 6."""
    return _with_xref_stream({6: flate(content, b"/Type /ObjStm " + entries)}, {3: (2, 6, 0)})


def _with_xref_stream(
    objects: Objects, elsewhere: Mapping[int, tuple[int, int, int]], packed: bytes | None = None
) -> bytes:
    whole = {1: CATALOG, 2: PAGES, 4: stream(TEXT), 5: FONT, **objects}
    body = b"%PDF-1.7\n"
    rows = {0: (0, 0, 65535), **elsewhere}
    for number, content in sorted(whole.items()):
        rows[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    last = max(rows) + 1
    rows[last] = (1, len(body), 0)
    table = b"".join(
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for kind, second, third in (rows.get(number, (0, 0, 0)) for number in range(last + 1))
    )
    entries = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R" % (last + 1)
    table_stream = flate(zlib.compress(table) if packed is None else packed, entries)
    return body + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, table_stream, len(body))


def with_trailer(entries: bytes) -> bytes:
    return pdf({}, entries)


def previous_itself() -> bytes:
    data = pdf({}, b"/Prev 0000000000")
    start = data.rindex(b"xref\n0 ")
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % start)


def many_pages(count: int) -> bytes:
    return pdf({2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"3 0 R " * count)})


def crossed_lines(count: int) -> bytes:
    """A grid of thin lines, each one another way of being a table."""
    lines = b"".join(
        b"%d 50 m %d 800 l S 50 %d m 550 %d l S\n" % (50 + step % 500, 50 + step % 500, 50 + step, 50 + step)
        for step in range(count)
    )
    return pdf({4: stream(TEXT + b"\n" + lines)})


IMAGE = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceRGB "
ENCRYPTED = b"/ID [<00> <00>] /Encrypt << /Filter /Standard "
TYPE3 = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 73 "
    b"/LastChar 73 /Widths [1000] /Encoding << /Differences [73 /I] >> /CharProcs << /I 6 0 R >> "
    b"/Resources << /Font << /F 5 0 R >> >> >>"
)

MADE: dict[str, Callable[[], bytes]] = {
    **{f"truncated-{tenths}": partial(truncated, tenths) for tenths in range(1, 10)},
    **{f"flipped-{seed}": partial(flipped, seed) for seed in range(10)},
    # The page tree.
    "kids-self": lambda: pdf({2: b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"}),
    "kids-circle": lambda: pdf(
        {
            2: b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>",
            6: b"<< /Type /Pages /Count 1 /Kids [2 0 R 3 0 R] >>",
        }
    ),
    "kids-deep": lambda: deep_tree(100_000),
    "kids-100000": lambda: many_pages(100_000),
    "count-million": lambda: pdf({2: PAGES.replace(b"/Count 1", b"/Count 1000000")}),
    "count-huge": lambda: pdf({2: PAGES.replace(b"/Count 1", b"/Count 2147483647")}),
    "count-negative": lambda: pdf({2: PAGES.replace(b"/Count 1", b"/Count -7")}),
    "parent-self": lambda: pdf({3: page().replace(b"/Parent 2 0 R", b"/Parent 3 0 R")}),
    "catalog-is-pages": lambda: pdf({1: b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] /Count 1 >>"}),
    # Objects.
    "dictionary-huge": lambda: pdf({6: b"<< %s >>" % b"".join(b"/K%d 1 " % key for key in range(300_000))}),
    "array-huge": lambda: pdf({3: page(b"/Annots [%s]" % (b"0 " * 200_000))}),
    "arrays-nested": lambda: pdf({3: page(b"/Annots " + b"[" * 50_000 + b"]" * 50_000)}),
    "dictionaries-nested": lambda: pdf({3: page(b"/A " + b"<< /A " * 50_000 + b"0" + b" >>" * 50_000)}),
    "string-nested": lambda: pdf({4: stream(b"BT /F 12 Tf " + b"(" * 20_000 + b") Tj ET")}),
    "hex-without-end": lambda: pdf({4: stream(b"BT /F 12 Tf <" + b"41" * 2_000_000)}),
    "length-self": lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % TEXT}),
    "length-huge": lambda: pdf({4: b"<< /Length 2147483647 >>\nstream\n%s\nendstream" % TEXT}),
    "length-negative": lambda: pdf({4: b"<< /Length -2147483648 >>\nstream\n%s\nendstream" % TEXT}),
    "reference-circle": lambda: pdf({3: page().replace(b"4 0 R", b"6 0 R"), 6: b"7 0 R", 7: b"6 0 R"}),
    # Bombs.
    "bomb-contents": lambda: pdf({4: flate(zeros(1024 * MIB))}),
    "bomb-chained": lambda: pdf(
        {4: stream(zlib.compress(zeros(1024 * MIB), 9), b"/Filter [/FlateDecode /FlateDecode]")}
    ),
    "bomb-chain-of-fifty": lambda: pdf({4: stream(zeros(MIB), b"/Filter [%s]" % (b"/FlateDecode " * 50))}),
    "bomb-code-map": lambda: composite(b"/ToUnicode 8 0 R", others={8: flate(zeros(1024 * MIB))}),
    "bomb-font": lambda: composite(
        others={
            7: b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1 1] /FontFile2 8 0 R >>",
            8: flate(zeros(1024 * MIB)),
        }
    ),
    "bomb-object-stream": lambda: object_stream(zeros(1024 * MIB), b"/N 1 /First 10"),
    "bomb-xref-stream": lambda: _with_xref_stream({3: page()}, {}, zeros(1024 * MIB)),
    "bomb-predictor": lambda: pdf(
        {4: flate(zeros(MIB), b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 >>")}
    ),
    "bomb-runs": lambda: pdf({4: stream(b"\x81 " * 500_000 + b"\x80", b"/Filter /RunLengthDecode")}),
    # What is drawn.
    "form-self": lambda: with_form(form(TEXT + b" /X Do", b"/X 6 0 R")),
    "form-circle": lambda: with_form(form(b"/X Do", b"/X 7 0 R"), others={7: form(b"/X Do", b"/X 6 0 R")}),
    "forms-doubling": lambda: doubling_forms(40),
    "operators-million": lambda: pdf({4: flate(bomb(b"0 0 m 9 9 l S\n" * 10_000, 300))}),
    "states-50000": lambda: pdf({4: stream(b"q " * 50_000 + TEXT)}),
    "contents-5000": lambda: pdf({3: page().replace(b"4 0 R", b"[%s]" % (b"4 0 R " * 5_000))}),
    "letters-stacked": lambda: pdf({4: stream(TEXT.replace(b"(Issue 9) Tj", b"(Issue 9) Tj " * 1_500))}),
    "lines-crossed": lambda: crossed_lines(900),
    "numbers-absurd": lambda: pdf(
        {
            4: stream(
                b"1e400 0 0 -1e400 99999999999999999999 --5 cm BT /F 1e38 Tf 1 0 0 0 0 0 Tm (Issue) Tj ET"
            )
        }
    ),
    "image-inline-without-end": lambda: pdf({4: stream(TEXT + b" BI /W 9 /H 9 ID " + b"E" * 50_000)}),
    "image-huge": lambda: with_form(flate(zeros(MIB), IMAGE + b"/Width 2000000000 /Height 2000000000")),
    "image-negative": lambda: with_form(flate(zeros(MIB), IMAGE + b"/Width -5 /Height 0")),
    "type3-self": lambda: with_font(
        TYPE3, {6: stream(b"1000 0 d0 BT /F 1 Tf (I) Tj ET")}, b"BT /F 12 Tf 72 700 Td (IIII) Tj ET"
    ),
    "pattern-self": lambda: pdf(
        {
            3: page(resources=b"/Font << /F 5 0 R >> /Pattern << /P 6 0 R >>"),
            4: stream(TEXT + b" /Pattern cs /P scn 0 0 500 500 re f"),
            6: stream(
                b"/Pattern cs /P scn 0 0 9 9 re f",
                b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1e-9 "
                b"/YStep 0 /Resources << /Pattern << /P 6 0 R >> >>",
            ),
        }
    ),
    # Fonts.
    "code-map-endless": lambda: composite(
        b"/ToUnicode 8 0 R",
        others={8: stream(code_map(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"))},
    ),
    # One code that stands for 25 million letters.
    "code-map-long": lambda: composite(
        b"/ToUnicode 8 0 R",
        others={
            8: flate(
                bomb(b"0041" * 25_000, 1000, *code_map(b"1 beginbfchar <0041> <|> endbfchar").split(b"|"))
            )
        },
    ),
    "widths-endless": lambda: composite(descendant=b"/W [0 2147483647 500]"),
    "encoding-self": lambda: with_font(FONT.replace(b"/WinAnsiEncoding", b"5 0 R")),
    "descendant-self": lambda: composite(
        others={6: b"<< /Type /Font /Subtype /Type0 /DescendantFonts [6 0 R] >>"}
    ),
    # The sheet.
    "box-empty": lambda: pdf({3: page(box=b"0 0 0 0")}),
    "box-negative": lambda: pdf({3: page(box=b"595 842 0 0")}),
    "box-huge": lambda: pdf({3: page(box=b"-1000000000 -1000000000 1000000000 1000000000")}),
    "box-no-numbers": lambda: pdf({3: page(box=b"/NaN (inf) null 1e999")}),
    "box-short": lambda: pdf({3: page(box=b"0 0")}),
    "rotated-absurdly": lambda: pdf({3: page(b"/Rotate 123456789 /UserUnit -1e30")}),
    # The file.
    "previous-self": previous_itself,
    "previous-nowhere": lambda: with_trailer(b"/Prev 99999999999"),
    "size-huge": lambda: with_trailer(b"").replace(b"/Size 6", b"/Size 2147483647"),
    "table-huge": lambda: pdf({}).replace(b"xref\n0 6\n", b"xref\n0 999999999\n"),
    "root-missing": lambda: pdf({}).replace(b"/Root 1 0 R", b"/Root 9 0 R"),
    "stream-in-itself": lambda: _with_xref_stream({}, {3: (2, 6, 0), 6: (2, 6, 0)}),
    "stream-extends-itself": lambda: object_stream(
        zlib.compress(b"3 0 " + page()), b"/N 1 /First 4 /Extends 6 0 R"
    ),
    "stream-of-millions": lambda: object_stream(zlib.compress(b"3 0 " + page()), b"/N 2147483647 /First 4"),
    "encrypted-absurdly": lambda: with_trailer(ENCRYPTED + b"/V 99 /R 99 /Length -1 /O () /U () /P 0 >>"),
    "encrypted-by-nothing": lambda: with_trailer(
        ENCRYPTED + b"/V 5 /R 6 /Length 2147483647 /O <00> /U <00> /OE <> /UE <> /Perms <> /P -1 >>"
    ),
    "nothing-of-10-mb": lambda: b"%PDF-1.7\n" + bytes(10 * MIB) + b"\n%%EOF\n",
    "headers-only": lambda: b"%PDF-1.7\n" * 100_000 + b"%%EOF\n",
    "objects-without-end": lambda: b"%PDF-1.7\n" + b"1 0 obj << " * 10_000 + b"\n%%EOF\n",
}
"""Name to what makes the file."""


def make_all(folder: Path, names: Iterable[str] = MADE) -> None:
    """Writes the files of these names into a folder."""
    for name in names:
        (folder / f"{name}.pdf").write_bytes(MADE[name]())
