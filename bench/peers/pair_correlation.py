"""Pairwise Spearman in pandas: python pair_correlation.py > JSON of {group: nanoseconds per run}.

Markets live 34 to 200 days, more of them late, with one day in twenty missing. Data are of the same
shape as in pair_correlation_bench.ts, drawn by another generator: only the amount of work is compared.
"""
import json
import sys
import time

import numpy as np
import pandas as pd


def lifetimes(n_days, n_markets):
    rng = np.random.default_rng(1)
    moves = np.full((n_days, n_markets), np.nan)
    for j in range(n_markets):
        life = 34 + int(167 * rng.random())
        first = n_days - life - int((n_days - life) * rng.random() ** LATE)
        price = 0.1 + 0.8 * rng.random() + np.cumsum(0.02 * rng.standard_normal(life))
        seen = np.round(np.clip(price, 0.01, 0.99), 3)
        seen[rng.random(life) < 0.05 / 2] = np.nan
        moves[first + 1 : first + life, j] = np.diff(seen)
    return pd.DataFrame(moves)


LATE = 3.5


def spearman_pairs_lifetimes(shapes=((365, 200), (730, 800), (1281, 2711)), min_periods=30):
    out = {}
    for n_days, n_markets in shapes:
        moves = lifetimes(n_days, n_markets)
        start = time.perf_counter_ns()
        moves.corr(method="spearman", min_periods=min_periods)
        out[f"Spearman pairs of lifetimes {n_days} × {n_markets}"] = time.perf_counter_ns() - start
    return out


if __name__ == "__main__":
    versions = f"python {sys.version.split()[0]}, pandas {pd.__version__}, numpy {np.__version__}"
    print(json.dumps({**spearman_pairs_lifetimes(), "versions": versions}))
