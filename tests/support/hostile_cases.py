"""Cases of the hostile generator: what lies in a folder, and the command line that is run there.

A case is made of its seed alone. Every fifth seed is about names, settings, side files, texts or packs.
"""

from __future__ import annotations

import os
import random
from typing import Literal, NamedTuple

import hostile_side_files as side_files
import hostile_words as words

Kind = Literal["file", "folder", "link", "hard link", "pipe", "socket"]
COMMANDS = ("check", "extract", "register", "init", "config", "rules", "explain", "test")
TOPICS = ("names", "settings", "side files", "texts", "packs")
STREAM_FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "rdjson")
SIDE_FILES = (
    "bulletin-lint.yaml",
    "pyproject.toml",
    "waivers.yaml",
    "baseline.jsonl",
    "register.csv",
    "house.yaml",
)


class Entry(NamedTuple):
    """Something in the folder of a case."""

    kind: Kind
    name: str
    """Relative to the folder; bytes that are not text stand as surrogates."""
    content: bytes = b""
    target: str = ""
    """Where a link leads."""
    mode: int = 0o644


class Case(NamedTuple):
    """One run and what it may do."""

    seed: int
    topic: str
    entries: tuple[Entry, ...]
    arguments: tuple[str, ...]
    stdin: bytes
    environment: dict[str, str]
    output: Literal["file", "broken pipe", "closed"]
    """What standard output is."""
    writes: dict[str, str]
    """The names that the command line asks to write, and what they are then: json, xml, text, lines, csv, yaml."""
    mends: bool
    """Whether bulletins may change."""
    is_gate: bool
    """A bulletin with errors is named, and nothing silences them: the run must not end in 0."""
    must_refuse: bool
    """The settings that count cannot be read: the run must end in 2."""
    named: tuple[str, ...]
    """Files that the report must know, or the run fails."""


