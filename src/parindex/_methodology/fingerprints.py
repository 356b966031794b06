"""What names a methodology and its criteria exactly: the SHA-256 of one byte form, whatever file it came from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from parindex._frozen import FrozenMap
from parindex._methodology.convert import converter, number_out
from parindex._methodology.document import to_tables

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology


def canonical(methodology: Methodology) -> bytes:
    """Return the one byte form of *methodology*."""
    return _bytes(to_tables(methodology))


def fingerprint(methodology: Methodology) -> str:
    """Return the SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(methodology)).hexdigest()


def _bytes(tables: dict[str, Any]) -> bytes:
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def criterion_fingerprints(methodology: Methodology) -> FrozenMap[str, str]:
    """Return the fingerprint of each criterion by id: of what its points rest on, and of the criteria below it.

    That is what was resolved, not how the file states it: the maximum that weights come to, the origin and the
    department inherited, the source cited, and for a leaf the policies that touch it.
    """
    sources = {source.key: converter.unstructure(source) for source in methodology.sources}
    leaf_rounding = converter.unstructure(methodology.policy.leaf_rounding)
    found: dict[str, str] = {}

    def digest(criterion: Criterion) -> str:
        below = [digest(child) for child in criterion.children]
        own: dict[str, Any] = {
            "id": criterion.id,
            "parent": criterion.parent,
            "title": converter.unstructure(criterion.title),
            "max": None if criterion.max_points is None else number_out(criterion.max_points),
            "rule": converter.unstructure(criterion.rule),
            "origin": criterion.origin,
            "lead": criterion.lead,
            "cite": converter.unstructure(criterion.cite),
            "source": sources[criterion.cite.source] if criterion.cite else None,
            "applies_to": list(criterion.applies_to),
            "block": criterion.block,
            "default": converter.unstructure(criterion.default),
            "note": criterion.note,
            "children": below,
        }
        if criterion.rule is not None:
            own |= {"not_applicable": str(criterion.not_applicable), "leaf_rounding": leaf_rounding}
        found[criterion.id] = hashlib.sha256(_bytes(own)).hexdigest()
        return found[criterion.id]

    for root in methodology.criteria:
        if root.parent is None:
            digest(root)
    return FrozenMap({each.id: found[each.id] for each in methodology.criteria})
