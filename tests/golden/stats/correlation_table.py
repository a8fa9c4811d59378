"""Intervals, p-values and q-values of pairs of one-day moves, by pandas, scipy and statsmodels.
Run: python correlation_table.py > correlation_table.json
(pandas 3.0.6, scipy 1.17.1, statsmodels 0.15.0, numpy 2.4.6)."""
import json
import math
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

MIN_OVERLAP, MIN_MOVE, MIN_DAYS = 30, 0.05, 12
# constant markets have no correlation, on purpose
warnings.simplefilter("ignore")
rng = np.random.default_rng(23)
n_days, n_markets = 90, 7
common = rng.standard_normal((n_days, 1))
moves = np.round(0.04 * (common * np.array([0.9, 0.7, -0.8, 0.3, 0, 0, 0.5]) + rng.standard_normal((n_days, n_markets))), 2)
moves[rng.random(moves.shape) < 0.1] = np.nan
moves[20:, 4] = np.nan
moves[~np.isnan(moves[:, 5]), 5] = 0
frame = pd.DataFrame(moves)

rows = {}
for kind in ("spearman", "pearson"):
    rows[kind] = []
    for a in range(n_markets):
        for b in range(a + 1, n_markets):
            both = frame[[a, b]].dropna()
            n = len(both)
            if n < MIN_OVERLAP:
                continue
            large = both[(both.abs() > MIN_MOVE).any(axis=1)]
            rho = both[a].corr(both[b], method=kind)
            z, quantile = np.arctanh(rho), stats.norm.ppf(0.975)
            half = quantile * math.sqrt((1 + rho * rho / 2 if kind == "spearman" else 1) / (n - 3))
            tail = large[a].corr(large[b], method="spearman") if len(large) >= MIN_DAYS else np.nan
            rows[kind].append({
                "a": a, "b": b, "rho": rho, "overlap": n, "zero_share": ((both == 0).any(axis=1)).mean(),
                "ci_low": np.tanh(z - half), "ci_high": np.tanh(z + half),
                "p_value": 2 * stats.t.sf(abs(rho) * math.sqrt((n - 2) / (1 - rho * rho)), n - 2),
                "tail_rho": tail, "tail_n": len(large),
            })
    tested = [row for row in rows[kind] if not np.isnan(row["p_value"])]
    for row in rows[kind]:
        row["q_value"] = np.nan
    for row, q in zip(tested, multipletests([row["p_value"] for row in tested], method="fdr_bh")[1]):
        row["q_value"] = q
    rows[kind] = [{name: None if np.isnan(x) else float(x) for name, x in row.items()} for row in rows[kind]]

cells = [[None if np.isnan(x) else float(x) for x in row] for row in moves]
print(json.dumps({"minOverlap": MIN_OVERLAP, "minMove": MIN_MOVE, "minDays": MIN_DAYS, "moves": cells, "rows": rows}))
