"""Everything that makes a tree of criteria impossible, found at once: ids, references, circles, misplaced keys."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from parindex._methodology.parts import DOTTED, foreign
from parindex._methodology.rules import Given, Rule
from parindex._methodology.shape import NOTHING, Shape
from parindex._methodology.words import UNKNOWN, Completeness, Headline, WhenNotApplicable
from parindex._numbers import shortest
from parindex.errors import Fault, Place, near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.criteria import Entry

MOST_COMPARED: Final = 500
"""So many ids are searched for the one that was meant; more of them take long, and are no typing error of one."""
MOST_LEVELS: Final = 32
"""Published trees have five levels at most; the bound keeps a hostile file from exhausting the stack."""


def _at(entry: Entry, path: str = "") -> Place:
    return Place(at=f"criterion {entry.id}, {path}" if path else f"criterion {entry.id}")


def id_faults(shape: Shape) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in shape.entries:
        if not DOTTED.fullmatch(entry.id):
            message = f"{entry.id!r} is not an id: expected segments of a-z, 0-9 and hyphens joined by dots"
            yield Fault(message + foreign(entry.id), place=_at(entry, "id"))
        if entry.id in seen:
            yield Fault(f"the id {entry.id!r} stands twice", place=_at(entry, "id"))
        seen.add(entry.id)


def reference_faults(shape: Shape) -> Iterator[Fault]:
    blocks = {block.id for block in shape.context.blocks}
    for entry in shape.by_id.values():
        parent = entry.parent_id
        if parent is not None and parent not in shape.by_id:
            message = f"its parent {parent!r} does not exist"
            others = [each for each in shape.by_id if each != entry.id and not each.startswith(f"{parent}.")]
            hint = near(parent, others) if len(others) <= MOST_COMPARED else None
            yield Fault(message, place=_at(entry, "parent"), hint=hint)
        for name, value, known in (
            ("origin", entry.origin, shape.context.origins),
            ("block", entry.block, blocks),
            ("cite.source", None if entry.cite is None else entry.cite.source, shape.context.sources),
        ):
            if value is not None and value not in known:
                yield Fault(f"{value!r} is not declared", place=_at(entry, name), hint=near(value, known))


def round_faults(shape: Shape) -> Iterator[Fault]:
    """Yield the circles, one fault for each, and the branches that are too deep to be read."""
    levels: dict[str, int] = {}
    for entry in shape.by_id.values():
        trail: dict[str, Entry] = {}
        at: Entry | None = entry
        while at is not None and at.id not in trail and at.id not in levels:
            trail[at.id] = at
            at = shape.parent(at)
        if at is not None and at.id in trail:
            ids = list(trail)
            circle = " → ".join([*ids[ids.index(at.id) :], at.id])
            yield Fault(f"its parents go round in a circle: {circle}", place=_at(at, "parent"))
        level = levels[at.id] if at is not None and at.id in levels else 0
        for each in reversed(trail.values()):
            level += 1
            levels[each.id] = level
            if level == MOST_LEVELS + 1:
                yield Fault(f"stands {level} levels deep, at most {MOST_LEVELS} are read", place=_at(each, "parent"))


def place_faults(shape: Shape) -> Iterator[Fault]:
    """Yield what does not fit the place of an entry in the tree: rules, maxima, weights, blocks."""
    for entry in shape.by_id.values():
        leaf = shape.leaf(entry)
        if not leaf and entry.rule is not None:
            yield Fault("has criteria below it, the rule belongs to them", place=_at(entry, "rule"))
        if leaf and shape.without(entry, "rule") and shape.context.completeness is Completeness.FULL:
            yield Fault("has no criteria below it, expected a rule", place=_at(entry, "rule"))
        if leaf and shape.without(entry, "max") and shape.without(entry, "weight"):
            yield Fault("expected max or weight", place=_at(entry, "max"))
        if entry.max is UNKNOWN and shape.context.completeness is Completeness.FULL:
            yield Fault('"unknown" is allowed in an outline only', place=_at(entry, "max"))
        below = shape.children.get(entry.id, [])
        if entry.max is UNKNOWN and below and all(isinstance(child.max, Fraction) for child in below):
            yield Fault("its criteria state all their maxima, and its own is their sum", place=_at(entry, "max"))
        for name in ("max", "weight"):
            value = getattr(entry, name)
            if isinstance(value, Fraction) and value < 0:
                yield Fault(f"{shortest(value)} is negative", place=_at(entry, name))
        if not leaf and entry.not_applicable is not None:
            yield Fault("belongs to the criteria below it, which are scored", place=_at(entry, "not_applicable"))
        parent = shape.parent(entry)
        if parent is not None and entry.block not in {None, shape.inherited(parent, "block")}:
            yield Fault("belongs to another block than its parent", place=_at(entry, "block"))
        if not all(entry.applies_to):
            yield Fault("a group without a name", place=_at(entry, "applies_to"))
        if entry.default is not None and shape.inherited(entry, "block") is None:
            yield Fault("only items of a block have a default", place=_at(entry, "default"))
    for siblings in shape.children.values():
        yield from _weight_faults(shape, siblings)


def _weight_faults(shape: Shape, siblings: list[Entry]) -> Iterator[Fault]:
    weighted = [entry for entry in siblings if entry.weight is not None]
    if not weighted or any(entry.id in shape.broken for entry in siblings):
        return
    first = weighted[0]
    mixed = tuple(_mixed(weighted, [entry for entry in siblings if entry.weight is None]))
    if mixed:
        yield from mixed
        return
    if sum((entry.weight or NOTHING for entry in siblings), NOTHING) == 0:
        yield Fault("the weights of these siblings are all zero", place=_at(first, "weight"))
    if any(entry.applies_to for entry in siblings):
        yield Fault("weights among criteria of some groups only have no documented use", place=_at(first, "weight"))
    if shape.inherited(first, "block") is not None:
        yield Fault("items of a block state their max", place=_at(first, "weight"))
    parent = shape.parent(first)
    whole = shape.context.total if parent is None else parent.max
    if whole is UNKNOWN or (whole is None and (parent is None or parent.weight is None)):
        above = "the total" if parent is None else f"the max of {parent.id}"
        yield Fault(f"weights divide {above}, which is not stated", place=_at(first, "weight"))


def leaf_faults(shape: Shape) -> Iterator[Fault]:
    """Yield what does not fit at a leaf: its maximum, its policy, its default."""
    for entry in shape.by_id.values():
        if not shape.leaf(entry):
            continue
        yield from _policy_faults(shape, entry)
        if not shape.without(entry, "rule") and entry.rule is None:
            continue  # it could not be read, so nothing can be said of it
        faults = tuple(_maximum_faults(shape, entry, shape.rule(entry)))
        yield from faults
        if not faults and shape.inherited(entry, "block") is not None:
            yield from _block_faults(shape, entry, shape.rule(entry))


def _maximum_faults(shape: Shape, entry: Entry, rule: Rule) -> Iterator[Fault]:
    max_points = shape.max_points(entry)
    if shape.context.completeness is not Completeness.FULL and not isinstance(rule, Given):
        yield Fault("leaves of an outline are given", place=_at(entry, "rule.type"))
    elif max_points is None and isinstance(rule, Given) and rule.scale is not None:
        yield Fault("a scale needs a known maximum", place=_at(entry, "rule.scale"))
    rounding = shape.context.policy.leaf_rounding
    if rounding and max_points is not None and rounding.apply(max_points) != max_points:
        message = f"the maximum {shortest(max_points)} has more decimals than leaf_rounding keeps"
        yield Fault(message, place=_at(entry, "max"))


def _policy_faults(shape: Shape, entry: Entry) -> Iterator[Fault]:
    policy = shape.context.policy
    if policy.headline is not Headline.POINTS or policy.accept_unequal_maxima or shape.fixed_maxima(entry):
        return
    if shape.when_not_applicable(entry) is WhenNotApplicable.EXCLUDE and shape.inherited(entry, "block") is None:
        message = (
            "headline points with excluded maxima would rank unequal totals: state not_applicable as zero, full "
            "or redistribute, or accept_unequal_maxima = true in the policy"
        )
        yield Fault(message, place=_at(entry, "not_applicable"))


def _block_faults(shape: Shape, entry: Entry, rule: Rule) -> Iterator[Fault]:
    if entry.not_applicable in {WhenNotApplicable.FULL, WhenNotApplicable.REDISTRIBUTE}:
        message = f"{entry.not_applicable} inside a block has no documented use"
        yield Fault(message, place=_at(entry, "not_applicable"))
    low, _ = rule.reach(shape.max_points(entry))
    if low is None or low < 0:
        message = "an item of a block gives no points below 0: put what takes points off into a subtract block"
        yield Fault(message, place=_at(entry, "rule"))
    if isinstance(entry.default, Fraction):
        low, high = rule.reach(shape.max_points(entry))
        if not ((low or NOTHING) <= entry.default and (high is None or entry.default <= high)):
            message = f"{shortest(entry.default)} points cannot be had by this rule"
            yield Fault(message, place=_at(entry, "default"))
    elif entry.default is not None:
        reading = rule.read(entry.default, shape.max_points(entry))
        for fault in reading.faults:
            yield Fault(fault.message, place=_at(entry, f"default.{fault.place.at}"), hint=fault.hint)
        for name in reading.missing:
            yield Fault("expected a value for every input", place=_at(entry, f"default.{name}"))


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
