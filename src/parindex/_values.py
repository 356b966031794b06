"""Every public value as a JSON document with its format name, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from parindex._catalog import CatalogEntry, Example
from parindex._frozen import FrozenMap
from parindex._methodology.criteria import Criterion
from parindex._methodology.diff import Change, Diff, Value, frozen_value
from parindex._methodology.finding import Finding
from parindex._methodology.methodology import Methodology
from parindex._methodology.parts import Block, Cite, Event, Grade, Origin, Policy, Source
from parindex._methodology.rules import (
    Band,
    DeductFault,
    Input,
    Item,
    Level,
    Option,
    Part,
    Peers,
    Rule,
    SurveyGroup,
    SurveyOption,
)
from parindex._methodology.wording import RuleReading
from parindex._methodology.words import Text
from parindex._numbers import Rounding, exact_text, parse_exact
from parindex._scoring.assessment import Assessment, NotApplicable
from parindex._scoring.board import CardBoard, Scoreboard
from parindex._scoring.results import BlockScore, Bounds, NodeScore, OriginScore, Scorecard
from parindex.errors import Fault, Faults, Place, near

if TYPE_CHECKING:
    from collections.abc import Callable

_VALUES: Final[Mapping[str, type]] = {
    "parindex.assessment/1": Assessment,
    "parindex.not-applicable/1": NotApplicable,
    "parindex.finding/1": Finding,
    "parindex.catalog-entry/1": CatalogEntry,
    "parindex.example/1": Example,
    "parindex.criterion/1": Criterion,
    "parindex.source/1": Source,
    "parindex.cite/1": Cite,
    "parindex.origin/1": Origin,
    "parindex.policy/1": Policy,
    "parindex.block/1": Block,
    "parindex.grade/1": Grade,
    "parindex.event/1": Event,
    "parindex.rounding/1": Rounding,
    "parindex.text/1": Text,
    "parindex.level/1": Level,
    "parindex.item/1": Item,
    "parindex.band/1": Band,
    "parindex.deduct-fault/1": DeductFault,
    "parindex.part/1": Part,
    "parindex.survey-option/1": SurveyOption,
    "parindex.survey-group/1": SurveyGroup,
    "parindex.input/1": Input,
    "parindex.option/1": Option,
    "parindex.place/1": Place,
    "parindex.peers/1": Peers,
    "parindex.node/1": NodeScore,
    "parindex.origin-score/1": OriginScore,
    "parindex.block-score/1": BlockScore,
    "parindex.bounds/1": Bounds,
    "parindex.change/1": Change,
    "parindex.differences/1": Diff,
    "parindex.rule-reading/1": RuleReading,
}
_METHODOLOGY: Final = "parindex.methodology/1"
_RULE: Final = "parindex.rule/1"
_CARD: Final = "parindex.scorecard/1"
_BOARD: Final = "parindex.scoreboard/1"


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Return a public value or result as JSON text with its format name; exact numbers are written "n/d".

    Raises:
        TypeError: for what is no value of this library.
    """
    return json.dumps(_document(value), ensure_ascii=False, indent=indent)


def loads(text: str) -> Any:
    """Return the value that :func:`dumps` wrote.

    Raises:
        FileError: if the text is no JSON.
        Faults: if it is no document of a format that is known here, with every fault.
    """
    from parindex._files.tables import parse_tables
    from parindex._methodology.convert import faults_in
    from parindex._methodology.document import from_tables

    tables = parse_tables(text, name="value")
    form = tables.pop("format", None)
    if form == _METHODOLOGY:
        return from_tables({"format": form, **tables})
    readers: dict[str, Callable[[Mapping[str, Any]], Any]] = {
        _RULE: lambda each: _fields(each, {"rule": Rule})["rule"],
        _CARD: _read_card,
        _BOARD: _read_board,
        **{name: partial(_read_value, cls) for name, cls in _VALUES.items()},
    }
    if not isinstance(form, str) or form not in readers:
        fault = Fault(f"{form!r} is not known here", place=Place(at="format"), hint=near(str(form), readers))
        raise Faults("this document cannot be read", [fault])
    try:
        return readers[form](tables)
    except Faults:
        raise
    except Exception as error:
        raise Faults("this document cannot be read", list(faults_in(error))) from None


def _read_value(cls: type, tables: Mapping[str, Any]) -> Any:
    return _converter().structure(tables, cls)


