"""Invented units: values that make ties, halves of the last printed digit and their neighbours, edges of grades.

Nothing here is anybody's result.
What is not written out comes from a linear congruence on whole numbers, so that every run makes the same units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer import Edition, Unit
from whole import (
    HUNDRED,
    ZERO,
    Ratio,
    greatest,
    least,
    minus,
    over,
    plus,
    ratio,
    read,
    rounded,
    times,
    total,
    written,
)

if TYPE_CHECKING:
    from rulebook import Inputs

PCI = """
Tỉnh An Hòa       5      6.01      7    4    6     5    8    3    6    5
Tỉnh Bình Minh    5      6.0099998 7    4    6     5    8    3    6    5
Tỉnh Cẩm Giang    5      6.0100002 7    4    6     5    8    3    6    5
Tỉnh Đông Sơn     5      6.01      6    4    6     5    8    3    7    5
Tỉnh Hòa Lạc      10     10        10   10   10    10   10   10   10   10
Tỉnh Kim Bảng     1      1         1    1    1     1    1    1    1    1
Tỉnh Long Khê     4.5    3.07      19/3 7    22/7  5.25 6.4  5    50/7 4
Tỉnh Mỹ Lâm       4.5    3.07      50/7 7    22/7  5.25 6.4  5    19/3 4
Tỉnh Nam Trạch    9.1234 2.5008    9.87 6.54 3.217 1.03 8.21 7.07 4.44 6.68
Tỉnh Phú Thạnh    2.999  3.001     2.99 3.01 3     3    3.5  2.5  3    3
Tỉnh Quang Lộc    7.77   7.77      7.77 7.77 7.77  7.77 7.77 7.77 7.77 7.77
Tỉnh Tân Xuyên    1.0001 9.9999    5.5  4.4  3.3   2.2  1.1  9.9  8.8  7.7
"""
"""Two pairs that tie by other parts, thirds and sevenths among them, totals on and about half a hundredth."""

SUB_INDICES = [
    "entry-costs",
    "land-access",
    "transparency",
    "time-costs",
    "informal-charges",
    "policy-bias",
    "proactivity",
    "business-support",
    "labour-training",
    "legal-institutions",
]

NAMES = [
    "An Hòa", "Bình Minh", "Cẩm Giang", "Đông Sơn", "Hòa Lạc", "Kim Bảng", "Long Khê", "Mỹ Lâm", "Nam Trạch",
    "Phú Thạnh", "Quang Lộc", "Tân Xuyên", "Thạch Bàn", "Thuận Hưng", "Trà Phú", "Tú Sơn", "Vạn Ninh", "Vĩnh Trung",
    "Xuân Lãng", "Yên Thịnh", "Bảo Sơn", "Chí Hòa", "Diên Phú", "Gia Lộc", "Hải Yên", "Khánh Thành",
]  # fmt: skip
KINDS = {"province": "Tỉnh", "district": "Huyện", "commune": "Xã"}
NO_MAXIMUM = (20, 1)
"""Up to where points are drawn where the maximum is unknown."""


class Draw:
    """Whole numbers from a linear congruence."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def up_to(self, highest: int) -> int:
        """Return the next number from 0 to highest."""
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 8) % (highest + 1)


def pci(edition: Edition) -> list[Unit]:
    """Return the provinces written out above, without the sub-indices that an edition does not have."""
    units = []
    for line in PCI.strip().splitlines():
        words = line.split()
        values = dict(zip(SUB_INDICES, words[-len(SUB_INDICES) :], strict=True))
        name = " ".join(words[: -len(SUB_INDICES)])
        units.append(Unit(name, {key: {"value": values[key]} for key in edition.criteria}))
    return units


def reach(edition: Edition, key: str) -> tuple[Ratio, Ratio]:
    """Return the least and the greatest points of a leaf."""
    rule, most = edition.rule(key), edition.stated(key)
    if most is None:
        # Siblings of unknown maxima take equal parts of what their parent is known to have.
        parent = edition.parent(key)
        above = edition.stated(parent) if parent else None
        most = NO_MAXIMUM if above is None else over(above, (len(edition.below[parent]), 1))
    lowest = read(rule.get("lowest", 0))
    return over(times(most, lowest), read(rule["scale"])) if "scale" in rule else lowest, most


