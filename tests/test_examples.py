"""The illustrative editions and their example observations: complete, marked as invented, and made by a script."""

from __future__ import annotations

import ast
import csv
import io
import runpy
import sys
import tomllib
import unicodedata
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import parindex as pi
from parindex import cli
from parindex._methodology.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent / "examples"
CATALOG: Final = Path(pi.__file__).parent / "_catalog"
PROVINCE, DISTRICT, COMMUNE = "example.par.province", "example.par.district", "example.par.commune"
TABLES: Final = {PROVINCE: "par-provinces", DISTRICT: "par-districts", COMMUNE: "par-communes"}
PERIODS: Final = ("2023", "2024")
STAGES: Final = ("self", "appraised")
UNITS: Final = {PROVINCE: 63, DISTRICT: 10, COMMUNE: 40}

every_edition = pytest.mark.parametrize("name", TABLES)


@cache
def tables(name: str) -> dict[str, Any]:
    """Return the file of an edition as tables."""
    return tomllib.loads((CATALOG / f"{name}@2023.toml").read_text("utf-8"))


@cache
def board(name: str, period: str, stage: str = "appraised") -> pi.Scoreboard:
    """Return the scores of a packaged table; a self-assessment is provisional by nature."""
    methodology = pi.load(name)
    text = pi.example(TABLES[name])
    return pi.score_many(
        methodology, pi.parse_assessments(text, methodology, stage=stage, period=period), partial=stage == "self"
    )


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a packaged table."""
    return list(csv.DictReader(io.StringIO(pi.example(TABLES[name]))))


def index(card: pi.Scorecard) -> Fraction:
    """Return an existing index."""
    assert card.index is not None
    return card.index


def keyed(node: object) -> Iterator[dict[str, Any]]:
    """Yield every table below *node* that has a key: levels, items, faults, options, groups and parts."""
    if isinstance(node, dict):
        if "key" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from keyed(each)


# The script


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the script has just filled."""
    monkeypatch.syspath_prepend(HERE)
    runpy.run_path(str(HERE / "make.py"))["main"](tmp_path)
    return tmp_path


def test_reproduced(made: Path) -> None:
    """Running the script again gives the packaged tables, byte for byte, and no other."""
    packaged = {f"{name}.csv": (CATALOG / "examples" / f"{name}.csv").read_bytes() for name in TABLES.values()}
    assert {path.name: path.read_bytes() for path in made.iterdir()} == packaged


def test_imports_of_the_script() -> None:
    """The script imports the standard library and its own two modules, and of ``random`` one class."""
    imported = set()
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {(name.name, "") for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported |= {(str(node.module), name.name) for name in node.names}
    others = {module.partition(".")[0] for module, _ in imported} - sys.stdlib_module_names
    assert others == {"figures", "units"}
    assert {name for module, name in imported if module == "random"} == {"Random"}


def test_only_stable_randomness() -> None:
    """Of that class the script calls ``random()`` alone, whose sequence is the same on every Python."""
    tree = ast.parse((HERE / "figures.py").read_text("utf-8"))
    called = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "_random"
    ]
    assert called == ["random"]


@every_edition
def test_size(name: str) -> None:
    """No packaged table has more than 400,000 bytes."""
    assert len(pi.example(TABLES[name]).encode()) < 400_000


# The editions


@every_edition
def test_no_findings(name: str) -> None:
    """Check finds neither an error nor a warning."""
    assert pi.check(pi.load(name)) == ()


@every_edition
def test_marked_as_illustrative(name: str) -> None:
    """The title says so in both languages, so does every source, and the note that the figures are invented."""
    methodology = pi.load(name)
    assert methodology.completeness is pi.Completeness.FULL
    assert str(methodology.title.vi).endswith("(ví dụ minh họa)")
    assert str(methodology.title.en).endswith("(illustrative example)")
    assert {source.status for source in methodology.sources} == {pi.SourceStatus.ILLUSTRATIVE}
    assert all("ví dụ minh họa, số liệu giả định" in source.title for source in methodology.sources)
    assert "giả định để minh họa" in str(methodology.note.vi)
    assert str(methodology.note.en).startswith("Invented to illustrate")


