"""From the annex of a decision to the draft of an edition: columns, numbers, levels, totals, the file, the report."""

from __future__ import annotations

import csv
import io
import json
import sys
import tomllib
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

import parindex as pi
from parindex import cli
from parindex._drafting import Draft, document, draft_edition, report_text
from parindex._drafting.cells import cleaned, read_points
from parindex._drafting.numbering import leading_number, number_of
from parindex._drafting.reading import Kind
from parindex._drafting.writing import MARK, toml_text, toml_value
from parindex.extras.annexes import read_annex

ANNEX: Final = Path(__file__).parent.parent / "docs" / "annex"
YES: Final = "Có: 1; không có: 0"
"""The wording of a rule for one point."""

LEVELS: Final = "Ban hành kịp thời: 1\nkhông kịp thời: 0,5\nkhông ban hành: 0"


def table(text: str) -> list[list[str]]:
    """Return the rows of a text, its cells parted by bars and its lines within a cell by "//"."""
    rows = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip().replace("//", "\n") for cell in row.split("|")] for row in rows]


def draft(text: str, **options: Any) -> Draft:
    """Return the draft of an annex in English."""
    return draft_edition(table(text), **{"lang": "en", **options})


def criteria(found: Draft) -> list[dict[str, Any]]:
    """Return the criteria of the drafted file."""
    listed: list[dict[str, Any]] = tomllib.loads(found.text)["criterion"]
    return listed


def maxima(found: Draft) -> dict[str, Any]:
    """Return the maxima of the drafted file by id."""
    return {each["id"]: each.get("max") for each in criteria(found)}


def rules(found: Draft) -> dict[str, str]:
    """Return the types of the rules that were read, by id."""
    return {each["id"]: each["rule"]["type"] for each in criteria(found) if "rule" in each}


def said(found: Draft) -> dict[int, str]:
    """Return what the report says of each row; of the last line where a row holds several."""
    return {each["row"]: each["said"]["en"] for each in document(found)["rows"]}


def doubts(found: Draft) -> list[tuple[int, str]]:
    """Return what is to look at."""
    return [(doubt.row, doubt.text.get("en")) for doubt in found.doubts]


def left(found: Draft) -> list[tuple[int, str | None, str]]:
    """Return what is left to write, without the texts."""
    return [(each.row, each.criterion, each.reason.get("en")) for each in found.left]


def roles(found: Draft) -> dict[str, str]:
    """Return what each column was taken as, by its header."""
    return {column.header: str(column.role) for column in found.annex.columns}


def faults(found: Draft) -> list[str]:
    """Return where the drafted file is not complete."""
    try:
        pi.parse_methodology(found.text)
    except pi.MethodologyFaults as error:
        return [str(fault.place.at) for fault in error.exceptions if isinstance(fault, pi.Fault)]
    return []


# Columns


def test_columns_are_known_by_their_words() -> None:
    """A column is what its header says, in any order, whatever the case and the accents."""
    found = draft(
        f"""
        GHI CHÚ | Cách tính điểm | diem toi da | Tự chấm | Minh chứng | Tiêu chí | Đơn vị theo dõi | TT
        quý I | {YES} | 1 |  | Báo cáo | Kế hoạch | Phòng Nội vụ | 1
        """
    )
    assert roles(found) == {
        "GHI CHÚ": "note",
        "Cách tính điểm": "rule",
        "diem toi da": "maximum",
        "Tự chấm": "other",
        "Minh chứng": "other",
        "Tiêu chí": "title",
        "Đơn vị theo dõi": "lead",
        "TT": "number",
    }
    (criterion,) = criteria(found)
    assert (criterion["vi"], criterion["note"], criterion["lead"]) == ("Kế hoạch", "quý I", "Phòng Nội vụ")


def test_headers_may_be_decomposed() -> None:
    """Accents that are signs of their own make the same header and the same title."""
    import unicodedata

    plain = f"STT|Tiêu chí|Điểm tối đa|Cách tính điểm\n1|Kế hoạch|1|{YES}"
    assert draft(unicodedata.normalize("NFD", plain)).text == draft(plain).text


@pytest.mark.parametrize("header", ["Thang điểm", "Khung điểm", "Số điểm", "Điểm", "Điểm năm 2024", "Điểm chuẩn"])
def test_other_words_for_the_maximum(header: str) -> None:
    """Where no column is the maximum by its words alone, one of figures that may mean it is."""
    found = draft(f"STT|Nội dung|{header}|Cách chấm\n1|A|1|{YES}")
    assert roles(found)[header] == "maximum"


def test_a_scale_beside_a_maximum_is_a_rule() -> None:
    """A column "Thang điểm" holds the rules where another holds the maxima."""
    found = draft(f"STT|Tiêu chí|Điểm|Thang điểm\n1|A|1|{YES}")
    assert roles(found) == {"STT": "number", "Tiêu chí": "title", "Điểm": "maximum", "Thang điểm": "rule"}
    assert rules(found) == {"1": "levels"}


def test_contents_beside_a_title() -> None:
    """A column of contents is the title where there is no other, the levels where its words say so, else not read."""
    assert roles(draft("STT|Nội dung|Điểm\n1|A|1"))["Nội dung"] == "title"
    found = draft("STT|Tiêu chí|Nội dung chấm điểm|Nội dung khác|Điểm\n1|A|Có|x|1")
    assert roles(found) == {
        "STT": "number",
        "Tiêu chí": "title",
        "Nội dung chấm điểm": "rule",
        "Nội dung khác": "other",
        "Điểm": "maximum",
    }


def test_a_header_of_two_rows() -> None:
    """A cell above several gives its words to each of them; one beside them keeps its own."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm | | | Cách tính điểm
         | | Tối đa | Tự chấm | Thẩm định |
        1 | A | 1 | | | {YES}
        """
    )
    assert roles(found) == {
        "STT": "number",
        "Tiêu chí": "title",
        "Điểm / Tối đa": "maximum",
        "Điểm / Tự chấm": "other",
        "Điểm / Thẩm định": "other",
        "Cách tính điểm": "rule",
    }
    assert said(found) == {1: "header", 2: "header", 3: "rule read: levels"}


def test_a_heading_below_the_header_is_no_header() -> None:
    """A row with the word of a header in its title, and nothing else, is a criterion."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n|LĨNH VỰC THỂ CHẾ||\n1|A|1|{YES}")
    assert [each["vi"] for each in criteria(found)] == ["LĨNH VỰC THỂ CHẾ", "A"]


def test_no_maximum_column() -> None:
    """Without a column of maxima the headers that were found are listed."""
    with pytest.raises(pi.FileError) as caught:
        draft("Phụ lục||\nSTT|Tiêu chí|Ghi chú\n1|A|x", name="phu-luc.csv")
    message = str(caught.value)
    assert message.startswith("phu-luc.csv row 2: no column of maximum is among 'STT', 'Tiêu chí', 'Ghi chú'")


def test_no_header() -> None:
    """Where no row has words of a header, both columns are missed."""
    with pytest.raises(pi.FileError, match="row 1: no column of title and maximum is among 'a', 'b'"):
        draft("a|b\nc|d")


@pytest.mark.parametrize("rows", [[], [[]], [["", " "], ["\t"]]])
def test_an_empty_table(rows: list[list[str]]) -> None:
    """A table without any text holds no annex."""
    with pytest.raises(pi.FileError, match="annex: holds no table"):
        draft_edition(rows)


def test_repeated_headers_and_column_numbers() -> None:
    """A header that comes again, as on each page, and rows of column numbers are passed over."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        (1) | (2) | (3) | (4)
        1 | A | 1 | {YES}
        STT | Tiêu chí | Điểm tối đa | Cách tính
        A | B | 1 | 2 = 1 + 1
        2 | B | 1 | {YES}
        """
    )
    assert said(found) == {
        1: "header",
        2: "numbers of the columns",
        3: "rule read: levels",
        4: "header",
        5: "numbers of the columns",
        6: "rule read: levels",
    }


def test_columns_that_change() -> None:
    """A later header in another order holds from its row on, and the report says so."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 1 | {YES}
        STT | Tiêu chí | Cách tính điểm | Điểm tối đa
        2 | B | {YES} | 1
        """
    )
    assert rules(found) == {"1": "levels", "2": "levels"}
    assert doubts(found) == [(3, "the headers change from this row on")]


def test_columns_that_change_their_words() -> None:
    """Later headers are known by the same words, those included that only may mean the maximum."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}\nNội dung|STT|Cách tính|Thang điểm\nB|2|{YES}|1")
    assert rules(found) == {"1": "levels", "2": "levels"}


