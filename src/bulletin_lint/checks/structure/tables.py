"""Figures of a table that must agree: a total with its column or row, a share with the two columns it is of,
the numbers of the rows.
"""

from __future__ import annotations

from abc import abstractmethod

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.numerals import like, parse_number
from bulletin_lint.model.violation import Match, Outcome, Severity, Value
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing.cell_bars import cells_apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node
    from bulletin_lint.model.location import Span

_FIGURE = compiled(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_UNIT = compiled(r"[（(]([^（）()]{1,8})[）)]$")
_PERCENT = "%％"
_ROWS, _COLUMNS = Wording("各行", "the rows"), Wording("各栏", "the columns")
_LEAST_ROWS = 2
"""Rows that a total is of at least."""
_LEAST_COUNTED = 4
"""Rows that are numbered at least before a number among them is called wrong."""
_LEAST_SHARES = 3
"""Rows whose shares agree at least before one that does not is called wrong."""


class Cell(NamedTuple):
    """A cell of a table."""

    text: str
    span: Span
    figure: Decimal | None
    """Its value, where it is nothing but a figure; a percentage's without the sign."""
    is_percentage: bool

    @property
    def half_unit(self) -> Decimal:
        """How far the value may be off by rounding: half of its last place."""
        from decimal import Decimal

        _, _, decimals = self.text.rstrip(_PERCENT).partition(".")
        return Decimal("0.5").scaleb(-len(decimals))


Row = list[Cell]


class TableCheck(Check):
    """A kind of check that judges tables one by one, by what their cells say."""

    told_by: ClassVar[str] = ""
    """The parameter whose pattern a table must match somewhere to be judged, if there is one."""

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._told = resources.pattern(parameters[self.told_by]) if self.told_by else None

    @classmethod
    def sought(
        cls, parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]
    ) -> Mapping[str, bool]:
        """The pattern that tells a table which is judged."""
        return {parameters[cls.told_by]: False} if cls.told_by else {}

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        tables = context.select(self._on)
        if not tables:
            return "not-applicable"
        return [
            match
            for table in tables
            if self.may_judge(context, table)
            for match in self.judged(table, cells_of(context, table))
        ]

    def may_judge(self, context: CheckContext, table: Node) -> bool:
        """Whether a table may have what is judged, as far as its text tells."""
        return self._told is None or context.may_match(self._told, table.span)

    @abstractmethod
    def judged(self, table: Node, rows: Sequence[Row]) -> Iterable[Match]:
        """What is wrong in a table; without rows it is not known which cells stand below one another."""


