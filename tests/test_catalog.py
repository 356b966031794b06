"""Finding editions: by id, year and revision, frozen once published, and those of other packages."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import parindex as pi
from parindex import _catalog
from parindex._catalog import packages, shelf

sys.path.insert(0, str(Path(__file__).parent / "golden"))
from freeze import found, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

EDITION: Final = """
format = "parindex.methodology/1"
id = "{id}"
edition = "{edition}"
revision = {revision}
years = [{year}]
unit_kind = "district"
completeness = "full"
total = 10
title = {{ vi = "Ví dụ", en = "Example" }}

[[source]]
key = "made-up"
title = "Ví dụ"
status = "illustrative"

[[criterion]]
id = "1"
vi = "Điểm"
en = "Points"
max = 10
cite = {{ source = "made-up" }}
rule = {{ type = "given", scale = 100 }}
"""


def text(name: str, *, year: int = 2024, revision: int = 1) -> str:
    """Return the file of a small edition."""
    found_id, _, edition = name.partition("@")
    return EDITION.format(id=found_id, edition=edition, year=year, revision=revision)


def forget() -> None:
    """Let the catalogue look again at what there is."""
    for function in (_catalog.catalog, _catalog._entry, shelf.shipped, packages.provided, packages.misnamed):
        function.cache_clear()


@pytest.fixture(autouse=True)
def _look_again() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands in place of the shipped editions."""
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path)
    forget()
    return tmp_path


class Offered:
    """What stands in place of the installed packages: entry points by the names they are given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.objects: dict[str, Any] = {}
        self.points: list[EntryPoint] = []
        monkeypatch.setattr(packages, "entry_points", lambda *, group: tuple(self._of(group)))

    def _of(self, group: str) -> list[EntryPoint]:
        assert group == "parindex.methodologies"
        return self.points

    def add(self, name: str, value: str) -> None:
        """Offer the object at *value* under *name*."""
        self.points.append(EntryPoint(name, value, packages.GROUP))
        forget()


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Return the packages that offer editions, none at first."""
    return Offered(monkeypatch)


PLAIN_TEXT: Final = text("org.index@2024")
METHODOLOGY: Final = pi.parse_methodology(PLAIN_TEXT)
NUMBER: Final = 7
FAULTY: Final = PLAIN_TEXT.replace("max = 10", "max = -1")


def by_function() -> str:
    """Return an edition when asked."""
    return PLAIN_TEXT


def broken() -> str:
    """Fail when asked."""
    raise RuntimeError("no licence")


# Frozen revisions


def test_published_revisions_stay() -> None:
    """Every shipped revision has the fingerprint it was published with; a correction is a new revision.

    A new edition or revision is noted by ``python tests/golden/freeze.py``.
    """
    assert found() == frozen()


@pytest.mark.parametrize("file", shelf.shipped(), ids=lambda file: file.name)
def test_files_are_named_by_what_they_hold(file: shelf.ShippedFile) -> None:
    """The name of a file says the id, the edition and the revision that stand in it."""
    made = pi.parse_methodology(file.read(), name=file.name)
    assert (made.id, made.edition, made.revision) == (file.id, file.edition, file.revision)


# Revisions


def test_latest_revision(bare: Path) -> None:
    """Without a revision the latest counts, and the catalogue says which it is."""
    (bare / "vn.x@2024.toml").write_text(text("vn.x@2024"), "utf-8")
    (bare / "vn.x@2024.r2.toml").write_text(text("vn.x@2024", revision=2), "utf-8")
    assert pi.load("vn.x@2024").revision == 2
    assert pi.load("vn.x", year=2024).revision == 2
    assert [(entry.name, entry.revision, entry.provider) for entry in pi.catalog()] == [("vn.x@2024", 2, "parindex")]


def test_earlier_revision(bare: Path) -> None:
    """What was computed with the first revision can be computed with it again."""
    (bare / "vn.x@2024.toml").write_text(text("vn.x@2024"), "utf-8")
    (bare / "vn.x@2024.r2.toml").write_text(text("vn.x@2024", revision=2), "utf-8")
    assert pi.load("vn.x", revision=1).revision == 1


def test_no_such_revision() -> None:
    """A revision that does not exist is an error that lists those that do."""
    with pytest.raises(pi.CatalogError, match=r"vn\.pci\.province@2006 has no revision 9; there are 1$"):
        pi.load("vn.pci.province@2006", revision=9)
    with pytest.raises(pi.CatalogError, match="True is no revision, expected a whole number such as 1"):
        pi.load("vn.pci.province@2006", revision=True)


# By year


