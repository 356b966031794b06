"""The small facts that the exact core is accepted by, and a web form made from a methodology alone."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from html import escape
from html.parser import HTMLParser
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

import pytest

import parindex as pi

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE: Final = Path(__file__).parent
DESIGN: Final = HERE.parents[1] / "shared" / "design" / "DESIGN.md"

HEAD: Final = """
format = "parindex.methodology/1"
id = "vn.example.accepted"
edition = "2024"
years = [2024]
unit_kind = "district"
completeness = "full"
total = 100
title = { vi = "Ví dụ", en = "Example" }

[[source]]
key = "page"
title = "Ví dụ"
status = "illustrative"
"""


def edition(*leaves: tuple[str, str, str]) -> pi.Methodology:
    """Return an illustrative methodology of leaves with id, maximum and rule, which has no errors."""
    body = "".join(
        f'\n[[criterion]]\nid = "{key}"\nvi = "Tiêu chí {key}"\nmax = "{most}"\n'
        f'cite = {{ source = "page" }}\nrule = {{ {rule} }}\n'
        for key, most, rule in leaves
    )
    made = pi.parse_methodology(HEAD + body, name="accepted.toml")
    assert [finding for finding in pi.check(made) if finding.severity is pi.Severity.ERROR] == []
    return made


# Numbers


def test_thanh_hoa_printed() -> None:
    """68.32 of an applicable 84 prints 81.33."""
    assert str(pi.Rounding().printed(100 * Fraction("68.32") / 84)) == "81.33"


def test_thanh_hoa_excluded() -> None:
    """With 16 of 100 points excluded, 68.32 points are an index of 81.33 % of the applicable 84."""
    methodology = edition(("1", "84", 'type = "given"'), ("2", "16", 'type = "given"'))
    absent = pi.NotApplicable("không phát sinh")
    card = pi.score(methodology, pi.Assessment("Ban Dân tộc", {"1": {"points": "68.32"}, "2": absent}))
    assert card.index == Fraction(6832, 84)
    assert (str(card.printed_points), str(card.printed_index)) == ("68.32", "81.33")
    assert card.out_of() == "68,32/84"
    assert card["2"].status is pi.Status.NOT_APPLICABLE
    assert "100 × 68,32/84 ≈ 81,33 %" in card.explain()


@pytest.mark.parametrize(
    ("done", "total", "points"),
    [(57, 100, 57), (5700, 10_000, 57), (5699, 10_000, 0), (171, 300, 57)],
)
def test_threshold_ratio(done: int, total: int, points: int) -> None:
    """57 of 100 meet a threshold of 57 %, and 5699 of 10000 do not."""
    methodology = edition(("1", "100", 'type = "ratio", from = "57%"'))
    assert pi.score(methodology, pi.Assessment("A", {"1": {"done": done, "total": total}})).points == points


@pytest.mark.parametrize(("edge", "points"), [("from", 100), ("over", 0)])
def test_threshold_bands(edge: str, points: int) -> None:
    """57 of 100 are in a band from 57 % and not in a band over 57 %."""
    rule = f'type = "bands", of = "ratio", bands = [{{ {edge} = "57%", points = 100 }}, {{ points = 0 }}]'
    card = pi.score(edition(("1", "100", rule)), pi.Assessment("A", {"1": {"done": 57, "total": 100}}))
    assert card.points == points


@pytest.mark.parametrize(("mode", "shown"), [("half-up", "66.67"), ("truncate", "66.66")])
def test_two_thirds(mode: str, shown: str) -> None:
    """2 of 3 prints 66.67 half-up and 66.66 truncated."""
    methodology = edition(("1", "100", 'type = "ratio"')).with_changes(policy={"print_rounding": {"mode": mode}})
    card = pi.score(methodology, pi.Assessment("A", {"1": {"done": 2, "total": 3}}))
    assert card.index == Fraction(200, 3)
    assert str(card.printed_index) == shown


# Ranks


def test_equal_rationals_tie() -> None:
    """Units whose thirds and sevenths stand in any order have the same points and share a rank."""
    methodology = edition(*((str(number), "25", 'type = "ratio"') for number in range(1, 5)))
    parts = [(1, 3), (2, 7), (5, 6), (1, 7)]
    orders = [*permutations(parts), [(1, 3), (2, 7), (5, 6), (1, 6)]]
    units = [
        pi.Assessment(
            f"Xã {number}", {str(key): {"done": done, "total": total} for key, (done, total) in enumerate(order, 1)}
        )
        for number, order in enumerate(orders, 1)
    ]
    board = pi.score_many(methodology, units)
    assert set(board.points()[:24]) == {25 * (Fraction(1, 3) + Fraction(2, 7) + Fraction(5, 6) + Fraction(1, 7))}
    assert board.ranks().tolist() == [2] * 24 + [1]


def test_order_of_criteria() -> None:
    """The order in which criteria are listed changes neither the points nor the index."""
    parts = {"1": (1, 3), "2": (2, 7), "3": (5, 6)}
    unit = pi.Assessment("A", {key: {"done": done, "total": total} for key, (done, total) in parts.items()})
    leaves = [("1", "20", 'type = "ratio"'), ("2", "30", 'type = "ratio"'), ("3", "50", 'type = "ratio"')]
    figures = {
        (card.points, card.index) for card in (pi.score(edition(*order), unit) for order in permutations(leaves))
    }
    whole = Fraction(20, 3) + Fraction(60, 7) + Fraction(250, 6)
    assert figures == {(whole, whole)}


@pytest.mark.parametrize(("ties", "ranks"), [("dense", (3, 1, 1, 2)), ("competition", (4, 1, 1, 3))])
def test_ranks_stay(ties: str, ranks: tuple[int, ...]) -> None:
    """Ranks 3, 1, 1, 2 stay so where ties do not leave gaps, and are 4, 1, 1, 3 where they do."""
    values = ["70.5", "90.25", "90.25", "80"]
    assert pi.rank(values, ties=ties) == ranks
    methodology = edition(("1", "100", 'type = "given"')).with_changes(policy={"ties": ties})
    units = [pi.Assessment(f"Xã {number}", {"1": {"points": value}}) for number, value in enumerate(values)]
    assert tuple(pi.score_many(methodology, units).ranks().tolist()) == ranks


@pytest.mark.parametrize(
    "asked", ["Bộ Y tế", unicodedata.normalize("NFD", "Bộ Y tế"), " Bộ Y tế "], ids=["nfc", "nfd", "blanks"]
)
def test_unit_by_any_spelling(asked: str) -> None:
    """A card is found by the name of its unit trimmed and in NFC, however it was typed."""
    methodology = pi.load("vn.par.ministry@2022")
    board = pi.score_many(methodology, pi.parse_assessments(pi.example("ministries-2023"), methodology))
    assert board.card(asked).unit == "Bộ Y tế"
    assert board.place(asked) == "15/17"


# The example of the file format


EXAMPLE: Final = HERE / "data" / "design-example.toml"
SEEN: Final[Mapping[str, Mapping[str, object]]] = {
    "1.1": {"done": 190, "total": 200},
    "1.2": {"late": 1, "absent": 0},
    "2": {"value": 88},
}


def example_card() -> pi.Scorecard:
    """Return the card of 190 of 200, one late report, and 88."""
    return pi.score(pi.read_methodology(EXAMPLE), pi.Assessment("Thị xã A", SEEN))


def test_example_unchanged() -> None:
    """The example file is the one that the design states, letter for letter."""
    if not DESIGN.exists():
        pytest.skip("the design lies outside the repository")
    (block,) = re.findall(r"^```toml\n(.*?)^```$", DESIGN.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert EXAMPLE.read_text("utf-8") == block


def test_example_checked() -> None:
    """The example file loads and has no finding at all."""
    assert pi.check(pi.read_methodology(EXAMPLE)) == ()


def test_example_scored() -> None:
    """190 of 200, one late report and 88 score 57, 25 and 8.8, which is 90.80 and good."""
    card = example_card()
    assert [card[key].points for key in ("1.1", "1.2", "1", "2")] == [57, 25, 82, Fraction(44, 5)]
    assert card.points == card.index == Fraction(454, 5)
    assert card.max_points == 100
    assert card.printed_index == Decimal("90.80")
    assert str(card.printed_index) == "90.80"
    assert str(card.grade) == "tot"
    assert card["1.2"].lost == 5


def test_example_explained() -> None:
    """The explanation of a leaf shows inputs, threshold, arithmetic, maximum and source, in Vietnamese."""
    told = example_card().explain("1.1", lang="vi")
    arithmetic, source = told.split(" Căn cứ: ")
    assert arithmetic == (
        "1.1 Tỷ lệ hồ sơ giải quyết đúng hạn: 190/200 = 95,00 % ≥ 80 % nên được 60 × 95 % = 57,00 điểm (tối đa 60)."
    )
    assert source.startswith("Phụ lục, mục 1.1, Quyết định 1/QĐ-UBND.")


def test_example_not_surveyed() -> None:
    """Where the survey was not held it leaves points and maximum, and 82 of 90 are 91.11 %."""
    seen = {**SEEN, "2": pi.NotApplicable("chưa khảo sát")}
    card = pi.score(pi.read_methodology(EXAMPLE), pi.Assessment("Thị xã A", seen))
    assert card.points == 82
    assert card.max_points == 90
    assert card.index == Fraction(820, 9)
    assert str(card.printed_index) == "91.11"
    assert "không áp dụng (chưa khảo sát): loại khỏi điểm và điểm tối đa (10 điểm)" in card.explain("2")


# A web form from a methodology alone


def web_form(methodology: pi.Methodology) -> str:
    """Return a plain HTML form that asks for every input of every leaf."""
    rows = [f'<form method="post"><h1>{escape(str(methodology.title))}</h1>', '<input name="unit" required>']
    for leaf in methodology.leaves:
        assert leaf.rule is not None
        rows.append(f"<fieldset><legend>{escape(str(leaf.title))}</legend>")
        for each in leaf.rule.inputs:
            control = form_control(leaf, each)
            rows.append(f"<label>{escape(each.text.get('vi', each.name))} {control}</label>")
        rows.append("</fieldset>")
    return "\n".join([*rows, "<button>Gửi</button></form>"])


def form_control(leaf: pi.Criterion, each: pi.Input) -> str:
    """Return the control that fits one input: a list, where nothing is chosen yet, or a number within its bounds."""
    name = escape(f"{leaf.id}:{each.name}")
    options = [(option.key, option.text.get("vi", option.key)) for option in each.options]
    if each.kind is pi.InputKind.YES_NO:
        options = [("có", "có"), ("không", "không")]
    if options:
        listed = "".join(f'<option value="{escape(key)}">{escape(text)}</option>' for key, text in options)
        return f'<select name="{name}"><option value=""></option>{listed}</select>'
    high = leaf.max_points if each.up_to_max else each.high
    bounds = "".join(f' {side}="{end}"' for side, end in (("min", each.low), ("max", high)) if end is not None)
    step = "1" if each.kind is pi.InputKind.COUNT else "any"
    required = "" if each.instead_of else " required"
    return f'<input type="number" name="{name}" step="{step}"{bounds}{required}>'


def posted_assessment(body: str) -> pi.Assessment:
    """Return the assessment that a posted form states; an empty field is missing."""
    fields = dict(parse_qsl(body, strict_parsing=True, keep_blank_values=True))
    unit = fields.pop("unit")
    observations: dict[str, dict[str, str]] = {}
    for name, value in fields.items():
        criterion, _, input_name = name.partition(":")
        observations.setdefault(criterion, {})[input_name] = value
    return pi.Assessment(unit, observations)


class Browser(HTMLParser):
    """Reads a form as a browser does: its controls by name, with the values that they admit."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.controls: dict[str, dict[str, str | None]] = {}
        self.options: dict[str, list[str | None]] = {}
        self.legends: list[str] = []
        self.open_tag = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name")
        if name is not None:
            self.controls[name] = found
        elif tag == "option":
            self.options.setdefault(list(self.controls)[-1], []).append(found["value"])
        self.open_tag = tag

    def handle_data(self, data: str) -> None:
        if self.open_tag == "legend" and data.strip():
            self.legends.append(data)

    def posted(self, filled: Mapping[str, str]) -> str:
        """Return what is sent for the values typed; every control is sent, the others empty."""
        assert filled.keys() <= self.controls.keys()
        for name, value in filled.items():
            assert value in self.options.get(name, [value])
        return urlencode({name: filled.get(name, "") for name in self.controls})


