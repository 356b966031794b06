"""What is observed of a leaf that does so well: inputs for every kind of rule, the same ones for the same names.

Every figure comes from ``Random(name).random()``, whose sequence Python promises to keep; whatever else ``random``
offers may change from one Python to the next.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Rule = dict[str, Any]
Inputs = dict[str, str]


class Draw:
    """Whole numbers that look as if they were drawn, always the same ones for the same name."""

    def __init__(self, *name: str) -> None:
        self._random = Random("/".join(name))  # noqa: S311  # nothing is kept secret with it

    def between(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*."""
        return low + int(self._random.random() * (high - low + 1))


class Aim(NamedTuple):
    """What a leaf of a unit is about to get: how good it is, in thousandths, and what its counts are out of."""

    good: int
    size: int
    draw: Draw
    max_points: Fraction
    percent: bool

    def near(self, spread: int) -> int:
        """Return *good*, give or take *spread*."""
        return min(1000, max(0, self.good + self.draw.between(-spread, spread)))

    def choice(self, options: int) -> int:
        """Return which of *options*, best first, fits."""
        at = self.near(130)
        return sum(at < edge for edge in ((730, 600, 500)[: options - 1] if options > 2 else (600,)))


def decimal(number: int, digits: int) -> str:
    """Return *number*, counted in units of the last of *digits* decimals, as it is written."""
    return str(Decimal(number).scaleb(-digits))


def rate(text: object, default: str = "0%") -> int:
    """Return a rate such as "57%" in hundredths of a percent."""
    return int(Decimal(str(text or default).removesuffix("%")) * 100)


def share(text: object) -> Fraction:
    """Return a share such as "1/2" or "25%"."""
    told = str(text)
    return Fraction(told[:-1]) / 100 if told.endswith("%") else Fraction(told)


def worth(entry: Rule, max_points: Fraction) -> Fraction:
    """Return the points that a level, an item, a band or a fault states."""
    return Fraction(str(entry["points"])) if "points" in entry else share(entry["share"]) * max_points


def given(rule: Rule, aim: Aim) -> Inputs:
    """Return points on a grid of a twentieth, or a value with two decimals."""
    if "scale" in rule:
        hundredths = aim.good * rule["scale"] // 10 + aim.draw.between(-99, 99)
        return {"value": decimal(min(rule["scale"] * 100, hundredths), 2)}
    return {"points": decimal(int(aim.max_points * aim.near(40) * 20 / 1000) * 5, 2)}


def levels(rule: Rule, aim: Aim) -> Inputs:
    """Return a level."""
    return {"level": rule["levels"][aim.choice(len(rule["levels"]))]["key"]}


