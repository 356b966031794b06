"""Ways: how what was observed of one leaf can change, in whole steps that can be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from attrs import evolve, field, frozen

from parindex._methodology.rules.inputs import Input, InputKind, Value

_HUNDREDTH: Final = Fraction(1, 100)

Values = Mapping[str, Any]


@frozen
class Way:
    """One way to change the inputs of a leaf: one input goes up or down or takes another value, or units move.

    Attributes:
        name: the input that changes, or that units move to.
        low, high: the least and the greatest number of steps, 0 between them; *high* None where nothing ends it.
        more: 1 where more steps never give fewer points, -1 where they never give more; 0 where each step is another
            value and nothing is known of their order.
        source: the input that units move from, or None.
        change: what the inputs are after so many steps, given what they are before.
    """

    name: str
    low: int
    high: int | None
    more: int
    change: Callable[[Values, int], dict[str, Value]] = field(eq=False, repr=False)
    source: str | None = None

    def within(self, key: str) -> Way:
        """Return the same way where the inputs carry the key of a part before their names."""
        prefix = f"{key}/"

        def change(values: Values, steps: int) -> dict[str, Value]:
            own = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
            return {**values, **{prefix + name: value for name, value in self.change(own, steps).items()}}

        source = None if self.source is None else prefix + self.source
        return evolve(self, name=prefix + self.name, source=source, change=change)


def grain(kind: InputKind) -> Fraction:
    """Return the step in which an input is counted: one, or a hundredth of what has decimals."""
    return Fraction(1) if kind is InputKind.COUNT else _HUNDREDTH


def _steps_to(value: Fraction, size: Fraction) -> int:
    """Return how many steps it takes from 0 to be at a value or beyond."""
    return -(-value // size)


def stepping(each: Input, value: Value, *, low: Fraction | None, high: Fraction | None, more: int) -> Way:
    """Return the way of a number up to *high* and down to *low*, None where nothing ends it that way.

    Steps lead along whole counts, or whole hundredths of what has decimals; the last one ends at the limit itself.
    """
    size = grain(each.kind)
    start = Fraction(value)
    below, above = start // size, _steps_to(start, size)

    def change(values: Values, steps: int) -> dict[str, Value]:
        if not steps:
            return dict(values)
        reached = (below if steps > 0 else above) + steps
        after = reached * size
        if high is not None:
            after = min(after, max(high, start))
        if low is not None:
            after = max(after, min(low, start))
        return {**values, each.name: after}

    up = None if high is None else max(0, _steps_to(high, size) - below) if high > start else 0
    down = 0 if low is None or low >= start else above - low // size
    return Way(each.name, -down, up, more, change)


def choosing(name: str, options: Sequence[Value]) -> Way:
    """Return the way of an input that takes one of *options* instead: as many steps as its place among them."""

    def change(values: Values, steps: int) -> dict[str, Value]:
        return {**values, name: options[steps - 1]} if steps else dict(values)

    return Way(name, 0, len(options), 0, change)


def ticking(name: str, value: bool) -> Way:
    """Return the way of a yes or no: one step up says yes, one down says no."""

    def change(values: Values, steps: int) -> dict[str, Value]:
        return {**values, name: steps > 0} if steps else dict(values)

    return Way(name, -1 if value else 0, 0 if value else 1, 1, change)


def counting(name: str, value: Fraction, rest: Fraction, kind: InputKind) -> Way:
    """Return the way of a count that takes up to *rest* more units, and gives back those that it has."""
    size = grain(kind)

    def change(values: Values, steps: int) -> dict[str, Value]:
        return {**values, name: values[name] + max(-value, min(steps * size, rest))}

    return Way(name, -_steps_to(value, size), _steps_to(rest, size), 1, change)


def moving(to: str, source: str, limit: Fraction, kind: InputKind, more: int = 1) -> Way:
    """Return the way of up to *limit* units that are counted as *to* from now on, no longer as *source*."""
    size = grain(kind)

    def change(values: Values, steps: int) -> dict[str, Value]:
        moved = min(steps * size, limit)
        return {**values, to: values[to] + moved, source: values[source] - moved}

    return Way(to, 0, _steps_to(limit, size), more, change, source)


def turns(
    edges: Sequence[tuple[Fraction, bool]], low: Fraction | None, high: Fraction | None, kind: InputKind
) -> tuple[Fraction, ...]:
    """Return a number of every stretch between edges, as near to its ends as the input is counted, within the limits.

    An edge is a number, and whether what equals it is already beyond; it may be a number of its own.
    Where two edges are nearer to each other than that, the number between them.
    """
    size = grain(kind)
    found = [each for each in (low, high) if each is not None]
    if kind is not InputKind.COUNT:
        known = sorted(edge for edge, _ in edges)
        found += [(one + other) / 2 for one, other in pairwise(known) if 0 < other - one <= size]
    for edge, includes in edges:
        if kind is not InputKind.COUNT:
            found += [edge, edge - size if includes else edge + size]
            continue
        under, over = edge // 1, _steps_to(edge, size)
        found += [Fraction(over), Fraction(over - 1)] if includes else [Fraction(under + 1), Fraction(under)]
    return tuple(
        number for number in dict.fromkeys(found) if (low is None or number >= low) and (high is None or number <= high)
    )
