"""The national and sister editions of the catalogue: what each states, derives, and leaves unknown.

What is held against published tables is skipped where those, which lie outside the repository, are absent.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import parindex as pi
from parindex import cli
from test_published import column, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CATALOG: Final = Path(pi.__file__).parent / "_catalog"
STRUCTURE: Final = Path(__file__).parents[2] / "shared" / "data" / "papi-structure.csv"

STATED: Final[Mapping[str, tuple[tuple[int, ...], str, str, int]]] = {
    "vn.binhthuan.district@2016": ((2016,), "outline", "unknown", 8),
    "vn.dti.province@2022": ((2022,), "full", "1", 8),
    "vn.papi.province@2011": (tuple(range(2011, 2018)), "outline", "60", 22),
    "vn.papi.province@2018": ((2018,), "outline", "80", 28),
    "vn.papi.province@2019": ((2019, 2020), "outline", "80", 29),
    "vn.papi.province@2021": ((2021, 2022, 2023, 2024), "outline", "80", 28),
    "vn.par.ministry@2012": ((2012, 2013, 2014, 2015), "entry", "100", 0),
    "vn.par.ministry@2016": ((2016,), "entry", "unknown", 0),
    "vn.par.ministry@2017": ((2017,), "entry", "unknown", 0),
    "vn.par.ministry@2018": ((2018,), "entry", "unknown", 0),
    "vn.par.ministry@2019": ((2019,), "entry", "unknown", 0),
    "vn.par.ministry@2020": ((2020, 2021), "entry", "unknown", 0),
    "vn.par.ministry@2022": ((2022, 2023), "outline", "100", 2),
    "vn.par.province@2012": ((2012, 2013, 2014, 2015), "entry", "unknown", 0),
    "vn.par.province@2016": ((2016,), "entry", "unknown", 0),
    "vn.par.province@2017": ((2017,), "outline", "100", 8),
    "vn.par.province@2018": ((2018,), "entry", "unknown", 0),
    "vn.par.province@2019": ((2019,), "entry", "unknown", 0),
    "vn.par.province@2020": ((2020, 2021), "outline", "100", 4),
    "vn.par.province@2022": ((2022, 2023), "outline", "100", 4),
    "vn.par.province@2024": ((2024,), "entry", "unknown", 0),
    "vn.qd766@2022": ((2022,), "outline", "100", 17),
    "vn.sipas.province@2017": (tuple(range(2017, 2025)), "outline", "100", 1),
}
"""Index years, completeness, total and number of leaves."""

DECISIONS: Final[Mapping[str, tuple[str, date]]] = {
    "2012": ("1294/QĐ-BNV", date(2012, 12, 3)),
    "2016": ("4361/QĐ-BNV", date(2016, 12, 28)),
    "2017": ("2948/QĐ-BNV", date(2017, 12, 28)),
    "2018": ("2636/QĐ-BNV", date(2018, 12, 10)),
    "2019": ("1150/QĐ-BNV", date(2019, 12, 30)),
    "2020": ("1149/QĐ-BNV", date(2020, 12, 30)),
    "2022": ("876/QĐ-BNV", date(2022, 11, 10)),
    "2024": ("892/QĐ-BNV", date(2024, 12, 5)),
}
"""The decision of each edition of PAR INDEX, by its name, and its date."""

NOT_FOUND: Final = ("không tìm thấy số lĩnh vực", "counts of domains, criteria and components")
COUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "vn.par.ministry@2012": (
        "7 lĩnh vực, 31 tiêu chí, 80 tiêu chí thành phần",
        "7 domains, 31 criteria, 80 components",
    ),
    "vn.par.ministry@2016": NOT_FOUND,
    "vn.par.ministry@2017": NOT_FOUND,
    "vn.par.ministry@2018": NOT_FOUND,
    "vn.par.ministry@2019": (
        "7 lĩnh vực, 40 tiêu chí, 87 tiêu chí thành phần",
        "7 domains, 40 criteria, 87 components",
    ),
    "vn.par.ministry@2020": (
        "7 lĩnh vực, 40 tiêu chí, 99 tiêu chí thành phần",
        "7 domains, 40 criteria, 99 components",
    ),
    "vn.par.ministry@2022": (
        "7 lĩnh vực, 38 tiêu chí, 97 tiêu chí thành phần",
        "7 domains, 38 criteria, 97 components",
    ),
    "vn.par.province@2012": (
        "8 lĩnh vực, 34 tiêu chí, 104 tiêu chí thành phần",
        "8 domains, 34 criteria, 104 components",
    ),
    "vn.par.province@2016": (
        "nhóm I, đánh giá kết quả thực hiện cải cách hành chính, có 8 lĩnh vực, 32 tiêu chí, 64 tiêu chí thành phần",
        "group I, results of the reform, has 8 domains, 32 criteria, 64 components",
    ),
    "vn.par.province@2017": (
        "trang đã đọc nêu 38 tiêu chí, số tiêu chí ghi ở từng lĩnh vực cộng lại là 39",
        "8 domains, 81 components; the page that was read states 38 criteria, and its counts by domain add up to 39",
    ),
    "vn.par.province@2018": NOT_FOUND,
    "vn.par.province@2019": (
        "8 lĩnh vực, 43 tiêu chí, 95 tiêu chí thành phần",
        "8 domains, 43 criteria, 95 components",
    ),
    "vn.par.province@2020": (
        "8 lĩnh vực, 43 tiêu chí, 102 tiêu chí thành phần",
        "8 domains, 43 criteria, 102 components",
    ),
    "vn.par.province@2022": (
        "8 lĩnh vực, 37 tiêu chí, 88 tiêu chí thành phần",
        "8 domains, 37 criteria, 88 components",
    ),
    "vn.par.province@2024": NOT_FOUND,
}
"""What the notes say of domains, criteria and components."""

SURVEY: Final[Mapping[str, tuple[str, str]]] = {
    "vn.par.ministry@2012": ("60 điểm tự đánh giá, được thẩm định và 40 điểm", "60 points are self-assessed"),
    "vn.par.ministry@2020": ("điều tra xã hội học 36,5 điểm", "the survey has 36.5 points"),
    "vn.par.ministry@2022": ("điều tra xã hội học 31,5 điểm", "the survey has 31.5 points"),
    "vn.par.province@2020": ("điều tra xã hội học 33,5 điểm", "33.5 for the survey"),
    "vn.par.province@2022": ("22 điểm điều tra xã hội học lãnh đạo, quản lý, 10 điểm SIPAS", "10 from SIPAS"),
}
"""What the notes say of the survey; elsewhere they say that its points are unknown."""

ENTRIES: Final = [name for name, stated in STATED.items() if stated[1] == "entry"]
PAR: Final = [name for name in STATED if name.startswith("vn.par.")]
PAPI: Final = [name for name in STATED if name.startswith("vn.papi.")]
FIVE_FACTORS: Final = ("access", "procedures", "officials", "results", "handling of feedback")

every_edition = pytest.mark.parametrize("name", STATED)
every_entry = pytest.mark.parametrize("name", ENTRIES)


def number(value: Fraction | None) -> Fraction:
    """Return a figure that exists."""
    assert value is not None
    return value


def given(unit: str, period: str | None = None, **points: str) -> pi.Assessment:
    """Return a unit whose leaves were given points; an underscore in a name stands for a hyphen."""
    observed = {key.replace("_", "-"): {"points": value} for key, value in points.items()}
    return pi.Assessment(unit, observed, period=period)


def faults(error: pytest.ExceptionInfo[pi.ObservationFaults]) -> list[str]:
    """Return what was refused, one text for each fault."""
    return [str(fault) for fault in error.value.exceptions]


# Every edition


def test_every_edition_is_here() -> None:
    """Each edition of Viet Nam in the catalogue is stated here, but PCI's, which have tests of their own."""
    names = {entry.name for entry in pi.catalog() if entry.id.startswith("vn.") and entry.id != "vn.pci.province"}
    assert names == STATED.keys()


