"""Extremes that relative rules compare with, as a value of its own: taken from parts of the units, and joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.rules import Peers
from parindex.errors import Fault, PopulationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._scoring.engine import PeersOf

Key = tuple[str, str | None]
"""A leaf, and the group whose units it compares; None where it compares all."""


@frozen(repr=False)
class Extremes:
    """The least and the greatest value of every relative leaf over some units; made by ``extremes``.

    Those of parts of the units are joined with ``|`` or :meth:`merge`, in any order, and handed to
    ``score_many(..., peers=)``.

    Attributes:
        methodology: the fingerprint of what they were taken for.
        peers: the extremes by leaf and group, the group None where all units are compared; None where a unit has no
            value yet, which leaves every leaf of the rule open.
            Units that a leaf does not apply to take no part.
    """

    methodology: str
    peers: FrozenMap[Key, Peers | None] = field(default=FrozenMap())

    def __repr__(self) -> str:
        return f"<Extremes {len(self.peers)} comparisons>"

    def __or__(self, other: Extremes) -> Extremes:
        """Return the extremes over the units of both.

        Raises:
            PopulationError: if they were taken for different methodologies.
        """
        if self.methodology != other.methodology:
            raise PopulationError("these extremes were taken for different methodologies")
        joined = dict(self.peers)
        for key, peers in other.peers.items():
            joined[key] = _joined(joined[key], peers) if key in joined else peers
        return Extremes(self.methodology, FrozenMap(joined))

    @classmethod
    def merge(cls, many: Iterable[Extremes]) -> Extremes:
        """Return the extremes over the units of all.

        Raises:
            Fault: if there are none.
            PopulationError: if they were taken for different methodologies.
        """
        whole: Extremes | None = None
        for each in many:
            whole = each if whole is None else whole | each
        if whole is None:
            raise Fault("there are no extremes to merge")
        return whole

    def covering(self, own: Extremes) -> PeersOf:
        """Return the extremes for scoring units whose own are *own*.

        Raises:
            PopulationError: if these were taken without those units, or for another methodology.
        """
        if self.methodology != own.methodology:
            raise PopulationError("these extremes were taken for another methodology")
        for (leaf, group), peers in own.peers.items():
            within = "" if group is None else f", group {group!r}"
            if (leaf, group) not in self.peers or not _within(peers, self.peers[leaf, group]):
                message = f"the extremes of criterion {leaf}{within} leave out units to score: take them over all parts"
                raise PopulationError(message)
        return self.peers


def _joined(one: Peers | None, other: Peers | None) -> Peers | None:
    if one is None or other is None:
        return None
    return Peers(min(one.low, other.low), max(one.high, other.high), one.units + other.units)


def _within(own: Peers | None, whole: Peers | None) -> bool:
    """Return whether *own* can be a part of *whole*, in which any value may be missing elsewhere."""
    if own is None or whole is None:
        return whole is None
    return whole.low <= own.low and own.high <= whole.high and own.units <= whole.units
