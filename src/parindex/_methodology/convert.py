"""Between tables, as TOML and JSON hold them, and values: one converter for reading and for writing.

cattrs does the work from the types of the attributes.
This module says how numbers, rates and rules are written, and turns what cattrs finds into faults with their place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Union, cast, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from parindex._frozen import FrozenMap
from parindex._methodology.criteria import Default, Maximum, maximum
from parindex._methodology.rules import RULES, Part, Rule
from parindex._methodology.rules.base import Rate, Share, percent_text, rate, share
from parindex._methodology.rules.direct import AllEqual, all_equal
from parindex._methodology.rules.stepped import Edge, edge
from parindex._methodology.words import UNKNOWN
from parindex._numbers import fraction, shortest
from parindex._text import Word, tidy
from parindex.errors import Fault, Faults, NumberError, Place, near

_KINDS: Mapping[type, str] = {
    str: "text",
    bool: "a truth value",
    int: "a number",
    dict: "a table",
    list: "a list",
    tuple: "a list",
    type(None): "nothing",
    Decimal: "a decimal number",
    float: "a decimal number",
    dt.date: "a date",
    dt.datetime: "a date and time",
}
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""The one spelling of a date; Python reads others too, and not the same ones in every version."""


def kind_of(value: object) -> str:
    """Return what *value* is, in the words of the file format."""
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def file_key(attribute: str) -> str:
    """Return the key that stands for an attribute in a file: ``from`` for ``from_``."""
    return attribute.rstrip("_")


def number_out(value: Fraction) -> int | str:
    """Return a number as it is written: whole ones as such, others as text."""
    return value.numerator if value.denominator == 1 else shortest(value)


def _word(value: object, cls: type[Word]) -> Word:
    return cls(cast("str", value))


def _exactly(cls: type) -> Callable[[object, Any], object]:
    def structure(value: object, _: Any) -> object:
        if type(value) is not cls:
            raise Fault(f"expected {_KINDS[cls]}, found {kind_of(value)}")
        if isinstance(value, str):
            tidy(value)  # refuses half characters
        return value

    return structure


def _integer(value: object, _: Any) -> int:
    if type(value) is not int:
        raise Fault(f"expected a whole number, found {kind_of(value)}")
    return value


def _date(value: object, _: Any) -> dt.date:
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        with suppress(ValueError):  # there is no such day
            return dt.date.fromisoformat(value)
    raise Fault(f"{value!r} is not a date, expected one such as 2024-01-15")


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Fault(f"expected a table, found {kind_of(value)}")
    return value


def _overrides(cls: type) -> dict[str, Any]:
    return {each.name: override(rename=file_key(each.name)) for each in attrs.fields(cls) if each.name.endswith("_")}


def _attrs_in(cls: type, converter: Converter) -> Callable[[Any, Any], Any]:
    fill: Callable[[Mapping[str, Any], type], Any] = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, **_overrides(cls)
    )

    def structure(value: object, _: Any) -> Any:
        return value if isinstance(value, cls) else fill(_table(value), cls)

    return structure


def _attrs_out(cls: type, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **_overrides(cls))


def _made_of(origin: object) -> Callable[[Any], bool]:
    def matches(kind: Any) -> bool:
        found: object = get_origin(kind)
        return found is origin

    return matches


def _tuple_in(value: object, kind: Any, converter: Converter) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Fault(f"expected a list, found {kind_of(value)}")
    parts = get_args(kind)
    if parts[-1] is not Ellipsis and len(value) != len(parts):
        raise Fault(f"expected {len(parts)} items, found {len(value)}")
    items: Any = list[parts[0]]  # type: ignore[valid-type]  # known at run time only
    return tuple(converter.structure(value, items))


def _map_in(value: object, kind: Any, converter: Converter) -> FrozenMap[str, Any]:
    items: Any = dict[str, get_args(kind)[1]]  # type: ignore[misc]  # known at run time only
    return FrozenMap(converter.structure(dict(_table(value)), items))


def make_converter(*, nulls: bool = True) -> Converter:
    """Return a new converter with the hooks of the file format; without *nulls*, a key that is there states a value."""
    converter = Converter()
    into, out = converter.register_structure_hook, converter.register_unstructure_hook

    converter.register_structure_hook_factory(attrs.has, _attrs_in)
    converter.register_unstructure_hook_factory(attrs.has, _attrs_out)
    converter.register_structure_hook_func(_made_of(tuple), lambda value, kind: _tuple_in(value, kind, converter))
    converter.register_structure_hook_func(_made_of(FrozenMap), lambda value, kind: _map_in(value, kind, converter))
    converter.register_unstructure_hook_func(
        lambda kind: kind is FrozenMap or _made_of(FrozenMap)(kind),
        lambda items: {key: converter.unstructure(value) for key, value in items.items()},
    )
    into(Word, _word)
    for plain, read_plain in ((str, _exactly(str)), (bool, _exactly(bool)), (int, _integer)):
        into(plain, read_plain)
    converter.register_unstructure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Word), str)
    into(dt.date, _date)
    out(dt.date, lambda value: value.isoformat())
    into(Fraction, lambda value, _: fraction(value))
    out(Fraction, number_out)
    into(Rate, lambda value, _: rate(value))
    out(Rate, percent_text)
    into(Share, lambda value, _: share(value))
    out(Share, number_out)
    into(Edge, lambda value, _: edge(value))
    out(Edge, lambda value: percent_text(value.value) if value.percent else number_out(value.value))
    for union, read in ((Maximum, _maximum), (AllEqual, all_equal), (Default, _default)):
        _register_union(converter, union, read)
    _register_rules(converter)
    if not nulls:
        converter.register_structure_hook_func(
            lambda kind: type(None) in get_args(kind), lambda value, kind: _stated(value, kind, converter)
        )
    return converter


