"""What changed from one result to another: points, component indices and ranks of every node, unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, overload

from attrs import frozen

from parindex._frozen import FrozenMap
from parindex._methodology.differing.matching import matched
from parindex._methodology.methodology import Methodology
from parindex._scoring.board import Scoreboard
from parindex._scoring.results import Scorecard
from parindex._unit_names import paired
from parindex.analysis.changes import BoardChange, Merged, NodeChange, UnitChange, ranks_part
from parindex.analysis.effects import Carrying, Effect, Unsplit, effects_of
from parindex.errors import Fault

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion


@overload
def compare(before: Scorecard, after: Scorecard) -> UnitChange: ...
@overload
def compare(before: Scoreboard, after: Scoreboard, *, crosswalk: Mapping[str, str] | None = None) -> BoardChange: ...
def compare(
    before: Scorecard | Scoreboard, after: Scorecard | Scoreboard, *, crosswalk: Mapping[str, str] | None = None
) -> UnitChange | BoardChange:
    """Return what changed between two cards, or between two boards unit by unit.

    The two may stand for two years, for the stages of one year, or for two methodologies.
    Where the methodologies differ, criteria are matched as :func:`diff` does, and the change of the headline is split
    into the effect of the rules and that of the data; see :class:`Effect`.

    Args:
        before: a card or a board.
        after: another of the same kind.
        crosswalk: of boards, for units that were renamed or merged what they have become.

    Raises:
        ObservationFaults: for a crosswalk that names units which are not there, or one of them twice.
        Fault: for a card beside a board, and a crosswalk beside cards.
    """
    if isinstance(before, Scoreboard) and isinstance(after, Scoreboard):
        return _boards(before, after, crosswalk)
    if isinstance(before, Scorecard) and isinstance(after, Scorecard):
        if crosswalk is not None:
            raise Fault("a crosswalk says which unit of one board is which of another, and here are two cards")
        partners = _Partners.of(before.methodology, after.methodology)
        split = effects_of([(before, after)], partners.carrying, None)[0]
        nodes = FrozenMap(partners.changes(before, after, {}, {}))
        return UnitChange(
            unit=after.unit, before_unit=before.unit, before=before, after=after, nodes=nodes, **_split(split)
        )
    raise Fault("a card is compared with a card, and a board with a board")


def _boards(before: Scoreboard, after: Scoreboard, crosswalk: Mapping[str, str] | None) -> BoardChange:
    pairs = paired(before.units, after.units, crosswalk)
    partners = _Partners.of(before.methodology, after.methodology)
    earlier, later = _Ranks(before), _Ranks(after)
    cards = [(before.card(old), after.card(new)) for new, old in pairs.same.items()]
    effects = effects_of(cards, partners.carrying, (before, after))
    units = {}
    for (old, new), split in zip(cards, effects, strict=True):
        ranks = earlier.of(old.unit), later.of(new.unit)
        units[new.unit] = UnitChange(
            unit=new.unit,
            before_unit=old.unit,
            before=old,
            after=new,
            rank_before=ranks[0].get(None, 0),
            rank_after=ranks[1].get(None, 0),
            nodes=FrozenMap(partners.changes(old, new, *ranks)),
            **_split(split),
        )
    merged = tuple(
        Merged(unit=new, before=tuple(before.card(old) for old in olds), after=after.card(new))
        for new, olds in pairs.merged.items()
    )
    return BoardChange(
        before=before,
        after=after,
        units=FrozenMap(units),
        merged=merged,
        spelled=pairs.spelled,
        unsure=pairs.unsure,
        appeared=pairs.appeared,
        vanished=pairs.vanished,
    )


def _split(split: Effect | Unsplit | None) -> dict[str, Any]:
    return {"unsplit": split} if isinstance(split, Unsplit) else {"effect": split}


class _Ranks:
    """The ranks of all nodes of a board, by unit."""

    def __init__(self, board: Scoreboard) -> None:
        self._places = {unit: place for place, unit in enumerate(board.units)}
        ids: list[str | None] = [None, *(each.id for each in board.methodology.criteria)]
        self._ranks = {each: board.rank_list(each) for each in ids}

    def of(self, unit: str) -> dict[str | None, int]:
        """Return the ranks of one unit; None stands for the whole."""
        place = self._places[unit]
        return {each: ranks[place] for each, ranks in self._ranks.items()}


@frozen
class _Partners:
    """Which node of the later methodology is which of the earlier one."""

    before: Methodology
    after: Methodology
    names: Mapping[str, str]
    unsure: frozenset[str]

    @classmethod
    def of(cls, before: Methodology, after: Methodology) -> _Partners:
        if before.fingerprint == after.fingerprint:
            return cls(before, after, {each.id: each.id for each in after.criteria}, frozenset())
        _, new = matched(before, after)
        return cls(before, after, dict(new.partner), frozenset(new.unsure))

    @property
    def carrying(self) -> Carrying:
        """The leaves of both."""
        pairs = ((new, old) for new, old in self.names.items())
        leaves = {new: old for new, old in pairs if _is_leaf(self.after[new]) and _is_leaf(self.before[old])}
        return Carrying(self.before, self.after, leaves, self.unsure)

    def changes(
        self, before: Scorecard, after: Scorecard, earlier: Mapping[str | None, int], later: Mapping[str | None, int]
    ) -> dict[str, NodeChange]:
        """Return the change of every node of a unit."""
        found: dict[str, NodeChange] = {}
        regrouped = ranks_part(before, after)
        for key, node in after.nodes.items():
            old = self.names.get(key)
            known = before.nodes.get(old) if old is not None else None
            found[key] = NodeChange(
                id=key,
                before_id=old if known is not None else None,
                before=known,
                after=node,
                rank_before=earlier.get(old, 0) if old is not None else 0,
                rank_after=later.get(key, 0),
                sure=key not in self.unsure,
                taken_off=self.after.takes_off(key),
                regrouped=regrouped,
            )
        told = {each.before_id for each in found.values()}
        for key, node in before.nodes.items():
            if key not in told:
                name = key if key not in found else f"{key} ({self.before.edition})"
                rank = earlier.get(key, 0)
                gone = self.before.takes_off(key)
                found[name] = NodeChange(
                    id=None, before_id=key, before=node, after=None, rank_before=rank, taken_off=gone
                )
        return found


def _is_leaf(criterion: Criterion) -> bool:
    return criterion.rule is not None
