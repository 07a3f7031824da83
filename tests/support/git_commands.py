"""Commands run as a user runs them: nothing of this checkout on the path, no settings of the user's git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.invalid",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def run(words: Sequence[str | Path], folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command, with nothing of this checkout on the path and no settings of the user's git."""
    kept = {
        name: value
        for name, value in os.environ.items()
        # Under a hook of git's own, these would lead every git command here to that repository.
        if name != "PYTHONPATH" and not name.startswith(("GIT_", "PRE_COMMIT"))
    }
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={
            **kept,
            **IDENTITY,
            "PRE_COMMIT_HOME": str(home),
            "BULLETIN_LINT_CACHE_DIR": str(home / "cache"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    done = run(["git", *words], folder, folder)
    assert done.returncode == 0, done.stderr
    return done.stdout