def test_a_column_of_points_beside_the_maximum() -> None:
    """A column "Điểm" beside one of maxima is not read."""
    assert roles(draft(f"STT|Tiêu chí|Điểm tối đa|Điểm|Cách tính\n1|A|1|0,5|{YES}"))["Điểm"] == "other"


def test_words_of_a_header_above_it() -> None:
    """Rows above the header may hold words of one, even in two rows; they are what stands above the table."""
    found = draft("Thông tin||Năm\nGhi chú|Cơ quan chủ trì|\n||\nSTT|Tiêu chí|Điểm tối đa\n||\n1|A|1")
    assert said(found) == {1: "above the table", 2: "above the table", 4: "header", 6: "rule not read"}


def test_words_of_a_header_within_the_table() -> None:
    """A row in which such words happen to stand among others is none."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 1 | {YES}
         | Tiêu chí này tính | theo điểm tối đa | không rõ
        """
    )
    assert said(found)[3] == "level of 1"


@pytest.mark.parametrize("rows", ["", "\n|Ghi chú|", "\n|Tổng cộng|5"])
def test_no_criterion(rows: str) -> None:
    """A header with nothing below it that is a criterion makes no edition."""
    with pytest.raises(pi.FileError, match="annex: no row below its header is a criterion"):
        draft(f"STT|Tiêu chí|Điểm tối đa{rows}")


# Numbers


def test_roman_domains_with_numbers_that_restart() -> None:
    """Roman domains give the first segment, and the numbers below them the others."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        I | Thể chế | 2 |
        1 | Ban hành | 2 |
        1.1 | Kế hoạch | 1 | {YES}
        1.2 | Báo cáo | 1 | {YES}
        II | Bộ máy | 1 |
        1 | Sắp xếp | 1 | {YES}
        """
    )
    assert list(maxima(found)) == ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1"]
    assert [each["cite"]["at"] for each in criteria(found)] == [
        "STT I",
        "STT I, 1",
        "STT I, 1.1",
        "STT I, 1.2",
        "STT II",
        "STT II, 1",
    ]
    assert faults(found) == []


def test_numbers_that_go_on_over_domains() -> None:
    """Numbers that do not restart keep their value as a segment."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        I | Thể chế | 2 |
        1 | A | 1 | {YES}
        2 | B | 1 | {YES}
        II | Bộ máy | 1 |
        3 | C | 1 | {YES}
        """
    )
    assert list(maxima(found)) == ["1", "1.1", "1.2", "2", "2.3"]
    assert doubts(found) == []


def test_dotted_numbers_are_the_ids() -> None:
    """Dotted numbers stay what they are, with dots at their end or commas of a locale, beside Roman domains too."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        I | A | 1 |
        1,1. | B | 1 |
        1.1.1. | C | 1 | {YES}
        III. | D | 1 |
        3.1 | E | 1 | {YES}
        """
    )
    assert list(maxima(found)) == ["1", "1.1", "1.1.1", "3", "3.1"]
    assert [each["cite"]["at"] for each in criteria(found)] == ["STT I", "STT 1.1", "STT 1.1.1", "STT III", "STT 3.1"]
    assert doubts(found) == [(5, "the numbers go from I to III")]


def test_a_domain_with_its_letter() -> None:
    """Letters above and below take their places as segments; "I" after "H" is a letter."""
    head = "STT|Tiêu chí|Điểm tối đa|Cách tính\n"
    upper = "".join(f"{letter}|Nhóm|1|{YES}\n" for letter in "ABCDEFGHI")
    assert list(maxima(draft(head + upper))) == list("123456789")
    lower = f"A|Nhóm|2|\nI|Thể chế|2|\na)|Trụ sở|1|{YES}\nđ)|Mạng|1|{YES}"
    assert list(maxima(draft(head + lower))) == ["1", "1.1", "1.1.1", "1.1.2"]


def test_a_series_that_goes_on_outside() -> None:
    """ "B" without an open "A" stands no lower than "A" would."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\nI|Thể chế|1|\n1|Kế hoạch|1|{YES}\nB|Khác|1|{YES}")
    assert list(maxima(found)) == ["1", "1.1", "2"]


def test_words_before_numbers() -> None:
    """ "Lĩnh vực 1" and "Tiêu chí 1" are counted apart."""
    found = draft(
        f"""
        Tiêu chí | Điểm tối đa | Cách tính
        Lĩnh vực 1. Thể chế | 1 |
        Tiêu chí 1: Kế hoạch | 1 | {YES}
        Lĩnh vực 2. Bộ máy | 1 |
        Tiêu chí 1: Sắp xếp | 1 | {YES}
        """
    )
    assert {each["id"]: each["vi"] for each in criteria(found)} == {
        "1": "Thể chế",
        "1.1": "Kế hoạch",
        "2": "Bộ máy",
        "2.1": "Sắp xếp",
    }


def test_numbers_within_the_title() -> None:
    """Without a column of numbers they are read from the titles; a figure that begins a title is none."""
    found = draft(
        f"""
        Tiêu chí | Điểm tối đa | Cách tính
        I - Thể chế | 2 |
        1.1. Ban hành | 1 | {YES}
        1.2 100% văn bản được rà soát | 1 | Tỷ lệ % × điểm tối đa
        """
    )
    assert [each["vi"] for each in criteria(found)] == ["Thể chế", "Ban hành", "100% văn bản được rà soát"]


@pytest.mark.parametrize(
    "title",
    [
        "100% hồ sơ",
        "1.5 điểm nếu có",
        "0.5 lần",
        "12 cuộc",
        "2 - 3 lần",
        "IIX. Sai",
        "Phần IIX: Sai",
        "Nội dung 5 văn bản",
    ],
)
def test_titles_that_begin_with_no_number(title: str) -> None:
    """A figure, a rate or a range that begins a text is no number of it."""
    assert leading_number(title) == (None, title)


@pytest.mark.parametrize(
    ("cell", "style", "parts"),
    [
        ("1", "1", (1,)),
        ("(2)", "1)", (2,)),
        ("1.10", "1.1", (1, 10)),
        ("I.2", "1.1", (1, 2)),
        ("1.1.a", "1.1.1", (1, 1, 1)),
        ("xiv", "i", (14,)),
        ("Phần II", "phan I", (2,)),
        ("Đ", "A", (5,)),
    ],
)
def test_numbers_of_every_style(cell: str, style: str, parts: tuple[int, ...]) -> None:
    """A number has a style, in which it is counted, and its parts."""
    number = number_of(cell)
    assert number is not None and (number.style, number.parts) == (style, parts)


@pytest.mark.parametrize("cell", ["", "-", "IIX", "1a", "0", "1.0", "Tổng", "2024-02-01"])
def test_cells_that_are_no_number(cell: str) -> None:
    """What is no number is not made one."""
    assert number_of(cell) is None


def test_excel_makes_1_1_of_1_10() -> None:
    """A number that stands again after 1.9 is told, takes the next place and is cited with its row."""
    numbers = [*(f"1.{last}" for last in range(1, 10)), "1.1", "1.11"]
    rows = "".join(f"{number}|Tiêu chí|1|{YES}\n" for number in numbers)
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|11|\n{rows}")
    assert list(maxima(found))[-3:] == ["1.9", "1.10", "1.11"]
    assert doubts(found) == [(12, "the number 1.1 stands a second time; a spreadsheet makes 1.1 of 1.10")]
    assert criteria(found)[10]["cite"]["at"] == "STT 1.1, row 12"


def test_numbers_that_are_odd() -> None:
    """Numbers that stand twice, go back, leave some out or do not begin with 1 are told."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 4 |
        1.2 | B | 1 | {YES}
        1.4 | C | 1 | {YES}
        1.3 | D | 1 | {YES}
        1.4 | E | 1 | {YES}
        1 | F | 1 | {YES}
        """
    )
    assert doubts(found) == [
        (3, "the number 1.2 comes first"),
        (4, "the numbers go from 1.2 to 1.4"),
        (5, "the number 1.3 stands after 1.4"),
        (6, "the number 1.4 stands a second time"),
        (7, "the number 1 stands a second time"),
    ]
    assert list(maxima(found)) == ["1", "1.2", "1.4", "1.3", "1.5", "2"]


@pytest.mark.parametrize(
    "cell", ["2024-02-01", "2024-02-01 00:00:00", "1/2", "01/02/2024", "01-Feb", "1-thg 2", "Feb-01"]
)
def test_a_date_for_a_number(cell: str) -> None:
    """A date in the place of a number is told, and its row left for a person to place."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|2|\n1.1|B|1|{YES}\n{cell}|C|1|{YES}\n|Không có|0|")
    message = f"the number is the date '{cell}': the spreadsheet made it of a number, format the column as text"
    assert left(found) == [(4, None, message)]
    assert list(maxima(found)) == ["1", "1.1"]
    assert said(found)[5] == "belongs to row 4"