def _fields(
    tables: Mapping[str, Any], types: Mapping[str, Any], *, optional: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the values of *tables* by key, of these types and no others; all faults come together."""
    from parindex._methodology.convert import faults_in, unknown_key

    faults = [unknown_key(key, list(types)) for key in tables if key not in types]
    faults += [Fault("is missing", place=Place(at=key)) for key in types if key not in tables and key not in optional]
    values = {}
    for key in tables.keys() & types.keys():
        try:
            values[key] = _converter().structure(tables[key], types[key])
        except Exception as error:
            faults += faults_in(error, key)
    if faults:
        raise Faults("this document cannot be read", faults)
    return values


def _document(value: Any) -> dict[str, Any]:
    from parindex._methodology.document import to_tables

    match value:
        case Methodology():
            return to_tables(value)
        case Scorecard():
            return {"format": _CARD, "methodology": to_tables(value.methodology), **_converter().unstructure(value)}
        case Scoreboard():
            cards = [_converter().unstructure(card) for card in value.cards]
            return {"format": _BOARD, "methodology": to_tables(value.methodology), "cards": cards}
        case Rule():
            return {"format": _RULE, "rule": _converter().unstructure(value)}
    for form, cls in _VALUES.items():
        if type(value) is cls:
            return {"format": form, **_converter().unstructure(value)}
    raise TypeError(f"{type(value).__name__} is no value of parindex")


@cache
def _converter() -> Any:
    """Return the converter of results: as of files, but with every number exact and of any length."""
    from cattrs.gen import make_dict_unstructure_fn, override

    from parindex._methodology.convert import make_converter

    converter = make_converter()
    converter.register_structure_hook(Fraction, lambda text, _: parse_exact(text))
    converter.register_unstructure_hook(Fraction, exact_text)
    converter.register_structure_hook_func(lambda kind: kind == Value, lambda value, _: frozen_value(value))
    converter.register_structure_hook(NotApplicable, lambda table, _: _not_applicable(table))
    converter.register_unstructure_hook(NotApplicable, lambda value: {"not-applicable": value.reason})
    attrs.resolve_types(Assessment)
    observations = attrs.fields(Assessment).observations.type
    observed = attrs.fields(attrs.resolve_types(NodeScore)).observed.type
    converter.register_structure_hook_func(lambda kind: kind == observations, lambda table, _: _observations(table))
    converter.register_unstructure_hook_func(
        lambda kind: kind == observations,
        lambda kept: {
            key: {"not-applicable": each.reason} if isinstance(each, NotApplicable) else dict(each)
            for key, each in kept.items()
        },
    )
    converter.register_structure_hook_func(lambda kind: kind == observed, lambda table, _: _observed(table))
    converter.register_unstructure_hook_func(
        lambda kind: kind == observed,
        lambda kept: None if kept is None else {key: _out(each) for key, each in kept.items()},
    )
    converter.register_unstructure_hook(
        Scorecard,
        make_dict_unstructure_fn(Scorecard, converter, _cattrs_omit_if_default=True, methodology=override(omit=True)),
    )
    return converter


def _observations(table: object) -> FrozenMap[str, Any]:
    kept = {}
    for key, each in _table(table).items():
        inputs = _table(each)
        dropped = "not-applicable" in inputs
        if dropped and len(inputs) > 1:
            raise Fault("is not applicable and has values too", place=Place(at=key))
        kept[key] = _not_applicable(inputs) if dropped else FrozenMap(inputs)
    return FrozenMap(kept)


def _not_applicable(table: object) -> NotApplicable:
    reason = _table(table).get("not-applicable")
    if not isinstance(reason, str):
        raise Fault(f"expected text, found {reason!r}", place=Place(at="not-applicable"))
    return NotApplicable(reason)


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Fault(f"expected a table, found {value!r}")
    return value


def _out(value: Fraction | str | bool) -> str | bool:
    return exact_text(value) if isinstance(value, Fraction) else value


def _observed(table: Mapping[str, Any] | None) -> FrozenMap[str, Any] | None:
    """Return a leaf's exact inputs; no key of a choice has the stroke that every exact number has."""
    if table is None:
        return None
    return FrozenMap(
        {key: parse_exact(each) if isinstance(each, str) and "/" in each else each for key, each in table.items()}
    )


def _read_card(tables: Mapping[str, Any]) -> Scorecard:
    methodology = _methodology(tables)
    return _card(methodology, {key: tables[key] for key in tables if key != "methodology"})


def _read_board(tables: Mapping[str, Any]) -> Scoreboard:
    methodology = _methodology(tables)
    read = _fields(tables, {"methodology": Any, "cards": list[Any]})
    return CardBoard(methodology, tuple(_card(methodology, each) for each in read["cards"]))


def _methodology(tables: Mapping[str, Any]) -> Methodology:
    from parindex._methodology.document import from_tables

    return from_tables(tables.get("methodology"))


def _card(methodology: Methodology, tables: object) -> Scorecard:
    if not isinstance(tables, dict):
        raise Faults("this card cannot be read", [Fault("expected a table")])
    known = {each.name: each for each in attrs.fields(attrs.resolve_types(Scorecard)) if each.name != "methodology"}
    types = {name: each.type for name, each in known.items()}
    optional = frozenset(name for name, each in known.items() if each.default is not attrs.NOTHING)
    return Scorecard(methodology=methodology, **_fields(tables, types, optional=optional))
