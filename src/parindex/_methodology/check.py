"""What is legal but wrong or doubtful in a methodology: the findings of ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parindex._methodology.check_grades import grade_findings, reach_findings
from parindex._methodology.check_sums import sum_findings
from parindex._methodology.finding import Finding, error, warning
from parindex._methodology.rules import Given
from parindex._methodology.words import LANGS, Completeness, Severity, SourceStatus
from parindex._numbers import shortest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Source
    from parindex._methodology.rules import Rule

PLACEHOLDER: Final = "todo"
"""How a draft begins what it does not know."""
FIRST_INDEX_YEAR: Final = 1900
"""The earliest index year that is read; a draft states it where it does not know."""
FIRST_YEAR: Final = 1945
"""No source of a Vietnamese index is older than the state that issues it."""
MOST_YEARS_LATER: Final = 30
"""An edition may be written down long after its years, by whoever finds the decision in an archive."""


def findings(methodology: Methodology) -> Iterator[Finding]:
    """Yield the findings, errors first."""
    found = [
        *sum_findings(methodology),
        *_rules(methodology),
        *grade_findings(methodology),
        *_citations(methodology),
        *_titles(methodology),
        *_blocks(methodology),
        *_headline(methodology),
        *_completeness(methodology),
        *reach_findings(methodology),
        *_placeholders(methodology),
    ]
    yield from sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def _rules(methodology: Methodology) -> Iterator[Finding]:
    for leaf in methodology.leaves:
        if leaf.rule is None or leaf.max_points is None:
            continue
        if leaf.max_points == 0:
            yield warning("maximum-zero", f"criterion {leaf.id}, max", "nothing can be had here: its maximum is 0")
        problems = list(leaf.rule.problems(leaf.max_points))
        for problem in problems:
            place = f"criterion {leaf.id}, rule.{problem.path}"
            yield Finding(problem.code, problem.severity, place, problem.message)
        low, high = leaf.rule.reach(leaf.max_points)
        if high is not None and high < leaf.max_points and not problems:
            message = f"at best {shortest(high)} of {shortest(leaf.max_points)} points can be reached"
            yield warning("maximum-out-of-reach", f"criterion {leaf.id}, rule", message)
        if low is not None and low > 0:
            message = f"at worst {shortest(low)} points are given"
            yield warning("lowest-above-zero", f"criterion {leaf.id}, rule", message)


def _citations(methodology: Methodology) -> Iterator[Finding]:
    for criterion in methodology.criteria:
        if criterion.cite is None:
            message = "cites no source: say where the figure stands, or mark the source illustrative"
            yield error("citation-missing", f"criterion {criterion.id}, cite", message)
    cites = [*(criterion.cite for criterion in methodology.criteria), *(grade.cite for grade in methodology.grades)]
    cited = {cite.source for cite in cites if cite}
    for position, source in enumerate(methodology.sources):
        if source.key not in cited and methodology.criteria:
            message = f"nothing cites {source.key!r}"
            yield warning("source-unused", f"source[{position}]", message)
        yield from _dates(methodology, source, f"source[{position}]")
    if not methodology.sources:
        yield error("citation-missing", "source", "no source is stated")


def _dates(methodology: Methodology, source: Source, place: str) -> Iterator[Finding]:
    """Yield dates that cannot be: of another age, before the issue, or long after the years that the edition is for."""
    last = methodology.years[-1]
    for name, date in (("issued", source.issued), ("retrieved", source.retrieved)):
        if date is not None and not FIRST_YEAR <= date.year <= last + MOST_YEARS_LATER:
            message = f"{date} cannot be the date of a source for {last}: look at its year"
            yield error("source-dates", f"{place}.{name}", message)
    if source.issued and source.retrieved and source.retrieved < source.issued:
        message = f"retrieved on {source.retrieved}, before it was issued on {source.issued}"
        yield error("source-dates", f"{place}.retrieved", message)
    official = source.status is SourceStatus.OFFICIAL
    if source.issued and official and last + 1 < source.issued.year <= last + MOST_YEARS_LATER:
        message = f"issued on {source.issued}, more than a year after {last}, the last year that it should apply to"
        yield warning("source-dates", f"{place}.issued", message)


def _titles(methodology: Methodology) -> Iterator[Finding]:
    if not methodology.titles_verified:
        message = "the titles were not held against the decision letter for letter"
        yield warning("titles-unverified", "titles_verified", message)
    for place, text in [
        ("title", methodology.title),
        *((f"criterion {criterion.id}", criterion.title) for criterion in methodology.criteria),
    ]:
        for lang in LANGS:
            if not getattr(text, lang):
                yield warning("title-missing", f"{place}, {lang}", "has no title in this language")


def _headline(methodology: Methodology) -> Iterator[Finding]:
    if methodology.headline is not methodology.policy.headline and methodology.completeness is not Completeness.ENTRY:
        message = 'without a known total there is no index, and points are ranked: state headline = "points"'
        yield warning("headline-unknown", "policy.headline", message)


def _blocks(methodology: Methodology) -> Iterator[Finding]:
    for position, block in enumerate(methodology.blocks):
        if block.cap is None:
            yield warning("block-without-cap", f"block[{position}]", f"{block.id!r} has no cap: the total is unlimited")


def _completeness(methodology: Methodology) -> Iterator[Finding]:
    rules = [leaf.leaf_rule for leaf in methodology.leaves]
    if methodology.completeness is Completeness.OUTLINE and not rules:
        message = "an outline has at least one part: without any it is an entry"
        yield error("outline-empty", "criterion", message)
    if methodology.completeness is Completeness.FULL and len(rules) > 1 and all(map(_outright, rules)):
        message = "every leaf is given outright: unless that is its real rule, this is an outline"
        yield warning("outline-as-full", "completeness", message)


def _outright(rule: Rule) -> bool:
    return isinstance(rule, Given) and rule.scale is None


def _placeholders(methodology: Methodology) -> Iterator[Finding]:
    """Yield what a draft left for a person to fill in."""
    told = {
        "id": methodology.id,
        "edition": methodology.edition,
        "unit_kind": methodology.unit_kind,
        "title": str(methodology.title),
        **{f"source[{at}].title": source.title for at, source in enumerate(methodology.sources)},
        **{f"source[{at}].issuer": source.issuer or "" for at, source in enumerate(methodology.sources)},
    }
    for place, text in told.items():
        if text.casefold().startswith(PLACEHOLDER):
            yield error("placeholder", place, f"{text!r} stands for what is to be filled in")
    if FIRST_INDEX_YEAR in methodology.years:
        yield error("placeholder", "years", f"{FIRST_INDEX_YEAR} stands for the index years that are to be filled in")
