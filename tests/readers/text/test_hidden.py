"""What Markdown hides is hidden in Markdown; a text that is printed as it stands hides nothing but waivers."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bulletin_lint.readers.text.hidden import without_definitions
from bulletin_lint.readers.text.reader import read_text
from harness import Command

WORDS = "二月三十一日村里放水"
HIDING = {
    "comment": f"<!-- {WORDS} -->",
    "fence": f"```\n{WORDS}\n```",
    "picture": f"![{WORDS}](a.png)",
    "address": f"[渠水]({WORDS}.)",
    "tag": f"渠水<b {WORDS}>清了</b>",
    "front matter": f"---\ntitle: {WORDS}\n---",
    "front matter of quoted lines": f'---\ntitle: "水渠\n{WORDS}"\nrank: 1\n---',
    "front matter of TOML": f'+++\ntitle = """\n{WORDS}\n"""\nrank = 1\n+++',
    "front matter of plain TOML": f"+++\ntitle = '''{WORDS}，\n{WORDS}'''\n+++",
    "front matter of lists": f'+++\ntags = [\n"水渠 [一",\n"{WORDS}",\n]\n+++',
}


def content(path: str, text: str) -> str:
    reading = read_text(path, text.encode())
    return "\n".join(
        "".join(reading.text[start:end] for start, end in line.pieces)
        for line in reading.lines
        if line.kind in ("text", "table")
    )


@pytest.mark.parametrize("form", HIDING)
def test_a_printed_text_is_read_whole(form: str) -> None:
    text = f"{HIDING[form]}\n\n村里的水渠修好了。\n"

    assert WORDS in content("9.txt", text)
    assert WORDS in content("9.TXT", text)
    assert WORDS not in content("9.md", text)


def test_a_string_that_never_ends_makes_no_front_matter() -> None:
    assert "村里放水" in content("9.md", '+++\ntitle = """\n村里放水\n+++\n\n水渠修好了。\n')


def test_marks_without_words_are_marks_in_both() -> None:
    text = "**水渠**修好了，见[公告](https://example.org/9)。\n"

    assert content("9.txt", text) == content("9.md", text) == "水渠修好了，见公告。"


def test_a_waiver_in_a_printed_text_is_none_of_its_words() -> None:
    text = "<!-- bulletin-lint: ignore-file[PUN010] 旧稿如此 -->\n\n村里的水渠修好了。\n"

    assert content("9.txt", text) == "村里的水渠修好了。"


def test_the_same_characters_under_two_names_are_not_taken_for_each_other(
    command: Command, tmp_path: Path
) -> None:
    """What was found in Markdown is kept, and must not be what is said of the text."""
    text = "镇简报\n第9期\n镇办公室　　2026年3月5日\n\n水渠修好\n\n```\n村里2月31日放水。\n```\n\n村里修好水渠。（镇水利站）\n"
    found = {}
    for name in ("9.md", "9.txt", "9.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        report = json.loads(command("check", path, "--isolated", "--format", "json").out)
        found[name] = [each["code"] for each in report["violations"]].count("DAT005")

    assert found == {"9.md": 0, "9.txt": 1}


def seconds_a_link(count: int) -> float:
    """Processor time for each of so many links with their targets below all of them, the least of three runs."""
    links = "".join(f"各村见[手册{number}][m{number}]。\n" for number in range(count))
    targets = "".join(f"[m{number}]: https://example.org/{number}\n" for number in range(count))
    spent = []
    for _ in range(3):
        start = time.process_time()
        without_definitions(f"{links}\n{targets}")
        spent.append(time.process_time() - start)
    return min(spent) / count


def test_targets_below_take_as_long_as_they_are_many() -> None:
    """Eight times as many took eight times as long each, two and a half minutes for 2 MB."""
    assert seconds_a_link(8_000) < 3 * seconds_a_link(1_000)
