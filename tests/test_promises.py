"""Promises about the package itself: what it imports, when and in which direction, what is public, and exactness."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import parindex as pi

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE: Final = Path(pi.__file__).parent
MODULES: Final = sorted(SOURCE.rglob("*.py"))

ROOMS: Final = (
    {"errors", "_text", "_frozen", "_numbers"},
    {"_unit_names"},
    {"_files"},
    {"_methodology"},
    {"_scoring"},
    {"_batch"},
    {"analysis"},
    {"_catalog"},
    {"_values"},
    {"_schemas"},
    {"_render"},
    {"_drafting"},
    {"extras"},
    {"_paths"},
    {"_commands"},
    {"cli"},
    {"", "__main__"},
)
"""The rooms from low to high, "" being the public face; a room imports those below it, and its own modules."""

UPWARD: Final[frozenset[tuple[str, str]]] = frozenset()
"""Imports from a room above, for types alone or within a function: each would be listed here as (module, imported)."""

LATE: Final = {
    ("_methodology.files", "_methodology.document"),
    ("_methodology.methodology", "_methodology.fingerprints"),
    ("_methodology.methodology", "_methodology.whatif"),
    ("_methodology.diff", "_methodology.differing.compare"),
    ("_drafting.writing", "_methodology.convert"),
    ("_paths", "extras.office"),
    ("cli", "_drafting"),
    ("cli", "_commands.analysing"),
    ("cli", "extras.annexes"),
    ("cli", "extras.office"),
    ("extras.annexes", "docx"),
    ("extras.annexes", "extras.office.cells"),
    ("extras.annexes", "python_calamine"),
    ("_scoring.results", "_scoring.explain"),
    ("_values", "_files.tables"),
    ("_values", "_methodology.convert"),
    ("_values", "_methodology.document"),
    ("_scoring.board", "numpy"),
    ("_batch.many", "_batch.board"),
    ("_batch.many", "_batch.faults"),
    ("_batch.many", "_batch.partitions"),
    ("_batch.many", "_batch.plan"),
    ("_batch.many", "_batch.results"),
    ("_batch.many", "_batch.run"),
    ("_batch.many", "_batch.table"),
    ("_batch.many", "numpy"),
    ("_values", "cattrs.gen"),
    ("analysis.robust", "analysis.simulation.counting"),
    ("analysis.standing", "analysis.simulation.counting"),
    ("errors", "difflib"),
}
"""Imports within a function: of what only some calls need, cattrs and NumPy among it, as (module, imported)."""

THIRD_PARTY: Final = {"attrs", "cattrs", "numpy"}
OPTIONAL: Final = {"docx", "narwhals", "python_calamine", "xlsxwriter"}
"""What only the modules of ``extras`` import, one or two of them each."""

FLOATS: Final = {("errors", "near"): [0.6]}
"""Float literals by module and function: the near miss compares words, not figures."""

IN_MEMORY: Final = """
import sys

import parindex as pi
from parindex._methodology.criteria import Entry

assert not {"numpy", "cattrs"} & set(sys.modules), "import parindex"
cite = pi.Cite("page")
methodology = pi.Methodology(
    id="vn.example.district",
    edition="2024",
    years=[2024],
    unit_kind="district",
    completeness="full",
    total=100,
    sources=[pi.Source(key="page", title="Example", status="illustrative")],
    entries=[
        Entry(id="1", max=60, cite=cite, rule=pi.Ratio(from_="80%")),
        Entry(id="2", max=40, cite=cite, rule=pi.Relative(low="10%")),
    ],
    grades=[pi.Grade(key="tot", from_=80), pi.Grade(key="kha", from_=0)],
)
units = [
    pi.Assessment("A", {"1": {"done": 190, "total": 200}, "2": {"value": "7.5"}}),
    pi.Assessment("B", {"1": {"done": 2, "total": 3}, "2": {"value": "2.5"}}),
]
board = pi.score_many(methodology, units)
card = board.card("A")
alone = pi.score(methodology, pi.Assessment("C", {"1": {"percent": 95}}), partial=True)
print(card.out_of(lang="en"), card.grade, board.place("B"), alone.status, sep=" | ")
assert card.explain() and card.explain("1") and pi.rank([1, 2]) == (2, 1)
print(sorted({"numpy", "cattrs"} & set(sys.modules)))
"""


def name_of(path: Path) -> str:
    """Return a module as it is named within the package, "" for the package itself."""
    parts = list(path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of the package by name."""
    for path in MODULES:
        yield name_of(path), ast.parse(path.read_text("utf-8"))


