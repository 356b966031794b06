"""The commands ``compare`` and ``gaps``: what they print of the illustrative districts, and what they refuse."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from parindex import cli

if TYPE_CHECKING:
    from pathlib import Path

DISTRICTS = ("example.par.district@2023", "example:par-districts")
YEARS = ("--stage", "appraised", "--period", "2024", "--before-period", "2023", "--year", "2023")
WARD = """
format = "parindex.methodology/1"
id = "vn.example.ward"
edition = "{year}"
years = [{year}]
unit_kind = "commune"
completeness = "full"
total = 10
title = {{ vi = "Chỉ số CCHC phường (ví dụ)", en = "Ward PAR INDEX (example)" }}
policy = {{ headline = "{headline}", not_applicable = "zero" }}
source = [{{ key = "qd-4", title = "Quyết định 4/QĐ-UBND", status = "illustrative" }}]

[[criterion]]
id = "files"
vi = "Hồ sơ đúng hạn"
en = "Files on time"
max = 6
cite = {{ source = "qd-4" }}
rule = {{ type = "ratio", from = "{edge}" }}

[[criterion]]
id = "{plan}"
vi = "{title}"
en = "{title}"
max = 4
cite = {{ source = "qd-4" }}
rule = {{ type = "given" }}
"""


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs a command and returns what it printed, or for code 2 what it complained of."""

    def run(*arguments: str, code: int = 0) -> str:
        assert cli.main(arguments) == code
        told = capsys.readouterr()
        return told.err if code == 2 else told.out

    return run


def ward(tmp_path: Path, year: int, **parts: str) -> str:
    """Return the path of an illustrative methodology."""
    words = {"headline": "index", "edge": "0%", "plan": "plan", "title": "Kế hoạch", **parts}
    file = tmp_path / f"ward-{year}-{words['headline']}.toml"
    file.write_text(WARD.format(year=year, **words), "utf-8")
    return str(file)


def table(tmp_path: Path, name: str, text: str) -> str:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return str(file)


def test_districts_of_two_years(said: Any) -> None:
    text = said("compare", DISTRICTS[0], DISTRICTS[1], DISTRICTS[1], *YEARS)
    assert "   1  Huyện Nam Trạch            85,77         94,07     +8,30  tăng 5 bậc" in text
    assert text.endswith("\nTăng: 7, Giảm: 3, Giữ nguyên: 0\n")


def test_one_district_of_two_years(said: Any) -> None:
    options = (DISTRICTS[0], DISTRICTS[1], DISTRICTS[1], *YEARS, "--unit", "Huyện Bắc Khê")
    text = said("compare", *options, "--lang", "en")
    assert "Huyện Bắc Khê: 88.63 → 82.67 (−5.97); rank 4 → 9 (down 5 places)" in text
    assert "Fell:" in text
    document = json.loads(said("compare", *options, "--json"))
    assert document["format"] == "parindex.comparison/1"
    (unit,) = [each for each in document["units"] if each["unit"] == "Huyện Bắc Khê"]
    assert len(document["units"]) == 1
    assert (unit["movement"], unit["index"], unit["moved"], unit["effect"]) == ("fell", "-5.97", -5, None)


def test_two_editions(said: Any, tmp_path: Path) -> None:
    """What the rules did stands beside what the data did, and what could not be scored again is named."""
    before, after = ward(tmp_path, 2023), ward(tmp_path, 2024, edge="60%", plan="digital", title="Chính quyền số")
    old = table(tmp_path, "old.csv", "unit,files:percent,plan\nHoà Bình,50,4\nX,60,4\nY,70,2\n")
    new = table(tmp_path, "new.csv", "unit,files:percent,digital\nHòa Bình,80,2\nXY,60,4\nZ,50,1\n")
    walk = table(tmp_path, "walk.csv", "X,XY\nY,XY\n")
    options = (after, old, new, "--before-methodology", before, "--crosswalk", walk)
    text = said("compare", *options)
    assert "So với vn.example.ward@2023" in text
    assert "Hòa Bình: trước ghi là Hoà Bình" in text
    assert "XY: hợp nhất từ X, Y" in text
    assert "Mới có: Z" in text
    unit = said("compare", *options, "--unit", "Hòa Bình", "--lang", "en")
    assert "By the rules: −" in unit
    assert "counted with the rules: digital, plan" in unit
    assert "Appeared:" in unit
    assert "Vanished:" in unit
    effect = json.loads(said("compare", *options, "--json"))["units"][0]["effect"]
    assert effect["not_carried"] == ["digital"]
    refused = said("compare", *options, "--unit", "Z", code=2)
    assert "'Z' stands in one of the two alone" in refused
    assert "Không còn: Y" in said("compare", *options[:-1], table(tmp_path, "x.csv", "X,XY\n"))


