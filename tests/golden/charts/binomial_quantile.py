"""Binomial quantiles by scipy, for tests/charts/binomial_quantile_test.ts.

Run: python tests/golden/charts/binomial_quantile.py > tests/golden/charts/binomial_quantile.json
"""

import json

import scipy
from scipy.stats import binom

cases = [
    {"q": q, "n": n, "p": p, "k": int(binom.ppf(q, n, p))}
    for n in (1, 2, 7, 10, 57, 300, 9_524, 94_311)
    for p in (0.001, 0.05, 0.3, 0.5, 0.73, 0.956, 0.9999)
    for q in (0.025, 0.5, 0.95, 0.975)
]
print(json.dumps({"scipy": scipy.__version__, "cases": cases}))
