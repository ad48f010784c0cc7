"""The same totals as `bench reports`, in memory: pandas and DuckDB, one turn of each for every line that is read.

Called with a CSV of unit, parent, place, value; prints a line of JSON for each turn. Reading the file is not timed.
Every eighth place is an average, weighted by the first.
"""

import json
import sys
import time

import duckdb
import pandas as pd

frame = pd.read_csv(sys.argv[1])
weights = frame[frame.place == 0].set_index("unit").value
frame["weight"] = frame.unit.map(weights)
frame["average"] = frame.place % 8 == 7
frame["times"] = frame.value * frame.weight.where(frame.average, 1)
frame["weight"] = frame.weight.where(frame.average, 0)
parents = frame.drop_duplicates("unit").set_index("unit").parent
# A unit, what it lies in, what that lies in, and the whole.
frame["above"] = frame.parent.map(parents).fillna(0).astype("int64")
frame["root"] = 0
base = duckdb.connect()
base.execute("set threads = 2")
base.execute("create table told as select unit, parent, above, root, place, average, times, weight from frame")
LEVELS = ["unit", "parent", "above", "root"]


def by_pandas():
    found = []
    for level in LEVELS:
        sums = frame.groupby([level, "place"], sort=False)[["times", "weight"]].sum()
        sums["total"] = sums.times / sums.weight.where(sums.weight > 0, 1)
        sums["count"] = frame.groupby([level, "place"], sort=False).size()
        found.append(sums)
    whole = found[-1].reset_index()
    return whole[whole.place % 8 != 7]["total"].sum()


def by_duckdb():
    for level in LEVELS:
        found = base.execute(
            f"select {level}, place, sum(times) / greatest(sum(weight), 1), count(*) from told group by {level}, place"
        ).fetchnumpy()
    return float(found[list(found)[2]][found["place"] % 8 != 7].sum())


for line in sys.stdin:
    told = {"versions": f"pandas {pd.__version__}, DuckDB {duckdb.__version__}"}
    for name, work in [("pandas", by_pandas), ("duckdb", by_duckdb)]:
        begun = time.perf_counter()
        told[f"{name}_sum"] = float(work())
        told[name] = (time.perf_counter() - begun) * 1e3
    print(json.dumps(told), flush=True)
