from __future__ import annotations

import io
import os
import socket
import sys
import time
from pathlib import Path

import pytest

from bulletin_lint.config.globs import Globs
from bulletin_lint.engine.discovery import Discovery, discover
from bulletin_lint.engine.unread_files import unread_wording
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import READERS, content_of, searched_suffixes
from bulletin_lint.readers.reader_info import ReaderInfo


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*paths: str, text: str = "第 11 期\n") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def rows() -> dict[str, ReaderInfo]:
    """The readers' table, to put a row in."""
    assert isinstance(READERS, dict)
    return READERS


def found(discovery: Discovery) -> list[str]:
    return [file.path for file in discovery.files]


def failed(discovery: Discovery) -> dict[str, str]:
    return {error.path: str(error) for error in discovery.failures}


def only_failure(*paths: str) -> str:
    discovery = discover(paths)
    assert discovery.files == ()
    (error,) = discovery.failures
    # Each language is whole by itself.
    assert error.wording.zh.isascii() is False
    assert error.wording.en.isascii()
    assert error.path == paths[0]
    return str(error)


# Named files


def test_named_files_keep_their_names_and_are_sorted() -> None:
    make("2020/12.md", "2020/11.md", "a.pdf")
    assert discover(["a.pdf", "2020/12.md", "./2020//11.md"]) == Discovery(
        (
            SourceFile("2020/11.md", "text", explicit=True),
            SourceFile("2020/12.md", "text", explicit=True),
            SourceFile("a.pdf", "pdf", explicit=True),
        ),
        (),
    )


def test_an_absolute_path_stays_absolute(folder: Path) -> None:
    make("11.md")
    assert [str(folder / "11.md")] == found(discover([str(folder / "11.md")]))
    assert [str(folder / "11.md")] == found(discover([str(folder)]))


@pytest.mark.parametrize(
    ("name", "kind"), [("11.MD", "text"), ("11.txt", "text"), ("11.markdown", "text"), ("11.PDF", "pdf")]
)
def test_the_suffix_tells_the_kind(name: str, kind: str) -> None:
    make(name)
    assert [kind] == [file.kind for file in discover([name]).files]


@pytest.mark.parametrize(
    ("content", "kind"), [("%PDF-1.7", "pdf"), ("\n%PDF-1.4", "pdf"), ("第11期", "text")]
)
def test_without_a_known_suffix_the_content_tells_the_kind(content: str, kind: str) -> None:
    make("简报", "11.bulletin", text=content)
    assert [kind, kind] == [file.kind for file in discover(["简报", "11.bulletin"]).files]


def test_a_missing_file_does_not_keep_others_from_being_checked() -> None:
    make("11.md")
    discovery = discover(["11.md", "12.md", "11.md/13.md"])
    assert ["11.md"] == found(discovery)
    assert dict.fromkeys(["12.md", "11.md/13.md"], "no such file or folder.") == failed(discovery)
    assert ["11.md/13.md", "12.md"] == [error.path for error in discovery.failures]


def test_a_file_named_twice_is_checked_once() -> None:
    make("2020/11.md")
    assert ["2020/11.md"] == found(discover(["2020/11.md", "./2020/11.md", "2020/../2020/11.md"]))


def test_a_named_file_wins_over_the_same_file_found() -> None:
    make("2020/11.md", "2020/12.md")
    Path("newest.md").symlink_to("2020/12.md")
    assert [("2020/11.md", False), ("newest.md", True)] == [
        (file.path, file.explicit) for file in discover(["2020", "newest.md"]).files
    ]


def read_suffixes() -> str:
    """The suffixes of which messages say that they are read."""
    *some, last = [suffix for info in READERS.values() for suffix in info.searched]
    return f"{', '.join(some)} and {last}"


@pytest.mark.parametrize("suffix", [".ofd", ".OFD"])
def test_kinds_that_are_not_read_are_named(suffix: str) -> None:
    make(f"11{suffix}")
    message = only_failure(f"11{suffix}")
    assert f"({suffix.lower()}): {read_suffixes()} are read; save it as PDF or as UTF-8 text." in message


