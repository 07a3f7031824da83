"""The bulletins under fixtures/: clean ones give nothing to mend, faulty ones exactly what is written beside
them. How to add one is in fixtures/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.rulebook.load import load_rulebook
from harness import FIXTURES, Command

CLEAN = FIXTURES / "bulletins" / "clean"
FAULTY = FIXTURES / "bulletins" / "faulty"
_TEXT = (".md", ".txt")
_SERIOUS = ("error", "warning")


def _bulletins(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _TEXT)


def _cases(folder: Path) -> list[Path]:
    """The bulletins in the folders of families, and the folders there that hold a series."""
    return sorted(path for path in folder.glob("*/*") if path.suffix in _TEXT or path.is_dir())


def _beside(path: Path, ending: str) -> Path:
    stem = path.name if path.is_dir() else path.stem
    return path.with_name(stem + ending)


def _settings(path: Path) -> list[str]:
    """The options that take a bulletin's own settings, or none at all."""
    own = path / "bulletin-lint.yaml" if path.is_dir() else _beside(path, ".settings.yaml")
    return ["--config", str(own)] if own.exists() else ["--isolated"]


def _name(path: Path) -> str:
    return path.name


def _label(part: Mapping[str, Any] | None, key: str = "text") -> Any:
    return part[key] if part else None


def _facts(extracted: Mapping[str, Any]) -> dict[str, Any]:
    """What an `.extract.json` beside a bulletin says of it: parts by their values, without places."""
    masthead = extracted["masthead"]
    values = ("issue_number", "cumulative_number", "issue_year", "office", "date")
    optional = ("classification", "copy_number")
    return {
        "masthead": {
            "title": _label(masthead["title"]),
            **{name: _label(masthead[name], "value") for name in values},
            **{name: _label(masthead[name]) for name in optional if masthead[name]},
        },
        "contents": [entry["text"] for entry in extracted["contents"]],
        "note": _label(extracted["note"]),
        "articles": [_article_facts(article) for article in extracted["articles"]],
        "imprint": {name: field["value"] for name, field in extracted["imprint"].items() if field},
        "distribution": [entry["role"] for entry in extracted["distribution"]],
        "copies": _label(extracted["copies"], "value"),
        "furniture": len(extracted["furniture"]),
        "damage": [damage["code"] for damage in extracted["damage"]],
    }


def _article_facts(article: Mapping[str, Any]) -> dict[str, Any]:
    blocks: Iterable[Mapping[str, Any]] = article["blocks"]
    kinds = [block["kind"] for block in blocks]
    return {
        "column": _label(article["column"]),
        "title": _label(article["title"]),
        "paragraphs": kinds.count("paragraph"),
        "headings": kinds.count("heading"),
        "lead_ins": [block["lead"] for block in article["blocks"] if block["kind"] == "lead-in"],
        "sections": [block["marker"] for block in article["blocks"] if block["kind"] == "section"],
        "tables": kinds.count("table"),
        "attribution": _label(article["attribution"], "value"),
    }


def test_the_clean_fixtures_are_enough() -> None:
    assert 14 <= len(_bulletins(CLEAN))


def test_the_faulty_fixtures_are_enough() -> None:
    assert 30 <= len(_cases(FAULTY))


@pytest.mark.parametrize("bulletin", _bulletins(CLEAN), ids=_name)
def test_clean_bulletin_has_no_error_and_no_warning(
    bulletin: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CLEAN)
    outcome = command("check", *_settings(bulletin), "--format", "json", "--jobs", "1", bulletin.name)
    report = json.loads(outcome.out)
    serious = [
        f"{found['line']}:{found['column']}: {found['code']} {found['message']['zh']}"
        for found in report["violations"]
        if found["severity"] in _SERIOUS
    ]
    assert [] == serious
    assert 0 == outcome.code


