"""The batch engine says what the reference engine says of every node, every unit and every fault: no tolerance."""

from __future__ import annotations

import collections
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import parindex as pi
from strategies import RULE_TYPES, inputs, leaves_for, methodologies, populations, rule_of, thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNITS = 700
EVALUATIONS = 12_500
"""Of each rule and in each session of tests, of which a run of everything has four: a million and more in all."""


def agree(batch: pi.Scoreboard, reference: pi.Scoreboard) -> None:
    """Hold everything that a board says against the other."""
    assert batch.units == reference.units
    assert batch.groups == reference.groups
    assert batch.status == reference.status
    assert batch.printed_index == reference.printed_index
    assert list(batch.printed_index_scaled) == list(reference.printed_index_scaled)
    assert batch.grades == reference.grades
    assert batch.points() == reference.points()
    assert batch.component_index() == reference.component_index()
    assert list(batch.ranks()) == list(reference.ranks())
    for criterion in batch.methodology.criteria:
        assert batch.points(criterion.id) == reference.points(criterion.id), criterion.id
        assert batch.component_index(criterion.id) == reference.component_index(criterion.id), criterion.id
        assert list(batch.ranks(criterion.id)) == list(reference.ranks(criterion.id)), criterion.id


def table_of(units: Sequence[pi.Assessment]) -> pi.ObservationTable:
    return pi.ObservationTable.from_assessments(units)


@given(st.data())
def test_engines_agree_on_any_methodology(data: st.DataObject) -> None:
    methodology = data.draw(methodologies())
    units = data.draw(populations(methodology))
    reference = pi.score_many(methodology, units, engine="reference")
    agree(pi.score_many(methodology, table_of(units)), reference)


@given(st.data())
def test_engines_agree_on_what_is_missing(data: st.DataObject) -> None:
    methodology = data.draw(methodologies())
    units = [data.draw(thinned(each)) for each in data.draw(populations(methodology))]
    found: list[pi.Scoreboard | pi.ObservationFaults] = []
    for given_units in (units, table_of(units)):
        try:
            found.append(pi.score_many(methodology, given_units, partial=True))
        except pi.ObservationFaults as error:
            found.append(error)
    reference, batch = found
    if isinstance(reference, pi.ObservationFaults):
        assert isinstance(batch, pi.ObservationFaults)
        return
    assert not isinstance(batch, pi.ObservationFaults), batch
    agree(batch, reference)
    assert batch.bounds == reference.bounds


@st.composite
def thinned(draw: st.DrawFn, whole: pi.Assessment) -> pi.Assessment:
    """Return an assessment of which some inputs are missing, at any stage."""
    kept: dict[str, Any] = {}
    for leaf, observed in whole.observations.items():
        kept[leaf] = observed
        if not isinstance(observed, pi.NotApplicable) and observed and draw(st.integers(0, 3)) == 0:
            names = draw(st.sets(st.sampled_from(sorted(observed))))
            kept[leaf] = {name: value for name, value in observed.items() if name in names}
    return attrs.evolve(whole, observations=kept, stage=draw(st.sampled_from(("final", "self"))))


WRONG: tuple[Any, ...] = (-1, 0, 1, "1/2", 101, "x", "level-0", True, 10**17, "0.5", 0.5, "12.5%", 3.25, 10**30)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_engines_refuse_the_same(data: st.DataObject) -> None:
    """Whatever stands in the cells, one engine refuses just what the other refuses, in the same words."""
    methodology = data.draw(methodologies())
    units = list(data.draw(populations(methodology)))
    names = {each.id: list(rule_of(each)[0].input_by_name) for each in methodology.leaves}
    for place, unit in enumerate(units):
        spoiled: dict[str, Any] = dict(unit.observations)
        for leaf in leaves_for(methodology, unit.group):
            observed = spoiled.get(leaf.id, {})
            if not isinstance(observed, pi.NotApplicable) and data.draw(st.integers(0, 2)) == 0:
                changed = data.draw(
                    st.dictionaries(st.sampled_from(names[leaf.id]), st.sampled_from(WRONG), min_size=1, max_size=2)
                )
                spoiled[leaf.id] = {**observed, **changed}
        units[place] = attrs.evolve(unit, observations=spoiled)
    told: list[set[str]] = []
    for given_units in (units, table_of(units)):
        try:
            pi.score_many(methodology, given_units)
            told.append(set())
        except pi.ObservationFaults as error:
            told.append({str(each).partition("; and ")[0] for each in error.exceptions})
    reference, batch = told
    assert bool(reference) == bool(batch)
    assert batch <= {each.partition("; and ")[0] for each in reference}


# In bulk, by typed columns


class Counted:
    """What was evaluated so far, by rule, and how much of it on an edge."""

    def __init__(self) -> None:
        self.rules: collections.Counter[str] = collections.Counter()
        self.edges = 0
        self.reasons: collections.Counter[str] = collections.Counter()
        self.units = 0

    @property
    def evaluations(self) -> int:
        return sum(self.rules.values())

    def __str__(self) -> str:
        rules = ", ".join(f"{rule} {count}" for rule, count in sorted(self.rules.items()))
        share = 100 * self.edges // max(1, self.evaluations)
        return (
            f"{self.evaluations} leaf evaluations of {self.units} units ({rules}), {share} % on an edge; "
            f"fell back: {dict(self.reasons)}"
        )