def test_two_editions_of_one_year(bare: Path) -> None:
    """Where two editions apply to a year, neither is taken."""
    (bare / "vn.x@2024.toml").write_text(text("vn.x@2024"), "utf-8")
    (bare / "vn.x@2024-full.toml").write_text(text("vn.x@2024-full"), "utf-8")
    with pytest.raises(pi.CatalogError, match=r"several editions of vn\.x apply to 2024, .*vn\.x@2024-full \(2024\)"):
        pi.load("vn.x", year=2024)
    assert pi.load("vn.x@2024-full").edition == "2024-full"


# Other packages


@pytest.mark.parametrize("value", ["PLAIN_TEXT", "METHODOLOGY", "by_function"])
def test_another_package(offered: Offered, value: str) -> None:
    """A text, a methodology, and a function that returns one, are editions as any other."""
    offered.add("org.index@2024", f"{__name__}:{value}")
    made = pi.load("org.index", year=2024)
    assert (made.name, made.fingerprint) == ("org.index@2024", METHODOLOGY.fingerprint)
    entry = next(each for each in pi.catalog() if each.id == "org.index")
    assert (entry.years, entry.revision, entry.provider) == ((2024,), 1, f"{__name__}:{value}")


def test_a_path(offered: Offered, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So is a file."""
    (tmp_path / "edition.toml").write_text(PLAIN_TEXT, "utf-8")
    monkeypatch.setattr(sys.modules[__name__], "PLAIN_TEXT", tmp_path / "edition.toml")
    offered.add("org.index@2024", f"{__name__}:PLAIN_TEXT")
    assert pi.load("org.index@2024") == METHODOLOGY


def test_revision_of_another_package(offered: Offered) -> None:
    """Another package has the one revision that is installed."""
    offered.add("org.index@2024", f"{__name__}:PLAIN_TEXT")
    assert pi.load("org.index", revision=1) == METHODOLOGY
    with pytest.raises(pi.CatalogError, match=r"org\.index@2024 has no revision 2; there are 1"):
        pi.load("org.index", revision=2)


def test_nothing_is_overridden(offered: Offered, caplog: pytest.LogCaptureFixture) -> None:
    """An edition of the same name is an error that names both: neither is taken for the other."""
    offered.add("vn.pci.province@2006", f"{__name__}:PLAIN_TEXT")
    with pytest.raises(pi.CatalogError, match=r"@2006 is in several packages.*: parindex, .*PLAIN_TEXT"):
        pi.load("vn.pci.province@2006")
    assert "vn.pci.province@2006" not in [entry.name for entry in pi.catalog()]
    assert "vn.pci.province@2006 is left out: vn.pci.province@2006 is in several packages" in caplog.text
    assert pi.load("vn.pci.province@2009").edition == "2009"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("nowhere_at_all", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        (f"{__name__}:missing", "AttributeError"),
        (f"{__name__}:broken", "RuntimeError: no licence"),
        (f"{__name__}:NUMBER", "is a int, expected a methodology"),
    ],
)
def test_a_broken_package(offered: Offered, caplog: pytest.LogCaptureFixture, value: str, message: str) -> None:
    """What a package cannot give fails when it is asked for and hides nothing else; the list says so."""
    offered.add("org.index@2024", value)
    assert pi.load("vn.pci.province", year=2006).edition == "2006"
    with pytest.raises(pi.CatalogError, match=message):
        pi.load("org.index@2024")
    assert "vn.pci.province@2006" in [entry.name for entry in pi.catalog()]
    assert "org.index@2024 is left out" in caplog.text
    assert message in caplog.text


def test_a_faulty_edition_of_a_package(offered: Offered) -> None:
    """The faults of its file come as those of any file, with the package in their place."""
    offered.add("org.index@2024", f"{__name__}:FAULTY")
    with pytest.raises(pi.MethodologyFaults) as caught:
        pi.load("org.index@2024")
    assert f"{__name__}:FAULTY: org.index@2024 line 17, criterion 1, max: -1 is negative" in str(caught.value)


def test_another_edition_than_it_says(offered: Offered) -> None:
    """A package that gives one edition under the name of another is refused."""
    offered.add("org.index@2023", f"{__name__}:PLAIN_TEXT")
    with pytest.raises(pi.CatalogError, match=r"gives org\.index@2024 under the name org\.index@2023"):
        pi.load("org.index@2023")


@pytest.mark.parametrize("name", ["editions", "@2024", "org.index@"])
def test_an_entry_point_without_an_edition(offered: Offered, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """An entry point that names no edition stands in nobody's way; the list says what its name should be."""
    offered.add(name, f"{__name__}:PLAIN_TEXT")
    assert pi.load("vn.pci.province@2006").edition == "2006"
    assert len(pi.catalog()) == len(shelf.shipped())
    assert f"adds {name!r} to parindex.methodologies, expected a name such as id@edition" in caplog.text
