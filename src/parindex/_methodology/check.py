"""What is legal but wrong or doubtful in a methodology: the findings of ``check``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from parindex._methodology.parts import grade_list
from parindex._methodology.rules import Given
from parindex._methodology.words import LANGS, UNKNOWN, Completeness, Effect, Headline, Severity, SourceStatus
from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Grade, Source
    from parindex._methodology.rules import Rule

_NOTHING = Fraction(0)
_HUNDRED = Fraction(100)
FIRST_YEAR: Final = 1945
"""No source of a Vietnamese index is older than the state that issues it."""
MOST_YEARS_LATER: Final = 30
"""An edition may be written down long after its years, by whoever finds the decision in an archive."""


@frozen
class Finding:
    """One thing that ``check`` says: a code, how grave it is, where it stands, and a sentence."""

    code: str
    severity: Severity
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message} [{self.code}]"


def findings(methodology: Methodology) -> Iterator[Finding]:
    """Yield the findings, errors first."""
    found = [
        *_told_once(methodology, _maxima),
        *_told_once(methodology, _origins),
        *_rules(methodology),
        *_grades(methodology),
        *_citations(methodology),
        *_titles(methodology),
        *_blocks(methodology),
        *_headline(methodology),
        *_completeness(methodology),
        *_reach(methodology),
    ]
    yield from sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def _error(code: str, place: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, place, message)


def _warning(code: str, place: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, place, message)


def _told_once(
    methodology: Methodology, look: Callable[[Methodology, str | None], Iterator[Finding]]
) -> Iterator[Finding]:
    """Yield what is found in the tree of every group: once and for no group where all of them fail alike."""
    variants = _variants(methodology)
    found = [list(look(methodology, group)) for group in variants]
    if len(found) > 1 and all(each == found[0] for each in found[1:]):
        yield from found[0]
        return
    for group, each in zip(variants, found, strict=True):
        for finding in each:
            yield finding if group is None else evolve(finding, message=f"{finding.message} for group {group!r}")


def maximum_for(criterion: Criterion, group: str | None) -> Fraction | None:
    """Return the sum of the leaves below that units of *group* have; None where one of them is unknown.

    A node of which a part is unknown counts with its own stated maximum.
    """
    if not criterion.children:
        return criterion.max_points
    parts = [maximum_for(child, group) for child in criterion.children if child.exists_for(group)]
    if any(part is None for part in parts):
        return criterion.max_points
    return sum((part or _NOTHING for part in parts), _NOTHING)


def _variants(methodology: Methodology) -> Sequence[str | None]:
    """Return the groups whose trees differ; None alone where all units have the same tree."""
    return list(dict.fromkeys(group for each in methodology.criteria for group in each.applies_to)) or [None]


def _for(group: str | None) -> str:
    return f" for group {group!r}" if group is not None else ""


def total_of(methodology: Methodology, group: str | None) -> Fraction | None:
    """Return what the roots that units of *group* have add up to; None where one is unknown."""
    parts = [maximum_for(root, group) for root in methodology.roots if root.exists_for(group)]
    return None if any(part is None for part in parts) else sum((part or _NOTHING for part in parts), _NOTHING)


def _maxima(methodology: Methodology, group: str | None) -> Iterator[Finding]:
    stated = {entry.id: entry.max for entry in methodology.entries}
    for criterion in methodology.criteria:
        own = stated[criterion.id]
        if not (criterion.children and isinstance(own, Fraction)):
            continue
        children = [child for child in criterion.children if child.exists_for(group)]
        parts = [maximum_for(child, group) for child in children]
        known = sum((part for part in parts if part is not None), _NOTHING)
        unknown = None in parts
        if children and ((not unknown and known != own) or known > own):
            message = f"its parts add up to {shortest(known)}, not to its maximum {shortest(own)}"
            yield _error("maxima-mismatch", f"criterion {criterion.id}, max", message)
    total = total_of(methodology, group)
    if methodology.total is not UNKNOWN and total is not None and methodology.entries and total != methodology.total:
        message = f"the criteria add up to {shortest(total)}, not to {shortest(methodology.total)}"
        yield _error("total-mismatch", "total", message)


def _origins(methodology: Methodology, group: str | None) -> Iterator[Finding]:
    base = [leaf for leaf in methodology.leaves if leaf.block is None]
    if not methodology.origins or methodology.completeness is Completeness.ENTRY:
        return
    without = [leaf for leaf in base if leaf.origin is None]
    for leaf in without:
        message = "states no origin, and the others do: their maxima cannot be held against the whole"
        yield _error("origin-missing", f"criterion {leaf.id}, origin", message)
    if without:
        return  # what is missing there would only show a second time in the sums
    exists = _existing(methodology, group)
    for key, origin in methodology.origins.items():
        maxima = [leaf.max_points for leaf in base if leaf.origin == key and leaf.id in exists]
        if not any(leaf.origin == key for leaf in base):
            yield _warning("origin-unused", f"origin.{key}", "no criterion has its points from here")
        if origin.max is None or None in maxima or not methodology.entries:
            continue
        total = sum((each or _NOTHING for each in maxima), _NOTHING)
        if total != origin.max:
            message = f"its criteria add up to {shortest(total)}, not to {shortest(origin.max)}"
            yield _error("origin-mismatch", f"origin.{key}.max", message)


def _existing(methodology: Methodology, group: str | None) -> frozenset[str]:
    def walk(criteria: Sequence[Criterion]) -> Iterator[str]:
        for criterion in criteria:
            if criterion.exists_for(group):
                yield criterion.id
                yield from walk(criterion.children)

    return frozenset(walk(methodology.roots))


def _rules(methodology: Methodology) -> Iterator[Finding]:
    for leaf in methodology.leaves:
        if leaf.rule is None or leaf.max_points is None:
            continue
        if leaf.max_points == 0:
            yield _warning("maximum-zero", f"criterion {leaf.id}, max", "nothing can be had here: its maximum is 0")
        problems = list(leaf.rule.problems(leaf.max_points))
        for problem in problems:
            place = f"criterion {leaf.id}, rule.{problem.path}"
            yield Finding(problem.code, problem.severity, place, problem.message)
        low, high = leaf.rule.reach(leaf.max_points)
        if high is not None and high < leaf.max_points and not problems:
            message = f"at best {shortest(high)} of {shortest(leaf.max_points)} points can be reached"
            yield _warning("maximum-out-of-reach", f"criterion {leaf.id}, rule", message)
        if low is not None and low > 0:
            message = f"at worst {shortest(low)} points are given"
            yield _warning("lowest-above-zero", f"criterion {leaf.id}, rule", message)


def _grades(methodology: Methodology) -> Iterator[Finding]:
    positions = {id(grade): position for position, grade in enumerate(methodology.grades)}
    for position, grade in enumerate(methodology.grades):
        for year in grade.years:
            if year not in methodology.years:
                message = f"{year} is not one of the years of this edition"
                yield _error("grade-year", f"grade[{position}].years", message)
    reported: set[tuple[str, str]] = set()
    for listed, group, bands in grade_lists(methodology):
        scope = "".join([f" in {listed}" if listed else "", _for(group)])
        for finding in _list_findings(methodology, bands, positions, scope):
            if (finding.code, finding.place) not in reported:
                reported.add((finding.code, finding.place))
                yield finding


def grade_lists(methodology: Methodology) -> Iterator[tuple[int | None, str | None, tuple[Grade, ...]]]:
    """Yield each year and group with its list of grades; years without a list are passed over."""
    years = methodology.years if any(grade.years for grade in methodology.grades) else (None,)
    groups = list(dict.fromkeys(group for grade in methodology.grades for group in grade.groups))
    for year in years:
        for group in (*groups, None):
            bands = grade_list(methodology.grades, year=year, group=group)
            if bands:
                yield year, group, bands


def _list_findings(
    methodology: Methodology, bands: tuple[Grade, ...], positions: dict[int, int], scope: str
) -> Iterator[Finding]:
    for position, band in enumerate(bands):
        if any(band.from_ >= before.from_ and {*before.requires} <= {*band.requires} for before in bands[:position]):
            place = f"grade[{positions[id(band)]}].from"
            message = f"an earlier grade takes every value from {shortest(band.from_)} on{scope}: list the best first"
            yield _error("grade-hidden", place, message)
    keys = [band.key for band in bands]
    for band in bands:
        if keys.count(band.key) > 1:
            yield _error("grade-twice", f"grade[{positions[id(band)]}].key", f"{band.key!r} stands twice{scope}")
    lowest = min(bands, key=lambda band: band.from_)
    free = [band.from_ for band in bands if not band.requires]
    if lowest.from_ < min(free, default=lowest.from_ + 1):
        conditions = ", ".join(lowest.requires)
        message = (
            f"a figure of {shortest(lowest.from_)} or more that does not meet {conditions} fits no grade{scope}: "
            "a hole; add a band below without conditions"
        )
        yield _error("grade-hole", f"grade[{positions[id(lowest)]}]", message)
    for position, event in enumerate(methodology.events):
        if event.grade_at_most is not None and event.grade_at_most not in keys:
            message = f"the limit {event.grade_at_most!r} is not among the grades{scope}, and limits nothing there"
            yield _warning("limit-unknown", f"event[{position}].grade_at_most", message)


def _citations(methodology: Methodology) -> Iterator[Finding]:
    for criterion in methodology.criteria:
        if criterion.cite is None:
            message = "cites no source: say where the figure stands, or mark the source illustrative"
            yield _error("citation-missing", f"criterion {criterion.id}, cite", message)
    cited = {criterion.cite.source for criterion in methodology.criteria if criterion.cite}
    for position, source in enumerate(methodology.sources):
        if source.key not in cited and methodology.criteria:
            message = f"no criterion cites {source.key!r}"
            yield _warning("source-unused", f"source[{position}]", message)
        yield from _dates(methodology, source, f"source[{position}]")
    if not methodology.sources:
        yield _error("citation-missing", "source", "no source is stated")


def _dates(methodology: Methodology, source: Source, place: str) -> Iterator[Finding]:
    """Yield dates that cannot be: of another age, before the issue, or long after the years that the edition is for."""
    last = methodology.years[-1]
    for name, date in (("issued", source.issued), ("retrieved", source.retrieved)):
        if date is not None and not FIRST_YEAR <= date.year <= last + MOST_YEARS_LATER:
            message = f"{date} cannot be the date of a source for {last}: look at its year"
            yield _error("source-dates", f"{place}.{name}", message)
    if source.issued and source.retrieved and source.retrieved < source.issued:
        message = f"retrieved on {source.retrieved}, before it was issued on {source.issued}"
        yield _error("source-dates", f"{place}.retrieved", message)
    official = source.status is SourceStatus.OFFICIAL
    if source.issued and official and last + 1 < source.issued.year <= last + MOST_YEARS_LATER:
        message = f"issued on {source.issued}, more than a year after {last}, the last year that it should apply to"
        yield _warning("source-dates", f"{place}.issued", message)


def _titles(methodology: Methodology) -> Iterator[Finding]:
    if not methodology.titles_verified:
        message = "the titles were not held against the decision letter for letter"
        yield _warning("titles-unverified", "titles_verified", message)
    for place, text in [
        ("title", methodology.title),
        *((f"criterion {criterion.id}", criterion.title) for criterion in methodology.criteria),
    ]:
        for lang in LANGS:
            if not getattr(text, lang):
                yield _warning("title-missing", f"{place}, {lang}", "has no title in this language")


def _headline(methodology: Methodology) -> Iterator[Finding]:
    if methodology.headline is not methodology.policy.headline and methodology.completeness is not Completeness.ENTRY:
        message = 'without a known total there is no index, and points are ranked: state headline = "points"'
        yield _warning("headline-unknown", "policy.headline", message)


def _reach(methodology: Methodology) -> Iterator[Finding]:
    """Yield what no unit can reach: a cap below the whole makes it so, and an edge above all that there is."""
    policy = methodology.policy
    if methodology.headline is Headline.INDEX and policy.index_cap is not None and policy.index_cap < _HUNDRED:
        message = f"an index of 100 is held at {shortest(policy.index_cap)}: who has all points looks like who has not"
        yield _warning("cap-below-whole", "policy.index_cap", message)
    most = _most(methodology)
    for position, grade in enumerate(methodology.grades):
        if most is not None and grade.from_ > most:
            message = f"no unit reaches {shortest(grade.from_)}: at most {shortest(most)} can be had"
            yield _warning("grade-out-of-reach", f"grade[{position}].from", message)


def _most(methodology: Methodology) -> Fraction | None:
    """Return the greatest headline figure there can be, None where it has no limit or is not known."""
    added = [block.cap for block in methodology.blocks if block.effect is Effect.ADD]
    whole = methodology.total
    if whole is UNKNOWN or None in added:
        return None if methodology.headline is Headline.POINTS else methodology.policy.index_cap
    bonus = sum((cap or _NOTHING for cap in added), _NOTHING)
    if methodology.headline is Headline.POINTS:
        return Fraction(whole) + bonus
    most = _HUNDRED + _HUNDRED * bonus / Fraction(whole)
    return most if methodology.policy.index_cap is None else min(most, methodology.policy.index_cap)


def _blocks(methodology: Methodology) -> Iterator[Finding]:
    for position, block in enumerate(methodology.blocks):
        if block.cap is None:
            yield _warning(
                "block-without-cap", f"block[{position}]", f"{block.id!r} has no cap: the total is unlimited"
            )


def _completeness(methodology: Methodology) -> Iterator[Finding]:
    rules = [leaf.leaf_rule for leaf in methodology.leaves]
    if methodology.completeness is Completeness.OUTLINE and not rules:
        message = "an outline has at least one part: without any it is an entry"
        yield _error("outline-empty", "criterion", message)
    if methodology.completeness is Completeness.FULL and len(rules) > 1 and all(map(_outright, rules)):
        message = "every leaf is given outright: unless that is its real rule, this is an outline"
        yield _warning("outline-as-full", "completeness", message)


def _outright(rule: Rule) -> bool:
    return isinstance(rule, Given) and rule.scale is None
