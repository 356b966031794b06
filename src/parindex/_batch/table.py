"""The table of observations by column, as the batch engine takes it: many units, one array for each input."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import evolve, field, frozen

from parindex._batch.columns import PLAIN, Coded, column, drops, said
from parindex._batch.packed import Packed
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._text import tidy
from parindex.errors import Fault, ObservationFaults, ParindexError, Place, found

if TYPE_CHECKING:
    from parindex._batch.columns import Array, Said

FACTS: Final = ("group", "stage", "period", "unranked", "events")
"""What a table says of units beside their observations."""

MIXED: Final = "is not applicable and has values too"


@frozen(eq=False, repr=False)
class ObservationTable:
    """Observations of many units by column; made by :meth:`from_columns`, scored by :func:`score_many`.

    Attributes:
        columns: their names, as they were given: ``3.2.1:done``.
        packed, coded: what they hold, numbers apart from everything else; read by the engine alone.
        facts: group, stage, period, unranked and events of the units, where they are stated.
        given: the assessments that it was made from; empty if it was made from columns.
    """

    _names: Sequence[str] = field(alias="names")
    columns: tuple[str, ...]
    packed: Packed
    coded: Mapping[str, Coded]
    facts: Mapping[str, Coded]
    given: tuple[Assessment, ...] = ()

    @classmethod
    def from_columns(
        cls,
        units: Iterable[str],
        columns: Mapping[str, Any],
        *,
        group: Any = None,
        stage: Any = Stage.FINAL,
        period: Any = None,
        unranked: Any = None,
        events: Any = None,
    ) -> ObservationTable:
        """Return the table of *units* and *columns*.

        Columns are named as in a wide table: ``3.2.1:done``, the id alone for a ``given`` without a scale, and
        ``3.2.1:not-applicable`` for reasons or truth values.
        Each is an array, or any sequence, of numbers of any kind, texts, truth values or a categorical, one for each
        unit.
        None, NaN, masked and empty cells are missing; :class:`NotApplicable`, or text such as "not-applicable: reason",
        says that the leaf does not apply.
        Everything is copied: what happens to the arrays later does not change the table.

        Args:
            units: the names of the units, each once.
            columns: what was observed.
            group: the group of all units, or of each.
            stage: self, appraised or final; likewise.
            period: the period assessed; likewise.
            unranked: for each unit why it is not ranked, or None; True is yes without a reason.
            events: for each unit the keys of the events that happened to it.

        Raises:
            ObservationFaults: with everything that is wrong: a unit twice, lengths that differ, values of no kind.
        """
        faults: list[Fault] = []
        names = _unit_names(units, faults)
        plain: dict[str, Array] = {}
        coded: dict[str, Coded] = {}
        count = len(names)
        for name, given in columns.items():
            if type(given) is np.ndarray and given.shape == (count,) and given.dtype.char in PLAIN:
                plain[name] = given
                continue
            try:
                one = column(given)
            except ParindexError as error:
                faults.append(Fault(getattr(error, "message", str(error)), place=Place(at=name)))
                continue
            if len(one) != len(names):
                message = f"has {len(one)} values for {len(names)} units"
                faults.append(Fault(message, place=Place(at=name)))
            elif not isinstance(one, Coded):
                plain[name] = one
            else:
                coded[name] = one
                if one.odd:
                    faults.extend(_odd_faults(name, one, names))
        facts = {}
        for name, given in zip(FACTS, (group, stage, period, unranked, events), strict=True):
            if given is not None and not (given is Stage.FINAL and name == "stage"):
                try:
                    facts[name] = _fact(name, given, len(names))
                except ParindexError as error:
                    faults.append(Fault(getattr(error, "message", str(error)), place=Place(at=name)))
        if faults:
            raise ObservationFaults("these columns are no table of observations", faults)
        packed, beyond = Packed.of(plain, len(names))
        return cls(names, tuple(columns), packed, coded | beyond, facts)

    @classmethod
    def from_assessments(cls, assessments: Sequence[Assessment]) -> ObservationTable:
        """Return the table of *assessments*, each a row; what one of them lacks is missing there.

        Raises:
            ObservationFaults: for an input that is named "not-applicable", as no column can be.
        """
        faults = [
            Fault("unknown input", place=Place(unit=each.unit, at=f"{criterion}:{NOT_APPLICABLE}"))
            for each in assessments
            for criterion, inputs in each.observations.items()
            if not isinstance(inputs, NotApplicable) and NOT_APPLICABLE in inputs
        ]
        if faults:
            raise ObservationFaults("these assessments are no table of observations", faults)
        names = dict.fromkeys(
            (criterion, name)
            for each in assessments
            for criterion, inputs in each.observations.items()
            for name in ((NOT_APPLICABLE,) if isinstance(inputs, NotApplicable) else inputs)
        )
        columns: dict[str, Any] = {}
        for criterion, name in names:
            if name == NOT_APPLICABLE:
                found = [each.observations.get(criterion) for each in assessments]
                values: list[Said] = [one if isinstance(one, NotApplicable) else None for one in found]
            else:
                values = [_observed(each, criterion, name) for each in assessments]
            columns[f"{criterion}:{name}"] = values if set(map(type, values)) == {int} else _kept(values)
        table = cls.from_columns([each.unit for each in assessments], columns)
        facts = {name: _words([getattr(each, name) for each in assessments]) for name in FACTS}
        return evolve(table, facts=facts, given=tuple(assessments))

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<ObservationTable {len(self)} units, {len(self.columns)} columns>"

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The names of the units."""
        return tuple(self._names)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.units)}

    def position(self, unit: str) -> int:
        """Return the row of a unit.

        Raises:
            CatalogError: if there is no such unit, with the near miss.
        """
        return found(self._positions, tidy(unit), "there is no unit")

    def __contains__(self, unit: object) -> bool:
        return isinstance(unit, str) and tidy(unit) in self._positions

    def fact(self, name: str, unit: int) -> Any:
        """Return what the table says of a unit under one of the words group, stage, period, unranked, events."""
        stated = self.facts.get(name)
        if stated is None:
            return Stage.FINAL if name == "stage" else () if name == "events" else None
        return stated.words[stated.codes[unit]]

    def cell(self, name: str, unit: int) -> Said:
        """Return what the cell of a column says for one unit.

        Raises:
            Fault: for a number of more digits than are read.
        """
        of = self.coded.get(name)
        if of is not None:
            return of.words[int(of.codes[unit])]
        try:
            return said(self.packed.cell(name, unit))
        except ParindexError as error:
            raise Fault(str(error), place=Place(unit=self.units[unit], at=name)) from None

    def assessment(self, unit: int) -> Assessment:
        """Return one row as an assessment.

        Raises:
            ObservationFaults: for leaves that do not apply and have values too, and for numbers of too many digits.
        """
        assessment, faults = self.row(unit)
        if faults:
            raise ObservationFaults("this row is no assessment", faults)
        return assessment

    def row(self, unit: int) -> tuple[Assessment, list[Fault]]:
        """Return one row as an assessment, and what of it can be none: that is left out."""
        if self.given:
            return self.given[unit], []
        observed: dict[str, Any] = {}
        dropped: dict[str, NotApplicable] = {}
        faults: list[Fault] = []
        for name in self.columns:
            criterion, _, given = name.partition(":")
            try:
                value = self.cell(name, unit)
            except Fault as fault:
                faults.append(fault)
                continue
            if given == NOT_APPLICABLE:
                value = drops(value)
            if isinstance(value, NotApplicable):
                dropped.setdefault(criterion, value)
            elif value is not None:
                observed.setdefault(criterion, {})[given or "points"] = value
        mixed = [criterion for criterion in dropped if criterion in observed]
        faults += [Fault(MIXED, place=Place(unit=self.units[unit], at=criterion)) for criterion in mixed]
        facts = {name: self.fact(name, unit) for name in FACTS}
        return Assessment(self.units[unit], observed | dropped, **facts), faults

    def rows(self, first: int, stop: int) -> ObservationTable:
        """Return the table of some of the units, packed anew."""
        part = slice(first, stop)
        return ObservationTable(
            self._names[part],
            self.columns,
            self.packed.picked(np.arange(len(self))[part]),
            {name: stated[part] for name, stated in self.coded.items()},
            {name: stated[part] for name, stated in self.facts.items()},
            self.given[part],
        )


