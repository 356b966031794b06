"""Whole methodologies and observations for property tests, one small strategy for each part.

A methodology is made as the tables of its file and read from there, so that every example is also a file.
All of them are valid: they can be read, ``check`` finds no error, and every assessment drawn for them can be scored.

Public strategies: :func:`methodologies`, :func:`rules`, :func:`inputs`, :func:`assessments`, :func:`populations`.
Helpers: :func:`refused`, :func:`exactly`, :func:`build`, :func:`corners`, :func:`leaves_for`, :func:`hidden`.
"""

from __future__ import annotations

import copy
import itertools
import json
import math
import re
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
from hypothesis import strategies as st

import parindex as pi
from parindex._methodology.convert import converter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Table: TypeAlias = dict[str, Any]
Inputs: TypeAlias = dict[str, Any]

RULE_TYPES = (
    "given",
    "levels",
    "bands",
    "ratio",
    "weighted-counts",
    "checklist",
    "per-unit",
    "deduct",
    "best",
    "survey",
    "relative",
)
ALONE = tuple(kind for kind in RULE_TYPES if kind != "relative")
"""The rules that score one unit without any other."""

POLICIES = ("exclude", "redistribute", "full", "zero")
MODES = ("half-up", "half-even", "truncate", "ceiling", "floor")
TOTALS = (Fraction(100), Fraction(10), Fraction(25, 2), Fraction(84), Fraction(7))
GROUPS = ("lowland", "mountain")
DEFAULTED = ("ratio", "per-unit", "checklist", "weighted-counts")
"""The rules whose least points are always 0, so that 0 can be a default."""

_LABELS = {"vi": "Đúng hạn", "en": "On time"}


@contextmanager
def refused(kind: type[pi.Faults], pattern: str) -> Iterator[None]:
    """Expect faults of a kind, one of which, with its place, matches the pattern."""
    try:
        yield
    except kind as faults:
        told = [str(fault) for fault in faults.exceptions]
        assert any(re.search(pattern, each) for each in told), told
    else:
        raise AssertionError(f"nothing was refused, expected {pattern}")


# Numbers


def exactly(*values: Fraction | int | None) -> tuple[Fraction | None, ...]:
    """Return values as the library gives them: exact, or None."""
    return tuple(None if value is None else Fraction(value) for value in values)