def test_an_edition_that_can_read_all_of_the_old_data(said: Any, tmp_path: Path) -> None:
    before, after = ward(tmp_path, 2023), ward(tmp_path, 2024, edge="60%")
    seen = table(tmp_path, "seen.csv", "unit,files:percent,plan\nA,50,4\n")
    unit = said("compare", after, seen, seen, "--before-methodology", before, "--unit", "A", "--lang", "en")
    assert "By the rules: −30.00; by the data: 0.00\n" in unit
    assert "Could not" not in unit


def test_points_and_units_that_are_not_ranked(said: Any, tmp_path: Path) -> None:
    points = ward(tmp_path, 2024, headline="points")
    old = table(tmp_path, "old.csv", "unit,files:percent,plan\nA,50,4\nB,50,\n")
    new = table(tmp_path, "new.csv", "unit,files:percent,plan\nA,60,4\nB,50,1\n")
    text = said("compare", points, old, new, "--partial", "--lang", "en")
    assert "Points before" in text
    assert "   2  B                 –          4.00       –" in text
    unit = said("compare", points, old, new, "--partial", "--lang", "en", "--unit", "B")
    assert unit.splitlines()[3] == "B: – → 4.00 (–)"
    assert "Not known:" in unit
    assert "Kept: files" in unit


def test_a_crosswalk_has_two_columns(said: Any, tmp_path: Path) -> None:
    walk = table(tmp_path, "walk.csv", "X,Y,Z\n")
    refused = said("compare", *DISTRICTS, DISTRICTS[1], *YEARS, "--crosswalk", walk, code=2)
    assert "walk.csv line 1: expected two columns" in refused


def test_a_wrong_name_in_a_file_is_told_with_the_file(said: Any, tmp_path: Path) -> None:
    walk = table(tmp_path, "walk.csv", "X,Huyện Bắc Khê\n")
    refused = said("compare", *DISTRICTS, DISTRICTS[1], *YEARS, "--crosswalk", walk, code=2)
    assert "walk.csv, unit 'X', crosswalk: there is no such unit before" in refused
    weights = table(tmp_path, "weights.csv", "X,1\n")
    one = ("--stage", "appraised", "--period", "2024", "--year", "2023")
    assert "weights.csv, unit 'X', weights: there is no such unit" in said(
        "gaps", *DISTRICTS, *one, "--weights", weights, code=2
    )


def test_a_file_of_two_columns_says_everything_once(said: Any, tmp_path: Path) -> None:
    walk = table(tmp_path, "walk.csv", "X,Y\nX,Z\n")
    refused = said("compare", *DISTRICTS, DISTRICTS[1], *YEARS, "--crosswalk", walk, code=2)
    assert "walk.csv line 2: 'X' stands twice" in refused


def test_an_earlier_period_goes_with_earlier_observations(said: Any) -> None:
    refused = said("gaps", *DISTRICTS, *YEARS, code=2)
    assert "--before-period says what --earlier is, and there is none" in refused


def test_gaps_of_districts(said: Any) -> None:
    text = said("gaps", *DISTRICTS, "--stage", "appraised", "--period", "2024", "--year", "2023")
    assert "Điểm mất theo cơ quan phụ trách:\nPhòng Nội vụ                64,92\n" in text
    assert text.endswith("Tất cả (10 đơn vị): trung bình 86,97 %\n")


def test_gaps_of_one_district(said: Any) -> None:
    options = (*DISTRICTS, *YEARS, "--earlier", DISTRICTS[1], "--unit", "Huyện Bắc Khê")
    text = said("gaps", *options, "--lang", "en")
    for title in ("Criteria with points deducted:", "Below the mean:", "Fell against"):
        assert title in text
    document = json.loads(said("gaps", *options, "--json"))
    assert document["format"] == "parindex.gaps/1"
    assert [(each["unit"], each["lost"]) for each in document["units"]] == [("Huyện Bắc Khê", "17.33")]
    assert len(json.loads(said("gaps", *options[:-2], "--json"))["units"]) == 10


