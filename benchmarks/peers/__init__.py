"""What a user would pick instead: one module for each, all doing the same work on the same columns.

A peer module has ``LINE``, which says in one line what it does and in what arithmetic; ``TOLERANCE``, how far its index
may be from the exact one, as a share of it; ``prepare(edition)``, which is not timed; and ``run(prepared, columns)``,
which is: from the user's arrays to the points of all leaves, the index, the index as printed, and the ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    import parindex

NAMES: Final = (
    "objects_peer",
    "pandas_peer",
    "polars_peer",
    "openfisca_peer",
    "scikit_criteria_peer",
    "pymcdm_peer",
)


@dataclass(frozen=True)
class Result:
    """What a peer gives for every unit."""

    index: NDArray[np.floating[Any]]
    printed: NDArray[np.floating[Any]]
    ranks: NDArray[np.integer[Any]]


class Peer(Protocol):
    """The names of a peer module."""

    __name__: str
    LINE: str
    TOLERANCE: float

    def prepare(self, edition: parindex.Methodology) -> Any:
        """Return what the peer needs before it sees a unit."""
        ...

    def run(self, prepared: Any, columns: dict[str, NDArray[Any]]) -> Result:
        """Return the results of all units."""
        ...


def title(name: str) -> str:
    """Return the name of a peer as it is printed."""
    return name.removesuffix("_peer").replace("_", "-")


def load(name: str) -> Peer | str:
    """Return a peer, or why it cannot take part."""
    try:
        return cast("Peer", import_module(f"peers.{name}"))
    except ImportError as error:
        return f"not installed: {error}"
