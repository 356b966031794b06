"""The peers beside parindex: the same work on the same columns, timed in turns, and whether they say the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import engine
import workload
from agreement import Differing, differing
from peers import NAMES, Peer, load, title
from rows import Row
from timing import Least, least

if TYPE_CHECKING:
    from collections.abc import Iterator

    import parindex
    from sizes import Sizes

PEERS: Final = "What a user would pick instead"
AWKWARD: Final = "Units on which floats go wrong"
OWN: Final = "parindex"


def present() -> tuple[dict[str, Peer], dict[str, str]]:
    """Return the peers that can take part, and why the others cannot."""
    found = {title(name): load(name) for name in NAMES}
    there = {name: peer for name, peer in found.items() if not isinstance(peer, str)}
    return there, {name: peer for name, peer in found.items() if isinstance(peer, str)}


def exact(
    edition: parindex.Methodology, columns: engine.Columns, *, reference_up_to: int
) -> tuple[parindex.Scoreboard | None, Differing | None]:
    """Return the exact results and how parindex differs from the reference engine, which is not at all.

    Up to so many units they are those of the reference engine; above, those of the batch engine, which the tests hold
    against the reference engine.
    """
    names = workload.names(len(next(iter(columns.values()))))
    if len(names) <= reference_up_to:
        board = engine.reference(edition, names, columns)
        return board, _same(engine.full(edition, names, columns), board)
    return engine.full(edition, names, columns), None


def _same(own: parindex.Scoreboard, board: parindex.Scoreboard) -> Differing:
    """Return that two boards do not differ.

    Raises:
        ArithmeticError: if they do.
    """
    printed = int((own.printed_index_scaled != board.printed_index_scaled).sum())
    ranks = int((own.ranks() != board.ranks()).sum())
    if printed or ranks:
        raise ArithmeticError(f"the engines differ: {printed} printed indices, {ranks} ranks")
    return Differing(0, 0)


def peers(sizes: Sizes, edition: parindex.Methodology, *, reference_up_to: int) -> Iterator[Row]:
    """Yield each peer at each size; one that does other work than parindex fails the run."""
    there, missing = present()
    latest: dict[str, tuple[int, float]] = {}
    for units in sizes.peers:
        columns = workload.columns(units, seed=units)
        slow = {name for name, (before, took) in latest.items() if took * units / before > sizes.too_slow}
        taking = {name: peer for name, peer in there.items() if name not in slow}
        prepared = {name: peer.prepare(edition) for name, peer in taking.items()}
        steps: dict[str, Any] = {name: partial(peer.run, prepared[name], columns) for name, peer in taking.items()}
        steps = {OWN: partial(engine.full, edition, workload.names(units), columns), **steps}
        told = least(steps, sizes.rounds, sizes.peer_budget)
        latest |= {name: (units, told[name].seconds) for name in taking}
        board, own = exact(edition, columns, reference_up_to=reference_up_to)
        yield _row(OWN, units, told, own)
        for name in there:
            if name in slow:
                before, took = latest[name]
                note = f"left out: about {took * units / before:.0f} s"
                yield Row(section=PEERS, what=name, units=units, note=note)
                continue
            differs = differing(steps[name](), board, there[name].TOLERANCE) if board else None
            yield _row(name, units, told, differs)
    for name, reason in missing.items():
        yield Row(section=PEERS, what=name, note=reason)


def _row(name: str, units: int, told: dict[str, Least], differs: Differing | None = None) -> Row:
    own, time = told.get(OWN), told.get(name)
    compared = own is not None and time is not None and name != OWN
    return Row(
        section=PEERS,
        what=name,
        units=units,
        seconds=time and time.seconds,
        rounds=time and time.rounds,
        against=OWN if compared else "",
        ratio=time.seconds / own.seconds if compared and time and own else None,
        printed=differs and differs.printed,
        ranks=differs and differs.ranks,
        note="later",
    )


def awkward(sizes: Sizes, edition: parindex.Methodology) -> Iterator[Row]:
    """Yield how many results differ where many indices are equal or end in half a hundredth; nothing is timed."""
    columns = workload.awkward(sizes.awkward, seed=1)
    names = workload.names(sizes.awkward)
    board = engine.reference(edition, names, columns)
    own = _same(engine.full(edition, names, columns), board)
    yield Row(section=AWKWARD, what=f"awkward: {OWN}", units=sizes.awkward, printed=own.printed, ranks=own.ranks)
    there, _ = present()
    for name, peer in there.items():
        differs = differing(peer.run(peer.prepare(edition), columns), board, peer.TOLERANCE)
        yield Row(
            section=AWKWARD, what=f"awkward: {name}", units=sizes.awkward, printed=differs.printed, ranks=differs.ranks
        )