def test_a_pipe_is_refused_without_opening_it() -> None:
    os.mkfifo("11.md")
    assert "not a regular file" in only_failure("11.md")


def test_a_socket_and_a_device_are_refused() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("11.txt")
        assert "not a regular file" in only_failure("11.txt")
    assert "not a regular file" in only_failure("/dev/null")


def test_links_that_lead_nowhere() -> None:
    Path("gone.md").symlink_to("nothing.md")
    Path("loop.md").symlink_to("loop.md")
    assert "the symbolic link leads to no file." == only_failure("gone.md")
    assert "the symbolic links lead in a circle." == only_failure("loop.md")


def test_a_path_that_cannot_be_one() -> None:
    assert "not a valid path." == only_failure("11\0.md")
    assert "the path is too long." == only_failure("1" * 300)


def test_an_unreadable_file_without_suffix(monkeypatch: pytest.MonkeyPatch) -> None:
    make("简报")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert "permission denied." == only_failure("简报")


# Folders


def test_a_folder_is_searched_for_the_kinds_that_are_read() -> None:
    make("2020/b/2.pdf", "2020/a.TXT", "2020/1.md", "2020/c.docx", "2020/photo.jpg", "2020/说明.markdown")
    discovery = discover(["2020"])
    assert ["2020/1.md", "2020/a.TXT", "2020/b/2.pdf", "2020/c.docx", "2020/说明.markdown"] == found(
        discovery
    )
    assert [False] * 5 == [file.explicit for file in discovery.files]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (".", "2020/1.md"),
        ("./", "2020/1.md"),
        ("2020/", "2020/1.md"),
        ("./2020", "2020/1.md"),
        ("2020/../2020", "2020/../2020/1.md"),
    ],
)
def test_files_are_shown_below_the_folder_as_given(given: str, expected: str) -> None:
    make("2020/1.md")
    assert [expected] == found(discover([given]))


def test_documents_in_forms_that_are_not_read_are_kept_apart() -> None:
    make("2020/1.md", "2020/2.doc", "2020/b/3.WPS", "2020/~$2.doc", "2020/.hidden.doc", "2020/photo.jpg")

    assert ("2020/2.doc", "2020/b/3.WPS") == discover(["2020"]).unread
    assert () == discover(["2020"], exclude=["**/*.doc", "b/**", "2020/b/**"]).unread
    Path("2020/.gitignore").write_text("*.doc\n", encoding="utf-8")
    assert ("2020/b/3.WPS",) == discover(["2020"]).unread


def test_what_word_lays_beside_an_open_document_is_no_document() -> None:
    make("2.docx", "~$2.docx", "3.docm")

    assert ["2.docx", "3.docm"] == found(discover(["."]))
    assert ["2.docx"] == found(discover(["."], globs=["*.docx"]))


def test_with_globs_only_a_document_in_the_place_of_a_bulletin_is_unread() -> None:
    make("2020/1.md", "2020/2.doc", "docs/manual.doc")

    assert ("2020/2.doc",) == discover(["."], globs=["2020/*.md"]).unread


def test_a_form_that_a_reader_reads_is_no_longer_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    make("2020/1.md", "2020/2.odt")
    row = READERS["text"]._replace(suffixes=(".odt",), searched=(".odt",))
    monkeypatch.setitem(rows(), "office", row)

    discovery = discover(["2020"])

    assert ["2020/1.md", "2020/2.odt"] == found(discovery)
    assert () == discovery.unread


