"""Steps: what to change of one leaf, what that brings, and all that a unit could do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.parts import Grade
from parindex._methodology.rules import Input
from parindex._methodology.rules.inputs import Value
from parindex._numbers import exact_sum
from parindex._scoring.results import Scorecard
from parindex.analysis.moves import Reason
from parindex.errors import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_NONE = Fraction(0)


@frozen(kw_only=True)
class Change:
    """One input of a leaf, as it is and as it would be."""

    input: Input
    before: Value
    after: Value

    @property
    def more(self) -> Fraction | None:
        """By how much a number would be greater; None of a choice, and of yes or no."""
        return Fraction(self.after) - Fraction(self.before) if self.input.numeric else None


@frozen(kw_only=True)
class Step:
    """A change of one leaf, and exactly what it brings while everything else stays.

    Attributes:
        id: the leaf.
        changes: what would be observed instead.
        points: by how much its points would change, as the tree counts them.
        gain: by how much the headline would change.
        each: what every single unit of the change brings, where they are several and bring all alike, but perhaps the
            last, which may bring less; else None.
        headline, grade: what the unit would have then.
        beside: the inputs that stay as they are, ``total`` 200 of ``done`` 177, as an assessment states them.
    """

    id: str
    changes: tuple[Change, ...]
    points: Fraction
    gain: Fraction
    each: Fraction | None = None
    headline: Fraction
    grade: Grade | None
    beside: FrozenMap[str, Value]

    @property
    def observations(self) -> dict[str, dict[str, Value]]:
        """What would be observed of the leaf, to be put into an assessment."""
        changed = {each.input.name: each.input.written(each.after) for each in self.changes}
        return {self.id: {**self.beside, **changed}}


@frozen(kw_only=True)
class Improvement:
    """What can be done at one leaf.

    Attributes:
        id, lead: the leaf, and who is in charge of it or of what it belongs to.
        lost: the points that it misses of its maximum, or that it takes off; None where its maximum is unknown.
        steps: for each way to change it the next step that brings anything, what brings most first.
        whole: the least that brings all that can be had; None where nothing can.
        reason: why nothing can be done; None where something can.
        closed: why the unit cannot influence it any more, as the user said; None where nobody did.
    """

    id: str
    lead: str | None
    lost: Fraction | None
    steps: tuple[Step, ...] = ()
    whole: Step | None = None
    reason: Reason | None = None
    closed: str | None = None

    @property
    def first(self) -> Step | None:
        """The step to take first: the whole where every unit of it brings the same, else the next one.

        The whole too where nothing but all of it together brings anything.
        """
        if self.whole is not None and (self.whole.each is not None or not self.steps):
            return self.whole
        return self.steps[0] if self.steps else None


@frozen(kw_only=True, repr=False)
class Improvements:
    """What a unit can do, leaf by leaf.

    Attributes:
        card: its card as it is.
        leaves: every leaf that misses points or takes some off, by id, in the order of the tree.
    """

    card: Scorecard
    leaves: FrozenMap[str, Improvement]

    def __getitem__(self, criterion_id: str) -> Improvement:
        """Return one leaf.

        Raises:
            CatalogError: if it is none that misses points, with the near miss.
        """
        return found(self.leaves, criterion_id, f"{self.card.unit!r} misses no points at")

    def __iter__(self) -> Iterator[Improvement]:
        """Iterate over the leaves at which something can be done, those whose first step brings most before others."""
        open_ = [(each, step) for each in self.leaves.values() if (step := each.first) is not None]
        return (each for each, _ in sorted(open_, key=lambda pair: -pair[1].gain))

    @property
    def closed(self) -> tuple[Improvement, ...]:
        """The leaves that miss points at which nothing can be done, each with its reason."""
        return tuple(each for each in self.leaves.values() if each.first is None)

    @property
    def by_lead(self) -> dict[str | None, tuple[Improvement, ...]]:
        """What can be done, by who is in charge: whose first steps bring most together first."""
        gathered: dict[str | None, list[Improvement]] = {}
        for each in self:
            gathered.setdefault(each.lead, []).append(each)
        gains = {
            lead: exact_sum(each.first.gain for each in own if each.first is not None) for lead, own in gathered.items()
        }
        return {lead: tuple(gathered[lead]) for lead in sorted(gathered, key=lambda lead: -gains[lead])}

    def __repr__(self) -> str:
        return f"<Improvements of {self.card.unit!r}: {sum(1 for _ in self)} leaves>"


def changes_of(
    inputs: Mapping[str, Input], before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[Change, ...]:
    """Return the inputs that differ, in the order of a form."""
    return tuple(
        Change(input=each, before=before[name], after=after[name])
        for name, each in inputs.items()
        if name in before and before[name] != after[name]
    )
