"""Long frames, a line for each input, to columns with a row for each unit; by column, not line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parindex._batch.table import ObservationTable
from parindex._methodology.rules.inputs import NOT_APPLICABLE
from parindex._scoring.assessment import Stage
from parindex._scoring.rows import FACTS, LONG, LONG_OPTIONAL
from parindex.errors import Fault, Place, near
from parindex.extras.frames.choice import chosen, refusal, stated
from parindex.extras.frames.series import Codes, coded, column, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._batch.columns import Array
    from parindex.extras.frames.series import Frame


def long_table(frame: Frame, stage: str | None, period: str | None) -> ObservationTable:
    """Return the table of observations that a long frame holds.

    Raises:
        ObservationFaults: with everything that is wrong with its columns and lines.
    """
    faults = list(_column_faults(frame))
    named: dict[str, Codes] = {}
    for name in LONG[:3] if not faults else ():
        try:
            named[name] = texts(frame[name])
        except Fault as fault:
            faults.append(fault.within(at=name))
    if faults:
        raise refusal(faults)
    return _Lines(frame, named, stage, period).table()


def _column_faults(frame: Frame) -> Iterator[Fault]:
    known = (*LONG, *LONG_OPTIONAL)
    for name in frame.columns:
        if name not in known:
            yield Fault(f"unknown column {name!r}", hint=near(name, known))
    for name in LONG:
        if name not in frame.columns:
            yield Fault(f"the column {name!r} is missing")


class _Lines:
    """The lines of a long frame that belong to the stage and period taken, and what is wrong with them."""

    def __init__(self, frame: Frame, named: dict[str, Codes], stage: str | None, period: str | None) -> None:
        self.frame = frame
        self.unit, self.criterion, self.input = (named[name] for name in LONG[:3])
        self.faults: list[Fault] = []
        self.fact = self.criterion.codes < 0
        self.told: dict[str, str] = {}
        lines = self.unit.codes >= 0
        if not lines.all():
            self.note("the name of the unit is empty", ~lines)
        # A fact that states no stage belongs to every stage of its unit; that of a unit without observations counts.
        alone = self.fact & ~np.isin(self.unit.codes, self.unit.codes[~self.fact])
        own = ~self.fact | alone
        for name, wanted in (("stage", stage), ("period", period)):
            said = stated(frame, name)
            try:
                self.told[name], taken = chosen(name, said, lines & (own | (said.codes >= 0)), wanted)
            except Fault as fault:
                raise refusal([*self.faults, fault]) from None
            own |= said.codes >= 0
            lines &= taken | (self.fact & ~alone & (said.codes < 0))
        self.lines = lines
        units = self.unit.codes[lines & own]
        found, first = np.unique(units, return_index=True)
        self.order = found[np.argsort(first)]
        self.place = np.full(len(self.unit.categories) + 1, -1, dtype=np.intp)
        self.place[self.order] = np.arange(len(self.order))
        self.units = [self.unit.categories[code] for code in self.order.tolist()]
        self.rows = self.place[self.unit.codes]
        self.lines &= self.rows >= 0

    def note(self, message: str, lines: Array, at: str | None = None, hint: str | None = None) -> None:
        """Note one fault of some lines, with the unit of the first and how many more there are."""
        places = np.flatnonzero(lines)
        code = int(self.unit.codes[places[0]])
        more = f"; and {len(places) - 1} more of this kind" if len(places) > 1 else ""
        unit = self.unit.categories[code] if code >= 0 else None
        self.faults.append(Fault(message + more, place=Place(unit=unit, at=at), hint=hint))

    def table(self) -> ObservationTable:
        """Return the table of the lines."""
        columns = dict(self.columns())
        facts = self.facts()
        if self.faults:
            raise refusal(self.faults)
        return ObservationTable.from_columns(
            self.units,
            columns,
            stage=self.told["stage"] or Stage.FINAL,
            period=self.told["period"] or None,
            **facts,
        )

    # Observations

    def columns(self) -> Iterator[tuple[str, Any]]:
        """Yield the column of each input."""
        observed = np.flatnonzero(self.lines & ~self.fact)
        unnamed = self.lines & ~self.fact & (self.input.codes < 0)
        if unnamed.any():
            self.note("names no input", unnamed, self.criterion.categories[self.criterion.codes[unnamed.argmax()]])
        kinds = len(self.input.categories) + 1
        keys = self.criterion.codes[observed] * kinds + self.input.codes[observed] + 1
        places = np.argsort(keys, kind="stable")
        values = column(self.frame["value"])
        if not isinstance(values, Codes) and values.dtype.kind == "O":
            values = coded(self.frame["value"])
        if isinstance(values, Codes):
            values = values.renamed(_filled)
        for lines in np.split(observed[places], np.flatnonzero(np.diff(keys[places])) + 1) if len(observed) else ():
            criterion, name = self.criterion.codes[lines[0]], self.input.codes[lines[0]]
            if name >= 0:
                about = f"{self.criterion.categories[criterion]}:{self.input.categories[name]}"
                dropped = self.input.categories[name] == NOT_APPLICABLE
                yield about, self.column(about, _reasons(coded(self.frame["value"])) if dropped else values, lines)

    def column(self, about: str, values: Any, lines: Array) -> Any:
        """Return the values of some lines at the places of their units."""
        lines = lines[_given(values)[lines]]
        rows = self.rows[lines]
        again = np.flatnonzero(np.bincount(rows) > 1).tolist()
        if again:
            more = f"; and {len(again) - 1} more of this kind" if len(again) > 1 else ""
            self.faults.append(Fault(f"stands twice{more}", place=Place(unit=self.units[again[0]], at=about)))
        if isinstance(values, Codes):
            own = values.of(lines)
            codes = np.full(len(self.units), -1, dtype=np.intp)
            codes[rows] = own.codes
            return Codes(codes, own.categories)
        data, missing = np.zeros(len(self.units), dtype=values.dtype), np.ones(len(self.units), dtype=bool)
        data[rows], missing[rows] = np.ma.getdata(values)[lines], False
        return np.ma.MaskedArray(data, mask=missing)

    # What is said of units

    def facts(self) -> dict[str, Any]:
        """Return the group, the events and the reasons for being unranked of each unit, where any line says so."""
        value = coded(self.frame["value"]).renamed(_text)
        said = self.lines & self.fact
        for code in (-1, *range(len(self.input.categories))):
            name = self.input.categories[code] if code >= 0 else ""
            lines = said & (self.input.codes == code) & ((value.codes >= 0) | (code >= 0))
            if name not in FACTS and lines.any():
                first = value.codes[lines.argmax()]
                shown = f"the value {value.categories[first]!r} names neither a criterion nor a fact"
                message = f"{name!r} is no fact of a unit" if name else shown
                self.note(f"{message}, expected {', '.join(FACTS)}", lines, "input", near(name, FACTS))
        found: dict[str, Any] = {}
        groups = self.groups(value)
        if groups is not None:
            found["group"] = groups
        events, unranked = (self.listed(value, name) for name in ("event", "unranked"))
        if events:
            found["events"] = [
                tuple(dict.fromkeys(filter(None, events.get(row, ())))) for row in range(len(self.units))
            ]
        if unranked:
            found["unranked"] = [
                " ".join(unranked[row]) or "unranked" if row in unranked else None for row in range(len(self.units))
            ]
        return found

    def named(self, name: str) -> Array:
        """Return the lines that state one kind of fact."""
        place = self.input.categories.index(name) if name in self.input.categories else -2
        found: Array = self.lines & self.fact & (self.input.codes == place)
        return found

    def listed(self, value: Codes, name: str) -> dict[int, list[str]]:
        """Return what the lines of a fact say, by unit; there are few."""
        found: dict[int, list[str]] = {}
        for line in np.flatnonzero(self.named(name)).tolist():
            code = value.codes[line]
            found.setdefault(int(self.rows[line]), []).append(value.categories[code] if code >= 0 else "")
        return found

    def groups(self, value: Codes) -> list[str | None] | None:
        """Return the group of each unit, from the column and from facts; None where nothing says any."""
        column_said, facts = stated(self.frame, "group"), self.named("group")
        names = (*column_said.categories, *value.categories)
        lines = [self.lines & (column_said.codes >= 0), facts & (value.codes >= 0)]
        rows = np.concatenate([self.rows[each] for each in lines])
        codes = np.concatenate([column_said.codes[lines[0]], value.codes[lines[1]] + len(column_said.categories)])
        if not len(rows):
            return None
        own = Codes(codes, names).renamed(str)
        pairs = np.unique(rows * len(own.categories) + own.codes)
        units, places = np.divmod(pairs, len(own.categories))
        for unit in np.unique(units[1:][units[1:] == units[:-1]])[:1]:
            several = ", ".join(own.categories[place] for place in places[units == unit].tolist())
            self.faults.append(Fault(f"belongs to several groups: {several}", place=Place(unit=self.units[unit])))
        found = np.full(len(self.units), len(own.categories), dtype=np.intp)
        found[units] = places
        return [(*own.categories, None)[place] for place in found.tolist()]


def _given(values: Any) -> Array:
    """Return which cells say anything."""
    given: Array
    if isinstance(values, Codes):
        given = values.codes >= 0
    else:
        given = ~np.ma.getmaskarray(values)
        if values.dtype.kind == "f":
            given &= ~np.isnan(np.ma.getdata(values))
    return given


def _filled(word: Any) -> Any:
    return None if isinstance(word, str) and not word.strip() else word


def _text(word: Any) -> str | None:
    return str(word).strip() or None


def _reasons(value: Codes) -> Codes:
    """Return why leaves do not apply; without a reason, just that they do not."""
    told = value.renamed(_text)
    return Codes(np.where(told.codes < 0, len(told.categories), told.codes), (*told.categories, True))
