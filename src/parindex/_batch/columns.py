"""Columns of observations: plain arrays as they were given, or distinct values and where they stand.

Nothing is known here of criteria; what a value means for an input is asked when a table is scored.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from parindex._methodology.rules.inputs import NO, NOT_APPLICABLE, YES
from parindex._scoring.assessment import NotApplicable, Observation, observation
from parindex.errors import Fault, ParindexError

if TYPE_CHECKING:
    from collections.abc import Sequence

Array: TypeAlias = NDArray[Any]
Said: TypeAlias = Observation | NotApplicable | None
"""What a cell says: a value, that the leaf does not apply, or nothing."""

PLAIN: Final = frozenset("bhilqBHILQd?")
"""The kinds of arrays that are kept as they are: whole numbers of any width, double floats, truth values."""

WHOLE: Final = 2.0**53
"""Below this every whole number is a float."""


@frozen(eq=False)
class Coded:
    """Distinct values, and for each unit the position of its own; a value that cannot be kept is an error in *odd*."""

    codes: Array
    words: tuple[Said, ...]
    odd: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, units: Any) -> Coded:
        return Coded(self.codes[units], self.words, self.odd)


Column: TypeAlias = Array | Coded


def column(given: Any) -> Column:
    """Return one column from an array, a masked array, a categorical or a sequence of anything; nothing is copied yet.

    Raises:
        Fault: if it holds what can never be an observation, such as dates, or has more than one dimension.
    """
    if type(given) is np.ndarray and given.ndim == 1 and given.dtype.char in PLAIN:
        return given
    if isinstance(given, Coded):
        return given
    if isinstance(given, np.ma.MaskedArray):
        missing = np.ma.getmaskarray(given)
        return _with_missing(column(np.asarray(given.data)), missing)
    if hasattr(given, "codes") and hasattr(given, "categories"):
        words = [None, *map(said, given.categories)]
        return _locked_codes(np.asarray(given.codes, dtype=np.intp) + 1, words)
    array = _array(given)
    if array.ndim != 1:
        raise Fault(f"has {array.ndim} dimensions, expected one value for each unit")
    kind = array.dtype.kind
    if array.dtype.char in PLAIN:
        return array
    if kind == "f":
        wide = array.astype(np.float64)
        whole = np.isnan(wide) | ((np.floor(wide) == wide) & (abs(wide) < WHOLE))
        return wide if whole.all() else factorized(list(array))
    if kind in "OUT":
        return factorized(array.tolist())
    raise Fault(f"holds {array.dtype}, which is neither numbers, text nor truth values")


def _array(given: Any) -> Array:
    """Return *given* as an array that holds just what it held: a list of mixed kinds stays one of objects."""
    if hasattr(given, "__array__"):
        array = np.asarray(given)
        # pandas writes whole numbers with a gap as floats, which cannot hold all of them.
        gapped = array.dtype.kind == "f" and str(getattr(given, "dtype", "")).lstrip("U").startswith("Int")
        return np.asarray(given.astype(object)) if gapped else array
    if isinstance(given, str) or not hasattr(given, "__len__"):
        raise Fault(f"found {given!r}, expected one value for each unit")
    kinds = set(map(type, given))
    if kinds <= {int} or kinds <= {float} or kinds <= {bool}:
        array = np.asarray(given)
        if array.dtype.char in PLAIN:
            return array if kinds != {int} or array.dtype.kind in "iu" else _objects(given)
    return _objects(given)


def _objects(given: Sequence[Any]) -> Array:
    array = np.empty(len(given), dtype=object)
    array[:] = list(given)
    return array


def said(value: Any) -> Said:
    """Return what a cell says; NaN, as frames write an empty cell, says nothing.

    Raises:
        ParindexError: for what is neither a number, text nor a truth value.
    """
    if isinstance(value, NotApplicable):
        return value
    if (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float | np.floating) and math.isnan(value))
    ):
        return None
    if isinstance(value, str) and value.strip().startswith(NOT_APPLICABLE):
        rest = value.strip().removeprefix(NOT_APPLICABLE)
        if not rest or rest.startswith(":"):
            return NotApplicable(rest.removeprefix(":").strip())
    return observation(value)


def drops(value: Any) -> NotApplicable | None:
    """Return what a cell of a column ``3.2.1:not-applicable`` says: a reason, or yes without one; no says nothing."""
    if value is None or isinstance(value, NotApplicable):
        return value
    word = str(value).casefold()
    if word in NO:
        return None
    return NotApplicable("" if word in YES else str(value))


def factorized(values: Sequence[Any]) -> Coded:
    """Return a sequence of anything as its distinct values; only these are looked at one by one."""
    keys: Sequence[Any] = values
    kinds = set(map(type, values)) - {str, type(None)}
    if len(kinds) > 1:
        # True and 1, or 0.1 of two widths, are equal to a dict and read differently.
        keys = list(zip(map(type, values), values, strict=True))
    try:
        first = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
    except TypeError:
        raise Fault("holds values that are no numbers, texts or truth values") from None
    places = {key: place for place, key in enumerate(first)}
    codes = np.fromiter(map(places.__getitem__, keys), dtype=np.intp, count=len(keys))
    words: list[Said] = []
    odd = []
    for place, position in enumerate(first.values()):
        try:
            words.append(said(values[position]))
        except ParindexError as error:
            words.append(None)
            odd.append((place, str(error)))
    return _locked_codes(codes, words, odd)


def _with_missing(of: Column, missing: Array) -> Column:
    """Return a column of which some cells say nothing."""
    if isinstance(of, Coded):
        codes = np.where(missing, len(of.words), of.codes)
        there = set(codes.tolist())
        return _locked_codes(codes, [*of.words, None], [each for each in of.odd if each[0] in there])
    if not missing.any():
        return of
    if of.dtype.kind == "b" or (of.dtype.kind in "iu" and (abs(of[~missing].astype(np.float64)) >= WHOLE).any()):
        objects = of.astype(object)
        objects[missing] = None
        return factorized(objects.tolist())
    return np.where(missing, np.nan, of)


def _locked(array: Array) -> Array:
    array.setflags(write=False)
    return array


def _locked_codes(codes: Array, words: Sequence[Said], odd: Sequence[tuple[int, str]] = ()) -> Coded:
    return Coded(_locked(codes), tuple(words), tuple(odd))
