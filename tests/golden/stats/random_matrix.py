"""Eigenvalue clipping at the Marchenko-Pastur edge by numpy, and eigenvalues by LAPACK.

Run: python random_matrix.py > random_matrix.json (numpy 2.4.6)
"""
import json

import numpy as np


def case(rho, n_days):
    n = len(rho)
    upper = np.triu_indices(n, 1)
    w, v = np.linalg.eigh(rho)
    edge = (1 + np.sqrt(n / n_days)) ** 2
    below = w <= edge
    flat = np.where(below, w[below].mean(), w)
    c = (v * flat) @ v.T
    d = 1 / np.sqrt(np.diag(c))
    c = c * d[:, None] * d
    return {
        "n": n,
        "nDays": n_days,
        "rho": rho[upper].tolist(),
        "cleaned": c[upper].tolist(),
        "eigenvalues": w[::-1].tolist(),
        "edge": float(edge),
        "nAbove": int((~below).sum()),
    }


rng = np.random.default_rng(13)
one = np.corrcoef((rng.standard_normal((60, 14)) + 0.9 * rng.standard_normal((60, 1))).T)
two = rng.standard_normal((50, 10))
two[:, :5] += 1.2 * rng.standard_normal((50, 1))
two[:, 5:] += 1.2 * rng.standard_normal((50, 1))
two = np.corrcoef(two.T)
noise = np.corrcoef(rng.standard_normal((80, 9)).T)
print(json.dumps([case(one, 60), case(two, 33.5), case(noise, 80)]))
