"""What hostile inputs are made of: names, pieces of text, patterns and globs; and texts, drawn by a seeded chance."""

from __future__ import annotations

import random
from functools import cache

from harness import FIXTURES

ESC = "\x1b[2J\x1b]0;planted\x07"
BIDI = "\u202e\u2066"
COMMAND = "::error::planted"
OLD_COMMAND = "##[error]planted"

CLEAN = "bulletins/clean/five-articles.md"
FAULTY = """\
# 河道整治工作快报

2003年第43期（总第359期）

芦花县水务局　　2003年13月42日

**我县打响河道整治“百日攻坚战”**

一、组织专业打捞队打捞

各乡镇、各部门务必做到,决不放过

三、违章建筑依法强拆

责编：
"""
"""A bulletin that no default rules pass: an impossible date, a gap in the sections, no distribution list."""

# Lists of many short things, several to a line.
# fmt: off
NAMES = (
    *("11.md", "12.txt", "2003年第43期.md", "a b.md", "100%.md", "%41%0a.md", "[a].md", "{a,b}.md", "*.md"),
    *("--exit-zero.md", "-q.md", "-.md", "--help.md", "--format=json=11.md", "--select=SPC.md", "--config=x.md"),
    *("--ignore=ALL.md", "--baseline=b.md", "--isolated.md", "@11.md", "~.md", "$(touch planted).md", "`id`.md"),
    *("a\nb.md", "a\rb.md", "a\tb.md", f"a{ESC}.md", f"a{BIDI}dm.md", "a\x7fb.md", "a\x9b31mb.md", "a\u2028b.md"),
    *(f"\n{COMMAND}\n.md", f"{OLD_COMMAND}.md", "a:1:2.md", "a,b.md", "a'b\".md", "<b>&.md", "\udcff\udcfe.md"),
    *("长" * 80 + ".md", "x" * 251 + ".md", " .md", ".md", "...md", "CON.md", "a\\b.md", "é.md", "e\u0301.md"),
    *("#a.md", "!a.md", "a#b?.md", "a.MD", "a.md ", "a.pdf", "b.html", "c.docx", "--", "--exit-zero", "-v"),
)

PIECES = (
    *(ESC, BIDI, "\x00", "\x07", "\x08" * 20, "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x9b31m", "\ufeff", "\u200b"),
    *(f"\n{COMMAND}\n", OLD_COMMAND, "::stop-commands::planted", "%0A::error::planted", "]]>", "</script>", "&#0;"),
    *("一、", "三、", "（一）", "1.", "①", "第,一", "二00八年", "2020年13月32日", "（", "）" * 9, "《" * 50, "“" * 30),
    *("| a | b |\n|---|---|\n| 1 | 2 |\n", "<!-- bulletin-lint: ignore[ALL] ", "<!-- bulletin-lint: ignore-file -->"),
    *("<!-- bulletin-lint: ignore-file[SEC001] until=9999-99-99 by=\x1b[1m x -->", "责编：", "报：", "共印 份", "\ud800"),
    *("第9999999999999999999999期", "(总第" + "9" * 400 + "期)", "𠀀", "\ufffd", "🇨🇳", "e" + "\u0301" * 200, "\ufdd0"),
)

PATTERNS = (
    *("(a+)+$", "(.*)*x", "((一+)+)+期", "(?:(?:[^x]*)*)*y", "(.+?)+\\1$", "(?<=(a|b)*)c", "(?:.|\\n)*?(?:.|\\n)*?(?:.|\\n)*?z"),
    *("a{1000}{1000}", "(?R)?", "(?P<a>x)(?P<a>y)", "[z-a]", "(", "\\", "(?P<number>.)", "", "^", "$", ".*", "\x00", "\u202e"),
    *("[[a-z]--[aeiou]]+", "(?i:ſ)+", "\\p{Han}*+", "(?:农家乐){e<=8}", "(?<!.*)乐", "${nothing}", "${figures}{1,99999}", "(?e)(?:x){e}"),
    *("(?:" * 300 + "x" + ")" * 300, "x" * 70_000, "|".join(map(str, range(9000)))),
)

GLOBS = (
    *("**", "**/*", "*.md", "[z-a]", "[", "]", "{a,b}", "{" * 40, "{a,b}" * 40, "**/" * 60 + "*.md", "*" * 500, "a*" * 60 + "b"),
    *("../**", "/", "/etc/**", "!*.md", "", "\x00", "[!a]*", "[[:alpha:]]", "\\", f"{ESC}*", "?" * 300, "(?:.*)*", "./11.md", "~/*"),
)

KEYS = (
    *("extends", "select", "ignore", "per-file-ignores", "rules", "required", "bulletins", "series", "exclude"),
    *("language", "fail-level", "extend-select", "exit-zero", "on", f"a{ESC}", "", "__class__", "per_file_ignores"),
)
# fmt: on


@cache
def good_text(name: str = CLEAN) -> str:
    """A bulletin of the fixtures."""
    return (FIXTURES / name).read_text("utf-8")


def text(chance: random.Random) -> bytes:
    """A bulletin that was tampered with, or a text that is none."""
    kind = chance.randrange(12)
    allows_nul = chance.random() < 0.1
    base = chance.choice((FAULTY, good_text(), good_text("bulletins/clean/numbered-items.md")))
    if kind < 6:
        for _ in range(chance.choice((1, 3, 20))):
            place = chance.randrange(len(base) + 1)
            base = (
                base[:place]
                + chance.choice([each for each in PIECES if allows_nul or each != "\x00"])
                * chance.choice((1, 1, 1, 40))
                + base[place:]
            )
    elif kind == 6:
        base += "\n\n" + chance.choice("（《“【〔([{<") * 100_000 + "\n"
    elif kind == 7:
        base += (
            chance.choice(("会议 ", "a", "一、二", "| a ", "1.", "2020年3月", "“", "\u3000", "（一）"))
            * 60_000
            + "\n"
        )
    elif kind == 8:
        base += "".join(f"\n{'#' * (n % 9)} {'（' * (n % 7)}{n}）、甲乙\n" for n in range(3000))
    elif kind == 9:
        lines = base.split("\n")
        chance.shuffle(lines)
        base = "\n".join(lines * chance.choice((1, 5)))
    elif kind == 10:
        base = (
            "<!-- bulletin-lint: ignore"
            + chance.choice(("[SEC001", " ", "-file[", "[[[[", "[]", "]")) * 4000
            + base
        )
    else:
        base = chance.choice(
            ("", "\n", " \n\t", "\x00" * 50, "x", "#", "\ufeff", FAULTY * 40, "第11期", "\r" * 999)
        )
    return encoded(chance, base)


def encoded(chance: random.Random, words: str) -> bytes:
    """A text in an encoding, mostly a right one; now and then with bytes that belong to none."""
    newline = chance.choice(("\n", "\n", "\n", "\r\n", "\r", "\n\r"))
    coding = chance.choice(
        ("utf-8",) * 14 + ("utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "utf-32")
    )
    data = words.replace("\n", newline).encode(coding, "surrogatepass" if "utf" in coding else "replace")
    if chance.random() < 0.1:
        place = chance.randrange(len(data) + 1)
        data = data[:place] + chance.randbytes(chance.choice((1, 2, 300))) + data[place:]
    return data
