"""How the documentation is built: from the sources alone, without a network and without the date of the day."""

from __future__ import annotations

import re
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Any

from pygments.lexers.special import TextLexer

import parindex

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "parindex"
author = "the parindex authors"
version = release = installed("parindex")
project_copyright = author

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
language = "en"

html_theme = "furo"
html_title = f"parindex {release}"
html_last_updated_fmt = None
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False

myst_heading_anchors = 3

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100

# No inventory of another project can be fetched where this is built, so what is not ours stays plain text.
nitpick_ignore_regex = [
    # The standard library.
    (r"py:.*", r"(fractions\.)?Fraction|(decimal\.)?Decimal|(pathlib\.)?Path|(enum\.)?StrEnum|(dt|datetime)\.date"),
    (r"py:.*", r"(collections\.abc\.)?(Iterable|Iterator|Mapping|Sequence|Callable)|(typing\.)?(Any|Literal|ClassVar)"),
    (r"py:.*", r"(abc\.)?ABC|ValueError|TypeError|ExceptionGroup|BaseExceptionGroup|object"),
    # NumPy.
    (r"py:.*", r"(numpy\.typing\.)?NDArray|(np|numpy)\.(int64|float64)"),
    # Aliases and values inside the library, whose names say what they are.
    (r"py:.*", r"(parindex\._\w+(\.\w+)*\.)?(Mark|Lang|FrozenMap|Labelled|Unknown|Condition|Worth|Edge|Award|Per)"),
    (r"py:.*", r"(parindex\._\w+(\.\w+)*\.)?(Observations?|Observed|Rate|Share|AllEqual|Default|Maximum|RateRule)"),
    (r"py:.*", r"(parindex\._\w+(\.\w+)*\.)?(Entry|ZeroTotalRule|K|V_co|Engine|Packed|Coded|Said)"),
]


def _public(app: Sphinx, env: BuildEnvironment, node: Any, content: Any) -> Any:
    """Lead a reference to the private module that defines a name to the public one that documents it."""
    target: str = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in parindex.__all__ or target == f"parindex.{name}":
        return None
    python = env.domains["py"]
    return python.resolve_xref(env, node["refdoc"], app.builder, "obj", f"parindex.{name}", node, content)


def _plain(_app: Sphinx, what: str, _name: str, _object: object, _options: object, lines: list[str]) -> None:
    """Keep napoleon from taking words before a colon for a type or for one name.

    "notes, evidence: texts" documents two attributes; the colon in a property's sentence is punctuation.
    """
    if what == "property" and lines:
        lines.insert(0, "\\ ")
    attributes = False
    split: list[str] = []
    for line in lines:
        attributes = (attributes and line.startswith("    ")) or line == "Attributes:"
        several = re.fullmatch(r"( +)(\w+(?:, \w+)+): (.*)", line)
        if attributes and several:
            split += [f"{several[1]}{name}: {several[3]}" for name in several[2].split(", ")]
        else:
            split.append(line)
    lines[:] = split


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what stands here."""
    app.add_lexer("csv", TextLexer)
    app.connect("missing-reference", _public)
    app.connect("autodoc-process-docstring", _plain, priority=400)  # napoleon has 500
    return {"parallel_read_safe": True, "parallel_write_safe": True}
