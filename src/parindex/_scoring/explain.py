"""Explanations: every step from what was observed to the printed figure, in Vietnamese or English.

The text alone is enough to check the arithmetic by hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._methodology.parts import NO_GRADE
from parindex._methodology.words import (
    UNKNOWN,
    Completeness,
    Effect,
    Lang,
    SourceStatus,
    WhenNotApplicable,
    Writer,
)
from parindex._numbers import Rounding, RoundingMode
from parindex._scoring.grades import bands_for, zero_criteria
from parindex._scoring.results import Bounds, NodeScore, Scorecard, Status

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology

_MODES: dict[RoundingMode, tuple[str, str]] = {
    RoundingMode.HALF_UP: ("làm tròn nửa lên", "half away from zero"),
    RoundingMode.HALF_EVEN: ("làm tròn nửa về số chẵn", "half to even"),
    RoundingMode.TRUNCATE: ("cắt bỏ phần dư", "truncated"),
    RoundingMode.CEILING: ("làm tròn lên", "rounded up"),
    RoundingMode.FLOOR: ("làm tròn xuống", "rounded down"),
}


def rounding_mode(rounding: Rounding, writer: Writer) -> str:
    """Return a rounding mode in words."""
    return writer.pick(*_MODES[rounding.mode])


def explain(card: Scorecard, criterion_id: str | None, lang: Lang) -> str:
    """Return the explanation of one node, or of the whole."""
    writer = Writer(lang, card.methodology.policy.print_rounding)
    if criterion_id is None:
        return "\n".join(_whole(card, writer))
    node = card[criterion_id]
    criterion = card.methodology[criterion_id]
    body = _leaf(card, criterion, node, writer) if criterion.rule is not None else _inner(card, criterion, node, writer)
    return f"{_name(criterion, writer)}: {body} {cited(card.methodology, criterion, writer)}".rstrip()


def _name(criterion: Criterion, writer: Writer) -> str:
    title = criterion.title.get(writer.lang)
    return f"{criterion.id} {title}" if title else criterion.id


def cited(methodology: Methodology, criterion: Criterion, writer: Writer) -> str:
    """Return the sentence that says what a criterion rests on, "" where it cites nothing."""
    if criterion.cite is None:
        return ""
    source = next(source for source in methodology.sources if source.key == criterion.cite.source)
    where = f"{criterion.cite.at}, " if criterion.cite.at else ""
    worth = {
        SourceStatus.OFFICIAL: "",
        SourceStatus.DERIVED: writer.pick(" Số liệu suy ra.", " Derived figures."),
        SourceStatus.ILLUSTRATIVE: writer.pick(" Số liệu minh họa.", " Illustrative figures."),
    }[source.status]
    return f"{writer.pick('Căn cứ', 'Source')}: {where}{source.title}.{worth}"


def _maximum(maximum: Fraction | None, writer: Writer) -> str:
    """Return "(tối đa 60)"."""
    if maximum is None:
        return writer.pick("(điểm tối đa chưa biết)", "(maximum unknown)")
    return f"({writer.pick('tối đa', 'maximum')} {_exact(maximum, writer)})"


def _exact(value: Fraction, writer: Writer) -> str:
    shown = writer.number(value)
    return f"{shown} ≈ {writer.printed(value)}" if "/" in shown else shown


def _leaf(card: Scorecard, criterion: Criterion, node: NodeScore, writer: Writer) -> str:
    if node.status is Status.PROVISIONAL:
        return _open_leaf(criterion, writer)
    if node.reason is not None:
        return _not_applicable(card, criterion, node, writer)
    assert criterion.rule is not None and node.awarded is not None
    text = writer.pick("không ghi nhận nên lấy mặc định: ", "not observed, by default: ") if node.defaulted else ""
    awarded: Fraction | None = node.awarded
    if node.observed is None:
        text += writer.points(writer.number(node.awarded), node.awarded)
    else:
        award = criterion.rule.award(node.observed, criterion.max_points, node.peers)
        text, awarded = text + award.say(writer), award.points
    text += f" {_maximum(criterion.max_points, writer)}."
    rounding = card.methodology.policy.leaf_rounding
    if rounding is not None and awarded != node.awarded:
        text += " " + _rounded(rounding, node.awarded, writer)
    return text + _scaled(node, node.awarded, criterion, writer)


def _open_leaf(criterion: Criterion, writer: Writer) -> str:
    assert criterion.rule is not None
    low, high = criterion.rule.reach(criterion.max_points)
    least = writer.pick("không rõ", "unknown") if low is None else writer.number(low)
    most = writer.pick("không rõ", "unknown") if high is None else writer.number(high)
    return writer.pick(
        f"chưa đủ số liệu, có thể được từ {least} đến {most} điểm.",
        f"not known yet, between {least} and {most} points.",
    )


def _rounded(rounding: Rounding, value: Fraction, writer: Writer) -> str:
    mode = rounding_mode(rounding, writer)
    return writer.pick(
        f"Điểm được làm tròn đến {rounding.digits} chữ số thập phân ({mode}): {writer.number(value)}.",
        f"The points are rounded to {rounding.digits} decimals ({mode}): {writer.number(value)}.",
    )


def _scaled(node: NodeScore, awarded: Fraction, criterion: Criterion, writer: Writer) -> str:
    if node.factor == 1 or node.points is None or criterion.max_points is None:
        return ""
    number = writer.number
    share = f"{writer.operand(criterion.max_points)} × {writer.operand(node.factor)}"
    maximum = writer.equals(criterion.max_points * node.factor)
    product = f"{writer.operand(awarded)} × {writer.operand(node.factor)}"
    return writer.pick(
        f" Điểm tối đa của tiêu chí không áp dụng được chia lại, hệ số {number(node.factor)}: "
        f"{writer.points(product, node.points)} (tối đa {share} {maximum}).",
        f" Maxima that do not apply are redistributed, factor {number(node.factor)}: "
        f"{writer.points(product, node.points)} (maximum {share} {maximum}).",
    )


def _not_applicable(card: Scorecard, criterion: Criterion, node: NodeScore, writer: Writer) -> str:
    why = f" ({node.reason})" if node.reason else ""
    if not node.reason and node.observed is not None and criterion.rule is not None:
        why = f" ({criterion.rule.award(node.observed, criterion.max_points, node.peers).say(writer)})"
    maximum = "?" if criterion.max_points is None else writer.number(criterion.max_points)
    if criterion.block is not None:
        effect = writer.pick("tính 0 điểm", "counts 0 points")
    else:
        effect = {
            WhenNotApplicable.EXCLUDE: writer.pick(
                f"loại khỏi điểm và điểm tối đa ({maximum} điểm)", f"left out of points and maximum ({maximum} points)"
            ),
            WhenNotApplicable.REDISTRIBUTE: _shared_with(card, criterion, maximum, writer),
            WhenNotApplicable.FULL: writer.pick(f"tính đủ {maximum} điểm", f"counts in full, {maximum} points"),
            WhenNotApplicable.ZERO: writer.pick("tính 0 điểm", "counts 0 points"),
        }[criterion.not_applicable]
    text = f"{writer.pick('không áp dụng', 'not applicable')}{why}: {effect}."
    return text + (_scaled(node, node.awarded, criterion, writer) if node.awarded is not None else "")


def _shared_with(card: Scorecard, criterion: Criterion, maximum: str, writer: Writer) -> str:
    """Return whose maximum the one of *criterion* becomes: its siblings', or those of the nearest node that applies."""
    at = criterion
    while at.parent is not None and card[at.parent].status is Status.NOT_APPLICABLE:
        at = card.methodology[at.parent]
    if card.status is Status.NOT_APPLICABLE:
        return writer.pick(
            f"không có tiêu chí nào nhận {maximum} điểm tối đa",
            f"nothing applies to take its maximum of {maximum} points",
        )
    whom = writer.pick("các tiêu chí cùng cấp", "its siblings")
    if at is not criterion:
        whom = writer.pick(f"các tiêu chí cùng cấp với {at.id}", f"the siblings of {at.id}")
    return writer.pick(
        f"{maximum} điểm tối đa được chia lại cho {whom} theo tỷ lệ",
        f"its maximum of {maximum} points is shared among {whom} in proportion",
    )