@every_edition
def test_head(name: str) -> None:
    """Years, completeness, total and the number of leaves are those stated."""
    m = pi.load(name)
    years, completeness, total, leaves = STATED[name]
    assert (m.years, str(m.completeness), str(m.total), len(m.leaves)) == (years, completeness, total, leaves)


@every_edition
def test_findings(name: str) -> None:
    """Check has no error, and says that the titles were not verified."""
    m = pi.load(name)
    assert [finding.code for finding in pi.check(m)] == ["titles-unverified"]
    assert m.errors == ()


@every_edition
def test_both_languages(name: str) -> None:
    """Every title, note, origin and grade is there in Vietnamese and in English."""
    m = pi.load(name)
    texts = [m.title, m.note, *(each.title for each in m.criteria)]
    texts += [origin.text for origin in m.origins.values()] + [grade.text for grade in m.grades]
    assert [text for text in texts if not (text.vi and text.en)] == []


@every_edition
def test_cited(name: str) -> None:
    """Every figure rests on a source that is official or derived, and a derived one says how."""
    m = pi.load(name)
    assert {str(source.status) for source in m.sources} <= {"official", "derived"}
    assert [source.key for source in m.sources if not source.note] == []
    assert [criterion.id for criterion in m.criteria if criterion.cite is None] == []


@every_edition
def test_grades_are_cited(name: str) -> None:
    """Every edge of a grade rests on a source: not on the decision, which has none, but on an announcement."""
    cited = {grade.cite and grade.cite.source for grade in pi.load(name).grades}
    assert cited <= {f"announcement-{pi.load(name).edition}"}


@pytest.mark.parametrize("path", sorted(CATALOG.glob("vn.*.toml")), ids=lambda path: path.stem)
def test_nothing_remembered(path: Path) -> None:
    """No file carries what somebody only remembered or supposed."""
    assert re.findall(r"\[mem|\[inf|memory|unverified\]|hypothesis", path.read_text("utf-8")) == []


