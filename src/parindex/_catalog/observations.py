"""The packaged observations: what they are, where they come from, and their text."""

from __future__ import annotations

from functools import cache
from typing import Final

from attrs import frozen

from parindex._catalog.shelf import folder
from parindex._files.tables import parse_toml
from parindex._methodology.words import SourceStatus, Text
from parindex.errors import CatalogError, near

EXAMPLE: Final = "example:"


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
    told = parse_toml((folder() / "examples.toml").read_text("utf-8"), name="examples.toml")
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
    return (folder() / "examples" / f"{name}.csv").read_text("utf-8")