def number(value: Fraction) -> int | str:
    """Return a number as a file may write it."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def percent(rate: Fraction) -> str:
    """Return a rate as a percent string; "1/3%" where no decimal is exact."""
    return f"{number(rate * 100)}%"


def quarters(whole: Fraction, least: int = 0, most: int = 4) -> st.SearchStrategy[Fraction]:
    """Return parts of *whole* in quarters of it."""
    return st.integers(least, most).map(lambda part: whole * part / 4)


@st.composite
def worths(draw: st.DrawFn, max_points: Fraction, *, least: int = 0) -> Table:
    """Return points or a share of the maximum, from *least* quarters of it to all of it."""
    part = draw(st.integers(least, 4))
    form = draw(st.sampled_from(("points", "share", "percent")))
    if form == "points":
        return {"points": number(max_points * part / 4)}
    return {"share": number(Fraction(part, 4)) if form == "share" else f"{25 * part}%"}


# Rules, as tables


@st.composite
def given_tables(draw: st.DrawFn, max_points: Fraction, *, least: int = -2) -> Table:
    """Return a rule of points that somebody sets."""
    scale = draw(st.sampled_from((None, Fraction(10), Fraction(100), Fraction(5, 2))))
    whole = max_points if scale is None else scale
    lowest = draw(quarters(whole, least, 2))
    return {"type": "given", "lowest": number(lowest)} | ({} if scale is None else {"scale": number(scale)})


@st.composite
def levels_tables(draw: st.DrawFn, max_points: Fraction, *, least: int = -2) -> Table:
    """Return a rule of one level among several."""
    worth = draw(st.lists(worths(max_points, least=least), min_size=1, max_size=3))
    levels = [
        {"key": f"level-{position}", **(_LABELS if position == 0 else {})} | each for position, each in enumerate(worth)
    ]
    return {"type": "levels", "levels": levels}


@st.composite
def zero_total_tables(draw: st.DrawFn, *, may_exceed: bool = False) -> Table:
    """Return what an empty denominator does, and whether amounts are allowed."""
    table: Table = {"zero_total": draw(st.sampled_from(("error", "full", "zero", "not-applicable")))}
    if draw(st.booleans()):
        table["amounts"] = True
    if may_exceed and draw(st.booleans()):
        table["may_exceed"] = True
    return table


@st.composite
def bands_tables(draw: st.DrawFn, max_points: Fraction, *, least: int = -2) -> Table:
    """Return a rule of steps on a rate or a value; edges from high to low, some of them met twice, over and from."""
    of = draw(st.sampled_from(("ratio", "value")))
    pool = (0, 10, 33, 57, 90, 100, 120) if of == "ratio" else (-3, 0, 1, 5, 12)
    edges = sorted(draw(st.sets(st.sampled_from(pool), min_size=0, max_size=3)), reverse=True)
    bands: list[Table] = []
    for edge in edges:
        written: int | str = f"{edge}%" if of == "ratio" else edge
        kinds = draw(st.sampled_from((("over",), ("from",), ("over", "from"))))
        # Every rate is 0 % or more, so a band from 0 % leaves nothing to the last one.
        kinds = ("over",) if of == "ratio" and edge == 0 else kinds
        bands += [{kind: written, **draw(worths(max_points, least=least))} for kind in kinds]
    bands.append(draw(worths(max_points, least=least)))
    return {"type": "bands", "of": of, "bands": bands} | (
        draw(zero_total_tables(may_exceed=True)) if of == "ratio" else {}
    )


@st.composite
def ratio_tables(draw: st.DrawFn) -> Table:
    """Return a rule in proportion to a rate."""
    full_at = draw(st.sampled_from((100, 100, 90, 95, 120)))
    from_ = draw(st.sampled_from((0, 0, 57, 80, full_at)))
    table: Table = {"type": "ratio", "from": f"{from_}%", "full_at": f"{full_at}%", "inverse": draw(st.booleans())}
    return table | draw(zero_total_tables(may_exceed=True))


@st.composite
def weighted_counts_tables(draw: st.DrawFn) -> Table:
    """Return a rule of credited counts."""
    credited = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    keys = ("full", "partly", "none")
    return {
        "type": "weighted-counts",
        "credits": {key: number(Fraction(credit, 4)) for key, credit in zip(keys, credited, strict=False)},
        **draw(zero_total_tables()),
    }


@st.composite
def checklist_tables(draw: st.DrawFn, max_points: Fraction) -> Table:
    """Return a rule of items to tick; together they may exceed the maximum or fall short of it."""
    worth = draw(st.lists(worths(max_points), min_size=1, max_size=3))
    return {"type": "checklist", "items": [{"key": f"item-{position}"} | each for position, each in enumerate(worth)]}


@st.composite
def per_unit_tables(draw: st.DrawFn, max_points: Fraction) -> Table:
    """Return a rule of points for each."""
    points = draw(st.sampled_from((Fraction(1, 2), Fraction(1), Fraction(1, 3), max_points / 4)))
    return {"type": "per-unit", "points": number(points), "amounts": draw(st.booleans())}


@st.composite
def fault_tables(draw: st.DrawFn, max_points: Fraction) -> Table:
    """Return what one kind of fault takes off."""
    table: Table = {"per": draw(st.sampled_from(("occurrence", "day"))), **draw(worths(max_points, least=1))}
    if draw(st.booleans()):
        table["cap"] = number(draw(quarters(max_points, 1, 6)))
    if draw(st.booleans()):
        table["wipe_at"] = draw(st.integers(1, 3))
    return table


@st.composite
def deduct_tables(draw: st.DrawFn, max_points: Fraction, *, least: int = -4) -> Table:
    """Return a rule that takes faults off; a wipe that would give points back is left out, as ``check`` asks."""
    levels = draw(st.lists(worths(max_points, least=max(least, -1)), max_size=2))
    faults = draw(st.lists(fault_tables(max_points), min_size=1, max_size=2))
    table: Table = {
        "type": "deduct",
        "levels": [{"key": f"level-{position}"} | each for position, each in enumerate(levels)],
        "faults": [{"key": f"fault-{position}"} | each for position, each in enumerate(faults)],
        "lowest": number(draw(quarters(max_points, least, 1))),
        "amounts": draw(st.booleans()),
    }
    if any(problem.severity is pi.Severity.ERROR for problem in read_rule(table).problems(max_points)):
        for fault in table["faults"]:
            fault.pop("wipe_at", None)
    return table


@st.composite
def survey_tables(draw: st.DrawFn) -> Table:
    """Return a rule on answers, with or without groups of respondents."""
    shares = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    weights = draw(st.lists(st.sampled_from((1, 2, "1/3")), max_size=2))
    return {
        "type": "survey",
        "options": [{"key": f"answer-{place}", "share": f"{25 * share}%"} for place, share in enumerate(shares)],
        "groups": [{"key": f"group-{place}", "weight": weight} for place, weight in enumerate(weights)],
        **draw(zero_total_tables()),
    }


@st.composite
def relative_tables(draw: st.DrawFn) -> Table:
    """Return a rule that compares units."""
    low, high = draw(st.sampled_from(((0, 100), (10, 100), (0, 60), (20, 80))))
    equal = draw(st.sampled_from(("high", "low", f"{(low + high) // 2}%")))
    return {
        "type": "relative",
        "direction": draw(st.sampled_from(("higher", "lower"))),
        "low": f"{low}%",
        "high": f"{high}%",
        "all_equal": equal,
        "within": draw(st.sampled_from(("all", "group"))),
    }


@st.composite
def best_tables(draw: st.DrawFn, max_points: Fraction, *, least: int = -2) -> Table:
    """Return a rule of which only the highest part counts."""
    inside = [kind for kind in ALONE if kind != "best"]
    kinds = draw(st.lists(st.sampled_from(inside), min_size=1, max_size=2))
    parts = [
        {"key": f"part-{place}"} | draw(rule_tables(max_points, kind, least=least)) for place, kind in enumerate(kinds)
    ]
    return {"type": "best", "of": parts}


def rule_tables(max_points: Fraction, kind: str, *, least: int = -2) -> st.SearchStrategy[Table]:
    """Return tables of one type of rule for a leaf of *max_points*; with *least* 0 none gives points below 0."""
    signed = {
        "given": given_tables,
        "levels": levels_tables,
        "bands": bands_tables,
        "deduct": deduct_tables,
        "best": best_tables,
    }
    unsigned = {"checklist": checklist_tables, "per-unit": per_unit_tables}
    plain = {
        "ratio": ratio_tables,
        "weighted-counts": weighted_counts_tables,
        "survey": survey_tables,
        "relative": relative_tables,
    }
    if kind in plain:
        return plain[kind]()
    return signed[kind](max_points, least=least) if kind in signed else unsigned[kind](max_points)


def read_rule(table: Mapping[str, Any]) -> pi.Rule:
    """Return the rule that a table of a file states."""
    rule: pi.Rule = converter.structure(dict(table), pi.Rule)  # type: ignore[type-abstract]  # a hook picks the class
    return rule


def rules(max_points: Fraction, *kinds: str) -> st.SearchStrategy[pi.Rule]:
    """Return rules of some types, of all that score alone if none is named."""
    return st.sampled_from(kinds or ALONE).flatmap(lambda kind: rule_tables(max_points, kind)).map(read_rule)


# Methodologies


@st.composite
def trees(
    draw: st.DrawFn,
    total: Fraction,
    *,
    kinds: Sequence[str] = RULE_TYPES,
    policies: Sequence[str] = POLICIES,
    depth: int = 4,
    weighted_roots: bool = True,
) -> list[Table]:
    """Return the criteria of a base that adds up to *total*: any shape, each set of siblings by points or by weight."""
    made: list[Table] = []
    budget = draw(st.integers(1, 7))

    def grow(parent: str, whole: Fraction, level: int, *, stated: bool) -> None:
        count = draw(st.integers(1, 3 if level > 1 else 4))
        parts = draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))
        weighted = stated and draw(st.booleans())
        for position, part in enumerate(parts, 1):
            own = whole * part / sum(parts)
            inner = level < depth and len(made) < budget and draw(st.booleans())
            entry: Table = {"id": f"{parent}{position}", "cite": {"source": "src", "at": f"{parent}{position}"}}
            omitted = inner and not weighted and draw(st.booleans())
            if not omitted:
                entry |= {"weight": part} if weighted else {"max": number(own)}
            made.append(entry)
            if inner:
                grow(f"{parent}{position}.", own, level + 1, stated=not omitted)
                continue
            entry["rule"] = draw(rule_tables(own, draw(st.sampled_from(tuple(kinds)))))
            entry["~max"] = own
            if draw(st.booleans()):
                entry["not_applicable"] = draw(st.sampled_from(tuple(policies)))

    grow("", total, 1, stated=weighted_roots)
    return made


@st.composite
def block_tables(draw: st.DrawFn) -> tuple[list[Table], list[Table]]:
    """Return blocks and their items; an item may state a default."""
    blocks: list[Table] = []
    items: list[Table] = []
    for name in draw(st.sampled_from(((), ("bonus",), ("malus",), ("bonus", "malus")))):
        cap = draw(st.sampled_from((None, 1, "5/2")))
        blocks.append({"id": name, "effect": "add" if name == "bonus" else "subtract"} | ({"cap": cap} if cap else {}))
        for position in range(draw(st.integers(0, 2))):
            kind = draw(st.sampled_from(ALONE))
            maximum = Fraction(draw(st.integers(1, 3)))
            item: Table = {"id": f"{name}-{position}", "block": name, "max": number(maximum), "~max": maximum}
            item |= {"cite": {"source": "src"}, "rule": draw(rule_tables(maximum, kind, least=0))}
            default = draw(st.sampled_from(("none", "points", "inputs")))
            if default == "points" and kind in DEFAULTED:
                item["default"] = 0
            elif default == "inputs":
                item["default"] = draw(inputs(read_rule(item["rule"]), maximum))
            items.append(item)
    return blocks, items


@st.composite
def roundings(draw: st.DrawFn) -> Table:
    """Return a number of decimals and a mode."""
    return {"digits": draw(st.integers(0, 4)), "mode": draw(st.sampled_from(MODES))}


@st.composite
def policy_tables(draw: st.DrawFn, policies: Sequence[str]) -> Table:
    """Return the policy of a whole."""
    table: Table = {
        "headline": draw(st.sampled_from(("index", "points"))),
        "not_applicable": draw(st.sampled_from(tuple(policies))),
        "ranked_value": draw(st.sampled_from(("exact", "printed"))),
        "ranked_within": draw(st.sampled_from(("all", "group"))),
        "ties": draw(st.sampled_from(("competition", "dense"))),
        "print_rounding": draw(roundings()),
        "accept_unequal_maxima": True,
    }
    cap = draw(st.sampled_from((None, 100, "97.5")))
    return table | ({} if cap is None else {"index_cap": cap})


@st.composite
def grade_tables(draw: st.DrawFn) -> tuple[list[Table], list[Table]]:
    """Return grades, best first, and events of which one may limit them."""
    edges = sorted(
        draw(st.sets(st.sampled_from((0, 40, 57, 80, "92.5")), max_size=3)), key=lambda edge: -Fraction(str(edge))
    )
    grades: list[Table] = [{"key": f"grade-{position}", "from": edge} for position, edge in enumerate(edges)]
    for grade in grades[:-1]:
        if draw(st.booleans()):
            grade["requires"] = ["no-zero-criterion"]
    events: list[Table] = [{"key": "praise"}]
    if grades:
        events.append({"key": "reprimand", "grade_at_most": draw(st.sampled_from(grades))["key"]})
    return grades, events


def _origins(criteria: list[Table], chosen: Sequence[str]) -> dict[str, Table]:
    """Give each leaf the origin chosen for it, and return the origins with the sums of their maxima."""
    origins: dict[str, Table] = {}
    sums: dict[str, Fraction] = {}
    leaves = [entry for entry in criteria if "~max" in entry]
    for leaf, origin in zip(leaves, itertools.cycle(chosen), strict=False):
        leaf["origin"] = origin
        sums[origin] = sums.get(origin, Fraction(0)) + leaf["~max"]
    for origin, maximum in sums.items():
        origins[origin] = {"vi": "Thẩm định", "en": "Appraised", "max": number(maximum)}
    return origins


@st.composite
def methodology_tables(
    draw: st.DrawFn,
    *,
    kinds: Sequence[str] = RULE_TYPES,
    policies: Sequence[str] = POLICIES,
    leaf_rounding: bool = True,
    blocks: bool = True,
    depth: int = 4,
) -> Table:
    """Return the tables of a whole, valid methodology file.

    Args:
        draw: as hypothesis gives it.
        kinds: the types of rules to draw from.
        policies: what may happen to leaves that do not apply.
        leaf_rounding: whether leaf points may be rounded; only where every maximum can be kept.
        blocks: whether there may be points outside the base.
        depth: the most levels of the tree.
    """
    total = draw(st.sampled_from(TOTALS))
    made, items = draw(block_tables()) if blocks else ([], [])
    levels = draw(st.integers(1, depth))
    criteria = draw(trees(total, kinds=kinds, policies=policies, depth=levels, weighted_roots=not items))
    origins = _origins(criteria, draw(st.lists(st.sampled_from(("appraised", "survey")), min_size=1, max_size=4)))
    grades, events = draw(grade_tables())
    policy = draw(policy_tables(policies))
    if leaf_rounding and draw(st.booleans()):
        rounding = draw(roundings())
        maxima = [entry["~max"] * 10 ** rounding["digits"] for entry in (*criteria, *items) if "~max" in entry]
        if all(maximum.denominator == 1 for maximum in maxima):
            policy["leaf_rounding"] = rounding
    tables: Table = {
        "format": "parindex.methodology/1",
        "id": "vn.example.unit",
        "edition": "2024",
        "years": [2024, 2025],
        "unit_kind": "district",
        "completeness": "full",
        "total": number(total),
        "title": {"vi": "Chỉ số cải cách hành chính (ví dụ)", "en": "Reform index (example)"},
        "source": [{"key": "src", "title": "Quyết định số 1", "status": "illustrative"}],
        "policy": policy,
        "criterion": [
            {"vi": "Tiêu chí", "en": "Criterion"} | {key: value for key, value in entry.items() if key != "~max"}
            for entry in (*criteria, *items)
        ],
        "block": made,
        "grade": grades,
        "event": events,
    }
    return tables | ({"origin": origins} if draw(st.booleans()) else _without_origins(tables))


def _without_origins(tables: Table) -> Table:
    for entry in tables["criterion"]:
        entry.pop("origin", None)
    return {}


def build(tables: Mapping[str, Any]) -> pi.Methodology:
    """Return the methodology of the tables, read from JSON text as a file is."""
    return pi.parse_methodology(json.dumps(tables, ensure_ascii=False))


def methodologies(
    *,
    kinds: Sequence[str] = RULE_TYPES,
    policies: Sequence[str] = POLICIES,
    leaf_rounding: bool = True,
    blocks: bool = True,
    depth: int = 4,
) -> st.SearchStrategy[pi.Methodology]:
    """Return whole, valid methodologies; see :func:`methodology_tables` for what can be chosen."""
    drawn = methodology_tables(kinds=kinds, policies=policies, leaf_rounding=leaf_rounding, blocks=blocks, depth=depth)
    return drawn.map(build)


# Editions of one methodology

TITLES = (
    "Hồ sơ giải quyết đúng hạn",
    "Hồ sơ được giải quyết đúng hạn",
    "Công khai thủ tục hành chính",
    "Công khai TTHC",
    "Chế độ báo cáo",
    "Chế độ báo cáo định kỳ",
    "Mức độ hài lòng",
    "Kế hoạch",
)
"""Titles some of which are alike, or one and the same in another spelling."""


@st.composite
def edits(draw: st.DrawFn, tables: Table) -> Table:
    """Return the tables with one thing changed, as a later edition may; what results need not be readable."""
    edited = copy.deepcopy(tables)
    criteria: list[Table] = edited["criterion"]
    one, other = draw(st.sampled_from(criteria)), draw(st.sampled_from(criteria))
    kind = draw(
        st.sampled_from(("title", "max", "rule", "drop", "add", "number", "move", "swap", "key", "head", "part"))
    )
    if kind == "title":
        one |= {draw(st.sampled_from(("vi", "en"))): draw(st.sampled_from(TITLES))}
    elif kind == "max":
        one |= {("weight" if "weight" in one else "max"): draw(st.integers(1, 9))}
    elif kind == "rule" and "rule" in one:
        one["rule"] = draw(rule_tables(Fraction(1), draw(st.sampled_from(RULE_TYPES)), least=0))
    elif kind == "drop":
        edited["criterion"] = [each for each in criteria if not f"{each['id']}.".startswith(f"{one['id']}.")]
    elif kind == "add":
        criteria.append({**copy.deepcopy(one), "id": f"{one['id'].rpartition('.')[0]}.9".removeprefix(".")})
    elif kind == "number":
        new = f"{one['id'].rpartition('.')[0]}.{draw(st.integers(1, 9))}".removeprefix(".")
        _renumber(criteria, one["id"], new)
    elif kind == "move":
        one["parent"] = draw(st.sampled_from(("", other["id"])))
    elif kind == "swap":
        here, there = criteria.index(one), criteria.index(other)
        criteria[here], criteria[there] = other, one
    elif kind == "key":
        one |= draw(st.sampled_from(({"lead": "Sở Nội vụ"}, {"note": "Mới"}, {"cite": {"source": "src"}})))
    elif kind == "head":
        key, value = draw(st.sampled_from((("edition", "2025"), ("years", [2025]), ("note", {"vi": "Mới"}))))
        edited[key] = value
    else:
        part = draw(st.sampled_from(("source", "grade", "event", "block")))
        if edited[part]:
            edited[part] = draw(st.permutations(edited[part]))
            edited[part][0] |= {"en": "New"} if part != "source" else {"title": "Quyết định số 2"}
    return edited


def _renumber(criteria: Iterable[Table], old: str, new: str) -> None:
    for each in criteria:
        if f"{each['id']}.".startswith(f"{old}."):
            each["id"] = new + each["id"].removeprefix(old)


@st.composite
def editions(draw: st.DrawFn) -> tuple[pi.Methodology, pi.Methodology]:
    """Return two methodologies of which the second is the first with a few things changed."""
    tables = draw(methodology_tables(depth=3))
    for each in tables["criterion"]:
        each["vi"] = draw(st.sampled_from(TITLES))
    old = new = build(tables)
    for _ in range(draw(st.integers(0, 6))):
        edited = draw(edits(tables))
        try:
            new = build(edited)
        except pi.MethodologyFaults:
            continue
        tables = edited
    return old, new


# Observations


def rates(rule: pi.Ratio | pi.Bands) -> st.SearchStrategy[Fraction]:
    """Return rates that the rule allows, often exactly on a threshold."""
    exact = [rate for rate in thresholds(rule) if rule.may_exceed or 0 <= rate <= 1]
    whole = st.integers(0, 200 if rule.may_exceed else 100).map(lambda hundredths: Fraction(hundredths, 100))
    thirds = st.integers(0, 6 if rule.may_exceed else 3).map(lambda part: Fraction(part, 3))
    return st.one_of(st.sampled_from([Fraction(0), Fraction(1), *(rate for rate in exact if rate >= 0)]), whole, thirds)


def thresholds(rule: pi.Ratio | pi.Bands) -> list[Fraction]:
    """Return the rates or values at which the rule changes its mind."""
    if isinstance(rule, pi.Bands):
        return [band.edge.value for band in rule.bands if band.edge is not None]
    edges = [Fraction(rule.from_), Fraction(rule.full_at)]
    return [1 - edge for edge in edges] if rule.inverse else edges


@st.composite
def rate_inputs(draw: st.DrawFn, rule: pi.Ratio | pi.Bands) -> Inputs:
    """Return a rate as counts, amounts or a percentage; or no cases at all, where the rule says what that means."""
    if rule.zero_total is not pi.ZeroTotal.ERROR and draw(st.integers(0, 4)) == 0:
        return {"done": 0, "total": 0}
    rate = draw(rates(rule))
    if draw(st.booleans()):
        return {"percent": percent(rate)}
    unit = (
        Fraction(draw(st.integers(1, 3))) if not rule.amounts else draw(st.sampled_from((Fraction(1, 4), Fraction(2))))
    )
    return {"done": number(rate.numerator * unit), "total": number(rate.denominator * unit)}


@st.composite
def weighted_counts_inputs(draw: st.DrawFn, rule: pi.WeightedCounts) -> Inputs:
    """Return credited counts and a total that holds them."""
    counts = {key: draw(st.integers(0, 3)) for key in rule.credits}
    rest = draw(st.integers(0, 3))
    if rule.zero_total is pi.ZeroTotal.ERROR and not any(counts.values()):
        rest += 1
    return {"total": sum(counts.values()) + rest, **counts}


@st.composite
def survey_inputs(draw: st.DrawFn, rule: pi.Survey) -> Inputs:
    """Return counts of answers; nobody answers only where the rule says what that means."""
    counts = {each.name: draw(st.integers(0, 3)) for each in rule.inputs}
    if rule.zero_total is pi.ZeroTotal.ERROR and not any(counts.values()):
        counts[rule.inputs[0].name] = 1
    return dict(counts)


@st.composite
def deduct_inputs(draw: st.DrawFn, rule: pi.Deduct) -> Inputs:
    """Return counts of faults, around the count that wipes, and a level if the rule asks for one."""
    chosen: Inputs = {"level": draw(st.sampled_from(rule.levels)).key} if rule.levels else {}
    for fault in rule.faults:
        count = Fraction(draw(st.integers(0, 5)))
        if rule.amounts and draw(st.booleans()):
            count += Fraction(9, 10)
        chosen[fault.key] = number(count)
    return chosen


@st.composite
def best_inputs(draw: st.DrawFn, rule: pi.Best, max_points: Fraction) -> Inputs:
    """Return the inputs of every part, under its key."""
    return {
        f"{part.key}/{name}": value for part in rule.of for name, value in draw(inputs(part.rule, max_points)).items()
    }


def _between(low: Fraction, high: Fraction) -> st.SearchStrategy[Fraction]:
    return st.integers(0, 12).map(lambda part: low + (high - low) * part / 12)


def inputs(rule: pi.Rule, max_points: Fraction) -> st.SearchStrategy[Inputs]:
    """Return complete inputs that *rule* accepts for a leaf of *max_points*."""
    values = st.sampled_from((Fraction(-3), Fraction(0), Fraction(1), Fraction(9, 2), Fraction(12)))
    match rule:
        case pi.Given(scale=None):
            return _between(rule.lowest, max_points).map(lambda points: {"points": number(points)})
        case pi.Given(scale=scale):
            assert scale is not None
            return _between(rule.lowest, scale).map(lambda value: {"value": number(value)})
        case pi.Levels():
            return st.sampled_from(rule.levels).map(lambda level: {"level": level.key})
        case pi.Bands(of="value"):
            exact = st.sampled_from([*thresholds(rule), Fraction(2)])
            return st.one_of(values, exact).map(lambda value: {"value": number(value)})
        case pi.Bands() | pi.Ratio():
            return rate_inputs(rule)
        case pi.WeightedCounts():
            return weighted_counts_inputs(rule)
        case pi.Checklist():
            word = st.sampled_from((True, False, "yes", "no", "có", "không", 1, 0))
            return st.fixed_dictionaries({item.key: word for item in rule.items})
        case pi.PerUnit():
            return st.integers(0, 9).map(lambda count: {"count": number(Fraction(count, 2 if rule.amounts else 1))})
        case pi.Deduct():
            return deduct_inputs(rule)
        case pi.Best():
            return best_inputs(rule, max_points)
        case pi.Survey():
            return survey_inputs(rule)
        case pi.Relative():
            return values.map(lambda value: {"value": number(value)})
    raise AssertionError(f"no inputs are known for {rule.type}")


def leaves_for(methodology: pi.Methodology, group: str | None = None) -> list[pi.Criterion]:
    """Return the leaves that units of *group* have, block items among them."""

    def walk(criteria: Iterable[pi.Criterion]) -> Iterator[pi.Criterion]:
        for criterion in criteria:
            if not criterion.applies_to or group in criterion.applies_to:
                yield from walk(criterion.children) if criterion.children else [criterion]

    return list(walk(each for each in methodology.criteria if each.parent is None))


def rule_of(leaf: pi.Criterion) -> tuple[pi.Rule, Fraction]:
    """Return the rule and the maximum of a leaf that has both."""
    assert leaf.rule is not None
    assert leaf.max_points is not None
    return leaf.rule, leaf.max_points


@st.composite
def assessments(
    draw: st.DrawFn, methodology: pi.Methodology, *, unit: str = "Thị xã A", dropping: bool = True
) -> pi.Assessment:
    """Return a complete assessment; with *dropping* some leaves may not apply, and some defaults are left to stand."""
    observed: dict[str, Inputs | pi.NotApplicable] = {}
    group = draw(st.sampled_from(GROUPS))
    for leaf in leaves_for(methodology, group):
        if leaf.default is not None and draw(st.booleans()):
            continue
        if dropping and draw(st.integers(0, 3)) == 0:
            observed[leaf.id] = pi.NotApplicable(draw(st.sampled_from(("", "không phát sinh"))))
        else:
            observed[leaf.id] = draw(inputs(*rule_of(leaf)))
    events = draw(st.sets(st.sampled_from([event.key for event in methodology.events] or ["none"])))
    known = {event.key for event in methodology.events}
    unranked = draw(st.sampled_from((None, None, None, "mới thành lập")))
    return pi.Assessment(unit, observed, group=group, events=sorted(events & known), unranked=unranked)


@st.composite
def populations(
    draw: st.DrawFn, methodology: pi.Methodology, *, least: int = 1, most: int = 4, dropping: bool = True
) -> list[pi.Assessment]:
    """Return complete assessments of several units with different names."""
    count = draw(st.integers(least, most))
    return [draw(assessments(methodology, unit=f"Huyện {place}", dropping=dropping)) for place in range(count)]


def hidden(assessment: pi.Assessment, missing: Iterable[str]) -> pi.Assessment:
    """Return the assessment without the observations of some leaves: a missing leaf is not a zero."""
    gone = set(missing)
    kept = {key: each for key, each in assessment.observations.items() if key not in gone}
    return attrs.evolve(assessment, observations=kept)


# Observations that reach the ends of a rule


def corners(rule: pi.Rule, max_points: Fraction) -> list[Inputs]:
    """Return complete inputs among which some give the least points of the rule, the greatest, and none at all.

    ``relative`` is left out: its ends depend on other units.
    """
    match rule:
        case pi.Given(scale=None):
            return [{"points": number(points)} for points in (rule.lowest, max_points)]
        case pi.Given(scale=scale):
            assert scale is not None
            return [{"value": number(value)} for value in (rule.lowest, scale)]
        case pi.Levels():
            return [{"level": level.key} for level in rule.levels]
        case pi.Bands(of="value"):
            edges = thresholds(rule)
            steps = {edge + shift for edge in edges for shift in (-1, Fraction(-1, 2), 0, Fraction(1, 2), 1)} or {
                Fraction(0)
            }
            return [{"value": number(value)} for value in sorted(steps)]
        case pi.Bands() | pi.Ratio():
            return _rate_corners(rule)
        case pi.WeightedCounts():
            none = dict.fromkeys(rule.credits, 0)
            alone = [{"total": 1, **none, key: 1} for key in rule.credits]
            return [{"total": 1, **none}, *alone, *_empty(rule, {"total": 0, **none})]
        case pi.Checklist():
            return [{item.key: met for item in rule.items} for met in (False, True)]
        case pi.PerUnit():
            return [{"count": 0}, {"count": math.ceil(max_points / rule.points)}]
        case pi.Deduct():
            return _deduct_corners(rule)
        case pi.Best():
            return _best_corners(rule, max_points)
        case pi.Survey():
            none = {each.name: 0 for each in rule.inputs}
            keys = [option.key for option in rule.options]
            alone = [none | {name: 1 for name in none if name.rpartition("/")[2] == key} for key in keys]
            return [*alone, *_empty(rule, none)]
    raise AssertionError(f"no corners are known for {rule.type}")


def _empty(rule: pi.Ratio | pi.Bands | pi.WeightedCounts | pi.Survey, nothing: Inputs) -> list[Inputs]:
    return [] if rule.zero_total is pi.ZeroTotal.ERROR else [nothing]


def _rate_corners(rule: pi.Ratio | pi.Bands) -> list[Inputs]:
    small = Fraction(1, 1000)
    near = {edge + shift for edge in thresholds(rule) for shift in (-small, Fraction(0), small)} | {
        Fraction(0),
        Fraction(1),
    }
    allowed = sorted(rate for rate in near if rate >= 0 and (rule.may_exceed or rate <= 1))
    return [{"percent": percent(rate)} for rate in allowed] + _empty(rule, {"done": 0, "total": 0})


def _deduct_corners(rule: pi.Deduct) -> list[Inputs]:
    many = 10**6
    counts: list[list[Fraction]] = []
    for fault in rule.faults:
        tried = {Fraction(0), Fraction(many)}
        if fault.wipe_at is not None:
            tried |= {Fraction(fault.wipe_at), Fraction(fault.wipe_at - 1)}
        counts.append(sorted(tried))
    chosen: list[Inputs] = [{"level": level.key} for level in rule.levels] or [{}]
    keys = [fault.key for fault in rule.faults]
    return [
        start | {key: number(count) for key, count in zip(keys, each, strict=True)}
        for start in chosen
        for each in itertools.product(*counts)
    ]


def _best_corners(rule: pi.Best, max_points: Fraction) -> list[Inputs]:
    parts = [
        [{f"{part.key}/{name}": value for name, value in corner.items()} for corner in corners(part.rule, max_points)]
        for part in rule.of
    ]
    return [{name: value for part in chosen for name, value in part.items()} for chosen in itertools.product(*parts)]