@every_edition
def test_example_marked_as_illustrative(name: str) -> None:
    """The table belongs to the edition, and its status and titles say that it is illustrative."""
    (about,) = [each for each in pi.examples() if each.name == TABLES[name]]
    assert (about.methodology, about.status) == (f"{name}@2023", pi.SourceStatus.ILLUSTRATIVE)
    assert "ví dụ minh họa" in str(about.title.vi)
    assert "illustrative example" in str(about.title.en)


@every_edition
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_explanation_is_marked(name: str, lang: Any) -> None:
    """Every explanation of a node ends with the source and says that the figures are illustrative."""
    card = board(name, "2024").cards[0]
    words = {"vi": "Số liệu minh họa.", "en": "Illustrative figures."}[lang]
    assert [node.id for node in card if words not in card.explain(node.id, lang=lang)] == []


@every_edition
def test_labels_in_both_languages(name: str) -> None:
    """Every criterion, level, item, fault, option, group, part, origin, block, grade and event has both labels."""
    file = tables(name)
    labelled = [*file["criterion"], *file["origin"].values()]
    labelled += [each for key in ("block", "grade", "event") for each in file.get(key, [])]
    labelled += [each for criterion in file["criterion"] for each in keyed(criterion.get("rule"))]
    assert [each for each in labelled if not (each.get("vi") and each.get("en"))] == []


@every_edition
def test_every_criterion_cites_a_place(name: str) -> None:
    """Every criterion says where in its source it stands, no two at the same place."""
    places = [(each["cite"]["source"], each["cite"]["at"]) for each in tables(name)["criterion"]]
    assert [place for place, count in Counter(places).items() if count > 1] == []


@every_edition
def test_every_leaf_has_a_lead(name: str) -> None:
    """Every leaf says who answers for it."""
    assert [leaf.id for leaf in pi.load(name).leaves if leaf.lead is None] == []


DOMAINS: Final = [
    "Công tác chỉ đạo, điều hành cải cách hành chính",
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy hành chính",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
    "Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội",
]


def test_shape_of_provinces() -> None:
    """The domains are those of decision 876, which has 37 criteria and 88 components below them."""
    methodology = pi.load(PROVINCE)
    assert [str(root.title) for root in methodology.roots] == DOMAINS
    assert Counter(criterion.level for criterion in methodology.criteria) == {1: 8, 2: 37, 3: 88}
    assert [leaf.id for leaf in methodology.leaves if leaf.level == 2] == ["1.2", "5.2", "5.3", "7.4", "8.1"]


def test_origins_of_provinces() -> None:
    """The points come from where decision 876 has them come from, and a province states the first alone."""
    origins = pi.load(PROVINCE).origins
    assert {key: (origin.max, origin.self_assessed) for key, origin in origins.items()} == {
        "appraised": (Fraction("61.5"), True),
        "socio-economic": (Fraction("6.5"), False),
        "leaders-survey": (Fraction(22), False),
        "sipas": (Fraction(10), False),
    }


def test_every_rule_in_use() -> None:
    """The edition of provinces uses every rule there is."""
    assert {leaf.leaf_rule.type for leaf in pi.load(PROVINCE).leaves} == set(RULES)


FACETS: Final = """
given: plain, scale
levels: points, share, negative
bands: ratio, value, from, over, zero_total, amounts
ratio: from, full_at, inverse, zero_total, may_exceed, amounts
weighted-counts: zero_total
deduct: levels, day, cap, wipe_at, lowest, amounts
survey: plain, groups
relative: higher, lower, within, all_equal
"""


def facets(rule: dict[str, Any]) -> set[str]:
    """Return what is peculiar about a rule: its keys, its words, and the keys and words of its entries."""
    found = {key for key, value in rule.items() if value not in (False, "error")} | {
        value for value in rule.values() if isinstance(value, str)
    }
    entries = [each for key in ("levels", "bands", "faults") for each in rule.get(key, [])]
    found |= {key for each in entries for key in each} | {each["per"] for each in entries if "per" in each}
    found |= {"negative"} if any(each.get("points", 0) < 0 for each in entries) else set()
    found |= {"plain"} if len(rule) == (2 if rule["type"] == "survey" else 1) else set()
    return found | ({"ratio"} if rule["type"] == "bands" and "of" not in rule else set())


@pytest.mark.parametrize("line", FACETS.split("\n")[1:-1])
def test_every_facet_of_the_rules_in_use(line: str) -> None:
    """The edition of provinces uses each rule in each of its ways."""
    kind, _, wanted = line.partition(": ")
    used = [facets(each["rule"]) for each in tables(PROVINCE)["criterion"] if each.get("rule", {}).get("type") == kind]
    assert {*wanted.split(", ")} - set().union(*used) == set()


