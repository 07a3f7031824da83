"""The rules of prose on sentences of our own: what is spoiled is found where it was spoiled, and mended."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Sequence

import pytest

from bulletin_generator import STYLES, Prose, generate, plain, render
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.fix import fix_file, lint_with
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue, Rulebook

SENTENCES = 200
FOUND_OF = 0.98

PHRASES: dict[str, Sequence[tuple[str, str]]] = {
    # What is right, and what a careless hand writes; the words between «» are what is reported.
    "CHR008": [("依据清政办发〔2026〕5号文件", "依据清政办发«﹝2026﹞»5号文件")],
    "CHR009": [("先登记、后发放", "先登记«､»后发放"), ("登记·发放", "登记«･»发放")],
    "CHR010": [("门牌为一〇八号", "门牌为«一○八»号")],
    "DAT002": [("3月5日启动", "3月«05»日启动"), ("2026年3月启动", "2026年«03月»启动")],
    "MIX002": [("居民使用APP，随时办理", "居民使用«APP ，»随时办理")],
    "MIX005": [("居民下载APP办理", "居民下载«ＡＰＰ»办理"), ("推广Wi-Fi覆盖", "推广«Ｗｉ»-Fi覆盖")],
    "NUM004": [("走访二十几户居民", "走访«20几»户居民")],
    "NUM006": [("每逢星期五大扫除", "每逢«星期5»大扫除")],
    "NUM008": [("提高0.5个百分点", "提高«.5»个百分点")],
    "NUM014": [("走访45户居民", "走访«４５»户居民")],
    "NUM015": [("始建于二〇〇八年", "始建于«二00八»年"), ("始建于二〇二六年", "始建于«二零二六»年")],
    "NUM017": [("投诉下降三成", "投诉«下降2倍»")],
    "NUM019": [("到场群众约300人", "到场群众«约300人左右»"), ("近400元", "«近400余»元")],
    "NUM020": [("受理来件10件", "受理来件«l0件»")],
    "NUM024": [("办结率95%以上", "办结率95«％»以上")],
    "NUM026": [("提高3.5个百分点", "提高«3。5»个百分点")],
    "PUN003": [("推行“一网通办”改革", '推行«"一网通办"»改革')],
    "PUN006": [("推行“一网通办”改革", "推行«「一网通办」»改革")],
    "PUN008": [("坚持“人民至上”的理念", "坚持“人民至上«。”的»理念")],
    "PUN010": [("供水、供电企业上门", "供水«、、»供电企业上门"), ("检查，通报", "检查«，，»通报")],
    "PUN011": [("走访企业，了解需求", "走访企业«、，»了解需求")],
    "PUN012": [("怎能不兑现？！", "怎能不兑现«！？»")],
    "PUN015": [("供水、供电等诉求", "供水、供电«、等»诉求")],
    "PUN018": [
        ("他说：“再想想……这就办”", "他说：“再想想«...»这就办”"),
        ("他说：“再想想……这就办”", "他说：“再想想«。。。»这就办”"),
    ],
    "PUN019": [("医疗、教育等领域", "医疗、教育«……等»领域")],
    "PUN021": [("突出主题——便民", "突出主题«--»便民")],
    "PUN023": [("规划期为2021—2025年", "规划期为«2021-2025»年")],
    "PUN024": [("时限为3～5天", "时限为3«~»5天")],
    "PUN026": [("队员阿不都·热依木", "队员阿不都«•»热依木")],
    "PUN028": [("《关于修改〈管理办法〉的决定》", "《关于修改«<管理办法>»的决定》")],
    "PUN042": [("印发《工作方案》", "印发«《 »工作方案》")],
    "REF001": [("依据清政办发〔2026〕5号文件", "依据清政办发«[2026]第05号»文件")],
    "REF004": [("执行《实施方案》", "执行«《清政办发〔2026〕5号》»")],
    "REF008": [("印发《关于执行〈办法〉的通知》", "印发《关于执行«《办法》»的通知》")],
    "SEQ007": [("抓两件事：一是摸清底数", "抓两件事：一是«，»摸清底数")],
    "UNI002": [("坡度约30°", "坡度约«30 °»")],
    "UNI003": [("最高气温36℃", "最高气温«36°C»")],
    "UNI004": [("功率60kW", "功率60«KW»"), ("清运30kg", "清运30«KG»")],
    "UNI010": [("绿地120m²", "绿地120«m2»"), ("面积30m²", "面积30«㎡»")],
    "UNI013": [("膜厚20μm", "膜厚20«um»")],
    "UNI015": [("投资100万元", "投资100万«元元»")],
    "WRD002": [("清理挂账问题", "清理«挂帐»问题"), ("公开账目", "公开«帐目»")],
    "WRD004": [("部分居民参加", "«部份»居民参加")],
    "WRD009": [("来件必须按时办结", "来件«必需»按时办结")],
    "WRD010": [("市民反映路灯不亮", "市民«反应»路灯不亮")],
    "WRD017": [("公示图像资料", "公示«图象»资料"), ("调取录像", "调取«录象»")],
    "WRD018": [("全体队员再接再厉", "全体队员«再接再励»"), ("改革迫不及待", "改革«迫不急待»")],
    "WRD019": [("工程如期竣工", "工程如期«峻工»"), ("送去寒暄", "送去«寒喧»")],
    "WRD021": [("志愿者的服务", "志愿者«的的»服务")],
    "WRD022": [("进一步压实责任", "«进一步进一步»压实责任")],
    "WRD026": [("办理情况良好", "«辦»理情况良好")],
}
"""Rules with a mechanical corruption."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


