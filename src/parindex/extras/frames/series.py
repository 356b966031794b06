"""One column of a data frame as the table of observations takes it: an array, or distinct values and where they stand.

No value is looked at one by one but the distinct ones of texts and of columns of mixed kinds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np
from attrs import frozen

from parindex._batch.columns import Array, factorized
from parindex._text import tidy
from parindex.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Series: TypeAlias = "nw.Series[Any]"
Frame: TypeAlias = "nw.DataFrame[Any]"


@frozen(eq=False)
class Codes:
    """Distinct values, and for each row the position of its own, -1 where the cell is empty."""

    codes: Array
    categories: tuple[Any, ...]

    def renamed(self, name: Callable[[Any], Any]) -> Codes:
        """Return the codes of other values: those of one new name become one, and None becomes an empty cell."""
        named = [(type(each), each) for each in map(name, self.categories)]  # True is 1 to a dict, and must not be here
        places = {
            each: place for place, each in enumerate(dict.fromkeys(each for each in named if each[1] is not None))
        }
        moved = np.array([*(places.get(each, -1) for each in named), -1], dtype=np.intp)
        return Codes(moved[self.codes], tuple(each for _, each in places))

    def of(self, rows: Array) -> Codes:
        """Return some of the rows, with the values that stand there."""
        kept, codes = np.unique(self.codes[rows], return_inverse=True)
        empty = len(kept) > 0 and kept[0] < 0
        return Codes(
            codes.astype(np.intp) - empty, tuple(self.categories[each] for each in kept[int(empty) :].tolist())
        )


def column(series: Series) -> Any:
    """Return a column as ``ObservationTable.from_columns`` takes it; decimals stay exact, and null says nothing."""
    dtype = series.dtype
    if series.null_count() == len(series):
        return np.full(len(series), np.nan)
    if isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)):
        return coded(series)
    if isinstance(dtype, nw.Decimal):
        return coded(series).renamed(Decimal)
    if (dtype.is_integer() or isinstance(dtype, nw.Boolean)) and series.null_count():
        filled = series.fill_null(value=False if isinstance(dtype, nw.Boolean) else 0)
        return np.ma.MaskedArray(filled.to_numpy(), mask=series.is_null().to_numpy())
    return series.to_numpy()


def coded(series: Series) -> Codes:
    """Return a column as its distinct values, those of numbers as text, without looking at its rows one by one."""
    inner: Any = getattr(series.to_native(), "array", None)  # of pandas, whose categories may be of any kind
    if hasattr(inner, "codes") and hasattr(inner, "categories"):
        return Codes(np.asarray(inner.codes, dtype=np.intp), tuple(inner.categories))
    if isinstance(series.dtype, nw.Object):
        found = factorized(series.to_list())
        if found.odd:
            raise Fault(found.odd[0][1])
        return Codes(found.codes, found.words).renamed(lambda word: word)
    codes = np.full(len(series), -1, dtype=np.intp)
    given = series.drop_nulls()  # before the cast: some versions of pandas write a null as text
    if not len(given):
        return Codes(codes, ())
    text = given if isinstance(series.dtype, nw.String) else given.cast(nw.String)
    words = text.unique(maintain_order=True).to_list()
    places = text.replace_strict(words, list(range(len(words))), return_dtype=nw.Int64)
    codes[~series.is_null().to_numpy().astype(bool)] = places.to_numpy()
    return Codes(codes, tuple(words))


def texts(series: Series) -> Codes:
    """Return a column of names, trimmed and in NFC; null and empty text are -1.

    Raises:
        Fault: if it holds anything but text.
    """
    if series.null_count() == len(series):
        return Codes(np.full(len(series), -1, dtype=np.intp), ())
    if not isinstance(series.dtype, (nw.String, nw.Categorical, nw.Enum, nw.Object)):
        raise Fault(f"holds {series.dtype}, expected text: as a number 1.10 is no longer told from 1.1")
    found = coded(series)
    odd = [each for each in found.categories if not isinstance(each, str)]
    if odd:
        raise Fault(f"{odd[0]!r} is not text")
    return found.renamed(lambda word: tidy(word) or None)


def words(values: Sequence[Any]) -> Codes:
    """Return what any values say as texts; None, NaN and empty text are -1."""
    found = factorized(values)
    return Codes(found.codes, found.words).renamed(lambda word: None if word is None else tidy(str(word)))
