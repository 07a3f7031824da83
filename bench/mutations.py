"""The small changes that can be made to a module: one operator, constant or statement each, found in its syntax tree."""

from __future__ import annotations

import ast
import difflib
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
}
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_COMPARISON = re.compile(rb"is\s+not\b|not\s+in\b|is\b|in\b|[<>=!]=|<|>")
_SEQUENCES = (ast.List, ast.Tuple, ast.JoinedStr, ast.ListComp)
_MESSAGES = ("Wording", "Literal", "cast", "TypeVar", "NewType")
"""Calls and subscripts whose strings are words for people, or types."""
_MESSAGE_ARGUMENTS = ("zh", "en", "help", "metavar", "description")


class Mutation(NamedTuple):
    """One change of one module."""

    module: str
    """Path from the folder of the package, with slashes."""
    package: str
    """First folder of `module`; empty for what stands at the top."""
    function: str
    """Qualified name of the innermost function or class around the change; empty at the top of a module."""
    line: int
    kind: str
    start: int
    """In bytes of the source, as `end`."""
    end: int
    new: bytes
    statement: tuple[int, int]
    """First and last line of the simple statement, or of the head of the compound one, that is changed."""
    names: tuple[str, ...]
    """What a statement outside functions binds: its users stand elsewhere."""

    def apply(self, source: bytes) -> bytes:
        """The source of the module with the change made."""
        return source[: self.start] + self.new + source[self.end :]

    def texts(self, source: bytes) -> tuple[str, str]:
        """The changed lines before and after, white space joined: with `function`, what a change is known by."""
        old, new = source.decode("utf-8").splitlines(), self.apply(source).decode("utf-8").splitlines()
        before, after = [], []
        for tag, first, last, first_new, last_new in difflib.SequenceMatcher(
            None, old, new, autojunk=False
        ).get_opcodes():
            if tag != "equal":
                before += old[first:last]
                after += new[first_new:last_new]
        return " ".join(" ".join(before).split()), " ".join(" ".join(after).split())


class _Place(NamedTuple):
    """What surrounds a node."""

    function: str = ""
    statement: tuple[int, int] = (1, 1)
    is_inside_function: bool = False
    names: tuple[str, ...] = ()
    strings_are_data: bool = True
    """Not words for people."""
    is_index: bool = False
    """The bound of a slice."""


