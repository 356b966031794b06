"""The user's documents as acceptance lines: one test or more for each line, named after it.

Every figure that no page prints is illustrative, and the methodologies built here say so.
Lines that other parts of the project will bring stand in LATER; what is still missing of a line tested here in PARTLY.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import parindex as pi
from parindex.analysis import compare, gaps, improve, places_moved, progress, reach
from parindex.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE: Final = Path(__file__).parent
DOCUMENTS: Final = HERE.parents[1] / "shared" / "design" / "DOCUMENTS.md"

HEAD: Final = """
format = "parindex.methodology/1"
id = "{id}"
edition = "{edition}"
years = [{edition}]
unit_kind = "{kind}"
completeness = "{completeness}"
total = {total}
title = {{ vi = "Chỉ số cải cách hành chính", en = "PAR INDEX" }}

[[source]]
key = "page"
title = "Trang tin về cải cách hành chính"
status = "illustrative"
"""

COUNCIL: Final = """
[[criterion]]
id = "1"
vi = "Điểm đánh giá"
max = 100
cite = { source = "page" }
rule = { type = "given" }
"""


def edition(
    name: str,
    body: str,
    *,
    kind: str = "district",
    completeness: str = "full",
    total: str = "100",
) -> pi.Methodology:
    """Return an illustrative methodology, *name* being id and edition, which has no errors."""
    key, _, year = name.partition("@")
    head = HEAD.format(id=key, edition=year, kind=kind, completeness=completeness, total=total)
    made = pi.parse_methodology(head + body, name=f"{name}.toml")
    assert [finding for finding in pi.check(made) if finding.severity is pi.Severity.ERROR] == []
    return made


def leaf(title: str, most: str, rule: str, key: str = "1") -> str:
    """Return one criterion of a methodology file."""
    return f"""
[[criterion]]
id = "{key}"
vi = "{title}"
max = "{most}"
cite = {{ source = "page" }}
rule = {{ {rule} }}
"""


def given(points: Mapping[str, str]) -> list[pi.Assessment]:
    """Return units whose one leaf was given points."""
    return [pi.Assessment(unit, {"1": {"points": value}}) for unit, value in points.items()]


def refusals(error: pytest.ExceptionInfo[pi.ObservationFaults]) -> list[str]:
    """Return what was refused, one text for each fault."""
    return [str(fault) for fault in error.value.exceptions]


def between(low: int, high: int) -> tuple[Fraction, Fraction]:
    """Return an interval of points."""
    return Fraction(low), Fraction(high)


def printed(methodology: pi.Methodology, value: Fraction | None) -> str:
    """Return an existing figure as the edition prints it."""
    assert value is not None
    return str(methodology.policy.print_rounding.printed(value))


# 000 Vũng Tàu 2022


BAC_KAN: Final = {
    "Huyện A": "74.10",
    "Huyện B": "80.25",
    "Thành phố Bắc Kạn": "78.77",
    "Huyện C": "78.76",
    "Huyện D": "70.00",
    "Huyện E": "66.50",
    "Huyện G": "71.33",
    "Huyện H": "59.98",
}


def test_000_rank() -> None:
    """Of eight units the second best is ranked 2."""
    points = {"Thành phố Vũng Tàu": "88.5"} | {f"Huyện {each}": f"{90 - 2 * each}" for each in range(7)}
    board = pi.score_many(edition("vn.example.district@2021", COUNCIL), given(points))
    assert board.ranks().tolist() == [2, 1, 3, 4, 5, 6, 7, 8]
    assert board.place("Thành phố Vũng Tàu") == "2/8"


def test_000_rank_moved() -> None:
    """Of two years' boards the units that lost places are listed, with how many."""
    city = edition("vn.example.district@2021", COUNCIL)
    before = pi.score_many(city, given({"Phường 1": "80", "Phường 2": "75", "Phường 3": "70", "Phường 4": "60"}))
    after = pi.score_many(city, given({"Phường 1": "79", "Phường 2": "81", "Phường 3": "69.5", "Phường 4": "71"}))
    moved = {each.unit: each.moved for each in compare(before, after)}
    assert {unit: places for unit, places in moved.items() if places is not None and places < 0} == {
        "Phường 1": -1,
        "Phường 3": -1,
    }


def test_000_names() -> None:
    """SIPAS and PAPI are two indexes of the catalogue: a rate of 100, and a sum of six dimensions of 10."""
    sipas, papi = pi.load("vn.sipas.province", year=2017), pi.load("vn.papi.province", year=2017)
    assert ("SIPAS" in str(sipas.title.vi), "PAPI" in str(sipas.title.vi)) == (True, False)
    assert ("SIPAS" in str(papi.title.vi), "PAPI" in str(papi.title.vi)) == (False, True)
    assert [(str(each.total), len(each.roots)) for each in (sipas, papi)] == [("100", 1), ("60", 6)]


ONLINE: Final = leaf("Tỷ lệ hồ sơ trực tuyến mức độ 3, 4", "10", 'type = "ratio", from = "50%"')


