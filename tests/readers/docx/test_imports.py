"""What reading Word documents needs is loaded for Word documents only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docx_made import docx, p
from harness import FIXTURES

_SCRIPT = """
import sys
from bulletin_lint.cli.main import main
main(sys.argv[1:])
wanted = ("bulletin_lint.readers.docx", "zipfile", "pyexpat", "xml")
print([name for name in sys.modules if name.startswith(wanted)], file=sys.stderr)
"""


@pytest.mark.parametrize("is_word", [False, True])
def test_a_text_loads_nothing_of_it(tmp_path: Path, *, is_word: bool) -> None:
    path = FIXTURES / "bulletins" / "clean" / "chinese-issue-number.md"
    if is_word:
        # In a process of its own: neither does whoever reports.
        path = tmp_path / "1.docx"
        path.write_bytes(docx(p("平安简报") + p("第 8 期")))
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, "check", str(path), "--isolated"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "[]" == done.stderr.splitlines()[-1]