@pytest.mark.parametrize("key", sorted({name.partition("@")[0] for name in STATED}))
def test_no_year_twice(key: str) -> None:
    """No index year has two editions of one index and kind of unit."""
    years = [year for entry in pi.catalog() if entry.id == key for year in entry.years]
    assert len(years) == len(set(years))


def test_no_pilot() -> None:
    """The pilot of 2011 is not an edition."""
    with pytest.raises(pi.CatalogError, match=r"vn\.par\.province has no edition for 2011"):
        pi.load("vn.par.province", year=2011)


# PAR INDEX: decisions and notes


@pytest.mark.parametrize("name", PAR)
def test_decision(name: str) -> None:
    """The first source is the decision, with the Ministry of Home Affairs and its date, and the note names it."""
    m = pi.load(name)
    decision, issued = DECISIONS[m.edition]
    source = m.sources[0]
    assert (source.title, source.issuer, source.issued) == (f"Quyết định {decision}", "Bộ Nội vụ", issued)
    assert f"Quyết định {decision} ngày {issued:%d/%m/%Y}" in str(m.note.vi)
    assert f"ecision {decision} of {issued.day} {issued:%B %Y}" in str(m.note.en)


@pytest.mark.parametrize("name", PAR)
def test_counts(name: str) -> None:
    """The note says how many domains, criteria and components there are, or that this was not found."""
    vi, en = COUNTS[name]
    note = pi.load(name).note
    assert vi in str(note.vi)
    assert en in str(note.en)


@pytest.mark.parametrize("name", PAR)
def test_survey_share(name: str) -> None:
    """The note says how many points the survey has, or that this is unknown."""
    note = pi.load(name).note
    vi, en = SURVEY.get(name, ("điểm của phần điều tra xã hội học", "the points of the survey"))
    assert vi in str(note.vi)
    assert en in str(note.en)


@pytest.mark.parametrize("name", PAR)
def test_who_has_the_annex(name: str) -> None:
    """The note says what is unknown and that the Ministry of Home Affairs has the annex."""
    note = pi.load(name).note
    assert "Chưa biết" in str(note.vi)
    assert "Phụ lục do Bộ Nội vụ giữ." in str(note.vi)
    assert "Unknown are" in str(note.en)
    assert "The Ministry of Home Affairs (Bộ Nội vụ) has the annex." in str(note.en)


def test_remembered_share_is_not_shipped() -> None:
    """The survey share of the provinces in 2012, which nobody read, is not said."""
    note = pi.load("vn.par.province@2012").note
    assert re.findall(r"\b(?:62|38)\b", f"{note.vi} {note.en}") == []


def test_doubt_about_2024() -> None:
    """The note of 2024 says how the decision is known, and that a page still quotes the counts of the one before."""
    note = pi.load("vn.par.province@2024").note
    assert "Kế hoạch 237/KH-UBND ngày 18/12/2024 của Quảng Trị" in str(note.vi)
    assert "another page still quotes for 2024 the 8, 37 and 88 of decision 876/QĐ-BNV" in str(note.en)


def test_doubt_about_2024_of_ministries() -> None:
    """The decision of 2022 may have been applied to ministries in 2024 too: the note says so, and 2024 is left out."""
    m = pi.load("vn.par.ministry@2022")
    assert 2024 not in m.years
    assert "Chưa rõ các bộ có còn được chấm theo Quyết định này trong năm 2024 hay không" in str(m.note.vi)
    assert "Whether it was still applied to ministries in 2024 is not settled" in str(m.note.en)


@every_entry
def test_entry_is_refused(name: str) -> None:
    """Scoring with an entry is refused, naming the Ministry of Home Affairs, the decision and its date."""
    m = pi.load(name)
    decision, issued = DECISIONS[m.edition]
    with pytest.raises(pi.RefusedError) as error:
        pi.score(m, pi.Assessment("Đơn vị A"))
    told = str(error.value)
    assert told.startswith(f"{name} is known to exist and has no criteria here, it cannot be scored with; Bộ Nội vụ ")
    assert f"would have the annex: Decision {decision} of {issued.day} {issued:%B %Y}" in told


# PAR INDEX: outlines


def test_domains_2017() -> None:
    """The eight domains of 2017 have the printed maxima, which add up to 100."""
    m = pi.load("vn.par.province", year=2017)
    assert [str(leaf.id) for leaf in m.leaves] == list("12345678")
    maxima = [number(leaf.max_points) for leaf in m.leaves]
    assert maxima == [Fraction(each) for each in ("10", "10", "14.5", "11", "16", "7", "16", "15.5")]
    assert sum(maxima) == m.total == 100


def test_province_2017() -> None:
    """What Đắk Lắk was given in 2017, domain by domain, adds up to the published 75.37."""
    points = dict(zip("12345678", ("5.5", "8.16", "14.5", "8.23", "11.12", "5.04", "8.86", "13.96"), strict=True))
    card = pi.score(pi.load("vn.par.province@2017"), given("Đắk Lắk", **points))
    assert str(card.printed_index) == "75.37"
    assert card["3"].lost == 0


