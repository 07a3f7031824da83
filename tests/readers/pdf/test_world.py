"""PDFs as the world makes them: what producers do to a bulletin, each kind in a page set by hand."""

from __future__ import annotations

from pathlib import Path

from bulletin_lint.readers.pdf.reader import read_pdf
from harness import Command
from set_pdfs import bulletin, set_pdf

FIGURES = "0123456789"


def lines_of(data: bytes) -> list[str]:
    """The lines of text, without furniture."""
    reading = read_pdf("x.pdf", data)
    return [
        "|".join(reading.text[start:end] for start, end in line.pieces)
        for line in reading.lines
        if line.kind in ("text", "table")
    ]


def checked(command: Command, path: Path, data: bytes) -> list[str]:
    """The codes that a check of the file gives, in order."""
    path.write_bytes(data)
    outcome = command("check", "--isolated", "--format", "concise", path)
    assert outcome.code in (0, 1), outcome.err
    return [line.split(": ", 1)[1].split()[0] for line in outcome.out.splitlines()]


# Characters that a font does not name


def test_figures_that_the_font_does_not_name_are_lost_and_no_hyphens() -> None:
    lost = set_pdf([bulletin()], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert lines_of(lost)[:3] == [
        "云溪镇工作动态",
        "第\ufffd期",
        "云溪镇党政办公室 \ufffd\ufffd\ufffd\ufffd年\ufffd月\ufffd日",
    ]


def test_of_what_lost_its_figures_nothing_but_the_loss_is_said(tmp_path: Path, command: Command) -> None:
    lost = set_pdf([bulletin()], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert {"EXT004"} == set(checked(command, tmp_path / "7.pdf", lost))


def test_a_mistake_beside_a_loss_in_another_sentence_is_said(tmp_path: Path, command: Command) -> None:
    text = ["全镇疏通沟渠12处。修补闸门三座，，群众用水更便利。"]
    lost = set_pdf([bulletin(paragraphs=text)], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert {"EXT004", "PUN010"} == set(checked(command, tmp_path / "7.pdf", lost))


# Radicals


def test_radicals_are_the_producer_s_and_told_once(tmp_path: Path, command: Command) -> None:
    radicals = set_pdf(
        [bulletin(paragraphs=["镇里组织人工疏通沟渠，人人动手，水利工程见效。"])],
        named={"人": "⼈", "工": "⼯"},
    )

    assert ["EXT007"] == checked(command, tmp_path / "7.pdf", radicals)
