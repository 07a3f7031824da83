"""What a process compiled, the next one need not compile, whoever asks: a program, its pool, the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_lint.matching.regex_store import REGEXES

pytestmark = pytest.mark.skipif(not REGEXES.key, reason="this interpreter, or plain mode, keeps none")

TEXT = "# 县工作简报\n\n第 3 期（总第 103 期）\n\n县政府办　　2020年3月6日\n\n# 部署春耕\n\n会上作了部署。\n"
NEW = "from bulletin_lint.matching.regex_store import REGEXES; print(len(REGEXES.rows() or ()))"
CHECK = "from bulletin_lint.api import check; check('3.md'{rest}); "
LINT = "from bulletin_lint.api import Engine; Engine({rest}).lint('3.md'); "
POOL = (
    "from bulletin_lint.api import Engine\n"
    "with Engine({rest}).pool(1) as pool: print(pool.submit('3.md').result().file.error)"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "office"
    here.mkdir()
    (here / "3.md").write_text(TEXT, "utf-8")
    return here


def said(code: str, folder: Path) -> str:
    """What a program prints that has a cache beside its folder."""
    environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": str(folder.parent / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def kept(folder: Path) -> int:
    """How many patterns a program takes from the cache for the text, at least one of which it needs."""
    code = LINT.format(rest="") + "print(len(REGEXES._loaded or ()))"
    return int(said("from bulletin_lint.matching.regex_store import REGEXES; " + code, folder))


def test_a_program_that_checks_keeps_its_patterns_for_the_next(folder: Path) -> None:
    said(CHECK.format(rest=""), folder)
    assert kept(folder) > 0
    assert said(LINT.format(rest="") + NEW, folder) == "0"


def test_an_engine_alone_writes_none(folder: Path) -> None:
    assert int(said(LINT.format(rest="") + NEW, folder)) > 0
    assert kept(folder) == 0


def test_a_pool_keeps_what_it_compiled_before_the_first_file(folder: Path) -> None:
    assert said(POOL.format(rest=""), folder) == "None"
    assert kept(folder) > 0


@pytest.mark.parametrize("code", [CHECK.format(rest=", cache=False"), POOL.format(rest="cache=False")])
def test_without_a_cache_nothing_is_written(code: str, folder: Path) -> None:
    said(code, folder)
    assert not list(folder.parent.glob("cache/**/*"))


def test_what_the_command_compiled_serves_a_program(folder: Path) -> None:
    said(
        "import runpy, sys; sys.argv[1:] = ['check', '3.md', '--exit-zero']\n"
        "try: runpy.run_module('bulletin_lint', run_name='__main__')\nexcept SystemExit: pass",
        folder,
    )
    assert said(LINT.format(rest="") + NEW, folder) == "0"
