"""What the package offers by name: offered lazily, and the same as the command says and does."""

from __future__ import annotations

import inspect
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bulletin_lint
from bulletin_lint import (
    DefinitionError,
    Engine,
    EnginePool,
    Report,
    Settings,
    SourceError,
    UsageError,
    check,
    check_bytes,
    fix_bytes,
    load_rulebook,
    load_settings,
    parse,
)
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.reporters.json_report import render
from harness import FIXTURES, Command
from hostile_pdfs import MADE
from started import new_environment

WRONG = FIXTURES / "commands" / "wrong.md"
GAP = FIXTURES / "bulletins" / "faulty" / "issue-numbers" / "series-gap"


def as_json(report: Report) -> Any:
    return json.loads(render(report, language="zh", color=False, width=80))


def found(report: Report) -> list[tuple[str, int, str]]:
    return [(each.path, each.location.line, each.code) for each in report.violations]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two series, a PDF, waivers in a text and beside the settings, and files that cannot be checked."""
    folder = tmp_path / "office"
    shutil.copytree(GAP, folder / "river")
    waived = WRONG.read_text("utf-8").replace(
        "沿河社区", "<!-- bulletin-lint: ignore-next-line[PUN002] 照录来文 -->\n沿河社区"
    )
    (folder / "11.md").write_text(waived, "utf-8")
    shutil.copy(FIXTURES / "pdf" / "bulletin-reportlab.pdf", folder / "9.pdf")
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "letter.docx").write_bytes(b"PK")
    (folder / "notes.txt").write_text("买墨盒。\n", "utf-8")
    (folder / "waivers.yaml").write_text(
        "waivers:\n- rule: ISS007\n  path: river/12.md\n  excerpt: 总第112期\n  reason: 照旧\n", "utf-8"
    )
    monkeypatch.chdir(folder)
    return folder


# --- Names ---------------------------------------------------------------------------------------------


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    code = "import bulletin_lint, sys; print([n for n in sys.modules if n.startswith('bulletin_lint')])"

    done = subprocess.run(
        [sys.executable, "-c", code], env=new_environment(), capture_output=True, check=True
    )

    assert b"['bulletin_lint']" == done.stdout.strip()


def test_every_name_is_there_and_shown() -> None:
    offered = {name: getattr(bulletin_lint, name) for name in bulletin_lint.__all__}

    assert sorted(offered) == dir(bulletin_lint)
    assert all(each.__doc__ for each in offered.values())
    assert offered["Engine"] is Engine


def test_what_is_not_offered_is_not_there() -> None:
    # `run` is a name of the module that the offered ones stand in.
    for name in ("run", "nothing"):
        with pytest.raises(AttributeError, match=f"'bulletin_lint' has no attribute '{name}'"):
            getattr(bulletin_lint, name)


# --- check ---------------------------------------------------------------------------------------------


def test_one_process_checks_unless_more_are_asked_for() -> None:
    assert inspect.signature(check).parameters["jobs"].default == 1


@pytest.mark.parametrize(
    ("offered", "defaults"),
    [
        (check, {"settings": None, "jobs": 1, "cache": True, "password": None, "time_limit": TIME_LIMIT}),
        (check_bytes, {"settings": None, "cache": True}),
        (parse, {"settings": None, "cache": True}),
        (fix_bytes, {"settings": None, "unsafe": False, "cache": True}),
        (load_rulebook, {"packs": None, "settings": None, "cache": True}),
        (
            Engine,
            {
                "settings": None,
                "select": None,
                "ignore": (),
                "password": None,
                "time_limit": TIME_LIMIT,
                "cache": True,
            },
        ),
        (Engine.fix, {"unsafe": False}),
        (Engine.pool, {"processes": None}),
        (EnginePool.submit, {"time_limit": None}),
        (EnginePool.close, {"wait": True}),
    ],
    ids=lambda each: getattr(each, "__qualname__", ""),
)
def test_what_is_not_said_is_safe_and_as_the_command_has_it(
    offered: Callable[..., object], defaults: dict[str, object]
) -> None:
    """Rules are kept, nothing unsafe is mended, what was submitted is done before a pool closes."""
    parameters = inspect.signature(offered).parameters.values()

    assert defaults == {each.name: each.default for each in parameters if each.default is not each.empty}


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_check_says_what_the_command_says(office: Path, command: Command, jobs: int | None) -> None:
    (office / "bulletin-lint.yaml").write_text(
        'bulletins: ["**/*.md", "*.pdf", "*.txt"]\nfail-level: warning\nper-file-ignores: {"11.md": [DAT]}\n',
        "utf-8",
    )
    paths = [".", "letter.docx", "nowhere.md"]

    report = check(paths, jobs=jobs)

    outcome = command("check", "--format", "json", "--lang", "zh", *paths)
    assert 2 == outcome.code
    assert json.loads(outcome.out) == as_json(report)
    # And that is no agreement on nothing: of each kind of finding there is one.
    assert ("river/12.md", 3, "ISS005") in found(report)
    assert ("11.md", 21, "SEC001") in found(report)
    assert "DAT002" not in {each.code for each in report.violations}
    assert ["ISS007", "PUN002"] == sorted(each.code for each in report.waived)
    documents = {each.path: each for each in report.documents}
    assert {"letter.docx", "nowhere.md", "torn.pdf"} == {each.path for each in report.failed}
    assert documents["notes.txt"].skipped
    assert documents["9.pdf"].pages == 4
    assert (
        set(documents["11.md"].reasons)
        == {code for code, outcome in documents["11.md"].outcomes.items() if outcome == "cannot-assess"}
        != set()
    )
    assert "warning" == report.fail_level


@pytest.mark.parametrize("paths", [["river"], ["river/12.md", "river/10.md"], ["river", "11.md"]])
def test_waivers_without_settings_are_those_that_the_command_finds(
    office: Path, command: Command, paths: list[str]
) -> None:
    """They are looked for upward."""
    report = check(paths)

    assert json.loads(command("check", "--format", "json", *paths).out) == as_json(report)
    assert "ISS007" in {each.code for each in report.waived}


def test_settings_that_are_given_say_where_their_waivers_lie(office: Path) -> None:
    """Those of the bulletin's folder are for settings that are looked for, those above the settings for none."""
    (office / "house").mkdir()
    (office / "house" / "bulletin-lint.yaml").write_text("ignore: [SEC]\n", "utf-8")

    for settings in (Settings(), load_settings("house/bulletin-lint.yaml")):
        assert [] == [each.code for each in check(["river"], settings).waived]


