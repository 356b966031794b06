"""Laws of robustness: counts are those of the draws one by one, and possible ranks those of every completion."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from hypothesis import assume, event, given
from hypothesis import strategies as st

import parindex as pi
import strategies as made
from parindex._scoring.ranking import rank_exact
from parindex.analysis import DrawnWeights, ErrorOf, possible_ranks, robustness
from parindex.analysis.alternatives import left_out
from parindex.analysis.simulation.counting import Run, Weighed
from parindex.analysis.simulation.drawing import ERRORS, WEIGHTS, Stream, errors, weights
from parindex.analysis.weighed import pools

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DRAWS = 5


def ranks_of(board: pi.Scoreboard, figures: Mapping[int, Fraction]) -> dict[int, int]:
    """Return the ranks of exact figures of ranked units by position, as the policy has them."""
    policy = board.methodology.policy
    found: dict[int, int] = {}
    for pool in pools(board):
        values = [figures[each] for each in pool]
        if policy.ranked_value == "printed":
            values = [policy.print_rounding.apply(each) for each in values]
        found.update(zip(pool, rank_exact(values, policy.ties), strict=True))
    return found


def held(board: pi.Scoreboard, value: Fraction) -> Fraction:
    cap = board.methodology.policy.index_cap
    return max(Fraction(0), value if cap is None else min(cap, value))


def net(card: pi.Scorecard) -> Fraction:
    return sum((each.counted if each.effect == "add" else -each.counted for each in card.blocks), Fraction(0))


def factors(drawn: DrawnWeights, nodes: Sequence[pi.Criterion], row: Sequence[int]) -> list[Fraction]:
    """Return by what each drawn weight multiplies the stated maximum."""
    if drawn.within is not None:
        return [Fraction(each, row[-1]) for each in row[:-1]]
    maxima = [each.max_points or Fraction(0) for each in nodes]
    return [Fraction(each, row[-1]) * sum(maxima) / most for each, most in zip(row, maxima, strict=False)]


def weighed(board: pi.Scoreboard, card: pi.Scorecard, by: Mapping[str, Fraction]) -> Fraction:
    """Return the figure of a card whose nodes are multiplied, as the documentation of DrawnWeights says it."""
    assert card.base_points is not None
    assert card.max_points is not None
    points, most = card.base_points, card.max_points
    for key, factor in by.items():
        node = card.nodes.get(key)
        if node is not None and node.points is not None and node.max_points is not None:
            points += (factor - 1) * node.points
            most += (factor - 1) * node.max_points
    total = Fraction(board.methodology.total)
    if board.methodology.headline == "index":
        return held(board, 100 * points / most + 100 * net(card) / total)
    stated = sum((root.max_points or Fraction(0) for root in board.methodology.roots), Fraction(0))
    drawn = sum(((factor - 1) * (board.methodology[key].max_points or 0) for key, factor in by.items()), Fraction(0))
    return points * stated / (stated + drawn) + net(card)


@st.composite
def drawn_weights(draw: st.DrawFn, methodology: pi.Methodology) -> DrawnWeights:
    level = draw(st.integers(1, 3))
    nodes = draw(st.sampled_from(((), (draw(st.sampled_from([each.id for each in methodology.roots])),))))
    if draw(st.booleans()):
        return DrawnWeights.uniform(draw(st.sampled_from(("10%", "0%", "100%", "12.5%"))), level=level, nodes=nodes)
    return DrawnWeights.dirichlet(draw(st.integers(1, 3)), level=level, nodes=nodes)


@given(st.data())
def test_counts_are_those_of_each_draw_by_itself(data: st.DataObject) -> None:
    """What is counted is what fractions give for the same drawn whole numbers, draw by draw, and pairs of units too.

    Conditions: every policy; nodes of every level, or one alone; units that do not have them; both kinds of draws.
    """
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=6)))
    drawn = data.draw(drawn_weights(methodology))
    seed = data.draw(st.integers(0, 9))
    found = robustness(board, weights=drawn, draws=DRAWS, seed=seed, at_most=(1, 2)).weights
    assert found is not None
    nodes = drawn.chosen(methodology)
    ranked = [each for pool in pools(board) for each in pool]
    seen: dict[int, list[int]] = {each: [] for each in ranked}
    for row in weights(drawn, len(nodes), Stream(seed, WEIGHTS, 0), DRAWS).tolist():
        by = dict(zip([each.id for each in nodes], factors(drawn, nodes, row), strict=True))
        ranks = ranks_of(board, {each: weighed(board, board.cards[each], by) for each in ranked})
        for each, rank in ranks.items():
            seen[each].append(rank)
    assert len(found.units) == len(ranked)
    for position, had in seen.items():
        unit = found[board.units[position]]
        assert unit.histogram is not None
        assert sum(unit.histogram) == DRAWS
        assert [unit.histogram[rank - 1] for rank in had] == [had.count(rank) for rank in had]
        assert (unit.total, unit.squares) == (sum(had), sum(rank**2 for rank in had))
        assert (unit.least, unit.greatest) == (min(had), max(had))
        assert unit.at_most == {most: sum(rank <= most for rank in had) for most in (1, 2)}
    for pool in pools(board):
        for one, other in pairwise(pool):
            beaten = found.beats(board.units[one], board.units[other])
            pairs = list(zip(seen[one], seen[other], strict=True))
            assert beaten == (sum(a < b for a, b in pairs), sum(a == b for a, b in pairs), sum(a > b for a, b in pairs))
    kinds = {type(pool.orderer).__name__ for pool in Weighed.of(board, drawn, pools(board)).pools}
    event(f"{sorted(kinds)}")


@given(st.data())
def test_nothing_drawn_gives_the_plain_ranks(data: st.DataObject) -> None:
    """Weights within 0 %, and errors of 0 points, leave every unit its rank in every draw."""
    methodology = data.draw(made.methodologies())
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=6)))
    wrong = [ErrorOf.leaf(leaf.id, 0) for leaf in methodology.leaves[:2]]
    drawn = DrawnWeights.uniform("0%", level=data.draw(st.integers(1, 3)))
    found = robustness(board, weights=drawn, errors=wrong, draws=3)
    for counted in (found.weights, found.errors):
        assert counted is not None
        plain = {unit: rank for unit, rank in zip(board.units, board.rank_list(), strict=True) if rank}
        assert {unit.unit: unit.rank for unit in counted} == plain
        assert all(unit.least == unit.greatest == unit.rank for unit in counted)


@given(st.data())
def test_errors_are_those_of_each_draw_by_itself(data: st.DataObject) -> None:
    """Counts under errors are what fractions give for the same drawn numbers, each card summed up anew by hand.

    Conditions: leaves without redistribution, since what it multiplies is held against boards elsewhere.
    """
    methodology = data.draw(made.methodologies(policies=("exclude", "full", "zero"), leaf_rounding=False))
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=5)))
    leaves = data.draw(st.lists(st.sampled_from([leaf.id for leaf in methodology.leaves]), min_size=1, unique=True))
    size = data.draw(st.sampled_from((Fraction(1, 2), Fraction(5), Fraction(1, 3))))
    found = robustness(board, weights=None, errors=[ErrorOf.leaf(each, size) for each in leaves], draws=DRAWS).errors
    assert found is not None
    ranked = sorted(each for pool in pools(board) for each in pool)
    assume(ranked)
    raw = errors(Stream(0, ERRORS, 0), DRAWS, len(ranked) * len(leaves)).reshape(DRAWS, len(ranked), len(leaves))
    seen: dict[int, list[int]] = {each: [] for each in ranked}
    for rows in raw.tolist():
        figures = {}
        for position, odd in zip(ranked, rows, strict=True):
            moved = {key: size * number / 4096 for key, number in zip(leaves, odd, strict=True)}
            figures[position] = erred(board, board.cards[position], moved)
        for each, rank in ranks_of(board, figures).items():
            seen[each].append(rank)
    for position, ranks in seen.items():
        unit = found[board.units[position]]
        assert (unit.total, unit.least, unit.greatest) == (sum(ranks), min(ranks), max(ranks))


def erred(board: pi.Scoreboard, card: pi.Scorecard, moved: Mapping[str, Fraction]) -> Fraction:
    assert card.base_points is not None
    assert card.max_points is not None
    base = card.base_points
    items = {each.id: each.points for each in card.blocks}
    for key, error in moved.items():
        node, leaf = card.nodes.get(key), board.methodology[key]
        if node is None or node.points is None or node.reason is not None:
            continue
        assert leaf.max_points is not None
        own = node.points
        change = max(min(0, own), min(max(own, leaf.max_points), own + error)) - own
        if leaf.block is None:
            base += change
        else:
            items[leaf.block] += change
    outside = Fraction(0)
    for block in board.methodology.blocks:
        counted = items[block.id] if block.cap is None else min(block.cap, items[block.id])
        outside += counted if block.effect == "add" else -counted
    if board.methodology.headline == "points":
        return base + outside
    return held(board, 100 * base / card.max_points + 100 * outside / Fraction(board.methodology.total))


@given(st.data())
def test_counts_do_not_depend_on_how_the_work_is_shared_out(data: st.DataObject) -> None:
    """The counts of a seed are the same for any number of workers and of figures at a time, in full or summed up."""
    methodology = data.draw(made.methodologies(blocks=False))
    board = pi.score_many(methodology, data.draw(made.populations(methodology, least=2, most=6)))
    drawn = data.draw(drawn_weights(methodology))
    draws = data.draw(st.sampled_from((1, 1024, 1030, 9000)))
    source = Weighed.of(board, drawn, pools(board))
    plain = Run(source=source, draws=draws, seed=3, at_most=(1, 2)).counts()
    assert Run(source=source, draws=draws, seed=3, at_most=(1, 2), cells=700).counts(workers=3) == plain
    short = Run(source=source, draws=draws, seed=3, at_most=(1, 2), full=0, cells=700).counts(workers=2)
    assert short == {unit: attrs.evolve(each, histogram=None) for unit, each in plain.items()}


def spots(printed: int, policy: pi.Policy, *, index: bool) -> list[Fraction]:
    """Return figures that are printed so, among them the ends that are, and more inside than there are units."""
    cap = policy.index_cap
    halves = [Fraction(printed) + Fraction(step, 8) for step in range(-8, 9)]
    edge = [] if cap is None else [cap * 10**policy.print_rounding.digits]
    near = [each - Fraction(step, 1000) for each in edge for step in range(5)]
    unit = Fraction(1, 10**policy.print_rounding.digits)
    found = {each * unit for each in (*halves, *near)}
    if index:
        found = {each for each in found if each >= 0 and (cap is None or each <= cap)}
    return sorted(each for each in found if policy.print_rounding.scaled(each) == printed)


@given(st.data())
def test_possible_ranks_are_those_of_every_completion(data: st.DataObject) -> None:
    """Both ends of every interval are the ranks of some completion, and no completion has ranks beyond them."""
    methodology = data.draw(made.methodologies(leaf_rounding=False))
    digits = data.draw(st.integers(0, 1))
    rounding = {"digits": digits, "mode": data.draw(st.sampled_from(made.MODES))}
    methodology = methodology.with_changes(policy={"print_rounding": rounding})
    board = pi.score_many(methodology, data.draw(made.populations(methodology, most=4)))
    found = possible_ranks(board)
    policy, index = methodology.policy, methodology.headline == "index"
    ranked = [each for pool in pools(board) for each in pool]
    headlines = board.compared()
    choices = []
    for each in ranked:
        value = headlines[each]
        assert value is not None
        inside = spots(policy.print_rounding.scaled(value), policy, index=index)
        assert inside
        choices.append([*inside[:2], *inside[-2:]] if len(inside) > 4 else inside)
    seen: dict[int, set[int]] = {each: set() for each in ranked}
    for completion in product(*choices):
        for each, rank in ranks_of(board, dict(zip(ranked, completion, strict=True))).items():
            seen[each].add(rank)
    told = {board.units[each]: (min(ranks), max(ranks)) for each, ranks in seen.items()}
    assert {each.unit: (each.least, each.greatest) for each in found.values()} == told
    assert {each.unit: each.rank for each in found.values()} == {
        board.units[each]: board.rank_list()[each] for each in ranked
    }


@given(st.data())
def test_leaving_out_is_scoring_without(data: st.DataObject) -> None:
    """The ranks without a node are those of the same units when all its leaves are excluded as not applicable.

    Conditions: base nodes; leaves whose policy can be changed; ranks on exact and printed figures.
    """
    methodology = data.draw(made.methodologies(kinds=made.ALONE, leaf_rounding=False))
    units = data.draw(made.populations(methodology, most=4))
    board = pi.score_many(methodology, units)
    node = data.draw(st.sampled_from([each for each in methodology.criteria if each.block is None]))
    below = [leaf.id for leaf in methodology.leaves if leaf.id == node.id or leaf.id.startswith(f"{node.id}.")]
    without = methodology.with_changes({each: {"not_applicable": "exclude"} for each in below})
    again = []
    for unit in units:
        gone: dict[str, Any] = {each: pi.NotApplicable("") for each in below if each in board.card(unit.unit)}
        again.append(attrs.evolve(unit, observations={**unit.observations, **gone}))
    other = pi.score_many(without, again).rank_list()
    found = left_out(board, [node])
    assert found.under(node.id) == {
        unit: rank for unit, rank, own in zip(board.units, other, board.rank_list(), strict=True) if own
    }


def test_the_numbers_of_a_seed_are_these() -> None:
    """Draws are made of the raw numbers of Philox, so that they are the same wherever NumPy keeps its promise."""
    drawn = weights(DrawnWeights.uniform("10%"), 2, Stream(7, WEIGHTS, 1), 3)
    raw = np.random.Philox(key=7, counter=[0, 0, 0, 1]).random_raw(6).reshape(3, 2)
    assert drawn[:, 2].tolist() == [10 * 4096] * 3
    steps = [[9 * 4096 + 1 + 2 * (int(each) >> 52) for each in row] for row in raw]
    assert drawn[:, :2].tolist() == steps
