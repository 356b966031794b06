"""The reference engine: the definition of a score.

One unit: each leaf's rule gives points from what was observed, the tree is summed up, blocks are added and taken off,
the printed headline finds its grade.
Many units: the same, after the extremes that relative rules compare with are known.
Every quantity is a ``Fraction``; nothing is rounded but leaf points, where the policy says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.rules import Peers
from parindex._methodology.words import Completeness, Headline, WhenNotApplicable, Within
from parindex._scoring.bounds import Leaf, Open, bounds_of
from parindex._scoring.grades import grade_of
from parindex._scoring.reading import LeafReading, UnitReading, leaves_for, raise_faults, read_unit
from parindex._scoring.results import BlockScore, NodeScore, OriginScore, Scorecard, Status
from parindex._scoring.tally import NOTHING, Brought, Tally, tally, totals
from parindex.errors import PopulationError, RefusedError

if TYPE_CHECKING:
    from fractions import Fraction

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.assessment import Assessment

PeersOf = Mapping[tuple[str, str | None], Peers | None]
"""The extremes by leaf and group, the group None where all are compared; None while a value is missing."""


@frozen
class _Scored:
    node: NodeScore
    leaf: Leaf

    @property
    def open(self) -> bool:
        return isinstance(self.leaf, Open)


def score(
    methodology: Methodology, assessment: Assessment, *, partial: bool = False, year: int | None = None
) -> Scorecard:
    """Return the card of one unit.

    Args:
        methodology: what to score with; one with errors of ``check``, or an entry, is refused.
        assessment: what was observed.
        partial: with missing inputs, give a provisional card with bounds instead of an error.
            At stage ``self``, leaves that are not self-assessed are never asked for, and the card is provisional.
        year: whose grades count, where they differ by year; else the assessment's period says.

    Raises:
        ObservationFaults: with everything that is wrong or missing, by criterion and input.
        PopulationError: if a relative rule applies; :func:`score_many` compares units.
        RefusedError: if the methodology cannot be scored with.
    """
    refuse_unsound(methodology)
    unit = read_unit(methodology, assessment, year)
    raise_faults([unit], partial=partial)
    for read in unit.leaves:
        if read.compared and read.values is not None:
            message = (
                f"criterion {read.criterion.id} compares units: score them together with score_many, not one alone"
            )
            raise PopulationError(message)
    return _card(methodology, unit, {})


def score_cards(
    methodology: Methodology, assessments: Iterable[Assessment], *, partial: bool = False, year: int | None = None
) -> tuple[Scorecard, ...]:
    """Return the cards of several units, in their order; the faults of all of them come together."""
    refuse_unsound(methodology)
    units = [read_unit(methodology, assessment, year) for assessment in assessments]
    raise_faults(units, partial=partial)
    peers = _peers(units)
    return tuple(_card(methodology, unit, peers) for unit in units)


def card_among(methodology: Methodology, assessment: Assessment, peers: PeersOf, *, year: int | None = None) -> Scorecard:
    """Return the card of one unit among others whose extremes are known; what is missing makes it provisional.

    Raises:
        ObservationFaults: with everything that is wrong in it.
    """
    unit = read_unit(methodology, assessment, year)
    raise_faults([unit], partial=True)
    return _card(methodology, unit, peers)


def refuse_unsound(methodology: Methodology) -> None:
    """Raise an error for an entry, and for a methodology with errors of ``check``."""
    if methodology.completeness is Completeness.ENTRY:
        note = f": {methodology.note.en or methodology.note.vi}" if str(methodology.note) else ""
        issuers = ", ".join(dict.fromkeys(source.issuer for source in methodology.sources if source.issuer))
        holder = f"; {issuers} would have the annex" if issuers else ""
        message = (
            f"{methodology.name} is known to exist and has no criteria here, it cannot be scored with{holder}{note}"
        )
        raise RefusedError(message)
    if methodology.errors:
        told = "\n".join(f"- {finding}" for finding in methodology.errors)
        raise RefusedError(f"{methodology.name} has errors, see check:\n{told}", findings=methodology.errors)


def _peers(units: Sequence[UnitReading]) -> PeersOf:
    """Return the extremes of every relative leaf, over all assessed units that have a value, ranked or not."""
    values: dict[tuple[str, str | None], list[Fraction | None]] = {}
    for unit in units:
        for read in unit.leaves:
            if read.compared:
                key = _pool(read, unit)
                values.setdefault(key, []).append(None if read.values is None else read.values["value"])
    peers: dict[tuple[str, str | None], Peers | None] = {}
    for key, seen in values.items():
        known = [value for value in seen if value is not None]
        peers[key] = Peers(min(known), max(known), len(known)) if len(known) == len(seen) else None
    return peers


def _pool(read: LeafReading, unit: UnitReading) -> tuple[str, str | None]:
    within = read.rule.compares_within is Within.GROUP
    return read.criterion.id, unit.assessment.group if within else None


def _card(methodology: Methodology, unit: UnitReading, peers: PeersOf) -> Scorecard:
    scored = {read.criterion.id: _leaf(methodology, read, peers.get(_pool(read, unit))) for read in unit.leaves}
    group = unit.assessment.group
    leaves = {key: each.leaf for key, each in scored.items()}
    brought = {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Brought)}
    blank = Scorecard(
        methodology=methodology,
        assessment=unit.assessment,
        year=unit.year,
        status=Status.NOT_APPLICABLE,
        nodes=FrozenMap(),
    )
    if len(brought) < len(leaves):
        nodes = _provisional_nodes(methodology, group, scored)
        # What is known of an open leaf may bar it from an end of its interval: its own value among unknown ones, or
        # those of its inputs that are there.
        narrower = any(
            read.partly or (read.compared and read.values is not None and scored[read.criterion.id].open)
            for read in unit.leaves
        )
        bounds = bounds_of(methodology, group, leaves, tight=not narrower)
        return evolve(blank, status=Status.PROVISIONAL, nodes=nodes, bounds=bounds)
    sums = tally(methodology, group, brought)
    whole = totals(methodology, sums)
    nodes = _nodes(methodology, sums, scored)
    if whole.points is None:
        return evolve(blank, nodes=nodes)
    headline = whole.index if methodology.headline is Headline.INDEX else whole.points
    graded = grade_of(methodology, unit.assessment, unit.bands, headline, nodes)
    blocks = []
    for block in methodology.blocks:
        earned, counted = whole.blocks[block.id]
        blocks.append(BlockScore(id=block.id, effect=block.effect, points=earned, counted=counted))
    return evolve(
        blank,
        status=Status.FINAL,
        points=whole.points,
        max_points=whole.max_points,
        index=whole.index,
        base_points=whole.base_points,
        grade=graded.grade,
        earned_grade=graded.earned,
        nodes=nodes,
        blocks=tuple(blocks),
        by_origin=_by_origin(methodology, nodes),
    )


def _leaf(methodology: Methodology, read: LeafReading, peers: Peers | None) -> _Scored:
    """Give a leaf its points, or find that it does not apply, or that it is still open."""
    leaf = read.criterion
    if read.dropped is not None:
        return _not_applicable(leaf, read, read.dropped.reason)
    points = read.default_points
    if points is None:
        if read.values is None or (read.compared and peers is None):
            return _Scored(NodeScore(id=leaf.id, status=Status.PROVISIONAL), _open(methodology, read))
        points = read.rule.award(read.values, leaf.max_points, peers).points
    if points is None:
        return _not_applicable(leaf, read, "")
    points = _rounded(methodology, points)
    node = NodeScore(
        id=leaf.id,
        status=Status.FINAL,
        awarded=points,
        observed=read.values,
        peers=peers if read.compared else None,
        defaulted=read.defaulted,
    )
    return _Scored(node, Brought(points))


def _rounded(methodology: Methodology, points: Fraction) -> Fraction:
    rounding = methodology.policy.leaf_rounding
    return points if rounding is None else rounding.apply(points)


def _instead(leaf: Criterion) -> Brought:
    """Return what a leaf that does not apply brings, by its policy."""
    if leaf.block is not None or leaf.not_applicable is WhenNotApplicable.ZERO:
        return Brought(NOTHING)
    if leaf.not_applicable is WhenNotApplicable.FULL:
        return Brought(leaf.max_points)
    return Brought(None, redistributed=leaf.not_applicable is WhenNotApplicable.REDISTRIBUTE)


def _not_applicable(leaf: Criterion, read: LeafReading, reason: str) -> _Scored:
    brought = _instead(leaf)
    status = Status.NOT_APPLICABLE if brought.points is None else Status.FINAL
    node = NodeScore(id=leaf.id, status=status, awarded=brought.points, observed=read.values, reason=reason)
    return _Scored(node, brought)


def _open(methodology: Methodology, read: LeafReading) -> Open:
    """Return the interval in which the points of a missing leaf lie."""
    leaf = read.criterion
    low, high = (None if end is None else _rounded(methodology, end) for end in read.rule.reach(leaf.max_points))
    instead = _instead(leaf)
    if not read.rule.may_not_apply:
        return Open(low, high)
    if instead.points is None:
        return Open(low, high, drops=True, redistributed=instead.redistributed)
    return Open(low if low is None else min(low, instead.points), high if high is None else max(high, instead.points))


def _nodes(methodology: Methodology, sums: Tally, scored: Mapping[str, _Scored]) -> FrozenMap[str, NodeScore]:
    nodes: dict[str, NodeScore] = {}
    for criterion in methodology.criteria:
        if criterion.id not in sums.nodes:
            continue
        own = sums.nodes[criterion.id]
        status = Status.NOT_APPLICABLE if own.points is None else Status.FINAL
        node = scored[criterion.id].node if criterion.id in scored else NodeScore(id=criterion.id, status=status)
        nodes[criterion.id] = evolve(node, points=own.points, max_points=own.max_points, factor=own.factor)
    return FrozenMap(nodes)


def _provisional_nodes(
    methodology: Methodology, group: str | None, scored: Mapping[str, _Scored]
) -> FrozenMap[str, NodeScore]:
    """Return the nodes of which everything is known already; the others carry no figures.

    A node is known where none of its own leaves is open, and none that is can drop out and change what others receive.
    """
    stand_in = {key: each.leaf if isinstance(each.leaf, Brought) else Brought(NOTHING) for key, each in scored.items()}
    known = _nodes(methodology, tally(methodology, group, stand_in), scored)
    dropping = any(isinstance(each.leaf, Open) and each.leaf.drops for each in scored.values())
    unsettled = dropping and any(each.leaf.redistributed for each in scored.values())
    nodes: dict[str, NodeScore] = {}
    for key, node in known.items():
        below = [leaf.id for leaf in leaves_for([methodology[key]], group)]
        still_open = any(scored[leaf].open for leaf in below)
        if still_open or (unsettled and methodology[key].block is None):
            nodes[key] = evolve(node, status=Status.PROVISIONAL, points=None, max_points=None, awarded=None)
        else:
            nodes[key] = node
    return FrozenMap(nodes)


def _by_origin(methodology: Methodology, nodes: Mapping[str, NodeScore]) -> FrozenMap[str, OriginScore]:
    found: dict[str, OriginScore] = {}
    for key, origin in methodology.origins.items():
        leaves = [leaf for leaf in methodology.leaves if leaf.origin == key and leaf.block is None and leaf.id in nodes]
        applying = [nodes[leaf.id] for leaf in leaves if nodes[leaf.id].points is not None]
        maxima = [node.max_points for node in applying]
        total = origin.max if None in maxima else sum((each or NOTHING for each in maxima), NOTHING)
        points = sum((node.points or NOTHING for node in applying), NOTHING)
        found[key] = OriginScore(points=points, max_points=total)
    return FrozenMap(found)
