"""A comparison as text and as a JSON document: who moved, and what of each unit improved, fell, and stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex._methodology.words import Headline, Writer
from parindex._render.documents import exact, identity, printed
from parindex._render.tables import aligned, heading
from parindex.analysis.changes import Movement, places_moved
from parindex.analysis.effects import Unsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from parindex._methodology.words import Lang
    from parindex._numbers import Rounding
    from parindex.analysis.changes import BoardChange, NodeChange, UnitChange
    from parindex.analysis.effects import Effect

_WAYS = (
    (Movement.IMPROVED, "Tăng", "Improved"),
    (Movement.FELL, "Giảm", "Fell"),
    (Movement.KEPT, "Giữ nguyên", "Kept"),
    (Movement.APPEARED, "Mới có", "Appeared"),
    (Movement.VANISHED, "Không còn", "Vanished"),
    (Movement.UNKNOWN, "Chưa rõ", "Not known"),
)

_UNSPLIT = {
    Unsplit.HEADLINE: (
        "Không tách được ảnh hưởng của cách tính: hai bộ chỉ số công bố hai loại số liệu",
        "What the rules did cannot be told: the two methodologies publish different figures",
    ),
    Unsplit.NOT_FINAL: (
        "Không tách được ảnh hưởng của cách tính: một trong hai kết quả chưa có số liệu cuối cùng",
        "What the rules did cannot be told: one of the two results has no final figure",
    ),
    Unsplit.POPULATION: (
        "Không tách được ảnh hưởng của cách tính: điểm so sánh giữa các đơn vị cần đủ số liệu của mọi đơn vị",
        "What the rules did cannot be told: points that compare units need the data of all of them",
    ),
    Unsplit.DATA: (
        "Không tách được ảnh hưởng của cách tính: số liệu không chấm được theo bộ chỉ số kia",
        "What the rules did cannot be told: the data cannot be scored under the other methodology",
    ),
}


def signed(value: Fraction | None, writer: Writer) -> str:
    """Return a change as it is printed, "+0,25", "−0,25", "0,00"; "–" where it is not known."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "−" if value < 0 else "") + writer.printed(abs(value))


def board_change_text(change: BoardChange, lang: Lang) -> str:
    """Return the units of both boards by their later rank, and who appeared, vanished or merged."""
    methodology = change.after.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    by_index = methodology.headline is Headline.INDEX
    figure = writer.pick("Chỉ số %", "Index %") if by_index else writer.pick("Điểm", "Points")
    before, after = writer.pick("trước", "before"), writer.pick("sau", "after")
    rows = [
        [
            writer.pick("Hạng", "Rank"),
            writer.pick("Đơn vị", "Unit"),
            f"{figure} {before}",
            f"{figure} {after}",
            writer.pick("Thay đổi", "Change"),
            writer.pick("Thứ hạng", "Places"),
        ]
    ]
    for each in sorted(change, key=lambda one: one.rank_after or len(change.after) + 1):
        ends = (each.before.headline, each.after.headline)
        rows.append(
            [
                str(each.rank_after or "–"),
                each.unit,
                *("–" if end is None else writer.printed(end) for end in ends),
                signed(each.index if by_index else each.points, writer),
                places_moved(each.moved, lang),
            ]
        )
    told = [heading(methodology, writer), *_from_methodology(change, writer), ""]
    told += aligned(rows, right=frozenset({0, 2, 3, 4}))
    counts = {way: len(change.went(way)) for way, _, _ in _WAYS[:3]}
    told += ["", ", ".join(f"{writer.pick(vi, en)}: {counts[way]}" for way, vi, en in _WAYS[:3])]
    told += _strangers(change, writer)
    return "\n".join(told) + "\n"


def _from_methodology(change: BoardChange, writer: Writer) -> Iterator[str]:
    older, newer = change.before.methodology, change.after.methodology
    if older.fingerprint != newer.fingerprint:
        yield writer.pick(f"So với {older.name}", f"Compared with {older.name}")


def _strangers(change: BoardChange, writer: Writer) -> Iterator[str]:
    for new, old in change.spelled:
        doubt = writer.pick(" (cần kiểm tra có phải một đơn vị)", " (check that it is one unit)")
        yield writer.pick(f"{new}: trước ghi là {old}", f"{new}: spelled {old} before") + (
            doubt if new in change.unsure else ""
        )
    for each in change.merged:
        names = ", ".join(card.unit for card in each.before)
        yield writer.pick(f"{each.unit}: hợp nhất từ {names}", f"{each.unit}: merged from {names}")
    for label, units in (
        (writer.pick("Mới có", "Appeared"), change.appeared),
        (writer.pick("Không còn", "Vanished"), change.vanished),
    ):
        if units:
            yield f"{label}: {', '.join(units)}"


