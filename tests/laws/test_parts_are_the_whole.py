"""Scoring in parts: with the extremes of all units, the parts of a table have the results of the whole."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

import parindex as pi
import strategies as made

if TYPE_CHECKING:
    from collections.abc import Sequence


@st.composite
def parts(draw: st.DrawFn, units: Sequence[pi.Assessment]) -> list[list[pi.Assessment]]:
    """Return the units dealt to three parts, some of them empty."""
    places = [draw(st.integers(0, 2)) for _ in units]
    return [[unit for unit, own in zip(units, places, strict=True) if own == part] for part in range(3)]


def told(board: pi.Scoreboard) -> dict[str, tuple[Any, ...]]:
    """Return what a board says of each unit, but for its rank, which is among the units of the board."""
    figures = (board.status, board.printed_index, board.grades, board.points(), board.bounds, board.order_keys())
    return dict(zip(board.units, zip(*figures, strict=True), strict=True))


@given(st.data())
def test_parts_scored_among_all_give_the_results_of_the_whole(data: st.DataObject) -> None:
    """Status, printed index, grade, points, bounds and order key of a unit are the same in its part as in the whole.

    Conditions: every rule and policy, either engine, assessments and tables, leaves that do not apply, missing values,
    parts without a unit.
    """
    methodology = data.draw(made.methodologies(kinds=data.draw(st.sampled_from((made.RULE_TYPES, ("relative",))))))
    units = data.draw(made.populations(methodology, most=5))
    engine: Any = data.draw(st.sampled_from(("reference", "batch")))
    by_column, partial = data.draw(st.booleans()), data.draw(st.booleans())
    if partial:
        gone = data.draw(st.sampled_from([leaf.id for leaf in methodology.leaves]))
        units[0] = made.hidden(units[0], [gone])
    dealt = data.draw(parts(units))
    given_ = [pi.ObservationTable.from_assessments(part) if by_column else part for part in dealt]
    each = [pickle.loads(pickle.dumps(pi.extremes(methodology, part))) for part in given_]  # noqa: S301  made here
    whole = pi.Extremes.merge(each)
    assert whole == each[2] | (each[1] | each[0])
    assert whole == pi.extremes(methodology, units)
    expected = told(pi.score_many(methodology, units, engine="reference", partial=partial))
    found: dict[str, tuple[Any, ...]] = {}
    for part in given_:
        found |= told(pi.score_many(methodology, part, engine=engine, partial=partial, peers=whole))
    assert found == expected
