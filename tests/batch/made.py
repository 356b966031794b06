"""Small methodologies for the batch engine, and both engines on one table."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import parindex as pi


def edition(rules: dict[str, Any], *, maximum: Any = 1, total: Any = None, **head: Any) -> pi.Methodology:
    """Return a methodology of one leaf for each rule; a leaf may state more than its rule."""
    leaves = []
    for key, rule in rules.items():
        own = rule if "rule" in rule else {"rule": rule}
        leaf = {"id": key, "vi": key, "en": key, "max": maximum, "cite": {"source": "s"}, **own}
        leaves.append({name: value for name, value in leaf.items() if value is not None})
    base = [leaf for leaf in leaves if "block" not in leaf and "rule" in leaf]
    whole = sum(Fraction(str(leaf["max"])) for leaf in base) if total is None else total
    tables = {
        "format": "parindex.methodology/1",
        "id": "x.y",
        "edition": "2024",
        "years": [2024, 2025],
        "unit_kind": "commune",
        "completeness": "full",
        "total": str(whole) if isinstance(whole, Fraction) else whole,
        "title": {"vi": "Ví dụ", "en": "Example"},
        "source": [{"key": "s", "title": "t", "status": "illustrative"}],
        "criterion": leaves,
        **head,
    }
    return pi.parse_methodology(json.dumps(tables))


RATIO: dict[str, Any] = {"type": "ratio"}
LEVELS: dict[str, Any] = {
    "type": "levels",
    "levels": [{"key": "0", "points": 0}, {"key": "1", "share": "1/2"}, {"key": "full", "points": 1}],
}


def both(
    methodology: pi.Methodology, columns: dict[str, Any], units: Any = None, *, partial: bool = False, **facts: Any
) -> tuple[pi.Scoreboard, pi.Scoreboard]:
    """Return the boards of both engines for one table."""
    count = len(next(iter(columns.values())))
    names = [f"Xã {place}" for place in range(count)] if units is None else units
    table = pi.ObservationTable.from_columns(names, columns, **facts)
    rows = [table.assessment(unit) for unit in range(len(table))]
    return (
        pi.score_many(methodology, table, partial=partial),
        pi.score_many(methodology, rows, partial=partial, engine="reference"),
    )


def same(methodology: pi.Methodology, columns: dict[str, Any], units: Any = None, **facts: Any) -> pi.Scoreboard:
    """Return the batch board of a table, after holding it against the reference engine."""
    batch, reference = both(methodology, columns, units, **facts)
    assert batch == reference
    assert batch.points() == reference.points()
    assert batch.component_index() == reference.component_index()
    assert batch.printed_index == reference.printed_index
    assert batch.status == reference.status
    assert batch.grades == reference.grades
    assert list(batch.ranks()) == list(reference.ranks())
    for criterion in methodology.criteria:
        assert batch.points(criterion.id) == reference.points(criterion.id)
        assert list(batch.ranks(criterion.id)) == list(reference.ranks(criterion.id))
    return batch


def told(methodology: pi.Methodology, columns: dict[str, Any], **facts: Any) -> list[str]:
    """Return the faults that the batch engine tells of a table."""
    count = len(next(iter(columns.values())))
    names = [f"Xã {place}" for place in range(count)]
    try:
        pi.score_many(methodology, pi.ObservationTable.from_columns(names, columns, **facts))
    except pi.ObservationFaults as faults:
        return [str(fault) for fault in faults.exceptions]
    return []
