"""Whether parts of a PDF may be switched off."""

from __future__ import annotations

import re
import zlib

_MOST_UNPACKED = 16 * 1024 * 1024
"""Bytes of a file's objects that are unpacked to look for layers; a file with more is taken to have some."""

# A name may be written with the codes of its letters (ISO 32000-1, 7.3.5).
_LAYERS = re.compile(
    rb"/" + b"".join(rb"(?:%b|#%02x|#%02X)" % (bytes((each,)), each, each) for each in b"OCProperties")
)
_STREAM = re.compile(rb"/ObjStm\b(.{0,400}?)stream\r?\n", re.DOTALL)


def may_have_layers(data: bytes) -> bool:
    """Whether parts of a PDF may be switched off: its catalogue, which may be packed, has the key that says
    so (ISO 32000-1, 8.11.4.2).
    """
    if _LAYERS.search(data):
        return True
    packed = list(_STREAM.finditer(data))
    # What is encrypted, or packed in two ways, is not known.
    if packed and (b"/Encrypt" in data or any(b"/DecodeParms" in found[1] for found in packed)):
        return True
    left = _MOST_UNPACKED
    for found in packed:
        end = data.find(b"endstream", found.end())
        try:
            content = zlib.decompressobj().decompress(data[found.end() : end if end > 0 else None], left)
        except zlib.error:
            return True
        left -= len(content)
        if left <= 0 or _LAYERS.search(content):
            return True
    return False
