"""Editions that other packages add through the entry-point group ``parindex.methodologies``.

The name of an entry point is the ``id@edition`` it adds, so what there is, is known without loading any of it.
What it points to is a methodology, the text of its file, something with ``read_text`` such as a path, or a function
that returns one of these.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from attrs import field, frozen

from parindex._methodology.files import parse_methodology
from parindex._methodology.methodology import Methodology
from parindex.errors import CatalogError

GROUP: Final = "parindex.methodologies"


@frozen
class Provided:
    """An edition of another package, not loaded yet."""

    id: str
    edition: str
    provider: str
    entry_point: EntryPoint = field(eq=False, repr=False)

    @property
    def name(self) -> str:
        """The id and the edition."""
        return f"{self.id}@{self.edition}"

    def load(self) -> Methodology:
        """Return the methodology.

        Raises:
            CatalogError: if the package cannot be loaded, gives something else, or another edition than it says.
            MethodologyFaults: if its text has faults.
        """
        try:
            found: Any = self.entry_point.load()
            if callable(found) and not isinstance(found, Methodology):
                found = found()
            text = found.read_text("utf-8") if hasattr(found, "read_text") else found
        except Exception as error:
            message = f"{self.name} of the package {self.provider!r} cannot be loaded: {type(error).__name__}: {error}"
            raise CatalogError(message) from error
        made = parse_methodology(text, name=f"{self.provider}: {self.name}") if isinstance(text, str) else text
        if not isinstance(made, Methodology):
            message = f"{self.name} of the package {self.provider!r} is a {type(made).__name__}, expected a methodology"
            raise CatalogError(message)
        if made.name != self.name:
            raise CatalogError(f"the package {self.provider!r} gives {made.name} under the name {self.name}")
        return made


@cache
def provided() -> tuple[Provided, ...]:
    """Return what other packages add, in order; what is installed does not change while a program runs."""
    found = []
    for each in entry_points(group=GROUP):
        name, _, edition = each.name.partition("@")
        if name and edition:
            found.append(Provided(name, edition, _provider(each), each))
    return tuple(sorted(found, key=lambda each: (each.id, each.edition, each.provider)))


@cache
def misnamed() -> tuple[str, ...]:
    """Return, in words, the entry points that name no edition, so that nothing can be loaded from them."""
    return tuple(
        f"the package {_provider(each)!r} adds {each.name!r} to {GROUP}, expected a name such as id@edition"
        for each in entry_points(group=GROUP)
        if not all(each.name.partition("@"))
    )


def _provider(entry_point: EntryPoint) -> str:
    return entry_point.dist.name if entry_point.dist is not None else entry_point.value
