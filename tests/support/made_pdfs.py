"""PDFs made of what their pages are to hold."""

from __future__ import annotations

from collections.abc import Sequence

SHEET = "/MediaBox [0 0 600 800]"


def pdf_of(*pages: bytes | tuple[str, bytes], more: Sequence[str] = ()) -> bytes:
    """A PDF with such contents of its pages; `more` are entries of pages, beside or for the sheet's size."""
    count = len(pages)
    streams = [page if isinstance(page, tuple) else ("<< >>", page) for page in pages]
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + number) for number in range(count)), count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number in range(count):
        entry = more[number] if number < len(more) and more[number] else SHEET
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> %s >>"
            % (4 + count + number, entry.encode())
        )
    for head, content in streams:
        entries = head.removeprefix("<<").removesuffix(">>").encode()
        bodies.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content))
    made = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(made))
    )
