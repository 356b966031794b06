"""A methodology as one reads it: its sources, policies, tree with the rules in words, blocks, grades and events."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parindex._methodology.said import NOT_APPLICABLE
from parindex._methodology.words import (
    UNKNOWN,
    Condition,
    Effect,
    Headline,
    Lang,
    RankedValue,
    Ties,
    Within,
    Writer,
)
from parindex._render.tables import heading, sources_text
from parindex._scoring.explain_node import rounding_mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.criteria import Criterion
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Block, Event
    from parindex._numbers import Rounding


def methodology_text(methodology: Methodology, lang: Lang) -> str:
    """Return a methodology in words."""
    writer = Writer(lang, methodology.policy.print_rounding)
    total = "?" if methodology.total is UNKNOWN else writer.number(Fraction(methodology.total))
    years = ", ".join(map(str, methodology.years))
    note = methodology.note.get(lang)
    told = [
        heading(methodology, writer),
        f"{writer.pick('Năm', 'Years')}: {years}. {writer.pick('Tổng điểm', 'Total')}: {total}.",
        f"{writer.pick('Dấu vân tay', 'Fingerprint')}: {methodology.fingerprint}",
        *([note] if note else []),
        *sources_text(methodology, writer),
        "",
        *_policy(methodology, writer),
        *_origins(methodology, writer),
        "",
    ]
    for criterion in methodology.criteria:
        told += _criterion(criterion, writer)
    told += _outside(methodology, writer)
    return "\n".join(told).rstrip() + "\n"


def _policy(methodology: Methodology, writer: Writer) -> Iterator[str]:
    policy = methodology.policy
    headline = (
        writer.pick("chỉ số", "index") if methodology.headline is Headline.INDEX else writer.pick("điểm", "points")
    )
    value = writer.pick("giá trị đã in", "printed") if policy.ranked_value is RankedValue.PRINTED else ""
    within = writer.pick("trong từng nhóm", "within each group") if policy.ranked_within is Within.GROUP else ""
    ties = "1, 2, 2, 4" if policy.ties is Ties.COMPETITION else "1, 2, 2, 3"
    ranked = ", ".join(part for part in (headline, value, within, ties) if part)
    yield f"{writer.pick('Xếp hạng theo', 'Ranked by')}: {ranked}."
    yield f"{writer.pick('Không áp dụng', 'Not applicable')}: {writer.pick(*NOT_APPLICABLE[policy.not_applicable])}."
    yield f"{writer.pick('In', 'Printed')}: {_rounding(policy.print_rounding, writer)}."
    if policy.leaf_rounding is not None:
        yield f"{writer.pick('Làm tròn điểm tiêu chí', 'Leaf points')}: {_rounding(policy.leaf_rounding, writer)}."
    if policy.index_cap is not None:
        yield f"{writer.pick('Chỉ số không quá', 'Index at most')}: {writer.number(policy.index_cap)} %."


def _rounding(rounding: Rounding, writer: Writer) -> str:
    mode = rounding_mode(rounding, writer)
    return writer.pick(f"{rounding.digits} chữ số thập phân, {mode}", f"{rounding.digits} decimals, {mode}")


def _origins(methodology: Methodology, writer: Writer) -> Iterator[str]:
    parts = []
    for key, origin in methodology.origins.items():
        most = "?" if origin.max is None else writer.number(origin.max)
        outside = "" if origin.self_assessed else writer.pick(", không tự đánh giá", ", not self-assessed")
        parts.append(f"{origin.text.get(writer.lang, key)} ({most}{outside})")
    if parts:
        yield f"{writer.pick('Nguồn điểm', 'Origins')}: {'; '.join(parts)}."


def _criterion(criterion: Criterion, writer: Writer) -> Iterator[str]:
    indent = "  " * (criterion.level - 1)
    most = "?" if criterion.max_points is None else writer.number(criterion.max_points)
    title = criterion.title.get(writer.lang)
    yield f"{indent}{criterion.id}  {title}  ({most})" if title else f"{indent}{criterion.id}  ({most})"
    if criterion.rule is None:
        return
    yield f"{indent}    {criterion.rule.in_words(criterion.max_points, lang=writer.lang)}"
    if criterion.lead:
        yield f"{indent}    {writer.pick('Chủ trì', 'Lead')}: {criterion.lead}"


def _outside(methodology: Methodology, writer: Writer) -> Iterator[str]:
    """Yield what stands beside the tree: blocks, grades, events."""
    lang = writer.lang
    for block in methodology.blocks:
        yield f"[{block.id}] {block_text(block, writer)}"
    for grade in methodology.grades:
        scope = [", ".join(map(str, grade.years))] if grade.years else []
        scope += [", ".join(grade.groups)] if grade.groups else []
        where = f" ({'; '.join(scope)})" if scope else ""
        text = f"{grade.text.get(lang, grade.key)}: ≥ {writer.number(grade.from_)}{where}"
        if Condition.NO_ZERO_CRITERION in grade.requires:
            text += writer.pick(", không có tiêu chí 0 điểm", ", no criterion at zero")
        yield text
    for event in methodology.events:
        name = event.text.get(lang, event.key)
        limit = event_limit(event, methodology, writer)
        yield f"{name}: {limit}" if limit else name


def block_text(block: Block, writer: Writer) -> str:
    """Return the label of a block, what it does to the points, and the most that counts."""
    cap = writer.pick("không giới hạn", "no cap")
    if block.cap is not None:
        cap = f"{writer.pick('tối đa', 'at most')} {writer.number(block.cap)}"
    effect = writer.pick("cộng", "adds") if block.effect is Effect.ADD else writer.pick("trừ", "subtracts")
    return f"{block.text.get(writer.lang, block.id)}: {effect}, {cap}"


def event_limit(event: Event, methodology: Methodology, writer: Writer) -> str:
    """Return the best grade that an event leaves; "" where it limits none."""
    if event.grade_at_most is None:
        return ""
    titles = {grade.key: grade.text.get(writer.lang, grade.key) for grade in methodology.grades}
    return f"{writer.pick('cao nhất là', 'at most')} {titles[event.grade_at_most]}"
