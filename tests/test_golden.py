"""The shipped editions against results that separate scripts compute in whole numbers alone."""

from __future__ import annotations

import ast
import functools
import json
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN: Final = Path(__file__).parent / "golden"
SCRIPTS: Final = [GOLDEN / f"{name}.py" for name in ("compute", "invented", "rulebook", "scorer", "whole")]
FILES: Final = sorted(GOLDEN.glob("*.json"))
SCORED: Final = [entry for entry in pi.catalog() if entry.completeness is not pi.Completeness.ENTRY]
LEAST: Final = 10
MODULES: Final = {"__future__", "csv", "json", "math", "pathlib", "sys", "tomllib", "typing", "unicodedata"}

golden_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


@functools.cache
def read(path: Path) -> dict[str, Any]:
    """Return a golden file."""
    golden: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return golden


def observed(unit: dict[str, Any]) -> pi.Assessment:
    """Return what a golden file says was observed of a unit."""
    observations = {
        key: pi.NotApplicable("không phát sinh") if inputs == "not-applicable" else inputs
        for key, inputs in unit["observed"].items()
    }
    facts = {name: unit[name] for name in ("period", "group", "events", "unranked") if name in unit}
    return pi.Assessment(unit["unit"], observations, **facts)


def assessments_of(golden: dict[str, Any]) -> list[pi.Assessment]:
    """Return what the results of a golden file are of: its own observations, or a packaged table."""
    if "example" not in golden:
        return [observed(unit) for unit in golden["units"]]
    chosen = golden["example"]
    text = pi.example(chosen["name"])
    methodology = pi.load(golden["methodology"])
    return list(pi.parse_assessments(text, methodology, period=chosen["period"], stage=chosen["stage"]))


