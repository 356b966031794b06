"""The command line: arguments in, text or JSON out; no computing of its own.

Exit codes: 0 fine; 1 errors of ``check``, differences of ``diff``; 2 bad usage or input, told on standard error with
nothing on standard output.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from attrs import evolve

from parindex import _catalog
from parindex._files.text import decode, read_text
from parindex._frozen import FrozenMap
from parindex._methodology.diff import diff
from parindex._methodology.files import read_methodology
from parindex._paths import is_workbook, read_table
from parindex._render import changes, differences, documents, forms, shortfalls, tables
from parindex._render.methodology import methodology_text
from parindex._scoring.engine import refuse_unsound
from parindex._scoring.observe import parse_table, score_table
from parindex._text import tidy
from parindex._values import dumps
from parindex.errors import CatalogError, FileError, ParindexError

if TYPE_CHECKING:
    from parindex._files.records import Table
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Mark
    from parindex._scoring.board import Scoreboard

_UNLIMITED: Final = 10_000
"""The width taken where the output is no terminal: every column is written."""

Command = Callable[[argparse.Namespace], tuple[str | bytes, int]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without *argv*, the arguments of the process."""
    options = _parser().parse_args(argv)
    try:
        run: Command = options.run
        text, code = run(options)
        _write(text, options)
    except ParindexError as error:
        _complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader has gone, as in "| head": nothing to report, and nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _complain(message: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"parindex: {message}\n")


def _write(written: str | bytes, options: argparse.Namespace) -> None:
    if options.output not in {None, "-"}:
        _write_file(written, Path(options.output))
        return
    assert isinstance(written, str)  # a workbook has the name of a file
    if sys.stdout is None:
        raise FileError("-: there is no standard output")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        sys.stdout.write(written)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        with suppress(OSError):  # what could not be written is not tried again at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise FileError(f"-: cannot be written: {error.strerror}") from None


def _write_file(written: str | bytes, target: Path) -> None:
    """Write the whole file or nothing."""
    if not target.name or _holds(target, Path.is_dir):
        raise FileError(f"{str(target)!r}: is no name of a file to write")
    if isinstance(written, bytes):
        data = written
    elif is_workbook(target):
        raise FileError(f"{str(target)!r}: only the form that template writes is a workbook")
    else:
        # Spreadsheets take a CSV file for UTF-8 only by its byte-order mark.
        data = written.encode("utf-8-sig" if target.suffix.casefold() == ".csv" else "utf-8")
    unfinished = target.parent / f"{target.name}.unfinished"
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        with suppress(OSError, ValueError):
            unfinished.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        raise FileError(f"{str(target)!r}: cannot be written: {reason}") from None


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _methodology(options: argparse.Namespace) -> Methodology:
    """Return the methodology that the first argument names."""
    return _named(options.methodology, year=options.year, revision=options.revision)


def _named(name: str, *, year: int | None = None, revision: int | None = None) -> Methodology:
    """Return the methodology of a name: an edition of the catalogue, or a file."""
    if name.endswith((".toml", ".json")) or os.sep in name or _holds(Path(name), Path.exists):
        methodology = read_methodology(name)
        if year is not None and year not in methodology.years:
            years = ", ".join(map(str, methodology.years))
            raise CatalogError(f"{methodology.name} applies to {years}, not to {year}")
        if revision not in {None, methodology.revision}:
            raise CatalogError(f"{name} is revision {methodology.revision} of {methodology.name}, not {revision}")
        return methodology
    return _catalog.load(name, year=year, revision=revision)


def _holds(path: Path, question: Callable[[Path], bool]) -> bool:
    """Return the answer to a question about a path; one that no file can have is no."""
    try:
        return question(path)
    except (OSError, ValueError):  # longer than the file system allows, or with a NUL
        return False


def _input(options: argparse.Namespace, methodology: Methodology) -> tuple[Table, Mark]:
    """Return the table that the second argument names, and its decimal mark."""
    name = options.input
    if name.startswith(_catalog.EXAMPLE):
        return parse_table(_catalog.example(name), name=name), "."
    if name != "-":
        return read_table(name, methodology, decimal=options.decimal), options.decimal
    if sys.stdin is None:
        raise FileError("-: there is no standard input")
    return parse_table(decode(sys.stdin.buffer.read(), name="-"), name=name), options.decimal


def _board(options: argparse.Namespace) -> Scoreboard:
    methodology = _methodology(options)
    refuse_unsound(methodology)
    table, decimal = _input(options, methodology)
    return score_table(
        table,
        methodology,
        decimal=decimal,
        stage=options.stage,
        period=options.period,
        partial=options.partial,
        year=options.year,
    )


def _catalog_command(options: argparse.Namespace) -> tuple[str, int]:
    entries, examples = _catalog.catalog(), _catalog.examples()
    if options.json:
        return _json(documents.catalogue(entries, examples)), 0
    return tables.catalog_text(entries, examples, options.lang), 0


