"""The program's own named tuples behave as those of `typing`; digests tell contents and purposes apart."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
import types
from typing import Any
from typing import NamedTuple as Real

import pytest

from bulletin_lint._digest import digest
from bulletin_lint._typing import Literal, NamedTuple, TypedDict
from started import new_environment


class Own(NamedTuple):
    """A place."""

    first: str
    second: int = 2
    third: Any = None

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


class Usual(Real):
    """A place."""

    first: str
    second: int = 2
    third: Any = None

    @property
    def both(self) -> str:
        return f"{self.first}{self.second}"


@pytest.mark.parametrize("kind", [Own, Usual])
def test_a_named_tuple_is_made_of_places_and_names(kind: Any) -> None:
    assert kind("a") == ("a", 2, None)
    assert kind("a", 3) == kind(first="a", second=3) == kind("a", second=3) == ("a", 3, None)
    assert kind("a", third="c") == ("a", 2, "c")
    assert kind("a").both == "a2"
    made = kind("a", 3, "c")
    assert (made.first, made.second, made.third) == tuple(made)
    assert isinstance(made, tuple)
    assert (kind._fields, kind._field_defaults) == (
        ("first", "second", "third"),
        {"second": 2, "third": None},
    )
    assert kind.__match_args__ == ("first", "second", "third")
    assert kind.__doc__ == "A place."
    for wrong in ((), ("a", 1, 2, 3)):
        with pytest.raises(TypeError):
            kind(*wrong)
    for named in ({"second": 1}, {"first": "a", "fourth": 1}):
        with pytest.raises(TypeError):
            kind(**named)


@pytest.mark.parametrize("kind", [Own, Usual])
def test_a_named_tuple_is_changed_shown_and_kept(kind: Any) -> None:
    made = kind("a", 3)
    assert made._replace() == made
    assert made._replace(second=4) == ("a", 4, None)
    assert type(made._replace(first="b", third=1)) is kind
    assert made == ("a", 3, None)
    with pytest.raises(ValueError, match="fourth"):
        made._replace(fourth=1)
    assert made._asdict() == {"first": "a", "second": 3, "third": None}
    assert repr(made) == f"{kind.__name__}(first='a', second=3, third=None)"
    assert kind._make(["a", 1, 2]) == ("a", 1, 2)
    assert type(kind._make(("a", 1, 2))) is kind
    for wrong in (["a"], ["a", 1, 2, 3]):
        with pytest.raises(TypeError):
            kind._make(wrong)
    with pytest.raises(AttributeError):
        made.second = 4
    with pytest.raises(AttributeError):
        made.other = 4
    back = pickle.loads(pickle.dumps(made))
    assert (back, type(back)) == (made, kind)
    match made:
        case kind(first, second, _):
            assert (first, second) == ("a", 3)


@pytest.mark.parametrize("count", range(20))
def test_a_named_tuple_may_have_any_number_of_fields(count: int) -> None:
    names = [f"field{number}" for number in range(count)]
    body = {"__annotations__": dict.fromkeys(names, int), "__module__": __name__}
    kind: Any = types.new_class("Many", (NamedTuple,), exec_body=lambda own: own.update(body))
    made = kind(*range(count))
    assert tuple(made) == tuple(range(count))
    assert [getattr(made, name) for name in names] == list(range(count))
    assert kind(**dict(zip(names, range(count), strict=True))) == made
    assert kind._fields == tuple(names)
    with pytest.raises(TypeError):
        kind(*range(count + 1))
    if count:
        with pytest.raises(TypeError):
            kind(*range(count - 1))
        assert made._replace(**{names[-1]: "x"})[-1] == "x"


def test_names_that_only_a_type_checker_reads_can_be_subscripted() -> None:
    assert Literal["a"] is not None

    class Keys(TypedDict, total=False):
        a: int

    assert Keys(a=1) == {"a": 1}


@pytest.mark.parametrize("size", [1, 8, 16, 20, 64])
def test_a_digest_is_that_of_blake(size: int) -> None:
    assert digest(b"abc", size=size) == hashlib.blake2b(b"abc", digest_size=size).hexdigest()
    assert len(digest(b"", size=size)) == 2 * size
    own = hashlib.blake2b(b"abc", digest_size=size, person=b"archive file").hexdigest()
    assert digest(b"abc", size=size, purpose="archive file") == own


def test_digests_of_other_contents_and_purposes_are_others() -> None:
    found = {
        digest(b"a", size=8),
        digest(b"b", size=8),
        digest(b"a", size=8, purpose="x"),
        digest(b"a", size=8, purpose="y"),
        digest(b"", size=8),
    }
    assert len(found) == 5


@pytest.mark.parametrize(("value", "is_plain"), [("1", True), ("0", False), ("", False), ("true", False)])
def test_the_program_is_plain_where_that_is_asked_for(value: str, is_plain: bool) -> None:  # noqa: FBT001
    code = "from bulletin_lint._plain import IS_PLAIN; from bulletin_lint import _typing; import typing;"
    code += "print(IS_PLAIN, _typing.NamedTuple is typing.NamedTuple)"
    environment = {**new_environment(), "BULLETIN_LINT_PLAIN": value}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == [str(is_plain)] * 2