def test_gaps_by_group_and_of_unknown_maxima(said: Any, tmp_path: Path) -> None:
    points = ward(tmp_path, 2024, headline="points")
    rows = ("A,files,percent,50,x", "A,plan,points,4,x", "B,files,percent,0,", "B,plan,points,1,")
    seen = table(tmp_path, "new.csv", "\n".join(("unit,criterion,input,value,group", *rows)))
    text = said("gaps", points, seen, "--lang", "en")
    assert "x (1 unit): mean 7.00\n(no group) (1 unit): mean 1.00\nAll (2 units): mean 4.00\n" in text
    assert "charge" not in text
    assert "Criteria without a point:" in said("gaps", points, seen, "--lang", "en", "--unit", "B")
    weighted = said("gaps", points, seen, "--weights", table(tmp_path, "weights.csv", "A,3\nB,1\n"))
    assert "Tất cả (2 đơn vị): trung bình 4,00, có trọng số 5,50" in weighted
    open_ = WARD.replace("total = 10", 'total = "unknown"').replace("max = 4", 'max = "unknown"')
    outline = tmp_path / "outline.toml"
    words = {"year": 2024, "headline": "index", "edge": "0%", "plan": "plan", "title": "Kế hoạch"}
    open_ = open_.replace('"full"', '"outline"').replace('"ratio", from = "{edge}"', '"given"')
    outline.write_text(open_.format(**words), "utf-8")
    seen = table(tmp_path, "open.csv", "unit,files,plan\nA,3,4\nB,4,2\n")
    unit = said("gaps", str(outline), seen, "--unit", "B", "--lang", "en")
    assert "B: – points lost" in unit
    assert "plan  Kế hoạch     2.00        ?     –    1.00" in unit


def test_standard_input_is_one_result(said: Any) -> None:
    assert "cannot be both" in said("compare", DISTRICTS[0], "-", "-", code=2)
    assert "cannot be both" in said("gaps", DISTRICTS[0], "-", "--earlier", "-", code=2)


def test_weights_are_written_as_other_numbers_are(said: Any, tmp_path: Path) -> None:
    points = ward(tmp_path, 2024, headline="points")
    seen = table(tmp_path, "new.csv", "unit,files:percent,plan\nA,50,4\nB,0,1\n")
    weights = table(tmp_path, "weights.csv", '"A","1,5"\n\nB,"0,5"\n')
    weighted = said("gaps", points, seen, "--weights", weights, "--decimal", ",")
    assert "có trọng số 5,50" in weighted
    refused = said("gaps", points, seen, "--weights", weights, code=2)
    assert "weights.csv, unit 'A': '1,5' is written with ','" in refused


def test_a_unit_of_another_group_and_name(said: Any, tmp_path: Path) -> None:
    points = ward(tmp_path, 2024, headline="points")
    rows = "unit,criterion,input,value,group\n{unit},files,percent,50,{group}\n{unit},plan,points,4,{group}\n"
    old = table(tmp_path, "old.csv", rows.format(unit="Đông Sơn", group="I") + "Xã B,plan,points,1,\n")
    new = table(tmp_path, "new.csv", rows.format(unit="Phường Đông Sơn", group=""))
    text = said("compare", points, old, new, "--partial", "--unit", "Phường Đông Sơn")
    assert "Phường Đông Sơn (trước: Đông Sơn): 7,00 → 7,00" in text
    assert "Nhóm: I → (không có nhóm)" in text
    assert "trước ghi là Đông Sơn (cần kiểm tra có phải một đơn vị)" in said("compare", points, old, new, "--partial")


@pytest.mark.parametrize("name", ["headline", "not-final"])
def test_why_there_is_no_split_is_told(said: Any, tmp_path: Path, name: str) -> None:
    older = ward(tmp_path, 2023, headline="index")
    newer = ward(tmp_path, 2024, headline="points" if name == "headline" else "index", edge="60%")
    seen = table(tmp_path, "old.csv", f"unit,files:percent,plan\nA,50,{4 if name == 'headline' else ''}\n")
    new = table(tmp_path, "new.csv", "unit,files:percent,plan\nA,50,4\n")
    options = ("compare", newer, seen, new, "--before-methodology", older, "--partial", "--unit", "A")
    assert "Không tách được ảnh hưởng của cách tính" in said(*options)
    assert json.loads(said(*options, "--json"))["units"][0]["unsplit"] == name