def test_a_folder_of_documents_that_are_not_read_says_so() -> None:
    make("2020/第8期.DOC", "2020/第9期.doc", "2020/封面.ofd")

    (error,) = discover(["2020"]).failures

    assert error.wording.zh == (
        "文件夹里没有可检查的文件：2 份 Word 文档没有检查：2020/第8期.DOC、2020/第9期.doc；"
        "1 份 OFD 版式文件没有检查：2020/封面.ofd。"
        "不能读的格式，请另存为 PDF 或 UTF-8 文本后再检查。"
        "旧格式要先转换，不在文件夹里自动检查；请另存为 .docx，或直接写出文件名。"
    )
    assert () == discover(["2020"]).unread


def test_of_many_unread_documents_the_first_are_named() -> None:
    paths = [f"{number}.doc" for number in range(1, 8)]

    wording = unread_wording(paths, besides=True)

    assert wording.zh.startswith("另有 7 份 Word 文档没有检查：1.doc、2.doc、3.doc、4.doc、5.doc 等。")
    assert wording.en.startswith("7 Word documents were not checked: 1.doc, ")


@pytest.mark.parametrize("name", ["第7期.docx", "第7期.txt"])
def test_a_name_without_its_hidden_extension_is_answered_with_the_file(name: str) -> None:
    make(f"2020/{name}")

    (error,) = discover(["2020/第7期"]).failures

    assert f"没有这个文件或文件夹。是不是 2020/{name}？请连同扩展名写出。" == error.wording.zh


@pytest.mark.parametrize("given", ["第7期.doc", "第7期.", "第7期.PDF"])
def test_a_name_with_another_extension_is_answered_with_the_file(given: str) -> None:
    make("2020/第7期.docx", "2020/第7期.zip", "2020/第70期.docx")

    (error,) = discover([f"2020/{given}"]).failures

    assert "没有这个文件或文件夹。是不是 2020/第7期.docx？请连同扩展名写出。" == error.wording.zh


def test_what_stands_behind_a_point_in_a_name_is_not_always_an_extension() -> None:
    make("3.docx")

    (error,) = discover(["3.15"]).failures

    assert "没有这个文件或文件夹。" == error.wording.zh


def test_of_many_files_with_other_extensions_five_are_named() -> None:
    names = [f"第7期.{ending}" for ending in ("docx", "htm", "html", "md", "odt", "pdf", "txt")]
    make(*names)

    (error,) = discover(["第7期"]).failures

    assert f"是不是 {'、'.join(names[:5])}？" in error.wording.zh
    assert f"Did you mean {' or '.join(names[:5])}?" in error.wording.en


def test_hidden_and_foreign_folders_are_skipped() -> None:
    make(
        ".git/a.md", ".venv/a.md", ".hidden/a.md", "node_modules/a.md", "x/__pycache__/a.md", ".a.md", "a.md"
    )
    assert ["a.md"] == found(discover(["."]))
    # Unless it is they that are named.
    assert [".hidden/a.md"] == found(discover([".hidden"]))


def test_a_folder_with_nothing_to_check_is_a_failure() -> None:
    make("empty/photo.jpg")
    message = only_failure("empty")
    looked_for = ", ".join(sorted(f"*{suffix}" for suffix in searched_suffixes()))
    assert message.startswith(f"nothing to check in this folder: looked for {looked_for},")
    assert "looked for *.bul," in failed(discover(["empty"], globs=["*.bul"]))["empty"]


def test_a_folder_of_which_all_is_excluded_is_a_failure_that_says_so() -> None:
    make("a/1.md", "b/2.md")
    ending = "but what exclude in its settings leaves out."
    assert failed(discover(["a"], exclude=["a/*"]))["a"].endswith(ending)
    assert failed(discover(["a"], exclude=["a"]))["a"].endswith(ending)
    assert discover(["."], exclude=["a"]).emptied == ()


def test_a_folder_whose_files_were_found_already_is_no_failure() -> None:
    make("2020/11.md")
    assert Discovery((SourceFile("2020/11.md", "text", explicit=True),), ()) == discover(
        ["2020/11.md", "2020", "."]
    )