def test_000_online() -> None:
    """A filing rate of 21 % below the rate required earns nothing, and the explanation names both."""
    methodology = edition("vn.example.city@2022", ONLINE, total="10")
    card = pi.score(methodology, pi.Assessment("Thành phố Vũng Tàu", {"1": {"percent": 21}}))
    assert card["1"].points == 0
    assert card["1"].lost == 10
    assert "21 % < 50 % nên được 0,00 điểm (tối đa 10)" in card.explain("1", lang="vi")
    assert "21 % < 50 %, hence 0.00 points (maximum 10)" in card.explain("1", lang="en")


def test_000_online_reached() -> None:
    """The rate required, once met exactly, earns its share of the maximum."""
    methodology = edition("vn.example.city@2022", ONLINE, total="10")
    card = pi.score(methodology, pi.Assessment("Thành phố Vũng Tàu", {"1": {"done": 50, "total": 100}}))
    assert card["1"].points == 5


def test_000_online_what_reaches() -> None:
    """Of 21 filings in 100 the 29 more that reach the rate required are the next step, and a plan to its points."""
    methodology = edition("vn.example.city@2022", ONLINE, total="10")
    seen = pi.Assessment("Thành phố Vũng Tàu", {"1": {"done": 21, "total": 100}})
    (step,) = improve(methodology, seen)["1"].steps
    assert (step.changes[0].more, step.gain) == (Fraction(29), Fraction(50))
    plan = reach(methodology, seen, target=50)
    assert [each.changes[0].after for each in plan.steps] == [50]
    assert plan.reached


# 001 Bắc Kạn city 2021


def test_001_score() -> None:
    """A district's 78.77 of 100 prints 78,77/100, and its rank among eight 2/8."""
    board = pi.score_many(edition("vn.example.district@2021", COUNCIL), given(BAC_KAN))
    card = board.card("Thành phố Bắc Kạn")
    assert card.points == card.index == Fraction(7877, 100)
    assert card.printed_index == Decimal("78.77")
    assert card.out_of() == "78,77/100"
    assert card.out_of(lang="en") == "78.77/100"
    assert board.place("Thành phố Bắc Kạn") == "2/8"


DUE: Final = leaf("Nhiệm vụ hoàn thành đúng hạn trên số nhiệm vụ có thời hạn", "10", 'type = "ratio"')
OVERDUE: Final = leaf("Nhiệm vụ quá hạn trên số nhiệm vụ có thời hạn", "10", 'type = "ratio", inverse = true')
OF_ALL: Final = leaf("Nhiệm vụ hoàn thành đúng hạn trên tổng số nhiệm vụ được giao", "10", 'type = "ratio"')
PARTS: Final = leaf(
    "Nhiệm vụ theo tình trạng",
    "10",
    'type = "weighted-counts", credits = { on-time = 1, overdue = 0, no-deadline = 0 }',
)


def tasks(body: str, **counts: int) -> pi.Scorecard:
    """Return the card of the city for counts of its tasks."""
    observed = {name.replace("_", "-"): count for name, count in counts.items()}
    methodology = edition("vn.example.tasks@2021", body, total="10")
    return pi.score(methodology, pi.Assessment("Thành phố Bắc Kạn", {"1": observed}))


def test_001_tasks_due() -> None:
    """Of the 61 tasks that were due, 46 on time are 75.41 %, and the explanation names the 61."""
    card = tasks(DUE, done=46, total=61)
    assert card.index == Fraction(4600, 61)
    assert str(card.printed_index) == "75.41"
    assert "46/61 ≈ 75,41 %" in card.explain("1")
    assert "số nhiệm vụ có thời hạn" in card.explain("1")


def test_001_tasks_overdue() -> None:
    """Of the 61 tasks that were due, 15 overdue are 24.59 %, the inverse of those on time."""
    card = tasks(OVERDUE, done=46, total=61)
    assert card.index == Fraction(1500, 61)
    assert str(card.printed_index) == "24.59"
    assert "1 − 46/61 ≈ 24,59 %" in card.explain("1")


def test_001_tasks_overdue_observed() -> None:
    """An inverse ratio of the 15 overdue earns what the 46 on time earn."""
    assert tasks(OVERDUE, done=15, total=61).points == tasks(DUE, done=46, total=61).points


def test_001_tasks_of_all() -> None:
    """Where an edition counts of all 115 tasks, 46 on time are exactly 40 %, and the explanation names the 115."""
    card = tasks(OF_ALL, done=46, total=115)
    assert card.index == 40
    assert str(card.printed_index) == "40.00"
    assert "46/115 = 40,00 %" in card.explain("1")
    assert "tổng số nhiệm vụ được giao" in card.explain("1")


