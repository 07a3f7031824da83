"""Files that commands write, look at or refuse to write over; streams, bars and notes."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.cli import archive_progress, progress, streams
from bulletin_lint.cli.annotating import CopyTarget, refuse_fix_alone, targets_of
from bulletin_lint.cli.archive_progress import ArchiveProgress
from bulletin_lint.cli.output_targets import (
    INPUT,
    Kept,
    Target,
    kept_of,
    refuse_bulletins,
    refuse_to_overwrite,
)
from bulletin_lint.cli.progress import MANY_FILES, Progress, progress_for
from bulletin_lint.cli.sheet_file import write_sheet
from bulletin_lint.cli.stage_times import stage_times
from bulletin_lint.cli.watching import snapshot
from bulletin_lint.config.settings import Settings
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str = "x") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")
    return name


# --- Copies with comments --------------------------------------------------------------------------------


def source(path: str, kind: str = "docx", *, explicit: bool = True, data: bytes | None = None) -> SourceFile:
    return SourceFile(path, kind, explicit=explicit, data=data)


def asked(**options: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"annotate": None, "annotate_dir": None, "in_place": False, **options})


def refused(args: argparse.Namespace, *files: SourceFile) -> str:
    with pytest.raises(UsageError) as caught:
        targets_of(args, files)
    return caught.value.describe("en")


def test_without_an_option_no_copy_is_made() -> None:
    assert targets_of(asked(), [source("1.docx")]) == []


@pytest.mark.parametrize(
    ("folder", "path", "copy"),
    [
        ("out", "1.docx", "out/1.docx"),
        ("out", "a/1.docx", "out/a/1.docx"),
        ("out", "./a/1.docx", "out/a/1.docx"),
        ("out", "a//./1.docx", "out/a/1.docx"),
        ("out", "../a/1.docx", "out/1.docx"),
        ("out", "a/../1.docx", "out/1.docx"),
        ("out", "/x/a/1.docx", "out/1.docx"),
    ],
)
def test_where_in_a_folder_a_copy_goes(folder: str, path: str, copy: str) -> None:
    assert targets_of(asked(annotate_dir=folder), [source(path)]) == [
        CopyTarget(source(path), copy, is_in_place=False)
    ]


def test_of_several_files_those_that_hold_comments_get_copies() -> None:
    files = [source("1.docx"), source("2.md", "text"), source("3.pdf", "pdf"), source("4.html", "html")]
    assert [target.path for target in targets_of(asked(annotate_dir="o"), files)] == ["o/1.docx", "o/3.pdf"]
    # Into a PDF itself nothing is written.
    assert targets_of(asked(in_place=True), files) == [CopyTarget(files[0], "1.docx", is_in_place=True)]


def test_where_no_file_holds_comments_that_is_said() -> None:
    said = refused(asked(annotate_dir="o"), source("1.md", "text"))
    assert said.startswith("there is no file to annotate (")
    assert ".pdf" in said
    assert ".docx" in said
    assert ".pdf" not in refused(asked(in_place=True), source("1.pdf", "pdf"))
    assert "there is no file to annotate" in refused(asked(annotate="o.docx"))


def test_one_copy_is_of_one_file() -> None:
    assert targets_of(asked(annotate="o.DOCX"), [source("1.docx")]) == [
        CopyTarget(source("1.docx"), "o.DOCX", is_in_place=False)
    ]
    assert "writes one document, and there are 2 files" in refused(
        asked(annotate="o.docx"), source("1.docx"), source("2.md", "text")
    )
    assert "o.pdf does not end in .docx" in refused(asked(annotate="o.pdf"), source("1.docx"))
    assert "o.docx does not end in .pdf" in refused(asked(annotate="o.docx"), source("1.pdf", "pdf"))


def test_a_copy_is_the_file_itself_only_where_that_is_said(office: Path) -> None:
    write("1.docx")
    (office / "link.docx").symlink_to("1.docx")
    for name in ("1.docx", "./1.docx", "link.docx"):
        assert "is the file to check; write into another one" in refused(
            asked(annotate=name), source("1.docx")
        )
        both = targets_of(asked(annotate=name, in_place=True), [source("1.docx")])
        assert [(target.path, target.is_in_place) for target in both] == [(name, True)]
    assert "--in-place writes into the file itself" in refused(
        asked(annotate="2.docx", in_place=True), source("1.docx")
    )
    # What came by standard input is no file, whatever it is called.
    (target,) = targets_of(asked(annotate="1.docx"), [source("1.docx", data=b"x")])
    assert not target.is_in_place
    assert "standard input cannot be annotated in place" in refused(
        asked(in_place=True), source("1.docx", data=b"x")
    )


def test_two_copies_have_two_names() -> None:
    said = refused(asked(annotate_dir="o"), source("../1.docx"), source("/x/1.docx"))
    assert (
        said == "the copies of ../1.docx and /x/1.docx would have one name (o/1.docx); run them one by one."
    )
    assert len(targets_of(asked(annotate_dir="o"), [source("1.docx"), source("a/1.docx")])) == 2


@pytest.mark.parametrize("mark", ["~$1号文.docx", "~$文.docx", ".~lock.1号文.docx#", ".~1号文.docx"])
def test_a_file_that_is_open_is_not_written(mark: str) -> None:
    write(f"o/{mark}")
    said = refused(asked(annotate_dir="o"), source("1号文.docx"))
    assert said == f"o/1号文.docx is open in Word or WPS (beside it there is {mark}); close it first."
    assert targets_of(asked(annotate_dir="p"), [source("1号文.docx")])


def test_a_document_that_was_named_is_mended_in_a_copy_only() -> None:
    assert refuse_fix_alone([source("1.md", "text"), source("1.pdf", "pdf")]) is None
    with pytest.raises(UsageError, match=r"--fix does not write into 2\.docx"):
        refuse_fix_alone([source("1.docx", explicit=False), source("2.docx")])
    one = refuse_fix_alone([source("1.docx", explicit=False), source("1.md", "text")])
    two = refuse_fix_alone([source("1.docx", explicit=False)] * 2)
    assert one is not None
    assert two is not None
    assert (one.zh[:2], one.en.partition(" not ")[0]) == ("1 ", "1 Word document")
    assert (two.zh[:2], two.en.partition(" not ")[0]) == ("2 ", "2 Word documents")


# --- What is not written over ----------------------------------------------------------------------------


def test_the_files_that_settings_consist_of_are_kept(office: Path) -> None:
    here = str(office)
    settings = Settings(
        path=write(f"{here}/bulletin-lint.yaml"), folder=here, series={"register": "r.csv"}, extends=("jianbao", "./p.yaml"),
    )  # fmt: skip
    assert [(kept.path, kept.what.en) for kept in kept_of(settings)] == [
        (f"{here}/bulletin-lint.yaml", "the settings file")
    ]
    for name in ("waivers.yaml", "r.csv", "p.yaml"):
        write(name)
    assert [(os.path.basename(kept.path), kept.what.en) for kept in kept_of(settings)] == [
        ("bulletin-lint.yaml", "the settings file"),
        ("waivers.yaml", "the waivers file"),
        ("r.csv", "the register"),
        ("p.yaml", "a rule pack"),
    ]


def test_waivers_above_are_kept_where_there_are_no_settings(office: Path) -> None:
    write("waivers.yaml")
    (office / "a").mkdir()
    inside = Settings(folder=str(office / "a"))
    assert [os.path.basename(kept.path) for kept in kept_of(inside)] == ["waivers.yaml"]
    assert kept_of(inside._replace(path=str(office / "a" / "none.yaml"))) == []


def test_what_is_read_is_not_written_over_whatever_it_is_called(office: Path) -> None:
    write("1.md")
    os.link("1.md", "hard")
    (office / "soft").symlink_to("1.md")
    (office / "dangling").symlink_to("none")
    kept = [Kept("1.md", INPUT), Kept("none", Wording("甲", "a thing"))]
    for path in ("1.md", "hard", "soft", f"{office}/1.md"):
        with pytest.raises(UsageError) as caught:
            refuse_to_overwrite([Target("--other", "2.md"), Target("--output", path)], kept)
        assert caught.value.describe("en").startswith(f"--output: {path} is a file to check, 1.md: it is not")
        assert f"--output：{path} 就是要检查的文件 1.md" in caught.value.describe("zh")
    with pytest.raises(UsageError, match=r"^--output: dangling is a thing, none"):
        refuse_to_overwrite([Target("--output", "dangling")], kept)
    refuse_to_overwrite([Target("--output", "2.md")], kept)
    refuse_to_overwrite([], kept)
    refuse_to_overwrite([Target("--output", "1.md")], [])
    # A device holds nothing that could be lost.
    refuse_to_overwrite([Target("--output", "/dev/null")], [Kept("/dev/null", INPUT)])
    refuse_to_overwrite([Target("--output", "a\0b")], kept)


OWN_PAGE = '<html><head><meta name="generator" content="bulletin-lint 1">'


@pytest.mark.parametrize(
    ("name", "content", "options", "is_refused"),
    [
        ("none.md", None, {}, False),
        ("1.md", "x", {}, True),
        ("1.MD", "x", {}, True),
        ("1.pdf", "x", {}, True),
        ("1.doc", "x", {}, True),
        ("1.txt", "x", {}, True),
        ("1.json", "x", {}, False),
        ("1", "x", {}, False),
        ("1.html", "x", {}, True),
        ("1.html", OWN_PAGE, {}, False),
        ("1.html", "x" * 4096 + OWN_PAGE, {}, True),
        ("1.html", "x", {"pages": False}, False),
        ("1.md", "x", {"pages": False}, True),
        ("1.docx", "x", {"is_document": True}, False),
        ("1.doc", "x", {"is_document": True}, True),
        ("1.docx", "x", {}, True),
    ],
)
def test_what_may_be_a_bulletin_is_not_written_over(
    name: str, content: str | None, options: dict[str, bool], *, is_refused: bool
) -> None:
    if content is not None:
        write(name, content)
    if not is_refused:
        refuse_bulletins([Target("--output", name)], Settings(), **options)
        return
    with pytest.raises(UsageError) as caught:
        refuse_bulletins([Target("--output", name)], Settings(), **options)
    assert caught.value.describe("en").startswith(f"--output: {name} is there already and may be a bulletin")
    assert f"--output：{name} 已经存在，可能是一期简报" in caught.value.describe("zh")


def test_what_the_settings_call_a_bulletin_is_one(office: Path) -> None:
    write("a/1.data")
    settings = Settings(folder=str(office), bulletins=("a/*.data",))
    with pytest.raises(UsageError):
        refuse_bulletins([Target("--output", "a/1.data")], settings, is_document=True)
    refuse_bulletins([Target("--output", "a/1.data")], settings._replace(exclude=("a",)))
    refuse_bulletins([Target("--output", "a/1.data")], settings._replace(bulletins=("b/*.data",)))
    refuse_bulletins([Target("--output", "a")], settings)


# --- Sheets ----------------------------------------------------------------------------------------------


def test_a_sheet_goes_over_the_same_sheet_of_another_time_only() -> None:
    write_sheet("a/b/s.html", "<p>甲<time>1</time></p>", force=False)
    assert Path("a/b/s.html").read_text("utf-8") == "<p>甲<time>1</time></p>"
    write_sheet("a/b/s.html", "<p>甲<time>2 later</time></p>", force=False)
    assert "2 later" in Path("a/b/s.html").read_text("utf-8")
    for other in ("<p>乙<time>2 later</time></p>", "<p>甲<time>2 later</time></p>.", "<p>甲"):
        with pytest.raises(UsageError) as caught:
            write_sheet("a/b/s.html", other, force=False)
        assert caught.value.describe("en").startswith(
            "a/b/s.html is there and holds something else: not over"
        )
    write_sheet("a/b/s.html", "<p>乙</p>", force=True)
    assert Path("a/b/s.html").read_text("utf-8") == "<p>乙</p>"
    write_sheet("s.html", "x", force=False)
    assert Path("s.html").read_text("utf-8") == "x"


def test_a_sheet_that_cannot_be_written_is_told_with_the_reason(office: Path) -> None:
    (office / "s.html").mkdir()
    write("file")
    for path in ("s.html", "file/s.html"):
        for force in (True, False):
            with pytest.raises(UsageError, match=f"^cannot write to {path} \\("):
                write_sheet(path, "x", force=force)


# --- Watching --------------------------------------------------------------------------------------------


def test_a_look_at_a_folder_sees_what_a_check_may_read() -> None:
    names = ("1.md", "a/2.PDF", "a/3.docx", "s.yaml", "t.yml", "p.toml", "r.csv", "4.txt")
    others = ("5.xyz", ".6.md", "~$7.docx", ".git/8.md", "a/.b/9.md", "~$c/1.md")
    for name in (*names, *others):
        write(name, name)
    found = snapshot(["."])
    assert sorted(found) == sorted(f"./{name}" for name in names)
    status = os.stat("1.md")
    assert found["./1.md"] == (4, status.st_mtime_ns)
    # A file that is named is looked at whatever it is; one that is not there is none.
    assert sorted(snapshot(["5.xyz", "none", "a\0b", "a"])) == ["5.xyz", "a/2.PDF", "a/3.docx"]
    assert snapshot([]) == {}


def test_a_file_that_is_gone_hides_none_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("0.md", "1.md", "2.md"):
        Path(name).write_text("甲", encoding="utf-8")
    # A link to nothing looks like a file that somebody deletes at that moment.
    Path("1.md").unlink()
    Path("1.md").symlink_to("nothing")

    assert sorted(snapshot(["."])) == ["./0.md", "./2.md"]
    monkeypatch.setattr(os, "walk", lambda place: [(place, [], ["1.md", "0.md", "2.md"])])
    assert sorted(snapshot(["."])) == ["./0.md", "./2.md"]


# --- Streams ---------------------------------------------------------------------------------------------


class Told(io.TextIOWrapper):
    """A stream that notes how it was set."""

    def __init__(self, encoding: str, errors: str = "strict") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, errors=errors)


@pytest.mark.parametrize(
    ("encoding", "errors", "expected"),
    [
        ("utf-8", "strict", ("utf-8", "backslashreplace")),
        ("gbk", "strict", ("gbk", "backslashreplace")),
        ("ascii", "strict", ("utf-8", "backslashreplace")),
        ("latin-1", "surrogateescape", ("utf-8", "backslashreplace")),
        *(("gbk", each, ("gbk", each)) for each in ("ignore", "namereplace", "replace", "xmlcharrefreplace")),
    ],
)
def test_a_stream_shows_what_its_encoding_has_not_escaped(
    encoding: str, errors: str, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, Told(encoding, errors))
    streams.make_safe()
    assert [(stream.encoding, stream.errors) for stream in (sys.stdout, sys.stderr)] == [expected] * 2


def test_a_stream_that_was_closed_is_the_null_device(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.make_safe()
    opened = [sys.stdin, sys.stdout, sys.stderr]
    assert [stream.name for stream in opened] == [os.devnull] * 3
    assert [stream.mode for stream in opened] == ["r", "w", "w"]
    for stream in opened:
        stream.close()


@pytest.mark.parametrize("code", [errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF])
def test_what_goes_wrong_with_a_stream_is_no_mistake_of_a_file(code: int) -> None:
    assert streams.is_lost(OSError(code, "x"))
    assert not streams.is_lost(OSError(code, "x", "1.md"))


def test_other_errors_are_not_of_streams() -> None:
    assert not streams.is_lost(OSError(errno.ENOENT, "x"))
    assert not streams.is_lost(ValueError("x"))


def test_streams_that_cannot_be_written_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed += 1
            raise OSError(errno.ENOSPC, "no space")

    full, good = Full(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", full)
    monkeypatch.setattr(sys, "stderr", good)
    with pytest.raises(OSError, match="no space"):
        streams.flush()
    streams.let_go()
    assert full.flushed == 2
    good.write("still there")


# --- Bars and times --------------------------------------------------------------------------------------


class Bar:
    """In place of the bar that people see."""

    made: list[Bar]

    def __init__(self, **given: Any) -> None:
        self.given, self.moves, self.is_closed, self.postfix = given, list[int](), False, ""
        Bar.made.append(self)

    def update(self, count: int) -> None:
        self.moves.append(count)

    def set_postfix_str(self, text: str) -> None:
        self.postfix = text

    def close(self) -> None:
        self.is_closed = True


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    import tqdm

    now = {"now": 100.0}
    Bar.made = []
    monkeypatch.setattr(tqdm, "tqdm", type("tqdm", (Bar,), {}))
    monkeypatch.setattr(time, "monotonic", lambda: now["now"])
    return now


def test_of_many_files_a_bar_is_shown_at_once(clock: dict[str, float]) -> None:
    many = Progress(MANY_FILES, is_slow=False)
    for _ in range(3):
        many()
    many.close()
    (bar,) = Bar.made
    assert (bar.given["total"], bar.given["initial"], bar.given["leave"]) == (20, 1, False)
    assert (bar.moves, bar.is_closed) == ([1, 1], True)


def test_of_few_files_a_bar_is_shown_where_they_are_slow_and_somebody_waits(clock: dict[str, float]) -> None:
    quick, slow = Progress(MANY_FILES - 1, is_slow=False), Progress(2, is_slow=True)
    clock["now"] += progress.PATIENCE - 0.001
    quick()
    slow()
    assert Bar.made == []
    clock["now"] += 0.001
    quick()
    slow()
    assert [bar.given["initial"] for bar in Bar.made] == [2]
    quick.close()
    slow.close()
    assert Bar.made[0].is_closed


def test_a_bar_is_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_for(100, is_slow=True) is None
    monkeypatch.setattr(sys, "stderr", Screen())
    assert isinstance(progress_for(1, is_slow=False), Progress)


def test_a_log_gets_a_line_a_minute(clock: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    told = ArchiveProgress("en")
    clock["now"] += 1000
    told.listed(10_000)
    told.done(1000, 0, is_new=False)
    clock["now"] += 30
    told.done(2000, 3, is_new=True)
    assert log.getvalue() == ""
    clock["now"] += 30
    told.done(1000, 1, is_new=True)
    # Three thousand in a minute, and six thousand to do.
    assert log.getvalue() == "4,000/10,000 files, 3 parts, 50.0 files/s, 4 not checked, about 2 min left\n"
    clock["now"] += 59
    told.done(1, 0, is_new=True)
    assert len(log.getvalue().splitlines()) == 1
    told.judging()
    assert log.getvalue().splitlines()[1:] == ["all parts done, judging the series …"]
    told.interrupted()
    assert log.getvalue().splitlines()[2:] == [
        "interrupted; the 4 parts that are done are kept: the same command goes on."
    ]
    assert Bar.made == []
    assert archive_progress._EVERY == 60.0


@pytest.mark.parametrize(
    ("total", "is_new", "is_told"), [(1000, True, False), (1001, True, True), (1001, False, False)]
)
def test_that_series_are_judged_is_told_where_it_takes_time(
    total: int, clock: dict[str, float], monkeypatch: pytest.MonkeyPatch, *, is_new: bool, is_told: bool
) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    told = ArchiveProgress("en")
    told.listed(total)
    told.done(total, 0, is_new=is_new)
    told.judging()
    assert bool(log.getvalue()) is is_told


def test_where_nothing_is_new_no_time_is_foretold(
    clock: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    told = ArchiveProgress("zh")
    told.listed(10)
    clock["now"] += 60
    told.done(5, 0, is_new=False)
    assert log.getvalue() == "5/10 份，1 个部分，每秒 0.0 份，没有查成 0 份，约余 0 分钟\n"


def test_on_a_terminal_a_bar_says_what_was_not_checked(
    clock: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    told = ArchiveProgress("en")
    told.listed(10)
    clock["now"] += 600
    told.done(4, 1, is_new=True)
    told.done(3, 1, is_new=False)
    (bar,) = Bar.made
    assert (bar.given["total"], bar.given["unit"], bar.given["leave"]) == (10, " files", False)
    assert (bar.moves, bar.postfix, screen.getvalue()) == ([4, 3], "not checked 2", "")
    told.close()
    told.close()
    assert bar.is_closed


def test_each_stage_is_told_in_milliseconds() -> None:
    marks = [("begin", 1.0), ("prepare", 1.25), ("check", 3.0), ("fix", 3.0), ("annotate", 3.0006)]
    assert stage_times(marks, 7) == Wording(
        "用了 7 条规则；用时：准备 250 毫秒，检查 1750 毫秒，修复 0 毫秒，批注 1 毫秒。",
        "7 rules; time: prepare 250 ms, check 1750 ms, fix 0 ms, annotate 1 ms.",
    )
