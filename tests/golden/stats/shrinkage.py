"""Shrinkage towards zero correlation by numpy, and Ledoit & Wolf's intensity by scikit-learn.

Run: python shrinkage.py > shrinkage.json (numpy 2.4.6, scikit-learn 1.9.1)
"""
import json

import numpy as np
from sklearn.covariance import ledoit_wolf

rng = np.random.default_rng(11)
n = 8
moves = rng.standard_normal((60, n)) + 0.8 * rng.standard_normal((60, 1)) * rng.uniform(-1, 1, n)
rho = np.corrcoef(moves.T)
upper = np.triu_indices(n, 1)
r = rho[upper]
days = rng.integers(20, 60, r.size).astype(float) * 2 / 3
unknown = rng.random(r.size) < 0.2
r = np.where(unknown, np.nan, r)
intensity = min(1.0, float(np.nansum((1 - r**2) ** 2 / (days - 1)) / np.nansum(r**2)))

n_series, n_days = 40, 80
x = rng.standard_normal((n_days, n_series)) + 0.5 * rng.standard_normal((n_days, 1))
x = (x - x.mean(0)) / x.std(0)
complete = np.corrcoef(x.T)[np.triu_indices(n_series, 1)]
print(json.dumps({
    "rho": [None if np.isnan(v) else float(v) for v in r],
    "days": days.tolist(),
    "intensity": intensity,
    "shrunk": [None if np.isnan(v) else float(v) for v in (1 - intensity) * r],
    "complete": {
        "ids": n_series,
        "days": n_days,
        "rho": complete.round(6).tolist(),
        "ledoitWolf": float(ledoit_wolf(x, assume_centered=True)[1]),
    },
}))