def _kept(values: Sequence[Said]) -> Coded:
    """Return observations as they are: what was kept once is not read a second time."""
    places: dict[tuple[type, Said], int] = {}
    codes = [places.setdefault((type(value), value), len(places)) for value in values]
    return Coded(np.array(codes, dtype=np.intp), tuple(value for _, value in places))


def _observed(assessment: Assessment, criterion: str, name: str) -> Any:
    found = assessment.observations.get(criterion)
    return None if found is None or isinstance(found, NotApplicable) else found.get(name)


def _unit_names(units: Iterable[str], faults: list[Fault]) -> list[str]:
    """Return the names trimmed and in NFC; looked at one by one only where the whole is not already so."""
    names = units.tolist() if isinstance(units, np.ndarray) else list(units)
    try:
        whole = "\n".join(names)
    except TypeError:
        odd = next(each for each in names if not isinstance(each, str))
        faults.append(Fault(f"{odd!r} is no name of a unit, expected text", place=Place(at="unit")))
        return names
    if not _is_tidy(whole) and (not _plain_space(whole) or list(map(str.strip, names)) != names):
        try:
            names = [tidy(each) for each in names]
        except Fault as fault:
            faults.append(fault.within(at="unit"))
            return names
    distinct = set(names)
    if "" in distinct:
        faults.append(Fault("the name of the unit is empty", place=Place(at="unit")))
    if len(distinct) < len(names):
        faults.extend(_twice(names))
    return names