def nodes(tree: ast.AST, function: str = "", *, typing: bool = False) -> Iterator[tuple[ast.AST, str, bool]]:
    """Yield every node with the function it stands in, and whether it stands there for type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        only_types = typing or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        yield node, inner, only_types
        yield from nodes(node, inner, typing=only_types)


def imported(node: ast.AST) -> list[str]:
    """Return what an import statement names; modules of the package without its name, "" for the package itself."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    assert node.level == 0, "imports are absolute"
    module = str(node.module)
    if module == "parindex":
        return [f"parindex.{name.name}" for name in node.names]
    return [module]


def imports() -> Iterator[tuple[str, str, str, bool]]:
    """Yield every import as module, imported, function, and whether it is for types alone."""
    for module, tree in trees():
        for node, function, only_types in nodes(tree):
            for name in imported(node):
                yield module, name, function, only_types


def height(module: str) -> int:
    """Return the room of a module of the package, counted from below."""
    (found,) = (number for number, rooms in enumerate(ROOMS) if module.partition(".")[0] in rooms)
    return found


def own(name: str) -> str:
    """Return a module of the package without the package's name."""
    return name.removeprefix("parindex").removeprefix(".")


def inside(name: str) -> bool:
    """Return whether an import is of the package itself."""
    return name == "parindex" or name.startswith("parindex.")


def fresh(program: str) -> list[str]:
    """Return what a program prints in a Python of its own, without what this one has loaded."""
    # Coverage of subprocesses must not load anything beside what the program itself does.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(  # noqa: S603  the program stands in this file
        [sys.executable, "-W", "error", "-c", program],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**surroundings, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


# What is loaded


def test_import_loads_little() -> None:
    """Importing the package loads neither NumPy nor cattrs."""
    assert fresh('import sys, parindex; print(sorted({"numpy", "cattrs"} & set(sys.modules)))') == ["[]"]


def test_analysis_loads_little() -> None:
    """What is asked about results is imported without NumPy and cattrs."""
    assert fresh('import sys, parindex.analysis; print(sorted({"numpy", "cattrs"} & set(sys.modules)))') == ["[]"]


def test_scoring_loads_little() -> None:
    """Scoring, ranking and explaining assessments in memory load neither NumPy nor cattrs."""
    assert fresh(IN_MEMORY) == ["97.00/100 | tot | 2/2 | provisional", "[]"]


def test_arrays_load_numpy() -> None:
    """The test of what is loaded can fail: an array does load NumPy."""
    program = IN_MEMORY.replace("board.place(", "board.ranks().tolist(), board.place(")
    assert fresh(program) == ["97.00/100 | tot | [1, 2] | 2/2 | provisional", "['numpy']"]


# What imports what


def test_third_parties() -> None:
    """The core imports the standard library, attrs, cattrs and NumPy, and nothing else; extras import the rest."""
    core, extras = (
        {
            name.partition(".")[0]
            for module, name, _, _ in imports()
            if not inside(name) and module.startswith("extras") is extra
        }
        for extra in (False, True)
    )
    known = set(sys.stdlib_module_names) | THIRD_PARTY
    assert core - set(sys.stdlib_module_names) == THIRD_PARTY
    assert extras - known == OPTIONAL


def test_extras_are_no_part_of_the_core() -> None:
    """Only what takes paths imports a module of extras, and only when a workbook or an annex is at hand."""
    users = {(module, bool(function)) for module, name, function, _ in imports() if own(name).startswith("extras.")}
    assert {module for module, _ in users if not module.startswith("extras")} == {"_paths", "cli"}
    assert all(late for module, late in users if not module.startswith("extras"))


def test_rooms() -> None:
    """Every module of the package belongs to one room."""
    assert {name_of(path).partition(".")[0] for path in MODULES} == set().union(*ROOMS)


def test_imports_point_downward() -> None:
    """No module imports one of a room above its own."""
    upward = [
        (module, own(name))
        for module, name, function, only_types in imports()
        if inside(name) and not function and not only_types and height(own(name)) > height(module)
    ]
    assert upward == []


def test_exempt_imports() -> None:
    """Even for types alone, or within a function, no import points upward but those listed."""
    upward = {
        (module, own(name)) for module, name, _, _ in imports() if inside(name) and height(own(name)) > height(module)
    }
    assert upward == UPWARD


def test_late_imports() -> None:
    """Imports within functions are those listed, each with what it spares."""
    assert {(module, own(name)) for module, name, function, _ in imports() if function} == LATE


