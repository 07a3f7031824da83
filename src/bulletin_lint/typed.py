"""The names of `typing` that class bodies and aliases need, without the cost of importing it.

Importing `typing` and making fifty named tuples with it, each annotation compiled, takes about 9 ms:
more than reading and judging a bulletin. A type checker sees the real names; at run time the tuples
are `collections.namedtuple` and the rest are empty stand-ins, for annotations are never evaluated
(`from __future__ import annotations`).
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, NamedTuple, NoReturn, Protocol, TextIO
else:
    from collections import namedtuple

    class _Name:
        """Stands for a name of `typing`; may be subscripted, as in ``Literal["a"]``."""

        def __getitem__(self, _item):
            return self

        def __or__(self, _other):
            return self

        __ror__ = __or__

    class _NamedTupleMeta(type):
        """Turns a class body with annotated fields into a named tuple with the body's methods."""

        def __new__(cls, name, _bases, body):
            fields = list(body.get("__annotations__", ()))
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                if key not in fields and key not in ("__module__", "__qualname__"):
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})
    Any = ClassVar = Literal = NoReturn = TextIO = _Name()
    Protocol = object

__all__ = ["Any", "ClassVar", "Literal", "NamedTuple", "NoReturn", "Protocol", "TextIO"]
