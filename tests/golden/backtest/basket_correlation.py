"""Correlation of daily and overlapping weekly returns by pandas, interval by Fisher's z.

Run: python basket_correlation.py > basket_correlation.json (pandas 3.0.6, numpy 2.4.6)
"""
import json

import numpy as np
import pandas as pd

rng = np.random.default_rng(53)
n, names = 150, ["climate", "economy", "politics", "sports"]
common = rng.standard_normal((n, 1))
frame = pd.DataFrame((rng.standard_normal((n, 4)) + common * [0.2, 0.9, 0.7, 0.0]) * 0.01, columns=names).round(6)
frame.iloc[:40, 0] = np.nan  # a basket that starts later
frame.iloc[120:, 3] = np.nan  # and one that ends earlier
upper = np.triu_indices(4, 1)
rows = rng.integers(0, n, (20, n))


def study(step):
    weekly = (1 + frame).rolling(step).apply(np.prod, raw=True) - 1
    rho = weekly.corr(min_periods=30).to_numpy()[upper]
    known = weekly.notna().to_numpy().astype(int)
    overlap = (known.T @ known)[upper]
    days = overlap * 3 * step / (2 * step**2 + 1)
    half = 1.959963984540054 / np.sqrt(days - 3)
    means = [np.nanmean(weekly.iloc[row].corr(min_periods=30).to_numpy()[upper]) for row in rows]
    return {
        "rho": rho.tolist(), "overlap": overlap.tolist(), "mean": float(rho.mean()),
        "low": np.tanh(np.arctanh(rho) - half).tolist(), "high": np.tanh(np.arctanh(rho) + half).tolist(),
        "meanEnds": [float(x) for x in np.quantile(means, [0.025, 0.975])],
    }


print(json.dumps({
    "names": names, "rows": rows.tolist(),
    "returns": [[None if np.isnan(x) else x for x in row] for row in frame.to_numpy().tolist()],
    "daily": study(1), "weekly": study(7),
}))