def test_origins_2022() -> None:
    """The four origins of 2022 have the printed maxima, and the surveys are not self-assessed."""
    m = pi.load("vn.par.province", year=2023)
    stated = {key: (origin.max, origin.self_assessed) for key, origin in m.origins.items()}
    assert stated == {
        "appraised": (Fraction("61.5"), True),
        "socio-economic": (Fraction("6.5"), True),
        "leaders-survey": (22, False),
        "sipas": (10, False),
    }
    assert [(leaf.id, leaf.origin, leaf.max_points) for leaf in m.leaves] == [
        (key, key, most) for key, (most, _) in stated.items()
    ]


def test_self_assessment_2022() -> None:
    """A self-assessment of 2022 is bounded by the 32 points that nobody awards to himself."""
    m = pi.load("vn.par.province@2022")
    observed = {"appraised": {"points": "58.25"}, "socio-economic": {"points": 6}}
    card = pi.score(m, pi.Assessment("Tỉnh A", observed, stage="self"))
    assert card.bounds is not None
    assert card.bounds.points == (Fraction("64.25"), Fraction("96.25"))


def test_ministry_2022_is_derived() -> None:
    """The 68.5 points of the ministries are derived, the 31.5 of the survey are not."""
    m = pi.load("vn.par.ministry@2022")
    status = {source.key: str(source.status) for source in m.sources}
    cited = {leaf.id: status[leaf.cite.source] for leaf in m.leaves if leaf.cite is not None}
    assert cited == {"appraised": "derived", "survey": "official"}


# Unknown maxima


WHOLE_2020: Final = {"appraised": "57.25", "socio_economic": "4.5", "leaders_survey": "20", "sipas": "8.1"}


def province_2020(year: int | None = None, **points: str) -> pi.Scorecard:
    """Return the card of a province with invented points, by the edition of 2020."""
    return pi.score(pi.load("vn.par.province@2020"), given("Tỉnh A", **{**WHOLE_2020, **points}), year=year)


def test_unknown_parts() -> None:
    """A part of unknown maximum has points and no component index; the part above it and the whole have both."""
    card = province_2020(2020)
    assert (card["appraised"].points, card["appraised"].max_points, card["appraised"].index) == (
        Fraction("57.25"),
        None,
        None,
    )
    assert card["results"].index == 100 * Fraction("61.75") / Fraction("66.5")
    assert card["survey"].index == 100 * Fraction("28.1") / Fraction("33.5")
    assert card.index == Fraction("89.85")


def test_unknown_origins() -> None:
    """An origin of unknown maximum has points and no ratio."""
    card = province_2020(2020)
    assert {key: (origin.points, origin.max_points, origin.ratio) for key, origin in card.by_origin.items()} == {
        "appraised": (Fraction("57.25"), None, None),
        "socio-economic": (Fraction("4.5"), None, None),
        "leaders-survey": (20, None, None),
        "sipas": (Fraction("8.1"), None, None),
    }


def test_above_what_is_known() -> None:
    """Parts of unknown maximum that exceed the 66.5 above them are refused."""
    with pytest.raises(pi.ObservationFaults) as error:
        province_2020(2020, appraised="62.01")
    assert faults(error) == ["unit 'Tỉnh A', results: the points add up to 66.51, above the maximum 66.5"]


def test_unknown_cannot_be_left_out() -> None:
    """A part of unknown maximum cannot be left out as not applicable."""
    observed = {key.replace("_", "-"): {"points": value} for key, value in WHOLE_2020.items()}
    assessment = pi.Assessment("Tỉnh A", {**observed, "sipas": pi.NotApplicable("không điều tra")})
    with pytest.raises(pi.ObservationFaults) as error:
        pi.score(pi.load("vn.par.province@2020"), assessment, year=2020)
    assert faults(error) == [
        "unit 'Tỉnh A', sipas: an unknown maximum stands above or beside it, so it cannot be left out as not applicable"
    ]


def test_unknown_total() -> None:
    """Where the total is unknown, known domains have a component index, and the whole has none."""
    m = pi.load("vn.binhthuan.district", year=2016)
    maxima = {leaf.id: leaf.max_points for leaf in m.leaves}
    assert {key: most for key, most in maxima.items() if most is not None} == {
        "apparatus": Fraction("3.5"),
        "finance": 2,
        "one-stop-shop": Fraction("12.5"),
    }
    card = pi.score(m, given("Huyện A", **{key.replace("-", "_"): "1" for key in maxima}))
    assert card.points == 8
    assert (card.max_points, card.index, card.printed_index) == (None, None, None)
    assert [key for key in maxima if card[key].index is not None] == ["apparatus", "finance", "one-stop-shop"]


