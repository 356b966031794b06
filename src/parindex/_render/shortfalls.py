"""Gaps as text and as a JSON document: how the units stand at each node, and what one of them misses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex._methodology.words import Headline, Writer
from parindex._render.documents import exact, identity, printed
from parindex._render.tables import aligned, counted, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from parindex._methodology.words import Lang
    from parindex._numbers import Rounding
    from parindex.analysis.shortfalls import Gaps, GroupMean, NodeGap, Shortfall, UnitGap


def _shown(value: Fraction | None, writer: Writer) -> str:
    return "–" if value is None else writer.printed(value)


def gaps_text(gaps: Gaps, lang: Lang) -> str:
    """Return how the units stand at each node, who is in charge of what is missing, and the means of groups."""
    methodology = gaps.board.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    told = [heading(methodology, writer), ""]
    head = ["", writer.pick("Tiêu chí", "Criterion"), writer.pick("Trung bình", "Mean")]
    head += [writer.pick("Trung vị", "Median"), writer.pick("Cao nhất", "Best"), writer.pick("0 điểm", "At 0")]
    head += [writer.pick("Tối đa", "At max"), writer.pick("Điểm mất", "Lost")]
    rows = [head]
    for node in gaps.nodes.values():
        figures = [_shown(each, writer) for each in (node.mean, node.median, node.best)]
        shares = [f"{each.count}/{each.of}" for each in (node.at_zero, node.at_maximum)]
        title = methodology[node.id].title.get(lang, node.id)
        rows.append([node.id, title, *figures, *shares, _shown(node.lost, writer)])
    told += aligned(rows, right=frozenset(range(2, 8)))
    told += _leads(gaps.by_lead, writer)
    told += _unknown(list(dict.fromkeys(each.id for unit in gaps for each in unit.unknown)), writer)
    told += _means(gaps, writer)
    return "\n".join(told) + "\n"


def _leads(by_lead: dict[str | None, Fraction], writer: Writer) -> Iterator[str]:
    if set(by_lead) - {None}:
        yield ""
        yield writer.pick("Điểm mất theo cơ quan phụ trách:", "Points lost by who is in charge:")
        nobody = writer.pick("(chưa giao)", "(nobody named)")
        rows = [["", ""], *([lead or nobody, writer.printed(lost)] for lead, lost in by_lead.items())]
        yield from list(aligned(rows, right=frozenset({1})))[2:]


def _means(gaps: Gaps, writer: Writer) -> Iterator[str]:
    if set(gaps.groups) - {None}:
        yield ""
        for group, mean in gaps.groups.items():
            yield _mean_text(group or writer.pick("(không có nhóm)", "(no group)"), mean, gaps, writer)
    yield _mean_text(writer.pick("Tất cả", "All"), gaps.whole, gaps, writer)


def _mean_text(name: str, mean: GroupMean, gaps: Gaps, writer: Writer) -> str:
    unit = " %" if gaps.board.methodology.headline is Headline.INDEX else ""
    count = writer.pick(f"{mean.units} đơn vị", counted(mean.units, "unit"))
    text = f"{name} ({count}): {writer.pick('trung bình', 'mean')} {_shown(mean.mean, writer)}{unit}"
    if mean.weighted is None:
        return text
    return f"{text}, {writer.pick('có trọng số', 'weighted')} {writer.printed(mean.weighted)}{unit}"


def unit_gap_text(gaps: Gaps, unit: UnitGap, lang: Lang) -> str:
    """Return what one unit misses: leaves at zero, leaves with points deducted, nodes below the mean or that fell."""
    methodology = gaps.board.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    lost = _shown(unit.lost, writer)
    told = [
        heading(methodology, writer),
        "",
        writer.pick(f"{unit.unit}: mất {lost} điểm", f"{unit.unit}: {lost} points lost"),
    ]
    for title, nodes, extra in (
        (writer.pick("Tiêu chí 0 điểm", "Criteria without a point"), unit.zero, None),
        (writer.pick("Tiêu chí bị trừ điểm", "Criteria with points deducted"), unit.deducted, None),
        (writer.pick("Điểm thưởng chưa đạt và điểm trừ", "Bonuses missed and points taken off"), unit.outside, None),
        (writer.pick("Dưới mức trung bình", "Below the mean"), unit.behind, "behind"),
        (writer.pick("Giảm so với kỳ trước", "Fell against the earlier period"), unit.fell, "fell"),
    ):
        if nodes:
            told += ["", f"{title}:", *aligned(_rows(nodes, gaps, writer, extra), right=frozenset({2, 3, 4, 5}))]
    told += _leads(unit.by_lead, writer)
    told += _unknown([each.id for each in unit.unknown], writer)
    return "\n".join(told) + "\n"


def _unknown(ids: Sequence[str], writer: Writer) -> Iterator[str]:
    """Yield the line that says which points are in no sum."""
    if ids:
        yield ""
        names = ", ".join(ids)
        yield writer.pick(f"Chưa rõ điểm tối đa, chưa cộng: {names}", f"Of unknown maximum, in no sum: {names}")


def _rows(nodes: Sequence[Shortfall], gaps: Gaps, writer: Writer, extra: str | None) -> list[list[str]]:
    labels = {"behind": writer.pick("Kém TB", "Behind"), "fell": writer.pick("Giảm", "Fell")}
    head = ["", writer.pick("Tiêu chí", "Criterion"), writer.pick("Điểm", "Points"), writer.pick("Tối đa", "Maximum")]
    head += [writer.pick("Mất", "Lost"), labels.get(extra or "", ""), writer.pick("Phụ trách", "In charge")]
    rows = [head]
    for node in nodes:
        title = gaps.board.methodology[node.id].title.get(writer.lang, node.id)
        most = "?" if node.max_points is None else writer.number(node.max_points)
        row = [node.id, title, writer.printed(node.points), most, _shown(node.lost, writer)]
        rows.append([*row, "" if extra is None else _shown(getattr(node, extra), writer), node.lead or ""])
    return rows


def gaps_document(gaps: Gaps) -> dict[str, Any]:
    """Return ``parindex.gaps/1``."""
    rounding = gaps.board.methodology.policy.print_rounding
    return {
        "format": "parindex.gaps/1",
        "methodology": identity(gaps.board.methodology),
        "mean": _mean(gaps.whole, rounding),
        "groups": [{"group": group, **_mean(mean, rounding)} for group, mean in gaps.groups.items()],
        "nodes": [_node(node, rounding) for node in gaps.nodes.values()],
        "by_lead": _listed(gaps.by_lead, "lead"),
        "by_origin": _listed(gaps.by_origin, "origin"),
        "units": [_unit(unit, rounding) for unit in gaps],
    }


def _mean(mean: GroupMean, rounding: Rounding) -> dict[str, Any]:
    told = {"units": mean.units, "mean": printed(mean.mean, rounding), "mean_exact": exact(mean.mean)}
    return {**told, "weighted": printed(mean.weighted, rounding), "weighted_exact": exact(mean.weighted)}


def _node(node: NodeGap, rounding: Rounding) -> dict[str, Any]:
    figures = {name: getattr(node, name) for name in ("mean", "median", "best", "worst")}
    shares = {"units": node.units, "at_zero": node.at_zero.count, "at_maximum": node.at_maximum.count}
    told = {name: printed(value, rounding) for name, value in figures.items()}
    return {"id": node.id, "lead": node.lead, **told, **shares, "lost_exact": exact(node.lost)}


def _listed(points: dict[str | None, Fraction], name: str) -> list[dict[str, str | None]]:
    return [{name: key, "lost_exact": exact(lost)} for key, lost in points.items()]


def _unit(unit: UnitGap, rounding: Rounding) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "lost": printed(unit.lost, rounding),
        "lost_exact": exact(unit.lost),
        "by_lead": _listed(unit.by_lead, "lead"),
        "unknown": [node.id for node in unit.unknown],
        "nodes": [
            {
                "id": node.id,
                "leaf": node.leaf,
                "block": node.block,
                "taken_off": node.taken_off,
                "lead": node.lead,
                "origin": node.origin,
                "points": printed(node.points, rounding),
                "max_points": printed(node.max_points, rounding),
                "lost": printed(node.lost, rounding),
                "lost_exact": exact(node.lost),
                "behind_exact": exact(node.behind),
                "fell_exact": exact(node.fell),
            }
            for node in unit.nodes.values()
        ],
    }
