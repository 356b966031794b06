"""The arguments of every command, and what each of them is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn

Command = Callable[[argparse.Namespace], tuple[str | bytes, int]]
"""What a command does with its arguments: the text or the file it writes, and its exit code."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"parindex: {message}\n")


def _shared(*, after_command: bool) -> _Parser:
    """Return the options that may stand before the command or after it.

    After it they have no default of their own, so that they do not undo what stood before.
    """
    parser = _Parser(add_help=False)

    def add(*names: str, default: object = None, **named: Any) -> None:
        parser.add_argument(*names, default=argparse.SUPPRESS if after_command else default, **named)

    add("--lang", choices=["vi", "en"], default="vi", help="language of what is printed (vi unless said)")
    add("--decimal", choices=[".", ","], default=".", help="decimal mark of the input file ('.' unless said)")
    add("--json", action="store_true", default=False, help="one JSON document instead of text")
    add("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    add("--stage", metavar="STAGE", help="self, appraised or final, where the input has several")
    add("--period", metavar="PERIOD", help="the period to take, where the input has several")
    add("--year", type=int, metavar="YEAR", help="the index year: chooses the edition, and the grades of that year")
    add("--revision", type=int, metavar="N", help="an earlier revision of the edition, for results computed with it")
    return parser


def parser(runs: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of all commands, each with what it runs."""
    whole = _Parser(
        prog="parindex",
        description="Score, rank and explain a performance index stated as data.",
        epilog="For example: parindex score vn.par.ministry@2022 example:ministries-2023",
        parents=[_shared(after_command=False)],
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, about: str, *arguments: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about, parents=[_shared(after_command=True)])
        command.set_defaults(run=runs[name], **dict.fromkeys(("before_methodology", "before_revision")))
        for argument in arguments:
            command.add_argument(argument.lower(), metavar=argument, help=_ARGUMENTS[argument])
        return command

    _scoring(add)
    _moving(add)
    _stepping(add)
    _firmness(add)
    _drafting(add)
    return whole


_Add = Callable[..., argparse.ArgumentParser]
"""Adds a command of a name, with what it is about and its arguments."""


def _scoring(add: _Add) -> None:
    add("catalog", "list the editions and examples that ship")
    add("show", "print a methodology with its rules in words", "METHODOLOGY")
    add("check", "say what is wrong or doubtful in a methodology", "METHODOLOGY")
    comparing = add("diff", "say what changed from one methodology to another", "OLD", "NEW")
    comparing.add_argument("--markdown", action="store_true", help="Markdown instead of text")
    scoring = add("score", "score and rank units", "METHODOLOGY", "INPUT")
    explaining = add("explain", "say how the points of a unit came about", "METHODOLOGY", "INPUT")
    for command in (scoring, explaining):
        command.add_argument("--partial", action="store_true", help="give bounds where inputs are missing")
    explaining.add_argument("--unit", required=True, metavar="UNIT", help="the name of the unit")
    explaining.add_argument("--criterion", metavar="ID", help="one criterion instead of all")


def _moving(add: _Add) -> None:
    moving = add("compare", "say what moved between two results", "METHODOLOGY", "BEFORE", "INPUT")
    missing = add("gaps", "say where points are to be had", "METHODOLOGY", "INPUT")
    missing.add_argument("--earlier", metavar="FILE", help="earlier observations, to tell what fell")
    missing.add_argument("--weights", metavar="FILE", help="a CSV file: each unit and its weight, for weighted means")
    moving.add_argument("--before-methodology", metavar="METHODOLOGY", help="what the earlier result is scored with")
    moving.add_argument("--before-revision", type=int, metavar="N", help="the revision that the earlier result is of")
    for command in (moving, missing):
        command.add_argument("--unit", metavar="UNIT", help="one unit, node by node")
        command.add_argument("--partial", action="store_true", help="take units of which inputs are missing too")
        command.add_argument("--crosswalk", metavar="FILE", help="a CSV file: each unit before, and what it has become")
        command.add_argument("--before-stage", metavar="STAGE", help="the stage of the earlier result, if another")
        command.add_argument("--before-period", metavar="PERIOD", help="the period of the earlier result, if another")
        command.add_argument("--before-year", type=int, metavar="YEAR", help="its year, if another")


def _stepping(add: _Add) -> None:
    improving = add("improve", "say what a unit can do next, and what that brings", "METHODOLOGY", "INPUT")
    reaching = add("reach", "say what it takes a unit at least to reach a target", "METHODOLOGY", "INPUT")
    reaching.add_argument("--target", required=True, metavar="T", help="a figure, the key of a grade, or rank:N")
    reaching.add_argument("--costs", metavar="FILE", help="a CSV file: a criterion, or one and its input, and the cost")
    reaching.add_argument("--others-rise", metavar="N", help="by how much the others may still rise")
    for command in (improving, reaching):
        command.add_argument("--unit", required=True, metavar="UNIT", help="the name of the unit")
        command.add_argument(
            "--closed",
            action="append",
            metavar="ID",
            help="what cannot be changed any more, ID=REASON; may be repeated",
        )
        command.set_defaults(partial=True)
    going = add("progress", "say how far units have come in the periods of a year", "METHODOLOGY", "INPUT")
    going.add_argument("--unit", metavar="UNIT", help="one unit, period by period")


def _firmness(add: _Add) -> None:
    firm = add(
        "robustness",
        "say how firm ranks are under drawn weights, rounding, errors and other choices",
        "METHODOLOGY",
        "INPUT",
    )
    firm.add_argument("--draws", type=int, default=10_000, metavar="N", help="how many draws (10000 unless said)")
    firm.add_argument("--seed", type=int, default=0, metavar="N", help="what they are drawn from (0 unless said)")
    firm.add_argument("--within", metavar="PERCENT", help="weights that go up and down by so much (10%% unless said)")
    firm.add_argument("--dirichlet", type=int, metavar="N", help="weights shared anew at random, of concentration N")
    firm.add_argument("--level", type=int, default=1, metavar="N", help="level of the drawn nodes (1, the domains)")
    error = "points of a leaf, or of all leaves of an origin, known to + or - so much; may be repeated"
    firm.add_argument("--error", action="append", metavar="ID=POINTS", help=error)
    firm.add_argument("--leave-out", type=int, metavar="LEVEL", help="leave out each node of a level in turn")
    firm.add_argument("--policies", action="store_true", help="rank under every policy that differs in one choice too")
    firm.add_argument("--at-most", type=int, action="append", metavar="K", help="tell how often a rank is K or better")
    firm.add_argument("--workers", type=int, default=1, metavar="N", help="how many threads count")
    firm.add_argument("--unit", metavar="UNIT", help="one unit, rank by rank")
    firm.add_argument("--partial", action="store_true", help="take units of which inputs are missing too")


def _drafting(add: _Add) -> None:
    drafting = add("draft", "make the draft of an edition from the annex of a decision", "ANNEX")
    drafting.add_argument("--sheet", metavar="NAME", help="the sheet to take, where several hold an annex")
    template = add("template", "write the form to fill in, a workbook with -o form.xlsx", "METHODOLOGY")
    template.add_argument("--unit", action="append", metavar="UNIT", help="a unit to write it for; may be repeated")


_ARGUMENTS: Final = {
    "ANNEX": "a table of criteria as a CSV file, a workbook (.xlsx) or a Word file (.docx)",
    "METHODOLOGY": "an edition such as vn.par.ministry@2022, an id with --year, or a TOML or JSON file",
    "OLD": "the methodology before, named like any other; --revision chooses an earlier revision of it",
    "NEW": "the methodology after",
    "BEFORE": "the earlier observations, named like INPUT",
    "INPUT": "a CSV file or a workbook (.xlsx) of observations, - for standard input, or example:NAME",
}
