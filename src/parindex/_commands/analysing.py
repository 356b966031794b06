"""The commands on results: what moved, where points are to be had, what to do next, and how firm ranks are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from attrs import evolve

from parindex import analysis
from parindex._commands.inputs import (
    EARLIER,
    board_of,
    boards_of,
    earlier_of,
    in_file,
    numbers_of,
    on_input_once,
    pairs_of,
)
from parindex._frozen import FrozenMap
from parindex._numbers import parse_number
from parindex._render import changes, periods, robust, shortfalls, steps
from parindex._render.documents import json_text
from parindex.analysis.progressing import in_order, progress_of
from parindex.errors import CatalogError, ParindexError, found

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Collection


def compare(options: argparse.Namespace) -> tuple[str, int]:
    """Return what moved between two results."""
    on_input_once(options.before, options.input)
    after = board_of(options)
    crosswalk = pairs_of(options.crosswalk, "the unit before and the unit after")
    before = earlier_of(options, options.before)
    with in_file("crosswalk", options.crosswalk):
        change = analysis.compare(before, after, crosswalk=crosswalk)
    if options.unit is not None:
        known = after.card(options.unit).unit  # with the near miss, and in NFC
        if known not in change.units:
            raise CatalogError(f"{known!r} stands in one of the two alone")
        if not options.json:
            return changes.unit_change_text(change[known], options.lang), 0
        change = evolve(change, units=FrozenMap({known: change[known]}))
    if options.json:
        return json_text(changes.change_document(change)), 0
    return changes.board_change_text(change, options.lang), 0


def gaps(options: argparse.Namespace) -> tuple[str, int]:
    """Return where points are to be had."""
    named = [name for name in (*EARLIER, "crosswalk") if getattr(options, name) is not None]
    if options.earlier is None and named:
        raise ParindexError(f"--{named[0].replace('_', '-')} says what --earlier is, and there is none")
    on_input_once(options.earlier, options.input)
    board = board_of(options)
    earlier = None if options.earlier is None else earlier_of(options, options.earlier)
    crosswalk = pairs_of(options.crosswalk, "the unit before and the unit after")
    weights = numbers_of(options.weights, "the unit and its weight", options.decimal)
    with in_file("crosswalk", options.crosswalk), in_file("weights", options.weights):
        told = analysis.gaps(board, earlier=earlier, crosswalk=crosswalk, weights=weights)
    if options.json:
        if options.unit is not None:
            told = evolve(told, units=FrozenMap({told[options.unit].unit: told[options.unit]}))
        return json_text(shortfalls.gaps_document(told)), 0
    if options.unit is not None:
        return shortfalls.unit_gap_text(told, told[options.unit], options.lang), 0
    return shortfalls.gaps_text(told, options.lang), 0


def improve(options: argparse.Namespace) -> tuple[str, int]:
    """Return what a unit can do, leaf by leaf."""
    board = board_of(options)
    card = board.card(options.unit)
    told = analysis.improve(
        board.methodology, card.assessment, among=board, closed=_closed(options.closed), year=card.year
    )
    if options.json:
        return json_text(steps.improvements_document(told)), 0
    return steps.improvements_text(told, options.lang), 0


def reach(options: argparse.Namespace) -> tuple[str, int]:
    """Return the cheapest steps of a unit to a target."""
    board = board_of(options)
    card = board.card(options.unit)
    plan = analysis.reach(
        board.methodology,
        card.assessment,
        target=_number_or_word(options.target, options),
        among=board,
        others_rise=options.others_rise and _number_or_word(options.others_rise, options),
        costs=numbers_of(
            options.costs, "a criterion, or a criterion and an input such as 1.1:done, and its cost", options.decimal
        ),
        closed=_closed(options.closed),
        year=card.year,
    )
    if options.json:
        return json_text(steps.plan_document(plan)), 0
    return steps.plan_text(plan, options.lang), 0


def _number_or_word(text: str, options: argparse.Namespace) -> str:
    """Return a number written with the decimal mark of the arguments as the library reads it, a word as it is."""
    return text.replace(",", ".") if options.decimal == "," else text


def _closed(given: list[str] | None) -> dict[str, str]:
    """Return what is closed, each with the reason after "=", "" where none is given."""
    told: dict[str, str] = {}
    for key, _, reason in (each.partition("=") for each in given or ()):
        if key.strip() in told:
            raise ParindexError(f"--closed names {key.strip()!r} twice")
        told[key.strip()] = reason.strip()
    return told


def progress(options: argparse.Namespace) -> tuple[str, int]:
    """Return how far units have come, period by period."""
    boards = boards_of(options)
    ordered = sorted(boards, key=in_order)
    if options.period is not None:
        ordered = ordered[: ordered.index(_period(ordered, options.period)) + 1]
    come = progress_of({period: boards[period] for period in ordered})
    own = None if options.unit is None else list(come[options.unit].values())
    if options.json:
        units = list(come.units) if own is None else [own[0].unit]
        return json_text(periods.progress_document(come, units)), 0
    if own is not None:
        return periods.unit_progress_text(come, own, options.lang), 0
    return periods.progress_text(come, options.lang), 0


def _period(known: list[str], name: str) -> str:
    """Return the period of a name."""
    return found({each: each for each in known}, name, "there is no period")


def robustness(options: argparse.Namespace) -> tuple[str, int]:
    """Return how firm ranks are; how far it is shows on standard error where that is a terminal."""
    if options.within is not None and options.dirichlet is not None:
        raise ParindexError("--within and --dirichlet are two ways to draw weights: choose one")
    if options.dirichlet is None:
        within = "10%" if options.within is None else options.within
        part = parse_number(within.strip().removesuffix("%"), mark=options.decimal) / 100
        if not within.strip().endswith("%"):
            raise ParindexError(f"--within {within!r}: expected a percentage such as 10%")
        weights = analysis.DrawnWeights.uniform(part, level=options.level)
    else:
        weights = analysis.DrawnWeights.dirichlet(options.dirichlet, level=options.level)
    board = board_of(options)
    unit = None if options.unit is None else board.card(options.unit).unit
    if unit is not None and not board.rank_list()[board.units.index(unit)]:
        raise CatalogError(f"{unit!r} is not ranked")
    told = analysis.robustness(
        board,
        weights=weights,
        errors=[_error(each, options, board.methodology.origins) for each in options.error or ()],
        leave_out=options.leave_out,
        policies=options.policies,
        draws=options.draws,
        seed=options.seed,
        at_most=options.at_most or (),
        workers=options.workers,
        progress=_progress(),
    )
    if options.json:
        return json_text(robust.robustness_document(told, unit)), 0
    asked = list(dict.fromkeys(options.at_most or ()))
    if unit is None:
        return robust.robustness_text(told, asked, options.lang), 0
    return robust.unit_robustness_text(told, unit, asked, options.lang), 0


def _error(text: str, options: argparse.Namespace, origins: Collection[str]) -> analysis.ErrorOf:
    key, equals, points = text.rpartition("=")
    if not equals:
        raise ParindexError(f"--error {text!r}: expected a leaf or an origin and its points, such as 1.2=0.5")
    number = parse_number(points, mark=options.decimal)
    return (analysis.ErrorOf.origin if key in origins else analysis.ErrorOf.leaf)(key, number)


def _progress() -> Callable[[int, int], object] | None:
    """Return what shows how far the work is, None where nobody would see it."""
    terminal = sys.stderr
    if terminal is None or not terminal.isatty():
        return None

    def show(done: int, total: int) -> None:
        told = f"{100 * done // total} %"
        terminal.write(f"\r{told:>6}" if done < total else "\r      \r")
        terminal.flush()

    return show
