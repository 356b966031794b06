"""The reference engine: the definition of a score.

One unit: each leaf's rule gives points from what was observed, the tree is summed up, blocks are added and taken off,
the printed headline finds its grade.
Many units: the same, after the extremes that relative rules compare with are known.
Every quantity is a ``Fraction``; nothing is rounded but leaf points, where the policy says so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from parindex._frozen import FrozenMap
from parindex._methodology.rules import Peers
from parindex._methodology.tree import leaves_below, variant_for
from parindex._methodology.words import Completeness, Headline, WhenNotApplicable, Within
from parindex._numbers import exact_sum
from parindex._scoring.bounds import Leaf, Open, bounds_of
from parindex._scoring.grades import grade_of
from parindex._scoring.reading import LeafReading, UnitReading, raise_faults, read_unit
from parindex._scoring.results import BlockScore, NodeScore, OriginScore, Scorecard, Status
from parindex._scoring.tally import NOTHING, Brought, Sum, Tally, tally, totals
from parindex.errors import PopulationError, RefusedError

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.rules.inputs import Value
    from parindex._numbers import Rounding
    from parindex._scoring.assessment import Assessment

PeersOf = Mapping[tuple[str, str | None], Peers | None]
"""The extremes by leaf and group, the group None where all are compared; None while a value is missing."""


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
    for read in unit.compared:
        if read.values is not None:
            message = (
                f"criterion {read.criterion.id} compares units: score them together with score_many, not one alone"
            )
            raise PopulationError(message)
    return _card(methodology, unit, {})


def score_cards(
    methodology: Methodology,
    assessments: Iterable[Assessment],
    *,
    partial: bool = False,
    year: int | None = None,
    peers: PeersOf | None = None,
) -> tuple[Scorecard, ...]:
    """Return the cards of several units, in their order; the faults of all of them come together.

    Compared are these units, or those whose extremes are *peers*.
    """
    refuse_unsound(methodology)
    units = [read_unit(methodology, assessment, year) for assessment in assessments]
    raise_faults(units, partial=partial)
    among = compared_peers(units) if peers is None else peers
    return tuple(_card(methodology, unit, among) for unit in units)


def card_among(
    methodology: Methodology, assessment: Assessment, peers: PeersOf, *, year: int | None = None
) -> Scorecard:
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


def compared_peers(units: Sequence[UnitReading]) -> PeersOf:
    """Return the extremes of every relative leaf, over all assessed units that have a value, ranked or not."""
    values: dict[tuple[str, str | None], list[Fraction | None]] = {}
    for unit in units:
        for read in unit.compared:
            seen = None if read.values is None else read.values["value"]
            values.setdefault(_pool(read, unit), []).append(seen)
    peers: dict[tuple[str, str | None], Peers | None] = {}
    for key, pool in values.items():
        known = [value for value in pool if value is not None]
        peers[key] = Peers(min(known), max(known), len(known)) if len(known) == len(pool) else None
    return peers


def _pool(read: LeafReading, unit: UnitReading) -> tuple[str, str | None]:
    within = read.rule.compares_within is Within.GROUP
    return read.criterion.id, unit.assessment.group if within else None


def _card(methodology: Methodology, unit: UnitReading, peers: PeersOf) -> Scorecard:
    group, rounding = unit.assessment.group, methodology.policy.leaf_rounding
    compared = {read.criterion.id: peers.get(_pool(read, unit)) for read in unit.compared}
    leaves = {read.criterion.id: _brought(read, compared.get(read.criterion.id), rounding) for read in unit.leaves}
    card = functools.partial(Scorecard, methodology=methodology, assessment=unit.assessment, year=unit.year)
    brought = {key: leaf for key, leaf in leaves.items() if isinstance(leaf, Brought)}
    if len(brought) < len(leaves):
        nodes = _provisional_nodes(methodology, unit, leaves, compared)
        # What is known of an open leaf may bar it from an end of its interval: its own value among unknown ones, or
        # those of its inputs that are there.
        own_value = any(read.values is not None and read.criterion.id not in brought for read in unit.compared)
        narrower = own_value or any(read.partly for read in unit.leaves)
        bounds = bounds_of(methodology, group, leaves, tight=not narrower)
        return card(status=Status.PROVISIONAL, nodes=nodes, bounds=bounds)
    sums = tally(methodology, group, brought)
    whole = totals(methodology, sums)
    nodes = FrozenMap.late(lambda: _nodes(methodology, unit, sums, brought, compared))
    if whole.points is None:
        return card(status=Status.NOT_APPLICABLE, nodes=nodes)
    headline = whole.index if methodology.headline is Headline.INDEX else whole.points
    graded = grade_of(methodology, unit.assessment, unit.bands, headline, nodes)
    blocks = []
    for block in methodology.blocks:
        earned, counted = whole.blocks[block.id]
        blocks.append(BlockScore(id=block.id, effect=block.effect, points=earned, counted=counted))
    return card(
        status=Status.FINAL,
        points=whole.points,
        max_points=whole.max_points,
        index=whole.index,
        base_points=whole.base_points,
        grade=graded.grade,
        earned_grade=graded.earned,
        nodes=nodes,
        blocks=tuple(blocks),
        by_origin=FrozenMap.late(lambda: _by_origin(methodology, group, nodes)),
    )


def _brought(read: LeafReading, peers: Peers | None, rounding: Rounding | None) -> Leaf:
    """Return the points of a leaf, or what it brings not applying, or that it is still open."""
    leaf = read.criterion
    if read.dropped is not None:
        return _instead(leaf, read.dropped.reason)
    points = read.default_points
    if points is None:
        if read.values is None or (leaf.compares and peers is None):
            return _open(read, rounding)
        points = leaf.leaf_rule.earned(read.values, leaf.max_points, peers)
    if points is None:
        return _instead(leaf, "")
    return Brought(points if rounding is None else rounding.apply(points))


def _instead(leaf: Criterion, reason: str) -> Brought:
    """Return what a leaf that does not apply brings, by its policy."""
    if leaf.block is not None or leaf.not_applicable is WhenNotApplicable.ZERO:
        return Brought(NOTHING, reason=reason)
    if leaf.not_applicable is WhenNotApplicable.FULL:
        return Brought(leaf.max_points, reason=reason)
    return Brought(None, redistributed=leaf.not_applicable is WhenNotApplicable.REDISTRIBUTE, reason=reason)


def _open(read: LeafReading, rounding: Rounding | None) -> Open:
    """Return the interval in which the points of a missing leaf lie."""
    leaf = read.criterion
    ends = leaf.leaf_rule.reach(leaf.max_points)
    low, high = (end if end is None or rounding is None else rounding.apply(end) for end in ends)
    instead = _instead(leaf, "")
    if not read.rule.may_not_apply:
        return Open(low, high)
    if instead.points is None:
        return Open(low, high, drops=True, redistributed=instead.redistributed)
    return Open(low if low is None else min(low, instead.points), high if high is None else max(high, instead.points))


def _nodes(
    methodology: Methodology,
    unit: UnitReading,
    sums: Tally,
    leaves: Mapping[str, Leaf],
    peers: Mapping[str, Peers | None],
) -> dict[str, NodeScore]:
    """Return every node, in the order of the file."""
    readings = {read.criterion.id: read for read in unit.leaves}
    nodes: dict[str, NodeScore] = {}
    for criterion in variant_for(methodology, unit.assessment.group).criteria:
        key = criterion.id
        if criterion.rule is None:
            nodes[key] = _node(key, sums.nodes[key])
        else:
            nodes[key] = _leaf_node(readings[key], leaves[key], sums.nodes[key], peers.get(key))
    return nodes


def _node(key: str, own: Sum) -> NodeScore:
    points, max_points, factor = own
    status = Status.NOT_APPLICABLE if points is None else Status.FINAL
    return NodeScore(id=key, status=status, points=points, max_points=max_points, factor=factor)


def _leaf_node(read: LeafReading, leaf: Leaf, own: Sum, peers: Peers | None) -> NodeScore:
    points, max_points, factor = own
    if isinstance(leaf, Open):
        return NodeScore(id=read.criterion.id, status=Status.PROVISIONAL, factor=factor)
    return NodeScore(
        id=read.criterion.id,
        status=Status.NOT_APPLICABLE if points is None else Status.FINAL,
        points=points,
        max_points=max_points,
        awarded=leaf.points,
        factor=factor,
        observed=None if read.values is None else FrozenMap.late(functools.partial(_exact, read.values)),
        reason=leaf.reason,
        peers=peers,
        defaulted=read.defaulted and leaf.reason is None,
    )


def _exact(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: Fraction(value) if type(value) is int else value for name, value in values.items()}


def _provisional_nodes(
    methodology: Methodology, unit: UnitReading, leaves: Mapping[str, Leaf], peers: Mapping[str, Peers | None]
) -> FrozenMap[str, NodeScore]:
    """Return the nodes of which everything is known already; the others carry no figures.

    A node is known where none of its own leaves is open, and none that is can drop out and change what others receive.
    """
    group = unit.assessment.group
    stand_in = {key: leaf if isinstance(leaf, Brought) else Brought(NOTHING) for key, leaf in leaves.items()}
    known = _nodes(methodology, unit, tally(methodology, group, stand_in), leaves, peers)
    dropping = any(isinstance(leaf, Open) and leaf.drops for leaf in leaves.values())
    unsettled = dropping and any(leaf.redistributed for leaf in leaves.values())
    nodes: dict[str, NodeScore] = {}
    for criterion in variant_for(methodology, group).criteria:
        node = known[criterion.id]
        still_open = any(isinstance(leaves[leaf.id], Open) for leaf in leaves_below(criterion))
        if still_open or (unsettled and criterion.block is None):
            awarded = None if still_open else node.awarded
            node = evolve(node, status=Status.PROVISIONAL, points=None, max_points=None, awarded=awarded)
        nodes[criterion.id] = node
    return FrozenMap(nodes)


def _by_origin(methodology: Methodology, group: str | None, nodes: Mapping[str, NodeScore]) -> dict[str, OriginScore]:
    leaves = variant_for(methodology, group).by_origin
    found: dict[str, OriginScore] = {}
    for key, origin in methodology.origins.items():
        applying = [node for leaf in leaves.get(key, ()) if (node := nodes[leaf]).points is not None]
        maxima = [node.max_points for node in applying if node.max_points is not None]
        found[key] = OriginScore(
            points=exact_sum([node.points for node in applying if node.points is not None]),
            max_points=exact_sum(maxima) if len(maxima) == len(applying) else origin.max,
        )
    return found