def test_a_row_without_a_place_stands_as_a_comment() -> None:
    """Of a row that is not placed every text stands where it belongs, to be made a criterion of."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính | Minh chứng | Cơ quan chủ trì
        1 | A | 1 | {YES} | |
        ? | C | 1 | {YES} | Báo cáo | Sở Nội vụ
         | Không có | 0 | | |
        ! | | | Khác | |
        """
    )
    wanted = f"""
# {MARK}: row 3: '?' is no number that is read here
# [[criterion]]
# id = "..."
# vi = "C"
# max = 1
# cite = {{ source = "annex", at = "row 3" }}
# The annex says:
#   {YES}
#   Không có | 0
# Minh chứng:
#   Báo cáo
# Lead:
#   Sở Nội vụ
"""
    assert wanted in found.text
    assert '# vi = ""\n# max = ...\n' not in found.text
    assert said(found)[5] == "beside the criteria"


def test_a_number_that_word_makes() -> None:
    """A number that the word processor makes itself cannot be read, and the report says what to do."""
    found = draft("STT|Tiêu chí|Điểm tối đa\n[#]|A|1")
    assert left(found) == [(2, None, "the number is made by Word itself and cannot be read: turn it into text")]


def test_components_without_their_criterion() -> None:
    """Where the row of a number is missing, those that go on from it keep their ids and stand below what there is."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 2 |
        1.1.1 | B | 1 | {YES}
        1.1.2 | C | 1 | {YES}
        2.1 | D | 1 | {YES}
        """
    )
    assert [(each["id"], each.get("parent")) for each in criteria(found)] == [
        ("1", None),
        ("1.1.1", "1"),
        ("1.1.2", "1"),
        ("2.1", ""),
    ]
    assert doubts(found) == [(3, "no row has the number 1.1"), (5, "no row has the number 2")]
    assert faults(found) == []


def test_a_number_below_another() -> None:
    """A number that goes on from a row elsewhere is told, and stays where it stands."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|\n1.1|B|1|{YES}\n2|C|1|\n1.2|D|1|{YES}")
    assert list(maxima(found)) == ["1", "1.1", "2", "2.2"]
    assert (5, "the number 1.2 stands below 2") in doubts(found)


def test_domains_in_capitals() -> None:
    """Domains without a number are known by their capitals, and numbers restart below them."""
    found = draft(
        f"""
        Tiêu chí | Điểm tối đa | Cách tính
        CẢI CÁCH THỂ CHẾ | 1 |
        1. Ban hành | 1 | {YES}
        BỘ MÁY HÀNH CHÍNH | |
        1. Sắp xếp | 1 | {YES}
        KT. CHỦ TỊCH | |
        """
    )
    assert maxima(found) == {"1": 1, "1.1": 1, "2": None, "2.1": 1}
    assert criteria(found)[2]["cite"]["at"] == "row 4"
    assert said(found)[6] == "text of 2.1"


def test_an_annex_without_numbers() -> None:
    """Where no row has a number every row with points is a criterion, and the report says so."""
    found = draft(f"Tiêu chí|Điểm tối đa|Cách tính\nBan hành|1|{YES}\nSắp xếp|1|\n- Có|1|\n- Không có|0|")
    assert rules(found) == {"1": "levels", "2": "levels"}
    assert doubts(found) == [(2, "no row has a number: every row with points was taken as a criterion")]


# Columns of titles


def test_a_column_for_each_level() -> None:
    """Domain, criterion and component in columns of their own may share a row; the maximum belongs to the last."""
    found = draft(
        f"""
        Lĩnh vực | Tiêu chí | Tiêu chí thành phần | Điểm tối đa | Cách tính
        I. Thể chế | 1. Văn bản | Ban hành | 1 | {YES}
         | | Rà soát | 1 | {YES}
         | 2. Kiểm tra | Kế hoạch | 1 | {YES}
        """
    )
    assert {each["id"]: each["vi"] for each in criteria(found)} == {
        "1": "Thể chế",
        "1.1": "Văn bản",
        "1.1.1": "Ban hành",
        "1.1.2": "Rà soát",
        "1.2": "Kiểm tra",
        "1.2.1": "Kế hoạch",
    }


@pytest.mark.parametrize(
    ("numbers", "ids"),
    [(("1", "", "2"), ["1", "1.1", "1.2", "2", "2.1"]), (("1", "2", "3"), ["1", "1.1", "1.2", "2", "2.3"])],
)
def test_whose_number_it_is(numbers: tuple[str, str, str], ids: list[str]) -> None:
    """Beside several titles a number is that of the first column filled in every numbered row."""
    titles = ("Thể chế|Ban hành", "|Rà soát", "Bộ máy|Sắp xếp")
    rows = "\n".join(f"{number}|{title}|1|{YES}" for number, title in zip(numbers, titles, strict=True))
    assert list(maxima(draft(f"STT|Lĩnh vực|Tiêu chí|Điểm|Cách tính\n{rows}"))) == ids


def test_maxima_of_each_level() -> None:
    """Several columns of maxima belong to the titles of their row from the last on; one too many is told."""
    found = draft(
        f"""
        Lĩnh vực | Tiêu chí | Điểm tối đa lĩnh vực | Điểm tối đa tiêu chí | Cách tính
        I. Thể chế | 1. Ban hành | 2 | 1 | {YES}
         | 2. Rà soát | | 1 | {YES}
         | 3. Kiểm tra | 1 | 2 | {YES}
        II. Bộ máy | | 1 | 3 |
         | 1. Sắp xếp | | 1 | {YES}
        """
    )
    assert [*maxima(found).items()][:3] == [("1", 2), ("1.1", 1), ("1.2", 1)]
    assert left(found) == [(4, "1.3", "has several maxima: 1, 2")]
    assert (5, "has several maxima: 1, 3") in doubts(found)


# Levels


def test_levels_on_rows_of_their_own() -> None:
    """Rows without a number below a leaf are its levels, with the points in the column of the maximum."""
    found = draft(
        """
        STT | Tiêu chí | Điểm tối đa | Ghi chú
        1 | Kế hoạch | 1 |
         | Ban hành kịp thời | 1 | trước 31/12
         | - Ban hành không kịp thời | 0,5 |
        - | Không ban hành | 0 |
        """
    )
    (criterion,) = criteria(found)
    assert [(level["vi"], level["points"]) for level in criterion["rule"]["levels"]] == [
        ("Ban hành kịp thời", 1),
        ("Ban hành không kịp thời", 0.5),
        ("Không ban hành", 0),
    ]
    assert said(found)[4] == "level of 1"
    assert "# Note:\n#   trước 31/12\n" in found.text


def test_levels_that_say_their_points() -> None:
    """A row may say its points in its text, in the column, or in both alike."""
    found = draft(
        """
        STT | Tiêu chí | Điểm tối đa
        1 | Kế hoạch | 1
         | - Ban hành kịp thời: 1 điểm | 1
         | - Ban hành không kịp thời: 0,5 |
         | - Không ban hành | 0
        """
    )
    assert rules(found) == {"1": "levels"}


def test_levels_that_contradict_themselves() -> None:
    """A row whose text and column say different points is not understood."""
    found = draft("STT|Tiêu chí|Điểm tối đa\n1|Kế hoạch|1\n|Kịp thời: 0,5|1\n|Không|0")
    assert rules(found) == {}


def test_lettered_levels() -> None:
    """Lettered rows are levels where the best has the maximum and they do not add up to it, else components."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | Ban hành | 1 |
        a) | Kịp thời | 1 |
        b) | Không kịp thời | 0,5 |
        c) | Không ban hành | 0 |
        2 | Công khai | 2 |
        a) | Trụ sở | 1 | {YES}
        b) | Mạng | 1 | {YES}
        3 | Báo cáo | 1 |
        1) | Có: 1 | |
        2) | Không có: 0 | |
        """
    )
    assert rules(found) == {"1": "levels", "2.1": "levels", "2.2": "levels", "3": "levels"}
    assert said(found)[3] == "level of 1"
    assert criteria(found)[2]["cite"]["at"] == "STT 2, a"


def test_levels_in_the_column_of_the_rule() -> None:
    """Levels below one another in the column of the rule take their points from the column of the maximum."""
    found = draft(
        """
        STT | Tiêu chí | Cách tính điểm | Điểm tối đa
        1 | Kế hoạch | Ban hành kịp thời | 1
         | | Ban hành không kịp thời | 0,5
         | | Không ban hành | 0
        """
    )
    (criterion,) = criteria(found)
    assert [(level["vi"], level["points"]) for level in criterion["rule"]["levels"]] == [
        ("Ban hành kịp thời", 1),
        ("Ban hành không kịp thời", 0.5),
        ("Không ban hành", 0),
    ]


def test_labels_and_points_in_two_columns() -> None:
    """A label and its points in two columns of the rule make one line of it."""
    found = draft(
        """
        STT | Tiêu chí | Điểm tối đa | Cách tính điểm | Thang điểm
        1 | Kế hoạch | 1 | Kịp thời | 1
         | | | Không kịp thời | 0
        2 | Báo cáo | 1 | Có: 1 | Không có: 0
        """
    )
    assert rules(found) == {"1": "levels", "2": "levels"}
    assert said(found)[3] == "text of 1"


def test_levels_with_two_points() -> None:
    """A level that states points in two columns is not understood, and both stand in the comment."""
    found = draft(
        """
        STT | Tiêu chí | Điểm tối đa (cũ) | Điểm tối đa (mới)
        1 | A | | 1
         | Có | 2 | 1
         | Không có | | 0
        """
    )
    assert rules(found) == {}
    assert "#   Có: 1\n#   2\n#   Không có: 0\n" in found.text


def test_rows_that_add_up_are_components() -> None:
    """Rows without a number that have a rule each and add up to the maximum are components."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|2|\n|Kế hoạch|1|{YES}\n|Báo cáo|1|{YES}")
    assert maxima(found) == {"1": 2, "1.1": 1, "1.2": 1}
    assert criteria(found)[1]["cite"]["at"] == "row 3"


