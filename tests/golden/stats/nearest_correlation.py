"""Nearest correlation matrices: an independent numpy Dykstra run to 1e-13, and statsmodels' corr_nearest.

Run: python nearest_correlation.py > nearest_correlation.json (numpy 2.4.6, statsmodels 0.15.0)
"""
import json
import warnings

import numpy as np
import pandas as pd
from statsmodels.stats.correlation_tools import corr_nearest

warnings.simplefilter("ignore")


def dykstra(a, least=0.0, rounds=20000):
    y, s = a.copy(), np.zeros_like(a)
    for _ in range(rounds):
        r = y - s
        w, v = np.linalg.eigh(r)
        x = (v * np.maximum(w, least)) @ v.T
        s = x - r
        previous, y = y, x.copy()
        np.fill_diagonal(y, 1)
        if np.linalg.norm(y - previous) < 1e-13:
            break
    return y


def case(a, least=0.0):
    upper = np.triu_indices(len(a), 1)
    near = dykstra(a, least)
    other = corr_nearest(a, threshold=1e-15, n_fact=200)
    return {
        "n": len(a),
        "least": least,
        "rho": a[upper].tolist(),
        "nearest": near[upper].tolist(),
        "minEigenvalue": float(np.linalg.eigvalsh(a)[0]),
        "distance": float(np.linalg.norm(near - a)),
        "statsmodelsDistance": float(np.linalg.norm(other - a)),
    }


higham = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], float)
rng = np.random.default_rng(5)
moves = rng.standard_normal((40, 12)) + rng.standard_normal((40, 1))
moves[rng.random(moves.shape) < 0.5] = np.nan
pairwise = pd.DataFrame(moves).corr(min_periods=3).to_numpy()
wild = rng.uniform(-1, 1, (6, 6))
wild = (wild + wild.T) / 2
np.fill_diagonal(wild, 1)
print(json.dumps([case(higham), case(pairwise), case(wild), case(pairwise, 0.05)]))
