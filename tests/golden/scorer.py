"""Scores of units by any edition: the tree, what does not apply, blocks, index, grades and ranks.

Only cards on which nothing is missing are known here, at a stage where everything is asked for.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from rulebook import Missing, points
from whole import HUNDRED, ZERO, Ratio, below, greatest, least, minus, over, plus, read, rounded, times, total


class Unit(NamedTuple):
    """What was observed of one unit; None for a leaf is not applicable."""

    name: str
    observed: dict[str, dict[str, str] | None]
    group: str | None = None
    year: int | None = None
    events: tuple[str, ...] = ()
    ranked: bool = True


class Score(NamedTuple):
    """Points and applied maximum of a node, None where it is unknown."""

    points: Ratio
    most: Ratio | None
    applies: bool
    """Whether some leaf of it does concern the unit."""


class Edition:
    """An edition as its file states it; decimal numbers are texts."""

    def __init__(self, file: dict[str, Any]) -> None:
        self.file = file
        self.policy: dict[str, Any] = file.get("policy", {})
        self.printing: dict[str, str | int] = self.policy.get("print_rounding", {})
        self.criteria: dict[str, dict[str, Any]] = {each["id"]: each for each in self.file.get("criterion", [])}
        self.total: Ratio | None = None if self.file["total"] == "unknown" else read(self.file["total"])
        by_points = self.policy.get("headline", "index") == "points"
        self.headline = "points" if by_points or self.total is None else "index"
        self.below: dict[str, list[str]] = {key: [] for key in ("", *self.criteria)}
        for key in self.criteria:
            self.below[self.parent(key)].append(key)

    def parent(self, key: str) -> str:
        """Return the parent of a criterion, empty for a root."""
        stated: str = self.criteria[key].get("parent", key.rpartition(".")[0])
        return stated

    def inherited(self, key: str, name: str) -> Any:
        """Return what the nearest of a criterion and those above it states."""
        while key:
            if name in self.criteria[key]:
                return self.criteria[key][name]
            key = self.parent(key)
        return None

    def exists(self, key: str, group: str | None) -> bool:
        """Return whether a criterion exists for units of a group."""
        while key:
            if group not in self.criteria[key].get("applies_to", [group]):
                return False
            key = self.parent(key)
        return True

    def children(self, key: str, group: str | None) -> list[str]:
        """Return what is directly below a criterion, or the roots, for units of a group."""
        return [each for each in self.below[key] if self.exists(each, group)]

    def leaves(self) -> list[str]:
        """Return the criteria without others below them."""
        return [key for key in self.criteria if not self.below[key]]

    def rule(self, key: str) -> dict[str, Any]:
        """Return the rule of a leaf; an outline may leave it out."""
        rule: dict[str, Any] = self.criteria[key].get("rule", {"type": "given"})
        return rule

    def stated(self, key: str) -> Ratio | None:
        """Return the maximum that a criterion states, or that weights give it; None for an unknown one or none."""
        criterion = self.criteria[key]
        if "weight" in criterion:
            parent = self.parent(key)
            whole = self.stated(parent) if parent else self.total
            assert whole is not None
            weights = [read(self.criteria[each]["weight"]) for each in self.below[parent]]
            return over(times(whole, read(criterion["weight"])), total(weights))
        return None if criterion.get("max", "unknown") == "unknown" else read(criterion["max"])

    def bands(self, group: str | None, year: int | None) -> list[dict[str, Any]]:
        """Return the grades that count for a unit: for each key the one that names most, the group before the year."""
        chosen: dict[str, dict[str, Any]] = {}
        for band in self.file.get("grade", []):
            if group in band.get("groups", [group]) and year in band.get("years", [year]):
                held = chosen.get(band["key"])
                if held is None or ("groups" in band, "years" in band) > ("groups" in held, "years" in held):
                    chosen[band["key"]] = band
        return list(chosen.values())


class Card:
    """The scores of one unit."""

    def __init__(self, edition: Edition, unit: Unit, peers: dict[str, list[Ratio]]) -> None:
        self.edition, self.unit, self.peers = edition, unit, peers
        self.nodes: dict[str, Score | None] = {}
        self.marks: set[str] = set()
        """What was special about the unit, in words, so that those can be picked who show it."""
        self.base = self.settle_base()
        added = self.blocks()
        self.index = self.points = None
        if self.base is not None:
            self.points = plus(self.base.points, added)
            if edition.total is not None:
                assert self.base.most is not None
                index = plus(
                    over(times(HUNDRED, self.base.points), self.base.most),
                    over(times(HUNDRED, added), edition.total),
                )
                capped = least(index, read(edition.policy["index_cap"])) if "index_cap" in edition.policy else index
                if capped != index:
                    self.marks.add("cap of the index")
                self.index = greatest(ZERO, capped)

    def leaf(self, key: str) -> tuple[Score | None, Ratio]:
        """Return the score of a leaf, None if it is left out, and its maximum if others are to share that."""
        edition = self.edition
        rule, most = edition.rule(key), edition.stated(key)
        in_block = edition.inherited(key, "block") is not None
        default = edition.criteria[key].get("default")
        inputs = self.unit.observed.get(key, {})
        if inputs is None:
            got = None
        elif in_block and default is not None and not any(inputs.values()):
            self.marks.add("default")
            stated = {name: str(value) for name, value in default.items()} if isinstance(default, dict) else {}
            got = points(rule, most, stated) if stated else read(default)
        else:
            try:
                got = points(rule, most, inputs, self.peers.get(key))
            except Missing as missing:
                raise Missing(self.unit.name, key, *missing.args) from None
        if got is not None:
            if "leaf_rounding" in edition.policy:
                got = rounded(got, edition.policy["leaf_rounding"])
            return Score(got, most, applies=True), ZERO
        choice = edition.criteria[key].get("not_applicable", edition.policy.get("not_applicable", "exclude"))
        self.marks.add(f"{'block item' if in_block else choice}, {'stated' if inputs is None else 'by its rule'}")
        if in_block or choice == "zero":
            return Score(ZERO, most, applies=False), ZERO
        assert most is not None
        if choice == "full":
            return Score(most, most, applies=False), ZERO
        return None, most if choice == "redistribute" else ZERO

    def settle(self, key: str) -> Ratio:
        """Score a criterion and all below it; return the maximum that rises from it to be shared elsewhere."""
        if self.edition.below[key]:
            below_it = self.edition.children(key, self.unit.group)
            self.nodes[key], risen = self.joined(below_it, self.edition.stated(key))
        else:
            self.nodes[key], risen = self.leaf(key)
        return risen

    def joined(self, kids: list[str], stated: Ratio | None) -> tuple[Score | None, Ratio]:
        """Return the sum of siblings, and what none of them could take over."""
        risen = total([self.settle(kid) for kid in kids])
        live = [score for score in map(self.nodes.get, kids) if score is not None]
        if not live:
            return None, risen
        most = (
            stated if any(score.most is None for score in live) else total([score.most for score in live if score.most])
        )
        if risen != ZERO:
            assert most is not None
            grown = over(plus(most, risen), most)
            for kid in kids:
                self.grow(kid, grown)
            most = plus(most, risen)
        got = [score.points for score in map(self.nodes.get, kids) if score is not None]
        return Score(total(got), most, any(score.applies for score in live)), ZERO

    def grow(self, key: str, factor: Ratio) -> None:
        """Multiply points and maxima of a criterion and of all below it."""
        score = self.nodes.get(key)
        if score is not None:
            assert score.most is not None
            self.nodes[key] = Score(times(score.points, factor), times(score.most, factor), score.applies)
        for kid in self.edition.children(key, self.unit.group):
            self.grow(kid, factor)

    def settle_base(self) -> Score | None:
        """Return the whole without the blocks; None if nothing of it applies."""
        roots = self.edition.children("", self.unit.group)
        base, _ = self.joined([key for key in roots if "block" not in self.edition.criteria[key]], self.edition.total)
        return base

    def blocks(self) -> Ratio:
        """Return what all blocks together bring, each held by its cap."""
        brought = ZERO
        for block in self.edition.file.get("block", []):
            roots = self.edition.children("", self.unit.group)
            items = [key for key in roots if self.edition.criteria[key].get("block") == block["id"]]
            score, _ = self.joined(items, None)
            got = ZERO if score is None else score.points
            if got != ZERO:
                self.marks.add(block["id"])
            if "cap" in block and below(read(block["cap"]), got):
                self.marks.add(f"cap of {block['id']}")
                got = read(block["cap"])
            brought = plus(brought, got) if block["effect"] == "add" else minus(brought, got)
        return brought

    @property
    def placed(self) -> bool:
        """Return whether the unit takes part in rankings."""
        return self.unit.ranked and self.base is not None

    @property
    def headline(self) -> Ratio | None:
        """Return the figure that is published, graded and ranked."""
        return self.points if self.edition.headline == "points" else self.index

    def at_zero(self) -> bool:
        """Return whether a criterion of the second level, or a leaf above it, applies and has nothing."""
        for root in self.edition.below[""]:
            for key in self.edition.children(root, self.unit.group) or [root]:
                score = self.nodes.get(key)
                if "block" not in self.edition.criteria[root] and score and score.applies and score.points == ZERO:
                    return True
        return False

    def grade(self) -> str | None:
        """Return the key of the grade, "none" if no band is met, None if there are no grades."""
        bands = self.edition.bands(self.unit.group, self.unit.year)
        if not bands or self.headline is None:
            return None
        keys: list[str] = [band["key"] for band in bands]
        figure = rounded(self.headline, self.edition.printing)
        met = [
            place
            for place, band in enumerate(bands)
            if not below(figure, read(band["from"])) and not (band.get("requires") and self.at_zero())
        ]
        if not met:
            return "none"
        limits = {event["key"]: event.get("grade_at_most") for event in self.edition.file.get("event", [])}
        held = [keys.index(limits[event]) for event in self.unit.events if limits[event] in keys]
        return keys[max([met[0], *held])]

    def node_index(self, key: str) -> Ratio | None:
        """Return the component index of a node, None where its maximum is unknown."""
        score = self.nodes.get(key)
        return over(times(HUNDRED, score.points), score.most) if score and score.most and score.most != ZERO else None

    def node_figure(self, key: str) -> Ratio | None:
        """Return what a node is ranked on."""
        score = self.nodes.get(key)
        return score.points if score and score.most is None else self.node_index(key)


def ranks(edition: Edition, cards: list[Card], figures: list[Ratio | None]) -> list[int | None]:
    """Return for each unit its place among those that are ranked and have a figure, None for the others."""
    if edition.policy.get("ranked_value") == "printed":
        figures = [figure and rounded(figure, edition.printing) for figure in figures]
    places: list[int | None] = []
    for card, own in zip(cards, figures, strict=True):
        if own is None or not card.placed:
            places.append(None)
            continue
        better = [
            figure
            for other, figure in zip(cards, figures, strict=True)
            if figure is not None
            and other.placed
            and (edition.policy.get("ranked_within") != "group" or other.unit.group == card.unit.group)
            and below(own, figure)
        ]
        places.append(1 + len(set(better) if edition.policy.get("ties") == "dense" else better))
    return places


def peers(edition: Edition, units: list[Unit], unit: Unit) -> dict[str, list[Ratio]]:
    """Return for each relative leaf the values that a unit is compared with."""
    compared = {}
    for key in edition.leaves():
        rule = edition.rule(key)
        if rule["type"] == "relative":
            compared[key] = [
                read(inputs["value"])
                for other in units
                if edition.exists(key, other.group)
                and (inputs := other.observed.get(key))
                and (rule.get("within") != "group" or other.group == unit.group)
            ]
    return compared


def score(edition: Edition, units: list[Unit]) -> list[Card]:
    """Return the cards of units that are scored together."""
    return [Card(edition, unit, peers(edition, units, unit)) for unit in units]