def test_rows_that_do_not_add_up_are_text() -> None:
    """Rows without a number that have a rule each and do not add up are not understood, and stand as text."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|3|\n|Kế hoạch|1|{YES}\n|Báo cáo|1|{YES}")
    assert rules(found) == {}
    assert "#   Kế hoạch: 1\n#   Có: 1; không có: 0\n#   Báo cáo: 1\n" in found.text


def test_lines_below_the_title() -> None:
    """The lines below a title in its cell word the rule; a broken title goes on."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | Ban hành kế hoạch//cải cách hành chính//- Kịp thời: 1//- Không kịp thời: 0 | 1 |
        2 | Tỷ lệ đúng hạn//b/a × điểm tối đa | 1 |
        3 | Chế độ//Báo cáo | 1 | {YES}
        """
    )
    assert [each["vi"] for each in criteria(found)] == [
        "Ban hành kế hoạch cải cách hành chính",
        "Tỷ lệ đúng hạn",
        "Chế độ Báo cáo",
    ]
    assert rules(found) == {"1": "levels", "2": "ratio", "3": "levels"}


def test_text_at_a_heading() -> None:
    """A rule at a criterion that has others below it is kept as a comment and told."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|Chấm theo thực tế\n1.1|B|1|{YES}")
    assert doubts(found) == [(2, "this text stands at a criterion with others below it: rules belong to those")]
    assert "#   Chấm theo thực tế\n" in found.text


# Maxima and totals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", Fraction(10)),
        ("0,5", Fraction(1, 2)),
        ("0.25 điểm", Fraction(1, 4)),
        ("Tối đa 2 đ", Fraction(2)),
        ("0 - 2", Fraction(2)),
        ("từ 0 đến 1,5 điểm", Fraction(3, 2)),
        ("3 (ĐTXHH)", Fraction(3)),
        ("-1", Fraction(-1)),
    ],
)
def test_points_of_a_cell(text: str, value: Fraction) -> None:
    """Points are read with either mark, with their unit, and from a span its upper end."""
    points = read_points(text)
    assert points is not None and (points.value, points.problem) == (value, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.000", "'1.000' reads in two ways: a decimal mark, or a mark of thousands"),
        ("theo quy định", "'theo quy định' is no number of points"),
        ("1 - 2", "'1 - 2' begins at 1, not at 0"),
    ],
)
def test_points_that_are_not_clear(text: str, message: str) -> None:
    """Points that can be taken in two ways, or are none, leave their criterion to a person."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}\n2|B|{text}|{YES}")
    assert left(found) == [(3, "2", message)]


def test_a_leaf_without_a_maximum() -> None:
    """A leaf without a maximum, or with a negative one, has a line for it, and reading the file asks for it."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A||{YES}\n2|B|-1|{YES}")
    assert [reason for _, _, reason in left(found)] == [
        "has no maximum",
        "its maximum is negative: deductions are a deduct rule or a [[block]]",
    ]
    assert f"# max = ...  # {MARK}: its maximum\n" in found.text
    assert f"# max = ...  # {MARK}: its maximum -1\n" in found.text
    assert {"criterion 1, max", "criterion 2, max"} <= set(faults(found))


def test_maxima_that_do_not_add_up() -> None:
    """A criterion whose parts do not add up to its maximum is told by its row, and check says the same."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|3|\n1.1|B|1|{YES}\n1.2|C|1|{YES}")
    assert doubts(found) == [(2, "the parts add up to 2, not to 3")]
    assert "# Look at: the parts add up to 2, not to 3\n" in found.text
    codes = [finding.code for finding in pi.check(pi.parse_methodology(found.text)) if finding.severity == "error"]
    assert [code for code in codes if code != "placeholder"] == ["maxima-mismatch", "total-mismatch"]


def test_a_maximum_of_a_heading_that_is_unclear() -> None:
    """A heading whose maximum is no number is told; its parts count."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|x|\n1.1|B|1|{YES}")
    assert doubts(found) == [(2, "'x' is no number of points")]
    assert maxima(found) == {"1": None, "1.1": 1}


def test_totals_are_held_against_the_sums() -> None:
    """A total names what it sums up, or stands below its domain, or below all."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        I | A | 1 |
        1 | B | 1 | {YES}
         | Cộng | 1 |
        II | C | 2 |
        1 | D | 2 | {YES}
        Cộng lĩnh vực II | | 3 |
         | Tổng điểm thẩm định | 1 |
         | TỔNG CỘNG (I+II) | 4 |
         | Tổng điểm mục IX | 3 |
         | Tổng cộng | |
         | Tổng điểm | 3 |
        """
    )
    assert {row: text for row, text in said(found).items() if text.startswith("total")} == {
        4: "total: agrees",
        7: "total: the parts add up to 2, not to 3",
        8: "total: it is unclear what it sums up",
        9: "total: the domain above it adds up to 2 and all domains to 3, not to 4",
        10: "total: the parts add up to 2, not to 3",
        11: "total: it is unclear what it sums up",
        12: "total: agrees",
    }
    assert tomllib.loads(found.text)["total"] == 3


DOMAINS: Final = f"STT|Tiêu chí|Điểm tối đa|Cách tính\nI|A|20|\n1|B|20|{YES}\nII|C|10|\n1|D|10|{YES}\n"


@pytest.mark.parametrize(
    ("rows", "told", "total"),
    [
        ("Cộng||30|\n|Tổng điểm||", "total: agrees", "total = 30  # Cộng\n"),
        ("Cộng||30|\n|Tổng điểm thẩm định|25|", "total: agrees", "total = 30  # Cộng\n"),
        ("Cộng||30|\nIII|Điểm thưởng|5|\n1|E|5|Có: 5; không có: 0", "total: agrees", "total = 30  # Cộng\n"),
        ("Cộng||35|\nIII|E|5|Có: 5; không có: 0", "total: agrees", "total = 35  # Cộng\n"),
        ("Cộng||10|", "total: agrees", "the sum of the domains, the annex has no row of the total\n"),
        (
            "Cộng||25|",
            "total: the domain above it adds up to 10 and all domains to 30, not to 25",
            "total = 25  # Cộng\n",
        ),
        (
            "Cộng||25|\n|Tổng điểm||",
            "total: the domain above it adds up to 10 and all domains to 30, not to 25",
            f"total = 30  # {MARK}: the sum of the domains, with which no row of a total agrees\n",
        ),
    ],
)
def test_a_total_is_known_by_its_figure(rows: str, told: str, total: str) -> None:
    """A total that names nothing is of all domains or of the last one, whichever its figure fits."""
    found = draft(DOMAINS + rows)
    assert said(found)[6] == told
    assert total in found.text