def test_leads_of_provinces() -> None:
    """The departments that news pages name as in charge of criteria are among the leads."""
    departments = {leaf.lead for leaf in pi.load(PROVINCE).leaves}
    assert departments >= {
        "Sở Nội vụ",
        "Sở Tư pháp",
        "Văn phòng UBND tỉnh",
        "Sở Tài chính",
        "Sở Thông tin và Truyền thông",
        "Sở Kế hoạch và Đầu tư",
    }


def test_shape_of_districts() -> None:
    """The edition of districts has eight domains and 35 leaves, among them tasks, the post and letters of apology."""
    methodology = pi.load(DISTRICT)
    titles = {leaf.id: str(leaf.title) for leaf in methodology.leaves}
    assert (len(methodology.roots), len(titles)) == (8, 35)
    assert "đến hạn" in titles["1.3.1"]
    assert "bưu chính công ích" in titles["7.4.1"]
    assert titles["8.1.3"].startswith("Thư xin lỗi")


def test_shape_of_communes() -> None:
    """The edition of communes has 29 leaves: 25 of the base, of which some exist for one group only, and 4 items."""
    methodology = pi.load(COMMUNE)
    blocks = Counter(leaf.block for leaf in methodology.leaves)
    assert blocks == {None: 25, "bonus": 2, "penalty": 2}
    assert {group for each in methodology.criteria for group in each.applies_to} == {"ward", "commune", "town"}
    assert [item.id for item in methodology.leaves if item.block and item.default is None] == []


# The tables


@every_edition
@pytest.mark.parametrize("period", PERIODS)
def test_every_unit_is_complete(name: str, period: str) -> None:
    """When appraised every unit has all of its leaves, and so a final card."""
    found = board(name, period)
    assert (len(found), {*found.status}) == (UNITS[name], {pi.Status.FINAL})


@every_edition
@pytest.mark.parametrize("period", PERIODS)
def test_self_assessments(name: str, period: str) -> None:
    """Every unit but the one that sent nothing assessed itself, and no card of that stage is final."""
    found = board(name, period, "self")
    silent = {unit for unit in board(name, period).units if unit not in found}
    assert silent == ({"Xã Thủy Khê"} if (name, period) == (COMMUNE, "2024") else set())
    assert {*found.status} == {pi.Status.PROVISIONAL}


@every_edition
@pytest.mark.parametrize("period", PERIODS)
def test_what_nobody_asks_for_is_absent(name: str, period: str) -> None:
    """At stage self nothing is missing but what is not self-assessed."""
    methodology = pi.load(name)
    left = {
        node.id
        for card in board(name, period, "self")
        for node in card
        if node.observed is None and node.reason is None
    }
    unasked = {
        leaf.id for leaf in methodology.leaves if leaf.origin and not methodology.origins[leaf.origin].self_assessed
    }
    items = {leaf.id for leaf in methodology.leaves if leaf.block}
    assert left & {leaf.id for leaf in methodology.leaves} - items == unasked


@every_edition
def test_names(name: str) -> None:
    """Units have different names in NFC, and none that a province has or had."""
    units = board(name, "2024").units
    assert len({*units}) == UNITS[name]
    assert [unit for unit in units if unit != unicodedata.normalize("NFC", unit)] == []
    bare = {unit.removeprefix("Thành phố ").removeprefix("Tỉnh ") for unit in units}
    assert bare & {each.strip() for each in REAL.replace("\n", " ").split(",")} == set()


