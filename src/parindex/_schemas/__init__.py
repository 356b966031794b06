"""The JSON Schemas of the file formats, as they ship in the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from parindex.errors import CatalogError, near

NAMES: Final = ("methodology-1", "observations-1")


def schema(name: str) -> dict[str, Any]:
    """Return a JSON Schema of the package, draft 2020-12; a new value with every call.

    ``methodology-1`` describes a methodology file, ``observations-1`` tables of observations and assessments.
    What a schema cannot see, sums and references above all, is for :func:`parse_methodology` and :func:`check`.

    Raises:
        CatalogError: if there is none of that name, with the near miss.

    >>> schema("methodology-1")["title"]
    'Methodology of a performance index, format parindex.methodology/1'
    """
    if name not in NAMES:
        hint = near(name, NAMES)
        meant = f"did you mean {hint!r}?" if hint else f"there are {', '.join(NAMES)}"
        raise CatalogError(f"there is no schema {name!r}; {meant}")
    read: dict[str, Any] = json.loads((files(__name__) / f"{name}.json").read_text("utf-8"))
    return read


__all__ = ["NAMES", "schema"]