def test_001_tasks_parts() -> None:
    """The parts 46, 15 and 54 make up the 115 tasks."""
    card = tasks(PARTS, on_time=46, overdue=15, no_deadline=54, total=115)
    assert card.index == 40
    assert "/115" in card.explain("1")


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ({"on_time": 46, "overdue": 16, "no_deadline": 0, "total": 61}, "the counts add up to 62, above total 61"),
        ({"on_time": 46, "overdue": 15, "no_deadline": 55, "total": 115}, "the counts add up to 116, above total 115"),
    ],
)
def test_001_tasks_one_too_many(counts: dict[str, int], refused: str) -> None:
    """A 62nd task of 61, or a 116th of 115, is refused."""
    with pytest.raises(pi.ObservationFaults) as error:
        tasks(PARTS, **counts)
    assert refusals(error) == [f"unit 'Thành phố Bắc Kạn', 1:total: {refused}"]


def test_001_tasks_more_than_due() -> None:
    """62 done of 61 due are refused."""
    with pytest.raises(pi.ObservationFaults) as error:
        tasks(DUE, done=62, total=61)
    assert refusals(error) == ["unit 'Thành phố Bắc Kạn', 1:done: 62 is above total 61"]


GRADES: Final = """
[[grade]]
key = "tot"
vi = "Tốt"
en = "Good"
from = {good}

[[grade]]
key = "kha"
vi = "Khá"
en = "Fair"
from = 0
"""


def test_001_grades() -> None:
    """Seven of eight communes are graded good and one fair."""
    methodology = edition("vn.example.commune@2021", COUNCIL + GRADES.format(good=80), kind="commune")
    names = {f"Xã {each}": str(80 + each) for each in range(7)} | {"Xã H": "79.99"}
    board = pi.score_many(methodology, given(names))
    assert Counter(str(grade) for grade in board.grades) == {"tot": 7, "kha": 1}
    assert [grade.text.vi for grade in board.grades if grade is not None] == ["Tốt"] * 7 + ["Khá"]


# 002 Phan Thiết 2016


PHAN_THIET: Final = "Thành phố Phan Thiết"
OTHERS: Final = ["52.25", "51.75", "49.00", "55.00", "50.25", "48.5", "50.49", "31", "44.75"]


PRINTED: Final = {"one-stop-shop": "12", "apparatus": "3.5", "finance": "2"}
"""The points that the page prints by domain; all others here are invented, so that they add up to its 50.50."""
UNPRINTED: Final = {
    "steering": "4",
    "legal-documents": "8",
    "procedures": "12.5",
    "staff": "6.5",
    "modernisation": "2",
}


def district_2016() -> pi.Methodology:
    """Return the outline of 2016 in the catalogue, of whose whole no maximum is known."""
    return pi.load("vn.binhthuan.district@2016")


def by_domain(unit: str, points: Mapping[str, str]) -> pi.Assessment:
    """Return a unit with the points of its domains."""
    return pi.Assessment(unit, {key: {"points": value} for key, value in points.items()})


def totals_2016() -> dict[str, Mapping[str, str]]:
    """Return the points by domain of Phan Thiết, with the total that is printed, and of nine invented districts."""
    none = dict.fromkeys([*PRINTED, *UNPRINTED], "0")
    others = {f"Huyện {number}": {**none, "procedures": points} for number, points in enumerate(OTHERS, 1)}
    return {PHAN_THIET: {**PRINTED, **UNPRINTED}, **others}


def districts_2016() -> list[pi.Assessment]:
    """Return the ten districts, Phan Thiết first."""
    return [by_domain(unit, points) for unit, points in totals_2016().items()]


def test_002_total() -> None:
    """Where the total is unknown, points and rank stand, and there is no index."""
    board = pi.score_many(district_2016(), districts_2016())
    card = board.card(PHAN_THIET)
    assert card.methodology.total == "unknown"
    assert card.points == Fraction(101, 2)
    assert str(card.printed_points) == "50.50"
    assert board.place(PHAN_THIET) == "4/10"
    assert (card.max_points, card.index, card.printed_index) == (None, None, None)
    assert card.out_of() == "50,50/?"


def test_002_total_decision() -> None:
    """The edition cites decision 3883/QĐ-UBND of 29/12/2016, and states what the page says of Phan Thiết."""
    methodology = district_2016()
    source = methodology.sources[0]
    assert (source.title, source.issuer) == ("Quyết định 3883/QĐ-UBND", "UBND tỉnh Bình Thuận")
    assert str(source.issued) == "2016-12-29"
    assert "50,50 điểm, xếp loại tốt, hạng 4/10" in str(methodology.note.vi)


def test_002_total_grade() -> None:
    """The edges of the grades are not printed, so the edition has none; by invented edges 50.50 points are good."""
    phan_thiet = districts_2016()[0]
    assert pi.score(district_2016(), phan_thiet).grade is None
    edges = [{"key": "tot", "vi": "Tốt", "from": 50}, {"key": "kha", "vi": "Khá", "from": 0}]
    graded = pi.parse_methodology(json.dumps({**json.loads(pi.dumps(district_2016())), "grade": edges}))
    assert str(pi.score(graded, phan_thiet).grade) == "tot"


