"""The texts of a starting configuration: what is written of which habit, and what is left out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from bulletin_lint.cli.commands.init.observe import Habit, Labels, Numbering, Observed
from bulletin_lint.cli.commands.init.templates import (
    Files,
    called,
    hooks_text,
    pack_text,
    settings_text,
    summary,
)
from bulletin_lint.series.issue import IssueRecord

FILES = Files(("**/*.md",), r"^.*\.md$", ())


def numbering(**more: Any) -> Numbering:
    return Numbering(None, None, 0, 0, None, None, {})._replace(**more)


def labels(
    known: dict[str, Counter[str]] | None = None,
    new: dict[str, str] | None = None,
    unknown: Counter[str] | None = None,
) -> Labels:
    return Labels(known or {}, new or {}, unknown or Counter())


def observed(**more: Any) -> Observed:
    nothing = Observed(10, Counter(), {}, {}, (), (0, 0), labels(), numbering(), (), {})
    return nothing._replace(**more)


def written(seen: Observed, files: Files = FILES, language: Any = "en") -> Any:
    """The settings as a program reads them."""
    return yaml.safe_load(settings_text(seen, files, language))


def lines(seen: Observed, files: Files = FILES, language: Any = "en") -> list[str]:
    text = settings_text(seen, files, language)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    return text.splitlines()


def rows(seen: Observed, *, others: Any = (), unreadable: Any = (), language: Any = "en") -> dict[str, str]:
    """The summary, what is said by what it is said of; its first lines under nothing."""
    found: dict[str, str] = {"": ""}
    for line in summary(seen, FILES, others, unreadable, language).splitlines():
        name, _, said = line.strip().partition("  ")
        if line.startswith("  "):
            found[name] = said.strip()
        else:
            found[""] += line + "\n"
    return found


# --- Settings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_is_known_only_what_must_be_said_is_written(language: Any) -> None:
    assert written(observed(), language=language) == {
        "extends": ["jianbao"],
        "bulletins": ["**/*.md"],
        "required": [],
        "series": {"restarts": "auto"},
    }
    assert f"# language: {language}" in lines(observed(), language=language)
    assert "# fail-level: error" in lines(observed(), language=language)


def test_labels_of_the_house_take_in_its_pack() -> None:
    assert written(observed(labels=labels(new={"本室编辑": "editor"})))["extends"] == [
        "jianbao",
        "./house.yaml",
    ]


@pytest.mark.parametrize(("count", "is_written"), [(0, False), (1, True), (10, True), (11, False)])
def test_up_to_ten_files_are_left_out_one_by_one(count: int, *, is_written: bool) -> None:
    others = tuple(f"笔记 {number}: #.md" for number in range(count))
    found = written(observed(), FILES._replace(others=others))
    assert found.get("exclude") == (list(others) if is_written else None)


@pytest.mark.parametrize(
    ("signed", "house"), [((0, 3), "never"), ((1, 3), None), ((0, 0), None), ((3, 3), None)]
)
def test_a_house_that_never_signs_is_written_down(signed: tuple[int, int], house: str | None) -> None:
    found = observed(signed=signed)
    assert written(found).get("house") == house
    assert any("none of 3 does" in line for line in lines(found)) == (house is not None)


def test_what_is_required_stands_in_order_with_what_it_rests_on() -> None:
    found = observed(
        parts={"title": 10, "editor": 9, "fax": 3, "contact": 4, "copies": 1},
        blank={"editor": 2, "fax": 1},
        required=("title", "editor", "attribution"),
        signed=(18, 19),
        labels=labels({"editor": Counter({"责编": 3, "编辑": 7})}),
    )
    assert written(found)["required"] == ["title", "editor", "attribution"]
    said = lines(found, language="zh")
    assert "  - title  # 刊名 10/10" in said
    assert "  - editor  # 编辑 9/10（2 份没有填）" in said
    assert "  - attribution  # 署名 18/19 篇" in said
    assert "# 也有、没有列入的：联系方式 4/10，印数 1/10，fax 3/10（1 份没有填）" in said
    assert "  - editor  # editor 9/10 (2 not filled in)" in lines(found)
    assert "# Also there, and not asked for: contact 4/10, copies 1/10, fax 3/10 (1 not filled in)" in lines(
        found
    )


@pytest.mark.parametrize("asked", ["phone", "fax", "email"])
def test_where_one_way_to_reach_the_office_is_asked_for_contacts_are_no_rest(asked: str) -> None:
    parts = {asked: 10, "contact": 10}
    assert not any("Also there" in line for line in lines(observed(parts=parts, required=(asked,))))
    assert "# Also there, and not asked for: contact 10/10" in lines(observed(parts={"contact": 10}))


@pytest.mark.parametrize(("signed", "is_told"), [((1, 9), True), ((0, 9), False)])
def test_that_some_articles_are_signed_is_told(signed: tuple[int, int], *, is_told: bool) -> None:
    told = "# Also there, and not asked for: attribution 1/9 articles" in lines(observed(signed=signed))
    assert told == is_told


@pytest.mark.parametrize(
    ("part", "zh"), [("title", "刊名"), ("editor", "编辑"), ("reviewer", "reviewer"), ("contact", "联系方式")]
)
def test_a_part_is_called_as_most_bulletins_call_it(part: str, zh: str) -> None:
    seen = observed(labels=labels({"editor": Counter({"责编": 1, "编辑": 2}), "contact": Counter("电")}))
    assert (called(part, seen, "zh"), called(part, seen, "en")) == (zh, part)


# --- The series ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("restarts", "said"), [("yearly", "yearly"), ("never", "never"), (None, "auto")])
def test_whether_numbers_begin_anew_is_written(restarts: str | None, said: str) -> None:
    assert written(observed(numbering=numbering(restarts=restarts)))["series"] == {"restarts": said}


def test_the_earliest_issue_is_written_and_gaps_only_told() -> None:
    seen = observed(numbering=numbering(start="2020-7", gaps={2020: (9, 11), 2021: (2,)}))
    assert written(seen)["series"] == {"restarts": "auto", "start": "2020-7"}
    assert "  # known-gaps: {2020: [9, 11], 2021: [2]}" in lines(seen)
    # With the # taken away they are settings.
    text = settings_text(seen, FILES, "en").replace("# known-gaps", "known-gaps")
    assert yaml.safe_load(text)["series"]["known-gaps"] == {2020: [9, 11], 2021: [2]}


@pytest.mark.parametrize(("series", "is_told"), [(1, False), (2, True)])
def test_several_titles_are_told(series: int, *, is_told: bool) -> None:
    said = settings_text(observed(numbering=numbering(series=series)), FILES, "zh")
    assert ("2 种刊名" in said) == is_told


# --- Rules -----------------------------------------------------------------------------------------------


def test_habits_and_what_a_house_does_without_become_rules() -> None:
    seen = observed(
        unused={"cumulative_number": ("ISS003", "ISS004"), "distribution": ("TAIL001",)},
        habits=(Habit("SPC001", "none", 19, 20), Habit("SPC002", "one", 10, 11)),
    )
    # `off` is false in YAML 1.1, which is what yaml reads.
    assert written(seen)["rules"] == {
        "ISS003": False,
        "ISS004": False,
        "TAIL001": False,
        "SPC001": {"style": "none"},
        "SPC002": {"style": "one"},
    }
    said = lines(seen, language="zh")
    assert "  # 10 份都没有总期号：查它的规则不用。以后有了，删去下面几行。" in said
    assert "  # 数字旁的空格：20 处里有 19 处不空格。" in said
    assert "  # 数字旁的空格：11 处里有 10 处空一格。" in said
    assert said[said.index("rules:") - 1] == ""
    assert "  # Space beside numbers: no space in 19 of 20 places." in lines(seen)
    assert "  # Space beside numbers: one space in 10 of 11 places." in lines(seen)


# --- The pack and the hooks ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pack_has_the_words_of_each_field(language: Any) -> None:
    text = pack_text({"本室编辑": "editor", "终审": "reviewer", "一室编辑": "editor"}, language)
    assert yaml.safe_load(text) == {
        "title": {"zh": "本单位的规则", "en": "rules of the house"},
        "extends": ["jianbao"],
        "labels": {
            "imprint": {"editor": {"words": ["一室编辑", "本室编辑"]}, "reviewer": {"words": ["终审"]}}
        },
    }
    assert text.startswith("# ")


@pytest.mark.parametrize(
    "pattern", [r"^.*\.md$", r"^it's/.*\.md$", "^a\\\tb/.*\\.md$", r"^a\ \#:b/.*\.(md|pdf)$"]
)
@pytest.mark.parametrize("repo", [None, "https://git.example.cn/lint", "../lint here: #1"])
def test_hooks_are_for_the_files_meant(pattern: str, repo: str | None) -> None:
    text = hooks_text(FILES._replace(pattern=pattern), "en", repo, "v1.0 beta")
    hook: dict[str, Any] = {"id": "bulletin-lint", "files": pattern}
    if repo is not None:
        assert yaml.safe_load(text) == {"repos": [{"repo": repo, "rev": "v1.0 beta", "hooks": [hook]}]}
        return
    hook |= {
        "name": "bulletin-lint",
        "entry": "bulletin-lint check .",
        "language": "system",
        "pass_filenames": False,
    }
    assert yaml.safe_load(text) == {"repos": [{"repo": "local", "hooks": [hook]}]}


@pytest.mark.parametrize(
    ("repo", "shown"), [("https://a.cn/b-c_d.git", "https://a.cn/b-c_d.git"), ("git@a.cn:~b", "git@a.cn:~b"), ("a b", '"a b"'), ("", '""')]
)  # fmt: skip
def test_an_address_is_quoted_only_where_it_has_to_be(repo: str, shown: str) -> None:
    assert f"  - repo: {shown}" in hooks_text(FILES, "en", repo, "v1").splitlines()


# --- The summary -----------------------------------------------------------------------------------------


def issue(number: int | None, year: int | None = 2020, cumulative: int | None = None) -> IssueRecord:
    return IssueRecord("1.md", None, year, number, cumulative, None)


def test_of_nothing_little_is_said() -> None:
    assert rows(observed(bulletins=1)) == {
        "": "Looked at 1 bulletin.\n",
        "title": "none found",
        "numbers": "issue 0/1, cumulative 0/1",
        "restart": "not seen whether they begin anew each year",
        "labels": "none found",
        "spacing": "no one way, or too few figures",
        "required": "none",
        "signed": "0 of 0 articles",
        "files": "**/*.md",
    }


def test_what_was_seen_is_said_with_its_counts() -> None:
    seen = observed(
        titles=Counter({f"简报{number}": 10 - number for number in range(7)}),
        parts={"title": 10, "editor": 9},
        blank={"editor": 1},
        required=("title", "editor"),
        signed=(0, 4),
        labels=labels(
            {"phone": Counter({"电话": 9}), "editor": Counter({"责编": 3, "编辑": 6})},
            {"本室编辑": "editor", "终审": "reviewer"},
            Counter({f"词{number}": 10 - number for number in range(7)}),
        ),
        numbering=numbering(
            restarts="yearly", with_issue=9, with_cumulative=8, earliest=issue(7), latest=issue(3, 2021, 99)
        ),
        habits=(Habit("SPC001", "one", 10, 11),),
        unused={"cumulative_number": ("ISS003", "ISS004"), "copies": ("TAIL001",)},
    )
    assert rows(seen) == {
        "": "Looked at 10 bulletins.\n",
        "title": "简报0 10/10; 简报1 9/10; 简报2 8/10; 简报3 7/10; 简报4 6/10",
        "issues": "2020 no. 7 – 2021 no. 3 (cumulative 99)",
        "numbers": "issue 9/10, cumulative 8/10",
        "restart": "begin anew each year",
        "labels": "编辑 6/10, 责编 3/10, 电话 9/10",
        "new labels": "本室编辑 → editor, 终审 → reviewer",
        "unknown": "词0 10/10, 词1 9/10, 词2 8/10, 词3 7/10, 词4 6/10",
        "spacing": "SPC001 one space 10/11",
        "required": "title 10/10, editor 9/10 (1 not filled in)",
        "without": "cumulative_number 0/10, copies 0/10; 3 rules off",
        "signed": "0 of 4 articles; not asked for",
        "files": "**/*.md",
    }


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (issue(7), "2020年第7期 – 2021年第1期"),
        (issue(7, None), "第7期 – 2021年第1期"),
        (issue(None, 2020, 12), "2020年（总第12期） – 2021年第1期"),
        (issue(None, None, 12), "（总第12期） – 2021年第1期"),
    ],
)
def test_issues_are_told_by_what_they_have(first: IssueRecord, said: str) -> None:
    seen = observed(numbering=numbering(earliest=first, latest=issue(1, 2021)))
    assert rows(seen, language="zh")["各期"] == said


def test_of_several_titles_no_first_and_last_issue_are_told() -> None:
    assert (
        rows(observed(numbering=numbering(series=2)))["issues"]
        == "2 titles: no start and no gaps are written"
    )
    assert "issues" not in rows(observed(numbering=numbering(earliest=issue(1))))
    assert "issues" not in rows(observed(numbering=numbering(latest=issue(1))))


def test_a_habit_of_no_space_and_of_numbers_that_run_on() -> None:
    seen = observed(habits=(Habit("SPC001", "none", 10, 11),), numbering=numbering(restarts="never"))
    found = rows(seen)
    assert (found["spacing"], found["restart"]) == ("SPC001 no space 10/11", "run on over New Year")


@pytest.mark.parametrize("count", [1, 5, 6])
def test_up_to_five_files_of_each_kind_are_named(count: int) -> None:
    names = [f"{number}.md" for number in range(count)]
    told = ", ".join(names[:5]) + (" …" if count > 5 else "")
    assert f"\n{count} more, no bulletin: {told}\n" in rows(observed(), others=names)[""]
    said = f"\n{count} more, not readable (still checked, and reported): {told}\n"
    assert said in rows(observed(), unreadable=names)[""]


def test_what_is_long_goes_on_below_its_beginning() -> None:
    seen = observed(titles=Counter({"长" * 40 + str(number): 1 for number in range(2)}))
    text = summary(seen, FILES, (), (), "zh").splitlines()
    at = next(number for number, line in enumerate(text) if line.startswith("  刊名"))
    # Names are as wide as the widest, four characters, and two spaces stand on both sides of them.
    assert text[at].startswith(f"  刊名{' ' * 4}  长")
    assert text[at + 1].startswith(" " * 12)
    assert not text[at + 1].startswith(" " * 13)


def test_in_chinese_each_row_has_a_name_too() -> None:
    seen = observed(
        labels=labels(new={"终审": "reviewer"}, unknown=Counter({"词": 9})), unused={"copies": ("TAIL001",)}
    )
    seen = seen._replace(numbering=numbering(series=2))
    assert list(rows(seen, language="zh")) == [
        "", "刊名", "各期", "编号", "重排", "版记项目", "新项目", "不认识", "空格", "必有", "没有", "署名", "文件",
    ]  # fmt: skip
