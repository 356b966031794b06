"""From the annex of a decision to the draft of an edition: what is understood is written, the rest is marked."""

from __future__ import annotations

from parindex._drafting.draft import Draft, Left, draft_edition
from parindex._drafting.report import document, report_text

__all__ = ["Draft", "Left", "document", "draft_edition", "report_text"]
