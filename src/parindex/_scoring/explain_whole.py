"""Sentences on a whole card: base, blocks, index, grade, and the bounds of what is not known yet."""

from __future__ import annotations

from fractions import Fraction

from parindex._methodology.parts import NO_GRADE
from parindex._methodology.words import (
    UNKNOWN,
    Completeness,
    Effect,
    Writer,
)
from parindex._scoring.explain_node import redistribution, rounding_mode, summed
from parindex._scoring.grades import bands_for, zero_criteria
from parindex._scoring.results import Bounds, Scorecard, Status


def whole_lines(card: Scorecard, writer: Writer) -> list[str]:
    """Return the explanation of a card, line by line."""
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
    shared = redistribution(card, roots, Fraction(1), writer)
    lines.append(f"{label}: {summed(card, roots, card.base_points, writer)} {_card_maximum(card, writer)}.{shared}")
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
