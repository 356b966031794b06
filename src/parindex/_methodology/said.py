"""How closed words of the file format read in Vietnamese and English, wherever they are printed."""

from __future__ import annotations

from typing import Final

COMPLETENESS: Final = {
    "full": ("đầy đủ", "full"),
    "outline": ("khung, chỉ gồm phần đã biết", "outline, the known parts only"),
    "entry": ("chỉ ghi nhận, không chấm được", "known to exist, cannot score"),
}
STATUS: Final = {
    "official": ("chính thức", "official"),
    "derived": ("suy ra", "derived"),
    "illustrative": ("minh họa", "illustrative"),
}
NOT_APPLICABLE: Final = {
    "exclude": ("loại khỏi điểm và điểm tối đa", "left out of points and maximum"),
    "redistribute": ("chia lại điểm tối đa cho các tiêu chí cùng cấp", "its maximum shared by its siblings"),
    "full": ("tính đủ điểm", "counts in full"),
    "zero": ("tính 0 điểm", "counts zero"),
}
MODES: Final = {
    "half-up": ("làm tròn nửa lên", "half away from zero"),
    "half-even": ("làm tròn nửa về số chẵn", "half to even"),
    "truncate": ("cắt bỏ phần dư", "truncated"),
    "ceiling": ("làm tròn lên", "rounded up"),
    "floor": ("làm tròn xuống", "rounded down"),
}
