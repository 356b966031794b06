"""From the flat list of a file to the tree: parents, levels, maxima, inherited words.

Everything that makes a tree impossible is found here and reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from parindex._methodology.criteria import Criterion, Entry, Maximum
from parindex._methodology.parts import DOTTED, Block, Origin, Policy, foreign
from parindex._methodology.rules import Given, Rule
from parindex._methodology.words import UNKNOWN, Completeness, Headline, Text, WhenNotApplicable
from parindex._numbers import shortest
from parindex.errors import Fault, Place, near

_NOTHING = Fraction(0)
MOST_COMPARED: Final = 500
"""So many ids are searched for the one that was meant; more of them take long, and are no typing error of one."""
MOST_LEVELS: Final = 32
"""Published trees have five levels at most; the bound keeps a hostile file from exhausting the stack."""


@frozen(kw_only=True)
class Context:
    """What the tree is resolved against."""

    completeness: Completeness
    total: Maximum
    policy: Policy
    origins: Mapping[str, Origin]
    blocks: tuple[Block, ...]
    sources: frozenset[str]


@frozen
class Tree:
    """The criteria, each before those below it, and the faults; with faults the criteria are empty."""

    criteria: tuple[Criterion, ...]
    faults: tuple[Fault, ...]


def resolve(
    entries: tuple[Entry, ...],
    context: Context,
    *,
    broken: Mapping[str, frozenset[str]] = MappingProxyType({}),
    build: bool = True,
) -> Tree:
    """Return the tree of *entries*; without *build*, only its faults.

    *broken* names the keys of entries that could not be read: what is only their consequence is not reported.
    """
    shape = _Shape(entries, context, broken)
    faults = [*shape.id_faults(), *shape.reference_faults()]
    rounds = tuple(shape.round_faults())
    if not rounds:
        faults += [*shape.place_faults(), *shape.leaf_faults()]
    if faults or rounds or not build:
        return Tree((), (*faults, *rounds))
    made: dict[str, Criterion] = {}
    for entry in entries:
        if entry.parent_id is None:
            _build(entry, shape, made)
    return Tree(tuple(_preorder(made[entry.id] for entry in entries if entry.parent_id is None)), ())


def _at(entry: Entry, path: str = "") -> Place:
    return Place(at=f"criterion {entry.id}, {path}" if path else f"criterion {entry.id}")


def _above(entry: Entry) -> str | None:
    """Return what *entry* stands below: its parent, its block in brackets, or None for the base."""
    if entry.parent_id is None and entry.block is not None:
        return f"[{entry.block}]"
    return entry.parent_id


@frozen(eq=False)
class _Shape:
    """The entries by id and by parent, and what can be asked of them before the tree stands."""

    entries: tuple[Entry, ...]
    context: Context
    broken: Mapping[str, frozenset[str]]
    by_id: dict[str, Entry] = field(init=False)
    children: dict[str | None, list[Entry]] = field(init=False)
    maxima: dict[str, Fraction | None] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        by_id: dict[str, Entry] = {}
        children: dict[str | None, list[Entry]] = {None: []}
        for entry in self.entries:
            if entry.id not in by_id:
                by_id[entry.id] = entry
                children.setdefault(_above(entry), []).append(entry)
        object.__setattr__(self, "by_id", by_id)
        object.__setattr__(self, "children", children)

    def parent(self, entry: Entry) -> Entry | None:
        """Return the parent, None for a root and where there is no such criterion."""
        return self.by_id.get(entry.parent_id) if entry.parent_id else None

    def leaf(self, entry: Entry) -> bool:
        return entry.id not in self.children

    def lineage(self, entry: Entry) -> Iterator[Entry]:
        """Yield *entry* and its ancestors, nearest first."""
        at: Entry | None = entry
        while at is not None:
            yield at
            at = self.parent(at)

    def without(self, entry: Entry, name: str) -> bool:
        """Return whether *entry* does not state *name*; a value that could not be read is stated."""
        return getattr(entry, name) is None and name not in self.broken.get(entry.id, ())

    def inherited(self, entry: Entry, name: str) -> str | None:
        """Return the nearest value of *name* up the tree."""
        return next((getattr(each, name) for each in self.lineage(entry) if getattr(each, name) is not None), None)

    def id_faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for entry in self.entries:
            if not DOTTED.fullmatch(entry.id):
                message = f"{entry.id!r} is not an id: expected segments of a-z, 0-9 and hyphens joined by dots"
                yield Fault(message + foreign(entry.id), place=_at(entry, "id"))
            if entry.id in seen:
                yield Fault(f"the id {entry.id!r} stands twice", place=_at(entry, "id"))
            seen.add(entry.id)

    def reference_faults(self) -> Iterator[Fault]:
        blocks = {block.id for block in self.context.blocks}
        for entry in self.by_id.values():
            parent = entry.parent_id
            if parent is not None and parent not in self.by_id:
                message = f"its parent {parent!r} does not exist"
                others = [each for each in self.by_id if each != entry.id and not each.startswith(f"{parent}.")]
                hint = near(parent, others) if len(others) <= MOST_COMPARED else None
                yield Fault(message, place=_at(entry, "parent"), hint=hint)
            for name, value, known in (
                ("origin", entry.origin, self.context.origins),
                ("block", entry.block, blocks),
                ("cite.source", None if entry.cite is None else entry.cite.source, self.context.sources),
            ):
                if value is not None and value not in known:
                    yield Fault(f"{value!r} is not declared", place=_at(entry, name), hint=near(value, known))

    def round_faults(self) -> Iterator[Fault]:
        """Yield the circles, one fault for each, and the branches that are too deep to be read."""
        levels: dict[str, int] = {}
        for entry in self.by_id.values():
            trail: dict[str, Entry] = {}
            at: Entry | None = entry
            while at is not None and at.id not in trail and at.id not in levels:
                trail[at.id] = at
                at = self.parent(at)
            if at is not None and at.id in trail:
                ids = list(trail)
                circle = " → ".join([*ids[ids.index(at.id) :], at.id])
                yield Fault(f"its parents go round in a circle: {circle}", place=_at(at, "parent"))
            level = levels[at.id] if at is not None and at.id in levels else 0
            for each in reversed(trail.values()):
                level += 1
                levels[each.id] = level
                if level == MOST_LEVELS + 1:
                    yield Fault(
                        f"stands {level} levels deep, at most {MOST_LEVELS} are read", place=_at(each, "parent")
                    )

    def place_faults(self) -> Iterator[Fault]:
        """Yield what does not fit the place of an entry in the tree: rules, maxima, weights, blocks."""
        for entry in self.by_id.values():
            leaf = self.leaf(entry)
            if not leaf and entry.rule is not None:
                yield Fault("has criteria below it, the rule belongs to them", place=_at(entry, "rule"))
            if leaf and self.without(entry, "rule") and self.context.completeness is Completeness.FULL:
                yield Fault("has no criteria below it, expected a rule", place=_at(entry, "rule"))
            if leaf and self.without(entry, "max") and self.without(entry, "weight"):
                yield Fault("expected max or weight", place=_at(entry, "max"))
            if entry.max is UNKNOWN and self.context.completeness is Completeness.FULL:
                yield Fault('"unknown" is allowed in an outline only', place=_at(entry, "max"))
            below = self.children.get(entry.id, [])
            if entry.max is UNKNOWN and below and all(isinstance(child.max, Fraction) for child in below):
                yield Fault("its criteria state all their maxima, and its own is their sum", place=_at(entry, "max"))
            for name in ("max", "weight"):
                value = getattr(entry, name)
                if isinstance(value, Fraction) and value < 0:
                    yield Fault(f"{shortest(value)} is negative", place=_at(entry, name))
            if not leaf and entry.not_applicable is not None:
                yield Fault("belongs to the criteria below it, which are scored", place=_at(entry, "not_applicable"))
            parent = self.parent(entry)
            if parent is not None and entry.block not in {None, self.inherited(parent, "block")}:
                yield Fault("belongs to another block than its parent", place=_at(entry, "block"))
            if not all(entry.applies_to):
                yield Fault("a group without a name", place=_at(entry, "applies_to"))
            if entry.default is not None and self.inherited(entry, "block") is None:
                yield Fault("only items of a block have a default", place=_at(entry, "default"))
        for siblings in self.children.values():
            yield from self._weight_faults(siblings)

    def _weight_faults(self, siblings: list[Entry]) -> Iterator[Fault]:
        weighted = [entry for entry in siblings if entry.weight is not None]
        if not weighted or any(entry.id in self.broken for entry in siblings):
            return
        first = weighted[0]
        mixed = tuple(_mixed(weighted, [entry for entry in siblings if entry.weight is None]))
        if mixed:
            yield from mixed
            return
        if sum((entry.weight or _NOTHING for entry in siblings), _NOTHING) == 0:
            yield Fault("the weights of these siblings are all zero", place=_at(first, "weight"))
        if any(entry.applies_to for entry in siblings):
            yield Fault("weights among criteria of some groups only have no documented use", place=_at(first, "weight"))
        if self.inherited(first, "block") is not None:
            yield Fault("items of a block state their max", place=_at(first, "weight"))
        parent = self.parent(first)
        whole = self.context.total if parent is None else parent.max
        if whole is UNKNOWN or (whole is None and (parent is None or parent.weight is None)):
            above = "the total" if parent is None else f"the max of {parent.id}"
            yield Fault(f"weights divide {above}, which is not stated", place=_at(first, "weight"))

    def leaf_faults(self) -> Iterator[Fault]:
        """Yield what does not fit at a leaf: its maximum, its policy, its default."""
        for entry in self.by_id.values():
            if not self.leaf(entry):
                continue
            yield from self._policy_faults(entry)
            if not self.without(entry, "rule") and entry.rule is None:
                continue  # it could not be read, so nothing can be said of it
            faults = tuple(self._maximum_faults(entry, self.rule(entry)))
            yield from faults
            if not faults and self.inherited(entry, "block") is not None:
                yield from self._block_faults(entry, self.rule(entry))

    def rule(self, entry: Entry) -> Rule:
        """Return the rule of a leaf; in an outline the points are given."""
        return entry.rule or Given()

    def _maximum_faults(self, entry: Entry, rule: Rule) -> Iterator[Fault]:
        max_points = self.max_points(entry)
        if self.context.completeness is not Completeness.FULL and not isinstance(rule, Given):
            yield Fault("leaves of an outline are given", place=_at(entry, "rule.type"))
        elif max_points is None and isinstance(rule, Given) and rule.scale is not None:
            yield Fault("a scale needs a known maximum", place=_at(entry, "rule.scale"))
        rounding = self.context.policy.leaf_rounding
        if rounding and max_points is not None and rounding.apply(max_points) != max_points:
            message = f"the maximum {shortest(max_points)} has more decimals than leaf_rounding keeps"
            yield Fault(message, place=_at(entry, "max"))

    def _policy_faults(self, entry: Entry) -> Iterator[Fault]:
        policy = self.context.policy
        if policy.headline is not Headline.POINTS or policy.accept_unequal_maxima or self.fixed_maxima(entry):
            return
        if self.when_not_applicable(entry) is WhenNotApplicable.EXCLUDE and self.inherited(entry, "block") is None:
            message = (
                "headline points with excluded maxima would rank unequal totals: state not_applicable as zero, full "
                "or redistribute, or accept_unequal_maxima = true in the policy"
            )
            yield Fault(message, place=_at(entry, "not_applicable"))

    def _block_faults(self, entry: Entry, rule: Rule) -> Iterator[Fault]:
        if entry.not_applicable in {WhenNotApplicable.FULL, WhenNotApplicable.REDISTRIBUTE}:
            message = f"{entry.not_applicable} inside a block has no documented use"
            yield Fault(message, place=_at(entry, "not_applicable"))
        low, _ = rule.reach(self.max_points(entry))
        if low is None or low < 0:
            message = "an item of a block gives no points below 0: put what takes points off into a subtract block"
            yield Fault(message, place=_at(entry, "rule"))
        if isinstance(entry.default, Fraction):
            low, high = rule.reach(self.max_points(entry))
            if not ((low or _NOTHING) <= entry.default and (high is None or entry.default <= high)):
                message = f"{shortest(entry.default)} points cannot be had by this rule"
                yield Fault(message, place=_at(entry, "default"))
        elif entry.default is not None:
            reading = rule.read(entry.default, self.max_points(entry))
            for fault in reading.faults:
                yield Fault(fault.message, place=_at(entry, f"default.{fault.place.at}"), hint=fault.hint)
            for name in reading.missing:
                yield Fault("expected a value for every input", place=_at(entry, f"default.{name}"))

    def when_not_applicable(self, entry: Entry) -> WhenNotApplicable:
        """Return what happens when a leaf does not apply."""
        return entry.not_applicable or self.context.policy.not_applicable

    def fixed_maxima(self, entry: Entry) -> bool:
        """Return whether a maximum at, above or beside *entry* is unknown, so that nothing can be excluded."""
        if self.context.total is UNKNOWN:
            return True
        beside = [each for ancestor in self.lineage(entry) for each in self.children[_above(ancestor)]]
        return any(self.max_points(each) is None for each in beside)

    def max_points(self, entry: Entry) -> Fraction | None:
        """Return the maximum of a node: stated, its part of the parent's by weight, or the sum below."""
        if entry.id not in self.maxima:
            self.maxima[entry.id] = self._max_points(entry)
        return self.maxima[entry.id]

    def _max_points(self, entry: Entry) -> Fraction | None:
        if isinstance(entry.max, Fraction):
            return entry.max
        if entry.max is UNKNOWN:
            return None
        if entry.weight is not None:
            parent = self.parent(entry)
            stated = parent is None or parent.max is not None or parent.weight is not None
            whole = self.context.total if parent is None else self.max_points(parent) if stated else None
            weights = sum((each.weight or _NOTHING for each in self.children[_above(entry)]), _NOTHING)
            if whole is None or whole is UNKNOWN or not weights:
                return None
            return Fraction(whole) * entry.weight / weights
        if self.leaf(entry):
            return None
        sums = [self.sum_below(entry, group) for group in (*self.groups_below(entry), None)]
        known = [each for each in sums if each is not None]
        return max(known) if len(known) == len(sums) else None

    def sum_below(self, entry: Entry, group: str | None) -> Fraction | None:
        """Return the sum of the children that units of *group* have."""
        parts = [self.max_in(child, group) for child in self.children[entry.id] if _exists(child, group)]
        return None if any(part is None for part in parts) else sum((part or _NOTHING for part in parts), _NOTHING)

    def max_in(self, entry: Entry, group: str | None) -> Fraction | None:
        """Return the maximum of a node for units of *group*."""
        derived = entry.max is None and entry.weight is None and not self.leaf(entry)
        return self.sum_below(entry, group) if derived else self.max_points(entry)

    def groups_below(self, entry: Entry) -> frozenset[str]:
        """Return the groups that criteria below *entry* are limited to."""
        below = self.children.get(entry.id, [])
        return frozenset().union(*(child.applies_to for child in below), *(self.groups_below(child) for child in below))