def test_a_total_that_repeats_a_wrong_maximum() -> None:
    """A total that says what its domain says is the domain's, and is held against the parts of it."""
    found = draft(f"{DOMAINS}2|E|1|{YES}\n|Cộng|10|")
    assert said(found)[7] == "total: the parts add up to 11, not to 10"


def test_a_total_in_a_word_file(tmp_path: Path) -> None:
    """A grand total above the signatures of a Word file is one of all domains too."""
    path = written(table(f"{DOMAINS}Cộng||30|\n|Tổng điểm đạt được||"), tmp_path / "phu-luc.docx")
    found = draft_edition(read_annex(path), lang="en")
    assert said(found)[6] == "total: agrees"
    assert "total = 30  # Cộng\n" in found.text


def test_points_that_are_added_are_no_total() -> None:
    """A level whose text begins as a total does is none."""
    found = draft("STT|Tiêu chí|Điểm tối đa\n1|A|2\n|Cộng 2 điểm nếu có|2\n|Tổng số hồ sơ ít hơn: 0|0")
    assert [said(found)[row] for row in (3, 4)] == ["level of 1"] * 2


def test_a_total_that_cannot_be_held() -> None:
    """Where a maximum is unknown a total is written, and not held against anything."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|x|{YES}\n|Tổng cộng|5|")
    assert said(found)[3] == "total: cannot be held: some maximum is unknown"
    assert tomllib.loads(found.text)["total"] == 5


def test_a_total_that_the_annex_does_not_state() -> None:
    """Without a row of the total the sum of the domains stands for it, or "unknown", marked in either case."""
    summed = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}")
    assert f"total = 1  # {MARK}: the sum of the domains, the annex has no row of the total\n" in summed.text
    unknown = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A||{YES}")
    assert f'total = "unknown"  # {MARK}: the maximum of the whole\n' in unknown.text


def test_what_follows_the_total() -> None:
    """Texts below the total, across the table or in a row of one cell, belong to no criterion."""
    rows = table(
        f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}\n|Tổng cộng|1|\n|Theo quy định|| xem\n Nơi nhận | | |"
    )
    found = draft_edition([*rows, ["Trang 2"]], lang="en")
    assert [said(found)[row] for row in (4, 5, 6)] == ["beside the criteria"] * 3
    end = "\n\n# Beside its criteria it says:\n#   Theo quy định | xem\n#   Nơi nhận\n#   Trang 2\n"
    assert found.text.endswith(end)


def test_points_outside_the_base() -> None:
    """A bonus is told: it belongs to a block."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}\n2|Điểm thưởng|3|{YES}")
    assert (3, "points outside the base belong to a [[block]]") in doubts(found)


@pytest.mark.parametrize("title", ["Điểm thưởng", "ĐIỂM TRỪ", "Phần điểm cộng", "Điểm thưởng, điểm trừ"])
def test_domains_outside_the_base(title: str) -> None:
    """A domain of bonuses or deductions is told, numbered or not, and what stands below it belongs to it."""
    for number in ("III", ""):
        found = draft(f"{DOMAINS}{number}|{title}|5|\n1|E|5|Có: 5; không có: 0")
        assert (6, "points outside the base belong to a [[block]]") in doubts(found)
        assert list(maxima(found))[-2:] == ["3", "3.1"]


def test_domains_after_one_outside_the_base() -> None:
    """Numbered domains go on after one of bonuses that has no number."""
    found = draft(f"{DOMAINS}|ĐIỂM THƯỞNG|5|\n1|E|5|Có: 5; không có: 0\nIII|G|2|\n1|H|2|Có: 2; không có: 0")
    assert list(maxima(found))[-4:] == ["4", "4.1", "3", "3.1"]


def test_maxima_that_cannot_be_written() -> None:
    """Where a maximum cannot be written its place is a comment of one form, with what the annex says."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | Điểm trừ | -5 |
        1.1 | A | | {YES}
        1.2 | B | -1 | {YES}
        ? | C | 0,5 | {YES}
        ? | D | -1 | {YES}
        ? | E | | {YES}
        """
    )
    assert [line for line in found.text.splitlines() if "max =" in line] == [
        "# max = ...  # -5",
        f"# max = ...  # {MARK}: its maximum",
        f"# max = ...  # {MARK}: its maximum -1",
        "# max = 0.5",
        "# max = ...  # -1",
        "# max = ...",
    ]


# What the reader of rules says


def test_a_rule_is_read_wholly_or_left() -> None:
    """A text that is not understood stands above the place for the rule, with the part that stopped the reading."""
    found = draft("STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|Chấm theo thực tế")
    wanted = f"""
cite = {{ source = "annex", at = "STT 1" }}
# The annex says:
#   Chấm theo thực tế
# {MARK}: "Chấm theo thực tế": states no points and no formula
# rule = {{ type = "..." }}
"""
    assert wanted in found.text
    assert (found.share, left(found)) == (Fraction(0), [(2, "1", "states no points and no formula")])


def test_a_leaf_without_a_wording() -> None:
    """A leaf of which nothing says how points are given is left."""
    assert left(draft("STT|Tiêu chí|Điểm tối đa\n1|A|1")) == [(2, "1", "no text says how points are given")]


def test_a_rule_that_cannot_give_the_maximum() -> None:
    """A rule that was read and gives less than the maximum at best is told."""
    found = draft("STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|2|Mức điểm: chọn một mức: Có: 1; không có: 0")
    assert rules(found) == {"1": "levels"}
    assert doubts(found) == [(2, "at best 1 of 2 points can be reached")]


def test_a_rule_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """What check would say of a rule is said of its row."""
    rule = pi.Levels([pi.Level("a", points=3)])
    monkeypatch.setattr("parindex._drafting.reading.read_rule_text", lambda *_, **__: pi.RuleReading(rule))
    found = draft("STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|2|Có: 3")
    assert doubts(found) == [(2, "3 points are above the maximum 2")]


def test_the_survey_is_marked() -> None:
    """Rows marked in a column, a note, a title or a domain are the survey's: no rule is read, and check knows."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | ĐTXHH | Cách tính | Ghi chú
        1 | A | 6 | 3 | |
        1.1 | B | 1 | x | {YES} |
        1.2 | C | 1 | - | {YES} | Điều tra XHH
        1.3 | D (ĐTXHH) | 1 | 0 | {YES} |
        1.4 | Tổ chức điều tra XHH hằng năm | 1 | | {YES} |
        1.5 | E | 1 | 1 | |
        1.6 | F | | 1 | |
        2 | G | 1 | 1 | |
        2.1 | H | 1 | | {YES} |
        """
    )
    kinds = {each.node.id: each.kind for each in found.criteria}
    assert {key for key, kind in kinds.items() if kind is Kind.SURVEY} == {"1.1", "1.2", "1.3", "1.5", "1.6", "2.1"}
    assert kinds["1.4"] is Kind.READ
    origins = {each["id"]: each.get("origin") for each in criteria(found)}
    assert (origins["1"], origins["1.1"], origins["1.4"]) == (None, "survey", "appraised")
    assert tomllib.loads(found.text)["origin"]["survey"]["self_assessed"] is False
    assert found.share == 1


def test_a_survey_in_the_wording() -> None:
    """A wording that names the survey and no points is the survey's; one with points that is not read is not."""
    found = draft(
        """
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 1 | Khảo sát, điều tra xã hội học
        2 | B | 1 | Tổ chức điều tra XHH trong quý 1 theo kế hoạch
        """
    )
    assert [each.kind for each in found.criteria] == [Kind.SURVEY, Kind.UNREAD]


