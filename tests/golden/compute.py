"""Compute the expected results of the shipped editions in whole numbers alone, without the library.

Run ``python tests/golden/compute.py [FOLDER]``: it writes one JSON file for each edition, beside itself unless told
another folder.
It reads the editions' files and the packaged observations; all else it needs stands beside it: ``whole`` has the
arithmetic, ``rulebook`` the rules, ``scorer`` the scores, ``invented`` the units that nobody published.
"""

from __future__ import annotations

import csv
import json
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from invented import invent, pci
from scorer import Card, Edition, Score, Unit, ranks, score
from whole import Ratio, exact, printed, total

HERE = Path(__file__).resolve().parent
CATALOG = HERE.parents[1].joinpath("src", "parindex", "_catalog")

CHOSEN = {"period": "2024", "stage": "appraised"}
"""The part of the packaged observations that is scored."""

KEPT = 20
"""Of so many units of packaged observations the nodes are written down."""

NODE = ["points_exact", "points", "max_points_exact", "index_exact", "index", "rank", "status"]
"""What stands of a node, in this order."""


def figures(edition: Edition, name: str, value: Ratio | None) -> dict[str, str | None]:
    """Return a figure exactly and as printed."""
    return {
        f"{name}_exact": None if value is None else exact(value),
        name: None if value is None else printed(value, edition.printing),
    }


def node_told(card: Card, key: str, rank: int | None) -> list[str | int | None]:
    """Return what stands of a node of a unit."""
    edition, scored = card.edition, card.nodes[key]
    if scored is None:
        return [None, None, None, None, None, None, "not-applicable"]
    index = card.node_index(key)
    return [
        *figures(edition, "", scored.points).values(),
        None if scored.most is None else exact(scored.most),
        *figures(edition, "", index).values(),
        rank,
        "final",
    ]


def by_origin(card: Card) -> dict[str, list[str | None]]:
    """Return exact points and applied maxima of the leaves of each declared origin."""
    parts: dict[str, list[Score]] = {origin: [] for origin in card.edition.file.get("origin", {})}
    for key in card.edition.leaves():
        origin, scored = card.edition.inherited(key, "origin"), card.nodes.get(key)
        if origin is not None and scored is not None:
            parts[origin].append(scored)
    told: dict[str, list[str | None]] = {}
    for origin, scores in parts.items():
        maxima = [each.most for each in scores if each.most is not None]
        known = len(maxima) == len(scores)
        told[origin] = [exact(total([each.points for each in scores])), exact(total(maxima)) if known else None]
    return told


def special(card: Card) -> set[str]:
    """Return in words what a unit shows that others may not."""
    marks = card.marks | {f"event {event}" for event in card.unit.events}
    marks |= {f"{name} {value}" for name, value in (("group", card.unit.group), ("grade", card.grade())) if value}
    if not card.unit.ranked:
        marks.add("unranked")
    if card.at_zero():
        marks.add("a criterion at zero")
    if not card.base:
        marks.add("nothing applies")
    if any(score is None and card.edition.below[key] for key, score in card.nodes.items()):
        marks.add("a part left out")
    if any(score is not None and score.points[0] < 0 for score in card.nodes.values()):
        marks.add("points below 0")
    return marks


def results(edition: Edition, units: list[Unit]) -> list[dict[str, Any]]:
    """Return the expected results of units that are scored together."""
    cards = score(edition, units)
    places = ranks(edition, cards, [card.headline for card in cards])
    node_places = {key: ranks(edition, cards, [card.node_figure(key) for card in cards]) for key in edition.criteria}
    told = []
    for number, card in enumerate(cards):
        told.append(
            {
                "unit": card.unit.name,
                **figures(edition, "points", card.points),
                "max_points_exact": exact(card.base.most) if card.base and card.base.most else None,
                **figures(edition, "index", card.index),
                "rank": places[number],
                "grade": card.grade(),
                "status": "final" if card.base else "not-applicable",
                "shows": sorted(special(card)),
                "origins": by_origin(card) if card.base else {},
                "nodes": {key: node_told(card, key, node_places[key][number]) for key in card.nodes},
            }
        )
    return told


def facts(unit: Unit) -> dict[str, Any]:
    """Return what was observed of a unit, as a golden file has it."""
    stated = {"period": unit.year and str(unit.year), "group": unit.group, "events": list(unit.events)}
    stated["unranked"] = None if unit.ranked else "mới thành lập"
    observed = {key: "not-applicable" if inputs is None else inputs for key, inputs in unit.observed.items()}
    return {key: value for key, value in stated.items() if value} | {"observed": observed}