def _inner(card: Scorecard, criterion: Criterion, node: NodeScore, writer: Writer) -> str:
    if node.status is Status.NOT_APPLICABLE:
        return writer.pick("không có tiêu chí nào áp dụng.", "nothing below it applies.")
    if node.status is Status.PROVISIONAL or node.points is None:
        return writer.pick("chưa đủ số liệu.", "not all of it is known yet.")
    children = [child for child in criterion.children if child.id in card.nodes]
    text = f"{_sum(card, children, node.points, writer)} {_maximum(node.max_points, writer)}{_ratio(node, writer)}."
    return text + _redistribution(card, children, node.factor, writer)


def _redistribution(card: Scorecard, children: list[Criterion], outer: Fraction, writer: Writer) -> str:
    """Return the sentence on the factor that *children* share, "" where nothing was redistributed among them.

    *outer* is the factor that came from above them.
    """
    applying = [node for child in children if (node := card[child.id]).points is not None]
    if not applying or applying[0].factor == outer:
        return ""
    own = applying[0].factor / outer
    maximum = sum((node.max_points or Fraction(0) for node in applying), Fraction(0)) / applying[0].factor
    number = writer.number
    spread = number(maximum * (own - 1))
    formula = f"({number(maximum)} + {spread})/{writer.operand(maximum)} = {number(own)}"
    text = writer.pick(
        f" {spread} điểm tối đa không áp dụng được chia lại cho {number(maximum)} điểm áp dụng: hệ số {formula}",
        f" {spread} points of maximum that do not apply are shared among {number(maximum)} that do: factor {formula}",
    )
    if outer != 1:
        text += writer.pick(
            f", nhân với hệ số cấp trên {number(outer)}", f", times the factor from above {number(outer)}"
        )
    return f"{text}."