def sentences(seed: str) -> list[str]:
    prose = Prose(random.Random(seed), datetime.date(2026, 10, 20))
    drawn: list[str] = []
    while len(drawn) < SENTENCES:
        sentence = plain(prose.sentence())
        if sentence.endswith("。"):
            drawn.append(sentence)
    return drawn


def violations(rulebook: Rulebook, text: str, *codes: str) -> list[Violation]:
    linter = Linter(rulebook, [rulebook.rules[code] for code in codes])
    result = linter.lint(SourceFile("a.md", "text", explicit=True, data=None), text.encode()).result
    assert () == result.failures
    return list(result.violations)


@pytest.mark.parametrize("code", sorted(PHRASES))
def test_what_is_spoiled_is_found_at_its_place_and_mended(catalogue: Catalogue, code: str) -> None:
    rng = random.Random(code)
    right_lines, wrong_lines, places = [], [], []
    for number, sentence in enumerate(sentences(code)):
        right, wrong = rng.choice(PHRASES[code])
        before, _, rest = wrong.partition("«")
        reported, _, after = rest.partition("»")
        lead = sentence.removesuffix("。") + "，其中"
        right_lines.append(f"{lead}{right}。")
        wrong_lines.append(f"{lead}{before}{reported}{after}。")
        start = len(lead) + len(before) + 1
        places.append((2 * number + 1, start, start + len(reported)))
    text, original = "\n\n".join(wrong_lines), "\n\n".join(right_lines)
    rule = catalogue.rulebook.rules[code]
    assert [] == violations(catalogue.rulebook, original, code)
    found = violations(catalogue.rulebook, text, code)
    located = {(each.location.line, each.location.column, each.location.end_column) for each in found}

    assert FOUND_OF * SENTENCES <= len(located & set(places))
    # Nothing but what was spoiled.
    assert set() == located - set(places)
    if rule.fix == "safe":
        fixes = [each.fix for each in found if each.fix is not None]
        mended, _ = apply_fixes(text, fixes)
        same = sum(map(str.__eq__, mended.split("\n\n"), right_lines))
        assert FOUND_OF * SENTENCES <= same


def test_safe_rules_with_a_pattern_have_a_corruption(catalogue: Catalogue) -> None:
    # Few safe rules have none: those of parts of the bulletin, or of characters that cannot be typed.
    without = [
        code
        for code, rule in catalogue.rulebook.rules.items()
        if rule.fix == "safe"
        and rule.kind in ("forbidden", "lexicon")
        and rule.severity in ("error", "warning")
        if code not in PHRASES
    ]

    assert len(without) <= 12, without


@pytest.mark.parametrize("number", range(len(STYLES)))
def test_a_mended_bulletin_is_the_same_bulletin_with_nothing_new(catalogue: Catalogue, number: int) -> None:
    rulebook = catalogue.rulebook
    rules = rulebook.select()
    linter = Linter(rulebook, rules, required=Settings().required)
    source = SourceFile(f"a.{STYLES[number].suffix}", "text", explicit=True, data=None)
    clean = render(generate(STYLES[number], "mended")).text
    rng = random.Random(number)
    spoiled = clean
    for code in rng.sample(sorted(PHRASES), 8):
        _, wrong = rng.choice(PHRASES[code])
        stops = [at for at, character in enumerate(spoiled) if character == "。"]
        at = rng.choice(stops) + 1
        spoiled = f"{spoiled[:at]}其中{wrong.replace('«', '').replace('»', '')}。{spoiled[at:]}"
    lint = lint_with(linter, source, lambda report: report)
    _, before, shape = lint(spoiled.encode())
    once = fix_file(spoiled.encode(), lint)
    twice = fix_file(once.after, lint)
    _, after, mended_shape = lint(once.after)
    codes = {each.code for each in before}

    assert once.changed
    assert once.after == twice.after
    assert shape == mended_shape
    assert set() == {each.code for each in after} - codes


def test_the_literals_of_a_rule_hide_no_match(catalogue: Catalogue) -> None:
    """Whatever a pattern finds in all examples together has one of the literals that its rule asks for."""
    text = "\n".join(
        example.text for source in catalogue.sources.values() for example in (*source.bad, *source.good)
    )
    hidden = []
    for code, rule in catalogue.rulebook.rules.items():
        if rule.gate is None or rule.kind != "forbidden":
            continue
        sources = [rule.parameters["pattern"]] if rule.parameters.get("pattern") else []
        sources += [variant["pattern"] for variant in rule.parameters.get("variants") or ()]
        for match in (each for source in sources for each in _matches(source, text)):
            near = text[max(0, match.start() - 60) : match.end() + 60]
            if not any(literal in near for literal in rule.gate.literals):
                hidden.append((code, match[0]))

    assert [] == hidden


def _matches(source: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(source, text, re.MULTILINE))
