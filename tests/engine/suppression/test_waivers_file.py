"""waivers.yaml by way of a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.config.store import Input
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import waivers_file
from bulletin_lint.engine.suppression.waivers_file import load_waivers


def test_a_file_is_read_once_and_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    reads: list[str] = []
    real = waivers_file._read

    def read(path: str, inputs: list[Input]) -> list[dict[str, object]]:
        reads.append(path)
        return real(path, inputs)

    monkeypatch.setattr(waivers_file, "_read", read)
    path = tmp_path / "waivers.yaml"
    path.write_text("- {rule: SEC001, path: a.md, reason: 旧稿}\n", encoding="utf-8")
    cold, warm = (load_waivers(str(path), CompiledStore()) for _ in range(2))

    assert cold == warm == load_waivers(str(path))
    assert [(each.codes, each.glob, each.reason) for each in warm] == [(("SEC001",), "a.md", "旧稿")]
    assert len(reads) == 2

    path.write_text("- {rule: SEC001, path: other.md, reason: 旧稿}\n", encoding="utf-8")

    assert [each.glob for each in load_waivers(str(path), CompiledStore())] == ["other.md"]