def test_criteria_that_may_be_the_same_are_told(said: Any, tmp_path: Path) -> None:
    older, newer = ward(tmp_path, 2023), ward(tmp_path, 2024, title="Kế hoạch kiểm tra nội bộ", edge="60%")
    seen = table(tmp_path, "old.csv", "unit,files:percent,plan\nA,50,4\n")
    text = said("compare", newer, seen, seen, "--before-methodology", older, "--unit", "A")
    assert "Chấm lại theo tiêu chí chỉ giống về tên, cần kiểm tra: plan" in text


def test_points_taken_off_are_told_apart(said: Any, tmp_path: Path) -> None:
    penal = tmp_path / "penal.toml"
    words = {"year": 2024, "headline": "index", "edge": "0%", "plan": "plan", "title": "Kế hoạch"}
    block = """
[[block]]
id = "tru"
vi = "Điểm trừ"
effect = "subtract"

[[criterion]]
id = "late"
vi = "Báo cáo muộn"
max = 2
block = "tru"
cite = { source = "qd-4" }
rule = { type = "given" }
"""
    penal.write_text(WARD.format(**words) + block, "utf-8")
    seen = table(tmp_path, "new.csv", "unit,files:percent,plan,late\nA,50,4,2\n")
    text = said("gaps", str(penal), seen, "--unit", "A")
    assert "A: mất 3,00 điểm\n" in text
    assert "Điểm thưởng chưa đạt và điểm trừ:" in text


DISTRICT = (*DISTRICTS, "--stage", "appraised", "--period", "2024", "--year", "2023", "--unit", "Huyện Bắc Khê")


def test_what_a_district_can_do(said: Any) -> None:
    text = said("improve", *DISTRICT, "--lang", "en", "--closed", "8.3=the survey is closed")
    assert "Huyện Bắc Khê: 82.67 % (Good)\n" in text
    assert " 4. 5.4 Commune staff with the standard qualification [Phòng Nội vụ]\n" in text
    assert "    Done: 285 → 300 of 300 (15 more, = 100.00 %): +1.00 → 83.67\n" in text
    assert "    Count: 4 → 6 (2 more): +0.50 (+0.25 for every 1) → 83.17\n" in text
    assert "lost (the survey is closed)" in text
    assert "    Computers for citizens: not yet → yes: +0.75 → 83.42\n" in text
    document = json.loads(said("improve", *DISTRICT, "--closed", "8.3", "--json"))
    first = document["leaves"][0]
    assert (document["format"], first["id"], first["first"]["gain"]) == ("parindex.improvements/1", "4.3", "1.20")
    assert first["first"]["changes"] == [{"input": "level", "before": "part", "after": "full"}]


def test_what_is_closed_without_a_reason_is_told(said: Any) -> None:
    text = said("improve", *DISTRICT, *(each for key in "12345678" for each in ("--closed", key)))
    assert "Việc nên làm" not in text
    assert "   4.3 Thực hiện phân cấp quản lý [Phòng Nội vụ]: mất 1,20 (không tác động được nữa)\n" in text


def test_what_takes_a_district_to_a_grade(said: Any, tmp_path: Path) -> None:
    text = said("reach", *DISTRICT, "--target", "xuat-sac")
    assert "Huyện Bắc Khê: 82,67 % (Tốt) → 90,00 % (Xuất sắc)\nThứ hạng: 9 → 3\n" in text
    assert "Để đạt xếp loại Xuất sắc, ít nhất cần (chi phí 6):" in text
    costs = table(tmp_path, "costs.csv", "4,10\n5.4,0.5\n")
    document = json.loads(said("reach", *DISTRICT, "--target", "xuat-sac", "--costs", costs, "--json"))
    assert (document["format"], document["reached"], document["rank_before"]) == ("parindex.plan/1", True, 9)
    assert not any(step["id"].startswith("4") for step in document["steps"])


def test_what_is_reached_and_what_is_out_of_reach(said: Any) -> None:
    assert "Đã đạt xếp loại Tốt." in said("reach", *DISTRICT, "--target", "tot")
    text = said("reach", *DISTRICT, "--target", "100", "--closed", "8.3", "--lang", "en")
    assert "100 is out of reach; the best that is within it, cost" in text
    assert "To reach rank 2 takes" in said(
        "reach", *DISTRICT, "--target", "rank:2", "--others-rise", "0.5", "--lang", "en"
    )
    assert "is no target" in said("reach", *DISTRICT, "--target", "best", code=2)


