"""Says how firm the ranks of a board are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._numbers import whole
from parindex._scoring.board import Scoreboard
from parindex._text import tidy
from parindex.analysis.alternatives import left_out, under_policies
from parindex.analysis.drawn import DrawnWeights, ErrorOf, chosen_nodes
from parindex.analysis.rounded import possible_ranks
from parindex.analysis.standing import Alternatives, DrawnRanks, RankCounts, RankRange
from parindex.analysis.weighed import pools
from parindex.errors import Fault, NumberError, Place, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from parindex._methodology.methodology import Methodology

DRAWS: Final = 10_000
"""The draws that are made unless it is said how many."""

MOST_DRAWS: Final = 2**40
"""The draws that can be asked for; of many units fewer, since sums of squared ranks have 64 bits."""

_SIGNED: Final = 2**63

SEEDS: Final = 2**64
"""Seeds are below it."""

TEN_PERCENT: Final = DrawnWeights.uniform("10%")


@frozen(kw_only=True, repr=False)
class Robustness:
    """How firm the ranks of a board are.

    Attributes:
        board: the board itself.
        weights: the ranks under drawn weights; None where none were drawn.
        errors: the ranks under errors of observed points; None where none were given.
        rounding: the possible ranks of each ranked unit, wherever its exact figure lies within what is printed.
        left_out: the ranks without each node in turn; None where that was not asked for.
        policies: the ranks under other policies; None where that was not asked for.
    """

    board: Scoreboard = field(eq=False)
    weights: DrawnRanks | None
    errors: DrawnRanks | None
    rounding: FrozenMap[str, RankRange]
    left_out: Alternatives | None
    policies: Alternatives | None

    def __repr__(self) -> str:
        return f"<Robustness of {len(self.rounding)} units>"


def robustness(
    board: Scoreboard,
    *,
    weights: DrawnWeights | None = TEN_PERCENT,
    errors: Iterable[ErrorOf] = (),
    leave_out: int | Iterable[str] | None = None,
    policies: bool | Mapping[str, Mapping[str, Any]] = False,
    draws: int = DRAWS,
    seed: int = 0,
    at_most: Iterable[int] = (),
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Robustness:
    """Return how firm the ranks of a board are, of the units that it ranks.

    All counts are exact, and the same for a seed and a number of draws, whatever the machine and the workers.

    Args:
        board: the board that is looked at.
        weights: the weights that are drawn, those of the domains within + and - 10 % unless said; None for none.
        errors: the leaves whose points are known only to + or - so much.
        leave_out: the nodes that are left out in turn: a level, 1 for the domains, or ids.
        policies: True for each policy that differs in one choice, or the changes by name; see ``with_changes``.
        draws: how many draws of weights, and of errors.
        seed: what they are drawn from, a whole number below 2**64.
        at_most: the ranks k of which P(rank <= k) is counted where more than 1,000 units are ranked with each other;
            below that every rank is counted, and any k can be asked for later.
        workers: how many threads count.
        progress: called with how much is done, and of how much, now and then: draws, nodes and policies each by
            themselves.

    Raises:
        Fault: for what no draw can be made with, and for errors of leaves that are not there.
        CatalogError: for a node that is not there, with the near miss.
        MethodologyFaults: for a policy that the methodology cannot have.
    """
    given: object = weights
    if not isinstance(given, DrawnWeights | None):
        message = f'expected weights such as DrawnWeights.uniform("10%") or None, found {weights!r}'
        raise Fault(message, place=Place(at="weights"))
    many = _number(draws, "draws", 1, MOST_DRAWS)
    key = _number(seed, "seed", 0, SEEDS - 1)
    threads = _number(workers, "workers", 1, 1_000)
    asked = tuple(dict.fromkeys(_number(each, "at_most", 1, MOST_DRAWS) for each in _listed(at_most, "at_most")))
    wrong = _errors(board.methodology, errors)
    nodes = None if leave_out is None else _nodes(board.methodology, leave_out)

    def counted(drawn: DrawnWeights | FrozenMap[str, Fraction]) -> DrawnRanks:
        return _drawn_ranks(board, drawn, draws=many, seed=key, at_most=asked, workers=threads, progress=progress)

    if policies is not True and policies is not False and not policies:
        raise Fault("expected at least one policy, or True for all", place=Place(at="policies"))
    chosen = None if policies is True else policies
    return Robustness(
        board=board,
        weights=None if weights is None else counted(weights),
        errors=counted(wrong) if wrong else None,
        rounding=possible_ranks(board),
        left_out=None if nodes is None else left_out(board, nodes, progress),
        policies=under_policies(board, chosen or None, progress) if policies else None,
    )


def _number(value: object, at: str, least: int, most: int) -> int:
    try:
        known = whole(value)
    except NumberError as error:
        raise Fault(str(error), place=Place(at=at)) from None
    if not least <= known <= most:
        raise Fault(f"{known} is not from {least} to {most}", place=Place(at=at))
    return known


def _listed(given: Any, at: str) -> list[Any]:
    """Return what was given in a list.

    Raises:
        Fault: for what is none.
    """
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise Fault(f"expected a list, found {given!r}", place=Place(at=at))
    return list(given)


def _nodes(methodology: Methodology, leave_out: Any) -> tuple[Any, ...]:
    if isinstance(leave_out, int):
        return chosen_nodes(methodology, _number(leave_out, "leave_out", 1, 100))
    named = [methodology[tidy(each)] for each in _listed(leave_out, "leave_out")]
    if not named:
        raise Fault("expected at least one node", place=Place(at="leave_out"))
    return tuple(dict.fromkeys(named))


def _errors(methodology: Methodology, given: Iterable[ErrorOf]) -> FrozenMap[str, Fraction]:
    """Return the error of each leaf that has one."""
    known: dict[str, Fraction] = {}
    for each in _listed(given, "errors"):
        if not isinstance(each, ErrorOf):
            raise Fault(f'expected errors such as ErrorOf.leaf("1.2", "0.5"), found {each!r}', place=Place(at="errors"))
        if each.leaf_id is not None:
            if methodology[each.leaf_id].rule is None:
                message = "is no leaf: points are observed of leaves alone"
                raise Fault(message, place=Place(at=each.leaf_id))
            leaves = [each.leaf_id]
        else:
            found(methodology.origins, each.origin_key or "", f"{methodology.name} has no origin")
            leaves = [leaf.id for leaf in methodology.leaves if leaf.origin == each.origin_key]
        for leaf_id in leaves:
            if leaf_id in known:
                raise Fault("has an error already", place=Place(at=leaf_id))
            known[leaf_id] = each.points
    return FrozenMap(known)


def _drawn_ranks(
    board: Scoreboard,
    drawn: DrawnWeights | FrozenMap[str, Fraction],
    *,
    draws: int,
    seed: int,
    at_most: tuple[int, ...],
    workers: int,
    progress: Callable[[int, int], object] | None,
) -> DrawnRanks:
    from parindex.analysis.simulation.counting import drawn_counts

    if isinstance(drawn, DrawnWeights):
        drawn.chosen(board.methodology)  # says what is wrong with it even where nobody is ranked
    ranks, names = board.rank_list(), board.units
    sizes = {member: len(pool) for pool in pools(board) for member in pool}
    most = max(sizes.values(), default=0)
    if draws * most**2 >= _SIGNED:
        message = f"sums of squared ranks of {draws} draws and {most} units have more than 64 bits: draw fewer"
        raise Fault(message, place=Place(at="draws"))
    counts = drawn_counts(board, drawn, draws, seed, at_most=at_most, workers=workers, progress=progress)
    units = {}
    for position in sorted(counts):
        own = counts[position]
        units[names[position]] = RankCounts(
            unit=names[position],
            rank=ranks[position],
            of=sizes[position],
            draws=draws,
            histogram=own.histogram,
            total=own.total,
            squares=own.squares,
            least=own.least,
            greatest=own.greatest,
            at_most=FrozenMap(zip(at_most, own.at_most, strict=True)),
        )
    return DrawnRanks(board=board, drawn=drawn, draws=draws, seed=seed, units=FrozenMap(units))
