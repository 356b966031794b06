"""The methodology: one value that holds a decision's criteria, rules and policies, and cannot be half right."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from parindex._frozen import FrozenMap
from parindex._methodology.check import FIRST_INDEX_YEAR, findings
from parindex._methodology.criteria import Criterion, Entry, Maximum, maximum
from parindex._methodology.finding import Finding  # noqa: TC001  attrs reads the annotations of the class
from parindex._methodology.parts import (
    DOTTED,
    SEGMENT,
    Block,
    Event,
    Grade,
    Origin,
    Policy,
    Source,
    foreign,
)
from parindex._methodology.shape import Context
from parindex._methodology.tree import Variant, leaves_of, resolve, variant
from parindex._methodology.words import UNKNOWN, Completeness, Effect, Headline, Severity, Text, Within
from parindex._text import tidy
from parindex.errors import Fault, MethodologyFaults, Place, found, near

LAST_INDEX_YEAR: Final = 2200

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@frozen(kw_only=True, cache_hash=True, repr=False)
class Methodology:
    """A scoring methodology: one index, one kind of unit, one edition.

    Made by :func:`parse_methodology`, :func:`read_methodology` or :func:`load`; ``m["1.1"]`` is a criterion.

    Attributes:
        id: dotted, stable over the years.
        edition: the name of the edition, usually its first year.
        revision: 1, and one more with every correction.
        years: the index years it applies to.
        unit_kind: what is scored: ministry, province, department, district, commune or another segment.
        completeness: whether every leaf has its real rule.
        total: the maximum of the whole, or "unknown".
        title: its title in both languages.
        note: what a reader should know about it.
        titles_verified: whether the titles were held against the decision letter for letter.
        policy, sources, origins, blocks, grades, events: as in the file.
        criteria: every criterion, each before those below it, siblings in the order of the file.

    Raises:
        MethodologyFaults: with all that makes it impossible.
    """

    id: str = field(converter=tidy)
    edition: str = field(converter=tidy)
    revision: int = 1
    years: tuple[int, ...] = field(converter=tuple)
    unit_kind: str = field(converter=tidy)
    completeness: Completeness = field(converter=Completeness)
    total: Maximum = field(converter=maximum)
    title: Text = Text()
    note: Text = Text()
    titles_verified: bool = True
    sources: tuple[Source, ...] = field(default=(), converter=tuple)
    policy: Policy = Policy()
    origins: FrozenMap[str, Origin] = field(default=FrozenMap(), converter=FrozenMap)
    entries: tuple[Entry, ...] = field(default=(), converter=tuple)
    blocks: tuple[Block, ...] = field(default=(), converter=tuple)
    grades: tuple[Grade, ...] = field(default=(), converter=tuple)
    events: tuple[Event, ...] = field(default=(), converter=tuple)
    criteria: tuple[Criterion, ...] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        tree = resolve(self.entries, self._context)
        faults = [*head_faults(self), *tree.faults]
        if faults:
            raise MethodologyFaults(f"{self.id}@{self.edition} cannot be built", faults)
        object.__setattr__(self, "criteria", tree.criteria)

    @property
    def _context(self) -> Context:
        return Context(
            completeness=self.completeness,
            total=self.total,
            policy=self.policy,
            origins=self.origins,
            blocks=self.blocks,
            sources=frozenset(source.key for source in self.sources),
        )

    @property
    def name(self) -> str:
        """The id and the edition, "vn.par.ministry@2022"."""
        return f"{self.id}@{self.edition}"

    @property
    def headline(self) -> Headline:
        """The figure that is published, graded and ranked: the policy's, but points where no total makes an index."""
        return Headline.POINTS if self.total is UNKNOWN else self.policy.headline

    def __repr__(self) -> str:
        return f"<Methodology {self.name} revision {self.revision}, {self.completeness}, {len(self.leaves)} leaves>"

    @cached_property
    def _by_id(self) -> dict[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    def __getitem__(self, criterion_id: str) -> Criterion:
        """Return one criterion.

        Raises:
            CatalogError: if there is none of that id, with the near miss.
        """
        return found(self._by_id, criterion_id, f"{self.name} has no criterion")

    def __contains__(self, criterion_id: object) -> bool:
        return criterion_id in self._by_id

    def __iter__(self) -> Iterator[Criterion]:
        return iter(self.criteria)

    def __len__(self) -> int:
        return len(self.criteria)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that are scored, in the order of the file."""
        return leaves_of(self.criteria)

    @cached_property
    def roots(self) -> tuple[Criterion, ...]:
        """The top level of the base: the domains."""
        return tuple(each for each in self.criteria if each.parent is None and each.block is None)

    @cached_property
    def _subtracted(self) -> frozenset[str]:
        return frozenset(block.id for block in self.blocks if block.effect is Effect.SUBTRACT)

    def takes_off(self, criterion_id: str) -> bool:
        """Return whether the points of a criterion are taken off the whole, so that fewer of them are better.

        Raises:
            CatalogError: if there is no such criterion, with the near miss.
        """
        return self[criterion_id].block in self._subtracted

    @cached_property
    def variants(self) -> FrozenMap[str | None, Variant]:
        """The trees of the groups that criteria name; under None that of all other units."""
        groups = {group for each in self.criteria for group in each.applies_to}
        return FrozenMap({group: variant(self.criteria, group) for group in (None, *groups)})

    @cached_property
    def grouped(self) -> bool:
        """Whether criteria, comparisons or ranks depend on the group of a unit."""
        within = {self.policy.ranked_within, *(leaf.leaf_rule.compares_within for leaf in self.leaves)}
        return Within.GROUP in within or len(self.variants) > 1

    @cached_property
    def partly_known(self) -> tuple[Criterion, ...]:
        """The criteria that have a part of unknown maximum."""
        return tuple(each for each in self.criteria if any(child.max_points is None for child in each.children))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups of units that the methodology itself names."""
        named = [group for each in self.criteria for group in each.applies_to]
        named += [group for grade in self.grades for group in grade.groups]
        return tuple(dict.fromkeys(named))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What :func:`check` returns, found once."""
        return tuple(findings(self))

    @cached_property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of scoring."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the canonical form, as hexadecimal digits.

        The same for every spelling of the same methodology: comments, the order of keys, defaults written out and the
        form of numbers do not change it.
        """
        from parindex._methodology.fingerprints import fingerprint

        return fingerprint(self)

    @cached_property
    def fingerprints(self) -> FrozenMap[str, str]:
        """The SHA-256 of every criterion by id: of what its points rest on, and of the criteria below it.

        Two editions that have the same one for a criterion score it alike, and cite the same for it.
        """
        from parindex._methodology.fingerprints import criterion_fingerprints

        return criterion_fingerprints(self)

    def with_changes(
        self, criteria: Mapping[str, Mapping[str, Any]] | None = None, *, policy: Mapping[str, Any] | None = None
    ) -> Methodology:
        """Return a new methodology in which some keys of some criteria, or of the policy, are different.

        The changes are merged into the tables of the file, None takes a key out, and everything is checked again;
        nothing else moves by itself.
        Its note says what it came from, by fingerprint, and which keys were touched; where nothing differs it is the
        same methodology.

        Raises:
            MethodologyFaults: if the result is impossible, with every place.
            CatalogError: if there is no such criterion.
        """
        from parindex._methodology.whatif import changed

        changes = {self[each].id: change for each, change in (criteria or {}).items()}
        return changed(self, changes, policy or {})


def check(methodology: Methodology) -> tuple[Finding, ...]:
    """Return what is wrong or doubtful in a methodology that could be built: errors first, each with its place.

    ``score`` refuses a methodology with errors; warnings do not stand in its way.
    """
    return methodology.findings


def head_faults(methodology: Methodology, unread: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Yield what is impossible beside the tree; nothing that depends on the *unread* attributes."""
    for name, value, pattern in (
        ("id", methodology.id, DOTTED),
        ("unit_kind", methodology.unit_kind, SEGMENT),
        ("edition", methodology.edition, SEGMENT),
    ):
        if not pattern.fullmatch(value):
            message = f"{value!r} is not made of small letters a-z, digits and hyphens{foreign(value)}"
            yield Fault(message, place=Place(at=name))
    if methodology.revision < 1:
        yield Fault("expected 1 or more", place=Place(at="revision"))
    years = methodology.years
    odd = [year for year in years if not FIRST_INDEX_YEAR <= year <= LAST_INDEX_YEAR]
    for year in odd:
        yield Fault(f"{year} is not from {FIRST_INDEX_YEAR} to {LAST_INDEX_YEAR}", place=Place(at="years"))
    if not odd and (not years or list(years) != sorted(set(years))):
        yield Fault("expected each index year once, in order, such as [2024, 2025]", place=Place(at="years"))
    if methodology.total is not UNKNOWN and methodology.total <= 0:
        yield Fault("expected more than 0", place=Place(at="total"))
    if methodology.completeness is Completeness.FULL and not methodology.entries and "entries" not in unread:
        yield Fault("a full methodology has criteria", place=Place(at="criterion"))
    for name, keys in (
        ("source", [source.key for source in methodology.sources]),
        ("block", [block.id for block in methodology.blocks]),
        ("event", [event.key for event in methodology.events]),
    ):
        for position, key in enumerate(keys):
            if key in keys[:position]:
                yield Fault(f"{key!r} stands twice", place=Place(at=f"{name}[{position}]"))
    for key in methodology.origins:
        if not SEGMENT.fullmatch(key):
            message = f"{key!r} is not an id: expected small letters a-z, digits and hyphens{foreign(key)}"
            yield Fault(message, place=Place(at=f"origin.{key}"))
    if "grades" not in unread:
        yield from _grade_faults(methodology)
        if "sources" not in unread:
            yield from _grade_cite_faults(methodology)


def _grade_cite_faults(methodology: Methodology) -> Iterator[Fault]:
    sources = {source.key for source in methodology.sources}
    for position, grade in enumerate(methodology.grades):
        if grade.cite is not None and grade.cite.source not in sources:
            source = grade.cite.source
            place = Place(at=f"grade[{position}].cite.source")
            yield Fault(f"{source!r} is not declared", place=place, hint=near(source, sources))


def _grade_faults(methodology: Methodology) -> Iterator[Fault]:
    keys = {grade.key for grade in methodology.grades}
    for position, grade in enumerate(methodology.grades):
        if grade.key == "none":
            message = "the key 'none' is what a unit gets that meets no grade"
            yield Fault(message, place=Place(at=f"grade[{position}].key"))
    for position, event in enumerate(methodology.events):
        limit = event.grade_at_most
        if limit is not None and limit not in keys:
            place = Place(at=f"event[{position}].grade_at_most")
            yield Fault(f"no grade has the key {limit!r}", place=place, hint=near(limit, keys))
