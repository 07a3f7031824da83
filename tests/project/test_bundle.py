"""The folder that installs without the internet, made and tried as an office would."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from harness import FIXTURES, ROOT

sys.path.insert(0, str(ROOT / "bench"))
import bundle  # type: ignore[import-not-found]

HERE = "linux-x64"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def wheel(folder: Path, name: str, *needs: str) -> None:
    """A wheel that asks for others and holds nothing."""
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0"]
        lines += [f"Requires-Dist: {need}" for need in needs]
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join([*lines, "", ""]))


def test_what_only_another_platform_asks_for_is_missed(tmp_path: Path) -> None:
    wheel(
        tmp_path,
        "bulletin_lint",
        "alpha-one",
        "beta; extra == 'serve'",
        "gamma; extra == 'dev'",
        "delta; python_version < '3.12'",
    )
    wheel(tmp_path, "alpha_one", "epsilon; sys_platform == 'win32'")
    wheel(tmp_path, "beta", "alpha-one")

    assert bundle.missing(tmp_path, "windows-x64", "3.13") == {"epsilon"}
    assert bundle.missing(tmp_path, "windows-x64", "3.11") == {"epsilon", "delta"}
    assert bundle.missing(tmp_path, "linux-arm64", "3.13") == set()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.uname().machine != "x86_64", reason="of another platform")
def test_a_folder_installs_without_any_index_and_runs(tmp_path: Path) -> None:
    made = bundle.make(tmp_path, HERE, [VERSION], bundle.program_wheel(tmp_path / "program"))
    assert bundle.missing(made / "wheels", HERE, VERSION) == set()
    (tmp_path / "home").mkdir()
    # Nothing of this machine's settings of pip, and no way out.
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(tmp_path / "home"),
        "PYTHON": sys.executable,
        "PIP_CONFIG_FILE": os.devnull,
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "LANG": "C.UTF-8",
    }
    for name, code in (("clean.md", 0), ("wrong.md", 1)):
        done = subprocess.run(
            [made / "start.sh", "check", "--isolated", FIXTURES / "commands" / name],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
    # A double click is a start without words: the page opens in the browser.
    opened = tmp_path / "opened"
    os.mkfifo(opened)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >{opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    with subprocess.Popen([made / "start.sh"], env={**environment, "BROWSER": f"{browser} %s"}) as serving:
        address = opened.read_text("utf-8").strip()
        with urllib.request.urlopen(address) as answer:
            assert "<title>" in answer.read().decode("utf-8")
        serving.terminate()


def test_the_script_of_windows_is_one_that_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_pip", lambda *_: None)
    wheel(tmp_path, "bulletin_lint")
    made = bundle.make(
        tmp_path, "windows-x64", ["3.12", "3.13"], tmp_path / "bulletin_lint-1.0-py3-none-any.whl"
    )
    script = (made / "start.bat").read_bytes()
    assert script.count(b"\n") == script.count(b"\r\n") > 10
    assert b"{" not in script
    # The newest version that there are wheels for, not the newest that is there.
    assert b'in (3.12 3.13) do py -%%V -c "" >nul 2>nul && set "PYTHON=py -%%V"' in script
    # A batch file reads its own path and its words with a percent sign; a bare one would be lost.
    assert b"%~dp0" in script
    assert b"--no-index" in script
    assert (made / "README.txt").read_bytes().startswith(b"\xef\xbb\xbf")