def on_edge(rule: pi.Rule, observed: Mapping[str, Any], points: Fraction | None, digits: int) -> bool:
    """Return whether a leaf stands exactly on a threshold, or its points where some rounding turns."""
    if points is not None and (2 * points * 10**digits).denominator == 1 and (points * 10**digits).denominator == 2:
        return True
    if isinstance(rule, pi.Ratio | pi.Bands) and isinstance(rule, pi.Ratio):
        rate = _rate(observed)
        return rate in {*thresholds(rule), Fraction(0), Fraction(1)}
    if isinstance(rule, pi.Bands):
        rate = Fraction(str(observed["value"])) if "value" in observed else _rate(observed)
        return rate in thresholds(rule)
    return points in rule.reach(Fraction(1)) or (points is not None and points == 0)


def _rate(observed: Mapping[str, Any]) -> Fraction | None:
    if "percent" in observed:
        return Fraction(str(observed["percent"]).rstrip("%")) / 100
    total = Fraction(str(observed["total"]))
    return Fraction(str(observed["done"])) / total if total else None


def typed(values: list[Any], generator: np.random.Generator) -> Any:
    """Return values as a column of the kind that a user may have: numbers where they are, or distinct words."""
    kinds = {type(value) for value in values}
    if kinds <= {int} and all(abs(value) < 2**62 for value in values):
        return np.array(values, dtype=np.int64 if generator.random() < 0.5 else np.float64)
    if kinds <= {int, type(None)} and generator.random() < 0.5:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if kinds <= {bool}:
        return np.array(values)
    return values


Bulk: TypeAlias = tuple[pi.Methodology, list[str], dict[str, Any], list[str], list[dict[str, Any]]]
"""A methodology, the names of units, their columns and groups, and the same as rows."""


@st.composite
def bulks(draw: st.DrawFn, kind: str) -> Bulk:
    """Return a methodology and many units as columns; each leaf has a few inputs, met in every combination."""
    kinds = (kind, draw(st.sampled_from((kind, *RULE_TYPES))))
    methodology = draw(methodologies(kinds=kinds))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows: list[dict[str, Any]] = [{} for _ in range(UNITS)]
    columns: dict[str, Any] = {}
    group = draw(st.sampled_from(("lowland", "mountain")))
    for leaf in leaves_for(methodology, group):
        rule, maximum = rule_of(leaf)
        seen: list[Any] = [draw(inputs(rule, maximum)) for _ in range(8)]
        if draw(st.booleans()):
            seen.append(pi.NotApplicable("không phát sinh"))
        chosen = generator.integers(0, len(seen), UNITS).tolist()
        for row, one in zip(rows, chosen, strict=True):
            row[leaf.id] = seen[one]
        for name in rule.input_by_name:
            values = [
                None if isinstance(each, pi.NotApplicable) else each.get(name) for each in map(seen.__getitem__, chosen)
            ]
            if any(value is not None for value in values):
                columns[f"{leaf.id}:{name}"] = typed(values, generator)
        if isinstance(seen[-1], pi.NotApplicable):
            columns[f"{leaf.id}:not-applicable"] = [
                each if isinstance(each, pi.NotApplicable) else None for each in map(seen.__getitem__, chosen)
            ]
    groups = [group] * UNITS
    return methodology, [f"Xã {place}" for place in range(UNITS)], columns, groups, rows


@pytest.mark.parametrize("kind", RULE_TYPES)
def test_engines_agree_in_bulk(kind: str) -> None:
    """So many evaluations of each rule that none has less than 5 % of all, and at least 20 % of all on an edge."""
    counted = Counted()

    @seed(RULE_TYPES.index(kind))
    @settings(max_examples=30, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(bulks(kind))
    def law(bulk: Bulk) -> None:
        if counted.rules[kind] >= EVALUATIONS:
            return
        methodology, names, columns, groups, rows = bulk
        table = pi.ObservationTable.from_columns(names, columns, group=groups)
        units = [pi.Assessment(name, row, group=group) for name, row, group in zip(names, rows, groups, strict=True)]
        batch = pi.score_many(methodology, table, threads=1 + counted.units // UNITS % 2)
        reference = pi.score_many(methodology, units, engine="reference")
        agree(batch, reference)
        counted.units += UNITS
        counted.reasons.update(batch.computation.reasons)
        digits = methodology.policy.print_rounding.digits
        for leaf in leaves_for(methodology, groups[0]):
            rule, _ = rule_of(leaf)
            points = reference.points(leaf.id)
            counted.rules[rule.type] += UNITS
            for row, earned in zip(rows, points, strict=True):
                observed = row[leaf.id]
                if not isinstance(observed, pi.NotApplicable) and on_edge(rule, observed, earned, digits):
                    counted.edges += 1

    law()
    print(f"engines agree on {kind}: {counted}")  # noqa: T201  the run says how much it has compared
    assert counted.rules[kind] >= EVALUATIONS
    assert 5 * counted.edges >= counted.evaluations
