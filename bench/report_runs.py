"""What `same-reports` runs: the command lines, and how each side answers them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import report_inputs

MANY = Path(__file__).with_name("many_commands.py")
FORMATS = ("concise", "full", "sarif", "github", "gitlab", "junit", "rdjson")


# --- Sides and tasks ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """One of the two programs, and the files that it reads."""

    name: str
    tree: Path
    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> Path:
        return self.home / "inputs"

    def environment(self) -> dict[str, str]:
        """The same for both sides but for the program and the place of its cache."""
        system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
        fixed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "100", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
        own = {
            "PYTHONPATH": str(self.tree / "src"),
            "HOME": str(self.home),
            "BULLETIN_LINT_CACHE_DIR": str(self.home / "cache"),
        }
        return {**system, **fixed, **own, **self.more}


@dataclass(frozen=True)
class Task:
    """A command line, run in a folder of the inputs."""

    arguments: tuple[str, ...]
    folder: str = "."
    files: int = 0
    """How many files a check must have read, 0 where it is not known."""


@dataclass
class Group:
    """Tasks that are reported together, run in order; small ones are run by one process."""

    name: str
    tasks: list[Task]
    small: bool = False


class Answer(NamedTuple):
    """What a task printed, and its exit code."""

    out: str
    err: str
    code: int


def answers(side: Side, group: Group) -> list[Answer]:
    """Runs a group's tasks with the program of a side."""
    place = side.home / "answers" / re.sub(r"[^a-z0-9]+", "-", group.name)
    place.mkdir(parents=True)
    rows = [
        (list(task.arguments), str(side.inputs / task.folder), str(place / f"{number:03}"))
        for number, task in enumerate(group.tasks)
    ]
    if group.small:
        subprocess.run(
            [sys.executable, str(MANY)],
            input=json.dumps(rows),
            text=True,
            cwd=side.inputs,
            env=side.environment(),
            check=True,
        )
    for arguments, folder, stem in () if group.small else rows:
        with open(f"{stem}.out", "wb") as out, open(f"{stem}.err", "wb") as err:
            command = [sys.executable, "-m", "bulletin_lint", *arguments]
            done = subprocess.run(
                command, cwd=folder, env=side.environment(), stdout=out, stderr=err, stdin=subprocess.DEVNULL
            )
        Path(f"{stem}.code").write_text(str(done.returncode), encoding="ascii")
    return [
        Answer(
            *(
                Path(f"{stem}.{kind}").read_bytes().decode("utf-8", "backslashreplace")
                for kind in ("out", "err")
            ),
            int(Path(f"{stem}.code").read_text("ascii")),
        )
        for _, _, stem in rows
    ]


# --- The groups -----------------------------------------------------------------------------------------


def _check(*arguments: str) -> tuple[str, ...]:
    return ("check", *arguments, "--format", "json", "--jobs", "1")


def _each_folder(inputs: Path, top: str, *arguments: str, below: bool = True) -> list[Task]:
    """For each folder, one check of all files in it, told one by one: a folder's files that are no bulletins would be passed over."""
    folders = report_inputs.folders_to_read(inputs / top) if below else [inputs / top]
    return [
        Task((*_check(*arguments), *names), folder.relative_to(inputs).as_posix(), len(names))
        for folder in folders
        if (names := report_inputs.readable(folder))
    ]


def _own_settings(inputs: Path) -> list[Task]:
    """Checks with the settings that a bulletin or a folder has."""
    tasks = [Task(_check("."), "fixtures"), Task(_check(".", "--isolated"), "fixtures")]
    for path in sorted((inputs / "fixtures").rglob("*.yaml")):
        folder = path.parent.relative_to(inputs).as_posix()
        if path.name == "bulletin-lint.yaml":
            tasks += [Task(_check("."), folder), Task(_check(".", "--series"), folder)]
        elif path.name.endswith(".settings.yaml"):
            stem = path.name.removesuffix(".settings.yaml")
            names = [name for name in report_inputs.readable(path.parent) if Path(name).stem == stem]
            tasks.append(Task((*_check("--config", path.name), *names), folder, len(names)))
    return tasks


def _under(inputs: Path, top: str, *names: str) -> list[str]:
    """All files to read of some folders below `top`, relative to it."""
    found = [
        path
        for name in names
        for path in (inputs / top / name).rglob("*")
        if path.suffix in report_inputs.READABLE
    ]
    return sorted(path.relative_to(inputs / top).as_posix() for path in found)


def rule_codes(tree: Path) -> list[str]:
    """The code of every rule of the packs that come with the tree."""
    texts = [path.read_text("utf-8") for path in sorted((tree / "rules").rglob("*.yaml"))]
    return sorted({code for text in texts for code in re.findall(r"(?m)^ {2}([A-Z]{3,4}[0-9]{3}):", text)})