REAL: Final = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang,
Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Huế, Hưng Yên, Hồ Chí Minh, Khánh Hòa, Kiên Giang,
Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái, Hà Tây, Hải Hưng, Nam Hà,
Hà Bắc, Vĩnh Phú, Bắc Thái, Minh Hải, Sông Bé, Cửu Long, Thuận Hải, Nghĩa Bình, Phú Khánh, Hà Tuyên, Cao Lạng
"""


@pytest.mark.parametrize("period", PERIODS)
def test_groups_of_provinces(period: str) -> None:
    """There are provinces in the plain, in the mountains, and cities."""
    groups = Counter(card.group for card in board(PROVINCE, period))
    assert groups == {"city": 5, "plain": 28, "mountain": 30}


@every_edition
@pytest.mark.parametrize("period", PERIODS)
def test_realistic_indices(name: str, period: str) -> None:
    """Nine in ten units have an index from 70 to 95."""
    indices = [index(card) for card in board(name, period)]
    assert sum(70 <= each <= 95 for each in indices) >= Fraction(9, 10) * len(indices)


@every_edition
@pytest.mark.parametrize("period", PERIODS)
def test_appraisal_takes_away(name: str, period: str) -> None:
    """Appraised points are a little below the self-assessed ones in most units, and seldom above them."""
    base = [leaf.id for leaf in pi.load(name).leaves if leaf.block is None]
    claimed, lost = board(name, period, "self"), []
    for card in board(name, period):
        if card.unit in claimed:
            own = claimed.card(card.unit).nodes
            settled = [leaf for leaf in base if leaf in own and own[leaf].awarded is not None]
            lost.append(sum((own[leaf].awarded or 0) - (card[leaf].awarded or 0) for leaf in settled))
    assert sum(each > 0 for each in lost) > len(lost) / 2
    assert sum(each < 0 for each in lost) <= len(lost) / 10
    assert 0 < sum(lost) / len(lost) < 3


@every_edition
def test_most_do_better_next_year(name: str) -> None:
    """The mean of 2024 is above that of 2023, and so are most units."""
    before, after = (board(name, period) for period in PERIODS)
    assert (after.mean() or 0) > (before.mean() or 0)
    assert sum(index(after.card(card.unit)) > index(card) for card in before) > len(before) / 2


@pytest.mark.parametrize(
    ("name", "period", "units"),
    [
        (PROVINCE, "2024", ("Tỉnh Cẩm Nguyên", "Tỉnh Nhật Giang")),
        (PROVINCE, "2023", ("Tỉnh Mộc Nguyên", "Tỉnh Nguyệt Nham")),
        (COMMUNE, "2023", ("Phường Hoa Lĩnh", "Phường Lam Khê")),
    ],
)
def test_ties(name: str, period: str, units: tuple[str, str]) -> None:
    """Units with the same exact index share a rank."""
    first, second = map(board(name, period).card, units)
    assert first.index == second.index
    assert board(name, period).place(units[0]) == board(name, period).place(units[1])


def test_printed_tie() -> None:
    """Districts are ranked by what is printed, so two of different exact indices share a rank."""
    found = board(DISTRICT, "2023")
    first, second = found.card("Huyện Đông Nham"), found.card("Thị xã Ngọc Khê")
    assert first.index != second.index
    assert first.printed_index == second.printed_index
    assert found.rank_list()[found.units.index(first.unit)] == found.rank_list()[found.units.index(second.unit)] == 2


def test_printed_edge_of_a_grade() -> None:
    """An index just below 90 that is printed as 90.00 earns the grade from 90 on."""
    card = board(DISTRICT, "2023").card("Thị xã Hạc Trạch")
    assert index(card) < 90
    assert (str(card.printed_index), str(card.grade)) == ("90.00", "xuat-sac")


@pytest.mark.parametrize(
    ("name", "unit", "leaf", "points"),
    [
        (PROVINCE, "Tỉnh An Hòa", "7.3.1", "57/80"),  # 456 of 800 is 57 %
        (PROVINCE, "Tỉnh Bích Giang", "7.3.1", "0"),
        (PROVINCE, "Tỉnh Diên Lĩnh", "3.3.1", "57/100"),
        (PROVINCE, "Tỉnh Hạc Châu", "3.3.1", "0"),
        (PROVINCE, "Tỉnh Minh Khê", "1.3.1", "3/4"),
        (PROVINCE, "Tỉnh Kim Lĩnh", "1.3.1", "3/8"),
        (PROVINCE, "Tỉnh Giao Xuyên", "3.2.1", "3/8"),  # exactly 90 % is not over it
        (PROVINCE, "Tỉnh Ngân Châu", "3.2.1", "3/4"),
        (PROVINCE, "Tỉnh Hoa Khê", "5.4.3", "4/5"),
        (PROVINCE, "Tỉnh Quế Giang", "5.4.3", "1/2"),
        (PROVINCE, "Tỉnh Mai Giang", "3.4.1", "27/20"),
        (PROVINCE, "Tỉnh Phúc Nguyên", "3.4.1", "0"),
        (PROVINCE, "Tỉnh Ngọc Nham", "2.3.3", "4/5"),
        (PROVINCE, "Tỉnh Khánh Lĩnh", "2.3.3", "0"),
        (PROVINCE, "Thành phố Thanh Ngạn", "6.1.2", "1"),
        (PROVINCE, "Tỉnh Mai Lĩnh", "1.1.1", "-1/4"),
        (PROVINCE, "Tỉnh Trúc Xuyên", "5.3", "-1/2"),
        (PROVINCE, "Tỉnh Quế Lĩnh", "5.4.2", "0"),
        (PROVINCE, "Tỉnh Giao Lĩnh", "4.1.2", "1/2"),
        (PROVINCE, "Tỉnh Linh Xuyên", "4.1.2", "0"),
        (PROVINCE, "Tỉnh Thiên Lĩnh", "3.1.2", "0"),
        (PROVINCE, "Tỉnh Sa Giang", "6.1.4", "3/4"),
        (PROVINCE, "Thành phố Lam Châu", "4.4.1", "381/230"),  # leaders of districts did not answer
        (DISTRICT, "Huyện Long Nham", "1.3.1", "161/61"),
        (DISTRICT, "Huyện Phú Nham", "6.2", "1"),
        (DISTRICT, "Huyện Bắc Khê", "5.4", "3"),
        (DISTRICT, "Huyện Nam Trạch", "8.1.3", "1"),  # no late file needs no letter
        (COMMUNE, "Xã Mộc Khê", "1.2", "171/50"),  # 57 of 100
        (COMMUNE, "Xã Tùng Khê", "1.2", "0"),
        (COMMUNE, "Phường Viên Khê", "3.3", "5"),
    ],
)
def test_edges(name: str, unit: str, leaf: str, points: str) -> None:
    """What lies exactly on an edge, or just below it, gets what the rule says; so does what cannot be counted."""
    assert board(name, "2024").card(unit)[leaf].awarded == Fraction(points)


def test_zero_criterion() -> None:
    """A province above 90 with a criterion at exactly 0 is only fair; below 0 is not 0."""
    zero, negative = (board(PROVINCE, "2024").card(unit) for unit in ("Tỉnh Kim Nguyên", "Tỉnh Trúc Xuyên"))
    assert (zero["5.3"].points, str(zero.grade)) == (Fraction(0), "kha")
    assert index(zero) > 90
    assert (negative["5.3"].points, str(negative.grade)) == (Fraction(-1, 2), "tot")


def test_grades_by_group() -> None:
    """Between 78 and 80 a province in the mountains is good, one in the plain is fair."""
    between = {card.group: str(card.grade) for card in board(PROVINCE, "2024") if 78 <= index(card) < 80}
    assert between == {"mountain": "tot", "plain": "kha"}


@pytest.mark.parametrize("group", ["city", "plain", "mountain"])
def test_compared_within_the_group(group: str) -> None:
    """The best and the worst of each group get all and nothing of a leaf that compares within groups."""
    points = {card["8.2.1"].points for card in board(PROVINCE, "2024") if card.group == group}
    assert points >= {Fraction(0), Fraction(1)}


@pytest.mark.parametrize("name", [PROVINCE, DISTRICT])
def test_provinces_and_districts_not_applicable(name: str) -> None:
    """Some leaves do not apply by somebody's word, others because there is nothing to count."""
    reasons = {node.reason for card in board(name, "2024") for node in card if node.reason is not None}
    assert "" in reasons
    assert len(reasons) > 1