def _stated(value: object, kind: Any, converter: Converter) -> Any:
    """Read the value of a key that may be left out: JSON can write null there, which TOML cannot."""
    if value is None:
        raise Fault("expected a value, found nothing: state one, or leave the key out")
    known: Any = Union[tuple(each for each in get_args(kind) if each is not type(None))]  # noqa: UP007  made at run time
    return converter.structure(value, known)


def _register_union(converter: Converter, union: Any, read: Callable[[object], Any]) -> None:
    optional = union | None

    def matches(kind: Any) -> bool:
        return bool(kind in (union, optional))

    def structure(value: object, kind: Any) -> Any:
        return None if value is None and kind == optional else read(value)

    def write(value: Any) -> Any:
        return number_out(value) if isinstance(value, Fraction) else converter.unstructure(value)

    converter.register_structure_hook_func(matches, structure)
    converter.register_unstructure_hook_func(matches, write)


def _maximum(value: object) -> Maximum:
    try:
        return maximum(value)
    except NumberError as error:
        hint = near(value.casefold(), [str(UNKNOWN)]) if isinstance(value, str) else None
        raise Fault(str(error), hint=hint) from None


def _default(value: object) -> Default:
    """Return a default as points, or as inputs whose numbers have one spelling."""
    if isinstance(value, list):
        raise Fault(f"expected points, or a table of inputs, found {kind_of(value)}")
    if not isinstance(value, Mapping):
        return fraction(value)
    return FrozenMap({name: _plain(each) for name, each in value.items()})


def _plain(value: object) -> int | str | bool:
    if isinstance(value, bool):
        return value
    try:
        return number_out(fraction(value))
    except NumberError:
        return _exactly(str)(value, str)  # type: ignore[return-value]  # text is what it returns


def _register_rules(converter: Converter) -> None:
    def read_rule(value: object, _: Any) -> Rule:
        if isinstance(value, Rule):
            return value
        table = dict(_table(value))
        kind = table.pop("type", None)
        if kind is None:
            raise Fault(f"expected a type: one of {', '.join(RULES)}")
        if not isinstance(kind, str) or kind not in RULES:
            message = f"{kind!r} is no rule, expected one of {', '.join(RULES)}"
            raise Fault(message, place=Place(at="type"), hint=near(kind, RULES) if isinstance(kind, str) else None)
        return converter.structure(table, RULES[kind])

    def write_rule(rule: Rule) -> dict[str, Any]:
        return {"type": rule.type, **_attrs_out_cached(type(rule))(rule)}

    writers: dict[type, Callable[[Any], dict[str, Any]]] = {}

    def _attrs_out_cached(cls: type) -> Callable[[Any], dict[str, Any]]:
        if cls not in writers:
            writers[cls] = _attrs_out(cls, converter)
        return writers[cls]

    def read_part(value: object, _: Any) -> Part:
        if isinstance(value, Part):
            return value
        table = dict(_table(value))
        own = {name: table.pop(name) for name in ("key", "vi", "en") if name in table}
        for name, text in own.items():
            if not isinstance(text, str):
                raise Fault(f"expected text, found {kind_of(text)}", place=Place(at=name))
        if "key" not in own:
            raise Fault("is missing", place=Place(at="key"))
        return Part(rule=converter.structure(table, cast("Any", Rule)), **own)

    def write_part(part: Part) -> dict[str, Any]:
        labels = {name: text for name in ("vi", "en") if (text := getattr(part, name)) is not None}
        return {"key": part.key, **labels, **write_rule(part.rule)}

    converter.register_structure_hook_func(lambda kind: kind is Rule, read_rule)
    converter.register_unstructure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Rule), write_rule)
    converter.register_structure_hook(Part, read_part)
    converter.register_unstructure_hook(Part, write_part)


converter = make_converter(nulls=False)
"""That of files, made once; its hooks hold no state of the documents that pass through it."""


def faults_in(error: BaseException, path: str = "") -> Iterator[Fault]:
    """Yield the faults behind an error of the converter, each placed below *path*."""
    match error:
        case ClassValidationError():
            with_note, bare = error.group_exceptions()
            for each, note in with_note:
                yield from faults_in(each, _join(path, file_key(note.name)))
            for each in bare:
                yield from faults_in(each, path)
        case IterableValidationError():
            with_index, bare = error.group_exceptions()
            steps = [(each, f"[{at.index}]" if isinstance(at.index, int) else str(at.index)) for each, at in with_index]
            for each, step in [*steps, *((each, "") for each in bare)]:
                yield from faults_in(each, _join(path, step))
        case BaseValidationError() | Faults():
            for each in error.exceptions:
                yield from faults_in(each, path)
        case ForbiddenExtraKeysError():
            known = [file_key(each.name) for each in attrs.fields(error.cl) if each.init]
            for key in sorted(map(str, error.extra_fields)):
                yield unknown_key(key, known, path)
        case Fault():
            yield Fault(error.message, place=Place(at=_join(path, error.place.at or "")), hint=error.hint)
        case KeyError():
            yield Fault("is missing", place=Place(at=path))
        case _:
            yield Fault(str(error), place=Place(at=path))


def unknown_key(key: str, known: list[str], path: str = "") -> Fault:
    """Return the fault of a key that the format does not have, with the near miss."""
    hint = near(key, known)
    message = "unknown key" if hint else f"unknown key, expected one of {', '.join(known)}"
    return Fault(message, place=Place(at=_join(path, key)), hint=hint)


def _join(path: str, step: str) -> str:
    if not path or not step:
        return path or step
    if step.startswith("["):
        return f"{path}{step}"
    return f"{path} {step}" if path.endswith(",") else f"{path}.{step}"
