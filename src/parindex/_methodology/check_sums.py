"""Findings of sums: maxima, the total and the origins, held against what is stated, for every group of units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from parindex._methodology.finding import Finding, error, warning
from parindex._methodology.words import UNKNOWN, Completeness
from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

_NOTHING = Fraction(0)


def sum_findings(methodology: Methodology) -> Iterator[Finding]:
    """Yield what does not add up."""
    yield from _told_once(methodology, _maxima)
    yield from _told_once(methodology, _origins)


def _told_once(
    methodology: Methodology, look: Callable[[Methodology, str | None], Iterator[Finding]]
) -> Iterator[Finding]:
    """Yield what is found in the tree of every group: once and for no group where all of them fail alike."""
    variants = _variants(methodology)
    found = [list(look(methodology, group)) for group in variants]
    if len(found) > 1 and all(each == found[0] for each in found[1:]):
        yield from found[0]
        return
    for group, each in zip(variants, found, strict=True):
        for finding in each:
            yield finding if group is None else evolve(finding, message=f"{finding.message} for group {group!r}")


def maximum_for(criterion: Criterion, group: str | None) -> Fraction | None:
    """Return the sum of the leaves below that units of *group* have; None where one of them is unknown.

    A node of which a part is unknown counts with its own stated maximum.
    """
    if not criterion.children:
        return criterion.max_points
    parts = [maximum_for(child, group) for child in criterion.children if child.exists_for(group)]
    if any(part is None for part in parts):
        return criterion.max_points
    return sum((part or _NOTHING for part in parts), _NOTHING)


def _variants(methodology: Methodology) -> Sequence[str | None]:
    """Return the groups whose trees differ; None alone where all units have the same tree."""
    return list(dict.fromkeys(group for each in methodology.criteria for group in each.applies_to)) or [None]


def total_of(methodology: Methodology, group: str | None) -> Fraction | None:
    """Return what the roots that units of *group* have add up to; None where one is unknown."""
    parts = [maximum_for(root, group) for root in methodology.roots if root.exists_for(group)]
    return None if any(part is None for part in parts) else sum((part or _NOTHING for part in parts), _NOTHING)


def _maxima(methodology: Methodology, group: str | None) -> Iterator[Finding]:
    stated = {entry.id: entry.max for entry in methodology.entries}
    for criterion in methodology.criteria:
        own = stated[criterion.id]
        if not (criterion.children and isinstance(own, Fraction)):
            continue
        children = [child for child in criterion.children if child.exists_for(group)]
        parts = [maximum_for(child, group) for child in children]
        known = sum((part for part in parts if part is not None), _NOTHING)
        unknown = None in parts
        if children and ((not unknown and known != own) or known > own):
            message = f"its parts add up to {shortest(known)}, not to its maximum {shortest(own)}"
            yield error("maxima-mismatch", f"criterion {criterion.id}, max", message)
    total = total_of(methodology, group)
    if methodology.total is not UNKNOWN and total is not None and methodology.entries and total != methodology.total:
        message = f"the criteria add up to {shortest(total)}, not to {shortest(methodology.total)}"
        yield error("total-mismatch", "total", message)


def _origins(methodology: Methodology, group: str | None) -> Iterator[Finding]:
    base = [leaf for leaf in methodology.leaves if leaf.block is None]
    if not methodology.origins or methodology.completeness is Completeness.ENTRY:
        return
    without = [leaf for leaf in base if leaf.origin is None]
    for leaf in without:
        message = "states no origin, and the others do: their maxima cannot be held against the whole"
        yield error("origin-missing", f"criterion {leaf.id}, origin", message)
    if without:
        return  # what is missing there would only show a second time in the sums
    exists = _existing(methodology, group)
    for key, origin in methodology.origins.items():
        maxima = [leaf.max_points for leaf in base if leaf.origin == key and leaf.id in exists]
        if not any(leaf.origin == key for leaf in base):
            yield warning("origin-unused", f"origin.{key}", "no criterion has its points from here")
        if origin.max is None or None in maxima or not methodology.entries:
            continue
        total = sum((each or _NOTHING for each in maxima), _NOTHING)
        if total != origin.max:
            message = f"its criteria add up to {shortest(total)}, not to {shortest(origin.max)}"
            yield error("origin-mismatch", f"origin.{key}.max", message)


def _existing(methodology: Methodology, group: str | None) -> frozenset[str]:
    def walk(criteria: Sequence[Criterion]) -> Iterator[str]:
        for criterion in criteria:
            if criterion.exists_for(group):
                yield criterion.id
                yield from walk(criterion.children)

    return frozenset(walk(methodology.roots))
