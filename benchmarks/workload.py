"""The work that is measured: an edition of 100 leaves, and columns of observations for any number of units.

Half of the leaves take one integer or a yes/no, 15 are steps on a rate, 35 are in proportion to a rate: 150 columns.
The edition is written as tables and read like any file; the columns are drawn from a seed.
Nothing here knows how anything is scored.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import parindex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[Any]
    Columns = dict[str, Array]
    Entry = dict[str, Any]

CITE: Final = {"source": "bench", "at": "invented"}
MAXIMA: Final = ["0.25"] * 10 + ["0.5"] * 20 + ["1"] * 45 + ["1.5"] * 15 + ["2"] * 10
KINDS: Final = (
    ["levels"] * 20
    + ["per-unit"] * 10
    + ["deduct"] * 10
    + ["checklist"] * 10
    + ["bands"] * 15
    + ["ratio"] * 14
    + ["from"] * 8
    + ["full-at"] * 8
    + ["inverse"] * 5
)
CRITERIA: Final = (5, 4, 4, 4, 3, 3, 4, 3)
"""The number of criteria of each of the 8 domains; the 100 leaves are dealt to these 30 in order."""
SHARES: Final = (("0", "2/5", "7/10", "1"), ("0", "1/2", "3/4", "1"), ("0", "1/4", "1/2", "1"))
EDGES: Final = ((95, 80, 57), (98, 90, 70), (100, 85, 50))
FROM: Final = (57, 70, 80, 29)
LARGEST: Final = 20_000


def _decimal(value: Fraction) -> str:
    """Return a terminating fraction as a decimal."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _steps(number: int, maximum: Fraction) -> list[Entry]:
    edge = "over" if number % 5 == 4 else "from"
    worth = (Fraction(1), Fraction(3, 4), Fraction(1, 2))
    # Nothing is over 100 %: what is met only above an edge needs edges that can be passed.
    edges = EDGES[number % 2 if edge == "over" else number % 3]
    steps = [
        {edge: f"{percent}%", "points": _decimal(maximum * share)} for percent, share in zip(edges, worth, strict=True)
    ]
    return [*steps, {"points": "0"}]


def _rule(kind: str, number: int, maximum: Fraction) -> Entry:
    """Return the rule of the leaf *number* of its kind."""
    match kind:
        case "levels":
            shares = SHARES[number % len(SHARES)]
            keyed = [{"key": str(key), "points": _decimal(maximum * Fraction(of))} for key, of in enumerate(shares)]
            return {"type": "levels", "levels": keyed}
        case "per-unit":
            return {"type": "per-unit", "points": _decimal(maximum / 5)}
        case "deduct":
            fault = {"key": "late", "points": _decimal(maximum / 4)}
            return {"type": "deduct", "faults": [{**fault, "cap": _decimal(maximum / 2)} if number % 2 else fault]}
        case "checklist":
            return {"type": "checklist", "items": [{"key": "met", "points": _decimal(maximum)}]}
        case "bands":
            return {"type": "bands", "bands": _steps(number, maximum)}
        case "from":
            return {"type": "ratio", "from": f"{FROM[number % len(FROM)]}%"}
        case "full-at":
            return {"type": "ratio", "from": "50%", "full_at": "90%" if number % 2 else "95%"}
        case "inverse":
            return {"type": "ratio", "inverse": True, "from": "57%" if number % 2 else "0%"}
        case _:
            return {"type": "ratio"}