def test_002_total_explained() -> None:
    """The explanation says that there is no index since the maximum is unknown, and cites decision 3883."""
    card = pi.score(district_2016(), districts_2016()[0])
    assert "Chỉ số: không tính được, điểm tối đa chưa biết." in card.explain(lang="vi")
    assert "Index: does not exist, the maximum is unknown." in card.explain(lang="en")
    assert "Quyết định 3883/QĐ-UBND" in card.explain("steering")


def test_002_total_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not exist is null in the JSON of the command line, and the rank is there."""
    table = tmp_path / "districts.csv"
    head = ["unit", *PRINTED, *UNPRINTED]
    rows = [[unit, *(points[key] for key in head[1:])] for unit, points in totals_2016().items()]
    table.write_text("\n".join(map(",".join, [head, *rows])) + "\n", "utf-8")
    assert main(["score", "vn.binhthuan.district@2016", str(table), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    unit = told["units"][0]
    assert (unit["unit"], unit["points"], unit["points_exact"], unit["rank"]) == (PHAN_THIET, "50.50", "101/2", 4)
    absent = ["index", "index_exact", "max_points", "max_points_exact", "bounds", "grade"]
    assert {key: unit[key] for key in absent} == dict.fromkeys(absent)
    assert unit["nodes"]["staff"]["max_points"] is None
    assert unit["nodes"]["staff"]["index"] is None


COMPONENTS: Final = {
    "one-stop": ("12.5", "12"),
    "apparatus": ("3.5", "3.5"),
    "finance": ("2", "2"),
    "staff": ("3.5", "3.25"),
    "steering": ("2.25", "2"),
    "modernisation": ("0.75", "0.5"),
}
"""Maximum and points of each domain; of the last three the page prints the index alone, their maxima are invented."""


def components(rounding: str = "half-up") -> pi.Scorecard:
    """Return a card of the domains of which the page prints a component index."""
    body = "".join(leaf(f"Lĩnh vực {key}", most, 'type = "given"', key) for key, (most, _) in COMPONENTS.items())
    methodology = edition("vn.example.components@2016", body, total='"24.5"').with_changes(
        policy={"print_rounding": {"digits": 2, "mode": rounding}}
    )
    return pi.score(
        methodology, pi.Assessment(PHAN_THIET, {key: {"points": points} for key, (_, points) in COMPONENTS.items()})
    )


@pytest.mark.parametrize(
    ("domain", "index", "shown"),
    [
        ("one-stop", Fraction(96), "96.00"),
        ("apparatus", Fraction(100), "100.00"),
        ("finance", Fraction(100), "100.00"),
        ("staff", Fraction(650, 7), "92.86"),
        ("steering", Fraction(800, 9), "88.89"),
        ("modernisation", Fraction(200, 3), "66.67"),
    ],
)
def test_002_components(domain: str, index: Fraction, shown: str) -> None:
    """The component index of a domain is its points over its maximum, printed half-up with its zeros."""
    card = components()
    assert card[domain].index == index
    assert printed(card.methodology, card[domain].index) == shown


@pytest.mark.parametrize(
    ("domain", "shown"), [("modernisation", "66.66"), ("steering", "88.88"), ("one-stop", "96.00")]
)
def test_002_components_truncated(domain: str, shown: str) -> None:
    """An edition that truncates prints two thirds as 66.66, as the page does."""
    card = components("truncate")
    assert printed(card.methodology, card[domain].index) == shown


def test_002_components_edition() -> None:
    """By the edition of the catalogue the three domains of known maximum have an index, the other five have points."""
    card = pi.score(district_2016(), districts_2016()[0])
    shown = {key: printed(card.methodology, card[key].index) for key in PRINTED}
    assert shown == {"one-stop-shop": "96.00", "apparatus": "100.00", "finance": "100.00"}
    assert {key: (str(card[key].points), card[key].max_points, card[key].index) for key in UNPRINTED} == {
        key: (str(Fraction(points)), None, None) for key, points in UNPRINTED.items()
    }


def test_002_components_one_decimal() -> None:
    """Eight ninths print 88.9 with one decimal, as the page does."""
    assert str(pi.Rounding(digits=1).printed(Fraction(800, 9))) == "88.9"


DOMAINS: Final[Mapping[str, tuple[str, str, str]]] = {
    "steering": ("2.25", "2.25", "2"),
    "legal-documents": ("8", "7.75", "8"),
    "procedures": ("13", "11.5", "13"),
    "apparatus": ("3.5", "3.5", "3.5"),
    "staff": ("3.5", "2.75", "3.25"),
    "finance": ("2", "2", "2"),
    "modernisation": ("0.75", "0.75", "0.5"),
    "one-stop": ("12.5", "12", "12"),
}
"""Maximum, points of 2015 and of 2016; what the page does not print is invented: most maxima, all points of 2015."""

NEIGHBOUR: Final = dict(zip(DOMAINS, ("2.1", "7.9", "12", "3.5", "3", "2", "0.6", "12"), strict=True))
LEADS: Final = {"steering": "Sở Nội vụ", "staff": "Sở Nội vụ", "modernisation": "Sở Thông tin và Truyền thông"}


def two_years() -> tuple[pi.Scoreboard, pi.Scoreboard]:
    """Return the boards of Phan Thiết and an invented neighbour that did not change."""
    body = "".join(leaf(f"Lĩnh vực {key}", most, 'type = "given"', key) for key, (most, _, _) in DOMAINS.items())
    methodology = edition("vn.example.domains@2016", body, total='"45.5"').with_changes(
        {key: {"lead": lead} for key, lead in LEADS.items()}
    )
    neighbour = by_domain("Huyện 1", NEIGHBOUR)
    return tuple(  # type: ignore[return-value]  # two of them
        pi.score_many(
            methodology, [by_domain(PHAN_THIET, {key: each[year] for key, each in DOMAINS.items()}), neighbour]
        )
        for year in (1, 2)
    )


def test_002_changes() -> None:
    """Three domains up, two down and three kept, with the points and places that each moved."""
    change = compare(*two_years())[PHAN_THIET]
    told = {
        way: [(each.key, str(each.points), each.moved) for each in change.went(way)] for way in ("improved", "fell")
    }
    assert told["improved"] == [("legal-documents", "1/4", 1), ("procedures", "3/2", 1), ("staff", "1/2", 1)]
    assert told["fell"] == [("steering", "-1/4", -1), ("modernisation", "-1/4", -1)]
    assert [(each.key, each.moved) for each in change.went("kept")] == [
        ("apparatus", 0),
        ("finance", 0),
        ("one-stop", 0),
    ]
    card = change.after
    shown = {key: printed(card.methodology, node.index) for key, node in card.nodes.items()}
    assert (shown["modernisation"], shown["steering"], shown["staff"]) == ("66.67", "88.89", "92.86")


def test_002_review() -> None:
    """Domains that lost points, miss the maximum or are below the mean, by the body in charge."""
    before, after = two_years()
    unit = gaps(after, earlier=before)[PHAN_THIET]
    assert [(each.id, each.lead) for each in unit.fell] == [
        ("steering", "Sở Nội vụ"),
        ("modernisation", "Sở Thông tin và Truyền thông"),
    ]
    assert [each.id for each in unit.leaves] == ["one-stop", "steering", "staff", "modernisation"]
    assert [each.id for each in unit.behind] == ["steering", "modernisation"]
    assert {lead: str(lost) for lead, lost in unit.by_lead.items()} == {
        None: "1/2",
        "Sở Nội vụ": "1/2",
        "Sở Thông tin và Truyền thông": "1/4",
    }


# 003 Sơn Tây 2020


RATIOS: Final = (
    leaf("Tỷ lệ hồ sơ giải quyết đúng hạn", "50", 'type = "ratio", from = "80%"', "on-time")
    + leaf("Tỷ lệ dịch vụ công trực tuyến mức độ 3", "30", 'type = "ratio"', "level-3")
    + leaf(
        "Niêm yết và quy tắc ứng xử",
        "20",
        'type = "checklist", items = [{ key = "posted", points = 5, vi = "Niêm yết thủ tục của 15 lĩnh vực" }, '
        '{ key = "name-plates", points = 5, vi = "Biển tên tại bàn làm việc" }, '
        '{ key = "badges", points = 5, vi = "Thẻ công chức" }, '
        '{ key = "conduct", points = 5, vi = "Quy tắc ứng xử" }]',
        "posting",
    )
)
SEEN: Final[Mapping[str, Mapping[str, object]]] = {
    "on-time": {"percent": "98%"},
    "level-3": {"percent": 100},
    "posting": {"posted": "có", "name-plates": "có", "badges": True, "conduct": "có"},
}


def test_003_ratios_percent_only() -> None:
    """Rates known as percentages alone, 98 % and 100 %, are scored exactly without any counts."""
    card = pi.score(edition("vn.example.town@2020", RATIOS), pi.Assessment("Thị xã Sơn Tây", SEEN))
    assert card["on-time"].points == 49
    assert card["level-3"].points == 30
    assert card.index == 99
    assert "98 % ≥ 80 % nên được 50 × 98 % = 49,00 điểm" in card.explain("on-time")


def test_003_ratios_half_of_the_counts() -> None:
    """A percentage beside a count contradicts it and is refused."""
    seen = {**SEEN, "on-time": {"percent": 98, "done": 98, "total": 100}}
    with pytest.raises(pi.ObservationFaults) as error:
        pi.score(edition("vn.example.town@2020", RATIOS), pi.Assessment("Thị xã Sơn Tây", seen))
    assert refusals(error) == ["unit 'Thị xã Sơn Tây', on-time:percent: give percent or done and total, not both"]


def test_003_ratios_checklist() -> None:
    """Of a checklist of four the three that are met count, and the explanation names them."""
    seen = {**SEEN, "posting": {"posted": "có", "name-plates": "có", "badges": False, "conduct": 1}}
    card = pi.score(edition("vn.example.town@2020", RATIOS), pi.Assessment("Thị xã Sơn Tây", seen))
    told = card.explain("posting")
    assert card["posting"].points == 15
    assert "Niêm yết thủ tục của 15 lĩnh vực 5; Biển tên tại bàn làm việc 5; Quy tắc ứng xử 5" in told
    assert "Thẻ công chức" not in told


PROGRAMME: Final = (
    """