def test_maximum_that_follows() -> None:
    """Of the district's known maxima the one of the apparatus is derived from its 100 %."""
    m = pi.load("vn.binhthuan.district@2016")
    cited = {leaf.id: leaf.cite.source for leaf in m.leaves if leaf.cite is not None}
    assert [key for key, source in cited.items() if source == "whole"] == ["apparatus"]
    assert {source.key: str(source.status) for source in m.sources} == {"qd-3883": "official", "whole": "derived"}


# Grades by year


def edges(name: str) -> list[tuple[str, str, str, str, tuple[int, ...]]]:
    """Return the grades of an edition: key, titles, edge and years."""
    return [
        (grade.key, str(grade.text.vi), str(grade.text.en), str(grade.from_), grade.years)
        for grade in pi.load(name).grades
    ]


def test_announced_2018() -> None:
    """The announcement of 2018 has four groups, from 80, 75, 70 and below."""
    assert edges("vn.par.province@2018") == [
        ("a", "Nhóm A", "Group A", "80", (2018,)),
        ("b", "Nhóm B", "Group B", "75", (2018,)),
        ("c", "Nhóm C", "Group C", "70", (2018,)),
        ("d", "Nhóm D", "Group D", "0", (2018,)),
    ]


def test_announced_2020() -> None:
    """The announcement of 2020 has three groups, and they are of 2020 only."""
    assert edges("vn.par.province@2020") == [
        ("a", "Nhóm A", "Group A", "90", (2020,)),
        ("b", "Nhóm B", "Group B", "80", (2020,)),
        ("c", "Nhóm C", "Group C", "70", (2020,)),
    ]


def test_announced_2024() -> None:
    """The announcement of 2024 has two groups, from 90 and from 80."""
    assert edges("vn.par.province@2024") == [
        ("a", "Nhóm A", "Group A", "90", (2024,)),
        ("b", "Nhóm B", "Group B", "80", (2024,)),
    ]


@pytest.mark.parametrize("name", ["vn.par.province@2018", "vn.par.province@2020", "vn.par.province@2024"])
def test_announced_not_decided(name: str) -> None:
    """The note says that the groups are the announcement's, not the decision's."""
    note = pi.load(name).note
    assert "không phải của quyết định" in str(note.vi)
    assert "not of the decision" in str(note.en)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("vn.par.province@2018", "https://viet-jo.com/news/social/190528080825.html"),
        ("vn.par.province@2020", None),
        (
            "vn.par.province@2024",
            "https://kinhtedothi.vn/hai-phong-dung-dau-toan-quoc-ve-chi-so-cai-cach-hanh-chinh.665272.html",
        ),
    ],
)
def test_where_groups_were_read(name: str, url: str | None) -> None:
    """The groups cite the page that tells of the announcement; of 2020 none is known, and the note says so."""
    m = pi.load(name)
    (source,) = [source for source in m.sources if source.key == f"announcement-{m.edition}"]
    assert source.url == url
    assert ("the page that quotes them is not known" in str(source.note)) == (url is None)


def test_no_other_grades() -> None:
    """No other edition here has grades."""
    graded = {name for name in STATED if pi.load(name).grades}
    assert graded == {"vn.par.province@2018", "vn.par.province@2020", "vn.par.province@2024"}


@pytest.mark.parametrize(
    ("appraised", "index", "grade"),
    [
        ("57.4", "90.00", "a"),
        ("57.39", "89.99", "b"),
        ("47.4", "80.00", "b"),
        ("47.39", "79.99", "c"),
        ("37.4", "70.00", "c"),
        ("37.39", "69.99", "none"),
    ],
)
def test_grade_2020(appraised: str, index: str, grade: str) -> None:
    """In 2020 each group begins with its edge, and below the last there is none."""
    card = province_2020(2020, appraised=appraised)
    assert (str(card.printed_index), str(card.grade)) == (index, grade)


def test_grade_2021() -> None:
    """In 2021 the same points have an index and no grade, since that year's groups are unknown."""
    card = province_2020(2021)
    assert (card.index, card.grade) == (Fraction("89.85"), None)


def test_grade_by_period() -> None:
    """The period of the assessment chooses the year of the grades too."""
    m = pi.load("vn.par.province@2020")
    found = {period: pi.score(m, given("Tỉnh A", period, **WHOLE_2020)).grade for period in ("2020", "2021")}
    assert {period: grade and grade.key for period, grade in found.items()} == {"2020": "b", "2021": None}


def test_grade_needs_a_year() -> None:
    """Without a year the grades of 2020 and of 2021 cannot be told apart, and that is an error."""
    with pytest.raises(pi.ObservationFaults) as error:
        province_2020()
    assert faults(error) == ["year: its grades differ by year: state year= or a period, one of 2020"]


# SIPAS


def test_sipas_rate() -> None:
    """The rate of a province is its index, exact and as printed."""
    card = pi.score(
        pi.load("vn.sipas.province", year=2022), pi.Assessment("Quảng Ninh", {"satisfaction": {"value": "87.59"}})
    )
    assert (card.index, str(card.printed_index), card.points) == (Fraction("87.59"), "87.59", Fraction("87.59"))


