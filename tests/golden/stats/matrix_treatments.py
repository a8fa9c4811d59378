"""A correlation matrix as measured, shrunk, repaired and cleaned, from the definitions by numpy.
Run: python matrix_treatments.py > matrix_treatments.json (pandas 3.0.6, statsmodels 0.15.0, numpy 2.4.6)."""
import json
import warnings

import numpy as np
import pandas as pd
from statsmodels.stats.correlation_tools import corr_nearest

N_DAYS = 60
rng = np.random.default_rng(3)
n = 9
series = rng.standard_normal((14, 1)) * rng.uniform(-1, 1, n) + 0.7 * rng.standard_normal((14, n))
series[rng.random(series.shape) < 0.35] = np.nan
rho = np.round(pd.DataFrame(series).corr().to_numpy(), 3)
upper = np.triu_indices(n, 1)


def row(matrix):
    return {"smallest": float(np.linalg.eigvalsh(matrix)[0]), "meanAbs": float(np.abs(matrix[upper]).mean())}


r = rho[upper]
intensity = min(1, np.sum((1 - r * r) ** 2 / (N_DAYS - 1)) / np.sum(r * r))
shrunk = (1 - intensity) * rho
np.fill_diagonal(shrunk, 1)

nearest, correction = rho.copy(), np.zeros((n, n))
for _ in range(20000):
    target = nearest - correction
    values, vectors = np.linalg.eigh(target)
    lifted = (vectors * np.maximum(values, 0)) @ vectors.T
    correction = lifted - target
    nearest = lifted.copy()
    np.fill_diagonal(nearest, 1)
warnings.simplefilter("ignore")
other = corr_nearest(rho, threshold=1e-12, n_fact=500)
assert np.linalg.norm(nearest - rho) <= np.linalg.norm(other - rho) + 1e-9

values, vectors = np.linalg.eigh(rho)
edge = (1 + np.sqrt(n / N_DAYS)) ** 2
kept = np.where(values > edge, values, values[values <= edge].mean())
cleaned = (vectors * kept) @ vectors.T
scale = 1 / np.sqrt(np.diag(cleaned))
cleaned = cleaned * scale[:, None] * scale[None, :]

print(json.dumps({
    "n": n, "nDays": N_DAYS, "rho": r.tolist(),
    "asMeasured": row(rho), "nNegative": int((values < -1e-9).sum()),
    "shrunk": row(shrunk), "intensity": float(intensity),
    "nearest": row(nearest), "distance": float(np.linalg.norm(nearest - rho)),
    "cleaned": row(cleaned), "edge": float(edge), "nAbove": int((values > edge).sum()),
}))
