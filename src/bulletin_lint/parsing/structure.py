"""The scores and moves that the parts of a bulletin are told by, ready for the decoder.

A pack's `structure` says it: `emit`, `move`, `house`, `heads`, `single`; see `rules/bulletin/structure.yaml`.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Set

    from bulletin_lint._typing import Any

MASTHEAD = "M"
CONTENTS_HEADING, CONTENTS_ENTRY = "CH", "CE"
NOTE, BOX, BOX_TEXT = "N", "NB", "NL"
COLUMN = "K"
TITLE, TITLE_LINE = "T", "T2"
HEADING = "H"
CAPTION, CAPTION_BEHIND = "CP", "CPx"
ROW = "R"
PARAGRAPH, SIGNED_PARAGRAPH, SECTION = "P", "PA", "S"
SOURCE, SIGNATURE, SIGNED_DATE = "A", "SG", "SD"
ANNEX = "X"
IMPRINT, DISTRIBUTION = "I", "D"

_IN_ORDER = "M CH CE N NB NL K T T2 H CP CPx R P PA S A SG SD X I D"
LABELS = tuple(_IN_ORDER.split())
"""What a block may be. Of readings with equal totals the one whose labels stand first here is taken."""
START, END = "start", "end"
"""Where moves begin and end: before the first block, behind the last."""
_REMEMBERS_HEADINGS = frozenset((PARAGRAPH, SECTION, CAPTION, ROW, HEADING))
_NO_END = -6.0
"""Points of an end where no end is named."""
_HEADINGS = 3
"""None, one, more: what is remembered of an article's sub-headings."""
LINE_FORMS: Mapping[str, str] = {
    "addressee": "Those whom a text addresses.",
    "box": "Headings of a leader's remarks.",
    "broken_above": "Lines that the next one goes on with.",
    "contact": "How lines of contacts begin.",
    "date_only": "Dates that are a line.",
    "docno": "Numbers of documents above a masthead.",
    "framed": "Columns between signs.",
    "first_item": "A label with the first item of a list behind it.",
    "item_mark": "Marks and numbers before an entry of the contents.",
    "page_tail": "Entries of the contents that end in a page number.",
    "spread": "Words set apart letter by letter, to fill a line as longer ones do.",
}
"""Forms of short lines, from their first character on, that packs give; each is a feature by itself."""
_PLAIN_FEATURES = """
bias head beside_head tail first prose table marker after_annex contents_heading said_again
len1 len2 len3 len4 len5 len6 long colon comma_end open_end has_comma bracketed wide figures dash
distribution imprint labels2 printed copies inline names named_role could_name aside label_source
flush flush_unit dash_unit unit_column unit_person habit note directive annex caption caption_word
office office_only same_office next_date after_prose column mark_column mark column_word
row run run_long next_row beside_row no_prose_next next_prose next_head echo shift joined_echo
kin rel_echo lead like unlike gap_alone no_gap gap_above
deeper md md_same md_deeper md_higher md_none md_column md_same_above larger centred bold indent_like_prose
not_indented next_mark next_item over_title title_mark title_number column_number axis_above axis_below
comma_above pictured entry_mark remark stopped broken_off colon_above amid in_sections restart unmarked
listed joined_listed byline over_byline no_byline said_elsewhere dash_below gap_wanted over_briefs brief
unit_and_writer
"""
FEATURES = frozenset((*LINE_FORMS, *_PLAIN_FEATURES.split()))
"""The names that `emit` may give points to; see `features`."""
HOUSES = ("signs", "some", "never")
HEADS = ("one", "more")
SINGLE = ("lost", "again")
HOUSE_VALUES = ("prior", "lost", "lost_k", "lost_end", "sign")
_FAR_BEHIND = 6.0
"""Points behind a block's best label from which a label is left out."""
_CLOSE = 4.0
"""Points between title and sub-heading within which the words around a line are compared."""
_REMEMBERED = 4_000
"""Combinations of features of which the points are remembered: most blocks look like others."""
_WITHOUT_END = ("lost", "lost_k")


class House(NamedTuple):
    """The moves of a house that signs its articles, some of them, or none."""

    name: str
    prior: float
    moves: tuple[Mapping[str, tuple[int, float]], ...]
    """By state: to which state a label leads, and for how many points."""
    ends: tuple[float, ...]
    """By state: the points of the document's end."""
    most: float
    """The points of the move that brings most."""
    known_ways: dict[tuple[str, ...], tuple[tuple[tuple[int, int, float], ...], ...]]
    """What `ways` has answered, by what it was asked."""

    def ways(self, labels: tuple[str, ...]) -> tuple[tuple[tuple[int, int, float], ...], ...]:
        """By state: the labels among these that can follow, each as its index, the state that it leads to and
        the points of the move. Few sets of labels are asked for, again and again.
        """
        found = self.known_ways.get(labels)
        if found is None:
            found = self.known_ways[labels] = tuple(
                tuple((index, *row[label]) for index, label in enumerate(labels) if label in row)
                for row in self.moves
            )
        return found