def _sum(card: Scorecard, children: list[Criterion], points: Fraction, writer: Writer) -> str:
    terms = [f"{_term(card[child.id], writer)} ({child.id})" for child in children]
    return f"{' + '.join(terms)} {writer.points('', points).lstrip()}"


def _term(node: NodeScore, writer: Writer) -> str:
    if node.points is None:
        return writer.pick("không áp dụng", "not applicable")
    return writer.term(node.points)


def _ratio(node: NodeScore, writer: Writer) -> str:
    if node.index is None or node.points is None or node.max_points is None:
        return ""
    label = writer.pick("chỉ số thành phần", "component index")
    return f"; {label} {writer.factor(node.points)}/{writer.factor(node.max_points)} {writer.equals(node.index)} %"


def _whole(card: Scorecard, writer: Writer) -> list[str]:
    methodology = card.methodology
    lines = [f"{card.unit}: {methodology.title.get(writer.lang, methodology.id)} ({methodology.name})"]
    note = {
        Completeness.OUTLINE: writer.pick("Bộ tiêu chí chỉ có phần đã biết.", "Only the known parts of this edition."),
        Completeness.FULL: "",
        Completeness.ENTRY: "",
    }[methodology.completeness]
    lines += [note] if note else []
    if card.status is Status.PROVISIONAL:
        return [*lines, *_bounds(card.bounds, writer)]
    if card.status is Status.NOT_APPLICABLE or card.points is None or card.base_points is None:
        return [*lines, writer.pick("Không có tiêu chí nào áp dụng.", "No criterion applies.")]
    roots = [root for root in methodology.roots if root.id in card.nodes]
    label = writer.pick("Điểm", "Points")
    shared = _redistribution(card, roots, Fraction(1), writer)
    lines.append(f"{label}: {_sum(card, roots, card.base_points, writer)} {_card_maximum(card, writer)}.{shared}")
    lines += _blocks(card, writer)
    lines += _index(card, writer)
    lines += _grade(card, writer)
    return lines


def _card_maximum(card: Scorecard, writer: Writer) -> str:
    if card.max_points is None:
        return writer.pick("(điểm tối đa chưa biết)", "(maximum unknown)")
    text = f"({writer.pick('tối đa áp dụng', 'applicable maximum')} {writer.number(card.max_points)}"
    total = card.methodology.total
    if total is not UNKNOWN and total != card.max_points:
        text += writer.pick(f" của {writer.number(Fraction(total))}", f" of {writer.number(Fraction(total))}")
    return f"{text})"


def _blocks(card: Scorecard, writer: Writer) -> list[str]:
    lines = []
    for block, definition in zip(card.blocks, card.methodology.blocks, strict=True):
        if not any(card.methodology[key].block == block.id for key in card.nodes):
            continue
        name = definition.text.get(writer.lang, block.id)
        what = writer.pick("cộng", "added") if block.effect is Effect.ADD else writer.pick("trừ", "subtracted")
        text = f"{name}: {what} {writer.number(block.counted)}"
        if block.counted != block.points:
            text += writer.pick(
                f" (tổng {writer.number(block.points)}, không quá {writer.number(block.counted)})",
                f" (in all {writer.number(block.points)}, at most {writer.number(block.counted)})",
            )
        lines.append(f"{text}.")
    if lines and card.points is not None and card.base_points is not None:
        label = writer.pick("Điểm sau cộng, trừ", "Points after the blocks")
        signs = [("+" if block.effect is Effect.ADD else "−", block.counted) for block in card.blocks if block.counted]
        terms = "".join(f" {sign} {writer.operand(counted)}" for sign, counted in signs)
        base = writer.term(card.base_points).removeprefix("≈ ")
        lines.append(f"{label}: {writer.points(f'{base}{terms}', card.points)}.")
    return lines