def test_each_file_goes_by_the_settings_nearest_to_it(office: Path, command: Command) -> None:
    """Those of the first path's folder are not those of the second; given ones hold for all."""
    (office / "river" / "bulletin-lint.yaml").write_text("ignore: [ISS]\n", "utf-8")

    assert [] == found(check("river"))
    both = check(["river", "11.md"])
    assert {"11.md"} == {path for path, _, _ in found(both)}
    assert ("river/12.md", 3, "ISS005") in found(check(["river", "11.md"], load_settings()))
    assert json.loads(command("check", "--format", "json", "river", "11.md").out) == as_json(both)


def test_given_settings_are_used_and_none_looked_for(office: Path) -> None:
    (office / "bulletin-lint.yaml").write_text("ignore: [SEC]\n", "utf-8")

    assert [("11.md", 21, "SEC001")] == found(check(["11.md"], Settings(select=("SEC",))))
    assert [] == found(check(["11.md"], load_settings()._replace(select=("SEC", "TAB"))))


def test_one_path_need_not_be_in_a_list(office: Path) -> None:
    assert check(["11.md"]) == check("11.md") == check(Path("11.md"))


# --- In memory -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cache", [True, False])
def test_check_bytes_says_of_one_issue_what_the_command_says_of_it_alone(
    command: Command, *, cache: bool
) -> None:
    data = WRONG.read_bytes()

    report = check_bytes(data, "11.md", cache=cache)

    outcome = command("check", "--isolated", "--stdin-filename", "11.md", "--format", "json", "-", stdin=data)
    assert json.loads(outcome.out) == as_json(report)
    assert [("11.md", 9, "DAT002"), ("11.md", 21, "SEC001"), ("11.md", 23, "PUN002")] == found(report)