class Structure:
    """The scores of labels by features, and the moves of each house.

    A state is a label and how many sub-headings without number the article has had; its number is that of
    the label times three and the count. The last one is the start.
    """

    def __init__(self, definition: Mapping[str, Any], house: str | None = None) -> None:
        emit: Mapping[str, Mapping[str, float]] = definition.get("emit", {})
        self.biases = {label: emit.get(label, {}).get("bias", 0.0) for label in LABELS}
        self.weights: dict[str, tuple[tuple[str, float], ...]] = {
            name: tuple(
                (label, emit[label][name]) for label in LABELS if label in emit and emit[label].get(name)
            )
            for name in FEATURES
            if name != "bias"
        }
        """By feature: the labels that it says something of, with the points."""
        self.names: Mapping[str, Mapping[str, str]] = definition.get("labels", {})
        self._definition = definition
        self._only = house
        self._houses: dict[bool, tuple[House, ...]] = {}
        self._judged: dict[tuple[str, ...], tuple[Mapping[str, float], bool]] = {}

    def points(self, facts: Mapping[str, float], labels: Iterable[str]) -> dict[str, float]:
        """The points of each label that a block may have, by what its features say."""
        points = {label: self.biases[label] for label in labels}
        for name, value in facts.items():
            for label, weight in self.weights[name]:
                if label in points:
                    points[label] += weight * value
        return points

    def likely(self, facts: Mapping[str, float], labels: Collection[str]) -> dict[str, float]:
        """The points of the labels that are not far behind the best."""
        return _likely(self.points(facts, labels) if len(labels) > 1 else dict.fromkeys(labels, 0.0))

    def judged(self, facts: Mapping[str, float], labels: Set[str]) -> tuple[Mapping[str, float], bool]:
        """The points of the likely labels of a block whose features all simply hold, and whether title and
        sub-heading are so close that the words around it are to be compared.
        """
        key = (*facts, *labels) if len(labels) > 1 else tuple(labels)
        known = self._judged.get(key)
        if known is None:
            if len(self._judged) > _REMEMBERED:
                self._judged.clear()
            known = self._judged[key] = self.likely(facts, labels), self._is_close(facts, labels)
        return known

    def _is_close(self, facts: Mapping[str, float], labels: Set[str]) -> bool:
        if TITLE not in labels or HEADING not in labels:
            return False
        points = self.points(facts, labels)
        title, heading = points[TITLE], points[HEADING]
        return abs(title - heading) <= _CLOSE and max(title, heading) > max(points.values()) - _CLOSE

    def houses(self, *, single: bool) -> tuple[House, ...]:
        """The ways a house may sign; `single` for a document that is an article rather than an issue."""
        found = self._houses.get(single)
        if found is None:
            values: Mapping[str, Mapping[str, float]] = self._definition.get("house", {})
            names = [name for name in values if self._only in (None, name)] or list(values)
            found = self._houses[single] = tuple(
                self._house(name, values[name], single=single) for name in names
            )
        return found

    def _house(self, name: str, values: Mapping[str, float], *, single: bool) -> House:
        own = dict(values)
        again = 0.0
        if single:
            costs = self._definition.get("single", {})
            again = costs.get("again", 0.0)
            for key in _WITHOUT_END:
                own[key] = own.get(key, 0.0) + costs.get("lost", 0.0)
            own["lost_end"] = 0.0
        rows: Mapping[str, Mapping[str, float | str]] = self._definition.get("move", {})
        heads = self._definition.get("heads", {})
        closing = (0.0, heads.get("one", 0.0), heads.get("more", 0.0))
        moves: list[dict[str, tuple[int, float]]] = []
        ends: list[float] = []
        for label in (*LABELS, START):
            row = {
                key: float(own.get(points, 0.0) if isinstance(points, str) else points)
                for key, points in rows.get(label, {}).items()
            }
            for to in (SOURCE, SIGNED_PARAGRAPH):
                if to in row:
                    row[to] += own.get("sign", 0.0)
            if again and TITLE in row and label in _SIGNED:
                row[TITLE] += again
            remembers = label in _REMEMBERS_HEADINGS
            for count in range(1 if label == START else _HEADINGS):
                paid = closing[count] if remembers else 0.0
                moves.append(
                    {
                        to: (
                            _state(to, count if remembers else 0),
                            points if to in _REMEMBERS_HEADINGS else points + paid,
                        )
                        for to, points in row.items()
                        if to != END
                    }
                )
                ends.append(row.get(END, _NO_END) + paid)
        most = max((points for row in moves for _, points in row.values()), default=0.0)
        return House(name, own.get("prior", 0.0), tuple(moves), tuple(ends), most, {})


_SIGNED = frozenset((SOURCE, SIGNED_PARAGRAPH, SIGNED_DATE, CAPTION_BEHIND, ANNEX))
_NUMBER_OF = {label: number * _HEADINGS for number, label in enumerate(LABELS)}
START_STATE = len(LABELS) * _HEADINGS


def _likely(points: dict[str, float]) -> dict[str, float]:
    """The labels that are not far behind the best, in the order of `LABELS`."""
    least = max(points.values()) - _FAR_BEHIND
    found = {
        label: points[label] for label in sorted(points, key=_NUMBER_OF.__getitem__) if points[label] >= least
    }
    if CAPTION in found:
        found[CAPTION_BEHIND] = found[CAPTION]
    return found


def _state(label: str, count: int) -> int:
    if label not in _REMEMBERS_HEADINGS:
        return _NUMBER_OF[label]
    return _NUMBER_OF[label] + (min(count + 1, _HEADINGS - 1) if label == HEADING else count)


def state_of(label: str) -> int:
    """The state of a label before which nothing is remembered."""
    return _state(label, 0)


def label_of(state: int) -> str:
    """The label of a state."""
    return LABELS[state // _HEADINGS]