def _index(card: Scorecard, writer: Writer) -> list[str]:
    total = card.methodology.total
    if card.index is None or card.base_points is None or card.max_points is None or total is UNKNOWN:
        unknown = card.max_points is None or total is UNKNOWN
        reason = writer.pick("điểm tối đa chưa biết", "the maximum is unknown")
        if not unknown:
            reason = writer.pick("điểm tối đa áp dụng bằng 0", "the applicable maximum is 0")
        return [writer.pick(f"Chỉ số: không tính được, {reason}.", f"Index: does not exist, {reason}.")]
    number = writer.number
    base = f"100 × {writer.factor(card.base_points)}/{writer.factor(card.max_points)}"
    net = card.points - card.base_points if card.points is not None else Fraction(0)
    if net:
        sign = "−" if net < 0 else "+"
        base += f" {sign} 100 × {number(abs(net))}/{number(Fraction(total))}"
    raw = 100 * card.base_points / card.max_points + 100 * net / Fraction(total)
    text = f"{writer.pick('Chỉ số', 'Index')}: {base} {writer.equals(raw)} %"
    if raw != card.index:
        limit = writer.pick("không quá", "at most") if raw > card.index else writer.pick("không dưới", "at least")
        text += f", {limit} {number(card.index)} %: {writer.printed(card.index)} %"
    mode = rounding_mode(writer.rounding, writer)
    digits = writer.rounding.digits
    printed = writer.pick(f"in {digits} chữ số thập phân, {mode}", f"printed with {digits} decimals, {mode}")
    return [f"{text} ({printed})."]


def _grade(card: Scorecard, writer: Writer) -> list[str]:
    if card.grade is None or card.earned_grade is None or card.headline is None:
        return []
    number = writer.number
    label = writer.pick("Xếp loại", "Grade")
    printed = writer.printed(card.headline)
    bands = bands_for(card.methodology, card.year, card.assessment)
    zeros = zero_criteria(card.methodology, card.nodes)
    if card.grade == NO_GRADE:
        lowest = number(min(band.from_ for band in bands))
        why = writer.pick(
            f"{printed} không đạt mức nào, mức thấp nhất từ {lowest}",
            f"{printed} meets no band, the lowest is from {lowest}",
        )
        return [f"{label}: {NO_GRADE.text.get(writer.lang)} ({why})."]
    earned = card.earned_grade
    reached = f"{printed} ≥ {number(earned.from_)}"
    text = f"{label}: {card.grade.text.get(writer.lang, card.grade.key)} ({reached}"
    passed_over = [
        band
        for band in bands
        if band.from_ > earned.from_ and card.methodology.policy.print_rounding.apply(card.headline) >= band.from_
    ]
    for band in passed_over:  # reached and not given: its condition does not hold
        name = band.text.get(writer.lang, band.key)
        listed = ", ".join(zeros)
        text += writer.pick(
            f"; không được {name} vì có tiêu chí 0 điểm: {listed}",
            f"; not {name}, since criteria have 0 points: {listed}",
        )
    if card.grade != earned:
        name = earned.text.get(writer.lang, earned.key)
        events = ", ".join(
            event.text.get(writer.lang, event.key)
            for event in card.methodology.events
            if event.key in card.assessment.events and event.grade_at_most == card.grade.key
        )
        text += writer.pick(f"; lẽ ra {name}, bị giới hạn vì: {events}", f"; would be {name}, limited by: {events}")
    return [f"{text})."]


def _bounds(bounds: Bounds | None, writer: Writer) -> list[str]:
    assert bounds is not None  # a provisional card has them
    lines = [writer.pick("Tạm tính: chưa đủ số liệu.", "Provisional: not everything is known yet.")]
    for label, (low, high) in (
        (writer.pick("Điểm", "Points"), bounds.points),
        (writer.pick("Chỉ số", "Index"), bounds.index),
    ):
        least, most = ("?" if end is None else writer.printed(end) for end in (low, high))
        lines.append(writer.pick(f"{label}: từ {least} đến {most}.", f"{label}: between {least} and {most}."))
    if not bounds.tight:
        lines.append(writer.pick("Khoảng này có thể rộng hơn thực tế.", "These bounds may be wider than needed."))
    return lines


__all__ = ["cited", "explain", "rounding_mode"]
