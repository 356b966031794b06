"""The JSON documents of the command line; numbers in them are decimal strings, and what does not exist is null."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parindex._numbers import Rounding, exact_text, shortest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from parindex._catalog import CatalogEntry, Example
    from parindex._methodology.finding import Finding
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.words import Lang, Text
    from parindex._scoring.board import Scoreboard
    from parindex._scoring.results import Bounds, NodeScore, Scorecard


def json_text(document: dict[str, Any]) -> str:
    """Return a document as it is written."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def identity(methodology: Methodology) -> dict[str, Any]:
    """Return what names exactly what was computed with."""
    return {
        "id": methodology.id,
        "edition": methodology.edition,
        "revision": methodology.revision,
        "fingerprint": methodology.fingerprint,
    }


def both(text: Text) -> dict[str, str | None]:
    """Return a label in both languages."""
    return {"vi": text.vi, "en": text.en}


def scores(board: Scoreboard) -> dict[str, Any]:
    """Return ``parindex.scores/1``: every unit and node, in input order."""
    criteria = list(dict.fromkeys(node for card in board.cards for node in card.nodes))
    ranks = board.rank_list()
    node_ranks = {criterion: board.rank_list(criterion) for criterion in criteria}
    units = []
    for position, card in enumerate(board.cards):
        placed = {criterion: node_ranks[criterion][position] for criterion in card.nodes}
        units.append(_unit(card, ranks[position], placed))
    return {"format": "parindex.scores/1", "methodology": identity(board.methodology), "units": units}


def printed(value: Fraction | None, rounding: Rounding) -> str | None:
    """Return a figure as it is printed, null where there is none."""
    return None if value is None else f"{rounding.printed(value):f}"


def exact(value: Fraction | None) -> str | None:
    """Return a figure as "n/d", null where there is none."""
    return None if value is None else exact_text(value)


def _unit(card: Scorecard, rank: int, placed: dict[str, int]) -> dict[str, Any]:
    rounding = card.methodology.policy.print_rounding
    return {
        "unit": card.unit,
        "points": printed(card.points, rounding),
        "points_exact": exact(card.points),
        "max_points": printed(card.max_points, rounding),
        "max_points_exact": exact(card.max_points),
        "index": printed(card.index, rounding),
        "index_exact": exact(card.index),
        "rank": rank or None,
        "group": card.group,
        "grade": None if card.grade is None else card.grade.key,
        "status": str(card.status),
        "bounds": _bounds(card.bounds, rounding),
        "nodes": {key: _node(node, placed[key], rounding) for key, node in card.nodes.items()},
    }


def _bounds(bounds: Bounds | None, rounding: Rounding) -> dict[str, list[str | None]] | None:
    if bounds is None:
        return None
    return {
        "points": [printed(end, rounding) for end in bounds.points],
        "index": [printed(end, rounding) for end in bounds.index],
    }


def _node(node: NodeScore, rank: int, rounding: Rounding) -> dict[str, Any]:
    return {
        "points": printed(node.points, rounding),
        "points_exact": exact(node.points),
        "max_points": printed(node.max_points, rounding),
        "max_points_exact": exact(node.max_points),
        "index": printed(node.index, rounding),
        "rank": rank or None,
        "status": str(node.status),
    }


def catalogue(entries: Sequence[CatalogEntry], examples: Sequence[Example]) -> dict[str, Any]:
    """Return ``parindex.catalog/1``."""
    return {
        "format": "parindex.catalog/1",
        "editions": [
            {
                "id": entry.id,
                "edition": entry.edition,
                "years": list(entry.years),
                "unit_kind": entry.unit_kind,
                "completeness": str(entry.completeness),
                "title": both(entry.title),
            }
            for entry in entries
        ],
        "examples": [
            {
                "name": f"example:{each.name}",
                "methodology": each.methodology,
                "status": str(each.status),
                "source": each.source,
                "url": each.url,
                "title": both(each.title),
            }
            for each in examples
        ],
    }


def findings(methodology: Methodology, found: Sequence[Finding]) -> dict[str, Any]:
    """Return ``parindex.findings/1``."""
    return {
        "format": "parindex.findings/1",
        "methodology": identity(methodology),
        "title": both(methodology.title),
        "findings": [
            {"code": each.code, "severity": str(each.severity), "place": each.place, "message": each.message}
            for each in found
        ],
    }


def explanation(card: Scorecard, criteria: Sequence[str | None], lang: Lang) -> dict[str, Any]:
    """Return ``parindex.explanation/1``; the criterion null stands for the whole."""
    return {
        "format": "parindex.explanation/1",
        "methodology": identity(card.methodology),
        "unit": card.unit,
        "lang": lang,
        "explanations": [
            {
                "criterion": criterion,
                "points_exact": exact(card.points if criterion is None else card[criterion].points),
                "text": card.explain(criterion, lang=lang),
            }
            for criterion in criteria
        ],
    }


def template(methodology: Methodology) -> dict[str, Any]:
    """Return ``parindex.template/1``: every input of every leaf, enough to build a form."""
    inputs = []
    for leaf in methodology.leaves:
        for each in leaf.leaf_rule.inputs:
            high = leaf.max_points if each.up_to_max else each.high
            inputs.append(
                {
                    "criterion": leaf.id,
                    "title": both(leaf.title),
                    "max_points": None if leaf.max_points is None else shortest(leaf.max_points),
                    "input": each.name,
                    "kind": str(each.kind),
                    "label": both(each.text),
                    "low": None if each.low is None else shortest(each.low),
                    "high": None if high is None else shortest(high),
                    "at_most": each.at_most,
                    "options": [{"key": option.key, "label": both(option.text)} for option in each.options],
                    "instead_of": list(each.instead_of),
                    "origin": leaf.origin,
                    "lead": leaf.lead,
                    "applies_to": list(leaf.applies_to),
                }
            )
    return {
        "format": "parindex.template/1",
        "methodology": identity(methodology),
        "title": both(methodology.title),
        "inputs": inputs,
    }