def test_a_part_from_the_survey() -> None:
    """A leaf that the survey gives a part of is left to be divided."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|ĐTXHH|Cách tính\n1|A|2|1|{YES}")
    assert left(found) == [(2, "1", "only a part of its points comes from the survey: make two criteria of it")]


@pytest.mark.parametrize(
    "header", ["Phương pháp đánh giá", "Hình thức đánh giá", "Nguồn điểm", "Phương pháp đánh giá (thẩm định, ĐTXHH)"]
)
def test_a_column_says_who_assesses(header: str) -> None:
    """A column of who assesses words no rule: it marks rows of the survey, and is kept as a comment."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | {header} | Hướng dẫn chấm điểm
        1 | A | 1 | Tự đánh giá | {YES}
        2 | B | 1 | Thẩm định | {YES}
        3 | C | 1 | Điều tra XHH |
        4 | D | 1 | Khảo sát | {YES}
        5 | E | 1 | Tự đánh giá và điều tra XHH | {YES}
        6 | G | 1 | Khảo sát thực tế | {YES}
        """
    )
    assert roles(found)[header] == "method"
    assert roles(found)["Hướng dẫn chấm điểm"] == "rule"
    kinds = [str(each.kind) for each in found.criteria]
    assert kinds == ["read", "read", "survey", "survey", "unread", "read"]
    assert left(found)[-1] == (6, "5", "only a part of its points comes from the survey: make two criteria of it")
    assert f"# {header}:\n#   Thẩm định\n" in found.text
    assert criteria(found)[2]["origin"] == "survey"


def test_a_method_that_words_the_rules() -> None:
    """A column "Phương pháp đánh giá" that says how points are given is one of the rule, alone or beside a scale."""
    alone = draft(f"STT|Tiêu chí|Điểm tối đa|Phương pháp đánh giá\n1|A|1|{YES}\n2|B|1|Hội đồng thẩm định chấm điểm")
    assert roles(alone)["Phương pháp đánh giá"] == "rule"
    assert [each.kind for each in alone.criteria] == [Kind.READ, Kind.COUNCIL]
    beside = draft("STT|Tiêu chí|Điểm tối đa|Phương pháp đánh giá|Thang điểm\n1|A|1|Kịp thời|1\n||| Không|0")
    assert roles(beside)["Phương pháp đánh giá"] == "rule"


def test_a_council_sets_the_points() -> None:
    """Points that a council sets are counted apart, with the rule that a person may confirm."""
    found = draft("STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|Hội đồng thẩm định chấm điểm")
    assert (found.to_read, found.share, found.count(Kind.COUNCIL)) == (0, None, 1)
    assert '# rule = { type = "given" }\n' in found.text


# The file


def test_only_the_rules_are_missing() -> None:
    """Reading the draft lists exactly the leaves whose rule was not read."""
    found = draft_edition(read_annex(ANNEX / "phu-luc.csv"))
    unread = [each.node.id for each in found.criteria if each.kind not in {Kind.HEADING, Kind.READ}]
    assert unread
    assert faults(found) == [f"criterion {each}, rule" for each in unread]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_finished_draft_is_sound(lang: Any) -> None:
    """With every rule and the head written where the file asks for it, check finds nothing wrong."""
    found = draft_edition(read_annex(ANNEX / "phu-luc.csv"), lang=lang, year=2025)
    finished = found.text.replace('# rule = { type = "..."', '# rule = { type = "given"').replace(
        "# rule = ", "rule = "
    )
    finished = finished.replace('"todo"', '"commune"').replace(f'"{MARK}"', '"A"')
    methodology = pi.parse_methodology(finished)
    assert methodology.errors == ()
    assert (methodology.name, methodology.years) == ("commune@2025", (2025,))
    assert str(methodology.sources[0].status) == "illustrative"
    assert {finding.code for finding in pi.check(methodology)} == {"titles-unverified", "title-missing"}


def test_the_file_says_what_was_read() -> None:
    """What tomllib reads back are the criteria and rules that were read."""
    found = draft_edition(read_annex(ANNEX / "phu-luc.csv"))
    methodology = {each["id"]: each for each in criteria(found)}
    for each in found.criteria:
        table_ = methodology[each.node.id]
        assert table_["vi"] == each.node.line.title
        assert pi.read_rule_text("\n".join(each.wording), max_points=each.node.whole or 0).rule == each.rule or (
            each.kind is Kind.HEADING
        )
        assert ("rule" in table_) == (each.kind is Kind.READ)


@pytest.mark.parametrize("text", ['"', "\\", "\x7f", "a\nb\tc", "Điểm", "]]", "# x", "\u2028", "\x00"])
def test_strings_of_toml(text: str) -> None:
    """A text in quotes is read back as it was."""
    assert tomllib.loads(f"a = {toml_text(text)}") == {"a": text}


def test_values_of_toml() -> None:
    """Tables, lists, numbers and truth values are read back as they were, points as numbers."""
    value = {"type": "best", "a b": [1, 2], "yes": True, "of": [{"key": "a", "items": [{"points": "0.5"}]}], "none": []}
    read = tomllib.loads(f"a = {toml_value(value, wide=True)}\nb = {toml_value(value)}", parse_float=Fraction)
    expected = {**value, "of": [{"key": "a", "items": [{"points": Fraction(1, 2)}]}]}
    assert read == {"a": expected, "b": expected}


def test_texts_cannot_break_out_of_comments() -> None:
    """Line ends and other control signs of a cell, of whatever kind, stay within the comment or the string."""
    evil = 'x"\r]\u2028[[criterion]]\x0bid = "9"\x00\x7f\u200b'
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Cách tính", f"Minh chứng{evil}"], ["1", f"A{evil}", "1", evil, evil]]
    found = draft_edition(rows, name=f"phu-luc{evil}.csv", lang="en")
    assert [each["id"] for each in criteria(found)] == ["1"]
    assert cleaned(evil) == 'x"\n]\n[[criterion]]\nid = "9"'


def test_the_texts_above_the_table() -> None:
    """What stands above the table is quoted, since it names the decision."""
    found = draft("PHỤ LỤC||\n(Kèm theo Quyết định 1/QĐ-UBND)||\nSTT|Tiêu chí|Điểm tối đa\n1|A|1")
    assert "# Above its table the annex says:\n#   PHỤ LỤC\n#   (Kèm theo Quyết định 1/QĐ-UBND)\n" in found.text


def test_a_criterion_without_a_title() -> None:
    """A number without a title is a criterion whose title is to be written."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1||1|{YES}")
    assert f'# vi = ""  # {MARK}: its title\n' in found.text


WORDS: Final = (
    *("", "", "I", "II.", "1", "2", "1.1", "1.2", "a)", "b)", "2024-02-01", "-", "Tổng cộng", "CẢI CÁCH THỂ CHẾ"),
    *("Ban hành", "- Kịp thời: 1", "Không ban hành", "STT", "Tiêu chí", "Điểm tối đa", "0,5", "3", "x", "(1)"),
    *("1)", "c.", "IX", "H", "i", "Tiêu chí 2.1. C", "1.10", "1,1", "0-2", "1.000", "Cộng mục 1", "A. NỘI DUNG CHUNG"),
    *("Cách tính điểm", "Ghi chú", "Điểm", "Nội dung", "1. Một", "1.1 Hai", "?", "[#]", "- Hai", "5%", "-1"),
    *(YES, "Tỷ lệ % × điểm tối đa", "Hội đồng chấm", "ĐTXHH", 'một"hai\nba', "Lĩnh vực 1: B"),
)


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), max_size=14))
def test_nothing_is_lost(rows: list[list[str]]) -> None:
    """Whatever the rows hold, the draft is TOML, its ids make a tree, and every word stands in it or in the report."""
    head = ["STT", "Tiêu chí", "Điểm tối đa", "Cách tính", "ĐTXHH", "Cơ quan chủ trì", "Minh chứng"]
    try:
        found = draft_edition([head, *rows], lang="en")
    except pi.FileError as error:
        assert str(error) == "annex: no row below its header is a criterion"  # noqa: PT017  that is the other outcome
        return
    places = {at for at in faults(found) if not at.endswith((", rule", ", max"))}
    assert places <= (set() if found.criteria else {"criterion"})
    told = (found.text + json.dumps(document(found), ensure_ascii=False)).replace('\\"', '"').replace(",", ".")
    words = [word.strip(".():").rstrip("0") for row in rows for word in " ".join(row).replace(",", ".").split()]
    assert [word for word in words if word not in told] == []
    assert report_text(found, "vi")


# The report


def test_the_report_in_words() -> None:
    """The report names the columns, the rows, the share, what to look at and what is left, in either language."""
    found = draft(
        f"""
        STT | Tiêu chí | Điểm tối đa | Cách tính
        1 | A | 3 |
        1.1 | B | 1 | {YES}
        1.2 | C có tên rất dài mà một dòng của báo cáo không chứa hết được | 1 | Chấm theo thực tế
        ? | D | 1 | {YES}
        """
    )
    told = report_text(found, "en")
    assert "The rules of 1 of 2 scored criteria were read (50.00 %).\n" in told
    assert "\nTo look at:\n- row 2: the parts add up to 2, not to 3\n" in told
    assert "\nLeft to write:\n- row 4: 1.2 states no points and no formula: Chấm theo thực tế\n- row 5: '?' is" in told
    assert "  C có tên rất dài mà một dòng của báo cáo không …  " in told
    assert "     1  STT          number\n" in told
    vietnamese = report_text(found, "vi")
    assert "Đã đọc quy tắc của 1/2 tiêu chí chấm điểm (50,00 %).\n" in vietnamese
    assert "- dòng 2: các phần cộng lại là 2, không phải 3\n" in vietnamese


