"""A fix takes away what it mends, brings nothing else, and leaves the same bulletin; all rules' own examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from bulletin_generator import STYLES, generate, render
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.fix import SAFE_AND_UNSAFE, fix_file, lint_with, shape_of
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.location import Span
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Edit, Violation
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue
from harness import FIXTURES

FOLLOWING = {
    ("CHR006", "MIX003"),  # an odd space becomes a plain one, which is one too many
    ("NUM010", "NUM024"),  # what is put at both ends may be a full-width ％
    ("PUN018", "PUN020"),  # with six dots it is seen that a full stop follows them
    ("PUN024", "UNI012"),  # with the right mark it is seen that the first figure lacks its unit
    ("SEC001", "PUN036"),  # with the right number it is seen what the list hangs on
}
"""What a fix brings to light: the rule mended, and the rule that then speaks."""

ALONE = ("FMT015", "PUN032")
"""Rules whose examples are too short to be read as a bulletin before and after."""

OTHER_HOUSES = ("EXT", "WVR", "UNI002")
"""Rules whose right examples hold what is wrong by another: damage, what a waiver silences, the blank before ℃."""

BESIDE = {
    ("DAT016", "NUM014"),
    ("ISS002", "NUM014"),
    ("ISS004", "NUM014"),
    ("DAT003", "MIX002"),
    ("PUN010", "PUN018"),
}
"""A rule and another that mends something else in its right examples: full-width figures of a number, say."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


@pytest.fixture(scope="module")
def linter(catalogue: Catalogue) -> Linter:
    return Linter(catalogue.rulebook, catalogue.rulebook.select())


def lint(linter: Linter, text: str) -> LintResult:
    return linter.lint(SourceFile("3.md", "text", explicit=True, data=text.encode()))


def counts(violations: Sequence[Violation]) -> Counter[str]:
    return Counter(
        {
            code: sum(len(each.places) for each in violations if each.code == code)
            for code in {each.code for each in violations}
        }
    )


def test_a_fix_mends_what_it_says_and_nothing_becomes_worse(catalogue: Catalogue, linter: Linter) -> None:
    harm: list[str] = []
    for code, source in catalogue.sources.items():
        if catalogue.rulebook.rules[code].fix == "manual" or catalogue.rulebook.rules[code].severity == "off":
            continue
        for example in source.bad:
            if example.layout is not None or example.register or not example.text.strip():
                continue
            before = lint(linter, example.text)
            fixes = [each for each in before.result.violations if each.code == code and each.fix is not None]
            fixable = [
                each.fix
                for each in fixes
                if each.fix is not None
                and each.fix.source_edits
                and each.fix.applicability in SAFE_AND_UNSAFE
            ]
            text, made = apply_fixes(example.text, fixable)
            if not made:
                continue
            after = lint(linter, text)
            where = f"{example.path}:{example.line} {code}"
            shapes = {
                shape_of(each.document.bulletin) for each in (before, after) if each.document is not None
            }
            if code not in ALONE and (after.document is None or len(shapes) > 1):
                harm.append(f"{where}: reads as another bulletin")
                continue
            then, now = counts(before.result.violations), counts(after.result.violations)
            if now[code] > then[code] - made and made == len(fixable):
                harm.append(f"{where}: still there after its fix")
            worse = [
                f"{other} {then[other]} → {now[other]}"
                for other in now
                if other != code and (code, other) not in FOLLOWING and now[other] > then[other]
            ]
            if worse:
                harm.append(f"{where}: {', '.join(worse)}")
    assert not harm, "\n".join(harm)


def test_no_fix_is_offered_on_a_right_text(catalogue: Catalogue, linter: Linter) -> None:
    """What one rule's author calls right no other rule rewrites unasked."""
    offered = []
    for code, source in catalogue.sources.items():
        for example in source.good if not code.startswith(OTHER_HOUSES) else ():
            if example.layout is not None or example.register or not example.text.strip():
                continue
            found = lint(linter, example.text).result.violations
            offered += [
                f"{example.path}:{example.line} {code}: {each.code} {each.message.zh}"
                for each in found
                if each.fix is not None and each.fix.applicability == "safe" and each.severity != "info"
                if (code, each.code) not in BESIDE
            ]
    assert not offered, "\n".join(offered)


def offered(linter: Linter, path: str, data: bytes) -> list[str]:
    """The errors and warnings of a text that a fix is offered for."""
    found = linter.lint(SourceFile(path, "text", explicit=True, data=data)).result.violations
    return [
        f"{path}:{each.location.line}: {each.code} {each.message.zh}"
        for each in found
        if each.fix is not None and each.fix.applicability in SAFE_AND_UNSAFE and each.severity != "info"
    ]


def test_no_fix_is_offered_on_a_right_bulletin_of_any_house(linter: Linter) -> None:
    texts = [
        (path.name, path.read_bytes())
        for path in sorted((FIXTURES / "bulletins" / "clean").iterdir())
        if path.suffix in (".md", ".txt")
    ]
    texts += [
        (f"{number}.{style.suffix}", render(generate(style, "no fix")).text.encode())
        for number, style in enumerate(STYLES)
    ]

    assert len(texts) > 30
    assert [] == [each for path, data in texts for each in offered(linter, path, data)]


