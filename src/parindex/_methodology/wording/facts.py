"""What the clauses of one text say, gathered by kind, and what they must not say."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar

from parindex._methodology.wording.amounts import Amount, Stopped
from parindex._methodology.wording.told import Bound, Empty, May, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._methodology.rules.chosen import Kind
    from parindex._methodology.words import Lang

T = TypeVar("T")
NOTHING: Final = Fraction(0)
WHOLE: Final = Fraction(1)
SET_OR_SUBTRACT: Final = "could set the points below 0 or subtract: the text does not say which"
CASE_OR_ITEM: Final = "could be one of several cases, or one of several items that add up"
NOT_WITH_THE_REST: Final = "does not go with the rest"
TWICE: Final = "says a second time what was said before"


class Facts:
    """What the clauses of one text say, by kind, each with the clause that says it."""

    def __init__(self, clauses: Sequence[tuple[str, Told]], maximum: Fraction, lang: Lang, kind: Kind | None) -> None:
        self.clauses = clauses
        self.maximum = maximum
        self.lang = lang
        self.kind = kind

    def of(self, kind: type[T]) -> list[tuple[str, T]]:
        """Return what is of one kind, with its clause."""
        return [(clause, each) for clause, each in self.clauses if isinstance(each, kind)]

    def only(self, *kinds: type) -> None:
        """Stop at the first clause of any other kind."""
        for clause, each in self.clauses:
            if not isinstance(each, kinds):
                raise Stopped(clause, NOT_WITH_THE_REST)

    def single(self, kind: type[T]) -> T | None:
        """Return the one of a kind, None where there is none; two of them stop the reading."""
        found = self.of(kind)
        if len(found) > 1:
            raise Stopped(found[1][0], TWICE)
        return found[0][1] if found else None

    def without_limit(self) -> None:
        """Stop at a limit: where points are stated outright, there is nothing to limit."""
        for clause, _ in self.of(Bound):
            raise Stopped(clause, NOT_WITH_THE_REST)

    def label(self, text: str) -> dict[str, str]:
        """Return a label in the language of the text."""
        return {self.lang: text}

    def words(self) -> dict[str, Any]:
        """Return the parameters that clauses of their own state."""
        stated: dict[str, Any] = {}
        for clause, may in self.of(May):
            if may.word in stated:
                raise Stopped(clause, TWICE)
            stated[may.word] = True
        empty = self.single(Empty)
        return stated if empty is None else {**stated, "zero_total": empty.effect}


def worth(amount: Amount) -> dict[str, Any]:
    """Return an amount as the parameters of a level, an item, a band or a fault."""
    return {"points": amount.points, "share": amount.share}


def hold_most(facts: Facts) -> None:
    """Hold a stated limit against the maximum: it can only repeat it."""
    for clause, bound in facts.of(Bound):
        if not bound.most or bound.amount.of(facts.maximum) != facts.maximum:
            raise Stopped(clause, "is a limit other than the maximum of the criterion")


def hold_maximum(facts: Facts, amounts: Sequence[tuple[str, Amount]]) -> None:
    """Stop at an amount above the maximum."""
    for clause, amount in amounts:
        if amount.of(facts.maximum) > facts.maximum:
            raise Stopped(clause, "gives more than the maximum of the criterion")


def hold_apart(labels: Sequence[tuple[str, str]]) -> None:
    """Stop at a label that stands twice."""
    seen: set[str] = set()
    for clause, label in labels:
        if label.casefold() in seen:
            raise Stopped(clause, TWICE)
        seen.add(label.casefold())
