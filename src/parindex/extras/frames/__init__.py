"""Data frames of any kind: tables of observations, wide or long, from them, and boards to them.

narwhals reads and makes them, be they of pandas, polars, pyarrow or others; it comes with the extra ``frames``.
"""

from __future__ import annotations

from parindex.errors import ParindexError

try:
    from parindex.extras.frames.reading import from_frame
    from parindex.extras.frames.results import to_frame
except ImportError as error:
    raise ParindexError(f'data frames need {error.name}: pip install "parindex[frames]"') from None

__all__ = ["from_frame", "to_frame"]