def _formats(inputs: Path) -> Iterator[Group]:
    """Every format, language and way of mending, over the faulty bulletins."""
    faulty = _under(inputs, "fixtures", "faulty")
    rest = ("--isolated", "--jobs", "1", *faulty)
    tasks = [
        Task(("check", "--format", name, "--lang", lang, *rest), "fixtures")
        for name in FORMATS
        for lang in ("zh", "en")
    ]
    tasks.append(Task(("check", "--statistics", "--fail-level", "info", *rest), "fixtures"))
    yield Group("formats over faulty", tasks)
    mend = [
        Task(("check", option, *more, *rest), "fixtures")
        for more in ((), ("--unsafe-fixes",))
        for option in ("--diff", "--fix")
    ]
    yield Group("diff and fix over faulty", mend)


def groups(inputs: Path, codes: Sequence[str], *, quick: bool) -> Iterator[Group]:
    """What is run, in order; what writes into the inputs comes last."""
    text = ("fixtures/clean", "fixtures/faulty")
    for top in text if quick else ("fixtures",):
        tasks = _each_folder(inputs, top, "--isolated")
        yield Group(f"{top}, isolated", tasks)
        yield Group(f"{top}, isolated, again", tasks)
    yield Group("fixtures, own settings", _own_settings(inputs)[2 if quick else 0 :])
    for pack in ("gongwen",) if quick else ("gongwen", "every-rule"):
        config = str(Path("..", f"{pack}.yaml"))
        tops = ("fixtures/pdf",) if quick else ("fixtures",)
        tasks = [
            task for top in tops for task in _each_folder(inputs, top, "--config", "CONFIG", below=not quick)
        ]
        tasks = [_with_config(task, config) for task in tasks]
        yield Group(f"{' '.join(tops)}, {pack}", tasks)
    for name in () if quick else ("corpus", "sample"):
        if (inputs / name).is_dir():
            tasks = _each_folder(inputs, name, "--isolated")
            yield Group(
                name,
                [
                    *tasks,
                    *tasks,
                    *(
                        _with_config(task, "../every-rule.yaml")
                        for task in _each_folder(inputs, name, "--config", "CONFIG")
                    ),
                ],
            )
    generated = _each_folder(inputs, "generated", "--isolated")
    yield Group("generated bulletins", generated)
    yield Group("generated bulletins, again", generated)
    if not quick:
        two = [
            Task(
                (*_check("--isolated", "--no-cache")[:-1], "2", *_under(inputs, "generated", ".")),
                "generated",
            )
        ]
        two += [
            Task(
                (*_check("--isolated", "--no-cache")[:-1], "2", *_under(inputs, "fixtures", "producers")),
                "fixtures",
            )
        ]
        yield Group("generated and producers, two jobs", two)
    for name in ("clean", "faulty"):
        folder = f"series/{name}"
        alone = [
            _check("."),
            _check("sl"),
            _check(".", "--series"),
            ("register", "show", "--format", "json"),
            ("register", "show"),
        ]
        yield Group(
            f"generated series, {name}", [Task(arguments, folder) for arguments in (*alone, _check("."))]
        )
    about = [
        ("rules",),
        ("rules", "--format", "json"),
        ("config", "show"),
        ("config", "schema"),
        ("--help",),
        ("check", "--help"),
    ]
    english = [(*words, "--lang", "en") for words in about]
    yield Group("rules, config, help", [Task(words) for words in [*about, *english]], small=True)
    languages = ("zh",) if quick else ("zh", "en")
    every = "every-rule.yaml"
    yield Group(
        "explain",
        [Task(("explain", code, "--lang", lang, "--config", every)) for code in codes for lang in languages],
        small=True,
    )
    packs = sorted((inputs / "bad-settings").glob("*.yaml"))
    yield Group(
        "packs that are refused",
        [Task(("rules", "--config", str(Path("bad-settings", path.name)))) for path in packs],
        small=True,
    )
    tops = text if quick else ("fixtures",)
    read = [f"{top}/{name}" for top in tops for name in _under(inputs, top, ".")]
    yield Group(
        "extract", [Task(("extract", "--isolated", "--format", "json", name)) for name in read], small=True
    )
    yield from _formats(inputs)
    if not quick:
        yield Group("the rules' own examples", [Task(("test", "--config", every))])
        yield Group("register update, init", [
            Task(("register", "update"), "series/clean"), Task(("register", "update"), "series/faulty"),
            Task(_check("."), "series/faulty"), Task(("init", "--force"), "series/clean"), Task(("init",), "generated"),
        ])  # fmt: skip


def _with_config(task: Task, config: str) -> Task:
    """A task with the settings of that name beside the inputs, as seen from its folder."""
    up = Path(*[".."] * len(Path(task.folder).parts), Path(config).name)
    arguments = tuple(str(up) if word == "CONFIG" else word for word in task.arguments)
    return Task(arguments, task.folder, task.files)
