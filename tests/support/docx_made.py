"""Word documents put together from the XML of their parts, as small as a test needs them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/"
SPACES = {
    "w": W,
    "r": f"{_OFFICE}relationships",
    "m": f"{_OFFICE}math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "x99": "http://example.org/2099/shapes",
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def root(name: str, inner: str, *, strict: bool = False) -> str:
    """A part whose root has a name and all prefixes declared."""
    spaces = dict(SPACES)
    if strict:
        spaces["w"] = STRICT
        spaces["r"] = f"{_STRICT_OFFICE}relationships"
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return f'{HEAD}<w:{name} {declared} mc:Ignorable="w14 w15">{inner}</w:{name}>'


def relations(targets: Mapping[str, tuple[str, str]], *, strict: bool = False) -> str:
    """A part of relationships: identifier to kind and target."""
    office = _STRICT_OFFICE if strict else _OFFICE
    rows = "".join(
        f'<Relationship Id="{each}" Type="{office}relationships/{kind}" Target="{target}"/>'
        for each, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{rows}</Relationships>'


def packed(members: Sequence[tuple[str, str | bytes]]) -> bytes:
    """An archive with these members, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name, (2023, 5, 6, 7, 8, 10)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def members_of(
    body: str, parts: Mapping[str, str] | None = None, *, strict: bool = False
) -> list[tuple[str, str | bytes]]:
    """The members of a document with a body. `parts` are others by what they are to it (``styles``,
    ``numbering``, ``header``, ``footnotes`` …); a header's relationship is its name.
    """
    given = dict(parts or {})
    types = {"word/document.xml": f"{_TYPE}document.main+xml"}
    members: list[tuple[str, str | bytes]] = []
    targets: dict[str, tuple[str, str]] = {}
    roots = {"header": "hdr", "footer": "ftr"}
    for name, inner in given.items():
        kind = name.rstrip("0123456789")
        types[f"word/{name}.xml"] = f"{_TYPE}{kind}+xml"
        targets[name] = (kind, f"{name}.xml")
        members.append((f"word/{name}.xml", root(roots.get(kind, kind), inner, strict=strict)))
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{each}"/>' for name, each in types.items()
    )
    content_types = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return [
        ("[Content_Types].xml", content_types),
        ("_rels/.rels", relations({"rId1": ("officeDocument", "word/document.xml")}, strict=strict)),
        ("word/document.xml", root("document", f"<w:body>{body}</w:body>", strict=strict)),
        ("word/_rels/document.xml.rels", relations(targets, strict=strict)),
        *members,
    ]


def docx(body: str, parts: Mapping[str, str] | None = None, *, strict: bool = False) -> bytes:
    """A document with a body, as `members_of` puts it together."""
    return packed(members_of(body, parts, strict=strict))


def p(*runs: str, properties: str = "", mark: str = "") -> str:
    """A paragraph of runs, those without a tag being plain text; `mark` are properties of its end."""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inside = f"<w:pPr>{properties}{end}</w:pPr>" if properties or end else ""
    return f"<w:p>{inside}{''.join(each if each.startswith('<') else r(each) for each in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def run(inner: str, properties: str = "") -> str:
    """A run of anything."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inside}{inner}</w:r>"


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph in a list."""
    return p(text, properties=in_list(number, level))


def in_list(number: int, level: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(
    number: int, text: str, form: str = "decimal", *, start: int | None = 1, more: str = "", before: str = ""
) -> str:
    """The definition of a level; `more` stands before its text as the schema has it, `before` first."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{number}">{before}{begin}<w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identifier: int, *levels: str, more: str = "") -> str:
    """The definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{identifier}">{more}{"".join(levels)}</w:abstractNum>'


def num(identifier: int, definition: int, *overrides: str) -> str:
    """A list."""
    return (
        f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition}"/>{"".join(overrides)}</w:num>'
    )


def table(*rows: Sequence[str]) -> str:
    """A table of cells, those without a tag being one paragraph of text."""

    def cell(content: str) -> str:
        return f"<w:tc>{content if content.startswith('<') else p(content)}</w:tc>"

    made = ["".join(map(cell, row)) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in made) + "</w:tbl>"
