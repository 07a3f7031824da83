"""Characters as their author typed them, where a PDF draws others for them."""

from __future__ import annotations

from array import array

from bulletin_lint.readers.pdf.origins import spread
from bulletin_lint.readers.pdf.page import UNMAPPED, Run

# Characters that differ from what the author typed only by how a producer draws them. Radicals are
# not among them: the document model folds those, because a check of characters wants to see them.
_TYPED = {
    **dict.fromkeys(map(chr, (*range(32), *range(127, 160))), UNMAPPED),
    **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0", " "),
    # Characters that fonts name and that are none.
    "\ufffd": UNMAPPED,
    "\ufffe": UNMAPPED,
    # Figures of a font that names its characters by their places in it alone.
    **dict.fromkeys(map(chr, range(0xF030, 0xF03A)), UNMAPPED),
    "\u2011": "-",
    "\u2e3a": "——",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
UNTYPED = frozenset(_TYPED) - {"\r", "\n"}
"""Characters for which others were typed; line breaks are of PDFium's making."""
_TYPED_TABLE = str.maketrans(_TYPED)


def as_typed(run: Run) -> Run:
    """The run with its characters as they were typed; where one stands for two, they share its width."""
    text = run.text.translate(_TYPED_TABLE)
    if text == run.text:
        return run
    if len(text) == len(run.text):
        return Run(text, run.lefts, run.right, run.baseline, run.face)
    lefts = array("d")
    for character, left in zip(run.text, run.lefts, strict=True):
        lefts.extend([left] * len(_TYPED.get(character, character)))
    return Run(text, spread(lefts, run.right), run.right, run.baseline, run.face)
