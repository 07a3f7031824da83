"""The labelled bulletins are labelled soundly, the bench counts rightly, and bulletins are taken apart no worse."""

from __future__ import annotations

import importlib
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import labelled_bulletins
from bulletin_lint.api import Settings, parse
from harness import FIXTURES, ROOT

FOLDER = FIXTURES / "structure"
LABELS = {
    "M", "CH", "CE", "N", "NB", "NL", "K", "T", "T2", "P", "S", "H", "CP", "R", "A", "SG", "SD", "X", "I", "D",
}  # fmt: skip
ABOVE = {
    "T2": {"T", "T2"},
    "CE": {"CH", "CE", "M"},
    "NL": {"NB", "NL"},
    "SD": {"SG"},
    "CP": LABELS - {"M", "I", "D", "CH", "CE"},
    # Who wrote it may stand between title and text.
    "A": {"P", "S", "R", "X", "CP", "A", "T", "T2"},
}
"""What may stand above a line of a label, in any bulletin that a person would write."""


@pytest.fixture(scope="module")
def anatomy() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "bench"))
        yield importlib.import_module("anatomy")


def bulletin(folder: Path, text: str, labels: dict[int, str], inline: tuple[int, ...] = ()) -> Path:
    path = folder / "one.txt"
    path.write_text(text, encoding="utf-8")
    given = {"labels": labels, "inline": inline}
    (folder / "one.txt.json").write_text(json.dumps(given), encoding="utf-8")
    return path


def answer(anatomy: Any, **given: Any) -> Any:
    empty: dict[str, Any] = {
        "titles": set(), "attributions": set(), "labels": {}, "said": (), "doubted": (), "margins": None, "seconds": 0.0,
    }  # fmt: skip
    return anatomy.Answer(**{**empty, **given})


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_each_fixture_is_labelled_line_by_line(anatomy: Any, path: Path) -> None:
    truth = anatomy.truth_of(path)
    labels = [label for _, label in sorted(truth.labels.items())]
    assert set(labels) <= LABELS
    assert all(truth.labels[line] in ("P", "S") for line in truth.inline)
    for above, label in itertools.pairwise(labels):
        assert above in ABOVE.get(label, LABELS), f"{label} under {above}"


def test_the_fixtures_are_many_and_of_every_label() -> None:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")]
    assert len(found) >= 40
    assert {label for each in found for label in each["labels"].values()} == LABELS


def test_a_line_without_label_is_refused(anatomy: Any, tmp_path: Path) -> None:
    path = bulletin(tmp_path, "甲\n\n乙\n", {1: "T"})
    with pytest.raises(SystemExit, match=r"line 3 of one\.txt"):
        list(anatomy.labelled([tmp_path]))
    bulletin(tmp_path, "甲\n────\n乙\n", {1: "T", 3: "P"})
    assert [found for found, _ in anatomy.labelled([tmp_path])] == [path]


def test_an_article_ends_at_the_next_and_may_sign_in_three_ways(anatomy: Any) -> None:
    labels = {
        1: "M",
        2: "T",
        3: "P",
        4: "A",
        5: "T",
        6: "P",
        7: "T",
        8: "P",
        9: "SG",
        10: "K",
        11: "T",
        12: "P",
        13: "I",
    }
    truth = anatomy.Truth("one", labels, frozenset({6}))
    assert [(each.start, each.stop, each.signed) for each in truth.articles] == [
        (2, 5, True),
        (5, 7, True),
        (7, 10, True),
        (11, 13, False),
    ]
    assert truth.attributions == {4, 6, 9}


def test_what_the_rule_makes_of_a_missing_attribution(anatomy: Any) -> None:
    truth = anatomy.Truth(
        "one", {1: "T", 2: "P", 3: "T", 4: "P", 5: "T", 6: "P", 7: "A", 8: "I"}, frozenset()
    )
    cases = {
        (2, 4): {"missing": 2, "found": 2},
        (2,): {"missing": 2, "found": 1, "silent": 1},
        (2, 6): {"missing": 2, "found": 1, "silent": 1, "false": 1},
    }
    for said, right in cases.items():
        counts = anatomy.Score(truth, answer(anatomy, said=said)).attribution_rule()
        assert {word: times for word, times in counts.items() if times} == right
    doubted = anatomy.Score(truth, answer(anatomy, said=(2,), doubted=(3,))).attribution_rule()
    assert (doubted["found"], doubted["cannot-assess"], doubted["silent"]) == (1, 1, 0)
    every = anatomy.Score(truth, answer(anatomy, doubted=(0,))).attribution_rule()
    assert (every["cannot-assess"], every["silent"]) == (2, 0)


