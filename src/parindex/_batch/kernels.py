"""Kernels: the points of all leaves that share the form of their rule, for many units at once.

A kernel loads its slots, finds what contradicts itself, and gives the points as spans; each says what the reference
rule of the same name says, and a property test holds them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from attrs import define, evolve, frozen

from parindex._batch.columns import WHOLE, Array
from parindex._batch.slots import NumberSlot, Rows, WordSlot, joined
from parindex._batch.source import DROPPED, MISSING, ODD, PRESENT, WRONG, Source
from parindex._batch.spans import Parameters, Spans, column_of, scaled
from parindex._methodology.words import ZeroTotal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parindex._batch.packed import Part
    from parindex._methodology.rules import Input


@frozen(eq=False)
class Leaf:
    """A leaf as a kernel sees it: its rule, its maximum, the columns of its inputs, and 1/S.

    Attributes:
        key: its id, with the keys of the parts of a best-of.
        columns: the names of the columns that the table has.
    """

    key: str
    rule: Any
    max_points: Fraction | None
    columns: frozenset[str]
    scale: int

    @property
    def maximum(self) -> Fraction:
        """The maximum, 0 where it is unknown and no rule needs it."""
        return self.max_points or Fraction(0)

    def has(self, *names: str) -> bool:
        """Return whether the table has a column for one of the inputs."""
        return any(self.key + name in self.columns for name in names)


@define(eq=False)
class Loaded:
    """What a kernel reads: rows of whole numbers, harmless where a leaf is not complete, and the state of each leaf.

    Attributes:
        ends: what no value of a row is below, or above.
        scales: what the rows of a leaf are to be divided by; None where all are 1.
        states: by leaf and unit; None where all are PRESENT.
        untouched: where nothing at all was observed; None where *states* is.
        wrong: the leaves' rows, the name of the fault, and where it is.
    """

    rows: tuple[Array, ...]
    ends: tuple[tuple[float, float], ...]
    scales: tuple[int, ...] | None = None
    states: Array | None = None
    untouched: Array | None = None
    wrong: tuple[tuple[str, str, Array], ...] = ()


class Kernel(ABC):
    """Leaves of one form; *fills* are harmless values for what is missing, by slot."""

    type: ClassVar[str]
    fills: tuple[float, ...]
    excludes: bool = False
    """Whether some of the slots exclude others, so that a leaf that has them all is wrong."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = tuple(leaves)
        self.scale = leaves[0].scale
        self.slots = tuple(self._slots())
        self.fills = (0.0,) * len(self.slots)
        self.limits = self._worth([leaf.maximum for leaf in leaves])

    @staticmethod
    def form(leaf: Leaf) -> Any:
        """Return what leaves must share to be scored together."""
        return len(leaf.rule.inputs)

    @staticmethod
    def kind(leaf: Leaf) -> Any:  # noqa: ARG004  most leaves of one form differ in nothing
        """Return what leaves of one kernel are sorted by, so that those that differ in it stand together."""
        return 0

    def _worth(self, values: Sequence[Fraction]) -> Parameters:
        """Return points in whole numbers of 1/S, one for each leaf; the plan has made sure that they are whole."""
        return Parameters([scaled(value, self.scale)[0] for value in values])

    def _slots(self) -> list[NumberSlot | WordSlot]:
        return [self._numbers([leaf.rule.inputs[slot] for leaf in self.leaves]) for slot in range(self._width)]

    @property
    def _width(self) -> int:
        return len(self.leaves[0].rule.inputs)

    def _numbers(self, inputs: Sequence[Input]) -> NumberSlot:
        return NumberSlot.of(self._names(inputs), inputs, [leaf.max_points for leaf in self.leaves])

    def _words(self, inputs: Sequence[Input], worths: Sequence[Mapping[str, Fraction]]) -> WordSlot:
        whole = [{key: scaled(value, self.scale)[0] for key, value in each.items()} for each in worths]
        return WordSlot.of(self._names(inputs), inputs, whole)

    def _names(self, inputs: Sequence[Input]) -> list[str]:
        return [leaf.key + each.name for leaf, each in zip(self.leaves, inputs, strict=True)]

    def load(self, source: Source, part: Part) -> Loaded:
        """Return what the table says of the leaves for the units of *part*."""
        parts, scales, unheld = joined([slot.load(source, part) for slot in self.slots])
        if unheld is None and not self.excludes and all(part.states is None for part in parts):
            loaded = Loaded(tuple(part.values for part in parts), tuple((part.least, part.most) for part in parts))
        else:
            loaded = self._partly(parts, scales, unheld)
        wrong = tuple(self._contradictions(loaded))
        if not wrong:
            return loaded
        states = loaded.states
        shape = loaded.rows[0].shape
        states = np.zeros(shape, dtype=np.uint8) if states is None else states
        untouched = np.zeros(shape, dtype=bool) if loaded.untouched is None else loaded.untouched
        for _, _, mask in wrong:
            states[mask] = WRONG
        return evolve(loaded, states=states, untouched=untouched, wrong=(*loaded.wrong, *wrong))

    def _partly(self, parts: Sequence[Rows], scales: tuple[int, ...] | None, unheld: Array | None) -> Loaded:
        shape = parts[0].values.shape
        present = np.zeros(shape, dtype=np.uint8)
        cells = np.stack([present if part.states is None else part.states for part in parts])
        if unheld is not None:
            cells[0][unheld & (cells[0] == PRESENT)] = ODD
        return self.combined(cells, parts, scales)

    def combined(self, cells: Array, parts: Sequence[Rows], scales: tuple[int, ...] | None) -> Loaded:
        """Return what is loaded, with the states of leaves from those of their cells."""
        states, untouched, mixed = leaf_states(cells, (cells == MISSING).any(axis=0))
        filled = tuple(
            np.where(states == PRESENT, part.values, fill * np.array(scales or (1,), dtype=np.float64)[:, None])
            for part, fill in zip(parts, self.fills, strict=True)
        )
        wrong = [(kind, str(slot), mask) for slot, part in enumerate(parts) for kind, mask in part.wrong]
        if mixed.any():
            wrong.append(("mixed", "0", mixed))
        return Loaded(filled, ends_of(filled), scales, states, untouched, tuple(wrong))

    def _contradictions(self, loaded: Loaded) -> list[tuple[str, str, Array]]:
        """Return what is wrong between the inputs of complete leaves."""
        return []

    @abstractmethod
    def points(self, loaded: Loaded, *, fine: bool = False) -> Spans:
        """Return the points of the leaves; with *fine* also what they are above their floors, where that is known."""