def test_sipas_observation() -> None:
    """One figure is observed of each unit, a percentage up to 100."""
    (leaf,) = pi.load("vn.sipas.province@2017").leaves
    (rate,) = leaf.leaf_rule.inputs
    assert (rate.name, str(rate.low), str(rate.high)) == ("value", "0", "100")


def test_sipas_factors() -> None:
    """The five factors are named in the note, which says that their weights are unknown."""
    note = pi.load("vn.sipas.province@2017").note
    assert f"Five factors: {', '.join(FIVE_FACTORS)}." in str(note.en)
    assert "Năm yếu tố: tiếp cận dịch vụ; thủ tục hành chính; công chức; kết quả; tiếp nhận, xử lý" in str(note.vi)
    assert "Unknown are what the factors weigh" in str(note.en)


# PAPI


@pytest.mark.parametrize("name", PAPI)
def test_papi_maxima(name: str) -> None:
    """Each dimension has 10 points, divided equally among its sub-dimensions, and the total is all of them."""
    m = pi.load(name)
    assert [root.max_points for root in m.roots] == [10] * len(m.roots)
    assert m.total == 10 * len(m.roots)
    for root in m.roots:
        assert {part.max_points for part in root.children} == {Fraction(10, len(root.children))}


@pytest.mark.parametrize("name", PAPI)
def test_papi_derived(name: str) -> None:
    """The maxima of the sub-dimensions are cited as derived."""
    m = pi.load(name)
    status = {source.key: str(source.status) for source in m.sources}
    assert {status[leaf.cite.source] for leaf in m.leaves if leaf.cite is not None} == {"derived"}


@pytest.mark.parametrize("name", PAPI)
def test_papi_structure(name: str) -> None:
    """Every year of an edition has its sub-dimensions, by id and English title, and no others."""
    if not STRUCTURE.exists():
        pytest.skip("the list of sub-dimensions by year lies outside the repository")
    m = pi.load(name)
    with STRUCTURE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for year in m.years:
        listed = {row["id"]: row["title_en"] for row in rows if str(year) in row["years"].split()}
        assert {leaf.id: leaf.title.en for leaf in m.leaves} == listed


def test_papi_construction_permits() -> None:
    """Construction permits, 5.2, are there up to 2020 and not from 2021 on."""
    assert ["5.2" in pi.load(name) for name in PAPI] == [True, True, True, False]


WITHHELD: Final = {
    2014: {"Bac Giang": 22, "Dong Thap": 22},
    2018: {"Quang Ninh": 8, "Dong Thap": 8},
}
"""The provinces of which so many sub-dimensions were not published."""

UNIT: Final = Fraction(1, 10**6)
"""The published values have six decimals at least, of which trailing zeros were dropped."""


def papi(year: int) -> tuple[pi.Methodology, tuple[pi.Assessment, ...]]:
    """Return the edition of a year and the published sub-dimensions."""
    path = table(f"papi-{year}.csv")
    methodology = pi.load("vn.papi.province", year=year)
    return methodology, pi.read_assessments(path, methodology)


def misses(found: Iterable[Fraction | None], published: Iterable[str]) -> list[Fraction]:
    """Return how far each figure is from the published one."""
    return [abs(number(ours) - Fraction(theirs)) for ours, theirs in zip(found, published, strict=True)]


@pytest.mark.parametrize("year", [2011, 2012, 2013])
def test_papi_dimensions(year: int) -> None:
    """The published sub-dimensions of 63 provinces add up to the published dimensions.

    Each of n parts and their sum is known to half a unit of its last digit, so they may differ by (n + 1) halves.
    """
    methodology, assessments = papi(year)
    board = pi.score_many(methodology, assessments)
    for root in methodology.roots:
        published = column(table(f"papi-{year}.csv"), root.id)
        assert len(published) == 63
        tolerance = (len(root.children) + 1) * UNIT / 2
        assert max(misses(board.points(root.id), published)) <= tolerance


@pytest.mark.parametrize("year", [2011, 2012, 2013])
def test_papi_totals(year: int) -> None:
    """The published sub-dimensions add up to the published totals.

    A total was summed from dimensions that are rounded themselves: 22 parts, 6 dimensions and the total, each known to
    half a unit.
    """
    methodology, assessments = papi(year)
    board = pi.score_many(methodology, assessments)
    tolerance = (len(methodology.leaves) + len(methodology.roots) + 1) * UNIT / 2
    assert max(misses(board.points(), column(table(f"papi-{year}.csv"), "points"))) <= tolerance


@pytest.mark.parametrize("year", [2011, 2012, 2013, 2017])
def test_papi_reads(year: int) -> None:
    """The published columns of a year are read as they are, and all 63 provinces are ranked."""
    methodology, assessments = papi(year)
    board = pi.score_many(methodology, assessments)
    assert sorted(board.ranks().tolist()) == list(range(1, 64))