class _Finder:
    def __init__(self, module: str, source: bytes) -> None:
        self._module = module
        self._package = module.split("/")[0] if "/" in module else ""
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.found: list[Mutation] = []

    def _start(self, node: ast.expr | ast.stmt) -> int:
        return self._lines[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr | ast.stmt) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.end_lineno - 1] + node.end_col_offset

    def _bracketed(self, node: ast.expr) -> bytes:
        """The text of a node, as it may stand in any expression."""
        text = self._source[self._start(node) : self._end(node)]
        is_simple = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript)
        return text if is_simple else b"(" + text + b")"

    def _add(self, kind: str, place: _Place, start: int, end: int, new: bytes | str) -> None:
        line = self._source.count(b"\n", 0, start) + 1
        new = new.encode("utf-8") if isinstance(new, str) else new
        names = () if place.is_inside_function else place.names
        self.found.append(
            Mutation(
                self._module,
                self._package,
                place.function,
                line,
                kind,
                start,
                end,
                new,
                place.statement,
                names,
            )
        )

    def _replace(self, kind: str, place: _Place, node: ast.expr | ast.stmt, new: bytes | str) -> None:
        self._add(kind, place, self._start(node), self._end(node), new)

    def _between(
        self, kind: str, place: _Place, operands: tuple[ast.expr, ast.expr], old: re.Pattern[bytes], new: str
    ) -> None:
        """Changes the operator that stands between two operands, past brackets, line ends and comments."""
        start, end = self._end(operands[0]), self._start(operands[1])
        gap = re.sub(rb"#[^\n]*", lambda comment: b" " * len(comment[0]), self._source[start:end])
        operator = old.search(gap)
        if operator is not None:
            self._add(kind, place, start + operator.start(), start + operator.end(), new)

    def visit_module(self, tree: ast.Module) -> None:
        """Lists the changes of a whole module."""
        self._visit_body(tree.body, _Place())

    def visit(self, node: ast.AST, place: _Place) -> None:
        """Lists the changes of a node and of all below it."""
        if isinstance(node, ast.stmt):
            self._visit_statement(node, place)
            return
        if isinstance(node, ast.expr):
            self._change_expression(node, place)
        # Places inside an f-string are not told right before Python 3.12.
        if not isinstance(node, ast.JoinedStr):
            for child in ast.iter_child_nodes(node):
                self.visit(child, self._place_of(child, node, place))

    def _place_of(self, child: ast.AST, parent: ast.AST, place: _Place) -> _Place:
        if isinstance(parent, ast.Call | ast.Subscript):
            called = parent.func if isinstance(parent, ast.Call) else parent.value
            if getattr(called, "id", getattr(called, "attr", "")) in _MESSAGES:
                place = place._replace(strings_are_data=False)
        if isinstance(child, ast.keyword) and child.arg in _MESSAGE_ARGUMENTS:
            place = place._replace(strings_are_data=False)
        return place._replace(is_index=isinstance(parent, ast.Slice))

    def _visit_statement(self, node: ast.stmt, place: _Place) -> None:
        body = getattr(node, "body", None)
        last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
        place = place._replace(statement=(node.lineno, last), is_index=False, strings_are_data=True)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._visit_definition(node, place)
            return
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = tuple(
                each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
            )
            # At run time the last changes nothing.
            if any(name in ("__all__", "__slots__", "TYPE_CHECKING") for name in names):
                return
            place = place._replace(names=names)
        elif isinstance(node, ast.Raise):
            place = place._replace(strings_are_data=False)
        self._change_statement(node, place)
        for field, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                self._visit_body(value, place)
                continue
            for child in value if isinstance(value, list) else [value]:
                # A type is not run.
                if isinstance(child, ast.AST) and field != "annotation":
                    self.visit(child, place)

    def _visit_definition(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, place: _Place
    ) -> None:
        inside = place._replace(function=f"{place.function}.{node.name}".lstrip("."))
        if isinstance(node, ast.ClassDef):
            # The members of a protocol have no bodies.
            if not any("Protocol" in ast.dump(base) for base in node.bases):
                self._visit_body(node.body, inside)
            return
        # A default is worked out as the module is imported, and shows where the function is called.
        called = place.function.rpartition(".")[2] if node.name.startswith("__") else node.name
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default, inside._replace(names=(called,)))
        self._visit_body(node.body, inside._replace(is_inside_function=True))

    def _visit_body(self, body: Sequence[ast.stmt], place: _Place) -> None:
        for statement in body:
            is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if not is_text:
                self.visit(statement, place)

    def _change_statement(self, node: ast.stmt, place: _Place) -> None:
        if isinstance(node, ast.Return) and node.value is not None:
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                self._replace("return value", place, node.value, "None")
        elif isinstance(node, ast.Break):
            self._replace("jump", place, node, "continue")
        elif isinstance(node, ast.Continue):
            self._replace("jump", place, node, "break")
        elif isinstance(node, ast.If | ast.While):
            self._negate(node.test, place)
        elif isinstance(node, ast.Expr | ast.AugAssign) or (
            # Without another's assignment there is but a NameError, which every run would notice.
            isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript)
        ):
            self._replace("statement", place, node, "pass")
        is_sum = isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub)
        if is_sum and not _is_sequence(node.value):
            old, new = _ARITHMETIC[type(node.op)]
            pattern = re.compile(re.escape(f"{old}=".encode()))
            self._between("arithmetic", place, (node.target, node.value), pattern, f"{new}=")

    def _negate(self, test: ast.expr, place: _Place) -> None:
        # Where a `not` stands already, it is found as the expression that it is.
        if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
            self._replace("condition", place, test, b"not " + self._bracketed(test))

    def _change_expression(self, node: ast.expr, place: _Place) -> None:
        change = {
            ast.Compare: self._change_comparison,
            ast.BoolOp: self._change_boolean,
            ast.BinOp: self._change_arithmetic,
            ast.Call: self._change_call,
            ast.Constant: self._change_constant,
            ast.Slice: self._change_slice,
            ast.IfExp: lambda node, place: self._negate(node.test, place),
            ast.UnaryOp: self._change_not,
            ast.ListComp: self._change_filters,
            ast.SetComp: self._change_filters,
            ast.DictComp: self._change_filters,
            ast.GeneratorExp: self._change_filters,
        }.get(type(node))
        if change is not None:
            change(node, place)

    def _change_comparison(self, node: ast.Compare, place: _Place) -> None:
        operands = (node.left, *node.comparators)
        for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
            for new in _COMPARISONS[type(operator)]:
                self._between("comparison", place, (left, right), _COMPARISON, new)

    def _change_boolean(self, node: ast.BoolOp, place: _Place) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for pair in itertools.pairwise(node.values):
            self._between("boolean", place, pair, re.compile(rf"\b{old}\b".encode()), new)

    def _change_call(self, node: ast.Call, place: _Place) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
            self._replace("function", place, node.func, _FUNCTIONS[node.func.id])

    def _change_not(self, node: ast.UnaryOp, place: _Place) -> None:
        if isinstance(node.op, ast.Not):
            self._replace("condition", place, node, self._bracketed(node.operand))

    def _change_filters(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, place: _Place
    ) -> None:
        for test in (test for each in node.generators for test in each.ifs):
            self._negate(test, place)

    def _change_slice(self, node: ast.Slice, place: _Place) -> None:
        for bound in (node.lower, node.upper):
            if bound is not None and not isinstance(bound, ast.Constant | ast.UnaryOp):
                for sign in "+-":
                    self._replace("slice", place, bound, self._bracketed(bound) + f" {sign} 1".encode())

    def _change_arithmetic(self, node: ast.BinOp, place: _Place) -> None:
        if type(node.op) not in _ARITHMETIC:
            return
        if _is_sequence(node.left) or _is_sequence(node.right):
            return
        old, new = _ARITHMETIC[type(node.op)]
        pattern = re.compile(re.escape(old).encode())
        self._between("arithmetic", place, (node.left, node.right), pattern, new)

    def _change_constant(self, node: ast.Constant, place: _Place) -> None:
        value = node.value
        if isinstance(value, bool):
            self._replace("truth", place, node, str(not value))
        elif isinstance(value, int | float):
            kind = "slice" if place.is_index else "number"
            self._replace(kind, place, node, repr(value + 1))
            if value >= 1:
                self._replace(kind, place, node, repr(value - 1))
        elif isinstance(value, str) and value and place.strings_are_data:
            is_name_of_module = value.startswith("bulletin_lint")
            if not is_name_of_module and not re.search(r"\s", value) and len(value) <= 16:
                self._replace("string", place, node, '""')


def _is_sequence(node: ast.expr) -> bool:
    """Whether it is seen to be a text or a list: all but adding them ends in an error, which every run would notice."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return is_text or isinstance(node, _SEQUENCES)


def mutations(module: str, source: bytes) -> list[Mutation]:
    """All changes of a module that its tree suggests; whether one holds is asked when it is drawn (`is_sound`)."""
    finder = _Finder(module, source)
    finder.visit_module(ast.parse(source))
    return finder.found


def is_sound(mutation: Mutation, source: bytes) -> bool:
    """Whether the changed module can be parsed and is another one."""
    try:
        changed = ast.dump(ast.parse(mutation.apply(source)))
    except SyntaxError:
        return False
    return changed != ast.dump(ast.parse(source))