def counted(rule: Rule, aim: Aim, at: int) -> Inputs:
    """Return counts, amounts or a percentage that make the rate *at*, in hundredths of a percent, or just over it."""
    if aim.percent:
        return {"percent": decimal(at, 2) + ("" if at == 0 or at >= 100 else "%")}
    if rule.get("amounts"):
        total = aim.size * 10 + aim.draw.between(0, 9)
        return {"done": decimal(-(-total * at // 10_000), 1), "total": decimal(total, 1)}
    return {"done": str(-(-aim.size * at // 10_000)), "total": str(aim.size)}


def ratio(rule: Rule, aim: Aim) -> Inputs:
    """Return a rate between somewhat below the threshold and somewhat above that of full points."""
    if aim.size == 0:
        return {"done": "0", "total": "0"}
    low, full = rate(rule.get("from")), rate(rule.get("full_at"), "100%")
    least = low - (full - low) // 8 if low else full * 3 // 10
    at = least + (full - least) * aim.near(40) // 960
    at = at if rule.get("may_exceed") else min(at, 10_000)
    return counted(rule, aim, 10_000 - at if rule.get("inverse") else at)


def bands(rule: Rule, aim: Aim) -> Inputs:
    """Return a rate or a value within one of the bands."""
    value = rule.get("of") == "value"
    edges = [each.get("from", each.get("over")) for each in rule["bands"][:-1]]
    tops = [int(edge) if value else rate(edge) for edge in edges]
    hit = aim.choice(len(tops) + 1)
    low = tops[hit] if hit < len(tops) else tops[-1] * 3 // 5
    high = tops[hit - 1] if hit else low * 5 // 4
    if value:
        return {"value": str(aim.draw.between(low + 1 if hit else low, max(low + 1, high - 1)))}
    if aim.size == 0:
        return {"done": "0", "total": "0"}
    return counted(rule, aim, min(10_000, aim.draw.between(low, max(low, high - 1))))


def weighted(rule: Rule, aim: Aim) -> Inputs:
    """Return the total, and how much of it counts in full and in part."""
    told, rest = {"total": str(aim.size)}, aim.size
    for key in rule["credits"]:
        told[key] = str((rest * aim.near(100) + 500) // 1000)
        rest -= int(told[key])
    return told


def checklist(rule: Rule, aim: Aim) -> Inputs:
    """Return which items are met."""
    return {item["key"]: "yes" if aim.draw.between(0, 999) < aim.good + 70 else "no" for item in rule["items"]}


def per_unit(rule: Rule, aim: Aim) -> Inputs:
    """Return a count that fills the maximum or falls short of it."""
    most = -(-aim.max_points // Fraction(str(rule["points"])))
    return {"count": str(int(most) * aim.near(60) // 950)}


def deduct(rule: Rule, aim: Aim) -> Inputs:
    """Return a level where there are some, and few faults, the fewer the worse they are."""
    told = levels(rule, aim) if "levels" in rule else {}
    for fault in rule["faults"]:
        part = worth(fault, aim.max_points) / aim.max_points
        rare = len(rule["faults"]) * max(part, Fraction(1, 4)) ** 2 * 4
        some = aim.draw.between(0, 999) * rare < (1000 - aim.good) * 5 // 4
        few = aim.draw.between(1, 2 if part < Fraction(1, 4) else 1)
        days = aim.draw.between(1, 12)
        told[fault["key"]] = str((days if part < Fraction(1, 10) else few) if some else 0)
    return told


def best(rule: Rule, aim: Aim) -> Inputs:
    """Return the inputs of all parts, each of which is hard to get."""
    hard = aim._replace(good=aim.good * 2 // 3)
    parts = [(part["key"], KINDS[part["type"]](part, hard)) for part in rule["of"]]
    return {f"{key}/{name}": text for key, inputs in parts for name, text in inputs.items()}


def survey(rule: Rule, aim: Aim) -> Inputs:
    """Return how often each of four answers was given, by each group where there are some."""
    told: Inputs = {}
    second, third = (int(share(option["share"]) * 1000) for option in rule["options"][1:3])
    rest = (second * 15 + third * 4) // 20
    for group in rule.get("groups", [{"key": ""}]):
        first = aim.size * max(0, aim.near(30) - rest) // (1000 - rest)
        left = aim.size - first
        answers = (first, left * 3 // 4, left // 5, left - left * 3 // 4 - left // 5)
        prefix = f"{group['key']}/" if group["key"] else ""
        told |= {f"{prefix}{option['key']}": str(n) for option, n in zip(rule["options"], answers, strict=True)}
    return told


def relative(_: Rule, aim: Aim) -> Inputs:
    """Return a place between 0 and 1000, the better the more; it is put on the scale of the leaf later."""
    return {"value": str(aim.draw.between(0, 700) + aim.near(100) * 3 // 10)}


KINDS: dict[str, Callable[[Rule, Aim], Inputs]] = {
    "given": given,
    "levels": levels,
    "ratio": ratio,
    "bands": bands,
    "weighted-counts": weighted,
    "checklist": checklist,
    "per-unit": per_unit,
    "deduct": deduct,
    "best": best,
    "survey": survey,
    "relative": relative,
}
