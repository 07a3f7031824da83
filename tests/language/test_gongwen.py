"""The pack `gongwen`: its examples, what it says of whole PDFs, and that nobody pays for it unasked."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.rule_tests import run_examples
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook
from bulletin_lint.rulebook.rulebook import Catalogue
from harness import FIXTURES, ROOT, Command

PDFS = FIXTURES / "pdf"
EXPLICIT = {"LAY001", "LAY003", "LAY004", "LAY023", "LAY025", "LAY043", "LAY044", "LAY045"}
"""Rules whose norm leaves no room, and which a page shows exactly: warnings. All others are advice."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings(extends=("jianbao", "gongwen")))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "bulletin-lint.yaml"
    path.write_text("extends: [jianbao, gongwen]\n", encoding="utf-8")
    return path


def codes(catalogue: Catalogue) -> list[str]:
    return [code for code, source in catalogue.sources.items() if source.pack == "gongwen"]


def test_every_example_comes_out_as_it_says(catalogue: Catalogue) -> None:
    cases = run_examples(catalogue, Settings().required, ["gongwen"])

    assert [] == [case for case in cases if not case.is_good]
    assert set(codes(catalogue)) == {case.code for case in cases}


def test_every_rule_has_examples_a_reason_and_a_requirement(catalogue: Catalogue) -> None:
    for code in codes(catalogue):
        source = catalogue.sources[code]
        assert len(source.bad) >= 2, code
        assert len(source.good) >= 2, code
        assert all(example.at and example.messages for example in source.bad), code
        assert source.bad[0].messages[0].en, code
        assert source.why is not None, code
        assert source.remedy is not None, code
        notes = " ".join(reference.note or "" for reference in source.references)
        # LAY013 and LAY113 decide FMT-013 of the requirements, or PUN-043 where 043 is one of punctuation.
        assert f"FMT-0{code[-2:]}" in notes or f"PUN-0{code[-2:]}" in notes, (code, notes)


def test_only_what_a_norm_says_outright_is_more_than_advice(catalogue: Catalogue) -> None:
    severities = {code: catalogue.rulebook.rules[code].severity for code in codes(catalogue)}

    assert EXPLICIT == {code for code, severity in severities.items() if severity == "warning"}
    assert {"LAY029", "LAY030"} == {code for code, severity in severities.items() if severity == "off"}
    assert "error" not in severities.values()


def test_the_codes_of_the_requirements_stand_for_the_rules(catalogue: Catalogue) -> None:
    assert "LAY007" == catalogue.rulebook.code("FMT007")
    assert "LAY026" == catalogue.rulebook.code("FMT026")


def test_the_default_rules_are_without_it_and_it_brings_what_it_needs() -> None:
    assert not [code for code in load_rulebook(Settings(), CompiledStore()).rules if code.startswith("LAY")]
    alone = load_rulebook(Settings(extends=("gongwen",)), CompiledStore()).rules
    assert {"LAY001", "SEC001"} <= set(alone)


