"""The rulebook: what is selected, and a cache that is never wrong and never in the way."""

from __future__ import annotations

import marshal
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import bulletin_lint
from bulletin_lint import checks
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache import compiled as pack_cache
from bulletin_lint.engine.cache import folder as cache_of_user
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import DefinitionError, UsageError
from bulletin_lint.rulebook import merge
from bulletin_lint.rulebook.compiled import stored
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook

HEAVY = ("yaml", "regex", "hashlib", "pathlib", "tempfile", "tomllib", "difflib", "inspect", "logging")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "cache"
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(folder))
    return folder


def rule(code: str, name: str, **keys: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in keys.items())
    keys_of_all = "check: forbidden, on: raw, pattern: x, message: {zh: 甲, en: a}"
    return f"  {code}: {{name: {name}, {keys_of_all}{more}}}\n"


def write_house() -> None:
    Path("house.yaml").write_text(
        "rules:\n"
        + rule("SEC001", "one")
        + rule("SEC002", "two", severity="off")
        + rule("SEQ001", "three", aliases="OLD9")
        + rule("HB-01", "four"),
        encoding="utf-8",
    )


def kept(pack: str = "./house.yaml", rules: Mapping[str, Any] = {}, folder: str = ".") -> Rulebook:
    """A rulebook by way of the cache."""
    return load_rulebook(Settings(extends=(pack,), rules=rules, folder=folder), CompiledStore())


def selected(*words: str | None, ignore: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> str:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))
    select = None if words == (None,) else [word for word in words if word is not None]
    return " ".join(each.code for each in rulebook.select(select, ignore, also))


def test_without_a_selection_every_rule_that_is_not_off_runs() -> None:
    assert "HB-01 SEC001 SEQ001" == selected(None)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("ALL",), "HB-01 SEC001 SEQ001"),
        (("SEC001",), "SEC001"),
        (("SE",), "SEC001 SEQ001"),
        (("SEC", "HB"), "HB-01 SEC001"),
        (("SEC00",), "SEC001"),
        (("OLD9",), "SEQ001"),
        ((), ""),
    ],
)
def test_words_of_select_are_codes_former_codes_prefixes_or_all(words: tuple[str, ...], codes: str) -> None:
    assert codes == selected(*words)


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (("SE",), ("SEC",), "SEQ001"),
        (("SEC001",), ("SEC",), "SEC001"),
        (("ALL",), ("SEC001",), "HB-01 SEQ001"),
        (("SEC",), ("SEC",), ""),
        (("SEC", "ALL"), ("SE",), "HB-01 SEC001"),
        (("ALL",), ("OLD9",), "HB-01 SEC001"),
        (("SEC",), ("ALL",), "SEC001"),
    ],
)
def test_the_longest_word_decides_and_of_two_alike_ignore(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: str
) -> None:
    assert codes == selected(*select, ignore=ignore)


def test_extend_select_adds() -> None:
    assert "HB-01 SEC001" == selected("SEC", also=("HB-01",))


def test_only_its_whole_code_enables_a_rule_that_is_off() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))

    assert ["SEC002"] == [each.code for each in rulebook.select(["SEC002"])]
    assert ["info"] == [each.severity for each in rulebook.select(["SEC002"])]
    assert "off" == rulebook.rules["SEC002"].severity
    assert ["SEC001", "SEC002"] == [each.code for each in rulebook.select(["SEC001"], (), ["SEC002"])]
    assert [] == list(rulebook.select(["SEC002"], ["SEC002"]))


@pytest.mark.parametrize("words", [{"select": ["SEX"]}, {"ignore": ["SEX"]}, {"extend_select": [""]}])
def test_a_word_that_fits_no_rule_is_an_error(words: dict[str, list[str]]) -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))
    with pytest.raises(UsageError) as caught:
        rulebook.select(**words)

    assert "there is no rule or prefix" in caught.value.describe("en")


def test_an_unknown_word_is_answered_with_the_nearest() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))
    with pytest.raises(UsageError) as caught:
        rulebook.select(["SEC01"])

    assert "没有规则或前缀“SEC01”；是不是“SEC001”？" == caught.value.describe("zh")
    assert "there is no rule or prefix 'SEC01'; did you mean 'SEC001'?" == caught.value.describe("en")


