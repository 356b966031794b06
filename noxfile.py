"""Everything that is checked, as sessions; ``nox`` runs them all, and ``nox -s bench`` measures."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False

PYPROJECT = nox.project.load_toml("pyproject.toml")
LOWEST = [each.replace(">=", "==") for each in PYPROJECT["project"]["dependencies"]]
SUPPORTED = nox.project.python_versions(PYPROJECT)


def _runs(version: str) -> bool:
    """Return whether that Python is there and starts; a version manager may name one that it has not activated."""
    found = shutil.which(f"python{version}")
    return found is not None and subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0


OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = [version for version in SUPPORTED if version == OWN or _runs(version)] or [OWN]


def _group(name: str) -> tuple[str, ...]:
    return nox.project.dependency_groups(PYPROJECT, name)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on every Python found, and see on the first of them what they cover: that takes twice the time."""
    session.install("-e", ".", *_group("test"))
    watched = ("coverage", "run", "-m") if session.python == PYTHONS[0] else ()
    session.run(*watched, "pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[:1])
def coverage(session: nox.Session) -> None:
    """Report the coverage of the tests; anything below 100 % of lines and branches fails."""
    session.install("coverage[toml]")
    if list(Path().glob(".coverage.*")):
        session.run("coverage", "combine")
    session.run("coverage", "report")
    session.run("coverage", "erase")


@nox.session(python=PYTHONS[:1])
def lowest(session: nox.Session) -> None:
    """Run the tests on the lowest versions of the dependencies."""
    session.install("-e", ".", *_group("test"), *LOWEST)
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS[:1])
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install(*_group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session(python=PYTHONS[:1])
def typing(session: nox.Session) -> None:
    """Check the types, strictly."""
    session.install("-e", ".", *_group("typing"))
    session.run("mypy")


@nox.session(python=PYTHONS[:1])
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning fails."""
    session.install("-e", ".", *_group("docs"))
    session.run("sphinx-build", "-n", "-W", "-q", "-b", "html", "docs", "docs/_build/html")


@nox.session(python=PYTHONS[:1], default=False)
def bench(session: nox.Session) -> None:
    """Measure the library beside its limits and its peers; not part of what is checked."""
    session.install("-e", ".", *_group("bench"))
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(python=PYTHONS[:1], default=False)
def scale(session: nox.Session) -> None:
    """Score in parts by executors, dask, Spark (needs Java) and duckdb; each must give what one process gives."""
    session.install("-e", ".", *_group("scale"))
    session.run("python", "benchmarks/scale/run.py", *session.posargs)


@nox.session(python=PYTHONS[:1])
def build(session: nox.Session) -> None:
    """Build wheel and sdist, and score the example from the wheel alone."""
    session.install("build")
    dist = Path(session.create_tmp()) / "dist"
    session.run("python", "-m", "build", "--outdir", str(dist), silent=True)
    session.run("python", "-m", "venv", "--clear", str(dist / "venv"))
    python = dist / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    wheel = next(dist.glob("*.whl"))
    session.run(str(python), "-m", "pip", "install", "-q", str(wheel), external=True)
    with session.chdir(dist):
        session.run("venv/bin/parindex", "score", "vn.par.ministry@2022", "example:ministries-2023", external=True)