def test_check_bytes_looks_for_no_other_issue_and_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though they lie where the name would be a path."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GAP, "river")
    Path("bulletin-lint.yaml").write_text("ignore: [SEC]\nbulletins: [river/*.md]\n", "utf-8")
    data = WRONG.read_bytes()

    assert ("11.md", 21, "SEC001") in found(check_bytes(data, "11.md"))
    alone = check_bytes(Path("river/12.md").read_bytes(), "river/12.md")
    assert ["river/12.md"] == [each.path for each in alone.documents]
    assert "cannot-assess" == alone.documents[0].outcomes["ISS005"]
    assert [] == found(alone)


def test_check_bytes_tells_the_kind_by_name_and_else_by_content() -> None:
    data = (FIXTURES / "pdf" / "bulletin-reportlab.pdf").read_bytes()

    assert ["pdf", "pdf", "text"] == [
        check_bytes(content, name).documents[0].kind
        for content, name in ((data, "9.PDF"), (data, "9"), (b"# 9", "9"))
    ]


def test_parse_gives_the_parts() -> None:
    document = parse(WRONG.read_bytes(), "11.md")
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    number = masthead.child("cumulative_number")
    assert number is not None
    assert (1864, 5) == (number.fields["value"], document.locate(number.span).line)
    assert 1 == len(document.bulletin.list("articles"))


def test_parse_reads_by_the_labels_of_the_settings() -> None:
    """第13辑 is a number in that house only."""
    house = FIXTURES / "packs" / "house"
    data = (house / "bad.md").read_bytes()

    def number(settings: Settings | None) -> object:
        masthead = parse(data, "bad.md", settings).bulletin.child("masthead")
        part = masthead.child("issue_number") if masthead is not None else None
        return None if part is None else part.fields["value"]

    assert (13, None) == (number(load_settings(start=str(house))), number(None))


# --- Fixing --------------------------------------------------------------------------------------------

TEXT = WRONG.read_text("utf-8")
WRITTEN = {
    "utf-8": TEXT.encode(),
    "bom and CRLF": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "gb18030": TEXT.encode("gb18030"),
    "waived": TEXT.replace(
        "2020年03", "<!-- bulletin-lint: ignore-next-line[DAT002] 照录 -->\n2020年03"
    ).encode(),
    "nothing to mend": (FIXTURES / "commands" / "clean.md").read_bytes(),
}


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN)
def test_fix_bytes_makes_what_the_command_writes(
    data: bytes, tmp_path: Path, command: Command, *, unsafe: bool
) -> None:
    path = tmp_path / "11.md"
    path.write_bytes(data)
    command("check", "--isolated", "--fix", *(["--unsafe-fixes"] if unsafe else []), path)

    fixed = fix_bytes(data, "11.md", unsafe=unsafe)

    assert path.read_bytes() == fixed.after
    assert (data, data != fixed.after) == (fixed.before, fixed.changed)


def test_fix_bytes_mends_what_is_safe_and_only_if_asked_the_rest() -> None:
    safe = TEXT.replace("03月06日", "3月6日").replace("门,效", "门，效")

    assert safe == fix_bytes(TEXT.encode(), "11.md").after.decode()
    assert safe.replace("三、", "二、") == fix_bytes(TEXT.encode(), "11.md", unsafe=True).after.decode()


@pytest.mark.parametrize("data", [MADE["operators-million"](), b"%PDF-1.7 nothing"], ids=["endless", "torn"])
def test_a_pdf_is_neither_mended_nor_read_for_it(data: bytes) -> None:
    """To read the first takes minutes in this process, the second cannot be read."""
    fixed = fix_bytes(data, "9.pdf", unsafe=True)

    assert (data, data, 0, (), False) == (
        fixed.before,
        fixed.after,
        fixed.applied,
        fixed.refused,
        fixed.changed,
    )


# --- Errors --------------------------------------------------------------------------------------------


