"""Every example in the documents and the docstrings is run.

A page is run from top to bottom in a folder of its own, with the files it offers, as a reader would work through it:

- a block after ``<!-- file: NAME -->`` is saved there, one after ``<!-- append: NAME -->`` is added to that file;
- a TOML or JSON block without a name must be readable, and is the text ``block`` for the Python that follows;
- a Python block is executed, or, with prompts, compared line by line;
- a text block after ``<!-- output -->`` is what the Python block before it printed;
- a console block is worked through: the commands are run and what they print is compared.

``...`` in what is expected stands for any text; a name as ``FILE.csv`` must come with a file.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import json
import pkgutil
import re
import shlex
import shutil
import tomllib
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from attrs import define, field

import parindex
from parindex._methodology.rules import RULES
from parindex.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
RUN: Final = ("python", "console", "toml", "json", "csv", "text")
"""The kinds of blocks that are run, saved or compared."""

SHOWN: Final = ("sh", "{toctree}", "{literalinclude}", "{eval-rst}", "{admonition}", "{note}", "{glossary}")
"""The kinds that are not: set-up commands, and what belongs to Sphinx."""

SET_UP: Final = ("python3", "pip", "git", "cd")
"""The first words of commands that set a machine up; a session of the documents does not repeat them."""

FLAGS: Final = doctest.ELLIPSIS
_BLOCK: Final = re.compile(
    r"(?:^<!-- (?P<role>file|append|output)(?:: (?P<name>[\w.-]+))? -->\n)?"
    r"^(?P<fence>`{3,})(?P<kind>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


_OFFERED: Final = re.compile(r"\{download\}`[^`<]*<([^`>]+)>`")


@define
class Block:
    """A fenced block of a page, with the line its text begins on."""

    kind: str
    role: str | None
    name: str | None
    body: str
    line: int


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    for match in _BLOCK.finditer(text):
        line = text[: match.start("body")].count("\n") + 1
        yield Block(match["kind"].strip(), match["role"], match["name"], match["body"], line)


def compare(want: str, got: str, where: str) -> None:
    """Fail unless *got* is what the document says."""
    checker = doctest.OutputChecker()
    if not checker.check_output(want, got, FLAGS):
        example = doctest.Example("", want)
        pytest.fail(f"{where}:\n{checker.output_difference(example, got, FLAGS)}", pytrace=False)


@define
class Session:
    """What a reader has after the blocks so far: a folder, Python names, the last output and exit code."""

    page: str
    folder: Path
    names: dict[str, Any] = field(factory=lambda: {"__name__": "page"})
    printed: str = ""
    code: int = 0

    def run(self, block: Block) -> None:
        """Run, save or compare one block."""
        where = f"{self.page} line {block.line}"
        first = block.kind.split()[0] if block.kind else ""
        if first in SHOWN:
            return
        assert block.kind in RUN, f"{where}: no block of the kind {block.kind!r} is run, give it one of {RUN}"
        if block.role == "output":
            compare(block.body, self.printed, where)
        elif block.role is not None:
            self.save(block, where)
        elif block.kind in {"toml", "json"}:
            (tomllib.loads if block.kind == "toml" else json.loads)(block.body)
            self.names["block"] = block.body
        elif block.kind == "python":
            self.python(block, where)
        elif block.kind == "console":
            self.console(block, where)
        else:
            pytest.fail(f"{where}: a {block.kind} block without a name says nothing that could be wrong", pytrace=False)

    def save(self, block: Block, where: str) -> None:
        """Save a block as the file that it names."""
        assert block.name, f"{where}: the file has no name"
        with (self.folder / block.name).open("a" if block.role == "append" else "w", encoding="utf-8") as file:
            file.write(block.body)

    def python(self, block: Block, where: str) -> None:
        """Execute a Python block, with its prompts if it has any."""
        if ">>>" in block.body:
            test = doctest.DocTestParser().get_doctest(block.body, self.names, where, self.page, block.line - 1)
            told = io.StringIO()
            runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
            runner.run(test, out=told.write, clear_globs=False)
            self.names.update(test.globs)
            if runner.failures:
                pytest.fail(told.getvalue(), pytrace=False)
            return
        code = compile("\n" * (block.line - 1) + block.body, self.page, "exec")
        with contextlib.redirect_stdout(io.StringIO()) as told:
            exec(code, self.names)  # noqa: S102  the examples of our own documents
        self.printed = told.getvalue()

    def console(self, block: Block, where: str) -> None:
        """Run the commands of a session and compare what each prints."""
        for command, want in commands_of(block.body):
            words = shlex.split(command)
            if words[0] in SET_UP or words[0].startswith(".venv"):
                continue
            compare(want, self.command(words, where), f"{where}: $ {command}")

    def command(self, words: list[str], where: str) -> str:
        """Return what one command prints: its output, or its errors where it ends with 2."""
        if words == ["echo", "$?"]:
            return f"{self.code}\n"
        if words[0] == "cat":
            return "".join((self.folder / name).read_text("utf-8-sig") for name in words[1:])
        assert words[0] == "parindex", f"{where}: {words[0]!r} is no command that is run here"
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
            try:
                self.code = main(words[1:])
            except SystemExit as stop:
                self.code = int(stop.code or 0)
        if self.code == 2:
            assert not out.getvalue(), f"{where}: something stands on standard output beside the error"
            return err.getvalue()
        return out.getvalue()


def commands_of(body: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console session, its continued lines joined, with what follows it."""
    command: str | None = None
    want: list[str] = []
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        if not line.startswith("$ "):
            want.append(line)
            continue
        if command is not None:
            yield command, "".join(want)
        command, want = line[2:].rstrip("\n"), []
        while command.endswith("\\"):
            command = command[:-1] + next(lines).removeprefix("> ").strip()
    assert command is not None, "a console block begins with a command"
    yield command, "".join(want)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_do_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked through from top to bottom, every example of a page gives what stands below it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    session = Session(page.name, tmp_path)
    text = page.read_text("utf-8")
    for offered in _OFFERED.findall(text):
        shutil.copy(page.parent / offered, tmp_path)
    for block in blocks_of(text):
        session.run(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_fence_of_a_page_belongs_to_a_block(page: Path) -> None:
    """No fenced block escapes the reader of blocks, and every page is in NFC."""
    text = page.read_text("utf-8")
    fences = re.findall(r"^\s*`{3,}", text, re.MULTILINE)
    assert len(fences) == 2 * len(list(blocks_of(text)))
    assert unicodedata.is_normalized("NFC", text)


def test_there_are_pages_with_examples_of_every_kind() -> None:
    """Python, console and file examples are found, so that an empty harness cannot pass."""
    kinds = {(block.kind, block.role) for page in PAGES for block in blocks_of(page.read_text("utf-8"))}
    assert {("python", None), ("console", None), ("toml", "file"), ("csv", "file"), ("text", "output")} <= kinds


def test_every_public_name_stands_in_the_reference() -> None:
    """The reference page names everything that the package exports, and nothing else."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    named = re.findall(r"^\.\. auto\w+:: parindex\.(\w+)(?:\(\))?$", text, re.MULTILINE)
    assert sorted(named) == sorted(parindex.__all__)
    assert [name for name in named if not getattr(parindex, name).__doc__] == []


def test_every_rule_and_every_finding_stands_in_the_format_reference() -> None:
    """The page of the file format has a section for each rule and an example printed for each code of check."""
    text = (ROOT / "docs" / "methodology-format.md").read_text("utf-8")
    assert [name for name in RULES if f"\n### {name}\n" not in text] == []
    folder = Path(parindex.__file__).parent / "_methodology"
    sources = "".join(file.read_text("utf-8") for file in folder.rglob("*.py"))
    codes = set(re.findall(r"(?:\berror|\bwarning|Problem|Finding)\(\s*\"([a-z-]+)\"", sources))
    assert len(codes) > 20
    assert sorted(code for code in codes if f"[{code}]\n" not in text) == []


def docstring_tests() -> Iterator[doctest.DocTest]:
    """Yield the examples in the docstrings of every module."""
    # A module that has Fraction for its types only does not have it at run time; its examples get it here.
    finder = doctest.DocTestFinder(exclude_empty=True)
    for found in pkgutil.walk_packages(parindex.__path__, "parindex."):
        if not found.name.endswith("__main__"):
            module = importlib.import_module(found.name)
            yield from finder.find(module, extraglobs={"Fraction": Fraction})


@pytest.mark.parametrize("test", [each for each in docstring_tests() if each.examples], ids=lambda test: test.name)
def test_the_examples_of_a_docstring_do_what_it_says(test: doctest.DocTest) -> None:
    """Every example in a docstring gives what stands below it."""
    told = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
    runner.run(test, out=told.write, clear_globs=False)
    assert not runner.failures, told.getvalue()
