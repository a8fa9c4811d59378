"""Pairwise correlations by pandas. Run: python pair_correlation.py > pair_correlation.json (pandas 3.0.6)."""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(7)
n_days, n_markets = 90, 9
common = rng.standard_normal((n_days, 1))
moves = np.round(0.02 * (common * rng.uniform(-1, 1, n_markets) + rng.standard_normal((n_days, n_markets))), 2)
moves[rng.random(moves.shape) < 0.25] = np.nan
moves[:60, 4] = np.nan
moves[:, 5] = np.where(np.isnan(moves[:, 5]), np.nan, 0.01)
moves[30:, 6] = np.nan
frame = pd.DataFrame(moves)


def cells(table):
    return [[None if not np.isfinite(x) else float(x) for x in row] for row in table.to_numpy()]


seen = frame.notna().astype(int)
print(json.dumps({
    "minOverlap": 20,
    "moves": cells(frame),
    "overlap": (seen.T @ seen).to_numpy().tolist(),
    "spearman": cells(frame.corr(method="spearman", min_periods=20)),
    "pearson": cells(frame.corr(method="pearson", min_periods=20)),
}))
