"""The names of XML namespaces in Word documents, old and strict."""

from __future__ import annotations

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of paragraphs and runs: the usual one, and that of strict documents."""
MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
ANCHORS = (
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
)
GRAPHICS = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
OLE = "urn:schemas-microsoft-com:office:office"
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_2010 = "http://schemas.microsoft.com/office/word/2010/"
_2012 = "http://schemas.microsoft.com/office/word/"
KNOWN = frozenset(
    {
        *(_2010 + name for name in ("wordprocessingShape", "wordprocessingGroup", "wordprocessingCanvas")),
        *(_2010 + name for name in ("wordml", "wordprocessingDrawing", "wordprocessingInk")),
        *(_2012 + name for name in ("2012/wordml", "2015/wordml/symex", "2016/wordml/cid")),
        *(_2012 + name for name in ("2018/wordml", "2018/wordml/cex", "2006/wordml")),
        "http://schemas.microsoft.com/office/drawing/2010/main",
        *WORD,
        *ANCHORS,
        *GRAPHICS,
        VML,
        OLE,
    }
)
"""What an alternative may require: the others are drawn by programs that know more."""
