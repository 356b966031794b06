"""The errors of the library: what was found, what was expected, and where.

Every error is a :class:`ParindexError`.
The faults of one document come together, as one :class:`Faults` group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "CatalogError",
    "Fault",
    "FileError",
    "MethodologyFaults",
    "NumberError",
    "ObservationFaults",
    "ParindexError",
    "Place",
    "PopulationError",
    "RefusedError",
    "found",
    "near",
]

T = TypeVar("T")


def near(word: str, words: Iterable[str]) -> str | None:
    """Return the one of *words* that *word* most likely stands for, or None."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else None


@frozen
class Place:
    """Where a fault stands: any of a file, a line, a unit, and a position such as ``3.2.1:done``.

    In a workbook a sheet and a cell stand in place of the line.
    """

    file: str | None = None
    line: int | None = None
    unit: str | None = None
    at: str | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def spot(self) -> str:
        """The line, or the sheet and the cell, within the file; "" where neither is known."""
        if self.line is not None:
            return f"line {self.line}"
        sheet = "" if self.sheet is None else f"sheet {self.sheet!r}"
        cell = "" if self.cell is None else f"cell {self.cell}"
        return f"{sheet} {cell}".strip()

    def __str__(self) -> str:
        file = f"{self.file or ''} {self.spot}".strip()
        unit = None if self.unit is None else f"unit {self.unit!r}"
        return ", ".join(part for part in (file, unit, self.at) if part)


class ParindexError(ValueError):
    """The root of every error that the library raises on purpose."""


class NumberError(ParindexError):
    """A value that is no exact number of the kind asked for; *found* is that value."""

    def __init__(self, message: str, *, found: object = None) -> None:
        super().__init__(message)
        self.found = found

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args[0], {"found": self.found})


class Fault(ParindexError):
    """One thing that is wrong in a document or a value.

    Attributes:
        message: what was found and what was expected.
        place: where.
        hint: the word that was probably meant, or None.
    """

    def __init__(self, message: str, *, place: Place | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place or Place()
        self.hint = hint

    def __str__(self) -> str:
        where = str(self.place)
        meant = f"; did you mean {self.hint!r}?" if self.hint else ""
        return f"{where}: {self.message}{meant}" if where else f"{self.message}{meant}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, {"place": self.place, "hint": self.hint})

    def within(self, **parts: Any) -> Fault:
        """Return the same fault with the parts of its place that were not known yet filled in."""
        known = {name: value for name, value in parts.items() if getattr(self.place, name) is None}
        return type(self)(self.message, place=evolve(self.place, **known), hint=self.hint)


class FileError(ParindexError):
    """A file that cannot be read as text at all: absent, a directory, not UTF-8, not TOML or JSON."""


class CatalogError(ParindexError, LookupError):
    """A name that is not there, or fits several: an edition, an example, a criterion, a unit."""


class PopulationError(ParindexError):
    """A relative rule was asked for one unit alone; it compares all of them, as ``score_many`` does."""


class RefusedError(ParindexError):
    """A methodology that ``score`` does not compute with.

    Attributes:
        findings: the errors of ``check`` that stand in the way; empty for an entry.
    """

    def __init__(self, message: str, *, findings: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args[0], {"findings": self.findings})


def found(items: Mapping[str, T], name: str, missing: str) -> T:
    """Return the item of that name.

    Raises:
        CatalogError: if there is none, with the near miss: "*missing* 'name'; did you mean ...?".
    """
    try:
        return items[name]
    except KeyError:
        hint = near(name, items)
        raise CatalogError(f"{missing} {name!r}" + (f"; did you mean {hint!r}?" if hint else "")) from None


class Faults(ExceptionGroup[ParindexError], ParindexError):
    """All faults of one document or one set of observations, each with its place."""

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"- {fault}" for fault in self.exceptions)])

    def derive(self, excs: Sequence[ParindexError]) -> Faults:  # type: ignore[override]  # same faults, fewer of them
        return type(self)(self.message, excs)


class MethodologyFaults(Faults):
    """What is wrong in a methodology: nothing was built."""


class ObservationFaults(Faults):
    """What is wrong in observations, or missing from them: nothing was scored."""


def _rebuild(cls: type[Any], message: str, named: dict[str, Any]) -> Any:
    return cls(message, **named)
