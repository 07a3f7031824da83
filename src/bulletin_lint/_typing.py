"""The names of `typing` that class bodies and aliases need, without the cost of importing it.

Importing `typing` and making sixty named tuples with it takes about 12 ms, with `collections.namedtuple`,
which compiles a function for each, 7: more than reading and judging a bulletin. A type checker sees the
real names; at run time the tuples are made here, in 2 ms, and the rest are empty stand-ins, for
annotations are never evaluated (`from __future__ import annotations`). In plain mode they are the real names
at run time too.
"""

from bulletin_lint._plain import IS_PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING or IS_PLAIN:
    from typing import Any, ClassVar, Literal, NamedTuple, NoReturn, Protocol, TextIO, TypedDict, Unpack
else:
    from collections import _tuplegetter

    class _Name:
        """Stands for a name of `typing`; may be subscripted, as in ``Literal["a"]``."""

        def __getitem__(self, _item):
            return self

        def __or__(self, _other):
            return self

        __ror__ = __or__

    class _Tuple:
        """What all named tuples have; the names are those of `collections.namedtuple`."""

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, **values):
            made = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(values)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self):
            return tuple(self)

    _METHODS = {
        name: _Tuple.__dict__[name] for name in ("_make", "_replace", "_asdict", "__repr__", "__getnewargs__")
    }
    _new = tuple.__new__
    # Written out, for compiling the fourteen that are needed would take longer than making all the tuples.
    _MAKERS = (
        lambda _cls: _new(_cls, ()),
        lambda _cls, a: _new(_cls, (a,)),
        lambda _cls, a, b: _new(_cls, (a, b)),
        lambda _cls, a, b, c: _new(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: _new(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: _new(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: _new(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: _new(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: _new(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: _new(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: _new(_cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(_cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(
            _cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)
        ),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(
            _cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)
        ),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p: _new(
            _cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o, p)
        ),
    )
    """By the number of fields: functions that make a tuple of so many."""
    _GETTERS = tuple(_tuplegetter(index, "") for index in range(len(_MAKERS)))

    def _maker(name, fields):
        """A function that makes a tuple of its arguments, which are called as the fields are."""
        made = _MAKERS[len(fields)] if len(fields) < len(_MAKERS) else _maker_of_many(len(fields))
        code = made.__code__.replace(
            co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
        )
        return type(made)(code, made.__globals__, "__new__")

    def _maker_of_many(count):
        arguments = "".join(f"field_{number}, " for number in range(count))
        return eval(
            f"lambda _cls, {arguments}: _new(_cls, ({arguments}))", {"_new": _new, "__builtins__": {}}
        )

    class _NamedTupleMeta(type):
        """Turns a class body with annotated fields into a named tuple with the body's methods."""

        def __new__(cls, name, _bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            new = _maker(name, fields)
            new.__defaults__ = tuple(defaults.values())
            if len(fields) < len(_GETTERS):
                getters = dict(zip(fields, _GETTERS, strict=False))
            else:
                getters = {field: _tuplegetter(index, "") for index, field in enumerate(fields)}
            own = {"__slots__": (), "__new__": new, "__match_args__": fields}
            own.update(_fields=fields, _field_defaults=defaults)
            # All in one type: a class between would be looked through, for each of ninety names,
            # whenever one is made.
            return type(name, (tuple,), {**_METHODS, **body, **getters, **own})

    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})

    class TypedDict(dict):
        """What a mapping with declared keys is; the keys are in `__annotations__`."""

        def __init_subclass__(cls, *, total=True):
            """Takes what a type checker is told."""

    Any = ClassVar = Literal = NoReturn = TextIO = Unpack = _Name()
    Protocol = object

__all__ = [
    "Any",
    "ClassVar",
    "Literal",
    "NamedTuple",
    "NoReturn",
    "Protocol",
    "TextIO",
    "TypedDict",
    "Unpack",
]