@pytest.mark.parametrize("name", ["numpy", "cattrs"])
def test_late_third_parties(name: str) -> None:
    """Within the core, NumPy and cattrs are imported in functions, or by modules that are themselves imported so."""
    late = {own(each) for _, each, function, _ in imports() if function and inside(each)}
    early = {
        module
        for module, each, function, only_types in imports()
        if each.partition(".")[0] == name and not function and not only_types and not module.startswith("extras")
    }
    # The batch engine and the simulation are each behind one door, which opens late; inside them NumPy is everywhere.
    rooms = ("_batch.", "analysis.simulation.")
    assert {module for module in early if not module.startswith(rooms)} <= late
    assert "_batch.many" not in early
    assert not [
        (module, each)
        for module, each, function, only_types in imports()
        if own(each).startswith(rooms[1]) and not (module.startswith(rooms[1]) or function or only_types)
    ]


# What is public


def test_all_sorted() -> None:
    """The public names are listed in order, each once."""
    assert sorted(set(pi.__all__)) == pi.__all__


@pytest.mark.parametrize("name", pi.__all__)
def test_documented(name: str) -> None:
    """Every public name can be imported and has a docstring of its own."""
    value = getattr(pi, name)
    doc = vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
    assert isinstance(doc, str)
    assert doc.strip().partition("\n")[0].endswith((".", ":"))


def test_all_complete() -> None:
    """What the public face imports for type checkers is public, and loaded from the same module at run time."""
    tree = dict(trees())[""]
    homes = {
        alias.name: own(str(node.module))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and inside(str(node.module))
        for alias in node.names
    }
    assert sorted(homes) == pi.__all__
    assert homes == vars(pi)["_HOME"]


def test_what_is_not_there() -> None:
    """A name that is not public is no attribute, and the public ones are listed."""
    with pytest.raises(AttributeError, match="module 'parindex' has no attribute 'scor'"):
        _ = pi.scor  # type: ignore[attr-defined]  # what a typing error looks like
    assert set(pi.__all__) <= set(dir(pi))


DESIGNED: Final = """
load catalog read_methodology parse_methodology check diff read_rule_text
Given Levels Bands Ratio WeightedCounts Checklist PerUnit Deduct Best Survey Relative
Methodology Criterion Rule CatalogEntry Finding
Assessment NotApplicable read_assessments parse_assessments
score score_many Scorecard Scoreboard rank dumps loads ParindexError
"""


@pytest.mark.parametrize("name", DESIGNED.split())
def test_designed(name: str) -> None:
    """The names that the contract fixes and this part of the project brings are public."""
    assert name in pi.__all__


# Exact


def test_no_float_arithmetic() -> None:
    """Nothing calls round, isclose or float but the one array of floats that is meant for pictures."""
    called = [
        (module, function, ast.unparse(node.func))
        for module, tree in trees()
        for node, function, _ in nodes(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"round", "around", "isclose", "allclose", "float", "fsum"}
    ]
    # The batch engine holds whole numbers below 2**53 in floats; what it does with them is a law of its own.
    outside = [each for each in called if not each[0].startswith("_batch.")]
    assert outside == [("_scoring.board", "index_float", "float")]
    assert {name for _, _, name in called} == {"float"}


def test_no_float_literals() -> None:
    """No float is written anywhere but in the comparison of words for a near miss."""
    written: dict[tuple[str, str], list[float]] = {}
    for module, tree in trees():
        for node, function, _ in nodes(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, float) and not module.startswith("_batch."):
                written.setdefault((module, function), []).append(node.value)
    assert written == FLOATS


def test_no_float_in_results() -> None:
    """No figure of a card is a float, whatever kind of number was observed."""
    methodology = pi.load("vn.par.ministry@2022")
    card = pi.score(methodology, pi.Assessment("A", {"appraised": {"points": 0.1 + 0.2}, "survey": {"points": 0.1}}))
    figures = [card.points, card.max_points, card.index, *(node.points for node in card.nodes.values())]
    assert {type(figure).__name__ for figure in figures} == {"Fraction"}
    assert str(card.points) == "10000000000000001/25000000000000000"


def test_plain_math_module_unused() -> None:
    """The core does not import math, statistics or random; the batch engine takes of math what is of whole numbers."""
    outside = {name for module, name, _, _ in imports() if not module.startswith("_batch.")}
    assert outside & {"math", "cmath", "statistics", "random"} == set()
    inside_batch = {name for module, name, _, _ in imports() if module.startswith("_batch.")}
    assert inside_batch & {"cmath", "statistics", "random"} == set()