def test_a_letter_that_looks_like_a_digit_is_taken_for_it() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))
    for word in ("SECO01", "SECOO1", "SEC0OI", "sec00l"):
        with pytest.raises(UsageError, match="did you mean 'SEC001'"):
            rulebook.select([word])


def test_a_rule_is_known_by_code_former_code_and_name() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))

    assert ["SEQ001"] * 3 == [rulebook.code(name) for name in ("SEQ001", "OLD9", "three")]
    assert rulebook.code("nine") is None
    assert frozenset({"SEC001", "SEC002", "SEQ001"}) == rulebook.covered(["SEC", "OLD9", "nothing"])


def test_a_check_is_built_once() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))

    assert rulebook.check("SEC001") is rulebook.check("SEC001")


def test_a_rulebook_can_be_sent_to_another_process() -> None:
    write_house()
    rulebook = load_rulebook(Settings(extends=("./house.yaml",)))
    rulebook.check("SEC001")

    assert rulebook.rules == pickle.loads(pickle.dumps(rulebook)).rules


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows whenever packs are read."""
    reads: list[int] = []
    real = merge.assemble

    def assemble(*args: Any, **named: Any) -> Any:
        reads.append(1)
        return real(*args, **named)

    monkeypatch.setattr(merge, "assemble", assemble)
    return reads


def test_a_second_load_reads_no_pack_and_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    write_house()
    reads = counted(monkeypatch)
    first = kept()
    second = kept()

    assert [1] == reads
    assert first.rules == second.rules
    # The cache keeps as text what only some runs need.
    assert stored(first.compiled) == second.compiled


def test_packs_overrides_and_folder_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_house()
    reads = counted(monkeypatch)
    kept()
    assert "off" == kept(rules={"SEC001": "off"}).rules["SEC001"].severity
    with pytest.raises(DefinitionError):
        kept(folder=str(tmp_path.parent))

    assert 3 == len(reads)


def test_a_changed_input_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    write_house()
    reads = counted(monkeypatch)
    kept()
    path = Path("house.yaml")
    text = path.read_text(encoding="utf-8").replace("warning", "info").replace("name: one", "name: uno")
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, 1))

    assert "uno" == kept().rules["SEC001"].name
    assert 2 == len(reads)


def test_files_added_to_and_taken_from_a_pack_folder_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = counted(monkeypatch)
    Path("house").mkdir()
    Path("house/a.yaml").write_text("rules:\n" + rule("AB-01", "one"), encoding="utf-8")
    before = kept("./house")
    Path("house/b.yaml").write_text("rules:\n" + rule("AB-02", "two"), encoding="utf-8")
    between = kept("./house")
    Path("house/a.yaml").unlink()
    after = kept("./house")
    Path("house/notes.txt").write_text("", encoding="utf-8")
    kept("./house")

    assert [["AB-01"], ["AB-01", "AB-02"], ["AB-02"]] == [
        list(each.rules) for each in (before, between, after)
    ]
    assert 3 == len(reads)


def test_a_table_file_is_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = counted(monkeypatch)
    Path("t.yaml").write_text("甲: 乙\n", encoding="utf-8")
    Path("a.yaml").write_text("tables: {t: {file: t.yaml}}\n", encoding="utf-8")
    kept("./a.yaml")
    Path("t.yaml").write_text("甲: 乙\n丙: 丁\n", encoding="utf-8")

    assert {"甲": "乙", "丙": "丁"} == kept("./a.yaml").table("t")
    assert 2 == len(reads)


def only_file(cache: Path) -> Path:
    (path,) = cache.glob("rulebook-*.data")
    return path


def resealed(body: bytes) -> bytes:
    """A cache file around a body, its sum right."""
    from zlib import crc32

    return b"bulletin-lint cache %d\n%b" % (crc32(body), body)


def test_damage_of_any_kind_is_a_miss(cache: Path) -> None:
    write_house()
    expected = kept().rules
    path = only_file(cache)
    good = path.read_bytes()
    body = good.partition(b"\n")[2]
    stored = marshal.loads(body)
    broken = [
        b"",
        b"\xff\xfe",
        good[: len(good) // 2],
        good.replace(b"SEC001", b"SEC009", 1),
        b"bulletin-lint cache x\n" + body,
        resealed(b""),
        resealed(b"{}"),
        resealed(body[: len(body) // 2]),
        resealed(marshal.dumps([])),
        resealed(marshal.dumps(None)),
        resealed(marshal.dumps(compile("1", "", "eval"))),
        resealed(b"[\x01\x00\x00\x00" * 100_000),
        resealed(marshal.dumps({**stored, "key": [0]})),
        resealed(marshal.dumps({**stored, "inputs": [[1, 2]]})),
        resealed(marshal.dumps({**stored, "inputs": 5})),
        resealed(marshal.dumps({**stored, "value": {"rules": [[1, 2]]}})),
        resealed(marshal.dumps({**stored, "value": [1]})),
        resealed(marshal.dumps({**stored, "value": "x"})),
    ]
    for content in broken:
        path.write_bytes(content)
        assert expected == kept().rules
        assert good == path.read_bytes()


def test_another_version_of_the_program_is_a_miss(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_house()
    reads = counted(monkeypatch)
    kept()
    monkeypatch.setattr(pack_cache, "__version__", "9.9.9")
    kept()

    assert 2 == len(reads)


def test_a_pack_that_is_wrong_is_not_kept(cache: Path) -> None:
    Path("a.yaml").write_text("rulez: {}\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DefinitionError):
            kept("./a.yaml")

    assert not cache.exists()


def test_a_folder_that_cannot_be_written_is_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    write_house()
    Path("file").write_text("", encoding="utf-8")
    for place in ("file", "file/below", "/proc/nowhere", "x\0y"):
        monkeypatch.setattr(cache_of_user, "cache_folder", lambda place=place: place)
        assert 4 == len(kept().rules)
    monkeypatch.setattr(cache_of_user, "cache_folder", lambda: None)
    assert 4 == len(kept().rules)


def test_nothing_half_written_stays_behind(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_house()

    def refuse(*paths: str, **_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", refuse)
    kept()

    assert [] == list(cache.iterdir())


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"BULLETIN_LINT_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/a"),
        ({"XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/b/bulletin-lint"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/c"}, "/c/.cache/bulletin-lint"),
        ({"HOME": "/c"}, "/c/.cache/bulletin-lint"),
    ],
)
def test_the_cache_lies_where_the_environment_says(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BULLETIN_LINT_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert expected == cache_of_user.cache_folder()


def test_a_warm_load_imports_nothing_heavy() -> None:
    write_house()
    program = (
        "import sys\n"
        "from bulletin_lint.config.settings import Settings\n"
        "from bulletin_lint.engine.cache.compiled import CompiledStore\n"
        "from bulletin_lint.rulebook.load import load_rulebook\n"
        "assert len(load_rulebook(Settings(extends=('./house.yaml',)), CompiledStore()).rules) == 4\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    source = os.path.dirname(os.path.dirname(os.path.abspath(bulletin_lint.__file__)))
    environment = {**os.environ, "PYTHONPATH": source}
    command = [sys.executable, "-c", program]
    cold, warm = (
        subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
        for _ in range(2)
    )

    assert "yaml" in cold
    assert [] == warm


def test_every_builtin_rule_loads_and_builds_its_check() -> None:
    rulebook = load_rulebook(Settings())

    assert all(rule.trusted for rule in rulebook.rules.values())
    for code in rulebook.rules:
        rulebook.check(code)


def test_the_builtin_forms_and_masks_also_compile_with_the_engine_of_houses() -> None:
    # A house that adds one form makes all of them run with a time limit.
    import regex

    def patterns(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        return [found for each in values for found in patterns(each)]

    grammar = load_rulebook(Settings()).grammar
    for source in [*patterns(grammar["forms"]), *patterns(grammar["masks"])]:
        regex.compile(source, regex.MULTILINE)


def test_every_kind_of_check_declares_what_the_loader_asks() -> None:
    for name in checks.KIND_NAMES:
        kind = checks.kind(name)
        assert kind.parameters is not None
        assert callable(kind.placeholders)


def test_the_catalogue_has_a_source_for_every_rule() -> None:
    catalogue = load_catalogue(Settings())

    assert list(catalogue.rulebook.rules) == list(catalogue.sources)
    # The packs that it builds on come before it.
    assert ["bulletin", "gb15834"] == list(catalogue.titles)[:2]
    assert "jianbao" == list(catalogue.titles)[-1]
    assert isinstance(catalogue.rulebook, Rulebook)
