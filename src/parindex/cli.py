"""The command line: arguments in, text or JSON out; no computing of its own.

Exit codes: 0 fine; 1 errors of ``check``, differences of ``diff``; 2 bad usage or input, told on standard error with
nothing on standard output.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from parindex import _catalog
from parindex._commands.arguments import Command, parser
from parindex._commands.inputs import board_of, holds, methodology_of, named
from parindex._methodology.diff import diff
from parindex._paths import is_workbook
from parindex._render import differences, documents, forms, tables
from parindex._render.methodology import methodology_text
from parindex._text import tidy
from parindex._values import dumps
from parindex.errors import CatalogError, FileError, ParindexError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_UNLIMITED: Final = 10_000
"""The width taken where the output is no terminal: every column is written."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without *argv*, the arguments of the process."""
    options = parser(_COMMANDS).parse_args(argv)
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
    if not target.name or holds(target, Path.is_dir):
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


def _catalog_command(options: argparse.Namespace) -> tuple[str, int]:
    entries, examples = _catalog.catalog(), _catalog.examples()
    if options.json:
        return documents.json_text(documents.catalogue(entries, examples)), 0
    return tables.catalog_text(entries, examples, options.lang), 0


def _show(options: argparse.Namespace) -> tuple[str, int]:
    methodology = methodology_of(options)
    if options.json:
        return dumps(methodology, indent=1) + "\n", 0
    return methodology_text(methodology, options.lang), 0


def _check(options: argparse.Namespace) -> tuple[str, int]:
    methodology = methodology_of(options)
    found = methodology.findings
    code = 1 if methodology.errors else 0
    if options.json:
        return documents.json_text(documents.findings(methodology, found)), code
    return tables.findings_text(methodology, found, options.lang), code


def _diff(options: argparse.Namespace) -> tuple[str, int]:
    if options.year is not None:
        raise CatalogError("--year chooses one edition, and here are two: name each, such as vn.par.province@2022")
    if options.json and options.markdown:
        raise ParindexError("choose --json or --markdown, not both")
    found = diff(named(options.old, revision=options.revision), named(options.new))
    code = 1 if found else 0
    if options.json:
        return documents.json_text(differences.diff_document(found, options.lang)), code
    say = differences.diff_markdown if options.markdown else differences.diff_text
    return say(found, options.lang), code


def _score(options: argparse.Namespace) -> tuple[str, int]:
    board = board_of(options)
    if options.json:
        return documents.json_text(documents.scores(board)), 0
    to_terminal = options.output in {None, "-"} and sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if to_terminal else _UNLIMITED
    return tables.board_text(board, options.lang, width), 0


def _explain(options: argparse.Namespace) -> tuple[str, int]:
    board = board_of(options)
    card = board.card(options.unit)
    criteria = [options.criterion] if options.criterion else [None, *card.nodes]
    if options.json:
        return documents.json_text(documents.explanation(card, criteria, options.lang)), 0
    told = []
    for criterion in criteria:
        told.append(card.explain(criterion, lang=options.lang))
        if criterion is None and (place := board.place(options.unit)):
            told.append(f"{'Thứ hạng' if options.lang == 'vi' else 'Rank'}: {place}.")
            told.append("")
    return "\n".join(told) + "\n", 0


def _template(options: argparse.Namespace) -> tuple[str | bytes, int]:
    methodology = methodology_of(options)
    units = [tidy(unit) for unit in options.unit or []]
    if options.json:
        return documents.json_text(documents.template(methodology)), 0
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
    report = documents.json_text(told) if options.json else report_text(draft, options.lang)
    if to_file:
        if holds(Path(options.output), Path.is_file):
            raise FileError(f"{options.output!r}: is there already; a draft never replaces what may be finished work")
        _write_file(draft.text, Path(options.output))
        options.output = None
        return report, 0
    if options.json:
        return report, 0
    if sys.stderr is not None:
        sys.stderr.write(report)
    return draft.text, 0


def _on_results(name: str) -> Command:
    """Return a command on results; what it needs is imported when it runs."""

    def run(options: argparse.Namespace) -> tuple[str | bytes, int]:
        import parindex._commands.analysing as on_results

        command: Command = getattr(on_results, name)
        return command(options)

    return run


_COMMANDS: Final = {
    "catalog": _catalog_command,
    "show": _show,
    "check": _check,
    "diff": _diff,
    "score": _score,
    "explain": _explain,
    "draft": _draft,
    "template": _template,
    **{name: _on_results(name) for name in ("compare", "gaps", "improve", "reach", "progress", "robustness")},
}
