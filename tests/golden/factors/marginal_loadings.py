"""Loadings on single factors with their intervals and false discovery rates, by numpy, scipy and statsmodels.

The factor is divided by its population standard deviation over the contract's sessions; the errors are
Newey & West's with the small-sample adjustment of golden/stats/newey_west.py, by dense matrices.

Run: python marginal_loadings.py > marginal_loadings.json (numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0)
"""
import json

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(23)
S, K = 120, 3
moves = rng.standard_normal((S, K)) * [0.01, 2, 30] + [0.5, 0, 100]


def loading(x, y):
    n = len(y)
    design = np.column_stack([np.ones(n), x / x.std()])
    influence = np.linalg.pinv(design)
    maker = np.eye(n) - design @ influence
    lag = int(4 * (n / 100) ** (2 / 9))
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    a = influence[1]
    d = np.clip(1 - apart / (lag + 1), 0, None) * np.outer(a, a)
    b = maker @ d @ maker
    residuals = maker @ y
    error = np.sqrt(residuals @ d @ residuals * (a @ a) / np.trace(b))
    df = np.trace(b) ** 2 / np.trace(b @ b)
    beta, half = a @ y, error * stats.t.ppf(0.95, df)
    return {"beta": beta, "low": beta - half, "high": beta + half,
            "pValue": 2 * stats.t.sf(abs(beta / error), df)}


contracts = []
for start, n, pull in [(0, 120, 0.4), (40, 60, 0), (7, 30, -1.5)]:
    session = np.arange(start, start + n)
    z = (moves[session, 1] - moves[session, 1].mean()) / moves[session, 1].std()
    contracts.append((session, 3 + pull * z + rng.standard_normal(n)))
rows = [loading(moves[session, f], move) for f in range(K) for session, move in contracts]
q = multipletests([row.pop("pValue") for row in rows], method="fdr_bh")[1]
print(json.dumps({
    "k": K,
    "moves": moves.ravel().tolist(),
    "contracts": [{"session": s.tolist(), "move": m.tolist()} for s, m in contracts],
    "rows": [{**row, "qValue": value} for row, value in zip(rows, q)],
}))
