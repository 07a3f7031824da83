"""What a run mends and what it marks in copies: told of files, by engines that do what they are told to."""

from __future__ import annotations

import argparse
import io
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.cli import annotating, marked_copies
from bulletin_lint.cli import fixes as fixes_module
from bulletin_lint.cli.annotating import Copies, CopyTarget
from bulletin_lint.cli.fixes import FixResult, fix_and_show
from bulletin_lint.cli.output_targets import Target
from bulletin_lint.engine import annotate, linter
from bulletin_lint.engine.annotate import Annotated
from bulletin_lint.engine.fix import SAFE, SAFE_AND_UNSAFE, Fixed, FixedSource, Made, Refused
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Applicability, Fix, Violation
from bulletin_lint.model.wording import Wording, same

REFUSED = Refused("PUN001", 3, same("would change the shape"))
BROKEN = same("it is broken")


def violation(applicability: Applicability | None, *, is_tracked: bool = True) -> Violation:
    fix = None if applicability is None else Fix(applicability, (), (), is_tracked)
    return Violation("", Location(1, 1, 1, 2), "PUN001", "x", "error", same("wrong"), "", "", fix)


def document(
    path: str, *applicabilities: Applicability | None, kind: str = "docx", **more: Any
) -> FileResult:
    given: dict[str, Any] = {"outcomes": {"PUN001": "fail"}, **more}
    return FileResult(path, kind, violations=tuple(map(violation, applicabilities)), **given)


def source(path: str, data: bytes | None = b"old") -> SourceFile:
    return SourceFile(path, path.rpartition(".")[2].replace("md", "text"), explicit=True, data=data)


# --- Copies ----------------------------------------------------------------------------------------------


class Groups:
    """Settings of files."""

    def __init__(self, **author: str) -> None:
        settings = SimpleNamespace(annotate=author)
        self._group = SimpleNamespace(waive="waive", settings=settings, rulebook="rulebook")

    def of(self, path: str) -> Any:
        return self._group

    def linter_of(self, path: str) -> str:
        return f"linter of {path}"

    def notes_of(self, path: str, store: Any) -> str:
        return f"notes of {path}"


