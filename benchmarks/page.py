"""The page of the documentation that a run writes: what was measured, on what, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import engine
from comparison import AWKWARD, OWN, PEERS, present
from marks import MARKS, PARTS
from peers import limits
from rows import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rows import Row

HEAD = """\
# What was measured

This page is written by `nox -s bench -- --docs docs/benchmarks.md`; it is not edited by hand.

The work is an invented edition of 100 leaves in 8 domains, three levels deep: half of the leaves take one integer or \
a yes/no (levels, counts, faults, a tick), 15 are steps on a rate and 35 are in proportion to a rate.
That makes 150 columns of observations for each unit.
One rate in ten lies exactly on a threshold.

Each figure is timed from the user's arrays on.
The steps of one comparison take turns in one run and the least time of each counts, so a ratio \
means about the same on another machine and the milliseconds do not.
Marks are read off this page; no test fails on them.
"""
ABOUT = {
    MARKS: """\
The limit of a batch is a copy of as many bytes as the arrays have: {copy}.
The limit of drawn weights: {draws}.
The import is lazy: a name of the library is loaded when it is first used, so a row \
says what it costs with the names that parse and score.
Memory is the greatest growth that tracemalloc sees in a new process between the user's arrays and the ranks.
""",
    PARTS: "Measured apart, each from its own input on.\n",
    PEERS: """\
All give the points of all leaves, the index, the index printed to two decimals and the ranks, from the same arrays.
The last column counts the units whose printed index, and whose rank, is another than the exact one.
A ratio above 1 is slower than parindex.

{lines}
""",
    AWKWARD: """\
Here all totals are 100, 200 or 1000, so that many indices are equal and many end in half a hundredth.
The exact results are those of the reference engine.
""",
}


def page(machine: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Return the page."""
    there, _ = present()
    lines = "\n".join(f"- {name}: {peer.LINE}." for name, peer in there.items())
    said = [HEAD, "## The machine\n", *(f"- {name}: {value}" for name, value in machine.items())]
    said.append(f"- {OWN}: {engine.NAME}\n")
    for section, about in ABOUT.items():
        of_section = [row for row in rows if row.section == section]
        if of_section:
            told = about.format(copy=limits.COPY_LINE, draws=limits.DRAWS_LINE, lines=lines)
            said += [f"## {section}\n", told, table(of_section), ""]
    return "\n".join(said)