def _is_tidy(whole: str) -> bool:
    """Return whether lines of ASCII are known to have no space at either end; others are looked at one by one."""
    if not whole.isascii():
        return False
    letters = np.frombuffer(whole.encode(), dtype=np.uint8)
    blank, ends = letters <= ord(" "), letters == ord("\n")
    outside = blank[:1].any() or blank[-1:].any() or (ends[:-1] & blank[1:]).any() or (blank[:-1] & ends[1:]).any()
    return not outside


def _plain_space(whole: str) -> bool:
    """Return whether text is in NFC and can be written."""
    try:
        whole.encode()
    except UnicodeEncodeError:
        return False
    return unicodedata.is_normalized("NFC", whole)


def _twice(names: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    twice = dict.fromkeys(each for each in names if each in seen or seen.add(each))  # type: ignore[func-returns-value]  # add returns None
    first = next(iter(twice))
    more = f"; and {len(twice) - 1} more units" if len(twice) > 1 else ""
    yield Fault(f"stands twice{more}", place=Place(unit=first))


def _odd_faults(name: str, stated: Coded, names: Sequence[str]) -> Iterator[Fault]:
    for code, message in stated.odd:
        found = np.flatnonzero(stated.codes == code)
        more = f"; and {len(found) - 1} more of this kind" if len(found) > 1 else ""
        yield Fault(message + more, place=Place(unit=names[found[0]], at=name))


def _fact(name: str, given: Any, units: int) -> Coded:
    """Return a fact of all units, or of each."""
    if name not in {"events", "unranked"} and (isinstance(given, (str, int, np.integer)) or given is None):
        return Coded(np.zeros(units, dtype=np.intp), (_fact_word(name, given),))
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise Fault(f"found {given!r}, expected one for each unit")
    listed = given.tolist() if isinstance(given, np.ndarray) else list(given)
    if len(listed) != units:
        raise Fault(f"has {len(listed)} values for {units} units")
    if name == "events":
        return _words([_event_keys(each) for each in listed])
    stated = _words([None if _is_nothing(each) else each for each in listed])
    words = _words([_fact_word(name, word) for word in stated.words])  # several may be spellings of one
    return Coded(words.codes[stated.codes], words.words)


def _is_nothing(value: Any) -> bool:
    return value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and value != value)  # noqa: PLR0124  NaN


def _event_keys(given: Any) -> tuple[str, ...]:
    if _is_nothing(given):
        return ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise Fault(f"found {given!r}, expected a list of events for each unit")
    return tuple(map(tidy, given))


def _words(values: Sequence[Any]) -> Coded:
    try:
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    except TypeError:
        raise Fault("holds what is no word") from None
    codes: Array = np.fromiter(map(places.__getitem__, values), dtype=np.intp, count=len(values))
    return Coded(codes, tuple(places))


def _fact_word(name: str, word: Any) -> Any:
    if word is None:
        return Stage.FINAL if name == "stage" else None
    if name == "unranked":
        if isinstance(word, bool):
            return "" if word else None
        return tidy(word)
    if isinstance(word, bool):
        raise Fault(f"{word} is a truth value, expected a word")
    return Stage(str(word)) if name == "stage" else tidy(str(word)) or None