def test_folder_loops_end() -> None:
    make("2020/11.md")
    Path("2020/again").symlink_to("..")
    Path("2020/a").symlink_to("b")
    Path("2020/b").symlink_to("a")
    assert Discovery((SourceFile("2020/11.md", "text", explicit=False),), ()) == discover(["."])


def test_linked_folders_are_searched_and_a_files_own_name_is_shown() -> None:
    make("real/11.md", "../outside/12.md")
    Path("a").symlink_to("real")
    Path("b").symlink_to("../outside")
    Path("0.md").symlink_to("real/11.md")
    assert ["0.md", "b/12.md"] == found(discover(["."]))


def test_a_link_to_nothing_in_a_folder_is_reported() -> None:
    make("2020/11.md")
    Path("2020/12.md").symlink_to("gone")
    Path("2020/13.md").symlink_to("13.md")
    discovery = discover(["2020"])
    assert ["2020/11.md"] == found(discovery)
    assert {
        "2020/12.md": "the symbolic link leads to no file.",
        "2020/13.md": "the symbolic links lead in a circle.",
    } == failed(discovery)


def test_a_pipe_in_a_folder_is_named_and_not_opened() -> None:
    make("2020/11.md")
    os.mkfifo("2020/12.md")
    Path("2020/13.md").symlink_to("12.md")
    os.mkfifo("2020/orders")
    discovery = discover(["2020"])
    assert ["2020/11.md"] == found(discovery)
    refused = "not a regular file (a folder, pipe, device or socket): not read."
    assert {"2020/12.md": refused, "2020/13.md": refused} == failed(discovery)


def test_an_unreadable_folder_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    make("2020/11.md", "2020/secret/12.md")
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("secret"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    discovery = discover(["2020"])
    assert (["2020/11.md"], {"2020/secret": "permission denied."}) == (found(discovery), failed(discovery))


def test_no_paths_lead_nowhere() -> None:
    assert Discovery((), ()) == discover([])


# What is looked for


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        (["**/*.md"], ["1.md", "2020/2.md", "2020/q1/3.md"]),
        (["*.md"], ["1.md", "2020/2.md", "2020/q1/3.md"]),
        (["/*.md"], ["1.md"]),
        (["2020/*.md"], ["2020/2.md"]),
        (["2020/**"], ["2020/2.md", "2020/q1/3.md", "2020/q1/4.pdf"]),
        (["**/q?/*.{md,pdf}"], ["2020/q1/3.md", "2020/q1/4.pdf"]),
        (["./2020/[!1]*.md"], ["2020/2.md"]),
        (["2020/*.md", "1.*"], ["1.md", "2020/2.md"]),
    ],
)
def test_globs(globs: list[str], expected: list[str]) -> None:
    make("1.md", "2020/2.md", "2020/q1/3.md", "2020/q1/4.pdf")
    assert expected == found(discover(["."], globs=globs))


def test_globs_start_at_the_configurations_folder() -> None:
    make("office/2020/1.md", "office/drafts/2.md", "office/bulletin-lint.yaml")
    assert ["office/2020/1.md"] == found(discover(["office"], globs=["2020/*.md"], root="office"))
    os.chdir("office/2020")
    assert ["1.md"] == found(discover(["."], globs=["2020/*.md"], root=".."))


def test_globs_may_name_kinds_of_their_own() -> None:
    make("1.bul", "2.ofd", "3.doc")
    discovery = discover(["."], globs=["*.bul", "*.ofd", "*.doc"])
    assert (["1.bul", "3.doc"], ["2.ofd"]) == (found(discovery), list(failed(discovery)))


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [
        (["drafts"], ["1.md", "2020/2.md"]),
        (["drafts/"], ["1.md", "2020/2.md"]),
        (["2020/drafts"], ["1.md", "2020/2.md"]),
        (["/drafts"], ["1.md", "2020/2.md", "2020/drafts/3.md"]),
        (["2.md"], ["1.md", "2020/drafts/3.md"]),
        (["2020/*"], ["1.md"]),
        (["**/3.md"], ["1.md", "2020/2.md"]),
        (["[2.md"], ["1.md", "2020/2.md", "2020/drafts/3.md"]),
    ],
)
def test_exclude(exclude: list[str], expected: list[str]) -> None:
    make("1.md", "2020/2.md", "2020/drafts/3.md")
    assert expected == found(discover(["."], exclude=exclude))


