"""TOML and JSON text to plain tables: exact decimals, no duplicate keys, no NaN."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from typing import Any, NoReturn

from parindex.errors import FileError


def parse_json(text: str, *, name: str) -> Any:
    """Return the value of a JSON text, its decimals exact.

    Raises:
        FileError: if it is no JSON, repeats a key, or holds NaN or an infinity.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key, value in pairs:
            if key in table:
                raise FileError(f"{name}: the key {key!r} stands twice in one table")
            table[key] = value
        return table

    def refuse(word: str) -> NoReturn:
        raise FileError(f"{name}: {word} is not a number that is read here")

    try:
        return json.loads(text, parse_float=Decimal, parse_int=_whole, parse_constant=refuse, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise FileError(f"{name} line {error.lineno}: is not JSON: {error.msg}") from None
    except RecursionError:
        raise FileError(f"{name}: is nested too deeply") from None


def _whole(digits: str) -> int | Decimal:
    # Beyond this length int() is slow or refuses; the number border says what is wrong with it.
    return int(digits) if len(digits) <= 1000 else Decimal(digits)


def parse_toml(text: str, *, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text, its decimals exact.

    Raises:
        FileError: if it is no TOML.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{name}: is not TOML: {error}") from None
    except RecursionError:
        raise FileError(f"{name}: is nested too deeply") from None
    except ValueError:  # what int() says of such a number is about Python
        raise FileError(f"{name}: holds a whole number of more digits than are read") from None


def parse_tables(text: str, *, name: str) -> dict[str, Any]:
    """Return the tables of a TOML or a JSON document, told apart by its first sign."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise FileError(f"{name}: is empty")
    if not text.lstrip().startswith("{"):
        return parse_toml(text, name=name)
    tables: dict[str, Any] = parse_json(text, name=name)
    return tables


def toml_lines(text: str, name: str) -> list[int]:
    """Return the lines on which the tables of the list *name* begin, as far as headings show them."""
    heading = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]\s*(#.*)?")
    return [number for number, line in enumerate(text.splitlines(), 1) if heading.fullmatch(line)]
