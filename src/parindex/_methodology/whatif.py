"""What if a rule, a maximum or a policy were different: a new methodology that says what it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parindex._methodology.document import from_tables, to_tables
from parindex.errors import Fault, MethodologyFaults, Place

if TYPE_CHECKING:
    from parindex._methodology.methodology import Methodology


def changed(methodology: Methodology, criteria: Mapping[str, Any], policy: Any) -> Methodology:
    """Return *methodology* with changes merged into its tables, read and checked again.

    Its note says what it came from, by fingerprint, and which keys were touched; where nothing changes it is the same.
    """
    for place, change in {**criteria, "policy": policy}.items():
        if not isinstance(change, Mapping):
            message = f"expected the keys to change by name, found {change!r}"
            raise MethodologyFaults("nothing was changed", [Fault(message, place=Place(at=place))])
    tables = to_tables(methodology)
    for table in tables.get("criterion", []):
        _merge(table, criteria.get(table["id"], {}))
    if policy:
        _merge(tables.setdefault("policy", {}), policy)
    made = from_tables(tables)
    if made == methodology:
        return methodology
    touched = [f"{each}: {', '.join(change)}" for each, change in criteria.items()]
    touched += [f"policy.{key}" for key in policy]
    return from_tables({**tables, "note": _note(methodology, "; ".join(touched))})


def _note(methodology: Methodology, touched: str) -> dict[str, str]:
    """Return the note of *methodology*, and that it was changed, in both languages."""
    name, revision, fingerprint = methodology.name, methodology.revision, methodology.fingerprint
    said = {
        "vi": f"Thay đổi từ {name} bản {revision} (dấu vân tay {fingerprint}): {touched}.",
        "en": f"Changed from {name} revision {revision} (fingerprint {fingerprint}): {touched}.",
    }
    before = {"vi": methodology.note.vi, "en": methodology.note.en}
    return {lang: f"{before[lang]} {text}" if before[lang] else text for lang, text in said.items()}


def _merge(table: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if value is None:
            table.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(table.get(key), dict):
            if key == "rule" and value.get("type", table[key]["type"]) != table[key]["type"]:
                table[key] = {}  # of another rule no parameter stays
            _merge(table[key], value)
        else:
            table[key] = value