class TableTotal(TableCheck):
    """A row of totals has the sums of the columns above it (or below it, where it is the first), and a column
    of totals, the last, those of the rows.

    A column is judged only where another column of the same table has its sum: so it is known that the
    row is a total of these rows, and that all of them are there. The only column is judged where `alike`
    says so.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "total": Parameter("pattern", "What a cell of the row of totals says.", required=True),
        "parts_of_rows": Parameter(
            "pattern", "What a cell says whose row is part of another; such a table is not judged."
        ),
        "not_summed": Parameter("pattern", "Heads of columns that have no sum: ranks, rates, prices."),
        "rounded": Parameter("pattern", "Heads of columns whose figures are rounded, whole ones too."),
        "alike": Parameter(
            "pattern",
            "How the name of every row ends, where they are units that overlap nowhere (东村, 西村): then a "
            "table with one column of figures is judged too, as advice, unless the total is of many more.",
        ),
        "counted": Parameter("pattern", "Heads of columns that number the rows."),
    }
    told_by = "total"

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        super().__init__(parameters, resources)
        self._total = resources.pattern(parameters["total"])
        self._parts, self._not_summed, self._rounded, self._alike, self._counted = (
            resources.pattern(parameters[name]) if parameters.get(name) else None
            for name in ("parts_of_rows", "not_summed", "rounded", "alike", "counted")
        )

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the total as written), expected (the sum), column (its head), parts (rows or columns)."""
        return frozenset({"found", "expected", "column", "parts"})

    def judged(self, table: Node, rows: Sequence[Row]) -> Iterable[Match]:
        """The totals that are not those of the rows or of the columns."""
        found = [*self._judged(table, rows, _ROWS), *self._judged(table, self._turned(rows), _COLUMNS)]
        # The figure in the corner is a total of both.
        return sorted({match.span: match for match in reversed(found)}.values(), key=lambda match: match.span)

    def _turned(self, rows: Sequence[Row]) -> list[Row]:
        """The columns of a table as rows, where the last holds totals of the others; else none."""
        head, _ = _parted(rows)
        if len(head) != 1 or not self._total.fullmatch(_UNIT.sub("", "".join(head[0][-1].text.split()))):
            return []
        columns = [list(column) for column in zip(*rows, strict=True)]
        if self._counted is not None:
            columns = [column for column in columns if not self._counted.search(column[0].text)]
        named = [column for column in columns if all(cell.figure is None for cell in column)]
        summed = [column for column in columns if column not in named]
        if len(named) != 1 or any(self._is_not_summed(column[0].text) for column in summed):
            return []
        if len({_unit(column[0]) for column in summed}) > 1:
            return []
        # The name of a total is its head without the unit.
        head_cell = summed[-1][0]
        summed[-1][0] = head_cell._replace(text=_UNIT.sub("", head_cell.text))
        return [*named, *summed]

    def _judged(self, table: Node, rows: Sequence[Row], parts: Wording) -> Iterator[Match]:
        totals = [number for number, row in enumerate(rows) if self._is_total(row)]
        if len(totals) != 1 or any(self._is_part(cell) for row in rows for cell in row[:2]):
            return
        head, body = _parted(rows)
        (at,) = totals
        if at == len(rows) - 1:
            summed = [row for row in body if row is not rows[at]]
        elif body and body[0] is rows[at]:
            summed = list(body[1:])
        else:
            return
        if len(summed) < _LEAST_ROWS or not head:
            return
        wrong, right = [], 0
        for column, cell in enumerate(rows[at]):
            column_head = " ".join(dict.fromkeys(row[column].text for row in head))
            found = self._sum(cell, [row[column] for row in summed], column_head)
            if found is None:
                continue
            expected, agrees = found
            if agrees:
                right += bool(expected)
            else:
                wrong.append((cell, expected, column_head))
        # Where more are wrong than right it is no total of these rows.
        severity: Severity | None = None
        if len(wrong) > right:
            if parts is not _ROWS or right or len(wrong) > 1 or not self._is_sole(summed, *wrong[0][:2]):
                return
            severity = "info"
        for cell, expected, column_head in wrong:
            values: dict[str, Value] = {
                "found": cell.text,
                "expected": f"{expected:f}",
                "column": column_head,
                "parts": parts,
            }
            yield Match(cell.span, values, part=table.path, severity=severity)

    def _is_sole(self, rows: Sequence[Row], total: Cell, expected: Decimal) -> bool:
        """Whether the only column of figures may be judged: every row is a unit, has its figure, and the
        total is near enough to be of these rows alone.
        """
        if self._alike is None or total.figure is None or total.figure >= 2 * expected:
            return False
        for row in rows:
            name = next((cell.text for cell in row if cell.text and cell.figure is None), "")
            if self._alike.search(name) is None or not any(cell.figure is not None for cell in row[1:]):
                return False
        return True

    def _is_not_summed(self, head: str) -> bool:
        return self._not_summed is not None and self._not_summed.search(head) is not None

    def _sum(self, total: Cell, cells: Sequence[Cell], head: str) -> tuple[Decimal, bool] | None:
        """The sum of a column and whether the total is that; None for a column that has no sum."""
        from decimal import Decimal

        if total.figure is None or total.is_percentage:
            return None
        if self._is_not_summed(head):
            return None
        figures = [cell for cell in cells if cell.figure is not None]
        # A cell without a figure is nought only where it is empty or a dash.
        if len(figures) < _LEAST_ROWS or any(
            cell.is_percentage or (cell.figure is None and any(map(str.isalnum, cell.text))) for cell in cells
        ):
            return None
        result = sum((cell.figure for cell in figures if cell.figure is not None), Decimal(0))
        off = abs(result - total.figure)
        is_rounded = self._rounded is not None and self._rounded.search(head)
        allowed = Decimal(0)
        if is_rounded or any("." in cell.text for cell in (*figures, total)):
            allowed = sum((cell.half_unit for cell in figures), total.half_unit)
        return result, off <= allowed

    def _is_total(self, row: Row) -> bool:
        return any(self._total.fullmatch("".join(cell.text.split())) for cell in row[:2])

    def _is_part(self, cell: Cell) -> bool:
        return self._parts is not None and bool(self._parts.search("".join(cell.text.split())))


