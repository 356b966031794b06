"""What differs between two methodologies, as values that word themselves and can be turned round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import evolve, field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.differing.kinds import ChangeKind, ChangePart
from parindex._methodology.differing.layout import told, written
from parindex._methodology.words import Completeness, Lang, Text, Writer

if TYPE_CHECKING:
    from parindex._methodology.methodology import Methodology

Value: TypeAlias = str | int | bool | tuple[Any, ...] | FrozenMap[str, Any] | None
"""A value as a methodology file holds it; lists are tuples here, tables cannot change, None stands for nothing."""


def frozen_value(value: Any) -> Value:
    """Return a value of a file, as tables hold it, in a form that cannot change."""
    if isinstance(value, Mapping):
        return FrozenMap({key: frozen_value(each) for key, each in value.items()})
    if isinstance(value, list):
        return tuple(map(frozen_value, value))
    known: Value = value
    return known


_OPPOSITE: Final = {ChangeKind.REMOVED: ChangeKind.ADDED, ChangeKind.ADDED: ChangeKind.REMOVED}


@frozen
class Identity:
    """What names one side of a comparison exactly, and how much of a decision it holds."""

    id: str
    edition: str
    revision: int
    fingerprint: str
    completeness: Completeness

    @property
    def name(self) -> str:
        """The id and the edition, "vn.par.ministry@2022"."""
        return f"{self.id}@{self.edition}"


@frozen(kw_only=True)
class Change:
    """One thing that two methodologies state differently.

    Attributes:
        kind: what happened.
            A criterion is *moved* if it stands below another one than before, *renumbered* if only its own part of the
            id is another; those below it follow and are not told again.
            What *follows* is a maximum that nobody states: it is another because a weight, a total or a sum is.
        part: the part of the methodology.
        old_id, new_id: the id or key of the criterion, grade, source ... on both sides; None where there is none.
        old_title, new_title: its title on both sides.
        key: the key of the file that changed, such as "max", "rule.from" or "rule.levels[late].points"; "" for the
            whole.
        old, new: the values of the file, as ``dumps`` of a methodology writes them; defaults are spelled out.
        sure: False where another reading is possible: the two sides may not be the same criterion, or what was removed
            here may be what was added there.
        subject, old_words, new_words: what changed and how either side reads, in both languages.
    """

    kind: ChangeKind
    part: ChangePart
    old_id: str | None = None
    new_id: str | None = None
    old_title: Text = Text()
    new_title: Text = Text()
    key: str = ""
    old: Value = None
    new: Value = None
    sure: bool = True
    subject: Text = field(default=Text(), repr=False)
    old_words: Text = field(default=Text(), repr=False)
    new_words: Text = field(default=Text(), repr=False)

    def in_words(self, *, lang: Lang = "vi") -> str:
        """Return the change as a sentence, "1.1 Files on time: counts from 80 % -> 90 %"."""
        return told(self, Writer(lang))

    def reversed(self) -> Change:
        """Return the same change seen from the other side."""
        return evolve(
            self,
            kind=_OPPOSITE.get(self.kind, self.kind),
            old_id=self.new_id,
            new_id=self.old_id,
            old_title=self.new_title,
            new_title=self.old_title,
            old=self.new,
            new=self.old,
            old_words=self.new_words,
            new_words=self.old_words,
        )


@frozen
class Diff:
    """What differs between two methodologies; falsy where nothing does.

    Attributes:
        old, new: what was compared.
        changes: every difference, part by part; criteria removed, criteria added, then those on both sides in the order
            of the new one.
    """

    old: Identity
    new: Identity
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def in_words(self, *, lang: Lang = "vi") -> str:
        """Return all changes as lines of text, after a summary."""
        return "\n".join(written(self, Writer(lang)))


def diff(old: Methodology, new: Methodology) -> Diff:
    """Return what differs between two methodologies, from *old* to *new*.

    Whatever makes their fingerprints differ is told, and nothing else: ``diff(m, m)`` is empty.
    Criteria are recognised by title and place, so a renumbered domain is one change and not twenty; what is not certain
    says so (``sure``).
    ``diff(new, old)`` has the same changes reversed.

    >>> from parindex import load
    >>> found = diff(load("vn.pci.province@2006"), load("vn.pci.province@2009"))
    >>> print(next(change for change in found.changes if change.key == "max").in_words(lang="en"))
    entry-costs Entry costs: maximum 5 -> 10 (+5)
    >>> bool(diff(load("vn.pci.province@2006"), load("vn.pci.province@2006")))
    False
    """
    from parindex._methodology.differing.compare import changes

    return Diff(_identity(old), _identity(new), changes(old, new))


def _identity(methodology: Methodology) -> Identity:
    return Identity(
        methodology.id, methodology.edition, methodology.revision, methodology.fingerprint, methodology.completeness
    )
