"""Formulas of annexes: "(b/a)*1 + (c/a)*0,5" as a sum of products of quantities, each with its exact coefficient."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import field, frozen

from parindex._methodology.wording.amounts import MAXIMUM, NUMBER, Stopped, number
from parindex._methodology.wording.vocabulary import CHANGE, NOT_PLAIN

RATE: Final = "%"
"""How the name of a rate begins that a formula speaks of without counts; its words follow."""
MOST_TERMS: Final = 200
"""So many products are multiplied out; a formula of an annex has three or four."""
MOST_BRACKETS: Final = 40
"""Formulas of annexes have three or four; the bound keeps a hostile text from exhausting the stack."""

_LEAD: Final = re.compile(
    r"^(?:(?:thì|được|sẽ|số điểm|điểm|đánh giá|tính|chấm|theo|bằng|cách|công thức|sau|như|áp dụng|của|tiêu chí"
    r"|tương ứng|là|=|:|by|the"
    r"|formula|points)(?!\w)\s*|[=:]\s*)+",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    rf"\s*(?:(?P<maximum>{MAXIMUM}|điểm tối đa của tiêu chí)"
    rf"|(?P<number>{NUMBER})\s*(?P<percent>%?)(?:\s*(?:điểm|đ|points?)(?!\w)(?!\s+(?:tối đa|chuẩn)))?"
    rf"|(?P<rate>(?:(?:tỷ|tỉ) lệ|số %|phần trăm|rate)(?:\s*(?:\(%\)"
    rf"|%))?(?:\s+(?!x\b)[^\W\d]\w*)*?(?:\s*\(%\))?)(?=\s*(?:$|[×x*/+\-)\]]))"
    rf"|(?P<total>tổng(?: số)?(?:\s+(?!x\b)[^\W\d]\w*)*?)(?=\s*(?:$|[×x*/+\-)\]]))"
    rf"|(?P<count>số(?:\s+(?!x\b)[^\W\d]\w*)+?)(?=\s*(?:$|[×x*/+\-)\]]))"
    rf"|(?P<times>[×*]|(?<![^\W\d])x(?![^\W\d]))"
    rf"|(?P<variable>(?<!\w)[a-wyz](?!\w))"
    rf"|(?P<sign>[-+/()\[\]]))",
    re.IGNORECASE,
)
_LOOKS: Final = re.compile(rf"[×*/]|(?<![^\W\d])x(?![^\W\d])|{MAXIMUM}|công thức|formula", re.IGNORECASE)

_NHAN: Final = re.compile(r"\s*(?<!\w)(?:nhân với|nhân|multiplied by|times)(?!\w)\s*", re.IGNORECASE)
_CHIA: Final = re.compile(r"\s*(?<!\w)(?:chia cho|chia|divided by)(?!\w)\s*", re.IGNORECASE)
_TWO: Final = re.compile(r"(?<!\w)(?:và|hoặc|hay|cộng|trừ|and|or|plus|minus)(?!\w)", re.IGNORECASE)

Monomial: TypeAlias = tuple[tuple[str, int], ...]
"""Quantities with their powers, by name."""


@frozen
class Formula:
    """A sum of monomials with their coefficients; those of zero are kept, since they name a quantity."""

    terms: dict[Monomial, Fraction]

    def plus(self, other: Formula, sign: int = 1) -> Formula:
        """Return the sum, or with -1 the difference."""
        terms = dict(self.terms)
        for names, factor in other.terms.items():
            terms[names] = terms.get(names, Fraction(0)) + sign * factor
        return Formula(terms)

    def times(self, other: Formula) -> Formula:
        """Return the product."""
        terms: dict[Monomial, Fraction] = {}
        if len(self.terms) * len(other.terms) > MOST_TERMS:
            raise Stopped("", "has too many terms")
        for left, first in self.terms.items():
            for right, second in other.terms.items():
                powers = dict(left)
                for name, power in right:
                    powers[name] = powers.get(name, 0) + power
                names = tuple(sorted((name, power) for name, power in powers.items() if power))
                terms[names] = terms.get(names, Fraction(0)) + first * second
        return Formula(terms)

    def over(self, other: Formula, text: str) -> Formula:
        """Return the quotient; only a single product can divide."""
        if len(other.terms) != 1:
            raise Stopped(text, "divides by a sum")
        ((names, factor),) = other.terms.items()
        if not factor:
            raise Stopped(text, "divides by zero")
        return self.times(Formula({tuple((name, -power) for name, power in names): 1 / factor}))


def rate_words(text: str) -> str:
    """Return what a rate is of, "" where its name is "tỷ lệ" alone."""
    return " ".join(_RATE_ITSELF.sub(" ", text.casefold()).split())


_RATE_ITSELF: Final = re.compile(
    r"[%()]|(?<!\w)(?:(?:tỷ|tỉ) lệ|số|phần trăm|rate|hoàn thành|thực hiện|đạt được|đạt)(?!\w)"
)


@frozen
class _Token:
    kind: str
    text: str


def formula(text: str, maximum: Fraction) -> Formula | None:
    """Return the formula that *text* is, "điểm tối đa" being *maximum*; None where it is none.

    Raises:
        Stopped: where it looks like a formula and cannot be read as one.
    """
    bare = _CHIA.sub(" / ", _NHAN.sub(" × ", _LEAD.sub("", text.strip()))).strip()
    if not _LOOKS.search(bare):
        return None
    tokens = _tokens(bare)
    if tokens is None:
        return None
    if bare.count("(") + bare.count("[") > MOST_BRACKETS:
        raise Stopped(text, "has too many brackets")
    parser = _Parser(tokens, bare, maximum)
    found = parser.sum()
    if parser.at != len(tokens):
        raise Stopped(text, "is a formula that is not understood")
    return found


def _tokens(text: str) -> list[_Token] | None:
    tokens = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        kind = str(match.lastgroup)
        if match["number"]:
            kind = "percent" if match["percent"] else "number"
        tokens.append(_Token(kind, (match["number"] or match[0]).strip()))
        at = match.end()
        while at < len(text) and text[at] == " ":
            at += 1
    return tokens


@frozen(eq=False)
class _Parser:
    tokens: list[_Token]
    text: str
    maximum: Fraction
    _at: list[int] = field(factory=lambda: [0])

    @property
    def at(self) -> int:
        return self._at[0]

    def next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> _Token:
        token = self.next()
        if token is None:
            raise Stopped(self.text, "is a formula that breaks off")
        self._at[0] += 1
        return token

    def sum(self) -> Formula:
        """Read terms joined by plus and minus."""
        found = self.product()
        while (token := self.next()) is not None and token.text in {"+", "-"}:
            self.take()
            found = found.plus(self.product(), 1 if token.text == "+" else -1)
        return found

    def product(self) -> Formula:
        """Read factors joined by times and over."""
        found = self.factor()
        while (token := self.next()) is not None and (token.kind == "times" or token.text == "/"):
            self.take()
            found = found.times(self.factor()) if token.kind == "times" else found.over(self.factor(), self.text)
        return found

    def factor(self) -> Formula:
        """Read one quantity, or a sum in brackets."""
        token = self.take()
        match token.kind:
            case "number":
                return Formula({(): number(token.text)})
            case "percent":
                return Formula({(): number(token.text) / 100})
            case "maximum":
                return Formula({(): self.maximum})
            case "rate" | "total" | "count" if _TWO.search(token.text) or NOT_PLAIN.search(token.text):
                raise Stopped(token.text, "names more than one quantity")
            case "rate" | "total" | "count" if CHANGE.search(token.text):
                raise Stopped(token.text, "is about a change, not about a share or a count")
            case "rate":
                return Formula({((RATE + rate_words(token.text), 1),): Fraction(1)})
            case "variable" | "total" | "count":
                return Formula({((token.text.casefold(), 1),): Fraction(1)})
            case _:
                pass
        if token.text in {"(", "["}:
            found = self.sum()
            if self.take().text not in {")", "]"}:
                raise Stopped(self.text, "is a formula whose brackets do not close")
            return found
        raise Stopped(self.text, "is a formula that is not understood")