class Engine:
    """Writes tracked changes and comments, and notes what it is asked to write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tracks: dict[str, Annotated | SourceError] = {}
        self.comments = Annotated(b"copy", notes=(same("one is hidden"),))
        self.remarks: list[str] = ["a", "b"]
        self.asked: list[tuple[Any, ...]] = []
        monkeypatch.setattr(annotate, "tracked", self._tracked)
        monkeypatch.setattr(linter, "Linter", lambda *given, **more: None)
        monkeypatch.setattr(annotating, "commented", self._commented)
        monkeypatch.setattr(annotating, "remarks_of", lambda *given: self.remarks)
        monkeypatch.setattr(marked_copies, "marked_copy", self._marked)

    def _tracked(self, source: SourceFile, reader: Any, waive: Any, applicabilities: Any, **more: Any) -> Any:
        self.asked.append(("track", source.path, reader, waive, applicabilities, *more.values()))
        made = self.tracks.get(source.path, Annotated(b"tracked", 1))
        if isinstance(made, SourceError):
            raise made
        return made

    def _commented(self, source: SourceFile, reader: Any, remarks: Any, **more: Any) -> Annotated:
        self.asked.append(("comment", source.path, source.data, *more.values()))
        return self.comments

    def _marked(self, source: SourceFile, *given: Any) -> tuple[bytes, int]:
        self.asked.append(("mark", source.path))
        return b"marked", 3


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    monkeypatch.chdir(tmp_path)
    return Engine(monkeypatch)


def options(**more: Any) -> argparse.Namespace:
    given = {
        "annotate": None,
        "annotate_level": "info",
        "unsafe_fixes": False,
        "time_limit": 7.0,
        "password": None,
    }
    return argparse.Namespace(**{**given, "quiet": False, **more})


def copies(*targets: CopyTarget, **more: Any) -> Copies:
    return Copies(targets, options(**more), "en", None)


def target(path: str, copy: str = "out/copy.docx", *, is_in_place: bool = False) -> CopyTarget:
    return CopyTarget(source(path), path if is_in_place else copy, is_in_place)


def test_files_to_be_written_go_by_their_option() -> None:
    both = (target("1.docx"), target("2.docx", is_in_place=True))
    assert copies(*both).targets == [Target("--annotate-dir", "out/copy.docx")]
    assert copies(*both, annotate="x").targets == [Target("--annotate", "out/copy.docx")]


@pytest.mark.parametrize(
    ("found", "unsafe", "is_tracked"),
    [
        ([violation("safe")], False, True),
        ([violation("unsafe")], False, False),
        ([violation("unsafe")], True, True),
        ([violation("manual")], True, False),
        ([violation("safe", is_tracked=False)], True, False),
        ([violation(None)], True, False),
        ([violation(None), violation("manual"), violation("safe")], False, True),
        ([], True, False),
    ],
)
def test_what_can_be_a_tracked_change_becomes_one(
    engine: Engine, found: Sequence[Violation], *, unsafe: bool, is_tracked: bool
) -> None:
    report = Report((FileResult("1.docx", "docx", violations=tuple(found)),))
    made: Any = copies(target("1.docx"), unsafe_fixes=unsafe)
    changed = made.changed(report, Groups())
    assert changed == ({"1.docx": source("1.docx", b"tracked")} if is_tracked else {})
    wanted = SAFE_AND_UNSAFE if unsafe else SAFE
    asked = ("track", "1.docx", "linter of 1.docx", "waive", wanted, 7.0, "bulletin-lint")
    assert engine.asked == ([asked] if is_tracked else [])


def test_only_documents_of_the_report_become_tracked(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(
        (document("1.docx", "safe"), document("2.pdf", "safe", kind="pdf"), document("4.docx", "safe"))
    )
    groups: Any = Groups(author="总编室")
    made = copies(*map(target, ("1.docx", "2.pdf", "3.docx", "4.docx", "5.docx")))
    engine.tracks = {"4.docx": Annotated(b"same", 0, (REFUSED,))}
    assert list(made.changed(report, groups)) == ["1.docx"]
    assert [(each[1], each[-1]) for each in engine.asked] == [("1.docx", "总编室"), ("4.docx", "总编室")]
    assert capsys.readouterr().err == "4.docx:3: PUN001 not fixed: would change the shape\n"


@pytest.mark.parametrize("tracked", [Annotated(error=BROKEN), SourceError("1.docx", BROKEN)])
def test_a_document_that_could_not_be_tracked_gets_no_copy_and_the_reason(
    engine: Engine, tracked: Any
) -> None:
    report = Report((document("1.docx", "safe"), document("2.docx", "safe")))
    engine.tracks = {"1.docx": tracked}
    groups: Any = Groups()
    made = copies(target("1.docx", "1-copy.docx"), target("2.docx", "2-copy.docx"))
    assert list(made.changed(report, groups)) == ["2.docx"]
    first, second = made.written(report, groups).documents
    assert (first.failures, second.failures) == ((BROKEN,), ())
    assert not Path("1-copy.docx").exists()
    assert Path("2-copy.docx").read_bytes() == b"copy"


def test_comments_go_into_what_has_its_changes_already(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report((document("1.docx", "safe"), document("2.docx", None)))
    groups: Any = Groups(author="总编室")
    made = copies(target("1.docx", "a/b/1.docx"), target("2.docx", "2-copy.docx"))
    made.changed(report, groups)
    engine.asked.clear()
    assert made.written(report, groups) == report
    assert engine.asked == [
        ("comment", "1.docx", b"tracked", 7.0, "总编室"),
        ("comment", "2.docx", b"old", 7.0, "总编室"),
    ]
    assert Path("a/b/1.docx").read_bytes() == b"copy"
    assert capsys.readouterr().err.splitlines() == [
        "wrote a/b/1.docx: 2 comments, 1 tracked change. one is hidden.",
        "wrote 2-copy.docx: 2 comments. one is hidden.",
    ]


def test_only_what_was_checked_gets_a_copy(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    report = Report((document("1.docx", error=BROKEN), document("2.docx", skipped=True), document("3.docx")))
    groups: Any = Groups()
    made = copies(*(target(f"{each}.docx", f"{each}-copy.docx") for each in range(1, 5)), quiet=True)
    assert made.written(report, groups) == report
    assert sorted(path.name for path in Path().iterdir()) == ["3-copy.docx"]
    assert capsys.readouterr() == ("", "")


def test_a_file_with_pages_is_marked(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    groups: Any = Groups()
    for quiet in (False, True):
        made = copies(target("1.pdf", "copy.pdf"), quiet=quiet)
        made.written(Report((document("1.pdf", kind="pdf"),)), groups)
        assert Path("copy.pdf").read_bytes() == b"marked"
        assert capsys.readouterr().err == "wrote copy.pdf: 3 comments.\n" * (not quiet)
    assert engine.asked == [("mark", "1.pdf")] * 2


def test_where_comments_cannot_be_written_that_is_a_failure(engine: Engine) -> None:
    groups: Any = Groups()
    engine.comments = Annotated(error=BROKEN)
    report = Report((document("1.docx"),))
    assert copies(target("1.docx")).written(report, groups).documents[0].failures == (BROKEN,)
    engine.comments = Annotated(b"copy")
    Path("file").write_bytes(b"")
    (failure,) = copies(target("1.docx", "file/1.docx")).written(report, groups).documents[0].failures
    assert failure.en.startswith("cannot write file/1.docx: ")


def test_in_place_the_file_itself_is_written_where_it_changes(engine: Engine) -> None:
    groups: Any = Groups()
    report = Report((document("1.docx"),))
    Path("1.docx").write_bytes(b"old")
    made = CopyTarget(source("1.docx", None), "1.docx", is_in_place=True)
    engine.comments = Annotated(b"old")
    before = Path("1.docx").stat().st_ino
    assert copies(made).written(report, groups) == report
    assert (Path("1.docx").read_bytes(), Path("1.docx").stat().st_ino) == (b"old", before)
    engine.comments = Annotated(b"new")
    assert copies(made).written(report, groups) == report
    assert Path("1.docx").read_bytes() == b"new"


# --- Mending ---------------------------------------------------------------------------------------------


def fixed(before: bytes, after: bytes, applied: int = 1, **more: Any) -> Fixed:
    made = (Made("PUN001", 2, same("half-width mark")),) * applied
    texts = (before.decode(), after.decode())
    return Fixed(before, after, *texts, applied, more.get("refused", ()), made)


class Shown:
    """A run over files that come out as they are told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *sources: FixedSource) -> None:
        self.sources = sources
        self.asked: dict[str, Any] = {}
        self.raw = io.BytesIO()
        monkeypatch.setattr(fixes_module, "fix_files", self._fix_files)

    def _fix_files(self, files: Any, documents: Any, lint: Any, **more: Any) -> Any:
        self.asked = more
        return iter(self.sources)

    def run(self, report: Report = Report(()), **more: Any) -> FixResult:  # noqa: B008
        given = {"unsafe_fixes": False, "diff": False, "show_fixes": False, "paths": [], "time_limit": 7.0}
        args = argparse.Namespace(**{**given, **more})
        out = io.TextIOWrapper(self.raw, encoding="utf-8", newline="", write_through=True)
        lint: Any = None
        result = fix_and_show([each.source for each in self.sources], report, lint, args, "en", out)
        out.detach()
        return result


