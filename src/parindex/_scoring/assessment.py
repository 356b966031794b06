"""What was observed of one unit: a value, not applicable, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from parindex._frozen import FrozenMap
from parindex._numbers import LARGEST, fraction, shortest
from parindex._text import Word, optional_tidy, tidy
from parindex.errors import Fault, ObservationFaults, ParindexError, Place

Observation: TypeAlias = int | str | bool
"""One observed input as it is kept: a whole number, text (other numbers among it), or a truth value."""


class Stage(Word):
    """Who has assessed so far."""

    SELF = "self"
    APPRAISED = "appraised"
    FINAL = "final"


@frozen
class NotApplicable:
    """A criterion that does not concern the unit, with the reason."""

    reason: str = field(default="", converter=tidy)


Observations: TypeAlias = FrozenMap[str, "FrozenMap[str, Observation] | NotApplicable"]


def observation(value: object) -> Observation | None:
    """Return one observed input as it is kept; None stands for missing, as empty text does.

    Raises:
        ParindexError: for NaN and for what is neither a number, text nor a truth value.
    """
    if value is None or isinstance(value, bool):
        return value
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return value  # the usual case, which nothing below would change
    if isinstance(value, str):
        return tidy(value) or None
    if type(value).__name__ in {"bool", "bool_"}:  # NumPy's, which is no bool
        return bool(value)
    number = fraction(value)
    return number.numerator if number.denominator == 1 else shortest(number)


def _observations(given: Mapping[str, object]) -> Observations:
    faults: list[Fault] = []
    kept: dict[str, FrozenMap[str, Observation] | NotApplicable] = {}
    for criterion, inputs in given.items():
        if isinstance(inputs, NotApplicable):
            kept[criterion] = inputs
        elif isinstance(inputs, Mapping):
            values: dict[str, Observation] = {}
            for name, value in inputs.items():
                try:
                    one = observation(value)
                except ParindexError as error:
                    faults.append(Fault(str(error), place=Place(at=f"{criterion}:{name}")))
                    continue
                if one is not None:
                    values[name] = one
            kept[criterion] = FrozenMap(values)
        else:
            message = f'found {inputs!r}, expected the inputs by name such as {{"done": 190, "total": 200}}'
            faults.append(Fault(message, place=Place(at=criterion)))
    if faults:
        raise ObservationFaults("these observations cannot be kept", faults)
    return FrozenMap(kept)


def _period(given: str | int | None) -> str | None:
    return None if given is None else tidy(str(given))


def _texts(given: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({key: tidy(text) for key, text in given.items()})


def _names(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise Fault(f"expected a list of events, found {given!r}", place=Place(at="events"))
    return tuple(dict.fromkeys(map(tidy, given)))


@frozen
class Assessment:
    """One unit, one period, one stage, and what was observed of each leaf.

    Attributes:
        unit: the name of the unit, trimmed and in NFC.
        observations: for each leaf its inputs by name, or :class:`NotApplicable`.
            What is absent, None or empty is missing; it is never zero.
        stage: self, appraised or final.
        period: the period assessed, such as "2024" or "2024-Q1"; None where there is one only.
        group: the group the unit belongs to, or None.
        events: the keys of the events that happened to it.
        unranked: why it is not ranked, or None where it is.
        notes, evidence: texts by criterion id; under "" those of the unit.

    Raises:
        ObservationFaults: for values that can never be observations, such as NaN.
    """

    unit: str = field(converter=tidy)
    observations: Observations = field(default=FrozenMap(), converter=_observations, repr=lambda kept: f"<{len(kept)}>")
    stage: Stage = field(default=Stage.FINAL, converter=Stage, kw_only=True)
    period: str | None = field(default=None, converter=_period, kw_only=True)
    group: str | None = field(default=None, converter=optional_tidy, kw_only=True)
    events: tuple[str, ...] = field(default=(), converter=_names, kw_only=True)
    unranked: str | None = field(default=None, converter=optional(tidy), kw_only=True)
    notes: FrozenMap[str, str] = field(default=FrozenMap(), converter=_texts, kw_only=True, repr=False)
    evidence: FrozenMap[str, str] = field(default=FrozenMap(), converter=_texts, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.unit:
            raise Fault("the name of the unit is empty")

    @property
    def year(self) -> int | None:
        """The year that the period begins with, or None."""
        digits = (self.period or "")[:4]
        rest = (self.period or "")[4:5]
        return (
            int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() and not rest.isdigit() else None
        )
