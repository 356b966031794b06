"""How much of a change comes from the rules and how much from the data, where a methodology was revised between."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from parindex._batch.many import score_many
from parindex._methodology.methodology import Methodology
from parindex._methodology.tree import variant_for
from parindex._scoring.assessment import Assessment, NotApplicable, Stage
from parindex._text import Word
from parindex.errors import ParindexError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Scorecard


class Unsplit(Word):
    """Why no effect of the rules can be told from one of the data though the methodology changed.

    The two publish different figures; one of the two has none; relative rules compare units whose data cannot be read
    under the other methodology, or there is a card alone; the data cannot be scored under the other methodology.
    """

    HEADLINE = "headline"
    NOT_FINAL = "not-final"
    POPULATION = "population"
    DATA = "data"


@frozen(kw_only=True)
class Effect:
    """The change of a unit's headline, split.

    The old data are scored under the new methodology and the new data under the old one; what a leaf asks for and the
    other year's data do not hold stands as it is, so that its change counts as one of the rules.
    A unit that changed its group is scored in the group that it has under each methodology: that counts so too.

    Attributes:
        rules_first: what the rules changed on the old data, and then the data under the new rules.
        data_first: what the data changed under the old rules, given in the same order: rules, data.
        not_carried: the leaves of the later methodology whose old data could not be read under it.
        not_carried_back: the leaves of the earlier one whose new data could not be read under that.
        unsure: the leaves of the later methodology whose data were carried though only their titles suggest that they
            are the same criterion.
    """

    rules_first: tuple[Fraction, Fraction]
    data_first: tuple[Fraction, Fraction]
    not_carried: tuple[str, ...] = ()
    not_carried_back: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

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


@frozen
class Carrying:
    """Which leaves two methodologies have alike, later first, and which of them are so by their titles alone."""

    older: Methodology
    newer: Methodology
    leaves: Mapping[str, str]
    unsure: frozenset[str]

    def back(self) -> Carrying:
        """Return the same from the later to the earlier."""
        unsure = frozenset(self.leaves[new] for new in self.unsure if new in self.leaves)
        return Carrying(self.newer, self.older, {old: new for new, old in self.leaves.items()}, unsure)


def effects_of(
    cards: Sequence[tuple[Scorecard, Scorecard]], carrying: Carrying, boards: tuple[Scoreboard, Scoreboard] | None
) -> list[Effect | Unsplit | None]:
    """Return the split of every unit, or why there is none; None under one methodology.

    With *boards* the units stand among all others of their board, as relative rules ask.
    """
    older, newer = carrying.older, carrying.newer
    if older.fingerprint == newer.fingerprint:
        return [None] * len(cards)
    if older.headline is not newer.headline:
        return [Unsplit.HEADLINE] * len(cards)
    others = ((), ()) if boards is None else (_beside(boards[0], cards, 0), _beside(boards[1], cards, 1))
    forward = [_carried(before, after, carrying) for before, after in cards]
    backward = [_carried(after, before, carrying.back()) for before, after in cards]
    moved = _headlines(newer, [data for data, _, _ in forward], [_alone(each, carrying) for each in others[0]], boards)
    undone = _headlines(
        older, [data for data, _, _ in backward], [_alone(each, carrying.back()) for each in others[1]], boards
    )
    found: list[Effect | Unsplit | None] = []
    for (before, after), (_, lost, unsure), (_, lost_back, _), old_under_new, new_under_old in zip(
        cards, forward, backward, moved, undone, strict=True
    ):
        start, end = before.headline, after.headline
        if start is None or end is None:
            found.append(Unsplit.NOT_FINAL)
        elif isinstance(old_under_new, Unsplit):
            found.append(old_under_new)
        elif isinstance(new_under_old, Unsplit):
            found.append(new_under_old)
        else:
            found.append(
                Effect(
                    rules_first=(old_under_new - start, end - old_under_new),
                    data_first=(end - new_under_old, new_under_old - start),
                    not_carried=lost,
                    not_carried_back=lost_back,
                    unsure=unsure,
                )
            )
    return found


def _beside(board: Scoreboard, cards: Sequence[tuple[Scorecard, Scorecard]], side: int) -> list[Scorecard]:
    """Return the cards of a board that have no partner on the other."""
    known = {pair[side].unit for pair in cards}
    return [card for card in board if card.unit not in known]


def _carried(
    data: Scorecard, other: Scorecard, carrying: Carrying
) -> tuple[Assessment, tuple[str, ...], tuple[str, ...]]:
    """Return the data of a card under the later methodology, the leaves for which *other* stands in, and the unsure."""
    observed, lost, unsure = _read(data, carrying, other.group)
    for leaf in lost:
        kept = other.assessment.observations.get(leaf)
        if kept is not None and kept != {}:
            observed[leaf] = kept
    return evolve(other.assessment, observations=observed, events=(), stage=Stage.FINAL), lost, unsure


def _alone(data: Scorecard, carrying: Carrying) -> Assessment:
    """Return the data of a unit that stands on one side only; what cannot be carried is missing."""
    observed, _, _ = _read(data, carrying, data.group)
    return evolve(data.assessment, observations=observed, events=(), stage=Stage.FINAL)


def _read(
    data: Scorecard, carrying: Carrying, group: str | None
) -> tuple[dict[str, Mapping[str, object] | NotApplicable], tuple[str, ...], tuple[str, ...]]:
    """Return what the data say of the leaves of the later methodology, the leaves that they do not, and the unsure."""
    observed: dict[str, Mapping[str, object] | NotApplicable] = {}
    lost, unsure = [], []
    for leaf in variant_for(carrying.newer, group).leaves:
        source = carrying.leaves.get(leaf.id)
        kept = None if source is None else _readable(data.assessment, leaf, carrying.older[source])
        if kept is None:
            lost.append(leaf.id)
        elif kept != {}:
            observed[leaf.id] = kept
            if leaf.id in carrying.unsure:
                unsure.append(leaf.id)
    return observed, tuple(lost), tuple(unsure)


def _readable(data: Assessment, leaf: Criterion, source: Criterion) -> Mapping[str, object] | NotApplicable | None:
    """Return what the data say of a leaf, if its rule can read all that it asks for in them.

    Points that somebody set out of another maximum say nothing of this one.
    """
    said = data.observations.get(source.id)
    if isinstance(said, NotApplicable):
        return said if leaf.may_drop else None
    if not said:
        return {} if leaf.default is not None else None
    inputs = leaf.leaf_rule.input_by_name
    own = {name: value for name, value in said.items() if name in inputs}
    if leaf.max_points != source.max_points and any(inputs[name].up_to_max for name in own):
        return None
    reading = leaf.leaf_rule.read(own, leaf.max_points)
    return None if reading.missing or reading.faults else own


def _headlines(
    methodology: Methodology,
    rows: Sequence[Assessment],
    others: Sequence[Assessment],
    boards: tuple[Scoreboard, Scoreboard] | None,
) -> list[Fraction | Unsplit]:
    """Return the headline of each row among *others*, or why it has none."""
    compares = any(leaf.compares for leaf in methodology.leaves)
    if compares and boards is None:
        return [Unsplit.POPULATION] * len(rows)
    try:
        cards = score_many(methodology, [*rows, *(others if compares else ())], partial=True).cards
    except ParindexError:
        if compares or len(rows) == 1:
            return [Unsplit.DATA] * len(rows)
        return [_headlines(methodology, [row], (), boards)[0] for row in rows]
    why = Unsplit.POPULATION if compares else Unsplit.DATA
    return [why if card.headline is None else card.headline for card in cards[: len(rows)]]
