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
    from typing import Any, ClassVar, Literal, NamedTuple, NoReturn, Protocol, TextIO
else:
    from collections import _tuplegetter

    class _Name:
        """Stands for a name of `typing`; may be subscripted, as in ``Literal["a"]``."""

        def __getitem__(self, _item):
            return self

        def __or__(self, _other):
            return self

        __ror__ = __or__

    class _Tuple(tuple):
        """What all named tuples have; the names are those of `collections.namedtuple`."""

        __slots__ = ()
        _fields = ()

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

    _makers = {}

    def _maker(name, fields):
        """A function that makes a tuple of its arguments; of those for as many fields only the first is
        compiled.
        """
        count = len(fields)
        if count not in _makers:
            arguments = "".join(f"field_{number}, " for number in range(count))
            source = f"lambda _cls, {arguments}: _new(_cls, ({arguments}))"
            _makers[count] = eval(source, {"_new": tuple.__new__, "__builtins__": {}})
        made = _makers[count]
        code = made.__code__.replace(
            co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
        )
        return type(made)(code, made.__globals__, "__new__")

    class _NamedTupleMeta(type):
        """Turns a class body with annotated fields into a named tuple with the body's methods."""

        def __new__(cls, name, _bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            new = _maker(name, fields)
            new.__defaults__ = tuple(defaults.values())
            getters = {field: _tuplegetter(index, field) for index, field in enumerate(fields)}
            own = {"__slots__": (), "__new__": new, "__match_args__": fields}
            own.update(_fields=fields, _field_defaults=defaults)
            return type(name, (_Tuple,), {**body, **getters, **own})

    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
    Any = ClassVar = Literal = NoReturn = TextIO = _Name()
    Protocol = object

__all__ = ["Any", "ClassVar", "Literal", "NamedTuple", "NoReturn", "Protocol", "TextIO"]
