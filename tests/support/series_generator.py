"""Trees of series for tests: several titles, years, restarts, supplements; text, Markdown and PDF.

An issue is first its numbers, so that a test can break one of them; then a small bulletin in which no
rule finds anything. Nothing here reads the linter.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

KINDS = ("md", "txt", "pdf")
TITLES = ("临江市政务服务简报", "清河区水利建设简报", "东湖街道社区工作简报", "云溪县乡村振兴简报")
_PLACES = ("东关街道", "西塘街道", "北坡镇", "南苑社区", "青石村", "柳湾镇")
_DEEDS = ("清扫河岸", "整理书屋", "修补步道", "栽种树苗", "走访老人", "粉刷院墙")


class Issue(NamedTuple):
    """What one issue says of itself, and its file."""

    title: str
    year: int
    issue: int
    cumulative: int | None
    date: datetime.date
    path: str
    supplement: bool = False

    def number_line(self) -> str:
        """第N期（总第M期）, the year before it so that it never depends on the date."""
        cumulative = f"（总第{self.cumulative}期）" if self.cumulative is not None else ""
        return f"{self.year}年{'增刊' if self.supplement else ''}第{self.issue}期{cumulative}"


def series(
    title: str,
    years: Sequence[tuple[int, int]],
    *,
    folder: str,
    first: int = 1,
    before: int = 0,
    restarts: bool = True,
    has_cumulative: bool = True,
    kinds: Sequence[str] = ("md",),
    days_between: int = 4,
) -> list[Issue]:
    """The issues of some years, (year, how many), without a fault.

    The first of all has the number `first`, `before` issues came before it. With `days_between` 0 all
    issues of a month appear on one day, so that numbers outrun the days of the year.
    """
    found: list[Issue] = []
    number, cumulative = first, before + first
    for year, count in years:
        if restarts and found:
            number = 1
        for index in range(count):
            day = datetime.date(year, 1, 3) + datetime.timedelta(days=days_between * index)
            if not days_between:
                day = datetime.date(year, 1 + index * 12 // count, 15)
            kind = kinds[len(found) % len(kinds)]
            path = f"{folder}/{year}/{number:03}.{kind}"
            shown = cumulative if has_cumulative else None
            found.append(Issue(title, year, number, shown, day, path))
            number += 1
            cumulative += 1
    return found


def lines_of(issue: Issue) -> list[str]:
    """The bulletin's lines."""
    place = _PLACES[(issue.issue + issue.year) % len(_PLACES)]
    deed = _DEEDS[(issue.issue * 5 + issue.year) % len(_DEEDS)]
    date = f"{issue.date.year}年{issue.date.month}月{issue.date.day}日"
    return [
        issue.title,
        issue.number_line(),
        f"{issue.title[:3]}简报编辑部　　{date}",
        f"{place}组织{deed}",
        f"{place}组织志愿者{deed}，居民一同参加，当天完成。",
        f"（{place}）",
        f"报：{issue.title[:3]}领导。",
        f"送：{issue.title[:3]}各部门。",
        "责编：周明　核稿：吴岚　电话：010-55550000",
    ]


def content_of(issue: Issue) -> bytes:
    """The file of an issue, of the kind that its name says."""
    lines = lines_of(issue)
    if issue.path.endswith(".pdf"):
        return pdf_of(lines)
    if issue.path.endswith(".md"):
        lines = [f"# {lines[0]}", *lines[1:3], f"## {lines[3]}", *lines[4:]]
    return ("\n\n".join(lines) + "\n").encode()


def write(root: Path, issues: Iterable[Issue]) -> None:
    """Puts issues into their files below a folder."""
    for issue in issues:
        path = root / issue.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_of(issue))


def changed(issues: Sequence[Issue], at: int, **values: object) -> list[Issue]:
    """The issues with one of them altered, its file's name as before."""
    return [item._replace(**values) if index == at else item for index, item in enumerate(issues)]  # type: ignore[arg-type]


def pdf_of(lines: Sequence[str], *, letters_apart: Container[int] = ()) -> bytes:
    """A page with some lines, in a font that is not embedded and maps each code to itself; in the lines
    of some indices each character is an object of its own, an em and a half from the next.
    """
    content = b"BT /F 14 Tf\n"
    for number, line in enumerate(lines):
        pieces = [(0, line)]
        if number in letters_apart:
            pieces = [(21 * index, character) for index, character in enumerate(line)]
        for along, piece in pieces:
            text = piece.encode("utf-16-be").hex()
            content += f"1 0 0 1 {72 + along} {760 - 30 * number} Tm <{text}> Tj\n".encode()
    content += b"ET"
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    portions = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "".join(f"{len(each)} beginbfrange\n" + "\n".join(each) + "\nendbfrange\n" for each in portions)
        + "endcmap end"
    ).encode()
    bodies: list[str | tuple[str, bytes]] = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        ("", content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor 8 0 R >>",
        ("", cmap),
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 800 /StemV 80 >>",
    ]
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
