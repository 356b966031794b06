"""Finding an edition by id, edition, year and revision, among those that ship and those of other packages."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from parindex._catalog.observations import EXAMPLE, Example, example, examples
from parindex._catalog.packages import Provided, misnamed, provided
from parindex._catalog.shelf import ShippedFile, shipped
from parindex._files.tables import parse_toml
from parindex._methodology.files import parse_methodology
from parindex._methodology.words import Completeness, Text
from parindex.errors import CatalogError, ParindexError, near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._methodology.methodology import Methodology

_log: Final = logging.getLogger("parindex")
OWN: Final = "parindex"
"""The provider of the editions that ship."""


@frozen
class CatalogEntry:
    """One edition of the catalogue in its latest revision, without its criteria.

    Attributes:
        id, edition: its name.
        years: the index years it applies to.
        unit_kind: what is scored.
        completeness: whether it is full, an outline, or an entry that cannot be scored with.
        title: its title in both languages.
        revision: the latest one there is.
        provider: the package it comes from, "parindex" for what ships.
    """

    id: str
    edition: str
    years: tuple[int, ...]
    unit_kind: str
    completeness: Completeness
    title: Text
    revision: int = 1
    provider: str = OWN

    @property
    def name(self) -> str:
        """The id and the edition, as :func:`load` takes them."""
        return f"{self.id}@{self.edition}"


@cache
def catalog() -> tuple[CatalogEntry, ...]:
    """Return every edition, by id and then by first year; those of other packages are loaded for it.

    An edition that cannot be loaded, or has the name of another one, is left out, and the logger ``parindex`` says why;
    :func:`load` raises an error for it.

    >>> [entry.name for entry in catalog() if entry.id == "vn.pci.province"]
    ['vn.pci.province@2006', 'vn.pci.province@2009', 'vn.pci.province@2013']
    """
    found = []
    for message in misnamed():
        _log.warning("%s", message)
    for found_id, edition in dict.fromkeys((each.id, each.edition) for each in _all()):
        try:
            found.append(_entry(found_id, edition))
        except ParindexError as error:
            _log.warning("%s@%s is left out: %s", found_id, edition, error)
    return _sorted(found)


def _all() -> tuple[ShippedFile | Provided, ...]:
    return (*shipped(), *provided())


def _entries(found_id: str) -> tuple[CatalogEntry, ...]:
    """Return every edition of one id, by first year."""
    return _sorted(_entry(found_id, edition) for edition in _editions(found_id))


def _sorted(entries: Iterable[CatalogEntry]) -> tuple[CatalogEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.id, entry.years, entry.edition)))


def _editions(found_id: str) -> list[str]:
    return list(dict.fromkeys(each.edition for each in _all() if each.id == found_id))


@cache
def _entry(found_id: str, edition: str) -> CatalogEntry:
    """Return one edition without its criteria: of what ships, the head of the file is enough."""
    place = _place(found_id, edition, None)
    if isinstance(place, Provided):
        made = place.load()
        return CatalogEntry(
            made.id,
            made.edition,
            made.years,
            made.unit_kind,
            made.completeness,
            made.title,
            made.revision,
            place.provider,
        )
    head: dict[str, Any] = parse_toml(place.read(), name=place.name)
    entry = CatalogEntry(
        id=head["id"],
        edition=head["edition"],
        years=tuple(head["years"]),
        unit_kind=head["unit_kind"],
        completeness=Completeness(head["completeness"]),
        title=Text(**head["title"]),
    )
    return evolve(entry, revision=head["revision"])


def _place(found_id: str, edition: str, revision: int | None) -> ShippedFile | Provided:
    """Return where one edition is, in the revision asked for or the latest.

    Raises:
        CatalogError: if there is no such revision, or more than one package has the edition.
    """
    name = f"{found_id}@{edition}"
    own = [each for each in shipped() if (each.id, each.edition) == (found_id, edition)]
    others = [each for each in provided() if (each.id, each.edition) == (found_id, edition)]
    providers = [*([OWN] if own else []), *(each.provider for each in others)]
    if len(providers) > 1:
        message = f"{name} is in several packages, and none may stand for another: {', '.join(providers)}"
        raise CatalogError(f"{message}; remove one, or load its file with read_methodology")
    if others:
        return others[0]
    if revision is None:
        return own[-1]
    for each in own:
        if each.revision == revision:
            return each
    raise CatalogError(_no_revision(name, revision, (each.revision for each in own)))


def _no_revision(name: str, revision: int, known: Iterable[int]) -> str:
    return f"{name} has no revision {revision}; there are {', '.join(map(str, known))}"


def load(name: str, *, year: int | None = None, revision: int | None = None) -> Methodology:
    """Return an edition of the catalogue, in its latest revision unless one is stated.

    Args:
        name: an id such as "vn.pci.province", or "id@edition".
        year: the index year; needed where an id has several editions, so that results do not change when the
            package learns of another one.
        revision: the revision that earlier results were computed with.

    Raises:
        CatalogError: if there is no such edition or revision, or several; the message says which there are.

    >>> load("vn.pci.province", year=2008).name
    'vn.pci.province@2006'
    """
    for what, value in (("year", year), ("revision", revision)):
        if value is not None and type(value) is not int:
            raise CatalogError(
                f"{value!r} is no {what}, expected a whole number such as {2024 if what == 'year' else 1}"
            )
    found_id, at, edition = name.partition("@")
    editions = _editions(found_id)
    if not editions:
        known = dict.fromkeys(each.id for each in _all())
        hint = near(found_id, known)
        meant = f"did you mean {hint!r}?" if hint else f"there are {', '.join(known)}"
        raise CatalogError(f"the catalogue has no {found_id!r}; {meant}")
    if not at:
        edition = _fitting(found_id, year)
    elif edition not in editions:
        raise CatalogError(f"{found_id} has no edition {edition!r}; there are {_listed(_entries(found_id))}")
    elif year is not None and year not in (entry := _entry(found_id, edition)).years:
        raise CatalogError(f"{entry.name} applies to {_years(entry)}, not to {year}")
    return _read(found_id, edition, revision)


def _fitting(found_id: str, year: int | None) -> str:
    """Return the one edition that is meant by an id, or by an id and a year."""
    entries = _entries(found_id)
    if year is None:
        if len(entries) > 1:
            raise CatalogError(f"{found_id} has several editions, state a year or one of them: {_listed(entries)}")
        return entries[0].edition
    fitting = [entry for entry in entries if year in entry.years]
    if not fitting:
        raise CatalogError(_no_year(found_id, year, entries))
    if len(fitting) > 1:
        raise CatalogError(f"several editions of {found_id} apply to {year}, state one of them: {_listed(fitting)}")
    return fitting[0].edition


def _no_year(found_id: str, year: int, entries: tuple[CatalogEntry, ...]) -> str:
    nearest = min(entries, key=lambda entry: min(abs(year - each) for each in entry.years))
    return (
        f"{found_id} has no edition for {year}: the nearest, {nearest.name}, applies to {_years(nearest)} only; "
        f"there are {_listed(entries)}"
    )


def _years(entry: CatalogEntry) -> str:
    return ", ".join(map(str, entry.years))


def _listed(entries: Iterable[CatalogEntry]) -> str:
    return "; ".join(f"{entry.name} ({_years(entry)})" for entry in entries)


def _read(found_id: str, edition: str, revision: int | None) -> Methodology:
    place = _place(found_id, edition, revision)
    if isinstance(place, ShippedFile):
        return parse_methodology(place.read(), name=place.name)
    made = place.load()
    if revision not in {None, made.revision}:
        raise CatalogError(_no_revision(made.name, revision or 0, [made.revision]))
    return made


__all__ = ["EXAMPLE", "CatalogEntry", "Example", "catalog", "example", "examples", "load"]