def _show(options: argparse.Namespace) -> tuple[str, int]:
    methodology = _methodology(options)
    if options.json:
        return dumps(methodology, indent=1) + "\n", 0
    return methodology_text(methodology, options.lang), 0


def _check(options: argparse.Namespace) -> tuple[str, int]:
    methodology = _methodology(options)
    found = methodology.findings
    code = 1 if methodology.errors else 0
    if options.json:
        return _json(documents.findings(methodology, found)), code
    return tables.findings_text(methodology, found, options.lang), code


def _diff(options: argparse.Namespace) -> tuple[str, int]:
    if options.year is not None:
        raise CatalogError("--year chooses one edition, and here are two: name each, such as vn.par.province@2022")
    if options.json and options.markdown:
        raise ParindexError("choose --json or --markdown, not both")
    found = diff(_named(options.old, revision=options.revision), _named(options.new))
    code = 1 if found else 0
    if options.json:
        return _json(differences.diff_document(found, options.lang)), code
    say = differences.diff_markdown if options.markdown else differences.diff_text
    return say(found, options.lang), code


def _score(options: argparse.Namespace) -> tuple[str, int]:
    board = _board(options)
    if options.json:
        return _json(documents.scores(board)), 0
    to_terminal = options.output in {None, "-"} and sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if to_terminal else _UNLIMITED
    return tables.board_text(board, options.lang, width), 0


def _explain(options: argparse.Namespace) -> tuple[str, int]:
    board = _board(options)
    card = board.card(options.unit)
    criteria = [options.criterion] if options.criterion else [None, *card.nodes]
    if options.json:
        return _json(documents.explanation(card, criteria, options.lang)), 0
    told = []
    for criterion in criteria:
        told.append(card.explain(criterion, lang=options.lang))
        if criterion is None and (place := board.place(options.unit)):
            told.append(f"{'Thứ hạng' if options.lang == 'vi' else 'Rank'}: {place}.")
            told.append("")
    return "\n".join(told) + "\n", 0


def _compare(options: argparse.Namespace) -> tuple[str, int]:
    from parindex.analysis import compare

    after = _board(options)
    crosswalk = _pairs(options.crosswalk, "the unit before and the unit after")
    change = compare(_earlier(options, options.before), after, crosswalk=crosswalk)
    if options.unit is not None:
        known = after.card(options.unit).unit  # with the near miss, and in NFC
        if known not in change.units:
            raise CatalogError(f"{known!r} stands in one of the two alone")
        if not options.json:
            return changes.unit_change_text(change[known], options.lang), 0
        change = evolve(change, units=FrozenMap({known: change[known]}))
    if options.json:
        return _json(changes.change_document(change)), 0
    return changes.board_change_text(change, options.lang), 0


_EARLIER: Final = ("before_stage", "before_period", "before_methodology")
"""What may be said of an earlier result alone."""


def _earlier(options: argparse.Namespace, name: str) -> Scoreboard:
    """Return the earlier board: of the same methodology, stage and period unless another was named."""
    own = argparse.Namespace(**vars(options))
    own.input, own.partial = name, options.partial
    own.stage = options.before_stage or options.stage
    own.period = options.before_period or options.period
    if options.before_methodology is not None:
        own.methodology, own.revision, own.year = options.before_methodology, None, None
    return _board(own)


def _pairs(name: str | None, expected: str) -> dict[str, str] | None:
    """Return what a CSV file of two columns says."""
    if name is None:
        return None
    pairs = {}
    for line, row in enumerate(csv.reader(read_text(name).splitlines()), 1):
        if len(row) != 2:
            raise FileError(f"{name} line {line}: expected two columns, {expected}")
        if row[0] in pairs:
            raise FileError(f"{name} line {line}: {row[0]!r} stands twice")
        pairs[row[0]] = row[1]
    return pairs


def _gaps(options: argparse.Namespace) -> tuple[str, int]:
    from parindex.analysis import gaps

    named = [name for name in _EARLIER if getattr(options, name) is not None]
    if options.earlier is None and named:
        raise ParindexError(f"--{named[0].replace('_', '-')} says what --earlier is, and there is none")
    board = _board(options)
    earlier = None if options.earlier is None else _earlier(options, options.earlier)
    found = gaps(board, earlier=earlier, weights=_pairs(options.weights, "the unit and its weight"))
    if options.json:
        own = found if options.unit is None else evolve(found, units=FrozenMap({options.unit: found[options.unit]}))
        return _json(shortfalls.gaps_document(own)), 0
    if options.unit is not None:
        return shortfalls.unit_gap_text(found, found[options.unit], options.lang), 0
    return shortfalls.gaps_text(found, options.lang), 0