[origin.appraised]
vi = "Thẩm định"
max = 90

[origin.survey]
vi = "Điều tra xã hội học"
max = 10
self_assessed = false

"""
    + leaf("Thực hiện quy chế", "90", 'type = "given"', "rules").replace("rule =", 'origin = "appraised"\nrule =')
    + leaf("Mức độ hài lòng", "10", 'type = "given"', "survey").replace("rule =", 'origin = "survey"\nrule =')
)
VISITS: Final = """unit,stage,period,rules,survey
Phường A,self,2020-08-12,85,
Phường A,appraised,2020-08-12,80,9
Phường B,self,2020-08-13,70,
Phường B,appraised,2020-08-13,72,8
Phường A,appraised,2020-11,88,9
"""


def test_003_programme_choice() -> None:
    """A table of several stages and periods is refused until one of each is chosen."""
    methodology = edition("vn.example.commune@2020", PROGRAMME, kind="commune")
    with pytest.raises(pi.ObservationFaults) as error:
        pi.parse_assessments(VISITS, methodology, name="visits.csv")
    assert refusals(error) == ["visits.csv: holds several stages (appraised, self): choose one with stage="]
    with pytest.raises(pi.ObservationFaults) as error:
        pi.parse_assessments(VISITS, methodology, stage="appraised", name="visits.csv")
    assert refusals(error) == [
        "visits.csv: holds several periods (2020-08-12, 2020-08-13, 2020-11): choose one with period="
    ]


def test_003_programme_stages() -> None:
    """One commune on one day has a self-assessment and an appraisal, scored apart."""
    methodology = edition("vn.example.commune@2020", PROGRAMME, kind="commune")
    (own,) = pi.parse_assessments(VISITS, methodology, stage="self", period="2020-08-12")
    (appraised,) = pi.parse_assessments(VISITS, methodology, stage="appraised", period="2020-08-12")
    assert (own.unit, own.stage, own.period, own.year) == ("Phường A", pi.Stage.SELF, "2020-08-12", 2020)
    assert pi.score(methodology, appraised).points == 89
    self_card = pi.score(methodology, own)
    assert self_card.status is pi.Status.PROVISIONAL
    assert self_card["rules"].points == 85
    assert self_card.bounds == pi.Bounds(points=between(85, 95), index=between(85, 95), tight=True)


def test_003_programme_periods() -> None:
    """A period is a text that chooses among visits, and each visit keeps its own points."""
    methodology = edition("vn.example.commune@2020", PROGRAMME, kind="commune")
    points = {
        period: pi.score_many(methodology, pi.parse_assessments(VISITS, methodology, stage="appraised", period=period))
        for period in ("2020-08-12", "2020-08-13", "2020-11")
    }
    found = {(period, card.unit): card.points for period, board in points.items() for card in board.cards}
    assert found == {
        ("2020-08-12", "Phường A"): 89,
        ("2020-08-13", "Phường B"): 80,
        ("2020-11", "Phường A"): 97,
    }


# 004 Vĩnh Long 2022


def test_004_index() -> None:
    """83.54 points of 100 print 83,54 and are ranked 46 of 63 where 45 have more."""
    others = {f"Tỉnh {number}": str(Decimal("83.55") + number) for number in range(12)}
    others |= {f"Tỉnh {number}": "83.55" for number in range(12, 45)}
    others |= {f"Tỉnh {number}": "83.53" for number in range(45, 62)}
    board = pi.score_many(
        edition("vn.example.province@2022", COUNCIL, kind="province"), given({"Vĩnh Long": "83.54", **others})
    )
    card = board.card("Vĩnh Long")
    assert len(board) == 63
    assert (card.out_of(), str(card.printed_index)) == ("83,54/100", "83.54")
    assert board.place("Vĩnh Long") == "46/63"


def test_004_index_moved() -> None:
    """46th of 63 after 58th the year before is a rise of twelve places: "tăng 12 bậc"."""
    province = edition("vn.example.province@2022", COUNCIL, kind="province")
    others = [f"Tỉnh {number}" for number in range(62)]
    boards = [
        pi.score_many(
            province,
            given({"Vĩnh Long": "50", **{name: "60" if place < ahead else "40" for place, name in enumerate(others)}}),
        )
        for ahead in (57, 45)
    ]
    change = compare(*boards)["Vĩnh Long"]
    assert (change.rank_before, change.rank_after, change.moved) == (58, 46, 12)
    assert places_moved(change.moved) == "tăng 12 bậc"


def test_004_lost() -> None:
    """Criteria with points deducted and criteria at zero are listed apart."""
    unit = gaps(pi.score_many(edition("vn.example.town@2020", RATIOS), [pi.Assessment("Vĩnh Long", LOST)]))["Vĩnh Long"]
    assert [(each.id, str(each.lost)) for each in unit.deducted] == [("posting", "5"), ("level-3", "3")]
    assert [(each.id, str(each.lost)) for each in unit.zero] == [("on-time", "50")]


LOST: Final[Mapping[str, Mapping[str, object]]] = {
    "on-time": {"percent": 79},
    "level-3": {"percent": 90},
    "posting": {"posted": "có", "name-plates": "không", "badges": True, "conduct": "có"},
}


def test_004_lead() -> None:
    """What departments in charge of criteria and components could win back is summed up by department."""
    methodology = edition("vn.example.town@2020", RATIOS).with_changes(
        {"on-time": {"lead": "Văn phòng"}, "level-3": {"lead": "Sở Tư pháp"}, "posting": {"lead": "Văn phòng"}}
    )
    found = gaps(pi.score_many(methodology, [pi.Assessment("Vĩnh Long", LOST), pi.Assessment("Trà Vinh", SEEN)]))
    assert {lead: str(lost) for lead, lost in found.by_lead.items()} == {"Văn phòng": "56", "Sở Tư pháp": "3"}
    assert {lead: str(lost) for lead, lost in found["Vĩnh Long"].by_lead.items()} == {
        "Văn phòng": "55",
        "Sở Tư pháp": "3",
    }


def test_004_lead_improvements() -> None:
    """What can be done is told by department: whose first steps bring most comes first."""
    methodology = edition("vn.example.town@2020", RATIOS).with_changes(
        {"on-time": {"lead": "Văn phòng"}, "level-3": {"lead": "Sở Tư pháp"}, "posting": {"lead": "Văn phòng"}}
    )
    todo = improve(methodology, pi.Assessment("Vĩnh Long", LOST))
    assert {lead: [each.id for each in own] for lead, own in todo.by_lead.items()} == {
        "Văn phòng": ["on-time", "posting"],
        "Sở Tư pháp": ["level-3"],
    }


def test_004_index_edition() -> None:
    """By the edition of 2022 the points of the four origins, invented here, add up to 83.54 and print 83,54/100."""
    methodology = pi.load("vn.par.province", year=2022)
    parts = {"appraised": "53.25", "socio-economic": "5", "leaders-survey": "17.18", "sipas": "8.11"}
    card = pi.score(methodology, by_domain("Vĩnh Long", parts))
    assert (card.out_of(), str(card.printed_index)) == ("83,54/100", "83.54")


QUARTERS: Final = "".join(
    leaf(
        f"Báo cáo quý {number}",
        "15",
        'type = "levels", levels = [{ key = "on-time", points = 15, vi = "Trước ngày 20" }, '
        '{ key = "late", points = 5, vi = "Sau ngày 20" }, { key = "absent", points = 0, vi = "Không báo cáo" }]',
        f"q{number}",
    )
    for number in range(1, 5)
) + leaf(
    "Khắc phục tồn tại qua kiểm tra",
    "40",
    'type = "weighted-counts", credits = { fixed = 1, partly = "1/2" }',
    "faults",
)
YEAR: Final[Mapping[str, Mapping[str, object]]] = {
    "q1": {"level": "on-time"},
    "q2": {"level": "late"},
    "q3": {"level": "on-time"},
    "q4": {"level": "on-time"},
    "faults": {"total": 8, "fixed": 5, "partly": 2},
}


def quarter(known: Iterable[str], period: str) -> pi.Scorecard:
    """Return the card of what is known by the end of a period."""
    assessment = pi.Assessment("Sở A", {key: YEAR[key] for key in known}, period=period)
    return pi.score(edition("vn.example.department@2022", QUARTERS, kind="department"), assessment, partial=True)


def test_004_quarter_bounds() -> None:
    """Quarter by quarter the bounds of a partial card shrink, and all of them contain the year's result."""
    keys = list(YEAR)
    cards = [quarter(keys[:number], f"2022-Q{number}") for number in range(1, 5)]
    final = quarter(keys, "2022")
    bounds = [card.bounds.points for card in cards if card.bounds is not None]
    assert bounds == [between(15, 100), between(20, 90), between(35, 90), between(50, 90)]
    assert [card.status for card in cards] == [pi.Status.PROVISIONAL] * 4
    assert final.status is pi.Status.FINAL
    assert final.bounds is None
    assert final.points == 80
    assert all(low is not None and high is not None and low <= 80 <= high for low, high in bounds)


