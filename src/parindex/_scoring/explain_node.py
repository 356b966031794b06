"""Sentences on one node: how a leaf came to its points, how an inner node adds up, what they rest on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._methodology.said import MODES
from parindex._methodology.words import (
    SourceStatus,
    WhenNotApplicable,
    Writer,
)
from parindex._scoring.results import NodeScore, Scorecard, Status

if TYPE_CHECKING:
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._numbers import Rounding


def rounding_mode(rounding: Rounding, writer: Writer) -> str:
    """Return a rounding mode in words."""
    return writer.pick(*MODES[rounding.mode])


def named(criterion: Criterion, writer: Writer) -> str:
    """Return the id and the title."""
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


def leaf_sentence(card: Scorecard, criterion: Criterion, node: NodeScore, writer: Writer) -> str:
    """Return how a leaf came to its points."""
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


def inner_sentence(card: Scorecard, criterion: Criterion, node: NodeScore, writer: Writer) -> str:
    """Return how an inner node adds up."""
    if node.status is Status.NOT_APPLICABLE:
        return writer.pick("không có tiêu chí nào áp dụng.", "nothing below it applies.")
    if node.status is Status.PROVISIONAL or node.points is None:
        return writer.pick("chưa đủ số liệu.", "not all of it is known yet.")
    children = [child for child in criterion.children if child.id in card.nodes]
    text = f"{summed(card, children, node.points, writer)} {_maximum(node.max_points, writer)}{_ratio(node, writer)}."
    return text + redistribution(card, children, node.factor, writer)


def redistribution(card: Scorecard, children: list[Criterion], outer: Fraction, writer: Writer) -> str:
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


def summed(card: Scorecard, children: list[Criterion], points: Fraction, writer: Writer) -> str:
    """Return the sum of *children*, each with its id, and what it comes to."""
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
