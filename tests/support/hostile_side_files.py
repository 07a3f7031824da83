"""Hostile settings, waivers, baselines, registers and packs, drawn by a seeded chance."""

from __future__ import annotations

import random

from harness import FIXTURES
from hostile_words import BIDI, COMMAND, ESC, GLOBS, KEYS, OLD_COMMAND, PATTERNS, encoded


# fmt: off
def values(chance: random.Random) -> tuple[object, ...]:
    """Values for any key of the settings, few of them right."""
    return (
        *(None, True, 0, -1, 10**400, 1.5, float("inf"), float("nan"), "", "ALL", ["ALL"], "zh", "error", [], {}),
        *([[]], {"": ""}, "\x00", ["a\x00b.yaml"], "../out/kept.yaml", ["jianbao", "jianbao"], ["gongwen"], "/etc/passwd"),
        *(["./house.yaml"], ["."], ["/dev/zero"], ["/dev/stdin"], "http://127.0.0.1:9/x.yaml", ["pipe"], [f"{ESC}.yaml"]),
        *({"**": ["ALL"]}, {chance.choice(GLOBS): ["SEC"]}, [chance.choice(GLOBS)], [chance.choice(GLOBS) for _ in range(9)]),
        *({"SEC003": "off"}, {"SEC001": {"severity": "warning"}}, {"ISS001": {"severity": f"x{ESC}"}}, {"NO999": "off"}),
        *({"register": "11.md"}, {"register": "../out/kept.md"}, {"register": "register.csv"}, {"register": "/dev/zero"}),
        *({"start": "2020-99999999999"}, {"known-gaps": {2020: ["1-999999999"]}}, {"known-gaps": {"cumulative": 10**30}}),
        *({"aliases": {f"a{BIDI}": [COMMAND]}}, {"restarts": "yes"}, ["title", "issue_number", "copies"], [COMMAND], OLD_COMMAND),
    )
# fmt: on


def right_values(chance: random.Random, key: str) -> tuple[object, ...]:
    """Values that a key takes, so that what they do is seen."""
    glob = chance.choice([each for each in GLOBS if "\x00" not in each])
    codes: tuple[object, ...] = (["ALL"], ["SEC"], ["SEC001", "ISS"], ["EXT"], ["CHR", "SPC"], ["WVR"])
    return {
        "extends": (["jianbao"], ["jianbao", "gongwen"], ["./house.yaml"], ["jianbao", "./house.yaml"]),
        "select": codes,
        "ignore": codes,
        "per-file-ignores": ({"**": ["ALL"]}, {glob: ["ALL"]}, {glob: ["SEC"], "*.md": ["ISS"]}),
        "rules": ({"SEC003": "off"}, {"SEC001": {"severity": "warning"}}, {"SEC001": "off", "ISS001": "off"}),
        "required": (["title"], ["title", "issue_number", "copies"]),
        "bulletins": ([glob], ["**/*.md"], [glob, "*.txt"]),
        "series": (
            {"register": "register.csv"},
            {"restarts": "never"},
            {"start": "2003-1"},
            {"known-gaps": {2003: ["1-42"]}},
        ),
        "exclude": ([glob], ["b"], ["*"], ["11.md"]),
        "language": ("zh", "en"),
        "fail-level": ("error", "warning", "info"),
    }[key]