@pytest.mark.parametrize("year", WITHHELD)
def test_papi_withheld_is_an_error(year: int) -> None:
    """What was withheld is missing: scoring it is an error that names the provinces and every sub-dimension."""
    methodology, assessments = papi(year)
    with pytest.raises(pi.ObservationFaults) as error:
        pi.score_many(methodology, assessments)
    told = faults(error)
    for unit, missing in WITHHELD[year].items():
        assert len([text for text in told if text.startswith(f"unit '{unit}', ") and "is missing" in text]) == missing
    assert len(told) == sum(WITHHELD[year].values())


@pytest.mark.parametrize("year", WITHHELD)
def test_papi_withheld_is_not_last(year: int) -> None:
    """With partial=True the two provinces are provisional and have no rank; the other 61 have the ranks 1 to 61."""
    methodology, assessments = papi(year)
    board = pi.score_many(methodology, assessments, partial=True)
    ranks = dict(zip(board.units, board.ranks().tolist(), strict=True))
    provisional = {card.unit for card in board.cards if card.status is pi.Status.PROVISIONAL}
    assert provisional == WITHHELD[year].keys()
    assert {unit for unit, rank in ranks.items() if rank == 0} == provisional
    assert sorted(rank for rank in ranks.values() if rank) == list(range(1, 62))


def test_papi_withheld_bounds() -> None:
    """Of a province of which nothing was published, anything from 0 to 60 is possible."""
    methodology, assessments = papi(2014)
    card = pi.score_many(methodology, assessments, partial=True).card("Dong Thap")
    assert card.bounds is not None
    assert card.bounds.points == (Fraction(0), Fraction(60))


def test_papi_withheld_as_not_applicable() -> None:
    """A province that is said not to have a single sub-dimension has no points, rather than 0."""
    m = pi.load("vn.papi.province@2011")
    nothing = {leaf.id: pi.NotApplicable("không công bố") for leaf in m.leaves}
    card = pi.score(m, pi.Assessment("Đồng Tháp", nothing))
    assert (card.status, card.points) == (pi.Status.NOT_APPLICABLE, None)


# DTI


def dti() -> tuple[pi.Scoreboard, dict[str, str]]:
    """Return the board of the provinces whose parts were printed in 2022, and the printed figures of all."""
    methodology = pi.load("vn.dti.province", year=2022)
    keys = {str(leaf.title.vi): leaf.id for leaf in methodology.leaves}
    parts = table("dti-2022-pillars.csv")
    observed: dict[str, dict[str, dict[str, str]]] = {}
    rows = zip(column(parts, "unit"), column(parts, "pillar"), column(parts, "value"), strict=True)
    for unit, pillar, value in rows:
        observed.setdefault(unit, {})[keys[pillar]] = {"value": value}
    board = pi.score_many(methodology, [pi.Assessment(unit, each) for unit, each in observed.items()])
    whole = table("dti-2022.csv")
    return board, dict(zip(column(whole, "unit"), column(whole, "points"), strict=True))


def test_dti_figures() -> None:
    """The printed parts give the five printed figures: four to the last digit, and one a unit off.

    Eight parts, rounded to four decimals and weighted by 1 in all, and their sum, rounded too, allow for two halves.
    """
    board, published = dti()
    found = {card.unit: abs(number(card.points) - Fraction(published[card.unit])) for card in board.cards}
    assert len(found) == 5
    assert max(found.values()) <= 2 * Fraction(1, 20_000)
    shown = [abs(card.printed_points - Decimal(published[card.unit])) for card in board.cards if card.printed_points]
    assert sorted(shown) == [Decimal("0.0000")] * 4 + [Decimal("0.0001")]


def test_dti_ranks() -> None:
    """The printed parts give the published ranks 1 to 5."""
    board, _ = dti()
    assert board.ranks().tolist() == list(map(int, column(table("dti-2022.csv"), "rank")[:5])) == [1, 2, 3, 4, 5]


def test_dti_weights() -> None:
    """The weights are those that were fitted, add up to 1 and are cited as derived."""
    m = pi.load("vn.dti.province@2022")
    tenths = {leaf.id: leaf.max_points for leaf in m.leaves}
    assert tenths == {
        **dict.fromkeys(("awareness", "institutions", "infrastructure", "people", "security"), Fraction(1, 10)),
        "government": Fraction(1, 5),
        "economy": Fraction(3, 20),
        "society": Fraction(3, 20),
    }
    assert [str(source.status) for source in m.sources] == ["derived"]


def test_dti_ties_by_print() -> None:
    """Provinces whose figures differ only beyond the fourth decimal share a rank."""
    m = pi.load("vn.dti.province@2022")
    same = {leaf.id: {"value": "0.5"} for leaf in m.leaves}
    units = [pi.Assessment("Tỉnh A", same), pi.Assessment("Tỉnh B", {**same, "people": {"value": "0.5001"}})]
    board = pi.score_many(m, [*units, pi.Assessment("Tỉnh C", {**same, "people": {"value": "0.4"}})])
    assert [str(card.printed_points) for card in board.cards] == ["0.5000", "0.5000", "0.4900"]
    assert board.ranks().tolist() == [1, 1, 3]


