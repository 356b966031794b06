"""The shipped editions against results that a separate script computes in whole numbers alone."""

from __future__ import annotations

import ast
import json
import runpy
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest

import parindex as pi

GOLDEN: Final = Path(__file__).parent / "golden"
SCRIPT: Final = GOLDEN / "compute.py"
FILES: Final = sorted(GOLDEN.glob("*.json"))
SCORED: Final = [entry for entry in pi.catalog() if entry.completeness is not pi.Completeness.ENTRY]
LEAST: Final = 10

golden_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def read(path: Path) -> dict[str, Any]:
    """Return a golden file."""
    golden: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return golden


def board_of(golden: dict[str, Any]) -> pi.Scoreboard:
    """Return what the library makes of the observations of a golden file."""
    assessments = [
        pi.Assessment(unit["unit"], {key: {golden["input"]: text} for key, text in unit["observed"].items()})
        for unit in golden["units"]
    ]
    return pi.score_many(pi.load(golden["methodology"]), assessments)


def exact(value: Fraction | None) -> str:
    """Return an existing figure as a golden file writes it."""
    assert value is not None
    return f"{value.numerator}/{value.denominator}"


def figures(board: pi.Scoreboard) -> list[dict[str, Any]]:
    """Return the results of a board in the shape of a golden file, without the observations."""
    rounding = board.methodology.policy.print_rounding
    node_ranks = {leaf.id: board.ranks(leaf.id).tolist() for leaf in board.methodology.leaves}
    told = []
    for number, (card, rank) in enumerate(zip(board.cards, board.ranks().tolist(), strict=True)):
        nodes = {}
        for key, node in card.nodes.items():
            assert node.points is not None
            assert node.index is not None
            nodes[key] = {
                "points_exact": exact(node.points),
                "points": str(rounding.printed(node.points)),
                "max_points_exact": exact(node.max_points),
                "index_exact": exact(node.index),
                "index": str(rounding.printed(node.index)),
                "rank": node_ranks[key][number],
            }
        told.append(
            {
                "unit": card.unit,
                "points_exact": exact(card.points),
                "points": str(card.printed_points),
                "max_points_exact": exact(card.max_points),
                "index_exact": exact(card.index),
                "index": str(card.printed_index),
                "rank": rank,
                "nodes": nodes,
            }
        )
    return told


def test_reproduced(tmp_path: Path) -> None:
    """Running the script again gives every golden file, byte for byte, and no other."""
    runpy.run_path(str(SCRIPT))["main"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FILES}


def test_independent() -> None:
    """The script imports neither the library nor exact or binary fractions, and never divides but in whole numbers."""
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"__future__", "csv", "json", "math", "pathlib", "sys"}
    assert [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is float] == []
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Div)] == []


@golden_file
def test_every_figure(path: Path) -> None:
    """The library agrees with every point, index and rank of the script, exact and printed."""
    golden = read(path)
    expected = [{key: value for key, value in unit.items() if key != "observed"} for unit in golden["units"]]
    assert figures(board_of(golden)) == expected


@golden_file
def test_order_of_units(path: Path) -> None:
    """With the units in reverse order every unit keeps its figures and its rank."""
    golden = read(path)
    backwards = {**golden, "units": golden["units"][::-1]}
    assert figures(board_of(backwards))[::-1] == figures(board_of(golden))


@pytest.mark.parametrize("entry", SCORED, ids=[entry.name for entry in SCORED])
def test_every_edition(entry: pi.CatalogEntry) -> None:
    """Every edition of the catalogue that can be scored has golden results of at least ten units."""
    golden = read(GOLDEN / f"{entry.name}.json")
    assert golden["methodology"] == entry.name
    assert len({unit["unit"] for unit in golden["units"]}) >= LEAST


def test_no_stray_file() -> None:
    """Every golden file belongs to an edition of the catalogue."""
    assert {path.stem for path in FILES} <= {entry.name for entry in SCORED}


@pytest.mark.parametrize("name", [entry.name for entry in SCORED if entry.id == "vn.pci.province"])
def test_hard_cases(name: str) -> None:
    """The invented units hold ties, and totals on a half hundredth with neighbours on either side of it."""
    units = read(GOLDEN / f"{name}.json")["units"]
    totals = [Fraction(unit["points_exact"]) for unit in units]
    on_edge = [total for total in totals if (total * 1000) % 10 == 5]
    assert len(totals) - len(set(totals)) >= 2
    assert any(total.denominator % 3 == 0 or total.denominator % 7 == 0 for total in totals)
    assert any(0 < total - edge < Fraction(1, 1000) for total in totals for edge in on_edge)
    assert any(0 < edge - total < Fraction(1, 1000) for total in totals for edge in on_edge)
