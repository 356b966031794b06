"""What every rule is: the inputs it asks for, the points it gives, the words it explains them with.

A rule knows nothing of trees, units or files; a leaf hands it what was observed and its maximum.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Final, NamedTuple, NewType, TypeAlias, TypeVar

from attrs import field, frozen
from attrs.converters import optional

from parindex._methodology.rules.inputs import NOT_APPLICABLE, Input, InputKind, Value
from parindex._methodology.rules.ways import Way, choosing, stepping, ticking
from parindex._methodology.words import Labelled, Lang, Severity, Within, Writer
from parindex._numbers import fraction, parse_number, shortest
from parindex.errors import Fault, MethodologyFaults, NumberError, ParindexError, Place, near

Rate = NewType("Rate", Fraction)
"""A rate as a part of one; written as a percent string, "80%"."""

Share = NewType("Share", Fraction)
"""A part of the maximum; written "1/2" or "25%"."""

Observed: TypeAlias = Mapping[str, Any]

KEY: Final = re.compile(r"[a-z0-9-]+")
NOTHING: Final = Fraction(0)
WHOLE: Final = Fraction(1)


def rate(value: object) -> Rate:
    """Return a rate from "80%" or an exact part of one; a plain number is refused as ambiguous."""
    if isinstance(value, Fraction):
        return Rate(value)
    if not (isinstance(value, str) and value.strip().endswith("%")):
        shown = repr(value) if isinstance(value, str) else str(value)
        raise NumberError(f'{shown} is not a rate, expected a percent in quotes such as "80%"', found=value)
    return Rate(parse_number(value.strip()[:-1]) / 100)


def share(value: object) -> Share:
    """Return a part of the maximum, from -1 to 1, from "1/2", "25%" or a number."""
    part = rate(value) if isinstance(value, str) and value.strip().endswith("%") else fraction(value)
    if abs(part) > 1:
        raise NumberError(f"{value!s} is more than the whole, expected a part of the maximum", found=value)
    return Share(part)


def percent_text(value: Fraction) -> str:
    """Return a rate as a file writes it."""
    return f"{shortest(value * 100)}%"


@frozen
class Award:
    """What a rule gives: its points, None where it turned out not applicable, and how to say why."""

    points: Fraction | None
    say: Callable[[Writer], str] = field(eq=False, repr=False)


@frozen
class Peers:
    """The extremes of one relative leaf among the units compared."""

    low: Fraction
    high: Fraction
    units: int


@frozen
class Problem:
    """Something legal but wrong or doubtful in a rule, for ``check``; *path* is relative to the rule."""

    code: str
    severity: Severity
    path: str
    message: str


class Reading(NamedTuple):
    """What a rule made of observed inputs: exact values, the inputs still missing, and the faults."""

    values: Mapping[str, Value]
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]


@frozen(kw_only=True)
class Worth(Labelled):
    """An amount of points, stated outright or as a share of the maximum."""

    points: Fraction | None = field(default=None, converter=optional(fraction))
    share: Share | None = field(default=None, converter=optional(share))

    def __attrs_post_init__(self) -> None:
        if (self.points is None) == (self.share is None):
            raise Fault("state either points or share, one of them")

    def of(self, max_points: Fraction) -> Fraction:
        """Return the points, given the maximum of the criterion."""
        if self.points is not None:
            return self.points
        return max_points * (self.share or NOTHING)

    def expression(self, writer: Writer, max_points: Fraction) -> str:
        """Return the arithmetic: "2", or "60 × 1/2"."""
        if self.share is None:
            return writer.number(self.of(max_points))
        return f"{writer.operand(max_points)} × {writer.rate_operand(self.share)}"

    def in_words(self, writer: Writer) -> str:
        """Return the amount as an annex words it."""
        if self.share is None:
            noun = "point" if self.points == 1 else "points"
            return f"{writer.number(self.points or NOTHING)} {writer.pick('điểm', noun)}"
        part = writer.rate(self.share)
        return writer.pick(f"{part} điểm tối đa", f"{part} of the maximum points")


def decimals_in_words(writer: Writer) -> str:
    """Return the clause that says that figures need not be whole."""
    return writer.pick("; số liệu có thể có phần thập phân", "; figures may have decimals")


T = TypeVar("T")


def listed(items: object, kind: type[T]) -> tuple[T, ...]:
    """Return *items* as a tuple, or raise a fault unless they are a list of *kind*."""
    if not isinstance(items, Iterable) or isinstance(items, str):
        raise Fault(f"expected a list of {kind.__name__}, found {items!r}")
    found = tuple(items)
    for item in found:
        if not isinstance(item, kind):
            raise Fault(f"expected {kind.__name__}, found {item!r}")
    return found


def key_faults(path: str, keys: Iterable[str]) -> Iterator[Fault]:
    """Yield what is wrong with the keys of the list at *path*."""
    seen: set[str] = set()
    for position, key in enumerate(keys):
        at = Place(at=f"{path}[{position}].key")
        if not KEY.fullmatch(key):
            yield Fault(f"{key!r} is not a key: small letters a-z, digits and hyphens only", place=at)
        elif key == NOT_APPLICABLE:
            yield Fault(f"the key {key!r} is reserved", place=at)
        elif key in seen:
            yield Fault(f"the key {key!r} stands twice", place=at)
        seen.add(key)


@frozen
class Rule(ABC):
    """How the points of one leaf follow from what was observed.

    Subclasses are a closed set, listed in ``RULES``; adding one there and giving it tests is all that a new rule needs.
    """

    type: ClassVar[str]

    def __attrs_post_init__(self) -> None:
        faults = list(self._faults()) or list(self._colliding())
        if faults:
            raise MethodologyFaults(f"this {self.type} rule cannot be built", faults)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What the rule asks for, in the order of a form."""
        return tuple(self._inputs())

    @cached_property
    def input_by_name(self) -> Mapping[str, Input]:
        """The inputs by their names."""
        return {each.name: each for each in self.inputs}

    @abstractmethod
    def _inputs(self) -> Iterable[Input]: ...

    @abstractmethod
    def earned(
        self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None
    ) -> Fraction | None:
        """Return the points for complete *values* as :meth:`read` made them; None where the leaf does not apply.

        *max_points* is None only below an outline's unknown maximum, where only ``given`` is allowed.
        """

    @abstractmethod
    def award(self, values: Mapping[str, Any], max_points: Fraction | None, peers: Peers | None = None) -> Award:
        """Return what :meth:`earned` does, and how to say why."""

    @abstractmethod
    def reach(self, max_points: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest points that can be given; None where unknown."""

    @abstractmethod
    def in_words(self, max_points: Fraction | None, *, lang: Lang = "vi") -> str:
        """Return the rule as a decision's annex words it."""

    @abstractmethod
    def _faults(self) -> Iterable[Fault]:
        """Return what makes the rule impossible."""

    def _colliding(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for each in self.inputs:
            if each.name in seen or each.name == NOT_APPLICABLE:
                yield Fault(f"the key {each.name!r} would collide with another input of this rule")
            seen.add(each.name)

    def problems(self, max_points: Fraction) -> Iterator[Problem]:
        """Yield what is legal but wrong or doubtful, for a leaf of *max_points*."""
        yield from ()

    def value_faults(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Return (input, message) for complete values that contradict each other."""
        return ()

    @property
    def may_not_apply(self) -> bool:
        """Whether an observation can turn the leaf out as not applicable."""
        return False

    @property
    def compares_within(self) -> Within | None:
        """Among whom the rule compares a unit's ``value``; None where it looks at one unit alone."""
        return None

    @property
    def bare_input(self) -> str | None:
        """The input that a table may give in a column named by the criterion alone, or None."""
        return None

    def read(self, observed: Observed, max_points: Fraction | None) -> Reading:
        """Return what was observed in exact form, with everything that is missing or wrong."""
        values: dict[str, Value] = {}
        faults: list[Fault] = []
        inputs = self.input_by_name
        for name, value in observed.items():
            known = inputs.get(name)
            if known is None:
                hint = near(name, inputs)
                asked = ", ".join(inputs)
                faults.append(Fault(f"unknown input, expected {asked}", place=Place(at=name), hint=hint))
                continue
            try:
                values[name] = known.read(value, max_points)
            except Fault as error:
                faults.append(error.within(at=name))
            except ParindexError as error:
                faults.append(Fault(str(error), place=Place(at=name)))
        missing = () if observed.keys() >= self._asked else self.missing_beside(observed)
        if not faults:
            if self._limits or self._stand_ins:
                faults += self._contradictions(values)
            if not missing:
                for name, message in self.value_faults(values):
                    faults.append(Fault(message, place=Place(at=name)))
        return Reading(values, missing, tuple(faults))

    def ways(self, values: Mapping[str, Any], max_points: Fraction | None) -> Iterator[Way]:
        """Yield how complete *values* can change so that the points do; what cannot be influenced has none.

        Several of them may be followed together.
        """
        for each in self._influenced(values):
            if each.kind is InputKind.CHOICE:
                yield choosing(each.name, [option.key for option in each.options if option.key != values[each.name]])
            elif each.kind is InputKind.YES_NO:
                yield ticking(each.name, values[each.name])
            else:
                low, high = self._limits_beside(each, values, max_points)
                yield stepping(each, values[each.name], low=low, high=high, more=self._more)

    @property
    def _more(self) -> int:
        """1 where a greater number gives more points, -1 where it gives fewer."""
        return 1

    def _influenced(self, values: Mapping[str, Any]) -> Iterable[Input]:
        """Return the inputs that a unit can change."""
        return [each for each in self.inputs if each.name in values]

    def _limits_beside(
        self, each: Input, values: Mapping[str, Any], max_points: Fraction | None
    ) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest value of a number beside the others; None where nothing ends it."""
        limit = None if each.at_most is None else values.get(each.at_most)
        if limit is not None:
            return each.low, Fraction(limit)
        return each.low, max_points if each.up_to_max else each.high

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The inputs that have to be there, unless another stands in for them."""
        return frozenset(each.name for each in self.inputs if not each.instead_of)

    @cached_property
    def _stand_ins(self) -> tuple[Input, ...]:
        return tuple(each for each in self.inputs if each.instead_of)

    @cached_property
    def _limits(self) -> tuple[tuple[str, str], ...]:
        """The inputs that another one limits, each with that other."""
        return tuple((each.name, each.at_most) for each in self.inputs if each.at_most is not None)

    def missing_beside(self, there: Collection[str]) -> tuple[str, ...]:
        """Return the inputs that are still missing where those named are there."""
        replaced = {name for each in self._stand_ins if each.name in there for name in each.instead_of}
        present = replaced.union(there)
        return tuple(each.name for each in self.inputs if each.name in self._asked and each.name not in present)

    def _contradictions(self, values: Mapping[str, Any]) -> list[Fault]:
        faults = []
        for name, limit in self._limits:
            if name in values and limit in values and values[name] > values[limit]:
                message = f"{shortest(values[name])} is above {limit} {shortest(values[limit])}"
                faults.append(Fault(message, place=Place(at=name)))
        for each in self._stand_ins:
            if each.name in values and any(name in values for name in each.instead_of):
                message = f"give {each.name} or {' and '.join(each.instead_of)}, not both"
                faults.append(Fault(message, place=Place(at=each.name)))
        return faults
