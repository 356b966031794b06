"""One thing that ``check`` says of a methodology."""

from __future__ import annotations

from attrs import frozen

from parindex._methodology.words import Severity


@frozen
class Finding:
    """One thing that ``check`` says: a code, how grave it is, where it stands, and a sentence."""

    code: str
    severity: Severity
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message} [{self.code}]"


def error(code: str, place: str, message: str) -> Finding:
    """Return what stands in the way of scoring."""
    return Finding(code, Severity.ERROR, place, message)


def warning(code: str, place: str, message: str) -> Finding:
    """Return what is doubtful."""
    return Finding(code, Severity.WARNING, place, message)
