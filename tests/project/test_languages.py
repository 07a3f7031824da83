"""Help, messages and documentation are all Chinese or all English: nothing of the other is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bulletin_lint.checks import KIND_NAMES, kind
from bulletin_lint.cli.main import COMMANDS
from bulletin_lint.config.settings import Settings
from bulletin_lint.config.settings_schema import REQUIRABLE, SETTINGS, WAIVER
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.reporters import REPORTERS
from bulletin_lint.rulebook.forms_schema import FORMS
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook
from bulletin_lint.rulebook.rulebook import Catalogue
from bulletin_lint.rulebook.schema import PACK, RULE
from harness import ROOT, Command, syntax_nodes

HAN = re.compile(r"[\u3400-\u9fff\u3001-\u3002\uff08-\uff1f]+")
ENGLISH = re.compile(r"(?<![A-Za-z0-9_./:*=%<>\\-])[A-Za-z]{2,}(?![A-Za-z0-9_./:*=%\\-]*[A-Za-z0-9_*=\\-])")

# What stands between these is quoted: a bulletin's words in English, a program's in Chinese.
QUOTED = re.compile(
    r"```.*?```|`[^`\n]*`|'[^'\n]*'|“[^”\n]*”|「[^」\n]*」|\([^()\n]*\)|（[^（）\n]*）|《[^》\n]*》"
    r"|<!--.*?-->|\]\([^)]*\)|https?://\S+|【[^】\n]*】|≡[^≡\n]*≡",
    re.DOTALL,
)

NAMES = {
    *("PDF", "YAML", "JSON", "Schema", "HTML", "CSV", "XML", "UTF", "BOM", "MiB", "SARIF", "JUnit"),
    *("Word", "WPS", "Excel", "PowerPoint", "Visio", "Office", "LibreOffice", "Chromium", "Works", "soffice"),
    *("OFD", "OpenDocument", "Markdown", "Windows", "Python", "Unicode", "Apache", "macOS"),
    *("GitHub", "Actions", "GitLab", "CI", "reviewdog", "git", "pre", "commit", "bulletin", "lint"),
    *("error", "warning", "info", "zh", "en", "auto", "always", "never", "true", "false", "null", "off"),
    *("jianbao", "repos", "install", "help", "version", "lang", "show", "schema", "config", "pack"),
    *("Dask", "Parquet"),
    *("shtab", "pip", "bash", "fish", "powershell", "tcsh", "zsh"),
    *("update", "table", "html", "svg"),
    *(
        "ignore",
        "leading",
        "baseline",
        "from",
        "to",
        "pattern",
        "replacement",
        "at",
        "file",
        "fixed",
        "message",
    ),
}


def terms() -> set[str]:
    """Names that a Chinese sentence may hold as they are: keys, commands, formats, kinds and the like."""
    kinds = [kind(name) for name in KIND_NAMES]
    keys = [*SETTINGS, *PACK, *RULE, *FORMS, *WAIVER, *REQUIRABLE, *KIND_NAMES, *COMMANDS, *REPORTERS]
    keys += [each for made in kinds for each in made.parameters]
    keys += [word for made in kinds for each in made.parameters.values() for word in each.choices]
    keys += load_rulebook(Settings(), CompiledStore()).grammar["labels"]["imprint"]
    return NAMES | {part for key in keys for part in re.split("[-_]", key)}


TERMS = terms()


def left_of_english(text: str) -> list[str]:
    """English words in Chinese text that are neither names nor quoted nor code."""
    bare = QUOTED.sub(" ", text)
    return [word for word in ENGLISH.findall(bare) if word not in TERMS and not word.isupper()]


def left_of_chinese(text: str) -> list[str]:
    """Chinese in English text that is not quoted."""
    return HAN.findall(QUOTED.sub(" ", text))


def has_a_chinese_clause(text: str) -> bool:
    """Whether English text about Chinese forms (write 2026年3月) holds a piece of Chinese prose."""
    bare = QUOTED.sub(" ", text)
    han, latin = len(re.findall("[\u3400-\u9fff]", bare)), len(re.findall("[A-Za-z]", bare))
    # A mark that is spoken of (ends in 。: it should not) is no end of a Chinese clause.
    return re.search("[\u3400-\u9fff]{11}|[\u3400-\u9fff][，。；]", bare) is not None or han > latin


def has_an_english_clause(text: str) -> bool:
    """Whether Chinese text holds two English words on end that are no names."""
    bare = QUOTED.sub(" ", text)
    return any(not set(found.split()) <= TERMS for found in re.findall("[a-z]+(?: [a-z]+)+", bare))


def test_the_test_sees_leftovers() -> None:
    assert left_of_english("检查 the files 里的内容") == ["the", "files"]
    assert left_of_english("用 --fix 修复 2020/11.md 里的 `some code`（see this）") == []
    assert left_of_chinese("checks 文件 of bulletins (简报)") == ["文件"]
    assert left_of_chinese("the end，then") == ["，"]
    assert has_a_chinese_clause("write it 在文末另起一行写供稿单位")
    assert not has_a_chinese_clause("Write 2026年3月5日, or 第11期.")
    assert has_an_english_clause("照全文 the majority 改")
    assert not has_an_english_clause("在配置的 required 中去掉 reviewer。")


# --- help


PAGES = [[], *([name] for name in COMMANDS), ["config", "show"], ["config", "schema"]]


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words) or "(none)")
def test_help_is_in_one_language(command: Command, words: list[str]) -> None:
    chinese = command(*words, "--help", "--lang", "zh") if words else command("--lang", "zh", "--help")
    english = command(*words, "--help", "--lang", "en") if words else command("--lang", "en", "--help")

    assert chinese.code == english.code == 0
    assert left_of_chinese(english.out) == []
    # Option names and placeholders stand at the left; what is said of them is Chinese.
    said = re.sub(r"(?m)^ +(?:-\S+,? *)*(?:[\w|=\[\]-]+…?(?:  |$))?", " ", chinese.out)
    assert left_of_english(said) == []
    assert re.search("[\u4e00-\u9fff]", chinese.out)


# --- messages in the program


def wordings() -> Iterator[tuple[str, str, str]]:
    """Place, Chinese and English of every pair of literals that the program speaks with."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in syntax_nodes(path):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in ("Wording", "say", "add", "add_at", "refuse", "_say", "case", "both"):
                continue
            zh, en = (literal(each) for each in node.args[-2:])
            if zh is not None and en is not None:
                yield f"{path.name}:{node.lineno}", zh, en


