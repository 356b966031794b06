"""Steps and plans as text and as JSON documents: what to change, what that brings, and who is in charge."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import evolve

from parindex._methodology.rules import InputKind
from parindex._methodology.words import Headline, Writer
from parindex._numbers import MAX_DECIMALS, exact_text
from parindex._render.changes import signed
from parindex._render.documents import exact, identity, printed
from parindex._render.tables import heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Grade
    from parindex._methodology.rules.inputs import Value
    from parindex._methodology.words import Lang
    from parindex._scoring.results import Scorecard
    from parindex.analysis.plans import Plan
    from parindex.analysis.steps import Change, Improvement, Improvements, Step


_TWO_DIGITS = 10
"""The least number of two digits."""


def change_text(change: Change, step: Step, writer: Writer) -> str:
    """Return one change: "Done: 177 → 180 of 200 (3 more)"."""
    label = change.input.text.get(writer.lang, change.input.name)
    before, after = (_shown(change, value, writer) for value in (change.before, change.after))
    text = f"{label}: {before} → {after}"
    if change.more is None:
        return text
    total = step.beside.get(change.input.at_most or "")
    amount = writer.number(abs(change.more))
    words = ("thêm {}", "{} more") if change.more > 0 else ("bớt {}", "{} fewer")
    told = writer.pick(*words).format(amount)
    if total is not None:
        whole, reached = Fraction(total), Fraction(change.after)
        text += writer.pick(" trên ", " of ") + writer.number(whole)
        told += f", {writer.rate_equals(reached / whole)}"
    return f"{text} ({told})"


def _shown(change: Change, value: Value, writer: Writer) -> str:
    kind = change.input.kind
    if kind is InputKind.CHOICE:
        text = next(option.text for option in change.input.options if option.key == value)
        return f"“{text.get(writer.lang, str(value))}”"
    if kind is InputKind.YES_NO:
        return writer.pick("có", "yes") if value else writer.pick("chưa", "not yet")
    return writer.number(value) + (" %" if kind is InputKind.PERCENT else "")  # type: ignore[arg-type]  # a number


def step_text(step: Step, card: Scorecard, writer: Writer) -> str:
    """Return what to change and what it brings: "...: +0.50, 3.40 then (good)"."""
    changes = "; ".join(change_text(change, step, writer) for change in step.changes)
    text = f"{changes}: {_gain(step.gain, writer)}"
    if step.each is not None:
        each = _gain(step.each, writer)
        text += writer.pick(f" (cứ mỗi 1 được {each})", f" ({each} for every 1)")
    if step.grade != card.grade and step.grade is not None:
        grade = _grade(step.grade, writer)
        text += writer.pick(f", xếp loại {grade}", f", grade {grade}")
    return text


def _gain(gain: Fraction, writer: Writer) -> str:
    """Return a gain as it is printed; with two digits that say something where print would show nothing."""
    rounding = writer.rounding
    if not gain or rounding.apply(gain):
        return signed(gain, writer)
    while abs(rounding.scaled(gain)) < _TWO_DIGITS and rounding.digits < MAX_DECIMALS:
        rounding = evolve(rounding, digits=rounding.digits + 1)
    about = "" if rounding.apply(gain) == gain else "≈ "
    return about + signed(gain, Writer(writer.lang, rounding))


def _grade(grade: Grade, writer: Writer) -> str:
    return grade.text.get(writer.lang, grade.key)


def _standing(card: Scorecard, writer: Writer) -> str:
    """Return the headline of a card and its grade."""
    assert card.headline is not None  # steps are told of final cards
    unit = " %" if card.methodology.headline is Headline.INDEX else writer.pick(" điểm", " points")
    text = f"{writer.printed(card.headline)}{unit}"
    return text if card.grade is None else f"{text} ({_grade(card.grade, writer)})"


def _named(methodology: Methodology, each: Improvement | Step, lead: str | None, writer: Writer) -> str:
    title = methodology[each.id].title.get(writer.lang, each.id)
    return f"{each.id} {title}" + (f" [{lead}]" if lead else "")


def improvements_text(found: Improvements, lang: Lang) -> str:
    """Return what a unit can do, what brings most first, and where nothing can be done."""
    methodology = found.card.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    told = [heading(methodology, writer), "", f"{found.card.unit}: {_standing(found.card, writer)}"]
    if list(found):
        told += [
            "",
            writer.pick("Việc nên làm, việc thêm nhiều điểm nhất trước:", "What to do, what brings most first:"),
        ]
    for number, each in enumerate(found, 1):
        told += _improvement(number, each, found, writer)
    if found.closed:
        told += ["", writer.pick("Không còn cách thêm điểm:", "Nothing to be done:")]
        for each in found.closed:
            lost = writer.printed(each.lost)
            why = f" ({each.closed})" if each.closed else ""
            named = _named(methodology, each, each.lead, writer)
            told.append(writer.pick(f"   {named}: mất {lost}{why}", f"   {named}: {lost} lost{why}"))
    return "\n".join(told) + "\n"


def _improvement(number: int, each: Improvement, found: Improvements, writer: Writer) -> Iterator[str]:
    first = each.first
    assert first is not None  # only such leaves are listed
    yield f"{number:2}. {_named(found.card.methodology, each, each.lead, writer)}"
    yield f"    {step_text(first, found.card, writer)}"
    if each.whole is not None and each.whole.changes != first.changes:
        label = writer.pick("tất cả", "all of it")
        yield f"    {label}: {step_text(each.whole, found.card, writer)}"


def plan_text(plan: Plan, lang: Lang) -> str:
    """Return the steps of a plan, or the best that is within reach."""
    methodology = plan.before.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    ends = [_standing(card, writer) for card in (plan.before, plan.after)]
    told = [heading(methodology, writer), "", f"{plan.before.unit}: {ends[0]} → {ends[1]}"]
    if plan.rank_before is not None and plan.rank_after is not None:
        told.append(f"{writer.pick('Thứ hạng', 'Rank')}: {plan.rank_before} → {plan.rank_after}")
    told += ["", _verdict(plan, writer)]
    for number, step in enumerate(plan.steps, 1):
        told.append(f"{number:2}. {_named(methodology, step, methodology[step.id].lead, writer)}")
        told.append(f"    {step_text(step, plan.before, writer)}")
    return "\n".join(told) + "\n"


def _verdict(plan: Plan, writer: Writer) -> str:
    cost = writer.number(plan.cost)
    if plan.barred is not None:
        return writer.pick(
            f"Không thể đạt {plan.target} ({plan.barred}); cao nhất có thể đạt, chi phí {cost}:",
            f"{plan.target} is out of reach ({plan.barred}); the best that is within it, cost {cost}:",
        )
    if not plan.reached:
        return writer.pick(
            f"Không thể đạt {plan.target}; cao nhất có thể đạt, chi phí {cost}:",
            f"{plan.target} is out of reach; the best that is within it, cost {cost}:",
        )
    if not plan.steps:
        return writer.pick(f"Đã đạt {plan.target}.", f"{plan.target} is reached already.")
    return writer.pick(
        f"Để đạt {plan.target}, ít nhất cần (chi phí {cost}):", f"To reach {plan.target} takes at least (cost {cost}):"
    )


def improvements_document(found: Improvements) -> dict[str, Any]:
    """Return ``parindex.improvements/1``."""
    return {
        "format": "parindex.improvements/1",
        "methodology": identity(found.card.methodology),
        **_card(found.card),
        "leaves": [
            {
                "id": each.id,
                "lead": each.lead,
                "lost_exact": exact(each.lost),
                "closed": each.closed,
                "first": _step_or_none(each.first, found.card),
                "steps": [_step(step, found.card) for step in each.steps],
                "whole": _step_or_none(each.whole, found.card),
            }
            for each in [*found, *found.closed]
        ],
    }


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return ``parindex.plan/1``."""
    return {
        "format": "parindex.plan/1",
        "methodology": identity(plan.before.methodology),
        **_card(plan.before),
        "target": plan.target,
        "reached": plan.reached,
        "barred": plan.barred,
        "cost_exact": exact(plan.cost),
        "steps": [_step(step, plan.before) for step in plan.steps],
        "after": _card(plan.after),
        "rank_before": plan.rank_before,
        "rank_after": plan.rank_after,
    }


def _card(card: Scorecard) -> dict[str, Any]:
    grade = None if card.grade is None else card.grade.key
    rounding = card.methodology.policy.print_rounding
    return {
        "unit": card.unit,
        "headline": printed(card.headline, rounding),
        "headline_exact": exact(card.headline),
        "grade": grade,
    }


def _step_or_none(step: Step | None, card: Scorecard) -> dict[str, Any] | None:
    return None if step is None else _step(step, card)


def _step(step: Step, card: Scorecard) -> dict[str, Any]:
    rounding = card.methodology.policy.print_rounding
    return {
        "id": step.id,
        "changes": [
            {"input": each.input.name, "before": _value(each.before), "after": _value(each.after)}
            for each in step.changes
        ],
        "points_exact": exact(step.points),
        "gain": printed(step.gain, rounding),
        "gain_exact": exact(step.gain),
        "each_exact": exact(step.each),
        "headline": printed(step.headline, rounding),
        "grade": None if step.grade is None else step.grade.key,
    }


def _value(value: Value) -> str | bool:
    """Return an input as a document holds it: numbers exactly, as text."""
    return value if isinstance(value, str | bool) else exact_text(value)  # type: ignore[arg-type]  # a number is left
