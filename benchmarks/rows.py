"""The rows that a run gives, and the one table they are printed as, on the terminal and on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADS = ("what", "units", "time", "rounds", "against", "ratio", "mark", "other printed / ranks")
RIGHT = frozenset({"units", "time", "rounds", "ratio"})


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured figure.

    Attributes:
        section: the part of the run it belongs to.
        seconds: the least time, or None where it was not measured; *note* then says why.
        against: what the ratio is to.
        must, aim: the marks, in the unit of *ratio* or, where *absolute*, in seconds.
        printed, ranks: how many units have another printed index or rank than the exact one.
    """

    section: str
    what: str
    units: int | None = None
    seconds: float | None = None
    rounds: int | None = None
    against: str = ""
    ratio: float | None = None
    must: float | None = None
    aim: float | None = None
    absolute: bool = False
    printed: int | None = None
    ranks: int | None = None
    note: str = ""

    @property
    def mark(self) -> str:
        """What is asked for, and whether it was met; never more than a reading."""
        measured = self.seconds if self.absolute else self.ratio
        if self.must is None:
            return ""
        wanted = " ".join(
            f"{name} {_time(limit) if self.absolute else _times(limit)}"
            for name, limit in (("must", self.must), ("aim", self.aim))
            if limit is not None
        )
        if measured is None:
            return wanted
        if self.aim is not None and measured <= self.aim:
            return f"{wanted}: aim met"
        return f"{wanted}: {'met' if measured <= self.must else 'missed'}"

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the table."""
        return (
            self.what,
            "" if self.units is None else f"{self.units:,}",
            self.note if self.seconds is None and self.ratio is None else _time(self.seconds),
            "" if self.rounds is None else str(self.rounds),
            self.against,
            "" if self.ratio is None else _times(self.ratio),
            self.mark,
            "" if self.printed is None else f"{self.printed:,} / {self.ranks:,}",
        )


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.95 else f"{value:.1f}" if value >= 9.995 else f"{value:.2f}"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{_digits(seconds)} s" if seconds >= 1 else f"{_digits(seconds * 1000)} ms"


def _times(ratio: float) -> str:
    return f"{_digits(ratio)} x"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table, padded so that it reads as plain text too; empty columns are left out."""
    cells = [row.cells() for row in rows]
    kept = [number for number in range(len(HEADS)) if any(row[number] for row in cells)]
    heads = [HEADS[number] for number in kept]
    return _padded(heads, [[row[number] for number in kept] for row in cells])


def _padded(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in (heads, *cells)) for place in range(len(heads))]
    rights = [head in RIGHT for head in heads]

    def line(row: Sequence[str]) -> str:
        return (
            "| "
            + " | ".join(
                text.rjust(width) if right else text.ljust(width)
                for text, width, right in zip(row, widths, rights, strict=True)
            )
            + " |"
        )

    rule = ["-" * (width - 1) + (":" if right else "-") for width, right in zip(widths, rights, strict=True)]
    return "\n".join(map(line, (heads, rule, *cells)))
