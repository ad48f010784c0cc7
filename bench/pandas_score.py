"""The same work as `bench score`, in floats: pandas scores the units, numpy draws the weights.

Called by the benchmark with a folder of figures and the number of runs; prints times as JSON.
Reading the files is not timed, as reading answers is not timed on the other side.
"""

import json
import statistics
import sys
import time

import numpy as np
import pandas as pd

folder, runs = sys.argv[1], int(sys.argv[2])
ratio, level, bands, survey, ours = (
    pd.read_csv(f"{folder}/{name}.csv") for name in ("ratio", "level", "bands", "survey", "totals")
)


def measure(work, times=runs):
    """Milliseconds of one core's time, and on the wall."""
    cpu, wall = [], []
    for _ in range(times):
        start_cpu, start = time.process_time(), time.perf_counter()
        work()
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append((time.process_time() - start_cpu) * 1e3)
    return {"cpu": statistics.mean(cpu), "wall": statistics.median(wall)}


def round_half_up(values, digits):
    """numpy rounds half to even; scores round half away from zero, and are not negative here."""
    ten = 10.0**digits
    return np.floor(values * ten + 0.5) / ten


def score():
    part, whole = ratio["part"].to_numpy(), ratio["whole"].to_numpy()
    r = np.divide(part, whole)
    top = ratio["max"].to_numpy()
    full = ratio["full_at"].to_numpy()
    points = [np.where(r >= full, top, np.where(r < ratio["floor"].to_numpy(), 0.0, top * r / full))]
    points.append(level["points"].to_numpy())
    value = bands["value"].to_numpy()
    points.append(np.where(value >= 0.3, bands["max"], np.where(value >= 0.2, bands["half"], 0.0)))
    a, b, c, d = (survey[key].to_numpy() for key in "abcd")
    points.append(survey["max"].to_numpy() * (a + 0.6 * b + 0.2 * c) / (a + b + c + d))
    frame = pd.DataFrame(
        {
            "unit": np.concatenate([ratio["unit"], level["unit"], bands["unit"], survey["unit"]]),
            "max": np.concatenate([ratio["max"], level["max"], bands["max"], survey["max"]]),
            "points": round_half_up(np.concatenate(points), 3),
        }
    )
    sums = frame.groupby("unit", sort=True)[["points", "max"]].sum()
    sums["kind"] = ours["kind"]
    sums["total"] = round_half_up(sums["points"], 2)
    sums["index"] = round_half_up(sums["points"] / sums["max"] * 100, 2)
    sums["rank"] = sums.groupby("kind")["index"].rank(method="min", ascending=False)
    return sums


tables = json.load(open(f"{folder}/provinces.json"))
leaf_points, leaf_maxima = np.array(tables["points"]), np.array(tables["maxima"])
fields = np.array(tables["fields"])
one_hot = np.eye(fields.max() + 1)[fields]
points, maxima = leaf_points @ one_hot, leaf_maxima @ one_hot
DRAWS = 10_000


def ranks_of(index):
    order = np.argsort(-index, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, index.shape[1] + 1)[None, :], axis=1)
    return ranks


def weights():
    return np.random.default_rng(2026).uniform(0.8, 1.2, (DRAWS, points.shape[1]))


def draws():
    w = weights()
    ranks = ranks_of((w @ points.T) / (w @ maxima.T))
    return ranks.min(axis=0), ranks.max(axis=0), np.percentile(ranks, [5, 50, 95], axis=0)


def without():
    w = weights()
    sums, tops = w @ points.T, w @ maxima.T
    spans = []
    for leaf, field in enumerate(fields):
        weight = w[:, field, None]
        ranks = ranks_of((sums - weight * leaf_points[:, leaf]) / (tops - weight * leaf_maxima[:, leaf]))
        spans.append((ranks.min(axis=0), ranks.max(axis=0)))
    return spans


json.dump(
    {
        "pandas": pd.__version__,
        "numpy": np.__version__,
        "score": measure(score),
        "draws": measure(draws),
        # Seconds long: three runs are enough.
        "without": measure(without, 3),
        "greatest_difference": float(np.abs(score()["total"] - ours["total"]).max()),
    },
    sys.stdout,
)
