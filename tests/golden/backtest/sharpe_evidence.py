"""Probabilistic and deflated Sharpe ratio and the minimum track record by numpy and scipy, written
from Bailey & Lopez de Prado 2012 and 2014.

"numerical" is the paper's own example: an annualized Sharpe ratio of 2.5 over 1,250 days, skewness -3,
kurtosis 10, 100 trials whose annualized ratios have a variance of 1/2 give a deflated ratio of 0.9004
(Bailey & Lopez de Prado 2014, section "A numerical example").

Run: python sharpe_evidence.py > sharpe_evidence.json (numpy 2.4.6, scipy 1.17.1)
"""
import json

import numpy as np
from scipy import integrate, stats


def psr(sr, n, skew, kurt, benchmark):
    return stats.norm.cdf((sr - benchmark) * np.sqrt(n - 1) / np.sqrt(1 - skew * sr + (kurt - 1) / 4 * sr**2))


def expected_maximum(n):
    g = np.euler_gamma
    return (1 - g) * stats.norm.ppf(1 - 1 / n) + g * stats.norm.ppf(1 - 1 / (n * np.e))


def true_maximum(n):
    """Mean of the largest of n standard normals, by integration."""
    return integrate.quad(lambda x: x * n * stats.norm.pdf(x) * stats.norm.cdf(x) ** (n - 1), -10, 10)[0]


rng = np.random.default_rng(17)
n = 200
trials = (rng.standard_t(5, (n, 7)) * 0.01 + rng.uniform(-0.001, 0.002, 7)).round(6)
sharpes = trials.mean(0) / trials.std(0, ddof=1)
rows = []
for j in range(trials.shape[1]):
    sr, skew, kurt = sharpes[j], stats.skew(trials[:, j]), stats.kurtosis(trials[:, j], fisher=False)
    benchmark = sharpes.std(ddof=1) * expected_maximum(len(sharpes))
    target = 0.01
    rows.append({
        "sharpe": sr, "skewness": skew, "excessKurtosis": kurt - 3,
        "aboveZero": psr(sr, n, skew, kurt, 0), "aboveTarget": psr(sr, n, skew, kurt, target),
        "benchmark": benchmark, "deflated": psr(sr, n, skew, kurt, benchmark),
        "trackRecord": 1 + (1 - skew * sr + (kurt - 1) / 4 * sr**2) * (stats.norm.ppf(0.95) / (sr - target)) ** 2 if sr > target else None,
    })
print(json.dumps({
    "trials": trials.T.tolist(),
    "rows": [{k: None if v is None else float(v) for k, v in row.items()} for row in rows],
    "expectedMaximum": [[n, float(expected_maximum(n)), float(true_maximum(n))] for n in (2, 5, 6, 12, 50, 200, 1000)],
    "numerical": {"sharpe": 2.5 / np.sqrt(250), "nReturns": 1250, "skewness": -3, "kurtosis": 10, "nTrials": 100, "variance": 0.5 / 250, "deflated": 0.9004},
}))
