"""The benchmarks' work in pandas: python tables.py > JSON of {group: nanoseconds per run}.

Needs pandas, numpy and pyarrow. Data are of the same shapes, drawn by another generator: only the
amount of work is compared.
"""
import io
import json
import sys
import time

import numpy as np
import pandas as pd

TICK = 0.01


def made(n_days, n_markets):
    rng = np.random.default_rng(1)
    moves = (rng.random((n_days, n_markets)) - 0.5) / 20
    prices = np.round(np.clip(0.5 + np.cumsum(moves, axis=0), 0.01, 0.99), 2)
    prices[rng.random(prices.shape) < 0.2] = np.nan
    days = pd.date_range("2024-10-04", periods=n_days, freq="D")
    markets = [f"poly:{j:06d}" for j in range(n_markets)]
    return pd.DataFrame(prices, index=days, columns=markets)


def long_rows(frame):
    long = frame.rename_axis(index="date", columns="market_id").stack().rename("close")
    return long.dropna().reset_index()


def nanoseconds(work):
    work()
    times = []
    stop = time.perf_counter() + 1.0
    while time.perf_counter() < stop or len(times) < 3:
        start = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - start)
    return min(times)


def logit_changes(frame):
    p = frame.clip(TICK, 1 - TICK)
    return np.log(p / (1 - p)).diff()


def main():
    out = {}
    for n_days, n_markets in ((90, 200), (365, 800), (730, 2700)):
        frame = made(n_days, n_markets)
        out[f"logit changes {n_days} × {n_markets}"] = nanoseconds(lambda: logit_changes(frame))
        rows = long_rows(frame)
        until = frame.index[n_days // 2]
        out[f"as of {n_days} × {n_markets}"] = nanoseconds(lambda: rows[rows["date"] <= until])
    for n_days, n_markets in ((90, 200), (365, 200), (365, 800)):
        rows = long_rows(made(n_days, n_markets))
        for extra in ("change", "logit_change", "simple_return"):
            rows[extra] = rows["close"]
        data = io.BytesIO()
        rows.to_parquet(data, compression="zstd")
        key = f"read 01_returns {n_days} × {n_markets}"
        out[key] = nanoseconds(lambda: pd.read_parquet(io.BytesIO(data.getvalue())))
    out["versions"] = f"python {sys.version.split()[0]}, pandas {pd.__version__}, numpy {np.__version__}"
    print(json.dumps(out))


main()