class _Made:
    """A case that is being made."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.topic = TOPICS[seed % len(TOPICS)]
        self.entries: dict[str, Entry] = {}
        self.writes: dict[str, str] = {}
        self.options: list[str] = []
        self.mends = False
        self.is_silenced = False

    def maybe(self, probability: float) -> bool:
        return self.chance.random() < probability

    def put(self, name: str, content: bytes) -> None:
        self.entries[name] = Entry("file", name, content)

    def add(self, kind: Kind, name: str, target: str = "") -> None:
        self.entries[name] = Entry(kind, name, target=target)

    def option(self, name: str, *values: str) -> None:
        self.options += [name, *values]


def case_of(seed: int) -> Case:
    """The case of a seed: the same each time."""
    made = _Made(seed)
    faulty = _bulletins(made)
    _surroundings(made)
    is_check = made.maybe({"names": 0.85, "packs": 0.5}.get(made.topic, 0.65))
    paths = _paths(made)
    if is_check:
        _check_options(made, paths)
    # Options first or last; after -- nothing is one.
    ends_options = made.maybe(0.7 if made.topic == "names" else 0.4)
    if is_check:
        arguments = ["check", *made.options, *(["--"] if ends_options else []), *paths]
    else:
        arguments = _other_command(made, paths, ends_options=ends_options)
    named = tuple(
        name
        for name in (
            paths if is_check and (ends_options or not any(path.startswith("-") for path in paths)) else ()
        )
        if name in made.entries
        and made.entries[name].kind == "file"
        and name.lower().endswith((".md", ".txt"))
    )
    return Case(
        seed,
        made.topic,
        tuple(made.entries.values()),
        tuple(arguments),
        words.text(made.chance) if made.maybe(0.5) else b"",
        _environment(made),
        made.chance.choice(("file",) * 18 + ("broken pipe", "closed")) if not made.writes else "file",
        made.writes,
        made.mends,
        is_check and not made.is_silenced and any(name in faulty for name in named),
        is_check and _has_broken_settings(made, paths),
        named if not made.is_silenced else (),
    )


def _has_broken_settings(made: _Made, paths: list[str]) -> bool:
    """Whether the settings beside the bulletins are no file, and the command line asks for none else."""
    entry = made.entries.get("bulletin-lint.yaml")
    if entry is None or {"--isolated", "--config"} & set(made.options):
        return False
    is_here = all(path in (".", "11.md", "12.txt") for path in paths)
    return is_here and (
        entry.kind in ("pipe", "folder") or entry.target in ("nowhere", "/dev/zero", entry.name)
    )


def _bulletins(made: _Made) -> set[str]:
    """Puts bulletins; gives the names of those that are known to be faulty."""
    chance, faulty = made.chance, set()
    count = chance.choice((1, 2, 3, 6)) if made.topic in ("names", "texts") else chance.choice((1, 2))
    for number in range(count):
        hostile = made.topic == "names" or made.maybe(0.1)
        name = chance.choice(words.NAMES) if hostile else chance.choice(("11.md", "12.txt", "b/13.md"))
        if made.topic == "texts":
            made.put(name, words.text(chance))
        elif number == 0 or made.maybe(0.5):
            made.put(name, words.FAULTY.encode())
            faulty.add(name)
        else:
            made.put(name, words.good_text().encode())
    return {name for name in faulty if made.entries[name].content == words.FAULTY.encode()}


def _surroundings(made: _Made) -> None:
    """Everything else in the folder."""
    chance = made.chance
    if made.topic == "names" or made.maybe(0.15):
        for _ in range(chance.choice((0, 1, 2, 4))):
            _strange_entry(made)
    if made.topic == "settings" or made.maybe(0.1):
        _settings(made)
    if made.topic == "packs":
        made.put("house.yaml", side_files.pack(chance))
        made.put("bulletin-lint.yaml", b"extends: [jianbao, ./house.yaml]\n")
        made.is_silenced = True
    if made.topic == "side files" or made.maybe(0.1):
        _side_files(made)
    if made.maybe(0.1):
        made.put(".gitignore", "\n".join(chance.choice(words.GLOBS) for _ in range(5)).encode())
        made.add("folder", ".git")


def _strange_entry(made: _Made) -> None:
    chance = made.chance
    name = chance.choice(("14.md", "15.txt", "c/16.md", "hose", chance.choice(words.NAMES)))
    if name in made.entries:
        return
    kind: Kind = chance.choice(("link", "link", "link", "hard link", "pipe", "socket", "folder"))
    if kind == "socket" and len(os.fsencode(name)) > 40:
        kind = "pipe"
    regular = [
        entry.name for entry in made.entries.values() if entry.kind == "file" and "/" not in entry.name
    ]
    inside = chance.choice(regular or ["nothing"])
    target = chance.choice(
        ("../out/kept.md", inside, name, ".", "..", "nowhere.md", "/dev/zero", "/dev/null", "/dev/stdin")
    )
    if kind == "hard link":
        target = chance.choice(("../out/kept.md", inside if regular else "../out/kept.md"))
    if "/" in name and kind in ("link", "hard link"):
        name = name.replace("/", "-")
    if name not in made.entries:
        made.add(kind, name, target)


def _settings(made: _Made) -> None:
    chance = made.chance
    made.is_silenced = True
    name = chance.choice(
        ("bulletin-lint.yaml",) * 8
        + ("pyproject.toml", "bulletin-lint.yml", ".bulletin-lint.yaml", "b/bulletin-lint.yaml")
    )
    made.put(name, side_files.toml(chance) if name.endswith("toml") else side_files.settings(chance))
    if made.maybe(0.12):
        made.add(*chance.choice(_strange_sides("bulletin-lint.yaml")))
    if made.maybe(0.3):
        made.put("house.yaml", side_files.pack(chance))
    if made.maybe(0.2):
        made.add("pipe", "pipe")


def _strange_sides(name: str) -> list[tuple[Kind, str, str]]:
    return [
        ("link", name, "nowhere"),
        ("link", name, "11.md"),
        ("link", name, "../out/kept.yaml"),
        ("link", name, "/dev/zero"),
        ("link", name, name),
        ("pipe", name, ""),
        ("folder", name, ""),
    ]


def _side_files(made: _Made) -> None:
    chance = made.chance
    made.is_silenced = True
    for name, content in (
        ("waivers.yaml", side_files.waivers(chance)),
        ("baseline.jsonl", side_files.baseline(chance)),
        ("register.csv", side_files.register(chance)),
    ):
        if made.maybe(0.6):
            made.put(name, content)
        elif made.maybe(0.2):
            made.add(*chance.choice(_strange_sides(name)))
    if made.maybe(0.5) and "bulletin-lint.yaml" not in made.entries:
        made.put("bulletin-lint.yaml", b"bulletins: ['**/*.md']\nseries: {register: register.csv}\n")


def _paths(made: _Made) -> list[str]:
    chance = made.chance
    names = [name for name in made.entries if name not in SIDE_FILES]
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(([], ["."], ["."], [".", "."]))
    if kind < 0.9:
        regular = [name for name in names if made.entries[name].kind == "file"] if made.maybe(0.8) else names
        return chance.sample(regular, chance.randint(1, len(regular)))
    return chance.choice(
        (["b"], ["nowhere.md"], ["-"], ["-"], [""], [chance.choice(words.NAMES)], [*names, "."])
    )


def _check_options(made: _Made, paths: list[str]) -> None:
    chance = made.chance
    if made.maybe(0.3):
        made.option("--isolated")
        if made.topic != "side files":
            made.is_silenced = False
    _writing_options(made)
    harmless = ("--no-cache", "--statistics", "--verbose", "--quiet", "--force-exclude", "--unsafe-fixes")
    for name in harmless:
        if made.maybe(0.08) and not (name == "--statistics" and "--format" in made.options):
            made.option(name)
            made.is_silenced = made.is_silenced or name == "--force-exclude"
    silencing = (
        ("--exit-zero",),
        ("--series",),
        ("--show-files",),
        ("--select", chance.choice(("SEC", "ALL", "SPC", "", ",", f"x{words.ESC}", "NO"))),
        ("--ignore", chance.choice(("SEC", "ALL", words.COMMAND))),
        ("--extend-select", chance.choice(("ALL", "MIX"))),
        ("--exclude", chance.choice(words.GLOBS).replace("\x00", "")),
        ("--fail-level", chance.choice(("error", "info", f"{words.BIDI}"))),
        ("--config", chance.choice(("bulletin-lint.yaml", "nowhere", ".", "11.md", "/dev/zero", "pipe"))),
        ("--time-limit", chance.choice(("1", "0", "-1", "nan", "9" * 40))),
        (chance.choice(("--nothing", f"--{words.ESC}", f"--{words.BIDI}=1", "-x", "--fix=1", "--lang=fr")),),
    )
    for option in silencing:
        if made.maybe(0.025):
            made.option(*option)
            made.is_silenced = True
    if made.maybe(0.5 if "-" in paths else 0.01):
        made.option("--stdin-filename", chance.choice(words.NAMES))
        made.is_silenced = True
    if made.maybe(0.15):
        made.option("--jobs", chance.choice(("1", "1", "2", "2", "2", "2", "0", "x")))
    if made.maybe(0.2):
        made.option("--lang", chance.choice(("zh", "en")))
    if made.maybe(0.1):
        made.option("--color", "always")


def _writing_options(made: _Made) -> None:
    """Options that write: mending, reports, the baseline."""
    chance = made.chance
    kind = chance.random()
    if kind < 0.15:
        made.option("--fix")
        made.mends = made.is_silenced = True
    elif kind < 0.25:
        made.option("--diff")
        made.is_silenced = True
        return
    if made.maybe(0.4):
        made.option("--format", chance.choice(STREAM_FORMATS))
    if made.maybe(0.2):
        format_name = chance.choice(STREAM_FORMATS)
        # A report goes to a new file, or over an earlier one; never over what else there is.
        target = chance.choice(
            (
                "report.out",
                "report.out",
                "old.out",
                "11.md",
                "bulletin-lint.yaml",
                "waivers.yaml",
                "to-out",
                "to-11.md",
                "pipe",
            )
        )
        if target == "old.out":
            made.put(target, b"an earlier report\n")
        elif target == "to-out":
            made.add("link", target, "../out/kept.md")
        elif target == "to-11.md":
            made.add("link", target, "11.md")
        if target in ("report.out", "old.out", "to-out", "to-11.md"):
            # A link may be replaced, or refused; what it leads to stays as it was.
            made.writes[target] = {"junit": "xml", "full": "text", "concise": "text", "github": "text"}.get(
                format_name, "json"
            )
        elif target not in made.entries:
            made.writes[target] = "text"
        made.option("--format", f"{format_name}={target}")
    if made.maybe(0.35 if made.topic == "side files" else 0.03):
        made.is_silenced = True
        baseline = chance.choice(
            ("baseline.jsonl", "baseline.jsonl", "new.jsonl", "11.md", "nowhere/b", ".", "../out/kept.md")
        )
        made.option("--baseline", baseline)
        if made.maybe(0.4):
            made.option(chance.choice(("--write-baseline", "--prune-baseline")))
            if baseline in ("baseline.jsonl", "new.jsonl") or (
                baseline == "11.md" and baseline not in made.entries
            ):
                made.writes[baseline] = "lines"


def _other_command(made: _Made, paths: list[str], *, ends_options: bool) -> list[str]:
    chance = made.chance
    end = ["--"] if ends_options else []
    path = paths[0] if paths else "11.md"
    kind = chance.choice(
        ("extract", "extract", "register", "register", "init", "config", "rules", "explain", "test", "odd")
    )
    if made.topic == "packs":
        kind = chance.choice(("test", "test", "test", "rules", "explain", "config", kind))
    if kind == "extract":
        return ["extract", *chance.choice(([], ["--format", "json"], ["--format", "text"])), *end, path]
    if kind == "register":
        if made.maybe(0.5):
            made.writes["register.csv"] = "csv"
            return ["register", "update", *chance.choice(([], ["--isolated"])), *end, *paths]
        output = chance.choice(([], [], ["-o", "register.out"]))
        if output:
            made.writes["register.out"] = "text"
        return [
            "register",
            "show",
            "--format",
            chance.choice(("table", "json", "html", "svg")),
            *output,
            *end,
            *paths,
        ]
    if kind == "init":
        force = chance.choice(([], ["--force"], ["--dry-run"]))
        for name in (
            ("bulletin-lint.yaml", "house.yaml", ".pre-commit-config.yaml") if force != ["--dry-run"] else ()
        ):
            if name not in made.entries or (force and made.entries[name].kind == "file"):
                made.writes[name] = "yaml"
        return ["init", *force, *end, *paths]
    if kind == "config":
        return [
            "config",
            "show",
            *chance.choice(
                ([], ["--config", "bulletin-lint.yaml"], ["--config", chance.choice(words.NAMES)])
            ),
        ]
    if kind == "rules":
        return ["rules", *chance.choice(([], ["--format", "json"]))]
    if kind == "explain":
        return [
            "explain",
            *end,
            chance.choice(("SEC001", "HOUSE-001", "X001", "", words.ESC, words.COMMAND, "sec", "a" * 9999)),
        ]
    if kind == "test":
        return [
            "test",
            *end,
            chance.choice(("./house.yaml", "./house.yaml", "house.yaml", ".", "nowhere", "pipe", words.ESC)),
        ]
    return chance.choice(
        (
            [chance.choice(words.NAMES)],
            [],
            ["--help"],
            ["check", "--help"],
            ["completion", words.ESC],
            [words.COMMAND, *paths],
            ["--lang", words.BIDI],
        )
    )


def _environment(made: _Made) -> dict[str, str]:
    environment = {"LANG": made.chance.choice(("zh_CN.UTF-8", "en_US.UTF-8", "C"))}
    if made.maybe(0.25):
        environment["GITHUB_ACTIONS"] = "true"
    return environment
