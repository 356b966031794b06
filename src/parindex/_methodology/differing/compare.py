"""From two methodologies to the list of their changes, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import evolve

from parindex._methodology.convert import number_out
from parindex._methodology.criteria import Entry
from parindex._methodology.diff import Change, Value, frozen_value
from parindex._methodology.differing.forms import Context, in_both
from parindex._methodology.differing.kinds import ChangeKind, ChangePart
from parindex._methodology.differing.matching import Side, matched
from parindex._methodology.differing.phrases import described, worded
from parindex._methodology.differing.tables import (
    At,
    Delta,
    Paired,
    Table,
    deltas,
    paired,
    reordered,
    without,
)
from parindex._methodology.document import to_tables
from parindex._methodology.methodology import Methodology
from parindex._methodology.parts import Block, Event, Grade, Origin, Policy, Source
from parindex._methodology.words import UNKNOWN, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Contexts: TypeAlias = tuple[Context, Context]

_KEYED: Final = {
    ChangePart.BLOCK: Block,
    ChangePart.GRADE: Grade,
    ChangePart.EVENT: Event,
    ChangePart.SOURCE: Source,
}
_APART: Final = frozenset({"policy", "origin", "criterion", *map(str, _KEYED)})
"""The keys of the head that are parts of their own."""


def changes(old: Methodology, new: Methodology) -> tuple[Change, ...]:
    """Return every difference of two methodologies."""
    return tuple(_changes(old, new))


def _changes(old: Methodology, new: Methodology) -> Iterator[Change]:
    contexts = Context(old), Context(new)
    before, after = to_tables(old), to_tables(new)
    yield from _told(ChangePart.HEAD, deltas(without(before, _APART), without(after, _APART), Methodology), contexts)
    yield from _told(ChangePart.POLICY, deltas(before.get("policy", {}), after.get("policy", {}), Policy), contexts)
    yield from _listed(ChangePart.ORIGIN, Origin, paired(_origins(before), _origins(after), _key), contexts)
    yield from _Criteria(old, new, before, after).changes()
    for part, kind in _KEYED.items():
        lists = before.get(part, []), after.get(part, [])
        pairs = paired(*lists, _scoped_key, _key)
        yield from _listed(part, kind, pairs, contexts)
        if orders := reordered(pairs, *lists):
            yield from _told(part, [Delta(At("order", "order"), *orders)], contexts, kind=ChangeKind.REORDERED)


def _origins(tables: Table) -> list[Table]:
    return [{"key": key, **each} for key, each in tables.get("origin", {}).items()]


def _told(part: ChangePart, found: Iterable[Delta], contexts: Contexts, **where: Any) -> Iterator[Change]:
    """Yield the changes of values that two tables of a part state differently."""
    for delta in found:
        subject, old_words, new_words = worded(part, delta, *contexts)
        yield Change(
            part=part,
            key=delta.at.key,
            old=frozen_value(delta.old),
            new=frozen_value(delta.new),
            subject=subject,
            old_words=old_words,
            new_words=new_words,
            **{"kind": ChangeKind.CHANGED, **where},
        )


def _listed(part: ChangePart, kind: type, pairs: Iterable[Paired], contexts: Contexts) -> Iterator[Change]:
    """Yield the changes of parts that have a key: sources, origins, blocks, grades, events."""
    for _, old, new in pairs:
        if new is None:
            assert old is not None
            yield _whole(part, _scoped_key(old), _title(old), old, contexts[0]).reversed()
        elif old is None:
            yield _whole(part, _scoped_key(new), _title(new), new, contexts[1])
        else:
            where = {
                "old_id": _scoped_key(old),
                "new_id": _scoped_key(new),
                "old_title": _title(old),
                "new_title": _title(new),
            }
            yield from _told(part, deltas(old, new, kind), contexts, **where)


def _whole(part: ChangePart, key: str, title: Text, table: Table, context: Context, *, sure: bool = True) -> Change:
    """Return that a part was added."""
    words = described(part, table, context)
    return Change(
        kind=ChangeKind.ADDED,
        part=part,
        new_id=key,
        new_title=title,
        new=frozen_value(table),
        new_words=words,
        sure=sure,
    )


def _key(table: Table) -> str:
    return str(table.get("key") or table.get("id"))


def _scope(table: Table) -> str:
    """Return for which years and groups a grade holds, " (2024; mountain)"."""
    scope = [", ".join(map(str, table[key])) for key in ("years", "groups") if key in table]
    return f" ({'; '.join(scope)})" if scope else ""


def _scoped_key(table: Table) -> str:
    return f"{_key(table)}{_scope(table)}"


def _title(table: Table) -> Text:
    labels = (table.get("vi") or table.get("title"), table.get("en"))
    return Text(*(None if each is None else f"{each}{_scope(table)}" for each in labels))


_PLACE: Final = ("id", "parent")


class _Criteria:
    """The criteria of both sides: those that one of them lacks, and what changed of those on both."""

    def __init__(self, old: Methodology, new: Methodology, before: Table, after: Table) -> None:
        self.old, self.new = matched(old, new)
        self.tables = tuple({each["id"]: each for each in tables.get("criterion", [])} for tables in (before, after))

    def changes(self) -> Iterator[Change]:
        for each in self.old.left:
            yield self.whole(self.old, each, self.tables[0][each]).reversed()
        for each in self.new.left:
            yield self.whole(self.new, each, self.tables[1][each])
        yield from self.siblings(None, None)
        for criterion in self.new.methodology.criteria:
            if criterion.id in self.new.partner:
                yield from self.kept(self.new.partner[criterion.id], criterion.id)
        yield from self.file_order()

    def whole(self, side: Side, criterion_id: str, table: Table) -> Change:
        """Return that a criterion was added."""
        criterion = side.methodology[criterion_id]
        context = self.context(side, criterion_id, table)
        sure = criterion_id not in side.unsure
        return _whole(ChangePart.CRITERION, criterion_id, criterion.title, table, context, sure=sure)

    def context(self, side: Side, criterion_id: str, table: Table) -> Context:
        return Context(side.methodology, side.methodology[criterion_id], table)

    def kept(self, old: str, new: str) -> Iterator[Change]:
        """Yield what changed of one criterion."""
        before, after = self.old.methodology[old], self.new.methodology[new]
        where: dict[str, Any] = {
            "part": ChangePart.CRITERION,
            "old_id": old,
            "new_id": new,
            "old_title": before.title,
            "new_title": after.title,
            "sure": new not in self.new.unsure,
        }
        yield from self.place(old, new, where)
        tables = self.tables[0][old], self.tables[1][new]
        contexts = self.context(self.old, old, tables[0]), self.context(self.new, new, tables[1])
        differing = deltas(without(tables[0], _PLACE), without(tables[1], _PLACE), Entry)
        found = list(_told(found=differing, contexts=contexts, **where))
        if before.max_points != after.max_points and not any(each.key == "max" for each in found):
            (change,) = _told(found=[Delta(At("max", "max"), None, None)], contexts=contexts, **where)
            most = (_maximum(before.max_points), _maximum(after.max_points))
            found.insert(0, evolve(change, kind=ChangeKind.FOLLOWS, old=most[0], new=most[1]))
        yield from sorted(found, key=_rank)
        yield from self.siblings(old, new, **where)

    def place(self, old: str, new: str, where: dict[str, Any]) -> Iterator[Change]:
        """Yield that a criterion was moved or renumbered, which is told once for all that stands below it."""
        parents = self.old.parent(old), self.new.parent(new)
        if not self.one_place(*parents):
            yield Change(
                kind=ChangeKind.MOVED,
                key="parent",
                old=parents[0],
                new=parents[1],
                subject=self.with_those_below("chuyển chỗ{}:", "moved{}:", old, new),
                old_words=self.named(self.old, parents[0]),
                new_words=self.named(self.new, parents[1]),
                **where,
            )
        elif self.old.step(old) != self.new.step(new):
            yield Change(
                kind=ChangeKind.RENUMBERED,
                key="id",
                old=old,
                new=new,
                subject=self.with_those_below("đổi mã số{}", "renumbered{}", old, new),
                old_words=Text(old),
                new_words=Text(new),
                **where,
            )

    def one_place(self, old: str | None, new: str | None) -> bool:
        """Return whether two parents are the same, or both the top level."""
        if old is None or new is None:
            return old is new
        return self.old.partner.get(old) == new

    def with_those_below(self, vi: str, en: str, old: str, new: str) -> Text:
        """Return words with the number of criteria that follow the one above them."""
        count = len({self.old.partner.get(each) for each in self.old.below(old)} & {*self.new.below(new)})
        told = (f", kèm {count} tiêu chí bên dưới", f", with {count} below it") if count else ("", "")
        return Text(vi.format(told[0]), en.format(told[1]))

    def named(self, side: Side, criterion_id: str | None) -> Text:
        if criterion_id is None:
            return Text("cấp trên cùng", "the top level")
        title = side.methodology[criterion_id].title
        return in_both(lambda writer: f"{criterion_id} {title.get(writer.lang)}")

    def siblings(self, old: str | None, new: str | None, **where: Any) -> Iterator[Change]:
        """Yield that children which kept their numbers stand in another order."""
        kept = {
            each: self.old.partner[each]
            for each in self.old.children(old)
            if each in self.old.partner
            and self.new.parent(self.old.partner[each]) == new
            and self.old.step(each) == self.new.step(self.old.partner[each])
        }
        expected = {partner: each for each, partner in kept.items()}
        order = [each for each in self.new.children(new) if each in expected]
        if order != [*expected]:
            top = ("thứ tự ở cấp trên cùng:", "order at the top level:")
            below = ("thứ tự các tiêu chí bên dưới:", "order of those below:")
            yield self.order(top if new is None else below, [*kept], order, **where)

    def file_order(self) -> Iterator[Change]:
        """Yield that the file lists the same tree in another order."""
        old, new = (
            (side.paired(table), side.paired(each.id for each in side.methodology.criteria))
            for side, table in zip((self.old, self.new), self.tables, strict=True)
        )
        in_tree_order = old[0] == old[1] and new[0] == new[1]
        if not in_tree_order and [self.old.partner[each] for each in old[0]] != new[0]:
            yield self.order(("thứ tự dòng trong tệp:", "order of the lines of the file:"), old[0], new[0])

    def order(self, words: tuple[str, str], old: list[str], new: list[str], **where: Any) -> Change:
        return Change(
            **{"part": ChangePart.CRITERION, **where},
            kind=ChangeKind.REORDERED,
            key="order",
            old=tuple(old),
            new=tuple(new),
            subject=Text(*words),
            old_words=Text(", ".join(old)),
            new_words=Text(", ".join(new)),
        )


_ORDER: Final = ("vi", "en", "max", "weight", "rule", "lead", "origin", "applies_to", "not_applicable", "block")


def _rank(change: Change) -> int:
    """Return where the change of a criterion is told: titles, points and rule first, the citation last."""
    key = change.key.partition(".")[0]
    return _ORDER.index(key) if key in _ORDER else len(_ORDER) + (key == "cite")


def _maximum(max_points: Any) -> Value:
    return str(UNKNOWN) if max_points is None else number_out(max_points)
