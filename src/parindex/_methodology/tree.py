"""From the flat list of a file to the tree: parents, levels, maxima, inherited words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from parindex._methodology.criteria import Criterion, Entry, sum_of_maxima
from parindex._methodology.shape import Context, Shape
from parindex._methodology.tree_faults import id_faults, leaf_faults, place_faults, reference_faults, round_faults
from parindex._methodology.words import Text
from parindex.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parindex._methodology.methodology import Methodology


@frozen
class Tree:
    """The criteria, each before those below it, and the faults; with faults the criteria are empty."""

    criteria: tuple[Criterion, ...]
    faults: tuple[Fault, ...]


@frozen
class Variant:
    """The tree of the units of one group, each criterion with those of its children that exist for them.

    Attributes:
        roots: the top level of the base.
        items: the top level of the blocks.
        criteria: all of them, in the order of the file.
        leaves: those that are scored, first of the base and then of the blocks.
        ids: the leaves by id.
        by_origin: the ids of the leaves of the base by their origins.
        roots_max: what the maxima of the roots add up to, None where one of them is unknown.
    """

    roots: tuple[Criterion, ...]
    items: tuple[Criterion, ...]
    criteria: tuple[Criterion, ...]
    leaves: tuple[Criterion, ...]
    ids: frozenset[str]
    by_origin: Mapping[str | None, tuple[str, ...]]
    roots_max: Fraction | None


def variant(criteria: tuple[Criterion, ...], group: str | None) -> Variant:
    """Return the tree that units of *group* have, of all *criteria*."""
    tops = [_existing(each, group) for each in criteria if each.parent is None and each.exists_for(group)]
    roots = tuple(each for each in tops if each.block is None)
    items = tuple(each for each in tops if each.block is not None)
    leaves = leaves_of(_preorder([*roots, *items]))
    base = [leaf for leaf in leaves if leaf.block is None]
    return Variant(
        roots=roots,
        items=items,
        criteria=tuple(_preorder(tops)),
        leaves=leaves,
        ids=frozenset(leaf.id for leaf in leaves),
        by_origin={
            origin: tuple(leaf.id for leaf in base if leaf.origin == origin)
            for origin in {leaf.origin for leaf in base}
        },
        roots_max=sum_of_maxima(roots),
    )


def variant_for(methodology: Methodology, group: str | None) -> Variant:
    """Return the tree that units of *group* have, made once for each methodology."""
    return methodology.variants[group if group in methodology.variants else None]


def _existing(criterion: Criterion, group: str | None) -> Criterion:
    children = tuple(_existing(child, group) for child in criterion.children if child.exists_for(group))
    return evolve(criterion, children=children) if criterion.children else criterion


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
    shape = Shape(entries, context, broken)
    faults = [*id_faults(shape), *reference_faults(shape)]
    rounds = tuple(round_faults(shape))
    if not rounds:
        faults += [*place_faults(shape), *leaf_faults(shape)]
    if faults or rounds or not build:
        return Tree((), (*faults, *rounds))
    made: dict[str, Criterion] = {}
    for entry in entries:
        if entry.parent_id is None:
            _build(entry, shape, made)
    return Tree(tuple(_preorder(made[entry.id] for entry in entries if entry.parent_id is None)), ())


def _build(entry: Entry, shape: Shape, made: dict[str, Criterion], level: int = 1) -> Criterion:
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


def leaves_below(criterion: Criterion) -> tuple[Criterion, ...]:
    """Return the leaves at and below *criterion*."""
    return leaves_of(_preorder([criterion]))


def leaves_of(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that carry a rule."""
    return tuple(criterion for criterion in criteria if criterion.rule is not None)
