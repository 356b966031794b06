"""Progress as text and as a JSON document: how far units have come, what is lost for good, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parindex._methodology.words import Headline, Writer
from parindex._render.documents import exact, identity, printed
from parindex._render.tables import aligned, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from parindex._methodology.words import Lang
    from parindex._numbers import Rounding
    from parindex.analysis.periods import Ends, Progress, UnitPeriod


def _shown(value: Fraction | None, writer: Writer) -> str:
    return "–" if value is None else writer.printed(value)


def _ranks(each: UnitPeriod) -> str:
    """Return the ranks that are possible, "3" or "2-5"."""
    if each.ranks is None:
        return "–"
    best, worst = each.ranks
    return str(best) if best == worst else f"{best}-{worst}"


def _figures(each: UnitPeriod, writer: Writer) -> list[str]:
    """Return what is known so far, what it can still end at, the ranks, what is lost, and how many leaves are due."""
    so_far = each.so_far
    by_index = each.card.methodology.headline is Headline.INDEX
    known = None if so_far is None else so_far.index if by_index else so_far.points
    ends = [_shown(end, writer) for end in each.headline]
    return [_shown(known, writer), *ends, _ranks(each), writer.printed(each.lost), str(len(each.due))]


def _head(progress: Progress, writer: Writer) -> list[str]:
    by_index = progress.methodology.headline is Headline.INDEX
    return [
        writer.pick("Chỉ số % đến nay", "Index % so far") if by_index else writer.pick("Điểm đến nay", "Points so far"),
        writer.pick("Thấp nhất", "Lowest"),
        writer.pick("Cao nhất", "Highest"),
        writer.pick("Thứ hạng có thể", "Possible ranks"),
        writer.pick("Điểm đã mất", "Points lost"),
        writer.pick("Còn thiếu", "Due"),
    ]


def progress_text(progress: Progress, lang: Lang) -> str:
    """Return how far all units have come in the last period."""
    writer = Writer(lang, progress.methodology.policy.print_rounding)
    rows = [[writer.pick("Đơn vị", "Unit"), *_head(progress, writer)]]
    rows += [[each.unit, *_figures(each, writer)] for each in progress.latest]
    told = [heading(progress.methodology, writer)]
    if progress.periods[-1]:
        told.append(writer.pick(f"Kỳ {progress.periods[-1]}", f"Period {progress.periods[-1]}"))
    told += ["", *aligned(rows, right=frozenset(range(1, 7)))]
    told += _wide(progress.latest, writer)
    if progress.gone:
        names = ", ".join(progress.gone)
        told += ["", writer.pick(f"Kỳ này không có: {names}", f"Not in this period: {names}")]
    return "\n".join(told) + "\n"


def _wide(periods: Sequence[UnitPeriod], writer: Writer) -> list[str]:
    """Return the lines that say that some ends may be out of reach."""
    if all(each.tight for each in periods):
        return []
    return [
        "",
        writer.pick(
            "Có tiêu chí mới biết một phần số liệu: mức thấp nhất, cao nhất thực tế có thể hẹp hơn.",
            "Of some criteria inputs are known in part: the lowest and the highest may be narrower in fact.",
        ),
    ]


def unit_progress_text(progress: Progress, periods: Sequence[UnitPeriod], lang: Lang) -> str:
    """Return how one unit has come along, what is lost for good, and what is due by who is in charge."""
    writer = Writer(lang, progress.methodology.policy.print_rounding)
    last = periods[-1]
    rows = [[writer.pick("Kỳ", "Period"), *_head(progress, writer)]]
    rows += [[each.period or "–", *_figures(each, writer)] for each in periods]
    told = [heading(progress.methodology, writer), "", last.unit, "", *aligned(rows, right=frozenset(range(1, 7)))]
    told += _wide(periods, writer)
    if last.period != progress.periods[-1]:
        told += ["", writer.pick(f"Kỳ {progress.periods[-1]}: không có", f"Not in period {progress.periods[-1]}")]
    told += _changed(periods, writer)
    if last.losses:
        told += ["", writer.pick("Điểm đã mất:", "Lost for good:")]
        for loss in last.losses:
            told.append(f"   {_named(progress, loss.id, loss.lead, writer)}: {writer.printed(loss.points)}")
    if last.due:
        told += ["", writer.pick("Còn thiếu số liệu:", "Due:")]
        for own in last.due_by_lead.values():
            for due in own:
                ends = ", ".join(_shown(end, writer) for end in (due.low, due.high))
                missing = ", ".join(due.missing) or writer.pick("số liệu của đơn vị khác", "the data of other units")
                told.append(f"   {_named(progress, due.id, due.lead, writer)} [{ends}]: {missing}")
    return "\n".join(told) + "\n"


def _changed(periods: Sequence[UnitPeriod], writer: Writer) -> Iterator[str]:
    """Yield a line for every figure that was known and did not stay."""
    for period in periods:
        for each in period.moved:
            ends = f"{_shown(each.before, writer)} → {_shown(each.after, writer)}"
            yield writer.pick(
                f"{period.period}: {each.id} đã có số liệu nhưng thay đổi: {ends}",
                f"{period.period}: {each.id} was known and changed: {ends}",
            )


def _named(progress: Progress, criterion_id: str, lead: str | None, writer: Writer) -> str:
    title = progress.methodology[criterion_id].title.get(writer.lang, criterion_id)
    return f"{criterion_id} {title}" + (f" ({lead})" if lead else "")


def progress_document(progress: Progress, units: Sequence[str]) -> dict[str, Any]:
    """Return ``parindex.progress/1`` of the units named."""
    rounding = progress.methodology.policy.print_rounding
    return {
        "format": "parindex.progress/1",
        "methodology": identity(progress.methodology),
        "periods": list(progress.periods),
        "gone": list(progress.gone),
        "units": [
            {"unit": unit, "periods": [_period(each, rounding) for each in progress[unit].values()]} for unit in units
        ],
    }


def _period(each: UnitPeriod, rounding: Rounding) -> dict[str, Any]:
    so_far = each.so_far
    return {
        "period": each.period or None,
        "status": str(each.card.status),
        "so_far": None
        if so_far is None
        else {
            "points_exact": exact(so_far.points),
            "max_points_exact": exact(so_far.max_points),
            "index": printed(so_far.index, rounding),
            "index_exact": exact(so_far.index),
            "known_exact": exact(so_far.known),
        },
        "points": _ends(each.points, rounding),
        "index": _ends(each.index, rounding),
        "tight": each.tight,
        "ranks": None if each.ranks is None else list(each.ranks),
        "lost_exact": exact(each.lost),
        "losses": [{"id": loss.id, "lead": loss.lead, "points_exact": exact(loss.points)} for loss in each.losses],
        "due": [
            {
                "id": due.id,
                "lead": due.lead,
                "missing": list(due.missing),
                "low_exact": exact(due.low),
                "high_exact": exact(due.high),
            }
            for due in each.due
        ],
        "became_known": list(each.became_known),
        "moved": [
            {"id": moved.id, "before_exact": exact(moved.before), "after_exact": exact(moved.after)}
            for moved in each.moved
        ],
    }


def _ends(ends: Ends, rounding: Rounding) -> list[str | None]:
    return [printed(end, rounding) for end in ends]