def test_whole_domain_of_a_district_not_applicable() -> None:
    """Where both leaves of finance do not apply, their 8 points go to the other domains, by 100/92."""
    card = board(DISTRICT, "2024").card("Huyện Đông Nham")
    assert card["6"].status is pi.Status.NOT_APPLICABLE
    assert (card["1"].factor, card.max_points) == (Fraction(100, 92), Fraction(100))


# Communes: every way of not applicable, blocks, events


@pytest.mark.parametrize("group", ["ward", "commune", "town"])
def test_every_group_sums_to_100(group: str) -> None:
    """Units of each group to which everything applies have a maximum of 100."""
    maxima = {
        card.max_points
        for card in board(COMMUNE, "2024")
        if card.group == group and all(node.reason is None for node in card)
    }
    assert maxima == {100}


@pytest.mark.parametrize(
    ("period", "unit", "leaf", "max_points"),
    [
        ("2024", "Xã Bắc Nham", "3.4", 97),  # by the rule: no complaint
        ("2024", "Xã Diên Khê", "3.5", 96),  # by somebody's word
        ("2024", "Phường Kim Khê", "5.3", 95),  # and no complaint either
        ("2023", "Xã Linh Khê", "7", 96),  # nobody answered
        ("2024", "Xã Giao Khê", "5", 91),  # a whole domain, and no complaint
    ],
)
def test_excluded(period: str, unit: str, leaf: str, max_points: int) -> None:
    """What is excluded leaves the maximum of the whole."""
    card = board(COMMUNE, period).card(unit)
    assert (card[leaf].status, card.max_points) == (pi.Status.NOT_APPLICABLE, Fraction(max_points))


