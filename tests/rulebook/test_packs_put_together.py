"""Packs put together: what repeats, goes round in a ring or is missing, what a rule says of itself, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.load import as_packs_are, load_catalogue, load_rulebook, load_shared, rulebook_key
from bulletin_lint.rulebook.notes import norms_of, rule_notes, summary
from bulletin_lint.rulebook.pages import explain, index, page
from bulletin_lint.rulebook.rule_reader import placeholders
from bulletin_lint.rulebook.rulebook import Catalogue, Rulebook, misread


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rule(code: str, name: str = "a-name", message: str = "{zh: 甲, en: a}", **keys: str) -> str:
    """One rule of a pack, each key on a line of its own."""
    given = {"name": name, "check": "forbidden", "on": "raw", "pattern": "x", "message": message, **keys}
    return f"  {code}:\n" + "".join(f"    {key}: {value}\n" for key, value in given.items())


def pack(*rules: str, name: str = "a.yaml", more: str = "") -> None:
    write(name, more + ("rules:\n" + "".join(rules) if rules else ""))


def load(*packs: str, **given: Any) -> Rulebook:
    return load_rulebook(Settings(extends=packs or ("./a.yaml",), **given))


def catalogue() -> Catalogue:
    return load_catalogue(Settings(extends=("./a.yaml",)))


def mistakes(*packs: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load(*packs)
    return caught.value.describe("en").splitlines()


@pytest.mark.parametrize(
    ("section", "first", "second"),
    [
        ("aliases", "{one: [raw]}", "{one: [raw]}"),
        ("tables", "{one: {from: a, to: b}}", "{one: {from: a, to: b}}"),
        ("masks", "{one: x}", "{one: y}"),
        ("fragments", "{one: x}", "{one: y}"),
    ],
)
def test_two_files_of_a_pack_do_not_define_one_thing(section: str, first: str, second: str) -> None:
    write("house/a.yaml", f"{section}: {first}\n")
    write("house/b.yaml", f"\n{section}: {second}\n")
    place = len(section) + 4
    assert mistakes("./house") == [
        f"house/b.yaml:2:{place}: duplicate 'one', first in house/a.yaml on line 1"
    ]


def test_two_files_of_a_pack_do_not_define_one_rule_or_word_list() -> None:
    write("house/words.txt", "甲: 乙\n")
    write("house/a.yaml", "lexicons: {one: {file: words.txt}}\nrules:\n" + rule("AB-01"))
    write("house/b.yaml", "lexicons: {one: {file: words.txt}}\nrules:\n" + rule("AB-01"))
    assert [line.split(": ", 1)[1] for line in mistakes("./house")] == [
        "duplicate 'one', first in house/a.yaml on line 1",
        "duplicate 'AB-01', first in house/a.yaml on line 3",
    ]
    # Things of two kinds may have one name.
    write("both.yaml", "aliases: {one: [raw]}\nmasks: {one: x}\nfragments: {one: x}\n")
    load("./both.yaml")


def test_fragments_are_made_of_fragments_in_any_order() -> None:
    pack(
        rule("AB-01", pattern="'${all}'"),
        more="fragments: {all: '${one}|${two}', two: '${one}y', one: x}\n",
    )
    assert load().rules["AB-01"].parameters["pattern"] == "x|xy"


@pytest.mark.parametrize(
    ("fragments", "said"),
    [
        ("{a: '${a}'}", "a.yaml:1:16: fragments go in a circle: a → a"),
        ("{a: '${b}', b: '${a}'}", "a.yaml:1:16: fragments go in a circle: a → b → a"),
        # What leads into a ring is no part of it.
        ("{a: '${b}', b: '${c}', c: '${b}'}", "a.yaml:1:27: fragments go in a circle: b → c → b"),
    ],
)
def test_a_ring_of_fragments_is_told_once(fragments: str, said: str) -> None:
    write("a.yaml", f"fragments: {fragments}\n")
    assert mistakes("./a.yaml") == [said]


def test_a_later_pack_sees_the_fragments_of_the_earlier_and_may_have_its_own() -> None:
    write("a.yaml", "fragments: {one: x, two: y}\nmasks: {m: '${one}'}\n")
    write("b.yaml", "extends: ./a.yaml\nfragments: {one: 'z${two}'}\nmasks: {n: '${one}'}\n")
    masks = load("./b.yaml").grammar["masks"]
    assert (masks["m"], masks["n"]) == ("x", "zy")


@pytest.mark.parametrize(
    ("aliases", "said"),
    [
        ("{one: [one]}", ["1:11: aliases go in a circle: one → one"]),
        ("{one: [two], two: [three], three: [two]}", ["1:23: aliases go in a circle: two → three → two"]),
        (
            "{one: [two], two: [one], six: [ten], ten: [six]}",
            [
                "1:11: aliases go in a circle: one → two → one",
                "1:35: aliases go in a circle: six → ten → six",
            ],
        ),
    ],
)
def test_a_ring_of_aliases_is_told_once(aliases: str, said: list[str]) -> None:
    write("a.yaml", f"aliases: {aliases}\n")
    found = mistakes("./a.yaml")
    assert [line.split(": ")[1:] for line in found] == [line.split(": ")[1:] for line in said]
    assert all(line.startswith("a.yaml:1:") for line in found)


def test_aliases_may_share_parts() -> None:
    pack(
        rule("AB-01", on="one"),
        more="aliases: {one: [two, three], two: [masthead, raw], three: [raw, articles]}\n",
    )
    rulebook = load()
    assert rulebook.selectors(["one", "raw"]) == ("masthead", "raw", "articles")
    assert rulebook.rules["AB-01"].on == ("one",)


def test_a_name_and_a_former_code_belong_to_one_rule() -> None:
    pack(
        rule("AB-01", "one", aliases="[OLD1, OLD2]"),
        rule("AB-02", "one"),
        rule("AB-03", "three", aliases="[OLD2]"),
        rule("AB-04", "four", aliases="[AB-01]"),
    )
    assert [line.split(": ", 1)[1] for line in mistakes()] == [
        "the name 'one' is that of rule AB-01",
        "the former code OLD2 belongs to rule AB-01",
        "the former code AB-01 belongs to rule AB-01",
    ]


def test_a_mistake_in_a_name_stands_at_the_name() -> None:
    pack(rule("AB-01", "one"), rule("AB-02", "one"))
    assert mistakes() == ["a.yaml:9:11: the name 'one' is that of rule AB-01"]


@pytest.mark.parametrize(
    ("severities", "severity", "selected"),
    [
        (["", "off"], "off", "warning"),
        (["error", "off"], "off", "error"),
        (["error", "off", "off"], "off", "error"),
        (["off"], "off", "info"),
        (["off", "error"], "error", "error"),
        (["off", "error", "off"], "off", "error"),
        (["info", "error", "off"], "off", "error"),
        (["info"], "info", "info"),
    ],
)
def test_a_rule_that_was_switched_off_has_the_severity_it_had(
    severities: list[str], severity: str, selected: str
) -> None:
    first, *later = severities
    pack(rule("AB-01", **({"severity": first} if first else {})), name="p0.yaml")
    for number, each in enumerate(later, 1):
        write(f"p{number}.yaml", f"extends: ./p{number - 1}.yaml\nrules: {{AB-01: {{severity: {each}}}}}\n")
    found = load(f"./p{len(later)}.yaml").rules["AB-01"]
    assert (found.severity, found.selected_severity) == (severity, selected)


@pytest.mark.parametrize(
    ("code", "is_right"),
    [
        *[(code, True) for code in ("A1", "AB-01", "AB01", "A1B2-1234", "HOUSE-901")],
        *[(code, False) for code in ("ab-01", "AB", "AB-", "AB-12345", "1AB-01", "AB_01", "AB-01x", "-01")],
    ],
)
def test_how_a_house_numbers_its_rules(code: str, *, is_right: bool) -> None:
    pack(rule(f"'{code}'"))
    if is_right:
        assert list(load().rules) == [code]
    else:
        assert mistakes() == [f"a.yaml:2:3: bad rule code '{code}'; write capitals and digits, such as AB-01"]


@pytest.mark.parametrize("value", ["on", "warning", "5", "[off]"])
def test_a_rule_is_a_mapping_or_off(value: str) -> None:
    pack(rule("AB-01"))
    write("b.yaml", f"extends: ./a.yaml\nrules: {{AB-01: {value}}}\n")
    assert mistakes("./b.yaml") == [
        "b.yaml:2:16: a rule is a mapping or off; write {severity: warning} to change the severity"
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("{file: t.yaml}", None),
        ("{from: ab, to: cd}", None),
        ("{file: t.yaml, from: a, to: b}", "a table has either 'file', or 'from' and 'to'"),
        ("{from: a}", "a table has either 'file', or 'from' and 'to'"),
        ("{to: a}", "a table has either 'file', or 'from' and 'to'"),
        ("{}", "a table has either 'file', or 'from' and 'to'"),
        ("{from: ab, to: c}", "'from' and 'to' are not of the same length"),
        ("{file: bad.yaml}", "a table maps one character to its replacement"),
    ],
)
def test_how_a_table_is_given(table: str, said: str | None) -> None:
    write("t.yaml", "a: c\nb: d\n")
    write("bad.yaml", "a: c\nbb: d\n")
    write("a.yaml", f"tables: {{one: {table}}}\n")
    if said is None:
        assert load().table("one") == {"a": "c", "b": "d"}
    else:
        (line,) = mistakes()
        place = "bad.yaml:2:1" if "bad" in table else "a.yaml:1:15"
        assert line == f"{place}: {said}"


def test_words_of_a_label_mean_one_thing() -> None:
    name = "name: {zh: 甲, en: a}"
    write(
        "a.yaml",
        f"labels: {{imprint: {{one: {{words: [甲, 乙, 丙], {name}}}, two: {{words: [丁, 戊], {name}}}}}}}\n",
    )
    write(
        "b.yaml",
        "extends: ./a.yaml\n"
        "labels: {imprint: {two: {words: [丙, 丁, 己], name: {zh: 乙, en: b}}, one: {words: {replace: [庚]}}}}\n",
    )
    labels = load("./b.yaml").grammar["labels"]["imprint"]
    assert labels["two"]["words"] == ["丁", "戊", "丙", "己"]
    assert labels["one"]["words"] == ["庚"]
    assert (labels["one"]["name"]["zh"], labels["two"]["name"]["en"]) == ("甲", "b")
    first = load("./a.yaml").grammar["labels"]["imprint"]
    assert (first["one"]["words"], first["two"]["words"]) == (["甲", "乙", "丙"], ["丁", "戊"])


def test_what_a_pack_is_called() -> None:
    write("a.yaml", "title: {zh: 甲, en: a}\n")
    write("b.yaml", "extends: ./a.yaml\n")
    write("sub/c.yaml", "extends: ../b.yaml\ntitle: {zh: 丙, en: c}\n")
    found = load_catalogue(Settings(extends=("./sub/c.yaml",)))
    assert found.titles == {
        "a.yaml": Wording("甲", "a"),
        "b.yaml": Wording("b.yaml", "b.yaml"),
        "sub/c.yaml": Wording("丙", "c"),
    }
    assert list(found.titles) == ["a.yaml", "b.yaml", "sub/c.yaml"]


def test_packs_that_extend_each_other_are_told_of() -> None:
    write("a.yaml", "extends: ./b.yaml\n")
    write("b.yaml", "extends: ./c.yaml\n")
    write("c.yaml", "extends: ./b.yaml\n")
    assert mistakes() == ["c.yaml:1:10: extends goes in a circle: b.yaml → c.yaml → b.yaml"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("./none.yaml", "there is no pack ./none.yaml"),
        ("./empty", "there is no pack ./empty"),
        ("none.yaml", "there is no pack none.yaml"),
        ("none.yml", "there is no pack none.yml"),
        ("gb15385", "there is no pack named 'gb15385'; did you mean 'gb15835'?"),
        ("mine", "there is no pack named 'mine'; write ./mine for a pack of your own"),
    ],
)
def test_a_pack_that_is_not_there(name: str, said: str) -> None:
    Path("empty").mkdir()
    write("mine/a.yaml", "")
    write("a.yaml", f"extends: {name}\n")
    assert mistakes() == [f"a.yaml:1:10: {said}"]


@pytest.mark.parametrize("name", ["a.yaml", "./a.yml", "./folder", "folder/"])
def test_a_pack_is_a_file_or_a_folder_of_files(name: str) -> None:
    for path in ("a.yaml", "a.yml", "folder/x.yaml"):
        write(path, "rules:\n" + rule("AB-01"))
    assert list(load(name).rules) == ["AB-01"]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("甲", set()),
        ("“{found}”应为“{expected_2}”", {"found", "expected_2"}),
        ("{{found}}", set()),
        ("{{{found}}}", {"found"}),
        ("{_a}{B}", {"_a", "B"}),
        ("{found", None),
        ("found}", None),
        ("{}", None),
        ("{2a}", None),
        ("{found:d}", None),
        ("{found.x}", None),
    ],
)
def test_names_in_braces_are_filled_in(message: str, names: set[str] | None) -> None:
    assert placeholders(message) == names


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"pattern": "'(?P<a>x)'", "replacement": r"'\g<a>'"}, None),
        ({"pattern": "'(?P<a>x)'", "replacement": r"'\g<b>'"}, "the pattern has no group 'b'; known: a"),
        ({"pattern": "x", "replacement": r"'\g<b>'"}, "the pattern has no group 'b'"),
        ({"pattern": "x", "replacement": r"'\1'"}, "bad replacement"),
        ({"pattern": "'(x)'", "replacement": r"'\1'"}, None),
    ],
)
def test_a_replacement_speaks_of_groups_that_there_are(keys: dict[str, str], said: str | None) -> None:
    pack(rule("AB-01", fix="safe", **keys))
    if said is None:
        load()
    else:
        (line,) = mistakes()
        assert line.startswith("a.yaml:9:18: ")
        assert said in line


@pytest.mark.parametrize(
    ("own", "variants", "wrong"),
    [
        ("", r"[{pattern: '(x)', replacement: '\1'}, {pattern: y, replacement: '\1'}]", 1),
        (r"'\1'", "[{pattern: '(x)'}, {pattern: y}]", 1),
        (r"'\1'", "[{pattern: '(x)'}, {pattern: y, replacement: z}]", 0),
        (r"'\1'", r"{pattern: x, replacement: '\1'}", 1),
    ],
)
def test_each_variant_is_filled_in_by_its_own_replacement(own: str, variants: str, wrong: int) -> None:
    keys = {"replacement": own} if own else {}
    text = rule("AB-01", fix="safe", variants=variants, **keys).replace("    pattern: x\n", "")
    pack(text)
    if wrong:
        assert ["bad replacement" in line for line in mistakes()] == [True] * wrong
    else:
        load()


@pytest.mark.parametrize(
    ("example", "fix", "said"),
    [
        ("{text: x, at: '1:1-1:2', message: 甲}", "manual", None),
        ("{text: x, at: ['1:1-1:2', '1:3-1:4'], message: [甲, 乙]}", "manual", None),
        (
            "{text: x, at: ['1:1-1:2', '1:3-1:4'], message: 甲}",
            "manual",
            "2 places in 'at' but 1 in 'message'",
        ),
        ("{text: x, at: '1:1-1:2', message: [甲, 乙]}", "manual", "1 places in 'at' but 2 in 'message'"),
        ("{text: x, message: [甲, 乙]}", "manual", None),
        ("{text: x, at: ['1:1-1:2', '1:3-1:4']}", "manual", None),
        ("{text: x}", "safe", "a bad example needs 'fixed'"),
        ("{text: x}", "unsafe", "a bad example needs 'fixed'"),
        ("{text: x, fixed: null}", "safe", None),
        ("{text: x, fixed: y}", "unsafe", None),
        ("{text: x, fixed: y}", "manual", None),
    ],
)
def test_what_a_bad_example_says(example: str, fix: str, said: str | None) -> None:
    pack(rule("AB-01", fix=fix, replacement="y", examples=f"{{bad: [{example}]}}"))
    if said is None:
        assert len(catalogue().sources["AB-01"].bad) == 1
    else:
        (line,) = mistakes()
        assert said in line


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("{zh: '{found}', en: '{found}'}", []),
        ("{zh: '{found}', en: a}", ["a.yaml:7:29: the placeholders of zh and en differ: {found}"]),
        ("{zh: 甲, en: '{found}'}", ["a.yaml:7:25: the placeholders of zh and en differ: {found}"]),
        (
            "{zh: '{', en: a}",
            ["a.yaml:7:19: placeholders are written {name}; write {{ or }} for a brace itself"],
        ),
        (
            "{zh: '{fund}', en: '{fund}'}",
            [
                "a.yaml:7:19: the check does not supply the placeholder {fund}; did you mean 'found'?",
                "a.yaml:7:33: the check does not supply the placeholder {fund}; did you mean 'found'?",
            ],
        ),
    ],
)
def test_both_languages_of_a_message_are_filled_in_alike(message: str, said: list[str]) -> None:
    # The message stands on the sixth line.
    pack(rule("AB-01", message=message))
    found = mistakes() if said else list(load().rules)[1:]
    assert [line.split(": ", 1)[1] for line in found] == [line.split(": ", 1)[1] for line in said]


@pytest.mark.parametrize(
    ("check", "keys", "said"),
    [
        ("forbidden", {"on": "[]"}, "needs 'on'"),
        ("absent-damage", {"kind": "cut"}, None),
        ("series", {"fault": "gap", "on_missing": "violation"}, "on_missing cannot be violation"),
    ],
)
def test_a_rule_says_what_it_looks_at(check: str, keys: dict[str, str], said: str | None) -> None:
    text = rule("AB-01", check=check, **keys)
    if check != "forbidden":
        text = text.replace("    pattern: x\n", "").replace("    on: raw\n", "")
    pack(text)
    if said is None:
        assert list(load().rules) == ["AB-01"]
    else:
        (line,) = mistakes()
        assert said in line


FULL = rule(
    "AB-01",
    "odd-word",
    message="{zh: '“{found}”应为“{expected}”', en: \"'{found}' should be '{expected}'\"}",
    variants="[{pattern: 甲|乙, expected: 丙}]",
    severity="error",
    aliases="[OLD1, OLD2]",
    why="{zh: 会错, en: it is wrong}",
    remedy="{zh: 改成丙, en: write 丙}",
    ref="[{norm: GB 1, clause: '2.3', note: 原文，待核}, {norm: GB 2, note: 照抄}, {norm: GB 1, clause: '2.3'}]",
    examples="{bad: [{text: 甲方, at: '1:1-1:2', message: '“甲”应为“丙”', fixed: 丙方}], good: [{text: 丙方}, {text: 丁}]}",
).replace("    pattern: x\n", "")


@pytest.fixture
def full() -> Catalogue:
    pack(FULL, rule("AB-02", "plain", severity="info", waivable="false", fix="unsafe", replacement="y"))
    return catalogue()


def test_a_rule_is_explained_in_each_language(full: Catalogue) -> None:
    assert (
        explain(full, "AB-01", "zh").splitlines()
        == [
            "AB-01  odd-word",
            "",
            "“甲”应为“丙”",
            "",
            "级别：错误",
            "查什么：forbidden",
            "规则包：a.yaml (a.yaml:2)",
            "旧编号：OLD1, OLD2",
            "",
            "为什么",
            "  会错",
            "",
            "依据",
            "  GB 1 2.3 (原文)",
            "  GB 2 (照抄)",
            "  GB 1 2.3",
            "",
            "怎样改",
            "  改成丙",
            "  由人修改。",
            "",
            "反例",
            "  | 甲方",
            "  1:1 “甲”应为“丙”",
            "  → 丙方",
            "",
            "正例",
            "  | 丙方",
            "",
            "  | 丁",
            "",
            "怎样配置（bulletin-lint.yaml）",
            "  rules:",
            "    AB-01: off  # 关闭",
            "    AB-01: {severity: info}  # 或改级别",
            "",
            "怎样豁免",
            "  <!-- bulletin-lint: ignore[AB-01] 理由 -->",
            "  waivers.yaml: - {rule: AB-01, path: 文件, reason: 理由}",
            "",
        ][:-1]
    )
    english = explain(full, "AB-01", "en")
    # The example gives its message in Chinese only.
    assert english.splitlines()[2] == "'…' should be '…'"
    assert "severity: error\ncheck: forbidden\npack: a.yaml (a.yaml:2)\nformerly: OLD1, OLD2\n" in english
    assert "\n  1:1\n" in english
    assert english.endswith("\n")


def test_a_rule_with_little_to_say_is_explained_in_few_words(full: Catalogue) -> None:
    assert explain(full, "AB-02", "en").splitlines() == [
        "AB-02  plain",
        "",
        "a",
        "",
        "severity: info",
        "check: forbidden",
        f"pack: a.yaml (a.yaml:{2 + FULL.count(chr(10))})",
        "",
        "How to mend it",
        "  `bulletin-lint check --fix --unsafe-fixes` mends it; read each change.",
        "",
        "How to configure it (bulletin-lint.yaml)",
        "  rules:",
        "    AB-02: off  # switch it off",
        "    AB-02: {severity: warning}  # or change how grave it is",
        "",
        "How to waive it",
        "  This rule cannot be waived.",
    ]


def test_the_page_of_a_rule_has_both_languages(full: Catalogue) -> None:
    lines = page(full, "AB-01").splitlines()
    assert lines[:9] == [
        "# AB-01 odd-word",
        "",
        "## “甲”应为“丙”",
        "",
        "- 级别：错误",
        "- 查什么：forbidden",
        "- 规则包：a.yaml",
        "- 旧编号：OLD1, OLD2",
        "",
    ]
    assert [line for line in lines if line.startswith("## ")] == ["## “甲”应为“丙”", "## '…' should be '…'"]
    at = lines.index("### 反例")
    assert lines[at : at + 7] == ["### 反例", "", "```text", "| 甲方", "1:1 “甲”应为“丙”", "→ 丙方", "```"]
    at = lines.index("### 为什么")
    assert lines[at : at + 3] == ["### 为什么", "", "会错"]


def test_the_index_lists_packs_that_have_rules(full: Catalogue) -> None:
    write("b.yaml", "extends: ./a.yaml\ntitle: {zh: 乙, en: b}\n")
    both = load_catalogue(Settings(extends=("./b.yaml",)))
    assert index(both).splitlines() == [
        "# 规则 · Rules",
        "",
        "## a.yaml: a.yaml · a.yaml",
        "",
        "| | | | |",
        "|---|---|---|---|",
        "| [AB-01](AB-01.md) | error | manual | “…”应为“…” |",
        "| [AB-02](AB-02.md) | info | unsafe | 甲 |",
    ]
    assert index(both) == index(full)


def test_a_stroke_in_a_message_does_not_end_its_cell() -> None:
    pack(rule("AB-01", message="{zh: '甲|乙', en: a}"))
    assert "| 甲\\|乙 |" in index(catalogue())


def test_norms_are_told_once_without_remarks(full: Catalogue) -> None:
    assert norms_of(full.sources["AB-01"]) == ["GB 1 2.3", "GB 2"]
    assert norms_of(full.sources["AB-02"]) == []


@pytest.mark.parametrize(
    ("message", "zh", "en"),
    [
        ("{zh: 甲, en: a}", "甲", "a"),
        ("{zh: '“{found}”有误', en: \"'{found}' is wrong\"}", "“××”有误", "'…' is wrong"),
        # What is said behind the words differs from place to place.
        (
            "{zh: '“{found}”{expected}', en: \"'{found}' {expected}\"}",
            "“××”不合规范",
            "'…' is not as it should be",
        ),
        (
            "{zh: '应为“{expected}”{found}', en: \"should be '{expected}' {found}\"}",
            "应为“××”",
            "should be '…'",
        ),
    ],
)
def test_a_rule_is_told_of_in_one_line(message: str, zh: str, en: str) -> None:
    text = rule("AB-01", message=message, variants="[{pattern: x, expected: y}]")
    pack(text.replace("    pattern: x\n", ""))
    found = load().rules["AB-01"]
    assert (summary(found, "zh"), summary(found, "en")) == (zh, en)


def test_notes_have_what_the_rules_say(full: Catalogue) -> None:
    one, two = rule_notes(Settings(extends=("./a.yaml",)), tuple(full.rulebook.rules.values()))
    assert (one.code, one.name, one.severity, one.references) == (
        "AB-01",
        "odd-word",
        "error",
        ("GB 1 2.3", "GB 2"),
    )
    assert (one.why, one.remedy) == (Wording("会错", "it is wrong"), Wording("改成丙", "write 丙"))
    assert (two.why, two.remedy, two.references) == (None, None, ())


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("AB-O1", "AB-01"),
        ("ab-0l", "AB-01"),
        ("AB-0I", "AB-01"),
        ("AB-01", "AB-01"),
        ("AB-02", "AB-02"),
        ("A8-01", None),
        ("AB-011", None),
    ],
)
def test_a_code_is_taken_as_an_eye_takes_it(word: str, meant: str | None) -> None:
    assert misread(word, ["AB-01", "AB-02"]) == meant


def test_masks_and_gates_are_what_is_sought() -> None:
    pack(
        rule("AB-01", on="masthead"),
        more="masks: {m: 'x+'}\nlabels: {imprint: {duty: {words: [值班], name: {zh: 值班, en: duty}}}}\n",
    )
    rulebook = load()
    # What a house gives is not sought: it runs with a time limit.
    assert rulebook.queries(rulebook.rules.values()) == {"masks": (None, {}, False, False)}
    assert rulebook.field_name("duty") == Wording("值班", "duty")
    assert rulebook.field_name("nothing") == Wording("nothing", "nothing")
    builtin = load_rulebook(Settings(extends=("gb15835",)))
    queries = builtin.queries(builtin.rules.values())
    assert set(queries) - {"masks"} <= set(builtin.rules)
    assert set(queries["masks"].patterns) == set(builtin.grammar["masks"].values())
    for code, query in list(queries.items())[1:]:
        found = builtin.rules[code]
        assert query.is_raw == ("raw" in builtin.selectors(found.on))
        assert query.gate == (None if found.gate is None else found.gate.literals)
        assert query.patterns or query.gate is not None


@pytest.mark.parametrize(
    ("given", "is_shared"),
    [
        ({}, True),
        ({"select": ("DAT",)}, True),
        ({"rules": {"DAT001": "off"}}, False),
        ({"house": "signs"}, False),
        ({"extends": ("./a.yaml",)}, False),
        ({"extends": ("a.yaml",)}, False),
        ({"extends": ("a.yml",)}, False),
    ],
)
def test_settings_that_change_no_rule_share_a_rulebook(given: dict[str, Any], *, is_shared: bool) -> None:
    settings = Settings(**{"extends": ("gb15835",), **given})
    found = as_packs_are(settings)
    assert (found is not settings) is is_shared
    assert found.extends == settings.extends
    assert not is_shared or found.select is None


def test_a_shared_rulebook_is_made_once_and_only_of_what_is_right() -> None:
    known: dict[tuple[str, ...], Rulebook] = {}
    first = load_shared(Settings(extends=("gb15835",), folder="2019"), None, known)
    second = load_shared(Settings(extends=("gb15835",), folder="2020", ignore=("NUM",)), None, known)
    assert first is second
    assert list(known) == [("gb15835",)]
    write("a.yaml", "rules:\n" + rule("AB-01"))
    other = load_shared(Settings(extends=("./a.yaml",)), None, known)
    assert list(other.rules) == ["AB-01"]
    assert list(known) == [("gb15835",)]


def test_a_rulebook_is_kept_by_what_it_is_made_of() -> None:
    shared = {rulebook_key(Settings(extends=("gb15835",), folder=folder)) for folder in ("2019", "2020")}
    assert len(shared) == 1
    apart = [
        Settings(extends=("gb15835",)),
        Settings(extends=("gb15834",)),
        Settings(extends=("./a.yaml",), folder="2019"),
        Settings(extends=("./a.yaml",), folder="2020"),
        Settings(extends=("gb15835",), rules={"NUM001": "off"}, folder="2019"),
        Settings(extends=("gb15835",), rules={"NUM001": "off"}, folder="2020"),
        Settings(extends=("gb15835",), house="signs"),
    ]
    assert len({rulebook_key(settings) for settings in apart}) == len(apart)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["select: [AB-01, AB]", "ignore: AB-02", "required: [masthead.date]"], None),
        (["select: [AB-01, AC]"], "bulletin-lint.yaml:2:17: there is no rule or prefix 'AC'"),
        (["ignore: [AC]"], "bulletin-lint.yaml:2:10: there is no rule or prefix 'AC'"),
        (["per-file-ignores: {'*.md': [AC]}"], "bulletin-lint.yaml:2:29: there is no rule or prefix 'AC'"),
        (
            ["required: [edtior]"],
            "bulletin-lint.yaml:2:12: there is no part 'edtior'; did you mean 'editor'?",
        ),
        # What editors call it is as good a hint as its name.
        (["required: [编辑]"], "bulletin-lint.yaml:2:12: there is no part '编辑'; did you mean 'editor'?"),
        (["required: [责编]"], "bulletin-lint.yaml:2:12: there is no part '责编'; did you mean 'editor'?"),
    ],
)
def test_settings_name_rules_and_parts_that_there_are(lines: list[str], said: str | None) -> None:
    pack(
        rule("AB-01", "one"),
        rule("AB-02", "two"),
        more="labels: {imprint: {editor: {words: [责编], name: {zh: 编辑, en: editor}}}}\n",
    )
    write(
        "bulletin-lint.yaml", "\n".join(["extends: ./a.yaml", *lines, ""]).replace("masthead.date", "editor")
    )
    if said is None:
        assert list(load_rulebook(load_settings()).rules) == ["AB-01", "AB-02"]
        return
    with pytest.raises(DefinitionError) as caught:
        load_rulebook(load_settings())
    (line,) = caught.value.describe("en").splitlines()
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("points", "value"),
    [
        *[(each, float(each)) for each in ("20", "-20", "0", "1.5", "19.99", "-0.25", "7")],
        *[(each, None) for each in ("20.01", "-20.5", "21", "1.234", "x", "01", "1e1", "+1", "''")],
    ],
)
@pytest.mark.parametrize("place", ["emit: {K: {column: %s}}", "move: {T: {P: %s}}"])
def test_points_are_between_minus_twenty_and_twenty(place: str, points: str, value: float | None) -> None:
    write("a.yaml", f"structure: {{{place % points}}}\n")
    if value is None:
        (line,) = mistakes()
        assert "points between -20 and 20" in line
    else:
        section, rest = next(iter(load().grammar["structure"].items()))
        assert place.startswith(section)
        ((_, cell),) = rest.items()
        assert list(cell.values()) == [value]


def test_a_move_may_be_called_by_the_name_of_one_of_the_house() -> None:
    from bulletin_lint.parsing import structure

    for name in structure.HOUSE_VALUES:
        write("a.yaml", f"structure: {{move: {{T: {{P: {name}}}}}}}\n")
        assert load().grammar["structure"]["move"]["T"]["P"] == name
        write("a.yaml", f"structure: {{emit: {{K: {{column: {name}}}}}}}\n")
        assert len(mistakes()) == 1
