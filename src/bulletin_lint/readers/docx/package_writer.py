"""A package written anew with some of its parts changed: all else as it was, member by member."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.package import Package, key_of
from bulletin_lint.readers.docx.refusals import DocxError

_TYPES = "[Content_Types].xml"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = re.compile(rb"<([^<>?!\s/]+)")
_ROOT_END = re.compile(rb"</[^<>\s]+\s*>\s*$")
_EMPTY_ROOT = re.compile(rb"/>\s*$")
_XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rewritten(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """The package with parts changed or added, by their names.

    Raises:
        DocxError: a member cannot be read.
    """
    new = {key_of(name): (name, content) for name, content in changed.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in package.members:
            _, content = new.pop(key_of(member.filename), ("", None))
            info = zipfile.ZipInfo(member.filename, member.date_time)
            info.compress_type = (
                member.compress_type if member.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            )
            info.external_attr = member.external_attr
            info.create_system = member.create_system
            archive.writestr(info, package.read(member.filename) if content is None else content)
        date = next(
            each.date_time for each in package.members if key_of(each.filename) == key_of(package.main)
        )
        for name, content in new.values():
            info = zipfile.ZipInfo(name, date)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def with_element(part: bytes, element: bytes) -> bytes:
    """A part with more at the end of its root.

    Raises:
        DocxError: it has no root that ends.
    """
    end = _ROOT_END.search(part)
    if end is not None:
        return part[: end.start()] + element + part[end.start() :]
    empty = _EMPTY_ROOT.search(part)
    name = _ROOT.search(part)
    if empty is None or name is None:
        raise DocxError(refusals.DAMAGED)
    return part[: empty.start()] + b">" + element + b"</" + name[1] + b">"


def _prefix(part: bytes) -> str:
    """The prefix of a part's root, a colon behind it."""
    name = _ROOT.search(part)
    return name[1].rpartition(b":")[0].decode() + ":" if name is not None and b":" in name[1] else ""


def add_part(
    package: Package,
    changed: dict[str, bytes],
    name: str,
    content: bytes,
    *,
    content_type: str,
    relation: str,
) -> None:
    """Adds a part that the main one names, with all that has to be said of it elsewhere.

    Raises:
        DocxError: what there is cannot be read.
    """
    changed[name] = content
    types = package.read_xml(_TYPES)
    override = (
        f"<{_prefix(types)}Override PartName={quoteattr('/' + name)} ContentType={quoteattr(content_type)}/>"
    )
    if f'PartName="/{name}"'.encode() not in types:
        changed[package.member_name(_TYPES)] = with_element(types, override.encode())
    folder, main = posixpath.split(package.main)
    relations = posixpath.join(folder, "_rels", f"{main}.rels")
    known = package.relations(package.main)
    number = 1
    while f"rId{number}" in known:
        number += 1
    row = (
        f'Relationship Id="rId{number}" Type={quoteattr(relation)} '
        f"Target={quoteattr(posixpath.relpath(name, folder or '.'))}/>"
    )
    if package.has(relations):
        relations = package.member_name(relations)
        before = package.read_xml(relations)
        changed[relations] = with_element(before, f"<{_prefix(before)}{row}".encode())
    else:
        root = f'<Relationships xmlns="{_PACKAGE_RELATIONS}"><{row}</Relationships>'
        changed[relations] = _XML_HEAD + root.encode()
