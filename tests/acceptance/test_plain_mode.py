"""Without its short cuts the program reports the same: of the fixtures, and whatever was kept before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness import FIXTURES, ROOT

UNLIKE_BY_NOW = {"REF010", "REF012"}
"""Rules that the prefilter closes with `pass` where the check says `not-applicable`: a closed gate does not say
yet what its check would."""

HOUSE = """\
extends: [bulletin]
rules:
  HOUSE-001:
    name: two-words
    severity: warning
    check: forbidden
    on: prose
    words: [晚间课堂]
    message: {zh: 不写这个词, en: not this word}
    why: {zh: 本室的习惯, en: a habit of ours}
    examples:
      bad: [{text: 开办晚间课堂}]
      good: [{text: 开办课堂}]
"""
"""One rule, which takes no time to compile, for the questions that any rule answers."""
LOADED = """
import sys
from bulletin_lint.cli.main import main
code = main(sys.argv[1:])
names = ["bulletin_lint.matching.candidates", "ahocorasick_rs", "typing"]
print(*[name for name in names if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


def run(
    arguments: list[str], cache: Path, *, plain: bool, code: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "BULLETIN_LINT_PLAIN"}
    environment |= {"BULLETIN_LINT_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT / "src")}
    if plain:
        environment["BULLETIN_LINT_PLAIN"] = "1"
    program = ["-c", code] if code else ["-m", "bulletin_lint"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=FIXTURES,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def comparable(report: str) -> tuple[Any, dict[str, dict[str, str]]]:
    """A JSON report without outcomes and their counts, and the outcomes by document and rule."""
    read = json.loads(report)
    outcomes = {document["path"]: document.pop("outcomes", {}) for document in read["documents"]}
    read["summary"].pop("outcomes")
    return read, outcomes


@pytest.mark.slow
def test_fixtures_give_the_same_report(tmp_path: Path) -> None:
    files = ["bulletins", *(f"pdf/{name}.pdf" for name in ("bulletin-typst", "gongwen", "table-reportlab"))]
    arguments = ["check", "--format", "json", *files]
    cold = run(arguments, tmp_path / "cache", plain=False)
    warm = run(arguments, tmp_path / "cache", plain=False)
    plain = run(arguments, tmp_path / "cache", plain=True)

    assert warm.stdout == cold.stdout
    assert (cold.returncode, warm.returncode, plain.returncode) == (1, 1, 1)
    assert plain.stderr == cold.stderr
    expected, outcomes = comparable(cold.stdout)
    report, plain_outcomes = comparable(plain.stdout)
    assert len(expected["violations"]) > 200
    assert report == expected
    assert plain_outcomes.keys() == outcomes.keys()
    unlike = {
        code
        for path, each in outcomes.items()
        for code in each.keys() | plain_outcomes[path].keys()
        if each.get(code) != plain_outcomes[path].get(code)
    }
    assert unlike <= UNLIKE_BY_NOW


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Settings with a rule."""
    path = tmp_path / "bulletin-lint.yaml"
    path.write_text(HOUSE, "utf-8")
    return path


def test_in_plain_mode_nothing_is_kept(tmp_path: Path, house: Path) -> None:
    cache = tmp_path / "cache"
    arguments = ["check", "--config", str(house), "--fail-level", "warning", "--format", "concise"]
    arguments.append("commands/wrong.md")
    plain = run(arguments, cache, plain=True)
    assert not cache.exists()

    kept = run(arguments, cache, plain=False)
    before = {path: path.read_bytes() for path in cache.iterdir()}
    assert before, "there is something to keep"
    again = run(arguments, cache, plain=True)
    assert {path: path.read_bytes() for path in cache.iterdir()} == before
    assert plain.stdout == again.stdout == kept.stdout != ""
    assert plain.returncode == kept.returncode == 1


def test_in_plain_mode_no_short_cut_is_loaded(tmp_path: Path, house: Path) -> None:
    texts = [f"bulletins/clean/{path.name}" for path in (FIXTURES / "bulletins" / "clean").glob("*.md")][:10]
    assert len(texts) == 10
    arguments = ["check", "--config", str(house), "--format", "concise", "--jobs", "1", *texts]
    quick = run(arguments, tmp_path / "cache", plain=False, code=LOADED)
    plain = run(arguments, tmp_path / "cache", plain=True, code=LOADED)
    assert quick.returncode == plain.returncode == 0
    assert {"bulletin_lint.matching.candidates", "ahocorasick_rs"} <= set(quick.stderr.split())
    assert plain.stderr.split() == ["typing"]