class TableNumbers(TableCheck):
    """A column that numbers the rows counts 1, 2, 3: one that is mistyped or left out is wrong.

    Where more do not fit, cells are merged or rows were chosen from a longer table.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "counted": Parameter("pattern", "Heads of columns that number the rows.", required=True),
        "named": Parameter(
            "pattern",
            "Heads among them whose numbers may be those of the things: where most rows say theirs again in "
            "another cell (1 and 1路), they count nothing.",
        ),
    }
    told_by = "counted"

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        super().__init__(parameters, resources)
        self._counted = resources.pattern(parameters["counted"])
        self._named = resources.pattern(parameters["named"]) if parameters.get("named") else None

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the number as written), expected."""
        return frozenset({"found", "expected"})

    def judged(self, table: Node, rows: Sequence[Row]) -> Iterable[Match]:
        """The number from which on the first column does not count its rows."""
        heads = [at for at, row in enumerate(rows) if self._is_head(row[0].text)]
        if heads and not self._names(rows[heads[-1]][0].text, rows[heads[-1] + 1 :]):
            wrong = _miscounted([row[0] for row in rows[heads[-1] + 1 :]])
            if wrong is not None:
                cell, expected = wrong
                values = {"found": cell.text, "expected": like(cell.text, expected)}
                yield Match(cell.span, values, part=table.path)

    def _is_head(self, text: str) -> bool:
        return self._counted.fullmatch("".join(text.split())) is not None

    def _names(self, head: str, rows: Sequence[Row]) -> bool:
        """Whether the numbers below a head are parts of what other cells of their rows name."""
        if self._named is None or self._named.fullmatch("".join(head.split())) is None:
            return False
        return sum(map(_names_its_number, rows)) * 2 > len(rows)


def _names_its_number(row: Row) -> bool:
    number = row[0].text
    return bool(number) and any(
        cell.figure is None and number in _FIGURE.findall(cell.text) for cell in row[1:]
    )


def _miscounted(cells: Sequence[Cell]) -> tuple[Cell, int] | None:
    """The one number that does not fit its row, or from which on all are one too many."""
    numbers = [cell.figure if cell.figure is not None else parse_number(cell.text) for cell in cells]
    if numbers and numbers[-1] is None:
        # A row of totals.
        numbers.pop()
    if len(numbers) < _LEAST_COUNTED or None in numbers:
        return None
    off = [(each or 0) - number for number, each in enumerate(numbers, 1)]
    wrong = [at for at, each in enumerate(off) if each]
    if not wrong or not wrong[0]:
        return None
    first = wrong[0]
    if len(wrong) == 1 and first < len(numbers) - 1:
        return cells[first], first + 1
    is_told = first >= _LEAST_ROWS or len(wrong) >= _LEAST_ROWS + 1
    if len(numbers) - first == len(wrong) and all(off[at] == 1 for at in wrong) and is_told:
        return cells[first], first + 1
    return None


