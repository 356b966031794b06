"""Robustness as text and as a JSON document: the ranks of each unit under draws, rounding and alternatives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve

from parindex._methodology.rules.base import percent_text
from parindex._methodology.words import Writer
from parindex._numbers import Rounding, exact_text
from parindex._render.documents import exact, identity
from parindex._render.tables import aligned, heading
from parindex.analysis.drawn import DrawnWeights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parindex._methodology.words import Lang
    from parindex.analysis.robust import Robustness
    from parindex.analysis.standing import Alternatives, DrawnRanks, RankCounts

SHARE = "95%"
"""The share of the draws that the interval of a unit holds."""


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _interval(unit: RankCounts) -> tuple[int, int] | None:
    return None if unit.histogram is None else unit.interval(SHARE)


def _percent(part: Fraction, writer: Writer) -> str:
    """Return a share with one decimal; what is neither nothing nor all is not printed as such."""
    tenth = Rounding(digits=1)
    held = max(Fraction(1, 10), min(100 * part, Fraction(999, 10))) if 0 < part < 1 else 100 * part
    return f"{evolve(writer, rounding=tenth).printed(held)} %"


def _count(number: int, writer: Writer) -> str:
    return f"{number:,}".replace(",", writer.pick(".", ","))


def drawn_text(drawn: DrawnRanks, writer: Writer) -> str:
    """Return what was drawn, how often and from which seed."""
    times = _count(drawn.draws, writer)
    often = writer.pick(f"{times} lần, hạt giống {drawn.seed}", f"{times} draws, seed {drawn.seed}")
    what = drawn.drawn
    if not isinstance(what, DrawnWeights):
        named = ", ".join(f"{key} ± {writer.number(error)}" for key, error in what.items())
        return writer.pick(f"Sai số điểm {named} ({often})", f"Errors of points {named} ({often})")
    where = ", ".join(what.nodes) if what.nodes else writer.pick(f"cấp {what.level}", f"level {what.level}")
    if what.within is not None:
        part = percent_text(what.within).replace(".", writer.mark).replace("%", " %")
        return writer.pick(f"Trọng số {where} ± {part} ({often})", f"Weights of {where} ± {part} ({often})")
    return writer.pick(
        f"Trọng số {where} ngẫu nhiên theo Dirichlet ({often})", f"Dirichlet weights of {where} ({often})"
    )


def robustness_text(found: Robustness, at_most: Sequence[int], lang: Lang) -> str:
    """Return the ranks of all units, the best first, with what of them is firm."""
    methodology = found.board.methodology
    writer = Writer(lang, Rounding(digits=2))
    told = [heading(methodology, writer)]
    for drawn in (found.weights, found.errors):
        if drawn is not None:
            told += ["", f"{drawn_text(drawn, writer)}:", *aligned(_drawn_rows(drawn, at_most, writer), right=_RIGHT)]
    if found.weights is None and found.errors is None:
        head = ["", writer.pick("Đơn vị", "Unit"), writer.pick("Hạng có thể", "Possible ranks")]
        rows = [[str(each.rank), each.unit, _run(each.least, each.greatest)] for each in _best_first(found)]
        told += ["", *aligned([head, *rows], right=frozenset({0}))]
    told += ["", *_rounding_text(found, writer)]
    for title, others in (
        (writer.pick("Bỏ từng tiêu chí", "Leaving out one criterion after the other"), found.left_out),
        (writer.pick("Theo quy ước khác", "Under other policies"), found.policies),
    ):
        if others is not None:
            told += ["", f"{title}:", *_other_text(found, others, writer)]
    return "\n".join(told) + "\n"


_RIGHT = frozenset({0, *range(2, 20)})


def _best_first(found: Robustness) -> list[Any]:
    return sorted(found.rounding.values(), key=lambda each: each.rank)


def _drawn_rows(drawn: DrawnRanks, at_most: Sequence[int], writer: Writer) -> list[list[str]]:
    head = ["", writer.pick("Đơn vị", "Unit"), writer.pick("95 % số lần", "95 % of draws")]
    head += [writer.pick("Mọi lần", "All draws"), writer.pick("Hạng trung bình", "Mean rank")]
    head += [f"≤ {most}" for most in at_most]
    rows = [head]
    for unit in sorted(drawn, key=lambda each: each.rank):
        run = _interval(unit)
        row = [str(unit.rank), unit.unit, "–" if run is None else _run(*run), _run(unit.least, unit.greatest)]
        row.append(writer.printed(unit.mean))
        rows.append([*row, *(_percent(unit.probability(at_most=most), writer) for most in at_most)])
    return rows


def _rounding_text(found: Robustness, writer: Writer) -> Iterator[str]:
    moving = [each for each in _best_first(found) if not each.firm]
    if not moving:
        yield writer.pick(
            "Làm tròn số công bố: không thứ hạng nào có thể khác.",
            "Rounding of printed figures: no rank can be another.",
        )
        return
    yield writer.pick(
        "Hạng có thể khác vì số công bố đã làm tròn:", "Ranks that rounding of printed figures leaves open:"
    )
    for each in moving:
        yield f"  {each.unit}: {_run(each.least, each.greatest)}"


def _other_text(found: Robustness, others: Alternatives, writer: Writer) -> Iterator[str]:
    head = [
        "",
        writer.pick("Đơn vị", "Unit"),
        writer.pick("Hạng", "Ranks"),
        writer.pick("Đổi nhiều nhất", "Moved most by"),
    ]
    rows = [head]
    for each in _best_first(found):
        cells = [_run(*others.range(each.unit)), ", ".join(others.moved_most(each.unit)) or "–"]
        rows.append([str(each.rank), each.unit, *cells])
    yield from aligned(rows, right=frozenset({0}))
    for each in _best_first(found):
        gone = others.unranked(each.unit)
        if gone:
            names = ", ".join(gone)
            yield writer.pick(f"{each.unit} không có hạng khi: {names}", f"{each.unit} has no rank under: {names}")
    for name, reason in others.refused.items():
        yield writer.pick(f"Không xét {name}: {reason}", f"Not looked at, {name}: {reason}")


def unit_robustness_text(found: Robustness, name: str, at_most: Sequence[int], lang: Lang) -> str:
    """Return how firm the rank of one unit is: how often it has which, whom it beats, and what moves it."""
    writer = Writer(lang, Rounding(digits=2))
    own = found.rounding[name]
    told = [heading(found.board.methodology, writer), ""]
    told.append(writer.pick(f"{name}: hạng {own.rank}/{own.of}", f"{name}: rank {own.rank}/{own.of}"))
    open_ = _run(own.least, own.greatest)
    told.append(writer.pick(f"Theo làm tròn số công bố: {open_}", f"Possible by rounding of printed figures: {open_}"))
    for drawn in (found.weights, found.errors):
        if drawn is not None:
            told += ["", f"{drawn_text(drawn, writer)}:", *_unit_drawn(drawn, name, found, at_most, writer)]
    for title, others in (
        (writer.pick("Bỏ từng tiêu chí", "Leaving out one criterion after the other"), found.left_out),
        (writer.pick("Theo quy ước khác", "Under other policies"), found.policies),
    ):
        if others is not None:
            ranks = zip(others.names, others.ranks[name], strict=True)
            told += ["", f"{title}:", *(f"  {each}: {rank or '–'}" for each, rank in ranks)]
    return "\n".join(told) + "\n"


def _unit_drawn(
    drawn: DrawnRanks, name: str, found: Robustness, at_most: Sequence[int], writer: Writer
) -> Iterator[str]:
    unit = drawn[name]
    run = _interval(unit)
    held = "" if run is None else writer.pick(f", 95 % số lần {_run(*run)}", f", 95 % of draws {_run(*run)}")
    mean = f"{writer.pick('trung bình', 'mean')} {writer.printed(unit.mean)}"
    yield f"  {writer.pick('Hạng', 'Ranks')} {_run(unit.least, unit.greatest)}{held}, {mean}"
    for most in at_most:
        yield f"  ≤ {most}: {_percent(unit.probability(at_most=most), writer)}"
    for rank, count in enumerate(unit.histogram or (), 1):
        if count:
            yield f"  {rank}: {_percent(Fraction(count, unit.draws), writer)}"
    for other in _beside(found, name):
        beaten = drawn.beats(name, other)
        part = _percent(beaten.probability, writer)
        yield writer.pick(f"  Đứng trên {other}: {part}", f"  Above {other}: {part}")


def _beside(found: Robustness, name: str) -> Iterable[str]:
    """Return the units right before and after one, of those it is ranked with."""
    groups = dict(zip(found.board.units, found.board.groups, strict=True))
    within = found.board.methodology.policy.ranked_within == "group"
    listed = [each.unit for each in _best_first(found) if not within or groups[each.unit] == groups[name]]
    place = listed.index(name)
    return [*listed[max(0, place - 1) : place], *listed[place + 1 : place + 2]]


def robustness_document(found: Robustness, unit: str | None = None) -> dict[str, Any]:
    """Return ``parindex.robustness/1``, of one unit if it is named."""
    return {
        "format": "parindex.robustness/1",
        "methodology": identity(found.board.methodology),
        "weights": None if found.weights is None else _drawn(found.weights, unit),
        "errors": None if found.errors is None else _drawn(found.errors, unit),
        "rounding": [
            {"unit": each.unit, "rank": each.rank, "of": each.of, "least": each.least, "greatest": each.greatest}
            for each in found.rounding.values()
            if unit in {None, each.unit}
        ],
        "left_out": None if found.left_out is None else _others(found.left_out, unit),
        "policies": None if found.policies is None else _others(found.policies, unit),
    }


def _drawn(drawn: DrawnRanks, unit: str | None) -> dict[str, Any]:
    what = drawn.drawn
    told: dict[str, Any] = {"draws": drawn.draws, "seed": drawn.seed}
    if isinstance(what, DrawnWeights):
        given = what.concentration if isinstance(what.concentration, int) else dict(what.concentration)
        told |= {"within": None if what.within is None else percent_text(what.within), "level": what.level}
        told |= {"concentration": given if what.within is None else None, "nodes": list(what.nodes)}
    else:
        told |= {"leaves": {key: exact_text(error) for key, error in what.items()}}
    return {**told, "units": [_unit(each) for each in drawn if unit in {None, each.unit}]}


def _unit(unit: RankCounts) -> dict[str, Any]:
    run = _interval(unit)
    return {
        "unit": unit.unit,
        "rank": unit.rank,
        "of": unit.of,
        "mean_exact": exact(unit.mean),
        "variance_exact": exact(unit.variance),
        "least": unit.least,
        "greatest": unit.greatest,
        "interval_95": None if run is None else list(run),
        "at_most": {str(most): count for most, count in unit.at_most.items()},
        "histogram": None if unit.histogram is None else list(unit.histogram),
    }


def _others(others: Alternatives, only: str | None) -> dict[str, Any]:
    units = []
    for unit, ranks in others.ranks.items():
        if only not in {None, unit}:
            continue
        least, greatest = others.range(unit)
        units.append(
            {
                "unit": unit,
                "rank": others.own[unit],
                "least": least,
                "greatest": greatest,
                "moved_most": list(others.moved_most(unit)),
                "ranks": {name: rank or None for name, rank in zip(others.names, ranks, strict=True)},
            }
        )
    return {"names": list(others.names), "units": units, "refused": dict(others.refused)}
