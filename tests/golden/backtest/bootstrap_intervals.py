"""Measures of resampled days by numpy, from rows that numpy drew by the stationary bootstrap.

Run: python bootstrap_intervals.py > bootstrap_intervals.json (numpy 2.4.6)
"""
import json

import numpy as np

rng = np.random.default_rng(31)
n, draws, mean_block = 60, 25, 7
rows = np.empty((draws, n), dtype=int)
for b in range(draws):
    for i in range(n):
        rows[b, i] = rng.integers(n) if i == 0 or rng.random() < 1 / mean_block else (rows[b, i - 1] + 1) % n
pair = [(rng.standard_normal(n) * s + m).round(6) for s, m in ((0.02, 0.001), (0.01, 0.0005))]
rates = np.full(n, 0.0001)


def measures(r, e):
    nav = np.concatenate([[1], np.cumprod(1 + r)])
    root = np.sqrt(365.25)
    annualized = nav[-1] ** (365.25 / n) - 1
    depth = (nav / np.maximum.accumulate(nav) - 1).min()
    return {
        "cumulativeReturn": nav[-1] - 1, "annualizedReturn": annualized, "volatility": r.std(ddof=1) * root,
        "sharpe": e.mean() / e.std(ddof=1) * root,
        "sortino": e.mean() / np.sqrt(np.mean(np.minimum(e, 0) ** 2)) * root,
        "calmar": annualized / -depth, "maxDrawdown": depth, "meanReturn": r.mean() * 365.25,
    }


drawn = [[measures(r[row], (r - rates)[row]) for row in rows] for r in pair]
seen = [measures(r, r - rates) for r in pair]
ends = lambda values: [float(x) for x in np.quantile(values, [0.05, 0.95])]
print(json.dumps({
    "rows": rows.tolist(),
    "returns": [r.tolist() for r in pair],
    "rate": 0.0001,
    "intervals": {k: ends([d[k] for d in drawn[0]]) for k in drawn[0][0] if k != "meanReturn"},
    "difference": {k: [float(seen[0][k] - seen[1][k]), *ends([a[k] - b[k] for a, b in zip(*drawn)])] for k in ("meanReturn", "sharpe")},
}))
