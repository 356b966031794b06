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
from parindex.analysis.moves import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Grade
    from parindex._methodology.rules.inputs import Value
    from parindex._methodology.words import Lang
    from parindex._scoring.results import Scorecard
    from parindex.analysis.plans import ReachPlan
    from parindex.analysis.steps import Change, Improvement, Improvements, Step


_TWO_DIGITS = 10
"""The least number of two digits."""


_REASONS = {
    Reason.CLOSED: ("không tác động được nữa", "closed"),
    Reason.NOT_APPLICABLE: ("không áp dụng", "does not apply"),
    Reason.UNKNOWN: ("chưa rõ điểm tối đa", "its maximum is unknown"),
    Reason.DEFAULT: ("chưa có số liệu, lấy giá trị mặc định", "not observed, a default stands"),
    Reason.RULE: ("không có số liệu nào thay đổi được để thêm điểm", "no input that can change brings more"),
    Reason.HELD: ("đã chạm giới hạn chung", "a limit of the whole holds it"),
}


def change_text(change: Change, step: Step, writer: Writer) -> str:
    """Return one change: "Done: 177 → 180 of 200 (3 more, = 90.00 %)"."""
    label = change.input.text.get(writer.lang, change.input.name)
    before, after = (_shown(change, value, writer) for value in (change.before, change.after))
    text = f"{label}: {before} → {after}"
    if change.more is None:
        return text
    amount = writer.number(abs(change.more))
    words = ("thêm {}", "{} more") if change.more > 0 else ("bớt {}", "{} fewer")
    told = writer.pick(*words).format(amount)
    part, slash, _ = change.input.name.rpartition("/")
    total = step.beside.get(f"{part}{slash}total")
    if total is not None:
        whole = Fraction(total)
        text += writer.pick(" trên ", " of ") + writer.number(whole)
        if change.input.name == f"{part}{slash}done":
            told += f", {writer.rate_equals(Fraction(change.after) / whole)}"
    return f"{text} ({told})"


def _shown(change: Change, value: Value, writer: Writer) -> str:
    kind = change.input.kind
    if kind is InputKind.CHOICE:
        text = next(option.text for option in change.input.options if option.key == value)
        return f"“{text.get(writer.lang, str(value))}”"
    if kind is InputKind.YES_NO:
        return writer.pick("có", "yes") if value else writer.pick("chưa", "not yet")
    return writer.number(value) + (" %" if kind is InputKind.PERCENT else "")  # type: ignore[arg-type]  # a number


def step_text(step: Step, grade: Grade | None, writer: Writer) -> str:
    """Return what to change, what it brings, and the headline then: "...: +0.50 → 83.40".

    And the grade where it is another than *grade*, that of before.
    """
    changes = "; ".join(change_text(change, step, writer) for change in step.changes)
    text = f"{changes}: {_gain(step.gain, writer)}"
    if step.each is not None:
        each = _gain(step.each, writer)
        text += writer.pick(f" (cứ mỗi 1 được {each})", f" ({each} for every 1)")
    text += f" → {writer.printed(step.headline)}"
    if step.grade != grade and step.grade is not None:
        own = _grade(step.grade, writer)
        text += writer.pick(f", xếp loại {own}", f", grade {own}")
    return text


def _gain(gain: Fraction, writer: Writer) -> str:
    """Return a gain as it is printed, "≈" where it is not that exactly; with two digits where print shows nothing."""
    rounding = writer.rounding
    while not rounding.apply(gain) and rounding.digits < MAX_DECIMALS:
        rounding = evolve(rounding, digits=rounding.digits + 1)
    if rounding != writer.rounding and abs(rounding.scaled(gain)) < _TWO_DIGITS:
        rounding = evolve(rounding, digits=min(MAX_DECIMALS, rounding.digits + 1))
    about = "" if rounding.apply(gain) == gain else "≈ "
    return about + signed(rounding.apply(gain), Writer(writer.lang, rounding))


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
        told += ["", writer.pick("Không thêm được điểm:", "Nothing to be done:")]
        for each in found.closed:
            lost = "?" if each.lost is None else writer.printed(each.lost)
            assert each.reason is not None  # there is one wherever nothing can be done
            why = each.closed or writer.pick(*_REASONS[each.reason])
            named = _named(methodology, each, each.lead, writer)
            told.append(writer.pick(f"   {named}: mất {lost} ({why})", f"   {named}: {lost} lost ({why})"))
    return "\n".join(told) + "\n"


def _improvement(number: int, each: Improvement, found: Improvements, writer: Writer) -> Iterator[str]:
    first = each.first
    assert first is not None  # only such leaves are listed
    yield f"{number:2}. {_named(found.card.methodology, each, each.lead, writer)}"
    yield f"    {step_text(first, found.card.grade, writer)}"
    if each.whole is not None and each.whole.gain > first.gain:
        label = writer.pick("tất cả", "all of it")
        yield f"    {label}: {step_text(each.whole, found.card.grade, writer)}"


def plan_text(plan: ReachPlan, lang: Lang) -> str:
    """Return the steps of a plan, or the best that is within reach."""
    methodology = plan.before.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    ends = [_standing(card, writer) for card in (plan.before, plan.after)]
    told = [heading(methodology, writer), "", f"{plan.before.unit}: {ends[0]} → {ends[1]}"]
    if plan.rank_before is not None and plan.rank_after is not None:
        told.append(f"{writer.pick('Thứ hạng', 'Rank')}: {plan.rank_before} → {plan.rank_after}")
    told += ["", _verdict(plan, writer)]
    grade = plan.before.grade
    for number, step in enumerate(plan.steps, 1):
        told.append(f"{number:2}. {_named(methodology, step, methodology[step.id].lead, writer)}")
        told.append(f"    {step_text(step, grade, writer)}")
        grade = step.grade
    return "\n".join(told) + "\n"


def _target(plan: ReachPlan, writer: Writer) -> str:
    """Return the target as a reader writes it: "hạng 3", a grade by its name, or a figure."""
    grades = {grade.key: grade for grade in plan.before.methodology.grades}
    if plan.target in grades:
        return writer.pick("xếp loại ", "grade ") + _grade(grades[plan.target], writer)
    if plan.target.startswith("rank:"):
        return writer.pick("hạng ", "rank ") + plan.target.removeprefix("rank:")
    return plan.target.replace(".", writer.mark)


def _verdict(plan: ReachPlan, writer: Writer) -> str:
    cost, target = writer.number(plan.cost), _target(plan, writer)
    if not plan.reached:
        why = "" if plan.barred is None else f" ({plan.barred})"
        return writer.pick(
            f"Không thể đạt {target}{why}; cao nhất có thể đạt, chi phí {cost}:",
            f"{target} is out of reach{why}; the best that is within it, cost {cost}:",
        )
    if not plan.steps:
        return writer.pick(f"Đã đạt {target}.", f"{target} is reached already.")
    return writer.pick(
        f"Để đạt {target}, ít nhất cần (chi phí {cost}):", f"To reach {target} takes at least (cost {cost}):"
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
                "reason": None if each.reason is None else str(each.reason),
                "closed": each.closed,
                "first": _step_or_none(each.first, found.card),
                "steps": [_step(step, found.card) for step in each.steps],
                "whole": _step_or_none(each.whole, found.card),
            }
            for each in [*found, *found.closed]
        ],
    }


def plan_document(plan: ReachPlan) -> dict[str, Any]:
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