def exact(value: Fraction | None) -> str | None:
    """Return a figure as a golden file writes it."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def text(value: object) -> str | None:
    """Return a word or a printed figure as a golden file writes it."""
    return None if value is None else str(value)


def figures(methodology: pi.Methodology, assessments: list[pi.Assessment]) -> list[dict[str, Any]]:
    """Return what the library makes of assessments, in the shape of a golden file without the observations."""
    board = pi.score_many(methodology, assessments)
    rounding = methodology.policy.print_rounding
    node_ranks = {criterion.id: board.ranks(criterion.id).tolist() for criterion in methodology.criteria}
    told = []
    for number, (card, rank) in enumerate(zip(board.cards, board.ranks().tolist(), strict=True)):
        nodes = {
            key: [
                exact(node.points),
                text(None if node.points is None else rounding.printed(node.points)),
                exact(node.max_points),
                exact(node.index),
                text(None if node.index is None else rounding.printed(node.index)),
                node_ranks[key][number] or None,
                str(node.status),
            ]
            for key, node in card.nodes.items()
        }
        told.append(
            {
                "unit": card.unit,
                "points_exact": exact(card.points),
                "points": text(card.printed_points),
                "max_points_exact": exact(card.max_points),
                "index_exact": exact(card.index),
                "index": text(card.printed_index),
                "rank": rank or None,
                "grade": None if card.grade is None else card.grade.key,
                "status": str(card.status),
                "origins": {key: [exact(each.points), exact(each.max_points)] for key, each in card.by_origin.items()},
                "nodes": nodes,
            }
        )
    return told


@functools.cache
def forwards(path: Path) -> list[dict[str, Any]]:
    """Return what the library makes of a golden file, in its order of units."""
    return figures(pi.load(read(path)["methodology"]), assessments_of(read(path)))


def test_reproduced(tmp_path: Path) -> None:
    """Running the script again gives every golden file, byte for byte, and no other; without any installed package."""
    subprocess.run([sys.executable, "-S", GOLDEN / "compute.py", tmp_path], check=True)  # noqa: S603 - our own command
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FILES}


def test_independent() -> None:
    """The scripts import neither the library nor exact or binary fractions, and never divide but in whole numbers."""
    nodes = [node for path in SCRIPTS for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert imported == MODULES | {path.stem for path in SCRIPTS if path.stem != "compute"}
    assert [node.value for node in nodes if isinstance(node, ast.Constant) and type(node.value) is float] == []
    assert [node for node in nodes if isinstance(node, ast.Div)] == []
    assert {node.id for node in nodes if isinstance(node, ast.Name)}.isdisjoint({"float", "round", "complex"})


@golden_file
def test_every_figure(path: Path) -> None:
    """The library agrees with every point, index, rank, grade and status of the script, exact and printed."""
    expected = read(path)["units"]
    got = [
        {key: value for key, value in mine.items() if key in unit}
        for mine, unit in zip(forwards(path), expected, strict=True)
    ]
    facts = {"observed", "shows", "period", "group", "events", "unranked"}
    assert got == [{key: value for key, value in unit.items() if key not in facts} for unit in expected]


@golden_file
def test_order_of_units(path: Path) -> None:
    """With the units in reverse order every unit keeps its figures and its rank."""
    backwards = figures(pi.load(read(path)["methodology"]), assessments_of(read(path))[::-1])
    assert backwards[::-1] == forwards(path)


@pytest.mark.parametrize("entry", SCORED, ids=[entry.name for entry in SCORED])
def test_every_edition(entry: pi.CatalogEntry) -> None:
    """Every edition of the catalogue that can be scored has golden results of at least ten units, nodes included."""
    golden = read(GOLDEN / f"{entry.name}.json")
    assert golden["methodology"] == entry.name
    assert len({unit["unit"] for unit in golden["units"] if unit.get("nodes")}) >= LEAST


def test_no_stray_file() -> None:
    """Every golden file belongs to an edition of the catalogue."""
    assert {path.stem for path in FILES} <= {entry.name for entry in SCORED}


SPECIAL: Final = {
    "exclude, stated",
    "exclude, by its rule",
    "redistribute, stated",
    "redistribute, by its rule",
    "full, by its rule",
    "zero, stated",
    "a part left out",
    "nothing applies",
    "bonus",
    "penalty",
    "cap of bonus",
    "cap of the index",
    "default",
    "points below 0",
    "a criterion at zero",
    "unranked",
    "event reprimanded",
    "event warned",
    "event no-self-assessment",
    "group ward",
    "group commune",
    "group town",
    "group mountain",
    "grade none",
}


def test_special_cases() -> None:
    """Among the units whose nodes are written down every special case stands."""
    units = [unit for path in FILES for unit in read(path)["units"] if "nodes" in unit]
    assert {word for unit in units for word in unit["shows"]} >= SPECIAL


INVENTED: Final = [entry.name for entry in SCORED if not entry.id.startswith(("example.", "vn.par.ministry"))]


@pytest.mark.parametrize("name", INVENTED)
def test_hard_cases(name: str) -> None:
    """The invented units hold ties, and figures on a half of the last printed digit with neighbours on either side."""
    policy = pi.load(name).policy
    figure = "points_exact" if policy.headline == "points" else "index_exact"
    last = Fraction(1, 10**policy.print_rounding.digits)
    totals = [Fraction(unit[figure]) for unit in read(GOLDEN / f"{name}.json")["units"] if unit[figure]]
    on_edge = [total for total in totals if total % last == last / 2]
    assert len(totals) - len(set(totals)) >= 2
    assert any(total.denominator % 3 == 0 or total.denominator % 7 == 0 for total in totals)
    assert any(0 < total - edge < last / 10 for total in totals for edge in on_edge)
    assert any(0 < edge - total < last / 10 for total in totals for edge in on_edge)


@pytest.fixture(scope="module")
def script() -> Iterator[dict[str, Any]]:
    """Return the names of the script."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(GOLDEN)
        yield runpy.run_path(str(GOLDEN / "compute.py"))


def word(value: object) -> str:
    """Return an input as a table has it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@given(st.data())
def test_any_edition(script: dict[str, Any], data: st.DataObject) -> None:
    """The script and the library agree on whatever edition and units, with every rule, policy, block and rounding."""
    methodology = data.draw(made.methodologies())
    assessments = data.draw(made.populations(methodology))
    units = [
        script["Unit"](
            each.unit,
            {
                key: None if isinstance(inputs, pi.NotApplicable) else {name: word(inputs[name]) for name in inputs}
                for key, inputs in each.observations.items()
            },
            group=each.group,
            events=each.events,
            ranked=each.unranked is None,
        )
        for each in assessments
    ]
    edition = script["Edition"](json.loads(pi.dumps(methodology), parse_float=str))
    expected = [{key: each[key] for key in each if key != "shows"} for each in script["results"](edition, units)]
    assert figures(methodology, assessments) == expected