def _leaf_ids() -> Iterator[str]:
    places = [f"{domain}.{place}" for domain, many in enumerate(CRITERIA, 1) for place in range(1, many + 1)]
    ends = [len(MAXIMA) * number // len(places) for number in range(len(places) + 1)]
    for place, (start, end) in zip(places, pairwise(ends), strict=True):
        yield from (f"{place}.{leaf}" for leaf in range(1, end - start + 1))


def tables() -> Entry:
    """Return the edition as the tables of a file."""
    ids = list(_leaf_ids())
    # Strides without a common factor with 100 deal kinds and maxima over the whole tree, the same way every time.
    kinds = [KINDS[position * 37 % 100] for position in range(100)]
    maxima = [Fraction(MAXIMA[position * 61 % 100]) for position in range(100)]
    sums: dict[str, Fraction] = {}
    for leaf, maximum in zip(ids, maxima, strict=True):
        for node in accumulate(leaf.split(".")[:-1], "{}.{}".format):
            sums[node] = sums.get(node, Fraction(0)) + maximum
    entries = [{"id": node, "max": _decimal(most), "vi": f"Mục {node}", "cite": CITE} for node, most in sums.items()]
    seen: dict[str, int] = {}
    for leaf, kind, maximum in zip(ids, kinds, maxima, strict=True):
        rule = _rule(kind, seen.setdefault(kind, 0), maximum)
        seen[kind] += 1
        entries.append({"id": leaf, "max": _decimal(maximum), "vi": f"Mục {leaf}", "cite": CITE, "rule": rule})
    return {
        "format": "parindex.methodology/1",
        "id": "example.benchmark",
        "edition": "1",
        "revision": 1,
        "years": [2024],
        "unit_kind": "province",
        "completeness": "full",
        "total": 100,
        "title": {"vi": "Một trăm tiêu chí bịa ra để đo", "en": "A hundred invented leaves to measure with"},
        "source": [{"key": "bench", "title": "Invented", "status": "illustrative"}],
        "criterion": entries,
    }


def edition() -> parindex.Methodology:
    """Return the edition, which has no errors."""
    methodology = parindex.parse_methodology(json.dumps(tables(), ensure_ascii=False), name="benchmark")
    assert not methodology.errors
    assert len(methodology.leaves) == 100
    return methodology


def names(units: int) -> list[str]:
    """Return the names of so many units."""
    return [f"unit {number}" for number in range(1, units + 1)]


def _thresholds(rule: Entry) -> list[Fraction]:
    """Return the rates of done to total at which the points of *rule* jump or stop rising."""
    if rule["type"] == "bands":
        said = [band.get("from", band.get("over", "0%")) for band in rule["bands"][:-1]]
    else:
        said = [rule.get("from", "100%"), rule.get("full_at", "100%")]
    rates = [Fraction(text.rstrip("%")) / 100 for text in said]
    return [1 - each if rule.get("inverse") else each for each in rates]


def _counts(draw: np.random.Generator, units: int, rule: Entry) -> tuple[Array, Array]:
    """Return done and total: totals spread evenly in their logarithm, one in ten exactly on a threshold."""
    total = np.exp(draw.uniform(0, np.log(LARGEST), units)).astype(np.int64)
    short = draw.random(units) ** 2
    rate = short if rule.get("inverse") else 1 - 0.7 * short
    done = np.rint(total * rate).astype(np.int64)
    for threshold in _thresholds(rule):
        on = draw.random(units) < 0.1 / len(_thresholds(rule))
        parts = -(-total[on] // threshold.denominator)
        total[on] = parts * threshold.denominator
        done[on] = parts * threshold.numerator
    return done, total


def columns(units: int, seed: int) -> Columns:
    """Return the columns of so many units: int64 for counts and levels, bool for yes and no."""
    draw = np.random.Generator(np.random.Philox(seed))
    made: Columns = {}
    for entry in tables()["criterion"]:
        leaf, rule = entry["id"], entry.get("rule")
        match rule and rule["type"]:
            case "levels":
                made[f"{leaf}:level"] = np.minimum(draw.integers(0, 6, units), 3)
            case "per-unit":
                made[f"{leaf}:count"] = draw.integers(0, 9, units)
            case "deduct":
                made[f"{leaf}:late"] = np.maximum(draw.integers(-4, 6, units), 0)
            case "checklist":
                made[f"{leaf}:met"] = draw.random(units) < 0.8
            case "bands" | "ratio":
                made[f"{leaf}:done"], made[f"{leaf}:total"] = _counts(draw, units, rule)
    return made


def awkward(units: int, seed: int) -> Columns:
    """Return columns on which floats go wrong: many equal indices, and many that end in half a hundredth.

    Every total is 100, 200 or 1000 and everything else as in :func:`columns`, except that a rate which is divided by
    something else than 100 % is full; so all points are decimals.
    """
    made = columns(units, seed)
    draw = np.random.Generator(np.random.Philox(seed + 1))
    for entry in tables()["criterion"]:
        rule, leaf = entry.get("rule", {}), entry["id"]
        if f"{leaf}:total" in made:
            total = draw.choice(np.array([100, 200, 1000]), units)
            percent = draw.integers(56, 101, units)
            full = "full_at" in rule
            made[f"{leaf}:total"] = total
            made[f"{leaf}:done"] = total if full else total * percent // 100
    return made


def assessments(units: list[str], table: Columns) -> list[parindex.Assessment]:
    """Return the same observations one unit at a time, as plain Python values, for the reference engine."""
    keyed = [(*name.split(":"), column.tolist()) for name, column in table.items()]
    levels = {leaf.id for leaf in edition().leaves if isinstance(leaf.rule, parindex.Levels)}
    made = []
    for row, unit in enumerate(units):
        seen: dict[str, dict[str, object]] = {}
        for leaf, name, values in keyed:
            seen.setdefault(leaf, {})[name] = str(values[row]) if leaf in levels else values[row]
        made.append(parindex.Assessment(unit, seen))
    return made