@pytest.mark.parametrize(
    ("unit", "leaf", "heir", "factor"),
    [
        ("Phường Ngọc Trạch", "2.3", "2.1", "500/329"),  # by the rule: 20/14 beside it, and 100/94 as below
        ("Xã Tuyết Khê", "4.2", "4.1", "16/13"),  # by somebody's word
        ("Thị trấn Thiên Khê", "6", "1", "100/94"),  # with nothing left beside it, to the other domains
        ("Phường Minh Sa", "6", "7", "100/94"),
    ],
)
def test_redistributed(unit: str, leaf: str, heir: str, factor: str) -> None:
    """What is redistributed raises what stands beside it, or beside what stands above it."""
    card = board(COMMUNE, "2024").card(unit)
    assert (card[leaf].status, card[heir].factor) == (pi.Status.NOT_APPLICABLE, Fraction(factor))


@pytest.mark.parametrize(("period", "unit"), [("2024", "Xã Nam Nham"), ("2023", "Phường Nhật Khê")])
def test_in_full(period: str, unit: str) -> None:
    """Without late files, or with an excuse for them, the letters of apology count in full."""
    node = board(COMMUNE, period).card(unit)["3.2"]
    assert node.reason is not None
    assert node.points == node.max_points == 4


def test_zero() -> None:
    """Without a registered initiative there are 0 of 3 points, which is no criterion at zero."""
    card = board(COMMUNE, "2024").card("Xã Trúc Nham")
    node = card["1.5"]
    assert (node.points, node.max_points, node.reason) == (Fraction(0), Fraction(3), "không đăng ký sáng kiến")
    assert str(card.grade) == "tot"


@pytest.mark.parametrize(
    ("group", "leaves"),
    [("ward", {"5.2", "5.3"}), ("commune", {"5.1.1", "5.1.2"}), ("town", {"5.2", "5.4"})],
)
def test_leaves_of_a_group(group: str, leaves: set[str]) -> None:
    """The fifth domain has other leaves for each group."""
    methodology = pi.load(COMMUNE)
    own = {leaf.id for leaf in methodology.leaves if leaf.id.startswith("5.")}
    assert {frozenset(own & {*card.nodes}) for card in board(COMMUNE, "2024") if card.group == group} == {
        frozenset(leaves)
    }


def test_item_not_applicable() -> None:
    """An item of a block that does not apply counts 0."""
    card = board(COMMUNE, "2023").card("Xã Quế Khê")
    assert (card["bonus-award"].reason, card["bonus-award"].points) == ("chưa xét khen thưởng", Fraction(0))


def test_caps() -> None:
    """A bonus of 4 counts 3 and the index stops at 100; a penalty of 6 counts 5."""
    best, worst = board(COMMUNE, "2024").card("Phường Vân Khởi"), board(COMMUNE, "2023").card("Xã Sao Khê")
    assert {block.id: (block.points, block.counted) for block in best.blocks}["bonus"] == (Fraction(4), Fraction(3))
    assert {block.id: (block.points, block.counted) for block in worst.blocks}["penalty"] == (Fraction(6), Fraction(5))
    assert index(best) == 100
    assert 100 * (best.base_points or 0) / (best.max_points or 1) + 3 > 100


