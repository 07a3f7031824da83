"""What SARIF says of the rules: why, in full, where the rule gives a reason, else its message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command

PACK = """\
title: {zh: 自定, en: house}
extends: jianbao
rules:
  HB-01:
    name: with-reason
    check: forbidden
    on: raw
    pattern: 甲
    message: {zh: "不写“{found}”", en: "not '{found}'"}
    why: {zh: 甲是旧称。, en: It is an old name.}
    remedy: {zh: 改用全称。, en: Write the full name.}
    ref: {norm: 本单位规定, clause: "3"}
  HB-02:
    name: without-reason
    check: forbidden
    on: raw
    pattern: 乙
    message: {zh: "不写“{found}”", en: "not '{found}'"}
    remedy: {zh: 删去。, en: Delete it.}
  HB-03:
    name: message-alone
    check: forbidden
    on: raw
    pattern: 丙
    message: {zh: "不写“{found}”", en: "not '{found}'"}
"""
TEXTS = {
    "zh": {
        "HB-01": ("不写“××”", "甲是旧称。", "甲是旧称。\n\n改用全称。\n\n依据：本单位规定 3"),
        "HB-02": ("不写“××”", "不写“××”", "删去。"),
        "HB-03": ("不写“××”", "不写“××”", "不写“××”"),
    },
    "en": {
        "HB-01": (
            "not '…'",
            "It is an old name.",
            "It is an old name.\n\nWrite the full name.\n\nNorms: 本单位规定 3",
        ),
        "HB-02": ("not '…'", "not '…'", "Delete it."),
        "HB-03": ("not '…'", "not '…'", "not '…'"),
    },
}
"""Short and full description and help of each rule."""


def described(log: Any) -> dict[str, tuple[str, str, str]]:
    return {
        rule["id"]: (
            rule["shortDescription"]["text"],
            rule["fullDescription"]["text"],
            rule["help"]["text"],
        )
        for rule in log["runs"][0]["tool"]["driver"]["rules"]
    }


@pytest.mark.parametrize("language", TEXTS)
def test_a_rule_is_described_by_its_reason_else_by_its_message(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    settings = "extends: ./pack.yaml\nselect: [HB-01, HB-02, HB-03]\n"
    (tmp_path / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "1.md").write_text("# 松湖区情况简报\n\n第1期\n", encoding="utf-8")

    outcome = command("check", "1.md", "--format", "sarif", "--lang", language)

    assert (0, "") == (outcome.code, outcome.err)
    assert TEXTS[language] == described(json.loads(outcome.out))
