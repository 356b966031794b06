"""What bounds any engine from below: copying the bytes of the input, and the algebra that a simulation cannot avoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

COPY_LINE = "np.copyto of as many bytes as the user's arrays have, into memory that was touched before"
DRAWS_LINE = (
    "for each block of 1,024 draws one GEMM of weights and domain points and one np.sort, float64; "
    "nothing is counted or kept"
)
BLOCK = 1024


def copy(columns: dict[str, NDArray[Any]]) -> Callable[[], None]:
    """Return the copy of the bytes of the columns."""
    source = np.concatenate([column.view(np.uint8) for column in columns.values()])
    target = np.empty_like(source)
    target[:] = 0
    return lambda: np.copyto(target, source)


def copy_columns(columns: dict[str, NDArray[Any]]) -> Callable[[], None]:
    """Return the copy of the columns as they are, one by one."""
    targets = [np.zeros_like(column) for column in columns.values()]

    def step() -> None:
        for target, column in zip(targets, columns.values(), strict=True):
            np.copyto(target, column)

    return step


def draws(units: int, weights: int, times: int, seed: int) -> Callable[[], None]:
    """Return the product and the sort of *times* draws of *weights* for so many *units*, without making the draws."""
    draw = np.random.Generator(np.random.Philox(seed))
    points = draw.random((weights, units))
    drawn = draw.random((times, weights))
    scores = np.empty((BLOCK, units))

    def step() -> None:
        for start in range(0, times, BLOCK):
            block = drawn[start : start + BLOCK]
            out = scores[: len(block)]
            np.matmul(block, points, out=out)
            out.sort(axis=1)

    return step