def test_a_bad_pack_is_an_error_with_its_place() -> None:
    path = str(FIXTURES / "packs" / "bad" / "unknown-check-kind.yaml")
    settings = Settings(extends=(path,))

    for ask in (
        lambda: load_rulebook([path]),
        lambda: load_rulebook(settings=settings, cache=False),
        lambda: Engine(settings),
        lambda: check(WRONG, settings),
        lambda: check_bytes(b"", "a.md", settings),
    ):
        with pytest.raises(DefinitionError) as caught:
            ask()
        assert (5, 12) == (caught.value.line, caught.value.column)
        assert "unknown-check-kind.yaml:5:12:" in caught.value.describe("zh")


def test_bad_waivers_are_an_error_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text("ignore: [SPC]\n", "utf-8")
    (tmp_path / "waivers.yaml").write_text(
        "waivers:\n- rule: ISS007\n  path: 1.md\n  reason: 照旧\n  untl: 2030-01-01\n", "utf-8"
    )

    with pytest.raises(DefinitionError) as caught:
        Engine(load_settings(start=str(tmp_path)))
    assert 5 == caught.value.line


def test_no_rule_is_an_error() -> None:
    for ask in (
        lambda: check(WRONG, Settings(select=())),
        lambda: check_bytes(b"", "a.md", Settings(select=("SEC",), ignore=("SEC",))),
        lambda: Engine(select=["NONE999"]),
    ):
        with pytest.raises(UsageError):
            ask()
    with pytest.raises(UsageError):
        load_settings("nowhere.yaml")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.md"),
        (b"\x00\x01\x02\xff" * 9, "binary.md"),
        (b"PK", "letter.ofd"),
        # More than a text may have.
        (b"a" * (2 * 1024 * 1024 + 1), "book.md"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_an_error_of_its_result_and_raised_by_parse_and_fix(
    data: bytes, name: str
) -> None:
    report = check_bytes(data, name)

    error = report.documents[0].error
    assert error is not None
    for ask in (parse, fix_bytes):
        with pytest.raises(SourceError) as caught:
            ask(data, name)
        assert (name, error) == (caught.value.path, caught.value.wording)


def test_parse_of_a_torn_pdf_raises() -> None:
    with pytest.raises(SourceError):
        parse(b"%PDF-1.7 nothing", "9.pdf")


# --- Rules ---------------------------------------------------------------------------------------------


def test_load_rulebook_takes_packs_or_settings() -> None:
    house = FIXTURES / "packs" / "house"
    by_path = load_rulebook([str(house / "house.yaml")])
    by_settings = load_rulebook(settings=load_settings(start=str(house)))

    assert "HOUSE-001" not in load_rulebook().rules
    assert by_path.rules["HOUSE-001"].severity == by_settings.rules["HOUSE-001"].severity == "error"
    assert "GB15834" not in "".join(load_rulebook(["gb3100"]).rules)
    assert set(load_rulebook(["gb3100"]).rules) < set(load_rulebook().rules)


def test_without_a_cache_nothing_is_kept_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither results nor rules, nor what settings and waivers were made into; with one the next run finds them."""
    kept = tmp_path / "kept"
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(kept))
    office = tmp_path / "office"
    office.mkdir()
    (office / "bulletin-lint.yaml").write_text("ignore: [SEC006]\n", encoding="utf-8")
    (office / "waivers.yaml").write_text("[]\n", encoding="utf-8")
    (office / "1.md").write_text("# 渠务简报\n\n第1期\n", encoding="utf-8")

    check(office, cache=False)

    assert not kept.exists() or not any(path.is_file() for path in kept.rglob("*"))
    check(office)
    assert any(path.is_file() for path in kept.rglob("*"))


@pytest.mark.parametrize(
    "ask",
    [
        lambda cache: check_bytes(b"# 9", "9.md", cache=cache),
        lambda cache: parse(b"# 9", "9.md", cache=cache),
        lambda cache: fix_bytes(b"# 9", "9.md", cache=cache),
        lambda cache: load_rulebook(cache=cache),
        lambda cache: Engine(cache=cache),
    ],
    ids=["check_bytes", "parse", "fix_bytes", "load_rulebook", "Engine"],
)
def test_rules_are_kept_compiled_unless_it_is_told_otherwise(
    ask: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path))

    ask(cache=False)
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]
    ask(cache=True)
    assert [] != [path for path in tmp_path.rglob("*") if path.is_file()]