def inputs_for(edition: Edition, key: str, wanted: Ratio) -> Inputs:
    """Return what to observe so that a given leaf has exactly the wanted points."""
    rule, most = edition.rule(key), edition.stated(key)
    assert rule["type"] == "given"
    if "scale" in rule:
        assert most is not None
        return {"value": written(over(times(wanted, read(rule["scale"])), most))}
    return {"points": written(wanted)}


def spread(edition: Edition, draw: Draw) -> dict[str, Ratio]:
    """Return points of every leaf, to the printed digit, from a little over half of its reach on."""
    made = {}
    down = {**edition.printing, "mode": "floor"}
    for key in edition.leaves():
        low, most = reach(edition, key)
        whole = rounded(times(minus(most, low), ratio(1000 - draw.up_to(450), 1000)), down)
        made[key] = plus(low, whole)
    return made


def towards(edition: Edition, made: dict[str, Ratio], wanted: Ratio, start: int) -> dict[str, Ratio]:
    """Return points changed, from the leaf at *start* on, until they add up to exactly what is wanted."""
    made = dict(made)
    keys = list(made)
    for key in keys[start:] + keys[:start]:
        low, most = reach(edition, key)
        change = minus(wanted, total(list(made.values())))
        made[key] = greatest(low, least(most, plus(made[key], change)))
    assert total(list(made.values())) == wanted
    return made


def edges(edition: Edition) -> list[tuple[int, Ratio]]:
    """Return every edge of a grade above 0, with a year in which it counts; of years with the same list the last."""
    lists = {}
    for year in edition.file["years"]:
        found = [read(band["from"]) for band in edition.bands(None, year)]
        lists[tuple(found)] = year
    return [(year, edge) for found, year in lists.items() for edge in found if edge != ZERO]


def invent(edition: Edition, seed: int) -> list[Unit]:
    """Return units of an edition whose leaves are all given."""
    draw = Draw(seed)
    lows, tops = zip(*[reach(edition, key) for key in edition.leaves()], strict=True)
    top = total(list(tops))
    unit = ratio(1, 10 ** int(edition.printing.get("digits", 2)))
    # Figures are printed in percent where the index is the headline, and points are what can be chosen.
    scale = over(top, HUNDRED) if edition.headline == "index" else (1, 1)
    half, bit = over(unit, (2, 1)), over(unit, (100000, 1))
    third = over(times(unit, HUNDRED), (3, 1))
    middle = plus(rounded(over(times(top, (4, 5)), scale), edition.printing), half)
    years: list[int] = edition.file["years"]
    year = max(years, key=lambda each: len(edition.bands(None, each)))
    wanted: list[tuple[Ratio, int]] = [
        (middle, year),
        (minus(middle, bit), year),
        (plus(middle, bit), year),
        (middle, year),
        (middle, year),
        (plus(middle, third), year),
        (minus(middle, third), year),
    ]
    for valid, edge in edges(edition):
        wanted += [(minus(edge, half), valid), (minus(minus(edge, half), bit), valid)]
    chosen = [
        (towards(edition, spread(edition, draw), times(figure, scale), draw.up_to(7)), valid)
        for figure, valid in wanted
    ]
    chosen += [(dict(zip(edition.leaves(), ends, strict=True)), year) for ends in (tops, lows)]
    chosen += [(spread(edition, draw), valid) for valid in (years[0], years[-1], year, year)]
    word = KINDS.get(edition.file["unit_kind"], "Đơn vị")
    units = [
        Unit(f"{word} {name}", {key: inputs_for(edition, key, points) for key, points in made.items()}, year=valid)
        for name, (made, valid) in zip(NAMES[: len(chosen)], chosen, strict=True)
    ]
    # The last has a result and no rank.
    units[-1] = units[-1]._replace(ranked=False)
    if None not in [edition.stated(key) for key in edition.leaves()] and edition.total is not None:
        none_of_first = {**units[-2].observed, edition.leaves()[0]: None}
        nothing: dict[str, Inputs | None] = dict.fromkeys(edition.leaves())
        names = NAMES[len(units) :]
        units += [
            Unit(f"{word} {names[0]}", none_of_first, year=year),
            Unit(f"{word} {names[1]}", nothing, year=year),
        ]
    return units
