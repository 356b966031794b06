"""Which criterion of one methodology is which of the other, and how sure that is.

Titles decide before ids, since numbers move: a title that each side has once is the same criterion wherever it stands.
Every step treats both sides alike and pairs all that it finds at once, so the result does not depend on which is old.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from parindex._methodology.differing.titles import Title, common_words
from parindex._methodology.methodology import Methodology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALIKE: Final = Fraction(2, 3)
"""Words that titles share to be taken for the same; below it, and under one id, they may be."""
_SOMEWHAT: Final = Fraction(1, 3)
_FAINTLY: Final = Fraction(1, 5)
_ELSEWHERE: Final = Fraction(4, 5)
"""Words that titles share to be taken for the same below different criteria."""
_MOST_COMPARED: Final = 100_000
"""So many pairs of titles are compared in search of near ones; more of them are no revision of one decision."""


@frozen(eq=False)
class Side:
    """The criteria of one methodology, and which of them the other side has."""

    methodology: Methodology
    titles: dict[str, Title] = field(init=False)
    partner: dict[str, str] = field(init=False, factory=dict)
    unsure: set[str] = field(init=False, factory=set)
    """The ids that are paired, or not paired, without certainty."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "titles", {each.id: Title.of(each.title) for each in self.methodology.criteria})

    def children(self, parent: str | None) -> list[str]:
        """Return the criteria below *parent*, the top level for None, in the order of the file."""
        if parent is not None:
            return [each.id for each in self.methodology[parent].children]
        return [each.id for each in self.methodology.criteria if each.parent is None]

    def parent(self, criterion_id: str) -> str | None:
        """Return the id of the criterion above, None for the top level."""
        return self.methodology[criterion_id].parent

    def step(self, criterion_id: str) -> str:
        """Return what an id adds to its parent's, ".2" of "1.2"; the whole id where it does not begin with that."""
        parent = self.parent(criterion_id)
        below = parent is not None and criterion_id.startswith(f"{parent}.")
        return criterion_id.removeprefix(parent or "") if below else criterion_id

    def below(self, criterion_id: str) -> Iterator[str]:
        """Yield the ids of all criteria below one."""
        for each in self.children(criterion_id):
            yield each
            yield from self.below(each)

    def open(self, ids: Iterable[str]) -> list[str]:
        """Return those of *ids* that have no partner yet."""
        return [each for each in ids if each not in self.partner]

    def paired(self, ids: Iterable[str]) -> list[str]:
        """Return those of *ids* that have a partner."""
        return [each for each in ids if each in self.partner]

    @property
    def left(self) -> list[str]:
        """The ids that have no partner yet."""
        return self.open(self.titles)

    def by_title(self, ids: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
        """Return *ids* by their titles."""
        found: dict[tuple[str, ...], list[str]] = {}
        for each in ids:
            found.setdefault(self.titles[each].key, []).append(each)
        return found


def matched(old: Methodology, new: Methodology) -> tuple[Side, Side]:
    """Return both sides with their partners."""
    match = _Match(Side(old), Side(new))
    match.run()
    return match.old, match.new


@frozen(eq=False)
class _Match:
    old: Side
    new: Side
    common: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "common", common_words([*self.old.titles.values(), *self.new.titles.values()]))

    def run(self) -> None:
        self.same_titles()
        self.settle()
        while self.near_siblings() or self.near_anywhere() or self.same_names():
            self.settle()
        self.doubt()

    def pair(self, old: str, new: str, *, sure: bool) -> None:
        self.old.partner[old] = new
        self.new.partner[new] = old
        if not sure:
            self.old.unsure.add(old)
            self.new.unsure.add(new)

    def likeness(self, old: str, new: str) -> Fraction:
        return self.old.titles[old].likeness(self.new.titles[new], self.common)

    def families(self) -> list[tuple[list[str], list[str]]]:
        """Return the children of each pair of criteria, and both top levels."""
        parents: list[tuple[str | None, str | None]] = [(None, None), *self.old.partner.items()]
        return [(self.old.children(old), self.new.children(new)) for old, new in parents]

    def same_titles(self) -> None:
        """Pair the titles that each side has once."""
        old, new = self.old.by_title(self.old.titles), self.new.by_title(self.new.titles)
        for key in old.keys() & new.keys() - {()}:
            if len(old[key]) == len(new[key]) == 1:
                self.pair(old[key][0], new[key][0], sure=True)

    def settle(self) -> None:
        """Pair what follows from the pairs there are: equal titles below them, and what stands above most of them."""
        found = -1
        while found != len(self.old.partner):
            found = len(self.old.partner)
            for old, new in self.families():
                self.same_place(old, new)
                self.same_sibling_titles(old, new)
            self.same_children()

    def same_place(self, old: list[str], new: list[str]) -> None:
        """Pair siblings of one title under one number."""
        places = {(self.new.step(each), self.new.titles[each].key): each for each in self.new.open(new)}
        for each in self.old.open(old):
            found = places.get((self.old.step(each), self.old.titles[each].key))
            if found is not None:
                self.pair(each, found, sure=True)

    def same_sibling_titles(self, old: list[str], new: list[str]) -> None:
        """Pair siblings of one title; of equally many on both sides the first with the first, which is not sure."""
        all_old, all_new = self.old.by_title(old), self.new.by_title(new)
        for key in all_old.keys() & all_new.keys() - {()}:
            open_old, open_new = self.old.open(all_old[key]), self.new.open(all_new[key])
            if len(open_old) == len(open_new):
                for one, other in zip(open_old, open_new, strict=True):
                    self.pair(one, other, sure=len(all_old[key]) == len(all_new[key]) == 1)

    def same_children(self) -> None:
        """Pair what stands above the same criteria: more than half of the children of either are the other's."""
        for old in self.old.left:
            below = self.old.children(old)
            partners = [self.old.partner[each] for each in below if each in self.old.partner]
            for new, shared in Counter(map(self.new.parent, partners)).items():
                if new is None or new in self.new.partner:
                    continue
                if 2 * shared > len(below) and 2 * shared > len(self.new.children(new)):
                    self.pair(old, new, sure=old == new)

    def near_siblings(self) -> bool:
        """Pair siblings of like titles, under one number with less likeness; return whether there were any."""
        families = [(self.old.open(old), self.new.open(new)) for old, new in self.families()]
        found = [pair for old, new in families for pair in self.nearest(old, new, _ALIKE, in_place=_SOMEWHAT)]
        for old, new, likeness in found:
            same = self.old.step(old) == self.new.step(new)
            self.pair(old, new, sure=same and likeness >= _ALIKE)
        return bool(found)

    def near_anywhere(self) -> bool:
        """Pair like titles that stand apart; return whether there were any."""
        found = self.nearest(self.old.left, self.new.left, _ELSEWHERE, in_place=_ELSEWHERE)
        for old, new, _ in found:
            self.pair(old, new, sure=False)
        return bool(found)

    def nearest(
        self, old: list[str], new: list[str], least: Fraction, *, in_place: Fraction
    ) -> list[tuple[str, str, Fraction]]:
        """Return the pairs that are nearer to each other than to any other, with their likeness.

        Of two equally like titles the one under the same number is the nearer; *in_place* is what suffices there.
        """
        if len(old) * len(new) > _MOST_COMPARED:
            return []
        measures: dict[tuple[str, str], tuple[Fraction, bool]] = {}
        of_old: dict[str, list[tuple[Fraction, bool]]] = {}
        of_new: dict[str, list[tuple[Fraction, bool]]] = {}
        for one in old:
            for other in new:
                same = self.old.step(one) == self.new.step(other)
                likeness = self.likeness(one, other)
                if likeness >= (in_place if same else least):
                    measures[one, other] = likeness, same
                    of_old.setdefault(one, []).append((likeness, same))
                    of_new.setdefault(other, []).append((likeness, same))
        return [
            (one, other, measure[0])
            for (one, other), measure in measures.items()
            if all(max(rivals) == measure and rivals.count(measure) == 1 for rivals in (of_old[one], of_new[other]))
        ]

    def same_names(self) -> bool:
        """Pair what is left under an id that is a name, or that alone can tell; return whether there was any."""
        found = [
            each
            for each in self.old.left
            if each in self.new.titles
            and each not in self.new.partner
            and (_is_name(self.old.step(each)) or not self.old.titles[each].comparable(self.new.titles[each]))
        ]
        for each in found:
            self.pair(each, each, sure=False)
        return bool(found)

    def doubt(self) -> None:
        """Mark what has no partner, and neither has something of its title, or much like it in its place, elsewhere."""
        old, new = self.old.left, self.new.left
        shared = self.old.by_title(old).keys() & self.new.by_title(new).keys() - {()}
        for side, left in ((self.old, old), (self.new, new)):
            side.unsure.update(each for each in left if side.titles[each].key in shared)
        for family, other in self.families():
            places = {self.new.step(each): each for each in self.new.open(other)}
            for each in self.old.open(family):
                found = places.get(self.old.step(each))
                if found is not None and self.perhaps(each, found):
                    self.old.unsure.add(each)
                    self.new.unsure.add(found)

    def perhaps(self, old: str, new: str) -> bool:
        """Return whether two criteria in one place have enough in common to be one after all."""
        before, after = self.old.methodology[old], self.new.methodology[new]
        same_rule = before.rule is not None and before.rule == after.rule and before.max_points == after.max_points
        return same_rule or self.likeness(old, new) >= _FAINTLY


def _is_name(step: str) -> bool:
    """Return whether a part of an id names a criterion, as "entry-costs" does; "1.2", "1a" and "iv" are numbers."""
    letters = step.removeprefix(".")
    return len(letters) > 2 and not any(sign.isdigit() for sign in letters) and not set(letters) <= set("ivxlc")
