"""The closed sets of words that decide what a phrasing can mean; one that is met anew is added here."""

from __future__ import annotations

import re
from typing import Final


def words(*listed: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, each standing alone."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE)


OTHER_CONDITION: Final = re.compile(
    words(
        *("và", "hoặc", "hay", "không", "chưa", "nhưng", "đồng thời", "trừ", "cộng", "mà", "kịp thời", "ngoài", "mỗi"),
        *(
            "cứ",
            "thêm",
            "riêng",
            "trong đó",
            "đối với",
            "từng",
            "mọi",
            "tất cả",
            "lẫn",
            "cùng",
            "bình quân",
            "trung bình",
        ),
        *("and", "or", "not", "but", "each", "every", "average"),
    ).pattern
    + r"|[^\w\s%]",
    re.IGNORECASE,
)
"""What makes a condition more than one condition."""

SCOPE: Final = words(
    *("kèm", "kèm theo", "minh chứng", "với", "trong", "sau", "trước", "khi", "liên tục", "điều kiện", "loại", "theo"),
    *("xem xét", "từng", "tối đa", "có thể", "hai", "ba", "bốn", "phần", "do", "của", "bằng", "nếu", "if", "when"),
)
"""What narrows a condition down beside the measure itself; in the name of a rate it is part of the name."""

CHANGE: Final = words(
    *(
        "tăng",
        "giảm",
        "so với",
        "vượt",
        "năm trước",
        "cùng kỳ",
        "kỳ trước",
        "hơn",
        "cải thiện",
        "chênh lệch",
        "biến động",
    ),
    *("rise", "fall", "growth"),
)
"""What makes a figure one of change: neither a share nor a count."""

PLACE: Final = words("hạng", "thứ", "thứ hạng", "xếp", "xếp hạng", "rank", "place")
"""What makes a figure a place, where less is more."""

NOT_PLAIN: Final = words(
    *("bình phương", "lập phương", "căn", "lũy thừa", "trung bình", "bình quân", "cao nhất", "thấp nhất", "lớn nhất"),
    *("nhỏ nhất", "gấp", "đôi", "nửa", "hệ số", "squared", "average", "highest", "lowest", "double", "half"),
)
"""What makes a quantity another one than its name says."""

TOTAL: Final = words("tổng", "toàn bộ", "được giao", "phải", "tiếp nhận", "phát sinh", "total", "all")
"""What names a whole, which a formula divides by."""

LATE: Final = words(
    *(
        "trễ",
        "chậm",
        "muộn",
        "quá hạn",
        "quá thời hạn",
        "vi phạm",
        "sai",
        "thiếu",
        "lỗi",
        "không",
        "chưa",
        "tồn",
        "tồn đọng",
    ),
    *("late", "overdue", "missing", "wrong", "not"),
    *("bị", "trả lại", "hủy", "mất"),
)
"""What a rate is better without."""


MODAL: Final = re.compile(
    r"(?<!\w)(?:không|chưa|tối đa|tối thiểu|có thể|ít nhất|nhiều nhất|giảm|xem xét|miễn|khoảng|quá|trên|dưới|hơn"
    r"|đến|thêm"
    r"|được|bị|cộng|trừ|phải|nên|sẽ|chỉ|từ|may|not|up to|about)\s*$",
    re.IGNORECASE,
)
"""What, before an amount, makes it another one, or none."""

NOT_ONE: Final = words(
    *("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "chục", "cặp", "đôi", "trăm", "nghìn", "nửa"),
    *(
        "phần",
        "điểm",
        "tối đa",
        "tối thiểu",
        "ít nhất",
        "khoảng",
        "không quá",
        "dưới",
        "trên",
        "có thể",
        "xem xét",
        "miễn",
    ),
    *("tiếp theo", "thứ", "trở đi", "từ", "ngoài", "tăng", "vượt", "tuần", "tháng", "quý", "giờ", "phút", "đồng"),
    *(
        "triệu",
        "tỷ",
        "nếu",
        "nhưng",
        "trừ",
        "đầu tiên",
        "khác",
        "còn lại",
        "bổ sung",
        "sau",
        "nhóm",
        "bậc",
        "hạng",
        "mức",
    ),
    *(
        "vài",
        "tá",
        "một",
        "nhiều",
        "two",
        "three",
        "percent",
        "if",
        "but",
        "except",
        "week",
        "month",
        "hour",
    ),
)
"""What "mỗi" is not followed by where each single one counts."""

LOSS: Final = words(
    *("trễ", "chậm", "muộn", "quá hạn", "vi phạm", "sai", "thiếu", "lỗi", "không", "chưa", "giảm", "bị", "mất", "tồn"),
    *(
        "tồn đọng",
        "phê bình",
        "nhắc nhở",
        "kỷ luật",
        "khiếu nại",
        "tiêu cực",
        "trả lại",
        "hủy",
        "hạn chế",
        "trái",
        "quá",
    ),
    *(
        "phàn nàn",
        "vắng",
        "nghỉ việc",
        "sự cố",
        "gián đoạn",
        "tham nhũng",
        "đơn thư",
        "late",
        "missing",
        "fault",
        "wrong",
    ),
    *(
        "yếu",
        "kém",
        "yếu kém",
        "nợ",
        "nợ đọng",
        "bỏ",
        "tai nạn",
        "tố cáo",
        "khiếu kiện",
        "error",
        "violation",
        "complaint",
    ),
    *("delayed", "overdue"),
)
"""What takes points off rather than adding them."""

WELCOME: Final = re.compile(
    r"(?:đơn vị|nội quy|quy chế|quy định|quy trình|sáng kiến|mô hình|giải pháp|đề tài|đề án|dự án|chương trình|cuộc|lớp"
    r"|hội nghị|hội thảo|hội thi|buổi|đợt|tin|bài|chuyên mục|chuyên đề|chuyên trang|phóng sự|văn bản|kế hoạch"
    r"|thủ tục|tthc"
    r"|dịch vụ|nội dung|nhiệm vụ|chỉ tiêu|tiêu chí|sản phẩm|phần mềm|hệ thống|ứng dụng|hồ sơ|báo cáo|cơ quan|xã|phường"
    r"|thôn|tổ|người|cán bộ|công chức|viên chức|học viên|giải thưởng|giải|bằng khen|giấy khen|danh hiệu|mục"
    r"|lĩnh vực|hạng mục"
    r"|initiative|inspection|report|document|article|course|model|plan|project|unit|item|rule|regulation)(?!\w)",
    re.IGNORECASE,
)
"""What may earn points one by one, at the beginning of a noun; whether anything else is welcome is not known."""

FREE_OF_FAULT: Final = words("không", "đầy đủ", "đúng", "kịp thời", "no", "on time", "complete")
"""What a level says that whoever commits no fault is on."""

COUNTED: Final = (
    r"(?:số|tổng số|hồ sơ|văn bản|nhiệm vụ|thủ tục|tthc|cơ quan|đơn vị|xã|phường|thôn|cán bộ|công chức|viên chức"
    r"|dịch vụ|chỉ tiêu"
    r"|cuộc|lần|lượt|sáng kiến|người|báo cáo|kiến nghị|phản ánh|mô hình|lớp|hội nghị|tin|bài|đề tài|giải pháp|ngày"
    r"|nội dung"
    r"|mục tiêu|vụ việc|trường hợp|chuyên mục|chuyên đề|đợt|buổi)(?!\w)"
)
"""What can be counted, at the beginning of a noun."""

ANY_TIME: Final = words("lần", "trường hợp", "vụ", "vụ việc", "lượt", "lỗi", "occurrence", "time", "case")
"""What every fault can be counted by."""