def test_two_sets_of_lines_are_scored_by_what_they_share(anatomy: Any) -> None:
    assert anatomy.f1([({1, 2}, {1, 2}), (set(), set())]) == 1
    # Two of three lines in common, of five that either names.
    assert anatomy.f1([({1, 2, 3}, {2, 3})]) == pytest.approx(4 / 5)
    assert anatomy.f1([({1}, {2})]) == 0


def test_boundaries_are_told_by_how_sure_the_reading_is(anatomy: Any) -> None:
    truth = anatomy.Truth("one", {1: "T", 2: "P", 3: "T", 4: "P"}, frozenset())
    read = answer(anatomy, titles={1, 4}, labels={1: "T", 2: "P", 3: "P", 4: "T"}, margins={3: 1.5, 4: 0.7})
    report = "\n".join(anatomy.lines_of_report("two", [anatomy.Score(truth, read)]))
    assert "0–0.5: 0 of 0, 0.5–1: 1 of 1, 1–2: 1 of 1, sure: 0 of 1" in report
    # Of a reader that knows no doubt nothing is said.
    silent = anatomy.lines_of_report("one", [anatomy.Score(truth, answer(anatomy))])
    assert "margin" not in "".join(silent)
    assert "lines 50.0%" in report
    assert "T→P 1" in report
    assert "P→T 1" in report


def test_the_labelled_bulletins_are_read_no_worse_than_they_were(anatomy: Any) -> None:
    scores = anatomy.measured([FOLDER])
    assert anatomy.f1((each.truth.titles, each.answer.titles) for each in scores) > 0.99
    assert anatomy.f1((each.truth.attributions, each.answer.attributions) for each in scores) > 0.98
    assert sum(each.is_right for each in scores) >= len(scores) - 3
    # Nobody is told that all is signed where an attribution is missing.
    assert sum(each.attribution_rule()["silent"] for each in scores) == 0
    plain = next(each for each in scores if each.truth.name == "signed-on-own-line.txt")
    assert plain.is_right
    assert plain.wrong_lines == []


@pytest.mark.parametrize("kind", labelled_bulletins.KINDS)
def test_bulletins_made_anew_are_labelled_wholly_and_the_same_each_time(
    anatomy: Any, tmp_path: Path, kind: str
) -> None:
    first = labelled_bulletins.write(tmp_path / "first", 54, 7, kind)
    again = labelled_bulletins.write(tmp_path / "again", 54, 7, kind)
    truths = [truth for _, truth in anatomy.labelled([first])]
    assert len(truths) == 54
    assert [path.read_bytes() for path in sorted(first.iterdir())] == [
        path.read_bytes() for path in sorted(again.iterdir())
    ]
    for truth in truths:
        assert set(truth.labels.values()) <= LABELS
        assert truth.titles
    articles = [article for truth in truths for article in truth.articles]
    # What ATT001 is asked about: articles of both sorts, in bulletins of both sorts.
    assert {article.signed for article in articles} == {True, False}
    assert any(all(article.signed for article in truth.articles) for truth in truths)


def test_a_paragraph_of_a_house_ends_in_its_attribution_where_the_labels_say(tmp_path: Path) -> None:
    folder = labelled_bulletins.write(tmp_path / "houses", 54, 3, "houses")
    found = 0
    for path in folder.glob("*.json"):
        lines = path.with_suffix("").read_text(encoding="utf-8").split("\n")
        for line in json.loads(path.read_text(encoding="utf-8"))["inline"]:
            assert any(mark in lines[line - 1] for mark in ("（", "(", "供稿")), path
            found += 1
    assert found > 10


def test_the_unseen_styles_are_many_and_each_has_what_it_is_there_for() -> None:
    made = [labelled_bulletins.unseen_bulletin(number, 5) for number in range(120)]
    assert len({each.name.partition("-")[2] for each in made}) >= 8
    assert {label for each in made for label in each.labels.values()} >= LABELS - {"SG", "SD", "X"}


@pytest.mark.parametrize("house", ["signs", "some", "never"])
def test_a_bulletin_is_read_as_its_house_is_said_to_sign(house: str) -> None:
    text = (FOLDER / "same-house-mixed-credits.txt").read_bytes()
    document = parse(text, "one.txt", Settings(house=house), cache=False)
    assert document.structure.house == house