def literal(node: ast.expr) -> str | None:
    """The text of a literal, what an f-string fills in left out; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        # Not a space: what is filled in belongs to the word it stands in.
        return "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)  # type: ignore[misc]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return None if left is None or right is None else left + right
    return None


def test_every_wording_in_the_program_is_in_one_language() -> None:
    found = list(wordings())
    wrong = [(place, zh, left_of_english(zh)) for place, zh, _ in found if left_of_english(zh)]
    wrong += [(place, en, left_of_chinese(en)) for place, _, en in found if left_of_chinese(en)]

    assert len(found) > 300
    assert wrong == []


# --- rules


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


def test_every_rule_speaks_both_languages_cleanly(catalogue: Catalogue) -> None:
    wrong = []
    for code, rule in catalogue.rulebook.rules.items():
        source = catalogue.sources[code]
        # What is filled in are no words, but for what a rule itself says in both languages.
        filled = [
            each["expected"]
            for name in ("advice", "variants")
            for each in rule.parameters.get(name) or ()
            if isinstance(each.get("expected"), Mapping)
        ]
        messages = [
            tuple(
                text.replace("{advice}", words).replace("{expected}", words)
                for text, words in zip(rule.message, said, strict=True)
            )
            for said in [(said["zh"], said["en"]) for said in filled] or [("0", "0")]
        ]
        for said in (*messages, source.why, source.remedy):
            if said is not None:
                zh, en = (re.sub(r"\{\w+\}", "0", text) for text in said)
                wrong += [(code, zh)] if has_an_english_clause(zh) or not HAN.search(zh) else []
                wrong += [(code, en)] if has_a_chinese_clause(en) or not re.search("[A-Za-z]", en) else []

    assert wrong == []


# --- what is said at run time


MISTAKEN = [
    ["chek"],
    ["--colour"],
    ["--lang", "fr"],
    ["check", "--colour"],
    ["check", "none.md"],
    ["check", "--format", "xml"],
    ["check", "--format", "json", "--format", "full"],
    ["check", "--format", "json=no/such/folder.json"],
    ["check", "--jobs", "0"],
    ["check", "--color", "sometimes"],
    ["check", "--fail-level", "fatal"],
    ["check", "--config", "none.yaml"],
    ["check", "--config", "a.yaml", "--isolated"],
    ["check", "--select", "SEX001"],
    ["check", "--baseline", "none.jsonl"],
    ["check", "--prune-baseline"],
    ["check", "--config"],
    ["check", "--fix=yes"],
    ["check", "letter.docx"],
    ["check", "empty.md"],
    ["check", "notes.md", "."],
    ["check", "-", "notes.md"],
    ["explain", "SEC0001"],
    ["explain"],
    ["extract"],
    ["init"],
    ["config", "shoe"],
    ["rules", "more"],
    ["test", "./none.yaml"],
]


@pytest.mark.parametrize("words", MISTAKEN, ids=" ".join)
def test_a_mistake_is_told_in_one_language(
    words: list[str], command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.md").write_bytes(b"")
    Path("letter.docx").write_bytes(b"PK")
    Path("notes.md").write_text("# notes\n", encoding="utf-8")
    chosen = words if "--lang" in words else [words[0], *words[1:]]

    for language, locale in (("zh", "zh_CN.UTF-8"), ("en", "en_GB.UTF-8")):
        monkeypatch.setenv("LC_ALL", locale)
        outcome = command(*chosen)
        said = outcome.out + outcome.err
        assert said, language
        left = left_of_chinese(said) if language == "en" else left_of_english(said)
        # What the user typed is shown as typed.
        typed = {part for word in words for part in re.findall("[A-Za-z]+", word)}
        assert [word for word in left if word not in typed | {"notes", "empty", "letter"}] == []


# --- documentation


ENGLISH_PAGES = [
    *sorted(path for path in (ROOT / "docs").glob("*.md")),
    *sorted(path for path in (ROOT / "docs" / "guides").glob("*.md") if not path.name.endswith(".zh.md")),
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "README.md",
]
CHINESE_PAGES = [*(ROOT / "docs" / "guides").glob("*.zh.md"), ROOT / "docs" / "guides" / "offices.md"]
BILINGUAL = ("README.md", "gongwen.md", "kinds.md", "requirements.md", "rule-language.md", "security.md")
"""Each of their paragraphs is in one language; a heading may have both, with a point between."""


def paragraphs(path: Path) -> Iterator[str]:
    """Paragraphs, list items and cells of a page, without code."""
    text = re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8"))
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for block in re.split(r"\n\s*\n", text):
        items = re.split(r"\n(?=[-*|]|\d+\.)", block) if re.search(r"(?m)^[-*|]", block) else [block]
        for item in items:
            for part in item.split("|") if item.startswith("|") else item.split(" · "):
                yield " ".join(part.split())


@pytest.mark.parametrize("page", ENGLISH_PAGES, ids=lambda path: path.name)
def test_an_english_page_has_no_chinese_left(page: Path) -> None:
    if page.name == "offices.md":
        pytest.skip("a Chinese page")
    for text in paragraphs(page):
        if page.name in BILINGUAL and is_chinese(text):
            assert not has_an_english_clause(text), text
        else:
            assert not has_a_chinese_clause(text), text


def is_chinese(text: str) -> bool:
    bare = QUOTED.sub(" ", text)
    return len(re.findall("[\u3400-\u9fff]", bare)) > len(re.findall("[A-Za-z]+", bare))


@pytest.mark.parametrize("page", CHINESE_PAGES, ids=lambda path: path.name)
def test_a_chinese_page_has_no_english_left(page: Path) -> None:
    for text in paragraphs(page):
        assert left_of_english(text.replace("[", " ").replace("]", " ")) == [], text