def _template(options: argparse.Namespace) -> tuple[str | bytes, int]:
    methodology = _methodology(options)
    units = [tidy(unit) for unit in options.unit or []]
    if options.json:
        return _json(documents.template(methodology)), 0
    if is_workbook(options.output or "-"):
        from parindex.extras.office import form_workbook

        return form_workbook(methodology, units, lang=options.lang, stage=options.stage, period=options.period), 0
    return forms.form(methodology, units, lang=options.lang, decimal=options.decimal), 0


def _draft(options: argparse.Namespace) -> tuple[str | bytes, int]:
    """Write the edition; the report goes to standard output, or beside an edition that goes there itself.

    A file that is there already is not written over: it may have been finished by hand.
    """
    from parindex._drafting import document, draft_edition, report_text
    from parindex.extras.annexes import read_annex

    table = read_annex(options.annex, sheet=options.sheet)
    draft = draft_edition(table, name=Path(options.annex).name, lang=options.lang, year=options.year)
    to_file = options.output not in {None, "-"}
    told = {**document(draft), "edition": None if to_file else draft.text}
    report = _json(told) if options.json else report_text(draft, options.lang)
    if to_file:
        if _holds(Path(options.output), Path.is_file):
            raise FileError(f"{options.output!r}: is there already; a draft never replaces what may be finished work")
        _write_file(draft.text, Path(options.output))
        options.output = None
        return report, 0
    if options.json:
        return report, 0
    if sys.stderr is not None:
        sys.stderr.write(report)
    return draft.text, 0


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


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="parindex",
        description="Score, rank and explain a performance index stated as data.",
        epilog="For example: parindex score vn.par.ministry@2022 example:ministries-2023",
        parents=[_shared(after_command=False)],
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Command, about: str, *arguments: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about, parents=[_shared(after_command=True)])
        command.set_defaults(run=run)
        for argument in arguments:
            command.add_argument(argument.lower(), metavar=argument, help=_ARGUMENTS[argument])
        return command

    add("catalog", _catalog_command, "list the editions and examples that ship")
    add("show", _show, "print a methodology with its rules in words", "METHODOLOGY")
    add("check", _check, "say what is wrong or doubtful in a methodology", "METHODOLOGY")
    comparing = add("diff", _diff, "say what changed from one methodology to another", "OLD", "NEW")
    comparing.add_argument("--markdown", action="store_true", help="Markdown instead of text")
    scoring = add("score", _score, "score and rank units", "METHODOLOGY", "INPUT")
    explaining = add("explain", _explain, "say how the points of a unit came about", "METHODOLOGY", "INPUT")
    moving = add("compare", _compare, "say what moved between two results", "METHODOLOGY", "BEFORE", "INPUT")
    moving.add_argument("--crosswalk", metavar="FILE", help="a CSV file: each unit before, and what it has become")
    missing = add("gaps", _gaps, "say where points are to be had", "METHODOLOGY", "INPUT")
    missing.add_argument("--earlier", metavar="FILE", help="earlier observations, to tell what fell")
    missing.add_argument("--weights", metavar="FILE", help="a CSV file: each unit and its weight, for weighted means")
    for command in (moving, missing):
        command.add_argument("--unit", metavar="UNIT", help="one unit, node by node")
        command.add_argument("--partial", action="store_true", help="take units of which inputs are missing too")
        command.add_argument("--before-stage", metavar="STAGE", help="the stage of the earlier result, if another")
        command.add_argument("--before-period", metavar="PERIOD", help="the period of the earlier result, if another")
        command.add_argument(
            "--before-methodology", metavar="METHODOLOGY", help="what the earlier result is scored with, if another"
        )
    for command in (scoring, explaining):
        command.add_argument("--partial", action="store_true", help="give bounds where inputs are missing")
    explaining.add_argument("--unit", required=True, metavar="UNIT", help="the name of the unit")
    explaining.add_argument("--criterion", metavar="ID", help="one criterion instead of all")
    drafting = add("draft", _draft, "make the draft of an edition from the annex of a decision", "ANNEX")
    drafting.add_argument("--sheet", metavar="NAME", help="the sheet to take, where several hold an annex")
    template = add("template", _template, "write the form to fill in, a workbook with -o form.xlsx", "METHODOLOGY")
    template.add_argument("--unit", action="append", metavar="UNIT", help="a unit to write it for; may be repeated")
    return parser


_ARGUMENTS: Final = {
    "ANNEX": "a table of criteria as a CSV file, a workbook (.xlsx) or a Word file (.docx)",
    "METHODOLOGY": "an edition such as vn.par.ministry@2022, an id with --year, or a TOML or JSON file",
    "OLD": "the methodology before, named like any other; --revision chooses an earlier revision of it",
    "NEW": "the methodology after",
    "BEFORE": "the earlier observations, named like INPUT",
    "INPUT": "a CSV file or a workbook (.xlsx) of observations, - for standard input, or example:NAME",
}
