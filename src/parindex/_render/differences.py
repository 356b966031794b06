"""What differs between two methodologies: as text, as Markdown, and as the document ``parindex.diff/1``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parindex._methodology.differing.layout import caveats, heading, sections, summary
from parindex._methodology.words import Lang, Writer
from parindex._render.documents import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parindex._methodology.diff import Change, Diff, Identity


def diff_text(diff: Diff, lang: Lang) -> str:
    """Return the changes as text."""
    return diff.in_words(lang=lang) + "\n"


def diff_markdown(diff: Diff, lang: Lang) -> str:
    """Return the changes as Markdown, a table for each part."""
    return "\n".join(_markdown(diff, Writer(lang))) + "\n"


def _markdown(diff: Diff, writer: Writer) -> Iterator[str]:
    yield f"# {_cell(heading(diff, writer))}"
    yield ""
    yield _cell(summary(diff, writer))
    for caveat in caveats(diff, writer):
        yield ""
        yield _cell(caveat)
    what, old, new = writer.pick("Nội dung", "What"), writer.pick("Cũ", "Old"), writer.pick("Mới", "New")
    for section in sections(diff, writer):
        placed = any(group.place for group in section.groups)
        head = [section.column] if placed else []
        head += [what] if section.one_sided else [what, old, new]
        yield ""
        yield f"## {section.title}"
        yield ""
        yield _line(head)
        yield _line(["---"] * len(head))
        for group in section.groups:
            for row in group.rows:
                cells = [group.place] if placed else []
                yield _line(cells + ([row.old or row.new] if section.one_sided else [row.subject, row.old, row.new]))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Return text that neither ends a cell nor begins a mark of Markdown."""
    marked = "".join(f"\\{sign}" if sign in r"\`*_[<|~" else sign for sign in text)
    return " ".join(marked.split())


def diff_document(diff: Diff, lang: Lang) -> dict[str, Any]:
    """Return ``parindex.diff/1``: every change with its values as the files have them, and as a sentence in *lang*."""
    return {
        "format": "parindex.diff/1",
        "old": _identity(diff.old),
        "new": _identity(diff.new),
        "completeness": {"old": str(diff.old.completeness), "new": str(diff.new.completeness)},
        "lang": lang,
        "changes": [_change(each, lang) for each in diff.changes],
    }


def _identity(side: Identity) -> dict[str, Any]:
    return {"id": side.id, "edition": side.edition, "revision": side.revision, "fingerprint": side.fingerprint}


def _change(change: Change, lang: Lang) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "part": str(change.part),
        "old_id": change.old_id,
        "new_id": change.new_id,
        "old_title": both(change.old_title),
        "new_title": both(change.new_title),
        "key": change.key,
        "old": _plain(change.old),
        "new": _plain(change.new),
        "sure": change.sure,
        "text": change.in_words(lang=lang),
    }


def _plain(value: Any) -> Any:
    """Return a value of a file with its numbers as decimal strings."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if type(value) is int else value
