"""Text for a terminal: aligned tables and trees, in Vietnamese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex._methodology.said import COMPLETENESS, STATUS
from parindex._methodology.words import Headline, Lang, Within, Writer
from parindex._scoring.results import Scorecard, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from parindex._catalog import CatalogEntry, Example
    from parindex._methodology.criteria import Criterion
    from parindex._methodology.finding import Finding
    from parindex._methodology.methodology import Methodology
    from parindex._methodology.parts import Source
    from parindex._scoring.board import Scoreboard


def aligned(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Yield the rows as lines of aligned columns, those in *right* flush right, with a rule under the first."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "─" * (sum(widths) + 2 * (len(widths) - 1))


def counted(number: int, noun: str) -> str:
    """Return "1 unit", "2 units"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def heading(methodology: Methodology, writer: Writer) -> str:
    """Return the line that says what was computed with."""
    title = methodology.title.get(writer.lang, methodology.id)
    what = writer.pick(*COMPLETENESS[methodology.completeness])
    revision = writer.pick(f"bản {methodology.revision}", f"revision {methodology.revision}")
    return f"{title}\n{methodology.name}, {revision} ({what})"


def board_text(board: Scoreboard, lang: Lang, width: int) -> str:
    """Return the ranking: rank, unit, the points of each domain as far as the width allows, points, index, grade."""
    methodology = board.methodology
    writer = Writer(lang, methodology.policy.print_rounding)
    order = _reading_order(board)
    lines = []
    for domains in (methodology.roots, ()):
        rows, right = _board_rows(board, order, domains, writer)
        lines = list(aligned(rows, right=right))
        if max(map(len, lines)) <= width:
            break
    told = [heading(methodology, writer), "", *lines]
    mean = board.mean()
    if mean is not None:
        final = sum(card.status is Status.FINAL for card in board.cards)
        unit = " %" if methodology.headline is Headline.INDEX else ""
        label = writer.pick(f"Trung bình {final} đơn vị", f"Mean of {counted(final, 'unit')}")
        told += ["", f"{label}: {writer.printed(mean)}{unit}"]
    for card in board.cards:
        if card.assessment.unranked is not None:
            why = card.assessment.unranked
            told.append(writer.pick(f"{card.unit}: không xếp hạng ({why})", f"{card.unit}: not ranked ({why})"))
    told += ["", *sources_text(methodology, writer)]
    return "\n".join(told) + "\n"


def _reading_order(board: Scoreboard) -> list[int]:
    """Return the positions of the units by rank, the unranked last; group by group where ranks are within groups."""
    ranks = board.rank_list()
    apart = board.methodology.policy.ranked_within is Within.GROUP
    groups = {group: number for number, group in enumerate(dict.fromkeys(card.group for card in board.cards))}

    def place(position: int) -> tuple[int, int]:
        return groups[board.cards[position].group] if apart else 0, ranks[position] or len(ranks) + 1

    return sorted(range(len(ranks)), key=place)


def _board_rows(
    board: Scoreboard, order: Sequence[int], domains: Sequence[Criterion], writer: Writer
) -> tuple[list[list[str]], frozenset[int]]:
    ranks = board.rank_list()
    graded = bool(board.methodology.grades)
    grouped = any(card.group is not None for card in board.cards)
    head = [writer.pick("Hạng", "Rank"), writer.pick("Đơn vị", "Unit")]
    head += [writer.pick("Nhóm", "Group")] if grouped else []
    first_number = len(head)
    head += [domain.id for domain in domains]
    head += [writer.pick("Điểm", "Points"), writer.pick("Chỉ số %", "Index %")]
    right = frozenset({0, *range(first_number, len(head))})
    head += [writer.pick("Xếp loại", "Grade")] if graded else []
    rows = [head]
    for position in order:
        card = board.cards[position]
        row = [str(ranks[position] or "–"), card.unit]
        row += [card.group or ""] if grouped else []
        row += [_points(card, domain.id, writer) for domain in domains]
        row += _figures(card, writer)
        row += [card.grade.text.get(writer.lang, card.grade.key) if card.grade else "–"] if graded else []
        rows.append(row)
    return rows, right


def _points(card: Scorecard, criterion: str, writer: Writer) -> str:
    points = card[criterion].points if criterion in card.nodes else None
    return "–" if points is None else writer.printed(points)


def _figures(card: Scorecard, writer: Writer) -> list[str]:
    if card.bounds is not None:
        return [_interval(ends, writer) for ends in (card.bounds.points, card.bounds.index)]
    return ["–" if figure is None else writer.printed(figure) for figure in (card.points, card.index)]


def _interval(ends: tuple[Fraction | None, Fraction | None], writer: Writer) -> str:
    return "–".join("?" if end is None else writer.printed(end) for end in ends)


def sources_text(methodology: Methodology, writer: Writer) -> Iterator[str]:
    """Yield a line for each source, with what it is worth."""
    for source in methodology.sources:
        yield f"{writer.pick('Căn cứ', 'Source')}: {source_line(source, writer)}"


def source_line(source: Source, writer: Writer) -> str:
    """Return a source with its issuer, date and status."""
    parts = [source.title]
    parts += [source.issuer] if source.issuer else []
    parts += [source.issued.strftime("%d/%m/%Y")] if source.issued else []
    return f"{', '.join(parts)} ({writer.pick(*STATUS[source.status])})"


def catalog_text(entries: Sequence[CatalogEntry], examples: Sequence[Example], lang: Lang) -> str:
    """Return the editions and the examples."""
    writer = Writer(lang)
    rows = [[writer.pick("Bộ tiêu chí", "Edition"), writer.pick("Năm", "Years"), writer.pick("Tên", "Title"), ""]]
    for entry in entries:
        years = ", ".join(map(str, entry.years))
        what = writer.pick(*COMPLETENESS[entry.completeness])
        rows.append([entry.name, years, entry.title.get(lang, entry.id), what])
    told = [*aligned(rows), ""]
    for each in examples:
        told.append(f"example:{each.name}  ({each.methodology}, {writer.pick(*STATUS[each.status])})")
        told.append(f"    {each.title.get(lang, each.name)}")
        told.append(f"    {each.source}")
    return "\n".join(told) + "\n"


def findings_text(methodology: Methodology, found: Sequence[Finding], lang: Lang) -> str:
    """Return the title, the findings, one a line, and their count."""
    writer = Writer(lang)
    errors = sum(each.severity == "error" for each in found)
    told = [methodology.title.get(lang, methodology.id), *map(str, found)]
    told.append(
        writer.pick(
            f"{methodology.name}: {errors} lỗi, {len(found) - errors} cảnh báo",
            f"{methodology.name}: {counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}",
        )
    )
    return "\n".join(told) + "\n"