def test_a_default_run_loads_no_check_of_layout() -> None:
    script = (
        "import sys; from bulletin_lint.cli.main import main; "
        f"main(['check', '--isolated', '--quiet', {str(FIXTURES / 'commands' / 'clean.md')!r}, "
        f"{str(PDFS / 'gongwen.pdf')!r}]); "
        "print([name for name in sys.modules if name.startswith('bulletin_lint.checks.') and "
        "name.rpartition('.')[2] in ('page_geometry', 'type_area', 'type_style', 'page_numbers', 'breaks')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.splitlines()[-1]


def test_the_fixtures_are_what_their_script_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    made = runpy.run_path(str(FIXTURES / "make" / "make_layout_pdfs.py"))

    for name, style in made["STYLES"].items():
        assert made["bulletin"](style) == (PDFS / f"{name}.pdf").read_bytes(), name


def report(command: Command, settings: Path, path: Path) -> dict[str, Any]:
    done = command("check", "--config", settings, "--format", "json", "--exit-zero", "--select", "LAY", path)
    loaded: dict[str, Any] = json.loads(done.out)
    return loaded


def messages(loaded: dict[str, Any]) -> dict[str, str]:
    return {violation["code"]: violation["message"]["zh"] for violation in loaded["violations"]}


def test_a_bulletin_set_to_the_norm_passes_every_rule(command: Command, settings: Path) -> None:
    loaded = report(command, settings, PDFS / "gongwen.pdf")
    outcomes = loaded["documents"][0]["outcomes"]

    assert [] == loaded["violations"]
    # It has no heading of the second level; all else was looked at.
    assert {"LAY112": "not-applicable"} == {
        code: outcome for code, outcome in outcomes.items() if outcome != "pass"
    }


def test_a_bulletin_set_by_default_is_told_what_an_office_program_does(
    command: Command, settings: Path
) -> None:
    """Every figure is one of the style in `make_layout_pdfs.py`."""
    found = messages(report(command, settings, PDFS / "gongwen-office.pdf"))

    assert {
        "LAY002": "天头（上白边）约25.4毫米，应为37毫米（第2—3页）",
        "LAY003": "左白边31.8毫米，订口应为28毫米（第1—3页）",
        # 146.4 mm hold 29 characters of 14.31 pt, the last of which is drawn 14 pt wide.
        "LAY004": "版心宽约146.3毫米，应为156毫米",
        "LAY005": "行距25.3磅，每面可排28行，一般排22行",
        "LAY006": "每行排29字（字距14.3磅），一般排28字",
        "LAY007": "正文字号为14磅（42行，第1—3页），应为三号（16磅）",
        "LAY009": "标题字号为16磅（2行，第1—2页），应为二号（22磅）",
        # “一、” to “三、”, one line each.
        "LAY012": "第一层标题（一、）字体为SimSun（3行，第2页），应为黑体",
        "LAY023": "页码“- 1 -”的形式不对，应左右各一条一字线，如“— 1 —”（共3页，第1—3页）",
        "LAY024": "页码居中，应居右（单页居右、双页居左；共3页，第1—3页）",
        # 27 steps of 25.33 pt and 14 pt are what the style's 246.2 mm hold.
        "LAY104": "版心高约246.2毫米，应为225毫米（第1页）",
        "LAY107": "正文字体为SimSun（42行，第1—3页），应为仿宋",
        "LAY109": "标题字体为SimHei（2行，第1—2页），应为小标宋",
        "LAY123": "页码字号为9磅（第1—3页），应为四号（14磅）",
        "LAY124": "页码一字线距页顶280毫米，应为269毫米（第1—3页）",
        "LAY223": "页码字体为TimesNewRomanPSMT（第1—3页），应为宋体",
    } == found


def test_a_bulletin_broken_without_care_is_told_where(command: Command, settings: Path) -> None:
    loaded = report(command, settings, PDFS / "gongwen-breaks.pdf")
    by_code = {violation["code"]: violation for violation in loaded["violations"]}

    assert {
        # Ten paragraphs, six in one article and four in the other, none indented.
        "LAY013": "段首空0字，应空2字；10段里有10段如此（第1—3页）",
        "LAY025": "第2页的页码为“— 3 —”，应为2",
        "LAY031": "标题“一、坚持问题导向，找准服务短板”排在页末，正文在下一页（第2页，共1处）",
        "LAY043": "“。”排在行首（第2—4页，共4处）",
        # 14 characters of 21 pt from the left edge: their middle is 25.1 mm left of the page's.
        "LAY209": "标题未居中，偏左25.1毫米（第1—2页）",
    } == messages(loaded)
    # The mark stands at the left edge of an even page, 26 mm, and is 15.75 pt wide.
    page, (x0, top, x1, bottom) = by_code["LAY043"]["page"], by_code["LAY043"]["bbox"]
    assert 2 == page
    assert [26 * 72 / 25.4, 26 * 72 / 25.4 + 15.75] == pytest.approx([x0, x1], abs=0.1)
    assert 15.75 == pytest.approx(bottom - top, abs=0.1)


def test_paper_of_another_size_is_said_once(command: Command, settings: Path) -> None:
    found = messages(report(command, settings, PDFS / "gongwen-letter.pdf"))

    assert {"LAY001": "第1—4页幅面为215.9×279.4毫米，应为A4（210×297毫米），共4页"} == found


def test_a_house_has_measures_of_its_own_and_the_messages_say_so(command: Command, settings: Path) -> None:
    """The settings of docs/gongwen.md."""
    text = (ROOT / "docs" / "gongwen.md").read_text(encoding="utf-8")
    rules = text.split("```yaml\n")[2].split("```")[0]
    settings.write_text(f"extends: [jianbao, gongwen]\n{rules}", encoding="utf-8")
    found = messages(report(command, settings, PDFS / "gongwen-office.pdf"))

    assert "天头（上白边）约25.4毫米，应为30毫米（第2—3页）" == found["LAY002"]
    assert not {"LAY024", "LAY107"} & set(found)


def test_a_text_is_not_judged(command: Command, settings: Path) -> None:
    loaded = report(command, settings, FIXTURES / "commands" / "clean.md")
    outcomes = loaded["documents"][0]["outcomes"]

    assert {"not-applicable"} == set(outcomes.values())
    assert len(outcomes) == 29


def test_rules_and_explain_know_it_where_it_is_asked_for(command: Command, settings: Path) -> None:
    assert "LAY026" in command("rules", "--config", settings).out
    assert "LAY026" not in command("rules", "--isolated").out
    told = command("explain", "LAY031", "--config", settings, "--lang", "zh").out
    assert "p2 28,42 mm 16 pt FangSong ×2: 居民把门前的空地收拾出来种花养草邻里之间见了面都要聊" in told


def test_the_command_runs_its_examples(command: Command) -> None:
    done = command("test", "gongwen", "--lang", "en")

    assert (0, "31 rules, 124 examples: 124 passed, 0 failed.\n") == (done.code, done.out)