def test_004_quarter_progress() -> None:
    """Quarter by quarter: what is known, what the year can still end at, what is lost for good, and what is due."""
    methodology = edition("vn.example.department@2022", QUARTERS, kind="department")
    keys = list(YEAR)
    rows = [
        pi.Assessment("Sở A", {key: YEAR[key] for key in keys[:number]}, period=f"2022-Q{number}")
        for number in range(1, 5)
    ]
    periods = progress(methodology, rows)["Sở A"]
    assert list(periods) == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]
    assert [each.index for each in periods.values()] == [
        between(15, 100), between(20, 90), between(35, 90), between(50, 90),
    ]  # fmt: skip
    second = periods["2022-Q2"]
    assert [(each.id, each.points) for each in second.losses] == [("q2", Fraction(10))]
    assert [each.id for each in second.due] == ["q3", "q4", "faults"]
    assert second.ranks == (1, 1)


def test_004_quarter_unranked() -> None:
    """A provisional card of a quarter has bounds of its index, and neither points, grade nor rank."""
    methodology = edition("vn.example.department@2022", QUARTERS, kind="department")
    early = pi.Assessment("Sở A", {"q1": YEAR["q1"]}, period="2022-Q1")
    board = pi.score_many(methodology, [early, pi.Assessment("Sở B", YEAR, period="2022-Q1")], partial=True)
    card = board.card("Sở A")
    assert (card.points, card.index, card.grade) == (None, None, None)
    assert card.bounds is not None
    assert card.bounds.index == between(15, 100)
    assert board.ranks().tolist() == [0, 1]
    assert (board.place("Sở A"), board.place("Sở B")) == ("", "1/1")
    assert "Điểm: từ 15,00 đến 100,00." in card.explain()