def test_form_of_the_example() -> None:
    """The form of the example, filled in and posted back, scores as the observations themselves do."""
    methodology = pi.read_methodology(EXAMPLE)
    browser = Browser(web_form(methodology))
    assert list(browser.controls) == [
        "unit",
        "1.1:done",
        "1.1:total",
        "1.1:percent",
        "1.2:late",
        "1.2:absent",
        "2:value",
    ]
    assert browser.controls["2:value"]["max"] == "100"
    typed = {
        "unit": "Thị xã A",
        "1.1:done": "190",
        "1.1:total": "200",
        "1.2:late": "1",
        "1.2:absent": "0",
        "2:value": "88",
    }
    card = pi.score(methodology, posted_assessment(browser.posted(typed)))
    assert card.nodes == example_card().nodes
    assert str(card.printed_index) == "90.80"


def test_form_of_every_kind() -> None:
    """Choices, ticks, points, percentages and parts of a best-of come back from a form as they were meant."""
    award = '{ key = "award", type = "per-unit", points = 4 }'
    options = '{ key = "satisfied", share = 1 }, { key = "not-satisfied", share = 0 }'
    opinion = f'{{ key = "opinion", type = "survey", options = [{options}] }}'
    methodology = edition(
        ("1", "20", 'type = "levels", levels = [{ key = "on-time", points = 20 }, { key = "late", points = 5 }]'),
        ("2", "20", 'type = "checklist", items = [{ key = "posted", points = 15 }, { key = "badges", points = 5 }]'),
        ("3", "20", 'type = "given"'),
        ("4", "20", 'type = "ratio"'),
        ("5", "20", f'type = "best", of = [{award}, {opinion}]'),
    )
    observed: Mapping[str, Mapping[str, object]] = {
        "1": {"level": "late"},
        "2": {"posted": True, "badges": False},
        "3": {"points": Fraction(29, 2)},
        "4": {"percent": Decimal("62.5")},
        "5": {"award/count": 3, "opinion/satisfied": 9, "opinion/not-satisfied": 1},
    }
    typed = {
        "unit": "Sở Nội vụ & Sở Tư pháp",
        "1:level": "late",
        "2:posted": "có",
        "2:badges": "không",
        "3:points": "14.5",
        "4:percent": "62.5",
        "5:award/count": "3",
        "5:opinion/satisfied": "9",
        "5:opinion/not-satisfied": "1",
    }
    browser = Browser(web_form(methodology))
    assert browser.options["1:level"] == ["", "on-time", "late"]
    assert browser.options["2:posted"] == ["", "có", "không"]
    assert browser.controls["3:points"]["max"] == "20"
    card = pi.score(methodology, posted_assessment(browser.posted(typed)))
    assert card.unit == "Sở Nội vụ & Sở Tư pháp"
    assert card.nodes == pi.score(methodology, pi.Assessment(typed["unit"], observed)).nodes
    assert [card[str(key)].points for key in range(1, 6)] == [5, 15, Fraction(29, 2), Fraction(25, 2), 18]


def test_form_escaped() -> None:
    """A title with the signs of HTML stands in the form as text."""
    title = "Hồ sơ <b> \"đúng hạn\" & 'trước hạn'"
    methodology = pi.read_methodology(EXAMPLE).with_changes({"1.1": {"vi": title}})
    browser = Browser(web_form(methodology))
    assert browser.legends == [title, "Chế độ báo cáo", "Mức độ hài lòng"]


def test_form_left_empty() -> None:
    """A form posted empty is refused with every input that it left out, and none is taken for zero."""
    methodology = pi.read_methodology(EXAMPLE)
    posted = posted_assessment(Browser(web_form(methodology)).posted({"unit": "Thị xã A"}))
    with pytest.raises(pi.ObservationFaults) as error:
        pi.score(methodology, posted)
    assert [str(fault) for fault in error.value.exceptions] == [
        f"unit 'Thị xã A', {at}: is missing" for at in ("1.1:done", "1.1:total", "1.2:late", "1.2:absent", "2:value")
    ]
