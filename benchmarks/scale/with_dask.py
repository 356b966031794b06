"""Partitions of a dask dataframe, scored where they are; ranks among all units from the order keys."""

from __future__ import annotations

import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client, LocalCluster
from work import answer, edition, must_be, table, timed, wide

import parindex as pi
from parindex.extras.frames import from_frame, to_frame

COLUMNS = ("unit", "index", "grade", "order_key")


def score_part(part: pd.DataFrame, plan: pi.Plan) -> pd.DataFrame:
    """Return the results of one partition; this runs on a worker."""
    return to_frame(pi.score_many(plan, from_frame(part)), like="pandas", columns=COLUMNS)


def main() -> None:
    """Score wide rows on a local cluster, and hold them against one process."""
    methodology, columns = edition(), wide()
    expected = answer(pi.score_many(methodology, table(columns)))
    plan = pi.compile_plan(methodology)
    nothing = score_part(pd.DataFrame(columns).head(0), plan)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
        timed("dask, 4 partitions on 2 workers"),
    ):
        rows = dd.from_pandas(pd.DataFrame(columns), npartitions=4)
        scored = rows.map_partitions(score_part, plan, meta=nothing).compute()
        # A competition rank, 1 + the number of greater keys; method="dense" where the policy ties so.
        scored["rank"] = scored["order_key"].rank(method="min", ascending=False).fillna(0).astype("int64")
    found = zip(scored["index"], scored["rank"].tolist(), scored["grade"], strict=True)
    must_be(dict(zip(scored["unit"], found, strict=True)), expected)


if __name__ == "__main__":
    main()