def test_004_quarter_missing() -> None:
    """Without partial, a quarter that is missing is an error which names it."""
    methodology = edition("vn.example.department@2022", QUARTERS, kind="department")
    known = {key: YEAR[key] for key in YEAR if key != "q3"}
    with pytest.raises(pi.ObservationFaults) as error:
        pi.score(methodology, pi.Assessment("Sở A", known))
    assert refusals(error) == ["unit 'Sở A', q3:level: is missing"]


def test_004_quarter_faults() -> None:
    """Of 8 faults found, 5 fixed and 2 partly fixed count as 6 of 8, and the explanation shows the credits."""
    card = quarter(YEAR, "2022")
    assert card["faults"].points == 30
    assert "40 × (1 × 5 + 0,5 × 2)/8 = 30,00 điểm" in card.explain("faults")


PROVINCE: Final = leaf("Kết quả cấp huyện", "30", 'type = "given", scale = 100', "districts") + leaf(
    "Kết quả cấp xã", "70", 'type = "given", scale = 100', "communes"
)


def test_004_nested() -> None:
    """Editions of three unit kinds stand side by side, and the mean of each lower one feeds the upper one exactly."""
    district = edition("vn.example.district@2022", COUNCIL)
    commune = edition("vn.example.commune@2022", COUNCIL, kind="commune")
    province = edition("vn.example.province@2022", PROVINCE, kind="province")
    districts = pi.score_many(district, given({"Huyện A": "80", "Huyện B": "70", "Huyện C": "75.5"}))
    communes = pi.score_many(commune, given({"Xã A": "90", "Xã B": "60", "Xã C": "70"}))
    assert districts.mean() == Fraction(451, 6)
    assert communes.mean() == Fraction(220, 3)
    fed = {"districts": {"value": districts.mean()}, "communes": {"value": communes.mean()}}
    card = pi.score(province, pi.Assessment("Vĩnh Long", fed))
    assert card.index == Fraction(3, 10) * Fraction(451, 6) + Fraction(7, 10) * Fraction(220, 3)
    assert {each.unit_kind for each in (district, commune, province)} == {"district", "commune", "province"}
    assert len({each.fingerprint for each in (district, commune, province)}) == 3


