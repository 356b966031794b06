"""What a change is called: a phrase for every key of the file format.

A key without a phrase is told by its own name, so nothing is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import frozen

from parindex._methodology.differing import forms
from parindex._methodology.differing.forms import Context, Form, Pair, in_both, quoted
from parindex._methodology.differing.tables import EITHER, At, Delta, ListEntry
from parindex._methodology.said import COMPLETENESS, NOT_APPLICABLE, STATUS
from parindex._methodology.words import Text, Writer

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Phrase:
    """What a key is called, how its values read, and what stands for no value."""

    name: Pair
    form: Form
    none: Pair | None = ("không có", "none")

    def value(self, value: Any, context: Context, writer: Writer) -> str:
        """Return how a value reads; without a word for none the form says what no value means."""
        if value is None and self.none is not None:
            return writer.pick(*self.none)
        return self.form(value, context, writer)


_NOT_STATED: Final = ("không ghi", "not stated")
_NO_LIMIT: Final = ("không giới hạn", "no limit")
_UNNAMED: Final = ("", "")
_LABELS: Final = {
    "vi": Phrase(("tên", "title in Vietnamese"), forms.text),
    "en": Phrase(("tên tiếng Anh", "title"), forms.text),
}
_CITE: Final = {
    "cite.source": Phrase(("căn cứ", "source"), forms.refers_to("source")),
    "cite.at": Phrase(("vị trí trong căn cứ", "place in the source"), forms.text, _NOT_STATED),
}
_WHEN_NOT_APPLICABLE: Final = ("khi không áp dụng:", "when not applicable:")
_GIVES: Final = {"points": Phrase(_UNNAMED, forms.points), "share": Phrase(_UNNAMED, forms.share)}

_RULE: Final[Mapping[str, Phrase]] = {
    "rule": Phrase(("cách tính điểm:", "rule:"), forms.rule, None),
    "rule.scale": Phrase(("thang điểm", "scale"), forms.number),
    "rule.lowest": Phrase(("thấp nhất", "lowest"), forms.number),
    "rule.from": Phrase(("tính điểm từ", "counts from"), forms.rate),
    "rule.full_at": Phrase(("đạt điểm tối đa từ", "full points from"), forms.rate),
    "rule.inverse": Phrase(
        ("tính theo", "in proportion to"),
        forms.one_of({True: ("phần còn lại (100 % − tỷ lệ)", "the rest (100 % − rate)"), False: ("tỷ lệ", "the rate")}),
    ),
    "rule.zero_total": Phrase(("khi không phát sinh:", "when none arise:"), forms.one_of(forms.ZERO_TOTAL)),
    "rule.amounts": Phrase(
        ("số liệu", "figures"),
        forms.one_of({True: ("có thể có số lẻ", "may have decimals"), False: ("là số nguyên", "are whole")}),
    ),
    "rule.may_exceed": Phrase(
        ("tỷ lệ", "the rate"),
        forms.one_of({True: ("được vượt 100 %", "may exceed 100 %"), False: ("không quá 100 %", "is at most 100 %")}),
    ),
    "rule.of": Phrase(("bậc tính theo", "bands of"), forms.one_of(forms.MEASURE)),
    "rule.points": Phrase(("mỗi đơn vị", "each"), forms.points),
    "rule.credits": Phrase(("hệ số", "credit"), forms.number),
    "rule.method": Phrase(("cách so sánh", "method"), forms.plain),
    "rule.direction": Phrase(("tốt hơn khi", "better when"), forms.one_of(forms.DIRECTION)),
    "rule.low": Phrase(("kém nhất được", "the worst gets"), forms.rate),
    "rule.high": Phrase(("tốt nhất được", "the best gets"), forms.rate),
    "rule.all_equal": Phrase(("tất cả bằng nhau:", "all equal:"), forms.one_of(forms.ALL_EQUAL, forms.part)),
    "rule.within": Phrase(("so sánh trong", "compared within"), forms.one_of(forms.RANKED_WITHIN)),
    "rule.bands.from": Phrase(_UNNAMED, forms.after(("từ", "from"), forms.rate)),
    "rule.bands.over": Phrase(_UNNAMED, forms.after(("trên", "over"), forms.rate)),
    "rule.faults.per": Phrase(("tính theo", "for each"), forms.one_of(forms.PER)),
    "rule.faults.cap": Phrase(("trừ tối đa", "at most"), forms.points, _NO_LIMIT),
    "rule.faults.wipe_at": Phrase(
        ("trừ toàn bộ", "all of it"), forms.after(("từ lần thứ", "from number"), forms.plain), ("không", "never")
    ),
    "rule.options.share": Phrase(_UNNAMED, forms.part),
    "rule.groups.weight": Phrase(("trọng số", "weight"), forms.number),
    **{
        f"rule.{entries}.{key}": phrase
        for entries in ("levels", "items", "bands", "faults")
        for key, phrase in _GIVES.items()
    },
}
_ENTRIES: Final[Mapping[str, Pair]] = {
    "rule.levels": ("mức", "level"),
    "rule.items": ("nội dung", "item"),
    "rule.bands": ("bậc", "band"),
    "rule.faults": ("lỗi", "fault"),
    "rule.options": ("câu trả lời", "answer"),
    "rule.groups": ("nhóm trả lời", "respondents"),
    "rule.of": ("phần", "part"),
}
"""What an entry of a list is called."""

_PHRASES: Final[Mapping[str, Phrase]] = {
    "head.id": Phrase(("mã", "id"), forms.plain),
    "head.edition": Phrase(("bộ tiêu chí của năm", "edition"), forms.plain),
    "head.revision": Phrase(("bản", "revision"), forms.plain),
    "head.years": Phrase(("năm áp dụng", "index years"), forms.listed),
    "head.unit_kind": Phrase(("đơn vị được chấm:", "units:"), forms.one_of(forms.UNIT_KINDS)),
    "head.completeness": Phrase(("mức đầy đủ:", "completeness:"), forms.one_of(COMPLETENESS)),
    "head.total": Phrase(("tổng điểm", "total"), forms.known),
    "head.title.vi": _LABELS["vi"],
    "head.title.en": _LABELS["en"],
    "head.note.vi": Phrase(("ghi chú", "note in Vietnamese"), forms.text),
    "head.note.en": Phrase(("ghi chú tiếng Anh", "note"), forms.text),
    "head.titles_verified": Phrase(
        ("tên đã đối chiếu với quyết định:", "titles held against the decision:"), forms.one_of(forms.FLAG)
    ),
    "policy.headline": Phrase(("công bố và xếp hạng theo", "published and ranked by"), forms.one_of(forms.HEADLINE)),
    "policy.not_applicable": Phrase(_WHEN_NOT_APPLICABLE, forms.one_of(NOT_APPLICABLE)),
    "policy.ranked_value": Phrase(("xếp hạng theo giá trị", "ranked by the value"), forms.one_of(forms.RANKED_VALUE)),
    "policy.ranked_within": Phrase(("xếp hạng trong", "ranked among"), forms.one_of(forms.RANKED_WITHIN)),
    "policy.ties": Phrase(("thứ hạng khi bằng nhau:", "ranks after a tie:"), forms.one_of(forms.TIES)),
    "policy.print_rounding": Phrase(("in", "printed with"), forms.rounding),
    "policy.leaf_rounding": Phrase(
        ("làm tròn điểm tiêu chí:", "points of criteria:"), forms.rounding, ("không làm tròn", "not rounded")
    ),
    "policy.index_cap": Phrase(("giới hạn của chỉ số:", "index at most:"), forms.percent, _NO_LIMIT),
    "policy.accept_unequal_maxima": Phrase(
        ("chấp nhận điểm tối đa không bằng nhau:", "unequal maxima accepted:"), forms.one_of(forms.FLAG)
    ),
    "origin.max": Phrase(("điểm tối đa", "maximum"), forms.number, _NOT_STATED),
    "origin.self_assessed": Phrase(("tự đánh giá:", "self-assessed:"), forms.one_of(forms.FLAG)),
    "criterion.max": Phrase(("điểm tối đa", "maximum"), forms.maximum, None),
    "criterion.parent": Phrase(("thuộc", "below"), forms.plain),
    "criterion.weight": Phrase(("trọng số", "weight"), forms.number),
    "criterion.origin": Phrase(("nguồn điểm", "origin"), forms.refers_to("origin"), _NOT_STATED),
    "criterion.lead": Phrase(("chủ trì", "lead"), forms.text, _NOT_STATED),
    **{f"criterion.{key}": phrase for key, phrase in _CITE.items()},
    "criterion.applies_to": Phrase(("áp dụng cho", "applies to"), forms.all_of({}, forms.ALL_GROUPS)),
    "criterion.not_applicable": Phrase(
        _WHEN_NOT_APPLICABLE, forms.one_of(NOT_APPLICABLE), ("theo quy định chung", "as everywhere")
    ),
    "criterion.block": Phrase(("thuộc", "belongs to"), forms.refers_to("block"), ("phần điểm chính", "the base")),
    "criterion.default": Phrase(("khi không có số liệu:", "when not observed:"), forms.default),
    "criterion.note": Phrase(("ghi chú", "note"), forms.text),
    "criterion.order": Phrase(("thứ tự", "order"), forms.listed),
    "block.effect": Phrase(_UNNAMED, forms.one_of(forms.EFFECT)),
    "block.cap": Phrase(("tối đa", "at most"), forms.points, _NO_LIMIT),
    "grade.from": Phrase(("từ", "from"), forms.number),
    "grade.requires": Phrase(("điều kiện:", "requires:"), forms.all_of(forms.CONDITION, forms.NO_CONDITION)),
    "grade.years": Phrase(("năm", "years"), forms.all_of({}, forms.ALL_YEARS)),
    "grade.groups": Phrase(("nhóm", "groups"), forms.all_of({}, forms.ALL_GROUPS)),
    **{f"grade.{key}": phrase for key, phrase in _CITE.items()},
    "event.grade_at_most": Phrase(("xếp loại cao nhất là", "grade at most"), forms.refers_to("grade"), _NO_LIMIT),
    "source.title": Phrase(("tên", "title"), forms.text),
    "source.status": Phrase(_UNNAMED, forms.one_of(STATUS)),
    "source.issuer": Phrase(("cơ quan ban hành", "issuer"), forms.text, _NOT_STATED),
    "source.issued": Phrase(("ban hành ngày", "issued"), forms.date, _NOT_STATED),
    "source.url": Phrase(("địa chỉ", "address"), forms.plain, _NOT_STATED),
    "source.sha256": Phrase(("mã SHA-256", "SHA-256"), forms.plain, _NOT_STATED),
    "source.retrieved": Phrase(("truy cập ngày", "retrieved"), forms.date, _NOT_STATED),
    "source.note": Phrase(("ghi chú", "note"), forms.text),
    **_RULE,
}

_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "criterion": (
        "parent", "max", "weight", "rule", "lead", "origin", "applies_to", "not_applicable", "block", "default",
    ),
    "origin": ("max", "self_assessed"),
    "block": ("effect", "cap"),
    "grade": ("from", "requires", "years", "groups"),
    "event": ("grade_at_most",),
    "source": ("status", "issuer", "issued"),
}  # fmt: skip
"""The keys that are told of a part that is added or removed."""

Words: TypeAlias = tuple[Text, Text, Text]
"""What changed, and how either side reads."""


def worded(part: str, delta: Delta, old: Context, new: Context) -> Words:
    """Return the words for a value that two tables state differently."""
    phrase = _phrase(part, delta)
    subject = in_both(lambda writer: _subject(delta.at, phrase, new, writer))
    before, after = _read(phrase, delta.old, old), _read(phrase, delta.new, new)
    if before == after:  # two keys of one label
        before, after = Text(quoted(str(delta.old))), Text(quoted(str(delta.new)))
    return subject, before, after


def _read(phrase: Phrase, value: Any, context: Context) -> Text:
    return in_both(lambda writer: phrase.value(value, context, writer))


def _phrase(part: str, delta: Delta) -> Phrase:
    words = delta.at.words
    name = words if words.partition(".")[0] == "rule" else f"{part}.{words}"
    above, _, last = name.rpartition(".")
    if name in _ENTRIES and isinstance(delta.new or delta.old, dict):
        return Phrase(_UNNAMED, lambda value, context, writer: _entry_words(name, value, context, writer))
    if name in _PHRASES:
        return _PHRASES[name]
    if last in _LABELS:
        return _LABELS[last]
    if last == "order":
        return _PHRASES["criterion.order"]
    if above in _PHRASES:
        known = _PHRASES[above]
        names = (f"{known.name[0]} {quoted(last)}", f"{known.name[1]} {quoted(last)}")
        return Phrase(names, known.form if above == "rule.credits" else forms.plain)
    return Phrase((delta.at.key, delta.at.key), forms.plain)


def _subject(at: At, phrase: Phrase, context: Context, writer: Writer) -> str:
    told = [f"{writer.pick(*_ENTRIES[each.among])} {quoted(_label(each, context, writer))}:" for each in at.entries]
    return " ".join([*told, writer.pick(*phrase.name)]).strip()


def _label(entry: ListEntry, context: Context, writer: Writer) -> str:
    """Return what an entry is called: its label where both sides agree on it, what it says of a band, else its name."""
    sides = [each for each in (entry.old, entry.new) if each is not None]
    for keys in EITHER if entry.among == "rule.bands" else ():
        shared = [{key: each[key] for key in keys if key in each} for each in sides]
        if all(each == shared[0] for each in shared):
            return _entry_words(entry.among, shared[0], context, writer)
    labels = {Text(each.get("vi"), each.get("en")) for each in sides}
    return labels.pop().get(writer.lang, entry.name) if len(labels) == 1 else entry.name


def _entry_words(name: str, entry: Mapping[str, Any], context: Context, writer: Writer) -> str:
    """Return what an entry of the list *name* says beside its key and its labels."""
    whole_band = name == "rule.bands" and not entry.keys().isdisjoint(_GIVES)
    passed = {"key", "vi", "en", *(("from", "over") if whole_band else ())}  # the edge is what names a band
    told = (
        (_PHRASES.get(f"{name}.{key}") or Phrase((key, key), forms.plain), value)
        for key, value in entry.items()
        if key not in passed
    )
    said = [f"{writer.pick(*phrase.name)} {phrase.value(value, context, writer)}".strip() for phrase, value in told]
    return "; ".join(said) or writer.pick("còn lại", "the rest")


def described(part: str, table: Mapping[str, Any], context: Context) -> Text:
    """Return what a whole part says: of a criterion its maximum, its rule and who answers for it."""

    def say(writer: Writer) -> str:
        told = []
        for key in _TOLD[part]:
            if key in table or (part, key) == ("criterion", "max"):
                phrase = _RULE["rule"] if key == "rule" else _PHRASES[f"{part}.{key}"]
                name = "" if key == "rule" else writer.pick(*phrase.name)
                told.append(f"{name} {phrase.value(table.get(key), context, writer)}".strip())
        return "; ".join(told)

    return in_both(say)