def test_a_grade_that_an_event_bars(said: Any, tmp_path: Path) -> None:
    points = tmp_path / "event.toml"
    words = {"year": 2024, "headline": "points", "edge": "0%", "plan": "plan", "title": "Kế hoạch"}
    grades = """
[[grade]]
key = "tot"
vi = "Tốt"
from = 9
cite = { source = "qd-4" }

[[grade]]
key = "kha"
vi = "Khá"
from = 5
cite = { source = "qd-4" }

[[event]]
key = "ky-luat"
vi = "Kỷ luật"
grade_at_most = "kha"
"""
    points.write_text(WARD.format(**words) + grades, "utf-8")
    rows = "unit,criterion,input,value\nA,files,percent,99.999,\nA,plan,points,2\nA,,event,ky-luat\n".replace(
        "9,\n", "9\n"
    )
    seen = table(tmp_path, "seen.csv", rows)
    text = said("reach", str(points), seen, "--unit", "A", "--target", "tot", "--lang", "en")
    assert "A: 8.00 points (Khá) → 10.00 points (Khá)" in text
    assert "grade Tốt is out of reach (ky-luat); the best that is within it, cost 2:" in text
    assert "Percentage: 99.999 % → 100 % (0.001 more): +0.00006 → 8.00\n" in text
    none = points.read_text("utf-8").replace(grades, "")
    points.write_text(none, "utf-8")
    plain = table(tmp_path, "plain.csv", "unit,files:percent,plan\nA,50,1\n")
    assert "A: 4.00 points\n" in said("improve", str(points), plain, "--unit", "A", "--lang", "en")


def test_an_earlier_revision_may_be_named(said: Any) -> None:
    options = ("compare", *DISTRICTS, DISTRICTS[1], *YEARS, "--unit", "Huyện Bắc Khê")
    assert said(*options, "--before-revision", "1") == said(*options)
    assert "no revision 9" in said(*options, "--before-revision", "9", code=2)
    other = said(*options, "--before-methodology", DISTRICTS[0], "--before-year", "2023", "--before-revision", "1")
    assert other == said(*options)


FIRM = (*DISTRICTS, "--stage", "appraised", "--period", "2024", "--draws", "300")


def test_how_firm_the_districts_are(said: Any) -> None:
    text = said("robustness", *FIRM, "--leave-out", "1", "--policies", "--at-most", "3", "--at-most", "3")
    assert "Trọng số cấp 1 ± 10 % (300 lần, hạt giống 0):" in text
    assert " 1  Huyện Nam Trạch             1        1             1,00  100,0 %" in text
    assert "Làm tròn số công bố: không thứ hạng nào có thể khác." in text
    assert " 3  Thị xã Hạc Trạch  3–5   2\n" in text
    assert "not_applicable=zero" in text
    unit = said("robustness", *FIRM, "--unit", "Huyện Bắc Khê", "--lang", "en", "--leave-out", "1", "--at-most", "8")
    assert "Huyện Bắc Khê: rank 9/10\nPossible by rounding of printed figures: 9\n" in unit
    assert "Ranks 8–9, 95 % of draws 8–9, mean 8." in unit
    assert "Above Huyện Phú Nham: " in unit
    assert "Above Huyện Tây Lĩnh: 100.0 %" in unit
    assert "Leaving out one criterion after the other:\n  1: " in unit
    assert "did you mean 'Huyện Bắc Khê'?" in said("robustness", *FIRM, "--unit", "Huyện Bắc Kh", code=2)


def test_the_document_of_robustness(said: Any) -> None:
    document = json.loads(said("robustness", *FIRM, "--dirichlet", "2", "--leave-out", "1", "--json", "--at-most", "2"))
    assert document["format"] == "parindex.robustness/1"
    weights = document["weights"]
    assert (weights["draws"], weights["seed"], weights["within"], weights["concentration"]) == (300, 0, None, 2)
    assert sum(weights["units"][0]["histogram"]) == 300
    assert weights["units"][0]["interval_95"][0] >= 1
    assert set(weights["units"][0]["at_most"]) == {"2"}
    assert len(document["rounding"]) == len(document["left_out"]["units"]) == 10
    assert (document["errors"], document["policies"]) == (None, None)


