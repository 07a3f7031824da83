"""What the short cuts at the bottom of the program hang on: plain mode, and where a digest is taken from."""

from __future__ import annotations

import hashlib
import re
import runpy
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

import pytest

import bulletin_lint
from bulletin_lint import _digest, _plain, _typing
from bulletin_lint._digest import digest

ABC = hashlib.blake2b(b"abc", digest_size=8, person=b"test").hexdigest()


@pytest.mark.parametrize(
    ("value", "is_plain"),
    [(None, False), ("", False), ("0", False), ("1", True), ("11", False), ("true", False)],
)
def test_plain_is_what_is_asked_for_with_a_one(
    monkeypatch: pytest.MonkeyPatch, value: str | None, *, is_plain: bool
) -> None:
    monkeypatch.delenv("BULLETIN_LINT_PLAIN", raising=False)
    if value is not None:
        monkeypatch.setenv("BULLETIN_LINT_PLAIN", value)

    assert runpy.run_path(_plain.__file__)["IS_PLAIN"] is is_plain


def typing_names(monkeypatch: pytest.MonkeyPatch, *, is_plain: bool) -> dict[str, Any]:
    monkeypatch.setattr(_plain, "IS_PLAIN", is_plain)
    return runpy.run_path(_typing.__file__)


def test_in_plain_mode_the_names_are_those_of_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = typing_names(monkeypatch, is_plain=True)

    assert {name: names[name] for name in _typing.__all__} == {
        name: getattr(typing, name) for name in _typing.__all__
    }


def test_else_they_are_stand_ins_that_may_be_subscripted_and_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    names = typing_names(monkeypatch, is_plain=False)

    for name in ("Any", "ClassVar", "Literal", "NoReturn", "TextIO", "Unpack"):
        stand_in = names[name]
        assert stand_in is not getattr(typing, name)
        assert stand_in["a"] is stand_in
        assert stand_in | None is stand_in
        assert None | stand_in is stand_in
        assert int | stand_in is stand_in
    assert names["Protocol"] is object
    assert issubclass(names["TypedDict"], dict)


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 17])
def test_its_named_tuples_keep_their_fields_in_order(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    fields = {f"field{number}": int for number in range(count)}
    body: dict[str, Any] = {"__annotations__": fields, "__module__": __name__}
    if count:
        body[f"field{count - 1}"] = -1
    base = typing_names(monkeypatch, is_plain=False)["NamedTuple"]
    kind: Any = types.new_class("Made", (base,), exec_body=lambda own: own.update(body))
    given = range(max(count - 1, 0))
    made = kind(*given)

    assert tuple(made) == (*given, *([-1] if count else []))
    assert [getattr(made, name) for name in fields] == list(made)
    assert (kind._fields, kind._field_defaults) == (
        tuple(fields),
        {f"field{count - 1}": -1} if count else {},
    )
    assert kind.__slots__ == ()
    assert made.__getnewargs__() == tuple(made)
    assert repr(made) == f"Made({', '.join(f'{name}={value}' for name, value in made._asdict().items())})"
    with pytest.raises(TypeError, match=f"Made has {count} fields, not {count + 1}"):
        kind._make([*made, 0])


def counting(calls: list[str], name: str) -> types.ModuleType:
    """A module whose BLAKE2b tells that it was taken."""

    def blake2b(*args: Any, **named: Any) -> Any:
        calls.append(name)
        return real(*args, **named)

    real: Callable[..., Any] = hashlib.blake2b
    module = types.ModuleType(name)
    module.blake2b = blake2b  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(("is_plain", "taken"), [(False, "_blake2"), (True, "hashlib")])
def test_a_digest_is_taken_from_where_it_costs_least_unless_plain(
    monkeypatch: pytest.MonkeyPatch, taken: str, *, is_plain: bool
) -> None:
    calls: list[str] = []
    fakes = [counting(calls, name) for name in ("_blake2", "hashlib")]
    for fake in fakes:
        monkeypatch.setitem(sys.modules, fake.__name__, fake)
    monkeypatch.setattr(_digest, "IS_PLAIN", is_plain)

    assert digest(b"abc", size=8, purpose="test") == ABC
    assert calls == [taken]


def test_a_python_without_it_has_the_same_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_blake2", None)
    monkeypatch.setattr(_digest, "IS_PLAIN", False)

    assert digest(b"abc", size=8, purpose="test") == ABC


def test_the_version_is_three_numbers_and_offered_with_the_other_names() -> None:
    names = runpy.run_path(bulletin_lint.__file__)

    assert re.fullmatch(r"\d+\.\d+\.\d+", names["__version__"])
    assert names["__version__"] == bulletin_lint.__version__
    assert names["__dir__"]() == sorted(names["__all__"])
    for name in set(names["__all__"]) - {"__version__"}:
        assert names["__getattr__"](name) is getattr(bulletin_lint, name)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        names["__getattr__"]("nothing")
