"""A million case lines, reduced by SQL to the counts that rules ask for, and scored."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import duckdb
from work import answer, must_be, timed

import parindex as pi
from parindex.extras.frames import from_frame

if TYPE_CHECKING:
    import datetime as dt

LINES, UNITS = 1_000_000, 700

METHODOLOGY = json.dumps(
    {
        "format": "parindex.methodology/1",
        "id": "example.bench.cases",
        "edition": "2024",
        "years": [2024],
        "unit_kind": "district",
        "completeness": "full",
        "total": 100,
        "title": {"en": "Invented edition"},
        "source": [{"key": "bench", "title": "Invented", "status": "illustrative"}],
        "criterion": [
            {
                "id": "1.1",
                "parent": "",
                "en": "Cases settled on time",
                "max": 60,
                "cite": {"source": "bench", "at": "1.1"},
                "rule": {"type": "ratio", "from": "57%"},
            },
            {
                "id": "1.2",
                "parent": "",
                "en": "Cases received online",
                "max": 40,
                "cite": {"source": "bench", "at": "1.2"},
                "rule": {"type": "ratio", "full_at": "60%"},
            },
        ],
        "grade": [{"key": "tot", "en": "Good", "from": 85}, {"key": "kha", "en": "Fair", "from": 0}],
    }
)

CASES = f"""
create table cases as
select
    'Huyện ' || (hash(line) % {UNITS})::text as unit,
    date '2024-01-01' + (hash(line, 1) % 300)::int as received,
    received + 15 as due,
    if(hash(line, 2) % 50 = 0, null, received + (hash(line, 3) % 18)::int) as settled,
    if(hash(line, 4) % 10 < 4 + hash(unit) % 4, 'online', 'counter') as channel
from range({LINES}) as lines(line)
"""  # noqa: S608  two numbers

COUNTS = """
select
    unit,
    count(*) filter (settled <= due) as "1.1:done",
    count(*) as "1.1:total",
    count(*) filter (channel = 'online') as "1.2:done",
    count(*) as "1.2:total"
from cases
group by unit
order by unit
"""


def counted_one_by_one(lines: list[tuple[str, dt.date, dt.date | None, str]]) -> list[pi.Assessment]:
    """Return the same counts made in plain Python, to hold the SQL against."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"total": 0, "settled": 0, "online": 0})
    for unit, due, settled, channel in lines:
        own = counts[unit]
        own["total"] += 1
        own["settled"] += settled is not None and settled <= due
        own["online"] += channel == "online"
    return [
        pi.Assessment(
            unit,
            {
                "1.1": {"done": own["settled"], "total": own["total"]},
                "1.2": {"done": own["online"], "total": own["total"]},
            },
        )
        for unit, own in sorted(counts.items())
    ]


def main() -> None:
    """Draw the cases, count and score them, and hold the board against one made case by case."""
    methodology = pi.parse_methodology(METHODOLOGY)
    base = duckdb.connect()
    with timed(f"duckdb, {LINES} cases drawn"):
        base.execute(CASES)
    with timed("duckdb, counted by SQL and scored"):
        board = pi.score_many(methodology, from_frame(base.sql(COUNTS)))
        found = answer(board)
    lines = base.sql("select unit, due, settled, channel from cases").fetchall()
    units = counted_one_by_one(lines)
    must_be(found, answer(pi.score_many(methodology, units, engine="reference")))


if __name__ == "__main__":
    main()
