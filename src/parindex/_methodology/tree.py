"""From the flat list of a file to the tree: parents, levels, maxima, inherited words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from parindex._methodology.criteria import Criterion, Entry
from parindex._methodology.shape import Context, Shape
from parindex._methodology.tree_faults import id_faults, leaf_faults, place_faults, reference_faults, round_faults
from parindex._methodology.words import Text
from parindex.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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


def leaves_of(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Return the criteria that carry a rule."""
    return tuple(criterion for criterion in criteria if criterion.rule is not None)