def bomb(depth: int) -> str:
    """Aliases of aliases: nine times as much at each step."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, depth)]
    return "\n".join([*lines, f"select: *a{depth - 1}", ""])


# fmt: off
YAML = (
    *("", "\x00", "\ufeffselect: [SEC]\n", "- a\n- b\n", "a: b: c\n", "\tselect: x\n", "select: [SEC\n", "? [a, b]\n: c\n", "---\n---\n"),
    *("select: &a [*a]\n", "a: &a {b: *a}\n", "<<: {select: [ALL]}\n", "select: [SEC]\nselect: [ISS]\n", "!!python/object/apply:os.system [touch planted]\n"),
    *("select: !!python/name:os.system\n", "select: !!binary aGk=\n", "select: !!timestamp 2001-13-45\n", "fail-level: 1e999999\n", "%YAML 9.9\n---\na: 1\n"),
    *("[" * 3000, "{a: " * 3000, "- " * 3000 + "x", "a:\n" + "".join(" " * n + f"a{n}:\n" for n in range(1, 900)), bomb(4), bomb(9), bomb(40)),
    *("x: " + "y" * 2_000_000 + "\n", "ignore: [" + "SEC001, " * 50_000 + "]\n", "rules:\n" + "".join(f"  X{n}: off\n" for n in range(5000))),
    *(f"{COMMAND}: 1\n", f'"a{BIDI}": 1\n', f'"{OLD_COMMAND}": "x"\n', '"a\\e[31m": "\\0"\n', "select: [SEC001\u2028]\n", "exclude: ['[z-a]']\n"),
)

CELLS = (
    *("11", "2003", "359", "2003-10-22", "", " ", "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "-1", "+1", '"', "a,b", "a\nb", "\x00", ESC, BIDI),
    *("9" * 500, "x" * 150_000, "11.md", "../out/kept.md", "/etc/passwd", COMMAND, OLD_COMMAND, "2003年13月", "是", "NaN", "1e99", "\ufeff"),
)
# fmt: on
COLUMNS = (
    "刊名",
    "年份",
    "期号",
    "总期号",
    "编发日期",
    "增刊",
    "文件",
    "备注",
    "期号",
    f"a{ESC}",
    "",
    "\x00",
)


def quoted(value: object) -> str:
    """A value as flow YAML; what cannot stand in it is escaped as in JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {quoted(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    if isinstance(value, str):
        shown = value.replace("\\", "\\\\").replace('"', '\\"')
        return (
            '"'
            + "".join(each if each >= " " and each != "\x7f" else f"\\x{ord(each):02x}" for each in shown)
            + '"'
        )
    return (
        {None: "null", True: "true", False: "false"}.get(value, str(value))
        if value is None or isinstance(value, bool)
        else str(value)
    )


def settings(chance: random.Random) -> bytes:
    """A settings file, hardly ever a right one."""
    if chance.random() < 0.25:
        return chance.choice(YAML).encode("utf-8", "surrogatepass")
    is_right = chance.random() < 0.6
    lines = []
    for key in chance.sample(KEYS[:11], chance.choice((1, 1, 2, 4))):
        value = chance.choice(right_values(chance, key) if is_right else values(chance))
        lines.append(
            f"{key if is_right or chance.random() < 0.8 else quoted(chance.choice(KEYS))}: {quoted(value)}"
        )
    return (
        encoded(chance, "\n".join([*lines, ""]))
        if chance.random() < 0.2
        else "\n".join([*lines, ""]).encode()
    )


def toml(chance: random.Random) -> bytes:
    """A pyproject.toml with our table or something like it."""
    value = chance.choice(
        (
            '["ALL"]',
            '"\\u0000"',
            "1e999",
            "[[[[",
            "{a.b.c = 1}",
            "inf",
            "1979-05-27",
            '["\\u202e"]',
            '""',
            "{}",
            "[" * 2000,
        )
    )
    return f"[tool.bulletin-lint]\n{chance.choice(KEYS[:11])} = {value}\n".encode()


def waivers(chance: random.Random) -> bytes:
    """A waivers.yaml."""
    if chance.random() < 0.3:
        return chance.choice(YAML).encode("utf-8", "surrogatepass")
    entries = []
    if chance.random() < 0.4:
        reason = chance.choice(("checked", f"x{ESC}", f"x{BIDI}", f"\n{COMMAND}", OLD_COMMAND))
        return (
            "- "
            + quoted(
                {
                    "rule": chance.choice(("SEC001", "SPC001", "NO999")),
                    "path": chance.choice(("*.md", "11.md", "**/*.md", "b/**", "{a,b}.md")),
                    "reason": reason,
                }
            )
            + "\n"
        ).encode()
    for _ in range(chance.choice((1, 2, 30))):
        entry: dict[str, object] = {
            "rule": chance.choice(("SEC001", "ALL", "SEC", "NO999", f"x{ESC}", 1, ["SEC001"])),
            "path": chance.choice((*GLOBS, "11.md", 3)),
            "reason": chance.choice(("checked", "", f"x{ESC}", f"x{BIDI}", f"\n{COMMAND}", OLD_COMMAND, 7)),
            "until": chance.choice(("2027-01-31", "9999-99-99", "2020-01-01", 5, f"{ESC}")),
            "by": chance.choice(("王某", ESC, COMMAND, None)),
            "excerpt": chance.choice(("", "一", "x" * 9000, ".*", ESC)),
            "fingerprint": chance.choice(("0" * 16, "", ESC)),
        }
        entries.append(
            "- "
            + quoted(
                {
                    key: entry[key]
                    for key in entry
                    if key in ("rule", "reason", "path") or chance.random() < 0.2
                }
            )
        )
    return "\n".join([*entries, ""]).encode("utf-8", "surrogatepass")


def baseline(chance: random.Random) -> bytes:
    """A baseline."""
    if chance.random() < 0.4:
        excerpt = quoted(chance.choice(("x", ESC, BIDI, COMMAND, OLD_COMMAND)))
        path = excerpt.replace("\\x", "\\u00")
        return f'{{"path": {path}, "code": "SEC001", "fingerprint": "{chance.getrandbits(64):016x}", "excerpt": "x"}}\n'.encode()
    lines = [
        chance.choice(
            (
                '{"path": "11.md", "code": "SEC001", "fingerprint": "0123456789abcdef", "excerpt": "x"}',
                '{"path": "\\u001b[2J", "code": "\\u202e", "fingerprint": "0123456789abcdef", "excerpt": "::error::planted"}',
                '{"path": 1, "code": null}',
                *(
                    "[" * 5000,
                    "{}",
                    "null",
                    "",
                    "\x00",
                    "1e999",
                    "9" * 6000,
                    '{"path": "' + "x" * 300_000 + '"}',
                    f"{ESC}",
                    "\udcff",
                ),
                '{"path": "../out/kept.md", "code": "SEC001", "fingerprint": "ffffffffffffffff", "excerpt": ""}',
                '{"path": "a\\u0000b", "code": "SEC001", "fingerprint": "ffffffffffffffff", "excerpt": ""}',
            )
        )
        for _ in range(chance.choice((0, 1, 2, 5)))
    ]
    return "\n".join([*lines, ""]).encode("utf-8", "surrogateescape")


def register(chance: random.Random) -> bytes:
    """A register, half of the time one that can be read."""
    mark = chance.choice((",", ",", ";", "\t"))
    if chance.random() < 0.5:
        shown = [cell for cell in CELLS if "\x00" not in cell]
        rows = [list(COLUMNS[:8])]
        for number in range(chance.choice((1, 2, 9))):
            title = chance.choice(("河道整治工作快报", "河道整治工作快报", chance.choice(shown)))
            file = chance.choice(("", "11.md", "../out/kept.md", "/etc/passwd", chance.choice(shown)))
            rows.append(
                [
                    title,
                    "2003",
                    str(44 + number),
                    str(360 + number),
                    "2003-11-01",
                    "",
                    file,
                    chance.choice(shown),
                ]
            )
    else:
        columns = [chance.choice(COLUMNS) for _ in range(chance.choice((0, 3, 8, 200)))]
        rows = [columns, *([chance.choice(CELLS) for _ in columns] for _ in range(chance.choice((0, 2, 30))))]
    lines = (
        mark.join('"' + cell.replace('"', '""') + '"' if chance.random() < 0.9 else cell for cell in row)
        for row in rows
    )
    return encoded(chance, "\n".join(lines) + "\n")


# fmt: off
CHECKS = (
    *("forbidden", "required", "lexicon", "pattern", "sequence", "python", "exec", "spacing", "paired", "consistent"),
    *("length", "count", "date", "format", "translate", "order", "__import__", "", f"x{ESC}"),
)
# fmt: on


def _right_pack(chance: random.Random) -> bytes:
    """A pack that is loaded, unless its pattern is no good."""
    rule: dict[str, object] = {
        "name": "house-rule",
        "severity": chance.choice(("error", "warning")),
        "check": "forbidden",
        "on": chance.choice(("prose", "raw", "whole", ["prose", "copies"])),
        "pattern": chance.choice(PATTERNS),
        "message": {
            "zh": chance.choice(("有“{found}”", f"有{ESC}{BIDI}", f"\n{COMMAND}", OLD_COMMAND)),
            "en": "has it",
        },
        "why": {"zh": "不用。", "en": "Not used."},
        "examples": {
            "bad": [{"text": "周末农家乐aaaa。", "at": "1:3-1:6"}] * 2,
            "good": [{"text": "周末。"}] * 2,
        },
    }
    if "{" in str(rule["message"]):
        rule["message"] = {"zh": "有“{found}”", "en": "has {found}"}
    if chance.random() < 0.3:
        rule["fix"] = chance.choice(("safe", "unsafe"))
        rule["replacement"] = chance.choice(("x", "", f"x{ESC}", "乐乐乐乐", "\\g<0>\\g<0>", "\n\n一、\n"))
        rule["examples"] = {
            "bad": [{"text": "周末农家乐。", "at": "1:3-1:6", "fixed": None}] * 2,
            "good": [{"text": "周末。"}] * 2,
        }
    top = {"title": {"zh": "本地", "en": "house"}, "extends": ["jianbao"], "rules": {"HOUSE-001": rule}}
    return "\n".join([*(f"{key}: {quoted(value)}" for key, value in top.items()), ""]).encode()


def pack(chance: random.Random) -> bytes:
    """A pack of house rules."""
    kind = chance.random()
    house = (FIXTURES / "packs" / "house" / "house.yaml").read_text("utf-8")
    if kind < 0.2:
        return chance.choice(YAML).encode("utf-8", "surrogatepass")
    if kind < 0.35:
        lines = house.split("\n")
        for _ in range(chance.choice((1, 3))):
            del lines[chance.randrange(len(lines))]
        return "\n".join(lines).encode()
    if kind < 0.75:
        return _right_pack(chance)
    rule: dict[str, object] = {
        "name": chance.choice(("house-rule", f"x{ESC}", "", "forbidden")),
        "severity": chance.choice(("error", "error", "warning", "fatal")),
        "check": chance.choice(("forbidden", "forbidden", "forbidden", *CHECKS)),
        "on": chance.choice(
            ("prose", "raw", "whole", "articles[*].sections", "no.such", "", ["prose", "raw"])
        ),
        "pattern": chance.choice(PATTERNS),
        "message": {
            "zh": chance.choice(("有“{found}”", f"x{ESC}", COMMAND)),
            "en": chance.choice(("has {found}", "has {found}", "{found.__class__}", "{0}")),
        },
        "why": {"zh": "不用。", "en": "Not used."},
        "examples": {"bad": [{"text": "周末农家乐。", "at": "1:3-1:6"}], "good": [{"text": "周末。"}]},
    }
    if chance.random() < 0.4:
        rule[
            chance.choice(
                (
                    "fix",
                    "replace",
                    "translate",
                    "except",
                    "mask",
                    "skip",
                    "words",
                    "aliases",
                    "waivable",
                    "exec",
                )
            )
        ] = chance.choice(("safe", "\\1" * 40, ["x"] * 9, f"{ESC}", "../out/kept.yaml", 5, *PATTERNS[:4]))
    top: dict[str, object] = {
        "title": {"zh": "本地", "en": "house"},
        "rules": {chance.choice(("HOUSE-001", "X001", "SEC001", f"{ESC}", "x y")): rule},
    }
    if chance.random() < 0.3:
        top[
            chance.choice(
                ("extends", "fragments", "tables", "lexicons", "masks", "labels", "forms", "aliases")
            )
        ] = chance.choice(
            (
                {"a": {"file": "../out/kept.md"}},
                {"a": {"file": "/dev/zero"}},
                {"a": {"file": "pipe"}},
                {"a": "${a}"},
                ["house.yaml"],
                {"a": ["a"]},
                *values(chance)[:10],
            )
        )
    return "\n".join([*(f"{key}: {quoted(value)}" for key, value in top.items()), ""]).encode(
        "utf-8", "surrogatepass"
    )
