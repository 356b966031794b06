"""The editions that ship, by the names of their files; a revision that was published stays."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FILE: Final = re.compile(r"(?P<id>[a-z0-9.-]+)@(?P<edition>[a-z0-9-]+?)(?:\.r(?P<revision>[0-9]+))?\.toml")


@frozen(order=True)
class ShippedFile:
    """One revision of one edition: the first has no number in its file name, the second ends in ``.r2.toml``."""

    id: str
    edition: str
    revision: int

    @property
    def name(self) -> str:
        """The name of the file."""
        later = f".r{self.revision}" if self.revision > 1 else ""
        return f"{self.id}@{self.edition}{later}.toml"

    def read(self) -> str:
        """Return its text."""
        return (folder() / self.name).read_text("utf-8")


def folder() -> Traversable:
    """Return where the editions and the examples lie."""
    return files("parindex._catalog")


@cache
def shipped() -> tuple[ShippedFile, ...]:
    """Return every revision of every edition, in order; the package does not change while it runs."""
    matches = (_FILE.fullmatch(file.name) for file in folder().iterdir())
    return tuple(
        sorted(ShippedFile(match["id"], match["edition"], int(match["revision"] or 1)) for match in matches if match)
    )