@pytest.mark.parametrize("bulletin", _bulletins(CLEAN), ids=_name)
def test_clean_bulletin_is_taken_apart_rightly(
    bulletin: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CLEAN)
    expected = json.loads(_beside(bulletin, ".extract.json").read_text("utf-8"))
    for article in expected["articles"]:
        article.setdefault("headings", 0)
    outcome = command("extract", *_settings(bulletin), "--format", "json", bulletin.name)
    assert 0 == outcome.code, outcome.err
    assert _shown(expected) == _shown(_facts(json.loads(outcome.out)))


def _shown(facts: Mapping[str, Any]) -> list[str]:
    """Facts as lines, so that a failure shows the lines that differ."""
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).splitlines()


@pytest.mark.parametrize("bulletin", _bulletins(CLEAN), ids=_name)
def test_every_part_of_a_clean_bulletin_stands_where_its_text_is(
    bulletin: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CLEAN)
    outcome = command("extract", *_settings(bulletin), "--format", "json", bulletin.name)
    extracted = json.loads(outcome.out)
    lines = bulletin.read_bytes().decode(_codec(extracted["encoding"])).lstrip("\ufeff").splitlines()
    for part in _single_lines(extracted):
        line = lines[part["line"] - 1]
        assert part["text"] == line[part["column"] - 1 : part["end_column"] - 1]


def _codec(encoding: str) -> str:
    return {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}.get(encoding, encoding)


def _single_lines(value: Any) -> Iterable[Mapping[str, Any]]:
    """The parts in what `extract` printed that stand on one line and have no formatting inside."""
    if isinstance(value, dict):
        text = value.get("text", "")
        if value.get("kind") != "lead-in" and text and value.get("line") == value.get("end_line"):
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from _single_lines(item)


@pytest.mark.parametrize("case", _cases(FAULTY), ids=_name)
def test_faulty_bulletin_gives_what_is_expected(
    case: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.parent)
    expected = _beside(case, ".expected").read_text("utf-8").splitlines()
    assert expected, "a faulty bulletin has something to report"
    outcome = command(
        "check", *_settings(case), "--lang", "zh", "--format", "concise", "--jobs", "1", case.name
    )
    assert expected == outcome.out.splitlines()
    assert "" == outcome.err


def test_nothing_expected_lacks_its_bulletin() -> None:
    orphans = [
        path.name
        for folder, ending, cases in (
            (CLEAN, ".extract.json", _bulletins(CLEAN)),
            (CLEAN, ".settings.yaml", _bulletins(CLEAN)),
            (FAULTY, ".expected", _cases(FAULTY)),
            (FAULTY, ".settings.yaml", _cases(FAULTY)),
        )
        for path in folder.rglob(f"*{ending}")
        if path not in {_beside(case, ending) for case in cases}
    ]
    assert [] == orphans


def test_no_bulletin_lacks_what_is_expected_of_it() -> None:
    lacking = [path.name for path in _bulletins(CLEAN) if not _beside(path, ".extract.json").exists()]
    lacking += [path.name for path in _cases(FAULTY) if not _beside(path, ".expected").exists()]
    assert [] == lacking


def test_no_two_bulletins_share_a_stem() -> None:
    for cases in (_bulletins(CLEAN), _cases(FAULTY)):
        stems = [_beside(case, "").name for case in cases]
        assert sorted(set(stems)) == sorted(stems)


def test_every_rule_of_the_bulletin_families_is_broken_somewhere() -> None:
    families = ("ISS", "DAT", "FLD", "SEC", "ATT", "SPC", "EXT")
    expected = "".join(path.read_text("utf-8") for path in FAULTY.rglob("*.expected"))
    codes = [code for code in load_rulebook(Settings(), CompiledStore()).rules if code.startswith(families)]
    assert 50 <= len(codes)
    # A page that is a picture is none of a text: tests/readers/pdf/test_reader.py has one. Nor is an object
    # in a document: tests/readers/docx/test_constructs.py.
    codes.remove("EXT005")
    codes.remove("EXT006")
    # Nor are radicals that a program drew on pages: tests/readers/pdf/test_world.py.
    codes.remove("EXT007")
    # Nor that text was recognised on pictures of pages: the same.
    codes.remove("EXT008")
    assert [] == [code for code in codes if f": {code} " not in expected]
