"""Correlations over days of large moves by pandas. Run: python tail_correlation.py > tail_correlation.json
(pandas 3.0.6, numpy 2.4.6)."""
import json

import numpy as np
import pandas as pd

MIN_MOVE, MIN_DAYS = 0.05, 12
rng = np.random.default_rng(11)
n_days, n_markets = 120, 8
common = rng.standard_normal((n_days, 1))
points = np.round(0.04 * (common * rng.uniform(-1, 1, n_markets) + rng.standard_normal((n_days, n_markets))), 2)
points[rng.random(points.shape) < 0.2] = np.nan
points[:70, 2] = np.nan
points[:, 3] *= 0.1
points[:, 3] = np.round(points[:, 3], 2)
points[40:, 6] = np.nan
frame = pd.DataFrame(points)

pairs = []
for a in range(n_markets):
    for b in range(a + 1, n_markets):
        both = frame[[a, b]].dropna()
        large = both[(both.abs() > MIN_MOVE).any(axis=1)]
        enough = len(large) >= MIN_DAYS
        pair = {"days": len(large)}
        for kind in ("spearman", "pearson"):
            rho = large[a].corr(large[b], method=kind) if enough else np.nan
            pair[kind] = None if np.isnan(rho) else float(rho)
        pairs.append(pair)

cells = [[None if np.isnan(x) else float(x) for x in row] for row in points]
print(json.dumps({"minMove": MIN_MOVE, "minDays": MIN_DAYS, "points": cells, "pairs": pairs}))
