"""The shipped editions and example data, found by id, edition and year."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from parindex._files.tables import parse_toml
from parindex._methodology.files import parse_methodology
from parindex._methodology.words import Completeness, SourceStatus, Text
from parindex.errors import CatalogError, near

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from parindex._methodology.methodology import Methodology

_FILE: Final = re.compile(r"(?P<id>[a-z0-9.-]+)@(?P<edition>[a-z0-9-]+)\.toml")
EXAMPLE: Final = "example:"


@frozen
class CatalogEntry:
    """One edition of the catalogue, without its criteria."""

    id: str
    edition: str
    years: tuple[int, ...]
    unit_kind: str
    completeness: Completeness
    title: Text

    @property
    def name(self) -> str:
        """The id and the edition, as :func:`load` takes them."""
        return f"{self.id}@{self.edition}"


def _folder() -> Traversable:
    return files("parindex._catalog")


@cache
def _texts() -> dict[tuple[str, str], str]:
    """Return the file name of every edition; the package does not change while it runs."""
    found = {}
    for file in sorted(_folder().iterdir(), key=lambda each: each.name):
        match = _FILE.fullmatch(file.name)
        if match:
            found[match["id"], match["edition"]] = file.name
    return found


@cache
def catalog() -> tuple[CatalogEntry, ...]:
    """Return every edition that ships, by id and then by first year.

    >>> [entry.name for entry in catalog() if entry.unit_kind == "ministry"]
    ['vn.par.ministry@2022']
    """
    entries = []
    for file_name in _texts().values():
        head: dict[str, Any] = parse_toml((_folder() / file_name).read_text("utf-8"), name=file_name)
        entries.append(
            CatalogEntry(
                id=head["id"],
                edition=head["edition"],
                years=tuple(head["years"]),
                unit_kind=head["unit_kind"],
                completeness=Completeness(head["completeness"]),
                title=Text(**head["title"]),
            )
        )
    return tuple(sorted(entries, key=lambda entry: (entry.id, entry.years)))


def load(name: str, *, year: int | None = None) -> Methodology:
    """Return an edition of the catalogue.

    Args:
        name: an id such as "vn.pci.province", or "id@edition".
        year: the index year; needed where an id has several editions, so that results do not change when the
            package learns of another one.

    Raises:
        CatalogError: if there is no such edition, or several; the message says which there are.

    >>> load("vn.pci.province", year=2008).name
    'vn.pci.province@2006'
    """
    if year is not None and type(year) is not int:
        raise CatalogError(f"{year!r} is no year, expected a whole number such as 2024")
    found_id, at, edition = name.partition("@")
    editions = [entry for entry in catalog() if entry.id == found_id]
    if not editions:
        known = dict.fromkeys(entry.id for entry in catalog())
        hint = near(found_id, known)
        meant = f"did you mean {hint!r}?" if hint else f"there are {', '.join(known)}"
        raise CatalogError(f"the catalogue has no {found_id!r}; {meant}")
    if at:
        return _edition(found_id, edition, editions, year)
    if year is None:
        if len(editions) > 1:
            raise CatalogError(f"{found_id} has several editions, state a year or one of them: {_listed(editions)}")
        return _read(editions[0])
    fitting = [entry for entry in editions if year in entry.years]
    if not fitting:
        raise CatalogError(_no_year(found_id, year, editions))
    return _read(fitting[0])


def _edition(found_id: str, edition: str, editions: list[CatalogEntry], year: int | None) -> Methodology:
    for entry in editions:
        if entry.edition == edition:
            if year is not None and year not in entry.years:
                raise CatalogError(f"{entry.name} applies to {_years(entry)}, not to {year}")
            return _read(entry)
    raise CatalogError(f"{found_id} has no edition {edition!r}; there are {_listed(editions)}")


def _no_year(found_id: str, year: int, editions: list[CatalogEntry]) -> str:
    nearest = min(editions, key=lambda entry: min(abs(year - each) for each in entry.years))
    return (
        f"{found_id} has no edition for {year}: the nearest, {nearest.name}, applies to {_years(nearest)} only; "
        f"there are {_listed(editions)}"
    )


def _years(entry: CatalogEntry) -> str:
    return ", ".join(map(str, entry.years))


def _listed(editions: list[CatalogEntry]) -> str:
    return "; ".join(f"{entry.name} ({_years(entry)})" for entry in editions)


def _read(entry: CatalogEntry) -> Methodology:
    file_name = _texts()[entry.id, entry.edition]
    return parse_methodology((_folder() / file_name).read_text("utf-8"), name=file_name)


@frozen
class Example:
    """Packaged observations: what they are, and where they come from."""

    name: str
    methodology: str
    status: SourceStatus
    source: str
    url: str | None
    title: Text


@cache
def examples() -> tuple[Example, ...]:
    """Return the packaged observations, by name."""
    told = parse_toml((_folder() / "examples.toml").read_text("utf-8"), name="examples.toml")
    return tuple(
        Example(
            name=name,
            methodology=about["methodology"],
            status=SourceStatus(about["status"]),
            source=about["source"],
            url=about.get("url"),
            title=Text(**about["title"]),
        )
        for name, about in sorted(told.items())
    )


def example(name: str) -> str:
    """Return the CSV text of packaged observations, with or without the prefix ``example:``.

    Raises:
        CatalogError: if there is none of that name.
    """
    name = name.removeprefix(EXAMPLE)
    known = [each.name for each in examples()]
    if name not in known:
        hint = near(name, known)
        meant = f"did you mean {hint!r}?" if hint else f"there are {', '.join(known)}"
        raise CatalogError(f"there is no example {name!r}; {meant}")
    return (_folder() / "examples" / f"{name}.csv").read_text("utf-8")
