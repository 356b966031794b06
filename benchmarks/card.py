"""How long one unit of a hundred leaves takes to score, beside adding its leaf points up alone.

Run ``python benchmarks/card.py``.
Each step is timed in turn within one run, many times over, and the least time counts: the ratio to the bare sum of a
hundred fractions means the same on any machine, the milliseconds do not.
"""

from __future__ import annotations

import json
import random
import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import parindex as pi

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 400
DOMAINS = 8
RULES = [
    *["levels"] * 20,
    *["per-unit"] * 10,
    *["deduct"] * 10,
    *["checklist"] * 10,
    *["bands"] * 15,
    *["ratio"] * 35,
]


def rule_and_inputs(kind: str, chance: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a rule for a leaf of one point, and what a unit might have observed for it."""
    total = chance.randint(20, 2000)
    counted = {"done": chance.randint(total // 2, total), "total": total}
    match kind:
        case "levels":
            levels = [{"key": "good", "points": 1}, {"key": "fair", "share": "1/2"}, {"key": "poor", "points": 0}]
            return {"levels": levels}, {"level": chance.choice(["good", "fair", "poor"])}
        case "per-unit":
            return {"points": "0.25"}, {"count": chance.randint(0, 6)}
        case "deduct":
            faults = [{"key": "late", "points": "0.25"}, {"key": "absent", "points": "0.5"}]
            return {"faults": faults}, {"late": chance.randint(0, 3), "absent": chance.randint(0, 1)}
        case "checklist":
            items = [{"key": key, "points": "0.25"} for key in ("plan", "report", "site", "survey")]
            return {"items": items}, {item["key"]: chance.choice(["yes", "no"]) for item in items}
        case "bands":
            bands = [{"from": "90%", "points": 1}, {"over": "70%", "points": "0.5"}, {"points": 0}]
            return {"of": "ratio", "bands": bands}, counted
        case _:
            return {"from": "50%", "full_at": "95%"}, counted


def example() -> tuple[pi.Methodology, dict[str, dict[str, Any]]]:
    """Return a methodology of a hundred leaves on the third level, and one unit's observations."""
    chance = random.Random(1)  # noqa: S311  a reproducible example, no secret
    kinds = chance.sample(RULES, len(RULES))
    criteria: dict[str, dict[str, Any]] = {}
    observed: dict[str, dict[str, Any]] = {}
    cite = {"source": "page"}
    for position, kind in enumerate(kinds):
        domain = str(position % DOMAINS + 1)
        branch = f"{domain}.{position // DOMAINS // 3 + 1}"
        leaf = f"{branch}.{position // DOMAINS % 3 + 1}"
        rule, inputs = rule_and_inputs(kind, chance)
        criteria |= {each: {"id": each, "cite": cite} for each in (domain, branch) if each not in criteria}
        origin = "survey" if kind == "levels" else "appraised"
        criteria[leaf] = {"id": leaf, "max": 1, "origin": origin, "cite": cite, "rule": {"type": kind, **rule}}
        observed[leaf] = inputs
    tables = {
        "format": "parindex.methodology/1",
        "id": "example.hundred",
        "title": {"vi": "Một trăm tiêu chí", "en": "A hundred leaves"},
        "edition": "2024",
        "years": [2024],
        "unit_kind": "province",
        "completeness": "full",
        "total": 100,
        "source": [{"key": "page", "title": "Example", "status": "illustrative"}],
        "origin": {"appraised": {"max": 80}, "survey": {"max": 20}},
        "criterion": list(criteria.values()),
        "grade": [{"key": "good", "from": 80}, {"key": "fair", "from": 0}],
    }
    return pi.parse_methodology(json.dumps(tables)), observed


def least(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the least time of each step in milliseconds, the steps taking turns."""
    times = dict.fromkeys(steps, float("inf"))
    for _ in range(ROUNDS):
        for name, step in steps.items():
            started = time.perf_counter()
            step()
            times[name] = min(times[name], time.perf_counter() - started)
    return {name: value * 1000 for name, value in times.items()}


def looked_at(card: pi.Scorecard) -> int:
    """Look at the parts of a card that are made when somebody first looks."""
    return len(card.nodes) + len(card.by_origin)


def main() -> None:
    """Print the times and the ratios."""
    methodology, observed = example()
    assessment = pi.Assessment("A", observed)
    card = pi.score(methodology, assessment)
    points = [card[leaf.id].points or Fraction(0) for leaf in methodology.leaves]
    told = least(
        {
            "sum alone": lambda: sum(points, Fraction(0)),
            "assessment": lambda: pi.Assessment("A", observed),
            "score": lambda: pi.score(methodology, assessment),
            "assessment and score": lambda: pi.score(methodology, pi.Assessment("A", observed)),
            "score, every node, by origin": lambda: looked_at(pi.score(methodology, assessment)),
            "score and explain the whole": lambda: pi.score(methodology, assessment).explain(),
        }
    )
    print(f"{len(methodology.leaves)} leaves, {len(methodology)} nodes, {card}")
    for name, milliseconds in told.items():
        print(f"{name:30} {milliseconds:7.3f} ms {milliseconds / told['sum alone']:6.2f} x")


if __name__ == "__main__":
    main()