def test_exclude_spares_what_is_named_unless_forced() -> None:
    make("drafts/1.md", "2.md")
    paths = ["drafts/1.md", "2.md"]
    assert ["2.md", "drafts/1.md"] == found(discover(paths, exclude=["drafts"]))
    forced = discover(paths, exclude=["drafts"], force_exclude=True)
    assert (["2.md"], (), ("drafts/1.md",)) == (found(forced), forced.failures, forced.excluded)
    forced = discover(["drafts"], exclude=["drafts"], force_exclude=True)
    assert Discovery((), (), ("drafts",)) == forced


def test_an_excluded_folder_that_is_searched_by_name_has_nothing_to_check() -> None:
    make("drafts/1.md")
    assert ["drafts"] == list(failed(discover(["drafts"], exclude=["drafts"])))


def test_patterns_reach_files_outside_of_the_configurations_folder() -> None:
    make("office/1.md", "drafts/2.md", "other/3.md")
    assert ["drafts", "other/3.md"] == sorted(
        path
        for discovery in [discover(["drafts", "other"], exclude=["drafts"], root="office")]
        for path in [*found(discovery), *failed(discovery)]
    )


def test_the_globs_of_a_windows_user() -> None:
    assert Globs(["2020\\*.md"]).matches("2020/1.md")


# Ignore files


def test_gitignore_is_honoured_at_every_level() -> None:
    make(
        "1.md",
        "draft-2.md",
        "2020/draft-3.md",
        "2020/4.md",
        "2020/old/5.md",
        "2020/q1/old/6.md",
        "build/7.md",
    )
    make(".gitignore", text="draft-*\nbuild/\n")
    make("2020/.gitignore", text="!draft-3.md\n/old/\n4.*\n")
    assert ["1.md", "2020/draft-3.md", "2020/q1/old/6.md"] == found(discover(["."]))


def test_ignore_files_above_the_folder_hold_up_to_the_repositorys_top() -> None:
    make("a/repository/2020/1.md", "a/repository/2020/draft.md", "a/repository/2020/private.md")
    make("a/.gitignore", text="*\n")
    make("a/repository/.gitignore", text="2020/draft.md\n")
    make("a/repository/.git/info/exclude", text="private.md\n")
    assert ["a/repository/2020/1.md"] == found(discover(["a/repository/2020"]))


def test_gitignore_holds_for_found_files_only() -> None:
    make("draft.md", "1.md")
    make(".gitignore", text="draft.md\n")
    assert ["1.md", "draft.md"] == found(discover([".", "draft.md"]))


def test_a_pattern_that_git_does_not_understand_is_passed_over() -> None:
    make("1.md", "draft.md")
    make(".gitignore", text="!\n\xff\n# 注\ndraft.md\n")
    assert ["1.md"] == found(discover(["."]))


def test_a_folder_under_an_ignore_files_name() -> None:
    make("1.md", ".gitignore/x")
    assert ["1.md"] == found(discover(["."]))


def test_pathspec_waits_until_there_is_an_ignore_file(monkeypatch: pytest.MonkeyPatch) -> None:
    make("1.md")
    monkeypatch.delitem(sys.modules, "pathspec", raising=False)
    discover(["."])
    assert "pathspec" not in sys.modules


def test_many_files_are_found_quickly() -> None:
    for year in range(10):
        Path(f"{year}").mkdir()
        for number in range(200):
            Path(f"{year}/{number}.md").touch()
    started = time.process_time()
    assert 2000 == len(discover(["."]).files)
    assert time.process_time() - started < 2


