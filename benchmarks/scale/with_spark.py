"""Arrow batches of a Spark dataframe, scored by Python workers; ranks among all units by a window over the keys."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as f
from work import answer, edition, must_be, table, timed, wide

import parindex as pi
from parindex.extras.frames import from_frame, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLUMNS = ("unit", "index", "grade", "order_key")


def scorer(plan: pi.Plan) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return what scores the batches of a partition."""

    def score_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            units = from_frame(pa.Table.from_batches([batch]))
            yield from to_frame(pi.score_many(plan, units), like="pyarrow", columns=COLUMNS).to_batches()

    return score_batches


def main() -> None:
    """Score wide rows in local mode, and hold them against one process."""
    methodology, columns = edition(), wide()
    expected = answer(pi.score_many(methodology, table(columns)))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    with timed("Spark, 4 partitions on 2 cores"):
        rows = spark.createDataFrame(pa.table(columns)).repartition(4)
        scored = rows.mapInArrow(
            scorer(pi.compile_plan(methodology)), "unit string, index string, grade string, order_key string"
        )
        # Spark compares strings byte by byte, as the keys ask for; dense_rank() where the policy ties so.
        best_first = Window.orderBy(f.desc("order_key"))
        ranked = scored.withColumn("rank", f.when(f.isnotnull("order_key"), f.rank().over(best_first)).otherwise(0))
        found = {row["unit"]: (row["index"], row["rank"], row["grade"]) for row in ranked.collect()}
    spark.stop()
    must_be(found, expected)


if __name__ == "__main__":
    main()
