"""Points of one leaf by each of the eleven rules, as the format's description states them."""

from __future__ import annotations

from typing import Any

from whole import HUNDRED, ONE, ZERO, Ratio, below, greatest, least, minus, over, plus, read, times, total

Inputs = dict[str, str]
Rule = dict[str, Any]

YES = {"yes", "true", "1", "có"}
NO = {"no", "false", "0", "không"}


class Missing(KeyError):
    """An input that was not observed."""


def value_of(inputs: Inputs, name: str) -> Ratio:
    """Return the number observed under a name."""
    if not inputs.get(name):
        raise Missing(name)
    return read(inputs[name])


def worth(entry: Rule, most: Ratio | None) -> Ratio:
    """Return the points of an entry that states points, or a share of the maximum."""
    if "points" in entry:
        return read(entry["points"])
    assert most is not None
    return times(most, read(entry["share"]))


def emptied(rule: Rule, most: Ratio) -> Ratio | None:
    """Return what an empty denominator gives; None is not applicable."""
    return {"full": most, "zero": ZERO, "not-applicable": None}[rule["zero_total"]]


def rate(inputs: Inputs) -> Ratio | None:
    """Return the observed rate, None for a denominator of 0; a percent is a number of percent, sign or not."""
    if inputs.get("percent"):
        return over(read(inputs["percent"].removesuffix("%")), HUNDRED)
    done, out_of = value_of(inputs, "done"), value_of(inputs, "total")
    return None if out_of == ZERO else over(done, out_of)


def given(rule: Rule, most: Ratio | None, inputs: Inputs) -> Ratio:
    """Return points that were set, or a value on a scale."""
    if "scale" not in rule:
        return value_of(inputs, "points")
    assert most is not None
    return over(times(most, value_of(inputs, "value")), read(rule["scale"]))


def levels(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio:
    """Return the points of the chosen level."""
    if not inputs.get("level"):
        raise Missing("level")
    (chosen,) = [level for level in rule["levels"] if level["key"] == inputs["level"]]
    return worth(chosen, most)


def bands(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio | None:
    """Return the points of the first band met."""
    measured = value_of(inputs, "value") if rule.get("of") == "value" else rate(inputs)
    if measured is None:
        return emptied(rule, most)
    for band in rule["bands"]:
        if (
            ("from" in band and not below(measured, read(band["from"])))
            or ("over" in band and below(read(band["over"]), measured))
            or not ("from" in band or "over" in band)
        ):
            return worth(band, most)
    raise AssertionError


def proportion(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio | None:
    """Return 0 below the threshold, else min(M, M x r / full_at)."""
    r = rate(inputs)
    if r is None:
        return emptied(rule, most)
    if rule.get("inverse"):
        r = minus(ONE, r)
    if below(r, read(rule.get("from", 0))):
        return ZERO
    return least(most, over(times(most, r), read(rule.get("full_at", 1))))


def weighted_counts(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio | None:
    """Return M x sum of credit x count, over the total."""
    counted = [times(read(credit), value_of(inputs, key)) for key, credit in rule["credits"].items()]
    out_of = value_of(inputs, "total")
    return emptied(rule, most) if out_of == ZERO else over(times(most, total(counted)), out_of)


def checklist(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio:
    """Return min(M, the sum of the items that are met)."""
    met = []
    for item in rule["items"]:
        said = inputs.get(item["key"], "").lower()
        if not said:
            raise Missing(item["key"])
        assert said in YES | NO
        if said in YES:
            met.append(worth(item, most))
    return least(most, total(met))


def per_unit(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio:
    """Return min(M, count x points)."""
    return least(most, times(value_of(inputs, "count"), read(rule["points"])))


def deduct(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio:
    """Return max(lowest, start - what the faults take)."""
    start = levels(rule, most, inputs) if rule.get("levels") else most
    left = start
    for fault in rule["faults"]:
        count = value_of(inputs, fault["key"])
        taken = times(count, worth(fault, most))
        if "cap" in fault:
            taken = least(taken, read(fault["cap"]))
        if "wipe_at" in fault and not below(count, read(fault["wipe_at"])):
            taken = greatest(start, ZERO)
        left = minus(left, taken)
    return greatest(read(rule.get("lowest", 0)), left)


def best(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio | None:
    """Return the highest of the parts that apply; None if none does."""
    highest: Ratio | None = None
    for part in rule["of"]:
        prefix = part["key"] + "/"
        own = {name.removeprefix(prefix): text for name, text in inputs.items() if name.startswith(prefix)}
        got = points(part, most, own)
        if got is not None:
            highest = got if highest is None else greatest(highest, got)
    return highest


def survey(rule: Rule, most: Ratio, inputs: Inputs) -> Ratio | None:
    """Return M x the mean share, weighted over the groups of respondents that answered."""
    summed, weights = ZERO, ZERO
    for group in rule.get("groups", [{"key": ""}]):
        prefix = group["key"] and group["key"] + "/"
        counts = [value_of(inputs, prefix + option["key"]) for option in rule["options"]]
        answers = total(counts)
        if answers == ZERO:
            continue
        shares = [read(option["share"]) for option in rule["options"]]
        mean = over(total([times(count, share) for count, share in zip(counts, shares, strict=True)]), answers)
        weight = read(group.get("weight", 1))
        summed, weights = plus(summed, times(weight, mean)), plus(weights, weight)
    return emptied(rule, most) if weights == ZERO else over(times(most, summed), weights)


def relative(rule: Rule, most: Ratio, value: Ratio, peers: list[Ratio]) -> Ratio:
    """Return the points of a value among those it is compared with, its own included."""
    low, high = read(rule.get("low", 0)), read(rule.get("high", 1))
    smallest = largest = value
    for peer in peers:
        smallest, largest = least(smallest, peer), greatest(largest, peer)
    if smallest == largest:
        stated = rule.get("all_equal", "high")
        return times(most, {"low": low, "high": high}[stated] if stated in {"low", "high"} else read(stated))
    from_worst = minus(largest, value) if rule.get("direction") == "lower" else minus(value, smallest)
    return times(most, plus(low, times(minus(high, low), over(from_worst, minus(largest, smallest)))))


SINGLE = {
    "levels": levels,
    "bands": bands,
    "ratio": proportion,
    "weighted-counts": weighted_counts,
    "checklist": checklist,
    "per-unit": per_unit,
    "deduct": deduct,
    "best": best,
    "survey": survey,
}
"""The rules that need a maximum and the unit's own inputs; beside them are given and relative."""


def points(rule: Rule, most: Ratio | None, inputs: Inputs, peers: list[Ratio] | None = None) -> Ratio | None:
    """Return the points of a leaf before rounding; None if by its own rule it does not apply."""
    if rule["type"] == "given":
        return given(rule, most, inputs)
    assert most is not None
    if rule["type"] == "relative":
        assert peers is not None
        return relative(rule, most, value_of(inputs, "value"), peers)
    return SINGLE[rule["type"]](rule, most, inputs)