def _mixed(weighted: list[Entry], others: list[Entry]) -> Iterator[Fault]:
    """Yield what mixes weights and maxima among siblings: the entries that state both, or else the fewer ones."""
    told = "siblings state all maxima or all weights"
    both = [entry for entry in weighted if entry.max is not None]
    for entry in both:
        yield Fault(f"{told}, and this one states both", place=_at(entry, "max"))
    if both or not others:
        return
    if len(others) <= len(weighted):
        for entry in others:
            yield Fault(f"{told}, and {weighted[0].id} states a weight", place=_at(entry, "max"))
    else:
        for entry in weighted:
            yield Fault(f"{told}, and {others[0].id} states no weight", place=_at(entry, "weight"))


def _exists(entry: Entry, group: str | None) -> bool:
    return not entry.applies_to or group in entry.applies_to


def _build(entry: Entry, shape: _Shape, made: dict[str, Criterion], level: int = 1) -> Criterion:
    children = tuple(_build(child, shape, made, level + 1) for child in shape.children.get(entry.id, ()))
    criterion = Criterion(
        id=entry.id,
        title=Text(entry.vi, entry.en),
        max_points=shape.max_points(entry),
        rule=None if children else shape.rule(entry),
        origin=shape.inherited(entry, "origin"),
        lead=shape.inherited(entry, "lead"),
        cite=entry.cite,
        children=children,
        level=level,
        parent=entry.parent_id,
        not_applicable=shape.when_not_applicable(entry),
        may_drop=shape.inherited(entry, "block") is not None or not shape.fixed_maxima(entry),
        applies_to=entry.applies_to,
        block=shape.inherited(entry, "block"),
        default=entry.default,
        note=entry.note,
    )
    made[entry.id] = criterion
    return criterion


def _preorder(criteria: Iterable[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _preorder(criterion.children)


def leaves_of(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that carry a rule."""
    return tuple(criterion for criterion in criteria if criterion.rule is not None)