def test_the_report_of_a_complete_draft() -> None:
    """Where nothing is left and nothing doubtful, the report ends with the share."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|{YES}")
    assert report_text(found, "en").endswith("The rules of 1 of 1 scored criteria were read (100.00 %).\n")
    none = draft("STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|1|Hội đồng chấm")
    assert "The rules of 0 of 0 scored criteria were read.\nBesides: 0 of the survey, 1 set by a council.\n" in (
        report_text(none, "en")
    )
    assert repr(none) == "<Draft of 'annex', 0 of 0 rules read>"
    assert repr(none.tree.nodes) == "(<Node 1, row 2>,)"


def test_the_report_as_a_document() -> None:
    """The document holds the columns, the counts, the share as a string, and the rows by what they are."""
    found = draft(f"STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A|2|\n1.1|B|1|{YES}\n1.2|C|1|?\n*|D||\n?|E||")
    told = document(found)
    assert told["format"] == "parindex.draft/1"
    assert told["columns"][0] == {"column": 1, "header": "STT", "role": "number"}
    assert told["leaves"] == {"read": 1, "to_read": 2, "survey": 0, "council": 0}
    assert (told["criteria"], told["share"]) == (3, "50.00")
    assert [(row["row"], row["criterion"], row["what"]) for row in told["rows"]] == [
        (1, None, "header"),
        (2, "1", "heading"),
        (3, "1.1", "read"),
        (4, "1.2", "unread"),
        (5, "1.2", "text"),
        (6, None, "unplaced"),
    ]
    assert told["left"][0]["reason"].keys() == {"vi", "en"}
    assert repr(found.tree.strays) == "(<Stray, row 6>,)"


# Files of three kinds


def written(rows: list[list[str]], path: Path) -> Path:
    """Write the rows as the kind of file that the name says, numbers as numbers in a workbook."""
    if path.suffix == ".csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(rows)
        path.write_text(text.getvalue(), "utf-8-sig")
    elif path.suffix == ".xlsx":
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        book.close()
    else:
        file = docx.Document()
        made = file.add_table(rows=0, cols=max(map(len, rows)))
        for row in rows:
            for cell, text_ in zip(made.add_row().cells, row, strict=False):
                cell.text = text_
        file.save(str(path))
    return path


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_kinds_of_files_give_the_same_edition(kind: str) -> None:
    """The annex of the tutorial gives the same edition and the same report from CSV, Excel and Word."""
    first = draft_edition(read_annex(ANNEX / "phu-luc.csv"))
    other = draft_edition(read_annex(ANNEX / f"phu-luc.{kind}"))
    assert other.text == first.text
    assert document(other) == document(first)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_a_table_goes_through_every_kind(kind: str, tmp_path: Path) -> None:
    """A table is the same after it was written and read, line breaks and quotes in its cells included."""
    rows = table('STT|Tiêu chí|Điểm tối đa|Cách tính\n1|A "b"; c|1|Có: 1//Không có: 0\n1.10|B||')
    assert read_annex(written(rows, tmp_path / f"phu-luc.{kind}")) == rows


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_csv(separator: str, tmp_path: Path) -> None:
    """The sign that parts the cells is the one under which there is an annex, or the one that a first line states."""
    rows = [["STT", "Tiêu chí, lĩnh vực; ...", "Điểm tối đa"], ["1", "A", "0,5"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    for first in ("", f"sep={separator}\r\n"):
        path = tmp_path / "phu-luc.csv"
        path.write_text(first + text.getvalue(), "utf-8", newline="")
        assert read_annex(path) == rows


def test_a_csv_that_is_no_annex(tmp_path: Path) -> None:
    """A table without the columns is read by the sign that gives most cells, so that the error can list them."""
    path = tmp_path / "bang.csv"
    path.write_text("a;b;c\n1;2,5;3\n", "utf-8")
    assert read_annex(path) == [["a", "b", "c"], ["1", "2,5", "3"]]


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    """Numbers are exact, dates and faults keep a text that says so, and rows are counted from the first."""
    path = tmp_path / "phu-luc.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(2, 1, ["STT", "Tiêu chí", "Điểm tối đa", "Cách tính"])
    sheet.write_row(3, 1, [1, "A", 0.1, YES])
    sheet.write_datetime(4, 1, __import__("datetime").datetime(2024, 2, 1), book.add_format({"num_format": "d.m"}))
    sheet.write(4, 2, "B")
    sheet.write_formula(5, 3, "=1/0", None, "#DIV/0!")
    book.close()
    rows = read_annex(path)
    assert rows[:2] == [[""] * 5] * 2
    assert rows[3] == ["", "1", "A", "0.1", YES]
    assert rows[4][1] == "2024-02-01"
    assert rows[5] == ["", "", "", "[holds the error #DIV/0!]", ""]


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    """Merged cells hold the text of their top left one, even where others hold one that no spreadsheet shows."""
    path = tmp_path / "phu-luc.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range("A1:C1", "PHỤ LỤC")
    sheet.write_row(1, 0, ["STT", "Tiêu chí", "Điểm tối đa"])
    sheet.merge_range("A3:B4", "TỔNG CỘNG")
    sheet.write("B4", "che khuất")
    sheet.write("C3", 5)
    book.close()
    assert read_annex(path) == [
        ["PHỤ LỤC", "", ""],
        ["STT", "Tiêu chí", "Điểm tối đa"],
        ["TỔNG CỘNG", "", "5"],
        ["", "", ""],
    ]


def workbook(path: Path, *sheets: tuple[str, list[list[str]]]) -> Path:
    """Write a workbook of several sheets."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return path


