"""Which stage and period of a frame are taken: the one wanted, or the only one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parindex._scoring.assessment import Stage
from parindex._text import tidy
from parindex.errors import Fault, ObservationFaults, near
from parindex.extras.frames.series import Codes, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parindex._batch.columns import Array
    from parindex.extras.frames.series import Frame


def refusal(faults: Iterable[Fault]) -> ObservationFaults:
    """Return the error of a frame with these faults."""
    return ObservationFaults("this frame is no table of observations", list(faults))


def stated(frame: Frame, name: str) -> Codes:
    """Return what the rows say under stage, period or group; where there is no such column, nothing."""
    if name not in frame.columns:
        return Codes(np.full(len(frame), -1, dtype=np.intp), ())
    found = words(frame[name].to_list())
    return found.renamed(str.casefold) if name == "stage" else found


def chosen(name: str, said: Codes, counted: Array, wanted: str | None) -> tuple[str, Array]:
    """Return the stage or period to take, "" where none is stated, and which rows state it.

    It is the one *wanted*, or the only one of the rows *counted*; rows that all state none are of the one wanted.

    Raises:
        Fault: if there are several and none is wanted, or not the one that is; with the near miss.
    """
    stages = [str(each) for each in Stage]
    found = sorted({said.categories[code] if code >= 0 else "" for code in np.unique(said.codes[counted]).tolist()})
    if name == "stage":
        for word in found if wanted is None else [wanted]:
            if word and word not in stages:
                raise Fault(f"{word!r} is no stage, expected one of {', '.join(stages)}", hint=near(word, stages))
    listed = ", ".join(each or "(empty)" for each in found)
    if wanted is None and len(found) > 1:
        raise Fault(f"holds several {name}s ({listed}): choose one with {name}=")
    choice = tidy(wanted) if wanted is not None else "".join(found)
    if found in ([], [""]):
        return choice, said.codes < 0
    if choice not in found:
        raise Fault(f"has no {name} {wanted!r}, found {listed}", hint=near(choice, found))
    return choice, said.codes == (said.categories.index(choice) if choice else -1)
