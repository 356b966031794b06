"""Changes as sentences and sections of text: what concerns one criterion stands together."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from parindex._methodology.differing.kinds import ChangeKind, ChangePart
from parindex._methodology.words import UNKNOWN, Completeness, Text, Writer
from parindex._numbers import fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parindex._methodology.diff import Change, Diff, Identity

_ONE_SIDED: Final = {
    ChangeKind.REMOVED: ("bãi bỏ", "removed"),
    ChangeKind.ADDED: ("bổ sung", "added"),
}
_NOTES: Final = ("Ghi chú", "Notes")
_CITED: Final = {
    ChangeKind.REMOVED: ("không còn dẫn", "no longer cited"),
    ChangeKind.ADDED: ("dẫn thêm", "newly cited"),
}
"""A decision that an edition does not cite has not been repealed."""
_NOUNS: Final = {
    ChangePart.ORIGIN: ("nguồn điểm", "origin"),
    ChangePart.BLOCK: ("khối điểm", "block"),
    ChangePart.GRADE: ("xếp loại", "grade"),
    ChangePart.EVENT: ("sự kiện", "event"),
    ChangePart.SOURCE: ("căn cứ", "source"),
}
_PARTS: Final = {
    ChangePart.HEAD: ("Thông tin chung", "In general"),
    ChangePart.POLICY: ("Quy định chung", "Policies"),
    ChangePart.ORIGIN: ("Nguồn điểm", "Origins"),
    ChangePart.CRITERION: ("Tiêu chí có thay đổi", "Criteria changed"),
    ChangePart.BLOCK: ("Khối điểm", "Blocks"),
    ChangePart.GRADE: ("Xếp loại", "Grades"),
    ChangePart.EVENT: ("Sự kiện", "Events"),
    ChangePart.SOURCE: ("Căn cứ", "Sources"),
}
_CRITERIA: Final = {
    ChangeKind.REMOVED: ("Tiêu chí bãi bỏ", "Criteria removed"),
    ChangeKind.ADDED: ("Tiêu chí bổ sung", "Criteria added"),
}
_SHARED: Final = frozenset({"cite.source", "cite.at", "origin", "lead", "note", "applies_to", "not_applicable"})
"""Keys that often change alike everywhere; where several criteria do, they are told in one line."""
_SEVERAL: Final = 3
_WIDE: Final = 110
"""Longer lines are broken into what was and what is."""


@frozen
class Row:
    """One change: what it concerns, both sides, and the whole as one phrase."""

    subject: str
    old: str
    new: str
    phrase: str


@frozen
class Group:
    """The changes of one criterion or other part; *place* is "" for the head and the policy."""

    place: str
    rows: tuple[Row, ...]


@frozen
class Section:
    """A heading and what stands below it.

    Attributes:
        title: the heading.
        column: what the places of its groups are called in a table.
        groups: what stands below.
        one_sided: whether nothing is to be compared.
    """

    title: str
    column: str
    groups: tuple[Group, ...]
    one_sided: bool


def arrow(old: str, new: str, writer: Writer) -> str:
    """Return "80 % → 90 %", in English "80 % -> 90 %"."""
    return f"{old} {writer.pick('→', '->')} {new}"


def told(change: Change, writer: Writer) -> str:
    """Return a change as one sentence."""
    noun = writer.pick(*_NOUNS.get(change.part, ("", "")))
    place = f"{noun} {_place(change, writer)}".strip()
    phrase = row(change, writer).phrase
    return f"{place}: {phrase}" if place else phrase


def row(change: Change, writer: Writer) -> Row:
    """Return what a change says, without its place."""
    lang = writer.lang
    old, new = change.old_words.get(lang), change.new_words.get(lang)
    if change.kind in _ONE_SIDED:
        verbs = _CITED if change.part is ChangePart.SOURCE else _ONE_SIDED
        subject = writer.pick(*verbs[change.kind])
        return Row(subject, old, new, f"{subject} ({old or new})" if old or new else subject)
    subject = change.subject.get(lang)
    if change.kind is ChangeKind.RENUMBERED:  # the place says both numbers
        return Row(subject, old, new, subject)
    phrase = f"{subject} {arrow(old, new, writer)}".strip() + _difference(change, writer)
    if change.kind is ChangeKind.FOLLOWS:
        phrase += writer.pick(", theo đó", ", as a consequence")
        subject += writer.pick(" (theo đó)", " (as a consequence)")
    return Row(subject.removesuffix(":"), old, new, phrase)


def _difference(change: Change, writer: Writer) -> str:
    """Return by how much a maximum rose or fell, " (+0,5)"; "" for what is no figure on both sides."""
    sides = (change.old, change.new)
    if change.key not in {"max", "total"} or None in sides or UNKNOWN in sides:
        return ""
    old, new = map(fraction, sides)
    return f" ({'+' if new > old else '−'}{writer.number(abs(new - old))})"


def _place(change: Change, writer: Writer) -> str:
    """Return the id and the title of what a change concerns, with the doubt about it."""
    lang = writer.lang
    old, new = change.old_id, change.new_id
    number = arrow(old, new, writer) if old and new and old != new else old or new or ""
    title = change.new_title.get(lang) or change.old_title.get(lang)
    if change.part is not ChangePart.CRITERION:
        one_title = len({each.get(lang) for each in (change.old_title, change.new_title)} - {""}) == 1
        return title if one_title else number
    return f"{number} {title}".strip() + _doubt(change, writer)


def _doubt(change: Change, writer: Writer) -> str:
    if change.sure:
        return ""
    if change.kind in _ONE_SIDED:
        return writer.pick(" (chưa chắc: có thể đổi tên hoặc chuyển chỗ)", " (unsure: may be renamed or moved)")
    return writer.pick(" (chưa chắc là cùng một tiêu chí)", " (unsure whether it is the same)")


def sections(diff: Diff, writer: Writer) -> Iterator[Section]:
    """Yield the changes part by part, notes at the end."""
    changes = sorted(_in_one_language(diff.changes, writer), key=lambda each: _section(each)[0] is None)
    for (part, kind), found in groupby(changes, key=_section):
        gathered = list(found)
        groups = (
            Group(place, tuple(row(each, writer) for each in group))
            for place, group in groupby(_apart(gathered), key=lambda each: _place(each, writer))
        )
        title = writer.pick(*(_NOTES if part is None else _CRITERIA[kind] if kind else _PARTS[part]))
        column = writer.pick("Tiêu chí", "Criterion") if part is ChangePart.CRITERION else title
        yield Section(title, column, (*groups, *_together(gathered, writer)), one_sided=kind is not None)


def _in_one_language(changes: Sequence[Change], writer: Writer) -> Iterator[Change]:
    """Yield the changes; of a label that changed in both languages the one in the language of the writer."""
    also = writer.pick(" (cả bản tiếng Anh)", " (in Vietnamese too)")
    known = {(each.part, each.old_id, each.new_id, each.key) for each in changes}
    for each in changes:
        stem, _, last = each.key.rpartition(".")
        other = {"vi": "en", "en": "vi"}.get(last)
        twin = (each.part, each.old_id, each.new_id, f"{stem}.{other}".removeprefix("."))
        if other is None or twin not in known:
            yield each
        elif last == writer.lang:
            yield evolve(each, subject=Text(f"{each.subject.get(writer.lang)}{also}"))


def _section(change: Change) -> tuple[ChangePart | None, ChangeKind | None]:
    """Return the part, and of criteria that stand on one side only what happened; no part for notes on the whole."""
    if change.part is ChangePart.HEAD and change.key.startswith("note."):
        return None, None
    criterion = change.part is ChangePart.CRITERION
    return change.part, change.kind if criterion and change.kind in _CRITERIA else None


def _alike(change: Change) -> tuple[object, ...]:
    return change.sure, change.key, change.subject, change.old_words, change.new_words


def _common(changes: Sequence[Change]) -> dict[tuple[object, ...], list[Change]]:
    """Return the changes that several criteria share, by what they say."""
    found: dict[tuple[object, ...], list[Change]] = {}
    for each in changes:
        if each.part is ChangePart.CRITERION and each.key in _SHARED and each.sure:
            found.setdefault(_alike(each), []).append(each)
    return {key: alike for key, alike in found.items() if len(alike) >= _SEVERAL}


def _apart(changes: Sequence[Change]) -> list[Change]:
    common = _common(changes)
    return [each for each in changes if _alike(each) not in common]


def _together(changes: Sequence[Change], writer: Writer) -> Iterator[Group]:
    for alike in _common(changes).values():
        ids = ", ".join(str(each.new_id) for each in alike)
        place = writer.pick(f"{len(alike)} tiêu chí ({ids})", f"{len(alike)} criteria ({ids})")
        yield Group(place, (row(alike[0], writer),))


def written(diff: Diff, writer: Writer) -> Iterator[str]:
    """Yield the lines of a whole comparison."""
    yield heading(diff, writer)
    yield summary(diff, writer)
    yield from caveats(diff, writer)
    for section in sections(diff, writer):
        yield ""
        yield section.title
        for group in section.groups:
            yield from _group_lines(group, section)


def _group_lines(group: Group, section: Section) -> Iterator[str]:
    if section.one_sided:
        lines = [each.old or each.new for each in group.rows]
    else:
        lines = [line for each in group.rows for line in _row_lines(each)]
    if not group.place:
        yield from (f"  {line}" for line in lines)
    elif len(lines) == 1 and len(group.place) + len(lines[0]) < _WIDE:
        yield f"  {group.place}: {lines[0]}"
    else:
        yield f"  {group.place}"
        yield from (f"      {line}" for line in lines)


def _row_lines(each: Row) -> Iterable[str]:
    if len(each.phrase) < _WIDE:
        return [each.phrase]
    return [f"{each.subject}:", f"  − {each.old}", f"  + {each.new}"]


def heading(diff: Diff, writer: Writer) -> str:
    """Return what is compared with what."""

    def side(edition: Identity) -> str:
        revision = writer.pick(f"bản {edition.revision}", f"revision {edition.revision}")
        return f"{edition.name} ({revision})"

    return arrow(side(diff.old), side(diff.new), writer)


def summary(diff: Diff, writer: Writer) -> str:
    """Return how many criteria were removed, added, moved, changed, in one sentence."""
    if not diff:
        return writer.pick("Không có khác biệt.", "No differences.")
    counted: dict[str, set[tuple[str | None, str | None]]] = {}
    others = 0
    for each in diff.changes:
        name = _count_as(each)
        if name:
            counted.setdefault(name, set()).add((each.old_id, each.new_id))
        else:
            others += 1
    told = []
    for name, (vi, en) in _COUNTED.items():
        if name in counted:
            number = len(counted[name])
            noun = "criterion" if number == 1 else "criteria"
            told.append(writer.pick(f"{vi} {number} tiêu chí", f"{number} {noun} {en}"))
    if others:
        told.append(writer.pick(f"{others} thay đổi khác", f"{others} other change{'s' if others > 1 else ''}"))
    text = "; ".join(told)
    return f"{text[0].upper()}{text[1:]}."


def caveats(diff: Diff, writer: Writer) -> Iterator[str]:
    """Yield what may not be read into the changes: a criterion that an outline lacks need not be missing."""
    kinds = {each.kind for each in diff.changes if each.part is ChangePart.CRITERION}
    if ChangeKind.ADDED in kinds and diff.old.completeness is not Completeness.FULL:
        yield writer.pick(
            f"Lưu ý: {diff.old.name} chỉ gồm phần đã biết, nên tiêu chí bổ sung chưa chắc là mới.",
            f"Note: {diff.old.name} holds the known parts only, so a criterion added here need not be new.",
        )
    if ChangeKind.REMOVED in kinds and diff.new.completeness is not Completeness.FULL:
        yield writer.pick(
            f"Lưu ý: {diff.new.name} chỉ gồm phần đã biết, nên tiêu chí bãi bỏ chưa chắc đã bị bỏ.",
            f"Note: {diff.new.name} holds the known parts only, so a criterion removed here may still exist.",
        )


_COUNTED: Final = {
    "removed": ("bãi bỏ", "removed"),
    "added": ("bổ sung", "added"),
    "moved": ("chuyển chỗ", "moved"),
    "renumbered": ("đổi mã số", "renumbered"),
    "max": ("đổi điểm tối đa hoặc trọng số của", "with another maximum or weight"),
    "rule": ("đổi cách tính điểm của", "with another rule"),
}


def _count_as(change: Change) -> str:
    """Return what a change of a criterion counts as, "" for all others."""
    if change.part is not ChangePart.CRITERION:
        return ""
    if change.kind in _COUNTED:
        return str(change.kind)
    key = change.key.partition(".")[0]
    return {"max": "max", "weight": "max", "rule": "rule"}.get(key, "")