def test_004_nested_editions() -> None:
    """The catalogue holds editions of ministries, provinces and districts side by side, for one and the same year."""
    names = ("vn.par.ministry", "vn.par.province", "vn.binhthuan.district")
    editions = [pi.load(name, year=2016) for name in names]
    assert [each.unit_kind for each in editions] == ["ministry", "province", "district"]


LATER: Final[Mapping[str, str]] = {
    "002-inference": "parindex.audit, reconcile: a published table as parts of a sum of unknown maxima",
}
"""Lines that need more than scoring, and what will bring them."""

PARTLY: Final[Mapping[str, str]] = {
    "002-components": "why the page prints 88,9 and 66,66: parindex.audit, reconcile",
}
"""Lines tested here of which a part comes later."""


def lines_tested() -> set[str]:
    """Return the lines that a test of this module is named after."""
    names = (re.match(r"test_(\d{3})_([a-z]+)", name) for name in globals())
    return {f"{found[1]}-{found[2]}" for found in names if found}


def test_every_line() -> None:
    """Every line of the acceptance page is tested here or stands in LATER, never both."""
    if not DOCUMENTS.exists():
        pytest.skip("the page of acceptance lines lies outside the repository")
    lines = set(re.findall(r"^\| (\d{3}-[a-z]+) \|", DOCUMENTS.read_text("utf-8"), re.MULTILINE))
    assert len(lines) > 10
    assert lines_tested() | LATER.keys() == lines


def test_every_line_once() -> None:
    """No line is both tested and put off, and only lines tested here can be partly done."""
    assert lines_tested() & LATER.keys() == set()
    assert PARTLY.keys() <= lines_tested()
