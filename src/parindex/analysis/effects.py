"""How much of a change comes from the rules and how much from the data, where a methodology was revised between."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from parindex._batch.many import score_many
from parindex._methodology.tree import variant_for
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex.errors import ParindexError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard


@frozen(kw_only=True)
class Effect:
    """The change of a unit's headline, split.

    The old data are scored under the new methodology and the new data under the old one; what a leaf asks for and the
    other year's data do not hold stands as it is, so that its change counts as one of the rules.

    Attributes:
        rules_first: what the rules changed on the old data, and then the data under the new rules.
        data_first: what the data changed under the old rules, given in the same order: rules, data.
        not_carried: the leaves of the later methodology whose old data could not be read under it.
        not_carried_back: the leaves of the earlier one whose new data could not be read under that.
    """

    rules_first: tuple[Fraction, Fraction]
    data_first: tuple[Fraction, Fraction]
    not_carried: tuple[str, ...] = ()
    not_carried_back: tuple[str, ...] = ()

    @property
    def rules(self) -> Fraction:
        """What the rules changed: the mean of both orders."""
        return (self.rules_first[0] + self.data_first[0]) / 2

    @property
    def data(self) -> Fraction:
        """What the data changed: the mean of both orders."""
        return (self.rules_first[1] + self.data_first[1]) / 2

    @property
    def total(self) -> Fraction:
        """The change of the headline; rules and data together, exactly."""
        return self.rules + self.data


def effects_of(
    cards: Sequence[tuple[Scorecard, Scorecard]],
    leaves: Mapping[str, str],
    boards: tuple[Scoreboard, Scoreboard] | None,
) -> list[Effect | None]:
    """Return the split of every unit; None where the methodology is the same, or a figure is missing on the way.

    *leaves* names the leaves of both methodologies, later first.
    With *boards* the units stand among each other, as relative rules ask.
    """
    if not cards or cards[0][0].methodology.fingerprint == cards[0][1].methodology.fingerprint:
        return [None] * len(cards)
    older, newer = cards[0][0].methodology, cards[0][1].methodology
    if older.headline is not newer.headline:
        return [None] * len(cards)
    back = {old: new for new, old in leaves.items()}
    forward = [_carried(before.assessment, after.assessment, newer, leaves) for before, after in cards]
    backward = [_carried(after.assessment, before.assessment, older, back) for before, after in cards]
    moved = _headlines(newer, [each for each, _ in forward], alone=boards is None)
    undone = _headlines(older, [each for each, _ in backward], alone=boards is None)
    found: list[Effect | None] = []
    for (before, after), (_, lost), (_, lost_back), old_under_new, new_under_old in zip(
        cards, forward, backward, moved, undone, strict=True
    ):
        start, end = before.headline, after.headline
        if start is None or end is None or old_under_new is None or new_under_old is None:
            found.append(None)
            continue
        found.append(
            Effect(
                rules_first=(old_under_new - start, end - old_under_new),
                data_first=(end - new_under_old, new_under_old - start),
                not_carried=lost,
                not_carried_back=lost_back,
            )
        )
    return found


def _carried(
    data: Assessment, other: Assessment, under: Methodology, leaves: Mapping[str, str]
) -> tuple[Assessment, tuple[str, ...]]:
    """Return *data* as an assessment under another methodology, and the leaves for which *other* had to stand in."""
    observed = {}
    lost = []
    for leaf in variant_for(under, other.group).leaves:
        kept = _readable(data, leaf, leaves.get(leaf.id))
        if kept is None:
            lost.append(leaf.id)
            kept = other.observations.get(leaf.id)
        if kept is not None and kept != {}:
            observed[leaf.id] = kept
    return evolve(other, observations=observed, events=(), stage=Stage.FINAL), tuple(lost)


def _readable(data: Assessment, leaf: Criterion, source: str | None) -> Mapping[str, object] | NotApplicable | None:
    """Return what the data say of a leaf, if its rule can read all that it asks for in them."""
    said = None if source is None else data.observations.get(source)
    if isinstance(said, NotApplicable):
        return said if leaf.may_drop else None
    if not said:
        return {} if source is not None and leaf.default is not None else None
    own = {name: value for name, value in said.items() if name in leaf.leaf_rule.input_by_name}
    reading = leaf.leaf_rule.read(own, leaf.max_points)
    return None if reading.missing or reading.faults else own


def _headlines(methodology: Methodology, rows: Sequence[Assessment], *, alone: bool) -> list[Fraction | None]:
    """Return the headline of each row; None where it cannot be scored, and for all where they compare with others."""
    compares = any(leaf.compares for leaf in methodology.leaves)
    if alone and compares:
        return [None] * len(rows)
    try:
        return [card.headline for card in score_many(methodology, rows, partial=True).cards]
    except ParindexError:
        if compares or len(rows) == 1:
            return [None] * len(rows)
        return [_headlines(methodology, [row], alone=True)[0] for row in rows]
