"""The marks of the project: what of parindex is timed beside which limit, as rows of the table."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import editions
import engine
import parindex
import workload
from parindex.analysis import DrawnWeights, robustness
from peers import limits
from rows import Row
from timing import in_new_python, least, least_fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sizes import Sizes

MARKS: Final = "Marks"
PARTS: Final = "Where the time of a batch goes"
COPY: Final = "np.copyto of the same bytes"
IMPORT: Final = "import attrs"


def batches(sizes: Sizes, edition: parindex.Methodology) -> Iterator[Row]:
    """Yield batches of several sizes beside a copy of their input, and the parts of them."""
    for units in sizes.batches:
        largest = units == max(sizes.batches)
        names, columns = workload.names(units), workload.columns(units, seed=units)
        steps: dict[str, Callable[[], object]] = {
            "copy": limits.copy(columns),
            "by column": limits.copy_columns(columns),
            "points": partial(engine.points, edition, names, columns),
            "full": partial(engine.full, edition, names, columns),
            "table": partial(engine.table, names, columns),
        }
        told = least(steps, sizes.rounds, sizes.budget)
        copy = told["copy"].seconds
        yield Row(section=MARKS, what=COPY, units=units, seconds=copy, rounds=told["copy"].rounds)
        yield Row(
            section=MARKS,
            what=f"{COPY}, column by column",
            units=units,
            seconds=told["by column"].seconds,
            rounds=told["by column"].rounds,
            against=COPY,
            ratio=told["by column"].seconds / copy,
        )
        what = {"points": "points of all leaves", "full": "the same, printed index and ranks"}
        marks = {"points": (6.0, 4.0), "full": (6.0, 4.0) if largest else (8.0, 5.0)}
        for name, (must, aim) in marks.items():
            time = told[name]
            yield Row(
                section=MARKS,
                what=what[name] + (", one thread" if largest else ""),
                units=units,
                seconds=time.seconds,
                rounds=time.rounds,
                against=COPY,
                ratio=time.seconds / copy,
                must=must,
                aim=aim,
            )
        parts = {"arrays to table: copied, packed, extremes": told["table"].seconds}
        parts |= engine.parts(edition, engine.table(names, columns), min(sizes.rounds, told["table"].rounds))
        for name, seconds in parts.items():
            yield Row(section=PARTS, what=name, units=units, seconds=seconds, against=COPY, ratio=seconds / copy)


def single(sizes: Sizes, edition: parindex.Methodology) -> Iterator[Row]:
    """Yield the times that are asked for in milliseconds: 63 units, one unit with its trace, loading an edition."""
    names, columns = workload.names(63), workload.columns(63, seed=63)
    one = workload.assessments(names[:1], {name: column[:1] for name, column in columns.items()})[0]
    leaves = [leaf.id for leaf in edition.leaves]

    def explained() -> None:
        card = parindex.score(edition, one)
        for leaf in leaves:
            card.explain(leaf, lang="vi")

    def traced() -> None:
        card = parindex.score(edition, one)
        assert len([node.points for node in card]) == len(edition)
        assert card.by_origin is not None

    scored, trace = "one unit: points, index, grade", "the same with its full trace: every node looked at"
    words = "the same, every leaf explained in words"
    full, load = "printed index and ranks, from the arrays", f"load, check, fingerprint {editions.NAME}"
    told = least(
        {
            full: partial(engine.full, edition, names, columns),
            scored: partial(parindex.score, edition, one),
            trace: traced,
            words: explained,
            load: editions.whole,
        },
        sizes.rounds,
        sizes.budget,
    )
    marks = {
        full: (63, 0.5e-3, 0.15e-3),
        scored: (1, None, None),
        trace: (1, 1e-3, 0.4e-3),
        words: (1, None, None),
        load: (None, 50e-3, 15e-3),
    }
    for name, (units, must, aim) in marks.items():
        seconds, rounds = told[name]
        yield Row(
            section=MARKS,
            what=name,
            units=units,
            seconds=seconds,
            rounds=rounds,
            must=must,
            aim=aim,
            absolute=True,
        )


def imports(sizes: Sizes) -> Iterator[Row]:
    """Yield the time of the import beside that of attrs, and the first loading, each in a new Python."""
    parsing, first = "import parindex and what parses and scores", f"load {editions.NAME} for the first time"
    told = least_fresh(
        {
            IMPORT: in_new_python("", IMPORT),
            "import parindex": in_new_python("", "import parindex"),
            parsing: in_new_python("", "import parindex; parindex.score_many; parindex.parse_methodology"),
            first: editions.FIRST,
        },
        sizes.rounds,
    )
    for name, (seconds, rounds) in told.items():
        compared = name not in {IMPORT, first}
        yield Row(
            section=MARKS,
            what=name,
            seconds=seconds,
            rounds=rounds,
            against=IMPORT if compared else "",
            ratio=seconds / told[IMPORT].seconds if compared else None,
            must=2.0 if name == "import parindex" else None,
        )


def memory(sizes: Sizes) -> Iterator[Row]:
    """Yield the greatest growth of memory in a batch beside the bytes of its input."""
    units = sizes.memory
    script = str(Path(__file__).with_name("memory.py"))
    done = subprocess.run([sys.executable, script, str(units)], check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    yield Row(
        section=MARKS,
        what="greatest growth of memory (tracemalloc)",
        units=units,
        rounds=1,
        against="bytes of the input",
        ratio=told["peak"] / told["input"],
        must=3.0,
        aim=1.5,
    )


def simulation(sizes: Sizes) -> Iterator[Row]:
    """Yield ranks under drawn weights beside the limit of drawing them: every rank of 63 units, sums of 3,300.

    Leaf points are rounded to two decimals, as they are published, and summed up to 8 domains.
    The cards of the board are made before; from there on all is timed, to the counts of each unit.
    """
    drawn = DrawnWeights.uniform("10%")
    edition = workload.edition().with_changes(policy={"leaf_rounding": {"digits": 2}})
    for units, what in ((63, "every rank counted"), (sizes.many, "rank sums, extremes, P(rank <= 10)")):
        board = engine.reference(edition, workload.names(units), workload.columns(units, seed=units))
        against = f"GEMM and sort, {sizes.draws:,} draws of 8 weights"
        product = f"ranks under drawn weights, {what}"
        asked = partial(
            robustness, board, weights=drawn, draws=sizes.draws, seed=1, at_most=(10,) if units > 63 else ()
        )
        told = least({against: limits.draws(units, 8, sizes.draws, seed=1), product: asked}, sizes.rounds, sizes.budget)
        limit, own = told[against], told[product]
        yield Row(section=MARKS, what=against, units=units, seconds=limit.seconds, rounds=limit.rounds)
        yield Row(
            section=MARKS,
            what=product,
            units=units,
            seconds=own.seconds,
            rounds=own.rounds,
            against=against,
            ratio=own.seconds / limit.seconds,
            must=6.0,
            aim=3.5,
        )
