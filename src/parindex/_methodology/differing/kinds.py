"""The words for what happened, and to which part of a methodology."""

from __future__ import annotations

from parindex._text import Word


class ChangeKind(Word):
    """What happened to a part of a methodology."""

    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REORDERED = "reordered"
    CHANGED = "changed"
    FOLLOWS = "follows"


class ChangePart(Word):
    """The part of a methodology that a change concerns, in the order in which they are told."""

    HEAD = "head"
    POLICY = "policy"
    ORIGIN = "origin"
    CRITERION = "criterion"
    BLOCK = "block"
    GRADE = "grade"
    EVENT = "event"
    SOURCE = "source"