class TableShare(TableCheck):
    """A column of percentages is the share of two columns before it: a row in which it is not is wrong.

    Of which two is told by the rows themselves: all but one must agree, three of them at least.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {}

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the percentage as written), expected, part and whole (the heads of the two columns)."""
        return frozenset({"found", "expected", "part", "whole"})

    def may_judge(self, context: CheckContext, table: Node) -> bool:
        """Whether a table has a percentage."""
        return any(sign in table.text for sign in _PERCENT)

    def judged(self, table: Node, rows: Sequence[Row]) -> Iterable[Match]:
        """The shares that are not those of the two columns."""
        return _wrong_shares(table, rows)


def _wrong_shares(table: Node, rows: Sequence[Row]) -> Iterator[Match]:
    head, body = _parted(rows)
    if not head:
        return
    for column in range(2, len(rows[0])):
        shares = [row for row in body if row[column].figure is not None]
        if not shares or not any(row[column].is_percentage for row in shares):
            continue
        for part, whole in ((a, b) for a in range(column) for b in range(column) if a != b):
            judged = [row for row in shares if row[part].figure and row[whole].figure]
            wrong = [row for row in judged if not _is_share(row[column], row[part], row[whole])]
            if not wrong and len(judged) >= _LEAST_SHARES:
                # It is the share of these two, and all agree.
                break
            if len(wrong) != 1 or len(judged) - 1 < _LEAST_SHARES:
                continue
            (row,) = wrong
            values = {
                "found": row[column].text,
                "expected": _percentage(row[part], row[whole]),
                "part": head[-1][part].text,
                "whole": head[-1][whole].text,
            }
            yield Match(row[column].span, values, part=table.path)
            break


def _percentage(part: Cell, whole: Cell) -> str:
    from decimal import Decimal

    one = Decimal(1)
    return f"{round((part.figure or one) / (whole.figure or one) * 100, 1).normalize():f}"


def _is_share(share: Cell, part: Cell, whole: Cell) -> bool:
    """Whether a percentage may be that of two figures, all three of them rounded."""
    if share.figure is None or part.figure is None or not whole.figure:
        return False
    low = (part.figure - part.half_unit) / (whole.figure + whole.half_unit) * 100
    high = (part.figure + part.half_unit) / max(whole.figure - whole.half_unit, whole.half_unit) * 100
    # One unit of the last place: some cut off where others round.
    slack = share.half_unit * 2
    return low - slack <= share.figure <= high + slack


def _unit(head: Cell) -> str:
    found = _UNIT.search(head.text)
    return found[1] if found is not None else ""


def _parted(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of heads, which have no figure that is one, and the rows below them."""
    first = next(
        (at for at, row in enumerate(rows) if any(cell.figure is not None for cell in row)), len(rows)
    )
    return rows[:first], rows[first:]


def cells_of(context: CheckContext, table: Node) -> list[Row]:
    """The cells of a table, row by row, of typed rows what tabs or wide space part; none where the rows have
    not all as many, for then it is not known which stand below one another.
    """
    document = context.document
    rows: list[Row] = []
    number = document.block_at(table.span.start)
    while number < len(document.blocks) and document.blocks[number].span.start < table.span.end:
        block = document.blocks[number]
        spans = block.cells if block.table else cells_apart(document.text, *block.span)
        rows.append([_cell(document.text[span.start : span.end], span) for span in spans])
        number += 1
    return rows if len({len(row) for row in rows}) == 1 else []


def _cell(written: str, span: Span) -> Cell:
    from decimal import Decimal

    text = written.strip()
    bare = text.rstrip(_PERCENT).rstrip()
    figure = Decimal(bare.replace(",", "")) if _FIGURE.fullmatch(bare) else None
    return Cell(text, span, figure, bare != text)