def on_disk(path: str) -> SourceFile:
    return source(path, None)


def test_how_files_are_to_be_mended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("office").mkdir()
    run = Shown(monkeypatch)
    run.run()
    assert run.asked == {"applicabilities": SAFE, "writes": True, "searched": ["."], "time_limit": 7.0}
    run.run(unsafe_fixes=True, diff=True, paths=["office", "1.md"])
    assert run.asked == {
        "applicabilities": SAFE_AND_UNSAFE,
        "writes": False,
        "searched": ["office"],
        "time_limit": 7.0,
    }


def test_what_was_mended_and_what_was_not_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = fixed(b"a\n", b"b\n", 2, refused=(REFUSED,))
    run = Shown(
        monkeypatch,
        FixedSource(on_disk("1.md"), one),
        FixedSource(on_disk("2.md")),
        FixedSource(on_disk("3.md"), fixed(b"a", b"b"), error=BROKEN),
        FixedSource(on_disk("4.md"), note=same("has other names")),
        FixedSource(on_disk("5.md"), fixed(b"a", b"a", 0)),
    )
    result = run.run()
    assert [each.path for each in result.files] == ["1.md", "2.md", "3.md", "4.md", "5.md"]
    assert (result.fixed, result.failed) == ([one], {"3.md": BROKEN})
    said = ["1.md:3: PUN001 not fixed: would change the shape", "4.md: has other names"]
    said.append("fixed 2 violations in 1 file.")
    assert capsys.readouterr().err.splitlines() == said
    assert run.raw.getvalue() == b""
    run.run(show_fixes=True)
    assert capsys.readouterr().err.splitlines() == [*said, *["1.md:2: PUN001 half-width mark"] * 2]