def ministries() -> list[Unit]:
    """Return the 17 ministries as published for 2023."""
    with CATALOG.joinpath("examples", "ministries-2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = ("appraised", "survey")
    return [Unit(row["unit"], {part: {"points": row[part]} for part in parts}, year=2023) for row in rows]


def observe(unit: Unit, key: str, name: str, value: str) -> Unit:
    """Return a unit with one more input of a leaf, or one more fact where there is no leaf."""
    if not key:
        return {
            "group": unit._replace(group=value),
            "event": unit._replace(events=(*unit.events, value)),
            "unranked": unit._replace(ranked=False),
        }[name]
    inputs = unit.observed.setdefault(key, {})
    if name == "not-applicable" or value.partition(":")[0] == "not-applicable":
        unit.observed[key] = None
    elif value and inputs is not None:
        inputs[name] = value
    return unit


def example_units(name: str) -> list[Unit]:
    """Return the units of a packaged table, long or wide, in the chosen period and stage, in the order of the table."""
    units: dict[str, Unit] = {}
    with CATALOG.joinpath("examples", f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {column: unicodedata.normalize("NFC", text or "").strip() for column, text in row.items()}
            key = cells.pop("criterion", None)
            # A fact that states no period or no stage belongs to all of them.
            if any(cells[column] != chosen and (cells[column] or key != "") for column, chosen in CHOSEN.items()):
                continue
            unit = units.get(cells["unit"], Unit(cells["unit"], {}, year=int(CHOSEN["period"])))
            if cells.get("group"):
                unit = unit._replace(group=cells["group"])
            if key is not None:
                unit = observe(unit, key, cells["input"], cells["value"])
            else:
                for column, value in cells.items():
                    leaf, _, told = column.partition(":")
                    if column not in {"unit", "group", "note", *CHOSEN}:
                        unit = observe(unit, leaf, told or "points", value)
            units[unit.name] = unit
    return list(units.values())


def shown(cards: list[Card]) -> set[str]:
    """Return units that together show all that is special, and others up to the number whose nodes are kept."""
    wanted = [(card.unit.name, special(card)) for card in cards]
    picked: list[str] = []
    unseen = set().union(*(marks for _, marks in wanted))
    while unseen:
        name, marks = max(wanted, key=lambda each: len(each[1] & unseen))
        picked.append(name)
        unseen -= marks
    others = [name for name, _ in wanted if name not in picked]
    return {*picked, *others[: max(0, KEPT - len(picked))]}


def written(golden: dict[str, Any]) -> str:
    """Return a golden file: a line for each head, for each leaf observed and for each node."""
    heads = []
    for unit in golden.pop("units"):
        tables = {name: unit.pop(name) for name in ("observed", "nodes") if name in unit}
        text = json.dumps(unit, ensure_ascii=False)[:-1]
        for name, table in tables.items():
            rows = ",\n".join(
                f"   {json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}" for key, row in table.items()
            )
            text += f',\n  "{name}": {{\n{rows}\n  }}'
        heads.append(f"  {text}}}")
    start = json.dumps(golden, ensure_ascii=False, indent=1).removesuffix("\n}")
    return start + ',\n "units": [\n' + ",\n".join(heads) + "\n ]\n}\n"


def golden_of(name: str, edition: Edition) -> dict[str, Any]:
    """Return the contents of the golden file of an edition."""
    golden: dict[str, Any] = {"methodology": name}
    packaged = tomllib.loads(CATALOG.joinpath("examples.toml").read_text(encoding="utf-8"))
    examples = [key for key, each in packaged.items() if each["methodology"] == name]
    if name.startswith("example."):
        (example,) = examples
        units = example_units(example)
        keep = shown(score(edition, units))
        golden["example"] = {"name": example, **CHOSEN}
        told = results(edition, units)
        for each in told:
            if each["unit"] not in keep:
                del each["nodes"]
    else:
        if name == "vn.par.ministry@2022":
            units = ministries()
        elif name.startswith("vn.pci."):
            units = pci(edition)
        else:
            units = invent(edition, sum(map(ord, name)))
        told = [{**facts(unit), **result} for unit, result in zip(units, results(edition, units), strict=True)]
    return {**golden, "node": NODE, "units": told}


def newest() -> dict[str, Edition]:
    """Return every edition of the catalogue that can be scored, in its newest revision, by id and edition."""
    editions: dict[str, Edition] = {}
    for path in sorted(CATALOG.glob("*@*.toml")):
        edition = Edition(tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str))
        name = f"{edition.file['id']}@{edition.file['edition']}"
        held = editions.get(name)
        if held is None or held.file.get("revision", 1) < edition.file.get("revision", 1):
            editions[name] = edition
    return {name: edition for name, edition in editions.items() if edition.file["completeness"] != "entry"}


def main(folder: Path) -> None:
    """Write every golden file into *folder*."""
    for name, edition in newest().items():
        folder.joinpath(f"{name}.json").write_text(written(golden_of(name, edition)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
