"""Compute the expected results of the shipped editions in whole numbers alone, without the library.

Run ``python tests/golden/compute.py [FOLDER]``: it writes one JSON file for each edition, beside itself unless told
another folder.
A value is kept as a pair of whole numbers, numerator over denominator.
The ministries are the published ones of 2023; every unit and value of the PCI editions is invented.
"""

from __future__ import annotations

import csv
import json
import sys
from math import gcd
from pathlib import Path

HERE = Path(__file__).resolve().parent
MINISTRIES = HERE.parents[1].joinpath("src", "parindex", "_catalog", "examples", "ministries-2023.csv")

Ratio = tuple[int, int]

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
WEIGHTS = {
    "vn.pci.province@2006": [5, 5, 15, 10, 5, 5, 15, 15, 15, 10],
    "vn.pci.province@2009": [10, 5, 20, 15, 10, 0, 10, 5, 20, 5],
    "vn.pci.province@2013": [5, 5, 20, 5, 10, 5, 5, 20, 20, 5],
}
"""Of 100, in the order of the sub-indices; 0 where the edition does not have one."""

INVENTED = """
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
"""Invented: two pairs that tie by other parts, thirds and sevenths among them, totals on and about half a hundredth."""


def ratio(numerator: int, denominator: int) -> Ratio:
    """Return a value in lowest terms."""
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def read(text: str) -> Ratio:
    """Return the value of a decimal number, or of a ratio such as 19/3."""
    if "/" in text:
        over, under = text.split("/")
        return ratio(int(over), int(under))
    whole, _, part = text.partition(".")
    return ratio(int(whole + part), 10 ** len(part))


def times(value: Ratio, over: int, under: int) -> Ratio:
    """Return the value times a ratio."""
    return ratio(value[0] * over, value[1] * under)


def total(values: list[Ratio]) -> Ratio:
    """Return the sum of values."""
    over, under = 0, 1
    for value in values:
        over, under = over * value[1] + value[0] * under, under * value[1]
    return ratio(over, under)


def exact(value: Ratio) -> str:
    """Return a value as n/d."""
    return f"{value[0]}/{value[1]}"


def half_up(value: Ratio) -> str:
    """Return a value, never negative, with two decimals; a half goes up."""
    hundredths = (200 * value[0] + value[1]) // (2 * value[1])
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def ranks(values: list[Ratio]) -> list[int]:
    """Return for each value one more than the number of greater ones."""
    return [1 + sum(each[0] * value[1] > value[0] * each[1] for each in values) for value in values]


def results(units: list[str], observed: list[dict[str, str]], weights: dict[str, Ratio], scale: int) -> list[object]:
    """Return the expected results of units whose parts count value x weight / scale; scale 0 is points outright."""
    parts = [
        {key: times(times(read(text), *weights[key]), 1, scale) if scale else read(text) for key, text in row.items()}
        for row in observed
    ]
    sums = [total(list(row.values())) for row in parts]
    placed = ranks(sums)
    part_ranks = {key: ranks([row[key] for row in parts]) for key in weights}
    told: list[object] = []
    for number, unit in enumerate(units):
        nodes = {}
        for key, points in parts[number].items():
            index = times(points, 100 * weights[key][1], weights[key][0])
            nodes[key] = {
                "points_exact": exact(points),
                "points": half_up(points),
                "max_points_exact": exact(weights[key]),
                "index_exact": exact(index),
                "index": half_up(index),
                "rank": part_ranks[key][number],
            }
        told.append(
            {
                "unit": unit,
                "observed": observed[number],
                "points_exact": exact(sums[number]),
                "points": half_up(sums[number]),
                "max_points_exact": "100/1",
                "index_exact": exact(sums[number]),
                "index": half_up(sums[number]),
                "rank": placed[number],
                "nodes": nodes,
            }
        )
    return told


def ministries() -> list[object]:
    """Return the expected results of the 17 ministries: 68.5 appraised points and 31.5 of the survey make 100."""
    with MINISTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    weights = {"appraised": (137, 2), "survey": (63, 2)}
    observed = [{key: row[key] for key in weights} for row in rows]
    return results([row["unit"] for row in rows], observed, weights, 0)


def provinces(name: str) -> list[object]:
    """Return the expected results of the invented provinces under one PCI edition."""
    units = []
    observed = []
    weights = {key: (weight, 1) for key, weight in zip(SUB_INDICES, WEIGHTS[name], strict=True) if weight}
    for line in INVENTED.strip().splitlines():
        words = line.split()
        units.append(" ".join(words[: -len(SUB_INDICES)]))
        values = dict(zip(SUB_INDICES, words[-len(SUB_INDICES) :], strict=True))
        observed.append({key: values[key] for key in weights})
    return results(units, observed, weights, 10)


def main(folder: Path) -> None:
    """Write every golden file into *folder*."""
    golden = {"vn.par.ministry@2022": ("points", ministries())}
    golden |= {name: ("value", provinces(name)) for name in WEIGHTS}
    for name, (kind, units) in golden.items():
        text = json.dumps({"methodology": name, "input": kind, "units": units}, ensure_ascii=False, indent=1)
        folder.joinpath(f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