def test_sheets_of_a_workbook(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The one sheet that holds an annex is taken, and the log names the others."""
    annex = [["STT", "Tiêu chí", "Điểm tối đa"], ["1", "A", "1"]]
    path = workbook(tmp_path / "a.xlsx", ("Bìa", [["Bìa"]]), ("Phụ lục", annex), ("Trống", []))
    assert read_annex(path) == annex
    assert caplog.messages == [f"{path}: sheets passed over: Bìa"]
    assert read_annex(path, sheet="Bìa") == [["Bìa"]]


def test_several_annexes_in_a_workbook(tmp_path: Path) -> None:
    """Two annexes are not mixed: one of them is to be stated, by a name that is there."""
    annex = [["STT", "Tiêu chí", "Điểm tối đa"], ["1", "A", "1"]]
    path = workbook(tmp_path / "a.xlsx", ("Huyện", annex), ("Xã", [*annex, ["2", "B", "1"]]))
    with pytest.raises(pi.FileError, match="the sheets 'Huyện', 'Xã' hold an annex each, state one of them"):
        read_annex(path)
    assert len(read_annex(path, sheet="Xã")) == 3
    with pytest.raises(pi.FileError, match="has no sheet 'Huyen'; did you mean 'Huyện'"):
        read_annex(path, sheet="Huyen")
    with pytest.raises(pi.FileError, match=r"has no sheet 'zzz'$"):
        read_annex(path, sheet="zzz")


def test_a_workbook_without_an_annex(tmp_path: Path) -> None:
    """Of a workbook without an annex the largest sheet is taken, so that the error can list its headers."""
    path = workbook(tmp_path / "a.xlsx", ("Một", [["a"]]), ("Hai", [["a", "b"], ["c", "d"]]))
    assert read_annex(path) == [["a", "b"], ["c", "d"]]
    assert read_annex(workbook(tmp_path / "b.xlsx", ("Một", []))) == []


def test_merged_cells_of_a_word_file(tmp_path: Path) -> None:
    """Cells merged across and down hold their text once, paragraphs are rows of one cell, and all tables are read."""
    path = tmp_path / "phu-luc.docx"
    file = docx.Document()
    file.add_paragraph("PHỤ LỤC")
    file.add_paragraph("")
    made = file.add_table(rows=3, cols=3)
    for at, text in enumerate(["STT", "Tiêu chí", "Điểm tối đa"]):
        made.cell(0, at).text = text
    made.cell(1, 0).merge(made.cell(2, 0)).text = "1"
    made.cell(1, 1).merge(made.cell(1, 2)).text = "A"
    made.cell(2, 1).text = "Dòng một\nDòng hai"
    file.add_paragraph("Trang 2")
    second = file.add_table(rows=1, cols=2)
    second.cell(0, 0).text = "2"
    file.save(str(path))
    assert read_annex(path) == [
        ["PHỤ LỤC"],
        ["STT", "Tiêu chí", "Điểm tối đa"],
        ["1", "A", ""],
        ["", "Dòng một\nDòng hai", ""],
        ["Trang 2"],
        ["2", ""],
    ]


def test_what_else_word_puts_into_a_cell(tmp_path: Path) -> None:
    """Numbers that Word makes, columns that a row skips, changes recorded, fields and breaks are read as they stand."""
    row = (
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
        '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr></w:p></w:tc>'
        "<w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t></w:r></w:p></w:tc>"
        "</w:sdtContent></w:sdt>"
        "<w:tc><w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>xưa</w:t></w:r></w:moveFrom><w:r><w:noBreakHyphen/></w:r></w:p></w:tc></w:tr>"
    )
    file = docx.Document()
    made = file.add_table(rows=0, cols=4)
    made._tbl.append(parse_xml(row.replace("<w:tr>", f"<w:tr {nsdecls('w')}>", 1)))
    path = tmp_path / "phu-luc.docx"
    file.save(str(path))
    assert read_annex(path) == [["", "[#]", "A B\nC", "mới-"]]


# Hostile files


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_an_empty_file(kind: str, tmp_path: Path) -> None:
    """An empty file is said to be empty."""
    path = tmp_path / f"phu-luc.{kind}"
    path.write_bytes(b"")
    with pytest.raises(pi.FileError, match="is empty"):
        read_annex(path)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("csv", "is not UTF-8"),
        ("xlsx", "is no workbook"),
        ("docx", "is no Word file"),
        ("doc", "save it as one of .csv"),
    ],
)
def test_a_binary_file(kind: str, message: str, tmp_path: Path) -> None:
    """What is no file of its kind is refused with its name."""
    path = tmp_path / f"phu-luc.{kind}"
    path.write_bytes(b"\xff\xfe\x00\x01" * 50)
    with pytest.raises(pi.FileError, match=rf"phu-luc\.{kind}.* {message}"):
        read_annex(path)


def test_a_csv_that_is_none(tmp_path: Path) -> None:
    """A text that breaks off within quotes is no CSV under any separator."""
    path = tmp_path / "phu-luc.csv"
    path.write_text('"a', "utf-8")
    with pytest.raises(pi.FileError, match="is not CSV: unexpected end of data"):
        read_annex(path)


def test_a_csv_under_one_separator(tmp_path: Path) -> None:
    """Quotes that are wrong under one separator may be right under another."""
    path = tmp_path / "phu-luc.csv"
    path.write_text('STT;Tiêu chí;Điểm tối đa\n1,"A" b;"A,b";1\n', "utf-8")
    assert read_annex(path)[1] == ['1,"A" b', "A,b", "1"]


def test_a_word_file_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is larger when unpacked than what is read is refused before it is."""
    monkeypatch.setattr("parindex.extras.annexes.MAX_BYTES", 10)
    with pytest.raises(pi.FileError, match="bytes when unpacked are more than the 10 that are read"):
        read_annex(ANNEX / "phu-luc.docx")


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    """An archive without a document is no Word file."""
    path = tmp_path / "phu-luc.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(pi.FileError, match="is no Word file"):
        read_annex(path)


def test_sheets_belong_to_workbooks() -> None:
    """A sheet of a file that has none is refused."""
    with pytest.raises(pi.FileError, match="only a workbook has sheets"):
        read_annex(ANNEX / "phu-luc.csv", sheet="x")


@pytest.mark.parametrize(("kind", "package"), [("xlsx", "python_calamine"), ("docx", "docx")])
def test_without_the_extra(kind: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages the error says what to install; CSV needs none of them."""
    for name in [each for each in sys.modules if each.startswith("parindex.extras.office")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(pi.ParindexError, match=rf'need.* {package}: pip install "parindex\[office\]"'):
        read_annex(ANNEX / f"phu-luc.{kind}")
    assert read_annex(ANNEX / "phu-luc.csv")


def test_headers_without_end() -> None:
    """Headers that change with every row cost no more than other rows."""
    heads = [["STT", "Tiêu chí", "Lĩnh vực", "Điểm tối đa"], ["Lĩnh vực", "Tiêu chí", "Điểm tối đa", "STT"]]
    found = draft_edition([*(heads * 2000), ["1", "A", "B", "1"]])
    assert len(found.doubts) >= 3999


def test_ten_thousand_rows() -> None:
    """A large annex is drafted in full."""
    rows = [["STT", "Tiêu chí", "Điểm tối đa", "Cách tính"]]
    for domain in range(1, 101):
        rows.append([str(domain), "Lĩnh vực", "99", ""])
        rows += [[f"{domain}.{n}", "A", "1", YES if n == 1 else ""] for n in range(1, 100)]
    found = draft_edition(rows)
    assert (found.count(Kind.READ), found.to_read, len(criteria(found))) == (100, 9900, 10_000)


# The command


class Outcome:
    """Runs the command and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        """Return standard output and standard error."""
        assert cli.main(["draft", *arguments]) == code
        told = self.capsys.readouterr()
        return told.out, told.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Outcome:
    """Return the runner."""
    return Outcome(capsys)


def test_the_command_writes_the_edition(run: Outcome, tmp_path: Path) -> None:
    """With a file to write, the edition goes there and the report to standard output."""
    path = tmp_path / "edition.toml"
    out, err = run(str(ANNEX / "phu-luc.xlsx"), "-o", str(path), "--lang", "en", "--year", "2025")
    text = path.read_text("utf-8")
    assert text.startswith("# Drafted by parindex from phu-luc.xlsx. ")
    assert tomllib.loads(text)["edition"] == "2025"
    assert out.startswith("Column  Header")
    assert err == ""


def test_the_command_prints_the_edition(run: Outcome) -> None:
    """Without a file to write, the edition is printed and the report goes to standard error."""
    out, err = run(str(ANNEX / "phu-luc.docx"))
    assert tomllib.loads(out)["years"] == [1900]
    assert err.startswith("Cột  Tiêu đề")


def test_the_command_as_json(run: Outcome, tmp_path: Path) -> None:
    """The report is one document; it holds the edition too where that goes to no file."""
    out, _ = run(str(ANNEX / "phu-luc.csv"), "-o", str(tmp_path / "a.toml"), "--json")
    told = json.loads(out)
    assert (told["format"], told["edition"]) == ("parindex.draft/1", None)
    out, err = run(str(ANNEX / "phu-luc.csv"), "--json")
    assert err == ""
    assert json.loads(out)["annex"] == "phu-luc.csv"
    assert tomllib.loads(json.loads(out)["edition"])["format"] == "parindex.methodology/1"


def test_a_draft_replaces_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there already stays as it is: it may have been finished by hand."""
    target = tmp_path / "edition.toml"
    target.write_text("finished", "utf-8")
    assert cli.main(["draft", str(ANNEX / "phu-luc.csv"), "-o", str(target)]) == 2
    assert "is there already; a draft never replaces what may be finished work" in capsys.readouterr().err
    assert target.read_text("utf-8") == "finished"


def test_the_command_without_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no standard error the edition is printed all the same."""
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["draft", str(ANNEX / "phu-luc.csv")]) == 0


def test_the_command_takes_a_sheet(run: Outcome, tmp_path: Path) -> None:
    """The sheet of a workbook can be stated."""
    annex = [["STT", "Tiêu chí", "Điểm tối đa"], ["1", "A", "1"]]
    path = workbook(tmp_path / "a.xlsx", ("Huyện", annex), ("Xã", annex))
    out, _ = run(str(path), "--sheet", "Xã")
    assert tomllib.loads(out)["total"] == 1


def test_the_command_refuses(run: Outcome, tmp_path: Path) -> None:
    """What is no annex ends with 2, a message on standard error and nothing on standard output."""
    path = tmp_path / "bang.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    out, err = run(str(path), "-o", str(tmp_path / "a.toml"), code=2)
    assert out == ""
    assert err.startswith("parindex: bang.csv row 1: no column of title and maximum is among 'a', 'b'")
    assert not (tmp_path / "a.toml").exists()