def test_what_a_message_promises_the_guard_does_not_refuse(catalogue: Catalogue) -> None:
    refused: list[str] = []
    promised = 0
    for code, source in catalogue.sources.items():
        rule = catalogue.rulebook.rules[code]
        if rule.fix == "manual" or rule.kind == "waiver" or code in ALONE:
            continue
        active = rule if rule.severity != "off" else rule._replace(severity=rule.selected_severity)
        linter = Linter(catalogue.rulebook, [active])
        for example in source.bad:
            if example.fixed is None or example.layout is not None or example.register:
                continue
            data = example.text.encode()
            lint = lint_with(linter, SourceFile("3.md", "text", explicit=True, data=data), lambda all_: all_)
            fixed = fix_file(data, lint, applicabilities=SAFE_AND_UNSAFE)
            promised += fixed.applied
            refused += [f"{example.path}:{example.line} {each.wording('3.md').zh}" for each in fixed.refused]

    assert promised > 200
    assert not refused, "\n".join(refused)


STUTTER = 2
"""So many characters written twice are no chance."""


def stutters(text: str, edits: Sequence[Edit]) -> list[str]:
    """The edits that write once more what stands before them and stays, or what stands behind them."""
    found = []
    for edit in edits:
        old, before, after = text[slice(*edit.span)], text[: edit.span.start], text[edit.span.end :]
        for length in range(STUTTER, len(edit.text) + 1):
            head, tail = edit.text[:length], edit.text[-length:]
            if (before.endswith(head) and not old.startswith(head)) or (
                after.startswith(tail) and not old.endswith(tail)
            ):
                found.append(f"“{before[-8:]}[{old} → {edit.text}]{after[:8]}”")
                break
    return found


def test_a_stutter_is_seen() -> None:
    assert stutters("2024年第07期", [Edit(Span(5, 9), "2024年第7期")])
    assert [] == stutters("第7期（总61期", [Edit(Span(3, 8), "（总第61期）")])
    assert stutters("共3个个体户", [Edit(Span(1, 3), "3个个体")])


def mended(linter: Linter, text: str) -> tuple[str, list[Violation], list[str]]:
    """A text after its safe fixes, what is then found, and which of them wrote something twice."""
    twice: list[str] = []
    data = text.encode()
    lint = lint_with(linter, SourceFile("3.md", "text", explicit=True, data=data), lambda all_: all_)

    def watched(content: bytes) -> tuple[Reading, Sequence[Violation], object]:
        reading, found, shape = lint(content)
        for each in found:
            if each.fix is not None and each.fix.applicability == "safe":
                twice.extend(f"{each.code} {said}" for said in stutters(reading.text, each.fix.source_edits))
        return reading, found, shape

    after = fix_file(data, watched).after
    return after.decode(), list(lint(after)[1]), twice


def planted_texts() -> Iterator[tuple[str, str]]:
    """Numbers of mastheads, each wrong in a way that is mended, behind each way to write the year."""
    years = (
        "",
        "2024年",
        "2024 年 ",
        "2024年　",
        "〔2024〕",
        "〔2024〕 ",
        "[2024]",
        "（2024）",
        "２０２４年",
        "二〇二四年",
    )
    numbers = ("第07期", "第 007 期", "第l7期", "第3O期", "第3o期", "17期", "增刊第03期")
    wholes = ("（总61期）", "(总第061期)", "（总第61期)", "　总061期", "　累计61期")
    office = "石桥区防汛办　　2024年7月20日"
    for year in years:
        for number in numbers:
            yield f"{year}{number}", f"# 防汛快报\n\n{year}{number}\n\n{office}\n\n各街道检修泵站。\n"
    for whole in wholes:
        yield whole, f"# 防汛快报\n\n2024年第7期{whole}\n\n{office}\n\n各街道检修泵站。\n"


def test_safe_fixes_write_nothing_twice_and_come_to_rest(catalogue: Catalogue, linter: Linter) -> None:
    """What is mended is mended once: of all examples, and of numbers wrong in the masthead."""
    texts = [
        (f"{example.path}:{example.line} {code}", example.text)
        for code, source in catalogue.sources.items()
        if catalogue.rulebook.rules[code].fix == "safe"
        for example in source.bad
        if example.layout is None and not example.register and example.text.strip()
    ]
    assert len(texts) > 200
    harm: list[str] = []
    for where, text in [*texts, *planted_texts()]:
        before = counts(lint(linter, text).result.violations)
        once, left, twice = mended(linter, text)
        harm += [f"{where}: {said}" for said in twice]
        if once != text and mended(linter, once)[0] != once:
            harm.append(f"{where}: a second time changes it again")
        now = counts(left)
        news = [code for code in now if now[code] > before[code]]
        fixed = {code for code in before if now[code] < before[code]}
        if any(all((code, new) not in FOLLOWING for code in fixed) for new in news):
            harm.append(f"{where}: brings {news}")
    assert not harm, "\n".join(harm)