@pytest.mark.parametrize(
    ("period", "unit", "earned", "grade"),
    [
        ("2024", "Phường Phúc Nham", "xuat-sac", "tot"),  # reprimanded
        ("2024", "Xã Linh Khê", "xuat-sac", "kha"),  # warned
        ("2024", "Xã Thủy Khê", "tot", "yeu"),  # no self-assessment sent
        ("2023", "Xã Sao Khê", "trung-binh", "trung-binh"),  # two events, and nothing left to limit
    ],
)
def test_events(period: str, unit: str, earned: str, grade: str) -> None:
    """An event limits the grade and leaves the points."""
    card = board(COMMUNE, period).card(unit)
    assert (str(card.earned_grade), str(card.grade)) == (earned, grade)


def test_every_event_in_use() -> None:
    """Every event of the edition happened to some commune."""
    happened = {event for period in PERIODS for card in board(COMMUNE, period) for event in card.assessment.events}
    assert happened == {event.key for event in pi.load(COMMUNE).events}


def test_unranked() -> None:
    """One commune is not ranked in 2023, with a reason, and ranked in 2024."""
    before, after = (board(COMMUNE, period) for period in PERIODS)
    assert [card.assessment.unranked for card in before if card.assessment.unranked] == [
        "mới chia tách, số liệu chưa đủ một năm"
    ]
    assert before.rank_list()[before.units.index("Xã Hạ Nham")] == 0
    assert 0 not in after.rank_list()


def test_notes_and_evidence() -> None:
    """Self-assessments of communes have evidence, and appraisals a note where they changed something."""
    evidence = {key for card in board(COMMUNE, "2024", "self") for key in card.assessment.evidence}
    notes = {key for card in board(COMMUNE, "2024") for key in card.assessment.notes}
    assert (evidence, notes) == ({"1.1", "1.3"}, {"1.1", "1.3", "2.1", "2.2"})


def test_leaves_are_rounded() -> None:
    """The edition of communes rounds every leaf to two decimals, and some need it."""
    methodology = pi.load(COMMUNE)
    rounding = methodology.policy.leaf_rounding
    assert rounding is not None
    awarded = [node.awarded for card in board(COMMUNE, "2024") for node in card if node.awarded is not None]
    assert [each for each in awarded if rounding.apply(each) != each] == []
    exact = {
        methodology[leaf].leaf_rule.award(values, methodology[leaf].max_points).points
        for card in board(COMMUNE, "2024")
        for leaf, values in ((node.id, node.observed) for node in card)
        if leaf == "3.1" and values is not None
    }
    assert any(each is not None and rounding.apply(each) != each for each in exact)


# Consistency of the figures


@every_edition
def test_grades_are_spread(name: str) -> None:
    """Each table has units of at least three grades."""
    assert len({str(grade) for period in PERIODS for grade in board(name, period).grades}) >= 3


@pytest.mark.parametrize(
    ("name", "letters", "files"),
    [
        (PROVINCE, "3.4.4", ("3.4.1", "3.4.2", "3.4.3")),
        (DISTRICT, "8.1.3", ("8.1.1", "8.1.2")),
        (COMMUNE, "3.2", ("3.1",)),
    ],
)
@pytest.mark.parametrize("stage", STAGES)
def test_letters_for_late_files(name: str, letters: str, files: tuple[str, ...], stage: str) -> None:
    """The letters of apology are out of the files that were late."""
    for period in PERIODS:
        for card in board(name, period, stage):
            seen = {key: card[key].observed for key in (letters, *files)}
            told = [values for values in seen.values() if values is not None]
            if len(told) == len(seen):
                late = sum(
                    values["total"] - values["done"] for key, values in seen.items() if values and key != letters
                )
                assert told[0]["total"] == late


@every_edition
def test_numbers_have_a_point(name: str) -> None:
    """No number is written with a comma, a sign or blanks around it."""
    values = {value for row in rows(name) for column, value in row.items() if ":" in column or column == "value"}
    numbers = {value for value in values if any(map(str.isdigit, value)) and not any(map(str.isalpha, value))}
    assert [
        each for each in numbers if not each.removeprefix("-").removesuffix("%").replace(".", "", 1).isdigit()
    ] == []


# The command line


@every_edition
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_command(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The packaged table is scored as it is, and both title and sources say that it is illustrative."""
    command = ["score", name, f"example:{TABLES[name]}", "--stage", "appraised", "--period", "2024", "--lang", lang]
    assert cli.main(command) == 0
    told = capsys.readouterr()
    assert told.err == ""
    mark = {"vi": "ví dụ minh họa", "en": "illustrative example"}[lang]
    assert mark in told.out.splitlines()[0]
    assert "số liệu giả định" in told.out