def test_where_nothing_was_mended_nothing_is_said_but_of_a_patch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Shown(monkeypatch, FixedSource(on_disk("1.md")))
    assert run.run().fixed == []
    assert capsys.readouterr().err == ""
    run.run(diff=True)
    assert capsys.readouterr().err == "nothing to fix.\n"


def test_a_patch_shows_what_would_change(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Shown(
        monkeypatch,
        FixedSource(on_disk("1.md"), fixed(b"a\n", b"b\n")),
        FixedSource(on_disk("2.md"), fixed(b"c\n", b"d\n"), error=BROKEN),
        FixedSource(source("-", b"e"), fixed(b"e\n", b"f\n")),
    )
    assert len(run.run(diff=True).fixed) == 2
    shown = run.raw.getvalue().decode().splitlines()
    # The content of standard input is not what standard output is for then.
    assert [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        "-a", "+b", "-e", "+f",
    ]  # fmt: skip
    assert capsys.readouterr().err == "would fix 2 violations in 2 files.\n"


def test_standard_input_comes_out_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Shown(monkeypatch, FixedSource(source("-", b"new"), fixed(b"old", b"new")))
    run.run()
    assert run.raw.getvalue() == b"new"


def test_a_patch_that_would_steer_a_terminal_is_no_patch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Shown(monkeypatch, FixedSource(on_disk("1.md"), fixed(b"a\x1b[2J\n", b"b\x1b[2J\n")))
    run.run(diff=True)
    assert b"\x1b" not in run.raw.getvalue()
    assert "1.md: a terminal or CI would obey characters of this change" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (document("1.pdf", "safe", kind="pdf"), "1.pdf: a PDF is not mended"),
        (document("1.pdf", None, "manual", kind="pdf"), "1.pdf: a PDF is not mended"),
        (document("1.pdf", None, kind="pdf"), None),
        (document("1.pdf", kind="pdf"), None),
        (document("1.md", "safe", kind="text"), None),
        # Its copy can be mended, which is said elsewhere.
        (document("1.docx", "safe"), None),
        (document("1.html", "safe", kind="html"), "1.html: a web page is not mended"),
    ],
)
def test_of_a_kind_that_is_not_mended_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: FileResult, said: str | None
) -> None:
    Shown(monkeypatch).run(Report((found,)))
    err = capsys.readouterr().err
    assert err == "" if said is None else err.startswith(said)


def test_in_chinese_it_is_said_too() -> None:
    assert Wording("已写 a：1 条批注。", "wrote a: 1 comment.") == annotating._written("a", 1, 0, ())
    assert Wording("已写 a：0 条批注，2 处修订。甲。", "wrote a: 0 comments, 2 tracked changes. 甲.") == (
        annotating._written("a", 0, 2, [same("甲")])
    )
