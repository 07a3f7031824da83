"""`python bench bundle OUT`: one folder for each platform that installs bulletin-lint without the internet.

A folder holds the wheels of the program and of all that it needs, the page in the browser included, for every
version of Python asked for, and a script that installs them beside itself when it is first started, with no
index, and opens the page. What is downloaded comes by pip, as wheels only: nothing is built or run from it here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLATFORMS: dict[str, tuple[str, ...]] = {
    "windows-x64": ("win_amd64",),
    "linux-x64": ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"),
    "linux-arm64": ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"),
}
"""A platform to the tags of its wheels."""
VERSIONS = ("3.11", "3.12", "3.13")
EXTRA = "serve"

_WINDOWS = r"""@echo off
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
set "HOME_FOLDER=%~dp0"
set "PROGRAM=%HOME_FOLDER%env\Scripts\bulletin-lint.exe"
if exist "%PROGRAM%" goto start
set "PYTHON=python"
rem The newest of the versions that the wheels are for wins.
for %%V in ({each}) do py -%%V -c "" >nul 2>nul && set "PYTHON=py -%%V"
%PYTHON% -m venv "%HOME_FOLDER%env" || goto failed
"%HOME_FOLDER%env\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%HOME_FOLDER%wheels" "bulletin-lint[serve]" || goto failed
:start
if "%~1"=="" ("%PROGRAM%" serve) else ("%PROGRAM%" %*)
exit /b %ERRORLEVEL%
:failed
rmdir /s /q "%HOME_FOLDER%env" 2>nul
echo Python {versions} (64-bit) is needed. 需要 64 位的 Python {versions}。
pause
exit /b 2
"""

_LINUX = """#!/bin/sh
# Installs bulletin-lint beside this script, without any index, and opens its page; with words, runs them.
here=$(cd "$(dirname "$0")" && pwd) || exit 2
program="$here/env/bin/bulletin-lint"
if [ ! -x "$program" ]; then
    "${{PYTHON:-python3}}" -m venv "$here/env" &&
    "$here/env/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" 'bulletin-lint[serve]' || {{
        rm -rf "$here/env"
        echo 'Python {versions} with venv is needed. 需要带 venv 的 Python {versions}。' >&2
        exit 2
    }}
fi
[ $# -gt 0 ] || set -- serve
exec "$program" "$@"
"""

_READ_ME = """bulletin-lint：不联网的安装包（{platform}）

1. 电脑上要有 Python {versions}。
2. 把整个文件夹复制到电脑上（放在自己能写的地方）。
3. 双击 {script}：第一次会在文件夹里装好程序（约一分钟），以后直接打开网页。
   在命令行里也可以用：{script} check 第11期.docx
4. 不要了就删去整个文件夹，别处什么也没有留下。
"""


def _pip(*words: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=False)
    if done.returncode:
        sys.exit(f"pip ended with {done.returncode}")


def program_wheel(folder: Path) -> Path:
    """The wheel of this checkout, made in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _pip("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    return next(folder.glob("bulletin_lint-*.whl"))


def missing(wheels: Path, platform: str, version: str) -> set[str]:
    """What the wheels of a folder ask for on a platform and is not among them.

    pip weighs what is asked for only on Windows, or by an older Python, by the machine that it runs on.
    """
    from packaging.markers import default_environment
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    is_windows = platform.startswith("windows")
    environment = default_environment() | {
        "os_name": "nt" if is_windows else "posix",
        "sys_platform": "win32" if is_windows else "linux",
        "platform_system": "Windows" if is_windows else "Linux",
        "platform_machine": {"windows-x64": "AMD64", "linux-arm64": "aarch64"}.get(platform, "x86_64"),
        "python_version": version,
        "python_full_version": f"{version}.0",
    }
    asked: dict[str, list[Requirement]] = {}
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            lines = message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
        asked[canonicalize_name(wheel.name.partition("-")[0])] = list(map(Requirement, lines))
    program = canonicalize_name("bulletin-lint")
    wanted: set[str] = set()
    pending = [(program, frozenset({"", EXTRA}))]
    while pending:
        package, extras = pending.pop()
        for need in asked.get(package, ()):
            if need.marker is None or any(
                need.marker.evaluate({**environment, "extra": extra}) for extra in extras
            ):
                name = canonicalize_name(need.name)
                if name not in wanted:
                    pending.append((name, frozenset({"", *need.extras})))
                    wanted.add(name)
    return wanted - asked.keys()


def make(out: Path, platform: str, versions: Sequence[str], wheel: Path) -> Path:
    """The folder of one platform."""
    folder = out / f"bulletin-lint-{platform}"
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    tags = [word for tag in PLATFORMS[platform] for word in ("--platform", tag)]
    for version in versions:
        options = ["download", "--quiet", "--only-binary=:all:", "--implementation", "cp", *tags]
        options += ["--python-version", version, "--dest", str(wheels)]
        _pip(*options, f"{wheel}[{EXTRA}]")
        while left := missing(wheels, platform, version):
            _pip(*options, "--no-deps", *sorted(left))
    is_windows = platform.startswith("windows")
    script = folder / ("start.bat" if is_windows else "start.sh")
    spoken = "、".join(versions)
    content = (_WINDOWS if is_windows else _LINUX).format(
        versions="/".join(versions), each=" ".join(versions)
    )
    # cmd.exe loses its place in a script whose lines end as on Unix.
    script.write_text(content, encoding="utf-8", newline="\r\n" if is_windows else "\n")
    script.chmod(0o755)
    read_me = _READ_ME.format(platform=platform, versions=spoken, script=script.name)
    # Notepad of old Windows takes a file without the mark for one in the local encoding.
    (folder / "README.txt").write_text(read_me, encoding="utf-8-sig", newline="\r\n")
    return folder


def run(words: Sequence[str]) -> None:
    """Makes the folders, and says what each holds."""
    parser = argparse.ArgumentParser(prog="bench bundle", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to put them in")
    parser.add_argument("--platform", action="append", choices=tuple(PLATFORMS), help="by default all")
    parser.add_argument("--python", action="append", help=f"by default {', '.join(VERSIONS)}")
    given = parser.parse_args(words)
    wheel = program_wheel(given.out)
    for platform in given.platform or PLATFORMS:
        folder = make(given.out, platform, given.python or VERSIONS, wheel)
        files = sorted((folder / "wheels").iterdir())
        size = sum(file.stat().st_size for file in files)
        print(f"{folder}: {len(files)} wheels, {size / 1e6:.1f} MB")
        for file in files:
            print(f"  {file.name}")
    wheel.unlink()
