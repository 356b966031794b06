"""The invented units, how large their counts are, and the cases that are told by hand instead of drawn.

No province has one of these names; those of districts and communes are invented too, whoever else may bear one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figures import Inputs

Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """What one table is made of.

    Attributes:
        name: of the table.
        edition: the file of the edition.
        units: the units, each with its group or "".
        long: whether the table has one line for each input.
        least: how well the worst of them do, in thousandths.
        lifts: how much better or worse than drawn some do.
        sizes: what the counts of a leaf are out of, at least and at most.
        percents: the leaves of which only a percentage is known.
        scales: the worst and the best value of a leaf that compares units, and their decimals.
        late: the leaves whose counts are what others left undone.
        twins: a unit, another one that gets the same figures, and a period: the leaves whose figures change places, so
            that both still have the same points in all.
        told: unit, period, stage or "both", and leaf: its inputs, or why it does not apply.
        absent: what nobody observed.
        facts: what is said of a unit beside its leaves.
        note, noted: what is noted where the appraisal changed one of these leaves.
        evidence: by leaf what a unit shows for it.
    """

    name: str
    edition: str
    units: dict[str, str]
    long: bool = False
    least: int = 700
    lifts: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]]
    percents: frozenset[str] = frozenset()
    scales: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    late: dict[str, tuple[str, ...]]
    twins: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    told: dict[tuple[str, str, str, str], Inputs | str]
    absent: frozenset[Key] = frozenset()
    facts: tuple[tuple[Key, str, str], ...] = ()
    note: str = ""
    noted: frozenset[str] = frozenset()
    evidence: dict[str, str] = field(default_factory=dict)


def named(prefix: str, names: str, group: str = "") -> dict[str, str]:
    """Return the units of one group."""
    return {f"{prefix} {name.strip()}": group for name in names.split(",")}


def answers(group: str, *counts: int) -> Inputs:
    """Return what a group of leaders answered, the best answer first."""
    return {f"{group}/{key}": str(n) for key, n in zip(("very-good", "good", "fair", "poor"), counts, strict=True)}


PROVINCES = Table(
    name="par-provinces",
    edition="example.par.province@2023.toml",
    units={
        **named("Thành phố", "Lam Châu, Minh Trạch, Ngọc Ngạn, Thanh Ngạn, Vân Đô", "city"),
        **named(
            "Tỉnh",
            "An Hòa, Bích Giang, Cẩm Nguyên, Diên Trạch, Giao Xuyên, Hạc Châu, Hiền Giang, Hoa Khê, Hồng Dương, "
            "Khánh Trạch, Kim Nguyên, Lạc Giang, Lam Xuyên, Linh Xuyên, Mai Giang, Minh Khê, Ngân Châu, Ngọc Xuyên, "
            "Nhật Giang, Phong Trạch, Phúc Nguyên, Quế Giang, Sa Giang, Thiên Giang, Thủy Châu, Trúc Xuyên, "
            "Tường Châu, Vọng Hải",
            "plain",
        ),
        **named(
            "Tỉnh",
            "An Lĩnh, Bạch Nham, Bích Nham, Cẩm Lĩnh, Diên Lĩnh, Đại Nham, Giao Lĩnh, Hạc Nham, Hồng Lâm, Khánh Lĩnh, "
            "Kim Lĩnh, Lạc Nham, Lam Lĩnh, Linh Nham, Mai Lĩnh, Minh Lĩnh, Mộc Nguyên, Ngân Lĩnh, Ngọc Nham, "
            "Nguyệt Nham, Phong Lĩnh, Phượng Lâm, Quế Lĩnh, Thạch Nguyên, Thanh Nham, Thiên Lĩnh, Tùng Lĩnh, "
            "Tuyết Nham, Vân Nham, Yên Lĩnh",
            "mountain",
        ),
    },
    least=720,
    lifts={"Thành phố Lam Châu": 90, "Tỉnh Vọng Hải": 60, "Tỉnh Tuyết Nham": -130},
    sizes={
        "1.1.2": (25, 60),
        "1.3.1": (25, 40),
        "1.3.2": (0, 25),
        "1.4.1": (40, 160),
        "2.1.1": (0, 45),
        "2.2.3": (0, 12),
        "2.3.2": (0, 30),
        "2.3.3": (30, 80),
        "3.1.1": (10, 60),
        "3.1.2": (1, 25),
        "3.2.1": (40, 200),
        "3.3.1": (1300, 1900),
        "3.3.3": (1300, 1900),
        "3.4.1": (30_000, 220_000),
        "3.4.2": (60_000, 400_000),
        "3.4.3": (150_000, 900_000),
        "4.1.3": (400, 1100),
        "4.3.2": (0, 18),
        "4.3.3": (0, 10),
        "5.1.1": (30, 50),
        "5.1.2": (400, 1100),
        "5.4.3": (1800, 6500),
        "5.5.1": (800, 4000),
        "6.1.1": (2500, 14_000),
        "6.1.2": (3000, 45_000),
        "6.1.4": (0, 90),
        "6.2.2": (200, 2400),
        "6.3.2": (150, 900),
        "6.3.3": (400, 1100),
        "7.1.2": (15, 45),
        "7.2.1": (200_000, 900_000),
        "7.2.2": (80, 240),
        "7.3.1": (400, 1000),
        "7.3.2": (150_000, 900_000),
        "7.3.3": (60_000, 500_000),
        **dict.fromkeys(
            ("1.6.1", "1.6.2", "2.4.1", "2.4.2", "2.4.3", "3.5.1", "3.5.2", "4.4.1", "4.4.2", "5.6.1", "5.6.2"),
            (36, 90),
        ),
        **dict.fromkeys(("5.6.3", "5.6.4", "6.4.1", "6.4.2", "6.4.3", "7.5.1", "7.5.2", "7.5.3"), (36, 90)),
    },
    percents=frozenset({"4.2.2", "7.3.4"}),
    scales={
        "8.2.1": (35, 195, 2),
        "8.2.2": (-60, 285, 1),
        "8.2.3": (42, 11, 1),
        "8.3.1": (210, 1240, 2),
        "8.3.2": (1460, 35, 2),
    },
    late={"1.4.2": ("1.4.1",), "3.4.4": ("3.4.1", "3.4.2", "3.4.3")},
    twins={
        ("Tỉnh Cẩm Nguyên", "Tỉnh Nhật Giang", "2024"): ("2.4.1", "5.6.1"),
        ("Tỉnh Mộc Nguyên", "Tỉnh Nguyệt Nham", "2023"): ("6.4.1", "6.4.3"),
    },
    told={
        # On an edge, and just below it.
        ("Tỉnh An Hòa", "2024", "both", "7.3.1"): {"done": "456", "total": "800"},
        ("Tỉnh Bích Giang", "2024", "both", "7.3.1"): {"done": "455", "total": "800"},
        ("Tỉnh Diên Lĩnh", "2024", "both", "3.3.1"): {"percent": "57"},
        ("Tỉnh Hạc Châu", "2024", "both", "3.3.1"): {"percent": "56.99%"},
        ("Tỉnh Minh Khê", "2024", "both", "1.3.1"): {"done": "9", "total": "30"},
        ("Tỉnh Kim Lĩnh", "2024", "both", "1.3.1"): {"done": "6", "total": "30"},
        ("Tỉnh Giao Xuyên", "2024", "both", "3.2.1"): {"done": "90", "total": "100"},
        ("Tỉnh Ngân Châu", "2024", "both", "3.2.1"): {"done": "91", "total": "101"},
        ("Tỉnh Hoa Khê", "2024", "both", "5.4.3"): {"done": "2450", "total": "2500"},
        ("Tỉnh Quế Giang", "2024", "both", "5.4.3"): {"done": "2449", "total": "2500"},
        ("Tỉnh Mai Giang", "2024", "both", "3.4.1"): {"done": "45000", "total": "50000"},
        ("Tỉnh Phúc Nguyên", "2024", "both", "3.4.1"): {"done": "44999", "total": "50000"},
        ("Tỉnh Ngọc Nham", "2024", "both", "2.3.3"): {"done": "10", "total": "50"},
        ("Tỉnh Khánh Lĩnh", "2024", "both", "2.3.3"): {"done": "11", "total": "50"},
        ("Tỉnh Lạc Giang", "2024", "both", "6.3.2"): {"done": "45.5", "total": "455.0"},
        ("Thành phố Thanh Ngạn", "2024", "both", "6.1.2"): {"done": "22050.0", "total": "21000.0"},
        ("Tỉnh Tường Châu", "2024", "both", "6.1.2"): {"done": "8100.0", "total": "9000.0"},
        ("Tỉnh Ngân Lĩnh", "2024", "both", "4.2.2"): {"percent": "0.95%"},
        # The worst that a leaf gives, below 0 too; a criterion at exactly 0 keeps the better grades away.
        ("Tỉnh Mai Lĩnh", "2024", "both", "1.1.1"): {"level": "none"},
        ("Tỉnh Diên Lĩnh", "2023", "both", "4.3.1"): {"level": "none"},
        ("Tỉnh Thiên Giang", "2023", "both", "1.2"): {"late": "1", "quarter-absent": "0", "year-absent": "1"},
        ("Tỉnh Kim Nguyên", "2024", "appraised", "5.3"): {"not-qualified": "3", "wrong-procedure": "0"},
        ("Tỉnh Trúc Xuyên", "2024", "appraised", "5.3"): {"not-qualified": "4", "wrong-procedure": "2"},
        ("Tỉnh Quế Lĩnh", "2024", "both", "5.4.2"): {"head": "2", "division": "0", "staff": "3"},
        ("Tỉnh Giao Lĩnh", "2023", "both", "4.1.2"): {"over-number": "3"},
        ("Tỉnh Giao Lĩnh", "2024", "both", "4.1.2"): {"over-number": "2"},
        ("Tỉnh Linh Xuyên", "2024", "appraised", "4.1.2"): {"over-number": "3"},
        ("Thành phố Ngọc Ngạn", "2024", "both", "7.4"): {"points": "0"},
        ("Thành phố Vân Đô", "2024", "both", "4.3.2"): {"done": "0", "total": "9"},
        # Nothing to count.
        ("Thành phố Minh Trạch", "2024", "both", "4.3.2"): {"done": "0", "total": "0"},
        ("Tỉnh Hiền Giang", "2024", "both", "2.2.3"): {"total": "0", "done": "0", "partly": "0"},
        ("Tỉnh Hồng Dương", "2024", "both", "1.3.2"): {"total": "0", "fixed": "0", "partly": "0"},
        ("Tỉnh Sa Giang", "2024", "both", "6.1.4"): {"done": "0", "total": "0"},
        ("Tỉnh Thiên Lĩnh", "2024", "both", "3.1.2"): {"done": "0", "total": "0"},
        ("Thành phố Lam Châu", "2024", "appraised", "4.4.1"): {
            **answers("province", 31, 12, 3, 0),
            **answers("department", 28, 15, 2, 1),
            **answers("district", 0, 0, 0, 0),
        },
        ("Tỉnh Thủy Châu", "2023", "both", "5.2"): "không tổ chức tuyển dụng trong năm",
        ("Tỉnh Bạch Nham", "2024", "both", "5.2"): "không tổ chức tuyển dụng trong năm",
        ("Tỉnh Phong Lĩnh", "2024", "both", "6.3.1"): "mọi đơn vị đã tự chủ từ năm trước",
    },
)

DISTRICTS = Table(
    name="par-districts",
    edition="example.par.district@2023.toml",
    units={
        **named("Huyện", "Bắc Khê, Đông Nham, Hà Trạch, Long Nham, Nam Trạch, Phú Nham, Sơn Trạch, Tây Lĩnh"),
        **named("Thị xã", "Hạc Trạch, Ngọc Khê"),
    },
    lifts={"Huyện Tây Lĩnh": -150},
    sizes={
        "1.2": (20, 45),
        "1.3.1": (30, 90),
        "1.5.1": (18, 35),
        "1.5.2": (0, 20),
        "2.2": (0, 15),
        "3.1": (8, 30),
        "3.3": (0, 9),
        "3.4": (60, 180),
        "5.1": (70, 130),
        "5.2": (60, 240),
        "5.4": (180, 420),
        "6.1": (60_000, 480_000),
        "6.2": (30, 90),
        "7.1": (8000, 40_000),
        "7.2": (6000, 30_000),
        "7.3": (4000, 20_000),
        "7.4.1": (6000, 30_000),
        "7.4.2": (6000, 30_000),
        "8.1.1": (6000, 30_000),
        "8.1.2": (20_000, 90_000),
    },
    percents=frozenset({"7.1"}),
    late={"1.3.2": ("1.3.1",), "8.1.3": ("8.1.1", "8.1.2")},
    told={
        ("Huyện Long Nham", "2024", "both", "1.3.1"): {"done": "46", "total": "61"},
        ("Huyện Tây Lĩnh", "2023", "both", "7.2"): {"done": "2100", "total": "10000"},
        ("Huyện Bắc Khê", "2024", "both", "5.4"): {"done": "285", "total": "300"},
        ("Huyện Phú Nham", "2024", "both", "6.2"): {"done": "30", "total": "50"},
        ("Huyện Nam Trạch", "2024", "both", "3.3"): {"done": "0", "total": "0"},
        ("Thị xã Ngọc Khê", "2023", "both", "3.3"): {"done": "0", "total": "0"},
        ("Huyện Hà Trạch", "2024", "both", "1.5.2"): {"total": "0", "fixed": "0", "partly": "0"},
        ("Huyện Nam Trạch", "2024", "both", "8.1.1"): {"done": "18240", "total": "18240"},
        ("Huyện Nam Trạch", "2024", "both", "8.1.2"): {"done": "51377", "total": "51377"},
        ("Huyện Sơn Trạch", "2023", "both", "5.2"): "không có kế hoạch đào tạo trong năm",
        ("Thị xã Hạc Trạch", "2024", "both", "6.1"): "không được giao vốn đầu tư công trong năm",
        # Prints as 90.00 and is graded by that; prints as what another one prints, and shares its rank.
        ("Thị xã Hạc Trạch", "2023", "appraised", "8.3"): {"value": "97.74"},
        ("Huyện Đông Nham", "2023", "appraised", "8.3"): {"value": "78.35"},
        # With 6.2 the whole domain does not apply, and its maximum goes to the other domains.
        ("Huyện Đông Nham", "2024", "both", "6.1"): "không được giao vốn đầu tư công trong năm",
        ("Huyện Đông Nham", "2024", "both", "6.2"): "không có đơn vị sự nghiệp trực thuộc",
    },
)

COMMUNES = Table(
    name="par-communes",
    edition="example.par.commune@2023.toml",
    units={
        **named(
            "Phường",
            "Bích Khê, Hoa Lĩnh, Kim Khê, Lam Khê, Minh Sa, Ngọc Trạch, Nhật Khê, Phúc Nham, Thanh Sa, Vân Khởi, "
            "Viên Khê, Yên Sa",
            "ward",
        ),
        **named(
            "Xã",
            "Bắc Nham, Diên Khê, Đông Sa, Giao Khê, Hạ Nham, Hiền Khê, Linh Khê, Mai Nham, Mộc Khê, Nam Nham, "
            "Nguyệt Khê, Quế Khê, Sao Khê, Sơn Nham, Tây Nham, Thủy Khê, Thượng Nham, Trúc Nham, Trung Nham, "
            "Tùng Khê, Tuyết Khê, Vọng Khê",
            "commune",
        ),
        **named("Thị trấn", "Cẩm Nham, Hạc Khê, Khánh Nham, Phong Nham, Thiên Khê, Tường Khê", "town"),
    },
    long=True,
    lifts={"Phường Vân Khởi": 260, "Xã Hiền Khê": 150, "Xã Sao Khê": -330, "Thị trấn Hạc Khê": -190},
    sizes={
        "1.2": (15, 60),
        "1.5": (1, 4),
        "2.3": (0, 9),
        "3.1": (900, 6000),
        "3.3": (400, 3000),
        "3.4": (0, 8),
        "3.5": (900, 6000),
        "4.1": (900, 6000),
        "4.2": (300, 2500),
        "4.3": (900, 6000),
        "5.2": (0, 25),
        "6.1": (0, 30),
        "6.2": (0, 12),
        "7": (40, 120),
    },
    late={"3.2": ("3.1",)},
    twins={("Phường Hoa Lĩnh", "Phường Lam Khê", "2023"): ()},
    told={
        ("Xã Mộc Khê", "2024", "both", "1.2"): {"done": "57", "total": "100"},
        ("Xã Tùng Khê", "2024", "both", "1.2"): {"done": "56", "total": "100"},
        ("Phường Viên Khê", "2024", "both", "3.3"): {"done": "1485", "total": "1500"},
        # Not applicable: excluded, redistributed, in full, zero; by the rule and by somebody's word.
        ("Xã Bắc Nham", "2024", "both", "3.4"): {"done": "0", "total": "0"},
        ("Xã Diên Khê", "2024", "both", "3.5"): "chưa có điểm phục vụ bưu chính",
        ("Phường Kim Khê", "2024", "both", "5.3"): "chưa phát động tuyến phố văn minh",
        ("Phường Ngọc Trạch", "2024", "both", "2.3"): {"total": "0", "fixed": "0", "partly": "0"},
        ("Xã Vọng Khê", "2023", "both", "4.2"): "chưa có hạ tầng thanh toán trực tuyến",
        ("Xã Tuyết Khê", "2024", "both", "4.2"): "chưa có hạ tầng thanh toán trực tuyến",
        ("Thị trấn Thiên Khê", "2024", "both", "6.1"): {"done": "0", "total": "0"},
        ("Thị trấn Thiên Khê", "2024", "both", "6.2"): {"done": "0", "total": "0"},
        ("Phường Minh Sa", "2024", "both", "6.1"): "không phát sinh đơn thư",
        ("Phường Minh Sa", "2024", "both", "6.2"): "không phát sinh vụ việc",
        ("Xã Nam Nham", "2024", "both", "3.1"): {"done": "3128", "total": "3128"},
        ("Phường Phúc Nham", "2024", "both", "3.1"): {"done": "4410", "total": "4410"},
        ("Phường Nhật Khê", "2023", "both", "3.2"): "hồ sơ trễ do thiên tai",
        ("Xã Trúc Nham", "2024", "both", "1.5"): "không đăng ký sáng kiến",
        ("Thị trấn Cẩm Nham", "2023", "both", "1.5"): "không đăng ký sáng kiến",
        ("Xã Linh Khê", "2023", "appraised", "7"): {
            "very-satisfied": "0",
            "satisfied": "0",
            "neutral": "0",
            "dissatisfied": "0",
        },
        # With 5.1.2 the whole domain does not apply.
        ("Xã Giao Khê", "2024", "both", "5.1.1"): "đã chuyển sang lập đề án đô thị",
        ("Xã Giao Khê", "2024", "both", "5.1.2"): "đã chuyển sang lập đề án đô thị",
        # Points outside the base, within their caps and over them, and up to the cap of the index.
        ("Phường Vân Khởi", "2024", "appraised", "bonus-award"): {"level": "province"},
        ("Phường Vân Khởi", "2024", "appraised", "bonus-model"): {"count": "2"},
        ("Xã Hiền Khê", "2024", "appraised", "bonus-model"): {"count": "1"},
        ("Xã Quế Khê", "2024", "both", "bonus-award"): {"level": "district"},
        ("Xã Quế Khê", "2023", "appraised", "bonus-award"): "chưa xét khen thưởng",
        ("Xã Sơn Nham", "2024", "appraised", "penalty-discipline"): {"count": "2"},
        ("Xã Sao Khê", "2023", "appraised", "penalty-discipline"): {"count": "5"},
        ("Xã Sao Khê", "2023", "appraised", "penalty-press"): {"level": "open"},
        ("Xã Trung Nham", "2024", "appraised", "penalty-press"): {"level": "mended"},
    },
    absent=frozenset({("Xã Thủy Khê", "2024", "self")}),
    facts=(
        (("Phường Phúc Nham", "2024", ""), "event", "reprimanded"),
        (("Xã Linh Khê", "2024", ""), "event", "warned"),
        (("Xã Thủy Khê", "2024", "appraised"), "event", "no-self-assessment"),
        (("Xã Sao Khê", "2023", "appraised"), "event", "reprimanded"),
        (("Xã Sao Khê", "2023", "appraised"), "event", "warned"),
        (("Xã Hạ Nham", "2023", ""), "unranked", "mới chia tách, số liệu chưa đủ một năm"),
    ),
    note="điều chỉnh theo tài liệu kiểm chứng",
    noted=frozenset({"1.1", "1.3", "2.1", "2.2"}),
    evidence={"1.1": "Kế hoạch cải cách hành chính năm", "1.3": "Sổ theo dõi báo cáo"},
)

TABLES = (PROVINCES, DISTRICTS, COMMUNES)