# Standard input


class _Input:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "filename", "expected"),
    [
        (b"x", None, ("<stdin>", "text")),
        (b"%PDF-1.7", None, ("<stdin>", "pdf")),
        (b"x", "./2020/11.md", ("2020/11.md", "text")),
        (b"x", "11.pdf", ("11.pdf", "pdf")),
    ],
)
def test_standard_input(
    data: bytes, filename: str | None, expected: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(data))
    discovery = discover(["-", "-"], stdin_filename=filename)
    file = discovery.files[0]
    path, kind = expected
    assert [SourceFile(path, kind, explicit=True, data=data)] == list(discovery.files)
    assert data == content_of(file)


def test_standard_input_under_a_name_that_is_excluded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(b"x"))
    discovery = discover(["-"], stdin_filename="drafts/1.md", exclude=["drafts"], force_exclude=True)
    assert Discovery((), (), ("drafts/1.md",)) == discovery


def test_standard_input_of_a_kind_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(b"x"))
    assert ["11.ofd"] == list(failed(discover(["-"], stdin_filename="11.ofd")))


# Reading


def read_failure(file: SourceFile) -> str:
    with pytest.raises(SourceError) as raised:
        content_of(file)
    assert raised.value.path == file.path
    return str(raised.value)


def test_bytes_are_read_as_they_are(folder: Path) -> None:
    (folder / "11.md").write_bytes(b"\xef\xbb\xbf1\r\n")
    assert b"\xef\xbb\xbf1\r\n" == content_of(SourceFile("11.md", "text", explicit=True))


def test_a_file_that_went_away_or_changed() -> None:
    assert "no such file or folder." == read_failure(SourceFile("11.md", "text", explicit=True))
    Path("11.md").mkdir()
    assert "not a regular file" in read_failure(SourceFile("11.md", "text", explicit=True))


def test_an_unreadable_file(monkeypatch: pytest.MonkeyPatch) -> None:
    make("11.md", "12.md")

    def refuse(path: str, _mode: str) -> None:
        raise OSError({"11.md": 13, "12.md": 5}[path], "")

    monkeypatch.setattr("builtins.open", refuse)
    assert "permission denied." == read_failure(SourceFile("11.md", "text", explicit=True))
    assert "cannot be read (Input/output error)." == read_failure(SourceFile("12.md", "text", explicit=True))


def test_a_huge_file_is_refused_before_it_is_read(folder: Path) -> None:
    with open(folder / "11.md", "wb") as file:
        file.truncate(1 << 30)
    started = time.process_time()
    message = read_failure(SourceFile("11.md", "text", explicit=True))
    assert time.process_time() - started < 0.5
    assert message == "the file is larger than 2 MiB, hardly a bulletin; split it, or exclude it."
    assert "larger than 256 MiB" in read_failure(SourceFile("11.md", "pdf", explicit=True))


def test_a_file_that_grows_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    make("11.md", text="x" * 11)
    monkeypatch.setitem(rows(), "text", READERS["text"]._replace(size_limit=10))
    status = os.stat_result((0o100644, 0, 0, 1, 0, 0, 5, 0, 0, 0))
    monkeypatch.setattr(os, "stat", lambda _: status)
    assert "larger than" in read_failure(SourceFile("11.md", "text", explicit=True))


def test_standard_input_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rows(), "text", READERS["text"]._replace(size_limit=10))
    assert "larger than" in read_failure(SourceFile("<stdin>", "text", explicit=True, data=b"x" * 11))


def test_a_line_of_an_ignore_file_that_nobody_can_read_means_nothing(tmp_path: Path) -> None:
    """Git passes over `[z-a]`; it was an internal error."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("[z-a]\n2.md\n", "utf-8")
    for name in ("1.md", "2.md"):
        (tmp_path / name).write_text("第1期", "utf-8")

    found = discover([str(tmp_path)])

    assert [Path(source.path).name for source in found.files] == ["1.md"]
