"""Boards to data frames of the kind asked for: a row for each unit, in the order of the board.

Printed figures are text.
A decimal has another type in every library, and in Arrow one whose width the parts of a table would have to agree on;
a float would not be what is printed.
To compute with there is the index in units of its last digit, a whole number, and to sort by there is the order key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from parindex.errors import Fault, ParindexError, Place, near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parindex._scoring.board import Scoreboard

_COLUMNS: Final[dict[str, tuple[type, Callable[[Scoreboard], Iterable[Any]]]]] = {
    "unit": (nw.String, lambda board: board.units),
    "group": (nw.String, lambda board: board.groups),
    "points": (nw.String, lambda board: _printed(board, board.points())),
    "index": (nw.String, lambda board: (None if each is None else str(each) for each in board.printed_index)),
    "index_scaled": (nw.Int64, lambda board: board.printed_index_scaled.tolist()),
    "rank": (nw.Int64, lambda board: board.ranks().tolist()),
    "grade": (nw.String, lambda board: (None if each is None else each.key for each in board.grades)),
    "status": (nw.String, lambda board: map(str, board.status)),
    "order_key": (nw.String, lambda board: board.order_keys()),
}

_USUAL: Final = ("unit", "group", "index", "index_scaled", "rank", "grade", "status")


def to_frame(board: Scoreboard, *, like: Any, columns: Iterable[str] = _USUAL, nodes: Iterable[str] = ()) -> Any:
    """Return the results of a board as a data frame.

    The columns are unit, group, index (as printed, text), index_scaled (9080 for 90.80; -1 where there is no index),
    rank (0 where a unit is not ranked), grade (its key), status, and on demand points (as printed, text) and order_key.
    For every node there are ``<id>``, its points, and ``<id>%``, its component index, both as printed.
    Every column has the same type in all parts of a table.

    Args:
        board: what was scored.
        like: which kind of frame: one of them, such as the frame that was read, or the module or its name, "polars".
        columns: which columns, in which order.
            Points, order keys and nodes are made from exact figures, unit by unit, and take their time.
        nodes: the ids of criteria to add.

    Raises:
        ParindexError: for a kind of frame that cannot be made, or a column that does not exist.
        CatalogError: for a criterion that does not exist.
    """
    data: dict[str, list[Any]] = {}
    kinds: dict[str, Any] = {}
    for name in columns:
        if name not in _COLUMNS:
            raise Fault(
                f"{name!r} is none of {', '.join(_COLUMNS)}", place=Place(at="columns"), hint=near(name, _COLUMNS)
            )
        kinds[name], made = _COLUMNS[name]
        data[name] = list(made(board))
    for node in nodes:
        data[node], data[f"{node}%"] = (_printed(board, of(node)) for of in (board.points, board.component_index))
        kinds[node] = kinds[f"{node}%"] = nw.String
    try:
        backend = _backend(like)
        # Series by series: a frame of pandas made at once would write a null among texts as text.
        series = {name: nw.new_series(name, values, kinds[name], backend=backend) for name, values in data.items()}
        return nw.from_dict(series).to_native()
    except (TypeError, ValueError, ImportError) as error:
        raise ParindexError(f"no such frame can be made, expected one of pandas, polars or pyarrow: {error}") from None


def _backend(like: Any) -> Any:
    if isinstance(like, str) or hasattr(like, "__spec__"):
        return like
    return nw.from_native(like).implementation


def _printed(board: Scoreboard, values: Iterable[Any]) -> list[str | None]:
    rounding = board.methodology.policy.print_rounding
    return [None if each is None else str(rounding.printed(each)) for each in values]