def ends_of(rows: Sequence[Array]) -> tuple[tuple[float, float], ...]:
    """Return the least and the greatest value of each row."""
    return tuple((float(row.min()), float(row.max())) for row in rows)


def leaf_states(cells: Array, missing: Array) -> tuple[Array, Array, Array]:
    """Return the state of each leaf, where nothing was observed, and where it does not apply and has values too."""
    dropped = (cells == DROPPED).any(axis=0)
    touched = ((cells != MISSING) & (cells != DROPPED)).any(axis=0)
    mixed = dropped & touched
    states = np.where(missing, MISSING, PRESENT)
    states[(cells == ODD).any(axis=0)] = ODD
    states[dropped] = DROPPED
    states[(cells == WRONG).any(axis=0) | mixed] = WRONG
    return states.astype(np.uint8), ~touched & ~dropped, mixed


class Factors:
    """Rational parameters, one for each leaf, as whole numbers over whole numbers.

    Those beyond 2**53 are rounded, and so is what is made of them: no kernel trusts numbers as large as that.
    """

    def __init__(self, values: Iterable[Fraction]) -> None:
        self._values = tuple(values)
        self.over = Parameters([value.numerator for value in self._values])
        self.under = Parameters([value.denominator for value in self._values])

    def scaled(self, scales: tuple[int, ...] | None) -> Factors:
        """Return them over the scales of their rows."""
        if scales is None:
            return self
        return Factors(value / scale for value, scale in zip(self._values, scales, strict=True))


def empty_points(kernel: Kernel, empty: Array, spans: Spans) -> Spans:
    """Return points with what an empty denominator gives, where it is *empty*."""
    rules = [leaf.rule for leaf in kernel.leaves]
    full = column_of([rule.zero_total is ZeroTotal.FULL for rule in rules])
    low = np.where(empty, full * kernel.limits.column, spans.low)
    loose = None if spans.loose is None else spans.loose & ~empty
    drops = np.array([rule.zero_total is ZeroTotal.NOT_APPLICABLE for rule in rules])[:, None]
    gone = empty & drops
    return Spans(low, loose, spans.width, gone if gone.any() else None, spans.odd, spans.rest)


def beyond(*values: Array) -> Array | None:
    """Return which units have, in any row, numbers that add up to 2**53 or more; None where none has."""
    total: Array = abs(values[0]) + abs(values[1])
    whole = np.asarray(total >= WHOLE)
    return np.asarray(whole.any(axis=0)) if whole.any() else None
