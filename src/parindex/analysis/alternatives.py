"""Ranks under alternatives: each criterion left out in turn, and other policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from parindex._batch.many import score_many
from parindex._frozen import FrozenMap
from parindex._methodology.tree import leaves_below
from parindex._methodology.words import Headline, Ties, WhenNotApplicable
from parindex._numbers import RoundingMode
from parindex._scoring.board import CardBoard
from parindex._scoring.results import Scorecard, Status
from parindex._scoring.tally import Brought, tally, totals
from parindex.analysis.standing import Alternatives
from parindex.errors import Fault, MethodologyFaults, Place, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.board import Scoreboard

Policies = Mapping[str, Mapping[str, Any]]

_LEAF_DIGITS: Final = 2
"""The decimals that leaf points are rounded to as an alternative to exact ones."""


def left_out(
    board: Scoreboard, nodes: Iterable[Criterion], progress: Callable[[int, int], object] | None = None
) -> Alternatives:
    """Return the ranks without each of these nodes in turn.

    Without a node means that all its leaves are excluded, with their maxima, whatever the policy does with leaves that
    do not apply; everything else brings what it brought, and is summed up, capped, held and ranked as ever.
    """
    listed = tuple(nodes)
    brought = [_brought(card) for card in board.cards]
    found = []
    for done, node in enumerate(listed):
        if progress is not None:
            progress(done, len(listed))
        gone = {leaf.id: Brought(None) for leaf in leaves_below(node)}
        cards = [
            card if own is None else _rescored(card, {key: gone.get(key, each) for key, each in own.items()})
            for card, own in zip(board.cards, brought, strict=True)
        ]
        found.append(CardBoard(board.methodology, tuple(cards)).rank_list())
    if progress is not None:
        progress(len(listed), len(listed))
    return _alternatives(board, {each.id: ranks for each, ranks in zip(listed, found, strict=True)})


def _alternatives(
    board: Scoreboard, ranks: Mapping[str, tuple[int, ...]], refused: Mapping[str, str] | None = None
) -> Alternatives:
    own = {unit: (place, rank) for place, (unit, rank) in enumerate(zip(board.units, board.rank_list(), strict=True))}
    ranked = {unit: place for unit, (place, rank) in own.items() if rank}
    return Alternatives(
        names=tuple(ranks),
        ranks=FrozenMap({unit: tuple(each[place] for each in ranks.values()) for unit, place in ranked.items()}),
        own=FrozenMap({unit: own[unit][1] for unit in ranked}),
        refused=FrozenMap(refused or {}),
    )


def _brought(card: Scorecard) -> dict[str, Brought] | None:
    """Return what each leaf of a final card brought; None of any other card, which is not ranked."""
    if card.status is not Status.FINAL:
        return None
    found = {}
    for node in card:
        leaf = card.methodology[node.id]
        if leaf.rule is not None:
            given_away = node.awarded is None and leaf.not_applicable is WhenNotApplicable.REDISTRIBUTE
            found[node.id] = Brought(node.awarded, redistributed=given_away and leaf.block is None)
    return found


def _rescored(card: Scorecard, brought: Mapping[str, Brought]) -> Scorecard:
    """Return a card with the figures that are ranked, from what every leaf brings."""
    whole = totals(card.methodology, tally(card.methodology, card.group, brought))
    headline = whole.index if card.methodology.headline is Headline.INDEX else whole.points
    status = Status.NOT_APPLICABLE if headline is None else Status.FINAL
    return evolve(card, status=status, points=whole.points, max_points=whole.max_points, index=whole.index)


def other_policies(methodology: Methodology) -> dict[str, dict[str, Any]]:
    """Return the policies that differ from the stated one in one choice, by name.

    The other way with ties, each other thing that leaves not applicable may do, each other mode of printing, and leaf
    points exact instead of rounded, or rounded to two decimals instead of exact.
    """
    policy = methodology.policy
    found: dict[str, dict[str, Any]] = {}
    for ties in Ties:
        found[f"ties={ties}"] = {"ties": str(ties)} if ties is not policy.ties else {}
    for when in WhenNotApplicable:
        found[f"not_applicable={when}"] = {"not_applicable": str(when)} if when is not policy.not_applicable else {}
    for mode in RoundingMode:
        changed = {"print_rounding": {"digits": policy.print_rounding.digits, "mode": str(mode)}}
        found[f"print_rounding={mode}"] = changed if mode is not policy.print_rounding.mode else {}
    rounded = {"digits": _LEAF_DIGITS, "mode": str(RoundingMode.HALF_UP)}
    if policy.leaf_rounding is None:
        found[f"leaf_rounding={RoundingMode.HALF_UP}"] = {"leaf_rounding": rounded}
    else:
        found["leaf_rounding=none"] = {"leaf_rounding": None}
    return {name: changed for name, changed in found.items() if changed}


def under_policies(
    board: Scoreboard, policies: Policies | None = None, progress: Callable[[int, int], object] | None = None
) -> Alternatives:
    """Return the ranks under other policies, the same assessments being scored again under each.

    Args:
        board: the board itself; its units are scored together, so that relative rules compare them with each other.
        policies: what is changed in the policy, by a name of it; see ``with_changes``.
            Else those that differ in one choice; where an edition cannot have one of these, the result says why.
        progress: called with how many are done, and of how many.

    Raises:
        MethodologyFaults: for a policy that was named and that the methodology cannot have.
        RefusedError: for one with which ``check`` finds errors in it.
    """
    chosen: Policies = other_policies(board.methodology) if policies is None else policies
    if not isinstance(chosen, Mapping):
        raise Fault(f'expected {{"name": {{"ties": "dense"}}}}, found {chosen!r}', place=Place(at="policies"))
    assessments = [card.assessment for card in board.cards]
    years = {card.year for card in board.cards}
    year = years.pop() if len(years) == 1 else None
    ranks, refused = {}, {}
    for done, (name, changed) in enumerate(chosen.items()):
        if progress is not None:
            progress(done, len(chosen))
        try:
            other = board.methodology.with_changes(policy=changed)
            ranks[name] = score_many(other, assessments, partial=True, year=year).rank_list()
        except (MethodologyFaults, RefusedError) as error:
            if policies is not None:
                raise
            refused[name] = " ".join(str(error).split())
    if progress is not None:
        progress(len(chosen), len(chosen))
    return _alternatives(board, ranks, refused)
