"""Slots: one input of leaves that are scored alike, loaded for many units as rows of whole numbers.

Here cells are found missing, wrong, or beyond what floats hold exactly; no unit is read by itself.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import partial as bound_to
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from attrs import define, evolve, frozen

from parindex._batch.columns import WHOLE, Array, Coded, said
from parindex._batch.packed import SMALL
from parindex._batch.source import DROPPED, MISSING, ODD, PRESENT, WRONG
from parindex._batch.spans import Parameters
from parindex._methodology.rules.inputs import Input, InputKind
from parindex._scoring.assessment import NotApplicable
from parindex.errors import ParindexError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parindex._batch.packed import Chosen, Packed, Part
    from parindex._batch.source import Source

_SCALES: Final = (10, 100, 10**3, 10**4, 10**6, 10**9)
"""Decimals are held as whole numbers over one of these."""

LITERAL: Final = re.compile(r"'[^']*'|[-+]?[0-9]+(?:[./][0-9]+)?%?")
"""What a fault quotes; faults that differ in nothing else are of one kind."""

_MOST_SCALE: Final = 10**9
_MOST_KEYS: Final = 4096
"""Keys of levels that are whole numbers are looked up directly up to this one."""


@define(eq=False)
class Rows:
    """Whole numbers over the scale of their row, a row for each leaf and a column for each unit.

    Attributes:
        least, most: what no value is below, or above.
        scales: by row; None where all are 1.
        states: by cell; None where all are PRESENT.
        wrong: the name of each kind of fault, and where it is.
    """

    values: Array
    least: float
    most: float
    scales: tuple[int, ...] | None = None
    states: Array | None = None
    wrong: tuple[tuple[str, Array], ...] = ()


@define(eq=False)
class _Row:
    values: Array
    scale: int
    states: Array | None
    wrong: tuple[tuple[str, Array], ...] = ()


def assembled(rows: Sequence[_Row]) -> Rows:
    """Return rows as one array each of values and states."""
    values = np.stack([row.values for row in rows])
    scales = tuple(row.scale for row in rows)
    kinds = dict.fromkeys(kind for row in rows for kind, _ in row.wrong)
    none = np.zeros(values.shape[1], dtype=bool)
    wrong = tuple((kind, np.stack([dict(row.wrong).get(kind, none) for row in rows])) for kind in kinds)
    states = None
    if any(row.states is not None for row in rows):
        present = np.zeros(values.shape[1], dtype=np.uint8)
        states = np.stack([present if row.states is None else row.states for row in rows])
    least, most = float(values.min()), float(values.max())
    return Rows(values, least, most, None if set(scales) <= {1} else scales, states, wrong)


@frozen(eq=False)
class _Words:
    """The distinct values of a column, read: their values, their states, and which of them are wrong in what way."""

    values: Array
    states: Array | None
    kinds: tuple[tuple[str, Array], ...]


def _decoded(of: Coded, value: Callable[[Any], float]) -> _Words:
    """Return the words of a column; *value* gives a float for each, or raises."""
    count = max(len(of.words), 1)
    values = np.zeros(count)
    states = np.zeros(count, dtype=np.uint8)
    kinds: dict[str, Array] = {}
    for place, word in enumerate(of.words):
        if word is None:
            states[place] = MISSING
        elif isinstance(word, NotApplicable):
            states[place] = DROPPED
        else:
            try:
                values[place] = value(word)
            except ParindexError as error:
                states[place] = WRONG
                kind = LITERAL.sub("", str(error).partition("; did you mean")[0])
                kinds.setdefault(kind, np.zeros(count, dtype=bool))[place] = True
            except OverflowError:
                states[place] = ODD
    return _Words(values, states if states.any() else None, tuple(kinds.items()))


@frozen(eq=False)
class WordSlot:
    """Words that are worth points: the level that was chosen, or an item that is met.

    Attributes:
        names: the column of each leaf.
        inputs: what each leaf asks for.
        worths: what its words are worth, in whole numbers of 1/S; for an item, that of yes.
        takes_truths: whether truth values are such words.
    """

    names: tuple[str, ...]
    inputs: tuple[Input, ...]
    worths: tuple[dict[str, int], ...]
    _flat: Array
    _offsets: Parameters
    _tops: Array
    _width: int
    takes_truths: bool
    _most: float

    @classmethod
    def of(cls, names: Sequence[str], inputs: Sequence[Input], worths: Sequence[dict[str, int]]) -> WordSlot:
        """Return the slot, with the words that are whole numbers laid out to be looked up."""
        tables = [_by_number(each, worth) for each, worth in zip(inputs, worths, strict=True)]
        width = max(map(len, tables))
        flat = np.full((len(tables), width), np.nan)
        for row, table in zip(flat, tables, strict=True):
            row[: len(table)] = table
        # As narrow as the numbers themselves where the places are: they add up faster.
        kind = SMALL if flat.size <= np.iinfo(SMALL).max else np.intp
        offsets = Parameters([row * width for row in range(len(tables))], kind)
        tops = np.array([len(table) if not np.isnan(table).any() else 0 for table in tables])
        truths = inputs[0].kind is InputKind.YES_NO
        most = float(max(0, *(abs(value) for worth in worths for value in worth.values())))
        return cls(tuple(names), tuple(inputs), tuple(worths), flat.reshape(-1), offsets, tops, width, truths, most)

    def load(self, source: Source, part: Part) -> Rows:
        """Return the worths of what the units of *part* say."""
        chosen = source.chosen(self, self.names)
        if chosen is not None and source.once(self, lambda: self._known(source.packed, chosen))[part.number]:
            kind = self._offsets.column.dtype if chosen.small else np.intp
            places = source.packed.rows(chosen, part, kind, source.room)
            places += self._offsets.column
            values = source.room.array(places.shape, np.float64)
            return Rows(self._flat.take(places, mode="clip", out=values), -self._most, self._most)
        return assembled([self._row(row, source, part) for row in range(len(self.names))])

    def _known(self, packed: Packed, chosen: Chosen) -> list[bool]:
        """Return for each stretch whether all of its numbers can be looked up; NaN cannot."""
        least, most, whole = packed.ends(chosen)
        known = np.logical_and.reduce((least >= 0) & (most < self._tops) & whole, axis=1)
        return list(known)

    def _row(self, row: int, source: Source, part: Part) -> _Row:
        name, count = self.names[row], part.count
        column = source.coded_column(name)
        if column is not None:
            value = _word_worth(self.inputs[row], self.worths[row])
            words = source.once((self, row), lambda: _decoded(column, value))
            return _coded_row(part.of(column.codes), words, 1)
        numbers = source.numbers(name, part)
        if numbers is None:
            return _Row(np.zeros(count), 1, np.full(count, MISSING, dtype=np.uint8))
        truths = source.is_truth(name)
        distinct, codes = np.unique(numbers, return_inverse=True)
        words = tuple(bool(number) if truths else said(float(number)) for number in distinct)
        coded = Coded(codes, words)
        kept = _decoded(coded, _word_worth(self.inputs[row], self.worths[row]))
        return _coded_row(codes, kept, 1)


def _by_number(each: Input, worth: dict[str, int]) -> list[float]:
    """Return the worths by whole number: of 0 and 1 for an item, of the keys that are numbers for levels."""
    if each.kind is InputKind.YES_NO:
        return [0, worth["yes"]]
    keys = {int(key): key for key in worth if key.isdecimal() and str(int(key)) == key and int(key) < _MOST_KEYS}
    return [worth[keys[number]] if number in keys else np.nan for number in range(max(keys, default=0) + 1)]


def _word_worth(each: Input, worth: dict[str, int]) -> Any:
    def value(word: Any) -> float:
        read = each.read(word, None)
        if isinstance(read, bool):
            return worth["yes"] if read else 0
        return worth[str(read)]

    return value


def _coded_row(codes: Array, words: _Words, scale: int) -> _Row:
    kept = None if words.states is None else words.states[codes]
    wrong = ((kind, mask[codes]) for kind, mask in words.kinds)
    return _Row(words.values[codes], scale, kept, tuple((kind, mask) for kind, mask in wrong if mask.any()))


@frozen(eq=False)
class NumberSlot:
    """Numbers: counts, amounts, percentages, values, points.

    Attributes:
        names: the column of each leaf.
        inputs: what each leaf asks for.
        tops: the maximum of each leaf, for inputs that go up to it.
    """

    names: tuple[str, ...]
    inputs: tuple[Input, ...]
    tops: tuple[Fraction | None, ...]
    takes_truths: ClassVar[bool] = False
    _bounds: tuple[tuple[Fraction | None, Fraction | None], ...]
    _least: float
    _most: float

    @classmethod
    def of(cls, names: Sequence[str], inputs: Sequence[Input], tops: Sequence[Fraction | None]) -> NumberSlot:
        """Return the slot, with the bounds that all of its inputs share."""
        bounds = tuple((each.low, top if each.up_to_max else each.high) for each, top in zip(inputs, tops, strict=True))
        lows = [-WHOLE + 1, *(float(math.ceil(low)) for low, _ in bounds if low is not None)]
        highs = [WHOLE - 1, *(float(math.floor(high)) for _, high in bounds if high is not None)]
        return cls(tuple(names), tuple(inputs), tuple(tops), bounds, max(lows), min(highs))

    def load(self, source: Source, part: Part) -> Rows:
        """Return the numbers of the units of *part*."""
        chosen = source.chosen(self, self.names)
        if chosen is not None:
            ends = source.once(self, lambda: self._ends(source.packed, chosen))[part.number]
            if ends is not None:
                return Rows(source.packed.rows(chosen, part, np.float64, source.room), *ends)
        return assembled([self._row(row, source, part) for row in range(len(self.names))])

    def _ends(self, packed: Packed, chosen: Chosen) -> list[tuple[float, float] | None]:
        """Return for each stretch the extremes of its numbers; None where some of them are more than plain numbers."""
        lows, highs, wholes = packed.ends(chosen)
        least, most = np.minimum.reduce(lows, axis=1).tolist(), np.maximum.reduce(highs, axis=1).tolist()
        whole = np.logical_and.reduce(wholes, axis=1).tolist() * (len(least) // len(wholes))
        return [
            # Neither end holds for NaN.
            (float(low), float(high)) if own and low >= self._least and high <= self._most else None
            for low, high, own in zip(least, most, whole, strict=True)
        ]

    def _row(self, row: int, source: Source, part: Part) -> _Row:
        name, count = self.names[row], part.count
        column = source.coded_column(name)
        if column is not None:
            read = bound_to(_number_words, column, self.inputs[row], self.tops[row])
            words, scale = source.once((self, row), read)
            return _coded_row(part.of(column.codes), words, scale)
        numbers = source.numbers(name, part)
        if numbers is None:
            return _Row(np.zeros(count), 1, np.full(count, MISSING, dtype=np.uint8))
        if source.is_truth(name):
            wrong = np.ones(count, dtype=bool)
            return _Row(np.zeros(count), 1, np.full(count, WRONG, dtype=np.uint8), (("truth value", wrong),))
        return _number_row(numbers, self.inputs[row], self._bounds[row])


def _number_row(given: Array, each: Input, bounds: tuple[Fraction | None, Fraction | None]) -> _Row:
    """Return one row of floats as whole numbers over a common scale; what has no such form is ODD."""
    states = np.where(np.isnan(given), MISSING, PRESENT).astype(np.uint8)
    states[np.isinf(given)] = WRONG
    values = np.where(states == PRESENT, given, 0)
    states[abs(values) >= WHOLE] = ODD
    wrong: dict[str, Array] = {"no number": np.isinf(given)}
    scale = 1
    parted = (np.floor(values) != values) & (states == PRESENT)
    if parted.any():
        if each.kind is InputKind.COUNT:
            wrong["not whole"] = parted
        else:
            values, scale, unheld = decimals(values)
            states[unheld & (states == PRESENT)] = ODD
    low, high = bounds
    held = states == PRESENT
    if low is not None:
        wrong["low"] = held & (values < math.ceil(low * scale))
    if high is not None:
        wrong["high"] = held & (values > math.floor(high * scale))
    if each.kind is InputKind.PERCENT:
        wrong["ambiguous"] = held & (values > 0) & (values < scale)
    for mask in wrong.values():
        states[mask] = WRONG
    values[states != PRESENT] = 0
    kinds = tuple((kind, mask) for kind, mask in wrong.items() if mask.any())
    return _Row(values, scale, states if states.any() else None, kinds)


def decimals(values: Array) -> tuple[Array, int, Array]:
    """Return floats as whole numbers over one power of ten, and which of them are no such decimal of 15 digits.

    A decimal of 15 digits is the shortest that prints its float, and dividing back gives that float exactly.
    """
    for scale in _SCALES:
        numbers = np.rint(values * scale)
        unheld = (numbers / scale != values) | (abs(numbers) >= 10**15)
        if not unheld.any():
            break
    return np.where(unheld, 0, numbers), scale, unheld


def _number_words(column: Coded, each: Input, top: Fraction | None) -> tuple[_Words, int]:
    """Return the words of a column as whole numbers over one scale."""
    read: dict[Any, Fraction | ParindexError] = {}
    for word in column.words:
        if word is not None and not isinstance(word, NotApplicable):
            try:
                value = each.read(word, top)
            except ParindexError as error:
                read[type(word), word] = error
            else:
                assert not isinstance(value, str)  # a number slot reads numbers
                read[type(word), word] = Fraction(value)
    scale = 1
    for known in read.values():
        common = math.lcm(scale, known.denominator) if isinstance(known, Fraction) else scale
        scale = common if common <= _MOST_SCALE else scale

    def number(word: Any) -> float:
        known = read[type(word), word]
        if isinstance(known, ParindexError):
            raise known
        scaled = known * scale
        if scaled.denominator != 1 or abs(scaled) >= WHOLE:
            raise OverflowError
        return float(scaled)

    return _decoded(column, number), scale


def joined(parts: Sequence[Rows]) -> tuple[tuple[Rows, ...], tuple[int, ...] | None, Array | None]:
    """Return several slots of the same leaves over common scales, these, and where a value is then beyond floats."""
    found = tuple(parts)
    if all(part.scales is None for part in found):
        return found, None, None
    ones = (1,) * len(found[0].values)
    scales = [part.scales or ones for part in found]
    common = tuple(math.lcm(*each) for each in zip(*scales, strict=True))
    values = []
    unheld = np.zeros(found[0].values.shape, dtype=bool)
    for part, own in zip(found, scales, strict=True):
        factors = np.array([whole // each for whole, each in zip(common, own, strict=True)], dtype=np.float64)
        scaled = part.values * factors[:, None]
        unheld |= abs(scaled) >= WHOLE
        values.append(scaled)
    for scaled in values:
        scaled[unheld] = 0
    rows = (
        evolve(part, values=scaled, least=float(scaled.min()), most=float(scaled.max()))
        for part, scaled in zip(found, values, strict=True)
    )
    return tuple(rows), common, unheld