def unit_change_text(change: UnitChange, lang: Lang) -> str:
    """Return what of one unit improved, fell and stayed, node by node, and what the rules did."""
    methodology = change.after.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    told = [heading(methodology, writer), "", _whole(change, writer)]
    if change.regrouped:
        groups = [each.group or writer.pick("(không có nhóm)", "(no group)") for each in (change.before, change.after)]
        told.append(writer.pick(f"Nhóm: {groups[0]} → {groups[1]}", f"Group: {groups[0]} → {groups[1]}"))
    if change.effect is not None:
        told += _effect_text(change.effect, writer)
    if change.unsplit is not None:
        told.append(writer.pick(*_UNSPLIT[change.unsplit]))
    for way, vi, en in _WAYS:
        nodes = change.went(way)
        if nodes and way is not Movement.KEPT:
            told += ["", f"{writer.pick(vi, en)}:"]
            told += aligned(_node_rows(nodes, change, writer), right=frozenset({2, 3, 4, 5}))
    kept = [each.key for each in change.went(Movement.KEPT)]
    told += ["", f"{writer.pick('Giữ nguyên', 'Kept')}: {', '.join(kept)}"] if kept else []
    return "\n".join(told) + "\n"


def _whole(change: UnitChange, writer: Writer) -> str:
    ends = ["–" if end is None else writer.printed(end) for end in (change.before.headline, change.after.headline)]
    by_index = change.after.methodology.headline is Headline.INDEX
    named = change.unit
    if change.before_unit != change.unit:
        named += writer.pick(f" (trước: {change.before_unit})", f" (before: {change.before_unit})")
    text = f"{named}: {ends[0]} → {ends[1]} ({signed(change.index if by_index else change.points, writer)})"
    moved = places_moved(change.moved, writer.lang)
    if not moved:
        return text
    ranks = f"{change.rank_before} → {change.rank_after}"
    return f"{text}; {writer.pick('thứ hạng', 'rank')} {ranks} ({moved})"


def _node_rows(nodes: Sequence[NodeChange], change: UnitChange, writer: Writer) -> list[list[str]]:
    rows = [
        [
            "",
            writer.pick("Tiêu chí", "Criterion"),
            writer.pick("Trước", "Before"),
            writer.pick("Sau", "After"),
            writer.pick("Thay đổi", "Change"),
            writer.pick("Chỉ số %", "Index %"),
            writer.pick("Thứ hạng", "Places"),
        ]
    ]
    for node in nodes:
        side = change.before if node.id is None else change.after
        ends = [None if one is None else one.points for one in (node.before, node.after)]
        rows.append(
            [
                node.key,
                side.methodology[node.key].title.get(writer.lang, node.key),
                *("–" if end is None else writer.printed(end) for end in ends),
                signed(node.points, writer),
                signed(node.index, writer),
                places_moved(node.moved, writer.lang),
            ]
        )
    return rows


def _effect_text(effect: Effect, writer: Writer) -> Iterator[str]:
    rules, data = signed(effect.rules, writer), signed(effect.data, writer)
    yield writer.pick(f"Do cách tính: {rules}; do kết quả: {data}", f"By the rules: {rules}; by the data: {data}")
    if effect.not_carried or effect.not_carried_back:
        names = ", ".join(dict.fromkeys([*effect.not_carried, *effect.not_carried_back]))
        yield writer.pick(
            f"Không chấm lại được bằng số liệu năm kia, tính vào cách tính: {names}",
            f"Could not be scored with the other year's data, counted with the rules: {names}",
        )
    if effect.unsure:
        names = ", ".join(effect.unsure)
        yield writer.pick(
            f"Chấm lại theo tiêu chí chỉ giống về tên, cần kiểm tra: {names}",
            f"Scored as the same criteria by their titles alone, to be checked: {names}",
        )


def change_document(change: BoardChange) -> dict[str, Any]:
    """Return ``parindex.comparison/1``."""
    return {
        "format": "parindex.comparison/1",
        "before": identity(change.before.methodology),
        "after": identity(change.after.methodology),
        "units": [_unit(each) for each in change],
        "merged": [{"unit": each.unit, "before": [card.unit for card in each.before]} for each in change.merged],
        "spelled": [{"unit": new, "before": old, "sure": new not in change.unsure} for new, old in change.spelled],
        "appeared": list(change.appeared),
        "vanished": list(change.vanished),
    }


def _unit(change: UnitChange) -> dict[str, Any]:
    rounding = change.after.methodology.policy.print_rounding
    nodes = [
        {
            "id": node.id,
            "before_id": node.before_id,
            "sure": node.sure,
            "taken_off": node.taken_off,
            **_moved(node, rounding),
        }
        for node in change.nodes.values()
    ]
    return {
        "unit": change.unit,
        "before_unit": change.before_unit,
        **_moved(change, rounding),
        "group_before": change.before.group,
        "group": change.after.group,
        "effect": None if change.effect is None else _effect(change.effect),
        "unsplit": None if change.unsplit is None else str(change.unsplit),
        "nodes": nodes,
    }


def _moved(change: UnitChange | NodeChange, rounding: Rounding) -> dict[str, Any]:
    """Return what units and nodes have alike."""
    return {
        "movement": str(change.movement),
        "points": printed(change.points, rounding),
        "points_exact": exact(change.points),
        "index": printed(change.index, rounding),
        "index_exact": exact(change.index),
        "rank_before": change.rank_before or None,
        "rank_after": change.rank_after or None,
        "moved": change.moved,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "rules_exact": exact(effect.rules),
        "data_exact": exact(effect.data),
        "rules_first_exact": [exact(each) for each in effect.rules_first],
        "data_first_exact": [exact(each) for each in effect.data_first],
        "not_carried": list(effect.not_carried),
        "not_carried_back": list(effect.not_carried_back),
        "unsure": list(effect.unsure),
    }