# Decision 766


def test_766_maxima() -> None:
    """The groups have 18, 20, 22, 12, 10 and 18 points, divided as is known, and all is derived."""
    m = pi.load("vn.qd766", year=2022)
    groups = {root.id: [number(part.max_points) for part in root.children] or root.max_points for root in m.roots}
    assert groups == {
        "publicity": [6, 4, 2, 6],
        "progress": 20,
        "digitisation": [6, 4, 2, 4, 2, 2, 2],
        "online-service": 12,
        "online-payment": 10,
        "satisfaction": [6, 6, 6],
    }
    assert [str(source.status) for source in m.sources] == ["derived"]


def test_766_unnamed_parts() -> None:
    """A part of which it is not known what it counts has its number for a title."""
    m = pi.load("vn.qd766@2022")
    unnamed = [leaf for leaf in m.leaves if leaf.id.rpartition(".")[2].isdigit()]
    assert len(unnamed) == 11
    assert [leaf.id for leaf in unnamed if leaf.title.en != f"Part {leaf.id.rpartition('.')[2]}"] == []


def test_766_formulas() -> None:
    """The formulas that were fitted stand in the note, and what is not known is said."""
    note = str(pi.load("vn.qd766@2022").note.en)
    for formula in (
        "20 × r",
        "min(2, 2A/0.80) + 4B + min(6, 6C/0.50)",
        "6A + min(2, 2B/0.8) + min(2, 2C/0.8)",
        "min(2, 2r/0.80)",
        "min(6, 6r/0.90)",
    ):
        assert formula in note
    assert "What A, B and C are is not known." in note


def test_766_unknown_points() -> None:
    """The note names the points of whose parts nothing is known: all but those that a formula has."""
    m = pi.load("vn.qd766@2022")
    known = ["progress", "online-service", "online-payment", "satisfaction.ratings", "satisfaction.petitions"]
    re_use = 2
    unknown = 100 - re_use - sum(number(m[each].max_points) for each in known)
    assert f"the other parts, {unknown} points" in str(m.note.en)


def test_766_nothing_received() -> None:
    """Without any petition the points are full, without any rating they are 0."""
    m = pi.load("vn.qd766@2022")
    most: dict[str, object] = {leaf.id: {"points": leaf.max_points} for leaf in m.leaves}
    absent = {f"satisfaction.{each}": pi.NotApplicable("không phát sinh") for each in ("ratings", "petitions")}
    card = pi.score(m, pi.Assessment("Đơn vị A", {**most, **absent}))
    assert card["satisfaction.petitions"].points == 6
    assert card["satisfaction.ratings"].points == 0
    assert card.points == 94


def test_766_without_grades() -> None:
    """The edges between the highest and the lowest grade are unknown, so there are none, and the note says so."""
    m = pi.load("vn.qd766@2022")
    assert m.grades == ()
    assert re.findall(r"\b(?:80|70)\b", str(m.note.en).partition("Grades:")[2]) == []
    assert "the highest is from 90, the lowest from 50, those between are unknown" in str(m.note.en)


# Illustrative editions


EXAMPLES: Final = ["example.par.commune", "example.par.district", "example.par.province"]

every_example = pytest.mark.parametrize("name", EXAMPLES)


@every_example
def test_check_says_illustrative(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What check prints begins with the title, which says in both languages that the edition is illustrative."""
    title = pi.load(name).title
    for lang, stated, word in (("vi", title.vi, "minh họa"), ("en", title.en, "illustrative")):
        assert cli.main(["check", name, "--lang", lang]) == 0
        first = capsys.readouterr().out.splitlines()[0]
        assert first == stated
        assert word in first


@every_example
@pytest.mark.parametrize("command", ["check", "template"])
def test_documents_say_illustrative(name: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The documents of check and template have the title beside what names the edition."""
    assert cli.main([command, name, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    title = pi.load(name).title
    assert list(document)[:3] == ["format", "methodology", "title"]
    assert document["title"] == {"vi": title.vi, "en": title.en}


@every_example
@pytest.mark.parametrize(("lang", "mark"), [("vi", "Bộ tiêu chí minh họa. "), ("en", "Illustrative methodology. ")])
def test_forms_say_illustrative(name: str, lang: str, mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The note of the first line of each unit says that the edition is illustrative, and no other line does."""
    assert cli.main(["template", name, "--lang", lang, "--unit", "Đơn vị A", "--unit", "Đơn vị B"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    marked = [number for number, row in enumerate(rows) if row["note"].startswith(mark)]
    assert marked == [0, len(rows) // 2]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_forms_of_other_editions(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The form of an edition that cites official and derived sources has no such mark."""
    assert cli.main(["template", "vn.par.ministry@2022", "--lang", lang]) == 0
    told = capsys.readouterr().out
    assert "minh họa" not in told
    assert "llustrative" not in told
