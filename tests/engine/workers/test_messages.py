"""Messages over pipes: whole, in pieces, too large; and pickles that are data and nothing else."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.engine.workers.messages import Inlet, data_of, read, write
from bulletin_lint.engine.workers.process import Forking
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.wording import Wording
from strange_linters import Maker


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            # The test has closed it.
            continue


def test_what_is_written_is_read(pipe: tuple[int, int]) -> None:
    for message in (b"", b"a", bytes(1000)):
        write(pipe[1], message)
    assert [b"", b"a", bytes(1000)] == [read(pipe[0]) for _ in range(3)]
    os.close(pipe[1])
    with pytest.raises(EOFError):
        read(pipe[0])


def test_an_inlet_does_not_wait_for_the_rest_of_a_message(pipe: tuple[int, int]) -> None:
    inlet = Inlet(pipe[0])
    assert inlet.receive() is None
    os.write(pipe[1], (3).to_bytes(8, "big")[:5])
    assert inlet.receive() is None
    os.write(pipe[1], (3).to_bytes(8, "big")[5:] + b"ab")
    assert inlet.receive() is None
    # The end of one message, all of the next, and the head of the last.
    os.write(pipe[1], b"c" + (0).to_bytes(8, "big") + (1).to_bytes(8, "big"))
    assert b"abc" == inlet.receive()
    assert b"" == inlet.receive()
    assert inlet.receive() is None
    os.close(pipe[1])
    with pytest.raises(EOFError):
        inlet.receive()


def test_a_message_that_is_too_large_is_not_read(pipe: tuple[int, int]) -> None:
    inlet = Inlet(pipe[0])
    inlet.largest = 3
    write(pipe[1], b"abc")
    write(pipe[1], b"abcd")
    assert b"abc" == inlet.receive()
    with pytest.raises(ValueError, match="4 bytes"):
        inlet.receive()


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "字", b"x", True, {"a": (1, 2)}],
        {1, 2},
        frozenset("ab"),
        FileResult("a.md", "text", error=Wording("坏", "bad"), lines={1: "x"}),
    ],
)
def test_data_crosses(value: Any) -> None:
    found = data_of(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    assert value == found
    assert type(value) is type(found)


def test_nothing_is_called_that_a_pickle_names(tmp_path: Path) -> None:
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        data_of(pickle.dumps(Maker(str(tmp_path / "made"))))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    "pickled",
    [
        # A class of ours that does something when it is made; a function of ours; a module's module.
        pickle.dumps(Forking),
        pickle.dumps(write),
        b"\x80\x04\x8c\x25bulletin_lint.engine.workers.messages\x8c\x09os.system\x93.",
        b"cos\nsystem\n(S'true'\ntR.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"nonsense",
        b"",
    ],
)
def test_what_is_no_data_is_refused(pickled: bytes) -> None:
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        data_of(pickled)
