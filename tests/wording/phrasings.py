"""Phrasings of annexes with what they say, by somebody who had not read the reader.

``PHRASINGS`` are read as the table beside them, ``WISHES`` are clear to a person and not read yet.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final, TypeAlias

Table: TypeAlias = dict[str, Any]
Points: TypeAlias = int | str
Row: TypeAlias = tuple[str, Points]


def decomposed(text: str) -> str:
    """Return a text as some keyboards type it: letters and accents apart."""
    return unicodedata.normalize("NFD", text)


def levels(*rows: Row, lang: str = "vi") -> Table:
    return {"type": "levels", "levels": [{lang: label, "points": points} for label, points in rows]}


def items(*rows: Row) -> Table:
    return {"type": "checklist", "items": [{"vi": label, "points": points} for label, points in rows]}


def rates(*rows: Row, **more: object) -> Table:
    """Return steps on a rate: the edge as ">= 80%", "> 80%" or "else"; points of "100%" are the maximum."""
    return {"type": "bands", "bands": [_band(edge, points) for edge, points in rows], **more}


def values(*rows: Row) -> Table:
    return {**rates(*rows), "of": "value"}


def _band(edge: str, points: Points) -> Table:
    worth = {"share": points} if str(points).endswith("%") else {"points": points}
    sign, _, at = edge.partition(" ")
    return {**worth, **({"from": at} if sign == ">=" else {"over": at} if sign == ">" else {})}


def ratio(**more: object) -> Table:
    return {"type": "ratio", **{name.rstrip("_"): value for name, value in more.items()}}


def counts(**credit: Points) -> Table:
    return {"type": "weighted-counts", "credits": credit}


def each(points: Points) -> Table:
    return {"type": "per-unit", "points": points}


def less(*rows: tuple[Any, ...], lang: str = "vi") -> Table:
    """Return points taken off: a label, the points of one fault, and what else there is to it."""
    faults = [{lang: label, "points": points, **(more[0] if more else {})} for label, points, *more in rows]
    return {"type": "deduct", "faults": faults}


Phrasing: TypeAlias = tuple[str, Points, Table]

PHRASINGS: Final[tuple[Phrasing, ...]] = (
    ("Từ 30% trở lên: 1; từ 20% - dưới 30%: 0,5; dưới 20%: 0", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    (
        decomposed("Từ 30% trở lên: 1; từ 20% - dưới 30%: 0,5; dưới 20%: 0"),
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "- Từ 30% trở lên: 1 điểm\n- Từ 20% đến dưới 30%: 0.5 điểm\n- Dưới 20%: 0 điểm",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "+ Từ 30 % trở lên: 1đ\n+ Từ 20 % – dưới 30 %: 0.5đ\n+ Dưới 20 %: 0đ",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "a) Từ 30% trở lên: 1 điểm;\nb) Từ 20% đến dưới 30%: 0,5 điểm;\nc) Dưới 20%: 0 điểm.",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    ("≥30%: 1; ≥20% và <30%: 0,5; <20%: 0", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    (">= 30%: 1 điểm; 20% - < 30%: 0,5 điểm; < 20%: 0 điểm", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    ("Từ 30% trở lên:\t1\nTừ 20%-<30%:\t0,5\nDưới 20%:\t0", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    (
        "Đạt từ 30% trở lên: 1 điểm. Đạt từ 20% đến dưới 30%: 0,5 điểm. Đạt dưới 20%: 0 điểm.",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Tỷ lệ từ 30% trở lên: 1; tỷ lệ từ 20% đến dưới 30%: 0,5; tỷ lệ dưới 20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        ("Tỷ lệ đạt từ 30% trở lên được 1 điểm; từ 20% đến dưới 30% được 0,5 điểm; dưới 20% được 0 điểm"),
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% số TTHC trở lên: 1; Từ 20% - dưới 30% số TTHC: 0.5; Dưới 20% số TTHC: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    ("Dưới 20%: 0; từ 20% - dưới 30%: 0,5; từ 30% trở lên: 1", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    ("Trên 90%: 2 / từ 70% - 90%: 1 / dưới 70%: 0", 2, rates(("> 90%", 2), (">= 70%", 1), ("else", 0))),
    ("Trên 90%: 2 điểm; từ 70% đến 90%: 1 điểm; dưới 70%: 0 điểm", 2, rates(("> 90%", 2), (">= 70%", 1), ("else", 0))),
    (
        "Trên 90%: 2 điểm\nTrên 70% đến 90%: 1 điểm\n70% trở xuống: 0 điểm",
        2,
        rates(("> 90%", 2), ("> 70%", 1), ("else", 0)),
    ),
    (
        ("Hoàn thành 100% kế hoạch: 1\nHoàn thành từ 80% - dưới 100% kế hoạch: 0,5\nHoàn thành dưới 80% kế hoạch: 0"),
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "Hoàn thành 100% kế hoạch: 1; Từ 80% - dưới 100% kế hoạch: 0.5; Dưới 80% kế hoạch: 0",
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        ("Thực hiện 100% kế hoạch: 1 điểm; từ 80% đến dưới 100% kế hoạch: 0,5 điểm; dưới 80% kế hoạch: 0 điểm"),
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "100% nhiệm vụ: 1; từ 80% - dưới 100% nhiệm vụ: 0,5; dưới 80% nhiệm vụ: 0",
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "Đạt 100%: 1 điểm; Từ 80%-<100%: 0,5 điểm; <80%: 0 điểm",
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "Đạt 100%: 1 điểm; 80% ≤ tỷ lệ < 100%: 0,5 điểm; dưới 80%: 0 điểm",
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    ("100%: 1\n80% đến dưới 100%: 0,5\ndưới 80%: 0", 1, rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0))),
    (
        ("Nếu đạt 100% thì được 1 điểm; nếu đạt từ 80% đến dưới 100% thì được 0,5 điểm; nếu dưới 80% thì được 0 điểm"),
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    ("Hoàn thành 100% kế hoạch: 1\nHoàn thành dưới 100% kế hoạch: 0", 1, rates((">= 100%", 1), ("else", 0))),
    ("100% văn bản: 0,5; dưới 100% văn bản: 0", "0.5", rates((">= 100%", "0.5"), ("else", 0))),
    (
        "Từ 95% hồ sơ trở lên giải quyết đúng hạn: 2; dưới 95% hồ sơ giải quyết đúng hạn: 0",
        2,
        rates((">= 95%", 2), ("else", 0)),
    ),
    (
        "Từ 95% trở lên: điểm tối đa; từ 80% đến dưới 95%: 1 điểm; dưới 80%: 0 điểm",
        2,
        rates((">= 95%", "100%"), (">= 80%", 1), ("else", 0)),
    ),
    ("Từ 62,5% trở lên: 1,25 điểm; dưới 62,5%: 0 điểm", "1.25", rates((">= 62.5%", "1.25"), ("else", 0))),
    ("Trên 50%: 1; từ 50% trở xuống: 0", 1, rates(("> 50%", 1), ("else", 0))),
    ("Trên 50%: 1 điểm; không quá 50%: 0 điểm", 1, rates(("> 50%", 1), ("else", 0))),
    ("Ít nhất 50%: 1 điểm; dưới 50%: 0 điểm", 1, rates((">= 50%", 1), ("else", 0))),
    (
        ("Từ 70% trở lên: 2; từ 50% đến dưới 70%: 1,5; từ 30% đến dưới 50%: 1; từ 10% đến dưới 30%: 0,5; dưới 10%: 0"),
        2,
        rates((">= 70%", 2), (">= 50%", "1.5"), (">= 30%", 1), (">= 10%", "0.5"), ("else", 0)),
    ),
    (
        "From 30% up: 1; from 20% to below 30%: 0.5; below 20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "At least 30%: 1 point; 20% to below 30%: 0.5 points; less than 20%: 0 points",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    ("Over 90%: 2 points; 70%-90%: 1 point; under 70%: 0", 2, rates(("> 90%", 2), (">= 70%", 1), ("else", 0))),
    ("Dưới 5%: 2; từ 5% - 10%: 1; trên 10%: 0", 2, rates(("> 10%", 0), (">= 5%", 1), ("else", 2))),
    ("Dưới 5%: 2; từ 5% đến dưới 10%: 1; từ 10% trở lên: 0", 2, rates((">= 10%", 0), (">= 5%", 1), ("else", 2))),
    (
        "Tỷ lệ hồ sơ trễ hạn dưới 5%: 2; từ 5% đến 10%: 1; trên 10%: 0",
        2,
        rates(("> 10%", 0), (">= 5%", 1), ("else", 2)),
    ),
    (
        ("Từ 90% trở lên: 1; từ 80% đến dưới 90%: 0,75; từ 70% đến dưới 80%: 0,5; dưới 70%: không tính điểm"),
        1,
        rates((">= 90%", 1), (">= 80%", "0.75"), (">= 70%", "0.5"), ("else", 0)),
    ),
    ("Từ 80% trở lên: 1; còn lại: 0", 1, rates((">= 80%", 1), ("else", 0))),
    (
        "Từ 30% trở lên: 1,0; từ 20% - dưới 30%: 0,50; dưới 20%: 0,0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên: 01 điểm; từ 20% - dưới 30%: 0,5 điểm; dưới 20%: 00 điểm",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên (1 điểm); từ 20% đến dưới 30% (0,5 điểm); dưới 20% (0 điểm)",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên: 1; từ 20% - dưới 30%: 0,5; dưới 20%: 0.",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "• Từ 30% trở lên: 1\n• Từ 20% – dưới 30%: 0,5\n• Dưới 20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên : 1 ; từ 20% — dưới 30% : 0,5 ; dưới 20% : 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên = 1; từ 20% - dưới 30% = 0,5; dưới 20% = 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Lớn hơn hoặc bằng 30%: 1; từ 20% đến nhỏ hơn 30%: 0,5; nhỏ hơn 20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    ("Từ 30 điểm trở lên: 1; dưới 30 điểm: 0", 1, values((">= 30", 1), ("else", 0))),
    ("Từ 3 văn bản trở lên: 1; dưới 3 văn bản: 0", 1, values((">= 3", 1), ("else", 0))),
    (
        "Đạt tỷ lệ từ 80% - dưới 100%: 0,5; đạt 100%: 1; đạt dưới 80%: 0",
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "Trên 80% - 100%: 1 điểm; trên 60% - 80%: 0,5 điểm; từ 60% trở xuống: 0 điểm",
        1,
        rates(("> 80%", 1), ("> 60%", "0.5"), ("else", 0)),
    ),
    ("Từ 80% - 100% số TTHC: 1; Dưới 80% số TTHC: 0", 1, rates((">= 80%", 1), ("else", 0))),
    ("Không có văn bản sai: 1; có văn bản sai: 0", 1, levels(("Không có văn bản sai", 1), ("có văn bản sai", 0))),
    (
        ("Hoàn thành 100%: 1 điểm.\nHoàn thành từ 80% đến dưới 100%: 0,5 điểm.\nHoàn thành dưới 80%: 0 điểm."),
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        ("Tỷ lệ trả kết quả đúng hạn đạt từ 95% trở lên: 2 điểm; từ 90% đến dưới 95%: 1 điểm; dưới 90%: 0 điểm"),
        2,
        rates((">= 95%", 2), (">= 90%", 1), ("else", 0)),
    ),
    (
        (
            "Từ 95% số hồ sơ TTHC trở lên được giải quyết đúng hạn: 2; Từ 90% - dưới 95% số hồ sơ "
            "TTHC được giải quyết đúng hạn: 1; Dưới 90% số hồ sơ TTHC được giải quyết đúng hạn: 0"
        ),
        2,
        rates((">= 95%", 2), (">= 90%", 1), ("else", 0)),
    ),
    ("Nếu tỷ lệ này đạt từ 80% trở lên: 1; nếu tỷ lệ này đạt dưới 80%: 0", 1, rates((">= 80%", 1), ("else", 0))),
    (
        ("Công bố kịp thời, đầy đủ: 1; Công bố không kịp thời hoặc không đầy đủ: 0,5; Không công bố: 0"),
        1,
        levels(
            ("Công bố kịp thời, đầy đủ", 1), ("Công bố không kịp thời hoặc không đầy đủ", "0.5"), ("Không công bố", 0)
        ),
    ),
    ("Tính điểm theo công thức: (b/a)*2.00\nTrong đó:\na là tổng số hồ sơ\nb là số hồ sơ đúng hạn", 2, ratio()),
    ("Tính theo công thức: (Tỷ lệ % số cơ quan hoàn thành*2.0)/100%", 2, ratio()),
    ("Từ 80% trở lên: (b/a) x điểm tối đa; dưới 80%: không tính điểm", 2, ratio(from_="80%")),
    ("Trừ 0,25 điểm cho mỗi báo cáo gửi chậm", 1, less(("báo cáo gửi chậm", "0.25"))),
    ("Mỗi mô hình hay được 0,25 điểm nhưng tối đa không quá 1 điểm", 1, each("0.25")),
    ("Không có đơn thư khiếu nại đúng: 1; có: 0", 1, levels(("Không có đơn thư khiếu nại đúng", 1), ("có", 0))),
    (
        "Ban hành kịp thời: 1; không kịp thời: 0,5; không ban hành: 0",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        decomposed("Ban hành kịp thời: 1; không kịp thời: 0,5; không ban hành: 0"),
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "- Ban hành kịp thời: 1 điểm.\n- Không kịp thời: 0,5 điểm.\n- Không ban hành: 0 điểm.",
        1,
        levels(("Ban hành kịp thời", 1), ("Không kịp thời", "0.5"), ("Không ban hành", 0)),
    ),
    (
        ("Ban hành kịp thời (trong Quý IV năm trước liền kề năm kế hoạch): 0.5\nBan hành không kịp thời: 0"),
        "0.5",
        levels(
            ("Ban hành kịp thời (trong Quý IV năm trước liền kề năm kế hoạch)", "0.5"), ("Ban hành không kịp thời", 0)
        ),
    ),
    (
        (
            "Ban hành kịp thời (trong Quý IV năm trước liền kề năm kế hoạch): 0.5; Ban hành không "
            "kịp thời: 0.25; Không ban hành: 0"
        ),
        "0.5",
        levels(
            ("Ban hành kịp thời (trong Quý IV năm trước liền kề năm kế hoạch)", "0.5"),
            ("Ban hành không kịp thời", "0.25"),
            ("Không ban hành", 0),
        ),
    ),
    ("Đúng quy định: 1; Không đúng quy định: 0", 1, levels(("Đúng quy định", 1), ("Không đúng quy định", 0))),
    ("Đúng quy định: 1\nKhông đúng quy định: 0", 1, levels(("Đúng quy định", 1), ("Không đúng quy định", 0))),
    ("Có: 1; Không: 0", 1, levels(("Có", 1), ("Không", 0))),
    ("Đạt: 0,5đ; Không đạt: 0đ", "0.5", levels(("Đạt", "0.5"), ("Không đạt", 0))),
    (
        "Đầy đủ, kịp thời: 1; Đầy đủ nhưng không kịp thời: 0,5; Không đầy đủ: 0",
        1,
        levels(("Đầy đủ, kịp thời", 1), ("Đầy đủ nhưng không kịp thời", "0.5"), ("Không đầy đủ", 0)),
    ),
    (
        "Thực hiện đầy đủ: 1 điểm; thực hiện chưa đầy đủ: 0,5 điểm; không thực hiện: 0 điểm",
        1,
        levels(("Thực hiện đầy đủ", 1), ("thực hiện chưa đầy đủ", "0.5"), ("không thực hiện", 0)),
    ),
    (
        (
            "Báo cáo đầy đủ số lượng, nội dung và đúng thời gian quy định: 1,0\nBáo cáo không đúng "
            "thời gian: 0,5\nKhông báo cáo: 0"
        ),
        1,
        levels(
            ("Báo cáo đầy đủ số lượng, nội dung và đúng thời gian quy định", 1),
            ("Báo cáo không đúng thời gian", "0.5"),
            ("Không báo cáo", 0),
        ),
    ),
    (
        "Có sáng kiến được công nhận: 2; Không có sáng kiến: 0",
        2,
        levels(("Có sáng kiến được công nhận", 2), ("Không có sáng kiến", 0)),
    ),
    ("Có thực hiện: 1,5 điểm; không thực hiện: 0 điểm", "1.5", levels(("Có thực hiện", "1.5"), ("không thực hiện", 0))),
    ("Không có sai phạm: 1; có sai phạm: 0", 1, levels(("Không có sai phạm", 1), ("có sai phạm", 0))),
    (
        "Không có hồ sơ trễ hạn: 2; có hồ sơ trễ hạn: 0",
        2,
        levels(("Không có hồ sơ trễ hạn", 2), ("có hồ sơ trễ hạn", 0)),
    ),
    (
        "Ban hành trước ngày 31/12/2023: 1; ban hành sau ngày 31/12/2023: 0,5; không ban hành: 0",
        1,
        levels(("Ban hành trước ngày 31/12/2023", 1), ("ban hành sau ngày 31/12/2023", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Xuất sắc: 4; Tốt: 3; Hoàn thành: 2; Không hoàn thành: 0",
        4,
        levels(("Xuất sắc", 4), ("Tốt", 3), ("Hoàn thành", 2), ("Không hoàn thành", 0)),
    ),
    (
        "Loại A: 3 điểm; loại B: 2 điểm; loại C: 1 điểm; không xếp loại: 0 điểm",
        3,
        levels(("Loại A", 3), ("loại B", 2), ("loại C", 1), ("không xếp loại", 0)),
    ),
    (
        (
            "Hoàn thành xuất sắc nhiệm vụ: 2\nHoàn thành tốt nhiệm vụ: 1,5\nHoàn thành nhiệm vụ: "
            "1\nKhông hoàn thành nhiệm vụ: 0"
        ),
        2,
        levels(
            ("Hoàn thành xuất sắc nhiệm vụ", 2),
            ("Hoàn thành tốt nhiệm vụ", "1.5"),
            ("Hoàn thành nhiệm vụ", 1),
            ("Không hoàn thành nhiệm vụ", 0),
        ),
    ),
    (
        "Chọn một mức: Ban hành kịp thời: 1; ban hành trễ: 0; không ban hành: -1",
        1,
        levels(("Ban hành kịp thời", 1), ("ban hành trễ", 0), ("không ban hành", -1)),
    ),
    (
        "Ban hành kịp thời: 1 điểm; không kịp thời: 0,5 điểm; không ban hành: không có điểm",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Ban hành kịp\nthời: 1;\nkhông kịp thời:\n0,5; không ban hành: 0",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Ban hành kịp thời: 01 điểm; không kịp thời: 0,5 điểm; không ban hành: 0 điểm",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Ban hành kịp thời: 1 / không kịp thời: 0,5 / không ban hành: 0",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "BAN HÀNH KỊP THỜI: 1; KHÔNG KỊP THỜI: 0,5; KHÔNG BAN HÀNH: 0",
        1,
        levels(("BAN HÀNH KỊP THỜI", 1), ("KHÔNG KỊP THỜI", "0.5"), ("KHÔNG BAN HÀNH", 0)),
    ),
    (
        "Ban hành kịp thời (1đ); không kịp thời (0,5đ); không ban hành (0đ)",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Có bố trí phòng riêng: 1 điểm\nKhông bố trí: 0 điểm",
        1,
        levels(("Có bố trí phòng riêng", 1), ("Không bố trí", 0)),
    ),
    (
        "Không ban hành: 0; ban hành không kịp thời: 0,5; ban hành kịp thời: 1",
        1,
        levels(("Không ban hành", 0), ("ban hành không kịp thời", "0.5"), ("ban hành kịp thời", 1)),
    ),
    (
        (
            "Hoàn thành từ 80% - 100% kế hoạch thì điểm đánh giá được tính theo công thức: tỷ lệ "
            "% hoàn thành × điểm tối đa; dưới 80%: 0 điểm"
        ),
        1,
        ratio(from_="80%"),
    ),
    (
        (
            "Hoàn thành từ 80% - 100% kế hoạch thì điểm đánh giá được tính theo công thức:\ntỷ lệ "
            "% hoàn thành x điểm tối đa\nHoàn thành dưới 80% kế hoạch: 0 điểm"
        ),
        1,
        ratio(from_="80%"),
    ),
    ("Tính điểm theo công thức: (Tỷ lệ % hồ sơ đúng hạn x điểm tối đa)/100%", 2, ratio()),
    (
        ("Điểm đánh giá được tính theo công thức: (Tỷ lệ % hoàn thành x điểm tối đa)/100%. Dưới 50%: 0"),
        1,
        ratio(from_="50%"),
    ),
    ("Tỷ lệ % hoàn thành × điểm tối đa", 2, ratio()),
    ("tỷ lệ % hoàn thành * điểm tối đa; dưới 70%: 0", 2, ratio(from_="70%")),
    ("Tính theo công thức: b/a × điểm tối đa", 2, ratio()),
    (
        (
            "Tính điểm theo công thức: (b/a) x điểm tối đa. Trong đó: a là tổng số hồ sơ; b là số "
            "hồ sơ giải quyết đúng hạn"
        ),
        2,
        ratio(),
    ),
    ("(b/a)*2", 2, ratio()),
    ("(b/a) x 2 điểm; dưới 60%: 0 điểm", 2, ratio(from_="60%")),
    ("Số hồ sơ đúng hạn/tổng số hồ sơ x điểm tối đa", 2, ratio()),
    ("(Số hồ sơ đúng hạn / Tổng số hồ sơ) × 2 điểm", 2, ratio()),
    ("Tỷ lệ (%) hồ sơ đúng hạn x 2", 2, ratio()),
    ("Từ 60% trở lên: tỷ lệ % × điểm tối đa; dưới 60%: 0", 2, ratio(from_="60%")),
    ("Dưới 80%: 0 điểm; từ 80% trở lên tính theo công thức: tỷ lệ % × điểm tối đa", 1, ratio(from_="80%")),
    (
        (
            "Hoàn thành 100% kế hoạch: 1\nTừ 80% - dưới 100% kế hoạch: tính theo công thức tỷ lệ % "
            "hoàn thành x điểm tối đa\nDưới 80%: 0"
        ),
        1,
        ratio(from_="80%"),
    ),
    (
        (
            "Đạt từ 70% đến 100% số lượng thì điểm được tính theo công thức: (Tỷ lệ % đạt được × "
            "Điểm tối đa)/100. Đạt dưới 70%: 0 điểm"
        ),
        1,
        ratio(from_="70%"),
    ),
    ("Rate × maximum points; below 80%: 0 points", 1, ratio(from_="80%")),
    ("Điểm = tỷ lệ % hoàn thành × 3", 3, ratio()),
    ("Điểm = (b/a) × 3; trong đó b: số nhiệm vụ hoàn thành, a: tổng số nhiệm vụ", 3, ratio()),
    ("(1 - b/a) × điểm tối đa", 1, ratio(inverse=True)),
    ("(100% - tỷ lệ % hồ sơ trễ hạn) × điểm tối đa", 1, ratio(inverse=True)),
    ("Tỷ lệ % đúng hạn × điểm tối đa; không phát sinh: điểm tối đa", 2, ratio(zero_total="full")),
    ("(b/a)*1 + (c/a)*0,5", 1, counts(b=1, c="1/2")),
    ("(b/a) x 1 + (c/a) x 0.5", 1, counts(b=1, c="1/2")),
    ("b/a × 1,0 + c/a × 0,5", 1, counts(b=1, c="1/2")),
    (
        (
            "Tính điểm theo công thức: (b/a)*1.0 + (c/a)*0.5\nTrong đó:\na là tổng số vấn đề phải "
            "xử lý\nb là số vấn đề đã hoàn thành việc xử lý\nc là số vấn đề đã xử lý nhưng chưa "
            "hoàn thành"
        ),
        1,
        counts(b=1, c="1/2"),
    ),
    ("Điểm đánh giá tính theo công thức: [(b/a)*1 + (c/a)*0,5]", 1, counts(b=1, c="1/2")),
    ("(b/a)*2 + (c/a)*1", 2, counts(b=1, c="1/2")),
    ("((b + c × 0,5)/a) × điểm tối đa", 2, counts(b=1, c="1/2")),
    (
        "Báo cáo trễ: -0,25 điểm/báo cáo; không gửi báo cáo quý: -0,5 điểm/báo cáo",
        2,
        less(("Báo cáo trễ", "0.25"), ("không gửi báo cáo quý", "0.5")),
    ),
    (
        "Báo cáo trễ: trừ 0,25 điểm/báo cáo; không gửi báo cáo quý: trừ 0,5 điểm/báo cáo",
        2,
        less(("Báo cáo trễ", "0.25"), ("không gửi báo cáo quý", "0.5")),
    ),
    (
        "Báo cáo trễ: - 0.25đ/báo cáo;\nkhông gửi báo cáo quý: – 0.5đ/báo cáo",
        2,
        less(("Báo cáo trễ", "0.25"), ("không gửi báo cáo quý", "0.5")),
    ),
    ("Mỗi báo cáo trễ hạn trừ 0,25 điểm", 1, less(("báo cáo trễ hạn", "0.25"))),
    ("Cứ 01 báo cáo trễ hạn trừ 0,25 điểm", 1, less(("báo cáo trễ hạn", "0.25"))),
    ("Cứ mỗi văn bản sai sót trừ 0,5 điểm", 2, less(("văn bản sai sót", "0.5"))),
    (
        "Mỗi báo cáo trễ: -0,25 điểm; mỗi báo cáo không gửi: -0,5 điểm",
        2,
        less(("báo cáo trễ", "0.25"), ("báo cáo không gửi", "0.5")),
    ),
    ("Báo cáo chậm: -0,1 điểm/ngày", 1, less(("Báo cáo chậm", "0.1", {"per": "day"}))),
    ("Mỗi hồ sơ trễ hạn trừ 0,2 điểm, trừ tối đa 1 điểm", 2, less(("hồ sơ trễ hạn", "0.2", {"cap": 1}))),
    ("Báo cáo trễ: -0,25 điểm/báo cáo (trừ tối đa 1 điểm)", 2, less(("Báo cáo trễ", "0.25", {"cap": 1}))),
    ("Vắng họp không lý do: -1 điểm/lần", 5, less(("Vắng họp không lý do", 1))),
    ("Không có hồ sơ trễ hạn: 2; mỗi hồ sơ trễ hạn trừ 0,1 điểm", 2, less(("hồ sơ trễ hạn", "0.1"))),
    (
        "Late report: -0.25 points/report; report not sent: -0.5 points/report",
        2,
        less(("Late report", "0.25"), ("report not sent", "0.5"), lang="en"),
    ),
    ("mỗi nội quy: 0,5 điểm", 2, each("0.5")),
    ("Mỗi nội quy: 0.5đ", 2, each("0.5")),
    ("Mỗi sáng kiến được 0,5 điểm", 2, each("0.5")),
    ("Mỗi sáng kiến được công nhận: 0,5 điểm (tối đa 2 điểm)", 2, each("0.5")),
    ("Mỗi sáng kiến được tính 0,5 điểm, tối đa không quá 2 điểm", 2, each("0.5")),
    ("0,5 điểm/sáng kiến", 2, each("0.5")),
    ("Mỗi cuộc kiểm tra 0,5 điểm", 2, each("0.5")),
    ("Mỗi nội dung thực hiện đúng quy định: 0,25 điểm", 1, each("0.25")),
    ("Each rule posted: 0.5 points", 2, each("0.5")),
    (
        "Niêm yết công khai thủ tục: 0,5; có biển tên cán bộ: 0,25; có hộp thư góp ý: 0,25",
        1,
        items(("Niêm yết công khai thủ tục", "0.5"), ("có biển tên cán bộ", "0.25"), ("có hộp thư góp ý", "0.25")),
    ),
    (
        "- Có kế hoạch: 0,5 điểm\n- Có báo cáo kết quả: 0,5 điểm",
        1,
        items(("Có kế hoạch", "0.5"), ("Có báo cáo kết quả", "0.5")),
    ),
    (
        (
            "Xác định nhiệm vụ: 0.25; Xác định kết quả phải đạt: 0.25; Bố trí kinh phí: 0.25; "
            "Phân công trách nhiệm: 0.25"
        ),
        1,
        items(
            ("Xác định nhiệm vụ", "0.25"),
            ("Xác định kết quả phải đạt", "0.25"),
            ("Bố trí kinh phí", "0.25"),
            ("Phân công trách nhiệm", "0.25"),
        ),
    ),
    (
        "Cộng điểm các nội dung đạt: có bảng nội quy: 1; có camera: 1",
        2,
        items(("có bảng nội quy", 1), ("có camera", 1)),
    ),
    ("TỪ 30% TRỞ LÊN: 1; TỪ 20% - DƯỚI 30%: 0,5; DƯỚI 20%: 0", 1, rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0))),
    (
        "Có từ 3 sáng kiến trở lên: 2; có từ 1 - 2 sáng kiến: 1; không có sáng kiến: 0",
        2,
        values((">= 3", 2), (">= 1", 1), ("else", 0)),
    ),
    ("Mỗi văn bản chậm trừ 0,25 điểm nhưng không trừ quá 1 điểm", 2, less(("văn bản chậm", "0.25", {"cap": 1}))),
    ("Gửi chậm 01 báo cáo: trừ 0,25 điểm", 1, less(("Gửi chậm báo cáo", "0.25"))),
    (
        "Ban hành kịp thời 1 điểm; không kịp thời 0,5 điểm; không ban hành 0 điểm",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Ban hành kịp thời : 1 | không kịp thời : 0,5 | không ban hành : 0",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        (
            "Nếu tỷ lệ từ 80% - 100% thì điểm đánh giá được tính theo công thức: (b/a) x điểm tối "
            "đa. Trong đó: a là tổng số nhiệm vụ; b là số nhiệm vụ đã hoàn thành. Nếu tỷ lệ dưới "
            "80% thì điểm đánh giá là 0"
        ),
        1,
        ratio(from_="80%"),
    ),
    (
        (
            "Tính điểm theo công thức: (b/a)*điểm tối đa\nTrong đó:\na là tổng số TTHC\nb là số TTHC "
            "được công khai\nNếu tỷ lệ b/a < 80% thì điểm đánh giá là 0"
        ),
        1,
        ratio(from_="80%"),
    ),
    ("Chậm mỗi ngày trừ 0,1 điểm", 1, less(("Chậm", "0.1", {"per": "day"}))),
    (
        "Thiếu 01 báo cáo trừ 0,25 điểm; chậm 01 báo cáo trừ 0,1 điểm",
        1,
        less(("Thiếu báo cáo", "0.25"), ("chậm báo cáo", "0.1")),
    ),
    ("Cứ 01 mô hình được 0,5 điểm, nhưng không quá 02 điểm", 2, each("0.5")),
    (
        "Trên 100% kế hoạch: 2; 100% kế hoạch: 1; dưới 100% kế hoạch: 0",
        2,
        rates(("> 100%", 2), (">= 100%", 1), ("else", 0), may_exceed=True),
    ),
    (
        "Từ 120% trở lên: 2; từ 100% đến dưới 120%: 1; dưới 100%: 0",
        2,
        rates((">= 120%", 2), (">= 100%", 1), ("else", 0), may_exceed=True),
    ),
    ("(b/a)*1 + (c/a)*0,5", 2, counts(b="1/2", c="1/4")),
    ("(b/a)*0,5 + (c/a)*0,25", 1, counts(b="1/2", c="1/4")),
    (
        "Từ 3 sáng kiến trở lên: 2; 2 sáng kiến: 1; 1 sáng kiến: 0,5; không có: 0",
        2,
        values((">= 3", 2), (">= 2", 1), (">= 1", "0.5"), ("else", 0)),
    ),
    ("Từ 80% trở lên: 2; dưới 80% thì không tính điểm", 2, rates((">= 80%", 2), ("else", 0))),
    ("Trên 90%: 2; từ 70 - 90%: 1; dưới 70%: 0", 2, rates(("> 90%", 2), (">= 70%", 1), ("else", 0))),
    (
        "Đầy đủ: điểm tối đa; không đầy đủ: một nửa điểm tối đa; không có: 0",
        2,
        {
            "type": "levels",
            "levels": [
                {"vi": "Đầy đủ", "share": 1},
                {"vi": "không đầy đủ", "share": "1/2"},
                {"vi": "không có", "points": 0},
            ],
        },
    ),
    ("Tỷ lệ hồ sơ đúng hạn × điểm tối đa; tỷ lệ hồ sơ đúng hạn dưới 80%: 0 điểm", 2, ratio(from_="80%")),
    ("Báo cáo trễ: -0,25 điểm/báo cáo; trừ không quá điểm tối đa", 2, less(("Báo cáo trễ", "0.25"))),
    ("Không có hồ sơ trễ hạn: 2; mỗi hồ sơ trễ hạn trừ 0,5 điểm", 2, less(("hồ sơ trễ hạn", "0.5"))),
    ("Đúng hạn: 1 \n  Không đúng hạn: 0  ", 1, levels(("Đúng hạn", 1), ("Không đúng hạn", 0))),
    (
        "Ban hành kịp thời: 2; không kịp thời: 1; không ban hành: 0; mỗi báo cáo trễ trừ 0,25 điểm",
        2,
        {
            **less(("báo cáo trễ", "0.25")),
            "levels": levels(("Ban hành kịp thời", 2), ("không kịp thời", 1), ("không ban hành", 0))["levels"],
        },
    ),
    (
        "Cách tính điểm:\n- Ban hành kịp thời: 1\n- Không kịp thời: 0,5\n- Không ban hành: 0",
        1,
        levels(("Ban hành kịp thời", 1), ("Không kịp thời", "0.5"), ("Không ban hành", 0)),
    ),
    ("Điểm đánh giá được tính như sau: từ 80% trở lên: 1; dưới 80%: 0", 1, rates((">= 80%", 1), ("else", 0))),
    ("Thang điểm: từ 80% trở lên: 1; dưới 80%: 0", 1, rates((">= 80%", 1), ("else", 0))),
    (
        "Có văn bản chỉ đạo: 1; không có văn bản chỉ đạo: 0",
        1,
        levels(("Có văn bản chỉ đạo", 1), ("không có văn bản chỉ đạo", 0)),
    ),
    ("(b/a)*2\nTrong đó:\na: Tổng số hồ sơ\nb: Số hồ sơ đúng hạn", 2, ratio()),
    ("0,5 điểm/sáng kiến, tối đa 2 điểm", 2, each("0.5")),
    ("Mỗi mô hình được 0,5 điểm (tối đa 2 điểm)", 2, each("0.5")),
    ("Đúng hạn: 1; trễ hạn: 0; không gửi: 0", 1, levels(("Đúng hạn", 1), ("trễ hạn", 0), ("không gửi", 0))),
    ("Một văn bản chậm trừ 0,25 điểm", 2, less(("văn bản chậm", "0.25"))),
    (
        "Tỷ lệ hồ sơ TTHC giải quyết đúng hạn:\n- Từ 98% trở lên: 3\n- Từ 95% đến dưới 98%: 2\n- Dưới 95%: 0",
        3,
        rates((">= 98%", 3), (">= 95%", 2), ("else", 0)),
    ),
    ("Báo cáo trễ - 0,25 điểm/báo cáo", 2, less(("Báo cáo trễ", "0.25"))),
    ("Trễ: -0,25 điểm/báo cáo", 2, less(("Trễ", "0.25"))),
    (
        "100% cán bộ, công chức được đánh giá: 1; dưới 100% cán bộ, công chức được đánh giá: 0",
        1,
        rates((">= 100%", 1), ("else", 0)),
    ),
    ("(Số hồ sơ đúng hạn/Tổng số hồ sơ) x 2", 2, ratio()),
    ("Each inspection: 0.25 points", 1, each("0.25")),
    ("(100% - tỷ lệ % hồ sơ trễ hạn) × điểm tối đa", 2, ratio(inverse=True)),
    ("Không có khiếu nại: 1; có khiếu nại: 0", 1, levels(("Không có khiếu nại", 1), ("có khiếu nại", 0))),
    (
        "TỪ 80% - 100% THÌ ĐIỂM ĐƯỢC TÍNH THEO\nCÔNG THỨC: TỶ LỆ % × ĐIỂM TỐI ĐA; DƯỚI 80%: 0 ĐIỂM",
        2,
        ratio(from_="80%"),
    ),
    (
        "KỊP THỜI: 1\nKHÔNG KỊP THỜI: 0,5\nKHÔNG BAN HÀNH: 0",
        1,
        levels(("KỊP THỜI", 1), ("KHÔNG KỊP THỜI", "0.5"), ("KHÔNG BAN HÀNH", 0)),
    ),
)

WISHES: Final[tuple[Phrasing, ...]] = (
    ("Có 01 sáng kiến được 0,5 điểm, tối đa 2 điểm", 2, each("0.5")),
    (
        "1. Từ 30% trở lên: 1\n2. Từ 20% đến dưới 30%: 0,5\n3. Dưới 20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên: 1; từ 20%\n- dưới 30%: 0,5; dưới\n20%: 0",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Trên 90%: 2 điểm\nTừ trên 70% đến 90%: 1 điểm\nTừ 70% trở xuống: 0 điểm",
        2,
        rates(("> 90%", 2), ("> 70%", 1), ("else", 0)),
    ),
    (
        ("100% số cơ quan, đơn vị: 1\nTừ 80% - dưới 100% số cơ quan, đơn vị: 0,5\nDưới 80% số cơ quan, đơn vị: 0"),
        1,
        rates((">= 100%", 1), (">= 80%", "0.5"), ("else", 0)),
    ),
    (
        "Từ 30% trở lên - 1 điểm; từ 20% đến dưới 30% - 0,5 điểm; dưới 20% - 0 điểm",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "1 điểm: từ 30% trở lên; 0,5 điểm: từ 20% đến dưới 30%; 0 điểm: dưới 20%",
        1,
        rates((">= 30%", 1), (">= 20%", "0.5"), ("else", 0)),
    ),
    (
        "Trên 10 cuộc kiểm tra: 1 điểm; từ 5 đến 10 cuộc: 0,5 điểm; dưới 5 cuộc: 0 điểm",
        1,
        values(("> 10", 1), (">= 5", "0.5"), ("else", 0)),
    ),
    ("Tỷ lệ % = b/a × 100%; điểm = tỷ lệ % × điểm tối đa", 2, ratio()),
    (
        ("Tỷ lệ % hoàn thành x điểm tối đa, trong đó tỷ lệ % hoàn thành = số nhiệm vụ hoàn thành/tổng số nhiệm vụ"),
        2,
        ratio(),
    ),
    (
        ("Đạt tỷ lệ dưới 80% thì không được tính điểm; từ 80% trở lên thì điểm = tỷ lệ % × điểm tối đa"),
        2,
        ratio(from_="80%"),
    ),
    (
        "Không gửi 01 báo cáo trừ 0,5 điểm, gửi chậm 01 báo cáo trừ 0,25 điểm",
        1,
        less(("Không gửi báo cáo", "0.5"), ("gửi chậm báo cáo", "0.25")),
    ),
    (
        "Ban hành kịp thời được 1 điểm, không kịp thời được 0,5 điểm, không ban hành được 0 điểm",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "a. Ban hành kịp thời: 1\nb. không kịp thời: 0,5\nc. không ban hành: 0",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Ban hành kịp thời/1 điểm; không kịp thời/0,5 điểm; không ban hành/0 điểm",
        1,
        levels(("Ban hành kịp thời", 1), ("không kịp thời", "0.5"), ("không ban hành", 0)),
    ),
    (
        "Tuyên truyền từ 3 hình thức trở lên: 1; từ 1 đến 2 hình thức: 0,5; không tuyên truyền: 0",
        1,
        values((">= 3", 1), (">= 1", "0.5"), ("else", 0)),
    ),
    ("Từ 80% trở lên: điểm tối đa; dưới 80%: tỷ lệ %/80% × điểm tối đa", 2, ratio(full_at="80%")),
    ("Không phát sinh hồ sơ: điểm tối đa; có phát sinh: tỷ lệ % đúng hạn × điểm tối đa", 2, ratio(zero_total="full")),
)