def test_errors_rounding_and_units_without_a_rank(said: Any, tmp_path: Path) -> None:
    edition = ward(tmp_path, 2024)
    seen = table(tmp_path, "seen.csv", "unit,files:percent,plan\nA,50,4\nB,50.0001,4\nC,,4\n")
    options = (edition, seen, "--partial", "--draws", "50", "--error", "plan=0.5", "--lang", "en")
    text = said("robustness", *options, "--dirichlet", "1", "--leave-out", "1")
    assert "Dirichlet weights of level 1 (50 draws, seed 0):" in text
    assert "Errors of points plan ± 0.5 (50 draws, seed 0):" in text
    assert "Ranks that rounding of printed figures leaves open:\n  B: 1–2\n  A: 1–2\n" in text
    assert "'C' is not ranked" in said("robustness", *options, "--unit", "C", code=2)
    document = json.loads(said("robustness", *options, "--json"))
    assert document["errors"]["leaves"] == {"plan": "1/2"}
    assert "expected a leaf or an origin and its points" in said("robustness", *options, "--error", "plan", code=2)
    assert "choose one" in said("robustness", *options, "--within", "5%", "--dirichlet", "1", code=2)


def test_progress_shows_on_a_terminal_alone(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", shown)
    said("robustness", *FIRM, "--leave-out", "1")
    assert shown.getvalue().startswith("\r      \r\r   0 %\r  ")
    assert shown.getvalue().endswith("\r      \r")


def test_a_figure_is_told_as_it_was_asked_for(said: Any) -> None:
    assert "Để đạt 85,5, ít nhất cần" in said("reach", *DISTRICT, "--target", "85.5")
    comma = ("--target", "85,5", "--decimal", ",")
    assert said("reach", *DISTRICT, *comma) == said("reach", *DISTRICT, "--target", "85.5")
    assert "is no target" in said("reach", *DISTRICT, "--target", "85,5", code=2)
    assert "'0,5' is written with ','" in said("reach", *DISTRICT, "--target", "rank:2", "--others-rise", "0,5", code=2)
    assert "twice" in said("reach", *DISTRICT, "--target", "90", "--closed", "3=a", "--closed", "3=b", code=2)


def test_gains_that_are_not_what_is_printed_say_so(said: Any) -> None:
    text = said("improve", *DISTRICT, "--lang", "en")
    assert "    Done: 12 → 14 of 14 (2 more, = 100.00 %): ≈ +0.43 (≈ +0.21 for every 1) → 83.09\n" in text


def test_leaves_of_unknown_maximum_are_told(said: Any, tmp_path: Path) -> None:
    open_ = (
        WARD.replace("total = 10", "total = 10")
        .replace("max = 4", 'max = "unknown"')
        .replace("max = 6", 'max = "unknown"')
    )
    outline = tmp_path / "outline.toml"
    words = {"year": 2024, "headline": "points", "edge": "0%", "plan": "plan", "title": "Kế hoạch"}
    open_ = open_.replace('"full"', '"outline"').replace('"ratio", from = "{edge}"', '"given"')
    outline.write_text(open_.format(**words), "utf-8")
    seen = table(tmp_path, "open.csv", "unit,files,plan\nA,3,4\n")
    text = said("improve", str(outline), seen, "--unit", "A", "--lang", "en")
    assert "   files Files on time: ? lost (its maximum is unknown)\n" in text


def test_robustness_of_one_unit_is_one_of_the_document(said: Any, tmp_path: Path) -> None:
    options = ("robustness", *DISTRICT, "--draws", "100", "--leave-out", "1", "--policies", "--json")
    document = json.loads(said(*options))
    told = [
        document["rounding"],
        document["weights"]["units"],
        document["left_out"]["units"],
        document["policies"]["units"],
    ]
    assert [[each["unit"] for each in part] for part in told] == [["Huyện Bắc Khê"]] * 4
    wards = ward(tmp_path, 2024)
    rows = table(tmp_path, "rows.csv", "unit,files:percent,plan\nA,50,4\nB,50,\n")
    assert "'B' is not ranked" in said("robustness", wards, rows, "--partial", "--unit", "B", "--json", code=2)


@pytest.mark.parametrize(
    ("options", "pattern"),
    [
        (("--within", ""), "is not a number"),
        (("--within", "10"), "expected a percentage such as 10%"),
        (("--within", "2.5%", "--decimal", ","), "'2.5' is written with '.'"),
    ],
)
def test_percentages_are_written_as_numbers_are(said: Any, options: tuple[str, ...], pattern: str) -> None:
    ministries = ("robustness", "vn.par.ministry@2022", "example:ministries-2023")
    assert pattern in said(*ministries, *options, code=2)
